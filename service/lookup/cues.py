"""What a question is about and what kind of answer it wants, from the thesaurus and the word lists. Pure."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from service.lookup.asked import Cue, Form
from service.lookup.reading import Period
from service.lookup.words import VERBAL, Found, Phrase, Section, is_plain, lemmas, lists, vocabulary

WEIGHTS: dict[Section, float] = {
    "verbs": 1.0, "befalls": 1.0, "inverse": 1.0, "nouns": 0.95, "held": 0.9, "counted": 0.7, "weak": 0.55,
}  # fmt: skip
INSIDE_NAME_WEIGHT = 0.59  # "CSTO troops" is a name, and yet the question may be about troops
ASKS_FIRST = frozenset({"who", "when", "where", "why"})
QUESTION_WORDS = frozenset("when where why who whom how".split())


def cues(words: Sequence[str], found: Sequence[Found], firm: set[int], other: set[int]) -> list[Cue]:
    """The longest phrases, without overlaps; several predicates may share the words of one.

    Phrases made of a name's own words count for less; those of dates and figures not at all.
    """
    usable = [one for one in found if other.isdisjoint(one.positions)]
    usable.sort(
        key=lambda one: (
            firm.issuperset(one.positions),
            -len(one.positions),
            one.positions[-1] - one.positions[0],
            one.phrase.section == "weak",
        )
    )
    chosen: dict[tuple[int, ...], dict[str, tuple[float, Phrase]]] = {}
    taken: set[int] = set()
    for one in usable:
        if one.positions not in chosen:
            if not taken.isdisjoint(one.positions):
                continue
            chosen[one.positions] = {}
            taken |= set(one.positions)
        inside = firm.issuperset(one.positions)
        weight = WEIGHTS[one.phrase.section] * (INSIDE_NAME_WEIGHT if inside else 1)
        known = chosen[one.positions].get(one.phrase.predicate)
        if known is None or weight > known[0]:
            chosen[one.positions][one.phrase.predicate] = (weight, one.phrase)
    sure = any(weight > WEIGHTS["weak"] for meanings in chosen.values() for weight, _ in meanings.values())
    cues = []
    for positions, meanings in sorted(chosen.items()):
        weak = max(weight for weight, _ in meanings.values()) <= WEIGHTS["weak"]
        if sure and weak and all(is_plain(words[position]) for position in positions):
            continue
        sections = {predicate: phrase.section for predicate, (_, phrase) in meanings.items()}
        if _is_noun_here(words, positions) or _is_headline_noun(words, positions, found):
            # "the arrest", "in clashes": behind an article or a preposition it is no verb
            as_noun = {
                one.phrase.predicate
                for one in found
                if one.positions == positions and one.phrase.section not in VERBAL
            }
            # "the price of fuel": no verb, so not what the verb means
            meanings = {p: meaning for p, meaning in meanings.items() if p in as_noun}
            if not meanings:
                continue
            sections = {p: ("nouns" if s in VERBAL else s) for p, s in sections.items() if p in meanings}
        backwards = any(phrase.reversed for _, phrase in meanings.values())
        cues.append(
            Cue(
                positions,
                {predicate: weight for predicate, (weight, _) in meanings.items()},
                sections,
                context=not VERBAL & set(sections.values()) and _in_context(words, positions),
                head=_head(words, positions, backwards),
                literal=frozenset(p for p, (_, phrase) in meanings.items() if phrase.literal),
            )
        )
    return cues


def _head(words: Sequence[str], positions: tuple[int, ...], backwards: bool) -> int:
    """The verb of a phrase. In "is he part of it" it is the second word: the subject stands before it."""
    if backwards:
        return positions[-1]
    return positions[1] if len(positions) > 1 and "be" in lemmas(words[positions[0]]) else positions[0]


def _is_noun_here(words: Sequence[str], positions: tuple[int, ...]) -> bool:
    before = words[positions[0] - 1] if positions[0] else ""
    word = words[positions[0]]
    return len(positions) == 1 and not word.endswith(("ed", "ing")) and before in (
        "the", "a", "an", "of", "in", "during", "any", "these", "those", "this", "many", "much", "no",
        "his", "her", "their", "its", "my", "our", "your",
    )  # fmt: skip


def _is_headline_noun(words: Sequence[str], positions: tuple[int, ...], found: Sequence[Found]) -> bool:
    """ "Smith arrest", with no other verb and no question word: a noun, if the thesaurus knows it as one."""
    if len(positions) > 1 or words[positions[0]].endswith(("ed", "ing")):
        return False
    asking = QUESTION_WORDS | set(lists().auxiliaries) | {"which", "what", "to"}
    return asking.isdisjoint(words) and any(
        one.positions == positions and one.phrase.section == "nouns" for one in found
    )


def _in_context(words: Sequence[str], positions: tuple[int, ...]) -> bool:
    """Whether a noun stands behind a preposition, the article and two words at most between."""
    for back in range(1, 4):
        at = positions[0] - back
        if at <= 0:
            return False
        if words[at] in (
            "about",
            "against",
            "for",
            "in",
            "during",
            "amid",
            "at",
            "over",
            "after",
            "since",
            "from",
            "because",
            "with",
            "following",
        ):
            return True
        if words[at] in ("of", "behind", "by", "is", "was", "are", "were", "many"):
            return False
    return False


def find(words: Sequence[str], phrases: Sequence[str]) -> tuple[int, ...]:
    """Positions of the first of the phrases that occurs, earliest and longest first; () when none does."""
    text = f" {' '.join(words)} "
    found = _any_of(tuple(phrases)).search(text)
    if found is None:
        return ()
    first = text.count(" ", 0, found.start()) - 1
    return tuple(range(first, first + found.group().count(" ") + 1))


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<= )(?:{'|'.join(map(re.escape, longest))})(?= )")


def opening(words: Sequence[str]) -> int:
    """How many words only lead up to the question: "can you tell me", "any word on"."""
    lead = 0
    while True:
        rest = " ".join(words[lead:]) + " "
        longest = max(
            (phrase for phrase in lists().openers if rest.startswith(f"{phrase} ")), key=len, default=""
        )
        if not longest or len(longest) + 1 >= len(rest):
            return lead
        lead += longest.count(" ") + 1


def whether_words(words: Sequence[str]) -> tuple[int, ...]:
    """ "Is it true that …", "…, correct?": words that ask whether something is so, and nothing else."""
    if at := find(words, lists().true_or_false):
        return at
    for tag in lists().tags:
        length = tag.count(" ") + 1
        if len(words) > length and list(words[-length:]) == tag.split():
            return tuple(range(len(words) - length, len(words)))
    return ()


def form(
    words: Sequence[str], lead: int = 0, whether: tuple[int, ...] = ()
) -> tuple[Form | None, tuple[int, ...]]:
    """What kind of answer is wanted. Of several question words the first counts, and a count before all
    others. `lead`: words before the question, as `opening` counts them; `whether`: as `whether_words`."""
    words = [*[""] * lead, *words[lead:]]
    found = {form: at for form, phrases in lists().forms.items() if (at := find(words, phrases))}
    if whether:
        return "whether", whether
    first = words[lead] if lead < len(words) else ""
    if first in ("if", "whether"):
        return "whether", (lead,)
    if first in lists().auxiliaries:
        # "did they say when …" wants to know when
        speech = [i for i, word in enumerate(words) if vocabulary("speech") & set(lemmas(word))]
        embedded = [
            (at[0], form)
            for form, at in found.items()
            if speech and at[0] > speech[0] and words[at[0]] in QUESTION_WORDS
        ]
        return (min(embedded)[1] if embedded else "whether"), (lead,)  # type: ignore[return-value]  # keys of the data
    asks = min((at[0] for form, at in found.items() if form in ASKS_FIRST), default=len(words))
    for form in ("how_long", "how_old", "how_many"):
        if form in found and found[form][0] <= asks:  # "who deleted the death toll" asks for no figure
            return form, found[form]
    ranked = sorted((at[0], -len(at), form) for form, at in found.items())
    if not ranked or ranked[0][2] == "what":
        nouns = {form: at for form, phrases in lists().form_nouns.items() if (at := find(words, phrases))}
        ranked = sorted((at[0], -len(at), form) for form, at in nouns.items()) or ranked
        found = nouns or found
    if not ranked:
        return None, ()
    return ranked[0][2], found[ranked[0][2]]  # type: ignore[return-value]  # as above


def extent(
    words: Sequence[str], period: Period | None, cues: Sequence[Cue] = ()
) -> tuple[str | None, tuple[int, ...]]:
    for extent in ("increment", "cumulative"):
        phrases = [one for one in lists().extents[extent] if one != "more"]
        if at := find(words, phrases):
            return extent, at
    for position, word in enumerate(words):
        if word == "more" and words[position + 1 : position + 2] != ["than"]:
            return "increment", (position,)
        if word in ("new", "fresh", "further") and any(
            position + 1 in cue.positions and position not in cue.positions for cue in cues
        ):
            return "increment", (position,)  # "new arrests"; a new government is a phrase of its own
    if (
        period is not None
        and ("hours" in period.text or period.text.casefold().endswith("day"))
        and "last" in period.text
    ):
        return "increment", ()
    return None, ()


def modality(words: Sequence[str], roles: Mapping[int, str]) -> tuple[str | None, tuple[int, ...]]:
    for modality, known in lists().modalities.items():
        for position, word in enumerate(words):
            if roles.get(position) not in ("entity", "time", "value") and set(known) & set(lemmas(word)):
                return modality, (position,)
    return None, ()

"""Who and what a text names: known names, unknown names, bodies of a state, short forms and pronouns.

Order: known names (gazetteer) → capitalised sequences → bodies composed from a place ("the Kazakh interior
ministry") → acronyms the text defines → single words that repeat a longer name → definite short forms →
pronouns. Whatever is not read off the name itself carries a flag: nothing is guessed silently.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from rapidfuzz.fuzz import token_sort_ratio

from service.entities.names import similarity
from service.extraction.bodies import find_bodies, from_hit, main_country, nested_places, owned
from service.extraction.cues import CUES
from service.extraction.gazetteer import Gazetteer, Hit
from service.extraction.kinds import Occurrence, collected, kinds, tells_place
from service.extraction.mentions import Mention, Taken, word_lists
from service.extraction.protocol import EntityKind
from service.extraction.references import definitions, references, short_forms
from service.extraction.runs import pieces, runs
from service.extraction.tokens import PAST_FORMS, Token, Tokens
from service.extraction.world import demonyms

__all__ = ["Mention", "mentions", "word_lists"]

# Two names of one kind are the same above this; the measure and its guards are entities.names.similarity.
SAME_NAME = 0.85
# Per cent of letters in common, words sorted: below this no two names score SAME_NAME, acronyms aside, and
# the comparison, which costs a hundred times more, is not asked.
FAR = 45
REMEMBERED = 5_000  # names of a kind and first letter that are kept with what they resolved to


def mentions(text: str, sentences: Sequence[Tokens], gazetteer: Gazetteer) -> list[Mention]:
    """Every mention in `text`, ascending; disjoint, but for places nested in the names of their bodies
    (flag `nested`).

    `sentences` are its sentences as tokens.
    """
    hits = gazetteer.scan(text, sentences)
    found = find_bodies(text, sentences, hits, gazetteer)
    taken = Taken(found)
    for mention in _capitalised(text, sentences, hits, gazetteer, taken):
        found.append(mention)
    taken = Taken(found)
    for hit in hits:
        if not taken.overlaps(hit.start, hit.end):
            found.append(from_hit(text, hit))
    found.sort(key=lambda mention: mention.start)
    found = owned(text, found, gazetteer.countries)
    found = definitions(text, found)
    found = short_forms(found)
    country = main_country(hits, gazetteer)
    found += references(sentences, found, country.name if country else None)
    found += nested_places(text, found, gazetteer)
    found.sort(key=lambda mention: (mention.start, -mention.end))
    return found


# --- unknown names ---


def _capitalised(
    text: str,
    sentences: Sequence[Tokens],
    hits: Sequence[Hit],
    gazetteer: Gazetteer,
    taken: "Taken",
) -> list[Mention]:
    lists = word_lists()
    by_start = {hit.start: hit for hit in hits}
    hit_starts = list(by_start)
    inner = {
        tokens[p].text for sentence in sentences for tokens in (sentence.plain,) for p in sentence.capitals
        if p and tokens[p - 1].tag != "quote" and tokens[p - 1].text not in ".:"
    }  # fmt: skip
    seen: list[tuple[str, Occurrence]] = []
    for sentence in sentences:
        tokens, capitals = sentence.plain, sentence.capitals
        if len(capitals) > 4 and _is_title_case(tokens):
            continue
        for run in runs(tokens, capitals):
            if run == (0, 1) and not _stands_alone(tokens, 0, inner):
                continue  # most of all: the first word of a sentence
            hit = by_start.get(tokens[run[0]].start)
            if hit is not None and hit.end >= tokens[run[1] - 1].end:
                continue  # a known name
            for first, last, titled in pieces(tokens, *run, by_start):
                if _is_adjective(tokens, last, titled) or _is_office(tokens, first, last):
                    continue
                start, end = tokens[first].start, tokens[last - 1].end
                before = bisect_right(hit_starts, start)
                if taken.overlaps(start, end) or (before and start < hits[before - 1].end >= end):
                    continue
                if last - first == 1 and tokens[first].lower in lists.not_names:
                    continue
                if last - first == 1 and tokens[first].text.isupper() and tokens[first].lower in demonyms():
                    continue  # "PAKISTANI troops": the first word in capitals
                opens = first == 0 or tokens[first - 1].tag == "quote" or tokens[first - 1].text == ":"
                if last - first == 1 and opens and not _stands_alone(tokens, first, inner):
                    continue
                if last - first > 1 and (known := by_start.get(start)) is not None:
                    rest = [token.lower for token in tokens[first:last] if token.start >= known.end]
                    if known.kind == "person" or lists.parties.issuperset(rest):
                        continue  # "Florida Republicans", "a New York Democrat"
                seen.append((text[start:end], Occurrence(tokens, first, last, titled)))
    return _named(seen, gazetteer)


def _named(seen: Sequence[tuple[str, Occurrence]], gazetteer: Gazetteer) -> list[Mention]:
    """The mentions that occurrences of unknown names are."""
    of_names = kinds(collected(seen))
    found = []
    for surface, occurrence in seen:
        kind, guessed = of_names[surface]
        slug, name, flag = _resolve(surface, kind, guessed, gazetteer)
        flags: tuple[str, ...] = ("kind_guessed",) if guessed else ()
        if flag:
            flags += (flag,)
        if slug is not None:
            kind = gazetteer.entities[slug].kind
        start, end = occurrence.tokens[occurrence.first].start, occurrence.tokens[occurrence.last - 1].end
        found.append(Mention(start, end, surface, kind, name, slug, None, flags))
    return found


def _is_title_case(tokens: Sequence[Token]) -> bool:
    """A headline in title case says nothing about names; a sentence with many names ("President Ana Costa
    met John Sand in Lima.") has a full stop and short words of its own in lower case."""
    letters = [token for token in tokens if token.text[0].isalpha() and len(token.text) > 3]
    if len(letters) < 5 or sum(token.text[0].isupper() for token in letters) <= 0.8 * len(letters):
        return False
    ended = "." in (tokens[-1].text, tokens[-2].text)
    return not ended or not any(token.tag in _NO_TITLE and token.text[0].islower() for token in tokens)


_NO_TITLE = frozenset(("word", "be", "have", "modal", "adv"))


def _is_adjective(tokens: Sequence[Token], last: int, titled: bool) -> bool:
    """ "a Central Asian state": a capital that is no name."""
    if titled or last >= len(tokens) or tokens[last].tag != "word" or tokens[last].lower in CUES:
        return False
    lower = tokens[last - 1].lower
    return lower.endswith(("asian", "african", "american", "european", "soviet", "ish")) and not (
        tokens[last].lower.endswith("ed") or tokens[last].lower in PAST_FORMS
    )


def _is_office(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "the Home Secretary": an office, and nobody's name."""
    lists = word_lists()
    return (
        tokens[last - 1].lower in lists.person_heads
        and last - first <= 3
        and tokens[first].lower not in lists.given
        and lists.organization.isdisjoint(token.lower for token in tokens[first:last])
    )


# Words that are a name wherever they stand, and "YouGov".
_ALONE = frozenset("hamas hezbollah taliban interpol kremlin pentagon houthi houthis".split())
_CAMEL = re.compile(r"(?:[A-Z][a-z]+){2}|(?:Al|El|al|el)-[A-Z]")


def _stands_alone(tokens: Sequence[Token], first: int, inner: set[str]) -> bool:
    """Whether one capitalised word at the start of a sentence is a name rather than just the first word."""
    token = tokens[first]
    follow = tokens[first + 1] if first + 1 < len(tokens) else None
    return (
        token.text in inner
        or token.lower in word_lists().given
        or token.lower in _ALONE
        or _CAMEL.match(token.text) is not None
        or (len(token.text) > 1 and token.text.isupper())
        or (
            follow is not None
            and (follow.tag in ("poss", "have") or follow.lower in ("said", "says", "told", "announced", "("))
        )
        or (
            follow is not None
            and follow.text == ","
            and first + 3 < len(tokens)
            and _is_told_of(tokens, first + 2)
        )
    )


def _is_told_of(tokens: Sequence[Token], first: int) -> bool:
    """ "Beira, a port of half a million, …", "Jajarkot, with a population of …", "Ikoro, where …"."""
    return tokens[first].lower == "where" or tells_place(tokens[first : first + 6])


def _resolve(
    surface: str, kind: EntityKind, guessed: bool, gazetteer: Gazetteer
) -> tuple[str | None, str, str | None]:
    """(slug, name, flag) of an unlisted spelling: the best known alias of the same kind, or a new entity."""
    plain = surface.lower()
    candidates = gazetteer.candidates(kind, plain[:1])
    known = candidates.resolved.get(surface)
    if known is None:
        best, chosen = 0.0, None
        for _, entity, alias, lowered in candidates.names:
            if not (surface.isupper() or alias.isupper()) and token_sort_ratio(plain, lowered) < FAR:
                continue
            score = similarity(surface, alias, kind)
            if score > best:
                best, chosen = score, entity
        known = chosen.slug if chosen is not None and best >= SAME_NAME else ""
        if len(candidates.resolved) < REMEMBERED:
            candidates.resolved[surface] = known
    if known:
        return known, gazetteer.entities[known].name, "similar"
    return None, surface, "new"

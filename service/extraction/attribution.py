"""Who is said to have said what: source, cue and content of each attribution in a sentence.

Patterns: "X said that C", "C, X said", "C, said X", "according to X", "X told Y that C", "X, citing Y,
reported C", "C was reported by X", "X is said to C", "X quoted Y as saying C", ", saying that C", "X called
on Y to C". A source is found by walking from its cue to the borders of the noun phrase; there is no parser
to lean on.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from service.extraction.counted import is_person, singular
from service.extraction.cues import CUES, NOUN_FORMS, STRONG, Cue
from service.extraction.names import Mention, word_lists
from service.extraction.phrases import (
    CARRIERS,
    Clauses,
    back_to,
    clause_follows_at,
    content_start,
    head_of,
    is_passive,
    main_subject,
    nothing_follows,
    phrase_end,
    span_of,
    subject_of,
)
from service.extraction.protocol import AttributionRole, Modality
from service.extraction.text import Span
from service.extraction.tokens import ANY_QUOTE, Token

CueForm = Literal["active", "inverted", "passive", "participle", "according", "citing", "quoted"]


class Attribution(msgspec.Struct, frozen=True):
    """`content` is what is reported, None when the sentence does not hold it. `source` is None for "it was
    reported".

    `entity` and `name` are those of the mention that heads the source. Flags are those of that mention
    (`pronoun`, `coreference`), or `continued` (a later sentence of the same quotation).
    """

    sentence: int
    source: Span | None
    cue: Span
    content: Span | None
    form: CueForm
    verb: str
    role: AttributionRole
    modality: Modality
    directive: bool = False
    name: str | None = None
    entity: str | None = None
    flags: tuple[str, ...] = ()


def attributions(
    text: str, sentences: Sequence[Sequence[Token]], mentions: Sequence[Mention]
) -> list[Attribution]:
    """All attributions of a text, ascending. `sentences` are its sentences as tokens."""
    by_start = {mention.start: mention for mention in mentions if "nested" not in mention.flags}
    by_end = {mention.end: mention for mention in mentions if "nested" not in mention.flags}
    found: list[Attribution] = []
    quoting: Attribution | None = None
    for index, tokens in enumerate(sentences):
        sentence = Clauses(text, index, tokens, by_start, by_end)
        here = _in_sentence(sentence)
        if not here and quoting is not None and tokens and quoting.source is not None:
            content = span_of(text, tokens, 0, len(tokens))
            here = [
                msgspec.structs.replace(
                    quoting, sentence=index, content=content, flags=(*quoting.flags, "continued")
                )
            ]
        found += here
        quoting = _still_open(text, tokens, here, quoting)
    return found


def _still_open(
    text: str, tokens: Sequence[Token], here: list[Attribution], before: Attribution | None
) -> Attribution | None:
    """The attribution whose quotation goes on into the next sentence."""
    marks = [token.text for token in tokens if token.text in ANY_QUOTE]
    if not marks:
        return before if here and before is not None and "continued" in here[0].flags else None
    curly = [mark for mark in marks if mark in "“”"]
    opened = curly[-1] == "“" if curly else len(marks) % 2 == 1
    if before is not None and not curly:
        opened = len(marks) % 2 == 0
    return here[-1] if opened and here else None


def _in_sentence(sentence: Clauses) -> list[Attribution]:
    tokens = sentence.tokens
    found: list[Attribution] = []
    index = 0
    while index < len(tokens):
        if (
            found
            and found[-1].form in ("according", "citing")
            and found[-1].source is not None
            and tokens[index].start < found[-1].source.end
        ):
            index += 1  # "according to media reports": no verb inside a source
            continue
        lower = tokens[index].lower
        attribution = None
        size = 1
        if lower == "according" and index + 1 < len(tokens) and tokens[index + 1].lower == "to":
            attribution, size = _according(sentence, index), 2
        elif lower in ("citing", "cited", "cites", "cite"):
            attribution = _citing(sentence, index, found)
        elif lower in _GIVING and (given := _giving(sentence, index)) is not None:
            attribution = given
        elif lower in CUES:
            for parts, cue in CUES[lower]:
                if (
                    len(parts) == 1
                    or tuple(token.lower for token in tokens[index : index + len(parts)]) == parts
                ):
                    size = len(parts)
                    attribution = _verb(sentence, index, index + size, cue)
                    break
        if attribution is not None:
            found.append(attribution)
        index += size
    return found


_KEPT_FLAGS = frozenset(("pronoun", "coreference", "place_inferred"))


def _make(
    sentence: Clauses,
    cue: tuple[int, int],
    source: tuple[int, int] | None,
    content: tuple[int, int] | None,
    form: CueForm,
    verb: str,
    modality: Modality = "reported",
    directive: bool = False,
) -> Attribution:
    text, tokens = sentence.text, sentence.tokens
    source_span = span_of(text, tokens, *source) if source else None
    head = head_of(sentence, source) if source_span is not None and source is not None else None
    cue_span = span_of(text, tokens, *cue)
    assert cue_span is not None  # a cue is a word
    flags = [flag for flag in head.flags if flag in _KEPT_FLAGS] if head else []
    return Attribution(
        sentence=sentence.index,
        source=source_span,
        cue=cue_span,
        content=span_of(text, tokens, *content) if content else None,
        form=form,
        verb=verb,
        role=_role(source_span),
        modality=modality,
        directive=directive,
        name=head.name if head else None,
        entity=head.entity if head else None,
        flags=tuple(flags),
    )


def _role(source: Span | None) -> AttributionRole:
    """News media pass on what others say: they are the medium, whoever else is named is the origin."""
    if source is None:
        return "origin"
    lists = word_lists()
    lower = source.surface.lower().removeprefix("the ")
    raw = lower.split()[:5]
    words = [word.strip("’'s,.") for word in raw]
    for position, word in enumerate(words):
        # A disaster agency is no medium.
        named = word == "agency" and (not position or raw[position - 1] not in ("news", "press", "state"))
        if word in lists.media and not named:
            return "medium"
    if lower in lists.outlets:
        return "medium"
    return (
        "medium"
        if any(part.strip() in lists.outlets for part in lower.replace(" and ", ",").split(","))
        else "origin"
    )


# --- the patterns ---


def _according(sentence: Clauses, index: int) -> Attribution | None:
    tokens = sentence.tokens
    end = phrase_end(tokens, index + 2, sentence)
    if end <= index + 2:
        return None
    before = back_to(tokens, index, ())
    source = (index + 2, end)
    if tokens[index + 2].lower in ("its", "his", "her", "their"):
        # "According to its own statements, the organization wants …": whoever the clause is about.
        clause = range(end, len(tokens))
        owner = next(
            (p for p in clause if tokens[p].start in sentence.by_start and tokens[p].tag != "prep"), None
        )
        if owner is not None and owner - end < 4:
            stop = (
                next(
                    (
                        p
                        for p in range(owner, len(tokens))
                        if tokens[p].end >= sentence.by_start[tokens[owner].start].end
                    ),
                    owner,
                )
                + 1
            )
            source = (owner, stop)
    if index <= 1 or (
        index
        and tokens[index - 1].tag in ("punct", "conj", "quote")
        and end < len(tokens) - 1
        and tokens[end].text == ","
        and before >= index - 1
    ):
        # "In Lima, according to police, …", but also "40 people died in Lima, according to police, …"
        content = (0 if _says_something(tokens, index) else end, len(tokens))
    else:
        content = (0, index)
        if end < len(tokens) - 1 and tokens[end].text == "," and index - before < 3:
            content = (0 if _says_something(tokens, index) else end, len(tokens))
    return _make(sentence, (index, index + 2), source, content, "according", "according to")


def _citing(sentence: Clauses, index: int, found: Sequence[Attribution]) -> Attribution | None:
    """ "X, citing Y, reported C": Y is the origin of the content that X reports."""
    tokens = sentence.tokens
    lower = tokens[index].lower
    end = _written(tokens, phrase_end(tokens, index + 1, sentence), sentence)
    if (
        lower == "cited"
        and index
        and tokens[index - 1].tag == "be"
        and (end <= index + 1 or tokens[index + 1].lower == "as")
    ):
        return None
    if index + 1 < len(tokens) and tokens[index + 1].lower == "as":
        subject = subject_of(sentence, index)
        return (
            _make(sentence, (index, index + 1), subject, (index + 2, len(tokens)), "active", "cite")
            if subject
            else None
        )
    if end <= index + 1:
        return None
    governing = found[-1] if found else None
    if governing is not None and governing.content is not None and governing.form != "citing":
        content = [
            position
            for position, token in enumerate(tokens)
            if governing.content.start <= token.start < governing.content.end
        ]
        first = content[0] if content else 0
        last = content[-1] + 1 if content else len(tokens)
        return _make(sentence, (index, index + 1), (index + 1, end), (first, last), "citing", "cite")
    if lower == "citing":
        # The governing verb may come later ("X, citing Y, reported C"): the content is the rest of the
        # sentence.
        rest = (end, len(tokens)) if index < len(tokens) // 3 else (0, index)
        return _make(sentence, (index, index + 1), (index + 1, end), rest, "citing", "cite")
    subject = subject_of(sentence, index)
    return (
        _make(sentence, (index, index + 1), subject, (index + 1, len(tokens)), "active", "cite")
        if subject
        else None
    )


def _written(tokens: Sequence[Token], end: int, sentence: Clauses) -> int:
    """ "a post that the ministry had made": the source goes on in the clause that says whose it is."""
    if end + 1 < len(tokens) and tokens[end].lower in ("that", "which") and tokens[end - 1].lower in CARRIERS:
        return phrase_end(tokens, end + 1, sentence)
    return end


def _verb(sentence: Clauses, index: int, after: int, cue: Cue) -> Attribution | None:
    tokens = sentence.tokens
    before = tokens[index - 1] if index else None
    word = tokens[index].lower
    if cue.verb == "claim" and any(
        token.lower in ("life", "lives", "victims") for token in tokens[after : after + 6]
    ):
        return None  # "the disaster claimed 301 lives"
    if before is not None and word in NOUN_FORMS and _is_noun(tokens, index, after):
        return None
    if word in NOUN_FORMS and index == 0:
        return None
    if (
        before is not None
        and before.tag == "modal"
        and before.lower == "to"
        and cue.verb not in ("say", "announce")
    ):
        return None
    if cue.form in ("past", "participle") and is_passive(tokens, index):
        return _passive(sentence, index, after, cue)
    follow = tokens[after] if after < len(tokens) else None
    clause_follows = clause_follows_at(tokens, after)
    if cue.verb == "quote" and cue.form != "ing":
        return _quoted(sentence, index, after)
    if cue.form == "ing" and not (before is not None and before.tag == "be"):
        if word in NOUN_FORMS and not clause_follows:
            return None
        return _participle(sentence, index, after, cue, clause_follows)
    if cue.modality != "denied" and _inverted(sentence, index, after):
        end = phrase_end(tokens, after, sentence)
        goes_on = _goes_on(tokens, end) and tokens[index - 1].text == "," and tokens[index - 2].tag != "quote"
        if not goes_on or tokens[end + 1].tag not in ("be", "have", "do", "modal"):
            goes_on, end = False, phrase_end(tokens, after, sentence, commas=True)
        return _make(
            sentence,
            (index, after),
            (after, end),
            (0, len(tokens) if goes_on else index),
            "inverted",
            cue.verb,
            cue.modality,
            cue.directive,
        )
    subject = subject_of(sentence, index)
    if subject is None or (cue.modality == "denied" and _is_answered(sentence, subject)):
        return None
    ends = after
    if cue.verb in ("tell", "inform", "notify", "remind") and not clause_follows:
        ends = phrase_end(tokens, after, sentence)
    # "C, X said.": nothing but an adverbial follows the cue, and a comma or a quotation precedes its subject.
    border = tokens[subject[0] - 1].text if subject[0] else ""
    inserted = border == "," and _goes_on(tokens, ends)
    if inserted or (
        border in (",", "”", '"', "-", "–", "—") and subject[0] > 2 and nothing_follows(tokens, ends)
    ):
        content = (0, subject[0])
        if inserted:
            content = (0 if _says_something(tokens, subject[0]) else ends + 1, len(tokens))
        return _make(
            sentence,
            (index, after),
            subject,
            content,
            "active",
            cue.verb,
            cue.modality,
            cue.directive,
        )
    if follow is None or (nothing_follows(tokens, after) and not clause_follows):
        return None
    if cue.verb.split()[0] not in STRONG and not clause_follows and not cue.directive:
        return None
    if cue.form == "base" and not _plural_subject(tokens, subject, index) and not clause_follows:
        return None
    start = content_start(tokens, after, cue)
    # A colon well after the cue starts something new: "Authority speaks of criminals: hundreds more arrests".
    colon = next(
        (p for p in range(start + 1, len(tokens)) if tokens[p].text == ":" and tokens[p - 1].tag != "num"),
        len(tokens),
    )
    content = (start, colon if cue.verb in ("speak of", "spoke of") else len(tokens))
    return _make(sentence, (index, after), subject, content, "active", cue.verb, cue.modality, cue.directive)


_LIVES = frozenset(("life", "lives", "victims"))
_SAYINGS = frozenset("charge claim allegation accusation figure report number account version".split())


def _is_answered(sentence: Clauses, subject: tuple[int, int]) -> bool:
    """ "…, a charge Kigali denies": the verb is of a clause without its pronoun, and reports nothing."""
    words = [token.lower for token in sentence.tokens[subject[0] : subject[1]]]
    return len(words) > 2 and words[0] in ("a", "an", "the") and words[1] in _SAYINGS


# "put the number of dead at 17", "measured the quake at 7.1", "lowered the toll to 66": who gives a figure,
# by the words that must stand between the verb and the number.
_GIVING: dict[str, frozenset[str]] = {
    form: needed
    for verbs, needed in (
        ("put puts putting measured measures estimates estimated", frozenset(("at",))),
        ("gave gives giving", frozenset("toll figure number count tally total".split())),
        (
            "lowered raised revised updated corrected lowers raises revises",
            frozenset("toll count number tally figure magnitude strength estimate".split()),
        ),
        ("counts counted documented recorded registered records documents verified", frozenset[str]()),
    )
    for form in verbs.split()
}
_GIVERS = frozenset(
    "ministry agency authority authorities service centre center survey office department government "
    "commission hospital hospitals institute bureau organisers organizers unions union police group".split()
)


def _giving(sentence: Clauses, index: int) -> Attribution | None:
    tokens = sentence.tokens
    number = next((p for p in range(index + 1, min(index + 14, len(tokens))) if tokens[p].tag == "num"), None)
    if number is None or is_passive(tokens, index):
        return None
    between = tokens[index + 1 : number]
    needed = _GIVING[tokens[index].lower]
    if any(token.text in (";", ":") or token.tag in ("rel", "sub") for token in between):
        return None
    if needed and needed.isdisjoint(token.lower for token in between):
        return None
    subject = subject_of(sentence, index)
    if subject is None:
        return None
    head = head_of(sentence, subject)
    words = [token.lower for token in tokens[subject[0] : subject[1]]]
    speaks = any(word in _GIVERS or is_person(singular(word), word) for word in words)
    named = (
        head is not None
        and head.kind in ("person", "organization")
        and bool(tokens[subject[1] - 1].tag == "cap")
    )
    if not (speaks or named) or any(token.tag == "num" for token in tokens[subject[0] : subject[1]]):
        return None
    return _make(sentence, (index, index + 1), subject, (index + 1, len(tokens)), "active", "give")


def _goes_on(tokens: Sequence[Token], comma: int) -> bool:
    """Whether a clause goes on after a comma here: "C, X said, C"."""
    return comma + 3 < len(tokens) and tokens[comma].text == "," and tokens[comma + 1].tag not in (
        "sub", "rel", "conj", "quote", "punct",
    ) and not tokens[comma + 1].lower.endswith("ing")  # fmt: skip


def _says_something(tokens: Sequence[Token], stop: int) -> bool:
    """Whether more than an adverbial ("That morning, ") stands before a token."""
    return stop > 6 or any(
        token.tag in ("be", "have", "do", "modal") or token.lower.endswith("ed") for token in tokens[:stop]
    )


_ADJECTIVE_ENDS = ("al", "ive", "ous", "ary", "ent", "ed", "ing", "ful", "ic")
_BEFORE_NOUNS = frozenset(
    "first new arrest media death news press further fresh renewed more many some several such "
    "repeated no any".split()
)


def _is_noun(tokens: Sequence[Token], index: int, after: int) -> bool:
    """ "the report", "media reports of", "repeated calls": a word that is a verb elsewhere."""
    before = tokens[index - 1]
    if before.tag in ("det", "prep", "poss", "num"):
        return True
    if tokens[index].lower == "states" and not clause_follows_at(tokens[: after + 2], after):
        return True  # "six former Soviet states"
    if before.lower == "media" or before.tag != "word":
        return False
    follows = after < len(tokens) and tokens[after].lower != "that"
    return follows and (before.lower in _BEFORE_NOUNS or before.lower.endswith(_ADJECTIVE_ENDS))


def _plural_subject(tokens: Sequence[Token], subject: tuple[int, int], index: int) -> bool:
    return any(
        token.lower.endswith("s") or token.lower in ("and", "they", "we", "i", "people", "police", "media")
        for token in tokens[subject[0] : index]
    )


def _passive(sentence: Clauses, index: int, after: int, cue: Cue) -> Attribution | None:
    """ "C was reported by X", "X is said to C", "it was announced that C"."""
    tokens = sentence.tokens
    follow = tokens[after].lower if after < len(tokens) else ""
    source = None
    for position in range(after, min(after + 8, len(tokens))):
        if tokens[position].lower == "by":
            source = (position + 1, phrase_end(tokens, position + 1, sentence))
            break
        if tokens[position].tag == "punct":
            break
    if follow in ("to", "that", "as") or (
        follow and clause_follows_at(tokens, after) and tokens[after].tag == "quote"
    ):
        return _make(
            sentence,
            (index, after),
            source,
            (after + 1 if follow != "to" else after, len(tokens)),
            "passive",
            cue.verb,
            cue.modality,
        )
    if source is None and cue.verb not in (
        "say",
        "announce",
        "report",
        "claim",
        "allege",
        "confirm",
        "reveal",
        "disclose",
        "declare",
    ):
        return None
    return _make(sentence, (index, after), source, (0, index), "passive", cue.verb, cue.modality)


def _quoted(sentence: Clauses, index: int, after: int) -> Attribution | None:
    tokens = sentence.tokens
    for position in range(after, min(after + 12, len(tokens) - 1)):
        if tokens[position].lower == "as" and tokens[position + 1].lower in ("saying", "stating", "telling"):
            content = (position + 2, len(tokens))
            if content[1] - content[0] < 3:
                content = (0, after)
            return _make(sentence, (index, position + 2), (after, position), content, "quoted", "quote")
    return None


def _participle(
    sentence: Clauses, index: int, after: int, cue: Cue, clause_follows: bool
) -> Attribution | None:
    tokens = sentence.tokens
    if not clause_follows and cue.verb.split()[0] not in STRONG:
        return None
    before = tokens[index - 1] if index else None
    source = None
    if (
        before is not None
        and before.lower in ("by", "in", "of", "for", "without", "as")
        and before.lower != "by"
    ):
        return None
    if before is not None and before.tag in ("word", "cap") and before.text != ",":
        source = subject_of(sentence, index)
    if source is None:
        source = main_subject(sentence, index)
    return _make(
        sentence,
        (index, after),
        source,
        (content_start(tokens, after, cue), len(tokens)),
        "participle",
        cue.verb,
        cue.modality,
        cue.directive,
    )


def _inverted(sentence: Clauses, index: int, after: int) -> bool:
    """ "…", said X" and "C, said X": a comma or closing quotation before the cue and a noun phrase
    after it."""
    tokens = sentence.tokens
    if index < 2 or after >= len(tokens) or tokens[index - 1].text not in (",", "”", '"', "’", "?", "!"):
        return False
    follow = tokens[after]
    starts = (
        follow.tag == "cap"
        or follow.lower in ("the", "a", "an", "one", "his", "her", "its", "he", "she")
        or follow.start in sentence.by_start
    )
    if not starts and not (
        follow.tag == "word" and after + 1 < len(tokens) and tokens[after + 1].tag in ("cap", "word")
    ):
        return False
    if tokens[index - 1].text == "," and tokens[index - 2].tag != "quote":
        # "X, the chairman, said the firm …": an apposition stands before the cue, its content after it.
        end = phrase_end(tokens, after, sentence, commas=True)
        return end >= len(tokens) - 1 or tokens[end].text in (".", ",", ";", "?", "!")
    return True

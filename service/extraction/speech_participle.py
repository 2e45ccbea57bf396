"""Verbs of speech as a participle: "X called for A, adding that B", "a rally with traders alleging C"."""

from collections.abc import Sequence

from service.extraction.attributed import Attribution, attribution
from service.extraction.contents import begins_at, ends_at
from service.extraction.cues import STRONG, Cue
from service.extraction.heads import names_persons
from service.extraction.main_subjects import main_subject
from service.extraction.phrases import Clauses, is_past, phrase_end
from service.extraction.subjects import subject_of
from service.extraction.tokens import PAST_FORMS, Token


def participle(
    sentence: Clauses,
    index: int,
    after: int,
    cue: Cue,
    clause_follows: bool,
    found: Sequence[Attribution],
) -> Attribution | None:
    tokens = sentence.tokens
    if not clause_follows and cue.verb.split()[0] not in STRONG:
        return None
    before = tokens[index - 1] if index else None
    source = None
    if before is not None and before.lower in ("in", "of", "for", "without", "as"):
        return None
    if before is not None and before.tag in ("word", "cap") and before.text != ",":
        first = index
        while first > 0 and tokens[first - 1].tag in ("det", "word", "cap"):
            first -= 1
        # "a rally with traders alleging …", "fired at marchers alleging …"
        joined = first > 0 and tokens[first - 1].lower in ("with", "at", "against", "from", "by")
        joined = joined and names_persons(tokens[index - 1])
        source = (first, index) if joined else subject_of(sentence, index)
        if source is not None and is_past(tokens[source[0]]):
            source = None  # "had moved to the court demanding": no noun phrase
        elif source is not None and any(token.lower in _GATHERINGS for token in tokens[slice(*source)]):
            source = None  # "staged a protest outside the court alleging": those who staged it
    if index == 0:
        source = _subject_behind(sentence, ends_at(sentence, begins_at(sentence, after, cue), index))
    elif before is not None and before.tag == "conj" and found and found[-1].form == "participle":
        source = last_speaker(sentence, index, found)  # "a text condemning A and calling on B"
    elif source is None and before is not None and before.text == ",":
        source = last_speaker(sentence, index, found)
    if source is None:
        source = main_subject(sentence, index)
    start = begins_at(sentence, after, cue)
    return attribution(
        sentence,
        (index, after),
        source,
        (start, ends_at(sentence, start, index)),
        "participle",
        cue.verb,
        cue.modality,
        cue.directive,
    )


_GATHERINGS = frozenset(
    "rally rallies protest protests demonstration demonstrations march dharna strike sit-in fast vigil "
    "bandh agitation procession walkout".split()
)


def _subject_behind(sentence: Clauses, comma: int) -> tuple[int, int] | None:
    """ "Noting that A, X called for B"."""
    tokens = sentence.tokens
    if comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return None
    first = comma + 1
    if tokens[first].tag == "pron":
        return first, first + 1
    end = phrase_end(tokens, first, sentence)
    verb = next(
        (p for p in range(first + 1, end) if tokens[p].lower.endswith("ed") or tokens[p].lower in PAST_FORMS),
        end,
    )
    return (first, verb) if verb > first else None


def last_speaker(sentence: Clauses, index: int, found: Sequence[Attribution]) -> tuple[int, int] | None:
    """ "X said A, adding that B": whoever spoke last."""
    tokens = sentence.tokens
    for item in reversed(found):
        if item.source is not None and _is_owned(tokens, item.source.start):
            return None  # "The union, whose members fear …, demanded"
        if item.source is None or item.form not in ("active", "inverted", "participle", "passive"):
            continue
        inside = [p for p in range(index) if item.source.start <= tokens[p].start < item.source.end]
        return (inside[0], inside[-1] + 1) if inside else None
    return None


def _is_owned(tokens: Sequence[Token], start: int) -> bool:
    first = next((p for p, token in enumerate(tokens) if token.start == start), 0)
    return first > 0 and tokens[first - 1].lower == "whose"

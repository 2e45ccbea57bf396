"""Candidates in, claims with evidence out: the same checks whoever made the candidate.

An extractor's words count only as far as the text bears them out: the quote is found in the text to the
letter, the number is parsed again, a trigger of the predicate stands in the evidence, the source stands
near it, the date is placed again. Quotes are never matched fuzzily: white space and curly quotation marks
may differ, nothing else.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache

import msgspec

from service.extraction.analysis import Analysis
from service.extraction.lexicon import lexicon, trigger_phrases
from service.extraction.participants import Participant, Source, government, participant, sources_of
from service.extraction.protocol import (
    ClaimCandidate,
    Extent,
    Modality,
    Rejected,
)
from service.extraction.quotes import NotGroundedError, find_quote
from service.extraction.text import DateExpression, PrecisionName, fold
from service.extraction.triggers import matches
from service.extraction.values import PredicateRule, Value, read_value


class ClaimTime(msgspec.Struct, frozen=True):
    start: date | None
    end: date | None
    precision: PrecisionName
    text: str | None


class GroundedClaim(msgspec.Struct, frozen=True):
    """`text[start:end] == quote`. `inferred` names the fields that the evidence itself does not state."""

    predicate: str
    statement: str
    quote: str
    start: int
    end: int
    value: Value | None
    subject: Participant | None
    object: Participant | None
    complement: Participant | None
    place: Participant | None
    extent: Extent | None
    group: str | None
    time: ClaimTime | None
    attribution: tuple[Source, ...]
    modality: Modality
    inferred: tuple[str, ...]
    extractor: str
    version: str
    confidence: float
    basis: str = ""


def ground(
    candidates: Iterable[ClaimCandidate], analysis: Analysis, vocabulary: Mapping[str, PredicateRule]
) -> tuple[list[GroundedClaim], list[Rejected]]:
    """Every candidate is in one of the two lists; a claim found twice is rejected as a duplicate."""
    claims: list[GroundedClaim] = []
    rejected: list[Rejected] = []
    seen: set[tuple[object, ...]] = set()
    for candidate in candidates:
        try:
            claim = _ground(candidate, analysis, vocabulary)
            key = _key(claim)
            if key in seen:
                raise NotGroundedError("duplicate", "the same claim was found before")
        except NotGroundedError as failure:
            rejected.append(Rejected(candidate, failure.reason, str(failure), failure.member))
            continue
        seen.add(key)
        claims.append(claim)
    return _dated_by_echoes(claims), rejected


def _dated_by_echoes(claims: list[GroundedClaim]) -> list[GroundedClaim]:
    """A figure told twice was so at one time: "Fire kills four", with no day of its own, is of the Monday on
    which four people were killed by the text below it, and not of the day it was printed."""

    def told(claim: GroundedClaim) -> tuple[object, ...]:
        value, place = claim.value, claim.place
        figure = value and (value.amount or value.lower or value.upper)
        return claim.predicate, figure, claim.extent, place and place.name

    dated = {
        told(claim): claim.time
        for claim in reversed(claims)
        if claim.value and claim.time and claim.time.text
    }
    return [
        msgspec.structs.replace(claim, time=msgspec.structs.replace(when, text=None))
        if claim.time and claim.time.text is None and (when := dated.get(told(claim)))
        else claim
        for claim in claims
    ]


def _key(claim: GroundedClaim) -> tuple[object, ...]:
    if claim.value is not None:
        return claim.predicate, claim.value.start, claim.modality == "denied"
    roles = tuple(part.name if part else None for part in (claim.subject, claim.object, claim.complement))
    return claim.predicate, claim.start, claim.end, *roles


def _ground(
    candidate: ClaimCandidate, analysis: Analysis, vocabulary: Mapping[str, PredicateRule]
) -> GroundedClaim:
    rule = vocabulary.get(candidate.predicate)
    if rule is None:
        raise NotGroundedError("unknown_predicate", _unknown(candidate.predicate, vocabulary))
    start, end = find_quote(analysis.text, candidate.quote, candidate.start)
    first, last = analysis.sentence_at(start), analysis.sentence_at(end - 1)
    near = max(0, first - 1), min(len(analysis.sentences) - 1, last + 1)
    inferred = list(candidate.inferred)
    value = read_value(candidate, rule, analysis, start, end)
    _check_trigger(candidate.predicate, analysis, start, end, first, last)
    roles: dict[str, Participant | None] = {}
    for role, surface in (
        ("subject", candidate.subject), ("object", candidate.object),
        ("complement", candidate.complement), ("place", candidate.place),
    ):  # fmt: skip
        roles[role] = (
            participant(role, surface, analysis, start, end, first, last, inferred) if surface else None
        )
    when = _time(candidate, analysis, start, near, inferred, value.start if value else None)
    if when is None and analysis.published is not None and value is not None:
        # A figure holds when it is reported, unless its words say otherwise.
        when = ClaimTime(analysis.published, analysis.published, "day", None)
        inferred.append("time")
    sources = sources_of(candidate, analysis, first, last, near) if candidate.attribution else ()
    if rule.kind == "statement" and roles["subject"] is not None:
        roles["subject"] = government(analysis, roles["subject"], inferred, "subject")
    quote = analysis.text[start:end]
    return GroundedClaim(
        predicate=candidate.predicate,
        statement=candidate.statement or " ".join(quote.split()),
        quote=quote,
        start=start,
        end=end,
        value=value,
        subject=roles["subject"],
        object=roles["object"],
        complement=roles["complement"],
        place=roles["place"],
        extent=candidate.extent,
        group=candidate.group,
        time=when,
        attribution=sources,
        modality=candidate.modality,
        inferred=tuple(dict.fromkeys(inferred)),
        extractor=candidate.extractor,
        version=candidate.version,
        confidence=candidate.confidence,
        basis=candidate.basis,
    )


def _unknown(predicate: str, vocabulary: Mapping[str, PredicateRule]) -> str:
    near = get_close_matches(predicate[:100], vocabulary, 3)
    return f"{predicate} is not in the vocabulary" + (f"; nearest: {', '.join(near)}" if near else "")


# --- triggers ---


@cache
def _triggers(predicate: str) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    phrases = trigger_phrases(predicate)
    return frozenset(words[0] for words in phrases if len(words) == 1), tuple(
        words for words in phrases if len(words) > 1
    )


@cache
def _told_by_form() -> frozenset[str]:
    return frozenset(entry.predicate for entry in lexicon().quantities if entry.kinds)


def _check_trigger(predicate: str, analysis: Analysis, start: int, end: int, first: int, last: int) -> None:
    single, several = _triggers(predicate)
    if (not single and not several) or predicate in _told_by_form():
        return  # a predicate of the store that this lexicon has no words for; "Jane Doe, 45,"
    for sentence in analysis.tokens[first : last + 1]:
        for word in single & sentence.words:
            if start <= sentence[sentence.lowers.index(word)].start < end:
                return
    tokens = [
        token
        for index in range(first, last + 1)
        for token in analysis.tokens[index]
        if start <= token.start < end
    ]
    lowers = {token.lower for token in tokens}
    if not single.isdisjoint(lowers):
        return
    lowers |= {part for word in lowers if "-" in word for part in word.split("-")}
    if not single.isdisjoint(lowers):
        return
    for words in several:
        if words[0] in lowers and any(
            matches(tokens, position, words)
            for position, token in enumerate(tokens)
            if token.lower == words[0]
        ):
            return
    raise NotGroundedError("trigger_missing", f"no word of the quote speaks of {predicate}")


# --- when ---


def _time(
    candidate: ClaimCandidate,
    analysis: Analysis,
    start: int,
    near: tuple[int, int],
    inferred: list[str],
    figure: int | None,
) -> ClaimTime | None:
    """The date that the candidate gives, among those of the sentences from `near[0]` to `near[1]`. `figure`
    is where the number of a quantity starts."""
    if not candidate.time:
        return None
    words = fold(candidate.time).lower()
    options = [
        item
        for index in range(near[0], near[1] + 1)
        for item in analysis.dates_in(index)
        if _same_words(item, words)
    ]
    if not options:
        if any(_same_words(item, words) for item in analysis.dates):
            raise NotGroundedError("time_not_near", f"{candidate.time!r} does not stand near the quote")
        raise NotGroundedError("time_not_a_date", f"{candidate.time!r} cannot be read as a date")
    chosen = min(options, key=lambda item: abs(item.start - start)) if len(options) > 1 else options[0]
    if chosen.start_date is None and chosen.end_date is None:
        return None
    if "year_inferred" in chosen.flags or "direction_assumed" in chosen.flags:
        inferred.append("time")
    end = chosen.end_date
    if figure is not None and analysis.published is not None and _counts_from(chosen, figure, analysis):
        end = max(analysis.published, end or analysis.published)
    return ClaimTime(chosen.start_date, end, chosen.precision or "day", chosen.surface)


_SINCE = re.compile(r"\bsince\b(?=[^,;:]*\Z)", re.IGNORECASE)


def _counts_from(chosen: DateExpression, figure: int, analysis: Analysis) -> bool:
    """ "12 have died since Friday", "since the march on 2 May 53 were held": a count that ran on from that
    day until it was told. `figure` is where its number starts."""
    if "since" in chosen.flags:
        return True
    sentence = analysis.sentences[analysis.sentence_at(chosen.start)]
    since = _SINCE.search(analysis.text, sentence.start, chosen.start)
    return since is not None and not since.start() < figure < chosen.start


def _same_words(item: DateExpression, theirs: str) -> bool:
    mine = fold(item.surface).lower()
    return mine == theirs or (mine in theirs and len(theirs) - len(mine) <= 16)


# The lexicon's own predicates, for callers without a store.
def own_vocabulary() -> dict[str, PredicateRule]:
    kinds: dict[str, PredicateRule] = {
        entry.predicate: PredicateRule("quantity") for entry in lexicon().quantities
    }
    kinds.update({entry.predicate: PredicateRule(entry.kind) for entry in lexicon().events})
    return kinds

"""Candidates in, claims with evidence out: the same checks whoever made the candidate.

An extractor's words count only as far as the text bears them out: the quote is found in the text to the
letter, the number is parsed again, a trigger of the predicate stands in the evidence, the source stands
near it, the date is placed again. Quotes are never matched fuzzily: white space and curly quotation marks
may differ, nothing else.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

import msgspec

from service.extraction.analysis import Analysis
from service.extraction.attributed import Attribution
from service.extraction.lexicon import lexicon, trigger_phrases
from service.extraction.names import Mention
from service.extraction.protocol import (
    AttributionRole,
    CandidateSource,
    ClaimCandidate,
    EntityKind,
    Extent,
    Modality,
    Rejected,
)
from service.extraction.quotes import NotGroundedError, find_inside, find_quote
from service.extraction.text import DateExpression, PrecisionName, Span, fold
from service.extraction.triggers import matches
from service.extraction.values import PredicateRule, Value, read_value

__all__ = ["GroundedClaim", "Participant", "PredicateRule", "Value", "find_quote", "ground"]


class Participant(msgspec.Struct, frozen=True):
    """Words of the text that fill a role. `entity` is None when they name nothing the store holds; `name`
    then names a new one if `kind` is set, and is plain text if not."""

    surface: str
    start: int
    end: int
    name: str
    kind: EntityKind | None = None
    entity: str | None = None
    flags: tuple[str, ...] = ()


class ClaimTime(msgspec.Struct, frozen=True):
    start: date | None
    end: date | None
    precision: PrecisionName
    text: str | None


class Source(msgspec.Struct, frozen=True):
    role: AttributionRole
    participant: Participant
    cue: str | None


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
            rejected.append(Rejected(candidate, failure.reason, str(failure)))
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
        raise NotGroundedError("unknown_predicate", f"{candidate.predicate} is not in the vocabulary")
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
            _participant(role, surface, analysis, start, end, first, last, inferred) if surface else None
        )
    when = _time(candidate, analysis, start, near, inferred, value.start if value else None)
    if when is None and analysis.published is not None and value is not None:
        # A figure holds when it is reported, unless its words say otherwise.
        when = ClaimTime(analysis.published, analysis.published, "day", None)
        inferred.append("time")
    sources = _sources(candidate, analysis, first, last, near) if candidate.attribution else ()
    if rule.kind == "statement" and roles["subject"] is not None:
        roles["subject"] = _government(analysis, roles["subject"], inferred, "subject")
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
        if words[0] in lowers and any(matches(tokens, position, words) for position in range(len(tokens))):
            return
    raise NotGroundedError("trigger_missing", f"no word of the quote speaks of {predicate}")


# --- who, where, when ---


def _participant(
    role: str,
    surface: str,
    analysis: Analysis,
    start: int,
    end: int,
    first: int,
    last: int,
    inferred: list[str],
) -> Participant:
    sentence = (analysis.sentences[first].start, analysis.sentences[last].end)
    place = find_inside(analysis.folded, surface, start, end) or find_inside(
        analysis.folded, surface, *sentence
    )
    if place is None:
        place = find_inside(analysis.folded, surface, 0, len(analysis.text))
        if place is None:
            raise NotGroundedError("participant_not_found", f"{role} {surface!r} does not stand in the text")
        inferred.append(role)
    found = _place_at(analysis, *place) if role == "place" else participant_at(analysis, *place)
    if "pronoun" in found.flags or "coreference" in found.flags:
        inferred.append(role)
    return found


def _place_at(analysis: Analysis, start: int, end: int) -> Participant:
    """The words as a place, also where they stand inside the name of one of its bodies."""
    surface = analysis.text[start:end]
    here = [
        m for m in analysis.mentions_in(start, end) if m.kind == "place" and m.start == start and m.end == end
    ]
    place = here[0] if here else analysis.places.get(surface)
    if place is not None:
        return Participant(surface, start, end, place.name, "place", place.entity, place.flags)
    return participant_at(analysis, start, end)


def participant_at(analysis: Analysis, start: int, end: int) -> Participant:
    """The words at these offsets as a participant: the entity of the mention they are, else plain text."""
    surface = analysis.text[start:end]
    mention = mention_of(analysis, start, end)
    if mention is None:
        return Participant(surface, start, end, surface)
    return Participant(surface, start, end, mention.name, mention.kind, mention.entity, mention.flags)


def mention_of(analysis: Analysis, start: int, end: int) -> Mention | None:
    """The mention a phrase is: it ends with the phrase, and only titles, demonyms and articles stand
    before it."""
    index = analysis.sentence_at(start)
    for mention in analysis.mentions_in(
        analysis.sentences[index].start, max(end, analysis.sentences[index].end)
    ):
        if "nested" in mention.flags:
            continue
        if mention.start <= start and end <= mention.end:
            return mention
        if mention.start < start or mention.end > end or "demonym" in mention.flags:
            continue
        rest = analysis.text[mention.end : end].strip(" ’'s,")
        if rest:
            continue
        before = analysis.text[start : mention.start]
        if (
            not before.strip()
            or mention.kind == "person"
            or before.strip().lower() in ("the", "a", "its", "their")
        ):
            if mention.kind == "person" and any(
                word in before.lower().split() for word in ("for", "of", "to", "with")
            ):
                continue
            return mention
    return None


def _government(analysis: Analysis, part: Participant, inferred: list[str], role: str) -> Participant:
    """A country or a capital that speaks is its government ("Washington welcomes"), where the store
    holds that."""
    if part.kind != "place" or "demonym" in part.flags:
        return part
    slug = analysis.governments.get(analysis.capitals.get(part.name, part.name))
    if slug is None:
        return part
    inferred.append(role)
    return msgspec.structs.replace(part, kind="organization", entity=slug, flags=(*part.flags, "metonym"))


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


def _sources(
    candidate: ClaimCandidate, analysis: Analysis, first: int, last: int, near: tuple[int, int]
) -> tuple[Source, ...]:
    """Who says so, each found near the evidence in the sentences from `first` to `last`."""
    said = [item for index in range(first, last + 1) for item in analysis.attributions_in(index)]
    around = analysis.sentences[near[0]].start, analysis.sentences[near[1]].end
    return tuple(
        _source(source, analysis, _told_in(source, said, around)) for source in candidate.attribution
    )


def _told_in(source: CandidateSource, said: Sequence[Attribution], near: tuple[int, int]) -> tuple[int, int]:
    """Where a source must stand: near the evidence, or at the end of a quotation of several sentences that
    the evidence is part of."""
    for item in said:
        if "continued" in item.flags and item.source is not None and item.source.surface == source.surface:
            return min(item.source.start, item.cue.start), max(item.source.end, item.cue.end)
    return near


def _source(source: CandidateSource, analysis: Analysis, near: tuple[int, int]) -> Source:
    place = find_inside(analysis.folded, source.surface, *near)
    if place is None:
        raise NotGroundedError("source_not_near", f"{source.surface!r} does not stand near the quote")
    if source.cue and find_inside(analysis.folded, source.cue, *near) is None:
        raise NotGroundedError("cue_not_near", f"{source.cue!r} does not stand near the quote")
    low, high = analysis.sentence_at(near[0]), analysis.sentence_at(near[1] - 1)
    for item in (found for index in range(low, high + 1) for found in analysis.attributions_in(index)):
        if (
            item.source is not None
            and item.source.surface == source.surface
            and near[0] <= item.source.start < near[1]
            and item.name
        ):
            span = item.source
            found = Participant(
                span.surface, span.start, span.end, item.name, item.kind, item.entity, item.flags
            )
            return Source(source.role, _government(analysis, found, [], "attribution"), source.cue)
    return Source(
        source.role, _government(analysis, participant_at(analysis, *place), [], "attribution"), source.cue
    )


def spans_of(claim: GroundedClaim) -> Span:
    """The evidence as a span."""
    return Span(claim.start, claim.end, claim.quote)


# The lexicon's own predicates, for callers without a store.
def own_vocabulary() -> dict[str, PredicateRule]:
    kinds: dict[str, PredicateRule] = {
        entry.predicate: PredicateRule("quantity") for entry in lexicon().quantities
    }
    kinds.update({entry.predicate: PredicateRule(entry.kind) for entry in lexicon().events})
    return kinds

"""Who and what a claim names: the words that fill its roles and those who say so, found near its evidence,
with the entities that they stand for."""

import re
from collections.abc import Sequence

import msgspec

from service.extraction.analysis import Analysis
from service.extraction.attributed import Attribution
from service.extraction.names import Mention
from service.extraction.protocol import AttributionRole, CandidateSource, ClaimCandidate, EntityKind
from service.extraction.quotes import NotGroundedError, find_inside

# "a 31-year-old Frenchman", "an American": a person of the country and not the country.
ONE_PERSON = re.compile(
    r"(?<!\w)(?:an?|one|the\s[a-z0-9-]+-year-old)\s(?:[a-z0-9-]+\s){0,3}\Z", re.IGNORECASE
)


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


class Source(msgspec.Struct, frozen=True):
    role: AttributionRole
    participant: Participant
    cue: str | None


def participant(
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
            raise NotGroundedError("participant_not_found", f"{surface!r} does not stand in the text", role)
        inferred.append(role)
    found = _place_at(analysis, *place) if role == "place" else _participant_at(analysis, *place)
    if role == "complement" and found.kind == "person" and "coreference" in found.flags:
        # "Ana Costa, the minister": the words for an office, and not whom they stand for.
        found = Participant(found.surface, found.start, found.end, found.surface)
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
    return _participant_at(analysis, start, end)


def _participant_at(analysis: Analysis, start: int, end: int) -> Participant:
    """The words at these offsets as a participant: the entity of the mention they are, else plain text."""
    surface = analysis.text[start:end]
    if surface.endswith("-based"):  # "Houston" of "Houston-based"
        surface = surface.removesuffix("-based")
        end = start + len(surface)
    mention = _mention_of(analysis, start, end)
    if mention is None:
        return Participant(surface, start, end, surface)
    return Participant(surface, start, end, mention.name, mention.kind, mention.entity, mention.flags)


def _mention_of(analysis: Analysis, start: int, end: int) -> Mention | None:
    """The mention a phrase is: it ends with the phrase, and only titles, demonyms and articles stand
    before it."""
    index = analysis.sentence_at(start)
    for mention in analysis.mentions_in(
        analysis.sentences[index].start, max(end, analysis.sentences[index].end)
    ):
        if "nested" in mention.flags:
            continue
        if mention.start <= start and end <= mention.end:
            before = analysis.text[max(0, mention.start - 40) : mention.start]
            return None if "demonym" in mention.flags and ONE_PERSON.search(before) else mention
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


def government(analysis: Analysis, part: Participant, inferred: list[str], role: str) -> Participant:
    """A country or a capital that speaks is its government ("Washington welcomes"), where the store
    holds that."""
    if part.kind != "place" or "demonym" in part.flags:
        return part
    slug = analysis.governments.get(analysis.capitals.get(part.name, part.name))
    if slug is None:
        return part
    inferred.append(role)
    return msgspec.structs.replace(part, kind="organization", entity=slug, flags=(*part.flags, "metonym"))


def sources_of(
    candidate: ClaimCandidate, analysis: Analysis, first: int, last: int, near: tuple[int, int]
) -> tuple[Source, ...]:
    """Who says so, each found near the evidence in the sentences from `first` to `last`."""
    said = [item for index in range(first, last + 1) for item in analysis.attributions_in(index)]
    around = analysis.sentences[near[0]].start, analysis.sentences[near[1]].end
    return tuple(
        _source(source, analysis, _told_in(source, said, around), f"attribution/{index}")
        for index, source in enumerate(candidate.attribution)
    )


def _told_in(source: CandidateSource, said: Sequence[Attribution], near: tuple[int, int]) -> tuple[int, int]:
    """Where a source must stand: near the evidence, or at the end of a quotation of several sentences that
    the evidence is part of."""
    for item in said:
        if "continued" in item.flags and item.source is not None and item.source.surface == source.surface:
            return min(item.source.start, item.cue.start), max(item.source.end, item.cue.end)
    return near


def _source(source: CandidateSource, analysis: Analysis, near: tuple[int, int], member: str) -> Source:
    """`member` is where the source stands in its candidate."""
    place = find_inside(analysis.folded, source.surface, *near)
    if place is None:
        detail = f"{source.surface!r} does not stand near the quote"
        raise NotGroundedError("source_not_near", detail, f"{member}/name")
    if source.cue and find_inside(analysis.folded, source.cue, *near) is None:
        detail = f"{source.cue!r} does not stand near the quote"
        raise NotGroundedError("cue_not_near", detail, f"{member}/cue")
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
            return Source(source.role, government(analysis, found, [], "attribution"), source.cue)
    return Source(
        source.role, government(analysis, _participant_at(analysis, *place), [], "attribution"), source.cue
    )

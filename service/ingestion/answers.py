"""What extraction found, as the API shows it."""

from service.claims.schemas import Evidence, Provenance, Selector, ValidTime, Value
from service.extraction.grounding import GroundedClaim
from service.extraction.participants import Participant
from service.extraction.text import Span
from service.ingestion.pipeline import Extracted
from service.ingestion.schemas import (
    AttributionLinkOut,
    AttributionOut,
    DateOut,
    ExtractedClaim,
    ExtractOut,
    MentionOut,
    NameOut,
    QuantityOut,
    RejectedOut,
    RemovedOut,
    ScopeOut,
    SpanOut,
)
from service.schemas import number

CONTEXT = 32  # code points of prefix and suffix, as in stored claims


def extracted(found: Extracted, published_at: str | None) -> ExtractOut:
    analysis = found.analysis
    published = published_at or (found.inferred_day.isoformat() if found.inferred_day else None)
    return ExtractOut(
        text=analysis.text,
        title=found.title,
        published_at=published,
        published_note=found.inferred_note,
        sentences=[SpanOut(one.start, one.end, one.surface) for one in analysis.sentences],
        mentions=[
            MentionOut(one.start, one.end, one.surface, one.kind, one.name, one.entity, list(one.flags))
            for one in analysis.mentions
        ],
        quantities=[
            QuantityOut(
                one.start,
                one.end,
                one.surface,
                number(one.amount),
                number(one.lower),
                number(one.upper),
                one.qualifier,
                one.unit,
                one.noun,
                list(one.flags),
            )
            for one in analysis.quantities
        ],
        dates=[
            DateOut(one.start, one.end, one.surface, one.value, one.precision, list(one.flags))
            for one in analysis.dates
        ],
        attributions=[
            AttributionOut(span(one.source), shown(one.cue), span(one.content), one.entity, one.name)
            for one in analysis.attributions
        ],
        claims=[claim(one, found, published) for one in found.claims],
        rejected=rejected(found),
        removed=[RemovedOut(one.start, one.end, one.surface, one.reason) for one in found.removed],
        warnings=list(found.warnings),
    )


def shown(one: Span) -> SpanOut:
    return SpanOut(one.start, one.end, one.surface)


def span(one: Span | None) -> SpanOut | None:
    return None if one is None else shown(one)


def rejected(found: Extracted) -> list[RejectedOut]:
    return [
        RejectedOut(
            one.candidate.quote, one.candidate.predicate, one.candidate.extractor, one.reason, one.detail
        )
        for one in found.rejected
    ]


def name(participant: Participant | None) -> NameOut | None:
    if participant is None or participant.kind is None:
        return None
    return NameOut(participant.entity, participant.name, participant.kind)


def words(participant: Participant | None) -> str | None:
    return participant.name if participant is not None and participant.kind is None else None


def claim(one: GroundedClaim, found: Extracted, published: str | None) -> ExtractedClaim:
    text = found.analysis.text
    value = one.value
    start, end = one.start, one.end
    return ExtractedClaim(
        predicate=one.predicate,
        statement=one.statement,
        subject=name(one.subject),
        subject_text=words(one.subject),
        object=name(one.object),
        object_text=words(one.object),
        complement=name(one.complement),
        complement_text=words(one.complement),
        value=None
        if value is None
        else Value(
            number(value.amount),
            number(value.lower),
            number(value.upper),
            value.unit,
            value.qualifier,
            value.text,
        ),
        scope=ScopeOut(name(one.place), one.extent, one.group, None),
        time=None
        if one.time is None
        else ValidTime(
            one.time.start.isoformat() if one.time.start else None,
            one.time.end.isoformat() if one.time.end else None,
            one.time.precision,
            one.time.text,
        ),
        attribution=[
            AttributionLinkOut(link.role, name(link.participant), link.participant.surface, link.cue)
            for link in one.attribution
        ],
        modality=one.modality,
        reported_at=published,
        inferred=list(one.inferred),
        evidence=Evidence(
            found.sha256,
            True,
            [
                Selector(
                    "TextQuoteSelector",
                    exact=one.quote,
                    prefix=text[max(0, start - CONTEXT) : start],
                    suffix=text[end : end + CONTEXT],
                ),
                Selector("TextPositionSelector", start=start, end=end),
            ],
        ),
        provenance=Provenance("extracted", f"{one.extractor}/{one.version}", one.confidence),
    )

"""Rows of the tables, from what extraction found."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Text, select

from service.curation.changes import Change
from service.db import models as m
from service.db.statements import among, compiled, fetch
from service.extraction.grounding import GroundedClaim
from service.extraction.names import Mention
from service.extraction.participants import Participant
from service.ids import id_of, new_id
from service.ingestion.pipeline import CLIENT, Extracted

# The entity of a name, null where there is none.
EntityOf = Callable[[Participant | Mention], uuid.UUID | None]

_slugs_taken = {
    table: compiled(select(table.slug).where(among(table.slug, "slugs", Text())))
    for table in (m.Article, m.Entity, m.Source, m.Redirect)
}


def created(kind: str, row_id: uuid.UUID, slug: str | None) -> Change:
    return Change(type=kind, row_id=row_id, slug=slug, action="created")


async def free_slugs(driver: Any, tables: Sequence[Any], wanted: Sequence[str]) -> list[str]:
    """Each wanted slug, numbered where it is taken already or wanted twice. From the tenth on the number is a
    random one, so that a thousand articles of one title need no thousand tries. None reads as an id: a
    path would take it for that."""
    stems = [(f"id-{slug}" if id_of(slug) else slug[:105].rstrip("-")) or "unnamed" for slug in wanted]
    used = await taken_slugs(driver, tables, set(stems))
    repeated = {stem for stem, times in Counter(stems).items() if times > 1 or stem in used}
    repeated |= set(stems) & {one for stem in repeated for one in alternatives(stem)}
    used |= await taken_slugs(driver, tables, {one for stem in repeated for one in alternatives(stem)})
    numbered = []
    for stem in stems:
        choices = [stem, *alternatives(stem)] if stem in repeated else [stem]
        free = next((slug for slug in choices if slug not in used), f"{stem}-{uuid.uuid4().hex[:12]}")
        used.add(free)
        numbered.append(free)
    return numbered


def alternatives(stem: str) -> list[str]:
    return [f"{stem}-{number}" for number in range(2, 10)]


async def taken_slugs(driver: Any, tables: Sequence[Any], slugs: set[str]) -> set[str]:
    found: set[str] = set()
    for table in tables if slugs else ():
        found |= {row["slug"] for row in await fetch(driver, _slugs_taken[table], {"slugs": sorted(slugs)})}
    return found


def mention_rows(article: uuid.UUID, found: Extracted, entity_of: EntityOf) -> list[dict[str, Any]]:
    length = len(found.analysis.text)
    rows, taken = [], set()
    for mention in found.analysis.mentions:
        entity, span = entity_of(mention), (mention.start, mention.end)
        if entity is None or span in taken or "pronoun" in mention.flags:
            continue
        taken.add(span)
        rows.append(
            {
                "id": new_id(),
                "article_id": article,
                "text_length": length,
                "entity_id": entity,
                "start": mention.start,
                "end": mention.end,
                "surface": mention.surface,
            }
        )
    return rows


def claim_rows(
    article: uuid.UUID,
    reported_at: dt.datetime,
    found: Extracted,
    entity_of: EntityOf,
    predicates: dict[str, uuid.UUID],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of the claims and of their attributions, in the order of the text."""
    ordered = sorted(found.claims, key=lambda claim: (claim.start, claim.end, claim.predicate))
    ids = [new_id() for _ in ordered]
    rows, links = [], []
    for position, (claim_id, claim) in enumerate(zip(ids, ordered, strict=True)):
        whole = larger_figure(ordered, position)
        value, time = claim.value, claim.time
        sent = claim.extractor == CLIENT
        row: dict[str, Any] = {
            "id": claim_id,
            "article_id": article,
            "text_length": len(found.analysis.text),
            "position": position,
            "predicate_id": predicates[claim.predicate],
            "statement": claim.statement,
            "amount": value and value.amount,
            "lower": value and value.lower,
            "upper": value and value.upper,
            "unit": value and value.unit,
            "qualifier": value and value.qualifier,
            "value_text": value and value.text,
            "place_id": entity_of(claim.place) if claim.place else None,
            "extent": claim.extent,
            "group": claim.group,
            "of_id": None if whole is None else ids[whole],
            "time_start": time and time.start,
            "time_end": time and time.end,
            "time_precision": time and time.precision,
            "time_text": time and time.text,
            "modality": claim.modality,
            "inferred": [*claim.inferred, *(["of"] if whole is not None else [])],
            "evidence": claim.quote,
            "evidence_start": claim.start,
            "evidence_end": claim.end,
            "method": "submitted" if sent else "extracted",
            "extractor": None if sent else f"{claim.extractor}/{claim.version}",
            "confidence": None if sent else claim.confidence,
            "reported_at": reported_at,
        }
        for role in ("subject", "object", "complement"):
            participant: Participant | None = getattr(claim, role)
            entity = entity_of(participant) if participant else None
            row[f"{role}_id"] = entity
            row[f"{role}_text"] = participant.name if participant and entity is None else None
        rows.append(row)
        links += [
            {
                "claim_id": claim_id,
                "position": order,
                "role": link.role,
                "entity_id": entity_of(link.participant),
                "name": link.participant.surface,
                "cue": link.cue,
            }
            for order, link in enumerate(claim.attribution)
        ]
    return sorted(rows, key=lambda row: row["of_id"] is not None), links


def larger_figure(claims: Sequence[GroundedClaim], position: int) -> int | None:
    """The claim that a subset is a part of: the nearest one before it with the same predicate that is no
    part itself, else the nearest after it."""
    part = claims[position]
    if part.extent != "subset":
        return None
    wholes = [
        index
        for index, claim in enumerate(claims)
        if claim.predicate == part.predicate and claim.extent != "subset" and claim.value is not None
    ]
    before = [index for index in wholes if index < position]
    return before[-1] if before else wholes[0] if wholes else None


def rejection_rows(article: uuid.UUID, found: Extracted) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(),
            "article_id": article,
            "extractor": CLIENT
            if one.candidate.extractor == CLIENT
            else f"{one.candidate.extractor}/{one.candidate.version}",
            "predicate": one.candidate.predicate,
            "quote": one.candidate.quote,
            "reason": one.reason,
            "detail": one.detail,
        }
        for one in found.rejected
    ]

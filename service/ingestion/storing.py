"""Puts extracted articles into the store: text, mentions, claims, rejections, new entities, facts, reviews,
history.

A batch is one transaction: it is stored as a whole or not at all. The caller opens it.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ARRAY, BigInteger, Text, Uuid, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.curation.changes import Change, record
from service.db import models as m
from service.db.statements import compiled, fetch
from service.db.writing import changed, driver_of, insert_missing, insert_rows
from service.entities.names import MATCH, fold, search_keys, similarity
from service.extraction.grounding import GroundedClaim, Participant
from service.extraction.names import Mention
from service.facts.grouping import ascii_slug
from service.facts.writing import regroup
from service.ingestion.pipeline import Extracted, overlap
from service.seeding import participant_rows

REPRINT = 0.5  # share of common shingles from which a text counts as a reprint of an earlier one
RESEMBLES = 0.70  # a new name this close to a known one, but below MATCH, is put before a person
UNSURE = 0.5  # claims below this confidence are put before a person


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an article besides its text."""

    title: str
    source: str  # slug or name of the publisher
    published_at: dt.datetime
    published_precision: str = "day"
    published_basis: str = "given"
    published_note: str | None = None
    language: str = "en"
    author: str | None = None
    url: str | None = None


class Stored(msgspec.Struct, frozen=True):
    """`created` is false when the same text was there already; then nothing else happened."""

    article: uuid.UUID
    created: bool
    claims: int
    rejected: int


_existing = compiled(
    select(m.Article.id, m.Article.sha256).where(
        m.Article.sha256 == func.any(bindparam("hashes", type_=ARRAY(Text())))
    )
)
_relatives = compiled(
    select(m.Article.id, m.Article.sketch, m.Article.reprint_of_id, m.Article.published_at).where(
        m.Article.sketch.bool_op("&&")(bindparam("sketch", type_=ARRAY(BigInteger())))
    )
)
_sources = compiled(
    select(m.Source.id, m.Source.slug, m.Source.name).where(
        m.Source.slug.in_(select(func.unnest(bindparam("slugs", type_=ARRAY(Text())))))
        | func.lower(m.Source.name).in_(select(func.unnest(bindparam("names", type_=ARRAY(Text())))))
    )
)
_slugs_taken = {
    table: compiled(select(table.slug).where(table.slug == func.any(bindparam("slugs", type_=ARRAY(Text())))))
    for table in (m.Article, m.Entity, m.Source, m.Redirect)
}
_entities_by_slug = compiled(
    select(m.Entity.id, m.Entity.slug).where(
        m.Entity.slug == func.any(bindparam("slugs", type_=ARRAY(Text())))
    )
)
_entities_by_name = compiled(
    select(m.Alias.folded, m.Alias.entity_id, m.Entity.kind)
    .join(m.Entity, m.Entity.id == m.Alias.entity_id)
    .where(m.Alias.folded == func.any(bindparam("folded", type_=ARRAY(Text()))))
    .where(m.Alias.kind != "demonym")
)
_similar = compiled(
    select(m.Alias.entity_id, m.Alias.text, m.Entity.kind)
    .join(m.Entity, m.Entity.id == m.Alias.entity_id)
    .where(m.Alias.keys.bool_op("&&")(bindparam("keys", type_=ARRAY(Text()))))
    .limit(2000)
)
_predicates = compiled(select(m.Predicate.slug, m.Predicate.id))
_slips = compiled(
    select(m.Relation.from_id, m.Relation.to_id, m.Relation.because).where(
        m.Relation.type == "possible_transcription",
        (m.Relation.from_id == func.any(bindparam("ids", type_=ARRAY(Uuid()))))
        | (m.Relation.to_id == func.any(bindparam("ids", type_=ARRAY(Uuid())))),
    )
)


async def store(
    connection: AsyncConnection,
    batch: Sequence[tuple[Submission, Extracted]],
    actor: str,
    method: str = "extracted",
) -> list[Stored]:
    """Stores a batch, one result per article in its order. The same text twice is stored once."""
    driver = await driver_of(connection)
    there = {
        row["sha256"]: row["id"]
        for row in await fetch(driver, _existing, {"hashes": [found.sha256 for _, found in batch]})
    }
    new: dict[str, tuple[Submission, Extracted]] = {}
    for submission, found in batch:
        if found.sha256 not in there:
            new.setdefault(found.sha256, (submission, found))
    if not new:
        return [Stored(there[found.sha256], False, 0, 0) for _, found in batch]

    history: list[Change] = []
    sources = await store_sources(connection, driver, [one for one, _ in new.values()], history)
    articles = await article_rows(driver, new, sources)
    await insert_rows(connection, m.Article, articles)
    history += [created("article", row["id"], row["slug"]) for row in articles]
    ids = {row["sha256"]: row["id"] for row in articles}
    entities = await store_entities(connection, driver, [found for _, found in new.values()], actor, history)
    predicates = {row["slug"]: row["id"] for row in await fetch(driver, _predicates, {})}

    mentions, claims, attributions, rejections = [], [], [], []
    for sha256, (submission, found) in new.items():
        article = ids[sha256]
        mentions += mention_rows(article, found, entities)
        rows, links = claim_rows(article, submission, found, entities, predicates, method)
        claims += rows
        attributions += links
        rejections += rejection_rows(article, found)
    await insert_rows(connection, m.Mention, mentions)
    await insert_rows(connection, m.Claim, claims)
    await insert_rows(connection, m.Attribution, attributions)
    await insert_rows(connection, m.Participant, participant_rows(claims, attributions))
    await insert_rows(connection, m.Rejection, rejections)
    claim_ids = [row["id"] for row in claims]
    if claim_ids:
        await regroup(connection, claim_ids)
        await queue_claims(connection, driver, claims)
    history += [created("claim", one, None) for one in claim_ids]
    await record(connection, actor, history)
    await changed(connection, names=any(one.type == "entity" for one in history))

    results, first = [], set(new)
    for _, found in batch:
        fresh = found.sha256 in first
        first.discard(found.sha256)
        article = ids.get(found.sha256) or there[found.sha256]
        results.append(
            Stored(article, fresh, len(found.claims) if fresh else 0, len(found.rejected) if fresh else 0)
        )
    return results


def created(kind: str, row_id: uuid.UUID, slug: str | None) -> Change:
    return Change(type=kind, row_id=row_id, slug=slug, action="created")


async def free_slugs(driver: Any, table: Any, wanted: Sequence[str]) -> list[str]:
    """Each wanted slug, numbered where it is taken already or wanted twice."""
    stems = {slug: slug[:110].rstrip("-") or "unnamed" for slug in wanted}
    used: set[str] = set()
    numbered = []
    for slug in wanted:
        number, candidate = 1, stems[slug]
        while True:
            tried = [candidate if n == 1 else f"{stems[slug]}-{n}" for n in range(number, number + 20)]
            rows = await fetch(driver, _slugs_taken[table], {"slugs": tried})
            taken = {row["slug"] for row in rows} | used
            free = [one for one in tried if one not in taken]
            if free:
                used.add(free[0])
                numbered.append(free[0])
                break
            number += 20
    return numbered


async def store_sources(
    connection: AsyncConnection, driver: Any, submissions: Iterable[Submission], history: list[Change]
) -> dict[str, uuid.UUID]:
    """Publishers by the words that name them. One that nobody knows is made, and flagged."""
    wanted = list(dict.fromkeys(one.source for one in submissions))
    rows = await fetch(driver, _sources, {"slugs": wanted, "names": [name.lower() for name in wanted]})
    by_slug = {row["slug"]: row["id"] for row in rows}
    by_name = {row["name"].lower(): row["id"] for row in rows}
    found = {name: by_slug.get(name) or by_name.get(name.lower()) for name in wanted}
    missing = [name for name in wanted if found[name] is None]
    for name, slug in zip(
        missing,
        await free_slugs(driver, m.Source, [ascii_slug(name) or "source" for name in missing]),
        strict=True,
    ):
        source = uuid.uuid4()
        row = {
            "id": source,
            "slug": slug,
            "name": name,
            "kind": "outlet",
            "inferred": True,
            "note": "Made when an article named it as its publisher; the kind is a guess.",
        }
        await connection.execute(insert(m.Source).values(row))
        found[name] = source
        history.append(created("source", source, slug))
    return {name: source for name, source in found.items() if source is not None}


async def article_rows(
    driver: Any, new: dict[str, tuple[Submission, Extracted]], sources: dict[str, uuid.UUID]
) -> list[dict[str, Any]]:
    slugs = await free_slugs(
        driver, m.Article, [ascii_slug(one.title)[:80].strip("-") or "article" for one, _ in new.values()]
    )
    rows: list[dict[str, Any]] = []
    for slug, (submission, found) in zip(slugs, new.values(), strict=True):
        rows.append(
            {
                "id": uuid.uuid4(),
                "slug": slug,
                "source_id": sources[submission.source],
                "title": submission.title,
                "url": submission.url,
                "author": submission.author,
                "language": submission.language,
                "published_at": submission.published_at,
                "published_precision": submission.published_precision,
                "published_basis": submission.published_basis,
                "published_note": submission.published_note,
                "text": found.analysis.text,
                "sha256": found.sha256,
                "sketch": found.sketch,
                "reprint_of_id": await reprinted(driver, found, rows),
            }
        )
    return rows


async def reprinted(driver: Any, found: Extracted, earlier: Sequence[dict[str, Any]]) -> uuid.UUID | None:
    """The article that this one repeats, nearly word for word: in the store, or before it in the batch."""
    stored = [
        (overlap(found.sketch, row["sketch"]), row["reprint_of_id"] or row["id"])
        for row in await fetch(driver, _relatives, {"sketch": found.sketch})
    ]
    batch = [(overlap(found.sketch, row["sketch"]), row["reprint_of_id"] or row["id"]) for row in earlier]
    best = max([*stored, *batch], default=(0.0, None), key=lambda one: (one[0], str(one[1])))
    return best[1] if best[0] >= REPRINT else None


# --- entities -----------------------------------------------------------------------------------------------


class Entities(msgspec.Struct):
    """The entity of every name: by slug for those the extractor knew, by kind and folded name for new
    ones."""

    by_slug: dict[str, uuid.UUID]
    by_name: dict[tuple[str, str], uuid.UUID]

    def of(self, participant: Participant | Mention) -> uuid.UUID | None:
        if participant.entity is not None:
            return self.by_slug.get(participant.entity)
        if participant.kind is None:
            return None
        return self.by_name.get((participant.kind, fold(participant.name)))


def participants(claim: GroundedClaim) -> list[Participant]:
    roles = (claim.subject, claim.object, claim.complement, claim.place)
    return [one for one in (*roles, *(link.participant for link in claim.attribution)) if one is not None]


async def store_entities(
    connection: AsyncConnection, driver: Any, texts: Sequence[Extracted], actor: str, history: list[Change]
) -> Entities:
    """Finds or makes the entity of every name that takes part in a claim; other new names are left alone."""
    named = [one for found in texts for claim in found.claims for one in participants(claim)]
    mentioned = [one for found in texts for one in found.analysis.mentions]
    slugs = {one.entity for one in named if one.entity} | {one.entity for one in mentioned if one.entity}
    rows = await fetch(driver, _entities_by_slug, {"slugs": sorted(slugs)})
    by_slug = {row["slug"]: row["id"] for row in rows}
    proposals: dict[tuple[str, str], str] = {}
    for one in named:
        if one.entity is None and one.kind is not None and fold(one.name):
            proposals.setdefault((one.kind, fold(one.name)), one.name)
    rows = await fetch(driver, _entities_by_name, {"folded": sorted({folded for _, folded in proposals})})
    known: dict[tuple[str, str], set[uuid.UUID]] = {}
    for row in rows:
        known.setdefault((row["kind"], row["folded"]), set()).add(row["entity_id"])
    by_name = {key: next(iter(ids)) for key, ids in known.items() if len(ids) == 1}
    missing = {key: name for key, name in proposals.items() if key not in by_name}
    if missing:
        by_name |= await make_entities(connection, driver, missing, history)
    return Entities(by_slug, by_name)


async def make_entities(
    connection: AsyncConnection, driver: Any, missing: dict[tuple[str, str], str], history: list[Change]
) -> dict[tuple[str, str], uuid.UUID]:
    slugs = await free_slugs(
        driver, m.Entity, [ascii_slug(name) or kind for (kind, _), name in missing.items()]
    )
    made: dict[tuple[str, str], uuid.UUID] = {}
    entities: list[dict[str, Any]] = []
    aliases: list[dict[str, Any]] = []
    for slug, ((kind, folded), name) in zip(slugs, missing.items(), strict=True):
        entity = uuid.uuid4()
        made[kind, folded] = entity
        entities.append({"id": entity, "slug": slug, "name": name, "kind": kind, "inferred": True})
        aliases.append(
            {
                "id": uuid.uuid4(),
                "entity_id": entity,
                "text": name,
                "kind": "name",
                "language": None,
                "folded": folded,
                "keys": search_keys(name),
            }
        )
        history.append(created("entity", entity, slug))
    rows = await fetch(driver, _similar, {"keys": sorted({key for row in aliases for key in row["keys"]})})
    await insert_rows(connection, m.Entity, entities)
    await insert_rows(connection, m.Alias, aliases)
    reviews = []
    for entity_row in entities:
        close = [
            (similarity(entity_row["name"], row["text"], entity_row["kind"]), row["text"], row["entity_id"])
            for row in rows
            if row["kind"] == entity_row["kind"]
        ]
        score, text, other = max(close, default=(0.0, "", None), key=lambda one: (one[0], str(one[2])))
        if score >= RESEMBLES and other is not None:
            degree = "may be" if score >= MATCH else "resembles"
            detail = f"{entity_row['name']!r} {degree} {text!r}, which is known"
            reviews.append(review_row("similar_entity", entity_row["id"], other, detail, score))
    await insert_rows(connection, m.Review, reviews)
    return made


def review_row(
    kind: str, row_id: uuid.UUID, other: uuid.UUID | None, detail: str, score: float | None
) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(),
        "kind": kind,
        "row_id": row_id,
        "other_id": other,
        "detail": detail,
        "score": score,
        "status": "open",
    }


# --- rows ---------------------------------------------------------------------------------------------------


def mention_rows(article: uuid.UUID, found: Extracted, entities: Entities) -> list[dict[str, Any]]:
    rows, taken = [], set()
    for mention in found.analysis.mentions:
        entity = entities.of(mention)
        if entity is None or (mention.start, mention.end) in taken or "pronoun" in mention.flags:
            continue
        taken.add((mention.start, mention.end))
        rows.append(
            {
                "id": uuid.uuid4(),
                "article_id": article,
                "text_length": len(found.analysis.text),
                "entity_id": entity,
                "start": mention.start,
                "end": mention.end,
                "surface": mention.surface,
            }
        )
    return rows


def claim_rows(
    article: uuid.UUID,
    submission: Submission,
    found: Extracted,
    entities: Entities,
    predicates: dict[str, uuid.UUID],
    method: str,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of the claims and of their attributions, in the order of the text."""
    ordered = sorted(found.claims, key=lambda claim: (claim.start, claim.end, claim.predicate))
    ids = [uuid.uuid4() for _ in ordered]
    rows, links = [], []
    for position, (claim_id, claim) in enumerate(zip(ids, ordered, strict=True)):
        whole = larger_figure(ordered, position)
        value, time = claim.value, claim.time
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
            "place_id": entities.of(claim.place) if claim.place else None,
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
            "method": method,
            "extractor": f"{claim.extractor}/{claim.version}" if method == "extracted" else None,
            "confidence": claim.confidence if method == "extracted" else None,
            "reported_at": submission.published_at,
        }
        for role in ("subject", "object", "complement"):
            participant: Participant | None = getattr(claim, role)
            entity = entities.of(participant) if participant else None
            row[f"{role}_id"] = entity
            row[f"{role}_text"] = participant.name if participant and entity is None else None
        rows.append(row)
        links += [
            {
                "claim_id": claim_id,
                "position": order,
                "role": link.role,
                "entity_id": entities.of(link.participant),
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
            "id": uuid.uuid4(),
            "article_id": article,
            "extractor": f"{one.candidate.extractor}/{one.candidate.version}",
            "predicate": one.candidate.predicate,
            "quote": one.candidate.quote,
            "reason": one.reason,
            "detail": one.detail,
        }
        for one in found.rejected
    ]


async def queue_claims(connection: AsyncConnection, driver: Any, claims: Sequence[dict[str, Any]]) -> None:
    """Puts before a person what the extractor was unsure of, and figures that look like a slip of the pen."""
    reviews = [
        review_row(
            "low_confidence",
            row["id"],
            None,
            f"the extractor was unsure of {row['statement']!r}",
            row["confidence"],
        )
        for row in claims
        if row["confidence"] is not None and row["confidence"] < UNSURE
    ]
    for slip in await fetch(driver, _slips, {"ids": [row["id"] for row in claims]}):
        reviews.append(
            review_row("possible_transcription", slip["from_id"], slip["to_id"], slip["because"], None)
        )
    await insert_missing(connection, m.Review, reviews)

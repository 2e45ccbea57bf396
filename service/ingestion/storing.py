"""Puts extracted articles into the store: text, mentions, claims, rejections, new entities, facts, reviews,
history.

A batch is one transaction: it is stored as a whole or not at all. The caller opens it.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ARRAY, Text, Uuid, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.curation.changes import Change, record
from service.curation.reviews import queue_slips, review_row
from service.db import models as m
from service.db.statements import among, compiled, fetch
from service.db.writing import changed, driver_of, insert_missing, insert_rows
from service.facts.claims import views_of_rows
from service.facts.grouping import ascii_slug
from service.facts.writing import join
from service.ids import id_of, new_id
from service.ingestion.entities import store_entities
from service.ingestion.pipeline import Extracted
from service.ingestion.reprints import find_reprints
from service.ingestion.rows import (
    claim_rows,
    created,
    free_slugs,
    mention_rows,
    rejection_rows,
)
from service.seeding import participant_rows

UNSURE = 0.5  # claims below this confidence are put before a person


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an article besides its text."""

    title: str
    source: str  # id, slug or name of the publisher
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
    slug: str
    created: bool
    claims: int
    rejected: int


_existing = compiled(
    select(m.Article.id, m.Article.slug, m.Article.sha256).where(among(m.Article.sha256, "hashes", Text()))
)
_sources = compiled(
    select(m.Source.id, m.Source.slug, m.Source.name).where(
        m.Source.id.in_(select(func.unnest(bindparam("ids", type_=ARRAY(Uuid())))))
        | m.Source.slug.in_(select(func.unnest(bindparam("slugs", type_=ARRAY(Text())))))
        | func.lower(m.Source.name).in_(select(func.unnest(bindparam("names", type_=ARRAY(Text())))))
    )
)
_predicates = compiled(select(m.Predicate.slug, m.Predicate.id))


async def store(
    connection: AsyncConnection, batch: Sequence[tuple[Submission, Extracted]], actor: str
) -> list[Stored]:
    """Stores a batch, one result per article in its order. The same text twice is stored once."""
    driver = await driver_of(connection)
    there = {
        row["sha256"]: (row["id"], row["slug"])
        for row in await fetch(driver, _existing, {"hashes": [found.sha256 for _, found in batch]})
    }
    new: dict[str, tuple[Submission, Extracted]] = {}
    for submission, found in batch:
        if found.sha256 not in there:
            new.setdefault(found.sha256, (submission, found))
    if not new:
        return [Stored(*there[found.sha256], False, 0, 0) for _, found in batch]

    history: list[Change] = []
    sources = await store_sources(connection, driver, [one for one, _ in new.values()], history)
    articles = await article_rows(driver, new, sources)
    await insert_rows(connection, m.Article, articles)
    history += [created("article", row["id"], row["slug"]) for row in articles]
    ids = {row["sha256"]: row["id"] for row in articles}
    entities = await store_entities(connection, driver, [found for _, found in new.values()], history)
    predicates = {row["slug"]: row["id"] for row in await fetch(driver, _predicates, {})}

    mentions, claims, attributions, rejections = [], [], [], []
    for sha256, (submission, found) in new.items():
        article = ids[sha256]
        mentions += mention_rows(article, found, entities.of)
        rows, links = claim_rows(article, submission.published_at, found, entities.of, predicates)
        claims += rows
        attributions += links
        rejections += rejection_rows(article, found)
    await insert_rows(connection, m.Mention, mentions)
    await insert_rows(connection, m.Rejection, rejections)

    async def insert_claims(facts: dict[str, uuid.UUID]) -> None:
        for row in claims:
            row["fact_id"] = facts[str(row["id"])]
        # positions, whose uniqueness is deferred, count up in each new article
        await insert_rows(connection, m.Claim, claims)
        await insert_rows(connection, m.Attribution, attributions)
        await insert_rows(connection, m.Participant, participant_rows(claims, attributions))

    claim_ids = [row["id"] for row in claims]
    if claim_ids:
        views = await views_of_rows(driver, claims, attributions)
        await join(connection, views, insert=insert_claims)
        await queue_claims(connection, claims)
    history += [created("claim", one, None) for one in claim_ids]
    await record(connection, actor, history)
    await changed(connection, names=any(one.type == "entity" for one in history))

    there |= {row["sha256"]: (row["id"], row["slug"]) for row in articles}
    results = []
    for _, found in batch:
        fresh = new.pop(found.sha256, None) is not None
        counts = (len(found.claims), len(found.rejected)) if fresh else (0, 0)
        results.append(Stored(*there[found.sha256], fresh, *counts))
    return results


async def store_sources(
    connection: AsyncConnection, driver: Any, submissions: Iterable[Submission], history: list[Change]
) -> dict[str, uuid.UUID]:
    """Publishers by the words that name them. One that nobody knows is made, and flagged."""
    wanted = list(dict.fromkeys(one.source for one in submissions))
    ids = {name: key for name in wanted if (key := id_of(name)) is not None}
    names = [name.lower() for name in wanted]
    rows = await fetch(driver, _sources, {"ids": list(ids.values()), "slugs": wanted, "names": names})
    by_id = {row["id"]: row["id"] for row in rows}
    by_slug = {row["slug"]: row["id"] for row in rows}
    by_name = {row["name"].lower(): row["id"] for row in rows}
    found = {
        name: by_id.get(ids.get(name)) or by_slug.get(name) or by_name.get(name.lower()) for name in wanted
    }
    missing = [name for name in wanted if found[name] is None]
    for name, slug in zip(
        missing,
        await free_slugs(driver, [m.Source], [ascii_slug(name) or "source" for name in missing]),
        strict=True,
    ):
        source = new_id()
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
        driver, [m.Article], [ascii_slug(one.title)[:80].strip("-") or "article" for one, _ in new.values()]
    )
    rows: list[dict[str, Any]] = []
    for slug, (submission, found) in zip(slugs, new.values(), strict=True):
        rows.append(
            {
                "id": new_id(),
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
            }
        )
    columns = ([row[name] for row in rows] for name in ("id", "text", "sketch"))
    for row, original in zip(rows, await find_reprints(driver, *columns), strict=True):
        row["reprint_of_id"] = original
    return rows


async def queue_claims(connection: AsyncConnection, claims: Sequence[dict[str, Any]]) -> None:
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
    await insert_missing(connection, m.Review, reviews)
    await queue_slips(connection, [row["id"] for row in claims])

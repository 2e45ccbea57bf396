"""Loads `seeds/`: publishers, vocabulary, entities, articles and their claims.

Everything is read and checked before the first row is written, and written in one transaction: a load
succeeds as a whole or changes nothing. Ids come from slugs, so they are the same on every machine, and
loading twice changes nothing.
"""

import asyncio
import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.claims.evidence import locate
from service.curation.reviews import queue_slips
from service.db import models as m
from service.db.writing import changed, make_engine, remove_others, upsert, writing
from service.entities.names import fold, search_keys
from service.extraction.gazetteer import Gazetteer, KnownAlias, KnownEntity
from service.extraction.protocol import EntityKind
from service.facts.relating import drop_computed
from service.facts.writing import regroup
from service.ids import stable_id
from service.seed_files import AliasSeed, Article, ClaimSeed, Files, SeedError, TimeSeed, problems, read_files

BEHIND = 100_000  # more claims than any article has


class SeedReport(msgspec.Struct, frozen=True):
    """How many rows the files describe, and how many of them were new or different."""

    articles: int
    entities: int
    predicates: int
    claims: int
    facts: int
    changed: int


def source_rows(files: Files) -> list[dict[str, Any]]:
    return [{"id": stable_id("source", one.slug), **msgspec.structs.asdict(one)} for one in files.sources]


def predicate_rows(files: Files) -> list[dict[str, Any]]:
    return [
        {"id": stable_id("predicate", one.slug), **msgspec.structs.asdict(one)} for one in files.predicates
    ]


def entity_rows(files: Files) -> list[dict[str, Any]]:
    return [
        {
            "id": stable_id("entity", one.slug),
            "slug": one.slug,
            "name": one.name,
            "kind": one.kind,
            "description": one.description,
            "part_of_id": entity_id(one.part_of),
        }
        for one in files.entities
    ]


def alias_rows(files: Files) -> list[dict[str, Any]]:
    """Every way to write each entity, its preferred name among them."""
    rows = []
    for entity in files.entities:
        names = [AliasSeed(entity.name, "name"), *(one for one in entity.aliases if one.text != entity.name)]
        for alias in names:
            rows.append(
                {
                    "id": stable_id("alias", f"{entity.slug}:{alias.text}"),
                    "entity_id": stable_id("entity", entity.slug),
                    "text": alias.text,
                    "kind": alias.kind,
                    "language": alias.language,
                    "folded": fold(alias.text),
                    "keys": search_keys(alias.text),
                }
            )
    return rows


def entity_id(slug: str | None) -> uuid.UUID | None:
    return None if slug is None else stable_id("entity", slug)


def article_row(article: Article) -> dict[str, Any]:
    seed = article.seed
    return {
        "id": stable_id("article", article.slug),
        "slug": article.slug,
        "source_id": stable_id("source", seed.source),
        "title": seed.title,
        "url": seed.url,
        "author": seed.author,
        "language": seed.language,
        "published_at": dt.datetime.combine(seed.published_at, dt.time.min, dt.UTC),
        "published_precision": seed.published_precision,
        "published_basis": seed.published_basis,
        "published_note": seed.published_note,
        "text": article.text,
        "sha256": hashlib.sha256(article.text.encode()).hexdigest(),
    }


def mention_rows(files: Files) -> list[dict[str, Any]]:
    """Where the articles write an alias of an entity."""
    gazetteer = Gazetteer(
        KnownEntity(
            one.slug,
            one.name,
            cast(EntityKind, one.kind),
            tuple(KnownAlias(alias.text, alias.kind) for alias in one.aliases),
            one.part_of,
        )
        for one in files.entities
    )
    return [
        {
            "id": stable_id("mention", f"{article.slug}:{hit.start}:{hit.end}"),
            "article_id": stable_id("article", article.slug),
            "text_length": len(article.text),
            "entity_id": stable_id("entity", hit.slug),
            "start": hit.start,
            "end": hit.end,
            "surface": article.text[hit.start : hit.end],
        }
        for article in files.articles
        for hit in gazetteer.scan(article.text)
        if hit.slug is not None
    ]


def claim_row(article: Article, position: int, claim: ClaimSeed) -> dict[str, Any]:
    value, time = claim.value, claim.time or TimeSeed()
    found = locate(article.text, claim.quote)
    return {
        "id": claim_id(article, claim.id),
        "article_id": stable_id("article", article.slug),
        "text_length": len(article.text),
        "position": position,
        "predicate_id": stable_id("predicate", claim.predicate),
        "statement": claim.statement,
        "subject_id": entity_id(claim.subject),
        "subject_text": claim.subject_text,
        "object_id": entity_id(claim.object),
        "object_text": claim.object_text,
        "complement_id": entity_id(claim.complement),
        "complement_text": claim.complement_text,
        "amount": value and value.amount,
        "lower": value and value.lower,
        "upper": value and value.upper,
        "unit": value and value.unit,
        "qualifier": value and value.qualifier,
        "value_text": value and value.text,
        "place_id": entity_id(claim.place),
        "extent": claim.extent,
        "group": claim.group,
        "of_id": None if claim.of is None else claim_id(article, claim.of),
        "time_start": time.start,
        "time_end": time.end,
        "time_precision": time.precision,
        "time_text": time.text,
        "modality": claim.modality,
        "inferred": claim.inferred,
        "evidence": found.exact,
        "evidence_start": found.start,
        "evidence_end": found.end,
        "method": "curated",
        "extractor": None,
        "confidence": None,
        "reported_at": dt.datetime.combine(article.seed.published_at, dt.time.min, dt.UTC),
    }


def claim_id(article: Article, local: str) -> uuid.UUID:
    return stable_id("claim", f"{article.slug}:{local}")


def attribution_rows(article: Article, claim: ClaimSeed) -> list[dict[str, Any]]:
    return [
        {
            "claim_id": claim_id(article, claim.id),
            "position": position,
            "role": link.role,
            "entity_id": entity_id(link.entity),
            "name": link.name,
            "cue": link.cue,
        }
        for position, link in enumerate(claim.attribution)
    ]


def participant_rows(
    claims: Sequence[dict[str, Any]], attributions: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Every entity of every claim in every role, from the rows of the claims and of their attributions."""
    reported = {claim["id"]: claim["reported_at"] for claim in claims}
    found = [
        (claim["id"], role, claim[f"{role}_id"])
        for claim in claims
        for role in ("subject", "object", "complement", "place")
        if claim[f"{role}_id"] is not None
    ]
    found += [
        (link["claim_id"], "speaker", link["entity_id"])
        for link in attributions
        if link["entity_id"] is not None
    ]
    return [
        {"claim_id": claim, "role": role, "entity_id": entity, "reported_at": reported[claim]}
        for claim, role, entity in dict.fromkeys(found)
    ]


class Curated(msgspec.Struct, frozen=True):
    """What people did to the store; seeds leave it as it is. `rows` were changed, taken back or merged;
    `survivors` leads from an entity that was merged away to the one that stayed."""

    rows: frozenset[uuid.UUID]
    survivors: dict[uuid.UUID, uuid.UUID]

    def without(self, rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
        """The rows whose column `key` names none of the changed rows, with merged entities replaced."""
        kept = [row for row in rows if row[key] not in self.rows and row[key] not in self.survivors]
        return [{name: self.survivor(value) for name, value in row.items()} for row in kept]

    def survivor(self, value: Any) -> Any:
        return self.survivors.get(value, value) if isinstance(value, uuid.UUID) else value


async def read_curated(connection: AsyncConnection) -> Curated:
    changes = await connection.execute(select(m.Change.row_id).distinct())
    merged = await connection.execute(select(m.Redirect.id, m.Redirect.entity_id))
    return Curated(frozenset(changes.scalars()), {row.id: row.entity_id for row in merged})


async def write(connection: AsyncConnection, files: Files, digest: str) -> SeedReport:
    """Brings the rows of the files into the database; rows that an earlier version of the files had go away.

    Files that were loaded already change nothing. Of newer ones, rows that people changed since are left
    alone.
    """
    numbered = [
        (article, position, claim)
        for article in files.articles
        for position, claim in enumerate(article.seed.claims)
    ]
    loaded = (await connection.execute(select(m.Revision.seeds))).scalar_one()
    written = 0
    if loaded != digest:
        written = await load(connection, files, numbered)
        await connection.execute(update(m.Revision).values(seeds=digest))
    article_ids = [stable_id("article", article.slug) for article in files.articles]
    facts = select(func.count(m.Claim.fact_id.distinct())).where(m.Claim.article_id.in_(article_ids))
    counted = (await connection.execute(facts)).scalar_one()
    return SeedReport(
        len(files.articles), len(files.entities), len(files.predicates), len(numbered), counted, written
    )


async def load(
    connection: AsyncConnection, files: Files, numbered: Sequence[tuple[Article, int, ClaimSeed]]
) -> int:
    """Returns how many rows were new or different."""
    curated = await read_curated(connection)
    articles = curated.without([article_row(article) for article in files.articles], "id")
    article_ids = [row["id"] for row in articles]
    entities = curated.without(entity_rows(files), "id")
    aliases = curated.without(alias_rows(files), "entity_id")
    mentions = curated.without(curated.without(mention_rows(files), "article_id"), "id")
    claims = curated.without(curated.without([claim_row(*one) for one in numbered], "article_id"), "id")
    claim_ids = [row["id"] for row in claims]
    kept = await kept_claims(connection, article_ids, curated)
    present = {*claim_ids, *kept}
    claims = [{**row, "of_id": row["of_id"] if row["of_id"] in present else None} for row in claims]
    attributions = [row for article, _, claim in numbered for row in attribution_rows(article, claim)]
    attributions = [row for row in curated.without(attributions, "claim_id") if row["claim_id"] in present]
    participants = participant_rows(
        claims, [row for row in attributions if row["claim_id"] in set(claim_ids)]
    )

    written = await upsert(connection, m.Source, source_rows(files))
    written += await upsert(connection, m.Predicate, predicate_rows(files))
    # a place may come before the place it lies in: first every entity, then what contains it
    written += await upsert(
        connection, m.Entity, [{**row, "part_of_id": None} for row in entities], keep=["part_of_id"]
    )
    written += await upsert(connection, m.Entity, entities)
    written += await upsert(connection, m.Alias, aliases)
    held = select(m.Claim.fact_id).where(m.Claim.article_id.in_(article_ids)).distinct()
    before = [fact for fact in (await connection.execute(held)).scalars() if fact is not None]
    # what points into a text goes before the text changes under it
    written += await remove_others(connection, m.Mention, "article_id", article_ids, mentions)
    of_articles = select(m.Claim.id).where(m.Claim.article_id.in_(article_ids))
    await drop_computed(connection, set((await connection.execute(of_articles)).scalars()) - present)
    stay = [{"id": one} for one in present]
    written += await remove_others(connection, m.Claim, "article_id", article_ids, stay)
    written += await upsert(connection, m.Article, articles)
    written += await upsert(connection, m.Mention, mentions)
    # where people added claims, the places that these took stay theirs; new ones of the files go behind them
    shared = [
        {**row, "position": row["position"] + BEHIND} for row in claims if row["article_id"] in kept.values()
    ]
    own = [row for row in claims if row["article_id"] not in kept.values()]
    for rows, stays in ((own, ["of_id"]), (shared, ["of_id", "position"])):
        written += await upsert(connection, m.Claim, [{**row, "of_id": None} for row in rows], keep=stays)
        written += await upsert(connection, m.Claim, rows, keep=stays[1:])
    written += await remove_others(connection, m.Attribution, "claim_id", claim_ids, attributions)
    written += await upsert(connection, m.Attribution, attributions)
    written += await remove_others(connection, m.Participant, "claim_id", claim_ids, participants)
    written += await upsert(connection, m.Participant, participants)
    if written:
        _, regrouped = await regroup(connection, claim_ids, emptied=before)
        written += regrouped + await queue_slips(connection, claim_ids)
        await changed(connection, names=True)
    return written


async def kept_claims(
    connection: AsyncConnection, articles: Sequence[uuid.UUID], curated: Curated
) -> dict[uuid.UUID, uuid.UUID]:
    """Claims of these articles that people made or changed, with their articles."""
    of_articles = select(m.Claim.id, m.Claim.article_id).where(m.Claim.article_id.in_(articles))
    return {row.id: row.article_id for row in await connection.execute(of_articles) if row.id in curated.rows}


def digest_of(folder: Path) -> str:
    """Of every seed file's name and bytes."""
    digest = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.suffix in (".yaml", ".txt")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


async def seed_async(database_url: str, folder: Path) -> SeedReport:
    files = read_files(folder)
    found = problems(files)
    if found:
        raise SeedError("\n".join(found))
    engine = make_engine(database_url)
    try:
        async with writing(engine) as connection:
            return await write(connection, files, digest_of(folder))
    finally:
        await engine.dispose()


def seed(database_url: str, folder: Path) -> SeedReport:
    """Loads a folder of seed files. SeedError when they are wrong; then nothing was changed."""
    return asyncio.run(seed_async(database_url, folder))

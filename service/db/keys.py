"""Tells an empty answer from a question about something that does not exist."""

import uuid
from typing import Any

import asyncpg
import msgspec
from rapidfuzz import fuzz, process
from sqlalchemy import bindparam, select

from service.db import models as m
from service.db.absent import absent, survivor
from service.db.statements import Connection, Statement, compiled, fetch, fetch_one
from service.errors import FieldError, InvalidRequest, Merged
from service.web.params import Key

TABLES: dict[str, Any] = {
    "article": m.Article,
    "entity": m.Entity,
    "source": m.Source,
    "predicate": m.Predicate,
    "fact": m.Fact,
}
NEAREST = 5
CANDIDATES = 5000  # slugs that the nearest ones are chosen from; a hint, not a search


class Named(msgspec.Struct, frozen=True):
    """A key that a request names, the kind of row it must be, and the parameter or (`in_path`) path it
    stands in."""

    parameter: str
    kind: str
    key: Key
    in_path: bool = False


_exists = {
    (kind, by): compiled(select(table.id).where(getattr(table, by) == bindparam("key")))
    for kind, table in TABLES.items()
    for by in ("id", "slug")
}
_ids: dict[tuple[str, ...], Statement] = {}
_slugs = {kind: compiled(select(table.slug).limit(CANDIDATES)) for kind, table in TABLES.items()}


async def ids_of(pool: Connection, named: list[Named]) -> dict[str, uuid.UUID]:
    """The ids behind slugs, by parameter, in one statement; what names nothing is missing."""
    if not named:
        return {}
    kinds = tuple(one.kind for one in named)
    if kinds not in _ids:
        ids: list[Any] = [
            select(TABLES[kind].id).where(TABLES[kind].slug == bindparam(f"key_{place}")).scalar_subquery()
            for place, kind in enumerate(kinds)
        ]
        _ids[kinds] = compiled(select(*ids))
    row = await fetch_one(pool, _ids[kinds], {f"key_{place}": one.key for place, one in enumerate(named)})
    found = zip(named, row or (), strict=True)
    return {one.parameter: row_id for one, row_id in found if row_id is not None}


async def check(pool: asyncpg.Pool, named: list[Named]) -> None:
    """InvalidRequest that lists every key in a parameter that names nothing, with the nearest slugs;
    NotFound, or what `absent` knows to say, when it is a key in the path. Merged where every one of them
    names an entity that was merged into another."""
    missing = await unknown(pool, named)
    for one, _ in missing:
        if one.in_path:
            raise await absent(pool, one.kind, one.key)
    if not missing:
        return
    into = {one.parameter: await survivor(pool, one.key) for one, _ in missing if one.kind == "entity"}
    leading = {parameter: slug for parameter, slug in into.items() if slug is not None}
    if len(leading) == len(missing):
        told = "; ".join(f"{parameter}: merged into {slug}" for parameter, slug in leading.items())
        raise Merged(f"{told}.", parameters=leading)
    raise InvalidRequest([error for _, error in missing])


async def unknown(pool: asyncpg.Pool, named: list[Named]) -> list[tuple[Named, FieldError]]:
    """The keys that name nothing, each with the error that says so and lists the nearest slugs."""
    missing = []
    for one in named:
        by = "slug" if isinstance(one.key, str) else "id"
        if await fetch(pool, _exists[one.kind, by], {"key": one.key}):
            continue
        detail = f"{one.parameter}: no {one.kind} has the id or slug {one.key}{await hint(pool, one)}"
        missing.append((one, FieldError(detail, parameter=one.parameter)))
    return missing


async def hint(pool: Connection, one: Named) -> str:
    """What the key may have meant, as the end of a sentence: the entity it was merged into, or the nearest
    slugs."""
    merged = await survivor(pool, one.key) if one.kind == "entity" else None
    if merged is not None:
        return f"; it was merged into {merged}"
    near = await nearest(pool, one.kind, one.key) if isinstance(one.key, str) else []
    return f"; nearest: {', '.join(near)}" if near else ""


async def nearest(pool: Connection, kind: str, slug: str) -> list[str]:
    slugs = [row["slug"] for row in await fetch(pool, _slugs[kind], {})]
    found = process.extract(slug, slugs, scorer=fuzz.WRatio, limit=NEAREST, score_cutoff=50)
    return [match[0] for match in found]

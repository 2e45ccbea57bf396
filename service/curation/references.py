"""The rows that a body refers to, each by id or slug; what names nothing is an error with its place in the
body."""

import uuid
from collections.abc import Mapping
from typing import Any

import asyncpg
import msgspec
from sqlalchemy import ARRAY, Text, Uuid, bindparam, func, literal, or_, select

from service.curation.schemas import Reference
from service.db import models as m
from service.db.keys import Named, hint
from service.db.statements import compiled, fetch
from service.errors import FieldError
from service.web.params import Key, key, shown

_ids = bindparam("ids", type_=ARRAY(Uuid()))
_slugs = bindparam("slugs", type_=ARRAY(Text()))
_rows = {
    kind: compiled(
        select(table.id, table.slug, named.label("name"), sort.label("kind")).where(
            or_(table.id == func.any(_ids), table.slug == func.any(_slugs))
        )
    )
    for kind, table, named, sort in (
        ("entity", m.Entity, m.Entity.name, m.Entity.kind),
        ("article", m.Article, m.Article.title, literal("article")),
        ("predicate", m.Predicate, m.Predicate.label, m.Predicate.kind),
    )
}


class Referred(msgspec.Struct, frozen=True):
    """`kind` is that of an entity or a predicate."""

    id: uuid.UUID
    slug: str
    name: str
    kind: str


def key_of(reference: Reference | str) -> Key:
    """ValueError when it can name nothing."""
    if isinstance(reference, str):
        return key(reference)
    value = reference.id or reference.slug
    if value is None:
        raise ValueError("expected a member id or slug")
    return key(value)


async def resolve(
    connection: asyncpg.Connection,
    wanted: Mapping[str, tuple[str, Reference | None]],
    errors: list[FieldError],
) -> dict[str, Referred]:
    """The rows that the references name, by pointer; `wanted` has the kind of row and the reference of
    each. Adds to `errors` what names nothing, with the nearest slugs."""
    keys: dict[str, tuple[str, Key]] = {}
    for pointer, (kind, reference) in wanted.items():
        if reference is None:
            continue
        try:
            keys[pointer] = kind, key_of(reference)
        except ValueError as error:
            given = reference if isinstance(reference, str) else (reference.id or reference.slug or "")
            errors.append(FieldError(f"{error}, got {shown(given)}", pointer=pointer))
    rows: dict[tuple[str, Key], Any] = {}
    for kind in {kind for kind, _ in keys.values()}:
        mine = [one for same, one in keys.values() if same == kind]
        values = {
            "ids": [one for one in mine if isinstance(one, uuid.UUID)],
            "slugs": [one for one in mine if isinstance(one, str)],
        }
        for each in await fetch(connection, _rows[kind], values):
            rows[kind, each["id"]] = rows[kind, each["slug"]] = each
    found = {}
    for pointer, (kind, one) in keys.items():
        if (row := rows.get((kind, one))) is None:
            more = await hint(connection, Named(pointer, kind, one))
            errors.append(FieldError(f"no {kind} has the id or slug {one}{more}", pointer=pointer))
        else:
            found[pointer] = Referred(row["id"], row["slug"], row["name"], row["kind"])
    return found

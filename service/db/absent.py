"""What to say of a row that is not there: it never was, it was merged into another, or it was taken back."""

from typing import Any

from sqlalchemy import bindparam, select

from service.db import models as m
from service.db.statements import Connection, compiled, fetch_one
from service.errors import Gone, Merged, NotFound, ServiceError
from service.web.params import Key

_survivor = select(m.Entity.slug).join(m.Redirect, m.Redirect.entity_id == m.Entity.id)
_survivor_of = {
    "id": compiled(_survivor.where(m.Redirect.id == bindparam("key"))),
    "slug": compiled(_survivor.where(m.Redirect.slug == bindparam("key"))),
}
_end = (
    select(m.Change.at, m.Change.reason)
    .where(m.Change.type == bindparam("type"), m.Change.action == "deleted")
    .order_by(m.Change.id.desc())
    .limit(1)
)
_end_of = {
    "id": compiled(_end.where(m.Change.row_id == bindparam("key"))),
    "slug": compiled(_end.where(m.Change.slug == bindparam("key"))),
}
PATHS = {"article": "articles", "entity": "entities", "claim": "claims", "source": "sources"}
HINTS = {"entity": "; /v1/entities?q= finds a name in any spelling"}


async def survivor(connection: Connection, key: Key) -> str | None:
    """The slug of the entity that another one was merged into, by the id or slug that is gone."""
    row = await fetch_one(connection, _survivor_of["slug" if isinstance(key, str) else "id"], {"key": key})
    return None if row is None else str(row["slug"])


async def absent(connection: Connection, kind: str, key: Key) -> ServiceError:
    """The error to raise for an article, entity, claim or source that has no row: Merged (308), Gone (410) or
    NotFound (404)."""
    by = "slug" if isinstance(key, str) else "id"
    if kind == "entity":
        slug = await survivor(connection, key)
        if slug is not None:
            return Merged(f"This entity was merged into {slug}.", slug)
    if kind in PATHS:
        row: Any = await fetch_one(connection, _end_of[by], {"type": kind, "key": key})
        if row is not None:
            why = f": {row['reason']}" if row["reason"] else ""
            history = f"/v1/{PATHS[kind]}/{key}/history"
            return Gone(
                f"This {kind} was taken back at {row['at'].isoformat()}{why}. {history} has its last state."
            )
    return NotFound(
        f"No {kind} has the id{'' if kind == 'claim' else ' or slug'} {key}{HINTS.get(kind, '')}."
    )

"""Keys: reading is open, writing needs `Authorization: Bearer <key>` with the right scope.

A key is 32 random bytes, so a plain SHA-256 of it is enough to store: there is nothing to guess that a slow
hash would protect. The key itself is shown once, when it is made.
"""

import datetime as dt
import hashlib
import secrets
import uuid
from typing import Any

import msgspec
from litestar import Request
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.db import models as m
from service.db.statements import compiled, fetch_one
from service.errors import Conflict, Forbidden, NotFound, Unauthorized
from service.web.routing import pool

PREFIX = "fl_"  # makes a leaked key findable by scanners
SCOPES = {
    "ingest": "store articles with their claims",
    "curate": "change entities and claims, decide reviews",
    "admin": "everything, and retracting articles",
}


class KeyInfo(msgspec.Struct, frozen=True):
    """A key without its secret."""

    id: uuid.UUID
    name: str
    scopes: list[str]
    created_at: dt.datetime
    expires_at: dt.datetime | None
    revoked_at: dt.datetime | None


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_by_hash = compiled(
    select(m.Key.name, m.Key.scopes, m.Key.expires_at, m.Key.revoked_at).where(
        m.Key.hash == bindparam("hash")
    )
)


async def require(request: Request[Any, Any, Any], scope: str) -> str:
    """The name of the key that signs what the request changes.

    Unauthorized (401) without a key or with one that is unknown, expired or revoked; Forbidden (403) when
    the key does not allow `scope`.
    """
    header = request.headers.get("authorization")
    if header is None:
        raise Unauthorized(f"Writing needs `Authorization: Bearer <key>` with a key that allows `{scope}`.")
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise Unauthorized("The Authorization header must read `Bearer <key>`.")
    row = await fetch_one(pool(request), _by_hash, {"hash": hash_of(token.strip())})
    now = dt.datetime.now(dt.UTC)
    if row is None or row["revoked_at"] is not None:
        raise Unauthorized("This key is not known here, or was revoked.")
    if row["expires_at"] is not None and row["expires_at"] <= now:
        raise Unauthorized(f"This key expired at {row['expires_at'].isoformat()}.")
    if scope not in row["scopes"] and "admin" not in row["scopes"]:
        raise Forbidden(f"This key allows {', '.join(row['scopes'])}; this needs `{scope}`.")
    return str(row["name"])


async def create_key(
    connection: AsyncConnection, name: str, scopes: list[str], expires_at: dt.datetime | None = None
) -> str:
    """Makes a key and returns it; it cannot be shown again. Conflict when a key has that name already."""
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise ValueError(f"scopes are {', '.join(SCOPES)}; got {', '.join(unknown) or 'none'}")
    if (await connection.execute(select(m.Key.id).where(m.Key.name == name))).first():
        raise Conflict(f"A key with the name {name!r} exists already; revoked keys keep their names.")
    token = PREFIX + secrets.token_urlsafe(32)
    values = {
        "id": uuid.uuid4(),
        "name": name,
        "hash": hash_of(token),
        "scopes": sorted(set(scopes)),
        "expires_at": expires_at,
    }
    await connection.execute(insert(m.Key).values(values))
    return token


async def list_keys(connection: AsyncConnection) -> list[KeyInfo]:
    columns = (m.Key.id, m.Key.name, m.Key.scopes, m.Key.created_at, m.Key.expires_at, m.Key.revoked_at)
    rows = await connection.execute(select(*columns).order_by(m.Key.created_at, m.Key.id))
    return [KeyInfo(*row) for row in rows]


async def revoke_key(connection: AsyncConnection, name: str) -> None:
    """NotFound when no key has that name; revoking twice keeps the first time."""
    statement = update(m.Key).where(m.Key.name == name)
    done = await connection.execute(
        statement.values(revoked_at=func.coalesce(m.Key.revoked_at, func.now())).returning(m.Key.id)
    )
    if done.first() is None:
        raise NotFound(f"No key has the name {name!r}.")

"""Making, listing and revoking keys from the command line, with their history like everything else."""

import asyncio
import datetime as dt
import uuid
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from service.curation.changes import Change, record
from service.db.constraints import commit
from service.db.writing import changed, make_engine
from service.errors import FieldError, InvalidRequest
from service.web.keys import KeyInfo, create_key, list_keys, revoke_key

T = TypeVar("T")

ACTOR = "command line"  # whoever can run it has the database's password, which is more than a key
LONGEST_NAME = 100


def within(database_url: str, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    """Runs `work` in one transaction of its own engine; ServiceError for what is refused."""

    async def run() -> T:
        engine = make_engine(database_url, pool_size=1)
        try:
            return await commit(engine, work)
        finally:
            await engine.dispose()

    return asyncio.run(run())


def create(database_url: str, name: str, scopes: list[str], expires_at: dt.datetime | None) -> str:
    """A new key, which cannot be shown again. Conflict when one has that name."""
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        detail = f"a name is printable text of 1 to {LONGEST_NAME} characters"
        raise InvalidRequest([FieldError(detail, parameter="name")])
    if expires_at is not None and expires_at <= dt.datetime.now(dt.UTC):
        raise InvalidRequest([FieldError("the key would have expired already", parameter="expires")])

    async def work(connection: AsyncConnection) -> str:
        token = await create_key(connection, name, scopes, expires_at)
        made = await known(connection, name)
        await remember(connection, "created", made.id, None, made)
        return token

    return within(database_url, work)


def listed(database_url: str) -> list[KeyInfo]:
    """All keys, revoked and expired ones too, oldest first."""
    return within(database_url, list_keys)


def revoke(database_url: str, name: str) -> KeyInfo:
    """Takes a key out of use; what it signed stays signed. NotFound when no key has that name."""

    async def work(connection: AsyncConnection) -> KeyInfo:
        before = {one.name: one for one in await list_keys(connection)}
        await revoke_key(connection, name)
        after = await known(connection, name)
        if before[name] != after:
            await remember(connection, "updated", after.id, before[name], after)
        return after

    return within(database_url, work)


async def known(connection: AsyncConnection, name: str) -> KeyInfo:
    return next(one for one in await list_keys(connection) if one.name == name)


async def remember(
    connection: AsyncConnection, action: str, key: uuid.UUID, before: KeyInfo | None, after: KeyInfo
) -> None:
    change = Change(type="key", row_id=key, slug=None, action=action, before=before, after=after)
    await record(connection, ACTOR, [change])
    await changed(connection)

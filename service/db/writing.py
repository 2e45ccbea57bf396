"""Writes: one transaction per change, opened at the edge, and upserts that touch only rows that differ."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

from sqlalchemy import CursorResult, Table, column, or_, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from service.db.migrate import async_url
from service.db.models import Base, Revision

CHANNEL = "fact_lookup_revision"
BATCH = 500  # rows per statement: PostgreSQL takes 32,767 parameters


def make_engine(database_url: str, pool_size: int = 5) -> AsyncEngine:
    return create_async_engine(async_url(database_url), pool_size=pool_size, max_overflow=0)


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction; application code never commits. Whoever changed something calls `changed` before it
    ends."""
    async with engine.begin() as connection:
        yield connection


async def changed(connection: AsyncConnection, names: bool = False) -> None:
    """Raises the revision and tells every worker, both when the transaction commits. `names` says that entities or
    aliases are among what changed, so that extraction reads them anew."""
    values = {"number": Revision.number + 1} | ({"names": Revision.names + 1} if names else {})
    await connection.execute(update(Revision).values(values))
    await connection.execute(text(f"NOTIFY {CHANNEL}"))


async def upsert(
    connection: AsyncConnection, table: type[Base], rows: Sequence[dict[str, Any]], keep: Sequence[str] = ()
) -> int:
    """Inserts rows, or updates those that are there and differ; columns in `keep` stay as they are stored.

    All rows have the same keys. Returns how many rows were written.
    """
    if not rows:
        return 0
    target = cast(Table, table.__table__)
    primary = [one.name for one in target.primary_key]
    updated = [name for name in rows[0] if name not in primary and name not in keep]
    written = 0
    for start in range(0, len(rows), BATCH):
        statement = insert(target).values(rows[start : start + BATCH])
        if updated:
            differs = or_(*(target.c[name].is_distinct_from(statement.excluded[name]) for name in updated))
            statement = statement.on_conflict_do_update(
                index_elements=primary,
                set_={name: statement.excluded[name] for name in updated},
                where=differs,
            )
        else:
            statement = statement.on_conflict_do_nothing(index_elements=primary)
        written += cast(CursorResult[Any], await connection.execute(statement)).rowcount
    return written


async def remove_others(
    connection: AsyncConnection,
    table: type[Base],
    within: str,
    values: Sequence[Any],
    rows: Sequence[dict[str, Any]],
) -> int:
    """Deletes what column `within` assigns to one of `values` and is not among `rows`. Returns how many."""
    target = cast(Table, table.__table__)
    primary = [one.name for one in target.primary_key]
    kept = [tuple(row[name] for name in primary) for row in rows]
    statement = target.delete().where(target.c[within].in_(values))
    if kept:
        statement = statement.where(tuple_(*(column(name) for name in primary)).not_in(kept))
    return cast(CursorResult[Any], await connection.execute(statement)).rowcount

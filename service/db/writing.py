"""Writes: one transaction per change, opened at the edge; rows travel in bulk, and only those that differ
are touched.

New rows are copied in PostgreSQL's binary format, which neither side has to parse. Rows that may be there
already go to the server as one JSON parameter that `json_populate_recordset` turns back into rows of the
table. So a statement depends on the table and its columns alone: it is written once, has one parameter
however many rows there are, and takes every column type. Multi-row VALUES took more time to compile than to
run.
"""

import datetime as dt
import functools
import operator
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import asyncpg
import msgspec
from sqlalchemy import Column, Table, event, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from service.db.migrate import async_url
from service.db.models import Base, Revision
from service.db.statements import DIALECT

CHANNEL = "fact_lookup_revision"
THE_YEAR_2000 = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
LOCK_TIMEOUT = "15s"
WRITERS = 7_264_514  # the advisory lock that writers take turns with; any fixed number serves


def make_engine(database_url: str, pool_size: int = 5) -> AsyncEngine:
    engine = create_async_engine(async_url(database_url), pool_size=pool_size, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        connection.run_async(write_times_once)

    return engine


async def write_times_once(driver: asyncpg.Connection) -> None:
    """Has the driver pass each time through `since_2000`: an article's time stands in fifty of its rows, and
    by its own ways the driver takes as long for each as for ten other values."""
    await driver.set_type_codec(
        "timestamptz", schema="pg_catalog", format="tuple", encoder=since_2000, decoder=after_2000
    )


@functools.lru_cache(maxsize=1 << 12)
def since_2000(when: dt.datetime) -> tuple[int]:
    """A time as PostgreSQL holds it, in microseconds; TypeError where its zone is not known."""
    return ((when - THE_YEAR_2000) // MICROSECOND,)


def after_2000(since: tuple[int]) -> dt.datetime:
    return THE_YEAR_2000 + since[0] * MICROSECOND


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction; application code never commits. Whoever changed something calls `changed` before it
    ends.

    One writer at a time: two that put claims into one fact, or make one entity, would each decide from what
    the other has not shown yet. Readers wait for nobody. A writer that waits longer than the lock timeout
    gives up.
    """
    async with engine.begin() as connection:
        await connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITERS})"))
        yield connection


async def changed(connection: AsyncConnection, names: bool = False) -> None:
    """Raises the revision and tells every worker, both when the transaction commits. `names` says that
    entities or aliases are among what changed, so that extraction reads them anew."""
    values = {"number": Revision.number + 1} | ({"names": Revision.names + 1} if names else {})
    await connection.execute(update(Revision).values(values))
    await connection.execute(text(f"NOTIFY {CHANNEL}"))


async def driver_of(connection: AsyncConnection) -> asyncpg.Connection:
    """The driver's own connection, inside the same transaction."""
    raw = await connection.get_raw_connection()
    return cast(asyncpg.Connection, raw.driver_connection)


async def insert_rows(connection: AsyncConnection, table: type[Base], rows: Sequence[dict[str, Any]]) -> int:
    """Inserts rows; a column that none of them names takes its default. Returns how many."""
    if not rows:
        return 0
    target = cast(Table, table.__table__)
    columns = named_columns(target, rows)
    for name in (one.name for one in columns if isinstance(one.type, JSONB)):
        rows = [row if row.get(name) is None else {**row, name: encoded(row[name])} for row in rows]
    names = [one.name for one in columns]
    driver = await driver_of(connection)
    await driver.copy_records_to_table(target.name, columns=names, records=as_tuples(rows, names))
    return len(rows)


async def insert_missing(
    connection: AsyncConnection, table: type[Base], rows: Sequence[dict[str, Any]]
) -> int:
    """Inserts the rows that break no unique constraint, and leaves out the others. Returns how many went
    in."""
    return await run(connection, "insert_missing", table, rows)


async def upsert(
    connection: AsyncConnection,
    table: type[Base],
    rows: Sequence[dict[str, Any]],
    keep: Sequence[str] = (),
) -> int:
    """Inserts rows, or updates those that are there and differ; columns in `keep` stay as they are stored.

    Returns how many rows were written.
    """
    return await run(connection, "upsert", table, rows, tuple(keep))


async def update_rows(connection: AsyncConnection, table: type[Base], rows: Sequence[dict[str, Any]]) -> int:
    """Sets the columns that the rows name, in the rows with their primary keys, where they differ."""
    return await run(connection, "update", table, rows)


async def remove_others(
    connection: AsyncConnection,
    table: type[Base],
    within: str,
    values: Sequence[Any],
    rows: Sequence[dict[str, Any]],
) -> int:
    """Deletes what column `within` assigns to one of `values` and is not among `rows`. Returns how many."""
    target = cast(Table, table.__table__)
    keys = [{one.name: row[one.name] for one in target.primary_key} for row in rows]
    driver = await driver_of(connection)
    done = await driver.execute(removal(target, within), encoded(keys), list(values))
    return int(done.rpartition(" ")[2])


async def run(
    connection: AsyncConnection,
    kind: str,
    table: type[Base],
    rows: Sequence[dict[str, Any]],
    keep: tuple[str, ...] = (),
) -> int:
    if not rows:
        return 0
    target = cast(Table, table.__table__)
    columns = tuple(one.name for one in named_columns(target, rows))
    driver = await driver_of(connection)
    done = await driver.execute(statement(kind, target, columns, keep), encoded(rows))
    return int(done.rpartition(" ")[2])


def named_columns(table: Table, rows: Sequence[dict[str, Any]]) -> list[Column[Any]]:
    """The columns that any of the rows names."""
    named = set[str]().union(*rows)
    return [one for one in table.columns if one.name in named]


def as_tuples(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> Iterator[Sequence[Any]]:
    """The values of each row under these names, all of which it mostly has; None where it has not."""
    if len(names) == 1 or set(map(len, rows)) != {len(names)}:
        return (tuple(map(row.get, names)) for row in rows)
    return map(operator.itemgetter(*names), rows)


def encoded(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def quoted(name: str) -> str:
    return str(DIALECT.identifier_preparer.quote(name))


def records(table: Table) -> str:
    # not as jsonb, which would be built first and take twice the time
    return f"json_populate_recordset(NULL::{quoted(table.name)}, $1::text::json) AS given"


@functools.cache
def statement(kind: str, table: Table, columns: tuple[str, ...], keep: tuple[str, ...]) -> str:
    """SQL with one parameter: the rows as JSON. `columns` are those that the rows name."""
    name = quoted(table.name)
    primary = [one.name for one in table.primary_key]
    others = [one for one in columns if one not in primary and one not in keep]
    listed = ", ".join(map(quoted, columns))
    if kind == "update":
        same = " AND ".join(f"{name}.{quoted(one)} = given.{quoted(one)}" for one in primary)
        assigned = ", ".join(f"{quoted(one)} = given.{quoted(one)}" for one in others)
        differs = differing(name, "given", others)
        return f"UPDATE {name} SET {assigned} FROM {records(table)} WHERE {same} AND {differs}"
    chosen = ", ".join(f"given.{quoted(one)}" for one in columns)
    insert = f"INSERT INTO {name} ({listed}) SELECT {chosen} FROM {records(table)}"
    if kind == "insert_missing":
        return f"{insert} ON CONFLICT DO NOTHING"
    keys = ", ".join(map(quoted, primary))
    if not others:
        return f"{insert} ON CONFLICT ({keys}) DO NOTHING"
    assigned = ", ".join(f"{quoted(one)} = excluded.{quoted(one)}" for one in others)
    differs = differing(name, "excluded", others)
    return f"{insert} ON CONFLICT ({keys}) DO UPDATE SET {assigned} WHERE {differs}"


def differing(one: str, other: str, columns: Sequence[str]) -> str:
    mine = ", ".join(f"{one}.{quoted(name)}" for name in columns)
    theirs = ", ".join(f"{other}.{quoted(name)}" for name in columns)
    return f"({mine}) IS DISTINCT FROM ({theirs})"


@functools.cache
def removal(table: Table, within: str) -> str:
    """SQL with two parameters: the keys that stay, as JSON, and the values of `within`."""
    name = quoted(table.name)
    same = " AND ".join(f"{name}.{quoted(one.name)} = given.{quoted(one.name)}" for one in table.primary_key)
    kind = table.columns[within].type.compile(DIALECT)
    return (
        f"DELETE FROM {name} WHERE {name}.{quoted(within)} = ANY($2::{kind}[])"
        f" AND NOT EXISTS (SELECT FROM {records(table)} WHERE {same})"
    )

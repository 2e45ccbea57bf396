"""The names of the store as a file for the workers: all of them once, and behind that what changed since.

A request that begins after names were stored, by whichever process, is given a place in the file that lies
behind them, so what it extracts knows them. Neither it nor a worker reads more than what changed since the
last request. A file that has grown to twice what it began with is written anew, once in as many changes as
there are entities.

The file has a JSON value a line: a `Header`, then entities; one that changed comes again, and a slug alone
says that its entity is gone.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import anyio
import asyncpg
import msgspec
from sqlalchemy import BigInteger, Text, bindparam, cast, exists, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from service.db import models as m
from service.db.statements import Statement, compiled, fetch
from service.extraction.values import PredicateRule
from service.ingestion.reading import Header, Names

Driver = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy

CHUNK = 500  # entities that are written in one go; the event loop turns in between
FEWEST = 5_000  # entities that a file may grow by, however few there are in the store

_Whole = aliased(m.Entity, name="whole")
# As JSON from the database: this process never looks at it, and taking it apart would hold the event loop.
_alias = func.jsonb_build_object("text", m.Alias.text, "kind", m.Alias.kind)
_entity = func.jsonb_build_object(
    "slug", m.Entity.slug,
    "name", m.Entity.name,
    "kind", m.Entity.kind,
    "aliases", func.coalesce(
        func.jsonb_agg(aggregate_order_by(_alias, m.Alias.id)).filter(m.Alias.text != m.Entity.name),
        literal_column("'[]'::jsonb"),
    ),
    "part_of", _Whole.slug,
)  # fmt: skip
_entities = (
    select(cast(_entity, Text))
    .outerjoin(m.Alias, m.Alias.entity_id == m.Entity.id)
    .outerjoin(_Whole, _Whole.id == m.Entity.part_of_id)
    .group_by(m.Entity.id, _Whole.slug)
    # who has had a name longest comes first
    .order_by(m.Entity.recorded_at, m.Entity.id)
)
# a literal, as a plan for any parameter could not use the index of these changes alone
_of_entity = m.Change.type == literal_column("'entity'")
_since = _of_entity & (m.Change.id > bindparam("since", type_=BigInteger()))
_all = compiled(_entities)
_changed = compiled(_entities.where(m.Entity.id.in_(select(m.Change.row_id).where(_since))))
_gone = compiled(
    select(m.Change.slug).distinct().where(_since, ~exists().where(m.Entity.id == m.Change.row_id))
)
_predicates = compiled(select(m.Predicate.slug, m.Predicate.kind, m.Predicate.unit))
_revision = compiled(select(m.Revision.names))
_state = compiled(
    select(
        m.Revision.names,
        m.Revision.seeds,
        # Whoever changes an entity holds the writers' lock, so these numbers become visible in their order.
        func.coalesce(select(func.max(m.Change.id)).where(_of_entity).scalar_subquery(), 0),
    )
)


class State(msgspec.Struct, frozen=True):
    """What a file holds: the names' revision, the seeds that were loaded, the last change of an entity."""

    names: int
    seeds: str | None
    change: int


class KnownNames:
    """The names of one store, and the file that this process has of them."""

    def __init__(self, pool: asyncpg.Pool, spacy_model: str | None = None) -> None:
        self.pool = pool
        self.spacy_model = spacy_model
        self.folder = tempfile.TemporaryDirectory(prefix="fact-lookup-names-")
        self.number = 0  # of files so far
        self.state: State | None = None
        self.names = Names("", 0)
        self.most = 0  # entities that the file may grow by
        self.lock = anyio.Lock()

    async def current(self) -> Names:
        """Where all names are that were stored before this was called."""
        async with self.lock:
            ((names,),) = await fetch(self.pool, _revision, {})
            if self.state is None or names != self.state.names:
                # one snapshot, so that nothing falls between the statements
                async with (
                    self.pool.acquire() as connection,
                    connection.transaction(isolation="repeatable_read", readonly=True),
                ):
                    await self.read(connection)
            return self.names

    async def read(self, connection: Driver) -> None:
        ((names, seeds, change),) = await fetch(connection, _state, {})
        before, self.state = self.state, None  # what is interrupted is begun again
        # Seeds are in no history and bring a vocabulary along; a store with fewer changes was restored.
        if before is None or before.seeds != seeds or before.change > change or self.most < 0:
            await self.begin(connection)
        else:
            await self.append(connection, before.change)
        self.state = State(names, seeds, change)

    async def begin(self, connection: Driver) -> None:
        """Writes a new file. The one before is left for who may be about to read it."""
        rules = await fetch(connection, _predicates, {})
        vocabulary = {row["slug"]: PredicateRule(row["kind"], row["unit"]) for row in rules}
        path = self.path(self.number)
        header = msgspec.json.encode(Header(vocabulary, self.spacy_model))
        end, entities = await write(path, 0, [header], connection, _all, {})
        self.path(self.number - 2).unlink(missing_ok=True)
        self.number += 1
        self.names = Names(str(path), end)
        self.most = max(FEWEST, entities)

    async def append(self, connection: Driver, since: int) -> None:
        gone = await fetch(connection, _gone, {"since": since})
        lines = [msgspec.json.encode(row["slug"]) for row in gone]
        path, start = Path(self.names.path), self.names.end
        end, entities = await write(path, start, lines, connection, _changed, {"since": since})
        self.names = Names(self.names.path, end)
        self.most -= entities + len(lines)

    def path(self, number: int) -> Path:
        return Path(self.folder.name) / f"{number}.names"

    def close(self) -> None:
        self.folder.cleanup()


async def write(
    path: Path,
    start: int,
    lines: Sequence[bytes],
    connection: Driver,
    statement: Statement,
    values: Mapping[str, Any],
) -> tuple[int, int]:
    """Puts lines, and those that a statement gives, at a place of a file; returns where they end, and how
    many the statement gave."""
    count = 0
    with path.open("r+b" if start else "wb") as file:
        file.seek(start)
        file.truncate()  # an attempt that was interrupted
        file.writelines(line + b"\n" for line in lines)
        cursor = await connection.cursor(statement.sql, *statement.arguments(values))
        while rows := await cursor.fetch(CHUNK):
            file.write("".join(f"{row[0]}\n" for row in rows).encode())
            count += len(rows)
        return file.tell(), count

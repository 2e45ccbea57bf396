"""The read path: SQLAlchemy writes a statement once, asyncpg runs its text ever after.

Compiling a statement costs more than running it; `compiled` is called at import or behind a cache that is
keyed by the shape of a request (which filters, which order), never by its values.
"""

from collections.abc import Mapping
from typing import Any, cast

import asyncpg
import msgspec
from sqlalchemy.dialects.postgresql import asyncpg as dialect
from sqlalchemy.sql.compiler import SQLCompiler

Row = asyncpg.Record
DIALECT: Any = cast(Any, dialect).dialect()
Connection = asyncpg.Pool | asyncpg.Connection | asyncpg.pool.PoolConnectionProxy


class Statement(msgspec.Struct, frozen=True):
    """SQL text with $1, $2 … and for each of them the parameter's name, or the constant that the statement
    carries."""

    sql: str
    names: tuple[str, ...]
    constants: Mapping[str, Any]

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The positional arguments; KeyError when a value the statement needs is missing."""
        return [self.constants[name] if name in self.constants else values[name] for name in self.names]


def compiled(statement: Any) -> Statement:
    """Values written as `bindparam("name")` are asked for at every run; literals become constants of the
    text."""
    result = cast(SQLCompiler, statement.compile(dialect=DIALECT))
    names = tuple(result.positiontup or ())
    required = {bind.key for bind in result.binds.values() if bind.required}
    constants = {name: value for name, value in result.params.items() if name not in required}
    return Statement(result.string, names, constants)


async def fetch(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> list[Row]:
    return await connection.fetch(statement.sql, *statement.arguments(values))


async def fetch_one(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> Row | None:
    return await connection.fetchrow(statement.sql, *statement.arguments(values))


async def fetch_planned(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> list[Row]:
    """As `fetch`, with a plan made for these very values.

    A prepared statement gets one plan for all values once that looks no worse on average, which it does as
    long as most requests name something rare; then one for something frequent reads a hundred thousand
    rows. It costs another exchange with the server, and planning: right where few tables are joined and
    values differ by orders of magnitude in what they find.
    """
    prepare = getattr(connection, "prepare", None)
    if prepare is None:  # a pool
        async with cast(asyncpg.Pool, connection).acquire() as acquired:
            return await fetch_planned(acquired, statement, values)
    return cast(list[Row], await (await prepare(statement.sql, name="")).fetch(*statement.arguments(values)))

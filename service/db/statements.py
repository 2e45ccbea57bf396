"""The read path: SQLAlchemy writes a statement once, asyncpg runs its text ever after.

Compiling a statement costs more than running it; `compiled` is called at import or behind a cache that is
keyed by the shape of a request (which filters, which order), never by its values. It compiles when the
statement first runs, so that starting the service does not take as long as all of them together.
"""

from collections.abc import Mapping
from typing import Any, cast

import asyncpg
from sqlalchemy import ARRAY, ColumnElement, bindparam, func, literal_column, select, true
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.dialects.postgresql import asyncpg as dialect
from sqlalchemy.sql.compiler import SQLCompiler

Row = asyncpg.Record
DIALECT: Any = cast(Any, dialect).dialect()
Connection = asyncpg.Pool | asyncpg.Connection | asyncpg.pool.PoolConnectionProxy


class Statement:
    """SQL text with $1, $2 … and for each of them the parameter's name, or the constant that the statement
    carries."""

    def __init__(self, sql: str, names: tuple[str, ...], constants: Mapping[str, Any]) -> None:
        self.sql = sql
        self.names = names
        self.constants = constants

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The positional arguments; KeyError when a value the statement needs is missing."""
        return [self.constants[name] if name in self.constants else values[name] for name in self.names]


class Compiled(Statement):
    """Compiled when it first runs: a service that starts does not wait for what nobody may ask."""

    def __init__(self, statement: Any) -> None:
        self.statement = statement

    def __getattr__(self, name: str) -> Any:
        if name not in ("sql", "names", "constants"):
            raise AttributeError(name)
        result = cast(SQLCompiler, self.statement.compile(dialect=DIALECT))
        names = tuple(result.positiontup or ())
        required = {bind.key for bind in result.binds.values() if bind.required}
        constants = {name: value for name, value in result.params.items() if name not in required}
        super().__init__(result.string, names, constants)
        del self.statement
        return getattr(self, name)


def compiled(statement: Any) -> Statement:
    """Values written as `bindparam("name")` are asked for at every run; literals become constants of the
    text."""
    return Compiled(statement)


def among(column: Any, name: str, kind: Any) -> ColumnElement[bool]:
    """Whether a column holds one of the values of a list that may be long. Where a plan reads a whole table,
    `= ANY` of a parameter compares each of its rows with the values one by one."""
    return cast(ColumnElement[bool], column.in_(select(func.unnest(bindparam(name, type_=ARRAY(kind))))))


def sharing(key: Any, column: Any, name: str, kind: Any) -> ColumnElement[bool]:
    """Whether an array has one of the values of a list that may be long, in a table with the primary key
    `key`. Each value is looked up in the array's index; `column && list` compares every row that is found,
    or every row of the table, with the values one by one. For `look_up`."""
    wanted = select(func.unnest(bindparam(name, type_=ARRAY(kind))).label("value")).subquery("wanted")
    # OFFSET keeps each value's rows from being joined otherwise than by looking them up
    having = select(key.label("key")).where(column.bool_op("@>")(array([wanted.c.value]))).correlate(wanted)
    found = having.offset(literal_column("0")).lateral("found")
    return cast(
        ColumnElement[bool], key.in_(select(found.c.key).select_from(wanted).join(found, true()).distinct())
    )


async def fetch(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> list[Row]:
    return await connection.fetch(statement.sql, *statement.arguments(values))


async def look_up(driver: asyncpg.Connection, statement: Statement, values: Mapping[str, Any]) -> list[Row]:
    """As `fetch`, inside a transaction, by indexes wherever there is one: hundreds of values looked for in
    every row take longer the more rows there are, which a plan made before the table grew does not know."""
    await driver.execute("SET LOCAL enable_seqscan = off")
    rows = await fetch(driver, statement, values)
    await driver.execute("SET LOCAL enable_seqscan = on")
    return rows


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

"""Foreign keys of many new rows, checked together.

PostgreSQL runs a statement of its own for each key of each row: a sixth of what it did to store an article.
Here the rows go in without, and then each table that they point to is asked once for all the values, most of
which are in many rows. The schema keeps its keys, and everybody else's rows are checked one by one; so are
these where the user may not leave it out (`session_replication_role`; superusers may).
"""

import functools
from collections.abc import Sequence
from typing import Any, cast

import asyncpg
from sqlalchemy import ForeignKeyConstraint, Table

from service.db.statements import DIALECT

# Both end with the transaction; the first gives a row only where it may be done.
_UNCHECKED = (
    "SELECT set_config('session_replication_role', 'replica', true)"
    " WHERE has_parameter_privilege('session_replication_role', 'SET')"
)
_CHECKED = "SELECT set_config('session_replication_role', 'origin', true)"

Row = dict[str, Any]
Target = tuple[str, tuple[str, ...], tuple[str, ...]]  # a table, columns of it, and their types


async def copy_then_check(
    driver: asyncpg.Connection, table: Table, names: Sequence[str], records: Any, rows: Sequence[Row]
) -> None:
    """Copies `records`, the values of `rows` under these names, in a transaction. ForeignKeyViolationError
    where one points to nothing. A unique constraint that is deferred to the end of the transaction is not
    checked."""
    unchecked = await driver.fetchval(_UNCHECKED) is not None
    await driver.copy_records_to_table(table.name, columns=list(names), records=records)
    if unchecked:
        await driver.execute(_CHECKED)
        for (target, columns, kinds), several in targets(table).items():
            await check(driver, target, columns, kinds, pointed_to(rows, several))


@functools.cache
def targets(table: Table) -> dict[Target, list[tuple[str, ...]]]:
    """What the rows of a table point to, by which columns."""
    found: dict[Target, list[tuple[str, ...]]] = {}
    for key in table.foreign_key_constraints:
        found.setdefault(target_of(key), []).append(tuple(key.column_keys))
    return found


def target_of(key: ForeignKeyConstraint) -> Target:
    columns = [element.column for element in key.elements]
    kinds = tuple(str(one.type.compile(DIALECT)) for one in columns)
    return key.referred_table.name, tuple(one.name for one in columns), kinds


def pointed_to(rows: Sequence[Row], several: Sequence[tuple[str, ...]]) -> list[tuple[Any, ...]]:
    """All values that are given entirely, column by column: a null points to nothing."""
    if len(several[0]) == 1:
        found = {row.get(name) for (name,) in several for row in rows}
        return [tuple(found - {None})]
    tuples = {tuple([row.get(name) for name in names]) for names in several for row in rows}
    return list(zip(*(values for values in tuples if None not in values), strict=True))


async def check(
    driver: asyncpg.Connection,
    target: str,
    columns: tuple[str, ...],
    kinds: tuple[str, ...],
    values: list[tuple[Any, ...]],
) -> None:
    if not any(values):
        return
    missing = await driver.fetchrow(search(target, columns, kinds), *values)
    if missing is not None:
        named = ", ".join(f"{name}={value}" for name, value in cast(dict[str, Any], missing).items())
        raise asyncpg.ForeignKeyViolationError(f"{named} is not in {target}")


@functools.cache
def search(target: str, columns: tuple[str, ...], kinds: tuple[str, ...]) -> str:
    """SQL with an array for each column: the first of the values that the table does not hold."""
    arrays = ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(kinds, 1))
    quoted = [DIALECT.identifier_preparer.quote(one) for one in (target, *columns)]
    same = " AND ".join(f"{quoted[0]}.{one} = given.{one}" for one in quoted[1:])
    # one look-up for each value: a join may be planned to read the whole table
    return (
        f"SELECT * FROM unnest({arrays}) AS given ({', '.join(quoted[1:])})"
        f" WHERE (SELECT true FROM {quoted[0]} WHERE {same}) IS NULL LIMIT 1"
    )

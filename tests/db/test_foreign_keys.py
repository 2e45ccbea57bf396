"""Keys of many new rows are checked together, and hold as they do for one row."""

import itertools
import uuid
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from service.db import models as m
from service.db.writing import MANY, insert_rows, make_engine

Rows = list[dict[str, Any]]


@pytest.fixture
async def connection(own_database: str) -> AsyncIterator[AsyncConnection]:
    """In a transaction that is rolled back."""
    engine = make_engine(own_database)
    async with engine.connect() as opened:
        transaction = await opened.begin()
        yield opened
        await transaction.rollback()
    await engine.dispose()


async def links(connection: AsyncConnection) -> Rows:
    """As many attributions as are checked together, of one claim, half of them of nobody who is known."""
    claim = (await connection.execute(select(m.Claim.id))).scalars().first()
    entity = (await connection.execute(select(m.Entity.id))).scalars().first()
    row = {"claim_id": claim, "role": "medium", "name": "x", "cue": None}
    return [
        {**row, "position": 100 + number, "entity_id": entity if number % 2 else None}
        for number in range(MANY)
    ]


async def mentions(connection: AsyncConnection, article: Any, length: int) -> Rows:
    """As many mentions as are checked together, of an article said to be so long."""
    spans = itertools.islice(itertools.combinations(range(length), 2), MANY)
    return [
        {
            "id": uuid.uuid4(),
            "article_id": article,
            "text_length": length,
            "entity_id": uuid.uuid4(),
            "start": start,
            "end": end,
            "surface": "x" * (end - start),
        }
        for start, end in spans
    ]


async def test_rows_that_point_to_what_is_there_go_in(connection: AsyncConnection) -> None:
    assert await insert_rows(connection, m.Attribution, await links(connection), together=True) == MANY
    there = select(func.count()).where(m.Attribution.position >= 100)
    assert (await connection.execute(there)).scalar() == MANY


@pytest.mark.parametrize("column", ["claim_id", "entity_id"])
@pytest.mark.parametrize("superuser", [True, False])
async def test_one_row_that_points_to_nothing_is_found_among_many(
    connection: AsyncConnection, column: str, superuser: bool
) -> None:
    rows = await links(connection)
    rows[MANY // 2][column] = uuid.uuid4()
    if not superuser:
        await connection.execute(text("CREATE ROLE somebody"))
        await connection.execute(text("GRANT ALL ON ALL TABLES IN SCHEMA public TO somebody"))
        await connection.execute(text("SET LOCAL ROLE somebody"))
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await insert_rows(connection, m.Attribution, rows, together=True)


async def test_what_comes_after_is_checked_row_by_row_again(connection: AsyncConnection) -> None:
    rows = await links(connection)
    await insert_rows(connection, m.Attribution, rows, together=True)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await insert_rows(connection, m.Attribution, [{**rows[0], "claim_id": uuid.uuid4(), "position": 99}])


async def test_of_a_key_of_two_columns_one_row_has_both(connection: AsyncConnection) -> None:
    articles = (await connection.execute(select(m.Article.id, m.Article.text_length))).all()
    (first, length), (_, other) = articles[:2]
    assert length != other
    await connection.execute(text("DELETE FROM mention"))
    assert await insert_rows(connection, m.Mention, await mentions(connection, first, length), together=True)
    await connection.execute(text("DELETE FROM mention"))
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await insert_rows(connection, m.Mention, await mentions(connection, first, other), together=True)

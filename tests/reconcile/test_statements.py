"""How many statements a batch takes: as many for fifty queries as for one."""

from typing import Any

import asyncpg
import pytest

from service.reconcile.claims import find_predicates
from service.reconcile.matching import find_candidates
from service.reconcile.properties import catalogue
from service.reconcile.reading import Query, read_query

NAMES = [
    "Almaty",
    "Tokayev",
    "Nazarbayev",
    "Masimov",
    "Astana",
    "Kazakhstan",
    "Russia",
    "CSTO",
    "Putin",
    "Tokyo",
]
BY_NAME: dict[str, Any] = {}
BY_PROPERTIES: dict[str, Any] = {
    "properties": [
        {"pid": "part_of", "v": "Kazakhstan"},
        {"pid": "removed_from_office.subject", "v": "Tokayev"},
        {"pid": "aliases", "v": "x"},
        {"pid": "mentions", "v": 3},
    ]
}


async def statements(database: str, asked: list[dict[str, Any]]) -> int:
    """How many statements the candidates of these queries take."""
    seen: list[str] = []

    async def count(connection: asyncpg.Connection) -> None:
        connection.add_query_logger(lambda record: seen.append(record.query))

    async with asyncpg.create_pool(database, min_size=1, max_size=1, init=count) as pool:
        known = catalogue(await find_predicates(pool))
        queries = [one for value in asked if isinstance(one := read_query(value, "", known), Query)]
        assert len(queries) == len(asked)
        await find_candidates(pool, queries, known)
        seen.clear()  # the first time a connection also asks about types
        await find_candidates(pool, queries, known)
        return sum(
            "pg_advisory_unlock_all" not in query for query in seen
        )  # the pool's own, at every release


@pytest.mark.parametrize(("members", "number"), [(BY_NAME, 2), (BY_PROPERTIES, 7)])
async def test_the_number_of_statements_does_not_grow(
    database: str, members: dict[str, Any], number: int
) -> None:
    assert await statements(database, [{"query": NAMES[0], **members}]) == number
    assert await statements(database, [{"query": name, **members} for name in NAMES * 5]) == number


async def test_properties_alone_take_two_more(database: str) -> None:
    assert await statements(database, [BY_PROPERTIES]) == 9
    assert await statements(database, [BY_PROPERTIES] * 50) == 9

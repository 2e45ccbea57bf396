"""Every endpoint takes a fixed number of SQL statements, however many rows it answers with."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg
import httpx
import pytest

from service.app import make_litestar
from service.settings import Settings
from service.web.edge import edge
from tests.contract import WITHOUT_DATABASE, Operation, filled_lists, gets


class Counter:
    """The statements that a service runs, as its driver reports them."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def log(self, query: Any) -> None:
        self.statements.append(query.query)

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        self.statements.clear()
        yield self.statements


@asynccontextmanager
async def counted(database: str) -> AsyncIterator[tuple[httpx.AsyncClient, Counter]]:
    counter = Counter()
    app = make_litestar(Settings(database_url=database))

    class Connection(asyncpg.Connection):
        """Counts prepared statements too, which the driver does not report; the service runs each once."""

        async def prepare(self, query: str, **options: Any) -> Any:
            counter.statements.append(query)
            return await super().prepare(query, **options)

    async def listen(connection: asyncpg.Connection) -> None:
        connection.add_query_logger(counter.log)

    async with app.lifespan():
        await app.state.pool.close()
        app.state.pool = await asyncpg.create_pool(
            database, min_size=1, max_size=1, setup=listen, connection_class=Connection
        )
        transport = httpx.ASGITransport(app=edge(app))  # type: ignore[arg-type]  # the same protocol, other names
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            yield client, counter


def own(statements: list[str]) -> list[str]:
    """Without what the driver does for itself: learning types, and cleaning up between two borrowers."""
    drivers = ("typeinfo", "pg_advisory_unlock", "jit")
    return [one for one in statements if not any(word in one for word in drivers)]


@pytest.mark.parametrize("operation", filled_lists(), ids=lambda one: one.id)
async def test_a_page_takes_as_many_statements_whatever_its_size(database: str, operation: Operation) -> None:
    async with counted(database) as (client, counter):
        counts, sizes = [], []
        for limit in (1, 3, 100):
            with counter.counting() as statements:
                answer = await client.get(operation.path, params={**operation.required, "limit": limit})
            assert answer.status_code == 200, answer.text
            sizes.append(len(answer.json()["items"]))
            counts.append(len(own(statements)))
        assert sizes[0] == 1
        assert sizes[2] > 1 or operation.id == "list_reviews", "the seeds leave one thing to review"
        assert 1 <= counts[0] <= max(counts) <= 9
        with counter.counting() as statements:
            await client.get(operation.path, params={**operation.required, "limit": 100, "total": "true"})
        if "sort" in operation.parameters:  # a ranked list of several kinds loads each kind that it found
            assert len(set(counts)) == 1, counts
            assert len(own(statements)) == counts[0] + 1
        for form in ("application/x-ndjson", "text/csv"):
            with counter.counting() as statements:
                await client.get(operation.path, params=operation.required, headers={"Accept": form})
            assert len(own(statements)) <= max(counts) + 2, "one for the tag, one for a key in the path"


async def test_all_filters_by_slug_cost_one_statement_together(database: str) -> None:
    async with counted(database) as (client, counter):
        counts = []
        for query in (
            "limit=5",
            "limit=5&predicate=arrests",
            "limit=5&predicate=arrests&place=kazakhstan&speaker=interior-ministry-of-kazakhstan",
        ):
            with counter.counting() as statements:
                assert (await client.get(f"/v1/claims?{query}")).json()["items"]
            counts.append(len(own(statements)))
        assert counts == [counts[0], counts[0] + 1, counts[0] + 1]


@pytest.mark.parametrize(
    "operation",
    [one for one in gets() if not one.is_list and one.path.startswith("/v1/")],
    ids=lambda one: one.id,
)
async def test_a_single_answer_takes_a_handful_of_statements(database: str, operation: Operation) -> None:
    async with counted(database) as (client, counter):
        with counter.counting() as statements:
            assert (await client.get(operation.url)).status_code == 200
        assert len(own(statements)) <= 8
        assert bool(own(statements)) == (operation.id not in WITHOUT_DATABASE)


async def test_a_fact_of_many_claims_takes_as_many_statements_as_one_of_few(database: str) -> None:
    async with counted(database) as (client, counter):
        counts = set()
        for fact in ("arrests-kazakhstan-2022-01", "deaths-kazakhstan-2022-01"):
            with counter.counting() as statements:
                await client.get(f"/v1/facts/{fact}")
            counts.add(len(own(statements)))
        assert len(counts) == 1

"""A service with a database of its own, and keys for writing to it."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import asyncpg
import httpx
import pytest

from service.db.writing import make_engine, writing
from service.facts.writing import regroup
from service.settings import Settings
from service.web.keys import create_key
from tests.conftest import running


class Desk:
    """What a client with a key for each scope sees; `state` looks into the tables."""

    def __init__(self, client: httpx.AsyncClient, url: str, keys: dict[str, str]) -> None:
        self.client = client
        self.url = url
        self.keys = keys
        transport = client._transport
        assert isinstance(transport, httpx.ASGITransport)
        self.app: Any = transport.app  # as a server calls it

    def headers(self, scope: str = "ingest") -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[scope]}"}

    async def post(self, body: Any, path: str = "/v1/articles") -> httpx.Response:
        return await self.client.post(path, json=body, headers=self.headers())

    async def get(self, path: str, **params: Any) -> Any:
        answer = await self.client.get(path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def stored(self, body: Any) -> Any:
        """The answer to an article that must be stored anew."""
        answer = await self.post(body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def rows(self, sql: str, *arguments: Any) -> Sequence[asyncpg.Record]:
        connection = await asyncpg.connect(self.url)
        try:
            return await connection.fetch(sql, *arguments)
        finally:
            await connection.close()

    async def state(self) -> dict[str, str]:
        """A digest of the rows of every table."""
        tables = await self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        digest = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{}\" AS t"
        return {name: (await self.rows(digest.format(name)))[0][0] for (name,) in tables}


async def make_keys(url: str) -> dict[str, str]:
    engine = make_engine(url)
    try:
        async with writing(engine) as connection:
            scopes = ("ingest", "curate", "admin")
            return {scope: await create_key(connection, f"test-{scope}", [scope]) for scope in scopes}
    finally:
        await engine.dispose()


@pytest.fixture
async def desk(own_database: str, client: httpx.AsyncClient) -> AsyncIterator[Desk]:
    """On a seeded database of the test's own. The shared client is asked for so that the event loop, and
    with it the extraction workers, lives on from test to test."""
    keys = await make_keys(own_database)
    async with running(Settings(database_url=own_database)) as own:
        yield Desk(own, own_database, keys)


async def assert_nothing_changes(desk: Desk) -> None:
    """When all stored claims are grouped and judged together."""
    engine = make_engine(desk.url)
    async with writing(engine) as connection:
        claims = [row["id"] for row in await desk.rows("SELECT id FROM claim")]
        _, changes = await regroup(connection, claims)
    await engine.dispose()
    assert changes == 0

"""A service with keys, and what the tests of writing ask it for."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx

from service.db.writing import make_engine, writing
from service.settings import Settings
from service.web.keys import create_key
from tests.conftest import running

Json = dict[str, Any]

ARTICLE = "nearly-1700-detained"


async def make_key(url: str, name: str, *scopes: str) -> str:
    engine = make_engine(url)
    try:
        async with writing(engine) as connection:
            return await create_key(connection, name, list(scopes))
    finally:
        await engine.dispose()


@asynccontextmanager
async def curating(url: str, *scopes: str, name: str = "editor") -> AsyncIterator[httpx.AsyncClient]:
    """The service on a database of its own, and a client whose key has these scopes (`curate` if none)."""
    token = await make_key(url, name, *(scopes or ("curate",)))
    async with running(Settings(database_url=url)) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


async def got(client: httpx.AsyncClient, path: str, **params: Any) -> Json:
    answer = await client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def items(client: httpx.AsyncClient, path: str, **params: Any) -> list[Json]:
    found: list[Json] = (await got(client, path, **params))["items"]
    return found


async def everything(client: httpx.AsyncClient, path: str, **params: Any) -> list[Json]:
    """All items of a list, page by page."""
    found: list[Json] = []
    page: Json = {"next": None}
    while True:
        cursor = {"cursor": page["next"]} if page["next"] else {}
        page = await got(client, path, limit=100, **params, **cursor)
        found += page["items"]
        if page["next"] is None:
            return found


async def tag(client: httpx.AsyncClient, path: str) -> dict[str, str]:
    """The If-Match header for a change of what stands at this path."""
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return {"If-Match": answer.headers["etag"]}


def pointers(answer: httpx.Response, status: int) -> dict[str, str]:
    """The places that a problem names, each with what it says."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return {error["pointer"]: error["detail"] for error in answer.json()["errors"]}


async def rows(url: str, *leave_out: str) -> dict[str, list[Any]]:
    """All rows of all tables, to compare a store before and after."""
    connection = await asyncpg.connect(url)
    try:
        tables: Sequence[Any] = await connection.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        )
        names = [row["tablename"] for row in tables if row["tablename"] not in leave_out]
        return {
            name: sorted(str(tuple(row)) for row in await connection.fetch(f'SELECT * FROM "{name}"'))
            for name in names
        }
    finally:
        await connection.close()

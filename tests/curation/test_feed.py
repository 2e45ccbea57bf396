"""The change feed: a client that follows it sees every change once, whatever commits in which order."""

import asyncio
import base64
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.curation.changes import Change, record
from service.db.writing import make_engine
from tests.curation.helpers import Json, curating, got

PLACE = {"name": "Talgar", "kind": "place"}


async def follow(client: httpx.AsyncClient, since: str | None, **params: Any) -> tuple[list[Json], str]:
    """All changes after a token, and the next token."""
    found: list[Json] = []
    while True:
        page = await got(client, "/v1/changes", **params, **({"since": since} if since else {}))
        found += page["items"]
        since = page["since"]
        if not page["more"]:
            return found, str(since)


@asynccontextmanager
async def writers_of(url: str, most: int = 5) -> AsyncIterator[AsyncEngine]:
    """Connections that write beside the service, without taking turns with it."""
    engine = make_engine(url, pool_size=most)
    try:
        yield engine
    finally:
        await engine.dispose()


async def note(connection: AsyncConnection, slug: str, times: int = 1) -> None:
    """What a writer leaves in the history; nothing else of it matters to the feed."""
    changes = [Change(type="source", row_id=uuid.uuid4(), slug=slug, action="created") for _ in range(times)]
    await connection.exec_driver_sql("SELECT 1")  # the transaction starts with SQLAlchemy's first statement
    await record(connection, "writer", changes)


async def test_the_token_leads_to_what_is_new(own_database: str) -> None:
    async with curating(own_database) as client:
        empty = await got(client, "/v1/changes")
        assert (empty["items"], empty["more"]) == ([], False)
        await client.post("/v1/entities", json=PLACE)
        first, token = await follow(client, empty["since"])
        assert [one["slug"] for one in first] == ["talgar"]
        assert first[0]["after"] == await got(client, "/v1/entities/talgar")
        nothing, token = await follow(client, token)
        assert nothing == []
        await client.post("/v1/entities/talgar/aliases", json={"text": "Talghar"})
        second, token = await follow(client, token)
        assert [(one["slug"], one["action"]) for one in second] == [("talgar", "updated")]
        every, _ = await follow(client, None)
        assert every == [*first, *second]


async def test_a_slow_transaction_is_not_passed_by_a_fast_one(own_database: str) -> None:
    """The slow one takes its numbers first and commits last. Whoever went by number would never see it."""
    async with curating(own_database) as client, writers_of(own_database) as engine:
        slow, fast = await engine.connect(), await engine.connect()
        _, token = await follow(client, None)
        await slow.begin()
        await note(slow, "slow")
        await fast.begin()
        await note(fast, "fast")
        await fast.commit()
        # fast is there, and would be the last that was read: it waits until nothing can come before it
        early, token = await follow(client, token)
        await note(slow, "slow")
        await slow.commit()
        late, token = await follow(client, token)
        seen = [one["slug"] for one in [*early, *late]]
        assert seen == ["slow", "slow", "fast"]
        assert (await follow(client, token))[0] == []
        await slow.close()
        await fast.close()


async def test_what_is_rolled_back_never_was(own_database: str) -> None:
    async with curating(own_database) as client, writers_of(own_database) as engine:
        doubtful, sure = await engine.connect(), await engine.connect()
        await doubtful.begin()
        await note(doubtful, "doubtful")
        await sure.begin()
        await note(sure, "sure")
        await sure.commit()
        early, token = await follow(client, None)
        await doubtful.rollback()
        late, token = await follow(client, token)
        assert [one["slug"] for one in [*early, *late]] == ["sure"]
        await doubtful.close()
        await sure.close()


async def test_a_reader_among_many_writers_sees_every_change_once(own_database: str) -> None:
    """Writers commit in any order, while one client follows in pages of seven."""
    writers, each = 8, 6
    async with curating(own_database) as client, writers_of(own_database, writers) as engine:

        async def write(number: int) -> None:
            for turn in range(each):
                async with engine.begin() as connection:
                    await note(connection, f"first-{number}-{turn}")
                    for _ in range((number * 7 + turn * 3) % 5):  # some hold their transaction open longer
                        await asyncio.sleep(0)
                        await connection.exec_driver_sql("SELECT 1")
                    await note(connection, f"last-{number}-{turn}")

        seen: list[Json] = []
        token: str | None = None
        writing = asyncio.gather(*(write(number) for number in range(writers)))
        while not writing.done():
            found, token = await follow(client, token, limit=7)
            seen += found
        await writing
        found, token = await follow(client, token, limit=7)
        seen += found
        slugs = [one["slug"] for one in seen]
        assert len(slugs) == len(set(slugs)) == writers * each * 2
        assert (await follow(client, None))[0] == seen, "the order is the same for everybody"
        for number in range(writers):
            for turn in range(each):
                first = slugs.index(f"first-{number}-{turn}")
                assert slugs[first + 1] == f"last-{number}-{turn}", "a transaction's changes stay together"


async def test_the_feed_of_one_type_is_followed_alike(own_database: str) -> None:
    async with curating(own_database) as client:
        _, token = await follow(client, None, type="claim")
        await client.post("/v1/entities", json=PLACE)
        claims, token = await follow(client, token, type="claim")
        assert claims == []
        await client.post("/v1/entities/talgar/aliases", json={"text": "Talghar"})
        entities, _ = await follow(client, token, type="entity")
        assert [one["action"] for one in entities] == ["updated"], (
            "a token is a place, whatever is asked there"
        )


async def test_the_feed_comes_in_pages(own_database: str) -> None:
    async with curating(own_database) as client, writers_of(own_database) as engine:
        async with engine.begin() as connection:
            await note(connection, "many", 25)
        first = await client.get("/v1/changes", params={"limit": 10, "type": "source"})
        assert (len(first.json()["items"]), first.json()["more"]) == (10, True)
        link = first.headers["link"]
        assert link.endswith('>; rel="next"')
        second = await client.get(link[1 : link.index(">")])
        third = await got(client, "/v1/changes", since=second.json()["since"], type="source", limit=10)
        assert (len(third["items"]), third["more"]) == (5, False)
        numbers = [one["number"] for page in (first.json(), second.json(), third) for one in page["items"]]
        assert len(set(numbers)) == 25
        assert "link" not in (await client.get("/v1/changes")).headers
        assert (await client.head("/v1/changes")).headers["etag"]


def token_like(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "%",
        "é",
        "x" * 400,
        token_like(),
        token_like("feed"),
        token_like("feed", "1"),
        token_like("feed", "-1", "1"),
        token_like("feed", "1", "1", "1"),
        token_like("feed", 1, 1),
        token_like("feed", "1", str(2**63)),
        token_like("feed", "²", "1"),
        token_like("list", "1", "1"),
    ],
)
async def test_a_token_that_the_service_did_not_give_out_is_refused(
    client: httpx.AsyncClient, token: str
) -> None:
    answer = await client.get("/v1/changes", params={"since": token})
    assert answer.status_code == 400
    assert [one["parameter"] for one in answer.json()["errors"]] == ["since"]


async def test_a_token_from_a_store_that_was_set_back_is_gone(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/changes", params={"since": token_like("feed", str(2**62), "1")})
    assert answer.status_code == 410
    assert "without `since`" in answer.json()["detail"]


async def test_parameters_of_the_feed(client: httpx.AsyncClient) -> None:
    for params in ({"type": "fact"}, {"limit": "0"}, {"limit": "1001"}, {"cursor": "x"}):
        assert (await client.get("/v1/changes", params=params)).status_code == 400, params

"""POST /v1/imports: NDJSON in and out at once, each line stored or refused on its own."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn

from service.errors import Busy, Conflict
from service.ingestion import imports
from service.web.protocol import Protocol
from tests.ingestion.articles import STRIKE, article, claim
from tests.ingestion.conftest import Desk
from tests.test_error_shape import problem

NDJSON = {"Content-Type": "application/x-ndjson"}


def town(number: int) -> dict[str, Any]:
    return article(f"Unrest\n\nPolice arrested {number} people in Oslo on Monday.\n")


async def send(desk: Desk, *lines: Any) -> list[dict[str, Any]]:
    content = b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines)
    answer = await desk.client.post("/v1/imports", content=content, headers=desk.headers() | NDJSON)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


async def test_each_line_has_its_result_in_order(desk: Desk) -> None:
    results = await send(desk, article(), town(25), b"", article(), town(26))
    assert [(one["line"], one["status"]) for one in results] == [(1, 201), (2, 201), (4, 200), (5, 201)]
    for one in results:
        stored = await desk.get(f"/v1/articles/{one['article']}")
        assert one["status"] == 200 or stored["counts"]["claims"] == one["claims"]
    assert results[0]["article"] == results[2]["article"]


async def test_a_byte_order_mark_and_line_ends_of_windows_are_no_errors(desk: Desk) -> None:
    line = json.dumps(town(25)).encode()
    results = await send(desk, b"\xef\xbb\xbf\r", line + b"\r", b"\r", b"\xef\xbb\xbf" + line)
    assert [(one["line"], one["status"]) for one in results] == [(2, 201), (4, 200)]


async def test_lines_that_are_refused_have_their_problem_and_the_others_go_on(desk: Desk) -> None:
    results = await send(
        desk,
        b'{"text": ',
        article(""),
        article(published_at="2999-01-01"),
        article(claims=[claim(amount=1)]),
        b"\xff\xfe",
        [article()],
        b'{"text": "\\ud800"}',
        article(None, html="<p></p>"),
        article(),
    )
    assert [one["status"] for one in results] == [400, 400, 400, 422, 400, 400, 400, 422, 201]
    for one in results[:-1]:
        told = one["problem"]
        assert told["status"] == one["status"]
        assert told["instance"] == f"/v1/imports#line={one['line']}"
        assert told["errors"][0]["detail"]
        assert "article" not in one
    assert results[3]["problem"]["errors"][0]["pointer"] == "/claims/0/amount"
    assert await desk.rows("SELECT count(*) FROM article WHERE sketch IS NOT NULL") == [(1,)]


async def test_a_line_that_is_too_long_is_refused_and_the_next_one_stored(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "LONGEST_LINE", 2000)
    results = await send(desk, article("x" * 5000), town(25), article("y" * 3000))
    assert [one["status"] for one in results] == [413, 201, 413]


async def test_an_import_may_be_larger_than_any_single_request(desk: Desk) -> None:
    padding = {"title": "A" * 400, "author": "B" * 200}
    refused = [json.dumps(article("", **padding)).encode()] * 16_000
    results = await send(desk, *refused, town(25))
    assert sum(len(line) for line in refused) > 10_000_000
    assert [results[0]["status"], results[-1]["status"], len(results)] == [400, 201, 16_001]


async def test_more_lines_than_may_wait_for_a_worker(desk: Desk) -> None:
    results = await send(desk, *(town(number) for number in range(20, 70)))
    assert [one["status"] for one in results] == [201] * 50


async def test_lines_that_came_together_are_stored_together_and_each_alone_where_one_cannot_be(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    store = imports.store

    async def choosy(connection: Any, batch: list[Any], actor: str) -> Any:
        sizes.append(len(batch))
        if any(submission.title == "Taken" for submission, _ in batch):
            raise Conflict("An article with that slug exists already.")
        return await store(connection, batch, actor)

    monkeypatch.setattr(imports, "store", choosy)
    towns = [town(number) | ({"title": "Taken"} if number == 50 else {}) for number in range(20, 90)]
    results = await send(desk, *towns)
    assert [one["status"] for one in results] == [201] * 30 + [409] + [201] * 39
    assert max(sizes) > 1
    assert await desk.rows("SELECT count(*) FROM article WHERE sketch IS NOT NULL") == [(69,)]


async def test_lines_are_not_tried_again_one_by_one_where_the_store_is_busy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    async def busy(connection: Any, batch: list[Any], actor: str) -> Any:
        sizes.append(len(batch))
        raise Busy("Too many changes wait.")

    monkeypatch.setattr(imports, "store", busy)
    results = await send(desk, *(town(number) for number in range(20, 60)))
    assert {one["status"] for one in results} == {503}
    assert sum(sizes) == 40 > len(sizes)


async def test_lines_that_are_long_together_are_read_one_after_the_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    towns = [town(number) for number in range(20, 30)]
    monkeypatch.setattr(imports, "LONGEST_LINE", len(json.dumps(towns[0])) + 10)
    assert [one["status"] for one in await send(desk, *towns)] == [201] * 10


@pytest.mark.parametrize("declared", ["application/json", "text/plain", ""])
async def test_another_kind_of_body_is_refused(desk: Desk, declared: str) -> None:
    headers = desk.headers() | {"Content-Type": declared}
    answer = await desk.client.post("/v1/imports", content=json.dumps(article()), headers=headers)
    assert "application/x-ndjson" in problem(answer, 415)["detail"]


class Exchange:
    """One request to the application as a server drives it: parts of the body go in as `say` sends them,
    lines come out as they are answered."""

    def __init__(self) -> None:
        self.incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def say(self, part: bytes, more: bool = True) -> None:
        await self.incoming.put({"type": "http.request", "body": part, "more_body": more})

    async def lines(self) -> AsyncIterator[dict[str, Any]]:
        while True:
            message = await self.outgoing.get()
            if message["type"] == "http.response.body":
                for line in message["body"].splitlines():
                    yield json.loads(line)
                if not message.get("more_body"):
                    return


def scope(headers: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/v1/imports",
        "raw_path": b"/v1/imports",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "state": {},
    }


async def test_results_arrive_while_the_body_is_still_being_sent(desk: Desk) -> None:
    app = desk.app
    exchange = Exchange()
    call = asyncio.create_task(
        app(scope(desk.headers() | NDJSON), exchange.incoming.get, exchange.outgoing.put)
    )
    lines = exchange.lines()
    encoded = json.dumps(article()).encode()
    await exchange.say(encoded[:100])
    await exchange.say(encoded[100:] + b"\n" + json.dumps(town(30)).encode()[:50])
    assert (await anext(lines))["status"] == 201  # the second line has not come as a whole
    await exchange.say(json.dumps(town(30)).encode()[50:] + b"\nno json\n")
    assert (await anext(lines))["status"] == 201
    assert (await anext(lines))["status"] == 400
    await exchange.say(json.dumps(article(STRIKE)).encode(), more=False)
    assert (await anext(lines))["status"] == 201
    assert [line async for line in lines] == []
    await call


async def test_what_came_before_a_client_went_away_is_stored(desk: Desk) -> None:
    app = desk.app
    exchange = Exchange()
    call = asyncio.create_task(
        app(scope(desk.headers() | NDJSON), exchange.incoming.get, exchange.outgoing.put)
    )
    await exchange.say(json.dumps(article()).encode() + b"\n" + json.dumps(town(30)).encode()[:50])
    lines = exchange.lines()
    assert (await anext(lines))["status"] == 201
    await exchange.incoming.put({"type": "http.disconnect"})
    assert [line async for line in lines] == []
    await call
    assert await desk.rows("SELECT count(*) FROM article WHERE sketch IS NOT NULL") == [(1,)]


async def test_what_came_before_a_client_fell_silent_is_stored(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.web.body.PATIENCE", 0.5)
    exchange = Exchange()
    call = asyncio.create_task(
        desk.app(scope(desk.headers() | NDJSON), exchange.incoming.get, exchange.outgoing.put)
    )
    await exchange.say(json.dumps(article()).encode() + b"\n" + json.dumps(town(30)).encode()[:50])
    lines = exchange.lines()
    assert [line["status"] async for line in lines] == [201]
    await call
    assert await desk.rows("SELECT count(*) FROM article WHERE sketch IS NOT NULL") == [(1,)]


async def test_a_body_of_which_no_more_comes_is_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.web.body.PATIENCE", 0.1)
    exchange = Exchange()
    asked = scope(desk.headers() | {"Content-Type": "application/json"})
    call = asyncio.create_task(
        desk.app(
            asked | {"path": "/v1/extract", "raw_path": b"/v1/extract"},
            exchange.incoming.get,
            exchange.outgoing.put,
        )
    )
    await exchange.say(b'{"text": "Police')
    assert [line["status"] async for line in exchange.lines()] == [408]
    await call


@asynccontextmanager
async def serving(desk: Desk) -> AsyncIterator[tuple[str, int]]:
    """The address of a real server in front of the service."""
    config = uvicorn.Config(desk.app, http=Protocol, lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()
        finally:
            server.should_exit = True
            await running


@pytest.mark.parametrize("declared", [0, 100], ids=["a whole body", "a body that breaks off"])
async def test_a_client_that_closes_at_once_has_what_it_sent_stored(desk: Desk, declared: int) -> None:
    body = b"\n".join(json.dumps(town(number)).encode() for number in range(30, 34)) + b"\n"
    head = {"Host": "here", "Content-Length": str(len(body) + declared), **desk.headers(), **NDJSON}
    told = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    stored = "SELECT count(*) FROM article WHERE sketch IS NOT NULL"
    async with serving(desk) as address:
        _, writer = await asyncio.open_connection(*address)
        writer.write(f"POST /v1/imports HTTP/1.1\r\n{told}\r\n".encode() + body)
        await writer.drain()
        writer.close()
        async with asyncio.timeout(60):
            while await desk.rows(stored) != [(4,)]:
                await asyncio.sleep(0.1)

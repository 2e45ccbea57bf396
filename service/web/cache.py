"""Whole answers in front of the framework, valid as long as nothing is written.

An answer depends on the request and on what is stored, and what is stored has a revision that every write
raises in its own transaction. So an answer may be given again until the revision changes:

- a write by this process drops all answers before its own answer leaves: who wrote reads what was written;
- a write by any other process is told over LISTEN/NOTIFY, within milliseconds of its commit;
- should a message not come, the revision is read every `POLL` seconds all the same;
- an answer is given only within `BOUND` seconds of a moment at which the revision was read and found
  unchanged. While the database is away, or the connection that listens is lost, nothing is given.

`BOUND` is therefore how old an answer can be in the worst case. Only whole 200 answers to GET are kept: no
errors, no streams, nothing for requests with a key. Each worker has its own.
"""

import asyncio
import contextlib
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, cast

import asyncpg
import msgspec
from litestar import Litestar
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from service.db.migrate import driver_url
from service.db.writing import CHANNEL
from service.settings import Settings
from service.web.edge import STORE_KEY, matches
from service.web.metrics import Hits, Measures

log = logging.getLogger("service")

POLL = 1.0  # seconds between two readings of the revision
BOUND = 2.0  # seconds for which a reading counts
LARGEST = 1_000_000  # bytes of one answer that is kept
OVERHEAD = 2_000  # bytes that an answer takes beside its body: key, headers, the objects around them

# Which changes can be seen depends on the transactions that run, not on the revision alone.
NEVER = frozenset({b"/v1/changes"})

Key = tuple[bytes, bytes, bytes, bytes, bool, str]


class Kept(msgspec.Struct, frozen=True):
    """An answer as the server sends it, and what is counted when it does."""

    start: Any
    body: Any
    size: int
    etag: str
    hits: Hits


class Answers:
    """The answers of one worker, the least recently given of them dropped first. `limit` is in bytes."""

    def __init__(self, limit: int, measures: Measures) -> None:
        self.limit = limit
        self.measures = measures
        measures.answers = self
        self.kept: OrderedDict[Key, Kept] = OrderedDict()
        self.size = 0
        self.revision: int | None = None
        self.valid_until = 0.0
        # Rises with every drop. An answer that was begun under another one is not kept: it may be made of
        # what was there before.
        self.generation = 0

    def drop(self) -> None:
        self.generation += 1
        self.kept.clear()
        self.size = 0

    def confirm(self, revision: int, read_at: float) -> None:
        """The revision was read at `read_at` (of `time.monotonic`), or later."""
        if revision != self.revision:
            self.drop()
        self.revision = revision
        self.valid_until = read_at + BOUND

    def suspend(self) -> None:
        self.revision = None
        self.valid_until = 0.0
        self.drop()

    def find(self, key: Key) -> Kept | None:
        if time.monotonic() >= self.valid_until:
            return None
        found = self.kept.get(key)
        if found is not None:
            self.kept.move_to_end(key)
        return found

    def keep(self, key: Key, generation: int, found: Kept) -> None:
        if generation != self.generation or found.size > LARGEST or time.monotonic() >= self.valid_until:
            return
        former = self.kept.pop(key, None)
        self.size += found.size - (former.size if former else 0)
        self.kept[key] = found
        while self.size > self.limit:
            _, oldest = self.kept.popitem(last=False)
            self.size -= oldest.size


def cached(app: ASGIApp, answers: Answers) -> ASGIApp:
    """Gives kept answers, keeps those that `app` gives, and drops them when this process writes."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        method = scope.get("method", "")  # of HTTP alone; comparing with the framework's names takes longer
        if method != "GET" and method != "HEAD":
            await app(scope, receive, dropping(scope, send, answers) if method else send)
            return
        key, condition = key_of(scope)
        if key is None:
            await app(scope, receive, send)
            return
        found = answers.find(key)
        if found is None:
            answers.measures.cache_misses.inc()
            generation = answers.generation

            def store(seen: Scope, headers: dict[bytes, bytes], body: bytes) -> None:
                answers.keep(key, generation, kept(seen, headers, body, answers.measures))

            await app(cast(HTTPScope, {**scope, STORE_KEY: store}), receive, send)
            return
        found.hits.number += 1
        if condition is not None and matches(condition, found.etag):
            await send(unchanged(found))
            await send(EMPTY)
        else:
            await send(found.start)
            await send(found.body if method == "GET" else EMPTY)

    return wrapped


OF_KEYS = frozenset((b"accept", b"host", b"if-none-match", b"origin", b"authorization"))
EMPTY: Any = {"type": "http.response.body", "body": b"", "more_body": False}


def key_of(scope: Scope) -> tuple[Key | None, str | None]:
    """What an answer depends on besides what is stored, or None where that is not known; and If-None-Match.

    Host and scheme stand in links of some answers. A page's script is answered with headers that others do
    not get, whatever its origin.
    """
    path = scope.get("raw_path") or scope["path"].encode()
    if path[:4] != b"/v1/" or path in NEVER:
        return None, None
    accept = host = b""
    origin, condition = False, None
    for name, value in scope["headers"]:
        if name not in OF_KEYS:
            continue
        if name == b"accept":
            accept = accept + b"," + value if accept else value
        elif name == b"host":
            host = value
        elif name == b"if-none-match":
            condition = value.decode("latin-1")
        elif name == b"origin":
            origin = True
        else:  # who has a key may see more
            return None, None
    return (path, scope["query_string"], accept, host, origin, scope["scheme"]), condition


def kept(scope: Scope, headers: dict[bytes, bytes], body: bytes, measures: Measures) -> Kept:
    return Kept(
        {"type": "http.response.start", "status": 200, "headers": list(headers.items())},
        {"type": "http.response.body", "body": body, "more_body": False},
        len(body) + OVERHEAD,
        headers[b"etag"].decode(),
        measures.hits(scope),
    )


def unchanged(found: Kept) -> Message:
    headers = found.start["headers"]
    gone = (b"content-length", b"content-type")
    return {
        "type": "http.response.start",
        "status": 304,
        "headers": [(name, value) for name, value in headers if name not in gone],
    }


def dropping(scope: Scope, send: Send, answers: Answers) -> Send:
    """Drops all answers before anything of a write's answer leaves. A write is what needs a key: questions
    that are posted need none."""

    async def sending(message: Message) -> None:
        handler = scope.get("route_handler")
        if handler is not None and "scope" in handler.opt:
            answers.drop()
        await send(message)

    return sending


def follow(answers: Answers, settings: Settings) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """Keeps `answers` up to the database's revision as long as the application runs."""

    @asynccontextmanager
    async def following(app: Litestar) -> AsyncIterator[None]:
        if settings.database_url is None or answers.limit == 0:
            yield
            return
        task = asyncio.create_task(keep_following(answers, settings.database_url))
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    return following


async def keep_following(answers: Answers, url: str) -> None:
    told = False
    while True:
        try:
            await listen(answers, url)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
            # the first time only: while the database is away, every request that fails says so
            log.log(logging.DEBUG if told else logging.WARNING, "answers are not kept for now: %r", error)
            told = True
        else:
            told = False
        await asyncio.sleep(POLL)


async def listen(answers: Answers, url: str) -> None:
    """Follows the revision until the connection is lost. A connection of its own, since one of the pool's
    would be taken from the readers for good."""
    connection = await asyncpg.connect(
        driver_url(url), timeout=5, server_settings={"application_name": "fact-lookup revision"}
    )
    lost = asyncio.Event()

    def on_loss(_: Any) -> None:
        answers.suspend()
        lost.set()

    connection.add_termination_listener(on_loss)
    try:
        await connection.add_listener(CHANNEL, lambda *_: answers.drop())
        while not lost.is_set():
            started = time.monotonic()
            number = await connection.fetchval("SELECT number FROM revision", timeout=BOUND)
            answers.confirm(number, started)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(lost.wait(), POLL)
    finally:
        answers.suspend()
        connection.terminate()

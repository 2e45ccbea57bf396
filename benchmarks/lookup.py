"""How long a lookup takes: each question of the tests' table, asked in this process, without a socket.

    python -m benchmarks.lookup [postgresql://…/name] [--rounds 15] [--statements] [--profile]

Without a database, an embedded one is started, migrated and seeded. Every question is asked once in each
round; a round knows nothing of the words of the one before, so that each question is a new one. A question's
figure is its least over the rounds, since what else the machine does only adds to it; the median is told as
well. Processor time is that of this process and, where the database runs on this machine, of its backend.
`--statements` tells where the database spends it, `--profile` where Python does.
"""

import argparse
import cProfile
import csv
import os
import pstats
import statistics
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import msgspec
import uvloop
from litestar.types import ASGIApp

from service.app import make_litestar
from service.db.embedded import temporary_server
from service.db.migrate import migrate
from service.lookup.words import find_phrases
from service.seeding import seed
from service.settings import Settings, resource
from service.web.edge import edge

TABLE = Path(__file__).parents[1] / "tests" / "lookup" / "questions.csv"
BAR = 5.0  # milliseconds of the slowest question
MIDDLE = 3.0  # of the median one
SHOWN = 12  # slowest questions, and functions of the profile


class Took(msgspec.Struct):
    """Milliseconds of one question in one round, and how many statements it ran."""

    wall: float
    python: float
    backend: float
    statements: int

    @property
    def processor(self) -> float:
        return self.python + self.backend


class Noted(msgspec.Struct):
    """A statement's runs: milliseconds of waiting for it, and of its backend's processor."""

    sql: str
    wall: list[float]
    backend: list[float]


class Recorder:
    """A pool, asked by one client, that notes what its statements take."""

    def __init__(self, pool: asyncpg.Pool, backend: int) -> None:
        self.pool = pool
        try:
            self.backend = os.open(f"/proc/{backend}/schedstat", os.O_RDONLY)
        except FileNotFoundError:
            self.backend = -1
        self.noted: dict[str, Noted] = {}
        self.count = 0

    def processor(self) -> float:
        """Milliseconds that the backend has run so far; 0 where it runs elsewhere."""
        return 0.0 if self.backend < 0 else int(os.pread(self.backend, 60, 0).split()[0]) / 1e6

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator["Recorder"]:
        async with self.pool.acquire() as self.connection:
            yield self

    async def fetch(self, sql: str, *arguments: Any) -> Any:
        return await self.run(self.connection.fetch, sql, arguments)

    async def fetchrow(self, sql: str, *arguments: Any) -> Any:
        return await self.run(self.connection.fetchrow, sql, arguments)

    async def run(self, method: Any, sql: str, arguments: Sequence[Any]) -> Any:
        before, started = self.processor(), time.perf_counter()
        found = await method(sql, *arguments)
        one = self.noted.setdefault(sql, Noted(sql, [], []))
        one.wall.append(1000 * (time.perf_counter() - started))
        one.backend.append(self.processor() - before)
        self.count += 1
        return found


async def ask(app: ASGIApp, question: str) -> int:
    """The status of the answer; the request is what a server makes of a GET."""
    query = f"q={quote(question)}".encode()
    started: list[int] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            started.append(message["status"])

    scope: Any = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": "/v1/lookup", "raw_path": b"/v1/lookup", "root_path": "", "query_string": query,
        "headers": [(b"host", b"test")], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    await app(scope, receive, send)
    return started[0]


async def measured(app: ASGIApp, recorder: Recorder, question: str) -> Took:
    recorder.count = 0
    backend, python, wall = recorder.processor(), time.process_time(), time.perf_counter()
    status = await ask(app, question)
    took = Took(
        1000 * (time.perf_counter() - wall),
        1000 * (time.process_time() - python),
        recorder.processor() - backend,
        recorder.count,
    )
    if status != 200:
        raise SystemExit(f"{status}: {question}")
    return took


def tell(what: str, figures: Mapping[str, float], bars: str = "") -> None:
    ranked = sorted(figures.values())
    p95 = ranked[max(0, len(ranked) * 95 // 100 - 1)]
    print(
        f"{what:<42} median {statistics.median(ranked):6.2f}  p95 {p95:6.2f}  max {ranked[-1]:6.2f}  {bars}"
    )


async def run(url: str, rounds: int, show_statements: bool, profile: bool) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        questions = [row["question"] for row in csv.DictReader(file)]
    app = make_litestar(Settings(database_url=url))
    async with app.lifespan():
        pool = app.state.pool
        async with pool.acquire() as connection:
            backend = connection.get_server_pid()  # whoever asks alone gets it again
        recorder = app.state.pool = Recorder(pool, backend)
        asgi = edge(app)
        for _ in range(2):  # statements are prepared, caches of what is stored are filled
            for question in questions:
                await ask(asgi, question)
        recorder.noted.clear()
        taken: dict[str, list[Took]] = {question: [] for question in questions}
        for _ in range(rounds):
            find_phrases.cache_clear()
            for question in questions:
                taken[question].append(await measured(asgi, recorder, question))
        report(taken)
        if show_statements:
            tell_statements(list(recorder.noted.values()), rounds * len(questions))
        if profile:
            find_phrases.cache_clear()
            profiler = cProfile.Profile()
            profiler.enable()
            for question in questions:
                await ask(asgi, question)
            profiler.disable()
            pstats.Stats(profiler).sort_stats("tottime").print_stats(3 * SHOWN)
        app.state.pool = pool


def report(taken: dict[str, list[Took]]) -> None:
    def each(name: str, figure: Callable[[Iterable[float]], float] = min) -> dict[str, float]:
        return {
            question: figure(getattr(took, name) for took in rounds) for question, rounds in taken.items()
        }

    processor = each("processor")
    tell("processor time, ms", processor, f"(bars: median {MIDDLE:g}, max {BAR:g})")
    tell("  of it Python", each("python"))
    tell("  of it the database's backend", each("backend"))
    tell("  median of the rounds", each("processor", statistics.median))
    tell("time on the clock, ms", each("wall"))
    tell("statements", each("statements"))
    slow = sorted(processor, key=lambda question: -processor[question])
    over = sum(figure >= BAR for figure in processor.values())
    print(f"{len(taken)} questions, {over} of them at {BAR:g} ms or more; the slowest:")
    for question in slow[:SHOWN]:
        print(f"  {processor[question]:6.2f}  {question}")


def tell_statements(noted: Sequence[Noted], asked: int) -> None:
    print("statements by the processor time of their backend, per question:")
    for one in sorted(noted, key=lambda one: -sum(one.backend)):
        print(
            f"  {sum(one.backend) / asked:6.3f} ms  run {len(one.wall) / asked:5.2f} times,"
            f" {statistics.median(one.backend):6.3f} ms each ({max(one.backend):.2f} at most),"
            f" on the clock {statistics.median(one.wall):6.3f}  {' '.join(one.sql.split())[:110]}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("database", nargs="?", help="postgresql://…; without one, the seeds in a new one")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--statements", action="store_true", help="tell each statement's share")
    parser.add_argument("--profile", action="store_true", help="profile one more round by function")
    given = parser.parse_args()
    with ExitStack() as stack:
        url = given.database
        if url is None:
            url = stack.enter_context(temporary_server()).url
            migrate(url)
            seed(url, resource("seeds"))
        uvloop.run(run(url, given.rounds, given.statements, given.profile))


if __name__ == "__main__":
    main()

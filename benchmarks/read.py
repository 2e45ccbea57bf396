"""How fast the service reads, as ratios from interleaved runs.

    python -m benchmarks.read [postgresql://user@host:port/] [--small] [--only NAME]

Without a server it starts one of its own, with its data in `.data/benchmarks`. Fills the databases
`reading_10000`, `reading_200000` and `reading_1000000` there unless they are filled already (minutes, the
first time; `--small` leaves the largest out), starts the service with one worker and its peers on loopback,
and asks them in turns: what else the machine does meanwhile then meets all of them alike. A figure is the
median over the rounds of each round's ratio. Throughput comes with the processor time of the server per
request, which other programs hardly disturb: where the load generator is the limit, and it is for cached
answers, only that tells servers apart.
"""

import argparse
import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import msgspec
import uvloop

from benchmarks.generate import (
    article_rows,
    copy,
    create,
    entity_rows,
    generate,
    named,
    without_indexes,
    world_of,
)
from service.db.embedded import default_directory, start
from service.db.migrate import driver_url, migrate
from service.seeding import seed
from service.settings import resource

CONNECTIONS = 16
ENTITIES = 200  # different ones that are asked for
TICK = os.sysconf("SC_CLK_TCK")
QUESTIONS = (
    "how many people were arrested in Almaty",
    "how many people were killed in Kazakhstan",
    "who fired Masimov",
    "what did Antony Blinken say",
    "when will the CSTO troops leave",
    "how many troops were deployed to Kazakhstan",
    "is it true that 9,000 people were detained",
    "what did the interior ministry say",
)
NAMES = ("Tokajew", "Nasarbajew", "Kazakhstan", "Almaty", "interior ministry", "CSTO", "Токаев", "Blinken")


class Server(msgspec.Struct):
    name: str
    port: int
    pid: int
    started: float = 0.0  # seconds to the first answer

    def cpu(self) -> float:
        """Seconds of processor time used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self) -> float:
        """Megabytes in memory."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1000
        raise ProcessLookupError(self.name)


class Asker(asyncio.Protocol):
    """One connection that asks for one path after the other, each as soon as the last answer is whole."""

    def __init__(self, paths: Sequence[str], until: float, times: list[float]) -> None:
        self.requests = [f"GET {path} HTTP/1.1\r\nhost: test\r\n\r\n".encode() for path in paths]
        self.until = until
        self.times = times
        self.number = 0
        self.held = b""
        self.missing = 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        self.asked = time.perf_counter()
        self.transport.write(self.requests[self.number % len(self.requests)])
        self.number += 1

    def data_received(self, data: bytes) -> None:
        if self.missing:
            self.missing -= len(data)
        else:
            self.held += data
            head, found, body = self.held.partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 200"):
                self.fail(head.decode())
                return
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            self.missing = int(length) - len(body)
            self.held = b""
        if not self.missing:
            now = time.perf_counter()
            self.times.append(now - self.asked)
            if now < self.until:
                self.ask()
            elif not self.done.done():
                self.done.set_result(None)
                self.transport.close()

    def fail(self, why: str) -> None:
        if not self.done.done():
            self.done.set_exception(RuntimeError(why))
        self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.fail("the server closed the connection")


async def load(port: int, paths: Sequence[str], seconds: float, connections: int) -> list[float]:
    """Seconds of every request that was answered in that time."""
    loop = asyncio.get_running_loop()
    times: list[float] = []
    until = time.perf_counter() + seconds
    askers = []
    for number in range(connections):
        turned = [*paths[number % len(paths) :], *paths[: number % len(paths)]]
        make = lambda turned=turned: Asker(turned, until, times)  # noqa: E731  # one for each connection
        _, asker = await loop.create_connection(make, "127.0.0.1", port)
        askers.append(asker)
    await asyncio.gather(*(asker.done for asker in askers))
    return times


def ask(server: Server, paths: Sequence[str], seconds: float, connections: int = CONNECTIONS) -> list[float]:
    return uvloop.run(load(server.port, paths, seconds, connections))


def get(server: Server, path: str) -> bytes:
    """One answer's body; an empty one while nobody answers."""
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n".encode())
            received = b"".join(iter(lambda: connection.recv(65_536), b""))
    except ConnectionError:
        return b""
    return received.partition(b"\r\n\r\n")[2] if received.startswith(b"HTTP/1.1 200") else b""


async def drop(url: str) -> None:
    connection = await asyncpg.connect(driver_url(named(url, "postgres")))
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{urlsplit(url).path[1:]}"')
    finally:
        await connection.close()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(
    name: str, command: list[str], port: int, probe: str, content: bytes = b"", **environment: str
) -> Iterator[Server]:
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    process.stdin.write(content)
    process.stdin.close()
    server = Server(name, port, process.pid)
    try:
        while not get(server, probe):
            if process.poll() is not None:
                raise SystemExit(f"{name} did not start")
            time.sleep(0.01)
        server.started = time.perf_counter() - began
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def service(url: str, cache_mb: int = 0, probe: str = "/v1/predicates?limit=1") -> Iterator[Server]:
    port = free_port()
    environment = {"DATABASE_URL": url, "HOST": "127.0.0.1", "PORT": str(port), "CACHE_MB": str(cache_mb)}
    command = ["service", "serve", "--no-migrate", "--no-seed"]
    with running("service", command, port, probe, **environment) as server:
        yield server


@contextmanager
def peer(kind: str, url: str, probe: str, content: bytes = b"") -> Iterator[Server]:
    port = free_port()
    with running(kind, ["benchmarks.peers", kind, str(port), url], port, probe, content) as server:
        yield server


def tell(what: str, figure: float, bar: float, at_least: bool, more: str = "") -> None:
    met = figure >= bar if at_least else figure <= bar
    sign = "≥" if at_least else "≤"
    print(f"{'ok  ' if met else 'MISS'} {what:<58} {figure:7.2f}  (bar {sign} {bar:g})  {more}", flush=True)


class Rates(msgspec.Struct):
    """Of one server, over the rounds: requests a second, and microseconds of its processor per request."""

    requests: list[float]
    processor: list[float]

    def shown(self) -> str:
        return f"{statistics.median(self.requests):,.0f}/s, {statistics.median(self.processor):.0f} µs"


def interleaved(servers: Sequence[Server], paths: Sequence[str], rounds: int, seconds: float) -> list[Rates]:
    for server in servers:  # prepared statements, caches
        ask(server, paths, seconds)
    found = [Rates([], []) for _ in servers]
    for _ in range(rounds):
        for server, rates in zip(servers, found, strict=True):
            before = server.cpu()
            times = ask(server, paths, seconds)
            rates.requests.append(len(times) / seconds)
            rates.processor.append(1e6 * (server.cpu() - before) / len(times))
    return found


def ratio(one: Sequence[float], other: Sequence[float]) -> float:
    return statistics.median(a / b for a, b in zip(one, other, strict=True))


async def slugs(url: str) -> list[str]:
    """Entities with twenty to a few hundred claims: a page is full, and counting them is not the work."""
    connection = await asyncpg.connect(driver_url(url))
    try:
        rows = await connection.fetch(
            "SELECT slug FROM entity JOIN participant ON entity_id = entity.id"
            " GROUP BY slug HAVING count(*) BETWEEN 40 AND 400 ORDER BY slug"
        )
    finally:
        await connection.close()
    return random.Random(1).sample([row["slug"] for row in rows], min(ENTITIES, len(rows)))


def same_answers(service_: Server, other: Server, paths: Sequence[str]) -> None:
    for path in paths[:20]:
        mine, theirs = (normal(msgspec.json.decode(get(one, path))) for one in (service_, other))
        if mine != theirs:
            raise SystemExit(f"{other.name} answers {path} differently")


def normal(value: Any) -> Any:
    """Without what is no part of the comparison: cursors, and how a time is written."""
    if isinstance(value, dict):
        return {key: normal(one) for key, one in value.items() if key not in ("next", "recorded_at")}
    return [normal(one) for one in value] if isinstance(value, list) else value


def kinds_of_paths(url: str) -> dict[str, list[str]]:
    found = asyncio.run(slugs(url))
    return {
        "one entity": [f"/v1/entities/{slug}" for slug in found],
        "20 claims of an entity": [f"/v1/entities/{slug}/claims" for slug in found],
    }


def cached(url: str, rounds: int, seconds: float) -> None:
    for what, paths in kinds_of_paths(url).items():
        with ExitStack() as stack:
            one = stack.enter_context(service(url, 64))
            content = get(one, paths[0])
            bare = stack.enter_context(peer("bare", url, "/", content))
            mine, theirs = interleaved([one, bare], paths[:1], rounds, seconds)
            more = f"{mine.shown()} against {theirs.shown()}"
            tell(
                f"cached, {what}: rate against constant bytes",
                ratio(mine.requests, theirs.requests),
                0.85,
                True,
                more,
            )
            tell("  … by the processor's time", ratio(theirs.processor, mine.processor), 0.85, True)


def uncached(url: str, rounds: int, seconds: float) -> None:
    peers = {"orm": 4.0, "asyncpg": 0.9}
    if find_spec("fastapi") is None:
        del peers["orm"]
        print("left out: the peer with an ORM, which needs pip install '.[benchmarks]'")
    for what, paths in kinds_of_paths(url).items():
        for kind, bar in peers.items():
            with service(url) as one, peer(kind, url, paths[0]) as other:
                same_answers(one, other, paths)
                mine, theirs = interleaved([one, other], paths, rounds, seconds)
                more = f"{mine.shown()} against {theirs.shown()}"
                tell(
                    f"uncached, {what}: rate against {kind}",
                    ratio(mine.requests, theirs.requests),
                    bar,
                    True,
                    more,
                )
                tell("  … by the processor's time", ratio(theirs.processor, mine.processor), bar, True)


def growth(small: str, large: str, rounds: int, seconds: float) -> None:
    """The slowest in a hundred answers, when there are a hundred times as many claims."""
    searched = {
        "lookup": [f"/v1/lookup?q={one.replace(' ', '+')}" for one in QUESTIONS],
        "entity search": [f"/v1/entities?q={one.replace(' ', '+')}" for one in (*NAMES[:6], NAMES[7])],
    }
    with service(small) as few, service(large) as many:
        for what, paths in searched.items():
            times: dict[str, list[float]] = {"few": [], "many": []}
            for number in range(rounds + 1):
                for name, server in (("few", few), ("many", many)):
                    found = ask(server, paths, seconds, connections=1)
                    if number:
                        times[name] += found
            p99 = {name: statistics.quantiles(found, n=100)[98] * 1000 for name, found in times.items()}
            p50 = {name: statistics.median(found) * 1000 for name, found in times.items()}
            more = (
                f"p99 {p99['few']:.1f} → {p99['many']:.1f} ms, median {p50['few']:.1f} → {p50['many']:.1f} ms"
            )
            tell(f"{what}: p99 growth, 10,000 to 1,000,000 claims", p99["many"] / p99["few"], 3, False, more)


async def cursor_at(url: str, place: int) -> str:
    """The cursor of the page that begins at that place of the list of claims."""
    from service.claims.queries import CLAIMS
    from service.web.listing import cursor_of

    connection = await asyncpg.connect(driver_url(url))
    try:
        row = await connection.fetchrow(
            "SELECT reported_at, id FROM claim ORDER BY reported_at DESC, id DESC OFFSET $1 LIMIT 1",
            place - 1,
        )
    finally:
        await connection.close()
    return cursor_of(CLAIMS, "-reported_at", {}, (row["reported_at"], uuid.UUID(str(row["id"]))))


def deep_pages(url: str, pages: int, rounds: int, seconds: float) -> None:
    cursor = asyncio.run(cursor_at(url, pages * 20))
    with service(url) as one:
        first, deep = "/v1/claims", f"/v1/claims?cursor={cursor}"
        times: dict[str, list[float]] = {first: [], deep: []}
        for number in range(rounds + 1):
            for path, found in times.items():
                asked = ask(one, [path], seconds, connections=1)
                if number:
                    found += asked
        medians = [statistics.median(found) for found in times.values()]
        more = f"{medians[0] * 1000:.2f} → {medians[1] * 1000:.2f} ms"
        tell(f"page {pages:,} against page 1 of all claims", medians[1] / medians[0], 1.5, False, more)


def stream(url: str) -> None:
    """All claims as NDJSON, with an eye on the server's memory."""
    with service(url) as one:
        get(one, "/v1/claims")
        before = one.memory()
        with socket.create_connection(("127.0.0.1", one.port)) as connection:
            connection.sendall(
                b"GET /v1/claims HTTP/1.1\r\nhost: test\r\n"
                b"accept: application/x-ndjson\r\nconnection: close\r\n\r\n"
            )
            peak, received, began = before, 0, time.perf_counter()
            while piece := connection.recv(1_000_000):
                received += len(piece)
                peak = max(peak, one.memory())
        rate = received / 1e6 / (time.perf_counter() - began)
        more = f"{received / 1e6:.0f} MB at {rate:.0f} MB/s"
        tell("NDJSON of everything: megabytes that it takes", peak - before, 30, False, more)


async def copied(url: str, claims: int) -> tuple[float, float]:
    """Claims a second that COPY takes when their lines are ready, and claims a second of the processor."""
    connection = await asyncpg.connect(driver_url(url))
    try:
        await connection.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        world = await world_of(connection)
        entities, _ = entity_rows(world, 2_000)
        await copy(connection, "entity", entities)
        await without_indexes(connection)
        chunks = list(article_rows(world, claims, [world.uuid()], []))
        process = Server("copy", 0, await connection.fetchval("SELECT pg_backend_pid()"))
        began, before = time.perf_counter(), process.cpu()
        for chunk in chunks:
            await copy(connection, "claim", chunk["claim"])
        taken = process.cpu() - before
        return claims / (time.perf_counter() - began), claims / taken
    finally:
        await connection.close()


def bulk(url: str, rounds: int) -> None:
    rates = []
    for _ in range(rounds):
        asyncio.run(drop(url))
        asyncio.run(create(url))
        migrate(url)
        seed(url, resource("seeds"))
        rates.append(asyncio.run(copied(url, 20_000)))
    asyncio.run(drop(url))
    more = f"{max(rate for rate, _ in rates):,.0f} by the clock"
    best = max(rate for _, rate in rates)
    tell("COPY of prepared claims, a second of the processor", best, 20_000, True, more)


def idle(url: str, rounds: int) -> None:
    starts, work, sizes = [], [], []
    for _ in range(rounds):
        with service(url, 64) as one:
            starts.append(one.started)
            work.append(one.cpu())
            time.sleep(1)
            sizes.append(one.memory())
    more = f"{statistics.median(work):.2f} s of the processor"
    tell("start with an existing database to the first answer, s", min(starts), 1.5, False, more)
    tell("memory of one idle worker, MB", statistics.median(sizes), 90, False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("server", nargs="?", help="postgresql://user@host:port/, where databases can be made")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5, help="of each server in each round")
    parser.add_argument("--small", action="store_true", help="measure growth to 200,000 claims only")
    parser.add_argument("--only", default="", help="cached, uncached, growth, deep, stream, bulk or idle")
    given = parser.parse_args()
    with ExitStack() as stack:
        server = given.server
        if server is None:
            server = stack.enter_context(start(default_directory().parent / "benchmarks")).url
        measure(server, given)


def measure(server: str, given: argparse.Namespace) -> None:
    rounds, seconds = given.rounds, given.seconds
    large = 200_000 if given.small else 1_000_000
    parts: dict[str, tuple[tuple[int, ...], Callable[..., None]]] = {
        "idle": ((200_000,), lambda url: idle(url, rounds)),
        "cached": ((200_000,), lambda url: cached(url, rounds, seconds)),
        "uncached": ((200_000,), lambda url: uncached(url, rounds, seconds)),
        "growth": ((10_000, large), lambda few, many: growth(few, many, rounds, seconds)),
        "deep": ((200_000,), lambda url: deep_pages(url, 9_000, rounds, seconds)),
        "stream": ((200_000,), stream),
        "bulk": ((), lambda: bulk(named(server, "reading_bulk"), 3)),
    }
    for name, (sizes, part) in parts.items():
        if given.only in ("", name):
            urls = [named(server, f"reading_{size}") for size in sizes]
            for size, url in zip(sizes, urls, strict=True):
                generate(url, size)
            part(*urls)


if __name__ == "__main__":
    main()

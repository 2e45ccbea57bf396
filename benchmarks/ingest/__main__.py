"""How many raw articles a second go into PostgreSQL, extraction included.

    python -m benchmarks.ingest [--articles 2000] [--server postgresql://…] [--workers 2]

Makes a fresh database on the server (without one, starts an embedded server that does not wait for the disk),
migrates and seeds it, writes varied articles of about 3 kB into a file, ingests the file as `fact-lookup
ingest` does, and drops the database again.

Prints articles a second and claims an article; for one article how long extraction takes alone and storing
beside it, and the processor time of both and of the database, which other work on the machine does not
change; and what storing took for each thousand articles, which shows whether a fuller store costs more.
`--profile` adds where the storing process spends its time.

This is a package's main module: any other main module is imported anew by each worker, with all that it
needs, which took about a second of a worker's time and is no part of ingestion.
"""

import argparse
import asyncio
import compileall
import contextlib
import cProfile
import json
import os
import pstats
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import asyncpg

import service
from benchmarks.articles import articles
from service.db.embedded import temporary_server
from service.db.migrate import driver_url, migrate
from service.ingestion.bulk import Outcome, Summary, ingest
from service.ingestion.files import read_items
from service.ingestion.known import KnownNames
from service.ingestion.pipeline import process
from service.ingestion.reading import loaded
from service.ingestion.requests import raw_of
from service.seeding import seed
from service.settings import resource as packaged

NAME = "fact_lookup_benchmark_ingest"
STEP = 1000  # articles between two looks at what storing costs


@contextlib.contextmanager
def fresh_database(server: str | None) -> Iterator[str]:
    """URL of a migrated and seeded database that goes away with the block."""
    with contextlib.ExitStack() as stack:
        base = server or stack.enter_context(temporary_server()).url
        asyncio.run(execute(base, f'DROP DATABASE IF EXISTS "{NAME}"'))
        asyncio.run(execute(base, f'CREATE DATABASE "{NAME}"'))
        head, _, query = base.partition("?")
        url = f"{head.rsplit('/', 1)[0]}/{NAME}" + (f"?{query}" if query else "")
        migrate(url)
        seed(url, packaged("seeds"))
        try:
            yield url
        finally:
            asyncio.run(execute(base, f'DROP DATABASE "{NAME}" WITH (FORCE)'))


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def cpu(pid: str, children: bool) -> float:
    """Seconds of processor time of a process, with its children that have ended or without."""
    fields = (Path("/proc") / pid / "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if children else 13])) / os.sysconf("SC_CLK_TCK")


def children_of(pid: str) -> Iterator[str]:
    for running in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if running.read_text().rpartition(")")[2].split()[1] == pid:
                yield running.parent.name


def children_cpu(server: str | None) -> float:
    """Seconds of processor time of this process's children but the server: of those that have ended, and of
    the one that workers were forked from, with those that ended before it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    running = (cpu(one, True) for one in children_of(str(os.getpid())) if one != server)
    return used.ru_utime + used.ru_stime + sum(running)


def postmaster(url: str) -> str | None:
    """Process id of the server; None where it runs on another machine."""

    async def directory() -> str:
        connection = await asyncpg.connect(url)
        try:
            return str(await connection.fetchval("SHOW data_directory"))
        finally:
            await connection.close()

    try:
        return (Path(asyncio.run(directory())) / "postmaster.pid").read_text().split()[0]
    except OSError:
        return None


def server_cpu(server: str | None) -> float:
    """Seconds of processor time of the server's processes, others' sessions included; nan where they are not
    to be seen."""
    if server is None:
        return float("nan")
    return cpu(server, True) + sum(cpu(one, False) for one in children_of(server))


def extraction_times(url: str, path: Path, number: int) -> list[float]:
    """Milliseconds for each of some articles, one after the other in this process."""

    async def known() -> Any:
        async with asyncpg.create_pool(driver_url(url), min_size=1, max_size=1) as pool:
            names = KnownNames(pool)
            try:
                return loaded(await names.current())
            finally:
                names.close()

    known_things = asyncio.run(known())
    raws = [raw_of(item.article)[0] for item in read_items(path, {}) if item.article][:number]
    times = []
    for raw in raws:
        started = time.process_time()
        process(raw, *known_things)
        times.append((time.process_time() - started) * 1000)
    return times[10:]  # the first ones build tables


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="benchmarks.ingest", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--fillers", type=int, default=4, help="sentences without a claim beside one with")
    parser.add_argument("--server", help="a PostgreSQL to make a database on; else an embedded one")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    # as an installation does; else each worker compiles what it imports where nothing may be written
    compileall.compile_dir(Path(service.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder, fresh_database(given.server) as url:
        path = Path(folder) / "articles.ndjson"
        path.write_text("".join(json.dumps(one) + "\n" for one in articles(given.articles, given.fillers)))
        size = path.stat().st_size / given.articles
        print(f"{given.articles} articles of {size:,.0f} bytes, {given.workers} workers")
        pid = postmaster(url)
        own, children, server = time.process_time(), children_cpu(pid), server_cpu(pid)
        marks = [(0, own, server)]
        stored_so_far = count(1)

        def told(outcome: Outcome) -> None:
            done = marks[-1][0] + STEP
            if outcome.status == "stored" and next(stored_so_far) == done:
                marks.append((done, time.process_time(), server_cpu(pid)))

        profile = cProfile.Profile()
        if given.profile:
            profile.enable()
        summary: Summary = ingest(url, read_items(path, {}), given.workers, told)
        profile.disable()
        stored = max(1, summary.stored)
        spent = {
            "extracting": children_cpu(pid) - children,
            "storing": time.process_time() - own,
            "the database": server_cpu(pid) - server,
        }
        # only now: what it remembers would be known to workers that are forked from this process
        times = extraction_times(url, path, 200)
        mean, median = statistics.mean(times), statistics.median(times)
        print(f"extraction   {mean:7.2f} ms an article alone (median {median:.2f})")
        shares = ", ".join(f"{name} {seconds * 1000 / stored:.2f}" for name, seconds in spent.items())
        print(f"storing      {summary.storing * 1000 / stored:7.2f} ms an article beside extraction")
        print(f"processors   {sum(spent.values()) * 1000 / stored:7.2f} ms an article: {shares}")
        grown = (
            f"{(after[1] - before[1]) * 1000 / STEP:.1f} + {(after[2] - before[2]) * 1000 / STEP:.1f}"
            for before, after in pairwise(marks)
        )
        print(f"as it grows  storing + the database, for each {STEP:,} articles: {', '.join(grown)}")
        print(f"claims       {summary.claims / stored:7.2f} an article")
        refused = f"{summary.refused} refused, {sum(summary.rejected.values())} candidates rejected"
        print(
            f"speed        {stored / summary.seconds:7.1f} articles a second"
            f" ({summary.seconds:.1f} s; {refused})"
        )
        if given.profile:
            pstats.Stats(profile).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main()

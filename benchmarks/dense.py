"""What it costs to add one article to a fact that has very many claims.

    python -m benchmarks.dense [--claims 10000] [--more 20]

Makes a fresh store on an embedded server that does not wait for the disk, puts claims of one running total
into it, each in an article of its own with a figure, a day and one of ten speakers, and then adds articles
one by one, each in a transaction of its own: the first after the process has forgotten the fact, the others
while it remembers it. A figure higher than all before, every thirtieth, is held against all of them, which
costs most. Prints milliseconds, of which the processor's time is disturbed least by other work.
"""

import argparse
import asyncio
import datetime as dt
import random
import statistics
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks.ingest.__main__ import fresh_database, postmaster, server_cpu
from service.db.writing import driver_of, make_engine, writing
from service.extraction.gazetteer import Gazetteer
from service.extraction.grounding import own_vocabulary
from service.facts import memory
from service.ingestion.pipeline import Raw, process
from service.ingestion.storing import Submission, store

SPEAKERS = [f"the {town} ministry" for town in "Aba Bor Cul Dan Eko Fal Gor Hin Ido Jab".split()]
START = dt.datetime(2022, 1, 1, tzinfo=dt.UTC)


def reports(number: int, first: int) -> list[tuple[Submission, Any]]:
    gazetteer, vocabulary = Gazetteer(), own_vocabulary()
    made = []
    for index in range(first, first + number):
        pick = random.Random(index)
        told = START + dt.timedelta(minutes=25 * index)
        hedge = pick.choice(["", "", "", "about ", "more than ", "at least "])
        text = (
            f"Floods, report {index}\n\n{hedge}{100 + index // 30 + pick.choice([0, 0, 0, -20])} people were"
            f" killed in Kenya, {pick.choice(SPEAKERS)} said. Reader {pick.getrandbits(64):x} wrote to us.\n"
        )
        found = process(Raw(text=text, published=told.date()), gazetteer, vocabulary)
        made.append((Submission(title=found.title, source=f"Courier {index % 50}", published_at=told), found))
    return made


async def add(engine: AsyncEngine, batch: Sequence[tuple[Submission, Any]]) -> None:
    async with writing(engine) as connection:
        await store(connection, batch, "benchmark")


async def measure(url: str, claims: int, more: int, server: str | None) -> None:
    engine = make_engine(url)
    try:
        everything = reports(claims + more, 0)
        for start in range(0, claims, 500):
            await add(engine, everything[start : min(claims, start + 500)])
        async with writing(engine) as connection:
            driver = await driver_of(connection)
            fact, number = await driver.fetchrow(
                "SELECT fact_id, count(*) FROM claim GROUP BY fact_id ORDER BY 2 DESC LIMIT 1"
            )
            relations = await driver.fetchval("SELECT count(*) FROM relation WHERE fact_id = $1", fact)
            memory.nothing(connection)
        print(f"a fact of {number:,} claims, {relations:,} relations")
        times = []
        for one in everything[claims:]:
            own, database, clock = time.process_time(), server_cpu(server), time.perf_counter()
            await add(engine, [one])
            times.append(
                [
                    1000 * (after - before)
                    for after, before in (
                        (time.process_time(), own),
                        (server_cpu(server), database),
                        (time.perf_counter(), clock),
                    )
                ]
            )
        names = ("this process", "the database", "by the clock")
        print(f"one article more: {'forgotten':>12} {'remembered':>12} {'most':>8}   ms")
        for name, first, rest in zip(names, times[0], zip(*times[1:], strict=True), strict=True):
            print(f"{name:17} {first:12.1f} {statistics.median(rest):12.1f} {max(rest):8.1f}")
    finally:
        await engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--more", type=int, default=20)
    given = parser.parse_args()
    with fresh_database(None) as url:
        asyncio.run(measure(url, given.claims, given.more, postmaster(url)))


if __name__ == "__main__":
    main()

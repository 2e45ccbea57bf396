"""Many articles at once: processes extract side by side, and one transaction a batch stores what they found.

Extraction and storing overlap: while the workers read the next articles, this process writes the last ones.
"""

import asyncio
import collections
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

import asyncpg
import msgspec
from sqlalchemy import ARRAY, Text, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from service.db import models as m
from service.db.migrate import driver_url
from service.db.statements import compiled, fetch
from service.db.writing import insert_missing, make_engine, writing
from service.errors import ServiceError
from service.ingestion.files import Item
from service.ingestion.pipeline import Extracted, NoArticle, Raw
from service.ingestion.requests import raw_of, refuse_ungrounded, submission_of
from service.ingestion.storing import store
from service.ingestion.worker import read_known, work

CHUNK = 8  # articles that travel to a worker together
BATCH = 32  # articles of one transaction
AHEAD = 4  # chunks that each worker may be ahead of the store
ACTOR = "fact-lookup ingest"


class Outcome(msgspec.Struct, frozen=True):
    """What became of one item. `status` is stored, known (the same text was there) or refused."""

    item: Item
    status: str
    claims: int = 0
    rejected: dict[str, int] = {}
    error: str | None = None


class Summary(msgspec.Struct):
    """Totals of a run; seconds are of the clock."""

    stored: int = 0
    known: int = 0
    refused: int = 0
    claims: int = 0
    rejected: collections.Counter[str] = msgspec.field(default_factory=collections.Counter)
    seconds: float = 0.0

    def count(self, outcome: Outcome) -> None:
        setattr(self, outcome.status, getattr(self, outcome.status) + 1)
        self.claims += outcome.claims
        self.rejected.update(outcome.rejected)


def extract_chunk(path: str, raws: list[Raw]) -> list[Extracted | str]:
    """In a worker: the extraction of each article, or why there is none."""
    found: list[Extracted | str] = []
    for raw in raws:
        try:
            found.append(work(path, raw))
        except NoArticle as error:
            found.append(str(error))
    return found


def ingest(
    database_url: str,
    items: Iterable[Item],
    workers: int | None = None,
    told: Callable[[Outcome], None] = lambda outcome: None,
) -> Summary:
    """Stores all items, telling of each as it is done. Starts an event loop of its own."""
    return asyncio.run(ingest_async(database_url, items, workers or os.cpu_count() or 1, told))


async def ingest_async(
    database_url: str, items: Iterable[Item], workers: int, told: Callable[[Outcome], None]
) -> Summary:
    started = time.monotonic()
    summary = Summary()

    def done(outcome: Outcome) -> None:
        summary.count(outcome)
        told(outcome)

    pool = await asyncpg.create_pool(driver_url(database_url), min_size=0, max_size=2)
    engine = make_engine(database_url)
    with tempfile.TemporaryDirectory(prefix="fact-lookup-names-") as folder:
        path = Path(folder) / "known.pickle"
        path.write_bytes(pickle.dumps(await read_known(pool)))
        # spawn: a fork would take this process's event loop and connections along
        executor = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        try:
            async for batch in extracted_batches(executor, pool, str(path), items, workers, done):
                await store_batch(engine, batch, done)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)
            await engine.dispose()
            await pool.close()
    summary.seconds = time.monotonic() - started
    return summary


Pair = tuple[Item, Extracted]


async def extracted_batches(
    executor: ProcessPoolExecutor,
    pool: asyncpg.Pool,
    path: str,
    items: Iterable[Item],
    workers: int,
    done: Callable[[Outcome], None],
) -> collections.abc.AsyncIterator[list[Pair]]:
    """Batches of extracted articles in the order of the items, while workers go on with the next."""
    waiting: collections.deque[tuple[list[Item], Future[list[Extracted | str]]]] = collections.deque()
    batch: list[Pair] = []
    chunks = readable(items, done)
    exhausted = False
    while waiting or not exhausted:
        while not exhausted and len(waiting) < workers * AHEAD:
            chunk = next(chunks, None)
            if chunk is None:
                exhausted = True
                break
            fresh = await unread(pool, chunk, done)
            raws = [raw for _, raw in fresh]
            waiting.append(([item for item, _ in fresh], executor.submit(extract_chunk, path, raws)))
        if not waiting:
            break
        origin, future = waiting.popleft()
        try:
            results = await asyncio.wrap_future(future)
        except BrokenProcessPool as error:
            raise RuntimeError(f"a worker process ended while it read {origin[0].origin}") from error
        for item, found in zip(origin, results, strict=True):
            if isinstance(found, str):
                done(Outcome(item, "refused", error=found))
            else:
                batch.append((item, found))
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def readable(items: Iterable[Item], done: Callable[[Outcome], None]) -> Iterator[list[tuple[Item, Raw]]]:
    """Chunks of the items that can be read; the others are done at once."""
    chunk: list[tuple[Item, Raw]] = []
    for item in items:
        if item.article is None:
            done(Outcome(item, "refused", error=item.error))
            continue
        try:
            raw, _ = raw_of(item.article)
        except ServiceError as error:
            done(Outcome(item, "refused", error=error.detail))
            continue
        chunk.append((item, raw))
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


_read_before = compiled(
    select(m.Ingested.digest).where(m.Ingested.digest == func.any(bindparam("digests", type_=ARRAY(Text()))))
)


async def unread(
    pool: asyncpg.Pool, chunk: list[tuple[Item, Raw]], done: Callable[[Outcome], None]
) -> list[tuple[Item, Raw]]:
    """What no earlier run has stored: that is how a run that broke off goes on."""
    rows = await fetch(pool, _read_before, {"digests": [item.digest for item, _ in chunk]})
    known = {row["digest"] for row in rows}
    for item, _ in chunk:
        if item.digest in known:
            done(Outcome(item, "known"))
    return [(item, raw) for item, raw in chunk if item.digest not in known]


async def store_batch(engine: AsyncEngine, batch: list[Pair], done: Callable[[Outcome], None]) -> None:
    """One transaction for the batch; an article whose own claims do not hold is left out of it."""
    ready = []
    for item, found in batch:
        assert item.article is not None
        try:
            refuse_ungrounded(found)
            ready.append((item, submission_of(item.article, raw_of(item.article)[1], found), found))
        except ServiceError as error:
            done(Outcome(item, "refused", error=error.detail))
    async with writing(engine) as connection:
        results = await store(connection, [(submission, found) for _, submission, found in ready], ACTOR)
        read = {item.digest: result.article for (item, _, _), result in zip(ready, results, strict=True)}
        rows = [{"digest": digest, "article_id": article} for digest, article in read.items()]
        await insert_missing(connection, m.Ingested, rows)
    for (item, _, found), result in zip(ready, results, strict=True):
        if result.created:
            reasons = collections.Counter[str](one.reason for one in found.rejected)
            done(Outcome(item, "stored", result.claims, dict(reasons)))
        else:
            done(Outcome(item, "known"))

"""Many articles at once: processes extract side by side, and one transaction a batch stores what they found.

Extraction and storing overlap: while the workers read the next articles, this process writes the last ones.
An article that takes too long, or that ends its worker, is refused; the others go on.
"""

import asyncio
import collections
import contextlib
import gc
import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

import asyncpg
import msgspec
from sqlalchemy import ARRAY, Text, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from service.db import models as m
from service.db.migrate import driver_url
from service.db.statements import compiled, fetch
from service.db.writing import insert_missing, make_engine, writing
from service.errors import ServiceError
from service.extraction.lexicon import lexicon
from service.ingestion.files import Item
from service.ingestion.known import KnownNames
from service.ingestion.opinions import Model, read_predicates, with_opinion
from service.ingestion.pipeline import Extracted, Raw
from service.ingestion.reading import Names, Read, begin, extract_chunk, texts_of, unpacked
from service.ingestion.requests import raw_of, refuse_ungrounded, submission_of
from service.ingestion.storing import store

CHUNK = 8  # articles that travel to a worker together
# Articles of one transaction: a quarter of those that the run stored before, within bounds. A fact is judged
# once for all claims that a transaction adds to it, and the more claims facts have, the more that saves.
# Others who write wait for as long as a transaction takes. Towards the end they become smaller again, a third
# of what is left: nothing is extracted any more while the last one is stored.
FEWEST, MOST = 64, 512
AHEAD = 4  # chunks that each worker may be ahead of the store; where it is more, a transaction and a quarter
ACTOR = "fact-lookup ingest"


class Outcome(msgspec.Struct, frozen=True):
    """What became of one item. `status` is stored, known (the same text was there) or refused."""

    item: Item
    status: str
    claims: int = 0
    rejected: dict[str, int] = {}
    error: str | None = None
    warnings: tuple[str, ...] = ()


class Summary(msgspec.Struct):
    """Totals of a run; seconds are of the clock, `storing` those of them that the store was busy."""

    stored: int = 0
    known: int = 0
    refused: int = 0
    claims: int = 0
    rejected: collections.Counter[str] = msgspec.field(default_factory=collections.Counter)
    warnings: collections.Counter[str] = msgspec.field(default_factory=collections.Counter)
    seconds: float = 0.0
    storing: float = 0.0

    def count(self, outcome: Outcome) -> None:
        setattr(self, outcome.status, getattr(self, outcome.status) + 1)
        self.claims += outcome.claims
        self.rejected.update(outcome.rejected)
        self.warnings.update(outcome.warnings)


Pair = tuple[Item, Extracted]
Told = Callable[[Outcome], None]


# --- in this process ----------------------------------------------------------------------------------------


class Workers:
    """Processes that extract. When one of them ends they are all started anew."""

    def __init__(self, number: int, seconds: float, model: Model | None) -> None:
        self.names = Names("", 0)
        self.number = number
        self.seconds = seconds
        self.model = model
        self.executor = self.start()

    def start(self) -> ProcessPoolExecutor:
        """Forks them from this process, which has imported all that they need, while it has no threads and on
        Linux: a fork leaves a child with the locks that other threads held, and Apple's libraries do not
        bear one. Else from a process that is started for it; so are those that replace the first, as by then
        there are threads."""
        alone = threading.active_count() == 1 and sys.platform == "linux"
        context = get_context("fork" if alone else "forkserver")
        if alone:
            lexicon()  # read once for all
        else:
            context.set_forkserver_preload(["service.ingestion.template"])
        executor = ProcessPoolExecutor(self.number, mp_context=context, initializer=begin)
        executor.submit(os.getpid)  # makes the processes now, and the threads that speak with them
        return executor

    async def extract(self, raws: list[Raw]) -> list[Read]:
        """BrokenProcessPool when a worker ended."""
        if self.model is not None:
            texts = await asyncio.wrap_future(self.executor.submit(texts_of, raws, self.seconds))
            raws = await asyncio.gather(*map(self.asked, raws, texts))
        future = self.executor.submit(extract_chunk, self.names, raws, self.seconds)
        found = await asyncio.wrap_future(future)
        return [unpacked(one) for one in found]

    async def asked(self, raw: Raw, text: str | None) -> Raw:
        if self.model is None or text is None or not raw.extracting:
            return raw
        return await with_opinion(self.model, raw, text)

    async def extract_singly(self, raws: list[Raw]) -> list[Read]:
        """As `extract`, for articles of which one may have ended a worker: alone, each shows whether it
        does."""
        found: list[Read] = []
        for raw in raws:
            try:
                found += await self.extract([raw])
            except BrokenProcessPool:
                found.append("the worker process that read it ended")
                self.restart()
        return found

    def restart(self) -> None:
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = self.start()

    async def stop(self) -> None:
        self.executor.shutdown(wait=True, cancel_futures=True)
        if self.model is not None:
            await self.model.close()


def ingest(
    database_url: str,
    items: Iterable[Item],
    workers: int | None = None,
    told: Told = lambda outcome: None,
    seconds: float = 20,
    model: Model | None = None,
    spacy_model: str | None = None,
) -> Summary:
    """Stores all items, telling of each as it is done. Starts an event loop of its own. `seconds` is what one
    article may take; `model` and `spacy_model` are asked too, where they are given."""
    number = workers or os.cpu_count() or 1
    started = time.monotonic()
    with collecting_seldom():
        # before there is an event loop, or a connection, that a fork would take along
        extracting = Workers(number, seconds, model)
        summary = asyncio.run(ingest_async(database_url, items, extracting, told, spacy_model))
    summary.seconds = time.monotonic() - started
    return summary


@contextlib.contextmanager
def collecting_seldom() -> Iterator[None]:
    """Python looks for garbage whenever 700 objects more are there than were. What a batch is made of lives
    until it is stored, and to look through it over and over took a fourth of the time that storing takes.
    Once in 200,000 objects still took a twelfth, and found nothing."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(2_000_000, 50, 50)
    try:
        yield
    finally:
        gc.freeze()  # else all of it would be looked through at once, now that it is more than before
        gc.set_threshold(*before)
        gc.unfreeze()


async def ingest_async(
    database_url: str,
    items: Iterable[Item],
    extracting: Workers,
    told: Told,
    spacy_model: str | None,
) -> Summary:
    summary = Summary()

    def done(outcome: Outcome) -> None:
        summary.count(outcome)
        told(outcome)

    pool = await asyncpg.create_pool(driver_url(database_url), min_size=0, max_size=2)
    engine = make_engine(database_url)
    known = KnownNames(pool, spacy_model)
    try:
        if extracting.model is not None:
            extracting.model.knows(await read_predicates(pool))
        extracting.names = await known.current()
        async for batch in extracted_batches(extracting, pool, items, done):
            began = time.monotonic()
            await store_batch(engine, batch, done)
            # whom these articles named is known to those that are sent to a worker from now on
            extracting.names = await known.current()
            summary.storing += time.monotonic() - began
    finally:
        await extracting.stop()
        await engine.dispose()
        await pool.close()
        known.close()
    return summary


async def extracted_batches(
    workers: Workers, pool: asyncpg.Pool, items: Iterable[Item], done: Told
) -> AsyncIterator[list[Pair]]:
    """Batches of extracted articles in the order of the items, while workers go on with the next."""
    waiting: collections.deque[tuple[list[tuple[Item, Raw]], asyncio.Task[list[Read]]]] = collections.deque()
    batch: list[Pair] = []
    chunks = readable(items, done)
    exhausted = False
    passed = 0  # articles of earlier batches
    while waiting or not exhausted:
        stop_if_interrupted()
        size = min(MOST, max(FEWEST, passed // 4))
        ahead = max(workers.number * AHEAD, 5 * size // (4 * CHUNK))
        while not exhausted and len(waiting) < ahead:
            chunk = next(chunks, None)
            if chunk is None:
                exhausted = True
            elif fresh := await unread(pool, chunk, done):
                waiting.append((fresh, asyncio.create_task(workers.extract([raw for _, raw in fresh]))))
        if exhausted:
            left = len(batch) + sum(len(sent) for sent, _ in waiting)
            size = min(size, max(FEWEST, left // 3))
        if not waiting:
            continue
        fresh, task = waiting.popleft()
        try:
            results = await task
        except BrokenProcessPool:
            suspects = [fresh, *(others for others, _ in waiting)]
            await asyncio.gather(*(one for _, one in waiting), return_exceptions=True)
            waiting.clear()
            workers.restart()
            fresh = [pair for several in suspects for pair in several]
            results = await workers.extract_singly([raw for _, raw in fresh])
        for (item, _), found in zip(fresh, results, strict=True):
            if isinstance(found, str):
                done(Outcome(item, "refused", error=found))
            else:
                batch.append((item, found))
        if len(batch) >= size:
            passed += len(batch)
            yield batch
            batch = []
    stop_if_interrupted()
    if batch:
        yield batch


def stop_if_interrupted() -> None:
    """CancelledError when this task was told to stop, also when what it waited for at that moment came to its
    end just then: before Python 3.12 `asyncio.wait_for`, which drivers use, forgets that it was cancelled."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def readable(items: Iterable[Item], done: Told) -> Iterator[list[tuple[Item, Raw]]]:
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


async def unread(pool: asyncpg.Pool, chunk: list[tuple[Item, Raw]], done: Told) -> list[tuple[Item, Raw]]:
    """What no earlier run has stored: that is how a run that broke off goes on."""
    rows = await fetch(pool, _read_before, {"digests": [item.digest for item, _ in chunk]})
    known = {row["digest"] for row in rows}
    for item, _ in chunk:
        if item.digest in known:
            done(Outcome(item, "known"))
    return [(item, raw) for item, raw in chunk if item.digest not in known]


async def store_batch(engine: AsyncEngine, batch: list[Pair], done: Told) -> None:
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
            done(Outcome(item, "stored", result.claims, dict(reasons), warnings=found.warnings))
        else:
            done(Outcome(item, "known"))

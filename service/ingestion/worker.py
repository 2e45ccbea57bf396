"""Runs extraction beside the event loop: in worker processes, with a time limit, over the names that the
store knows.

A worker is a process because extraction is pure Python that would hold the loop up, and because only a
process can be ended when a text takes too long. Known names travel as a file, not with every article.
"""

import logging
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple, Unpack

import anyio
import anyio.to_process
import asyncpg

from service.errors import FieldError, TooManyRequests, Unprocessable, WorkerLost
from service.extraction import spacy_extractor
from service.ingestion.known import KnownNames
from service.ingestion.opinions import Model, read_predicates, with_opinion
from service.ingestion.pipeline import Extracted, NoArticle, Raw
from service.ingestion.reading import Names, Unreadable, text_of, to_store, unpacked, warm, work

T = TypeVar("T")
Sent = TypeVarTuple("Sent")

log = logging.getLogger("service")

START_LIMIT = 120  # seconds for a worker to start and to build its index of names
WAITING = 32  # articles that may wait for a worker; the next one is asked to come back


class Extraction:
    """The workers of one process of the service, and the names they know."""

    def __init__(
        self,
        pool: asyncpg.Pool,
        workers: int,
        time_limit: float,
        model: Model | None = None,
        spacy_model: str | None = None,
    ) -> None:
        """`time_limit` is in seconds, for one article; 1 MB of adversarial text takes under 2."""
        self.pool = pool
        self.model = model
        self.spacy_model = spacy_model
        if spacy_model is not None and (why := spacy_extractor.missing(spacy_model)) is not None:
            log.warning("SPACY_MODEL is of no use: %s", why)
        self.time_limit = time_limit
        self.limiter = anyio.CapacityLimiter(workers)
        self.workers = anyio.CapacityLimiter(workers)  # never waited for: `limiter` is passed first
        self.names = KnownNames(pool, spacy_model)
        self.told = ""  # the file whose vocabulary the model knows

    async def known(self) -> Names:
        """The names as they are now, for a worker."""
        names = await self.names.current()
        if self.model is not None and self.told != names.path:
            self.model.knows(await read_predicates(self.pool))
            self.told = names.path
        return names

    async def run(self, raw: Raw, patient: bool = False) -> Extracted:
        """What of one article is stored; the analysis is without what storing has no use for.

        TooManyRequests when too many wait already, unless `patient`; Unprocessable when it takes too long,
        holds no article or cannot be read; WorkerLost when its process ended.
        """
        raw = await self.asked(raw, patient)
        found = unpacked(await self.turn(to_store, raw, patient))
        assert isinstance(found, Extracted)  # a text would say why an article of many was not read
        return told(found)

    async def look(self, raw: Raw, asking: bool) -> Extracted:
        """The whole analysis of one article; `asking` says whether the language model is asked too, where
        there is one. Errors as of `run`."""
        if asking:
            raw = await self.asked(raw, False)
        return told(await self.turn(work, raw, False))

    async def asked(self, raw: Raw, patient: bool) -> Raw:
        """The article with what the language model says of it, where there is one."""
        if self.model is None or not raw.extracting:
            return raw
        return await with_opinion(self.model, raw, await self.turn(text_of, raw, patient))

    async def turn(self, function: Callable[[Names, Raw], T], raw: Raw, patient: bool) -> T:
        """What a function makes of the names and an article, in a worker, when it is the article's turn."""
        if not patient and self.limiter.statistics().tasks_waiting >= WAITING:
            raise TooManyRequests("All extraction workers are busy; try again in a moment.", retry_after=2)
        pointer = "/text" if raw.html is None else "/html"
        try:
            async with self.limiter:
                names = await self.known()
                # The time limit counts neither the wait for a worker nor its start.
                with anyio.fail_after(START_LIMIT):
                    await self.warmed(names)
                with anyio.fail_after(self.time_limit):
                    return await self.in_worker(function, names, raw)
        except TimeoutError:
            detail = f"Extraction took longer than {self.time_limit:g} seconds; nothing was stored."
            raise Unprocessable(detail, [FieldError(detail, pointer=pointer)]) from None
        except anyio.BrokenWorkerProcess as error:
            log.error("an extraction worker ended", exc_info=error)
            detail = "The worker that read this article ended; nothing was stored. Send it again."
            raise WorkerLost(detail) from None
        except NoArticle as error:
            detail = f"No article: {error}."
            raise Unprocessable(detail, [FieldError(detail, pointer=pointer)]) from None
        except Unreadable as error:
            kind, where = error.args
            log.error("an article could not be read: %s", where)
            detail = (
                f"The article could not be read, by a fault of the service ({kind}) that its log tells of; "
                "nothing was stored."
            )
            raise Unprocessable(detail, [FieldError(detail, pointer=pointer)]) from None

    async def warmed(self, names: Names) -> None:
        """A worker knows the names. One that ended while nothing was asked of it (the system was short of
        memory, say) is passed over: no article was lost with it."""
        for others in reversed(range(int(self.limiter.total_tokens) + 1)):
            try:
                return await self.in_worker(warm, names)
            except anyio.BrokenWorkerProcess:
                if not others:
                    raise

    async def in_worker(self, function: Callable[[Unpack[Sent]], T], *sent: *Sent) -> T:
        """Runs a function in the process that was used last, or in a new one; ended when cancelled."""
        return await anyio.to_process.run_sync(function, *sent, cancellable=True, limiter=self.workers)

    async def close(self) -> None:
        self.names.close()
        if self.model is not None:
            await self.model.close()


def told(found: Extracted) -> Extracted:
    """The same; the log tells of faults."""
    for fault in found.faults:
        log.error("a sentence could not be read: %s", fault)
    return found

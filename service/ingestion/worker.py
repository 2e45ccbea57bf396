"""Runs extraction beside the event loop: in worker processes, with a time limit, over the names that the
store knows.

A worker is a process because extraction is pure Python that would hold the loop up, and because only a
process can be ended when a text takes too long. Known names travel as a file, written when they changed,
not with every article.
"""

import logging
import pickle
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple, Unpack

import anyio
import anyio.to_process
import asyncpg
from sqlalchemy import select
from sqlalchemy.orm import aliased

from service.db import models as m
from service.db.statements import compiled, fetch
from service.errors import FieldError, TooManyRequests, Unprocessable, WorkerLost
from service.extraction import spacy_extractor
from service.extraction.gazetteer import KnownAlias, KnownEntity
from service.extraction.grounding import PredicateRule
from service.ingestion.opinions import Model, read_predicates, with_opinion
from service.ingestion.pipeline import Extracted, NoArticle, Raw
from service.ingestion.reading import Known, text_of, warm, work

T = TypeVar("T")
Sent = TypeVarTuple("Sent")

log = logging.getLogger("service")

START_LIMIT = 120  # seconds for a worker to start and to build its index of names
WAITING = 32  # articles that may wait for a worker; the next one is asked to come back
# A store that changes all the time would have its names written out all the time: after writing them, this
# many times as long passes before they are written again.
REST = 5

Whole = aliased(m.Entity, name="whole")
_aliases = compiled(
    select(
        m.Entity.slug,
        m.Entity.name,
        m.Entity.kind,
        Whole.slug.label("part_of"),
        m.Alias.text,
        m.Alias.kind.label("alias_kind"),
    )
    .join(m.Alias, m.Alias.entity_id == m.Entity.id)
    .outerjoin(Whole, Whole.id == m.Entity.part_of_id)
    .order_by(m.Entity.recorded_at, m.Entity.id, m.Alias.id)
)
_predicates = compiled(select(m.Predicate.slug, m.Predicate.kind, m.Predicate.unit))
_names = compiled(select(m.Revision.names))


async def read_known(pool: asyncpg.Pool, spacy_model: str | None = None) -> Known:
    aliases: dict[str, list[KnownAlias]] = {}
    heads: dict[str, Any] = {}
    for row in await fetch(pool, _aliases, {}):
        heads.setdefault(row["slug"], row)
        if row["text"] != row["name"]:
            aliases.setdefault(row["slug"], []).append(KnownAlias(row["text"], row["alias_kind"]))
    entities = [
        KnownEntity(slug, row["name"], row["kind"], tuple(aliases.get(slug, ())), row["part_of"])
        for slug, row in heads.items()
    ]
    rules = await fetch(pool, _predicates, {})
    vocabulary = {row["slug"]: PredicateRule(row["kind"], row["unit"]) for row in rules}
    return Known(entities, vocabulary, spacy_model)


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
        self.folder = tempfile.TemporaryDirectory(prefix="fact-lookup-names-")
        self.revision = -1
        self.path = ""
        self.written: list[Path] = []
        self.rest_until = 0.0
        self.lock = anyio.Lock()

    async def known(self) -> str:
        """The file with the names, written anew when the store changed."""
        async with self.lock:
            revision = (await fetch(self.pool, _names, {}))[0]["names"]
            if revision != self.revision and (not self.path or time.monotonic() >= self.rest_until):
                started = time.monotonic()
                known = await read_known(self.pool, self.spacy_model)
                path = Path(self.folder.name) / f"{revision}.pickle"
                path.write_bytes(pickle.dumps(known))
                for old in self.written[:-1]:  # the one before may be about to be read
                    old.unlink(missing_ok=True)
                self.written = [*self.written[-1:], path]
                self.revision, self.path = revision, str(path)
                if self.model is not None:
                    self.model.knows(await read_predicates(self.pool))
                self.rest_until = time.monotonic() + REST * (time.monotonic() - started)
        return self.path

    async def run(self, raw: Raw, patient: bool = False, asking: bool = True) -> Extracted:
        """Extracts one article; `asking` says whether the language model is asked too, where there is one.

        TooManyRequests when too many wait already, unless `patient`; Unprocessable when it takes too long or
        holds no article; WorkerLost when its process ended.
        """
        if self.model is not None and asking and raw.extracting:
            raw = await with_opinion(self.model, raw, await self.turn(text_of, raw, patient))
        return await self.turn(work, raw, patient)

    async def turn(self, function: Callable[[str, Raw], T], raw: Raw, patient: bool) -> T:
        """What a function makes of the names and an article, in a worker, when it is the article's turn."""
        if not patient and self.limiter.statistics().tasks_waiting >= WAITING:
            raise TooManyRequests("All extraction workers are busy; try again in a moment.", retry_after=2)
        pointer = "/text" if raw.html is None else "/html"
        try:
            async with self.limiter:
                path = await self.known()
                # The time limit counts neither the wait for a worker nor its start.
                with anyio.fail_after(START_LIMIT):
                    await self.in_worker(warm, path)
                with anyio.fail_after(self.time_limit):
                    return await self.in_worker(function, path, raw)
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

    async def in_worker(self, function: Callable[[Unpack[Sent]], T], *sent: *Sent) -> T:
        """Runs a function in the process that was used last, or in a new one; ended when cancelled."""
        return await anyio.to_process.run_sync(function, *sent, cancellable=True, limiter=self.workers)

    async def close(self) -> None:
        self.folder.cleanup()
        if self.model is not None:
            await self.model.close()

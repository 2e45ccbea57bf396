"""Many articles in one request: NDJSON in, NDJSON out, both at once.

A result leaves as soon as its line is stored, while the client still sends. Lines are read and extracted
ahead of the one that is being stored, and stored in their order.
"""

import asyncio
import logging
from codecs import BOM_UTF8
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import HTTPException
from litestar.response.streaming import ASGIStreamingResponse
from litestar.types import Receive, Send
from msgspec import UNSET

from service.db.constraints import commit, driver_error
from service.errors import DatabaseUnavailable, ServiceError, TooLarge, TooSlow
from service.ingestion.pipeline import Extracted
from service.ingestion.requests import raw_of, refuse_ungrounded, submission_of, warnings
from service.ingestion.schemas import ArticleIn, ImportLine
from service.ingestion.storing import Submission, store
from service.ingestion.worker import Extraction
from service.web.body import arriving, parsed
from service.web.problems import UNAVAILABLE, explain_unavailable, problem_of
from service.web.routing import engine

log = logging.getLogger("service")

LONGEST_LINE = 16_000_000  # bytes
AHEAD = 8  # lines that are read and extracted before the one that is stored

Ready = tuple[ArticleIn, Submission, Extracted]


class Both(ASGIStreamingResponse):
    """A stream that leaves the request's body alone. The framework's own listens for the client to go away,
    and takes parts of the body for that; here whoever reads the body notices."""

    async def send_body(self, send: Send, receive: Receive) -> None:
        await self._stream(send)


async def import_lines(
    request: Request[Any, Any, Any], extraction: Extraction, actor: str
) -> AsyncGenerator[bytes, None]:
    """One result for every line that is not blank."""
    queue: asyncio.Queue[tuple[int, asyncio.Task[Ready]] | None] = asyncio.Queue(AHEAD)
    tasks: set[asyncio.Task[Ready]] = set()

    async def read() -> None:
        number = 0
        try:
            async for line in body_lines(request):
                number += 1
                if line is None or line.removeprefix(BOM_UTF8).strip():
                    task = asyncio.create_task(prepare(line, extraction))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
                    await queue.put((number, task))
        except (HTTPException, TooSlow) as error:
            # The client went away, or fell silent, in the middle of a line; what came whole is stored.
            log.info("an import ended early: %s", error.detail)
        await queue.put(None)

    reader = asyncio.create_task(read())
    try:
        while (item := await queue.get()) is not None:
            number, task = item
            result = await finish(request, actor, number, task)
            yield msgspec.json.encode(result) + b"\n"
        await reader
    finally:
        for one in (reader, *tasks):
            one.cancel()
        await asyncio.gather(reader, *tasks, return_exceptions=True)


async def prepare(line: bytes | None, extraction: Extraction) -> Ready:
    if line is None:
        raise TooLarge(f"The line is longer than {LONGEST_LINE:,} bytes.")
    body = await parsed(line, ArticleIn)
    raw, when = raw_of(body)
    found = await extraction.run(raw, patient=True)
    refuse_ungrounded(found)
    return body, submission_of(body, when, found), found


async def finish(
    request: Request[Any, Any, Any], actor: str, number: int, task: asyncio.Task[Ready]
) -> ImportLine:
    """Stores what a line brought. Whatever goes wrong is told in its result: the lines after it go on."""
    try:
        body, submission, found = await task
        pair = (submission, found)
        (done,) = await commit(engine(request), lambda connection: store(connection, [pair], actor))
    except ServiceError as error:
        told = error
    except Exception as error:
        cause = driver_error(error) or error
        if isinstance(cause, UNAVAILABLE) or getattr(error, "connection_invalidated", False):
            told = DatabaseUnavailable(explain_unavailable(cause))
        else:
            log.error("unexpected error in line %d of an import", number, exc_info=error)
            told = ServiceError("Something went wrong in the service; the log says what.")
    else:
        status = 201 if done.created else 200
        warned = warnings(body, done, found) or UNSET
        return ImportLine(number, status, done.slug, done.claims, done.rejected, warned)
    problem = problem_of(told.status, told.detail, f"/v1/imports#line={number}", told.errors)
    return ImportLine(number, told.status, problem=problem)


async def body_lines(request: Request[Any, Any, Any]) -> AsyncIterator[bytes | None]:
    """The lines of the body as they arrive; None for one that is too long."""
    parts: list[bytes] = []
    size = 0
    async for chunk in arriving(request):
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            size += len(end)
            yield None if size > LONGEST_LINE else b"".join([*parts, end])
            parts, size = [], 0
        size += len(rest)
        if size <= LONGEST_LINE:
            parts.append(rest)
        else:
            parts.clear()
    if size:
        yield None if size > LONGEST_LINE else b"".join(parts)

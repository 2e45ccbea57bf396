"""Many articles in one request: NDJSON in, NDJSON out, both at once.

A result leaves as soon as its line is stored, while the client still sends. Lines are read and extracted
ahead of those that are being stored, and stored in their order, all in one transaction that are extracted by
then.
"""

import asyncio
import logging
from codecs import BOM_UTF8
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import HTTPException
from litestar.response.streaming import ASGIStreamingResponse
from litestar.types import Receive, Send
from msgspec import UNSET

from service.db.constraints import commit, driver_error
from service.errors import Busy, DatabaseUnavailable, ServiceError, TooLarge, TooSlow
from service.ingestion.pipeline import Extracted
from service.ingestion.requests import raw_of, refuse_ungrounded, submission_of, warnings
from service.ingestion.schemas import ArticleIn, ImportLine
from service.ingestion.storing import Stored, Submission, store
from service.ingestion.worker import Extraction
from service.web.body import arriving, parsed
from service.web.problems import UNAVAILABLE, explain_unavailable, problem_of
from service.web.routing import engine

log = logging.getLogger("service")

LONGEST_LINE = 16_000_000  # bytes
TOGETHER = 16  # lines of one transaction: while they are grouped nobody else is answered
AHEAD = 32  # lines that may be read and extracted before those that are stored, while they are short

Ready = tuple[ArticleIn, Submission, Extracted]


class Line(msgspec.Struct, frozen=True, eq=False):
    """A line that was read: its number, its bytes, and who extracts it."""

    number: int
    size: int
    task: asyncio.Task[Ready]


class Both(ASGIStreamingResponse):
    """A stream that leaves the request's body alone. The framework's own listens for the client to go away,
    and takes parts of the body for that; here whoever reads the body notices."""

    async def send_body(self, send: Send, receive: Receive) -> None:
        await self._stream(send)


async def import_lines(
    request: Request[Any, Any, Any], extraction: Extraction, actor: str
) -> AsyncGenerator[bytes, None]:
    """One result for every line that is not blank."""
    queue: asyncio.Queue[Line | None] = asyncio.Queue(AHEAD)
    tasks: set[asyncio.Task[Ready]] = set()
    ahead = 0  # bytes that were read and not stored yet
    room = asyncio.Event()

    async def read() -> None:
        nonlocal ahead
        number = 0
        try:
            async for line in body_lines(request):
                number += 1
                if line is None or line.removeprefix(BOM_UTF8).strip():
                    size = 0 if line is None else len(line)
                    while ahead and ahead + size > LONGEST_LINE:
                        room.clear()
                        await room.wait()
                    ahead += size
                    task = asyncio.create_task(prepare(line, extraction))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
                    await queue.put(Line(number, size, task))
        except (HTTPException, TooSlow) as error:
            # The client went away, or fell silent, in the middle of a line; what came whole is stored.
            log.info("an import ended early: %s", error.detail)
        await queue.put(None)

    reader = asyncio.create_task(read())
    try:
        async for lines in extracted(queue):
            for result in await finish(request, actor, lines):
                yield msgspec.json.encode(result) + b"\n"
            ahead -= sum(line.size for line in lines)
            room.set()
        await reader
    finally:
        for one in (reader, *tasks):
            one.cancel()
        await asyncio.gather(reader, *tasks, return_exceptions=True)


async def extracted(queue: asyncio.Queue[Line | None]) -> AsyncGenerator[list[Line], None]:
    """Lines in their order, as many at once as are extracted by then: one of a client that sends slowly, and
    of one that sends faster than they can be stored more, which together take less."""
    held: list[Line] = []  # those before the last are extracted
    ended = False
    while True:
        if not held:
            line = None if ended else await queue.get()
            if line is None:
                return
            held = [line]
        await asyncio.wait([held[0].task])
        while len(held) < TOGETHER and held[-1].task.done() and not (ended or queue.empty()):
            line = queue.get_nowait()
            if line is None:
                ended = True
            else:
                held.append(line)
        done = [line for line in held if line.task.done()]
        held = held[len(done) :]
        yield done


async def prepare(line: bytes | None, extraction: Extraction) -> Ready:
    if line is None:
        raise TooLarge(f"The line is longer than {LONGEST_LINE:,} bytes.")
    body = await parsed(line, ArticleIn)
    raw, when = raw_of(body)
    found = await extraction.run(raw, patient=True)
    refuse_ungrounded(found)
    return body, submission_of(body, when, found), found


async def finish(request: Request[Any, Any, Any], actor: str, lines: Sequence[Line]) -> list[ImportLine]:
    """Stores what extracted lines brought. Whatever goes wrong with one is told in its result: the others go
    on."""
    ready = [line for line in lines if line.task.exception() is None]
    done = dict(zip(ready, await stored(request, actor, [line.task.result() for line in ready]), strict=True))
    results = []
    for line in lines:
        outcome = done.get(line) or line.task.exception()
        if isinstance(outcome, Stored):
            body, _, found = line.task.result()
            status = 201 if outcome.created else 200
            warned = warnings(body, outcome, found) or UNSET
            result = ImportLine(line.number, status, outcome.slug, outcome.claims, outcome.rejected, warned)
        else:
            told = told_of(outcome, line.number)
            problem = problem_of(told.status, told.detail, f"/v1/imports#line={line.number}", told.errors)
            result = ImportLine(line.number, told.status, problem=problem)
        results.append(result)
    return results


async def stored(
    request: Request[Any, Any, Any], actor: str, ready: Sequence[Ready]
) -> list[Stored | Exception]:
    """What became of each. They are stored in one transaction; where that fails, and not for want of the
    database, each alone."""
    if not ready:
        return []
    pairs = [(submission, found) for _, submission, found in ready]
    try:
        return [*await commit(engine(request), lambda connection: store(connection, pairs, actor))]
    except Exception as error:
        if len(ready) == 1 or isinstance(error, Busy) or is_unavailable(error):
            return [error for _ in ready]
        return [outcome for one in ready for outcome in await stored(request, actor, [one])]


def is_unavailable(error: Exception) -> bool:
    away = isinstance(driver_error(error) or error, UNAVAILABLE)
    return away or bool(getattr(error, "connection_invalidated", False))


def told_of(error: BaseException | None, number: int) -> ServiceError:
    if isinstance(error, ServiceError):
        return error
    if isinstance(error, Exception) and is_unavailable(error):
        return DatabaseUnavailable(explain_unavailable(driver_error(error) or error))
    log.error("unexpected error in line %d of an import", number, exc_info=error)
    return ServiceError("Something went wrong in the service; the log says what.")


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

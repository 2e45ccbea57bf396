"""What the database refuses, as the domain's errors: the one place that knows the names of its constraints.

A race is decided by a constraint, never by a question asked before: of two clients that take one slug at
once, the database tells the second. Transactions that stand in each other's way are run again; who still
finds no way through is asked to come back.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.db.writing import writing
from service.errors import Busy, Conflict, FieldError, ServiceError, Unprocessable

T = TypeVar("T")

ATTEMPTS = 3

# constraint: what stands in the way, and the member of the body it is about
TAKEN = {
    "uq_entity_slug": ("An entity with that slug exists already.", "/slug"),
    "uq_redirect_slug": ("That slug belonged to an entity that was merged; it keeps leading there.", "/slug"),
    "uq_alias_entity_id_text": ("The entity has that alias already.", "/text"),
    "uq_article_slug": ("An article with that slug exists already.", "/title"),
    "uq_article_sha256": ("An article with the same text exists already.", "/text"),
    "uq_source_slug": ("A source with that slug exists already.", "/source"),
    "uq_key_name": ("A key with that name exists already; revoked keys keep their names.", None),
    "uq_review_kind_row_id_other_id": ("The same review is there already.", None),
    "uq_claim_article_id_position": (
        "Another claim came into the article at the same moment; try again.",
        None,
    ),
    "uq_mention_article_id_start_end": ("Those words are a mention already.", None),
}
IMPOSSIBLE = {
    "ck_entity_not_part_of_itself": ("An entity cannot be part of itself.", "/part_of"),
    "ck_entity_slug_form": ("A slug is lower-case letters, digits and hyphens, at most 120.", "/slug"),
    "ck_claim_value_ordered": ("The lower bound is above the upper one.", "/value/lower"),
    "ck_claim_time_ordered": ("The time ends before it starts.", "/time/end"),
    "ck_claim_evidence_inside_text": ("The evidence does not lie in the text.", "/evidence"),
    "ck_claim_evidence_fills_span": ("The evidence is not what the offsets hold.", "/evidence"),
}
IN_EACH_OTHERS_WAY = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)


def driver_error(error: BaseException) -> asyncpg.PostgresError | None:
    """The database's own error, whether it came through SQLAlchemy or straight from the driver."""
    found: BaseException | None = error
    while found is not None and not isinstance(found, asyncpg.PostgresError):
        found = found.orig if isinstance(found, DBAPIError) else found.__cause__
    return found


def domain_error(error: BaseException) -> ServiceError | None:
    """What to tell a client, or None when the error is none of a client's business: the database is away,
    or the service has a bug."""
    if isinstance(error, PoolTimeout):
        return Busy("Too many changes wait for the database; try again in a moment.")
    found = driver_error(error)
    name = getattr(found, "constraint_name", None)
    if name in TAKEN:
        detail, pointer = TAKEN[name]
        return Conflict(detail, [FieldError(detail, pointer=pointer)] if pointer else None)
    if name in IMPOSSIBLE:
        detail, pointer = IMPOSSIBLE[name]
        return Unprocessable(detail, [FieldError(detail, pointer=pointer)])
    match found:
        case asyncpg.SerializationError() | asyncpg.DeadlockDetectedError():
            return Busy("Other changes of the same rows were made at the same moment; try again.")
        case asyncpg.LockNotAvailableError() | asyncpg.QueryCanceledError():
            return Busy("Another change takes long and holds this one up; try again in a moment.")
        case asyncpg.ForeignKeyViolationError():
            return Conflict(
                "What this refers to, or what refers to it, changed at the same moment; read it again."
            )
        case asyncpg.ProgramLimitExceededError():
            return Unprocessable("A name or text is too long to be found again by an index.")
        case asyncpg.DataError():
            return Unprocessable("A value lies outside what the store can hold.")
    return None


async def commit(engine: AsyncEngine, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    """Runs `work` in one transaction of `writing`, and again when another one stood in its way; it must do
    nothing that a rollback does not undo. ServiceError for what the database refuses."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            async with writing(engine) as connection:
                return await work(connection)
        except (asyncpg.PostgresError, DBAPIError, PoolTimeout) as error:
            if isinstance(driver_error(error), IN_EACH_OTHERS_WAY) and attempt < ATTEMPTS:
                continue
            told = domain_error(error)
            if told is None:
                raise
            raise told from error
    raise AssertionError("the last attempt returns or raises")

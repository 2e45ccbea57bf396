"""What follows from the decision of a review. Runs inside one transaction of the caller."""

import uuid
from typing import Literal

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.claims.queries import find_claim
from service.curation.changes import Change, record
from service.curation.claims import reading, remove_claim
from service.curation.entities import current
from service.curation.merging import merge
from service.curation.reviews import decide, find_review
from service.curation.schemas import Review
from service.db import models as m
from service.db.writing import changed, driver_of
from service.errors import Conflict, Gone, Merged, NotFound
from service.web.params import Key


async def decide_review(
    connection: AsyncConnection,
    key: Key,
    status: Literal["accepted", "rejected"],
    actor: str,
    reason: str | None,
) -> Review:
    """Decides an open review and does what the decision means. Conflict when somebody decided it before, or
    when what it is about is gone."""
    driver = await driver_of(connection)
    review = await find_review(driver, key)
    if review.status != "open":
        raise Conflict(f"This review was {review.status} before, by {review.decided_by}.")
    try:
        if review.kind == "similar_entity":
            await decide_similar(connection, review, status, actor, reason)
        elif review.kind == "low_confidence":
            await decide_unsure(connection, review.about.id, status, actor, reason)
    except (NotFound, Gone, Merged):
        raise Conflict("What this review is about is gone; nothing is left to decide.") from None
    # merging, or taking the claim back, answers the question by itself
    if (await find_review(driver, review.id)).status == "open":
        await decide(connection, [review.id], status, actor, reason)
    await changed(connection, names=review.kind == "similar_entity")
    return await find_review(driver, review.id)


async def decide_similar(
    connection: AsyncConnection, review: Review, status: str, actor: str, reason: str | None
) -> None:
    gone = await current(connection, review.about.id, None)
    if status == "rejected":
        # a person has looked at it, and it is an entity of its own
        await connection.execute(update(m.Entity).where(m.Entity.id == gone.id).values(inferred=False))
        return
    if review.other is None:
        raise NotFound("It resembles nothing.")
    await merge(connection, gone, await current(connection, review.other.id, None), actor, reason)


async def decide_unsure(
    connection: AsyncConnection, claim: uuid.UUID, status: str, actor: str, reason: str | None
) -> None:
    """A confirmed claim stays extracted, as it was; that it is right is now known, so its confidence is 1."""
    driver = await driver_of(connection)
    before = await find_claim(reading(driver), claim)
    if status == "rejected":
        await remove_claim(connection, before, actor, reason)
        return
    await connection.execute(update(m.Claim).where(m.Claim.id == claim).values(confidence=1.0))
    after = await find_claim(reading(driver), claim)
    change = Change(type="claim", row_id=claim, slug=None, action="accepted", before=before, after=after)
    await record(connection, actor, [change], reason)

"""The review queue: what code decided and a person should look at, and what a decision does."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any, Literal

import asyncpg
from sqlalchemy import ARRAY, ColumnElement, Uuid, and_, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from service.curation.changes import Change, record
from service.curation.schemas import Review, Subject
from service.db import models as m
from service.db.statements import Connection, Row, compiled, fetch, fetch_one
from service.db.writing import driver_of, insert_missing
from service.errors import NotFound
from service.ids import stable_id
from service.web.listing import Listing, Order
from service.web.params import Key

_entity, _other_entity = aliased(m.Entity, name="entity_row"), aliased(m.Entity, name="entity_other")
_claim, _other_claim = aliased(m.Claim, name="claim_row"), aliased(m.Claim, name="claim_other")
_of_entities = m.Review.kind == "similar_entity"

REVIEWS = Listing(
    name="reviews",
    select=select(
        m.Review.id,
        m.Review.kind,
        m.Review.status,
        m.Review.row_id,
        m.Review.other_id,
        m.Review.detail,
        m.Review.score,
        m.Review.decided_by,
        m.Review.decided_at,
        m.Review.reason,
        m.Review.recorded_at,
        _entity.slug.label("row_slug"),
        func.coalesce(_entity.name, _claim.statement).label("row_label"),
        _other_entity.slug.label("other_slug"),
        func.coalesce(_other_entity.name, _other_claim.statement).label("other_label"),
    )
    .outerjoin(_entity, and_(_of_entities, _entity.id == m.Review.row_id))
    .outerjoin(_other_entity, and_(_of_entities, _other_entity.id == m.Review.other_id))
    .outerjoin(_claim, and_(~_of_entities, _claim.id == m.Review.row_id))
    .outerjoin(_other_claim, and_(~_of_entities, _other_claim.id == m.Review.other_id)),
    id=m.Review.id,
    filters={
        "kind": m.Review.kind == bindparam("kind"),
        "status": m.Review.status == bindparam("status"),
    },
    orders={"recorded_at": Order(m.Review.recorded_at, dt.datetime)},
)
_by_id = compiled(REVIEWS.select.where(m.Review.id == bindparam("id")))
_ids = bindparam("ids", type_=ARRAY(Uuid()))
_slips = compiled(
    select(m.Relation.from_id, m.Relation.to_id, m.Relation.because).where(
        m.Relation.type == "possible_transcription",
        or_(m.Relation.from_id == func.any(_ids), m.Relation.to_id == func.any(_ids)),
    )
)
_known_slips = compiled(
    select(m.Review.row_id, m.Review.other_id).where(
        m.Review.kind == "possible_transcription",
        or_(m.Review.row_id == func.any(_ids), m.Review.other_id == func.any(_ids)),
    )
)
_open = select(m.Review.id).where(m.Review.status == "open")
_open_of = compiled(_open.where(or_(m.Review.row_id == func.any(_ids), m.Review.other_id == func.any(_ids))))


async def load_reviews(pool: asyncpg.Pool, rows: list[Row]) -> list[Review]:
    return [review(row) for row in rows]


def review(row: Row) -> Review:
    kind: Literal["entity", "claim"] = "entity" if row["kind"] == "similar_entity" else "claim"
    return Review(
        row["id"],
        row["kind"],
        row["status"],
        Subject(kind, row["row_id"], row["row_slug"], row["row_label"]),
        row["other_id"] and Subject(kind, row["other_id"], row["other_slug"], row["other_label"]),
        row["detail"],
        row["score"],
        row["decided_by"],
        row["decided_at"],
        row["reason"],
        row["recorded_at"],
    )


async def find_review(connection: Connection, key: Key) -> Review:
    """Reviews have no slug, so a slug names none."""
    row = None if isinstance(key, str) else await fetch_one(connection, _by_id, {"id": key})
    if row is None:
        raise NotFound(f"No review has the id {key}; /v1/reviews lists them all.")
    return review(row)


def review_row(
    kind: str, row_id: uuid.UUID, other: uuid.UUID | None, detail: str, score: float | None
) -> dict[str, Any]:
    return {
        # one question has one id, also on another machine with the same seeds
        "id": stable_id("review", f"{kind}:{row_id}:{other}"),
        "kind": kind,
        "row_id": row_id,
        "other_id": other,
        "detail": detail,
        "score": score,
        "status": "open",
    }


async def queue_slips(connection: AsyncConnection, claims: Sequence[uuid.UUID]) -> int:
    """Puts figures before a person that differ from another claim's in one digit; each pair once. Returns how
    many pairs are new."""
    driver = await driver_of(connection)
    values = {"ids": list(claims)}
    slips = await fetch(driver, _slips, values)
    known = {frozenset(row) for row in await fetch(driver, _known_slips, values)} if slips else set()
    rows = [
        review_row("possible_transcription", row["from_id"], row["to_id"], row["because"], None)
        for row in slips
        if frozenset((row["from_id"], row["to_id"])) not in known
    ]
    return await insert_missing(connection, m.Review, rows)


async def decide(
    connection: AsyncConnection,
    ids: Sequence[uuid.UUID],
    status: Literal["accepted", "rejected"],
    actor: str,
    reason: str | None,
) -> None:
    """Closes open reviews, with their history."""
    driver = await driver_of(connection)
    before = {one: await find_review(driver, one) for one in ids}
    closed: ColumnElement[bool] = and_(m.Review.id.in_(ids), m.Review.status == "open")
    await connection.execute(
        update(m.Review)
        .where(closed)
        .values(status=status, decided_by=actor, decided_at=func.now(), reason=reason)
    )
    changes = [
        Change(
            type="review",
            row_id=one,
            slug=None,
            action=status,
            before=before[one],
            after=await find_review(driver, one),
        )
        for one in ids
    ]
    await record(connection, actor, changes, reason)


async def close_reviews(
    connection: AsyncConnection, rows: Sequence[uuid.UUID], actor: str, reason: str
) -> None:
    """Closes the open reviews of entities or claims that are gone: there is nothing left to decide."""
    driver = await driver_of(connection)
    found = [row["id"] for row in await fetch(driver, _open_of, {"ids": list(rows)})]
    if found:
        await decide(connection, found, "rejected", actor, reason)

"""Who changed what, when and why: the history of one row, and the feed of all changes.

The feed is read in the order of (transaction, number), and only up to the oldest transaction that still
runs. Numbers come from a sequence and become visible when their transaction commits, so a reader that went
by number alone would pass a slow transaction's rows and never see them. Everything below `pg_snapshot_xmin`
has committed or rolled back: nothing can appear there any more, so a place in that order is a place a
client can go on from.
"""

import binascii
import uuid
from decimal import Decimal
from typing import Any

import asyncpg
import msgspec
from sqlalchemy import BigInteger, Numeric, bindparam, cast, select

from service.curation.schemas import ChangeOut
from service.db import models as m
from service.db.keys import TABLES
from service.db.statements import Row, compiled, fetch
from service.errors import FieldError, Gone, InvalidRequest, NotFound
from service.web.cursors import encode_cursor
from service.web.listing import Listing, Order, read_page
from service.web.params import Key

MARK = "feed"  # first part of every token, so that a list's cursor is none
LARGEST = 2**63

_changes = select(
    m.Change.id,
    m.Change.at,
    m.Change.actor,
    m.Change.type,
    m.Change.row_id,
    m.Change.slug,
    m.Change.action,
    m.Change.reason,
    m.Change.before,
    m.Change.after,
)

HISTORY = Listing(
    name="history",
    select=_changes,
    # cursors end with a UUID; within the history of one row the number alone is an order
    id=m.Change.row_id,
    filters={
        "type": m.Change.type == bindparam("type"),
        "row": m.Change.row_id == bindparam("row"),
    },
    # as numeric, since a cursor holds integers up to 2**31 only
    orders={"at": Order(cast(m.Change.id, Numeric), Decimal)},
)
FEED = Listing(
    name="changes",
    select=_changes,
    id=m.Change.id,
    filters={
        "type": m.Change.type == bindparam("type"),
        "below": m.Change.transaction < bindparam("below", type_=BigInteger()),
    },
    orders={"transaction": Order(m.Change.transaction, int)},
)
_of_row = select(m.Change.row_id).where(m.Change.type == bindparam("type")).limit(1)
_known = {
    "id": compiled(_of_row.where(m.Change.row_id == bindparam("key"))),
    "slug": compiled(_of_row.where(m.Change.slug == bindparam("key")).order_by(m.Change.id.desc())),
}
_rows = {
    (kind, by): compiled(select(table.id).where(getattr(table, by) == bindparam("key")))
    for kind, table in {**TABLES, "claim": m.Claim}.items()
    for by in ("id", "slug")
    if hasattr(table, by)
}
_redirected = compiled(select(m.Redirect.id).where(m.Redirect.slug == bindparam("key")))
HORIZON = """
SELECT pg_snapshot_xmin(snapshot)::text::bigint, pg_snapshot_xmax(snapshot)::text::bigint
FROM pg_current_snapshot() AS snapshot
"""


async def load_changes(pool: asyncpg.Pool, rows: list[Row]) -> list[ChangeOut]:
    return [
        ChangeOut(
            row["id"],
            row["at"],
            row["actor"],
            row["type"],
            row["row_id"],
            row["slug"],
            row["action"],
            row["reason"],
            state(row["before"]),
            state(row["after"]),
        )
        for row in rows
    ]


def state(stored: str | None) -> dict[str, Any] | None:
    return None if stored is None else msgspec.json.decode(stored, type=dict[str, Any] | None)


async def row_of(pool: asyncpg.Pool, kind: str, key: Key) -> uuid.UUID:
    """The id of a row that is there, or was; NotFound when there never was one.

    A merged entity has a history of its own, so this does not lead to the one that stays.
    """
    by = "slug" if isinstance(key, str) else "id"
    tries = [(kind, by)] if (kind, by) in _rows else []
    for one in tries:
        if rows := await fetch(pool, _rows[one], {"key": key}):
            return uuid.UUID(str(rows[0]["id"]))
    if by == "slug" and kind == "entity" and (rows := await fetch(pool, _redirected, {"key": key})):
        return uuid.UUID(str(rows[0]["id"]))
    if rows := await fetch(pool, _known[by], {"type": kind, "key": key}):
        return uuid.UUID(str(rows[0]["row_id"]))
    raise NotFound(f"No {kind} has or had the id{'' if kind == 'claim' else ' or slug'} {key}.")


# --- the feed -----------------------------------------------------------------------------------------------

Place = tuple[int, int]  # transaction and number of the last change that was read


def token_of(place: Place) -> str:
    return encode_cursor([MARK, *map(str, place)])


def place_of(token: str) -> Place:
    """The place in a token; InvalidRequest when it is none that the service gave out."""
    try:
        padded = token.encode("ascii") + b"=" * (-len(token) % 4)
        parts = msgspec.json.decode(
            binascii.a2b_base64(padded.translate(bytes.maketrans(b"-_", b"+/"))), type=list[str]
        )
        mark, transaction, number = parts
        if mark != MARK or not (transaction.isdecimal() and number.isdecimal()):
            raise ValueError
        place = int(transaction), int(number)
        if max(place) >= LARGEST:
            raise ValueError
    except (ValueError, msgspec.MsgspecError):
        detail = "since: this is none that the service gave out; send `since` of an answer as it is"
        raise InvalidRequest([FieldError(detail, parameter="since")]) from None
    return place


async def read_feed(
    pool: asyncpg.Pool, place: Place, kind: str | None, limit: int
) -> tuple[list[ChangeOut], Place, bool]:
    """The changes after a place, the place to go on from, and whether more is there already.

    Gone when the place lies ahead of the database, which then is not the one that gave it out: it was
    restored.
    """
    ((below, ahead),) = await pool.fetch(HORIZON)
    if place[0] > ahead:
        raise Gone("The store was restored from an older state since; start again without `since`.")
    values: dict[str, Any] = {"below": below} | ({} if kind is None else {"type": kind})
    # a place is a transaction and a number here, where a list has a value and an id
    rows, last = await read_page(pool, FEED, values, "transaction", limit, place)  # type: ignore[arg-type]
    items = await load_changes(pool, rows)
    if last is not None:
        return items, (int(last[0]), int(str(last[1]))), True
    # Nothing more below the horizon, and nothing new can come there.
    return items, max(place, (below, 0)), False

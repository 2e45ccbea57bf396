"""The history: every change of a row, written in the transaction that makes it."""

import uuid
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from service.db import models as m
from service.db.writing import insert_rows


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change. `before` and `after` are the row as the API shows it; null where it did not exist, and
    for rows that were created, whose first state is what the first later change has as `before`."""

    type: str
    row_id: uuid.UUID
    slug: str | None
    action: str
    before: Any = None
    after: Any = None


async def record(
    connection: AsyncConnection, actor: str, changes: Sequence[Change], reason: str | None = None
) -> None:
    rows = [
        {
            "actor": actor,
            "type": change.type,
            "row_id": change.row_id,
            "slug": change.slug,
            "action": change.action,
            "reason": reason,
            "before": change.before,
            "after": change.after,
        }
        for change in changes
    ]
    await insert_rows(connection, m.Change, rows)

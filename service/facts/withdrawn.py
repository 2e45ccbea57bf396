"""Claims whose article was taken back: kept for questions as of a time before, and for the timeline.

They are in no list and no verdict of today. What is kept is what the rule read and what a timeline shows, as
it was on the day, since the rows themselves are gone.
"""

import datetime as dt
import uuid
from collections.abc import Sequence

import asyncpg
import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.claims.schemas import Claim
from service.db import models as m
from service.db.statements import compiled, fetch
from service.db.writing import insert_rows
from service.facts.schemas import FactSummary
from service.facts.values import ClaimView
from service.schemas import ArticleRef
from service.web.params import Key

_columns = select(
    m.WithdrawnClaim.fact,
    m.WithdrawnClaim.view,
    m.WithdrawnClaim.article,
    m.WithdrawnClaim.statement,
    m.WithdrawnClaim.value_text,
    m.WithdrawnClaim.withdrawn_at,
).order_by(m.WithdrawnClaim.withdrawn_at, m.WithdrawnClaim.id)
_of_fact = {
    "id": compiled(_columns.where(m.WithdrawnClaim.fact_id == bindparam("key"))),
    "slug": compiled(_columns.where(m.WithdrawnClaim.fact_slug == bindparam("key"))),
}


class Withdrawn(msgspec.Struct, frozen=True):
    """`view` knows when it was withdrawn; `fact` is as it was before."""

    fact: FactSummary
    view: ClaimView
    article: ArticleRef
    statement: str
    value_text: str | None
    withdrawn_at: dt.datetime


async def find_withdrawn(pool: asyncpg.Pool, key: Key) -> list[Withdrawn]:
    """By the fact's id or slug, the last withdrawn last."""
    found = []
    for row in await fetch(pool, _of_fact["slug" if isinstance(key, str) else "id"], {"key": key}):
        view = msgspec.json.decode(row["view"], type=ClaimView)
        found.append(
            Withdrawn(
                msgspec.json.decode(row["fact"], type=FactSummary),
                msgspec.structs.replace(view, withdrawn_at=row["withdrawn_at"]),
                msgspec.json.decode(row["article"], type=ArticleRef),
                row["statement"],
                row["value_text"],
                row["withdrawn_at"],
            )
        )
    return found


async def keep_withdrawn(
    connection: AsyncConnection,
    claims: Sequence[Claim],
    views: Sequence[ClaimView],
    facts: dict[uuid.UUID, FactSummary],
) -> None:
    """Of one article, before its rows go; `withdrawn_at` is the time of the transaction."""
    by_id = {view.id: view for view in views}
    rows = [
        {
            "id": claim.id,
            "fact_id": claim.fact.id,
            "fact_slug": claim.fact.slug,
            "fact": msgspec.to_builtins(facts[claim.fact.id]),
            "view": msgspec.to_builtins(by_id[str(claim.id)]),
            "article": msgspec.to_builtins(claim.article),
            "statement": claim.statement,
            "value_text": None if claim.value is None else claim.value.text,
        }
        for claim in claims
        if claim.fact is not None
    ]
    await insert_rows(connection, m.WithdrawnClaim, rows)

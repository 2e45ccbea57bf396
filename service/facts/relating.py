"""How the claims of facts stand to each other, as it is stored."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

import asyncpg
from sqlalchemy import ARRAY, Text, Uuid, bindparam, cast, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.db import models as m
from service.db.statements import compiled, fetch
from service.facts.agreement import RULE, Memo
from service.facts.claims import views_of_claims
from service.facts.relations import Relation, relate
from service.facts.values import ClaimView

_ids = bindparam("ids", type_=ARRAY(Uuid()))
_related = compiled(
    select(
        cast(m.Relation.from_id, Text).label("one"),
        cast(m.Relation.to_id, Text).label("other"),
        m.Relation.fact_id,
        m.Relation.type,
        m.Relation.clause,
        m.Relation.because,
    ).where(m.Relation.fact_id == func.any(_ids))
)
_drop = (
    "DELETE FROM relation USING unnest($1::uuid[], $2::uuid[]) AS gone (one, other)"
    " WHERE from_id = one AND to_id = other"
)
_parts = compiled(select(m.Claim.id, m.Claim.fact_id).where(m.Claim.of_id == func.any(_ids)))


async def read_relations(driver: asyncpg.Connection, facts: Sequence[uuid.UUID]) -> dict[uuid.UUID, Memo]:
    """What is stored of how the claims of each fact stand to each other."""
    found: dict[uuid.UUID, Memo] = {}
    for row in await fetch(driver, _related, {"ids": facts}) if facts else []:
        ends = row["one"], row["other"]
        relation = Relation(*ends, row["type"], row["clause"], row["because"])
        found.setdefault(row["fact_id"], {})[min(ends), max(ends)] = relation
    return found


async def drop_relations(driver: asyncpg.Connection, pairs: Sequence[tuple[str, str]]) -> None:
    if pairs:
        await driver.execute(_drop, *zip(*pairs, strict=True))


async def drop_computed(connection: AsyncConnection, claims: Collection[uuid.UUID]) -> None:
    """Removes what is computed from claims that are about to be deleted: who takes part in them, and how they
    stand to others."""
    ids = list(claims)
    await connection.execute(delete(m.Participant).where(m.Participant.claim_id.in_(ids)))
    await connection.execute(
        delete(m.Relation).where(m.Relation.from_id.in_(ids) | m.Relation.to_id.in_(ids))
    )


def relation_row(fact_id: uuid.UUID, one: Relation) -> dict[str, Any]:
    return {
        "from_id": one.from_,
        "to_id": one.to,
        "fact_id": fact_id,
        "type": one.type,
        "clause": one.clause,
        "because": one.because,
        "rule": RULE,
    }


async def relations_across(
    driver: asyncpg.Connection,
    views: dict[str, ClaimView],
    home: dict[str, uuid.UUID],
    unstored: Collection[str],
) -> list[dict[str, Any]]:
    """A part and the larger figure it belongs to are different facts; their relation is kept with the
    part's. Nothing that is stored is a part of what is not."""
    stored = [uuid.UUID(one) for one in views if one not in unstored]
    parts = await fetch(driver, _parts, {"ids": stored}) if stored else []
    wholes = [uuid.UUID(view.of) for view in views.values() if view.of is not None]
    missing = [one for one in {*(row["id"] for row in parts), *wholes} if str(one) not in views]
    around = views | {view.id: view for view in (await views_of_claims(driver, missing) if missing else [])}
    homes = {str(row["id"]): row["fact_id"] for row in parts if row["fact_id"] is not None} | home
    return [
        relation_row(homes[view.id], relate(view, around[view.of]))
        for view in around.values()
        if view.id in homes and view.of in around and homes[view.id] != homes.get(view.of)
    ]

"""What linked data needs besides the answer itself."""

import uuid

import asyncpg
from sqlalchemy import ARRAY, Uuid, bindparam, func, select

from service.claims.queries import find_claims
from service.claims.schemas import Claim
from service.db import models as m
from service.db.statements import compiled, fetch
from service.facts.schemas import Fact
from service.linked_data.schema_org import (
    Node,
    claim_document,
    entities_of_claim,
    entities_of_fact,
    fact_document,
)

_kinds = compiled(
    select(m.Entity.id, m.Entity.kind).where(m.Entity.id == func.any(bindparam("ids", type_=ARRAY(Uuid()))))
)


async def kinds_of(pool: asyncpg.Pool, ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {row["id"]: row["kind"] for row in await fetch(pool, _kinds, {"ids": ids})}


async def linked_claim(pool: asyncpg.Pool, base: str, claim: Claim) -> Node:
    return claim_document(base, claim, await kinds_of(pool, entities_of_claim(claim)))


async def linked_fact(pool: asyncpg.Pool, base: str, fact: Fact) -> Node:
    claims = await find_claims(pool, fact.claims)
    return fact_document(base, fact, claims, await kinds_of(pool, entities_of_fact(fact)))

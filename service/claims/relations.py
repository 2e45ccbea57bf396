"""How one claim stands to others, in both directions."""

import datetime as dt
from typing import Annotated, Any

import asyncpg
import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import Uuid, bindparam, select, union_all
from sqlalchemy.orm import aliased

from service.articles.queries import article_ref
from service.claims.queries import value
from service.claims.schemas import Value
from service.db import models as m
from service.db.statements import Row
from service.facts.schemas import RelationType
from service.schemas import ArticleRef, Id, Instant, instant
from service.web.listing import Listing, Order


class OtherClaim(msgspec.Struct, frozen=True):
    """The claim at the other end."""

    id: Id
    statement: str
    value: Value | None
    reported_at: Instant
    article: ArticleRef


class ClaimRelation(msgspec.Struct, frozen=True):
    """How one claim stands to another. A relation reads from `from` to `to`; the claim asked for is one of
    the two."""

    from_: Annotated[Id, Meta(description="The claim that stands in the relation.")] = msgspec.field(
        name="from"
    )
    to: Annotated[Id, Meta(description="The claim it stands in the relation to.")]
    type: RelationType
    clause: Annotated[str, Meta(description="The clause of the rule that decided.")]
    because: str
    rule: str
    claim: Annotated[OtherClaim, Meta(description="The one of the two that was not asked for.")]


class RelationPage(msgspec.Struct, frozen=True):
    items: list[ClaimRelation]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    total: int | UnsetType = UNSET


Other = aliased(m.Claim, name="other")
_ends = (m.Relation.from_id, m.Relation.to_id)
_told = (m.Relation.type, m.Relation.clause, m.Relation.because, m.Relation.rule)
_both_ways = union_all(
    select(m.Relation.from_id.label("this_id"), m.Relation.to_id.label("other_id"), *_ends, *_told),
    select(m.Relation.to_id.label("this_id"), m.Relation.from_id.label("other_id"), *_ends, *_told),
).subquery("both_ways")

RELATIONS = Listing(
    name="relations",
    select=select(
        *(_both_ways.c[column.key] for column in (*_ends, *_told)),
        Other.id,
        Other.statement,
        Other.amount,
        Other.lower,
        Other.upper,
        Other.unit,
        Other.qualifier,
        Other.value_text,
        m.Article.id.label("article_id"),
        m.Article.slug.label("article_slug"),
        m.Article.title.label("article_title"),
        m.Article.published_at,
        m.Article.published_precision,
        m.Source.id.label("source_id"),
        m.Source.slug.label("source_slug"),
        m.Source.name.label("source_name"),
    )
    .join_from(_both_ways, Other, Other.id == _both_ways.c.other_id)
    .join(m.Article, m.Article.id == Other.article_id)
    .join(m.Source, m.Source.id == m.Article.source_id),
    id=Other.id,
    filters={
        "claim": _both_ways.c.this_id == bindparam("claim", type_=Uuid()),
        "type": _both_ways.c.type == bindparam("type"),
    },
    orders={"reported_at": Order(Other.reported_at, dt.datetime)},
)


async def load_relations(pool: asyncpg.Pool, rows: list[Row]) -> list[ClaimRelation]:
    return [relation(row) for row in rows]


def relation(row: Row) -> ClaimRelation:
    other = OtherClaim(
        row["id"],
        row["statement"],
        None if row["qualifier"] is None else value(row),
        instant(row["published_at"], row["published_precision"]),
        article_ref(row),
    )
    ends: dict[str, Any] = {"from_": row["from_id"], "to": row["to_id"]}
    return ClaimRelation(
        **ends,
        type=row["type"],
        clause=row["clause"],
        because=row["because"],
        rule=row["rule"],
        claim=other,
    )

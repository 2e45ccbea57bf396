"""SQL behind the entity endpoints. Names are found in two steps: indexes propose, `names.query_score`
decides."""

import datetime as dt
import uuid
from typing import Any

import asyncpg
import msgspec
from sqlalchemy import ARRAY, Text, Uuid, bindparam, func, literal_column, or_, select, true
from sqlalchemy.orm import aliased

from service.db import models as m
from service.db.absent import absent
from service.db.statements import Row, Statement, compiled, fetch, fetch_one
from service.entities.names import QUERY_THRESHOLD, fold, query_score, search_keys
from service.entities.schemas import Alias, Entity, EntityCounts, EntitySummary, RelatedEntity
from service.schemas import Ref, ref
from service.web.listing import Listing, Order
from service.web.params import Key

CANDIDATES = 400  # aliases that are scored for one query
NEWEST = 2000  # claims, and articles, by which it is counted who appears with an entity

Whole = aliased(m.Entity, name="whole")

_columns = (
    m.Entity.id,
    m.Entity.slug,
    m.Entity.name,
    m.Entity.kind,
    m.Entity.description,
    m.Entity.inferred,
    m.Entity.recorded_at,
    Whole.id.label("whole_id"),
    Whole.slug.label("whole_slug"),
    Whole.name.label("whole_name"),
)
_entities = select(*_columns).outerjoin(Whole, Whole.id == m.Entity.part_of_id)

ENTITIES = Listing(
    name="entities",
    select=_entities,
    id=m.Entity.id,
    filters={"kind": m.Entity.kind == bindparam("kind")},
    orders={"name": Order(m.Entity.name, str), "recorded_at": Order(m.Entity.recorded_at, dt.datetime)},
)

# Told apart in the order of an index, so that nothing has to be sorted.
_its_claims = (
    select(m.Participant.reported_at, m.Participant.claim_id)
    .where(m.Participant.entity_id == m.Entity.id)
    .distinct()
    .correlate(m.Entity)
    .subquery()
)
_its_articles = (
    select(m.Mention.article_id)
    .where(m.Mention.entity_id == m.Entity.id)
    .distinct()
    .correlate(m.Entity)
    .subquery()
)
_aliases = (
    select(func.row(m.Alias.text, m.Alias.kind, m.Alias.language))
    .where(m.Alias.entity_id == m.Entity.id)
    .order_by(m.Alias.kind != "name", m.Alias.kind, m.Alias.text)
    .correlate(m.Entity)
    .scalar_subquery()
)
_one = select(
    *_columns,
    select(func.count()).select_from(_its_claims).scalar_subquery().label("claims"),
    select(func.count()).where(m.Mention.entity_id == m.Entity.id).scalar_subquery().label("mentions"),
    select(func.count()).select_from(_its_articles).scalar_subquery().label("articles"),
    func.array(_aliases).label("aliases"),
).outerjoin(Whole, Whole.id == m.Entity.part_of_id)
_by_id = compiled(_one.where(m.Entity.id == bindparam("key")))
_by_slug = compiled(_one.where(m.Entity.slug == bindparam("key")))

_closeness = func.similarity(m.Alias.folded, bindparam("folded"))
_alike = (
    select(m.Alias.entity_id, m.Alias.text, m.Alias.kind.label("alias_kind"))
    .where(
        or_(
            m.Alias.keys.bool_op("&&")(bindparam("keys", type_=ARRAY(Text()))),
            m.Alias.folded.bool_op("%")(bindparam("folded")),
            m.Alias.folded.like(bindparam("prefix")),
        )
    )
    .order_by(_closeness.desc(), m.Alias.id)
    .limit(literal_column(str(CANDIDATES)))
)


def _candidates(aliases: Any) -> Statement:
    """With the kinds of their entities, each looked up: of a short name there are thousands of aliases, and
    a few hundred are left once they are in order."""
    named = aliases.subquery("named")
    whose = select(m.Entity.kind).where(m.Entity.id == named.c.entity_id).scalar_subquery()
    return compiled(select(named, whose.label("kind")))


_candidates_of_any_kind = _candidates(_alike)
_candidates_of_kind = _candidates(
    _alike.join(m.Entity, m.Entity.id == m.Alias.entity_id).where(m.Entity.kind == bindparam("kind"))
)
_by_ids = compiled(_entities.where(m.Entity.id == func.any(bindparam("ids", type_=ARRAY(Uuid())))))

_others = aliased(m.Participant, name="others")
_other_mention = aliased(m.Mention, name="other_mention")
_mine = (
    select(m.Participant.reported_at, m.Participant.claim_id)
    .where(m.Participant.entity_id == bindparam("of", type_=Uuid()))
    .distinct()
    .order_by(m.Participant.reported_at.desc(), m.Participant.claim_id.desc())
    .limit(literal_column(str(NEWEST)))
    .subquery("mine")
)
_naming_me = (
    select(m.Article.id)
    .where(
        m.Article.id.in_(
            select(m.Mention.article_id).where(m.Mention.entity_id == bindparam("of", type_=Uuid()))
        )
    )
    .order_by(m.Article.published_at.desc(), m.Article.id.desc())
    .limit(literal_column(str(NEWEST)))
    .subquery("naming_me")
)
_shared_claims = (
    select(_others.entity_id, func.count(_others.claim_id.distinct()).label("claims"))
    .join_from(_mine, _others, _others.claim_id == _mine.c.claim_id)
    .group_by(_others.entity_id)
    .subquery()
)
_shared_articles = (
    select(_other_mention.entity_id, func.count(_other_mention.article_id.distinct()).label("articles"))
    .join_from(_naming_me, _other_mention, _other_mention.article_id == _naming_me.c.id)
    .group_by(_other_mention.entity_id)
    .subquery()
)
_shared = (
    select(
        func.coalesce(_shared_claims.c.entity_id, _shared_articles.c.entity_id).label("entity_id"),
        func.coalesce(_shared_claims.c.claims, 0).label("claims"),
        func.coalesce(_shared_articles.c.articles, 0).label("articles"),
    )
    .join_from(
        _shared_claims,
        _shared_articles,
        _shared_claims.c.entity_id == _shared_articles.c.entity_id,
        full=True,
    )
    .subquery()
)
RELATED = Listing(
    name="related",
    select=select(
        m.Entity.id, m.Entity.slug, m.Entity.name, m.Entity.kind, _shared.c.claims, _shared.c.articles
    )
    .join(_shared, _shared.c.entity_id == m.Entity.id)
    .where(m.Entity.id != bindparam("of", type_=Uuid())),
    id=m.Entity.id,
    filters={"of": true(), "kind": m.Entity.kind == bindparam("kind")},  # `of` is in the selection already
    orders={"claims": Order(_shared.c.claims, int), "articles": Order(_shared.c.articles, int)},
)
_id_of_slug = compiled(select(m.Entity.id).where(m.Entity.slug == bindparam("key")))
_id_of_id = compiled(select(m.Entity.id).where(m.Entity.id == bindparam("key")))


class Match(msgspec.Struct, frozen=True):
    """An entity that a name found, by which alias, and how well (0 to 1)."""

    entity: uuid.UUID
    score: float
    alias: str


async def find_names(pool: asyncpg.Pool, q: str, kind: str | None = None) -> list[Match]:
    """The entities whose names match, best first; ties go to the preferred name, then to the id."""
    folded = fold(q)
    if not folded:
        return []
    values = {"keys": search_keys(q), "folded": folded, "prefix": folded.replace("%", "") + "%", "kind": kind}
    rows = await fetch(pool, _candidates_of_kind if kind else _candidates_of_any_kind, values)
    best: dict[uuid.UUID, tuple[float, bool, Match]] = {}
    for row in rows:
        score = query_score(q, row["text"], row["kind"])
        found = (score, row["alias_kind"] == "name", Match(row["entity_id"], score, row["text"]))
        if score >= QUERY_THRESHOLD and (
            row["entity_id"] not in best or found[:2] > best[row["entity_id"]][:2]
        ):
            best[row["entity_id"]] = found
    ranked = sorted(best.values(), key=lambda one: (-one[0], not one[1], one[2].entity))
    return [match for _, _, match in ranked]


def summary(row: Row, match: Match | None = None) -> EntitySummary:
    return EntitySummary(
        row["id"],
        row["slug"],
        row["name"],
        row["kind"],
        row["description"],
        ref(row["whole_id"], row["whole_slug"], row["whole_name"]),
        row["inferred"],
        None if match is None else match.score,
        None if match is None else match.alias,
        row["recorded_at"],
    )


async def load_entities(pool: asyncpg.Pool, rows: list[Row]) -> list[EntitySummary]:
    return [summary(row) for row in rows]


async def load_matches(pool: asyncpg.Pool, matches: list[Match]) -> list[EntitySummary]:
    rows = {
        row["id"]: row for row in await fetch(pool, _by_ids, {"ids": [match.entity for match in matches]})
    }
    return [summary(rows[match.entity], match) for match in matches if match.entity in rows]


async def load_related(pool: asyncpg.Pool, rows: list[Row]) -> list[RelatedEntity]:
    return [
        RelatedEntity(Ref(row["id"], row["slug"], row["name"]), row["kind"], row["claims"], row["articles"])
        for row in rows
    ]


async def find_entity(pool: asyncpg.Pool, key: Key) -> Entity:
    row = await fetch_one(pool, _by_slug if isinstance(key, str) else _by_id, {"key": key})
    if row is None:
        raise await absent(pool, "entity", key)
    return Entity(
        row["id"],
        row["slug"],
        row["name"],
        row["kind"],
        row["description"],
        ref(row["whole_id"], row["whole_slug"], row["whole_name"]),
        row["inferred"],
        [Alias(*alias) for alias in row["aliases"]],
        EntityCounts(row["claims"], row["mentions"], row["articles"]),
        row["recorded_at"],
    )


async def find_entity_id(pool: asyncpg.Pool, key: Key) -> uuid.UUID:
    row = await fetch_one(pool, _id_of_slug if isinstance(key, str) else _id_of_id, {"key": key})
    if row is None:
        raise await absent(pool, "entity", key)
    found: uuid.UUID = row["id"]
    return found

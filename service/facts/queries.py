"""SQL behind the fact endpoints. Single facts are assessed when they are asked for; lists read the stored
verdicts."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import asyncpg
from sqlalchemy import ARRAY, Uuid, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from service.db import models as m
from service.db.statements import Row, compiled, fetch
from service.facts.schemas import (
    Agreement,
    FactSummary,
    Period,
    Preferred,
    PreferredValue,
    Range,
)
from service.schemas import Ref, instant, number, ref
from service.web.facets import Facet
from service.web.listing import Listing, Order, key_filter

Subject = aliased(m.Entity, name="subject")
Object = aliased(m.Entity, name="object")
Complement = aliased(m.Entity, name="complement")
Place = aliased(m.Entity, name="place")
Best = aliased(m.Claim, name="best")

_as_of: Any = bindparam("as_of")


def _fact_columns(verdict: Any) -> tuple[Any, ...]:
    """The columns of a summary; `verdict` holds the agreement, now (`Fact`) or at some time
    (`FactVersion`)."""
    entities = (Subject, Object, Complement, Place)
    names = ("subject", "object", "complement", "place")
    return (
        m.Fact.id,
        m.Fact.slug,
        m.Predicate.slug.label("predicate"),
        m.Fact.title,
        *(
            column
            for entity, name in zip(entities, names, strict=True)
            for column in (
                entity.id.label(f"{name}_id"),
                entity.slug.label(f"{name}_slug"),
                entity.name.label(f"{name}_name"),
            )
        ),
        m.Fact.extent,
        m.Fact.group,
        m.Fact.period_start,
        m.Fact.period_end,
        verdict.status,
        verdict.status_because,
        verdict.claims,
        verdict.articles,
        verdict.independent_attributions,
        verdict.lower.label("range_lower"),
        verdict.upper.label("range_upper"),
        verdict.preferred_claim_id,
        verdict.preferred_because,
        verdict.rule,
        m.Fact.first_reported,
        (m.Fact.last_reported if verdict is m.Fact else verdict.reported_at).label("last_reported"),
        Best.amount,
        Best.lower,
        Best.upper,
        Best.unit,
        Best.qualifier,
    )


def _joined(statement: Any, verdict: Any) -> Any:
    return (
        statement.join(m.Predicate, m.Predicate.id == m.Fact.predicate_id)
        .outerjoin(Subject, Subject.id == m.Fact.subject_id)
        .outerjoin(Object, Object.id == m.Fact.object_id)
        .outerjoin(Complement, Complement.id == m.Fact.complement_id)
        .outerjoin(Place, Place.id == m.Fact.place_id)
        .outerjoin(Best, Best.id == verdict.preferred_claim_id)
    )


_facts = _joined(select(*_fact_columns(m.Fact)), m.Fact)

# The verdict that the last publication up to `as_of` left behind; facts first reported later do not exist
# yet. For facts that are known already …
_latest = (
    select(m.FactVersion)
    .where(m.FactVersion.fact_id == m.Fact.id, m.FactVersion.reported_at <= _as_of)
    .order_by(m.FactVersion.reported_at.desc())
    .limit(1)
    .lateral("latest")
)
Latest = aliased(m.FactVersion, _latest)
_details_as_of = _joined(
    select(*_fact_columns(Latest)).select_from(m.Fact).join(Latest, Latest.fact_id == m.Fact.id), Latest
)
# … and for lists, which can so begin with what was reported last before `as_of` and stop after a page.
Verdict = aliased(m.FactVersion, name="verdict")
Later = aliased(m.FactVersion, name="later")
_rows_as_of = (
    select(m.Fact.id)
    .select_from(Verdict)
    .join(m.Fact, m.Fact.id == Verdict.fact_id)
    .where(
        Verdict.reported_at <= _as_of,
        ~exists().where(
            Later.fact_id == Verdict.fact_id,
            Later.reported_at > Verdict.reported_at,
            Later.reported_at <= _as_of,
        ),
    )
)
_facts_as_of = _joined(_rows_as_of.with_only_columns(*_fact_columns(Verdict)), Verdict)


def _takes_part(entity_id: Any, *published: Any) -> Any:
    """An entity's part in the claims of a fact, of those that meet the conditions `published`. The entities
    of a fact itself are those of its claims."""
    return exists().where(
        m.Claim.fact_id == m.Fact.id,
        m.Participant.claim_id == m.Claim.id,
        m.Participant.entity_id == entity_id,
        *published,
    )


def _listing(
    name: str, statement: Any, rows: Any, details: Any, verdict: Any, last_reported: Any, *published: Any
) -> Listing:
    return Listing(
        name=name,
        select=statement,
        rows=rows,
        details=details,
        id=m.Fact.id,
        filters={
            **key_filter("predicate", m.Fact.predicate_id, m.Predicate),
            **key_filter("place", m.Fact.place_id, m.Entity),
            "entity": _takes_part(bindparam("entity", type_=Uuid()), *published),
            "entity.slug": _takes_part(
                select(m.Entity.id).where(m.Entity.slug == bindparam("entity.slug")).scalar_subquery(),
                *published,
            ),
            "status": verdict.status == bindparam("status"),
            "extent": m.Fact.extent == bindparam("extent"),
            "min_independent": verdict.independent_attributions >= bindparam("min_independent"),
            "as_of": m.Fact.first_reported <= _as_of,
            "q": m.Fact.search.bool_op("@@")(func.websearch_to_tsquery("fact_lookup", bindparam("q"))),
        },
        orders={
            "reported_at": Order(last_reported, dt.datetime),
            "spread": Order(verdict.spread, Decimal),
            "articles": Order(verdict.articles, int),
        },
    )


def _fact_facets(verdict: Any, last_reported: Any) -> dict[str, Facet]:
    entities = select(m.Claim.fact_id.label("id"), m.Participant.entity_id.label("value")).join(
        m.Participant, m.Participant.claim_id == m.Claim.id
    )
    sources = select(m.Claim.fact_id.label("id"), m.Article.source_id.label("value")).join(
        m.Article, m.Article.id == m.Claim.article_id
    )
    if verdict is not m.Fact:
        entities, sources = (one.where(m.Claim.reported_at <= _as_of) for one in (entities, sources))
    return {
        "predicate": Facet(m.Fact.predicate_id, table=m.Predicate, label=m.Predicate.label),
        "subject": Facet(m.Fact.subject_id, table=m.Entity, label=m.Entity.name),
        "object": Facet(m.Fact.object_id, table=m.Entity, label=m.Entity.name),
        "place": Facet(m.Fact.place_id, table=m.Entity, label=m.Entity.name),
        "entity": Facet(through=entities, table=m.Entity, label=m.Entity.name),
        "source": Facet(through=sources, table=m.Source, label=m.Source.name),
        "status": Facet(verdict.status),
        "extent": Facet(m.Fact.extent),
        "day": Facet(last_reported, day=True),
    }


FACTS = _listing("facts", _facts, select(m.Fact.id), None, m.Fact, m.Fact.last_reported)
FACTS_AS_OF = _listing(
    "facts as of",
    _facts_as_of,
    _rows_as_of,
    _details_as_of,
    Verdict,
    Verdict.reported_at,
    m.Participant.reported_at <= _as_of,
)
FACT_FACETS = _fact_facets(m.Fact, m.Fact.last_reported)
FACT_FACETS_AS_OF = _fact_facets(Verdict, Verdict.reported_at)

BY_ID = compiled(_facts.where(m.Fact.id == bindparam("key")))
BY_SLUG = compiled(_facts.where(m.Fact.slug == bindparam("key")))
_by_ids = compiled(_facts.where(m.Fact.id == func.any(bindparam("ids", type_=ARRAY(Uuid())))))


def summary(row: Row) -> FactSummary:
    return FactSummary(**summary_fields(row))


def summary_fields(row: Row) -> dict[str, Any]:
    def entity(role: str) -> Ref | None:
        return ref(row[f"{role}_id"], row[f"{role}_slug"], row[f"{role}_name"])

    start, end = row["period_start"], row["period_end"]
    lower, upper = row["range_lower"], row["range_upper"]
    best = row["preferred_claim_id"]
    value = PreferredValue(
        number(row["amount"]), number(row["lower"]), number(row["upper"]), row["unit"], row["qualifier"]
    )
    return {
        "id": row["id"],
        "slug": row["slug"],
        "predicate": row["predicate"],
        "title": row["title"],
        "subject": entity("subject"),
        "object": entity("object"),
        "complement": entity("complement"),
        "place": entity("place"),
        "extent": row["extent"],
        "group": row["group"],
        "period": Period(start and start.isoformat(), end and end.isoformat()),
        "agreement": Agreement(
            row["status"],
            row["status_because"],
            row["claims"],
            row["articles"],
            row["independent_attributions"],
            None if lower is None and upper is None else Range(number(lower), number(upper)),
            row["rule"],
        ),
        "preferred": None
        if best is None
        else Preferred(best, None if row["qualifier"] is None else value, row["preferred_because"]),
        "first_reported": told(row["first_reported"]),
        "last_reported": told(row["last_reported"]),
    }


def told(when: dt.datetime) -> str:
    """A publication time of several articles: a date, unless the time of day is known."""
    when = when.astimezone(dt.UTC)
    return instant(when, "day" if when.time() == dt.time.min else "second")


async def load_facts(pool: asyncpg.Pool, rows: list[Row]) -> list[FactSummary]:
    return [summary(row) for row in rows]


def shown_value(value: Any) -> PreferredValue | None:
    """From anything with the fields of a value; None when it has no figure."""
    if value is None or value.qualifier is None:
        return None
    return PreferredValue(
        number(value.amount), number(value.lower), number(value.upper), value.unit, value.qualifier
    )


async def find_facts(pool: asyncpg.Pool, ids: list[uuid.UUID]) -> dict[uuid.UUID, FactSummary]:
    """The facts with these ids, by id; what does not exist is missing."""
    return {row["id"]: summary(row) for row in await fetch(pool, _by_ids, {"ids": ids})}

"""SQL behind the claim and predicate endpoints. A page of claims takes two statements, however long it is."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import asyncpg
from sqlalchemy import ARRAY, Date, Uuid, and_, bindparam, exists, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import DATERANGE, NUMRANGE
from sqlalchemy.orm import aliased

from service.articles.queries import article_ref
from service.claims.schemas import (
    Attribution,
    Claim,
    Evidence,
    Predicate,
    Provenance,
    Scope,
    Selector,
    ValidTime,
    Value,
)
from service.db import models as m
from service.db.absent import absent
from service.db.statements import DIALECT, Row, compiled, fetch, fetch_one
from service.errors import NotFound
from service.schemas import instant, number, ref
from service.web.facets import Facet
from service.web.listing import Listing, Order, Walk, key_filter
from service.web.params import Key

CONTEXT = 32  # code points of prefix and suffix in a TextQuoteSelector

Subject = aliased(m.Entity, name="subject")
Object = aliased(m.Entity, name="object")
Complement = aliased(m.Entity, name="complement")
Place = aliased(m.Entity, name="place")


def _ref_columns(entity: Any, name: str) -> tuple[Any, ...]:
    return (
        entity.id.label(f"{name}_id"),
        entity.slug.label(f"{name}_slug"),
        entity.name.label(f"{name}_name"),
    )


# In the same statement as the claims: another one takes as long as all of these.
_chain = (
    select(
        func.row(
            m.Attribution.role,
            m.Attribution.name,
            m.Attribution.cue,
            m.Entity.id,
            m.Entity.slug,
            m.Entity.name,
        )
    )
    .outerjoin(m.Entity, m.Entity.id == m.Attribution.entity_id)
    .where(m.Attribution.claim_id == m.Claim.id)
    .order_by(m.Attribution.position)
    .correlate(m.Claim)
    .scalar_subquery()
)
_claims = (
    select(
        m.Claim.id,
        m.Predicate.slug.label("predicate"),
        m.Claim.statement,
        *_ref_columns(Subject, "subject"),
        *_ref_columns(Object, "object"),
        *_ref_columns(Complement, "complement"),
        *_ref_columns(Place, "place"),
        m.Claim.subject_text,
        m.Claim.object_text,
        m.Claim.complement_text,
        m.Claim.amount,
        m.Claim.lower,
        m.Claim.upper,
        m.Claim.unit,
        m.Claim.qualifier,
        m.Claim.value_text,
        m.Claim.extent,
        m.Claim.group,
        m.Claim.of_id,
        m.Claim.time_start,
        m.Claim.time_end,
        m.Claim.time_precision,
        m.Claim.time_text,
        m.Claim.modality,
        m.Claim.inferred,
        m.Claim.recorded_at,
        m.Claim.method,
        m.Claim.extractor,
        m.Claim.confidence,
        m.Claim.evidence,
        m.Claim.evidence_start,
        m.Claim.evidence_end,
        func.substr(
            m.Article.text,
            func.greatest(m.Claim.evidence_start - CONTEXT, 0) + 1,
            func.least(m.Claim.evidence_start, CONTEXT),
        ).label("prefix"),
        func.substr(m.Article.text, m.Claim.evidence_end + 1, CONTEXT).label("suffix"),
        m.Article.id.label("article_id"),
        m.Article.slug.label("article_slug"),
        m.Article.title.label("article_title"),
        m.Article.sha256,
        m.Article.published_at,
        m.Article.published_precision,
        m.Source.id.label("source_id"),
        m.Source.slug.label("source_slug"),
        m.Source.name.label("source_name"),
        m.Fact.id.label("fact_id"),
        m.Fact.slug.label("fact_slug"),
        m.Fact.title.label("fact_name"),
        func.array(_chain).label("chain"),
    )
    .join(m.Predicate, m.Predicate.id == m.Claim.predicate_id)
    .join(m.Article, m.Article.id == m.Claim.article_id)
    .join(m.Source, m.Source.id == m.Article.source_id)
    .outerjoin(m.Fact, m.Fact.id == m.Claim.fact_id)
    .outerjoin(Subject, Subject.id == m.Claim.subject_id)
    .outerjoin(Object, Object.id == m.Claim.object_id)
    .outerjoin(Complement, Complement.id == m.Claim.complement_id)
    .outerjoin(Place, Place.id == m.Claim.place_id)
)


def _takes_part(name: str, role: str | None) -> dict[str, Any]:
    """A filter on the entities of a claim in one role, or in any."""

    def condition(entity_id: Any) -> Any:
        found = exists().where(m.Participant.claim_id == m.Claim.id, m.Participant.entity_id == entity_id)
        return found if role is None else found.where(m.Participant.role == role)

    return {
        name: condition(bindparam(name, type_=Uuid())),
        f"{name}.slug": condition(_by_slug(f"{name}.slug")),
    }


def _overlapping(sought: Any, begins: Any, whole: Any, has_length: Any) -> Any:
    """Whether what a claim is about overlaps what is sought. Either it begins in that, which the index of
    where claims begin finds, or it has a length: those few are in an index of ranges, where an entry is dear.
    A claim that says nothing of the kind begins at minus infinity."""
    kind = begins.type.compile(DIALECT)
    nowhere: Any = literal_column(f"'-infinity'::{kind}")
    end: Any = literal_column(f"'infinity'::{kind}")
    first, last = func.coalesce(func.lower(sought), nowhere), func.coalesce(func.upper(sought), end)
    # a range of days is kept with the day after its last
    within = and_(begins >= first, begins < last if isinstance(begins.type, Date) else begins <= last)
    return or_(and_(begins > nowhere, within), and_(has_length, whole.bool_op("&&")(sought)))


def _by_slug(name: str) -> Any:
    return select(m.Entity.id).where(m.Entity.slug == bindparam(name)).scalar_subquery()


def _published_by(source_id: Any) -> Any:
    return m.Claim.article_id.in_(select(m.Article.id).where(m.Article.source_id == source_id))


def _newest_first(name: str, entity_id: Any, *conditions: Any) -> Walk:
    """The claims of an entity in the order of an index that holds them in that order already."""
    mine = select(m.Participant.claim_id, m.Participant.reported_at).where(
        m.Participant.entity_id == entity_id, *conditions
    )
    # in any role: a claim has the entity in several, and stands in the index as often
    if not conditions:
        mine = mine.distinct()
    return Walk(name, "reported_at", mine, m.Participant.claim_id, m.Participant.reported_at)


CLAIMS = Listing(
    name="claims",
    select=_claims,
    rows=select(m.Claim.id),
    walks=(
        _newest_first("entity", bindparam("entity", type_=Uuid())),
        _newest_first("entity.slug", _by_slug("entity.slug")),
        _newest_first("speaker", bindparam("speaker", type_=Uuid()), m.Participant.role == "speaker"),
        _newest_first("speaker.slug", _by_slug("speaker.slug"), m.Participant.role == "speaker"),
        Walk(
            "source",
            "reported_at",
            select(m.Claim.id)
            .select_from(m.Article)
            .join(m.Claim, m.Claim.article_id == m.Article.id)
            .where(m.Article.source_id == bindparam("source", type_=Uuid())),
            m.Claim.id,
            m.Article.published_at,  # which is the claim's reported_at, in an index by source
        ),
    ),
    scattered=frozenset({"time"}),
    gathered=(frozenset({"fact", "article"}), frozenset({"recorded_at", "time", "amount", "position"})),
    id=m.Claim.id,
    filters={
        **key_filter("predicate", m.Claim.predicate_id, m.Predicate),
        **key_filter("article", m.Claim.article_id, m.Article),
        **key_filter("fact", m.Claim.fact_id, m.Fact),
        "source": _published_by(bindparam("source", type_=Uuid())),
        "source.slug": _published_by(
            select(m.Source.id).where(m.Source.slug == bindparam("source.slug")).scalar_subquery()
        ),
        **key_filter("subject", m.Claim.subject_id, m.Entity),
        **key_filter("object", m.Claim.object_id, m.Entity),
        **key_filter("place", m.Claim.place_id, m.Entity),
        **key_filter("complement", m.Claim.complement_id, m.Entity),
        **_takes_part("entity", None),
        **_takes_part("speaker", "speaker"),
        "modality": m.Claim.modality == bindparam("modality"),
        "extent": m.Claim.extent == bindparam("extent"),
        # a claim matches a period when the time it is about overlaps it
        "time": _overlapping(
            bindparam("time", type_=DATERANGE()),
            m.Claim.sort_time,
            m.Claim.days,
            m.Claim.time_start < m.Claim.time_end,
        ),
        "reported_from": m.Claim.reported_at >= bindparam("reported_from"),
        "reported_to": m.Claim.reported_at <= bindparam("reported_to"),
        # … and an interval of figures when the figures it allows overlap it
        "figure": _overlapping(
            bindparam("figure", type_=NUMRANGE()),
            m.Claim.sort_amount,
            m.Claim.figures,
            and_(m.Claim.amount.is_(None), m.Claim.lower < m.Claim.upper),
        ),
        "q": m.Claim.search.bool_op("@@")(func.websearch_to_tsquery("fact_lookup", bindparam("q"))),
    },
    orders={
        "reported_at": Order(m.Claim.reported_at, dt.datetime),
        "recorded_at": Order(m.Claim.recorded_at, dt.datetime),
        "time": Order(m.Claim.sort_time, dt.date),
        "amount": Order(m.Claim.sort_amount, Decimal),
        "position": Order(m.Claim.position, int),
    },
)


_participants = select(m.Participant.claim_id.label("id"), m.Participant.entity_id.label("value"))

CLAIM_FACETS = {
    "predicate": Facet(m.Claim.predicate_id, table=m.Predicate, label=m.Predicate.label),
    "source": Facet(
        m.Claim.article_id,
        link=(m.Article.id, m.Article.source_id),
        table=m.Source,
        label=m.Source.name,
    ),
    "article": Facet(m.Claim.article_id, table=m.Article, label=m.Article.title),
    "fact": Facet(m.Claim.fact_id, table=m.Fact, label=m.Fact.title),
    "subject": Facet(m.Claim.subject_id, table=m.Entity, label=m.Entity.name),
    "object": Facet(m.Claim.object_id, table=m.Entity, label=m.Entity.name),
    "place": Facet(m.Claim.place_id, table=m.Entity, label=m.Entity.name),
    "entity": Facet(through=_participants, table=m.Entity, label=m.Entity.name),
    "speaker": Facet(
        through=_participants.where(m.Participant.role == "speaker"), table=m.Entity, label=m.Entity.name
    ),
    "modality": Facet(m.Claim.modality),
    "extent": Facet(m.Claim.extent),
    "day": Facet(m.Claim.reported_at, day=True),
}

PREDICATES = Listing(
    name="predicates",
    select=select(
        m.Predicate.id,
        m.Predicate.slug,
        m.Predicate.label,
        m.Predicate.kind,
        m.Predicate.unit,
        m.Predicate.description,
        m.Predicate.subject,
        m.Predicate.object,
        m.Predicate.complement,
        m.Predicate.identity,
        select(func.count()).where(m.Claim.predicate_id == m.Predicate.id).scalar_subquery().label("claims"),
    ),
    id=m.Predicate.id,
    filters={"kind": m.Predicate.kind == bindparam("kind")},
    orders={"slug": Order(m.Predicate.slug, str), "label": Order(m.Predicate.label, str)},
)

_by_id = compiled(_claims.where(m.Claim.id == bindparam("id")))
_by_ids = compiled(_claims.where(m.Claim.id == func.any(bindparam("ids", type_=ARRAY(Uuid())))))
_predicate_by_id = compiled(PREDICATES.select.where(m.Predicate.id == bindparam("key")))
_predicate_by_slug = compiled(PREDICATES.select.where(m.Predicate.slug == bindparam("key")))


async def load_claims(pool: asyncpg.Pool, rows: list[Row]) -> list[Claim]:
    """Claims of rows that were selected with the columns of `CLAIMS`, in the same order."""
    return [
        claim(row, [Attribution(role, ref(*who), name, cue) for role, name, cue, *who in row["chain"]])
        for row in rows
    ]


def claim(row: Row, attribution: list[Attribution]) -> Claim:
    def entity(role: str) -> Any:
        return ref(row[f"{role}_id"], row[f"{role}_slug"], row[f"{role}_name"])

    return Claim(
        id=row["id"],
        predicate=row["predicate"],
        statement=row["statement"],
        subject=entity("subject"),
        subject_text=row["subject_text"],
        object=entity("object"),
        object_text=row["object_text"],
        complement=entity("complement"),
        complement_text=row["complement_text"],
        value=None if row["qualifier"] is None else value(row),
        scope=Scope(entity("place"), row["extent"], row["group"], row["of_id"]),
        time=None if row["time_start"] is None and row["time_text"] is None else valid_time(row),
        attribution=attribution,
        modality=row["modality"],
        inferred=row["inferred"],
        reported_at=instant(row["published_at"], row["published_precision"]),
        recorded_at=row["recorded_at"],
        article=article_ref(row),
        fact=entity("fact"),
        evidence=Evidence(
            row["sha256"],
            True,
            [
                Selector(
                    "TextQuoteSelector", exact=row["evidence"], prefix=row["prefix"], suffix=row["suffix"]
                ),
                Selector("TextPositionSelector", start=row["evidence_start"], end=row["evidence_end"]),
            ],
        ),
        provenance=Provenance(row["method"], row["extractor"], row["confidence"]),
    )


def value(row: Row) -> Value:
    return Value(
        number(row["amount"]),
        number(row["lower"]),
        number(row["upper"]),
        row["unit"],
        row["qualifier"],
        row["value_text"],
    )


def valid_time(row: Row) -> ValidTime:
    start, end = row["time_start"], row["time_end"]
    return ValidTime(
        start.isoformat() if start else None,
        end.isoformat() if end else None,
        row["time_precision"],
        row["time_text"],
    )


async def find_claim(pool: asyncpg.Pool, claim_id: uuid.UUID) -> Claim:
    row = await fetch_one(pool, _by_id, {"id": claim_id})
    if row is None:
        raise await absent(pool, "claim", claim_id)
    return (await load_claims(pool, [row]))[0]


async def find_claims(pool: asyncpg.Pool, ids: list[uuid.UUID]) -> dict[uuid.UUID, Claim]:
    """The claims with these ids, by id; what does not exist is missing."""
    rows = await fetch(pool, _by_ids, {"ids": ids})
    return {one.id: one for one in await load_claims(pool, rows)}


async def load_predicates(pool: asyncpg.Pool, rows: list[Row]) -> list[Predicate]:
    return [predicate(row) for row in rows]


def predicate(row: Row) -> Predicate:
    return Predicate(
        row["id"],
        row["slug"],
        row["label"],
        row["kind"],
        row["unit"],
        row["description"],
        row["subject"],
        row["object"],
        row["complement"],
        row["identity"],
        row["claims"],
    )


async def find_predicate(pool: asyncpg.Pool, key: Key) -> Predicate:
    statement = _predicate_by_slug if isinstance(key, str) else _predicate_by_id
    row = await fetch_one(pool, statement, {"key": key})
    if row is None:
        raise NotFound(f"No predicate has the id or slug {key}; /v1/predicates lists them all.")
    return predicate(row)

"""SQL behind lookup and check: a fixed number of statements, each a handful of index probes with a limit.

A question takes one statement for its names (a second if a word may be a name that nobody listed), one for
what contains what, one for the facts that may answer, two for their claims. None of them reads more than a
bounded number of rows, so the number of claims in the store matters only through the depth of the indexes.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ARRAY, Text, Uuid, bindparam, func, literal, select, true, union
from sqlalchemy.orm import aliased

from service.db import models as m
from service.db.statements import Connection, Row, compiled, fetch, fetch_one
from service.facts.claims import Complement, Object, Original, Place, Subject, view
from service.lookup.candidates import Candidate, Participant, ParticipantRole, Told
from service.lookup.names import array, find_above

PER_PAIR = 25  # facts read for one predicate and one entity
PER_PART = 5  # facts read for one predicate and one place inside the place asked for
MOST_PARTS = 60  # places inside it that are read, the nearest first
PER_SPEAKER = 160  # newest claims read of what one entity said
PER_KIND = 40  # newest facts read for one predicate, or one entity alone
MOST_FACTS = 48  # facts that are ranked
MOST_OF_KIND = 20  # of them that only share the question's predicate, when it names anything
MOST_CLAIMS = 30  # newest claims read of one fact

Recent = aliased(m.Claim, name="recent")

_texts = ARRAY(Text())
_ids = ARRAY(Uuid())

# --- facts --------------------------------------------------------------------------------------------------

_kinds = select(m.Predicate.id).where(m.Predicate.slug == func.any(array("predicates", _texts))).cte("kinds")
_entities = select(func.unnest(array("entities", _ids)).label("id")).cte("entities")
_parts = select(func.unnest(array("parts", _ids)).label("id")).cte("parts")
_published = m.Fact.first_reported <= bindparam("as_of")


def _newest(limit: int, *conditions: Any) -> Any:
    return (
        select(m.Fact.id)
        .where(_published, *conditions)
        .order_by(m.Fact.last_reported.desc(), m.Fact.id.desc())
        .limit(limit)
        .lateral()
    )


def _newest_claims_of(column: Any, *conditions: Any) -> Any:
    """The facts of claims, for participants that are no part of a fact's identity: who dismissed somebody."""
    return (
        select(m.Claim.fact_id.label("id"))
        .where(
            column == _entities.c.id,
            m.Claim.fact_id.is_not(None),
            m.Claim.reported_at <= bindparam("as_of"),
            *conditions,
        )
        .order_by(m.Claim.reported_at.desc(), m.Claim.id.desc())
        .limit(PER_PAIR)
        .lateral()
    )


def _newest_said() -> Any:
    """The facts of what an entity said."""
    newest = (
        select(m.Participant.claim_id)
        .where(
            m.Participant.entity_id == _entities.c.id,
            m.Participant.role == "speaker",
            m.Participant.reported_at <= bindparam("as_of"),
        )
        .order_by(m.Participant.reported_at.desc(), m.Participant.claim_id.desc())
        .limit(PER_SPEAKER)
        .lateral()
    )
    return (
        select(m.Claim.fact_id, literal(NAMED).label("near"))
        .select_from(_entities)
        .join(newest, true())
        .join(m.Claim, m.Claim.id == newest.c.claim_id)
        .where(m.Claim.fact_id.is_not(None))
    )


# How near a candidate is to the question: it names the same, lies inside that, or is only of its kind.
NAMED, INSIDE, KIND = 0, 1, 2


def _pairs(found: Any, of: Any = _entities, near: int = NAMED) -> Any:
    return (
        select(found.c.id, literal(near).label("near"))
        .select_from(_kinds)
        .join(of, true())
        .join(found, true())
    )


def _alone(found: Any, of: Any = _entities, near: int = NAMED) -> Any:
    return select(found.c.id, literal(near).label("near")).select_from(of).join(found, true())


def _saying() -> Any:
    """Through the words of the claims, where a question gives nothing else to go by."""
    query = func.plainto_tsquery("fact_lookup", bindparam("words"))
    found = (
        select(m.Claim.fact_id, literal(NAMED).label("near"))
        .where(
            m.Claim.search.bool_op("@@")(query),
            m.Claim.fact_id.is_not(None),
            m.Claim.reported_at <= bindparam("as_of"),
        )
        .limit(PER_KIND * 4)
    )
    return union(found)


FACT_COLUMNS = (m.Fact.subject_id, m.Fact.object_id, m.Fact.complement_id, m.Fact.place_id)
CLAIM_COLUMNS = (m.Claim.subject_id, m.Claim.object_id)
_of_kind = m.Fact.predicate_id == _kinds.c.id
_per_kind = _alone(_newest(PER_KIND, _of_kind), _kinds, KIND)
_of_kinds_and_entities = union(
    *(_pairs(_newest(PER_PAIR, _of_kind, column == _entities.c.id)) for column in FACT_COLUMNS),
    *(_pairs(_newest_claims_of(column, m.Claim.predicate_id == _kinds.c.id)) for column in CLAIM_COLUMNS),
    *(
        _pairs(_newest(PER_PART, _of_kind, column == _parts.c.id), _parts, INSIDE)
        for column in (m.Fact.place_id, m.Fact.subject_id)
    ),
    _newest_said(),
    _per_kind,
)
_of_kinds = union(_per_kind)
_of_entities = union(
    *(_alone(_newest(PER_KIND, column == _entities.c.id)) for column in FACT_COLUMNS),
    *(_alone(_newest_claims_of(column)) for column in CLAIM_COLUMNS),
    _newest_said(),
)

_fact_columns = (
    m.Fact.id,
    m.Fact.slug,
    m.Fact.title,
    m.Predicate.slug.label("predicate"),
    m.Predicate.kind,
    m.Predicate.identity,
    Place.slug.label("place"),
    Place.id.label("place_id"),
    Place.name.label("place_name"),
    m.Fact.extent,
    m.Fact.group,
    m.Fact.articles,
    m.Fact.last_reported,
)


def _facts(ids: Any) -> Any:
    chosen = ids.subquery("chosen")
    return compiled(
        select(*_fact_columns, chosen.c.near)
        .join(chosen, chosen.c[0] == m.Fact.id)
        .join(m.Predicate, m.Predicate.id == m.Fact.predicate_id)
        .outerjoin(Place, Place.id == m.Fact.place_id)
        .where(_published)
        .limit(MOST_FACTS * 8)
    )


_facts_of_kinds_and_entities = _facts(_of_kinds_and_entities)
_facts_of_kinds = _facts(_of_kinds)
_facts_of_entities = _facts(_of_entities)
_facts_of_words = _facts(_saying())


async def find_facts(
    connection: Connection,
    predicates: Sequence[str],
    entities: Sequence[uuid.UUID],
    parts: Sequence[uuid.UUID],
    as_of: dt.datetime,
) -> list[Row]:
    """Facts that may answer, unranked: of these predicates, with these entities, or both.

    parts: places inside the places asked for, whose facts are told after those of the place itself.
    """
    values = {
        "predicates": list(predicates),
        "entities": list(entities),
        "parts": list(parts)[:MOST_PARTS],
        "as_of": as_of,
    }
    if predicates and entities:
        return await fetch(connection, _facts_of_kinds_and_entities, values)
    if predicates or entities:
        return await fetch(connection, _facts_of_kinds if predicates else _facts_of_entities, values)
    return []


async def find_facts_saying(connection: Connection, words: str, as_of: dt.datetime) -> list[Row]:
    """Facts with a claim that says all of these words."""
    return await fetch(connection, _facts_of_words, {"words": words, "as_of": as_of})


# --- claims -------------------------------------------------------------------------------------------------

_newest_claims = (
    select(Recent.id)
    .where(Recent.fact_id == m.Fact.id, Recent.reported_at <= bindparam("as_of"))
    .order_by(Recent.reported_at.desc(), Recent.id.desc())
    .limit(MOST_CLAIMS)
    .lateral("newest_claims")
)


def _participant_columns(entity: Any, role: str) -> tuple[Any, ...]:
    return (
        entity.id.label(f"{role}_id"),
        entity.slug.label(role),
        entity.name.label(f"{role}_name"),
        entity.description.label(f"{role}_description"),
    )


_claims = compiled(
    select(
        m.Claim.id,
        m.Claim.fact_id,
        m.Claim.statement,
        m.Claim.evidence,
        m.Claim.evidence_start,
        m.Claim.evidence_end,
        *_participant_columns(Subject, "subject"),
        *_participant_columns(Object, "object"),
        *_participant_columns(Complement, "complement"),
        *_participant_columns(Place, "place"),
        m.Claim.subject_text,
        m.Claim.object_text,
        m.Claim.complement_text,
        m.Predicate.slug.label("predicate"),
        m.Predicate.kind,
        m.Claim.amount,
        m.Claim.lower,
        m.Claim.upper,
        m.Claim.qualifier,
        m.Claim.value_text,
        m.Claim.unit,
        m.Claim.extent,
        m.Claim.group,
        m.Claim.of_id,
        m.Claim.time_start,
        m.Claim.time_end,
        m.Claim.time_precision,
        m.Claim.modality,
        m.Claim.reported_at,
        m.Claim.position,
        m.Article.slug.label("article"),
        m.Article.id.label("article_id"),
        m.Article.slug.label("article_slug"),
        m.Article.title.label("article_title"),
        m.Article.published_at,
        m.Article.published_precision,
        m.Source.slug.label("source"),
        m.Source.id.label("source_id"),
        m.Source.slug.label("source_slug"),
        m.Source.name.label("source_name"),
        Original.slug.label("reprint_of"),
    )
    .select_from(m.Fact)
    .join(_newest_claims, true())
    .join(m.Claim, m.Claim.id == _newest_claims.c.id)
    .join(m.Predicate, m.Predicate.id == m.Claim.predicate_id)
    .join(m.Article, m.Article.id == m.Claim.article_id)
    .join(m.Source, m.Source.id == m.Article.source_id)
    .outerjoin(Original, Original.id == m.Article.reprint_of_id)
    .outerjoin(Subject, Subject.id == m.Claim.subject_id)
    .outerjoin(Object, Object.id == m.Claim.object_id)
    .outerjoin(Complement, Complement.id == m.Claim.complement_id)
    .outerjoin(Place, Place.id == m.Claim.place_id)
    .where(m.Fact.id == func.any(bindparam("ids", type_=_ids)))
)
_chains = compiled(
    select(
        m.Attribution.claim_id,
        m.Attribution.role,
        m.Attribution.name,
        m.Attribution.cue,
        m.Entity.id.label("entity_id"),
        m.Entity.slug,
        m.Entity.name.label("entity_name"),
        m.Entity.description,
    )
    .outerjoin(m.Entity, m.Entity.id == m.Attribution.entity_id)
    .where(m.Attribution.claim_id == func.any(bindparam("ids", type_=_ids)))
    .order_by(m.Attribution.claim_id, m.Attribution.position)
)
ROLES: tuple[ParticipantRole, ...] = ("subject", "object", "complement", "place")


class Loaded(msgspec.Struct, frozen=True):
    """Candidates with their claims, and the rows behind both, by slug of the fact and id of the claim."""

    candidates: list[Candidate]
    facts: dict[str, Row]
    claims: dict[str, Row]


async def load_candidates(connection: Connection, facts: Sequence[Row], as_of: dt.datetime) -> Loaded:
    rows = (
        await fetch(connection, _claims, {"ids": [fact["id"] for fact in facts], "as_of": as_of})
        if facts
        else []
    )
    chains: dict[uuid.UUID, list[Row]] = {}
    for link in await fetch(connection, _chains, {"ids": [row["id"] for row in rows]}) if rows else []:
        chains.setdefault(link["claim_id"], []).append(link)
    above = await _find_above(connection, rows, chains)
    told: dict[uuid.UUID, list[Told]] = {}
    for row in rows:
        told.setdefault(row["fact_id"], []).append(_told(row, chains.get(row["id"], []), above))
    candidates = [
        Candidate(
            slug=fact["slug"],
            title=fact["title"],
            predicate=fact["predicate"],
            kind=fact["kind"],
            identity=tuple(fact["identity"]),
            place=fact["place"],
            extent=fact["extent"],
            group=fact["group"],
            articles=len({one.view.article for one in told[fact["id"]]}),
            claims=tuple(told[fact["id"]]),
        )
        for fact in facts
        if fact["id"] in told
    ]
    return Loaded(candidates, {fact["slug"]: fact for fact in facts}, {str(row["id"]): row for row in rows})


async def _find_above(
    connection: Connection, rows: Sequence[Row], chains: dict[uuid.UUID, list[Row]]
) -> dict[uuid.UUID, tuple[str, ...]]:
    wanted = {row[f"{role}_id"] for row in rows for role in ROLES} | {
        link["entity_id"] for chain in chains.values() for link in chain
    }
    return await find_above(connection, sorted(one for one in wanted if one is not None))


def _told(row: Row, chain: list[Row], above: dict[uuid.UUID, tuple[str, ...]]) -> Told:
    people = [
        Participant(
            role,
            row[role],
            row[f"{role}_name"] or row[f"{role}_text"],
            row[f"{role}_description"] or "",
            above.get(row[f"{role}_id"], ()),
        )
        for role in ROLES
        if row[role] is not None or (role != "place" and row[f"{role}_text"] is not None)
    ]
    people += [
        Participant("speaker", link["slug"], link["entity_name"] or link["name"], link["description"] or "",
                    above.get(link["entity_id"], ()))
        for link in chain
    ]  # fmt: skip
    return Told(
        view(row, chain, above.get(row["place_id"], ())),
        row["statement"],
        row["evidence"],
        tuple(people),
        tuple(link["name"] for link in chain),
    )


# --- the rest -----------------------------------------------------------------------------------------------

_newest_article = compiled(
    select(m.Article.published_at)
    .where(m.Article.published_at <= bindparam("as_of"))
    .order_by(m.Article.published_at.desc())
    .limit(1)
)
_most_told = compiled(
    select(m.Fact.id, m.Fact.slug, m.Fact.title)
    .where(_published)
    .order_by(m.Fact.articles.desc(), m.Fact.id)
    .limit(5)
)
_entity_of_slug = compiled(
    select(m.Entity.id, m.Entity.slug, m.Entity.name, m.Entity.kind, m.Entity.description).where(
        m.Entity.slug == bindparam("key")
    )
)
_entity_of_id = compiled(
    select(m.Entity.id, m.Entity.slug, m.Entity.name, m.Entity.kind, m.Entity.description).where(
        m.Entity.id == bindparam("key")
    )
)


_predicate_of_slug = compiled(
    select(m.Predicate.id, m.Predicate.slug, m.Predicate.kind, m.Predicate.unit).where(
        m.Predicate.slug == bindparam("key")
    )
)
_predicate_of_id = compiled(
    select(m.Predicate.id, m.Predicate.slug, m.Predicate.kind, m.Predicate.unit).where(
        m.Predicate.id == bindparam("key")
    )
)


async def newest_day(connection: Connection, as_of: dt.datetime) -> dt.date | None:
    """The day of the newest article published by then: "yesterday" counts from it, since the news is of
    its time."""
    row = await fetch_one(connection, _newest_article, {"as_of": as_of})
    return None if row is None else row["published_at"].astimezone(dt.UTC).date()


async def most_told(connection: Connection, as_of: dt.datetime) -> list[Row]:
    return await fetch(connection, _most_told, {"as_of": as_of})


async def find_entity(connection: Connection, key: uuid.UUID | str) -> Row | None:
    statement = _entity_of_slug if isinstance(key, str) else _entity_of_id
    return await fetch_one(connection, statement, {"key": key})


async def find_predicate(connection: Connection, key: uuid.UUID | str) -> Row | None:
    statement = _predicate_of_slug if isinstance(key, str) else _predicate_of_id
    return await fetch_one(connection, statement, {"key": key})

"""SQL behind lookup and check that finds facts: index probes with a limit each, in one statement.

None of them reads more than a bounded number of rows, so the number of claims in the store matters only
through the depth of the indexes.
"""

import datetime as dt
import functools
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Double,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)

from service.db import models as m
from service.db.statements import Connection, Row, Statement, compiled, fetch, fetch_one
from service.facts.comparable import CASUALTIES
from service.lookup.names import DEEPEST, array

PER_PAIR = 16  # facts read for one predicate and one entity
PER_PART = 3  # facts read for one predicate and one place inside the place asked for
MOST_PARTS = 40  # parts of the entities whose facts are read, the nearest first: the regions of a country
PER_SPEAKER = 160  # newest claims looked at of what one entity said, for those of the predicates
PER_SPEAKER_ALONE = 64  # the same where all of them count
MOST_TOLD = 160  # newest claims looked at of what is told for a place, for facts of places inside it
PER_KIND = 32  # newest facts read for one predicate, or one entity alone
MOST_SAYING = 160  # claims read that say the words of the question
MOST_FACTS = 32  # facts that are ranked
MOST_OF_KIND = 8  # of them that only share the question's predicate, when it names anything

_texts = ARRAY(Text())
_ids = ARRAY(Uuid())


def number(value: int) -> ColumnElement[int]:
    """A constant in the text of a statement, where a literal would be one more argument of every run."""
    return literal_column(str(value))


# --- what a question names ----------------------------------------------------------------------------------

_given = (
    func.unnest(array("predicates", _texts), array("weights", ARRAY(Double())))
    .table_valued("slug", "weight", name="given")
    .render_derived()
)
_kinds = (
    select(m.Predicate.id, m.Predicate.slug, _given.c.weight)
    .join(_given, _given.c.slug == m.Predicate.slug)
    .cte("kinds")
)
_entities = select(func.unnest(array("entities", _ids)).label("id")).cte("entities")
_lone = select(func.unnest(array("alone", _ids)).label("id")).cte("lone")
_speakers = select(func.unnest(array("speakers", _ids)).label("id")).cte("speakers")
_places = select(func.unnest(array("places", _ids)).label("id")).cte("places")

_down = (
    select(m.Entity.part_of_id.label("root"), m.Entity.id.label("next"), literal_column("1").label("depth"))
    .where(m.Entity.part_of_id == func.any(array("named", _ids)))
    .cte("down", recursive=True)
)
_down = _down.union_all(
    select(_down.c.root, m.Entity.id, _down.c.depth + 1)
    .join(m.Entity, m.Entity.part_of_id == _down.c.next)
    .where(_down.c.depth < DEEPEST)
)
# the nearest: one level is read after the other
_below = select(_down.c.root, _down.c.next).limit(number(MOST_PARTS)).cte("below")
_parts = select(_below.c.next.label("id")).distinct().cte("parts")

# --- facts --------------------------------------------------------------------------------------------------

# How near a candidate is to the question: it names the same, lies inside that, or is only of its kind.
NAMED, INSIDE, KIND = 0, 1, 2
AS_OF = bindparam("as_of", type_=m.Fact.first_reported.type)
END_OF_TIME = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
# The number alone would be met again in another database that takes the place of this one.
REVISION = (
    select(func.concat(m.Revision.number, literal_column("'-'"), literal_column("revision.xmin")))
    .scalar_subquery()
    .label("revision")
)


# what facts are put in order by, read where they are found
_fact = (m.Fact.id, m.Fact.predicate_id, m.Fact.place_id, m.Fact.last_reported)


def _newest(limit: int, *conditions: Any) -> Any:
    return (
        select(*_fact)
        .where(m.Fact.first_reported <= AS_OF, *conditions)
        .order_by(m.Fact.last_reported.desc(), m.Fact.id.desc())
        .limit(number(limit))
        .correlate(_kinds, _entities, _lone, _parts)
    )


def _newest_claimed(*conditions: Any) -> Any:
    """The facts of claims, for participants that are no part of a fact's identity: who dismissed somebody."""
    newest = (
        select(m.Claim.fact_id)
        .where(m.Claim.fact_id.is_not(None), m.Claim.reported_at <= AS_OF, *conditions)
        .order_by(m.Claim.reported_at.desc(), m.Claim.id.desc())
        .limit(number(PER_PAIR))
        .correlate(_kinds, _entities, _lone)
        .subquery("claimed")
    )
    return select(*_fact).join(newest, newest.c.fact_id == m.Fact.id)


def _newest_told() -> Any:
    """The facts of towns that claims told for the place asked for are in: its dead, but not its protests."""
    newest = (
        select(m.Claim.fact_id, m.Claim.predicate_id)
        .where(
            m.Claim.place_id == _entities.c.id,
            m.Claim.reported_at <= AS_OF,
            _kinds.c.slug.in_([literal_column(f"'{slug}'") for slug in sorted(CASUALTIES)]),
        )
        .order_by(m.Claim.reported_at.desc(), m.Claim.id.desc())
        .limit(number(MOST_TOLD))
        .correlate(_kinds, _entities)
        .subquery("told")
    )
    told = select(newest.c.fact_id).where(newest.c.predicate_id == _kinds.c.id).correlate(_kinds).distinct()
    return (
        select(*_fact)
        .where(m.Fact.id.in_(told), m.Fact.place_id != _entities.c.id)
        .correlate(_kinds, _entities)
    )


def _newest_said(limit: int, *conditions: Any) -> Any:
    """The facts of what an entity said."""
    newest = (
        select(m.Participant.claim_id)
        .where(
            m.Participant.entity_id == _speakers.c.id,
            m.Participant.role == "speaker",
            m.Participant.reported_at <= AS_OF,
        )
        .order_by(m.Participant.reported_at.desc(), m.Participant.claim_id.desc())
        .limit(number(limit))
        .correlate(_speakers)
        .subquery("newest")
    )
    return (
        select(*_fact)
        .join(m.Claim, m.Claim.fact_id == m.Fact.id)
        .join(newest, m.Claim.id == newest.c.claim_id)
        .where(*conditions)
        .correlate(_speakers, _kinds)
    )


def _saying() -> Any:
    """Through the words of the claims, where a question gives nothing else to go by."""
    query = func.plainto_tsquery("fact_lookup", bindparam("words", type_=Text()))
    found = (
        select(m.Claim.fact_id)
        .where(
            m.Claim.search.bool_op("@@")(query),
            m.Claim.fact_id.is_not(None),
            m.Claim.reported_at <= AS_OF,
        )
        .limit(number(MOST_SAYING))
        .subquery("saying")
    )
    return select(*_fact, number(NAMED).label("near")).join(found, found.c.fact_id == m.Fact.id)


def _each(near: int, given: Sequence[Any], *found: Any) -> Any:
    """What is found for each of the predicates, entities or parts in `given`, or each pair of them."""
    facts = union_all(*found).lateral()
    query = select(*facts.c, number(near).label("near")).select_from(given[0])
    for other in given[1:]:
        query = query.join(other, true())
    return query.join(facts, true())


_participants = (m.Fact.subject_id, m.Fact.object_id, m.Fact.complement_id, m.Fact.place_id)
_claimed = (m.Claim.subject_id, m.Claim.object_id)
_of_kind = m.Fact.predicate_id == _kinds.c.id
BRANCHES = {
    "pairs": (
        _each(
            NAMED,
            (_kinds, _entities),
            *(_newest(PER_PAIR, _of_kind, column == _entities.c.id) for column in _participants),
            *(
                _newest_claimed(m.Claim.predicate_id == _kinds.c.id, column == _entities.c.id)
                for column in _claimed
            ),
            _newest_told(),
        ),
        _each(
            INSIDE,
            (_kinds, _parts),
            *(
                _newest(PER_PART, _of_kind, column == _parts.c.id)
                for column in (m.Fact.place_id, m.Fact.subject_id)
            ),
        ),
        _each(NAMED, (_speakers,), _newest_said(PER_SPEAKER, m.Claim.predicate_id.in_(select(_kinds.c.id)))),
    ),
    "kinds": (_each(KIND, (_kinds,), _newest(PER_KIND, _of_kind)),),
    "alone": (
        _each(
            NAMED,
            (_lone,),
            *(_newest(PER_KIND, column == _lone.c.id) for column in _participants),
            *(_newest_claimed(column == _lone.c.id) for column in _claimed),
        ),
        _each(NAMED, (_speakers,), _newest_said(PER_SPEAKER_ALONE)),
    ),
    "words": (_saying(),),
}


# The statement for most questions, by whether they have predicates, entities and anything else. The rest
# takes all branches, some with nothing to look for: a statement that is seldom run is planned each time.
SHAPES = {
    (True, False, False): ("kinds",),
    (True, True, False): ("pairs", "kinds"),
    (False, True, False): ("alone",),
}


@functools.cache
def _likeliest(branches: tuple[str, ...]) -> Statement:
    """Ids of the facts that some branches find, those first whose kind, predicate and place fit; with the
    revision of what is stored."""
    found = union_all(*(query for name in branches for query in BRANCHES[name])).subquery("found")
    columns = [found.c[one.name] for one in _fact]
    nearest = select(*columns, func.min(found.c.near).label("near")).group_by(*columns).subquery("nearest")
    there = or_(
        nearest.c.place_id.in_(select(_places.c.id)),
        nearest.c.place_id.in_(select(_below.c.next).where(_below.c.root.in_(select(_places.c.id)))),
    )
    judged = (
        select(
            nearest.c.id,
            and_(bindparam("figures", type_=Boolean()), m.Predicate.kind != "quantity").label("other_form"),
            func.coalesce(_kinds.c.weight, 0).label("weight"),
            and_(select(_places.c.id).exists(), func.coalesce(~there, True)).label("elsewhere"),
            nearest.c.near,
            nearest.c.last_reported,
        )
        .join(m.Predicate, m.Predicate.id == nearest.c.predicate_id)
        .outerjoin(_kinds, _kinds.c.id == nearest.c.predicate_id)
        .subquery("judged")
    )
    fitting = [judged.c.other_form, judged.c.weight.desc(), judged.c.elsewhere, judged.c.near,
               judged.c.last_reported.desc(), judged.c.id]  # fmt: skip
    of_kind = judged.c.near == number(KIND)
    place = func.row_number().over(partition_by=of_kind, order_by=fitting)
    ranked = select(judged, of_kind.label("of_kind"), place.label("place")).subquery("ranked")
    enough = case((bindparam("sure", type_=Boolean()), number(MOST_OF_KIND)), else_=number(MOST_FACTS))
    return compiled(
        select(ranked.c.id, REVISION)
        .where(or_(~ranked.c.of_kind, ranked.c.place <= enough))
        .order_by(
            ranked.c.other_form, ranked.c.weight.desc(), ranked.c.elsewhere, ranked.c.near,
            ranked.c.last_reported.desc(), ranked.c.id,
        )
        .limit(number(MOST_FACTS))
    )  # fmt: skip


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What facts are looked for by.

    weights: how surely each predicate is meant. named: the entities that are named, whose parts count as
    well; nearby: those with what they are part of at once; speakers: those that may have said it; places:
    those that are named as places.
    alone: whether facts that name an entity may be of any kind. words: what a claim has to say, whatever its
    fact is. figures: facts with a figure come first. sure: whether anything is named for sure.
    """

    weights: Mapping[str, float]
    named: Sequence[uuid.UUID]
    nearby: Sequence[uuid.UUID]
    speakers: Sequence[uuid.UUID]
    places: Sequence[uuid.UUID]
    alone: bool
    words: str
    figures: bool
    sure: bool


class FactIds(msgspec.Struct, frozen=True):
    """The likeliest facts first, of which revision; null when there are none."""

    ids: list[uuid.UUID]
    revision: str | None


async def find_facts(connection: Connection, sought: Sought, as_of: dt.datetime) -> FactIds:
    """Facts that may answer: of these predicates, with these entities, or both."""
    alone = sought.nearby if sought.alone or not sought.weights else []
    given = (bool(sought.weights), bool(sought.nearby), bool(sought.words or (alone and sought.weights)))
    if not any(given):
        return FactIds([], None)
    rows = await fetch(
        connection,
        _likeliest(SHAPES.get(given, tuple(BRANCHES))),
        {
            "predicates": list(sought.weights),
            "weights": list(sought.weights.values()),
            "entities": sought.nearby,
            "alone": alone,
            "named": sought.named,
            "speakers": sought.speakers,
            "places": sought.places,
            "words": sought.words or None,
            "figures": sought.figures,
            "sure": sought.sure,
            "as_of": as_of,
        },
    )
    return FactIds([row["id"] for row in rows], rows[0]["revision"] if rows else None)


# --- the rest -----------------------------------------------------------------------------------------------

_newest_article = compiled(
    select(m.Article.published_at)
    .where(m.Article.published_at <= AS_OF)
    .order_by(m.Article.published_at.desc())
    .limit(number(1))
)
_most_told = compiled(
    select(m.Fact.id, m.Fact.slug, m.Fact.title)
    .where(m.Fact.first_reported <= AS_OF)
    .order_by(m.Fact.articles.desc(), m.Fact.id)
    .limit(number(5))
)
_predicate = select(m.Predicate.id, m.Predicate.slug, m.Predicate.kind, m.Predicate.unit)
_predicate_of_slug = compiled(_predicate.where(m.Predicate.slug == bindparam("key")))
_predicate_of_id = compiled(_predicate.where(m.Predicate.id == bindparam("key")))


async def newest_day(connection: Connection, as_of: dt.datetime) -> dt.date | None:
    """The day of the newest article published by then: "yesterday" counts from it, since the news is of
    its time."""
    row = await fetch_one(connection, _newest_article, {"as_of": as_of})
    return None if row is None else row["published_at"].astimezone(dt.UTC).date()


async def most_told(connection: Connection, as_of: dt.datetime) -> list[Row]:
    return await fetch(connection, _most_told, {"as_of": as_of})


async def find_predicate(connection: Connection, key: uuid.UUID | str) -> Row | None:
    statement = _predicate_of_slug if isinstance(key, str) else _predicate_of_id
    return await fetch_one(connection, statement, {"key": key})

"""SQL behind one fact: judged from its claims when it is asked for, and its timeline."""

import datetime as dt
import uuid
from collections.abc import Iterable

import asyncpg
import msgspec
from sqlalchemy import ARRAY, Text, Uuid, bindparam, cast, func, select, union, union_all
from sqlalchemy.orm import aliased

from service.articles.queries import article_refs_by_slug
from service.db import models as m
from service.db.statements import Row, compiled, fetch, fetch_one
from service.errors import Gone, NotFound
from service.facts import agreement as rule
from service.facts.claims import held, views_of_claims, views_of_facts
from service.facts.queries import BY_ID, BY_SLUG, FACTS_AS_OF, shown_value, summary, summary_fields, told
from service.facts.schemas import (
    Agreement,
    Fact,
    FactSummary,
    Position,
    Preferred,
    Range,
    Relation,
    Timeline,
    TimelineStep,
)
from service.facts.timeline import timeline
from service.facts.values import ClaimView, telling_order
from service.facts.withdrawn import Withdrawn, find_withdrawn
from service.schemas import ArticleRef, Ref, instant, number
from service.web.params import Key

LONG = 500  # claims of a fact that is judged when it is asked for
RELATIONS = 1000  # of one answer
TELLING = (
    "contradicts", "possible_transcription", "retracts", "update_of", "rounding_of", "bound_compatible",
    "equal", "scope_differs",
)  # fmt: skip
FOREVER = dt.datetime.max.replace(tzinfo=dt.UTC)

# Claims outside a fact that its claims are a part of, or that are a part of its claims.
_inside = select(m.Claim.id, m.Claim.of_id).where(m.Claim.fact_id == bindparam("fact")).cte("inside")
_outside = m.Claim.fact_id != bindparam("fact")
_neighbours = compiled(
    union(  # not one condition with `or`, for which no index serves
        select(m.Claim.id).join(_inside, _inside.c.of_id == m.Claim.id).where(_outside),
        select(m.Claim.id).join(_inside, _inside.c.id == m.Claim.of_id).where(_outside),
    )
)
# A relation to a part in another fact is kept with the part.
From = aliased(m.Claim, name="from")
To = aliased(m.Claim, name="to")
_until = bindparam("until", type_=m.Claim.reported_at.type)
_related = (
    select(m.Relation)
    .join(From, From.id == m.Relation.from_id)
    .join(To, To.id == m.Relation.to_id)
    .where(From.reported_at <= _until, To.reported_at <= _until)
)
_own = m.Relation.fact_id == bindparam("fact")
_stored = union_all(_related.where(_own), _related.where(To.fact_id == bindparam("fact"), ~_own)).subquery()
_stored_relations = compiled(
    select(_stored, func.count().over().label("total"))
    .order_by(
        func.array_position(cast(list(TELLING), ARRAY(Text())), _stored.c.type),
        _stored.c.from_id,
        _stored.c.to_id,
    )
    .limit(RELATIONS)
)
_statements = compiled(
    select(
        m.Claim.id, m.Claim.statement, m.Claim.value_text, m.Claim.reported_at, m.Article.published_precision
    )
    .join(m.Article, m.Article.id == m.Claim.article_id)
    .where(m.Claim.id == func.any(bindparam("ids", type_=ARRAY(Uuid()))))
)


class Told(msgspec.Struct, frozen=True):
    """What a timeline shows of a claim besides what the rule reads."""

    statement: str
    value_text: str | None
    reported_at: str
    article: ArticleRef


async def find_fact(pool: asyncpg.Pool, key: Key, as_of: dt.datetime | None) -> Fact:
    """One fact, as of now or of a time; NotFound when it does not exist or nothing had been published about
    it, Gone when every article that told it was taken back."""
    row = await fetch_one(pool, BY_SLUG if isinstance(key, str) else BY_ID, {"key": key})
    if row is not None and row["claims"] > LONG:
        long = await find_long(pool, row, as_of)
        if long is not None:
            return long
    shown, views, gone = await read_claims(pool, key, row, as_of)
    if as_of is not None:
        views += [one.view for one in gone if one.withdrawn_at > as_of]
        if not views:
            raise nothing_by_then(shown, as_of)
    elif not views:
        last = max(one.withdrawn_at for one in gone).isoformat()
        raise Gone(
            f"Every article that told {shown.slug} was taken back, the last at {last}. `as_of` an earlier"
            f" time still answers, and /v1/facts/{shown.slug}/timeline tells what there was."
        )
    around = [found["id"] for found in await fetch(pool, _neighbours, {"fact": shown.id})]
    neighbours = await views_of_claims(pool, around) if around else []
    if as_of is not None:
        neighbours = [view for view in neighbours if view.reported_at <= as_of]
    return assessed(shown, views, neighbours, as_of)


async def read_claims(
    pool: asyncpg.Pool, key: Key, row: Row | None, as_of: dt.datetime | None
) -> tuple[FactSummary, list[ClaimView], list[Withdrawn]]:
    """A fact, its claims, and those that were taken back with their articles; of both, what was published by
    `as_of`. The row is missing where all were taken back; NotFound when there never was such a fact."""
    gone = await find_withdrawn(pool, key if row is None else row["id"])
    if row is None and not gone:
        raise NotFound(f"No fact has the id or slug {key}.")
    shown = gone[-1].fact if row is None else summary(row)
    views = (await views_of_facts(pool, [shown.id])).get(shown.id, [])
    if as_of is not None:
        views = [view for view in views if view.reported_at <= as_of]
        gone = [one for one in gone if one.view.reported_at <= as_of]
    return shown, views, gone


async def find_long(pool: asyncpg.Pool, row: Row, as_of: dt.datetime | None) -> Fact | None:
    """As `find_fact`, for a fact of very many claims: to judge ten thousand takes seconds, in which nobody
    else would be answered. The verdict and the relations are those that were stored with its last claim. None
    where there were not so many yet."""
    if as_of is not None:
        found = await fetch(pool, FACTS_AS_OF.details_statement(), {"ids": [row["id"]], "as_of": as_of})
        if not found or found[0]["claims"] <= LONG:
            return None
        row = found[0]
    stored = await fetch(pool, _stored_relations, {"fact": row["id"], "until": as_of or FOREVER})
    views = await held(pool, row["id"], as_of or FOREVER)
    return Fact(
        **summary_fields(row),
        positions=shown_positions(rule.positions(views, rule.voices(rule.as_first_told(views)))),
        relations=[
            Relation(one["from_id"], one["to_id"], one["type"], one["clause"], one["because"])
            for one in stored
        ],
        relations_total=stored[0]["total"] if stored else 0,
        claims=[uuid.UUID(view.id) for view in views],
    )


def shown_positions(positions: Iterable[rule.Position]) -> list[Position]:
    return [
        Position(
            shown_value(position.value),
            position.denied,
            [uuid.UUID(one) for one in position.claims],
            position.voices,
            told(position.first_reported),
            told(position.last_reported),
        )
        for position in positions
    ]


def nothing_by_then(fact: FactSummary, as_of: dt.datetime) -> NotFound:
    return NotFound(f"Nothing had been published about {fact.slug} by {as_of.isoformat()}.")


def assessed(
    shown: FactSummary, views: list[ClaimView], neighbours: list[ClaimView], as_of: dt.datetime | None
) -> Fact:
    """A fact whose verdict is computed from these claims, not read from the store."""
    verdict = rule.assess(views, as_of)
    assert verdict is not None  # there is none only for no claims at all
    by_id = {view.id: view for view in views}
    best = None if verdict.preferred is None else by_id[verdict.preferred.claim]
    related = [*verdict.relations, *across(views, neighbours)]
    reported = [view.reported_at for view in views]
    low, high = (None, None) if verdict.range is None else (verdict.range.lower, verdict.range.upper)
    return Fact(
        **msgspec.structs.asdict(shown)
        | {
            "agreement": Agreement(
                verdict.status,  # type: ignore[arg-type]  # the rule's words are those of the schema
                verdict.because,
                verdict.claims,
                verdict.articles,
                verdict.independent_attributions,
                None if low is None and high is None else Range(number(low), number(high)),
                verdict.rule,
            ),
            "preferred": None
            if best is None or verdict.preferred is None
            else Preferred(uuid.UUID(best.id), shown_value(best), list(verdict.preferred.because)),
            "first_reported": told(min(reported)),
            "last_reported": told(max(reported)),
        },
        positions=shown_positions(verdict.positions),
        relations=[relation(one) for one in most_telling(related)],
        relations_total=len(related),
        claims=[uuid.UUID(view.id) for view in sorted(views, key=telling_order)],
    )


def across(views: list[ClaimView], neighbours: list[ClaimView]) -> list[rule.Relation]:
    """Relations between a part and the larger figure it belongs to, which are different facts."""
    found = []
    for view in views:
        for other in neighbours:
            if other.id == view.of or other.of == view.id:
                found.append(rule.relate(view, other))
    return found


def most_telling(relations: list[rule.Relation]) -> list[rule.Relation]:
    if len(relations) <= RELATIONS:
        return relations
    return sorted(relations, key=lambda one: TELLING.index(one.type))[:RELATIONS]


def relation(one: rule.Relation) -> Relation:
    return Relation(uuid.UUID(one.from_), uuid.UUID(one.to), one.type, one.clause, one.because)  # type: ignore[arg-type]  # as above


async def find_timeline(pool: asyncpg.Pool, key: Key, as_of: dt.datetime | None) -> Timeline:
    """The steps of a fact in the order of publication, articles that were taken back included; NotFound as
    for `find_fact`."""
    row = await fetch_one(pool, BY_SLUG if isinstance(key, str) else BY_ID, {"key": key})
    shown, views, gone = await read_claims(pool, key, row, as_of)
    articles = await article_refs_by_slug(pool, sorted({view.article for view in views}))
    slugs = {view.id: view.article for view in views}
    words = {
        str(row["id"]): Told(
            row["statement"],
            row["value_text"],
            instant(row["reported_at"], row["published_precision"]),
            articles[slugs[str(row["id"])]],
        )
        for row in await fetch(pool, _statements, {"ids": [uuid.UUID(view.id) for view in views]})
    }
    for one in gone:
        words[one.view.id] = Told(one.statement, one.value_text, one.article.published_at, one.article)
        known = as_of is None or one.withdrawn_at <= as_of
        views.append(one.view if known else msgspec.structs.replace(one.view, withdrawn_at=None))
    if not views:
        assert as_of is not None  # a fact has claims, or had some
        raise nothing_by_then(shown, as_of)
    by_id = {view.id: view for view in views}
    steps = []
    for step in timeline(views):
        view, told_so = by_id[step.claim], words[step.claim]
        steps.append(
            TimelineStep(
                step.label,  # type: ignore[arg-type]  # as above
                uuid.UUID(step.claim),
                told_so.reported_at if step.at == view.reported_at else instant(step.at, "second"),
                shown_value(view),
                told_so.value_text,
                told_so.statement,
                told_so.article,
                None if step.compared_to is None else uuid.UUID(step.compared_to),
                step.because,
            )
        )
    return Timeline(Ref(shown.id, shown.slug, shown.title), steps)

"""SQL that finds, scores and counts across types. Every shape of request (types, filters, facets) is compiled
once.

How a score is made, the same for every type and from 0 to 1:

- 0.6 to 1.0: the heading (title, statement, name, alias) says all that was asked: 0.6, and 0.4 times the
  share of its words that were asked for. 1.0 is a heading of nothing else.
- 0.2 to 0.6: only heading and text together say it: 0.2, and 0.4 times `ts_rank`, which grows with the number
  of matching words and falls with the length of the text.
- 0.6 to 1.0: an entity found by name, when the query uses no operators:
  `service.entities.names.query_score`.

Ties go to what was published last. Of each type the newest `RANKED` matches are scored, so that a word which
stands everywhere costs about as much as a rare one. Facets count the newest `COUNTED` of each type,
through at most `LINKS` rows for each field that is not their own; totals count all.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import (
    ARRAY,
    Date,
    DateTime,
    Double,
    Numeric,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from service.db import models as m
from service.db.statements import Statement, compiled
from service.web.facets import labelled, most_frequent

RANKED = 1000  # matches of each type that are scored
COUNTED = 5_000  # matches of each type that facets count
LINKS = 20_000  # rows that are read to find the values of a field that matches of one type have otherwise
MANY = 10_000  # matches from which on the newest are found by walking back in time
FIELDS = ("type", "source", "predicate", "entity", "day")

query: Any = cast(bindparam("query", type_=Text()), TSQUERY)
_names: Any = (
    func.unnest(bindparam("named", type_=ARRAY(Uuid())), bindparam("name_scores", type_=ARRAY(Double())))
    .table_valued("id", "score", name="named")
    .render_derived()
)
HEADING: Any = literal_column("'{a}'::\"char\"[]")
NORMALIZED: Any = literal_column("33")  # ts_rank: by the length of the text (1), and into 0 to 1 (32)
NO_TIME: Any = literal_column("interval '0'")  # added to a time, it keeps an index on the time from use
NEVER: Any = literal_column("'epoch'::timestamptz")  # entities are not published; they rank last among equals

TABLES: dict[str, Any] = {"fact": m.Fact, "entity": m.Entity, "article": m.Article, "claim": m.Claim}
PUBLISHED: dict[str, Any] = {
    "fact": m.Fact.last_reported,
    "article": m.Article.published_at,
    "claim": m.Claim.reported_at,
}
# What a type's own row says of a field …
OWN: dict[tuple[str, str], Any] = {
    ("article", "source"): m.Article.source_id,
    ("article", "day"): m.Article.published_at,
    ("claim", "predicate"): m.Claim.predicate_id,
    ("claim", "day"): m.Claim.reported_at,
    ("fact", "predicate"): m.Fact.predicate_id,
    ("entity", "entity"): m.Entity.id,
}


class Link(msgspec.Struct, frozen=True):
    """Values of rows that are the `owner` of others: `value` is a column of these, or of those that have
    their `key` in column `at`."""

    owner: Any
    value: Any
    key: Any = None
    at: Any = None


# … and where it is found otherwise: a fact has what its claims have, an entity what its articles have.
LINKED: dict[tuple[str, str], Link] = {
    ("article", "predicate"): Link(m.Claim.article_id, m.Claim.predicate_id),
    ("article", "entity"): Link(m.Mention.article_id, m.Mention.entity_id),
    ("claim", "source"): Link(m.Claim.id, m.Article.source_id, m.Claim.article_id, m.Article.id),
    ("claim", "entity"): Link(m.Participant.claim_id, m.Participant.entity_id),
    ("fact", "source"): Link(m.Claim.fact_id, m.Article.source_id, m.Claim.article_id, m.Article.id),
    ("fact", "entity"): Link(m.Claim.fact_id, m.Participant.entity_id, m.Claim.id, m.Participant.claim_id),
    ("fact", "day"): Link(m.Claim.fact_id, m.Claim.reported_at),
    ("entity", "source"): Link(m.Mention.entity_id, m.Article.source_id, m.Mention.article_id, m.Article.id),
    ("entity", "predicate"): Link(
        m.Participant.entity_id, m.Claim.predicate_id, m.Participant.claim_id, m.Claim.id
    ),
    ("entity", "day"): Link(m.Mention.entity_id, m.Article.published_at, m.Mention.article_id, m.Article.id),
}
LABELLED: dict[str, tuple[Any, Any]] = {
    "source": (m.Source, m.Source.name),
    "predicate": (m.Predicate, m.Predicate.label),
    "entity": (m.Entity, m.Entity.name),
}

Shape = tuple[frozenset[str], frozenset[str]]  # types, filters


def filtered(kind: str, filters: Iterable[str]) -> list[Any]:
    """The conditions on rows of one type; a filter is `day` or a field's name, with `.slug` where it is
    given by slug."""
    return [filter_of(kind, name) for name in sorted(filters)]


def filter_of(kind: str, name: str) -> Any:
    field, _, by_slug = name.partition(".")

    def holds(value: Any) -> Any:
        if field == "day":
            low, high = (bindparam(end, type_=DateTime(timezone=True)) for end in ("day_start", "day_end"))
            return and_(value >= low, value <= high)
        if not by_slug:
            return value == bindparam(field, type_=Uuid())
        table = LABELLED[field][0]
        return value == select(table.id).where(table.slug == bindparam(name)).scalar_subquery()

    if (kind, field) in OWN:
        return holds(OWN[kind, field])
    link = LINKED[kind, field]
    joined = () if link.key is None else (link.at == link.key,)
    return exists().where(link.owner == TABLES[kind].id, *joined, holds(link.value))


def closeness(vector: Any) -> Any:
    """The score of a text match, as the table above says."""
    heading = func.ts_filter(vector, HEADING, type_=TSVECTOR)
    others = func.length(func.ts_delete(heading, bindparam("lexemes", type_=ARRAY(Text()))))
    return case(
        (heading.bool_op("@@")(query), 1.0 - 0.4 * others / cast(func.length(heading), Double)),
        else_=0.2 + 0.4 * func.ts_rank(vector, query, NORMALIZED),
    )


def matches(vector: Any) -> Any:
    return vector.bool_op("@@")(query)


def candidates(kind: str, filters: frozenset[str]) -> Any:
    """(type, id, published, score) of the newest matches of one type."""
    if kind == "entity":
        return entity_candidates(filters)
    table, published = TABLES[kind], PUBLISHED[kind]
    found = select(table.id, published.label("published"), table.search).where(
        matches(table.search), *filtered(kind, filters)
    )
    # PostgreSQL cannot know how many rows a query matches, and either plan is a disaster at the other's end:
    # few matches are read through the text index and sorted, many are met soon on the way back in time.
    some = found.with_only_columns(table.id).limit(MANY).subquery()
    counted = select(func.count().label("count")).select_from(some).cte(f"some_{kind}")
    count = select(counted.c.count).scalar_subquery()
    few = found.where(count < MANY).order_by((published + NO_TIME).desc())
    many = found.where(count >= MANY).order_by(published.desc())
    newest = union_all(
        *(select(one.limit(RANKED + 1).subquery()) for one in (few, many)),
    ).subquery(f"newest_{kind}")
    return select(
        literal_column(f"'{kind}'").label("type"),
        newest.c.id,
        newest.c.published,
        closeness(newest.c.search).label("score"),
    )


def entity_candidates(filters: frozenset[str]) -> Any:
    aliases = (
        select(m.Alias.entity_id, m.Alias.search)
        .where(matches(m.Alias.search))
        .limit(RANKED + 1)
        .subquery("aliases")
    )
    described = (
        select(m.Entity.id, m.Entity.search)
        .where(matches(m.Entity.search))
        .limit(RANKED + 1)
        .subquery("described")
    )
    found = union_all(
        select(_names.c.id.label("id"), _names.c.score.label("score")),
        select(aliases.c.entity_id, closeness(aliases.c.search)),
        select(described.c.id, closeness(described.c.search)),
    ).subquery("found")
    return (
        select(
            literal_column("'entity'").label("type"),
            m.Entity.id,
            NEVER.label("published"),
            func.max(found.c.score).label("score"),
        )
        .join(found, found.c.id == m.Entity.id)
        .where(*filtered("entity", filters))
        .group_by(m.Entity.id)
    )


def all_matches(kind: str, filters: frozenset[str]) -> Any:
    """(type, id) of every match of one type."""
    table = TABLES[kind]
    found = matches(table.search)
    if kind == "entity":
        found = or_(
            found,
            table.id.in_(select(_names.c.id)),
            table.id.in_(select(m.Alias.entity_id).where(matches(m.Alias.search))),
        )
    return select(literal_column(f"'{kind}'").label("type"), table.id).where(found, *filtered(kind, filters))


_pages: dict[tuple[Shape, bool], Statement] = {}
_totals: dict[Shape, Statement] = {}
_facets: dict[tuple[Shape, tuple[str, ...]], Statement] = {}


def page_statement(shape: Shape, after: bool) -> Statement:
    """type, id, published, score of a page's rows, best first, and whether more matched than are ranked."""
    if (shape, after) not in _pages:
        kinds, filters = shape
        ranked = union_all(*(select(candidates(kind, filters).subquery()) for kind in sorted(kinds))).cte(
            "ranked"
        )
        score = func.round(cast(ranked.c.score, Numeric), 4)
        place = tuple_(score, ranked.c.published, ranked.c.id)
        overfull = exists(
            select(null()).select_from(ranked).group_by(ranked.c.type).having(func.count() > RANKED)
        )
        statement = select(
            ranked.c.type,
            ranked.c.id,
            ranked.c.published,
            score.label("score"),
            overfull.label("truncated"),
        )
        if after:
            statement = statement.where(
                place
                < tuple_(
                    bindparam("after_score", type_=Numeric()),
                    bindparam("after_published", type_=DateTime(timezone=True)),
                    bindparam("after_id", type_=Uuid()),
                )
            )
        _pages[shape, after] = compiled(
            statement.order_by(score.desc(), ranked.c.published.desc(), ranked.c.id.desc()).limit(
                bindparam("limit", type_=None)
            )
        )
    return _pages[shape, after]


def total_statement(shape: Shape) -> Statement:
    if shape not in _totals:
        kinds, filters = shape
        found = union_all(*(all_matches(kind, filters) for kind in sorted(kinds))).subquery("found")
        _totals[shape] = compiled(select(func.count()).select_from(found))
    return _totals[shape]


def facet_statement(shape: Shape, names: tuple[str, ...]) -> Statement:
    """facet, value, label and count of the most frequent values; and one row without a facet, whose count is
    that of the types and fields of which not everything was counted."""
    if (shape, names) not in _facets:
        kinds, filters = shape
        found = union_all(*(select(newest_matches(kind, filters).subquery()) for kind in sorted(kinds))).cte(
            "found"
        )
        cut = [select(found.c.type).group_by(found.c.type).having(func.count() > COUNTED)]
        counts = [facet_counts(name, found, sorted(kinds), cut) for name in names]
        rest = union_all(*(select(one.subquery()) for one in cut)).subquery("rest")
        counts.append(select(null(), null(), null(), func.count()).select_from(rest))
        _facets[shape, names] = compiled(union_all(*(select(one.subquery()) for one in counts)))
    return _facets[shape, names]


def newest_matches(kind: str, filters: frozenset[str]) -> Any:
    """(type, id) of the newest matches of one type, one more than are counted. Whether to walk back in time
    or to gather and sort is left to the planner, which has to know the query."""
    found = all_matches(kind, filters).limit(COUNTED + 1)
    return found if kind == "entity" else found.order_by(PUBLISHED[kind].desc())


def facet_counts(name: str, found: Any, kinds: list[str], cut: list[Any]) -> Any:
    if name == "type":
        return most_frequent(name, found.c.type, found.c.type, func.count())
    links = union_all(*(values_of(kind, name, found, cut) for kind in kinds)).subquery(f"{name}_links")
    if name == "day":
        return most_frequent(name, links.c.value, links.c.value, func.count())
    counts = select(links.c.value, func.count().label("count")).group_by(links.c.value).subquery()
    table, label = LABELLED[name]
    return labelled(name, counts, table, label)


def values_of(kind: str, name: str, found: Any, cut: list[Any]) -> Any:
    """Every value that a match of one type has, once for each match. One more of `cut` selects a row if there
    are more than are read."""
    mine = select(found.c.id).where(found.c.type == kind)

    def told(value: Any) -> Any:
        return cast(func.timezone("UTC", value), Date) if name == "day" else value

    if (kind, name) in OWN:
        return select(told(OWN[kind, name]).label("value")).where(TABLES[kind].id.in_(mine))
    link = LINKED[kind, name]
    key = link.value if link.key is None else link.key
    read = (
        select(link.owner.label("owner"), key.label("key"))
        .where(link.owner.in_(mine))
        .limit(LINKS + 1)
        .cte(f"{kind}_{name}")
    )
    cut.append(select(literal_column(f"'{kind}'").label("type")).select_from(read).offset(LINKS))
    value = read.c.key if link.key is None else link.value
    pairs = select(read.c.owner, told(value).label("value")).distinct()
    if link.key is not None:
        pairs = pairs.where(link.at == read.c.key)
    return select(pairs.subquery().c.value)

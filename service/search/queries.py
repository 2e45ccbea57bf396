"""Search across types: a query becomes a tsquery with the other spellings of the names in it, the tsquery a
ranked page, the page items with highlights. Every step takes a fixed number of statements."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

import asyncpg
import msgspec
from sqlalchemy import ARRAY, Text, Uuid, bindparam, func, literal_column, select, union

from service.db import models as m
from service.db.statements import Row, Statement, among, compiled, fetch, fetch_one, fetch_planned
from service.entities.names import fold
from service.entities.queries import Match, find_names
from service.facts.queries import told
from service.schemas import ArticleRef, Ref, instant
from service.search import matching
from service.search.highlights import CLOSE, OPEN, Fragment, Marked, Span, best_fragment, marks, spans
from service.search.matching import Shape, facet_statement, page_statement, query, total_statement
from service.search.schemas import Highlight, SearchItem, UnderstoodName
from service.search.words import (
    Phrase,
    as_shown,
    other_spellings,
    phrases,
    uses_operators,
    windows,
    without_tags,
)
from service.web.facets import Counts, counts_of

SURE = 0.84  # of a name's score: its other spellings are searched for too
MOST_NAMES = 3  # of one query
MOST_WORDS = 3  # of one query that can be written in another way
REWRITES = MOST_NAMES + MOST_WORDS
MARKED_LENGTH = 100_000  # code points of a text that are looked through for highlights

_alias_columns = (
    m.Alias.entity_id,
    m.Alias.text,
    m.Alias.kind,
    m.Alias.folded,
    m.Entity.slug,
    m.Entity.name,
)
# A demonym is a name of people, and an error may be a right name of something else: neither is another
# spelling.
_aliases = compiled(
    select(*_alias_columns)
    .join(m.Entity, m.Entity.id == m.Alias.entity_id)
    .where(
        m.Alias.kind != "demonym",
        m.Alias.kind != "error",
        # not two conditions with `or`, for which all aliases are read
        m.Alias.entity_id.in_(
            union(
                select(func.unnest(bindparam("entities", type_=ARRAY(Uuid())))),
                select(m.Alias.entity_id).where(among(m.Alias.folded, "folded", Text())),
            )
        ),
    )
    .order_by(m.Alias.entity_id, m.Alias.id)
)


def _tsquery() -> Statement:
    """The query ($1) with names and words replaced by any of their spellings ($2 and $3, …)."""
    rewritten = ["(SELECT websearch_to_tsquery('fact_lookup', $1) AS step_0) AS s0"]
    for step in range(REWRITES):
        target = f"websearch_to_tsquery('fact_lookup', ${2 * step + 2})"
        spellings = (
            "(SELECT string_agg('(' || spelling::text || ')', ' | ')::tsquery"
            f" FROM unnest(${2 * step + 3}::text[]) AS alias,"
            " phraseto_tsquery('fact_lookup', alias) AS spelling WHERE numnode(spelling) > 0)"
        )
        rewritten.append(
            f"LATERAL (SELECT coalesce(ts_rewrite(step_{step}, {target}, {target} || {spellings}),"
            f" step_{step}) AS step_{step + 1}) AS s{step + 1}"
        )
    names = [name for step in range(REWRITES) for name in (f"name_{step}", f"spellings_{step}")]
    sql = f"SELECT step_{REWRITES}::text AS full FROM {', '.join(rewritten)}"
    return Statement(sql, ("q", *names), {})


TSQUERY = _tsquery()


class Search(msgspec.Struct, frozen=True):
    """What a query asks for."""

    tsquery: str  # empty when no word of it is searchable: stop words, signs, exclusions alone
    phrases: list[Phrase]
    names: list[UnderstoodName]
    matched: list[Match]  # entities whose name the whole query is like

    def values(self) -> dict[str, Any]:
        return {
            "query": self.tsquery,
            "lexemes": [lexeme.text for phrase in self.phrases for lexeme in phrase],
            "named": [match.entity for match in self.matched],
            "name_scores": [match.score for match in self.matched],
        }


async def understand(pool: asyncpg.Pool, q: str) -> Search:
    plain = not uses_operators(q)
    matched = await find_names(pool, q) if plain else []
    names = await names_in(pool, q, matched) if plain else []
    rewrites = [(name.text, spellings) for name, spellings in names]
    rewrites += list(other_spellings(q).items())[:MOST_WORDS]
    values: dict[str, Any] = {"q": without_tags(q)}
    for step in range(REWRITES):
        text, spellings = rewrites[step] if step < len(rewrites) else ("", [])
        values |= {f"name_{step}": text, f"spellings_{step}": spellings}
    row = await fetch_one(pool, TSQUERY, values)
    assert row is not None
    asked = phrases(row["full"])
    return Search(
        row["full"] if asked else "",
        asked,
        [name for name, _ in names],
        matched,
    )


async def names_in(
    pool: asyncpg.Pool, q: str, matched: list[Match]
) -> list[tuple[UnderstoodName, list[str]]]:
    """The names that a query holds, each with its spellings. A name that two entities share stands for
    neither."""
    best = [match.entity for match in matched if match.score == matched[0].score >= SURE]
    whole = best[0] if len(best) == 1 else None
    candidates = {} if whole else {text: fold(text) for text in windows(q)}
    values = {"entities": [whole] if whole else [], "folded": list(candidates.values())}
    rows = await fetch(pool, _aliases, values)
    spellings: dict[uuid.UUID, list[str]] = {}
    refs: dict[uuid.UUID, Ref] = {}
    owners: dict[str, set[uuid.UUID]] = {}
    for row in rows:
        entity = row["entity_id"]
        spellings.setdefault(entity, []).append(row["text"])
        refs[entity] = Ref(entity, row["slug"], row["name"])
        # "us" in a sentence is not the country
        if row["kind"] != "acronym" or len(row["folded"]) > 3 or row["text"] in candidates:
            owners.setdefault(row["folded"], set()).add(entity)
    if whole:
        return [(UnderstoodName(q, refs[whole]), spellings[whole])] if whole in refs else []
    found: list[tuple[UnderstoodName, list[str]]] = []
    rest = q
    for text, folded in candidates.items():  # the longest first
        entities = owners.get(folded, set())
        if len(entities) == 1 and text in rest and len(found) < MOST_NAMES:
            (entity,) = entities
            found.append((UnderstoodName(text, refs[entity]), spellings[entity]))
            rest = rest.replace(text, "\n")
    return found


Place = tuple[float, dt.datetime, uuid.UUID]


async def read_ranked(
    pool: asyncpg.Pool, shape: Shape, values: Mapping[str, Any], limit: int, after: Place | None
) -> list[Row]:
    bound = {**values, "limit": limit}
    if after is not None:
        bound |= {"after_score": after[0], "after_published": after[1], "after_id": after[2]}
    return await fetch(pool, page_statement(shape, after is not None), bound)


async def count_all(pool: asyncpg.Pool, shape: Shape, values: Mapping[str, Any]) -> int:
    return int((await fetch(pool, total_statement(shape), values))[0][0])


async def count_facets(
    pool: asyncpg.Pool, shape: Shape, values: Mapping[str, Any], names: tuple[str, ...]
) -> Counts:
    return counts_of(await fetch_planned(pool, facet_statement(shape, names), values), names)


def _marked(column: Any, name: str) -> Any:
    """A text with its matching words between `OPEN` and `CLOSE`. Angle brackets become spaces before, since
    PostgreSQL leaves tags out of what it marks, which would move the offsets."""
    clean = func.translate(func.left(column, MARKED_LENGTH), f"<>{OPEN}{CLOSE}", "    ")
    options = f"HighlightAll=true, StartSel={OPEN}, StopSel={CLOSE}"
    return func.ts_headline(literal_column("'fact_lookup'::regconfig"), clean, query, options).label(name)


_ids = func.any(bindparam("ids", type_=ARRAY(Uuid())))
_article_columns = (
    m.Article.slug.label("article_slug"),
    m.Article.title.label("article_title"),
    m.Article.published_at,
    m.Article.published_precision,
    m.Source.id.label("source_id"),
    m.Source.slug.label("source_slug"),
    m.Source.name.label("source_name"),
)
_matching_alias = (
    select(m.Alias.text)
    .where(m.Alias.entity_id == m.Entity.id, matching.matches(m.Alias.search))
    .order_by(func.length(m.Alias.search), m.Alias.text)
    .limit(1)
    .scalar_subquery()
)
LOADED = {
    "article": compiled(
        select(
            m.Article.id,
            m.Article.id.label("article_id"),
            *_article_columns,
            func.left(m.Article.text, MARKED_LENGTH).label("text"),
            _marked(m.Article.title, "title_marked"),
            _marked(m.Article.text, "text_marked"),
        )
        .join(m.Source, m.Source.id == m.Article.source_id)
        .where(m.Article.id == _ids)
    ),
    "claim": compiled(
        select(
            m.Claim.id,
            m.Claim.statement,
            m.Claim.evidence,
            m.Predicate.slug.label("predicate"),
            m.Article.id.label("article_id"),
            *_article_columns,
            _marked(m.Claim.statement, "statement_marked"),
            _marked(m.Claim.evidence, "evidence_marked"),
        )
        .join(m.Predicate, m.Predicate.id == m.Claim.predicate_id)
        .join(m.Article, m.Article.id == m.Claim.article_id)
        .join(m.Source, m.Source.id == m.Article.source_id)
        .where(m.Claim.id == _ids)
    ),
    "fact": compiled(
        select(
            m.Fact.id,
            m.Fact.slug,
            m.Fact.title,
            m.Fact.last_reported,
            m.Predicate.slug.label("predicate"),
            _marked(m.Fact.title, "title_marked"),
        )
        .join(m.Predicate, m.Predicate.id == m.Fact.predicate_id)
        .where(m.Fact.id == _ids)
    ),
    "entity": compiled(
        select(
            m.Entity.id,
            m.Entity.slug,
            m.Entity.name,
            m.Entity.kind,
            m.Entity.description,
            _matching_alias.label("alias"),
            _marked(func.coalesce(m.Entity.description, ""), "description_marked"),
        ).where(m.Entity.id == _ids)
    ),
}
_lexemes = Statement(
    "SELECT word, tsvector_to_array(to_tsvector('fact_lookup', word)) AS lexemes"
    " FROM unnest($1::text[]) AS word",
    ("words",),
    {},
)


async def load_items(pool: asyncpg.Pool, search: Search, ranked: list[Row]) -> list[SearchItem]:
    """The items of ranked rows, in their order: a statement for each type, and one for the marked words."""
    rows: dict[uuid.UUID, Row] = {}
    for kind in sorted({row["type"] for row in ranked}):
        ids = [row["id"] for row in ranked if row["type"] == kind]
        for row in await fetch(pool, LOADED[kind], {"ids": ids, "query": search.tsquery}):
            rows[row["id"]] = row
    found = {
        (row["id"], field): marks(row[f"{field}_marked"])
        for row in rows.values()
        for field in ("title", "text", "statement", "evidence", "description")
        if f"{field}_marked" in row
    }
    lexemes = await lexemes_of(pool, found.values()) if search.tsquery else {}
    names = {match.entity: match.alias for match in search.matched}
    shown = [as_shown(phrase) for phrase in search.phrases]
    items = []
    for place in ranked:
        if place["id"] in rows:  # else it was deleted since it was ranked
            row = rows[place["id"]]
            lit = highlights(row, found, shown, lexemes)
            items.append(ITEMS[place["type"]](row, float(place["score"]), lit, names.get(place["id"])))
    return items


async def lexemes_of(pool: asyncpg.Pool, marked: Iterable[list[Marked]]) -> dict[str, list[str]]:
    surfaces = sorted({mark.surface for one in marked for mark in one})
    return {row["word"]: row["lexemes"] for row in await fetch(pool, _lexemes, {"words": surfaces})}


def highlights(
    row: Row,
    found: Mapping[tuple[uuid.UUID, str], list[Marked]],
    asked: list[Phrase],
    lexemes: Mapping[str, list[str]],
) -> list[Highlight]:
    lit = []
    for (owner, field), marked in found.items():
        if owner != row["id"] or not marked:
            continue
        column = "article_title" if field == "title" and "article_title" in row else field
        fragment = best_fragment(row[column], spans(row[column], marked, asked, lexemes))
        if fragment is not None:
            lit.append(highlight(field, fragment))
    return lit


def highlight(field: Any, fragment: Fragment) -> Highlight:
    return Highlight(field, fragment.text, fragment.start, fragment.spans)


def article_item(row: Row, score: float, lit: list[Highlight], alias: str | None) -> SearchItem:
    article = article_of(row)
    return SearchItem(
        type="article",
        score=score,
        id=row["id"],
        slug=article.slug,
        title=article.title,
        url=f"/v1/articles/{article.slug}",
        kind=None,
        predicate=None,
        published_at=article.published_at,
        source=article.source,
        article=None,
        matched=None,
        highlights=lit,
    )


def claim_item(row: Row, score: float, lit: list[Highlight], alias: str | None) -> SearchItem:
    article = article_of(row)
    return SearchItem(
        type="claim",
        score=score,
        id=row["id"],
        slug=None,
        title=row["statement"],
        url=f"/v1/claims/{row['id']}",
        kind=None,
        predicate=row["predicate"],
        published_at=article.published_at,
        source=article.source,
        article=article,
        matched=None,
        highlights=lit,
    )


def fact_item(row: Row, score: float, lit: list[Highlight], alias: str | None) -> SearchItem:
    return SearchItem(
        type="fact",
        score=score,
        id=row["id"],
        slug=row["slug"],
        title=row["title"],
        url=f"/v1/facts/{row['slug']}",
        kind=None,
        predicate=row["predicate"],
        published_at=told(row["last_reported"]),
        source=None,
        article=None,
        matched=None,
        highlights=lit,
    )


def entity_item(row: Row, score: float, lit: list[Highlight], alias: str | None) -> SearchItem:
    matched = alias or row["alias"]
    if matched is not None:
        lit = [Highlight("alias", matched, 0, [Span(0, len(matched))]), *lit]
    return SearchItem(
        type="entity",
        score=score,
        id=row["id"],
        slug=row["slug"],
        title=row["name"],
        url=f"/v1/entities/{row['slug']}",
        kind=row["kind"],
        predicate=None,
        published_at=None,
        source=None,
        article=None,
        matched=matched,
        highlights=lit,
    )


ITEMS = {"article": article_item, "claim": claim_item, "fact": fact_item, "entity": entity_item}


def article_of(row: Row) -> ArticleRef:
    return ArticleRef(
        row["article_id"],
        row["article_slug"],
        row["article_title"],
        Ref(row["source_id"], row["source_slug"], row["source_name"]),
        instant(row["published_at"], row["published_precision"]),
    )

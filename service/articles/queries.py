"""SQL behind the article, source and mention endpoints."""

import datetime as dt
from typing import Any

import asyncpg
from sqlalchemy import ARRAY, Text, Uuid, bindparam, func, select
from sqlalchemy.orm import aliased

from service.articles.schemas import Article, ArticleSummary, Counts, Mention, Source
from service.db import models as m
from service.db.absent import absent
from service.db.statements import Row, compiled, fetch, fetch_one
from service.schemas import ArticleRef, Ref, instant, ref
from service.web.facets import Facet
from service.web.listing import Listing, Order, key_filter
from service.web.params import Key

Original = aliased(m.Article, name="original")

_article_columns = (
    m.Article.id,
    m.Article.slug,
    m.Article.title,
    m.Article.author,
    m.Article.url,
    m.Article.language,
    m.Article.published_at,
    m.Article.published_precision,
    m.Article.published_basis,
    m.Article.published_note,
    m.Article.sha256,
    m.Article.text_length,
    m.Article.recorded_at,
    m.Source.id.label("source_id"),
    m.Source.slug.label("source_slug"),
    m.Source.name.label("source_name"),
    Original.id.label("original_id"),
    Original.slug.label("original_slug"),
    Original.title.label("original_title"),
)
_articles = (
    select(*_article_columns)
    .join(m.Source, m.Source.id == m.Article.source_id)
    .outerjoin(Original, Original.id == m.Article.reprint_of_id)
)


def _named_by(entity_id: Any) -> Any:
    return m.Article.id.in_(select(m.Mention.article_id).where(m.Mention.entity_id == entity_id))


ARTICLES = Listing(
    name="articles",
    select=_articles,
    rows=select(m.Article.id),
    id=m.Article.id,
    filters={
        "q": m.Article.search.bool_op("@@")(func.websearch_to_tsquery("fact_lookup", bindparam("q"))),
        **key_filter("source", m.Article.source_id, m.Source),
        "entity": _named_by(bindparam("entity", type_=Uuid())),
        "entity.slug": _named_by(
            select(m.Entity.id).where(m.Entity.slug == bindparam("entity.slug")).scalar_subquery()
        ),
        "published_from": m.Article.published_at >= bindparam("published_from"),
        "published_to": m.Article.published_at <= bindparam("published_to"),
    },
    orders={
        "published_at": Order(m.Article.published_at, dt.datetime),
        "title": Order(m.Article.title, str),
    },
)

ARTICLE_FACETS = {
    "source": Facet(m.Article.source_id, table=m.Source, label=m.Source.name),
    "entity": Facet(
        through=select(m.Mention.article_id.label("id"), m.Mention.entity_id.label("value")),
        table=m.Entity,
        label=m.Entity.name,
    ),
    "predicate": Facet(
        through=select(m.Claim.article_id.label("id"), m.Claim.predicate_id.label("value")),
        table=m.Predicate,
        label=m.Predicate.label,
    ),
    "language": Facet(m.Article.language),
    "day": Facet(m.Article.published_at, day=True),
}

SOURCES = Listing(
    name="sources",
    select=select(
        m.Source.id,
        m.Source.slug,
        m.Source.name,
        m.Source.kind,
        m.Source.url,
        m.Source.inferred,
        m.Source.note,
        select(func.count())
        .select_from(m.Article)
        .where(m.Article.source_id == m.Source.id)
        .scalar_subquery()
        .label("articles"),
    ),
    id=m.Source.id,
    filters={},
    orders={"name": Order(m.Source.name, str)},
)

MENTIONS = Listing(
    name="mentions",
    select=select(
        m.Mention.id,
        m.Mention.start,
        m.Mention.end,
        m.Mention.surface,
        m.Entity.id.label("entity_id"),
        m.Entity.slug.label("entity_slug"),
        m.Entity.name.label("entity_name"),
        m.Article.id.label("article_id"),
        m.Article.slug.label("article_slug"),
        m.Article.title.label("article_title"),
        m.Article.published_at,
        m.Article.published_precision,
        m.Source.id.label("source_id"),
        m.Source.slug.label("source_slug"),
        m.Source.name.label("source_name"),
    )
    .join(m.Entity, m.Entity.id == m.Mention.entity_id)
    .join(m.Article, m.Article.id == m.Mention.article_id)
    .join(m.Source, m.Source.id == m.Article.source_id),
    rows=select(m.Mention.id).join(m.Article, m.Article.id == m.Mention.article_id),
    id=m.Mention.id,
    filters={
        **key_filter("article", m.Mention.article_id, m.Article),
        **key_filter("entity", m.Mention.entity_id, m.Entity),
    },
    orders={
        "start": Order(m.Mention.start, int),
        "published_at": Order(m.Article.published_at, dt.datetime),
    },
)

_one_article = select(
    *_article_columns,
    m.Article.text,
    select(func.count()).where(m.Claim.article_id == m.Article.id).scalar_subquery().label("claims"),
    select(func.count()).where(m.Mention.article_id == m.Article.id).scalar_subquery().label("mentions"),
    select(func.count(m.Mention.entity_id.distinct()))
    .where(m.Mention.article_id == m.Article.id)
    .scalar_subquery()
    .label("entities"),
    select(func.count(m.Claim.fact_id.distinct()))
    .where(m.Claim.article_id == m.Article.id)
    .scalar_subquery()
    .label("facts"),
).select_from(_articles.get_final_froms()[0])

_article_by_id = compiled(_one_article.where(m.Article.id == bindparam("key")))
_article_by_slug = compiled(_one_article.where(m.Article.slug == bindparam("key")))
_one_source = SOURCES.select
_source_by_id = compiled(_one_source.where(m.Source.id == bindparam("key")))
_source_by_slug = compiled(_one_source.where(m.Source.slug == bindparam("key")))


def article_ref(row: Row) -> ArticleRef:
    """From the columns `article_*`, `source_*`, `published_at` and `published_precision`."""
    return ArticleRef(
        row["article_id"],
        row["article_slug"],
        row["article_title"],
        Ref(row["source_id"], row["source_slug"], row["source_name"]),
        instant(row["published_at"], row["published_precision"]),
    )


def summary_fields(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "slug": row["slug"],
        "title": row["title"],
        "source": Ref(row["source_id"], row["source_slug"], row["source_name"]),
        "author": row["author"],
        "url": row["url"],
        "language": row["language"],
        "published_at": instant(row["published_at"], row["published_precision"]),
        "published_precision": row["published_precision"],
        "published_basis": row["published_basis"],
        "published_note": row["published_note"],
        "sha256": row["sha256"],
        "length": row["text_length"],
        "reprint_of": ref(row["original_id"], row["original_slug"], row["original_title"]),
        "recorded_at": row["recorded_at"],
    }


async def load_articles(pool: asyncpg.Pool, rows: list[Row]) -> list[ArticleSummary]:
    return [ArticleSummary(**summary_fields(row)) for row in rows]


async def load_sources(pool: asyncpg.Pool, rows: list[Row]) -> list[Source]:
    return [source(row) for row in rows]


async def load_mentions(pool: asyncpg.Pool, rows: list[Row]) -> list[Mention]:
    return [
        Mention(
            row["id"],
            article_ref(row),
            Ref(row["entity_id"], row["entity_slug"], row["entity_name"]),
            row["start"],
            row["end"],
            row["surface"],
        )
        for row in rows
    ]


def source(row: Row) -> Source:
    return Source(
        row["id"],
        row["slug"],
        row["name"],
        row["kind"],
        row["url"],
        row["inferred"],
        row["note"],
        row["articles"],
    )


async def find_article(pool: asyncpg.Pool, key: Key) -> Article:
    statement = _article_by_slug if isinstance(key, str) else _article_by_id
    row = await fetch_one(pool, statement, {"key": key})
    if row is None:
        raise await absent(pool, "article", key)
    counts = Counts(row["claims"], row["mentions"], row["entities"], row["facts"])
    return Article(**summary_fields(row), text=row["text"], counts=counts)


async def find_source(pool: asyncpg.Pool, key: Key) -> Source:
    row = await fetch_one(pool, _source_by_slug if isinstance(key, str) else _source_by_id, {"key": key})
    if row is None:
        raise await absent(pool, "source", key)
    return source(row)


_refs = compiled(
    select(
        m.Article.id.label("article_id"),
        m.Article.slug.label("article_slug"),
        m.Article.title.label("article_title"),
        m.Article.published_at,
        m.Article.published_precision,
        m.Source.id.label("source_id"),
        m.Source.slug.label("source_slug"),
        m.Source.name.label("source_name"),
    )
    .join(m.Source, m.Source.id == m.Article.source_id)
    .where(m.Article.slug == func.any(bindparam("slugs", type_=ARRAY(Text()))))
)


async def article_refs_by_slug(pool: asyncpg.Pool, slugs: list[str]) -> dict[str, ArticleRef]:
    return {row["article_slug"]: article_ref(row) for row in await fetch(pool, _refs, {"slugs": slugs})}

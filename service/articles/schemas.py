"""Articles, their publishers and the places where they name somebody, as the API shows them."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from service.schemas import ArticleRef, Facets, FacetsExact, Id, Instant, Ref, Slug, Timestamp


class Source(msgspec.Struct, frozen=True):
    """Who published an article: an outlet, an agency, a site."""

    id: Id
    slug: Slug
    name: str
    kind: Literal["outlet", "agency", "site"]
    url: str | None
    inferred: Annotated[
        bool, Meta(description="The name was read out of the article, not given by whoever stored it.")
    ]
    note: Annotated[str | None, Meta(description="Where the name comes from, when it was inferred.")]
    articles: Annotated[int, Meta(description="How many articles of this source are stored.")]


class SourcePage(msgspec.Struct, frozen=True):
    items: list[Source]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    total: int | UnsetType = UNSET


class ArticleSummary(msgspec.Struct, frozen=True):
    """An article without its text."""

    id: Id
    slug: Slug
    title: str
    source: Ref
    author: str | None
    url: str | None
    language: Annotated[str, Meta(description="ISO 639; as given, else as told from the text.")]
    published_at: Instant
    published_precision: Literal["second", "day", "week", "month", "year"]
    published_basis: Annotated[
        Literal["given", "inferred"],
        Meta(description="Whether the date was given or inferred from the text."),
    ]
    published_note: Annotated[str | None, Meta(description="What in the wording implies the date.")]
    sha256: Annotated[str, Meta(description="Of the UTF-8 bytes of `text`.")]
    length: Annotated[int, Meta(description="Code points of `text`.")]
    reprint_of: Annotated[
        Ref | None, Meta(description="The article that this one repeats; it adds no voice of its own.")
    ]
    recorded_at: Timestamp


class ArticlePage(msgspec.Struct, frozen=True):
    items: list[ArticleSummary]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    total: int | UnsetType = UNSET
    facets: Facets = UNSET
    facets_exact: FacetsExact = UNSET


class Counts(msgspec.Struct, frozen=True):
    claims: int
    mentions: int
    entities: Annotated[int, Meta(description="Different entities that the article names.")]
    facts: Annotated[int, Meta(description="Different facts that its claims belong to.")]


class Article(ArticleSummary, frozen=True):
    """One article with its text; offsets of claims and mentions are code points into it."""

    text: str
    counts: Counts


class Mention(msgspec.Struct, frozen=True):
    """One place in an article where an entity is named: `text[start:end] == surface`, in code points."""

    id: Id
    article: ArticleRef
    entity: Ref
    start: int
    end: int
    surface: str


class MentionPage(msgspec.Struct, frozen=True):
    items: list[Mention]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    total: int | UnsetType = UNSET

"""Articles, sources, and the claims and mentions of an article."""

import datetime as dt
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Meta

from service.articles.queries import (
    ARTICLE_FACETS,
    ARTICLES,
    MENTIONS,
    SOURCES,
    find_article,
    find_source,
    load_articles,
    load_mentions,
    load_sources,
)
from service.articles.schemas import Article, ArticlePage, MentionPage, Source, SourcePage
from service.claims.queries import CLAIMS, load_claims
from service.claims.schemas import ClaimPage
from service.errors import FieldError
from service.linked_data.schema_org import article_document
from service.web.facets import Chosen, counted, facet_choice
from service.web.forms import negotiated
from service.web.linked_data import ARTICLE, LD, TEXT, base_of, linked, plain
from service.web.listing import PageParams, given, key_in_path, key_values, list_response, named_keys
from service.web.params import (
    Key,
    NoParams,
    by_key,
    moment_from,
    moment_to,
    one_key,
    parsed_by,
    read_params,
)
from service.web.routing import declares, pool


class ArticleParams(PageParams, frozen=True, kw_only=True):
    ranges: ClassVar = (("published_from", "published_to"),)

    q: Annotated[
        str | None,
        Meta(
            min_length=1,
            max_length=300,
            description="Words in title or text: quotes for a phrase, `-` to exclude, `or`.",
        ),
    ] = None
    source: Annotated[Key | None, by_key("Published by this source", "site-34")] = None
    entity: Annotated[Key | None, by_key("Names this entity", "almaty")] = None
    published_from: Annotated[
        dt.datetime | None, parsed_by(moment_from, "date", "Published at or after.", "2022-01-10")
    ] = None
    published_to: Annotated[
        dt.datetime | None, parsed_by(moment_to, "date", "Published at or before.", "2022-01-12")
    ] = None
    facet: Annotated[Chosen, facet_choice(ARTICLE_FACETS)] = msgspec.field(default_factory=list)
    sort: Annotated[
        Literal["published_at", "-published_at", "title", "-title"], Meta(description="Order of the list.")
    ] = "-published_at"


class SourceParams(PageParams, frozen=True, kw_only=True):
    sort: Annotated[Literal["name", "-name"], Meta(description="Order of the list.")] = "name"


class ArticleClaimParams(PageParams, frozen=True, kw_only=True):
    sort: Annotated[
        Literal["position", "-position", "time", "-time", "amount", "-amount"],
        Meta(description="Order of the list; `position` is the order in the text."),
    ] = "position"


class ArticleMentionParams(PageParams, frozen=True, kw_only=True):
    entity: Annotated[Key | None, by_key("Only mentions of this entity", "almaty")] = None
    sort: Annotated[Literal["start", "-start"], Meta(description="Order of the list.")] = "start"


@get("/v1/articles", summary="List articles", opt=declares("articles", ArticleParams, 406))
async def list_articles(request: Request[Any, Any, Any]) -> Response[ArticlePage]:
    """The stored articles, newest first, without their texts."""
    errors: list[FieldError] = []
    params = read_params(request, ArticleParams, errors)
    named = named_keys(source=params.source, entity=params.entity)
    values = key_values(named) | given(
        q=params.q, published_from=params.published_from, published_to=params.published_to
    )
    return await list_response(
        request,
        pool(request),
        ARTICLES,
        values,
        params.sort,
        params,
        ArticlePage,
        load_articles,
        named,
        errors,
        counted(ARTICLES, ARTICLE_FACETS, params.facet, values),
    )


@get(
    "/v1/articles/{article:str}",
    summary="Get one article",
    opt=declares("articles", NoParams, 404, 406, media_types=list(ARTICLE)),
)
async def get_article(request: Request[Any, Any, Any], article: FromPath[str]) -> Response[Article]:
    """One article with its text, how its date is known, and how much is drawn from it. As JSON-LD it is a
    `NewsArticle` of schema.org, as plain text it is the text to which all offsets refer."""
    key = one_key(request, "article", article)
    kind = negotiated(request, ARTICLE)
    found = await find_article(pool(request), key)
    if kind == LD:
        return linked(article_document(base_of(request), found))
    if kind == TEXT:
        return plain(found.text)
    return Response(found)


@get(
    "/v1/articles/{article:str}/claims",
    summary="List an article's claims",
    opt=declares("articles", ArticleClaimParams, 404, 406),
)
async def list_article_claims(request: Request[Any, Any, Any], article: FromPath[str]) -> Response[ClaimPage]:
    """Everything that one article claims, in the order of its text."""
    errors: list[FieldError] = []
    named = key_in_path("article", "article", article, errors)
    params = read_params(request, ArticleClaimParams, errors)
    return await list_response(
        request,
        pool(request),
        CLAIMS,
        key_values(named),
        params.sort,
        params,
        ClaimPage,
        load_claims,
        named,
        errors,
    )


@get(
    "/v1/articles/{article:str}/mentions",
    summary="List an article's mentions",
    opt=declares("articles", ArticleMentionParams, 404, 406),
)
async def list_article_mentions(
    request: Request[Any, Any, Any], article: FromPath[str]
) -> Response[MentionPage]:
    """Whom and what one article names, in the order of its text; offsets are code points into the article's
    `text`."""
    errors: list[FieldError] = []
    params = read_params(request, ArticleMentionParams, errors)
    named = [*key_in_path("article", "article", article, errors), *named_keys(entity=params.entity)]
    return await list_response(
        request,
        pool(request),
        MENTIONS,
        key_values(named),
        params.sort,
        params,
        MentionPage,
        load_mentions,
        named,
        errors,
    )


@get("/v1/sources", summary="List sources", opt=declares("articles", SourceParams, 406))
async def list_sources(request: Request[Any, Any, Any]) -> Response[SourcePage]:
    """Who published the stored articles."""
    errors: list[FieldError] = []
    params = read_params(request, SourceParams, errors)
    return await list_response(
        request, pool(request), SOURCES, {}, params.sort, params, SourcePage, load_sources, errors=errors
    )


@get("/v1/sources/{source:str}", summary="Get one source", opt=declares("articles", NoParams, 404))
async def get_source(request: Request[Any, Any, Any], source: FromPath[str]) -> Source:
    """One publisher."""
    return await find_source(pool(request), one_key(request, "source", source))

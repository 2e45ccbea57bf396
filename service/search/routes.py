"""Search across everything, and suggestions while somebody types."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, cast

import asyncpg
import msgspec
from litestar import Request, Response, get
from litestar.response import Stream

from service.db.keys import check
from service.db.statements import Row
from service.errors import FieldError, InvalidRequest
from service.search.matching import FIELDS, RANKED, Shape
from service.search.queries import (
    Place,
    Search,
    count_all,
    count_facets,
    load_items,
    read_ranked,
    understand,
)
from service.search.schemas import TYPES, SearchItem, SearchPage, SuggestionPage
from service.search.suggest import TYPES as SUGGESTED
from service.search.suggest import load_suggestions, rank, suggest
from service.web.cursors import decode_cursor, digest, encode_cursor, read_value
from service.web.edge import asked_by_head, matches
from service.web.facets import Chosen, choice, facet_choice, flat
from service.web.forms import CSV, FORMS, JSON, MEDIA_TYPES, cells, columns, csv_lines, negotiated
from service.web.listing import (
    PageParams,
    key_values,
    named_keys,
    next_link,
    ranked_response,
    refusal,
    stream_etag,
)
from service.web.params import Key, by_key, parsed_by, read_params
from service.web.params import day as parse_day
from service.web.routing import declares, pool

LONGEST = 400  # characters of a query
STREAMED = 100  # items that a stream loads at once


def typed(text: str) -> str:
    """What somebody typed, without white space around it."""
    text = text.strip()
    if not text:
        raise ValueError("expected at least one character that is not a space")
    if len(text) > LONGEST:
        raise ValueError(f"expected at most {LONGEST} characters")
    return text


class SearchParams(PageParams, frozen=True, kw_only=True):
    q: Annotated[
        str,
        parsed_by(
            typed,
            "query",
            "Words that must all be there; quotes for a phrase, `-` to exclude, `or`. Without these"
            f" operators a name is found in any spelling. At most {LONGEST} characters.",
            "arrests Almaty",
            '"running total" -Almaty',
        ),
    ]
    type: Annotated[Chosen, choice("Only these types, comma-separated or repeated.", TYPES)] = msgspec.field(
        default_factory=list
    )
    source: Annotated[Key | None, by_key("From, or with claims from, this source", "site-34")] = None
    predicate: Annotated[Key | None, by_key("With this kind of statement", "arrests")] = None
    entity: Annotated[Key | None, by_key("That names, is about or is this entity", "almaty")] = None
    day: Annotated[
        dt.date | None,
        parsed_by(parse_day, "date", "Published, or reported, on this day (UTC).", "2022-01-12"),
    ] = None
    facet: Annotated[Chosen, facet_choice(FIELDS)] = msgspec.field(default_factory=list)


class SuggestParams(PageParams, frozen=True, kw_only=True):
    q: Annotated[
        str,
        parsed_by(
            typed, "query", f"What was typed so far, at most {LONGEST} characters.", "toka", "people arr"
        ),
    ]
    type: Annotated[Chosen, choice("Only these types, comma-separated or repeated.", SUGGESTED)] = (
        msgspec.field(default_factory=list)
    )


def filters_of(params: SearchParams) -> dict[str, Any]:
    values = key_values(named_keys(source=params.source, predicate=params.predicate, entity=params.entity))
    if params.day is not None:
        start = dt.datetime.combine(params.day, dt.time.min, dt.UTC)
        values |= {"day_start": start, "day_end": dt.datetime.combine(params.day, dt.time.max, dt.UTC)}
    return values


def shape_of(params: SearchParams, values: Mapping[str, Any]) -> Shape:
    filters = {name for name in values if not name.startswith("day_")} | ({"day"} if params.day else set())
    return frozenset(flat(params.type) or TYPES), frozenset(filters)


def read_score(text: str) -> tuple[Decimal, dt.datetime]:
    score, _, published = text.partition("|")
    return read_value(score, Decimal), read_value(published, dt.datetime)


def cursor_of(mark: str, row: Row) -> str:
    return encode_cursor([mark, f"{row['score']}|{row['published'].isoformat()}", str(row["id"])])


@get("/v1/search", summary="Search across everything", opt=declares("lookup", SearchParams, 406))
async def search(request: Request[Any, Any, Any]) -> Response[SearchPage]:
    """Articles, entities, claims and facts in one list, best first, each with `score` and highlights.

    From 0.6 up the title, statement or name says all that was asked, and 1 is a title of nothing else; below
    0.6 only its text does. An entity is also found by a name in any spelling. Filters and facets take a fact
    by the sources, entities and days of its claims, an entity by those of the articles that name it. Stop
    words alone find names alone.
    """
    errors: list[FieldError] = []
    params = read_params(request, SearchParams, errors)
    named = named_keys(source=params.source, predicate=params.predicate, entity=params.entity)
    if errors:
        raise await refusal(request, pool(request), errors, params, named)
    filters = filters_of(params)
    shape = shape_of(params, filters)
    mark = digest("search", "score", {**filters, "q": params.q, "type": sorted(shape[0])})
    after: Place | None = None
    if params.cursor is not None:
        try:
            (score, published), last = decode_cursor(params.cursor, mark, read_score)
        except InvalidRequest as error:
            raise await refusal(request, pool(request), error.errors, params, named) from None
        after = (score, published, last)
    kind = negotiated(request, FORMS)
    found = await understand(pool(request), params.q)
    values = found.values() | filters
    if kind != JSON:
        await check(pool(request), named)
        return await stream(request, found, shape, values, after, kind)
    rows = await read_ranked(pool(request), shape, values, params.limit + 1, after)
    if not rows and named:
        await check(pool(request), named)
    following = cursor_of(mark, rows[params.limit - 1]) if len(rows) > params.limit else None
    facets = tuple(flat(params.facet))
    counts, exact = (
        await count_facets(pool(request), shape, values, facets) if facets else (msgspec.UNSET, msgspec.UNSET)
    )
    return Response(
        SearchPage(
            items=await load_items(pool(request), found, rows[: params.limit]),
            next=following,
            names=found.names,
            truncated=any(row["truncated"] for row in rows[:1]),
            total=await count_all(pool(request), shape, values) if params.total else msgspec.UNSET,
            facets=counts,
            facets_exact=exact,
        ),
        headers=next_link(request, following),
    )


async def stream(
    request: Request[Any, Any, Any],
    found: Search,
    shape: Shape,
    values: dict[str, Any],
    after: Place | None,
    kind: str,
) -> Response[SearchPage]:
    etag = await stream_etag(request, pool(request), kind)
    if matches(request.headers.get("if-none-match"), etag):
        return Response(None, status_code=304, headers={"ETag": etag})  # type: ignore[arg-type]  # no body
    if asked_by_head(request.scope):
        return Response(b"", media_type=MEDIA_TYPES[kind], headers={"ETag": etag})  # type: ignore[arg-type]  # no body
    lines = all_lines(pool(request), found, shape, values, after, kind)
    return cast(Response[SearchPage], Stream(lines, media_type=MEDIA_TYPES[kind], headers={"ETag": etag}))


async def all_lines(
    pool: asyncpg.Pool,
    found: Search,
    shape: Shape,
    values: dict[str, Any],
    after: Place | None,
    kind: str,
) -> AsyncIterator[bytes]:
    """Everything that is ranked, loaded piece by piece."""
    rows = await read_ranked(pool, shape, values, len(TYPES) * (3 * RANKED + 3), after)
    if kind == CSV:
        yield csv_lines([columns(SearchItem)])
    for start in range(0, len(rows), STREAMED):
        items = await load_items(pool, found, rows[start : start + STREAMED])
        if kind == CSV:
            yield csv_lines([cells(one, SearchItem) for one in items])
        else:
            yield msgspec.json.Encoder().encode_lines(items)


@get("/v1/suggest", summary="Suggest while typing", opt=declares("lookup", SuggestParams, 406))
async def suggestions(request: Request[Any, Any, Any]) -> Response[SuggestionPage]:
    """Entities by the beginning of any name or by another spelling, predicates by label, facts by title."""
    params = read_params(request, SuggestParams)
    types = frozenset(flat(params.type) or SUGGESTED)
    found = await suggest(pool(request), params.q, types)
    values = {"q": params.q, "type": sorted(types)}
    return await ranked_response(
        request, pool(request), "suggest", values, found, rank, params, SuggestionPage, load_suggestions
    )

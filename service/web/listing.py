"""Lists: keyset pages, totals, and whole results as NDJSON or CSV.

A `Listing` declares what a list selects, by what it can be filtered and ordered. Its statements depend only
on which filters and which order a request uses, so each shape is compiled once. A cursor holds the last
row's place in the order, not a count of rows: page 10,000 costs what page 1 costs, and rows added meanwhile
neither repeat nor hide one.
"""

import contextlib
import datetime as dt
import functools
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeVar, cast
from urllib.parse import urlencode

import asyncpg
import msgspec
from litestar import Request, Response
from litestar.response import Stream
from msgspec import Meta
from sqlalchemy import ARRAY, ColumnElement, bindparam, func, literal_column, select, tuple_

from service.db.keys import TABLES, Named, check, ids_of, unknown
from service.db.statements import Row, Statement, compiled, fetch, fetch_planned
from service.errors import FieldError, InvalidRequest
from service.web.cursors import Place, decode_cursor, digest, encode_cursor, read_value
from service.web.edge import asked_by_head, etag_of, matches
from service.web.forms import (
    CSV,
    FORMS,
    JSON,
    MEDIA_TYPES,
    NDJSON,
    accepted,
    cells,
    columns,
    csv_lines,
    item_of,
    negotiated,
    not_acceptable,
)
from service.web.params import Key, pairs, path_key
from service.web.problems import UNAVAILABLE

BATCH = 500  # rows per statement of a stream
NEAR = 20_000  # rows of an order that are walked along before all that a filter finds is gathered
Reach = Literal["any", "near", "all"]

T = TypeVar("T", bound=msgspec.Struct)
P = TypeVar("P", bound=msgspec.Struct)
R = TypeVar("R")


class PageParams(msgspec.Struct, frozen=True, kw_only=True):
    limit: Annotated[int, Meta(ge=1, le=100, description="How many items a page holds.")] = 20
    cursor: Annotated[
        str | None, Meta(max_length=2000, description="Where to go on: `next` of the page before.")
    ] = None
    total: Annotated[bool, Meta(description="Also count all matching items, as `total`.")] = False


class Order(msgspec.Struct, frozen=True):
    """What a list can be sorted by: a column that is never null, and the type of its values in a cursor."""

    column: Any
    type: type


class Walk(msgspec.Struct, frozen=True):
    """Rows that one filter finds in an order already, in an index of another table: `select` has neither
    more nor fewer than the filter finds."""

    filter: str
    sort: str
    select: Any
    id: Any
    column: Any


class Listing(msgspec.Struct, frozen=True):
    """One list of the API. `filters` maps a name to a condition whose bind parameter has the same name.

    With `rows`, a page takes two statements: one finds the ids, in terms of `rows`, which joins only what
    filters and orders need; one reads the columns of these ids. The first is planned for the values it
    runs with, since a plan for an entity with three claims is none for one with a hundred thousand, and a
    plan for both is bad for one of them; that is affordable because it has few tables. The second has many
    tables, takes milliseconds to plan, and has one plan for all. Both in one would be planned anew each
    time, or never well. `details` is what the second one reads where it is not `select`.
    """

    name: str
    select: Any  # a Select; its row type names every column, which nothing here needs
    id: Any
    filters: Mapping[str, ColumnElement[bool]]
    orders: Mapping[str, Order]
    rows: Any = None
    details: Any = None
    walks: tuple[Walk, ...] = ()
    # Filters that find at most some thousand rows, and by them orders that are not the filter's own. The
    # planner would rather walk along the order in the hope of meeting such rows soon; where they lie close
    # together in it, that takes the whole table.
    gathered: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    # Filters of which the planner cannot know where in an order their rows lie: a walk along it meets them at
    # once, or only at its far end. It goes `NEAR` rows far, and if it has not met a page of them, all of them
    # are gathered.
    scattered: frozenset[str] = frozenset()
    # one cache per listing would be clearer, but a frozen struct cannot hold one
    statements: ClassVar[dict[tuple[Any, ...], Statement]] = {}

    def statement(self, filters: frozenset[str], sort: str, after: bool) -> Statement:
        """All columns of a page's rows, in one statement that takes `limit` as a value."""
        return self.once(
            ("whole", filters, sort, after),
            lambda: self.page(self.select, filters, sort, after, bindparam("limit", type_=None)),
        )

    def page_statement(
        self, filters: frozenset[str], sort: str, after: bool, limit: int, reach: Reach = "any"
    ) -> Statement:
        """`sort_id` and `sort_value` of a page's rows. The limit is part of the text: a planner that does not
        know it expects a tenth of the table."""
        return self.once(
            ("page", filters, sort, after, limit, reach),
            lambda: self.page(self.rows, filters, sort, after, limit, reach),
        )

    def count_statement(self, filters: frozenset[str]) -> Statement:
        return self.once(("count", filters), lambda: self.counting(filters))

    def details_statement(self) -> Statement:
        """All columns of the rows with the ids `ids`, in any order."""
        chosen = self.select if self.details is None else self.details
        ids = bindparam("ids", type_=ARRAY(self.id.type))
        return self.once(("details",), lambda: compiled(chosen.where(self.id == func.any(ids))))

    def once(self, shape: tuple[Any, ...], make: Callable[[], Statement]) -> Statement:
        if (self.name, *shape) not in self.statements:
            self.statements[self.name, *shape] = make()
        return self.statements[self.name, *shape]

    def conditions(self, filters: frozenset[str]) -> list[ColumnElement[bool]]:
        return [self.filters[name] for name in sorted(filters)]

    def walk(self, filters: frozenset[str], sort: str | None = None) -> Walk | None:
        """The walk that finds exactly these rows, in this order or in any."""
        fit = (walk for walk in self.walks if filters == {walk.filter} and sort in (walk.sort, None))
        return next(fit, None)

    def counting(self, filters: frozenset[str]) -> Statement:
        walk = self.walk(filters)
        if walk is not None:
            rows = walk.select.with_only_columns(walk.column, walk.id)
        else:
            base = self.select if self.rows is None else self.rows
            rows = base.where(*self.conditions(filters)).with_only_columns(self.id)
        return compiled(select(func.count()).select_from(rows.subquery()))

    def page(
        self,
        base: Any,
        filters: frozenset[str],
        sort: str,
        after: bool,
        limit: Any,
        reach: Reach = "any",
    ) -> Statement:
        field, down = sort.removeprefix("-"), sort.startswith("-")
        walk = None if base is self.select else self.walk(filters, field)
        if walk is not None:
            statement, column, row_id = walk.select, walk.column, walk.id
        else:
            statement, column, row_id = (
                base.where(*self.conditions(filters)),
                self.orders[field].column,
                self.id,
            )
        known_few = base is not self.select and filters & self.gathered[0] and field in self.gathered[1]
        if known_few or reach == "all":
            few = statement.with_only_columns(column.label("value"), row_id.label("id")).offset(0).subquery()
            statement, column, row_id = select(few.c.id), few.c.value, few.c.id
        place = tuple_(column, row_id)
        if after:
            mark = tuple_(
                bindparam("after_value", type_=column.type), bindparam("after_id", type_=row_id.type)
            )
            statement = statement.where(place < mark if down else place > mark)
        if reach == "near":
            last = base.with_only_columns(column)
            if after:
                last = last.where(place < mark if down else place > mark)
            last = last.order_by(column.desc() if down else column).offset(NEAR).limit(1).scalar_subquery()
            statement = statement.where(column >= last if down else column <= last)
        order = (column.desc(), row_id.desc()) if down else (column, row_id)
        marks = column.label("sort_value"), row_id.label("sort_id")
        if base is self.select:
            statement = statement.add_columns(*marks)
        else:
            statement, limit = statement.with_only_columns(*marks), literal_column(str(limit))
        return compiled(statement.order_by(*order).limit(limit))


def key_filter(name: str, column: Any, table: Any) -> dict[str, ColumnElement[bool]]:
    """A filter on a foreign key that takes an id or a slug; `key_values` gives the matching value.

    `list_response` looks up the ids of slugs first, so that the statement is planned for them; by slug it is
    for other callers."""
    by_slug = select(table.id).where(table.slug == bindparam(f"{name}.slug")).scalar_subquery()
    return {name: column == bindparam(name), f"{name}.slug": column == by_slug}


def key_values(named: list[Named]) -> dict[str, Any]:
    """The values of key filters."""
    return {
        one.parameter if isinstance(one.key, uuid.UUID) else f"{one.parameter}.slug": one.key for one in named
    }


def named_keys(**keys: Key | None) -> list[Named]:
    """The keys that a request gives; the parameter's name is that of the kind of row, or of a role of an
    entity."""
    return [
        Named(name, name if name in TABLES else "entity", key)
        for name, key in keys.items()
        if key is not None
    ]


def key_in_path(parameter: str, kind: str, value: str, errors: list[FieldError]) -> list[Named]:
    """The key that a list's path names; nothing, and one more of `errors`, when it can be none."""
    try:
        return [Named(parameter, kind, path_key(kind, value), in_path=True)]
    except InvalidRequest as error:
        errors += error.errors
        return []


def given(**values: Any) -> dict[str, Any]:
    """The filters that a request uses: those whose value is not None."""
    return {name: value for name, value in values.items() if value is not None}


def cursor_of(listing: Listing, sort: str, values: Mapping[str, Any], place: Place) -> str:
    value, row_id = place
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    return encode_cursor([digest(listing.name, sort, values), text, str(row_id)])


async def read_page(
    pool: asyncpg.Pool,
    listing: Listing,
    values: dict[str, Any],
    sort: str,
    limit: int,
    after: Place | None,
) -> tuple[list[Row], Place | None]:
    """One page of rows in the order of `sort`, and the place of the last one when more follow."""
    bound = dict(values)
    if after is not None:
        bound["after_value"], bound["after_id"] = after
    filters = frozenset(values)
    if listing.rows is None:
        bound["limit"] = limit + 1
        found = await fetch(pool, listing.statement(filters, sort, after is not None), bound)
        rows = found[:limit]
    else:
        shape = (filters, sort, after is not None, limit + 1)
        if filters & listing.scattered:
            found = await fetch_planned(pool, listing.page_statement(*shape, "near"), bound)
            if len(found) <= limit:
                found = await fetch_planned(pool, listing.page_statement(*shape, "all"), bound)
        else:
            planned = not filters or listing.walk(filters, sort.removeprefix("-")) is not None
            found = await (fetch if planned else fetch_planned)(pool, listing.page_statement(*shape), bound)
        rows = await details(pool, listing, values, found[:limit])
    if len(found) <= limit:
        return rows, None
    last = found[limit - 1]
    return rows, (last["sort_value"], last["sort_id"])


async def details(
    pool: asyncpg.Pool, listing: Listing, values: dict[str, Any], found: list[Row]
) -> list[Row]:
    """The whole rows, in the order in which they were found; one that was deleted meanwhile is missing."""
    ids = [row["sort_id"] for row in found]
    bound = {**values, "ids": ids}
    by_id = {row["id"]: row for row in await fetch(pool, listing.details_statement(), bound)} if ids else {}
    return [by_id[one] for one in ids if one in by_id]


async def count(pool: asyncpg.Pool, listing: Listing, values: dict[str, Any]) -> int:
    rows = await fetch_planned(pool, listing.count_statement(frozenset(values)), values)
    return int(rows[0][0])


Load = Callable[[asyncpg.Pool, list[Row]], Awaitable[list[T]]]


async def list_response(
    request: Request[Any, Any, Any],
    pool: asyncpg.Pool,
    listing: Listing,
    values: dict[str, Any],
    sort: str,
    params: PageParams,
    page: type[P],
    load: Load[T],
    named: list[Named] | None = None,
    errors: list[FieldError] | None = None,
    facets: Callable[[asyncpg.Pool], Awaitable[Any]] | None = None,
) -> Response[P]:
    """The answer to a list request, in the form that the Accept header asks for.

    `page` is the struct of a JSON page; `load` turns rows into its items with a fixed number of statements.
    The keys in `named` are looked up only when a page is empty, since a row that matches them proves that
    they exist. With `errors`, which `read_params` found, nothing is read: InvalidRequest lists them together
    with unknown keys and a broken cursor. `facets` counts for the page's field of that name, as
    `service.web.facets.counted` does.
    """
    errors = errors or []
    if errors:
        raise await refusal(request, pool, errors, params, named)
    after = None
    if params.cursor is not None:
        convert = functools.partial(read_value, kind=listing.orders[sort.removeprefix("-")].type)
        try:
            after = decode_cursor(params.cursor, digest(listing.name, sort, values), convert)
        except InvalidRequest as error:
            raise await refusal(request, pool, error.errors, params, named) from None
    kind = negotiated(request, FORMS)
    # a walk finds the id of a slug on its way
    walked = listing.walk(frozenset(values), sort.removeprefix("-")) is not None
    known = values if walked else await with_ids(pool, values, named or [])
    if kind == JSON:
        rows, last = await read_page(pool, listing, known, sort, params.limit, after)
        if not rows and named:
            await check(pool, named)
        total = await count(pool, listing, known) if params.total else msgspec.UNSET
        following = None if last is None else cursor_of(listing, sort, values, last)
        counts = await facets(pool) if facets else None
        extra = {} if counts is None else {"facets": counts[0], "facets_exact": counts[1]}
        return Response(
            page(items=await load(pool, rows), next=following, total=total, **extra),
            headers=next_link(request, following),
        )
    await check(pool, named or [])
    media_type = MEDIA_TYPES[kind]
    etag = await stream_etag(request, pool, kind)
    if matches(request.headers.get("if-none-match"), etag):
        return Response(None, status_code=304, headers={"ETag": etag})  # type: ignore[arg-type]  # no body
    if asked_by_head(request.scope):
        return Response(b"", media_type=media_type, headers={"ETag": etag})  # type: ignore[arg-type]  # no body
    rows_out = lines(pool, listing, known, sort, after, item_of(page), load, kind)
    return cast(Response[P], Stream(rows_out, media_type=media_type, headers={"ETag": etag}))


async def with_ids(pool: asyncpg.Pool, values: dict[str, Any], named: list[Named]) -> dict[str, Any]:
    """The values with ids in the place of slugs; a slug that names nothing stays, and finds nothing."""
    ids = await ids_of(pool, [one for one in named if isinstance(one.key, str)])
    found = {f"{parameter}.slug": (parameter, row_id) for parameter, row_id in ids.items()}
    return dict(found.get(name, (name, value)) for name, value in values.items())


async def refusal(
    request: Request[Any, Any, Any],
    pool: asyncpg.Pool,
    errors: list[FieldError],
    params: PageParams,
    named: list[Named] | None = None,
) -> InvalidRequest:
    """A bad list request's errors, together with what is wrong with its cursor, its keys and what it accepts.

    Whether a cursor belongs to the list cannot be told when the filters could not be read, so only its form
    is checked then.
    """
    found = list(errors)
    if params.cursor is not None and not any(error.parameter == "cursor" for error in found):
        try:
            decode_cursor(params.cursor, None, str)
        except InvalidRequest as error:
            found += error.errors
    with contextlib.suppress(*UNAVAILABLE):  # the request stays a bad one while the database is away
        found += [error for _, error in await unknown(pool, named or [])]
    if accepted(request, FORMS) is None:
        found += not_acceptable(FORMS).errors
    return InvalidRequest(found)


async def ranked_response(
    request: Request[Any, Any, Any],
    pool: asyncpg.Pool,
    name: str,
    values: dict[str, Any],
    ranked: list[R],
    place: Callable[[R], tuple[float, uuid.UUID]],
    params: PageParams,
    page: type[P],
    load: Callable[[asyncpg.Pool, list[R]], Awaitable[list[T]]],
) -> Response[P]:
    """As `list_response`, for a short list that was ranked here, best first; `place` gives score and id of
    an item."""
    kind = negotiated(request, FORMS)
    mark = digest(name, "rank", values)
    start = 0
    if params.cursor is not None:
        score, last = decode_cursor(params.cursor, mark, functools.partial(read_value, kind=float))
        places = [place(one) for one in ranked]
        passed = [index for index, (_, one) in enumerate(places) if one == last]
        # the last item of the page before may be gone; what ranked below it comes next
        start = passed[0] + 1 if passed else sum(one >= score for one, _ in places)
    if kind == JSON:
        chosen = ranked[start : start + params.limit]
        following = None
        if start + params.limit < len(ranked):
            score, last = place(chosen[-1])
            following = encode_cursor([mark, repr(score), str(last)])
        items = await load(pool, chosen)
        total = len(ranked) if params.total else msgspec.UNSET
        return Response(page(items=items, next=following, total=total), headers=next_link(request, following))
    items = await load(pool, ranked[start:])
    if kind == NDJSON:
        content = msgspec.json.Encoder().encode_lines(items)
    else:
        item = item_of(page)
        content = csv_lines([columns(item), *(cells(one, item) for one in items)])
    return cast(Response[P], Response(content, media_type=MEDIA_TYPES[kind]))


async def stream_etag(request: Request[Any, Any, Any], pool: asyncpg.Pool, kind: str) -> str:
    """A tag for an answer that is never whole in memory: it is the same until the next write."""
    number = await pool.fetchval("SELECT number FROM revision")
    return etag_of(repr((number, request.url.path, request.scope["query_string"], kind)).encode())


def next_link(request: Request[Any, Any, Any], following: str | None) -> dict[str, str]:
    if following is None:
        return {}
    query = [(name, value) for name, value in pairs(request.scope["query_string"])[0] if name != "cursor"]
    return {"Link": f'<{request.url.path}?{urlencode([*query, ("cursor", following)])}>; rel="next"'}


async def lines(
    pool: asyncpg.Pool,
    listing: Listing,
    values: dict[str, Any],
    sort: str,
    after: Place | None,
    item: type[msgspec.Struct],
    load: Load[T],
    kind: str,
) -> AsyncIterator[bytes]:
    """The whole result, batch by batch."""
    encode = msgspec.json.Encoder()
    if kind == CSV:
        yield csv_lines([columns(item)])
    while True:
        rows, after = await read_page(pool, listing, values, sort, BATCH, after)
        items = await load(pool, rows)
        if kind == CSV:
            yield csv_lines([cells(one, item) for one in items])
        else:
            yield encode.encode_lines(items)
        if after is None:
            return

"""Lists: keyset pages, totals, and whole results as NDJSON or CSV.

A `Listing` declares what a list selects, by what it can be filtered and ordered. Its statements depend only
on which filters and which order a request uses, so each shape is compiled once. A cursor holds the last
row's place in the order, not a count of rows: page 10,000 costs what page 1 costs, and rows added meanwhile
neither repeat nor hide one.
"""

import base64
import binascii
import contextlib
import csv
import datetime as dt
import functools
import hashlib
import io
import math
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar, TypeVar, cast, get_args, get_type_hints
from urllib.parse import urlencode

import asyncpg
import msgspec
from litestar import Request, Response
from litestar.response import Stream
from msgspec import Meta
from sqlalchemy import ColumnElement, bindparam, func, select, tuple_

from service.db.keys import TABLES, Named, check, unknown
from service.db.statements import Row, Statement, compiled, fetch
from service.errors import FieldError, InvalidRequest
from service.web.edge import asked_by_head, etag_of, matches
from service.web.params import Key, pairs, path_key
from service.web.problems import UNAVAILABLE

JSON, NDJSON, CSV = FORMS = ("application/json", "application/x-ndjson", "text/csv")
# the framework adds the charset to text/*
MEDIA_TYPES = {JSON: JSON, NDJSON: NDJSON, CSV: "text/csv; header=present"}
BATCH = 500  # rows per statement of a stream
LARGEST = {int: 2**31, float: 2.0, Decimal: 10**40}  # of a value in a cursor; a float there is a score

Place = tuple[Any, uuid.UUID]  # where a row stands in an order: the value it is sorted by, and its id

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


class Listing(msgspec.Struct, frozen=True):
    """One list of the API. `filters` maps a name to a condition whose bind parameter has the same name."""

    name: str
    select: Any  # a Select; its row type names every column, which nothing here needs
    id: Any
    filters: Mapping[str, ColumnElement[bool]]
    orders: Mapping[str, Order]
    # one cache per listing would be clearer, but a frozen struct cannot hold one
    statements: ClassVar[dict[tuple[str, frozenset[str], str, bool], Statement]] = {}

    def statement(self, filters: frozenset[str], sort: str, after: bool) -> Statement:
        shape = (self.name, filters, sort, after)
        if shape not in self.statements:
            self.statements[shape] = self.compile(filters, sort, after)
        return self.statements[shape]

    def compile(self, filters: frozenset[str], sort: str, after: bool) -> Statement:
        statement = self.select.where(*(self.filters[name] for name in sorted(filters)))
        if sort == "count":
            return compiled(select(func.count()).select_from(statement.with_only_columns(self.id).subquery()))
        column = self.orders[sort.removeprefix("-")].column
        place = tuple_(column, self.id)
        if after:
            mark = tuple_(
                bindparam("after_value", type_=column.type), bindparam("after_id", type_=self.id.type)
            )
            statement = statement.where(place < mark if sort.startswith("-") else place > mark)
        order = (column.desc(), self.id.desc()) if sort.startswith("-") else (column, self.id)
        return compiled(
            statement.add_columns(column.label("sort_value"), self.id.label("sort_id"))
            .order_by(*order)
            .limit(bindparam("limit", type_=None))
        )


def key_filter(name: str, column: Any, table: Any) -> dict[str, ColumnElement[bool]]:
    """A filter on a foreign key that takes an id or a slug; `key_values` gives the matching value."""
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


def digest(listing: str, sort: str, values: Mapping[str, Any]) -> str:
    told = repr((listing, sort, sorted((name, str(value)) for name, value in values.items())))
    return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


def cursor_of(listing: Listing, sort: str, values: Mapping[str, Any], place: Place) -> str:
    value, row_id = place
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    return encode_cursor([digest(listing.name, sort, values), text, str(row_id)])


def encode_cursor(parts: list[str]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(parts)).rstrip(b"=").decode()


def decode_cursor(cursor: str, expected: str | None, convert: Callable[[str], Any]) -> Place:
    """The place a cursor holds; InvalidRequest when it is broken or was given out for another list, order
    or filter. With `expected` null, which list that is stays unchecked."""
    detail = "cursor: this is none that the service gave out; use `next` of a page as it is"
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        mark, value, row_id = msgspec.json.decode(base64.urlsafe_b64decode(padded), type=tuple[str, str, str])
        if expected is not None and mark != expected:
            detail = "cursor: it belongs to another list, order or set of filters; start again without it"
            raise ValueError(detail)
        if "\0" in value:
            raise ValueError(detail)
        return convert(value), uuid.UUID(row_id)
    except (ValueError, ArithmeticError, binascii.Error, msgspec.MsgspecError):
        raise InvalidRequest([FieldError(detail, parameter="cursor")]) from None


def read_value(text: str, kind: type) -> Any:
    """A value out of a cursor, which anybody can write: ValueError for what the column cannot hold."""
    if kind is str:
        return text
    if kind is dt.datetime:
        when = dt.datetime.fromisoformat(text)
        if when.tzinfo is None:
            raise ValueError("a time without an offset")
        return when.astimezone(dt.UTC)
    if kind is dt.date:
        return dt.date.fromisoformat(text)
    value = kind(text)
    # what sorts below all figures is -Infinity
    whole = int(value) if math.isfinite(value) and abs(value) < LARGEST[kind] else None
    if whole is None and not (kind is Decimal and value == -math.inf):
        raise ValueError("a number out of range")
    return value


async def read_page(
    pool: asyncpg.Pool,
    listing: Listing,
    values: dict[str, Any],
    sort: str,
    limit: int,
    after: Place | None,
) -> tuple[list[Row], Place | None]:
    """One page of rows in the order of `sort`, and the place of the last one when more follow."""
    bound = dict(values, limit=limit + 1)
    if after is not None:
        bound["after_value"], bound["after_id"] = after
    rows = await fetch(pool, listing.statement(frozenset(values), sort, after is not None), bound)
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], (last["sort_value"], last["sort_id"])


async def count(pool: asyncpg.Pool, listing: Listing, values: dict[str, Any]) -> int:
    rows = await fetch(pool, listing.statement(frozenset(values), "count", False), values)
    return int(rows[0][0])


Load = Callable[[asyncpg.Pool, list[Row]], Awaitable[list[T]]]


def accepted(request: Request[Any, Any, Any], offered: tuple[str, ...]) -> str | None:
    """The offered media type that the Accept header likes best; None when it likes none of them."""
    header = request.headers.get("accept") or "*/*"
    best: tuple[float, int] | None = None
    for index, kind in enumerate(offered):
        quality, specificity = 0.0, -1
        for part in header.split(","):
            name, *parameters = (piece.strip() for piece in part.split(";"))
            rank = {kind: 2, kind.split("/")[0] + "/*": 1, "*/*": 0}.get(name.lower())
            if rank is None or rank < specificity:
                continue
            q = next((p[2:] for p in parameters if p.startswith("q=")), "1")
            try:
                quality, specificity = float(q), rank
            except ValueError:
                quality, specificity = 0.0, rank
        if quality > 0 and (best is None or quality > best[0]):
            best = (quality, index)
    return offered[best[1]] if best else None


def negotiated(request: Request[Any, Any, Any], offered: tuple[str, ...]) -> str:
    """As `accepted`; a problem with status 406 when nothing offered will do."""
    kind = accepted(request, offered)
    if kind is None:
        raise not_acceptable(offered)
    return kind


def not_acceptable(offered: tuple[str, ...]) -> InvalidRequest:
    error = InvalidRequest([FieldError(f"this path answers {', '.join(offered)}", header="Accept")])
    error.status, error.title = 406, "Not acceptable"
    return error


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
    if kind == JSON:
        rows, last = await read_page(pool, listing, values, sort, params.limit, after)
        if not rows and named:
            await check(pool, named)
        total = await count(pool, listing, values) if params.total else msgspec.UNSET
        following = None if last is None else cursor_of(listing, sort, values, last)
        extra = {"facets": await facets(pool)} if facets else {}
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
    rows_out = lines(pool, listing, values, sort, after, item_of(page), load, kind)
    return cast(Response[P], Stream(rows_out, media_type=media_type, headers={"ETag": etag}))


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


def item_of(page: type[msgspec.Struct]) -> type[msgspec.Struct]:
    (item,) = get_args(get_type_hints(page)["items"])
    return cast(type[msgspec.Struct], item)


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


def csv_lines(rows: list[list[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def nested(hint: Any) -> type[msgspec.Struct] | None:
    """The struct a field holds (also when it may be null), which CSV spreads over several columns."""
    for part in (hint, *getattr(hint, "__args__", ())):
        inner = getattr(part, "__origin__", part)
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            return inner
        if (
            part is not hint
            and getattr(part, "__args__", None)
            and getattr(part, "__origin__", None) is not list
        ):
            found = nested(part)
            if found:
                return found
    return None


@functools.cache
def fields_of(item: type[msgspec.Struct]) -> list[tuple[str, type[msgspec.Struct] | None]]:
    return [
        (field.name, None if getattr(field.type, "__origin__", None) is list else nested(field.type))
        for field in msgspec.structs.fields(item)
    ]


def columns(item: type[msgspec.Struct], prefix: str = "") -> list[str]:
    names: list[str] = []
    for (_, inner), name in zip(fields_of(item), item.__struct_encode_fields__, strict=True):
        names += columns(inner, f"{prefix}{name}.") if inner else [prefix + name]
    return names


def cells(value: msgspec.Struct | None, item: type[msgspec.Struct]) -> list[Any]:
    """One CSV row: nested objects in columns of their own, lists as JSON, null as an empty cell."""
    row: list[Any] = []
    for name, inner in fields_of(item):
        held = None if value is None else getattr(value, name)
        if inner:
            row += cells(held, inner)
        elif isinstance(held, list | dict):
            row.append(msgspec.json.encode(held).decode())
        elif isinstance(held, bool):
            row.append("true" if held else "false")
        elif isinstance(held, dt.datetime):
            row.append(msgspec.to_builtins(held))
        else:
            row.append("" if held is None else held)
    return row

"""The forms of a list: which one the client wants, and how an item becomes a line of CSV."""

import csv
import datetime as dt
import functools
import io
from typing import Any, cast, get_args, get_type_hints

import msgspec
from litestar import Request

from service.errors import FieldError, InvalidRequest

JSON, NDJSON, CSV = FORMS = ("application/json", "application/x-ndjson", "text/csv")
# the framework adds the charset to text/*
MEDIA_TYPES = {JSON: JSON, NDJSON: NDJSON, CSV: "text/csv; header=present"}


def accepted(request: Request[Any, Any, Any], offered: tuple[str, ...]) -> str | None:
    """The offered media type that the Accept header likes best; None when it likes none of them."""
    return liked_best(request.headers.get("accept") or "*/*", offered)


@functools.lru_cache(maxsize=256)
def liked_best(header: str, offered: tuple[str, ...]) -> str | None:
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
    error.status = 406
    return error


def item_of(page: type[msgspec.Struct]) -> type[msgspec.Struct]:
    (item,) = get_args(get_type_hints(page)["items"])
    return cast(type[msgspec.Struct], item)


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

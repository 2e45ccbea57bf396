"""Query parameters: one struct per endpoint declares them, one function reads them.

The framework reports only the first error and lets unknown parameters pass; the contract asks for all
errors at once and refuses what it does not know. The same structs describe the parameters in the OpenAPI
document.
"""

import datetime as dt
import functools
import re
import uuid
from collections.abc import Callable
from typing import Annotated, Any, TypeVar, get_args, get_type_hints
from urllib.parse import unquote_to_bytes

import msgspec
from litestar import Request
from msgspec import Meta

from service.errors import FieldError, InvalidRequest

P = TypeVar("P", bound=msgspec.Struct)

MAX_TEXT = 1000  # characters of a parameter without a limit of its own
SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")

Key = uuid.UUID | str  # an id or a slug


def key(value: str) -> Key:
    """Either form in which a path or a parameter names a row; ValueError when it is neither."""
    try:
        return uuid.UUID(value) if len(value) == 36 else slug(value)
    except ValueError:
        return slug(value)


def slug(value: str) -> str:
    if len(value) <= 120 and SLUG.fullmatch(value):
        return value
    raise ValueError("expected a UUID or a slug (lower-case letters, digits, hyphens)")


def path_key(name: str, value: str) -> Key:
    """The key in a path; InvalidRequest when it can be none."""
    try:
        return key(value)
    except ValueError as error:
        raise InvalidRequest([FieldError(f"{name}: {error}, got {shown(value)}", parameter=name)]) from None


def moment(value: str, end_of_day: bool) -> dt.datetime:
    """A date or an RFC 3339 time; a date means its first or its last moment in UTC, a time without offset
    is UTC."""
    try:
        if len(value) == 10:
            day = dt.date.fromisoformat(value)
            return dt.datetime.combine(day, dt.time.max if end_of_day else dt.time.min, dt.UTC)
        # a literal + in a query means a space, so an offset often arrives as one
        when = dt.datetime.fromisoformat(re.sub(r" (\d\d:\d\d)$", r"+\1", value))
        return (when if when.tzinfo else when.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise ValueError("expected a date (2022-01-12) or an RFC 3339 time (2022-01-12T09:30:00Z)") from None


def moment_from(value: str) -> dt.datetime:
    return moment(value, end_of_day=False)


def moment_to(value: str) -> dt.datetime:
    return moment(value, end_of_day=True)


def day(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value) if len(value) == 10 else moment_from(value).date()
    except ValueError:
        raise ValueError("expected a date (2022-01-12)") from None


def parsed_by(parse: Callable[[str], Any], form: str, description: str, *examples: str) -> Meta:
    """Metadata of a parameter whose text is read by `parse`, which raises ValueError saying what would be
    right."""
    return Meta(
        description=description,
        extra={"parse": parse, "schema": {"type": "string", "format": form, "examples": list(examples)}},
    )


def by_key(what: str, example: str) -> Meta:
    return parsed_by(key, "slug-or-uuid", f"{what}, by slug or id.", example)


class Parameter(msgspec.Struct, frozen=True):
    """One declared query parameter. `convert` turns its text into its value or raises ValueError."""

    name: str
    type: Any
    default: Any
    required: bool
    description: str
    schema: dict[str, Any] | None
    convert: Callable[[str], Any]
    many: bool


@functools.cache
def declared(params: type[msgspec.Struct]) -> dict[str, Parameter]:
    hints = get_type_hints(params, include_extras=True)
    found = {}
    for field in msgspec.structs.fields(params):
        hint = hints[field.name]
        metas = [part for part in get_args(hint)[1:] if isinstance(part, Meta)]
        extra = next((meta.extra for meta in metas if meta.extra), None) or {}
        description = next((meta.description for meta in metas if meta.description), "")
        base = without_none(get_args(hint)[0] if metas else hint)
        hint = Annotated[(base, *metas)] if metas else base
        many = getattr(base, "__origin__", None) is list
        convert = extra.get("parse") or functools.partial(
            convert_text, hint=get_args(base)[0] if many else hint
        )
        found[field.encode_name] = Parameter(
            field.encode_name,
            hint,
            None if field.required else field.default,
            field.required,
            description,
            extra.get("schema"),
            convert,
            many,
        )
    return found


def without_none(hint: Any) -> Any:
    """A parameter that is left out has its default; one that is given is never null."""
    options = [one for one in get_args(hint) if one is not type(None)]
    return options[0] if type(None) in get_args(hint) and len(options) == 1 else hint


def convert_text(value: str, hint: Any) -> Any:
    if len(value) > MAX_TEXT and not any(isinstance(m, Meta) and m.max_length for m in get_args(hint)[1:]):
        raise ValueError(f"expected at most {MAX_TEXT} characters, got {len(value)}")
    try:
        return msgspec.convert(value, hint, strict=False)
    except msgspec.ValidationError as error:
        message = str(error)
        raise ValueError(message[:1].lower() + message[1:]) from None


def shown(value: str) -> str:
    """A value as an error quotes it: short, and on one line."""
    return repr(value if len(value) <= 60 else value[:57] + "…")


def pairs(query: bytes) -> tuple[list[tuple[str, str]], list[FieldError]]:
    """The decoded name-value pairs of a query string; what is not UTF-8 or holds a NUL is an error, never
    guessed."""
    found, errors = [], []
    for part in query.split(b"&"):
        if not part:
            continue
        name, _, value = part.partition(b"=")
        try:
            name_text = decode(name)
        except ValueError as error:
            errors.append(
                FieldError(f"a parameter's name {error}", parameter=name[:60].decode("ascii", "replace"))
            )
            continue
        try:
            found.append((name_text, decode(value)))
        except ValueError as error:
            errors.append(FieldError(f"{name_text}: {error}", parameter=name_text))
    return found, errors


def decode(part: bytes) -> str:
    try:
        text = unquote_to_bytes(part.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("is not valid UTF-8") from None
    if "\0" in text:
        raise ValueError("holds a NUL character, which no text here does")
    return text


def read_params(request: Request[Any, Any, Any], params: type[P]) -> P:
    """The request's query as `params`; InvalidRequest with every error at once."""
    known = declared(params)
    given, errors = pairs(request.scope["query_string"])
    values: dict[str, Any] = {}
    broken = {error.parameter for error in errors}
    for name, text in given:
        parameter = known.get(name)
        if parameter is None:
            names = ", ".join(known) or "none"
            errors.append(FieldError(f"unknown parameter {shown(name)}; known here: {names}", parameter=name))
            continue
        if name in values and not parameter.many:
            errors.append(FieldError(f"{name}: given more than once", parameter=name))
            continue
        try:
            value = parameter.convert(text)
        except ValueError as error:
            errors.append(FieldError(f"{name}: {error}, got {shown(text)}", parameter=name))
            broken.add(name)
            continue
        if parameter.many:
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    for name, parameter in known.items():
        if parameter.required and name not in values and name not in broken:
            errors.append(FieldError(f"{name}: required", parameter=name))
    if errors:
        raise InvalidRequest(errors)
    fields = msgspec.structs.fields(params)
    return params(
        **{field.name: values[field.encode_name] for field in fields if field.encode_name in values}
    )


class NoParams(msgspec.Struct, frozen=True):
    """An endpoint that takes no query parameters refuses them all."""


def one_key(request: Request[Any, Any, Any], name: str, value: str) -> Key:
    """The key in the path of an endpoint that takes no query parameters."""
    read_params(request, NoParams)
    return path_key(name, value)

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
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import unquote_to_bytes

import msgspec
from litestar import Request
from msgspec import Meta

from service.errors import FieldError, InvalidRequest
from service.letters import whole_letters

P = TypeVar("P", bound=msgspec.Struct)

MAX_TEXT = 1000  # characters of a parameter without a limit of its own
SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")

UUIDS = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
# As the document describes what `key` takes.
KEYS = {"type": "string", "maxLength": 120, "pattern": f"^([a-z0-9]+([_-][a-z0-9]+)*|{UUIDS})$"}

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
    raise ValueError("expected a UUID or a slug (lower-case letters, digits, hyphens, underscores)")


def path_key(name: str, value: str) -> Key:
    """The key in a path; InvalidRequest when it can be none."""
    try:
        return key(value)
    except ValueError as error:
        raise InvalidRequest([path_error(name, value, error)]) from None


def path_error(name: str, value: str, error: ValueError) -> FieldError:
    return FieldError(f"{name}: {error}, got {shown(value)}", parameter=name)


# The standard library also reads ISO 8601's weeks, basic forms and missing hours, which nobody means here.
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,6})?)?)"
    r"([Zz]|[+ -][0-9]{2}:[0-9]{2})?"
)


def moment(value: str, end_of_day: bool) -> dt.datetime:
    """A date or an RFC 3339 time; a date means its first or its last moment in UTC, a time without offset
    is UTC."""
    try:
        if DATE.fullmatch(value):
            day = dt.date.fromisoformat(value)
            return dt.datetime.combine(day, dt.time.max if end_of_day else dt.time.min, dt.UTC)
        parts = TIME.fullmatch(value)
        if parts is None:
            raise ValueError
        local, offset = parts.groups()
        # a literal + in a query means a space, so an offset often arrives as one
        offset = "+00:00" if offset is None or offset in "Zz" else offset.replace(" ", "+")
        return dt.datetime.fromisoformat(local.upper() + offset).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise ValueError("expected a date (2022-01-12) or an RFC 3339 time (2022-01-12T09:30:00Z)") from None


def moment_from(value: str) -> dt.datetime:
    return moment(value, end_of_day=False)


def moment_to(value: str) -> dt.datetime:
    return moment(value, end_of_day=True)


def day(value: str) -> dt.date:
    try:
        return moment_from(value).date()
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
    schema = {**KEYS, "format": "slug-or-uuid", "examples": [example]}
    return Meta(description=f"{what}, by slug or id.", extra={"parse": key, "schema": schema})


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


WHOLE = re.compile(r"[+-]?[0-9]{1,18}")


def convert_text(value: str, hint: Any) -> Any:
    """The value of a parameter that has no parser of its own; ValueError says what would be right."""
    base, metas = (get_args(hint)[0], get_args(hint)[1:]) if get_origin(hint) is Annotated else (hint, ())
    limit = next((meta.max_length for meta in metas if meta.max_length is not None), MAX_TEXT)
    if base is str and len(value) > limit:
        raise ValueError(f"expected at most {limit} characters")
    try:
        if base is int and not WHOLE.fullmatch(value):  # msgspec would take " 5 " and "5.0"
            raise ValueError
        return msgspec.convert(value, hint, strict=False)
    except (ValueError, msgspec.ValidationError):
        raise ValueError(f"expected {expected(base, metas)}") from None


def expected(base: Any, metas: tuple[Meta, ...]) -> str:
    """What values a parameter takes, in words."""
    if get_origin(base) is Literal:
        return f"one of {', '.join(get_args(base))}"
    if base is bool:
        return "true or false"
    if base is int:
        low = next((meta.ge for meta in metas if meta.ge is not None), None)
        high = next((meta.le for meta in metas if meta.le is not None), None)
        if low is None or high is None:
            return "a whole number"
        return f"a whole number from {low} to {high}"
    if told := next(
        (meta.extra["expected"] for meta in metas if meta.extra and "expected" in meta.extra), None
    ):
        return str(told)
    least = next((meta.min_length for meta in metas if meta.min_length is not None), None)
    return f"at least {least} character{'' if least == 1 else 's'}" if least else "text"


def shown(value: str) -> str:
    """A value as an error quotes it: short, and on one line."""
    return repr(value) if len(value) <= 60 else f"{value[:57] + '…'!r} ({len(value)} characters)"


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
    return whole_letters(text)


def read_params(
    request: Request[Any, Any, Any], params: type[P], errors: list[FieldError] | None = None
) -> P:
    """The request's query as `params`; InvalidRequest with every error at once.

    With `errors`, they are added there instead and parameters that cannot be read keep their defaults: the
    caller goes on to check what only the database knows, and raises everything together. A required parameter
    has no default, so without it InvalidRequest is raised in any case.
    """
    known = declared(params)
    given, found = pairs(request.scope["query_string"])
    found = [*(errors or []), *found]
    values: dict[str, Any] = {}
    broken = {error.parameter for error in found}
    for name, text in given:
        parameter = known.get(name)
        if parameter is None:
            names = ", ".join(known) or "none"
            found.append(FieldError(f"unknown parameter {shown(name)}; known here: {names}", parameter=name))
            continue
        if name in values and not parameter.many:
            found.append(FieldError(f"{name}: given more than once", parameter=name))
            continue
        try:
            value = parameter.convert(text)
        except ValueError as error:
            found.append(FieldError(f"{name}: {error}, got {shown(text)}", parameter=name))
            broken.add(name)
            continue
        if parameter.many:
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    for name, parameter in known.items():
        if parameter.required and name not in values and name not in broken:
            found.append(FieldError(f"{name}: required", parameter=name))
    found += swapped(params, values)
    required = any(parameter.required and name not in values for name, parameter in known.items())
    if found and (errors is None or required):
        raise InvalidRequest(found)
    if errors is not None:
        errors[:] = found
    # not `msgspec.structs.fields`, which reads the annotations anew at every call
    names_of = zip(params.__struct_fields__, params.__struct_encode_fields__, strict=True)
    return params(**{field: values[name] for field, name in names_of if name in values})


def swapped(params: type[msgspec.Struct], values: dict[str, Any]) -> list[FieldError]:
    """The pairs of parameters that a struct lists as its `ranges` and whose lower end is above the upper
    one."""
    return [
        FieldError(f"{low}: it is above {high}, so nothing lies between them", parameter=low)
        for low, high in getattr(params, "ranges", ())
        if low in values and high in values and values[low] > values[high]
    ]


class NoParams(msgspec.Struct, frozen=True):
    """An endpoint that takes no query parameters refuses them all."""


def one_key(request: Request[Any, Any, Any], name: str, value: str) -> Key:
    """The key in the path of an endpoint that takes no query parameters."""
    return one_key_and(NoParams, request, name, value)[0]


def one_key_and(params: type[P], request: Request[Any, Any, Any], name: str, value: str) -> tuple[Key, P]:
    """The key in the path and the query; InvalidRequest with the errors of both."""
    errors: list[FieldError] = []
    read = read_params(request, params, errors)
    try:
        found = key(value)
    except ValueError as error:
        errors.append(path_error(name, value, error))
    if errors:
        raise InvalidRequest(errors)
    return found, read

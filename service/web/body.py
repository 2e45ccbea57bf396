"""Request bodies: read as a struct, with every error at once and where it is (RFC 6901).

msgspec stops at the first error, takes the last of two equal keys and lets characters pass that no text
here can hold; so the JSON is parsed first, looked through, and converted member by member when it does not
convert as a whole.
"""

import asyncio
import contextlib
import json
import re
import types
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import chain, islice
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from litestar import Request
from litestar.exceptions import ClientException

from service.errors import FieldError, InvalidRequest, TooLarge, TooSlow, UnsupportedMedia
from service.letters import make_whole
from service.web.params import shown

T = TypeVar("T")

LARGEST = 8_000_000  # bytes of a JSON body
LONG = 100_000  # bytes that take more than a few milliseconds to look through
PATIENCE = 60  # seconds for the next part of a body
LONGEST_NUMBER = 1_000  # digits of a whole number
MOST_ERRORS = 100  # that one answer tells; a body has room for millions, which nobody reads
JSON_TYPES = ("application/json", "application/ld+json")
TYPE_NAMES = re.compile(r"`([a-z |]+)`")  # in what msgspec says
JSON_NAMES = {
    "str": "text", "int": "a whole number", "float": "a number", "bool": "true or false",
    "object": "an object", "array": "a list",
}  # fmt: skip


class Twice(dict[str, Any]):
    """An object in which names stand twice; the last member of a name is kept."""

    names: tuple[str, ...]


class Refused(msgspec.Struct, frozen=True):
    """What stands where JSON has no number: `NaN`, or a whole number of thousands of digits."""

    why: str


async def read_json(request: Request[Any, Any, Any], kind: type[T]) -> T:
    """The body as `kind`.

    UnsupportedMedia (415) when it is declared as something else, TooLarge (413), InvalidRequest (400) with
    a pointer for everything that is wrong.
    """
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared not in JSON_TYPES:
        raise UnsupportedMedia(
            "The body must be JSON, sent with `Content-Type: application/json`;"
            f" got {declared or 'no content type'}."
        )
    refuse_encoded(request)
    return await parsed(await read_bytes(request, LARGEST), kind)


def refuse_encoded(request: Request[Any, Any, Any]) -> None:
    """UnsupportedMedia (415) when the body is compressed: nothing here unpacks it."""
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding != "identity":
        raise UnsupportedMedia(f"The body must be sent as it is, without `Content-Encoding: {coding}`.")


async def arriving(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    """The body's parts as they come; TooSlow (408) when the next one takes longer than PATIENCE."""
    parts = aiter(request.stream())
    while True:
        try:
            async with asyncio.timeout(PATIENCE):
                part = await anext(parts)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise TooSlow(f"Nothing of the body has come for {PATIENCE} seconds.") from None
        yield part


async def read_bytes(request: Request[Any, Any, Any], limit: int) -> bytes:
    """The raw body; TooLarge as soon as more than `limit` bytes have come, TooSlow when no more come."""
    parts: list[bytes] = []
    size = 0
    try:
        async for part in arriving(request):
            size += len(part)
            if size > limit:
                raise TooLarge(f"The body is larger than {limit:,} bytes.")
            parts.append(part)
    except ClientException as error:
        if error.status_code == 413:
            raise TooLarge(f"The body is larger than {limit:,} bytes.") from None
        raise
    return b"".join(parts)


async def parsed(body: bytes, kind: type[T]) -> T:
    """As `parse_json`. Megabytes take seconds, in which others are answered."""
    if len(body) < LONG:
        return parse_json(body, kind)
    return await asyncio.to_thread(parse_json, body, kind)


def parse_json(body: bytes, kind: type[T]) -> T:
    """InvalidRequest with everything that is wrong."""
    try:
        value = json_value(body)
    except ValueError as error:
        raise InvalidRequest([FieldError(f"the body {error}", pointer="")]) from None
    return converted(value, kind)


def json_value(body: bytes) -> Any:
    """What the JSON says; `Refused` and `Twice` stand where it says what no JSON should. ValueError with what
    is wrong with it, as in "is not JSON: …"."""
    try:
        return json.loads(
            # A byte order mark may be ignored (RFC 8259, section 8.1); editors on Windows write it.
            body.removeprefix(BOM_UTF8).decode(),
            object_pairs_hook=members,
            parse_constant=constant,
            parse_int=whole,
        )
    except UnicodeDecodeError as error:
        raise ValueError(f"is not valid UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None


def converted(value: Any, kind: type[T]) -> T:
    """A JSON value as `kind`; InvalidRequest with everything that is wrong, up to MOST_ERRORS. Its texts have
    their letters whole, but for members that `kind` lists as taken `as_sent`."""
    try:
        refused = list(islice(unstorable(value, ""), MOST_ERRORS + 1))
        if not refused:
            value = make_whole(value, getattr(kind, "as_sent", ()))
            with contextlib.suppress(msgspec.ValidationError):
                return msgspec.convert(value, kind)
        told = {one.pointer for one in refused}  # what is refused is no number either; that needs no saying
        found = each_fault(mended(value) if refused else value, kind, "")
        errors = first_of(chain(refused, (one for one in found if one.pointer not in told)))
    except RecursionError:
        raise InvalidRequest([FieldError("the body is nested too deeply", pointer="")]) from None
    raise InvalidRequest(errors)


def first_of(errors: Iterable[FieldError]) -> list[FieldError]:
    """Up to MOST_ERRORS of them, and a word when there are more."""
    found = list(islice(errors, MOST_ERRORS + 1))
    if len(found) > MOST_ERRORS:
        found[MOST_ERRORS:] = [FieldError(f"these are the first {MOST_ERRORS} errors of more", pointer="")]
    return found


def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    times = Counter(name for name, _ in pairs)
    twice = Twice(found)
    twice.names = tuple(sorted(name for name, count in times.items() if count > 1))
    return twice


def constant(text: str) -> Refused:
    return Refused(f"{text} is no JSON number")


def whole(text: str) -> int | Refused:
    return int(text) if len(text) <= LONGEST_NUMBER else Refused(f"a number of {len(text):,} digits")


def step(pointer: str, name: str | int) -> str:
    return f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"


def unstorable(value: Any, pointer: str) -> Iterator[FieldError]:
    """What JSON must not hold, and strings with characters that no text in PostgreSQL or UTF-8 can hold."""
    if isinstance(value, str):
        if "\0" in value:
            yield FieldError(
                f"holds a NUL character at position {value.index(chr(0))}; no text here can", pointer=pointer
            )
        try:
            value.encode()
        except UnicodeEncodeError as error:
            yield FieldError(
                f"holds half of a surrogate pair at position {error.start}; that is no character",
                pointer=pointer,
            )
    elif isinstance(value, Refused):
        yield FieldError(value.why, pointer=pointer)
    elif isinstance(value, dict):
        if isinstance(value, Twice):
            for name in value.names:
                yield FieldError(
                    f"the same name stands twice in one object: {mended(name)!r}",
                    pointer=step(pointer, mended(name)),
                )
        for name, member in value.items():
            yield from unstorable(name, step(pointer, mended(name)))
            yield from unstorable(member, step(pointer, mended(name)))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from unstorable(member, step(pointer, index))


def mended(value: Any) -> Any:
    """The same value without half characters, which nothing could be said about in UTF-8."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {mended(name): mended(member) for name, member in value.items()}
    return [mended(member) for member in value] if isinstance(value, list) else value


def faults(value: Any, kind: Any, pointer: str) -> list[FieldError]:
    """Everything in `value` that keeps it from being a `kind`, up to MOST_ERRORS."""
    return first_of(each_fault(value, kind, pointer))


def each_fault(value: Any, kind: Any, pointer: str) -> Iterator[FieldError]:
    """Everything in `value` that keeps it from being a `kind`."""
    try:
        msgspec.convert(value, kind)
        return
    except msgspec.ValidationError as error:
        message = str(error)
    inside = inner_faults(value, kind, pointer)
    if (first := next(inside, None)) is None:
        yield own_fault(value, kind, pointer, message)
    else:
        yield first
        yield from inside


def inner_faults(value: Any, kind: Any, pointer: str) -> Iterator[FieldError]:
    """What is wrong with the members of an object or a list."""
    if isinstance(value, dict) and (inner := struct_of(kind)) is not None:
        yield from member_faults(value, inner, pointer)
    if isinstance(value, list) and (item := item_of(kind)) is not None:
        for index, member in enumerate(value):
            yield from each_fault(member, item, step(pointer, index))
    if isinstance(value, dict) and (item := member_of(kind)) is not None:
        for name, member in value.items():
            yield from each_fault(member, item, step(pointer, name))


def own_fault(value: Any, kind: Any, pointer: str, message: str) -> FieldError:
    """What is wrong with a value as a whole, in better words than the library's where there are some."""
    choices = [choice for one in options(kind) if get_origin(one) is Literal for choice in get_args(one)]
    if isinstance(value, str) and choices:
        return FieldError(f"expected one of {', '.join(choices)}, got {shown(value)}", pointer=pointer)
    if "matching regex" in message and (told := expectation(kind)):
        return FieldError(f"expected {told}, got {shown(value)}", pointer=pointer)
    text = TYPE_NAMES.sub(json_names, message.partition(" - at ")[0])
    return FieldError(text[:1].lower() + text[1:], pointer=pointer)


def json_names(types_of_python: re.Match[str]) -> str:
    """`str | null` as "text or null"."""
    return " or ".join(JSON_NAMES.get(name, name) for name in types_of_python[1].split(" | "))


def member_faults(value: dict[str, Any], kind: type[msgspec.Struct], pointer: str) -> Iterator[FieldError]:
    hints = get_type_hints(kind, include_extras=True)
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name in value:
        if name not in fields and kind.__struct_config__.forbid_unknown_fields:
            known = ", ".join(fields)
            yield FieldError(f"unknown member {name!r}; known here: {known}", pointer=step(pointer, name))
    for name, field in fields.items():
        if name in value:
            yield from each_fault(value[name], hints[field.name], step(pointer, name))
        elif field.required:
            yield FieldError(f"{name} is required", pointer=step(pointer, name))


def options(kind: Any) -> list[Any]:
    """The alternatives of a union, without what `Annotated` adds."""
    if hasattr(kind, "__metadata__"):
        return options(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return [one for part in get_args(kind) for one in options(part)]
    return [kind]


def expectation(kind: Any) -> str | None:
    """What a string of this type must be, in words, where its pattern has some in `Meta.extra`."""
    metas = [one for one in getattr(kind, "__metadata__", ()) if isinstance(one, msgspec.Meta)]
    own = [one.extra["expected"] for one in metas if one.extra and "expected" in one.extra]
    inner = get_args(kind) if metas or get_origin(kind) in (Union, types.UnionType) else ()
    return next((told for told in (*own, *map(expectation, inner)) if told), None)


def struct_of(kind: Any) -> type[msgspec.Struct] | None:
    found = [one for one in options(kind) if isinstance(one, type) and issubclass(one, msgspec.Struct)]
    return found[0] if len(found) == 1 else None


def item_of(kind: Any) -> Any:
    return next((get_args(one)[0] for one in options(kind) if get_origin(one) is list), None)


def member_of(kind: Any) -> Any:
    return next((get_args(one)[1] for one in options(kind) if get_origin(one) is dict), None)

"""Cursors of lists: a place in an order, in a form that clients hand back and anybody can write."""

import base64
import binascii
import datetime as dt
import hashlib
import math
import uuid
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from service.errors import FieldError, InvalidRequest

LARGEST = {int: 2**31, float: 2.0, Decimal: 10**40}  # of a value in a cursor; a float there is a score

Place = tuple[Any, uuid.UUID]  # where a row stands in an order: the value it is sorted by, and its id


def digest(listing: str, sort: str, values: Mapping[str, Any]) -> str:
    told = repr((listing, sort, sorted((name, str(value)) for name, value in values.items())))
    return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


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

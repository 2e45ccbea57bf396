"""Shapes that answers of several features share: references, and how numbers and times are written."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta, UnsetType

Id = Annotated[uuid.UUID, Meta(description="Stable identifier.")]
Slug = Annotated[str, Meta(description="Readable, unique, stable name; accepted wherever an id is.")]
Instant = Annotated[
    str,
    Meta(
        description="A time as precise as it is known: a date (2022-01-12) or an RFC 3339 time in UTC.",
        examples=["2022-01-12"],
    ),
]
Timestamp = Annotated[dt.datetime, Meta(description="RFC 3339, UTC.")]


class Ref(msgspec.Struct, frozen=True):
    """A row of another kind, as answers refer to it."""

    id: Id
    slug: Slug
    name: str


class ArticleRef(msgspec.Struct, frozen=True):
    id: Id
    slug: Slug
    title: str
    source: Ref
    published_at: Instant


MOST_VALUES = 50  # of one facet


class FacetValue(msgspec.Struct, frozen=True):
    value: Annotated[str, Meta(description="What a filter takes: a slug, a word of the vocabulary, a date.")]
    label: Annotated[str, Meta(description="The value as people read it.")]
    count: Annotated[int, Meta(description="Items that have the value, under the filters in force.")]


Facets = Annotated[
    dict[str, list[FacetValue]] | UnsetType,
    Meta(description=f"With `facet`: the {MOST_VALUES} most frequent values of each field, by count."),
]

FacetsExact = Annotated[
    bool | UnsetType,
    Meta(
        description="With `facet`: whether facets count everything that matched. False where that is too"
        " much: then they count some of it, and there are at least as many as a count says."
    ),
]


def number(value: Decimal | None) -> int | float | None:
    """A stored number as JSON writes it: whole numbers without a fraction."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def instant(value: dt.datetime, precision: str) -> str:
    """A publication time without precision that nobody has: a time known to the day is a date."""
    if precision == "second":
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.astimezone(dt.UTC).date().isoformat()


def ref(row_id: uuid.UUID | None, slug: str | None, name: str | None) -> Ref | None:
    """A reference from the three columns of an outer join; None when the join found nothing."""
    return None if row_id is None or slug is None or name is None else Ref(row_id, slug, name)

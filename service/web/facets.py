"""Facets: how the items of a list spread over the values of a field.

Counts are under all filters in force, a filter on the facet's own field included, as facets of search servers
are unless told otherwise: the count beside a value is the `total` that the list has when that value is added
to the filters. Leaving a facet's own filter out of its counts is what a page of check boxes needs; such a
client asks again without that filter. An item counts once for every value
it has, so the counts of a field with several values an item (`entity`) add up to more than the total, and
those of a field that may be absent to less. All facets of a request take one statement.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import asyncpg
import msgspec
from msgspec import Meta
from sqlalchemy import Date, Text, cast, func, literal_column, select, union_all

from service.db.statements import Statement, compiled, fetch
from service.schemas import MOST_VALUES, FacetValue
from service.web.listing import Listing


class Facet(msgspec.Struct, frozen=True):
    """A field to count by: columns of the list's own selection, or, where an item has several values, a
    selection `through` with the columns `id` (the item's), `value` and `label`."""

    value: Any = None
    label: Any = None
    through: Any = None


def day_facet(time: Any) -> Facet:
    """By day in UTC."""
    day = cast(func.timezone("UTC", time), Date)
    return Facet(day, day)


def choice(what: str, known: Iterable[str]) -> Meta:
    """A parameter that takes several of the known words, with commas between them or repeated."""
    words = tuple(known)

    def parse(text: str) -> tuple[str, ...]:
        chosen = tuple(word.strip() for word in text.split(","))
        for word in chosen:
            if word not in words:
                raise ValueError(f"unknown {word[:40]!r}; known here: {', '.join(words)}")
        return chosen

    one = {"type": "string", "enum": list(words)}
    schema = {"type": "array", "items": one}
    return Meta(description=what, extra={"parse": parse, "schema": schema})


def facet_choice(known: Iterable[str]) -> Meta:
    return choice(
        f"Count the items by these fields, comma-separated or repeated; the answer's `facets` holds the"
        f" {MOST_VALUES} most frequent values of each.",
        known,
    )


Chosen = list[tuple[str, ...]]


def flat(chosen: Chosen) -> list[str]:
    """The words of a `choice`, each once, in the order given."""
    return list(dict.fromkeys(word for words in chosen for word in words))


_statements: dict[tuple[str, frozenset[str], tuple[str, ...]], Statement] = {}


def counted(
    listing: Listing, facets: Mapping[str, Facet], chosen: Chosen, values: Mapping[str, Any]
) -> Callable[[asyncpg.Pool], Awaitable[dict[str, list[FacetValue]]]] | None:
    """What counts a listing's items by the chosen facets; None when none is chosen."""
    names = tuple(flat(chosen))
    if not names:
        return None
    shape = (listing.name, frozenset(values), names)
    if shape not in _statements:
        _statements[shape] = compile_counts(listing, {name: facets[name] for name in names}, shape[1])
    statement = _statements[shape]

    async def run(pool: asyncpg.Pool) -> dict[str, list[FacetValue]]:
        found: dict[str, list[FacetValue]] = {name: [] for name in names}
        for row in await fetch(pool, statement, values):
            found[row["facet"]].append(FacetValue(row["value"], row["label"], row["count"]))
        return found

    return run


def compile_counts(listing: Listing, facets: Mapping[str, Facet], filters: frozenset[str]) -> Statement:
    own = {name: facet for name, facet in facets.items() if facet.through is None}
    matched = (
        listing.select.where(*(listing.filters[name] for name in sorted(filters)))
        .with_only_columns(
            listing.id.label("id"),
            *(facet.value.label(f"{name}_value") for name, facet in own.items()),
            *(facet.label.label(f"{name}_label") for name, facet in own.items()),
        )
        .cte("matched")
    )
    counts = []
    for name, facet in facets.items():
        if facet.through is None:
            counts.append(
                most_frequent(name, matched.c[f"{name}_value"], matched.c[f"{name}_label"], func.count())
            )
        else:
            link = facet.through.subquery()
            rows = most_frequent(name, link.c.value, link.c.label, func.count(link.c.id.distinct()))
            counts.append(rows.where(link.c.id.in_(select(matched.c.id))))
    return compiled(union_all(*(select(one.subquery()) for one in counts)))


def most_frequent(facet: str, value: Any, label: Any, items: Any) -> Any:
    return (
        select(
            literal_column(f"'{facet}'").label("facet"),
            cast(value, Text).label("value"),
            cast(label, Text).label("label"),
            items.label("count"),
        )
        .where(value.is_not(None))
        .group_by(value, label)
        .order_by(items.desc(), value)
        .limit(MOST_VALUES)
    )

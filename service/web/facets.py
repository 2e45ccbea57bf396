"""Facets: how the items of a list spread over the values of a field.

Counts are under all filters in force, a filter on the facet's own field included, as facets of search servers
are unless told otherwise: the count beside a value is the `total` that the list has when that value is added
to the filters. Leaving a facet's own filter out of its counts is what a page of check boxes needs; such a
client asks again without that filter. An item counts once for every value
it has, so the counts of a field with several values an item (`entity`) add up to more than the total, and
those of a field that may be absent to less. All facets of a request take one statement.

Where an item has several values, at most `LINKS` pairs of both are read; if there are more, the counts are of
some of the items, and the answer says that they are not exact.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

import asyncpg
import msgspec
from msgspec import Meta
from sqlalchemy import (
    BigInteger,
    Date,
    Text,
    cast,
    exists,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from service.db.statements import Row, Statement, compiled, fetch
from service.schemas import MOST_VALUES, FacetValue
from service.web.listing import Listing

LINKS = 300_000


class Facet(msgspec.Struct, frozen=True):
    """A field to count by.

    `value` is a column of the list's `rows`, or, where an item has several values, `through` selects `id`
    (the item's) and `value`. `link` (a key, a column of the key's table) leads from it to the value that is
    meant, and `day` to its day; both after counting, when there are few left. A value that is a key points to
    `table`, whose slugs and `label` are shown.
    """

    value: Any = None
    through: Any = None
    link: tuple[Any, Any] | None = None
    day: bool = False
    table: Any = None
    label: Any = None


def day_of(time: Any) -> Any:
    """The day in UTC."""
    return cast(func.timezone("UTC", time), Date)


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


Counts = tuple[dict[str, list[FacetValue]], bool]  # the facets, and whether they count everything


def counts_of(rows: Iterable[Row], names: Iterable[str]) -> Counts:
    """From rows of facet, value, label and count; one without a facet counts what was not read to its end."""
    found: dict[str, list[FacetValue]] = {name: [] for name in names}
    exact = True
    for row in rows:
        if row["facet"] is None:
            exact = row["count"] == 0
        else:
            found[row["facet"]].append(FacetValue(row["value"], row["label"], row["count"]))
    return found, exact


_statements: dict[tuple[str, frozenset[str], tuple[str, ...]], Statement] = {}


def counted(
    listing: Listing, facets: Mapping[str, Facet], chosen: Chosen, values: Mapping[str, Any]
) -> Callable[[asyncpg.Pool], Awaitable[Counts]] | None:
    """What counts a listing's items by the chosen facets; None when none is chosen."""
    names = tuple(flat(chosen))
    if not names:
        return None
    shape = (listing.name, frozenset(values), names)
    if shape not in _statements:
        _statements[shape] = compile_counts(listing, {name: facets[name] for name in names}, shape[1])
    statement = _statements[shape]

    async def run(pool: asyncpg.Pool) -> Counts:
        return counts_of(await fetch(pool, statement, values), names)

    return run


def compile_counts(listing: Listing, facets: Mapping[str, Facet], filters: frozenset[str]) -> Statement:
    """All counts in one statement. Filtered rows are found once and kept for all facets; without filters each
    facet reads what it needs of the table, which an index holds in the order of the values."""
    own = {name: facet.value for name, facet in facets.items() if facet.through is None}
    base = listing.select if listing.rows is None else listing.rows
    found = base.where(*(listing.filters[name] for name in sorted(filters)))
    matched = found.with_only_columns(
        listing.id.label("id"), *(value.label(name) for name, value in own.items())
    ).cte("matched")
    counts, cut = [], []
    for name, facet in facets.items():
        if name in own and filters:
            values = select(matched.c[name].label("value"))
        elif name in own:
            values = found.with_only_columns(own[name].label("value"))
        else:
            values, more = values_through(name, facet, matched if filters else None)
            cut.append(more)
        counts.append(counted_values(name, facet, values.subquery()))
    return compiled(union_all(*(select(one.subquery()) for one in [*counts, unread(cut)])))


def values_through(name: str, facet: Facet, matched: Any) -> tuple[Any, Any]:
    """The values of items that may have several, each once for an item; and what selects a row if there are
    more than are read."""
    link = facet.through.subquery()
    pairs = select(link.c.id, link.c.value)
    if matched is not None:
        pairs = pairs.where(link.c.id.in_(select(matched.c.id)))
    read = pairs.limit(LINKS + 1).cte(f"read_{name}")
    return select(read).distinct(), select(read.c.id).offset(LINKS).limit(1)


def unread(cut: Sequence[Any]) -> Any:
    """A row without a facet, that counts the statements which select something."""
    if not cut:
        return select(null(), null(), null(), cast(0, BigInteger))
    rest = union_all(*(select(literal_column("1").label("more")).where(exists(one)) for one in cut)).subquery(
        "rest"
    )
    return select(null(), null(), null(), func.count()).select_from(rest)


def counted_values(name: str, facet: Facet, values: Any) -> Any:
    counts = grouped(values.c.value, func.count()).where(values.c.value.is_not(None)).subquery()
    if facet.link is not None:
        key, column = facet.link
        counts = (
            grouped(column, func.sum(counts.c.count))
            .join_from(counts, column.class_, key == counts.c.value)
            .subquery()
        )
    if facet.day:
        counts = grouped(day_of(counts.c.value), func.sum(counts.c.count)).subquery()
    if facet.table is not None:
        return labelled(name, counts, facet.table, facet.label)
    return most_frequent(name, counts.c.value, counts.c.value, func.sum(counts.c.count))


def grouped(value: Any, items: Any) -> Any:
    return select(value.label("value"), items.label("count")).group_by(value)


def labelled(facet: str, counts: Any, table: Any, label: Any) -> Any:
    """Counts by key, as counts by slug; keys are grouped before they are joined, being shorter."""
    return most_frequent(facet, table.slug, label, func.sum(counts.c.count)).join_from(
        counts, table, table.id == counts.c.value
    )


def most_frequent(facet: str, value: Any, label: Any, items: Any) -> Any:
    return (
        select(
            literal_column(f"'{facet}'").label("facet"),
            cast(value, Text).label("value"),
            cast(label, Text).label("label"),
            cast(items, BigInteger).label("count"),
        )
        .where(value.is_not(None))
        .group_by(value, label)
        .order_by(items.desc(), value)
        .limit(MOST_VALUES)
    )

"""Which stored claims of other places new ones may be one with: a total told for a town, and the same told
for its country (`service.facts.nested`)."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import asyncpg
import msgspec
from sqlalchemy import ARRAY, DateTime, Numeric, Text, bindparam, func, or_, select, true

from service.db import models as m
from service.db.statements import compiled, fetch
from service.facts.claims import views_of_claims
from service.facts.farther import is_of_places
from service.facts.grouping import PredicateView, fact_key
from service.facts.memory import Memory
from service.facts.nested import FAR_REPORT_DAYS, is_counted, told_for_country
from service.facts.values import ClaimView

Figure = tuple[str, Decimal | None]
Told = TypeVar("Told", bound=tuple[Any, ...])

MOST = 400  # stored claims looked at for each figure, those told first

# Of a claim of the country not only the new one of a town counts, but any that was told as near to it.
NEAR = dt.timedelta(days=2 * FAR_REPORT_DAYS + 1)

_sought = (
    select(
        func.unnest(
            bindparam("predicates", type_=ARRAY(Text())),
            bindparam("amounts", type_=ARRAY(Numeric())),
            bindparam("first", type_=ARRAY(DateTime(timezone=True))),
            bindparam("last", type_=ARRAY(DateTime(timezone=True))),
        )
        .table_valued("predicate", "amount", "first", "last")
        .render_derived(name="sought")
    )
).subquery("sought")
_near = (
    select(m.Claim.id, m.Claim.fact_id, m.Claim.reported_at)
    .join(m.Predicate, m.Predicate.id == m.Claim.predicate_id)
    .where(
        m.Predicate.slug == _sought.c.predicate,
        m.Claim.sort_amount == _sought.c.amount,
        m.Claim.amount.is_not(None),
        m.Claim.reported_at >= _sought.c.first,
        m.Claim.reported_at <= _sought.c.last,
        m.Claim.place_id.is_not(None),
        m.Claim.fact_id.is_not(None),
        or_(m.Claim.extent.is_(None), m.Claim.extent == "cumulative"),
    )
    .order_by(m.Claim.reported_at, m.Claim.id)
    .limit(MOST)
    .lateral("near")
)
_told_near = compiled(select(_near.c.id, _near.c.fact_id).select_from(_sought.join(_near, true())).distinct())


class Across(msgspec.Struct, frozen=True):
    """facts: those whose claims have to be grouped together with new ones because one of them may be one with
    a claim of another place; with these claims, and their keys. keys: of all claims that may be one with
    others."""

    facts: Mapping[uuid.UUID, Sequence[tuple[str, ClaimView]]]
    keys: frozenset[str]

    def claims(self) -> set[str]:
        return {view.id for several in self.facts.values() for _, view in several}


async def across_places(
    driver: asyncpg.Connection,
    added: Sequence[ClaimView],
    predicates: Mapping[str, PredicateView],
    memory: Memory,
) -> Across:
    """What claims that are new, were edited or are gone have to do with claims of other places."""
    asked = [
        (key, view)
        for view in added
        if is_counted(view) and is_of_places(key := fact_key(view, predicates[view.predicate].identity))
    ]
    if not asked:
        return Across({}, frozenset())
    stored = [
        (fact, fact_key(view, predicates[view.predicate].identity), view)
        for fact, view in await told_near(driver, [view for _, view in asked], memory)
    ]
    asked_for, stored_for = of_figures(asked), of_figures(stored)
    facts: dict[uuid.UUID, list[tuple[str, ClaimView]]] = {}
    keys: set[str] = set()
    for own, new in asked:
        keys |= {
            key for other, one in asked_for[figure(new)] if told_of_both(new, one) for key in (own, other)
        }
        for fact, key, one in stored_for[figure(new)]:
            if told_of_both(new, one):
                facts.setdefault(fact, []).append((key, one))
                keys |= {own, key}
    for _, outer in [one for several in facts.values() for one in several]:
        for fact, _, inner in stored_for[figure(outer)]:
            if told_for_country(outer, inner):
                facts.setdefault(fact, [])
    return Across(facts, frozenset(keys))


def figure(claim: ClaimView) -> Figure:
    return claim.predicate, claim.amount


def of_figures(told: Iterable[Told]) -> Mapping[Figure, list[Told]]:
    """Rows that end with a claim, by its figure: claims of two figures are never one, so they are not
    compared."""
    found: defaultdict[Figure, list[Told]] = defaultdict(list)
    for row in told:
        found[figure(row[-1])].append(row)
    return found


def told_of_both(one: ClaimView, other: ClaimView) -> bool:
    return told_for_country(one, other) or told_for_country(other, one)


async def told_near(
    driver: asyncpg.Connection, asked: Iterable[ClaimView], memory: Memory
) -> list[tuple[uuid.UUID, ClaimView]]:
    """Stored claims with a predicate and amount of those asked for, told within days of them, with their
    facts."""
    sought = sorted({(one.predicate, one.amount, one.reported_at) for one in asked})
    rows = await fetch(
        driver,
        _told_near,
        {
            "predicates": [predicate for predicate, _, _ in sought],
            "amounts": [amount for _, amount, _ in sought],
            "first": [reported - NEAR for _, _, reported in sought],
            "last": [reported + NEAR for _, _, reported in sought],
        },
    )
    own = {one.id for one in asked}
    home = {str(row["id"]): row["fact_id"] for row in rows if str(row["id"]) not in own}
    if not home:
        return []
    kept = memory.find(set(home.values()))
    found = [view for one in kept.values() for view in one.claims if view.id in home]
    there = {view.id for view in found}
    found += await views_of_claims(driver, [uuid.UUID(one) for one in home if one not in there])
    return [(home[view.id], view) for view in found if is_counted(view)]

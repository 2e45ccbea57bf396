"""Which stored facts new claims may have to do with: those with their keys, as far as they lie in time."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

import asyncpg
from sqlalchemy import ARRAY, Date, Text, Uuid, and_, bindparam, cast, func, select, union

from service.db import models as m
from service.db.statements import among, compiled, fetch
from service.facts.grouping import PERIODS, regroup_prefix
from service.facts.memory import Memory
from service.facts.values import ClaimView, valid_span

_ids = bindparam("ids", type_=ARRAY(Uuid()))
_keys = compiled(select(m.Fact.key).where(m.Fact.id == func.any(_ids)))
_beginnings = select(
    func.unnest(bindparam("first", type_=ARRAY(Text())), bindparam("last", type_=ARRAY(Text())))
    .table_valued("first", "last")
    .render_derived(name="beginning")
).subquery("beginning")
_facts_with_keys = compiled(
    union(
        select(m.Fact.id, m.Fact.slug, m.Fact.key).where(among(m.Fact.key, "keys", Text())),
        # as `LIKE 'beginning%'`, which no index serves where the beginning is not known when it is planned
        select(m.Fact.id, m.Fact.slug, m.Fact.key).join(
            _beginnings,
            and_(m.Fact.key.op("~>=~")(_beginnings.c.first), m.Fact.key.op("~<~")(_beginnings.c.last)),
        ),
    )
)
_reported = cast(func.timezone("UTC", m.Claim.reported_at), Date)
_first_named = func.coalesce(m.Claim.time_start, m.Claim.time_end, _reported)
_last_named = func.coalesce(m.Claim.time_end, m.Claim.time_start, _reported)
# As `values.valid_span` of all claims of a fact.
_spans = compiled(
    select(
        m.Claim.fact_id,
        func.min(func.least(_first_named, _last_named)).label("first"),
        func.max(func.greatest(_first_named, _last_named)).label("last"),
    )
    .where(m.Claim.fact_id == func.any(_ids))
    .group_by(m.Claim.fact_id)
)


async def affected(
    driver: asyncpg.Connection,
    added: Sequence[ClaimView],
    keys_of: dict[str, str],
    touched: Sequence[uuid.UUID],
    across: Mapping[uuid.UUID, Sequence[tuple[str, ClaimView]]],
    memory: Memory,
) -> tuple[dict[uuid.UUID, str], dict[uuid.UUID, str]]:
    """Slug and key of every fact whose claims have to be grouped together with the added ones, by its id.
    across: facts of other places that are among them, with keys of claims in them that may leave them.

    Of the facts with the same key only those within reach in time: what lies further off than any gap that
    clusters may have is not drawn in, else every claim would be read again with each new one of its kind.
    """
    seeds: dict[str, list[Span]] = {}
    for view in added:
        seeds.setdefault(keys_of[view.id], []).append(valid_span(view))
    for key, view in (one for several in across.values() for one in several):
        seeds.setdefault(key, []).append(valid_span(view))
    touched = [*touched, *across]
    for row in await fetch(driver, _keys, {"ids": list(touched)}):
        seeds.setdefault(row["key"], [])
    prefixes = {regroup_prefix(key) for key in seeds}
    keys = [prefix for prefix in prefixes if prefix in seeds]
    first = [prefix for prefix in prefixes if prefix not in seeds]
    last = [prefix[:-1] + chr(ord(prefix[-1]) + 1) for prefix in first]
    rows = await fetch(driver, _facts_with_keys, {"keys": keys, "first": first, "last": last})
    apart = {key for key in seeds if is_timed(key)}
    timed = {fact: key for fact, _, key in rows if key in apart}
    near = await within_reach(driver, timed, seeds, set(touched), memory)
    found = [row for row in rows if row[0] in near or row[0] not in timed]
    return {fact: slug for fact, slug, _ in found}, {fact: key for fact, _, key in found}


Span = tuple[dt.date, dt.date]
REACH = dt.timedelta(days=max(PERIODS.values()))


def is_timed(key: str) -> bool:
    """Whether claims with this key make several facts by their times alone. Increases also look for the place
    and the day before, and claims of a relation are one fact whatever their times."""
    return key.split("|")[1] not in ("increment", "relation")


async def within_reach(
    driver: asyncpg.Connection,
    facts: dict[uuid.UUID, str],
    seeds: dict[str, list[Span]],
    touched: set[uuid.UUID],
    memory: Memory,
) -> set[uuid.UUID]:
    """Of facts with their keys those that are near a seed of their key, or near one that is: a claim told for
    a whole year is near all that happened in it, and may join one of them or none."""
    unread = [fact for fact in facts if fact not in memory.spans]
    rows = await fetch(driver, _spans, {"ids": unread}) if unread else []
    memory.remember_spans({row["fact_id"]: (row["first"], row["last"]) for row in rows})
    spans: dict[str, list[tuple[dt.date, dt.date, uuid.UUID | None]]] = {}
    for fact, key in facts.items():
        if fact in memory.spans:
            spans.setdefault(key, []).append((*memory.spans[fact], fact))
    near = touched & facts.keys()
    for key, several in spans.items():
        for chain in chains([*several, *((first, last, None) for first, last in seeds[key])]):
            if None in chain or not near.isdisjoint(chain):
                near.update(fact for fact in chain if fact is not None)
    return near


def chains(
    spans: Sequence[tuple[dt.date, dt.date, uuid.UUID | None]],
) -> Iterator[list[uuid.UUID | None]]:
    """What the spans are of, together where each is within reach of another."""
    chain: list[uuid.UUID | None] = []
    end = dt.date.min
    for first, last, fact in sorted(spans, key=itemgetter(0)):
        if chain and first - end > REACH:
            yield chain
            chain = []
        end = max(end, last) if chain else last
        chain.append(fact)
    if chain:
        yield chain

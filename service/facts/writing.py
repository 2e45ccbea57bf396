"""Puts claims into facts and stores the verdict of the agreement rule, after claims were added, changed or
removed."""

import uuid
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import asyncpg
from sqlalchemy import ARRAY, Text, Uuid, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.db import models as m
from service.db.statements import among, compiled, fetch
from service.db.writing import driver_of, insert_rows, remove_others, update_rows, upsert
from service.facts.agreement import Memo, Standing
from service.facts.claims import views_of_claims, views_of_facts
from service.facts.crossing import across_places
from service.facts.grouping import FactView, PredicateView, fact_key, group_claims, numbered
from service.facts.history import Growth, State, Verdicts, judged
from service.facts.identities import keep_identities, next_slugs, with_slugs
from service.facts.memory import Kept, Memory, nothing, recall
from service.facts.reach import affected
from service.facts.relating import drop_relations, read_relations, relation_row, relations_across
from service.facts.settling import Settled, settle
from service.facts.values import ClaimView

_ids = bindparam("ids", type_=ARRAY(Uuid()))
_predicates = compiled(
    select(m.Predicate.id, m.Predicate.slug, m.Predicate.label, m.Predicate.kind, m.Predicate.identity)
)
_facts_of_claims = compiled(
    select(m.Claim.fact_id).where(m.Claim.id == func.any(_ids), m.Claim.fact_id.is_not(None)).distinct()
)
_entities = compiled(
    select(m.Entity.id, m.Entity.slug, m.Entity.name).where(among(m.Entity.slug, "slugs", Text()))
)
_slugs = compiled(select(m.Fact.slug, m.Fact.id).where(among(m.Fact.slug, "slugs", Text())))
Insert = Callable[[dict[str, uuid.UUID]], Awaitable[None]]


async def regroup(
    connection: AsyncConnection,
    claims: Sequence[uuid.UUID],
    emptied: Sequence[uuid.UUID] = (),
    gone: Sequence[ClaimView] = (),
) -> tuple[int, int]:
    """Groups these claims together with all claims that could belong to the same facts, and judges those
    facts anew.

    `emptied` are facts that lost claims which no longer exist, `gone` those claims, and what edited ones were
    before. Returns how many facts there are of the kinds concerned, and how many rows changed. Facts keep id
    and slug as long as they keep most of their claims.
    """
    driver = await driver_of(connection)
    added = await views_of_claims(driver, list(claims))
    touched = [row["fact_id"] for row in await fetch(driver, _facts_of_claims, {"ids": list(claims)})]
    return await join(connection, added, [*touched, *emptied], gone=gone)


async def join(
    connection: AsyncConnection,
    added: Sequence[ClaimView],
    touched: Sequence[uuid.UUID] = (),
    insert: Insert | None = None,
    gone: Sequence[ClaimView] = (),
) -> tuple[int, int]:
    """As `regroup`, for claims that are read already. With `insert` they are not stored yet: it is called
    with the fact of each when the facts are there, and stores them. Claims have so many indexes that setting
    the fact of a stored one costs as much as storing it."""
    driver = await driver_of(connection)
    predicates = await read_predicates(driver)
    keys = {view.id: fact_key(view, predicates[view.predicate].identity) for view in added}
    memory = nothing(connection) if insert is None else await recall(connection, driver)
    across = await across_places(driver, [*added, *gone], predicates, memory)
    known, key_of = await affected(driver, added, keys, touched, across.facts, memory)
    crossing = across.keys | {key_of[fact] for fact in across.facts if fact in key_of}
    settled = settle(
        memory,
        [view for view in added if keys[view.id] not in crossing],
        keys,
        {fact: key for fact, key in key_of.items() if key not in crossing},
    )
    done = {key_of[fact] for fact in settled}
    known = {fact: slug for fact, slug in known.items() if key_of[fact] not in done}
    there = {claim.id for one in settled.values() for claim in one.claims}
    others = [view for view in added if view.id not in there]
    remembered = memory.find(known)
    by_fact = await views_of_facts(driver, [fact for fact in known if fact not in remembered])
    for fact, members in by_fact.items():
        memory.keep(fact, members)
    by_fact |= {fact: kept.claims for fact, kept in remembered.items()}
    views = {view.id: view for members in (others, *by_fact.values()) for view in members}
    before = {view.id: fact for fact, members in by_fact.items() for view in members}

    entities = await read_entities(driver, views.values())
    names = {slug: name for slug, (_, name) in entities.items()}
    decided = {view.id for view in added} | across.claims()
    told_in = {claim: key_of[fact] for claim, fact in before.items() if claim not in decided}
    grouped = group_claims(views.values(), predicates, names, keys, told_in)
    kept = keep_identities(grouped, before, key_of)
    taken: set[str] = set()
    asked: set[str] = set()
    unasked: set[str] = set()
    while True:  # a number that is free here may be taken by a fact out of reach
        facts = numbered(grouped, taken)
        identified = with_slugs(facts, kept, known, taken)
        wanted = {fact.slug for fact in facts} | {slug for _, slug, _ in identified}
        unasked = (unasked | wanted) - asked
        rows = await fetch(driver, _slugs, {"slugs": list(unasked)}) if unasked else []
        asked |= unasked
        elsewhere = {row["slug"] for row in rows if row["id"] not in known}
        again = (wanted & elsewhere) - taken
        if not again:
            break
        taken |= elsewhere
        # Of a name that forty facts have, the numbers would be found to be taken one after the other.
        unasked = {other for slug in again for other in next_slugs(slug)}
    changed = {view.id for view in others}
    changes = await store(
        connection,
        driver,
        identified,
        views,
        by_fact,
        known,
        entities,
        changed,
        insert,
        memory,
        remembered,
        settled,
        set(touched),
    )
    return len(facts) + len(settled), changes


async def read_predicates(driver: asyncpg.Connection) -> dict[str, PredicateView]:
    return {
        row["slug"]: PredicateView(
            slug=row["slug"], label=row["label"], kind=row["kind"], identity=tuple(row["identity"])
        )
        for row in await fetch(driver, _predicates, {})
    }


async def read_entities(
    driver: asyncpg.Connection, views: Iterable[ClaimView]
) -> dict[str, tuple[uuid.UUID, str]]:
    """Id and name of every participant and place that is an entity, by slug."""
    slugs = {
        slug for view in views for slug in (view.subject, view.object, view.complement, view.place) if slug
    }
    rows = await fetch(driver, _entities, {"slugs": sorted(slugs)})
    return {row["slug"]: (row["id"], row["name"]) for row in rows}


async def store(
    connection: AsyncConnection,
    driver: asyncpg.Connection,
    facts: Sequence[tuple[uuid.UUID, str, FactView]],
    views: dict[str, ClaimView],
    by_fact: dict[uuid.UUID, list[ClaimView]],
    known: dict[uuid.UUID, str],
    entities: dict[str, tuple[uuid.UUID, str]],
    touched: set[str],
    insert: Insert | None,
    memory: Memory,
    remembered: dict[uuid.UUID, Kept],
    settled: dict[uuid.UUID, Settled],
    shrunk: Collection[uuid.UUID],
) -> int:
    """Writes the facts that differ from what is stored. `touched` are the claims that are new or were
    edited; with `insert`, all of them are new and not stored yet. `settled` are facts that new claims join,
    besides. `shrunk` are facts that may have lost claims."""
    predicate_ids = {row["slug"]: row["id"] for row in await fetch(driver, _predicates, {})}
    fact_rows, joined, versions, relations, moved = [], [], [], [], []
    home: dict[str, uuid.UUID] = {}
    recomputed: list[uuid.UUID] = []  # whose earlier verdicts do not hold any more
    unstored = set(touched) if insert else set()
    differing = list(differing_facts(facts, by_fact, touched, shrunk))
    gone = list(known.keys() - {fact_id for fact_id, _, _ in facts})
    continued: dict[uuid.UUID, Growth] = {}
    before: dict[uuid.UUID, Memo] = {}  # relations that are stored
    for fact_id, _, fact, ids, stored in differing:
        kept = remembered.get(fact_id)
        if kept is None or kept.state is None or not (stored <= ids and ids - stored <= unstored):
            continue
        growth = grown_by(kept.state, fact, touched)
        if growth is not None:
            continued[fact_id] = growth
        else:
            before[fact_id] = kept.state.relations
    unread = [fact_id for fact_id, *_ in differing if fact_id not in continued and fact_id not in before]
    before |= await read_relations(driver, [*(one for one in unread if one in known), *gone])
    found: dict[uuid.UUID, Memo] = {}  # relations of facts that were judged over all their claims
    state: State | None
    for fact_id, slug, fact, ids, stored in differing:
        members = [member.claim for member in fact.members]
        if fact_id in continued:
            growth, state = continued[fact_id], remembered[fact_id].state
            verdicts, related = growth.verdicts, growth.fresh
            home |= dict.fromkeys(ids & touched, fact_id)
        else:
            grown = bool(stored) and stored < ids and not stored & touched and fact_id not in shrunk
            since = min(view.reported_at for view in members if view.id not in stored) if grown else None
            if not grown:
                recomputed.append(fact_id)
            # how two claims stand to each other stays as it is while neither is edited
            had = before.get(fact_id, {}) if grown else {}
            verdicts, state = judged(members, since, had)
            related = [] if state is None else state.fresh
            found[fact_id] = {} if state is None else state.relations
            home |= dict.fromkeys(ids, fact_id)
        memory.forget([fact_id])
        memory.keep(fact_id, members, state, fact)
        now = verdicts[-1][1]
        fact_rows.append(fact_row(fact_id, slug, fact, now, predicate_ids[fact.predicate], entities))
        versions += version_rows(fact_id, verdicts)
        relations += [relation_row(fact_id, one) for one in related]
        moved += [{"id": one, "fact_id": fact_id} for one in sorted(ids - stored - unstored)]
    for fact_id, one in settled.items():
        home |= {claim.id: fact_id for claim in one.claims}
        views |= {claim.id: claim for claim in one.claims}
        unstored |= {claim.id for claim in one.claims}
        joined.append(joined_row(fact_id, one))
        versions += version_rows(fact_id, one.growth.verdicts)
        relations += [relation_row(fact_id, fresh) for fresh in one.growth.fresh]
    across = await relations_across(driver, {one: views[one] for one in home}, home, unstored)
    lost = {
        (one.from_, one.to)
        for fact, had in before.items()
        for pair, one in had.items()
        if pair not in found.get(fact, ())
    }
    if lost:  # unless claims went into another fact together
        lost -= {(one.from_, one.to) for related_now in found.values() for one in related_now.values()}
        lost -= {(row["from_id"], row["to_id"]) for row in across}
    memory.forget(gone)

    written = await insert_rows(connection, m.Fact, [row for row in fact_rows if row["id"] not in known])
    written += await update_rows(connection, m.Fact, [row for row in fact_rows if row["id"] in known])
    written += await update_rows(connection, m.Fact, joined)
    if insert is not None:
        await insert({one: home[one] for one in unstored})
    written += await update_rows(connection, m.Claim, moved)
    stored_before = known.keys() | settled.keys()
    outdated = {fact for fact in [*recomputed, *gone] if fact in known}
    valid = [row for row in versions if row["fact_id"] in outdated]
    written += await remove_others(connection, m.FactVersion, "fact_id", list(outdated), valid)
    written += await add(connection, m.FactVersion, versions, lambda row: row["fact_id"] not in stored_before)
    await drop_relations(driver, sorted(lost))
    written += len(lost)
    written += await add(
        connection,
        m.Relation,
        [*relations, *across],
        lambda row: row["from_id"] in unstored or row["to_id"] in unstored,
    )
    if gone:
        await connection.execute(delete(m.Fact).where(m.Fact.id.in_(gone)))
    return written + len(gone)


async def add(
    connection: AsyncConnection,
    table: type[m.Base],
    rows: Sequence[dict[str, Any]],
    is_new: Callable[[dict[str, Any]], bool],
) -> int:
    """Rows of which nobody has to look whether they are there already are copied, the others compared."""
    new = [row for row in rows if is_new(row)]
    written = await upsert(connection, table, [row for row in rows if not is_new(row)])
    return written + await insert_rows(connection, table, new)


def differing_facts(
    facts: Sequence[tuple[uuid.UUID, str, FactView]],
    by_fact: dict[uuid.UUID, list[ClaimView]],
    touched: set[str],
    shrunk: Collection[uuid.UUID],
) -> Iterator[tuple[uuid.UUID, str, FactView, set[str], set[str]]]:
    """Facts whose claims are not those that are stored, or are new or edited, or were more; with the ids of
    their claims and of those that are stored."""
    for fact_id, slug, fact in facts:
        ids = {member.claim.id for member in fact.members}
        stored = {view.id for view in by_fact.get(fact_id, ())}
        if ids != stored or fact_id in shrunk or not ids.isdisjoint(touched):
            yield fact_id, slug, fact, ids, stored


def grown_by(state: State, fact: FactView, touched: set[str]) -> Growth | None:
    """What new claims make of a fact that is remembered; None where all of it has to be judged."""
    new = [member.claim for member in fact.members if member.claim.id in touched]
    return state.more(new) if new else None


def fact_row(
    fact_id: uuid.UUID,
    slug: str,
    fact: FactView,
    verdict: Standing,
    predicate_id: uuid.UUID,
    entities: dict[str, tuple[uuid.UUID, str]],
) -> dict[str, Any]:
    def entity(key: str | None) -> uuid.UUID | None:
        return entities[key][0] if key in entities else None

    return {
        "id": fact_id,
        "slug": slug,
        "key": fact.key,
        "title": fact.title,
        "predicate_id": predicate_id,
        "subject_id": entity(fact.subject),
        "object_id": entity(fact.object),
        "complement_id": entity(fact.complement),
        "place_id": entity(fact.place),
        "extent": fact.extent,
        "group": fact.group,
        "period_start": fact.period_start,
        "period_end": fact.period_end,
        **verdict_columns(verdict),
        "first_reported": fact.members[0].claim.reported_at,  # in telling order
        "last_reported": fact.members[-1].claim.reported_at,
    }


def joined_row(fact_id: uuid.UUID, one: Settled) -> dict[str, Any]:
    """What changes of a stored fact by claims that are told after the others."""
    when, now = one.growth.verdicts[-1]
    return {
        "id": fact_id,
        "period_end": one.period_end,
        **verdict_columns(now),
        "last_reported": when,
    }


def version_rows(fact_id: uuid.UUID, verdicts: Verdicts) -> list[dict[str, Any]]:
    return [{"fact_id": fact_id, "reported_at": when, **verdict_columns(then)} for when, then in verdicts]


def verdict_columns(verdict: Standing) -> dict[str, Any]:
    low, high = (None, None) if verdict.range is None else (verdict.range.lower, verdict.range.upper)
    best = verdict.preferred
    return {
        "status": verdict.status,
        "status_because": verdict.because,
        "claims": verdict.claims,
        "articles": verdict.articles,
        "independent_attributions": verdict.independent_attributions,
        "lower": low,
        "upper": high,
        "spread": high - low if low is not None and high is not None else 0,
        "preferred_claim_id": None if best is None else best.claim,
        "preferred_because": [] if best is None else list(best.because),
        "rule": verdict.rule,
    }

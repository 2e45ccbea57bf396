"""Two entities that are one, and one that is two.

A merge moves everything that points at an entity to the one that stays, and leaves a redirect behind; a
split moves a chosen part of it to a new entity. Both run inside one transaction of the caller, and every
row that shows something else afterwards has it in its history.
"""

import uuid
from collections.abc import Sequence
from typing import Any

import asyncpg
from sqlalchemy import ARRAY, Uuid, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.claims.queries import find_claims
from service.claims.schemas import Claim
from service.curation.changes import Change, record
from service.curation.claim_checks import told
from service.curation.claims import changes_of_claims, reading
from service.curation.entities import (
    alias_row,
    check_name,
    claims_of,
    free_slug,
    insert_entity,
    inside,
    regroup_all,
    whole,
)
from service.curation.reviews import decide
from service.curation.schemas import SplitIn
from service.db import models as m
from service.db.statements import compiled, fetch
from service.db.writing import changed, driver_of, insert_rows
from service.entities.queries import find_entity
from service.entities.schemas import Entity
from service.errors import FieldError, Unprocessable
from service.ids import new_id

COLUMNS = ("subject_id", "object_id", "complement_id", "place_id")
CHUNK = 1000  # claims whose state before and after is read at once

_reviews_of = compiled(
    select(m.Review.id, m.Review.row_id, m.Review.other_id).where(
        m.Review.kind == "similar_entity",
        m.Review.status == "open",
        or_(m.Review.row_id == bindparam("entity"), m.Review.other_id == bindparam("entity")),
    )
)
_pairs_of = compiled(
    select(m.Review.row_id, m.Review.other_id).where(
        m.Review.kind == "similar_entity",
        or_(m.Review.row_id == bindparam("entity"), m.Review.other_id == bindparam("entity")),
    )
)
_children = compiled(select(m.Entity.id).where(m.Entity.part_of_id == bindparam("entity")))
_aliases = compiled(select(m.Alias.text).where(m.Alias.entity_id == bindparam("entity")))
_mentions = compiled(
    select(m.Mention.id).where(
        m.Mention.entity_id == bindparam("entity"),
        m.Mention.id == func.any(bindparam("ids", type_=ARRAY(Uuid()))),
    )
)


async def merge(
    connection: AsyncConnection, gone: Entity, into: Entity, actor: str, reason: str | None
) -> Entity:
    """Merges an entity into another and returns the one that stays.

    Unprocessable when they are one already, are of different kinds, or the one that stays is part of the
    other.
    """
    driver = await driver_of(connection)
    await refuse_merge(driver, gone, into)
    claims = await claims_of(driver, [gone.id])
    below = [row["id"] for row in await fetch(driver, _children, {"entity": gone.id})]
    children = [await find_entity(reading(driver), one) for one in below]
    # a place moves with all that lies in it: its claims are compared by the places around theirs
    affected = {*claims, *await claims_of(driver, await inside(driver, gone.id))} if below else set(claims)
    shown = await find_claims(reading(driver), claims)

    await move_aliases(connection, gone, into)
    await connection.execute(
        update(m.Mention).where(m.Mention.entity_id == gone.id).values(entity_id=into.id)
    )
    await move_claims(connection, claims, gone.id, into.id)
    await connection.execute(
        update(m.Entity).where(m.Entity.part_of_id == gone.id).values(part_of_id=into.id)
    )
    await regroup_all(connection, sorted(affected, key=str))
    await move_reviews(connection, gone, into, actor, reason)
    await connection.execute(
        update(m.Redirect).where(m.Redirect.entity_id == gone.id).values(entity_id=into.id)
    )
    await connection.execute(delete(m.Entity).where(m.Entity.id == gone.id))
    await insert_rows(connection, m.Redirect, [{"id": gone.id, "slug": gone.slug, "entity_id": into.id}])

    after = await find_entity(reading(driver), into.id)
    moved = [
        Change(
            type="entity",
            row_id=child.id,
            slug=child.slug,
            action="updated",
            before=child,
            after=await find_entity(reading(driver), child.id),
        )
        for child in children
    ]
    await record(
        connection,
        actor,
        [
            # what the old id shows from now on is the entity that stays
            Change(type="entity", row_id=gone.id, slug=gone.slug, action="merged", before=gone, after=after),
            Change(type="entity", row_id=into.id, slug=into.slug, action="updated", before=into, after=after),
            *moved,
            *await changes_of_claims(driver, shown),
        ],
        reason,
    )
    await changed(connection, names=True)
    return after


async def refuse_merge(driver: asyncpg.Connection, gone: Entity, into: Entity) -> None:
    detail = None
    if gone.id == into.id:
        detail = "an entity cannot be merged into itself"
    elif gone.kind != into.kind:
        detail = (
            f"{gone.slug} is of kind {gone.kind}, {into.slug} of kind {into.kind}; what is one has one kind"
        )
    elif into.id in await inside(driver, gone.id):
        detail = f"{into.slug} is part of {gone.slug}; change its part_of first"
    if detail is not None:
        raise Unprocessable(detail, [FieldError(detail, pointer="/into")])


async def move_aliases(connection: AsyncConnection, gone: Entity, into: Entity) -> None:
    """Names go along, but for those that are there already; the preferred name becomes a spelling."""
    there = select(m.Alias.text).where(m.Alias.entity_id == into.id)
    await connection.execute(
        delete(m.Alias).where(m.Alias.entity_id == gone.id, m.Alias.text.in_(there.scalar_subquery()))
    )
    await connection.execute(
        update(m.Alias).where(m.Alias.entity_id == gone.id, m.Alias.kind == "name").values(kind="spelling")
    )
    await connection.execute(update(m.Alias).where(m.Alias.entity_id == gone.id).values(entity_id=into.id))


async def move_claims(
    connection: AsyncConnection, claims: Sequence[uuid.UUID], old: uuid.UUID, new: uuid.UUID
) -> None:
    """Puts one entity in another's place in every role it has in these claims."""
    for start in range(0, len(claims), CHUNK):
        some = claims[start : start + CHUNK]
        for name in COLUMNS:
            column = getattr(m.Claim, name)
            await connection.execute(
                update(m.Claim).where(m.Claim.id.in_(some), column == old).values({name: new})
            )
        await connection.execute(
            update(m.Attribution)
            .where(m.Attribution.claim_id.in_(some), m.Attribution.entity_id == old)
            .values(entity_id=new)
        )
        mine = (m.Participant.claim_id.in_(some), m.Participant.entity_id == old)
        columns = ("claim_id", "role", "entity_id", "reported_at")
        rows = select(
            m.Participant.claim_id,
            m.Participant.role,
            bindparam("new", new, type_=Uuid()),
            m.Participant.reported_at,
        ).where(*mine)
        # both may have the same role in a claim, as two speakers of one chain
        await connection.execute(insert(m.Participant).from_select(columns, rows).on_conflict_do_nothing())
        await connection.execute(delete(m.Participant).where(*mine))


async def move_reviews(
    connection: AsyncConnection, gone: Entity, into: Entity, actor: str, reason: str | None
) -> None:
    """The question whether the two are one is answered; other open questions go on about the one that
    stays, unless they are asked about it already."""
    driver = await driver_of(connection)
    known = {frozenset(row) for row in await fetch(driver, _pairs_of, {"entity": into.id})}
    answered, double = [], []
    for row in await fetch(driver, _reviews_of, {"entity": gone.id}):
        pair = {into.id if one == gone.id else one for one in (row["row_id"], row["other_id"])}
        if len(pair) == 1:
            answered.append(row["id"])
        elif frozenset(pair) in known:
            double.append(row["id"])
        else:
            known.add(frozenset(pair))
            side = "row_id" if row["row_id"] == gone.id else "other_id"
            await connection.execute(update(m.Review).where(m.Review.id == row["id"]).values({side: into.id}))
    if answered:
        await decide(connection, answered, "accepted", actor, reason)
    if double:
        await decide(connection, double, "rejected", actor, f"the same question is asked about {into.slug}")


# --- splitting ----------------------------------------------------------------------------------------------


async def split(connection: AsyncConnection, before: Entity, body: SplitIn, actor: str) -> Entity:
    """Makes a new entity of some of another's aliases, mentions and claims, and returns it.

    Unprocessable with everything that does not belong to the old one.
    """
    driver = await driver_of(connection)
    kind = body.kind or before.kind
    errors: list[FieldError] = []
    check_name(body.name, "/name", errors)
    if not (body.aliases or body.mentions or body.claims):
        detail = "nothing leaves the entity: give aliases, mentions or claims that are the new one's"
        errors.append(FieldError(detail, pointer=""))
    part_of = await whole(driver, body.part_of, kind, None, errors)
    shown = await chosen_claims(driver, before, body, kind, errors)
    await check_chosen(driver, before, body, errors)
    if errors:
        raise Unprocessable(told(errors), errors)
    entity = new_id()
    slug = await free_slug(driver, body.slug, body.name, kind)
    await insert_entity(connection, entity, slug, body, part_of, kind)
    await connection.execute(
        update(m.Alias)
        .where(m.Alias.entity_id == before.id, m.Alias.text.in_(body.aliases))
        .values(entity_id=entity)
    )
    named = await connection.execute(
        update(m.Alias)
        .where(m.Alias.entity_id == entity, m.Alias.text == body.name)
        .values(kind="name")
        .returning(m.Alias.id)
    )
    if named.first() is None:
        await insert_rows(connection, m.Alias, [alias_row(entity, body.name, "name", None)])
    await connection.execute(
        update(m.Mention).where(m.Mention.id.in_(body.mentions)).values(entity_id=entity)
    )
    await move_claims(connection, list(shown), before.id, entity)
    await regroup_all(connection, list(shown))
    made = await find_entity(reading(driver), entity)
    after = await find_entity(reading(driver), before.id)
    await record(
        connection,
        actor,
        [
            Change(type="entity", row_id=entity, slug=slug, action="created", after=made),
            Change(
                type="entity", row_id=before.id, slug=before.slug, action="split", before=before, after=after
            ),
            *await changes_of_claims(driver, shown),
        ],
        body.reason,
    )
    await changed(connection, names=True)
    return made


async def chosen_claims(
    driver: asyncpg.Connection, before: Entity, body: SplitIn, kind: str, errors: list[FieldError]
) -> dict[uuid.UUID, Claim]:
    own = set(await claims_of(driver, [before.id])) if body.claims else set()
    shown = await find_claims(reading(driver), [one for one in body.claims if one in own])
    for index, claim in enumerate(body.claims):
        if claim not in shown:
            errors.append(
                FieldError(f"{before.slug} has no role in claim {claim}", pointer=f"/claims/{index}")
            )
        elif kind != "place" and (place := shown[claim].scope.place) is not None and place.id == before.id:
            detail = f"{before.slug} is the place of this claim, and the new entity would be of kind {kind}"
            errors.append(FieldError(detail, pointer=f"/claims/{index}"))
    return shown


async def check_chosen(
    driver: asyncpg.Connection, before: Entity, body: SplitIn, errors: list[FieldError]
) -> None:
    texts = {row["text"] for row in await fetch(driver, _aliases, {"entity": before.id})}
    for index, text in enumerate(body.aliases):
        if text not in texts:
            errors.append(FieldError(f"{before.slug} has no alias {text!r}", pointer=f"/aliases/{index}"))
        elif text == before.name:
            detail = "the preferred name stays; rename the entity first"
            errors.append(FieldError(detail, pointer=f"/aliases/{index}"))
    rows: list[Any] = await fetch(driver, _mentions, {"entity": before.id, "ids": body.mentions})
    own = {row["id"] for row in rows}
    for index, mention in enumerate(body.mentions):
        if mention not in own:
            errors.append(FieldError(f"{before.slug} has no mention {mention}", pointer=f"/mentions/{index}"))

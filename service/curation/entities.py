"""Entities by hand: making, changing and naming them.

Every function here runs inside one transaction of the caller. Names are recomputed as the seeds' are:
`folded` and `keys` of an alias come from `service.entities.names` and from nowhere else.
"""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import asyncpg
from sqlalchemy import ARRAY, Text, Uuid, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.claims.queries import find_claims
from service.curation.changes import Change, record
from service.curation.claim_checks import told
from service.curation.claims import changes_of_claims, reading
from service.curation.references import Referred, resolve
from service.curation.reviews import review_row
from service.curation.schemas import (
    AliasIn,
    EntityChange,
    NewAlias,
    NewEntity,
    Reference,
    Resembling,
)
from service.db import models as m
from service.db.statements import compiled, fetch
from service.db.writing import changed, driver_of, insert_missing, insert_rows
from service.entities.names import MATCH, fold, search_keys, similarity
from service.entities.queries import find_entity
from service.entities.schemas import Entity
from service.errors import Conflict, FieldError, NotFound, Unprocessable
from service.facts.grouping import ascii_slug
from service.facts.writing import regroup
from service.ids import id_of, new_id
from service.ingestion.pipeline import NO_TEXT, UNSEEN
from service.schemas import Ref
from service.web.conditions import check_match
from service.web.params import Key

LONGEST_FOLDED = 600  # bytes of a folded name; one letter of some scripts is written with many Latin ones
CHUNK = 500  # claims that are grouped anew at once
SLUG_LENGTH = 100

_close = compiled(
    select(m.Alias.entity_id, m.Alias.text, m.Entity.slug, m.Entity.name)
    .join(m.Entity, m.Entity.id == m.Alias.entity_id)
    .where(
        m.Alias.keys.bool_op("&&")(bindparam("keys", type_=ARRAY(Text()))),
        m.Entity.kind == bindparam("kind"),
        m.Alias.kind != "demonym",
    )
    .order_by(func.similarity(m.Alias.folded, bindparam("folded")).desc(), m.Alias.id)
    .limit(1000)
)
_slugs_taken = [
    compiled(select(table.slug).where(table.slug == func.any(bindparam("slugs", type_=ARRAY(Text())))))
    for table in (m.Entity, m.Redirect)
]
_redirected = compiled(select(m.Redirect.id).where(m.Redirect.slug == bindparam("slug")))
_is_place_of = compiled(select(m.Claim.id).where(m.Claim.place_id == bindparam("entity")).limit(1))
_has_parts = compiled(select(m.Entity.slug).where(m.Entity.part_of_id == bindparam("entity")).limit(1))
_claims_of = compiled(
    select(m.Participant.claim_id)
    .distinct()
    .where(m.Participant.entity_id == func.any(bindparam("ids", type_=ARRAY(Uuid()))))
)
_start = select(m.Entity.id).where(m.Entity.id == bindparam("entity", type_=Uuid()))
_inside = _start.cte("inside", recursive=True)
# UNION, not UNION ALL: a circle that some other program made would never end
_inside = _inside.union(select(m.Entity.id).join(_inside, m.Entity.part_of_id == _inside.c.id))
_within = compiled(select(_inside.c.id))


async def create_entity(
    connection: AsyncConnection, body: NewEntity, actor: str
) -> tuple[Entity, list[Resembling]]:
    """Makes an entity; Unprocessable with all errors, Conflict when its slug is taken. Also returns those
    it may be the same as; each of them is put before a person."""
    driver = await driver_of(connection)
    errors: list[FieldError] = []
    part_of = await whole(driver, body.part_of, body.kind, None, errors)
    check_name(body.name, "/name", errors)
    aliases = [AliasIn(one) if isinstance(one, str) else one for one in body.aliases]
    for index, alias in enumerate(aliases):
        check_name(alias.text, f"/aliases/{index}/text", errors)
    if errors:
        raise Unprocessable(told(errors), errors)
    entity = new_id()
    slug = await free_slug(driver, body.slug, body.name, body.kind)
    names = [body.name, *(alias.text for alias in aliases if alias.kind != "demonym")]
    known = await resembling(driver, names, body.kind)
    await insert_entity(connection, entity, slug, body, part_of)
    await insert_rows(connection, m.Alias, [alias_row(entity, body.name, "name", None)])
    others = {alias.text: alias for alias in aliases if alias.text != body.name}
    await insert_rows(
        connection,
        m.Alias,
        [alias_row(entity, one.text, other_kind(one), one.language) for one in others.values()],
    )
    await insert_missing(connection, m.Review, [similar(entity, body.name, one) for one in known])
    made = await find_entity(reading(driver), entity)
    await record(
        connection,
        actor,
        [Change(type="entity", row_id=entity, slug=slug, action="created", after=made)],
        body.reason,
    )
    await changed(connection, names=True)
    return made, known


async def insert_entity(
    connection: AsyncConnection,
    entity: uuid.UUID,
    slug: str,
    body: Any,
    part_of: uuid.UUID | None,
    kind: str = "",
) -> None:
    row = {
        "id": entity,
        "slug": slug,
        "name": body.name,
        "kind": kind or body.kind,
        "description": body.description,
        "part_of_id": part_of,
    }
    await insert_rows(connection, m.Entity, [row])


async def change_entity(
    connection: AsyncConnection,
    before: Entity,
    body: EntityChange,
    actor: str,
    reason: str | None,
) -> Entity:
    """Puts the changed members in place. An old name stays as a spelling: articles still write it."""
    driver = await driver_of(connection)
    errors: list[FieldError] = []
    part_of = await whole(driver, body.part_of, body.kind, before.id, errors)
    check_name(body.name, "/name", errors)
    if body.kind != before.kind:
        await check_kind(driver, before, errors)
    if errors:
        raise Unprocessable(told(errors), errors)
    old_whole = before.part_of and before.part_of.id
    moved = await inside(driver, before.id) if part_of != old_whole else [before.id]
    renamed = body.name != before.name
    claims = await claims_of(driver, moved) if renamed or part_of != old_whole else []
    shown = await find_claims(reading(driver), claims)
    values = {"name": body.name, "kind": body.kind, "description": body.description, "part_of_id": part_of}
    await connection.execute(
        update(m.Entity).where(m.Entity.id == before.id).values(**values, inferred=False)
    )
    if renamed:
        await rename(connection, before.id, body.name)
    await regroup_all(connection, claims)
    after = await find_entity(reading(driver), before.id)
    if after == before:
        return after
    change = Change(
        type="entity", row_id=before.id, slug=before.slug, action="updated", before=before, after=after
    )
    await record(connection, actor, [change, *await changes_of_claims(driver, shown)], reason)
    await changed(connection, names=True)
    return after


async def rename(connection: AsyncConnection, entity: uuid.UUID, name: str) -> None:
    mine = m.Alias.entity_id == entity
    await connection.execute(update(m.Alias).where(mine, m.Alias.kind == "name").values(kind="spelling"))
    there = await connection.execute(
        update(m.Alias).where(mine, m.Alias.text == name).values(kind="name").returning(m.Alias.id)
    )
    if there.first() is None:
        await insert_rows(connection, m.Alias, [alias_row(entity, name, "name", None)])


async def add_alias(connection: AsyncConnection, before: Entity, body: NewAlias, actor: str) -> Entity:
    errors: list[FieldError] = []
    check_name(body.text, "/text", errors)
    if errors:
        raise Unprocessable(told(errors), errors)
    await insert_rows(connection, m.Alias, [alias_row(before.id, body.text, body.kind, body.language)])
    return await recorded(connection, before, actor, body.reason)


async def remove_alias(
    connection: AsyncConnection, before: Entity, text: str, actor: str, reason: str | None
) -> Entity:
    if text == before.name:
        raise Conflict("This is the preferred name; PATCH the entity with another name first.")
    gone = await connection.execute(
        delete(m.Alias).where(m.Alias.entity_id == before.id, m.Alias.text == text).returning(m.Alias.id)
    )
    if gone.first() is None:
        raise NotFound(f"{before.slug} has no alias {text!r}.")
    return await recorded(connection, before, actor, reason)


async def recorded(connection: AsyncConnection, before: Entity, actor: str, reason: str | None) -> Entity:
    """The entity as it is now; what changed goes into the history."""
    after = await find_entity(reading(await driver_of(connection)), before.id)
    change = Change(
        type="entity", row_id=before.id, slug=before.slug, action="updated", before=before, after=after
    )
    await record(connection, actor, [change], reason)
    await changed(connection, names=True)
    return after


async def current(connection: AsyncConnection, key: Key, if_match: str | None) -> Entity:
    """The entity as it is inside the transaction; with `if_match`, only in that state."""
    found = await find_entity(reading(await driver_of(connection)), key)
    if if_match is not None:
        check_match(if_match, found)
    return found


# --- parts of the above that merging and splitting share ----------------------------------------------------


def alias_row(entity: uuid.UUID, text: str, kind: str, language: str | None) -> dict[str, Any]:
    return {
        "id": new_id(),
        "entity_id": entity,
        "text": text,
        "kind": kind,
        "language": language,
        "folded": fold(text),
        "keys": search_keys(text),
    }


def other_kind(alias: AliasIn) -> str:
    """An entity has one preferred name; another that is called one is a spelling."""
    return "spelling" if alias.kind == "name" else alias.kind


def check_name(name: str, pointer: str, errors: list[FieldError]) -> None:
    folded = fold(name)
    if not folded:
        errors.append(FieldError("a name needs a letter or a digit", pointer=pointer))
    elif len(folded) > LONGEST_FOLDED:
        errors.append(FieldError("the name is too long", pointer=pointer))
    elif name != name.strip() or NO_TEXT.search(name) or UNSEEN.search(name):
        detail = "a name has no control characters, no marks of direction and no space at its ends"
        errors.append(FieldError(detail, pointer=pointer))


async def whole(
    driver: asyncpg.Connection,
    reference: Reference | None,
    kind: str,
    own: uuid.UUID | None,
    errors: list[FieldError],
) -> uuid.UUID | None:
    """The id of what an entity is a part of: a place in a place, anything else in no place unless it is
    one."""
    found: Referred | None = (await resolve(driver, {"/part_of": ("entity", reference)}, errors)).get(
        "/part_of"
    )
    if found is None:
        return None
    if kind == "place" and found.kind != "place":
        errors.append(
            FieldError(f"a place lies in a place; {found.slug} is of kind {found.kind}", pointer="/part_of")
        )
    if own is not None and found.id in await inside(driver, own):
        errors.append(FieldError(f"{found.slug} is itself part of this entity: a circle", pointer="/part_of"))
    return found.id


async def inside(driver: asyncpg.Connection, entity: uuid.UUID) -> list[uuid.UUID]:
    """The entity and all that is part of it, however deep."""
    return [row["id"] for row in await fetch(driver, _within, {"entity": entity})]


async def check_kind(driver: asyncpg.Connection, before: Entity, errors: list[FieldError]) -> None:
    values = {"entity": before.id}
    if before.kind == "place" and await fetch(driver, _is_place_of, values):
        errors.append(FieldError("claims have it as their place, so it stays one", pointer="/kind"))
    if before.kind == "place" and (parts := await fetch(driver, _has_parts, values)):
        errors.append(FieldError(f"{parts[0]['slug']} lies in it, so it stays a place", pointer="/kind"))


async def free_slug(driver: asyncpg.Connection, wanted: str | None, name: str, kind: str) -> str:
    """The wanted slug, or one made of the name that nobody has. Whether a wanted one is free the database
    decides when the row goes in; only slugs of merged entities stand in another table."""
    if wanted is not None:
        if id_of(wanted):
            detail = "A slug that reads as an id would be taken for one."
            raise Unprocessable(detail, [FieldError(detail, pointer="/slug")])
        if await fetch(driver, _redirected, {"slug": wanted}):
            detail = "That slug belonged to an entity that was merged; it keeps leading there."
            raise Conflict(detail, [FieldError(detail, pointer="/slug")])
        return wanted
    stem = ascii_slug(name)[:SLUG_LENGTH].strip("-") or kind
    stem = f"id-{stem}" if id_of(stem) else stem
    number = 0
    while True:
        tried = [stem if n == 0 else f"{stem}-{n + 1}" for n in range(number, number + 20)]
        taken = {
            row["slug"]
            for statement in _slugs_taken
            for row in await fetch(driver, statement, {"slugs": tried})
        }
        free = [one for one in tried if one not in taken]
        if free:
            return free[0]
        number += 20


async def resembling(driver: asyncpg.Connection, names: Sequence[str], kind: str) -> list[Resembling]:
    """Known entities of the kind with a name as close as one misspelt letter, closest first."""
    best: dict[uuid.UUID, tuple[float, Any]] = {}
    for name in dict.fromkeys(names):
        for row in await fetch(
            driver, _close, {"keys": search_keys(name), "kind": kind, "folded": fold(name)}
        ):
            score = similarity(name, row["text"], kind)
            if score >= MATCH and score > best.get(row["entity_id"], (0.0, None))[0]:
                best[row["entity_id"]] = score, row
    ranked = sorted(best.values(), key=lambda one: (-one[0], one[1]["slug"]))
    return [
        Resembling(Ref(row["entity_id"], row["slug"], row["name"]), score, row["text"])
        for score, row in ranked[:10]
    ]


def similar(entity: uuid.UUID, name: str, known: Resembling) -> dict[str, Any]:
    detail = f"{name!r} may be {known.matched!r}, which is known"
    return review_row("similar_entity", entity, known.entity.id, detail, known.score)


async def claims_of(driver: asyncpg.Connection, entities: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    return [row["claim_id"] for row in await fetch(driver, _claims_of, {"ids": list(entities)})]


async def regroup_all(connection: AsyncConnection, claims: Sequence[uuid.UUID]) -> None:
    """Groups many claims anew, some at a time: each group brings the other claims of its facts along."""
    for start in range(0, len(claims), CHUNK):
        await regroup(connection, claims[start : start + CHUNK])

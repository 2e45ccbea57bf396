"""Entities by hand: making, naming, merging and splitting them."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, patch, post
from litestar.params import FromPath
from msgspec import Meta
from sqlalchemy.ext.asyncio import AsyncConnection

from service.curation.claim_checks import told
from service.curation.documents import entity_document, merged, own_members
from service.curation.entities import add_alias, change_entity, create_entity, current, remove_alias
from service.curation.merging import merge, split
from service.curation.references import resolve
from service.curation.requests import PATCH_TYPES, ReasonParams, answer, read_as, read_patch
from service.curation.schemas import (
    EntityChange,
    EntityMade,
    EntityPatch,
    MergeIn,
    NewAlias,
    NewEntity,
    SplitIn,
)
from service.db.constraints import commit
from service.db.writing import driver_of
from service.entities.schemas import Entity
from service.errors import FieldError, Unprocessable
from service.web.body import read_json
from service.web.conditions import required_match
from service.web.keys import require
from service.web.params import NoParams, one_key, one_key_and, read_params
from service.web.routing import declares, engine

WRITING = (401, 403, 409, 413, 415, 422)
CHANGING = (*WRITING, 404, 412, 428)


class AliasParams(ReasonParams, frozen=True, kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=200, description="The alias, exactly as written.")]


@post(
    "/v1/entities",
    summary="Make an entity",
    status_code=201,
    opt=declares("curation", NoParams, *WRITING, body=NewEntity, scope="curate"),
)
async def post_entity(request: Request[Any, Any, Any]) -> Response[EntityMade]:
    """Adds a person, organization, place or event. One whose name is close to a known one's is made all the
    same; the answer says whom it `resembles`, and the review queue asks whether they are one."""
    read_params(request, NoParams)
    actor = await require(request, "curate")
    body = await read_json(request, NewEntity)

    async def work(connection: AsyncConnection) -> tuple[Entity, EntityMade]:
        made, known = await create_entity(connection, body, actor)
        return made, EntityMade(**msgspec.structs.asdict(made), resembles=known)

    made, shown = await commit(engine(request), work)
    return answer(shown, f"/v1/entities/{made.slug}", made)


@patch(
    "/v1/entities/{entity:str}",
    summary="Change an entity",
    opt=declares(
        "curation", ReasonParams, *CHANGING, body=EntityPatch, body_types=PATCH_TYPES, scope="curate"
    ),
)
async def patch_entity(request: Request[Any, Any, Any], entity: FromPath[str]) -> Response[Entity]:
    """Changes name, kind, description or part_of by JSON Merge Patch (RFC 7396). Needs If-Match. The old
    name stays as an alias; id and slug never change."""
    key, params = one_key_and(ReasonParams, request, "entity", entity)
    actor = await require(request, "curate")
    if_match = required_match(request)
    changes = await read_patch(request)

    async def work(connection: AsyncConnection) -> Entity:
        before = await current(connection, key, if_match)
        body = read_as(
            merged(entity_document(before), own_members(before, changes, EntityChange)), EntityChange
        )
        return await change_entity(connection, before, body, actor, params.reason)

    return answer(await commit(engine(request), work))


@post(
    "/v1/entities/{entity:str}/aliases",
    summary="Add an alias",
    status_code=201,
    opt=declares("curation", NoParams, *WRITING, 404, body=NewAlias, scope="curate"),
)
async def post_alias(request: Request[Any, Any, Any], entity: FromPath[str]) -> Response[Entity]:
    """One more way to write the entity's name; the answer is the entity. Articles that come from now on are
    read with it."""
    key = one_key(request, "entity", entity)
    actor = await require(request, "curate")
    body = await read_json(request, NewAlias)

    async def work(connection: AsyncConnection) -> Entity:
        return await add_alias(connection, await current(connection, key, None), body, actor)

    made = await commit(engine(request), work)
    return answer(made, f"/v1/entities/{made.slug}")


@delete(
    "/v1/entities/{entity:str}/aliases",
    summary="Remove an alias",
    status_code=200,
    opt=declares("curation", AliasParams, 401, 403, 404, 409, 412, 428, scope="curate"),
)
async def delete_alias(request: Request[Any, Any, Any], entity: FromPath[str]) -> Response[Entity]:
    """Takes back one way to write the name; the answer is the entity. Needs If-Match with the entity's
    ETag. Mentions that it found stay."""
    key, params = one_key_and(AliasParams, request, "entity", entity)
    actor = await require(request, "curate")
    if_match = required_match(request)

    async def work(connection: AsyncConnection) -> Entity:
        before = await current(connection, key, if_match)
        return await remove_alias(connection, before, params.text, actor, params.reason)

    return answer(await commit(engine(request), work))


@post(
    "/v1/entities/{entity:str}/merge",
    summary="Merge an entity into another",
    status_code=200,
    opt=declares("curation", NoParams, *WRITING, 404, body=MergeIn, scope="curate"),
)
async def post_merge(request: Request[Any, Any, Any], entity: FromPath[str]) -> Response[Entity]:
    """Moves names, mentions, claims and parts of this entity to the one that stays, which is the answer.
    The old id and slug lead there (308) from then on, under every path."""
    key = one_key(request, "entity", entity)
    actor = await require(request, "curate")
    body = await read_json(request, MergeIn)

    async def work(connection: AsyncConnection) -> Entity:
        gone = await current(connection, key, None)
        errors: list[FieldError] = []
        found = await resolve(await driver_of(connection), {"/into": ("entity", body.into)}, errors)
        if errors:
            raise Unprocessable(told(errors), errors)
        into = await current(connection, found["/into"].id, None)
        return await merge(connection, gone, into, actor, body.reason)

    return answer(await commit(engine(request), work))


@post(
    "/v1/entities/{entity:str}/split",
    summary="Split an entity in two",
    status_code=201,
    opt=declares("curation", NoParams, *WRITING, 404, body=SplitIn, scope="curate"),
)
async def post_split(request: Request[Any, Any, Any], entity: FromPath[str]) -> Response[Entity]:
    """Makes a new entity, which is the answer, of some of this one's aliases, mentions and claims: for two
    that were taken for one."""
    key = one_key(request, "entity", entity)
    actor = await require(request, "curate")
    body = await read_json(request, SplitIn)

    async def work(connection: AsyncConnection) -> Entity:
        return await split(connection, await current(connection, key, None), body, actor)

    made = await commit(engine(request), work)
    return answer(made, f"/v1/entities/{made.slug}")

"""Entities: found by any spelling, with everything that is claimed about them."""

import uuid
from typing import Annotated, Any, Literal

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Meta

from service.articles.queries import MENTIONS, load_mentions
from service.articles.schemas import MentionPage
from service.claims.queries import CLAIMS, load_claims
from service.claims.routes import OneEntityClaimParams
from service.claims.schemas import ClaimPage
from service.entities.queries import (
    ENTITIES,
    RELATED,
    Match,
    find_entity,
    find_entity_id,
    find_names,
    load_entities,
    load_matches,
    load_related,
)
from service.entities.schemas import Entity, EntityPage, Kind, RelatedPage
from service.errors import FieldError
from service.web.listing import (
    PageParams,
    given,
    key_in_path,
    key_values,
    list_response,
    named_keys,
    ranked_response,
    refusal,
)
from service.web.params import NoParams, one_key, read_params
from service.web.routing import declares, pool


class EntityParams(PageParams, frozen=True, kw_only=True):
    q: Annotated[
        str | None,
        Meta(
            min_length=1,
            max_length=200,
            description="A name in any spelling, script or short form; the best match comes first.",
            examples=["Tokajew"],
        ),
    ] = None
    kind: Annotated[Kind | None, Meta(description="Only of this kind.")] = None
    sort: Annotated[
        Literal["name", "-name", "recorded_at", "-recorded_at"] | None,
        Meta(description="Order of the list: `name` unless `q` is given, which orders by score."),
    ] = None


class EntityMentionParams(PageParams, frozen=True, kw_only=True):
    sort: Annotated[Literal["published_at", "-published_at"], Meta(description="Order of the list.")] = (
        "-published_at"
    )


class RelatedParams(PageParams, frozen=True, kw_only=True):
    kind: Annotated[Kind | None, Meta(description="Only of this kind.")] = None
    sort: Annotated[
        Literal["claims", "-claims", "articles", "-articles"], Meta(description="Order of the list.")
    ] = "-claims"


def rank(match: Match) -> tuple[float, uuid.UUID]:
    return match.score, match.entity


@get(
    "/v1/entities", summary="List entities, or find one by name", opt=declares("entities", EntityParams, 406)
)
async def list_entities(request: Request[Any, Any, Any]) -> Response[EntityPage]:
    """All entities by name; with `q`, those that the name finds, best first, with `score` and the alias that
    `matched`."""
    errors: list[FieldError] = []
    params = read_params(request, EntityParams, errors)
    if params.q is None:
        return await list_response(
            request,
            pool(request),
            ENTITIES,
            given(kind=params.kind),
            params.sort or "name",
            params,
            EntityPage,
            load_entities,
            errors=errors,
        )
    if params.sort is not None:
        errors.append(FieldError("sort: leave it out with q, which orders by score", parameter="sort"))
    if errors:
        raise await refusal(request, pool(request), errors, params)
    found = await find_names(pool(request), params.q, params.kind)
    values = given(q=params.q, kind=params.kind)
    return await ranked_response(
        request, pool(request), "entities by name", values, found, rank, params, EntityPage, load_matches
    )


@get("/v1/entities/{entity:str}", summary="Get one entity", opt=declares("entities", NoParams, 404))
async def get_entity(request: Request[Any, Any, Any], entity: FromPath[str]) -> Entity:
    """One entity with every known way to write its name."""
    return await find_entity(pool(request), one_key(request, "entity", entity))


@get(
    "/v1/entities/{entity:str}/claims",
    summary="List claims about an entity",
    opt=declares("entities", OneEntityClaimParams, 404, 406),
)
async def list_entity_claims(request: Request[Any, Any, Any], entity: FromPath[str]) -> Response[ClaimPage]:
    """Everything in which the entity has a role: acting, acted on, as the place, or speaking."""
    errors: list[FieldError] = []
    params = read_params(request, OneEntityClaimParams, errors)
    named = [
        *key_in_path(params.role or "entity", "entity", entity, errors),
        *named_keys(predicate=params.predicate),
    ]
    return await list_response(
        request,
        pool(request),
        CLAIMS,
        key_values(named),
        params.sort,
        params,
        ClaimPage,
        load_claims,
        named,
        errors,
    )


@get(
    "/v1/entities/{entity:str}/mentions",
    summary="List mentions of an entity",
    opt=declares("entities", EntityMentionParams, 404, 406),
)
async def list_entity_mentions(
    request: Request[Any, Any, Any], entity: FromPath[str]
) -> Response[MentionPage]:
    """Every place in every article where the entity is named, with the words that name it."""
    errors: list[FieldError] = []
    params = read_params(request, EntityMentionParams, errors)
    named = key_in_path("entity", "entity", entity, errors)
    return await list_response(
        request,
        pool(request),
        MENTIONS,
        key_values(named),
        params.sort,
        params,
        MentionPage,
        load_mentions,
        named,
        errors,
    )


@get(
    "/v1/entities/{entity:str}/related",
    summary="List who appears with an entity",
    opt=declares("entities", RelatedParams, 404, 406),
)
async def list_related_entities(
    request: Request[Any, Any, Any], entity: FromPath[str]
) -> Response[RelatedPage]:
    """Other entities with a role in the same claims, or named by the same articles: counted over the newest
    2,000 claims about it and the newest 2,000 articles that name it."""
    errors: list[FieldError] = []
    params = read_params(request, RelatedParams, errors)
    named = key_in_path("entity", "entity", entity, errors)
    if errors:
        raise await refusal(request, pool(request), errors, params, named)
    values = {"of": await find_entity_id(pool(request), named[0].key)} | given(kind=params.kind)
    return await list_response(
        request, pool(request), RELATED, values, params.sort, params, RelatedPage, load_related
    )

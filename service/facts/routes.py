"""Facts: what claims about the same thing add up to."""

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Meta

from service.claims.schemas import Extent
from service.errors import FieldError
from service.facts.queries import (
    FACT_FACETS,
    FACT_FACETS_AS_OF,
    FACTS,
    FACTS_AS_OF,
    load_facts,
)
from service.facts.schemas import Fact, FactPage, Status, Timeline
from service.facts.single import find_fact, find_timeline
from service.linked_data.queries import linked_fact
from service.web.facets import Chosen, counted, facet_choice
from service.web.forms import negotiated
from service.web.linked_data import LD, ONE, base_of, linked
from service.web.listing import PageParams, given, key_values, list_response, named_keys
from service.web.params import Key, by_key, moment_to, one_key_and, parsed_by, read_params
from service.web.routing import declares, pool

AsOf = Annotated[
    dt.datetime | None,
    parsed_by(
        moment_to, "date", "Answer from what had been published by then (a date: by its end).", "2022-01-10"
    ),
]


class FactParams(PageParams, frozen=True, kw_only=True):
    predicate: Annotated[Key | None, by_key("About this kind of statement", "arrests")] = None
    entity: Annotated[Key | None, by_key("Has claims with this entity in any role", "almaty")] = None
    place: Annotated[Key | None, by_key("About this place itself", "kazakhstan")] = None
    status: Annotated[Status | None, Meta(description="How its sources stand to each other.")] = None
    extent: Annotated[Extent | None, Meta(description="Running total, addition, or part.")] = None
    min_independent: Annotated[
        int | None, Meta(ge=1, le=1000, description="Backed by at least this many independent attributions.")
    ] = None
    q: Annotated[str | None, Meta(min_length=1, max_length=300, description="Words in the title.")] = None
    as_of: AsOf = None
    facet: Annotated[Chosen, facet_choice(FACT_FACETS)] = msgspec.field(default_factory=list)
    sort: Annotated[
        Literal["reported_at", "-reported_at", "spread", "-spread", "articles", "-articles"],
        Meta(description="Order of the list; `spread` is the highest figure less the lowest."),
    ] = "-reported_at"


class OneFactParams(msgspec.Struct, frozen=True, kw_only=True):
    as_of: AsOf = None


@get("/v1/facts", summary="List facts", opt=declares("facts", FactParams, 406))
async def list_facts(request: Request[Any, Any, Any]) -> Response[FactPage]:
    """What is claimed, one item per thing claimed, each with the verdict over its claims."""
    errors: list[FieldError] = []
    params = read_params(request, FactParams, errors)
    named = named_keys(predicate=params.predicate, entity=params.entity, place=params.place)
    values = key_values(named) | given(
        status=params.status,
        extent=params.extent,
        min_independent=params.min_independent,
        q=params.q,
        as_of=params.as_of,
    )
    listing, facets = (FACTS, FACT_FACETS) if params.as_of is None else (FACTS_AS_OF, FACT_FACETS_AS_OF)
    return await list_response(
        request,
        pool(request),
        listing,
        values,
        params.sort,
        params,
        FactPage,
        load_facts,
        named,
        errors,
        counted(listing, facets, params.facet, values),
    )


@get(
    "/v1/facts/{fact:str}",
    summary="Get one fact",
    opt=declares("facts", OneFactParams, 404, 406, 410, media_types=list(ONE)),
)
async def get_fact(request: Request[Any, Any, Any], fact: FromPath[str]) -> Response[Fact]:
    """One fact: every value that was claimed, who holds it, how the claims stand to each other, and the
    verdict. As JSON-LD it is a `Collection` of claims in the terms of schema.org."""
    key, params = one_key_and(OneFactParams, request, "fact", fact)
    kind = negotiated(request, ONE)
    found = await find_fact(pool(request), key, params.as_of)
    if kind == LD:
        return linked(await linked_fact(pool(request), base_of(request), found))
    return Response(found)


@get(
    "/v1/facts/{fact:str}/timeline",
    summary="Get a fact's timeline",
    opt=declares("facts", OneFactParams, 404),
)
async def get_timeline(request: Request[Any, Any, Any], fact: FromPath[str]) -> Timeline:
    """How a figure or a statement developed, publication by publication, and which articles were taken
    back."""
    key, params = one_key_and(OneFactParams, request, "fact", fact)
    return await find_timeline(pool(request), key, params.as_of)

"""Claims and the predicates they use."""

import datetime as dt
import re
import uuid
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

import asyncpg
import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Meta

from service.claims.queries import (
    CLAIM_FACETS,
    CLAIMS,
    PREDICATES,
    find_claim,
    find_predicate,
    load_claims,
    load_predicates,
)
from service.claims.relations import RELATIONS, RelationPage, load_relations
from service.claims.schemas import Claim, ClaimPage, Extent, Modality, Predicate, PredicatePage
from service.errors import FieldError, InvalidRequest
from service.facts.schemas import RelationType
from service.linked_data.annotations import PROFILE, Annotation, annotation
from service.linked_data.queries import linked_claim
from service.web.facets import Chosen, counted, facet_choice
from service.web.forms import negotiated
from service.web.linked_data import LD, ONE, base_of, linked
from service.web.listing import PageParams, given, key_values, list_response, named_keys
from service.web.params import (
    Key,
    NoParams,
    by_key,
    moment_from,
    moment_to,
    one_key,
    parsed_by,
    path_error,
    read_params,
)
from service.web.params import day as parse_day
from service.web.routing import declares, pool

ClaimSort = Literal[
    "reported_at", "-reported_at", "recorded_at", "-recorded_at", "time", "-time", "amount", "-amount"
]


# Decimal itself also reads NaN, Infinity, underscores and the digits of every script.
FIGURE = re.compile(
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,10}|[0-9]{1,31})(?:[.][0-9]{1,31})?(?:[eE][+-]?[0-9]{1,3})?"
)


def figure(value: str) -> Decimal:
    """A number in a query; grouping commas are accepted since people paste figures."""
    if not FIGURE.fullmatch(value):
        raise ValueError("expected a number (7939, 2.5)")
    found = Decimal(value.replace(",", ""))
    if abs(found.adjusted()) > 30:
        raise ValueError("expected a number of at most 30 digits")
    return found


class ClaimParams(PageParams, frozen=True, kw_only=True):
    ranges: ClassVar = (("min", "max"), ("time_from", "time_to"), ("reported_from", "reported_to"))

    predicate: Annotated[Key | None, by_key("Makes this kind of statement", "arrests")] = None
    entity: Annotated[Key | None, by_key("Has this entity in any role", "kassym-jomart-tokayev")] = None
    subject: Annotated[Key | None, by_key("Has this subject", "kassym-jomart-tokayev")] = None
    object: Annotated[Key | None, by_key("Has this object", "nursultan-nazarbayev")] = None
    speaker: Annotated[
        Key | None, by_key("Goes back to this origin or medium", "interior-ministry-of-kazakhstan")
    ] = None
    place: Annotated[Key | None, by_key("Is about this place itself", "almaty")] = None
    article: Annotated[Key | None, by_key("Made by this article", "military-alliance-consults")] = None
    source: Annotated[Key | None, by_key("Published by this source", "site-34")] = None
    fact: Annotated[Key | None, by_key("Belongs to this fact", "arrests-kazakhstan-2022-01")] = None
    modality: Annotated[Modality | None, Meta(description="How certain the article presents it.")] = None
    extent: Annotated[Extent | None, Meta(description="Running total, addition, or part.")] = None
    time_from: Annotated[
        dt.date | None, parsed_by(parse_day, "date", "Holds or happened on or after this day.", "2022-01-10")
    ] = None
    time_to: Annotated[
        dt.date | None, parsed_by(parse_day, "date", "Holds or happened on or before this day.", "2022-01-12")
    ] = None
    reported_from: Annotated[
        dt.datetime | None, parsed_by(moment_from, "date", "Published at or after.", "2022-01-10")
    ] = None
    reported_to: Annotated[
        dt.datetime | None, parsed_by(moment_to, "date", "Published at or before.", "2022-01-12")
    ] = None
    min: Annotated[Decimal | None, parsed_by(figure, "number", "Its figure is at least this.", "1000")] = None
    max: Annotated[Decimal | None, parsed_by(figure, "number", "Its figure is at most this.", "10000")] = None
    q: Annotated[
        str | None,
        Meta(
            min_length=1,
            max_length=300,
            description="Words in statement or evidence: quotes for a phrase, `-` to exclude, `or`.",
        ),
    ] = None
    facet: Annotated[Chosen, facet_choice(CLAIM_FACETS)] = msgspec.field(default_factory=list)
    sort: Annotated[ClaimSort, Meta(description="Order of the list.")] = "-reported_at"


class OneEntityClaimParams(PageParams, frozen=True, kw_only=True):
    predicate: Annotated[Key | None, by_key("Makes this kind of statement", "removed_from_office")] = None
    role: Annotated[
        Literal["subject", "object", "complement", "place", "speaker"] | None,
        Meta(description="Only claims in which the entity has this role."),
    ] = None
    sort: Annotated[ClaimSort, Meta(description="Order of the list.")] = "-reported_at"


class RelationParams(PageParams, frozen=True, kw_only=True):
    type: Annotated[RelationType | None, Meta(description="Only relations of this type.")] = None
    sort: Annotated[
        Literal["reported_at", "-reported_at"], Meta(description="Order of the list, by the other claim.")
    ] = "reported_at"


class PredicateParams(PageParams, frozen=True, kw_only=True):
    kind: Annotated[
        Literal["quantity", "event", "relation", "statement"] | None, Meta(description="Only of this kind.")
    ] = None
    sort: Annotated[Literal["slug", "-slug", "label", "-label"], Meta(description="Order of the list.")] = (
        "slug"
    )


def between(low: Any, high: Any) -> asyncpg.Range[Any] | None:
    """What a filter's two ends enclose, both included; None when neither is given. As one value, because a
    planner that sees each end alone takes both for likely."""
    if low is None and high is None:
        return None
    return asyncpg.Range(low, high, lower_inc=True, upper_inc=True)


def claim_filters(params: ClaimParams) -> dict[str, Any]:
    """The filters that are not keys."""
    return given(
        modality=params.modality,
        extent=params.extent,
        time=between(params.time_from, params.time_to),
        reported_from=params.reported_from,
        reported_to=params.reported_to,
        figure=between(params.min, params.max),
        q=params.q,
    )


@get("/v1/claims", summary="List claims", opt=declares("claims", ClaimParams, 406))
async def list_claims(request: Request[Any, Any, Any]) -> Response[ClaimPage]:
    """Single statements by single articles, each with the sentence that carries it; filters combine with
    *and*."""
    errors: list[FieldError] = []
    params = read_params(request, ClaimParams, errors)
    roles = ("predicate", "entity", "subject", "object", "speaker", "place", "article", "source", "fact")
    named = named_keys(**{role: getattr(params, role) for role in roles})
    values = key_values(named) | claim_filters(params)
    return await list_response(
        request,
        pool(request),
        CLAIMS,
        values,
        params.sort,
        params,
        ClaimPage,
        load_claims,
        named,
        errors,
        counted(CLAIMS, CLAIM_FACETS, params.facet, values),
    )


@get(
    "/v1/claims/{claim:str}",
    summary="Get one claim",
    opt=declares("claims", NoParams, 404, 406, media_types=list(ONE)),
)
async def get_claim(request: Request[Any, Any, Any], claim: FromPath[str]) -> Response[Claim]:
    """One claim: value, scope, time, who said it, how certain, and the exact words. As JSON-LD it is a
    `Claim` of schema.org, based on the `Quotation` that carries it."""
    found_id = claim_id(request, claim)
    kind = negotiated(request, ONE)
    found = await find_claim(pool(request), found_id)
    if kind == LD:
        return linked(await linked_claim(pool(request), base_of(request), found))
    return Response(found)


@get(
    "/v1/claims/{claim:str}/evidence",
    summary="Get a claim's evidence as a Web Annotation",
    opt=declares("claims", NoParams, 404, 406, media_types=list(reversed(ONE))),
)
async def get_evidence(request: Request[Any, Any, Any], claim: FromPath[str]) -> Response[Annotation]:
    """The words that carry a claim, as a W3C Web Annotation: the target is the article as plain text, and a
    quote and a position select the same words in it."""
    found_id = claim_id(request, claim)
    kind = negotiated(request, tuple(reversed(ONE)))
    found = annotation(base_of(request), await find_claim(pool(request), found_id))
    return linked(found, PROFILE if kind == LD else kind)


@get(
    "/v1/claims/{claim:str}/relations",
    summary="List how a claim stands to others",
    opt=declares("claims", RelationParams, 404, 406),
)
async def list_claim_relations(
    request: Request[Any, Any, Any], claim: FromPath[str]
) -> Response[RelationPage]:
    """Every claim that this one agrees with, rounds, updates, contradicts … or is rounded, updated,
    contradicted by, with the clause of the rule that says so."""
    errors: list[FieldError] = []
    params = read_params(request, RelationParams, errors)
    found_id = claim_id(request, claim, errors)
    await find_claim(pool(request), found_id)
    values = {"claim": found_id} | given(type=params.type)
    return await list_response(
        request,
        pool(request),
        RELATIONS,
        values,
        params.sort,
        params,
        RelationPage,
        load_relations,
    )


def claim_id(request: Request[Any, Any, Any], text: str, found: list[FieldError] | None = None) -> uuid.UUID:
    """Claims have no slug: a path names one by id only. With `found`, the errors of the query so far, it is
    raised together with them."""
    errors = found or []
    if found is None:
        read_params(request, NoParams, errors)
    try:
        key = msgspec.convert(text, uuid.UUID)
    except msgspec.ValidationError:
        errors.append(path_error("claim", text, ValueError("expected a UUID; claims have no slug")))
    if errors:
        raise InvalidRequest(errors)
    return key


@get("/v1/predicates", summary="List predicates", opt=declares("predicates", PredicateParams, 406))
async def list_predicates(request: Request[Any, Any, Any]) -> Response[PredicatePage]:
    """The controlled vocabulary: every kind of statement that claims can make."""
    errors: list[FieldError] = []
    params = read_params(request, PredicateParams, errors)
    return await list_response(
        request,
        pool(request),
        PREDICATES,
        given(kind=params.kind),
        params.sort,
        params,
        PredicatePage,
        load_predicates,
        errors=errors,
    )


@get("/v1/predicates/{predicate:str}", summary="Get one predicate", opt=declares("predicates", NoParams, 404))
async def get_predicate(request: Request[Any, Any, Any], predicate: FromPath[str]) -> Predicate:
    """One kind of statement, with its roles, its unit and what makes two such claims about the same thing."""
    return await find_predicate(pool(request), one_key(request, "predicate", predicate))

"""The Entity Reconciliation API of the W3C community group: version 0.2, as OpenRefine speaks it, and
1.0-draft.

0.2 puts queries and data extension on one path, as a form or query parameters; the draft has a path for
each and JSON bodies. Suggestions, previews and proposals are the same in both.
"""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from msgspec import UNSET, Meta

from service.errors import FieldError, InvalidRequest, NotFound, UnsupportedMedia
from service.reconcile.answering import FORM_NAMES, answer_extend, answer_form, answer_match, read_form
from service.reconcile.claims import find_predicates, find_statements
from service.reconcile.manifest import draft_manifest, manifest
from service.reconcile.negotiation import DRAFT, JSON, MEDIA_TYPES, V02, exactly_one, negotiate
from service.reconcile.preview import MOST_CLAIMS, POLICY, preview
from service.reconcile.properties import catalogue, proposed
from service.reconcile.queries import find_aliases, find_counts, find_entities
from service.reconcile.schemas import (
    Completions,
    DraftExtension,
    DraftResults,
    ExtendQuery,
    MatchRequest,
    Proposals,
    ReconcileForm,
)
from service.reconcile.suggest import described, suggest_entities, suggest_properties, suggest_types
from service.reconcile.types import TYPES
from service.web.body import JSON_TYPES, LARGEST, read_bytes
from service.web.params import NoParams, read_params
from service.web.routing import declares, pool

FORM_TYPE = "application/x-www-form-urlencoded"
SCRIPT = "text/javascript"  # what `callback` asks for
ANY_JSON = [JSON, *MEDIA_TYPES.values(), SCRIPT]
V02_JSON = [JSON, MEDIA_TYPES[V02]]
DRAFT_JSON = [JSON, MEDIA_TYPES[DRAFT]]

JsonText = Annotated[str | None, Meta(max_length=100_000)]
IGNORED = "Accepted and ignored: OpenRefine sends it."
Ignored = Annotated[str | None, Meta(description=IGNORED)]


class ScriptParams(msgspec.Struct, frozen=True, kw_only=True, rename={"moment": "_"}):
    callback: Annotated[
        str | None,
        Meta(
            pattern=r"^[A-Za-z_$][A-Za-z0-9_$.]{0,99}$",
            description="JSONP, for clients without CORS: the function that the answer is a call of.",
            extra={"expected": "the name of a function: letters, digits, _, $ and dots"},
        ),
    ] = None
    moment: Annotated[str | None, Meta(description="Accepted and ignored: jQuery sends it with JSONP.")] = (
        None
    )


class ReconcileParams(ScriptParams, frozen=True, kw_only=True, rename={"moment": "_"}):
    """At most one of the three; without any, the answer is the manifest."""

    queries: Annotated[JsonText, Meta(description="A batch of queries by keys of the client's, as JSON.")] = (
        None
    )
    extend: Annotated[JsonText, Meta(description="A data extension query, as JSON.")] = None
    query: Annotated[JsonText, Meta(description="One query as JSON, or just a name: the oldest form.")] = None


class SuggestParams(ScriptParams, frozen=True, kw_only=True, rename={"moment": "_"}):
    prefix: Annotated[
        str, Meta(max_length=200, description="What has been typed; everything there is when empty.")
    ] = ""
    limit: Annotated[int, Meta(ge=1, le=100, description="How many to answer.")] = 20
    offset: Annotated[int | None, Meta(ge=0, le=10_000, description="How many to skip (1.0-draft).")] = None
    cursor: Annotated[int | None, Meta(ge=0, le=10_000, description="How many to skip (0.2).")] = None
    type: Annotated[str | None, Meta(description="Only entities of this type, or their properties.")] = None
    key: Ignored = None
    filter: Annotated[list[str] | None, Meta(description=IGNORED)] = None
    spell: Ignored = None
    exact: Ignored = None
    lang: Ignored = None
    scoring: Ignored = None
    prefixed: Ignored = None
    stemmed: Ignored = None
    format: Ignored = None
    output: Ignored = None
    mql_output: Ignored = None

    def skip(self) -> int:
        return self.offset if self.offset is not None else self.cursor or 0


class ProposeParams(ScriptParams, frozen=True, kw_only=True, rename={"moment": "_"}):
    type: Annotated[str, Meta(description="The type of the entities; all properties when empty.")] = ""
    limit: Annotated[int | None, Meta(ge=1, le=1000, description="How many to propose.")] = None


class PreviewParams(msgspec.Struct, frozen=True, kw_only=True):
    id: Annotated[str, Meta(max_length=200, description="The entity, by slug or id.")]


Answer = Response[bytes]


@get(
    "/v1/reconcile",
    summary="Manifest, or queries in the address",
    opt=declares("reconcile", ReconcileParams, 406, 413, answers=dict[str, Any], media_types=ANY_JSON),
)
async def reconcile(request: Request[Any, Any, Any]) -> Answer:
    """Without parameters the service manifest, of version 0.2 or, when `Accept` names
    `application/reconciliation.v1+json`, of 1.0-draft. With `queries`, `extend` or `query` what a POST of
    the same form answers."""
    params = read_params(request, ReconcileParams)
    given = [name for name in FORM_NAMES if getattr(params, name) is not None]
    if not given:
        version, media_type = negotiate(request)
        describe = draft_manifest if version == DRAFT else manifest
        return answer(describe(base_url(request)), media_type, params.callback)
    _, media_type = negotiate(request, (V02,))
    name = exactly_one(given, FORM_NAMES)
    return answer(await answer_form(pool(request), name, getattr(params, name)), media_type, params.callback)


@post(
    "/v1/reconcile",
    summary="Reconcile or extend, by form",
    status_code=200,
    opt=declares(
        "reconcile", NoParams, 406, 413, 415, body=ReconcileForm, answers=dict[str, Any], media_types=V02_JSON
    )
    | {"body_types": [FORM_TYPE]},
)
async def reconcile_form(request: Request[Any, Any, Any]) -> Answer:
    """Version 0.2. `queries` answers candidates by the keys of the batch, `extend` the values of properties
    by entity and property, `query` the candidates of one query. A query that cannot be read has `errors`
    beside its empty `result`; a batch of nothing else is a problem."""
    read_params(request, NoParams)
    _, media_type = negotiate(request, (V02,))
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared != FORM_TYPE:
        raise UnsupportedMedia(
            f"This path takes a form ({FORM_TYPE}) with one of {', '.join(FORM_NAMES)}; got"
            f" {declared or 'no content type'}. JSON goes to /v1/reconcile/match and /v1/reconcile/extend."
        )
    form = read_form(await read_bytes(request, LARGEST))
    name = exactly_one(list(form), FORM_NAMES)
    return answer(await answer_form(pool(request), name, form[name]), media_type)


@post(
    "/v1/reconcile/match",
    summary="Reconcile, by JSON (1.0-draft)",
    status_code=200,
    opt=declares(
        "reconcile", NoParams, 406, 413, 415, body=MatchRequest, answers=DraftResults, media_types=DRAFT_JSON
    ),
)
async def match(request: Request[Any, Any, Any]) -> Answer:
    """Version 1.0-draft: a result for each query, in their order. A query that cannot be read has `errors`
    beside its empty `candidates`; a batch of nothing else is a problem."""
    read_params(request, NoParams)
    _, media_type = negotiate(request, (DRAFT,))
    return answer(await answer_match(pool(request), await read_body(request)), media_type)


@post(
    "/v1/reconcile/extend",
    summary="Values of properties, by JSON (1.0-draft)",
    status_code=200,
    opt=declares(
        "reconcile", NoParams, 406, 413, 415, body=ExtendQuery, answers=DraftExtension, media_types=DRAFT_JSON
    ),
)
async def extend(request: Request[Any, Any, Any]) -> Answer:
    """Version 1.0-draft: for each entity, in the order asked for, the values of each property. An id that
    leads nowhere has no values."""
    read_params(request, NoParams)
    _, media_type = negotiate(request, (DRAFT,))
    return answer(await answer_extend(pool(request), await read_body(request)), media_type)


@get(
    "/v1/reconcile/extend/propose",
    summary="Properties worth asking for",
    opt=declares("reconcile", ProposeParams, 406, answers=Proposals, media_types=ANY_JSON),
)
async def propose(request: Request[Any, Any, Any]) -> Answer:
    """The properties that every entity has, and those that claims of late give values for, for entities of
    the type."""
    params = read_params(request, ProposeParams)
    _, media_type = negotiate(request)
    kind = one_type(params.type)
    found = [described(one) for one in proposed(await find_predicates(pool(request), in_use=True), kind)]
    limit = UNSET if params.limit is None else params.limit
    return answer(Proposals(found[: params.limit], params.type, limit), media_type, params.callback)


@get(
    "/v1/reconcile/suggest/entity",
    summary="Complete the name of an entity",
    opt=declares("reconcile", SuggestParams, 406, answers=Completions, media_types=ANY_JSON),
)
async def suggest_entity(request: Request[Any, Any, Any]) -> Answer:
    """Entities whose names begin so or are spelled so, best first."""
    params = read_params(request, SuggestParams)
    _, media_type = negotiate(request)
    kind = one_type(params.type or "")
    found = await suggest_entities(pool(request), params.prefix, kind, params.skip(), params.limit)
    return answer(found, media_type, params.callback)


@get(
    "/v1/reconcile/suggest/type",
    summary="Complete the name of a type",
    opt=declares("reconcile", SuggestParams, 406, answers=Completions, media_types=ANY_JSON),
)
async def suggest_type(request: Request[Any, Any, Any]) -> Answer:
    """Types whose name, or another word for them, has this in it."""
    params = read_params(request, SuggestParams)
    _, media_type = negotiate(request)
    return answer(suggest_types(params.prefix, params.skip(), params.limit), media_type, params.callback)


@get(
    "/v1/reconcile/suggest/property",
    summary="Complete the name of a property",
    opt=declares("reconcile", SuggestParams, 406, answers=Completions, media_types=ANY_JSON),
)
async def suggest_property(request: Request[Any, Any, Any]) -> Answer:
    """Properties whose name has this in it; with `type`, of those worth asking entities of that type for."""
    params = read_params(request, SuggestParams)
    _, media_type = negotiate(request)
    if params.type:
        in_use = await find_predicates(pool(request), in_use=True)
        known = {one.id: one for one in proposed(in_use, one_type(params.type))}
    else:
        known = catalogue(await find_predicates(pool(request)))
    found = suggest_properties(known, params.prefix, params.skip(), params.limit)
    return answer(found, media_type, params.callback)


@get(
    "/v1/reconcile/preview",
    summary="Preview of an entity",
    opt=declares("reconcile", PreviewParams, 404, answers=str, media_types=["text/html"]),
)
async def preview_entity(request: Request[Any, Any, Any]) -> Answer:
    """A small page to be shown in a frame: what the entity is, how its name is written, what is claimed of
    late."""
    params = read_params(request, PreviewParams)
    known = list((await find_entities(pool(request), [params.id])).values())
    if not known:
        raise NotFound(
            f"No entity has the id or slug {params.id}; /v1/entities?q= finds a name in any spelling."
        )
    one = known[0]
    page = preview(
        one,
        (await find_aliases(pool(request), [one.id]))[one.id],
        (await find_counts(pool(request), [one.id]))[one.id],
        await find_statements(pool(request), one.id, MOST_CLAIMS),
        f"{base_url(request)}/v1/entities/{one.slug}",
    )
    headers = {"Content-Security-Policy": POLICY}
    return Response(page.encode(), media_type="text/html", headers=headers)


def base_url(request: Request[Any, Any, Any]) -> str:
    return str(request.base_url).rstrip("/")


def answer(content: Any, media_type: str, callback: str | None = None) -> Answer:
    encoded = msgspec.json.encode(content)
    if callback is None:
        return Response(encoded, media_type=media_type)
    # The comment keeps a callback's name from being the first bytes, where some readers look for a file's
    # kind; JSON may hold two line separators that scripts once could not.
    for separator in ("\u2028", "\u2029"):
        encoded = encoded.replace(separator.encode(), separator.encode("ascii", "backslashreplace"))
    return Response(b"/**/" + callback.encode() + b"(" + encoded + b");", media_type=SCRIPT)


def one_type(text: str) -> str | None:
    if text and text not in TYPES:
        detail = f"type: no type {text[:60]!r}; there are {', '.join(TYPES)}"
        raise InvalidRequest([FieldError(detail, parameter="type")])
    return text or None


async def read_body(request: Request[Any, Any, Any]) -> bytes:
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared not in (*JSON_TYPES, *MEDIA_TYPES.values()):
        raise UnsupportedMedia(
            f"The body must be JSON, sent with `Content-Type: {JSON}`; got {declared or 'no content type'}."
            " Forms go to /v1/reconcile."
        )
    return await read_bytes(request, LARGEST)

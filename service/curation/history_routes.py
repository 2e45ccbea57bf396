"""The history of every row, and the feed of all changes."""

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Meta

from service.curation.history import HISTORY, load_changes, place_of, read_feed, row_of, token_of
from service.curation.schemas import ChangeFeed, ChangePage
from service.errors import FieldError, InvalidRequest
from service.web.listing import PageParams, list_response, refusal
from service.web.params import NoParams, path_error, path_key, read_params
from service.web.routing import declares, pool

ChangedType = Literal["article", "entity", "claim", "source", "review", "key"]


class HistoryParams(PageParams, frozen=True, kw_only=True):
    sort: Annotated[Literal["at", "-at"], Meta(description="Order of the list.")] = "-at"


class FeedParams(NoParams, frozen=True, kw_only=True):
    since: Annotated[
        str | None,
        Meta(
            max_length=500,
            description="`since` of the answer before; left out, the feed starts at the beginning.",
        ),
    ] = None
    type: Annotated[ChangedType | None, Meta(description="Only changes of rows of this type.")] = None
    limit: Annotated[int, Meta(ge=1, le=1000, description="How many changes an answer holds.")] = 100


@get(
    "/v1/articles/{article:str}/history",
    summary="List changes of an article",
    opt=declares("curation", HistoryParams, 404, 406),
)
async def list_article_history(
    request: Request[Any, Any, Any], article: FromPath[str]
) -> Response[ChangePage]:
    """Who changed the article, when and why; also of one that was retracted."""
    return await history(request, "article", article)


@get(
    "/v1/entities/{entity:str}/history",
    summary="List changes of an entity",
    opt=declares("curation", HistoryParams, 404, 406),
)
async def list_entity_history(request: Request[Any, Any, Any], entity: FromPath[str]) -> Response[ChangePage]:
    """Who changed the entity, when and why. One that was merged into another keeps its own history here."""
    return await history(request, "entity", entity)


@get(
    "/v1/claims/{claim:str}/history",
    summary="List changes of a claim",
    opt=declares("curation", HistoryParams, 404, 406),
)
async def list_claim_history(request: Request[Any, Any, Any], claim: FromPath[str]) -> Response[ChangePage]:
    """Who changed the claim, when and why; also of one that was taken back."""
    return await history(request, "claim", claim)


@get(
    "/v1/sources/{source:str}/history",
    summary="List changes of a source",
    opt=declares("curation", HistoryParams, 404, 406),
)
async def list_source_history(request: Request[Any, Any, Any], source: FromPath[str]) -> Response[ChangePage]:
    """Who changed the source, when and why."""
    return await history(request, "source", source)


async def history(request: Request[Any, Any, Any], kind: str, text: str) -> Response[ChangePage]:
    errors: list[FieldError] = []
    params = read_params(request, HistoryParams, errors)
    try:
        key = path_key(kind, text)
        if kind == "claim" and isinstance(key, str):
            errors.append(path_error("claim", text, ValueError("expected a UUID; claims have no slug")))
    except InvalidRequest as error:
        errors += error.errors
    if errors:
        raise await refusal(request, pool(request), errors, params)
    values = {"type": kind, "row": await row_of(pool(request), kind, key)}
    return await list_response(
        request, pool(request), HISTORY, values, params.sort, params, ChangePage, load_changes
    )


@get("/v1/changes", summary="Follow all changes", opt=declares("curation", FeedParams, 410))
async def list_changes(request: Request[Any, Any, Any]) -> Response[ChangeFeed]:
    """Every change of an article, entity, claim, source, review or key, oldest first. Send `since` of an
    answer to get what came after it: nothing is left out and nothing comes twice, whatever was written
    meanwhile."""
    params = read_params(request, FeedParams)
    place = (0, 0) if params.since is None else place_of(params.since)
    items, place, more = await read_feed(pool(request), place, params.type, params.limit)
    token = token_of(place)
    query = (
        {"since": token} | ({} if params.type is None else {"type": params.type}) | {"limit": params.limit}
    )
    headers = {"Link": f'<{request.url.path}?{urlencode(query)}>; rel="next"'} if more else {}
    return Response(ChangeFeed(items, token, more), headers=headers)

"""The review queue: what code was unsure of, one decision at a time."""

from typing import Annotated, Any, Literal

from litestar import Request, Response, get, post
from litestar.params import FromPath
from msgspec import Meta
from sqlalchemy.ext.asyncio import AsyncConnection

from service.curation.decisions import decide_review
from service.curation.requests import answer
from service.curation.reviews import REVIEWS, find_review, load_reviews
from service.curation.schemas import Decision, Review, ReviewPage
from service.db.constraints import commit
from service.errors import FieldError
from service.web.body import read_json
from service.web.keys import require
from service.web.listing import PageParams, given, list_response
from service.web.params import NoParams, one_key, read_params
from service.web.routing import declares, engine, pool

DECIDING = (401, 403, 404, 409, 413, 415, 422)


class ReviewParams(PageParams, frozen=True, kw_only=True):
    kind: Annotated[
        Literal["similar_entity", "low_confidence", "possible_transcription"] | None,
        Meta(description="Only of this kind."),
    ] = None
    status: Annotated[
        Literal["open", "accepted", "rejected"] | None, Meta(description="Only in this state.")
    ] = None
    sort: Annotated[Literal["recorded_at", "-recorded_at"], Meta(description="Order of the list.")] = (
        "recorded_at"
    )


@get("/v1/reviews", summary="List reviews", opt=declares("curation", ReviewParams, 406))
async def list_reviews(request: Request[Any, Any, Any]) -> Response[ReviewPage]:
    """What a person should look at: new entities that resemble known ones, claims the extractor was unsure
    of, figures that differ from another in one digit."""
    errors: list[FieldError] = []
    params = read_params(request, ReviewParams, errors)
    return await list_response(
        request,
        pool(request),
        REVIEWS,
        given(kind=params.kind, status=params.status),
        params.sort,
        params,
        ReviewPage,
        load_reviews,
        errors=errors,
    )


@get("/v1/reviews/{review:str}", summary="Get one review", opt=declares("curation", NoParams, 404))
async def get_review(request: Request[Any, Any, Any], review: FromPath[str]) -> Review:
    """One question, and its answer where there is one."""
    return await find_review(pool(request), one_key(request, "review", review))


@post(
    "/v1/reviews/{review:str}/accept",
    summary="Accept a review",
    status_code=200,
    opt=declares("curation", NoParams, *DECIDING, body=Decision, scope="curate"),
)
async def accept_review(request: Request[Any, Any, Any], review: FromPath[str]) -> Response[Review]:
    """Yes: the entity is the known one, and is merged into it; the claim is right, and its confidence is 1
    from now on; the two figures are one that was miswritten, and stay disputed."""
    return await decided(request, review, "accepted")


@post(
    "/v1/reviews/{review:str}/reject",
    summary="Reject a review",
    status_code=200,
    opt=declares("curation", NoParams, *DECIDING, body=Decision, scope="curate"),
)
async def reject_review(request: Request[Any, Any, Any], review: FromPath[str]) -> Response[Review]:
    """No: the entities are two; the claim is wrong, and is taken back; the figures are two that merely look
    alike."""
    return await decided(request, review, "rejected")


async def decided(
    request: Request[Any, Any, Any], review: str, status: Literal["accepted", "rejected"]
) -> Response[Review]:
    key = one_key(request, "review", review)
    actor = await require(request, "curate")
    body = await read_json(request, Decision)

    async def work(connection: AsyncConnection) -> Review:
        return await decide_review(connection, key, status, actor, body.reason)

    return answer(await commit(engine(request), work))

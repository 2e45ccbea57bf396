"""Claims by hand. The words are looked up in the article and the figure is read again, whoever sends them."""

from typing import Any

from litestar import Request, Response, delete, patch, post
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncConnection

from service.claims.schemas import Claim
from service.curation.claims import change_claim, create_claim, current_claim, remove_claim
from service.curation.documents import own_members, patched_claim
from service.curation.requests import (
    PATCH_TYPES,
    ReasonParams,
    answer,
    claim_key,
    curator,
    read_as,
    read_patch,
)
from service.curation.schemas import ClaimPatch, NewClaim
from service.db.constraints import commit
from service.web.body import read_json
from service.web.conditions import required_match
from service.web.keys import require
from service.web.params import read_params
from service.web.routing import declares, engine


@post(
    "/v1/claims",
    summary="Make a claim",
    status_code=201,
    opt=declares("curation", ReasonParams, 401, 403, 409, 413, 415, 422, body=NewClaim, scope="curate"),
)
async def post_claim(request: Request[Any, Any, Any]) -> Response[Claim]:
    """Adds a claim that a stored article makes. The quote must stand in its text once, the figure must be
    the one the quote gives, and whoever is said to have said it must be named next to it. A key that may
    only ingest can do this too; the claim is then `submitted`, not `curated`."""
    params = read_params(request, ReasonParams)
    actor, method = await curator(request)
    body = await read_json(request, NewClaim)

    async def work(connection: AsyncConnection) -> Claim:
        return await create_claim(connection, body, method, actor, params.reason)

    made = await commit(engine(request), work)
    return answer(made, f"/v1/claims/{made.id}")


@patch(
    "/v1/claims/{claim:str}",
    summary="Change a claim",
    opt=declares(
        "curation",
        ReasonParams,
        401, 403, 404, 409, 410, 412, 413, 415, 422, 428,
        body=ClaimPatch,
        body_types=PATCH_TYPES,
        scope="curate",
    ),
)  # fmt: skip
async def patch_claim(request: Request[Any, Any, Any], claim: FromPath[str]) -> Response[Claim]:
    """Changes some members of a claim by JSON Merge Patch (RFC 7396); the whole is checked as a new claim
    would be. Needs If-Match. Provenance becomes `curated`; what it was stays in the history."""
    row, params = claim_key(ReasonParams, request, claim)
    actor = await require(request, "curate")
    if_match = required_match(request)
    changes = await read_patch(request)

    async def work(connection: AsyncConnection) -> Claim:
        before = await current_claim(connection, row, if_match)
        body = read_as(patched_claim(before, own_members(before, changes, NewClaim)), NewClaim)
        return await change_claim(connection, before, body, actor, params.reason)

    return answer(await commit(engine(request), work))


@delete(
    "/v1/claims/{claim:str}",
    summary="Take a claim back",
    status_code=204,
    opt=declares("curation", ReasonParams, 401, 403, 404, 410, 412, 428, scope="curate", answers=type(None)),
)
async def delete_claim(request: Request[Any, Any, Any], claim: FromPath[str]) -> None:
    """Takes a claim out of its fact and out of every list; the history keeps it, and its own path answers
    410. Needs If-Match."""
    row, params = claim_key(ReasonParams, request, claim)
    actor = await require(request, "curate")
    if_match = required_match(request)

    async def work(connection: AsyncConnection) -> None:
        await remove_claim(connection, await current_claim(connection, row, if_match), actor, params.reason)

    await commit(engine(request), work)

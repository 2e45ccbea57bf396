"""What the routes of curation share: reading a merge patch, the reason of a change, and answering with a
new state."""

import uuid
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Request, Response
from msgspec import Meta

from service.curation.schemas import Why
from service.errors import Forbidden, InvalidRequest, UnsupportedMedia
from service.web.body import LARGEST, parse_json, parsed, read_bytes
from service.web.conditions import tag_of
from service.web.keys import require
from service.web.params import NoParams, one_key_and, path_error

S = TypeVar("S", bound=msgspec.Struct)
T = TypeVar("T")

PATCH_TYPES = ["application/merge-patch+json", "application/json"]


class ReasonParams(NoParams, frozen=True, kw_only=True):
    """For changes whose body is the row itself, or that have none."""

    reason: Annotated[Why | None, Meta(description="Why, for the history.")] = None


def claim_key(params: type[S], request: Request[Any, Any, Any], text: str) -> tuple[uuid.UUID, S]:
    """The claim in the path and the query; claims have no slug."""
    found, read = one_key_and(params, request, "claim", text)
    if isinstance(found, str):
        raise InvalidRequest([path_error("claim", text, ValueError("expected a UUID; claims have no slug"))])
    return found, read


async def read_patch(request: Request[Any, Any, Any]) -> Any:
    """The body of a merge patch; UnsupportedMedia names the types that are read (RFC 5789)."""
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared not in PATCH_TYPES:
        error = UnsupportedMedia(f"Send a merge patch, with `Content-Type: {PATCH_TYPES[0]}`.")
        error.headers = {"Accept-Patch": ", ".join(PATCH_TYPES)}
        raise error
    body: Any = await parsed(await read_bytes(request, LARGEST), object)
    return body


def read_as(document: Any, kind: type[T]) -> T:
    """A patched document as a struct; InvalidRequest with every error at once."""
    return parse_json(msgspec.json.encode(document), kind)


async def curator(request: Request[Any, Any, Any]) -> tuple[str, str]:
    """Who makes a claim, and what that makes of it: `curated` by a key that may curate, `submitted` by one
    that may only bring articles in."""
    try:
        return await require(request, "curate"), "curated"
    except Forbidden:
        return await require(request, "ingest"), "submitted"


def answer(shown: S, location: str | None = None, tagged: msgspec.Struct | None = None) -> Response[S]:
    """The new state with its ETag, so that the next change can follow; 201 with a location. `tagged` is
    what GET answers, where that is not the same."""
    headers = {"ETag": tag_of(tagged or shown)} | ({} if location is None else {"Location": location})
    return Response(shown, status_code=200 if location is None else 201, headers=headers)

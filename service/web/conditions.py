"""Conditional writing (RFC 9110, section 13): a change says of which state it is, so that none of others is
lost."""

from typing import Any

import msgspec
from litestar import Request

from service.errors import PreconditionFailed, PreconditionRequired
from service.web.edge import etag_of


def tag_of(shown: msgspec.Struct) -> str:
    """The strong ETag that GET gives a row that is shown like this."""
    return etag_of(b"application/json" + msgspec.json.encode(shown))


def required_match(request: Request[Any, Any, Any]) -> str:
    """The If-Match header of a change; PreconditionRequired (428) without one."""
    given = request.headers.get("if-match")
    if given is None:
        raise PreconditionRequired(
            "Send `If-Match` with the ETag that GET gave, so that no change of others is lost."
        )
    return given


def check_match(if_match: str, current: msgspec.Struct) -> None:
    """PreconditionFailed (412) when the header names another state. Call it inside the transaction of the
    change.

    The comparison is the strong one: a weak tag matches nothing.
    """
    if if_match.strip() != "*" and tag_of(current) not in (tag.strip() for tag in if_match.split(",")):
        raise PreconditionFailed("The row changed since you read it; read it again and send its new ETag.")

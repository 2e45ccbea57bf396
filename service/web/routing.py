"""What a route declares besides its path: tag, query parameters, body and the problems it can answer.

The declaration is a handler's `opt`; `service.web.openapi` turns it into the document.
"""

from typing import Any, cast

import asyncpg
import msgspec
from litestar import Request
from sqlalchemy.ext.asyncio import AsyncEngine

from service.web.params import NoParams


def declares(
    tag: str,
    params: type[msgspec.Struct] = NoParams,
    *statuses: int,
    body: Any = None,
    body_types: list[str] | None = None,
    answers: Any = None,
    media_types: list[str] | None = None,
    scope: str | None = None,
    again: str | None = None,
) -> dict[str, Any]:
    """The `opt` of a route.

    `statuses` are the problems it can answer; 400, 500 and 503 are possible everywhere, and 408 wherever a
    body is read as a whole; they need no mention.
    `answers` is the type of the answer where the annotation does not say it, `scope` what a key must allow,
    `again` when a route that makes something answers 200 instead of 201.
    """
    optional = {
        "body": body,
        "body_types": body_types,
        "answers": answers,
        "media_types": media_types,
        "scope": scope,
        "again": again,
    }
    return {
        "tag": tag,
        "params": params,
        "problems": tuple(
            sorted({400, *((408,) if body is not None and body_types is None else ()), 500, 503, *statuses})
        ),
        **{name: value for name, value in optional.items() if value is not None},
    }


def pool(request: Request[Any, Any, Any]) -> asyncpg.Pool:
    """Connections of the read path."""
    return cast(asyncpg.Pool, request.app.state.pool)


def engine(request: Request[Any, Any, Any]) -> AsyncEngine:
    """Transactions of the write path."""
    return cast(AsyncEngine, request.app.state.engine)

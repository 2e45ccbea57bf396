"""The other representations of a single thing: JSON-LD, and an article's text as such."""

from typing import Any

import msgspec
from litestar import Request, Response

from service.web.forms import JSON

LD = "application/ld+json"
TEXT = "text/plain"
ONE = (JSON, LD)
ARTICLE = (JSON, LD, TEXT)


def base_of(request: Request[Any, Any, Any]) -> str:
    """Where the service stands as the client sees it, without a slash at the end; IRIs begin with it."""
    return str(request.base_url).rstrip("/")


def linked(document: Any, media_type: str = LD) -> Response[Any]:
    return Response(msgspec.json.encode(document), media_type=media_type)


def plain(text: str) -> Response[Any]:
    return Response(text.encode(), media_type=TEXT)

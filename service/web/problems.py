"""Every error leaves the service as an RFC 9457 problem document, whoever raised it."""

import logging
from typing import Annotated, Any
from urllib.parse import parse_qsl, quote, urlencode

import asyncpg
import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap, HTTPScope
from msgspec import Meta
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from service.db.constraints import domain_error, driver_error
from service.errors import DatabaseUnavailable, FieldError, InvalidRequest, Merged, ServiceError

log = logging.getLogger("service")

PROBLEM = "application/problem+json"

# Of a problem without a type of its own, the title is the name of the status (RFC 9457, section 4.2.1), as in
# RFC 9110, section 15; the standard library has some by older names.
TITLES = {
    308: "Permanent Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    408: "Request Timeout",
    409: "Conflict",
    410: "Gone",
    412: "Precondition Failed",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    428: "Precondition Required",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}

# What asyncpg and the event loop raise when the server is away, starting, stopping, full or not migrated.
UNAVAILABLE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the server ended the connection in the middle of a statement
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.UndefinedTableError,
    asyncpg.UndefinedColumnError,
)


class Problem(msgspec.Struct, omit_defaults=True):
    """RFC 9457."""

    type: Annotated[str, Meta(description="`about:blank`: the status says it all.")]
    title: Annotated[str, Meta(description="The name of the status.")]
    status: Annotated[int, Meta(description="The HTTP status.")]
    detail: Annotated[str, Meta(description="What went wrong this time, and what would be right.")]
    instance: Annotated[str, Meta(description="The path that was asked for.")]
    errors: Annotated[
        list[FieldError] | None,
        Meta(description="For bad input: every error at once, each with the place it is about."),
    ] = None


def instance_of(scope: HTTPScope) -> str:
    """The path that was asked for, as a URI reference; also where it holds what no path may."""
    raw = scope.get("raw_path") or scope["path"].encode()
    return quote(raw.partition(b"?")[0], safe="%/:@!$&'()*+,;=~")


def problem_of(status: int, detail: str, instance: str, errors: list[FieldError] | None = None) -> Problem:
    # omit_defaults would drop `type` too if it had its default; the constructor names every member instead.
    return Problem("about:blank", TITLES.get(status, "Error"), status, detail, instance, errors or None)


def encode_problem(status: int, detail: str, instance: str, errors: list[FieldError] | None = None) -> bytes:
    return msgspec.json.encode(problem_of(status, detail, instance, errors))


def problem(
    request: Request[Any, Any, Any],
    status: int,
    detail: str,
    errors: list[FieldError] | None = None,
    headers: dict[str, str] | None = None,
) -> Response[bytes]:
    return Response(
        encode_problem(status, detail, instance_of(request.scope), errors),
        status_code=status,
        media_type=PROBLEM,
        headers=headers,
    )


def on_service_error(request: Request[Any, Any, Any], error: ServiceError) -> Response[bytes]:
    return problem(request, error.status, error.detail, error.errors, error.headers)


def on_merged(request: Request[Any, Any, Any], error: Merged) -> Response[bytes]:
    """308 to the same request for the entity that stays, in the path or in the parameters that named it."""
    path = request.url.path
    if error.slug:
        path = "/".join(["/v1/entities", error.slug, *path.split("/")[4:]])
    query = request.url.query
    if error.parameters:
        asked = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(name, error.parameters.get(name, value)) for name, value in asked])
    location = f"{path}?{query}" if query else path
    return problem(request, error.status, error.detail, headers={"Location": location})


def on_http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """The framework's own errors; for 404 and 405 it knows only that no route matched."""
    detail = error.detail
    if error.status_code == 404:
        detail = f"No such path: {request.url.path}. /openapi.json lists them all."
    elif error.status_code == 405:
        detail = f"{request.method} is not possible here; the Allow header lists what is."
    return problem(request, error.status_code, detail, headers=error.headers)


def on_unavailable(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.warning("database unavailable: %s: %s", type(error).__name__, error)
    return on_service_error(request, DatabaseUnavailable(explain_unavailable(error)))


def on_slow(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.warning("the database took too long for %s?%s", request.url.path, request.url.query)
    detail = "The database took too long for this and was stopped. Ask for less, or try again later."
    return on_service_error(request, DatabaseUnavailable(detail))


def explain_unavailable(error: Exception) -> str:
    if isinstance(error, asyncpg.UndefinedTableError | asyncpg.UndefinedColumnError):
        return "The database is not migrated to this version; run `fact-lookup migrate`."
    if isinstance(error, asyncpg.InvalidCatalogNameError):
        return "The database named in DATABASE_URL does not exist."
    return "The database cannot be reached; try again in a few seconds."


def on_database_error(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """What a write raised outside `service.db.constraints.commit`, which translates for itself."""
    told = domain_error(error)
    if told is not None:
        return on_service_error(request, told)
    cause = driver_error(error)
    if isinstance(cause or error, UNAVAILABLE) or getattr(error, "connection_invalidated", False):
        return on_unavailable(request, cause or error)
    return on_any_error(request, error)


def on_any_error(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.error("unexpected error at %s %s", request.method, request.url.path, exc_info=error)
    return problem(request, 500, "Something went wrong in the service; the log says what.")


HANDLERS: ExceptionHandlersMap = {
    **{kind: on_unavailable for kind in UNAVAILABLE},
    asyncpg.PostgresError: on_database_error,
    asyncpg.QueryCanceledError: on_slow,
    DBAPIError: on_database_error,
    PoolTimeout: on_database_error,
    Merged: on_merged,
    ServiceError: on_service_error,
    HTTPException: on_http_error,
    Exception: on_any_error,
}

__all__ = ["HANDLERS", "InvalidRequest", "Problem", "encode_problem", "problem"]

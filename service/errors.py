"""The service's own exceptions; `service.web.problems` turns each into a problem document.

ServiceError
├── InvalidRequest        400  parameters or a body that cannot be read; lists every error at once
├── NotFound              404  no such thing; may name the nearest ones
├── Conflict              409  something with that slug, name or text is there already
├── Unprocessable         422  well-formed and impossible: evidence that is not in the text
└── DatabaseUnavailable   503  away, starting, or not migrated
"""

import msgspec


class FieldError(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong with a request: `parameter` names a query or path parameter, `pointer` (RFC 6901) a
    place in the body, `header` a request header; exactly one of them is set."""

    detail: str
    parameter: str | None = None
    pointer: str | None = None
    header: str | None = None


class ServiceError(Exception):
    status = 500
    title = "Internal error"

    def __init__(self, detail: str, errors: list[FieldError] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors or []


class InvalidRequest(ServiceError):
    status = 400
    title = "Invalid request"

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("; ".join(error.detail for error in errors), errors)


class NotFound(ServiceError):
    status = 404
    title = "Not found"


class Conflict(ServiceError):
    status = 409
    title = "Conflict"


class Unprocessable(ServiceError):
    status = 422
    title = "Impossible content"


class DatabaseUnavailable(ServiceError):
    status = 503
    title = "Database unavailable"
    retry_after = 5  # seconds: a restart of the database takes about as long

"""The service's own exceptions; `service.web.problems` turns each into a problem document.

ServiceError
├── Merged                308  an entity that was merged into another; leads there
├── InvalidRequest        400  parameters or a body that cannot be read; lists every error at once
├── Unauthorized          401  no key, or none that is valid
├── Forbidden             403  a key that does not allow this
├── NotFound              404  no such thing; may name the nearest ones
├── TooSlow               408  a body of which nothing comes any more
├── Conflict              409  something with that slug, name or text is there already
├── Gone                  410  it was there and was taken back; its history says why
├── PreconditionFailed    412  the row changed since the client read it
├── TooLarge              413  more than one request may bring
├── UnsupportedMedia      415  a body of another kind
├── Unprocessable         422  well-formed and impossible: evidence that is not in the text
├── PreconditionRequired  428  a change without saying of which state
├── TooManyRequests       429  everybody who does the work is busy
├── WorkerLost            503  the process that read an article ended
└── DatabaseUnavailable   503  away, starting, or not migrated
    └── Busy              503  other changes hold this one up
"""

from collections.abc import Mapping

import msgspec


class FieldError(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong with a request: `parameter` names a query or path parameter, `pointer` (RFC
    6901) a place in the body, `header` a request header; exactly one of them is set."""

    detail: str
    parameter: str | None = None
    pointer: str | None = None
    header: str | None = None


class ServiceError(Exception):
    """`headers` go with the answer."""

    status = 500

    def __init__(
        self, detail: str, errors: list[FieldError] | None = None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors or []
        self.headers = headers or {}


class Merged(ServiceError):
    """`slug` is what the request's path would have to say, or `parameters` what its parameters would have to;
    `service.web.problems` makes the Location of them, since the rest of the request leads on as it is."""

    status = 308

    def __init__(self, detail: str, slug: str = "", parameters: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.slug = slug
        self.parameters = parameters or {}


class InvalidRequest(ServiceError):
    status = 400

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("; ".join(error.detail for error in errors), errors)


class Unauthorized(ServiceError):
    status = 401

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"})


class Forbidden(ServiceError):
    status = 403


class NotFound(ServiceError):
    status = 404


class TooSlow(ServiceError):
    status = 408

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"Connection": "close"})


class Conflict(ServiceError):
    status = 409


class Gone(ServiceError):
    status = 410


class PreconditionFailed(ServiceError):
    status = 412


class TooLarge(ServiceError):
    status = 413


class UnsupportedMedia(ServiceError):
    status = 415


class Unprocessable(ServiceError):
    status = 422


class PreconditionRequired(ServiceError):
    status = 428


class TooManyRequests(ServiceError):
    status = 429

    def __init__(self, detail: str, retry_after: int = 1) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})


class WorkerLost(ServiceError):
    status = 503

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"Retry-After": "5"})


class DatabaseUnavailable(ServiceError):
    status = 503

    def __init__(self, detail: str) -> None:
        # a restart of the database takes about five seconds
        super().__init__(detail, headers={"Retry-After": "5"})


class Busy(DatabaseUnavailable):
    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.headers = {"Retry-After": "1"}

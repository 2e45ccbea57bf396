"""Which version of the protocol a client speaks.

The media types are those that the community group proposes for version negotiation; they win over generic
ones, whatever these prefer. `application/json` alone means 0.2, the stable version that OpenRefine speaks.
`application/json` with a `version` parameter is what other clients of the draft send.
"""

from typing import Any, Literal

from litestar import Request

from service.errors import FieldError, InvalidRequest
from service.web.forms import not_acceptable

Version = Literal["0.2", "1.0-draft"]

V02: Version = "0.2"
DRAFT: Version = "1.0-draft"
VERSIONS: tuple[Version, ...] = (V02, DRAFT)
JSON = "application/json"
MEDIA_TYPES: dict[Version, str] = {
    V02: "application/reconciliation.v0.2+json",
    DRAFT: "application/reconciliation.v1+json",
}
NAMED: dict[str, Version] = {"0.2": V02, "1": DRAFT, "1.0": DRAFT, "1.0-draft": DRAFT}
GENERIC = (JSON, "application/*", "*/*", "text/javascript", "application/javascript")


def negotiate(
    request: Request[Any, Any, Any], offered: tuple[Version, ...] = VERSIONS
) -> tuple[Version, str]:
    """The version to answer in and the media type of the answer; a problem with status 406 when nothing
    offered will do.

    Without a specific media type in `Accept` it is the first version offered, as `application/json`.
    """
    specific: list[tuple[float, Version | None, str]] = []
    generic = False
    for part in (request.headers.get("accept") or "*/*").split(","):
        name, *rest = (piece.strip().lower() for piece in part.split(";"))
        parameters = dict(piece.partition("=")[::2] for piece in rest)
        quality = _quality(parameters.get("q", "1"))
        if name.startswith("application/reconciliation."):
            found = next((version for version, kind in MEDIA_TYPES.items() if kind == name), None)
            specific.append((quality, found, name))
        elif name == JSON and "version" in parameters:
            specific.append((quality, NAMED.get(parameters["version"].strip('"')), JSON))
        elif name in GENERIC and quality > 0:
            generic = True
    chosen = max(
        (
            (quality, version, kind)
            for quality, version, kind in specific
            if quality > 0 and version in offered
        ),
        key=lambda one: one[0],
        default=None,
    )
    if chosen is not None and chosen[1] is not None:
        return chosen[1], chosen[2]
    if specific or not generic:
        raise not_acceptable((JSON, *(MEDIA_TYPES[version] for version in offered)))
    return offered[0], JSON


def _quality(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def exactly_one(given: list[str], known: tuple[str, ...]) -> str:
    """The one of several exclusive parameters that a request has."""
    if len(given) == 1:
        return given[0]
    names = ", ".join(known[:-1]) + f" and {known[-1]}"
    if not given:
        raise InvalidRequest([FieldError(f"one of {names} is required", parameter=known[0])])
    raise InvalidRequest(
        [FieldError(f"{name}: only one of {names} in one request", parameter=name) for name in given]
    )

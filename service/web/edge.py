"""What happens to every request before and after the framework: HEAD, strong ETags, 304, unreadable paths.

Plain ASGI around the application, because the framework's own middleware does not run where no route matches.
"""

import hashlib
import logging
import re
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from litestar.enums import ScopeType
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from service.web.problems import PROBLEM, encode_problem, instance_of

log = logging.getLogger("service")

HEAD_KEY = "fact_lookup.head"
STORE_KEY = "fact_lookup.store"  # of a function that keeps a whole answer (`service.web.cache`)


def etag_of(content: bytes) -> str:
    return f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def matches(if_none_match: str | None, etag: str) -> bool:
    """RFC 9110: `*` or any listed tag; the weak form of a tag compares equal here."""
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or etag in (
        tag.strip().removeprefix("W/") for tag in if_none_match.split(",")
    )


def asked_by_head(scope: Scope) -> bool:
    """Whether the client sent HEAD, which the application sees as GET; a stream need not start for it."""
    return HEAD_KEY in scope


def edge(app: ASGIApp) -> ASGIApp:
    """Wraps an application so that every GET answers HEAD, carries an ETag and honours If-None-Match."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        asked = scope
        head = scope["method"] == "HEAD"
        if head:
            scope = cast(HTTPScope, {**scope, "method": "GET", HEAD_KEY: True})
        answer = Answer(scope, send, head)
        detail = unreadable(scope)
        if detail:
            await answer.problem(400, detail, instance_of(scope))
            return
        try:
            await app(scope, receive, answer.take)
        except Exception:
            log.exception("unexpected error at %s %s", scope["method"], scope["path"])
            if answer.started:
                raise
            await answer.problem(
                500, "Something went wrong in the service; the log says what.", instance_of(scope)
            )
        finally:
            asked["path_template"] = scope.get("path_template", "")

    return wrapped


def header(scope: Scope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


# A name or an address, and the port (RFC 3986, section 3.2).
HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s/?#@\[\]:\"<>\\]*)(?::([0-9]{0,5}))?")


def unreadable(scope: Scope) -> str | None:
    """Why a path or a host cannot name anything, or None."""
    host = HOST.fullmatch(header(scope, b"host") or "")
    if host is None or int(host[1] or 0) > 65_535:
        return "The Host header must be a name or an address, with a port up to 65535 if any."
    encoded = scope.get("raw_path") or scope["path"].encode()
    if b"%2f" in encoded.lower():  # decoded, it would be taken for the end of a name
        return "The path holds an encoded slash, which no name here does."
    raw = unquote_to_bytes(encoded)
    if b"\0" in raw:
        return "The path holds a NUL character, which no name here does."
    try:
        raw.decode()
    except UnicodeDecodeError:
        return "The path is not valid UTF-8."
    return None


class Answer:
    """Takes an application's messages; holds the start back until the first body shows what kind of answer
    it is."""

    def __init__(self, scope: HTTPScope, send: Send, head: bool) -> None:
        self.scope = scope
        self.send = send
        self.head = head
        self.conditional = scope["method"] == "GET"
        self.if_none_match = header(scope, b"if-none-match")
        self.start: Message | None = None
        self.started = False

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body" and self.start is not None:
            start, self.start, self.started = self.start, None, True
            await self.first(start, message)
        elif not self.head:
            await self.send(message)

    async def first(self, start: Message, body: Message) -> None:
        assert start["type"] == "http.response.start"
        assert body["type"] == "http.response.body"
        headers = {key.lower(): value for key, value in start["headers"]}
        if b"allow" in headers:
            headers[b"allow"] = self.allowed(headers[b"allow"])
        headers.setdefault(b"vary", b"Accept")
        headers.setdefault(b"x-content-type-options", b"nosniff")
        whole = not body.get("more_body", False)
        if self.conditional and start["status"] == 200 and whole and body["body"]:
            headers.setdefault(b"etag", etag_of(headers.get(b"content-type", b"") + body["body"]).encode())
        if self.conditional and b"etag" in headers:
            headers.setdefault(b"cache-control", b"no-cache")
            store = cast(Any, self.scope).get(STORE_KEY)
            if store is not None and start["status"] == 200 and whole:
                store(self.scope, headers, body["body"])
            if start["status"] == 200 and whole and matches(self.if_none_match, headers[b"etag"].decode()):
                for name in (b"content-length", b"content-type"):
                    headers.pop(name, None)
                start["status"], body = 304, {**body, "body": b""}
        if self.head and headers.get(b"content-length") == b"0":  # the length of a stream that did not start
            del headers[b"content-length"]
        start["headers"] = list(headers.items())
        await self.send(start)
        if self.head:
            body = {**body, "body": b"", "more_body": False}
        await self.send(body)

    def allowed(self, told: bytes) -> bytes:
        """The methods that the path knows: what the framework told, which for OPTIONS is what was registered
        there first alone, and HEAD, which it does not know."""
        methods = set(told.decode().split(", "))
        app, template = self.scope.get("litestar_app"), self.scope.get("path_template")
        for route in app.routes if app is not None and "OPTIONS" in methods else ():
            if isinstance(route, HTTPRoute) and route.path_format == template:
                methods |= set(route.methods)
        return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set()))).encode()

    async def problem(self, status: int, detail: str, path: str) -> None:
        content = encode_problem(status, detail, path)
        headers = [(b"content-type", PROBLEM.encode()), (b"content-length", str(len(content)).encode())]
        await self.take({"type": "http.response.start", "status": status, "headers": headers})
        await self.take({"type": "http.response.body", "body": content, "more_body": False})

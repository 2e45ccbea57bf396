"""Every error of every route is an RFC 9457 problem document that says what is wrong, where, and what would
be right."""

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
import pytest
from litestar import Litestar, get

from service import app as application
from service import errors
from service.app import make_litestar
from service.errors import FieldError, ServiceError
from service.settings import Settings
from service.web.edge import edge
from service.web.problems import HANDLERS, TITLES
from tests.conftest import at_database, create_database, running
from tests.contract import WITHOUT_DATABASE, Operation, gets, lists, operations

NOTHING = "00000000-0000-4000-8000-000000000000"


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """The problem document of an answer, after checking all that every one of them has in common."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert set(found) <= {"type", "title", "status", "detail", "instance", "errors"}
    assert found["type"] == "about:blank"
    assert found["title"] == TITLES[status]
    assert found["status"] == status
    assert found["detail"]
    assert found["instance"] == answer.request.url.raw_path.partition(b"?")[0].decode()
    for error in found.get("errors", []):
        assert error["detail"]
        (where,) = set(error) - {"detail"}
        assert where in {"parameter", "pointer", "header"}
    assert "etag" not in answer.headers, "an error is not a representation to revalidate"
    return found


def wrong_parameters(answer: httpx.Response) -> dict[str, str]:
    """The parameters that a 400 names, each with what it says."""
    return {error["parameter"]: error["detail"] for error in problem(answer, 400)["errors"]}


@asynccontextmanager
async def served(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=edge(app))  # type: ignore[arg-type]  # the same protocol, other names
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@pytest.mark.parametrize("operation", gets(), ids=lambda one: one.id)
async def test_an_unknown_parameter_is_refused_and_the_known_ones_named(
    client: httpx.AsyncClient, operation: Operation
) -> None:
    answer = await client.get(operation.path, params={"nonesuch": "1"})
    detail = wrong_parameters(answer)["nonesuch"]
    for known in operation.parameters:
        assert known in detail
    # HEAD answers like GET, without the body
    head = await client.head(operation.path, params={"nonesuch": "1"})
    assert (head.status_code, head.content) == (400, b"")


@pytest.mark.parametrize("operation", [one for one in gets() if "{" in one.template], ids=lambda one: one.id)
async def test_a_key_in_the_path_that_names_nothing_is_404(
    client: httpx.AsyncClient, operation: Operation
) -> None:
    template = operation.template
    start, end = template.index("{"), template.index("}") + 1
    for key in [NOTHING] if template[start:end] == "{claim}" else [NOTHING, "no-such-thing"]:
        found = problem(await client.get(template[:start] + key + template[end:]), 404)
        assert key in found["detail"]


@pytest.mark.parametrize("operation", [one for one in gets() if "{" in one.template], ids=lambda one: one.id)
async def test_a_key_in_the_path_that_can_be_none_is_400(
    client: httpx.AsyncClient, operation: Operation
) -> None:
    template = operation.template
    start, end = template.index("{"), template.index("}") + 1
    for key in [
        "Not-A-Slug",
        "%20",
        "a--b",
        "%F0%9F%98%80",
        "x" * 5000,
        "'%3B--",
        "%C2%B2",
        "..%5C..",
        "{x}",
    ]:
        found = wrong_parameters(await client.get(template[:start] + key + template[end:]))
        assert template[start + 1 : end - 1] in found
        assert all(len(detail) < 400 for detail in found.values()), "what was sent is quoted in short"


@pytest.mark.parametrize("path", ["/v1", "/v2/claims", "/v1/claims/a/b", "/v1/%C3%A9", "/docs/assets/x"])
async def test_a_path_without_a_route_is_404(client: httpx.AsyncClient, path: str) -> None:
    problem(await client.get(path), 404)
    head = await client.head(path)
    assert (head.status_code, head.content) == (404, b"")


@pytest.mark.parametrize(
    "end", ["%2F", "%2f", "a%2Fb", "%00", "a%00", "%FF", "%C3%28", "%ED%A0%80", "..%2F.."]
)
async def test_a_path_that_no_name_can_have_is_400(client: httpx.AsyncClient, end: str) -> None:
    found = problem(await client.get(f"/v1/articles/{end}"), 400)
    assert found["detail"].startswith("The path ")


@pytest.mark.parametrize("operation", gets(), ids=lambda one: one.id)
async def test_another_method_is_405_and_allow_names_the_right_ones(
    client: httpx.AsyncClient, operation: Operation
) -> None:
    here = {one.method.upper() for one in operations().values() if one.template == operation.template}
    for method in {"POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"} - here:
        answer = await client.request(method, operation.path)
        found = problem(answer, 405)
        assert method in found["detail"]
        assert set(answer.headers["allow"].split(", ")) == here | {"HEAD", "OPTIONS"}
    answer = await client.options(operation.path)
    assert answer.status_code == 204
    assert set(answer.headers["allow"].split(", ")) == here | {"HEAD", "OPTIONS"}


def writes() -> list[Operation]:
    return [one for one in operations().values() if one.method != "get"]


@pytest.mark.parametrize("operation", writes(), ids=lambda one: one.id)
async def test_what_cannot_be_written_is_401_415_or_400_before_anything_is_stored(
    client: httpx.AsyncClient, operation: Operation
) -> None:
    path = re.sub(r"\{\w+\}", NOTHING, operation.template)
    if "scope" in operation.handler.opt:
        for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp5"}):
            query = dict.fromkeys((name for name, one in operation.parameters.items() if one.required), "x")
            answer = await client.request(operation.method, path, params=query, headers=headers)
            problem(answer, 401)
            assert answer.headers["www-authenticate"].startswith("Bearer")
    elif operation.handler.opt.get("body") is not None:
        problem(await client.request(operation.method, path, content="{}"), 415)
        for body in ("", "{", "\x00", '{"a": NaN}', "[]", b"\xff"):
            headers = {"Content-Type": operation.handler.opt.get("body_types", ["application/json"])[0]}
            answer = await client.request(operation.method, path, content=body, headers=headers)
            assert problem(answer, 400)["errors"]


@pytest.mark.parametrize("operation", lists(), ids=lambda one: one.id)
@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "image/*", "nonsense"])
async def test_a_list_in_a_form_that_there_is_not_is_406(
    client: httpx.AsyncClient, operation: Operation, accept: str
) -> None:
    (error,) = problem(await client.get(operation.url, headers={"Accept": accept}), 406)["errors"]
    assert error["header"] == "Accept"
    for form in ("application/json", "application/x-ndjson", "text/csv"):
        assert form in error["detail"]


async def test_while_the_database_is_away_every_route_that_needs_it_is_503() -> None:
    away = Settings(database_url="postgresql://nobody@127.0.0.1:1/nothing")
    async with running(away) as client:
        for operation in gets():
            if operation.id in WITHOUT_DATABASE:
                assert (await client.get(operation.url)).status_code == 200
                continue
            for accept in ["*/*", "text/csv"] if operation.is_list else ["*/*"]:
                answer = await client.get(operation.url, headers={"Accept": accept})
                assert "reached" in problem(answer, 503)["detail"]
                assert int(answer.headers["retry-after"]) > 0
        # what is wrong with a request is wrong without a database too
        found = wrong_parameters(await client.get("/v1/claims?limit=0&predicate=arrestz&min=2&max=1"))
        assert set(found) == {"limit", "min"}


@pytest.fixture
def bare_database(server: str) -> str:
    """URL of a database that was never migrated."""
    return create_database(server, "bare")


async def test_while_the_database_is_not_migrated_every_route_says_so(bare_database: str) -> None:
    async with running(Settings(database_url=bare_database)) as client:
        for operation in gets():
            if operation.id not in WITHOUT_DATABASE:
                found = problem(await client.get(operation.url), 503)
                assert "fact-lookup migrate" in found["detail"], operation.id


async def test_a_database_that_does_not_exist_is_named_as_the_reason(server: str) -> None:
    async with running(Settings(database_url=at_database(server, "nonesuch"))) as client:
        found = problem(await client.get("/v1/articles"), 503)
        assert "does not exist" in found["detail"]


async def test_what_takes_the_database_too_long_is_stopped_and_503(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "STATEMENT_SECONDS", 0.3)
    blocking = await asyncpg.connect(own_database)
    try:
        async with blocking.transaction(), running(Settings(database_url=own_database)) as client:
            await blocking.execute("LOCK TABLE predicate IN ACCESS EXCLUSIVE MODE")
            answer = await client.get("/v1/predicates")
            assert "too long" in problem(answer, 503)["detail"]
            assert int(answer.headers["retry-after"]) > 0
            assert (await client.get("/v1/sources")).status_code == 200
    finally:
        await blocking.close()


class BrokenPool:
    def __getattr__(self, name: str) -> None:
        raise RuntimeError("a secret of the service")


async def test_a_defect_anywhere_is_500_in_the_log_and_tells_the_client_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = make_litestar(Settings(database_url="postgresql://nobody@127.0.0.1:1/nothing"))
    app.state.pool = BrokenPool()
    async with served(app) as client:
        for operation in gets():
            if operation.id in WITHOUT_DATABASE:
                continue
            caplog.clear()
            answer = await client.get(operation.url)
            assert "secret" not in str(problem(answer, 500))
            (record,) = [one for one in caplog.records if one.levelno == logging.ERROR]
            assert operation.path in record.getMessage()
            assert record.exc_info is not None


def kinds(base: type[ServiceError]) -> list[type[ServiceError]]:
    return [kind for one in base.__subclasses__() for kind in (one, *kinds(one))]


@pytest.mark.parametrize(
    "kind", [one for one in kinds(ServiceError) if one.status >= 400], ids=lambda kind: kind.__name__
)
async def test_every_error_of_the_domain_becomes_a_problem(kind: type[ServiceError]) -> None:
    @get("/raise")
    async def raising() -> None:
        if kind is errors.InvalidRequest:
            raise kind([FieldError("out of range", pointer="/value")])
        raise kind("why")

    async with served(Litestar([raising], exception_handlers=HANDLERS, openapi_config=None)) as client:
        answer = await client.get("/raise")
        found = problem(answer, kind.status)
        assert found["title"] == TITLES[kind.status]
        assert found["detail"] in {"why", "out of range"}
        if kind.status in (429, 503):
            assert int(answer.headers["retry-after"]) > 0


async def test_an_error_of_the_application_server_becomes_a_problem() -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("a secret of the service")

    transport = httpx.ASGITransport(app=edge(broken))  # type: ignore[arg-type]  # the same protocol, other names
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        assert "secret" not in str(problem(await client.get("/v1/claims"), 500))


def test_the_tree_in_the_docstring_names_every_error_with_its_status() -> None:
    assert errors.__doc__ is not None
    for kind in kinds(ServiceError):
        (line,) = [line for line in errors.__doc__.splitlines() if f" {kind.__name__} " in line]
        assert f" {kind.status} " in line
        assert TITLES[kind.status]

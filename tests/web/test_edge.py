"""Every GET answers HEAD, carries a strong ETag and honours If-None-Match."""

import re

import asyncpg
import httpx
import pytest

from service.settings import Settings
from service.web.edge import etag_of, matches
from tests.conftest import running
from tests.contract import Operation, gets
from tests.test_error_shape import problem

PAGES = ["/openapi.json", "/docs", "/docs/assets/start.js", "/docs/assets/favicon-32x32.png"]
FORMS = ["application/json", "application/x-ndjson", "text/csv"]


def requests() -> list[object]:
    found: list[object] = [
        pytest.param(one.url, accept, id=f"{one.id} {accept}")
        for one in gets()
        for accept in (FORMS if one.is_list else FORMS[:1])
    ]
    return [*found, *(pytest.param(path, "*/*", id=path) for path in PAGES)]


@pytest.mark.parametrize(("url", "accept"), requests())
async def test_get_head_and_not_modified(client: httpx.AsyncClient, url: str, accept: str) -> None:
    headers = {"Accept": accept}
    answer = await client.get(url, headers=headers)
    assert answer.status_code == 200
    etag = answer.headers["etag"]
    assert re.fullmatch(r'"[!#-~]+"', etag), "strong, so without W/"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["x-content-type-options"] == "nosniff"

    head = await client.head(url, headers=headers)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "etag", "link", "vary", "cache-control"):
        assert head.headers.get(name) == answer.headers.get(name), name
    assert head.headers.get("content-length", str(len(answer.content))) == str(len(answer.content))

    for condition in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        for method in ("GET", "HEAD"):
            unchanged = await client.request(method, url, headers={**headers, "If-None-Match": condition})
            assert (unchanged.status_code, unchanged.content) == (304, b""), condition
            assert unchanged.headers["etag"] == etag
            assert unchanged.headers.get("link") == answer.headers.get("link")
            assert unchanged.headers["vary"] == answer.headers["vary"]

    changed = await client.get(url, headers={**headers, "If-None-Match": '"other"'})
    assert (changed.status_code, changed.content) == (200, answer.content)


def lists_and_forms() -> list[Operation]:
    return [one for one in gets() if one.is_list]


@pytest.mark.parametrize("operation", lists_and_forms(), ids=lambda one: one.id)
async def test_the_forms_of_a_list_have_tags_of_their_own(
    client: httpx.AsyncClient, operation: Operation
) -> None:
    tags = {
        (await client.head(operation.url, headers={"Accept": accept})).headers["etag"] for accept in FORMS
    }
    assert len(tags) == len(FORMS)


async def test_a_write_changes_the_tags_of_streams(own_database: str) -> None:
    async with running(Settings(database_url=own_database)) as client:
        headers = {"Accept": "application/x-ndjson"}
        before = (await client.get("/v1/claims", headers=headers)).headers["etag"]
        connection = await asyncpg.connect(own_database)
        try:
            await connection.execute("UPDATE revision SET number = number + 1")
        finally:
            await connection.close()
        after = await client.get("/v1/claims", headers={**headers, "If-None-Match": before})
        assert after.status_code == 200
        assert after.headers["etag"] != before


async def test_a_problem_is_not_conditional(client: httpx.AsyncClient) -> None:
    answer = await client.get(
        "/v1/claims/00000000-0000-4000-8000-000000000000", headers={"If-None-Match": "*"}
    )
    assert answer.status_code == 404


async def test_a_page_of_another_origin_may_read_answers_and_their_headers(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/sources?limit=1", headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    exposed = {name.strip() for name in answer.headers["access-control-expose-headers"].lower().split(",")}
    assert {"etag", "link"} <= exposed


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, False),
        ("", False),
        ("*", True),
        ('"a"', True),
        ('"b" , "a"', True),
        ('W/"a"', True),
        ('"b"', False),
        ("a", False),
    ],
)
def test_if_none_match_compares_weakly(header: str | None, expected: bool) -> None:
    assert matches(header, '"a"') is expected


def test_a_tag_depends_on_every_byte() -> None:
    assert etag_of(b"a") == etag_of(b"a") != etag_of(b"a\n")


@pytest.mark.parametrize("host", ["a:99999999", "a:65536", "[::1", "a b", "a:b", 'a"'])
async def test_a_host_that_is_none_is_400(client: httpx.AsyncClient, host: str) -> None:
    for path in ("/v1/reconcile", "/v1/facts"):
        found = problem(await client.get(path, headers={"Host": host}), 400)
        assert found["detail"].startswith("The Host header must be a name or an address")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:65535", "fact_lookup", "news.example."])
async def test_any_name_or_address_is_a_host(client: httpx.AsyncClient, host: str) -> None:
    answer = await client.get("/v1/reconcile", headers={"Host": host})
    assert answer.json()["identifierSpace"] == f"http://{host}/v1/entities/"

from html.parser import HTMLParser

import asyncpg
import httpx
import pytest

from service.settings import Settings
from tests.conftest import running
from tests.reconcile.builders import add_entity

HOSTILE = '<script>alert(1)</script>" onload="x'


class Tags(HTMLParser):
    """The names of elements and attributes in a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        self.words += data


async def test_a_preview_says_what_the_entity_is(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/reconcile/preview?id=almaty")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    words = Tags(response.text).words
    for part in ("Almaty", "Place, part of Kazakhstan", "Largest city", "Алматы", "claims", "articles"):
        assert part in words
    assert 'href="http://test/v1/entities/almaty"' in response.text


async def test_any_site_may_show_it_in_a_frame_and_nothing_runs_in_it(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/reconcile/preview?id=almaty")
    assert "x-frame-options" not in response.headers
    policy = dict(
        part.strip().partition(" ")[::2] for part in response.headers["content-security-policy"].split(";")
    )
    assert policy["frame-ancestors"] == "*"
    assert policy["default-src"] == "'none'"
    assert "script-src" not in policy


async def test_names_are_escaped(own_database: str) -> None:
    connection = await asyncpg.connect(own_database)
    await add_entity(connection, "hostile", HOSTILE, "person", f"{HOSTILE}2", description=HOSTILE)
    await connection.close()
    async with running(Settings(database_url=own_database)) as client:
        page = Tags((await client.get("/v1/reconcile/preview?id=hostile")).text)
    assert page.words.count("<script>alert(1)</script>") == 4  # title, heading, description, other name
    assert not page.names & {"script", "onload"}


async def test_by_id_as_well_as_by_slug(client: httpx.AsyncClient) -> None:
    known = (await client.get("/v1/entities/almaty")).json()["id"]
    pages = [
        (await client.get("/v1/reconcile/preview", params={"id": key})).text for key in (known, "almaty")
    ]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("key", ["nowhere", "<b>", "x" * 200, ""])
async def test_what_is_not_there_is_a_problem(client: httpx.AsyncClient, key: str) -> None:
    response = await client.get("/v1/reconcile/preview", params={"id": key})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"

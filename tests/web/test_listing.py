"""Lists: pages by cursor, totals, links, and whole results as NDJSON and CSV."""

import csv
import io
import json
import re
import uuid
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import asyncpg
import httpx
import pytest

from service.settings import Settings
from service.web import listing
from service.web.forms import columns, item_of
from service.web.openapi import answer_type
from tests.conftest import running
from tests.contract import Operation, filled_lists, lists

Json = dict[str, Any]


def orders(operation: Operation) -> list[str]:
    """The values of `sort`, as the OpenAPI document gives them; none for lists with an order of their own."""
    sort = operation.parameters.get("sort")
    return [] if sort is None else re.findall(r"'(-?\w+)'", str(sort.type))


def sorted_lists() -> list[Any]:
    return [
        pytest.param(operation, sort, id=f"{operation.id} by {sort}")
        for operation in lists()
        for sort in orders(operation)
    ]


def key(item: Json) -> str:
    """What tells an item of any list from all others."""
    found: str = next(one for one in (item, item.get("entity"), item.get("claim")) if one and "id" in one)[
        "id"
    ]
    return found


async def get(client: httpx.AsyncClient, url: str, **params: str | int) -> Json:
    answer = await client.get(url, params=params or None)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def walk(client: httpx.AsyncClient, url: str, **params: str | int) -> list[Json]:
    """All items, page by page."""
    items: list[Json] = []
    page = await get(client, url, **params)
    while True:
        items += page["items"]
        if page["next"] is None:
            return items
        page = await get(client, url, **params, cursor=page["next"])


@pytest.mark.parametrize(("operation", "sort"), sorted_lists())
async def test_cursors_walk_through_every_item_once_and_in_order(
    client: httpx.AsyncClient, operation: Operation, sort: str
) -> None:
    whole = await get(client, operation.path, sort=sort, limit=100, total="true")
    items = await walk(client, operation.path, sort=sort, limit=max(1, whole["total"] // 4))
    keys = [key(item) for item in items]
    assert len(keys) == len(set(keys)) == whole["total"]
    assert items[:100] == whole["items"]
    other = sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"
    assert await walk(client, operation.path, sort=other, limit=100) == items[::-1]


ADD = {
    "article": """
        INSERT INTO article (id, slug, source_id, title, language, published_at, published_precision,
            published_basis, text, sha256)
        SELECT $1::uuid, 'added-' || $1::uuid, source_id, title || $1::uuid, language,
            published_at + (random() * 4 - 2) * interval '1 day', 'second', 'given', text,
            encode(sha256($1::uuid::text::bytea), 'hex')
        FROM article ORDER BY random() LIMIT 1""",
    "claim": """
        INSERT INTO claim (id, article_id, text_length, position, predicate_id, fact_id, statement, modality,
            inferred, evidence, evidence_start, evidence_end, method, reported_at, time_start, subject_id,
            amount, lower, upper, qualifier)
        SELECT $1::uuid, article_id, text_length, (SELECT max(position) + 1 FROM claim), predicate_id,
            fact_id, statement, modality, inferred, evidence, evidence_start, evidence_end, method,
            reported_at, time_start, subject_id, amount, lower, upper, qualifier
        FROM claim ORDER BY random() LIMIT 1""",
    "fact": """
        INSERT INTO fact (id, slug, key, title, predicate_id, status, status_because, claims, articles,
            independent_attributions, spread, preferred_because, rule, first_reported, last_reported)
        SELECT $1::uuid, 'added-' || $1::uuid, key, title, predicate_id, status, status_because, claims,
            articles, independent_attributions, spread, preferred_because, rule, first_reported, last_reported
        FROM fact ORDER BY random() LIMIT 1""",
    "entity": """
        INSERT INTO entity (id, slug, name, kind)
        SELECT $1::uuid, 'added-' || $1::uuid, name, kind FROM entity ORDER BY random() LIMIT 1""",
    "source": """
        INSERT INTO source (id, slug, name, kind, inferred)
        SELECT $1::uuid, 'added-' || $1::uuid, name, kind, inferred FROM source ORDER BY random() LIMIT 1""",
    "predicate": """
        INSERT INTO predicate (id, slug, label, kind, description, identity)
        SELECT $1::uuid, 'added-' || $1::uuid, label, kind, description, identity
        FROM predicate ORDER BY random() LIMIT 1""",
}


@pytest.mark.parametrize(
    ("table", "url"),
    [
        ("article", "/v1/articles"),
        ("claim", "/v1/claims"),
        ("fact", "/v1/facts"),
        ("entity", "/v1/entities"),
        ("source", "/v1/sources"),
        ("predicate", "/v1/predicates"),
    ],
)
async def test_rows_added_between_pages_neither_repeat_nor_hide_one(
    own_database: str, table: str, url: str
) -> None:
    connection = await asyncpg.connect(own_database)
    try:
        async with running(Settings(database_url=own_database)) as client:
            for sort in next(orders(one) for one in lists() if one.path == url):
                there = {key(item) for item in await walk(client, url, sort=sort, limit=100)}
                met: list[str] = []
                page = await get(client, url, sort=sort, limit=max(2, len(there) // 3))
                while True:
                    met += [key(item) for item in page["items"]]
                    if page["next"] is None:
                        break
                    for _ in range(3):
                        await connection.execute(ADD[table], uuid.uuid4())
                    page = await get(
                        client, url, sort=sort, limit=max(2, len(there) // 3), cursor=page["next"]
                    )
                assert len(met) == len(set(met)), "a row came twice"
                assert there <= set(met), "a row was passed over"
    finally:
        await connection.close()


@pytest.mark.parametrize("sort", ["-reported_at", "reported_at", "-time", "amount"])
@pytest.mark.parametrize("near", [0, 3, 40])
async def test_what_a_period_finds_is_the_same_wherever_in_the_order_it_lies(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, sort: str, near: int
) -> None:
    everything = await walk(client, "/v1/claims", sort=sort)
    monkeypatch.setattr(listing, "NEAR", near)
    monkeypatch.setattr(listing.Listing, "statements", {})
    for period in ({"time_to": "2022-01-06"}, {"time_from": "2022-01-12"}, {"time_to": "2022-01-31"}):
        found = await walk(client, "/v1/claims", sort=sort, limit=7, **period)
        ids = {one["id"] for one in found}
        assert 0 < len(ids) == len(found)
        assert [one["id"] for one in found] == [one["id"] for one in everything if one["id"] in ids]
        total = (await client.get("/v1/claims", params=period | {"total": "true"})).json()["total"]
        assert total == len(found)


@pytest.mark.parametrize("operation", lists(), ids=lambda one: one.id)
async def test_the_link_header_leads_to_the_next_page(
    client: httpx.AsyncClient, operation: Operation
) -> None:
    query = {**operation.example.get("query", {}), "limit": "1"}
    query.pop("kind", None)
    answer = await client.get(operation.path, params=query)
    page = answer.json()
    if page["next"] is None:
        assert "link" not in answer.headers
        return
    (target,) = re.findall(r'^<([^>]+)>; rel="next"$', answer.headers["link"])
    parts = urlsplit(target)
    assert parts.path == operation.path
    assert dict(parse_qsl(parts.query)) == {**query, "cursor": page["next"]}
    following = await get(client, target)
    assert following["items"]
    assert following["items"] != page["items"]
    assert following == await get(client, operation.path, **query, cursor=page["next"])


async def test_the_link_keeps_what_the_query_says_letter_by_letter(client: httpx.AsyncClient) -> None:
    query = {"q": 'people or "the country"', "min": "1,000", "limit": "1"}
    answer = await client.get("/v1/claims", params=query)
    (target,) = re.findall(r"<([^>]+)>", answer.headers["link"])
    assert set(query.items()) < set(parse_qsl(urlsplit(target).query))


@pytest.mark.parametrize("operation", lists(), ids=lambda one: one.id)
async def test_total_counts_what_matches_and_comes_only_when_asked_for(
    client: httpx.AsyncClient, operation: Operation
) -> None:
    page = await get(client, operation.url)
    assert "total" not in page
    query = {**operation.example.get("query", {}), "limit": "1", "total": "true"}
    counted = await get(client, operation.path, **query)
    assert counted["total"] == len(await walk(client, operation.path, **{**query, "limit": "100"}))
    if counted["next"]:
        second = await get(client, operation.path, **query, cursor=counted["next"])
        assert second["total"] == counted["total"], "the cursor does not count"


async def test_a_list_that_matches_nothing_is_empty(client: httpx.AsyncClient) -> None:
    page = await get(client, "/v1/claims", q="zyzzyva", total="true")
    assert (page["items"], page["next"], page["total"]) == ([], None, 0)
    nothing = await client.get(
        "/v1/claims", params={"q": "zyzzyva"}, headers={"Accept": "application/x-ndjson"}
    )
    assert nothing.content == b""


@pytest.mark.parametrize("operation", lists(), ids=lambda one: one.id)
async def test_ndjson_and_csv_hold_the_whole_result(client: httpx.AsyncClient, operation: Operation) -> None:
    query = {name: text for name, text in operation.example.get("query", {}).items() if name != "limit"}
    items = await walk(client, operation.path, **query, limit=100)
    assert items or operation not in filled_lists()

    answer = await client.get(
        operation.path, params={**query, "limit": 1}, headers={"Accept": "application/x-ndjson"}
    )
    assert answer.headers["content-type"].split(";")[0] == "application/x-ndjson"
    assert answer.text.endswith("\n") or not items
    assert [json.loads(line) for line in answer.text.splitlines()] == items

    answer = await client.get(operation.path, params={**query, "limit": 1}, headers={"Accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; header=present; charset=utf-8"
    header, *rows = csv.reader(io.StringIO(answer.text, newline=""))
    assert header == columns(item_of(answer_type(operation.handler)))
    assert len(rows) == len(items)
    for row, item in zip(rows, items, strict=True):
        cells = dict(zip(header, row, strict=True))
        for name, cell in cells.items():
            assert cell == as_cell(item, name), name


def as_cell(item: Json, name: str) -> str:
    """What a CSV cell holds: nested members by their path, lists as JSON, null as nothing."""
    value: Any = item
    for part in name.split("."):
        value = None if value is None else value[part]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


async def test_a_stream_takes_a_cursor_up(client: httpx.AsyncClient) -> None:
    page = await get(client, "/v1/entities", limit=10)
    answer = await client.get(
        "/v1/entities", params={"cursor": page["next"]}, headers={"Accept": "application/x-ndjson"}
    )
    rest = [json.loads(line) for line in answer.text.splitlines()]
    assert page["items"] + rest == await walk(client, "/v1/entities", limit=100)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", "application/json"),
        ("", "application/json"),
        ("text/*", "text/csv"),
        ("application/*", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv"),
        ("application/json;q=0.4, text/csv;q=0.5", "text/csv"),
        ("APPLICATION/X-NDJSON", "application/x-ndjson"),
        ("application/json;q=0, */*", "application/x-ndjson"),
        ("text/csv; header=present", "text/csv"),
        ("text/csv;q=high, application/json;q=0.1", "application/json"),
    ],
)
async def test_the_accept_header_chooses_the_form(client: httpx.AsyncClient, accept: str, form: str) -> None:
    answer = await client.get("/v1/sources", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == form
    assert "accept" in answer.headers["vary"].lower()


async def test_names_that_a_query_finds_are_paged_too(client: httpx.AsyncClient) -> None:
    whole = await get(client, "/v1/entities", q="Kazakhstan", limit=100, total="true")
    assert whole["total"] > 5
    scores = [item["score"] for item in whole["items"]]
    assert scores == sorted(scores, reverse=True)
    assert await walk(client, "/v1/entities", q="Kazakhstan", limit=2) == whole["items"]

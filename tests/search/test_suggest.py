"""`GET /v1/suggest` through HTTP."""

from typing import Any

import httpx
import pytest


async def suggest(client: httpx.AsyncClient, q: str, **params: Any) -> list[dict[str, Any]]:
    answer = await client.get("/v1/suggest", params={"q": q, **params})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


@pytest.mark.parametrize(
    ("q", "type_", "slug"),
    [
        ("Toka", "entity", "kassym-jomart-tokayev"),
        ("toqa", "entity", "kassym-jomart-tokayev"),
        ("Тока", "entity", "kassym-jomart-tokayev"),
        ("Tokajev", "entity", "kassym-jomart-tokayev"),
        ("jomart", "entity", "kassym-jomart-tokayev"),
        ("cst", "entity", "collective-security-treaty-organization"),
        ("nur s", "entity", "astana"),
        ("people arr", "predicate", "arrests"),
        ("removed_f", "predicate", "removed_from_office"),
        ("arr", "predicate", "arrests"),
        ("people arrested in kaz", "fact", "arrests-kazakhstan-2022-01"),
    ],
)
async def test_the_beginning_of_a_name_suggests_it(
    client: httpx.AsyncClient, q: str, type_: str, slug: str
) -> None:
    found = await suggest(client, q)
    assert (type_, slug) in [(one["type"], one["slug"]) for one in found[:5]]


async def test_the_name_itself_comes_first(client: httpx.AsyncClient) -> None:
    first = (await suggest(client, "almaty"))[0]
    assert (first["slug"], first["label"], first["matched"], first["score"]) == (
        "almaty",
        "Almaty",
        "Almaty",
        1.0,
    )


async def test_what_matched_is_in_the_script_that_was_typed(client: httpx.AsyncClient) -> None:
    assert (await suggest(client, "toka"))[0]["matched"].startswith("Toka")
    assert (await suggest(client, "тока"))[0]["matched"].startswith("Тока")


async def test_scores_fall(client: httpx.AsyncClient) -> None:
    scores = [one["score"] for one in await suggest(client, "ka", limit=100)]
    assert scores == sorted(scores, reverse=True)
    assert scores


async def test_types_can_be_chosen(client: httpx.AsyncClient) -> None:
    assert {one["type"] for one in await suggest(client, "a", limit=100)} == {"entity", "predicate", "fact"}
    assert {one["type"] for one in await suggest(client, "a", type="predicate,fact")} == {
        "predicate",
        "fact",
    }


async def test_each_thing_is_suggested_once(client: httpx.AsyncClient) -> None:
    found = [one["id"] for one in await suggest(client, "k", limit=100)]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("q", ["zzzzqq", "!!!", "%", "_", "\\"])
async def test_nothing_fits_is_an_empty_list(client: httpx.AsyncClient, q: str) -> None:
    assert await suggest(client, q) == []


@pytest.mark.parametrize("q", ["", "  ", "x" * 401])
async def test_an_empty_or_endless_query_is_a_problem(client: httpx.AsyncClient, q: str) -> None:
    answer = await client.get("/v1/suggest", params={"q": q})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "q"

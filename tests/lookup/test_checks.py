"""Checks of a figure through HTTP: the verdict, who stands where, and what cannot be checked."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest


async def check(client: httpx.AsyncClient, **body: Any) -> dict[str, Any]:
    response = await client.post("/v1/check", json=body)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def told(entries: list[dict[str, Any]]) -> set[float]:
    return {entry["value"]["amount"] for entry in entries if entry["value"]}


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ({"predicate": "arrests", "place": "almaty", "value": 1678}, "supported"),
        ({"predicate": "arrests", "place": "almaty", "value": 207}, "supported"),
        ({"predicate": "arrests", "place": "kazakhstan", "value": 12000}, "mixed"),
        ({"predicate": "arrests", "place": "kazakhstan", "value": 9000}, "contradicted"),
        ({"predicate": "arrests", "place": "kazakhstan", "value": 50000}, "contradicted"),
        (
            {"predicate": "arrests", "place": "kazakhstan", "value": {"lower": 7000, "upper": 8000}},
            "compatible",
        ),
        ({"predicate": "deaths", "place": "kazakhstan", "value": 164}, "compatible"),
        ({"predicate": "deaths", "place": "kazakhstan", "value": 20}, "contradicted"),
        (
            {
                "predicate": "injuries",
                "place": "kazakhstan",
                "value": {"amount": 2000, "qualifier": "more_than"},
            },
            "supported",
        ),
        ({"predicate": "age", "subject": "kassym-jomart-tokayev", "value": 68}, "supported"),
        ({"predicate": "age", "subject": "vladimir-putin", "value": 68}, "unknown"),
        ({"predicate": "arrests", "place": "astana", "value": 7939}, "unknown"),
        ({"text": "12,000 people were detained in Kazakhstan"}, "mixed"),
        ({"text": "nearly 1,700 people were arrested in Almaty"}, "supported"),
        ({"text": "Tokayev is 68 years old"}, "supported"),
        ({"text": "Tokayev is 70 years old"}, "contradicted"),
        ({"text": "the CSTO will leave Kazakhstan in 10 days"}, "mixed"),
        ({"text": "the CSTO has six members"}, "supported"),
    ],
)
async def test_the_verdict(client: httpx.AsyncClient, body: dict[str, Any], verdict: str) -> None:
    found = await check(client, **body)
    assert found["verdict"] == verdict, found["because"]


def table() -> list[tuple[dict[str, Any], str]]:
    """`checks.ndjson`: bodies with the verdict of agreement-v1, or the status of the problem."""
    lines = (Path(__file__).parent / "checks.ndjson").read_text(encoding="utf-8").splitlines()
    return [(row["body"], row["verdict"]) for row in map(json.loads, lines)]


@pytest.mark.parametrize(("body", "verdict"), table(), ids=[str(body) for body, _ in table()])
async def test_exact_rounded_and_bounded_figures_in_fields_and_words(
    client: httpx.AsyncClient, body: dict[str, Any], verdict: str
) -> None:
    response = await client.post("/v1/check", json=body)
    found = response.json()
    assert found.get("verdict", str(response.status_code)) == verdict, found


async def test_every_claim_stands_somewhere_with_clause_and_evidence(client: httpx.AsyncClient) -> None:
    found = await check(client, predicate="arrests", place="kazakhstan", value=7939)
    assert told(found["supported_by"]) == {7939}
    assert told(found["compatible_with"]) == {8000}
    assert told(found["contradicted_by"]) == {7989}
    assert {entry["type"] for entry in found["set_aside"]} == {"update_of", "scope_differs"}
    groups = ("supported_by", "compatible_with", "contradicted_by", "set_aside")
    entries = [entry for group in groups for entry in found[group]]
    ids = [entry["claim"] for entry in entries]
    assert len(ids) == len(set(ids))
    for entry in entries:
        assert entry["clause"]
        assert entry["because"]
        assert entry["evidence"]["quote"]
        assert (await client.get(f"/v1/claims/{entry['claim']}")).status_code == 200


async def test_a_withdrawn_claim_is_listed_and_supports_nothing(client: httpx.AsyncClient) -> None:
    found = await check(client, predicate="deaths", place="kazakhstan", value=164)
    assert [entry["withdrawn"] for entry in found["supported_by"]] == [True]
    assert found["verdict"] == "compatible"
    before = await check(client, predicate="deaths", place="kazakhstan", value=164, as_of="2022-01-11")
    assert before["verdict"] == "unknown"


async def test_a_total_that_grew_since_does_not_contradict(client: httpx.AsyncClient) -> None:
    found = await check(client, predicate="arrests", place="kazakhstan", value=8000)
    assert {10000, 12000}.isdisjoint(told(found["contradicted_by"]))


async def test_as_of_leaves_out_what_was_published_later(client: httpx.AsyncClient) -> None:
    found = await check(client, predicate="arrests", place="kazakhstan", value=7939, as_of="2022-01-10")
    assert found["verdict"] == "supported"
    assert found["contradicted_by"] == []


async def test_the_scope_that_is_asked_for_decides(client: httpx.AsyncClient) -> None:
    increase = await check(client, predicate="arrests", place="almaty", value=207, extent="increment")
    assert increase["verdict"] == "contradicted"
    part = await check(client, predicate="arrests", place="almaty", value=207, group="two Almaty markets")
    assert (part["verdict"], part["extent"]) == ("supported", "subset")


async def test_the_closest_figures_are_named_even_when_they_contradict(client: httpx.AsyncClient) -> None:
    found = await check(client, predicate="arrests", place="kazakhstan", value=11900)
    assert found["closest"][0]["value"]["amount"] == 12000


async def test_the_value_of_a_claim_may_be_sent_as_it_is(client: httpx.AsyncClient) -> None:
    claims = (await client.get("/v1/claims", params={"predicate": "arrests", "place": "kazakhstan"})).json()
    for claim in [claim for claim in claims["items"] if claim["value"]["amount"] is not None]:
        value = {name: claim["value"][name] for name in ("amount", "lower", "upper", "unit", "qualifier")}
        scope = {"extent": claim["scope"]["extent"], "place": claim["scope"]["place"]["slug"]}
        found = await check(client, predicate="arrests", value=value, **scope)
        assert claim["id"] in {entry["claim"] for entry in found["supported_by"]}, value


async def test_place_and_subject_come_back_as_references(client: httpx.AsyncClient) -> None:
    body = {"predicate": "troops_deployed", "place": "kazakhstan", "value": 2500}
    found = await check(client, **body, subject="collective-security-treaty-organization")
    assert found["place"]["slug"] == "kazakhstan"
    assert found["subject"]["name"] == "Collective Security Treaty Organization"


@pytest.mark.parametrize(
    ("body", "status", "pointers"),
    [
        ({}, 400, {"/predicate", "/place", "/value"}),
        ({"predicate": "arrests", "value": 5}, 400, {"/place"}),
        ({"predicate": "arrests", "place": "kazakhstan"}, 400, {"/value"}),
        ({"predicate": "arests", "place": "kazakstan", "value": 5}, 400, {"/predicate", "/place"}),
        ({"predicate": "arrests", "place": "kazakhstan", "value": "5"}, 400, {"/value"}),
        ({"predicate": "arrests", "place": "kazakhstan", "value": {}}, 400, {"/value"}),
        (
            {"predicate": "arrests", "place": "kazakhstan", "value": {"lower": 9, "upper": 5}},
            400,
            {"/value/lower"},
        ),
        (
            {"predicate": "arrests", "place": "kazakhstan", "value": {"amount": 1, "qualifier": "range"}},
            400,
            {"/value/qualifier"},
        ),
        ({"predicate": "arrests", "place": "kazakhstan", "value": 1e99}, 400, {"/value/amount"}),
        (
            {"predicate": "arrests", "place": "kazakhstan", "value": {"amount": 5, "lower": 1, "upper": 9}},
            400,
            {"/value/lower"},
        ),
        (
            {
                "predicate": "arrests",
                "place": "kazakhstan",
                "value": {"amount": 5, "qualifier": "nearly", "lower": 1},
            },
            400,
            {"/value/lower"},
        ),
        ({"predicate": "arrests", "place": "kazakhstan", "value": 5, "as_of": "then"}, 400, {"/as_of"}),
        (
            {"predicate": "arrests", "place": "kazakhstan", "value": {"amount": 5, "unit": "days"}},
            422,
            {"/value/unit"},
        ),
        ({"predicate": "removed_from_office", "place": "kazakhstan", "value": 5}, 422, {"/predicate"}),
        ({"text": "people were detained in Kazakhstan"}, 422, {"/text"}),
        ({"text": "12,000 people were detained"}, 422, {"/text"}),
        ({"text": "12,000 apples in Kazakhstan"}, 422, {"/text"}),
        ({"text": "12,000 people were arrested and 164 people died in Kazakhstan"}, 422, {"/text"}),
        ({"text": " "}, 400, {"/text"}),
        ({"text": "12,000 detained in Kazakhstan", "value": 5}, 400, {"/value"}),
        ({"texts": "x"}, 400, {"/texts"}),
    ],
)
async def test_what_cannot_be_checked_is_a_problem_with_pointers(
    client: httpx.AsyncClient, body: dict[str, Any], status: int, pointers: set[str]
) -> None:
    response = await client.post("/v1/check", json=body)
    assert response.status_code == status, response.text
    assert {error["pointer"] for error in response.json()["errors"]} == pointers


async def test_its_description_says_what_it_is_not(client: httpx.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()["paths"]["/v1/check"]["post"]["description"]
    assert "does not say what is true" in described

"""`GET /v1/claims/{claim}/relations` through HTTP."""

from typing import Any

import httpx
import pytest

FACT = "/v1/facts/arrests-kazakhstan-2022-01"


async def relations(client: httpx.AsyncClient, claim: str, **params: Any) -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/claims/{claim}/relations", params={"limit": 100, **params})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def ends(some: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    return {(one["from"], one["to"], one["type"]) for one in some}


async def test_each_claim_has_the_relations_that_its_fact_lists_in_both_directions(
    client: httpx.AsyncClient,
) -> None:
    fact = (await client.get(FACT)).json()
    for claim in fact["claims"]:
        mine = {one for one in ends(fact["relations"]) if claim in one[:2]}
        assert ends(await relations(client, claim)) == mine


async def test_the_other_claim_is_told_with_its_value_and_article(client: httpx.AsyncClient) -> None:
    fact = (await client.get(FACT)).json()
    (claim, *_) = fact["claims"]
    found = await relations(client, claim)
    assert found
    for one in found:
        assert {one["from"], one["to"]} == {claim, one["claim"]["id"]}
        other = (await client.get(f"/v1/claims/{one['claim']['id']}")).json()
        for name in ("statement", "value", "article", "reported_at"):
            assert one["claim"][name] == other[name]
        assert one["because"]
        assert one["rule"] == fact["agreement"]["rule"]


async def test_a_type_can_be_chosen_and_pages_follow(client: httpx.AsyncClient) -> None:
    fact = (await client.get(FACT)).json()
    contradicting = next(one["from"] for one in fact["relations"] if one["type"] == "contradicts")
    found = await relations(client, contradicting, type="contradicts")
    assert {one["type"] for one in found} == {"contradicts"}
    whole = await relations(client, contradicting)
    page = (await client.get(f"/v1/claims/{contradicting}/relations?limit=1&total=true")).json()
    assert (page["items"], page["total"]) == (whole[:1], len(whole))
    following = await client.get(
        f"/v1/claims/{contradicting}/relations", params={"limit": 1, "cursor": page["next"]}
    )
    assert following.json()["items"] == whole[1:2]


async def test_a_claim_without_relations_has_an_empty_list(client: httpx.AsyncClient) -> None:
    facts = (await client.get("/v1/facts?status=single_source&limit=100")).json()["items"]
    alone = next(one for one in facts if one["agreement"]["claims"] == 1 and one["extent"] is None)
    claim = (await client.get(f"/v1/facts/{alone['slug']}")).json()["claims"][0]
    assert await relations(client, claim) == []


@pytest.mark.parametrize(
    ("claim", "query", "status"),
    [
        ("00000000-0000-4000-8000-000000000000", "", 404),
        ("arrests", "", 400),
        ("00000000-0000-4000-8000-000000000000", "?type=friend", 400),
        ("00000000-0000-4000-8000-000000000000", "?page=2", 400),
    ],
)
async def test_no_such_claim_and_bad_parameters_are_problems(
    client: httpx.AsyncClient, claim: str, query: str, status: int
) -> None:
    answer = await client.get(f"/v1/claims/{claim}/relations{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")

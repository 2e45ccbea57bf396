"""Claims over HTTP: every filter against what the claims themselves say, and evidence against the texts."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.web.test_listing import walk

Json = dict[str, Any]

TOKAYEV = "kassym-jomart-tokayev"
MINISTRY = "interior-ministry-of-kazakhstan"


def slug(member: Json | None) -> str | None:
    return None if member is None else str(member["slug"])


def figures(claim: Json) -> list[float]:
    """Amount and bounds that the claim gives, lowest first."""
    value = claim["value"] or {}
    return sorted(value[name] for name in ("amount", "lower", "upper") if value.get(name) is not None)


def speakers(claim: Json) -> set[str | None]:
    return {slug(link["entity"]) for link in claim["attribution"]}


def entities(claim: Json) -> set[str | None]:
    held = {slug(claim[role]) for role in ("subject", "object", "complement")}
    return held | {slug(claim["scope"]["place"])} | speakers(claim)


FILTERS: list[tuple[Json, Callable[[Json], bool]]] = [
    ({"predicate": "arrests"}, lambda one: one["predicate"] == "arrests"),
    ({"entity": TOKAYEV}, lambda one: TOKAYEV in entities(one)),
    ({"subject": TOKAYEV}, lambda one: slug(one["subject"]) == TOKAYEV),
    ({"object": "nursultan-nazarbayev"}, lambda one: slug(one["object"]) == "nursultan-nazarbayev"),
    ({"speaker": MINISTRY}, lambda one: MINISTRY in speakers(one)),
    ({"speaker": "reuters"}, lambda one: "reuters" in speakers(one)),
    ({"place": "almaty"}, lambda one: slug(one["scope"]["place"]) == "almaty"),
    (
        {"article": "military-alliance-consults"},
        lambda one: slug(one["article"]) == "military-alliance-consults",
    ),
    ({"source": "top-channel"}, lambda one: slug(one["article"]["source"]) == "top-channel"),
    ({"fact": "arrests-kazakhstan-2022-01"}, lambda one: slug(one["fact"]) == "arrests-kazakhstan-2022-01"),
    ({"modality": "planned"}, lambda one: one["modality"] == "planned"),
    ({"extent": "subset"}, lambda one: one["scope"]["extent"] == "subset"),
    ({"reported_from": "2022-01-12"}, lambda one: one["reported_at"] >= "2022-01-12"),
    ({"reported_to": "2022-01-11"}, lambda one: one["reported_at"] <= "2022-01-11"),
    (
        {"reported_from": "2022-01-11T00:00:00Z", "reported_to": "2022-01-11T00:00:00Z"},
        lambda one: one["reported_at"] == "2022-01-11",
    ),
    (
        {"time_from": "2022-01-09", "time_to": "2022-01-11"},
        lambda one: (
            bool(one["time"] and one["time"]["start"])
            and (one["time"]["end"] or one["time"]["start"]) >= "2022-01-09"
            and one["time"]["start"] <= "2022-01-11"
        ),
    ),
    ({"min": 1000}, lambda one: bool(figures(one)) and figures(one)[-1] >= 1000),
    ({"max": 1000}, lambda one: bool(figures(one)) and figures(one)[0] <= 1000),
    ({"min": 1678, "max": 1700}, lambda one: figures(one)[-1:] in ([1678], [1700])),
    (
        {"predicate": "arrests", "place": "kazakhstan", "min": 9000, "modality": "asserted"},
        lambda one: (
            one["predicate"] == "arrests"
            and slug(one["scope"]["place"]) == "kazakhstan"
            and one["modality"] == "asserted"
            and bool(figures(one))
            and figures(one)[-1] >= 9000
        ),
    ),
]


@pytest.mark.parametrize(
    ("filters", "holds"), FILTERS, ids=lambda one: str(one) if isinstance(one, dict) else ""
)
async def test_a_filter_finds_all_claims_that_meet_it_and_no_other(
    client: httpx.AsyncClient, filters: Json, holds: Callable[[Json], bool]
) -> None:
    everything = await walk(client, "/v1/claims", limit=100)
    found = await walk(client, "/v1/claims", limit=100, **filters)
    assert found
    assert len(found) < len(everything)
    assert found == [claim for claim in everything if holds(claim)]


async def test_words_are_found_in_statement_and_evidence_whatever_their_ending(
    client: httpx.AsyncClient,
) -> None:
    found = await walk(client, "/v1/claims", q="arrest", limit=100)
    words = {claim["statement"] + claim["evidence"]["selectors"][0]["exact"] for claim in found}
    assert any("arrested" in text for text in words)
    assert any("arrests" in text for text in words)
    phrase = await walk(client, "/v1/claims", q='"National Security Council"', limit=100)
    assert phrase
    assert not any("Committee" in claim["statement"] for claim in phrase)
    without = await walk(client, "/v1/claims", q="arrest -Almaty", limit=100)
    assert {claim["id"] for claim in without} < {claim["id"] for claim in found}


async def test_claims_without_a_figure_or_a_date_sort_below_all_others(client: httpx.AsyncClient) -> None:
    by_amount = await walk(client, "/v1/claims", sort="-amount", limit=100)
    amounts = [
        next(
            claim["value"][name] for name in ("amount", "lower", "upper") if claim["value"][name] is not None
        )
        for claim in by_amount
        if claim["value"]
    ]
    assert amounts == sorted(amounts, reverse=True)
    assert all(claim["value"] is None for claim in by_amount[len(amounts) :])
    by_time = await walk(client, "/v1/claims", sort="time", limit=100)
    starts = [claim["time"] and claim["time"]["start"] for claim in by_time]
    dated = [start for start in starts if start]
    assert dated == sorted(dated)
    assert not any(starts[: len(starts) - len(dated)])


async def test_the_evidence_of_every_claim_stands_in_its_article(client: httpx.AsyncClient) -> None:
    articles: dict[str, Json] = {}
    for claim in await walk(client, "/v1/claims", limit=100):
        name = claim["article"]["slug"]
        if name not in articles:
            articles[name] = (await client.get(f"/v1/articles/{name}")).json()
        text = articles[name]["text"]
        quote, position = claim["evidence"]["selectors"]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert len(quote["prefix"]) == min(32, start)
        assert claim["evidence"]["article_sha256"] == articles[name]["sha256"]
        assert claim["evidence"]["verified"] is True
        if claim["value"]:
            assert claim["value"]["text"] in quote["exact"]


async def test_one_claim_is_what_the_list_shows(client: httpx.AsyncClient) -> None:
    (first,) = (await client.get("/v1/claims", params={"limit": 1})).json()["items"]
    assert (await client.get(f"/v1/claims/{first['id']}")).json() == first
    assert (await client.get(f"/v1/claims/{first['id'].upper()}")).json() == first


async def test_the_vocabulary_says_what_roles_mean_and_how_much_it_is_used(client: httpx.AsyncClient) -> None:
    predicates = await walk(client, "/v1/predicates", limit=100)
    counts = {one["slug"]: one["claims"] for one in predicates}
    claims = await walk(client, "/v1/claims", limit=100)
    assert sum(counts.values()) == len(claims)
    assert counts["arrests"] == sum(claim["predicate"] == "arrests" for claim in claims)
    for one in predicates:
        for role in one["identity"]:
            assert role == "place" or one[role] is not None, f"{one['slug']} has no {role}"
    quantities = await walk(client, "/v1/predicates", kind="quantity", limit=100)
    assert quantities == [one for one in predicates if one["kind"] == "quantity"]

"""Facts over HTTP: verdicts now and as of any time, filters, orders, timelines."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from service.facts import single
from service.facts.agreement import Agreement, assess
from service.facts.claims import views_of_facts
from service.facts.values import ClaimView
from service.schemas import number
from tests.web.test_listing import walk

Json = dict[str, Any]

ARRESTS = "arrests-kazakhstan-2022-01"
LAST_MOMENT = dt.time.max


@pytest.fixture
async def views(database: str) -> AsyncIterator[dict[str, list[ClaimView]]]:
    """The claims of every fact as the rule sees them, by the fact's slug."""
    connection = await asyncpg.connect(database)
    try:
        slugs = {row["id"]: row["slug"] for row in await connection.fetch("SELECT id, slug FROM fact")}
        found = await views_of_facts(connection, list(slugs))
        yield {slugs[fact]: members for fact, members in found.items()}
    finally:
        await connection.close()


def shown(verdict: Agreement) -> Json:
    """A verdict of the rule in the words of the API."""
    return {
        "status": verdict.status,
        "because": verdict.because,
        "claims": verdict.claims,
        "articles": verdict.articles,
        "independent_attributions": verdict.independent_attributions,
        "range": verdict.range
        and {"lower": number(verdict.range.lower), "upper": number(verdict.range.upper)},
        "rule": verdict.rule,
    }


@pytest.mark.parametrize(
    ("as_of", "until"),
    [
        (None, dt.datetime.max.replace(tzinfo=dt.UTC)),
        ("2022-01-09", dt.datetime(2022, 1, 9, 23, 59, 59, 999999, dt.UTC)),
        ("2022-01-10", dt.datetime(2022, 1, 10, 23, 59, 59, 999999, dt.UTC)),
        ("2022-01-11", dt.datetime(2022, 1, 11, 23, 59, 59, 999999, dt.UTC)),
        ("2022-01-12", dt.datetime(2022, 1, 12, 23, 59, 59, 999999, dt.UTC)),
        ("2022-01-13", dt.datetime(2022, 1, 13, 23, 59, 59, 999999, dt.UTC)),
        ("2030-01-01", dt.datetime(2030, 1, 1, tzinfo=dt.UTC)),
        ("2022-01-11T00:00:00Z", dt.datetime(2022, 1, 11, tzinfo=dt.UTC)),
        ("2022-01-10T23:59:59Z", dt.datetime(2022, 1, 10, 23, 59, 59, tzinfo=dt.UTC)),
        ("2022-01-12T05:59:00+06:00", dt.datetime(2022, 1, 11, 23, 59, tzinfo=dt.UTC)),
    ],
)
async def test_a_verdict_is_what_the_rule_says_of_the_claims_published_by_then(
    client: httpx.AsyncClient, views: dict[str, list[ClaimView]], as_of: str | None, until: dt.datetime
) -> None:
    params = {} if as_of is None else {"as_of": as_of}
    known = {slug: [view for view in members if view.reported_at <= until] for slug, members in views.items()}
    known = {slug: members for slug, members in known.items() if members}
    listed = {fact["slug"]: fact for fact in await walk(client, "/v1/facts", limit=100, **params)}
    assert set(listed) == set(known)
    for slug, members in known.items():
        verdict = assess(members)
        assert verdict is not None
        assert listed[slug]["agreement"] == shown(verdict), slug
        best = listed[slug]["preferred"] and listed[slug]["preferred"]["claim"]
        assert best == (verdict.preferred and verdict.preferred.claim)
        assert listed[slug]["last_reported"] == str(max(view.reported_at for view in members).date())

    # the list reads stored verdicts, a single fact is judged when it is asked for
    for slug in [*known][::7] + [ARRESTS] * (ARRESTS in known):
        answer = await client.get(f"/v1/facts/{slug}", params=params)
        fact = answer.json()
        assert {name: fact[name] for name in listed[slug]} == listed[slug]
        assert set(fact["claims"]) == {view.id for view in known[slug]}
        told = {one for position in fact["positions"] for one in position["claims"]}
        assert told <= set(fact["claims"])


async def test_before_anything_was_published_there_is_no_fact_and_no_timeline(
    client: httpx.AsyncClient,
) -> None:
    for path in (f"/v1/facts/{ARRESTS}", f"/v1/facts/{ARRESTS}/timeline"):
        answer = await client.get(path, params={"as_of": "2022-01-09"})
        assert answer.status_code == 404
        assert "2022-01-09" in answer.json()["detail"]


async def test_filters_apply_to_what_was_known_at_the_time(client: httpx.AsyncClient) -> None:
    now = await walk(client, "/v1/facts", status="disputed", predicate="troops_deployed")
    then = await walk(client, "/v1/facts", status="disputed", predicate="troops_deployed", as_of="2022-01-11")
    assert len(now) == 1
    assert then == []
    (one,) = await walk(client, "/v1/facts", predicate="troops_deployed", as_of="2022-01-11")
    assert one["agreement"]["status"] == "agreed"


async def test_an_entity_that_joined_later_does_not_find_an_earlier_fact(client: httpx.AsyncClient) -> None:
    now = {fact["slug"] for fact in await walk(client, "/v1/facts", entity="almaty-city-administration")}
    then = {
        fact["slug"]
        for fact in await walk(client, "/v1/facts", entity="almaty-city-administration", as_of="2022-01-11")
    }
    assert ARRESTS in now
    assert ARRESTS not in then


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        ({"predicate": "arrests"}, lambda fact: fact["predicate"] == "arrests"),
        ({"place": "almaty"}, lambda fact: fact["place"]["slug"] == "almaty"),
        ({"status": "disputed"}, lambda fact: fact["agreement"]["status"] == "disputed"),
        ({"extent": "subset"}, lambda fact: fact["extent"] == "subset" and fact["group"]),
        ({"min_independent": 3}, lambda fact: fact["agreement"]["independent_attributions"] >= 3),
        ({"q": "Almaty"}, lambda fact: "almaty" in fact["title"].lower()),
        (
            {"predicate": "arrests", "extent": "increment", "place": "almaty"},
            lambda fact: fact["predicate"] == "arrests" and fact["extent"] == "increment",
        ),
    ],
)
async def test_a_filter_finds_all_facts_that_meet_it_and_no_other(
    client: httpx.AsyncClient, filters: dict[str, Any], holds: Any
) -> None:
    def met(fact: Json) -> bool:
        try:
            return bool(holds(fact))
        except TypeError:  # the fact has no such member
            return False

    everything = await walk(client, "/v1/facts", limit=100)
    found = await walk(client, "/v1/facts", **filters)
    assert found
    assert all(met(fact) for fact in found)
    if "place" not in filters or len(filters) == 1:
        assert {fact["id"] for fact in found} == {fact["id"] for fact in everything if met(fact)}


async def test_an_id_is_as_good_as_a_slug_everywhere(client: httpx.AsyncClient) -> None:
    fact = (await client.get(f"/v1/facts/{ARRESTS}")).json()
    assert (await client.get(f"/v1/facts/{fact['id']}")).json() == fact
    timeline = (await client.get(f"/v1/facts/{ARRESTS}/timeline")).json()
    assert (await client.get(f"/v1/facts/{fact['id']}/timeline")).json() == timeline
    place = fact["place"]
    predicate = (await client.get(f"/v1/predicates/{fact['predicate']}")).json()
    by_slug = await walk(client, "/v1/facts", place=place["slug"], predicate=fact["predicate"])
    assert by_slug == await walk(client, "/v1/facts", place=place["id"], predicate=predicate["id"])


async def test_the_widest_spread_comes_first(client: httpx.AsyncClient) -> None:
    facts = (await client.get("/v1/facts", params={"sort": "-spread", "limit": 5})).json()["items"]
    assert facts[0]["slug"] == ARRESTS
    spreads = [
        fact["agreement"]["range"]["upper"] - fact["agreement"]["range"]["lower"] for fact in facts[:2]
    ]
    assert spreads == sorted(spreads, reverse=True)


async def test_the_claims_of_a_fact_are_those_that_name_it(client: httpx.AsyncClient) -> None:
    fact = (await client.get(f"/v1/facts/{ARRESTS}")).json()
    claims = await walk(client, "/v1/claims", fact=ARRESTS, sort="reported_at")
    assert {claim["id"] for claim in claims} == set(fact["claims"])
    ends = {one for relation in fact["relations"] for one in (relation["from"], relation["to"])}
    outside = ends - set(fact["claims"])
    assert outside, "a part of a larger figure is related across facts"
    for one in outside:
        claim = (await client.get(f"/v1/claims/{one}")).json()
        assert claim["scope"]["of"] in fact["claims"]


async def test_a_fact_of_very_many_claims_is_told_from_what_was_stored_and_says_the_same(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = [fact["slug"] for fact in (await client.get("/v1/facts?limit=100")).json()["items"]]
    paths = [f"/v1/facts/{fact}{when}" for fact in facts for when in ("", "?as_of=2022-01-12")]
    judged = [(await client.get(path)).json() for path in paths]
    monkeypatch.setattr(single, "LONG", 0)
    stored = [(await client.get(path)).json() for path in paths]
    for one in (*judged, *stored):
        one.get("relations", []).sort(key=lambda relation: (relation["from"], relation["to"]))
    assert stored == judged
    assert sum(one.get("relations_total", 0) for one in stored) > 100


async def test_of_very_many_relations_a_fact_lists_those_that_decide_and_counts_all(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (await client.get(f"/v1/facts/{ARRESTS}")).json()
    assert whole["relations_total"] == len(whole["relations"]) > 5
    disputed = {"contradicts", "possible_transcription"}
    wanted = [one for one in whole["relations"] if one["type"] in disputed]
    monkeypatch.setattr(single, "RELATIONS", len(wanted))
    cut = (await client.get(f"/v1/facts/{ARRESTS}")).json()
    assert {one["type"] for one in cut["relations"]} <= disputed
    assert (len(cut["relations"]), cut["relations_total"]) == (len(wanted), whole["relations_total"])


async def test_a_timeline_tells_step_by_step_what_became_known(client: httpx.AsyncClient) -> None:
    timeline = (await client.get(f"/v1/facts/{ARRESTS}/timeline")).json()
    steps = timeline["steps"]
    assert steps[0]["label"] == "first"
    assert steps[0]["compared_to"] is None
    assert [step["reported_at"] for step in steps] == sorted(step["reported_at"] for step in steps)
    labels = [step["label"] for step in steps]
    assert "update" in labels
    assert "rival" in labels
    seen: set[str] = set()
    for step in steps:
        assert step["because"]
        assert step["compared_to"] is None or step["compared_to"] in seen, "measured against what was known"
        seen.add(step["claim"])
    earlier = (await client.get(f"/v1/facts/{ARRESTS}/timeline", params={"as_of": "2022-01-11"})).json()
    assert earlier["steps"] == [step for step in steps if step["reported_at"] <= "2022-01-11"]


async def test_facts_speak_of_people_and_places_by_name(client: httpx.AsyncClient) -> None:
    """Nothing says "health-ministry-of-kazakhstan" or "president of kazakhstan"."""
    keys = {one["slug"] for path in ("entities", "sources") for one in await walk(client, f"/v1/{path}")}
    keys = {key for key in keys if "-" in key} - {"site-34"}  # a source that calls itself so
    said: list[str] = []
    for fact in await walk(client, "/v1/facts"):
        whole = (await client.get(f"/v1/facts/{fact['slug']}")).json()
        timeline = (await client.get(f"/v1/facts/{fact['slug']}/timeline")).json()
        said += [fact["title"], fact["agreement"]["because"]]
        said += [one["because"] for one in (*whole["relations"], *timeline["steps"])]
    assert [text for text in said if any(key in text for key in keys) or "kazakhstan" in text] == []
    steps = (await client.get("/v1/facts/deaths-kazakhstan-2022-01/timeline")).json()["steps"]
    (withdrawn,) = (step["because"] for step in steps if step["label"] == "retraction")
    assert withdrawn == "Health Ministry of Kazakhstan withdrew its figure of 164 people"

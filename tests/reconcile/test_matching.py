import json
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import httpx
import pytest

from service.settings import Settings
from tests.conftest import running
from tests.reconcile.builders import add_entity
from tests.reconcile.conftest import PATH, Candidates, ask
from tests.reconcile.protocol import DRAFT_RESULTS, conforms

Find = Callable[..., Awaitable[Candidates]]


def features(candidate: dict[str, Any]) -> dict[str, bool | int | float]:
    return {one["id"]: one["value"] for one in candidate["features"]}


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("Kassym-Jomart Tokayev", "kassym-jomart-tokayev"),
        ("Tokajew", "kassym-jomart-tokayev"),
        ("tokayef", "kassym-jomart-tokayev"),
        ("Tokayev, Kassym-Jomart", "kassym-jomart-tokayev"),
        ("President Tokayev", "kassym-jomart-tokayev"),
        ("Назарбаев", "nursultan-nazarbayev"),
        ("Насарбаев", "nursultan-nazarbayev"),
        ("Nazarvaev", "nursultan-nazarbayev"),
        ("CTO", "collective-security-treaty-organization"),
        ("CSTO", "collective-security-treaty-organization"),
        ("Nur-Sultan", "astana"),
        ("Казахстан", "kazakhstan"),
        ("National Security Comittee", "national-security-committee-of-kazakhstan"),
    ],
)
async def test_any_spelling_is_matched(find: Find, query: str, slug: str) -> None:
    best = (await find(query))[0]
    assert (best["id"], best["match"]) == (slug, True)


async def test_the_name_of_every_entity_finds_it(client: httpx.AsyncClient) -> None:
    items = (await client.get("/v1/entities?limit=100")).json()["items"]
    for some in (items[:50], items[50:]):
        queries = {one["slug"]: {"query": one["name"]} for one in some}
        found = (await client.post(PATH, data={"queries": json.dumps(queries)})).json()
        assert {slug: result["result"][0]["id"] for slug, result in found.items()} == {
            slug: slug for slug in queries
        }


@pytest.mark.parametrize("query", ["Tokyo", "Tokio", "Xyzzy", "?!", "💥", "Reykjavík"])
async def test_what_is_not_there_has_no_candidates(find: Find, query: str) -> None:
    assert await find(query) == []


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("Kazakh", "a demonym names the people, not the place"),
        ("Toka", "a beginning is no name"),
        ("security council", "less than the name"),
        ("National Security", "two bodies begin so"),
    ],
)
async def test_doubtful_names_are_candidates_and_no_match(find: Find, query: str, why: str) -> None:
    found = await find(query)
    assert found, why
    assert not any(one["match"] for one in found), why


async def test_candidates_come_best_first_with_what_the_score_is_made_of(find: Find) -> None:
    found = await find("Tokayev")
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    best = found[0]
    assert (best["name"], best["type"]) == ("Kassym-Jomart Tokayev", [{"id": "person", "name": "Person"}])
    assert best["description"]
    assert features(best) | {"popularity": 0} == {
        "name_score": best["score"],
        "same_name": True,
        "id_match": False,
        "popularity": 0,
    }
    assert features(best)["popularity"] > features(found[-1])["popularity"]


async def test_limit_is_a_limit_of_candidates(find: Find) -> None:
    assert len(await find("Kazakhstan")) > 3
    assert len(await find("Kazakhstan", limit=3)) == 3


async def test_slug_and_id_find_their_entity(find: Find, client: httpx.AsyncClient) -> None:
    entity = (await client.get("/v1/entities/karim-masimov")).json()
    for key in (entity["slug"], entity["id"], entity["id"].upper()):
        best = (await find(key))[0]
        assert (best["id"], best["score"], best["match"]) == ("karim-masimov", 100, True)
        assert features(best)["id_match"] is True


async def test_types_restrict_and_should_prefers(find: Find) -> None:
    every = {one["type"][0]["id"] for one in await find("Kazakhstan")}
    assert every > {"organization"}
    strict = await find("Kazakhstan", type="organization")
    assert {one["type"][0]["id"] for one in strict} == {"organization"}
    both = await find("Kazakhstan", type=["organization", "event"], type_strict="any")
    assert {one["type"][0]["id"] for one in both} <= {"organization", "event"}
    lenient = await find("Kazakhstan", type="organization", type_strict="should", limit=100)
    place = next(one for one in lenient if one["id"] == "kazakhstan")
    assert (features(place)["type_match"], place["score"], place["match"]) == (False, 50, False)


async def test_each_query_of_a_batch_has_its_own_types(client: httpx.AsyncClient) -> None:
    queries = {kind: {"query": "Kazakhstan", "type": kind} for kind in ("place", "organization", "event")}
    response = await client.post(
        PATH, data={"queries": json.dumps(queries | {"any": {"query": "Kazakhstan"}})}
    )
    found = {
        key: {one["type"][0]["id"] for one in answered["result"]} for key, answered in response.json().items()
    }
    assert found["any"] > found["organization"] == {"organization"}
    assert found["place"] == {"place"}
    assert found["event"] <= {"event"}


async def test_properties_move_the_score(find: Find) -> None:
    alone, agreeing, contrary = [
        (await find("Almaty", **given))[0]
        for given in (
            {},
            {"properties": [{"pid": "part_of", "v": "Казахстан"}]},
            {"properties": [{"pid": "part_of", "v": "Russia"}]},
        )
    ]
    assert features(agreeing)["property:part_of"] == 100
    assert features(contrary)["property:part_of"] == 0
    assert (alone["score"], agreeing["score"], contrary["score"]) == (100, 100, 70)
    assert (agreeing["match"], contrary["match"]) == (True, False)


@pytest.mark.parametrize(
    ("pid", "value", "points"),
    [
        ("part_of", {"id": "kazakhstan", "name": "anything"}, 100),
        ("part_of", {"id": "russia"}, 0),
        ("part_of", ["Russia", {"id": "kazakhstan"}], 100),  # one of several is enough
        ("kind", "city", 100),
        ("kind", "Person", 0),
        ("aliases", "Alma-Ata", 100),
        ("arrests.amount", 1678, 100),
        ("arrests.amount", "1,678", 100),
        ("arrests.date", "2022-01-12", 100),
        ("arrests.date", "2022-01-12T00:00:00Z", 100),
        ("arrests.date", "1999", 0),
        ("description", "largest city of Kazakhstan", 100),
        ("uuid", True, 0),
    ],
)
async def test_values_of_every_kind_are_compared(find: Find, pid: str, value: Any, points: float) -> None:
    best = next(
        one for one in await find("Almaty", properties=[{"pid": pid, "v": value}]) if one["id"] == "almaty"
    )
    assert features(best)[f"property:{pid}"] == points


async def test_containment_reaches_over_steps(find: Find) -> None:
    asked = [{"pid": "part_of", "v": "Kazakhstan"}]
    airport = next(
        one for one in await find("Almaty Airport", properties=asked) if one["id"] == "almaty-airport"
    )
    assert features(airport)["property:part_of"] == 100


async def test_a_property_without_values_counts_half(find: Find) -> None:
    best = (await find("Karim Masimov", properties=[{"pid": "arrests.amount", "v": 3}]))[0]
    assert "property:arrests.amount" not in features(best)
    assert (best["score"], best["match"]) == (85, True)


async def test_relations_in_claims_are_properties(find: Find) -> None:
    asked = [{"pid": "removed_from_office.subject", "v": "Tokajew"}]
    best = (await find("Masimov", properties=asked))[0]
    assert features(best)["property:removed_from_office.subject"] == 100


async def test_properties_alone_find_candidates(find: Find) -> None:
    cities = await find(properties=[{"pid": "part_of", "v": {"id": "kazakhstan"}}])
    assert {"almaty", "astana"} <= {one["id"] for one in cities}
    assert not any(one["match"] for one in cities)
    asked = [{"pid": "removed_from_office.subject", "v": "Tokayev"}]
    removed = {one["id"] for one in await find(type="person", properties=asked)}
    assert {"karim-masimov", "nursultan-nazarbayev"} <= removed
    assert (await find(properties=[{"pid": "name", "v": "Karim Masimov"}]))[0]["match"] is True


async def test_namesakes_are_no_match(own_database: str) -> None:
    connection = await asyncpg.connect(own_database)
    await add_entity(connection, "dana-serik", "Dana Serik", "person", description="Judge")
    await add_entity(connection, "dana-serik-2", "Dana Serik", "person", description="Painter", part_of=None)
    await add_entity(connection, "arman-serik", "Arman Serik", "person")
    await connection.close()
    async with running(Settings(database_url=own_database)) as client:
        both = await ask(client, {"query": "Dana Serik"})
        assert [(one["score"], one["match"]) for one in both[:2]] == [(100, False), (100, False)]
        assert not any(one["match"] for one in await ask(client, {"query": "Serik"}))
        described = await ask(
            client, {"query": "Dana Serik", "properties": [{"pid": "description", "v": "painter"}]}
        )
        assert (described[0]["id"], described[0]["match"]) == ("dana-serik-2", True)


async def test_merged_ids_lead_to_the_one_that_stayed(own_database: str) -> None:
    old = uuid.uuid4()
    connection = await asyncpg.connect(own_database)
    await connection.execute(
        "INSERT INTO redirect (id, slug, entity_id)"
        " SELECT $1, 'alma-ata-city', id FROM entity WHERE slug = 'almaty'",
        old,
    )
    await connection.close()
    async with running(Settings(database_url=own_database)) as client:
        for key in ("alma-ata-city", str(old)):
            assert (await ask(client, {"query": key}))[0]["id"] == "almaty"
            extend = {"ids": [key], "properties": [{"id": "name"}]}
            response = await client.get(PATH, params={"extend": json.dumps(extend)})
            assert response.json()["rows"] == {key: {"name": [{"str": "Almaty"}]}}


async def match(client: httpx.AsyncClient, *queries: dict[str, Any]) -> list[Candidates]:
    response = await client.post(f"{PATH}/match", json={"queries": queries})
    assert response.status_code == 200, response.text
    return [one["candidates"] for one in conforms(response.json(), DRAFT_RESULTS)["results"]]


def on(kind: str, value: Any, **members: Any) -> dict[str, Any]:
    return {"matchType": kind, "propertyValue": value, **members}


def part_of(value: Any, **members: Any) -> dict[str, Any]:
    return on("property", value, propertyId="part_of", **members)


async def test_the_draft_answers_in_the_order_of_the_queries(client: httpx.AsyncClient) -> None:
    found = await match(
        client,
        {"conditions": [on("name", "Насарбаев")]},
        {"conditions": [on("name", "Tokyo")]},
        {"conditions": [on("id", "almaty")], "type": "place", "limit": 1},
        {"conditions": [part_of("Kazakhstan")], "type": "place"},
    )
    assert [[one["id"] for one in some][:1] for some in found[:3]] == [
        ["nursultan-nazarbayev"],
        [],
        ["almaty"],
    ]
    assert found[2][0]["match"] is True
    assert {"almaty", "astana"} <= {one["id"] for one in found[3]}


async def test_conditions_of_the_draft(client: httpx.AsyncClient) -> None:
    name = on("name", "Almaty")

    async def ids(*conditions: dict[str, Any]) -> list[str]:
        return [one["id"] for one in (await match(client, {"conditions": list(conditions)}))[0]]

    everything = await ids(name)
    assert everything[0] == "almaty"
    inside = await ids(name, part_of("Kazakhstan", required=True))
    assert set(inside) < set(everything)
    assert "almaty" in inside
    outside = await ids(name, part_of("Kazakhstan", matchQuantifier="none"))
    assert (set(outside), outside[0] == "almaty") == (set(everything), False)  # not required: only the order
    assert "almaty" not in await ids(name, part_of("Kazakhstan", matchQuantifier="none", required=True))
    assert "almaty" not in await ids(
        name, part_of(["Kazakhstan", "Russia"], matchQuantifier="all", required=True)
    )
    assert "almaty" in await ids(name, part_of(["Kazakhstan", "Russia"], required=True))
    assert await ids(on("name", "Tokajew")) != []
    assert await ids(on("name", "Almatty", matchQualifier="exact")) == []
    assert (await ids(on("name", ["Almaty", "Astana"])))[:2] in (["almaty", "astana"], ["astana", "almaty"])


async def test_one_wrong_query_leaves_the_others_alone(client: httpx.AsyncClient) -> None:
    queries = {
        "a": {"query": "Almaty"},
        "b": {"query": "Almaty", "type": "dog"},
        "c/d": {"query": 3},
        "e": [],
    }
    response = await client.post(PATH, data={"queries": json.dumps(queries)})
    assert response.status_code == 200
    found = response.json()
    assert list(found) == list(queries)
    assert found["a"]["result"][0]["id"] == "almaty"
    assert "errors" not in found["a"]
    assert [found[key]["result"] for key in ("b", "c/d", "e")] == [[], [], []]
    assert [found[key]["errors"][0]["pointer"] for key in ("b", "c/d", "e")] == [
        "/b/type",
        "/c~1d/query",
        "/e",
    ]

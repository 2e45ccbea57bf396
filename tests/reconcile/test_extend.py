import json
from typing import Any

import httpx

from tests.reconcile.conftest import PATH
from tests.reconcile.protocol import DRAFT_EXTENSION, EXTENSION, PROPOSALS, conforms

QUERY = {
    "ids": ["almaty", "nowhere", "karim-masimov"],
    "properties": [
        {"id": "part_of"},
        {"id": "aliases", "settings": {"limit": "2"}},
        {"id": "arrests.amount"},
        {"id": "removed_from_office.subject"},
        {"id": "last_reported"},
    ],
}


async def extend(
    client: httpx.AsyncClient, ids: list[str], *properties: str | dict[str, Any]
) -> dict[str, Any]:
    asked = [{"id": one} if isinstance(one, str) else one for one in properties]
    response = await client.post(PATH, data={"extend": json.dumps({"ids": ids, "properties": asked})})
    assert response.status_code == 200, response.text
    rows: dict[str, Any] = conforms(response.json(), EXTENSION)["rows"]
    return rows


async def test_values_by_entity_and_property(client: httpx.AsyncClient) -> None:
    response = await client.post(PATH, data={"extend": json.dumps(QUERY)})
    found = conforms(response.json(), EXTENSION)
    asked = [one["id"] for one in QUERY["properties"] if isinstance(one, dict)]
    assert [one["id"] for one in found["meta"]] == asked
    assert list(found["rows"]) == QUERY["ids"]
    assert all(list(row) == asked for row in found["rows"].values())
    almaty, masimov = found["rows"]["almaty"], found["rows"]["karim-masimov"]
    assert almaty["part_of"] == [{"id": "kazakhstan", "name": "Kazakhstan"}]
    assert len(almaty["aliases"]) == 2
    assert {"int": 1678} in almaty["arrests.amount"]
    assert masimov["removed_from_office.subject"] == [
        {"id": "kassym-jomart-tokayev", "name": "Kassym-Jomart Tokayev"}
    ]
    assert almaty["last_reported"] == [{"date": "2022-01-13T00:00:00Z"}]


async def test_an_unknown_id_has_an_empty_row(client: httpx.AsyncClient) -> None:
    rows = await extend(client, ["nowhere", "not a slug", "x" * 300], "name", "claims")
    assert all(row == {"name": [], "claims": []} for row in rows.values())


async def test_rows_are_under_the_ids_that_were_asked_for(client: httpx.AsyncClient) -> None:
    known = (await client.get("/v1/entities/almaty")).json()["id"]
    rows = await extend(client, [known, "almaty"], "name", "uuid")
    assert rows == {key: {"name": [{"str": "Almaty"}], "uuid": [{"str": known}]} for key in (known, "almaty")}


async def test_get_and_post_and_the_draft_agree(client: httpx.AsyncClient) -> None:
    text = json.dumps(QUERY)
    posted = (await client.post(PATH, data={"extend": text})).json()
    assert (await client.get(PATH, params={"extend": text})).json() == posted
    draft = conforms((await client.post(f"{PATH}/extend", json=QUERY)).json(), DRAFT_EXTENSION)
    assert draft["meta"] == posted["meta"]
    assert {
        row["id"]: {one["id"]: one["values"] for one in row["properties"]} for row in draft["rows"]
    } == posted["rows"]


async def test_counts_are_those_of_the_entity(client: httpx.AsyncClient) -> None:
    counts = (await client.get("/v1/entities/almaty")).json()["counts"]
    row = (await extend(client, ["almaty"], *counts))["almaty"]
    assert row == {name: [{"int": number}] for name, number in counts.items()}


async def test_figures_words_times_and_statements(client: httpx.AsyncClient) -> None:
    names = [
        f"arrests.{part}" for part in ("amount", "lower", "upper", "wording", "date", "place", "statement")
    ]
    row = (await extend(client, ["kazakhstan"], *names))["kazakhstan"]
    assert {"int": 7939} in row["arrests.amount"]
    assert all("str" in one for one in row["arrests.wording"] + row["arrests.statement"])
    assert all("date" in one or "str" in one for one in row["arrests.date"])
    assert row["arrests.place"] == []  # the entity itself is no value of its own property
    assert len(row["arrests.amount"]) == len({one["int"] for one in row["arrests.amount"]})


async def test_what_is_denied_or_planned_is_left_out_unless_asked_for(client: httpx.AsyncClient) -> None:
    claims = (await client.get("/v1/claims?entity=kazakhstan&limit=100&modality=retracted")).json()["items"]
    predicate, stated = claims[0]["predicate"], claims[0]["statement"]
    prop = f"{predicate}.statement"
    affirmed = (await extend(client, ["kazakhstan"], prop))["kazakhstan"][prop]
    setting = {"id": prop, "settings": {"claims": "any"}}
    every = (await extend(client, ["kazakhstan"], setting))["kazakhstan"][prop]
    assert {"str": stated} in every
    assert {"str": stated} not in affirmed


async def test_limit_keeps_the_newest(client: httpx.AsyncClient) -> None:
    all_of_them = (await extend(client, ["kazakhstan"], "arrests.amount"))["kazakhstan"]["arrests.amount"]
    setting = {"id": "arrests.amount", "settings": {"limit": 2}}
    assert (await extend(client, ["kazakhstan"], setting))["kazakhstan"]["arrests.amount"] == all_of_them[:2]


async def test_proposals_are_properties_with_values(client: httpx.AsyncClient) -> None:
    response = await client.get(f"{PATH}/extend/propose?type=person")
    found = conforms(response.json(), PROPOSALS)
    names = [one["id"] for one in found["properties"]]
    assert (found["type"], names[0]) == ("person", "name")
    assert {"part_of", "removed_from_office.subject", "removed_from_office.object", "age.amount"} <= set(
        names
    )
    assert "area_burned.amount" not in names  # no claim says anything of the kind
    assert len(names) == len(set(names))


async def test_proposals_of_any_type_and_of_a_few(client: httpx.AsyncClient) -> None:
    every = (await client.get(f"{PATH}/extend/propose?type=")).json()
    assert every["type"] == ""
    few = conforms((await client.get(f"{PATH}/extend/propose?type=place&limit=3")).json(), PROPOSALS)
    assert (len(few["properties"]), few["limit"]) == (3, 3)
    assert len(every["properties"]) > len(few["properties"])

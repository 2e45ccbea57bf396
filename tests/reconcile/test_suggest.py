from typing import Any

import httpx
import pytest

from service.reconcile.suggest import ranked
from tests.reconcile.conftest import PATH
from tests.reconcile.protocol import ENTITIES, PROPERTIES, TYPES, conforms

SCHEMAS = {"entity": ENTITIES, "type": TYPES, "property": PROPERTIES}


async def suggest(client: httpx.AsyncClient, of: str, **params: Any) -> dict[str, Any]:
    response = await client.get(f"{PATH}/suggest/{of}", params=params)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = conforms(response.json(), SCHEMAS[of])
    return found


def ids(found: dict[str, Any]) -> list[str]:
    return [one["id"] for one in found["result"]]


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("toka", "kassym-jomart-tokayev"),
        ("Тока", "kassym-jomart-tokayev"),
        ("Nazarb", "nursultan-nazarbayev"),
        ("almaty", "almaty"),
        ("karim-masimov", "karim-masimov"),
    ],
)
async def test_the_beginning_of_a_name_finds_entities(
    client: httpx.AsyncClient, prefix: str, first: str
) -> None:
    assert ids(await suggest(client, "entity", prefix=prefix))[0] == first


async def test_an_id_finds_its_entity(client: httpx.AsyncClient) -> None:
    known = (await client.get("/v1/entities/astana")).json()["id"]
    assert ids(await suggest(client, "entity", prefix=known)) == ["astana"]


async def test_entities_of_one_type(client: httpx.AsyncClient) -> None:
    found = await suggest(client, "entity", prefix="nazarb", type="organization")
    assert {one["notable"][0]["id"] for one in found["result"]} == {"organization"}


async def test_an_empty_prefix_shows_everything_page_by_page(client: httpx.AsyncClient) -> None:
    seen: list[str] = []
    cursor: int | None = 0
    while cursor is not None:
        found = await suggest(client, "entity", prefix="", cursor=cursor, limit=25)
        seen += ids(found)
        cursor = found.get("cursor")
    total = (await client.get("/v1/entities?total=true")).json()["total"]
    assert len(seen) == len(set(seen)) == total


async def test_cursor_and_offset_skip_the_same(client: httpx.AsyncClient) -> None:
    whole = ids(await suggest(client, "entity", prefix="kazakh", limit=6))
    assert ids(await suggest(client, "entity", prefix="kazakh", limit=3, cursor=3)) == whole[3:]
    assert ids(await suggest(client, "entity", prefix="kazakh", limit=3, offset=3)) == whole[3:]


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("", ["person", "organization", "place", "event"]),
        ("organis", ["organization"]),
        ("Pers", ["person"]),
        ("country", ["place"]),
        ("place", ["place"]),
        ("zzz", []),
        ("?", []),
    ],
)
async def test_types(client: httpx.AsyncClient, prefix: str, found: list[str]) -> None:
    assert ids(await suggest(client, "type", prefix=prefix)) == found


async def test_properties_by_name_and_by_id(client: httpx.AsyncClient) -> None:
    assert ids(await suggest(client, "property", prefix="part of"))[0] == "part_of"
    assert ids(await suggest(client, "property", prefix="arrests.amount"))[0] == "arrests.amount"
    assert "arrests.amount" in ids(await suggest(client, "property", prefix="people arrested"))
    found = await suggest(client, "property", prefix="", limit=100)
    assert found["cursor"] == 100
    assert found["result"][0]["matchQualifiers"][0]["id"] == "exact"


async def test_properties_of_a_type(client: httpx.AsyncClient) -> None:
    assert ids(await suggest(client, "property", prefix="age.amount", type="person")) == ["age.amount"]
    assert ids(await suggest(client, "property", prefix="age.amount", type="place")) == []


@pytest.mark.parametrize("of", SCHEMAS)
async def test_what_openrefine_adds_is_ignored(client: httpx.AsyncClient, of: str) -> None:
    plain = await suggest(client, of, prefix="a")
    added = {
        "spell": "always",
        "exact": "false",
        "scoring": "schema",
        "prefixed": "true",
        "filter": ["x", "y"],
    }
    assert await suggest(client, of, prefix="a", **added) == plain


@pytest.mark.parametrize(
    ("params", "parameter"),
    [
        ({"prefix": "a" * 10_000}, "prefix"),
        ({"prefix": "a", "cursor": "x"}, "cursor"),
        ({"prefix": "a", "offset": -1}, "offset"),
        ({"prefix": "a", "limit": 0}, "limit"),
        ({"prefix": "a", "type": "dog"}, "type"),
        ({"prefix": "a", "colour": "red"}, "colour"),
    ],
)
async def test_bad_parameters_are_named(
    client: httpx.AsyncClient, params: dict[str, Any], parameter: str
) -> None:
    response = await client.get(f"{PATH}/suggest/entity", params=params)
    assert response.status_code == 400
    assert [one["parameter"] for one in response.json()["errors"]] == [parameter]


def test_whole_names_come_before_beginnings_and_these_before_the_middle() -> None:
    things = [("d", ("xab",)), ("c", ("x ab",)), ("b", ("abc",)), ("a", ("ab",)), ("e", ("x",))]
    assert ranked("AB", things) == ["a", "b", "c", "d"]

"""What OpenRefine sends, byte for byte as far as it matters: forms from its Java side, addresses that its
pages build.

The shapes are those of OpenRefine 3.9: `StandardReconConfig`, `GuessTypesOfColumnCommand`,
`ReconciledDataExtensionJob`, and the suggest widgets with the parameters that they add of their own.
"""

import json
from collections import Counter
from typing import Any
from urllib.parse import quote_plus

import httpx
import pytest

from tests.reconcile.conftest import PATH
from tests.reconcile.protocol import (
    ENTITIES,
    EXTENSION,
    MANIFEST,
    PROPERTIES,
    PROPOSALS,
    RESULTS,
    TYPES,
    conforms,
)

# Apache HttpClient, which names the charset of a form and accepts compressed answers
JAVA = {
    "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
    "User-Agent": "OpenRefine 3.9.5",
    "Accept-Encoding": "gzip, x-gzip, deflate",
}
# jQuery, dataType json, from the page of a local OpenRefine
PAGE = {"Accept": "application/json, text/javascript, */*; q=0.01", "Origin": "http://127.0.0.1:3333"}
WIDGET = {"spell": "always", "exact": "false", "prefixed": "true"}

CELLS = [
    *("Tokayev", "Kassym-Shomart Tokayev", "Назарбаев", "Nazarvaev", "Karim Masimov"),
    *("CTO", "Nur-Sultan", "Almaty", "Tokyo", "National Security Council of Kazakhstan"),
]
EXPECTED = [
    *("kassym-jomart-tokayev", "kassym-jomart-tokayev", "nursultan-nazarbayev", "nursultan-nazarbayev"),
    *("karim-masimov", "collective-security-treaty-organization", "astana", "almaty", None),
    "national-security-council-of-kazakhstan",
]


async def post(client: httpx.AsyncClient, field: str, value: Any) -> Any:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    response = await client.post(PATH, content=f"{field}={quote_plus(text)}".encode(), headers=JAVA)
    assert response.status_code == 200, response.text
    return response.json()


async def ajax(client: httpx.AsyncClient, url: str, params: dict[str, Any] | None = None) -> Any:
    response = await client.get(url, params=params, headers=PAGE)
    assert response.status_code == 200, response.text
    assert response.headers["access-control-allow-origin"] == "*"
    return response.json()


@pytest.fixture
async def manifest(client: httpx.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = conforms(await ajax(client, PATH), MANIFEST)
    return found


async def test_a_column_is_reconciled_in_a_batch_of_ten(client: httpx.AsyncClient) -> None:
    found = conforms(
        await post(client, "queries", {f"q{i}": {"query": cell} for i, cell in enumerate(CELLS)}), RESULTS
    )
    # With "auto-match candidates with high confidence" it takes the first candidate if `match` is true.
    results = [found[f"q{i}"]["result"] for i in range(len(CELLS))]
    assert [some[0]["id"] if some and some[0]["match"] else None for some in results] == EXPECTED


async def test_the_types_of_a_column_are_guessed(client: httpx.AsyncClient) -> None:
    cells = ["Tokajew", "Nazarbayev", "Masimov"]
    queries = {f"q{i}": {"query": cell, "limit": 3} for i, cell in enumerate(cells)}
    found = conforms(await post(client, "queries", queries), RESULTS)
    assert all(len(one["result"]) <= 3 for one in found.values())
    guessed = Counter(one["result"][0]["type"][0]["id"] for one in found.values())
    assert guessed == {"person": 3}


async def test_a_type_and_other_columns_take_part(client: httpx.AsyncClient) -> None:
    query = {
        "query": "Almaty",
        "type": "place",
        "type_strict": "should",
        "properties": [
            {"pid": "part_of", "v": {"id": "kazakhstan", "name": "Kazakhstan"}},  # a reconciled cell
            {"pid": "arrests.amount", "v": 1678},  # a number
            {"pid": "arrests.date", "v": "2022-01-12T00:00:00Z"},  # a date
            {"pid": "claims", "v": "many"},  # a text where a number would be right
        ],
        "limit": 5,
    }
    best = conforms(await post(client, "queries", {"q0": query}), RESULTS)["q0"]["result"][0]
    points = {one["id"]: one["value"] for one in best["features"]}
    assert best["id"] == "almaty"
    assert [points[f"property:{one['pid']}"] for one in query["properties"]] == [100, 100, 100, 0]
    assert best["match"] is False  # one column contradicts


async def test_columns_are_added_from_reconciled_values(
    client: httpx.AsyncClient, manifest: dict[str, Any]
) -> None:
    service = manifest["extend"]["propose_properties"]
    url = service["service_url"] + service["service_path"]
    proposed = conforms(await ajax(client, f"{url}?type=place"), PROPOSALS)
    conforms(await ajax(client, f"{url}?type="), PROPOSALS)  # a column reconciled against no type
    names = {one["id"]: one["name"] for one in proposed["properties"]}
    query = {
        "ids": ["almaty", "kazakhstan"],
        "properties": [
            {"id": "part_of", "name": names["part_of"], "settings": {}},
            {
                "id": "arrests.amount",
                "name": names["arrests.amount"],
                "settings": {"limit": "1", "claims": "any"},
            },
        ],
    }
    found = conforms(await post(client, "extend", query), EXTENSION)
    assert found["meta"] == [{"id": one, "name": names[one]} for one in ("part_of", "arrests.amount")]
    assert found["rows"]["almaty"]["part_of"] == [{"id": "kazakhstan", "name": "Kazakhstan"}]
    assert [len(row["arrests.amount"]) for row in found["rows"].values()] == [1, 1]


@pytest.mark.parametrize(
    ("of", "prefix", "first", "schema", "added"),
    [
        ("entity", "Toka", "kassym-jomart-tokayev", ENTITIES, {}),
        ("type", "per", "person", TYPES, {"scoring": "schema"}),
        ("property", "part", "part_of", PROPERTIES, {"scoring": "schema", "type": "place"}),
    ],
)
async def test_fields_are_completed(
    client: httpx.AsyncClient,
    manifest: dict[str, Any],
    of: str,
    prefix: str,
    first: str,
    schema: dict[str, Any],
    added: dict[str, str],
) -> None:
    service = manifest["suggest"][of]
    params = {"prefix": prefix, **WIDGET, **added}
    found = conforms(await ajax(client, service["service_url"] + service["service_path"], params), schema)
    assert found["result"][0]["id"] == first
    if "cursor" in found:  # "view more"
        conforms(
            await ajax(
                client, service["service_url"] + service["service_path"], params | {"cursor": found["cursor"]}
            ),
            schema,
        )


async def test_candidates_are_previewed_and_linked(
    client: httpx.AsyncClient, manifest: dict[str, Any]
) -> None:
    preview = await client.get(manifest["preview"]["url"].replace("{{id}}", "karim-masimov"))
    assert "Karim Masimov" in preview.text
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    view = await client.get(manifest["view"]["url"].replace("{{id}}", "karim-masimov"))
    assert view.json()["name"] == "Karim Masimov"


async def test_cells_that_hold_ids_stand_for_their_entities(
    client: httpx.AsyncClient, manifest: dict[str, Any]
) -> None:
    """Use values as identifiers takes an identifier, or its address in the identifier space."""
    address = manifest["identifierSpace"] + "astana"
    assert (await client.get(address)).json()["slug"] == "astana"
    found = await post(client, "extend", {"ids": ["astana"], "properties": [{"id": "name"}]})
    assert found["rows"]["astana"]["name"] == [{"str": "Astana"}]


async def test_old_versions_speak_jsonp_and_single_queries(client: httpx.AsyncClient) -> None:
    params = {"query": json.dumps({"query": "CTO", "limit": 1}), "callback": "cb", "_": "1"}
    response = await client.get(PATH, params=params)
    assert response.text.startswith("/**/cb({")
    found = json.loads(response.text.removeprefix("/**/cb(").removesuffix(");"))
    assert found["result"][0]["id"] == "collective-security-treaty-organization"
    assert (await client.get(PATH, params={"query": "Tokajew"})).json()["result"][0]["match"] is True
    posted = await client.post(PATH, content=b"query=Tokajew", headers=JAVA)
    assert posted.json()["result"][0]["id"] == "kassym-jomart-tokayev"

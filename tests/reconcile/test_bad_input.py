"""Whatever is sent, the answer is an answer or a problem that says where the mistake is."""

import json
from typing import Any

import httpx
import pytest

from service.reconcile.reading import BATCH, MOST_IDS
from tests.reconcile.conftest import PATH

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def problem(response: httpx.Response, status: int = 400) -> list[dict[str, str]]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    errors: list[dict[str, str]] = response.json().get("errors", [])
    return errors


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[]", "expected an object"),
        ("null", "expected an object"),
        ('"Almaty"', "expected an object"),
        ('{"q": {"query": "a"}, "q": {"query": "b"}}', "stands twice"),
        ('{"q": {"query": NaN}}', "no JSON number"),
        ('{"q": {"query": "\\u0000"}}', "NUL"),
        ('{"q": {"query": "\\ud800"}}', "surrogate"),
        ("[" * 100_000, "nested too deeply"),
        ('{"q": {"query": ""}}', "/q/query"),
        ('{"q": {"query": "   "}}', "/q: neither a query nor properties"),
        ('{"q": {}}', "/q: neither a query nor properties"),
        ('{"q": []}', "/q: expected an object"),
        ('{"q": {"query": 5}}', "/q/query: expected text"),
        ('{"q": {"querry": "a"}}', "/q/querry: unknown member"),
        ('{"q": {"query": "a", "limit": 0}}', "/q/limit"),
        ('{"q": {"query": "a", "limit": 1000}}', "/q/limit"),
        ('{"q": {"query": "a", "limit": "many"}}', "/q/limit"),
        ('{"q": {"query": "a", "type": "dog"}}', "/q/type: unknown type 'dog'"),
        ('{"q": {"query": "a", "type": ["place", "dog"]}}', "/q/type: unknown type 'dog'"),
        ('{"q": {"query": "a", "type_strict": "very"}}', "/q/type_strict"),
        ('{"q": {"query": "a", "properties": {}}}', "/q/properties"),
        (
            '{"q": {"query": "a", "properties": [{"pid": "height", "v": 1}]}}',
            "/q/properties/0/pid: unknown property",
        ),
        ('{"q": {"query": "a", "properties": [{"pid": "part_of"}]}}', "/q/properties/0/v: v is required"),
        ('{"q": {"query": "a", "properties": [{"pid": "part_of", "v": null}]}}', "/q/properties/0/v"),
        (
            '{"q": {"query": "a", "properties": [{"pid": "part_of", "v": {"name": "x"}}]}}',
            "/q/properties/0/v",
        ),
        ('{"a/b": {"query": 1}}', "/a~1b/query"),
        (json.dumps({"q": {"query": "a" * 10_000}}), "/q/query"),
    ],
)
async def test_queries_say_where_they_are_wrong(client: httpx.AsyncClient, text: str, said: str) -> None:
    for response in (
        await client.post(PATH, data={"queries": text}),
        await client.get(PATH, params={"queries": text}) if len(text) < 20_000 else None,
    ):
        if response is not None:
            errors = problem(response)
            assert {one["parameter"] for one in errors} == {"queries"}
            assert any(said in one["detail"] for one in errors), errors


async def test_all_errors_come_at_once(client: httpx.AsyncClient) -> None:
    queries = {
        "a": {"query": "a", "type": "dog", "properties": [{"pid": "x", "v": 1}]},
        "b": {"query": 1, "limit": 0},
    }
    errors = problem(await client.post(PATH, data={"queries": json.dumps(queries)}))
    places = [one["detail"].split(": ")[1] for one in errors]
    assert sorted(places) == ["/a/properties/0/pid", "/a/type", "/b/limit", "/b/query"]


async def test_a_batch_without_queries_is_answered(client: httpx.AsyncClient) -> None:
    response = await client.post(PATH, data={"queries": "{}"})
    assert (response.status_code, response.json()) == (200, {})


async def test_a_batch_may_have_as_many_queries_as_the_manifest_says(client: httpx.AsyncClient) -> None:
    assert (await client.get(PATH)).json()["batchSize"] == BATCH
    full = {str(number): {"query": f"Almaty {number}"} for number in range(BATCH)}
    response = await client.post(PATH, data={"queries": json.dumps(full)})
    assert list(response.json()) == list(full)
    more = json.dumps(full | {"more": {"query": "a"}})
    problem(await client.post(PATH, data={"queries": more}), 413)
    draft = {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "a"}]}] * (BATCH + 1)}
    problem(await client.post(f"{PATH}/match", json=draft), 413)


@pytest.mark.parametrize(
    ("body", "parameters"),
    [
        (b"", ["queries"]),
        (b"queries=%7B%7D&extend=%7B%7D", ["queries", "extend"]),
        (b"queries=%7B%7D&queries=%7B%7D", ["queries"]),
        (b"querys=%7B%7D", ["querys"]),
        (b"queries=%ff", ["queries"]),
        (b"queries=%00", ["queries"]),
        (b"\xff\xfe=1", ["��"]),
    ],
)
async def test_forms_have_one_field(client: httpx.AsyncClient, body: bytes, parameters: list[str]) -> None:
    errors = problem(await client.post(PATH, content=body, headers=FORM))
    assert [one["parameter"] for one in errors] == parameters


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("", "application/json"),
        ("", "multipart/form-data; boundary=x"),
        ("", None),
        ("/match", "application/x-www-form-urlencoded"),
        ("/extend", "text/plain"),
    ],
)
async def test_bodies_of_another_kind(client: httpx.AsyncClient, path: str, media_type: str | None) -> None:
    headers = {} if media_type is None else {"Content-Type": media_type}
    problem(await client.post(PATH + path, content=b"{}", headers=headers), 415)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("{}", "ids is required"),
        ('{"ids": ["almaty"]}', "properties is required"),
        ('{"ids": ["almaty"], "properties": []}', "/properties"),
        ('{"ids": "almaty", "properties": [{"id": "name"}]}', "/ids"),
        ('{"ids": [1], "properties": [{"id": "name"}]}', "/ids/0"),
        (
            '{"ids": ["almaty"], "properties": [{"id": "height"}]}',
            "/properties/0/id: unknown property 'height'",
        ),
        ('{"ids": ["almaty"], "properties": ["name"]}', "/properties/0"),
        ('{"ids": ["almaty"], "properties": [{"id": "name", "settings": {"limit": -1}}]}', "settings/limit"),
        ('{"ids": ["almaty"], "properties": [{"id": "name", "settings": {"limit": "x"}}]}', "settings/limit"),
        (
            '{"ids": ["almaty"], "properties": [{"id": "name", "settings": {"claims": "all"}}]}',
            "settings/claims",
        ),
        ("[]", "expected an object"),
    ],
)
async def test_data_extension_says_where_it_is_wrong(
    client: httpx.AsyncClient, query: str, said: str
) -> None:
    form = problem(await client.post(PATH, data={"extend": query}))
    assert any(said in one["detail"] for one in form), form
    headers = {"Content-Type": "application/json"}
    draft = problem(await client.post(f"{PATH}/extend", content=query, headers=headers))
    assert any(said in f"{one['pointer']}: {one['detail']}" for one in draft), draft


async def test_too_many_ids(client: httpx.AsyncClient) -> None:
    query = {"ids": [str(number) for number in range(MOST_IDS + 1)], "properties": [{"id": "name"}]}
    problem(await client.post(PATH, data={"extend": json.dumps(query)}), 413)


def condition(**members: Any) -> dict[str, Any]:
    return {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "a"} | members]}]}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/queries"),
        ({"queries": {}}, "/queries"),
        ({"queries": []}, "/queries"),
        ({"queries": [1]}, "/queries/0"),
        ({"queries": [{}]}, "/queries/0/conditions"),
        ({"queries": [{"conditions": []}]}, "/queries/0/conditions"),
        ({"queries": [{"query": "a"}]}, "/queries/0/query"),
        ({"queries": [{"conditions": [{"matchType": "name"}]}]}, "/queries/0/conditions/0/propertyValue"),
        (condition(matchType="colour"), "/queries/0/conditions/0/matchType"),
        (condition(matchType="property"), "/queries/0/conditions/0"),
        (condition(matchType="property", propertyId="height"), "/queries/0/conditions/0/propertyId"),
        (condition(matchQualifier="fuzzy"), "/queries/0/conditions/0/matchQualifier"),
        (condition(matchQuantifier="most"), "/queries/0/conditions/0/matchQuantifier"),
        (condition(required="yes"), "/queries/0/conditions/0/required"),
        (condition() | {"queries": [condition()["queries"][0] | {"type": "dog"}]}, "/queries/0/type"),
        (condition() | {"queries": [condition()["queries"][0] | {"type": ["place"]}]}, "/queries/0/type"),
    ],
)
async def test_the_draft_points_at_what_is_wrong(client: httpx.AsyncClient, body: Any, pointer: str) -> None:
    errors = problem(await client.post(f"{PATH}/match", json=body))
    assert pointer in [one["pointer"] for one in errors]


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"query": 1}', '{"query": "a", "type": "dog"}', '{"q": {"query": "a"}}']
)
async def test_single_queries(client: httpx.AsyncClient, text: str) -> None:
    response = await client.get(PATH, params={"query": text})
    if text == "[]":  # a name like any other
        assert response.json() == {"result": []}
    else:
        assert {one["parameter"] for one in problem(response)} == {"query"}


@pytest.mark.parametrize(
    "text", ["' OR 1=1 --", "%", "_", "\\", "a%b_c\\", "&|!():*", "💥" * 300, "Ａｌｍａｔｙ", "א" * 999]
)
async def test_strange_names_are_names(client: httpx.AsyncClient, text: str) -> None:
    response = await client.post(PATH, data={"queries": json.dumps({"q": {"query": text}})})
    assert response.status_code == 200
    assert "errors" not in response.json()["q"]


@pytest.mark.parametrize("value", [1e308, -1, 10**40, True, "9" * 400, "1e999", "nan", "", " ", "2022-13-45"])
async def test_strange_values_agree_with_nothing(client: httpx.AsyncClient, value: Any) -> None:
    for pid in ("arrests.amount", "arrests.date", "part_of", "name", "uuid"):
        query = {"query": "Kazakhstan", "limit": 100, "properties": [{"pid": pid, "v": value}]}
        response = await client.post(PATH, data={"queries": json.dumps({"q": query})})
        assert response.status_code in (200, 400)
        if response.status_code == 200:
            best = next(one for one in response.json()["q"]["result"] if one["id"] == "kazakhstan")
            agreed = {one["id"]: one["value"] for one in best["features"]}
            assert agreed.get(f"property:{pid}", 0) < 60


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
async def test_other_methods(client: httpx.AsyncClient, method: str) -> None:
    problem(await client.request(method, PATH), 405)


async def test_unknown_parameters(client: httpx.AsyncClient) -> None:
    assert [one["parameter"] for one in problem(await client.get(f"{PATH}?quieries=1"))] == ["quieries"]
    assert [
        one["parameter"] for one in problem(await client.post(f"{PATH}?x=1", data={"queries": "{}"}))
    ] == ["x"]

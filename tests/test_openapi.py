"""The OpenAPI document: valid, complete, stable, and true."""

from pathlib import Path
from typing import Any

import httpx
import jsonschema
import msgspec
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from service.web.openapi import EXAMPLES, TAGS, build
from service.web.params import key
from service.web.problems import TITLES
from tests.contract import (
    Operation,
    at_one_time,
    filled_lists,
    gets,
    live_examples,
    offline_app,
    operations,
    questions,
    writes,
)
from tests.curation.helpers import curating

Json = dict[str, Any]

DOCUMENT: Json = msgspec.json.decode(msgspec.json.encode(build(offline_app())))
OPERATIONS = Path(__file__).with_name("operations.txt")
PROBLEM: Json = {"schema": {"$ref": "#/components/schemas/Problem"}}


def described() -> list[Any]:
    return [
        pytest.param(path, method, operation, id=operation["operationId"])
        for path, item in DOCUMENT["paths"].items()
        for method, operation in item.items()
    ]


def validator(schema: Json) -> jsonschema.Draft202012Validator:
    """Of a schema that refers to the components of the document."""
    return jsonschema.Draft202012Validator({**schema, "components": DOCUMENT["components"]})


def test_it_is_a_valid_openapi_3_1_document() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []
    for name, schema in DOCUMENT["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert name.isidentifier(), f"{name} is no name for a client's class"


async def test_the_service_answers_with_this_document(client: httpx.AsyncClient) -> None:
    answer = await client.get("/openapi.json")
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.1"
    assert answer.json() == DOCUMENT


def test_operations_keep_their_ids() -> None:
    """Clients generate functions from the ids; the file lists those that were ever published."""
    now = {f"{one.id} {one.method.upper()} {one.template}" for one in operations().values()}
    published = set(OPERATIONS.read_text().splitlines())
    assert published - now == set(), "a published operation is gone or was renamed"
    assert now - published == set(), f"new operations: add them to {OPERATIONS.name}"
    ids = [operation["operationId"] for item in DOCUMENT["paths"].values() for operation in item.values()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("path", "method", "operation"), described())
def test_every_operation_is_described(path: str, method: str, operation: Json) -> None:
    assert 5 < len(operation["summary"]) < 60
    assert not operation["summary"].endswith(".")
    assert operation["description"].endswith(".")
    (tag,) = operation["tags"]
    assert tag in TAGS
    for parameter in operation["parameters"]:
        assert len(parameter["description"]) > 5, parameter["name"]
        assert parameter["description"].endswith((".", "!")), parameter["description"]
        assert parameter["schema"]
        assert parameter["required"] == (
            parameter["in"] == "path" or "default" not in parameter["schema"]
        ) or (parameter["in"] == "query")
    assert {one["name"] for one in operation["parameters"] if one["in"] == "path"} == {
        part.strip("{}") for part in path.split("/") if part.startswith("{")
    }


@pytest.mark.parametrize(("path", "method", "operation"), described())
def test_every_error_an_operation_can_answer_is_a_problem(path: str, method: str, operation: Json) -> None:
    errors = {code: answer for code, answer in operation["responses"].items() if code >= "400"}
    assert {"400", "500", "503"} <= set(errors)
    if "{" in path:
        assert "404" in errors
    if "requestBody" in operation:
        assert "415" in errors
    if "security" in operation:
        assert {"401", "403"} <= set(errors)
    for code, answer in errors.items():
        (content,) = answer["content"].values()
        assert answer["content"] == {"application/problem+json": {**PROBLEM, "example": content["example"]}}
        validator(content["schema"]).validate(content["example"])
        assert content["example"]["status"] == int(code)
        assert answer["description"] == TITLES[int(code)]


@pytest.mark.parametrize("operation", gets(), ids=lambda one: one.id)
def test_every_get_tells_how_it_is_cached_and_paged(operation: Operation) -> None:
    responses = DOCUMENT["paths"][operation.template]["get"]["responses"]
    assert "304" in responses
    assert "ETag" in responses["200"]["headers"]
    if operation.is_list:
        assert "406" in responses
        assert "Link" in responses["200"]["headers"]
        assert set(responses["200"]["content"]) == {"application/json", "application/x-ndjson", "text/csv"}


def test_tags_come_in_reading_order_with_the_operations_under_them() -> None:
    names = [tag["name"] for tag in DOCUMENT["tags"]]
    assert names == [name for name in TAGS if name in names]
    order = [
        min(names.index(operation["tags"][0]) for operation in item.values())
        for item in DOCUMENT["paths"].values()
    ]
    assert order == sorted(order)
    assert all(tag["description"] for tag in DOCUMENT["tags"])


@pytest.mark.parametrize("operation", gets(), ids=lambda one: one.id)
async def test_real_answers_fit_the_schema(client: httpx.AsyncClient, operation: Operation) -> None:
    content = DOCUMENT["paths"][operation.template]["get"]["responses"]["200"]["content"]
    queries = [operation.example.get("query", {})]
    if operation.is_list:
        queries.append({**operation.required, "limit": 100, "total": "true"})
    for query in queries:
        answer = await client.get(operation.path, params=query)
        assert answer.status_code == 200, answer.text
        media_type = answer.headers["content-type"].partition(";")[0]
        if "json" in media_type:
            validator(content[media_type]["schema"]).validate(answer.json())
        else:
            assert media_type in content


@pytest.mark.parametrize("kind", ["fact", "entity", "article"])
async def test_every_single_answer_of_the_seeds_fits_the_schema(client: httpx.AsyncClient, kind: str) -> None:
    plural = {"entity": "entities"}.get(kind, f"{kind}s")
    paths = DOCUMENT["paths"]
    for template in (
        path for path in paths if path.startswith(f"/v1/{plural}/{{{kind}}}") and "get" in paths[path]
    ):
        content = paths[template]["get"]["responses"]["200"]["content"]
        check = validator(content["application/json"]["schema"])
        for item in (await client.get(f"/v1/{plural}?limit=100")).json()["items"][::5]:
            answer = await client.get(template.replace(f"{{{kind}}}", item["slug"]))
            check.validate(answer.json())


async def test_a_schema_refuses_what_is_not_an_answer(client: httpx.AsyncClient) -> None:
    """Guards the tests above against schemas that take anything."""
    fact = (await client.get("/v1/facts?limit=1")).json()["items"][0]
    check = validator({"$ref": "#/components/schemas/FactSummary"})
    check.validate(fact)
    for wrong in (
        {**fact, "agreement": {**fact["agreement"], "status": "sure"}},
        {**fact, "title": None},
        {name: value for name, value in fact.items() if name != "preferred"},
    ):
        assert not check.is_valid(wrong)


@pytest.mark.parametrize(
    "url", ["/v1/claims?limit=0&x=1", "/v1/claims/00000000-0000-4000-8000-000000000000", "/v1/nothing"]
)
async def test_problems_fit_their_schema(client: httpx.AsyncClient, url: str) -> None:
    check = validator({"$ref": "#/components/schemas/Problem"})
    check.validate((await client.get(url)).json())


@pytest.mark.parametrize("operation", gets(), ids=lambda one: one.id)
async def test_a_parameter_takes_the_examples_and_defaults_that_it_documents(
    client: httpx.AsyncClient, operation: Operation
) -> None:
    parameters = DOCUMENT["paths"][operation.template]["get"]["parameters"]
    known = operation.parameters
    for parameter in parameters:
        if parameter["in"] == "path":
            assert parameter["example"] == operation.example["path"][parameter["name"]]
            continue
        schema = parameter["schema"]
        for text in [
            *schema.get("examples", []),
            *([parameter["example"]] if "example" in parameter else []),
        ]:
            known[parameter["name"]].convert(str(text))
        if "default" in schema:
            query = {**operation.required, parameter["name"]: str(schema["default"]).lower()}
            answer = await client.get(operation.path, params=query)
            assert answer.status_code == 200, f"{parameter['name']}={schema['default']}"


async def test_examples_are_the_real_answers(client: httpx.AsyncClient) -> None:
    written = msgspec.json.decode(EXAMPLES.read_bytes())
    live = await live_examples(client)
    for one in [*gets(), *questions()]:
        assert one.id in written, f"{one.id} needs an entry in {EXAMPLES.name}"
        assert at_one_time(written[one.id].get("response")) == live[one.id]["response"], (
            f"{one.id}: its example is out of date; run `python -m tests.contract`"
        )
        content = DOCUMENT["paths"][one.template][one.method]["responses"]["200"]["content"][one.media_type]
        assert content["example"] == written[one.id]["response"]
        validator(content["schema"]).validate(content["example"])
        if one in filled_lists():
            assert content["example"]["items"], f"the example of {one.id} shows nothing"
    assert "post_extract" in {one.id for one in questions()}
    assert set(written) <= set(operations())


def test_every_body_has_an_example_as_it_is_described() -> None:
    for one in operations().values():
        found = DOCUMENT["paths"][one.template][one.method].get("requestBody", {"content": {}})["content"]
        for media_type, content in found.items():
            assert content["example"] == one.example["request"], one.id
            bodies = [content["example"]]
            if media_type == "application/x-ndjson":
                bodies = [msgspec.json.decode(line) for line in content["example"].splitlines()]
            for body in bodies:
                validator(content["schema"]).validate(body)


@pytest.mark.parametrize("operation", writes(), ids=lambda one: one.id)
async def test_every_change_can_be_made_as_its_example_shows(own_database: str, operation: Operation) -> None:
    """Pasted as it stands, with a key and the header that the document gives."""
    described = DOCUMENT["paths"][operation.template][operation.method]
    headers = {
        one["name"]: one["example"] for one in described["parameters"] if one["in"] == "header"
    } | operation.sent.get("headers", {})
    async with curating(own_database, "admin") as client:
        sent = {name: value for name, value in operation.sent.items() if name != "headers"}
        answer = await client.request(operation.method, operation.url, headers=headers, **sent)
    assert str(answer.status_code) in described["responses"]
    assert answer.is_success, answer.text
    if operation.id == "post_imports":
        assert [msgspec.json.decode(line)["status"] for line in answer.iter_lines()] == [201, 201]


def test_what_needs_a_header_says_so() -> None:
    for one in operations().values():
        described = DOCUMENT["paths"][one.template][one.method]
        headers = [found["name"] for found in described["parameters"] if found["in"] == "header"]
        assert headers == (["If-Match"] if "428" in described["responses"] else []), one.id


@pytest.mark.parametrize(
    "text", ["almaty", "removed_from_office", "a-1", "3f5f882c-6b9b-5e19-a4fc-3fee814a73fd"]
)
def test_keys_are_described_as_they_are_read(text: str) -> None:
    (schema,) = {
        msgspec.json.encode(one["schema"] | {"examples": []})
        for item in DOCUMENT["paths"].values()
        for operation in item.values()
        for one in operation["parameters"]
        if one["schema"].get("format") == "slug-or-uuid"
    }
    check = validator(msgspec.json.decode(schema))
    assert key(text)
    assert check.is_valid(text)
    for wrong in (text.upper()[:-1] + "!", "", f"-{text}", f"{text} ", "x" * 121):
        with pytest.raises(ValueError, match="expected a UUID or a slug"):
            key(wrong)
        assert not check.is_valid(wrong)

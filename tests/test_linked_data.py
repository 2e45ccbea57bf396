"""Linked data through HTTP: only terms of schema.org and the annotation model, only IRIs that answer."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

LD = "application/ld+json"
ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'

# The properties of schema.org that may stand on each type, as far as the service uses them.
THING = {"identifier", "name", "description", "url"}
CREATIVE_WORK = THING | {
    "about",
    "author",
    "creditText",
    "datePublished",
    "hasPart",
    "headline",
    "inLanguage",
    "isBasedOn",
    "isPartOf",
    "mainEntity",
    "publisher",
    "spatialCoverage",
    "temporalCoverage",
    "text",
    "workExample",
}
PROPERTIES = {
    "Claim": CREATIVE_WORK | {"appearance", "firstAppearance"},
    "NewsArticle": CREATIVE_WORK | {"articleBody"},
    "Quotation": CREATIVE_WORK,
    "Collection": CREATIVE_WORK | {"collectionSize"},
    "PropertyValue": THING | {"propertyID", "value", "minValue", "maxValue", "unitText"},
    "Person": THING,
    "Organization": THING,
    "Place": THING,
    "Event": THING,
}
# What may stand as a property's value, where the service gives a node.
VALUES = {
    "appearance": {"NewsArticle"},
    "firstAppearance": {"NewsArticle"},
    "author": {"Person", "Organization"},
    "publisher": {"Organization"},
    "spatialCoverage": {"Place"},
    "isPartOf": {"Collection"},
    "hasPart": {"Claim"},
    "workExample": {"Claim"},
    "mainEntity": {"PropertyValue"},
    "isBasedOn": {"Quotation", "NewsArticle"},
    "identifier": {"PropertyValue"},
}


async def linked(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    answer = await client.get(path, headers={"Accept": LD})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == LD
    document: dict[str, Any] = answer.json()
    return document


async def all_claims(client: httpx.AsyncClient, **params: Any) -> list[dict[str, Any]]:
    answer = await client.get("/v1/claims", params={"limit": 100, **params})
    return list(answer.json()["items"])


def nodes(value: Any, of: str | None = None) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Every node of a document with the property whose value it is."""
    if isinstance(value, list):
        for one in value:
            yield from nodes(one, of)
    elif isinstance(value, dict):
        yield of, value
        for name, inner in value.items():
            yield from nodes(inner, name)


def check_terms(document: dict[str, Any]) -> None:
    assert document["@context"] == "https://schema.org"
    for of, node in nodes(document):
        if set(node) == {"@id"}:
            continue
        assert node["@type"] in PROPERTIES, node
        names = {name for name in node if not name.startswith("@")}
        assert names <= PROPERTIES[node["@type"]], names - PROPERTIES[node["@type"]]
        assert all(value is not None and value != [] for value in node.values())
        if of in VALUES:
            assert node["@type"] in VALUES[of], (of, node)


def iris(document: dict[str, Any]) -> set[str]:
    found = {node["@id"] for _, node in nodes(document) if "@id" in node}
    return found | {node["propertyID"] for _, node in nodes(document) if "/" in node.get("propertyID", "")}


PATHS = [
    "/v1/articles/military-alliance-consults",
    "/v1/articles/csto-troops-to-leave",
    "/v1/facts/arrests-kazakhstan-2022-01",
    "/v1/facts/arrests-kazakhstan-2022-01?as_of=2022-01-11",
    "/v1/facts/removed-from-office-nursultan-nazarbayev-national-security-council-of-kazakhstan",
]


@pytest.mark.parametrize("path", PATHS)
async def test_only_terms_of_schema_org_and_iris_that_answer(client: httpx.AsyncClient, path: str) -> None:
    document = await linked(client, path)
    check_terms(document)
    for iri in iris(document):
        parts = urlsplit(iri)
        assert (parts.scheme, parts.netloc) == ("http", "test")
        assert (await client.get(parts.path)).status_code == 200, iri


async def test_every_claim_and_every_fact_keeps_to_the_terms(client: httpx.AsyncClient) -> None:
    for claim in await all_claims(client):
        check_terms(await linked(client, f"/v1/claims/{claim['id']}"))
    for fact in (await client.get("/v1/facts?limit=100")).json()["items"]:
        check_terms(await linked(client, f"/v1/facts/{fact['slug']}"))


async def test_nothing_is_reviewed(client: httpx.AsyncClient) -> None:
    for path in PATHS:
        assert "Review" not in (await client.get(path, headers={"Accept": LD})).text


async def test_iris_begin_where_the_client_sees_the_service(client: httpx.AsyncClient) -> None:
    answer = await client.get(PATHS[0], headers={"Accept": LD, "Host": "facts.example:8080"})
    assert answer.json()["@id"] == "http://facts.example:8080/v1/articles/military-alliance-consults"


# --- claims ----------------------------------------------------------------------------------------------


async def test_a_claim_is_based_on_the_words_of_its_article(client: httpx.AsyncClient) -> None:
    for claim in await all_claims(client, limit=20):
        document = await linked(client, f"/v1/claims/{claim['id']}")
        assert document["@type"] == "Claim"
        assert document["text"] == claim["statement"]
        quotation, article = document["isBasedOn"], f"http://test/v1/articles/{claim['article']['slug']}"
        assert quotation["@type"] == "Quotation"
        assert quotation["text"] == claim["evidence"]["selectors"][0]["exact"]
        assert quotation["isBasedOn"] == {"@id": article}
        assert document["appearance"]["@id"] == article


async def test_the_author_is_the_origin_of_the_claim_or_nobody(client: httpx.AsyncClient) -> None:
    seen = set()
    for claim in await all_claims(client):
        author = (await linked(client, f"/v1/claims/{claim['id']}")).get("author")
        origin = next((link for link in claim["attribution"] if link["role"] == "origin"), None)
        if claim["modality"] in ("denied", "retracted"):
            assert author is None
            seen.add("not theirs")
        elif origin is not None:
            if origin["entity"] is None:
                assert author is None
                seen.add("unknown")
            elif author is not None:
                assert author["@id"] == f"http://test/v1/entities/{origin['entity']['slug']}"
                seen.add("origin")
        elif author is not None:
            assert (claim["modality"], claim["attribution"]) == ("asserted", [])
            assert author["@id"] == f"http://test/v1/sources/{claim['article']['source']['slug']}"
            seen.add("own voice")
    assert {"origin", "own voice"} <= seen


async def test_a_hedged_figure_keeps_its_bounds(client: httpx.AsyncClient) -> None:
    seen = set()
    for claim in await all_claims(client, predicate="arrests"):
        value = claim["value"]
        figure = (await linked(client, f"/v1/claims/{claim['id']}")).get("mainEntity")
        if value is None:
            assert figure is None
            continue
        assert figure["propertyID"] == "http://test/v1/predicates/arrests"
        assert figure.get("value") == value["amount"]
        if value["qualifier"] == "nearly":
            assert (figure["maxValue"], "minValue" in figure) == (value["upper"], False)
        seen.add(value["qualifier"])
    assert {"exact", "nearly"} <= seen


# --- facts and articles ----------------------------------------------------------------------------------


async def test_a_fact_is_a_collection_of_its_positions(client: httpx.AsyncClient) -> None:
    fact = (await client.get("/v1/facts/arrests-kazakhstan-2022-01")).json()
    document = await linked(client, "/v1/facts/arrests-kazakhstan-2022-01")
    assert document["@type"] == "Collection"
    assert document["collectionSize"] == len(document["hasPart"]) == len(fact["positions"])
    for node, position in zip(document["hasPart"], fact["positions"], strict=True):
        examples = [one["@id"] for one in node["workExample"]]
        assert examples == [f"http://test/v1/claims/{claim}" for claim in position["claims"]]
        days = sorted(one["datePublished"] for one in node["appearance"])
        if len(days) == 1 or days[0] < days[1]:
            assert node["firstAppearance"]["datePublished"] == days[0] == position["first_reported"]
        else:
            assert "firstAppearance" not in node


async def test_an_article_carries_its_text_and_its_publisher(client: httpx.AsyncClient) -> None:
    article = (await client.get(PATHS[0])).json()
    document = await linked(client, PATHS[0])
    assert document["@type"] == "NewsArticle"
    assert (document["headline"], document["articleBody"]) == (article["title"], article["text"])
    assert document["datePublished"] == article["published_at"]
    assert document["publisher"]["@id"] == f"http://test/v1/sources/{article['source']['slug']}"
    assert {"@type": "PropertyValue", "propertyID": "sha256", "value": article["sha256"]} in document[
        "identifier"
    ]


# --- evidence --------------------------------------------------------------------------------------------


async def test_evidence_is_an_annotation_of_the_articles_plain_text(client: httpx.AsyncClient) -> None:
    for claim in await all_claims(client):
        path = f"/v1/claims/{claim['id']}/evidence"
        answer = await client.get(path)
        assert answer.headers["content-type"] == ANNOTATION
        found = answer.json()
        assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert (found["id"], found["type"]) == (f"http://test{path}", "Annotation")
        link, text = found["body"]
        assert link["source"] == f"http://test/v1/claims/{claim['id']}"
        assert text["value"] == claim["statement"]
        target = found["target"]
        header, _, media_type = target["state"]["value"].partition(": ")
        article = await client.get(urlsplit(target["source"]).path, headers={header: media_type})
        assert article.headers["content-type"] == "text/plain; charset=utf-8"
        quote, position = target["selector"]
        assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert article.text[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in article.text


async def test_evidence_of_no_claim_is_a_problem(client: httpx.AsyncClient) -> None:
    missing = await client.get("/v1/claims/00000000-0000-4000-8000-000000000000/evidence")
    assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")
    assert (await client.get("/v1/claims/almaty/evidence")).status_code == 400


# --- negotiation -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS[:3])
@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
        ("application/*", "application/json"),
        ("application/ld+json", LD),
        (ANNOTATION, LD),
        ("application/json;q=0.5, application/ld+json", LD),
    ],
)
async def test_the_accept_header_decides(
    client: httpx.AsyncClient, path: str, accept: str | None, media_type: str
) -> None:
    answer = await client.get(path, headers={"Accept": accept} if accept else {})
    assert answer.headers["content-type"] == media_type
    assert "Accept" in answer.headers["vary"]


async def test_each_representation_has_its_own_etag(client: httpx.AsyncClient) -> None:
    tags = set()
    for accept in ("application/json", LD, "text/plain"):
        answer = await client.get(PATHS[0], headers={"Accept": accept})
        tags.add(answer.headers["etag"])
        again = await client.get(
            PATHS[0], headers={"Accept": accept, "If-None-Match": answer.headers["etag"]}
        )
        assert (again.status_code, again.content) == (304, b"")
        head = await client.head(PATHS[0], headers={"Accept": accept})
        assert (head.headers["etag"], head.content) == (answer.headers["etag"], b"")
    assert len(tags) == 3


@pytest.mark.parametrize("path", PATHS[:3])
async def test_a_form_that_is_not_offered_is_a_problem_that_lists_the_offer(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path, headers={"Accept": "text/csv"})
    assert answer.status_code == 406
    assert "application/ld+json" in answer.json()["errors"][0]["detail"]


async def test_the_document_lists_the_forms(client: httpx.AsyncClient) -> None:
    paths = (await client.get("/openapi.json")).json()["paths"]
    for path in ("/v1/claims/{claim}", "/v1/facts/{fact}", "/v1/articles/{article}"):
        assert {"application/json", LD} <= set(paths[path]["get"]["responses"]["200"]["content"])

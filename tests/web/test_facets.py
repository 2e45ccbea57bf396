"""Facets through HTTP: what a count promises is that the filter it names has that total."""

import httpx
import pytest

from service.web import facets as service_facets

CLAIM_FACETS = [
    "predicate",
    "source",
    "article",
    "fact",
    "subject",
    "object",
    "place",
    "entity",
    "speaker",
    "modality",
    "extent",
]


async def facets(client: httpx.AsyncClient, path: str, **params: str) -> dict[str, list[dict[str, object]]]:
    answer = await client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, list[dict[str, object]]] = answer.json()["facets"]
    return found


async def total(client: httpx.AsyncClient, path: str, **params: object) -> int:
    answer = await client.get(path, params={**params, "total": "true", "limit": 1})
    assert answer.status_code == 200, answer.text
    found: int = answer.json()["total"]
    return found


@pytest.mark.parametrize(
    ("path", "names", "filters"),
    [
        ("/v1/claims", CLAIM_FACETS, {}),
        ("/v1/claims", CLAIM_FACETS, {"entity": "almaty", "reported_from": "2022-01-11"}),
        ("/v1/claims", CLAIM_FACETS, {"q": "arrested or detained"}),
        ("/v1/facts", ["predicate", "place", "entity", "status", "extent"], {}),
        ("/v1/facts", ["predicate", "place", "status", "extent"], {"as_of": "2022-01-11"}),
        ("/v1/articles", ["source", "entity"], {}),
        ("/v1/articles", ["source", "entity"], {"q": "arrested"}),
    ],
)
async def test_each_count_is_the_total_of_the_list_with_that_value_as_a_filter(
    client: httpx.AsyncClient, path: str, names: list[str], filters: dict[str, str]
) -> None:
    found = await facets(client, path, facet=",".join(names), **filters)
    assert list(found) == names
    for name in names:
        if name in filters:
            continue
        for one in found[name][:4] + found[name][-1:]:
            assert one["count"] == await total(client, path, **filters, **{name: one["value"]}), (name, one)


async def test_days_are_those_of_publication_in_utc(client: httpx.AsyncClient) -> None:
    found = await facets(client, "/v1/articles", facet="day")
    for one in found["day"]:
        span = {"published_from": one["value"], "published_to": one["value"]}
        assert one["count"] == await total(client, "/v1/articles", **span)
    assert sum(int(str(one["count"])) for one in found["day"]) == await total(client, "/v1/articles")


async def test_values_come_most_frequent_first_with_labels_for_people(client: httpx.AsyncClient) -> None:
    found = await facets(client, "/v1/claims", facet="predicate")
    counts = [one["count"] for one in found["predicate"]]
    assert counts == sorted(counts, key=lambda count: -int(str(count)))
    assert {"value": "arrests", "label": "People arrested", "count": 16} in found["predicate"]


async def test_a_filter_on_the_facets_own_field_is_in_force_too(client: httpx.AsyncClient) -> None:
    found = await facets(client, "/v1/claims", facet="predicate", predicate="arrests")
    assert [one["value"] for one in found["predicate"]] == ["arrests"]


async def test_facets_may_be_repeated_or_separated_by_commas(client: httpx.AsyncClient) -> None:
    separated = await client.get("/v1/claims?facet=predicate,source&limit=1")
    repeated = await client.get("/v1/claims?facet=predicate&facet=source&facet=predicate&limit=1")
    assert repeated.json()["facets"] == separated.json()["facets"]


async def test_pages_do_not_change_counts(client: httpx.AsyncClient) -> None:
    first = (await client.get("/v1/claims?facet=source&limit=3")).json()
    second = (await client.get(f"/v1/claims?facet=source&limit=3&cursor={first['next']}")).json()
    assert first["facets"] == second["facets"]
    assert first["items"] != second["items"]


@pytest.mark.parametrize("path", ["/v1/claims", "/v1/facts", "/v1/articles"])
async def test_without_the_parameter_there_are_none(client: httpx.AsyncClient, path: str) -> None:
    assert "facets" not in (await client.get(path)).json()


async def test_nothing_found_has_facets_without_values(client: httpx.AsyncClient) -> None:
    found = await facets(client, "/v1/claims", facet="predicate,entity", q="zeppelin")
    assert found == {"predicate": [], "entity": []}


async def test_later_claims_do_not_count_as_of_an_earlier_day(client: httpx.AsyncClient) -> None:
    then = await facets(client, "/v1/facts", facet="source", as_of="2022-01-10")
    now = await facets(client, "/v1/facts", facet="source")
    assert {one["value"] for one in then["source"]} < {one["value"] for one in now["source"]}


@pytest.mark.parametrize("value", ["colour", "predicate,colour", "", ",", "predicate;source", "x" * 900])
async def test_an_unknown_facet_is_a_problem_that_lists_the_known_ones(
    client: httpx.AsyncClient, value: str
) -> None:
    answer = await client.get("/v1/claims", params={"facet": value})
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["parameter"] == "facet"
    assert "known here: predicate, source, article" in error["detail"]


async def test_the_document_lists_the_fields(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    parameters = {one["name"]: one for one in document["paths"]["/v1/facts"]["get"]["parameters"]}
    assert "status" in parameters["facet"]["schema"]["items"]["enum"]
    assert "FacetValue" in document["components"]["schemas"]


@pytest.mark.parametrize("path", ["/v1/facts", "/v1/claims", "/v1/articles", "/v1/facts?predicate=arrests"])
async def test_where_more_is_linked_than_is_read_the_counts_say_so_and_promise_no_more_than_there_is(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    async def counts() -> tuple[dict[str, int], bool]:
        found = (await client.get(path, params={"facet": "entity,source"})).json()
        return {one["value"]: one["count"] for one in found["facets"]["entity"]}, found["facets_exact"]

    whole, exact = await counts()
    assert exact
    monkeypatch.setattr(service_facets, "LINKS", 5)
    monkeypatch.setattr(service_facets, "_statements", {})
    some, exact = await counts()
    assert not exact
    assert some.keys() <= whole.keys()
    assert 0 < sum(some.values()) <= 6
    assert all(count <= whole[value] for value, count in some.items())

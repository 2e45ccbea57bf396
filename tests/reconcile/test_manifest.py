from urllib.parse import urlsplit

import httpx
import pytest

from tests.reconcile.protocol import DRAFT_MANIFEST, MANIFEST, conforms

V1 = {"Accept": "application/reconciliation.v1+json"}


async def test_without_parameters_the_endpoint_answers_its_manifest(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/reconcile")
    manifest = conforms(response.json(), MANIFEST)
    assert response.headers["content-type"] == "application/json"
    assert manifest["versions"] == ["0.2", "1.0-draft"]
    assert [one["id"] for one in manifest["defaultTypes"]] == ["person", "organization", "place", "event"]
    assert "authentication" not in manifest  # reading is open


async def test_the_draft_is_negotiated(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/reconcile", headers=V1)
    conforms(response.json(), DRAFT_MANIFEST)
    assert response.headers["content-type"] == "application/reconciliation.v1+json"
    assert "accept" in response.headers["vary"].lower()


async def test_every_address_in_the_manifest_answers(client: httpx.AsyncClient) -> None:
    manifest = (await client.get("/v1/reconcile")).json()
    services = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    addresses = [one["service_url"] + one["service_path"] for one in services]
    addresses += [manifest[name]["url"].replace("{{id}}", "almaty") for name in ("view", "preview")]
    addresses += [manifest["identifierSpace"] + "almaty", manifest["documentation"]]
    for address in addresses:
        assert (await client.get(address)).status_code == 200, address


async def test_addresses_are_those_the_client_uses(client: httpx.AsyncClient) -> None:
    manifest = (await client.get("/v1/reconcile", headers={"Host": "facts.example:8080"})).json()
    assert urlsplit(manifest["preview"]["url"]).netloc == "facts.example:8080"


@pytest.mark.parametrize("path", ["", "/suggest/type", "/preview?id=almaty", "/extend/propose?type=place"])
async def test_other_sites_may_read(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(f"/v1/reconcile{path}", headers={"Origin": "http://127.0.0.1:3333"})
    assert response.headers["access-control-allow-origin"] == "*"


async def test_other_sites_may_send_json(client: httpx.AsyncClient) -> None:
    asked = {
        "Origin": "http://127.0.0.1:3333",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = await client.options("/v1/reconcile/match", headers=asked)
    assert response.status_code in (200, 204)
    assert response.headers["access-control-allow-origin"] == "*"


async def test_jsonp_for_clients_without_cors(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/reconcile?callback=jQuery36_1.done&_=1700000000000")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.text.startswith("/**/jQuery36_1.done({")
    assert response.text.endswith("});")


async def test_a_callback_is_a_name_and_nothing_else(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/reconcile", params={"callback": "alert(1)//"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "callback"


async def test_the_document_lists_all_routes(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    paths = {path: set(item) for path, item in document["paths"].items() if path.startswith("/v1/reconcile")}
    assert paths == {
        "/v1/reconcile": {"get", "post"},
        "/v1/reconcile/match": {"post"},
        "/v1/reconcile/extend": {"post"},
        "/v1/reconcile/extend/propose": {"get"},
        "/v1/reconcile/suggest/entity": {"get"},
        "/v1/reconcile/suggest/type": {"get"},
        "/v1/reconcile/suggest/property": {"get"},
        "/v1/reconcile/preview": {"get"},
    }
    form = document["paths"]["/v1/reconcile"]["post"]["requestBody"]["content"]
    assert list(form) == ["application/x-www-form-urlencoded"]

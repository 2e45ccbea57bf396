import httpx
import pytest

JSON, V02, V1 = (
    "application/json",
    "application/reconciliation.v0.2+json",
    "application/reconciliation.v1+json",
)


@pytest.mark.parametrize(
    ("accept", "version", "media_type"),
    [
        (None, "0.2", JSON),
        ("*/*", "0.2", JSON),
        (JSON, "0.2", JSON),
        ("application/json, text/javascript, */*; q=0.01", "0.2", JSON),
        ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "0.2", JSON),
        (V02, "0.2", V02),
        (V1, "1.0-draft", V1),
        (f"{JSON}, {V1};q=0.1", "1.0-draft", V1),  # a specific type wins over a generic one
        (f"{V1};q=0.5, {V02}", "0.2", V02),
        (f"{V1};q=0.5, {V02};q=0.4", "1.0-draft", V1),
        (f"application/reconciliation.v2+json, {V1}", "1.0-draft", V1),
        ("application/json; version=1.0", "1.0-draft", JSON),
        ('application/json;version="1.0-draft"', "1.0-draft", JSON),
        ("APPLICATION/RECONCILIATION.V1+JSON", "1.0-draft", V1),
    ],
)
async def test_accept_chooses_the_version(
    client: httpx.AsyncClient, accept: str | None, version: str, media_type: str
) -> None:
    response = await client.get("/v1/reconcile", headers={} if accept is None else {"Accept": accept})
    assert response.headers["content-type"] == media_type
    assert ("identifierSpace" in response.json()) == (version == "0.2")


@pytest.mark.parametrize(
    "accept",
    [
        "application/reconciliation.v2+json",
        "application/reconciliation.v2+json, application/json",  # never silently an older version
        "application/reconciliation.v1.1+json",
        f"{V1};q=0",
        "application/json;version=3",
        "text/csv",
        f"{JSON};q=none",
    ],
)
async def test_a_version_that_is_not_there_is_not_acceptable(client: httpx.AsyncClient, accept: str) -> None:
    response = await client.get("/v1/reconcile", headers={"Accept": accept})
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    assert V1 in response.json()["detail"]
    assert V02 in response.json()["detail"]


async def test_a_form_is_of_0_2_only(client: httpx.AsyncClient) -> None:
    response = await client.post("/v1/reconcile", data={"queries": "{}"}, headers={"Accept": V1})
    assert response.status_code == 406
    response = await client.post("/v1/reconcile/match", json={"queries": []}, headers={"Accept": V02})
    assert response.status_code == 406

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.reconcile.protocol import RESULTS, conforms

PATH = "/v1/reconcile"

Candidates = list[dict[str, Any]]


@pytest.fixture
def find(client: httpx.AsyncClient) -> Callable[..., Awaitable[Candidates]]:
    """The candidates of one query of version 0.2, given by its members."""

    async def candidates(query: str | None = None, **members: Any) -> Candidates:
        asked = members if query is None else {"query": query, **members}
        return await ask(client, asked)

    return candidates


async def ask(client: httpx.AsyncClient, query: dict[str, Any]) -> Candidates:
    response = await client.post(PATH, data={"queries": json.dumps({"q": query})})
    assert response.status_code == 200, response.text
    found: Candidates = conforms(response.json(), RESULTS)["q"]["result"]
    return found

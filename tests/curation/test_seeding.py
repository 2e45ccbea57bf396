"""What people changed stays as they left it, also when newer seed files are loaded."""

import shutil
from pathlib import Path

import httpx
import pytest

from service.seeding import seed_async
from tests.conftest import SEEDS
from tests.curation.helpers import Json, curating, got, items, tag

TOKAYEV = "kassym-jomart-tokayev"


@pytest.fixture
def newer_seeds(tmp_path: Path) -> Path:
    """Seed files that differ from those that were loaded, in a description that nobody touched."""
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    entities = folder / "entities.yaml"
    text = entities.read_text(encoding="utf-8")
    entities.write_text(
        text.replace("President of Russia", "President of the Russian Federation"), encoding="utf-8"
    )
    assert entities.read_text(encoding="utf-8") != text
    return folder


async def change_things(client: httpx.AsyncClient) -> Json:
    """A description changed, a claim taken back, one added; returns the one that was added."""
    path = f"/v1/entities/{TOKAYEV}"
    answer = await client.patch(path, json={"description": "as I say"}, headers=await tag(client, path))
    assert answer.status_code == 200, answer.text
    (first, *_) = await items(client, "/v1/claims", predicate="injuries")
    path = f"/v1/claims/{first['id']}"
    answer = await client.delete(path, headers=await tag(client, path))
    assert answer.status_code == 204, answer.text
    article = await got(client, "/v1/articles/nearly-1700-detained")
    added = {"article": article["slug"], "predicate": "protest", "quote": article["text"].split("\n")[0]}
    answer = await client.post("/v1/claims", json=added | {"scope": {"place": "kazakhstan"}})
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


async def test_seeds_leave_alone_what_people_changed(own_database: str, newer_seeds: Path) -> None:
    async with curating(own_database) as client:
        added = await change_things(client)
        for folder in (SEEDS, newer_seeds):
            await seed_async(own_database, folder)
            assert (await got(client, f"/v1/entities/{TOKAYEV}"))["description"] == "as I say"
            assert await items(client, "/v1/claims", predicate="injuries") == []
            assert (await got(client, f"/v1/claims/{added['id']}"))["statement"] == added["statement"]
        putin = await got(client, "/v1/entities/vladimir-putin")
        assert "Russian Federation" in putin["description"]


async def test_seeds_do_not_bring_a_merged_entity_back(own_database: str, newer_seeds: Path) -> None:
    async with curating(own_database) as client:
        body = {"into": "government-of-kazakhstan", "reason": "the same body"}
        answer = await client.post("/v1/entities/authorities-of-kazakhstan/merge", json=body)
        assert answer.status_code == 200, answer.text
        claims = (await got(client, "/v1/claims", total="true"))["total"]
        await seed_async(own_database, newer_seeds)
        assert (await client.get("/v1/entities/authorities-of-kazakhstan")).status_code == 308
        assert (await got(client, "/v1/claims", total="true"))["total"] == claims

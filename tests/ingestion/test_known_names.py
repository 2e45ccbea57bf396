"""What is stored is known to what is extracted after it, in every process; only what changed is read."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import msgspec
import pytest

from service.ingestion import known
from service.ingestion.known import KnownNames
from service.ingestion.reading import loaded
from service.settings import Settings
from tests.conftest import running
from tests.ingestion.articles import article
from tests.ingestion.conftest import Desk

TALKS = "Talks end\n\nIn Oslo, 40 people were killed, Wanjiru Kamande said.\n"


async def entity_of(client: httpx.AsyncClient, name: str) -> str | None:
    """Whom a name leads to in a text that is sent now."""
    answer = await client.post("/v1/extract", json={"text": f"{name} resigned on Friday, officials said."})
    found: dict[str, str | None] = {one["surface"]: one["entity"] for one in answer.json()["mentions"]}
    return found[name]


async def curate(desk: Desk, method: str, path: str, body: Any = None) -> Any:
    headers = desk.headers("curate")
    if method != "POST":
        shown = await desk.client.get(path.partition("/aliases")[0])
        headers["If-Match"] = shown.headers["etag"]
    answer = await desk.client.request(method, path, json=body, headers=headers)
    assert answer.status_code < 300, answer.text
    return answer.json()


async def made(desk: Desk, name: str, *aliases: str) -> str:
    body = {"name": name, "kind": "person", "aliases": list(aliases)}
    return str((await curate(desk, "POST", "/v1/entities", body))["slug"])


@pytest.fixture
async def other(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    """Another process of the service on the same database, which has read the names already."""
    async with running(Settings(database_url=desk.url)) as client:
        assert await entity_of(client, "Wanjiru Kamande") is None
        yield client


async def test_names_that_one_process_stored_are_known_to_another(
    desk: Desk, other: httpx.AsyncClient
) -> None:
    await desk.stored(article(TALKS))
    assert await entity_of(other, "Wanjiru Kamande") == "wanjiru-kamande"
    assert await entity_of(desk.client, "Wanjiru Kamande") == "wanjiru-kamande"


async def test_every_change_of_a_name_is_known_to_what_is_sent_after_it(
    desk: Desk, other: httpx.AsyncClient
) -> None:
    slug = await made(desk, "Wanjiru Kamande")
    for client in (desk.client, other):
        assert await entity_of(client, "Wanjiru Kamande") == slug
        assert await entity_of(client, "Naisula Lekuton") is None
    await curate(desk, "POST", f"/v1/entities/{slug}/aliases", {"text": "Naisula Lekuton"})
    for client in (desk.client, other):
        assert await entity_of(client, "Naisula Lekuton") == slug
    await curate(desk, "DELETE", f"/v1/entities/{slug}/aliases?text=Naisula%20Lekuton")
    for client in (desk.client, other):
        assert await entity_of(client, "Naisula Lekuton") is None
    await curate(desk, "PATCH", f"/v1/entities/{slug}", {"name": "Naisula Lekuton"})
    for client in (desk.client, other):
        assert await entity_of(client, "Naisula Lekuton") == slug


async def test_a_merged_entity_is_the_one_that_stays_at_once(desk: Desk, other: httpx.AsyncClient) -> None:
    gone, stays = await made(desk, "Wanjiru Kamande"), await made(desk, "Naisula Lekuton")
    assert await entity_of(other, "Wanjiru Kamande") == gone
    await curate(desk, "POST", f"/v1/entities/{gone}/merge", {"into": stays})
    for client in (desk.client, other):
        assert await entity_of(client, "Wanjiru Kamande") == stays


# --- the file -----------------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def names_of(url: str) -> AsyncIterator[KnownNames]:
    async with asyncpg.create_pool(url, min_size=0, max_size=1) as pool:
        found = KnownNames(pool)
        try:
            yield found
        finally:
            found.close()


async def test_only_what_changed_is_written(desk: Desk) -> None:
    async with names_of(desk.url) as names:
        before = await names.current()
        assert await names.current() == before
        await desk.stored(article(TALKS))
        after = await names.current()
        assert after.path == before.path
        added = Path(after.path).read_bytes()[before.end :].splitlines()
        assert {msgspec.json.decode(line)["slug"] for line in added} == {"oslo", "wanjiru-kamande"}
        gazetteer, *_ = loaded(before)
        assert "wanjiru-kamande" not in gazetteer.entities
        known_now, *_ = loaded(after)
        assert known_now is gazetteer  # not built anew
        assert "wanjiru-kamande" in gazetteer.entities


async def test_a_file_that_has_grown_is_written_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "FEWEST", 0)
    async with names_of(desk.url) as names:
        first = await names.current()
        entities = len(Path(first.path).read_bytes().splitlines()) - 1
        slug = await made(desk, "Wanjiru Kamande")
        seen = [first]
        for number in range(entities + 3):
            await curate(desk, "POST", f"/v1/entities/{slug}/aliases", {"text": f"Kamande {number}"})
            seen.append(await names.current())
        assert {one.path for one in seen} > {first.path}
        gazetteer, *_ = loaded(seen[-1])
        assert len(gazetteer.entities[slug].aliases) == entities + 3
        assert len(gazetteer.entities) == entities + 1


async def test_what_was_interrupted_is_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with names_of(desk.url) as names:
        await names.current()
        await desk.stored(article(TALKS))
        with monkeypatch.context() as broken:
            broken.setattr(known, "_changed", known.compiled(known.select(1 / known.func.length(""))))
            with pytest.raises(asyncpg.DivisionByZeroError):
                await names.current()
        gazetteer, *_ = loaded(await names.current())
        assert "wanjiru-kamande" in gazetteer.entities


async def test_new_seeds_bring_their_vocabulary(desk: Desk) -> None:
    async with names_of(desk.url) as names:
        _, vocabulary, _ = loaded(await names.current())
        assert vocabulary["arrests"].unit == "people"
        # what loading changed seed files does to these rows
        await desk.rows("UPDATE predicate SET unit = 'kilometre' WHERE slug = 'arrests'")
        await desk.rows("UPDATE revision SET names = names + 1, seeds = 'others'")
        _, vocabulary, _ = loaded(await names.current())
        assert vocabulary["arrests"].unit == "kilometre"

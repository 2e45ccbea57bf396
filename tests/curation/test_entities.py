"""Entities by hand: made, renamed, placed, and given other names."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.curation.helpers import Json, curating, everything, got, items, pointers, rows, tag

PARK = {
    "name": "Panfilov Park",
    "kind": "place",
    "description": "A park in the middle of the city.",
    "part_of": "almaty",
    "aliases": [
        {"text": "28 Guardsmen Park", "kind": "former"},
        {"text": "Панфилов паркі", "kind": "native"},
    ],
}


async def test_an_entity_is_found_by_all_its_names(own_database: str) -> None:
    async with curating(own_database) as client:
        answer = await client.post("/v1/entities", json=PARK)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        assert made["slug"] == "panfilov-park"
        assert made["part_of"]["slug"] == "almaty"
        assert made["resembles"] == []
        assert {(one["text"], one["kind"]) for one in made["aliases"]} == {
            ("Panfilov Park", "name"),
            ("28 Guardsmen Park", "former"),
            ("Панфилов паркі", "native"),
        }
        assert answer.headers["location"] == "/v1/entities/panfilov-park"
        shown = await client.get(answer.headers["location"])
        assert shown.headers["etag"] == answer.headers["etag"]
        for q in ("Panfilov Park", "guardsmen park", "Panfilow Park", "Панфилов паркі"):
            (best, *_) = await items(client, "/v1/entities", q=q)
            assert best["slug"] == "panfilov-park", q


async def test_an_alias_may_be_given_as_a_text_alone(own_database: str) -> None:
    body = {"name": "Talgar", "kind": "place", "aliases": ["Talghar", {"text": "Талғар", "kind": "native"}]}
    async with curating(own_database) as client:
        answer = await client.post("/v1/entities", json=body)
        assert answer.status_code == 201, answer.text
        kinds = {one["text"]: one["kind"] for one in answer.json()["aliases"]}
        assert kinds == {"Talgar": "name", "Talghar": "spelling", "Талғар": "native"}
        wrong = await client.post(
            "/v1/entities", json={**body, "aliases": ["", 5, {"text": "x", "knd": "y"}]}
        )
        assert pointers(wrong, 400).keys() >= {"/aliases/0", "/aliases/1", "/aliases/2/knd"}


async def test_a_name_like_a_known_one_is_made_and_put_before_a_person(own_database: str) -> None:
    async with curating(own_database) as client:
        body = {"name": "Kasym-Zhomart Tokaev", "kind": "person", "reason": "named in a letter"}
        made = (await client.post("/v1/entities", json=body)).json()
        (known,) = made["resembles"]
        assert known["entity"]["slug"] == "kassym-jomart-tokayev"
        assert 0.85 <= known["score"] <= 1
        (review,) = await items(client, "/v1/reviews", kind="similar_entity", status="open")
        assert review["about"]["slug"] == made["slug"]
        assert review["other"]["slug"] == "kassym-jomart-tokayev"
        (created,) = await items(client, f"/v1/entities/{made['slug']}/history")
        assert (created["action"], created["actor"], created["reason"]) == (
            "created",
            "editor",
            "named in a letter",
        )
        # somebody of another kind is nobody's double
        event = await client.post("/v1/entities", json={"name": "Kasym-Zhomart Tokaev", "kind": "event"})
        assert event.json()["resembles"] == []


async def test_a_slug_is_given_once(own_database: str) -> None:
    async with curating(own_database) as client:
        taken = await client.post("/v1/entities", json={**PARK, "slug": "almaty"})
        assert "/slug" in pointers(taken, 409)
        first = (await client.post("/v1/entities", json=PARK)).json()
        second = (await client.post("/v1/entities", json=PARK)).json()
        assert (first["slug"], second["slug"]) == ("panfilov-park", "panfilov-park-2")
        asked = (await client.post("/v1/entities", json={**PARK, "slug": "the-park"})).json()
        assert asked["slug"] == "the-park"
        foreign = await client.post(
            "/v1/entities", json={"name": "Қазақстан Темір Жолы", "kind": "organization"}
        )
        assert foreign.json()["slug"] == "qazaqstan-temir-zholy"


async def test_of_two_that_take_one_slug_at_once_one_gets_it(own_database: str) -> None:
    async with curating(own_database) as client:
        body = {**PARK, "slug": "the-park"}
        answers = await asyncio.gather(*(client.post("/v1/entities", json=body) for _ in range(4)))
        assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
        changes = await items(client, "/v1/changes", type="entity")
        assert [one["slug"] for one in changes] == ["the-park"]


WRONG: list[tuple[Json, int, set[str]]] = [
    ({}, 400, {"/name", "/kind"}),
    ({"name": "", "kind": "thing"}, 400, {"/name", "/kind"}),
    ({**PARK, "slug": "The Park"}, 400, {"/slug"}),
    ({**PARK, "slug": "the_park"}, 400, {"/slug"}),
    ({**PARK, "aliases": [{"text": "x", "kind": "nickname"}]}, 400, {"/aliases/0/kind"}),
    ({**PARK, "aliases": [{"text": "x", "language": "English"}]}, 400, {"/aliases/0/language"}),
    ({**PARK, "id": "of-mine"}, 400, {"/id"}),
    ({**PARK, "name": "—"}, 422, {"/name"}),
    ({**PARK, "name": "Park\nof\nculture"}, 422, {"/name"}),
    ({**PARK, "name": " Park "}, 422, {"/name"}),
    ({**PARK, "aliases": [{"text": "!"}]}, 422, {"/aliases/0/text"}),
    ({**PARK, "part_of": "no-such-place"}, 422, {"/part_of"}),
    ({**PARK, "part_of": "kassym-jomart-tokayev", "name": "?"}, 422, {"/part_of", "/name"}),
    ({**PARK, "name": "\ufdfa" * 200}, 422, {"/name"}),
]


async def test_what_can_be_no_entity_is_refused_and_leaves_no_trace(own_database: str) -> None:
    async with curating(own_database) as client:
        before = await rows(own_database)
        for body, status, expected in WRONG:
            assert set(pointers(await client.post("/v1/entities", json=body), status)) == expected, body
        assert await rows(own_database) == before


async def test_a_patch_renames_and_keeps_the_old_name(own_database: str) -> None:
    async with curating(own_database) as client:
        path = "/v1/entities/almaty"
        before = await got(client, path)
        answer = await client.patch(
            path,
            params={"reason": "as it was called once"},
            json={"name": "Zailiysk", "description": None},
            headers=await tag(client, path),
        )
        assert answer.status_code == 200, answer.text
        after = answer.json()
        assert (after["id"], after["slug"], after["name"], after["description"]) == (
            before["id"],
            "almaty",
            "Zailiysk",
            None,
        )
        assert after["part_of"] == before["part_of"]
        kinds = {one["text"]: one["kind"] for one in after["aliases"]}
        assert kinds["Zailiysk"] == "name"
        assert kinds[before["name"]] == "spelling"
        (best, *_) = await items(client, "/v1/entities", q="Zailiysk")
        assert best["slug"] == "almaty"
        (last, *_) = await items(client, f"{path}/history")
        assert (last["action"], last["reason"]) == ("updated", "as it was called once")
        assert (last["before"], last["after"]) == (before, after)
        # what shows the name shows the new one
        fact = next(one for one in await items(client, "/v1/facts", place="almaty", limit=100))
        assert fact["place"]["name"] == "Zailiysk"
        assert "Zailiysk" in fact["title"]
        back = await client.patch(path, json={"name": before["name"]}, headers=await tag(client, path))
        assert {(one["text"], one["kind"]) for one in back.json()["aliases"]} == {
            *((one["text"], one["kind"]) for one in before["aliases"]),
            ("Zailiysk", "spelling"),
        }


async def test_a_patch_that_changes_nothing_leaves_no_trace(own_database: str) -> None:
    async with curating(own_database) as client:
        path = "/v1/entities/almaty"
        shown = await got(client, path)
        before = await rows(own_database)
        for same in ({}, {"name": shown["name"]}, {"part_of": {"slug": shown["part_of"]["slug"]}}):
            answer = await client.patch(path, json=same, headers=await tag(client, path))
            assert (answer.status_code, answer.json()) == (200, shown)
        assert await rows(own_database) == before


async def test_nothing_lies_in_itself(own_database: str) -> None:
    async with curating(own_database) as client:
        path = "/v1/entities/kazakhstan"
        inner = await client.post("/v1/entities", json=PARK)
        assert inner.status_code == 201
        tagged = await tag(client, path)
        before = await rows(own_database)
        for within in ("kazakhstan", "almaty", "panfilov-park"):
            answer = await client.patch(path, json={"part_of": within}, headers=tagged)
            assert "circle" in pointers(answer, 422)["/part_of"], within
        person = await client.patch(path, json={"part_of": "kassym-jomart-tokayev"}, headers=tagged)
        assert "/part_of" in pointers(person, 422)
        organization = await client.patch(path, json={"kind": "organization"}, headers=tagged)
        assert "/kind" in pointers(organization, 422)
        slug = await client.patch(path, json={"slug": "qazaqstan"}, headers=tagged)
        assert "/slug" in pointers(slug, 400)
        assert await rows(own_database) == before


async def test_a_place_that_moves_takes_its_claims_along(own_database: str) -> None:
    """What an increase in a city adds to is found by the places around it."""

    async def verdicts(client: httpx.AsyncClient) -> list[str]:
        facts = await everything(client, "/v1/facts")
        return sorted(str((one["agreement"], one["place"], one["extent"])) for one in facts)

    async with curating(own_database) as client:
        path = "/v1/entities/almaty"
        before = await verdicts(client)
        alone = await client.patch(path, json={"part_of": None}, headers=await tag(client, path))
        assert alone.json()["part_of"] is None
        assert await verdicts(client) != before
        back = await client.patch(path, json={"part_of": "kazakhstan"}, headers=await tag(client, path))
        assert back.status_code == 200
        assert await verdicts(client) == before


async def test_aliases_come_and_go_one_at_a_time(own_database: str) -> None:
    async with curating(own_database) as client:
        path = "/v1/entities/almaty"
        before = await got(client, path)
        body = {"text": "Vernyi", "kind": "former", "language": "ru", "reason": "an old map"}
        answer = await client.post(f"{path}/aliases", json=body)
        assert answer.status_code == 201, answer.text
        assert {"text": "Vernyi", "kind": "former", "language": "ru"} in answer.json()["aliases"]
        (best, *_) = await items(client, "/v1/entities", q="Vernyi")
        assert (best["slug"], best["matched"]) == ("almaty", "Vernyi")
        assert "/text" in pointers(await client.post(f"{path}/aliases", json=body), 409)
        (last, *_) = await items(client, f"{path}/history")
        assert (last["action"], last["reason"], last["before"]) == ("updated", "an old map", before)

        removal = {"text": "Vernyi"}
        assert (await client.delete(f"{path}/aliases", params=removal)).status_code == 428
        stale = {"If-Match": '"0123456789abcdef01234567"'}
        assert (await client.delete(f"{path}/aliases", params=removal, headers=stale)).status_code == 412
        gone = await client.delete(f"{path}/aliases", params=removal, headers=await tag(client, path))
        assert (gone.status_code, gone.json()) == (200, before)
        tagged = await tag(client, path)
        state = await rows(own_database)
        assert (await client.delete(f"{path}/aliases", params=removal, headers=tagged)).status_code == 404
        name = await client.delete(f"{path}/aliases", params={"text": before["name"]}, headers=tagged)
        assert name.status_code == 409
        assert (await client.delete(f"{path}/aliases", headers=tagged)).status_code == 400
        for wrong in ({"text": "…"}, {"text": "Vernyi", "kind": "name"}, {"text": "a" * 300}, {}):
            assert (await client.post(f"{path}/aliases", json=wrong)).status_code in (400, 422)
        assert await rows(own_database) == state


async def names_revision(client: httpx.AsyncClient, url: str) -> tuple[Any, ...]:
    import asyncpg

    connection = await asyncpg.connect(url)
    try:
        return tuple(await connection.fetchrow("SELECT number, names FROM revision"))
    finally:
        await connection.close()


async def test_extraction_hears_of_new_names(own_database: str) -> None:
    """The second number tells extraction to read the names again; claims do not raise it."""
    async with curating(own_database) as client:
        number, names = await names_revision(client, own_database)
        await client.post("/v1/entities", json=PARK)
        assert await names_revision(client, own_database) == (number + 1, names + 1)
        await client.post("/v1/entities/almaty/aliases", json={"text": "Vernyi"})
        assert await names_revision(client, own_database) == (number + 2, names + 2)
        (claim, *_) = await items(client, "/v1/claims")
        path = f"/v1/claims/{claim['id']}"
        await client.patch(path, json={"statement": "Said anew."}, headers=await tag(client, path))
        assert await names_revision(client, own_database) == (number + 3, names + 2)


async def test_an_entity_as_it_was_read_can_be_edited_and_sent_back_as_a_whole(own_database: str) -> None:
    async with curating(own_database) as client:
        read = await got(client, "/v1/entities/almaty")
        sent = await client.patch(
            "/v1/entities/almaty", json=read | {"description": "A city"}, headers={"If-Match": "*"}
        )
        assert sent.status_code == 200, sent.text
        assert sent.json() == read | {"description": "A city"}
        other = await client.patch(
            "/v1/entities/almaty", json=read | {"slug": "alma-ata"}, headers={"If-Match": "*"}
        )
        assert "/slug" in pointers(other, 400)


@pytest.mark.parametrize(
    ("change", "status", "pointer"),
    [
        ({"name": "Sau\u202eran"}, 422, "/name"),
        ({"slug": "11111111-2222-4333-8444-555555555555"}, 422, "/slug"),
    ],
)
async def test_names_hide_nothing_and_slugs_are_no_ids(
    own_database: str, change: Json, status: int, pointer: str
) -> None:
    async with curating(own_database) as client:
        answer = await client.post("/v1/entities", json={"name": "Sauran", "kind": "place"} | change)
        assert list(pointers(answer, status)) == [pointer]

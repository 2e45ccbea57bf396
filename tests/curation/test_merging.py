"""Two entities that are one, and one that is two."""

import asyncio
import itertools
from typing import Any

import httpx

from tests.curation.helpers import Json, curating, got, items, pointers, rows, tag

TOKAYEV = "kassym-jomart-tokayev"
KEEPS = ("id", "predicate", "statement", "value", "time", "modality", "evidence", "article", "recorded_at")


async def a_double(client: httpx.AsyncClient, of: str = TOKAYEV) -> Json:
    """An entity that has half of what another one had: as extraction makes one that it does not recognise."""
    whole = await got(client, f"/v1/entities/{of}")
    claims = await items(client, f"/v1/entities/{of}/claims", limit=100)
    mentions = await items(client, f"/v1/entities/{of}/mentions", limit=100)
    aliases = [one["text"] for one in whole["aliases"] if one["kind"] != "name"]
    body = {
        "name": f"{whole['name']} the second",
        "aliases": aliases[: len(aliases) // 2],
        "claims": [one["id"] for one in claims[::2]],
        "mentions": [one["id"] for one in mentions[::2]],
        "reason": "to be merged again",
    }
    answer = await client.post(f"/v1/entities/{of}/split", json=body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    assert made["counts"]["claims"] == len(body["claims"])
    assert made["counts"]["mentions"] == len(body["mentions"])
    return made


async def test_merging_undoes_a_split(own_database: str) -> None:
    """Claims, mentions, names and facts are what they were; only the history knows."""
    async with curating(own_database) as client:
        derived = {"change", "revision", "redirect"}
        before = await rows(own_database, *derived)
        whole = await got(client, f"/v1/entities/{TOKAYEV}")
        double = await a_double(client)
        assert await rows(own_database, *derived) != before
        body = {"into": TOKAYEV, "reason": "one man"}
        answer = await client.post(f"/v1/entities/{double['slug']}/merge", json=body)
        assert answer.status_code == 200, answer.text
        merged = answer.json()
        assert merged["counts"] == whole["counts"]
        extra = {"text": double["name"], "kind": "spelling", "language": None}
        assert sorted(map(str, merged["aliases"])) == sorted(map(str, [*whole["aliases"], extra]))
        after = await rows(own_database, *derived)
        for table in after:
            if table != "alias":
                assert after[table] == before[table], table


async def test_what_was_merged_leads_to_the_one_that_stays(own_database: str) -> None:
    async with curating(own_database) as client:
        double = await a_double(client)
        await client.post(f"/v1/entities/{double['slug']}/merge", json={"into": TOKAYEV})
        for key in (double["slug"], double["id"], double["id"].upper()):
            for rest in ("", "/claims", "/mentions", "/related"):
                answer = await client.get(f"/v1/entities/{key}{rest}", params={"limit": "5"} if rest else {})
                assert answer.status_code == 308, (key, rest)
                assert answer.headers["content-type"] == "application/problem+json"
                query = "?limit=5" if rest else ""
                assert answer.headers["location"] == f"/v1/entities/{TOKAYEV}{rest}{query}"
                assert (await client.head(f"/v1/entities/{key}{rest}")).status_code == 308
                follow = await client.get(f"/v1/entities/{key}{rest}", follow_redirects=True)
                assert follow.json() == await got(client, f"/v1/entities/{TOKAYEV}{rest}")
        old = f"/v1/entities/{double['slug']}"
        for method, path, body in [
            ("PATCH", old, {"name": "Somebody"}),
            ("POST", f"{old}/aliases", {"text": "Somebody"}),
            ("DELETE", f"{old}/aliases?text=Somebody", None),
            ("POST", f"{old}/merge", {"into": "almaty"}),
            ("POST", f"{old}/split", {"name": "Somebody"}),
        ]:
            answer = await client.request(method, path, json=body, headers={"If-Match": "*"})
            assert answer.status_code == 308, (method, path)
            assert answer.headers["location"] == path.replace(double["slug"], TOKAYEV)
        taken = await client.post(
            "/v1/entities", json={"name": "X", "kind": "person", "slug": double["slug"]}
        )
        assert "/slug" in pointers(taken, 409)


async def test_a_merged_entity_in_a_parameter_leads_on_too(own_database: str) -> None:
    async with curating(own_database) as client:
        double = await a_double(client)
        await client.post(f"/v1/entities/{double['slug']}/merge", json={"into": TOKAYEV})
        for path, query, led in [
            ("/v1/claims", f"speaker={double['id']}&limit=5", f"speaker={TOKAYEV}&limit=5"),
            ("/v1/facts", f"entity={double['slug']}&place=almaty", f"entity={TOKAYEV}&place=almaty"),
            ("/v1/articles", f"entity={double['slug']}", f"entity={TOKAYEV}"),
            ("/v1/search", f"q=a+%26+b&entity={double['slug']}", f"q=a+%26+b&entity={TOKAYEV}"),
        ]:
            for accept in ("application/json", "application/x-ndjson", "text/csv"):
                answer = await client.get(f"{path}?{query}", headers={"Accept": accept})
                assert (answer.status_code, answer.headers["location"]) == (308, f"{path}?{led}")
                assert f"merged into {TOKAYEV}" in answer.json()["detail"]
        both = await client.get("/v1/claims", params={"speaker": double["slug"], "place": "nowhere"})
        assert both.status_code == 400, "what is wrong besides has to be said"
        assert {one["parameter"] for one in both.json()["errors"]} == {"speaker", "place"}


async def test_a_merged_entity_in_a_body_is_read_as_the_one_that_stays(own_database: str) -> None:
    async with curating(own_database) as client:
        double = await a_double(client)
        await client.post(f"/v1/entities/{double['slug']}/merge", json={"into": TOKAYEV})
        asked = {key: {"predicate": "age", "subject": key} for key in (TOKAYEV, double["slug"], double["id"])}
        answers = (await client.post("/v1/lookup", json={"queries": asked})).json()["answers"]
        assert answers[TOKAYEV]["facts"]
        assert answers[double["slug"]] == answers[double["id"]] == answers[TOKAYEV]


async def test_redirects_follow_the_next_merge(own_database: str) -> None:
    async with curating(own_database) as client:
        made = []
        for name in ("Aidar Bekov", "Aidar Bekow", "Aydar Bekov"):
            answer = await client.post("/v1/entities", json={"name": name, "kind": "person"})
            made.append(answer.json()["slug"])
        first, second, third = made
        await client.post(f"/v1/entities/{first}/merge", json={"into": second})
        await client.post(f"/v1/entities/{second}/merge", json={"into": third})
        for gone in (first, second):
            answer = await client.get(f"/v1/entities/{gone}")
            assert answer.headers["location"] == f"/v1/entities/{third}"


async def test_every_row_that_shows_something_else_has_it_in_its_history(own_database: str) -> None:
    async with curating(own_database) as client:
        double = await a_double(client)
        (claim, *_) = await items(client, f"/v1/entities/{double['slug']}/claims")
        gone = await got(client, f"/v1/entities/{double['slug']}")
        into = await got(client, f"/v1/entities/{TOKAYEV}")
        body = {"into": {"id": into["id"]}, "reason": "one man"}
        merged = (await client.post(f"/v1/entities/{gone['id']}/merge", json=body)).json()
        (last, *_) = await items(client, f"/v1/entities/{gone['slug']}/history")
        assert (last["action"], last["reason"]) == ("merged", "one man")
        assert (last["before"], last["after"]) == (gone, merged)
        assert await items(client, f"/v1/entities/{gone['id']}/history") == await items(
            client, f"/v1/entities/{gone['slug']}/history"
        )
        (last, *_) = await items(client, f"/v1/entities/{TOKAYEV}/history")
        assert (last["action"], last["before"], last["after"]) == ("updated", into, merged)
        (last, *_) = await items(client, f"/v1/claims/{claim['id']}/history")
        now = await got(client, f"/v1/claims/{claim['id']}")
        assert (last["action"], last["reason"], last["before"], last["after"]) == (
            "updated",
            "one man",
            claim,
            now,
        )
        assert {name: now[name] for name in KEEPS} == {name: claim[name] for name in KEEPS}
        assert double["id"] not in str(now)


async def test_parts_of_what_was_merged_are_parts_of_what_stays(own_database: str) -> None:
    async with curating(own_database) as client:
        for body in (
            {"name": "Alma-Ata Oblast", "kind": "place", "slug": "oblast"},
            {"name": "Talgar", "kind": "place", "part_of": "oblast"},
        ):
            assert (await client.post("/v1/entities", json=body)).status_code == 201
        await client.post("/v1/entities/oblast/merge", json={"into": "kazakhstan"})
        talgar = await got(client, "/v1/entities/talgar")
        assert talgar["part_of"]["slug"] == "kazakhstan"
        (last, *_) = await items(client, "/v1/entities/talgar/history")
        assert (last["action"], last["after"]) == ("updated", talgar)


async def test_what_cannot_be_one_is_not_merged(own_database: str) -> None:
    async with curating(own_database) as client:
        before = await rows(own_database)
        for gone, into, words in [
            ("almaty", "almaty", "itself"),
            (TOKAYEV, "almaty", "of kind"),
            ("kazakhstan", "almaty", "is part of"),
            ("almaty", "no-such-place", "no entity has"),
        ]:
            answer = await client.post(f"/v1/entities/{gone}/merge", json={"into": into})
            assert words in pointers(answer, 422)["/into"], (gone, into)
        for body in ({}, {"from": "almaty"}, {"into": 5}, {"into": {"name": "Almaty"}}):
            answer = await client.post("/v1/entities/kazakhstan/merge", json=body)
            assert answer.status_code in (400, 422), body
        missing = await client.post("/v1/entities/no-such-place/merge", json={"into": "almaty"})
        assert missing.status_code == 404
        assert await rows(own_database) == before


async def test_two_merges_at_once_do_not_lose_anybody(own_database: str) -> None:
    """Each of two is merged into the other at the same moment: one happens, the other has nobody to merge."""
    async with curating(own_database) as client:
        double = await a_double(client)
        whole = await got(client, f"/v1/entities/{TOKAYEV}")
        answers = await asyncio.gather(
            client.post(f"/v1/entities/{double['slug']}/merge", json={"into": TOKAYEV}),
            client.post(f"/v1/entities/{TOKAYEV}/merge", json={"into": double["slug"]}),
        )
        statuses = sorted(one.status_code for one in answers)
        assert statuses in ([200, 308], [200, 422])
        stays = next(one.json() for one in answers if one.status_code == 200)
        assert stays["counts"]["claims"] == whole["counts"]["claims"] + double["counts"]["claims"]
        assert stays["counts"]["mentions"] == whole["counts"]["mentions"] + double["counts"]["mentions"]


async def test_many_changes_at_once_all_happen_or_say_why_not(own_database: str) -> None:
    async with curating(own_database) as client:
        path = "/v1/entities/almaty"
        tagged = await tag(client, path)
        patches = [
            client.patch(path, json={"description": f"Version {number}."}, headers=tagged)
            for number in range(6)
        ]
        aliases = [client.post(f"{path}/aliases", json={"text": f"Almaty {number}"}) for number in range(6)]
        answers = await asyncio.gather(*patches, *aliases)
        assert sum(one.status_code == 200 for one in answers[:6]) <= 1, "each of them was of the first state"
        assert {one.status_code for one in answers[:6]} <= {200, 412}
        assert {one.status_code for one in answers[6:]} == {201}
        shown = await got(client, path)
        assert {f"Almaty {number}" for number in range(6)} <= {one["text"] for one in shown["aliases"]}
        done = [one for one in answers if one.status_code < 300]
        history = await items(client, f"{path}/history", limit=100, sort="at")
        assert len(history) == len(done)
        for earlier, later in itertools.pairwise(history):
            assert earlier["after"] == later["before"], "no change overwrote another"


async def test_a_split_takes_only_what_belongs_to_the_entity(own_database: str) -> None:
    async with curating(own_database) as client:
        others: list[Any] = await items(client, "/v1/entities/almaty/mentions", limit=2)
        claims = await items(client, "/v1/claims", limit=100)
        foreign = next(one for one in claims if TOKAYEV not in str(one))
        before = await rows(own_database)
        body = {
            "name": "",
            "aliases": ["Nobody", "Kassym-Jomart Tokayev"],
            "mentions": [one["id"] for one in others],
            "claims": [foreign["id"]],
        }
        assert set(pointers(await client.post(f"/v1/entities/{TOKAYEV}/split", json=body), 400)) == {"/name"}
        answer = await client.post(f"/v1/entities/{TOKAYEV}/split", json=body | {"name": "Another"})
        assert set(pointers(answer, 422)) == {
            "/aliases/0",
            "/aliases/1",
            *(f"/mentions/{index}" for index in range(len(others))),
            "/claims/0",
        }
        place = await items(client, "/v1/claims", place="almaty", limit=1)
        kind = {"name": "A band", "kind": "organization", "claims": [place[0]["id"]]}
        answer = await client.post("/v1/entities/almaty/split", json=kind)
        assert "/claims/0" in pointers(answer, 422)
        nothing = await client.post(f"/v1/entities/{TOKAYEV}/split", json={"name": "B"})
        assert "nothing leaves the entity" in pointers(nothing, 422)[""]
        taken = await client.post(
            f"/v1/entities/{TOKAYEV}/split", json={"name": "B", "slug": "almaty", "aliases": ["Tokayev"]}
        )
        assert "/slug" in pointers(taken, 409)
        assert await rows(own_database) == before

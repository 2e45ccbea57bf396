"""The history of a row: who changed it, when, what and why, also when the row is gone."""

import uuid

from tests.curation.helpers import curating, everything, got, items, rows, tag

KINDS = {"articles": "nearly-1700-detained", "entities": "almaty", "sources": "site-34"}


async def test_a_row_that_nobody_changed_has_an_empty_history(own_database: str) -> None:
    async with curating(own_database) as client:
        (claim, *_) = await items(client, "/v1/claims", limit=1)
        (source, *_) = await items(client, "/v1/sources", limit=1)
        kinds = KINDS | {"claims": claim["id"], "sources": source["slug"]}
        for kind, key in kinds.items():
            page = await got(client, f"/v1/{kind}/{key}/history")
            assert page == {"items": [], "next": None}, kind
            if kind != "claims":
                row = await got(client, f"/v1/{kind}/{key}")
                assert await got(client, f"/v1/{kind}/{row['id']}/history") == page
        for kind in kinds:
            assert (await client.get(f"/v1/{kind}/{uuid.uuid4()}/history")).status_code == 404
            missing = await client.get(f"/v1/{kind}/no-such-thing/history")
            assert missing.status_code == (400 if kind == "claims" else 404)


async def test_a_history_is_a_list_like_any_other(own_database: str) -> None:
    async with curating(own_database) as client:
        path = "/v1/entities/almaty"
        for number in range(5):
            answer = await client.patch(
                path,
                json={"description": f"Version {number}."},
                params={"reason": f"reason {number}"},
                headers=await tag(client, path),
            )
            assert answer.status_code == 200
        newest = await items(client, f"{path}/history")
        assert [one["reason"] for one in newest] == [f"reason {number}" for number in reversed(range(5))]
        assert {one["actor"] for one in newest} == {"editor"}
        assert {one["type"] for one in newest} == {"entity"}
        oldest = await items(client, f"{path}/history", sort="at")
        assert oldest == newest[::-1]
        first = await got(client, f"{path}/history", limit=2, total="true", sort="at")
        assert first["total"] == 5
        second = await got(client, f"{path}/history", limit=2, sort="at", cursor=first["next"])
        third = await got(client, f"{path}/history", limit=2, sort="at", cursor=second["next"])
        assert [*first["items"], *second["items"], *third["items"]] == oldest
        assert third["next"] is None
        lines = await client.get(f"{path}/history", headers={"Accept": "application/x-ndjson"})
        assert len(lines.text.splitlines()) == 5
        table = await client.get(f"{path}/history", headers={"Accept": "text/csv"})
        assert table.text.startswith("number,at,actor,type,row_id,slug,action,reason,before,after")
        answer = await client.get(f"{path}/history")
        same = await client.get(f"{path}/history", headers={"If-None-Match": answer.headers["etag"]})
        assert same.status_code == 304
        bad = await client.get(f"{path}/history", params={"sort": "why", "limit": "0", "nonesuch": "1"})
        assert {one["parameter"] for one in bad.json()["errors"]} == {"sort", "limit", "nonesuch"}


async def test_the_states_of_a_row_follow_from_each_other(own_database: str) -> None:
    async with curating(own_database) as client:
        (claim, *_) = await items(client, "/v1/claims", predicate="arrests", limit=1)
        path = f"/v1/claims/{claim['id']}"
        states = [claim]
        for number in range(3):
            answer = await client.patch(
                path, json={"statement": f"Version {number}."}, headers=await tag(client, path)
            )
            states.append(answer.json())
        assert (await client.delete(path, headers=await tag(client, path))).status_code == 204
        history = await items(client, f"{path}/history", sort="at")
        assert [one["before"] for one in history] == states
        assert [one["after"] for one in history] == [*states[1:], None]
        assert [one["action"] for one in history] == ["updated"] * 3 + ["deleted"]


async def test_a_reason_has_a_length(own_database: str) -> None:
    async with curating(own_database) as client:
        path = "/v1/entities/almaty"
        before = await rows(own_database)
        answer = await client.patch(
            path, json={"name": "X"}, params={"reason": "x" * 1001}, headers=await tag(client, path)
        )
        assert answer.status_code == 400
        assert await rows(own_database) == before


async def test_nothing_that_a_client_changes_is_missing_from_the_feed(own_database: str) -> None:
    async with curating(own_database) as client:
        made = await client.post("/v1/entities", json={"name": "Talgar", "kind": "place"})
        path = "/v1/entities/talgar"
        await client.post(f"{path}/aliases", json={"text": "Talghar"})
        await client.patch(path, json={"part_of": "kazakhstan"}, headers=await tag(client, path))
        await client.post(f"{path}/merge", json={"into": "almaty"})
        feed = (await got(client, "/v1/changes"))["items"]
        assert [(one["slug"], one["action"]) for one in feed] == [
            ("talgar", "created"),
            ("talgar", "updated"),
            ("talgar", "updated"),
            ("talgar", "merged"),
            ("almaty", "updated"),
        ]
        own = await everything(client, f"/v1/entities/{made.json()['id']}/history", sort="at")
        assert own == feed[:4]

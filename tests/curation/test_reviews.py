"""The review queue: what code was unsure of, and what a person's decision does."""

import asyncio
import uuid
from typing import Any

import asyncpg
import httpx
import pytest

from tests.curation.helpers import Json, curating, got, items, pointers, rows, tag

TOKAYEV = "kassym-jomart-tokayev"
BOTH = ("about", "other")


async def run(url: str, statement: str, *arguments: Any) -> Any:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement, *arguments)
    finally:
        await connection.close()


async def a_lookalike(client: httpx.AsyncClient, url: str) -> Json:
    """The review of a new entity that resembles a known one, as if code had met the name in an article."""
    made = await client.post("/v1/entities", json={"name": "Kasym-Zhomart Tokaev", "kind": "person"})
    assert made.status_code == 201, made.text
    await run(url, "UPDATE entity SET inferred = true WHERE slug = $1", made.json()["slug"])
    (review,) = await items(client, "/v1/reviews", kind="similar_entity", status="open")
    return review


async def an_unsure_claim(client: httpx.AsyncClient, url: str) -> Json:
    """The review of a claim that the extractor was unsure of."""
    (claim, *_) = await items(client, "/v1/claims", predicate="arrests", limit=1)
    await run(
        url,
        "UPDATE claim SET method = 'extracted', extractor = 'rules/1', confidence = 0.4 WHERE id = $1",
        uuid.UUID(claim["id"]),
    )
    await run(
        url,
        "INSERT INTO review (id, kind, row_id, detail, score, status)"
        " VALUES ($1, 'low_confidence', $2, 'the extractor was unsure', 0.4, 'open')",
        uuid.uuid4(),
        uuid.UUID(claim["id"]),
    )
    (review,) = await items(client, "/v1/reviews", kind="low_confidence", status="open")
    return review


async def a_slip(client: httpx.AsyncClient) -> Json:
    """The review of two figures that differ in one digit: 7,939 and 7,989 of one ministry on one day."""
    found: list[Json] = await items(client, "/v1/reviews", kind="possible_transcription", status="open")
    review = found[0]
    amounts = [(await got(client, f"/v1/claims/{review[one]['id']}"))["value"]["amount"] for one in BOTH]
    assert sorted(amounts) == [7939, 7989]
    return review


async def decide(
    client: httpx.AsyncClient, review: Json, how: str, reason: str | None = None
) -> httpx.Response:
    return await client.post(f"/v1/reviews/{review['id']}/{how}", json={"reason": reason})


async def test_the_queue_is_a_list_with_filters(own_database: str) -> None:
    async with curating(own_database) as client:
        seeded = await items(client, "/v1/reviews")
        similar = await a_lookalike(client, own_database)
        unsure = await an_unsure_claim(client, own_database)
        every = await items(client, "/v1/reviews")
        assert every == [*seeded, similar, unsure]
        newest = await items(client, "/v1/reviews", sort="-recorded_at", kind="low_confidence")
        assert newest == [unsure]
        page = await got(client, "/v1/reviews", limit=len(seeded) + 1, total="true")
        assert (page["total"], page["items"]) == (len(seeded) + 2, [*seeded, similar])
        rest = await got(client, "/v1/reviews", limit=len(seeded) + 1, cursor=page["next"])
        assert (rest["items"], rest["next"]) == ([unsure], None)
        assert await got(client, f"/v1/reviews/{unsure['id']}") == unsure
        assert unsure["about"]["type"] == "claim"
        assert unsure["about"]["label"]
        lines = await client.get("/v1/reviews", headers={"Accept": "text/csv"})
        assert len(lines.text.splitlines()) == len(every) + 1
        for params in ({"kind": "other"}, {"status": "done"}, {"nonesuch": "1"}):
            assert (await client.get("/v1/reviews", params=params)).status_code == 400


async def test_accepting_a_lookalike_merges_it(own_database: str) -> None:
    async with curating(own_database) as client:
        review = await a_lookalike(client, own_database)
        answer = await decide(client, review, "accept", "the same man")
        assert answer.status_code == 200, answer.text
        decided = answer.json()
        assert (decided["status"], decided["decided_by"], decided["reason"]) == (
            "accepted",
            "editor",
            "the same man",
        )
        gone = await client.get(f"/v1/entities/{review['about']['slug']}")
        assert gone.headers["location"] == f"/v1/entities/{TOKAYEV}"
        (merged, *_) = await items(client, f"/v1/entities/{review['about']['id']}/history")
        assert (merged["action"], merged["reason"]) == ("merged", "the same man")
        (change,) = await items(client, "/v1/changes", type="review")
        assert (change["action"], change["row_id"], change["before"]) == ("accepted", review["id"], review)


async def test_rejecting_a_lookalike_leaves_two(own_database: str) -> None:
    async with curating(own_database) as client:
        review = await a_lookalike(client, own_database)
        assert (await decide(client, review, "reject", "a namesake")).json()["status"] == "rejected"
        assert (await client.get(f"/v1/entities/{review['about']['slug']}")).status_code == 200
        inferred = await run(
            own_database, "SELECT inferred FROM entity WHERE slug = $1", review["about"]["slug"]
        )
        assert inferred is False, "a person has looked at it"


async def test_accepting_an_unsure_claim_makes_it_certain(own_database: str) -> None:
    """It stays what the extractor found; that it is right is known from now on."""
    async with curating(own_database) as client:
        review = await an_unsure_claim(client, own_database)
        path = f"/v1/claims/{review['about']['id']}"
        before = await got(client, path)
        assert (await decide(client, review, "accept", "read it")).status_code == 200
        after = await got(client, path)
        assert after == before | {
            "provenance": {"method": "extracted", "extractor": "rules/1", "confidence": 1.0}
        }
        (last, *_) = await items(client, f"{path}/history")
        assert (last["action"], last["before"], last["after"]) == ("accepted", before, after)


async def test_rejecting_an_unsure_claim_takes_it_back(own_database: str) -> None:
    async with curating(own_database) as client:
        review = await an_unsure_claim(client, own_database)
        path = f"/v1/claims/{review['about']['id']}"
        answer = await decide(client, review, "reject", "misread")
        assert (answer.status_code, answer.json()["status"]) == (200, "rejected")
        assert answer.json()["about"]["label"] is None
        gone = await client.get(path)
        assert gone.status_code == 410
        assert "misread" in gone.json()["detail"]


@pytest.mark.parametrize("how", ["accept", "reject"])
async def test_a_slip_stays_disputed_whoever_was_wrong(own_database: str, how: str) -> None:
    async with curating(own_database) as client:
        review = await a_slip(client)
        claim = await got(client, f"/v1/claims/{review['about']['id']}")
        fact = await got(client, f"/v1/facts/{claim['fact']['slug']}")
        answer = await decide(client, review, how, "looked it up")
        assert (answer.status_code, answer.json()["status"]) == (200, f"{how}ed")
        assert await got(client, f"/v1/facts/{claim['fact']['slug']}") == fact
        # the same two figures are asked about once
        path = f"/v1/claims/{claim['id']}"
        await client.patch(path, json={"statement": "Once more."}, headers=await tag(client, path))
        ids = [one["id"] for one in await items(client, "/v1/reviews", kind="possible_transcription")]
        assert ids.count(review["id"]) == 1
        pairs = [
            frozenset((one["about"]["id"], one["other"]["id"]))
            for one in await items(client, "/v1/reviews", kind="possible_transcription", limit=100)
        ]
        assert len(pairs) == len(set(pairs))


async def test_a_review_is_decided_once(own_database: str) -> None:
    async with curating(own_database) as client:
        review = await a_lookalike(client, own_database)
        answers = await asyncio.gather(
            *(decide(client, review, how) for how in ("accept", "reject", "accept", "reject"))
        )
        assert sorted(one.status_code for one in answers) == [200, 409, 409, 409]
        before = await rows(own_database)
        late = await decide(client, review, "accept")
        assert late.status_code == 409
        assert "editor" in late.json()["detail"]
        assert await rows(own_database) == before


async def test_what_is_gone_leaves_nothing_to_decide(own_database: str) -> None:
    async with curating(own_database) as client:
        unsure = await an_unsure_claim(client, own_database)
        path = f"/v1/claims/{unsure['about']['id']}"
        await client.delete(path, headers=await tag(client, path))
        closed = await got(client, f"/v1/reviews/{unsure['id']}")
        assert (closed["status"], closed["reason"]) == ("rejected", "the claim was taken back")
        # one that some other program left open
        await run(
            own_database,
            "UPDATE review SET status = 'open', decided_at = null WHERE id = $1",
            uuid.UUID(unsure["id"]),
        )
        for how in ("accept", "reject"):
            answer = await decide(client, unsure, how)
            assert answer.status_code == 409, how
            assert "gone" in answer.json()["detail"]


async def test_a_question_about_a_merged_entity_goes_on_about_the_one_that_stays(own_database: str) -> None:
    async with curating(own_database) as client:
        review = await a_lookalike(client, own_database)
        third = await client.post("/v1/entities", json={"name": "Kasim-Zhomart Tokaeff", "kind": "person"})
        asked = await items(client, "/v1/reviews", kind="similar_entity", status="open")
        assert {one["about"]["slug"] for one in asked} == {review["about"]["slug"], third.json()["slug"]}
        await client.post(f"/v1/entities/{review['about']['slug']}/merge", json={"into": TOKAYEV})
        (left,) = await items(client, "/v1/reviews", kind="similar_entity", status="open")
        assert (left["about"]["slug"], left["other"]["slug"]) == (third.json()["slug"], TOKAYEV)
        settled = await got(client, f"/v1/reviews/{review['id']}")
        assert settled["status"] == "accepted"


async def test_what_is_no_review_is_not_decided(own_database: str) -> None:
    async with curating(own_database) as client:
        for key, status in [(str(uuid.uuid4()), 404), ("a-slug", 404), ("No Review", 400)]:
            assert (await client.get(f"/v1/reviews/{key}")).status_code == status
            assert (await client.post(f"/v1/reviews/{key}/accept", json={})).status_code == status
        review = await a_lookalike(client, own_database)
        path = f"/v1/reviews/{review['id']}/accept"
        assert "/because" in pointers(await client.post(path, json={"because": "of that"}), 400)
        assert (await client.post(path)).status_code == 415
        assert (await client.post(path, json=[])).status_code == 400

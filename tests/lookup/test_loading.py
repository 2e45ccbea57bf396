"""What a worker remembers of facts is never older than the database."""

import uuid

import httpx

from service.lookup.candidates import Candidate
from service.lookup.loading import Held, Memory
from service.settings import Settings
from tests.conftest import running
from tests.curation.helpers import curating, items

QUESTION = {"q": "How many people were arrested in Kazakhstan?"}


async def quoted(client: httpx.AsyncClient) -> tuple[str, str]:
    """Id and statement of the claim that the first answer quotes."""
    response = await client.get("/v1/lookup", params=QUESTION)
    assert response.status_code == 200, response.text
    evidence = response.json()["facts"][0]["evidence"]
    return evidence["claim"], evidence["statement"]


async def test_what_another_worker_writes_is_in_the_next_answer(own_database: str) -> None:
    async with running(Settings(database_url=own_database)) as reader, curating(own_database) as writer:
        claim, before = await quoted(reader)
        assert await quoted(reader) == (claim, before)
        path = f"/v1/claims/{claim}"
        etag = (await writer.get(path)).headers["etag"]
        answer = await writer.patch(path, json={"statement": "Said anew."}, headers={"If-Match": etag})
        assert answer.status_code == 200, answer.text
        assert await quoted(reader) == (claim, "Said anew.")


async def test_a_renamed_entity_is_in_the_next_answer(own_database: str) -> None:
    params = {"q": "Who fired Masimov?"}
    async with running(Settings(database_url=own_database)) as reader, curating(own_database) as writer:
        for _ in range(2):
            fact = (await reader.get("/v1/lookup", params=params)).json()["facts"][0]
            assert fact["names"] == ["Kassym-Jomart Tokayev"]
        path = "/v1/entities/kassym-jomart-tokayev"
        etag = (await writer.get(path)).headers["etag"]
        answer = await writer.patch(path, json={"name": "K.-J. Tokayev"}, headers={"If-Match": etag})
        assert answer.status_code == 200, answer.text
        fact = (await reader.get("/v1/lookup", params=params)).json()["facts"][0]
        assert fact["names"] == ["K.-J. Tokayev"]


async def test_as_of_is_answered_from_what_was_published_by_then(client: httpx.AsyncClient) -> None:
    whole = (await client.get("/v1/lookup", params=QUESTION)).json()["facts"][0]
    early = (await client.get("/v1/lookup", params=QUESTION | {"as_of": "2022-01-10T23:59:59Z"})).json()
    again = (await client.get("/v1/lookup", params=QUESTION)).json()["facts"][0]
    known = {one["id"] for one in await items(client, "/v1/claims", reported_to="2022-01-10", limit=100)}
    assert set(early["facts"][0]["claims"]) <= known
    assert whole == again
    assert not set(whole["claims"]) <= known


def held(claims: int) -> Held:
    candidate = Candidate(
        slug="", title="", predicate="", kind="", identity=(), place=None, extent=None, group=None,
        articles=1, claims=(),
    )  # fmt: skip
    return Held(candidate, dict.fromkeys(map(str, range(claims))))  # type: ignore[arg-type]  # rows do not matter


def test_a_memory_holds_the_facts_that_were_asked_for_last() -> None:
    memory = Memory(limit=10)
    one, two, three = (uuid.uuid4() for _ in range(3))
    memory.keep({one: held(4), two: held(4)}, "1")
    assert memory.find([one], "1").keys() == {one}
    memory.keep({three: held(4)}, "1")
    assert memory.find([one, two, three], "1").keys() == {one, three}
    assert memory.claims == 8


def test_a_memory_holds_one_revision() -> None:
    memory = Memory()
    one, two = uuid.uuid4(), uuid.uuid4()
    memory.keep({one: held(1)}, "1")
    assert memory.find([one], "2") == {}
    memory.keep({two: held(1)}, "2")
    assert memory.find([one, two], "2").keys() == {two}
    assert memory.find([one, two], "1") == {}

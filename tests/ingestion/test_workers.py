"""Extraction runs in worker processes: beside the event loop, for a limited time, only so many at once."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from service.extraction.gazetteer import Gazetteer
from service.extraction.grounding import own_vocabulary
from service.ingestion import reading, worker
from service.ingestion.pipeline import Extracted, Raw
from service.ingestion.reading import Names
from service.settings import Settings
from tests.conftest import running
from tests.ingestion.articles import STRIKE, article
from tests.ingestion.conftest import Desk, make_keys
from tests.ingestion.unreliable import (
    DIES,
    FAILS,
    HANGS,
    REACHED,
    STUMBLES,
    WAITS,
    ends,
    ends_once,
    unreliable,
    unreliable_to_store,
)
from tests.test_error_shape import problem


@pytest.fixture
async def odd(
    own_database: str,
    client: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> AsyncIterator[Desk]:
    """A service whose workers misbehave; the parameter is its time limit."""
    monkeypatch.setattr(worker, "work", unreliable)
    monkeypatch.setattr(worker, "to_store", unreliable_to_store)
    keys = await make_keys(own_database)
    settings = Settings(database_url=own_database, extraction_seconds=getattr(request, "param", 60))
    async with running(settings) as own:
        yield Desk(own, own_database, keys)


@contextlib.asynccontextmanager
async def gate(folder: Path) -> AsyncIterator[None]:
    """Workers that wait at the gate go on when the block ends."""
    try:
        yield
    finally:
        for one in folder.glob(f"{REACHED}-*"):
            one.write_bytes(b"")


@pytest.mark.parametrize("odd", [2], indirect=True)
async def test_an_article_that_takes_too_long_is_refused_and_the_worker_replaced(odd: Desk) -> None:
    before = await odd.state()
    for _ in range(3):  # more than there are workers
        found = problem(await odd.post(article(title=HANGS)), 422)
        assert "longer than 2 seconds" in found["detail"]
        assert [error["pointer"] for error in found["errors"]] == ["/text"]
    assert await odd.state() == before
    assert (await odd.post(article())).status_code == 201


async def test_a_sentence_on_which_the_rules_fail_costs_its_claims_alone(
    odd: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    told = "In Oslo, 40 people were killed. In Lima, 12 people died. In Quito, 9 people died.\n"
    made = await odd.stored(article(told, title=STUMBLES))
    assert [claim["value"]["amount"] for claim in made["claims"]] == [40, 9]
    assert made["warnings"] == [
        "One sentence was not read, by a fault of the rules (IndexError in “In Lima, 12 people died.”)."
    ]
    assert "_stumbling" in caplog.text  # where it happened


async def test_an_article_on_which_reading_fails_is_refused_and_the_log_says_where(
    odd: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    before = await odd.state()
    found = problem(await odd.post(article(title=FAILS)), 422)
    assert "by a fault of the service (KeyError)" in found["detail"]
    assert [error["pointer"] for error in found["errors"]] == ["/text"]
    assert await odd.state() == before
    assert "KeyError: 'none'" in caplog.text
    assert (await odd.post(article())).status_code == 201


def test_what_fails_in_a_bulk_run_ends_it_not_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reading, "loaded", lambda names: (Gazetteer(), own_vocabulary(), None))
    text = "In Oslo, 40 people were killed. In Lima, 12 people died."
    raws = [Raw(text=text, title=title) for title in ("Fire", STUMBLES, FAILS)]
    monkeypatch.setattr(reading, "work", unreliable)
    read, stumbled, refused = map(reading.unpacked, reading.extract_chunk(Names("", 0), raws, 60))
    assert isinstance(read, Extracted)
    assert isinstance(stumbled, Extracted)
    assert (len(read.claims), len(stumbled.claims)) == (2, 1)
    assert "_stumbling" in caplog.text
    assert "KeyError: 'none'" in caplog.text
    assert refused == "the article could not be read, by a fault of the service (KeyError)"


async def test_an_article_whose_worker_ends_may_be_sent_again(odd: Desk) -> None:
    before = await odd.state()
    answer = await odd.post(article(title=DIES))
    assert "nothing was stored" in problem(answer, 503)["detail"]
    assert int(answer.headers["retry-after"]) > 0
    assert await odd.state() == before
    assert (await odd.post(article())).status_code == 201


async def test_a_worker_that_ended_before_it_had_an_article_is_passed_over(
    odd: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "warm", ends_once)
    assert (await odd.post(article())).status_code == 201


async def test_where_every_worker_ends_the_article_is_refused_for_now(
    odd: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await odd.state()
    monkeypatch.setattr(worker, "warm", ends)
    assert "nothing was stored" in problem(await odd.post(article()), 503)["detail"]
    assert await odd.state() == before


async def test_the_event_loop_answers_while_extraction_runs(odd: Desk, tmp_path: Path) -> None:
    async with gate(tmp_path):
        slow = [asyncio.create_task(odd.post(article(title=f"{WAITS}{tmp_path}"))) for _ in range(2)]
        while len(list(tmp_path.glob(f"{REACHED}-*"))) < 2:
            assert (await odd.client.get("/health/ready")).status_code == 200
        for path in ("/health/live", "/v1/facts", "/v1/articles/csto-troops-to-leave"):
            assert (await odd.client.get(path)).status_code == 200
        assert not any(task.done() for task in slow)
    assert sorted([(await task).status_code for task in slow]) == [200, 201]


async def test_who_finds_too_many_waiting_is_asked_to_come_back(
    odd: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "WAITING", 1)
    async with gate(tmp_path):
        slow = [asyncio.create_task(odd.post(article(title=f"{WAITS}{tmp_path}"))) for _ in range(2)]
        while len(list(tmp_path.glob(f"{REACHED}-*"))) < 2:
            await odd.client.get("/health/ready")
        others = [asyncio.create_task(odd.post(article(STRIKE))) for _ in range(3)]
        done, waits = await asyncio.wait(others, return_when=asyncio.FIRST_COMPLETED)
        while len(waits) > 1:
            done, waits = await asyncio.wait(others, return_when=asyncio.ALL_COMPLETED, timeout=0.01)
        for task in done:
            problem(task.result(), 429)
            assert int(task.result().headers["retry-after"]) > 0
    assert [(await task).status_code for task in waits] == [201]
    await asyncio.gather(*slow)


async def test_names_that_an_article_brought_are_known_to_the_next(desk: Desk) -> None:
    first = "Talks end\n\nIn Oslo, 40 people were killed, Wanjiru Kamande said.\n"
    made = await desk.stored(article(first))
    deaths = next(claim for claim in made["claims"] if claim["predicate"] == "deaths")
    slug = deaths["attribution"][0]["entity"]["slug"]
    seen = await desk.client.post("/v1/extract", json={"text": "Wanjiru Kamande resigned on Friday."})
    assert slug in {one["entity"] for one in seen.json()["mentions"]}

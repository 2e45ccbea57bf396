"""`fact-lookup ingest` as somebody types it, and what it rests on."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from service.ingestion import bulk, reading
from service.ingestion.files import read_items
from tests.ingestion.articles import FLOOD, claim
from tests.ingestion.test_files import PAGE, archive
from tests.ingestion.unreliable import DIES, HANGS, unreliable
from tests.test_cli import environment, run


def query(url: str, sql: str) -> Any:
    async def ask() -> Any:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return asyncio.run(ask())


def ingested(url: str) -> int:
    """How many articles there are besides the seeds."""
    return int(query(url, "SELECT count(*) FROM article WHERE sketch IS NOT NULL"))


def unrest(number: int) -> dict[str, str]:
    text = f"Unrest {number}\n\nPolice arrested {number} people in Oslo on Monday.\n"
    return {"text": text, "source": "The Harbour Courier", "published_at": "2023-05-10"}


def lines(path: Path, *articles: Any) -> Path:
    path.write_text("".join(one if isinstance(one, str) else json.dumps(one) + "\n" for one in articles))
    return path


def test_whom_an_article_named_is_known_to_later_ones(
    own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CHUNK", "FEWEST", "AHEAD"):
        monkeypatch.setattr(bulk, name, 1)
    said = "Talks end\n\nIn Oslo, 40 people were killed, Wanjiru Kamande said.\n"
    later = [
        f"Talks go on\n\nNobody saw Wanjiru Kamandi in {place} that morning.\n"
        for place in ("Oslo", "Bergen")
    ]
    path = lines(tmp_path / "many.ndjson", *({**unrest(20), "text": text} for text in (said, *later)))
    done = bulk.ingest(own_database, read_items(path, {}), workers=1)
    assert done.stored == 3
    mentioned = "SELECT count(*) FROM mention WHERE surface = 'Wanjiru Kamandi' AND entity_id = "
    assert query(own_database, mentioned + "(SELECT id FROM entity WHERE slug = 'wanjiru-kamande')") > 0


def test_transactions_grow_with_what_was_stored_and_shrink_towards_the_end(
    own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CHUNK", "FEWEST"):
        monkeypatch.setattr(bulk, name, 1)
    sizes: list[int] = []
    store = bulk.store_batch

    async def stored(engine: Any, batch: list[Any], done: Any) -> None:
        sizes.append(len(batch))
        await store(engine, batch, done)

    monkeypatch.setattr(bulk, "store_batch", stored)
    path = lines(tmp_path / "many.ndjson", *(unrest(number) for number in range(20, 80)))
    assert bulk.ingest(own_database, read_items(path, {}), workers=1).stored == sum(sizes) == 60
    largest = sizes.index(max(sizes))
    assert sizes[0] == sizes[-1] == 1 < sizes[largest]
    assert sizes[: largest + 1] == sorted(sizes[: largest + 1])
    assert sizes[largest:] == sorted(sizes[largest:], reverse=True)


def test_workers_yield_to_the_process_that_stores() -> None:
    async def priorities() -> tuple[int, int]:
        workers = bulk.Workers(1, 20, None)
        own, worker = os.getpriority(os.PRIO_PROCESS, 0), workers.executor.submit(os.nice, 0)
        try:
            return own, await asyncio.wrap_future(worker)
        finally:
            await workers.stop()

    own, worker = asyncio.run(priorities())
    assert worker > own


def test_a_signal_ends_a_worker_whatever_the_parent_does_with_it() -> None:
    before = signal.signal(signal.SIGTERM, lambda number, frame: None)
    try:
        workers = bulk.Workers(1, 20, None)
        assert workers.executor.submit(signal.getsignal, signal.SIGTERM).result() == signal.SIG_DFL
        assert workers.executor.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN
        asyncio.run(workers.stop())
    finally:
        signal.signal(signal.SIGTERM, before)


def test_every_kind_of_file_in_a_folder(own_database: str, tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "flood.txt").write_text(FLOOD)
    (tmp_path / "deep" / "strike.html").write_text(PAGE)
    (tmp_path / "deep" / "er" / "one.json").write_text(json.dumps(unrest(20)))
    (tmp_path / "deep" / "archive.warc.gz").write_bytes(archive(True))  # the same text as the page
    (tmp_path / "table.csv").write_text('title,text\nCalm,"Police arrested 7 people in Oslo on Monday."\n')
    (tmp_path / "notes.md").write_text("not an article")
    lines(tmp_path / "many.ndjson", unrest(21), unrest(22))
    done = run(
        "ingest", str(tmp_path), "--source", "Given Gazette", "--published-at", "2023-05-10",
        DATABASE_URL=own_database,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "7 articles: 6 stored, 1 known already, 0 refused" in done.stdout
    assert ingested(own_database) == 6
    assert query(own_database, "SELECT count(*) FROM article WHERE published_at = '2023-05-10'") == 6
    named = "SELECT count(*) FROM article JOIN source ON source.id = source_id WHERE source.name = "
    assert query(own_database, named + "'Given Gazette'") == 3
    claims = query(own_database, "SELECT count(*) FROM claim JOIN article ON article.id = article_id"
                   " WHERE sketch IS NOT NULL")  # fmt: skip
    assert f"{claims} claims" in done.stdout
    assert query(own_database, "SELECT count(*) FROM claim WHERE fact_id IS NULL") == 0
    assert "articles a second" in done.stdout


def test_a_second_run_stores_nothing_and_says_so(own_database: str, tmp_path: Path) -> None:
    path = lines(tmp_path / "many.ndjson", *(unrest(number) for number in range(20, 60)))
    first = run("ingest", str(path), DATABASE_URL=own_database)
    assert "40 stored, 0 known already" in first.stdout
    before = query(own_database, "SELECT number FROM revision")
    second = run("ingest", str(path), DATABASE_URL=own_database)
    assert (second.returncode, ingested(own_database)) == (0, 40)
    assert "0 stored, 40 known already" in second.stdout
    assert query(own_database, "SELECT number FROM revision") == before


def test_what_is_refused_is_told_and_ends_with_1(own_database: str, tmp_path: Path) -> None:
    wrong = unrest(30) | {"claims": [claim(amount=1)]}
    future = unrest(31) | {"published_at": "2999-01-01"}
    path = lines(tmp_path / "many.ndjson", unrest(20), "{\n", wrong, future, {"html": "<p>"}, unrest(21))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    done = run("ingest", str(path), str(tmp_path / "picture.png"), DATABASE_URL=own_database)
    assert done.returncode == 1
    assert "7 articles: 2 stored, 0 known already, 5 refused" in done.stdout
    for place, why in (
        (":2", "it is not JSON"),
        (":3", "do not hold"),
        (":4", "in the future"),
        (":5", "no article is left"),
        ("picture.png", "cannot read .png"),
    ):
        assert any(f"{place}: " in line and why in line for line in done.stderr.splitlines()), place
    quiet = run("ingest", str(path), "--quiet", DATABASE_URL=own_database)
    assert (quiet.returncode, quiet.stderr) == (1, "")
    assert "0 stored, 2 known already, 4 refused" in quiet.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["/no/such/folder"], 2, "does not exist"),
        ([], 2, "Missing argument"),
        (["--workers", "0", "."], 2, "0 is not in the range"),
        (["--published-at", "soon", "."], 2, "published_at: expected a date"),
        (["--published-at", "2999-01-01", "."], 2, "in the future"),
        (["--source", "", "."], 2, "words that can be seen"),
    ],
)
def test_wrong_usage(arguments: list[str], code: int, says: str) -> None:
    done = run("ingest", *arguments)
    assert done.returncode == code
    assert says in done.stderr


def test_a_folder_without_articles_is_told_of(own_database: str, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    done = run("ingest", str(tmp_path), DATABASE_URL=own_database)
    assert (done.returncode, ingested(own_database)) == (0, 0)
    assert f"There is no file of a kind that can be read in {tmp_path}." in done.stderr


def test_without_a_database(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FLOOD)
    done = run("ingest", str(tmp_path), DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 3


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_broken_off_goes_on_where_it_was(
    own_database: str, tmp_path: Path, number: signal.Signals
) -> None:
    articles = [unrest(number) for number in range(20, 170)]
    pipe = tmp_path / "pipe.ndjson"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [sys.executable, "-m", "service", "ingest", str(pipe), "--quiet", "--workers", "2"],
        env=environment(DATABASE_URL=own_database),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with pipe.open("w") as sender:
        # Enough for two batches. The pipe stays open, so that the run cannot come to its end.
        for one in articles[:140]:
            sender.write(json.dumps(one) + "\n")
        sender.flush()
        while ingested(own_database) == 0:
            assert process.poll() is None, process.communicate()
        if number == signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does: the workers get it too
        else:
            process.send_signal(number)
    _, told = process.communicate(timeout=60)  # which also waits for the workers: they hold the same pipes
    assert "Traceback" not in told
    assert process.returncode == (-signal.SIGKILL if number == signal.SIGKILL else 130)
    stored = ingested(own_database)
    assert 0 < stored < 150
    if number == signal.SIGINT:
        assert f"{stored} articles were stored; the same command goes on from there." in told
    again = run("ingest", str(lines(tmp_path / "whole.ndjson", *articles)), DATABASE_URL=own_database)
    assert f"150 articles: {150 - stored} stored, {stored} known already, 0 refused" in again.stdout
    assert ingested(own_database) == 150
    found = "SELECT count(*) FROM claim WHERE evidence LIKE 'Police arrested%Oslo%'"
    assert query(own_database, found) == 150


@pytest.fixture
def odd_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that misbehave when a title says so."""
    monkeypatch.setattr(bulk, "extract_chunk", unreliable_chunk)


def unreliable_chunk(path: str, raws: list[Any], seconds: float) -> list[bytes]:
    reading.work = unreliable
    return reading.extract_chunk(path, raws, seconds)


@pytest.mark.usefixtures("odd_workers")
def test_an_article_that_hangs_or_ends_its_worker_is_refused_and_the_others_go_on(
    own_database: str, tmp_path: Path
) -> None:
    articles = [unrest(number) for number in range(20, 70)]
    articles[10] |= {"title": HANGS}
    articles[20] |= {"title": DIES}
    articles[21] |= {"title": DIES}
    path = lines(tmp_path / "many.ndjson", *articles)
    refused: dict[str, str | None] = {}

    def told(outcome: bulk.Outcome) -> None:
        if outcome.status == "refused":
            refused[outcome.item.origin.rpartition(":")[2]] = outcome.error

    # a busy machine takes seconds for the first article of a worker, which makes the tables of extraction
    summary = bulk.ingest(own_database, read_items(path, {}), 2, told, seconds=5)
    assert (summary.stored, summary.refused) == (47, 3)
    assert refused == {
        "11": "extraction took longer than 5 seconds",
        "21": "the worker process that read it ended",
        "22": "the worker process that read it ended",
    }
    assert ingested(own_database) == 47


def test_two_runs_at_once_store_each_article_once(own_database: str, tmp_path: Path) -> None:
    path = lines(tmp_path / "many.ndjson", *(unrest(number) for number in range(20, 90)))
    command = [sys.executable, "-m", "service", "ingest", str(path), "--quiet", "--workers", "1"]
    variables = environment(DATABASE_URL=own_database)
    running = [subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [one.communicate(timeout=120)[0] for one in running]
    assert [one.returncode for one in running] == [0, 0], outputs
    assert ingested(own_database) == 70

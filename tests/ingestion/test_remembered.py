"""Facts are remembered while articles come in. What is stored is what reading all of their
claims again would make of them."""

import random
from typing import Any

import asyncpg
import pytest

from service.facts.agreement import ALL_PAIRS_LIMIT
from service.facts.claims import views_of_facts
from service.facts.history import standings
from service.facts.writing import verdict_columns
from service.ingestion import storing
from tests.ingestion.articles import article
from tests.ingestion.conftest import Desk

SPEAKERS = ["the mayor", "the interior ministry", "the Red Cross", "the police", "the fire service"]


def report(number: int) -> dict[str, Any]:
    """One of many articles on one fire, each a day or some hours after the one before."""
    pick = random.Random(number)
    hedge = pick.choice(["", "", "", "about ", "more than ", "at least ", "nearly "])
    dead = 100 + 3 * number + pick.choice([0, 0, 1, -7])
    text = (
        f"Fires, day {number}\n\n{hedge}{dead} people were killed in Kenya, {pick.choice(SPEAKERS)} said."
        f" Readers sent {pick.getrandbits(64):x}, {pick.getrandbits(64):x} and {pick.getrandbits(64):x}.\n"
    )
    told = f"2023-05-{1 + number // 3:02}T{6 * (number % 3):02}:00:00Z"
    return article(text, published_at=told, source=f"Courier {number % 4}")


async def biggest(desk: Desk) -> tuple[Any, int]:
    (row,) = await desk.rows(
        "SELECT fact_id, count(*) FROM claim WHERE qualifier IS NOT NULL AND article_id IN"
        " (SELECT id FROM article WHERE sketch IS NOT NULL) GROUP BY fact_id ORDER BY 2 DESC LIMIT 1"
    )
    return row["fact_id"], row["count"]


async def assert_as_read_anew(desk: Desk) -> int:
    """The number of claims of the fact that has most."""
    fact, number = await biggest(desk)
    connection = await asyncpg.connect(desk.url)
    try:
        views = (await views_of_facts(connection, [fact]))[fact]
        stored = await connection.fetch(
            "SELECT * FROM fact_version WHERE fact_id = $1 ORDER BY reported_at", fact
        )
        related = await connection.fetch("SELECT * FROM relation WHERE fact_id = $1", fact)
        now = await connection.fetchrow("SELECT * FROM fact WHERE id = $1", fact)
    finally:
        await connection.close()
    verdicts, relations = standings(views)
    assert [row["reported_at"] for row in stored] == [when for when, _ in verdicts]
    for row, (_, verdict) in zip(stored, verdicts, strict=True):
        assert seen(row) == seen(verdict_columns(verdict))
    assert now is not None
    assert seen(now) == seen(verdict_columns(verdicts[-1][1]))
    assert {(str(row["from_id"]), str(row["to_id"]), row["because"]) for row in related} == {
        (one.from_, one.to, one.because) for one in relations
    }
    return number


def seen(row: Any) -> dict[str, Any]:
    names = ("status", "status_because", "claims", "articles", "independent_attributions", "lower", "upper")
    best = None if row["preferred_claim_id"] is None else str(row["preferred_claim_id"])
    return {name: row[name] for name in names} | {"best": best, "why": list(row["preferred_because"])}


async def test_a_fact_that_grows_article_by_article(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read = counted(monkeypatch)
    for number in range(ALL_PAIRS_LIMIT + 8):
        await desk.stored(report(number))
    assert await assert_as_read_anew(desk) == ALL_PAIRS_LIMIT + 8
    assert read() <= 1, "its claims were read again"


async def test_articles_that_come_in_no_order(desk: Desk) -> None:
    numbers = list(range(24))
    random.Random(1).shuffle(numbers)
    for number in numbers:
        await desk.stored(report(number))
    assert await assert_as_read_anew(desk) == 24


async def test_what_others_wrote_between_is_not_missed(desk: Desk) -> None:
    for number in range(10):
        await desk.stored(report(number))
    connection = await asyncpg.connect(desk.url)  # as another process would
    await connection.execute(
        "UPDATE claim SET amount = 7, lower = 7, upper = 7 WHERE amount BETWEEN 111 AND 114;"
        " UPDATE revision SET number = number + 1"
    )
    await connection.close()
    for number in range(10, 13):
        await desk.stored(report(number))
    fact, number = await biggest(desk)
    (row,) = await desk.rows("SELECT claims, lower FROM fact WHERE id = $1", fact)
    assert (row["claims"], row["lower"]) == (13, 7) == (number, 7)


async def test_an_article_that_was_taken_back_is_not_counted_on(desk: Desk) -> None:
    for number in range(10):
        slug = (await desk.stored(report(number)))["article"]["slug"]
    head = await desk.client.head(f"/v1/articles/{slug}")
    headers = desk.headers("admin") | {"If-Match": head.headers["etag"]}
    assert (await desk.client.delete(f"/v1/articles/{slug}", headers=headers)).status_code == 204
    for number in range(11, 14):
        await desk.stored(report(number))
    fact, number = await biggest(desk)
    (row,) = await desk.rows("SELECT claims, articles FROM fact WHERE id = $1", fact)
    assert (row["claims"], row["articles"]) == (12, 12) == (number, 12)


async def test_what_was_not_committed_is_not_remembered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*given: Any) -> None:
        raise RuntimeError("the disk is full")

    for number in range(12):
        if number == 9:
            with monkeypatch.context() as patched:
                patched.setattr(storing, "record", broken)
                assert (await desk.post(report(30))).status_code == 500
        await desk.stored(report(number))
    assert await assert_as_read_anew(desk) == 12


def counted(monkeypatch: pytest.MonkeyPatch) -> Any:
    """How often facts were read with their claims."""
    from service.facts import writing

    times = []

    async def reading(connection: Any, facts: list[Any]) -> Any:
        if facts:
            times.append(facts)
        return await views_of_facts(connection, facts)

    monkeypatch.setattr(writing, "views_of_facts", reading)
    return lambda: len(times)

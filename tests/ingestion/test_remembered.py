"""Facts are remembered while articles come in. What is stored is what reading all of their
claims again would make of them."""

import random
from typing import Any

import asyncpg
import pytest

from service.facts.claims import views_of_facts
from service.facts.grouping import group_claims
from service.facts.history import judged
from service.facts.pairs import ALL_PAIRS_LIMIT
from service.facts.writing import verdict_columns
from service.ingestion import storing
from tests.ingestion.articles import article
from tests.ingestion.conftest import Desk, assert_nothing_changes

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


WORDS = [
    *["{n} people were killed in {place}, {who} said."] * 6,
    *["about {n} people were killed in {place}, {who} said.", "at least {n} people died in {place}."] * 2,
    "{who} denied that {n} people were killed in {place}.",
    "{who} withdrew its earlier figure of {n} people killed in {place}.",
    "Another {n} people were killed in {place} on Monday, {who} said.",
    "{n} people have been killed in {place} since January, {who} said.",
    "{n} people were killed in {place} in April 2023, {who} said.",
    "{who} met the governor in {place} on Tuesday.",
]


def mixed(number: int) -> dict[str, Any]:
    """One of many articles of half a year that belong to several facts, some taken back, some copied."""
    pick = random.Random(f"mixed {number}")
    source = pick.randrange(number) if number and pick.random() < 0.15 else number
    pick = random.Random(f"text {source}")
    sentences = [
        words.format(n=pick.choice([100, 110, 118, 160, 164]), place=place, who=who)
        for words, place, who in zip(
            pick.sample(WORDS, 2), pick.sample(["Kenya", "Oslo"], 2), pick.sample(SPEAKERS, 2), strict=True
        )
    ]
    text = f"Fires, report {source}\n\n{' '.join(sentences)} Reader {pick.getrandbits(64):x} wrote to us.\n"
    if source != number:
        text = f"{text}\nFrom our copy desk, {number}.\n"
    month, day = 1 + number // 12, 1 + 2 * (number % 12)
    return article(text, published_at=f"2023-{month:02}-{day:02}T08:00:00Z", source=f"Courier {number % 4}")


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
    verdicts, state = judged(views)
    assert [row["reported_at"] for row in stored] == [when for when, _ in verdicts]
    for row, (_, verdict) in zip(stored, verdicts, strict=True):
        assert seen(row) == seen(verdict_columns(verdict))
    assert now is not None
    assert seen(now) == seen(verdict_columns(verdicts[-1][1]))
    assert {(str(row["from_id"]), str(row["to_id"]), row["because"]) for row in related} == {
        (one.from_, one.to, one.because) for one in ([] if state is None else state.ordered())
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


async def test_claims_of_many_kinds_that_come_one_by_one(desk: Desk) -> None:
    for number in range(48):
        await desk.stored(mixed(number))
    (kinds,) = await desk.rows(
        "SELECT count(*) FILTER (WHERE modality IN ('denied', 'retracted')) AS taken_back,"
        " count(*) FILTER (WHERE extent = 'increment') AS increases FROM claim"
    )
    (copies,) = await desk.rows("SELECT count(reprint_of_id) FROM article")
    assert min(kinds["taken_back"], kinds["increases"], copies["count"]) > 1
    await assert_nothing_changes(desk)


async def test_claims_of_many_kinds_that_come_in_no_order(desk: Desk) -> None:
    numbers = list(range(30))
    random.Random(2).shuffle(numbers)
    for number in numbers:
        await desk.stored(mixed(number))
    await assert_nothing_changes(desk)


async def test_a_claim_that_joins_a_fact_is_not_grouped_with_its_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service.facts import writing as module

    grouped = []

    def grouping(claims: Any, *given: Any) -> Any:
        grouped.append(len(claims := list(claims)))
        return group_claims(claims, *given)

    monkeypatch.setattr(module, "group_claims", grouping)
    for number in range(20):
        await desk.stored(report(number))
    assert grouped[-10:] == [0] * 10
    await assert_nothing_changes(desk)


async def test_facts_that_lie_close_together_are_one_as_soon_as_a_claim_lies_between(desk: Desk) -> None:
    def killed(day: str, words: str = "") -> dict[str, Any]:
        text = (
            f"Fires, {day}\n\n{len(day + words) + 90} people were killed in Kenya{words}, the mayor said.\n"
        )
        return article(text, published_at=day, source="Courier")

    days = ["2023-01-10", "2023-03-01", "2023-01-12", "2023-01-12", "2023-03-02", "2023-01-20"]
    for index, day in enumerate(days):
        await desk.stored(killed(f"{day}T0{index}:00:00Z"))
    await desk.stored(killed("2023-03-03T00:00:00Z", " in 2022"))
    await desk.stored(killed("2023-03-04T00:00:00Z", " in January 2023"))
    await assert_nothing_changes(desk)
    await desk.stored(killed("2023-02-05T00:00:00Z"))
    await desk.stored(killed("2023-03-05T00:00:00Z"))
    await assert_nothing_changes(desk)
    facts = await desk.rows("SELECT claims FROM fact WHERE key = 'deaths|total|place=kenya' AND claims > 1")
    assert max(row["claims"] for row in facts) >= 8


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
    fact, _ = await biggest(desk)
    (row,) = await desk.rows("SELECT claims, articles FROM fact WHERE id = $1", fact)
    assert (row["claims"], row["articles"]) == (9, 9)
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

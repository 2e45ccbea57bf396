"""Questions and the facts that answer them, as a table; and two more tables that were written before any
tuning (docs/lookup.md).

A question may have several right facts, divided by `|`; `none` means that the corpus does not hold the
answer.
"""

import csv
from pathlib import Path

import httpx
import msgspec
import pytest

HERE = Path(__file__).parent
UNSEEN = ("unseen_questions.csv", "heldout_questions.csv")


class Row(msgspec.Struct, frozen=True):
    part: str
    question: str
    fact: str
    answer: str


def rows(name: str) -> list[Row]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [Row(**row) for row in csv.DictReader(file)]


async def answered(client: httpx.AsyncClient, row: Row) -> tuple[str, str]:
    """Slug and sentence of the first fact; `none` and the reason when there is none."""
    response = await client.get("/v1/lookup", params={"q": row.question})
    assert response.status_code == 200, response.text
    body = response.json()
    if not body["facts"]:
        return "none", body["because"]
    return body["facts"][0]["fact"]["slug"], body["facts"][0]["answer"]


def right(row: Row, fact: str, answer: str) -> bool:
    return fact in row.fact.split("|") and row.answer.casefold() in answer.casefold()


@pytest.mark.parametrize("row", rows("questions.csv"), ids=lambda row: row.question)
async def test_the_fact_that_answers_comes_first(client: httpx.AsyncClient, row: Row) -> None:
    fact, answer = await answered(client, row)
    assert right(row, fact, answer), f"{fact}: {answer}"


@pytest.mark.parametrize("name", UNSEEN)
async def test_questions_the_grammar_was_not_tuned_on(client: httpx.AsyncClient, name: str) -> None:
    """Written before the first rule was changed and never used to change one; nine in ten have to come out
    right."""
    table = rows(name)
    wrong = [row.question for row in table if not right(row, *await answered(client, row))]
    assert len(wrong) <= len(table) // 10, wrong


async def test_what_the_corpus_does_not_hold_is_never_answered_by_its_nearest_figure(
    client: httpx.AsyncClient,
) -> None:
    for row in [row for name in ("questions.csv", *UNSEEN) for row in rows(name)]:
        if row.part == "absent":
            fact, because = await answered(client, row)
            assert (fact, bool(because)) == ("none", True), row.question

"""Articles of one incident and of several, as the service tells of them: which figures it sets against each
other, and which agree."""

from typing import Any

from tests.ingestion.articles import article
from tests.ingestion.conftest import Desk

BUS = "Bus falls into ravine\n\nA bus fell into a ravine in Kenya on Tuesday, and 14 people were killed.\n"
BUS_TOO = "Ravine in Kenya: bus wrecked\n\nOn Tuesday 22 people were killed in Kenya as their bus skidded.\n"
BUS_AGAIN = "Survivors of the bus tell\n\nAt least 14 people were killed in the bus in Kenya on Tuesday.\n"
BLAST = "Market hit\n\nA bomb went off at a market in Kenya on Tuesday; 22 people were killed.\n"
PROTESTS = (
    "Nurses want more pay\n\nProtests went on in Kenya, the radio said.\n",
    "Farmers angry about dams\n\nThere were protests in Kenya.\n",
)


async def facts_of(desk: Desk, predicate: str, *texts: str) -> list[Any]:
    """What the articles make together, each of a paper of its own and of one day."""
    for number, text in enumerate(texts):
        await desk.stored(article(text, source=f"Paper {number}", published_at="2023-05-10"))
    return list((await desk.get("/v1/facts", predicate=predicate, place="kenya"))["items"])


def statuses(facts: list[Any]) -> list[str]:
    return [fact["agreement"]["status"] for fact in facts]


async def test_two_papers_that_count_the_dead_of_one_crash_otherwise_dispute_it(desk: Desk) -> None:
    assert statuses(await facts_of(desk, "deaths", BUS, BUS_TOO)) == ["disputed"]


async def test_the_dead_of_a_crash_and_of_a_blast_on_one_day_are_no_dispute(desk: Desk) -> None:
    (fact,) = await facts_of(desk, "deaths", BUS, BLAST)
    assert statuses([fact]) == ["single_source"]
    (relation,) = (await desk.get(f"/v1/facts/{fact['slug']}"))["relations"]
    assert (relation["type"], relation["clause"]) == ("scope_differs", "incident")


async def test_papers_agree_on_a_crash_beside_a_blast(desk: Desk) -> None:
    assert statuses(await facts_of(desk, "deaths", BUS, BLAST, BUS_AGAIN)) == ["agreed"]


async def test_two_articles_on_protests_in_a_country_do_not_agree_that_there_was_one(desk: Desk) -> None:
    assert statuses(await facts_of(desk, "protest", *PROTESTS)) == ["single_source"]

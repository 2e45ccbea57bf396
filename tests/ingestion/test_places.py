"""One figure of one incident is one fact, whether a paper names the town or the country; in whatever order
the articles come, and when some are taken back."""

import random
from typing import Any

import pytest

from tests.ingestion.articles import article
from tests.ingestion.conftest import Desk, assert_nothing_changes

PLACES = ["Kenya", "Kenya", "Nairobi", "Mombasa", "Lamu, Kenya", "Lamu"]


def ferry(
    number: int, dead: str, place: str, day: int = 4, title: str = "Ferry sinks in storm"
) -> dict[str, Any]:
    text = f"{title}\n\n{dead} people were killed in {place} when a ferry sank, the harbour master said.\n"
    pick = random.Random(number)  # else the articles would be copies of each other
    text += f"Readers sent {', '.join(f'{pick.getrandbits(64):x}' for _ in range(9))}.\n"
    return article(text, published_at=f"2023-05-{day:02}T{number % 24:02}:00:00Z", source=f"Courier {number}")


async def slugs(desk: Desk) -> list[tuple[str, int]]:
    rows = await desk.rows("SELECT slug, claims FROM fact WHERE key LIKE 'deaths|total|place=%' ORDER BY 1")
    return [(row["slug"], row["claims"]) for row in rows if "2023" in row["slug"]]


async def take_back(desk: Desk, slug: str) -> None:
    head = await desk.client.head(f"/v1/articles/{slug}")
    headers = desk.headers("admin") | {"If-Match": head.headers["etag"]}
    assert (await desk.client.delete(f"/v1/articles/{slug}", headers=headers)).status_code == 204


async def test_a_lookup_of_the_town_counts_those_who_name_the_country(desk: Desk) -> None:
    await desk.stored(ferry(1, "46", "Mombasa"))
    await desk.stored(ferry(2, "At least 46", "Kenya"))
    await desk.stored(ferry(3, "51", "Kenya"))
    answer = await desk.get("/v1/lookup", q="How many people were killed in Mombasa?")
    fact = await desk.get(f"/v1/facts/{answer['facts'][0]['fact']['slug']}")
    assert (fact["place"]["slug"], fact["agreement"]["articles"]) == ("mombasa", 2)
    (relation,) = fact["relations"]
    assert relation["clause"] == "wider_place"
    assert relation["because"] == (
        "46 people satisfies at least 46 people, one of Mombasa, the other of Kenya around it"
    )
    assert await slugs(desk) == [("deaths-kenya-2023-05", 1), ("deaths-mombasa-2023-05", 2)]


@pytest.mark.parametrize("seed", range(3))
async def test_figures_of_towns_and_their_country_in_no_order(desk: Desk, seed: int) -> None:
    pick = random.Random(seed)
    reports = [
        ferry(
            number,
            f"{pick.choice(['', '', 'At least '])}{pick.choice([46, 46, 51])}",
            pick.choice(PLACES),
            pick.choice([4, 4, 5, 6, 9, 30]),
            pick.choice(["Ferry sinks", "Ferry sinks", "Night of storms", "Lamu mourns", "Mombasa mourns"]),
        )
        for number in range(26)
    ]
    pick.shuffle(reports)
    stored = [(await desk.stored(one))["article"]["slug"] for one in reports]
    moved = await desk.rows(
        "SELECT count(*) FROM claim c JOIN fact f ON f.id = c.fact_id WHERE c.place_id <> f.place_id"
    )
    assert moved[0]["count"] > 2
    await assert_nothing_changes(desk)
    for slug in pick.sample(stored, 8):
        await take_back(desk, slug)
        await assert_nothing_changes(desk)


async def test_a_second_town_with_the_figure_leaves_the_country_alone_while_it_stands(desk: Desk) -> None:
    await desk.stored(ferry(1, "46", "Mombasa"))
    await desk.stored(ferry(2, "46", "Kenya"))
    assert await slugs(desk) == [("deaths-mombasa-2023-05", 2)]
    other = (await desk.stored(ferry(3, "46", "Nairobi")))["article"]["slug"]
    apart = [("deaths-kenya-2023-05", 1), ("deaths-mombasa-2023-05", 1), ("deaths-nairobi-2023-05", 1)]
    assert await slugs(desk) == apart
    await take_back(desk, other)
    assert await slugs(desk) == [("deaths-mombasa-2023-05", 2)]

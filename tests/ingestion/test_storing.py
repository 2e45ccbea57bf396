"""Facts made of claims on their way in are the facts that the same claims make once they are stored."""

import random

from service.db.writing import driver_of, make_engine, writing
from service.facts.claims import views_of_claims, views_of_rows
from service.facts.writing import regroup
from tests.ingestion.articles import FLOOD, REPRINT, STRIKE, article
from tests.ingestion.conftest import Desk

TEXTS = [
    FLOOD,
    REPRINT,
    STRIKE,
    "Count\n\nPolice arrested 25 people in Oslo on Tuesday, Reuters reported, citing the interior ministry.\n"
    "Of those arrested, 12 were students. Another 1,700 people were arrested in Almaty.\n",
    "Talks\n\nKassym-Jomart Tokayev denied that 164 people were killed in Kazakhstan. He resigned.\n",
    "Prices\n\nInflation in Norway reached 5.5 percent, the central bank said. Wanjiru Kamande resigned.\n",
]


async def test_grouping_what_is_stored_once_more_changes_nothing(desk: Desk) -> None:
    for number, text in enumerate(TEXTS):
        await desk.stored(article(text, source=f"Paper {number}", published_at=f"2022-01-1{number}"))
    claims = [row["id"] for row in await desk.rows("SELECT id FROM claim WHERE method = 'extracted'")]
    assert len(claims) > 10
    assert await desk.rows("SELECT id FROM claim WHERE fact_id IS NULL") == []
    before = await desk.state()
    engine = make_engine(desk.url)
    try:
        async with writing(engine) as connection:
            _, changed = await regroup(connection, claims)
    finally:
        await engine.dispose()
    assert changed == 0
    assert await desk.state() == before


async def test_facts_do_not_depend_on_what_came_together(desk: Desk) -> None:
    """Each article meets only the facts within reach of its days; judged all at once they come out the
    same."""
    pick = random.Random(5)
    times = ("on 3 {} 2021", "on 20 {} 2021", "in {} 2021", "in 2021", "on 9 {} 2022", "on Monday")
    months = ("January", "February", "May", "August", "December")
    for number in range(60):
        when = pick.choice(times).format(pick.choice(months))
        text = f"Report {number}\n\nPolice arrested {pick.randint(20, 60)} people in Oslo {when}.\n"
        day = f"202{pick.randint(1, 3)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
        await desk.stored(article(text, source=f"Paper {number % 7}", published_at=day))
    claims = [row["id"] for row in await desk.rows("SELECT id FROM claim WHERE method = 'extracted'")]
    facts = "SELECT DISTINCT fact_id FROM claim WHERE method = 'extracted'"
    assert len(claims) == 60
    assert 5 < len(await desk.rows(facts)) < 40
    engine = make_engine(desk.url)
    try:
        async with writing(engine) as connection:
            _, changed = await regroup(connection, claims)
    finally:
        await engine.dispose()
    assert changed == 0


async def test_a_claim_on_its_way_in_is_seen_as_it_will_be_read(desk: Desk) -> None:
    for number, text in enumerate(TEXTS):
        await desk.stored(article(text, source=f"Paper {number}"))
    rows = [dict(row) for row in await desk.rows("SELECT * FROM claim WHERE method = 'extracted'")]
    links = [dict(row) for row in await desk.rows("SELECT * FROM attribution")]
    own = {row["id"] for row in rows}
    engine = make_engine(desk.url)
    try:
        async with writing(engine) as connection:
            driver = await driver_of(connection)
            coming = await views_of_rows(driver, rows, [one for one in links if one["claim_id"] in own])
            there = await views_of_claims(driver, sorted(own))
    finally:
        await engine.dispose()
    assert {one.id: one for one in coming} == {one.id: one for one in there}


async def test_facts_of_one_name_in_many_articles_are_numbered_through(desk: Desk) -> None:
    """Each profit is of a company that only its article knows; the last ones find most numbers taken."""
    for number in range(2, 21):
        text = f"Results\n\nNet profit was {number} million dollars, the firm said.\n"
        await desk.stored(article(text, source=f"Paper {number}"))
    slugs = [row["slug"] for row in await desk.rows("SELECT slug FROM fact WHERE key LIKE 'profit|%'")]
    name = min(slugs, key=len)
    assert sorted(slugs) == sorted([name, *(f"{name}-{number}" for number in range(2, len(slugs) + 1))])
    assert len(slugs) == 19

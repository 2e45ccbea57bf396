"""POST /v1/articles: what becomes of an article that was sent as it was found."""

import asyncio
import datetime as dt
from typing import Any

import pytest

from service.ingestion.pipeline import page_of
from service.ingestion.requests import today
from tests.contract import operations
from tests.ingestion.articles import FLOOD, REPRINT, STRIKE, article
from tests.ingestion.conftest import Desk


def only(claims: list[dict[str, Any]], predicate: str) -> dict[str, Any]:
    (found,) = [one for one in claims if one["predicate"] == predicate]
    return found


async def test_an_article_becomes_claims_with_evidence_and_facts(desk: Desk) -> None:
    answer = await desk.post(article())
    assert answer.status_code == 201
    body = answer.json()
    assert body["created"] is True
    assert answer.headers["location"] == f"/v1/articles/{body['article']['slug']}"
    assert body["article"]["title"] == "Flood cuts off northern Kenya"
    assert body["article"]["published_at"] == "2023-05-10"
    assert body["article"]["published_basis"] == "given"
    arrests = only(body["claims"], "arrests")
    assert arrests["value"]["amount"] == 25
    assert arrests["scope"]["place"]["name"] == "Nairobi"
    assert arrests["provenance"]["method"] == "extracted"
    assert arrests["fact"]["slug"].startswith("arrests-nairobi-2023-05")
    for one in body["claims"]:
        quote, position = one["evidence"]["selectors"]
        assert body["article"]["text"][position["start"] : position["end"]] == quote["exact"]
        assert one["fact"] is not None

    fact = await desk.get(f"/v1/facts/{arrests['fact']['slug']}")
    assert fact["agreement"]["status"] == "single_source"
    assert fact["claims"] == [arrests["id"]]
    listed = await desk.get(f"/v1/articles/{body['article']['slug']}/claims", limit=100)
    assert [one["id"] for one in listed["items"]] == [one["id"] for one in body["claims"]]
    assert await desk.get(answer.headers["location"]) == body["article"]


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("<footer>© 2019 The Gazette</footer>", None),
        ("<p>The bridge of 11.03.2014 fell.</p>", None),
        ('<time datetime="2023-05-11T08:00:00Z">today</time>', dt.date(2023, 5, 11)),
    ],
)
def test_a_day_that_is_only_mentioned_is_not_taken_for_that_of_the_page(
    shown: str, day: dt.date | None
) -> None:
    assert (
        page_of(f"<html><body><h1>Flood</h1><p>Roads are closed.</p>{shown}</body></html>").published == day
    )


async def test_a_page_gives_its_article_title_date_author_and_publisher(desk: Desk) -> None:
    paragraphs = "".join(f"<p>{part}</p>" for part in FLOOD.split("\n\n")[1:])
    html = f"""<!doctype html><html><head><title>Flood cuts off northern Kenya</title>
      <meta property="og:site_name" content="Rift Valley Gazette">
      <meta property="article:published_time" content="2023-05-11T08:00:00Z">
      <meta name="author" content="Amina Otieno"></head>
      <body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
      <article><h1>Flood cuts off northern Kenya</h1>{paragraphs}</article>
      <footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>"""
    body = await desk.stored({"html": html})
    stored = body["article"]
    assert stored["title"] == "Flood cuts off northern Kenya"
    assert stored["source"]["name"] == "Rift Valley Gazette"
    assert stored["author"] == "Amina Otieno"
    assert (stored["published_at"], stored["published_basis"]) == ("2023-05-11", "inferred")
    assert "metadata" in stored["published_note"]
    assert "Sport" not in stored["text"]
    assert "newsletter" not in stored["text"]
    assert only(body["claims"], "arrests")["value"]["amount"] == 25


async def test_the_same_text_again_is_the_same_article(desk: Desk) -> None:
    first = await desk.stored(article())
    before = await desk.state()
    again = await desk.post(article(source="Another Paper", published_at="2023-05-12"))
    assert again.status_code == 200
    assert again.headers["location"] == f"/v1/articles/{first['article']['slug']}"
    warning = (
        "The text is stored already, as published by The Harbour Courier; "
        "that Another Paper published it too is not kept."
    )
    assert again.json() == first | {"created": False, "rejected": [], "warnings": [warning]}
    for same in ("the harbour courier", "the-harbour-courier", first["article"]["source"]["id"]):
        assert (await desk.post(article(source=same))).json()["warnings"] == []
    assert await desk.state() == before


async def test_a_publisher_is_named_by_name_slug_or_id(desk: Desk) -> None:
    """An id that nobody has is a name, and does not become a path that leads to the row of that id."""
    first = (await desk.stored(article()))["article"]["source"]
    for number, told in enumerate((first["id"], first["slug"], first["name"].upper()), 26):
        text = f"Police arrested {number} people in Nairobi on Tuesday, the mayor said."
        assert (await desk.stored(article(text, source=told)))["article"]["source"] == first
    unknown = "11111111-2222-4333-8444-555555555555"
    made = (await desk.stored(article(STRIKE, source=unknown)))["article"]["source"]
    assert (made["name"], made["slug"]) == (unknown, f"id-{unknown}")


@pytest.mark.parametrize(
    ("published_at", "day"),
    [
        ("2023-05-10T23:30:00-05:00", "2023-05-10"),
        ("2023-05-11T04:30:00Z", "2023-05-11"),
        ("2023-05-11T02:00:00+09:00", "2023-05-11"),
        ("2023-05-11", "2023-05-11"),
    ],
)
async def test_words_for_a_day_count_from_the_day_where_the_article_was_published(
    desk: Desk, published_at: str, day: str
) -> None:
    text = "Police arrested 25 people in Nairobi today, the mayor said."
    sent = article(text, published_at=published_at)
    (stored,) = (await desk.stored(sent))["claims"]
    (seen,) = (await desk.post({"text": text, "published_at": published_at}, "/v1/extract")).json()["claims"]
    assert stored["time"]["start"] == seen["time"]["start"] == day


async def test_a_reprint_is_stored_and_is_no_voice_of_its_own(desk: Desk) -> None:
    first = await desk.stored(article())
    fact = (await desk.get("/v1/facts", predicate="deaths", place="kenya"))["items"][0]["slug"]
    before = await desk.get(f"/v1/facts/{fact}")
    second = await desk.stored(article(REPRINT, source="Second Courier", published_at="2023-05-11"))
    third = await desk.stored(article(REPRINT + "\nMore rain is expected.", source="Third Courier"))
    for reprint in (second, third):
        assert reprint["article"]["reprint_of"]["slug"] == first["article"]["slug"]
        assert reprint["article"]["slug"] != first["article"]["slug"]
    after = await desk.get(f"/v1/facts/{fact}")
    assert after["agreement"]["articles"] == before["agreement"]["articles"] + 2
    assert after["agreement"]["independent_attributions"] == before["agreement"]["independent_attributions"]
    assert after["agreement"]["status"] == before["agreement"]["status"] == "single_source"


async def test_another_article_on_the_same_event_is_a_voice_of_its_own(desk: Desk) -> None:
    await desk.stored(article("Nairobi quiet\n\nPolice arrested 25 people in Nairobi on Tuesday.\n"))
    other = "Shops open again\n\nIn Nairobi, 25 people were arrested on Tuesday, the Red Cross said.\n"
    second = await desk.stored(article(other, source="Second Courier"))
    assert second["article"]["reprint_of"] is None
    fact = await desk.get(f"/v1/facts/{only(second['claims'], 'arrests')['fact']['slug']}")
    assert (fact["agreement"]["status"], fact["agreement"]["independent_attributions"]) == ("agreed", 2)


async def test_a_text_joins_the_facts_of_the_seeds(desk: Desk) -> None:
    before = await desk.get("/v1/facts", predicate="arrests", place="kazakhstan", limit=100)
    text = (
        "Count rises\n\nPolice arrested 9,900 people in Kazakhstan, the interior ministry said on Tuesday.\n"
    )
    made = await desk.stored(article(text, published_at="2022-01-11"))
    joined = only(made["claims"], "arrests")["fact"]["slug"]
    assert joined in [one["slug"] for one in before["items"]]


async def test_an_unlisted_spelling_is_the_known_person(desk: Desk) -> None:
    text = "Talks end\n\nPresident Kasym-Zhomart Tokaieff resigned on Friday.\n"
    made = await desk.stored(article(text))
    mentions = await desk.get(f"/v1/articles/{made['article']['slug']}/mentions")
    assert "kassym-jomart-tokayev" in {one["entity"]["slug"] for one in mentions["items"]}
    assert await desk.rows("SELECT name FROM entity WHERE inferred") == []


async def test_a_new_name_makes_a_flagged_entity_and_a_close_one_a_review(desk: Desk) -> None:
    text = "Doctors appeal\n\nIn Nairobi, 40 people were killed, Wanjiru Kamande said on Monday.\n"
    made = await desk.stored(article(text))
    (speaker,) = only(made["claims"], "deaths")["attribution"]
    slug = speaker["entity"]["slug"]
    assert (await desk.get(f"/v1/entities/{slug}"))["inferred"] is True
    assert (await desk.get("/v1/entities/almaty"))["inferred"] is False
    assert await desk.rows("SELECT * FROM review WHERE kind = 'similar_entity'") == []

    other = "Ward reopens\n\nPolice arrested 3 people in Nairobi, W. Kamandi said on Thursday.\n"
    await desk.stored(article(other))
    reviews = await desk.rows(
        "SELECT r.detail, e.name, o.slug FROM review AS r JOIN entity AS e ON e.id = r.row_id"
        " JOIN entity AS o ON o.id = r.other_id WHERE r.kind = 'similar_entity'"
    )
    known = {row["name"] for row in await desk.rows("SELECT name FROM entity WHERE inferred")}
    if "Kamande Wanjiro" in known:
        assert [(row["name"], row["slug"]) for row in reviews] == [("Kamande Wanjiro", slug)]


async def test_an_unknown_publisher_is_made_and_flagged_and_then_known(desk: Desk) -> None:
    first = await desk.stored(article(source="The Harbour Courier"))
    source = await desk.get(f"/v1/sources/{first['article']['source']['slug']}")
    assert (source["name"], source["inferred"]) == ("The Harbour Courier", True)
    again = await desk.stored(article(STRIKE, source="the harbour courier"))
    assert again["article"]["source"]["id"] == source["id"]
    known = await desk.stored(article("Calm\n\nNothing happened in Oslo.\n", source="site-34"))
    assert known["article"]["source"]["slug"] == "site-34"


@pytest.mark.parametrize(
    ("members", "name"),
    [
        ({"url": "https://news.example.org/2023/flood"}, "news.example.org"),
        ({}, "Unknown source"),
        ({"source": "  Harbour \t Courier "}, "Harbour Courier"),
    ],
)
async def test_the_publisher_of_an_article_that_names_none(
    desk: Desk, members: dict[str, str], name: str
) -> None:
    body = await desk.stored({"text": STRIKE, "published_at": "2023-05-10"} | members)
    assert body["article"]["source"]["name"] == name


@pytest.mark.parametrize(
    ("opening", "day", "note"),
    [
        ("Published: 9 May 2023\n\n", "2023-05-09", "labelled"),
        ("HAMBURG, May 9, 2023 (Agency) - ", "2023-05-09", "dateline"),
        ("", None, "the day it was stored"),
    ],
)
async def test_a_missing_date_is_inferred_and_says_from_what(
    desk: Desk, opening: str, day: str | None, note: str
) -> None:
    text = opening + "Police detained 12 people at the gates of the harbour in Hamburg."
    before = str(today())
    body = (await desk.stored({"text": text}))["article"]
    assert body["published_at"] in ([day] if day else [before, str(today())])  # midnight may pass
    assert (body["published_precision"], body["published_basis"]) == ("day", "inferred")
    assert note in body["published_note"]


async def test_relative_days_count_from_the_inferred_date(desk: Desk) -> None:
    text = "Published: 10 May 2023\n\nPolice arrested 25 people in Nairobi on Tuesday.\n"
    made = await desk.stored({"text": text})
    assert only(made["claims"], "arrests")["time"]["start"] == "2023-05-09"


async def test_articles_of_one_title_get_slugs_of_their_own(desk: Desk) -> None:
    texts = [
        f"Live updates\n\nPolice arrested {number} people in Oslo on Monday.\n" for number in range(20, 34)
    ]
    slugs = [(await desk.stored(article(text)))["article"]["slug"] for text in texts]
    assert slugs[:3] == ["live-updates", "live-updates-2", "live-updates-3"]
    assert len(set(slugs)) == len(slugs)
    for slug in slugs:
        await desk.get(f"/v1/articles/{slug}")


async def test_the_same_text_sent_at_once_is_stored_once(desk: Desk) -> None:
    answers = await asyncio.gather(*(desk.post(article(source=f"Paper {n}")) for n in range(8)))
    assert sorted(one.status_code for one in answers) == [200] * 7 + [201]
    assert len({one.json()["article"]["id"] for one in answers}) == 1
    assert await desk.rows("SELECT count(*) FROM article WHERE sketch IS NOT NULL") == [(1,)]


async def test_different_texts_sent_at_once_are_all_stored(desk: Desk) -> None:
    towns = ["Oslo", "Lima", "Quito", "Accra", "Hanoi", "Turin", "Osaka", "Perth"]
    texts = [
        f"Unrest\n\nPolice arrested {n + 20} people in {town} on Monday.\n" for n, town in enumerate(towns)
    ]
    answers = await asyncio.gather(*(desk.post(article(text)) for text in texts))
    assert [one.status_code for one in answers] == [201] * len(texts)
    for town, answer in zip(towns, answers, strict=True):
        assert only(answer.json()["claims"], "arrests")["scope"]["place"]["name"] == town
    assert len(await desk.rows("SELECT DISTINCT source_id FROM article WHERE sketch IS NOT NULL")) == 1


async def test_what_was_rejected_is_listed_and_kept(desk: Desk) -> None:
    body = await desk.stored(article("Unrest\n\nPolice arrested 25 people in Nairobi.\n", claims=[]))
    rows = await desk.rows("SELECT predicate, reason FROM rejection ORDER BY id")
    told = sorted((one["predicate"], one["reason"]) for one in body["rejected"])
    assert sorted(map(tuple, rows)) == told


async def test_without_extraction_only_the_text_and_its_names_are_stored(desk: Desk) -> None:
    body = await desk.stored(article(extract=False))
    assert body["claims"] == []
    assert body["article"]["counts"]["claims"] == 0


async def test_the_history_tells_who_stored_it(desk: Desk) -> None:
    made = await desk.stored(article())
    rows = await desk.rows("SELECT type, action, actor, row_id FROM change")
    told = {(row["type"], row["action"], row["actor"]) for row in rows}
    assert ("article", "created", "test-ingest") in told
    claims = {str(row["row_id"]) for row in rows if row["type"] == "claim"}
    assert claims == {one["id"] for one in made["claims"]}


async def test_the_example_of_the_document_is_stored_as_it_stands(desk: Desk) -> None:
    body = await desk.stored(operations()["post_article"].example["request"])
    (sent,) = [one for one in body["claims"] if one["provenance"]["method"] == "submitted"]
    assert (sent["value"]["amount"], sent["scope"]["group"]) == (207, "two markets")


async def test_an_article_that_tells_how_a_toll_grew_does_not_contradict_itself(desk: Desk) -> None:
    text = (
        "Warehouse fire kills four\n\nFour people were killed and eleven injured when fire broke out in a"
        " warehouse in Nakuru on Monday night, police said.\nThe mayor said on Tuesday that two more bodies"
        " had been found, bringing the death toll to six.\n"
    )
    stored = await desk.stored(article(text, source="Rift Courier", published_at="2024-03-05"))
    totals = [
        one
        for one in stored["claims"]
        if one["predicate"] == "deaths" and one["scope"]["extent"] == "cumulative"
    ]
    assert [(one["value"]["amount"], one["time"]["start"]) for one in totals] == [
        (4, "2024-03-04"),
        (4, "2024-03-04"),
        (6, "2024-03-05"),
    ]
    (slug,) = {one["fact"]["slug"] for one in totals}
    fact = await desk.get(f"/v1/facts/{slug}")
    assert fact["agreement"]["status"] == "evolving"
    assert fact["preferred"]["value"]["amount"] == 6


async def test_totals_since_one_day_that_were_told_on_different_days_grew(desk: Desk) -> None:
    for day, source, text in (
        ("2024-05-06", "One", "At least 12 people have died in floods in Garissa since Friday, police said."),
        ("2024-05-07", "Two", "The number of people killed in floods in Garissa since Friday rose to 15."),
        ("2024-05-08", "Three", "Floods in Garissa have killed 17 people since the rains began on Friday."),
    ):
        stored = await desk.stored(article(f"Floods\n\n{text}", source=source, published_at=day))
    (slug,) = {one["fact"]["slug"] for one in stored["claims"] if one["predicate"] == "deaths"}
    fact = await desk.get(f"/v1/facts/{slug}")
    assert fact["agreement"]["claims"] == 3
    assert fact["agreement"]["status"] == "evolving"
    assert fact["preferred"]["value"]["amount"] == 17

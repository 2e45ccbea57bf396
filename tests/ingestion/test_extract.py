"""POST /v1/extract: everything that extraction sees in a text, and nothing stored."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.ingestion.articles import FLOOD, article
from tests.ingestion.conftest import Desk
from tests.test_error_shape import problem

SPANS = ("sentences", "mentions", "quantities", "dates")
TEXTS = {
    "plain": FLOOD,
    "astral": "🌊🌊 Flood\n\n𝔗he river 🌊 killed 34 people in Kenya on 🗓 Tuesday, 🎤 the mayor said. "
    "🌊 Police 👮🏽 arrested 25 people.",
    "combining": "Cafe\u0301 fire\n\nA fire killed 12 people in Zu\u0308rich on Monday, Jose\u0301 "
    "Garci\u0301a said. Police arrested 3 men in Que\u0301bec.",
    "right to left": "\u200fחדשות\u200f\n\nPolice arrested 25 people in Haifa on Tuesday, "
    "\u202bמשטרה\u202c said.",
    "carriage returns": "Flood\r\n\r\nRain killed 34 people in Kenya on Tuesday,\r\nthe mayor said.\r\n",
    "other spaces": "Flood\n\nRain\u00a0killed\u200934\u00a0people in\u2003Kenya on Tuesday, the mayor said.",
    "ligatures": "Oﬃcials\n\nOﬃcials said ½ of the 3 000 ﬁremen left on 5 May 2023. "
    "İstanbul police arrested 25 people.",
}


def spans_of(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in SPANS:
        yield from body[name]
    for one in body["attributions"]:
        yield from (one[part] for part in ("source", "cue", "content") if one[part] is not None)
    for one in body["claims"]:
        quote, position = one["evidence"]["selectors"]
        yield {"start": position["start"], "end": position["end"], "surface": quote["exact"]}


async def extract(client: httpx.AsyncClient, **body: Any) -> Any:
    answer = await client.post("/v1/extract", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("clean", [True, False])
@pytest.mark.parametrize("name", TEXTS)
async def test_every_offset_is_a_code_point_of_the_answers_text(
    client: httpx.AsyncClient, name: str, clean: bool
) -> None:
    body = await extract(client, text=TEXTS[name], clean=clean, published_at="2023-05-10")
    found = list(spans_of(body))
    assert len(found) > 5
    for span in found:
        assert body["text"][span["start"] : span["end"]] == span["surface"]
    for one in body["claims"]:
        quote, position = one["evidence"]["selectors"]
        assert body["text"][: position["start"]].endswith(quote["prefix"])
        assert body["text"][position["end"] :].startswith(quote["suffix"])
    for one in body["removed"]:
        assert TEXTS[name][one["start"] : one["end"]] == one["surface"]


@pytest.mark.parametrize("name", TEXTS)
async def test_a_text_that_is_not_to_be_cleaned_stays_as_it_came(
    client: httpx.AsyncClient, name: str
) -> None:
    body = await extract(client, text=TEXTS[name], clean=False)
    assert body["text"] == TEXTS[name]
    assert body["removed"] == []


async def test_the_shapes_of_the_contract(client: httpx.AsyncClient) -> None:
    body = await extract(client, text=FLOOD, published_at="2023-05-10", title="Flood")
    assert (body["title"], body["published_at"], body["published_note"]) == ("Flood", "2023-05-10", None)
    quantity = next(one for one in body["quantities"] if one["surface"] == "34")
    assert (
        quantity | {"amount": 34, "lower": 34, "upper": 34, "qualifier": "exact", "unit": "people"}
        == quantity
    )
    more = next(one for one in body["quantities"] if "3,000" in one["surface"])
    assert more | {"amount": 3000, "lower": 3000, "upper": None, "qualifier": "more_than"} == more
    date = next(one for one in body["dates"] if "Tuesday" in one["surface"])
    assert (date["value"], date["precision"]) == ("2023-05-09", "day")
    place = next(one for one in body["mentions"] if one["surface"] == "Nairobi")
    assert (place["kind"], place["entity"]) == ("place", None)
    said = next(one for one in body["attributions"] if one["cue"]["surface"] == "said")
    assert said["source"]["surface"].endswith("interior ministry")
    assert "killed 34 people" in said["content"]["surface"]
    deaths = next(one for one in body["claims"] if one["predicate"] == "deaths")
    assert deaths["value"]["amount"] == 34
    assert deaths["provenance"]["method"] == "extracted"
    assert deaths["evidence"]["verified"] is True
    assert "id" not in deaths
    for one in body["rejected"]:
        assert set(one) == {"quote", "predicate", "extractor", "reason", "detail"}


async def test_known_entities_have_their_slugs(client: httpx.AsyncClient) -> None:
    body = await extract(client, text="Kassym-Jomart Tokayev arrived in Almaty on Friday.")
    assert {one["entity"] for one in body["mentions"]} >= {"kassym-jomart-tokayev", "almaty"}


async def test_a_page_is_read_as_its_article(client: httpx.AsyncClient) -> None:
    paragraphs = "".join(f"<p>{part}</p>" for part in FLOOD.split("\n\n"))
    html = f"<html><body><nav>Home Sport</nav><article>{paragraphs}</article></body></html>"
    body = await extract(client, html=html, published_at="2023-05-10")
    assert "Sport" not in body["text"]
    assert {one["predicate"] for one in body["claims"]} >= {"deaths", "arrests"}


async def test_nothing_is_stored_and_no_key_is_needed(desk: Desk) -> None:
    before = await desk.state()
    body = await extract(desk.client, text="In Oslo, 40 people were killed, Wanjiru Kamande said.")
    assert body["claims"]
    assert await desk.state() == before


async def test_what_is_extracted_is_what_would_be_stored(desk: Desk) -> None:
    seen = await extract(desk.client, text=FLOOD, published_at="2023-05-10")
    stored = await desk.stored(article())
    assert stored["article"]["text"] == seen["text"]

    def essence(one: dict[str, Any]) -> tuple[Any, ...]:
        return (one["predicate"], one["value"], one["time"], one["modality"], one["evidence"]["selectors"])

    assert [essence(one) for one in stored["claims"]] == sorted(
        (essence(one) for one in seen["claims"]),
        key=lambda one: (one[4][1]["start"], one[4][1]["end"], one[0]),
    )


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"text": ""}, 400, "/text"),
        ({}, 400, "/text"),
        ({"text": "a", "html": "b"}, 400, "/text"),
        ({"text": "a", "published_at": "soon"}, 400, "/published_at"),
        ({"text": "a", "clean": "no"}, 400, "/clean"),
        ({"text": "a\0"}, 400, "/text"),
        ({"text": "a" * 2_000_001}, 413, "/text"),
        ({"html": "<p></p>"}, 422, "/html"),
    ],
)
async def test_input_that_cannot_be_read(
    client: httpx.AsyncClient, body: dict[str, Any], status: int, pointer: str
) -> None:
    found = problem(await client.post("/v1/extract", json=body), status)
    assert [error["pointer"] for error in found["errors"]] == [pointer]

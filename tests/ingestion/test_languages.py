"""Articles in other languages, and texts whose letters came apart from their marks."""

import unicodedata
from pathlib import Path
from typing import Any

import msgspec
import pytest

from service.extraction.protocol import Document, Opinion
from service.ingestion import bulk
from service.ingestion.files import read_items
from service.ingestion.opinions import with_opinion
from service.ingestion.pipeline import Raw
from tests.extraction.languages import OTHERS
from tests.ingestion.articles import STRIKE, article, claim
from tests.ingestion.conftest import Desk
from tests.ingestion.test_bulk import lines

GERMAN = f"30 Soldaten die in Mali dienten\n\n{OTHERS['de']} In Berlin killed 12 people."
ALONE = "Claims are sought in English alone, and the article "
INFERRED = ALONE + "is in another language (de, inferred from its words)."


def parted(text: str) -> str:
    return unicodedata.normalize("NFD", text)


async def test_an_article_in_a_declared_language_has_no_claims_and_a_warning(desk: Desk) -> None:
    text = (
        "In Zürich nahm die Polizei am Montag 25 Personen fest, teilte die Stadt mit. 12 people died in Bern."
    )
    stored = await desk.stored(article(text, language="de"))
    assert stored["warnings"] == [ALONE + "is in another language (de)."]
    assert stored["claims"] == []
    assert stored["article"]["language"] == "de"
    unsought = await desk.stored(article(f"{text} Ende.", language="de", extract=False))
    assert unsought["warnings"] == []


async def test_the_language_of_an_article_that_does_not_say_is_told_from_its_words(desk: Desk) -> None:
    stored = await desk.stored(article(GERMAN))
    assert stored["article"]["language"] == "de"
    assert stored["warnings"] == [INFERRED]
    assert stored["claims"] == []
    english = await desk.stored(article(STRIKE))
    assert (english["article"]["language"], english["warnings"]) == ("en", [])


async def test_a_client_that_says_english_is_believed_and_warned(desk: Desk) -> None:
    stored = await desk.stored(article(GERMAN, language="en"))
    assert stored["article"]["language"] == "en"
    told = "reads as if it were in another language (de) than was declared (en)."
    assert stored["warnings"] == [ALONE + told]
    assert [one["value"]["amount"] for one in stored["claims"]] != []


async def test_claims_that_came_with_it_are_stored_in_any_language(desk: Desk) -> None:
    sent = {"predicate": "deaths", "quote": "killed 12 people", "value": "12 people"}
    stored = await desk.stored(article(GERMAN, claims=[sent]))
    assert [one["value"]["amount"] for one in stored["claims"]] == [12]


async def test_extraction_alone_says_the_same(desk: Desk) -> None:
    body = (await desk.client.post("/v1/extract", json={"text": GERMAN})).json()
    assert (body["warnings"], body["claims"]) == ([INFERRED], [])
    assert body["sentences"] != []


async def test_a_line_of_an_import_says_the_same(desk: Desk) -> None:
    answer = await desk.client.post(
        "/v1/imports",
        content=msgspec.json.encode(article(GERMAN)),
        headers=desk.headers() | {"Content-Type": "application/x-ndjson"},
    )
    line = answer.json()
    assert (line["status"], line["claims"], line["warnings"]) == (201, 0, [INFERRED])


def test_a_bulk_run_counts_such_articles(own_database: str, tmp_path: Path) -> None:
    path = lines(tmp_path / "many.ndjson", article(GERMAN), article(f"{GERMAN} Ende."), article(STRIKE))
    summary = bulk.ingest(own_database, read_items(path, {}), 1)
    assert (summary.stored, summary.warnings) == (3, {INFERRED: 2})


async def test_a_model_is_not_asked_about_another_language() -> None:
    class Asked(Exception):
        pass

    class Model:
        async def ask(self, document: Document) -> Opinion:
            raise Asked

    model: Any = Model()
    for raw in (Raw(text=GERMAN), Raw(text=STRIKE, language="de")):
        assert await with_opinion(model, raw, raw.text or "") == raw
    for raw, text in ((Raw(text=GERMAN, language="en"), GERMAN), (Raw(text=STRIKE), STRIKE)):
        with pytest.raises(Asked):
            await with_opinion(model, raw, text)


MAYOR = "Fire in Zürich\n\nA fire killed 12 people in Zürich on Monday, mayor José Gárcola said.\n"


async def test_letters_apart_from_their_marks_are_stored_whole(desk: Desk) -> None:
    sent = claim(predicate="deaths", quote="killed 12 people in Zürich", value="12 people", amount=12)
    body = article(MAYOR, title="Fire in Zürich", source="Züri Blatt", claims=[sent | {"place": "Zürich"}])
    raw = msgspec.json.decode(parted(msgspec.json.encode(body).decode()))
    assert raw != body
    stored = await desk.stored(raw)
    assert stored["article"]["text"] == MAYOR.strip()
    assert stored["article"]["title"] == "Fire in Zürich"
    assert stored["article"]["source"]["name"] == "Züri Blatt"
    deaths = [one for one in stored["claims"] if one["predicate"] == "deaths"]
    assert {one["scope"]["place"]["name"] for one in deaths} == {"Zürich"}
    for one in stored["claims"]:
        quote, position = one["evidence"]["selectors"]
        assert stored["article"]["text"][position["start"] : position["end"]] == quote["exact"]
    again = await desk.post(article(MAYOR))
    assert (again.status_code, again.json()["created"]) == (200, False)

    for path, query in (
        ("/v1/entities", "José Gárcola"),
        ("/v1/search", "Zürich"),
        ("/v1/articles", "Zürich"),
        ("/v1/lookup", "How many people were killed in Zürich?"),
    ):
        whole, apart = [await desk.get(path, q=written) for written in (query, parted(query))]
        assert whole == apart
        assert (whole["items"] if "items" in whole else whole["facts"]) != []


async def test_names_that_are_sent_are_whole(desk: Desk) -> None:
    body = {"name": "Ségolène Ährig", "kind": "person", "aliases": ["S. Ährig"]}
    parts = msgspec.json.decode(parted(msgspec.json.encode(body).decode()))
    answer = await desk.client.post("/v1/entities", json=parts, headers=desk.headers("curate"))
    assert answer.status_code == 201, answer.text
    made = await desk.get(answer.headers["location"])
    assert made["name"] == "Ségolène Ährig"
    assert "S. Ährig" in [one["text"] for one in made["aliases"]]


async def test_a_text_that_is_not_to_be_cleaned_stays_as_it_came(desk: Desk) -> None:
    body = {"text": parted(MAYOR), "clean": False}
    found = (await desk.client.post("/v1/extract", json=body)).json()
    assert found["text"] == parted(MAYOR)
    names = [one["surface"] for one in found["mentions"]]
    assert parted("Zürich") in names
    assert parted("José Gárcola") in names

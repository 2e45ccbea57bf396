"""Articles that cannot be stored: a problem that points at what is wrong, and nothing half stored."""

import codecs
import gzip
import json
import random
from typing import Any

import pytest

from tests.ingestion.articles import FLOOD, STRIKE, article
from tests.ingestion.conftest import Desk
from tests.test_error_shape import problem

EMPTY_PAGE = "<html><body><nav><a href='/'>Home</a><a href='/news'>News</a></nav></body></html>"


def pointers(found: dict[str, Any]) -> list[str]:
    return [error["pointer"] for error in found["errors"]]


@pytest.mark.parametrize(
    ("body", "status", "pointer", "says"),
    [
        (article(""), 400, "/text", "text is empty"),
        (article(" \n\t\u00a0 "), 400, "/text", "text is empty"),
        (article(None, html=""), 400, "/html", "html is empty"),
        (article(html="<p>x</p>"), 400, "/text", "exactly one of text and html"),
        ({"title": "No text at all"}, 400, "/text", "exactly one of text and html"),
        (article("\u200b\u200e\u00ad"), 422, "/text", "no article"),
        (article(None, html=EMPTY_PAGE), 422, "/html", "no article"),
        (article(None, html="<p>"), 422, "/html", "no article"),
        (article("x" * 5_000_000), 413, "/text", "5,000,000 characters"),
        (article(None, html="<p>" * 1_000_000), 413, "/html", "3,000,000 characters"),
        (article("A\0B"), 400, "/text", "NUL"),
        (article(title="A\0B"), 400, "/title", "NUL"),
        (article(published_at="2999-01-01"), 400, "/published_at", "in the future"),
        (article(published_at="0001-01-01T00:00:00Z"), 400, "/published_at", "before the first newspaper"),
        (article("<!DOCTYPE html>\n<html><p>Two died.</p></html>"), 400, "/text", "send it as html"),
        (article('\n<html lang="en"><p>Two died.</p></html>'), 400, "/text", "send it as html"),
        (article(published_at="yesterday"), 400, "/published_at", "expected a date"),
        (article(published_at="2023-02-30"), 400, "/published_at", "expected a date"),
        (article(published_at=20230510), 400, "/published_at", "expected"),
        (article(url="ftp://example.org"), 400, "/url", "expected an address as https://"),
        (article(url="http://[half"), 400, "/url", "url: "),
        (article(source=" "), 400, "/source", "expected words that can be seen"),
        (article(source="\u200b\u202e"), 400, "/source", "expected words that can be seen"),
        (article(source="x" * 201), 400, "/source", "expected"),
        (article(language="English"), 400, "/language", "expected"),
        (article(body="x"), 400, "/body", "unknown member"),
        (
            article(claims=[{"predicate": "arrests", "quote": "x", "modality": "sure"}]),
            400,
            "/claims/0/modality",
            "expected one of asserted, reported",
        ),
        ([article()], 400, "", "expected"),
    ],
)
async def test_an_article_that_cannot_be_stored(
    desk: Desk, body: Any, status: int, pointer: str, says: str
) -> None:
    before = await desk.state()
    answer = await desk.post(body)
    found = problem(answer, status)
    assert pointers(found) == [pointer]
    assert says.lower() in found["errors"][0]["detail"].lower()
    assert await desk.state() == before


async def test_everything_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    answer = await desk.post(article("", published_at="soon", url="http://[half"))
    assert pointers(problem(answer, 400)) == ["/text", "/published_at", "/url"]


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (b'{"text": "' + random.Random(1).randbytes(2000) + b'"}', 400, "not valid UTF-8"),
        (random.Random(2).randbytes(2000), 400, "not valid UTF-8"),
        (json.dumps(article("Fünf Tote")).encode("utf-16"), 400, "not valid UTF-8"),
        (json.dumps(article("Fünf Tote"), ensure_ascii=False).encode("latin-1"), 400, "not valid UTF-8"),
        (b'{"text": "half \\ud800 a pair"}', 400, "surrogate"),
        (b'{"text": "a"', 400, "not JSON"),
        (b"", 400, "not JSON"),
        (b'{"text": "a", "text": "b"}', 400, "twice"),
        (b"[" * 100_000, 400, "not JSON|nested too deeply"),
        (b" " * 9_000_000, 413, "larger than"),
    ],
)
async def test_a_body_that_is_no_json_of_characters(
    desk: Desk, content: bytes, status: int, says: str
) -> None:
    before = await desk.state()
    headers = desk.headers() | {"Content-Type": "application/json"}
    found = problem(await desk.client.post("/v1/articles", content=content, headers=headers), status)
    assert any(words in found["detail"] for words in says.split("|")), found["detail"]
    assert await desk.state() == before


@pytest.mark.parametrize(
    "declared", ["application/json; charset=latin-1", "application/json; charset=utf-16"]
)
async def test_json_is_utf_8_whatever_encoding_is_declared(desk: Desk, declared: str) -> None:
    """RFC 8259: JSON between systems is UTF-8, and has no charset parameter."""
    body = article("Zürich ruhig\n\nPolice arrested 25 people in Zürich on Monday.\n")
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = desk.headers() | {"Content-Type": declared}
    answer = await desk.client.post("/v1/articles", content=content, headers=headers)
    assert answer.status_code == 201
    assert answer.json()["article"]["title"] == "Zürich ruhig"


@pytest.mark.parametrize("declared", ["text/plain", "application/x-www-form-urlencoded", "image/png", ""])
async def test_a_body_of_another_kind(desk: Desk, declared: str) -> None:
    headers = desk.headers() | {"Content-Type": declared}
    answer = await desk.client.post("/v1/articles", content=b"text=Flood", headers=headers)
    problem(answer, 415)


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/extract", "/v1/imports"])
async def test_a_compressed_body_is_refused_as_what_it_is(desk: Desk, path: str) -> None:
    kind = "application/x-ndjson" if path == "/v1/imports" else "application/json"
    headers = desk.headers() | {"Content-Type": kind, "Content-Encoding": "gzip"}
    content = gzip.compress(json.dumps({"text": STRIKE}).encode())
    answer = await desk.client.post(path, content=content, headers=headers)
    assert "gzip" in problem(answer, 415)["detail"]


async def test_a_page_that_asks_to_log_in_is_no_article(desk: Desk) -> None:
    before = await desk.state()
    html = (
        "<html><head><title>Log in</title></head><body><form action='/login'><label>E-mail</label><input>"
        "<label>Password</label><input type='password'><button>Log in</button></form>"
        "<a href='/forgot'>Forgot your password?</a></body></html>"
    )
    found = problem(await desk.post(article(None, html=html)), 422)
    assert pointers(found) == ["/html"]
    assert await desk.state() == before


async def test_a_text_longer_than_any_article_is_stored_whole_and_says_how_far_it_was_read(
    desk: Desk,
) -> None:
    text = "Very long\n\n" + "Police arrested 12 people in Oslo on Monday. " * 5000
    body = await desk.stored(article(text))
    assert body["article"]["text"].endswith("Police arrested 12 people in Oslo on Monday.")
    (warning,) = body["warnings"]
    assert "was read" in warning
    read = await desk.client.post("/v1/extract", json={"text": text})
    assert read.json()["warnings"] == body["warnings"]


async def test_a_claim_may_quote_from_the_end_of_a_very_long_text(desk: Desk) -> None:
    quote = "Troops arrested 77 people in Bergen on Monday"
    text = "Very long\n\n" + "Nothing happened here at all that day. " * 5000 + f"\n\n{quote}.\n"
    sent = {"predicate": "arrests", "quote": quote, "value": "77 people", "place": "Bergen"}
    body = await desk.stored(article(text, claims=[sent], extract=False))
    assert [one["value"]["amount"] for one in body["claims"]] == [77]


async def test_marks_of_direction_are_taken_out_of_the_text(desk: Desk) -> None:
    text = "\u202bCalm\u202c\n\n\u200fPolice\u200e arrested \u206625\u2069 people in Nairobi on Monday.\n"
    body = await desk.stored(article(text))
    assert not set(body["article"]["text"]) & set("\u202b\u202c\u200e\u200f\u2066\u2069")
    (made,) = body["claims"]
    assert made["value"]["amount"] == 25


async def test_what_cannot_be_seen_is_no_part_of_a_name(desk: Desk) -> None:
    """Two publishers that look the same would be one to every reader."""
    first = await desk.stored(article(source="The Harbour Courier"))
    second = await desk.stored(
        article(STRIKE, source="\u202eThe Har\u00adbour\u200b Courier", title="\u200e\u200b", author=" \n")
    )
    assert second["article"]["source"] == first["article"]["source"]
    assert second["article"]["title"] == "Dockers walk out in Hamburg"
    assert second["article"]["author"] is None


async def test_a_byte_order_mark_before_json_is_ignored(desk: Desk) -> None:
    content = codecs.BOM_UTF8 + json.dumps(article()).encode()
    headers = desk.headers() | {"Content-Type": "application/json"}
    assert (await desk.client.post("/v1/articles", content=content, headers=headers)).status_code == 201
    lines = desk.headers() | {"Content-Type": "application/x-ndjson"}
    answer = await desk.client.post("/v1/imports", content=content, headers=lines)
    assert json.loads(answer.text)["status"] == 200


async def test_entities_of_a_page_that_are_no_characters(desk: Desk) -> None:
    html = (
        "<html><head><title>Dockers &#0; walk &#xD800; out</title></head><body><article><h1>Dockers</h1>"
        f"<p>{STRIKE.partition(chr(10))[2]} &#0;&#xDFFF;&#x1F6A2;</p></article></body></html>"
    )
    body = await desk.stored({"html": html, "source": "The Harbour Courier"})
    assert "12 people" in body["article"]["text"]
    assert "\0" not in body["article"]["text"] + body["article"]["title"]


async def test_a_page_of_very_long_names_is_stored_with_names_that_can_be_found(desk: Desk) -> None:
    long = "very long name " * 1000
    paragraphs = "".join(f"<p>{part}</p>" for part in FLOOD.split("\n\n")[1:])
    html = (
        f'<html><head><title>{long}</title><meta property="og:site_name" content="{long}">'
        f'<meta name="author" content="{long}"></head><body><article>{paragraphs}</article></body></html>'
    )
    stored = (await desk.stored({"html": html}))["article"]
    assert len(stored["title"]) <= 210
    assert len(stored["source"]["name"]) <= 210
    assert len(stored["slug"]) <= 120


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/articles"), ("POST", "/v1/imports"), ("DELETE", "/v1/articles/csto-troops-to-leave")],
)
async def test_writing_needs_a_key_with_the_right_scope(desk: Desk, method: str, path: str) -> None:
    before = await desk.state()

    async def ask(authorization: str | None) -> Any:
        headers = {"Content-Type": "application/json", "If-Match": "*"}
        if authorization is not None:
            headers["Authorization"] = authorization
        content = json.dumps(article()).encode()
        return await desk.client.request(method, path, content=content, headers=headers)

    for authorization in (None, "Bearer", "Bearer fl_nonesuch", "Basic dXNlcjpwYXNz"):
        answer = await ask(authorization)
        assert "authorization" in problem(answer, 401)["detail"].lower() or authorization is not None
        assert answer.headers["www-authenticate"] == "Bearer"
    wrong = "curate" if method == "POST" else "ingest"
    found = problem(await ask(f"Bearer {desk.keys[wrong]}"), 403)
    assert "ingest" in found["detail"] if method == "POST" else "admin" in found["detail"]
    assert await desk.state() == before

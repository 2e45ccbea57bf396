"""Reading articles from files: every kind, and what cannot be read with the reason."""

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from service.ingestion.files import Item, files_in, read_items
from tests.ingestion.articles import FLOOD, STRIKE

PAGE = f"<html><body><article><p>{STRIKE}</p></article></body></html>"


def read(path: Path, content: bytes | str, **defaults: Any) -> list[Item]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_items(path, defaults))


def archive(compressed: bool) -> bytes:
    """Three answers of which one is a page that was found; each a member of its own when compressed."""
    records = []
    for number, (url, status, kind, body) in enumerate(
        [
            ("https://example.org/a", "200 OK", "text/html; charset=utf-8", PAGE),
            ("https://example.org/gone", "404 Not Found", "text/html", PAGE),
            ("https://example.org/logo", "200 OK", "image/png", "png"),
        ]
    ):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2023-05-10T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-00000000000{number}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        records.append(head.encode() + answer + b"\r\n\r\n")
    return b"".join(gzip.compress(one) if compressed else one for one in records)


@pytest.mark.parametrize("name", ["a.txt", "a.TEXT", "b.html", "b.htm", "b.xhtml"])
def test_a_file_of_text_or_html_is_one_article(tmp_path: Path, name: str) -> None:
    (item,) = read(tmp_path / name, PAGE)
    assert item.origin == str(tmp_path / name)
    assert item.article is not None
    assert (item.article.html if "htm" in name else item.article.text) == PAGE


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Zürich ruhig".encode(), "Zürich ruhig"),
        ("\ufeffZürich ruhig".encode(), "Zürich ruhig"),
        ("Zürich ruhig".encode("utf-16"), "Zürich ruhig"),
        ("Zürich ruhig".encode("cp1252"), "Zürich ruhig"),
        ("„Zürich“ – ruhig".encode("cp1252"), "„Zürich“ – ruhig"),
    ],
)
def test_a_file_says_nothing_of_its_encoding(tmp_path: Path, content: bytes, text: str) -> None:
    (item,) = read(tmp_path / "a.txt", content)
    assert item.article is not None
    assert item.article.text == text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        ('<meta charset="windows-1251">', "utf-8"),
        ('<meta charset="utf-16">', "utf-8"),
        ('<meta charset="no-such-encoding">', "utf-8"),
    ],
)
def test_what_a_page_declares_counts_where_it_is_not_utf_8(
    tmp_path: Path, declared: str, encoding: str
) -> None:
    page = f"<html><head>{declared}</head><body><p>Погибли 12 человек.</p></body></html>"
    (item,) = read(tmp_path / "a.html", page.encode(encoding))
    assert item.article is not None
    assert item.article.html == page


@pytest.mark.parametrize("declared", ["utf-8", "us-ascii", "hex", "no-such-encoding"])
def test_a_page_that_declares_the_wrong_encoding(tmp_path: Path, declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>Zürich ruhig</p></body></html>'
    (item,) = read(tmp_path / "a.html", page.encode("cp1252"))
    assert item.article is not None
    assert item.article.html == page


def test_json_holds_one_article_or_a_list(tmp_path: Path) -> None:
    one = {"text": FLOOD, "source": "site-34", "published_at": "2023-05-10"}
    (item,) = read(tmp_path / "a.json", json.dumps(one))
    assert item.article is not None
    assert (item.article.text, item.article.source) == (FLOOD, "site-34")
    several = read(tmp_path / "b.json", json.dumps([one, {"text": STRIKE}, "x"]))
    assert [(one.origin.removeprefix(str(tmp_path)), one.error) for one in several] == [
        ("/b.json[1]", None),
        ("/b.json[2]", None),
        ("/b.json[3]", "not a JSON object"),
    ]


@pytest.mark.parametrize("ending", ["ndjson", "jsonl"])
def test_each_line_is_an_article_of_its_own(tmp_path: Path, ending: str) -> None:
    lines = [json.dumps({"text": FLOOD}), "", "{", json.dumps({"text": STRIKE})]
    items = read(tmp_path / f"a.{ending}", "\n".join(lines))
    assert [one.origin.rpartition(":")[2] for one in items] == ["1", "3", "4"]
    assert [one.error is None for one in items] == [True, False, True]
    assert items[1].error is not None
    assert items[1].error.startswith("no JSON")


def test_a_table_has_an_article_in_each_row(tmp_path: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows(
        [
            ["headline", "content", "publisher", "date", "views"],
            ["Flood", FLOOD, "The Courier", "2023-05-10", "12"],
            ["Empty", "", "The Courier", "2023-05-10", "0"],
            ["Strike", STRIKE, "", "", "3"],
        ]
    )
    items = read(tmp_path / "a.csv", "\ufeff" + out.getvalue(), source="Given")
    flood, empty, strike = (one.article for one in items)
    assert flood is not None
    assert (flood.title, flood.text, flood.source) == ("Flood", FLOOD, "The Courier")
    assert flood.published_at == "2023-05-10"
    assert empty is None
    assert strike is not None
    assert (strike.source, strike.published_at) == ("Given", None)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_web_archive_gives_the_pages_that_were_found(tmp_path: Path, name: str) -> None:
    (item,) = read(tmp_path / name, archive(name.endswith("gz")))
    assert item.article is not None
    assert (item.article.url, item.article.html) == ("https://example.org/a", PAGE)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"PK\x03\x04\x00\x00\x00\x00", "NUL"),
        ("a.txt", b"x" * 5_000_000, "5,000,000 characters"),
        ("a.json", b"[", "no JSON"),
        ("a.json", b"[" * 100_000, "no JSON"),
        ("a.json", b'{"text": "a\\u0000b"}', "NUL"),
        ("a.json", b'{"text": "\\ud800"}', "surrogate"),
        ("a.json", b'{"text": 7}', "expected `str"),
        ("a.json", b'{"title": "No text"}', "exactly one of text and html"),
        ("a.json", b'{"text": "a", "html": "b"}', "exactly one of text and html"),
        ("a.json", b"\xff\xfe\xfa", "no JSON"),
        ("a.csv", b"text\n\x00\x01\n", "NUL"),
        ("a.warc", b"nothing of the kind\n", "no WARC"),
        ("a.warc.gz", b"\x1f\x8b\x08broken", "no WARC"),
        ("a.pdf", b"%PDF-1.7", "cannot read .pdf"),
        ("a", b"text", "files without an ending"),
    ],
)
def test_what_cannot_be_read_is_an_item_with_the_reason(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (item,) = read(tmp_path / name, content)
    assert item.article is None
    assert item.error is not None
    assert says in item.error
    assert item.origin.startswith(str(tmp_path / name))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (item,) = read_items(tmp_path / "none.txt", {})
    assert item.error is not None
    assert "No such file" in item.error


def test_a_truncated_archive_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    content = archive(False)
    page, broken = read(tmp_path / "a.warc", content + content[: content.index(b"</p>")])
    assert page.article is not None
    assert (broken.article, broken.error) == (None, "the record is cut off")


def test_a_folder_is_searched_for_all_that_can_be_read(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.html", "a/1.json", "a/c/x.warc.gz", "readme.md", "a/.hidden.txt", "z.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    given = [tmp_path, tmp_path / "z.pdf"]
    found = [str(one.relative_to(tmp_path)) for one in files_in(given)]
    assert found == ["a/.hidden.txt", "a/1.json", "a/2.html", "a/c/x.warc.gz", "b.txt", "z.pdf"]


def test_what_is_read_again_has_the_same_digest_and_other_articles_have_another(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    content = "\n".join(json.dumps({"text": text}) for text in (FLOOD, STRIKE))
    first, again = read(path, content), read(path, content)
    assert [one.digest for one in first] == [one.digest for one in again]
    assert len({one.digest for one in first}) == 2

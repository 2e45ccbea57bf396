"""Reading articles from files: every kind, and what cannot be read with the reason."""

import csv
import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from service.ingestion.files import Item, files_in, read_items, size_of
from tests.ingestion.articles import FLOOD, STRIKE

PAGE = f"<html><body><article><p>{STRIKE}</p></article></body></html>"


def read(path: Path, content: bytes | str, **defaults: Any) -> list[Item]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_items(path, defaults))


def record(
    body: bytes, url: str = "https://example.org/a", status: str = "200 OK", http: str = "", warc: str = ""
) -> bytes:
    """What a web archive keeps of one answer; `http` and `warc` are more of its header lines."""
    kind = "" if "Content-Type" in http else "Content-Type: text/html; charset=utf-8\r\n"
    answer = f"HTTP/1.1 {status}\r\n{kind}{http}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2023-05-10T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        f"{warc}Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def archive(compressed: bool) -> bytes:
    """Three answers of which one is a page that was found; each a member of its own when compressed."""
    records = [
        record(PAGE.encode()),
        record(PAGE.encode(), "https://example.org/gone", "404 Not Found"),
        record(b"png", "https://example.org/logo", http="Content-Type: image/png\r\n"),
    ]
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
    assert items[1].error.startswith("it is not JSON")


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
        ("a.json", b"[", "not JSON"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", b'{"text": "a\\u0000b"}', "NUL"),
        ("a.json", b'{"text": "\\ud800"}', "surrogate"),
        ("a.json", b'{"text": 7}', "expected text"),
        ("a.json", b'{"title": "No text"}', "exactly one of text and html"),
        ("a.json", b'{"text": "a", "html": "b"}', "exactly one of text and html"),
        ("a.json", b"\xff\xfe\xfa", "not valid UTF-8"),
        ("a.json", b'{"text": "a", "text": "b"}', "the same name stands twice: text"),
        ("a.json", b'{"text": NaN}', "NaN is no JSON number"),
        ("a.json", b'{"title": "No text"}', "none of text, html, body, content is among title"),
        ("a.csv", b"text\n\x00\x01\n", "NUL"),
        ("a.csv", b"", "none of text, html, body, content is among nothing"),
        ("a.csv", b"text;title\nOne;Two\nThree;Four\n", "is among text;title"),
        ("a.csv", b"text,title\nOne,Two,Three\n", "3 values in 2 columns"),
        ("a.csv", b'text,title\n"One,Two\nThree,Four\n', "from here on this is no table"),
        ("a.csv", b'text\n"' + b"x " * 9_000_000 + b'"\n', "from here on this is no table"),
        ("a.warc", b"nothing of the kind\n", "no WARC"),
        ("a.warc", b"", "not one record"),
        ("a.warc.gz", b"hello world" * 100, "not one record"),
        ("a.warc.gz", b"\x1f\x8b\x08broken", "no WARC"),
        ("a.warc.gz", gzip.compress(b"nothing of the kind\n"), "no WARC"),
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


GZIP = "Content-Encoding: gzip\r\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (record(gzip.compress(PAGE.encode())[:-20], http=GZIP), "the record is cut off"),
        (record(PAGE.encode(), warc="WARC-Truncated: length\r\n"), "cut off when it was archived: length"),
        (record(b"\x0b\x02\x80", http="Content-Encoding: br\r\n"), "packed with br"),
    ],
)
def test_a_part_of_a_page_is_not_taken_for_the_page(tmp_path: Path, content: bytes, says: str) -> None:
    (item,) = read(tmp_path / "a.warc", content)
    assert item.article is None
    assert says in str(item.error)


def test_a_page_in_an_archive_is_unpacked_and_read_as_its_answer_said(tmp_path: Path) -> None:
    told = "Content-Type: text/html; charset=iso-8859-2\r\n"
    packed = record(gzip.compress("<p>Łódź</p>".encode("iso-8859-2")), http=GZIP + told)
    (item,) = read(tmp_path / "a.warc", packed)
    assert item.article is not None
    assert item.article.html == "<p>Łódź</p>"


def test_an_archive_compressed_as_a_whole_says_how_to_mend_it(tmp_path: Path) -> None:
    content = gzip.compress(record(PAGE.encode()) + record(PAGE.encode()))
    *_, last = read(tmp_path / "a.warc.gz", content)
    assert "multi-member gzip" in str(last.error)
    assert "\n" not in str(last.error)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_says_nothing_of_its_encoding(tmp_path: Path, encoding: str) -> None:
    (item,) = read(tmp_path / "a.csv", 'title,text\r\nCafé,"Zürich\r\nruhig"\r\n'.encode(encoding))
    assert item.article is not None
    assert (item.article.title, item.article.text) == ("Café", "Zürich\r\nruhig")


def test_a_line_in_another_encoding_harms_no_other(tmp_path: Path) -> None:
    content = "text\nZürich\n".encode() + "Genève\n".encode("cp1252")
    items = read(tmp_path / "a.csv", content)
    assert [one.article and one.article.text for one in items] == ["Zürich", "Genève"]


def test_rows_before_the_place_where_quotes_do_not_match_are_read(tmp_path: Path) -> None:
    good, bad = read(tmp_path / "a.csv", 'text,title\nOne,Two\n"Three,Four\nFive,Six\n')
    assert good.article is not None
    assert bad.origin.endswith(":3")
    assert "from here on" in str(bad.error)


def test_an_article_s_own_names_go_before_those_of_other_tools(tmp_path: Path) -> None:
    members = {"content": "Summary", "text": FLOOD, "date": "2023-05-11", "published_at": "2023-05-10"}
    (item,) = read(tmp_path / "a.json", json.dumps(members))
    assert item.article is not None
    assert (item.article.text, item.article.published_at) == (FLOOD, "2023-05-10")


def test_what_json_of_other_tools_holds_besides_does_no_harm(tmp_path: Path) -> None:
    content = f'{{"text": {json.dumps(FLOOD)}, "score": NaN, "id": {"9" * 5000}, "a": 1, "a": 2}}'
    (item,) = read(tmp_path / "a.json", content)
    assert item.error is None


def test_a_file_whose_name_is_no_utf_8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/empty\xff.txt"))
    try:
        path.touch()
    except OSError:
        pytest.skip("this file system takes no such name")
    (item,) = read_items(path, {})
    assert item.error == "the text is empty"


def test_in_a_folder_what_cannot_be_opened_is_told_and_what_never_ends_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "dangling.txt").symlink_to("nowhere")
    (tmp_path / "itself.txt").symlink_to("itself.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    files = list(files_in([tmp_path]))
    assert [one.name for one in files] == ["dangling.txt", "itself.txt"]
    assert [size_of(one) for one in files] == [0, 0]
    assert all("cannot be read" in str(item.error) for one in files for item in read_items(one, {}))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter every folder")
def test_a_folder_that_cannot_be_entered_is_told(tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0)
    (path,) = files_in([tmp_path])
    (item,) = read_items(path, {})
    assert "Permission denied" in str(item.error)


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


@pytest.mark.parametrize("told", ["en-GB", "en_US", "EN", "en"])
def test_a_language_is_told_as_pages_do(tmp_path: Path, told: str) -> None:
    (item,) = read(tmp_path / "a.json", json.dumps({"text": FLOOD, "lang": told}))
    assert item.article is not None
    assert item.article.language == "en"

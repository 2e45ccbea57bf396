"""Articles in files: .txt, .html, .json, .ndjson, .csv and WARC, alone or in folders.

Every reader yields items one by one, so that a large archive is never in memory as a whole. What cannot be
read is an item too, with the reason.
"""

import contextlib
import csv
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from service.errors import InvalidRequest
from service.ingestion.schemas import LONGEST, ArticleIn
from service.web.body import parse_json

TEXT = {".txt", ".text"}
HTML = {".html", ".htm", ".xhtml"}
LINES = {".ndjson", ".jsonl"}
WARC = {".warc", ".warc.gz"}
KINDS = TEXT | HTML | LINES | WARC | {".json", ".csv"}

csv.field_size_limit(16_000_000)


class Item(msgspec.Struct, frozen=True):
    """One article of a file: `origin` says where it stands; either `article` or `error` is set. `digest` is
    of what was read, and the same at every run."""

    origin: str
    digest: str
    article: ArticleIn | None = None
    error: str | None = None


def kind_of(path: Path) -> str:
    return ".warc.gz" if path.name.lower().endswith(".warc.gz") else path.suffix.lower()


def files_in(paths: list[Path]) -> Iterator[Path]:
    """The files themselves, and in folders every file of a kind that can be read, in the order of their
    names."""
    for path in paths:
        if path.is_dir():
            yield from (one for one in sorted(path.rglob("*")) if one.is_file() and kind_of(one) in KINDS)
        else:
            yield path


def read_items(path: Path, defaults: dict[str, Any]) -> Iterator[Item]:
    """The articles of one file. `defaults` fill in what an article does not say: source, published_at,
    language."""
    kind = kind_of(path)
    try:
        if kind in TEXT | HTML:
            member = "text" if kind in TEXT else "html"
            yield from whole_file(path, member, defaults)
        elif kind in LINES:
            with path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    if line.strip():
                        yield from from_json(f"{path}:{number}", line, defaults)
        elif kind == ".json":
            yield from from_json(str(path), path.read_bytes(), defaults)
        elif kind == ".csv":
            yield from from_csv(path, defaults)
        elif kind in WARC:
            yield from from_warc(path, defaults)
        else:
            known = ", ".join(sorted(KINDS))
            yield broken(str(path), b"", f"cannot read {kind or 'files without an ending'}; known: {known}")
    except OSError as error:
        yield broken(str(path), b"", f"cannot be read: {error.strerror or error}")


def broken(origin: str, content: bytes, error: str) -> Item:
    return Item(origin, digest_of(origin.encode() + content), error=error)


def digest_of(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def made(origin: str, content: bytes, members: dict[str, Any], defaults: dict[str, Any]) -> Item:
    """An item from the members of an article; names that other tools use for them are understood."""
    named = {ALIASES.get(name, name): value for name, value in members.items() if value not in (None, "")}
    known = {field.name for field in msgspec.structs.fields(ArticleIn)}
    chosen = {name: value for name, value in (defaults | named).items() if name in known}
    if not chosen.keys() & {"text", "html"} and any(
        ALIASES.get(name, name) in ("text", "html") for name in members
    ):
        return broken(origin, content, "the text is empty")
    try:
        article = parse_json(json.dumps(chosen).encode(), ArticleIn)
    except InvalidRequest as error:
        return broken(origin, content, error.detail)
    if (article.text is None) == (article.html is None):
        return broken(origin, content, "exactly one of text and html is needed")
    body = article.text if article.text is not None else article.html or ""
    if not body.strip():
        return broken(origin, content, "the text is empty")
    if len(body) > LONGEST:
        return broken(origin, content, f"{len(body):,} characters; at most {LONGEST:,} are read")
    return Item(origin, digest_of(content), article)


# What scrapers and archives call the members of an article.
ALIASES = {
    "body": "text",
    "content": "text",
    "headline": "title",
    "publisher": "source",
    "site": "source",
    "date": "published_at",
    "published": "published_at",
    "datePublished": "published_at",
    "publication_date": "published_at",
    "link": "url",
    "lang": "language",
    "byline": "author",
}


# <meta charset="…"> and <meta http-equiv="Content-Type" content="text/html; charset=…">
CHARSET = re.compile(rb"""charset\s{0,5}=\s{0,5}["']?([a-zA-Z0-9_:.-]{1,40})""")


def decoded(content: bytes) -> str:
    """The text of a file, which may say wrongly or not at all how it is encoded: UTF-8 where it can be
    that, as nothing else looks like it by chance; UTF-16 with a byte order mark; else what a page declares;
    else Windows-1252, which nearly every sequence of bytes is."""
    marked = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    declared = CHARSET.search(content, 0, 4096)
    for encoding in (marked, declared[1].decode() if declared else "cp1252"):
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return content.decode(encoding)
    return content.decode("cp1252", "replace")


def whole_file(path: Path, member: str, defaults: dict[str, Any]) -> Iterator[Item]:
    content = path.read_bytes()
    if b"\0" in content[:4096] and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        yield broken(str(path), content, "this is no text: it holds NUL bytes")
        return
    yield made(str(path), content, {member: decoded(content)}, defaults)


def from_json(origin: str, content: bytes, defaults: dict[str, Any]) -> Iterator[Item]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        yield broken(origin, content, f"no JSON: {error}")
        return
    items = found if isinstance(found, list) else [found]
    for number, one in enumerate(items, 1):
        place = origin if len(items) == 1 else f"{origin}[{number}]"
        part = json.dumps(one, sort_keys=True).encode()
        if isinstance(one, dict):
            yield made(place, part, one, defaults)
        else:
            yield broken(place, part, "not a JSON object")


def from_csv(path: Path, defaults: dict[str, Any]) -> Iterator[Item]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            members = {name: value for name, value in row.items() if isinstance(name, str)}
            yield made(f"{path}:{number}", json.dumps(members, sort_keys=True).encode(), members, defaults)


def from_warc(path: Path, defaults: dict[str, Any]) -> Iterator[Item]:
    """The HTML pages of a web archive that were answered with 200."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file):
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                kind = record.http_headers.get_header("Content-Type") or ""
                if record.http_headers.get_statuscode() != "200" or "html" not in kind:
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI")
                content = record.content_stream().read()
                if (
                    record.raw_stream.limit > 0
                ):  # the reader itself takes the end of the file for the record's
                    yield broken(f"{path}#{url}", content, "the record is cut off")
                    continue
                yield made(f"{path}#{url}", content, {"html": decoded(content), "url": url}, defaults)
        except ArchiveLoadFailed as error:
            yield broken(str(path), b"", f"no WARC: {error}")

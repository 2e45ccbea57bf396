"""Articles in files: .txt, .html, .json, .ndjson, .csv and WARC, alone or in folders.

Every reader yields items one by one, so that a large archive is never in memory as a whole. What cannot be
read is an item too, with the reason.
"""

import contextlib
import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from service.errors import InvalidRequest
from service.ingestion.schemas import LONGEST, ArticleIn
from service.web.body import Twice, converted, json_value

TEXT = {".txt", ".text"}
HTML = {".html", ".htm", ".xhtml"}
LINES = {".ndjson", ".jsonl"}
WARC = {".warc", ".warc.gz"}
KINDS = TEXT | HTML | LINES | WARC | {".json", ".csv"}

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")

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
    names. What cannot be opened comes too, folders as well: `read_items` says why."""
    for path in paths:
        if path.is_dir():
            found: list[Path] = []
            shut: list[OSError] = []
            for folder, _, names in os.walk(path, onerror=shut.append):
                found += [one for one in map(Path(folder).joinpath, names) if kind_of(one) in KINDS]
            found = [one for one in found if os.path.isfile(one) or not os.path.exists(one)]  # no pipes
            yield from sorted([*found, *(Path(error.filename) for error in shut)])
        else:
            yield path


def size_of(path: Path) -> int:
    """Bytes of a file; 0 where it is gone."""
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0


def read_items(path: Path, defaults: dict[str, Any]) -> Iterator[Item]:
    """The articles of one file. `defaults` fill in what an article does not say: source, published_at,
    language."""
    kind = kind_of(path)
    try:
        if path.is_dir():
            os.listdir(path)  # for the reason
        elif kind in TEXT | HTML:
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
    # the name of a file may hold bytes that are no UTF-8
    return Item(origin, digest_of(origin.encode("utf-8", "surrogatepass") + content), error=error)


def digest_of(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


# What members of an article are called here, and by scrapers and archives.
NAMES = {field.name: field.name for field in msgspec.structs.fields(ArticleIn)} | {
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


def made(origin: str, content: bytes, members: dict[str, Any], defaults: dict[str, Any]) -> Item:
    """An item from the members of an article; names that other tools use for them are understood."""
    if isinstance(members, Twice) and (twice := [name for name in members.names if name in NAMES]):
        return broken(origin, content, f"the same name stands twice: {twice[0]}")
    chosen: dict[str, Any] = {}
    for name, member in NAMES.items():  # an article's own names before those of other tools
        if (value := members.get(name)) not in (None, ""):
            chosen.setdefault(member, value)
    chosen = defaults | chosen
    if isinstance(language := chosen.get("language"), str):
        chosen["language"] = re.split("[-_]", language)[0].lower()  # pages say en-GB
    if not chosen.keys() & {"text", "html"} and any(NAMES.get(name) in ("text", "html") for name in members):
        return broken(origin, content, "the text is empty")
    if not chosen.keys() & {"text", "html"}:
        return broken(origin, content, without_text(members))
    try:
        article = converted(chosen, ArticleIn)
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


def without_text(names: Iterable[str]) -> str:
    wanted = ", ".join(name for name, member in NAMES.items() if member in ("text", "html"))
    return (
        f"exactly one of text and html is needed: none of {wanted} is among {', '.join(names) or 'nothing'}"
    )


# <meta charset="…"> and <meta http-equiv="Content-Type" content="text/html; charset=…">
CHARSET = re.compile(rb"""charset\s{0,5}=\s{0,5}["']?([a-zA-Z0-9_:.-]{1,40})""")


def decoded(content: bytes, told: bytes = b"") -> str:
    """The text of a file, which may say wrongly or not at all how it is encoded: UTF-8 where it can be that,
    as nothing else looks like it by chance; UTF-16 with a byte order mark; else what came `told` with it or
    what a page declares; else Windows-1252, which nearly every sequence of bytes is."""
    marked = "utf-16" if content[:2] in UTF_16_MARKS else "utf-8-sig"
    declared = CHARSET.search(told) or CHARSET.search(content, 0, 4096)
    named = declared[1].decode() if declared else "cp1252"
    if named.lower().startswith(("utf-16", "utf-32")):
        named = "cp1252"  # it would have no declaration that can be read
    for encoding in (marked, named):
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return content.decode(encoding)
    return content.decode("cp1252", "replace")


def whole_file(path: Path, member: str, defaults: dict[str, Any]) -> Iterator[Item]:
    content = path.read_bytes()
    if b"\0" in content[:4096] and content[:2] not in UTF_16_MARKS:
        yield broken(str(path), content, "this is no text: it holds NUL bytes")
        return
    yield made(str(path), content, {member: decoded(content)}, defaults)


def from_json(origin: str, content: bytes, defaults: dict[str, Any]) -> Iterator[Item]:
    try:
        found = json_value(content)
    except ValueError as error:
        yield broken(origin, content, f"it {error}")
        return
    items = found if isinstance(found, list) else [found]
    for number, one in enumerate(items, 1):
        place = origin if len(items) == 1 else f"{origin}[{number}]"
        part = json.dumps(one, sort_keys=True, default=repr).encode()
        if isinstance(one, dict):
            yield made(place, part, one, defaults)
        else:
            yield broken(place, part, "not a JSON object")


def from_csv(path: Path, defaults: dict[str, Any]) -> Iterator[Item]:
    """An article in each row. Where quotes do not match, nobody knows what is a row: the rest is left."""
    rows = csv.reader(lines_of(path), strict=True)
    number = 1
    try:
        columns = next(rows, [])
        if not {NAMES.get(name) for name in columns} & {"text", "html"}:
            yield broken(str(path), b"", without_text(columns))
            return
        for row in rows:
            number += 1
            origin, content = f"{path}:{number}", json.dumps(row).encode()
            if len(row) > len(columns):
                yield broken(origin, content, f"{len(row)} values in {len(columns)} columns")
            elif row:
                yield made(origin, content, dict(zip(columns, row, strict=False)), defaults)
    except csv.Error as error:
        yield broken(f"{path}:{number + 1}", b"", f"from here on this is no table: {error}")


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a table, each `decoded` by itself: one in Windows-1252 harms none in UTF-8."""
    with path.open("rb") as file:
        marked = file.peek(2)[:2] in UTF_16_MARKS
        lines = io.TextIOWrapper(file, "utf-16", "replace", newline="") if marked else map(decoded, file)
        yield from lines


def from_warc(path: Path, defaults: dict[str, Any]) -> Iterator[Item]:
    """The HTML pages of a web archive that were answered with 200."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = 0
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file):
                records += bool(record.length)  # any line is taken for the head of an old archive's record
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                kind = record.http_headers.get_header("Content-Type") or ""
                if record.http_headers.get_statuscode() != "200" or "html" not in kind:
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI")
                content, error = page_in(record)
                if error is not None:
                    yield broken(f"{path}#{url}", content, error)
                else:
                    page = {"html": decoded(content, kind.encode()), "url": url}
                    yield made(f"{path}#{url}", content, page, defaults)
        except ArchiveLoadFailed as error:
            yield broken(str(path), b"", f"no WARC: {' '.join(str(error).split())[:300]}")
            return
    if not records:
        yield broken(str(path), b"", "no WARC: not one record is in it")


def page_in(record: Any) -> tuple[bytes, str | None]:
    """What a record of a web archive holds, and what is wrong with it: the library takes what there is of a
    page for the page."""
    coding = (record.http_headers.get_header("Content-Encoding") or "identity").strip().lower()
    stream = record.content_stream()
    content: bytes = stream.read()
    unpacking = getattr(stream, "decompressor", None)
    if coding not in ("identity", "gzip", "deflate"):
        return content, f"pages packed with {coding} cannot be read"
    if record.raw_stream.limit > 0 or (unpacking is not None and not unpacking.eof):
        return content, "the record is cut off"
    if (why := record.rec_headers.get_header("WARC-Truncated")) is not None:
        return content, f"the page was cut off when it was archived: {why}"
    return content, None

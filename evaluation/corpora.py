"""Readers for annotated news: GUM's TEI-like XML and MEANTIME's CAT XML.

Both corpora hold tokens without the white space between them, so the text is put together again by rule and
every annotation is carried over to code point offsets in that text.
"""

import hashlib
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec


class Annotation(msgspec.Struct, frozen=True):
    """`kind` is the corpus's own type (DATE, DURATION, MONEY, …); `value` its normalised value or ""."""

    start: int
    end: int
    kind: str
    value: str = ""


class AnnotatedText(msgspec.Struct, frozen=True):
    """`annotated_end`: dates and quantities are annotated up to this offset only."""

    name: str
    text: str
    published: date
    sentences: tuple[tuple[int, int], ...]
    dates: tuple[Annotation, ...]
    quantities: tuple[Annotation, ...]
    annotated_end: int


def part_of(name: str) -> str:
    """ "tune" or "report": the half of the corpus a file belongs to, fixed by a hash of its name."""
    return "report" if hashlib.sha256(name.encode()).digest()[1] % 2 else "tune"


NO_SPACE_BEFORE = re.compile(r"^(?:[,.;:?!)\]}%…]+|n['’]t|['’](?:s|re|ve|ll|d|m|t)?|''|th)$", re.I)
NO_SPACE_AFTER = re.compile(r"^(?:[(\[{$£€#]|US\$|``|[A-Z]{1,3}\$)$")


class TextBuilder:
    """Joins tokens; `add` returns the token's span."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.glue = True
        self.quote_open = False

    def add(self, token: str, joined: bool = False, glue_after: bool = False) -> tuple[int, int]:
        closes = token == '"' and self.quote_open
        opens = token == '"' and not self.quote_open
        if token == '"':
            self.quote_open = not self.quote_open
        if not (self.glue or joined or closes or (token != "'" and NO_SPACE_BEFORE.match(token))):
            self._write(" ")
        start = self.length
        self._write(token)
        self.glue = glue_after or opens or bool(NO_SPACE_AFTER.match(token))
        return start, self.length

    def new_line(self) -> None:
        if self.parts and self.parts[-1] != "\n":
            self._write("\n")
        self.glue = True
        self.quote_open = False

    def _write(self, part: str) -> None:
        self.parts.append(part)
        self.length += len(part)

    def text(self) -> str:
        return "".join(self.parts)


GUM_BLOCKS = {"p", "head", "caption", "figure", "item", "list", "quote"}


def read_gum(path: Path) -> AnnotatedText:
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    builder = TextBuilder()
    sentences: list[tuple[int, int]] = []
    dates: list[Annotation] = []
    inside = 0  # depth of sentences: blocks break lines only between them

    def tokens(lines: str | None, in_word: bool) -> Iterator[tuple[int, int]]:
        for line in (lines or "").split("\n"):
            fields = line.split("\t")
            if len(fields) < 2:
                continue
            hyphen = fields[1] == "HYPH" or (fields[0] in "–/" and fields[1] == "SYM")
            opens, closes = fields[1] == "``", fields[1] == "''"
            yield builder.add(fields[0], joined=hyphen or closes, glue_after=hyphen or opens)
            if in_word:
                builder.glue = True

    def walk(element: ElementTree.Element, in_word: bool) -> list[tuple[int, int]]:
        nonlocal inside
        spans: list[tuple[int, int]] = []
        word = in_word or element.tag == "w"
        if element.tag in GUM_BLOCKS and not inside:
            builder.new_line()
        inside += element.tag == "s"
        spans.extend(tokens(element.text, word))
        for child in element:
            spans.extend(walk(child, word))
            if child.tag == "w" and not word:
                builder.glue = False
            spans.extend(tokens(child.tail, word))
        inside -= element.tag == "s"
        if spans and element.tag == "s":
            sentences.append((spans[0][0], spans[-1][1]))
        if spans and element.tag == "date":
            value = element.get("when")
            if value:
                dates.append(Annotation(spans[0][0], spans[-1][1], "DATE", value[:10]))
            else:
                low = element.get("from") or element.get("notBefore") or ""
                high = element.get("to") or element.get("notAfter") or ""
                dates.append(Annotation(spans[0][0], spans[-1][1], "INTERVAL", f"{low}/{high}"))
        elif spans and element.tag == "time":
            dates.append(Annotation(spans[0][0], spans[-1][1], "TIME", element.get("when") or ""))
        if element.tag in GUM_BLOCKS and not inside:
            builder.new_line()
        return spans

    walk(root, False)
    published = date.fromisoformat(root.get("dateCreated") or "")
    text = builder.text()
    return AnnotatedText(path.name, text, published, tuple(sentences), tuple(dates), (), len(text))


MEANTIME_ANNOTATED_SENTENCES = 6  # headline, dateline and the first sentences


def read_meantime(path: Path) -> AnnotatedText:
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    builder = TextBuilder()
    spans: dict[str, tuple[int, int]] = {}
    bounds: dict[int, tuple[int, int]] = {}
    previous = -1
    for token in root.iter("token"):
        number = int(token.get("sentence") or 0)
        if number != previous and number <= 2:
            builder.new_line()
        previous = number
        surface = token.text or ""
        start, end = builder.add(
            surface, joined=surface in "-/–" and len(surface) == 1, glue_after=surface in "-/–"
        )
        spans[token.get("t_id") or ""] = (start, end)
        bounds[number] = (bounds.get(number, (start, end))[0], end)

    def annotations(tag: str) -> Iterator[Annotation]:
        for element in root.iter(tag):
            anchors = [spans[a.get("t_id") or ""] for a in element.findall("token_anchor")]
            if anchors:
                value = element.get("value") or ""
                yield Annotation(min(anchors)[0], max(anchors)[1], element.get("type") or "", value)

    days = sorted(
        (element for element in root.iter("TIMEX3") if len(element.get("value") or "") == len("2022-01-12")),
        # A few files mark no creation time: their first day is the dateline.
        key=lambda element: (
            element.get("functionInDocument") != "CREATION_TIME",
            min((spans[a.get("t_id") or ""] for a in element.findall("token_anchor")), default=(1 << 30, 0)),
        ),
    )
    last = max(number for number in bounds if number < MEANTIME_ANNOTATED_SENTENCES)
    return AnnotatedText(
        path.name,
        builder.text(),
        date.fromisoformat(days[0].get("value") or ""),
        tuple(bounds[number] for number in sorted(bounds)),
        tuple(sorted(annotations("TIMEX3"), key=lambda a: a.start)),
        tuple(sorted(annotations("VALUE"), key=lambda a: a.start)),
        bounds[last][1],
    )


def read_all(folder: Path) -> Iterable[tuple[str, AnnotatedText]]:
    """("gum" or "meantime", text) for every file under the folder, in order of file name."""
    for path in sorted(folder.rglob("*.xml")):
        if path.name.startswith("GUM_"):
            yield "gum", read_gum(path)
        else:
            yield "meantime", read_meantime(path)

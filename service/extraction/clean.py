"""Cleaning: from a text or page as it was scraped to the article alone, with a way back to every raw offset.

Plain text goes through rules of its own, as extractors for pages return nothing or keep the footers; HTML
goes through trafilatura first. What is taken out is kept with its reason.
"""

import re
from bisect import bisect_right
from html import unescape
from itertools import pairwise

from service.extraction.junk import (
    AD_TAG,
    COMMENTS_START,
    CREDIT_WORDS,
    DOMAIN,
    JUNK,
    LONGEST,
    REASONS,
    RELATED_START,
    TRIM,
)
from service.extraction.text import CleanText, Removed

Segments = list[tuple[int, int, int]]

# Stands for a raw character that goes, so that offsets stay the raw ones until the end.
GONE = "\x00"
TABLE = {
    **dict.fromkeys([*range(32), 127, *range(128, 160)], GONE),
    **dict.fromkeys([9, 160, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "),
    **dict.fromkeys([10, 11, 12, 13, 0x85, 0x2028, 0x2029], "\n"),
    # Soft hyphen, zero-width characters, marks of direction, byte order mark.
    **dict.fromkeys([0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)], GONE),
    **dict.fromkeys([*range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC)], GONE),
}
SPECIAL = re.compile("[" + "".join(re.escape(chr(code)) for code in TABLE if code != 10) + "]")
LINE = re.compile(r"[^\n]+")
RUN = re.compile(r"[^\x00 ]+(?: [^\x00 ]+)*")
CONTROL = re.compile(r"\x00+")
ALPHANUMERIC = re.compile(r"[^\W_]")
KEY = re.compile(r"[\W_]+")
TITLE_PARTS = re.compile(r"[:|…–—]|\s-\s")
ENDS_PROSE = (".", "!", "?", "…", "”", '"', "’", "'", ")", "»")
TITLE_LINES = 8
BEFORE_TITLE = ("advertisement", "navigation", "cookies", "share")
SHORTEST_REPEAT = 40
IS_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|article|div|p|br|h[1-6]|span|table|section"
    r"|main)(?:\s[^<>]{0,500})?/?>",
    re.I,
)
CLOSING_TAG = re.compile(r"</(?:html|body|article|div|p|h[1-6]|span|table|section|main)\s{0,5}>", re.I)


def clean(raw: str, *, html: bool | None = None) -> CleanText:
    """The article in a raw text. `html` says what it is; None looks for tags.

    A page without an article gives an empty text. NUL and lone surrogates are for the caller to reject; NUL
    is taken out here, as are other control characters, zero-width characters and marks of direction.
    """
    if html is None:
        html = bool(IS_HTML.search(raw, 0, 20_000)) and bool(CLOSING_TAG.search(raw))
    return _clean_page(raw) if html else _clean_plain(raw)


def raw_span(cleaned: CleanText, start: int, end: int) -> tuple[int, int] | None:
    """Where the characters `start:end` of the clean text stand in the raw text; None when none of them
    does."""
    inside = _through(list(cleaned.segments), start, end)
    return (inside[0][1], inside[-1][1] + inside[-1][2]) if inside else None


def _through(segments: Segments, start: int, end: int) -> Segments:
    """The parts of the segments that lie in `start:end`, as (offset from start, target, length)."""
    index = max(0, bisect_right(segments, (start, 1 << 60, 0)) - 1)
    found: Segments = []
    while index < len(segments) and segments[index][0] < end:
        origin, target, length = segments[index]
        low, high = max(origin, start), min(origin + length, end)
        if low < high:
            found.append((low - start, target + low - origin, high - low))
        index += 1
    return found


# -- plain text
# ------------------------------------------------------------------------------------------------


def _clean_plain(raw: str) -> CleanText:
    text = raw
    removed: list[Removed] = []
    if SPECIAL.search(text):
        text = text.replace("\r\n", " \n").translate(TABLE)
        removed.extend(
            Removed(gone.start(), gone.end(), raw[gone.start() : gone.end()], "control characters")
            for gone in CONTROL.finditer(text)
        )
    if "[" in text:
        tags = [(tag.start(), tag.end()) for tag in AD_TAG.finditer(text)]
        removed.extend(Removed(start, end, raw[start:end], "advertisement") for start, end in tags)
        text = _blanked(text, tags)
    spans = [(line.start(), line.end()) for line in LINE.finditer(text)]
    gone = GONE in text
    lines = [
        " ".join((text[start:end].replace(GONE, "") if gone else text[start:end]).split())
        for start, end in spans
    ]
    reasons = _reasons(lines)
    for (start, end), line, reason in zip(spans, lines, reasons, strict=True):
        if reason is not None and line:
            low, high = _stripped(raw, start, end)
            removed.append(Removed(low, high, raw[low:high], reason))
    kept = [index for index, line in enumerate(lines) if line and reasons[index] is None]
    wrapped = is_wrapped([lines[index] for index in kept])
    parts: list[str] = []
    segments: Segments = []
    length = 0
    for position, index in enumerate(kept):
        start, end = spans[index]
        if position:
            previous = kept[position - 1]
            blank = start - spans[previous][1] > 1 and _blank_between(text, spans, lines, previous, index)
            separator = "\n\n" if blank else " " if wrapped else "\n"
            parts.append(separator)
            length += len(separator)
        if end - start == len(lines[index]):
            # Nothing in the line changes: most lines.
            parts.append(text[start:end])
            segments.append((length, start, end - start))
            length += end - start
            continue
        runs = [(run.start(), run.end()) for run in RUN.finditer(text, start, end)]
        for number, (low, high) in enumerate(runs):
            if number and " " in text[runs[number - 1][1] : low]:
                parts.append(" ")
                length += 1
            parts.append(text[low:high])
            segments.append((length, low, high - low))
            length += high - low
    removed.sort(key=lambda part: (part.start, part.end))
    return CleanText("".join(parts), tuple(segments), tuple(removed))


def _blank_between(
    text: str, spans: list[tuple[int, int]], lines: list[str], previous: int, index: int
) -> bool:
    """Is there an empty line between two kept lines, not counting the lines that were taken out?"""
    return any(
        text.count("\n", spans[i][1], spans[i + 1][0]) > 1 or not lines[i + 1] for i in range(previous, index)
    )


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    parts = []
    position = 0
    for start, end in spans:
        parts += [text[position:start], GONE * (end - start)]
        position = end
    return "".join([*parts, text[position:]])


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    low = start + len(piece) - len(piece.lstrip())
    return low, max(low, start + len(piece.rstrip()))


def _reasons(lines: list[str]) -> list[str | None]:
    """For every line the reason to take it out, or None."""
    reasons: list[str | None] = [None] * len(lines)
    title_keys: set[str] = set()
    seen: set[str] = set()
    filled = prose = 0
    related = False
    verdicts: dict[str, str | None] = {}
    for index, line in enumerate(lines):
        if not line:
            continue
        if not ALPHANUMERIC.search(line):
            reasons[index] = "punctuation"
            continue
        is_prose = len(line) >= 80 and line.endswith(ENDS_PROSE)
        folded = line.strip(TRIM).lower() if len(line) <= LONGEST else ""
        if folded:
            if prose >= 2 and COMMENTS_START.fullmatch(folded):
                reasons[index:] = ["comments" if text else None for text in lines[index:]]
                break
            if folded not in verdicts:
                match = JUNK.fullmatch(folded)
                verdicts[folded] = REASONS[match.lastgroup] if match and match.lastgroup else None
            reason = verdicts[folded]
            # The first line may be the title, even a title of one word.
            if reason is not None and (filled or reason in BEFORE_TITLE):
                reasons[index] = reason
                related = prose > 0 and bool(RELATED_START.fullmatch(folded))
                continue
        if related:
            if len(line) < 140 and not line.endswith(ENDS_PROSE):
                reasons[index] = "related"
                continue
            related = False
        key = KEY.sub("", line.casefold())
        filled += 1
        if filled == 1:
            title_keys = {key}
            if len(line) <= LONGEST:
                parts = TITLE_PARTS.split(line)
                title_keys |= {part for piece in parts if len(part := KEY.sub("", piece.casefold())) > 3}
            seen.add(key)
            continue
        if (filled <= TITLE_LINES and key in title_keys) or (len(line) >= SHORTEST_REPEAT and key in seen):
            reasons[index] = "repeated"
            continue
        seen.add(key)
        prose += is_prose
    if prose:
        _mark_credits(lines, reasons)
    return reasons


def _mark_credits(lines: list[str], reasons: list[str | None]) -> None:
    kept = [index for index, line in enumerate(lines) if line and reasons[index] is None]
    for index in reversed(kept[-2:]):
        line = lines[index]
        words = line.lower().split()
        short = len(words) <= 4 and len(line) <= 40 and not line.endswith(ENDS_PROSE)
        if not (
            short and (line == line.lower() or DOMAIN.fullmatch(line.lower()) or CREDIT_WORDS & set(words))
        ):
            break
        reasons[index] = "credit"


def is_wrapped(lines: list[str]) -> bool:
    """Were the lines broken at a fixed width, inside sentences?"""
    if len(lines) < 6:
        return False
    breaks = [(first, second) for first, second in pairwise(lines) if len(first) >= 45]
    inside = sum(
        not first.endswith((*ENDS_PROSE, ":", ";")) and second[0].islower() for first, second in breaks
    )
    longest = max(map(len, lines))
    return longest <= 110 and inside * 2 >= len(lines)


# -- pages
# -----------------------------------------------------------------------------------------------------


def _clean_page(raw: str) -> CleanText:
    # A fragment is not taken for a page.
    page = raw if re.search(r"<html\b", raw, re.I) else f"<html><body>{raw}</body></html>"
    import trafilatura  # only here and below: whoever cleans no page does without its ten megabytes

    extracted = trafilatura.extract(page, include_comments=False) or _paragraphs(page)
    compact, origins = _visible(raw)
    text, segments = _aligned(extracted, compact, origins)
    plain = _clean_plain(text)
    composed: Segments = []
    for start, middle, length in plain.segments:
        composed.extend(
            (start + offset, target, size)
            for offset, target, size in _through(segments, middle, middle + length)
        )
    removed = [
        Removed(span[0], span[1], raw[span[0] : span[1]], part.reason)
        for part in plain.removed
        if (span := raw_span(CleanText(text, tuple(segments), ()), part.start, part.end))
    ]
    removed.extend(_left_out(raw, origins, segments))
    removed.sort(key=lambda part: (part.start, part.end))
    return CleanText(plain.text, tuple(composed), tuple(removed))


def _paragraphs(page: str) -> str:
    """Text of the page's paragraphs alone, for pages that are too short for the extractor to judge."""
    import trafilatura

    tree = trafilatura.load_html(page)
    return "\n".join(" ".join(p.itertext()) for p in tree.iter("p")) if tree is not None else ""


PIECE = re.compile(r"<[^<>]*>|&[#\w]{1,12};|[^<&\s]+|[<&]")
HIDDEN = {
    "script": "</script",
    "style": "</style",
    "!--": "-->",
    "noscript": "</noscript",
    "template": "</template",
}
HIDDEN_START = re.compile(r"<(script|style|!--|noscript|template)(?=[\s>]|[^\w])", re.I)


def _visible(raw: str) -> tuple[str, Segments]:
    """The page's characters without tags, hidden elements and white space, and where they come from.

    Alignment over this needs no knowledge of which tags break words or lines.
    """
    parts: list[str] = []
    origins: Segments = []
    length = position = 0
    lowered = raw.lower() if len(raw.lower()) == len(raw) else raw
    while (piece := PIECE.search(raw, position)) is not None:
        position = piece.end()
        token = piece.group()
        if token[0] == "<":
            hidden = HIDDEN_START.match(raw, piece.start())
            if hidden:
                closing = lowered.find(HIDDEN[hidden.group(1).lower()], piece.start() + 4)
                position = closing + 3 if closing >= 0 else len(raw)
            continue
        if token[0] == "&" and len(token) > 1:
            written = "".join(unescape(token).split())
            parts.append(written)
            length += len(written)
            continue
        parts.append(token)
        origins.append((length, piece.start(), len(token)))
        length += len(token)
    return "".join(parts), origins


MOST_LOST_LINES = 200


def _aligned(extracted: str, compact: str, origins: Segments) -> tuple[str, Segments]:
    """The extracted lines with white space made single, and the segments that lead from them to the page."""
    lines: list[str] = []
    segments: Segments = []
    length = cursor = lost = 0
    for line in extracted.splitlines():
        words = line.removeprefix("- ").split()
        if not words:
            continue
        key = "".join(words)
        found = compact.find(key, cursor) if lost < MOST_LOST_LINES else -1
        lost += found < 0
        position = length
        if found >= 0:
            at = found
            for word in words:
                for offset, target, size in _through(origins, at, at + len(word)):
                    segments.append((position + offset, target, size))
                at += len(word)
                position += len(word) + 1
            cursor = at
        lines.append(" ".join(words))
        length += len(lines[-1]) + 1
    return "\n".join(lines), segments


def _left_out(raw: str, origins: Segments, segments: Segments) -> list[Removed]:
    """Visible text that the extractor left out, in stretches."""
    covered = sorted((target, target + size) for _, target, size in segments)
    stretches: list[list[int]] = []
    index = 0
    broken = True
    for _, start, size in origins:
        while index < len(covered) and covered[index][1] <= start:
            index += 1
        if index < len(covered) and covered[index][0] < start + size:
            broken = True
            continue
        if broken:
            stretches.append([start, start + size])
        else:
            stretches[-1][1] = start + size
        broken = False
    return [Removed(start, end, raw[start:end], "boilerplate") for start, end in stretches]

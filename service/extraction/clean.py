"""Cleaning: from a text or page as it was scraped to the article alone, with a way back to every raw
offset."""

import re

from service.extraction.pages import clean_page
from service.extraction.plain import clean_plain
from service.extraction.text import CleanText, Segments, composed, through
from service.letters import apart

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
    return with_whole_letters(clean_page(raw) if html else clean_plain(raw))


def with_whole_letters(cleaned: CleanText) -> CleanText:
    """The same text with letters that stood apart from their marks in one."""
    text = cleaned.text
    parts: list[str] = []
    copied: Segments = []
    letters: Segments = []
    length = position = 0  # in the new text, in the old one
    for start, end, whole in apart(text):
        parts += (text[position:start], whole)
        copied.append((length, position, start - position))
        length += start - position
        if inside := through(cleaned.segments, start, end):
            low, high = inside[0][1], inside[-1][1] + inside[-1][2]
            letters += [(length + offset, low, high - low) for offset in range(len(whole))]
        length += len(whole)
        position = end
    if not parts:
        return cleaned
    copied.append((length, position, len(text) - position))
    segments = composed(copied, cleaned.segments)
    return CleanText("".join([*parts, text[position:]]), tuple(segments), cleaned.removed, tuple(letters))


def raw_span(cleaned: CleanText, start: int, end: int) -> tuple[int, int] | None:
    """Where the characters `start:end` of the clean text stand in the raw text; None when none of them
    does."""
    inside = [(low, low + length) for _, low, length in through(cleaned.segments, start, end)]
    inside += [(low, low + length) for at, low, length in cleaned.letters if start <= at < end]
    return (min(inside)[0], max(inside)[1]) if inside else None

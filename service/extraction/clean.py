"""Cleaning: from a text or page as it was scraped to the article alone, with a way back to every raw
offset."""

import re

from service.extraction.pages import clean_page
from service.extraction.plain import clean_plain
from service.extraction.text import CleanText, through

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
    return clean_page(raw) if html else clean_plain(raw)


def raw_span(cleaned: CleanText, start: int, end: int) -> tuple[int, int] | None:
    """Where the characters `start:end` of the clean text stand in the raw text; None when none of them
    does."""
    inside = through(cleaned.segments, start, end)
    return (inside[0][1], inside[-1][1] + inside[-1][2]) if inside else None

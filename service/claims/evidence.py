"""Finding the words that carry a claim. A quote counts only when it stands in the text, exactly and once.

Positions are code points, as in the W3C Web Annotation model.
"""

import re

import msgspec

# What typesetting changes and meaning does not: kinds of white space and of quotation marks. Nothing else is
# folded, digits least of all.
_FOLDED = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
    | {"\u00a0": " "}
)


class Found(msgspec.Struct, frozen=True):
    """`text[start:end] == exact`."""

    start: int
    end: int
    exact: str


class NotGrounded(Exception):
    """Why a quote is no evidence: absent, ambiguous, or not what the offsets hold."""


def locate(text: str, quote: str, start: int | None = None, end: int | None = None) -> Found:
    """The span of a quote; NotGrounded when it is absent, stands there more than once, or the offsets are
    wrong."""
    if not quote.strip():
        raise NotGrounded("the quote is empty")
    if start is not None or end is not None:
        if start is None or end is None or not 0 <= start < end <= len(text):
            raise NotGrounded(
                f"the offsets {start} to {end} do not lie in the text of {len(text)} characters"
            )
        if text[start:end] != quote:
            raise NotGrounded(
                f"the text between {start} and {end} is {text[start:end]!r:.120}, not the quote"
            )
        return Found(start, end, quote)
    found = [match.start() for match in re.finditer(re.escape(quote), text)]
    if len(found) == 1:
        return Found(found[0], found[0] + len(quote), quote)
    if len(found) > 1:
        raise NotGrounded(
            f"the quote stands {len(found)} times in the text; give offsets or a longer one: {quote!r:.120}"
        )
    return locate_folded(text, quote)


def locate_folded(text: str, quote: str) -> Found:
    """As `locate`, but for white space and the shape of quotation marks."""
    words = quote.translate(_FOLDED).split()
    pattern = r"\s+".join(re.escape(word) for word in words)
    matches = list(re.finditer(pattern, text.translate(_FOLDED)))
    if not matches:
        raise NotGrounded(f"the quote is not in the text: {quote!r:.120}")
    if len(matches) > 1:
        raise NotGrounded(
            f"the quote stands {len(matches)} times in the text; give offsets or a longer one: {quote!r:.120}"
        )
    start, end = matches[0].span()
    return Found(start, end, text[start:end])

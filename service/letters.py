"""Letters that were written apart from their marks, as some programs write them: "Zürich" with a u and then a
diaeresis.

To a reader the two are one letter; to whatever compares characters they are two, and the word seems to end
between them. So what is stored or looked up has its letters whole, as Unicode's form NFC has them: nothing
that can be seen changes. (NFKC would change "m²" to "m2".)
"""

import re
from collections.abc import Collection, Iterator
from typing import Any
from unicodedata import normalize

# Accents and other marks on letters of Europe.
MARKS = "\u0300-\u036f"
# With what else makes one letter of two: marks of Arabic, second halves of vowels in scripts of India, vowels
# and last consonants of Hangul, marks of kana. They are the characters of the Basic Multilingual Plane that
# DerivedNormalizationProps.txt gives NFC_Quick_Check=Maybe.
JOINING = (
    MARKS + "\u0653-\u0655\u093c\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2\u0cd5\u0cd6\u0d3e"
    "\u0d57\u0dca\u0dcf\u0ddf\u102e\u1161-\u1175\u11a8-\u11c2\u1b35\u3099\u309a"
)
# A letter and what stands behind it. Hundreds of marks on one are a prank, and to put them in order takes the
# square of their number.
APART = re.compile(rf"[^\n][{JOINING}]{{1,30}}")
# The first bytes of the joining characters in UTF-8: to seek six bytes takes a quarter of the time that a
# look at each character does.
LEADING = tuple(sorted({letter.encode()[:1] for letter in JOINING if letter != "-"}))


def apart(text: str) -> Iterator[tuple[int, int, str]]:
    """Where letters stand apart from their marks, as (start, end, the whole letter): in code points,
    ascending, disjoint. A letter that no character has with its marks stays as it is, and so does one with
    more marks than writing has."""
    if text.isascii():
        return
    written = text.encode("utf-8", "surrogatepass")
    if not any(byte in written for byte in LEADING):
        return
    for found in APART.finditer(text):
        if (whole := normalize("NFC", found[0])) != found[0]:
            yield *found.span(), whole


def whole_letters(text: str) -> str:
    """The text with its letters whole."""
    parts: list[str] = []
    position = 0
    for start, end, whole in apart(text):
        parts += (text[position:start], whole)
        position = end
    return "".join([*parts, text[position:]]) if parts else text


def make_whole(value: Any, but: Collection[str] = ()) -> Any:
    """The JSON value, whose texts have their letters whole now; of an object's members none `but` these."""
    if isinstance(value, str):
        return whole_letters(value)
    if isinstance(value, dict):
        for name in value.keys() - but:
            value[name] = make_whole(value[name])
    if isinstance(value, list):
        value[:] = map(make_whole, value)
    return value

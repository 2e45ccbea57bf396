"""Where a text says what was asked: short fragments with the offsets of the words that match.

PostgreSQL marks single words that occur in the query, also where a phrase was asked for and only one of its
words stands there; the marks are therefore checked against the phrases here. A fragment is text as it is
stored, never HTML: whoever shows it on a page escapes it and sets the marks by the offsets.
"""

import re
from collections.abc import Mapping

import msgspec

from service.search.words import Phrase

# Marks that no text holds, because they are taken out of it before it is marked.
OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
LENGTH = 200  # code points of a fragment, about
WORDS = re.compile(r"\w+")


class Marked(msgspec.Struct, frozen=True):
    """A word that occurs in the query: where it stands in the text without marks."""

    start: int
    end: int
    surface: str


class Span(msgspec.Struct, frozen=True):
    start: int
    end: int


class Fragment(msgspec.Struct, frozen=True):
    """`text == whole[start : start + len(text)]`; spans are offsets into `text`."""

    text: str
    start: int
    spans: list[Span]


def marks(marked: str) -> list[Marked]:
    """The marks of a text; each one before a place shifts it by two."""
    return [
        Marked(match.start() - 2 * index, match.end() - 2 * index - 2, match[1])
        for index, match in enumerate(MARK.finditer(marked))
    ]


def spans(
    text: str, found: list[Marked], phrases: list[Phrase], lexemes: Mapping[str, list[str]]
) -> list[Span]:
    """The occurrences of the phrases, without overlaps, a longer one before a shorter."""
    chosen: list[Span] = []
    by_length = sorted(phrases, key=len, reverse=True)
    index = 0
    while index < len(found):
        length = next((len(one) for one in by_length if stands_at(text, found, index, one, lexemes)), 0)
        if length:
            chosen.append(Span(found[index].start, found[index + length - 1].end))
        index += max(length, 1)
    return chosen


def stands_at(
    text: str, found: list[Marked], index: int, phrase: Phrase, lexemes: Mapping[str, list[str]]
) -> bool:
    if index + len(phrase) > len(found):
        return False
    for offset, lexeme in enumerate(phrase):
        word = found[index + offset]
        if lexeme.text not in lexemes.get(word.surface, ()):
            return False
        if offset and len(WORDS.findall(text, found[index + offset - 1].end, word.start)) >= lexeme.after:
            return False
    return True


def best_fragment(text: str, all_spans: list[Span]) -> Fragment | None:
    """The stretch that holds most different matching words, the earliest of equals; None without any."""
    if not all_spans:
        return None
    best, first, last = (0, 0), 0, 0
    end = 0
    for begin, span in enumerate(all_spans):
        end = max(end, begin)
        while end + 1 < len(all_spans) and all_spans[end + 1].end - span.start <= LENGTH:
            end += 1
        inside = all_spans[begin : end + 1]
        worth = (len({text[one.start : one.end].lower() for one in inside}), len(inside))
        if worth > best:
            best, first, last = worth, begin, end
    low, high = all_spans[first].start, all_spans[last].end
    spare = max(0, LENGTH - (high - low)) // 2
    start, stop = whole_words(text, max(0, low - spare), min(len(text), high + spare), low, high)
    inside = [Span(one.start - start, one.end - start) for one in all_spans[first : last + 1]]
    return Fragment(text[start:stop], start, inside)


def whole_words(text: str, start: int, stop: int, low: int, high: int) -> tuple[int, int]:
    """Moves the ends of a fragment inwards to where words end, but not into its matches."""
    if start > 0:
        space = next((at for at in range(start, low) if text[at].isspace()), None)
        start = low if space is None else space
    if stop < len(text):
        space = next((at for at in range(stop, high, -1) if text[at].isspace()), None)
        stop = high if space is None else space
    while start < low and text[start].isspace():
        start += 1
    while stop > high and text[stop - 1].isspace():
        stop -= 1
    return start, stop

"""The values that the text steps hand on. All offsets are code points into the cleaned text."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

QualifierName = Literal["exact", "about", "nearly", "more_than", "at_least", "less_than", "at_most", "range"]
QuantityKind = Literal["count", "money", "percent", "measure", "duration", "age", "multiple", "fraction"]
DateKind = Literal["date", "time", "duration", "set"]
PrecisionName = Literal["second", "day", "week", "month", "year"]
Direction = Literal["past", "present", "future"]


# One character for one, so that offsets stay true.
_FOLDED = {"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "\u00a0": " "}


def fold(text: str) -> str:
    """The text with plain quotation marks, hyphens and blanks, of the same length."""
    if not text.isascii():
        for fancy, plain in _FOLDED.items():
            text = text.replace(fancy, plain)
    return text


class Span(msgspec.Struct, frozen=True):
    """`text[start:end] == surface` holds for every span that a step returns."""

    start: int
    end: int
    surface: str


class Sentence(Span, frozen=True):
    """One sentence without surrounding white space; `paragraph` counts from 0."""

    paragraph: int = 0


class Quantity(Span, frozen=True):
    """A number in words or digits with its hedge and its currency, percent sign or unit of measure.

    The span leaves the counted noun out ("almost 8,000" of "almost 8,000 arrests"); `noun` is that noun's
    singular and `noun_start:noun_end` its place, None when nothing counted follows. `number_start:number_end`
    is the bare number, scale word included ("1.5 million"). `unit` is `people` for nouns that name persons,
    an ISO 4217 code, `percent`, the base name of a unit of measure (`kilometre`, `day`), else the noun.
    Amounts are in that unit as written: "1.5 million" is 1500000, "3 km" is 3 kilometre, "5%" is 5 percent.
    """

    amount: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: QualifierName
    kind: QuantityKind
    unit: str | None
    number_start: int
    number_end: int
    noun: str | None = None
    noun_start: int | None = None
    noun_end: int | None = None
    # What the words leave open: "vague" (dozens), "separator" (1.234 may be a decimal), "extra" (another
    # 1,700).
    flags: tuple[str, ...] = ()


class DateExpression(Span, frozen=True):
    """Words that say when.

    `value` is ISO 8601, as precise as the words: 2022-01-12, 2022-01, 2022-W02, 2022, 2022-01-12T17:30,
    an interval "2022-01-12/2022-01-14", a duration "P10D"; None when the words cannot be placed.
    `start_date` and `end_date` enclose it, both included; None is an open or unknown end. `direction` is
    seen from the article's date.
    """

    value: str | None
    precision: PrecisionName | None
    start_date: date | None
    end_date: date | None
    direction: Direction | None
    kind: DateKind = "date"
    # "relative" (counted from the article's date), "anaphoric" (from a date named before), "year_inferred",
    # "direction_assumed" (no verb decides), "ambiguous_order" (day and month), "approximate", "open_start",
    # "open_end", "unplaced" (the date it depends on is unknown).
    flags: tuple[str, ...] = ()


class Removed(Span, frozen=True):
    """A part of the raw text that cleaning took out; offsets are into the raw text."""

    reason: str


Segments = list[tuple[int, int, int]]


class CleanText(msgspec.Struct, frozen=True):
    """Cleaned text and the way back.

    `segments` are (clean start, raw start, length) of runs copied unchanged, ascending and disjoint in both
    texts. Characters between two runs in the clean text are white space that cleaning wrote itself, or
    `letters`: those that stood apart from their marks, one by one, as (clean offset, raw start, raw length).
    """

    text: str
    segments: tuple[tuple[int, int, int], ...]
    removed: tuple[Removed, ...]
    letters: tuple[tuple[int, int, int], ...] = ()


def through(segments: Sequence[tuple[int, int, int]], start: int, end: int) -> Segments:
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


def composed(outer: Sequence[tuple[int, int, int]], inner: Sequence[tuple[int, int, int]]) -> Segments:
    """The way through both: from where `outer` starts to where `inner`, which starts where it leads, does."""
    found: Segments = []
    runs = iter(inner)
    origin, target, size = next(runs, (0, 0, 0))
    for start, middle, length in outer:
        end = middle + length
        while origin < end:
            if origin + size > middle:
                low, high = max(origin, middle), min(origin + size, end)
                found.append((start + low - middle, target + low - origin, high - low))
            if origin + size > end:
                break  # and goes on in the next
            if (following := next(runs, None)) is None:
                return found
            origin, target, size = following
    return found


def joined(segments: Segments, text: str, raw: str) -> Segments:
    """The same way in fewer segments: one for all between which both texts hold the same characters."""
    found: Segments = []
    first = target = end = stop = -1  # of the segment that is open, in both texts
    for start, low, length in segments:
        if first < 0 or start - end != low - stop or text[end:start] != raw[stop:low]:
            if first >= 0:
                found.append((first, target, end - first))
            first, target = start, low
        end, stop = start + length, low + length
    return [*found, (first, target, end - first)] if segments else []


def reading_limits(text: str) -> tuple[int, int]:
    """How many places the number and date grammars try in a text, and how many expressions they return.

    Several times what prose of that length holds. A megabyte of "1 1 1 …" would otherwise take half a
    minute; what stands behind the limit is not read, as it is no article.
    """
    return 4000 + len(text) // 20, 1000 + len(text) // 120


# Of one text so much is read: ten thousand words, several times a long article. What stands behind is kept
# and can be searched, but no claim is made from it. News of that length has 560 sentences and 11,000 words
# and marks, or 800 and 12,300 where they are short; a text of nothing but lines, marks or single letters has
# far more.
MOST_CHARACTERS = 60_000
MOST_SENTENCES = 2_200
MOST_TOKENS = 14_000


def beginning(text: str) -> str:
    """The part of a text that is read, ending where a line, a sentence or at least a word does."""
    if len(text) <= MOST_CHARACTERS:
        return text
    ends = (text.rfind(mark, 0, MOST_CHARACTERS) for mark in ("\n", ". ", " "))
    return text[: next((end + 1 for end in ends if end > MOST_CHARACTERS // 2), MOST_CHARACTERS)]

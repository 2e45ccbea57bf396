"""A question's words, dates and figures, before any name is known. Pure.

Dates and figures are read by the grammars that read articles; a question only needs its lower-case
weekdays raised.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

import msgspec

from service.entities.names import fold
from service.extraction.dates import dates
from service.extraction.numbers import numbers
from service.extraction.text import DateExpression, Quantity
from service.lookup.words import lists

MOST_WORDS = 80  # of a question that are read; the rest is reported as not understood
BEFORE_PERIOD = 3  # words before a date that say how it is meant: "as of the 10th"

WORD = re.compile(r"(?:[^\s,;:!?\"“”„«»()\[\]{}<>|/\\]|(?<=\d),(?=\d{3}(?!\d)))+")
CALENDAR = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|jan|feb|apr|aug|sept|sep|oct|nov|dec)\b"
    r"|\bmay(?=\s\d)|(?<=\d\s)may\b|(?<=in\s)may\b"
)
ORDINAL = re.compile(r"\b(?:the\s)?([12]\d|3[01]|[1-9])(?:st|nd|rd|th)\b", re.IGNORECASE)
DATED = re.compile(
    r"\d|day|night|week|month|year|hour|morning|evening|ago|earlier|spring|summer|autumn|winter|century|decade"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"\b(?:no[ -]one|nobody|zero|no (?:\w+ )?(?:people|persons?|civilians|citizens|soldiers|troops"
    r"|protesters|detainees|deaths|casualties|fatalities|injuries|arrests|victims))\b",
    re.IGNORECASE,
)
BARE = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?![\w,.-])|(?<![\w.,-])\d{1,12}(?![\w-]|[.,]\d)")
WITHIN = re.compile(
    r"\b((?:with)?in|takes?|took|taking|lasts?|lasted|for) (?:a|one) (day|week|fortnight|month|year)\b",
    re.IGNORECASE,
)
DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
UP_TO = frozenset({"by", "until", "till", "before", "of", "to"})  # "as of", "up to"
SINCE = frozenset({"since", "after", "from"})

TimeRelation = Literal["in", "by", "since"]


class Token(msgspec.Struct, frozen=True):
    """A word as it stands in the question; `first` and `last` are its folded words."""

    text: str
    start: int
    end: int
    first: int
    last: int


class Period(msgspec.Struct, frozen=True):
    """The days that are asked about, both included; an open end is null. `words` are the positions that
    say so."""

    start: date | None
    end: date | None
    relation: TimeRelation
    text: str
    words: tuple[int, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    """A question as read without names.

    `capital`: of each word whether it is written like a name, other than at the beginning. `figure_words`:
    the positions of the figure's words, `other_figure_words` those of the next figure. `cut`: the question
    was longer than what is read.
    """

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    capital: tuple[bool, ...]
    period: Period | None
    figure: Quantity | None
    figure_words: tuple[int, ...]
    other_figure_words: tuple[int, ...]
    cut: bool


def may_speak_of_days(text: str) -> bool:
    """Whether reading a question can need a reference day; to ask for one costs a statement."""
    return bool(DATED.search(text))


def read(text: str, reference: date | None) -> Reading:
    """The parts of a question that need no names. `reference`: the day that "yesterday" is counted from."""
    tokens: list[Token] = []
    words: list[str] = []
    capital: list[bool] = []
    cut = False
    for match in WORD.finditer(text):
        plain = match.group().strip(".'’‘`*_-–—…")
        folded = fold(plain).split()
        if plain.islower():
            folded = [part for word in folded for part in lists().spoken.get(word, word).split()]
        if not folded:
            continue
        if len(words) + len(folded) > MOST_WORDS:
            cut = True
            break
        tokens.append(
            Token(match.group(), match.start(), match.end(), len(words), len(words) + len(folded) - 1)
        )
        capital += [bool(words) and plain[:1].isupper()] * len(folded)
        words += folded
    if (words and text == text.title()) or text.isupper():  # Headline Case tells nothing about names
        capital = [False] * len(words)
    prepared = CALENDAR.sub(lambda match: match.group().capitalize(), text)
    when = _dates(prepared, reference)
    period = _period(when[0], tokens, words) if when else None
    figure = _figure(prepared, when)
    at = _positions(tokens, figure.start, figure.end) if figure else ()
    other = _figure(prepared, when, figure.end) if figure else None
    others = _positions(tokens, other.start, other.end) if other else ()
    return Reading(text, tuple(tokens), tuple(words), tuple(capital), period, figure, at, others, cut)


def _positions(tokens: Sequence[Token], start: int, end: int) -> tuple[int, ...]:
    return tuple(
        word
        for token in tokens
        if token.start < end and start < token.end
        for word in range(token.first, token.last + 1)
    )


def _dates(text: str, reference: date | None) -> list[DateExpression]:
    found = [
        one
        for one in dates(text, reference)
        if one.kind in ("date", "time") and (one.start_date or one.end_date)
    ]
    for match in ORDINAL.finditer(text):
        if reference is None or any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        day = _nearest_day(int(match.group(1)), reference)
        if day is not None:
            found.append(
                DateExpression(
                    match.start(), match.end(), match.group(), day.isoformat(), "day", day, day, None
                )
            )
    return sorted(found, key=lambda one: one.start)


def _nearest_day(number: int, reference: date) -> date | None:
    """The day of that number that is next to the reference: one to come within a week, else the last one."""
    near = [reference + timedelta(days=distance) for distance in (*range(0, -40, -1), *range(1, 7))]
    fitting = [day for day in near if day.day == number]
    return min(fitting, key=lambda day: abs((day - reference).days), default=None)


def _period(when: DateExpression, tokens: Sequence[Token], words: Sequence[str]) -> Period:
    at = _positions(tokens, when.start, when.end)
    first = at[0] if at else 0
    before = list(words[max(0, first - BEFORE_PERIOD) : first])
    relation: TimeRelation = "in"
    taken: list[int] = []
    for offset, word in enumerate(reversed(before), start=1):
        if word in UP_TO:
            relation = "by"
        elif word in SINCE:
            relation = "since"
        elif word not in ("on", "in", "as", "up", "the", "at", "during"):
            break
        taken.append(first - offset)
    start, end = when.start_date, when.end_date
    if relation == "by":
        start = None
    elif relation == "since":
        end = None
    if words[:0] and not at:
        taken = []
    return Period(start, end, relation, when.surface, tuple(sorted((*taken, *at))))


def _figure(text: str, when: Sequence[DateExpression], behind: int = 0) -> Quantity | None:
    """The figure that a question holds out: the first that is no date, or the first behind another. "In a
    week" is one of seven days at most."""

    def free(start: int, end: int) -> bool:
        return start >= behind and not any(one.start < end and start < one.end for one in when)

    for one in numbers(text):
        # "how many dozens", "no", "hundreds": only a number that is written out is held out
        if free(one.start, one.end) and (one.amount is not None or one.lower is not None):
            return one
    for match in NOBODY.finditer(text):
        if free(*match.span()):
            none = Decimal(0)
            return Quantity(
                match.start(), match.end(), match.group(), none, none, none, "exact", "count", None,
                match.start(), match.end(),
            )  # fmt: skip
    for match in BARE.finditer(text):
        if free(*match.span()):  # "is he 68?"
            amount = Decimal(match.group().replace(",", ""))
            return Quantity(
                match.start(), match.end(), match.group(), amount, amount, amount, "exact", "count", None,
                match.start(), match.end(),
            )  # fmt: skip
    for match in WITHIN.finditer(text):
        if free(*match.span()):
            days = Decimal(DAYS[match.group(2).lower()])
            inside = match.group(1).lower().endswith("in")
            return Quantity(
                match.start(), match.end(), match.group(), days, None if inside else days, days,
                "at_most" if inside else "exact", "duration", "day", match.start(), match.end(),
            )  # fmt: skip
    return None

"""What named days, months, years and longer stretches mean: from a match of the grammar to the calendar."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from service.extraction import periods
from service.extraction.date_grammar import DOUBTFUL_MONTHS, MONTH_NUMBERS
from service.extraction.number_words import value_of
from service.extraction.periods import Period
from service.extraction.tense import direction_at
from service.extraction.text import DateKind, Direction, Sentence

BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|to|of|during|for|after|before|between|through|and|last|next"
    r"|this|around)\s"
    r"|[(/–-])\Z",
    re.IGNORECASE,
)
BEFORE_YEAR = re.compile(
    r"(?<!\w)(?:in|since|by|until|till|during|of|from|to|the|before|after|between|through|year|and|for"
    r"|around|circa|or"
    r"|early|late|mid|its|his|her|their|over|a|was|an)\s\Z|[(–-]\Z",
    re.IGNORECASE,
)
# A four-digit number before a counted noun is a count: "2000 people".
COUNTED = re.compile(
    r"\s(?:people|persons?|men|women|children|troops|soldiers|dead|deaths|more|other|million|billion"
    r"|hectares|acres|years?|days|hours"
    r"|(?:square |nautical )?(?:miles|met(?:er|re)s|kilomet(?:er|re)s|km|kg|tons|tonnes|feet|pages"
    r"|euros|dollars|pounds|rpm)"
    r"|[a-z]+(?:ers|ants|ees|ians|ists|ors|ives|ents))\b"
)
PLURAL = re.compile(r"\s[a-z]+(?:s|children|people)\b")
ONLY_YEAR = re.compile(r"(?<!\w)(?:in|since|until|till|during)\s\Z", re.IGNORECASE)
YEARS = {"last": -1, "this": 0, "next": 1}
DIGITS = re.compile(r"\d+")
VAGUE_NUMBERS = {"few": 3, "several": 3, "many": 3, "some": 3, "a couple of": 2, "couple of": 2}
UNIT_OF = {"centuries": "century"}
EDGES: dict[str, tuple[int, int, int, int]] = {
    # first and last day of a month, first and last month of a year
    "early": (1, 10, 1, 4),
    "start": (1, 10, 1, 4),
    "beginning": (1, 10, 1, 4),
    "mid": (11, 20, 5, 8),
    "middle": (11, 20, 5, 8),
    "late": (21, 31, 9, 12),
    "end": (21, 31, 9, 12),
    "close": (21, 31, 9, 12),
}


class Reading(msgspec.Struct, frozen=True):
    """What one match means; `start` moves the span's start when leading words are no part of it."""

    period: Period | None
    flags: tuple[str, ...] = ()
    kind: DateKind = "date"
    value: str | None = None
    direction: Direction | None = None
    open_start: bool = False
    hedged: bool = False


class Context(msgspec.Struct):
    """Where a match stands: the article's date, the last day that was named before it, and where the last
    date of any length was and when it began."""

    text: str
    published: date | None
    sentences: Sequence[Sentence]
    starts: list[int]
    anchor: date | None = None
    named: tuple[int, date] | None = None

    def tense(self, match: re.Match[str]) -> Direction | None:
        index = bisect_right(self.starts, match.start()) - 1
        if index < 0:
            return None
        sentence = self.sentences[index]
        return direction_at(self.text, match.start(), match.end(), sentence.start, sentence.end)

    def base(self, match: re.Match[str], unit: str) -> date | None:
        """What "a year earlier" counts from: in "8.4 percent in August after 8.7 the month before" August."""
        if self.named is not None and unit in ("month", "quarter", "year"):
            at, first = self.named
            if bisect_right(self.starts, at) == bisect_right(self.starts, match.start()):
                return first
        return self.anchor or self.published

    def before(self, match: re.Match[str], length: int = 24) -> str:
        return self.text[max(0, match.start() - length) : match.start()]


Reader = Callable[[re.Match[str], Context], Reading | None]


# -- years and months
# ------------------------------------------------------------------------------------------


def amount_of(words: str) -> Decimal | None:
    """Value of an amount; None for "a few" and the like."""
    lowered = words.lower()
    if lowered in ("a", "an"):
        return Decimal(1)
    if lowered.startswith("half"):
        return Decimal("0.5")
    if lowered[0].isdigit():
        return Decimal(lowered.replace(",", ""))
    if lowered.removeprefix("a ") in VAGUE_NUMBERS or lowered in VAGUE_NUMBERS:
        return None
    return value_of(lowered)


def unit_of(words: str) -> str:
    lowered = words.lower()
    return UNIT_OF.get(lowered, lowered.removesuffix("s"))


def _month(words: str) -> int:
    return MONTH_NUMBERS[words[:3].lower()]


def day_number(words: str) -> int:
    digits = DIGITS.match(words)
    return int(digits.group()) if digits else 0


def near_year(
    match: re.Match[str], context: Context, make: Callable[[int], Period | None]
) -> tuple[Period | None, tuple[str, ...]]:
    """The year that brings a month or a day nearest to the article's date, on the side the verb looks to."""
    reference = context.published
    if reference is None:
        return None, ("year_inferred",)
    options = [p for p in map(make, periods.years_around(reference, 1)) if p is not None]
    if not options:
        # 29 February of a year nearby
        options = [p for p in map(make, periods.years_around(reference, 4)) if p is not None]
    if not options:
        return None, ("year_inferred",)
    nearest = min(options, key=lambda p: abs((p.start - reference).days))
    tense = context.tense(match)
    if tense == "future" and nearest.end < reference - timedelta(days=31):
        nearest = next((p for p in options if p.end >= reference), nearest)
    elif tense == "past" and nearest.start > reference + timedelta(days=31):
        nearest = next((p for p in reversed(options) if p.start <= reference), nearest)
    return nearest, ("year_inferred",)


def narrowed(period: Period, edge: str | None) -> Reading:
    """A month or year narrowed by "early", "mid", "the end of": the value stays, the days become an
    estimate."""
    name = next((word for word in EDGES if edge and word in edge.lower()), None)
    if name is None:
        return Reading(period)
    first_day, last_day, first_month, last_month = EDGES[name]
    if period.precision == "month":
        start, end = (
            period.start.replace(day=first_day),
            period.start.replace(day=min(last_day, period.end.day)),
        )
    else:
        start = period.start.replace(month=first_month)
        end = periods.month(period.start.year, last_month).end
    return Reading(Period(period.value, period.precision, start, end), ("approximate",))


def _days_of_month(first: str, last: str | None, month: int, year: int) -> Period | None:
    start = periods.make_date(year, month, day_number(first))
    end = periods.make_date(year, month, day_number(last)) if last else start
    if start is None or end is None or end < start:
        return None
    return periods.day(start) if start == end else periods.days(start, end)


def _read_named_day(match: re.Match[str], context: Context, which: str) -> Reading | None:
    """`which` begins the names of the match's groups."""
    day, last, month, year, relation = (match[f"{which}_{part}"] for part in "demyr")
    number = _month(month)
    if relation:  # "June 12 last year"
        if context.published is None:
            return Reading(None, ("relative",))
        period = _days_of_month(day, last, number, context.published.year + YEARS[relation])
        return Reading(period, ("relative",)) if period else None
    if year:
        period = _days_of_month(day, last, number, int(year))
        return Reading(period) if period else None
    if _days_of_month(day, last, number, 2000) is None:
        return None
    period, flags = near_year(match, context, lambda y: _days_of_month(day, last, number, y))
    return Reading(period, flags)


def read_month_day(match: re.Match[str], context: Context) -> Reading | None:
    return _read_named_day(match, context, "md")


def read_day_month(match: re.Match[str], context: Context) -> Reading | None:
    return _read_named_day(match, context, "dm")


def read_iso(match: re.Match[str], context: Context) -> Reading | None:
    value = periods.make_date(int(match["iso_y"]), int(match["iso_m"]), int(match["iso_d"]))
    if value is None:
        return None
    return Reading(periods.day(value), value=match.group().replace(" ", "T"))


def read_numeric(match: re.Match[str], context: Context) -> Reading | None:
    first, second, year = int(match["num_a"]), int(match["num_b"]), int(match["num_y"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    # Dots and hyphens put the day first; with slashes both orders are in use and only a number over 12 tells.
    day_first, month_first = periods.make_date(year, second, first), periods.make_date(year, first, second)
    slash = match["num_s"] == "/"
    value = (month_first or day_first) if slash else (day_first or month_first)
    if value is None:
        return None
    unclear = day_first is not None and month_first is not None and day_first != month_first
    return Reading(periods.day(value), ("ambiguous_order",) if unclear else ())


def read_month_year(match: re.Match[str], context: Context) -> Reading | None:
    return narrowed(periods.month(int(match["my_y"]), _month(match["my_m"])), match["my_e"])


def read_month(match: re.Match[str], context: Context) -> Reading | None:
    number, name = _month(match["m_m"]), match["m_m"][:3].lower()
    modified = match["m_r"] or match["m_e"] or match["m_y"]
    if name in DOUBTFUL_MONTHS and not modified and not BEFORE_MONTH.search(context.before(match)):
        return None
    reference = context.published
    if match["m_y"] and reference is not None:  # "in July last year"
        year = reference.year + YEARS[match["m_y"]]
        reading = narrowed(periods.month(year, number), match["m_e"])
        return msgspec.structs.replace(reading, flags=("relative", *reading.flags))
    if context.named is not None and not modified and context.before(match).lower().endswith(" that "):
        return Reading(periods.month(context.named[1].year, number), ("anaphoric",))
    relation = (match["m_r"] or "").lower()
    if relation in ("last", "next") and reference is not None:
        near = [periods.month(y, number) for y in periods.years_around(reference, 1)]
        passed = [p for p in near if p.end < reference]
        ahead = [p for p in near if p.start > reference]
        period = max(passed, key=lambda p: p.end, default=None) if relation == "last" else None
        if relation == "next":
            period = min(ahead, key=lambda p: p.start, default=None)
        return Reading(period, ("relative", "year_inferred"))
    period, flags = near_year(match, context, lambda y: periods.month(y, number))
    if period is None:
        return Reading(None, flags)
    reading = narrowed(period, match["m_e"])
    return msgspec.structs.replace(reading, flags=(*reading.flags, *flags))


def read_year(match: re.Match[str], context: Context) -> Reading | None:
    end = match.end()
    number = int(match["y_y"])
    before = context.before(match)
    may_count = COUNTED.match(context.text, end) or (number < 1900 and PLURAL.match(context.text, end))
    if may_count and not match["y_e"] and not ONLY_YEAR.search(before):
        return None
    in_context = BEFORE_YEAR.search(before) is not None or match["y_e"] is not None
    if not in_context and not (1900 <= number <= 2099):
        return None
    return narrowed(periods.year(number), match["y_e"])


def read_quarter(match: re.Match[str], context: Context) -> Reading | None:
    names = {
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "final": 4,
        "1st": 1,
        "2nd": 2,
        "3rd": 3,
        "4th": 4,
    }
    index = int(match["q_d"]) if match["q_d"] else names[match["q_n"].lower()]
    given = match["q_y"] or match["q_z"]
    if given:
        return Reading(periods.quarter(int(given), index))
    if context.published is None:
        return Reading(None)
    step = {"last": -1, "next": 1}.get((match["q_r"] or "").lower(), 0)
    if match["q_r"]:
        year = context.published.year + step
        return Reading(periods.quarter(year, index) if 1 <= year <= 9999 else None, ("relative",))
    period, flags = near_year(match, context, lambda y: periods.quarter(y, index))
    return Reading(period, flags)


def read_season(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(periods.season(int(match["se_y"]), match["se_s"].lower()), ("northern_season",))


DECADE_WORDS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def read_decade(match: re.Match[str], context: Context) -> Reading | None:
    if match["de_y"]:
        first, flags = int(match["de_y"]), ()
        return Reading(periods.years(first, first + 9), flags)
    short = int(match["de_s"]) if match["de_s"] else 20 + 10 * DECADE_WORDS.index(match["de_w"].lower())
    return Reading(periods.years(1900 + short, 1909 + short), ("century_inferred",))


def read_century(match: re.Match[str], context: Context) -> Reading | None:
    first = 100 * (int(match["ce_n"]) - 1)
    return Reading(periods.years(first, first + 99))


CALENDAR_READERS: dict[str, Reader] = {
    "iso": read_iso,
    "numeric": read_numeric,
    "month_day": read_month_day,
    "day_month": read_day_month,
    "month_year": read_month_year,
    "month": read_month,
    "quarter": read_quarter,
    "season": read_season,
    "decade": read_decade,
    "century": read_century,
    "year": read_year,
}

"""What each form of a date means: from a match of the grammar to days on the calendar."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from service.extraction import periods
from service.extraction.date_grammar import DOUBTFUL_MONTHS, MONTH_NUMBERS, WEEKDAY_NUMBERS
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
DEADLINE = re.compile(r"(?<!\w)(?:by|before|until|till)\s\Z", re.IGNORECASE)
BEFORE_WEEKEND = re.compile(r"(?<!\w)(?:over|during|throughout|at|on|for|of|by|until)\s\Z", re.IGNORECASE)
BEFORE_ORDINAL = re.compile(
    r"(?<!\w)(?:on|from|since|until|till|by|between|before|after|and|to|through)\s\Z", re.IGNORECASE
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
    r"|hectares|acres"
    r"|(?:square |nautical )?(?:miles|met(?:er|re)s|kilomet(?:er|re)s|km|kg|tons|tonnes|feet|pages"
    r"|euros|dollars|pounds|rpm)"
    r"|[a-z]+(?:ers|ants|ees|ians|ists|ors|ives|ents))\b"
)
PLURAL = re.compile(r"\s[a-z]+(?:s|children|people)\b")
ONLY_YEAR = re.compile(r"(?<!\w)(?:in|since|until|till|during)\s\Z", re.IGNORECASE)
BEFORE_DURATION = re.compile(
    r"(?<!\w)(?:for|within|lasting|lasts?|lasted|over|during|after|in|than|about|almost|nearly|least"
    r"|most|take|takes|took"
    r"|every|just|only)\s\Z",
    re.IGNORECASE,
)
EVENT_AFTER = re.compile(r"\s(?:than|the|a|an|his|her|its|their|he|she|it|they|[A-Z][a-z]+)\b")
OF_OTHERS = re.compile(r"\sof\s(?:his|her|its|their|the|a)\b")
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
    """Where a match stands: the article's date, and the last day that was named before it."""

    text: str
    published: date | None
    sentences: Sequence[Sentence]
    starts: list[int]
    anchor: date | None = None

    def tense(self, match: re.Match[str]) -> Direction | None:
        index = bisect_right(self.starts, match.start()) - 1
        if index < 0:
            return None
        sentence = self.sentences[index]
        return direction_at(self.text, match.start(), match.end(), sentence.start, sentence.end)

    def before(self, match: re.Match[str], length: int = 24) -> str:
        return self.text[max(0, match.start() - length) : match.start()]


# -- years and months ------------------------------------------------------------------------------------------


def _number(words: str) -> Decimal | None:
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


def _unit(words: str) -> str:
    lowered = words.lower()
    return UNIT_OF.get(lowered, lowered.removesuffix("s"))


def _month(words: str) -> int:
    return MONTH_NUMBERS[words[:3].lower()]


def _day(words: str) -> int:
    digits = DIGITS.match(words)
    return int(digits.group()) if digits else 0


def _near_year(
    match: re.Match[str], context: Context, make: Callable[[int], Period | None]
) -> tuple[Period | None, tuple[str, ...]]:
    """The year that brings a month or a day nearest to the article's date, on the side the verb looks to."""
    reference = context.published
    if reference is None:
        return None, ("year_inferred",)
    options = [p for p in map(make, range(reference.year - 1, reference.year + 2)) if p is not None]
    if not options:
        # 29 February of a year nearby
        options = [p for p in map(make, range(reference.year - 4, reference.year + 5)) if p is not None]
    if not options:
        return None, ("year_inferred",)
    nearest = min(options, key=lambda p: abs((p.start - reference).days))
    tense = context.tense(match)
    if tense == "future" and nearest.end < reference - timedelta(days=31):
        nearest = next((p for p in options if p.end >= reference), nearest)
    elif tense == "past" and nearest.start > reference + timedelta(days=31):
        nearest = next((p for p in reversed(options) if p.start <= reference), nearest)
    return nearest, ("year_inferred",)


def _edge(period: Period, edge: str | None) -> Reading:
    """A month or year narrowed by "early", "mid", "the end of": the value stays, the days become an estimate."""
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
    start = periods.make_date(year, month, _day(first))
    end = periods.make_date(year, month, _day(last)) if last else start
    if start is None or end is None or end < start:
        return None
    return periods.day(start) if start == end else periods.days(start, end)


def _read_named_day(
    day: str, last: str | None, month: str, year: str | None, match: re.Match[str], context: Context
) -> Reading | None:
    number = _month(month)
    if year:
        period = _days_of_month(day, last, number, int(year))
        return Reading(period) if period else None
    if _days_of_month(day, last, number, 2000) is None:
        return None
    period, flags = _near_year(match, context, lambda y: _days_of_month(day, last, number, y))
    return Reading(period, flags)


def read_month_day(match: re.Match[str], context: Context) -> Reading | None:
    return _read_named_day(match["md_d"], match["md_e"], match["md_m"], match["md_y"], match, context)


def read_day_month(match: re.Match[str], context: Context) -> Reading | None:
    return _read_named_day(match["dm_d"], match["dm_e"], match["dm_m"], match["dm_y"], match, context)


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
    return _edge(periods.month(int(match["my_y"]), _month(match["my_m"])), match["my_e"])


def read_month(match: re.Match[str], context: Context) -> Reading | None:
    number, name = _month(match["m_m"]), match["m_m"][:3].lower()
    modified = match["m_r"] or match["m_e"]
    if name in DOUBTFUL_MONTHS and not modified and not BEFORE_MONTH.search(context.before(match)):
        return None
    reference = context.published
    relation = (match["m_r"] or "").lower()
    if relation in ("last", "next") and reference is not None:
        step = -1 if relation == "last" else 1
        years = (
            range(reference.year + step, reference.year + 1)
            if step < 0
            else range(reference.year, reference.year + 2)
        )
        passed = [p for p in (periods.month(y, number) for y in years) if (p.end < reference) == (step < 0)]
        period = passed[-1 if step < 0 else 0] if passed else None
        return Reading(period, ("relative", "year_inferred"))
    period, flags = _near_year(match, context, lambda y: periods.month(y, number))
    if period is None:
        return Reading(None, flags)
    reading = _edge(period, match["m_e"])
    return msgspec.structs.replace(reading, flags=(*reading.flags, *flags))


def read_year(match: re.Match[str], context: Context) -> Reading | None:
    end = match.end()
    number = int(match["y_y"])
    before = context.before(match)
    if not match["y_e"] and not ONLY_YEAR.search(before):
        if COUNTED.match(context.text, end) or (number < 1900 and PLURAL.match(context.text, end)):
            return None
    in_context = BEFORE_YEAR.search(before) is not None or match["y_e"] is not None
    if not in_context and not (1900 <= number <= 2099):
        return None
    return _edge(periods.year(number), match["y_e"])


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
        return Reading(periods.quarter(context.published.year + step, index), ("relative",))
    period, flags = _near_year(match, context, lambda y: periods.quarter(y, index))
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


# -- words that count from the article's date ----------------------------------------------------------------------


def read_weekday(match: re.Match[str], context: Context) -> Reading | None:
    wanted = WEEKDAY_NUMBERS[match["w_w"][:3].lower()]
    relation = (match["w_r"] or "").lower()
    if relation in ("every", "each"):
        return Reading(None, kind="set", value="P1W")
    reference = context.published
    if reference is None:
        return Reading(None, ("relative",))
    back, ahead = (reference.weekday() - wanted) % 7, (wanted - reference.weekday()) % 7
    flags: tuple[str, ...] = ("relative",)
    if relation in ("following", "previous") and context.anchor is not None:
        anchor = context.anchor
        step = (
            (wanted - anchor.weekday() - 1) % 7 + 1
            if relation == "following"
            else -((anchor.weekday() - wanted - 1) % 7 + 1)
        )
        moved = periods.shift_days(anchor, step)
        return Reading(periods.day(moved) if moved else None, ("anaphoric",))
    if relation.startswith(("last", "past", "this past", "previous")):
        # "last Friday" said on a Saturday is yesterday to some and a week ago to others.
        distance, flags = (
            -(back or 7),
            (*flags, "ambiguous_week") if relation == "last" and 0 < back < 3 else flags,
        )
    elif relation in ("next", "coming", "this coming", "following"):
        distance, flags = (
            ahead or 7,
            (*flags, "ambiguous_week") if relation == "next" and ahead > 0 else flags,
        )
    else:
        tense = context.tense(match)
        if tense is None and relation != "this":
            flags = (*flags, "direction_assumed")
        looks_ahead = tense == "future" or (tense is None and relation == "this")
        distance = ahead if looks_ahead else -back
    moved = periods.shift_days(reference, distance)
    return Reading(periods.day(moved) if moved else None, flags)


DEICTIC = {"today": 0, "tonight": 0, "this": 0, "yesterday": -1, "last": -1, "tomorrow": 1}


def read_deictic(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return Reading(None, ("relative",))
    words = match["deictic_w"].lower().removeprefix("the ")
    distance = {"day before yesterday": -2, "day after tomorrow": 2}.get(words)
    if distance is None:
        distance = DEICTIC[words.split()[0]]
    moved = periods.shift_days(context.published, distance)
    return Reading(periods.day(moved) if moved else None, ("relative",))


def read_same(match: re.Match[str], context: Context) -> Reading | None:
    """Points back to the day named last; when none was, to the article's own day."""
    unit = (match["same_u"] or "day").lower()
    if match["same_p"]:  # "In the morning, …": the day of the report
        return Reading(periods.day(context.published) if context.published else None, ("relative", "assumed"))
    if unit in ("day", "morning", "afternoon", "evening", "night"):
        base, flag = (
            (context.anchor, "anaphoric") if context.anchor is not None else (context.published, "relative")
        )
        return Reading(periods.day(base) if base else None, (flag,))
    base = context.anchor or context.published
    return Reading(periods.unit_at(base, unit, 0) if base else None, ("anaphoric",))


def read_next_day(match: re.Match[str], context: Context) -> Reading | None:
    back = match["nd_s"] in ("previous", "preceding") or match["nd_t"] == "before"
    unit = (match["nd_u"] or match["nd_v"]).lower()
    if match["nd_t"] and EVENT_AFTER.match(context.text, match.end()):
        return Reading(None, ("anaphoric",))  # "the day after the attack": the event dates it
    base = context.anchor or context.published
    if base is None:
        return Reading(None, ("anaphoric",))
    unit = "day" if unit in ("morning", "afternoon", "evening", "night") else unit
    return Reading(periods.unit_at(base, unit, -1 if back else 1), ("anaphoric",))


def _shifted(base: date, unit: str, amount: Decimal, sign: int) -> Period | None:
    """`amount` units away, as precise as the unit: three months ago is a month, "two days ago" a day."""
    if amount != amount.to_integral_value():
        if unit == "year":
            unit, amount = "month", amount * 12
        elif unit in ("month", "decade"):
            unit, amount = ("week", amount * 4) if unit == "month" else ("year", amount * 10)
        else:
            amount = amount.to_integral_value()
    if amount > 10**6:
        return None
    distance = sign * int(amount)
    if unit in ("second", "minute", "hour"):
        moved = periods.moved_by(base, unit, distance)
        return periods.day(moved) if moved else None
    if unit == "decade":
        unit, distance = "year", 10 * distance
    elif unit == "century":
        unit, distance = "year", 100 * distance
    return periods.unit_at(base, unit, distance)


def read_shifted(match: re.Match[str], context: Context) -> Reading | None:
    unit, side = _unit(match["sh_u"]), match["sh_s"].lower()
    amount = _number(match["sh_n"])
    if side != "ago" and EVENT_AFTER.match(context.text, match.end()):
        # "two days before the phone": a length of time, the event places it
        return read_duration_of(match["sh_n"], match["sh_u"])
    sign = 1 if side in ("later", "after") else -1
    base = context.published if side == "ago" else (context.anchor or context.published)
    flag = "relative" if side == "ago" else "anaphoric"
    if base is None or amount is None:
        direction: Direction = "past" if side == "ago" else "present"
        return Reading(None, (flag, "vague"), direction=direction if side == "ago" else None)
    return Reading(_shifted(base, unit, amount, sign), (flag,), open_start=True, hedged=True)


def read_vague_shift(match: re.Match[str], context: Context) -> Reading | None:
    ago = match["vs_s"].lower() == "ago"
    return Reading(None, ("relative" if ago else "anaphoric", "vague"), direction="past" if ago else None)


def read_span(match: re.Match[str], context: Context) -> Reading | None:
    unit = _unit(match["sp_u"])
    relation = match["sp_r"].lower()
    amount = _number(match["sp_n"])
    back = relation in ("last", "past", "previous")
    base = context.published
    if OF_OTHERS.match(context.text, match.end()):
        return Reading(None, ("anaphoric",))  # "the last months of her life"
    if base is None or amount is None or amount > 10**6 or amount < 1:
        return Reading(None, ("relative", "vague") if amount is None else ("relative",))
    distance = int(amount)
    moved = periods.moved_by(base, unit, -distance if back else distance)
    if moved is None:
        return None
    start, end = (moved, base) if back else (base, moved)
    direction: Direction = "past" if back else "future"
    if unit in ("year", "decade", "century"):
        period = periods.years(start.year, end.year)
    elif unit in ("month", "quarter"):
        period = periods.months(periods.month(start.year, start.month), periods.month(end.year, end.month))
    else:
        period = periods.days(start, end)
    return Reading(period, ("relative",), direction=direction)


def read_relative(match: re.Match[str], context: Context) -> Reading | None:
    if match["re_x"]:
        if not BEFORE_WEEKEND.search(context.before(match)):
            return None
        unit, relation = "weekend", "this"
    else:
        unit, relation = match["re_u"].lower(), match["re_r"].lower()
    base = context.published
    if unit in ("second", "minute", "hour", "day", "night"):
        if relation in ("this", "current") or unit in ("second", "minute", "night"):
            return None
        if base is None:
            return Reading(None, ("relative",))
    if base is None:
        return Reading(None, ("relative",))
    step = (
        -1
        if relation in ("last", "past", "this past")
        else 1
        if relation in ("next", "coming", "this coming")
        else 0
    )
    if unit in periods.SEASON_MONTHS:
        return _relative_season(unit, step, base)
    if unit == "weekend" and relation == "this" and base.weekday() < 5 and context.tense(match) == "past":
        step = -1
    period = periods.unit_at(base, unit, step)
    if period is None:
        return None
    if match["re_e"] and period.precision in ("month", "year") and "/" not in period.value:
        reading = _edge(period, match["re_e"])
        return msgspec.structs.replace(reading, flags=("relative", *reading.flags))
    return Reading(period, ("relative",))


def _relative_season(name: str, step: int, base: date) -> Reading:
    options = [
        p for y in range(-2, 3) if 1 <= base.year + y < 9999 and (p := periods.season(base.year + y, name))
    ]
    flags = ("relative", "northern_season")
    if step < 0:
        return Reading(next((p for p in reversed(options) if p.end < base), None), flags)
    if step > 0:
        return Reading(next((p for p in options if p.start > base), None), flags)
    return Reading(min(options, key=lambda p: abs((p.start - base).days)) if options else None, flags)


def read_edge(match: re.Match[str], context: Context) -> Reading | None:
    base, unit = context.published, (match["ed_u"] or "year").lower()
    edge = (match["ed_e"] or "end").lower()
    if base is None:
        return Reading(None, ("relative",))
    if unit == "day":
        return Reading(periods.day(base), ("relative",))
    whole = periods.unit_at(base, unit, 0)
    if whole is None:
        return None
    if edge == "end" and DEADLINE.search(context.before(match)):
        return Reading(periods.day(whole.end), ("relative",))
    if unit == "week":
        return Reading(whole, ("relative", "approximate"))
    reading = _edge(whole, edge)
    return msgspec.structs.replace(reading, flags=("relative", *reading.flags))


def read_ordinal(match: re.Match[str], context: Context) -> Reading | None:
    """ "the 10th": the nearest such day of the month that fits the verb; without a verb the last one."""
    if not (match["od_l"] or BEFORE_ORDINAL.search(context.before(match))):
        return None
    reference = context.published
    if reference is None:
        return Reading(None, ("relative",))
    number = _day(match["od_d"])
    tense = context.tense(match)
    options = []
    for distance in (-2, -1, 0, 1, 2):
        first = periods.shift_months(reference.replace(day=1), distance)
        if first is not None and (option := periods.make_date(first.year, first.month, number)):
            options.append(option)
    if tense == "future":
        chosen = next((option for option in options if option >= reference), None)
    else:
        # One day of grace: local time may run ahead of the article's date.
        limit = periods.shift_days(reference, 1) or reference
        chosen = next((option for option in reversed(options) if option <= limit), None)
    flags = ("relative",) if tense else ("relative", "direction_assumed")
    return Reading(periods.day(chosen) if chosen else None, flags)


# -- lengths of time, times of day, repetition -----------------------------------------------------------------------


def read_duration_of(amount_words: str, unit_words: str) -> Reading | None:
    amount, unit = _number(amount_words), _unit(unit_words)
    if amount is None:
        return Reading(None, ("vague",), kind="duration", value=None)
    if unit in ("decade", "century", "quarter", "fortnight"):
        factor, unit = {
            "decade": (10, "year"),
            "century": (100, "year"),
            "quarter": (3, "month"),
            "fortnight": (2, "week"),
        }[unit]
        amount *= factor
    return Reading(
        None,
        kind="duration",
        value=periods.DURATION_CODES[unit].format(f"{amount.normalize():f}"),
        hedged=True,
    )


def read_duration(match: re.Match[str], context: Context) -> Reading | None:
    if match["du_v"]:
        return read_duration_of("one", match["du_v"])
    words = match["du_n"].lower()
    loose = words in ("a", "an", "one") or words.startswith("some")
    if loose and not BEFORE_DURATION.search(context.before(match)):
        return None  # "a day when", "15 a year": no length of time
    return read_duration_of(words, match["du_u"])


def read_time(match: re.Match[str], context: Context) -> Reading | None:
    if match["ti_w"]:
        hour, minute = (0 if match["ti_w"].lower() == "midnight" else 12), 0
    elif match["ti_h"]:
        hour, minute = int(match["ti_h"]), int(match["ti_m"] or 0)
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["ti_a"] in "pP" else 0)
    elif match["ti_z"]:
        hour, minute = int(match["ti_z"][:2]), int(match["ti_z"][2:])
    else:
        hour, minute = int(match["ti_i"]), int(match["ti_n"])
    base = context.anchor or context.published
    clock = f"T{hour:02}:{minute:02}" + ("Z" if re.search(r"GMT|UTC", match.group()) else "")
    if base is None:
        return Reading(None, ("relative",), kind="time", value=clock)
    return Reading(
        Period(f"{base.isoformat()}{clock}", "second", base, base),
        ("anaphoric" if context.anchor else "relative",),
        kind="time",
    )


def read_set(match: re.Match[str], context: Context) -> Reading | None:
    if match["set_w"]:
        return Reading(None, kind="set", value="P1W")
    unit = _unit(match["set_u"])
    codes = {
        **periods.DURATION_CODES,
        "quarter": "P3M",
        "decade": "P10Y",
        "century": "P100Y",
        "fortnight": "P2W",
    }
    return Reading(None, kind="set", value=codes.get(unit, "P{}D").format(1))


READERS: dict[str, Callable[[re.Match[str], Context], Reading | None]] = {
    "iso": read_iso,
    "numeric": read_numeric,
    "month_day": read_month_day,
    "day_month": read_day_month,
    "month_year": read_month_year,
    "month": read_month,
    "weekday": read_weekday,
    "deictic": read_deictic,
    "same": read_same,
    "next_day": read_next_day,
    "shifted": read_shifted,
    "vague_shift": read_vague_shift,
    "span": read_span,
    "relative": read_relative,
    "edge": read_edge,
    "ordinal": read_ordinal,
    "quarter": read_quarter,
    "season": read_season,
    "decade": read_decade,
    "century": read_century,
    "time": read_time,
    "year": read_year,
    "duration": read_duration,
    "set": read_set,
}

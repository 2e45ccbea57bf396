"""What words mean that count from the article's date or from a day named before, and lengths of time."""

import re
from datetime import date
from decimal import Decimal

import msgspec

from service.extraction import periods
from service.extraction.date_grammar import WEEKDAY_NUMBERS
from service.extraction.date_readings import (
    Context,
    Reader,
    Reading,
    amount_of,
    day_number,
    narrowed,
    unit_of,
)
from service.extraction.periods import Period
from service.extraction.text import Direction

DEADLINE = re.compile(r"(?<!\w)(?:by|before|until|till)\s\Z", re.IGNORECASE)
BEFORE_WEEKEND = re.compile(r"(?<!\w)(?:over|during|throughout|at|on|for|of|by|until)\s\Z", re.IGNORECASE)
BEFORE_ORDINAL = re.compile(
    r"(?<!\w)(?:on|from|since|until|till|by|between|before|after|and|to|through)\s\Z", re.IGNORECASE
)
BEFORE_DURATION = re.compile(
    r"(?<!\w)(?:for|within|lasting|lasts?|lasted|over|during|after|in|than|about|almost|nearly|least"
    r"|most|take|takes|took"
    r"|every|just|only)\s\Z",
    re.IGNORECASE,
)
DATED = re.compile(r"(?:[a-z]day|today|\d),?\s(?:just |only )?\Z")
EVENT_AFTER = re.compile(r"\s(?:than|the|a|an|his|her|its|their|he|she|it|they|[A-Z][a-z]+)\b")
OF_OTHERS = re.compile(r"\sof\s(?:his|her|its|their|the|a)\b")


# -- words that count from the article's date
# ----------------------------------------------------------------------


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
    if match["w_k"]:  # "Saturday last week"
        distance = wanted - reference.weekday() + (-7 if match["w_k"] == "last" else 7)
    elif relation.startswith(("last", "past", "this past", "previous")):
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
        if ahead == 1 and tense == "past" and not relation and context.anchor == reference:
            # After "Thursday night" of a report dated Thursday, "Friday" is the day it was updated on, or
            # Friday where it happened, and not six days ago.
            distance, flags = 1, (*flags, "ambiguous_week")
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
    base = context.base(match, unit)
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
    unit, side = unit_of(match["sh_u"]), match["sh_s"].lower()
    amount = amount_of(match["sh_n"])
    part_of_day = unit in ("second", "minute", "hour")
    anchor = context.anchor if side in ("after", "before") and not part_of_day else None
    if anchor is not None and amount is not None and DATED.search(context.before(match)):
        # "on Saturday, two days after a fire": when the fire was
        return Reading(_shifted(anchor, unit, amount, 1 if side == "before" else -1), ("anaphoric",))
    if side != "ago" and (part_of_day or EVENT_AFTER.match(context.text, match.end())):
        # "two days before the phone", "six minutes later": a length of time, the event places it
        return read_duration_of(match["sh_n"], match["sh_u"])
    sign = 1 if side in ("later", "after") else -1
    base = context.published if side == "ago" else context.base(match, unit)
    flag = "relative" if side == "ago" else "anaphoric"
    if base is None or amount is None:
        direction: Direction = "past" if side == "ago" else "present"
        return Reading(None, (flag, "vague"), direction=direction if side == "ago" else None)
    return Reading(_shifted(base, unit, amount, sign), (flag,), open_start=True, hedged=True)


def read_vague_shift(match: re.Match[str], context: Context) -> Reading | None:
    ago = match["vs_s"].lower() == "ago"
    return Reading(None, ("relative" if ago else "anaphoric", "vague"), direction="past" if ago else None)


def read_span(match: re.Match[str], context: Context) -> Reading | None:
    unit = unit_of(match["sp_u"])
    relation = match["sp_r"].lower()
    amount = amount_of(match["sp_n"])
    back = relation in ("last", "past", "previous")
    base = context.published
    if OF_OTHERS.match(context.text, match.end()):
        return Reading(None, ("anaphoric",))  # "the last months of her life"
    if base is None or amount is None or amount > 10**6 or amount < 1:
        return Reading(None, ("relative", "vague") if amount is None else ("relative",))
    if not back and context.before(match).lower().endswith("for "):
        return read_duration_of(match["sp_n"], match["sp_u"])  # "frozen for the next six months"
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
        reading = narrowed(period, match["re_e"])
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
    reading = narrowed(whole, edge)
    return msgspec.structs.replace(reading, flags=("relative", *reading.flags))


def read_ordinal(match: re.Match[str], context: Context) -> Reading | None:
    """ "the 10th": the nearest such day of the month that fits the verb; without a verb the last one."""
    if not (match["od_l"] or BEFORE_ORDINAL.search(context.before(match))):
        return None
    reference = context.published
    if reference is None:
        return Reading(None, ("relative",))
    number = day_number(match["od_d"])
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


# -- lengths of time, times of day, repetition
# -----------------------------------------------------------------------


def read_duration_of(amount_words: str, unit_words: str) -> Reading | None:
    amount, unit = amount_of(amount_words), unit_of(unit_words)
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
    unit = unit_of(match["set_u"])
    codes = {
        **periods.DURATION_CODES,
        "quarter": "P3M",
        "decade": "P10Y",
        "century": "P100Y",
        "fortnight": "P2W",
    }
    return Reading(None, kind="set", value=codes.get(unit, "P{}D").format(1))


RELATIVE_READERS: dict[str, Reader] = {
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
    "time": read_time,
    "duration": read_duration,
    "set": read_set,
}

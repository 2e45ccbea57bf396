"""Calendar arithmetic: from a unit and a distance to an ISO 8601 value with the days that enclose it."""

from calendar import monthrange
from datetime import date, timedelta

import msgspec

from service.extraction.text import PrecisionName

DAYS_PER_UNIT = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
MONTHS_PER_UNIT = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DURATION_CODES = {
    "second": "PT{}S",
    "minute": "PT{}M",
    "hour": "PT{}H",
    "day": "P{}D",
    "night": "P{}D",
    "weekend": "P{}W",
    "week": "P{}W",
    "month": "P{}M",
    "year": "P{}Y",
}
SEASON_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


class Period(msgspec.Struct, frozen=True):
    """First and last day, both included."""

    value: str
    precision: PrecisionName
    start: date
    end: date


def make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_days(reference: date, days: int) -> date | None:
    try:
        return reference + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(reference: date, months: int) -> date | None:
    """Same day of another month, or that month's last day."""
    index = reference.year * 12 + reference.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(reference.day, monthrange(year, month + 1)[1]))


def day(value: date) -> Period:
    return Period(value.isoformat(), "day", value, value)


def days(start: date, end: date) -> Period:
    return Period(f"{start.isoformat()}/{end.isoformat()}", "day", start, end)


def years_around(reference: date, distance: int) -> range:
    """Years of the calendar at most `distance` from the reference's."""
    return range(max(1, reference.year - distance), min(9999, reference.year + distance) + 1)


def week(value: date) -> Period | None:
    year, number, weekday = value.isocalendar()
    start, end = shift_days(value, 1 - weekday), shift_days(value, 7 - weekday)
    return Period(f"{year:04}-W{number:02}", "week", start, end) if start and end else None


def month(year: int, number: int) -> Period:
    return Period(
        f"{year:04}-{number:02}",
        "month",
        date(year, number, 1),
        date(year, number, monthrange(year, number)[1]),
    )


def months(start: Period, end: Period) -> Period:
    return Period(f"{start.value}/{end.value}", "month", start.start, end.end)


def year(number: int) -> Period:
    return Period(f"{number:04}", "year", date(number, 1, 1), date(number, 12, 31))


def years(first: int, last: int) -> Period | None:
    if not 1 <= first <= last <= 9999:
        return None
    return Period(f"{first:04}/{last:04}", "year", date(first, 1, 1), date(last, 12, 31))


def quarter(number: int, index: int) -> Period:
    """`index` 1–4."""
    return months(month(number, 3 * index - 2), month(number, 3 * index))


def season(number: int, name: str) -> Period | None:
    """Northern seasons by whole months; a winter begins in the December of its year."""
    first = SEASON_MONTHS[name]
    start = month(number, first)
    last = shift_months(start.start, 2)
    return months(start, month(last.year, last.month)) if last else None


def unit_at(reference: date, unit: str, distance: int) -> Period | None:
    """The day, week, weekend, month, quarter, year, … `distance` units from the one that holds
    `reference`."""
    if unit in ("second", "minute", "hour"):
        return day(reference)
    if unit in ("day", "night", "morning", "afternoon", "evening"):
        moved = shift_days(reference, distance)
        return day(moved) if moved else None
    if unit in ("week", "fortnight"):
        moved = shift_days(reference, DAYS_PER_UNIT[unit] * distance)
        return week(moved) if moved else None
    if unit == "weekend":
        # Of a Saturday or Sunday it is the one that holds it, else the one that ends its week.
        saturday = shift_days(reference, 5 - reference.weekday() + 7 * distance)
        sunday = shift_days(saturday, 1) if saturday else None
        return days(saturday, sunday) if saturday and sunday else None
    if unit in SEASON_MONTHS:
        if not 1 <= reference.year + distance < 9999:
            return None
        return season(reference.year + distance, unit)
    moved = shift_months(reference, MONTHS_PER_UNIT[unit] * distance)
    if moved is None:
        return None
    if unit == "month":
        return month(moved.year, moved.month)
    if unit == "quarter":
        return quarter(moved.year, (moved.month + 2) // 3)
    if unit == "year":
        return year(moved.year)
    if unit == "decade":
        return years(moved.year - moved.year % 10, moved.year - moved.year % 10 + 9)
    return years(moved.year - moved.year % 100, moved.year - moved.year % 100 + 99)


def moved_by(reference: date, unit: str, distance: int) -> date | None:
    """`reference` moved by `distance` units; hours and less do not move it, 24 hours are a day."""
    if unit == "hour":
        return shift_days(reference, int(distance / 24))
    if unit in ("second", "minute"):
        return reference
    if unit == "weekend":
        return shift_days(reference, 7 * distance)
    if unit in DAYS_PER_UNIT:
        return shift_days(reference, DAYS_PER_UNIT[unit] * distance)
    return shift_months(reference, MONTHS_PER_UNIT[unit] * distance)

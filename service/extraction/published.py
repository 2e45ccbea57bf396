"""When was this written? What the wording of an article says about its own date."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from service.extraction.dates import dates
from service.extraction.periods import make_date
from service.extraction.sentences import sentences
from service.extraction.tense import direction_at
from service.extraction.text import DateExpression, Sentence

HEAD = 600
LABEL = re.compile(
    r"(?:published|posted|updated|last (?:updated|modified)|date|issued|created|first published|uploaded)"
    r"(?: on| at)? ?:? ?\Z",
    re.IGNORECASE,
)
# "ALMATY, Jan 12 (Reuters) -", "Washington, January 12, 2022 –"
AGENCY_DATELINE = re.compile(r"(?:\A|\n)[A-Z][\w.' /-]{1,40}, \Z")
AFTER_DATELINE = re.compile(r",? ?(?:\([^()\n]{2,30}\) ?)?(?:[-–—:|]|\n|\Z)")
TODAY_WEEKDAY = re.compile(
    r"\b[Tt]oday,? (?:is )?(?:on )?\(?(?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def infer_published(text: str, *, not_after: date | None = None) -> tuple[date | None, str]:
    """The article's date and what it is inferred from; (None, what is missing) when the words leave it open.

    In this order: a labelled date or a dateline near the top; the latest full date named as past, moved
    on to the weekday that the text calls today. A text that never names a year gives none, unless
    `not_after` (the day it was received) is given: its weekdays and its days without a year are then
    placed before that day, a guess that the reason names. Dates after `not_after` are left out.
    """
    found_sentences = sentences(text)
    found = [e for e in dates(text, None, found_sentences) if e.kind == "date"]
    full = [
        e for e in found if e.precision == "day" and e.end_date and not (not_after and e.end_date > not_after)
    ]
    for e in full:
        if e.start > HEAD or e.start_date != e.end_date:
            continue
        before, after = text[max(0, e.start - 60) : e.start], text[e.end : e.end + 40]
        line_before = before.rpartition("\n")[2].strip()
        line_after = after.partition("\n")[0].strip()
        if LABEL.search(before):
            return e.start_date, f"labelled as the date: {before.strip().rpartition(chr(10))[2]} {e.surface}"
        if not line_before and not line_after.strip(".,;|"):
            return e.start_date, f"dateline: {e.surface}"
        if AGENCY_DATELINE.search(before) and AFTER_DATELINE.match(after):
            return e.start_date, f"dateline: {e.surface}"
    latest = max((d for e in full if (d := e.end_date) and _is_past(text, e, found_sentences)), default=None)
    today = TODAY_WEEKDAY.search(text)
    if latest is not None:
        if today is None:
            return latest, f"the latest day that the text names as past: {latest.isoformat()}"
        ahead = (WEEKDAYS.index(today["day"]) - latest.weekday()) % 7
        moved = latest + timedelta(days=ahead)
        if not_after is None or moved <= not_after:
            return moved, f"“{today.group()}”, on or after {latest.isoformat()}"
    if not_after is not None and today is not None:
        back = (not_after.weekday() - WEEKDAYS.index(today["day"])) % 7
        return not_after - timedelta(
            days=back
        ), f"“{today.group()}”, the last one up to {not_after.isoformat()}"
    partial = next((e for e in found if "year_inferred" in e.flags), None)
    if partial is not None and not_after is not None:
        guess = _latest_yearless(text, not_after)
        if guess is not None:
            return guess, f"the latest day named, in the last year that fits before {not_after.isoformat()}"
    if partial is not None:
        return None, f"“{partial.surface}” names no year"
    if today is not None:
        return None, f"“{today.group()}” gives a weekday only"
    return None, "no date in the text"


def _is_past(text: str, expression: DateExpression, found: Sequence[Sentence]) -> bool:
    sentence = next((s for s in found if s.start <= expression.start < s.end), None)
    if sentence is None:
        return True
    direction = direction_at(text, expression.start, expression.end, sentence.start, sentence.end)
    return direction != "future"


def _latest_yearless(text: str, not_after: date) -> date | None:
    """Of the days named without a year, the latest past one when all are placed before `not_after`."""
    found_sentences = sentences(text)
    days = []
    for e in dates(text, not_after, found_sentences):
        if e.precision != "day" or "year_inferred" not in e.flags or e.start_date is None:
            continue
        day = e.start_date
        if day > not_after:
            day = make_date(day.year - 1, day.month, day.day) or day
        if day <= not_after and _is_past(text, e, found_sentences):
            days.append(day)
    return max(days, default=None)

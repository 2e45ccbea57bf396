"""A claim as the agreement rule sees it, and what its numbers, days and labels mean. Pure; no I/O.

The rule itself is `service.facts.agreement`; the meaning of every tolerance is told in docs/agreement.md.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import msgspec

# "about 2,000" covers 1,900 to 2,100: 5 % is the most that rounding to two digits is off (1,050 for 1,100).
ABOUT_TOLERANCE = Decimal("0.05")
# "nearly 10,000" covers all above 9,000, up to 10,000: what is nine tenths of it or less has a rounder number
# of its own to be called by.
NEARLY_SHARE = Decimal("0.9")
# A figure may exceed the "nearly" that rounds it by 1 %: "nearly 8,000" is said of 8,010, not of 8,200.
NEARLY_OVERSHOOT = Decimal("1.01")
# A whole number that drops a fraction ("5 percent" of 4.7) may be off by a tenth: no whole number is nearer.
FRACTION_TOLERANCE = Decimal("0.10")
# Below a hundred, a plain whole number is a count: 40 dead is not 41, rounded. "About 40" is.
PLAIN_ROUNDING_FROM = 100

FIGURES = frozenset({"exact", "about", "nearly"})
LOWER_BOUNDS = frozenset({"more_than", "at_least"})
DAY_PRECISE = frozenset({"second", "day"})
INFINITY = Decimal("Infinity")


class ClaimView(msgspec.Struct, frozen=True, kw_only=True):
    """One claim as input to grouping, agreement and timeline.

    id: the claim's UUID as text. article, source: keys of the article and its publisher.
    predicate, kind: slug of the predicate and its kind (quantity, event, relation, statement).
    subject, object, complement: entity slug, or the folded text of a participant that is no entity.
    place, within: entity slug of the place, and of every place that contains it.
    time_start, time_end, precision: when it holds; end is null where the span is open or unstated.
    reported_at, withdrawn_at: aware; the article's publication, and when its article was taken back here.
    literal: the roles of participants that are no entities. inferred: what of the claim its words do not
    state (subject, time, …). named: words of the article's title and the claim's sentence, of events and of
    figures that may be of several.
    origin: key of the first attribution (entity slug or folded name); media: the ones that passed it on.
    reprint_of: key of the article this article reprints. position: order of the claim in its article.
    names: how to show what the keys stand for: key and words of the speaker, the place, and participants that
    are no entities.
    """

    id: str
    article: str
    source: str
    predicate: str
    kind: str
    reported_at: datetime
    subject: str | None = None
    object: str | None = None
    complement: str | None = None
    amount: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    qualifier: str | None = None
    value_text: str | None = None
    unit: str | None = None
    place: str | None = None
    within: tuple[str, ...] = ()
    extent: str | None = None
    group: str | None = None
    of: str | None = None
    time_start: date | None = None
    time_end: date | None = None
    precision: str | None = None
    modality: str = "asserted"
    withdrawn_at: datetime | None = None
    origin: str | None = None
    media: tuple[str, ...] = ()
    cue: str | None = None
    reprint_of: str | None = None
    position: int = 0
    names: tuple[tuple[str, str], ...] = ()
    literal: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()


class Interval(NamedTuple):
    """The numbers a value allows; an open end excludes its bound."""

    lower: Decimal
    upper: Decimal
    lower_open: bool
    upper_open: bool


def telling_order(claim: ClaimView) -> tuple[datetime, str, int, str]:
    """The one order of claims: by publication, then article, then place in the article. Breaks every tie."""
    return (claim.reported_at, claim.article, claim.position, claim.id)


def speaker(claim: ClaimView) -> tuple[str, str]:
    """Who answers for the claim: its origin, or the publisher where it is attributed to nobody."""
    return ("origin", claim.origin) if claim.origin else ("source", claim.source)


def shown(claim: ClaimView, key: str | None) -> str:
    """What a key of the claim stands for, in words."""
    return dict(claim.names).get(key or "", key or "")


def speaker_name(claim: ClaimView) -> str:
    return shown(claim, speaker(claim)[1])


# --- labels ------------------------------------------------------------------------------------------------

STOP_WORDS = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"})
UNITS = {"%": "percent", "per cent": "percent", "pct": "percent", "persons": "people", "person": "people"}


def unaccented(text: str) -> str:
    """Case and accents away."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Case, accents, punctuation and runs of blanks away: "Two  Märkets," → "two markets"."""
    return " ".join(re.findall(r"\w+", unaccented(text)))


@lru_cache(maxsize=16_384)
def group_key(label: str | None) -> tuple[str, ...] | None:
    """Labels with the same content words are one group: "two Almaty markets", "two markets in Almaty"."""
    if label is None:
        return None
    words = fold(label).split()
    return tuple(sorted({w for w in words if w not in STOP_WORDS} or words))


@lru_cache(maxsize=4096)
def unit_key(unit: str | None) -> str | None:
    """One key per unit: "days" and "day", "%" and "percent". Nothing is converted: weeks stay weeks."""
    if unit is None or not unit.strip():
        return None
    plain = " ".join(unit.casefold().split())
    plain = UNITS.get(plain, plain)
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain


def other_units(a: ClaimView, b: ClaimView) -> bool:
    """Both name a unit, and not the same."""
    if a.unit == b.unit:
        return False
    one, two = unit_key(a.unit), unit_key(b.unit)
    return one is not None and two is not None and one != two


def extent_key(claim: ClaimView) -> str:
    """An unmarked figure is read as a total, so that "7,989 were arrested" meets "7,939 in all"."""
    return "total" if claim.extent in (None, "cumulative") else str(claim.extent)


# --- days --------------------------------------------------------------------------------------------------


def valid_span(claim: ClaimView) -> tuple[date, date]:
    """First and last day the claim is about; the day of its report where it names none."""
    reported = claim.reported_at.date()
    start = claim.time_start or claim.time_end or reported
    end = claim.time_end or start
    return (start, end) if start <= end else (end, start)


def as_of_day(claim: ClaimView) -> date:
    """The day a figure stands for.

    A total over a span stands for its last day ("12,000 since 2 January" told on the 13th is a figure of the
    13th), and a span coarser than a day for no later day than the report. A start without an end is that day
    if the report came then or the day after, and otherwise a count that ran on until the report.
    """
    reported = claim.reported_at.date()
    if claim.time_end is not None:
        coarse = claim.precision is not None and claim.precision not in DAY_PRECISE
        return min(claim.time_end, reported) if coarse else claim.time_end
    if claim.time_start is None:
        return reported
    if extent_key(claim) == "total" and reported - claim.time_start > timedelta(days=1):
        return reported
    return claim.time_start


# --- numbers -----------------------------------------------------------------------------------------------


def stated(claim: ClaimView) -> Decimal | None:
    """The one number that stands for the value: its amount, the middle of its range, or its only bound."""
    if claim.amount is not None:
        return claim.amount
    if claim.lower is not None and claim.upper is not None:
        return (claim.lower + claim.upper) / 2
    return claim.lower if claim.lower is not None else claim.upper


def interval(claim: ClaimView) -> Interval | None:
    """What the value allows, hedges included; null when it names no number ("many").

    about → ±5 %, and at least ±1 for whole amounts from 10 up ("about a dozen" allows 11);
    nearly → from nine tenths, excluded, up to the amount; more_than and less_than exclude their bound.
    """
    amount, qualifier = claim.amount, claim.qualifier
    if amount is not None and qualifier == "about":
        slack = abs(amount) * ABOUT_TOLERANCE
        if abs(amount) >= 10 and unit_of(amount) >= 1:
            slack = max(slack, Decimal(1))
        return Interval(amount - slack, amount + slack, False, False)
    if amount is not None and qualifier == "nearly":
        low, high = sorted((amount * NEARLY_SHARE, amount))
        return Interval(low, high, amount > 0, amount < 0)
    lower, upper = claim.lower, claim.upper
    if amount is not None and qualifier in LOWER_BOUNDS:
        lower = amount if lower is None else lower
    elif amount is not None and qualifier in ("less_than", "at_most"):
        upper = amount if upper is None else upper
    elif amount is not None:
        lower, upper = (amount if lower is None else lower), (amount if upper is None else upper)
    if lower is None and upper is None:
        return None
    return Interval(
        -INFINITY if lower is None else lower,
        INFINITY if upper is None else upper,
        qualifier == "more_than",
        qualifier == "less_than",
    )


ValueKey = tuple[Decimal | None, Decimal | None, Decimal | None, str | None, str | None]


def value_key(claim: ClaimView) -> ValueKey:
    """What makes two values one position: amount, lower, upper, qualifier, unit."""
    return (claim.amount, claim.lower, claim.upper, claim.qualifier, unit_key(claim.unit))


def same_amount(a: ClaimView, b: ClaimView) -> bool:
    return a.qualifier in FIGURES and b.qualifier in FIGURES and a.amount is not None and a.amount == b.amount


def same_bounds(a: ClaimView, b: ClaimView) -> bool:
    return value_key(a)[:4] == value_key(b)[:4] and interval(a) is not None


@lru_cache(maxsize=4096)
def unit_of(amount: Decimal) -> Decimal:
    """The step of the last significant digit: 8,000 → 1,000; 1,678 → 1; 2.5 → 0.1; 0 → 1.

    Read from the digits, not by Decimal.normalize, which would round amounts beyond 28 digits.
    """
    _, digits, exponent = amount.as_tuple()
    if not amount or not isinstance(exponent, int):
        return Decimal(1)
    zeros = next(i for i, digit in enumerate(reversed(digits)) if digit)
    return Decimal((0, (1,), exponent + zeros))


def significant_digits(amount: Decimal) -> int:
    """How many digits of the amount say something: 8,000 → 1; 12,000 → 2; 7,939 → 4."""
    return amount.adjusted() - unit_of(amount).adjusted() + 1 if amount else 1


def rounds(coarse: ClaimView, fine: ClaimView) -> bool:
    """Whether the coarse figure is the fine one, rounded: 8,000 and "almost 8,000" of 7,939; not 10,000 of
    12,000.

    Within half of the coarse figure's last digit and within 5 % of it (half a step alone would let 10,000
    stand for 14,000). "Nearly" must not fall short of the fine figure.
    """
    if coarse.qualifier not in FIGURES or fine.qualifier not in FIGURES:
        return False
    rough, true = coarse.amount, fine.amount
    if not rough or not true or unit_of(true) >= unit_of(rough):
        return False
    if coarse.qualifier == "nearly" and abs(true) > abs(rough) * NEARLY_OVERSHOOT:
        return False
    drops_fraction = unit_of(rough) >= 1 > unit_of(true)
    if coarse.qualifier == "exact" and abs(rough) < PLAIN_ROUNDING_FROM and unit_of(true) >= 1:
        return False
    cap = FRACTION_TOLERANCE if drops_fraction else ABOUT_TOLERANCE
    gap = abs(rough - true)
    return 2 * gap <= unit_of(rough) and gap <= abs(rough) * cap


def misread_digit(a: Decimal, b: Decimal) -> str | None:
    """How one amount becomes the other by a slip of the hand, or null: 7,939 and 7,989, 1,678 and 1,768.

    One digit of at least three, or two neighbours swapped. In numbers of one or two digits a changed digit
    is no sign of a slip: every other number is as near.
    """
    if max(a.adjusted(), b.adjusted()) > 30 or min(a.adjusted(), b.adjusted()) < -30 or (a < 0) != (b < 0):
        return None
    one, two = (f"{abs(x):f}" for x in (a, b))
    if len(one) != len(two):
        return None
    wrong = [i for i, pair in enumerate(zip(one, two, strict=True)) if pair[0] != pair[1]]
    if not wrong or not (one[wrong[0] : wrong[-1] + 1] + two[wrong[0] : wrong[-1] + 1]).isdigit():
        return None
    first, last = wrong[0], wrong[-1]
    if first == last and sum(c.isdigit() for c in one) >= 3:
        return "one digit differs"
    swapped = last == first + 1 and one[first : last + 1] == two[last] + two[first]
    return "two neighbouring digits are swapped" if swapped else None


def overlap(a: ClaimView, b: ClaimView) -> bool:
    """Whether one number could satisfy both values.

    Where a plain figure sits on an excluded bound ("more than 2,000" and "2,000") it passes only if it is
    round, because a round figure may itself be a little off; "more than 164" and "164" exclude each other.
    Not at the low end of a hedge, which nobody stated: "nearly 10,000" and "9,000" exclude each other.
    """
    one, two = interval(a), interval(b)
    if one is None or two is None:
        return True
    lower, upper = max(one.lower, two.lower), min(one.upper, two.upper)
    if lower != upper:
        return lower < upper
    excluded = any(
        (i.lower_open and i.lower == lower) or (i.upper_open and i.upper == lower) for i in (one, two)
    )
    figure = next((c for c in (a, b) if c.qualifier == "exact"), None)
    if excluded and "nearly" in (a.qualifier, b.qualifier):
        return False
    return not excluded or (figure is not None and figure.amount is not None and unit_of(figure.amount) >= 10)


def natural_ceiling(claim: ClaimView) -> Decimal | None:
    """Where a writer would have chosen the next lower bound: "more than 7,000" → 8,000, "dozens" → 240.

    One step of the bound's last digit; ten times the bound where the words name no figure. Null for what is
    no lower bound.
    """
    if claim.qualifier not in LOWER_BOUNDS or claim.lower is None:
        return None
    return claim.lower * 10 if claim.amount is None else claim.lower + unit_of(claim.lower)


# --- words -------------------------------------------------------------------------------------------------

HEDGES = {
    "exact": "", "about": "about ", "nearly": "nearly ", "more_than": "more than ", "at_least": "at least ",
    "less_than": "less than ", "at_most": "at most ",
}  # fmt: skip


def number(amount: Decimal) -> str:
    """1234567 → "1,234,567"; amounts beyond nineteen digits in scientific notation."""
    if not amount.is_finite() or abs(amount.adjusted()) > 18:
        return str(amount)
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def show(claim: ClaimView) -> str:
    """The value in words: "nearly 1,700 people", "2 to 3 days"; the claim's own words when it names no
    amount."""
    if claim.amount is None and claim.lower is not None and claim.upper is not None:
        text = f"{number(claim.lower)} to {number(claim.upper)}"
    elif claim.amount is None and claim.value_text:
        return claim.value_text
    elif (figure := stated(claim)) is not None:
        text = HEDGES.get(claim.qualifier or "exact", "") + number(figure)
    else:
        return "no figure"
    return f"{text} {claim.unit}" if claim.unit else text

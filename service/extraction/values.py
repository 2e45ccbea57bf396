"""The value of a quantity claim, parsed again from the text and never taken from the extractor."""

import re
from decimal import Decimal
from typing import Literal

import msgspec

from service.extraction.analysis import Analysis
from service.extraction.lexicon import signed
from service.extraction.predicates import counted_in
from service.extraction.protocol import ClaimCandidate
from service.extraction.quotes import NotGroundedError, find_inside
from service.extraction.text import QualifierName, Quantity


class PredicateRule(msgspec.Struct, frozen=True):
    """What grounding must know of a predicate of the vocabulary."""

    kind: Literal["quantity", "event", "relation", "statement"]
    unit: str | None = None


class Value(msgspec.Struct, frozen=True):
    """Amounts are in `unit`; `start:end` are code points into the text and cover the hedge and the
    counted noun."""

    text: str
    start: int
    end: int
    amount: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str | None
    qualifier: QualifierName


_DAYS = {
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal(30),
    "hour": Decimal(1) / 24,
    "year": Decimal(365),
}
_HECTARES_IN_KM2 = Decimal(100)
# Areas that no whole number of hectares equals keep their own unit.
_OTHER_AREAS = {
    "acre": "acres",
    "square_mile": "square miles",
    "square_metre": "square metres",
    "square_foot": "square feet",
}


def read_value(
    candidate: ClaimCandidate, rule: PredicateRule, analysis: Analysis, start: int, end: int
) -> Value | None:
    if rule.kind != "quantity":
        return None
    if not candidate.value:
        raise NotGroundedError("value_missing", "a quantity needs the words of its value")
    hint = candidate.value_start
    if (
        hint is not None
        and start <= hint
        and hint + len(candidate.value) <= end
        and analysis.text.startswith(candidate.value, hint)
    ):
        place: tuple[int, int] | None = (hint, hint + len(candidate.value))
    else:
        place = find_inside(analysis.folded, candidate.value, start, end)
    if place is None:
        raise NotGroundedError("value_not_in_quote", f"{candidate.value!r} does not stand in the quote")
    quantity = _quantity_at(analysis, *place)
    if quantity is None:
        raise NotGroundedError("value_not_a_number", f"no number can be read from {candidate.value!r}")
    _agree(candidate.amount, quantity)
    sign = _sign(candidate.predicate, analysis, quantity) if candidate.predicate in signed() else 1
    text_end = (
        quantity.noun_end
        if quantity.noun_end is not None and quantity.noun_end <= max(place[1], quantity.end)
        else quantity.end
    )
    if not measures_in(rule.unit, quantity.kind, quantity.unit):
        told = f"{candidate.predicate} is in {rule.unit}, and {candidate.value!r} is not"
        raise NotGroundedError("value_of_another_kind", told)
    factor, unit = Decimal(1), quantity.unit
    if (scale := converted(quantity.unit, rule.unit)) is not None:
        factor, unit = scale
    elif quantity.kind != "money" and rule.unit is not None:
        unit = rule.unit if rule.unit != "units" else quantity.unit

    def scaled(number: Decimal | None) -> Decimal | None:
        return None if number is None else number * factor * sign

    lower, upper = scaled(quantity.lower), scaled(quantity.upper)
    if sign < 0:
        lower, upper = upper, lower
    begin = min(place[0], quantity.start)
    stop = max(text_end, place[1])
    return Value(
        analysis.text[begin:stop],
        begin,
        stop,
        scaled(quantity.amount),
        lower,
        upper,
        unit,
        quantity.qualifier,
    )


def converted(unit: str | None, wanted: str | None) -> tuple[Decimal, str] | None:
    """By what to multiply an amount in a unit of the words for a predicate in `wanted`, and the unit that it
    is in then; None where it stays as it is."""
    if unit == "US_CENT":
        return Decimal("0.01"), "USD"
    if unit is not None and unit.endswith("_CENT"):
        return Decimal("0.01"), unit.removesuffix("_CENT")
    if wanted == "days" and unit in _DAYS:
        return _DAYS[unit], "days"
    if wanted == "hectares" and unit == "square_kilometre":
        return _HECTARES_IN_KM2, "hectares"
    if wanted == "hectares" and unit in _OTHER_AREAS:
        return Decimal(1), _OTHER_AREAS[unit]
    return None


_OF_ITS_OWN = ("money", "percent", "measure", "duration", "age")


def measures_in(wanted: str | None, kind: str, unit: str | None) -> bool:
    """Whether a figure of this kind may be one of a predicate in `wanted`: no money, lengths or years where
    people are counted, no kilometres where an area is asked for. Bare numbers may be anything."""
    if wanted in (None, "units") or unit is None:
        return True
    if _CURRENCY.fullmatch(wanted) or kind == "money":
        return kind in ("money", "count") and _CURRENCY.fullmatch(wanted) is not None
    if kind == "percent" or wanted == "percent":
        return kind != "percent" or wanted == "percent"
    if kind not in _OF_ITS_OWN or converted(unit, wanted) is not None:
        return True
    return wanted == f"{unit}s"


_CURRENCY = re.compile(r"[A-Z]{3}")


def _quantity_at(analysis: Analysis, start: int, end: int) -> Quantity | None:
    """The quantity whose number lies inside these words; the first when there are two."""
    index = analysis.sentence_at(start)
    return next(
        (q for q in analysis.quantities_in(index) if start <= q.number_start and q.number_end <= end), None
    )


def _agree(amount: float | None, quantity: Quantity) -> None:
    if amount is None:
        return
    claimed = abs(Decimal(str(amount)))
    read = quantity.amount if quantity.amount is not None else quantity.lower
    if read is None:
        read = quantity.upper
    if read is None or abs(read) != claimed:
        raise NotGroundedError("value_disagrees", f"the text says {read}, not {amount:.15g}")


def _sign(predicate: str, analysis: Analysis, quantity: Quantity) -> int:
    index = analysis.sentence_at(quantity.start)
    found = counted_in(analysis, index)
    return next((item.sign for item in found if item.quantity == quantity and item.predicate == predicate), 1)

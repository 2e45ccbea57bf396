"""The value of a quantity claim, parsed again from the text and never taken from the extractor."""

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
    factor = Decimal(1)
    unit = quantity.unit
    if rule.unit == "days" and quantity.unit in _DAYS:
        factor, unit = _DAYS[quantity.unit], "days"
    elif rule.unit == "hectares" and quantity.unit == "square_kilometre":
        factor, unit = _HECTARES_IN_KM2, "hectares"
    elif rule.unit == "hectares" and quantity.unit in _OTHER_AREAS:
        unit = _OTHER_AREAS[quantity.unit]
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
        raise NotGroundedError("value_disagrees", f"the text says {read}, the candidate {amount}")


def _sign(predicate: str, analysis: Analysis, quantity: Quantity) -> int:
    index = analysis.sentence_at(quantity.start)
    found = counted_in(analysis, index)
    return next((item.sign for item in found if item.quantity == quantity and item.predicate == predicate), 1)

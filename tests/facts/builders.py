"""Short ways to write a claim in a test: `claim("nearly 1,700", origin="police", day=12)`."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count
from typing import Any

from service.facts.values import ClaimView

NUMBERS = count(1)
HEDGES = {
    "about": "about",
    "nearly": "nearly",
    "almost": "nearly",
    "more than": "more_than",
    "at least": "at_least",
    "less than": "less_than",
    "at most": "at_most",
}


def january(day: int) -> date:
    return date(2022, 1, day)


def told_on(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def value(words: str | None) -> dict[str, Any]:
    """ "more than 2,000 people", "2 to 3 days", "thousands" → the value fields of a claim."""
    if words is None:
        return {}
    hedge = next((h for h in HEDGES if words.startswith(h + " ")), "")
    parts = words[len(hedge) :].split()
    if parts[0] in ("dozens", "hundreds", "thousands"):
        lower = {"dozens": 24, "hundreds": 200, "thousands": 2000}[parts[0]]
        return {"lower": Decimal(lower), "qualifier": "at_least", "value_text": words}
    amount = Decimal(parts[0].replace(",", ""))
    if len(parts) > 2 and parts[1] == "to":
        upper, unit = Decimal(parts[2].replace(",", "")), " ".join(parts[3:]) or None
        return {"lower": amount, "upper": upper, "qualifier": "range", "unit": unit}
    qualifier = HEDGES.get(hedge, "exact")
    return {
        "amount": amount,
        "lower": None if qualifier in ("nearly", "less_than", "at_most") else amount,
        "upper": None if qualifier in ("more_than", "at_least") else amount,
        "qualifier": qualifier,
        "unit": " ".join(parts[1:]) or None,
    }


def claim(words: str | None = None, /, *, day: int = 10, on: int | None = None, **fields: Any) -> ClaimView:
    """A claim in an article of its own, published on `day` of January 2022; valid `on` that day, if given."""
    number = next(NUMBERS)
    defaults: dict[str, Any] = {
        "id": f"claim-{number:05}",
        "article": f"article-{number:05}",
        "source": f"paper-{number:05}",
        "predicate": "arrests",
        "kind": "quantity",
        "reported_at": told_on(january(day)),
        **value(words),
    }
    if on is not None:
        defaults |= {"time_start": january(on), "time_end": january(on), "precision": "day"}
    return ClaimView(**(defaults | fields))

"""The verdict at every time of a fact, in one pass: what `assess` says of each of them."""

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from service.facts.agreement import ALL_PAIRS_LIMIT, ClaimView, assess
from service.facts.history import Standing, standings

HEDGES = ["exact", "exact", "exact", "about", "nearly", "more_than", "at_least", "less_than"]
FIGURES = [Decimal(n) for n in (7, 12, 40, 90, 100, 160, 164, 190, 1678, 1700, 2000, 7939, 7989, 8000)]


def claims(number: int, seed: int, **fixed: Any) -> list[ClaimView]:
    """Claims of one fact as they might come, in no order: few speakers, figures and days, so that many are
    alike."""
    pick = random.Random(seed)
    start = dt.datetime(2022, 1, 1, tzinfo=dt.UTC)
    made = []
    for index in range(number):
        article = pick.randrange(max(1, number * 2 // 3))
        told = start + dt.timedelta(days=random.Random(f"{seed} {article}").randrange(number))
        hedge, figure = pick.choice(HEDGES), pick.choice(FIGURES) + pick.choice([0, 0, index])
        day = told.date() - dt.timedelta(days=pick.randrange(3))
        bounds = {
            "exact": (figure, figure), "about": (figure, figure), "nearly": (None, figure),
            "more_than": (figure, None), "at_least": (figure, None), "less_than": (None, figure),
        }[hedge]  # fmt: skip
        members: dict[str, Any] = {
            "id": f"{pick.getrandbits(64):016x}",
            "article": f"article-{article}",
            "source": f"source-{article % 5}",
            "predicate": "deaths",
            "kind": "quantity",
            "reported_at": told,
            "amount": figure,
            "lower": bounds[0],
            "upper": bounds[1],
            "qualifier": hedge,
            "unit": "people",
            "place": "oslo",
            "extent": pick.choice(["cumulative", None]),
            "time_start": pick.choice([day, None]),
            "time_end": None,
            "modality": pick.choice(["asserted", "reported"]),
            "origin": pick.choice([None, "ministry", "police", "mayor"]),
            "position": index,
        }
        made.append(ClaimView(**members | fixed))
    return made


def seen(told: Any) -> dict[str, Any]:
    return {name: getattr(told, name) for name in Standing.__struct_fields__}


def assert_same(several: Sequence[ClaimView]) -> None:
    found, relations = standings(several)
    assert [when for when, _ in found] == sorted({claim.reported_at for claim in several})
    for when, standing in found:
        assert seen(standing) == seen(assess(several, as_of=when)), when
    now = assess(several)
    assert now is not None
    assert relations == list(now.relations)


@pytest.mark.parametrize("number", [1, 2, 12, ALL_PAIRS_LIMIT, ALL_PAIRS_LIMIT + 1, 60, 120])
@pytest.mark.parametrize("extent", ["cumulative", None, "mixed"])
def test_each_time_is_judged_as_by_itself(number: int, extent: str | None) -> None:
    fixed = {} if extent == "mixed" else {"extent": extent}
    assert_same(claims(number, number, **fixed))


def test_claims_that_are_much_alike() -> None:
    assert_same(claims(90, 4, amount=Decimal(40), lower=Decimal(40), upper=Decimal(40), time_start=None))


def test_events_and_claims_without_a_figure() -> None:
    nothing = {"amount": None, "lower": None, "upper": None, "qualifier": None, "unit": None}
    assert_same(claims(70, 5, kind="event", extent=None, **nothing))
    assert_same(claims(50, 6, amount=None, lower=Decimal(24), upper=None, qualifier="at_least"))


@pytest.mark.parametrize("modality", ["denied", "retracted"])
def test_a_fact_in_which_something_was_denied_or_taken_back(modality: str) -> None:
    assert_same([*claims(30, 7), *claims(3, 8, modality=modality)])


def test_a_fact_with_reprints() -> None:
    assert_same([*claims(20, 9), *claims(4, 10, article="copy", reprint_of="article-3")])


@pytest.mark.parametrize("number", [30, 50, 120])
def test_later_times_are_told_without_the_earlier_ones(number: int) -> None:
    several = claims(number, number + 1)
    times = sorted({claim.reported_at for claim in several})
    whole, relations = standings(several)
    for since in (times[1], times[len(times) // 2], times[-1]):
        assert standings(several, since) == ([one for one in whole if one[0] >= since], relations)

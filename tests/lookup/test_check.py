"""The verdict over a figure, without a database: what stands for it, against it, and what is set aside."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from service.facts.agreement import Claimed, ClaimView
from service.lookup.check import check


def claim(name: str, amount: int, day: int = 10, **fields: Any) -> ClaimView:
    defaults: dict[str, Any] = {
        "article": f"article-{name}",
        "source": f"source-{name}",
        "predicate": "arrests",
        "kind": "quantity",
        "reported_at": datetime(2022, 1, day, tzinfo=UTC),
        "amount": Decimal(amount),
        "lower": Decimal(amount),
        "upper": Decimal(amount),
        "qualifier": "exact",
        "unit": "people",
        "place": "freedonia",
        "extent": "cumulative",
        "time_start": date(2022, 1, day),
        "time_end": date(2022, 1, day),
        "precision": "day",
    }
    return ClaimView(id=name, **(defaults | fields))


def figure(amount: int, **fields: Any) -> Claimed:
    return Claimed(amount=Decimal(amount), lower=Decimal(amount), upper=Decimal(amount), **fields)


TOTAL = [claim("a", 7939), claim("b", 8000, qualifier="about"), claim("c", 12000, day=12)]
INCREASE = [claim("d", 1678, day=12, extent="increment")]


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [(7939, "supported"), (8000, "supported"), (12000, "supported"), (9500, "contradicted")],
)
def test_a_total_is_held_against_the_day_it_fits(amount: int, verdict: str) -> None:
    assert check(figure(amount), [TOTAL]).verdict == verdict


def test_a_later_total_is_set_aside_and_not_against_an_earlier_one() -> None:
    stands = {one.claim: one.stand for one in check(figure(7939), [TOTAL]).judged}
    assert stands == {"a": "supports", "b": "compatible", "c": "set_aside"}


def test_a_figure_is_read_as_a_part_only_when_the_whole_does_not_know_it() -> None:
    part = check(figure(1678), [TOTAL, INCREASE])
    assert (part.verdict, part.extent, part.inferred) == ("supported", "increment", True)
    whole = check(figure(7939), [TOTAL, INCREASE])
    assert whole.extent == "cumulative"
    assert {one.type for one in whole.judged if one.claim == "d"} == {"scope_differs"}


def test_an_open_bound_of_a_part_makes_no_figure_a_part() -> None:
    bound = {"lower": Decimal(200), "upper": None, "qualifier": "at_least"}
    hundreds = msgspec.structs.replace(claim("e", 200, extent="increment", **bound), amount=None)
    assert check(figure(50000), [TOTAL, [hundreds]]).verdict == "contradicted"


def test_an_open_bound_of_the_figure_makes_it_no_part() -> None:
    bound = msgspec.structs.replace(figure(5000), lower=None, qualifier="less_than")
    checked = check(bound, [TOTAL, INCREASE])
    assert (checked.verdict, checked.extent) == ("contradicted", "cumulative")


def test_the_scope_asked_for_is_the_only_one() -> None:
    assert check(figure(7939, extent="increment"), [TOTAL, INCREASE]).verdict == "contradicted"


def test_sources_on_both_sides_make_it_mixed() -> None:
    assert check(figure(7939), [[claim("a", 7939), claim("b", 9100)]]).verdict == "mixed"


def test_a_retracted_claim_is_listed_and_counts_for_nothing() -> None:
    checked = check(figure(164), [[claim("a", 164, modality="retracted", origin="ministry")]])
    assert [(one.stand, one.withdrawn) for one in checked.judged] == [("supports", True)]
    assert checked.verdict == "unknown"


def test_nothing_known_is_unknown() -> None:
    assert check(figure(5), []).verdict == "unknown"
    assert check(figure(5), []).closest == ()


def test_the_closest_come_nearest_first_whatever_they_count() -> None:
    assert check(figure(1700), [TOTAL, INCREASE]).closest == ("d", "a", "b")

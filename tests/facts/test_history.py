"""The verdict at every time of a fact, in one pass: what `assess` says of each of them."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from service.facts.agreement import Standing, assess
from service.facts.history import State, judged
from service.facts.pairs import ALL_PAIRS_LIMIT
from service.facts.relations import Relation
from service.facts.values import ClaimView, telling_order

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


def ordered(state: State | None) -> list[Relation]:
    return [] if state is None else state.ordered()


def assert_same(several: Sequence[ClaimView]) -> None:
    found, state = judged(several)
    assert [when for when, _ in found] == sorted({claim.reported_at for claim in several})
    for when, standing in found:
        assert seen(standing) == seen(assess(several, as_of=when)), when
    now = assess(several)
    assert now is not None
    assert ordered(state) == list(now.relations)


@pytest.mark.parametrize("number", [1, 2, 12, ALL_PAIRS_LIMIT, ALL_PAIRS_LIMIT + 1, 60, 120])
@pytest.mark.parametrize("extent", ["cumulative", None, "mixed"])
def test_each_time_is_judged_as_by_itself(number: int, extent: str | None) -> None:
    fixed = {} if extent == "mixed" else {"extent": extent}
    assert_same(claims(number, number, **fixed))


@pytest.mark.parametrize("seed", range(40))
def test_a_fact_of_one_claim(seed: int) -> None:
    (claim,) = claims(1, seed)
    assert_same([claim])
    assert_same([msgspec.structs.replace(claim, amount=None, lower=None, upper=None, qualifier=None)])


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
    whole, state = judged(several)
    for since in (times[1], times[len(times) // 2], times[-1]):
        later, known = judged(several, since, None if state is None else state.relations)
        assert later == [one for one in whole if one[0] >= since]
        assert ordered(known) == ordered(state)
        assert known is not None
        assert not known.fresh


def mixed(number: int, seed: int, **fixed: Any) -> list[ClaimView]:
    """As `claims`, some of which deny or take back what their speakers said, or stand in reprints."""
    pick = random.Random(f"mixed {seed}")
    plain = sorted(claims(number, seed, **fixed), key=telling_order)
    articles = list(dict.fromkeys(one.article for one in plain))
    copies = {
        article: pick.choice([None, *articles[:index], "an article without claims"])
        for index, article in enumerate(articles)
        if pick.random() < 0.2
    }
    return [
        msgspec.structs.replace(
            one,
            modality=pick.choices([one.modality, "denied", "retracted"], [18, 1, 1])[0],
            reprint_of=copies.get(one.article),
        )
        for one in plain
    ]


KINDS: dict[str, dict[str, Any]] = {
    "totals": {"extent": "cumulative"},
    "increases": {"extent": "increment"},
    "unmarked": {"extent": None},
    "attributed to nobody": {"origin": None},
    "events": {"kind": "event", "extent": None, "amount": None, "lower": None, "upper": None}
    | {"qualifier": None, "unit": None, "precision": "day"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", [3, 9, 30, 70])
def test_each_time_of_a_fact_with_denials_retractions_and_reprints(number: int, kind: str) -> None:
    for seed in range(2):
        assert_same(mixed(number, seed, **KINDS[kind]))


def test_a_fact_of_which_everything_was_denied_or_withdrawn() -> None:
    for modality in ("denied", "retracted"):
        assert_same(claims(70, 3, modality=modality))


@pytest.mark.parametrize("make", [claims, mixed])
@pytest.mark.parametrize("number", [30, ALL_PAIRS_LIMIT + 4, 80])
@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("seed", range(2))
def test_what_is_told_later_makes_of_it_what_all_together_make(
    make: Callable[[int, int], list[ClaimView]], number: int, step: int, seed: int
) -> None:
    several = sorted(make(number, seed), key=telling_order)
    articles = list(dict.fromkeys(one.article for one in several))
    first = [one for one in several if one.article in articles[: len(articles) // 2]]
    _, state = judged(first)
    assert state is not None
    stored = {(one.from_, one.to): one for one in ordered(state)}
    told = list(first)
    for start in range(len(articles) // 2, len(articles), step):
        new = [one for one in several if one.article in articles[start : start + step]]
        growth = state.more(new)
        told += new
        whole, now = judged(told)
        assert growth is not None
        assert growth.verdicts == [one for one in whole if one[0] >= new[0].reported_at]
        assert not {(one.from_, one.to) for one in growth.fresh} & stored.keys()
        stored |= {(one.from_, one.to): one for one in growth.fresh}
        assert sorted(stored.values(), key=lambda one: (one.from_, one.to)) == ordered(now)


@pytest.mark.parametrize(
    "changes",
    [
        {"reported_at": dt.datetime(2021, 1, 1, tzinfo=dt.UTC)},
        {"article": "article-1"},
        {"article": "original"},
    ],
)
def test_what_may_change_what_was_made_of_earlier_claims_is_not_told_later(changes: dict[str, Any]) -> None:
    fixed = {"article": "article-1", "reprint_of": "original"}
    several = claims(60, 5, **fixed, reported_at=dt.datetime(2022, 1, 1, tzinfo=dt.UTC))
    _, state = judged(several)
    assert isinstance(state, State)
    later = {"article": "new", "reported_at": dt.datetime(2023, 1, 1, tzinfo=dt.UTC)}
    (new,) = claims(1, 6, **(later | changes))
    assert state.more([new]) is None
    assert len(several) == len(state.claims)
    (new,) = claims(1, 6, **later)
    assert state.more([new]) is not None

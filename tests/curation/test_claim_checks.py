"""What the words of an article bear out, and what they do not."""

from decimal import Decimal
from typing import Any

import pytest

from service.claims.evidence import Found
from service.curation.claim_checks import (
    Figure,
    PredicateRule,
    check_attribution,
    check_figure,
    check_time,
    neighbourhood,
    select_evidence,
)
from service.curation.schemas import EvidenceIn, NewAttribution, NewTime, NewValue, SelectorIn
from service.errors import FieldError

ROLES: dict[str, str | None] = {"subject": None, "object": None, "complement": None}


def rule(unit: str | None, kind: str = "quantity") -> PredicateRule:
    return PredicateRule("counted", kind, unit, ROLES)


def read(words: str, counted_in: str | None, **value: Any) -> tuple[Figure | None, dict[str, str]]:
    """The figure that a claim with these words as its evidence has, and what is wrong with it."""
    text = f"Nothing before. {words} Nothing after."
    start = text.index(words)
    errors: list[FieldError] = []
    found = Found(start, start + len(words), words)
    figure = check_figure(text, found, NewValue(**value), rule(counted_in), errors)
    return figure, {str(error.pointer): error.detail for error in errors}


FIGURES: list[tuple[str, str | None, dict[str, Any], tuple[Any, Any, Any, str, str | None]]] = [
    ("Police held 7,939 people.", "people", {}, (7939, 7939, 7939, "exact", "people")),
    ("Police held 7,939 people.", "people", {"amount": 7939}, (7939, 7939, 7939, "exact", "people")),
    ("Police held 7,939 people.", "people", {"amount": 7939.0}, (7939, 7939, 7939, "exact", "people")),
    ("Police held nearly 1,700 people.", "people", {"amount": 1700}, (1700, None, 1700, "nearly", "people")),
    (
        "More than 2,000 people were hurt.",
        "people",
        {"lower": 2000},
        (2000, 2000, None, "more_than", "people"),
    ),
    ("About 12,000 people were held.", "people", {}, (12000, 12000, 12000, "about", "people")),
    ("Between 50 and 60 people came.", "people", {}, (None, 50, 60, "range", "people")),
    (
        "Between 50 and 60 people came.",
        "people",
        {"lower": 50, "upper": 60, "qualifier": "range"},
        (None, 50, 60, "range", "people"),
    ),
    ("Dozens of people came.", "people", {}, (None, 24, None, "at_least", "people")),
    # a hedge that the reading does not know is the reader's to name
    (
        "As it seems 160 people died.",
        "people",
        {"amount": 160, "qualifier": "at_least"},
        (160, 160, None, "at_least", "people"),
    ),
    ("Troops leave in two weeks.", "days", {"amount": 14}, (14, 14, 14, "exact", "days")),
    (
        "Troops could leave within a week.",
        "days",
        {"amount": 7, "qualifier": "at_most"},
        (7, None, 7, "at_most", "days"),
    ),
    ("The fire burned 5,000 acres.", "hectares", {"amount": 5000}, (5000, 5000, 5000, "exact", "acres")),
    ("The fire burned 50 square kilometres.", "hectares", {}, (5000, 5000, 5000, "exact", "hectares")),
    ("The fire burned 12 thousand hectares.", "hectares", {}, (12000, 12000, 12000, "exact", "hectares")),
    ("They ordered 20 buses.", "units", {"unit": "buses"}, (20, 20, 20, "exact", "buses")),
    ("It costs 3 million euros.", "USD", {}, (3000000, 3000000, 3000000, "exact", "EUR")),
    ("Prices fell by 5 percent.", "percent", {"amount": -5}, (-5, -5, -5, "exact", "percent")),
]


@pytest.mark.parametrize(("words", "unit", "value", "expected"), FIGURES, ids=lambda one: str(one)[:40])
def test_a_figure_that_the_words_give(
    words: str, unit: str | None, value: dict[str, Any], expected: tuple[Any, Any, Any, str, str | None]
) -> None:
    figure, errors = read(words, unit, **value)
    assert errors == {}
    assert figure is not None
    found = (figure.amount, figure.lower, figure.upper)
    assert found == tuple(None if one is None else Decimal(one) for one in expected[:3])
    assert (figure.qualifier, figure.unit) == expected[3:]
    assert figure.text
    assert figure.text in words


REFUSED: list[tuple[str, str | None, dict[str, Any], str, str]] = [
    ("Police held 7,939 people.", "people", {"amount": 7989}, "/value/amount", "the quote says '7,939'"),
    ("Police held people.", "people", {"amount": 5}, "/value/amount", "no figure"),
    ("Police held people.", "people", {}, "/value", "no figure"),
    ("Police held 20 or so, 31 of them men.", "people", {}, "/value/amount", "several figures"),
    ("Police held 20 men.", "people", {"text": "21 men"}, "/value/text", "not stand in the quote"),
    ("Police held 20 men.", "people", {"text": "Police"}, "/value/text", "no figure"),
    ("Nearly 20 men came.", "people", {"qualifier": "more_than"}, "/value/qualifier", "say nearly"),
    ("Nearly 20 men came.", "people", {"qualifier": "exact"}, "/value/qualifier", "say nearly"),
    ("Exactly 20 men came.", "people", {"qualifier": "range"}, "/value/qualifier", "does not fit"),
    ("Dozens of men came.", "people", {"qualifier": "exact"}, "/value/qualifier", "say at_least"),
    ("Dozens of men came.", "people", {"amount": 24}, "/value/amount", "the quote says 'Dozens'"),
    (
        "Police held 20 men.",
        "people",
        {"amount": 20, "lower": 10},
        "/value/lower",
        "has lower 20, not 10",
    ),
    ("Police held 20 men.", "people", {"unit": "soldiers"}, "/value/unit", "the unit here is people"),
    ("Prices rose by 20 percent.", "people", {}, "/value/unit", "is in people"),
    ("It costs 20 euros.", "people", {}, "/value/unit", "is in people"),
    ("Police held 20 men.", "USD", {}, "/value/unit", "is in USD"),
    ("It costs 20 euros.", "USD", {"unit": "USD"}, "/value/unit", "the unit here is EUR"),
    ("The fire burned 5,000 acres.", "hectares", {"unit": "hectares"}, "/value/unit", "here is acres, not"),
    ("It burned 50 km².", "hectares", {"amount": 50}, "/value/amount", "is 5000 hectares, not 50"),
    ("The fire ran 20 kilometres.", "hectares", {}, "/value/unit", "is in hectares, and '20 kilometres' is"),
    ("They walked 20 km.", "people", {"amount": 20}, "/value/unit", "is in people, and '20 km' is not"),
    ("They held out for 20 days.", "people", {}, "/value/unit", "is in people"),
    ("The fire took 20 percent of it.", "hectares", {}, "/value/unit", "is in hectares"),
    ("Fees rose by 20.", "percent", {}, "/value/unit", "is in percent"),
    ("They bought 20 tonnes.", "units", {"unit": "buses"}, "/value/unit", "is tonne, not buses"),
    ("It burned 12 thousand hectares.", "hectares", {"amount": 12}, "/value/amount", "not 12"),
    ("Police held 20 men.", "people", {"amount": 1e300}, "/value/amount", "larger than any"),
    ("Police held 20 men.", "people", {"amount": float("inf")}, "/value/amount", "larger than any"),
]


@pytest.mark.parametrize(
    ("words", "unit", "value", "pointer", "detail"), REFUSED, ids=lambda one: str(one)[:40]
)
def test_a_figure_that_the_words_do_not_give(
    words: str, unit: str | None, value: dict[str, Any], pointer: str, detail: str
) -> None:
    figure, errors = read(words, unit, **value)
    assert figure is None
    assert list(errors) == [pointer]
    assert detail in errors[pointer]


TEXT = "One came. Two came, said Ivan. Three came. Four came. Two came again."


def test_a_neighbourhood_is_the_sentence_and_those_next_to_it() -> None:
    start = TEXT.index("Three")
    assert (
        neighbourhood(TEXT, Found(start, start + 5, "Three")).exact
        == "Two came, said Ivan. Three came. Four came."
    )
    assert neighbourhood(TEXT, Found(0, 3, "One")).exact == "One came. Two came, said Ivan."
    assert neighbourhood("…", Found(0, 1, "…")).exact == "…"


def test_a_speaker_is_named_near_the_words() -> None:
    errors: list[FieldError] = []
    near = "Two came, said Ivan. Three came."
    check_attribution(near, [NewAttribution("Ivan", cue="said")], errors)
    assert errors == []
    chain = [NewAttribution("Ivan", cue="shouted"), NewAttribution("Olga", role="origin")]
    check_attribution(near, chain, errors)
    assert [error.pointer for error in errors] == [
        "/attribution/0/cue",
        "/attribution/1/name",
        "/attribution/1/role",
    ]


def test_a_time_needs_a_start_or_its_words() -> None:
    errors: list[FieldError] = []
    check_time("on Monday", NewTime(text="on Monday"), errors)
    check_time("on Monday", None, errors)
    assert errors == []
    check_time("on Monday", NewTime(precision="day"), errors)
    assert [error.pointer for error in errors] == ["/time"]


def quote(exact: str, prefix: str | None = None, suffix: str | None = None) -> SelectorIn:
    return SelectorIn("TextQuoteSelector", exact=exact, prefix=prefix, suffix=suffix)


def position(start: int | None, end: int | None) -> SelectorIn:
    return SelectorIn("TextPositionSelector", start=start, end=end)


SELECTED: list[tuple[list[SelectorIn], tuple[int, int] | str]] = [
    ([quote("Three came")], (31, 41)),
    ([quote("Two came", suffix=", said")], (10, 18)),
    ([quote("Two came", prefix="Four came. ")], (54, 62)),
    ([quote("Two came"), position(54, 62)], (54, 62)),
    ([position(0, 3), quote("One")], (0, 3)),
    ([quote("Two came")], "stands 2 times"),
    ([quote("Two came", prefix="Five came. ")], "between that prefix and suffix"),
    ([quote("Nobody came")], "does not stand in the text"),
    ([quote("Two came"), position(0, 3)], "different words"),
    ([quote("One"), quote("Two came, said")], "different words"),
    ([position(0, 3), position(0, 4)], "different words"),
    ([position(3, 3)], "do not lie in the text"),
    ([position(0, 70)], "do not lie in the text"),
    ([position(None, 3)], "do not lie in the text"),
    ([SelectorIn("TextQuoteSelector")], "needs exact"),
]


@pytest.mark.parametrize(("selectors", "expected"), SELECTED, ids=lambda one: str(one)[:60])
def test_selectors_select_one_place(selectors: list[SelectorIn], expected: tuple[int, int] | str) -> None:
    errors: list[FieldError] = []
    found = select_evidence(TEXT, "", EvidenceIn(selectors), errors)
    if isinstance(expected, str):
        assert found is None
        (error,) = errors
        assert expected in error.detail
    else:
        assert errors == []
        assert found == Found(*expected, TEXT[slice(*expected)])

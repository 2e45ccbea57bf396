"""Quantities in news prose: what is counted, how sure the words are, and what is no quantity."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.dates import dates
from service.extraction.numbers import numbers
from service.extraction.text import Quantity


def only(text: str) -> Quantity:
    found = numbers(text)
    assert len(found) == 1, found
    return found[0]


def bounds(quantity: Quantity) -> tuple[float | None, float | None, float | None]:
    values = (quantity.amount, quantity.lower, quantity.upper)
    return tuple(None if value is None else float(value) for value in values)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "surface", "amount"),
    [
        ("Police held 1,678 people.", "1,678", "1678"),
        ("Police held 1.678 people.", "1.678", "1678"),
        ("Police held 12 000 people.", "12 000", "12000"),
        ("Police held 12\u202f000 people.", "12\u202f000", "12000"),
        ("Police held 2500 people.", "2500", "2500"),
        ("Police held twenty-three people.", "twenty-three", "23"),
        ("Police held a hundred and five people.", "a hundred and five", "105"),
        ("Police held two thousand three hundred people.", "two thousand three hundred", "2300"),
        ("Police held a dozen people.", "a dozen", "12"),
        ("Police held two dozen people.", "two dozen", "24"),
        ("A country of 19 million people.", "19 million", "19000000"),
        ("It has 1.5 million users.", "1.5 million", "1500000"),
        ("It has half a million users.", "half a million", "500000"),
        ("It has three quarters of a million users.", "three quarters of a million", "750000"),
        ("It has 2.5 lakh users.", "2.5 lakh", "250000"),
        ("It has two crore users.", "two crore", "20000000"),
        ("It has 1,53,200 users.", "1,53,200", "153200"),
        ("It made Rs 40 crore.", "Rs 40 crore", "400000000"),
        ("It made Rs 1.5 lakh crore.", "Rs 1.5 lakh crore", "1500000000000"),
        ("It made SR1.2 trillion.", "SR1.2 trillion", "1200000000000"),
        ("Eggs cost 30 lempiras.", "30 lempiras", "30"),
        ("It fell by a third.", "a third", "33"),
        ("Eggs cost R31.50.", "R31.50", "31.50"),
        ("Eggs cost N2,400.", "N2,400", "2400"),
        ("It has a quarter of a million users.", "a quarter of a million", "250000"),
        ("A quarter million users left.", "A quarter million", "250000"),
        ("It has two and a quarter million users.", "two and a quarter million", "2250000"),
        ("It has a half-dozen users.", "a half-dozen", "6"),
        ("Half-a-dozen users left.", "Half-a-dozen", "6"),
        ("It has a couple of hundred users.", "a couple of hundred", "200"),
        ("A pair of soldiers were hurt.", "A pair of", "2"),
        ("Not a single villager was hurt.", "Not a single", "0"),
        ("No passengers were hurt.", "No", "0"),
        ("It has two and a half million users.", "two and a half million", "2500000"),
        ("It has 40k followers.", "40k", "40000"),
        ("It has 1.678.000 users.", "1.678.000", "1678000"),
        ("One soldier was hurt.", "One", "1"),
        ("No deaths were reported.", "No", "0"),
    ],
)
def test_amounts_in_digits_and_words(text: str, surface: str, amount: str) -> None:
    quantity = only(text)
    assert (quantity.surface, quantity.amount) == (surface, Decimal(amount))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fire kills four\n\nFour people died.", [("four", None), ("Four", "person")]),
        ("Blast kills twenty\nOne guard died.", [("twenty", None), ("One", "guard")]),
        ("Bus crash injures 4\n\nPolice officers said so.", [("4", None)]),
        ("Prices up 5\nPercent signs are dear.", [("5", None)]),
    ],
)
def test_a_number_and_what_it_counts_end_with_their_line(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert [(found.surface, found.noun) for found in numbers(text)] == expected


@pytest.mark.parametrize(
    ("text", "surface", "qualifier", "expected"),
    [
        ("They arrested 100 men.", "100", "exact", (100, 100, 100)),
        ("They will leave within 10 days.", "10 days", "at_most", (10, None, 10)),
        ("So said the police.\nNearly 100 men fled.", "Nearly 100", "nearly", (100, None, 100)),
        ("So said the police.\n\nAt least 100 men fled.", "At least 100", "at_least", (100, 100, None)),
        ("It would not take more than 100 men.", "more than 100", "at_most", (100, None, 100)),
        ("It didn't need less than 100 men.", "less than 100", "at_least", (100, 100, None)),
        ("He did not say that more than 100 men fled.", "more than 100", "more_than", (100, 100, None)),
        ("They arrested about 100 men.", "about 100", "about", (100, 100, 100)),
        ("They arrested some 100 men.", "some 100", "about", (100, 100, 100)),
        ("They arrested 100 or so men.", "100 or so", "about", (100, 100, 100)),
        ("They arrested an estimated 100 men.", "an estimated 100", "about", (100, 100, 100)),
        ("They arrested almost 100 men.", "almost 100", "nearly", (100, None, 100)),
        ("They arrested nearly all 100 men.", "nearly all 100", "nearly", (100, None, 100)),
        ("They arrested fewer than 100 men.", "fewer than 100", "less_than", (100, None, 100)),
        ("They arrested up to 100 men.", "up to 100", "at_most", (100, None, 100)),
        ("They arrested as many as 100 men.", "as many as 100", "at_most", (100, None, 100)),
        ("They arrested more than 100 men.", "more than 100", "more_than", (100, 100, None)),
        ("They arrested over 100 men.", "over 100", "more_than", (100, 100, None)),
        ("They arrested at least 100 men.", "at least 100", "at_least", (100, 100, None)),
        ("They arrested no fewer than 100 men.", "no fewer than 100", "at_least", (100, 100, None)),
        ("They arrested a minimum of 100 men.", "a minimum of 100", "at_least", (100, 100, None)),
        ("They arrested 100 or more men.", "100 or more", "at_least", (100, 100, None)),
        ("They arrested at least some 100 men.", "at least some 100", "at_least", (100, 100, None)),
        ("They arrested more than a dozen men.", "more than a dozen", "more_than", (12, 12, None)),
        ("They arrested between 5 and 10 men.", "between 5 and 10", "range", (None, 5, 10)),
        ("They arrested 5-10 men.", "5-10", "range", (None, 5, 10)),
        ("They arrested 5 to 10 men.", "5 to 10", "range", (None, 5, 10)),
        ("They arrested two or three men.", "two or three", "range", (None, 2, 3)),
        ("It has from 5 to 10 million users.", "from 5 to 10 million", "range", (None, 5e6, 1e7)),
        ("They arrested dozens of men.", "dozens", "at_least", (None, 24, None)),
        ("They arrested hundreds of men.", "hundreds", "at_least", (None, 200, None)),
        ("They arrested tens of thousands of men.", "tens of thousands", "at_least", (None, 20000, None)),
        ("They arrested several hundred men.", "several hundred", "at_least", (None, 200, None)),
    ],
)
def test_hedges_and_ranges_set_the_bounds(
    text: str, surface: str, qualifier: str, expected: tuple[float | None, ...]
) -> None:
    quantity = only(text)
    assert (quantity.surface, quantity.qualifier, bounds(quantity)) == (surface, qualifier, expected)


@pytest.mark.parametrize(
    ("text", "kind", "unit", "noun"),
    [
        ("Some 400 protesters came.", "count", "people", "protester"),
        ("Some 400 people came.", "count", "people", "person"),
        ("They sent 5,000 Russian-led peacekeeping troops there.", "count", "people", "troop"),
        ("They sent 10 police officers there.", "count", "people", "officer"),
        ("They sent a 2,500-person force.", "count", "people", "person"),
        ("In all 164 died; 20 injured people left.", "count", "people", "person"),
        ("The blast left 164 dead.", "count", "people", "dead"),
        ("They counted 12 Americans.", "count", "people", "american"),
        ("They counted 300 criminal investigations.", "count", "investigation", "investigation"),
        ("They bought 22 new Falcon jet aircraft.", "count", "aircraft", "aircraft"),
        ("They counted 40 of the villages.", "count", "village", "village"),
        ("The number of arrests was put at around 10,000.", "count", "arrest", "arrest"),
        ("The death toll rose to 164.", "count", "death", "death"),
        ("The crash killed 102.", "count", "people", None),
        ("Prices rose 10 percent.", "percent", "percent", None),
        ("Prices rose 10%.", "percent", "percent", None),
        ("It cost $13 billion.", "money", "USD", None),
        ("It cost €5m.", "money", "EUR", None),
        ("It cost 120 tenge.", "money", "KZT", None),
        ("It cost 2bn dollars.", "money", "USD", None),
        ("It cost USD 300.", "money", "USD", None),
        ("It is 5 km away.", "measure", "kilometre", None),
        ("It is 500km away.", "measure", "kilometre", None),
        ("A 3.5-inch screen broke.", "measure", "inch", None),
        ("It burned 20 hectares.", "measure", "hectare", None),
        ("It would take 10 days.", "duration", "day", None),
        ("A 180-day cap was set.", "duration", "day", None),
        ("The 68-year-old spoke.", "age", "year", None),
        ("Osei, 49, spoke.", "age", "year", None),
        ("A pregnant woman, 34, spoke.", "age", "year", None),
        ("They mourned a girl of nine.", "age", "year", None),
        ("The singer has died at 87.", "age", "year", None),
        ("It took away her one-year-old son.", "age", "year", None),
        ("Three men aged between 24 and 41 spoke.", "age", "year", None),
        ("They offer 47 pounds a share.", "money", "GBP", None),
        ("He died aged 56.", "age", "year", None),
        ("It is four times faster.", "multiple", "times", None),
        ("Two-thirds of voters agreed.", "fraction", "people", "voter"),
    ],
)
def test_what_is_counted(text: str, kind: str, unit: str, noun: str | None) -> None:
    quantity = numbers(text)[-1]
    assert (quantity.kind, quantity.unit, quantity.noun) == (kind, unit, noun)
    if quantity.noun_start is not None:
        assert text[quantity.noun_start : quantity.noun_end].lower()[:1] == str(quantity.noun)[:1]


def test_a_counted_state_ends_with_its_sentence() -> None:
    hurt = only("Another 140 injured. Pictures show it.")
    assert (hurt.unit, hurt.noun) == ("people", "injured")
    held = only("They held 300 people.\n\nPolice said so.")
    assert (held.unit, held.noun) == ("people", "person")


def test_a_noun_is_shared_by_both_numbers_before_it() -> None:
    first, second = numbers("The crashes killed 102 and 21 people.")
    assert (first.unit, second.unit) == ("people", "people")
    assert "noun_shared" in first.flags


def test_what_comes_on_top_of_a_number_is_flagged() -> None:
    assert "extra" in only("They arrested another 1,700 people.").flags
    assert "extra" in only("They arrested 1,700 more people.").flags
    assert only("They arrested 1,700 people.").flags == ()


def test_a_price_that_moves_is_no_range() -> None:
    found = numbers("Fuel rose from 60 to 120 tenge.")
    assert [q.amount for q in found] == [60, 120]
    assert {q.qualifier for q in found} == {"exact"}


def test_a_number_inside_the_counted_phrase_is_part_of_a_name() -> None:
    assert [q.amount for q in numbers("They ordered five new 737 aircraft.")] == [5]


def test_a_space_before_a_models_number_separates_no_thousands() -> None:
    assert [q.amount for q in numbers("They ordered 18 777s and 14 lorries.")] == [18, 14]


@pytest.mark.parametrize(
    "text",
    [
        "He came 10th and she came first.",
        "It was signed on January 12, 2022.",
        "It was signed on 12.01.2022 at 10:30.",
        "It closed in 2019.",
        "They met on the 9th.",
        "COVID-19 spread in the G20.",
        "Flight 370 vanished.",
        "The Boeing 737 landed.",
        "See Article 5.",
        "He was ranked No. 5.",
        "They won 3-1.",
        "One of them left and no one stayed.",
        "1. Bread is scarce.",
        "Call +7 727 123 45 67 now.",
        "Version 10.4.1 is out.",
        "It is open 24/7.",
        "The 737-800 is old.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert numbers(text) == []


def test_dates_found_before_are_masked_and_lengths_of_time_are_not() -> None:
    text = "On January 12 some 30 men left; it took 10 days."
    assert [q.surface for q in numbers(text, dates(text, None))] == ["some 30", "10 days"]


def test_a_separator_that_may_mean_either_is_flagged() -> None:
    assert only("Police held 1.678 people.").flags == ("separator",)
    assert only("Police held 1,678 people.").flags == ()


WORDS = st.sampled_from(
    """
    5 12,000 1.5 12 000 million bn $ US$ € % percent about nearly more than at least up to one two
    twenty-three hundred and a half dozen dozens of people soldiers the new 2,500-person 68-year-old - –
    to between or more 737 km days No no deaths , . , ( ) # : / 1,1,1 st third couple few January
    99999999999999999999 another
    """.split()
)


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=60))
def test_offsets_are_exact_and_bounds_follow_the_qualifier(text: str) -> None:
    position = 0
    for quantity in numbers(text):
        assert position <= quantity.start < quantity.end
        assert text[quantity.start : quantity.end] == quantity.surface
        assert quantity.start <= quantity.number_start < quantity.number_end <= quantity.end
        position = quantity.end
        if quantity.qualifier in ("exact", "about"):
            assert quantity.amount is not None
            assert quantity.lower == quantity.upper == quantity.amount
        elif quantity.qualifier in ("nearly", "less_than", "at_most"):
            assert (quantity.lower, quantity.upper) == (None, quantity.amount)
        elif quantity.qualifier == "range":
            assert quantity.amount is None
            assert quantity.lower is not None
            assert quantity.upper is not None
            assert quantity.lower < quantity.upper
        else:
            assert quantity.upper is None
            assert quantity.lower is not None


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("The port cost 90 million Egyptian pounds.", "EGP", 90_000_000),
        ("The port cost 90 million Kenya shillings.", "KES", 90_000_000),
        ("The port cost 90 million Argentine pesos.", "ARS", 90_000_000),
        ("The port cost 90 million South Korean won.", "KRW", 90_000_000),
        ("The port cost 90 million Moldovan lei.", "MDL", 90_000_000),
        ("The port cost 90 million leu.", "RON", 90_000_000),
        ("The port cost 90 million kuna.", "HRK", 90_000_000),
        ("The port cost 90 million balboas.", "PAB", 90_000_000),
        ("The port cost 90 million convertible marks.", "BAM", 90_000_000),
        ("The port cost $A90 million.", "AUD", 90_000_000),
        ("Bread costs 45 euro cents.", "EUR_CENT", 45),
        ("Bread costs 45 Canadian cents.", "CAD_CENT", 45),
        ("Bread costs 45 kopecks.", "RUB_CENT", 45),
        ("The burnt strip covers 90 sq km.", "square_kilometre", 90),
        ("The burnt strip covers 90 sq. miles.", "square_mile", 90),
    ],
)
def test_money_and_areas_in_the_units_of_many_countries(text: str, unit: str, amount: int) -> None:
    quantity = only(text)
    assert (quantity.unit, quantity.amount) == (unit, amount)


@pytest.mark.parametrize("text", ["The index passed the 25,000 mark.", "90 Egyptian pilgrims left."])
def test_what_only_looks_like_a_currency(text: str) -> None:
    assert only(text).kind == "count"


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("North of 90 guests left.", "more_than"),
        ("Just shy of 90 guests left.", "nearly"),
        ("A little below 90 guests left.", "less_than"),
        ("Not quite 90 guests left.", "nearly"),
        ("As few as 90 guests left.", "at_least"),
        ("Possibly 90 guests left.", "about"),
        ("Some 90-plus guests left.", "about"),
        ("About 90 guests or more left.", "about"),
        ("90 guests or more left.", "at_least"),
        ("90 guests at most left.", "at_most"),
        ("90 guests at home left.", "exact"),
    ],
)
def test_hedges_before_and_behind_what_is_counted(text: str, qualifier: str) -> None:
    quantity = only(text)
    assert (quantity.qualifier, quantity.noun) == (qualifier, "guest")

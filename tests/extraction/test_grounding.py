"""What a candidate must stand up to, whoever made it."""

from datetime import date
from decimal import Decimal

import pytest

from service.extraction.analysis import analyse
from service.extraction.gazetteer import Gazetteer, KnownAlias, KnownEntity
from service.extraction.grounding import GroundedClaim, ground, own_vocabulary
from service.extraction.protocol import CandidateSource, ClaimCandidate, Document, Rejected
from service.extraction.quotes import find_quote
from service.extraction.rules import RulesExtractor
from service.extraction.values import PredicateRule

TEXT = (
    "Police in Lima arrested 53 people on Monday, the interior ministry said. Earlier 1,053 people had "
    "marched.\n"
    "The ministry’s spokesman  spoke of “order”. Shares fell 7% after the unrest. Nobody was hurt."
)
VOCABULARY = {
    "arrests": PredicateRule("quantity", "people"),
    "price_change": PredicateRule("quantity", "percent"),
    "withdrawal_duration": PredicateRule("quantity", "days"),
    "protest": PredicateRule("event"),
}
PERU = (
    KnownEntity("peru", "Peru", "place", (KnownAlias("Peruvian", "demonym"),)),
    KnownEntity("lima", "Lima", "place", part_of="peru"),
)


def candidate(**changes: object) -> ClaimCandidate:
    fields: dict[str, object] = {
        "predicate": "arrests",
        "quote": "Police in Lima arrested 53 people on Monday",
        "extractor": "test",
        "version": "1",
        "confidence": 0.5,
        "value": "53 people",
    }
    return ClaimCandidate(**{**fields, **changes})  # type: ignore[arg-type]  # fields are checked by the struct


def run(*candidates: ClaimCandidate, text: str = TEXT) -> tuple[list[GroundedClaim], list[Rejected]]:
    analysis = analyse(Document(text, published=date(2024, 5, 15)), Gazetteer(PERU))
    return ground(candidates, analysis, VOCABULARY)


def test_the_core_computes_offsets_number_place_and_date_itself() -> None:
    claims, rejected = run(candidate(place="Lima", time="Monday", amount=53))
    assert rejected == []
    claim = claims[0]
    assert TEXT[claim.start : claim.end] == claim.quote
    assert claim.value is not None
    assert (claim.value.amount, claim.value.unit, claim.value.text) == (Decimal(53), "people", "53 people")
    assert claim.place is not None
    assert claim.place.entity == "lima"
    assert claim.time is not None
    assert claim.time.start == date(2024, 5, 13)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"predicate": "weather"}, "unknown_predicate"),
        ({"quote": " "}, "quote_empty"),
        ({"quote": "Police in Lima arrested 35 people"}, "quote_not_found"),
        ({"quote": "people"}, "quote_ambiguous"),
        ({"value": None}, "value_missing"),
        ({"value": "530 people"}, "value_not_in_quote"),
        ({"value": "Lima"}, "value_not_a_number"),
        ({"amount": 54}, "value_disagrees"),
        ({"quote": "Earlier 1,053 people had marched.", "value": "1,053 people"}, "trigger_missing"),
        ({"quote": "Earlier 1,053 people had marched.", "value": "053 people"}, "value_not_in_quote"),
        ({"place": "Bogotá"}, "participant_not_found"),
        ({"time": "last Easter"}, "time_not_a_date"),
        ({"attribution": (CandidateSource("the Red Cross"),)}, "source_not_near"),
        ({"attribution": (CandidateSource("the interior ministry", cue="shouted"),)}, "cue_not_near"),
    ],
)
def test_what_the_text_does_not_bear_out_is_rejected_with_its_reason(
    changes: dict[str, object], reason: str
) -> None:
    claims, rejected = run(candidate(**changes))
    assert claims == []
    assert [item.reason for item in rejected] == [reason]
    assert rejected[0].detail


def test_the_same_claim_twice_is_a_duplicate() -> None:
    claims, rejected = run(candidate(), candidate())
    assert len(claims) == 1
    assert [item.reason for item in rejected] == ["duplicate"]


def test_white_space_and_curly_quotes_may_differ_but_nothing_else() -> None:
    place = find_quote(TEXT, 'The ministry\'s spokesman spoke of "order"')
    assert TEXT[slice(*place)] == "The ministry’s spokesman  spoke of “order”"


def test_a_hint_tells_two_equal_quotes_apart_and_is_not_believed_blindly() -> None:
    text = "Police arrested 5 people. Police arrested 5 people."
    claims, _ = run(candidate(quote="Police arrested 5 people.", value="5 people", start=26), text=text)
    assert (claims[0].start, claims[0].end) == (26, 51)
    _, rejected = run(candidate(quote="Police arrested 5 people.", value="5 people", start=3), text=text)
    assert [(item.reason, item.detail) for item in rejected] == [
        ("quote_elsewhere", "the quote stands at 0, 26 of the text as it is stored, not at 3")
    ]


def test_a_fall_is_negative_and_weeks_become_days() -> None:
    claims, _ = run(candidate(predicate="price_change", quote="Shares fell 7% after the unrest.", value="7%"))
    assert claims[0].value is not None
    assert claims[0].value.amount == -7
    text = "The withdrawal of the troops will take two weeks."
    claims, _ = run(candidate(predicate="withdrawal_duration", quote=text, value="two weeks"), text=text)
    assert claims[0].value is not None
    assert (claims[0].value.amount, claims[0].value.unit) == (Decimal(14), "days")


def test_a_seat_is_the_place_that_its_body_is_based_in() -> None:
    analysis = analyse(Document("Lima-based Norda Airlines shed staff."), Gazetteer(PERU))
    (seat,), rejected = ground(
        RulesExtractor.candidates(analysis), analysis, {"located_in": PredicateRule("relation")}
    )
    assert rejected == []
    assert seat.object is not None
    assert (seat.object.surface, seat.object.entity) == ("Lima", "lima")


def test_a_figure_without_a_date_holds_when_it_is_published_and_says_so() -> None:
    text = "Police in Lima arrested 53 people."
    claims, _ = run(candidate(quote=text), text=text)
    assert claims[0].time is not None
    assert claims[0].time.start == date(2024, 5, 15)
    assert "time" in claims[0].inferred


def test_a_headline_is_of_the_day_that_the_text_gives_for_the_same_figure() -> None:
    headline, told = "Police in Lima arrested 53", "They arrested 53 people in Lima on Monday."
    other = "On Tuesday 9 people were arrested in Lima."
    text = f"{headline}\n\n{told} {other}"
    claims, _ = run(
        candidate(quote=headline, value="53", place="Lima"),
        candidate(quote=told, place="Lima", time="Monday"),
        candidate(quote=other, value="9 people", place="Lima", time="Tuesday"),
        text=text,
    )
    assert [claim.time and (claim.time.start, claim.time.text) for claim in claims] == [
        (date(2024, 5, 13), None),
        (date(2024, 5, 13), "Monday"),
        (date(2024, 5, 14), "Tuesday"),
    ]
    assert ["time" in claim.inferred for claim in claims] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("At least 53 people were arrested since Friday.", (10, 15)),
        ("Police arrested 53 people since riots began on Friday.", (10, 15)),
        ("Since Friday police have arrested 53 people.", (10, 15)),
        ("Police arrested 53 people on Friday.", (10, 10)),
        ("It is calm since 53 people were arrested on Friday.", (10, 10)),
    ],
)
def test_a_count_since_a_day_runs_on_until_it_was_told(text: str, days: tuple[int, int]) -> None:
    (claim,), _ = run(candidate(quote=text, time="Friday"), text=text)
    assert claim.time is not None
    first, last = (date(2024, 5, day) for day in days)
    assert (claim.time.start, claim.time.end, claim.time.text) == (first, last, "Friday")


def test_an_office_is_words_and_not_whoever_holds_it() -> None:
    text = "The plan is the work of Ana Costa, the mayor. Officials cheered when Ana Costa, the mayor, left."
    analysis = analyse(Document(text, published=date(2024, 5, 8)), Gazetteer())
    found, _ = ground(RulesExtractor.candidates(analysis), analysis, own_vocabulary())
    offices = [claim.complement for claim in found if claim.predicate == "holds_office"]
    assert offices
    assert {(office and office.name, office and office.kind) for office in offices} == {("mayor", None)}

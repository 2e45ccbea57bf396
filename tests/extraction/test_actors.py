"""Who a figure is of, who is cited for it, and how the figures of one text belong together."""

from datetime import date

import pytest

from service.extraction.analysis import analyse
from service.extraction.gazetteer import Gazetteer
from service.extraction.grounding import GroundedClaim, ground, own_vocabulary
from service.extraction.numbers import numbers
from service.extraction.protocol import Document
from service.extraction.rules import RulesExtractor

GAZETTEER = Gazetteer()


def claims(text: str) -> list[GroundedClaim]:
    analysis = analyse(Document(text, published=date(2024, 5, 8)), GAZETTEER)
    found, _ = ground(RulesExtractor.candidates(analysis), analysis, own_vocabulary())
    return found


@pytest.mark.parametrize(
    ("text", "predicate", "subject"),
    [
        ("Kenya sent 400 soldiers to Haiti.", "troops_deployed", "Kenya"),
        ("NATO said 900 Kenyan troops had arrived in Haiti.", "troops_deployed", "Kenyan"),
        ("France withdrew its last 400 soldiers from Mali on Monday.", "troops_deployed", "France"),
        ("Boeing will cut 3,000 jobs.", "job_cuts", "Boeing"),
        ("Mary Kolb, 45, was elected mayor.", "age", "Mary Kolb"),
        ("Japan pledged $20 million in aid to Nepal.", "aid_pledged", "Japan"),
        ("Police in Lima arrested 40 protesters.", "arrests", "Police in Lima"),
        ("At least 40 protesters were arrested in Lima.", "arrests", None),
        ("A truck that skidded off the road killed nine people.", "deaths", "A truck"),
        ("Forty people were hurt by flying glass.", "injuries", "flying glass"),
        ("Heavy rain that began on Friday has killed 40 people.", "deaths", "Heavy rain"),
        ("A storm off Lima, which killed 40 people, sank two boats.", "deaths", "A storm"),
        ("The death toll from the storm off Lima rose to 40.", "deaths", "the storm"),
        ("Unilever said it would invest $90 million in a plant.", "investment", "Unilever"),
        ("Harbour Lines Inc. earned $40 million in the quarter.", "profit", "Harbour Lines Inc"),
        ("The first patient was a farmer, 34, from the hills.", "age", "farmer"),
        ("Sixteen were hurt, among them an 11-year-old girl.", "age", "girl"),
        ("Jane Doe, a 45-year-old nurse, wept.", "age", "Jane Doe"),
        ("Jane Doe wept. The 45-year-old had lost all.", "age", "Jane Doe"),
        ("Jane Doe wept. A 45-year-old had lost all.", "age", None),
        ("Jane Doe wept. A masked 45-year-old shot her dog.", "age", None),
        ("He ran through Reno, Nevada, killing 40 people.", "deaths", None),
        ("From a window in Reno he fired at the crowd and killed 40 people.", "deaths", None),
        ("The 15-nation council met.", "member_count", "council"),
        ("Early counts gave Carl Sand 31 percent of the vote.", "vote_share", "Carl Sand"),
    ],
)
def test_whose_figure_it_is(text: str, predicate: str, subject: str | None) -> None:
    (claim,) = [claim for claim in claims(text) if claim.predicate == predicate]
    assert (claim.subject.surface if claim.subject else None) == subject


def test_a_person_of_a_country_is_not_the_country() -> None:
    (age,) = claims("The driver was a 31-year-old Frenchman.")
    assert age.subject is not None
    assert (age.subject.name, age.subject.kind) == ("Frenchman", None)


@pytest.mark.parametrize(
    "rest",
    ["ahead of Carl Sand on 31 percent", "to Carl Sand's 31 percent", "against 31 percent for Carl Sand"],
)
def test_the_second_share_is_the_rivals(rest: str) -> None:
    found = claims(f"Ana Lund won 54 percent of the vote, {rest}.")
    assert [claim.subject and claim.subject.surface for claim in found] == ["Ana Lund", "Carl Sand"]


def test_a_force_named_again_is_the_one_that_was_sent() -> None:
    text = "Kenya sent 400 soldiers to Haiti. The withdrawal of the 400 soldiers would take ten days."
    later = [claim for claim in claims(text) if claim.predicate == "withdrawal_duration"]
    assert [claim.subject and claim.subject.surface for claim in later] == ["Kenya"]
    assert all("subject" in claim.inferred for claim in later)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("That morning, the health ministry said, 14 people had died in Lima.", "the health ministry"),
        ("On Monday 14 people died in Lima, according to the police, who are still searching.", "the police"),
        ("The floods killed 14 people in Lima, the mayor said, and left 30 injured.", "the mayor"),
        ("A storm killed 14 people in Lima, according to the country's disaster agency.", "agency"),
    ],
)
def test_a_speaker_put_into_the_sentence_is_cited_for_the_figure(text: str, speaker: str) -> None:
    (claim,) = [claim for claim in claims(text) if claim.predicate == "deaths"]
    assert [link.role for link in claim.attribution] == ["origin"]
    assert speaker in claim.attribution[0].participant.surface


def test_a_headline_without_more_is_about_the_increase_of_its_text() -> None:
    text = "Peru detains 300 people.\n\nPolice in Peru said they had detained 300 more people on Tuesday."
    assert [claim.extent for claim in claims(text) if claim.predicate == "arrests"] == ["increment"] * 2


def test_others_are_not_new_ones_where_the_sentence_has_counted_before() -> None:
    found = claims("A bomber killed eight soldiers and wounded 14 others in Mogadishu.")
    assert [claim.extent for claim in found if claim.predicate == "injuries"] == ["cumulative"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The 13 March terrorist attacks that killed 40 people shook Lima.", date(2024, 3, 13)),
        ("The 13 March attacks in Lima, which killed 40 people, shook it.", date(2024, 3, 13)),
        ("Guests of the March 13 summit in the old town saw how police killed 40 people.", date(2024, 5, 8)),
    ],
)
def test_the_day_of_an_event_is_the_day_of_what_a_relative_clause_tells_of_it(text: str, start: date) -> None:
    (claim,) = [claim for claim in claims(text) if claim.predicate == "deaths"]
    assert claim.time is not None
    assert claim.time.start == start


def test_a_place_before_an_event_does_no_harm() -> None:
    (claim,) = [claim for claim in claims("The Lima hotel fire killed 40 people.") if claim.value]
    assert claim.subject is not None
    assert claim.subject.surface == "The Lima hotel fire"
    assert claim.place is not None
    assert claim.place.surface == "Lima"


def test_a_record_since_long_ago_does_not_date_the_figure() -> None:
    (claim,) = [
        claim
        for claim in claims("The storm killed 90 people, the deadliest in Haiti since 1998.")
        if claim.predicate == "deaths"
    ]
    assert claim.time is not None
    assert claim.time.start == date(2024, 5, 8)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gold rose 0.4% to $1,790 an ounce.", ["0.4%", "$1,790"]),
        ("Sales grew 4% to 2.1 billion pounds.", ["4%", "2.1 billion pounds"]),
        ("Prices rose 3% to 5% in a year.", ["3% to 5%"]),
        ("Prices rose by 3 to 5 percent.", ["3 to 5 percent"]),
    ],
)
def test_a_change_and_its_result_are_no_range(text: str, found: list[str]) -> None:
    assert [quantity.surface for quantity in numbers(text)] == found


def test_an_analysis_says_from_where_numbers_were_not_read() -> None:
    short, long = "Police arrested 12 people.", "12 people, " * 40_000
    assert analyse(Document(short), GAZETTEER).unread_from is None
    cut = analyse(Document(long), GAZETTEER).unread_from
    assert cut is not None
    assert all(quantity.start < cut for quantity in analyse(Document(long), GAZETTEER).quantities)


@pytest.mark.parametrize(
    ("lead", "speakers"),
    [
        ("The coast guard said on Tuesday that 53 people had died off Toku.", ["The coast guard"]),
        ("The coast guard said on Tuesday that 58 people had died off Toku.", []),
        ("A ferry with 53 dead lay off Toku on Tuesday.", []),
    ],
)
def test_a_headlines_figure_has_the_speaker_of_its_lead(lead: str, speakers: list[str]) -> None:
    text = f"Ferry toll rises to 53\n\n{lead}"
    first = next(claim for claim in claims(text) if claim.predicate == "deaths")
    assert first.quote == "Ferry toll rises to 53"
    assert [link.participant.surface for link in first.attribution] == speakers
    assert ("attribution" in first.inferred) == bool(speakers)

"""The steps of a figure: what each claim did to the one that stood before it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.facts.timeline import timeline
from service.facts.values import ClaimView
from tests.facts.builders import claim, january, told_on

MINISTRY = "interior-ministry"


def total(words: str, **fields: Any) -> ClaimView:
    return claim(words, **({"extent": "cumulative"} | fields))


def days(words: str, **fields: Any) -> ClaimView:
    return claim(words, predicate="withdrawal_duration", **fields)


# One row per story: each claim as told, its label, and the index of the claim it is compared to.
STORIES: dict[str, list[tuple[ClaimView, str, int | None]]] = {
    "a count that grows": [
        (total("almost 8,000", day=10), "first", None),
        (total("7,939", day=10, on=10, origin=MINISTRY), "repeat", 0),
        (total("about 10,000", day=12, on=12), "update", 1),
        (total("almost 10,000", day=12, on=12), "repeat", 2),
        (total("about 12,000", day=13, on=12, origin="mayor"), "rival", 2),
        (total("12,000", day=13, on=12), "repeat", 4),
        (total("12,500", day=15, on=15), "update", 2),
    ],
    "a slip": [
        (total("7,939", day=10, on=10, origin=MINISTRY), "first", None),
        (total("7,989", day=11, on=10, origin=MINISTRY), "correction", 0),
        (total("about 10,000", day=12, on=12), "update", 1),
    ],
    "a speaker lowers its own figure": [
        (total("225", day=10, origin=MINISTRY), "first", None),
        (total("190", day=11, origin=MINISTRY), "correction", 0),
        (total("190", day=12), "repeat", 1),
    ],
    "a rival corrects itself": [
        (claim("2,000", day=10, origin="csto"), "first", None),
        (claim("2,500", day=10, origin="kremlin"), "rival", 0),
        (claim("3,000", day=11, origin="kremlin"), "correction", 1),
        (claim("about 2,000", day=12), "repeat", 0),
    ],
    "a rival keeps to its bound": [
        (days("at most 7 days", day=10, origin="spokesman"), "first", None),
        (days("at least 10 days", day=12, origin="csto"), "rival", 0),
        (days("10 days", day=13, origin="csto"), "repeat", 1),
    ],
    "withdrawn": [
        (total("164", day=9, origin="health-ministry"), "first", None),
        (total("more than 160", day=10, origin="health-ministry", modality="retracted"), "retraction", 0),
        (total("at least 160", day=13), "repeat", 0),
    ],
    "withdrawn from the start": [
        (total("more than 160", day=10, origin="health-ministry", modality="retracted"), "first", None),
        (total("164", day=11, origin="health-ministry", modality="retracted"), "retraction", 0),
    ],
    "denied by its own speaker": [
        (claim(kind="statement", predicate="demand", day=9, origin="csto"), "first", None),
        (
            claim(kind="statement", predicate="demand", day=10, origin="csto", modality="denied"),
            "retraction",
            0,
        ),
    ],
    "denied by another": [
        (claim(kind="relation", day=9, origin="police"), "first", None),
        (claim(kind="relation", day=10, origin="witnesses", modality="denied"), "rival", 0),
        (claim(kind="relation", day=11), "repeat", 0),
    ],
    "an old total told late": [
        (total("7,939", day=10, on=10), "first", None),
        (total("10,000", day=12, on=12), "update", 0),
        (total("8,500", day=13, on=11), "repeat", 1),
        (total("7,939", day=14, on=10), "repeat", 0),
    ],
    "a higher total of an earlier day told later": [
        (total("53", day=8, on=8), "first", None),
        (total("58", day=10, on=6), "update", 0),
        (total("60", day=11, on=11), "update", 1),
    ],
    "a reprint": [
        (total("8,000", day=10, article="a", source="agency"), "first", None),
        (total("9,500", day=12), "update", 0),
        (total("8,000", day=14, article="b", reprint_of="a"), "repeat", 0),
    ],
    "two scopes": [
        (claim("40", day=11, place="almaty"), "first", None),
        (claim("90", day=11, place="astana"), "first", None),
        (claim("47", day=12, place="almaty"), "rival", 0),
        (claim("90", day=12, place="astana"), "repeat", 1),
    ],
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_story(story: list[tuple[ClaimView, str, int | None]]) -> None:
    claims = [told for told, _, _ in story]
    steps = timeline(reversed(claims))
    assert [s.claim for s in steps] == [c.id for c in claims]
    told = [(s.label, s.compared_to) for s in steps]
    assert told == [(label, None if i is None else claims[i].id) for _, label, i in story]
    assert all(s.because for s in steps)
    assert [s.at for s in steps] == [c.reported_at for c in claims]


def test_a_headline_of_the_article_is_told_before_its_text() -> None:
    text = total("7,939", article="a", source="s", origin=MINISTRY, position=3)
    headline = total("8,000", article="a", source="s", position=0)
    assert [(s.claim, s.label) for s in timeline([text, headline])] == [
        (headline.id, "first"),
        (text.id, "repeat"),
    ]


def test_a_step_shows_the_value_and_how_it_stands_to_the_one_before() -> None:
    old, new = total("7,939", day=10, on=10), total("10,000 people", day=12, on=12)
    step = timeline([old, new])[1]
    assert step.value is not None
    assert (str(step.value.amount), step.value.qualifier, step.value.unit) == ("10000", "exact", "people")
    assert step.relation == "update_of"
    assert step.because == "a running total: 7,939 on 2022-01-10, 10,000 people on 2022-01-12"


def test_an_article_taken_back_here_adds_a_retraction_on_that_day() -> None:
    gone = total("164", day=9, withdrawn_at=told_on(january(12)))
    later = total("225", day=14)
    assert [(s.at, s.claim, s.label) for s in timeline([gone, later])] == [
        (told_on(january(9)), gone.id, "first"),
        (told_on(january(12)), gone.id, "retraction"),
        (told_on(january(14)), later.id, "update"),
    ]


def test_no_claims_no_steps() -> None:
    assert timeline([]) == []


# --- what always holds -----------------------------------------------------------------------------------


@st.composite
def told_claim(draw: st.DrawFn) -> ClaimView:
    return total(
        draw(st.sampled_from(["7,939", "7,989", "nearly 8,000", "10,000", "12,000", "at least 9,000"])),
        day=draw(st.integers(10, 20)),
        on=draw(st.none() | st.integers(5, 20)),
        origin=draw(st.sampled_from([None, MINISTRY, "mayor"])),
        modality=draw(st.sampled_from(["reported", "reported", "denied", "retracted"])),
    )


@given(st.lists(told_claim(), max_size=8), st.integers(9, 21))
@settings(deadline=None)
def test_the_timeline_as_of_a_day_is_the_beginning_of_the_timeline(claims: list[ClaimView], day: int) -> None:
    then = told_on(january(day))
    known = timeline([c for c in claims if c.reported_at <= then])
    assert known == [s for s in timeline(claims) if s.at <= then]
    assert [s.label for s in timeline(claims)][:1] in ([], ["first"])

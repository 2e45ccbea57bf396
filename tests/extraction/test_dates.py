"""Dates against the article's own: Wednesday, 12 January 2022 unless a test says otherwise."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.dates import dates
from service.extraction.published import infer_published
from service.extraction.text import DateExpression

WEDNESDAY = date(2022, 1, 12)


def only(text: str, published: date | None = WEDNESDAY) -> DateExpression:
    found = dates(text, published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "surface", "value", "precision"),
    [
        ("The law passed on March 3, 2019.", "March 3, 2019", "2019-03-03", "day"),
        ("The law passed on 3 March 2019.", "3 March 2019", "2019-03-03", "day"),
        ("The law passed on Sunday, 3 March 2019.", "Sunday, 3 March 2019", "2019-03-03", "day"),
        ("The law passed on the 3rd of March 2019.", "the 3rd of March 2019", "2019-03-03", "day"),
        ("It was signed on 2019-03-03.", "2019-03-03", "2019-03-03", "day"),
        ("It was signed on 25.03.2019 there.", "25.03.2019", "2019-03-25", "day"),
        ("It was signed on 03/25/2019.", "03/25/2019", "2019-03-25", "day"),
        ("It was signed on 3 March in 2019.", "3 March in 2019", "2019-03-03", "day"),
        ("It was signed in March 2019.", "March 2019", "2019-03", "month"),
        ("It was signed in 2019.", "2019", "2019", "year"),
        ("The talks ran January 10-12, 2021.", "January 10-12, 2021", "2021-01-10/2021-01-12", "day"),
        ("It began on January 5.", "January 5", "2022-01-05", "day"),
        ("It began on Dec. 28.", "Dec. 28", "2021-12-28", "day"),
        ("A strike will begin on November 3.", "November 3", "2022-11-03", "day"),
        ("A strike began on November 3.", "November 3", "2021-11-03", "day"),
        ("He was elected in June.", "June", "2021-06", "month"),
        ("The vote is due in June.", "June", "2022-06", "month"),
        ("Snow fell in early March 2021.", "early March 2021", "2021-03", "month"),
        ("It was built in the 1990s.", "the 1990s", "1990/1999", "year"),
        ("It was built in the 19th century.", "the 19th century", "1800/1899", "year"),
        (
            "Output fell in the third quarter of 2020.",
            "the third quarter of 2020",
            "2020-07/2020-09",
            "month",
        ),
        ("Fires spread in the summer of 2021.", "the summer of 2021", "2021-06/2021-08", "month"),
        ("Police were called today.", "today", "2022-01-12", "day"),
        ("Police were called yesterday.", "yesterday", "2022-01-11", "day"),
        ("Police will return tomorrow.", "tomorrow", "2022-01-13", "day"),
        ("They met the day before yesterday.", "the day before yesterday", "2022-01-10", "day"),
        ("A new round of marches has been called for Monday.", "Monday", "2022-01-17", "day"),
        ("Teachers have called a rally at the port on Monday.", "Monday", "2022-01-17", "day"),
        ("They met last week.", "last week", "2022-W01", "week"),
        ("They meet next month.", "next month", "2022-02", "month"),
        ("They met earlier this week.", "earlier this week", "2022-W02", "week"),
        ("They met last year.", "last year", "2021", "year"),
        ("They met in July last year.", "July last year", "2021-07", "month"),
        ("They met on June 12 last year.", "June 12 last year", "2021-06-12", "day"),
        ("They met on 12 March of this year.", "12 March of this year", "2022-03-12", "day"),
        ("He resigned in November of last year.", "November of last year", "2021-11", "month"),
        ("They met on Saturday last week.", "Saturday last week", "2022-01-08", "day"),
        ("They met last weekend.", "last weekend", "2022-01-08/2022-01-09", "day"),
        ("They met two days ago.", "two days ago", "2022-01-10", "day"),
        ("They met three months ago.", "three months ago", "2021-10", "month"),
        ("They met a week ago.", "a week ago", "2022-W01", "week"),
        ("Ten died over the past 24 hours.", "the past 24 hours", "2022-01-11/2022-01-12", "day"),
        ("The summit of the 10th (local time) was short, held on the 10th.", "the 10th", "2022-01-10", "day"),
        ("It must close by the end of the year.", "the end of the year", "2022-12-31", "day"),
    ],
)
def test_value_and_precision(text: str, surface: str, value: str, precision: str) -> None:
    expression = only(text)
    assert (expression.surface, expression.value, expression.precision) == (surface, value, precision)


@pytest.mark.parametrize(
    ("text", "value", "direction"),
    [
        ("The minister announced the plan on Tuesday.", "2022-01-11", "past"),
        ("On Tuesday, the minister announced the plan.", "2022-01-11", "past"),
        ("A withdrawal will begin on Thursday.", "2022-01-13", "future"),
        ("He said that a withdrawal would begin on Thursday.", "2022-01-13", "future"),
        ("It is a process that began on Thursday.", "2022-01-06", "past"),
        ("The hearing is scheduled for Monday.", "2022-01-17", "future"),
        ("The vote will be held on Monday.", "2022-01-17", "future"),
        ("The vote is to be held on Monday.", "2022-01-17", "future"),
        ("Ministers will cut fuel prices on Monday.", "2022-01-17", "future"),
        ("The vote would have been held on Monday.", "2022-01-10", "past"),
        ("Troops are leaving on Friday.", "2022-01-14", "future"),
        ("He was killed during clashes on Sunday.", "2022-01-09", "past"),
        ("The army sent men to take the port on Monday.", "2022-01-10", "past"),
        ("The court ordered him to appear on Friday.", "2022-01-14", "future"),
        ("He called for a strike in the ports on Friday.", "2022-01-14", "future"),
        ("Two men were crushed to death on Tuesday.", "2022-01-11", "past"),
        ("He was able to tell reporters on Thursday.", "2022-01-06", "past"),
        ("She will hand over to the newly appointed chief on Friday.", "2022-01-14", "future"),
        ("Officials reported it on Wednesday.", "2022-01-12", "present"),
        ("He resigned last Friday.", "2022-01-07", "past"),
        ("He resigns next Friday.", "2022-01-14", "future"),
    ],
)
def test_the_verb_decides_which_weekday_is_meant(text: str, value: str, direction: str) -> None:
    expression = only(text)
    assert (expression.value, expression.direction) == (value, direction)


def test_a_report_that_went_on_into_the_next_day_does_not_mean_six_days_ago() -> None:
    found = dates("The wall fell on Wednesday. Two men were found dead early Thursday.", WEDNESDAY)
    assert [e.value for e in found] == ["2022-01-12", "2022-01-13"]
    assert "ambiguous_week" in found[1].flags
    found = dates("The wall fell on Wednesday. It had cracked last Thursday.", WEDNESDAY)
    assert [e.value for e in found] == ["2022-01-12", "2022-01-06"]


def test_two_weekdays_in_one_sentence_follow_their_own_verbs() -> None:
    found = dates("He announced on Tuesday that a withdrawal would begin on Thursday.", WEDNESDAY)
    assert [e.value for e in found] == ["2022-01-11", "2022-01-13"]


def test_same_day_and_day_before_count_from_the_day_named_last() -> None:
    text = "It was held on January 10. He said the same day that he had posted a list the day before."
    assert [e.value for e in dates(text, WEDNESDAY)] == ["2022-01-10", "2022-01-10", "2022-01-09"]


def test_that_morning_without_a_day_before_it_is_the_articles_own() -> None:
    expression = only("The ministry said that morning that roads were open.")
    assert (expression.value, expression.flags) == ("2022-01-12", ("relative",))


def test_the_start_of_a_stretch_is_no_day_to_count_from() -> None:
    text = "It was said on the 10th that unrest went on from the 2nd to this day."
    assert [e.value for e in dates(text, WEDNESDAY)] == ["2022-01-10", "2022-01-02", "2022-01-10"]


def test_the_day_after_an_event_is_not_placed() -> None:
    expression = only("Shops opened the day after the storm.")
    assert (expression.value, "unplaced" in expression.flags) == (None, True)


def test_more_than_years_ago_is_open_at_its_start() -> None:
    expression = only("It became independent more than 30 years ago.")
    assert (expression.value, expression.start_date, expression.end_date) == (
        "1992",
        None,
        date(1992, 12, 31),
    )
    assert expression.flags == ("relative", "approximate")


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("It took 10 days to leave.", "10 days", "P10D"),
        ("A 180-day cap was set.", "180-day", "P180D"),
        ("Power failed for more than a week.", "more than a week", "P1W"),
        ("They fought for two decades.", "two decades", "P20Y"),
        ("The truce will last ten days.", "ten days", "P10D"),
        ("He scored again six minutes later.", "six minutes later", "PT6M"),
        ("They waited for half an hour.", "half an hour", "PT0.5H"),
    ],
)
def test_lengths_of_time(text: str, surface: str, value: str) -> None:
    expression = only(text)
    assert (expression.kind, expression.surface, expression.value) == ("duration", surface, value)


def test_last_and_next_month_by_name() -> None:
    assert only("It rained last January.").value == "2021-01"
    assert only("It will rain next January.").value == "2023-01"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It sank at 5:30 p.m. GMT.", "2022-01-12T17:30Z"),
        ("It sank at 17:30.", "2022-01-12T17:30"),
        ("It sank at noon.", "2022-01-12T12:00"),
    ],
)
def test_times_of_day(text: str, value: str) -> None:
    expression = only(text)
    assert (expression.kind, expression.value) == ("time", value)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels may march on the capital.",
        "About 2000 people came.",
        "The festival is 2000 years old.",
        "He is 68 years old.",
        "The 10th floor burned.",
        "Version 10.4.1 is out.",
        "He paid $2019 for it.",
        "COVID-19 spread.",
        "He reads the Sunday Times.",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert [e for e in dates(text, WEDNESDAY) if e.kind == "date"] == []


def test_day_and_month_that_could_be_exchanged_are_flagged() -> None:
    assert only("It was signed on 03/04/2019.").flags == ("ambiguous_order",)
    assert only("It was signed on 25/04/2019.").flags == ()


def test_a_year_that_is_not_written_is_flagged() -> None:
    assert only("It began on January 5.").flags == ("year_inferred",)
    assert "since" in only("Roads are closed since January 5.").flags


def test_without_the_articles_date_relative_words_stay_unplaced() -> None:
    for text in (
        "It began yesterday.",
        "It began on Tuesday.",
        "It began on January 5.",
        "It began last week.",
    ):
        expression = only(text, None)
        assert (expression.value, expression.start_date) == (None, None)
        assert "unplaced" in expression.flags


def test_a_dateline_close_to_the_given_date_is_what_relative_words_count_from() -> None:
    text = "Storm hits coast\nTuesday, January 11, 2022\nA storm hit the coast yesterday."
    assert [e.value for e in dates(text, WEDNESDAY)] == ["2022-01-11", "2022-01-10"]


def test_a_moment_is_as_good_as_a_day() -> None:
    assert dates("It began today.", datetime(2022, 1, 12, 23, 0, tzinfo=UTC))[0].value == "2022-01-12"


@pytest.mark.parametrize("published", [date.min, date.max])
def test_the_ends_of_the_calendar_hold(published: date) -> None:
    words = "yesterday, tomorrow, last week, next year, 900 years ago, the past 40 centuries, next Friday."
    assert all(e.surface for e in dates(words, published))


@pytest.mark.parametrize(
    ("text", "expected", "basis"),
    [
        ("Storm hits coast\nJanuary 11, 2022\nRoads are closed.", date(2022, 1, 11), "dateline"),
        ("Storm hits\nPublished: 11 January 2022, 10:00\nRoads are closed.", date(2022, 1, 11), "labelled"),
        ("LIMA, Jan 11, 2022 (Agency) - Roads are closed.", date(2022, 1, 11), "dateline"),
        (
            "A dam broke on January 9, 2022. Today, Monday, roads are closed.",
            date(2022, 1, 10),
            "Today, Monday",
        ),
        ("A dam broke on January 9, 2022, and was mended.", date(2022, 1, 9), "latest"),
        ("Today, Monday, there is mourning.", None, "weekday only"),
        ("A dam broke on January 9.", None, "no year"),
        ("A dam broke.", None, "no date"),
    ],
)
def test_when_an_article_was_written(text: str, expected: date | None, basis: str) -> None:
    found, reason = infer_published(text)
    assert found == expected
    assert basis in reason


def test_the_day_of_receipt_bounds_when_it_was_written() -> None:
    found, _ = infer_published("Today, Monday, there is mourning.", not_after=date(2022, 1, 14))
    assert found == date(2022, 1, 10)


WORDS = st.sampled_from(
    """
    January Jan. May March 5 12 12, 2022 1999 the on last next week Monday today days ago 10th (local time)
    more than two a year of end early 1990s 24 hours will began since – - : 10:30 p.m. . , quarter
    99999999 Feb 29 30 31
    """.split()
)


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=60), st.dates() | st.none())
def test_offsets_are_exact_and_bounds_in_order(text: str, published: date | None) -> None:
    position = 0
    for expression in dates(text, published):
        assert position <= expression.start < expression.end
        assert text[expression.start : expression.end] == expression.surface
        position = expression.end
        if expression.start_date and expression.end_date:
            assert expression.start_date <= expression.end_date

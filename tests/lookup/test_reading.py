"""A question's words, days and figures."""

from datetime import date
from decimal import Decimal

import pytest

from service.lookup.reading import may_speak_of_days, read

TODAY = date(2022, 1, 13)  # a Thursday


def test_tokens_keep_their_place_in_the_question() -> None:
    text = "Nur-Sultan: were 12,000 “held”?"
    reading = read(text, TODAY)
    assert [text[token.start : token.end] for token in reading.tokens] == [
        "Nur-Sultan",
        "were",
        "12,000",
        "held",
    ]
    assert reading.words == ("nur", "sultan", "were", "12", "000", "held")


@pytest.mark.parametrize(
    ("text", "start", "end", "relation"),
    [
        ("arrests on 12 January", date(2022, 1, 12), date(2022, 1, 12), "in"),
        ("arrests jan 12", date(2022, 1, 12), date(2022, 1, 12), "in"),
        ("arrests by monday", None, date(2022, 1, 10), "by"),
        ("arrests as of the 10th", None, date(2022, 1, 10), "by"),
        ("arrests on the 30th", date(2021, 12, 30), date(2021, 12, 30), "in"),
        ("arrests since 2 January", date(2022, 1, 2), None, "since"),
        ("arrests last week", date(2022, 1, 3), date(2022, 1, 9), "in"),
        ("arrests in 2019", date(2019, 1, 1), date(2019, 12, 31), "in"),
    ],
)
def test_days_count_from_the_reference(
    text: str, start: date | None, end: date | None, relation: str
) -> None:
    period = read(text, TODAY).period
    assert period is not None
    assert (period.start, period.end, period.relation) == (start, end, relation)
    assert may_speak_of_days(text)


def test_a_question_without_days_has_no_period() -> None:
    assert read("who fired Masimov", TODAY).period is None
    assert not may_speak_of_days("who fired Masimov")


@pytest.mark.parametrize(
    ("text", "amount", "qualifier"),
    [
        ("is it true that 9,000 were detained", 9000, "exact"),
        ("were more than 2000 soldiers sent", 2000, "more_than"),
        ("nine thousand detained?", 9000, "exact"),
        ("will they be gone within a week", 7, "at_most"),
    ],
)
def test_the_figure_a_question_holds_out(text: str, amount: int, qualifier: str) -> None:
    figure = read(text, TODAY).figure
    assert figure is not None
    assert (figure.amount, figure.qualifier) == (Decimal(amount), qualifier)


def test_a_date_is_no_figure() -> None:
    assert read("arrests on 12 January 2022", TODAY).figure is None


def test_a_long_question_is_read_up_to_a_limit() -> None:
    reading = read("word " * 200, TODAY)
    assert reading.cut
    assert len(reading.words) == 80

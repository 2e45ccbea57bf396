"""Days and counts in words."""

from datetime import date

import pytest

from service.lookup.answers import counted, written


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2022, 1, 13), date(2022, 1, 13), "13 January 2022"),
        (date(2022, 1, 3), date(2022, 1, 9), "3 to 9 January 2022"),
        (date(2021, 12, 30), date(2022, 1, 2), "30 December 2021 to 2 January 2022"),
        (date(2019, 1, 1), date(2019, 12, 31), "2019"),
        (None, date(1992, 1, 13), "by 13 January 1992"),
        (date(2022, 1, 2), None, "since 2 January 2022"),
    ],
)
def test_days_are_written_out(start: date | None, end: date | None, text: str) -> None:
    assert written(start, end) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [(1, "one article"), (5, "five articles"), (13, "13 articles"), (1200, "1,200 articles")],
)
def test_counts_are_words_up_to_twelve(amount: int, text: str) -> None:
    assert counted(amount, "article") == text

"""Reading a query and a tsquery, without a database."""

import pytest

from service.search.words import Lexeme, as_shown, other_spellings, phrases, uses_operators, windows


@pytest.mark.parametrize(
    ("q", "operators"),
    [
        ("arrests Almaty", False),
        ("Nur-Sultan", False),
        ("7,939 arrests", False),
        ("oracle ore", False),
        ("or", True),
        ("dead or injured", True),
        ("dead OR injured", True),
        ('"security council"', True),
        ("arrests -Almaty", True),
        ("-Almaty", True),
        ("arrests - Almaty", False),
    ],
)
def test_operators_are_quotes_minus_and_or(q: str, operators: bool) -> None:
    assert uses_operators(q) is operators


def test_windows_are_all_runs_of_words_the_longest_first() -> None:
    assert windows("CSTO leaves Nur-Sultan") == [
        "CSTO leaves Nur-Sultan",
        "CSTO leaves",
        "leaves Nur-Sultan",
        "CSTO",
        "leaves",
        "Nur-Sultan",
    ]


@pytest.mark.parametrize("q", ["", "!!!", "word " * 500, "x" * 400, "-" * 400])
def test_windows_of_anything_are_few(q: str) -> None:
    assert len(windows(q)) <= 60


def test_a_phrase_keeps_the_distances_of_its_words() -> None:
    assert phrases("'organ' <3> 'treati' & 'csto'") == [
        (Lexeme("organ", 0), Lexeme("treati", 3)),
        (Lexeme("csto", 0),),
    ]


@pytest.mark.parametrize(
    "tsquery",
    ["'arrest' & !'almati'", "'arrest' & !( 'citi' <-> 'almati' )", "!( 'a' | 'b' ) & 'arrest'"],
)
def test_what_is_excluded_is_not_asked_for(tsquery: str) -> None:
    assert phrases(tsquery) == [(Lexeme("arrest", 0),)]


def test_a_hyphenated_word_is_asked_for_by_its_parts() -> None:
    (phrase,) = phrases("'visit' <-> 'nur-sultan' <-> 'nur' <-> 'sultan'")
    assert as_shown(phrase) == (Lexeme("visit", 0), Lexeme("nur", 1), Lexeme("sultan", 1))
    (phrase,) = phrases("'nur-sultan' <-> 'nur' <-> 'sultan'")
    assert as_shown(phrase) == (Lexeme("nur", 0), Lexeme("sultan", 1))


def test_quotes_and_backslashes_in_a_lexeme_are_read_back() -> None:
    assert phrases(r"'o''brien' & 'a\\b'") == [(Lexeme("o'brien", 0),), (Lexeme("a\\b", 0),)]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("7939 arrests", {"7939": ["7,939"]}),
        ("7,939 arrests", {"7,939": ["7939"]}),
        ("12,345,678", {"12,345,678": ["12345678"]}),
        ("arrests, 164 of 2022", {"2022": ["2,022"]}),
        ("3.1415 v1234 1234.5 0815 1,23", {}),
        ("coup d'état", {"d'état": ["d’état"]}),
        ("coup d’état", {"d’état": ["d'état"]}),
        ("'quoted'", {}),
    ],
)
def test_words_that_may_be_written_otherwise(q: str, found: dict[str, list[str]]) -> None:
    assert other_spellings(q) == found

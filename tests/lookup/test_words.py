"""Base forms, phrases and spelling mistakes."""

import pytest

from service.lookup.words import corrected, find_phrases, lemmas, predicates, stem
from service.seed_files import read_file
from service.settings import resource


def predicates_of(text: str) -> set[str]:
    return {one.phrase.predicate for one in find_phrases(tuple(text.split()))}


@pytest.mark.parametrize(
    ("word", "base"),
    [("fired", "fire"), ("stopped", "stop"), ("bodies", "body"), ("withdrew", "withdraw"), ("took", "take")],
)
def test_inflection_is_undone(word: str, base: str) -> None:
    assert base in lemmas(word)


@pytest.mark.parametrize(
    ("one", "other"), [("protesters", "demonstrators"), ("arrested", "arrests"), ("civilians", "citizen")]
)
def test_words_of_one_meaning_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_the_thesaurus_speaks_of_every_predicate_of_the_vocabulary_and_of_no_other() -> None:
    vocabulary = read_file(resource("seeds") / "predicates.yaml", list[dict[str, object]])
    assert predicates() == {one["slug"] for one in vocabulary}


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("how many were rounded up", "arrests"),
        ("taken yesterday into custody", "arrests"),
        ("is he under arrest", "detention"),
        ("death toll", "deaths"),
        ("who was sacked", "removed_from_office"),
        ("when do they pull their troops out", "withdrawal_start"),
        ("the state of emergency", "state_of_emergency"),
    ],
)
def test_phrases_are_found_inflected_and_with_words_between(text: str, predicate: str) -> None:
    assert predicate in predicates_of(text)


def test_a_verb_is_no_noun() -> None:
    assert "disaster" in predicates_of("a fire")
    assert "disaster" not in predicates_of("he was fired")


@pytest.mark.parametrize(
    ("word", "meant"), [("arested", "arrested"), ("woundd", "wound"), ("wihdrawal", "withdrawal")]
)
def test_a_slip_of_the_hand_is_undone(word: str, meant: str) -> None:
    assert corrected(word) == meant


@pytest.mark.parametrize("word", ["tokyo", "quux", "7939", "who", "x" * 5000])
def test_what_is_near_nothing_stays(word: str) -> None:
    assert corrected(word) is None

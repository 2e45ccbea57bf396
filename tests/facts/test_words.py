"""What the words of a claim tell: whom a figure counts, which event it is of, which place they name."""

import pytest

from service.facts.words import counted, is_of, is_wide, named


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("49 people", set()),
        ("at least forty-nine", set()),
        ("some 49 others", set()),
        ("12 dead bodies", set()),
        ("two of the detainees", set()),
        ("nobody", set()),
        ("three sons", {"son"}),
        ("two of his drivers", {"driver"}),
        ("7,000 Peruvian nurses", {"peruvian", "nurse"}),
        (None, set()),
    ],
)
def test_whom_a_figure_counts(value: str | None, words: set[str]) -> None:
    assert counted(value) == words


def test_words_that_tell_which_event_it_is() -> None:
    title, sentence = "Bus falls into ravine", "Police said on Tuesday that 14 people were killed in the bus."
    assert named(title, sentence, figure=True) == {"bus", "fall", "ravine"}
    assert "killed" in named(title, sentence, figure=False)


@pytest.mark.parametrize(
    ("word", "place", "names"),
    [
        ("french", "france", True),
        ("rica", "costa-rica", True),
        ("kenya", "kenya", True),
        ("kenyan", "tanzania", False),
        ("united", "united-states", False),
        ("york", "new-york", True),
        ("new", "new-york", False),
    ],
)
def test_which_words_name_a_place(word: str, place: str, names: bool) -> None:
    assert is_of(word, place) is names


def test_what_holds_many_towns_is_wide() -> None:
    wide = ("kenya", "united-states", "asia", "middle-east", "kisumu", "baghdad")
    assert [is_wide(place) for place in wide] == [True, True, True, True, False, False]

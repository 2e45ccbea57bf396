"""The grammar of questions, with names that need no database."""

import uuid
from datetime import date

import pytest

from service.lookup.asked import Asked, Named, NameHit
from service.lookup.mentions import name_spans
from service.lookup.question import interpret
from service.lookup.reading import read

NAMES = {
    "anna smith": ("anna-smith", "person"),
    "smith": ("anna-smith", "person"),
    "jones": ("bob-jones", "person"),
    "freedonia": ("freedonia", "place"),
    "glasstown": ("glasstown", "place"),
    "the us": ("us", "place"),
    "us": ("us", "place"),
    "red cross": ("red-cross", "organization"),
}


def ask(text: str, correct: bool = False) -> Asked:
    reading = read(text, date(2022, 1, 13))
    hits = [
        NameHit(first, last, Named(uuid.UUID(int=0), *NAMES[words][:1], words, NAMES[words][1]), "exact")
        for first, last, words in name_spans(reading)
        if words in NAMES
    ]
    return interpret(reading, hits, correct)


def roles(asked: Asked) -> dict[str, str]:
    return {mention.entities[0].slug: mention.role for mention in asked.mentions}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("How many people were arrested?", "how_many"),
        ("what is the death toll", "how_many"),
        ("How long will the withdrawal take?", "how_long"),
        ("How old is Smith?", "how_old"),
        ("when did Smith resign", "when"),
        ("Smith resigned when", "when"),
        ("Where were the clashes?", "where"),
        ("Who fired Smith?", "who"),
        ("by whom was Smith fired", "who"),
        ("Which country borders Freedonia?", "who"),
        ("What did Smith say?", "what"),
        ("why did the protests start", "why"),
        ("Was Smith fired?", "whether"),
        ("is it true that 9,000 were detained", "whether"),
        ("Did the Red Cross say when it would leave?", "when"),
        ("arrests Freedonia", None),
    ],
)
def test_the_form_of_the_answer(text: str, form: str | None) -> None:
    assert ask(text).form == form


@pytest.mark.parametrize(
    ("text", "expected", "wanted"),
    [
        ("Who fired Smith?", {"anna-smith": "patient"}, "agent"),
        ("Whom did Smith fire?", {"anna-smith": "agent"}, "patient"),
        ("Who was fired by Smith?", {"anna-smith": "agent"}, "patient"),
        ("By whom was Smith fired?", {"anna-smith": "patient"}, "agent"),
        ("Did Smith fire Jones?", {"anna-smith": "agent", "bob-jones": "patient"}, None),
        ("Was Smith fired by Jones?", {"anna-smith": "patient", "bob-jones": "agent"}, None),
        ("Has Jones been arrested in Freedonia?", {"bob-jones": "patient", "freedonia": "place"}, None),
        ("Smith dismissal", {"anna-smith": "any"}, None),
        ("Smith fired", {"anna-smith": "any"}, None),
    ],
)
def test_who_acts_and_who_is_acted_on(text: str, expected: dict[str, str], wanted: str | None) -> None:
    asked = ask(text)
    assert roles(asked) == expected
    assert asked.wanted == wanted


@pytest.mark.parametrize(
    "text",
    [
        "How many were arrested according to the Red Cross?",
        "Did the Red Cross say how many were arrested?",
        "the Red Cross reported how many arrests",
        "number of arrests reported by the Red Cross",
        "the Red Cross figure for arrests",
    ],
)
def test_who_speaks(text: str) -> None:
    assert roles(ask(text)) == {"red-cross": "speaker"}


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("how many more were arrested", "increment"),
        ("another 100 arrested", "increment"),
        ("how many were arrested in the last 24 hours", "increment"),
        ("how many were arrested in total", "cumulative"),
        ("arrests so far", "cumulative"),
        ("were more than 100 arrested", None),
        ("how many were arrested", None),
    ],
)
def test_a_total_or_an_increase(text: str, extent: str | None) -> None:
    assert ask(text).extent == extent


def test_a_noun_behind_a_preposition_is_only_context() -> None:
    cues = {next(iter(cue.predicates)): cue.context for cue in ask("people killed in the protests").cues}
    assert cues["deaths"] is False
    assert {cue.context for cue in ask("people killed in the protests").cues} == {False, True}


def test_what_is_said_counts_for_more_than_that_it_is_said() -> None:
    cues = ask("Who announced the withdrawal?").cues
    speech = next(cue for cue in cues if "announcement" in cue.predicates)
    assert speech.speech
    assert speech.best < min(cue.best for cue in cues if cue is not speech)


def test_what_no_rule_explains_is_left_over_and_marked_like_a_name_where_a_name_stands() -> None:
    words = {
        word.text: word.name_like for word in ask("how many purple people were arrested in Shangri").words
    }
    assert words == {"purple": False, "shangri": True}


def test_mistakes_are_only_undone_when_asked_and_never_in_the_place_of_a_name() -> None:
    text = "how many were arested in quito"
    assert [word.text for word in ask(text).words] == ["arested", "quito"]
    corrected = ask(text, correct=True)
    assert list(corrected.corrections.values()) == ["arrested"]
    assert [word.text for word in corrected.words] == ["quito"]


@pytest.mark.parametrize(("text", "names"), [("tell us more", []), ("what did the US demand", ["us"])])
def test_an_everyday_word_is_a_name_only_where_it_is_written_as_one(text: str, names: list[str]) -> None:
    assert list(roles(ask(text))) == names


def test_every_word_has_a_role() -> None:
    asked = ask("Why, on 12 January, did Anna Smith dismiss 9,000 purple people in Freedonia?")
    assert sorted(asked.roles) == sorted(asked.texts)

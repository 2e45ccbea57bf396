"""Sentence boundaries: what ends a sentence and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.sentences import sentences


def surfaces(text: str) -> list[str]:
    return [sentence.surface for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Roads were closed. Shops stayed open.", ["Roads were closed.", "Shops stayed open."]),
        ("Mr. Ahn met Gen. Lee on Jan. 5. They talked.", ["Mr. Ahn met Gen. Lee on Jan. 5.", "They talked."]),
        ("J. K. Osei left the U.S. Navy. He is 40.", ["J. K. Osei left the U.S. Navy.", "He is 40."]),
        ("She lives in the U.S. The office is hers.", ["She lives in the U.S.", "The office is hers."]),
        ("Prices rose 3.5 percent. Wages did not.", ["Prices rose 3.5 percent.", "Wages did not."]),
        ("It hit No. 5 on the list. Sales grew.", ["It hit No. 5 on the list.", "Sales grew."]),
        ("“We won.” The crowd cheered.", ["“We won.”", "The crowd cheered."]),
        ("He asked, “Why now?” and left. No one spoke.", ["He asked, “Why now?” and left.", "No one spoke."]),
        ("“Why now?” Osei asked. No one spoke.", ["“Why now?” Osei asked.", "No one spoke."]),
        ("They waited… The doors opened.", ["They waited…", "The doors opened."]),
        ("It failed (again). Work went on.", ["It failed (again).", "Work went on."]),
        ("It survived a “coup”. . A minister spoke.", ["It survived a “coup”. .", "A minister spoke."]),
        ("The road is closed.Drivers turned back.", ["The road is closed.", "Drivers turned back."]),
        ("See example.com for more. Thanks.", ["See example.com for more.", "Thanks."]),
        (
            "The bus left at 5 p.m. on Friday. It broke down.",
            ["The bus left at 5 p.m. on Friday.", "It broke down."],
        ),
        ("1. Bread is scarce. 2. Fuel is too.", ["1. Bread is scarce.", "2. Fuel is too."]),
        ("A view of the dam Image: R. Osei.", ["A view of the dam", "Image: R. Osei."]),
        ("Was it safe? Yes! Very.", ["Was it safe?", "Yes!", "Very."]),
    ],
)
def test_boundaries(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


def test_a_line_break_ends_paragraph_and_sentence() -> None:
    found = sentences("A headline without a stop\n\nFirst sentence. Second one.\r\nThird")
    assert [(s.surface, s.paragraph) for s in found] == [
        ("A headline without a stop", 0),
        ("First sentence.", 1),
        ("Second one.", 1),
        ("Third", 2),
    ]


@pytest.mark.parametrize("text", ["", "   ", "\n.\n", "***", "“”"])
def test_nothing_to_say_is_no_sentence(text: str) -> None:
    assert sentences(text) == []


@given(
    st.text(alphabet=st.sampled_from("aB1 .!?…\"”“'()\n\r-–é\u00a0\u200b٣"), max_size=80)
    | st.text(max_size=80)
)
def test_offsets_are_exact_and_cover_all_words(text: str) -> None:
    found = sentences(text)
    position = 0
    for sentence in found:
        assert position <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end] == sentence.surface == sentence.surface.strip()
        assert not any(character.isalnum() for character in text[position : sentence.start])
        position = sentence.end
    assert not any(character.isalnum() for character in text[position:])

"""Letters that came apart from their marks: whole in the clean text, with a way back to where they stood."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.clean import clean, raw_span
from service.extraction.gazetteer import Gazetteer, KnownEntity
from service.extraction.tokens import tokenize
from service.letters import apart, whole_letters


def parted(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    "text", ["Zürich", "Ségolène", "Hà Nội, Trần Đại Quang", "서울 한국", "ガザ", "Й і ї", "nothing"]
)
def test_letters_become_whole(text: str) -> None:
    assert whole_letters(parted(text)) == text
    assert whole_letters(text) == text


def test_every_letter_that_has_a_character_with_its_mark_becomes_that() -> None:
    whole = [chr(code) for code in range(0xD800) if len(parted(chr(code))) > 1]
    whole = [one for one in whole if unicodedata.is_normalized("NFC", one)]
    assert len(whole) > 12_000
    assert [one for one in whole if whole_letters(parted(one)) != one] == []


@pytest.mark.parametrize("text", ["12 m² ½ ﬁre ① Å", "g\u0303 M\u0304", "\n\u0301", ""])
def test_nothing_else_changes(text: str) -> None:
    assert whole_letters(text) == text


def test_hundreds_of_marks_take_no_time() -> None:
    assert len(whole_letters("a" + "\u0315\u0300" * 200_000)) > 390_000


@given(st.text(st.sampled_from("aeoZd한ᅡ \n\u0301\u0308\u0323\u031b\u0303ё\u0300"), max_size=30))
def test_what_became_whole_stays_so(text: str) -> None:
    whole = whole_letters(text)
    assert list(apart(whole)) == []
    assert parted(whole) == parted(text)


TEXT = "Fire in Zürich\n\nA fire killed 12 people in Zürich on Monday, José García of Bogotá said."


@pytest.mark.parametrize(
    "words", ["Zürich", "José García", "Bogotá", "12 people in Zürich on", "ü", "12 people"]
)
def test_words_lead_back_to_where_they_stood(words: str) -> None:
    raw = "\u200b" + parted(TEXT).replace("12", "12\u00a0")
    cleaned = clean(raw)
    assert cleaned.text == TEXT.replace("12", "12\u00a0").replace("\u00a0 ", " ")
    start = cleaned.text.index(words)
    span = raw_span(cleaned, start, start + len(words))
    assert span is not None
    assert " ".join(unicodedata.normalize("NFC", raw[slice(*span)]).split()) == words
    for first, low, length in cleaned.letters:
        assert cleaned.text[first] == unicodedata.normalize("NFC", raw[low : low + length])


def test_a_page_may_write_the_mark_as_an_entity() -> None:
    cleaned = clean(
        "<html><body><article><p>A fire killed 12 people in Zu&#776;rich.</p></article></body></html>"
    )
    assert cleaned.text == "A fire killed 12 people in Zürich."


def test_a_mark_that_makes_no_other_letter_is_in_its_word() -> None:
    tokens = tokenize("Ñandug\u0303a and O\u0329\u0300yo\u0329\u0301-born Ade left")
    assert [token.text for token in tokens] == [
        "Ñandug\u0303a",
        "and",
        "O\u0329\u0300yo\u0329\u0301-born",
        "Ade",
        "left",
    ]


def test_a_name_does_not_end_before_a_mark() -> None:
    known = Gazetteer([KnownEntity("beran", "Beran", "person")])
    assert [hit.name for hit in known.scan("Beran came")] == ["Beran"]
    assert known.scan("Beran\u0304 came") == []

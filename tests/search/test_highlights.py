"""From PostgreSQL's marks to fragments with offsets."""

from hypothesis import given
from hypothesis import strategies as st

from service.search.highlights import (
    CLOSE,
    LENGTH,
    OPEN,
    Fragment,
    Marked,
    Span,
    best_fragment,
    marks,
    spans,
)
from service.search.words import Lexeme, Phrase

COUNCIL: Phrase = (Lexeme("secur", 0), Lexeme("council", 1))
TREATY: Phrase = (Lexeme("organ", 0), Lexeme("treati", 3))
LEXEMES = {
    "security": ["secur"],
    "council": ["council"],
    "organisation": ["organ"],
    "treaty": ["treati"],
}


def found(text: str) -> list[Marked]:
    """Marks of every word of the table that the text holds."""
    hits = [
        Marked(at, at + len(word), word)
        for word in LEXEMES
        for at in range(len(text))
        if text.startswith(word, at)
    ]
    return sorted(hits, key=lambda mark: mark.start)


def test_offsets_are_those_of_the_text_without_marks() -> None:
    marked = f"The {OPEN}council{CLOSE} met; the {OPEN}council{CLOSE} left"
    assert marks(marked) == [Marked(4, 11, "council"), Marked(21, 28, "council")]


def test_a_phrase_counts_only_where_its_words_stand_together() -> None:
    text = "security forces and the security council"
    assert spans(text, found(text), [COUNCIL], LEXEMES) == [Span(24, 40)]


def test_a_phrase_leaves_room_for_as_many_small_words_as_it_had() -> None:
    near, far = "organisation of the treaty", "organisation of one more old treaty"
    assert spans(near, found(near), [TREATY], LEXEMES) == [Span(0, 26)]
    assert spans(far, found(far), [TREATY], LEXEMES) == []


def test_the_longer_phrase_wins() -> None:
    text = "security council"
    single: Phrase = (Lexeme("secur", 0),)
    assert spans(text, found(text), [single, COUNCIL], LEXEMES) == [Span(0, 16)]


def test_the_fragment_is_where_most_different_words_are() -> None:
    text = "council " + "filler " * 60 + "the security council again, council"
    all_spans = [Span(mark.start, mark.end) for mark in found(text)]
    fragment = best_fragment(text, all_spans)
    assert fragment is not None
    assert "security council" in fragment.text
    assert not fragment.text.startswith("council")


def test_nothing_marked_gives_no_fragment() -> None:
    assert best_fragment("a text", []) is None


@given(
    st.text(alphabet="ab \n", min_size=1, max_size=900),
    st.lists(st.tuples(st.integers(0, 899), st.integers(1, 30)), min_size=1, max_size=12),
)
def test_every_fragment_is_a_stretch_of_the_text_and_its_spans_lie_in_it(
    text: str, pairs: list[tuple[int, int]]
) -> None:
    starts = sorted({start for start, _ in pairs if start < len(text)})
    lengths = dict(pairs)
    all_spans = [
        Span(start, min(start + lengths[start], following, len(text)))
        for start, following in zip(starts, [*starts[1:], len(text)], strict=False)
    ]
    fragment = best_fragment(text, all_spans)
    if not all_spans:
        assert fragment is None
        return
    assert isinstance(fragment, Fragment)
    assert text[fragment.start : fragment.start + len(fragment.text)] == fragment.text
    assert fragment.spans
    assert len(fragment.text) <= LENGTH + 30
    for span in fragment.spans:
        assert 0 <= span.start < span.end <= len(fragment.text)
        whole = Span(span.start + fragment.start, span.end + fragment.start)
        assert whole in all_spans

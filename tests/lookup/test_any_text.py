"""Whatever text comes in is read: words, dates and figures lie inside it, and every word has a role."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.lookup.question import interpret
from service.lookup.reading import read
from service.lookup.stated import counted, counts_twice
from service.lookup.words import lists

# Words of the grammar in any order reach further into it than random characters do.
known = [word for phrases in lists().forms.values() for phrase in phrases for word in phrase.split()]
known += [word for phrase in lists().openers for word in phrase.split()]
known += (
    "who said arrested killed president of Kazakhstan 12,000 164 nobody on 12 January besides more".split()
)
sentences = st.lists(st.sampled_from(known), max_size=25).map(" ".join)


@pytest.mark.parametrize("correct", [False, True])
@given(text=st.one_of(st.text(max_size=200), sentences, st.from_regex(r"\A[\d.,%$ -]{0,60}\Z")))
def test_any_text_is_read(correct: bool, text: str) -> None:
    reading = read(text, date(2022, 1, 13))
    asked = interpret(reading, [], correct)
    assert sorted(asked.roles) == list(range(len(reading.words)))
    assert all(reading.text[token.start : token.end] == token.text for token in reading.tokens)
    assert set(reading.figure_words) | set(reading.other_figure_words) <= set(asked.roles)
    counts_twice(reading, asked)
    assert all(cue in asked.cues for cue in counted(asked).cues)

"""Of a text that is longer than any article, or made to take long, only the beginning is read."""

import pytest

from service.extraction.analysis import LONGEST_SENTENCE, analyse
from service.extraction.gazetteer import Gazetteer
from service.extraction.protocol import Document
from service.extraction.text import MOST_CHARACTERS, MOST_SENTENCES, MOST_TOKENS

GAZETTEER = Gazetteer()


def test_of_a_long_text_whole_sentences_are_read_up_to_a_limit() -> None:
    sentence = "Police arrested 12 people in Oslo on Monday, the interior ministry said. "
    whole = sentence * (2 * MOST_CHARACTERS // len(sentence))
    read = analyse(Document(whole), GAZETTEER)
    assert read.text == whole
    assert read.unread_from is not None
    assert MOST_CHARACTERS - len(sentence) <= read.unread_from <= MOST_CHARACTERS
    assert {one.surface for one in read.sentences} == {sentence.strip()}
    assert max(one.end for one in read.mentions) <= read.unread_from


@pytest.mark.parametrize(
    "part",
    ["a\n", "1 ", "A. B. ", "“a ", "12,", "(ABC) ", "five hundred ", "said ", "he said that she said "],
)
def test_a_text_of_nothing_but_marks_and_lines_is_read_as_far_as_so_many_are(part: str) -> None:
    read = analyse(Document(part * (MOST_CHARACTERS // len(part))), GAZETTEER)
    tokens = sum(map(len, read.tokens))
    assert tokens <= MOST_TOKENS + LONGEST_SENTENCE
    assert len(read.sentences) == len(read.tokens) <= MOST_SENTENCES
    if tokens > MOST_TOKENS:
        assert read.unread_from is not None
        assert read.unread_from <= read.sentences[-1].end

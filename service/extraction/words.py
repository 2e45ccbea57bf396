"""Patterns that match nothing across a blank, tried on words: what stands between two blanks is looked at
once, and what was found in it remembered, as texts are mostly made of the same words."""

import functools
import re
from collections.abc import Callable, Container, Iterable, Mapping
from itertools import accumulate, compress
from typing import TypeVar

from service.extraction.word_lists import any_of

LONGEST = 40  # characters; what is longer is looked at anew each time
MOST = 1 << 15  # words

T = TypeVar("T")


class Remembered(dict[str, T]):
    """What a function finds in a word."""

    def __init__(self, look: Callable[[str], T]) -> None:
        super().__init__()
        self.look = look

    def __missing__(self, word: str) -> T:
        found = self.look(word)
        if len(word) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[word] = found
        return found


@functools.lru_cache(maxsize=1)
def _words_of(text: str) -> tuple[list[str], list[int]]:
    """The words of a text, cut at blanks and line breaks, with an empty one behind the last, and how many
    characters the words before each have. The dates, numbers and names of a text are sought in its words one
    after the other."""
    words = [*text.replace("\n", " ").split(" "), ""]
    return words, list(accumulate(map(len, words), initial=0))


def by_word(text: str, remembered: Remembered[list[T]]) -> list[tuple[int, T, str]]:
    """What is remembered of the words of a text, with where the word begins and the word behind it."""
    words, before = _words_of(text)
    found = list(map(remembered.__getitem__, words))
    return [
        (before[index] + index, one, words[index + 1])
        for index in compress(range(len(words) - 1), found)
        for one in found[index]
    ]


# Whether a word may go on with what the word before it begins.
GoingOn = Mapping[str, bool]


def going_on(words: Iterable[str]) -> GoingOn:
    """Such as begin with one of these words, in any case, or with a figure."""
    listed = any_of(words)
    begins = re.compile(rf"['’\d–—-]|{listed}(?![a-z])" if listed else r"['’\d–—-]", re.IGNORECASE)
    return Remembered(lambda word: begins.match(word) is not None)


NOTHING: GoingOn = {}


def in_words(
    pattern: re.Pattern[str],
    listed: Container[str],
    going_on: Callable[[str, str], GoingOn | None],
) -> Callable[[str], list[tuple[int, str]]]:
    """Where the pattern matches in a text, and what: as its `finditer` finds it, without the matches that the
    text does not go on with. `listed` are the words of plain letters that it matches. `going_on` tells for a
    match and the rest of its word what the next word must be: None when any will do, NOTHING when none will.
    """

    def look(word: str) -> list[tuple[int, str, GoingOn | None]]:
        if word.isascii() and word.isalpha():
            found = [(0, word, "")] if word in listed else []
        else:
            found = [(one.start(), one.group(), word[one.end() :]) for one in pattern.finditer(word)]
        matches = [(start, matched, going_on(matched, rest)) for start, matched, rest in found]
        return [match for match in matches if match[2] is not NOTHING]

    in_word = Remembered(look)

    def matches(text: str) -> list[tuple[int, str]]:
        return [
            (start + offset, matched)
            for start, (offset, matched, after), follow in by_word(text, in_word)
            if after is None or after[follow]
        ]

    return matches

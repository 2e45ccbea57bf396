"""Patterns that match nothing across a blank, tried on words: what stands between two blanks is looked at
once, and what was found in it remembered, as texts are mostly made of the same words."""

import functools
import re
from collections.abc import Callable, Container
from itertools import accumulate
from typing import TypeVar

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
def placed(text: str) -> tuple[list[str], list[int]]:
    """The words of a text, cut at blanks and line breaks, and where each begins. The dates, numbers and names
    of a text are sought in its words one after the other."""
    words = text.replace("\n", " ").split(" ")
    return words, list(accumulate([len(word) + 1 for word in words], initial=0))


def in_words(
    pattern: re.Pattern[str], listed: Container[str]
) -> Callable[[str], list[tuple[int, str, str | None]]]:
    """Where the pattern matches in a text, and what: the same as its `finditer`. `listed` are the words of
    plain letters that it matches. The third is the word after a match, where the match ends a word."""

    def look(word: str) -> tuple[tuple[int, str, bool], ...]:
        if word.isascii() and word.isalpha():
            return ((0, word, True),) if word in listed else ()
        return tuple(
            (match.start(), match.group(), match.end() == len(word)) for match in pattern.finditer(word)
        )

    in_word = Remembered(look)

    def matches(text: str) -> list[tuple[int, str, str | None]]:
        words, starts = placed(text)
        found = [(index, looked) for index, looked in enumerate(map(in_word.__getitem__, words)) if looked]
        follow = [*words[1:], ""]
        return [
            (starts[index] + offset, matched, follow[index] if ends else None)
            for index, looked in found
            for offset, matched, ends in looked
        ]

    return matches

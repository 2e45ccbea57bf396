"""Patterns that match nothing across a blank, tried on words: what stands between two blanks is looked at
once, and what was found in it remembered, as texts are mostly made of the same words."""

import re
from collections.abc import Callable
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


def in_words(pattern: re.Pattern[str]) -> Callable[[str], list[tuple[int, str]]]:
    """Where the pattern matches in a text, and what: the same as its `finditer`."""
    in_word = Remembered(lambda word: [(match.start(), match.group()) for match in pattern.finditer(word)])

    def matches(text: str) -> list[tuple[int, str]]:
        words = text.replace("\n", " ").split(" ")
        before = accumulate(map(len, words), initial=0)  # characters, but for one blank a word
        return [
            (letters + blanks + offset, matched)
            for blanks, (letters, found) in enumerate(
                zip(before, map(in_word.__getitem__, words), strict=False)
            )
            if found
            for offset, matched in found
        ]

    return matches

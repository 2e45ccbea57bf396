"""Patterns that match nothing across a blank, tried on words: what stands between two blanks is looked at
once, and what was found in it remembered, as texts are mostly made of the same words."""

import re
from collections.abc import Callable, Container, Iterable
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


# What the word after one that begins something must be, as a bit: a word has the bits of all it can follow.
GoingOn = int
ANY: GoingOn = 1
NOTHING: GoingOn = 0
_going_on: dict[str, int] = {}
_bits = [ANY]


def going_on(words: Iterable[str]) -> GoingOn:
    """A word that begins with one of these, or with a figure."""
    _bits.append(_bits[-1] << 1)
    for word in words:
        _going_on[word] = _going_on.get(word, 0) | _bits[-1]
    followed.clear()
    return _bits[-1]


def _follows(word: str) -> int:
    """The bits of all that a word goes on with."""
    if word[:1].isdecimal() or word[:1] in _FIGURES:
        return -1
    letters = _LETTERS.match(word)
    return ANY | _going_on.get(letters[0] if letters else "", 0)


_FIGURES = tuple("'’–—-")
_LETTERS = re.compile("[a-z]*")
# By a word, in lower case.
followed = Remembered(_follows)


# In a word: where it begins, what, and what the next word must be.
Match = tuple[int, str, GoingOn]

_MARKS = frozenset(".,;:!?")
_OPENING, _CLOSING = "\"'“‘([", ".,;:!?)]\"'”’"


def parted(word: str) -> tuple[str, str]:
    """A word without the mark behind it, and that mark: most are plain letters then and need no pattern."""
    return (word[:-1], word[-1]) if word[-1:] in _MARKS else (word, "")


def looking(
    pattern: re.Pattern[str], listed: Container[str], going_on: Callable[[str, str], GoingOn]
) -> Callable[[str], list[Match]]:
    """Finds where the pattern matches in a word, and what, as its `finditer` does. `listed` are the words of
    plain letters that it matches, also where quotes, brackets or marks stand around them. `going_on` tells
    for a match and the rest of its word what the next word must be: ANY when any will do, NOTHING when none
    will."""

    def look(word: str) -> list[Match]:
        begun = word.lstrip(_OPENING)
        plain = begun.rstrip(_CLOSING)
        if plain.isascii() and plain.isalpha():
            if plain not in listed:
                return []
            found = [(len(word) - len(begun), plain, begun[len(plain) :])]
        else:
            found = [(one.start(), one.group(), word[one.end() :]) for one in pattern.finditer(word)]
        matches = [(start, matched, going_on(matched, rest)) for start, matched, rest in found]
        return [match for match in matches if match[2] != NOTHING]

    return look

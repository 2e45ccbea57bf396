"""Word lists as text: a hundred quoted words are harder to read and to check than a paragraph."""

import re
from collections.abc import Iterable
from itertools import groupby


def word_list(words: str) -> list[str]:
    return words.split()


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of some words. It branches letter by letter, so that trying it takes as long
    as a word is and not as the list."""
    tails = sorted(set(words))
    branches = [
        re.escape(letter) + any_of(word[1:] for word in group)
        for letter, group in groupby(filter(None, tails), key=lambda word: word[0])
    ]
    whole = "|".join(branches)
    if len(branches) > 1 or (branches and "" in tails):
        whole = f"(?:{whole})"
    return whole + "?" * bool(branches and "" in tails)


COMPASS = word_set("north south east west") | {
    f"{side}{joint}{end}" for side in ("north", "south") for joint in ("", "-") for end in ("east", "west")
}

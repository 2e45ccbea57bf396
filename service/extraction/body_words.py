"""The words that name a body of a state: "interior ministry", "Ministry of Health", "state television"."""

import functools
import re
from collections.abc import Sequence

from service.extraction.mentions import word_lists
from service.extraction.tokens import Token, tokenize


@functools.cache
def first_words() -> frozenset[str]:
    lists = word_lists()
    return frozenset(
        {"ministry", *(body[0] for body in lists.bodies), *(topic.split()[0] for topic in lists.topics)}
    )


def body_at(tokens: Sequence[Token], index: int) -> tuple[str, int] | None:
    """The body that starts at a token, in its usual form, and its length in tokens."""
    lists = word_lists()
    lower = tokens[index].lower
    if lower not in first_words():
        return None
    count = len(tokens)
    if lower == "ministry" and index + 2 < count and tokens[index + 1].lower in ("of", "for"):
        first = index + 2 + (tokens[index + 2].lower == "the")
        for size in (2, 1):
            topic = " ".join(token.lower for token in tokens[first : first + size])
            if topic in lists.topics and first + size <= count:
                return f"{lists.topics[topic]} ministry", first + size - index
        return None
    for size in (2, 1):
        if index + size < count and tokens[index + size].lower == "ministry":
            topic = " ".join(token.lower for token in tokens[index : index + size])
            if topic in lists.topics:
                return f"{lists.topics[topic]} ministry", size + 1
    for body in lists.bodies:
        if lower == body[0] and tuple(token.lower for token in tokens[index : index + len(body)]) == body:
            return " ".join(body), len(body)
    return None


@functools.cache
def _any_first_word() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(first_words()))))


def body_in(name: str) -> str | None:
    """The first body that a name says, in its usual form."""
    if _any_first_word().search(name.lower()) is None:  # most names; reading tokens costs ten times as much
        return None
    tokens = tokenize(name)
    found = (body_at(tokens, position) for position in range(len(tokens)))
    return next((body for body, _ in filter(None, found)), None)

"""A sentence with its numbers and triggers, and a figure tied to its predicate: what the reading of numbers
hands on."""

from collections.abc import Set as AbstractSet
from typing import Literal

import msgspec

from service.extraction.lexicon import Found
from service.extraction.text import Quantity
from service.extraction.tokens import Token

Pattern = Literal[
    "noun",
    "member",
    "state",
    "passive",
    "intransitive",
    "active",
    "act",
    "label",
    "measure",
    "after",
    "listed",
    "included",
    "own",
]

# Which of several readings of one number wins; how often each is right is in confidence.py.
STRENGTH: dict[str, float] = {
    "noun": 0.95, "own": 0.95, "state": 0.95, "active": 0.94, "passive": 0.94,
    "intransitive": 0.9, "act": 0.9, "label": 0.88,
    "measure": 0.88, "member": 0.82, "after": 0.86, "listed": 0.85, "included": 0.88,
}  # fmt: skip


class Counted(msgspec.Struct, frozen=True):
    """A quantity and the predicate it is a value of. Token positions are into the sentence.

    `sign` is -1 when the words say that something fell. `of` is the place in the answer of the larger
    figure this one is part of; `owner` are the words between a list's "and" and the number ("and Italy 200").
    """

    quantity: Quantity
    predicate: str
    pattern: Pattern
    first: int
    last: int
    trigger_first: int
    trigger_last: int
    lemma: str
    sign: int = 1
    of: int | None = None
    owner: tuple[int, int] | None = None


class NumberAt(msgspec.Struct):
    quantity: Quantity
    first: int  # the first token of the number, hedge included
    number_last: int  # one past its last token
    last: int  # one past its noun
    noun: str | None  # the last word of the counted noun, in lower case


class NumberSentence(msgspec.Struct):
    tokens: list[Token]
    numbers: list[NumberAt]
    found: list[Found]
    lowers: AbstractSet[str]
    text: str
    busy: set[int]
    dated: set[int]
    around: frozenset[str]

"""A sentence with its numbers and triggers, and a figure tied to its predicate: what the reading of numbers
hands on."""

from collections.abc import Container, Iterator
from collections.abc import Set as AbstractSet
from typing import Literal

import msgspec

from service.extraction.conditions import Around, allowed
from service.extraction.lexicon import QuantityEntry, lexicon
from service.extraction.text import Quantity
from service.extraction.tokens import Token, Tokens
from service.extraction.triggers import Found, Standing, Trigger, TriggerKind

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


class Counted(msgspec.Struct, frozen=True, gc=False):
    """A quantity and the predicate it is a value of. Token positions are into the sentence.

    `sign` is -1 when the words say that something fell. `of` is the place in the answer of the larger
    figure this one is part of; `owner` are the words between a list's "and" and the number ("and Italy 200").
    `carried` says that noun and verb stand in the sentence before, `wrong` that the sentence puts it right.
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
    carried: bool = False
    wrong: bool = False


class NumberAt(msgspec.Struct, gc=False):
    """A quantity at tokens of its sentence. `ending` is what its last token has behind a hyphen ("strong" of
    "2,000-strong"), else that token; `may` are the predicates that count such things (see `countables`)."""

    quantity: Quantity
    first: int  # the first token of the number, hedge included
    number_last: int  # one past its last token
    last: int  # one past its noun
    noun: str | None  # the last word of the counted noun, in lower case
    ending: str
    may: frozenset[str]


class NumberSentence(msgspec.Struct):
    """`standing` are all its triggers, whether their words `allow` them or not; the tokens of its numbers are
    `busy`, those of its dates `dated`; `around` are the words of the sentences before."""

    tokens: list[Token]
    whole: Tokens
    numbers: list[NumberAt]
    standing: list[Standing[Trigger]]
    lowers: AbstractSet[str]
    busy: set[int]
    dated: set[int]
    around: Around

    def allows(self, item: Found, entry: QuantityEntry) -> bool:
        return allowed(item, entry, self.whole, self.around)

    def triggers(
        self, kinds: Container[TriggerKind], first: int, last: int, entry: QuantityEntry | None = None
    ) -> Iterator[Found]:
        """Those of these kinds (and of this entry) that begin in tokens[first:last] and are allowed."""
        entries = lexicon().quantities
        for position, triggers in self.standing:
            if not first <= position < last:
                continue
            for trigger, size in triggers:
                if trigger.kind in kinds:
                    own = entries[trigger.entry]
                    item = Found(trigger, position, position + size)
                    if (entry is None or own is entry) and self.allows(item, own):
                        yield item

"""Whether the words of a sentence let a trigger stand for its predicate."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from service.extraction.lexicon import QuantityEntry, touching
from service.extraction.tokens import Tokens
from service.extraction.triggers import Found

# The words, in lower case, of each of the sentences before.
Around = Sequence[AbstractSet[str]]


def allowed(
    item: Found,
    entry: QuantityEntry,
    lowers: AbstractSet[str],
    text: str,
    tokens: Tokens,
    around: Around = (),
) -> bool:
    lemma = item.trigger.lemma
    if entry.with_ and lemma not in entry.sure and not in_context(entry, lowers, text, around):
        return False
    kind = item.trigger.kind
    governing = kind in ("verb", "act")
    if governing:
        limits = entry.verb_with
    else:
        limits = entry.limits_of_labels if kind == "label" else entry.intransitive_with
    if limits:
        bare = lemma if item.trigger.tail else lemma.removesuffix(" #")
        context = limits.get(lemma) or limits.get(bare)
        if (
            context is not None
            and lowers.isdisjoint(context)
            and ((governing and not entry.goes_on) or not told_in(around, context))
        ):
            return False
    if not entry.barred:
        return True
    return not any(phrase in text for phrase in touching(entry.barred, tokens.lowers[item.first : item.last]))


def in_context(entry: QuantityEntry, lowers: AbstractSet[str], text: str, around: Around) -> bool:
    return not entry.with_ or _has_any(entry.with_, lowers, text) or told_in(around, entry.around)


def told_in(around: Around, words: Iterable[str]) -> bool:
    """Whether one of the sentences before has one of the words."""
    return any(not near.isdisjoint(words) for near in around)


def _has_any(words: frozenset[str], lowers: AbstractSet[str], text: str) -> bool:
    return not lowers.isdisjoint(words) or any(phrase in text for phrase in phrases(words))


@cache
def phrases(words: frozenset[str]) -> tuple[str, ...]:
    """Those that are more than one word."""
    return tuple(word for word in words if " " in word)

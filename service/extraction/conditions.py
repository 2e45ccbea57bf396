"""Whether the words of a sentence let a trigger stand for its predicate."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from service.extraction.lexicon import QuantityEntry, touching
from service.extraction.tokens import Tokens
from service.extraction.triggers import Found

# The words, in lower case, of each of the sentences before.
Around = Sequence[AbstractSet[str]]


def allowed(item: Found, entry: QuantityEntry, tokens: Tokens, around: Around = ()) -> bool:
    lemma = item.trigger.lemma
    if entry.with_ and lemma not in entry.sure and not in_context(entry, tokens, around):
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
            and tokens.words.isdisjoint(context)
            and ((governing and not entry.goes_on) or not told_in(around, context))
        ):
            return False
    barred = touching(entry.barred, tokens.lowers[item.first : item.last]) if entry.barred else []
    return not (barred and _stand_in(barred, tokens))


def in_context(entry: QuantityEntry, tokens: Tokens, around: Around) -> bool:
    return not entry.with_ or _has_any(entry.with_, tokens) or told_in(around, entry.around)


def told_in(around: Around, words: Iterable[str]) -> bool:
    """Whether one of the sentences before has one of the words."""
    return any(not near.isdisjoint(words) for near in around)


def _has_any(words: frozenset[str], tokens: Tokens) -> bool:
    several = phrases(words)
    return not tokens.words.isdisjoint(words) or (bool(several) and _stand_in(several, tokens))


def _stand_in(phrases: Iterable[str], tokens: Tokens) -> bool:
    text = " ".join(tokens.lowers)
    return any(phrase in text for phrase in phrases)


@cache
def phrases(words: frozenset[str]) -> tuple[str, ...]:
    """Those that are more than one word."""
    return tuple(word for word in words if " " in word)

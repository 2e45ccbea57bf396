"""Figures that a sentence sets right itself: "not 40 but 28 people died", "28, not 40"."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from service.extraction.figures import Counted, NumberAt
from service.extraction.modality import NOT
from service.extraction.tokens import Tokens, group

_NOT = group(NOT)
_FAR = 3  # tokens of a noun between "not 40" and "but"
_RATHER = frozenset("but only rather just in fact actually".split())
_AND_NOT = ([",", "not"], ["and", "not"], [",", "and", "not"], ["-", "not"], ["–", "not"], ["—", "not"])
_BEHIND_WRONG = frozenset((",", ".", ")", ";", ":", "”", '"', "as", "like"))

Correction = tuple[NumberAt, NumberAt]


def set_right(tokens: Tokens, numbers: list[NumberAt]) -> tuple[list[NumberAt], list[Correction]]:
    """The numbers without the wrong ones, and each wrong one with the right one, whose tokens then span both
    and which counts what the wrong one does where it names nothing itself."""
    if not tokens.groups & _NOT or len(numbers) < 2:
        return numbers, []
    kept, found = list(numbers), []
    for one, other in pairwise(numbers):
        if not _same_kind(one, other):
            continue
        between = tokens.lowers[one.last : other.first]
        end = tokens[other.last].lower if other.last < len(tokens) else "."
        if one.first and tokens[one.first - 1].lower == "not" and _leads_over(between):
            wrong, right = one, other
            spanning = msgspec.structs.replace(_counting(other, one), first=one.first - 1)
        elif between in _AND_NOT and end in _BEHIND_WRONG:
            wrong, right = other, one
            closed = end == "," and between[0] == ","
            spanning = msgspec.structs.replace(one, last=other.last + closed)
        elif _is_added(between) and other.noun is None and end in _BEHIND_WRONG:
            wrong, right, spanning = other, one, one
        else:
            continue
        kept = [spanning if number is right else number for number in kept if number is not wrong]
        found.append((wrong, spanning))
    return kept, found


def _is_added(between: Sequence[str]) -> bool:
    """ "12 people were killed in Kisoro, not 14": the wrong figure follows the clause of the right one."""
    clause = between[:-2]
    return between[-2:] == [",", "not"] and 0 < len(clause) <= _LONGEST_CLAUSE and _BREAKS.isdisjoint(clause)


_LONGEST_CLAUSE = 8  # tokens
_BREAKS = frozenset(", ; : ( ) and but while".split())


def _counting(number: NumberAt, wrong: NumberAt) -> NumberAt:
    """ "not 500 jobs but 300": the 300 are jobs."""
    if number.noun is not None or wrong.noun is None:
        return number
    quantity = msgspec.structs.replace(
        number.quantity, noun=wrong.quantity.noun, unit=wrong.quantity.unit, noun_end=number.quantity.end
    )
    return msgspec.structs.replace(number, quantity=quantity, noun=wrong.noun, may=wrong.may)


def _leads_over(between: Sequence[str]) -> bool:
    """ "but", ", but only", "people but rather"."""
    if "but" not in between:
        return False
    at = between.index("but")
    return at <= _FAR and all(word in _RATHER for word in between[at:])


def _same_kind(one: NumberAt, other: NumberAt) -> bool:
    nouns = {one.quantity.noun, other.quantity.noun} - {None}
    return one.quantity.kind == other.quantity.kind and len(nouns) < 2


def denied(wrong: NumberAt, right: Counted) -> Counted:
    """The claim that the wrong figure would have been."""
    return msgspec.structs.replace(
        right, quantity=wrong.quantity, first=wrong.first, last=wrong.last, of=None, wrong=True
    )

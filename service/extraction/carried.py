"""Figures whose noun and verb stand in the sentence before: "Police held 45 people. Twelve of them were
minors.", "The firm earned $2bn. That was up from $1.7bn a year earlier." """

from collections.abc import Sequence

import msgspec

from service.extraction.figure_lists import counts_again, is_named
from service.extraction.figures import Counted, NumberAt, Pattern
from service.extraction.gapped import entry_of
from service.extraction.tokens import Tokens

_WHOLES = frozenset("them those these whom".split())
_GOES_ON = frozenset("it that this that's it's a the last in analysts".split())
_OPENERS = _GOES_ON | {"of", "among"}
_MOVED = frozenset("up down compares compared compare against versus higher lower".split())
_EARLIER = frozenset("from with to".split())
_STOOD = frozenset("was were stood totalled totaled".split())
_EXPECTED = frozenset("expected expecting forecast predicted estimated".split())
_FIGURES = frozenset("figure figures count tally toll total estimate estimates number".split())
_LEANING = _FIGURES | {"them", "it"}
_IT_WAS = (["it", "had", "been"], ["it", "was", "still"], ["it", "stood", "at"])
_TIMES = 20
_LATEST = 10  # tokens; a sentence that goes on with the one before says so at once


def may_lean(tokens: Tokens, start: int) -> bool:
    """Whether a sentence with its first number at `start` may go on with what the one before counts."""
    return tokens[0].start == start or tokens[0].lower in _OPENERS or not tokens.words.isdisjoint(_LEANING)


def carried(
    tokens: Tokens, number: NumberAt, before: Sequence[Counted], first: bool = True
) -> Counted | None:
    """A number of a sentence (the `first`, where nothing tells it again) as a figure of what the sentence
    before counts. None where the words do not lean on it, or where it counts several things."""
    if number.quantity.kind == "count" and _is_retold(tokens, number):
        return _told_again(number, before)
    before = [item for item in before if not item.carried]
    if not first or number.first > _LATEST or not before:
        return None
    if number.quantity.kind == "count":
        return _part(tokens, number, before) if _leans(tokens, number) else None
    if number.quantity.kind in ("money", "percent") and tokens[0].lower in _GOES_ON:
        return _compared(tokens, number, before)
    return None


def _leans(tokens: Tokens, number: NumberAt) -> bool:
    """ "Thirty of them were pupils", "Of those, 12 were minors", "Among them were six nurses", "Seven were
    soldiers"."""
    follow = tokens.lowers[number.number_last : number.number_last + 2]
    if number.first == 0 and follow[:1] == ["were"]:
        return is_named(tokens, number.number_last + 1)
    if follow[:1] in (["of"], ["among"]) and follow[1:] != [] and follow[1] in _WHOLES:
        named = tokens.lowers[number.number_last + 2 : number.number_last + 3] == ["were"]
        return number.first == 0 or (named and is_named(tokens, number.number_last + 3))
    return tokens[0].lower in ("of", "among") and tokens[1].lower in _WHOLES


def _is_retold(tokens: Tokens, number: NumberAt) -> bool:
    """ "The opposition's own figure is 3,117", "A rival group has a lower tally, 803"."""
    if number.noun is not None or not number.first:
        return False
    if tokens.lowers[max(0, number.first - 3) : number.first] in _IT_WAS:
        return number.last == len(tokens) or tokens[number.last].tag == "punct"  # "On Monday it had been 23."
    if tokens.words.isdisjoint(_FIGURES):
        return False
    named = tokens[number.first - 1].text == "," and tokens[number.first - 2].lower in _FIGURES
    return named or counts_again(tokens, number)


def _told_again(number: NumberAt, before: Sequence[Counted]) -> Counted | None:
    told = [item for item in before if item.quantity.kind == "count" and item.of is None]
    people = all(entry_of(item).counts == "people" for item in before)
    if not told or not people or len({item.predicate for item in before}) != 1:
        return None
    return _moved(told[-1], number, "listed") if _is_alike(told[-1], number) else None


def _part(tokens: Tokens, number: NumberAt, before: Sequence[Counted]) -> Counted | None:
    wholes = [item for item in before if item.quantity.unit == "people" or item.quantity.noun is None]
    wholes = [item for item in wholes if item.quantity.kind == "count" and item.of is None]
    if len({item.predicate for item in before}) != 1 or not wholes:
        return None
    whole = wholes[-1]
    most = whole.quantity.upper if whole.quantity.amount is None else whole.quantity.amount
    if most is not None and (number.quantity.amount or number.quantity.lower or 0) > most:
        return None
    return _moved(whole, number, "included")


def _compared(tokens: Tokens, number: NumberAt, before: Sequence[Counted]) -> Counted | None:
    same = [item for item in before if item.quantity.kind == number.quantity.kind]
    ahead = tokens.lowers[: number.first]
    if len({item.predicate for item in same}) != 1 or not ahead:
        return None
    told = (
        (ahead[-1] in _EARLIER and not _MOVED.isdisjoint(ahead))
        or (ahead[-1] in _STOOD and "it" in ahead)
        or (ahead[0] == "analysts" and not _EXPECTED.isdisjoint(ahead))
    )
    return _moved(same[0], number, "listed") if told and _is_alike(same[0], number) else None


def _is_alike(item: Counted, number: NumberAt) -> bool:
    """Whether both are of one size: a loss of $1.84 a share is no revenue like that of $3bn."""
    one = item.quantity.amount or item.quantity.lower or 1
    other = number.quantity.amount or number.quantity.lower or 1
    return one < other * _TIMES and other < one * _TIMES


def _moved(item: Counted, number: NumberAt, pattern: Pattern) -> Counted:
    return msgspec.structs.replace(
        item,
        quantity=number.quantity,
        pattern=pattern,
        first=number.first,
        last=number.last,
        trigger_first=number.first,
        trigger_last=number.last,
        of=None,
        owner=None,
        carried=True,
    )

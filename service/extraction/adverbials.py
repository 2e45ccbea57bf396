"""Adverbials of time between a subject and its verb: "the union, which `last week` called", "the mayor
`on Monday` signed"."""

from collections.abc import Sequence

from service.extraction.number_words import SIMPLE
from service.extraction.phrases import DATE_WORDS, TIME_WORDS
from service.extraction.tokens import Token

_AGO = frozenset("ago earlier later before previously".split())
_UNITS = TIME_WORDS - DATE_WORDS
_THIS = frozenset("last this next that past previous same following".split())
_PARTS = frozenset("night morning afternoon evening".split())
_LED_BY = frozenset("early late earlier later just only again".split())
_BEHIND = frozenset(("rel", "cap", "word"))


def before_when(tokens: Sequence[Token], stop: int) -> int:
    """Where the adverbial of time begins that ends at a token, if a subject may stand before it; else the
    token itself."""
    if stop < 2:
        return stop
    last = tokens[stop - 1]
    lower = last.lower
    if lower not in _ENDS and last.tag != "num":
        return stop
    first = _dated(tokens, stop) if lower in DATE_WORDS or last.tag == "num" else _counted(tokens, stop)
    if not first or first == stop:
        return stop
    while first > 1 and tokens[first - 1].lower in _LED_BY:
        first -= 1
    if first > 1 and tokens[first - 1].lower in ("on", "in"):
        first -= 1
    elif last.tag == "num" or tokens[first - 1].tag == "prep":
        return stop  # "the 12 of May 2019", "the strike since Monday"
    while first > 1 and tokens[first - 1].lower in _LED_BY:
        first -= 1
    return first if first and tokens[first - 1].tag in _BEHIND else stop


_ENDS = _AGO | TIME_WORDS


def _dated(tokens: Sequence[Token], stop: int) -> int:
    """ "Monday", "last Monday", "3 May", "May 2019", "2019": where it begins, else 0."""
    first = stop
    while first > 1 and (
        (tokens[first - 1].lower in DATE_WORDS and tokens[first - 1].tag != "modal")
        or (tokens[first - 1].tag == "num" and tokens[first - 1].text.isdigit())
    ):
        first -= 1
    if tokens[first].tag == "num" and stop - first == 1 and len(tokens[first].text) != 4:
        return 0
    return first - (tokens[first - 1].lower in _THIS)


def _counted(tokens: Sequence[Token], stop: int) -> int:
    """ "last week", "earlier this month", "two days ago", "Monday night": where it begins, else 0."""
    lower = tokens[stop - 1].lower
    if lower in _AGO:
        unit = stop - 2
        if unit < 1 or tokens[unit].lower.rstrip("s") not in _UNITS:
            return 0
        counted = tokens[unit - 1].tag in ("num", "det") or tokens[unit - 1].lower in _SOME
        return unit - 1 if counted else 0
    before = tokens[stop - 2]
    if lower in _PARTS and before.lower in DATE_WORDS:
        return stop - 2
    if before.lower not in _THIS:
        return 0
    return stop - 2 - (tokens[stop - 3].tag == "det")


_SOME = frozenset(("several", "few", "some", "many", *SIMPLE))

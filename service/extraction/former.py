"""What a figure was before: "lowered the rate from 1.5 percent to 1.3"."""

import msgspec

from service.extraction.figures import Counted, NumberAt, NumberSentence
from service.extraction.gapped import is_near


def former(sentence: NumberSentence, position: int, used: dict[int, Counted]) -> Counted | None:
    """ "lowered the rate from 1.5 percent to 1.3": what a figure was before."""
    number, owner = sentence.numbers[position], used.get(position + 1)
    if _is_bracketed(sentence, position + 1):
        owner = used.get(position + 2, owner)  # "from £3.24bn ($6.13bn) in May to £2.89bn"
    if owner is None or not number.first or number.quantity.kind != owner.quantity.kind:
        return None
    if _is_apposed(sentence, number) and owner.first - number.last < 14 and is_near(owner, number):
        return msgspec.structs.replace(
            owner, quantity=number.quantity, pattern="listed", first=number.first, last=number.last
        )
    told = owner.pattern == "label" and number.quantity.noun is None
    stop = number.last
    if sentence.tokens[stop].text == "(":
        stop = next((p + 1 for p in range(stop, owner.first) if sentence.tokens[p].text == ")"), stop)
    while stop < owner.first and (stop in sentence.dated or stop + 1 in sentence.dated):
        stop += 1  # "from 362,000 in March to 580,000"
    counted = owner.quantity.kind not in ("money", "percent") and owner.predicate not in _FORMER
    if counted and stop == number.last and not told:
        return None
    between = [token.lower for token in sentence.tokens[stop : owner.first]]
    beside = owner.pattern == "after" and owner.predicate != "price"  # but "from 2 crowns to 3 crowns a loaf"
    if sentence.tokens[number.first - 1].lower != "from" or between != ["to"] or beside:
        return None
    return msgspec.structs.replace(
        owner, quantity=number.quantity, pattern="listed", first=number.first, last=number.last
    )


_FORMER = frozenset("magnitude population troops_deployed member_count".split())


def _is_bracketed(sentence: NumberSentence, position: int) -> bool:
    inside = sentence.numbers[position : position + 1]
    return bool(inside) and sentence.tokens[inside[0].first - 1].text == "("


def _is_apposed(sentence: NumberSentence, number: NumberAt) -> bool:
    """ "a kilo of onions, 30 rupees in March, was selling at 85": between commas, with a date."""
    tokens, last = sentence.tokens, number.last
    if tokens[number.first - 1].text != "," or number.quantity.kind not in ("money", "percent"):
        return False
    closing = next((p for p in range(last, min(len(tokens), last + 7)) if tokens[p].text == ","), last)
    return any(p in sentence.dated for p in range(last, closing))

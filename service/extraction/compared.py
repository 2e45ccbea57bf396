"""A figure that another one is compared with: "down to 83 from 92", "4.9 percent after 5.6 in 2022", "three
more than the nine reported on Monday"."""

from collections.abc import Sequence
from itertools import pairwise

from service.extraction.figures import NumberAt, NumberSentence
from service.extraction.tokens import Token

_MORE = frozenset(("another", "a", "further", "perhaps", "only", "just"))
_WAS = frozenset(("is", "was", "are", "were"))
_BEFORE = frozenset(("after", "from", "against"))
_THAN_BEFORE = [
    phrase.split()
    for phrase in ("compared with", "compared to", "up from", "down from", "higher than", "lower than")
]
_FROM = [phrase.split() for phrase in ("from", ", up from", ", down from", "up from", "down from")]
_TIMES = frozenset((times, "the") for times in ("double", "twice", "triple", "half", "thrice"))


def is_former(sentence: NumberSentence, number: NumberAt, between: Sequence[Token], told: bool) -> bool:
    """What a figure is compared with: "down to 83 from 92", "4.9 percent after 5.6 in 2022"."""
    tokens, lowers = sentence.tokens, [token.lower for token in between]
    first = number.first
    while first > 2 and tokens[first - 1].lower in _MORE:
        first -= 1
    before, ahead = tokens[first - 1].lower, tokens[first - 2].lower
    dated = any(p in sentence.dated for p in range(number.last, min(number.last + 7, len(tokens))))
    soon = any(p in sentence.dated for p in range(number.last, min(number.last + 2, len(tokens))))
    return (
        (before in ("and", "with") and "extra" in number.quantity.flags)  # "and four more in June"
        or (
            before == "and"
            and soon
            and not told
            and _is_when(sentence, number.first - len(between), number.first)
        )  # "and 20 on Tuesday"
        or (ahead == "down" and before == "to" and len(lowers) < 9)  # "numbered 15,000, now down to 6,200"
        or (before in _BEFORE and soon)  # "after 4.9 percent in 2022"
        or (lowers[-2:] in _THAN_BEFORE and (told or dated) and len(lowers) < 16)
        or (lowers[:-1] if lowers[-1:] == ["the"] else lowers) in _FROM
        # "0.3 percent, against six percent in the year before"
        or (before == "against" and (told or ahead == ",") and _is_prep(tokens, number.last))
        # "put at 6.4 by the survey, at 6.1 by Geofon", "given as 6.2 and later as 5.9"
        or (before in ("at", "as") and ahead in (",", "and", "later", "then", "now"))
        or (before == "or" and ahead == "," and "according" in lowers)  # "22, according to the army, or nine"
        # "; by Tuesday it was 48"
        or (ahead in ("it", "there") and before in _WAS and _is_dated(sentence, number, len(between)))
        or (told and lowers[-2:] == ["instead", "of"])
        or _in_brackets(sentence, number)
        or lowers[-3:] in _AFTER_ONE
        or _is_part(tokens, number, lowers)
        # "410,000 vehicles, down from 435,000"
        or lowers in ([",", "down", "from"], [",", "up", "from"], ["down", "from"], ["up", "from"])
        # "12 people, three more than the nine reported on Monday"
        or (
            lowers[-2:] == ["than", "the"]
            and tokens[first - 3].lower in _MORE_THAN
            and _is_told_of(tokens, number.last)
        )
        # "3,328 deaths, up 6.5 percent on the 3,125 of 2021"
        or (
            lowers == ["on", "the"]
            and sentence.whole.lowers[number.last : number.last + 1] in (["of"], ["in"])
        )
        # "19 lives, more than double the eight reported a week ago"
        or (any(pair in _TIMES for pair in pairwise(lowers)) and len(lowers) < 9)
    )


_MORE_THAN = frozenset(("more", "fewer", "less", "higher", "lower"))
_TOLD_OF = frozenset("reported given announced counted recorded known confirmed estimated".split())


def _is_told_of(tokens: Sequence[Token], position: int) -> bool:
    return position < len(tokens) and tokens[position].lower in _TOLD_OF


# "a loss of 1.04 billion after one of 1.99 billion"
_AFTER_ONE = [[word, "one", "of"] for word in ("after", "from", "against", "following", "to", "with")]


def _is_part(tokens: Sequence[Token], number: NumberAt, lowers: Sequence[str]) -> bool:
    """ "a loss of 33 million, 18 million of it in May", "3 billion, of which Senna accounted for 1.9": part
    of a sum."""
    if number.quantity.kind not in ("money", "percent"):
        return False
    follow = [token.lower for token in tokens[number.last : number.last + 2]]
    if follow in (["of", "it"], ["of", "that"], ["of", "this"]):
        return lowers == [","]
    return ("of", "which") in pairwise(lowers) and lowers[-1] in ("for", "contributed", "earned", "made")


def _in_brackets(sentence: NumberSentence, number: NumberAt) -> bool:
    """ "(755 million in 2021)", "(2020: 8.3 billion)", "(down from 21.3 percent)": a figure in brackets
    that is dated."""
    tokens, first = sentence.tokens, number.first
    opening = next((p for p in range(first - 1, max(-1, first - 5), -1) if tokens[p].text == "("), None)
    if opening is None:
        return False
    closing = next((p for p in range(number.last, min(len(tokens), first + 12)) if tokens[p].text == ")"), 0)
    inside = (*range(opening + 1, first), *range(number.last, closing))
    told = {tokens[p].lower for p in inside}
    if "from" in told and tokens[first - 1].lower == "from":
        return True
    if inside == () and tokens[opening - 1].tag == "cap" and number.quantity.kind == "count":
        return True  # "in Homs (12) and Hama (30)"
    return any(p in sentence.dated for p in inside) or "ago" in told or "earlier" in told


def _is_when(sentence: NumberSentence, first: int, last: int) -> bool:
    """Whether only a time stands between two figures: "12 arrests on Monday and 20 on Tuesday"."""
    return 1 < last - first < 8 and all(
        position in sentence.dated or token.tag == "prep" or token.lower in ("and", "the")
        for position, token in enumerate(sentence.tokens[first:last], first)
    )


def _is_dated(sentence: NumberSentence, number: NumberAt, length: int) -> bool:
    return length < 9 and any(p in sentence.dated for p in range(number.first - length, number.first))


def _is_prep(tokens: Sequence[Token], position: int) -> bool:
    return position < len(tokens) and tokens[position].tag == "prep"

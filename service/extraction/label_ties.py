"""How English ties a number to a label before or behind it: "the death toll rose to 12", "brings to 25 the
number of dead", "the withdrawal will take ten days"."""

from collections.abc import Sequence

from service.extraction.counted import is_plural
from service.extraction.figures import NumberAt, NumberSentence
from service.extraction.lexicon import QuantityEntry
from service.extraction.phrases import is_passive
from service.extraction.ties import BEFORE_OBJECT, before_object
from service.extraction.tokens import Token, Tokens
from service.extraction.triggers import Found

_LINKS = frozenset(
    "of to at includes include included is was are were be been being reached reaching hit hits hitting "
    "passed passing exceeded exceeding exceeds surpassed surpassing topped topping by : totaled totalled "
    "totaling totalling total totals stood stands standing reaches now over than crossed crossing "
    "as approaching nears nearing neared with around about nearly almost grew grown rose risen "
    "climbed jumped soared doubled measuring measured registered registering on covering through "
    "exceeds exceed surpass top pass passes near approach approaches number numbering hitting surpassing "
    "topping "
    "averaged count number numbers numbered cost costs costing ( tops — – -".split()
)
_OLD = frozenset(("from", "with", "compared", "against", "versus"))


def is_brought(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "brings to 25 the number of people killed": the label behind its number."""
    return item.first - number.last <= 2 and is_raised_to(sentence, number)


def is_raised_to(sentence: NumberSentence, number: NumberAt) -> bool:
    before = [token.lower for token in sentence.tokens[max(0, number.first - 2) : number.first]]
    return before[-1:] == ["to"] and before[0] in _RAISING


_RAISING = frozenset(
    "bring brings brought bringing raise raises raised raising take takes took taking lift lifts lifted "
    "lifting push pushes pushed pushing".split()
)


def is_labelled(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "the death toll rose to 12", "arrests: 12", "the number of arrests was given at around 10,000"."""
    tokens = sentence.tokens
    if (
        item.first > 1
        and tokens[item.first - 1].lower == "of"
        and tokens[item.first - 2].lower.endswith("est")
    ):
        return False  # "the oldest of the dead was 89"
    follow = tokens[item.last] if item.last < len(tokens) else None
    many = follow is not None and is_plural(follow.text) and follow.lower not in _LINKS
    if many and item.trigger.words[0] == "number":
        return False  # "the number of police killings rose to 69"
    opening = item.last
    if opening + 1 < number.first and tokens[opening].text == "," and tokens[opening + 1].tag == "rel":
        # "put the tremor, which struck at noon, at 6.9"
        opening = next((p + 1 for p in range(opening + 2, number.first) if tokens[p].text == ","), opening)
    between = tokens[opening : number.first]
    if len(between) > 1 and between[-1].tag == "quote":
        between = between[:-1]  # "puts the toll at “over fifty”"
    level = len(between) > 1 and between[-1].lower in ("to", "at") and between[-2].lower in _LEVELS
    if len(between) > (28 if level else 16):
        return False
    if not between:
        return item.trigger.lemma not in ("contract", "deal", "order", "crude", "brent")
    if item.trigger.lemma == "with":  # "the Reds, with just 21 percent"
        return all(before_object(tokens, position) for position in range(opening, number.first))
    if item.trigger.lemma.startswith("of its") and between[0].lower == "of":
        return False  # "three percent of its staff of 83,000"
    if any(
        (token.tag in ("quote", "sub") and token.lower not in ("as", "after", "since") and not level)
        or token.text in (";", "?")
        for token in between
    ):
        return False
    if sum(token.text == "," for token in between) > 2:
        return False
    if len(between) == 1 and between[0].text == "," and item.first not in sentence.busy:
        ahead = [token.lower for token in tokens[max(0, item.first - 2) : item.first] if token.lower != "the"]
        if (
            ahead[-1:] in (["of"], ["among"])
            or item.trigger.lemma.startswith("of its")
            or [token.lower for token in tokens[number.last : number.last + 2]] in _IN_ALL
            or [token.text for token in tokens[number.last : number.last + 1]] == [","]
        ):
            return (
                True  # "the redundancies, about 2,500, will fall this year", "of the dead, five were women"
            )
    if len(between) > 1 and between[-1].lower == "at" and between[-2].lower.startswith("arriv"):
        return False  # "a group of volunteers arrived at 275,000"
    if between[-1].lower in _OLD or (
        len(between) > 1 and between[-2].lower in ("compared", "down", "up") and between[-1].lower in _OLD
    ):
        return False
    lasting = {
        p
        for other in sentence.numbers
        if other.quantity.kind == "duration"
        and number.quantity.kind == "money"  # "a loss for the three months to June of 7.5bn yen"
        for p in range(other.first, other.last)
    }
    inner = [p for p in range(opening, number.first) if p in sentence.busy and p not in lasting]
    if len(between) > 1 and between[-1].lower == "by" and between[-2].lower in _LEVELS:
        return False  # "the toll rose by two to 15"
    if inner and between[-1].lower == "as":
        return False  # "rose to 152 as millions of people fled"
    risen = between[-1].lower in ("to", "at")  # "profit rose 12% to 2.3 trillion yen"
    if (
        inner
        and not risen
        and not any(token.lower in ("from", "to", "than") for token in tokens[opening : inner[0]])
    ):
        return False
    return (
        between[-1].lower in _LINKS
        or (between[-1].tag == "adv" and len(between) > 1 and between[-2].lower in _LINKS)
        or all(token.lower in BEFORE_OBJECT for token in between)
    )


_IN_ALL = (["in", "all"], ["in", "total"], ["so", "far"], ["all", "told"], ["at", "present"])
_LEVELS = frozenset(
    "rose risen rises climbed climbs jumped grew grown grows went gone stands stood stand now soared".split()
)


def is_opening(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "At 2.6%, inflation stays within the target"."""
    tokens, first = sentence.tokens, item.first
    while first > number.last and tokens[first - 1].tag in ("det", "word", "cap"):
        first -= 1
    return (
        number.first == 1
        and tokens[0].lower == "at"
        and tokens[number.last].text == ","
        and first == number.last + 1
    )


def is_raced(sentence: NumberSentence, position: int, item: Found) -> bool:
    """ "leads Reyes by 46 percent to 40": the shares of both in a race."""
    numbers, tokens = sentence.numbers, sentence.tokens
    for first in (position, position - 1):
        if not 0 <= first < len(numbers) - 1:
            continue
        one, other = numbers[first], numbers[first + 1]
        shares = (one.quantity.amount or 0) + (other.quantity.amount or 0)
        to = is_against(sentence.whole, one, other)
        near = item.last <= one.first < item.last + _FARTHEST_RACE
        clause = not any(
            token.tag in ("quote", "sub") or token.text == ";" for token in tokens[item.last : one.first]
        )
        if to and near and clause and _LEAST_OF_BOTH < shares <= 100:
            return True
    return False


def is_against(tokens: Tokens, one: NumberAt, other: NumberAt) -> bool:
    return tokens.lowers[one.last : other.first] in (["to"], ["-"], ["–"], [",", "to"])


_FARTHEST_RACE, _LEAST_OF_BOTH = 14, 40


def is_paid(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "bought its rival for £640 million"."""
    between = _without_brackets(sentence.tokens[item.last : number.first])
    stops = [
        position
        for position, token in enumerate(between)
        if token.tag in ("sub", "rel", "quote") or (token.tag == "punct" and token.text not in _IN_NAMES)
    ]
    listed = all(between[at].text == "," and between[at - 1].tag == "cap" for at in stops if at)
    aside = len(stops) == 2 and all(between[position].text == "," for position in stops)
    near = len(between) < (30 if aside or (stops and listed) else 20)
    passive = len(between) == 1 and is_passive(sentence.tokens, item.first)  # "were bought for $2m"
    least = len(between) > 1 or passive
    return least and near and between[-1].lower == "for" and (not stops or aside or listed)


def _without_brackets(tokens: Sequence[Token]) -> Sequence[Token]:
    """ "buy Orla Systems (ORLA) for $900m": without what a name has in brackets."""
    opening = next((position for position, token in enumerate(tokens) if token.text == "("), None)
    closing = next((position for position, token in enumerate(tokens) if token.text == ")"), 0)
    if opening is None or not opening < closing < opening + 8:
        return tokens
    return [*tokens[:opening], *tokens[closing + 1 :]]


_IN_NAMES = frozenset("& . % ' ’ / \\".split())  # "AT&T", "Orla Inc.", "15% of Orla"


def is_linked(sentence: NumberSentence, number: NumberAt, item: Found, entry: QuantityEntry) -> bool:
    """ "the withdrawal will take at least ten days": one of the entry's own links right before the number."""
    between = sentence.tokens[item.last : number.first]
    near = [token.lower for token in between[-3:]]
    if "it" in [token.lower for token in between[-5:]] and len(between) <= 30:
        between = between[-5:]  # "the withdrawal would be gradual, and it would take ten days"
    if (
        not between
        or len(between) > 16
        or any(
            (token.tag == "quote" and position < len(between) - 3) or token.text == ";"
            for position, token in enumerate(between)
        )
    ):
        return False
    # "will begin in two days": when, not for how long.
    return _STARTS.isdisjoint(near) and any(word in entry.links for word in near)


_STARTS = frozenset("begin begins began begun beginning start starts started starting commence".split())


_TAKING = frozenset("take takes took taking need needs within".split())
# "has 60 days to pull its forces out", "gave itself three weeks to withdraw"
_GIVING = frozenset("has have had given gave gives give giving allowed allows gets got set".split())


def is_taken(sentence: NumberSentence, number: NumberAt, item: Found, entry: QuantityEntry) -> bool:
    """ "it would take 10 days for the contingent to withdraw": the trigger follows."""
    tokens = sentence.tokens
    ahead = {token.lower for token in tokens[max(0, number.first - 3) : number.first]}
    given = [token.lower for token in tokens[number.last : number.last + 1]] in (["to"], ["for"])
    if ahead.isdisjoint(_TAKING) and not (given and not ahead.isdisjoint(_GIVING)):
        return False
    between = tokens[number.last : item.first]
    return (
        item.trigger.lemma in entry.later
        and len(between) < 14
        and not any(token.text in (",", ";") for token in between)
    )

"""Figures behind a noun phrase that says whom or what they count: "put those still missing at 80", "the
number of workers who died there is 221", "displaced families number 1,560", "estimates of those drowned range
from 500 to 800". Any trigger may stand in the phrase."""

from collections.abc import Sequence

from service.extraction.counted import is_plural
from service.extraction.figures import NumberAt, NumberSentence
from service.extraction.label_ties import is_labelled, is_raised_to
from service.extraction.tokens import Token
from service.extraction.triggers import Found, matches

TALLIES = frozenset(
    "number numbers count counts tally tallies total totals toll estimate estimates figure figures".split()
)
PUTTING = frozenset(
    "put puts putting pegged pegs set sets placed places estimated estimates estimating reckoned revised "
    "revises raised raises lowered lowers corrected corrects cut cuts reduced updated updates amended "
    "adjusted adjusts upped brings brought bringing takes taking took".split()
)
# A verb that says how many those before it are.
_NUMBERING = frozenset(
    "number numbers numbered numbering total totals totalled totaled exceed exceeds exceeded range ranges "
    "ranged vary varies varied".split()
)
_STANDING = frozenset(
    "stands stood stand remains remained rose risen rises climbed came comes grew now".split()
)
_HEDGING = frozenset("now then already some about around only more nearly almost over well up".split())


def is_tallied(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """Whether the phrase with the trigger has the number behind it for its count."""
    tokens = sentence.tokens
    if number.quantity.noun is not None and "noun_before" not in number.quantity.flags:
        return False
    last = number.first
    while last > item.last and (
        tokens[last - 1].tag in ("adv", "quote") or tokens[last - 1].lower in _HEDGING
    ):
        last -= 1
    link = last - 1 if last > item.last else number.first - 1
    if link < item.last or link - item.last > 10:
        return False
    word = tokens[link].lower
    if word not in _LINKS and word not in _NUMBERING:
        return False
    if any(token.tag in ("punct", "quote", "sub", "rel", "modal") for token in tokens[item.last : link]):
        return False
    head = tally_head(tokens, item)
    if head is None:
        return False
    if word in _NUMBERING:
        return link == item.last or _is_phrase(tokens[item.last : link])
    if word in ("is", "was"):
        return tokens[head].lower in TALLIES
    put = any(token.lower in PUTTING for token in tokens[max(0, head - 4) : head])
    return put or tokens[link - 1].lower in _STANDING or tokens[link - 1].lower in PUTTING


_LINKS = frozenset(("at", "to", "is", "was"))


def _is_phrase(between: Sequence[Token]) -> bool:
    """ "on the island", "families": what still belongs to the noun."""
    return all(token.tag in ("word", "cap", "prep", "det", "poss", "adv") for token in between)


def tally_head(tokens: Sequence[Token], item: Found) -> int | None:
    """Where the phrase begins that a trigger says something of: at "number of", "those", or a noun."""
    first = item.first
    follow = tokens[item.last] if item.last < len(tokens) else None
    if follow is not None and follow.tag == "word" and is_plural(follow.text):
        # "displaced families", "the count of wrecked houses"
        if item.trigger.form not in (None, "participle") or (first and tokens[first - 1].tag == "be"):
            return None
    elif first and (
        tokens[first - 1].tag in ("have", "be", "adv", "rel", "neg") or tokens[first - 1].lower in _WHOM
    ):
        while first and tokens[first - 1].tag in ("have", "be", "adv", "rel", "neg"):
            first -= 1
        noun = tokens[first - 1] if first else None
        if noun is None or not (noun.lower in _WHOM or (tokens[first].tag == "rel" and is_plural(noun.text))):
            return None
        first -= 1
    elif not first or not is_plural(tokens[first - 1].text) or item.trigger.form not in (None, "participle"):
        return None
    for position in range(first, max(-1, first - 6), -1):
        if tokens[position].lower in TALLIES and tokens[position + 1].lower in ("of", "for"):
            return position
        if position < first and tokens[position].tag not in ("word", "cap", "det", "prep", "poss"):
            break
    return first


_WHOM = frozenset("those people persons civilians".split())


def is_told_before(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "puts at 19 the number of those who perished", "revised, from 22 to 36, the number of dead"."""
    tokens, first = sentence.tokens, number.first
    opening = number.last + (number.last < len(tokens) and tokens[number.last].text == ",")
    if not first or tokens[first - 1].lower not in ("to", "at"):
        return False
    if item.trigger.kind == "label":
        head: int | None = item.first - (tokens[item.first - 1].lower == "the")
    else:
        head = tally_head(tokens, item)
        if head is not None and tokens[head].lower not in TALLIES and tokens[head].lower not in _WHOM:
            return False
        head = head if head is None or tokens[head - 1].lower != "the" else head - 1
    if head is None or not opening <= head <= opening + 1:
        return False
    return any(token.lower in PUTTING for token in tokens[max(0, first - 7) : first - 1])


def is_numbered(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "the number of civilians who have died in the siege has reached 12", "the number of those taken into
    custody was put at 88", "raises to 509 the number of men killed": what befell whom the label counts."""
    if not sentence.whole.words.isdisjoint(_NUMBER_NOUNS) and (opening := _number_of(sentence, item)):
        if item.first >= number.last:
            return opening - number.last <= 2 and is_raised_to(sentence, number)
        return opening < number.first and is_labelled(sentence, number, _with_tail(sentence, item))
    return False


_NUMBER_NOUNS = frozenset("number count tally total list".split())
_FARTHEST_NUMBER = 12


def _number_of(sentence: NumberSentence, item: Found) -> int:
    """Where "number of" stands before the verb that befell those counted, or 0."""
    tokens, position = sentence.tokens, item.first - 1
    if item.trigger.form not in (None, "past", "participle"):
        return 0
    while position > 0 and tokens[position].tag in ("have", "be", "adv"):
        position -= 1
    if position > 0 and tokens[position].tag == "rel":
        position -= 1
    elif item.trigger.form is not None and (position < item.first - 1 or item.trigger.kind == "intransitive"):
        return 0  # "the number of troops had fallen"
    first = position
    while position > 1 and first - position < _FARTHEST_NUMBER and tokens[position].tag in _COUNTED_TAGS:
        position -= 1
    named = position < first and tokens[position].lower == "of"
    return position - 1 if named and tokens[position - 1].lower in _NUMBER_NOUNS else 0


_COUNTED_TAGS = frozenset(("word", "cap", "det", "poss", "pron"))


def _with_tail(sentence: NumberSentence, item: Found) -> Found:
    """A verb with what completes it: "taken into custody"."""
    last = matches(sentence.tokens, item.last, item.trigger.tail) if item.trigger.tail else item.last
    return Found(item.trigger, item.first, last or item.last)

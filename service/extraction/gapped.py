"""Figures whose verb and noun are left out because another figure of the sentence has them: "France sent 300
soldiers and Italy 200", "5.6 percent after 4.9 in 2022"."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from service.extraction.countables import counts
from service.extraction.figures import Counted, NumberAt, NumberSentence
from service.extraction.lexicon import QuantityEntry, lexicon, signed
from service.extraction.phrases import is_past
from service.extraction.tokens import Token

# They may stand before a bare number: "would concede only 800", "as many as 1,200".
ONLY = frozenset("only just merely barely some as many another a further no more than still roughly".split())


def entry_of(item: Counted) -> QuantityEntry:
    return next(entry for entry in lexicon().quantities if entry.predicate == item.predicate)


_MORE = frozenset(("another", "a", "further", "perhaps", "only", "just"))
_WAS = frozenset(("is", "was", "are", "were"))
_BEFORE = frozenset(("after", "from", "against"))
_THAN_BEFORE = [
    phrase.split()
    for phrase in ("compared with", "compared to", "up from", "down from", "higher than", "lower than")
]
_FROM = [phrase.split() for phrase in ("from", ", up from", ", down from", "up from", "down from")]
_STATED = frozenset(("measure", "label", "after", "active", "intransitive", "passive", "listed"))


def again(sentence: NumberSentence, position: int, used: dict[int, Counted]) -> Counted | None:
    """The verb left out the second time: "lost two soldiers in May and four more in June", "France sent
    300 soldiers and Italy 200", "5.6 percent after 4.9 percent in 2022"."""
    tokens, number = sentence.tokens, sentence.numbers[position]
    last = position - 1
    while last >= 0 and last not in used and _is_aside(sentence, last, number):
        last -= 1
    owner = used.get(last)
    if owner is None or owner.pattern == "included":
        return None
    share = owner.predicate == "vote_share" and _is_share(number)
    if share and "seats" in sentence.tokens.lowers[max(0, number.first - 4) : number.first]:
        return None  # "to 20.8 percent and its seats from six to 15"
    if number.quantity.kind != owner.quantity.kind and not share:
        return None
    if number.quantity.kind == "money" and not is_near(owner, number):
        return None  # "31 euros a share, which values the firm at 4.8 billion"
    bare = number.quantity.noun is None or "noun_before" in number.quantity.flags
    if owner.quantity.kind == "count" and not (bare and _counts_bare(entry_of(owner), number, tokens)):
        return None
    start = max(owner.last, owner.trigger_last if owner.trigger_first < number.first else 0)
    start = max(start, sentence.numbers[position - 1].last)
    if tokens[start].text == ")":
        start += 1
    between = tokens[start : number.first]
    if not between or number.first == 0:
        return None
    rate = number.quantity.kind in ("money", "percent") or owner.predicate in ("inflation", "economic_growth")
    told = (rate and owner.pattern in _STATED) or share
    counted = bare and owner.quantity.kind == "count"
    named = None
    if not (
        (counted and elsewhere(tokens, number) and len(between) < (14 + 10 * _is_placed(tokens, owner)))
        or _is_former(sentence, number, between, told)
        or (told and _is_told(sentence, start, number, owner))
        or (tokens[number.first - 1].text == "," and _according(tokens, start, number.last))
    ):
        named = _another(tokens, start, number) if told or not _is_rated(number) else None
        if named is None:
            return None
    elif tokens[number.first - 1].text == "(":
        named = _bracketed(tokens, start, number.first - 1)
    moved = _moves_on(sentence, start, number, owner) if owner.predicate in signed() else 0
    return msgspec.structs.replace(
        owner,
        quantity=number.quantity,
        pattern="listed",
        first=number.first,
        last=number.last,
        owner=named,
        sign=moved or owner.sign,
    )


def _is_share(number: NumberAt) -> bool:
    """Whether a bare number may be a share: "got 23.4 percent, and the far right 18.9"."""
    quantity = number.quantity
    return quantity.kind == "count" and quantity.noun is None and 0 < (quantity.amount or 0) <= 100


def _is_former(sentence: NumberSentence, number: NumberAt, between: Sequence[Token], told: bool) -> bool:
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
        # "19 lives, more than double the eight reported a week ago"
        or (any(pair in _TIMES for pair in pairwise(lowers)) and len(lowers) < 9)
    )


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


def _is_told(sentence: NumberSentence, start: int, number: NumberAt, owner: Counted) -> bool:
    """Money and shares that are told again: "145% in one year and 39% since January", "52 percent to his
    46", "well below the 0.6% of June"."""
    tokens, first = sentence.tokens, number.first
    if tokens[first - 1].lower == "the":
        first -= 1  # "from the 4.1% of May"
    before, ahead = tokens[first - 1].lower, tokens[first - 2].lower
    follow = tokens[number.last].tag if number.last < len(tokens) else ""
    if owner.predicate in _PRICES and _is_joined(tokens, start, number, owner):
        return True
    if before == "and":
        behind = number.last + 2 * (tokens.lowers[number.last : number.last + 2] == ["so", "far"])
        soon = any(p in sentence.dated for p in range(behind, min(behind + 2, len(tokens))))
        later = tokens.lowers[number.last : number.last + 1] in (["next"], ["previously"])
        return soon or later or follow == "prep" or _is_receiver(tokens, number.last, owner)
    if before == ",":
        return _is_receiver(tokens, number.last, owner)
    if before == "from":
        return number.first - start < 7 or ahead == ","
    if before == "of":
        return ahead in ("peak", "high", "low", "record")  # "from a peak of 75.5"
    if before == "(":
        return tokens[first - 2].tag == "cap"  # "the Netherlands (€250m), the World Bank ($140m)"
    if before in ("his", "her", "their", "its"):
        return ahead == "to"
    if tokens[first - 1].tag == "poss":  # "52 percent to Costa's 46"
        near = tokens.lowers[max(start, first - 6) : first]
        return owner.predicate == "vote_share" and not _COMPARED.isdisjoint(near)
    if before == "to" and first - 1 == start and tokens[owner.first - 1].lower == "from":
        return True
    return before in ("below", "above", "than") or bool(_moves_on(sentence, start, number, owner))


_PRICES = frozenset(("price", "price_change"))
_COMPARED = frozenset("to against with over than".split())
_JOINTS = frozenset(", ; and or but".split())


def _is_joined(tokens: Sequence[Token], start: int, number: NumberAt, owner: Counted) -> bool:
    """ "tickets were $30, $40 or $50", "$190 in Wales; $160 in Fife", "by 50% against the euro and by only
    30% against the yen"."""
    last = number.first
    while last > start and tokens[last - 1].lower in ONLY:
        last -= 1
    by = tokens[last - 1].lower == "by"
    if by and tokens[owner.first - 1].lower != "by" and owner.predicate != "price_change":
        return False
    last -= by
    ends = number.last >= len(tokens) or tokens[number.last].tag in _AFTER_GAPPED
    if not ends or last <= start or tokens[last - 1].lower not in (*_JOINTS, "as"):
        return False
    if by or all(token.lower in _JOINTS for token in tokens[start:last]):
        return last - start < _FARTHEST_JOINT
    placed = tokens[start].tag == "prep" and all(
        token.tag in ("det", "cap") for token in tokens[start + 1 : last - 1] if token.lower not in _JOINTS
    )
    return placed and last - start < _FARTHEST_JOINT


_FARTHEST_JOINT = 10


def _is_receiver(tokens: Sequence[Token], position: int, owner: Counted) -> bool:
    """ "$10,000 is to go to each family, $2,000 to the injured"."""
    given = owner.predicate == "aid_pledged" and position < len(tokens)
    return given and tokens[position].lower in ("to", "for")


def is_near(item: Counted, number: NumberAt) -> bool:
    """Whether both figures are of one size."""
    one = item.quantity.amount or item.quantity.lower or 1
    other = number.quantity.amount or number.quantity.lower or 1
    return one < other * _TIMES_AS_MUCH and other < one * _TIMES_AS_MUCH


_TIMES_AS_MUCH = 1000


def _moves_on(sentence: NumberSentence, start: int, number: NumberAt, owner: Counted) -> int:
    """ "fell to 4% in May before rising to 5.3% in June": the sign of another verb of change for the same
    thing, or 0."""
    if sentence.tokens[number.first - 1].lower not in ("to", "at", "by"):
        return 0
    signs = (
        item.trigger.sign
        for item in sentence.triggers(("measure",), start, number.first)
        if number.first <= item.last + 3
        and lexicon().quantities[item.trigger.entry].predicate == owner.predicate
    )
    return next(signs, 0)


_TIMES = frozenset((times, "the") for times in ("double", "twice", "triple", "half", "thrice"))
_PUT = frozenset(
    "at by to give gives gave pay pays paid with had has on of won got counted counts lost sent "
    "gave took polled scored".split()
)


def _another(tokens: Sequence[Token], start: int, number: NumberAt) -> tuple[int, int] | None:
    """The other subject whose verb is left out: ", and Italy 200", "; the Chinese at 6.5", "the police of
    35,000", "and Britain, after some hesitation, 90 million"."""
    last = number.first
    while last > start + 1 and tokens[last - 1].lower in ONLY:
        last -= 1
    if tokens[last - 1].lower in _PUT:
        last -= 1
        if tokens[last - 1].text == "," and tokens[last - 2].tag == "cap":
            last -= 1  # "and Italy, with a thousand,"
    if tokens[last - 1].text == "," and tokens[last - 2].tag == "poss":
        last -= 1  # "Oslo's answer was $37 million; Lima's, ten million"
    if tokens[last - 1].text == ",":  # an aside before the number
        opening = next((p for p in range(last - 2, max(start, last - 14), -1) if tokens[p].text == ","), None)
        if opening is None or tokens[opening + 1].tag not in ("rel", "prep", "sub"):
            return None
        last = opening
    first = last
    while first > start and last - first < 8 and _in_name(tokens, first - 1, first < last):
        first -= 1
    if first < last and tokens[last - 1].tag == "word" and is_past(tokens[last - 1]):
        return None  # "and the panel chose 12"
    named = first < last and (
        tokens[last - 1].tag in ("cap", "poss")
        or (tokens[first].tag in ("det", "cap") and tokens[last - 1].tag == "word")
        or (tokens[first].lower in ("in", "at") and tokens[first + 1].tag == "det")  # "and in the north 90"
    )
    if not named or first == start or tokens[first - 1].lower not in _BETWEEN_SUBJECTS:
        return None
    ends = number.last >= len(tokens) or tokens[number.last].tag in _AFTER_GAPPED
    if not ends or any(token.tag == "quote" for token in tokens[start:first]) or first - start > 30:
        return None
    ahead = tokens[first].lower == "ahead" and tokens[first + 1].lower == "of"
    return first + 2 * ahead, last


def _bracketed(tokens: Sequence[Token], start: int, last: int) -> tuple[int, int] | None:
    """The name right before a bracket: "the World Bank ($140m)"."""
    first = last
    while first > start and tokens[first - 1].tag == "cap":
        first -= 1
    return (first, last) if first < last else None


def _in_name(tokens: Sequence[Token], position: int, inside: bool) -> bool:
    token = tokens[position]
    if token.tag == "prep":
        return inside and token.lower in ("of", "for", "in", "from")
    return token.tag in ("cap", "det", "word", "poss")


_BETWEEN_SUBJECTS = frozenset(("and", ",", ";", "while", "whereas", "but", "though", "although"))
_AFTER_GAPPED = frozenset(("punct", "prep", "conj", "quote", "sub", "modal"))


def _counts_bare(entry: QuantityEntry, number: NumberAt, tokens: Sequence[Token]) -> bool:
    """Whether the owner's predicate can count a figure without a noun."""
    return entry.counts == "soldiers" or counts(entry, number.quantity, tokens, number)


def _according(tokens: Sequence[Token], *positions: int) -> bool:
    """ "6.8 according to the survey, 6.5 according to Geofon"."""
    return all([token.lower for token in tokens[p : p + 2]] == ["according", "to"] for p in positions)


def _is_rated(number: NumberAt) -> bool:
    """Whether a bare number is no whole one, so that it counts nobody."""
    amount = number.quantity.amount
    return amount is not None and amount != int(amount) and amount > _STRONGEST


_STRONGEST = 10


def elsewhere(tokens: Sequence[Token], number: NumberAt) -> bool:
    """Whether a bare number in a list stands before a place: ", two in Kabwum"."""
    follow = tokens[number.last : number.last + 2]
    first = number.first
    while first > 1 and tokens[first - 1].lower in ONLY:
        first -= 1  # "and another 14 in Brest"
    if tokens[first - 1].lower not in (",", "and", ":", "plus") or not follow:
        return False
    if follow[0].lower in ("abroad", "elsewhere", "overseas"):
        return True
    if [token.lower for token in follow] == ["on", "the"]:
        return True  # "all 53 on board and two on the ground"
    return (
        len(follow) == 2
        and follow[0].lower in ("in", "at", "near", "from", "outside")
        and (follow[1].tag == "cap" or follow[1].lower in _PLACES)
    )


def _is_placed(tokens: Sequence[Token], owner: Counted) -> bool:
    """ "620 are in Finland, where …, and 450 in Germany": of places."""
    ahead = owner.last + (owner.last < len(tokens) and tokens[owner.last].tag == "be")
    return ahead + 1 < len(tokens) and tokens[ahead].lower == "in" and tokens[ahead + 1].tag == "cap"


_PLACES = frozenset(
    "the a an another neighbouring neighboring nearby northern southern eastern western central "
    "northeastern northwestern southeastern southwestern north-eastern north-western south-eastern "
    "south-western north-east south-east north-west south-west rural coastal upper lower".split()
)


def _is_aside(sentence: NumberSentence, position: int, later: NumberAt) -> bool:
    """ "100 million pounds ($164 million), Norway …", "climbed 820 points, or 1.7%, to 49,824": told in
    another unit."""
    number, tokens = sentence.numbers[position], sentence.tokens
    before = tokens[number.first - 1].lower if number.first else ""
    return before in ("(", "or") or number.quantity.kind != later.quantity.kind

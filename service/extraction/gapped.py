"""Figures whose verb and noun are left out because another figure of the sentence has them: "France sent 300
soldiers and Italy 200", "5.6 percent after 4.9 in 2022"."""

from collections.abc import Sequence

import msgspec

from service.extraction.compared import is_former
from service.extraction.countables import counts
from service.extraction.figures import Counted, NumberAt, NumberSentence
from service.extraction.lexicon import QuantityEntry, lexicon, signed
from service.extraction.measures import has_label
from service.extraction.phrases import is_past
from service.extraction.tokens import Token

# They may stand before a bare number: "would concede only 800", "as many as 1,200".
ONLY = frozenset("only just merely barely some as many another a further no more than still roughly".split())


def entry_of(item: Counted) -> QuantityEntry:
    return next(entry for entry in lexicon().quantities if entry.predicate == item.predicate)


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
    if share and "seats" in sentence.whole.lowers[max(0, number.first - 4) : number.first]:
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
        or is_former(sentence, number, between, told)
        or (told and _is_told(sentence, start, number, owner))
        or (tokens[number.first - 1].text == "," and _according(tokens, start, number.last))
        or (counted and _as_others_say(between, tokens[number.last : number.last + 1]))
    ):
        named = _another(tokens, start, number) if told or not _is_rated(number) else None
        if named is None and told and owner.predicate in _PRICES:
            named = _alike(sentence, start, number, entry_of(owner))
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
        behind = number.last + 2 * (sentence.whole.lowers[number.last : number.last + 2] == ["so", "far"])
        soon = any(p in sentence.dated for p in range(behind, min(behind + 2, len(tokens))))
        later = sentence.whole.lowers[number.last : number.last + 1] in (["next"], ["previously"])
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
    if before == "now":
        return ahead in _NOW and owner.predicate == "price"  # "cost $3 a year ago and is now $5"
    if tokens[first - 1].tag == "poss":  # "52 percent to Costa's 46"
        near = sentence.whole.lowers[max(start, first - 6) : first]
        return owner.predicate == "vote_share" and not _COMPARED.isdisjoint(near)
    if before == "to" and first - 1 == start and tokens[owner.first - 1].lower == "from":
        return True
    return before in ("below", "above", "than") or bool(_moves_on(sentence, start, number, owner))


_NOW = frozenset(("is", "are", "and", ","))
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
    before = sentence.tokens[number.first - 1].lower
    if before not in ("to", "at", "by") or (before == "to" and owner.predicate == "price_change"):
        return 0  # "the index lost 1 percent and the yield leapt to 4 percent"
    signs = (
        item.trigger.sign
        for item in sentence.triggers(("measure",), start, number.first)
        if number.first <= item.last + 3
        and lexicon().quantities[item.trigger.entry].predicate == owner.predicate
    )
    return next(signs, 0)


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


def _alike(
    sentence: NumberSentence, start: int, number: NumberAt, entry: QuantityEntry
) -> tuple[int, int] | None:
    """ "bread rose 24 percent and milk by 11 percent": another thing that has a price."""
    tokens, last = sentence.tokens, number.first
    while last > start + 1 and (tokens[last - 1].lower in ONLY or tokens[last - 1].lower == "by"):
        last -= 1
    ends = number.last >= len(tokens) or tokens[number.last].tag in _AFTER_GAPPED
    if not ends or last < start + 2 or tokens[last - 2].lower not in _BETWEEN_SUBJECTS:
        return None
    return (last - 1, last) if has_label(sentence, entry, last - 1, last) else None


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


def _as_others_say(between: Sequence[Token], follow: Sequence[Token]) -> bool:
    """ "12 people died, according to the army, and according to the rebels 30"."""
    lowers = [token.lower for token in between if token.tag not in ("conj", "punct")]
    ends = not follow or follow[0].tag == "punct"
    return ends and lowers[:2] == ["according", "to"] and 2 < len(lowers) < 8


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
    another unit, or what counts nothing."""
    number, tokens = sentence.numbers[position], sentence.tokens
    before = tokens[number.first - 1].lower if number.first else ""
    return before in ("(", "or") or number.quantity.kind != later.quantity.kind or not number.may

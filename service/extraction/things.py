"""What a figure prices ("Brent crude", "a loaf of bread"), counts as ordered ("jets"), is paid, given or put
into, or whose price it caps."""

from service.extraction.actors import verb_before
from service.extraction.figures import Counted
from service.extraction.fillers import Range
from service.extraction.phrases import Clauses, is_past
from service.extraction.roles import phrase_after
from service.extraction.subjects import subject_of
from service.extraction.ties import before_object
from service.extraction.tokens import inflections

_PRICED = frozenset(("price", "price_change"))
_PRICE_NOUNS = frozenset("price prices cost costs rate".split())
# Labels that are verbs: what is priced is their subject.
_COSTING = frozenset("cost costs costing fetched paying paid worth bought buys buying priced".split()) | {
    "which cost", "that cost", "would cost", "will cost", "sticker said", "tag said", "is worth",
    "worth about",
}  # fmt: skip
_NAMING = (["in"], ["of"])
_PEAKS = frozenset(("high of", "low of", "peak of", "close of", "level of", "all-time high of"))
_COSTING_AT = frozenset("at for from around near above below about".split())
# They complete a label: "wheat futures", "house prices".
_TRADED = frozenset("futures prices shares stock stocks bonds index".split())
# Words that name no thing by themselves.
_EMPTY = _PRICE_NOUNS | frozenset(
    "of these the a an its their his her same order orders unit units it offers offer".split()
)


def thing_of(clauses: Clauses, item: Counted) -> str | None:
    tokens = clauses.tokens
    span: Range | None = None
    if item.predicate == "units_ordered":
        counted = range(item.first, item.last)
        start = next((p for p in counted if tokens[p].start >= item.quantity.end), item.last)
        span = (start, item.last)
        if span == (item.last - 1, item.last) and tokens[item.last - 1].lower in ("order", "orders"):
            span = _behind(clauses, item.last, ("for", "of")) or span  # "584 orders for the Dreamliner"
    elif item.predicate in _PRICED:
        span = item.owner or _priced(clauses, item)
    elif item.predicate == "aid_pledged":
        span = _recipient(clauses, item)
    elif item.predicate == "contract_value":
        span = _bought(clauses, item)
    elif item.predicate == "price_cap_duration":
        span = _capped(clauses, item)
    elif item.predicate == "investment":
        span = _behind(clauses, item.last, ("into",))
    if span is None:
        return None
    first, last = span
    while first < last and tokens[first].lower in ("of", "these", "those", "more", "other"):
        first += 1
    while first < last and tokens[last - 1].tag in ("prep", "punct", "poss", "be", "have", "modal"):
        last -= 1
    words = tokens[first:last]
    if not 0 < len(words) <= 8 or all(
        token.lower in _EMPTY or token.tag in ("num", "punct") for token in words
    ):
        return None
    return clauses.text[tokens[first].start : tokens[last - 1].end]


def _recipient(clauses: Clauses, item: Counted) -> Range | None:
    """ "promised Kyiv 1 billion euros", "$2 million in aid for the clinics", "aid for Ukraine to $28m"."""
    tokens = clauses.tokens
    if item.trigger_last < item.first:
        stop = item.first
        while stop > item.trigger_last and before_object(tokens, stop - 1):
            stop -= 1
        if (
            item.pattern == "active"
            and stop > item.trigger_last
            and tokens[item.trigger_last].tag in ("cap", "det", "word")
        ):
            return item.trigger_last, stop
        found = _behind(clauses, item.trigger_last, ("for", "to"))
        if found is not None and found[1] < item.first:
            return found
    return _behind(clauses, max(item.last, item.trigger_last), ("to", "for"))


_BUYING = frozenset(
    form for verb in ("buy", "acquire", "purchase", "swallow", "take over") for form in inflections(verb)
) | frozenset(("took over", "bought up", "snapped up"))
_FARTHEST_BUYING = 16


def _bought(clauses: Clauses, item: Counted) -> Range | None:
    """ "agreed to buy its rival for 3 billion francs", "is to acquire Sprint in a $26bn deal"."""
    tokens = clauses.tokens
    for position in range(item.first - 1, max(-1, item.first - _FARTHEST_BUYING), -1):
        if tokens[position].tag == "quote" or tokens[position].text == ";":
            return None
        pair = " ".join(token.lower for token in tokens[position : position + 2])
        if tokens[position].lower in _BUYING or pair in _BUYING:
            start = position + 1 + (pair in _BUYING)
            found = phrase_after(clauses, start) if tokens[start].tag in ("cap", "det", "word") else None
            return found if found is not None and found[1] <= item.first else None
    return None


_TARIFFS = frozenset("price prices rents fares tariffs rates".split())


def _capped(clauses: Clauses, item: Counted) -> Range | None:
    """ "froze the price of bread for 90 days", "a freeze on pump prices": whose price it is."""
    tokens = clauses.tokens
    told = [p for p in range(min(item.trigger_first, item.first)) if tokens[p].lower in _TARIFFS]
    told += [p for p in range(item.trigger_last, item.first) if tokens[p].lower in _TARIFFS]
    if not told:
        return None
    position = told[-1]
    if tokens[position + 1].lower == "of":
        return phrase_after(clauses, position + 2)
    first = position
    while first and tokens[first - 1].tag in ("word", "cap"):
        first -= 1
        if is_past(tokens[first]) or tokens[first].lower.endswith("ing"):
            first += 1
            break
    return first, position + 1


def _behind(clauses: Clauses, first: int, preps: tuple[str, ...]) -> Range | None:
    """The phrase after one of these prepositions, within a few words and the clause."""
    tokens = clauses.tokens
    for position in range(first, min(first + 6, len(tokens) - 1)):
        if tokens[position].lower in preps:
            modal = tokens[position].lower == "to" and tokens[position + 1].tag == "word"
            follow = tokens[position + 1]
            if modal and follow.lower in ("help", "support", "assist", "rebuild", "feed", "fund", "buy"):
                return phrase_after(clauses, position + 2) if follow.lower != "buy" else None
            return phrase_after(clauses, position + 1) if follow.tag in ("cap", "det", "word") else None
        if tokens[position].tag in ("punct", "sub", "rel", "quote", "conj"):
            return None
    return None


def _priced(clauses: Clauses, item: Counted) -> Range | None:
    tokens, first, last = clauses.tokens, item.trigger_first, item.trigger_last
    if item.pattern == "active":
        return _behind(clauses, max(item.last, last), ("for",))  # "pay 80 rupees for a kilo of onions"
    if first > item.first and tokens[first].lower == "for":
        return phrase_after(clauses, first + 1)
    if (
        item.predicate == "price_change"
        and first > item.first
        and clauses.whole.lowers[last : last + 1] in _NAMING
    ):
        return phrase_after(clauses, last + 1)  # "a 4% fall in the pound"
    moved = tokens[first].lower in ("up", "down") and first > 1 and tokens[first - 1].lower in _TRADED
    if moved:
        last = first  # "sent its shares down 4%"
    elif first > item.first or tokens[first].tag not in ("word", "cap") or item.lemma in _PEAKS:
        verb = verb_before(clauses, min(first, item.first))
        return subject_of(clauses, verb) if verb else None
    noun = tokens[first].lower in _PRICE_NOUNS
    of = last - 1 if tokens[last - 1].lower == "of" else last
    if noun and of + 1 < item.first and tokens[of].lower == "of":
        return phrase_after(clauses, of + 1)
    costs = item.lemma in _COSTING or item.lemma.split()[-1] in _COSTING_AT
    if item.predicate == "price" and item.pattern != "measure" and costs:
        # "a barrel of Brent costs $91"
        subject = subject_of(clauses, first) if tokens[first].tag == "word" else None
        if subject is not None and subject[1] <= first:
            return subject
    while (
        first and tokens[first - 1].tag in ("word", "cap", "poss", "det") and not is_past(tokens[first - 1])
    ):
        first -= 1
        if tokens[first].tag == "det":
            break  # "suggest the average price"
    while last < len(tokens) and tokens[last].lower in _TRADED:
        last += 1
    return first, last

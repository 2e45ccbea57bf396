"""Figures that a verb between a label and a number states, changes and levels alike: "prices fell 5%",
"shares closed at $23", "crude rose 0.4% to $90"."""

from collections.abc import Sequence

from service.extraction.figures import NumberAt, NumberSentence
from service.extraction.lexicon import QuantityEntry, lexicon
from service.extraction.ties import BEFORE_OBJECT
from service.extraction.tokens import Token, inflections
from service.extraction.triggers import Found

# What rises and falls beside a price; a change behind one of these is its own.
OTHERS = frozenset(
    "sales revenue revenues profit profits earnings income exports imports output production volumes "
    "deliveries turnover orders traffic inflation gdp economy growth unemployment joblessness wages vote "
    "votes support population export import volume demand supply consumption numbers".split()
)
_CLAUSES = frozenset("; : and but while whereas that".split())
_QUOTED = frozenset(
    "inflation unemployment joblessness wages gdp yen yuan euro dollar pound rouble ruble lira peso rupee "
    "won koruna zloty krone krona franc real rate rates tax duty index shares share stock stocks price "
    "prices rent rents bourse exchange dow nasdaq nikkei crude brent oil gas gold currency sterling deficit "
    "debt tariffs tariff costs yield yields stake stakes holding shareholding rating ratings approval "
    "turnout favorability".split()
)
_TARGETS = frozenset(
    "a an the record new high low year-high all-time about around just some nearly almost over key "
    "psychological symbolic".split()
)


def measured(sentence: NumberSentence, number: NumberAt, item: Found) -> int | None:
    """The sign of the change that a verb between label and number states: "prices fell 5%" is -1."""
    tokens = sentence.tokens
    if number.first - item.last > 22:
        return None
    entry = lexicon().quantities[item.trigger.entry]
    if entry.predicate == "price" and tokens[number.first - 1].lower in ("up", "down"):
        return None  # "closed down $3": by how much
    if entry.predicate == "price_change" and _others(tokens[item.last : number.first]):
        return None
    moved = (
        entry.predicate == "economic_growth"
        and sentence.whole.lowers[item.last : number.first] in _UP_OR_DOWN
    )
    if moved and tokens[item.first - 1].lower != "of":  # but "a deficit of 2 percent of gdp, down a half"
        return 1 if tokens[number.first - 1].lower == "up" else -1  # "the economy, down 4 percent last year,"
    apposed = entry.predicate != "price_change" and is_apposed(sentence, number, item.last)
    best = 1 if apposed else _moved(sentence, number, item, entry)
    for other in sentence.triggers(("measure",), item.last, number.first, entry):
        if _is_closed(sentence, item.last, other.first) or _of_another(tokens, item.last, other.first):
            continue
        if other.trigger.lemma == "average" and tokens[other.first - 1].tag == "det":
            continue  # "contracted by an average of 6 percent"
        if other.trigger.lemma in entry.measures.get("to", ()):
            states = _leads_to(sentence, number, other.last)
        else:
            level = other.trigger.lemma in entry.measures.get("level", ())
            states = _states(tokens[other.last : _behind_or(sentence, number, other.last)], level) or (
                level and other.last < number.first - 3 and _leads_to(sentence, number, other.last)
            )  # "finished down 2.7 percent at $11.77"
        if states:
            best = other.trigger.sign
    if best is None and entry.predicate == "price" and _is_passed(sentence, number, item.last):
        return 1
    return best


def _is_closed(sentence: NumberSentence, first: int, last: int) -> bool:
    """Whether another clause or what somebody says begins in these tokens."""
    return any(
        token.tag == "quote"
        or token.text == ";"
        or (token.tag == "sub" and token.lower not in ("since", "than") and position not in sentence.busy)
        for position, token in enumerate(sentence.tokens[first:last], first)
    )


def _is_passed(sentence: NumberSentence, number: NumberAt, first: int) -> bool:
    """ "oil set a new record above $50", "carried prices past the $50 mark": a level that stands behind its
    preposition, whatever the verb."""
    tokens, position = sentence.tokens, number.first
    while position > first and tokens[position - 1].lower in _TARGETS:
        position -= 1
    hedged = tokens[number.first].lower in _PASSED
    if not hedged and (position <= first or tokens[position - 1].lower not in _PASSED):
        return False
    between = tokens[first : number.first]
    return len(between) < _FARTHEST_LEVEL and not (
        _is_closed(sentence, first, number.first) or any(token.tag in ("rel", "conj") for token in between)
    )


_PASSED = frozenset("above below past beyond near through toward towards".split())
_FARTHEST_LEVEL = 12


_UP_OR_DOWN = ([",", "up"], [",", "down"])
_APART = frozenset("while whereas unemployment joblessness wages".split())


def is_apart(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "the economy shrank, while unemployment rose to 6.2 percent": something else begins in between."""
    return any(token.lower in _APART for token in tokens[first:last])


def is_apposed(sentence: NumberSentence, number: NumberAt, first: int) -> bool:
    """ "the annual rate, 4.1 percent in June, climbed": between a label and what is said of it. `first` is
    one past the label."""
    tokens = sentence.tokens
    if tokens[number.first - 1].text not in (",", "(") or number.first - first > 7:
        return False
    if any(
        token.tag not in ("prep", "det", "num", "word", "cap") for token in tokens[first : number.first - 1]
    ):
        return False
    if number.first - first > 1 and tokens[first].tag != "prep":
        return False
    closing = next(
        (p for p in range(number.last, min(len(tokens), number.last + 7)) if tokens[p].text in _CLOSE), 0
    )
    return closing > 0 and all(
        p in sentence.dated or tokens[p].tag in ("prep", "det") for p in range(number.last, closing)
    )


_CLOSE = frozenset((",", ")"))


def _of_another(tokens: Sequence[Token], first: int, verb: int) -> bool:
    """ "sales grew and profit rose to $8m": the verb has a subject of its own."""
    if is_apart(tokens, first, verb):
        return True
    return (
        verb - first > 1
        and tokens[verb - 1].lower in OTHERS
        and any(token.lower in ("and", "but") for token in tokens[max(first, verb - 4) : verb - 1])
    )


def _moved(sentence: NumberSentence, number: NumberAt, item: Found, entry: QuantityEntry) -> int | None:
    """ "raised the price of diesel by 15 percent": whoever moves it stands before the label."""
    tokens = sentence.tokens
    first = number.first
    while first > item.last and tokens[first - 1].lower in (*BEFORE_OBJECT, "average"):
        first -= 1
    if tokens[first - 1].lower != "by" or number.first - item.last > 9 or sentence.lowers.isdisjoint(_MOVING):
        return None
    if any(token.tag in ("punct", "quote", "sub", "rel", "be") for token in tokens[item.last : first]):
        return None
    for other in sentence.triggers(("measure",), 0, item.first, entry):
        if (
            other.trigger.lemma
            in ("raise", "lift", "increase", "push up", "cut", "lower", "reduce", "devalue")
            and other.last <= item.first <= other.last + 4
            and other.trigger.lemma in entry.measures.get("up" if other.trigger.sign > 0 else "down", ())
            and all(token.tag in ("det", "word", "cap", "poss") for token in tokens[other.last : item.first])
        ):
            return other.trigger.sign
    return None


_MOVING = frozenset(
    form
    for verb in ("raise", "lift", "increase", "push", "cut", "lower", "reduce", "devalue")
    for form in inflections(verb)
)


def _states(between: Sequence[Token], level: bool) -> bool:
    lowers = [token.lower for token in between]
    if lowers[:2] == [",", "by"]:
        between = between[1:]  # "had shrunk, by 1.3 percent,"
    if (not level and lowers[-1:] == ["to"]) or (level and lowers[-1:] == ["by"]):
        return False
    if level and lowers[:1] == ["for"]:
        between = between[1:]  # "traded for 50 cents"
    article = next((position for position, lower in enumerate(lowers) if lower == "a"), len(lowers))
    if all(token.tag in ("word", "adv") for token in between[article + 1 :]):
        between = between[:article]  # "rose a seasonally adjusted 0.5%", "by a milder 0.2%"
    return len(between) < 8 and all(
        token.lower in BEFORE_OBJECT
        or token.lower in _BEFORE_LEVEL
        or token.tag == "adv"
        or (level and token.lower.endswith(("-year", "-month", "-week")))  # "hit an 18-year high of 23.6%"
        for token in between
    )


_BEFORE_LEVEL = frozenset(
    "by at to record another as much up annual annualised annualized yearly rate pace average high "
    "low".split()
)


def _behind_or(sentence: NumberSentence, number: NumberAt, first: int) -> int:
    """ "lost $2.49, or 9.4 percent": the same change told in another unit stands where the first one does."""
    tokens = sentence.tokens
    for other in sentence.numbers:
        between = [token.lower for token in tokens[other.last : number.first]]
        if first <= other.first < number.first and between in _IN_ANOTHER_UNIT:
            return other.first
    return number.first


_IN_ANOTHER_UNIT = ([",", "or"], ["or"], ["-"], ["–"], ["-", "or"], ["("], ["-", "a"])


def _leads_to(sentence: NumberSentence, number: NumberAt, first: int) -> bool:
    """ "rose 0.4%, or 90 cents, to a record $90": the level after a change."""
    tokens = sentence.tokens
    if number.first - first < 2 and number.quantity.surface.lower().startswith(
        ("below", "above", "under", "over")
    ):
        return True  # "dropped below $30,000"
    position = number.first
    while position > first and tokens[position - 1].lower in _TARGETS:
        position -= 1
    if (
        position <= first
        or tokens[position - 1].lower not in ("to", "past", "beyond", "through", "at")
        or position - first > 12
    ):
        return False
    return not any(
        p not in sentence.busy
        and (
            (token.tag in ("quote", "sub", "rel", "have") and token.lower not in _UNDER) or token.text == ";"
        )
        for p, token in enumerate(tokens[first:position], first)
    )


# "rose 2 percent before currency effects to $3 billion": they open no clause there.
_UNDER = frozenset(("as", "before", "after"))


def is_no_party(tokens: Sequence[Token], verb: int) -> bool:
    """Whether what stands before a verb is no party or candidate: "the yen gained", "tax raised to"."""
    if verb and tokens[verb - 1].lower in OTHERS:
        return True
    for position in range(verb - 1, max(-1, verb - 14), -1):
        lower = tokens[position].lower
        if lower in _QUOTED:
            return True
        if lower in _CLAUSES:
            return False
    return False


def is_of_another(tokens: Sequence[Token], label: int) -> bool:
    """ "exports to the currency area rose", "GDP, in 1981 prices, rose": what rises is before the label."""
    for position in range(label - 1, max(-1, label - 7), -1):
        if tokens[position].lower in OTHERS:
            behind = position + 1 + (tokens[position + 1].text == ",")
            return behind < label and tokens[behind].lower in ("to", "in", "of", "from")
        if tokens[position].tag in ("sub", "conj", "rel", "have", "be", "quote"):
            return False
    return False


def _others(between: Sequence[Token]) -> bool:
    return any(token.lower in OTHERS for token in between)


def is_quoted(sentence: NumberSentence, number: NumberAt, item: Found, entry: QuantityEntry) -> bool:
    """ "Norda rose $2.10, or 30%, to $9.10": a share by its name, with the change and what it led to."""
    tokens, numbers = sentence.tokens, sentence.numbers
    if not item.first or tokens[item.first - 1].tag != "cap" or number.first - item.last > 14:
        return False
    near = [other.quantity for other in numbers if item.last <= other.first <= number.first + 5][:2]
    kinds = ["money" if quantity.noun == "cent" else quantity.kind for quantity in near]
    if sorted(kinds) != ["money", "percent"]:
        return False
    money = near[kinds.index("money")]
    if (money.amount or _DEAREST_SHARE) >= _DEAREST_SHARE:
        return False  # "Revenue rose 6% to $12.4 billion"
    ahead = [token.lower for token in tokens[max(0, number.first - 2) : number.first]]
    if entry.predicate == "price_change":
        told = ahead[-1:] in (["or"], ["by"]) or number.first == item.last
        return number.quantity.kind == "percent" and told
    if tokens[item.first].lower in _CLOSED:
        return ahead[-1:] == ["at"]  # "Norda closed 2 percent up at $9.10"
    changes = item.trigger.lemma in entry.measures.get("to", ())
    return changes and ahead[-1:] == ["to"]


_DEAREST_SHARE = 10_000


_MAKING = frozenset("make makes made making take takes took taking".split())


def has_label(
    sentence: NumberSentence, entry: QuantityEntry, first: int = 0, last: int | None = None
) -> bool:
    """Whether a label of the entry stands in these tokens."""
    stop = len(sentence.tokens) if last is None else last
    return any(True for _ in sentence.triggers(("label",), first, stop, entry))


def changed(sentence: NumberSentence, number: NumberAt, entry: QuantityEntry) -> tuple[int, int, int] | None:
    """Sign and tokens of the words beside a number that make it a change of what the sentence has a label of:
    "4% higher", "up 4%", "a 4% rise in rents", "a 4% price increase"."""
    tokens = sentence.tokens
    if _others(tokens[max(0, number.first - 8) : number.last + 7]):
        return None
    follow = tokens[number.last].lower if number.last < len(tokens) else ""
    for sign, after, acts, before in (
        (1, entry.after_up, entry.acts_up, "up"),
        (-1, entry.after_down, entry.acts_down, "down"),
    ):
        first = _behind_or(sentence, number, 0)  # "up $1.12, or 1.5%"
        made = first > 1 and tokens[first - 2].lower in _MAKING  # "which makes up 36 percent of the index"
        if first and not made and tokens[first - 1].lower == before and has_label(sentence, entry):
            return sign, first - 1, first
        for phrase in after:
            words = phrase.split()
            if sentence.whole.lowers[number.last : number.last + len(words)] != words:
                continue
            costs = words[0] in ("more", "less") and tokens[number.first - 1].lower in _COSTING
            if (
                (costs and not _LEVELS.isdisjoint(sentence.whole.lowers[number.last : number.last + 8]))
                or has_label(sentence, entry, 0, number.first)
                or _has_closed(sentence, number)
            ):
                return sign, number.last, number.last + len(words)
        if sign < 0 and follow == "off":
            taken = not _TAKING_OFF.isdisjoint(sentence.whole.lowers[max(0, number.first - 3) : number.first])
            if taken and has_label(sentence, entry, number.last + 1, number.last + 6):
                return sign, number.last, number.last + 1
        # "prices are 45 percent above last year's", and no "3 percent below their peak"
        beyond = follow == ("above" if sign > 0 else "below") and not _LEVELS.isdisjoint(
            sentence.whole.lowers[number.last : number.last + 6]
        )
        if beyond and has_label(sentence, entry, 0, number.first):
            return sign, number.last, number.last + 1
        for position in range(number.number_last, min(number.number_last + 3, len(tokens))):
            if tokens[position].lower in acts and (
                has_label(sentence, entry, number.number_last, position + 7)
                or (position == number.number_last and _is_its_own(sentence, number, entry))
            ):
                return sign, position, position + 1
    return None


def _has_closed(sentence: NumberSentence, number: NumberAt) -> bool:
    """ "Norda closed 2 percent higher", "Norda ended Monday 2 percent down": a share by its name."""
    tokens, verb = sentence.tokens, number.first - 1
    while verb > 0 and (verb in sentence.dated or tokens[verb].lower in ("the", "day", "session")):
        verb -= 1
    return verb > 0 and tokens[verb].lower in _CLOSED and tokens[verb - 1].tag == "cap"


def _is_its_own(sentence: NumberSentence, number: NumberAt, entry: QuantityEntry) -> bool:
    """ "the index's 0.3% decline", "shares did well, posting an 8% rise": a change that has its thing before
    it and names no other."""
    tokens, first = sentence.tokens, number.first
    if sentence.whole.lowers[number.last + 1 : number.last + 2] in _NAMING or first < 2:
        return False
    while first > 1 and tokens[first - 1].tag == "word" and tokens[first - 1].lower not in _SEEING:
        first -= 1  # "saw a further 3% fall"
    if tokens[first - 1].tag == "poss":
        return has_label(sentence, entry, max(0, first - 4), first - 1)
    seen = tokens[first - 1].lower in ("a", "an", "another") and tokens[first - 2].lower in _SEEING
    return seen and has_label(sentence, entry, max(0, first - 12), first - 2)


_CLOSED = frozenset("closed ended finished".split())
# "wiped 5 percent off the share price"
_TAKING_OFF = frozenset(
    form for verb in ("wipe", "knock", "take", "slash", "shave", "cut") for form in inflections(verb)
)
_COSTING = frozenset("cost costs costing".split())
_LEVELS = frozenset("level levels average averages year month week ago earlier before".split())
_NAMING = (["in"], ["of"], ["for"])
_SEEING = frozenset(
    form
    for verb in (
        "see",
        "post",
        "record",
        "show",
        "suffer",
        "register",
        "mark",
        "notch",
        "make",
        "enjoy",
        "take",
    )
    for form in inflections(verb)
)

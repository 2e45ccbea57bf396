"""What a number counts: each quantity of a sentence is tied to the trigger it belongs to, or to none.

The patterns are the lexicon's (lexicon.yaml); this module knows only how English puts a number and its trigger together:
as the object of a verb, as the subject of a passive or intransitive one, before a state or a noun, after a label.
The words between the two decide, not their distance.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from service.extraction.cues import CUES
from service.extraction.lexicon import Found, QuantityEntry, find_triggers, lexicon, matches
from service.extraction.text import Quantity
from service.extraction.tokens import Token, inflections

Pattern = Literal[
    "noun",
    "member",
    "state",
    "passive",
    "intransitive",
    "active",
    "act",
    "label",
    "measure",
    "after",
    "listed",
    "included",
    "own",
]

# How much a pattern alone says; calibrated on the tuning half (evaluation/claims.py).
STRENGTH: dict[str, float] = {
    "noun": 0.95, "state": 0.95, "active": 0.94, "passive": 0.94, "intransitive": 0.9, "act": 0.9, "label": 0.88, "own": 0.95,
    "measure": 0.88, "member": 0.82, "after": 0.86, "listed": 0.85, "included": 0.88,
}  # fmt: skip

_SOLDIERS = frozenset(
    "soldier troop peacekeeper serviceman paratrooper marine fighter reservist mercenary guard trooper officer personnel force "
    "militant policeman militiaman conscript infantryman recruit sailor ranger commando serviceperson guardsman police contingent".split()
)
_BODIES = frozenset(
    "force forces contingent troops peacekeeping military army brigade battalion police mission soldiers garrison".split()
)
_NOT_PEOPLE = frozenset("time day week month year hour minute percent case charge occasion step".split())
_LINKS = frozenset(
    "of to at is was are were be been being reached reaching hit hits hitting passed passing exceeded exceeding exceeds surpassed surpassing topped topping by : totaled totalled "
    "totaling totalling total totals stood stands standing reaches now over than crossed crossing as approaching nears nearing neared with around about nearly almost "
    "grew grown rose risen climbed jumped soared doubled measuring measured registered registering on covering through averaged ( tops — – -".split()
)
_OLD = frozenset(("from", "with", "compared", "against", "versus"))
_BEFORE_OBJECT = frozenset(
    "a an the another some as many at least up more less fewer than over about around approximately nearly almost only just estimated total of other "
    "additional further extra all these those his her its their our both roughly well also off excess early out down".split()
)
_GENERIC = frozenset("people person individual other man victim one".split())


_ABSTRACT = _NOT_PEOPLE | frozenset(
    "people person job worker employee vote seat goal point game match investigation inquiry arrest death member percent country place home house building".split()
)


# No pattern reaches further, in tokens.
_WINDOW = 20


class Counted(msgspec.Struct, frozen=True):
    """A quantity and the predicate it is a value of. Token positions are into the sentence.

    `sign` is -1 when the words say that something fell. `of` is the place in the answer of the larger figure this one is part of.
    """

    quantity: Quantity
    predicate: str
    pattern: Pattern
    first: int
    last: int
    trigger_first: int
    trigger_last: int
    lemma: str
    sign: int = 1
    of: int | None = None


class _Number(msgspec.Struct):
    quantity: Quantity
    first: int  # the first token of the number, hedge included
    number_last: int  # one past its last token
    last: int  # one past its noun


def counted(
    tokens: Sequence[Token], quantities: Sequence[Quantity], dates: Sequence[tuple[int, int]]
) -> list[Counted]:
    """The quantities of one sentence that a trigger governs, in order. `dates` are spans that hold no count."""
    words = list(tokens)
    numbers = [number for quantity in quantities if (number := _place(words, quantity)) is not None]
    if not numbers:
        return []
    lowers = {token.lower for token in words}
    text = " ".join(token.lower for token in words)
    found = [
        item
        for item in find_triggers(words)
        if _allowed(item, lexicon().quantities[item.trigger.entry], lowers, text, words)
    ]
    busy = {position for number in numbers for position in range(number.first, number.last)}
    if "would have" in text:
        found = [item for item in found if not _unreal(words, item)]
    result: list[Counted] = []
    used: dict[int, Counted] = {}
    sentence = _Sentence(words, numbers, found, lowers, busy, _positions(words, dates))
    for position, number in enumerate(numbers):
        best = _best(sentence, position, number)
        if best is not None:
            used[position] = best
    _spread(sentence, used)
    order = sorted(used)
    for position in order:
        item = used[position]
        if item.of is not None:
            item = msgspec.structs.replace(item, of=order.index(item.of))
        result.append(item)
    return result


def _unreal(tokens: Sequence[Token], item: Found) -> bool:
    """ "the toll would have been more than a thousand": what did not happen is no figure."""
    near = [token.lower for token in tokens[max(0, item.first - 4) : item.last + 4]]
    return any(pair == ("would", "have") for pair in pairwise(near))


class _Sentence(msgspec.Struct):
    tokens: list[Token]
    numbers: list[_Number]
    found: list[Found]
    lowers: set[str]
    busy: set[int]
    dated: set[int]


def _positions(tokens: Sequence[Token], spans: Iterable[tuple[int, int]]) -> set[int]:
    spans = list(spans)
    return (
        {p for p, token in enumerate(tokens) if any(start <= token.start < end for start, end in spans)}
        if spans
        else set()
    )


def _place(tokens: Sequence[Token], quantity: Quantity) -> _Number | None:
    first = next((p for p, token in enumerate(tokens) if token.end > quantity.start), None)
    if first is None or tokens[first].start >= quantity.end:
        return None
    number_last = first
    while number_last < len(tokens) and tokens[number_last].start < quantity.end:
        number_last += 1
    last = number_last
    while quantity.noun_end is not None and last < len(tokens) and tokens[last].start < quantity.noun_end:
        last += 1
    return _Number(quantity, first, number_last, last)


def _allowed(item: Found, entry: QuantityEntry, lowers: set[str], text: str, tokens: list[Token]) -> bool:
    if entry.with_ and not _has_any(entry.with_, lowers, text):
        return False
    limits = entry.verb_with if item.trigger.kind == "verb" else entry.intransitive_with
    for lemma, context in limits.items():
        if item.trigger.lemma.split(" #")[0] == lemma and lowers.isdisjoint(context):
            return False
    for phrase in entry.not_:
        if phrase in text and any(token.lower in phrase.split() for token in tokens[item.first : item.last]):
            return False
    return True


def _has_any(words: Sequence[str], lowers: set[str], text: str) -> bool:
    return any((word in lowers) if " " not in word else (word in text) for word in words)


def _best(sentence: _Sentence, position: int, number: _Number) -> Counted | None:
    candidates: list[tuple[float, Counted]] = []
    for entry in lexicon().quantities:
        own = _own(sentence, number, entry)
        if own is not None:
            candidates.append((STRENGTH[own.pattern], own))
        elif not entry.kinds and counts(entry, number.quantity, sentence.tokens, number):
            after = _after(sentence, number, entry)
            if after is not None:
                candidates.append((STRENGTH["after"], after))
    for item in sentence.found:
        entry = lexicon().quantities[item.trigger.entry]
        if item.first > number.last + _WINDOW or item.last < number.first - _WINDOW:
            continue
        if entry.kinds or item.first < number.number_last and item.last > number.first:
            continue
        if item.first < number.last and item.last > number.number_last:
            # The counted "noun" is the trigger: "30 hurt", "27 missing".
            named = item.last == number.last and item.trigger.form in (None, "past", "participle")
            if (
                named
                and item.trigger.kind in ("state", "verb")
                and number.quantity.kind == "count"
                and not item.trigger.tail
                and entry.counts == "people"
            ):
                candidates.append(
                    (
                        STRENGTH["state"],
                        Counted(
                            number.quantity,
                            entry.predicate,
                            "state",
                            number.first,
                            number.last,
                            item.first,
                            item.last,
                            item.trigger.lemma,
                        ),
                    )
                )
            continue
        if not counts(entry, number.quantity, sentence.tokens, number):
            continue
        match = _tie(sentence, position, number, item, entry)
        if match is not None:
            distance = abs(item.first - number.first)
            candidates.append((STRENGTH[match.pattern] - 0.002 * distance, match))
    if not candidates:
        return None
    return max(candidates, key=lambda pair: pair[0])[1]


# --- what may be counted --------------------------------------------------------------------------------------------


def head_noun(quantity: Quantity) -> str | None:
    return quantity.noun.split()[-1].lower() if quantity.noun else None


def counts(entry: QuantityEntry, quantity: Quantity, tokens: Sequence[Token], number: _Number) -> bool:
    """Whether the predicate can count what this quantity counts."""
    wanted, noun = entry.counts, head_noun(quantity)
    if noun in entry.also and quantity.kind == "count":
        return True
    if wanted == "things":
        return quantity.kind == "count" and quantity.unit != "people" and noun not in _ABSTRACT
    if isinstance(wanted, tuple):
        return quantity.kind == "count" and (noun in wanted or noun is None or quantity.noun in wanted)
    if wanted == "people":
        if quantity.kind != "count":
            return False
        members = (*entry.members, *entry.nouns)
        return (
            quantity.unit == "people"
            or noun is None
            or noun in members
            or noun in ("life", "body")
            and not _NOT_PEOPLE & {noun}
        )
    if wanted == "soldiers":
        if quantity.kind != "count":
            return False
        if noun in _SOLDIERS:
            return True
        window = {token.lower for token in tokens[max(0, number.first - 5) : number.last + 6]}
        return noun in (
            None,
            "person",
            "people",
            "man",
            "woman",
            "member",
            "strong",
            "peacekeeping",
            "military",
        ) and not _BODIES.isdisjoint(window)
    if wanted == "money":
        return quantity.kind == "money"
    if wanted == "percent":
        return quantity.kind == "percent"
    if wanted == "days":
        return quantity.kind == "duration"
    if wanted == "years":
        return quantity.kind == "age"
    if wanted == "area":
        return quantity.kind == "measure" and (quantity.unit or "").replace("_", " ") in _AREAS
    return (
        quantity.kind == "count"
        and noun is None
        or quantity.kind == "measure"
        and quantity.unit in ("magnitude", None)
    )


_AREAS = frozenset(
    (
        "hectare",
        "acre",
        "square kilometre",
        "square kilometer",
        "square mile",
        "square metre",
        "square meter",
        "square foot",
        "square_kilometre",
    )
)


# --- ties -----------------------------------------------------------------------------------------------------------


def _own(sentence: _Sentence, number: _Number, entry: QuantityEntry) -> Counted | None:
    """The counted noun is itself the trigger: "12 deaths", "200 detainees"; an age."""
    quantity, tokens = number.quantity, sentence.tokens
    if entry.kinds:
        if quantity.kind in entry.kinds and entry.counts == "years" and not _of_a_thing(tokens, number):
            return Counted(
                quantity, entry.predicate, "own", number.first, number.last, number.first, number.last, "age"
            )
        return None
    noun = head_noun(quantity)
    if noun is None or quantity.kind != "count":
        return None
    if entry.with_ and not _has_any(entry.with_, sentence.lowers, " ".join(token.lower for token in tokens)):
        return None
    pattern: Pattern
    whole = " ".join(token.lower for token in tokens[number.number_last : number.last])
    if noun in entry.nouns or any(whole.rstrip("s").endswith(item) and " " in item for item in entry.nouns):
        pattern = "noun"
    elif noun in entry.members and not (isinstance(entry.counts, str) and entry.counts != "people"):
        pattern = "member"
    else:
        return None
    if noun in entry.noun_before:
        near = {token.lower for token in tokens[max(0, number.first - 4) : number.last + 4]}
        if near.isdisjoint(entry.noun_before[noun]):
            return None
    if noun in entry.member_after:
        follow = tokens[number.last].lower if number.last < len(tokens) else ""
        if follow not in entry.member_after[noun]:
            return None
    if noun in entry.member_verbs:
        forms = {form for verb in entry.member_verbs[noun] for form in inflections(verb)}
        near = {token.lower for token in tokens[max(0, number.first - 5) : number.last + 6]}
        if near.isdisjoint(forms):
            return None
    if any(phrase in whole for phrase in entry.not_):
        return None
    return Counted(
        quantity, entry.predicate, pattern, number.first, number.last, number.last - 1, number.last, noun
    )


_PERSONS = frozenset(
    "boy girl man woman son daughter mother father student teenager actor actress singer player president leader veteran driver suspect victim "
    "brother sister husband wife politician businessman lawyer journalist activist teacher child resident native youth pensioner widow soldier "
    "officer male female citizen who was is has had said told and from former".split()
)


def _of_a_thing(tokens: Sequence[Token], number: _Number) -> bool:
    """ "a 10-year-old browser": a noun that is no person follows."""
    if (
        not tokens[number.number_last - 1].lower.endswith("old")
        and "old" not in tokens[number.number_last - 1].lower
    ):
        return False
    follow = tokens[number.number_last] if number.number_last < len(tokens) else None
    return follow is not None and follow.tag == "word" and follow.lower not in _PERSONS


def _after(sentence: _Sentence, number: _Number, entry: QuantityEntry) -> Counted | None:
    """Words right after the number or its noun that name the thing: "52% of the vote", "$80 a barrel"."""
    tokens = sentence.tokens
    if entry.with_ and not _has_any(entry.with_, sentence.lowers, " ".join(token.lower for token in tokens)):
        return None
    for phrase in (*entry.after, *entry.before_noun):
        words = tuple(phrase.split())
        # "a $15 billion arms deal", "a 180-day fuel price cap": up to three words may modify the noun.
        slack = 4 if phrase in entry.before_noun else 1
        for start in range(number.number_last, min(number.number_last + slack, len(tokens))):
            if tokens[start].tag not in ("word", "cap", "num", "prep", "det") and start > number.number_last:
                break
            if matches(tokens, start, words):
                return Counted(
                    number.quantity,
                    entry.predicate,
                    "after",
                    number.first,
                    number.last,
                    start,
                    start + len(words),
                    phrase,
                )
        if matches(tokens, number.last, words):
            last = number.last + len(words)
            return Counted(
                number.quantity,
                entry.predicate,
                "after",
                number.first,
                number.last,
                number.last,
                last,
                phrase,
            )
    return None


def _tie(
    sentence: _Sentence, position: int, number: _Number, item: Found, entry: QuantityEntry
) -> Counted | None:
    kind = item.trigger.kind
    noun = head_noun(number.quantity)
    nouns = entry.verb_nouns.get(item.trigger.lemma)
    if nouns is not None and noun not in nouns:
        return None
    pattern: Pattern | None = None
    sign = item.trigger.sign
    tokens = sentence.tokens
    after = item.first >= number.number_last
    if entry.needs_after and _after(sentence, number, entry) is None and kind != "label":
        return None
    if kind == "state" and after:
        if _state_follows(sentence, number, item):
            pattern = "state"
    elif kind == "verb" and after:
        if item.trigger.form in ("past", "participle") and _passive(sentence, number, item):
            pattern = "passive"
    elif kind == "verb":
        if (
            _active(sentence, number, item)
            or item.trigger.lemma in entry.paid
            and _paid(sentence, number, item)
        ):
            pattern = "active"
    elif kind == "intransitive" and after:
        if item.trigger.form != "ing" and _reach(sentence, number.last, item.first) is not None:
            pattern = "intransitive"
        elif item.trigger.form == "ing" and item.first == number.last:
            pattern = "intransitive"
    elif kind == "act" and not after:
        if _of(sentence, number, item):
            pattern = "act"
    elif kind == "label" and not after:
        if entry.measures and not entry.after:
            measured = _measured(sentence, number, item)
            if measured is not None:
                pattern, sign = "measure", measured
        elif entry.measures:
            measured = _measured(sentence, number, item)
            if measured is not None or _labelled(sentence, number, item):
                pattern, sign = "measure", measured or 1
        elif _labelled(sentence, number, item) if not entry.links else _linked(sentence, number, item, entry):
            pattern = "label"
        if pattern is not None and item.trigger.lemma in entry.negative_labels:
            sign = -1
    elif kind == "label" and entry.later and _taken(sentence, number, item, entry):
        pattern = "label"
    if pattern is None or entry.counts == "things" and noun is None and pattern not in ("label", "active"):
        return None
    tail_last = item.last
    if item.trigger.tail and after:
        if not matches(tokens, item.last, item.trigger.tail):
            return None
        tail_last += len(item.trigger.tail)
    return Counted(
        number.quantity,
        entry.predicate,
        pattern,
        number.first,
        number.last,
        item.first,
        tail_last,
        item.trigger.lemma,
        sign,
    )


def _state_follows(sentence: _Sentence, number: _Number, item: Found) -> bool:
    """ "12 dead", "12 people still missing", "12 people were in custody"."""
    tokens = sentence.tokens
    if number.last < item.first - 12:
        return False
    follow = tokens[item.last] if item.last < len(tokens) else None
    # "12 injured soldiers": the state modifies another noun, which is then the number's own.
    if (
        item.first == number.last
        and follow is not None
        and follow.tag == "word"
        and number.quantity.noun is None
        and follow.lower not in ("so",)
    ):
        return False
    return _reach(sentence, number.last, item.first) is not None


def _passive(sentence: _Sentence, number: _Number, item: Found) -> bool:
    tokens = sentence.tokens
    helped = _reach(sentence, number.last, item.first)
    if helped is None or _after_have(tokens, item.first):
        return False
    if helped:
        return True
    # Without "were" the form may be an active past: "12 gunmen killed five people".
    follow = tokens[item.last] if item.last < len(tokens) else None
    if item.trigger.tail:
        return matches(tokens, item.last, item.trigger.tail)
    if (
        follow is None
        or follow.tag in ("prep", "punct", "sub", "adv", "conj", "quote")
        or item.last in sentence.dated
    ):
        return True
    return (
        follow.tag == "word"
        and not follow.lower.endswith("s")
        and item.last not in sentence.busy
        and item.first == number.last
    )


def _active(sentence: _Sentence, number: _Number, item: Found) -> bool:
    tokens = sentence.tokens
    if item.trigger.form in ("past", "participle") and _after_be(tokens, item.first):
        return False
    if (
        item.first
        and tokens[item.first - 1].tag in ("det", "poss")
        and item.trigger.form in ("base", "third", "ing")
    ):
        return False  # "the order 12 days ago"
    if not all(
        _before_object(tokens, position) or token.tag in ("adv", "poss") or position in sentence.dated
        for position, token in enumerate(tokens[item.last : number.first], item.last)
    ):
        return False
    if number.first - item.last > 6:
        return False
    if item.trigger.tail:
        window = tokens[number.last : number.last + 8]
        return any(
            matches(tokens, start, item.trigger.tail)
            for start in range(number.number_last, number.last + len(window))
        )
    return True


def _before_object(tokens: Sequence[Token], position: int) -> bool:
    """Words that may stand between a verb and the number of its object; "to" and "in" only in "up to" and "in excess of"."""
    word = tokens[position].lower
    if word == "to":
        return position > 0 and tokens[position - 1].lower == "up"
    if word == "in":
        return position + 1 < len(tokens) and tokens[position + 1].lower == "excess"
    return word in _BEFORE_OBJECT


def _after_be(tokens: Sequence[Token], index: int) -> bool:
    position = index - 1
    while position >= 0 and tokens[position].tag in ("adv", "neg"):
        position -= 1
    return position >= 0 and tokens[position].tag == "be"


def _after_have(tokens: Sequence[Token], index: int) -> bool:
    """ "the order has given": a perfect is no passive."""
    position = index - 1
    while position >= 0 and tokens[position].tag in ("adv", "neg"):
        position -= 1
    return position >= 0 and tokens[position].tag == "have"


def _of(sentence: _Sentence, number: _Number, item: Found) -> bool:
    """ "the arrest of 12 people", "a force of some 2,000 soldiers", "the deaths in Homs of 12 people"."""
    tokens = sentence.tokens
    between = tokens[item.last : number.first]
    if not between or len(between) > 5:
        return False
    if between[0].lower not in ("of", "for", "by", "involving", "with") or item.last in sentence.busy:
        return False
    return all(
        token.lower in _BEFORE_OBJECT
        or token.tag in ("adv", "poss")
        or token.lower in ("for", "by", "involving", "with")
        for token in between
    )


def _reach(sentence: _Sentence, first: int, last: int) -> bool | None:
    """Whether the words from a counted noun to its verb keep it the subject: None when not, else whether "be" or "have" helps."""
    tokens, helped, in_phrase, loose, commas = sentence.tokens, False, False, 0, 0
    if last - first > 18:
        return None
    owner = next((number for number in sentence.numbers if number.last == first), None)
    if owner is not None and _part_of_whole(tokens, owner.first):
        return None
    position = first
    while position < last:
        token = tokens[position]
        tag, lower = token.tag, token.lower
        if position in sentence.dated:
            pass
        elif tag in ("be", "have"):
            helped, in_phrase = True, False
        elif tag in ("adv", "neg", "modal", "rel", "poss", "do"):
            pass
        elif tag == "prep":
            in_phrase = True
        elif lower == "(":
            while position < last and tokens[position].text != ")":
                position += 1
            if position >= last:
                return None
        elif lower == ",":
            commas += 1
            in_phrase = False
            if commas > 2 or tokens[position + 1].tag in ("sub",):
                return None
        elif tag == "conj":
            if position == last - 1 and not helped:
                return None
            in_phrase = in_phrase or position + 1 in sentence.busy
        elif position in sentence.busy:
            if not (
                in_phrase
                or tokens[position - 1].tag in ("conj", "prep")
                or tokens[position - 1].lower in (",", "including")
                or position - 1 in sentence.busy
            ):
                return None
        elif tag == "sub" and lower == "as" and helped:
            pass
        elif tag in ("sub", "pron", "punct", "quote"):
            return None
        elif lower in CUES and not in_phrase and not helped and not lower.endswith("ing"):
            return None
        elif tag == "det":
            if not in_phrase:
                return None
        elif not in_phrase:
            loose += 1
            if loose > 4:
                return None
        position += 1
    if commas == 1 and not helped and last > first and tokens[first].lower == ",":
        return None
    return helped


_WHOLES = frozenset(
    "total group crowd estimated family some party crew team loss maximum minimum average".split()
)


def _part_of_whole(tokens: Sequence[Token], first: int) -> bool:
    """ "Of the 60 passengers, 22 were killed": the 60 are not the subject."""
    back = first - 1
    while back >= 0 and tokens[back].tag == "det":
        back -= 1
    return back >= 0 and tokens[back].lower == "of" and (back == 0 or tokens[back - 1].lower not in _WHOLES)


def _labelled(sentence: _Sentence, number: _Number, item: Found) -> bool:
    """ "the death toll rose to 12", "arrests: 12", "the number of arrests was given at around 10,000"."""
    tokens = sentence.tokens
    between = tokens[item.last : number.first]
    if len(between) > 16:
        return False
    if not between:
        return item.trigger.lemma not in ("contract", "deal", "order", "crude", "brent")
    if any(
        token.tag in ("quote", "sub") and token.lower not in ("as", "after") or token.text in (";", "?")
        for token in between
    ):
        return False
    if sum(token.text == "," for token in between) > 2:
        return False
    if between[-1].lower in _OLD or (
        len(between) > 1 and between[-2].lower in ("compared", "down", "up") and between[-1].lower in _OLD
    ):
        return False
    inner = [p for p in range(item.last, number.first) if p in sentence.busy]
    if inner and not any(token.lower in ("from", "to", "than") for token in tokens[item.last : inner[0]]):
        return False
    return (
        between[-1].lower in _LINKS
        or between[-1].tag == "adv"
        and len(between) > 1
        and between[-2].lower in _LINKS
        or all(token.lower in _BEFORE_OBJECT for token in between)
    )


def _paid(sentence: _Sentence, number: _Number, item: Found) -> bool:
    """ "bought its rival for £640 million"."""
    between = sentence.tokens[item.last : number.first]
    return (
        1 < len(between) < 14
        and between[-1].lower == "for"
        and not any(token.tag in ("punct", "sub", "rel", "quote") for token in between)
    )


def _linked(sentence: _Sentence, number: _Number, item: Found, entry: QuantityEntry) -> bool:
    """ "the withdrawal will take at least ten days": one of the entry's own links right before the number."""
    between = sentence.tokens[item.last : number.first]
    if (
        not between
        or len(between) > 16
        or any(
            token.tag == "quote" and position < len(between) - 3 or token.text == ";"
            for position, token in enumerate(between)
        )
    ):
        return False
    return any(token.lower in entry.links for token in between[-3:])


def _taken(sentence: _Sentence, number: _Number, item: Found, entry: QuantityEntry) -> bool:
    """ "it would take 10 days for the contingent to withdraw": the trigger follows."""
    tokens = sentence.tokens
    if not any(
        token.lower in ("take", "takes", "took", "taking", "need", "needs")
        for token in tokens[max(0, number.first - 3) : number.first]
    ):
        return False
    between = tokens[number.last : item.first]
    return (
        item.trigger.lemma in entry.later
        and len(between) < 14
        and not any(token.text in (",", ";") for token in between)
    )


def _measured(sentence: _Sentence, number: _Number, item: Found) -> int | None:
    """The sign of the change that a verb between label and number states: "prices fell 5%" is -1."""
    tokens = sentence.tokens
    if number.first - item.last > 14:
        return None
    best = None
    for other in sentence.found:
        if (
            other.trigger.kind != "measure"
            or other.trigger.entry != item.trigger.entry
            or not item.last <= other.first < number.first
        ):
            continue
        between = tokens[other.last : number.first]
        entry = lexicon().quantities[item.trigger.entry]
        level = other.trigger.lemma in entry.measures.get("level", ())
        if (
            all(
                token.lower in _BEFORE_OBJECT or token.lower in ("by", "at", "to") or token.tag == "adv"
                for token in between
            )
            and len(between) < 5
        ):
            lowers = [token.lower for token in between]
            if not level and lowers[-1:] == ["to"]:
                continue
            if level and lowers[-1:] == ["by"]:
                continue
            if any(
                token.tag in ("quote", "sub") or token.text == ";"
                for token in tokens[item.last : other.first]
            ):
                continue
            best = other.trigger.sign
    return best


# --- parts and lists ------------------------------------------------------------------------------------------------


def _spread(sentence: _Sentence, used: dict[int, Counted]) -> None:
    """Quantities that share another's trigger: lists ("12 civilians and three soldiers") and parts ("including 3 children")."""
    tokens = sentence.tokens
    for position, number in enumerate(sentence.numbers):
        if position in used and used[position].pattern not in ("member",):
            continue
        if number.quantity.kind != "count":
            continue
        before = tokens[number.first - 1].lower if number.first else ""
        main = next((p for p in range(position - 1, -1, -1) if p in used and used[p].of is None), None)
        if main is None:
            continue
        owner = used[main]
        between = tokens[sentence.numbers[position - 1].last : number.first]
        lowers = [token.lower for token in between]
        follow = [token.lower for token in tokens[number.last : number.last + 6]]
        part = (
            "including" in lowers
            or before == "including"
            or "them" in lowers[:4]
            and "among" in lowers[:4]
            or lowers[-2:] == ["of", "whom"]
            or lowers[-2:] == ["of", "them"]
            or follow[:2] in (["of", "whom"], ["of", "them"])
            or "them" in follow
            and "among" in follow
            or bool(used.get(position - 1))
            and used[position - 1].of is not None
            and lowers in (["and"], [","], [",", "and"])
        )
        entry = next(item for item in lexicon().quantities if item.predicate == owner.predicate)
        if not counts(entry, number.quantity, tokens, number):
            continue
        if part:
            used[position] = msgspec.structs.replace(
                owner,
                quantity=number.quantity,
                pattern="included",
                first=number.first,
                last=number.last,
                of=main,
            )
        elif (
            lowers in (["and"], [","], [",", "and"], ["as", "well", "as"], ["plus"])
            and position - 1 in used
            and owner.pattern in ("active", "act")
        ):
            used[position] = msgspec.structs.replace(
                owner, quantity=number.quantity, pattern="listed", first=number.first, last=number.last
            )

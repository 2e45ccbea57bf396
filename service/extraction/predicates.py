"""What a number counts: each quantity of a sentence is tied to the trigger it belongs to, or to none.

The patterns are the lexicon's (lexicon.yaml); this module knows only how English puts a number and its
trigger together: as the object of a verb, as the subject of a passive or intransitive one, before a state
or a noun, after a label. The words between the two decide, not their distance.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import pairwise

import msgspec

from service.extraction.analysis import Analysis
from service.extraction.countables import counts, head_noun
from service.extraction.figure_lists import spread
from service.extraction.figures import STRENGTH, Counted, Pattern
from service.extraction.lexicon import Found, QuantityEntry, find_triggers, lexicon, matches, split
from service.extraction.text import Quantity, QuantityKind
from service.extraction.ties import (
    NumberAt,
    NumberSentence,
    act_of,
    is_active,
    is_labelled,
    is_linked,
    is_paid,
    is_subject,
    is_taken,
    measured,
    reach,
    state_follows,
)
from service.extraction.tokens import Token, Tokens, inflections

# No pattern reaches further, in tokens.
_WINDOW = 24
# A sentence with so many numbers is a table; a trigger belongs to the number beside it.
_TABLE, _WINDOW_IN_TABLE = 40, 6


def counted(
    tokens: Tokens,
    quantities: Sequence[Quantity],
    dates: Sequence[tuple[int, int]],
    around: frozenset[str] = frozenset(),
) -> list[Counted]:
    """The quantities of one sentence that a trigger governs, in order.

    `dates` are spans that hold no count; `around` are the words, in lower case, of the sentences before.
    """
    numbers = [number for quantity in quantities if (number := number_at(tokens, quantity)) is not None]
    if not numbers:
        return []
    lowers = tokens.words
    text = " ".join(tokens.lowers)
    found = [
        item
        for item in find_triggers(tokens)
        if allowed(item, lexicon().quantities[item.trigger.entry], lowers, text, tokens, around)
    ]
    busy = {position for number in numbers for position in range(number.first, number.last)}
    if "would have" in text:
        found = [item for item in found if not _unreal(tokens, item)]
    result: list[Counted] = []
    used: dict[int, Counted] = {}
    sentence = NumberSentence(tokens, numbers, found, lowers, text, busy, _positions(tokens, dates), around)
    for position, number in enumerate(numbers):
        best = _best(sentence, position, number)
        if best is not None:
            used[position] = best
    spread(sentence, used)
    order = sorted(used)
    for position in order:
        item = used[position]
        if item.of is not None:
            item = msgspec.structs.replace(item, of=order.index(item.of))
        result.append(item)
    return result


def counted_in(analysis: Analysis, index: int) -> list[Counted]:
    """`counted` for a sentence of an analysed text."""
    found: list[Counted] | None = analysis.figures.get(index)
    if found is None:
        spans = [(date.start, date.end) for date in analysis.dates_in(index) if date.kind != "duration"]
        before = _words_before(analysis, index)
        found = counted(analysis.tokens[index], analysis.quantities_in(index), spans, before)
        analysis.figures[index] = found
    return found


def _words_before(analysis: Analysis, index: int) -> frozenset[str]:
    """The words of the two sentences before, in lower case: what a short sentence goes on about."""
    return frozenset().union(*(tokens.words for tokens in analysis.tokens[max(0, index - 2) : index]))


def _unreal(tokens: Sequence[Token], item: Found) -> bool:
    """ "the toll would have been more than a thousand": what did not happen is no figure."""
    near = [token.lower for token in tokens[max(0, item.first - 4) : item.last + 4]]
    return any(pair == ("would", "have") for pair in pairwise(near))


def _positions(tokens: Sequence[Token], spans: Iterable[tuple[int, int]]) -> set[int]:
    spans = list(spans)
    return (
        {p for p, token in enumerate(tokens) if any(start <= token.start < end for start, end in spans)}
        if spans
        else set()
    )


def number_at(tokens: Sequence[Token], quantity: Quantity) -> NumberAt | None:
    first = next((p for p, token in enumerate(tokens) if token.end > quantity.start), None)
    if first is None or tokens[first].start >= quantity.end:
        return None
    number_last = first
    while number_last < len(tokens) and tokens[number_last].start < quantity.end:
        number_last += 1
    last = number_last
    while quantity.noun_end is not None and last < len(tokens) and tokens[last].start < quantity.noun_end:
        last += 1
    return NumberAt(quantity, first, number_last, last, head_noun(quantity))


def allowed(
    item: Found,
    entry: QuantityEntry,
    lowers: AbstractSet[str],
    text: str,
    tokens: list[Token],
    around: frozenset[str] = frozenset(),
) -> bool:
    if item.trigger.lemma not in entry.sure and not _in_context(entry, lowers, text, around):
        return False
    limits = entry.verb_with if item.trigger.kind in ("verb", "act") else entry.intransitive_with
    lemma = item.trigger.lemma
    bare = lemma if item.trigger.tail else lemma.removesuffix(" #")
    context = limits.get(lemma) or limits.get(bare)
    told_before = limits is entry.intransitive_with and context is not None and not around.isdisjoint(context)
    if context is not None and lowers.isdisjoint(context) and not told_before:
        return False
    for phrase in entry.not_:
        if phrase in text and any(token.lower in phrase.split() for token in tokens[item.first : item.last]):
            return False
    return True


def _in_context(entry: QuantityEntry, lowers: AbstractSet[str], text: str, around: frozenset[str]) -> bool:
    return not entry.with_ or _has_any(entry.with_, lowers, text) or not around.isdisjoint(entry.around)


def _has_any(words: frozenset[str], lowers: AbstractSet[str], text: str) -> bool:
    return not lowers.isdisjoint(words) or any(phrase in text for phrase in _phrases(words))


@cache
def _phrases(words: frozenset[str]) -> tuple[str, ...]:
    """Those that are more than one word."""
    return tuple(word for word in words if " " in word)


def _first(item: Found) -> int:
    return item.first


_KINDS = {"money": "money", "percent": "percent", "days": "duration", "years": "age", "area": "measure"}


@lru_cache(maxsize=4096)
def _entries_of(kind: QuantityKind, noun: str | None) -> tuple[QuantityEntry, ...]:
    """The entries that can count a quantity of this kind and noun by itself or by the words after it."""
    return tuple(
        entry
        for entry in lexicon().quantities
        if (
            kind in entry.kinds
            or (kind == "count" and entry.also)
            or (isinstance(entry.counts, str) and entry.counts in _KINDS and _KINDS[entry.counts] == kind)
            or (entry.counts not in _KINDS and kind in ("count", "measure"))
        )
        and (
            entry.kinds
            or entry.after
            or entry.before_noun
            or entry.after_up
            or entry.hyphened
            or noun in entry.nouns
            or noun in entry.members
            or noun in entry.owned
            or _phrases(entry.nouns)
        )
    )


def _best(sentence: NumberSentence, position: int, number: NumberAt) -> Counted | None:
    candidates: list[tuple[float, Counted]] = []
    for entry in _entries_of(number.quantity.kind, number.noun):
        own = _own(sentence, number, entry)
        if own is not None:
            candidates.append((STRENGTH[own.pattern], own))
        elif (entry.after or entry.before_noun or entry.after_up) and counts(
            entry, number.quantity, sentence.tokens, number
        ):
            after = _after(sentence, number, entry)
            if after is not None:
                candidates.append((STRENGTH["after"], after))
    window = _WINDOW if len(sentence.numbers) < _TABLE else _WINDOW_IN_TABLE
    low = bisect_left(sentence.found, number.first - window - 8, key=_first)
    high = bisect_right(sentence.found, number.last + window, key=_first)
    countable: dict[int, bool] = {}
    for item in sentence.found[low:high]:
        entry = lexicon().quantities[item.trigger.entry]
        if item.last < number.first - window:
            continue
        if entry.kinds or (item.first < number.number_last and item.last > number.first):
            continue
        if item.first < number.last and item.last > number.number_last:
            # The counted "noun" is the trigger ("30 hurt"), or an adjective before it ("53 injured miners").
            named = number.number_last <= item.first and item.trigger.form in (None, "past", "participle")
            strength = STRENGTH["state"] if item.last == number.last else STRENGTH["member"]
            if (
                named
                and item.trigger.kind in ("state", "verb")
                and number.quantity.kind == "count"
                and not item.trigger.tail
                and entry.counts == "people"
                and counts(entry, number.quantity, sentence.tokens, number)
            ):
                candidates.append(
                    (
                        strength,
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
        able = countable.get(item.trigger.entry)
        if able is None:
            able = counts(entry, number.quantity, sentence.tokens, number) and not _excluded(
                sentence.tokens, number, entry
            )
            countable[item.trigger.entry] = able
        if not able:
            continue
        match = _tie(sentence, position, number, item, entry)
        if match is not None:
            distance = abs(item.first - number.first)
            # The longer label says more: "consumer prices" before "prices".
            longer = 0.01 * len(item.trigger.words) if item.trigger.kind == "label" else 0.0
            candidates.append((STRENGTH[match.pattern] + longer - 0.002 * distance, match))
    if not candidates:
        return None
    return max(candidates, key=lambda pair: pair[0])[1]


# --- ties ---


def _own(sentence: NumberSentence, number: NumberAt, entry: QuantityEntry) -> Counted | None:
    """The counted noun is itself the trigger: "12 deaths", "200 detainees"; an age."""
    quantity, tokens = number.quantity, sentence.tokens
    if entry.kinds:
        if quantity.kind in entry.kinds and entry.counts == "years" and not _of_a_thing(tokens, number):
            return Counted(
                quantity, entry.predicate, "own", number.first, number.last, number.first, number.last, "age"
            )
        return None
    noun = number.noun
    if noun is None or quantity.kind != "count" or not (entry.nouns or entry.members):
        return None
    is_noun = noun in entry.nouns or _ends_with(tokens, number, _phrases(entry.nouns))
    hyphened = tokens[number.number_last - 1].lower.rpartition("-")[2] in entry.hyphened
    if not (is_noun or hyphened or noun in entry.members or noun in entry.owned):
        return None
    if entry.counts == "people" and not counts(entry, quantity, tokens, number):
        return None
    if noun in entry.owned and _is_owned(tokens, number, entry):
        return Counted(
            quantity, entry.predicate, "member", number.first, number.last, number.last - 1, number.last, noun
        )
    if not _in_context(entry, sentence.lowers, sentence.text, sentence.around):
        return None
    if hyphened:
        at = number.number_last - 1, number.number_last
        return Counted(quantity, entry.predicate, "noun", number.first, number.last, *at, noun)
    pattern: Pattern
    if is_noun:
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
        ahead = tokens[number.first - 1].lower if number.first else ""
        if follow not in entry.member_after[noun] or ahead not in _HAVING:
            return None  # "2,000 residents of the suburb gathered"
    if noun in entry.member_verbs:
        forms = {form for verb in entry.member_verbs[noun] for form in inflections(verb)}
        near = {token.lower for token in tokens[max(0, number.first - 5) : number.last + 6]}
        if near.isdisjoint(forms):
            return None
    if entry.not_ and any(phrase in _counted_words(tokens, number) for phrase in entry.not_):
        return None
    return Counted(
        quantity, entry.predicate, pattern, number.first, number.last, number.last - 1, number.last, noun
    )


_HAVING = frozenset("of has have had having with to its for and".split())
_DEAREST = 1_000_000


def _is_price(quantity: Quantity) -> bool:
    """ "a scheme that will cost £85m": what costs millions has no price that others pay as well."""
    amount = quantity.amount or quantity.lower or quantity.upper
    return amount is None or amount < _DEAREST


def _counted_words(tokens: Sequence[Token], number: NumberAt) -> str:
    return " ".join(token.lower for token in tokens[number.number_last : number.last])


def _ends_with(tokens: Sequence[Token], number: NumberAt, phrases: tuple[str, ...]) -> bool:
    """Whether the counted noun ends with a noun of several words ("asylum seekers")."""
    return bool(phrases) and _counted_words(tokens, number).rstrip("s").endswith(phrases)


_FEWEST_OWNED = _FEWEST_THINGS = 1000


def _is_owned(tokens: Sequence[Token], number: NumberAt, entry: QuantityEntry) -> bool:
    """ "the country's 48 million people", "Derna's 90,000 residents": who lives in a place."""
    owner = number.first - 2
    amount = number.quantity.amount or number.quantity.lower
    return (
        owner >= 0
        and amount is not None
        and amount >= _FEWEST_OWNED
        and tokens[owner + 1].tag == "poss"
        and (tokens[owner].tag == "cap" or tokens[owner].lower in entry.owners)
    )


_PERSONS = frozenset(
    "boy girl man woman son daughter mother father student teenager actor actress singer player "
    "president leader veteran driver suspect victim brother sister husband wife politician "
    "businessman lawyer journalist activist teacher child resident native youth pensioner widow "
    "soldier officer male female citizen who was is has had said told and from former guilty dead".split()
)


def _of_a_thing(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "a 10-year-old browser": a noun that is no person follows; "until age 65": nobody's."""
    if any(
        token.lower in ("until", "over", "under", "ages")
        for token in tokens[max(0, number.first - 2) : number.first]
    ):
        return True
    if (
        not tokens[number.number_last - 1].lower.endswith("old")
        and "old" not in tokens[number.number_last - 1].lower
    ):
        return False
    follow = tokens[number.number_last] if number.number_last < len(tokens) else None
    return follow is not None and follow.tag == "word" and follow.lower not in _PERSONS


def _after(sentence: NumberSentence, number: NumberAt, entry: QuantityEntry) -> Counted | None:
    """Words right after the number or its noun that name the thing: "52% of the vote", "$80 a barrel"."""
    tokens = sentence.tokens
    if not (entry.after or entry.before_noun or entry.after_up):
        return None
    if not _in_context(entry, sentence.lowers, sentence.text, sentence.around):
        return None
    behind = _behind_aside(tokens, number.last)
    if _excluded(tokens, number, entry):
        return None
    labelled = bool(entry.after_up) and any(
        item.trigger.kind == "label"
        and item.last <= number.first
        and lexicon().quantities[item.trigger.entry] is entry
        for item in sentence.found
    )
    for sign, phrases in ((1, entry.after_up), (-1, entry.after_down)) if labelled else ():
        for phrase in phrases:
            if last := matches(tokens, number.last, split(phrase)):
                return Counted(
                    number.quantity,
                    entry.predicate,
                    "after",
                    number.first,
                    number.last,
                    number.last,
                    last,
                    phrase,
                    sign,
                )
    for phrase in (*entry.after, *entry.before_noun):
        words = split(phrase)
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
        if tokens[number.number_last - 1].lower.endswith("-" + phrase):
            own = number.number_last - 1, number.number_last  # "6.1-magnitude"
            return Counted(number.quantity, entry.predicate, "after", number.first, number.last, *own, phrase)
        if matches(tokens, behind, words):
            own = behind, behind + len(words)
            return Counted(number.quantity, entry.predicate, "after", number.first, number.last, *own, phrase)
    return None


def _excluded(tokens: Sequence[Token], number: NumberAt, entry: QuantityEntry) -> bool:
    """ "80 percent of ballots counted": words right after the number that say it counts something else."""
    return any(matches(tokens, number.number_last, split(phrase)) for phrase in entry.not_)


def _behind_aside(tokens: Sequence[Token], position: int) -> int:
    """ "480 forints ($1.51) a litre": what follows the brackets."""
    if position < len(tokens) and tokens[position].text == "(":
        closing = range(position, min(position + 8, len(tokens)))
        return next((p + 1 for p in closing if tokens[p].text == ")"), position)
    return position


def _tie(
    sentence: NumberSentence, position: int, number: NumberAt, item: Found, entry: QuantityEntry
) -> Counted | None:
    kind = item.trigger.kind
    noun = number.noun
    nouns = entry.verb_nouns.get(item.trigger.lemma)
    if nouns is not None and noun not in nouns:
        return None
    pattern: Pattern | None = None
    sign = item.trigger.sign
    tokens = sentence.tokens
    after = item.first >= number.number_last
    if (
        entry.needs_after
        and kind != "label"
        and sentence.around.isdisjoint(entry.around)
        and sentence.lowers.isdisjoint(entry.around)
        and _after(sentence, number, entry) is None
    ):
        return None
    if kind == "state" and after:
        if state_follows(sentence, number, item):
            pattern = "state"
    elif kind == "verb" and after:
        if item.trigger.form in ("past", "participle") and is_subject(sentence, number, item):
            pattern = "passive"
    elif kind == "verb":
        if is_active(sentence, number, item) or (
            item.trigger.lemma in entry.paid and is_paid(sentence, number, item)
        ):
            pattern = "active"
    elif kind == "intransitive" and after:
        if (item.trigger.form != "ing" and reach(sentence, number.last, item.first) is not None) or (
            item.trigger.form == "ing"
            and (item.first == number.last or reach(sentence, number.last, item.first) is True)
        ):
            pattern = "intransitive"
    elif kind == "act" and not after:
        if act_of(sentence, number, item):
            pattern = "act"
    elif kind == "label" and not after:
        if entry.measures and not entry.after:
            change = measured(sentence, number, item)
            if change is not None:
                pattern, sign = "measure", change
        elif entry.measures:
            change = measured(sentence, number, item)
            if change is not None or is_labelled(sentence, number, item):
                pattern, sign = "measure", change or 1
        elif (
            is_labelled(sentence, number, item)
            if not entry.links
            else is_linked(sentence, number, item, entry)
        ):
            pattern = "label"
        if pattern is not None and item.trigger.lemma in entry.negative_labels:
            sign = -1
    elif kind == "label" and entry.later and is_taken(sentence, number, item, entry):
        pattern = "label"
    if pattern is None:
        return None
    if entry.predicate == "price" and not _is_price(number.quantity):
        return None
    if (
        entry.counts == "things"
        and noun is None
        and not (
            pattern == "label" or (pattern == "active" and (number.quantity.amount or 0) >= _FEWEST_THINGS)
        )
    ):
        return None  # "delivers final 717 to AirTran": the name of one
    if kind == "verb" and item.trigger.lemma in entry.negative_verbs:
        sign = -1
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

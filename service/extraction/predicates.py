"""What a number counts: each quantity of a sentence is tied to the trigger it belongs to, or to none.

The patterns are the lexicon's (lexicon.yaml); this module knows only how English puts a number and its
trigger together: as the object of a verb, as the subject of a passive or intransitive one, before a state
or a noun, after a label. The words between the two decide, not their distance.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from operator import attrgetter

import msgspec

from service.extraction.analysis import Analysis
from service.extraction.beside import beside, own, stands_beside, ways
from service.extraction.carried import carried, may_lean
from service.extraction.conditions import Around
from service.extraction.corrected import denied, set_right
from service.extraction.countables import counting, counts, head_noun, is_anyone, is_no_count
from service.extraction.excluded import excluded
from service.extraction.figure_lists import is_part_of, spread
from service.extraction.figures import STRENGTH, Counted, NumberAt, NumberSentence
from service.extraction.lexicon import QuantityEntry, find_triggers, lexicon
from service.extraction.measures import is_apart
from service.extraction.phrases import is_past
from service.extraction.reach import relative_end
from service.extraction.text import Quantity
from service.extraction.tokens import Token, Tokens
from service.extraction.triggers import HOSPITALS, Found, Trigger
from service.extraction.tying import tie

# No pattern reaches further, in tokens.
_WINDOW = 24
# A sentence with so many numbers is a table (of 83,000 sentences of news 11 have more than 16): a trigger
# belongs to the number beside it.
_TABLE, _WINDOW_IN_TABLE = 20, 6


def counted(
    tokens: Tokens,
    quantities: Sequence[Quantity],
    dates: Sequence[tuple[int, int]],
    around: Around = (),
    before: Callable[[], Sequence[Counted]] | None = None,
) -> list[Counted]:
    """The quantities of one sentence that a trigger governs, in order.

    `dates` are spans that hold no count; `around` are the words, in lower case, of the sentences before, and
    `before` gives what the last of these counts.
    """
    numbers = [number for quantity in quantities if (number := number_at(tokens, quantity)) is not None]
    if not numbers:
        return []
    numbers, corrections = set_right(tokens, numbers)
    dated = _positions(tokens.plain, dates)
    standing = [one for one in find_triggers(tokens) if one[0] not in dated]
    busy = {position for number in numbers for position in range(number.first, number.last)}
    if "would" in tokens.words and ("would", "have") in pairwise(tokens.lowers):
        standing = [(first, _real(tokens, first, triggers)) for first, triggers in standing]
    result: list[Counted] = []
    used: dict[int, Counted] = {}
    sentence = NumberSentence(tokens.plain, tokens, numbers, standing, tokens.words, busy, dated, around)
    for position, number in enumerate(numbers):
        best = _best(sentence, position, number)
        if best is not None:
            used[position] = best
    if not used and before is not None and may_lean(tokens, numbers[0].quantity.start):
        told = before()
        for position, number in enumerate(numbers[:4] if told else []):
            one = carried(tokens, number, told, position == 0)
            if one is not None:
                used[position] = one
                break
    spread(sentence, used)
    order = sorted(
        position for position, item in used.items() if not _of_something_else(sentence, position, item)
    )
    for position in order:
        item = used[position]
        if item.of is not None:
            item = msgspec.structs.replace(item, of=order.index(item.of))
        result.append(item)
    for wrong, right in corrections:
        result += [denied(wrong, item) for item in result if item.quantity is right.quantity]
    return result


def _of_something_else(sentence: NumberSentence, position: int, item: Counted) -> bool:
    """ "output grew by 2 percent and unemployment fell to 5 percent": no second figure of the first kind."""
    if item.pattern != "listed" or not position or item.quantity.kind == "count":
        return False
    return is_apart(sentence.tokens, sentence.numbers[position - 1].last, item.first)


def counted_in(analysis: Analysis, index: int) -> list[Counted]:
    """`counted` for a sentence of an analysed text."""
    found: list[Counted] | None = analysis.figures.get(index)
    if found is None:
        found = _read(analysis, index, partial(_told_in, analysis, index - 1) if index else None)
        analysis.figures[index] = found
    return found


def _told_in(analysis: Analysis, index: int) -> list[Counted]:
    """What a sentence counts, though it be not read yet (which then leans on no other)."""
    found = analysis.figures.get(index)
    return _read(analysis, index) if found is None else found


def _read(
    analysis: Analysis, index: int, before: Callable[[], Sequence[Counted]] | None = None
) -> list[Counted]:
    spans = [(date.start, date.end) for date in analysis.dates_in(index) if date.kind != "duration"]
    around = _words_before(analysis, index)
    return counted(analysis.tokens[index], analysis.quantities_in(index), spans, around, before)


def _words_before(analysis: Analysis, index: int) -> list[frozenset[str]]:
    """The words of the two sentences before and of the first two, in lower case: what a short sentence goes
    on about."""
    near = {0, 1, index - 2, index - 1}
    return [analysis.tokens[other].words for other in near if 0 <= other < index] if index else []


_token_start, _token_end = attrgetter("start"), attrgetter("end")


def _real(
    tokens: Tokens, first: int, triggers: Sequence[tuple[Trigger, int]]
) -> Sequence[tuple[Trigger, int]]:
    """ "the toll would have been more than a thousand": what did not happen is no figure."""
    return [
        (trigger, size)
        for trigger, size in triggers
        if ("would", "have") not in pairwise(tokens.lowers[max(0, first - 4) : first + size + 4])
        or not any(
            tokens.lowers[at - 2 : at] == ["would", "have"]
            and (is_past(tokens[at]) or tokens[at].tag != "word")
            for at in range(max(2, first - 2), min(len(tokens), first + size + 4))
        )
    ]


def _positions(tokens: Sequence[Token], spans: Iterable[tuple[int, int]]) -> set[int]:
    return {
        position
        for start, end in spans
        for position in range(
            bisect_left(tokens, start, key=_token_start), bisect_left(tokens, end, key=_token_start)
        )
    }


def number_at(whole: Tokens, quantity: Quantity) -> NumberAt | None:
    lowers, tokens = whole.lowers, whole.plain
    first = bisect_right(tokens, quantity.start, key=_token_end)
    if first == len(tokens) or tokens[first].start >= quantity.end:
        return None
    number_last = first
    while number_last < len(tokens) and tokens[number_last].start < quantity.end:
        number_last += 1
    last = number_last
    while quantity.noun_end is not None and last < len(tokens) and tokens[last].start < quantity.noun_end:
        last += 1
    noun = head_noun(quantity)
    _, hyphen, ending = lowers[number_last - 1].rpartition("-")
    ending = ending if hyphen else ""
    may = counting(quantity.kind, noun, quantity.unit, quantity.noun, ending)
    number = NumberAt(quantity, first, number_last, last, noun, ending, may)
    if is_no_count(tokens, number):
        number.may = frozenset()
    elif first > 1 and _is_left_out(lowers, first):
        number.may, number.noun = frozenset(), None
    return number


def _is_left_out(lowers: Sequence[str], first: int) -> bool:
    """ "all but two of the 40 guests": what is told holds for neither number."""
    if lowers[first - 1] == "but":
        return lowers[first - 2] == "all"
    return lowers[first - 5 : first] == ["all", "but", lowers[first - 3], "of", "the"]


@lru_cache(maxsize=1 << 10)
def _entries_of(may: frozenset[str], anyone: bool) -> frozenset[int]:
    """The entries whose triggers may hold a number, by what it may count and whether it counts anyone."""
    return frozenset(
        index
        for index, entry in enumerate(lexicon().quantities)
        if not entry.kinds and (entry.predicate in may or (anyone and entry.anyone))
    )


def _best(sentence: NumberSentence, position: int, number: NumberAt) -> Counted | None:
    candidates = [*_by_words(sentence, number), *_by_triggers(sentence, position, number)]
    return max(candidates, key=lambda pair: pair[0])[1] if candidates else None


def _by_words(sentence: NumberSentence, number: NumberAt) -> Iterator[tuple[float, Counted]]:
    """The readings by a number's own noun or by the words beside it."""
    tokens, quantity = sentence.tokens, number.quantity
    words = " ".join(sentence.whole.lowers[number.number_last : number.last])
    for entry, naming in ways(quantity.kind, number.noun, words, number.ending, number.may):
        named = own(sentence, number, entry, naming) if naming is not None else None
        if named is not None:
            yield STRENGTH["member" if is_part_of(sentence.whole, number) else named.pattern], named
        elif stands_beside(entry) and counts(entry, quantity, tokens, number):
            after = beside(sentence, number, entry)
            if after is not None:
                close = (
                    after.trigger_first == number.number_last and not entry.after_up
                )  # "a $7 million loss as revenues climbed"
                yield STRENGTH["own" if close else "after"], after


def _by_triggers(
    sentence: NumberSentence, position: int, number: NumberAt
) -> Iterator[tuple[float, Counted]]:
    """The readings by the triggers near a number."""
    wanted = _entries_of(number.may, is_anyone(number))
    if not wanted:
        return
    tokens, quantity = sentence.tokens, number.quantity
    window = _WINDOW if len(sentence.numbers) < _TABLE else _WINDOW_IN_TABLE
    low, high = number.first - window, number.last + window
    near = [
        Found(trigger, first, first + size)
        for first, triggers in sentence.standing
        if low - 8 <= first <= high
        for trigger, size in triggers
        if trigger.entry in wanted and first + size >= low
    ]
    if not near:
        return
    entries = lexicon().quantities
    countable: dict[int, bool] = {}
    aside = relative_end(tokens, number.last)
    nested = position > 0 and sentence.numbers[position - 1].last >= number.last
    for item in near:
        trigger = item.trigger
        entry = entries[trigger.entry]
        anyone = trigger.lemma in entry.anyone
        if not anyone and entry.predicate not in number.may:
            continue
        if nested and (item.first != number.last or trigger.kind != "verb"):
            continue  # "four of its 41 inhabitants were missing"
        if trigger.tail and not _has_tail(sentence, trigger, entry):
            continue
        if not sentence.allows(item, entry):
            continue
        if trigger.kind == "label" and item.first < number.first < item.last:
            item = msgspec.structs.replace(item, last=number.first)  # "worth about" before "about €33bn"
        if item.first < number.number_last and item.last > number.first:
            continue
        if item.first < number.last and item.last > number.number_last:
            if _is_inside(sentence, number, item, entry):
                at_end = item.last == number.last and not is_part_of(sentence.whole, number)
                state = Counted(
                    quantity, entry.predicate, "state", number.first, number.last,
                    item.first, item.last, trigger.lemma,
                )  # fmt: skip
                # "three of the injured later died"
                yield STRENGTH["state" if at_end else "member"], state
            continue
        able = countable.get(trigger.entry)
        if able is None:
            able = counts(entry, quantity, tokens, number) and not excluded(sentence.whole, number, entry)
            countable[trigger.entry] = able
        if not able and not (anyone and _befalls(tokens, number, item)):
            continue
        match = tie(sentence, position, number, item, entry)
        if match is not None:
            distance = abs(item.first - number.first)
            # The longer label says more: "consumer prices" before "prices".
            longer = 0.01 * len(trigger.words) if trigger.kind == "label" else 0.0
            if match.pattern == "label" and trigger.kind != "label":
                longer = 0.05  # "the number of residents evacuated"
            elif match.pattern == "active" and trigger.tail:
                # "brought 18 people to safety": the verb knows who did it
                longer = 0.01 + 0.01 * len(trigger.tail)
            elif match.pattern == "passive":
                longer = 0.001 * len(trigger.tail)
            if number.last < item.first < aside:
                longer = -0.1
            yield STRENGTH[match.pattern] + longer - 0.002 * distance, match


def _is_inside(sentence: NumberSentence, number: NumberAt, item: Found, entry: QuantityEntry) -> bool:
    """Whether the counted "noun" is the trigger ("30 hurt"), or an adjective before it ("53 injured
    miners")."""
    trigger, tokens = item.trigger, sentence.tokens
    return (
        number.number_last <= item.first
        and trigger.form in (None, "past", "participle")
        and trigger.kind in ("state", "verb")
        and number.quantity.kind == "count"
        and not trigger.tail
        and (entry.counts == "people" or entry.predicate == "homes_destroyed")
        and (
            counts(entry, number.quantity, tokens, number)
            or (trigger.lemma in entry.anyone and _befalls(tokens, number, item))
        )
    )


def _befalls(tokens: Sequence[Token], number: NumberAt, item: Found) -> bool:
    """ "killed eleven pickers": whatever noun the trigger befalls names persons; but "those aboard two
    gliders died" does not count them."""
    if not is_anyone(number) or "-" in tokens[number.number_last - 1].text:
        return False  # "executed a three-phased withdrawal"
    before = number.first - 1
    while before > 0 and tokens[before].tag == "det":
        before -= 1
    governed = before >= 0 and (tokens[before].tag == "prep" or tokens[before].lower == "aboard")
    return item.first < number.first or not governed


def _has_tail(sentence: NumberSentence, trigger: Trigger, entry: QuantityEntry) -> bool:
    """Whether the sentence has all words of a verb's tail, or the verb may do without."""
    for word in trigger.tail:
        if word in sentence.lowers or word == "*":
            continue
        if word != "hospital" or sentence.lowers.isdisjoint(HOSPITALS):
            return trigger.lemma in entry.paid or trigger.lemma in entry.recipients
    return True

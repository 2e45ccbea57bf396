"""Which way a trigger holds a number, if it does: by the kind of the trigger and by where the two stand."""

from collections.abc import Sequence

from service.extraction.beside import beside
from service.extraction.conditions import told_in
from service.extraction.countables import is_few
from service.extraction.counted import is_plural
from service.extraction.figures import Counted, NumberAt, NumberSentence, Pattern
from service.extraction.label_ties import (
    is_against,
    is_brought,
    is_labelled,
    is_linked,
    is_opening,
    is_paid,
    is_raced,
    is_taken,
)
from service.extraction.lexicon import QuantityEntry
from service.extraction.measures import has_label, is_apart, is_no_party, is_of_another, is_quoted, measured
from service.extraction.reach import RATES, reach
from service.extraction.tallies import is_numbered, is_tallied, is_told_before
from service.extraction.ties import (
    act_of,
    is_accompanied,
    is_active,
    is_given,
    is_inverted,
    is_relative_object,
    is_second_verb,
    is_subject,
    state_follows,
)
from service.extraction.tokens import Token, Tokens
from service.extraction.triggers import Found, matches


def tie(
    sentence: NumberSentence, position: int, number: NumberAt, item: Found, entry: QuantityEntry
) -> Counted | None:
    kind = item.trigger.kind
    nouns = entry.verb_nouns.get(item.trigger.lemma)
    if (
        nouns is not None
        and _noun_of(sentence, position) not in nouns
        and not _goes_on(sentence, position, nouns)
        and not _is_of_own(sentence.whole, number)
    ):
        return None
    pattern: Pattern | None = None
    sign = item.trigger.sign
    tokens = sentence.tokens
    after = item.first >= number.number_last
    if (
        entry.needs_after
        and kind != "label"
        and not told_in(sentence.around, entry.around)
        and sentence.lowers.isdisjoint(entry.around)
        and beside(sentence, number, entry) is None
    ):
        return None
    if kind == "state" and after:
        # "1,000 dead and thousands of wounded": what another number counts is its own.
        if item.first not in sentence.busy and state_follows(sentence, number, item):
            pattern = "state"
    elif item.trigger.lemma in entry.races:
        pattern = "active" if is_raced(sentence, position, item) else None
    elif kind == "verb" and after:
        past = item.trigger.form in ("past", "participle") and item.trigger.lemma != "have"
        if past and item.first not in sentence.busy and is_subject(sentence, number, item):
            pattern = "passive"
        elif is_relative_object(sentence, number, item):
            pattern = "active"
    elif kind in ("verb", "state") and entry.counts == "people" and is_inverted(sentence, number, item):
        pattern = "passive"
    elif kind == "verb":
        if entry.predicate == "vote_share" and is_no_party(tokens, item.first):
            return None  # "unemployment stands at 4.2 percent", "the yen gained 0.7 percent"
        if (
            is_active(sentence, number, item)
            or (item.trigger.lemma in entry.paid and is_paid(sentence, number, item))
            or (item.trigger.lemma in entry.recipients and is_given(sentence, number, item))
        ):
            pattern = "active"
    elif kind == "intransitive" and after:
        if item.trigger.form in ("base", "third") and tokens[item.first - 1].tag == "det":
            return None  # "voted for the strike"
        before = tokens[item.first - 1]
        noun = item.trigger.form == "base" and item.first > number.last and before.tag == "word"
        if before.text == "," and tokens[item.last : item.last + 1] and tokens[item.last].lower in _SAY:
            return None  # "nine guards were charged, police said"
        if noun and not is_plural(before.text) and before.lower not in RATES:
            return None  # "40 policemen needed medical help", but "90 people a day die"
        if (
            (item.trigger.form != "ing" and reach(sentence, number.last, item.first) is not None)
            or (
                item.trigger.form == "ing"
                and (
                    item.first == number.last
                    or reach(sentence, number.last, item.first) is True
                    or (
                        tokens[item.first - 1].lower in _BEGINNING
                        and reach(sentence, number.last, item.first) is not None
                    )
                )
            )
            or (entry.counts != "soldiers" and is_second_verb(sentence, number, item))
        ):
            pattern = "intransitive"
    elif kind == "measure" and not after and is_quoted(sentence, number, item, entry):
        pattern = "measure"
    elif kind == "act" and not after:
        moves = not entry.acts_up or (has_label(sentence, entry) and tokens[item.first - 1].lower != "to")
        if moves and (
            act_of(sentence, number, item)
            or (item.trigger.lemma in entry.paid and is_paid(sentence, number, item))
        ):
            pattern = "act"
    elif kind == "label" and not after:
        if entry.measures and not entry.after:
            change = measured(sentence, number, item)
            if change is not None:
                pattern, sign = "measure", change
        elif entry.measures:
            change = measured(sentence, number, item)
            told = change is not None or is_labelled(sentence, number, item)
            if told and not is_apart(tokens, item.last, number.first):
                pattern, sign = "measure", change or 1
        elif (
            is_labelled(sentence, number, item)
            if not entry.links
            else is_linked(sentence, number, item, entry)
        ):
            pattern = "label"
        if pattern is not None and item.trigger.lemma in entry.negative_labels:
            sign = -1
    elif kind == "label" and (
        is_opening(sentence, number, item)
        or (after and not entry.measures and is_brought(sentence, number, item))
        or (entry.later and is_taken(sentence, number, item, entry))
    ):
        pattern = "label"
    if pattern is None and not after and entry.counts == "people" and kind in ("verb", "intransitive"):
        pattern = "passive" if is_accompanied(sentence, number, item) else None
    if pattern is None and (
        is_told_before(sentence, number, item)
        if after
        else kind in ("verb", "intransitive", "state") and is_tallied(sentence, number, item)
    ):
        pattern = "label"
    befallen = entry.counts == "people" and kind in ("verb", "intransitive", "state")
    if pattern is None and befallen and is_numbered(sentence, number, item):
        pattern = "label"
    if pattern is None:
        return None
    if entry.predicate == "population" and (number.quantity.amount or 100) < _FEWEST_INHABITANTS:
        return None  # "the heads of state of four neighbours"
    if entry.predicate == "population" and kind == "label" and _is_elsewhere(sentence.whole, number, item):
        return None
    if item.trigger.lemma == "group of" and number.noun is None:
        return None  # "walked as a group of nine"
    if entry.predicate == "arrests" and number.noun in _SAVED:
        return None  # "boats picked up 40 survivors, police said"
    if (
        entry.predicate in _EARNINGS
        and tokens[number.first - 1].lower == "by"
        and tokens[item.last - 1].lower != "by"
    ):
        return None  # "raised its profit by 400 million euros"
    if entry.predicate == "price" and not _is_price(tokens, number):
        return None
    if (
        entry.predicate == "economic_growth"
        and kind == "label"
        and not _is_of_economy(sentence.whole, item.first, number.first)
    ):
        return None
    if (
        entry.predicate in _PRICES
        and kind == "label"
        and (item.first in sentence.busy or is_of_another(tokens, item.first))
    ):
        return None  # "1.4m yuan ($177,600)", "exports to the currency area rose"
    if (
        entry.counts == "things"
        and not (
            pattern == "label" or (pattern == "active" and (number.quantity.amount or 0) >= _FEWEST_THINGS)
        )
        and _noun_of(sentence, position) is None
        and not (position and "extra" in number.quantity.flags)  # "ordered ten jets and may buy five more"
    ):
        return None  # "delivers final 717 to AirTran": the name of one
    if item.trigger.lemma in entry.many and is_few(number):
        return None
    if kind == "verb" and item.trigger.lemma in entry.negative_verbs:
        sign = -1
    tail_last = item.last
    if item.trigger.tail and after:
        tail_last = matches(tokens, item.last, item.trigger.tail)
        if not tail_last:
            return None
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
        owner=_whose(sentence, position, item, entry) if entry.races and pattern == "active" else None,
    )


def _whose(
    sentence: NumberSentence, position: int, item: Found, entry: QuantityEntry
) -> tuple[int, int] | None:
    """ "gave Reyes 46 percent", "leads Reyes by 46 percent to 40": the object of the verb has a share."""
    tokens, number = sentence.tokens, sentence.numbers[position]
    second = position and is_against(sentence.whole, sentence.numbers[position - 1], number)
    if not (item.trigger.lemma in entry.recipients or (item.trigger.lemma in entry.races and second)):
        return None
    last = item.last
    named = ("det", "cap", "poss", "word" if tokens[last].tag == "det" else "cap")
    while last < number.first and tokens[last].tag in named:
        last += 1
        last += tokens[last - 1].tag == "cap" and tokens[last].text == "."  # "Mr. Reyes"
    return (item.last, last) if last > item.last else None


def _noun_of(sentence: NumberSentence, position: int) -> str | None:
    """The counted noun in the singular; in "377 of its 560 workers" that of the whole."""
    number = sentence.numbers[position]
    if number.noun is None and position + 1 < len(sentence.numbers):
        whole = sentence.numbers[position + 1]
        between = [token.lower for token in sentence.tokens[number.number_last : whole.first]]
        if between[:1] == ["of"] and len(between) < 4:
            return whole.noun
    return number.noun


def _is_elsewhere(tokens: Tokens, number: NumberAt, item: Found) -> bool:
    """ "the toll on the island of Bohol rose to 93": no island of so many."""
    words = item.trigger.words
    plain = words[-1] == "of" and words[-2].rstrip("s") in _SETTLEMENTS
    return plain and any(token.tag == "cap" for token in tokens[item.last : number.first])


_SETTLEMENTS = frozenset(
    "country city nation town village island settlement region province state district suburb municipality "
    "county capital territory kingdom port".split()
)


def _is_of_own(tokens: Tokens, number: NumberAt) -> bool:
    """ "lost 13 of its own"."""
    follow = tokens.lowers[number.number_last : number.number_last + 3]
    return follow[:1] == ["of"] and follow[1:2] in (["its"], ["their"]) and follow[2:] == ["own"]


def _goes_on(sentence: NumberSentence, position: int, nouns: tuple[str, ...]) -> bool:
    """ "slashed 5,000 posts and will axe 3,000 more": more of what was counted before."""
    quantity = sentence.numbers[position].quantity
    more = quantity.noun is None and "extra" in quantity.flags
    return more and any(number.noun in nouns for number in sentence.numbers[:position])


def _is_price(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "a scheme that will cost £85m": what costs millions has no price that others pay as well; and "crude
    rose by $2" tells a change."""
    quantity = number.quantity
    amount = quantity.amount or quantity.lower or quantity.upper
    by = number.first and tokens[number.first - 1].lower == "by"
    rated = quantity.unit is None  # "fell to 1.5 million to the dollar"
    return not by and (amount is None or amount < _DEAREST or rated)


_SAVED = frozenset("survivor survivors castaway castaways evacuee evacuees".split())
_SAY = frozenset("said say says told".split())


def _is_of_economy(tokens: Tokens, label: int, last: int) -> bool:
    """Not "domestic demand held, exports grew 1.3%", "eurozone interest rates are at 2%"."""
    return _OTHER_RATES.isdisjoint(tokens.lowers[max(0, label - 2) : last])


_OTHER_RATES = frozenset(
    "sales exports imports inflation interest base orders unemployment joblessness deficit wages wage credit "
    "productivity investment spending profit profits revenue revenues loans factories stock market "
    "shares".split()
)
_PRICES = frozenset(("price", "price_change"))
_EARNINGS = frozenset(("profit", "revenue"))


_BEGINNING = frozenset("began begun begin begins started start starts continued kept".split())


_DEAREST = 1_000_000


_FEWEST_THINGS = 1000


_FEWEST_INHABITANTS = 20

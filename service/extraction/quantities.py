"""A quantity from a bare number: the hedges before it, its unit and the noun that it counts."""

import re
from decimal import Decimal

from service.extraction.counted import (
    NOTHING,
    Counted,
    counted_after,
    counted_before,
    is_person,
    person_by_verb,
    singular,
)
from service.extraction.currency_words import CURRENCY_WORDS, UNCLEAR_CURRENCIES
from service.extraction.number_grammar import (
    AGE,
    AGED,
    ALL_OF,
    APPOSED_AGE,
    COSTS,
    CURRENCY,
    EXTRA,
    FROM_BEFORE,
    IN_PLACE,
    MEASURE,
    MULTIPLE,
    NAMED_AGE,
    NEGATED,
    NEGATION,
    OPENING,
    PAID_FOR,
    PERCENT,
    PERSON_OF,
    RATE,
    RISEN,
    SCARCE_CURRENCIES,
    TRAILING,
    may_have_unit,
)
from service.extraction.quantity_words import HEDGES, MEASURES, PERSON_STATES, TRAILING_HEDGES
from service.extraction.text import QualifierName, Quantity, QuantityKind

_PARTICLE_VERBS = frozenset(
    "hand hands handed handing turned rolled ran run runs sweep swept sweeps sweeping washed crashed".split()
)
# How many words the longest hedge has that ends with a word.
_MOST_WORDS: dict[str, int] = {}
for _hedge in HEDGES:
    _last, _size = _hedge.split()[-1], len(_hedge.split())
    _MOST_WORDS[_last] = max(_size, _MOST_WORDS.get(_last, 0))
# What the words before a number must end with, so that the patterns are worth trying.
_LAST_OF_EXTRA = ("another", "further", "additional", "extra")
_LAST_OF_AGED = tuple("was is oldest youngest aged age of turned turns at just only".split())


def unit_of(counted: Counted) -> str | None:
    return "people" if counted.person else counted.noun


def _unit_after(
    text: str, end: int, limit: int, value: Decimal
) -> tuple[int, str | None, QuantityKind, tuple[str, ...]]:
    """End of the unit that follows a number, the unit, the kind, flags."""
    if not may_have_unit(text, end):
        return end, None, "count", ()
    if age := AGE.match(text, end, limit):
        return age.end(), "year", "age", ()
    if percent := PERCENT.match(text, end, limit):
        points = "point" in percent.group().lower()
        return percent.end(), "percentage_point" if points else "percent", "percent", ()
    if times := MULTIPLE.match(text, end, limit):
        return times.end(), "times", "multiple", ()
    scaled = value >= 10**6
    if currency := CURRENCY.match(text, end, limit):
        if currency["code"]:
            return currency.end(), currency["code"], "money", ()
        name = currency["word"].lower()
        bare = next(
            (
                form
                for form in (name, name.removesuffix("s"), name.removesuffix("es"))
                if form in CURRENCY_WORDS
            ),
            "pound",
        )
        if (
            bare not in SCARCE_CURRENCIES
            or scaled
            or value >= 1000
            or value.as_tuple().exponent == -2
            or PAID_FOR.match(text, currency.end(), limit)
            or COSTS.search(text, max(0, end - 60), end)
        ):
            code = CURRENCY_WORDS.get(bare, "GBP")
            return (
                currency.end(),
                code,
                "money",
                ("unclear_currency",) if bare in UNCLEAR_CURRENCIES or bare == "pound" else (),
            )
    if value < 10**7 and RATE.match(text, end, limit):
        return end, None, "money", ()
    if measure := MEASURE.match(text, end, limit):
        unit, kind = MEASURES[measure["unit"]]
        short = len(measure["unit"]) == 1 and measure["gap"] != "" and measure["unit"] != "m"
        if not short:
            return measure.end(), unit, kind, ()
    return end, None, "count", ()


def quantity_of(
    text: str,
    start: int,
    number_start: int,
    number_end: int,
    limit: int,
    value: Decimal | None,
    bounds: tuple[Decimal, Decimal | None] | None,
    money: str | None,
    flags: tuple[str, ...],
    lead: int = 0,
    of_done: bool = False,
) -> Quantity | None:
    """Hedges, unit and noun around a number; `lead` is the length of "between " or "from " before it."""
    top = value if value is not None else bounds[1] or bounds[0] if bounds else Decimal(0)
    end, unit, kind, unit_flags = _unit_after(text, number_end, limit, top)
    if money is not None:
        if kind != "money" and kind != "percent":
            end = number_end
        elif unit == money:
            flags = tuple(flag for flag in flags if flag != "unclear_currency")
        unit, kind = money, "money"
    flags += unit_flags
    qualifier: QualifierName = "exact"
    before = text[max(0, start - 40) : start]
    left = start - lead
    lowered = before.lower().rstrip()
    if lead == 0:
        passed = 0
        if lowered.endswith(_LAST_OF_EXTRA) and (extra := EXTRA.search(before)):
            flags, passed = (*flags, "extra"), len(before) - extra.start()
        elif lowered.endswith(("all", "the")) and (all_of := ALL_OF.search(before)):
            passed = len(before) - all_of.start()
        risen = lowered.endswith(" up to") and FROM_BEFORE.match(text, end, limit) and RISEN.search(before)
        if not risen and (hedge := _hedge_before(before[: len(before) - passed])):
            qualifier, passed = hedge[0], passed + hedge[1]
            left = start - passed
            if qualifier in NEGATED and NEGATION.search(before[: len(before) - passed]):
                # "would not take more than ten days"
                qualifier, flags = NEGATED[qualifier], (*flags, "negated")
            elif outer := _hedge_before(before[: len(before) - passed]):
                # "at least some 400", "up to about 5": the bound outweighs the estimate.
                left -= outer[1]
                if outer[0] not in ("about", "exact"):
                    qualifier = outer[0]
    if kind == "duration" and qualifier == "exact" and before.lower().endswith("within "):
        qualifier = "at_most"
    if trailing := TRAILING.match(text, end, limit):
        if qualifier == "exact":
            qualifier, end = _told_by(trailing), trailing.end()
        elif trailing["mark"]:
            end = trailing.end()  # "some 40-odd"
    counted = NOTHING
    if kind == "count":
        counted = counted_after(text, end, limit, one=value == 1)
        if "vague" in flags and _stands_alone(text, end, counted):
            counted = NOTHING
        if counted.end is not None and qualifier == "exact" and text.startswith(_AFTER_NOUN, counted.end):
            behind_noun = TRAILING.match(text, counted.end, limit)  # "40 people or more"
            qualifier = _told_by(behind_noun) if behind_noun else qualifier
        if counted.noun is None and kind == "count":
            behind = counted_before(text, left, max(0, left - 130))
            if behind.noun is not None:
                counted, flags = behind, (*flags, "noun_before")
        parted = value is not None and value % 1 and "fraction" not in flags
        if parted and (counted.person or counted.noun in _STRIKING):
            counted = NOTHING  # "a magnitude 6.3 quake killed": no one is counted in parts
        unit = unit_of(counted)
        if bounds is not None and counted.noun is None and AGED.search(text[max(0, left - 30) : left]):
            kind, unit = "age", "year"  # "aged between 24 and 41"
        elif counted.noun is None and value is not None:
            if value < 130 and _is_age(text, end, before):
                kind, unit = "age", "year"
            elif person_by_verb(text, left):
                unit, flags = "people", (*flags, "unit_by_verb")
        elif (
            value is not None
            and lowered.endswith(_LAST_OF_AGED)
            and value < 130
            and AGED.search(before)
            and counted.start is not None
            and "noun_before" not in flags
        ):
            kind, unit, counted = "age", "year", NOTHING
        if counted.extra:
            flags = (*flags, "extra")
    if "fraction" in flags:
        kind = "fraction"
    lower: Decimal | None
    upper: Decimal | None
    if bounds is not None:
        lower, upper = bounds
        amount = None
        qualifier = "at_least" if upper is None else "range"
    else:
        amount = value
        lower = upper = value
        if qualifier == "exact" and "vague" in flags:
            qualifier = "about"
        if qualifier in ("nearly", "less_than", "at_most"):
            lower = None
        elif qualifier in ("more_than", "at_least"):
            upper = None
    return Quantity(
        left, end, text[left:end], amount, lower, upper, qualifier, kind, unit, number_start, number_end,
        counted.noun, counted.start, counted.end, tuple(dict.fromkeys(flags)) if len(flags) > 1 else flags,
    )  # fmt: skip


# "a 6.3 quake hits Peru": a verb of a headline.
_STRIKING = frozenset("hit strike rock shake jolt rattle".split())
_AFTER_NOUN = (" or ", " at ")


def _told_by(trailing: re.Match[str]) -> QualifierName:
    return TRAILING_HEDGES[(trailing["words"] or trailing["mark"]).lower()]


def _stands_alone(text: str, end: int, counted: Counted) -> bool:
    """ "Hundreds defied police orders": no noun follows a plural without "of", but "dozens dead" may."""
    plural = text[end - 1] == "s" and not text.startswith(" of ", end) and not counted.extra
    return plural and counted.noun is not None and counted.noun not in PERSON_STATES


_AGED_GOES_ON = re.compile(r"\s(?:was|is|who|in|has|had|from)\b")
_NOT_AGED = frozenset(
    "mother father parent mom mum dad grandmother grandfather crew staff police people personnel team "
    "family couple".split()
)


def _is_age(text: str, end: int, before: str) -> bool:
    """Whether a bare number that ends at `end` is how old somebody is, by the words on both sides of it."""
    if AGED.search(before):
        return True
    follow = text[end : end + 6]
    closed = follow[:1] in (",", ".", ";", ")", "")
    goes_on = _AGED_GOES_ON.match(follow) is not None
    if (closed or goes_on) and before.endswith(" of ") and (person := PERSON_OF.search(before)) is not None:
        noun = singular(person["noun"])  # "an economist of 57,", but "a mother of five,"
        return noun not in _NOT_AGED and is_person(noun, noun)
    if not APPOSED_AGE.search(before):
        return False
    if follow[:1] in (",", ")") or follow == " when ":
        return True
    if follow[:5] == " and ":
        if NAMED_AGE.search(before) is not None and not IN_PLACE.search(before):
            return True  # "Denis Okemba, 77 and in power since 1997"
        return follow[5:].isdigit()
    return closed and NAMED_AGE.search(before) is not None


def _hedge_before(before: str) -> tuple[QualifierName, int] | None:
    """Qualifier and length of the hedge that `before` ends with, the space after it included."""
    if before[-1:] != " ":
        return None
    last = before[:-1].rpartition(" ")[2].rpartition("\n")[2].lstrip(OPENING).lower()
    most = _MOST_WORDS.get(last)
    if most is None:
        return None
    words = before[before.rfind("\n") + 1 : -1].rsplit(" ", most)
    for size in range(min(most, len(words)), 0, -1):
        phrase = " ".join(words[-size:]).lstrip(OPENING)
        qualifier = HEDGES.get(phrase.lower())
        if qualifier is not None and phrase == "over" and len(words) > 1 and words[-2] in _PARTICLE_VERBS:
            continue  # "handed over three captives"
        if qualifier is not None:
            return qualifier, len(phrase) + 1
    return None

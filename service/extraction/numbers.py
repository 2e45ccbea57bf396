"""Quantities: numbers in digits or words with their hedges, ranges, currencies, units and counted nouns.

Kept out are dates and times of day (masked first), ordinals, designations ("Boeing 787", "Article 5"), list
and telephone numbers, scores and versions. Bounds follow the qualifier: about keeps the amount for both,
nearly, less_than and at_most leave the lower bound open, more_than and at_least the upper, a range has
bounds and no amount.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

import msgspec

from service.extraction.amounts import Amount, end_of, read_amount
from service.extraction.counted import (
    Counted,
    counted_after,
    counted_before,
    is_person,
    person_by_verb,
    singular,
)
from service.extraction.dates import dates, masks
from service.extraction.number_grammar import (
    AFTER_IN,
    AFTER_REJECT,
    AGE,
    AGED,
    ALL_OF,
    ANOTHER,
    ANOTHER_OF,
    APPOSED_AGE,
    ARTICLE,
    BARE_SCALES,
    BETWEEN,
    COMPARED,
    COORDINATION,
    COSTS,
    COUPLE,
    CURRENCY,
    DESIGNATIONS,
    EXTRA,
    FRACTION,
    FROM,
    FUNCTION_WORDS,
    GAP,
    GAP_END,
    GAPPED,
    GLUED,
    LIST_NUMBER,
    LONG_SCALE,
    MEASURE,
    MOVE,
    MULTIPLE,
    NAMED_AGE,
    NEGATED,
    NEGATION,
    NEXT_WORD,
    NONE,
    OF_A_SCALE,
    OF_MONEY,
    ONE,
    ONE_IN,
    ONE_OF,
    ONE_OF_THEM,
    ONE_STOP,
    OPENING,
    PAID_FOR,
    PAIR,
    PERCENT,
    PREVIOUS_WORD,
    RATE,
    SAME_SENTENCE,
    SCARCE_CURRENCIES,
    SPACED_GROUPS,
    TELEPHONE,
    TIME_BEFORE,
    TRAILING,
    VAGUE_PATTERN,
    VOTE,
    VOTES_GAP,
    starting,
)
from service.extraction.number_words import SCALES, SIMPLE_WORDS, value_of
from service.extraction.quantity_words import (
    CURRENCY_CODES,
    CURRENCY_WORDS,
    FRACTIONS,
    HEDGES,
    LETTER_SIGNS,
    MEASURES,
    TRAILING_HEDGES,
    UNCLEAR_CURRENCIES,
    VAGUE,
)
from service.extraction.text import DateExpression, QualifierName, Quantity, QuantityKind, reading_limits
from service.extraction.words import in_words

Result = tuple[list[Quantity], int]
Reader = Callable[[str, int, int], Result]


PARTICLE_VERBS = frozenset(
    "hand hands handed handing turned rolled ran run runs sweep swept sweeps sweeping washed crashed".split()
)


def _variants(words: Iterable[str]) -> set[str]:
    return {variant for word in words for variant in (word, word.capitalize(), word.upper())}


def numbers(
    text: str, masked: Sequence[DateExpression] | None = None, unread: list[int] | None = None
) -> list[Quantity]:
    """Quantities in order, disjoint. `masked` are the text's dates; left out, they are found here.

    Where the reading limits cut a text off, the offset is added to `unread`.
    """
    spans = masks(dates(text, None) if masked is None else masked)
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    found: list[Quantity] = []
    position = 0
    attempts, most = reading_limits(text)
    phrase_end = 0  # "five new 737 aircraft": a number inside the noun phrase of another one is a name's
    for start, word, _ in _starts(text):
        if start < position or start < phrase_end:
            continue
        reader = STARTERS.get(word, _read_number)
        attempts -= 1
        if attempts < 0 or len(found) >= most:
            if unread is not None:
                unread.append(start)
            break
        index = bisect_right(starts, start) - 1
        if index >= 0 and start < ends[index]:
            position = ends[index]
            continue
        limit = starts[index + 1] if index + 1 < len(starts) else len(text)
        quantities, position = reader(text, start, limit)
        position = max(position, start + 1)
        found.extend(quantities)
        if quantities and quantities[-1].noun_start is not None and not text.startswith(" of ", position):
            phrase_end = quantities[-1].noun_start
    return _share_nouns(text, _share_kinds(text, found))


def _pass_over(text: str, position: int, limit: int) -> int:
    """End of the word or number at `position`, which turned out to be no quantity."""
    rest = GLUED.match(text, position, limit)
    return rest.end() if rest else position


def _read_number(text: str, start: int, limit: int) -> Result:
    telephone = TELEPHONE.match(text, start, limit)
    if (
        telephone
        and sum(map(str.isdigit, telephone.group())) >= 9
        and not SPACED_GROUPS.fullmatch(telephone.group())
    ):
        return [], telephone.end()
    range_found = _read_range(text, start, limit)
    if range_found is not None:
        return range_found
    match = ONE.match(text, start, limit)
    if match is None:
        return [], _pass_over(text, start, limit)
    if " " in (match["a_words"] or "") and text[match.end() : match.end() + 5] == "-year":
        # "three nine-year-olds": the last word is the age of those counted.
        match = ONE.match(text, start, start + match["a_words"].rfind(" ")) or match
    amount = read_amount(match, "a_", limit)
    if amount is None:
        return [], match.end()
    end = end_of(match, "a_")
    if match["a_scale"] in ("m", "M", "b", "B", "k", "K") and amount.money is None:
        # "5 m" and "30 k" are as often metres and anything else.
        if match["a_scale"] in ("m", "b") and text[match.start("a_scale") - 1].isspace():
            amount, end = (
                Amount(amount.value / amount.scale, Decimal(1), None, amount.flags),
                match.start("a_scale") - 1,
            )
        else:
            amount = msgspec.structs.replace(amount, flags=(*amount.flags, "short_scale"))
    if _is_label(text, match, amount, end, limit):
        return [], _pass_over(text, end, limit)
    number_start = (
        match.start("a_words") if match["a_words"] else match.start("a_digits") - bool(match["a_minus"])
    )
    quantity = _quantity(
        text, start, number_start, end, limit, amount.value, None, amount.money, amount.flags
    )
    return ([quantity], max(quantity.end, end)) if quantity else ([], end)


def _read_range(text: str, start: int, limit: int) -> Result | None:
    """ "between 5 and 10", "5-10", "5 to 10", "two or three"; None when the two numbers are not bounds of
    one."""
    match = PAIR.match(text, start, min(limit, start + 160))
    if match is None:
        return None
    first, second = read_amount(match, "a_", limit), read_amount(match, "b_", limit)
    if first is None or second is None:
        return None
    low, high, end = first.value, second.value, end_of(match, "b_")
    if first.scale == 1 and second.scale > 1 and low < high / second.scale:
        low *= second.scale  # "5 to 10 million"
    link = match["link"].strip().lower()
    before = text[max(0, start - VOTES_GAP) : start]
    hyphen = link in ("-", "–", "—")
    if hyphen and (match["b_words"] or "").lower() in BARE_SCALES:
        return None  # "1.3-billion-euro"
    if hyphen and match["a_words"]:
        return None  # "twenty-three"
    if (
        hyphen
        and AFTER_REJECT.match(text, end)
        and not MEASURE.match(text, end, limit)
        and text[end : end + 1] != "-"
    ):
        return [], _pass_over(text, end, limit)
    if hyphen and (low >= high or VOTE.search(before[-30:])):
        return [], end  # a score, a vote, a designation
    if link == "and" and not BETWEEN.search(before):
        return None
    if link == "to" or link.startswith("to "):
        if low >= high and VOTE.match(text, end + 1):
            return [], end
        if low >= high or VOTE.search(before) or (FROM.search(before) and MOVE.search(before)):
            return None
        if match["b_sign"] and high > 5 * low and before.endswith(" by "):
            return None  # "rose by $2 to $81": a change and what it led to
    elif link == "or" and not low < high <= low * 2 + 2:
        return None
    if low >= high or AFTER_REJECT.match(text, end):
        return None
    if _is_percent(text, match.start(), match.start("link")) and not PERCENT.match(text, end, limit):
        return None  # "rose 0.4% to $1,790": a change and what it led to
    money = first.money or second.money
    number_start = match.start("a_words") if match["a_words"] else match.start("a_digits")
    opening = BETWEEN.search(before) or (FROM.search(before) if link == "to" else None)
    lead = len(before) - opening.start() if opening else 0
    flags = tuple(dict.fromkeys((*first.flags, *second.flags)))
    quantity = _quantity(text, start, number_start, end, limit, None, (low, high), money, flags, lead)
    if (
        hyphen
        and quantity
        and quantity.kind == "count"
        and (quantity.noun is None or "noun_before" in quantity.flags)
    ):
        return [], end  # "the 737-800": nothing says that it counts
    return ([quantity], max(quantity.end, end)) if quantity else None


def _is_percent(text: str, start: int, end: int) -> bool:
    return "%" in text[start:end] or "per" in text[start:end].lower()


def _is_label(text: str, match: re.Match[str], amount: Amount, end: int, limit: int) -> bool:
    """Is the number part of a name, an ordinal, a list number, a score, a version?"""
    start = match.start()
    if match["a_sign"]:
        return False
    if PERCENT.match(text, end, limit):
        return False
    if text[start - 1 : start] == "#" and not match["a_scale"]:
        return True
    if AFTER_REJECT.match(text, end) and not (
        MEASURE.match(text, end, limit) or MULTIPLE.match(text, end, limit) or AGE.match(text, end)
    ):
        return True
    before = text[max(0, start - 40) : start]
    words = match["a_words"]
    ratio = AFTER_IN.search(before) if before.endswith(("in ", "of ", "every ")) else None
    if ratio and not before[: ratio.start()].endswith("least ") and amount.value <= 20:
        return True  # "one in four"
    if words and " " not in words and ONE_IN.match(text, end, limit):
        return True  # "nine in ten of the dead"
    if words is not None and words.lower() in BARE_SCALES and before[-2:-1].isdigit():
        return True
    if words is None and LIST_NUMBER.match(text, start) and (not before or before[-1] == "\n"):
        return True
    gap = before[-1:]
    previous = PREVIOUS_WORD.search(before[:-1].rpartition(" ")[2]) if gap in (" ", "-") else None
    if words is not None and words.lower() in ("one", "zero") and not AGE.match(text, end):
        if words == "one" and ONE_OF_THEM.match(text, end, limit):
            return False  # "freed one of them", but not "One of them left"
        return _one_is_no_count(text, end, limit, previous.group().lower() if previous else "")
    if previous is None:
        return False
    word = previous.group().lower().rstrip(".")
    if previous.group().endswith(".") and word not in ("no", "nos", "vol", "fig", "sec", "art"):
        return False  # the end of the sentence before: "last month. Three men …"
    if word in DESIGNATIONS and not match["a_scale"] and not TIME_BEFORE.search(before):
        return words is not None or "," not in match["a_digits"]
    if words is not None or match["a_scale"] or "," in (match["a_digits"] or ""):
        return False
    if not previous.group()[0].isupper() or word in FUNCTION_WORDS or gap == "-":
        return False
    if GAP_END.match(text, end) and GAPPED.search(text, max(0, start - 120), start):
        return False  # "France sent 300 soldiers and Italy 200"
    return counted_after(text, end, limit).noun is None and MEASURE.match(text, end, limit) is None


def _one_is_no_count(text: str, end: int, limit: int, previous: str) -> bool:
    following = NEXT_WORD.match(text, end, limit)
    if previous in ("no", "the", "this", "that", "any", "every", "each", "which", "another", "number"):
        return True
    if previous in ("least", "only", "than", "killed", "killing", "nearly", "about"):
        return False
    if following is None:
        return True
    word = following["word"].lower()
    if word == "of" and (some := ONE_OF.match(text, end, limit)) is not None:
        return not is_person(singular(some["noun"]), some["noun"])
    if previous == "and" and word in ("was", "died", "remains"):
        return False  # "two were killed and one was wounded"
    if (
        previous == "and"
        and word in ("in", "from")
        and text[following.end() + 1 : following.end() + 2].isupper()
    ):
        return False  # "14 in Gulu and one in Kampala"
    return word in ONE_STOP or text[end : end + 1] == "-"


def _read_words(text: str, start: int, limit: int) -> Result:
    if text[start] in "aA" and not ARTICLE.match(text, start):
        return [], _pass_over(text, start, limit)
    for pattern in (FRACTION, COUPLE):
        match = pattern.match(text, start, limit)
        if match is not None:
            return _read_special(text, match, limit)
    return _read_number(text, start, limit)


def _read_special(text: str, match: re.Match[str], limit: int) -> Result:
    groups = match.groupdict()
    start, end = match.span()
    word = groups.get("word")
    if word:
        value = {"couple": Decimal(2), "pair": Decimal(2), "score": Decimal(20)}[word.lower()]
        quantity = _quantity(text, start, start, end, limit, value, None, None, ("vague",), of_done=True)
    else:
        counts = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "1": 1, "2": 2, "3": 3}
        part = (
            FRACTIONS["half"]
            if groups["part"]
            else FRACTIONS[groups["name"].lower()] * counts[groups["count"].lower()]
        )
        flags: tuple[str, ...] = ("fraction",)
        if scale := OF_A_SCALE.match(text, end, limit):  # "three quarters of a million"
            part, end, flags = (part * SCALES[scale["scale"]]).quantize(Decimal(1)), scale.end(), ()
        else:
            part = part.quantize(Decimal("0.0001")).normalize()
        quantity = _quantity(text, start, start, end, limit, part, None, None, flags)
    return ([quantity], max(end, quantity.end)) if quantity else ([], end)


def _read_vague(text: str, start: int, limit: int) -> Result:
    match = VAGUE_PATTERN.match(text, start, limit)
    if match is None:
        return [], start + 1
    if match["plural"]:
        lower = VAGUE[match["plural"].lower()]
    else:
        scale = value_of(match["scale"].lower()) or Decimal(1)
        lower = 2 * scale
    end = match.end("plural") if match["plural"] else match.end("scale")
    if text[end : end + 1] == "s":
        end += 1
    flags = ("vague", "extra") if match["more"] else ("vague",)
    lead = (
        2 if (match["some"] or "").lower() == "few" and text[max(0, start - 2) : start].lower() == "a " else 0
    )
    quantity = _quantity(text, start, start, end, limit, None, (lower, None), None, flags, lead)
    return ([quantity], max(end, quantity.end)) if quantity else ([], end)


def _read_another(text: str, start: int, limit: int) -> Result:
    """ "killed one guard and injured another": one."""
    match = ANOTHER.match(text, start, limit)
    if match is None or not ANOTHER_OF.search(text, max(0, start - 20), start):
        return [], start + 1
    one = Decimal(1)
    return [
        Quantity(
            start, match.end(), match.group(), one, one, one, "exact", "count", "people", start,
            match.end(), None, None, None, ("extra",),
        )
    ], match.end()  # fmt: skip


def _read_none(text: str, start: int, limit: int) -> Result:
    match = NONE.match(text, start, limit)
    if match is None:
        return _read_number(text, start, limit) if text[start] in "zZ" else ([], start + 1)
    counted = counted_after(text, match.end(), limit)
    zero = Decimal(0)
    return [
        Quantity(
            start, match.end(), match.group(), zero, zero, zero, "exact", "count", _unit(counted), start,
            match.end(), counted.noun, counted.start, counted.end,
        )
    ], match.end()  # fmt: skip


def _unit(counted: Counted) -> str | None:
    return "people" if counted.person else counted.noun


def _unit_after(
    text: str, end: int, limit: int, value: Decimal, scaled: bool
) -> tuple[int, str | None, QuantityKind, tuple[str, ...]]:
    """End of the unit that follows a number, the unit, the kind, flags."""
    if age := AGE.match(text, end, limit):
        return age.end(), "year", "age", ()
    if percent := PERCENT.match(text, end, limit):
        points = "point" in percent.group().lower()
        return percent.end(), "percentage_point" if points else "percent", "percent", ()
    if times := MULTIPLE.match(text, end, limit):
        return times.end(), "times", "multiple", ()
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
    if not scaled and RATE.match(text, end, limit):
        return end, None, "money", ()
    if measure := MEASURE.match(text, end, limit):
        unit, kind = MEASURES[measure["unit"]]
        short = len(measure["unit"]) == 1 and measure["gap"] != "" and measure["unit"] != "m"
        if not short:
            return measure.end(), unit, kind, ()
    return end, None, "count", ()


def _quantity(
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
    end, unit, kind, unit_flags = _unit_after(text, number_end, limit, top, top >= 10**6)
    if money is not None:
        if kind != "money" and kind != "percent":
            end = number_end
        elif unit == money:
            flags = tuple(flag for flag in flags if flag != "unclear_currency")
        unit, kind = money, "money"
    flags = (*flags, *unit_flags)
    qualifier: QualifierName = "exact"
    before = text[max(0, start - 40) : start]
    left = start - lead
    if lead == 0:
        passed = 0
        if extra := EXTRA.search(before):
            flags, passed = (*flags, "extra"), len(before) - extra.start()
        elif all_of := ALL_OF.search(before):
            passed = len(before) - all_of.start()
        if hedge := _hedge_before(before[: len(before) - passed]):
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
        key = (trailing["words"] or trailing["mark"]).lower()
        if qualifier == "exact":
            qualifier = TRAILING_HEDGES[key]
            end = trailing.end()
    counted = Counted(None, None, None)
    if kind == "count":
        counted = counted_after(text, end, limit, one=value == 1)
        if counted.noun is None and kind == "count":
            behind = counted_before(text, left, max(0, left - 130))
            if behind.noun is not None:
                counted, flags = behind, (*flags, "noun_before")
        unit = _unit(counted)
        if bounds is not None and counted.noun is None and AGED.search(text[max(0, left - 30) : left]):
            kind, unit = "age", "year"  # "aged between 24 and 41"
        elif counted.noun is None and value is not None:
            if (AGED.search(before) and value < 130) or (
                value < 120
                and APPOSED_AGE.search(before)
                and (
                    text[end : end + 1] in (",", ")")
                    or text[end : end + 6] == " when "
                    or (text[end : end + 5] == " and " and text[end + 5 : end + 6].isdigit())
                    or (NAMED_AGE.search(before) and text[end : end + 1] in (".", ";", ""))
                )
            ):
                kind, unit = "age", "year"
            elif person_by_verb(text, left):
                unit, flags = "people", (*flags, "unit_by_verb")
        elif (
            value is not None
            and value < 130
            and AGED.search(before)
            and counted.start is not None
            and "noun_before" not in flags
        ):
            kind, unit, counted = "age", "year", Counted(None, None, None)
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
        counted.noun, counted.start, counted.end, tuple(dict.fromkeys(flags)),
    )  # fmt: skip


def _hedge_before(before: str) -> tuple[QualifierName, int] | None:
    """Qualifier and length of the hedge that `before` ends with, the space after it included."""
    if before[-1:] != " ":
        return None
    words = before[before.rfind("\n") + 1 : -1].rsplit(" ", 5)
    for index in range(max(0, len(words) - 5), len(words)):
        phrase = " ".join(words[index:]).lstrip(OPENING)
        qualifier = HEDGES.get(phrase.lower())
        if qualifier is not None and phrase == "over" and index and words[index - 1] in PARTICLE_VERBS:
            continue  # "handed over three captives"
        if qualifier is not None:
            return qualifier, len(phrase) + 1
    return None


def _share_kinds(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "a turnover of $4.8 billion and a loss of 1.5 billion", "to 39.1 percent, up from 29.8 in April": the
    unit is said once in a sentence; and whoever is "aged 7 and 9" is of an age twice."""
    told: Quantity | None = None  # what the bare figure may share the unit of
    money: Quantity | None = None
    for index, quantity in enumerate(found):
        earlier = found[index - 1] if index else None
        if quantity.kind in ("money", "percent"):
            told = quantity
            money = quantity if quantity.kind == "money" else money
        elif quantity.kind != "count" or quantity.noun is not None or earlier is None:
            continue
        elif earlier.kind == "age":
            if (quantity.amount or 1000) < 120 and COORDINATION.fullmatch(text, earlier.end, quantity.start):
                found[index] = msgspec.structs.replace(quantity, kind="age", unit="year")  # "aged 7 and 9"
        elif told is not None and (
            _shares_unit(text, told, quantity, told is earlier)
            or (
                money is not None and told is not money and _shares_unit(text, told := money, quantity, False)
            )
        ):
            flags = (*quantity.flags, *(("currency_shared",) if told.kind == "money" else ()))
            found[index] = told = msgspec.structs.replace(
                quantity, kind=told.kind, unit=told.unit, flags=flags
            )
    return found


def _shares_unit(text: str, told: Quantity, bare: Quantity, adjacent: bool) -> bool:
    """Whether a bare figure is of the kind of the one before: by its size, or as what that is compared
    with."""
    amount, before = bare.amount or bare.lower or Decimal(0), told.amount or told.lower or Decimal(0)
    if not SAME_SENTENCE.fullmatch(text, told.end, bare.start):
        return False
    ahead = max(0, bare.start - 40)
    if told.kind == "money" and amount >= 10**6 and OF_MONEY.search(text, ahead, bare.start):
        return True
    ends = text[bare.end : bare.end + 2].strip()[:1]
    if text[told.end : bare.start] == " to " and told.kind == "percent" and 80 < before + amount <= 101:
        return True  # "won by 51 percent to 47"
    share = adjacent and (amount <= 100 if told.kind == "percent" else amount >= 10**6)
    if share and GAP_END.match(text, bare.end) and GAP.fullmatch(text, told.end, bare.start):
        return True
    near = adjacent and bare.start - told.end < 100 and before / 20 < amount < before * 20
    return near and ends not in ("-", "%") and COMPARED.search(text, ahead, bare.start) is not None


def _share_nouns(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "killed 102 and 21 people", "500 and 1,000 songs": the first number counts the second one's noun."""
    for index in range(len(found) - 2, -1, -1):
        left, right = found[index], found[index + 1]
        if left.kind != "count" or left.noun is not None or right.noun is None or right.kind != "count":
            continue
        joint = COORDINATION.fullmatch(text, left.end, right.start) if right.start - left.end <= 30 else None
        # "a city of 69,000, one house in five": no list where no "and" ends it.
        if joint and (joint.group() != ", " or "noun_shared" in right.flags):
            found[index] = msgspec.structs.replace(
                left, noun=right.noun, unit=right.unit, noun_start=right.noun_start, noun_end=right.noun_end,
                flags=(*left.flags, "noun_shared"),
            )  # fmt: skip
    return found


STARTERS: dict[str, Reader] = {
    **dict.fromkeys(
        _variants((*SIMPLE_WORDS.split("|"), *LONG_SCALE.split("|"), "a", "an", "half")), _read_words
    ),
    **dict.fromkeys(
        _variants((*(words.split()[0] for words in VAGUE), "several", "few", "many")), _read_vague
    ),
    **dict.fromkeys(("no", "No", "zero", "Zero"), _read_none),
    "another": _read_another,
    **dict.fromkeys(
        (*CURRENCY_CODES, *LETTER_SIGNS, "US", "A", "C", "HK", "NZ", "S", "AU", "CA", "NT"), _read_number
    ),
}
_starts = in_words(starting(filter(str.isalpha, STARTERS)), STARTERS)

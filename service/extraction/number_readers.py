"""One reader for each way a quantity may begin: what stands there, and where reading goes on."""

import re
from collections.abc import Callable
from decimal import Decimal

import msgspec

from service.extraction.amounts import Amount, read_amount
from service.extraction.counted import Counted, counted_after
from service.extraction.number_grammar import (
    AFTER_REJECT,
    ANOTHER,
    ANOTHER_OF,
    ANOTHER_WAS,
    ARTICLE,
    BARE_SCALES,
    BETWEEN,
    BY_PART,
    CHANGED,
    COUPLE,
    FRACTION,
    FROM,
    GLUED,
    LINKED,
    MEASURE,
    MOVE,
    NONE,
    OF_A_SCALE,
    ONE,
    PAIR,
    PART,
    PART_MORE,
    PERCENT,
    RISEN_BY,
    SPACED_GROUPS,
    TELEPHONE,
    VAGUE_PATTERN,
    VOTE,
    VOTES_GAP,
)
from service.extraction.number_labels import is_label
from service.extraction.number_words import SCALES, value_of
from service.extraction.quantities import quantity_of, unit_of
from service.extraction.quantity_words import FRACTIONS, VAGUE
from service.extraction.text import Quantity

Result = tuple[list[Quantity], int]


Reader = Callable[[str, int, int], Result]


def _pass_over(text: str, position: int, limit: int) -> int:
    """End of the word or number at `position`, which turned out to be no quantity."""
    rest = GLUED.match(text, position, limit)
    return rest.end() if rest else position


def read_number(text: str, start: int, limit: int) -> Result:
    telephone = TELEPHONE.match(text, start, limit) if text[start].isdigit() else None
    if (
        telephone
        and sum(map(str.isdigit, telephone.group())) >= 9
        and not SPACED_GROUPS.fullmatch(telephone.group())
    ):
        return [], telephone.end()
    match = ONE.match(text, start, limit)
    if match is None:
        return [], _pass_over(text, start, limit)
    words = match["a_words"]
    several = words is not None and not words.isalpha()  # "two and three" is matched as one at first
    if several or LINKED.match(text, match.end(), limit):
        range_found = _read_range(text, start, limit)
        if range_found is not None:
            return range_found
    if several and " " in words and text.startswith("-year", match.end()):
        # "three nine-year-olds": the last word is the age of those counted.
        match = ONE.match(text, start, start + words.rfind(" ")) or match
    amount = read_amount(match, "a_", limit)
    if amount is None:
        return [], match.end()
    end = match.end()
    if amount.money is None and match["a_scale"] in ("m", "M", "b", "B", "k", "K"):
        # "5 m" and "30 k" are as often metres and anything else.
        if match["a_scale"] in ("m", "b") and text[match.start("a_scale") - 1].isspace():
            amount, end = (
                Amount(amount.value / amount.scale, Decimal(1), None, amount.flags),
                match.start("a_scale") - 1,
            )
        else:
            amount = msgspec.structs.replace(amount, flags=(*amount.flags, "short_scale"))
    if is_label(text, match, amount, end, limit):
        return [], _pass_over(text, end, limit)
    number_start = match.start("a_words") if words else match.start("a_digits") - bool(match["a_minus"])
    quantity = quantity_of(
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
    low, high, end = first.value, second.value, match.end()
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
        risen = before.endswith("by ") and RISEN_BY.match(text, end) is not None
        if low >= high or risen or VOTE.search(before) or (FROM.search(before) and MOVE.search(before)):
            return None
        if match["b_sign"] and high > 5 * low and CHANGED.search(before):
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
    quantity = quantity_of(text, start, number_start, end, limit, None, (low, high), money, flags, lead)
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


def read_words(text: str, start: int, limit: int) -> Result:
    if text[start] in "aA" and not ARTICLE.match(text, start):
        return [], _pass_over(text, start, limit)
    if text[start] in _OF_PARTS and (part := _read_part(text, start, limit)) is not None:
        return [part], part.end
    for pattern in (FRACTION, COUPLE):
        match = pattern.match(text, start, limit)
        if match is not None:
            return _read_special(text, match, limit)
    return read_number(text, start, limit)


def _read_part(text: str, start: int, limit: int) -> Quantity | None:
    """ "a fifth dearer", "fell by two thirds", "half a percent": so many percent, whole ones."""
    match = PART.match(text, start, limit)
    if match is None:
        return None
    if match["half"]:
        percent = Decimal("0.5")
    else:
        by = BY_PART.search(text, max(0, start - 24), start) and not text.startswith(" of ", match.end())
        if not by and not PART_MORE.match(text, match.end(), limit):
            return None
        parts = _COUNTS[match["count"].lower()] * FRACTIONS[match["name"].lower()] * 100
        percent = parts.quantize(Decimal(1) if parts % 1 != Decimal("0.5") else Decimal("0.1"))
    quantity = quantity_of(text, start, start, match.end(), limit, percent, None, None, ())
    if quantity is None:
        return None
    return msgspec.structs.replace(
        quantity, kind="percent", unit="percent", noun=None, noun_start=None, noun_end=None, flags=("part",)
    )


_OF_PARTS = frozenset("aAoOtThH")  # a, one, two, three, half
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "1": 1, "2": 2, "3": 3}


def _read_special(text: str, match: re.Match[str], limit: int) -> Result:
    groups = match.groupdict()
    start, end = match.span()
    word = groups.get("word")
    if word:
        value = {"couple": Decimal(2), "pair": Decimal(2), "score": Decimal(20)}[word.lower()]
        if groups["scale"]:  # "a couple of hundred"
            value *= SCALES[groups["scale"].lower()]
        vague = () if word.lower() == "pair" else ("vague",)
        quantity = quantity_of(text, start, start, end, limit, value, None, None, vague, of_done=True)
    else:
        part = (
            FRACTIONS["half"]
            if groups["part"]
            else FRACTIONS[groups["name"].lower()] * _COUNTS[groups["count"].lower()]
        )
        flags: tuple[str, ...] = ("fraction",)
        if scale := OF_A_SCALE.match(text, end, limit):  # "three quarters of a million"
            part, end, flags = (part * SCALES[scale["scale"]]).quantize(Decimal(1)), scale.end(), ()
        else:
            part = part.quantize(Decimal("0.0001")).normalize()
        quantity = quantity_of(text, start, start, end, limit, part, None, None, flags)
    return ([quantity], max(end, quantity.end)) if quantity else ([], end)


def read_vague(text: str, start: int, limit: int) -> Result:
    match = VAGUE_PATTERN.match(text, start, limit)
    if match is None:
        return [], start + 1
    if match["plural"]:
        lower = VAGUE[match["plural"].lower()]
    else:
        scale = value_of(match["scale"].lower()) or Decimal(1)
        lower = 2 * scale
    end = match.end("again" if match["again"] else "plural") if match["plural"] else match.end("scale")
    if text[end : end + 1] == "s":
        end += 1
    flags = ("vague", "extra") if match["more"] else ("vague",)
    lead = (
        2 if (match["some"] or "").lower() == "few" and text[max(0, start - 2) : start].lower() == "a " else 0
    )
    quantity = quantity_of(text, start, start, end, limit, None, (lower, None), None, flags, lead)
    return ([quantity], max(end, quantity.end)) if quantity else ([], end)


_JOINED = ("and ", "while ", "but ")


def read_another(text: str, start: int, limit: int) -> Result:
    """ "killed one guard and injured another": one."""
    match = ANOTHER.match(text, start, limit)
    if match is None or not ANOTHER_OF.search(text, max(0, start - 20), start):
        match = ANOTHER_WAS.match(text, start, limit) if text.endswith(_JOINED, 0, start) else None
    if match is None:
        return [], start + 1
    one = Decimal(1)
    return [
        Quantity(
            start, match.end(), match.group(), one, one, one, "exact", "count", "people", start,
            match.end(), None, None, None, ("extra",),
        )
    ], match.end()  # fmt: skip


def read_none(text: str, start: int, limit: int) -> Result:
    match = NONE.match(text, start, limit)
    if match is None:
        return read_number(text, start, limit) if text[start] in "zZ" else ([], start + 1)
    said = match.group().lower()
    anyone = said in ("none", "nobody", "no one", "no-one")
    counted = Counted(None, None, None, True) if anyone else counted_after(text, match.end(), limit, one=True)
    if said.startswith("not") and not counted.person:
        return [], start + 1
    zero = Decimal(0)
    return [
        Quantity(
            start, match.end(), match.group(), zero, zero, zero, "exact", "count", unit_of(counted), start,
            match.end(), counted.noun, counted.start, counted.end,
        )
    ], match.end()  # fmt: skip

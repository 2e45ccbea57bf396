"""Units and nouns that are said once for several numbers of a sentence."""

import re
from decimal import Decimal

import msgspec

from service.extraction.number_grammar import (
    COMPARED,
    COORDINATION,
    GAP,
    GAP_END,
    MILLIONS_AGAIN,
    MOVED_ON,
    NO_SHARE,
    OF_MONEY,
    SAME_SENTENCE,
    SHARE_END,
    SHARES_AGAIN,
)
from service.extraction.text import Quantity


def share_kinds(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "a turnover of $4.8 billion and a loss of 1.5 billion", "to 39.1 percent, up from 29.8 in April": the
    unit is said once in a sentence; and whoever is "aged 7 and 9" is of an age twice."""
    told: Quantity | None = None  # what the bare figure may share the unit of
    money: Quantity | None = None
    for index, quantity in enumerate(found):
        earlier = found[index - 1] if index else None
        if earlier is not None and earlier.kind == "count" and quantity.kind in ("money", "percent"):
            found[index - 1] = _shared_forward(text, earlier, quantity)
        if "part" in quantity.flags:  # "by a third, from 300 to 400 kwanzas"
            if index + 1 < len(found) and text[quantity.end : found[index + 1].start].strip(" ,") == "or":
                found[index] = msgspec.structs.replace(quantity, kind="fraction")  # "by a fifth, or 20.4%"
            continue
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
            found[index] = told = _in_unit(quantity, told, 1)
        elif money is not None and (factor := _factor(text, money, quantity)):
            found[index] = told = _in_unit(quantity, money, factor)
    return found


def _in_unit(bare: Quantity, told: Quantity, factor: Decimal | int) -> Quantity:
    """A bare figure in the unit of another one; the factor is that one's millions."""
    flags = (*bare.flags, *(("currency_shared",) if told.kind == "money" else ()))
    amount, lower, upper = (
        None if part is None else part * factor for part in (bare.amount, bare.lower, bare.upper)
    )
    return msgspec.structs.replace(
        bare, amount=amount, lower=lower, upper=upper, kind=told.kind, unit=told.unit, flags=flags
    )


def _factor(text: str, money: Quantity, bare: Quantity) -> Decimal | None:
    """By what to multiply a bare figure to have the money that it is: "revenue of 3.4 billion euros … It lost
    1.2 billion.", "from 12.4 billion euros to 10.7", "took in 10.5 billion and spent 21.3"."""
    amount, gap = bare.amount or bare.lower or Decimal(0), bare.start - money.end
    if amount >= 10**9:
        return Decimal(1) if gap < _FARTHEST and _SCALE.search(bare.surface) else None
    scale = _SCALE.search(money.surface)
    if scale is None or gap > _FAR or amount >= 1000 or not GAP_END.match(text, bare.end):
        return None
    decimal = amount != int(amount) and NO_SHARE.search(text, money.end, bare.end + 12) is None
    if not decimal and text[money.end : bare.start] not in _JOINTS:
        return None
    same = SAME_SENTENCE.fullmatch(text, money.end, bare.start) is not None
    return _SCALES[scale.group().lower()] if same else None


_JOINTS = frozenset((" to ", ", from ", ", up from ", ", down from ", ", against ", ", after "))
_FARTHEST, _FAR = 600, 120  # characters


def _shared_forward(text: str, bare: Quantity, told: Quantity) -> Quantity:
    """ "went up from 25 to 40 dinars", "from 2 to 3 billion euros": the first figure in the second one's
    unit, and in its millions."""
    ahead = text[max(0, bare.start - 5) : bare.start].lower()
    if bare.noun is not None or bare.amount is None:
        return bare
    if text[bare.end : told.start] != " to ":
        alike = told.kind == "percent" and bare.amount < 100 and bare.amount != int(bare.amount)
        same = alike and told.start - bare.end < _FAR and SHARE_END.match(text, bare.end) is not None
        opens = text[max(0, told.start - 12) : told.start].split()[-1:]
        # "the Reds, with 24.8, were just ahead of the Blues, with 24.1 percent"
        if (
            same
            and opens
            and opens == ahead.split()[-1:]
            and SAME_SENTENCE.fullmatch(text, bare.end, told.start)
        ):
            return _in_unit(bare, told, 1)
        paid = told.kind == "money" and bare.amount >= 10**6 and told.start - bare.end < _FAR
        if paid and OF_MONEY.search(text, max(0, bare.start - 40), bare.start):
            return _in_unit(bare, told, 1)  # "committed a billion, Paris €360 million"
        return bare
    whole = told.kind == "percent" and 80 < bare.amount + (told.amount or 0) <= 101  # "54.1 to 45.9 percent"
    if not whole and not ahead.endswith("from "):
        return bare
    scale = _SCALE.search(told.surface)
    factor = _SCALES[scale.group().lower()] if scale and bare.amount < 1000 else Decimal(1)
    amount = bare.amount * factor
    flags = (*bare.flags, *(("currency_shared",) if told.kind == "money" else ()))
    return msgspec.structs.replace(
        bare, amount=amount, lower=amount, upper=amount, kind=told.kind, unit=told.unit, flags=flags
    )


_RECEIVERS = tuple(f" {to} {whom} " for to in ("for", "to") for whom in ("the", "each", "every", "those"))
_SCALE = re.compile(r"(?<![a-z])(?:million|billion|trillion|bn|tn|m)(?![a-z])", re.IGNORECASE)
_SCALES = {
    "million": Decimal(10**6), "m": Decimal(10**6), "billion": Decimal(10**9), "bn": Decimal(10**9),
    "trillion": Decimal(10**12), "tn": Decimal(10**12),
}  # fmt: skip


def _shares_unit(text: str, told: Quantity, bare: Quantity, adjacent: bool) -> bool:
    """Whether a bare figure is of the kind of the one before: by its size, or as what that is compared
    with."""
    amount, before = bare.amount or bare.lower or Decimal(0), told.amount or told.lower or Decimal(0)
    if not SAME_SENTENCE.fullmatch(text, told.end, bare.start):
        return False
    ahead = max(0, bare.start - 40)
    if told.kind == "money" and amount >= 10**6 and OF_MONEY.search(text, ahead, bare.start):
        return True
    if told.kind == "percent" and " seats " in text[told.end : bare.start]:
        return False  # "raised its support to 20.8 percent and its seats from six to 15"
    ends = text[bare.end : bare.end + 2].strip()[:1]
    if text[told.end : bare.start] == " to " and told.kind == "percent" and 80 < before + amount <= 101:
        return True  # "won by 51 percent to 47"
    share = adjacent and (amount <= 100 if told.kind == "percent" else amount >= 10**6)
    if share and GAP_END.match(text, bare.end) and GAP.fullmatch(text, told.end, bare.start):
        return True
    if told.kind == "money" and amount >= 10**6 and MILLIONS_AGAIN.search(text, ahead, bare.start):
        return True
    if told.kind == "percent" and amount < 100 and bare.start - told.end < _FAR:
        decimal = amount != int(amount) and SHARE_END.match(text, bare.end) is not None
        again = GAP_END.match(text, bare.end) and SHARES_AGAIN.search(text, ahead, bare.start) is not None
        if (decimal or again) and NO_SHARE.search(text, told.end, bare.end + 12) is None:
            return True
    given = adjacent and told.kind == "money" and amount >= 1000 and text.startswith(_RECEIVERS, bare.end)
    if given and text[bare.start - 5 : bare.start] in (" and ", "with "):
        return True  # "150,000 taka for each family and 25,000 for the injured"
    near = adjacent and bare.start - told.end < 100 and before / 20 < amount < before * 20
    if not near or ends in ("-", "%"):
        return False
    return COMPARED.search(text, ahead, bare.start) is not None or (
        told.kind == "money"
        and amount >= 20
        and MOVED_ON.search(text, ahead, bare.start) is not None
        and (GAP_END.match(text, bare.end) is not None or text.startswith(" to ", bare.end))
    )


def share_nouns(text: str, found: list[Quantity]) -> list[Quantity]:
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

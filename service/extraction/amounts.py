"""The value of a matched number: separators, scale words, currency signs."""

import re
from decimal import Decimal

import msgspec

from service.extraction.currency_words import (
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    LETTER_SIGNS,
    UNCLEAR_CURRENCIES,
)
from service.extraction.number_grammar import MEASURE, PERCENT, may_have_unit
from service.extraction.number_words import value_of
from service.extraction.quantity_words import SHORT_SCALES


class Amount(msgspec.Struct, frozen=True, gc=False):
    """`scale` is the power a word or letter added; `money` the currency of a sign before the number."""

    value: Decimal
    scale: Decimal
    money: str | None
    flags: tuple[str, ...]


def _decimal(digits: str, decimal_expected: bool) -> tuple[Decimal, tuple[str, ...]] | None:
    """Value of digits; which separator is meant is decided by its place, and flagged where it stays open."""
    plain = re.sub(r"[  \u2009\u202f]", "", digits)
    flags: tuple[str, ...] = (
        ("separator",) if len(plain) < len(digits) and "." not in digits and " " in digits else ()
    )
    if plain.count(",") + plain.count(".") > 1 or re.fullmatch(r"\d{1,3}(?:,\d{3})+", plain):
        comma_groups = "," in plain
        return Decimal(plain.replace(",", "") if comma_groups else plain.replace(".", "")), flags
    if "," in plain or "·" in plain:
        whole, _, part = plain.replace("·", ",").partition(",")
        # "3,5 percent" has a decimal comma; "12,5" of anything else stays unclear.
        return Decimal(f"{whole}.{part}"), flags if decimal_expected else (*flags, "separator")
    if "." in plain:
        whole, _, part = plain.partition(".")
        if len(part) == 3 and len(whole) <= 3 and whole != "0":
            if decimal_expected:
                return Decimal(plain), (*flags, "separator")
            return Decimal(whole + part), (*flags, "separator")
    return Decimal(plain), flags


# The groups of a number, by its name in the pattern.
_PARTS = {
    name: tuple(f"{name}{part}" for part in ("sign", "minus", "digits", "words", "scale"))
    for name in ("a_", "b_")
}


def read_amount(match: re.Match[str], name: str, limit: int) -> Amount | None:
    sign, minus, digits, words, scale = match.group(*_PARTS[name])
    money = None
    flags: tuple[str, ...] = ()
    if not (sign or minus or scale) and digits and digits.isdigit():
        return Amount(Decimal(digits), _ONE, None, ())  # as most
    if sign:
        bare = re.sub(r"\s", "", sign)
        money = (
            CURRENCY_SIGNS.get(bare)
            or LETTER_SIGNS.get(bare)
            or (bare[:3] if bare[:3] in CURRENCY_CODES else "USD")
        )
        flags = ("unclear_currency",) if bare in UNCLEAR_CURRENCIES else ()
    if digits and digits.isdigit():
        value = Decimal(digits)
    elif digits:
        end = match.end(f"{name}scale" if scale else f"{name}digits")
        unit_follows = may_have_unit(match.string, end) and (
            PERCENT.match(match.string, end, limit) or MEASURE.match(match.string, end, limit)
        )
        parsed = _decimal(digits, bool(scale or sign or unit_follows))
        if parsed is None:
            return None
        value, flags = parsed[0], (*flags, *parsed[1])
    else:
        worded = value_of(words)
        if worded is None:
            return None
        value = worded
    if minus:
        value = -value
    if not scale:
        return Amount(_plain(value), _ONE, money, flags)
    factor = SHORT_SCALES.get(scale) or value_of(scale.lower()) or _ONE
    return Amount(_plain(value * factor), factor, money, flags)


_ONE = Decimal(1)


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros after the point: 1.50 million is 1500000."""
    whole = value.to_integral_value()
    return whole if whole == value else value

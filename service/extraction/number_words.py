"""English number words and their values, shared by the date and the quantity grammar."""

import functools
import re
from decimal import Decimal

from service.extraction.word_lists import word_list

UNITS = {
    word: value
    for value, word in enumerate(
        word_list(
            """
            zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
            fifteen sixteen seventeen eighteen nineteen
            """
        )
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        word_list(
            """
        twenty thirty forty fifty sixty seventy eighty ninety
        """
        ),
        start=2,
    )
}
SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "dozen": Decimal(12),
    **dict.fromkeys(("lakh", "lakhs"), Decimal(10**5)),
    **dict.fromkeys(("crore", "crores"), Decimal(10**7)),
}
SIMPLE = {**UNITS, **TENS, "forthy": 40, "fourty": 40}

# Longest first, so that "sixteen" is not read as "six".
SIMPLE_WORDS = "|".join(sorted(SIMPLE, key=len, reverse=True))
SCALE_WORDS = "|".join(sorted(SCALES, key=len, reverse=True))
_ANY = rf"(?:{SIMPLE_WORDS}|{SCALE_WORDS})"
# "twenty-three", "two hundred and five thousand", "half a million", "a half-dozen", "two and a half million".
WORDS = (
    rf"(?:(?:(?:half[\s-]an?|an?(?:[\s-](?:half|quarter))?|half)[\s-](?:{SCALE_WORDS})|{_ANY})"
    rf"(?:(?:-|\s(?:and\s)?){_ANY}){{0,8}}"
    rf"(?:\sand\sa\s(?:half|quarter)(?!\sof)(?:\s(?:{SCALE_WORDS}))?)?)(?![\w])"
)
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_SPLIT = re.compile(r"[\s-]+")


@functools.lru_cache(maxsize=1 << 12)
def value_of(words: str) -> Decimal | None:
    """Value of words that `WORDS` matched; None when they do not form one number ("two three")."""
    total = Decimal(0)
    current = Decimal(0)
    last_scale: Decimal | None = None
    previous = ""
    tokens = _SPLIT.split(words.lower().strip())
    for index, token in enumerate(tokens):
        if token in ("a", "an"):
            if index + 1 < len(tokens) and tokens[index + 1] in _PARTS:
                continue
            current = current or Decimal(1)
        elif token == "and":
            continue
        elif token in _PARTS:
            if last_scale is not None and not current and index == len(tokens) - 1:
                total += last_scale * _PARTS[token]  # "a million and a half"
            else:
                current += _PARTS[token]
        elif token in SCALES:
            scale = SCALES[token]
            if scale in (100, 12):
                current = (current or Decimal(1)) * scale
            elif previous in ("lakh", "lakhs"):
                total *= scale  # "two lakh crore"
            else:
                total += (current or Decimal(1)) * scale
                current = Decimal(0)
            last_scale = scale
        else:
            value = SIMPLE[token]
            # "twenty-three" adds up, "two hundred five" too; "two three" and "ten twenty" do not.
            if (
                (current % 10 and previous in SIMPLE)
                or (previous in UNITS)
                or (value >= 10 and current % 100)
            ):
                return None
            current += value
        previous = token
    return total + current

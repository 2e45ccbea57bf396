"""Acronyms of names, as in `Long Name (LN)`."""

import re
from functools import lru_cache

from service.entities import name_tables as tables
from service.entities.sounds import fold
from service.entities.spellings import LONGEST, MOST_WORDS

_RAW_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 14)
def acronym(text: str) -> tuple[str, ...]:
    """The acronyms a name may have, in lower case, sorted; empty for a name of one plain word.

    Initials with and without small words and legal forms, with hyphened words as one or as two, with the
    head moved behind (`Organization of the Collective Security Treaty` → csto), and the capitals inside
    words (`KazMunayGas` → kmg).
    """
    text = text[:LONGEST]
    found = {_capitals(text)}
    for spelled in {text, text.replace("-", "")}:
        plain = fold(spelled).split()[: 2 * MOST_WORDS]
        content = [w for w in plain if w not in tables.STOP_WORDS]
        found |= {_initials(plain), _initials(content)}
        found.add(_initials([w for w in content if w not in tables.WEAK_WORDS]))
        if "of" in plain[1:]:
            at = plain.index("of", 1)
            turned = plain[at:] + plain[:at]
            found.add(_initials([w for w in turned if w not in tables.STOP_WORDS]))
    return tuple(sorted(letters for letters in found if 2 <= len(letters) <= 12))


def _initials(plain: list[str]) -> str:
    return "".join(w if w.isdigit() else w[0] for w in plain)


def _capitals(text: str) -> str:
    """The first letter of every word and the capitals inside words that are not capitals throughout."""
    letters = [
        letter
        for raw in _RAW_WORD.findall(text)
        for place, letter in enumerate(raw)
        if place == 0 or (letter.isupper() and not raw.isupper())
    ]
    return fold("".join(letters)).replace(" ", "")


def is_acronym_of(short: str, long: str) -> bool:
    """Whether `short` abbreviates `long`. Case and dots in `short` do not count."""
    letters = fold(short).replace(" ", "")
    return letters in acronym(long) and letters != fold(long).replace(" ", "")

"""Quantities: numbers in digits or words with their hedges, ranges, currencies, units and counted nouns.

Kept out are dates and times of day (masked first), ordinals, designations ("Boeing 787", "Article 5"), list
and telephone numbers, scores and versions. Bounds follow the qualifier: about keeps the amount for both,
nearly, less_than and at_most leave the lower bound open, more_than and at_least the upper, a range has
bounds and no amount.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from service.extraction.currency_words import CURRENCY_CODES, LETTER_SIGNS
from service.extraction.dates import dates, masks
from service.extraction.number_grammar import LONG_SCALE, starting
from service.extraction.number_readers import (
    Reader,
    read_another,
    read_none,
    read_number,
    read_vague,
    read_words,
)
from service.extraction.number_words import SCALE_WORDS, SIMPLE_WORDS
from service.extraction.quantity_words import VAGUE
from service.extraction.shared_units import share_kinds, share_nouns
from service.extraction.text import DateExpression, Quantity, reading_limits
from service.extraction.tokens import Tokens, sought, tokenize
from service.extraction.words import ANY, NOTHING, GoingOn, going_on, looking


def numbers(
    text: str,
    masked: Sequence[DateExpression] | None = None,
    unread: list[int] | None = None,
    tokens: Sequence[Tokens] | None = None,
) -> list[Quantity]:
    """Quantities in order, disjoint. `masked` are the text's dates and `tokens` its sentences as tokens; what
    is left out is found here.

    Where the reading limits cut a text off, the offset is added to `unread`.
    """
    spans = masks(dates(text, None) if masked is None else masked)
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    found: list[Quantity] = []
    position = 0
    line_end = 0
    attempts, most = reading_limits(text)
    phrase_end = 0  # "five new 737 aircraft": a number inside the noun phrase of another one is a name's
    for start, word in _starts([tokenize(text)] if tokens is None else tokens):
        if start < position or start < phrase_end:
            continue
        reader = STARTERS.get(word, read_number)
        attempts -= 1
        if attempts < 0 or len(found) >= most:
            if unread is not None:
                unread.append(start)
            break
        index = bisect_right(starts, start) - 1
        if index >= 0 and start < ends[index]:
            position = ends[index]
            continue
        # Neither a number nor what it counts goes on in the next line: "Fire kills four", "Four people …".
        if start >= line_end:
            line_end = text.find("\n", start)
            line_end = line_end if line_end >= 0 else len(text)
        limit = min(line_end, starts[index + 1]) if index + 1 < len(starts) else line_end
        quantities, position = reader(text, start, limit)
        position = max(position, start + 1)
        found.extend(quantities)
        if quantities and quantities[-1].noun_start is not None and not text.startswith(" of ", position):
            phrase_end = quantities[-1].noun_start
    return share_nouns(text, share_kinds(text, found))


def _variants(words: Iterable[str]) -> set[str]:
    return {variant for word in words for variant in (word, word.capitalize(), word.upper())}


STARTERS: dict[str, Reader] = {
    **dict.fromkeys(
        _variants((*SIMPLE_WORDS.split("|"), *LONG_SCALE.split("|"), "a", "an", "half")), read_words
    ),
    **dict.fromkeys(
        _variants((*(words.split()[0] for words in VAGUE), "several", "few", "many")), read_vague
    ),
    **dict.fromkeys(
        ("no", "No", "zero", "Zero", "nobody", "Nobody", "none", "None", "not", "Not"), read_none
    ),
    "another": read_another,
    **dict.fromkeys(
        (*CURRENCY_CODES, *LETTER_SIGNS, "US", "C", "HK", "NZ", "S", "AU", "CA", "NT"), read_number
    ),
}


# What these may go on with; other words may stand alone.
_SCALES = (*SCALE_WORDS.split("|"), *(f"{scale}s" for scale in SCALE_WORDS.split("|")))
_PARTS = [
    word + plural
    for word in ("third", "quarter", "fifth", "sixth", "eighth", "tenth")
    for plural in ("", "s")
]
_GOES_ON = {
    **dict.fromkeys(_variants(("a", "an")), going_on((*_PARTS, "couple", "score", "pair", "half", *_SCALES))),
    **dict.fromkeys(_variants(("half",)), going_on(("of", "the", "its", "all", "a", "an", *_SCALES))),
    **dict.fromkeys(("not", "Not"), going_on(("one", "a"))),
    **dict.fromkeys(_variants(("several", "few", "many")), going_on(_SCALES)),
}


def _goes_on(matched: str, rest: str) -> GoingOn:
    """What the word after a match must be for a quantity to begin there (see `looking`)."""
    table = _GOES_ON.get(matched)
    if table is None or (rest and rest[0] not in '.,;:!?)”"'):
        return ANY
    return NOTHING if rest else table


_starts = sought(looking(starting(filter(str.isalpha, STARTERS)), STARTERS, _goes_on))

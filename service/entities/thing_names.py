"""Names of organisations, places and events: every word that carries meaning must be met."""

import re
from functools import lru_cache

from service.entities import name_tables as tables
from service.entities.acronyms import is_acronym_of
from service.entities.sounds import Word, fold, word, words
from service.entities.spellings import LONG_TYPO, LONGEST, MOST_WORDS, Name, align, common_word

_PHRASE = re.compile(
    r"\b(?:" + "|".join(re.escape(p) for p in sorted(tables.PHRASES, key=len, reverse=True)) + r")\b"
)
_LONE_LETTERS = re.compile(r"\b[a-z](?: [a-z]\b)+")
_ORDINAL = re.compile(r"^([0-9]{1,6})(?:st|nd|rd|th)$")


@lru_cache(maxsize=1 << 14)
def thing(text: str, kind: str) -> Name:
    """A name with its words in one form: numbers as digits, countries for their adjectives, no small
    words."""
    text, qualifier = text[:LONGEST], ""
    if kind == "place" and (comma := text.find(",")) > 0 and fold(text[:comma]):
        text, qualifier = text[:comma], fold(text[comma:])
    spelled = {w.text: w for w in words(text)}
    plain = _LONE_LETTERS.sub(lambda m: m.group().replace(" ", ""), fold(text))
    plain = _PHRASE.sub(lambda m: tables.PHRASES[m.group()], plain)
    found: list[Word] = []
    for token in plain.split()[:MOST_WORDS]:
        if token not in tables.STOP_WORDS:
            token = _one_form(token, kind, first=not found)
            found.append(spelled.get(token) or word(token))
    kept = tuple(found) or words(text)[:MOST_WORDS]
    return Name(
        words=kept,
        joined="".join(w.text for w in kept),
        capitals=len(kept) == 1 and _in_capitals(text, 4 if kind == "place" else 8),
        qualifier=qualifier,
    )


def _one_form(token: str, kind: str, *, first: bool) -> str:
    if ordinal := _ORDINAL.match(token):
        return ordinal.group(1)
    # Adjectives stay out of places: the Russian River is no part of a name's spelling of Russia.
    if kind != "place" or token in tables.COUNTRY_SPELLINGS:
        token = tables.COUNTRIES.get(token, token)
    if token in tables.COUNTRY_NAMES:
        return token
    if not first or kind == "event":
        token = tables.ROMAN.get(token, token)
    token = tables.SYNONYMS.get(token, token)
    return tables.NUMBERS.get(token, token)


def _in_capitals(text: str, longest: int) -> bool:
    """Whether the one word that counts is written as an acronym is: CSTO, U.N., the GAO, but no headline."""
    raw = "".join(w for w in text.split() if fold(w) not in tables.STOP_WORDS)
    letters = [c for c in raw if c.isalpha()]
    return 2 <= len(letters) <= longest and 3 * sum(c.isupper() for c in letters) >= 2 * len(letters)


# Here the name with `republic` and the name without are two states, or a state and a region.
_TWO_STATES = frozenset({"congo", "korea", "ireland", "macedonia"})


def compare_things(a: Name, b: Name, kind: str) -> float:
    """How far two names name one organisation, place or event; `names.similarity` explains the scale.

    Words left over on both sides make two things. On one side only it depends on what they are: legal forms
    say nothing, a country is missing context, a number or a compass point makes another thing.
    """
    if a.joined == b.joined:
        return _qualified(a, b, 0.98)
    if a.capitals and b.capitals:
        return 0.0  # CIA and CIS: an acronym is never a misspelling of another
    found = align(a, b, common_word)
    quality = found.quality
    covered = 2 * len(found.pairs) / (len(a.words) + len(b.words))
    left = [a.words[i].text for i in found.left]
    right = [b.words[j].text for j in found.right]
    strong_left = [w for w in left if w not in tables.WEAK_WORDS]
    strong_right = [w for w in right if w not in tables.WEAK_WORDS]
    if strong_left and strong_right:
        if kind == "place" and len(a.words) != len(b.words):  # Alma-Ata, Almaty
            whole = common_word(word(a.joined), word(b.joined))
            if whole >= 0.9:
                return whole
        return 0.5 * covered * quality
    if not found.pairs:
        return 0.0
    extra = strong_left + strong_right
    if extra:
        return quality * _one_sided(a if strong_right else b, extra, kind, covered)
    if "republic" in left + right and {w.text for w in a.words + b.words} & _TWO_STATES:
        return 0.6
    if len(found.pairs) == 1 and quality < (LONG_TYPO if kind == "place" else 0.9):
        return 0.6
    return _qualified(a, b, quality * (0.97 if left or right else 1.0))


def _qualified(a: Name, b: Name, score: float) -> float:
    """`Paris` and `Paris, Texas` are compatible; `Paris, Texas` and `Paris, France` are two places."""
    if a.qualifier == b.qualifier:
        return score
    return 0.4 if a.qualifier and b.qualifier else min(score, 0.8)


def _one_sided(shorter: Name, extra: list[str], kind: str, covered: float) -> float:
    """What stays of the score when only the longer name has these words."""
    if any(w.isdigit() or w in tables.DIRECTIONS for w in extra):
        return 0.4
    if kind == "place":
        return 0.6 if tables.REGION_WORDS.issuperset(extra) else 0.5
    if tables.COUNTRY_NAMES.issuperset(extra):
        return 0.8
    distinctive = not any(w.text in tables.KNOWN_WORDS for w in shorter.words)
    return 0.75 if kind == "organization" and distinctive and covered >= 0.6 else 0.45 + 0.3 * covered


def compare_acronym(a: str, b: str, x: Name, y: Name) -> float:
    """`CSTO` against the name it abbreviates. Two letters stand for more names than three."""
    if x.capitals == y.capitals:
        return 0.0
    short, long, full = (a, b, y) if x.capitals else (b, a, x)
    letters = "".join(w for w in fold(short).split() if w not in tables.STOP_WORDS)
    if len(full.words) < 2 or not is_acronym_of(letters, long):
        return 0.0
    return 0.9 if len(letters) > 2 else 0.86

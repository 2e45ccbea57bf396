"""Two words, and the words of two names side by side: which of them are spellings of one another?"""

from collections.abc import Callable
from typing import Final

import msgspec
from rapidfuzz.distance import OSA, Levenshtein

from service.entities import name_tables as tables
from service.entities.sounds import Word, word

# Beyond these a name is cut: no name is that long, and aligning words takes the product of their numbers.
LONGEST: Final = 200
MOST_WORDS: Final = 16

# Scores of two words. The rest of the scale: 1.0 the same; .96 one given name in two languages; from .965
# down to .9 the same consonants, the nearer the vowels the higher.
INITIAL: Final = 0.9
SAME_CLASSES: Final = 0.88  # Gaddafi, Kadhafi
LONG_TYPO: Final = 0.88  # one letter wrong in eight or more: no other name is that near
SHORT_TYPO: Final = 0.75  # one letter wrong in five to seven: Tokarev for Tokayev is another name

# How alike the sounds must be when the consonants are the same: Hasan and Hussein share h-s-n and are .60
# alike, Mohammed and Muhamad .67. Words of one or two consonants need more.
_ALIKE: Final = 0.65
_ALIKE_SHORT: Final = 0.75


class Name(msgspec.Struct, frozen=True):
    """A name prepared for comparison."""

    words: tuple[Word, ...]
    joined: str
    generation: str = ""  # of a person: jr, sr, or the number of a ruler
    fathers: frozenset[str] = frozenset()  # of a person: words after `bin`, `ibn`
    particle: bool = False  # of a person: one word after a particle, as in `bin Laden`
    capitals: bool = False  # of a thing: one word in capitals, read as an acronym
    qualifier: str = ""  # of a place: what stands after a comma, as in `Paris, Texas`


def _alike(x: Word, y: Word) -> float:
    """How alike two words sound, vowels included, from 0 to 1, in the readings that come nearest."""
    best = 0.0
    for a in x.sounds:
        for b in y.sounds:
            if a == b:
                return 1.0
            best = max(best, Levenshtein.normalized_similarity(a, b, score_cutoff=best))
    # Arabic script leaves vowels out: then consonants are all there is.
    if best < 0.8 and not (_has_vowel(x) and _has_vowel(y)) and x.skeletons & y.skeletons:
        return 0.8
    return best


def _has_vowel(x: Word) -> bool:
    return any(letter in "aeo" for letter in x.sounds[0][1:])


def spelling(x: Word, y: Word) -> float:
    """Whether two different words are spellings of one: by consonants and sound, or with a typing error."""
    shorter = min(len(x.text), len(y.text))
    if shorter < 2 or x.text.isdigit() or y.text.isdigit():
        return 0.0
    common = x.skeletons & y.skeletons
    classes = shorter >= 5 and not x.classes.isdisjoint(y.classes)
    if common or classes:
        alike = _alike(x, y)
        if common and alike >= (_ALIKE if any(len(s) > 2 for s in common) else _ALIKE_SHORT):
            return 0.9 + 0.065 * alike
        if classes and alike >= _ALIKE:
            return SAME_CLASSES
    if shorter < 5 or x.text[0] != y.text[0] or OSA.distance(x.text, y.text, score_cutoff=1) > 1:
        return 0.0
    if sorted(x.text) == sorted(y.text):  # two neighbours changed places
        return 0.9
    return LONG_TYPO if shorter >= 8 else SHORT_TYPO


def person_word(x: Word, y: Word) -> float:
    """Two words of people's names, from 0 to 1."""
    if x.text == y.text:
        return 1.0
    if _is_initial_of(x, y) or _is_initial_of(y, x):
        return INITIAL
    if same_name(x, y):
        return 0.96
    return spelling(x, y)


def same_name(x: Word, y: Word) -> bool:
    """One given name in two languages, or its short form: Alexander and Oleksandr, William and Bill."""
    group = tables.SAME_NAMES.get(x.text)
    return group is not None and group == tables.SAME_NAMES.get(y.text)


def _is_initial_of(short: Word, long: Word) -> bool:
    if len(short.text) != 1:
        return False
    return long.text[0] == short.text or any(a[:1] == b[:1] for a in short.sounds for b in long.sounds)


def common_word(x: Word, y: Word) -> float:
    """Two words of names of organisations, places or events, from 0 to 1.

    Two known words that differ are never a misspelling: Council and Committee, Niger and Nigeria.
    """
    if x.text == y.text:
        return 1.0
    a, b = x.text.removesuffix("s"), y.text.removesuffix("s")
    if a == b and len(a) > 3:
        return 0.97
    known = (x.text in tables.KNOWN_WORDS) + (y.text in tables.KNOWN_WORDS)
    if known == 2 or (known == 1 and min(len(a), len(b)) < 5):
        return 0.0
    score = spelling(x, y)
    return score if known == 0 or score >= LONG_TYPO else 0.0


class Alignment(msgspec.Struct, frozen=True):
    """Words of two names that met (place in the first, in the second, score), and the places of those that
    did not."""

    pairs: list[tuple[int, int, float]]
    left: list[int]
    right: list[int]

    @property
    def quality(self) -> float:
        """Half the weakest pair, half the mean: one bad word counts, however many good ones stand beside
        it."""
        scores = [score for _, _, score in self.pairs]
        return 0.5 * min(scores) + 0.5 * sum(scores) / len(scores) if scores else 0.0


def align(a: Name, b: Name, compare: Callable[[Word, Word], float]) -> Alignment:
    """Give each word its best partner, best pairs first; then two neighbours one (`Nur Sultan`,
    `Nursultan`)."""
    scored = [
        (-score, abs(i - j), i, j)
        for i, x in enumerate(a.words)
        for j, y in enumerate(b.words)
        if x.signs & y.signs and (score := compare(x, y)) > 0
    ]
    scored.sort()
    pairs: list[tuple[int, int, float]] = []
    left, right = set(range(len(a.words))), set(range(len(b.words)))
    for negative, _, i, j in scored:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((i, j, -negative))
    if left and right:
        pairs += _join(a, b, left, right, compare)
        pairs += [(i, j, score) for j, i, score in _join(b, a, right, left, compare)]
    return Alignment(pairs=pairs, left=sorted(left), right=sorted(right))


def _join(
    a: Name, b: Name, left: set[int], right: set[int], compare: Callable[[Word, Word], float]
) -> list[tuple[int, int, float]]:
    """Two neighbours of `left` that are one word of `right`; removes all three."""
    found: list[tuple[int, int, float]] = []
    for i in sorted(left):
        if i not in left or i + 1 not in left:
            continue
        joined = word(a.words[i].text + a.words[i + 1].text)
        for j in sorted(right):
            other = b.words[j]
            if len(other.text) < 3 or not joined.signs & other.signs:
                continue
            if (score := compare(joined, other)) >= 0.9:
                left -= {i, i + 1}
                right.remove(j)
                found.append((i, j, score))
                break
    return found

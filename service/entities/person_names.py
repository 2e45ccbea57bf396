"""Names of people: family names, given names, initials, fathers' names, titles."""

import re
from functools import lru_cache
from itertools import pairwise

from service.entities import name_tables as tables
from service.entities.sounds import Word, word, words
from service.entities.spellings import (
    INITIAL,
    LONG_TYPO,
    LONGEST,
    MOST_WORDS,
    Alignment,
    Name,
    align,
    person_word,
)

_PATRONYMIC = re.compile(r"(?:[oe]v(?:ich|ych|na)|uly|uli|kyzy|qyzy|kizi|oglu|ogly|zade)$")
_FAMILY_ENDING = re.compile(
    r"(?:[oe][vw]a?|[oe]ff?|yn|ina?|sk[iy]y?|skii|skaya|ska|enk[oa]|chuk|yuk|[iy]an|dze|shvili|son|sen|ez)$"
)
_INITIALS = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,3}$")
_WOMAN = re.compile(r"(?:[oe]va|ina|s?[kc]aya|[sc]ka|naya)$")
_MAN = re.compile(r"(?:[oe]v|in|[sc]k[iy]y?|nyy?)$")


@lru_cache(maxsize=1 << 14)
def person(text: str) -> Name:
    """A person's name without titles and particles. At least one word is kept, whatever it is."""
    found = words(text[:LONGEST])[:MOST_WORDS]
    generation = ""
    if len(found) > 1 and found[-1].text in tables.GENERATIONS:
        generation, found = tables.GENERATIONS[found[-1].text], found[:-1]
    start = 0
    while start < len(found) - 1 and found[start].text in tables.HONORIFICS:
        start += 1
    found = found[start:]
    if len(found) > 1 and not text.isupper():
        found = tuple(part for w in found for part in _initials_apart(w, text))
    kept = tuple(w for w in found if w.text not in tables.PARTICLES) or found
    return Name(
        words=kept,
        joined="".join(w.text for w in kept),
        generation=generation,
        fathers=frozenset(
            name.text for before, name in pairwise(found) if before.text in tables.FATHER_PARTICLES
        ),
        particle=len(found) > len(kept) == 1,
    )


def _initials_apart(w: Word, text: str) -> tuple[Word, ...]:
    """`JC Juncker` is J. C. Juncker: two or three capitals without a vowel."""
    if _INITIALS.match(w.text) and w.text.upper() in text:
        return tuple(word(letter) for letter in w.text)
    return (w,)


def compare_people(a: Name, b: Name) -> float:
    """How far two people's names name one person; `names.similarity` explains the scale.

    In order: the generation (Jr, II) must not differ; a word left over on both sides is another given name
    or family name; given names must be of one sex; what is left over on one side only lowers the score,
    most when all that remains is a family name or a given name.
    """
    cap = 1.0
    if a.generation != b.generation:
        if a.generation and b.generation:
            return 0.3
        cap = 0.84
    if a.joined == b.joined:
        return min(cap, 0.98)
    found = align(a, b, person_word)
    in_full = sum(score != INITIAL for _, _, score in found.pairs)
    if not in_full:
        return 0.5 if found.pairs and not (found.left or found.right) else 0.0
    left, right = found.left, found.right
    if left and right:
        if in_full < 2 or not _same_father(a, left, b, right):
            return 0.55 * 2 * len(found.pairs) / (len(a.words) + len(b.words))
        left, right, cap = [], [], min(cap, 0.9)  # one father's name in two languages
    if _other_sex(a, b, found) or _other_father(a, b, found):
        return 0.5
    if in_full < 2 and _other_sex_of_family(a, b, found):
        cap = min(cap, 0.78)
    if left:
        return min(cap, _part_of(b, a, left, found, [(j, i) for i, j, _ in found.pairs]))
    if right:
        return min(cap, _part_of(a, b, right, found, [(i, j) for i, j, _ in found.pairs]))
    quality = found.quality
    if len(found.pairs) == 1:
        return min(cap, quality if quality >= LONG_TYPO else 0.6)
    in_order = [i for i, _, _ in sorted(found.pairs, key=lambda pair: pair[1])]
    return min(cap, quality if in_order == sorted(in_order) else 0.97 * quality)


def _part_of(
    shorter: Name, longer: Name, extra: list[int], found: Alignment, met: list[tuple[int, int]]
) -> float:
    """A name against one with more words. `met` pairs places in the shorter with places in the longer."""
    quality = found.quality
    if any(len(w.text) == 1 for w in shorter.words) and any(len(longer.words[i].text) == 1 for i in extra):
        return 0.7  # George W. is not George H. W.
    if len(met) > 1:
        return quality * (0.95 - 0.01 * min(len(extra), 4))
    if quality < 0.9:
        return 0.6
    return _alone(longer, shorter, met[0][1]) * (0.5 + 0.5 * quality)


def _alone(longer: Name, shorter: Name, place: int) -> float:
    """One word that stands at `place` in a full name: as the family name, or as another name."""
    hit = longer.words[place].text
    if hit in longer.fathers and not shorter.particle:
        return 0.75  # Salman is the father of Mohammed bin Salman
    if longer.words[0].text in tables.FAMILY_FIRST and len(longer.words) <= 3:
        return 0.885 if place == 0 else 0.78
    return 0.885 if place == len(longer.words) - 1 or _FAMILY_ENDING.search(hit) else 0.78


def _same_father(a: Name, left: list[int], b: Name, right: list[int]) -> bool:
    """Whether what is left over is one father's name with two languages' endings: Kemelevich, Kemeluly."""
    if len(left) != 1 or len(right) != 1:
        return False
    x, y = a.words[left[0]].text, b.words[right[0]].text
    if not (_PATRONYMIC.search(x) and _PATRONYMIC.search(y)):
        return False
    return _PATRONYMIC.sub("", x)[:4] == _PATRONYMIC.sub("", y)[:4]


def _other_sex(a: Name, b: Name, found: Alignment) -> bool:
    """Given names that differ in a final a: Aleksandr and Aleksandra. Family names may."""
    if len(a.words) < 2 or len(b.words) < 2:
        return False
    last = (len(a.words) - 1, len(b.words) - 1)
    return any(_differ_in_final_a(a.words[i], b.words[j]) for i, j, _ in found.pairs if (i, j) != last)


def _other_father(a: Name, b: Name, found: Alignment) -> bool:
    """Salman bin Muhammad is not Muhammad bin Salman."""
    if not (a.fathers and b.fathers):
        return False
    return any((a.words[i].text in a.fathers) != (b.words[j].text in b.fathers) for i, j, _ in found.pairs)


def _differ_in_final_a(x: Word, y: Word) -> bool:
    if x.sounds[0] + "a" == y.sounds[0] or y.sounds[0] + "a" == x.sounds[0]:
        return True
    return _is_woman_of(x.text, y.text) or _is_woman_of(y.text, x.text)


# What a man's name ends on, and the woman's: Mario and Maria, Alexander and Alexandra, Jean and Jeanne.
_PAIRED_ENDS = (("o", "a"), ("er", "ra"), ("or", "oria"), ("n", "nne"))


def _is_woman_of(man: str, woman: str) -> bool:
    return any(
        man.endswith(ends) and man[: len(man) - len(ends)] + others == woman for ends, others in _PAIRED_ENDS
    )


def _other_sex_of_family(a: Name, b: Name, found: Alignment) -> bool:
    """Nazarbayeva and Nazarbayev: one family, which without a given name says less than an equal ending."""
    for i, j, score in found.pairs:
        x, y = a.words[i].text, b.words[j].text
        if score < 1 and min(len(x), len(y)) > 4:
            if _WOMAN.search(x) and _MAN.search(y):
                return True
            if _MAN.search(x) and _WOMAN.search(y):
                return True
    return False

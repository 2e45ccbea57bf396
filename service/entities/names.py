"""The one place that compares names: do two of them name one thing, and does what somebody typed find a name?

`similarity` is for the machine that merges mentions and records, so it is strict; `query_score` is for people who
type, so it forgives. Both are pure, deterministic and take folded words from `sounds`.

How to read `similarity`:

| score | meaning |
| --- | --- |
| 1.0 | the same words when folded |
| ≥ `STRICT` (.90) | the same name in another spelling, order or language |
| ≥ `MATCH` (.85) | the same, unless another candidate scores higher: a family name alone, an acronym, one typo |
| .70 to .85 | compatible; something else has to decide: a given name alone, a body without its country |
| below .70 | different, or nothing says that they are the same |
"""

import re
from functools import lru_cache
from typing import Final

import msgspec
from rapidfuzz.distance import OSA, Levenshtein

from service.entities import name_tables as tables
from service.entities.sounds import KEYS_VERSION, Word, classes, fold, name_key, skeleton, word, words

__all__ = [
    "KEYS_VERSION",
    "MATCH",
    "QUERY_THRESHOLD",
    "STRICT",
    "acronym",
    "fold",
    "is_acronym_of",
    "name_key",
    "query_score",
    "search_keys",
    "similarity",
    "skeleton",
]

MATCH: Final = 0.85
STRICT: Final = 0.90
QUERY_THRESHOLD: Final = 0.60

# What `query_score` gives when every word of the query and of the alias is met; the weakest word decides.
EXACT, FOLDED, REORDERED, PREFIX, SKELETON, TYPO = 1.0, 0.99, 0.97, 0.92, 0.88, 0.78

_LONGEST = 200  # words beyond this are not compared: no name is that long, and alignment is quadratic
_MOST_WORDS = 16


class _Name(msgspec.Struct, frozen=True):
    """A name prepared for comparison as one kind of thing."""

    words: tuple[Word, ...]
    joined: str
    generation: str = ""  # person: jr, sr, or the number of a ruler
    fathers: frozenset[str] = frozenset()  # person: words after bin, ibn
    particle: bool = False  # person: began with a particle, as in `bin Laden`
    capitals: bool = False  # one word in capitals: read as an acronym


# --- Two words ---------------------------------------------------------------------------------------------------


def _letters(x: Word, y: Word) -> float:
    """How alike two words sound, vowels included, from 0 to 1, over their readings.

    Arabic script leaves vowels out: when one word has none, only consonants are compared.
    """
    best = 0.0
    for a in x.sounds:
        for b in y.sounds:
            if a == b:
                return 1.0
            best = max(best, Levenshtein.normalized_similarity(a, b, score_cutoff=best))
    if best < 0.8 and (not _has_vowel(x) or not _has_vowel(y)) and x.skeletons & y.skeletons:
        return 0.8
    return best


def _has_vowel(x: Word) -> bool:
    return any(c in "aeo" for c in x.sounds[0][1:])


def _is_initial_of(short: Word, long: Word) -> bool:
    return len(short.text) == 1 and (
        long.text[0] == short.text or any(s[:1] == t[:1] for s in short.sounds for t in long.sounds)
    )


INITIAL: Final = 0.9
_LONG_TYPO: Final = 0.88  # one letter wrong in eight or more: no other name is that near
_SHORT_TYPO: Final = 0.75  # one letter wrong in five to seven: Tokarev for Tokayev is another name


def _person_word(x: Word, y: Word) -> float:
    if x.text == y.text:
        return 1.0
    if _is_initial_of(x, y) or _is_initial_of(y, x):
        return INITIAL
    group = tables.SAME_NAMES.get(x.text)
    if group is not None and group == tables.SAME_NAMES.get(y.text):
        return 0.96
    return _spelling(x, y)


def _spelling(x: Word, y: Word) -> float:
    """Two words as spellings of one: by skeleton and letters, by consonant classes, or as a typing error."""
    if x.text.isdigit() or y.text.isdigit():
        return 0.0
    shorter = min(len(x.text), len(y.text))
    if shorter < 2:
        return 0.0
    letters = _letters(x, y)
    common = x.skeletons & y.skeletons
    if common and letters >= (0.65 if max(map(len, common)) > 2 else 0.75):
        return 0.9 + 0.1 * letters
    if shorter < 5:
        return 0.0
    if x.classes & y.classes and letters >= 0.65:
        return 0.88
    if x.text[0] == y.text[0] and OSA.distance(x.text, y.text, score_cutoff=1) <= 1:
        if sorted(x.text) == sorted(y.text):
            return 0.9
        return _LONG_TYPO if shorter >= 8 else _SHORT_TYPO
    return 0.0


def _common_word(x: Word, y: Word) -> float:
    """Words of organisations, places and events. Two known words that differ are never a misspelling."""
    if x.text == y.text:
        return 1.0
    a, b = x.text.removesuffix("s"), y.text.removesuffix("s")
    if a == b and len(a) > 3:
        return 0.97
    known = (x.text in tables.KNOWN_WORDS) + (y.text in tables.KNOWN_WORDS)
    if known == 2 or (known and min(len(a), len(b)) < 5):
        return 0.0
    score = _spelling(x, y)
    return score if score >= 0.9 or (known == 0 or score == _LONG_TYPO) else 0.0


# --- Aligning words ----------------------------------------------------------------------------------------------


class _Alignment(msgspec.Struct, frozen=True):
    pairs: list[tuple[int, int, float]]
    left: list[int]  # words of the first name that met nothing
    right: list[int]

    def quality(self) -> float:
        scores = [score for _, _, score in self.pairs]
        return 0.5 * min(scores) + 0.5 * sum(scores) / len(scores) if scores else 0.0


def _align(a: _Name, b: _Name, kind: str) -> _Alignment:
    """Each word with its best partner, best pairs first; then two neighbours with one (`Nur Sultan`, `Nursultan`)."""
    compare = _person_word if kind == "person" else _common_word
    scored = [
        (-score, abs(i - j), i, j)
        for i, x in enumerate(a.words)
        for j, y in enumerate(b.words)
        if (score := compare(x, y)) > 0
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
        _join(a, b, left, right, pairs, kind, swapped=False)
        _join(b, a, right, left, pairs, kind, swapped=True)
    return _Alignment(pairs=pairs, left=sorted(left), right=sorted(right))


def _join(
    a: _Name,
    b: _Name,
    left: set[int],
    right: set[int],
    pairs: list[tuple[int, int, float]],
    kind: str,
    *,
    swapped: bool,
) -> None:
    compare = _person_word if kind == "person" else _common_word
    for i in sorted(left):
        if i not in left or i + 1 not in left:
            continue
        joined = word(a.words[i].text + a.words[i + 1].text)
        for j in sorted(right):
            score = compare(joined, b.words[j]) if len(b.words[j].text) > 2 else 0.0
            if score >= 0.9:
                left -= {i, i + 1}
                right.remove(j)
                pairs.append((j, i, score) if swapped else (i, j, score))
                break


# --- People ------------------------------------------------------------------------------------------------------

_PATRONYMIC = re.compile(r"[oe]v(?:ich|ych|na)$|(?:uly|uli|kyzy|qyzy|kizi|oglu|ogly|zade)$")
_FAMILY_ENDING = re.compile(
    r"(?:[oe]v|[oe]va|[oe]w|[oe]ff?|yn|ina?|sk[iy]y?|skii|skaya|ska|enko|enka|chuk|yuk|ian|yan|dze|shvili|son|sen|ez)$"
)
_WOMAN = re.compile(r"(?:[oe]v|in)a$|s[kc]?aya$|[sc]ka$|naya$")
_MAN = re.compile(r"(?:[oe]v|in)$|[sc]k[iy]y?$|nyy?$")


@lru_cache(maxsize=1 << 14)
def _person(text: str) -> _Name:
    found = words(text[:_LONGEST])[:_MOST_WORDS]
    generation = ""
    if len(found) > 1 and found[-1].text in tables.GENERATIONS:
        generation, found = tables.GENERATIONS[found[-1].text], found[:-1]
    # Titles stand in front; "General Ban" keeps at least one word.
    start = 0
    while start < len(found) - 1 and found[start].text in tables.HONORIFICS:
        start += 1
    found = found[start:]
    kept = tuple(w for w in found if w.text not in tables.PARTICLES) or found
    fathers = {
        after.text
        for before, after in zip(found, found[1:], strict=False)
        if before.text in tables.FATHER_PARTICLES
    }
    return _Name(
        words=kept,
        joined="".join(w.text for w in kept),
        generation=generation,
        fathers=frozenset(fathers),
        particle=len(found) > len(kept) == 1,
    )


def _people(a: _Name, b: _Name) -> float:
    if a.generation != b.generation and a.generation and b.generation:
        return 0.3
    cap = 0.84 if a.generation != b.generation else 1.0
    if a.joined == b.joined:
        return min(cap, 0.98)
    found = _align(a, b, "person")
    left, right = found.left, found.right
    full = [p for p in found.pairs if p[2] != INITIAL]
    if not full:
        return 0.5 if found.pairs and not (left or right) else 0.0
    covered = 2 * len(found.pairs) / (len(a.words) + len(b.words))
    if left and right:
        if not (_patronymics(a, left) and _patronymics(b, right) and len(full) > 1):
            return 0.55 * covered  # a given name or a family name is another
        left = right = []
        cap = min(cap, 0.9)
    quality = found.quality()
    several = len(a.words) > 1 and len(b.words) > 1
    if several and any(
        _other_sex(a.words[i], b.words[j]) for i, j, _ in found.pairs if not _last(a, b, i, j)
    ):
        return 0.5
    if _surname_sex_differs(a, b, found) and len(full) < 2:
        cap = min(cap, 0.78)
    if not left and not right:
        if len(found.pairs) == 1:
            return min(cap, quality if quality >= _LONG_TYPO else 0.6)
        in_order = all((i - k) * (j - m) > 0 for i, j, _ in found.pairs for k, m, _ in found.pairs if i != k)
        return min(cap, quality if in_order else 0.97 * quality)
    longer, shorter, extra = (a, b, left) if left else (b, a, right)
    initials = sum(len(w.text) == 1 for w in shorter.words)
    if initials and any(len(longer.words[i].text) == 1 for i in extra):
        return min(cap, 0.7)  # George W. is not George H. W.
    if len(found.pairs) > 1:
        return min(cap, quality * (0.95 - 0.01 * min(len(extra), 4)))
    if quality < 0.9:
        return min(cap, 0.6)
    (i, j, _), met = found.pairs[0], 0
    met = i if longer is a else j
    return min(cap, _bare(longer, shorter, met) * (0.5 + 0.5 * quality) + 0.005)


def _bare(longer: _Name, shorter: _Name, met: int) -> float:
    """One word against a full name: as a family name, else as a given name."""
    hit = longer.words[met].text
    if hit in longer.fathers and not shorter.particle:
        return 0.75
    family_first = longer.words[0].text in tables.FAMILY_FIRST and len(longer.words) <= 3
    if family_first:
        return 0.88 if met == 0 else 0.78
    if met == len(longer.words) - 1 or _FAMILY_ENDING.search(hit):
        return 0.88
    return 0.78


def _patronymics(name: _Name, where: list[int]) -> bool:
    return all(_PATRONYMIC.search(name.words[i].text) for i in where)


def _last(a: _Name, b: _Name, i: int, j: int) -> bool:
    return i == len(a.words) - 1 and j == len(b.words) - 1


def _other_sex(x: Word, y: Word) -> bool:
    """Given names that differ in a final a: Aleksandr and Aleksandra."""
    return x.sounds[0] + "a" == y.sounds[0] or y.sounds[0] + "a" == x.sounds[0]


def _surname_sex_differs(a: _Name, b: _Name, found: _Alignment) -> bool:
    for i, j, score in found.pairs:
        x, y = a.words[i].text, b.words[j].text
        if score < 1 and min(len(x), len(y)) > 4:
            woman = bool(_WOMAN.search(x)), bool(_WOMAN.search(y))
            man = bool(_MAN.search(x)), bool(_MAN.search(y))
            if (woman[0] and man[1]) or (woman[1] and man[0]):
                return True
    return False


# --- Organisations, places, events -------------------------------------------------------------------------------

_PHRASE = re.compile(
    r"\b(?:" + "|".join(re.escape(p) for p in sorted(tables.PHRASES, key=len, reverse=True)) + r")\b"
)
_LONE_LETTERS = re.compile(r"\b[a-z](?: [a-z])+\b")
_ORDINAL = re.compile(r"^([0-9]{1,6})(?:st|nd|rd|th)$")
_ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}


@lru_cache(maxsize=1 << 14)
def _thing(text: str, kind: str) -> _Name:
    text = text[:_LONGEST]
    spelled = {w.text: w for w in words(text)}
    plain = _LONE_LETTERS.sub(lambda m: m.group().replace(" ", ""), fold(text))
    plain = _PHRASE.sub(lambda m: tables.PHRASES[m.group()], plain)
    found: list[Word] = []
    for token in plain.split()[:_MOST_WORDS]:
        if token in tables.STOP_WORDS and token not in _ROMAN:
            continue
        if ordinal := _ORDINAL.match(token):
            token = ordinal.group(1)
        elif kind != "place" or token not in tables.COUNTRY_NAMES:
            token = tables.SYNONYMS.get(token, token)
            token = tables.NUMBERS.get(token, token)
        if kind != "place" or token in ("us", "usa", "uk", "uae", "burma", "turkiye", "kazakstan"):
            token = tables.COUNTRIES.get(token, token)
        if kind == "event" or (kind == "organization" and found):
            token = _ROMAN.get(token, token)
        found.append(spelled.get(token) or word(token))
    kept = tuple(found) or words(text)[:_MOST_WORDS]
    letters = [c for c in text if c.isalpha()]
    return _Name(
        words=kept,
        joined="".join(w.text for w in kept),
        capitals=len(kept) == 1
        and 2 <= len(letters) <= 8
        and sum(c.isupper() for c in letters) * 3 >= len(letters) * 2,
    )


# Of these the republic and the country without it are two states or two halves.
_TWO_STATES = frozenset({"congo", "china", "korea", "ireland", "macedonia"})


def _things(a: _Name, b: _Name, kind: str) -> float:
    if a.joined == b.joined:
        return 0.98
    if a.capitals and b.capitals:
        return 0.0  # CIA and CIS: an acronym is never a misspelling of another
    found = _align(a, b, kind)
    left = [a.words[i].text for i in found.left]
    right = [b.words[j].text for j in found.right]
    quality = found.quality()
    covered = 2 * len(found.pairs) / (len(a.words) + len(b.words))
    strong_left = [w for w in left if w not in tables.WEAK_WORDS]
    strong_right = [w for w in right if w not in tables.WEAK_WORDS]
    if strong_left and strong_right:
        whole = _common_word(word(a.joined), word(b.joined)) if kind == "place" else 0.0
        return whole if whole >= 0.9 else 0.5 * covered * quality
    extra = strong_left + strong_right
    if not found.pairs:
        return 0.0
    if not extra:
        shared = {w.text for w in a.words} & {w.text for w in b.words}
        if "republic" in left + right and shared & _TWO_STATES:
            return 0.6
        if len(found.pairs) == 1 and quality < (_LONG_TYPO if kind == "place" else 0.9):
            return 0.6
        return quality * (0.96 if left or right else 1.0)
    if any(w.isdigit() or w in tables.DIRECTIONS for w in extra):
        return 0.4 * quality
    if kind == "place":
        return (0.6 if all(w in tables.REGION_WORDS for w in extra) else 0.5) * quality
    if all(w in tables.COUNTRY_NAMES for w in extra):
        return 0.8 * quality
    return (0.45 + 0.3 * covered) * quality


# --- Acronyms ----------------------------------------------------------------------------------------------------

_RAW_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 14)
def acronym(text: str) -> tuple[str, ...]:
    """The acronyms a name may have, lower case, sorted: initials with and without small words and legal forms, hyphens
    as one word or two, the head moved behind (`Organization of the Collective Security Treaty` → csto), and the
    capitals inside words (`KazMunayGas` → kmg). Empty for a name of one plain word.
    """
    text = text[:_LONGEST]
    found: set[str] = set()
    for spelled in {text, text.replace("-", "")}:
        plain = fold(spelled).split()[: 2 * _MOST_WORDS]
        content = [w for w in plain if w not in tables.STOP_WORDS]
        found |= {_initials(plain), _initials(content)}
        found.add(_initials([w for w in content if w not in tables.WEAK_WORDS]))
        if "of" in plain[1:]:
            head = [w for w in plain[: plain.index("of", 1)] if w not in tables.STOP_WORDS]
            rest = [w for w in plain[plain.index("of", 1) :] if w not in tables.STOP_WORDS]
            found.add(_initials(rest + head))
    for raw in (_RAW_WORD.findall(text),):
        inner = fold(
            "".join(c for w in raw for k, c in enumerate(w) if k == 0 or (c.isupper() and not w.isupper()))
        )
        found.add(inner.replace(" ", ""))
    return tuple(sorted(a for a in found if 2 <= len(a) <= 12))


def _initials(plain: list[str]) -> str:
    return "".join(w if w.isdigit() else w[0] for w in plain)


def is_acronym_of(short: str, long: str) -> bool:
    """Whether `short` abbreviates `long`, as in `Long Name (ABC)`. Case and dots in `short` do not count."""
    letters = fold(short).replace(" ", "")
    return (
        len(fold(long).split()) + (long != long.capitalize()) > 1
        and letters in acronym(long)
        and letters != fold(long)
    )


def _acronyms(a: str, b: str, x: _Name, y: _Name) -> float:
    if x.capitals == y.capitals:
        return 0.0
    short, long = (a, b) if x.capitals else (b, a)
    if len((y if x.capitals else x).words) < 2 or not is_acronym_of(short, long):
        return 0.0
    return 0.9 if len(fold(short).replace(" ", "")) > 2 else 0.86


# --- What other modules call -------------------------------------------------------------------------------------


def similarity(a: str, b: str, kind: str) -> float:
    """How far two names of `kind` (person, organization, place, event) name one thing, from 0 to 1.

    Symmetric; 1.0 for equal names; never raises on any text. See the table at the top of the module.
    """
    if a == b:
        return 1.0
    plain_a, plain_b = fold(a), fold(b)
    if plain_a == plain_b:
        return 1.0 if plain_a else 0.0
    if not plain_a or not plain_b:
        return 0.0
    if (plain_b, b) < (plain_a, a):  # one order, so that ties fall the same way both times
        a, b = b, a
    if kind == "person":
        return round(_people(_person(a), _person(b)), 4)
    x, y = _thing(a, kind), _thing(b, kind)
    score = _things(x, y, kind)
    if score < MATCH and kind != "event":
        score = max(score, _acronyms(a, b, x, y))
    return round(score, 4)


def query_score(query: str, alias: str, kind: str) -> float:
    """How well what somebody typed finds an alias, from 0 to 1; below `QUERY_THRESHOLD` it does not.

    Every word of the query must be met by a word of the alias, best first:

    | level | met |
    | --- | --- |
    | 1.0 | the same text |
    | .99 | the same when folded (`nur-sultan`, `Nur Sultan`) |
    | .97 | the same words in another order or division (`Tokayev Kassym-Jomart`, `Nursultan`) |
    | .92 | the beginning of a word (`Toka`) |
    | .88 | another spelling (`Tokajew`, `tokayef`), or the acronym of the name |
    | .78 | a typing error: one in five letters, two in nine (`Tokarev`) |

    The weakest word decides most. Words of the alias that the query leaves out cost up to a quarter of the level, by
    their share of letters, so a family name alone finds the full name, after any alias it meets whole. Words of the
    query that meet nothing cost the square of their share: `Kassym Nazarbayev` does not find Nursultan.
    """
    if query == alias:
        return EXACT
    plain, target = fold(query), fold(alias)
    if not plain or not target:
        return 0.0
    if plain == target:
        return FOLDED
    if plain.replace(" ", "") == target.replace(" ", "") or sorted(plain.split()) == sorted(target.split()):
        return REORDERED
    score = _words_found(query, alias, kind)
    if score < SKELETON:
        if len(plain) <= 12 and is_acronym_of(query, alias):
            return SKELETON
        same = similarity(query, alias, kind)
        if same >= STRICT:
            score = max(score, 0.95 * same)
    return round(score, 4)


def _words_found(query: str, alias: str, kind: str) -> float:
    typed, named = _searchable(query, kind), _searchable(alias, kind)
    score = _met(typed, named)
    if score < QUERY_THRESHOLD and len(typed) != len(named):
        score = max(score, _met(typed, _divided_like(named, typed)), _met(_divided_like(typed, named), named))
    return score


def _divided_like(many: tuple[Word, ...], few: tuple[Word, ...]) -> tuple[Word, ...]:
    """Two neighbours of `many` become one word where `few` has them as one."""
    found: list[Word] = []
    for w in many:
        joined = word(found[-1].text + w.text) if found else w
        if found and any(_level(other, joined) >= SKELETON and len(other.text) > 2 for other in few):
            found[-1] = joined
        else:
            found.append(w)
    return tuple(found)


def _met(typed: tuple[Word, ...], named: tuple[Word, ...]) -> float:
    scored = sorted(
        (-level, abs(i - j), i, j)
        for i, x in enumerate(typed)
        for j, y in enumerate(named)
        if (level := _level(x, y)) > 0
    )
    rows, columns, levels = set(range(len(typed))), set(range(len(named))), list[tuple[float, int]]()
    for negative, _, i, j in scored:
        if i in rows and j in columns:
            rows.remove(i)
            columns.remove(j)
            levels.append((-negative, len(typed[i].text)))
    if not levels:
        return 0.0
    met = sum(size for _, size in levels)
    weakest = min(level for level, _ in levels)
    level = 0.6 * weakest + 0.4 * sum(level * size for level, size in levels) / met
    share = met / sum(len(w.text) for w in typed)
    total = sum(len(w.text) for w in named)
    covered = 1 - sum(len(named[j].text) for j in columns) / total
    return min(REORDERED, level) * share**2 * (0.75 + 0.25 * covered)


@lru_cache(maxsize=1 << 14)
def _searchable(text: str, kind: str) -> tuple[Word, ...]:
    """The words that count in a search: no titles, no small words, unless there is nothing else."""
    if kind == "person":
        return _person(text).words
    found = words(text[:_LONGEST])[:_MOST_WORDS]
    return tuple(w for w in found if w.text not in tables.STOP_WORDS) or found


def _level(x: Word, y: Word) -> float:
    """The level at which a typed word meets a word of an alias."""
    if x.text == y.text:
        return 1.0
    size = len(x.text)
    if y.text.startswith(x.text):
        return PREFIX if size > 1 else 0.85
    if size < 2 or x.text.isdigit() or y.text.isdigit():
        return 0.0
    score = _spelling(x, y)
    if score >= 0.9:
        return SKELETON
    if size > 3 and any(s.startswith(x.sounds[0]) for s in y.sounds):
        return 0.84
    if score >= 0.88:
        return 0.84
    group = tables.SAME_NAMES.get(x.text)
    if group is not None and group == tables.SAME_NAMES.get(y.text):
        return SKELETON
    allowed = 2 if size >= 9 else 1
    if size >= 5 and len(y.text) >= 4 and OSA.distance(x.text, y.text, score_cutoff=allowed) <= allowed:
        return TYPO
    return 0.0


def search_keys(text: str) -> list[str]:
    """Keys under which a name is indexed and looked up (`keys && :keys` on a GIN index), sorted.

    The classes of its words' skeletons in every reading, of neighbours written as one, and its acronyms marked with
    `=`. Two spellings of a name share at least one key; few other names do. Small words give none. Fetch candidates by
    these, by trigrams and by prefix of the folded text, then let `query_score` or `similarity` decide.
    """
    found = words(text[:_LONGEST])[:_MOST_WORDS]
    content = (
        tuple(w for w in found if w.text not in tables.STOP_WORDS and w.text not in tables.PARTICLES) or found
    )
    keys = classes(content)
    if len(content) > 1:
        keys |= {"=" + letters for letters in acronym(text)}
    elif len(content) == 1 and len(content[0].text) <= 8:
        keys.add("=" + content[0].text)
    return sorted(keys)

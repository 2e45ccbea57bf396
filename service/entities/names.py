"""The one place that compares names: do two of them name one thing, and does what somebody typed find a name?

`similarity` is for merging mentions and records, so it is strict; `query_score` is for what people type, so
it forgives. Both are pure and deterministic. Below them: `sounds` (folding and keys), `spellings` (two
words, and the alignment of words), `person_names` and `thing_names` (the rules by kind), `acronyms`,
`name_tables` (word lists).

How to read `similarity`:

| score | meaning |
| --- | --- |
| 1.0 | the same words when folded |
| ≥ `STRICT` (.90) | the same name in another spelling, order or language |
| ≥ `MATCH` (.85) | the same if no candidate is better: a family name alone, initials, an acronym, one typo |
| .70 to .85 | compatible; something else has to decide: a given name alone, a body without its country |
| below .70 | different, or nothing says that they are the same |
"""

from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from service.entities import name_tables as tables
from service.entities.acronyms import acronym, is_acronym_of
from service.entities.person_names import compare_people, person
from service.entities.sounds import KEYS_VERSION, Word, classes, fold, name_key, skeleton, word, words
from service.entities.spellings import LONGEST, MOST_WORDS, SAME_CLASSES, same_name, spelling
from service.entities.thing_names import compare_acronym, compare_things, thing

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

# What `query_score` gives when every word of the query and of the alias is met.
EXACT: Final = 1.0
FOLDED: Final = 0.99
REORDERED: Final = 0.97
PREFIX: Final = 0.92
SKELETON: Final = 0.88
NEAR: Final = 0.84
TYPO: Final = 0.78


def similarity(a: str, b: str, kind: str) -> float:
    """How far two names of `kind` (person, organization, place, event) name one thing, from 0 to 1.

    Symmetric; 1.0 for equal names; never raises on any text. See the table at the top of the module.
    """
    if a == b:
        return 1.0
    plain_a, plain_b = fold(a), fold(b)
    if not plain_a or not plain_b:
        return 0.0
    if plain_a == plain_b:
        return 1.0
    if plain_b < plain_a:  # one order, so that ties between words fall the same way both times
        a, b = b, a
    if kind == "person":
        return round(compare_people(person(a), person(b)), 4)
    x, y = thing(a, kind), thing(b, kind)
    score = compare_things(x, y, kind)
    if score < MATCH and kind != "event":
        score = max(score, compare_acronym(a, b, x, y))
    return round(score, 4)


def query_score(query: str, alias: str, kind: str) -> float:
    """How well what somebody typed finds an alias, from 0 to 1; below `QUERY_THRESHOLD` it does not.

    Every word of the query should be met by a word of the alias. The weakest word decides most:

    | level | met |
    | --- | --- |
    | 1.0 | the same text |
    | .99 | the same when folded (`tokayev`, `Nur Sultan`) |
    | .97 | the same words in another order or division (`Tokayev Kassym-Jomart`, `Nursultan`) |
    | .92 | the beginning of a word (`Toka`) |
    | .88 | another spelling (`Tokajew`, `tokayef`), or the acronym of the name |
    | .84 | a farther spelling (`Kadhafi`), a beginning by sound (`Toqa`), a name whose acronym is the alias |
    | .78 | a typing error: one in five letters, two in nine (`Tokarev`) |

    Words of the alias that the query leaves out cost up to a quarter of the level, by their share of
    letters, so a family name alone finds the full name, but after every alias that it meets whole. Words of
    the query that meet nothing cost the square of their share: `Kassym Nazarbayev` does not find Nursultan
    Nazarbayev.
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
        if len(target) <= 12 and is_acronym_of(alias, query):
            return NEAR
        # Words that mean the same: Kazakh and of Kazakhstan, first and 1st. Where no word met, none do.
        if score > 0 and (same := similarity(query, alias, kind)) >= STRICT:
            score = max(score, 0.95 * same)
    return round(score, 4)


def _words_found(query: str, alias: str, kind: str) -> float:
    typed, named = _searchable(query, kind), _searchable(alias, kind)
    score = _found(typed, named)
    if score < QUERY_THRESHOLD and len(typed) != len(named):
        score = max(
            score, _found(typed, _divided_like(named, typed)), _found(_divided_like(typed, named), named)
        )
    return score


@lru_cache(maxsize=1 << 14)
def _searchable(text: str, kind: str) -> tuple[Word, ...]:
    """The words that count in a search: no titles, small words or legal forms, unless there is nothing
    else."""
    if kind == "person":
        return person(text).words
    found = words(text[:LONGEST])[:MOST_WORDS]
    return tuple(w for w in found if w.text not in tables.STOP_WORDS | tables.WEAK_WORDS) or found


def _divided_like(many: tuple[Word, ...], few: tuple[Word, ...]) -> tuple[Word, ...]:
    """Two neighbours of `many` become one word where `few` has them as one."""
    found: list[Word] = []
    for w in many:
        joined = word(found[-1].text + w.text) if found else w
        if found and any(len(other.text) > 2 and _level(other, joined) >= SKELETON for other in few):
            found[-1] = joined
        else:
            found.append(w)
    return tuple(found)


def _found(typed: tuple[Word, ...], named: tuple[Word, ...]) -> float:
    levels = sorted(
        (-level, abs(i - j), i, j)
        for i, x in enumerate(typed)
        for j, y in enumerate(named)
        if (level := _level(x, y)) > 0
    )
    rows, columns = set(range(len(typed))), set(range(len(named)))
    best: list[tuple[float, int]] = []
    for negative, _, i, j in levels:
        if i in rows and j in columns:
            rows.remove(i)
            columns.remove(j)
            best.append((-negative, len(typed[i].text)))
    if not best:
        return 0.0
    met = sum(size for _, size in best)
    level = 0.6 * min(best)[0] + 0.4 * sum(level * size for level, size in best) / met
    share = met / sum(len(w.text) for w in typed)
    left_out = sum(len(named[j].text) for j in columns) / sum(len(w.text) for w in named)
    return min(REORDERED, level) * share**2 * (1 - 0.25 * left_out)


def _level(x: Word, y: Word) -> float:
    """The level at which a typed word meets a word of an alias."""
    if x.text == y.text:
        return EXACT
    size = len(x.text)
    if y.text.startswith(x.text):
        return PREFIX if size > 1 else NEAR
    if size < 2 or x.text.isdigit() or y.text.isdigit() or tables.KNOWN_WORDS.issuperset((x.text, y.text)):
        return 0.0
    score = spelling(x, y)
    if score >= 0.9 or same_name(x, y):
        return SKELETON
    if score >= SAME_CLASSES or (size > 3 and any(s.startswith(x.sounds[0]) for s in y.sounds)):
        return NEAR
    allowed = 2 if size >= 9 else 1
    if size >= 5 and OSA.distance(x.text, y.text, score_cutoff=allowed) <= allowed:
        return TYPO
    return 0.0


def search_keys(text: str) -> list[str]:
    """Keys under which a name is indexed and looked up (`keys && :keys` on a GIN index), sorted.

    They are the classes of its words' skeletons in every reading, of two neighbours written as one, and its
    acronyms marked with `=`. Spellings of one name share a key; few other names do. Small words give none.
    Fetch candidates by these, by trigrams and by the beginning of the folded text; `query_score` or
    `similarity` decides. Stored keys belong to a `KEYS_VERSION`.
    """
    found = words(text[:LONGEST])[:MOST_WORDS]
    small = tables.STOP_WORDS | tables.PARTICLES
    content = tuple(w for w in found if w.text not in small) or found
    keys = classes(content)
    if len(content) > 1:
        keys |= {"=" + letters for letters in acronym(text)}
    elif content and len(content[0].text) <= 8:
        keys.add("=" + content[0].text)
    return sorted(keys)

"""English words: base forms, the thesaurus as an index of phrases, spelling mistakes. The data is in two
YAML files."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import msgspec
import msgspec.yaml
from rapidfuzz.distance import OSA

HERE = Path(__file__).parent
GAP = "#"  # in a phrase of the thesaurus: up to MOST_BETWEEN words
MOST_BETWEEN = 4

Section = Literal["verbs", "befalls", "inverse", "nouns", "held", "counted", "weak"]
VERBAL: frozenset[Section] = frozenset({"verbs", "befalls", "inverse"})
VOWEL = re.compile(r"[aeiouy]")
ENDINGS = (
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
)
SUFFIXES = (
    *("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "ors", "er", "or"),
    *("ies", "ied", "ed", "es", "ly", "s"),
)


class WordLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`words.yaml`. Lists written as running text are split at blanks by `vocabulary`."""

    irregular: dict[str, list[str]]
    spoken: dict[str, str]
    idioms: dict[str, list[str]]
    openers: list[str]
    function: str
    soft: str
    generic: str
    titles: str
    light: str
    speech: str
    announcing: str
    participles: str
    offices: str
    speech_nouns: str
    forms: dict[str, list[str]]
    form_nouns: dict[str, list[str]]
    true_or_false: list[str]
    tags: list[str]
    auxiliaries: list[str]
    extents: dict[str, list[str]]
    modalities: dict[str, list[str]]
    prepositions: dict[str, list[str]]
    synonyms: list[list[str]]
    kinds: dict[str, list[str]]
    wider: dict[str, list[str]]
    figures: dict[str, str]


class Phrase(msgspec.Struct, frozen=True):
    """One entry of the thesaurus. A word that starts with `!` stands for itself only."""

    words: tuple[str, ...]
    needed: frozenset[str]  # the words without gaps and marks
    predicate: str
    section: Section
    literal: bool  # a claim has to say it, too
    reversed: bool = False  # the object before its verb


class Found(msgspec.Struct, frozen=True):
    """A phrase at some words of a question; words that fill a gap are not among them."""

    positions: tuple[int, ...]
    phrase: Phrase


@cache
def lists() -> WordLists:
    return msgspec.yaml.decode((HERE / "words.yaml").read_bytes(), type=WordLists)


@cache
def vocabulary(name: str) -> frozenset[str]:
    return frozenset(getattr(lists(), name).split())


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for base, forms in lists().irregular.items():
        for form in forms:
            found[form] = (*found.get(form, ()), base)
    return found


@lru_cache(maxsize=1 << 14)
def lemmas(word: str) -> tuple[str, ...]:
    """Every base form a word may have, itself first: "fired" → fired, fir, fire."""
    found = [word, *_irregular().get(word, ())]
    for ending, replacements in ENDINGS:
        rest = word[: -len(ending)]
        if not word.endswith(ending) or word.endswith("ss") or len(rest) < 2 or not VOWEL.search(rest):
            continue
        found += [rest + replacement for replacement in replacements]
        if ending in ("ed", "ing") and len(rest) > 2 and rest[-1] == rest[-2]:
            found.append(rest[:-1])
    return tuple(dict.fromkeys(found))


def _plain_stem(word: str) -> str:
    word = next(iter(_irregular().get(word, ())), word)
    for _ in range(2):  # "ordered" → order → ord, as "order" is
        for suffix in SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not word.endswith("ss"):
                word = word[: -len(suffix)] + ("y" if suffix in ("ies", "ied") else "")
                break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "ey" else word


@cache
def _synonyms() -> dict[str, str]:
    return {_plain_stem(other): _plain_stem(same[0]) for same in lists().synonyms for other in same}


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A coarse common form to compare a question's words with a claim's: protesters, demonstrators →
    protest."""
    plain = _plain_stem(word)
    return _synonyms().get(plain, plain)


@cache
def _kinds() -> dict[str, frozenset[str]]:
    return {stem(word): frozenset(map(stem, narrower)) for word, narrower in lists().kinds.items()}


@lru_cache(maxsize=1 << 14)
def meanings(word: str) -> frozenset[str]:
    """The stems by which a claim may say what a question's word asks for: a commander is a leader, too."""
    plain = stem(word)
    return _kinds().get(plain, frozenset()) | {plain}


@cache
def wider() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Stems of a group's words, and of what it holds among others."""
    return tuple(
        (frozenset(map(stem, group.split())), frozenset(map(stem, narrower)))
        for group, narrower in lists().wider.items()
    )


@cache
def _phrases() -> dict[str, tuple[Phrase, ...]]:
    """The thesaurus by first word."""
    thesaurus = msgspec.yaml.decode(
        (HERE / "thesaurus.yaml").read_bytes(), type=dict[str, dict[Section, list[str]]]
    )
    index: dict[str, list[Phrase]] = {}
    for predicate, sections in thesaurus.items():
        for section, entries in sections.items():
            for entry in entries:
                words = _with_gaps(entry.removeprefix("=").split())
                needed = frozenset(word.removeprefix("!") for word in words if word != GAP)
                literal = entry.startswith("=")
                orders = [words]
                if (
                    section in ("verbs", "befalls")
                    and len(words) == 3
                    and words[1] == GAP
                    and words[0] != "be"
                ):
                    orders.append(words[::-1])  # "how many jobs will they cut"
                for order in orders:
                    phrase = Phrase(order, needed, predicate, section, literal, order is not words)
                    index.setdefault(order[0].removeprefix("!"), []).append(phrase)
    return {first: tuple(found) for first, found in index.items()}


def _with_gaps(words: list[str]) -> tuple[str, ...]:
    """ "be under arrest" is asked as "is he under arrest": a form of be lets its subject stand behind it."""
    return (
        ("be", GAP, *words[1:]) if words[0] == "be" and len(words) > 1 and words[1] != GAP else tuple(words)
    )


@lru_cache(maxsize=1 << 12)
def is_plain(word: str) -> bool:
    """Whether a word narrows nothing down: grammar, filler, or a verb that says little of its own."""
    known = vocabulary("function") | vocabulary("soft") | vocabulary("light")
    return any(form in known for form in lemmas(word))


def predicates() -> frozenset[str]:
    return frozenset(phrase.predicate for found in _phrases().values() for phrase in found)


@lru_cache(maxsize=1 << 9)
def find_phrases(words: tuple[str, ...]) -> tuple[Found, ...]:
    """Every phrase of the thesaurus in a question, which is given as its folded words."""
    forms = [lemmas(word) for word in words]
    everything = {form for known in forms for form in known}
    found: dict[tuple[tuple[int, ...], str, Section], Found] = {}
    for start, known in enumerate(forms):
        for form in known:
            for phrase in _phrases().get(form, ()):
                if not phrase.needed <= everything or (phrase.words[0][0] == "!" and form != words[start]):
                    continue
                positions = _match(phrase.words, 1, forms, start + 1, (start,))
                if positions and not _verb_for_noun(phrase, positions, words):
                    found.setdefault((positions, phrase.predicate, phrase.section), Found(positions, phrase))
    return tuple(found.values())


def _verb_for_noun(phrase: Phrase, positions: tuple[int, ...], words: Sequence[str]) -> bool:
    """Whether a noun was met by a form of a verb: "fired" is no fire."""
    if phrase.section not in ("nouns", "counted"):
        return False
    plain = (word.removeprefix("!") for word in phrase.words if word != GAP)
    return any(
        words[position].endswith(("ed", "ing")) and words[position] != word
        for position, word in zip(positions, plain, strict=True)
    )


def _match(
    pattern: tuple[str, ...], index: int, forms: Sequence[tuple[str, ...]], at: int, taken: tuple[int, ...]
) -> tuple[int, ...]:
    if index == len(pattern):
        return taken
    if pattern[index] == GAP:
        for skipped in range(MOST_BETWEEN + 1):
            if found := _match(pattern, index + 1, forms, at + skipped, taken):
                return found
        return ()
    if at >= len(forms) or pattern[index].removeprefix("!") not in forms[at]:
        return ()
    return _match(pattern, index + 1, forms, at + 1, (*taken, at))


@cache
def _correctable() -> tuple[str, ...]:
    """What a misspelt word may have meant: words of the thesaurus and of the forms of questions, five
    letters up."""
    words = {
        word.removeprefix("!") for found in _phrases().values() for phrase in found for word in phrase.words
    }
    words |= {word for phrases in lists().forms.values() for phrase in phrases for word in phrase.split()}
    words |= {word for name in ("generic", "soft", "speech") for word in vocabulary(name) if len(word) >= 7}
    words |= {"people", "which"}
    words |= {word for same in lists().synonyms for word in same} | set(lists().kinds)
    return tuple(sorted(word for word in words if len(word) >= 4))


@lru_cache(maxsize=1 << 12)
def corrected(word: str) -> str | None:
    """The known word one letter away (two from nine letters up) with the same first letter; None when there
    is none.

    "arested", "detaind", "woudned". Inflected forms are compared by their known base with the same ending.
    """
    if len(word) < 5 or not word.isalpha():
        return None
    allowed = 2 if len(word) >= 9 else 1
    best: tuple[int, str] | None = None
    for known in _correctable():
        if known[0] != word[0] or abs(len(known) - len(word)) > 4:
            continue
        for form in _inflected(known):
            if abs(len(form) - len(word)) <= allowed:
                distance = OSA.distance(word, form, score_cutoff=allowed)
                if distance <= allowed and (best is None or (distance, form) < best):
                    best = (distance, form)
    return best[1] if best else None


@lru_cache(maxsize=1 << 12)
def _inflected(word: str) -> tuple[str, ...]:
    base = word.removesuffix("e")
    double = word + word[-1]
    return tuple(dict.fromkeys((word, word + "s", base + "ed", base + "ing", double + "ed", double + "ing")))

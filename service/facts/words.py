"""What the words of a claim tell of what it is about, beside its fields: whom its figure counts, and what its
article's title and its sentence name. Pure; no I/O."""

import re
from functools import cache, lru_cache

from service.extraction.number_words import SCALES, SIMPLE
from service.extraction.word_lists import word_set
from service.extraction.world import world
from service.facts.values import STOP_WORDS, fold, unaccented

LONG_WORDS = re.compile(r"[^\W\d_]{3,}").findall
HEDGES = word_set(
    "about almost around as few just least many most nearly no none only over roughly some than up"
)
_NUMBERS = STOP_WORDS | HEDGES | SIMPLE.keys() | SCALES.keys()
# Said of anybody: "49 people", "49 dead" and "49 others" count the same, "49 tourists" may not. So is what a
# predicate counts anyway.
ANYBODY = _NUMBERS | word_set(
    """
    people persons person lives life men man women woman dead killed died fatalities deaths bodies body
    injured wounded hurt injuries casualties victims missing hostages captives hospital arrests arrested
    detained detainees prisoners suspects refugees displaced evacuated residents inhabitants protesters
    demonstrators citizens soldiers troops personnel others other more total them those these all his its
    nobody dozens scores hundreds thousands tens millions
    """
)
# What articles of any event are full of: it does not tell which one a sentence is of.
ANYWHERE = _NUMBERS | word_set(
    """
    after again against also among because been before being between can could day days during each even
    first last from had has have her his how into its may month months more much near new next now other
    others their them there these they this those through time today told under until was week weeks were
    what when where which while who whose will would year years yesterday say says said see sees seen still
    such take tell high low since she that with according news report reports reported reuters official
    officials authorities government minister president police country region number total percent per cent
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december people person
    """
)
# What sentences that give a figure are full of.
OF_FIGURES = ANYWHERE | word_set(
    """
    dead death deaths die died dies kill killed killing kills injured injuring injuries wounded wounding hurt
    missing arrest arrested arrests detained dozens hundreds thousands millions economy economic growth grow
    grew rate forecast forecasts expected expects population prices inflation quarter annual
    """
)
# Words in the names of many places.
SHARED_NAMES = word_set("united new north northern south southern east eastern west western san saint")
CONTINENTS = word_set("africa america asia europe oceania")


@lru_cache(maxsize=16_384)
def counted(value_text: str | None) -> frozenset[str]:
    """The words for whom a figure counts, where it does not count just anybody: "three Israelis" → israeli;
    nothing of "49 people" or "at least 49"."""
    words = [] if value_text is None else fold(value_text).split()
    return frozenset(singular(word) for word in words if word not in ANYBODY and word.isalpha())


def named(title: str, evidence: str, *, figure: bool) -> frozenset[str]:
    """The words of a title and a sentence that may tell which event they are of; `figure`: of one that gives
    a figure."""
    return telling(title, figure) | telling(evidence, figure)


# Claims of one article are read one after the other: a title comes for each, a sentence for some.
@lru_cache(maxsize=1024)
def telling(text: str, figure: bool) -> frozenset[str]:
    words = set(LONG_WORDS(unaccented(text)))
    return frozenset(map(singular, words - (OF_FIGURES if figure else ANYWHERE)))


def singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=16_384)
def is_of(word: str, place: str) -> bool:
    """Whether a word, as `named` has it, is the place's name, part of it, or what is called by it: French, of
    France; Rica, of Costa Rica."""
    code = countries().get(place.replace("-", " "))
    if code is not None and countries().get(word) == code:
        return True
    return word not in SHARED_NAMES and word in {singular(part) for part in place.split("-")}


@lru_cache(maxsize=4096)
def is_wide(place: str) -> bool:
    """Whether a place is a country or holds several: much happens there on one day that has nothing to do
    with each other."""
    name = place.replace("-", " ")
    return name in countries() or name in regions()


@cache
def countries() -> dict[str, str]:
    """Names, and what is called by them, with the country's code."""
    return {fold(name): code for name, (code, _) in world().countries.items()}


@cache
def towns() -> dict[str, frozenset[str]]:
    """Names of large cities, and of regions of countries, with the codes of the countries that have one."""
    found: dict[str, frozenset[str]] = {}
    for name, codes in world().cities.items():
        found[fold(name)] = found.get(fold(name), frozenset()).union(codes)
    return found


@cache
def regions() -> frozenset[str]:
    """What holds several countries."""
    return CONTINENTS | {fold(name) for name, codes in world().cities.items() if "across" in codes}

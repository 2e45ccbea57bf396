"""Countries, demonyms and large cities: the names that are known without any store. Data files of this
package."""

import functools
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import msgspec

from service.extraction.text import fold
from service.letters import MARKS

WORD = re.compile(r"[^\W_]+")
# Where a name may start: "U.S." has no letter before it, so only a letter, a digit or what joins them breaks
# a word. The match is the first word of any name that stands there.
START = re.compile(rf"(?<![\w{MARKS}-])(?:[^\W_]+|\S)")


class Territory(msgspec.Struct, frozen=True):
    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


class World(msgspec.Struct, frozen=True):
    """Names as `fold` leaves them. `countries` leads from a name or demonym to a country's code and the kind
    of name, `cities` to the codes of the countries that have such a city, capitals first; `capitals` from
    words in capital letters to the names they may be; `names` are those of all three. `lengths` are those of
    all names that begin with a word, in characters, the longest first."""

    names: frozenset[str]
    countries: dict[str, tuple[str, str]]
    cities: dict[str, tuple[str, ...]]
    capitals: dict[str, tuple[str, ...]]
    lengths: dict[str, tuple[int, ...]]


def _rows(name: str) -> Iterator[list[str]]:
    text = files("service.extraction").joinpath("data", name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@functools.cache
def words() -> dict[str, Any]:
    """The closed word lists of data/words.yaml."""
    raw = files("service.extraction").joinpath("data", "words.yaml").read_bytes()
    return msgspec.yaml.decode(raw, type=dict[str, Any])


@functools.cache
def territories() -> dict[str, Territory]:
    """Countries by code."""
    found = {}
    for code, name, others, demonyms, *capital in _rows("countries.tsv"):
        found[code] = Territory(
            code,
            name,
            (name, *filter(None, others.split("|"))),
            tuple(filter(None, demonyms.split("|"))),
            tuple(filter(None, capital[0].split("|"))) if capital else (),
        )
    return found


@functools.cache
def demonyms() -> frozenset[str]:
    """In lower case: "israeli", "israelis"."""
    names = {name.lower() for territory in territories().values() for name in territory.demonyms}
    return frozenset(names | {name.removesuffix("s") for name in names})


def land_of(demonym: str) -> str | None:
    """The country whose people are called so, in lower case; "Peru" of "peruvian"."""
    found = world().countries.get(fold(demonym.title()))
    return territories()[found[0]].name if found is not None else None


def _cities() -> Iterator[tuple[str, str]]:
    """(city or region, country code), capitals first."""
    for territory in territories().values():
        yield from ((name, territory.code) for name in territory.capitals)
    yield from ((name, code) for name, code in _rows("cities.tsv"))
    yield from ((name, code) for name, code in _rows("regions.tsv"))
    for code, regions in words()["regions"].items():
        yield from ((name, code) for name in regions)


@functools.cache
def world() -> World:
    countries: dict[str, tuple[str, str]] = {}
    for territory in territories().values():
        for name in territory.names:
            countries.setdefault(fold(name), (territory.code, "name"))
        for name in territory.demonyms:
            countries.setdefault(fold(name), (territory.code, "demonym"))
    cities: dict[str, tuple[str, ...]] = {}
    for name, code in _cities():
        codes = cities.get(fold(name), ())
        if code not in codes:
            cities[fold(name)] = (*codes, code)
    capitals: dict[str, tuple[str, ...]] = {}
    for name in (*countries, *cities):
        if countries.get(name, ("", "name"))[1] != "demonym" and (written := in_capitals(name)) is not None:
            capitals[written] = (*capitals.get(written, ()), name)
    names = frozenset((*countries, *cities, *capitals))
    lengths: dict[str, tuple[int, ...]] = {}
    for name in names:
        note_length(lengths, name)
    return World(names, countries, cities, capitals, lengths)


def in_capitals(name: str) -> str | None:
    """The name of a place as agencies write it at the start of a report: "MOSCOW (Reuters) - "."""
    written = name.upper()
    return written if len(name) > 3 and written != name else None


def note_length(lengths: dict[str, tuple[int, ...]], name: str) -> str:
    """Adds a name's length to those of its first word, and says which that is."""
    match = START.match(name)
    first = match[0] if match else ""
    there = lengths.get(first)
    if there is None:
        lengths[first] = (len(name),)
    elif len(name) not in there:
        lengths[first] = tuple(sorted((*there, len(name)), reverse=True))
    return first

"""The names that are known before a text is read: the store's entities, and the countries and large cities
of the world.

Known entities come in as plain values, so that extraction needs no database. Countries, demonyms and cities
are data files of this package; where a territory is one of the store's entities, all its names lead to that
entity.
"""

import functools
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

import ahocorasick
import msgspec

from service.extraction.protocol import EntityKind

# One character for one, so that offsets stay true.
_FOLDED = {"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "\u00a0": " "}


def fold(text: str) -> str:
    """The text with plain quotation marks, hyphens and blanks, of the same length."""
    if not text.isascii():
        for fancy, plain in _FOLDED.items():
            text = text.replace(fancy, plain)
    return text


class KnownAlias(msgspec.Struct, frozen=True):
    """`kind` is one of the store's alias kinds (name, spelling, short, acronym, native, former, error,
    demonym)."""

    text: str
    kind: str = "spelling"


class KnownEntity(msgspec.Struct, frozen=True):
    slug: str
    name: str
    kind: EntityKind
    aliases: tuple[KnownAlias, ...] = ()
    part_of: str | None = None


class Hit(msgspec.Struct, frozen=True):
    """One known name in a text.

    `slug` is None for a territory that the store does not hold; `within` is its country's name.
    """

    start: int
    end: int
    kind: EntityKind
    name: str
    slug: str | None
    alias_kind: str
    within: str | None = None


class Territory(msgspec.Struct, frozen=True):
    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


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
def cities() -> tuple[tuple[str, str], ...]:
    """(city, country code)."""
    return tuple((name, code) for name, code in _rows("cities.tsv"))


class Gazetteer:
    """An immutable scan over all known names.

    Building it takes some tens of milliseconds: build once, use often.
    """

    def __init__(self, entities: Iterable[KnownEntity] = ()) -> None:
        self.entities: dict[str, KnownEntity] = {entity.slug: entity for entity in entities}
        self.aliases: dict[str, list[tuple[KnownEntity, str]]] = {}
        names: dict[str, Hit] = {}
        self.governments: dict[str, str] = {}
        self.capitals: dict[str, str] = {}
        self.countries: set[str] = set()
        for entity in self.entities.values():
            for alias in (KnownAlias(entity.name, "name"), *entity.aliases):
                text = fold(alias.text).strip()
                self.aliases.setdefault(text, []).append((entity, alias.kind))
                plain = not any(letter.isupper() for letter in text) and text.isascii()
                if len(text) < 2 or (plain and (" " not in text or text.startswith("the "))):
                    continue  # "the organization" as an alias would match every organization
                hit = Hit(0, 0, entity.kind, entity.name, entity.slug, alias.kind, self._place_of(entity))
                names.setdefault(text, hit)
                if text[0].islower():
                    # The same words may open a sentence: "authorities in Almaty".
                    names.setdefault(text[0].upper() + text[1:], hit)
        self._add_territories(names)
        for text, hit in list(names.items()):
            if hit.kind == "place" and hit.alias_kind != "demonym" and len(text) > 3:
                names.setdefault(text.upper(), hit)  # agencies write "MOSCOW (Reuters) - "
        self._names = names
        self._scan = ahocorasick.Automaton()
        for text, hit in names.items():
            self._scan.add_word(text, (len(text), hit))
        self._scan.make_automaton()
        self._add_bodies()

    def _place_of(self, entity: KnownEntity) -> str | None:
        """The nearest place above an entity."""
        above = self.entities.get(entity.part_of or "")
        for _ in range(5):
            if above is None or above.kind == "place":
                break
            above = self.entities.get(above.part_of or "")
        return above.name if above is not None and above.kind == "place" else None

    def _add_bodies(self) -> None:
        """Organizations named through a place belong to it; a country's government also answers to the
        country's name."""
        self.homes: dict[str, str] = {}
        for entity in self.entities.values():
            if entity.kind != "organization":
                continue
            for text in (entity.name, *(alias.text for alias in entity.aliases)):
                place = next((hit for hit in self._places(text)), None)
                if place is not None:
                    self.homes.setdefault(entity.slug, place.name)
                    if text.lower().startswith("government of") or text.lower().endswith(" government"):
                        self.governments.setdefault(place.name, entity.slug)
                    break
            for text in (alias.text for alias in entity.aliases):
                if (
                    text.lower().endswith(" government")
                    and (place := next(iter(self._places(text)), None)) is not None
                ):
                    self.governments.setdefault(place.name, entity.slug)

    def _places(self, text: str) -> list[Hit]:
        return [hit for _, _, hit in self.places_in(text)]

    def places_in(self, text: str) -> list[tuple[int, int, Hit]]:
        """(start, end, place) for every place inside a name, whatever the whole name is."""
        folded = fold(text)
        starts = [
            p for p in range(len(folded)) if folded[p].isalnum() and (p == 0 or not folded[p - 1].isalnum())
        ]
        ends = [
            p
            for p in range(1, len(folded) + 1)
            if folded[p - 1].isalnum() and (p == len(folded) or not folded[p].isalnum())
        ]
        found = []
        for start in starts[:12]:
            for end in reversed(ends[:12]):
                hit = self._names.get(folded[start:end]) if start < end else None
                if hit is not None and hit.kind == "place":
                    found.append((start, end, hit))
                    break
        return found

    def _add_territories(self, names: dict[str, Hit]) -> None:
        countries: dict[str, Hit] = {}
        for territory in territories().values():
            known = next((names[name] for name in territory.names if name in names), None)
            hit = Hit(0, 0, "place", territory.name, None, "name") if known is None else known
            countries[territory.code] = hit
            self.countries.add(hit.name)
            for name in territory.names:
                names.setdefault(fold(name), msgspec.structs.replace(hit, alias_kind="name"))
            for name in territory.demonyms:
                names.setdefault(name, msgspec.structs.replace(hit, alias_kind="demonym"))
        for territory in territories().values():
            for name in territory.capitals:
                self._add_city(names, name, countries[territory.code])
                self.capitals[names[name].name] = countries[territory.code].name
                if name.startswith("Washington"):
                    self.capitals["Washington"] = countries[territory.code].name
        for name, code in cities():
            self._add_city(names, name, countries.get(code))
        for code, regions in words()["regions"].items():
            for name in regions:
                self._add_city(names, name, countries.get(code))

    @staticmethod
    def _add_city(names: dict[str, Hit], name: str, country: Hit | None) -> None:
        within = country.name if country else None
        known = names.get(name)
        if known is None:
            names[name] = Hit(0, 0, "place", name, None, "name", within)
        elif known.within is None and known.kind == "place" and known.name != within:
            names[name] = msgspec.structs.replace(known, within=within)

    def scan(self, text: str) -> list[Hit]:
        """Known names in `text` between word boundaries, longest first from the left, disjoint, ascending."""
        folded = fold(text)
        found: list[tuple[int, int, Hit]] = []
        for last, (length, hit) in self._scan.iter(folded):
            start, end = last - length + 1, last + 1
            before = folded[start - 1] if start else " "
            after = folded[end] if end < len(folded) else " "
            # "U.S." ends in a point, so only a letter or digit next to a letter or digit breaks the word.
            if (before.isalnum() or before in "_-") or (after.isalnum() and folded[last].isalnum()):
                continue
            found.append((start, -end, hit))
        found.sort(key=lambda item: item[:2])
        hits, reached = [], 0
        for start, negative_end, hit in found:
            if start >= reached:
                reached = -negative_end
                slug, within = hit.slug, hit.within
                hits.append(Hit(start, reached, hit.kind, hit.name, slug, hit.alias_kind, within))
        return hits

    @functools.cached_property
    def resolved(self) -> dict[tuple[str, EntityKind], str]:
        """What comparisons found so far: the slug of a surface and kind, "" for none. Names recur from
        article to article, and a gazetteer never changes."""
        return {}

    @functools.cached_property
    def by_initial(self) -> dict[tuple[str, str], list[tuple[KnownEntity, str, str]]]:
        """Aliases, as written and in lower case, by entity kind and first letter: the candidates of a fuzzy
        comparison."""
        index: dict[tuple[str, str], list[tuple[KnownEntity, str, str]]] = {}
        for text, owners in self.aliases.items():
            for entity, _ in owners:
                index.setdefault((entity.kind, text[:1].lower()), []).append((entity, text, text.lower()))
        return index

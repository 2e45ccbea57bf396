"""The names that are known before a text is read: the store's entities, and the countries and large cities
of the world.

Known entities come in as plain values, so that extraction needs no database. Where a territory is one of the
store's entities, all its names lead to that entity.

A store changes all the time, so nothing here is made of all names at once: an entity is put in and taken out
by itself, and what follows from several names together (in which country a city lies, which government is a
country's) is worked out when a text asks for it and forgotten with the next change.
"""

import functools
import itertools
from bisect import insort
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

import msgspec

from service.extraction.body_words import body_in
from service.extraction.protocol import EntityKind
from service.extraction.text import fold
from service.extraction.tokens import TOKEN, Tokens, sought, tokenize
from service.extraction.words import ANY, Match, parted
from service.extraction.world import START, WORD, in_capitals, note_length, territories, world


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


# What a name belongs to, after the place of its entity in the order in which all became known. Where several
# entities share a name, a text that has it means the first.
Owner = tuple[int, KnownEntity, str]
Candidate = tuple[int, KnownEntity, str, str]


class Candidates(msgspec.Struct):
    """Names of one kind and first letter, as written and in lower case. `resolved` is what comparisons with
    them found so far: the slug of a surface, "" for none. Names recur from article to article."""

    names: list[Candidate] = []
    resolved: dict[str, str] = {}


def _firsts(word: str) -> list[Match]:
    """First words of names that may stand in what is between two blanks, but for tokens of small letters:
    hardly a name begins with one, and most words are."""
    plain, _ = parted(word)
    if plain.isalpha():
        return [] if plain.islower() else [(0, plain, ANY)]
    tokens = frozenset(TOKEN.findall(word))
    runs = [(one.start(), one[0]) for one in START.finditer(fold(word))]
    return [(offset, run, ANY) for offset, run in runs if run not in tokens or not _is_small(run)]


def _is_small(word: str) -> bool:
    return word.isalpha() and word.islower()


_first_words = sought(_firsts)

PLACES_IN = 12  # words of a name in which places are sought


class Gazetteer:
    """A scan over all known names, which `update` keeps in step with the store."""

    def __init__(self, entities: Iterable[KnownEntity] = ()) -> None:
        self._world = world()
        self.entities: dict[str, KnownEntity] = {}
        self._ranks: dict[str, int] = {}
        self._owners: dict[str, list[Owner]] = {}  # of every form of a name, with the kind of the name
        # Lengths and capitals of names that are gone may stay: they lead to nothing.
        self._lengths = dict(self._world.lengths)
        self._capitals: dict[str, list[str]] = {}
        self._candidates: dict[tuple[EntityKind, str], Candidates] = {}
        self._bodies: dict[
            str, list[Owner]
        ] = {}  # organizations by what body a name of theirs says, and the name
        self._governing: set[str] = set()
        self._small = set(filter(_is_small, self._lengths))  # words of small letters that begin names
        self._hits: dict[str, Hit] = {}
        self._homes: dict[str, str | None] = {}
        self._seats: dict[str, dict[str, str]] = {}
        self.update(entities)

    # --- what is known ---

    def update(self, entities: Iterable[KnownEntity], gone: Iterable[str] = ()) -> None:
        """Takes in entities that are new or have changed, and forgets those whose slugs are `gone`. It takes
        as long as there are names that change: some ten microseconds for each."""
        for slug in gone:
            self._forget(slug)
        for entity in entities:
            self._forget(entity.slug)
            self._learn(entity)
        for worked_out in (self._hits, self._homes, self._seats):
            worked_out.clear()
        for name in ("_countries", "countries", "capitals", "governments"):
            self.__dict__.pop(name, None)

    def _learn(self, entity: KnownEntity) -> None:
        rank = self._ranks.setdefault(entity.slug, len(self._ranks))
        self.entities[entity.slug] = entity
        for text, kind in _names(entity):
            if (candidates := self._candidates.get(_initial(entity, text))) is None:
                candidates = self._candidates[_initial(entity, text)] = Candidates()
            _insert(candidates.names, (rank, entity, text, text.lower()))
            candidates.resolved.clear()
            for form in _forms(text):
                _insert(self._owners.setdefault(form, []), (rank, entity, kind))
                first = note_length(self._lengths, form)
                if _is_small(first):
                    self._small.add(first)
                if entity.kind == "place" and kind != "demonym":
                    self._learn_capitals(form)
            if entity.kind == "organization":
                if (body := body_in(text)) is not None:
                    _insert(self._bodies.setdefault(body, []), (rank, entity, text))
                if _says_government(text):
                    self._governing.add(entity.slug)

    def _learn_capitals(self, name: str) -> None:
        if (written := in_capitals(name)) is not None:
            names = self._capitals.setdefault(written, [])
            if name not in names:
                names.append(name)
                note_length(self._lengths, written)

    def _forget(self, slug: str) -> None:
        entity = self.entities.pop(slug, None)
        if entity is None:
            return
        for text, _ in _names(entity):
            candidates = self._candidates[_initial(entity, text)]
            candidates.names = [one for one in candidates.names if one[1].slug != slug]
            candidates.resolved.clear()
            for form in _forms(text):
                _disown(self._owners, form, slug)
            if entity.kind == "organization" and (body := body_in(text)) is not None:
                _disown(self._bodies, body, slug)
        self._governing.discard(slug)

    def candidates(self, kind: EntityKind, initial: str) -> Candidates:
        """The names that one of a kind, with this first letter in lower case, is compared with."""
        return self._candidates.get((kind, initial)) or Candidates()

    # --- what a name leads to ---

    def scan(self, text: str, sentences: Sequence[Tokens] | None = None) -> list[Hit]:
        """Known names in `text` between word boundaries, longest first from the left, disjoint, ascending.
        `sentences` are its sentences as tokens; left out, they are found here."""
        folded = fold(text)
        sentences = [tokenize(text)] if sentences is None else sentences
        lengths, small = self._lengths, self._small
        begun = [(start, lengths[first]) for start, first in _first_words(sentences) if first in lengths]
        begun += [
            (token.start, lengths[token.text])
            for tokens in sentences
            for token in tokens
            if token.text in small and folded[token.start - 1 : token.start] != "-"
        ]
        found = [hit for start, those in begun if (hit := self._longest(folded, start, those)) is not None]
        found.sort(key=_start)
        hits, reached = [], 0
        for hit in found:
            if hit.start >= reached:
                hits.append(hit)
                reached = hit.end
        return hits

    def _longest(self, folded: str, start: int, lengths: Iterable[int]) -> Hit | None:
        size = len(folded)
        for length in lengths:
            end = start + length
            # "U.S." ends in a point, so only a letter or digit next to a letter or digit breaks the word.
            if end > size or (end < size and folded[end].isalnum() and folded[end - 1].isalnum()):
                continue
            hit = self._hit(folded[start:end])
            # a mark on the last letter makes it another
            if hit is not None and not "\u0300" <= folded[end : end + 1] <= "\u036f":
                return _at(hit, start, end)
        return None

    def places_in(self, text: str) -> list[tuple[int, int, Hit]]:
        """(start, end, place) for every place inside a name, whatever the whole name is."""
        folded = fold(text)
        words = list(itertools.islice(WORD.finditer(folded), PLACES_IN))
        ends = {word.end() for word in words}
        found = []
        for word in words:
            start = word.start()
            for length in self._lengths.get(word[0], ()):
                if (end := start + length) in ends:
                    hit = self._hit(folded[start:end])
                    if hit is not None and hit.kind == "place":
                        found.append((start, end, hit))
                        break
        return found

    def _hit(self, name: str) -> Hit | None:
        """Start and end are left at 0."""
        if (hit := self._hits.get(name)) is not None:
            return hit
        if not (name in self._owners or name in self._world.names or name in self._capitals):
            return None
        hit = self._exact(name) or self._in_capitals(name)
        if hit is not None:
            self._hits[name] = hit
        return hit

    def _exact(self, name: str) -> Hit | None:
        hit = None
        if (owners := self._owners.get(name)) is not None:
            hit = self._hit_of(owners[0])
        elif (country := self._world.countries.get(name)) is not None:
            hit = msgspec.structs.replace(self._countries[country[0]], alias_kind=country[1])
        if (codes := self._world.cities.get(name)) is not None:
            hit = hit or Hit(0, 0, "place", name, None, "name")
            if hit.kind == "place" and hit.within is None:
                around = [self._countries[code].name for code in codes if code in self._countries]
                within = next((one for one in around if one != hit.name), None)
                hit = msgspec.structs.replace(hit, within=within)
        return hit

    def _in_capitals(self, written: str) -> Hit | None:
        names = [*self._capitals.get(written, ()), *self._world.capitals.get(written, ())]
        hits = filter(None, map(self._exact, names))
        return next((hit for hit in hits if hit.kind == "place" and hit.alias_kind != "demonym"), None)

    def _hit_of(self, owner: Owner) -> Hit:
        _, entity, kind = owner
        return Hit(0, 0, entity.kind, entity.name, entity.slug, kind, self._place_of(entity))

    def _place_of(self, entity: KnownEntity) -> str | None:
        """The nearest place above an entity."""
        above = self.entities.get(entity.part_of or "")
        for _ in range(5):
            if above is None or above.kind == "place":
                break
            above = self.entities.get(above.part_of or "")
        return above.name if above is not None and above.kind == "place" else None

    # --- what follows from several names ---

    @functools.cached_property
    def _countries(self) -> dict[str, Hit]:
        """By code."""
        found = {}
        for code, territory in territories().items():
            known = (self._owners[name] for name in map(fold, territory.names) if name in self._owners)
            owners = next(known, None)
            country = Hit(0, 0, "place", territory.name, None, "name")
            found[code] = country if owners is None else self._hit_of(owners[0])
        return found

    @functools.cached_property
    def countries(self) -> set[str]:
        """The names of all countries."""
        return {hit.name for hit in self._countries.values()}

    @functools.cached_property
    def capitals(self) -> dict[str, str]:
        """The country's name for the name of each capital."""
        found = {}
        for code, territory in territories().items():
            for name in territory.capitals:
                hit = self._hit(fold(name))
                found[name if hit is None else hit.name] = self._countries[code].name
                if name.startswith("Washington"):
                    found["Washington"] = self._countries[code].name
        return found

    @functools.cached_property
    def governments(self) -> dict[str, str]:
        """The government's slug for the name of a place, by which it goes too."""
        found: dict[str, str] = {}
        for slug in sorted(self._governing, key=self._ranks.__getitem__):
            for text, _ in _names(self.entities[slug]):
                if _says_government(text) and (places := self.places_in(text)):
                    found.setdefault(places[0][2].name, slug)
        return found

    def home_of(self, slug: str | None) -> str | None:
        """The place that an organization is named through, and belongs to."""
        entity = self.entities.get(slug or "")
        if entity is None or entity.kind != "organization":
            return None
        if entity.slug not in self._homes:
            places = (hit for text, _ in _names(entity) for _, _, hit in self.places_in(text))
            first = next(places, None)
            self._homes[entity.slug] = None if first is None else first.name
        return self._homes[entity.slug]

    def body_of(self, body: str, place: str) -> str | None:
        """The slug of a place's body, read off the names of organizations."""
        if body not in self._seats:
            seats = self._seats[body] = {}
            for _, entity, text in self._bodies.get(body, ()):
                places = self.places_in(text)
                whole = self.entities.get(entity.part_of or "")
                seat = places[0][2].name if places else whole and whole.name
                if seat:
                    seats.setdefault(seat, entity.slug)
        return self._seats[body].get(place)


def _names(entity: KnownEntity) -> list[tuple[str, str]]:
    """Its names as the scan sees them, with their kinds; the preferred one first."""
    others = ((fold(alias.text).strip(), alias.kind) for alias in entity.aliases)
    return [(fold(entity.name).strip(), "name"), *others]


def _forms(name: str) -> tuple[str, ...]:
    """What is looked for in a text: "the organization" as an alias would match every organization."""
    plain = name.isascii() and name == name.lower()
    if len(name) < 2 or (plain and (" " not in name or name.startswith("the "))):
        return ()
    # The same words may open a sentence: "authorities in Almaty".
    return (name, name[0].upper() + name[1:]) if name[0].islower() else (name,)


def _initial(entity: KnownEntity, name: str) -> tuple[EntityKind, str]:
    return entity.kind, name[:1].lower()


def _says_government(name: str) -> bool:
    lowered = name.lower()
    return lowered.startswith("government of") or lowered.endswith(" government")


def _insert(owners: list[Any], owner: tuple[Any, ...]) -> None:
    """Keeps the order of ranks; who is new has the highest."""
    if owners and owners[-1][0] > owner[0]:
        insort(owners, owner, key=itemgetter(0))
    else:
        owners.append(owner)


def _disown(owners: dict[str, list[Owner]], key: str, slug: str) -> None:
    left = [owner for owner in owners.get(key, ()) if owner[1].slug != slug]
    if left:
        owners[key] = left
    else:
        owners.pop(key, None)


def _start(hit: Hit) -> int:
    return hit.start


def _at(hit: Hit, start: int, end: int) -> Hit:
    return Hit(start, end, hit.kind, hit.name, hit.slug, hit.alias_kind, hit.within)

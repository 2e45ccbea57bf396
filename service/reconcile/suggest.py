"""Auto-completion of entities, types and properties, and the properties worth proposing."""

from collections.abc import Iterable

import asyncpg
from msgspec import UNSET

from service.entities.names import fold
from service.entities.queries import ENTITIES, find_names
from service.reconcile.properties import Property
from service.reconcile.queries import find_entities
from service.reconcile.reading import EXACT
from service.reconcile.schemas import Completion, Completions, Qualifier
from service.reconcile.types import TYPES, type_ref
from service.web.listing import given, read_page

QUALIFIERS = [Qualifier(EXACT, "The same text when case and accents are folded")]


async def suggest_entities(
    pool: asyncpg.Pool, prefix: str, kind: str | None, skip: int, limit: int
) -> Completions:
    """Entities whose names the text begins or spells, best first; all of them by name when it is blank. An
    identifier finds its entity first."""
    text = prefix.strip()
    if not text:
        rows, _ = await read_page(pool, ENTITIES, given(kind=kind), "name", skip + limit + 1, None)
        ids = [row["id"] for row in rows]
        known = await find_entities(pool, (), ids)
    else:
        matches = await find_names(pool, text, kind)
        known = await find_entities(pool, [text], [one.entity for one in matches])
        named = [one.id for one in known.values() if text in one.keys and kind in (None, one.kind)]
        ids = list(dict.fromkeys([*named, *(one.entity for one in matches)]))
    found = [
        Completion(one.slug, one.name, one.description or UNSET, notable=[type_ref(one.kind)])
        for one in (known[entity] for entity in ids[skip : skip + limit] if entity in known)
    ]
    return Completions(found, skip + limit if len(ids) > skip + limit else UNSET)


def suggest_types(prefix: str, skip: int, limit: int) -> Completions:
    found = ranked(prefix, ((one.id, (one.id, one.name, *one.words)) for one in TYPES.values()))
    return page([Completion(key, TYPES[key].name, TYPES[key].description) for key in found], skip, limit)


def suggest_properties(properties: dict[str, Property], prefix: str, skip: int, limit: int) -> Completions:
    found = ranked(prefix, ((one.id, (one.id, one.name)) for one in properties.values()))
    return page([described(properties[key], with_qualifiers=True) for key in found], skip, limit)


def described(prop: Property, with_qualifiers: bool = False) -> Completion:
    return Completion(
        prop.id, prop.name, prop.description, match_qualifiers=QUALIFIERS if with_qualifiers else UNSET
    )


def page(found: list[Completion], skip: int, limit: int) -> Completions:
    return Completions(found[skip : skip + limit], skip + limit if len(found) > skip + limit else UNSET)


def ranked(prefix: str, things: Iterable[tuple[str, tuple[str, ...]]]) -> list[str]:
    """The keys of the things that a text finds: first where it is a whole name, then where it begins one,
    begins a word of one, stands inside one; else in the order given. A blank text finds all."""
    text = fold(prefix)
    if not text:
        return [key for key, _ in things] if not prefix.strip() else []
    places: list[tuple[int, str]] = []
    for key, names in things:
        folded = [fold(name) for name in names]
        levels = (
            text in folded,
            any(name.startswith(text) for name in folded),
            any(f" {text}" in name for name in folded),
            any(text in name for name in folded),
        )
        if True in levels:
            places.append((levels.index(True), key))
    return [key for _, key in sorted(places, key=lambda one: one[0])]

"""From queries to candidates: who could be meant, how well each agrees, and whether one of them is beyond
doubt.

| feature | value |
| --- | --- |
| `name_score` | how well the name is met, 0 to 100 (`query_score` of the best alias) |
| `same_name` | whether the strict comparison of names takes them for the same |
| `id_match` | whether the query is the entity's id or slug |
| `type_match` | whether the type is one of those asked for |
| `property:…` | how far the property agrees, 0 to 100; absent when the entity has no value for it |
| `popularity` | how many roles it has in claims, counted to 1,000; decides between equal scores |

The score is 100 for the name alone; with properties the name counts 70 and their mean 30, where a property
that the entity has no value for counts half. Without a name the properties count all. A type that `should`
be met halves the score when it is not.
"""

import uuid
from collections.abc import Iterable, Mapping

import asyncpg
import msgspec

from service.entities.names import FOLDED, MATCH, QUERY_THRESHOLD, fold, similarity
from service.reconcile.claims import ROLES, Lead, find_members
from service.reconcile.properties import NAMING, Held, Property, Settings, agreement, load_values
from service.reconcile.queries import (
    Alias,
    Hit,
    Known,
    Other,
    Sought,
    as_id,
    as_key,
    find_aliases,
    find_entities,
    find_names,
)
from service.reconcile.reading import Condition, Query, text_of
from service.reconcile.schemas import Candidate, EntityValue, Feature
from service.reconcile.types import type_ref

NAME_SHARE = 0.7  # of the score, when properties have the rest
UNKNOWN = 0.5  # what a property counts for which the entity has no value: neither for it nor against it
OTHER_TYPE = 0.5  # factor for a candidate that is not of a type that it should have
MARGIN = 15.0  # points; a candidate whose name would do as well is a rival unless it is farther behind
COMPARED = 40  # candidates of a query, the best by name, whose properties are compared

Names = Mapping[Sought, dict[uuid.UUID, Hit]]
Values = Mapping[tuple[uuid.UUID, str], list[Held]]


class Scored(msgspec.Struct, frozen=True):
    """A candidate before its place among the others is known. `sure`: nothing but a rival speaks against it;
    `identified`: named by its id, so that no other can be a rival."""

    candidate: Candidate
    popularity: int
    sure: bool
    identified: bool


class Material(msgspec.Struct, frozen=True):
    """What was read for a batch."""

    names: Names
    entities: Mapping[uuid.UUID, Known]
    by_key: Mapping[str, Known]
    members: Mapping[Lead, list[uuid.UUID]]
    values: Values
    aliases: Mapping[uuid.UUID, list[Alias]]
    catalogue: Mapping[str, Property]


async def find_candidates(
    pool: asyncpg.Pool, queries: list[Query], catalogue: Mapping[str, Property]
) -> list[list[Candidate]]:
    """The candidates of each query, best first, with a number of statements that does not depend on the
    queries'."""
    names = await find_names(
        pool, dict.fromkeys(one for query in queries for one in _sought(query, catalogue))
    )
    keys = {key for query in queries for one in query.conditions for key in _keys(one)}
    entities = await find_entities(pool, keys, {one for hits in names.values() for one in hits})
    by_key = {key: one for one in entities.values() for key in one.keys}
    material = Material(names, entities, by_key, {}, {}, {}, catalogue)

    leads = [lead for query in queries if not query.names() for lead in _leads(query, material)]
    members = await find_members(pool, leads)
    met = {one for found in members.values() for one in found} - entities.keys()
    entities = entities | await find_entities(pool, (), met)
    material = msgspec.structs.replace(material, entities=entities, members=members)

    found = [_possible(query, material) for query in queries]
    compared = {
        one.id: one for query, some in zip(queries, found, strict=True) if _wants(query) for one in some
    }
    wanted = {
        one.property: (catalogue[one.property], Settings())
        for query in queries
        for one in query.conditions
        if one.on == "property"
    }
    values = await load_values(pool, compared.values(), wanted, whole_chain=True) if wanted else {}
    others = (held.id for some in values.values() for held in some if isinstance(held, Other))
    material = msgspec.structs.replace(material, values=values, aliases=await find_aliases(pool, others))
    return [_chosen(query, some, material) for query, some in zip(queries, found, strict=True)]


def _wants(query: Query) -> bool:
    return any(one.on == "property" for one in query.conditions)


def _sought(query: Query, catalogue: Mapping[str, Property]) -> Iterable[Sought]:
    """The names to look for: those of the query; without any, the values of its properties that may be
    names."""
    kinds = query.types if query.strict else ()
    named = query.names()
    for one in named or query.conditions:
        if one.on == "property" and (part := catalogue[one.property].part) not in ("name", "aliases"):
            if part == "part_of" or part in ROLES:
                yield from (
                    (text_of(value), ()) for value in one.values if not isinstance(value, EntityValue)
                )
        elif one.on != "id":
            yield from ((text_of(value), kinds) for value in one.values)


def _keys(condition: Condition) -> list[str]:
    """The values that may be identifiers."""
    given = [value.id if isinstance(value, EntityValue) else text_of(value) for value in condition.values]
    return [key for one in given if (key := as_key(one))]


def _leads(query: Query, material: Material) -> Iterable[Lead]:
    """Ways from the values of properties back to the entities that have them."""
    for one in query.conditions:
        prop = material.catalogue[one.property]
        role = prop.part
        if role != "part_of" and role not in ROLES:
            continue
        for value in one.values:
            text = value.id if isinstance(value, EntityValue) else text_of(value)
            known = material.by_key.get(as_key(text) or "")
            ids = {known.id} if known else set()
            if not isinstance(value, EntityValue):
                ids |= set(material.names.get((text, ()), ()))
            yield from ((prop.predicate, role, found) for found in ids)


def _possible(query: Query, material: Material) -> list[Known]:
    """The entities to compare with a query, those with the best names first."""
    kinds = query.types if query.strict else ()
    found: dict[uuid.UUID, float] = {}
    for one in query.names() or query.conditions:
        if one.quantifier == "none":
            continue
        if one.on != "property" or material.catalogue[one.property].part == "uuid":
            for key in _keys(one):
                if key in material.by_key:
                    found[material.by_key[key].id] = 1.0
        for value in one.values:
            for entity, hit in material.names.get((text_of(value), kinds), {}).items():
                if one.on == "name" or (one.on == "property" and one.property in NAMING):
                    found[entity] = max(hit.score, found.get(entity, 0.0))
    if not query.names():
        found |= {one: 1.0 for lead in _leads(query, material) for one in material.members.get(lead, ())}
    known = [material.entities[one] for one in found if one in material.entities]
    if kinds:
        known = [one for one in known if one.kind in kinds]
    known.sort(key=lambda one: (-found[one.id], -one.popularity, one.slug))
    return known[: max(COMPARED, query.limit)]


def _chosen(query: Query, possible: list[Known], material: Material) -> list[Candidate]:
    scored = [one for entity in possible if (one := _score(query, entity, material))]
    scored.sort(key=lambda one: (-one.candidate.score, -one.popularity, one.candidate.id))
    if scored and _beyond_doubt(scored[0], scored[1:]):
        scored[0] = msgspec.structs.replace(
            scored[0], candidate=msgspec.structs.replace(scored[0].candidate, match=True)
        )
    return [one.candidate for one in scored[: query.limit]]


def _beyond_doubt(best: Scored, others: list[Scored]) -> bool:
    """Two people of one family name are rivals when only that name is given; a body named after the place
    is none."""
    top = best.candidate.score
    return best.sure and (
        best.identified or all(top - one.candidate.score >= (MARGIN if one.sure else 0.01) for one in others)
    )


def _score(query: Query, entity: Known, material: Material) -> Scored | None:
    """None when the entity does not meet a condition that has to be met."""
    features: list[Feature] = []
    names: list[float] = []
    properties: list[float] = []
    by_its_id = identified = same = contrary = False
    for one in query.conditions:
        if one.on == "property":
            agreed = _property_score(one, entity, material)
            if agreed is not None:
                name = f"{material.catalogue[one.property].name}: agreement"
                features.append(Feature(f"property:{one.property}", name, _points(agreed)))
            if one.required and (agreed or 0.0) < QUERY_THRESHOLD:
                return None
            contrary = contrary or (agreed is not None and agreed < QUERY_THRESHOLD)
            properties.append(agreed if agreed is not None else UNKNOWN if query.names() else 0.0)
            same = same or (one.property in NAMING and (agreed or 0.0) >= FOLDED)
            continue
        by_id = any(material.by_key.get(key) is entity for key in _keys(one))
        score, is_same = _name_score(one, entity, query, material)
        agreed = 1.0 if by_id else score if one.on == "name" else 0.0
        agreed = 1.0 - agreed if one.quantifier == "none" else agreed
        if one.required and agreed < QUERY_THRESHOLD:
            return None
        names.append(agreed)
        by_its_id = by_its_id or by_id
        # a slug of one word is also a name, which others may have
        identified = identified or (
            by_id and (one.on == "id" or any(as_id(text_of(value)) for value in one.values))
        )
        same = same or is_same
    score = _combined(names, properties)
    if not score or (names and not any(names)):
        return None
    type_match = not query.types or entity.kind in query.types
    if not type_match:
        score *= OTHER_TYPE
    if names:
        features.insert(
            0, Feature("name_score", "How well the name is met", _points(sum(names) / len(names)))
        )
        features.insert(1, Feature("same_name", "Names taken for the same", same or by_its_id))
        features.insert(2, Feature("id_match", "The query is its identifier", by_its_id))
    if query.types:
        features.append(Feature("type_match", "Of the type asked for", type_match))
    features.append(Feature("popularity", "Roles in claims, counted to 1,000", entity.popularity))
    candidate = Candidate(
        entity.slug,
        entity.name,
        [type_ref(entity.kind)],
        _points(score),
        _unique(features),
        False,
        entity.description or msgspec.UNSET,
    )
    sure = (same or by_its_id) and type_match and not contrary
    return Scored(candidate, entity.popularity, sure, identified)


def _name_score(condition: Condition, entity: Known, query: Query, material: Material) -> tuple[float, bool]:
    """How well a condition's texts name an entity, and whether that is enough to take them for the same."""
    kinds = query.types if query.strict else ()
    scores: list[float] = []
    same = False
    for value in condition.values:
        hit = material.names.get((text_of(value), kinds), {}).get(entity.id)
        score = 0.0 if hit is None or (condition.exact and hit.score < FOLDED) else hit.score
        scores.append(score)
        if hit is not None and score:
            same = same or _is_same(text_of(value), hit, entity.kind)
    return (min(scores) if condition.quantifier == "all" else max(scores, default=0.0)), same


def _is_same(text: str, hit: Hit, kind: str) -> bool:
    """`Kazakh` finds Kazakhstan but does not name it."""
    if hit.alias_kind == "demonym":
        return False
    return fold(text) == fold(hit.alias) or similarity(text, hit.alias, kind) >= MATCH


def _property_score(condition: Condition, entity: Known, material: Material) -> float | None:
    values = material.values.get((entity.id, condition.property), [])
    prop = material.catalogue[condition.property]
    scores = [agreement(given, values, prop, entity.kind, material.aliases) for given in condition.values]
    known = [0.0 if condition.exact and one < FOLDED else one for one in scores if one is not None]
    if condition.quantifier == "none":
        return 1.0 - max(known, default=0.0)
    if not known:
        return None
    return min(known) if condition.quantifier == "all" else max(known)


def _combined(names: list[float], properties: list[float]) -> float:
    name = sum(names) / len(names) if names else 0.0
    mean = sum(properties) / len(properties) if properties else 0.0
    if not names or not properties:
        return name if names else mean
    return NAME_SHARE * name + (1 - NAME_SHARE) * mean


def _points(share: float) -> float:
    return round(100 * share, 2)


def _unique(features: list[Feature]) -> list[Feature]:
    """The same property may be asked for twice; the identifiers of features have to differ."""
    return list({one.id: one for one in features}.values())

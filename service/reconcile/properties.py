"""Properties of entities: what they are called, what values they have, and how far a value agrees with one
that a client gives.

Some belong to every entity. The others come from the vocabulary of claims: `removed_from_office.object` is
whom claims say the entity removed from office, and `arrests.amount` the figures that claims give for the
entity, be it the place or who made the arrests. The part after the dot is a role of the claim other than
the entity's own, or a part of its value.
"""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal

import asyncpg
import msgspec
from rapidfuzz import fuzz

from service.entities.names import MATCH, QUERY_THRESHOLD, fold, query_score, similarity
from service.reconcile.claims import ROLES, Predicate, Statement, find_claims
from service.reconcile.queries import Alias, Known, Other, as_key, find_aliases, find_counts, find_wholes
from service.reconcile.schemas import EntityValue
from service.reconcile.types import TYPES, type_named

Held = str | int | float | dt.datetime | Other
Given = EntityValue | str | bool | int | float

AFFIRMED = ("asserted", "reported")  # claims of other modalities do not say that it is so


class Property(msgspec.Struct, frozen=True):
    """`predicate` is empty for what every entity has; `part` is then the property itself."""

    id: str
    name: str
    description: str
    predicate: str
    part: str


PLAIN = tuple(
    Property(part, name, description, "", part)
    for part, name, description in (
        ("name", "Name", "The preferred name."),
        ("aliases", "Other names", "Other spellings, short forms, acronyms, native and former names."),
        ("kind", "Kind", "Person, organization, place or event."),
        ("description", "Description", "What it is, in a few words."),
        ("part_of", "Part of", "The place or body that it is a part of."),
        ("uuid", "UUID", "The identifier that stays when names change."),
        ("claims", "Number of claims", "Claims in which it has any role."),
        ("mentions", "Number of mentions", "How often articles name it."),
        ("articles", "Number of articles", "Articles that name it."),
        ("first_reported", "First reported", "When the first article with a claim about it was published."),
        ("last_reported", "Last reported", "When the latest article with a claim about it was published."),
    )
)
COUNTED = frozenset({"claims", "mentions", "articles", "first_reported", "last_reported"})
NAMING = frozenset({"name", "aliases", "uuid"})  # properties that can tell which entity is meant
FIGURES = {
    "amount": "figure",
    "lower": "least figure",
    "upper": "greatest figure",
    "wording": "figure in words",
}
ALWAYS = {
    "place": ("where", "The place that claims say it is about or happened in."),
    "date": ("when", "The day claims say it happened, or the month or year where they are no more precise."),
    "statement": ("statements", "What claims state, in a sentence each."),
}


def catalogue(predicates: Iterable[Predicate]) -> dict[str, Property]:
    """Every property by its id."""
    found = {one.id: one for one in PLAIN}
    for predicate in predicates:
        for one in _of_predicate(predicate):
            found[one.id] = one
    return found


def _of_predicate(predicate: Predicate) -> list[Property]:
    slug, label = predicate.slug, predicate.label
    parts = [(role, role_text, role_text) for role, role_text in predicate.roles.items()]
    parts += [(part, name, text) for part, (name, text) in ALWAYS.items()]
    if predicate.kind == "quantity":
        parts += [(part, name, predicate.description) for part, name in FIGURES.items()]
    return [
        Property(f"{slug}.{part}", f"{label}: {name}", _sentence(text), slug, part)
        for part, name, text in parts
    ]


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith(".") else text + "."


def proposed(predicates: Iterable[Predicate], kind: str | None) -> list[Property]:
    """The properties worth offering for entities of a kind, or of any: those that recent claims give values
    for."""
    found = list(PLAIN)
    for predicate in predicates:
        own = {role for role, seen in predicate.seen if role in ROLES and kind in (None, seen)}
        filled = {role for role, _ in predicate.seen} | set(predicate.roles)
        for one in _of_predicate(predicate):
            if own and (one.part not in ROLES or (one.part in filled and own - {one.part})):
                found.append(one)
    return found


class Settings(msgspec.Struct, frozen=True):
    """How a client wants the values of one property."""

    limit: Annotated[int, msgspec.Meta(ge=0)] = 0  # 0: all there are
    claims: Literal["affirmed", "any"] = "affirmed"


async def load_values(
    pool: asyncpg.Pool,
    entities: Iterable[Known],
    wanted: Mapping[str, tuple[Property, Settings]],
    whole_chain: bool = False,
) -> dict[tuple[uuid.UUID, str], list[Held]]:
    """The values of properties by (entity, property id), in four statements at most.

    `whole_chain` gives as `part_of` everything that the entity lies in, not only the next larger thing.
    """
    known = {one.id: one for one in entities}
    ids = list(known)
    properties = [one for one, _ in wanted.values()]
    parts = {one.part for one in properties if not one.predicate}
    aliases = await find_aliases(pool, ids) if "aliases" in parts else {}
    counts = await find_counts(pool, ids) if parts & COUNTED else {}
    wholes = await find_wholes(pool, ids) if "part_of" in parts and whole_chain else {}
    predicates = dict.fromkeys(one.predicate for one in properties if one.predicate)
    claims = await find_claims(pool, ((one, slug) for one in ids for slug in predicates))
    found: dict[tuple[uuid.UUID, str], list[Held]] = {}
    for one in known.values():
        for prop, settings in wanted.values():
            values: list[Held]
            if prop.predicate:
                stated = [
                    statement
                    for statement in claims[one.id, prop.predicate]
                    if settings.claims == "any" or statement.modality in AFFIRMED
                ]
                values = [held for statement in stated for held in _stated(statement, prop.part, one)]
            elif prop.part == "aliases":
                values = [alias.text for alias in aliases.get(one.id, ()) if alias.kind != "name"]
            elif prop.part in COUNTED:
                counted = getattr(counts[one.id], prop.part) if one.id in counts else None
                values = [] if counted is None else [counted]
            elif prop.part == "part_of":
                values = [*wholes[one.id]] if whole_chain else [one.whole] if one.whole else []
            else:
                values = _plain(one, prop.part)
            values = _distinct(values)
            found[one.id, prop.id] = values[: settings.limit] if settings.limit else values
    return found


def _plain(one: Known, part: str) -> list[Held]:
    text = {
        "name": one.name,
        "kind": TYPES[one.kind].name,
        "description": one.description,
        "uuid": str(one.id),
    }[part]
    return [text] if text else []


def _stated(statement: Statement, part: str, entity: Known) -> list[Held]:
    """What one claim gives for a part of it, seen from an entity in it."""
    if part in ROLES:
        held = statement.roles.get(part)
        own = isinstance(held, Other) and held.id == entity.id
        return [] if held is None or own or statement.own == part else [held]
    if part in ("amount", "lower", "upper"):
        figure: Decimal | None = getattr(statement, part)
        return [] if figure is None else [_number(figure)]
    if part == "wording":
        return [statement.wording] if statement.wording else []
    if part == "statement":
        return [statement.statement]
    if statement.day is None:
        return []
    if statement.precision in ("year", "month"):
        return [statement.day.isoformat()[: 4 if statement.precision == "year" else 7]]
    return [dt.datetime.combine(statement.day, dt.time(), dt.UTC)]


def _number(figure: Decimal) -> int | float:
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def _distinct(values: Iterable[Held]) -> list[Held]:
    return list(dict.fromkeys(values))


def cell(held: Held) -> dict[str, str | int | float]:
    """A value as data extension writes it."""
    if isinstance(held, Other):
        return {"id": held.slug, "name": held.name}
    if isinstance(held, dt.datetime):
        return {"date": held.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    if isinstance(held, int):
        return {"int": held}
    return {"float": held} if isinstance(held, float) else {"str": held}


def agreement(
    given: Given, values: list[Held], prop: Property, kind: str, aliases: Mapping[uuid.UUID, list[Alias]]
) -> float | None:
    """How far a value that a client gives agrees with the best of an entity's, from 0 to 1; None when it
    has none.

    Names, also of entities, are compared as everywhere (`query_score`), numbers by their ratio, dates as
    far as the client gives them, other texts by their words. `kind` is that of the entity.
    """
    return max((_agrees(given, held, prop, kind, aliases) for held in values), default=None)


def _agrees(
    given: Given, held: Held, prop: Property, kind: str, aliases: Mapping[uuid.UUID, list[Alias]]
) -> float:
    if isinstance(held, Other):
        return _same_entity(given, held, aliases.get(held.id, []))
    text = given.name or given.id if isinstance(given, EntityValue) else str(given).strip()
    if isinstance(held, dt.datetime):
        return float(len(text) >= 4 and held.isoformat().startswith(text[:10]))
    if isinstance(held, int | float):
        number = _as_number(given if isinstance(given, int | float) else text)
        return 0.0 if number is None else _closeness(number, held)
    if prop.part == "kind":
        return float(type_named(text) == type_named(held))
    if prop.part in ("name", "aliases", *ROLES):
        return _kept(_query_score(text, held, kind))
    if fold(text) == fold(held):
        return 1.0
    return _kept(fuzz.token_set_ratio(fold(text), fold(held)) / 100)


def _same_entity(given: Given, held: Other, aliases: list[Alias]) -> float:
    keys = {held.slug, str(held.id)}
    if isinstance(given, EntityValue):
        return float(as_key(given.id) in keys)
    text = str(given).strip()
    if as_key(text) in keys:
        return 1.0
    # strict: Kazakhstan is no way to write Government of Kazakhstan
    score = max(_similarity(text, name, held.kind) for name in [held.name, *(one.text for one in aliases)])
    return score if score >= MATCH else 0.0


# A column has few values, and many candidates share what they are compared with.
_similarity = lru_cache(maxsize=1 << 14)(similarity)
_query_score = lru_cache(maxsize=1 << 14)(query_score)


def _kept(score: float) -> float:
    return score if score >= QUERY_THRESHOLD else 0.0


def _as_number(given: str | int | float) -> float | None:
    if isinstance(given, bool):
        return None
    try:
        number = float(re.sub(r"[,\s]", "", given) if isinstance(given, str) else given)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < float("inf") else None


def _closeness(a: float, b: float) -> float:
    if a == b:
        return 1.0
    larger = max(abs(a), abs(b))
    return max(0.0, 1 - abs(a - b) / larger)

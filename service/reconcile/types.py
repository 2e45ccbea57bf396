"""The types of entities, as clients choose and search them."""

import msgspec

from service.entities.names import fold
from service.reconcile.schemas import TypeRef


class Type(msgspec.Struct, frozen=True):
    id: str
    name: str
    description: str
    words: tuple[str, ...]  # other words for it, folded


TYPES = {
    one.id: one
    for one in (
        Type("person", "Person", "A human being.", ("people", "human")),
        Type(
            "organization",
            "Organization",
            "A state body, alliance, company, party, medium or group.",
            ("organisation", "body", "company", "institution", "agency", "group", "party"),
        ),
        Type(
            "place",
            "Place",
            "A country, region, city, building or other place.",
            ("location", "country", "region", "city", "geographic area"),
        ),
        Type(
            "event",
            "Event",
            "Something that happened: a protest, a war, a meeting.",
            ("happening", "incident"),
        ),
    )
}


def type_named(text: str) -> str | None:
    """The id of the type with this id, name or other word."""
    folded = fold(text)
    return next((one.id for one in TYPES.values() if folded in (one.id, fold(one.name), *one.words)), None)


def type_ref(kind: str) -> TypeRef:
    return TypeRef(kind, TYPES[kind].name)

"""Entities as the API shows them."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from service.schemas import Id, Ref, Slug, Timestamp

Kind = Literal["person", "organization", "place", "event"]
AliasKind = Literal["name", "spelling", "short", "acronym", "native", "former", "error", "demonym"]


class Alias(msgspec.Struct, frozen=True):
    """One way to write an entity's name."""

    text: str
    kind: AliasKind
    language: Annotated[str | None, Meta(description="ISO 639-1, where it is known.")]


class EntitySummary(msgspec.Struct, frozen=True):
    """An entity as lists show it."""

    id: Id
    slug: Slug
    name: str
    kind: Kind
    description: str | None
    part_of: Annotated[Ref | None, Meta(description="The place or body that it is a part of.")]
    inferred: Annotated[
        bool, Meta(description="Made by code that met the name in an article; nobody has looked at it yet.")
    ]
    score: Annotated[
        float | None, Meta(description="With `q`: how well the name matches, from 0 to 1; best first.")
    ]
    matched: Annotated[str | None, Meta(description="With `q`: the alias that matched best.")]
    recorded_at: Timestamp


class EntityPage(msgspec.Struct, frozen=True):
    items: list[EntitySummary]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    total: int | UnsetType = UNSET


class EntityCounts(msgspec.Struct, frozen=True):
    claims: Annotated[int, Meta(description="Claims in which it has any role.")]
    mentions: int
    articles: Annotated[int, Meta(description="Articles that name it.")]


class Entity(msgspec.Struct, frozen=True):
    """A person, organization, place or event, with every known way to write its name."""

    id: Id
    slug: Slug
    name: str
    kind: Kind
    description: str | None
    part_of: Annotated[Ref | None, Meta(description="The place or body that it is a part of.")]
    inferred: Annotated[
        bool, Meta(description="Made by code that met the name in an article; nobody has looked at it yet.")
    ]
    aliases: list[Alias]
    counts: EntityCounts
    recorded_at: Timestamp


class RelatedEntity(msgspec.Struct, frozen=True):
    """Another entity that appears together with the one asked for."""

    entity: Ref
    kind: Kind
    claims: Annotated[int, Meta(description="Claims in which both have a role.")]
    articles: Annotated[int, Meta(description="Articles that name both.")]


class RelatedPage(msgspec.Struct, frozen=True):
    items: list[RelatedEntity]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    total: int | UnsetType = UNSET

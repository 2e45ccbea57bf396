"""Whom the claims of new articles are about: entities that are there already, and new ones, flagged."""

import collections
import uuid
from collections.abc import Sequence
from typing import Any

import msgspec
from rapidfuzz.distance import OSA
from sqlalchemy import ARRAY, Text, bindparam, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from service.curation.changes import Change
from service.curation.reviews import review_row
from service.db import models as m
from service.db.statements import among, compiled, fetch, look_up, sharing
from service.db.writing import insert_rows
from service.entities.names import MATCH, fold, search_keys, similarity
from service.extraction.grounding import GroundedClaim
from service.extraction.names import Mention
from service.extraction.participants import Participant
from service.facts.grouping import ascii_slug
from service.ids import new_id
from service.ingestion.pipeline import Extracted
from service.ingestion.rows import created, free_slugs

RESEMBLES = 0.70  # a new name this close to a known one is put before a person
COMPARED = 25  # known names that a new one is compared with: those that share most of its keys

_by_slug = compiled(
    union_all(
        select(m.Entity.slug, m.Entity.id).where(among(m.Entity.slug, "slugs", Text())),
        # an extraction that began before a merge still gives the name that is gone
        select(m.Redirect.slug, m.Redirect.entity_id).where(among(m.Redirect.slug, "slugs", Text())),
    )
)
_by_name = compiled(
    select(m.Alias.folded, m.Alias.entity_id, m.Entity.kind, m.Entity.inferred)
    .join(m.Entity, m.Entity.id == m.Alias.entity_id)
    .where(m.Alias.folded == func.any(bindparam("folded", type_=ARRAY(Text()))))
    .where(m.Alias.kind != "demonym")
    .order_by(m.Entity.recorded_at, m.Entity.id)
)
_similar = compiled(
    select(m.Alias.entity_id, m.Alias.text, m.Alias.keys, m.Entity.kind)
    .join(m.Entity, m.Entity.id == m.Alias.entity_id)
    .where(sharing(m.Alias.id, m.Alias.keys, "keys", Text()))
    .where(m.Entity.kind == func.any(bindparam("kinds", type_=ARRAY(Text()))))
    .where(m.Alias.kind != "demonym")  # "American" is like no place
    .limit(20_000)
)


class Entities(msgspec.Struct):
    """The entity of every name in a batch: by slug for those the extractor knew, else by kind and name."""

    by_slug: dict[str, uuid.UUID]
    by_name: dict[tuple[str | None, str], uuid.UUID]

    def of(self, participant: Participant | Mention) -> uuid.UUID | None:
        if participant.entity is not None:
            return self.by_slug.get(participant.entity)
        return self.by_name.get((participant.kind, participant.name))


def participants(claim: GroundedClaim) -> list[Participant]:
    roles = (claim.subject, claim.object, claim.complement, claim.place)
    return [one for one in (*roles, *(link.participant for link in claim.attribution)) if one is not None]


async def store_entities(
    connection: AsyncConnection, driver: Any, texts: Sequence[Extracted], history: list[Change]
) -> Entities:
    """Finds or makes the entity of every name that takes part in a claim; other new names are left alone."""
    named = [one for found in texts for claim in found.claims for one in participants(claim)]
    mentioned = [one for found in texts for one in found.analysis.mentions]
    slugs = {one.entity for one in named if one.entity} | {one.entity for one in mentioned if one.entity}
    by_slug = {row["slug"]: row["id"] for row in await fetch(driver, _by_slug, {"slugs": sorted(slugs)})}
    # each name is folded once, however often the batch has it
    new = dict.fromkeys((one.kind, one.name) for one in named if one.entity is None and one.kind is not None)
    proposals: dict[tuple[str, str], str] = {}
    for kind, name in new:
        if folded := fold(name):
            proposals.setdefault((kind, folded), name)
    by_name = await known_by_name(driver, proposals)
    missing = {key: name for key, name in proposals.items() if key not in by_name}
    if missing:
        by_name |= await make_entities(connection, driver, missing, history)
    spelled = new.keys() | {(one.kind, one.name) for one in mentioned if one.entity is None}
    found = ((key, by_name.get((key[0], fold(key[1])))) for key in spelled if key[0] is not None)
    return Entities(by_slug, {key: entity for key, entity in found if entity is not None})


async def known_by_name(
    driver: Any, proposals: dict[tuple[str, str], str]
) -> dict[tuple[str, str], uuid.UUID]:
    """Entities that have exactly these names. Where several do, the name alone does not say which is meant:
    it then leads to the one that code made for it, and to none before there is one."""
    rows = await fetch(driver, _by_name, {"folded": sorted({folded for _, folded in proposals})})
    owners: dict[tuple[str, str], dict[uuid.UUID, bool]] = {}
    for row in rows:
        owners.setdefault((row["kind"], row["folded"]), {})[row["entity_id"]] = row["inferred"]
    found = {}
    for key, several in owners.items():
        made = [entity for entity, inferred in several.items() if inferred]
        if len(several) == 1 or made:
            found[key] = next(iter(several)) if len(several) == 1 else made[0]
    return found


async def make_entities(
    connection: AsyncConnection, driver: Any, missing: dict[tuple[str, str], str], history: list[Change]
) -> dict[tuple[str, str], uuid.UUID]:
    wanted = [ascii_slug(name) or kind for (kind, _), name in missing.items()]
    slugs = await free_slugs(driver, [m.Entity, m.Redirect], wanted)
    made: dict[tuple[str, str], uuid.UUID] = {}
    entities: list[dict[str, Any]] = []
    aliases: list[dict[str, Any]] = []
    for slug, ((kind, folded), name) in zip(slugs, missing.items(), strict=True):
        entity = new_id()
        made[kind, folded] = entity
        entities.append({"id": entity, "slug": slug, "name": name, "kind": kind, "inferred": True})
        aliases.append(
            {
                "id": new_id(),
                "entity_id": entity,
                "text": name,
                "kind": "name",
                "language": None,
                "folded": folded,
                "keys": search_keys(name),
            }
        )
        history.append(created("entity", entity, slug))
    reviews = await resemblances(driver, entities, aliases)
    await insert_rows(connection, m.Entity, entities)
    await insert_rows(connection, m.Alias, aliases)
    await insert_rows(connection, m.Review, reviews)
    return made


async def resemblances(
    driver: Any, entities: Sequence[dict[str, Any]], aliases: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """A review for every new entity whose name is close to one that was known before."""
    keys = sorted({key for row in aliases for key in row["keys"]})
    kinds = sorted({row["kind"] for row in entities})
    rows = await look_up(driver, _similar, {"keys": keys, "kinds": kinds})
    by_key: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(rows):
        for key in row["keys"]:
            by_key.setdefault((row["kind"], key), []).append(index)
    reviews = []
    for entity, alias in zip(entities, aliases, strict=True):
        kind, name = entity["kind"], entity["name"]
        shared = collections.Counter(index for key in alias["keys"] for index in by_key.get((kind, key), ()))
        close = [
            (similarity(name, rows[index]["text"], kind), rows[index]["text"], rows[index]["entity_id"])
            for index, _ in shared.most_common(COMPARED)
            if looks_like(name, rows[index]["text"])
        ]
        score, text, other = max(close, default=(0.0, "", None), key=lambda one: (one[0], str(one[2])))
        if other is not None and score >= RESEMBLES:
            degree = "may be" if score >= MATCH else "resembles"
            detail = f"{name!r} {degree} {text!r}, which is known"
            reviews.append(review_row("similar_entity", entity["id"], other, detail, score))
    return reviews


def looks_like(one: str, other: str) -> bool:
    """Whether two names of one word each are near in letters too: by sound alone Dhaka is Doha, and Itaewon
    Taiwan. Two letters may always differ (Kyiv, Kiev), and two in five (Tokajew, Tokayev). Names of several
    words are judged by their words alone."""
    first, second = fold(one), fold(other)
    if " " in first or " " in second:
        return True
    return OSA.distance(first, second) <= 2 or OSA.normalized_similarity(first, second) >= 0.6

"""SQL of the entities in reconciliation. Every statement takes all of a batch at once, so their number does
not depend on its size."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

import asyncpg
import msgspec
from sqlalchemy import ARRAY, Text, Uuid, bindparam, column, exists, func, literal, or_, select, true, union
from sqlalchemy.orm import aliased

from service.db import models as m
from service.db.statements import Row, compiled, fetch
from service.entities.names import QUERY_THRESHOLD, fold, query_score, search_keys
from service.web.params import SLUG

ALIASES = 200  # that are scored for one name
POPULAR = 1000  # where counting an entity's roles in claims ends
DEPTH = 8  # steps from a place to the places around it
PARTS = ("id", "slug", "name", "kind")  # of an entity that is a value

# A text, and the kinds of entity that it may name; all kinds when there are none.
Sought = tuple[str, tuple[str, ...]]


class Hit(msgspec.Struct, frozen=True):
    """How a text names an entity: the alias it meets, and how well, from 0 to 1."""

    score: float
    alias: str
    alias_kind: str


class Other(msgspec.Struct, frozen=True):
    """An entity that is the value of a property."""

    id: uuid.UUID
    slug: str
    name: str
    kind: str


class Known(msgspec.Struct, frozen=True):
    """An entity as candidates and previews show it. `keys` are all slugs and ids that lead to it, also
    those it took over when another was merged into it."""

    id: uuid.UUID
    slug: str
    name: str
    kind: str
    description: str | None
    whole: Other | None
    popularity: int
    keys: frozenset[str]


class Alias(msgspec.Struct, frozen=True):
    text: str
    kind: str
    language: str | None


class Counts(msgspec.Struct, frozen=True):
    claims: int
    mentions: int
    articles: int
    first_reported: dt.datetime | None
    last_reported: dt.datetime | None


def text_list(name: str) -> Any:
    return bindparam(name, type_=ARRAY(Text()))


def id_list(name: str) -> Any:
    return bindparam(name, type_=ARRAY(Uuid()))


_sought = (
    func.unnest(text_list("folded"), text_list("sounds"), text_list("kinds"))
    .table_valued(
        column("folded", Text()), column("sounds", Text()), column("kinds", Text()), with_ordinality="number"
    )
    .render_derived(name="sought")
)
# Entities are joined to what is left after the limit, not to all that an index finds.
_hits = (
    select(m.Alias.entity_id, m.Alias.text, m.Alias.kind.label("alias_kind"))
    .where(
        or_(
            m.Alias.keys.bool_op("&&")(func.string_to_array(_sought.c.sounds, " ")),
            m.Alias.folded.bool_op("%")(_sought.c.folded),
            m.Alias.folded.like(_sought.c.folded.concat("%")),
        ),
        or_(
            _sought.c.kinds == "",
            exists()
            .where(
                m.Entity.id == m.Alias.entity_id,
                m.Entity.kind == func.any(func.string_to_array(_sought.c.kinds, " ")),
            )
            .correlate(m.Alias, _sought),
        ),
    )
    .order_by(func.similarity(m.Alias.folded, _sought.c.folded).desc(), m.Alias.id)
    .limit(ALIASES)
    .lateral("hits")
)
_names = compiled(
    select(_sought.c.number, _hits, m.Entity.kind)
    .join_from(_sought, _hits, true())
    .join(m.Entity, m.Entity.id == _hits.c.entity_id)
)

Whole = aliased(m.Entity, name="whole")
_appearances = (
    select(literal(1))
    .where(m.Participant.entity_id == m.Entity.id)
    .limit(POPULAR)
    .correlate(m.Entity)
    .subquery("appearances")
)
_led_to = union(
    select(m.Entity.id).where(
        or_(m.Entity.id == func.any(id_list("ids")), m.Entity.slug == func.any(text_list("slugs")))
    ),
    select(m.Redirect.entity_id).where(
        or_(m.Redirect.id == func.any(id_list("ids")), m.Redirect.slug == func.any(text_list("slugs")))
    ),
).subquery("led_to")
_entities = compiled(
    select(
        m.Entity.id,
        m.Entity.slug,
        m.Entity.name,
        m.Entity.kind,
        m.Entity.description,
        Whole.id.label("whole_id"),
        Whole.slug.label("whole_slug"),
        Whole.name.label("whole_name"),
        Whole.kind.label("whole_kind"),
        select(func.count()).select_from(_appearances).scalar_subquery().label("popularity"),
        select(func.array_agg(m.Redirect.slug))
        .where(m.Redirect.entity_id == m.Entity.id)
        .scalar_subquery()
        .label("old_slugs"),
        select(func.array_agg(m.Redirect.id))
        .where(m.Redirect.entity_id == m.Entity.id)
        .scalar_subquery()
        .label("old_ids"),
    )
    .outerjoin(Whole, Whole.id == m.Entity.part_of_id)
    .where(m.Entity.id.in_(select(_led_to.c.id)))
)
_aliases = compiled(
    select(m.Alias.entity_id, m.Alias.text, m.Alias.kind, m.Alias.language)
    .where(m.Alias.entity_id == func.any(id_list("ids")))
    .order_by(m.Alias.entity_id, m.Alias.kind != "name", m.Alias.kind, m.Alias.text)
)

_start = (
    select(m.Entity.id.label("entity_id"), m.Entity.part_of_id.label("whole_id"), literal(1).label("depth"))
    .where(m.Entity.id == func.any(id_list("ids")), m.Entity.part_of_id.is_not(None))
    .cte("around", recursive=True)
)
_around = _start.union_all(
    select(_start.c.entity_id, m.Entity.part_of_id, _start.c.depth + 1)
    .join(m.Entity, m.Entity.id == _start.c.whole_id)
    .where(m.Entity.part_of_id.is_not(None), _start.c.depth < DEPTH)
)
_wholes = compiled(
    select(_around.c.entity_id, m.Entity.id, m.Entity.slug, m.Entity.name, m.Entity.kind)
    .join(m.Entity, m.Entity.id == _around.c.whole_id)
    .order_by(_around.c.entity_id, _around.c.depth)
)

_counts = compiled(
    select(
        m.Entity.id,
        select(func.count(m.Participant.claim_id.distinct()))
        .where(m.Participant.entity_id == m.Entity.id)
        .scalar_subquery()
        .label("claims"),
        select(func.count()).where(m.Mention.entity_id == m.Entity.id).scalar_subquery().label("mentions"),
        select(func.count(m.Mention.article_id.distinct()))
        .where(m.Mention.entity_id == m.Entity.id)
        .scalar_subquery()
        .label("articles"),
        select(func.min(m.Participant.reported_at))
        .where(m.Participant.entity_id == m.Entity.id)
        .scalar_subquery()
        .label("first_reported"),
        select(func.max(m.Participant.reported_at))
        .where(m.Participant.entity_id == m.Entity.id)
        .scalar_subquery()
        .label("last_reported"),
    ).where(m.Entity.id == func.any(id_list("ids")))
)


async def find_names(pool: asyncpg.Pool, sought: Iterable[Sought]) -> dict[Sought, dict[uuid.UUID, Hit]]:
    """For each text, the entities that it names; for a text that names none, an empty dictionary."""
    found: dict[Sought, dict[uuid.UUID, Hit]] = {one: {} for one in sought}
    # `_` and `\` do not survive folding, and `%` is not worth an escape
    asked = [(one, folded) for one in found if (folded := fold(one[0]).replace("%", ""))]
    if not asked:
        return found
    values = {
        "folded": [folded for _, folded in asked],
        "sounds": [" ".join(search_keys(text)) for (text, _), _ in asked],
        "kinds": [" ".join(kinds) for (_, kinds), _ in asked],
    }
    for row in await fetch(pool, _names, values):
        one = asked[row["number"] - 1][0]
        score = query_score(one[0], row["text"], row["kind"])
        hit = Hit(score, row["text"], row["alias_kind"])
        best = found[one].get(row["entity_id"])
        if score >= QUERY_THRESHOLD and (best is None or _rank(hit) > _rank(best)):
            found[one][row["entity_id"]] = hit
    return found


def _rank(hit: Hit) -> tuple[float, bool, bool]:
    """A demonym is no name of the place, so at equal scores any other alias is the better reason."""
    return hit.score, hit.alias_kind != "demonym", hit.alias_kind == "name"


def as_id(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key) if len(key) == 36 else None
    except ValueError:
        return None


def as_key(text: str) -> str | None:
    """A text as a key of `Known.keys`, if it can be a slug or an id."""
    if found := as_id(text):
        return str(found)
    return text if len(text) <= 120 and SLUG.fullmatch(text) else None


async def find_entities(
    pool: asyncpg.Pool, keys: Iterable[str], ids: Iterable[uuid.UUID] = ()
) -> dict[uuid.UUID, Known]:
    """The entities that ids or slugs lead to, by id; what leads nowhere is missing."""
    slugs = {key for text in keys if (key := as_key(text))}
    wanted = {*ids, *(found for key in slugs if (found := as_id(key)))}
    if not slugs and not wanted:
        return {}
    rows = await fetch(pool, _entities, {"ids": list(wanted), "slugs": list(slugs)})
    return {row["id"]: _known(row) for row in rows}


def other(row: Row, role: str) -> Other:
    return Other(*(row[f"{role}_{part}"] for part in PARTS))


def _known(row: Row) -> Known:
    keys = {row["slug"], str(row["id"]), *(row["old_slugs"] or ()), *map(str, row["old_ids"] or ())}
    whole = None if row["whole_id"] is None else other(row, "whole")
    return Known(
        row["id"],
        row["slug"],
        row["name"],
        row["kind"],
        row["description"],
        whole,
        row["popularity"],
        frozenset(keys),
    )


async def find_aliases(pool: asyncpg.Pool, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Alias]]:
    """All ways to write the entities' names, the preferred one first."""
    wanted = list(dict.fromkeys(ids))
    found: dict[uuid.UUID, list[Alias]] = {one: [] for one in wanted}
    for row in await fetch(pool, _aliases, {"ids": wanted}) if wanted else ():
        found[row["entity_id"]].append(Alias(row["text"], row["kind"], row["language"]))
    return found


async def find_wholes(pool: asyncpg.Pool, ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Other]]:
    """What the entities are parts of, the nearest first, then what that is a part of."""
    found: dict[uuid.UUID, list[Other]] = {one: [] for one in ids}
    for row in await fetch(pool, _wholes, {"ids": ids}):
        found[row["entity_id"]].append(Other(*(row[part] for part in PARTS)))
    return found


async def find_counts(pool: asyncpg.Pool, ids: list[uuid.UUID]) -> dict[uuid.UUID, Counts]:
    rows = await fetch(pool, _counts, {"ids": ids})
    return {
        row["id"]: Counts(
            row["claims"], row["mentions"], row["articles"], row["first_reported"], row["last_reported"]
        )
        for row in rows
    }

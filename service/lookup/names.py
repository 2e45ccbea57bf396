"""SQL that finds the names of a question, and what contains what."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from rapidfuzz.distance import OSA
from sqlalchemy import ARRAY, ColumnElement, Text, Uuid, bindparam, cast, func, literal, select, true, union
from sqlalchemy.orm import aliased

from service.db import models as m
from service.db.statements import Connection, Row, compiled, fetch
from service.entities.names import MATCH, query_score, search_keys, similarity
from service.lookup.asked import Named, NameHit
from service.lookup.mentions import may_begin_name, name_spans, unknown_words
from service.lookup.reading import Reading

PER_NAME = 8  # aliases read for one beginning of a name
SPELLINGS = 60  # aliases scored for one unknown word
DEEPEST = 12  # levels of places inside places
MOST_BELOW = 300  # parts of one entity: the regions and cities of a country

Long = aliased(m.Alias, name="long")
Alike = aliased(m.Alias, name="alike")

_texts = ARRAY(Text())
_ids = ARRAY(Uuid())


def array(name: str, type_: ARRAY[Any]) -> ColumnElement[Any]:
    """An array parameter whose length the planner cannot see.

    It would plan anew for every call, since a plan for two words looks cheaper than one for any number of
    them; here planning costs more than running.
    """
    return cast(select(bindparam(name, type_=type_)).scalar_subquery(), type_)


# --- names --------------------------------------------------------------------------------------------------

_named = (
    m.Alias.folded,
    m.Alias.text.label("alias"),
    m.Alias.kind.label("alias_kind"),
    m.Entity.id,
    m.Entity.slug,
    m.Entity.name,
    m.Entity.kind,
    m.Entity.description,
)
_asked = select(func.unnest(array("beginnings", _texts)).label("text")).subquery("asked")
# LIKE with a pattern from a column cannot use an index; the two comparisons that LIKE becomes can.
_longer = (
    select(Long.id)
    .where(
        Long.folded.bool_op("~>=~")(func.concat(_asked.c.text, " ")),
        Long.folded.bool_op("~<~")(func.concat(_asked.c.text, "!")),
    )
    .order_by(func.length(Long.folded), Long.id)
    .limit(PER_NAME)
    .lateral("longer")
)
_by_words = compiled(
    select(*_named, literal("exact").label("how"))
    .join(m.Entity, m.Entity.id == m.Alias.entity_id)
    .where(m.Alias.folded == func.any(array("texts", _texts)))
    .union_all(
        select(*_named, literal("prefix").label("how"))
        .select_from(_asked)
        .join(_longer, true())
        .join(m.Alias, m.Alias.id == _longer.c.id)
        .join(m.Entity, m.Entity.id == m.Alias.entity_id)
    )
)
_unknown = select(func.unnest(array("unknown", _texts)).label("text")).subquery("unknown")
_resembling = (
    select(Alike.id)
    .where(Alike.folded.bool_op("%")(_unknown.c.text))
    .order_by(func.similarity(Alike.folded, _unknown.c.text).desc(), Alike.id)
    .limit(SPELLINGS)
    .lateral("resembling")
)
_sounding = select(Alike.id).where(Alike.keys.bool_op("&&")(array("keys", _texts))).limit(SPELLINGS)
_by_spelling = compiled(
    select(*_named)
    .join(m.Entity, m.Entity.id == m.Alias.entity_id)
    .where(
        m.Alias.id.in_(
            union(select(_resembling.c.id).select_from(_unknown).join(_resembling, true()), _sounding)
        )
    )
)


class Known(msgspec.Struct, frozen=True):
    """The names that a question's words may stand for, and the ids of those entities."""

    hits: list[NameHit]
    ids: dict[str, uuid.UUID]


async def find_names(connection: Connection, reading: Reading) -> Known:
    """Entities by exact words, by words that begin a longer name, and, for words nothing explains, by
    spelling."""
    spans = name_spans(reading)
    beginnings = sorted({text for _, _, text in spans if may_begin_name(text)})
    rows = await fetch(
        connection, _by_words, {"texts": sorted({text for *_, text in spans}), "beginnings": beginnings}
    )
    ids = {row["slug"]: row["id"] for row in rows}
    hits = _by_text(spans, rows)
    unknown = unknown_words(reading, hits)
    if unknown:
        runs = _runs(unknown, reading.words)
        texts = sorted({text for _, _, text in runs if len(text) > 2})
        keys = sorted({key for text in texts for key in search_keys(text)})
        spelled = await fetch(connection, _by_spelling, {"unknown": texts, "keys": keys}) if texts else []
        found = [hit for first, last, text in runs for hit in _resembling_hits(first, last, text, spelled)]
        hits += found
        ids |= {row["slug"]: row["id"] for row in spelled}
    used = {hit.entity.slug for hit in hits}
    return Known(hits, {slug: row_id for slug, row_id in ids.items() if slug in used})


def _by_text(spans: Sequence[tuple[int, int, str]], rows: Iterable[Row]) -> list[NameHit]:
    exact: dict[str, dict[str, Row]] = {}
    longer: list[Row] = []
    for row in rows:
        if row["how"] == "exact":
            exact.setdefault(row["folded"], {}).setdefault(row["slug"], row)
        else:
            longer.append(row)
    hits = [
        NameHit(first, last, _entity(row, 1.0), "exact")
        for first, last, text in spans
        for row in exact.get(text, {}).values()
    ]
    for first, last, text in spans:
        if not may_begin_name(text):
            continue
        begun = {row["slug"]: row for row in longer if row["folded"].startswith(f"{text} ")}
        hits += [NameHit(first, last, _entity(row, 0.95), "prefix") for row in begun.values()]
    return hits


def _entity(row: Row, score: float) -> Named:
    return Named(
        row["id"],
        row["slug"],
        row["name"],
        row["kind"],
        row["description"] or "",
        row["alias"],
        row["alias_kind"],
        score,
    )


def _runs(positions: Sequence[int], words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Unknown words alone and with their unknown neighbours."""
    found = []
    for first in positions:
        last = first
        while last in positions and last - first < 4:
            found.append((first, last, " ".join(words[first : last + 1])))
            last += 1
    return found


def _resembling_hits(first: int, last: int, text: str, rows: Iterable[Row]) -> list[NameHit]:
    best: dict[str, NameHit] = {}
    for row in rows:
        score = spelled_alike(text, row["folded"], row["alias"], row["kind"])
        if score and (row["slug"] not in best or score > best[row["slug"]].entity.score):
            best[row["slug"]] = NameHit(first, last, _entity(row, score), "spelling")
    return list(best.values())


def spelled_alike(text: str, folded: str, alias: str, kind: str) -> float:
    """How surely a word of a question is an alias in another spelling; 0 when it is not.

    Stricter than a search box: a question is written out, so the beginning of a name does not count, and a
    mistake is forgiven once in five letters, twice in nine.
    """
    plain = folded.replace(" ", "")
    short = text.replace(" ", "")
    allowed = 0 if len(short) < 5 else 1 if len(short) < 9 else 2
    if short[:1] == plain[:1] and OSA.distance(short, plain, score_cutoff=allowed) <= allowed:
        return 0.9
    if (score := similarity(text, alias, kind)) >= MATCH:
        return round(0.9 * score, 4)
    words = folded.split()
    if kind == "person" and len(words) > 1 and text in words:
        return 0.85
    if kind in ("place", "organization") and len(text) >= 5 and len(words) in (2, 3) and text == words[-1]:
        return 0.75  # "the airport"
    if kind == "person" and len(short) >= 6 and short[:1] == plain[:1]:
        score = query_score(text, alias, kind)
        whole = max((OSA.normalized_similarity(text, word) for word in words), default=0.0)
        return 0.8 if score >= 0.75 and whole >= 0.7 else 0.0
    return 0.0


# --- what contains what -------------------------------------------------------------------------------------

_start_up = select(
    m.Entity.id.label("root"), m.Entity.part_of_id.label("next"), literal(1).label("depth")
).where(m.Entity.id == func.any(bindparam("ids", type_=_ids)), m.Entity.part_of_id.is_not(None))
_up = _start_up.cte("up", recursive=True)
_up = _up.union_all(
    select(_up.c.root, m.Entity.part_of_id, _up.c.depth + 1)
    .join(m.Entity, m.Entity.id == _up.c.next)
    .where(m.Entity.part_of_id.is_not(None), _up.c.depth < DEEPEST)
)
_start_down = select(
    m.Entity.part_of_id.label("root"), m.Entity.id.label("next"), literal(1).label("depth")
).where(m.Entity.part_of_id == func.any(bindparam("ids", type_=_ids)))
_down = _start_down.cte("down", recursive=True)
_down = _down.union_all(
    select(_down.c.root, m.Entity.id, _down.c.depth + 1)
    .join(m.Entity, m.Entity.part_of_id == _down.c.next)
    .where(_down.c.depth < DEEPEST)
)
_some_below = select(_down).limit(MOST_BELOW).subquery("some_below")
_kin = compiled(
    select(_up.c.root, _up.c.depth, m.Entity.id, m.Entity.slug, literal("above").label("side"))
    .join(m.Entity, m.Entity.id == _up.c.next)
    .union_all(
        select(_some_below.c.root, _some_below.c.depth, m.Entity.id, m.Entity.slug, literal("below")).join(
            m.Entity, m.Entity.id == _some_below.c.next
        )
    )
)
_above = compiled(
    select(_up.c.root, _up.c.depth, m.Entity.slug)
    .join(m.Entity, m.Entity.id == _up.c.next)
    .order_by(_up.c.root, _up.c.depth)
)


class Kin(msgspec.Struct, frozen=True):
    """What the entities of a question are part of (the nearest first), and what is part of them. `ids` are
    those of the entities and what they are part of at once, `parts` of all that is part of them, the
    nearest first."""

    above: dict[str, tuple[str, ...]]
    below: dict[str, frozenset[str]]
    ids: list[uuid.UUID]
    parts: list[uuid.UUID]


async def find_kin(connection: Connection, ids: dict[str, uuid.UUID]) -> Kin:
    if not ids:
        return Kin({}, {}, [], [])
    slugs = {row_id: slug for slug, row_id in ids.items()}
    above: dict[str, list[tuple[int, str]]] = {}
    below: dict[str, set[str]] = {}
    nearby = set(ids.values())
    parts: dict[uuid.UUID, int] = {}
    for row in await fetch(connection, _kin, {"ids": list(ids.values())}):
        slug = slugs[row["root"]]
        if row["side"] == "above":
            above.setdefault(slug, []).append((row["depth"], row["slug"]))
            nearby |= {row["id"]} if row["depth"] == 1 else set()
        else:
            below.setdefault(slug, set()).add(row["slug"])
            parts[row["id"]] = row["depth"]
    return Kin(
        {slug: tuple(one for _, one in sorted(found)) for slug, found in above.items()},
        {slug: frozenset(found) for slug, found in below.items()},
        sorted(nearby),
        sorted(parts, key=lambda part: (parts[part], part)),
    )


async def find_above(connection: Connection, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    """What each entity is part of, the nearest first; what is part of nothing is missing."""
    above: dict[uuid.UUID, tuple[str, ...]] = {}
    for row in await fetch(connection, _above, {"ids": list(ids)}) if ids else []:
        above[row["root"]] = (*above.get(row["root"], ()), row["slug"])
    return above

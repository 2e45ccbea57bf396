"""SQL that finds the names of a question, and what those are part of."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from rapidfuzz.distance import OSA
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from service.db import models as m
from service.db.statements import Connection, Row, Statement, compiled, fetch, fetch_one
from service.entities.names import MATCH, query_score, search_keys, similarity
from service.lookup.asked import Named, NameHit
from service.lookup.mentions import may_begin_name, name_spans, unknown_words
from service.lookup.reading import Reading

MOST_NAMED = 500  # aliases read that are words of a question
PER_NAME = 8  # aliases read for one beginning of a name
SPELLINGS = 60  # aliases scored for one unknown word
DEEPEST = 12  # levels of places inside places

Long = aliased(m.Alias, name="long")
Alike = aliased(m.Alias, name="alike")
Whole = aliased(m.Entity, name="whole")

_texts = ARRAY(Text())
_ids = ARRAY(Uuid())


def array(name: str, type_: ARRAY[Any]) -> ColumnElement[Any]:
    """An array parameter whose length the planner cannot see.

    It would plan anew for every call, since a plan for two words looks cheaper than one for any number of
    them; here planning costs more than running.
    """
    return cast(select(bindparam(name, type_=type_)).scalar_subquery(), type_)


# --- what is part of what -----------------------------------------------------------------------------------


def whole_of(root: Any, *roots: Any) -> ColumnElement[Any]:
    """An array of the slugs of what the entity `root` is part of, the nearest first. `roots`: conditions that
    choose all entities for which that is asked, who are followed upwards together."""
    up = (
        select(
            m.Entity.id.label("root"), m.Entity.part_of_id.label("next"), literal_column("1").label("depth")
        )
        .where(*roots, m.Entity.part_of_id.is_not(None))
        .cte("up", recursive=True)
    )
    up = up.union_all(
        select(up.c.root, Whole.part_of_id, up.c.depth + 1)
        .join(Whole, Whole.id == up.c.next)
        .where(Whole.part_of_id.is_not(None), up.c.depth < DEEPEST)
    )
    return func.array(
        select(Whole.slug)
        .join(up, up.c.next == Whole.id)
        .where(up.c.root == root)
        .order_by(up.c.depth)
        .scalar_subquery(),
        type_=ARRAY(Text()),
    )


_entity = (
    m.Entity.id,
    m.Entity.slug,
    m.Entity.name,
    m.Entity.kind,
    m.Entity.description,
    m.Entity.part_of_id,
)


_by_slug = compiled(select(*_entity).where(m.Entity.slug == bindparam("key")))
_by_id = compiled(select(*_entity).where(m.Entity.id == bindparam("key")))


async def find_entity(connection: Connection, key: uuid.UUID | str) -> Row | None:
    return await fetch_one(connection, _by_slug if isinstance(key, str) else _by_id, {"key": key})


# --- names --------------------------------------------------------------------------------------------------

_alias = (m.Alias.folded, m.Alias.text.label("alias"), m.Alias.kind.label("alias_kind"), m.Alias.entity_id)


def _with_entities(aliases: Any) -> Statement:
    """Aliases with whom they name."""
    named = aliases.cte("named")
    chosen = m.Entity.id.in_(select(named.c.entity_id))
    return compiled(
        select(named, *_entity, whole_of(m.Entity.id, chosen).label("above")).join(
            named, named.c.entity_id == m.Entity.id
        )
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
    .limit(literal_column(str(PER_NAME)))
    .lateral("longer")
)
_by_words = _with_entities(
    union_all(
        select(*_alias, literal_column("'exact'").label("how"))
        .where(m.Alias.folded == func.any(array("texts", _texts)))
        .limit(literal_column(str(MOST_NAMED))),
        select(*_alias, literal_column("'prefix'").label("how"))
        .select_from(_asked)
        .join(_longer, true())
        .join(m.Alias, m.Alias.id == _longer.c.id),
    )
)
_unknown = select(func.unnest(array("unknown", _texts)).label("text")).subquery("unknown")
_resembling = (
    select(Alike.id)
    .where(Alike.folded.bool_op("%")(_unknown.c.text))
    .order_by(func.similarity(Alike.folded, _unknown.c.text).desc(), Alike.id)
    .limit(literal_column(str(SPELLINGS)))
    .lateral("resembling")
)
_sounding = (
    select(Alike.id)
    .where(Alike.keys.bool_op("&&")(array("keys", _texts)))
    .limit(literal_column(str(SPELLINGS)))
)
_by_spelling = _with_entities(
    select(*_alias).where(
        m.Alias.id.in_(
            union(select(_resembling.c.id).select_from(_unknown).join(_resembling, true()), _sounding)
        )
    )
)


Wholes = Mapping[uuid.UUID, uuid.UUID | None]


class Known(msgspec.Struct, frozen=True):
    """The names that a question's words may stand for, and of each of those entities what it is part of at
    once."""

    hits: list[NameHit]
    wholes: Wholes


async def find_names(connection: Connection, reading: Reading) -> Known:
    """Entities by exact words, by words that begin a longer name, and, for words nothing explains, by
    spelling."""
    spans = name_spans(reading)
    texts = {text for *_, text in spans}
    beginnings = {text for text in texts if may_begin_name(text)}
    rows = await fetch(connection, _by_words, {"texts": sorted(texts), "beginnings": sorted(beginnings)})
    hits = _by_text(spans, beginnings, rows)
    unknown = unknown_words(reading, hits)
    if unknown:
        runs = _runs(unknown, reading.words)
        sought = sorted({text for _, _, text in runs if len(text) > 2})
        keys = sorted({key for text in sought for key in search_keys(text)})
        spelled = await fetch(connection, _by_spelling, {"unknown": sought, "keys": keys}) if sought else []
        hits += [hit for first, last, text in runs for hit in _resembling_hits(first, last, text, spelled)]
        rows += spelled
    return Known(hits, {row["id"]: row["part_of_id"] for row in rows})


def _by_text(
    spans: Sequence[tuple[int, int, str]], beginnings: Collection[str], rows: Iterable[Row]
) -> list[NameHit]:
    exact: dict[str, dict[str, Row]] = {}
    longer: list[Row] = []
    # several aliases of one entity may be folded to the same; its name tells best what was meant
    for row in sorted(rows, key=lambda row: (row["alias_kind"] != "name", row["alias"])):
        if row["how"] == "exact":
            exact.setdefault(row["folded"], {}).setdefault(row["slug"], row)
        else:
            longer.append(row)
    hits = [
        NameHit(first, last, named(row, 1.0), "exact")
        for first, last, text in spans
        if text in exact
        for row in exact[text].values()
    ]
    for first, last, text in spans:
        if not longer or text not in beginnings:
            continue
        begun = {row["slug"]: row for row in longer if row["folded"].startswith(f"{text} ")}
        hits += [NameHit(first, last, named(row, 0.95), "prefix") for row in begun.values()]
    return hits


def named(row: Row, score: float) -> Named:
    return Named(
        row["id"],
        row["slug"],
        row["name"],
        row["kind"],
        row["description"] or "",
        row["alias"],
        row["alias_kind"],
        score,
        tuple(row["above"]),
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
            best[row["slug"]] = NameHit(first, last, named(row, score), "spelling")
    return list(best.values())


@lru_cache(maxsize=1 << 12)  # the same few words are in many questions
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

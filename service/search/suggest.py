"""Suggestions while somebody types: entities by any name, predicates by label, facts by title.

A suggestion's score says how what was typed meets the name: 1.0 it is the name, 0.95 the name begins with
it, 0.9 a word of the name begins with it; an entity in another spelling has its `query_score`, at most 0.89,
a fact whose title has all the words 0.7. Equal scores go to entities, then predicates, then facts, and to the
shorter name.
"""

import re
import uuid

import asyncpg
from sqlalchemy import bindparam, func, or_, select

from service.db import models as m
from service.db.statements import Statement, compiled, fetch
from service.entities.names import fold
from service.entities.queries import find_names, load_matches
from service.search.schemas import Suggestion

CANDIDATES = 100  # aliases or facts that are looked at
PREDICATES = 1000  # the vocabulary is small and looked through as a whole
SAME, BEGINS, WORD_BEGINS, OTHER_SPELLING, ALL_WORDS = 1.0, 0.95, 0.9, 0.89, 0.7
TYPES = ("entity", "predicate", "fact")
WORDS = re.compile(r"\w+")

_aliases = compiled(
    select(m.Alias.entity_id, m.Alias.text, m.Alias.folded, m.Entity.slug, m.Entity.name, m.Entity.kind)
    .join(m.Entity, m.Entity.id == m.Alias.entity_id)
    .where(or_(m.Alias.folded.like(bindparam("begin")), m.Alias.folded.like(bindparam("inside"))))
    .order_by(func.length(m.Alias.folded), m.Alias.folded, m.Alias.id)
    .limit(CANDIDATES)
)
_predicates = compiled(
    select(m.Predicate.id, m.Predicate.slug, m.Predicate.label, m.Predicate.kind)
    .order_by(m.Predicate.slug)
    .limit(PREDICATES)
)
_facts = Statement(
    # The word that is being typed counts as it is too: "a" may become "arrests" and is no stop word yet.
    f"""SELECT id, slug, title FROM fact
    WHERE search @@ (to_tsquery('fact_lookup', $1)
        && (to_tsquery('fact_lookup', $2) || to_tsquery('simple', $2)))
    ORDER BY last_reported DESC, id LIMIT {CANDIDATES}""",
    ("whole", "last"),
    {},
)


def rank(found: Suggestion) -> tuple[float, uuid.UUID]:
    return found.score, found.id


def closeness(typed: str, name: str) -> float:
    """Both folded; 0 when no word of the name begins with what was typed."""
    if name == typed:
        return SAME
    if name.startswith(typed):
        return BEGINS
    return WORD_BEGINS if f" {typed}" in name else 0.0


async def suggest(pool: asyncpg.Pool, q: str, types: frozenset[str]) -> list[Suggestion]:
    """Best first; nothing for signs without a letter or digit."""
    typed = fold(q)
    if not typed:
        return []
    found: list[Suggestion] = []
    if "entity" in types:
        found += await entities(pool, q, typed)
    if "predicate" in types:
        found += await predicates(pool, typed)
    if "fact" in types:
        found += await facts(pool, q, typed)
    return sorted(
        found, key=lambda one: (-one.score, TYPES.index(one.type), len(one.matched), one.matched, one.id)
    )


async def entities(pool: asyncpg.Pool, q: str, typed: str) -> list[Suggestion]:
    escaped = re.sub(r"([\\%_])", r"\\\1", typed)
    best: dict[uuid.UUID, Suggestion] = {}
    for row in await fetch(pool, _aliases, {"begin": f"{escaped}%", "inside": f"% {escaped}%"}):
        one = Suggestion(
            "entity",
            row["entity_id"],
            row["slug"],
            row["name"],
            row["text"],
            row["kind"],
            closeness(typed, row["folded"]),
        )
        # of two names that begin alike, the one in the script that was typed
        if one.id not in best or (one.score, as_typed(q, one)) > (
            best[one.id].score,
            as_typed(q, best[one.id]),
        ):
            best[one.id] = one
    others = [match for match in await find_names(pool, q) if match.entity not in best]
    for match, found in zip(others, await load_matches(pool, others), strict=True):
        score = min(match.score, OTHER_SPELLING)
        best[found.id] = Suggestion(
            "entity", found.id, found.slug, found.name, match.alias, found.kind, score
        )
    return list(best.values())


def as_typed(q: str, one: Suggestion) -> bool:
    return one.matched.lower().startswith(q.lower())


async def predicates(pool: asyncpg.Pool, typed: str) -> list[Suggestion]:
    found = []
    for row in await fetch(pool, _predicates, {}):
        score = max(closeness(typed, fold(row["label"])), closeness(typed, fold(row["slug"])))
        if score:
            found.append(
                Suggestion(
                    "predicate", row["id"], row["slug"], row["label"], row["label"], row["kind"], score
                )
            )
    return found


async def facts(pool: asyncpg.Pool, q: str, typed: str) -> list[Suggestion]:
    # Words of letters and digits alone, in quotes: nothing of the query can be read as an operator.
    words = WORDS.findall(q)[:12]
    if not words:
        return []
    whole, last = " & ".join(f"'{word}'" for word in words[:-1]), f"'{words[-1].lower()}':*"
    return [
        Suggestion(
            "fact",
            row["id"],
            row["slug"],
            row["title"],
            row["title"],
            None,
            closeness(typed, fold(row["title"])) or ALL_WORDS,
        )
        for row in await fetch(pool, _facts, {"whole": whole, "last": last})
    ]


async def load_suggestions(pool: asyncpg.Pool, chosen: list[Suggestion]) -> list[Suggestion]:
    return chosen

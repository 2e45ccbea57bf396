"""From a question to ranked facts: reading, names, candidates, ranking. The only module here that waits."""

import datetime as dt
from collections.abc import Sequence

import msgspec

from service.db.statements import Connection, Row
from service.lookup.asked import Asked, NameHit
from service.lookup.names import Kin, find_kin, find_names
from service.lookup.queries import (
    KIND,
    MOST_FACTS,
    MOST_OF_KIND,
    Loaded,
    find_facts,
    find_facts_saying,
    load_candidates,
    newest_day,
)
from service.lookup.question import interpret
from service.lookup.ranking import Ranked, Rejected, only_in_passing, rank
from service.lookup.reading import Reading, may_speak_of_days, read

END_OF_TIME = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)


class Found(msgspec.Struct, frozen=True):
    """What was asked, what answers it best first, what was left aside and why, and the rows behind all of
    them."""

    asked: Asked
    ranked: list[Ranked]
    rejected: list[Rejected]
    loaded: Loaded


class Understood(msgspec.Struct, frozen=True):
    """A question in words: read, and with the names it may hold."""

    reading: Reading
    hits: list[NameHit]
    kin: Kin


async def understand(connection: Connection, q: str, as_of: dt.datetime | None) -> Understood:
    """The words of a question and the entities they may name."""
    day = await newest_day(connection, as_of or END_OF_TIME) if may_speak_of_days(q) else None
    reading = read(q, day)
    known = await find_names(connection, reading)
    kin = await find_kin(connection, known.ids)
    hits = [
        msgspec.structs.replace(
            hit, entity=msgspec.structs.replace(hit.entity, above=kin.above.get(hit.entity.slug, ()))
        )
        for hit in known.hits
    ]
    return Understood(reading, hits, kin)


async def find_in_words(connection: Connection, question: Understood, as_of: dt.datetime | None) -> Found:
    """As `find`; words that nothing explains are taken for misspelt ones only if nothing answers
    otherwise."""
    asked = interpret(question.reading, question.hits)
    found = await find(connection, asked, question.kin, as_of)
    if found.ranked or not asked.words:
        return found
    corrected = interpret(question.reading, question.hits, correct=True)
    return await find(connection, corrected, question.kin, as_of) if corrected.corrections else found


async def find(connection: Connection, asked: Asked, kin: Kin, as_of: dt.datetime | None) -> Found:
    """The facts that answer what is asked, from what had been published by `as_of`."""
    moment = as_of or END_OF_TIME
    rows = await find_facts(connection, _predicates(asked), kin.ids, kin.parts, moment)
    if only_in_passing(asked):
        if asked.cues and kin.ids:
            rows += await find_facts(connection, [], kin.ids, [], moment)
        if asked.words:
            rows += await find_facts_saying(connection, " ".join(word.text for word in asked.words), moment)
    loaded = await load_candidates(connection, _likeliest(asked, rows, kin), moment)
    judged = rank(asked, loaded.candidates, kin.below)
    return Found(
        asked,
        [one for one in judged if isinstance(one, Ranked)],
        [one for one in judged if isinstance(one, Rejected)],
        loaded,
    )


def _predicates(asked: Asked) -> list[str]:
    return sorted({predicate for cue in asked.cues for predicate in cue.predicates})


def _likeliest(asked: Asked, rows: Sequence[Row], kin: Kin) -> list[Row]:
    """At most MOST_FACTS of the facts an index proposed, those first whose kind, predicate and place fit."""
    places = {
        slug
        for mention in asked.mentions
        if mention.role == "place" or mention.entities[0].kind == "place"
        for entity in mention.entities
        for slug in (entity.slug, *kin.below.get(entity.slug, ()))
    }
    figures = asked.form in ("how_many", "how_long", "how_old") or asked.figure is not None
    sure: dict[str, float] = {}
    for cue in asked.cues:
        for predicate, weight in cue.predicates.items():
            sure[predicate] = max(weight, sure.get(predicate, 0.0))

    def misfit(row: Row) -> tuple[bool, float, bool, int, float]:
        return (
            figures and row["kind"] != "quantity",
            -sure.get(row["predicate"], 0.0),
            bool(places) and row["place"] not in places,
            row["near"],
            -row["last_reported"].timestamp(),
        )

    nearest: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["near"]):
        nearest.setdefault(row["slug"], row)
    ordered = sorted(nearest.values(), key=misfit)
    if any(not mention.soft for mention in asked.mentions):
        of_kind = [row for row in ordered if row["near"] == KIND][MOST_OF_KIND:]
        dropped = {row["slug"] for row in of_kind}
        ordered = [row for row in ordered if row["slug"] not in dropped]
    return ordered[:MOST_FACTS]

"""From a question to ranked facts: reading, names, candidates, ranking. The only module here that waits."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

import msgspec

from service.db.statements import Connection
from service.lookup.asked import Asked
from service.lookup.candidates import Candidate
from service.lookup.loading import Loaded, Memory, load
from service.lookup.names import Known, Wholes, find_names
from service.lookup.queries import END_OF_TIME, Sought, find_facts, newest_day
from service.lookup.question import interpret
from service.lookup.ranking import Ranked, Rejected, only_in_passing, rank
from service.lookup.reading import Reading, may_speak_of_days, read

MOST_NAMED = 8  # entities whose facts are read
SPEAKING = ("speaker", "agent", "subject", "any")  # roles of those who may have said it


class Store(msgspec.Struct, frozen=True):
    """What is stored: through a connection, and what of it was read before."""

    connection: Connection
    memory: Memory


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
    known: Known


async def understand(store: Store, q: str, as_of: dt.datetime | None) -> Understood:
    """The words of a question and the entities they may name."""
    day = await newest_day(store.connection, as_of or END_OF_TIME) if may_speak_of_days(q) else None
    reading = read(q, day)
    return Understood(reading, await find_names(store.connection, reading))


async def find_in_words(store: Store, question: Understood, as_of: dt.datetime | None) -> Found:
    """As `find`; words that nothing explains are taken for misspelt ones only if nothing answers
    otherwise."""
    reading, known = question.reading, question.known
    asked = interpret(reading, known.hits)
    found = await find(store, asked, known.wholes, as_of)
    if found.ranked or not asked.words:
        return found
    corrected = interpret(reading, known.hits, correct=True)
    return await find(store, corrected, known.wholes, as_of) if corrected.corrections else found


async def find(store: Store, asked: Asked, wholes: Wholes, as_of: dt.datetime | None) -> Found:
    """The facts that answer what is asked, from what had been published by `as_of`."""
    ids = await find_facts(store.connection, sought(asked, wholes), as_of or END_OF_TIME)
    loaded = await load(store.connection, store.memory, ids, as_of)
    judged = rank(asked, loaded.candidates, parts_of(asked, loaded.candidates))
    return Found(
        asked,
        [one for one in judged if isinstance(one, Ranked)],
        [one for one in judged if isinstance(one, Rejected)],
        loaded,
    )


def sought(asked: Asked, wholes: Wholes) -> Sought:
    weights: dict[str, float] = {}
    for cue in asked.cues:
        for predicate, weight in cue.predicates.items():
            weights[predicate] = max(weight, weights.get(predicate, 0.0))
    passing = only_in_passing(asked)
    # the likeliest of each name, those that are named for sure first
    ranked = sorted(
        (place, mention.soft, entity.id, mention.role)
        for mention in asked.mentions
        for place, entity in enumerate(mention.entities)
    )[:MOST_NAMED]
    named = list(dict.fromkeys(entity for _, _, entity, _ in ranked))

    def nearby(ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
        """With what they are part of."""
        return list(dict.fromkeys(near for one in ids for near in (one, wholes.get(one)) if near))

    return Sought(
        weights=weights,
        named=named,
        nearby=nearby(named),
        speakers=nearby(entity for _, _, entity, role in ranked if role in SPEAKING),
        places=[
            entity.id
            for mention in asked.mentions
            if mention.role == "place" or mention.entities[0].kind == "place"
            for entity in mention.entities
        ],
        alone=passing,
        words=" ".join(words_to_find(asked)) if passing else "",
        figures=asked.form in ("how_many", "how_long", "how_old") or asked.figure is not None,
        sure=any(not mention.soft for mention in asked.mentions),
    )


def words_to_find(asked: Asked) -> list[str]:
    """What claims have to say: words that are no vocabulary, or, with no name to go by, all that hint."""
    said = [word.text for word in asked.words]
    if said or any(not mention.soft for mention in asked.mentions):
        return said
    return [
        asked.texts[at] for cue in asked.cues if not cue.speech for at in cue.positions if at in asked.texts
    ]


def parts_of(asked: Asked, candidates: Sequence[Candidate]) -> dict[str, frozenset[str]]:
    """Of each entity that is named, which participants and places of the candidates are part of it."""
    named = {entity.slug for mention in asked.mentions for entity in mention.entities}
    return {
        slug: frozenset[str]().union(*(one.parts[slug] for one in candidates if slug in one.parts))
        for slug in named
    }

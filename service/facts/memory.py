"""Facts and their claims, remembered from one transaction that stores articles to the next.

A claim more changes little of what is made of the others, but to see how little, all of them would have to be
read. What is remembered is of exactly the state that this process wrote last: the row of the revision names
the transaction that changed the store last, and if it was another one, everything is forgotten.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

import asyncpg
import msgspec
from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncConnection

from service.facts.grouping import FactView
from service.facts.history import State
from service.facts.values import ClaimView, valid_span

MOST = 40_000  # claims of all facts that are remembered; a claim takes some kilobytes

MOST_SPANS = 100_000  # facts whose days are remembered

# Whoever wrote last, and whoever writes now. `xmin` is the transaction that made a row what it is.
_WRITERS = "SELECT xmin::text AS last, pg_current_xact_id()::xid::text AS now FROM revision"


class Kept(msgspec.Struct):
    """`state` is what more claims can be told to; None where the fact has to be judged anew with them. `fact`
    is without its members, None where they were read and not grouped yet. `last` is the last day that any
    of its claims is about, months and years aside, once somebody asked for it."""

    claims: list[ClaimView]
    state: State | None
    fact: FactView | None
    last: dt.date | None = None


class Memory:
    """By fact; those that were used last come last. `writer` is the transaction whose state this is."""

    def __init__(self) -> None:
        self.writer: str | None = None
        self.facts: dict[uuid.UUID, Kept] = {}
        self.claims = 0  # of all facts together
        self.spans: dict[
            uuid.UUID, tuple[dt.date, dt.date]
        ] = {}  # first and last day of all claims of a fact

    def find(self, facts: Iterable[uuid.UUID]) -> dict[uuid.UUID, Kept]:
        """Those of some facts that are remembered."""
        found = {fact: self.facts.pop(fact) for fact in facts if fact in self.facts}
        self.facts |= found
        return found

    def keep(
        self,
        fact: uuid.UUID,
        claims: Sequence[ClaimView],
        state: State | None = None,
        view: FactView | None = None,
    ) -> None:
        self.release(fact)
        if self.writer is None or len(claims) > MOST:
            return
        shown = None if view is None else msgspec.structs.replace(view, members=())
        self.facts[fact] = Kept(list(claims), state, shown)
        self.claims += len(claims)
        self.make_room()

    def grow(self, fact: uuid.UUID, claims: Sequence[ClaimView]) -> None:
        """More claims of a fact that is remembered."""
        self.facts[fact].claims += claims
        self.claims += len(claims)
        if fact in self.spans:
            spans = [self.spans[fact], *map(valid_span, claims)]
            self.spans[fact] = min(first for first, _ in spans), max(last for _, last in spans)
        self.make_room()

    def make_room(self) -> None:
        while self.claims > MOST:
            self.release(next(iter(self.facts)))

    def release(self, fact: uuid.UUID) -> None:
        if fact in self.facts:
            self.claims -= len(self.facts.pop(fact).claims)

    def forget(self, facts: Iterable[uuid.UUID]) -> None:
        """Of facts that have other claims now, or none."""
        for fact in facts:
            self.release(fact)
            self.spans.pop(fact, None)

    def remember_spans(self, spans: dict[uuid.UUID, tuple[dt.date, dt.date]]) -> None:
        if len(self.spans) + len(spans) > MOST_SPANS:
            self.spans.clear()
        self.spans |= spans

    def clear(self) -> None:
        self.facts.clear()
        self.spans.clear()
        self.claims = 0


_memories: WeakKeyDictionary[Engine, Memory] = WeakKeyDictionary()


async def recall(connection: AsyncConnection, driver: asyncpg.Connection) -> Memory:
    """What this process remembers, for a transaction that adds claims and edits none."""
    memory = _memories.setdefault(connection.engine.sync_engine, Memory())
    (writers,) = await driver.fetch(_WRITERS)
    if writers["last"] != memory.writer:
        memory.clear()
    memory.writer = writers["now"]
    return memory


def nothing(connection: AsyncConnection) -> Memory:
    """For a transaction that may change any claim: what was remembered is forgotten, and nothing is kept."""
    _memories.pop(connection.engine.sync_engine, None)
    return Memory()

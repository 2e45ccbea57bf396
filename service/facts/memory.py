"""Facts and their claims, remembered from one transaction that stores articles to the next.

A claim more changes little of what is made of the others, but to see how little, all of them would have to be
read. What is remembered is of exactly the state that this process wrote last: the row of the revision names
the transaction that changed the store last, and if it was another one, everything is forgotten.
"""

import uuid
from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

import asyncpg
import msgspec
from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncConnection

from service.facts.history import State
from service.facts.values import ClaimView

MOST = 20_000  # claims of all facts that are remembered; a claim takes some kilobytes

# Whoever wrote last, and whoever writes now. `xmin` is the transaction that made a row what it is.
_WRITERS = "SELECT xmin::text AS last, pg_current_xact_id()::xid::text AS now FROM revision"


class Kept(msgspec.Struct):
    """`state` is what more claims can be told to; None where the fact has to be judged anew with them."""

    claims: list[ClaimView]
    state: State | None


class Memory:
    """By fact; those that were used last come last. `writer` is the transaction whose state this is."""

    def __init__(self) -> None:
        self.writer: str | None = None
        self.facts: dict[uuid.UUID, Kept] = {}
        self.claims = 0  # of all facts together

    def find(self, facts: Iterable[uuid.UUID]) -> dict[uuid.UUID, Kept]:
        """Those of some facts that are remembered."""
        found = {fact: self.facts.pop(fact) for fact in facts if fact in self.facts}
        self.facts |= found
        return found

    def keep(self, fact: uuid.UUID, claims: Sequence[ClaimView], state: State | None) -> None:
        self.forget([fact])
        if self.writer is None or len(claims) > MOST:
            return
        self.facts[fact] = Kept(list(claims), state)
        self.claims += len(claims)
        while self.claims > MOST:
            self.forget([next(iter(self.facts))])

    def forget(self, facts: Iterable[uuid.UUID]) -> None:
        for fact in facts:
            if fact in self.facts:
                self.claims -= len(self.facts.pop(fact).claims)

    def clear(self) -> None:
        self.facts.clear()
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

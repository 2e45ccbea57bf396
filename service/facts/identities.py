"""Which stored facts the facts made of claims are, and what new ones are called. Pure; no I/O."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from service.facts.grouping import FactView
from service.ids import stable_id

AHEAD, FARTHEST = 16, 1_000  # numbers of a name that are asked for at once, at first and at most


def keep_identities(
    facts: Sequence[FactView],
    before: dict[str, uuid.UUID],
    keys: Mapping[uuid.UUID, str] = MappingProxyType({}),
) -> list[uuid.UUID | None]:
    """Of each fact the stored one that most of its claims come from, unless another fact took more of that
    one's claims, or has its key (`keys`, of the stored ones). What clients bookmarked stays what it was."""
    shares = []
    for index, fact in enumerate(facts):
        held: dict[uuid.UUID, int] = {}
        for member in fact.members:
            stored = before.get(member.claim.id)
            if stored is not None:
                held[stored] = held.get(stored, 0) + 1
        shares += [
            (keys.get(stored, fact.key) != fact.key, -count, index, str(stored), stored)
            for stored, count in held.items()
        ]
    kept: list[uuid.UUID | None] = [None] * len(facts)
    claimed: set[uuid.UUID] = set()
    for _, _, index, _, stored in sorted(shares):
        if kept[index] is None and stored not in claimed:
            kept[index] = stored
            claimed.add(stored)
    return kept


def with_slugs(
    facts: Sequence[FactView],
    kept: Sequence[uuid.UUID | None],
    known: dict[uuid.UUID, str],
    taken: Collection[str] = (),
) -> list[tuple[uuid.UUID, str, FactView]]:
    """Id and slug of each fact: those of the stored fact that it is, else new ones, none of the slugs that
    are `taken`."""
    used = {known[stored] for stored in kept if stored is not None} | set(taken)
    found = []
    for stored, fact in zip(kept, facts, strict=True):
        if stored is not None:
            found.append((stored, known[stored], fact))
            continue
        slug, number = fact.slug, 1
        while slug in used:
            number += 1
            slug = f"{fact.slug}-{number}"
        used.add(slug)
        found.append((stable_id("fact", slug), slug, fact))
    return found


def next_slugs(slug: str) -> Iterator[str]:
    """The slugs with the next numbers, as many again as there are up to it; whether it ends with a number of
    its own ("profit-2005-01-2") or only looks so ("profit-2005-01") cannot be told."""
    yield from (f"{slug}-{number}" for number in range(2, AHEAD))
    name, _, last = slug.rpartition("-")
    if last.isascii() and last.isdecimal():
        after = int(last) + 1
        yield from (f"{name}-{number}" for number in range(after, after + min(after + AHEAD, FARTHEST)))

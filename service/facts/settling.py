"""New claims that join a remembered fact without a look at its other claims. Pure; no I/O.

A claim changes which claims belong together only where its time lies apart from theirs, or near those of
another fact, and what a fact is called only where it is its earliest. Mostly it is none of that: one more
claim, told after the others, about days that are theirs or follow on them.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

import msgspec

from service.facts.grouping import COARSE, PERIODS, FactView
from service.facts.history import Growth
from service.facts.memory import Kept, Memory
from service.facts.values import ClaimView, valid_span

Span = tuple[dt.date, dt.date]


class Settled(msgspec.Struct, frozen=True):
    """What new claims made of a fact. period_end: as of the fact with them."""

    claims: list[ClaimView]
    growth: Growth
    period_end: dt.date | None


def settle(
    memory: Memory, added: Sequence[ClaimView], keys: Mapping[str, str], within_reach: Mapping[uuid.UUID, str]
) -> dict[uuid.UUID, Settled]:
    """By fact, what of the new claims joins it. `keys` are those of the claims, by their ids; `within_reach`
    the key of each fact whose claims would have to be grouped together with them."""
    facts: dict[str, list[uuid.UUID]] = {}
    for fact, key in within_reach.items():
        facts.setdefault(key, []).append(fact)
    by_key: dict[str, list[ClaimView]] = {}
    for claim in added:
        by_key.setdefault(keys[claim.id], []).append(claim)
    found = {}
    for key, claims in by_key.items():
        same = facts.get(key, [])
        for fact, kept in memory.find(same).items():
            others = [memory.spans.get(other) for other in same if other != fact]
            if (joined := join(kept, claims, others)) is not None:
                found[fact] = joined
                memory.grow(fact, claims)
                break
    return found


def join(kept: Kept, claims: Sequence[ClaimView], others: Sequence[Span | None]) -> Settled | None:
    """`others` are the days of the other facts within reach."""
    if kept.state is None or kept.fact is None or not all(stays(kept.fact, claim) for claim in claims):
        return None
    last = None
    if claims[0].kind != "relation":
        if kept.last is None:
            own = [one for one in kept.claims if is_fine(one) and kept.fact.place in (None, one.place)]
            kept.last = max((valid_span(one)[1] for one in own), default=None)
        last = last_day(kept.fact, kept.last, claims, others)
        if last is None:
            return None
    growth = kept.state.more(claims)
    if growth is None:
        return None
    kept.last = last
    end = None if kept.fact.extent == "cumulative" else last
    kept.fact = msgspec.structs.replace(kept.fact, period_end=end)
    return Settled(list(claims), growth, end)


def stays(fact: FactView, claim: ClaimView) -> bool:
    """Whether the fact is called the same with the claim, which is told after the others. Increases may move
    between facts."""
    if claim.extent == "increment" or (claim.extent == "cumulative" and fact.extent != "cumulative"):
        return False
    if claim.kind == "relation":
        dated = claim.time_start is not None
        return not dated or (fact.period_start is not None and fact.period_start <= valid_span(claim)[0])
    return True


def last_day(
    fact: FactView, before: dt.date | None, claims: Sequence[ClaimView], others: Sequence[Span | None]
) -> dt.date | None:
    """The last day that claims of the fact are about, with the new ones, as `grouping` clusters them; None
    where they begin before it, are too far away, come near another fact, or the fact holds only months and
    years."""
    if fact.period_start is None or before is None:
        return None
    first, last, gap = fact.period_start, before, dt.timedelta(days=PERIODS[claims[0].kind])

    def near(one: Span, other: Span) -> bool:
        return one[0] <= other[1] + gap and other[0] <= one[1] + gap

    coarse = [valid_span(claim) for claim in claims if not is_fine(claim)]
    for start, end in sorted(valid_span(claim) for claim in claims if is_fine(claim)):
        if start < first or start > last + gap:
            return None
        last = max(last, end)
    if not all(near(span, (first, last)) for span in coarse):
        return None
    reached = [*coarse, *([(first, last)] if last > before else [])]
    if reached and any(other is None or any(near(other, span) for span in reached) for other in others):
        return None
    return last


def is_fine(claim: ClaimView) -> bool:
    return claim.precision not in COARSE

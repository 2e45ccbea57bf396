"""The verdict over a fact by the rule `agreement-v1`: who agrees, who disputes, how many independent voices.

Pure functions over `ClaimView`; no I/O, no clock. How two claims stand to each other is
`service.facts.relations`; docs/agreement.md tells the whole rule to clients.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from service.facts.asked import Claimed, Support, supports
from service.facts.pairs import pairs, signature
from service.facts.relations import (
    AGREES,
    CLAUSES,
    DISPUTES,
    RULE,
    Relation,
    relate,
)
from service.facts.values import (
    ClaimView,
    as_of_day,
    speaker,
    stated,
    telling_order,
    unit_of,
    value_key,
)

__all__ = [
    "AGREES",
    "CLAUSES",
    "RULE",
    "Agreement",
    "ClaimView",
    "Claimed",
    "Position",
    "Preferred",
    "Range",
    "Relation",
    "Support",
    "Value",
    "as_first_told",
    "assess",
    "positions",
    "relate",
    "supports",
    "value_key",
    "value_of",
    "voices",
    "withdrawn_by_origin",
]

Voice = tuple[str, str]  # an independent voice: ("origin", key) or ("source", key)
NEARNESS = {"equal": 0, "rounding_of": 1, "bound_compatible": 2}
FARTHEST: tuple[int, int, Voice] = (len(NEARNESS), 0, ("", ""))
PRECISION = {"exact": 0, "range": 1, "about": 2, "nearly": 3}


class Value(msgspec.Struct, frozen=True):
    amount: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str | None
    unit: str | None


class Range(msgspec.Struct, frozen=True):
    """The least and the greatest number that live claims state; all claims where none is live."""

    lower: Decimal
    upper: Decimal


class Position(msgspec.Struct, frozen=True):
    """One value that some claims hold (or, where denied is true, reject), and how many independent voices do.
    Times are publication times."""

    value: Value | None
    denied: bool
    claims: tuple[str, ...]
    voices: int
    first_reported: datetime
    last_reported: datetime


class Preferred(msgspec.Struct, frozen=True):
    """The claim to quote when only one can be, and what sets it apart.

    because holds, in this order, those of: latest (no live total is of a later day), total (a running
    total), highest (others of its day are lower), corroborated (more than one independent voice agrees with
    it), attributed (it names its origin), exact (unhedged), not_retracted (other claims of the fact were
    withdrawn).
    """

    claim: str
    because: tuple[str, ...]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict without the claims themselves. claims, articles: all that were published by then.
    independent_attributions: voices of the live claims. preferred: null when nothing is live."""

    status: str
    because: str
    claims: int
    articles: int
    independent_attributions: int
    range: Range | None
    preferred: Preferred | None
    rule: str


class Agreement(Standing, frozen=True, kw_only=True):
    """withdrawn: ids of the claims that no longer stand."""

    positions: tuple[Position, ...]
    relations: tuple[Relation, ...]
    withdrawn: tuple[str, ...]


Memo = dict[tuple[str, str], Relation]
"""Relations that were decided before, by the ids of both claims; a caller who asks for several times of one
fact passes the same one each time."""


def assess(
    claims: Iterable[ClaimView], as_of: datetime | None = None, memo: Memo | None = None
) -> Agreement | None:
    """The verdict over the claims of one fact, from what had been published by `as_of` (inclusive, aware).

    Null when nothing had been published by then. The order of the claims does not matter. Every pair is
    related while there are few claims; beyond that, see `service.facts.pairs`.
    """
    everything = sorted(claims, key=telling_order)
    known = [c for c in everything if as_of is None or c.reported_at <= as_of]
    if not known:
        return None
    ids = {c.id for c in known}
    told = [c for c in as_first_told(everything) if c.id in ids]
    known_relations = {} if memo is None else memo
    found = [related(a, b, known_relations) for a, b in pairs(told)]
    relations = tuple(sorted(found, key=lambda r: (r.from_, r.to)))

    fallen = withdrawn_by_origin(told, relations)
    live = [c for c in told if c.id not in fallen and not _removed(c, as_of)]
    live_ids = {c.id for c in live}
    voice = voices(told)
    standing = stand(told, live, [c for c in told if c.id in fallen], relations, voice)
    return Agreement(
        **msgspec.structs.asdict(standing),
        positions=positions(known, voice),
        relations=relations,
        withdrawn=tuple(c.id for c in known if c.id not in live_ids),
    )


def stand(
    told: Sequence[ClaimView],
    live: Sequence[ClaimView],
    fallen: Sequence[ClaimView],
    relations: Iterable[Relation],
    voice: dict[str, Voice],
) -> Standing:
    """The verdict over claims as first told, of which some are live and some were withdrawn by their origin;
    their relations in the order of their ends."""
    live_ids = {c.id for c in live}
    among_live = [r for r in relations if r.from_ in live_ids and r.to in live_ids]
    status, because = _status(live, fallen, among_live, voice)
    return Standing(
        status=status,
        because=because,
        claims=len(told),
        articles=len({c.article for c in told}),
        independent_attributions=len({voice[c.id] for c in live or told}),
        range=_range(live or told),
        preferred=_preferred(live, among_live, voice, some_withdrawn=len(live) < len(told)),
        rule=RULE,
    )


def related(a: ClaimView, b: ClaimView, memo: Memo) -> Relation:
    pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
    if pair not in memo:
        memo[pair] = relate(a, b)
    return memo[pair]


def as_first_told(claims: Sequence[ClaimView]) -> list[ClaimView]:
    """The claims with every reprint given the source and publication time of the article it reprints.

    A reprint repeats; were its own date read as the date of an undated figure, a copy of an old article
    would make a running total fall. Chains are followed to their root; a root that has no claim here stands
    in by its key.
    """
    parent = {c.article: c.reprint_of for c in claims if c.reprint_of and c.reprint_of != c.article}
    if not parent:
        return list(claims)
    first = {c.article: c for c in claims if c.article not in parent}

    def root(article: str) -> str:
        seen = {article}
        while (up := parent.get(article)) is not None and up not in seen:
            article = up
            seen.add(up)
        return article

    told: list[ClaimView] = []
    for claim in claims:
        if claim.article not in parent:
            told.append(claim)
            continue
        origin = first.get(top := root(claim.article))
        told.append(
            msgspec.structs.replace(
                claim,
                source=origin.source if origin else top,
                reported_at=origin.reported_at if origin else claim.reported_at,
                reprint_of=top,
            )
        )
    return told


def voices(claims: Iterable[ClaimView]) -> dict[str, Voice]:
    """Claim id → the independent voice it belongs to. Expects what `as_first_told` returns, so a reprint is
    its original."""
    heard = Voices()
    for claim in claims:
        heard.add(claim)
    return heard.of


class Voices:
    """Whose voice each claim told so far is.

    An attributed claim is its origin's. One attributed to nobody is its publisher's, unless the same
    article has an attributed claim that agrees with it ("almost 8,000 arrests. The ministry said 7,939"):
    then the article speaks for that origin, of several the one whose figure is nearest.
    """

    def __init__(self) -> None:
        self.of: dict[str, Voice] = {}
        self.quoted: dict[str, list[ClaimView]] = defaultdict(list)
        self.unnamed: dict[str, list[ClaimView]] = defaultdict(list)
        self.nearest: dict[str, tuple[int, int, Voice]] = {}

    def add(self, claim: ClaimView) -> dict[str, Voice]:
        """Earlier claims that turn out to be another's voice, with the one they were before."""
        article = claim.reprint_of or claim.article
        self.of[claim.id] = speaker(claim)
        if not claim.origin:
            self.unnamed[article].append(claim)
            for other in self.quoted.get(article, ()):
                self._hear(claim, other)
            return {}
        self.quoted[article].append(claim)
        before = {one.id: self.of[one.id] for one in self.unnamed.get(article, ())}
        for one in self.unnamed.get(article, ()):
            self._hear(one, claim)
        return {one: voice for one, voice in before.items() if self.of[one] != voice}

    def _hear(self, unnamed: ClaimView, quoted: ClaimView) -> None:
        if (kind := relate(unnamed, quoted).type) not in AGREES:
            return
        place = (NEARNESS[kind], quoted.position, speaker(quoted))
        if place < self.nearest.get(unnamed.id, FARTHEST):
            self.nearest[unnamed.id] = place
            self.of[unnamed.id] = place[2]


def withdrawn_by_origin(claims: Iterable[ClaimView], relations: Iterable[Relation]) -> set[str]:
    """Ids of the claims reported as taken back, and of those that a retraction pulls down with it."""
    fallen = {c.id for c in claims if c.modality == "retracted"}
    return fallen | {r.to for r in relations if r.type == "retracts"}


def _removed(claim: ClaimView, as_of: datetime | None) -> bool:
    """Whether the claim's article had been taken back here by then; its origin did not take anything back."""
    return claim.withdrawn_at is not None and (as_of is None or claim.withdrawn_at <= as_of)


def _status(
    live: Sequence[ClaimView],
    fallen: Sequence[ClaimView],
    among_live: Sequence[Relation],
    voice: dict[str, Voice],
) -> tuple[str, str]:
    """The status and why, in the order of precedence of docs/agreement.md."""
    if not live:
        return "retracted", "every claim was withdrawn"
    if _unconfirmed(live, fallen):
        return "retracted", "its named origin withdrew it, and what remains is attributed to nobody"
    return verdict_of(
        next((r.because for r in among_live if r.type in DISPUTES), None),
        any(r.type == "update_of" for r in among_live),
        any(r.type in AGREES and voice[r.from_] != voice[r.to] for r in among_live),
        len({voice[c.id] for c in live}),
    )


def verdict_of(dispute: str | None, grew: bool, across: bool, heard: int) -> tuple[str, str]:
    """The status of live claims and why: from the first dispute, whether a total grew, whether two voices
    agree, and how many there are."""
    if dispute is not None:
        return "disputed", dispute
    if grew:
        return "evolving", "a running total that only grew"
    if across:
        return "agreed", f"{heard} independent attributions agree"
    if heard > 1:
        return "single_source", "no two independent attributions speak of the same"
    return "single_source", "one independent attribution"


def _unconfirmed(live: Sequence[ClaimView], fallen: Sequence[ClaimView]) -> bool:
    """Whether all that is left of a withdrawn claim is its unattributed echo.

    The ministry deletes "164 dead"; a paper goes on saying "at least 160", naming nobody. A live claim with
    an origin of its own, or one of a figure the withdrawn ones do not cover, is news and lifts the fact out
    of this state.
    """
    named = _distinct(c for c in fallen if c.origin)
    if not named or any(c.origin for c in live):
        return False
    return all(any(relate(c, gone).type in AGREES for gone in named) for c in _distinct(live))


def _distinct(claims: Iterable[ClaimView]) -> list[ClaimView]:
    """One claim of those that stand alike to others, so that a fact of many claims stays cheap."""
    return list({(signature(c), c.reprint_of or c.article): c for c in claims}.values())


def _range(claims: Collection[ClaimView]) -> Range | None:
    held = [c for c in claims if c.modality != "denied"] or claims
    numbers = [n for c in held for n in (c.amount, c.lower, c.upper) if n is not None]
    return Range(min(numbers), max(numbers)) if numbers else None


def positions(claims: Sequence[ClaimView], voice: dict[str, Voice]) -> tuple[Position, ...]:
    """Withdrawn claims keep their position: what was said stays said. Least value first, denials after
    assertions."""
    held: dict[object, list[ClaimView]] = defaultdict(list)
    for claim in claims:
        held[(value_key(claim), claim.modality == "denied")].append(claim)
    ordered = sorted(held.values(), key=lambda same: (_value_order(same[0]), same[0].modality == "denied"))
    return tuple(
        Position(
            value=value_of(same[0]),
            denied=same[0].modality == "denied",
            claims=tuple(c.id for c in same),
            voices=len({voice[c.id] for c in same}),
            first_reported=same[0].reported_at,
            last_reported=same[-1].reported_at,
        )
        for same in ordered
    )


def value_of(claim: ClaimView) -> Value | None:
    if claim.amount is None and claim.lower is None and claim.upper is None:
        return None
    return Value(claim.amount, claim.lower, claim.upper, claim.qualifier, claim.unit)


def _value_order(claim: ClaimView) -> tuple[bool, Decimal, Decimal, Decimal, str, str]:
    figure = stated(claim)
    numbers = (or_zero(figure), or_zero(claim.lower), or_zero(claim.upper))
    return (figure is None, *numbers, claim.qualifier or "", claim.unit or "")


def or_zero(amount: Decimal | None) -> Decimal:
    return Decimal(0) if amount is None else amount


def _preferred(
    live: Sequence[ClaimView],
    among_live: Sequence[Relation],
    voice: dict[str, Voice],
    *,
    some_withdrawn: bool,
) -> Preferred | None:
    """Of running totals the highest of the latest day, or a higher one that was told since; of others the
    figure most independent voices agree with.

    A figure goes before a bare bound, which would win by ruling nothing out. Ties: attributed, unhedged,
    finer, later.
    """
    held = [c for c in live if c.modality != "denied"] or list(live)
    if not held:
        return None
    figures = [c for c in held if c.amount is not None and c.qualifier in PRECISION] or held
    totals = [c for c in figures if c.extent == "cumulative"]
    backing = _backing(held, among_live, voice)

    if totals:
        last = max(as_of_day(c) for c in totals)
        rivals = [c for c in totals if as_of_day(c) == last]
        best = max(rivals, key=lambda c: (or_zero(stated(c)), *quality(c)))
        after = max(best.reported_at.date(), last)
        since = [
            c for c in totals if c.reported_at.date() > after and or_zero(stated(c)) > or_zero(stated(best))
        ]
        best = max(since, key=lambda c: (or_zero(stated(c)), *quality(c)), default=best)
        higher = any(or_zero(stated(c)) < or_zero(stated(best)) for c in rivals)
        reasons = {"latest": len(totals) > 1, "total": True, "highest": higher}
    else:
        best = max(figures, key=lambda c: (len(backing[value_key(c)]), *quality(c)))
        reasons = {}
    reasons["corroborated"] = len(backing[value_key(best)]) > 1
    reasons["attributed"] = best.origin is not None
    reasons["exact"] = best.qualifier == "exact"
    reasons["not_retracted"] = some_withdrawn
    return Preferred(best.id, tuple(name for name, holds in reasons.items() if holds))


def quality(claim: ClaimView) -> tuple[bool, int, Decimal, tuple[datetime, str, int, str]]:
    """What decides a tie: attributed, unhedged, finer, later."""
    hedge = PRECISION.get(claim.qualifier or "", 4) if claim.amount is not None else 5
    finer = -unit_of(claim.amount) if claim.amount is not None else Decimal("-Infinity")
    return (claim.origin is not None, -hedge, finer, telling_order(claim))


def _backing(
    held: Sequence[ClaimView], relations: Sequence[Relation], voice: dict[str, Voice]
) -> dict[object, set[Voice]]:
    """Value → the voices of every live claim with that value or one that agrees with it."""
    key = {c.id: value_key(c) for c in held}
    own: dict[object, set[Voice]] = defaultdict(set)
    for claim in held:
        own[key[claim.id]].add(voice[claim.id])
    agreeing = {
        (key[r.from_], key[r.to]) for r in relations if r.type in AGREES and r.from_ in key and r.to in key
    }
    backing: dict[object, set[Voice]] = defaultdict(set, {k: set(v) for k, v in own.items()})
    for one, other in agreeing:
        backing[one] |= own[other]
        backing[other] |= own[one]
    return backing

"""The verdict over a fact after each publication about it, in one pass over its claims. Pure; no I/O.

`assess` looks at all claims for one time. Asked for every time in turn it would relate and count them over
and over, and a fact of two hundred claims would take seconds each time one is added. Here claims are added
one by one, and what they change is kept: which relations there are, who agrees with whom, which figure leads.
What comes out is what `assess` says of that time, to the letter. Facts in which something was taken back,
denied or reprinted are left to `assess`: there a claim may change what was made of earlier ones.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import combinations, groupby
from typing import Any

import msgspec

from service.facts.agreement import (
    ALL_PAIRS_LIMIT,
    NEIGHBOURS,
    PRECISION,
    Memo,
    Preferred,
    Range,
    assess,
    or_zero,
    quality,
    related,
    signature,
    verdict_of,
    voices,
)
from service.facts.relations import AGREES, DISPUTES, RULE, Relation
from service.facts.values import ClaimView, ValueKey, as_of_day, stated, telling_order, value_key

Voice = tuple[str, str]


class Standing(msgspec.Struct, frozen=True):
    """What `Agreement` says of a fact but for the claims themselves: no positions, no relations."""

    status: str
    because: str
    claims: int
    articles: int
    independent_attributions: int
    range: Range | None
    preferred: Preferred | None
    rule: str


def standings(
    claims: Iterable[ClaimView], since: datetime | None = None, memo: Memo | None = None
) -> tuple[list[tuple[datetime, Standing]], list[Relation]]:
    """The verdict at each time of publication, from `since` on, in their order; and the relations as of now,
    ordered by their ends. The last verdict is that of now. `memo` holds relations that were decided for these
    very claims before."""
    found, relations, _ = judged(claims, since, memo)
    return found, relations


def judged(
    claims: Iterable[ClaimView], since: datetime | None = None, memo: Memo | None = None
) -> tuple[list[tuple[datetime, Standing]], list[Relation], "State | None"]:
    """As `standings`, and what more claims can be told to later; None where they may change what was made of
    earlier ones."""
    ordered = sorted(claims, key=telling_order)
    if not _only_grows(ordered):
        return (*_one_by_one(ordered, since), None)
    if len(ordered) == 1:
        return [(ordered[0].reported_at, _alone(ordered[0]))], [], None
    earlier = [c for c in ordered if since is not None and c.reported_at < since]
    state = State(ordered, {} if memo is None else memo)
    state.start(earlier)
    found = state.tell(ordered[len(earlier) :])
    return found, sorted(state.active.values(), key=lambda r: (r.from_, r.to)), state


def _only_grows(claims: Sequence[ClaimView]) -> bool:
    """Whether what is made of a claim does not depend on claims that are published later."""
    published: dict[str, datetime] = {}
    return all(
        c.reprint_of is None
        and c.withdrawn_at is None
        and c.modality not in ("denied", "retracted")
        and published.setdefault(c.article, c.reported_at) == c.reported_at
        for c in claims
    )


def _alone(claim: ClaimView) -> Standing:
    """The verdict over one claim, as most facts have: nothing to relate it to, nobody else to count."""
    status, because = verdict_of(None, False, False, 1)
    numbers = [one for one in (claim.amount, claim.lower, claim.upper) if one is not None]
    span = Range(min(numbers), max(numbers)) if numbers else None
    reasons = {
        "total": claim.extent == "cumulative",
        "attributed": claim.origin is not None,
        "exact": claim.qualifier == "exact",
    }
    best = Preferred(claim.id, tuple(name for name, holds in reasons.items() if holds))
    return Standing(status, because, 1, 1, 1, span, best, RULE)


def _one_by_one(
    claims: Sequence[ClaimView], since: datetime | None
) -> tuple[list[tuple[datetime, Standing]], list[Relation]]:
    memo: Memo = {}
    now = assess(claims, memo=memo)
    assert now is not None
    times = sorted({c.reported_at for c in claims if since is None or c.reported_at >= since})
    # what was withdrawn since is withdrawn now, and was not at the time of the last report
    settled = all(c.withdrawn_at is None for c in claims)
    found = []
    for when in times:
        last = settled and when == claims[-1].reported_at
        then = now if last else assess(claims, as_of=when, memo=memo)
        assert then is not None
        fields = {name: getattr(then, name) for name in Standing.__struct_fields__}
        found.append((when, Standing(**fields)))
    return found, list(now.relations)


class _Board:
    """The figure to quote, among the claims that may be quoted: as `agreement._preferred` chooses it."""

    def __init__(self) -> None:
        self.totals = 0
        self.day: Any = None
        self.best: tuple[Any, ...] = ()  # rank and claim of the highest total of the last day
        self.least = Decimal(0)
        self.since: dict[Any, tuple[Any, ...]] = {}  # the highest total told on a day after the last
        self.leads: dict[ValueKey, tuple[Any, ...]] = {}  # value → quality and claim that stands for it

    def add(self, claim: ClaimView) -> None:
        rank = quality(claim)
        key = value_key(claim)
        self.leads[key] = max(self.leads.get(key, ()), (rank, claim), key=lambda one: one[:1])
        if claim.extent != "cumulative":
            return
        self.totals += 1
        day, figure = as_of_day(claim), or_zero(stated(claim))
        if self.day is None or day > self.day:
            self.day, self.best, self.least = day, ((figure, *rank), claim), figure
            self.since = {told: one for told, one in self.since.items() if told > day}
        elif day == self.day:
            self.best = max(self.best, ((figure, *rank), claim), key=lambda one: one[0])
            self.least = min(self.least, figure)
        told = claim.reported_at.date()
        if told > self.day:
            one = ((figure, *rank), claim)
            self.since[told] = max(self.since.get(told, one), one, key=lambda entry: entry[0])

    def total(self) -> tuple[Any, ...]:
        """Rank and claim of the total to quote."""
        (figure, *_), best = self.best
        after = best.reported_at.date()
        higher = [one for told, one in self.since.items() if told > after and one[0][0] > figure]
        return max(higher, key=lambda one: one[0], default=self.best)


class Growth(msgspec.Struct, frozen=True):
    """What more claims made of a fact: the verdicts since the first of them, relations that are new, and
    those that hold no more because others are nearer."""

    verdicts: list[tuple[datetime, Standing]]
    fresh: list[Relation]
    gone: list[Relation]


class State:
    """All claims told so far, and what follows from them. Claims go by their number in telling order."""

    def __init__(self, ordered: Sequence[ClaimView], memo: Memo) -> None:
        self.claims = list(ordered)
        self.voice = voices(ordered)
        self.keys = [value_key(c) for c in ordered]
        self.told = 0
        self.articles: set[str] = set()
        self.heard: set[Voice] = set()
        self.low: Decimal | None = None
        self.high: Decimal | None = None
        self.quoted, self.figures = _Board(), _Board()
        # value → who says so; values that agree, with how many relations between them; value → how many
        # voices say so or what agrees with it
        self.own: dict[ValueKey, set[Voice]] = defaultdict(set)
        self.agreeing: dict[ValueKey, Counter[ValueKey]] = defaultdict(Counter)
        self.backing: dict[ValueKey, int] = {}
        # relations, by the numbers of both claims, with for how many reasons the two are held together
        self.memo = memo
        self.reasons: Counter[tuple[int, int]] = Counter()
        self.active: dict[tuple[int, int], Relation] = {}
        self.fresh: dict[tuple[int, int], Relation] = {}  # since `more` was told last, as is
        self.gone: dict[tuple[int, int], Relation] = {}
        self.types: Counter[str] = Counter()
        self.across = 0  # relations in which two voices agree
        self.disputes: dict[tuple[str, str], str] = {}
        self.first_dispute: tuple[str, str] | None = None
        # first claims of those that are alike, and their orders by value and by day
        self.alike: dict[object, int] = {}
        self.by_value: list[tuple[Any, ...]] = []
        self.by_day: list[tuple[Any, ...]] = []

    def start(self, claims: Sequence[ClaimView]) -> None:
        """Takes the first claims at once."""
        for claim in claims:
            self.count(claim)
        self.pair_up()

    def tell(self, claims: Sequence[ClaimView]) -> list[tuple[datetime, Standing]]:
        """Adds the next of the claims; the verdict at each time of publication."""
        found = []
        for when, told in groupby(claims, key=lambda c: c.reported_at):
            for claim in told:
                self.add(claim)
            found.append((when, self.standing()))
        return found

    def more(self, claims: Iterable[ClaimView]) -> Growth | None:
        """What claims of other articles make of it that were published later; None, and nothing is changed,
        where they were not, or may change what was made of earlier ones."""
        new = sorted(claims, key=telling_order)
        later = telling_order(self.claims[-1]) < telling_order(new[0])
        if not later or not _only_grows(new) or any(c.article in self.articles for c in new):
            return None
        self.claims += new
        self.voice |= voices(new)
        self.keys += [value_key(c) for c in new]
        self.memo, self.fresh, self.gone = {}, {}, {}
        verdicts = self.tell(new)
        return Growth(verdicts, list(self.fresh.values()), list(self.gone.values()))

    def add(self, claim: ClaimView) -> None:
        number, lead = self.told, self.count(claim)
        if self.told <= ALL_PAIRS_LIMIT:
            for other in range(number):
                self.hold(other, number)
        elif self.told == ALL_PAIRS_LIMIT + 1:
            self.pair_up()
        elif lead != number:
            self.hold(lead, number)
        elif len(self.alike) <= ALL_PAIRS_LIMIT:
            for other in self.alike.values():
                self.hold(other, number)
        elif len(self.alike) == ALL_PAIRS_LIMIT + 1:
            self.pair_up()
        else:
            self.place(number)

    def count(self, claim: ClaimView) -> int:
        """Counts a claim in; returns the number of the first one that is like it."""
        number, voice, key = self.told, self.voice[claim.id], self.keys[self.told]
        self.told += 1
        self.articles.add(claim.article)
        self.heard.add(voice)
        for amount in (claim.amount, claim.lower, claim.upper):
            if amount is not None:
                self.low = amount if self.low is None else min(self.low, amount)
                self.high = amount if self.high is None else max(self.high, amount)
        self.quoted.add(claim)
        if claim.amount is not None and claim.qualifier in PRECISION:
            self.figures.add(claim)
        if voice not in self.own[key]:
            self.own[key].add(voice)
            for other in (key, *self.agreeing[key]):
                self.backing.pop(other, None)
        return self.alike.setdefault(signature(claim), number)

    # --- which claims are held together: as `agreement._pairs` chooses them ---

    def pair_up(self) -> None:
        """Chooses the pairs of all claims anew."""
        wanted: Counter[tuple[int, int]] = Counter()
        leads = sorted(self.alike.values())
        if self.told <= ALL_PAIRS_LIMIT:
            wanted.update(combinations(range(self.told), 2))
        else:
            for number in range(self.told):
                lead = self.alike[signature(self.claims[number])]
                if lead != number:
                    wanted[lead, number] += 1
        if self.told > ALL_PAIRS_LIMIT and len(leads) <= ALL_PAIRS_LIMIT:
            wanted.update(combinations(leads, 2))
        elif self.told > ALL_PAIRS_LIMIT:
            self.by_value = sorted(map(self.value_place, leads))
            self.by_day = sorted(map(self.day_place, leads))
            for order in ([one[-1] for one in places] for places in (self.by_value, self.by_day)):
                for step in range(1, NEIGHBOURS + 1):
                    wanted.update(_pair(*two) for two in zip(order, order[step:], strict=False))
            for end in (self.by_value[0][-1], self.by_value[-1][-1]):
                wanted.update(_pair(end, other) for other in leads if other != end)
        for gone in [pair for pair in self.active if pair not in wanted]:
            self.let_go(gone)
        self.reasons = wanted
        for pair in wanted:
            if pair not in self.active:
                self.relate(pair)

    def value_place(self, number: int) -> tuple[Any, ...]:
        return or_zero(stated(self.claims[number])), number

    def day_place(self, number: int) -> tuple[Any, ...]:
        return as_of_day(self.claims[number]), number

    def place(self, number: int) -> None:
        """Puts one more first claim between its neighbours in value and in time."""
        ends = self.by_value[0][-1], self.by_value[-1][-1]
        leads = [one[-1] for one in self.by_value]
        for places, place in (
            (self.by_value, self.value_place(number)),
            (self.by_day, self.day_place(number)),
        ):
            at = bisect_left(places, place)
            for other in places[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]:
                self.hold(other[-1], number)
            for left in range(max(0, at - NEIGHBOURS), min(at, len(places) - NEIGHBOURS)):
                self.drop(places[left][-1], places[left + NEIGHBOURS][-1])
            places.insert(at, place)
        now = self.by_value[0][-1], self.by_value[-1][-1]
        for end, before in zip(now, ends, strict=True):
            if end == before:
                self.hold(end, number)
                continue
            for other in leads:
                self.hold(end, other)
                if other != before:
                    self.drop(before, other)

    def hold(self, one: int, other: int) -> None:
        pair = _pair(one, other)
        self.reasons[pair] += 1
        if self.reasons[pair] == 1:
            self.relate(pair)

    def drop(self, one: int, other: int) -> None:
        pair = _pair(one, other)
        self.reasons[pair] -= 1
        if not self.reasons[pair]:
            del self.reasons[pair]
            self.let_go(pair)

    # --- what follows from a relation ---

    def relate(self, pair: tuple[int, int]) -> None:
        one, other = pair
        self.active[pair] = relation = related(self.claims[one], self.claims[other], self.memo)
        if self.gone.pop(pair, None) is None:
            self.fresh[pair] = relation
        self.types[relation.type] += 1
        if relation.type in DISPUTES:
            place = (relation.from_, relation.to)
            self.disputes[place] = relation.because
            if self.first_dispute is not None and place < self.first_dispute:
                self.first_dispute = place
        if relation.type in AGREES:
            self.agree(pair, 1)

    def let_go(self, pair: tuple[int, int]) -> None:
        relation = self.active.pop(pair)
        if self.fresh.pop(pair, None) is None:
            self.gone[pair] = relation
        self.types[relation.type] -= 1
        if relation.type in DISPUTES:
            place = (relation.from_, relation.to)
            del self.disputes[place]
            if place == self.first_dispute:
                self.first_dispute = None
        if relation.type in AGREES:
            self.agree(pair, -1)

    def agree(self, pair: tuple[int, int], times: int) -> None:
        mine, theirs = (self.keys[number] for number in pair)
        self.across += times * (len({self.voice[self.claims[number].id] for number in pair}) == 2)
        for key, other in ((mine, theirs), (theirs, mine)):
            agreeing = self.agreeing[key]
            agreeing[other] += times
            if not agreeing[other]:
                del agreeing[other]
            self.backing.pop(key, None)

    # --- the verdict ---

    def standing(self) -> Standing:
        dispute = None
        if self.disputes:
            if self.first_dispute is None:
                self.first_dispute = min(self.disputes)
            dispute = self.disputes[self.first_dispute]
        status, because = verdict_of(dispute, self.types["update_of"] > 0, self.across > 0, len(self.heard))
        span = None if self.low is None or self.high is None else Range(self.low, self.high)
        counts = (self.told, len(self.articles), len(self.heard))
        return Standing(status, because, *counts, span, self.preferred(), RULE)

    def preferred(self) -> Preferred:
        board = self.figures if self.figures.leads else self.quoted
        if board.totals:
            rank, best = board.total()
            reasons = {"latest": board.totals > 1, "total": True, "highest": board.least < rank[0]}
        else:
            _, best = max(board.leads.values(), key=lambda lead: (self.backed(value_key(lead[1])), lead[0]))
            reasons = {}
        reasons["corroborated"] = self.backed(value_key(best)) > 1
        reasons["attributed"] = best.origin is not None
        reasons["exact"] = best.qualifier == "exact"
        return Preferred(best.id, tuple(name for name, holds in reasons.items() if holds))

    def backed(self, key: ValueKey) -> int:
        """How many voices say a value, or one that agrees with it."""
        if key not in self.backing:
            said = [self.own[other] for other in self.agreeing[key]]
            self.backing[key] = len(self.own[key].union(*said))
        return self.backing[key]


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)

"""What is counted of the claims of a fact as they are told, and counted out again as they fall: figures,
voices, and which claim to quote. Pure; no I/O.

What comes out is what `service.facts.agreement` makes of the same claims at once.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from service.facts.agreement import PRECISION, Preferred, Range, Voice, or_zero, quality
from service.facts.values import ClaimView, ValueKey, as_of_day, stated, value_key

Ranked = tuple[tuple[Any, ...], ClaimView]


class Tally:
    """Of claims that stand, and that all assert or all deny."""

    def __init__(self) -> None:
        self.claims: dict[int, ClaimView] = {}  # by their numbers
        self.figures = 0  # of them are figures
        self.numbers: dict[Decimal, int] = defaultdict(int)
        self.span: Range | None = None
        # value → who says so, by how many claims; values that agree, by how many relations
        self.own: dict[ValueKey, dict[Voice, int]] = defaultdict(counts)
        self.agreeing: dict[ValueKey, dict[ValueKey, int]] = defaultdict(counts)
        self.board: Board | None = None

    def add(self, number: int, claim: ClaimView, voice: Voice) -> None:
        self.claims[number] = claim
        if is_figure(claim):
            self.figures += 1
            if self.figures == 1:
                self.board = None  # a figure goes before bare bounds
        for amount in numbers(claim):
            self.numbers[amount] += 1
            if self.span is None:
                self.span = Range(amount, amount)
            elif not self.span.lower <= amount <= self.span.upper:
                self.span = Range(min(amount, self.span.lower), max(amount, self.span.upper))
        key = value_key(claim)
        self.own[key][voice] += 1
        if self.board is not None:
            if is_figure(claim) or not self.figures:
                self.board.add(claim)
            if self.own[key][voice] == 1:
                self.board.unsettled.update((key, *self.agreeing[key]))

    def remove(self, number: int, voice: Voice) -> None:
        claim = self.claims.pop(number)
        self.figures -= is_figure(claim)
        for amount in numbers(claim):
            less(self.numbers, amount)
        self.span = Range(min(self.numbers), max(self.numbers)) if self.numbers else None
        less(self.own[value_key(claim)], voice)
        self.board = None

    def agree(self, one: ClaimView, other: ClaimView, times: int) -> None:
        """Counts a relation of two of the claims in, or (times -1) out."""
        mine, theirs = value_key(one), value_key(other)
        for key, agreeing in {(mine, theirs), (theirs, mine)}:
            known = self.agreeing[key][agreeing]
            if times < 0:
                less(self.agreeing[key], agreeing)
                self.board = None
                continue
            self.agreeing[key][agreeing] += 1
            if not known and self.board is not None:
                self.board.unsettled.add(key)

    def preferred(self, some_withdrawn: bool) -> Preferred:
        """The claim to quote; there has to be one."""
        if self.board is None:
            self.board = Board()
            for claim in self.claims.values():
                if is_figure(claim) or not self.figures:
                    self.board.add(claim)
            self.board.unsettled.update(self.own)
        board = self.board
        if board.totals:
            rank, best = board.total()
            reasons = {"latest": board.totals > 1, "total": True, "highest": board.least < rank[0]}
        else:
            best = board.most_backed(self.backing)
            reasons = {}
        reasons["corroborated"] = self.backing(value_key(best)) > 1
        reasons["attributed"] = best.origin is not None
        reasons["exact"] = best.qualifier == "exact"
        reasons["not_retracted"] = some_withdrawn
        return Preferred(best.id, tuple(name for name, holds in reasons.items() if holds))

    def backing(self, key: ValueKey) -> int:
        """How many voices say a value, or one that agrees with it."""
        voices = set(self.own[key])
        return len(voices.union(*(self.own[other] for other in self.agreeing[key])))


class Board:
    """The figure to quote, among claims that only become more: as `agreement._preferred` chooses it."""

    def __init__(self) -> None:
        self.totals = 0
        self.day: date | None = None
        self.best: Ranked  # the highest total of the last day; there is one if there are totals
        self.least = Decimal(0)
        self.since: dict[date, Ranked] = {}  # the highest total told on a day after the last
        self.leads: dict[ValueKey, Ranked] = {}  # the claim that stands for a value
        self.unsettled: set[ValueKey] = set()  # values that may be backed by more, or have another lead
        self.backed: tuple[Any, ...] = ()  # rank and value of the one that most voices back

    def add(self, claim: ClaimView) -> None:
        rank, key = quality(claim), value_key(claim)
        if key not in self.leads or self.leads[key][0] < rank:
            self.leads[key] = (rank, claim)
            self.unsettled.add(key)
        if claim.extent != "cumulative":
            return
        self.totals += 1
        day, figure = as_of_day(claim), or_zero(stated(claim))
        one = ((figure, *rank), claim)
        if self.day is None or day > self.day:
            self.day, self.best, self.least = day, one, figure
            self.since = {told: other for told, other in self.since.items() if told > day}
        elif day == self.day:
            self.best = max(self.best, one, key=lambda entry: entry[0])
            self.least = min(self.least, figure)
        told = claim.reported_at.date()
        if told > self.day:
            self.since[told] = max(self.since.get(told, one), one, key=lambda entry: entry[0])

    def total(self) -> Ranked:
        """Rank and claim of the total to quote."""
        (figure, *_), best = self.best
        after = best.reported_at.date()
        higher = [one for told, one in self.since.items() if told > after and one[0][0] > figure]
        return max(higher, key=lambda one: one[0], default=self.best)

    def most_backed(self, backing: Any) -> ClaimView:
        """A value never loses a voice here, so only those that may have won one are looked at again."""
        for key in self.unsettled & self.leads.keys():
            place = (backing(key), self.leads[key][0])
            if not self.backed or self.backed[0] <= place:
                self.backed = (place, key)
        self.unsettled.clear()
        return self.leads[self.backed[1]][1]


def is_figure(claim: ClaimView) -> bool:
    return claim.amount is not None and claim.qualifier in PRECISION


def numbers(claim: ClaimView) -> list[Decimal]:
    return [one for one in (claim.amount, claim.lower, claim.upper) if one is not None]


def counts() -> dict[Any, int]:
    """As a Counter, which takes three times as long to make: most count one or two things."""
    return defaultdict(int)


def less(counter: dict[Any, int], key: Any) -> None:
    counter[key] -= 1
    if not counter[key]:
        del counter[key]

"""Which claims of a fact are held against each other: the choice that keeps the relations of a fact of very
many claims proportional to them. Pure; no I/O.

A claim is held against some of those that were told before it. What is told later never takes a pair away, so
the relations as of a time are the first of the relations, and a claim more costs a few of them.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from service.facts.relations import one_value
from service.facts.values import (
    ClaimView,
    as_of_day,
    extent_key,
    group_key,
    speaker,
    stated,
    value_key,
)
from service.facts.words import counted

ALL_PAIRS_LIMIT = 40
NEIGHBOURS = 2  # on either side
TAKES_BACK = frozenset({"retracted", "denied"})


def pairs(claims: Sequence[ClaimView]) -> list[tuple[ClaimView, ClaimView]]:
    """Of claims in telling order, as first told."""
    pairing = Pairing()
    return [(claims[other], claim) for claim in claims for other in sorted(pairing.add(claim))]


def signature(claim: ClaimView) -> object:
    """What clauses look at: claims alike in it stand alike to all others, but for those of their article."""
    polarity = claim.modality if claim.modality in TAKES_BACK else ""
    scope = (claim.predicate, extent_key(claim), claim.extent, group_key(claim.group), claim.place)
    days = (as_of_day(claim), claim.time_start, claim.time_end, claim.precision)
    about = (claim.subject, claim.object, claim.inferred, counted(claim.value_text), claim.named)
    return (value_key(claim), scope, days, about, polarity, speaker(claim))


class Pairing:
    """The claims told so far, by their numbers, in the orders in which the next one finds its place.

    Up to ALL_PAIRS_LIMIT claims it is held against all of them. Later only the first of those alike, one
    standing for all; if it is the first itself, it is held against all such while they are as few, and then
    against

    - the NEIGHBOURS on either side in value and in time, and the first and the last in both,
    - the highest figure of any day before its own, the lowest of any day after, both of its own day: if a
      total of one day exceeds that of a later one, these do,
    - the last of its speaker, whose slip it may be.

    A retraction or denial is held against all that its speaker said of that value, before or after.
    """

    def __init__(self) -> None:
        self.claims: list[ClaimView] = []
        self.alike: dict[object, int] = {}
        self.unplaced: list[
            int
        ] = []  # the first of those alike, until there are so many that orders are used
        self.by_value: list[tuple[Decimal, int]] = []
        self.by_day: list[tuple[date, int]] = []
        self.highest, self.lowest = Staircase(), Staircase()
        self.of_day: dict[date, tuple[tuple[Decimal, int], tuple[Decimal, int]]] = {}
        self.last: dict[tuple[str, str], int] = {}
        # what each speaker said, what of it takes something back, and how much had been said when it did
        self.said: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.retractions: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.taken_back: dict[object, int] = {}

    def add(self, claim: ClaimView) -> Collection[int]:
        """The numbers of earlier claims to hold this one against; it gets the next number."""
        number = len(self.claims)
        self.claims.append(claim)
        if number < ALL_PAIRS_LIMIT:
            return range(number)  # most facts stay with these, and need no orders
        if number == ALL_PAIRS_LIMIT:
            for earlier in range(number):
                self.note(earlier, signature(self.claims[earlier]))
        sign = signature(claim)
        lead = self.alike.setdefault(sign, number)
        if lead != number:
            chosen = {lead}
        elif len(self.alike) <= ALL_PAIRS_LIMIT:
            chosen = set(self.alike.values())
        else:
            chosen = self.near(claim)
        chosen.update(self.taken(claim, sign))
        self.note(number, sign)
        return chosen - {number}

    def note(self, number: int, sign: object) -> None:
        """Puts a claim where later ones look."""
        claim = self.claims[number]
        leads = self.alike.setdefault(sign, number) == number
        if leads:
            self.unplaced.append(number)
        voice = speaker(claim)
        self.said[voice].append(number)
        if claim.modality in TAKES_BACK:
            self.taken_back[sign] = len(self.said[voice])
            if leads:
                self.retractions[voice].append(number)

    def near(self, claim: ClaimView) -> set[int]:
        for number in self.unplaced:
            self.place(self.claims[number], number)
        self.unplaced.clear()
        day, figure = as_of_day(claim), stated(claim)
        found = beside(self.by_day, day)
        if figure is not None:
            found += beside(self.by_value, figure)
            found += self.highest.before(day.toordinal())
            found += self.lowest.before(-day.toordinal())
            found += [end[1] for end in self.of_day.get(day, ())]
        if (last := self.last.get(speaker(claim))) is not None:
            found.append(last)
        return set(found)

    def taken(self, claim: ClaimView, sign: object) -> list[int]:
        """What the claim takes back, or what took it back."""
        said = self.retractions[speaker(claim)]
        if claim.modality in TAKES_BACK:
            # what was said before one alike, that one has taken back
            said = self.said[speaker(claim)][self.taken_back.get(sign, 0) :]
        return [other for other in said if one_value(claim, self.claims[other])]

    def place(self, claim: ClaimView, number: int) -> None:
        day, figure = as_of_day(claim), stated(claim)
        self.last[speaker(claim)] = number
        insort(self.by_day, (day, number))
        if figure is None:
            return
        insort(self.by_value, (figure, number))
        self.highest.add(day.toordinal(), figure, number)
        self.lowest.add(-day.toordinal(), -figure, number)
        own = (figure, number)
        low, high = self.of_day.get(day, (own, own))
        self.of_day[day] = (min(low, own), max(high, own))


def beside(places: Sequence[tuple[Any, int]], value: Any) -> list[int]:
    """Those next to a value in an order, and its ends."""
    at = bisect_right(places, value, key=itemgetter(0))
    return [one[1] for one in (*places[max(0, at - NEIGHBOURS) : at + NEIGHBOURS], *places[:1], *places[-1:])]


class Staircase:
    """Of points (day, height) those that no point of the same or an earlier day reaches: from step to step
    both grow, so the highest of the days before any is found by bisection."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, Decimal, int]] = []

    def before(self, day: int) -> list[int]:
        """The number of the highest before a day, if there is one."""
        at = bisect_left(self.steps, (day,))
        return [self.steps[at - 1][2]] if at else []

    def add(self, day: int, height: Decimal, number: int) -> None:
        at = bisect_left(self.steps, (day + 1,))
        if at and self.steps[at - 1][1] >= height:
            return
        end = at
        while end < len(self.steps) and self.steps[end][1] <= height:
            end += 1
        start = at - 1 if at and self.steps[at - 1][0] == day else at
        self.steps[start:end] = [(day, height, number)]

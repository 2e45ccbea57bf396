"""The verdict over a fact after each publication about it, in one pass over its claims. Pure; no I/O.

`assess` looks at all claims for one time. Asked for every time in turn it would relate and count them over
and over, and a fact of two hundred claims would take seconds each time one is added. Here claims are added
one by one, and what they change is kept: which relations there are, who agrees with whom, which figure leads,
which claims a retraction pulled down. What comes out is what `assess` says of that time, to the letter.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

import msgspec

from service.facts.agreement import (
    Memo,
    Preferred,
    Range,
    Standing,
    Voices,
    as_first_told,
    stand,
    verdict_of,
)
from service.facts.pairs import TAKES_BACK, Pairing
from service.facts.relations import AGREES, DISPUTES, RULE, Relation, relate
from service.facts.tally import Tally, numbers
from service.facts.values import ClaimView, telling_order

Verdicts = list[tuple[datetime, Standing]]


def judged(
    claims: Iterable[ClaimView], since: datetime | None = None, memo: Memo | None = None
) -> tuple[Verdicts, "State | None"]:
    """The verdict at each time of publication, from `since` on, in their order, the last being that of now;
    and what has the relations as of now, and more claims can be told to later: None where one claim stands
    alone.

    `memo` holds relations that were decided for these very claims before. Claims that were taken back here
    are not stored, and expected not to be among them.
    """
    ordered = sorted(claims, key=telling_order)
    if len(ordered) == 1 and ordered[0].modality not in TAKES_BACK:
        return [(ordered[0].reported_at, _alone(ordered[0]))], None
    state = State({} if memo is None else memo)
    return state.tell(ordered, since), state


def _alone(claim: ClaimView) -> Standing:
    """The verdict over one claim, as most facts have: nothing to relate it to, nobody else to count."""
    status, because = verdict_of(None, False, False, 1)
    amounts = numbers(claim)
    reasons = {
        "total": claim.extent == "cumulative",
        "attributed": claim.origin is not None,
        "exact": claim.qualifier == "exact",
    }
    return Standing(
        status=status,
        because=because,
        claims=1,
        articles=1,
        independent_attributions=1,
        range=Range(min(amounts), max(amounts)) if amounts else None,
        preferred=Preferred(claim.id, tuple(name for name, holds in reasons.items() if holds)),
        rule=RULE,
    )


class Growth(msgspec.Struct, frozen=True):
    """What more claims made of a fact: the verdicts since the first of them, and relations that are new."""

    verdicts: Verdicts
    fresh: list[Relation]


def both(one: ClaimView, other: ClaimView) -> tuple[str, str]:
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


class State:
    """All claims told so far, and what follows from them. Claims go by their numbers in telling order;
    relations by the ids of both claims, the lesser first. `fresh` are those that were decided, and not known
    before, since claims were told last."""

    def __init__(self, memo: Memo) -> None:
        self.memo = memo
        self.last: ClaimView | None = None
        self.articles: dict[str, ClaimView] = {}  # one claim of each
        self.copied: set[str] = set()  # articles of which a reprint was told
        self.pairing = Pairing()
        self.claims = self.pairing.claims  # as first told
        self.numbers: dict[str, int] = {}
        self.voices = Voices()
        self.relations: Memo = {}
        self.fresh: list[Relation] = []
        self.held_against: list[list[int]] = []  # by number, with which others there is a relation
        # of claims that stand, by whether they deny: what fell is in neither
        self.tallies: dict[bool, Tally] = defaultdict(Tally)
        self.fallen: set[int] = set()
        self.fallen_named = 0
        self.live_named = 0
        self.heard: dict[tuple[str, str], int] = defaultdict(int)
        self.updates = 0
        self.across = 0  # relations in which two voices agree
        self.disputes: dict[tuple[str, str], str] = {}
        self.first_dispute: tuple[str, str] | None = None

    def tell(self, claims: Sequence[ClaimView], since: datetime | None = None) -> Verdicts:
        """Adds the next of the claims; the verdict at each time of publication from `since` on."""
        first_told = iter(self.as_first_told(claims))
        found = []
        for when, several in groupby(claims, key=lambda c: c.reported_at):
            for claim in several:
                self.add(claim, next(first_told))
            if since is None or when >= since:
                found.append((when, self.standing()))
        self.memo = {}
        return found

    def as_first_told(self, claims: Sequence[ClaimView]) -> Sequence[ClaimView]:
        if all(claim.reprint_of is None for claim in claims):
            return claims
        return as_first_told([*self.articles.values(), *claims])[len(self.articles) :]

    def more(self, claims: Iterable[ClaimView]) -> Growth | None:
        """What claims of other articles make of it that were published later; None, and nothing is changed,
        where they were not, or are the originals of reprints that were told."""
        new = sorted(claims, key=telling_order)
        later = self.last is not None and telling_order(self.last) < telling_order(new[0])
        if not later or any(c.article in self.articles or c.article in self.copied for c in new):
            return None
        self.fresh = []
        return Growth(self.tell(new), self.fresh)

    def add(self, claim: ClaimView, told: ClaimView) -> None:
        self.last = claim
        self.articles.setdefault(claim.article, claim)
        if claim.reprint_of:
            self.copied.add(claim.reprint_of)
        number = len(self.claims)
        self.numbers[claim.id] = number
        before = self.pairing.add(told)
        self.held_against.append([])
        self.change_voices(self.voices.add(told))
        if told.modality == "retracted":
            self.fallen.add(number)
            self.fallen_named += told.origin is not None
        else:
            self.count(number, 1)
        for other in sorted(before):
            self.relate(self.claims[other], told, other, number)

    def relate(self, old: ClaimView, new: ClaimView, other: int, number: int) -> None:
        pair = both(old, new)
        relation = self.memo.get(pair)
        if relation is None:
            relation = relate(old, new)
            self.fresh.append(relation)
        self.relations[pair] = relation
        self.held_against[other].append(number)
        self.held_against[number].append(other)
        if number not in self.fallen and other not in self.fallen:
            self.weigh(old, new, relation, 1)
        if relation.type == "retracts":
            self.fall(self.numbers[relation.to])

    def fall(self, number: int) -> None:
        """What was said is withdrawn by whoever said it."""
        if number in self.fallen:
            return
        self.reckon(number, -1)
        self.fallen.add(number)
        self.fallen_named += self.claims[number].origin is not None

    def change_voices(self, before: dict[str, tuple[str, str]]) -> None:
        """Earlier claims turned out to be others' voices than `before`. One after the other: relations
        between two of them were counted by what both were."""
        now = {one: self.voices.of[one] for one in before}
        self.voices.of.update(before)
        for one, voice in now.items():
            number = self.numbers[one]
            if number in self.fallen:
                self.voices.of[one] = voice
                continue
            self.reckon(number, -1)
            self.voices.of[one] = voice
            self.reckon(number, 1)

    # --- what follows from claims and relations ---

    def reckon(self, number: int, times: int) -> None:
        """Counts a claim that stands, with its relations, in (1) or out (-1)."""
        claim = self.claims[number]
        if times > 0:
            self.count(number, times)
        for one in self.held_against[number]:
            if one not in self.fallen:
                other = self.claims[one]
                self.weigh(claim, other, self.relations[both(claim, other)], times)
        if times < 0:
            self.count(number, times)

    def count(self, number: int, times: int) -> None:
        claim = self.claims[number]
        voice = self.voices.of[claim.id]
        self.live_named += times * (claim.origin is not None)
        self.heard[voice] += times
        if not self.heard[voice]:
            del self.heard[voice]
        tally = self.tallies[claim.modality == "denied"]
        if times > 0:
            tally.add(number, claim, voice)
        else:
            tally.remove(number, voice)

    def weigh(self, one: ClaimView, other: ClaimView, relation: Relation, times: int) -> None:
        if relation.type == "update_of":
            self.updates += times
        elif relation.type in AGREES:
            self.across += times * (self.voices.of[one.id] != self.voices.of[other.id])
            if (denied := one.modality == "denied") == (other.modality == "denied"):
                self.tallies[denied].agree(one, other, times)
        elif relation.type in DISPUTES:
            place = (relation.from_, relation.to)
            if times > 0:
                self.disputes[place] = relation.because
                if self.first_dispute is not None:
                    self.first_dispute = min(self.first_dispute, place)
            else:
                del self.disputes[place]
                if place == self.first_dispute:
                    self.first_dispute = None

    # --- the verdict ---

    def standing(self) -> Standing:
        asserted = self.tallies[False]
        held = asserted if asserted.claims else self.tallies[True]
        if not held.claims or (self.fallen_named and not self.live_named):
            return self.from_all_claims()
        dispute = None
        if self.disputes:
            if self.first_dispute is None:
                self.first_dispute = min(self.disputes)
            dispute = self.disputes[self.first_dispute]
        status, because = verdict_of(dispute, self.updates > 0, self.across > 0, len(self.heard))
        return Standing(
            status=status,
            because=because,
            claims=len(self.claims),
            articles=len(self.articles),
            independent_attributions=len(self.heard),
            range=held.span,
            preferred=held.preferred(bool(self.fallen)),
            rule=RULE,
        )

    def from_all_claims(self) -> Standing:
        """Where nobody is left, or nobody with a name, it depends on what was withdrawn."""
        live = [claim for number, claim in enumerate(self.claims) if number not in self.fallen]
        fallen = [self.claims[number] for number in sorted(self.fallen)]
        return stand(self.claims, live, fallen, self.ordered(), self.voices.of)

    def ordered(self) -> list[Relation]:
        """The relations by their ends."""
        return sorted(self.relations.values(), key=lambda r: (r.from_, r.to))

"""How claims stand to a figure that somebody asks about, by the clauses of the rule. Pure; no I/O."""

from datetime import date
from decimal import Decimal

import msgspec

from service.facts.relations import (
    CLAUSES,
    decided,
    other_count,
    other_incident,
    two_figures,
    unknown_occasion,
)
from service.facts.values import ClaimView

# A question is about what a claim is about, however little the claim says of that.
TOLD_APART = (other_incident, other_count, two_figures, unknown_occasion)


class Support(msgspec.Struct, frozen=True):
    """How a claim stands to a figure somebody asks about."""

    type: str
    clause: str
    because: str


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """A value somebody asks about, said by nobody. What is left null is taken from the claim it is held
    against."""

    amount: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    qualifier: str = "exact"
    unit: str | None = None
    extent: str | None = None
    group: str | None = None
    day: date | None = None


def supports(claimed: Claimed, claim: ClaimView) -> Support:
    """How a claim stands to a value that somebody asks about, by the same clauses.

    The value is said by nobody, so no clause about speakers can hold; what the question leaves open (day,
    extent, group, unit) is read as the claim has it. A retracted claim is related like any other: the
    caller says that it was withdrawn. A denied claim contradicts the value it denies.
    """
    day = claimed.day
    asked = msgspec.structs.replace(
        claim,
        id="",
        article="",
        source="",
        origin=None,
        reprint_of=None,
        position=0,
        modality="asserted",
        value_text=None,
        amount=claimed.amount,
        lower=claimed.lower,
        upper=claimed.upper,
        qualifier=claimed.qualifier,
        unit=claimed.unit or claim.unit,
        extent=claimed.extent or claim.extent,
        group=claimed.group or claim.group,
        time_start=day or claim.time_start,
        time_end=day or claim.time_end,
        precision="day" if day else claim.precision,
    )
    # A retraction says nothing against what others say: its value alone is held against the question.
    spoken = msgspec.structs.replace(claim, modality="asserted") if claim.modality == "retracted" else claim
    relation = decided(asked, spoken, [clause for clause in CLAUSES if clause not in TOLD_APART])
    return Support(relation.type, relation.clause, relation.because)

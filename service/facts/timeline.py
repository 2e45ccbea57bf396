"""How a figure came about: what each claim of a fact did to the figure that stood before it. Pure; no I/O."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice

import msgspec

from service.facts.agreement import Value, as_first_told, value_of, voices
from service.facts.relations import AGREES, DISPUTES, Relation, relate
from service.facts.values import ClaimView, show, speaker_name, telling_order, value_key

# A figure may be the repeat of so many values told last before it counts as a rival; keeps long facts linear.
LOOK_BACK = 40


class Step(msgspec.Struct, frozen=True):
    """One step. at: when it was published (for an article taken back here: when that was done).

    label: first, update (a running total went on), correction (one voice changed its figure, or a slip),
    rival (another voice contradicts), repeat (it agrees with what was said), retraction (a figure was
    withdrawn). compared_to: the earlier claim that decided the label, null for the first. relation: how the
    two stand.
    """

    at: datetime
    claim: str
    label: str
    value: Value | None
    compared_to: str | None
    relation: str | None
    because: str


def timeline(claims: Iterable[ClaimView]) -> list[Step]:
    """The steps of a fact in the order of publication, one per claim, and one per claim taken back here.

    Each claim is held against the figure in force: the last first, update or correction, or the finer
    figure of a repeat. A rival does not take its place, since no voice goes before another. A step depends
    on nothing told after it, so the timeline as of a day is the beginning of the timeline.
    """
    ordered = sorted(claims, key=telling_order)
    told = as_first_told(ordered)
    voice = voices(told)
    figures: list[ClaimView] = []
    latest: dict[object, ClaimView] = {}
    own: dict[tuple[str, str], ClaimView] = {}
    rivals: set[str] = set()
    steps: list[Step] = []
    for real, claim in zip(ordered, told, strict=True):
        current, relation = _in_force(claim, figures)
        label, against, relation, because = _label(claim, current, relation, latest, own, rivals, voice)
        refined = label == "repeat" and against is current and _refines(claim, relation)
        corrected = label == "correction" and current and voice[claim.id] == voice[current.id]
        if label in ("first", "update") or refined or corrected:
            figures.append(claim)
        if label == "rival" or (label == "repeat" and against is not None and against.id in rivals):
            rivals.add(claim.id)
        steps.append(_step(real, real.reported_at, label, against, relation, because))
        if real.withdrawn_at is not None:
            because = "its article was taken back"
            steps.append(_step(real, real.withdrawn_at, "retraction", real, None, because))
        if claim.modality not in ("retracted", "denied"):
            own[voice[claim.id]] = claim
        key = (value_key(claim), claim.modality == "denied")
        latest.pop(key, None)  # so that the dict is in the order of last mention
        latest[key] = claim
    return sorted(steps, key=lambda step: step.at)


Labelled = tuple[str, ClaimView | None, Relation | None, str]


def _label(
    claim: ClaimView,
    current: ClaimView | None,
    relation: Relation | None,
    latest: dict[object, ClaimView],
    own: dict[tuple[str, str], ClaimView],
    rivals: Collection[str],
    voice: dict[str, tuple[str, str]],
) -> Labelled:
    """The label of a claim, the claim it is compared to, their relation, and why."""
    if current is None or relation is None:
        withdrawn = ", reported as withdrawn" if claim.modality == "retracted" else ""
        counted = claim.kind == "quantity"
        because = f"the first of its scope: {show(claim)}" if counted else "the first to say so"
        return "first", None, None, f"{because}{withdrawn}"
    if relation.type == "retracts" and relation.from_ == claim.id:
        return "retraction", current, relation, relation.because
    if claim.modality == "retracted":
        meant = relation.type in AGREES
        what = f"its figure of {show(claim)}" if claim.kind == "quantity" else "what it had said"
        because = f"{speaker_name(claim)} withdrew {what}"
        return "retraction", current if meant else None, relation if meant else None, because
    if relation.type in AGREES:
        return "repeat", current, relation, relation.because
    if (mine := own.get(voice[claim.id])) is not None:
        changed = relate(claim, mine)
        if changed.type in DISPUTES:
            return "correction", mine, changed, changed.because
        if mine.id in rivals and changed.type in AGREES:
            return "repeat", mine, changed, changed.because
    if relation.type == "possible_transcription" or (
        relation.type in DISPUTES and voice[claim.id] == voice[current.id]
    ):
        return "correction", current, relation, relation.because
    if relation.type == "update_of" and relation.from_ == claim.id:
        return "update", current, relation, relation.because
    same = latest.get((value_key(claim), claim.modality == "denied"))
    for other in filter(None, (same, *islice(reversed(latest.values()), LOOK_BACK))):
        if (said := relate(claim, other)).type in ("equal", "rounding_of"):
            return "repeat", other, said, said.because
    if relation.type in DISPUTES:
        return "rival", current, relation, relation.because
    return "repeat", current, relation, f"an earlier state told later: {relation.because}"


def _in_force(claim: ClaimView, figures: list[ClaimView]) -> tuple[ClaimView | None, Relation | None]:
    """The last figure about the same scope as the claim, and how the claim stands to it."""
    for figure in reversed(figures):
        if (relation := relate(claim, figure)).type != "scope_differs":
            return figure, relation
    return None, None


def _refines(claim: ClaimView, relation: Relation | None) -> bool:
    """Whether the claim says more exactly what stood there: 7,939 after "almost 8,000", 2,500 after
    "thousands"."""
    if relation is None or relation.type not in ("rounding_of", "bound_compatible"):
        return False
    return relation.to == claim.id


def _step(
    claim: ClaimView,
    at: datetime,
    label: str,
    against: ClaimView | None,
    relation: Relation | None,
    because: str,
) -> Step:
    return Step(
        at=at,
        claim=claim.id,
        label=label,
        value=value_of(claim),
        compared_to=against.id if against is not None else None,
        relation=relation.type if relation is not None else None,
        because=because,
    )

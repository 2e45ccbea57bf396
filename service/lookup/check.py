"""Does what sources say support a figure? Pure; the clauses are those of the agreement rule.

It reports what is claimed. It does not say what is true.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from service.facts.agreement import Claimed, assess, supports
from service.facts.relations import AGREES, DISPUTES, RULE
from service.facts.values import FIGURES, ClaimView, as_of_day, extent_key, group_key, stated

Verdict = Literal["supported", "compatible", "contradicted", "mixed", "unknown"]
Stand = Literal["supports", "compatible", "contradicts", "set_aside"]
CLOSEST = 3


class Judged(msgspec.Struct, frozen=True):
    """How one claim stands to the figure, by which clause and why. A withdrawn claim is listed and counts
    for nothing."""

    claim: str
    stand: Stand
    type: str
    clause: str
    because: str
    withdrawn: bool


class Checked(msgspec.Struct, frozen=True):
    """`extent` and `group`: the scope in which the figure was read; `inferred` when the question left it
    open."""

    verdict: Verdict
    because: str
    judged: tuple[Judged, ...]
    closest: tuple[str, ...]
    extent: str | None
    group: str | None
    inferred: bool
    rule: str = RULE


def check(
    claimed: Claimed, facts: Sequence[Sequence[ClaimView]], withdrawn: Collection[str] | None = None
) -> Checked:
    """The verdict over the claims of the facts that a figure may be about, the likeliest fact first.

    The figure is read as one of them: a figure whose scope is left open as the first, unless none of its
    claims agrees and a later fact has the figure: "1,678 arrests in Almaty" is the day's increase. The claims
    of the other facts are set aside. A figure whose day is left open is read as of the day of the claims that
    agree with it, else of the newest: a total that has grown since does not contradict it.
    withdrawn: ids of the claims that no longer stand; left out, they are found here.
    """
    if withdrawn is None:
        verdicts = [assess(views) for views in facts]
        withdrawn = {one for verdict in verdicts if verdict for one in verdict.withdrawn}
    stands = {
        index: _judge(claimed, views, withdrawn)
        for index, views in enumerate(facts)
        if views and _fits(claimed, views[0])
    }
    best = _read_as(claimed, facts, stands)
    judged: list[Judged] = []
    for index, views in enumerate(facts):
        if index == best:
            judged += stands[index]
        else:
            judged += [_set_aside(claimed, view, view.id in withdrawn) for view in views]
    verdict, because = _verdict(judged)
    lead = facts[best][0] if best is not None else None
    return Checked(
        verdict,
        because,
        tuple(judged),
        _closest(claimed, [view for views in facts for view in views]),
        lead.extent if lead else claimed.extent,
        lead.group if lead else claimed.group,
        claimed.extent is None,
    )


def _fits(claimed: Claimed, view: ClaimView) -> bool:
    extent = "total" if claimed.extent == "cumulative" else claimed.extent
    if extent is not None and extent_key(view) != extent:
        return False
    return claimed.group is None or group_key(view.group) == group_key(claimed.group)


def _read_as(
    claimed: Claimed, facts: Sequence[Sequence[ClaimView]], fitting: Mapping[int, Sequence[Judged]]
) -> int | None:
    """Which fact the figure is about, given how the claims of those in its scope stand to it. An open bound
    ("hundreds") allows any figure, so only the first fact may claim it by one."""
    first = next(iter(fitting), None)
    open_bound = claimed.qualifier != "range" and (claimed.lower is None or claimed.upper is None)
    for wanted in ({"supports"}, {"supports", "compatible"}):
        for index, judged in fitting.items():
            if open_bound and len(wanted) > 1 and index != first:
                continue  # "fewer than 5,000" allows every small figure, whatever that counts
            figures = {view.id for view in facts[index] if view.qualifier in FIGURES or index == first}
            stands = {one.stand for one in judged if not one.withdrawn and one.claim in figures}
            if stands & wanted:
                return index
    return first


def _judge(claimed: Claimed, views: Sequence[ClaimView], withdrawn: Collection[str]) -> list[Judged]:
    """Each claim against the figure on one day."""
    if claimed.day is None:
        agreeing = [view for view in views if supports(_on(claimed, view), view).type in AGREES]
        live = [view for view in agreeing if view.id not in withdrawn] or agreeing or list(views)
        day = max((as_of_day(view) for view in live), default=None)
        claimed = msgspec.structs.replace(claimed, day=day)
    found = []
    for view in views:
        near = supports(claimed, view)
        stand: Stand = "set_aside"
        if near.type == "equal":
            stand = "supports"
        elif near.type in AGREES:
            stand = "compatible"
        elif near.type in DISPUTES:
            stand = "contradicts"
        found.append(Judged(view.id, stand, near.type, near.clause, near.because, view.id in withdrawn))
    return found


def _on(claimed: Claimed, view: ClaimView) -> Claimed:
    return msgspec.structs.replace(claimed, day=as_of_day(view))


def _set_aside(claimed: Claimed, view: ClaimView, withdrawn: bool) -> Judged:
    asked = msgspec.structs.replace(
        claimed, extent=claimed.extent or "cumulative", day=claimed.day or as_of_day(view)
    )
    near = supports(asked, view)
    if near.type == "scope_differs":
        return Judged(view.id, "set_aside", near.type, near.clause, near.because, withdrawn)
    because = "it counts something else than the figure does"
    return Judged(view.id, "set_aside", "scope_differs", "scope", because, withdrawn)


def _verdict(judged: Sequence[Judged]) -> tuple[Verdict, str]:
    counts = {stand: 0 for stand in ("supports", "compatible", "contradicts")}
    for one in judged:
        if not one.withdrawn and one.stand in counts:
            counts[one.stand] += 1
    told = (
        f"stated by {counts['supports']}, allowed by {counts['compatible']}, "
        f"contradicted by {counts['contradicts']} of the claims that stand"
    )
    if counts["contradicts"] and (counts["supports"] or counts["compatible"]):
        return "mixed", told
    if counts["supports"]:
        return "supported", told
    if counts["compatible"]:
        return "compatible", told
    if counts["contradicts"]:
        return "contradicted", told
    if any(one.withdrawn for one in judged):
        return "unknown", "only withdrawn claims speak of it"
    return "unknown", "no claim speaks of it"


def _closest(claimed: Claimed, views: Sequence[ClaimView]) -> tuple[str, ...]:
    """The claims whose figures are nearest to the one asked about, whatever they count."""
    ends = [end for end in (claimed.amount, claimed.lower, claimed.upper) if end is not None]
    if not ends:
        return ()
    figure = claimed.amount if claimed.amount is not None else sum(ends, Decimal(0)) / len(ends)
    numbered = [(abs(number - figure), view.id) for view in views if (number := stated(view)) is not None]
    return tuple(claim for _, claim in sorted(numbered)[:CLOSEST])

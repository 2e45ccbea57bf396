"""Which claims belong to the fact of a place inside their own: one paper tells of the town, the other of the
country. Pure; no I/O.

Which two claims may be one is told in `service.facts.nested`. A claim moves only if one place fits best.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from service.facts.comparable import CASUALTIES, days_between
from service.facts.nested import (
    FAR_REPORT_DAYS,
    is_counted,
    names,
    told_for_country,
    told_from_farther_off,
)
from service.facts.values import ClaimView, extent_key, telling_order, valid_span

CANDIDATES = 40  # of one key and one day of publication, those told first
DAYS = [timedelta(days=days) for days in range(-FAR_REPORT_DAYS, FAR_REPORT_DAYS + 1)]


# --- totals ------------------------------------------------------------------------------------------------


def totals_told_farther_off(
    by_key: Mapping[str, Sequence[ClaimView]], told_in: Mapping[str, str]
) -> dict[str, ClaimView]:
    """By the id of each total that is told for a country and for a town in it, the claim of the town whose
    fact it joins. by_key: claims in telling order. told_in: as `grouping.group_claims` has it.

    Of several towns with the figure it is of the only one that it names, else of the innermost; two that are
    left leave it where it was. What is decided for a claim depends on those alone that it may be one with.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for key in by_key:
        if is_of_places(key):
            alike[without_place(key)].append(key)
    found: dict[str, ClaimView] = {}
    for keys in alike.values():
        if len(keys) > 1:
            for same in by_figure(by_key, keys):
                found |= told_of_towns(same, told_in)
    return {claim: last(found, town) for claim, town in found.items()}


def is_of_places(key: str) -> bool:
    """Whether claims with the key may be told for two places, one in the other."""
    predicate, extent, *rest = key.split("|")
    return extent == "total" and predicate in CASUALTIES and any(one.startswith("place=") for one in rest)


def by_figure(
    by_key: Mapping[str, Sequence[ClaimView]], keys: Sequence[str]
) -> list[dict[str, list[ClaimView]]]:
    """The claims of some keys, apart where their amounts differ; those with an amount that several keys
    have."""
    found: dict[Decimal, dict[str, list[ClaimView]]] = defaultdict(lambda: defaultdict(list))
    for key in keys:
        for claim in by_key[key]:
            if is_counted(claim) and claim.amount is not None:
                found[claim.amount][key].append(claim)
    return [same for same in found.values() if len(same) > 1]


def told_of_towns(
    same: Mapping[str, Sequence[ClaimView]], told_in: Mapping[str, str]
) -> dict[str, ClaimView]:
    """As `totals_told_farther_off`, of claims with one amount, by their keys."""
    told: dict[date, dict[str, list[ClaimView]]] = defaultdict(lambda: defaultdict(list))
    for key, claims in same.items():
        for claim in claims:
            of_day = told[claim.reported_at.date()][key]
            if len(of_day) < CANDIDATES:
                of_day.append(claim)
    found = {}
    for key, claims in same.items():
        for outer in claims:
            if told_in.get(outer.id) == key:
                continue
            near: dict[str, list[ClaimView]] = {}
            for days in DAYS:
                for other, several in told.get(outer.reported_at.date() + days, {}).items():
                    if other != key:
                        near.setdefault(other, []).extend(several)
            town = best_town(outer, near)
            if town is not None:
                found[outer.id] = town
    return found


def best_town(outer: ClaimView, near: Mapping[str, Sequence[ClaimView]]) -> ClaimView | None:
    """Of claims by their keys the one that a claim is one with; None where two keys fit as well."""
    fitting = []
    for inner in near.values():
        those = [claim for claim in inner if told_for_country(outer, claim)]
        if those:
            nearest = min(those, key=lambda claim: (days_between(outer, claim), telling_order(claim)))
            unnamed = nearest.place is None or not names(outer, nearest.place)
            fitting.append(((unnamed, -len(nearest.within)), nearest))
    best = min((rank for rank, _ in fitting), default=None)
    of_best = [claim for rank, claim in fitting if rank == best]
    return of_best[0] if len(of_best) == 1 else None


def last(found: Mapping[str, ClaimView], town: ClaimView) -> ClaimView:
    """Where a town's claim itself is one of a place within the town."""
    while town.id in found:
        town = found[town.id]
    return town


# --- increases ---------------------------------------------------------------------------------------------

Clusters = Sequence[tuple[str, Sequence[ClaimView]]]


def increases_told_farther_off(clusters: Clusters, placed: Collection[str]) -> dict[str, int]:
    """By the id of each increase told for a country the number of the cluster of the city it happened in.
    clusters: key and claims of each. placed: predicates whose facts are of a place.

    It moves only if one fact fits best: the innermost place, then the nearest day. Two cities with the
    figure each leave it where it was.
    """
    found: dict[str, int] = {}
    increases = [i for i, (_, claims) in enumerate(clusters) if is_increase(claims[0], placed)]
    if not increases:
        return found
    inside: dict[tuple[str, str, date], set[int]] = defaultdict(set)
    for i in increases:
        key, claims = clusters[i]
        for claim in claims:
            for outer in claim.within:
                inside[(without_place(key), outer, claim.reported_at.date())].add(i)
    for i in increases:
        key, claims = clusters[i]
        for claim in claims:
            near: set[int] = set()
            if claim.place is not None:
                for days in DAYS:
                    reported = claim.reported_at.date() + days
                    near |= inside.get((without_place(key), claim.place, reported), set())
            target = narrowest(claim, clusters, near - {i})
            if target is not None:
                found[claim.id] = target
    return found


def is_increase(claim: ClaimView, placed: Collection[str]) -> bool:
    return claim.kind == "quantity" and extent_key(claim) == "increment" and claim.predicate in placed


def narrowest(claim: ClaimView, clusters: Clusters, near: Collection[int]) -> int | None:
    fitting: list[tuple[int, int, int]] = []
    for i in near:
        inner = [c for c in clusters[i][1] if told_from_farther_off(claim, c)]
        if inner:
            distance = min(abs((valid_span(claim)[0] - valid_span(c)[0]).days) for c in inner)
            fitting.append((-len(inner[0].within), distance, i))
    fitting.sort()
    if not fitting or (len(fitting) > 1 and fitting[0][:2] == fitting[1][:2]):
        return None
    return fitting[0][2]


def without_place(key: str) -> str:
    return "|".join(part for part in key.split("|") if not part.startswith("place="))

"""Whether a figure told for a place is the one told for a place inside it. Pure; no I/O.

One paper names the town, the other the country. Different figures of a town and of its country are figures
of different things; docs/decisions/0043 says when one figure of both is one thing.
"""

from service.facts.comparable import CASUALTIES, days_between, shared_words, two_incidents
from service.facts.values import (
    FIGURES,
    LOWER_BOUNDS,
    ClaimView,
    extent_key,
    group_key,
    other_units,
    overlap,
    rounds,
    same_amount,
    same_bounds,
    telling_order,
)
from service.facts.words import counted, countries, is_of, towns

FAR_REPORT_DAYS = 2
STANDS = frozenset(("asserted", "reported", "alleged"))


def told_from_farther_off(outer: ClaimView, inner: ClaimView) -> bool:
    """Whether an increase reported for a country is the one reported for its city.

    "Nearly 1,700 more detained in Kazakhstan" a day after 1,678 in Almaty: the outer place contains the
    inner one, both are increases of the same group, reported within two days, and the figures are equal or
    a rounding.
    """
    if outer.place is None or outer.place not in inner.within or outer.predicate != inner.predicate:
        return False
    if extent_key(outer) != "increment" or extent_key(inner) != "increment":
        return False
    if group_key(outer.group) != group_key(inner.group) or other_units(outer, inner):
        return False
    if not reported_together(outer, inner):
        return False
    same = same_amount(outer, inner) or same_bounds(outer, inner)
    return same or rounds(outer, inner) or rounds(inner, outer)


def told_for_country(outer: ClaimView, inner: ClaimView) -> bool:
    """Whether a number of dead, injured, missing, hostages or homes told for a country is the one told for a
    town in it.

    "84 dead in France" and "at least 84 killed in Nice, France": the same number, hedged or not, but not
    "one"; reported within two days and about days as near; of the same people, not of two causes; and the
    titles and sentences have a word in common beside the places.
    """
    if outer.place == inner.place or not (is_counted(outer) and is_counted(inner)):
        return False
    if outer.predicate != inner.predicate or outer.amount != inner.amount:
        return False
    if extent_key(outer) != extent_key(inner) or group_key(outer.group) != group_key(inner.group):
        return False
    if not reported_together(outer, inner) or days_between(outer, inner) > FAR_REPORT_DAYS:
        return False
    if other_units(outer, inner) or counted(outer.value_text) != counted(inner.value_text):
        return False
    if not overlap(outer, inner) or not lies_in(inner, outer) or not shared_words(outer, inner):
        return False
    new, old = (outer, inner) if telling_order(outer) > telling_order(inner) else (inner, outer)
    return two_incidents(new, old) is None


def is_counted(claim: ClaimView) -> bool:
    """Whether it may be told of two places, one in the other."""
    return (
        claim.predicate in CASUALTIES
        and claim.place is not None
        and claim.amount is not None
        and claim.amount > 1
        and (claim.qualifier in FIGURES or claim.qualifier in LOWER_BOUNDS)
        and extent_key(claim) == "total"
        and claim.modality in STANDS
    )


def reported_together(one: ClaimView, other: ClaimView) -> bool:
    return abs((one.reported_at.date() - other.reported_at.date()).days) <= FAR_REPORT_DAYS


def lies_in(inner: ClaimView, outer: ClaimView) -> bool:
    """Whether the place of one claim is known to be in that of the other.

    As the store has it; of a place that the store has in no other, as the list of cities has it; of a place
    that neither knows, as the claims say: the one of the town names the country ("in Nice, France"), or the
    other the town, and no other country ("Algerians among dead in Nice").
    """
    if inner.place is None or outer.place is None:
        return False
    if inner.within:
        return outer.place in inner.within
    name, country = named(inner.place), countries().get(named(outer.place))
    if country is None or name in countries():
        return False
    if name in towns():
        return country in towns()[name]
    if names(inner, outer.place):
        return True
    lands = {countries()[word] for word in outer.named if word in countries()}
    return names(outer, inner.place) and lands <= {country}


def names(claim: ClaimView, place: str) -> bool:
    return any(is_of(word, place) for word in claim.named)


def named(place: str) -> str:
    return place.replace("-", " ")

"""How two claims of a fact stand to each other: the clauses of the rule `agreement-v1`. Pure; no I/O, no
clock.

`relate` asks an ordered list of clauses and the first that knows decides; the order carries meaning and is
explained at CLAUSES. docs/agreement.md tells the same to clients. A change of any outcome is a new version
of the rule, under a new name.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

import msgspec

from service.facts.comparable import (
    ONCE,
    PERIODICAL,
    different_days,
    is_inferred,
    not_one_count,
    one_article,
    one_day,
    one_occasion,
    one_telling,
    two_incidents,
    two_things,
)
from service.facts.nested import told_for_country, told_from_farther_off
from service.facts.values import (
    FIGURES,
    LOWER_BOUNDS,
    ClaimView,
    as_of_day,
    extent_key,
    group_key,
    interval,
    misread_digit,
    natural_ceiling,
    number,
    other_units,
    overlap,
    rounds,
    same_amount,
    same_bounds,
    show,
    shown,
    significant_digits,
    speaker,
    speaker_name,
    stated,
    telling_order,
    valid_span,
)

RULE = "agreement-v1"
AGREES = frozenset({"equal", "rounding_of", "bound_compatible"})
DISPUTES = frozenset({"contradicts", "possible_transcription"})
EXTENTS = {"total": "a total", "increment": "an increase", "subset": "a part of a larger figure"}
LOOSENESS = {"exact": 0, "nearly": 1, "about": 2, "range": 3}


class Relation(msgspec.Struct, frozen=True):
    """How one claim (from) stands to another (to), by which clause of the rule, and why in words.

    Direction: coarser → finer, later → earlier total, retraction → what it withdraws, subset → larger figure;
    where a relation has no direction of its own, the one told later → the one told earlier.
    """

    from_: str = msgspec.field(name="from")
    to: str
    type: str
    clause: str
    because: str


# --- the clauses: each sees the claim told later and the one told earlier, and answers or passes ---------


def other_predicate(new: ClaimView, old: ClaimView) -> Relation | None:
    """More than 2,000 injured and more than 2,000 soldiers: the same number of different things."""
    if (new.predicate, new.kind) == (old.predicate, old.kind):
        return None
    return _relation(new, old, "scope_differs", "predicate", "they are claims of different kinds")


def other_unit(new: ClaimView, old: ClaimView) -> Relation | None:
    """A withdrawal in 10 days and in 2 weeks: nothing is converted, so nothing is compared."""
    if not other_units(new, old):
        return None
    return _relation(new, old, "scope_differs", "units", f"{new.unit} and {old.unit} are not compared")


def other_extent(new: ClaimView, old: ClaimView) -> Relation | None:
    """1,678 new arrests and 12,000 in all; 207 in two markets and 7,939 in the country."""
    if new.kind != "quantity" or extent_key(new) == extent_key(old):
        return None
    part, whole = (old, new) if _partial(old) > _partial(new) else (new, old)
    because = f"{show(part)} is {EXTENTS[extent_key(part)]}, {show(whole)} {EXTENTS[extent_key(whole)]}"
    return _relation(part, whole, "scope_differs", "extent", because)


def other_group(new: ClaimView, old: ClaimView) -> Relation | None:
    """16 members of the security forces and 164 people; two markets and one market."""
    if new.group == old.group or group_key(new.group) == group_key(old.group):
        return None
    part, whole = (old, new) if new.group is None else (new, old)
    because = f"{show(part)} counts {part.group}, {show(whole)} {whole.group or 'everyone'}"
    return _relation(part, whole, "scope_differs", "group", because)


def wider_place(new: ClaimView, old: ClaimView) -> Relation | None:
    """84 dead in Nice, and at least 84 in France: one figure, see `told_for_country`."""
    if told_for_country(new, old):
        inner, outer = old, new
    elif told_for_country(old, new):
        inner, outer = new, old
    else:
        return None
    same = equal_value(new, old) or within_bounds(new, old)
    if same is None:
        return None
    because = f"{same.because}, one of {shown(inner, inner.place)}, the other of {shown(outer, outer.place)}"
    return Relation(same.from_, same.to, same.type, "wider_place", f"{because} around it")


def other_place(new: ClaimView, old: ClaimView) -> Relation | None:
    """Arrests in Almaty and in Kazakhstan. An unstated place is no difference, and for what happened
    neither is a place inside the other; one increase told for the city and for the country is one (see
    told_from_farther_off)."""
    if new.place is None or old.place is None or new.place == old.place:
        return None
    nested = new.place in old.within or old.place in new.within
    inner, outer = (old, new) if new.place in old.within else (new, old)
    if nested and (new.kind != "quantity" or told_from_farther_off(outer, inner)):
        return None
    because = f"one is about {shown(inner, inner.place)}, the other about {shown(outer, outer.place)}"
    return _relation(inner, outer, "scope_differs", "place", because)


def other_occasion(new: ClaimView, old: ClaimView) -> Relation | None:
    """One voice in one article, "he met them on the 10th and again on the 12th": two occasions, not a
    conflict. So are protests in one city on two days, whoever tells of them."""
    if not different_days(new, old):
        return None
    if one_telling(new, old):
        because = "one voice in one article tells of two different days"
    elif new.predicate not in ONCE:
        because = f"it may happen on {valid_span(old)[0]} and again on {valid_span(new)[0]}"
    else:
        return None
    return _relation(new, old, "scope_differs", "occasion", because)


def retracted_by_origin(new: ClaimView, old: ClaimView) -> Relation | None:
    """The ministry deletes its post on 164 dead: its earlier "164" falls with it, whoever quoted it."""
    takes_back = new.modality in ("retracted", "denied") and old.modality not in ("retracted", "denied")
    later = new.reported_at > old.reported_at or new.article == old.article
    if not takes_back or not later or speaker(new) != speaker(old) or not one_value(new, old):
        return None
    because = f"{speaker_name(new)} took back {show(old) if new.kind == 'quantity' else 'what it had said'}"
    return _relation(new, old, "retracts", "withdrawn_by_origin", because)


def denied(new: ClaimView, old: ClaimView) -> Relation | None:
    """ "Not 164 people died" against "164 people died"; a denial of 164 leaves 225 alone."""
    if "denied" not in (new.modality, old.modality) or new.modality == old.modality:
        return None
    if "retracted" in (new.modality, old.modality):
        return None
    denier, other = (new, old) if new.modality == "denied" else (old, new)
    if other.modality == "planned" and new.kind != "quantity":
        because = "one says that it did not happen, the other that it is planned"
        return _relation(denier, other, "scope_differs", "plan", because)
    if new.kind != "quantity" and is_inferred(new, old):
        because = "whom or what one of them is about is inferred"
        return _relation(denier, other, "scope_differs", "identity", because)
    which = new.object is not None or new.predicate in ONCE or one_day(new, old)
    others = new.subject != old.subject and new.predicate not in ONCE
    guessed = "place" in new.inferred + old.inferred and new.object is None and new.predicate not in ONCE
    if new.kind == "event" and (not which or others or guessed or one_telling(new, old)):
        because = "nothing says that what one denies is what the other tells of"
        return _relation(denier, other, "scope_differs", "occasion", because)
    if one_value(new, old):
        because = f"{speaker_name(denier)} denies what {speaker_name(other)} says"
        return _relation(denier, other, "contradicts", "denied_and_asserted", because)
    because = f"the denial is of {show(denier)}, not of {show(other)}"
    return _relation(denier, other, "bound_compatible", "denies_another_figure", because)


def transcription(new: ClaimView, old: ClaimView) -> Relation | None:
    """7,939 and 7,989, both from the ministry and both on 10 January. Never a rounding (160 of 164)."""
    if new.qualifier != "exact" or old.qualifier != "exact" or new.amount is None or old.amount is None:
        return None
    if speaker(new) != speaker(old) or as_of_day(new) != as_of_day(old) or one_article(new, old):
        return None
    if new.predicate in PERIODICAL or rounds(new, old) or rounds(old, new) or two_things(new, old):
        return None
    slip = misread_digit(new.amount, old.amount)
    because = f"{slip} between {show(new)} and {show(old)}, same speaker, same day"
    return _relation(new, old, "possible_transcription", "one_slip_apart", because) if slip else None


def equal_value(new: ClaimView, old: ClaimView) -> Relation | None:
    """10,000, "about 10,000" and "almost 10,000"; "at least 160" twice."""
    if same_amount(new, old):
        return _relation(new, old, "equal", "same_amount", f"both say {number(new.amount or Decimal(0))}")
    if same_bounds(new, old):
        return _relation(new, old, "equal", "same_bounds", f"both say {show(new)}")
    return None


def rounding(new: ClaimView, old: ClaimView) -> Relation | None:
    """ "almost 8,000" of 7,939; "nearly 1,700" of 1,678. Not 170 dead on the 12th of 166 on the 10th: a plain
    total of two or more digits, dated to a later day and higher, is the next figure of the count."""
    for coarse, fine in ((new, old), (old, new)):
        if rounds(coarse, fine) and not _next_total(coarse, fine):
            because = f"{show(fine)}, rounded, is {number(coarse.amount or Decimal(0))}"
            return _relation(coarse, fine, "rounding_of", "rounded", because)
    return None


def other_incident(new: ClaimView, old: ClaimView) -> Relation | None:
    """At least 12 dead, and 40: of two incidents, where something tells so, see `two_incidents`. Two that say
    the same have been found to agree before."""
    because = two_incidents(new, old)
    return None if because is None else _relation(new, old, "scope_differs", "incident", because)


def bound_outgrown(new: ClaimView, old: ClaimView) -> Relation | None:
    """At least 12 dead on Monday, 40 on Tuesday: both true on their day, yet the count went on. Only where
    the later figure passes what a writer would have called by the next bound, so "more than 160" keeps
    164."""
    pair = _totals_by_day(new, old)
    if pair is None or not_one_count(new, old):
        return None
    later, earlier = pair
    ceiling, figure = natural_ceiling(earlier), stated(later)
    if ceiling is None or figure is None or figure < ceiling or later.qualifier not in FIGURES | LOWER_BOUNDS:
        return None
    return _relation(later, earlier, "update_of", "bound_outgrown", _growth(later, earlier))


def within_bounds(new: ClaimView, old: ClaimView) -> Relation | None:
    """ "more than 2,000" and 2,500; "at least 160" and 164; "about 2,000" and "more than 2,000"; 10 days
    and at least ten days; "thousands" and 2,500."""
    hedged, other = (old, new) if _looseness(old) > _looseness(new) else (new, old)
    if new.kind != "quantity":
        return None
    if interval(hedged) is None or interval(other) is None:
        return _relation(hedged, other, "bound_compatible", "no_figure", "one of them names no number")
    if hedged.qualifier == "exact" or not overlap(new, old):
        return None
    bounds = hedged.qualifier not in FIGURES
    because = f"{show(other)} {'satisfies' if bounds else 'is near enough to'} {show(hedged)}"
    return _relation(hedged, other, "bound_compatible", "bounds" if bounds else "tolerance", because)


def other_count(new: ClaimView, old: ClaimView) -> Relation | None:
    """Three sons, and 12 people killed in one crash: no growth, and no conflict. See `not_one_count`."""
    apart = not_one_count(new, old)
    return None if apart is None else _relation(new, old, "scope_differs", *apart)


def later_total(new: ClaimView, old: ClaimView) -> Relation | None:
    """7,939 on 10 January, 10,000 on 12 January: a running total that grew."""
    pair = _totals_by_day(new, old)
    if pair is None:
        return None
    later, earlier = stated(pair[0]), stated(pair[1])
    if later is None or earlier is None or later < earlier:
        return None
    return _relation(*pair, "update_of", "total_grew", _growth(*pair))


def told_since(new: ClaimView, old: ClaimView) -> Relation | None:
    """58 "on Monday", told on Friday, and 53 on Wednesday, told that day: whoever tells it on Friday may
    date what happened, not the count, so the higher figure is no earlier than the lower one."""
    pair = _totals_by_day(new, old)
    if pair is None:
        return None
    later, earlier = pair
    if earlier.reported_at.date() <= max(later.reported_at.date(), as_of_day(later)):
        return None
    because = f"{show(earlier)} of {as_of_day(earlier)}, told on {earlier.reported_at.date()}, may count what"
    because = f"{because} {show(later)} on {as_of_day(later)} could not yet"
    return _relation(earlier, later, "update_of", "told_since", because)


def two_figures(new: ClaimView, old: ClaimView) -> Relation | None:
    """What cannot be told to be one figure is no conflict: see `two_things`."""
    apart = two_things(new, old) if new.kind == "quantity" else None
    return None if apart is None else _relation(new, old, "scope_differs", *apart)


def figures_conflict(new: ClaimView, old: ClaimView) -> Relation | None:
    """10,000 and 12,000, both on 12 January; a total that fell; "within a week" and 10 days; 2,000 and
    2,500."""
    if new.kind != "quantity":
        return None
    values = f"{show(new)} and {show(old)}"
    if pair := _totals_by_day(new, old):
        later, earlier = pair
        because = f"a running total fell from {show(earlier)} on {as_of_day(earlier)} to {show(later)}"
        return _relation(later, earlier, "contradicts", "total_fell", f"{because} on {as_of_day(later)}")
    if new.qualifier not in FIGURES or old.qualifier not in FIGURES:
        return _relation(new, old, "contradicts", "disjoint_bounds", f"no number satisfies both {values}")
    if "cumulative" in (new.extent, old.extent):
        because = f"{values} are totals of one day, {as_of_day(new)}"
        return _relation(new, old, "contradicts", "same_day_totals", because)
    return _relation(new, old, "contradicts", "different_figures", f"{values} cannot both be right")


def event_days(new: ClaimView, old: ClaimView) -> Relation | None:
    """ "The withdrawal began on the 13th" and "on the 14th". A plan and its outcome on one day are equal; "in
    January" goes with any of its days."""
    if new.kind != "event":
        return None
    if different_days(new, old):
        because = f"one dates it {valid_span(new)[0]}, the other {valid_span(old)[0]}"
        return _relation(new, old, "contradicts", "different_days", because)
    timed = new.time_start is not None and old.time_start is not None
    if timed and valid_span(new) != valid_span(old):
        wide, narrow = (old, new) if _days(old) > _days(new) else (new, old)
        because = "one dates it less exactly than the other"
        return _relation(wide, narrow, "bound_compatible", "coarser_time", because)
    return None


def unknown_occasion(new: ClaimView, old: ClaimView) -> Relation | None:
    """Two articles on an attack in one country, of no day: nothing tells that it is one."""
    if new.kind != "event" or one_occasion(new, old):
        return None
    because = "it comes again, and nothing tells that both are of one occasion"
    return _relation(new, old, "scope_differs", "occasion", because)


def nothing_conflicts(new: ClaimView, old: ClaimView) -> Relation:
    """Two claims of one statement, relation or event with nothing against each other."""
    return _relation(new, old, "equal", "nothing_conflicts", "they say the same of the same")


Clause = Callable[[ClaimView, ClaimView], Relation | None]
CLAUSES: tuple[Clause, ...] = (
    # What is not about the same is never compared, nor withdrawn by a word about something else.
    other_predicate, other_unit, other_extent, other_group, wider_place, other_place, other_occasion,
    # What was said of a claim counts for more than its number: two "164" are not equal if one denies it.
    retracted_by_origin, denied,
    # A slip is looked for before a conflict, since it explains one.
    transcription,
    # Agreement from the narrowest to the widest reading; a bound long outgrown is not agreement but growth.
    equal_value, rounding, other_incident, bound_outgrown, within_bounds,
    # Growth before conflict: different totals of different days need no one to be wrong.
    other_count, later_total, told_since, two_figures, figures_conflict,
    # An event that comes again is one where something tells so.
    unknown_occasion, event_days, nothing_conflicts,
)  # fmt: skip


def relate(a: ClaimView, b: ClaimView) -> Relation:
    """How two claims stand to each other; the same relation, with the same direction, for (b, a)."""
    return decided(a, b, CLAUSES)


def decided(a: ClaimView, b: ClaimView, clauses: Sequence[Clause]) -> Relation:
    """By the first of some clauses that knows; the last of all always does."""
    new, old = (a, b) if telling_order(a) > telling_order(b) else (b, a)
    for clause in clauses:
        if (relation := clause(new, old)) is not None:
            return relation
    raise AssertionError("the last clause decides everything")


# --- small helpers of the clauses -----------------------------------------------------------------------


def _relation(source: ClaimView, target: ClaimView, kind: str, clause: str, because: str) -> Relation:
    return Relation(source.id, target.id, kind, clause, because)


def _partial(claim: ClaimView) -> int:
    return ("total", "increment", "subset").index(extent_key(claim)) if extent_key(claim) in EXTENTS else 3


def _looseness(claim: ClaimView) -> int:
    return LOOSENESS.get(claim.qualifier or "exact", 4)


def _days(claim: ClaimView) -> int:
    start, end = valid_span(claim)
    return (end - start).days


def one_value(a: ClaimView, b: ClaimView) -> bool:
    """Whether both may be said of one figure; what is no figure always may."""
    return a.kind != "quantity" or overlap(a, b) or rounds(a, b) or rounds(b, a)


def _totals_by_day(new: ClaimView, old: ClaimView) -> tuple[ClaimView, ClaimView] | None:
    """(later, earlier) of two running totals of different days, else null. One of them marked as a running
    total is enough: an unmarked figure of the same fact is a total too."""
    if new.kind != "quantity" or extent_key(new) != "total" or "cumulative" not in (new.extent, old.extent):
        return None
    one, two = as_of_day(new), as_of_day(old)
    if one == two:
        return None
    return (new, old) if one > two else (old, new)


def _next_total(coarse: ClaimView, fine: ClaimView) -> bool:
    if coarse.qualifier != "exact" or coarse.time_start is None or fine.time_start is None:
        return False
    if coarse.amount is None or fine.amount is None or coarse.amount < fine.amount:
        return False
    pair = _totals_by_day(coarse, fine)
    return pair is not None and pair[0] is coarse and significant_digits(coarse.amount) > 1


def _growth(later: ClaimView, earlier: ClaimView) -> str:
    return f"a running total: {show(earlier)} on {as_of_day(earlier)}, {show(later)} on {as_of_day(later)}"

"""Candidates for counted figures: of what, where, when, for whom, and who gives them."""

from collections.abc import Sequence

from service.extraction import places, scope
from service.extraction.actors import PRONOUNS, Actor, actor_of, last_person
from service.extraction.circumstances import (
    NAME,
    VERSION,
    Context,
    may_mean,
    mode_of,
    quote_span,
    speakers,
    teller,
)
from service.extraction.confidence import confidence_of
from service.extraction.figures import Counted
from service.extraction.modality import of_attempt
from service.extraction.phrases import Clauses
from service.extraction.protocol import ClaimCandidate
from service.extraction.things import thing_of
from service.extraction.times import time_of

# What they count has no place of its own; one that is only inferred would be noise.
_PLACELESS = frozenset(
    "age member_count vote_share contract_value units_ordered job_cuts revenue profit aid_pledged "
    "price price_change".split()
)
# They are told of groups of countries, which are no place: "growth in the eurozone".
_OF_UNIONS = frozenset(("economic_growth", "inflation"))
_UNIONS = frozenset("eurozone euro eu global g7 g20".split())


def quantity_claim(
    context: Context, index: int, clauses: Clauses, item: Counted, siblings: Sequence[Counted]
) -> ClaimCandidate:
    analysis, text, tokens = context.analysis, context.analysis.text, clauses.tokens
    first, last = min(item.first, item.trigger_first), max(item.last, item.trigger_last)
    inferred: list[str] = []
    alone = (
        item.pattern in ("listed", "included")
        or places.is_divided(clauses.whole, first, last)
        or (item.last < len(tokens) and tokens[item.last].lower in ("in", "at", "near"))  # "450 in Mumbai"
    )
    near = (item.first, item.last) if alone else (first, last)
    locate = places.place_counted if item.predicate == "population" else places.place_of
    place = places.place_named(analysis, tokens, item.owner) if item.owner is not None else None
    place = place or locate(analysis, index, *near, context.main)
    extent = scope.extent_of(analysis, index, item, siblings)
    group = scope.group_of(analysis, index, item)
    if group is None and (group := scope.shared_group(analysis, index, item, siblings)) is not None:
        inferred.append("group")
    if group is None and (site := scope.site_of(analysis, index, item)) is not None:
        group, extent = site, "subset"
    if group is not None and extent == "cumulative" and item.pattern == "listed":
        extent = "subset"
    if place is not None and place.inferred:
        if item.predicate in _PLACELESS or (
            item.predicate in _OF_UNIONS and not clauses.whole.words.isdisjoint(_UNIONS)
        ):
            place = None
        else:
            inferred.append("place")
    when = time_of(analysis, index, *near) if item.predicate != "age" else None
    chain, stance, continued = speakers(analysis, index, tokens[item.first].start)
    if continued:
        inferred.append("attribution")
    mode = mode_of(
        context, index, item.trigger_first, item.trigger_last, stance, bool(chain), figure=item.first
    )
    back = context.retracted.get(index)
    if mode == "retracted" and not chain and back is not None and back.verb is not None:
        chain = teller(clauses, back.verb)
    if mode in ("asserted", "reported") and item.predicate != "hostages":  # "tried to free 12 hostages"
        mode = of_attempt(tokens, item.trigger_first) or mode
    if item.wrong:
        mode = "denied"
    elif "negated" in item.quantity.flags and mode == "denied" and stance != "denied":
        mode = "reported" if chain else "asserted"  # "not take more than ten days" is a bound, no denial
    quote = quote_span(analysis, index, first, last)
    if item.carried:
        quote = analysis.sentences[index - 1].start, quote[1]  # what is counted stands there
    if item.predicate == "troops_deployed" and item.lemma in ("promise", "offer", "pledge"):
        mode = "planned"
    quantity = item.quantity
    value_end = quantity.end
    if (
        quantity.noun_end is not None
        and quantity.noun_end > quantity.end
        and tokens[item.last - 1].end == quantity.noun_end
        and text[quantity.end] not in '”"'
    ):
        value_end = quantity.noun_end
    basis = f"figure {item.pattern}"
    amount = quantity.amount * item.sign if quantity.amount is not None else None
    actor = actor_of(clauses, item)
    if actor is not None and actor.surface.lower() in PRONOUNS:
        # "the firm said it would invest"
        meant = chain and may_mean(analysis, index, actor.surface, chain[0].surface)
        actor = Actor(chain[0].surface) if meant else None
    if actor is None and item.predicate == "age":
        # "a (disturbed) 20-year-old": nobody who was named before
        someone = not {"a", "an"}.isdisjoint(clauses.whole.lowers[max(0, item.first - 2) : item.first])
        actor = None if someone else last_person(analysis, tokens[item.first].start)
    if actor is not None and actor.inferred:
        inferred.append("subject")
    return ClaimCandidate(
        predicate=item.predicate,
        quote=text[quote[0] : quote[1]],
        extractor=NAME,
        version=VERSION,
        confidence=confidence_of(basis, inferred),
        basis=basis,
        value=text[quantity.start : value_end],
        amount=float(amount) if amount is not None else None,
        subject=actor.surface if actor else None,
        object=thing_of(clauses, item),
        place=place.mention.surface if place else None,
        time=when.surface if when else None,
        attribution=chain,
        modality=mode,
        extent=extent,
        group=group,
        start=quote[0],
        value_start=quantity.start,
        inferred=tuple(inferred),
    )

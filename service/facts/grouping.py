"""Which claims are about the same thing: keys, clusters in time, and the names of the facts they make.
Pure; no I/O.

A fact is all claims with one key whose times belong together. The key says predicate, extent, the
participants that the predicate calls its identity, and the group counted; the times follow PERIODS.
Grouping the claims of one `regroup_prefix` together gives the same facts as grouping all claims at once, but
for totals that are told for a town and for its country (`service.facts.farther`).
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType

import msgspec
from anyascii import anyascii

from service.facts.farther import increases_told_farther_off, totals_told_farther_off
from service.facts.relations import AGREES, relate
from service.facts.values import (
    ClaimView,
    extent_key,
    fold,
    group_key,
    shown,
    speaker,
    stated,
    telling_order,
    valid_span,
)

# Days without a claim after which the next is about something else. A count of arrests goes on for weeks; two
# meetings of the same people more than a week apart are two. Relations hold until something ends them.
PERIODS = {"quantity": 30, "event": 7, "statement": 7}
COARSE = frozenset({"month", "year"})
# Words of a participant that is another one in each article.
ANYBODYS = frozenset(
    "a he her him his it its itself she that the their them they this those who company firm group index "
    "price prices share shares stock stocks".split()
)
SLUG_LENGTH = 95
EXTENT_WORDS = {"total": "", "increment": "increase", "subset": "part of a total"}
MONTHS = (  # not calendar.month_name, which speaks the language of the machine
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class PredicateView(msgspec.Struct, frozen=True, kw_only=True):
    """What grouping needs to know of a predicate; identity holds roles of subject, object, complement,
    place."""

    slug: str
    label: str
    kind: str
    identity: tuple[str, ...]


class Member(msgspec.Struct, frozen=True):
    """A claim in a fact, and how it came there: key; adjacent_day, an increase told for the day after;
    wider_place, told for a place that contains the fact's."""

    claim: ClaimView
    reason: str


class FactView(msgspec.Struct, frozen=True, kw_only=True):
    """Claims about one thing. subject … place are those of the predicate's identity; members in telling
    order.

    period_start: the earliest day the claims are about, null for a relation that nobody dates. period_end:
    null for a running total and a relation, which may go on.
    """

    key: str
    slug: str
    title: str
    predicate: str
    subject: str | None
    object: str | None
    complement: str | None
    place: str | None
    extent: str | None
    group: str | None
    period_start: date | None
    period_end: date | None
    members: tuple[Member, ...]


def fact_key(claim: ClaimView, identity: Sequence[str]) -> str:
    """What claims of one fact share besides their period: "arrests|total|place=kazakhstan".

    Predicate and extent (or kind) come first, and for an increase the outermost place around it, so that
    claims which may move between facts share a prefix. A claim none of whose identity is known outside
    its article ("its profits fell to 20 million", "the boy is five") stays with it and its reprints; a figure
    of something that is not even named stays with its equals there.
    """
    parts = [claim.predicate, extent_key(claim) if claim.kind == "quantity" else claim.kind]
    known = {role: _participant(claim, role) for role in identity}
    if parts[1] == "increment":
        parts.append(f"in={_dashed((claim.place or '', *claim.within)[-1])}")
    parts += [f"{role}={name}" for role, name in known.items() if name]
    if claim.kind == "quantity" and (group := group_key(claim.group)):
        parts.append("group=" + "-".join(group))
    if claim.kind == "statement":
        parts += [f"words={fold(text)}" for text in _content(claim, identity)]
    if not any(name and _is_known(claim, role, name) for role, name in known.items()):
        parts.append(f"article={claim.reprint_of or claim.article}")
        if claim.kind == "quantity" and not any(known.values()):
            parts.append(f"figure={stated(claim)}")
    return "|".join(parts)


def _is_known(claim: ClaimView, role: str, name: str) -> bool:
    """Whether a participant is the same in other articles: an entity, a thing that is counted or has a price
    ("diesel"), or what a statement says; not "the boy", "them" or "its shares"."""
    if role not in claim.literal:
        return True
    return (
        role != "subject"
        and claim.kind in ("quantity", "statement")
        and not ANYBODYS.issuperset(name.split("-"))
    )


def regroup_prefix(key: str) -> str:
    """The beginning that all keys share whose claims have to be grouped together with those of `key`.

    An increase may belong to the fact of a place inside its own, so all increases of a predicate within one
    outermost place go together; of every other claim only those with its own key.
    """
    predicate, extent, *rest = key.split("|")
    return f"{predicate}|increment|{rest[0]}|" if extent == "increment" else key


def group_claims(
    claims: Iterable[ClaimView],
    predicates: Mapping[str, PredicateView],
    names: Mapping[str, str],
    keys: Mapping[str, str] = MappingProxyType({}),
    told_in: Mapping[str, str] = MappingProxyType({}),
) -> list[FactView]:
    """The facts that the claims make, in the order of their slugs, which several may share until they are
    `numbered`; every claim is in exactly one.

    predicates: by slug. names: entity slug (or the key of a participant that is no entity) → name to show;
    what is missing is shown as its key. keys: the `fact_key` of claims for which it is known already, by
    their ids. told_in: by the ids of stored claims the key of the fact that they are in, where no claim that
    is new or gone may be one with them: with some of the claims of other places they could not be told
    again from the rest. The result depends on the claims only, not on their order; a caller that adds claims
    keeps the slug of a fact it already has.
    """
    by_key: dict[str, list[ClaimView]] = defaultdict(list)
    for claim in sorted(claims, key=telling_order):
        key = keys.get(claim.id) or fact_key(claim, predicates[claim.predicate].identity)
        by_key[key].append(claim)
    clusters = _facts_of_places(by_key, predicates, told_in)
    facts = [_fact(key, members, predicates, names) for key, members in clusters]
    return sorted(facts, key=lambda f: (f.slug, f.period_start or date.min, f.key, f.members[0].claim.id))


def numbered(facts: Iterable[FactView], taken: Collection[str] = ()) -> list[FactView]:
    """The facts with slugs of their own. taken: slugs of other facts, which no fact here may take."""
    used, found = set(taken), []
    for fact in facts:
        number, slug = 1, fact.slug
        while slug in used:
            number += 1
            slug = f"{fact.slug}-{number}"
        used.add(slug)
        found.append(fact if number == 1 else msgspec.structs.replace(fact, slug=slug))
    return found


def _facts_of_places(
    by_key: Mapping[str, Sequence[ClaimView]],
    predicates: Mapping[str, PredicateView],
    told_in: Mapping[str, str],
) -> list[tuple[str, list[Member]]]:
    """Key and members of each fact: claims of one key whose times belong together, and what was told for a
    wider place."""
    totals = totals_told_farther_off(by_key, told_in)
    clusters = []
    for key, same in sorted(by_key.items()):
        own = [c for c in same if c.id not in totals] if totals else same
        clusters += [(key, cluster) for cluster in _clusters(own)] if own else []
    targets: dict[str, int] = {}
    if any("|increment|" in key for key in by_key):
        placed = {slug for slug, one in predicates.items() if "place" in one.identity}
        targets = increases_told_farther_off([(key, [c for c, _ in same]) for key, same in clusters], placed)
    members = [
        (key, [Member(c, reason) for c, reason in same if c.id not in targets]) for key, same in clusters
    ]
    if not totals and not targets:
        return members
    claims = {c.id: c for same in by_key.values() for c in same}
    home = {c.id: i for i, (_, same) in enumerate(clusters) for c, _ in same}
    targets |= {claim: home[town.id] for claim, town in totals.items()}
    for claim, i in targets.items():
        members[i][1].append(Member(claims[claim], "wider_place"))
    return [(key, those) for key, those in members if those]


# --- clusters in time ------------------------------------------------------------------------------------


def _clusters(claims: Sequence[ClaimView]) -> list[list[tuple[ClaimView, str]]]:
    """The claims of one key, split where their times do not belong together."""
    kind = claims[0].kind
    if kind == "relation" or len(claims) == 1:
        return [[(c, "key") for c in claims]]
    if kind == "quantity" and extent_key(claims[0]) == "increment":
        return _increases(claims)
    return [[(c, "key") for c in cluster] for cluster in _periods(claims, timedelta(days=PERIODS[kind]))]


def _periods(claims: Sequence[ClaimView], gap: timedelta) -> list[list[ClaimView]]:
    """Clusters with no gap longer than `gap` between the days of their claims.

    A claim dated to a month or a year does not chain others together: it joins the only cluster it touches.
    If it touches several, nobody can say which it means, and it stays with others as coarse.
    """
    fine = _chain([c for c in claims if c.precision not in COARSE], gap)
    left: list[ClaimView] = []
    spans = [_span(cluster) for cluster in fine]
    for claim in (c for c in claims if c.precision in COARSE):
        start, end = valid_span(claim)
        touched = [i for i, (first, last) in enumerate(spans) if start <= last + gap and first <= end + gap]
        if len(touched) == 1:
            fine[touched[0]].append(claim)
        else:
            left.append(claim)
    return fine + _chain(left, gap)


def _chain(claims: Sequence[ClaimView], gap: timedelta) -> list[list[ClaimView]]:
    clusters: list[list[ClaimView]] = []
    last = date.min
    for claim in sorted(claims, key=lambda c: (*valid_span(c), telling_order(c))):
        start, end = valid_span(claim)
        if not clusters or start - last > gap:
            clusters.append([])
            last = end
        clusters[-1].append(claim)
        last = max(last, end)
    return clusters


def _increases(claims: Sequence[ClaimView]) -> list[list[tuple[ClaimView, str]]]:
    """One cluster a day. A figure told for the day after joins it if it agrees with one of that day, unless
    one speaker gives both days a date ("1,000 on Monday, 1,000 on Tuesday") or the figure has company on
    its own day.

    Chaining days within reach of each other, as for totals, would melt a week of daily figures into one
    fact.
    """
    days: dict[date, list[ClaimView]] = defaultdict(list)
    for claim in claims:
        days[valid_span(claim)[0]].append(claim)
    anchors: dict[date, list[ClaimView]] = {}
    clusters: dict[date, list[tuple[ClaimView, str]]] = {}
    for day in sorted(days):
        before = day - timedelta(days=1)
        joining = [
            c
            for c in days[day]
            if any(_one_increase(c, anchor) for anchor in anchors.get(before, ()))
            and not any(o is not c and _dated(o) and relate(c, o).type in AGREES for o in days[day])
        ]
        gone = {c.id for c in joining}
        staying = [c for c in days[day] if c.id not in gone]
        clusters.setdefault(before, []).extend((c, "adjacent_day") for c in joining)
        if staying:
            anchors[day] = staying
            clusters.setdefault(day, []).extend((c, "key") for c in staying)
    return [cluster for _, cluster in sorted(clusters.items()) if cluster]


def _one_increase(claim: ClaimView, anchor: ClaimView) -> bool:
    if _dated(claim) and _dated(anchor) and speaker(claim) == speaker(anchor):
        return False
    return claim.article != anchor.article and relate(claim, anchor).type in AGREES


def _dated(claim: ClaimView) -> bool:
    start, end = valid_span(claim)
    return claim.time_start is not None and start == end


# --- what a fact is called -------------------------------------------------------------------------------


def _fact(
    key: str,
    members: Sequence[Member],
    predicates: Mapping[str, PredicateView],
    names: Mapping[str, str],
) -> FactView:
    ordered = sorted(members, key=lambda m: telling_order(m.claim)) if len(members) > 1 else members
    # What came from a wider place or the next day must not name the fact.
    own = [m.claim for m in ordered if m.reason == "key"] or [m.claim for m in ordered]
    lead, predicate = own[0], predicates[own[0].predicate]
    extent = None
    if lead.kind == "quantity":
        extent = "cumulative" if any(c.extent == "cumulative" for c in own) else lead.extent
    if lead.kind == "relation":
        dated = [c for c in own if c.time_start is not None]
        start, end = (_span(dated)[0] if dated else None), None
    else:
        start, last = _span([c for c in own if c.precision not in COARSE] or own)
        end = None if extent == "cumulative" else last
    roles = {role: getattr(lead, role) for role in predicate.identity}
    return FactView(
        key=key,
        slug=_slug(lead, predicate, start),
        title=_title(lead, predicate, extent, start, names),
        predicate=predicate.slug,
        subject=roles.get("subject"),
        object=roles.get("object"),
        complement=roles.get("complement"),
        place=roles.get("place"),
        extent=extent,
        group=lead.group if lead.kind == "quantity" else None,
        period_start=start,
        period_end=end,
        members=tuple(ordered),
    )


def _slug(claim: ClaimView, predicate: PredicateView, start: date | None) -> str:
    """arrests-kazakhstan-2022-01; arrests-almaty-increment-2022-01-12; removed-from-office-karim-masimov."""
    parts = [predicate.slug, *(getattr(claim, role) or "" for role in predicate.identity)]
    if claim.kind == "statement":
        parts += _content(claim, predicate.identity)
    if claim.kind == "quantity":
        parts += ["" if extent_key(claim) == "total" else extent_key(claim), claim.group or ""]
    if start is not None and claim.kind != "relation":
        daily = claim.kind == "quantity" and extent_key(claim) == "increment"
        period = start.isoformat() if daily else start.isoformat()[:7]
    else:
        period = ""
    name = "-".join(filter(None, map(ascii_slug, parts))) or "fact"
    room = SLUG_LENGTH - len(period) - 1
    if len(name) > room:
        digest = sha256(name.encode()).hexdigest()[:8]
        name = f"{name[: room - 9].rstrip('-')}-{digest}"
    return f"{name}-{period}" if period else name


@lru_cache(maxsize=1 << 14)
def ascii_slug(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens; other scripts transliterated ("Қазақстан" →
    "qazaqstan")."""
    return "-".join(re.findall(r"[a-z0-9]+", anyascii(text).lower().replace("'", "")))


def _title(
    claim: ClaimView,
    predicate: PredicateView,
    extent: str | None,
    start: date | None,
    names: Mapping[str, str],
) -> str:
    """ "People arrested in Kazakhstan, January 2022, running total"; "Removed from office: Karim Masimov"."""
    title = predicate.label
    if "place" in predicate.identity and claim.place:
        title += f" in {names.get(claim.place, claim.place)}"
    others = [role for role in predicate.identity if role != "place"]
    keys = [getattr(claim, role) for role in others if getattr(claim, role)]
    if claim.kind == "statement":
        keys += _content(claim, predicate.identity)
    if keys:
        title += ": " + ", ".join(names.get(key) or shown(claim, key) for key in keys)
    parts = [title]
    if claim.kind == "quantity" and claim.group:
        parts.append(claim.group)
    if start is not None and claim.kind != "relation":
        day = f"{start.day} " if extent == "increment" else ""
        parts.append(f"{day}{MONTHS[start.month - 1]} {start.year}")
    if extent == "cumulative":
        parts.append("running total")
    elif claim.kind == "quantity" and EXTENT_WORDS.get(extent_key(claim)):
        parts.append(EXTENT_WORDS[extent_key(claim)])
    return ", ".join(parts)


def _participant(claim: ClaimView, role: str) -> str:
    return _dashed(getattr(claim, role) or "")


@lru_cache(maxsize=1 << 14)
def _dashed(text: str) -> str:
    return fold(text).replace(" ", "-")


def _content(claim: ClaimView, identity: Sequence[str]) -> list[str]:
    """What a statement says, as far as its identity does not hold it: object and complement, else its
    words."""
    said = [claim.object, claim.complement]
    if not any(said):
        return [claim.value_text] if claim.value_text else []
    return [
        text
        for role, text in zip(("object", "complement"), said, strict=True)
        if text and role not in identity
    ]


def _span(claims: Iterable[ClaimView]) -> tuple[date, date]:
    first, last = zip(*map(valid_span, claims), strict=True)
    return min(first), max(last)

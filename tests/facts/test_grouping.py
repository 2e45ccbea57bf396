"""Which claims are about the same thing, and what their facts are called."""

import uuid
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.facts.agreement import assess
from service.facts.grouping import (
    FactView,
    PredicateView,
    ascii_slug,
    fact_key,
    group_claims,
    numbered,
    regroup_prefix,
)
from service.facts.identities import keep_identities, with_slugs
from service.facts.values import ClaimView
from tests.facts.builders import claim, january

PREDICATES = {
    p.slug: p
    for p in (
        PredicateView(slug="arrests", label="People arrested", kind="quantity", identity=("place",)),
        PredicateView(slug="deaths", label="People killed", kind="quantity", identity=("place",)),
        PredicateView(
            slug="troops_deployed",
            label="Soldiers deployed",
            kind="quantity",
            identity=("subject", "place"),
        ),
        PredicateView(slug="protest", label="Protest", kind="event", identity=("place",)),
        PredicateView(slug="meeting", label="Meeting", kind="event", identity=("object",)),
        PredicateView(
            slug="removed_from_office",
            label="Removed from office",
            kind="relation",
            identity=("object", "complement"),
        ),
        PredicateView(slug="demand", label="Demand", kind="statement", identity=("subject",)),
        PredicateView(slug="age", label="Age", kind="quantity", identity=("subject",)),
        PredicateView(slug="price", label="Price", kind="quantity", identity=("object", "place")),
    )
}
NAMES = {
    "kazakhstan": "Kazakhstan",
    "almaty": "Almaty",
    "csto": "Collective Security Treaty Organization",
    "karim-masimov": "Karim Masimov",
    "security-committee": "National Security Committee",
    "united-states": "United States",
}


def group(*claims: ClaimView, taken: tuple[str, ...] = ()) -> list[FactView]:
    return numbered(group_claims(claims, PREDICATES, NAMES), taken)


def together(*claims: ClaimView) -> list[set[str]]:
    """The claims of each fact."""
    return [{m.claim.id for m in fact.members} for fact in group(*claims)]


def in_country(words: str, **fields: Any) -> ClaimView:
    return claim(words, **({"place": "kazakhstan", "extent": "cumulative"} | fields))


def in_city(words: str, **fields: Any) -> ClaimView:
    return claim(words, **({"place": "almaty", "within": ("kazakhstan",), "extent": "increment"} | fields))


def dead(words: str, place: str, *named: str, **fields: Any) -> ClaimView:
    """Of a ferry that sank, as an article tells that names these words besides."""
    given = {"predicate": "deaths", "place": place, "named": frozenset({"ferry", *named})}
    return claim(words, **(given | fields))


ONE_FACT: dict[str, tuple[ClaimView, ClaimView]] = {
    "dead of a large town and of its country": (dead("46", "mombasa"), dead("46", "kenya", day=12)),
    "dead of a town and of the country that it is told with": (
        dead("46", "lamu", "lamu", "kenya"),
        dead("46", "kenya"),
    ),
    "dead of a country in an article that names the town": (dead("46", "lamu"), dead("46", "kenya", "lamu")),
    "dead of a town that the store has in the country": (
        dead("46", "lamu", within=("coast-province", "kenya")),
        dead("46", "kenya"),
    ),
    "one number, hedged once": (dead("46", "mombasa"), dead("at least 46", "kenya")),
    "two totals of a month": (in_country("7,939", on=2), in_country("12,000", on=31)),
    "an unmarked figure and a total": (in_country("7,939", extent=None), in_country("8,000")),
    "one group in two wordings": (
        in_city("207", extent="subset", group="two Almaty markets"),
        in_city("207", extent="subset", group="Two markets in Almaty"),
    ),
    "a dated and an undated increase": (
        in_city("1,678", on=12, day=13),
        in_city("nearly 1,700", day=12),
    ),
    "a report of the last 24 hours": (
        in_city("1,678", on=12, day=13),
        in_city("nearly 1,700", day=13),
    ),
    "an increase told for the country": (
        in_city("1,678", on=12, day=13),
        in_country("nearly 1,700", extent="increment", day=13),
    ),
    "events a week apart": (
        claim(kind="event", predicate="protest", place="almaty", on=2),
        claim(kind="event", predicate="protest", place="almaty", on=9),
    ),
    "a day of the week of the event": (
        claim(kind="event", predicate="protest", place="almaty", on=5),
        claim(
            kind="event",
            predicate="protest",
            place="almaty",
            time_start=january(3),
            time_end=january(9),
            precision="week",
        ),
    ),
    "an event told for the month": (
        claim(kind="event", predicate="protest", place="almaty", on=25),
        claim(
            kind="event",
            predicate="protest",
            place="almaty",
            time_start=january(1),
            time_end=january(31),
            precision="month",
        ),
    ),
    "a relation, whenever it is told": (
        claim(kind="relation", predicate="removed_from_office", object="karim-masimov", on=8),
        claim(
            kind="relation",
            predicate="removed_from_office",
            object="karim-masimov",
            time_start=date(2024, 5, 1),
        ),
    ),
    "the price of a thing that is no entity": (
        claim("80 KZT", predicate="price", object="diesel", literal=("object",)),
        claim("80 KZT", predicate="price", object="diesel", literal=("object",)),
    ),
    "a boy of one article": (
        claim("5 years", predicate="age", subject="boy", literal=("subject",), article="a"),
        claim("6 years", predicate="age", subject="boy", literal=("subject",), article="a"),
    ),
    "a demand in other case and accents": (
        claim(kind="statement", predicate="demand", subject="united-states", object="Leave at once"),
        claim(kind="statement", predicate="demand", subject="united-states", object="leave, at ónce"),
    ),
}

TWO_FACTS: dict[str, tuple[ClaimView, ClaimView]] = {
    "other numbers of a town and of its country": (dead("46", "mombasa"), dead("51", "kenya")),
    "a rounding of the town's number": (dead("1,678", "mombasa"), dead("1,700", "kenya")),
    "a town of another country": (dead("46", "mombasa"), dead("46", "uganda")),
    "a town of nobody knows where": (dead("46", "lamu"), dead("46", "kenya")),
    "an article that names the town and two countries": (
        dead("46", "lamu"),
        dead("46", "uganda", "lamu", "ugandan", "kenyan"),
    ),
    "dead of whom nothing the same is told": (
        dead("46", "mombasa"),
        dead("46", "kenya", named=frozenset({"landslide", "kenya"})),
    ),
    "dead of a town, told of the country days later": (dead("46", "mombasa"), dead("46", "kenya", day=13)),
    "dead of a town, of the country on another day": (
        dead("46", "mombasa", on=9),
        dead("46", "kenya", on=3),
    ),
    "one in a town, one in the country": (dead("1", "mombasa"), dead("1", "kenya")),
    "women of a town, all of the country": (
        dead("46", "mombasa", value_text="46 nurses"),
        dead("46", "kenya", value_text="46 people"),
    ),
    "dead by two storms": (
        dead("46", "mombasa", subject="storm-ana"),
        dead("46", "kenya", subject="storm-idai"),
    ),
    "a number that the country's article denies": (
        dead("46", "mombasa"),
        dead("46", "kenya", modality="denied"),
    ),
    "arrests in a town and in its country": (
        dead("46", "mombasa", predicate="arrests"),
        dead("46", "kenya", predicate="arrests"),
    ),
    "two predicates": (in_country("2,000"), in_country("2,000", predicate="protest", kind="event")),
    "two places": (in_country("10", place="almaty"), in_country("10", place="astana")),
    "a total and an increase": (in_city("10", extent="cumulative"), in_city("10")),
    "two groups": (
        in_country("16", extent="subset", group="police"),
        in_country("16", extent="subset", group="children"),
    ),
    "totals more than a month apart": (in_country("10", on=1), in_country("10", time_start=date(2022, 2, 2))),
    "increases of two days": (in_city("1,000", on=5), in_city("2,000", on=6, day=11)),
    "daily increases that happen to be equal": (
        in_city("1,000", on=5, origin="police"),
        in_city("1,000", on=6, origin="police", day=11),
    ),
    "two figures of one article on two days": (
        in_city("1,000", on=5, article="a"),
        in_city("1,000", on=6, article="a"),
    ),
    "another increase of the country": (
        in_city("1,678", on=12, day=12),
        in_country("3,000", extent="increment", day=12),
    ),
    "an increase of the country told too late": (
        in_city("1,678", on=12, day=12),
        in_country("nearly 1,700", extent="increment", day=15),
    ),
    "events more than a week apart": (
        claim(kind="event", predicate="protest", place="almaty", on=2),
        claim(kind="event", predicate="protest", place="almaty", on=10),
    ),
    "two demands": (
        claim(kind="statement", predicate="demand", subject="united-states", object="leave"),
        claim(kind="statement", predicate="demand", subject="united-states", object="stay"),
    ),
    "dog bites man": (
        claim(kind="statement", predicate="demand", subject="united-states", object="A before B"),
        claim(kind="statement", predicate="demand", subject="united-states", object="B before A"),
    ),
    "arrests nobody places, in two articles": (claim("12"), claim("12")),
    "figures of nothing that is named, in one article": (
        claim("12", article="a"),
        claim("40", article="a"),
    ),
    "two boys": (
        claim("5 years", predicate="age", subject="boy", literal=("subject",)),
        claim("5 years", predicate="age", subject="boy", literal=("subject",)),
    ),
    "the price of it": (
        claim("80 KZT", predicate="price", object="it", literal=("object",)),
        claim("80 KZT", predicate="price", object="it", literal=("object",)),
    ),
    "shares of nobody knows whom": (
        claim("80 KZT", predicate="price", object="its shares", literal=("object",)),
        claim("80 KZT", predicate="price", object="its shares", literal=("object",)),
    ),
    "them, removed from office": (
        claim(kind="relation", predicate="removed_from_office", object="them", literal=("object",)),
        claim(kind="relation", predicate="removed_from_office", object="them", literal=("object",)),
    ),
}


@pytest.mark.parametrize(("a", "b"), ONE_FACT.values(), ids=ONE_FACT.keys())
def test_one_fact(a: ClaimView, b: ClaimView) -> None:
    assert together(a, b) == [{a.id, b.id}]


@pytest.mark.parametrize(("a", "b"), TWO_FACTS.values(), ids=TWO_FACTS.keys())
def test_two_facts(a: ClaimView, b: ClaimView) -> None:
    assert sorted(map(sorted, together(a, b))) == sorted([[a.id], [b.id]])


def test_arrests_nobody_places_stay_together_within_their_article() -> None:
    a, b = claim("12", article="a"), claim("about 12", article="a")
    assert together(a, b) == [{a.id, b.id}]


def test_a_week_of_daily_increases_does_not_melt_into_one_fact() -> None:
    days = [in_city(f"{900 + 111 * i}", on=3 + i) for i in range(7)]
    assert len(group(*days)) == 7


def test_a_claim_dated_to_the_year_does_not_chain_two_events_together() -> None:
    first = claim(kind="event", predicate="protest", place="almaty", on=5)
    second = claim(kind="event", predicate="protest", place="almaty", time_start=date(2022, 9, 5))
    vague = claim(
        kind="event",
        predicate="protest",
        place="almaty",
        time_start=date(2022, 1, 1),
        time_end=date(2022, 12, 31),
        precision="year",
    )
    assert sorted(map(len, together(first, second, vague))) == [1, 1, 1]


def test_an_increase_told_from_farther_off_is_flagged_and_does_not_name_the_fact() -> None:
    near = in_city("1,678", on=12, day=13, origin="mayor")
    far = in_country("nearly 1,700", extent="increment", on=11, day=12)
    (fact,) = group(near, far)
    assert {m.claim.id: m.reason for m in fact.members} == {near.id: "key", far.id: "wider_place"}
    assert (fact.place, fact.slug) == ("almaty", "arrests-almaty-increment-2022-01-12")
    agreement = assess(m.claim for m in fact.members)
    assert agreement is not None
    assert agreement.status == "agreed"


def test_an_increase_of_the_country_fitting_two_cities_joins_neither() -> None:
    almaty = in_city("1,700", on=12, day=12)
    astana = in_city("1,700", on=12, day=12, place="astana")
    country = in_country("1,700", extent="increment", on=12, day=12)
    assert sorted(map(len, together(almaty, astana, country))) == [1, 1, 1]


def test_an_increase_of_the_country_joins_the_innermost_place_and_the_nearest_day() -> None:
    square = in_city("1,700", on=12, day=12, place="square", within=("almaty", "kazakhstan"))
    city = in_city("1,700", on=12, day=12)
    country = in_country("1,700", extent="increment", on=12, day=12)
    facts = group(square, city, country)
    assert [(f.place, len(f.members)) for f in facts] == [("square", 3)]

    before, after = in_city("1,690", on=10, day=12), in_city("1,680", on=12, day=12)
    fact = next(f for f in group(before, after, country) if len(f.members) == 2)
    assert {m.claim.id for m in fact.members} == {after.id, country.id}


def test_dead_told_of_the_country_are_flagged_and_do_not_name_the_fact() -> None:
    far, near = dead("46", "kenya", day=9), dead("at least 46", "mombasa", extent="cumulative")
    (fact,) = group(near, far)
    assert {m.claim.id: m.reason for m in fact.members} == {near.id: "key", far.id: "wider_place"}
    assert (fact.place, fact.slug) == ("mombasa", "deaths-mombasa-2022-01")
    assert fact.period_start == january(10)


def test_dead_of_the_country_fitting_two_towns_join_the_one_that_is_named_or_neither() -> None:
    mombasa, nairobi = dead("46", "mombasa"), dead("46", "nairobi")
    assert sorted(map(len, together(mombasa, nairobi, dead("46", "kenya")))) == [1, 1, 1]
    named = dead("46", "kenya", "nairobi")
    assert {nairobi.id, named.id} in together(mombasa, nairobi, named)


def test_what_is_left_of_the_country_does_not_hang_together_by_what_went_to_the_town() -> None:
    early, late = dead("5", "kenya", day=1), dead("7", "kenya", day=28)
    early, late = (msgspec.structs.replace(one, named=frozenset({"bus"})) for one in (early, late))
    late = msgspec.structs.replace(
        late, time_start=date(2022, 2, 9), time_end=date(2022, 2, 9), precision="day"
    )
    far, near = dead("46", "kenya", day=20), dead("46", "mombasa", day=20)
    assert sorted(map(len, together(early, far, late, near))) == [1, 1, 2]


def test_with_only_some_claims_of_other_places_a_stored_claim_stays_in_its_fact() -> None:
    """A second town with the figure, out of reach, left it where it is."""
    near, far = dead("46", "mombasa"), dead("46", "kenya")
    told_in = {far.id: "deaths|total|place=kenya"}
    facts = group_claims([near, far], PREDICATES, NAMES, {}, told_in)
    assert sorted(len(fact.members) for fact in facts) == [1, 1]


def test_an_increase_told_the_day_after_is_flagged() -> None:
    dated, late = in_city("1,678", on=12, day=12), in_city("1,700", day=13)
    (fact,) = group(dated, late)
    assert [m.reason for m in fact.members] == ["key", "adjacent_day"]
    companion = in_city("1,702", on=13, day=14)
    assert sorted(map(sorted, together(dated, late, companion))) == [
        [dated.id],
        sorted([late.id, companion.id]),
    ]


CALLED: dict[str, tuple[list[ClaimView], str, str]] = {
    "a running total": (
        [in_country("7,939", on=10), in_country("12,000", on=12)],
        "arrests-kazakhstan-2022-01",
        "People arrested in Kazakhstan, January 2022, running total",
    ),
    "a plain figure": (
        [in_country("2,500", extent=None, predicate="troops_deployed", subject="csto")],
        "troops-deployed-csto-kazakhstan-2022-01",
        "Soldiers deployed in Kazakhstan: Collective Security Treaty Organization, January 2022",
    ),
    "an increase": (
        [in_city("1,678", on=12)],
        "arrests-almaty-increment-2022-01-12",
        "People arrested in Almaty, 12 January 2022, increase",
    ),
    "a subset": (
        [in_city("207", extent="subset", group="two Almaty markets")],
        "arrests-almaty-subset-two-almaty-markets-2022-01",
        "People arrested in Almaty, two Almaty markets, January 2022, part of a total",
    ),
    "a relation": (
        [
            claim(
                kind="relation",
                predicate="removed_from_office",
                object="karim-masimov",
                complement="security-committee",
                on=5,
            )
        ],
        "removed-from-office-karim-masimov-security-committee",
        "Removed from office: Karim Masimov, National Security Committee",
    ),
    "a statement": (
        [claim(kind="statement", predicate="demand", subject="united-states", object="leave at once")],
        "demand-united-states-leave-at-once-2022-01",
        "Demand: United States, leave at once, January 2022",
    ),
    "another script": (
        [claim(kind="event", predicate="meeting", object="Қауіпсіздік кеңесі", on=5)],
        "meeting-qauipsizdik-kengesi-2022-01",
        "Meeting: Қауіпсіздік кеңесі, January 2022",
    ),
    "nobody placed it": ([claim("12")], "arrests-2022-01", "People arrested, January 2022"),
}


@pytest.mark.parametrize(("claims", "slug", "title"), CALLED.values(), ids=CALLED.keys())
def test_what_a_fact_is_called(claims: list[ClaimView], slug: str, title: str) -> None:
    (fact,) = group(*claims)
    assert (fact.slug, fact.title) == (slug, title)


PERIOD: dict[str, tuple[list[ClaimView], date | None, date | None]] = {
    "a running total is open": ([in_country("1", on=10), in_country("2", on=12)], january(10), None),
    "a plain figure ends": (
        [in_country("1", on=10, extent=None), in_country("2", on=12, extent=None)],
        january(10),
        january(12),
    ),
    "undated: the report": ([in_country("1", day=10, extent=None)], january(10), january(10)),
    "an undated relation has none": (
        [claim(kind="relation", predicate="removed_from_office", object="karim-masimov")],
        None,
        None,
    ),
    "a month does not stretch a day": (
        [
            claim(kind="event", predicate="protest", place="almaty", on=25),
            claim(
                kind="event",
                predicate="protest",
                place="almaty",
                time_start=january(1),
                time_end=january(31),
                precision="month",
            ),
        ],
        january(25),
        january(25),
    ),
}


@pytest.mark.parametrize(("claims", "start", "end"), PERIOD.values(), ids=PERIOD.keys())
def test_period(claims: list[ClaimView], start: date | None, end: date | None) -> None:
    (fact,) = group(*claims)
    assert (fact.period_start, fact.period_end) == (start, end)


def test_colliding_slugs_are_numbered_in_the_order_of_their_periods() -> None:
    late = claim(kind="event", predicate="meeting", object="summit", on=25)
    early = claim(kind="event", predicate="meeting", object="summit", on=5)
    facts = {f.slug: f.members[0].claim.id for f in group(late, early)}
    assert facts == {"meeting-summit-2022-01": early.id, "meeting-summit-2022-01-2": late.id}


def test_slugs_of_other_facts_are_left_alone() -> None:
    (fact,) = group(in_country("1"), taken=("arrests-kazakhstan-2022-01", "arrests-kazakhstan-2022-01-2"))
    assert fact.slug == "arrests-kazakhstan-2022-01-3"


def test_long_names_are_cut_and_stay_apart() -> None:
    facts = group(
        *(
            claim(kind="event", predicate="meeting", object="meeting of " + "very " * 40 + end, on=5)
            for end in ("old friends", "new friends")
        )
    )
    slugs = [f.slug for f in facts]
    assert len(set(slugs)) == 2
    assert all(len(s) <= 100 and s.endswith("-2022-01") for s in slugs)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Қазақстан", "qazaqstan"),
        ("Côte d'Ivoire", "cote-divoire"),
        ("北京", "beijing"),
        ("???", ""),
        ("removed_from_office", "removed-from-office"),
    ],
)
def test_ascii_slug(text: str, slug: str) -> None:
    assert ascii_slug(text) == slug


def test_keys_say_what_they_hold_and_increases_of_a_country_are_regrouped_together() -> None:
    total, increase = in_country("1"), in_city("1")
    assert fact_key(total, ("place",)) == "arrests|total|place=kazakhstan"
    assert fact_key(increase, ("place",)) == "arrests|increment|in=kazakhstan|place=almaty"
    assert regroup_prefix("arrests|total|place=kazakhstan") == "arrests|total|place=kazakhstan"
    assert regroup_prefix(fact_key(increase, ("place",))) == "arrests|increment|in=kazakhstan|"


# --- what always holds -----------------------------------------------------------------------------------


@st.composite
def placed_claim(draw: st.DrawFn, predicates: tuple[str, ...] = ("arrests", "deaths")) -> ClaimView:
    place = draw(st.sampled_from(["kazakhstan", "almaty", "astana", None, "☃"]))
    return claim(
        draw(st.sampled_from(["1,700", "nearly 1,700", "1,678", "10"])),
        predicate=draw(st.sampled_from(predicates)),
        named=draw(st.sampled_from([frozenset(), frozenset({"fire"}), frozenset({"fire", "almaty"})])),
        day=draw(st.integers(1, 28)),
        on=draw(st.none() | st.integers(1, 28)),
        place=place,
        within=("kazakhstan",) if place in ("almaty", "astana") else (),
        extent=draw(st.sampled_from(["cumulative", "increment", "subset", None])),
        group=draw(st.none() | st.text(max_size=8)),
        origin=draw(st.sampled_from([None, "police"])),
    )


CLAIMS = st.lists(placed_claim(), max_size=12)


@given(CLAIMS, st.randoms())
@settings(deadline=None)
def test_the_order_of_claims_does_not_matter(claims: list[ClaimView], random: Any) -> None:
    expected = group(*claims)
    random.shuffle(claims)
    assert group(*claims) == expected


@given(CLAIMS)
@settings(deadline=None)
def test_every_claim_is_in_exactly_one_fact_with_a_name_of_its_own(claims: list[ClaimView]) -> None:
    facts = group(*claims)
    assert sorted(m.claim.id for f in facts for m in f.members) == sorted(c.id for c in claims)
    assert len({f.slug for f in facts}) == len(facts)
    for fact in facts:
        assert fact.slug.isascii()
        assert 0 < len(fact.slug) <= 100
        assert fact.title


@given(st.lists(placed_claim(("arrests",)), max_size=12))
@settings(deadline=None)
def test_grouping_by_prefix_gives_the_facts_of_grouping_all_where_totals_stay_in_their_place(
    claims: list[ClaimView],
) -> None:
    def facts(some: list[ClaimView]) -> set[tuple[str, frozenset[str]]]:
        return {(f.key, frozenset(m.claim.id for m in f.members)) for f in group(*some)}

    keys = {c.id: fact_key(c, PREDICATES[c.predicate].identity) for c in claims}
    prefixes = {regroup_prefix(key) for key in keys.values()}
    apart = [facts([c for c in claims if regroup_prefix(keys[c.id]) == prefix]) for prefix in prefixes]
    assert set().union(*apart) == facts(claims)


def test_a_new_fact_leaves_the_slugs_of_facts_that_are_out_of_reach_alone() -> None:
    """A stored fact has the slug that the new one would have by its claims, and so has one that was not
    read, with the next number."""
    stored, new = group(claim("40 people", day=3), claim("90 people", day=28, extent="subset"))
    new = msgspec.structs.replace(new, slug=stored.slug)
    known = uuid.uuid4()
    before = {stored.members[0].claim.id: known}
    kept = keep_identities([stored, new], before)
    assert kept == [known, None]
    named = with_slugs([stored, new], kept, {known: stored.slug}, {f"{stored.slug}-2"})
    assert [slug for _, slug, _ in named] == [stored.slug, f"{stored.slug}-3"]
    assert named[0][0] == known


def test_what_is_left_of_a_fact_keeps_its_name_before_what_went_elsewhere() -> None:
    """A claim goes back to its country: the town's fact is what has the town's key."""
    town, far = group(dead("46", "mombasa")), group(dead("46", "kenya"))
    stored = uuid.uuid4()
    before = {fact.members[0].claim.id: stored for fact in (*town, *far)}
    assert keep_identities([*far, *town], before, {stored: town[0].key}) == [None, stored]

"""The rule agreement-v1: how two claims stand to each other, and what that makes of a fact."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.facts.agreement import (
    CLAUSES,
    RULE,
    Agreement,
    Claimed,
    ClaimView,
    Range,
    assess,
    relate,
    supports,
    voices,
)
from service.facts.pairs import ALL_PAIRS_LIMIT
from tests.facts.builders import claim, january, told_on

MINISTRY = "interior-ministry"
TOTAL = {"extent": "cumulative"}


def total(words: str, /, **fields: Any) -> ClaimView:
    return claim(words, **({"extent": "cumulative"} | fields))


def outcome(a: ClaimView, b: ClaimView) -> tuple[str, str]:
    relation = relate(a, b)
    assert relate(b, a) == relation, "the order of the two must not matter"
    assert relation.because
    return relation.type, relation.clause


# One row per thing a clause must know: the two claims, the relation, the clause that decided.
PAIRS: dict[str, tuple[ClaimView, ClaimView, str, str]] = {
    "injured and soldiers": (
        claim("more than 2,000 people", predicate="injuries"),
        claim("more than 2,000 people", predicate="troops_deployed"),
        "scope_differs",
        "predicate",
    ),
    "an event and a figure": (claim(kind="event"), claim("3"), "scope_differs", "predicate"),
    "days and weeks": (claim("10 days"), claim("10 weeks"), "scope_differs", "units"),
    "percent and points": (claim("5 percent"), claim("5 points"), "scope_differs", "units"),
    "one unit written twice": (claim("1 day"), claim("1 days"), "equal", "same_amount"),
    "percent and its sign": (claim("5 %"), claim("5 per cent"), "equal", "same_amount"),
    "a unit and none": (claim("5 people"), claim("5"), "equal", "same_amount"),
    "subset and total": (
        claim("207", extent="subset", group="two markets", place="almaty", within=("kazakhstan",)),
        total("7,939", place="kazakhstan"),
        "scope_differs",
        "extent",
    ),
    "increase and total": (claim("1,678", extent="increment"), total("12,000"), "scope_differs", "extent"),
    "unmarked and total": (claim("7,939"), total("7,939"), "equal", "same_amount"),
    "two groups": (
        claim("16", extent="subset", group="police officers"),
        claim("16", extent="subset", group="children"),
        "scope_differs",
        "group",
    ),
    "one group, two wordings": (
        claim("207", extent="subset", group="two Almaty markets"),
        claim("207", extent="subset", group="two markets in Almaty"),
        "equal",
        "same_amount",
    ),
    "city and country": (
        total("1,000", place="almaty", within=("kazakhstan",)),
        total("1,000", place="kazakhstan"),
        "scope_differs",
        "place",
    ),
    "the dead of a town and, as many, of its country": (
        claim("46", predicate="deaths", place="mombasa", named=frozenset({"ferry", "mombasa"})),
        claim("at least 46", predicate="deaths", place="kenya", named=frozenset({"ferry"}), day=11),
        "bound_compatible",
        "wider_place",
    ),
    "the same of two events": (
        claim("46", predicate="deaths", place="mombasa", named=frozenset({"ferry", "mombasa"})),
        claim("46", predicate="deaths", place="kenya", named=frozenset({"landslide"})),
        "scope_differs",
        "place",
    ),
    "other numbers of a town and of its country": (
        claim("46", predicate="deaths", place="mombasa", named=frozenset({"ferry", "mombasa"})),
        claim("51", predicate="deaths", place="kenya", named=frozenset({"ferry"})),
        "scope_differs",
        "place",
    ),
    "two cities": (claim("10", place="almaty"), claim("10", place="astana"), "scope_differs", "place"),
    "unstated place": (claim("10", place="almaty"), claim("10"), "equal", "same_amount"),
    "increase told from farther off": (
        claim("1,678", extent="increment", place="almaty", within=("kazakhstan",), day=12),
        claim("nearly 1,700", extent="increment", place="kazakhstan", day=13),
        "rounding_of",
        "rounded",
    ),
    "increase told too late": (
        claim("1,678", extent="increment", place="almaty", within=("kazakhstan",), day=12),
        claim("nearly 1,700", extent="increment", place="kazakhstan", day=15),
        "scope_differs",
        "place",
    ),
    "another increase of the country": (
        claim("1,678", extent="increment", place="almaty", within=("kazakhstan",), day=12),
        claim("2,400", extent="increment", place="kazakhstan", day=12),
        "scope_differs",
        "place",
    ),
    "retraction by the origin": (
        claim("164", origin="health-ministry", modality="retracted", day=11),
        claim("more than 160", origin="health-ministry", modality="reported", day=10),
        "retracts",
        "withdrawn_by_origin",
    ),
    "an origin denies itself": (
        claim("164", origin="health-ministry", modality="denied", day=11),
        claim("164", origin="health-ministry", modality="reported", day=10),
        "retracts",
        "withdrawn_by_origin",
    ),
    "retraction of another figure": (
        claim("164", origin="health-ministry", modality="retracted", day=11),
        claim("225", origin="health-ministry", modality="reported", day=10),
        "contradicts",
        "different_figures",
    ),
    "said again after the retraction": (
        claim("164", origin="health-ministry", modality="retracted", day=11),
        claim("164", origin="health-ministry", modality="reported", day=12),
        "equal",
        "same_amount",
    ),
    "retraction by another": (
        claim("164", origin="health-ministry", modality="retracted", day=11),
        claim("at least 160", day=10),
        "bound_compatible",
        "bounds",
    ),
    "both withdrawn": (
        claim("164", origin="health-ministry", modality="retracted", day=11),
        claim("more than 160", origin="health-ministry", modality="retracted", day=10),
        "bound_compatible",
        "bounds",
    ),
    "a statement taken back": (
        claim(kind="statement", origin="tokayev", modality="retracted", day=11),
        claim(kind="statement", origin="tokayev", day=10),
        "retracts",
        "withdrawn_by_origin",
    ),
    "denied figure": (
        claim("164", origin="police", modality="denied"),
        claim("more than 160", origin="doctors"),
        "contradicts",
        "denied_and_asserted",
    ),
    "denial of another figure": (
        claim("164", origin="police", modality="denied"),
        claim("225", origin="doctors"),
        "bound_compatible",
        "denies_another_figure",
    ),
    "denied event": (
        claim(kind="event", predicate="mission_completed", modality="denied"),
        claim(kind="event", predicate="mission_completed", modality="alleged"),
        "contradicts",
        "denied_and_asserted",
    ),
    "denied attack on one target": (
        claim(kind="event", predicate="attack", object="the-station", modality="denied"),
        claim(kind="event", predicate="attack", object="the-station"),
        "contradicts",
        "denied_and_asserted",
    ),
    "denied protest of a day": (
        claim(kind="event", predicate="protest", modality="denied", on=10),
        claim(kind="event", predicate="protest", on=10),
        "contradicts",
        "denied_and_asserted",
    ),
    "denied protest of no day": (
        claim(kind="event", predicate="protest", modality="denied"),
        claim(kind="event", predicate="protest", on=10),
        "scope_differs",
        "occasion",
    ),
    "who did not join a strike, in an article on it": (
        claim(kind="event", predicate="protest", modality="denied", article="a", source="s", position=0),
        claim(kind="event", predicate="protest", article="a", source="s", position=1),
        "scope_differs",
        "occasion",
    ),
    "plan that did not come about": (
        claim(kind="event", predicate="mission_completed", modality="denied"),
        claim(kind="event", predicate="mission_completed", modality="planned"),
        "scope_differs",
        "plan",
    ),
    "two denials": (
        claim(kind="event", predicate="mission_completed", modality="denied"),
        claim(kind="event", predicate="mission_completed", modality="denied"),
        "equal",
        "nothing_conflicts",
    ),
    "one digit, one speaker, one day": (
        total("7,939", origin=MINISTRY, day=10, on=10),
        total("7,989", origin=MINISTRY, day=11, on=10),
        "possible_transcription",
        "one_slip_apart",
    ),
    "swapped digits": (
        claim("1,678", origin=MINISTRY),
        claim("1,768", origin=MINISTRY),
        "possible_transcription",
        "one_slip_apart",
    ),
    "a slip between two speakers is none": (
        total("7,939", origin=MINISTRY),
        total("7,989", origin="mayor"),
        "contradicts",
        "same_day_totals",
    ),
    "a slip a day later is growth": (
        total("7,939", origin=MINISTRY, on=10),
        total("7,989", origin=MINISTRY, on=11),
        "update_of",
        "total_grew",
    ),
    "a rounding is no slip": (
        claim("160", origin=MINISTRY),
        claim("164", origin=MINISTRY),
        "rounding_of",
        "rounded",
    ),
    "one digit of two says nothing": (
        claim("27", origin=MINISTRY),
        claim("29", origin=MINISTRY),
        "contradicts",
        "different_figures",
    ),
    "hedged and plain": (claim("almost 10,000"), claim("about 10,000"), "equal", "same_amount"),
    "one bound twice": (claim("at least 160"), claim("at least 160"), "equal", "same_bounds"),
    "one range twice": (claim("2 to 3 days"), claim("2 to 3 days"), "equal", "same_bounds"),
    "zero and zero": (claim("0"), claim("about 0"), "equal", "same_amount"),
    "written with a fraction": (claim("5.0"), claim("5"), "equal", "same_amount"),
    "rounded up": (claim("8,000"), claim("7,939"), "rounding_of", "rounded"),
    "almost": (claim("almost 8,000"), claim("7,939"), "rounding_of", "rounded"),
    "nearly 1,700": (claim("nearly 1,700"), claim("1,678"), "rounding_of", "rounded"),
    "another 1,700": (claim("1,700"), claim("1,678"), "rounding_of", "rounded"),
    "a rounding told a day later": (total("8,000", on=11), total("7,939", on=10), "rounding_of", "rounded"),
    "millions": (claim("2.5 million"), claim("2.497 million"), "rounding_of", "rounded"),
    "a dropped fraction": (claim("5 percent"), claim("4.7 percent"), "rounding_of", "rounded"),
    "below zero": (claim("-20 degrees"), claim("-19.6 degrees"), "rounding_of", "rounded"),
    "huge": (claim("5" + "0" * 40), claim("4" + "9" * 40), "rounding_of", "rounded"),
    "a small plain count is no rounding": (claim("40"), claim("41"), "contradicts", "different_figures"),
    "a small hedged count is": (claim("about 40"), claim("41"), "rounding_of", "rounded"),
    "the next total is no rounding": (total("170", on=12), total("166", on=10), "update_of", "total_grew"),
    "nearly is never above by much": (
        claim("nearly 8,000"),
        claim("8,400"),
        "contradicts",
        "different_figures",
    ),
    "opposite signs": (claim("-5"), claim("5"), "contradicts", "different_figures"),
    "zero and something": (claim("0"), claim("3"), "contradicts", "different_figures"),
    "a bound outgrown": (total("at least 12", day=10), total("40", day=11), "update_of", "bound_outgrown"),
    "dozens outgrown": (
        total("dozens", day=5),
        total("more than 1,000", day=9),
        "update_of",
        "bound_outgrown",
    ),
    "a bound not outgrown": (
        total("more than 160", day=9),
        total("164", day=10),
        "bound_compatible",
        "bounds",
    ),
    "a bound outgrown on its own day": (
        total("at least 12"),
        total("40"),
        "bound_compatible",
        "bounds",
    ),
    "at least and exactly": (claim("at least 160"), claim("164"), "bound_compatible", "bounds"),
    "about and more than": (claim("about 2,000"), claim("more than 2,000"), "bound_compatible", "bounds"),
    "more than and a figure": (claim("more than 2,000"), claim("2,500"), "bound_compatible", "bounds"),
    "ten days": (claim("10 days"), claim("at least 10 days"), "bound_compatible", "bounds"),
    "thousands": (claim("thousands"), claim("2,500"), "bound_compatible", "bounds"),
    "in a range": (claim("10 to 14 days"), claim("about 10 days"), "bound_compatible", "bounds"),
    "about a dozen": (claim("about 12"), claim("11"), "bound_compatible", "tolerance"),
    "two estimates": (claim("about 7,900"), claim("about 8,100"), "bound_compatible", "tolerance"),
    "a round figure on its bound": (
        claim("more than 2,000"),
        claim("2,000"),
        "bound_compatible",
        "bounds",
    ),
    "an odd figure on its bound": (claim("more than 164"), claim("164"), "contradicts", "disjoint_bounds"),
    "no number": (claim(value_text="many"), claim("40"), "bound_compatible", "no_figure"),
    "the total grew": (
        total("7,939", origin=MINISTRY, on=10),
        total("10,000", on=12),
        "update_of",
        "total_grew",
    ),
    "an undated total grew by its report": (
        total("7,939", day=10),
        total("about 12,000", day=13),
        "update_of",
        "total_grew",
    ),
    "two totals of a day": (total("10,000", on=12), total("12,000", on=12), "contradicts", "same_day_totals"),
    "two estimates of a day": (
        total("almost 10,000", day=12, on=12),
        total("about 12,000", day=13, on=12),
        "contradicts",
        "same_day_totals",
    ),
    "a total since a date is of its last day": (
        total("12,000", day=13, time_start=january(2), time_end=january(12), precision="day"),
        total("10,000", on=12, day=12),
        "contradicts",
        "same_day_totals",
    ),
    "the total fell": (total("225", on=15), total("190", on=16), "contradicts", "total_fell"),
    "of an earlier day, but told since": (
        total("58", on=6, day=10),
        total("53", on=8, day=8),
        "update_of",
        "told_since",
    ),
    "within a week and 10 days": (
        claim("at most 7 days"),
        claim("10 days"),
        "contradicts",
        "disjoint_bounds",
    ),
    "the rounder number below": (claim("nearly 10,000"), claim("9,000"), "contradicts", "different_figures"),
    "nearly, from afar": (claim("nearly 10,000"), claim("9,300"), "bound_compatible", "tolerance"),
    "about 2,000 and 2,500": (claim("about 2,000"), claim("2,500"), "contradicts", "different_figures"),
    "different days": (
        claim(kind="event", predicate="withdrawal_start", on=10),
        claim(kind="event", predicate="withdrawal_start", on=12),
        "contradicts",
        "different_days",
    ),
    "protests on different days": (
        claim(kind="event", predicate="protest", on=10),
        claim(kind="event", predicate="protest", on=12),
        "scope_differs",
        "occasion",
    ),
    "two figures of one voice in one article": (
        claim("20 dollars", predicate="profit", article="a", source="s", on=10),
        claim("1,600 dollars", predicate="profit", article="a", source="s", on=10),
        "scope_differs",
        "occasion",
    ),
    "two figures of one voice in an article and its reprint": (
        claim("7,939", article="a", source="s"),
        claim("12,500", article="b", source="s", reprint_of="a"),
        "scope_differs",
        "occasion",
    ),
    "one slip apart in one article": (
        claim("7,939", article="a", source="s"),
        claim("7,989", article="a", source="s"),
        "scope_differs",
        "occasion",
    ),
    "two voices in one article": (
        claim("12", article="a", source="s", origin=MINISTRY),
        claim("40", article="a", source="s", origin="doctors"),
        "contradicts",
        "different_figures",
    ),
    "growth of unknown times": (
        claim("3 percent", predicate="economic_growth"),
        claim("5 percent", predicate="economic_growth", on=10),
        "scope_differs",
        "period",
    ),
    "growth of one time": (
        claim("3 percent", predicate="economic_growth", on=10),
        claim("5 percent", predicate="economic_growth", on=10),
        "contradicts",
        "different_figures",
    ),
    "growth of a time that is inferred": (
        claim("3 percent", predicate="economic_growth", on=10),
        claim("5 percent", predicate="economic_growth", on=10, inferred=("time",)),
        "scope_differs",
        "period",
    ),
    "an age of somebody inferred": (
        claim("29 years", predicate="age", subject="norda"),
        claim("13 years", predicate="age", subject="norda", inferred=("subject",)),
        "scope_differs",
        "identity",
    ),
    "a denial by somebody inferred": (
        claim(
            kind="relation", predicate="resigned", subject="norda", modality="denied", inferred=("subject",)
        ),
        claim(kind="relation", predicate="resigned", subject="norda"),
        "scope_differs",
        "identity",
    ),
    "dead of a crash and dead of a fire": (
        claim("4", predicate="deaths", subject="a crash", literal=("subject",)),
        claim("12", predicate="deaths", subject="a fire", literal=("subject",)),
        "scope_differs",
        "cause",
    ),
    "dead of one crash": (
        claim("4", predicate="deaths", subject="a-crash"),
        claim("12", predicate="deaths", subject="a-crash"),
        "contradicts",
        "different_figures",
    ),
    "dead of two storms that have names, growing or not": (
        total("3", predicate="deaths", subject="storm-ada", on=10),
        total("60", predicate="deaths", subject="storm-bert", on=12),
        "scope_differs",
        "incident",
    ),
    "one figure of two storms": (
        total("60", predicate="deaths", subject="storm-ada"),
        total("60", predicate="deaths", subject="storm-bert"),
        "equal",
        "same_amount",
    ),
    "a part of the dead, and all of them": (
        total("12 people", predicate="deaths", value_text="12 people"),
        total("3 people", predicate="deaths", value_text="three sons"),
        "scope_differs",
        "counted",
    ),
    "a part of the dead is no earlier total": (
        total("3 people", predicate="deaths", value_text="three sons", on=10),
        total("12 people", predicate="deaths", value_text="12 people", on=11),
        "scope_differs",
        "counted",
    ),
    "a part of the dead is no lower bound of them": (
        total("at least 2", predicate="deaths", value_text="at least two drivers", on=10),
        total("12 people", predicate="deaths", value_text="12 people", on=11),
        "bound_compatible",
        "bounds",
    ),
    "two kinds of people": (
        total("at least 2", predicate="deaths", value_text="at least two drivers"),
        total("12", predicate="deaths", value_text="12 passengers"),
        "scope_differs",
        "incident",
    ),
    "people, dead and bodies are the same": (
        total("6", predicate="deaths", value_text="six bodies"),
        total("4", predicate="deaths", value_text="4 people"),
        "contradicts",
        "same_day_totals",
    ),
    "21 guards of the 200": (
        claim("21", predicate="hostages", value_text="21 prison guards"),
        claim("200", predicate="hostages", value_text="200 guards"),
        "scope_differs",
        "counted",
    ),
    "dead of two days, fewer on the later": (
        total("22", predicate="deaths", on=10),
        total("5", predicate="deaths", on=14),
        "scope_differs",
        "incident",
    ),
    "dead of a month and of a day in it": (
        total(
            "500",
            predicate="deaths",
            time_start=january(1),
            time_end=january(31),
            precision="month",
        ),
        total("85", predicate="deaths", on=12),
        "scope_differs",
        "incident",
    ),
    "dead of one month, counted twice": (
        total(
            "32", predicate="deaths", time_start=january(1), time_end=january(31), precision="month", day=20
        ),
        total(
            "30", predicate="deaths", time_start=january(1), time_end=january(31), precision="month", day=20
        ),
        "contradicts",
        "same_day_totals",
    ),
    "a count that goes on for weeks": (
        total("7,939", on=2),
        total("12,000", on=15, day=15),
        "update_of",
        "total_grew",
    ),
    "a count of a month later": (
        total("7,939", on=2, day=2),
        total("12,000", on=20, day=20),
        "scope_differs",
        "incident",
    ),
    "a country that is only inferred": (
        total(
            "4", predicate="deaths", place="kenya", inferred=("place",), named=frozenset({"bus", "ravine"})
        ),
        total("9", predicate="deaths", place="kenya", named=frozenset({"market", "blast"})),
        "scope_differs",
        "incident",
    ),
    "one bus crash in a country that is only inferred": (
        total(
            "4", predicate="deaths", place="kenya", inferred=("place",), named=frozenset({"bus", "ravine"})
        ),
        total("9", predicate="deaths", place="kenya", named=frozenset({"bus", "fell"})),
        "contradicts",
        "same_day_totals",
    ),
    "a country that the title names": (
        claim(
            "4 percent",
            predicate="inflation",
            place="kenya",
            inferred=("place",),
            named=frozenset({"kenyan"}),
            on=10,
        ),
        claim("6 percent", predicate="inflation", place="kenya", on=10),
        "contradicts",
        "different_figures",
    ),
    "a country that no word names": (
        claim(
            "4 percent",
            predicate="inflation",
            place="kenya",
            inferred=("place",),
            named=frozenset({"bank"}),
            on=10,
        ),
        claim("6 percent", predicate="inflation", place="kenya", on=10),
        "scope_differs",
        "incident",
    ),
    "a country that no word names, and the same figure": (
        claim(
            "4 percent",
            predicate="inflation",
            place="kenya",
            inferred=("place",),
            named=frozenset({"bank"}),
            on=10,
        ),
        claim("4 percent", predicate="inflation", place="kenya", on=10),
        "equal",
        "same_amount",
    ),
    "a town that is only inferred": (
        claim(
            "340,000", predicate="population", place="kisumu", inferred=("place",), named=frozenset({"lake"})
        ),
        claim("390,000", predicate="population", place="kisumu"),
        "contradicts",
        "different_figures",
    ),
    "dead of a blast and of a flood, a day later": (
        total("20", predicate="deaths", place="kenya", on=10, named=frozenset({"kenya", "blast"})),
        total("700", predicate="deaths", place="kenya", on=11, named=frozenset({"kenya", "flood"})),
        "scope_differs",
        "incident",
    ),
    "dead of a flood, a day later": (
        total("20", predicate="deaths", place="kenya", on=10, named=frozenset({"flood", "kenya"})),
        total("700", predicate="deaths", place="kenya", on=11, named=frozenset({"flood", "kenya", "river"})),
        "update_of",
        "total_grew",
    ),
    "what an article says itself and what it quotes": (
        claim("4,000", article="a", source="s", position=0),
        claim("7,939", article="a", source="s", origin=MINISTRY, position=1),
        "scope_differs",
        "occasion",
    ),
    "two sources of an article, one of them inferred": (
        claim("4,000", article="a", source="s", origin="mayor", inferred=("attribution",), position=0),
        claim("7,939", article="a", source="s", origin=MINISTRY, position=1),
        "scope_differs",
        "occasion",
    ),
    "two polls of one day": (
        claim("47 percent", predicate="vote_share", origin="one institute", on=10),
        claim("43 percent", predicate="vote_share", origin="another institute", on=10),
        "scope_differs",
        "period",
    ),
    "one institute, two papers": (
        claim("47 percent", predicate="vote_share", origin="one institute", on=10),
        claim("43 percent", predicate="vote_share", origin="one institute", on=10),
        "contradicts",
        "different_figures",
    ),
    "a deal with nobody knows whom, one digit apart": (
        claim("200 GBP", predicate="contract_value", subject="norda", source="s"),
        claim("800 GBP", predicate="contract_value", subject="norda", source="s"),
        "scope_differs",
        "identity",
    ),
    "who denies that they did it": (
        claim(kind="event", predicate="attack", object="the-station", subject="rebels", modality="denied"),
        claim(kind="event", predicate="attack", object="the-station"),
        "scope_differs",
        "occasion",
    ),
    "a denial in a country that is only inferred": (
        claim(kind="event", predicate="protest", modality="denied", on=10, inferred=("place",)),
        claim(kind="event", predicate="protest", on=10),
        "scope_differs",
        "occasion",
    ),
    "attacks in a country, of no day": (
        claim(kind="event", predicate="attack", place="kenya"),
        claim(kind="event", predicate="attack", place="kenya"),
        "scope_differs",
        "occasion",
    ),
    "attacks in a country, of no day, in the same words": (
        claim(
            kind="event",
            predicate="attack",
            place="kenya",
            named=frozenset({"grenade", "kenya", "market", "thika"}),
        ),
        claim(
            kind="event",
            predicate="attack",
            place="kenya",
            named=frozenset({"grenade", "kenya", "market", "thika"}),
        ),
        "equal",
        "nothing_conflicts",
    ),
    "attacks in a country, of one day": (
        claim(kind="event", predicate="attack", place="kenya", on=10),
        claim(kind="event", predicate="attack", place="kenya", on=10),
        "equal",
        "nothing_conflicts",
    ),
    "two storms of one town": (
        claim(kind="event", predicate="disaster", subject="storm-ada", place="kisumu"),
        claim(kind="event", predicate="disaster", subject="storm-bert", place="kisumu"),
        "scope_differs",
        "occasion",
    ),
    "attacks in a country, of one month and a day in it, where it is inferred": (
        claim(
            kind="event",
            predicate="attack",
            place="kenya",
            time_start=january(1),
            time_end=january(31),
            precision="month",
            inferred=("place",),
        ),
        claim(kind="event", predicate="attack", place="kenya", on=10),
        "scope_differs",
        "occasion",
    ),
    "attacks in a town, of no day": (
        claim(kind="event", predicate="attack", place="kisumu"),
        claim(kind="event", predicate="attack", place="kisumu"),
        "equal",
        "nothing_conflicts",
    ),
    "talks with one president, of no day": (
        claim(kind="event", predicate="meeting", object="president"),
        claim(kind="event", predicate="meeting", object="president"),
        "equal",
        "nothing_conflicts",
    ),
    "talks with somebody, of no day": (
        claim(kind="event", predicate="meeting", object="union leaders", literal=("object",)),
        claim(kind="event", predicate="meeting", object="union leaders", literal=("object",)),
        "scope_differs",
        "occasion",
    ),
    "elections of one year in a country that is only inferred": (
        claim(
            kind="event",
            predicate="election",
            place="kenya",
            inferred=("place",),
            time_start=date(2021, 1, 1),
            time_end=date(2021, 12, 31),
            precision="year",
        ),
        claim(
            kind="event",
            predicate="election",
            place="kenya",
            time_start=date(2021, 1, 1),
            time_end=date(2021, 12, 31),
            precision="year",
        ),
        "scope_differs",
        "occasion",
    ),
    "prices one digit apart": (
        claim("53.03 USD", predicate="price", source="s", on=10),
        claim("53.09 USD", predicate="price", source="s", on=10),
        "contradicts",
        "different_figures",
    ),
    "deals with nobody knows whom": (
        claim("20 USD", predicate="contract_value", subject="norda"),
        claim("80 USD", predicate="contract_value", subject="norda"),
        "scope_differs",
        "identity",
    ),
    "deals of the same two": (
        claim("20 USD", predicate="contract_value", subject="norda", object="peru"),
        claim("80 USD", predicate="contract_value", subject="norda", object="peru"),
        "contradicts",
        "different_figures",
    ),
    "planned and happened": (
        claim(kind="event", on=13, day=11, modality="planned"),
        claim(kind="event", on=13, day=14),
        "equal",
        "nothing_conflicts",
    ),
    "a day in a month": (
        claim(kind="event", on=13),
        claim(kind="event", time_start=january(1), time_end=january(31), precision="month"),
        "bound_compatible",
        "coarser_time",
    ),
    "an undated event": (
        claim(kind="event", predicate="internet_shutdown", on=13),
        claim(kind="event", predicate="internet_shutdown"),
        "equal",
        "nothing_conflicts",
    ),
    "an event in the city": (
        claim(kind="event", predicate="internet_shutdown", place="almaty", within=("kazakhstan",)),
        claim(kind="event", predicate="internet_shutdown", place="kazakhstan"),
        "equal",
        "nothing_conflicts",
    ),
    "two occasions": (
        claim(kind="event", article="a", source="s", on=10),
        claim(kind="event", article="a", source="s", on=12),
        "scope_differs",
        "occasion",
    ),
    "statements": (claim(kind="statement"), claim(kind="statement", day=12), "equal", "nothing_conflicts"),
    "relations of any day": (
        claim(kind="relation", on=10),
        claim(kind="relation", on=20),
        "equal",
        "nothing_conflicts",
    ),
}


@pytest.mark.parametrize(("a", "b", "kind", "clause"), PAIRS.values(), ids=PAIRS.keys())
def test_relation(a: ClaimView, b: ClaimView, kind: str, clause: str) -> None:
    assert outcome(a, b) == (kind, clause)


def test_every_clause_decides_in_some_row_and_explains_itself_with_an_example() -> None:
    fired = set()
    for a, b, _, _ in PAIRS.values():
        new, old = (a, b) if (a.reported_at, a.article) > (b.reported_at, b.article) else (b, a)
        fired.add(next(c for c in CLAUSES if c(new, old) is not None))
    assert fired == set(CLAUSES)
    assert all(clause.__doc__ for clause in CLAUSES)


def test_the_page_for_clients_tells_every_clause_with_its_type() -> None:
    page = Path(__file__).parents[2].joinpath("docs/agreement.md").read_text("utf-8")
    for _, _, kind, clause in PAIRS.values():
        assert f"| `{clause}` | `{kind}` |" in page


DIRECTIONS: dict[str, tuple[ClaimView, ClaimView]] = {
    "coarser to finer": (claim("8,000", day=10), claim("7,939", day=11)),
    "later total to earlier": (total("10,000", on=12, day=12), total("7,939", on=10, day=13)),
    "retraction to what it withdraws": (
        claim("164", origin="m", modality="retracted", day=12),
        claim("164", origin="m", day=10),
    ),
    "part to whole": (claim("207", extent="subset", day=9), total("7,939")),
    "group to everyone": (claim("16", group="police", day=9), claim("164")),
    "city to country": (
        claim("10", place="almaty", within=("kazakhstan",), day=9),
        claim("10", place="kazakhstan"),
    ),
    "bound to figure": (claim("more than 2,000", day=9), claim("2,500")),
    "denial to assertion": (claim("5", modality="denied", day=9), claim("5")),
    "told later to told earlier": (claim("2,500", day=11), claim("4,000", day=10)),
}


@pytest.mark.parametrize(("a", "b"), DIRECTIONS.values(), ids=DIRECTIONS.keys())
def test_direction(a: ClaimView, b: ClaimView) -> None:
    relation = relate(a, b)
    assert (relation.from_, relation.to) == (a.id, b.id)
    assert relate(b, a) == relation


def test_a_relation_is_written_with_from_and_to() -> None:
    a, b = claim("8,000"), claim("7,939")
    assert msgspec.to_builtins(relate(a, b)) == {
        "from": a.id,
        "to": b.id,
        "type": "rounding_of",
        "clause": "rounded",
        "because": "7,939, rounded, is 8,000",
    }


# --- the verdict -----------------------------------------------------------------------------------------


def verdict(*claims: ClaimView, as_of: datetime | None = None) -> Agreement:
    agreement = assess(claims, as_of)
    assert agreement is not None
    return agreement


STATUSES: dict[str, tuple[list[ClaimView], str, int]] = {
    "one claim": ([claim("164")], "single_source", 1),
    "two papers": ([claim("8,000"), claim("7,939")], "agreed", 2),
    "five papers quote one ministry": (
        [claim("7,939", origin=MINISTRY, day=10 + i % 3) for i in range(5)],
        "single_source",
        1,
    ),
    "a headline and its source": (
        [
            claim("almost 8,000", article="a", source="s", position=0),
            claim("7,939", article="a", source="s", origin=MINISTRY, position=1),
        ],
        "single_source",
        1,
    ),
    "a headline and another figure in the text": (
        [
            claim("almost 8,000", article="a", source="s", position=0),
            claim("4,000", article="a", source="s", origin=MINISTRY, position=1),
        ],
        "single_source",
        2,
    ),
    "two sources of one article": (
        [
            claim("almost 8,000", article="a", source="s", origin="mayor", position=0),
            claim("4,000", article="a", source="s", origin=MINISTRY, position=1),
        ],
        "disputed",
        2,
    ),
    "a slip": (
        [total("7,939", origin=MINISTRY, on=10), total("7,989", origin=MINISTRY, on=10, day=11)],
        "disputed",
        1,
    ),
    "growth": ([total("7,939", on=10), total("10,000", on=12)], "evolving", 2),
    "growth and a rival": (
        [total("7,939", on=10), total("10,000", on=12), total("12,000", on=12)],
        "disputed",
        3,
    ),
    "asserted and denied": (
        [
            claim(kind="event", predicate="mission_completed"),
            claim(kind="event", predicate="mission_completed", modality="denied"),
        ],
        "disputed",
        2,
    ),
    "all withdrawn": ([claim("164", origin="m", modality="retracted")], "retracted", 1),
    "withdrawn and unconfirmed": (
        [
            claim("164", origin="m", modality="retracted", day=10),
            claim("more than 160", origin="m", modality="retracted", day=11),
            claim("at least 160", day=13),
        ],
        "retracted",
        1,
    ),
    "withdrawn, then confirmed by another": (
        [
            claim("164", origin="m", modality="retracted", day=10),
            claim("at least 160", origin="doctors", day=13),
        ],
        "single_source",
        1,
    ),
    "withdrawn, then another figure": (
        [claim("164", origin="m", modality="retracted", day=10), claim("225", day=13)],
        "single_source",
        1,
    ),
    "withdrawn by its origin in a later article": (
        [claim("164", origin="m", day=10), claim("164", origin="m", modality="retracted", day=11)],
        "retracted",
        1,
    ),
    "only different scopes": (
        [claim("10", place="almaty"), claim("10", place="astana")],
        "single_source",
        2,
    ),
    "one increase from near and far": (
        [
            claim(
                "1,678", extent="increment", place="almaty", within=("kazakhstan",), origin="mayor", day=12
            ),
            claim("nearly 1,700", extent="increment", place="kazakhstan", within=(), day=13),
            claim("1,700", extent="increment", place="almaty", within=("kazakhstan",), day=12),
        ],
        "agreed",
        3,
    ),
}


@pytest.mark.parametrize(("claims", "status", "independent"), STATUSES.values(), ids=STATUSES.keys())
def test_status(claims: list[ClaimView], status: str, independent: int) -> None:
    agreement = verdict(*claims)
    assert (agreement.status, agreement.independent_attributions) == (status, independent)
    assert agreement.because
    assert agreement.rule == RULE


def test_counts_range_positions_and_relations_of_a_disputed_total() -> None:
    first = total("7,939", origin=MINISTRY, on=10, day=10)
    echo = total("7,939", origin=MINISTRY, on=10, day=11)
    ten = total("almost 10,000", on=12, day=12)
    twelve = total("about 12,000", origin="mayor", on=12, day=13, article=echo.article)
    agreement = verdict(twelve, ten, echo, first)

    assert (agreement.claims, agreement.articles, agreement.independent_attributions) == (4, 3, 3)
    assert agreement.range == Range(Decimal(7939), Decimal(12000))
    assert [(str(p.value and p.value.amount), p.claims) for p in agreement.positions] == [
        ("7939", (first.id, echo.id)),
        ("10000", (ten.id,)),
        ("12000", (twelve.id,)),
    ]
    assert agreement.positions[0].first_reported == told_on(january(10))
    assert agreement.positions[0].last_reported == told_on(january(11))
    assert agreement.positions[0].voices == 1
    assert len(agreement.relations) == 6
    assert agreement.preferred is not None
    assert agreement.preferred.claim == twelve.id
    assert agreement.preferred.because == ("latest", "total", "highest", "attributed")


def test_as_of_answers_from_what_was_published_with_retractions_not_yet_made() -> None:
    post = claim("164", origin="health-ministry", day=9)
    deleted = claim("164", origin="health-ministry", modality="retracted", day=11)
    assert assess([post, deleted], told_on(january(8))) is None
    assert verdict(post, deleted, as_of=told_on(january(10))).status == "single_source"
    assert verdict(post, deleted, as_of=told_on(january(11))).status == "retracted"
    assert verdict(post, deleted).withdrawn == (post.id, deleted.id)


def test_a_claim_of_an_article_taken_back_here_stands_until_then_and_withdraws_nobody_else() -> None:
    taken_back = claim("164", origin="health-ministry", day=9, withdrawn_at=told_on(january(12)))
    other = claim("164", origin="health-ministry", day=10)
    paper = claim("at least 160", day=10)
    before = verdict(taken_back, other, paper, as_of=told_on(january(11)))
    after = verdict(taken_back, other, paper)
    assert before.withdrawn == ()
    assert after.withdrawn == (taken_back.id,)
    assert (before.status, after.status) == ("agreed", "agreed")
    assert verdict(taken_back).status == "retracted"


def test_range_and_preferred_pass_over_denials_and_withdrawn_figures() -> None:
    said, other = claim("40", origin="police"), claim("400", origin="doctors", modality="denied")
    gone = claim("4,000", origin="mayor", modality="retracted")
    agreement = verdict(said, other, gone)
    assert agreement.range == Range(Decimal(40), Decimal(40))
    assert agreement.preferred is not None
    assert agreement.preferred.claim == said.id
    assert "not_retracted" in agreement.preferred.because
    assert [p.denied for p in agreement.positions] == [False, True, False]


def test_nothing_is_preferred_among_withdrawn_claims_but_their_range_is_told() -> None:
    agreement = verdict(claim("164", origin="m", modality="retracted"))
    assert agreement.preferred is None
    assert agreement.range == Range(Decimal(164), Decimal(164))


PREFERRED: dict[str, tuple[list[ClaimView], int, set[str]]] = {
    "a figure before the bound that fits all": (
        [claim("more than 2,000"), claim("2,500"), claim("2,500"), claim("about 2,000")],
        2,
        {"corroborated", "exact"},
    ),
    "the most backed": ([claim("10"), claim("20"), claim("20")], 2, {"corroborated", "exact"}),
    "the attributed of equals": ([claim("20", origin="police"), claim("20")], 0, {"attributed"}),
    "the finer of two that agree": ([claim("1,700"), claim("1,678")], 1, {"corroborated", "exact"}),
    "the unhedged of two that agree": ([claim("about 40"), claim("40")], 1, {"exact"}),
    "a bound where there is nothing else": ([claim("at least 3")], 0, set()),
    "a higher one of an earlier day, told since": (
        [total("58", on=6, day=10), total("53", on=8, day=8), total("40", on=6, day=10)],
        0,
        {"latest", "total", "highest"},
    ),
    "the latest total": ([total("100", on=5), total("80", on=9)], 1, {"latest", "total"}),
}


@pytest.mark.parametrize(("claims", "index", "because"), PREFERRED.values(), ids=PREFERRED.keys())
def test_preferred(claims: list[ClaimView], index: int, because: set[str]) -> None:
    preferred = verdict(*claims).preferred
    assert preferred is not None
    assert preferred.claim == claims[index].id
    assert because <= set(preferred.because)


def test_a_statement_has_one_position_without_a_value() -> None:
    agreement = verdict(claim(kind="statement"), claim(kind="statement"))
    assert [p.value for p in agreement.positions] == [None]
    assert agreement.range is None


# --- voices ----------------------------------------------------------------------------------------------


def test_a_reprint_is_the_voice_of_its_original_even_down_a_chain() -> None:
    original = claim("40", source="agency", article="a")
    reprint = claim("40", source="paper", article="b", reprint_of="a", day=12)
    copy = claim("40", source="blog", article="c", reprint_of="b", day=13)
    agreement = verdict(original, reprint, copy)
    assert (agreement.articles, agreement.independent_attributions) == (3, 1)
    assert agreement.status == "single_source"


def test_two_reprints_of_an_article_that_is_not_here_are_one_voice() -> None:
    claims = [claim("40", source=f"paper-{i}", article=f"r{i}", reprint_of="lost") for i in range(2)]
    assert verdict(*claims).independent_attributions == 1


def test_reprints_that_reprint_each_other_still_come_out() -> None:
    claims = [claim("40", article="a", reprint_of="b"), claim("40", article="b", reprint_of="a")]
    assert verdict(*claims).status in ("single_source", "agreed")


def test_a_late_reprint_of_an_undated_total_does_not_make_the_total_fall() -> None:
    claims = [
        total("8,000", article="a", source="s", day=10),
        total("9,500", day=12),
        total("8,000", article="b", source="t", reprint_of="a", day=14),
    ]
    assert verdict(*claims).status == "evolving"


def test_an_unattributed_figure_joins_the_origin_in_its_article_it_agrees_with_best() -> None:
    headline = claim("8,000", article="a", source="s", position=0)
    ministry = claim("7,939", article="a", source="s", origin=MINISTRY, position=1)
    mayor = claim("8,000", article="a", source="s", origin="mayor", position=2)
    assert voices([headline, ministry, mayor])[headline.id] == ("origin", "mayor")
    assert voices([headline, ministry])[headline.id] == ("origin", MINISTRY)
    assert voices([headline])[headline.id] == ("source", "s")


# --- many claims -----------------------------------------------------------------------------------------


def test_beyond_the_limit_relations_stay_linear_and_the_verdict_the_same() -> None:
    random = Random(7)
    claims = [
        total(f"{random.randrange(5_000, 12_000):,}", on=1 + i % 28, day=1 + i % 28) for i in range(2_000)
    ]
    agreement = verdict(*claims)
    assert agreement.status == "disputed"
    assert len(agreement.relations) < 25 * len(claims)


def test_claims_of_two_causes_do_not_stand_for_each_other_among_many() -> None:
    """Of very many claims the first of those alike stands for all: a fire's dead not for dead of no cause."""
    fire = [claim("4", predicate="deaths", subject="a-fire", source="s") for _ in range(ALL_PAIRS_LIMIT)]
    plain = claim("4", predicate="deaths", source="s")
    crash = claim("12", predicate="deaths", subject="a-crash", source="t")
    assert verdict(*fire, crash).status == "single_source"
    assert verdict(*fire, plain, crash).status == "disputed"


def test_beyond_the_limit_a_single_rival_among_echoes_is_found() -> None:
    echoes = [total("7,939", origin=MINISTRY, on=10, day=10 + i % 9) for i in range(ALL_PAIRS_LIMIT * 5)]
    assert verdict(*echoes).status == "single_source"
    slip = total("7,989", origin=MINISTRY, on=10, day=11)
    assert verdict(*echoes, slip).status == "disputed"
    takes_back = total("7,939", origin=MINISTRY, on=10, day=25, modality="retracted")
    assert verdict(*echoes, takes_back).status == "retracted"


def test_beyond_the_limit_the_ends_of_a_gliding_range_are_held_against_each_other() -> None:
    gliding = [total(f"about {1_000 + 10 * i:,}", on=10) for i in range(ALL_PAIRS_LIMIT * 3)]
    assert verdict(*gliding).status == "disputed"


# --- what somebody asks about ----------------------------------------------------------------------------

ASKED: dict[str, tuple[Claimed, ClaimView, str, str]] = {
    "the figure": (Claimed(amount=Decimal(7939)), total("7,939"), "equal", "same_amount"),
    "its rounding": (Claimed(amount=Decimal(8000)), total("7,939"), "rounding_of", "rounded"),
    "another": (Claimed(amount=Decimal(9000)), total("7,939"), "contradicts", "same_day_totals"),
    "a range": (
        Claimed(lower=Decimal(7000), upper=Decimal(8000), qualifier="range"),
        total("7,939"),
        "bound_compatible",
        "bounds",
    ),
    "at least": (
        Claimed(amount=Decimal(100), lower=Decimal(100), qualifier="at_least"),
        claim("164"),
        "bound_compatible",
        "bounds",
    ),
    "a later day": (
        Claimed(amount=Decimal(9000), day=date(2022, 1, 12)),
        total("7,939", on=10),
        "update_of",
        "total_grew",
    ),
    "an increase, of a total": (
        Claimed(amount=Decimal(7939), extent="increment"),
        total("7,939"),
        "scope_differs",
        "extent",
    ),
    "a group": (Claimed(amount=Decimal(16), group="police"), claim("16"), "scope_differs", "group"),
    "another unit": (Claimed(amount=Decimal(10), unit="weeks"), claim("10 days"), "scope_differs", "units"),
    "what is denied": (
        Claimed(amount=Decimal(164)),
        claim("164", modality="denied"),
        "contradicts",
        "denied_and_asserted",
    ),
    "what was retracted": (
        Claimed(amount=Decimal(160), lower=Decimal(160), qualifier="more_than"),
        claim("164", origin="m", modality="retracted"),
        "bound_compatible",
        "bounds",
    ),
    "growth of a time that the claim does not state": (
        Claimed(amount=Decimal(3)),
        claim("5 percent", predicate="economic_growth"),
        "contradicts",
        "different_figures",
    ),
    "one digit off is no slip of anyone": (
        Claimed(amount=Decimal(7989)),
        claim("7,939", origin=MINISTRY),
        "contradicts",
        "different_figures",
    ),
}


@pytest.mark.parametrize(("claimed", "held", "kind", "clause"), ASKED.values(), ids=ASKED.keys())
def test_supports(claimed: Claimed, held: ClaimView, kind: str, clause: str) -> None:
    support = supports(claimed, held)
    assert (support.type, support.clause) == (kind, clause)
    assert support.because


# --- what always holds -----------------------------------------------------------------------------------

QUALIFIERS = ["exact", "about", "nearly", "more_than", "at_least", "less_than", "at_most", "range"]
AMOUNTS = st.decimals(-(10**9), 10**9, places=1) | st.integers(0, 3000).map(Decimal)


@st.composite
def any_claim(draw: st.DrawFn) -> ClaimView:
    qualifier = draw(st.sampled_from(QUALIFIERS))
    amount, span = draw(AMOUNTS), draw(st.integers(0, 100))
    bounds = {"lower": amount, "upper": amount + span, "amount": None}
    if qualifier != "range":
        lower = None if qualifier in ("nearly", "less_than", "at_most") else amount
        upper = None if qualifier in ("more_than", "at_least") else amount
        bounds = {"amount": amount, "lower": lower, "upper": upper}
    number = draw(st.integers(0, 4))
    day = draw(st.none() | st.integers(1, 28))
    return claim(
        day=draw(st.integers(1, 28)),
        on=day,
        article=f"article-{number}",
        source=f"paper-{number % 3}",
        qualifier=qualifier,
        extent=draw(st.sampled_from(["cumulative", "increment", None])),
        origin=draw(st.sampled_from([None, MINISTRY, "mayor"])),
        modality=draw(st.sampled_from(["asserted", "reported", "denied", "retracted"])),
        position=draw(st.integers(0, 3)),
        **bounds,
    )


def published_together(claims: list[ClaimView]) -> list[ClaimView]:
    """The claims with one publication time per article, as articles have it."""
    when = {c.article: c.reported_at for c in claims}
    return [msgspec.structs.replace(c, reported_at=when[c.article]) for c in claims]


FACTS = st.lists(any_claim(), min_size=1, max_size=6).map(published_together)


@given(any_claim(), any_claim())
@settings(max_examples=300, deadline=None)
def test_relate_is_symmetric(a: ClaimView, b: ClaimView) -> None:
    assert relate(a, b) == relate(b, a)


@given(any_claim())
@settings(deadline=None)
def test_a_claim_agrees_with_its_own_repetition(a: ClaimView) -> None:
    again = msgspec.structs.replace(a, id="again", article="z", source="z")
    assert relate(a, again).type in ("equal", "retracts")


@given(FACTS)
@settings(deadline=None)
def test_the_order_of_claims_does_not_matter(claims: list[ClaimView]) -> None:
    expected = assess(claims)
    for some in list(permutations(claims))[:24]:
        assert assess(some) == expected


@given(FACTS, st.data())
@settings(deadline=None)
def test_a_reprint_never_adds_a_voice_nor_changes_the_status(
    claims: list[ClaimView], data: st.DataObject
) -> None:
    before = assess(claims)
    article = data.draw(st.sampled_from(sorted({c.article for c in claims})))
    copies = [
        msgspec.structs.replace(
            c, id=f"copy-{c.id}", article="reprint", source="copyist", reprint_of=article, reported_at=LATE
        )
        for c in claims
        if c.article == article
    ]
    after = assess([*claims, *copies])
    assert before is not None
    assert after is not None
    assert after.independent_attributions == before.independent_attributions
    assert after.status == before.status


LATE = datetime(2022, 2, 20, tzinfo=UTC)

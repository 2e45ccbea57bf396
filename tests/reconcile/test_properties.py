import datetime as dt
import uuid

import pytest

from service.reconcile.claims import Predicate
from service.reconcile.properties import Given, Held, agreement, catalogue, cell, proposed
from service.reconcile.queries import Alias, Other
from service.reconcile.schemas import EntityValue

ARRESTS = Predicate(
    "arrests",
    "People arrested",
    "quantity",
    "How many.",
    {"subject": "who made them"},
    frozenset({("place", "place"), ("subject", "organization"), ("speaker", "person")}),
)
DISMISSED = Predicate(
    "dismissed",
    "Dismissed",
    "relation",
    "A person lost an office.",
    {"subject": "by whom", "object": "who", "complement": "the office"},
    frozenset({("subject", "person"), ("object", "person")}),
)
KNOWN = catalogue([ARRESTS, DISMISSED])
PLACE = Other(uuid.UUID(int=1), "sun-city", "Sun City", "place")
ALIASES = {PLACE.id: [Alias("Sun City", "name", "en"), Alias("Солнечный", "native", "ru")]}
DAY = dt.datetime(2022, 1, 5, tzinfo=dt.UTC)


def test_predicates_give_a_property_for_each_other_role_and_part() -> None:
    assert [one.partition(".")[2] for one in KNOWN if one.startswith("dismissed.")] == [
        *("subject", "object", "complement"),
        *("place", "date", "statement"),
    ]
    assert {"arrests.amount", "arrests.lower", "arrests.upper", "arrests.wording"} <= set(KNOWN)
    assert KNOWN["dismissed.object"].name == "Dismissed: who"


@pytest.mark.parametrize(
    ("kind", "there", "not_there"),
    [
        ("place", {"arrests.amount", "arrests.subject"}, {"arrests.place", "dismissed.object"}),
        ("organization", {"arrests.amount", "arrests.place"}, {"arrests.subject"}),
        ("person", {"dismissed.subject", "dismissed.object"}, {"arrests.amount"}),
        ("event", {"name"}, {"arrests.amount", "dismissed.object"}),
        (None, {"arrests.amount", "dismissed.object"}, set()),
    ],
)
def test_a_kind_is_offered_what_its_entities_have(
    kind: str | None, there: set[str], not_there: set[str]
) -> None:
    found = {one.id for one in proposed([ARRESTS, DISMISSED], kind)}
    assert there <= found
    assert not found & not_there


@pytest.mark.parametrize(
    ("prop", "given", "held", "agreed"),
    [
        ("part_of", "Sun City", [PLACE], 1.0),
        ("part_of", "Солнечный", [PLACE], 1.0),
        ("part_of", "sun-city", [PLACE], 1.0),
        ("part_of", str(PLACE.id), [PLACE], 1.0),
        ("part_of", EntityValue("sun-city"), [PLACE], 1.0),
        ("part_of", EntityValue("moon-city", "Sun City"), [PLACE], 0.0),  # an id says more than a name
        ("part_of", "Government of Sun City", [PLACE], 0.0),
        ("part_of", "Sun City", [], None),
        ("arrests.amount", 50, [50], 1.0),
        ("arrests.amount", "1 000", [1000], 1.0),
        ("arrests.amount", 50, [100], 0.5),
        ("arrests.amount", -50, [100], 0.0),
        ("arrests.amount", True, [1], 0.0),
        ("arrests.amount", "about fifty", [50], 0.0),
        ("arrests.date", "2022-01-05", [DAY], 1.0),
        ("arrests.date", "2022-01", [DAY], 1.0),
        ("arrests.date", "2022", [DAY], 1.0),
        ("arrests.date", "202", [DAY], 0.0),
        ("arrests.date", "2022-01-06", [DAY], 0.0),
        ("arrests.date", "2022-01", ["2022-01"], 1.0),
        ("kind", "company", ["Organization"], 1.0),
        ("kind", "company", ["Person"], 0.0),
        ("dismissed.complement", "Minister of Health", ["minister of health"], 0.99),
        ("description", "MAYOR of sun city", ["Mayor of Sun City since 2019"], 1.0),
        ("description", "a fish", ["Mayor of Sun City since 2019"], 0.0),
    ],
)
def test_agreement(prop: str, given: Given, held: list[Held], agreed: float | None) -> None:
    assert agreement(given, held, KNOWN[prop], "place", ALIASES) == agreed


@pytest.mark.parametrize(
    ("held", "written"),
    [
        (PLACE, {"id": "sun-city", "name": "Sun City"}),
        ("text", {"str": "text"}),
        (3, {"int": 3}),
        (2.5, {"float": 2.5}),
        (DAY, {"date": "2022-01-05T00:00:00Z"}),
    ],
)
def test_cells(held: Held, written: dict[str, str | int | float]) -> None:
    assert cell(held) == written

"""Known names while the store changes: what is put in and taken out is what would be built anew."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from service.extraction.analysis import analyse
from service.extraction.gazetteer import Gazetteer, KnownAlias, KnownEntity
from service.extraction.protocol import Document

PERU = KnownEntity("peru", "Peru", "place", (KnownAlias("Peruvian", "demonym"),))
LIMA = KnownEntity("lima", "Lima", "place", part_of="peru")
QUISPE = KnownEntity("ana-quispe", "Ana Quispe", "person", (KnownAlias("Quispe", "short"),))
MINISTRY = KnownEntity("ministry", "Interior Ministry of Peru", "organization")
GOVERNMENT = KnownEntity("government", "Government of Peru", "organization")


def named(gazetteer: Gazetteer, text: str) -> dict[str, str | None]:
    """The entity of every mention, by what the text says."""
    return {one.surface: one.entity for one in analyse(Document(text), gazetteer).mentions}


def test_a_name_is_known_once_it_is_put_in() -> None:
    gazetteer = Gazetteer([PERU])
    assert named(gazetteer, "Ana Quispe resigned.")["Ana Quispe"] is None
    gazetteer.update([QUISPE])
    assert named(gazetteer, "Ana Quispe resigned.")["Ana Quispe"] == "ana-quispe"
    assert named(gazetteer, "Ana Kispe resigned.")["Ana Kispe"] == "ana-quispe"


def test_a_name_that_was_taken_away_is_not_known_any_more() -> None:
    gazetteer = Gazetteer([QUISPE])
    assert named(gazetteer, "Ana Kispe met Quispe.") == {"Ana Kispe": "ana-quispe", "Quispe": "ana-quispe"}
    gazetteer.update([KnownEntity("ana-quispe", "Rosa Huaman", "person")])
    assert set(named(gazetteer, "Ana Kispe met Quispe.").values()) == {None}
    assert named(gazetteer, "Rosa Huaman resigned.")["Rosa Huaman"] == "ana-quispe"


def test_a_name_of_one_that_is_gone_leads_to_who_else_has_it() -> None:
    other = KnownEntity("quispe", "Quispe", "person")
    gazetteer = Gazetteer([QUISPE, other])
    assert [hit.slug for hit in gazetteer.scan("Quispe")] == ["ana-quispe"]
    gazetteer.update([], gone=["ana-quispe"])
    assert [hit.slug for hit in gazetteer.scan("Quispe, not Ana Quispe")] == ["quispe", "quispe"]


def test_of_two_with_one_name_the_first_keeps_it_when_it_changes() -> None:
    other = KnownEntity("quispe", "Quispe", "person")
    gazetteer = Gazetteer([QUISPE, other])
    gazetteer.update([replace(QUISPE, aliases=())])
    assert [hit.slug for hit in gazetteer.scan("Quispe")] == ["quispe"]
    gazetteer.update([QUISPE])
    assert [hit.slug for hit in gazetteer.scan("Quispe")] == ["ana-quispe"]


def test_what_lies_in_a_place_that_is_renamed_lies_in_its_new_name() -> None:
    gazetteer = Gazetteer([PERU, LIMA, MINISTRY, GOVERNMENT])
    assert [hit.within for hit in gazetteer.scan("LIMA")] == ["Peru"]
    assert gazetteer.governments == {"Peru": "government"}
    gazetteer.update([replace(PERU, name="Republic of Peru", aliases=(KnownAlias("Peru"), *PERU.aliases))])
    assert [hit.within for hit in gazetteer.scan("LIMA")] == ["Republic of Peru"]
    assert gazetteer.governments == {"Republic of Peru": "government"}
    assert gazetteer.home_of("ministry") == "Republic of Peru"
    assert gazetteer.body_of("interior ministry", "Republic of Peru") == "ministry"
    assert gazetteer.capitals["Lima"] == "Republic of Peru"
    assert "Peru" not in gazetteer.countries


def test_a_country_is_known_without_the_store_when_its_entity_is_gone() -> None:
    gazetteer = Gazetteer([PERU])
    gazetteer.update([], gone=["peru"])
    (hit,) = gazetteer.scan("Peruvian")
    assert (hit.name, hit.slug, hit.alias_kind) == ("Peru", None, "demonym")


WORDS = (
    "Peru",
    "Lima",
    "Ana",
    "Quispe",
    "Interior Ministry",
    "Government",
    "Council",
    "Cusco",
    "Rosa",
    "the bay",
)


def anything(rng: random.Random, slug: str, slugs: Sequence[str]) -> KnownEntity:
    def name() -> str:
        return " of ".join(rng.sample(WORDS, rng.choice((1, 1, 2))))

    kinds = ("name", "spelling", "short", "demonym")
    return KnownEntity(
        slug,
        name(),
        rng.choice(("person", "organization", "place")),
        tuple(KnownAlias(name(), rng.choice(kinds)) for _ in range(rng.randrange(3))),
        rng.choice([None, *(one for one in slugs if one != slug)]),
    )


def all_of_it(gazetteer: Gazetteer) -> Any:
    """Whatever can be asked of it, over all names that there may be."""
    names = [first if first == second else f"{first} of {second}" for first in WORDS for second in WORDS]
    text = ". ".join((*names, *map(str.upper, names), "The Peruvian interior ministry said so"))
    bodies = ("interior ministry", "council")
    return (
        gazetteer.scan(text),
        gazetteer.countries,
        gazetteer.capitals,
        gazetteer.governments,
        {slug: gazetteer.home_of(slug) for slug in gazetteer.entities},
        {(body, place): gazetteer.body_of(body, place) for body in bodies for place in names},
        {(name, kind): sorted(
            (entity.slug, alias) for _, entity, alias, _ in gazetteer.candidates(kind, name[0].lower()).names
        ) for name in WORDS for kind in ("person", "organization", "place")},
        analyse(Document(text + ". Anna Quispé met Roza in Limma. "), gazetteer).mentions,
    )  # fmt: skip


@pytest.mark.parametrize("chance", range(12))
def test_any_changes_in_any_order_leave_what_would_be_built_anew(chance: int) -> None:
    rng = random.Random(chance)
    slugs = [f"thing-{number}" for number in range(30)]
    store: dict[str, KnownEntity] = {}
    gazetteer = Gazetteer()
    for _ in range(12):
        changed = rng.sample(slugs, rng.randint(1, 3))
        gone = [slug for slug in changed if slug in store and rng.random() < 0.3]
        for slug in gone:
            del store[slug]
            slugs.remove(slug)  # no slug comes back
        entities = [anything(rng, slug, slugs) for slug in changed if slug not in gone]
        store |= {entity.slug: entity for entity in entities}
        gazetteer.update(entities, gone)
        assert all_of_it(gazetteer) == all_of_it(Gazetteer(store.values()))

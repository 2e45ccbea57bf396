"""Which new names are put before a person as known ones in another spelling."""

import csv
from pathlib import Path

import pytest

from service.entities.names import similarity
from service.ingestion.entities import RESEMBLES, looks_like

PAIRS = Path(__file__).parents[1] / "entities" / "name_pairs.csv"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mirihana", "American"),
        ("Dhaka", "Doha"),
        ("Tennessee", "Tunisia"),
        ("Nasiriyah", "Nasser"),
        ("Cox", "Kochi"),
        ("Itaewon", "Taiwan"),
        ("Conakry", "Hungary"),
    ],
)
def test_names_that_only_sound_alike_do_not_resemble_each_other(one: str, other: str) -> None:
    assert similarity(one, other, "place") >= RESEMBLES
    assert not looks_like(one, other)


def test_every_known_spelling_of_a_name_still_resembles_it() -> None:
    with PAIRS.open() as lines:
        rows = [row for row in csv.DictReader(lines) if row["same"] == "1"]
    spellings = [row for row in rows if similarity(row["a"], row["b"], row["kind"]) >= RESEMBLES]
    assert len(spellings) > 250
    assert [(row["a"], row["b"]) for row in spellings if not looks_like(row["a"], row["b"])] == []

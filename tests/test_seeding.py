"""Seeding loads everything or nothing, the same on every machine, and twice changes nothing."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from service.seed_files import SeedError, read_files
from service.seeding import seed
from tests.conftest import SEEDS, create_database

Rows = dict[str, list[tuple[Any, ...]]]


def tables(url: str) -> Rows:
    """Every row of every table, with the time it was stored and with the place it is stored at, which an
    update that changes nothing would move."""

    async def read() -> Rows:
        connection = await asyncpg.connect(url)
        try:
            names = await connection.fetch(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
            )
            return {
                name: [
                    tuple(row)
                    for row in await connection.fetch(f'SELECT ctid, * FROM "{name}" ORDER BY ctid')
                ]
                for (name,) in names
            }
        finally:
            await connection.close()

    return asyncio.run(read())


def counts(rows: Rows) -> dict[str, int]:
    return {name: len(found) for name, found in rows.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the seeds to spoil."""
    copy = tmp_path / "seeds"
    shutil.copytree(SEEDS, copy)
    return copy


def test_seeding_twice_leaves_every_row_as_it_was(own_database: str) -> None:
    before = tables(own_database)
    assert before["claim"]
    assert before["fact"]
    assert before["relation"]
    report = seed(own_database, SEEDS)
    assert report.changed == 0
    assert tables(own_database) == before


def test_the_report_counts_what_is_stored(own_database: str) -> None:
    report = seed(own_database, SEEDS)
    stored = counts(tables(own_database))
    assert report.articles == stored["article"] == 5
    assert report.entities == stored["entity"]
    assert report.predicates == stored["predicate"]
    assert report.claims == stored["claim"]
    assert report.facts == stored["fact"]


def test_ids_are_the_same_on_every_machine(server: str, seeded: str, migrated: str) -> None:
    other = create_database(server, "another_machine", migrated)
    seed(other, SEEDS)
    query = "SELECT id, slug FROM {} ORDER BY slug"

    def ids(url: str) -> list[list[tuple[Any, ...]]]:
        async def read() -> list[list[tuple[Any, ...]]]:
            connection = await asyncpg.connect(url)
            try:
                kinds = ("article", "entity", "source", "predicate", "fact")
                return [[tuple(row) for row in await connection.fetch(query.format(kind))] for kind in kinds]
            finally:
                await connection.close()

        return asyncio.run(read())

    assert ids(other) == ids(create_database(server, "this_machine", seeded))


def edit(path: Path, change: Callable[[Any], None]) -> None:
    """Changes a YAML file as data."""
    data = msgspec.yaml.decode(path.read_bytes())
    change(data)
    path.write_bytes(msgspec.yaml.encode(data))


ARTICLE = Path("articles/nearly-1700-detained.yaml")


def first_claim(**values: Any) -> Callable[[Any], None]:
    return lambda data: data["claims"][0].update(values)


@pytest.mark.parametrize(
    ("path", "change", "message"),
    [
        (ARTICLE, first_claim(quote="Nobody ever wrote this"), "c01: the quote is not in the text"),
        (ARTICLE, first_claim(quote="the"), "c01: the quote stands "),
        (ARTICLE, first_claim(quote=" "), "c01: the quote is empty"),
        (ARTICLE, first_claim(predicate="nonesuch"), "c01: predicate 'nonesuch' is not in predicates.yaml"),
        (ARTICLE, first_claim(subject="nobody"), "c01: 'nobody' is not in entities.yaml"),
        (ARTICLE, first_claim(of="c99"), "c01: of 'c99' is no other claim"),
        (ARTICLE, first_claim(id="c02"), "c02: the id is used twice"),
        (
            ARTICLE,
            first_claim(
                value={"qualifier": "exact", "amount": 1, "lower": 1, "upper": 1, "text": "one in all"}
            ),
            "c01: the figure's words 'one in all' are not in the quote",
        ),
        (
            ARTICLE,
            first_claim(attribution=[{"role": "origin", "name": "a little bird"}]),
            "c01: the attribution's words 'a little bird' are not in the text",
        ),
        (ARTICLE, lambda data: data.update(source="nonesuch"), "source 'nonesuch' is not in sources.yaml"),
        (ARTICLE, lambda data: data.update(sources="x"), "nearly-1700-detained.yaml: "),
        (ARTICLE, lambda data: data.update(published_at="lately"), "nearly-1700-detained.yaml: "),
        (
            Path("entities.yaml"),
            lambda data: data[0].update(part_of="nowhere"),
            "part_of 'nowhere' is no entity",
        ),
    ],
)
def test_files_that_are_wrong_stop_the_load_with_file_and_claim_and_change_nothing(
    own_database: str, folder: Path, path: Path, change: Callable[[Any], None], message: str
) -> None:
    before = tables(own_database)
    edit(folder / path, change)
    with pytest.raises(SeedError) as refused:
        seed(own_database, folder)
    assert message in str(refused.value)
    assert path.name in str(refused.value)
    assert tables(own_database) == before


def test_all_problems_of_all_files_are_named_at_once(empty_database: str, folder: Path) -> None:
    edit(folder / ARTICLE, first_claim(quote="Nobody ever wrote this", subject="nobody"))
    edit(folder / "articles/csto-troops-to-leave.yaml", first_claim(predicate="nonesuch"))
    with pytest.raises(SeedError) as refused:
        seed(empty_database, folder)
    assert len(str(refused.value).splitlines()) == 3
    assert counts(tables(empty_database))["article"] == 0


@pytest.mark.parametrize("name", ["sources.yaml", "articles/nearly-1700-detained.txt"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SeedError, match=Path(name).name):
        read_files(folder)


def test_what_the_database_refuses_changes_nothing_either(own_database: str, folder: Path) -> None:
    before = tables(own_database)
    edit(folder / ARTICLE, first_claim(modality="certain"))
    with pytest.raises(Exception, match="ck_claim_modality_known"):
        seed(own_database, folder)
    assert tables(own_database) == before


def test_an_edit_of_the_files_arrives_and_only_that(own_database: str, folder: Path) -> None:
    before = tables(own_database)
    edit(folder / "predicates.yaml", lambda data: data[0].update(label="Persons arrested"))
    assert seed(own_database, folder).changed > 0
    after = tables(own_database)
    for name in ("source", "entity", "alias", "article", "mention", "attribution", "participant"):
        assert after[name] == before[name], name
    assert seed(own_database, folder).changed == 0


def test_a_claim_that_leaves_the_files_leaves_the_database_with_its_facts(
    own_database: str, folder: Path
) -> None:
    before = counts(tables(own_database))

    def drop(data: Any) -> None:
        data["claims"] = [one for one in data["claims"] if one["predicate"] != "population"]

    edit(folder / ARTICLE, drop)
    seed(own_database, folder)
    after = counts(tables(own_database))
    assert after["claim"] == before["claim"] - 1
    assert after["fact"] == before["fact"] - 1

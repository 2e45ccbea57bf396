"""The same grammar on news about other things: an invented country after an earthquake and an election."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from service.seeding import seed
from service.settings import Settings, resource
from tests.conftest import create_database, running
from tests.lookup.test_questions import Row, answered, right, rows

NORVIA = Path(__file__).parent / "norvia"


@pytest.fixture(scope="module")
def norvia(server: str, migrated: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """URL of a database that holds nothing but the news of Norvia."""
    folder = tmp_path_factory.mktemp("news") / "norvia"
    shutil.copytree(NORVIA, folder)
    shutil.copy(resource("seeds") / "predicates.yaml", folder)
    url = create_database(server, "norvia", migrated)
    seed(url, folder)
    return url


@pytest.fixture(scope="module")
async def reader(norvia: str, anyio_backend: str) -> AsyncIterator[httpx.AsyncClient]:
    async with running(Settings(database_url=norvia)) as found:
        yield found


@pytest.mark.parametrize("row", rows("norvia/questions.csv"), ids=lambda row: row.question)
async def test_the_fact_that_answers_comes_first(reader: httpx.AsyncClient, row: Row) -> None:
    fact, answer = await answered(reader, row)
    assert right(row, fact, answer), f"{fact}: {answer}"

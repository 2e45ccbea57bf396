"""Live while the process lives; ready only with a database at the right migration, and it says what is
wrong."""

import asyncpg
import httpx
import pytest

from service.db.migrate import newest
from service.settings import Settings
from tests.conftest import create_database, running
from tests.test_error_shape import problem


async def test_ready_names_migration_and_revision(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health/ready")
    assert answer.json() == {"status": "ok", "migration": newest(), "revision": 1}
    assert (await client.get("/health/live")).json() == {"status": "ok"}


@pytest.fixture
def bare_database(server: str) -> str:
    return create_database(server, "health_bare")


async def test_not_migrated_is_not_ready_and_says_what_to_do(bare_database: str) -> None:
    async with running(Settings(database_url=bare_database)) as client:
        found = problem(await client.get("/health/ready"), 503)
        assert "none" in found["detail"]
        assert newest() in found["detail"]
        assert "fact-lookup migrate" in found["detail"]
        assert (await client.get("/health/live")).status_code == 200


async def test_another_migration_is_not_ready_and_both_are_named(empty_database: str) -> None:
    connection = await asyncpg.connect(empty_database)
    try:
        await connection.execute("UPDATE alembic_version SET version_num = '0000'")
    finally:
        await connection.close()
    async with running(Settings(database_url=empty_database)) as client:
        detail = problem(await client.get("/health/ready"), 503)["detail"]
        assert "0000" in detail
        assert newest() in detail


async def test_without_a_database_it_is_not_ready_and_asks_to_come_back() -> None:
    async with running(Settings(database_url="postgresql://nobody@127.0.0.1:1/nothing")) as client:
        answer = await client.get("/health/ready")
        assert "reached" in problem(answer, 503)["detail"]
        assert int(answer.headers["retry-after"]) > 0
        assert (await client.head("/health/ready")).status_code == 503


async def test_a_database_that_comes_back_is_used_again(own_database: str) -> None:
    async with running(Settings(database_url=own_database)) as client:
        assert (await client.get("/v1/articles")).status_code == 200
        connection = await asyncpg.connect(own_database)
        try:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        finally:
            await connection.close()
        assert (await client.get("/v1/articles")).status_code in (200, 503), "one may find a dead connection"
        assert (await client.get("/v1/articles")).status_code == 200

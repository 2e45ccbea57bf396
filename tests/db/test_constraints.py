"""What the database refuses becomes an error that a client can act on."""

from typing import Any

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from service.db.constraints import ATTEMPTS, IMPOSSIBLE, TAKEN, commit
from service.db.models import Base
from service.db.writing import WRITERS, make_engine
from service.errors import Busy, Conflict, ServiceError, Unprocessable
from tests.curation.helpers import curating, rows


async def constraints(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch("SELECT conname FROM pg_constraint")
        return {row["conname"] for row in rows}
    finally:
        await connection.close()


async def test_every_constraint_that_is_explained_exists(database: str) -> None:
    assert set(TAKEN) | set(IMPOSSIBLE) <= await constraints(database)


async def test_every_unique_name_of_the_schema_is_explained() -> None:
    unique = {
        str(one.name)
        for table in Base.metadata.tables.values()
        for one in table.constraints
        if type(one).__name__ == "UniqueConstraint"
    }
    # what no client can bring about: targets of keys, hashes of random bytes, ids that come from a slug
    inner = {"uq_article_id_text_length", "uq_key_hash", "uq_fact_slug", "uq_predicate_slug"}
    assert unique - inner <= set(TAKEN)


async def refused(url: str, statement: str) -> ServiceError:
    engine = make_engine(url)

    async def work(connection: AsyncConnection) -> None:
        await connection.execute(text(statement))

    try:
        with pytest.raises(ServiceError) as caught:
            await commit(engine, work)
        return caught.value
    finally:
        await engine.dispose()


REFUSED: list[tuple[str, type[ServiceError], str | None]] = [
    ("UPDATE entity SET slug = 'almaty' WHERE slug = 'kazakhstan'", Conflict, "/slug"),
    ("UPDATE entity SET part_of_id = id WHERE slug = 'almaty'", Unprocessable, "/part_of"),
    ("UPDATE claim SET evidence_end = 1000000000", Unprocessable, "/evidence"),
    ("DELETE FROM predicate", Conflict, None),
    ("UPDATE entity SET part_of_id = gen_random_uuid() WHERE slug = 'almaty'", Conflict, None),
    ("UPDATE entity SET name = (SELECT string_agg(md5(n::text), '') FROM generate_series(1, 9000) n)"
     " WHERE slug = 'almaty'", Unprocessable, None),
    ("SELECT 1000000::smallint", Unprocessable, None),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "kind", "pointer"), REFUSED, ids=lambda one: str(one)[:50])
async def test_a_refusal_is_told(
    database: str, statement: str, kind: type[ServiceError], pointer: str | None
) -> None:
    error = await refused(database, statement)
    assert type(error) is kind
    assert [one.pointer for one in error.errors] == ([pointer] if pointer else [])


async def test_who_stands_in_the_way_of_another_tries_again(own_database: str) -> None:
    engine = make_engine(own_database)
    tries = []

    async def clashing(connection: AsyncConnection) -> str:
        await connection.execute(text("UPDATE entity SET description = 'half done'"))
        tries.append(1)
        if len(tries) < ATTEMPTS:
            await connection.execute(text("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"))
        return "done"

    async def hopeless(connection: AsyncConnection) -> None:
        tries.append(1)
        await connection.execute(text("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$"))

    try:
        assert await commit(engine, clashing) == "done"
        assert len(tries) == ATTEMPTS
        tries.clear()
        with pytest.raises(Busy) as caught:
            await commit(engine, hopeless)
        assert len(tries) == ATTEMPTS
        assert caught.value.status == 503
        assert caught.value.headers["Retry-After"]
    finally:
        await engine.dispose()


async def test_a_bug_is_not_explained_away(own_database: str) -> None:
    engine = make_engine(own_database)

    async def broken(connection: AsyncConnection) -> Any:
        return await connection.execute(text("SELECT nothing FROM nowhere"))

    try:
        with pytest.raises(Exception, match="nowhere"):
            await commit(engine, broken)
    finally:
        await engine.dispose()


async def test_who_waits_too_long_for_another_writer_is_asked_to_come_back(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.db.writing.LOCK_TIMEOUT", "50ms")
    async with curating(own_database) as client:
        before = await rows(own_database)
        other = await asyncpg.connect(own_database)
        holding = other.transaction()
        await holding.start()
        await other.execute(f"SELECT pg_advisory_xact_lock({WRITERS})")
        answer = await client.post("/v1/entities", json={"name": "Talgar", "kind": "place"})
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert (await client.get("/v1/entities")).status_code == 200, "readers wait for nobody"
        assert await rows(own_database) == before
        await holding.rollback()
        await other.close()
        again = await client.post("/v1/entities", json={"name": "Talgar", "kind": "place"})
        assert again.status_code == 201

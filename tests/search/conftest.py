"""A client of a store with one article whose text looks like markup."""

import hashlib
import uuid
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from service.db.migrate import driver_url
from service.settings import Settings
from tests.conftest import running

TEXT = "A sign said <b>zeppelin</b> & <script>alert(1)</script> in Almaty."


@pytest.fixture
async def writable(own_database: str) -> AsyncIterator[httpx.AsyncClient]:
    connection = await asyncpg.connect(driver_url(own_database))
    await connection.execute(
        """INSERT INTO article (id, slug, source_id, title, language, published_at, published_precision,
               published_basis, text, sha256)
           SELECT $1, 'markup', id, 'A <i>title</i>', 'en', '2022-01-12', 'day', 'given', $2, $3
           FROM source LIMIT 1""",
        uuid.uuid4(),
        TEXT,
        hashlib.sha256(TEXT.encode()).hexdigest(),
    )
    await connection.close()
    async with running(Settings(database_url=own_database)) as client:
        yield client

"""A real PostgreSQL for all tests: built by the migrations, filled by the seeds, never by hand.

Read-only tests share one database and one application; a test that writes asks for `empty_database` or
`own_database` and gets a copy that nobody else sees.
"""

import asyncio
import itertools
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

from service.app import make_litestar
from service.db.embedded import temporary_server
from service.db.migrate import migrate
from service.seeding import seed
from service.settings import Settings
from service.web.edge import edge

SEEDS = Path(__file__).parents[1] / "seeds"
_numbers = itertools.count(1)

# What runs in the background of a script ignores these, and so would every process that a test starts.
for _number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.SIG_DFL)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """URL of a running PostgreSQL that ends with the tests."""
    with temporary_server() as running:
        yield running.url


def create_database(server: str, name: str, template: str = "template0") -> str:
    async def create() -> None:
        connection = await asyncpg.connect(server)
        try:
            await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        finally:
            await connection.close()

    asyncio.run(create())
    return at_database(server, name)


def at_database(server: str, name: str) -> str:
    """The same server's URL with another database."""
    base, _, query = server.partition("?")
    return base.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")


@pytest.fixture(scope="session")
def migrated(server: str) -> str:
    """Name of a template database that has the schema and no rows."""
    migrate(create_database(server, "migrated"))
    return "migrated"


@pytest.fixture(scope="session")
def seeded(server: str, migrated: str) -> str:
    """Name of a template database with the seeds."""
    seed(create_database(server, "seeded", migrated), SEEDS)
    return "seeded"


@pytest.fixture(scope="session")
def database(server: str, seeded: str) -> str:
    """URL of the seeded database that read-only tests share."""
    return create_database(server, "shared", seeded)


@pytest.fixture
def own_database(server: str, seeded: str) -> Iterator[str]:
    """URL of a seeded database for one test, after which what is computed there agrees with what it is
    computed from."""
    url = create_database(server, f"own_{next(_numbers)}", seeded)
    yield url
    assert asyncio.run(dangling(url)) == [], "rows that point to what is not there"


# Foreign keys that no table has, as the rows are computed from others (docs/decisions/0036).
COMPUTED = (
    ("fact", "predicate_id", "predicate"),
    ("fact", "subject_id", "entity"),
    ("fact", "object_id", "entity"),
    ("fact", "complement_id", "entity"),
    ("fact", "place_id", "entity"),
    ("fact_version", "fact_id", "fact"),
    ("relation", "fact_id", "fact"),
    ("participant", "entity_id", "entity"),
    ("mention", "entity_id", "entity"),
    ("participant", "claim_id", "claim"),
    ("relation", "from_id", "claim"),
    ("relation", "to_id", "claim"),
)


async def dangling(url: str) -> list[tuple[str, str, str]]:
    """The table, the column and the value of every computed row that points to nothing."""
    looked_for = " UNION ALL ".join(
        f"SELECT '{table}', '{column}', {column}::text FROM {table} WHERE {column} IS NOT NULL"
        f" AND NOT EXISTS (SELECT FROM {target} WHERE {target}.id = {table}.{column})"
        for table, column, target in COMPUTED
    )
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(looked_for)]
    finally:
        await connection.close()


@pytest.fixture
def empty_database(server: str, migrated: str) -> str:
    """URL of a migrated database without rows, for one test."""
    return create_database(server, f"empty_{next(_numbers)}", migrated)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """The application as served, in this event loop, without a socket."""
    app = make_litestar(settings)
    async with app.lifespan():
        transport = httpx.ASGITransport(app=edge(app))  # type: ignore[arg-type]  # the same protocol, other names
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            yield client


@pytest.fixture(scope="session")
async def client(database: str, anyio_backend: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service on the shared seeded database."""
    async with running(Settings(database_url=database)) as found:
        yield found

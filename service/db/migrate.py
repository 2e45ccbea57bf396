"""Brings a database to the newest migration, and tells which one it is at."""

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from service.settings import resource


def async_url(url: str) -> str:
    """The same database for SQLAlchemy: `postgresql://` alone would mean psycopg."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.partition("+")[0] not in ("postgresql", "postgres"):
        raise ValueError(f"not a PostgreSQL URL: {scheme}://…")
    return f"postgresql+asyncpg://{rest}"


def driver_url(url: str) -> str:
    """The same database for asyncpg itself, which knows no `+driver` in the scheme."""
    return async_url(url).replace("+asyncpg", "", 1)


def alembic_config(database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(resource("alembic")).replace("%", "%%"))
    config.attributes["url"] = database_url
    return config


def migrate(database_url: str, revision: str = "head") -> None:
    """Upgrades to `revision`. Starts an event loop of its own, so it is called from synchronous code only.

    Raises OSError or asyncpg.PostgresError when the database cannot be reached or refuses.
    """
    command.upgrade(alembic_config(database_url), revision)


def newest() -> str:
    """The revision this code expects."""
    head = ScriptDirectory.from_config(alembic_config("")).get_current_head()
    assert head is not None
    return head


async def current(connection: asyncpg.Connection | asyncpg.pool.PoolConnectionProxy) -> str | None:
    """The revision a database is at; None when it was never migrated."""
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
        return None
    found: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
    return found

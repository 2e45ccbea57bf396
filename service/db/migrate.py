"""Brings a database to the newest migration, and tells which one it is at."""

import functools
import re
from typing import TYPE_CHECKING

import asyncpg

from service.settings import resource

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic is imported where it runs: a service whose database is up to date would only carry it, for a tenth
# of its memory.
IDENTIFIERS = re.compile(r'^(revision|down_revision) = "([^"]{1,40})"$', re.MULTILINE)


def async_url(url: str) -> str:
    """The same database for SQLAlchemy: `postgresql://` alone would mean psycopg."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.partition("+")[0] not in ("postgresql", "postgres"):
        raise ValueError(f"not a PostgreSQL URL: {scheme}://…")
    return f"postgresql+asyncpg://{rest}"


def driver_url(url: str) -> str:
    """The same database for asyncpg itself, which knows no `+driver` in the scheme."""
    return async_url(url).replace("+asyncpg", "", 1)


def alembic_config(database_url: str) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resource("alembic")).replace("%", "%%"))
    config.attributes["url"] = database_url
    return config


def migrate(database_url: str, revision: str = "head") -> None:
    """Upgrades to `revision`. Starts an event loop of its own, so it is called from synchronous code only.

    Raises OSError or asyncpg.PostgresError when the database cannot be reached or refuses.
    """
    from alembic import command

    command.upgrade(alembic_config(database_url), revision)


@functools.cache
def newest() -> str:
    """The revision this code expects: the one that no other follows."""
    versions = (path.read_text() for path in (resource("alembic") / "versions").glob("*.py"))
    found: list[dict[str, str]] = [dict(IDENTIFIERS.findall(text)) for text in versions]
    followed = {one.get("down_revision") for one in found}
    (last,) = (one["revision"] for one in found if one["revision"] not in followed)
    return last


async def current(connection: asyncpg.Connection | asyncpg.pool.PoolConnectionProxy) -> str | None:
    """The revision a database is at; None when it was never migrated."""
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
        return None
    found: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
    return found

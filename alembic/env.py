"""Runs migrations over asyncpg, the project's only driver.

`service.db.migrate` hands over the URL; the `alembic` command line takes it from DATABASE_URL.
"""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

from service.db.migrate import async_url
from service.db.models import Base

# A migration waits this long for a lock or a statement before it gives up and changes nothing: a service that
# reads must not hang behind a migration that waits.
LOCK_TIMEOUT = "10s"
STATEMENT_TIMEOUT = "10min"
# One migration at a time, whoever starts it; any fixed number serves.
ADVISORY_LOCK = 7_264_513


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.execute(text(f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT}'"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
        context.run_migrations()


async def run_online(url: str) -> None:
    engine = create_async_engine(async_url(url), poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


asyncio.run(run_online(context.config.attributes.get("url") or os.environ["DATABASE_URL"]))

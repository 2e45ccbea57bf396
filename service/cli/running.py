"""What commands share: how they fail, their settings, and the database they work on."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from service.settings import Settings, SettingsError, from_environment

if TYPE_CHECKING:
    from service.db.embedded import EmbeddedServer

OK, FAILED, USAGE, NO_DATABASE, ADDRESS_TAKEN, INTERRUPTED = 0, 1, 2, 3, 4, 130


class Failure(Exception):
    """Ends a command with a message on standard error and an exit code."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def read_settings() -> Settings:
    """Called by each command, not before them: `serve --help` must answer whatever the environment holds."""
    try:
        return from_environment(os.environ)
    except SettingsError as error:
        raise Failure(str(error), USAGE) from error


@contextlib.contextmanager
def refusals() -> Iterator[None]:
    """What the service refuses, as a message and an exit code."""
    from service.errors import DatabaseUnavailable, InvalidRequest, ServiceError

    try:
        yield
    except InvalidRequest as error:
        raise Failure(error.detail, USAGE) from error
    except DatabaseUnavailable as error:
        raise Failure(error.detail, NO_DATABASE) from error
    except ServiceError as error:
        raise Failure(error.detail, FAILED) from error


@contextlib.contextmanager
def database(settings: Settings, owner: bool = False) -> Iterator[str]:
    """The URL of a database that answers: the given one, else an embedded one for as long as the block runs.
    When that is running already, an owner fails, others join it."""
    from service.db import embedded

    if settings.database_url is not None:
        yield settings.database_url
        return
    directory = settings.data_dir or embedded.default_directory()
    try:
        if not owner and (running := embedded.running_url(directory)):
            yield running
            return
        first = not (directory / "pgdata").exists()
        with step(f"{'Creating' if first else 'Starting'} the database in {directory}"):
            connections = max(100, settings.workers * settings.pool_size + 20)
            server: EmbeddedServer = embedded.start(directory, max_connections=connections)
    except (embedded.EmbeddedError, OSError) as error:
        raise Failure(str(error), NO_DATABASE) from error
    try:
        yield server.url
    finally:
        # A second, impatient Ctrl-C must not leave the database running.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        server.stop()


def revision(url: str) -> str | None:
    """The migration a database is at. Fails when it cannot be asked."""
    import asyncpg

    from service.db.migrate import current

    async def ask() -> str | None:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            return await current(connection)
        finally:
            await connection.close()

    try:
        return asyncio.run(ask())
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise Failure(f"the database at DATABASE_URL does not answer: {reason}", NO_DATABASE) from error


def require_newest(url: str) -> None:
    from service.db.migrate import newest

    found, wanted = revision(url), newest()
    if found != wanted:
        state = f"at migration {found}, not {wanted}" if found else "not migrated"
        raise Failure(f"the database is {state}: run `fact-lookup migrate` first", NO_DATABASE)


def bring_up(url: str) -> None:
    import asyncpg
    import sqlalchemy.exc

    from service.db import migrate

    if revision(url) == migrate.newest():
        return
    try:
        with step("Migrating"):
            migrate.migrate(url)
    except (OSError, asyncpg.PostgresError, sqlalchemy.exc.SQLAlchemyError) as error:
        raise Failure(f"migration failed: {error}", FAILED) from error


def load_seeds(url: str, folder: Path) -> None:
    import asyncpg
    import sqlalchemy.exc

    from service.seed_files import SeedError
    from service.seeding import seed

    try:
        with step("Seeding"):
            report = seed(url, folder)
    except (SeedError, OSError, asyncpg.PostgresError, sqlalchemy.exc.SQLAlchemyError) as error:
        raise Failure(f"nothing was stored: {error}", FAILED) from error
    stored = f"{report.changed} rows new or changed" if report.changed else "all there already"
    counts = {name: number for name, number in msgspec.structs.asdict(report).items() if name != "changed"}
    click.echo(f"  {', '.join(f'{number} {name}' for name, number in counts.items())}: {stored}", err=True)


@contextlib.contextmanager
def step(label: str) -> Iterator[None]:
    """Says what is being done, and how long it took."""
    click.echo(f"{label} … ", err=True, nl=False)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        click.echo("failed", err=True)
        raise
    click.echo(f"{time.monotonic() - began:.1f} s", err=True)

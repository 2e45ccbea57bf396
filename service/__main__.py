"""The command line: `fact-lookup serve | migrate | seed | ingest | keys | openapi`.

Commands import what they need when they run, so that `--help` and a wrong option answer at once.
"""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
import msgspec

from service.settings import LOG_LEVELS, Settings, SettingsError, from_environment, resource

if TYPE_CHECKING:
    from service.db.embedded import EmbeddedServer

OK, FAILED, USAGE, NO_DATABASE, ADDRESS_TAKEN, INTERRUPTED = 0, 1, 2, 3, 4, 130

# Seconds that running requests get to finish before the server closes their connections.
GRACE = 10

EPILOG = """\b
Exit codes:
    0  done; for serve: stopped by Ctrl-C or SIGTERM
    1  failed; the message says at what
    2  wrong usage, or a setting that makes no sense
    3  no database: none reachable, not migrated, or the embedded one is in use
    4  the address to serve on is taken
  130  interrupted before it was done

\b
Settings, from the environment:
  DATABASE_URL  postgresql://user:password@host:5432/database
                without it, an embedded PostgreSQL starts in DATA_DIR
  DATA_DIR      default .data/postgres in a checkout
  HOST, PORT    default 127.0.0.1 and 8000
  WORKERS       processes that answer requests, default 1
  POOL_SIZE     database connections of each, default 10
  CACHE_MB      megabytes of answers that each keeps until the next write, default 64; 0 keeps none
  LOG_LEVEL     debug, info, warning or error, default info

\b
  EXTRACTION_WORKERS, EXTRACTION_SECONDS
                processes that read articles, default 2; how long one may take, default 20
  LLM_BASE_URL, LLM_MODEL, LLM_API_KEY, LLM_SECONDS
                a language model to ask too, at a server with OpenAI's chat completions
  SPACY_MODEL   an English spaCy pipeline to ask too: a package or a folder
"""


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


def release() -> str:
    try:
        return version("fact-lookup")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "unreleased"


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EPILOG
)
@click.version_option(release(), prog_name="fact-lookup")
def cli() -> None:
    """What is claimed about a thing, by whom, in which article and sentence, and whether sources agree."""


@cli.command()
@click.option("--host", help="Address to listen on.  [HOST, else 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one.  [PORT, else 8000]")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer.  [WORKERS, else 1]")
@click.option("--log-level", type=click.Choice(LOG_LEVELS), help="What to log.  [LOG_LEVEL, else info]")
@click.option("--migrate/--no-migrate", "migrates", default=None, help="Bring the schema up to date first.")
@click.option("--seed/--no-seed", "seeds", default=None, help="Load the seed articles first.")
def serve(migrates: bool | None, seeds: bool | None, **given: Any) -> None:
    """Answer requests over HTTP until Ctrl-C.

    Without DATABASE_URL this is all it takes: an embedded PostgreSQL is started, migrated and seeded, and
    stopped again at the end; its data stay. With DATABASE_URL that database is used as it is, unless
    --migrate or --seed ask for more; while it is away or not migrated, /health/ready says so.
    """
    options = {name: value for name, value in given.items() if value is not None}
    settings = msgspec.structs.replace(read_settings(), **options)
    embedded = settings.database_url is None
    migrates = embedded if migrates is None else migrates
    seeds = embedded if seeds is None else seeds
    # First of all, as it is the likeliest thing to fail and costs nothing.
    listener = _bind(settings.host, settings.port)
    with listener, _database(settings, owner=True) as url:
        if migrates:
            _migrate(url)
        if seeds:
            _require_newest(url)
            _seed(url, resource("seeds"))
        if not (migrates or seeds):
            # Not a reason to stay down: a database that restarts comes back, and may be migrated meanwhile.
            try:
                _require_newest(url)
            except Failure as failure:
                click.echo(f"Warning: {failure}", err=True)
        _serve(msgspec.structs.replace(settings, database_url=url), listener)


@cli.command()
def migrate() -> None:
    """Bring the database's schema up to date; does nothing when it is."""
    with _database(read_settings()) as url:
        _migrate(url)


@cli.command()
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where the seed files are.  [default: the five articles that come with the project]",
)
def seed(folder: Path | None) -> None:
    """Load the seed articles with their sources, entities and claims.

    Checks every quote against its article's text, and stores nothing at all if one is not there. A second run
    changes nothing. The database must have been migrated.
    """
    with _database(read_settings()) as url:
        _require_newest(url)
        _seed(url, folder or resource("seeds"))


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--source", help="Publisher of articles that do not name theirs, by slug or name.")
@click.option("--published-at", help="Date of articles that do not give theirs (2022-01-12).")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that extract.  [one per core]")
@click.option("--quiet", is_flag=True, help="No progress bar, and nothing about single articles.")
def ingest(
    paths: tuple[Path, ...], source: str | None, published_at: str | None, workers: int | None, quiet: bool
) -> None:
    """Store articles from files and folders, with the claims they make.

    Reads .txt, .html, .json, .ndjson, .csv and WARC (.warc, .warc.gz). Articles that are stored already are
    passed over, so a run that broke off goes on where it was. Exits with 1 when any article was refused.
    """
    from service.ingestion.bulk import Outcome, Summary
    from service.ingestion.bulk import ingest as run
    from service.ingestion.files import files_in, read_items
    from service.ingestion.opinions import model_of

    given = {"source": source, "published_at": published_at}
    defaults = {name: value for name, value in given.items() if value is not None}
    files = list(files_in(list(paths)))
    settings = read_settings()
    with _database(settings) as url:
        _require_newest(url)
        with click.progressbar(
            length=sum(path.stat().st_size for path in files),
            label="Ingesting",
            file=sys.stderr,
            hidden=quiet,
        ) as bar:

            def told(outcome: Outcome) -> None:
                if outcome.status == "refused" and not quiet:
                    click.echo(f"\nrefused {outcome.item.origin}: {outcome.error}", err=True)

            def items() -> Iterator[Any]:
                for path in files:
                    yield from read_items(path, defaults)
                    bar.update(path.stat().st_size)

            summary: Summary = run(
                url,
                items(),
                workers,
                told,
                settings.extraction_seconds,
                model_of(settings),
                settings.spacy_model,
            )
    _summarize(summary)
    sys.exit(FAILED if summary.refused else OK)


def _summarize(summary: Any) -> None:
    """The figures of a run, one a line, on standard output."""
    done = summary.stored + summary.known + summary.refused
    click.echo(
        f"{done} articles: {summary.stored} stored, {summary.known} known already, {summary.refused} refused"
    )
    click.echo(f"{summary.claims} claims; {sum(summary.rejected.values())} candidates rejected")
    for reason, number in summary.rejected.most_common():
        click.echo(f"  {number:>7} {reason}")
    for warning, number in summary.warnings.most_common():
        click.echo(f"{number} articles: {warning}")
    click.echo(f"{summary.seconds:.1f} s, {done / max(summary.seconds, 0.001):.0f} articles a second")


@cli.group()
def keys() -> None:
    """Keys that allow writing: reading needs none.

    \b
    ingest  store articles with their claims
    curate  change entities and claims, decide reviews
    admin   everything, and retracting articles
    """


@keys.command("create")
@click.option("--name", required=True, help="Who uses it; signs every change in the history.")
@click.option(
    "--scope",
    "scopes",
    required=True,
    multiple=True,
    type=click.Choice(["ingest", "curate", "admin"]),
    help="What it allows; give it several times.",
)
@click.option("--expires", help="From when on it is void: a date or an RFC 3339 time.  [never]")
def create_key(name: str, scopes: tuple[str, ...], expires: str | None) -> None:
    """Make a key and print it, and nothing else, on standard output.

    It cannot be shown again: only a hash of it is stored.
    """
    from service.curation import keys
    from service.web.params import moment_from

    try:
        until = None if expires is None else moment_from(expires)
    except ValueError as error:
        raise Failure(f"--expires: {error}", USAGE) from error
    with _database(read_settings()) as url, _refusals():
        _require_newest(url)
        token = keys.create(url, name, list(scopes), until)
    click.echo(
        f"Made the key {name!r} for {', '.join(sorted(set(scopes)))}. Keep it: this is all there is.",
        err=True,
    )
    click.echo(token)


@keys.command("list")
def list_keys() -> None:
    """Show all keys without their secrets, also those that are void."""
    from datetime import UTC, datetime

    from service.curation import keys

    with _database(read_settings()) as url, _refusals():
        _require_newest(url)
        found = keys.listed(url)
    if not found:
        click.echo("There is no key yet; `fact-lookup keys create` makes one.", err=True)
    width = max((len(one.name) for one in found), default=0)
    for one in found:
        state = "valid"
        if one.revoked_at is not None:
            state = f"revoked {one.revoked_at:%Y-%m-%d}"
        elif one.expires_at is not None:
            state = (
                f"{'expired' if one.expires_at <= datetime.now(UTC) else 'until'} {one.expires_at:%Y-%m-%d}"
            )
        click.echo(
            f"{one.name:<{width}}  {','.join(one.scopes):<20}  made {one.created_at:%Y-%m-%d}  {state}"
        )


@keys.command("revoke")
@click.argument("name")
def revoke_key(name: str) -> None:
    """Make a key void at once; what it signed stays in the history."""
    from service.curation import keys

    with _database(read_settings()) as url, _refusals():
        _require_newest(url)
        keys.revoke(url, name)
    click.echo(f"The key {name!r} is revoked.", err=True)


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
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


@cli.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it to a file instead.")
def openapi(output: Path | None) -> None:
    """Print the OpenAPI document; needs no database."""
    from service.app import make_litestar
    from service.web.openapi import document

    text = document(make_litestar(read_settings()))
    if output:
        output.write_bytes(text + b"\n")
    else:
        click.echo(text)


def application() -> Any:
    """The ASGI application, made from the environment: what each process of `serve --workers` runs."""
    # What is made now stays: looking through it for garbage, again and again, takes a sixth of the start.
    gc.disable()
    from service.app import create_app

    settings = read_settings()
    _configure_logging(settings)
    app = create_app(settings)
    gc.freeze()
    gc.enable()
    return app


@contextlib.contextmanager
def _database(settings: Settings, owner: bool = False) -> Iterator[str]:
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
        with _step(f"{'Creating' if first else 'Starting'} the database in {directory}"):
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


def _revision(url: str) -> str | None:
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


def _require_newest(url: str) -> None:
    from service.db.migrate import newest

    found, wanted = _revision(url), newest()
    if found != wanted:
        state = f"at migration {found}, not {wanted}" if found else "not migrated"
        raise Failure(f"the database is {state}: run `fact-lookup migrate` first", NO_DATABASE)


def _migrate(url: str) -> None:
    import asyncpg
    import sqlalchemy.exc

    from service.db import migrate

    if _revision(url) == migrate.newest():
        return
    try:
        with _step("Migrating"):
            migrate.migrate(url)
    except (OSError, asyncpg.PostgresError, sqlalchemy.exc.SQLAlchemyError) as error:
        raise Failure(f"migration failed: {error}", FAILED) from error


def _seed(url: str, folder: Path) -> None:
    import asyncpg
    import sqlalchemy.exc

    from service.seeding import SeedError, seed

    try:
        with _step("Seeding"):
            report = seed(url, folder)
    except (SeedError, OSError, asyncpg.PostgresError, sqlalchemy.exc.SQLAlchemyError) as error:
        raise Failure(f"nothing was stored: {error}", FAILED) from error
    stored = f"{report.changed} rows new or changed" if report.changed else "all there already"
    counts = {name: number for name, number in msgspec.structs.asdict(report).items() if name != "changed"}
    click.echo(f"  {', '.join(f'{number} {name}' for name, number in counts.items())}: {stored}", err=True)


def _bind(host: str, port: int) -> socket.socket:
    """A socket that has the address but does not listen yet."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as error:
        raise Failure(f"HOST: {host!r} is no address of this machine", USAGE) from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        reason = f"cannot serve on {host} port {port}: {error.strerror}"
        raise Failure(f"{reason}. Set HOST and PORT to use another address", ADDRESS_TAKEN) from error
    return listener


def _serve(settings: Settings, listener: socket.socket) -> None:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    # The embedded database's address and the options reach the worker processes this way.
    os.environ |= {"DATABASE_URL": settings.database_url or "", "LOG_LEVEL": settings.log_level}
    config = uvicorn.Config(
        "service.__main__:application",
        factory=True,
        workers=settings.workers,
        loop="uvloop",
        http="service.web.protocol:Protocol",
        lifespan="on",
        log_config=None,
        # Its own progress messages say nothing that ours do not.
        log_level="debug" if settings.log_level == "debug" else "warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                _announce(listener)

    if settings.workers > 1:
        listener.listen(2048)  # connections wait here until the workers are up
        _announce(listener)
        Multiprocess(config, sockets=[listener]).run()
    else:
        server = Server(config)
        with contextlib.suppress(KeyboardInterrupt):  # raised again by uvicorn after an orderly stop
            server.run(sockets=[listener])
        if not server.started:
            raise Failure("the service did not start", FAILED)
    click.echo("Stopped.", err=True)


def _announce(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    click.echo(
        f"\nServing on {base}\n"
        f"  try it by hand   {base}/docs\n"
        f"  the description  {base}/openapi.json\n"
        f"  who is meant     curl '{base}/v1/entities?q=Tokajew'\n"
        f"  what is claimed  curl '{base}/v1/facts?predicate=arrests'\n"
        "Ctrl-C stops it.\n"
    )


def _configure_logging(settings: Settings) -> None:
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )


@contextlib.contextmanager
def _step(label: str) -> Iterator[None]:
    """Says what is being done, and how long it took."""
    click.echo(f"{label} … ", err=True, nl=False)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        click.echo("failed", err=True)
        raise
    click.echo(f"{time.monotonic() - began:.1f} s", err=True)


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _terminate(number: int, frame: object) -> None:
    # Not raised here: while requests are served the server handles SIGTERM, but not this signal.
    signal.raise_signal(signal.SIGTERM)


def main() -> NoReturn:
    # As Ctrl-C, so that the embedded database is stopped too; but left alone where ignored, as under nohup.
    for number, handler in ((signal.SIGTERM, _interrupt), (signal.SIGHUP, _terminate)):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, handler)
    try:
        code = cli.main(prog_name="fact-lookup", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except Failure as error:
        click.echo(f"Error: {error}", err=True)
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        code = INTERRUPTED
    sys.exit(code or OK)


if __name__ == "__main__":
    main()

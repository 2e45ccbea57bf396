"""The command line: `fact-lookup serve | migrate | seed | ingest | keys | openapi`.

Commands import what they need when they run, so that `--help` and a wrong option answer at once.
"""

import signal
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NoReturn

import click
import msgspec

from service.cli.keys import keys
from service.cli.running import (
    FAILED,
    INTERRUPTED,
    OK,
    Failure,
    bring_up,
    database,
    load_seeds,
    read_settings,
    refusals,
    require_newest,
)
from service.cli.serving import bind, run
from service.settings import LOG_LEVELS, resource

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
    listener = bind(settings.host, settings.port)
    with listener, database(settings, owner=True) as url:
        if migrates:
            bring_up(url)
        if seeds:
            require_newest(url)
            load_seeds(url, resource("seeds"))
        if not (migrates or seeds):
            # Not a reason to stay down: a database that restarts comes back, and may be migrated meanwhile.
            try:
                require_newest(url)
            except Failure as failure:
                click.echo(f"Warning: {failure}", err=True)
        run(msgspec.structs.replace(settings, database_url=url), listener)


@cli.command()
def migrate() -> None:
    """Bring the database's schema up to date; does nothing when it is."""
    with database(read_settings()) as url:
        bring_up(url)


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
    with database(read_settings()) as url:
        require_newest(url)
        load_seeds(url, folder or resource("seeds"))


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
    from service.ingestion.files import files_in, read_items, size_of
    from service.ingestion.opinions import model_of
    from service.ingestion.requests import raw_of
    from service.ingestion.schemas import ArticleIn
    from service.web.body import converted

    given = {"source": source, "published_at": published_at}
    defaults = {name: value for name, value in given.items() if value is not None}
    with refusals():  # what is wrong with a default is wrong with every article
        raw_of(converted({"text": "an article", **defaults}, ArticleIn))
    files = list(files_in(list(paths)))
    if not files:
        click.echo(f"There is no file of a kind that can be read in {', '.join(map(str, paths))}.", err=True)
    settings = read_settings()
    stored = 0
    with database(settings) as url:
        require_newest(url)
        with click.progressbar(
            length=sum(map(size_of, files)),
            label="Ingesting",
            file=sys.stderr,
            hidden=quiet,
        ) as bar:

            def told(outcome: Outcome) -> None:
                nonlocal stored
                stored += outcome.status == "stored"
                if outcome.status == "refused" and not quiet:
                    click.echo(f"\nrefused {outcome.item.origin}: {outcome.error}", err=True)

            def items() -> Iterator[Any]:
                for path in files:
                    left = size_of(path)
                    for item in read_items(path, defaults):
                        yield item
                        size = (
                            0 if item.article is None else len(item.article.text or item.article.html or "")
                        )
                        bar.update(min(size, left))
                        left -= min(size, left)
                    bar.update(left)

            try:
                summary: Summary = run(
                    url,
                    items(),
                    workers,
                    told,
                    settings.extraction_seconds,
                    model_of(settings),
                    settings.spacy_model,
                )
            except KeyboardInterrupt:
                click.echo(f"\n{stored} articles were stored; the same command goes on from there.", err=True)
                raise
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


cli.add_command(keys)


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

"""`fact-lookup keys`: who may write."""

import click

from service.cli.running import USAGE, Failure, database, read_settings, refusals, require_newest


@click.group()
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
    with database(read_settings()) as url, refusals():
        require_newest(url)
        token = keys.create(url, name, list(scopes), until)
    told = f"Made the key {name!r} for {', '.join(sorted(set(scopes)))}. Keep it: it cannot be shown again."
    click.echo(f"{told} Send it as `Authorization: Bearer <key>`.", err=True)
    click.echo(token)


@keys.command("list")
def list_keys() -> None:
    """Show all keys without their secrets, also those that are void."""
    from datetime import UTC, datetime

    from service.curation import keys

    with database(read_settings()) as url, refusals():
        require_newest(url)
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

    with database(read_settings()) as url, refusals():
        require_newest(url)
        keys.revoke(url, name)
    click.echo(f"The key {name!r} is revoked.", err=True)

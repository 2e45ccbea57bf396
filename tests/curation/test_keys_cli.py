"""Keys as somebody makes them on the command line."""

import asyncio
import subprocess
import sys
from typing import Any

import httpx

from service.settings import Settings
from tests.conftest import running
from tests.curation.helpers import items
from tests.test_cli import UNREACHABLE, environment


def fact_lookup(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        env=environment(DATABASE_URL=url),
        capture_output=True,
        text=True,
        timeout=60,
    )


async def ran(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return await asyncio.to_thread(fact_lookup, url, *arguments)


async def makes_an_entity(client: httpx.AsyncClient, token: str, name: str) -> int:
    body = {"name": name, "kind": "place"}
    answer = await client.post("/v1/entities", json=body, headers={"Authorization": f"Bearer {token}"})
    return answer.status_code


async def test_a_key_is_printed_once_and_alone(own_database: str) -> None:
    made = await ran(
        own_database, "keys", "create", "--name", "desk", "--scope", "ingest", "--scope", "curate"
    )
    assert made.returncode == 0, made.stderr
    (token,) = made.stdout.splitlines()
    assert "'desk'" in made.stderr
    assert token not in made.stderr
    async with running(Settings(database_url=own_database)) as client:
        assert await makes_an_entity(client, token, "Talgar") == 201
        (created,) = await items(client, "/v1/changes", type="key")
        assert (created["action"], created["actor"]) == ("created", "command line")
        assert created["after"]["name"] == "desk"
        assert created["after"]["scopes"] == ["curate", "ingest"]
        everything = (await client.get("/v1/changes")).text
        assert token not in everything
        (change,) = await items(client, "/v1/changes", type="entity")
        assert change["actor"] == "desk", "a key signs what it changes"


async def test_a_revoked_key_allows_nothing(own_database: str) -> None:
    token = (await ran(own_database, "keys", "create", "--name", "desk", "--scope", "admin")).stdout.strip()
    async with running(Settings(database_url=own_database)) as client:
        assert await makes_an_entity(client, token, "Talgar") == 201, "admin includes curate"
        revoked = await ran(own_database, "keys", "revoke", "desk")
        assert (revoked.returncode, revoked.stdout) == (0, "")
        assert await makes_an_entity(client, token, "Issyk") == 401
        assert (await ran(own_database, "keys", "revoke", "desk")).returncode == 0, "twice is once"
        changes = await items(client, "/v1/changes", type="key")
        assert [one["action"] for one in changes] == ["created", "updated"]
        assert changes[1]["after"]["revoked_at"]


async def test_an_expired_key_allows_nothing(own_database: str) -> None:
    import asyncpg

    create = ("keys", "create", "--name", "desk", "--scope", "curate", "--expires", "2999-01-01")
    token = (await ran(own_database, *create)).stdout.strip()
    async with running(Settings(database_url=own_database)) as client:
        assert await makes_an_entity(client, token, "Talgar") == 201
        connection = await asyncpg.connect(own_database)
        await connection.execute("UPDATE key SET expires_at = now()")
        await connection.close()
        assert await makes_an_entity(client, token, "Issyk") == 401


async def test_keys_are_listed_without_their_secrets(own_database: str) -> None:
    nothing = await ran(own_database, "keys", "list")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "keys create" in nothing.stderr
    tokens = []
    for name, *more in [("desk",), ("guest", "--expires", "2999-01-01"), ("former",)]:
        made = await ran(own_database, "keys", "create", "--name", name, "--scope", "curate", *more)
        tokens.append(made.stdout.strip())
    await ran(own_database, "keys", "revoke", "former")
    listed = (await ran(own_database, "keys", "list")).stdout
    desk, guest, former = listed.splitlines()
    assert desk.startswith("desk ")
    assert desk.endswith("valid")
    assert guest.endswith("until 2999-01-01")
    assert "revoked" in former
    assert not any(token in listed for token in tokens)


async def test_what_cannot_be_done_is_said_with_an_exit_code(own_database: str) -> None:
    create = ("keys", "create", "--name", "desk", "--scope", "curate")
    assert (await ran(own_database, *create)).returncode == 0
    cases: list[tuple[tuple[str, ...], int, str]] = [
        (create, 1, "exists already"),
        (("keys", "revoke", "nobody"), 1, "No key has the name"),
        (("keys", "create", "--name", "other"), 2, "--scope"),
        (("keys", "create", "--name", "other", "--scope", "everything"), 2, "'everything'"),
        (("keys", "create", "--scope", "curate"), 2, "--name"),
        (("keys", "create", "--name", " ", "--scope", "curate"), 2, "printable"),
        ((*create, "--expires", "soon"), 2, "--expires"),
        (("keys", "create", "--name", "late", "--scope", "curate", "--expires", "2001-01-01"), 2, "expired"),
    ]
    for arguments, code, words in cases:
        answer = await ran(own_database, *arguments)
        assert (answer.returncode, answer.stdout) == (code, ""), arguments
        assert words in answer.stderr
        assert "Traceback" not in answer.stderr
    away: Any = await ran(UNREACHABLE, "keys", "list")
    assert away.returncode == 3
    assert "hunter2" not in away.stderr

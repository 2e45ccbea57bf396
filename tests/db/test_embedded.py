"""The embedded PostgreSQL: starts, stops, keeps its data, and survives whatever ended an earlier start."""

import asyncio
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from service.db import embedded
from service.db.migrate import async_url

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can change to another user")

OWNER = """
import sys, time
from pathlib import Path
from service.db import embedded
server = embedded.start(Path(sys.argv[1]), durable=False)
print(server.pid, flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder. Not tmp_path, whose parents are closed to the user that root starts the server as."""
    with tempfile.TemporaryDirectory(prefix="fact-lookup-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="fact-lookup-test-") as name:
        Path(name).chmod(0o755)
        start(Path(name) / "postgres").stop()
        yield Path(name) / "postgres"


@pytest.fixture
def data(folder: Path, template: Path) -> Path:
    """A data directory after its first start and stop; copied, as making one takes its time."""
    subprocess.run(["cp", "-a", template, folder / "postgres"], check=True)
    return folder / "postgres"


def ask(url: str, query: str) -> object:
    async def run() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(query)
        finally:
            await connection.close()

    return asyncio.run(run())


def start(directory: Path) -> embedded.EmbeddedServer:
    return embedded.start(directory, durable=False)


def start_elsewhere(directory: Path) -> subprocess.Popen[str]:
    """Another process that owns the server of a directory until its standard input is closed."""
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(directory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert owner.stdout is not None
    assert owner.stdout.readline().strip().isdecimal()
    return owner


def postmaster(directory: Path) -> int:
    return int((directory / "pgdata" / "postmaster.pid").read_text().split("\n")[0])


def reap(owner: subprocess.Popen[str]) -> None:
    owner.communicate()


def test_a_second_start_finds_what_the_first_one_stored(folder: Path) -> None:
    with start(folder / "new" / "postgres") as server:
        ask(server.url, "CREATE TABLE kept AS SELECT 7 AS n")
    with start(folder / "new" / "postgres") as server:
        assert ask(server.url, "SELECT n FROM kept") == 7


def test_text_is_utf8_and_sorts_the_same_on_every_machine(folder: Path) -> None:
    with start(folder / "postgres") as server:
        assert ask(server.url, "SHOW server_encoding") == "UTF8"
        assert ask(server.url, "SHOW timezone") == "UTC"
        assert ask(server.url, "SELECT lower('ТОҚАЕВ')") == "тоқаев"
        provider = "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'postgres'"
        assert ask(server.url, provider) == "bC.UTF-8"


def test_nothing_listens_on_the_network_and_other_users_are_kept_out(folder: Path) -> None:
    with start(folder / "postgres") as server:
        assert ask(server.url, "SHOW listen_addresses") == ""
    assert stat.S_IMODE((folder / "postgres").stat().st_mode) == 0o700


def test_the_address_serves_sqlalchemy_as_well(data: Path) -> None:
    async def run(url: str) -> object:
        engine = create_async_engine(async_url(url))
        async with engine.connect() as connection:
            found: object = await connection.scalar(text("SELECT 7"))
        await engine.dispose()
        return found

    with start(data) as server:
        assert asyncio.run(run(server.url)) == 7


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("with spaces and ünïcode", id="spaces"),
        pytest.param('quote"and%percent', id="quoted"),
        pytest.param("a,b", id="comma: separates hosts in an address"),
        pytest.param("long-" * 30, id="longer than a socket's path may be"),
    ],
)
def test_any_path_will_do(data: Path, folder: Path, name: str) -> None:
    data.rename(folder / name)
    with start(folder / name) as server:
        assert ask(server.url, "SELECT 7") == 7


def test_the_shell_of_the_caller_does_not_reach_the_server(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("PGOPTIONS", "--nonsense=1")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    server = start(data)
    monkeypatch.delenv("PGOPTIONS")
    with server:
        assert ask(server.url, "SELECT 7") == 7


def test_stopping_twice_is_no_error_and_frees_the_directory(data: Path) -> None:
    server = start(data)
    server.stop()
    server.stop()
    assert not (data / "pgdata" / "postmaster.pid").exists()
    start(data).stop()


def test_one_directory_has_one_owner_and_the_message_names_it(data: Path) -> None:
    owner = start_elsewhere(data)
    try:
        with pytest.raises(embedded.InUseError, match=f"in use by process {owner.pid}.*DATA_DIR"):
            start(data)
    finally:
        reap(owner)


def test_other_commands_find_the_running_server_by_its_directory(data: Path) -> None:
    assert embedded.running_url(data) is None
    owner = start_elsewhere(data)
    try:
        url = embedded.running_url(data)
        assert url is not None
        assert ask(url, "SELECT 7") == 7
    finally:
        reap(owner)
    assert embedded.running_url(data) is None


def test_a_start_after_the_owner_was_killed_replaces_the_server_it_left_running(data: Path) -> None:
    owner = start_elsewhere(data)
    left = postmaster(data)
    owner.kill()
    reap(owner)
    with start(data) as server:
        assert server.pid != left
        assert ask(server.url, "SELECT 7") == 7


def test_a_start_after_the_server_was_killed_recovers(data: Path) -> None:
    with start(data) as server:
        ask(server.url, "CREATE TABLE kept AS SELECT 7 AS n")
        ask(server.url, "CHECKPOINT")
        os.kill(server.pid, signal.SIGKILL)
    with start(data) as server:
        assert ask(server.url, "SELECT n FROM kept") == 7


def test_a_pid_file_that_names_some_other_process_is_taken_for_stale(data: Path) -> None:
    bystander = subprocess.Popen(["cat"], stdin=subprocess.PIPE, **account_of(data))
    stale = f"{bystander.pid}\n{data}/pgdata\n1\n5432\n{data}\n\n  1 1\nready\n"
    (data / "pgdata" / "postmaster.pid").write_text(stale)
    try:
        with start(data) as server:
            assert ask(server.url, "SELECT 7") == 7
        assert bystander.poll() is None
    finally:
        bystander.communicate()


@pytest.mark.parametrize("content", ["", "4711\n/some"])
def test_a_pid_file_that_was_cut_short_is_taken_for_stale(data: Path, content: str) -> None:
    (data / "pgdata" / "postmaster.pid").write_text(content)
    with start(data) as server:
        assert ask(server.url, "SELECT 7") == 7


def test_a_first_start_that_was_cut_short_is_done_again(data: Path) -> None:
    (data / "pgdata").rename(data / "pgdata-partial")
    with start(data) as server:
        assert ask(server.url, "SELECT 7") == 7


def test_a_folder_with_other_files_is_left_alone(folder: Path) -> None:
    (folder / "letter.txt").write_text("mine")
    with pytest.raises(embedded.EmbeddedError, match="holds other files"):
        start(folder)
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_a_server_that_does_not_start_says_why(data: Path) -> None:
    (data / "pgdata" / "PG_VERSION").write_text("9\n")
    with pytest.raises(embedded.EmbeddedError, match="initialized by PostgreSQL version 9"):
        start(data)


def test_without_the_wheel_the_message_names_both_ways_out(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "path_importer_cache", {})
    with pytest.raises(embedded.EmbeddedError, match=r"DATABASE_URL.*\[embedded\]"):
        start(folder / "postgres")


def test_a_temporary_server_leaves_nothing_behind() -> None:
    with embedded.temporary_server() as server:
        directory = Path(str(ask(server.url, "SHOW data_directory"))).parent
        assert directory.exists()
    assert not directory.exists()


def account_of(data: Path) -> dict[str, int]:
    """For subprocess: the user that owns the data in a directory, where we can become that user."""
    return {"user": data.stat().st_uid} if os.geteuid() == 0 else {}


def starts_as(account: pwd.struct_passwd, data: Path) -> bool:
    """Forks: another user may not be able to run this interpreter, which root may have in its home."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setresgid(account.pw_gid, account.pw_gid, account.pw_gid)
            os.setresuid(account.pw_uid, account.pw_uid, account.pw_uid)
            start(data).stop()
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] == 0


@as_root
def test_root_starts_it_as_nobody(data: Path) -> None:
    with start(data) as server:
        assert pwd.getpwuid(Path(f"/proc/{server.pid}").stat().st_uid).pw_name == "nobody"


@as_root
def test_root_starts_it_as_the_user_whose_folder_it_is_and_that_user_can_go_on(folder: Path) -> None:
    daemon = pwd.getpwnam("daemon")
    if not embedded._may_reach(embedded._program(embedded._installed(), "postgres"), daemon):
        pytest.skip("installed where other users cannot read")
    os.chown(folder, daemon.pw_uid, daemon.pw_gid)
    folder.chmod(0o700)
    with start(folder / "data" / "postgres") as server:
        ask(server.url, "CREATE TABLE kept AS SELECT 7 AS n")
    for path in (folder / "data", folder / "data" / "postgres", folder / "data" / "postgres" / "pgdata"):
        assert path.stat().st_uid == daemon.pw_uid, path
    assert starts_as(daemon, folder / "data" / "postgres")


@as_root
def test_a_folder_the_server_could_not_enter_is_refused_with_its_name(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o700)
    with pytest.raises(embedded.EmbeddedError, match=r"user nobody cannot enter .*closed.*DATA_DIR"):
        start(folder / "closed" / "postgres")
    assert list((folder / "closed").iterdir()) == []


@as_root
def test_programs_in_a_closed_folder_are_copied_to_where_the_server_reaches_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    installed = embedded._installed()
    for source in (installed, installed.with_name(f"{installed.name}.libs")):
        if source.exists():
            shutil.copytree(source, closed / source.name, symlinks=True)
    monkeypatch.setattr(embedded, "_installed", lambda: closed / installed.name)
    for _ in range(2):
        with start(folder / "postgres") as server:
            program = Path(f"/proc/{server.pid}/exe").readlink()
            assert program.is_relative_to(folder / "postgres")
            assert ask(server.url, "CREATE EXTENSION IF NOT EXISTS pg_trgm") is None


@as_root
def test_the_default_directory_is_one_the_server_can_enter(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "checkout", lambda: folder)
    assert embedded.default_directory() == folder / ".data" / "postgres"
    folder.chmod(0o700)
    assert embedded.default_directory().parent == Path("/var/lib/fact-lookup")

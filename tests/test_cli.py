"""The command line as somebody types it: what each command does, says, and ends with."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.db import embedded

COMMANDS = ("serve", "migrate", "seed", "openapi")
# Closed on every machine: nothing may listen on port 1 without being root and meaning it.
UNREACHABLE = "postgresql://reader:hunter2@127.0.0.1:1/facts"


def environment(**variables: str) -> dict[str, str]:
    ours = ("DATABASE_URL", "DATA_DIR", "HOST", "PORT", "WORKERS", "POOL_SIZE", "LOG_LEVEL")
    return {name: value for name, value in os.environ.items() if name not in ours} | variables


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=120,
    )


class Service:
    """A running `fact-lookup serve` on a free port."""

    def __init__(self, *arguments: str, **variables: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "service", "serve", "--port", "0", *arguments],
            env=environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.output = ""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output += line
            if found := re.match(r"Serving on (http://127\.0\.0\.1:\d+)$", line):
                self.base = found[1]
                return
        raise AssertionError(f"ended with {self.process.wait()}:\n{self.output}")

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(self.base + path, timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        code = self.process.wait(timeout=60)
        assert self.process.stdout is not None
        with self.process.stdout as rest:
            self.output += rest.read()
        return code


@contextlib.contextmanager
def serving(*arguments: str, **variables: str) -> Iterator[Service]:
    service = Service(*arguments, **variables)
    try:
        yield service
    finally:
        if service.process.poll() is None:
            service.stop()


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A data directory that was migrated and seeded. Not in pytest's own folders, which are closed to the
    user that root starts the database as."""
    with tempfile.TemporaryDirectory(prefix="fact-lookup-test-") as name:
        Path(name).chmod(0o755)
        data = Path(name) / "postgres"
        assert run("migrate", DATA_DIR=str(data)).returncode == 0
        assert run("seed", DATA_DIR=str(data)).returncode == 0
        yield data


def test_help_names_every_command_exit_code_and_setting() -> None:
    done = run("--help")
    assert done.returncode == 0
    for word in (*COMMANDS, "Exit codes", "DATABASE_URL", "DATA_DIR", "HOST", "WORKERS", "POOL_SIZE"):
        assert word in done.stdout, word


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_answers_whatever_the_environment_holds(command: str) -> None:
    done = run(command, "--help", PORT="nonsense")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"fact-lookup {command}" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "variables", "says"),
    [
        (["sreve"], {}, "No such command 'sreve'"),
        (["serve", "--port", "70000"], {}, "70000 is not in the range"),
        (["serve", "--quickly"], {}, "No such option"),
        (["seed", "--folder", "/no/such/folder"], {}, "does not exist"),
        (["serve"], {"PORT": "x", "WORKERS": "many"}, "WORKERS: must be a whole number"),
        (["migrate"], {"DATABASE_URL": "mysql://h/d"}, "DATABASE_URL: must look like postgresql://"),
        (["serve"], {"HOST": "no such host"}, "HOST: 'no such host'"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(
    arguments: list[str], variables: dict[str, str], says: str
) -> None:
    done = run(*arguments, **variables)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["migrate"], ["seed"], ["serve", "--port", "0", "--migrate"]])
def test_a_database_that_does_not_answer_ends_with_3_and_no_password_is_shown(arguments: list[str]) -> None:
    done = run(*arguments, DATABASE_URL=UNREACHABLE)
    assert done.returncode == 3
    assert "does not answer" in done.stderr
    assert "hunter2" not in done.stderr
    assert "Traceback" not in done.stderr


def test_seeding_a_database_that_was_not_migrated_ends_with_3_and_names_the_remedy() -> None:
    with embedded.temporary_server() as server:
        done = run("seed", DATABASE_URL=server.url)
    assert done.returncode == 3
    assert "run `fact-lookup migrate` first" in done.stderr


def test_migrating_and_seeding_again_change_nothing(home: Path) -> None:
    assert run("migrate", DATA_DIR=str(home)).returncode == 0
    done = run("seed", DATA_DIR=str(home))
    assert done.returncode == 0
    assert "5 articles" in done.stderr
    assert "all there already" in done.stderr


def test_seed_files_that_are_wrong_end_with_1_and_store_nothing(home: Path, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("- slug: [")
    done = run("seed", "--folder", str(tmp_path), DATA_DIR=str(home))
    assert done.returncode == 1
    assert "nothing was stored" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_serve_brings_up_everything_and_a_signal_takes_it_down_in_order(home: Path, number: int) -> None:
    with serving(DATA_DIR=str(home)) as service:
        assert service.get("/health/ready")[0] == 200
        assert json.loads(service.get("/v1/articles?total=true")[1])["total"] == 5
        assert embedded.running_url(home) is not None
        assert service.stop(number) == 0
    assert "/docs" in service.output
    assert service.output.endswith("Stopped.\n")
    assert "Traceback" not in service.output
    assert embedded.running_url(home) is None
    assert not (home / "pgdata" / "postmaster.pid").exists()


def test_what_is_no_request_is_answered_with_a_problem_too(home: Path) -> None:
    with serving("--no-seed", DATA_DIR=str(home)) as service:
        address = service.base.removeprefix("http://").split(":")
        for sent in (b"no request at all\r\n\r\n", b"GET /?q=" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n"):
            with socket.create_connection((address[0], int(address[1])), timeout=20) as connection:
                connection.sendall(sent)
                head, _, body = b"".join(iter(lambda: connection.recv(4096), b"")).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json")
            found = json.loads(body)
            assert (found["status"], found["title"]) == (400, "Bad Request")
            assert "65,536 bytes" in found["detail"]
        assert service.stop() == 0


def test_serve_starts_again_after_it_was_killed(home: Path) -> None:
    service = Service("--no-seed", DATA_DIR=str(home))
    assert service.stop(signal.SIGKILL) == -signal.SIGKILL
    with serving("--no-seed", DATA_DIR=str(home)) as service:
        assert service.get("/health/ready")[0] == 200


def test_serve_with_several_workers(home: Path) -> None:
    with serving("--workers", "2", "--no-seed", DATA_DIR=str(home)) as service:
        assert service.get("/health/ready")[0] == 200
        assert service.stop() == 0
    assert "Traceback" not in service.output
    assert embedded.running_url(home) is None


def test_one_data_directory_serves_once_and_the_other_commands_join_it(home: Path) -> None:
    with serving("--no-seed", DATA_DIR=str(home)) as service:
        second = run("serve", "--port", "0", DATA_DIR=str(home))
        assert second.returncode == 3
        assert f"in use by process {service.process.pid}" in second.stderr
        assert run("seed", DATA_DIR=str(home)).returncode == 0
        assert service.get("/health/ready")[0] == 200


def test_an_address_that_is_taken_ends_with_4_before_the_database_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", PORT=port, DATA_DIR=str(tmp_path / "postgres"))
    assert done.returncode == 4
    assert f"cannot serve on 127.0.0.1 port {port}" in done.stderr
    assert not (tmp_path / "postgres").exists()


def test_serve_comes_up_while_the_given_database_is_away_and_says_so() -> None:
    with serving(DATABASE_URL=UNREACHABLE) as service:
        assert "Warning: the database at DATABASE_URL does not answer" in service.output
        assert service.get("/health/live")[0] == 200
        assert service.get("/health/ready")[0] == 503
        assert service.stop() == 0


def test_a_given_database_is_migrated_and_seeded_only_when_asked() -> None:
    with embedded.temporary_server() as server:
        with serving(DATABASE_URL=server.url) as service:
            status, body = service.get("/health/ready")
            assert (status, b"migrate" in body) == (503, True)
        with serving("--migrate", "--seed", DATABASE_URL=server.url) as service:
            assert service.get("/health/ready")[0] == 200
            assert json.loads(service.get("/v1/articles?total=true")[1])["total"] == 5


def test_openapi_prints_what_the_service_answers_and_needs_no_database(home: Path, tmp_path: Path) -> None:
    printed = run("openapi", DATABASE_URL=UNREACHABLE)
    assert printed.returncode == 0
    assert json.loads(printed.stdout)["openapi"].startswith("3.1")
    written = run("openapi", "--output", str(tmp_path / "openapi.json"))
    assert (written.returncode, written.stdout) == (0, "")
    assert (tmp_path / "openapi.json").read_text() == printed.stdout
    with serving("--no-seed", DATA_DIR=str(home)) as service:
        assert json.loads(service.get("/openapi.json")[1]) == json.loads(printed.stdout)

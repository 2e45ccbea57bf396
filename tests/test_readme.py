"""The README says what is so: its calls give its answers, its table names every endpoint."""

import json
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.contract import operations

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BASE = "http://127.0.0.1:8000"


def calls() -> list[tuple[str, str]]:
    """Each curl call with the answer that is shown for it."""
    found = re.findall(r"^```console\n\$ (curl [^\n]+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    return [(call, answer) for call, answer in found]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_there_are_six_calls_that_read_and_one_that_extracts() -> None:
    assert len(calls()) == 7


@pytest.mark.parametrize(("call", "shown"), calls(), ids=lambda text: text[:60])
async def test_a_call_gives_the_answer_that_is_shown(
    client: httpx.AsyncClient, call: str, shown: str
) -> None:
    command, silent, url, *sent = shlex.split(call)
    assert (command, silent) == ("curl", "-s")
    assert url.startswith(BASE)
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if sent:
        option, body = sent
        assert option == "--json"
        answer = await client.post(path, content=body, headers={"Content-Type": "application/json"})
    else:
        answer = await client.get(path)
    real = squeezed(json.dumps(answer.json(), ensure_ascii=False))
    first, *rest, last = (squeezed(piece) for piece in shown.split("…"))
    assert real.startswith(first), real[:300]
    place = len(first)
    for piece in rest:
        found = real.find(piece, place)
        assert found >= 0, f"{piece} does not follow in {real[place : place + 500]}"
        place = found + len(piece)
    assert real.endswith(last), real[-300:]


def test_the_table_names_every_endpoint_and_no_other() -> None:
    named = set()
    for row in re.findall(r"^\| (`(?:GET|POST|PUT|PATCH|DELETE) /.*?) \|", README, re.MULTILINE):
        base = ""  # what the dots stand for: the path before, as far as its parameter
        for method, path in re.findall(r"`([A-Z]+) ([^`]+)`", row):
            if path.startswith("/"):
                base = path[: path.rindex("}") + 1] if "}" in path else path
            else:
                path = base + path.removeprefix("…")
            named.add(f"{method} {path}")
    assert named == {f"{one.method.upper()} {one.template}" for one in operations().values()}


@pytest.mark.parametrize("path", re.findall(r"^\| `([a-z/]+(?:\.py)?)`", README, re.MULTILINE))
def test_what_the_map_shows_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("document", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=str)
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (document.parent / target).exists(), target


def test_decisions_are_numbered_and_each_says_what_was_decided() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [record.name[:4] for record in records]
    assert len(set(numbers)) == len(numbers)
    for record in records:
        title = record.read_text(encoding="utf-8").splitlines()[0]
        assert re.match(rf"# {int(record.name[:4])}\. \w", title), record.name

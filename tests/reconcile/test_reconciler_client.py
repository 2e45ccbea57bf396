"""The PyPI package `reconciler` against the service on a socket."""

import socket
import threading
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import httpx
import pytest
import uvicorn

from service.app import create_app
from service.settings import Settings

# The client was written for pandas 2.
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.drop is deprecated")


@pytest.fixture(scope="module")
def endpoint(database: str) -> Iterator[str]:
    """URL of the service in a thread of its own. The socket listens before the service runs, so that no
    client has to wait and try again."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        config = uvicorn.Config(create_app(Settings(database_url=database)), log_config=None, ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1/reconcile"
        server.should_exit = True
        thread.join(timeout=30)
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def reconciler() -> Iterator[ModuleType]:
    import reconciler  # not at the top: it brings pandas, which takes seconds to import

    yield reconciler
    from reconciler import webutils

    webutils.http.close()


def column(*cells: str) -> Any:
    import pandas  # not at the top, as above

    return pandas.Series(cells)


def test_a_column(reconciler: ModuleType, endpoint: str) -> None:
    cells = column("Tokajew", "Насарбаев", "CTO", "Almaty", "Tokajew")
    found = reconciler.reconcile(cells, reconciliation_endpoint=endpoint)
    assert dict(zip(found["input_value"], found["id"], strict=True)) == {
        "Tokajew": "kassym-jomart-tokayev",
        "Насарбаев": "nursultan-nazarbayev",
        "CTO": "collective-security-treaty-organization",
        "Almaty": "almaty",
    }
    assert found["match"].all()
    assert set(found["type_id"]) == {"person", "organization", "place"}
    assert set(found["type"]) == {"Person", "Organization", "Place"}


def test_of_a_type_with_all_candidates(reconciler: ModuleType, endpoint: str) -> None:
    found = reconciler.reconcile(
        column("Kazakhstan"), type_id="organization", top_res="all", reconciliation_endpoint=endpoint
    )
    assert set(found["type_id"]) == {"organization"}
    assert len(found) > 1
    assert found["score"].is_monotonic_decreasing


def test_with_another_column_as_property(reconciler: ModuleType, endpoint: str) -> None:
    found = reconciler.reconcile(
        column("Almaty", "Astana"),
        type_id="place",
        property_mapping={"part_of": column("Казахстан", "Kasachstan")},
        reconciliation_endpoint=endpoint,
    )
    assert list(found["id"]) == ["almaty", "astana"]
    assert list(found["score"]) == [100, 100]


def test_more_than_one_batch(reconciler: ModuleType, endpoint: str) -> None:
    """The client sends ten at a time; the name of each entity finds it."""
    items = httpx.get(endpoint.replace("reconcile", "entities?limit=25")).json()["items"]
    slugs = {one["name"]: one["slug"] for one in items}
    found = reconciler.reconcile(column(*slugs), reconciliation_endpoint=endpoint)
    assert dict(zip(found["input_value"], found["id"], strict=True)) == slugs


def test_what_is_not_there(reconciler: ModuleType, endpoint: str) -> None:
    """The client's own table of such answers needs numpy 1, so its raw answer is looked at."""
    from reconciler.webutils import return_reconciled_raw

    keys, answer = return_reconciled_raw(column("Tokyo", "Tokajew"), None, None, endpoint)
    assert list(keys) == ["Tokyo", "Tokajew"]
    assert answer["0"]["result"] == []
    assert answer["1"]["result"][0]["id"] == "kassym-jomart-tokayev"


def test_what_is_wrong(reconciler: ModuleType, endpoint: str) -> None:
    """A problem is no table of results."""
    with pytest.raises(ValueError, match="invalid literal"):
        reconciler.reconcile(column("Almaty"), type_id="dog", reconciliation_endpoint=endpoint)

"""Swagger UI at /docs, as a browser shows it that can reach nothing but the service."""

import base64
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from service.app import create_app
from service.settings import Settings
from service.web.docs import MEDIA_TYPES, POLICY

DRIVER = shutil.which("chromedriver")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 30.0  # seconds until a page that does not come is a failure

# No service of the browser's maker, no name but this machine's address.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--window-size=1280,1600",
]


async def test_the_bare_address_leads_to_the_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")
    assert answer.is_redirect
    assert answer.headers["location"] == "/docs"


async def test_the_page_and_its_files_come_from_this_server(client: httpx.AsyncClient) -> None:
    page = await client.get("/docs")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"] == POLICY
    found = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert found
    for path in found:
        assert path.startswith("/"), f"{path} is loaded from elsewhere"
        answer = await client.get(path)
        assert answer.status_code == 200
        kind = MEDIA_TYPES.get(path.rpartition("/")[2])
        assert kind is None or answer.headers["content-type"].partition(";")[0] == kind


def until(condition: Callable[[], Any], what: str) -> Any:
    """What `condition` gives as soon as it is true; a browser takes a while."""
    deadline = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not (found := condition()):
        assert time.monotonic() < deadline, what
        pause.wait(0.05)
    return found


@pytest.fixture
def site(database: str) -> Iterator[str]:
    """Address of the service on a socket."""
    config = uvicorn.Config(create_app(Settings(database_url=database)), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started, "the service does not start")
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


class Browser:
    """A page in a browser, by the W3C WebDriver protocol, which is JSON over HTTP."""

    def __init__(self, driver: httpx.Client, session: str) -> None:
        self.driver = driver
        self.session = session

    def call(self, command: str, **body: Any) -> Any:
        answer = self.driver.post(f"/session/{self.session}/{command}", json=body)
        value = answer.json()["value"]
        assert answer.status_code == 200, value
        return value

    def run(self, script: str) -> Any:
        return self.call("execute/sync", script=script, args=[])

    def screenshot(self) -> bytes:
        answer = self.driver.get(f"/session/{self.session}/screenshot")
        return base64.b64decode(answer.json()["value"])


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    if DRIVER is None or BROWSER is None:
        pytest.skip("no Chromium with its driver here (apt-get install chromium chromium-driver)")
    port = free_port()
    with (
        subprocess.Popen([DRIVER, f"--port={port}"], stdout=subprocess.DEVNULL) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE, trust_env=False) as driver,
    ):

        def ready() -> bool:
            try:
                return bool(driver.get("/status").json()["value"]["ready"])
            except httpx.TransportError:
                return False

        try:
            until(ready, "the browser's driver does not start")
            options = {"binary": BROWSER, "args": [*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"]}
            wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
            answer = driver.post("/session", json={"capabilities": {"alwaysMatch": wanted}}).json()["value"]
            assert "sessionId" in answer, answer
            try:
                yield Browser(driver, answer["sessionId"])
            finally:
                driver.delete(f"/session/{answer['sessionId']}")
        finally:
            process.terminate()


def test_a_request_is_tried_from_the_page_with_the_network_closed(
    site: str, browser: Browser, tmp_path: Path
) -> None:
    browser.call("url", url=f"{site}/docs#/facts/get_fact")
    execute = "document.querySelector('#operations-facts-get_fact .execute')"
    until(lambda: browser.run(f"return !!{execute}"), "the page does not show the operation")
    (tmp_path / "docs.png").write_bytes(browser.screenshot())

    # the path parameter is filled in, so one click suffices
    browser.run(f"{execute}.click()")
    shown = "#operations-facts-get_fact .live-responses-table"
    status = f"document.querySelector('{shown} tbody .response-col_status')"
    until(lambda: browser.run(f"return {status}?.innerText"), "no answer arrives")
    assert browser.run(f"return {status}.innerText").startswith("200")
    body = browser.run(f"return document.querySelector('{shown}').innerText")
    assert "agreement-v1" in body
    (tmp_path / "answer.png").write_bytes(browser.screenshot())

    loaded = browser.run("return performance.getEntriesByType('resource').map(one => one.name)")
    assert loaded
    assert [one for one in loaded if not one.startswith((site, "data:"))] == []
    told = browser.call("se/log", type="browser")
    assert [entry for entry in told if entry["level"] == "SEVERE"] == []


def test_every_operation_is_on_the_page(site: str, browser: Browser, tmp_path: Path) -> None:
    browser.call("url", url=f"{site}/docs")
    paths = httpx.get(f"{site}/openapi.json", trust_env=False).json()["paths"]
    wanted = {operation["operationId"] for item in paths.values() for operation in item.values()}
    blocks = "return [...document.querySelectorAll('.opblock')].map(one => one.id)"
    until(lambda: len(browser.run(blocks)) >= len(wanted), "operations are missing")
    shown = {block.split("-", 2)[2] for block in browser.run(blocks)}
    assert shown == wanted
    assert browser.run("return document.querySelectorAll('.errors-wrapper').length") == 0
    (tmp_path / "docs.png").write_bytes(browser.screenshot())

"""A running dashboard and a real Chromium that notices what a page must never do."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from components.ui.viewport import STACKED_BELOW
from tests.frozen import FOLDER

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
WAIT_SECONDS = 30
REDRAWN_WITHIN_MS = 1000

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the dashboard with the frozen data on a free local port."""
    with serve() as served:
        yield served


@contextmanager
def serve(**settings: str) -> Iterator[str]:
    """Run a server of one's own under some environment variables; gives its address."""
    port = free_port()
    where = {"PLEDGE_ADDRESS": "127.0.0.1", "PLEDGE_PORT": str(port)}
    with running([sys.executable, "serve.py"], where | settings, port=port) as address:
        yield address


def free_port() -> int:
    """Give a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(command: list[str], settings: dict[str, str], *, port: int) -> Iterator[str]:
    """Run a server of the dashboard, without the settings of this shell; gives its address."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PLEDGE_")}
    server = subprocess.Popen(command, cwd=ROOT, env=own | {"PLEDGE_DATA": str(FOLDER)} | settings)
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    """Open pages of the dashboard; fail on outside requests, console errors and script errors."""
    with visitor(chromium, address) as open_page:
        yield open_page


@contextmanager
def visitor(chromium: Browser, address: str) -> Iterator[Visit]:
    """Open pages of a server; fail on outside requests, console errors and script errors."""
    pages: list[Page] = []
    faults: list[str] = []

    def open_page(path: str = "/", *, width: int = 1280, scheme: str = "light") -> Page:
        page = chromium.new_page(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        pages.append(page)
        page.on("request", lambda request: faults.extend(_outside(request, address)))
        own = address + path
        page.on("console", lambda message: faults.extend(_console_error(message, own)))
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.goto(address + path)
        page.get_by_role("heading", level=2 if "card=" in path else 1).first.wait_for()
        settle(page)
        if width < STACKED_BELOW:
            # The server takes a window for a desktop's until it is measured, and draws again.
            page.wait_for_timeout(REDRAWN_WITHIN_MS)
            settle(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert faults == []


def settle(page: Page) -> None:
    """Wait until the server has finished the run and the browser has drawn all of it."""
    wait_until(
        page,
        """() => {
            const app = document.querySelector("[data-testid=stApp]")
            const unfinished = "[data-testid=stSkeleton], [data-stale=true]"
            const isDone = app?.dataset.testScriptState === "notRunning"
            return isDone && !document.querySelector(unfinished)
        }""",
    )
    page.wait_for_timeout(300)


def wait_until(page: Page, test: str, argument: object = None) -> None:
    """Wait until a function gives true in the page.

    Playwright's own wait_for_function runs text as code inside the page, which its content
    security policy forbids.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while not page.evaluate(test, argument):
        assert time.monotonic() < deadline, f"never true within {WAIT_SECONDS} s: {test}"
        page.wait_for_timeout(50)


def serious_violations(page: Page) -> list[str]:
    """List what axe calls serious or critical on a page."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in violations
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def _outside(request: Request, address: str) -> list[str]:
    is_local = request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))
    return [] if is_local else [f"request to {request.url}"]


def _console_error(message: ConsoleMessage, own: str) -> list[str]:
    """Give an error, unless it is that the page which was asked for itself is none."""
    is_missing_page = "404" in message.text and message.location["url"] == own
    is_fault = message.type == "error" and not is_missing_page
    return [f"console: {message.text}"] if is_fault else []


def _wait_until_healthy(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, f"the server ended with code {server.returncode}"
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the server did not answer within {START_SECONDS} s")

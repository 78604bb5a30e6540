"""A running dashboard and a real Chromium that notices what a page must never do."""

import os
import random
import re
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from components.basics import messages
from components.exports import chromium as chromium_drawing
from components.ui.viewport import DESKTOP_WIDTH
from tests.browser.line import Line
from tests.frozen import FOLDER

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "data"
START_SECONDS = 120
WAIT_SECONDS = 60
"""A machine that is busy is no fault of the page: whatever comes, comes sooner or later."""

PICTURE_MS = 240_000
"""The server's own browser starts with the first picture, and lets every page go before it."""

STOP_SECONDS = 30
LOOK_MS = 50
NARROWEST, PHONE, DESK = 320, 375, 1280
"""Widths of windows, in pixels."""

PATHS = (
    "/",
    "/projects",
    "/projects?project=portsmouth-gas",
    "/states",
    "/states?state=PA",
    "/companies",
    "/next",
    "/changes",
    "/agreements",
    "/interests",
    "/data",
    "/about",
)
"""A page of each kind, for what must hold on all."""

HEIGHT = 900

STILL = """() => {
    const app = document.querySelector("[data-testid=stApp]")
    const plots = ".js-plotly-plot:not(:has(.main-svg)), [data-testid=stPlotlyChart]:not(:has(svg))"
    const maps = "[data-testid=stDeckGlJsonChart]:not(:has(canvas))"
    const unfinished = `[data-testid=stSkeleton], [data-stale=true], ${plots}, ${maps}`
    const isTaken = document.querySelector("#first") === null
    const isStill = app?.dataset.testScriptState === "notRunning" && !app.querySelector(unfinished)
    const isDone = isTaken && isStill
    const before = window.pledgeSeen
    window.pledgeSeen = isDone && document.fonts.status === "loaded" && document.body.innerHTML
    return isDone && before === window.pledgeSeen
}"""
"""Whether the app has the page and has drawn all of it, and nothing has changed since."""

expect.set_options(timeout=WAIT_SECONDS * 1000)

Visit = Callable[..., Page]


@pytest.fixture(scope="session", autouse=True)
def _without_yielding() -> Iterator[None]:
    """Let what is drawn in this process go on like any other: no visitor's page waits for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chromium_drawing, "NICENESS", 0)
        yield


@pytest.fixture(params=list(messages.LANGUAGES))
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Run a test in each language: pages are opened in it, and ``_`` gives the test its words.

    ``in_languages`` names those in which a case of several runs.
    """
    with messages.using(request.param):
        yield request.param


def in_languages(english: Iterable[Any], *, also_japanese: Iterable[Any]) -> list[tuple[Any, str]]:
    """List cases for ``parametrize`` with ``language`` (indirect): all in English, some in both."""
    both = [(case, messages.JAPANESE) for case in also_japanese]
    return [*((case, messages.ENGLISH) for case in english), *both]


def said(english: str, japanese: str) -> str:
    """Return what a page says in the present language, where a test quotes it with its figures."""
    return japanese if messages.in_japanese() else english


def spoken(path: str) -> str:
    """Return a path that asks for the present language, as ``path`` alone does for English."""
    if not messages.in_japanese():
        return path
    before, mark, fragment = path.partition("#")
    joint = "" if before.endswith("?") else "&" if "?" in before else "?"
    return f"{before}{joint}lang={messages.JAPANESE}{mark}{fragment}"


def asked_of(url: str) -> str:
    """Return an address without its language, which it must name where English is not read."""
    named = re.findall(r"[?&]lang=(\w+)", url)
    assert named == ([messages.JAPANESE] if messages.in_japanese() else []), url
    return re.sub(r"(?<=[?&])lang=\w+&?", "", url).rstrip("?&")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the dashboard with the frozen data on a free local port."""
    with serve() as served:
        yield served


@pytest.fixture(scope="session")
def shipped() -> Iterator[str]:
    """Serve the shipped data, whose words are there in Japanese too."""
    with serve(PLEDGE_DATA=str(SHIPPED)) as served:
        yield served


@pytest.fixture
def translated(request: pytest.FixtureRequest, language: str) -> str:
    """Serve data in the language of a test, for tests of how its words fit: gives the address.

    In Japanese it is the shipped data; no figure of it may be quoted.
    """
    served: str = request.getfixturevalue("shipped" if messages.in_japanese() else "address")
    return served


@contextmanager
def serve(**settings: str) -> Iterator[str]:
    """Run a server of one's own under some environment variables; gives its address."""
    port = free_port()
    where = {"PLEDGE_ADDRESS": "127.0.0.1", "PLEDGE_PORT": str(port)}
    with running([sys.executable, "serve.py"], where | settings, port=port) as address:
        yield address


def free_port() -> int:
    """Return a port that nothing listens on.

    Each worker has ports of its own, below those that the system gives to whoever asks.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = 10_000 + worker % 10 * 2_000
    while True:
        port = random.randrange(first, first + 2_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
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
        server.wait(STOP_SECONDS)


@contextmanager
def another_site(folder: Path) -> Iterator[str]:
    """Serve a folder under another host than that of the dashboard."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://localhost:{site.server_address[1]}"
        site.shutdown()


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    """Open pages of the dashboard; fail on outside requests, console errors and script errors."""
    with visitor(chromium, address) as open_page:
        yield open_page


@pytest.fixture
def visit_translated(chromium: Browser, translated: str) -> Iterator[Visit]:
    """Open pages as ``visit`` does, in Japanese with all words of the data in Japanese too."""
    with visitor(chromium, translated) as open_page:
        yield open_page


@contextmanager
def visitor(chromium: Browser, address: str) -> Iterator[Visit]:
    """Open pages of a server; fail on outside requests, console errors and script errors."""
    pages: list[Page] = []
    faults: list[str] = []

    def open_page(path: str = "/", *, width: int = DESK, scheme: str = "light") -> Page:
        page = chromium.new_page(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        pages.append(page)
        line = listen(page)
        page.on("request", lambda request: faults.extend(_outside(request, address)))
        own = address + spoken(path)
        page.on("console", lambda message: faults.extend(_console_error(message, own)))
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.goto(own)
        page.get_by_role("heading", level=2 if "card=" in path else 1).first.wait_for()
        if width != DESKTOP_WIDTH:
            # The server takes a window for a desktop's until it is measured, and draws again.
            await_that(page, lambda: width in line.widths)
        settle(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert faults == []


def listen(page: Page) -> Line:
    """Follow what a page that is not yet open says to its server; ``settle`` needs it."""
    page.set_default_timeout(WAIT_SECONDS * 1000)
    return Line.of(page)


def settle(page: Page) -> None:
    """Wait until the server has done all that was asked and the browser has drawn all of it."""
    line = Line.known(page)
    await_that(page, lambda: page.evaluate(STILL) and line.is_idle)


def wait_until(page: Page, test: str, argument: object = None) -> None:
    """Wait until a function gives true in the page.

    Playwright's own wait_for_function runs text as code inside the page, which its content
    security policy forbids.
    """
    await_that(page, lambda: page.evaluate(test, argument), what=test)


def await_that(page: Page, holds: Callable[[], object], *, what: str = "") -> None:
    """Wait until something holds, and let the page go on meanwhile."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"never so within {WAIT_SECONDS} s: {what}"
        page.wait_for_timeout(LOOK_MS)


def let_images_fail(page: Page) -> None:
    """Wait until an image has failed, and so all that were to fail before it."""
    page.evaluate(
        """() => new Promise((done) => {
            const image = new Image()
            image.onerror = done
            image.src = "data:image/png,none"
        })"""
    )


def draw_finger_up(page: Page, x: float, y: float) -> None:
    """Put a finger on a point of the window and draw it upwards."""
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    for moved in range(10, 130, 10):
        touch("touchMove", {"x": x, "y": y - moved})
    touch("touchEnd")


def in_each_scheme(page: Page) -> Iterator[str]:
    """Show a page that was opened in light in dark too, as when a reader's system changes."""
    yield "light"
    change_scheme(page, "dark")
    yield "dark"


def in_each_width(page: Page) -> Iterator[int]:
    """Show a page that was opened on a phone at a desk too, as when a reader turns a tablet.

    The phone comes first: its page is drawn for a desk before its window is measured.
    """
    yield PHONE
    change_width(page, DESK)
    yield DESK


def in_each_look(page: Page) -> Iterator[tuple[int, str]]:
    """Show a page that was opened on a phone in light in every width and scheme."""
    yield PHONE, "light"
    change_scheme(page, "dark")
    yield PHONE, "dark"
    change_width(page, DESK)
    yield DESK, "dark"
    change_scheme(page, "light")
    yield DESK, "light"


def change_scheme(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Change an open page to light or dark and wait until it is drawn for it."""
    schemes = Line.known(page).schemes
    schemes.clear()
    page.emulate_media(color_scheme=scheme)
    await_that(page, lambda: scheme in schemes, what=f"the server knows of {scheme}")
    settle(page)


def change_width(page: Page, width: int) -> None:
    """Change the window of an open page and wait until it is drawn for it."""
    widths = Line.known(page).widths
    widths.clear()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    await_that(page, lambda: width in widths, what=f"the server knows of {width} pixels")
    settle(page)


def compact(text: str) -> str:
    """Return a text as it is found in a printed page: without spaces, like signs made the same.

    For signs that share a shape in a font, Chromium writes any of them: the radical ⽇ for 日.
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def serious_violations(page: Page) -> list[str]:
    """List what axe calls serious or critical on a page."""
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
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
    """Return an error, unless it says that the requested page itself does not exist."""
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

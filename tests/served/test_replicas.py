"""Three replicas behind a real Caddy: all state is in the link, so any of them serves anybody."""

import hmac
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import ROOT, await_that, free_port, listen, settle
from tests.browser.line import Line
from tests.served.conftest import Server, launch

REPLICAS = 3
VISITORS = 6
BACK_WITHIN_SECONDS = 5
STATES = ("TN", "TX", "OH", "GA", "PA", "AL")


@dataclass
class Cluster:
    """A proxy and what is behind it."""

    address: str
    replicas: list[Server]


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    folder = tmp_path_factory.mktemp("replicas")
    replicas = [launch(folder / f"{number}.txt", free_port()) for number in range(REPLICAS)]
    yield replicas
    for replica in replicas:
        replica.process.kill()
        replica.process.wait()


@pytest.fixture
def cluster(launched: list[Server], tmp_path: Path) -> Iterator[Cluster]:
    replicas = _all_running(launched)
    with ExitStack() as stack:
        port = free_port()
        environment = os.environ | {
            "PORT": str(port),
            "UPSTREAMS": " ".join(f"127.0.0.1:{replica.port}" for replica in replicas),
            # Caddy keeps its own files there.
            "HOME": str(tmp_path),
            "XDG_DATA_HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path),
        }
        with (tmp_path / "caddy.txt").open("wb") as log:
            caddy = subprocess.Popen(
                [_caddy(), "run", "--config", "deploy/Caddyfile.static", "--adapter", "caddyfile"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        stack.callback(caddy.wait)
        stack.callback(caddy.kill)
        address = f"http://127.0.0.1:{port}"
        _wait_until_all_answer(address)
        yield Cluster(address, replicas)


def test_every_replica_gives_the_same_answers_under_the_same_tags(cluster: Cluster):
    for path in ("/api/v1/projects", "/feed.atom?state=TN", "/api/v1/summary.csv"):
        host = {"host": "localhost"}
        answers = [replica.get(path, headers=host) for replica in cluster.replicas]
        assert len({answer.headers["etag"] for answer in answers}) == 1
    pages = [replica.get("/", headers={"host": "localhost"}) for replica in cluster.replicas]
    script = pages[0].text.partition('type="module" crossorigin src="')[2].partition('"')[0]
    scripts = [replica.get(script) for replica in cluster.replicas]
    assert len({answer.headers["etag"] for answer in scripts}) == 1


def test_a_replica_dies_and_every_visitor_goes_on_with_the_same_view(
    cluster: Cluster, chromium: Browser
):
    contexts = [chromium.new_context() for _ in range(VISITORS)]
    began = time.monotonic()
    pages = [
        _visit(context, cluster.address, state)
        for context, state in zip(contexts, STATES, strict=True)
    ]
    drawn_within = time.monotonic() - began
    before = [_figures(page) for page in pages]
    homes = [_replica_of(context) for context in contexts]
    # By chance six visitors may all be on one replica; of many, some are on another.
    await_that(
        pages[0], lambda: _new_home(cluster.address) not in homes[:1], what="the proxy spreads"
    )
    victim = max(cluster.replicas, key=lambda replica: homes.count(_name_of(replica)))
    visitors = [page for page, home in zip(pages, homes, strict=True) if home == _name_of(victim)]
    assert visitors
    victim.process.kill()
    died = time.monotonic()
    await_that(pages[0], lambda: all(Line.known(page).closed for page in visitors))
    for page, state, figures in zip(pages, STATES, before, strict=True):
        # To draw all pages anew takes as long as it took at first, on this machine.
        _wait_until_it_works(page, state, deadline=died + BACK_WITHIN_SECONDS + drawn_within)
        assert f"state={state}" in page.url
        assert _figures(page) == figures
    for page, state in zip(pages, STATES, strict=True):
        page.get_by_role("link", name="Changes").first.click()
        page.get_by_role("heading", level=1, name="Changes").wait_for()
        assert f"state={state}" in page.url
    for context in contexts:
        context.close()


def test_replicas_are_renewed_one_by_one_and_no_request_fails(cluster: Cluster):
    failed = []
    with httpx2.Client(base_url=cluster.address, timeout=60) as client:
        for replica in cluster.replicas[:2]:
            assert replica.stop() == 0
            for _ in range(50):
                answer = client.get("/api/v1/summary?state=TN")
                if answer.status_code != 200:
                    failed.append(answer.status_code)
    assert failed == []


def _all_running(replicas: list[Server]) -> list[Server]:
    """Start anew what another test has ended, and wait for all."""
    for place, replica in enumerate(replicas):
        if replica.process.poll() is not None:
            replicas[place] = launch(replica.log, replica.port)
    for replica in replicas:
        replica.wait_until_ready()
    return replicas


def _caddy() -> str:
    found = os.environ.get("CADDY_PATH") or shutil.which("caddy")
    assert found, "no Caddy: run make test, which finds or installs one"
    return found


def _wait_until_all_answer(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if httpx2.get(f"{address}/readyz", timeout=5).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("Caddy did not answer")


def _visit(context: BrowserContext, address: str, state: str) -> Page:
    page = context.new_page()
    listen(page)
    page.goto(f"{address}/projects?state={state}")
    page.locator("h1").first.wait_for()
    settle(page)
    return page


def _figures(page: Page) -> str:
    return page.locator("[data-testid=stMain]").inner_text()


def _new_home(address: str) -> str:
    """Return the replica that a visitor without a cookie gets."""
    return str(requests.get(address, timeout=60).cookies["pledge_replica"])


def _replica_of(context: BrowserContext) -> str:
    return next(
        str(cookie["value"]) for cookie in context.cookies() if cookie["name"] == "pledge_replica"
    )


def _name_of(replica: Server) -> str:
    """Return what Caddy calls a replica in its cookie."""
    return hmac.digest(b"", f"127.0.0.1:{replica.port}".encode(), "sha256").hex()


def _wait_until_it_works(page: Page, state: str, *, deadline: float) -> None:
    """Wait until the page has its line again and the server has drawn it anew."""
    ready = """() => {
        const app = document.querySelector("[data-testid=stApp]")
        const isOpen = !document.querySelector("[data-testid=stConnectionStatus]")
        const isDone = app?.dataset.testScriptState === "notRunning"
        return isOpen && isDone && app.dataset.testConnectionState === "CONNECTED"
    }"""
    while not page.evaluate(ready):
        assert time.monotonic() < deadline, f"the visitor of {state} is not back in time"
        page.wait_for_timeout(50)

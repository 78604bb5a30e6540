"""Pictures under addresses of their own, by a real Chromium, which may end at any moment."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests.served.conftest import Server, started

STATES = ("TN", "TX", "OH", "GA", "PA", "AL")


@pytest.fixture(scope="module")
def draws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("pictures") / "log.txt"
    with started(log, KALEIDO="", PLEDGE_PICTURES_PER_MINUTE="100") as server:
        yield server


def children_of(pid: int) -> list[int]:
    """List all processes below one, as the kernel knows them."""
    below = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text("ascii").split():
            below += [int(child), *children_of(int(child))]
    return below


def test_pictures_are_real_files_of_the_view_they_name(draws: Server):
    png = draws.get("/charts/map.png?state=TN&size=1200x630")
    assert png.headers["content-type"] == "image/png"
    with Image.open(BytesIO(png.content)) as picture:
        assert picture.size == (1200, 630)
    svg = draws.get("/charts/by-state.svg?state=TN")
    words = " ".join(ElementTree.fromstring(svg.content).itertext())
    assert "Tennessee" in words
    assert "up to $40B" in words
    assert draws.get("/charts/by-state.svg?state=TN").headers["etag"] == svg.headers["etag"]


def test_a_browser_that_is_killed_while_it_draws_costs_no_picture(draws: Server):
    assert draws.get("/charts/by-state.png").status_code == 200
    with ThreadPoolExecutor(len(STATES)) as pool:
        asked = [pool.submit(draws.get, f"/charts/map.png?state={state}") for state in STATES]
        # The others are still being drawn.
        wait(asked, return_when=FIRST_COMPLETED)
        browsers = [pid for pid in children_of(draws.process.pid) if pid != os.getpid()]
        assert browsers
        for pid in browsers:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        statuses = [answer.result().status_code for answer in asked]
    assert set(statuses) <= {200, 503}
    # Whoever was told to come again gets it then, from a browser that was started anew.
    for state in STATES:
        assert draws.get(f"/charts/map.png?state={state}").status_code == 200
    assert draws.process.poll() is None

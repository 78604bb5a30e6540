"""A first visit: what a browser with nothing cached loads of the front end, and how."""

from collections import Counter

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.conftest import listen, settle

NEEDLESS = ("embed", "DataFrame", "EChartsChart", "GraphVizChart", "rehype-katex", "ColorPicker")
"""Bundles for what the overview does not have; the first is Vega, which st.metric brings."""

FirstVisit = tuple[list[Response], list[tuple[str, float]]]

WHOLE_BYTES = 4_000_000
"""A third of the 12.7 MB that the same page is without serve.py."""


@pytest.fixture(scope="module")
def first_visit(chromium: Browser, address: str) -> FirstVisit:
    """Open the overview in a new context; give the front end's files, and the bytes of all files.

    The bytes are those that came over the connection, by address, in the order of their ends; a
    file from the browser's cache has none.
    """
    context = chromium.new_context()
    page = context.new_page()
    listen(page)
    files: list[Response] = []
    addresses: dict[str, str] = {}
    sizes: list[tuple[str, float]] = []
    page.on("response", lambda one: files.append(one) if "/static/" in one.url else None)
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on(
        "Network.requestWillBeSent",
        lambda event: addresses.update({event["requestId"]: event["request"]["url"]}),
    )
    network.on(
        "Network.loadingFinished",
        lambda event: sizes.append((addresses[event["requestId"]], event["encodedDataLength"])),
    )
    page.goto(address)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.locator("[data-testid=stDeckGlJsonChart] canvas").first.wait_for()
    settle(page)
    context.close()
    return files, sizes


def test_the_front_end_comes_compressed_and_is_kept_for_good(first_visit: FirstVisit):
    files, sizes = first_visit
    assert len(files) > 80
    for file in files:
        headers = file.headers
        assert file.status == 200
        assert "immutable" in headers["cache-control"]
        is_text = headers["content-type"].startswith("text/")
        if is_text and int(headers["content-length"]) > 1024:
            assert headers["content-encoding"] == "br", file.url
    assert sum(size for _, size in sizes) < WHOLE_BYTES


def test_what_is_fetched_before_the_first_view_is_painted_comes_once(first_visit: FirstVisit):
    _, sizes = first_visit
    came = Counter(address for address, size in sizes if size and "/static/" in address)
    assert any("PlotlyChart" in address for address in came)
    assert {address: times for address, times in came.items() if times > 1} == {}


def test_nothing_is_loaded_that_the_first_screen_does_not_need(first_visit: FirstVisit):
    files, _ = first_visit
    names = {file.url.rpartition("/")[2].partition(".")[0] for file in files}
    assert names.isdisjoint(NEEDLESS)


def test_what_the_first_screen_loads_is_announced(
    first_visit: FirstVisit, chromium: Browser, address: str
):
    files, _ = first_visit
    page = chromium.new_page()
    announced = page.request.get(address).text()
    page.close()
    # The map's code waits for the map, and a browser without WebGL 2 loads another part of it.
    late = [file.url for file in files if file.url.rpartition("/static/")[2] not in announced]
    large = [url for url in late if "DeckGl" not in url and url.endswith(".js")]
    assert len(large) < 25, large

"""An edition behind a plain file server, walked page by page without scripts."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from components.edition.__main__ import main
from tests.browser.conftest import DESK, HEIGHT, PHONE, another_site, serious_violations
from tests.frozen import FOLDER


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Write an edition below a path of its own, and serve it; gives its address and folder."""
    folder = tmp_path_factory.mktemp("site") / "some" / "where"
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("PLEDGE_DATA", "KALEIDO"):
            patch.setenv(variable, "off")  # The command sets both; they are put back after it.
        out = ["--out", str(folder), "--base", "https://example.org/some/where/"]
        assert main([*out, "--data", str(FOLDER), "--no-pictures", "--quiet"]) == 0
    with another_site(folder.parents[1]) as address:
        yield f"{address}/some/where/", folder


@pytest.fixture
def page(chromium: Browser, site: tuple[str, Path]) -> Iterator[Page]:
    """Open a window without scripts that notices errors and requests outside."""
    complaints: list[str] = []
    address, _ = site

    def note(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            complaints.append(request.url)

    page = chromium.new_page(viewport={"width": DESK, "height": HEIGHT}, java_script_enabled=False)
    page.on("request", note)
    page.on("requestfailed", lambda request: complaints.extend(_failed(request)))
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    page.close()
    assert complaints == []


def _failed(request: Request) -> list[str]:
    """Return a request that failed; one given up as the next page opened did not."""
    is_given_up = request.failure == "net::ERR_ABORTED"
    return [] if is_given_up else [f"failed: {request.url}"]


def test_every_page_is_there_and_so_is_whatever_it_links_to(
    page: Page, site: tuple[str, Path]
) -> None:
    address, folder = site
    waiting, seen, files = [address], {address}, list[str]()
    while waiting:
        url = waiting.pop()
        response = page.goto(url)
        assert response is not None
        assert response.status == 200, url
        assert page.locator("h1").count() == 1, url
        for link in page.locator("[href]").evaluate_all(
            "(links) => links.map((link) => link.getAttribute('href'))"
        ):
            target = urldefrag(urljoin(url, link))[0]
            if not target.startswith(address) or target in seen:
                continue
            seen.add(target)
            (waiting if target.endswith("/") else files).append(target)
    for url in files:
        with urlopen(url) as answer:
            assert answer.status == 200, url
    walked = {_file(url, address) for url in seen if url.endswith("/")}
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("index.html")}
    assert written == walked


def test_the_filter_is_a_list_of_links_also_on_a_phone(page: Page, site: tuple[str, Path]) -> None:
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    page.goto(f"{site[0]}projects/")
    field = page.locator("details.field", has_text="Tranche")
    expect(field).to_be_hidden()
    page.get_by_label("Filter", exact=True).check()
    field.locator("summary").click()
    field.get_by_role("link", name="Tranche 2").click()
    assert page.url == f"{site[0]}projects/tranche/2/"
    expect(page.locator("table.opens tbody tr")).to_have_count(3)
    page.get_by_label("Filter", exact=True).check()
    page.get_by_role("link", name="Reset").click()
    assert page.url == f"{site[0]}projects/"


def test_a_state_on_the_map_is_a_link(page: Page, site: tuple[str, Path]) -> None:
    page.goto(site[0])
    page.locator("[class*=st-key-card-map] svg a[href*='state/OH']").locator("visible=true").click()
    assert page.url == f"{site[0]}state/OH/"


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize(
    "path", ["", "projects/portsmouth-gas/", "states/WY/", "ja/", "ja/states/TN/"]
)
def test_a_page_is_accessible_and_fits(
    chromium: Browser, site: tuple[str, Path], path: str, width: int
) -> None:
    # Axe is a script: it runs beside the page, whose policy allows none.
    page = chromium.new_page(viewport={"width": width, "height": HEIGHT}, bypass_csp=True)
    page.goto(site[0] + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_violations(page) == []
    page.close()


def _file(url: str, address: str) -> str:
    return posixpath.join(unquote(url.removeprefix(address)), "index.html")

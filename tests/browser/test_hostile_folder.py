"""A folder of endless, Japanese-only and hostile text in a real browser: laid out, and harmless."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.folders import write_hostile
from tests.browser.conftest import (
    PHONE,
    Visit,
    in_each_width,
    let_images_fail,
    serious_violations,
    serve,
    visitor,
)

PAGES = (
    "/",
    "/projects",
    "/projects?project=alone",
    "/projects?project=everywhere",
    "/projects?project=word",
    "/projects?project=japanese",
    "/projects?project=pinned",
    "/states",
    "/states?state=AK",
    "/states?state=TX",
    "/companies",
    "/next",
    "/changes?since=2029-01-01",
    "/agreements",
    "/interests",
    "/about",
)


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write_hostile(tmp_path_factory.mktemp("hostile"))
    with serve(PLEDGE_DATA=str(folder), KALEIDO="off") as address:
        yield address


@pytest.fixture
def visit_hostile(chromium: Browser, hostile_address: str) -> Iterator[Visit]:
    with visitor(chromium, hostile_address) as open_page:
        yield open_page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stays_in_its_window_and_nothing_in_it_is_live(
    visit_hostile: Visit, path: str
) -> None:
    page = visit_hostile(path, width=PHONE)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for width in in_each_width(page):
        let_images_fail(page)
        assert_fits_and_is_not_live(page, width)
        assert dialogs == []
        if width == PHONE:
            assert serious_violations(page) == []


def assert_fits_and_is_not_live(page: Page, width: int) -> None:
    """Nothing is wider than the window, and no text of a file is markup."""
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollWidth") <= width
    assert page.locator(".stHtml :is(script, img, iframe)").count() == 0
    wide = page.evaluate(
        """width => [...document.querySelectorAll(".stHtml :is(h2, h3, p, li, dd, summary)")]
            .filter((box) => box.getBoundingClientRect().right > width + 1)
            .filter((box) => !box.closest(".scroll"))
            .map((box) => box.textContent.slice(0, 60))""",
        width,
    )
    assert wide == []


def test_a_sheet_of_endless_names_prints(visit_hostile: Visit, tmp_path: Path) -> None:
    page = visit_hostile("/states?state=AK")
    expect(page.get_by_role("heading", level=1)).to_have_text("Alaska")
    file = tmp_path / "alaska.pdf"
    page.pdf(path=file, format="Letter")
    assert file.stat().st_size > 5_000

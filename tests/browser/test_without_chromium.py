"""A server that has no Chromium: the visitor's own browser draws, and nothing else fails."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.conftest import PHONE, Visit, in_each_width, serve, visitor
from tests.browser.test_downloads import choose, close, open_card, open_view, save


@pytest.fixture(scope="module")
def bare_address() -> Iterator[str]:
    with serve(KALEIDO="off") as address:
        yield address


@pytest.fixture
def bare(chromium: Browser, bare_address: str) -> Iterator[Visit]:
    with visitor(chromium, bare_address) as open_page:
        yield open_page


def test_the_visitors_browser_draws_png_and_svg(bare: Visit, tmp_path: Path) -> None:
    page = bare("/?state=TN", width=PHONE)
    for _ in in_each_width(page):
        dialog = open_card(page, "by-state")
        expect(dialog.get_by_role("button", name="Save PNG")).to_be_enabled()

        with Image.open(save(page, "Save PNG", tmp_path)) as picture:
            assert picture.width == 2100
        choose(page, "1,200 × 630 px, for sharing")
        expect(dialog.get_by_role("button", name="Save PNG")).to_be_enabled()
        with Image.open(save(page, "Save PNG", tmp_path)) as picture:
            assert picture.size == (1200, 630)
        choose(page, "SVG")
        expect(dialog.get_by_role("button", name="Save SVG")).to_be_enabled()
        drawing = ElementTree.parse(save(page, "Save SVG", tmp_path)).getroot()
        assert "Announced amounts, not money spent." in "".join(drawing.itertext())
        close(page)


def test_the_menu_says_what_is_missing_and_the_rest_works(bare: Visit, tmp_path: Path) -> None:
    page = bare("/projects?state=TN")
    dialog = open_view(page)
    expect(dialog.get_by_text("Pictures are switched off on this server")).to_be_visible()

    reader = PdfReader(save(page, "Save briefing (PDF)", tmp_path))
    assert len(reader.pages) >= 2
    with ZipFile(save(page, "Save everything (ZIP)", tmp_path)) as archive:
        assert "Pictures are switched off" in archive.read("README.txt").decode()
        assert not [name for name in archive.namelist() if name.startswith("pictures/")]

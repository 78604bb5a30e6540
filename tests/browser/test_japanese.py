"""The dashboard in Japanese, in a real browser: language, switch, clicks, files, narrow windows."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from components.basics.formatting import is_japanese
from tests.browser.conftest import (
    DESK,
    NARROWEST,
    PATHS,
    Visit,
    compact,
    listen,
    serious_violations,
    settle,
    visitor,
)

OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


TOO_WIDE = """() => [...document.querySelectorAll("table")]
    .filter((table) => table.offsetParent)
    .map((table) => [table, table.parentElement])
    .filter(([one, parent]) => one.offsetWidth > parent.clientWidth + 1)
    .map(([one]) => one.innerText.slice(0, 40))
"""


@pytest.fixture
def visit(chromium: Browser, shipped: str) -> Iterator[Visit]:
    with visitor(chromium, shipped) as open_page:
        yield open_page


def language_of(page: Page) -> str:
    return str(page.evaluate("document.documentElement.lang"))


def in_japanese(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang=ja"


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_japanese_and_fits_the_narrowest_window(visit: Visit, path: str):
    page = visit(in_japanese(path), width=NARROWEST)
    assert language_of(page) == "ja"
    assert is_japanese(page.title())
    assert is_japanese(page.get_by_role("heading", level=1).first.inner_text())
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("width", [1000, DESK])
@pytest.mark.parametrize("path", ["/projects", "/states", "/companies", "/agreements"])
def test_every_column_of_a_japanese_table_is_in_sight(visit: Visit, path: str, width: int):
    assert visit(in_japanese(path), width=width).evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("path", ["/", "/states?state=PA", "/about"])
def test_japanese_pages_are_accessible(visit: Visit, path: str):
    assert serious_violations(visit(in_japanese(path))) == []


def test_the_switch_leads_to_the_same_view_in_the_other_language_and_back(visit: Visit):
    page = visit("/projects?sector=nuclear-power&as_of=2026-04-01")
    page.get_by_role("link", name="日本語").click()
    page.wait_for_url("**/projects?*lang=ja*")
    settle(page)
    assert "sector=nuclear-power" in page.url
    assert "as_of=2026-04-01" in page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("プロジェクト")
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url("**/projects?*lang=en*")
    settle(page)
    assert "sector=nuclear-power" in page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("Projects")


def test_a_first_visit_without_lang_follows_the_browser(chromium: Browser, shipped: str):
    with chromium.new_context(locale="ja-JP") as context:
        page = context.new_page()
        listen(page)
        page.goto(shipped)
        settle(page)
        assert language_of(page) == "ja"
        expect(page.get_by_role("heading", level=1)).to_have_text("日本の対米投資5500億ドル")
        page.goto(f"{shipped}/?lang=en")
        settle(page)
        assert language_of(page) == "en"
        page.get_by_role("link", name="States", exact=True).first.click()
        settle(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("States")


def test_a_page_within_the_app_keeps_the_language(visit: Visit):
    page = visit("/?lang=ja")
    page.get_by_role("link", name="州別", exact=True).first.click()
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("州別")
    assert "lang=ja" in page.url


def test_a_click_on_a_bar_filters_a_japanese_page(visit: Visit):
    page = visit("/?lang=ja")
    page.locator(".st-key-card-by-sector .bars .point path").first.click(force=True)
    page.wait_for_url("**sector=*")
    settle(page)
    assert "lang=ja" in page.url
    expect(page.locator(".result").first).to_contain_text("件中")


def test_no_card_is_printed_over_another_one(visit: Visit):
    sheets = PdfReader(BytesIO(visit("/?lang=ja").pdf(format="A4"))).pages
    words = [compact(sheet.extract_text()) for sheet in sheets]
    # Two columns of cards take more than a sheet; what follows them is below their last one.
    (end_of_columns,) = [at for at, text in enumerate(words) if "プロジェクト別の発表額" in text]
    (after_them,) = [at for at, text in enumerate(words) if "発表額の推移" in text]
    assert after_them > end_of_columns


def test_rows_are_saved_in_japanese_under_names_that_programs_know(visit: Visit, tmp_path: Path):
    page = visit("/?state=TN&lang=ja", width=DESK)
    with page.expect_download() as saving:
        page.locator(".st-key-download-rows button").click()
    assert saving.value.suggested_filename.endswith("_ja.csv")
    saving.value.save_as(tmp_path / "rows.csv")
    header, row, *_rest = (tmp_path / "rows.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith("project_id,project,")
    assert "小型モジュール炉" in row

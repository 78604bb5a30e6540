"""What leaves the dashboard through the page, opened as its reader would open it."""

import csv
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, settle

EXHIBITS = ("map", "by-state", "progress", "by-sector", "by-project", "over-time")
OF_THE_PLEDGE = ("progress", "over-time")
LINK = "/?sector=natural-gas-power&sector=nuclear-power&tranche=2"
STEM = "natural-gas-power-nuclear-power-2_2026-10-10"


def open_menu(page: Page, exhibit: str) -> None:
    page.locator(f".st-key-download-{exhibit} button").click()
    expect(page.get_by_role("button", name="PNG picture")).to_be_enabled()


def save(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


@pytest.mark.parametrize("exhibit", EXHIBITS)
def test_a_picture_is_light_large_and_carries_its_words(
    visit: Visit, tmp_path: Path, exhibit: str
) -> None:
    page = visit(LINK, scheme="dark")
    open_menu(page, exhibit)

    png = save(page, "PNG picture", tmp_path)
    svg = save(page, "SVG picture", tmp_path)

    assert png.name == f"us-japan-pledge_{exhibit}_{STEM}.png"
    with Image.open(png) as picture:
        assert picture.width == 2100
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 10

    assert svg.name == f"us-japan-pledge_{exhibit}_{STEM}.svg"
    drawing = ElementTree.parse(svg).getroot()
    # Where a line breaks is the picture's affair.
    text = "".join("".join(drawing.itertext()).split())
    title = page.get_by_role("dialog").locator("strong").inner_text().rstrip(".")
    for words in (
        title,
        "announced, not spent",
        "tranche 2",
        "Announced amounts, not money spent.",
        "Sources: Bloomberg via NDTV Profit"
        if exhibit in OF_THE_PLEDGE
        else "Sources: The White House",
        "Data as of 10 October 2026",
        "dataset version 2026.10.10",
        "CC BY 4.0",
    ):
        assert "".join(words.split()) in text
    references = [
        value
        for element in drawing.iter()
        for name, value in element.attrib.items()
        if name.endswith("href") and not value.startswith(("#", "data:"))
    ]
    assert references == []


def test_the_data_of_a_chart_is_what_it_draws(visit: Visit, tmp_path: Path) -> None:
    page = visit("/?tranche=2")
    open_menu(page, "by-state")

    rows = read(save(page, "CSV data, 4 rows", tmp_path))

    assert {row["state"]: (row["amount_usd_bn"], row["amount_qualifier"]) for row in rows} == {
        "AL": ("40.0", "up_to"),
        "TN": ("40.0", "up_to"),
        "PA": ("17.0", "up_to"),
        "TX": ("16.0", "up_to"),
    }
    assert {row["state"]: row["shared_with"] for row in rows if row["shared_with"]} == {
        "AL": "TN",
        "TN": "AL",
    }


def test_the_rows_of_the_view_download_as_csv(visit: Visit, tmp_path: Path) -> None:
    page = visit("/?state=TX")

    rows = read(save(page, "CSV, 2 rows, all columns", tmp_path))

    assert [(row["project_id"], row["amount_usd_bn"]) for row in rows] == [
        ("gas-tx", "16.0"),
        ("texas-gulflink", "2.1"),
    ]
    shipped = Path(__file__).parents[2] / "data" / "investments.csv"
    assert set(csv_header(shipped)) <= set(rows[0])


def test_a_download_leaves_the_view_as_it_is(visit: Visit, tmp_path: Path) -> None:
    page = visit("/?state=TX")
    open_menu(page, "by-sector")
    save(page, "CSV data", tmp_path)
    page.get_by_role("button", name="Close").click()
    settle(page)

    assert page.url.endswith("?state=TX")


@pytest.mark.parametrize("exhibit", ["map", "by-project"])
def test_a_phone_saves_the_same_picture(visit: Visit, tmp_path: Path, exhibit: str) -> None:
    page = visit(LINK, width=375)
    open_menu(page, exhibit)

    with Image.open(save(page, "PNG picture", tmp_path)) as picture:
        assert picture.width == 2100


def read(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(file.read_text("utf-8"))))


def csv_header(file: Path) -> list[str]:
    return next(csv.reader(StringIO(file.read_text("utf-8"))))

"""What leaves the dashboard through the page, opened as its reader would open it."""

import csv
import hashlib
import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pyarrow as pa
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from pyarrow import parquet
from pypdf import PdfReader

from components.basics import messages
from components.basics.messages import _
from tests.browser.conftest import (
    PHONE,
    PICTURE_MS,
    Visit,
    another_site,
    asked_of,
    said,
    settle,
    spoken,
)
from tests.frozen import FOLDER

EXHIBITS = ("map", "by-state", "progress", "stages", "by-sector", "by-project", "over-time")
OF_THE_PLEDGE = ("progress", "stages", "over-time")
LINK = "/?sector=natural-gas-power&sector=nuclear-power&tranche=2"
STEM = "natural-gas-power-nuclear-power-2_2026-10-10"


def open_card(page: Page, exhibit: str) -> Locator:
    page.locator(f".st-key-download-{exhibit} button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img").last).to_be_visible(timeout=PICTURE_MS)
    settle(page)  # Until then the dialog may be that of the card before.
    return dialog


def open_view(page: Page, tab: str = "Documents") -> Locator:
    page.get_by_role("button", name=_("Export this view")).click()
    page.get_by_role("tab", name=_(tab)).click()
    return page.get_by_role("dialog")


def choose(page: Page, option: str) -> None:
    page.get_by_role("dialog").get_by_role("radio", name=_(option), exact=True).click()
    settle(page)


def close(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name=_("Close")).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def save(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download(timeout=PICTURE_MS) as waiting:
        page.get_by_role("dialog").get_by_role("button", name=button).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def test_a_picture_is_light_large_and_carries_its_words(visit: Visit, tmp_path: Path) -> None:
    page = visit(LINK, scheme="dark")
    for exhibit in EXHIBITS:
        dialog = open_card(page, exhibit)
        title = dialog.locator("strong").first.inner_text().rstrip(".")

        png = save(page, "Save PNG", tmp_path)
        choose(page, "SVG")
        svg = save(page, "Save SVG", tmp_path)
        close(page)

        assert png.name == f"us-japan-pledge_{exhibit}_{STEM}_3x.png"
        assert svg.name == f"us-japan-pledge_{exhibit}_{STEM}.svg"
        assert_is_light_and_large(png)
        assert_carries(
            svg,
            title,
            "announced, not spent",
            "tranche 2",
            "Announced amounts, not money spent.",
            "Sources: Bloomberg via NDTV Profit"
            if exhibit in OF_THE_PLEDGE
            else "Sources: The White House",
            "Data as of 10 October 2026",
            "dataset version 2026.11.25",
            "CC BY 4.0",
            "?sector=natural-gas-power&sector=nuclear-power&tranche=2",
        )


def assert_is_light_and_large(png: Path) -> None:
    with Image.open(png) as picture:
        assert picture.width == 2100
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 10


def assert_carries(svg: Path, *sayings: str) -> None:
    """Words are text in the picture, wherever their lines break, and nothing is loaded."""
    drawing = ElementTree.parse(svg).getroot()
    text = "".join("".join(drawing.itertext()).split())
    assert [words for words in sayings if "".join(words.split()) not in text] == []
    references = [
        value
        for element in drawing.iter()
        for name, value in element.attrib.items()
        if name.endswith("href") and not value.startswith(("#", "data:"))
    ]
    assert references == []


def test_a_card_comes_as_shapes_pdf_and_page_and_embedded_in_another_site(
    visit: Visit, chromium: Browser, tmp_path: Path, language: str
) -> None:
    page = visit("/?state=TN")
    dialog = open_card(page, "by-state")
    title = said("Announced by state", "州別の発表額")
    expect(dialog.locator("strong").first).to_contain_text(title)

    choose(page, "1,200 × 630 px, for sharing")
    with Image.open(save(page, _("Save {format}", format="PNG"), tmp_path)) as picture:
        assert picture.size == (1200, 630)
    choose(page, "PDF")
    pdf = save(page, _("Save {format}", format="PDF"), tmp_path)
    assert pdf.name == said(
        "us-japan-pledge_by-state_tn_2026-10-10.pdf",
        "us-japan-pledge_by-state_tn_2026-10-10_ja.pdf",
    )
    reader = PdfReader(pdf)
    assert len(reader.pages) == 1
    assert said("up to $40B shared", "最大400億ドル（共有）") in reader.pages[0].extract_text()
    choose(page, "Interactive page (HTML)")
    button = said("Save Interactive page", "操作できるページ（HTML）を保存")
    content = save(page, button, tmp_path).read_text("utf-8")
    assert content.startswith("<!DOCTYPE html>")
    assert said("Tennessee highlighted", "テネシー州を強調表示") in content

    page.get_by_role("tab", name=_("Link and embed")).click()
    snippet = dialog.get_by_test_id("stCode").last.inner_text()
    assert "embed=true&amp;card=by-state" in snippet
    assert f'title="{title}"' in snippet
    assert_shows_the_card(chromium, snippet, tmp_path)


def assert_shows_the_card(chromium: Browser, snippet: str, folder: Path) -> None:
    """The embed code shows the card in a page of another site."""
    (folder / "article.html").write_text(f"<main><h1>An article</h1>{snippet}</main>", "utf-8")
    with another_site(folder) as address:
        article = chromium.new_page()
        article.goto(f"{address}/article.html")
        card = article.frame_locator("iframe")
        expect(card.get_by_role("heading", name=_("Announced by state"))).to_be_visible()
        expect(
            card.get_by_text(said("up to $40B shared", "最大400億ドル（共有）")).first
        ).to_be_visible()
        expect(card.get_by_role("link", name=said("Full view", "全体を見る"))).to_be_visible()
        article.close()


def test_the_data_of_a_chart_is_what_it_draws(visit: Visit, tmp_path: Path) -> None:
    page = visit("/?tranche=2")
    open_card(page, "by-state")
    choose(page, "CSV")

    rows = read(save(page, "Save CSV, 4 rows", tmp_path))

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


def test_the_rows_of_the_view_download_as_csv_and_leave_it_as_it_is(
    visit: Visit, tmp_path: Path, language: str
) -> None:
    page = visit("/?state=TX")
    open_card(page, "by-sector")
    choose(page, "CSV")
    save(page, said("Save CSV", "CSVを保存"), tmp_path)
    close(page)
    settle(page)
    assert asked_of(page.url).endswith("?state=TX")

    with page.expect_download() as waiting:
        page.get_by_role(
            "button", name=said("CSV, 2 rows, all columns", "CSV（2行、全列）")
        ).click()
    waiting.value.save_as(tmp_path / "rows.csv")
    rows = read(tmp_path / "rows.csv")

    assert [(row["project_id"], row["amount_usd_bn"]) for row in rows] == [
        ("gas-tx", "16.0"),
        ("texas-gulflink", "2.1"),
    ]
    filtered = said("Projects in Texas: 2 of 6 projects", "テキサス州のプロジェクト：6件中2件")
    assert {filtered in row["about_subtitle"] for row in rows} == {True}
    shipped = FOLDER / "investments.csv"
    assert set(csv_header(shipped)) <= set(rows[0])


def test_rows_come_in_every_format_with_the_same_numbers(
    visit: Visit, tmp_path: Path, language: str
) -> None:
    page = visit("/projects?state=TX")
    open_view(page, "Data")
    amounts = {"gas-tx": 16.0, "texas-gulflink": 2.1}

    choose(page, "CSV for Excel")
    button = said("Save CSV for Excel, 2 rows", "Excel用CSVを保存（2行")
    excel = save(page, button, tmp_path).read_bytes()
    assert excel.startswith(b"\xef\xbb\xbf")
    rows: list[dict[str, Any]] = list(csv.DictReader(StringIO(excel.decode("utf-8-sig"))))
    assert {row["project_id"]: float(row["amount_usd_bn"]) for row in rows} == amounts

    choose(page, "JSON")
    rows = json.loads(
        save(page, said("Save JSON, 2 rows", "JSONを保存（2行"), tmp_path).read_text("utf-8")
    )["rows"]
    assert {row["project_id"]: row["amount_usd_bn"] for row in rows} == amounts

    choose(page, "Parquet")
    button = said("Save Parquet, 2 rows", "Parquetを保存（2行")
    content = save(page, button, tmp_path).read_bytes()
    rows = parquet.read_table(pa.BufferReader(content)).to_pylist()
    assert {row["project_id"]: row["amount_usd_bn"] for row in rows} == amounts

    choose(page, "Excel workbook")
    file = save(page, said("Save Excel workbook", "Excelブックを保存"), tmp_path)
    assert file.name == said(
        "us-japan-pledge_data_tx_2026-10-10.xlsx",
        "us-japan-pledge_data_tx_2026-10-10_ja.xlsx",
    )
    book = openpyxl.load_workbook(file)
    cover = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert said(
        "Projects in Texas: 2 of 6 projects", "テキサス州のプロジェクト：6件中2件"
    ) in " ".join(cover)
    header, *cells = book.worksheets[1].iter_rows(values_only=True)
    rows = [dict(zip(map(str, header), row, strict=True)) for row in cells]
    assert {row["project_id"]: row["amount_usd_bn"] for row in rows} == amounts

    choose(page, said("All rows, 6 projects", "すべての行（6件）"))
    button = said("Save Excel workbook, 18 sheets", "Excelブックを保存（18シート")
    book = openpyxl.load_workbook(save(page, button, tmp_path))
    assert book.worksheets[1].max_row == 1 + 6


def test_the_briefing_is_saved_as_soon_as_it_is_set(
    visit: Visit, tmp_path: Path, language: str
) -> None:
    page = visit("/projects?state=TN")
    open_view(page)
    choose(page, "A4")

    file = save(page, _("Save briefing (PDF)"), tmp_path)

    assert file.name == said(
        "us-japan-pledge_briefing_tn_2026-10-10_a4.pdf",
        "us-japan-pledge_briefing_tn_2026-10-10_a4_ja.pdf",
    )
    reader = PdfReader(file)
    assert 2 <= len(reader.pages) <= 4
    text = " ".join(" ".join(each.extract_text() for each in reader.pages).split())
    sentences = said(
        "Up to $40 billion is announced for projects in Tennessee. One of six projects matches.",
        "テネシー州のプロジェクトの発表額は最大400億ドルです。6件中1件が該当します。",
    )
    # A line of Japanese breaks within a sentence, where there is no space.
    assert sentences in (text.replace(" ", "") if language == messages.JAPANESE else text)
    assert spoken("?state=TN") in text


def test_everything_in_the_zip_is_what_its_package_says(visit: Visit, tmp_path: Path) -> None:
    page = visit("/projects?state=TN")
    open_view(page)

    file = save(page, "Save everything (ZIP)", tmp_path)

    with ZipFile(file) as archive:
        assert archive.testzip() is None
        packed = {name: archive.read(name) for name in archive.namelist()}
    package = json.loads(packed["datapackage.json"])
    assert package["homepage"].endswith("/projects?state=TN")
    assert {entry["path"] for entry in package["resources"]} == set(packed) - {
        "README.txt",
        "CITATION.cff",
        "datapackage.json",
    }
    for entry in package["resources"]:
        digest = hashlib.sha256(packed[entry["path"]]).hexdigest()
        assert entry["hash"] == f"sha256:{digest}"
    pictures = [name for name in packed if name.startswith("pictures/")]
    assert len(pictures) == 5 * len(EXHIBITS)
    for name in pictures:
        if name.endswith(".png"):
            with Image.open(BytesIO(packed[name])) as picture:
                picture.verify()
        elif name.endswith(".svg"):
            ElementTree.fromstring(packed[name])
        else:
            assert len(PdfReader(BytesIO(packed[name])).pages) == 1


def test_a_phone_saves_the_same_picture(visit: Visit, tmp_path: Path) -> None:
    page = visit(LINK, width=PHONE)
    for exhibit in ("map", "by-project"):
        open_card(page, exhibit)
        assert_is_light_and_large(save(page, "Save PNG", tmp_path))
        close(page)


def test_citations_are_copied_with_a_button(visit: Visit, language: str) -> None:
    page = visit("/projects?state=TN")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    dialog = open_view(page, "Cite")
    first = dialog.get_by_test_id("stCode").first
    first.hover()
    first.get_by_role("button").click()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        said(
            "Pledge tracker. (2026). Japan's $550 billion U.S. investment pledge",
            "Pledge tracker. “Japan's $550 billion U.S. investment pledge：テネシー州の",
        )
    )
    # SIST 02 ends with the day on which the link was seen.
    cited = copied.rpartition(", (参照 ")[0] if language == messages.JAPANESE else copied
    assert cited.endswith(spoken("/projects?state=TN"))


def read(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(file.read_text("utf-8"))))


def csv_header(file: Path) -> list[str]:
    return next(csv.reader(StringIO(file.read_text("utf-8"))))

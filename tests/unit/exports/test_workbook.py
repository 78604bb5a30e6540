"""The workbook, opened with openpyxl as Excel would open it."""

import math
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from components.exports import tables
from components.exports.workbook import MAX_TEXT, workbook_bytes
from components.views.filters import ProjectFilter
from tests.unit.factories import make_projects, make_table, make_view

LINK = "https://a.example/?state=OH"
ROWS = pd.DataFrame(
    {
        "name": ["plant", "", "日本の計画"],
        "amount_usd_bn": [33.3, math.nan, 0.6],
        "project_count": [2, 0, 1],
        "is_in_filter": [True, False, True],
        "shared_with": ["TN;AL", "", ""],
        "announced_on": ["2026-03-19", "2026-03", ""],
        "url": ["https://a.example/x", "javascript:alert(1)", ""],
    }
)
KINDS = {
    "amount_usd_bn": "number",
    "project_count": "integer",
    "is_in_filter": "flag",
    "shared_with": "list",
    "announced_on": "date",
    "url": "link",
}


def write(rows: pd.DataFrame = ROWS, *, kinds: dict[str, str] | None = None) -> bytes:
    table = make_table(rows, kinds=KINDS if kinds is None else kinds, link=LINK)
    return workbook_bytes([table], table.colophon)


def open_book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def sheet_of(content: bytes) -> Worksheet:
    return open_book(content)["Rows"]


def cells(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def cover_of(content: bytes) -> dict[str, Any]:
    """Return the labels of the cover, each with the value beside it."""
    rows = cells(open_book(content)["About"])
    return {row[1]: row[2] for row in rows if row[1] and row[2] is not None}


def test_cells_have_their_types_and_missing_is_empty():
    header, *rows = cells(sheet_of(write()))
    assert header == list(ROWS)
    day = datetime(2026, 3, 19)
    assert rows == [
        ["plant", 33.3, 2, True, "TN;AL", day, "https://a.example/x"],
        [None, None, 0, False, None, "2026-03", "javascript:alert(1)"],
        ["日本の計画", 0.6, 1, True, None, None, None],
    ]


def test_whole_numbers_stay_whole_where_one_is_missing():
    rows = pd.DataFrame({"name": ["a", "b", "c"], "jobs": pd.array([1200, None, 0], dtype="Int64")})
    sheet = sheet_of(write(rows, kinds={"jobs": "integer"}))
    jobs = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [(type(cell.value), cell.value) for cell in jobs] == [
        (int, 1200),
        (type(None), None),
        (int, 0),
    ]
    assert {cell.number_format for cell in jobs if cell.value is not None} == {"#,##0"}


def test_only_web_addresses_are_links():
    sheet = sheet_of(write())
    linked = {
        cell.coordinate: cell.hyperlink.target for row in sheet for cell in row if cell.hyperlink
    }
    assert linked == {"G2": "https://a.example/x"}


def test_a_sheet_is_ready_to_be_read():
    sheet = sheet_of(write())
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G4"
    assert sheet["A1"].font.bold
    assert "What amount_usd_bn holds." in sheet["B1"].comment.text
    assert sheet.column_dimensions["A"].width >= 10
    assert sheet["B2"].number_format == "#,##0.0"
    assert sheet["F2"].number_format == "yyyy-mm-dd"


def test_the_cover_says_what_every_export_says():
    cover = cover_of(write())
    assert cover["What it shows"] == "US$ billions, announced, not spent. All 1 project."
    assert cover["Caution"] == "Announced amounts, not money spent."
    assert cover["Source"].startswith("Sources: The Gazette.")
    assert cover["Data as of"] == datetime(2027, 1, 1)
    assert cover["Dataset version"] == "2026.1 (0123456789ab)"
    assert cover["Licence"] == "CC BY 4.0"
    assert cover["Link"] == LINK


def test_the_cover_lists_sheets_with_working_links_and_defines_columns():
    book = open_book(write())
    cover = book["About"]
    (entry,) = [cell for row in cover for cell in row if cell.value == "Rows" and cell.hyperlink]
    assert entry.hyperlink is not None
    assert entry.hyperlink.location == "'Rows'!A1"
    assert cover.cell(entry.row, entry.column + 2).value == 3
    assert cover_of(write())["amount_usd_bn"] == "What amount_usd_bn holds."


def test_a_row_of_the_cover_is_as_high_as_its_text():
    short, long = "One line of text.", "Words of eight. " * 15
    table = make_table(pd.DataFrame({"name": ["x"], "note": ["y"], "width": ["z"]}), link=LINK)
    first, second, third = table.columns
    described = (first, replace(second, description=long), replace(third, description="n" * 96))
    content = workbook_bytes(
        [replace(table, columns=described, description=short)],
        replace(table.colophon, note=long, source=short),
    )
    cover = open_book(content)["About"]
    normal = cover.sheet_format.defaultRowHeight
    lines = {
        str(label.value): (cover.row_dimensions[row].height or normal) / normal
        for row, (_, label, words, *_) in enumerate(cover.iter_rows(), start=1)
        if words.value
    }
    single = ("Source", "Data as of", "Link", "Rows", "name", "width")
    assert [lines[name] for name in single] == [1] * len(single)
    assert lines["Note"] == lines["note"] == 3


HOSTILE = [
    pytest.param('=HYPERLINK("http://x","y")', id="formula"),
    pytest.param("+1", id="plus"),
    pytest.param("-1", id="minus"),
    pytest.param("@SUM(A1)", id="at"),
    pytest.param("{=1+1}", id="array formula"),
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param("<r>rich</r>", id="rich text"),
    pytest.param('"; rm -rf /', id="shell"),
    pytest.param("x" * 10_000, id="10,000 characters"),
    pytest.param("שלום עולם", id="right to left"),
    pytest.param("🏭👩‍🔧", id="emoji"),
    pytest.param("日本の計画", id="Japanese"),
    pytest.param("two\nlines\tand a tab", id="lines"),
    pytest.param("http://a.example", id="address in a text column"),
    pytest.param("mailto:a@a.example", id="mail address"),
    pytest.param("007", id="number as text"),
    pytest.param("internal:Sheet1!A1", id="internal link"),
    pytest.param("_x0041_", id="escape"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_text_and_never_a_formula_or_a_link(text: str):
    content = write(pd.DataFrame({"name": [text]}), kinds={})
    (cell,) = sheet_of(content)[2]
    assert unescape(str(cell.value)) == text
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)


def test_signs_that_a_workbook_cannot_hold_do_not_break_it():
    (cell,) = sheet_of(write(pd.DataFrame({"name": ["a\x00b\x0bc"]}), kinds={}))[2]
    assert str(cell.value).replace("_x0000_", "").replace("_x000B_", "").startswith("a")


def test_text_beyond_what_a_cell_holds_is_cut_and_the_cover_says_so():
    content = write(pd.DataFrame({"name": ["y" * (MAX_TEXT + 10), "short"]}), kinds={})
    (cell,) = sheet_of(content)[2]
    assert len(str(cell.value)) == MAX_TEXT
    assert "1 cell" in cover_of(content)["Cut short"]


def test_a_table_without_rows_has_its_header():
    assert cells(sheet_of(write(ROWS.head(0)))) == [list(ROWS)]


def test_names_of_sheets_are_short_and_differ():
    rows = pd.DataFrame({"name": ["x"]})
    titles = [
        "A [title]: with/signs?",
        "a title with signs",
        "About",
        "x" * 40,
        "x" * 40,
        "History",
    ]
    made = [make_table(rows) for _ in titles]
    for table, title in zip(made, titles, strict=True):
        object.__setattr__(table, "title", title)
    names = open_book(workbook_bytes(made, made[0].colophon)).sheetnames
    assert len({name.lower() for name in names}) == len(titles) + 1
    assert all(len(name) <= 31 for name in names)


def test_a_view_gives_a_sheet_for_each_table_with_its_numbers():
    projects = make_projects(("plant", "OH", 33.3, "about"), ("reactor", "TN;AL", 40.0, "up_to"))
    view = make_view(projects, ProjectFilter(state=("OH",)))
    made = tables.of_view(view, link=LINK)
    book = open_book(workbook_bytes(made, tables.colophon(view, link=LINK)))
    assert (
        book.sheetnames == ["About", *(table.title[:31] for table in made)]
        or len(book.sheetnames) == len(made) + 1
    )
    header, row = cells(book[book.sheetnames[1]])
    assert dict(zip(header, row, strict=True))["amount_usd_bn"] == 33.3


def test_equal_tables_give_equal_workbooks():
    assert write() == write()

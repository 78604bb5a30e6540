import csv
import io
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.exports import tables
from components.exports.tabular import csv_bytes
from tests.unit.factories import make_projects, make_table, make_view

PROJECTS = make_projects(
    ("plant", "OH", 33.3, "about"), ("mill", "OH"), ("reactors", "TN;AL", 40.0, "up_to")
)
ABOUT = [f"about_{name}" for name in make_table(pd.DataFrame()).colophon.items()]


def read(content: bytes) -> list[list[str]]:
    """Read the cells, without the colophon that ends every row."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    assert rows[0][-len(ABOUT) :] == ABOUT
    return [row[: -len(ABOUT)] for row in rows]


def write(rows: pd.DataFrame) -> list[list[str]]:
    return read(csv_bytes(make_table(rows)))


def write_text(*cells: str) -> list[str]:
    """Write one column of text and read back its cells."""
    rows = write(pd.DataFrame({"text": pd.Series(cells, dtype="str")}))
    assert rows[0] == ["text"]
    return [cell for (cell,) in rows[1:]]


def test_rows_come_back_as_they_were():
    table = tables.projects(make_view(PROJECTS), link="")
    rows = table.rows
    numbers = {str(name): [""] for name, dtype in rows.dtypes.items() if dtype == "float64"}
    back = pd.read_csv(
        io.BytesIO(csv_bytes(table)),
        dtype=dict(rows.dtypes),
        na_values=numbers,
        keep_default_na=False,
    )
    pd.testing.assert_frame_equal(back[list(rows)], rows)


def test_missing_values_are_empty_cells():
    rows = pd.DataFrame({"id": ["a", "b"], "amount_usd_bn": [33.3, math.nan], "note": ["x", None]})
    assert write(rows) == [
        ["id", "amount_usd_bn", "note"],
        ["a", "33.3", "x"],
        ["b", "", ""],
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        '=HYPERLINK("http://evil.example","x")',
    ],
)
def test_a_cell_that_would_run_as_a_formula_is_text(cell: str):
    assert write_text(cell) == [f"'{cell}"]


def test_numbers_stay_numbers():
    rows = pd.DataFrame(
        {"longitude": [-83.1], "count": [3], "flag": [True], "amount_usd_bn": [0.1 + 0.2]}
    )
    assert write(rows)[1] == ["-83.1", "3", "True", "0.30000000000000004"]


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("福島の発電所", id="Japanese"),
        pytest.param("🏭👩‍🏭", id="emoji"),
        pytest.param("مصنع \u202e abc", id="right to left"),
        pytest.param("x" * 10_000, id="10,000 characters"),
        pytest.param('He said "x", twice', id="quotes and commas"),
        pytest.param("one\ntwo\r\nthree", id="line breaks"),
        pytest.param("one\rtwo", id="old line break"),
        pytest.param("nan", id="the word nan"),
        pytest.param("NA", id="the letters NA"),
        pytest.param("a=b", id="a sign inside"),
    ],
)
def test_any_text_comes_back_as_it_was(cell: str):
    assert write_text(cell, "next") == [cell, "next"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1))
def test_no_text_moves_a_cell_or_loses_a_character(cells: list[str]):
    for before, after in zip(cells, write_text(*cells), strict=True):
        assert after in (before, f"'{before}")


def test_no_rows_leave_the_header():
    rows = PROJECTS[["project_id", "amount_usd_bn"]].head(0)
    assert write(rows) == [["project_id", "amount_usd_bn"]]


def test_writing_does_not_change_the_rows():
    rows = pd.DataFrame({"text": ["=1"]})
    write(rows)
    assert list(rows["text"]) == ["=1"]


def test_every_row_carries_the_colophon():
    rows = pd.DataFrame({"id": ["a", "b"]})
    table = make_table(rows, link="https://pledge.example/?state=OH")
    written = pd.read_csv(io.BytesIO(csv_bytes(table)), keep_default_na=False)
    for name, words in table.colophon.items().items():
        assert list(written[f"about_{name}"]) == [words, words]


def test_excel_is_told_that_the_file_is_utf_8():
    table = make_table(pd.DataFrame({"name": ["日本"]}))
    assert csv_bytes(table, for_excel=True) == b"\xef\xbb\xbf" + csv_bytes(table)

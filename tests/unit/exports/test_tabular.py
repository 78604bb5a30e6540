import csv
import io
import json
import math
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from components.exports import tables
from components.exports.tables import Table
from components.exports.tabular import csv_bytes, json_bytes, parquet_bytes, size_of
from tests.unit.factories import make_projects, make_table, make_view

PROJECTS = make_projects(
    ("plant", "OH", 33.3, "about"), ("mill", "OH"), ("reactors", "TN;AL", 40.0, "up_to")
)


def column_of(*cells: str) -> pd.DataFrame:
    return pd.DataFrame({"text": pd.Series(cells, dtype="str")})


TEXTS = make_table(column_of())
ABOUT = [f"about_{name}" for name in TEXTS.colophon.items()]


def read(content: bytes) -> list[list[str]]:
    """Read the cells, without the colophon at the end of every row."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    assert rows[0][-len(ABOUT) :] == ABOUT
    return [row[: -len(ABOUT)] for row in rows]


def write(rows: pd.DataFrame) -> list[list[str]]:
    return read(csv_bytes(make_table(rows)))


def write_text(*cells: str) -> list[str]:
    """Write one column of text and read back its cells."""
    rows = read(csv_bytes(replace(TEXTS, rows=column_of(*cells))))
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
    assert write(rows)[1] == ["-83.1", "3", "TRUE", "0.30000000000000004"]


@pytest.mark.parametrize("for_excel", [False, True])
def test_flags_are_words_that_r_reads_as_logical(*, for_excel: bool):
    rows = pd.DataFrame({"is_in_filter": [True, False], "note": ["True", "x"]})
    content = csv_bytes(make_table(rows, kinds={"is_in_filter": "flag"}), for_excel=for_excel)
    assert read(content.removeprefix(b"\xef\xbb\xbf"))[1:] == [["TRUE", "True"], ["FALSE", "x"]]


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


TYPED = pd.DataFrame(
    {
        "name": ["plant", ""],
        "amount_usd_bn": [33.3, math.nan],
        "project_count": [2, 0],
        "is_in_filter": [True, False],
        "shared_with": ["TN;AL", ""],
        "announced_on": ["2026-03", "2026-03-19"],
    }
)
KINDS = {
    "amount_usd_bn": "number",
    "project_count": "integer",
    "is_in_filter": "flag",
    "shared_with": "list",
    "announced_on": "date",
}
ANY_TEXT = [
    '=HYPERLINK("http://x","y")',
    "<script>alert(1)</script>",
    '"; rm -rf /',
    "x" * 10_000,
    "שלום",
    "🏭👩‍🔧",
    "日本の計画",
    "two\r\nlines\tand a tab",
    "a\x00b",
]


def test_json_has_types_lists_and_null_for_what_is_missing():
    document = json.loads(json_bytes(make_table(TYPED, kinds=KINDS)))
    assert document["rows"] == [
        {
            "name": "plant",
            "amount_usd_bn": 33.3,
            "project_count": 2,
            "is_in_filter": True,
            "shared_with": ["TN", "AL"],
            "announced_on": "2026-03",
        },
        {
            "name": None,
            "amount_usd_bn": None,
            "project_count": 0,
            "is_in_filter": False,
            "shared_with": [],
            "announced_on": "2026-03-19",
        },
    ]
    assert document["row_count"] == 2


def test_json_carries_the_colophon_and_what_every_column_means():
    table = make_table(TYPED, kinds=KINDS, link="https://a.example/")
    document = json.loads(json_bytes(table))
    assert table.colophon.items().items() <= document.items()
    assert [column["name"] for column in document["columns"]] == list(TYPED)
    assert all(column["description"] for column in document["columns"])


def read_parquet(content: bytes) -> pa.Table:
    return parquet.read_table(pa.BufferReader(content))


def test_parquet_has_types_lists_and_null_for_what_is_missing():
    read = read_parquet(parquet_bytes(make_table(TYPED, kinds=KINDS)))
    assert [str(kind) for kind in read.schema.types] == [
        "string",
        "double",
        "int64",
        "bool",
        "list<element: string>",
        "string",
    ]
    assert read.to_pydict() == {
        "name": ["plant", None],
        "amount_usd_bn": [33.3, None],
        "project_count": [2, 0],
        "is_in_filter": [True, False],
        "shared_with": [["TN", "AL"], []],
        "announced_on": ["2026-03", "2026-03-19"],
    }


WHOLE = pd.DataFrame(
    {"name": ["plant", "mill", "yard"], "jobs": pd.array([2**53 + 1, None, 0], dtype="Int64")}
)
"""Whole numbers of which one is missing; a float could not hold the first."""


def test_whole_numbers_stay_whole_where_one_is_missing():
    table = make_table(WHOLE, kinds={"jobs": "integer"})
    assert [jobs for _, jobs in read(csv_bytes(table))] == ["jobs", "9007199254740993", "", "0"]
    document = json.loads(json_bytes(table))
    assert [row["jobs"] for row in document["rows"]] == [2**53 + 1, None, 0]
    stored = read_parquet(parquet_bytes(table))
    assert str(stored.schema.field("jobs").type) == "int64"
    assert stored["jobs"].to_pylist() == [2**53 + 1, None, 0]


def test_parquet_carries_the_colophon_and_what_every_column_means():
    table = make_table(TYPED, kinds=KINDS, link="https://a.example/")
    schema = read_parquet(parquet_bytes(table)).schema
    about = {name.decode(): words.decode() for name, words in schema.metadata.items()}
    assert table.colophon.items().items() <= about.items()
    assert [column["name"] for column in json.loads(about["columns"])] == list(TYPED)
    assert schema.field("amount_usd_bn").metadata[b"description"] == b"What amount_usd_bn holds."


@pytest.mark.parametrize("text", ANY_TEXT)
def test_any_text_comes_through_json_and_parquet_unchanged(text: str):
    table = make_table(pd.DataFrame({"name": [text]}))
    assert json.loads(json_bytes(table))["rows"] == [{"name": text}]
    assert read_parquet(parquet_bytes(table)).to_pydict() == {"name": [text]}


@pytest.mark.parametrize("write", [csv_bytes, json_bytes, parquet_bytes])
def test_a_table_without_rows_keeps_its_columns(write: Callable[[Table], bytes]):
    table = make_table(TYPED.head(0), kinds=KINDS)
    content = write(table)
    assert write(table) == content
    if write is parquet_bytes:
        assert read_parquet(content).column_names == list(TYPED)
    else:
        assert b"amount_usd_bn" in content


@pytest.mark.parametrize("write", [csv_bytes, json_bytes, parquet_bytes])
def test_the_size_of_a_long_table_is_about_right(write: Callable[[Table], bytes]):
    rows = pd.DataFrame(
        {"name": [f"Project {number} of many" for number in range(2000)], "amount": range(2000)}
    )
    table = make_table(rows, kinds={"amount": "integer"})
    assert size_of(write, table) == pytest.approx(len(write(table)), rel=0.3)

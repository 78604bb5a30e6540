import csv
import io
import math
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.exports import csv_bytes, file_name, project_rows
from components.filters import ProjectFilter
from components.schema import INVESTMENTS
from components.view import View
from tests.unit.factories import make_baseline, make_projects, make_view

PROJECTS = make_projects(
    ("plant", "OH", 33.3, "about"), ("mill", "OH"), ("reactors", "TN;AL", 40.0, "up_to")
)
BASELINE = make_baseline(PROJECTS)


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def write_text(*cells: str) -> list[str]:
    """Write one column of text and read back its cells."""
    rows = read(csv_bytes(pd.DataFrame({"text": pd.Series(cells, dtype="str")})))
    assert rows[0] == ["text"]
    return [cell for (cell,) in rows[1:]]


def test_rows_come_back_as_they_were():
    rows = project_rows(make_view(PROJECTS))
    numbers = {str(name): [""] for name, dtype in rows.dtypes.items() if dtype == "float64"}
    back = pd.read_csv(
        io.BytesIO(csv_bytes(rows)),
        dtype=dict(rows.dtypes),
        na_values=numbers,
        keep_default_na=False,
    )
    pd.testing.assert_frame_equal(back, rows)


def test_exported_projects_have_the_columns_of_the_data_then_the_stage():
    rows = project_rows(make_view(PROJECTS, ProjectFilter(state=("AL",))))
    assert list(rows) == [*INVESTMENTS.columns, "stage", "stage_date", "stage_extent"]
    assert list(rows["project_id"]) == ["reactors"]


def test_missing_values_are_empty_cells():
    rows = pd.DataFrame({"id": ["a", "b"], "amount_usd_bn": [33.3, math.nan], "note": ["x", None]})
    assert read(csv_bytes(rows)) == [
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
    assert read(csv_bytes(rows))[1] == ["-83.1", "3", "True", "0.30000000000000004"]


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
    assert read(csv_bytes(rows)) == [["project_id", "amount_usd_bn"]]


def test_writing_does_not_change_the_rows():
    rows = pd.DataFrame({"text": ["=1"]})
    csv_bytes(rows)
    assert list(rows["text"]) == ["=1"]


@pytest.mark.parametrize(
    ("chosen", "name"),
    [
        pytest.param(ProjectFilter(), "small-pledge_by-state_2027-01-01.csv", id="all"),
        pytest.param(
            ProjectFilter(state=("TN", "AL")),
            "small-pledge_by-state_al-tn_2027-01-01.csv",
            id="states",
        ),
        pytest.param(
            ProjectFilter(sector=("gas",), tranche=("2",)),
            "small-pledge_by-state_gas-2_2027-01-01.csv",
            id="two facets",
        ),
    ],
)
def test_a_file_is_named_after_what_is_in_it(chosen: ProjectFilter, name: str):
    assert file_name(make_view(PROJECTS, chosen), "by-state", "csv") == name


def test_a_name_without_an_extension_ends_with_the_date():
    assert file_name(make_view(PROJECTS), "map") == "small-pledge_map_2027-01-01"


@given(st.lists(st.text(), max_size=5))
def test_no_filter_makes_a_name_harmful(states: list[str]):
    name = file_name(View(BASELINE, ProjectFilter(state=tuple(states))), "map", "csv")
    assert re.fullmatch(r"[a-z0-9_-]+\.csv", name)
    assert len(name) < 120

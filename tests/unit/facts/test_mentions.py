"""Rows that name projects in a list."""

import pandas as pd
import pytest

from components.facts.mentions import by_project, concerning, limited_to


def rows(*lists: str) -> pd.DataFrame:
    return pd.DataFrame({"row": list("abcdef")[: len(lists)], "project_ids": lists}, dtype="str")


def told(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["row"], table["project_ids"], strict=True))


NAMED = rows("gas-tx", "gas;gas-tx", "", "reactors")


@pytest.mark.parametrize(
    ("project_ids", "found"),
    [
        pytest.param(["gas"], ["b"], id="an id, not a part of one"),
        pytest.param(["gas", "gas-tx"], ["a", "b"], id="one that names both only once"),
        pytest.param(["mill"], [], id="none"),
        pytest.param([], [], id="of no project, not even what names none"),
    ],
)
def test_rows_that_concern_projects_are_those_that_name_any_of_them(
    project_ids: list[str], found: list[str]
):
    assert list(concerning(NAMED, project_ids)["row"]) == found


def test_a_row_of_several_projects_becomes_one_for_each():
    exploded = by_project(NAMED)
    assert list(exploded.columns) == ["project_id", "row"]
    assert list(zip(exploded["project_id"], exploded["row"], strict=True)) == [
        ("gas-tx", "a"),
        ("gas", "b"),
        ("gas-tx", "b"),
        ("reactors", "d"),
    ]


@pytest.mark.parametrize(
    ("project_ids", "left"),
    [
        pytest.param(
            ["gas", "gas-tx", "reactors"],
            [("a", "gas-tx"), ("b", "gas;gas-tx"), ("c", ""), ("d", "reactors")],
            id="all stay",
        ),
        pytest.param(["gas"], [("b", "gas"), ("c", "")], id="a list loses the others"),
        pytest.param(
            ["gas-tx"], [("a", "gas-tx"), ("b", "gas-tx"), ("c", "")], id="whichever stand in it"
        ),
        pytest.param([], [("c", "")], id="what names no project stays"),
    ],
)
def test_rows_limited_to_projects_name_no_others(
    project_ids: list[str], left: list[tuple[str, str]]
):
    assert told(limited_to(NAMED, project_ids)) == left


@pytest.mark.parametrize("change", [concerning, limited_to])
def test_an_empty_table_stays_one(change):
    assert list(change(rows(), ["gas"]).columns) == ["row", "project_ids"]
    assert by_project(rows()).empty

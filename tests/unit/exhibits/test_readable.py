"""How rows read, on the screen, in a saved page and on paper alike."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import pytest

from components.basics import messages
from components.exhibits import columns
from components.exhibits.columns import Column
from components.exhibits.readable import readable

WHEN = Column("on", "Day", "Day of the row.", "date")
SIZE = Column("size", "Size", "How large it is.", "number", "hectares")
COUNT = Column("rank", "Rank", "Its place.", "integer")


def read(rows: Mapping[str, Sequence[object]], *explained: Column) -> dict[str, list[str]]:
    """Return the texts of rows by the title of their column."""
    return {column.title: list(column.texts) for column in readable(pd.DataFrame(rows), explained)}


def test_a_qualifier_stands_before_its_figure_and_missing_is_not_zero():
    rows: dict[str, Sequence[object]] = {
        "amount_usd_bn": [40.0, 33.3, math.nan],
        "amount_qualifier": ["up_to", "about", ""],
        "whole_usd_bn": [441.0, 0.0, 1.0],
        "whole_qualifier": ["at_least", "exact", "exact"],
    }
    explained = (columns.AMOUNT, columns.QUALIFIER, columns.WHOLE, columns.WHOLE_QUALIFIER)
    assert read(rows, *explained) == {
        "Announced": ["up to $40B", "about $33.3B", "Undisclosed"],
        "All projects": ["at least $441B", "$0", "$1B"],
    }


@pytest.mark.parametrize(
    ("language", "texts"), [("en", ["about $16B", "none"]), ("ja", ["約160億ドル", "なし"])]
)
def test_where_no_report_gives_a_part_the_cell_says_none(language: str, texts: list[str]):
    rows: dict[str, Sequence[object]] = {
        "reported_usd_bn": [16.0, math.nan],
        "reported_qualifier": ["about", ""],
    }
    with messages.using(language):
        (read_texts,) = read(rows, columns.REPORTED, columns.REPORTED_QUALIFIER).values()
    assert read_texts == texts


def test_a_stage_says_where_loans_cover_a_part():
    rows = {"stage": ["financed", "announced"], "stage_extent": ["part", ""]}
    read_rows = read(rows, columns.STAGE, columns.EXTENT)
    assert read_rows == {"Stage": ["Financed in part", "Announced"]}


@pytest.mark.parametrize(
    ("column", "cell", "text"),
    [
        pytest.param(columns.CEILING, 40.0, "up to $40B", id="a ceiling"),
        pytest.param(columns.CEILING, 0.0, "", id="no ceiling"),
        pytest.param(columns.SHARED_WITH, "TN;AL", "Tennessee, Alabama", id="states"),
        pytest.param(columns.SHARED_WITH, "", "", id="no state"),
        pytest.param(columns.CONFIDENCE, "reported", "Reported", id="a choice"),
        pytest.param(WHEN, "2026-03-19", "19 March 2026", id="a day"),
        pytest.param(WHEN, "2026-03", "March 2026", id="a month"),
        pytest.param(COUNT, 1200, "1,200", id="a whole number"),
        pytest.param(COUNT, None, "", id="no whole number"),
        pytest.param(columns.IN_FILTER, False, "No", id="a flag"),
    ],
)
def test_a_cell_reads_by_its_kind(column: Column, cell: object, text: str):
    (texts,) = read({column.name: [cell]}, column).values()
    assert texts == [text]


def test_a_bare_number_has_its_unit_in_the_title():
    assert read({"size": [1234.5]}, SIZE) == {"Size (hectares)": ["1,234.5"]}


@pytest.mark.parametrize(
    ("cells", "is_shown"), [([0, 0], False), ([0, 1], True)], ids=["nothing", "something"]
)
def test_a_column_that_says_nothing_is_left_out(cells: list[int], is_shown: bool):
    shown = read({"undisclosed_count": cells}, columns.UNDISCLOSED_COUNT)
    assert bool(shown) is is_shown
    assert read({"rank": [0, 0]}, replace(COUNT, usual=0)) == {}


def test_ids_are_left_out_since_they_stand_beside_their_names():
    assert read({"state": ["OH"], "state_name": ["Ohio"]}, columns.STATE, columns.STATE_NAME) == {
        "State": ["Ohio"]
    }


def test_figures_are_told_from_words():
    rows = pd.DataFrame({"rank": [1], "on": ["2026-03-19"]})
    assert [column.is_figure for column in readable(rows, (COUNT, WHEN))] == [True, False]

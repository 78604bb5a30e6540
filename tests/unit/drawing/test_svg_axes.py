from datetime import date
from typing import Any

import pytest

from components.drawing.svg_axes import Axis

DAYS = {"type": "date", "tickformat": "%Y-%m-%d", "showgrid": False}


def axis(first: str, last: str, **drawn: Any) -> Axis:
    return Axis.of({**DAYS, "range": [first, last], **drawn}, start=0, length=100)


def ticks(first: str, last: str, **drawn: Any) -> list[str]:
    return [text for _, text in axis(first, last, **drawn).ticks]


# What Plotly 6 draws for the same axes.
@pytest.mark.parametrize(
    ("first", "last", "count", "expected"),
    [
        pytest.param("2026-02-19", "2026-10-20", 2, ["2026-07-01"], id="half-years"),
        pytest.param(
            "2026-02-19",
            "2026-10-20",
            5,
            ["2026-03-01", "2026-05-01", "2026-07-01", "2026-09-01"],
            id="every second month",
        ),
        pytest.param("2026-03-01", "2026-03-22", 2, ["2026-03-08", "2026-03-22"], id="Sundays"),
        pytest.param(
            "2026-03-01", "2026-03-09", 4, [f"2026-03-0{day}" for day in (1, 4, 7)], id="days"
        ),
        pytest.param(
            "2025-06-01", "2028-06-01", 3, ["2026-01-01", "2028-01-01"], id="every second year"
        ),
        pytest.param("2024-06-01", "2026-06-01", 3, ["2025-01-01", "2026-01-01"], id="years"),
        pytest.param("1985-01-01", "2035-01-01", 3, ["2000-01-01", "2020-01-01"], id="decades"),
    ],
)
def test_plotly_would_choose_the_same_days(first: str, last: str, count: int, expected: list[str]):
    assert ticks(first, last, nticks=count) == expected


def test_a_given_step_is_kept():
    found = ticks("2025-09-04", "2029-01-19", dtick="M12", tick0="2000-01-01")
    assert found == [f"{year}-01-01" for year in (2026, 2027, 2028, 2029)]


def test_ticks_outside_the_range_are_left_out():
    numbers = {"range": [10, 0], "tickvals": [-1, 0, 5, 11], "ticktext": list("abcd")}
    assert Axis.of(numbers, start=0, length=1).ticks == [(0, "b"), (5, "c")]


def test_a_range_can_go_down():
    reversed_axis = Axis.of({"range": [10, 0]}, start=100, length=-100)
    assert [reversed_axis.at(value) for value in (10, 5, 0)] == [100, 50, 0]


def test_a_day_stands_between_the_ends():
    assert axis("2026-01-01", "2026-01-11").at(date(2026, 1, 6).isoformat()) == 50


@pytest.mark.parametrize(
    ("drawn", "places"),
    [
        pytest.param({}, [50], id="not at the edges of the plot"),
        pytest.param(
            {"zeroline": True, "zerolinecolor": "ink", "zerolinewidth": 1}, [50, 0], id="zero"
        ),
        pytest.param({"showgrid": False}, [], id="none"),
    ],
)
def test_a_grid_has_a_line_at_each_tick_inside(drawn: dict[str, Any], places: list[float]):
    given = {"range": [0, 10], "tickvals": [0, 5, 10], "ticktext": list("abc"), "gridcolor": "grey"}
    lines = Axis.of({**given, **drawn}, start=0, length=100).lines()
    assert [at for _, _, at in lines] == places

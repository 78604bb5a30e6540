from collections.abc import Sequence

import pandas as pd
import pytest

from components.basics.amounts import Amount
from components.drawing.bars import Bar
from components.exhibits.bar_chart import BarChart
from components.exhibits.registry import exhibit
from components.exhibits.state_map import described
from components.views.filters import ProjectFilter
from components.views.view import View
from tests.unit.factories import make_baseline, make_projects

BASELINE = make_baseline(
    make_projects(
        ("plant", "OH", 10.0, "about"),
        ("reactors", "TN;AL", 40.0, "up_to"),
        tranche=[1, 2],
        announced_on=["2026-02-17", "2026-03-19"],
    )
)
WHOLE = View(BASELINE, ProjectFilter())


class Some(BarChart):
    """A chart of given bars."""

    noun = "state"

    def __init__(self, view: View, bars: Sequence[Bar], hidden: int) -> None:
        super().__init__(view)
        self._bars, self._hidden = bars, hidden

    @property
    def bars(self) -> Sequence[Bar]:
        return self._bars

    @property
    def hidden(self) -> int:
        return self._hidden

    @property
    def segments(self) -> pd.DataFrame:
        raise NotImplementedError

    def tabulate(self) -> pd.DataFrame:
        raise NotImplementedError


@pytest.mark.parametrize(
    ("bars", "hidden", "listed"),
    [
        pytest.param([("Ohio", "about $10B")], 0, "Ohio about $10B", id="one"),
        pytest.param([("Ohio", "$1B"), ("Utah", "$2B")], 0, "Ohio $1B; Utah $2B", id="two"),
        pytest.param([("Ohio", "$1B")], 1200, "Ohio $1B; and 1,200 more", id="not drawn"),
        pytest.param(
            [("S", "$1B")] * 14,
            3,
            "; ".join(["S $1B"] * 12 + ["and 5 more"]),
            id="too many to name",
        ),
        pytest.param([], 0, "", id="none"),
    ],
)
def test_a_bar_chart_is_described_by_its_bars(
    bars: list[tuple[str, str]], hidden: int, listed: str
):
    drawn = [Bar(name, name, Amount(1.0), label) for name, label in bars]
    assert Some(WHOLE, drawn, hidden).alt == f"Bar chart of announced amounts by state: {listed}."


@pytest.mark.parametrize(
    ("named", "listed"),
    [
        pytest.param([("Tennessee", "up to $40B")], "Tennessee up to $40B", id="one"),
        pytest.param(
            [("Tennessee", "up to $41B, part shared"), ("Alabama", "up to $40B shared")],
            "Tennessee up to $41B, part shared; Alabama up to $40B shared",
            id="shared",
        ),
        pytest.param([("Ohio", "Undisclosed")], "Ohio Undisclosed", id="undisclosed"),
        pytest.param([], "no state has a project in this filter", id="none"),
    ],
)
def test_a_map_is_described_by_its_states(named: list[tuple[str, str]], listed: str):
    start = "Map of the United States, states shaded by announced amount: "
    assert described([f"{name} {label}" for name, label in named]) == f"{start}{listed}."


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        pytest.param(
            ProjectFilter(),
            "Step chart of the pledge: up to $100B pledged, up to $50B announced, "
            "at least $50B of the up to $100B unannounced.",
            id="all",
        ),
        pytest.param(
            ProjectFilter(state=("OH",)),
            "Step chart of the pledge: up to $100B pledged, up to $50B announced, "
            "about $10B of it in this filter, at least $50B of the up to $100B unannounced.",
            id="filtered",
        ),
    ],
)
def test_progress_is_described_by_its_parts(chosen: ProjectFilter, text: str):
    assert exhibit("progress", View(BASELINE, chosen)).alt == text


def test_the_course_is_described_by_its_steps_its_pace_and_its_goal():
    text = exhibit("over-time", WHOLE).alt
    assert text.startswith(
        "Step chart of the announced sum: about $10B by 17 February 2026; "
        "up to $50B by 19 March 2026. Own calculation: an even pace "
    )
    assert text.endswith("$100B by 1 January 2030.")


def test_the_course_is_described_by_the_qualifier_of_the_sum_and_not_of_the_day():
    days = ["2026-02-17", "2026-03-19"]
    projects = make_projects(("a", "OH", 1.0, "up_to"), ("b", "OH", 2.0), announced_on=days)
    text = exhibit("over-time", View(make_baseline(projects), ProjectFilter())).alt
    assert "up to $1B by 17 February 2026; up to $3B by 19 March 2026." in text


def test_a_pledge_of_up_to_a_sum_stays_up_to_it():
    text = exhibit("over-time", WHOLE).alt
    assert "The pledge is up to $100B by 1 January 2030." in text

"""What the shipped figures are made of, and the one source that decides each fact."""

from pathlib import Path

import pytest

from components.basics.amounts import Amount
from components.exhibits.bar_chart import BarChart
from components.exhibits.registry import EXHIBITS
from components.facts.dataset import load
from components.facts.schema import FACTS
from components.views import makeup
from components.views.filters import ProjectFilter
from components.views.makeup import Makeup
from components.views.view import Baseline, View
from components.words import makeups
from tests.unit.factories import formula_of

BASELINE = Baseline.of(load(Path(__file__).parents[2] / "data"))
WHOLE = BASELINE.view(ProjectFilter())
WHITE_HOUSE = "wh-2026-03-19"


def words_of(view: View) -> str:
    """Name a test by its view, the same in every process."""
    return view.words


def told(found: Makeup) -> list[tuple[str, str, str]]:
    """Return each part as its amount, how sure it is, and the source that decides."""
    return [(str(part.amount), part.confidence, part.source_ids[0]) for part in found.parts]


TRANCHES = [
    ("$36B", "official", WHITE_HOUSE),
    ("up to $40B", "official", WHITE_HOUSE),
    ("up to $33B", "official", WHITE_HOUSE),
]


def test_what_is_announced_is_36_and_up_to_40_and_up_to_33():
    found = makeup.of_announced(WHOLE)
    assert told(found) == TRANCHES
    assert [part.states for part in found.parts] == [(), ("TN", "AL"), ("PA", "TX")]
    assert str(found.total) == "up to $109B"
    line = formula_of(found, WHOLE)
    assert line.startswith("$36B official, tranche 1, 3 projects, The White House, 19 March 2026")
    assert "up to $33B official, shared by Pennsylvania and Texas, The White House" in line
    assert line.endswith(" · sum: our own")


def test_what_is_unannounced_is_the_pledge_less_what_is_announced():
    pledge, *parts = makeup.of_unannounced(WHOLE).parts
    assert (str(pledge.amount), pledge.source_ids) == ("up to $550B", ("bloomberg-2025-09-05",))
    assert told(Makeup(tuple(parts), makeup.Rule.SUM)) == TRANCHES


@pytest.mark.parametrize(
    ("facet", "bar", "parts"),
    [
        pytest.param(
            "state", "OH", [("about $33.3B", "official", "logistics-today-2026-02-19")], id="Ohio"
        ),
        pytest.param(
            "state",
            "TX",
            [
                ("up to $33B", "official", WHITE_HOUSE),
                ("$2.1B", "official", "tbs-bloomberg-2026-02"),
            ],
            id="Texas",
        ),
        pytest.param("state", "AL", [("up to $40B", "official", WHITE_HOUSE)], id="Alabama"),
        pytest.param(
            "sector",
            "natural-gas-power",
            [
                ("about $33.3B", "official", "logistics-today-2026-02-19"),
                ("up to $33B", "official", WHITE_HOUSE),
            ],
            id="gas",
        ),
        pytest.param(
            "project", "gas-pa", [("up to $33B", "official", WHITE_HOUSE)], id="gas, Pennsylvania"
        ),
    ],
)
def test_a_bar_is_made_of_the_amounts_of_its_projects(
    facet: str, bar: str, parts: list[tuple[str, str, str]]
):
    assert told(makeup.of_bars(WHOLE, facet, [bar])[bar]) == parts


def test_the_bar_of_a_state_says_what_press_reports_give_to_it():
    found = makeup.of_bars(WHOLE, "state", ["PA"])["PA"]
    assert makeups.reports(found.parts[0], WHOLE) == [
        ("of it, reported: about $17B in Pennsylvania", ("globalpolitics-2026-03",))
    ]


VIEWS = [
    ProjectFilter(),
    *(ProjectFilter(state=(state,)) for state in ("OH", "PA", "TN", "TX")),
    ProjectFilter(sector=("natural-gas-power",)),
    ProjectFilter(tranche=("1",)),
    ProjectFilter(project=("gas-tx",)),
]


@pytest.mark.parametrize("view", [BASELINE.view(one) for one in VIEWS], ids=words_of)
def test_the_parts_add_up_to_the_figure_in_every_view(view: View):
    assert str(makeup.of_announced(view).total) == str(view.headline.announced)
    for name in ("by-state", "by-sector", "by-project"):
        exhibit = EXHIBITS[name].of(view)
        assert isinstance(exhibit, BarChart)
        amounts = {bar.name: bar.amount for bar in exhibit.bars}
        for bar in exhibit.made:
            assert str(bar.makeup.total) == str(amounts[bar.name]), (name, bar.name)


@pytest.mark.parametrize("project_id", list(WHOLE.projects["project_id"]))
def test_every_fact_of_a_project_names_the_one_source_that_decides_it(project_id: str):
    (row,) = WHOLE.dataset.projects.query("project_id == @project_id").to_dict("records")
    for fact, column in FACTS.items():
        is_known = str(row[column]) not in ("", "nan")
        cited = [one for one in row[f"{fact}_source_ids"].split(";") if one]
        assert bool(cited) == is_known, fact
        assert (BASELINE.decisive(cited) is not None) == is_known, fact


def test_a_source_that_was_not_read_itself_still_decides_and_says_so():
    energy = BASELINE.decisive(["doe-2026-03-pdf", "logistics-today-2026-02-19"])
    assert energy is not None
    assert makeups.source(energy) == "March 2026, original not seen"
    assert BASELINE.decisive([]) is None


def test_site_and_county_in_ohio_are_official_and_the_pin_is_not():
    (row,) = WHOLE.dataset.projects.query("project_id == 'portsmouth-gas'").to_dict("records")
    words = [row[f"{what}_confidence"] for what in ("place", "county", "pin")]
    assert words == ["official", "official", "reported"]


def test_the_remainder_is_what_the_pledge_leaves():
    head = WHOLE.headline
    assert str(head.pledged.less(makeup.of_announced(WHOLE).total)) == str(head.unannounced)
    assert head.unannounced == Amount(441.0, "at_least")

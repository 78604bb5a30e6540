"""How far the money is: stages added up, drawn, and said in words."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import plotly.graph_objects as go
import pytest

from components import exhibits, summaries
from components.amounts import Amount
from components.charts import Event, Step, timeline
from components.dataset import load
from components.exhibits import Exhibit
from components.filters import ProjectFilter
from components.palette import screen_theme
from components.schema import STAGES
from components.view import Baseline, View
from tests.unit.factories import make_projects, make_view

SHIPPED = Baseline.of(load(Path(__file__).parents[2] / "data"))
WHOLE = SHIPPED.view(ProjectFilter())
THEME = screen_theme("light", width=500)
NEW: dict[str, Callable[[View], Exhibit]] = {
    name: exhibits.EXHIBITS[name] for name in ("stages", "timeline", "state-map")
}


def stages_of(view: View) -> dict[str, tuple[str, int, int]]:
    return {
        stage: (str(total.amount), total.project_count, total.part_count)
        for stage, total in view.stage_totals.items()
    }


def test_the_shipped_ladder_is_73_announced_only_and_36_financed_in_part():
    assert stages_of(WHOLE) == {
        "announced": ("up to $73B", 3, 0),
        "permitted": ("$0", 0, 0),
        "financed": ("$36B", 3, 3),
        "construction": ("$0", 0, 0),
        "operating": ("$0", 0, 0),
    }


def test_a_project_stands_at_one_stage_and_the_stages_add_up_to_what_is_announced():
    stages = [*STAGES, "announced"]
    projects = make_projects(
        *((f"p{place}", "OH", float(place + 1)) for place in range(len(stages))), stage=stages
    )
    totals = make_view(projects).stage_totals
    assert sum(total.project_count for total in totals.values()) == len(stages)
    assert sum(total.amount.usd_bn for total in totals.values()) == 28
    assert totals["announced"].amount == Amount(8.0)


def test_cancelled_is_a_stage_only_while_a_project_is():
    open_view = make_view(make_projects(("a", "OH", 1.0)))
    ended = make_view(make_projects(("a", "OH", 1.0), stage="cancelled"))
    assert "cancelled" not in open_view.stage_totals
    assert ended.stage_totals["cancelled"].amount == Amount(1.0)


def test_a_tranche_that_stands_at_one_stage_counts_with_its_official_total():
    projects = make_projects(
        ("a", "OH", 11.96),
        ("b", "TX", 0.02),
        ("c", "TX", 5.0),
        tranche=[1, 1, 3],
        stage="permitted",
    )
    assert str(make_view(projects).stage_totals["permitted"].amount) == "$17B"


def test_an_undisclosed_amount_is_no_zero_at_its_stage():
    totals = make_view(make_projects(("a", "OH"), tranche=3, stage="financed")).stage_totals
    assert not totals["financed"].amount.is_disclosed
    assert totals["announced"].amount == Amount(0.0)


@pytest.mark.parametrize(
    ("shown", "whole", "remark", "label"),
    [
        pytest.param(Amount(36.0), Amount(36.0), "", "$36B", id="all of it"),
        pytest.param(
            Amount(2.1),
            Amount(36.0),
            "1 of 3 projects",
            "$2.1B of $36B, 1 of 3 projects",
            id="part",
        ),
        pytest.param(Amount(0.0), Amount(0.0), "0 projects", "none", id="none"),
        pytest.param(Amount(), Amount(), "1 project", "Undisclosed, 1 project", id="undisclosed"),
    ],
)
def test_a_rung_says_how_much_of_how_much(shown: Amount, whole: Amount, remark: str, label: str):
    assert Step("Financed", shown, whole, remark).label == label


def test_the_remainder_is_drawn_under_any_filter_and_on_any_day():
    for view in (
        WHOLE,
        SHIPPED.view(ProjectFilter(state=("TX",))),
        SHIPPED.as_known_on(date(2026, 1, 1)).view(ProjectFilter()),
    ):
        exhibit = exhibits.stages(view)
        labels = [note.text for note in exhibit.draw(THEME).layout.annotations]
        assert any("unannounced" in label for label in labels)
        assert "unannounced" in exhibit.alt


def test_the_ladder_says_that_loans_cover_a_part_and_shows_what_sources_say_of_them():
    assert "For three projects the loans signed cover only a part of it." in (
        exhibits.stages(WHOLE).note
    )
    (loan,) = exhibits.loans_in_part(WHOLE)
    assert "more than ¥340 billion" in loan.event
    assert len(loan.projects) == 3
    assert loan.source_ids == ("nhk-2026-05-01",)
    assert exhibits.loans_in_part(SHIPPED.view(ProjectFilter(state=("TN",)))) == []


@pytest.mark.parametrize("name", NEW)
@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param(ProjectFilter(), id="all"),
        pytest.param(ProjectFilter(state=("TN",)), id="a state"),
        pytest.param(ProjectFilter(project=("texas-gulflink",)), id="a project"),
    ],
)
@pytest.mark.parametrize("width", [340, 1100])
def test_plotly_accepts_every_property_of_the_figure(name: str, chosen: ProjectFilter, width: int):
    exhibit = NEW[name](SHIPPED.view(chosen))
    drawn = exhibit.draw(screen_theme("dark", width=width)).to_dict()
    go.Figure(drawn)
    assert exhibit.alt
    assert set(exhibit.source_ids) <= set(SHIPPED.sources)
    assert exhibit.source_ids


def test_a_time_line_has_a_mark_for_every_milestone_hollow_where_not_official():
    view = SHIPPED.view(ProjectFilter(project=("texas-gulflink",)))
    official, reported = exhibits.timeline(view).draw(THEME).data
    assert list(official.y) == [0, 0, 2, 0, 2, 1]
    assert list(reported.x) == ["2026-05-01"]
    assert reported.marker.color == THEME.paper
    assert official.marker.color == THEME.accent
    assert list(exhibits.timeline(view).rows["event_stage"]) == [
        "note",
        "note",
        "permitted",
        "note",
        "permitted",
        "announced",
        "financed",
    ]


def test_a_time_line_of_several_projects_names_them():
    figure = exhibits.timeline(WHOLE).draw(THEME)
    texts = [text for trace in figure.data for text in trace.hovertext]
    assert any("Texas GulfLink: " in text.replace("<br>", " ") for text in texts)


def test_a_time_line_without_an_event_says_so_and_is_drawn():
    exhibit = exhibits.timeline(make_view(make_projects(("a", "OH", 1.0))))
    assert exhibit.note == "No milestone is known."
    assert exhibit.alt.endswith("none is known.")
    assert exhibit.draw(THEME).layout.height > 100


def test_an_event_cannot_bring_tags_into_the_drawing():
    event = Event(date(2026, 1, 1), "2026-01", "news", "<b>x</b> & y", is_official=True)
    figure = timeline([event], {"news": "<i>News</i>"}, as_of=date(2026, 2, 1), theme=THEME)
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in figure.data[0].hovertext[0]
    assert figure.layout.yaxis.ticktext[0] == "&lt;i&gt;News&lt;/i&gt;"


def test_on_the_map_of_a_sheet_only_the_state_is_lit_up():
    exhibit = exhibits.own_map(SHIPPED.view(ProjectFilter(state=("TN",))))
    assert exhibit.title == "Tennessee on the map"
    assert exhibit.alt.endswith("announced amount: Tennessee Up to $40B announced.")
    assert list(exhibit.rows["state"]) == ["TN"]
    assert "Texas" not in exhibit.note


def test_a_view_of_one_project_draws_its_time_line_and_compares_nothing():
    drawn = [
        exhibit.id for exhibit in exhibits.of_view(SHIPPED.view(ProjectFilter(project=("gas-pa",))))
    ]
    assert drawn == ["map", "progress", "stages", "over-time", "timeline"]
    assert "timeline" not in [exhibit.id for exhibit in exhibits.of_view(WHOLE)]


def test_every_headline_figure_has_sources_that_the_data_knows():
    for view in (WHOLE, SHIPPED.view(ProjectFilter(state=("GA",)))):
        lists = exhibits.figure_sources(view)
        assert len(lists) == 5
        for ids in lists:
            assert ids
            assert set(ids) <= set(SHIPPED.sources)
    assert "bloomberg-2025-09-05" in exhibits.figure_sources(WHOLE)[2]


def test_totals_by_stage_are_those_of_the_filter():
    totals = SHIPPED.view(ProjectFilter(state=("TX",))).stage_totals
    assert str(totals["financed"].amount) == "$2.1B"
    assert str(totals["announced"].amount) == "up to $16B"
    assert summaries.StageTotal(Amount(0.0), 0, 0) == totals["permitted"]

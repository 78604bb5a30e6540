"""How far the money is: the ladder, the time line, the map of a sheet; drawn and in words."""

from collections.abc import Callable
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from components.basics.amounts import Amount
from components.basics.palette import screen_theme
from components.drawing.event_lanes import Event, timeline
from components.drawing.steps import Step
from components.exhibits import timeline as timeline_file
from components.exhibits.exhibit import Exhibit
from components.exhibits.ladder import Ladder
from components.exhibits.own_map import OwnMap
from components.exhibits.registry import EXHIBITS, of_view
from components.exhibits.state_map import StateMap
from components.exhibits.timeline import Timeline
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from components.words import wording
from tests.frozen import FOLDER
from tests.unit.factories import (
    formula_of,
    make_baseline,
    make_dataset,
    make_event,
    make_loans,
    make_projects,
    make_view,
)

SHIPPED = Baseline.of(load(FOLDER))
WHOLE = SHIPPED.view(ProjectFilter())
THEME = screen_theme("light", width=500)
NEW: dict[str, Callable[[View], Exhibit]] = {
    name: EXHIBITS[name] for name in ("stages", "timeline", "state-map")
}


IDS = (
    "map",
    "by-state",
    "progress",
    "stages",
    "by-sector",
    "by-project",
    "over-time",
    "timeline",
    "state-map",
)


def figure_sources(view: View) -> list[list[str]]:
    """Return the sources of each headline figure."""
    return [list(figure.source_ids) for figure in wording.figures(view)]


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
        pytest.param(
            Amount(float("nan")),
            Amount(),
            "",
            "Undisclosed",
            id="undisclosed both, however computed",
        ),
        pytest.param(
            Amount(0.0),
            Amount(),
            "0 of 1 project",
            "$0 of Undisclosed, 0 of 1 project",
            id="no part",
        ),
        pytest.param(
            Amount(36.0, "about"), Amount(36.0), "", "about $36B of $36B", id="other qualifier"
        ),
        pytest.param(
            Amount(40.0, "up_to"),
            Amount(73.0, "up_to"),
            "1 of 3 projects",
            "up to $40B of up to $73B, 1 of 3 projects",
            id="ceilings",
        ),
    ],
)
def test_a_rung_says_how_much_of_how_much(shown: Amount, whole: Amount, remark: str, label: str):
    assert Step("Financed", shown, whole, remark).label == label


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
    official, reported = Timeline.of(view).draw(THEME).data
    assert list(official.y) == [0, 0, 2, 0, 2, 1]
    assert list(reported.x) == ["2026-05-01"]
    assert reported.marker.color == THEME.paper
    assert official.marker.color == THEME.accent
    assert list(Timeline.of(view).rows["event_stage"]) == [
        "note",
        "note",
        "permitted",
        "note",
        "permitted",
        "announced",
        "financed",
    ]


def test_a_time_line_of_several_projects_names_them():
    figure = Timeline.of(WHOLE).draw(THEME)
    texts = [text for trace in figure.data for text in trace.hovertext]
    assert any("Texas GulfLink: " in text.replace("<br>", " ") for text in texts)


def test_a_time_line_without_an_event_says_so_and_is_drawn():
    exhibit = Timeline.of(make_view(make_projects(("a", "OH", 1.0))))
    assert exhibit.note == "No milestone is known."
    assert exhibit.alt.endswith("none is known.")
    assert exhibit.draw(THEME).layout.height > 100


def test_an_event_cannot_bring_tags_into_the_drawing():
    event = Event(date(2026, 1, 1), "2026-01", "news", "<b>x</b> & y", is_official=True)
    figure = timeline([event], {"news": "<i>News</i>"}, as_of=date(2026, 2, 1), theme=THEME)
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in figure.data[0].hovertext[0]
    assert figure.layout.yaxis.ticktext[0] == "&lt;i&gt;News&lt;/i&gt;"


def test_on_the_map_of_a_sheet_only_the_state_is_lit_up():
    exhibit = OwnMap.of(SHIPPED.view(ProjectFilter(state=("TN",))))
    assert exhibit.title == "Tennessee on the map"
    assert exhibit.alt.endswith("announced amount: Tennessee Up to $40B announced.")
    assert list(exhibit.rows["state"]) == ["TN"]
    assert "Texas" not in exhibit.note


def test_a_view_of_one_project_draws_its_time_line_and_compares_nothing():
    drawn = [exhibit.id for exhibit in of_view(SHIPPED.view(ProjectFilter(project=("gas-pa",))))]
    assert drawn == ["map", "progress", "stages", "over-time", "timeline"]
    assert "timeline" not in [exhibit.id for exhibit in of_view(WHOLE)]


def test_every_headline_figure_has_sources_that_the_data_knows():
    for view in (WHOLE, SHIPPED.view(ProjectFilter(state=("GA",)))):
        lists = figure_sources(view)
        assert len(lists) == 5
        for ids in lists:
            assert ids
            assert set(ids) <= set(SHIPPED.sources)
    assert "bloomberg-2025-09-05" in figure_sources(WHOLE)[2]


PLANT = ProjectFilter(project=("plant",))
TOLD = make_dataset(
    make_projects(
        ("mill", "DE"),
        ("plant", "OH", 10.0, "about"),
        ("reactors", "TN;AL", 40.0, "up_to"),
        tranche=[2, 1, 2],
        stage=["announced", "financed", "announced"],
        stage_extent=["", "part", ""],
        source_ids=["gazette", "courier", "courier"],
        latitude=[39.7, 39.0, float("nan")],
        longitude=[-75.5, -83.0, float("nan")],
    ),
    events=[
        make_event("plant", "2026-02-17", "announced", event="Named."),
        make_event("plant", "2026-05", "financed", extent="part", confidence="reported"),
        make_event("reactors", "2025-10-28", "candidate", event="Listed."),
        make_event("reactors", "2026-03-19", "announced", source_ids="courier"),
    ],
)
SMALL = Baseline.of(TOLD)


def marks_of(exhibit: Exhibit) -> dict[str, list[tuple[str, int]]]:
    """Return day and lane of every mark of a timeline, filled ones and hollow ones."""
    filled, hollow = exhibit.draw(THEME).data
    assert (filled.marker.color, hollow.marker.color) in {
        (THEME.accent, THEME.paper),
        (THEME.paper, THEME.paper),  # without an official event
    }
    return {
        name: list(zip(trace.x or (), trace.y or (), strict=True))
        for name, trace in (("filled", filled), ("hollow", hollow))
    }


def hover_of(figure: go.Figure) -> list[str]:
    return [text for trace in figure.data for text in trace.hovertext or ()]


@pytest.mark.parametrize(
    ("chosen", "filled", "hollow"),
    [
        pytest.param(
            ProjectFilter(),
            [("2025-10-28", 0), ("2026-02-17", 1), ("2026-03-19", 1)],
            [("2026-05-01", 3)],
            id="several projects, a month on its first day",
        ),
        pytest.param(PLANT, [("2026-02-17", 1)], [("2026-05-01", 3)], id="one project"),
        pytest.param(ProjectFilter(project=("mill",)), [], [], id="a project without an event"),
        pytest.param(ProjectFilter(state=("WY",)), [], [], id="no project"),
    ],
)
def test_each_milestone_is_a_mark_in_the_lane_of_its_stage(
    chosen: ProjectFilter, filled: list[tuple[str, int]], hollow: list[tuple[str, int]]
):
    exhibit = Timeline.of(SMALL.view(chosen))
    assert marks_of(exhibit) == {"filled": filled, "hollow": hollow}
    assert len(exhibit.rows) == len(filled) + len(hollow)


def test_a_mark_says_its_day_and_of_several_projects_which():
    of_one, of_all = (
        hover_of(Timeline.of(SMALL.view(chosen)).draw(THEME)) for chosen in (PLANT, ProjectFilter())
    )
    assert of_one == ["<b>17 February 2026</b><br>Named.", "<b>May 2026</b><br>It happened."]
    assert of_all[:2] == [
        "<b>28 October 2025</b><br>The reactors: Listed.",
        "<b>17 February 2026</b><br>The plant: Named.",
    ]


def test_a_time_line_is_told_in_words():
    exhibit = Timeline.of(SMALL.view(ProjectFilter()))
    assert exhibit.alt == (
        "Time line of milestones by stage: other news 28 October 2025; announced 17 February 2026; "
        "announced 19 March 2026; financed May 2026."
    )
    assert exhibit.source_ids == ["gazette", "courier"]


def test_the_lane_of_what_has_ended_is_there_only_when_something_has():
    ended = make_dataset(
        make_projects(("a", "OH")), events=[make_event("a", "2026-05-01", "cancelled")]
    )
    lanes = [
        Timeline.of(baseline.view(ProjectFilter())).draw(THEME).layout.yaxis.ticktext[-1]
        for baseline in (SMALL, Baseline.of(ended))
    ]
    assert lanes == ["Operating", "Cancelled"]


def test_earlier_milestones_than_can_be_drawn_are_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(timeline_file, "MAX_EVENTS", 1)
    exhibit = Timeline.of(View(SMALL, ProjectFilter()))
    assert marks_of(exhibit)["hollow"] == [("2026-05-01", 3)]
    assert "3 earlier ones are not drawn." in exhibit.note
    assert exhibit.alt.endswith("financed May 2026; and 3 more.")
    assert len(exhibit.rows) == 4


def lit_up(exhibit: Exhibit) -> list[str]:
    """Return the states that a map labels, which are those it shades."""
    notes = [note.text for note in exhibit.draw(THEME).layout.annotations]
    codes = [text.removeprefix("<b>").removesuffix("</b>") for text in notes]
    return sorted(code for code in codes if code in ("AL", "OH", "TN"))


@pytest.mark.parametrize(
    ("chosen", "states", "title"),
    [
        pytest.param(("OH",), ["OH"], "Ohio on the map", id="one"),
        pytest.param(("TN",), ["TN"], "Tennessee on the map", id="not the one it shares with"),
        pytest.param(("OH", "TN"), ["OH", "TN"], "Ohio and Tennessee on the map", id="two"),
        pytest.param(("WY",), [], "Wyoming on the map", id="one without a project"),
        pytest.param((), ["AL", "OH", "TN"], "Where the announced money goes", id="none chosen"),
    ],
)
def test_the_map_of_a_sheet_lights_up_the_states_of_the_filter(
    chosen: tuple[str, ...], states: list[str], title: str
):
    exhibit = OwnMap.of(SMALL.view(ProjectFilter(state=chosen)))
    assert lit_up(exhibit) == states
    assert exhibit.title == title
    assert exhibit.facet is None
    assert sorted(set(exhibit.rows["state"]) - {"DE"}) == states


def test_the_map_of_a_sheet_hatches_and_explains_only_what_it_lights_up():
    ohio, tennessee = (
        OwnMap.of(SMALL.view(ProjectFilter(state=(state,)))) for state in ("OH", "TN")
    )
    assert ohio.note == ""
    assert tennessee.note.startswith("Ceilings (“up to”) in Tennessee. A shared amount")
    keys = [one.draw(THEME).layout.annotations[-1].text for one in (ohio, tennessee)]
    assert ["shared, no official split" in key for key in keys] == [False, True]


def test_the_map_of_a_sheet_has_the_sites_of_its_state_alone():
    sites = [
        [
            trace.x
            for trace in make.of(SMALL.view(ProjectFilter(state=("OH",)))).draw(THEME).data
            if trace.mode == "markers"
        ]
        for make in (OwnMap, StateMap)
    ]
    assert [sum(map(len, found)) for found in sites] == [1, 2]


@pytest.mark.parametrize(
    ("chosen", "drawn"),
    [
        pytest.param(
            PLANT, ["map", "progress", "stages", "over-time", "timeline"], id="one project"
        ),
        pytest.param(
            ProjectFilter(project=("mill", "plant")),
            ["map", "by-state", "progress", "stages", "by-sector", "by-project", "over-time"],
            id="two projects",
        ),
        pytest.param(
            ProjectFilter(state=("OH",)),
            ["map", "by-state", "progress", "stages", "by-sector", "by-project", "over-time"],
            id="a filter that leaves one",
        ),
    ],
)
def test_what_is_drawn_of_a_view(chosen: ProjectFilter, drawn: list[str]):
    found = [exhibit.id for exhibit in of_view(SMALL.view(chosen))]
    assert [name for name in found if name in IDS] == drawn


def test_ids_of_exhibits_in_links_never_change():
    """A new one needs no place here; removing or renaming one breaks links that people saved."""
    assert [name for name in EXHIBITS if name in IDS] == list(IDS)
    assert all(kind.noun for kind in EXHIBITS.values())
    made = {name: kind.of(SMALL.view(PLANT)).id for name, kind in EXHIBITS.items()}
    assert made == {name: name for name in EXHIBITS}


CITED = make_baseline(
    make_projects(("plant", "OH", 1.0), ("mill", "TX"), source_ids=["herald", "times"]),
    total_source_ids=["treaty"],
    signed_source_ids=["minutes"],
    deadline_source_ids=["order"],
)


@pytest.mark.parametrize(
    ("states", "announced", "counted", "named"),
    [
        pytest.param((), ["gazette"], ["gazette"], ["herald", "times"], id="all"),
        pytest.param(("OH",), ["herald"], ["gazette"], ["herald"], id="a filter"),
        pytest.param(("WY",), [], [], [], id="no project"),
    ],
)
def test_each_headline_figure_has_the_sources_of_its_own_parts(
    states: tuple[str, ...], announced: list[str], counted: list[str], named: list[str]
):
    view = View(CITED, ProjectFilter(state=states))
    assert figure_sources(view) == [
        announced,
        [*announced, "treaty"],
        ["treaty", "gazette"],
        counted,
        named,
    ]


# The ladder. By hand: 340 billion yen at 156 to the dollar is 2.18 billion dollars.

MONEY = make_baseline(
    make_projects(
        ("mill", "DE", 2.0),
        ("plant", "OH", 10.0, "about"),
        ("reactors", "TN;AL", 50.0, "up_to"),
        tranche=[1, 1, 2],
    ),
    money=[
        make_loans("mill;plant", 340.0, original_currency="JPY", original_qualifier="more_than")
        | {"rate_per_usd": 156.0, "rate_on": "2026-02-18", "rate_note": "Implied by a pair."}
        | {"rate_source_ids": "gazette", "note": "For both together."}
    ],
)


def steps_of(baseline: Baseline, **chosen: tuple[str, ...]) -> dict[str, str]:
    """Return what stands at the end of each step."""
    exhibit = Ladder.of(baseline.view(ProjectFilter(**chosen)))
    return {step.name: "; ".join(step.lines) for step in exhibit.steps}


def test_the_shipped_ladder_never_calls_the_announced_amount_financed():
    assert steps_of(SHIPPED) == {
        "Pledged": "up to $550B",
        "Announced": "up to $109B",
        "Loans signed": "more than ¥340B, about $2.2B; reported, for 3 projects together",
        "Paid out": "none found",
        "Spent": "none found",
    }
    exhibit = Ladder.of(WHOLE)
    assert "36" not in exhibit.alt
    assert 36.0 not in set(exhibit.rows["amount_usd_bn"])
    assert "nhk-2026-05-01" in exhibit.source_ids


@pytest.mark.parametrize(
    ("chosen", "announced", "loans"),
    [
        pytest.param(
            {},
            "up to $62B",
            "more than ¥340B, about $2.2B; reported, for 2 projects together",
            id="all: the tranches' official totals",
        ),
        pytest.param(
            {"state": ("OH",)},
            "about $10B of up to $62B",
            "more than ¥340B, about $2.2B; reported, for 2 projects together, 1 here",
            id="one of two that share the loans",
        ),
        pytest.param(
            {"state": ("TN",)},
            "up to $50B of up to $62B",
            "none found; more than ¥340B, about $2.2B in all",
            id="one without loans",
        ),
    ],
)
def test_loans_are_never_divided_between_their_projects(chosen, announced: str, loans: str):
    found = steps_of(MONEY, **chosen)
    assert (found["Announced"], found["Loans signed"]) == (announced, loans)
    assert found["Paid out"] == found["Spent"] == "none found"


def test_the_bars_of_the_ladder_all_begin_at_zero_and_none_is_longer_than_its_step():
    figure = Ladder.of(MONEY.view(ProjectFilter(state=("OH",)))).draw(THEME)
    rows = list(figure.layout.yaxis.tickvals)
    drawn = [trace for trace in figure.data if trace.x[0]]
    bars = [(rows.index(trace.y[0]), trace.base[0], trace.x[0]) for trace in drawn]
    assert bars == [(0, 0.0, 100.0), (1, 0.0, 10.0), (1, 10.0, 52.0), (2, 0.0, 2.18)]
    assert figure.layout.yaxis.ticktext == (
        "Pledged",
        "Announced",
        "Loans signed",
        "Paid out",
        "Spent",
    )


def test_what_is_not_found_is_missing_in_the_rows_and_no_zero():
    rows = Ladder.of(MONEY.view(ProjectFilter())).rows.set_index("step")
    assert list(rows["amount_usd_bn"].isna()) == [False, False, False, True, True]
    assert list(rows["amount_qualifier"]) == ["up_to", "up_to", "about", "", ""]
    assert list(rows.loc["loans_signed", ["original", "rate", "confidence"]]) == [
        "more than ¥340B",
        "¥156 to the dollar",
        "reported",
    ]
    columns = {one.name: one for one in Ladder.of(MONEY.view(ProjectFilter())).readable()}
    assert list(columns["amount_usd_bn"].texts[2:]) == ["about $2.2B", "None found", "None found"]


def test_the_ladder_says_how_loans_were_converted_and_that_none_found_is_no_zero():
    note = Ladder.of(MONEY.view(ProjectFilter())).note
    assert (
        "For both together. Own conversion at ¥156 to the dollar, a rate of 18 February 2026: "
        "implied by a pair." in note
    )
    assert "“None found” means that no source reports it, not that it is zero." in note
    assert "Projects by stage: announced only three." in note


def test_loans_are_not_known_before_their_day():
    day = date(2026, 4, 30)
    for baseline in (SHIPPED, MONEY):
        assert steps_of(baseline.as_known_on(day))["Loans signed"] == "none found"
        assert steps_of(baseline.as_known_on(date(2026, 5, 1)))["Loans signed"] != "none found"


@pytest.mark.parametrize(
    ("events", "amount", "said"),
    [
        pytest.param([("USD", 1.5, "exact", None)], Amount(1.5), "$1.5B", id="dollars"),
        pytest.param(
            [("USD", 1.5, "exact", None), ("USD", 1.0, "more_than", None)],
            Amount(2.5, "more_than"),
            "more than $2.5B",
            id="a sum is as loose as its loosest part",
        ),
        pytest.param(
            [("USD", 1.5, "up_to", None), ("USD", 1.0, "more_than", None)],
            Amount(2.5, "about"),
            "about $2.5B",
            id="a ceiling and a floor bound nothing",
        ),
        pytest.param(
            [("JPY", 300.0, "exact", 150.0), ("JPY", 150.0, "exact", 100.0)],
            Amount(3.5, "about"),
            "¥450B, about $3.5B",
            id="each at its own rate",
        ),
        pytest.param([("JPY", 5200.0, "exact", None)], Amount(), "¥5.2T", id="no rate, no dollars"),
        pytest.param(
            [("JPY", 150.0, "exact", 150.0), ("USD", 1.0, "exact", None)],
            Amount(2.0, "about"),
            "about $2B",
            id="two currencies add up in dollars",
        ),
        pytest.param(
            [("JPY", 150.0, "exact", None), ("USD", 1.0, "exact", None)],
            Amount(),
            "amounts in several currencies",
            id="a part without a rate leaves no sum",
        ),
    ],
)
def test_loans_add_up_in_their_currency_and_in_dollars(events, amount: Amount, said: str):
    rows = [
        make_loans(
            "a",
            bn,
            money_id=f"loans-{place}",
            original_currency=currency,
            original_qualifier=qualifier,
            rate_per_usd=rate,
        )
        for place, (currency, bn, qualifier, rate) in enumerate(events)
    ]
    view = make_baseline(make_projects(("a", "OH", 5.0)), money=rows).view(ProjectFilter())
    total = view.money_totals["loans_signed"]
    assert (str(total.amount), total.amount.qualifier) == (str(amount), amount.qualifier)
    assert wording.money_amount(total) == said


def test_the_least_sure_event_decides_how_sure_a_sum_is():
    rows = [
        make_loans("a", money_id="one", confidence="official"),
        make_loans("a", money_id="two", confidence="reported"),
    ]
    view = make_baseline(make_projects(("a", "OH", 5.0)), money=rows).view(ProjectFilter())
    assert view.money_totals["loans_signed"].confidence == "reported"


def longest_line(label: Any) -> int:
    return max(len(line) for line in label.text.split("<br>"))


def test_a_long_label_is_broken_before_it_leaves_the_chart():
    figure = Ladder.of(MONEY.view(ProjectFilter(state=("OH",)))).draw(
        screen_theme("light", width=300)
    )
    _, announced, loans, *_ = figure.layout.annotations
    assert longest_line(loans) < 34
    # Beside its bar a label has what the bar leaves; under it, the chart's whole width.
    assert longest_line(announced) < (44 if announced.yanchor == "top" else 34)


def test_each_step_that_is_found_opens_to_its_parts():
    view = SHIPPED.view(ProjectFilter())
    found = {one.name: formula_of(one.makeup, view) for one in Ladder.of(view).made}
    assert list(found) == ["Pledged", "Announced", "Loans signed"]
    loans = found["Loans signed"]
    assert loans.startswith("more than ¥340B reported, shared by ")
    assert "NHK" in loans
    assert loans.endswith(" · dollars: our own conversion, at the rate named below the chart")


def test_money_for_no_named_project_is_of_the_pledge_and_counts_without_a_filter_alone():
    baseline = make_baseline(make_projects(("a", "OH", 5.0)), money=[make_loans("", 3.0)])
    whole, ohio = (baseline.view(ProjectFilter(state=one)) for one in ((), ("OH",)))
    assert wording.money_amount(whole.money_totals["loans_signed"]) == "$3B"
    assert not ohio.money_totals["loans_signed"].is_found
    (*_, loans) = Ladder.of(whole).made
    assert formula_of(loans.makeup, whole) == "$3B reported, The Courier"

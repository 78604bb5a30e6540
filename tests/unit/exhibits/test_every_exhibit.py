import json
import math
import re
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.basics.palette import print_theme, screen_theme
from components.basics.us_states import STATE_NAMES
from components.exhibits.bar_chart import MAX_BARS
from components.exhibits.exhibit import Exhibit
from components.exhibits.registry import EXHIBITS
from components.exhibits.registry import exhibit as of_id
from components.exhibits.state_map import StateMap
from components.exports.pictures import print_figure
from components.views.filters import ProjectFilter
from components.views.view import View
from components.words import wording
from tests.unit.factories import PLEDGE, make_baseline, make_projects, make_view

LIGHT = screen_theme("light", width=600)
THEMES = {"light": LIGHT, "dark": screen_theme("dark", width=343), "print": print_theme()}

PROJECTS = make_projects(
    ("plant", "OH", 10.0, "about"),
    ("terminal", "TX", 2.0),
    ("mill", "OH"),
    ("reactors", "TN;AL", 40.0, "up_to"),
    tranche=[1, 1, 2, 2],
    sector=["gas", "export", "minerals", "nuclear"],
    announced_on=["2026-02-17", "2026-02-17", "2026-03-19", "2026-03-19"],
    latitude=[39.0, math.nan, math.nan, math.nan],
    longitude=[-83.0, math.nan, math.nan, math.nan],
)
BASELINE = make_baseline(PROJECTS)
VIEWS = {
    "all": View(BASELINE, ProjectFilter()),
    "one state": View(BASELINE, ProjectFilter(state=("TN",))),
    "one sector": View(BASELINE, ProjectFilter(sector=("gas",))),
    "undisclosed": View(BASELINE, ProjectFilter(sector=("minerals",))),
}
WHOLE = VIEWS["all"]
each_exhibit = pytest.mark.parametrize("kind", EXHIBITS.values(), ids=EXHIBITS.keys())
each_view = pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())


def drawn_bars(figure: go.Figure) -> dict[str, float]:
    """Return the length of each bar of a chart, its segments added up."""
    lengths: dict[str, float] = {}
    for trace in figure.data:
        if trace.type == "bar":
            for bar, amount in zip(trace.customdata, trace.x, strict=True):
                lengths[bar] = lengths.get(bar, 0.0) + amount
    return lengths


def end_labels(figure: go.Figure) -> list[str]:
    trace = next(trace for trace in figure.data if trace.type == "scatter")
    return [text.strip() for text in trace.text]


def column(rows: pd.DataFrame, name: str) -> list[Any]:
    return [None if value != value else value for value in rows[name]]


def words_of(exhibit: Exhibit, figure: go.Figure) -> list[str]:
    """Return the texts on an exhibit, below and above it, without the ticks of its axes."""
    notes = [note.text for note in figure.layout.annotations]
    labels = [text for trace in figure.data for text in (trace.text or ())]
    return [exhibit.subtitle, exhibit.note, exhibit.alt, *notes, *labels]


@each_view
@each_exhibit
def test_every_exhibit_can_be_drawn_in_every_theme(kind: type[Exhibit], view: View):
    exhibit = kind.of(view)
    for theme in THEMES.values():
        figure = exhibit.draw(theme)
        assert go.Figure(figure.to_dict()).data == figure.data


@each_exhibit
def test_an_exhibit_says_what_it_is_and_what_its_rows_are(kind: type[Exhibit]):
    exhibit = kind.of(WHOLE)
    assert EXHIBITS[exhibit.id] is kind
    assert exhibit.title
    assert exhibit.noun
    assert exhibit.alt.endswith(".")
    assert set(kind.key_columns) <= {column.name for column in kind.columns}


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        pytest.param(EXHIBITS["by-state"], "state", id="by state"),
        pytest.param(EXHIBITS["by-sector"], "sector", id="by sector"),
        pytest.param(EXHIBITS["by-project"], "project_id", id="by project"),
    ],
)
@each_view
def test_the_rows_of_a_bar_chart_are_what_is_drawn(kind: type[Exhibit], view: View, key: str):
    exhibit = kind.of(view)
    figure = exhibit.draw(LIGHT)
    amounts = dict(zip(exhibit.rows[key], exhibit.rows["amount_usd_bn"], strict=True))
    disclosed = {bar: amount for bar, amount in amounts.items() if not math.isnan(amount)}
    assert drawn_bars(figure) == disclosed
    assert len(end_labels(figure)) == len(exhibit.rows)


def test_the_rows_of_the_pledge_are_its_steps():
    exhibit = of_id("progress", VIEWS["one sector"])
    figure = exhibit.draw(LIGHT)
    assert list(figure.layout.yaxis.ticktext) == column(exhibit.rows, "part")
    assert column(exhibit.rows, "amount_usd_bn") == [100.0, 10.0, 0.0, 38.0]
    assert column(exhibit.rows, "whole_usd_bn") == [100.0, 12.0, 50.0, 38.0]
    assert column(exhibit.rows, "whole_qualifier") == ["up_to", "exact", "up_to", "at_least"]
    lengths = [0.0] * 4
    rows = list(figure.layout.yaxis.tickvals)
    for trace in figure.data:
        lengths[rows.index(trace.y[0])] += trace.x[0]
    assert lengths == column(exhibit.rows, "whole_usd_bn")


def test_the_rows_of_the_course_are_its_steps():
    exhibit = of_id("over-time", WHOLE)
    (stairs,) = [trace for trace in exhibit.draw(LIGHT).data if trace.line.shape == "hv"]
    # The last row, and the end of the stairs, are of the day of the data.
    assert list(stairs.x[1:]) == column(exhibit.rows, "announced_on")
    assert list(stairs.y[1:]) == column(exhibit.rows, "cumulative_usd_bn") == [12.0, 62.0, 62.0]
    assert column(exhibit.rows, "even_pace_usd_bn") == [3.2, 5.3, 25.0]


def test_the_rows_of_the_map_are_its_marks():
    exhibit = of_id("map", WHOLE)
    marks = {m.state: m.amount.usd_bn for m in StateMap.of(WHOLE).marks if m.project_count}
    rows = dict(zip(exhibit.rows["state"], exhibit.rows["amount_usd_bn"], strict=True))
    assert {state: rows[state] for state in marks} == marks == {"OH": 10.0, "TN": 40.0, "AL": 40.0}


@each_view
@each_exhibit
def test_the_rows_have_exactly_the_columns_that_are_explained(kind: type[Exhibit], view: View):
    assert list(kind.of(view).rows) == [column.name for column in kind.columns]
    assert [c.name for c in kind.columns if not (c.title and c.description.endswith("."))] == []


@each_view
@each_exhibit
def test_a_printed_figure_stands_alone(kind: type[Exhibit], view: View):
    exhibit = kind.of(view)
    figure = print_figure(exhibit, link="https://x.example/?a=b")
    text = " ".join(note.text for note in figure.layout.annotations).replace("<br>", " ")
    for words in (
        exhibit.title,
        "Sources: The Gazette. Data as of 1 January 2027.",
        "dataset version 2026.1 (0123456789ab), CC BY 4.0.",
        "Announced amounts, not money spent.",
        "A small pledge",
    ):
        assert words in text
    assert " ".join(exhibit.subtitle.split()) in " ".join(text.split())
    assert figure.layout.width == THEMES["print"].width
    assert figure.layout.paper_bgcolor == "#ffffff"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("all", "All 4 projects.", id="all"),
        pytest.param("one sector", "Gas power: 1 of 4 projects.", id="one sector"),
    ],
)
def test_a_printed_figure_names_the_filter(name: str, words: str):
    figure = print_figure(of_id("by-project", VIEWS[name]), link="")
    assert any(words in note.text.replace("<br>", " ") for note in figure.layout.annotations)


@each_exhibit
def test_hostile_names_stay_text_in_print(kind: type[Exhibit]):
    hostile = "<img src=x onerror=alert(1)>"
    view = make_view(PROJECTS.assign(project=hostile), title=hostile, licence=hostile)
    text = json.dumps(print_figure(kind.of(view), link="").to_dict(), default=str)
    assert "&lt;img" in text
    assert "<img" not in text


@pytest.mark.parametrize(
    ("kind", "facet"),
    [
        pytest.param(EXHIBITS["by-state"], "state", id="by state"),
        pytest.param(EXHIBITS["map"], "state", id="map"),
        pytest.param(EXHIBITS["by-sector"], "sector", id="by sector"),
        pytest.param(EXHIBITS["by-project"], None, id="by project"),
        pytest.param(EXHIBITS["progress"], None, id="progress"),
        pytest.param(EXHIBITS["over-time"], None, id="over time"),
    ],
)
def test_a_click_filters_by_what_the_bars_stand_for(kind: type[Exhibit], facet: str | None):
    exhibit = kind.of(WHOLE)
    assert exhibit.facet == facet
    if facet and exhibit.id != "map":
        assert set(drawn_bars(exhibit.draw(LIGHT))) <= set(WHOLE.baseline.vocabulary.of(facet))


@pytest.mark.parametrize(
    ("kind", "key", "name", "chosen"),
    [
        pytest.param(EXHIBITS["by-state"], "state", "one state", "TN", id="state"),
        pytest.param(EXHIBITS["by-sector"], "sector", "one sector", "gas", id="sector"),
    ],
)
def test_bars_one_did_not_choose_stay_and_are_faded(
    kind: type[Exhibit], key: str, name: str, chosen: str
):
    exhibit = kind.of(VIEWS[name])
    assert list(exhibit.rows[key]) == list(kind.of(WHOLE).rows[key])
    assert list(exhibit.rows[exhibit.rows["is_in_filter"]][key]) == [chosen]
    opacities = {
        bar: opacity
        for trace in exhibit.draw(LIGHT).data
        if trace.type == "bar"
        for bar, opacity in zip(trace.customdata, trace.marker.opacity, strict=True)
    }
    assert [bar for bar, opacity in opacities.items() if opacity == 1] == [chosen]


def test_without_a_choice_every_row_is_in_the_filter():
    for kind in (EXHIBITS["by-state"], EXHIBITS["by-sector"], EXHIBITS["map"]):
        assert kind.of(WHOLE).rows["is_in_filter"].all()


def test_states_are_labelled_with_ceiling_and_sharing():
    labels = end_labels(of_id("by-state", WHOLE).draw(LIGHT))
    assert labels == ["up to $40B shared", "up to $40B shared", "about $10B", "$2B"]


def test_a_state_that_has_more_than_it_shares_is_labelled_part_shared():
    view = make_view(make_projects(("a", "TN;AL", 40.0, "up_to"), ("b", "TN", 1.0)))
    labels = end_labels(of_id("by-state", view).draw(LIGHT))
    assert labels == ["up to $41B, part shared", "up to $40B shared"]
    listed = "Tennessee up to $41B, part shared; Alabama up to $40B shared."
    assert of_id("map", view).alt.endswith(listed)


def test_the_map_is_described_with_ceiling_and_sharing():
    assert of_id("map", WHOLE).alt.endswith(
        ": Alabama up to $40B shared; Tennessee up to $40B shared; Ohio about $10B; Texas $2B."
    )


def test_only_bars_that_do_not_add_up_say_so():
    words = "bars do not add up"
    assert words in of_id("by-state", WHOLE).note
    assert words not in of_id("by-sector", WHOLE).note
    assert words not in of_id("by-state", VIEWS["one sector"]).note


CODES = list(STATE_NAMES)[: MAX_BARS + 5]
MANY = make_view(
    make_projects(*((f"p{at}", code, 99.0 - at, "up_to") for at, code in enumerate(CODES)))
)


@pytest.mark.parametrize("kind", [EXHIBITS["by-state"], EXHIBITS["by-project"]])
def test_bars_that_are_not_drawn_are_counted(kind: type[Exhibit]):
    exhibit = kind.of(MANY)
    figure = exhibit.draw(LIGHT)
    assert len(end_labels(figure)) == len(drawn_bars(figure)) == MAX_BARS
    assert list(drawn_bars(figure).values()) == list(exhibit.rows["amount_usd_bn"][:MAX_BARS])
    assert "5 more are not drawn." in exhibit.note
    assert "and 13 more" in exhibit.alt  # twelve are named


def test_nothing_is_said_of_hidden_bars_when_there_are_none():
    assert "are not drawn" not in of_id("by-state", WHOLE).note
    assert "more" not in of_id("by-state", WHOLE).alt


@pytest.mark.parametrize("name", ["by-state", "by-sector", "by-project", "over-time", "map"])
def test_an_undisclosed_amount_is_never_told_as_zero(name: str):
    exhibit = of_id(name, VIEWS["undisclosed"])
    told = words_of(exhibit, exhibit.draw(LIGHT))
    assert [text for text in told if "$0" in text] == []


def test_an_undisclosed_part_of_a_tranche_is_not_told_as_zero():
    figure = of_id("progress", VIEWS["undisclosed"]).draw(LIGHT)
    labels = [note.text for note in figure.layout.annotations]
    assert labels[1].startswith("$0")
    assert not labels[2].startswith("$0")


def test_a_tranche_without_a_project_in_the_filter_shows_zero_of_itself():
    figure = of_id("progress", VIEWS["one sector"]).draw(LIGHT)
    labels = [note.text for note in figure.layout.annotations]
    assert labels[1] == "about $10B of $12B"
    assert re.fullmatch(r"\$0B? of up to \$50B", labels[2])


def test_a_month_is_not_told_as_its_first_day():
    view = make_view(make_projects(("plant", "OH", 10.0), announced_on="2026-03"))
    exhibit = of_id("over-time", view)
    assert list(exhibit.rows["announced_on"]) == ["2026-03", "2027-01-01"]
    assert "1 March 2026" not in exhibit.alt
    assert "1 March 2026" not in str(exhibit.draw(LIGHT).to_dict())


def test_the_map_says_what_every_state_has():
    hover = {mark.state: mark.hover for mark in StateMap.of(VIEWS["one state"]).marks}
    assert hover == {
        "OH": "About $10B announced\n· The plant\n· The mill",
        "TN": "Up to $40B announced\nshared with Alabama, no official split\n· The reactors",
        "AL": "Up to $40B announced\nshared with Tennessee, no official split\n· The reactors",
        "DE": "No project named as of 1 January 2027",
    }


def test_the_map_marks_what_is_shared_and_what_is_chosen():
    marks = StateMap.of(VIEWS["one state"]).marks
    assert [mark.state for mark in marks if mark.is_shared] == ["TN", "AL"]
    assert [mark.state for mark in marks if mark.is_selected] == ["TN"]


def test_the_map_on_screen_has_the_states_of_the_map_in_print():
    deck = json.loads(StateMap.of(WHOLE).deck(LIGHT).to_json())
    shades = next(layer for layer in deck["layers"] if layer["id"] == "shades")
    states = [feature["properties"]["state"] for feature in shades["data"]["features"]]
    assert states == [mark.state for mark in StateMap.of(WHOLE).marks]


def test_the_map_names_states_it_does_not_show():
    assert of_id("map", WHOLE).note == (
        "Ceilings (“up to”) in Alabama and Tennessee. A shared amount stands in full in each of "
        "its states. Not on this map: Texas."
    )
    view = make_view(make_projects(("plant", "OH", 10.0)))
    assert of_id("map", view).note == ""


def test_only_published_sites_are_on_the_map_whichever_state_is_chosen():
    assert list(VIEWS["one state"].sites["project_id"]) == ["plant"]
    assert list(VIEWS["undisclosed"].sites["project_id"]) == []


def test_sources_are_those_that_decide_on_bars_else_the_most_cited_and_how_many_more():
    view = make_view(
        make_projects(("a", "OH", 1.0), ("b", "OH", 1.0), source_ids=["courier;gazette", "gazette"])
    )
    as_of = "Data as of 1 January 2027."
    assert EXHIBITS["map"].of(view).source == f"Sources: The Gazette and The Courier. {as_of}"
    for name in ("by-state", "by-sector", "by-project"):
        found = EXHIBITS[name].of(view).source
        assert found == f"Sources: The Courier and The Gazette. {as_of}", name


def test_publishers_beyond_the_first_are_counted():
    publishers = {source: f"The {source}" for source in "abcdefg"}
    view = View(replace(BASELINE, publishers=publishers), ProjectFilter())
    named = ", ".join(f"The {source}" for source in "abcdefg"[: wording.PUBLISHERS_NAMED])
    more = 7 - wording.PUBLISHERS_NAMED
    line = f"Sources: {named} and {more} more. Data as of 1 January 2027."
    assert wording.source_line(view, list(publishers)) == line


CITED = make_baseline(
    make_projects(
        ("plant", "OH", 1.0),
        ("mill", "TX", 1.0),
        sector=["gas", "export"],
        source_ids=["courier", "gazette"],
    )
)
BOTH = "Sources: The Courier and The Gazette."
EXPORT_FIRST = PLEDGE_FIRST = "Sources: The Gazette and The Courier."


@pytest.mark.parametrize(
    ("name", "chosen", "sources"),
    [
        pytest.param("by-state", {"state": ("OH",)}, BOTH, id="by state, highlighted"),
        pytest.param("map", {"state": ("OH",)}, BOTH, id="map, highlighted"),
        pytest.param("by-sector", {"sector": ("gas",)}, EXPORT_FIRST, id="by sector, highlighted"),
        pytest.param("by-state", {"sector": ("gas",)}, "Sources: The Courier.", id="by state"),
        pytest.param("map", {"sector": ("gas",)}, "Sources: The Courier.", id="map"),
        pytest.param("by-sector", {"state": ("OH",)}, "Sources: The Courier.", id="by sector"),
        pytest.param("by-project", {"state": ("OH",)}, "Sources: The Courier.", id="by project"),
        pytest.param("progress", {"state": ("OH",)}, PLEDGE_FIRST, id="progress"),
        pytest.param("over-time", {"state": ("OH",)}, PLEDGE_FIRST, id="over time"),
    ],
)
def test_an_exhibit_names_the_sources_of_what_it_draws(
    name: str, chosen: dict[str, tuple[str, ...]], sources: str
):
    exhibit = of_id(name, View(CITED, ProjectFilter(**chosen)))
    assert exhibit.source == f"{sources} Data as of 1 January 2027."


def test_the_pledge_is_shown_with_the_notes_on_its_tranches():
    tranches = [tranche | {"note": f"Note {tranche['tranche']}."} for tranche in PLEDGE["tranches"]]
    note = of_id("progress", make_view(PROJECTS, tranches=tranches)).note
    assert note.endswith(" Tranche 1: Note 1. Tranche 2: Note 2.")
    assert note.startswith("Hatching: ")
    assert "Tranche" not in of_id("progress", WHOLE).note


@pytest.mark.parametrize(
    "name", [pytest.param(n, id=n) for n in ("by-state", "by-sector", "by-project", "map")]
)
def test_press_reports_among_the_amounts_are_named(name: str):
    words = "The amount of The plant is a press report, not official."
    confidences = ["reported", "official", "", "official"]
    view = make_view(PROJECTS.assign(amount_confidence=confidences))
    assert of_id(name, view).note.endswith(words)
    assert words not in of_id(name, WHOLE).note

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.basics import messages
from components.basics.amounts import Amount
from components.basics.hatching import Hatching
from components.basics.palette import NEUTRAL, Theme, print_theme, screen_theme
from components.drawing.bars import FADED, Bar, bars_by_group, bars_with_titles
from components.drawing.clicks import clicked_ids
from components.drawing.course import Course, announced_over_time
from components.drawing.event_lanes import Event, timeline
from components.drawing.steps import Step, pledge_progress

THEMES = {
    "light": screen_theme("light", width=560),
    "dark": screen_theme("dark", width=343),
    "print": print_theme(),
}
LIGHT = THEMES["light"]
HOSTILE = '<img src=x onerror=alert(1)><a href="x">'

SECTORS = {
    "nuclear": ("Nuclear power", "blue"),
    "gas": ("Gas power", "orange"),
    "export": ("Crude oil export", "slate"),
}
BARS = [
    Bar("TN", "Tennessee", Amount(40.0, "up_to"), "up to $40B shared"),
    Bar("OH", "Ohio", Amount(33.3, "about"), "about $33.3B"),
    Bar("TX", "Texas", Amount(5.0, "up_to"), "up to $5B", is_faded=True),
    Bar("GA", "Georgia", Amount(), "Undisclosed"),
]
SEGMENTS = pd.DataFrame(
    [
        ("TN", "nuclear", Hatching.BOTH, 40.0, "up_to"),
        ("OH", "gas", Hatching.NONE, 33.3, "about"),
        ("TX", "export", Hatching.SHARED, 2.0, "exact"),
        ("TX", "gas", Hatching.CEILING, 3.0, "up_to"),
    ],
    columns=["id", "sector", "hatching", "amount_usd_bn", "amount_qualifier"],
).assign(reported_usd_bn=0.0)
COURSE = Course(Amount(100.0), date(2026, 1, 1), date(2027, 1, 1), date(2030, 1, 1))
STEPS = [
    Step("Tranche 1", Amount(12.0), Amount(12.0)),
    Step("Tranche 2", Amount(10.0, "about"), Amount(40.0, "up_to")),
]


def segments_by(name: str) -> pd.DataFrame:
    return SEGMENTS.rename(columns={"id": name})


def over_time(*steps: tuple[str, float, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "announced_at": pd.to_datetime([day for day, _, _ in steps]),
            "announced_on": pd.Series([day for day, _, _ in steps], dtype="str"),
            "cumulative_usd_bn": pd.Series([value for _, value, _ in steps], dtype="float64"),
            "cumulative_qualifier": pd.Series([qualifier for *_, qualifier in steps], dtype="str"),
        }
    )


ALL_DAYS = over_time(("2026-02-17", 12.0, "exact"), ("2026-03-19", 52.0, "up_to"))
ONE_DAY = over_time(("2026-02-17", 12.0, "exact"))


def by_state(theme: Theme, bars: list[Bar] = BARS) -> go.Figure:
    return bars_by_group(bars, segments_by("state"), by="state", sectors=SECTORS, theme=theme)


def by_project(theme: Theme, bars: list[Bar] = BARS) -> go.Figure:
    return bars_with_titles(bars, segments_by("project_id"), sectors=SECTORS, theme=theme)


def progress(theme: Theme, steps: list[Step] = STEPS) -> go.Figure:
    pledged = Amount(100.0, "up_to")
    return pledge_progress(steps, pledge=pledged, remainder="at least $48B of it", theme=theme)


LANES = {"news": "Other news", "announced": "Announced", "financed": "Financed"}
EVENTS = [
    Event(date(2025, 10, 28), "2025-10-28", "news", "Listed.", is_official=True),
    Event(date(2026, 2, 17), "2026-02-17", "announced", "Named.", is_official=True),
    Event(date(2026, 5, 1), "2026-05", "financed", "Loans signed.", is_official=False),
]


def milestones(theme: Theme, events: list[Event] = EVENTS) -> go.Figure:
    return timeline(events, LANES, as_of=date(2027, 1, 1), theme=theme)


TIMELINES: dict[str, Callable[[Theme], go.Figure]] = {
    "three": milestones,
    "one": lambda theme: milestones(theme, EVENTS[:1]),
    "reported alone": lambda theme: milestones(theme, EVENTS[2:]),
    "none": lambda theme: milestones(theme, []),
}
each_timeline = pytest.mark.parametrize("build", TIMELINES.values(), ids=TIMELINES.keys())

BUILDERS: dict[str, Callable[[Theme], go.Figure]] = {
    "by state": by_state,
    "by project": by_project,
    "no bars": lambda theme: by_state(theme, []),
    "no projects": lambda theme: by_project(theme, []),
    "progress": progress,
    "progress without tranches": lambda theme: progress(theme, []),
    "over time": lambda theme: announced_over_time(ALL_DAYS, ALL_DAYS, course=COURSE, theme=theme),
    "over time, filtered": lambda theme: announced_over_time(
        ONE_DAY, ALL_DAYS, course=COURSE, theme=theme
    ),
    "over time, nothing": lambda theme: announced_over_time(
        over_time(), over_time(), course=COURSE, theme=theme
    ),
}
each_builder = pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS.keys())
each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())


def bar_traces(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "bar"]


def end_labels(figure: go.Figure) -> dict[str, str]:
    """Return the label at the end of each bar, by the bar's id."""
    trace = next(trace for trace in figure.data if trace.type == "scatter")
    return {bar.id: text for bar, text in zip(BARS, trace.text, strict=True)}


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


@each_theme
@each_builder
def test_every_figure_passes_plotlys_own_checks(build: Callable[[Theme], go.Figure], theme: Theme):
    figure = build(theme)
    assert go.Figure(figure.to_dict()).data == figure.data


@each_theme
@each_builder
def test_amounts_are_measured_from_zero(build: Callable[[Theme], go.Figure], theme: Theme):
    layout = build(theme).layout
    axis = layout.yaxis if layout.xaxis.type == "date" else layout.xaxis
    assert axis.range[0] == 0
    assert axis.range[1] > 0
    assert axis.ticktext[0] == "$0"


@each_theme
@each_builder
def test_the_plot_keeps_most_of_the_figure(build: Callable[[Theme], go.Figure], theme: Theme):
    layout = build(theme).layout
    assert layout.margin.l + layout.margin.r < theme.width * 0.6
    assert layout.height >= layout.margin.t + layout.margin.b
    assert layout.width == (theme.width if theme.is_print else None)


@pytest.mark.parametrize("draw", [by_state, by_project])
def test_a_bar_ends_where_its_amount_does(draw: Callable[[Theme], go.Figure]):
    lengths: dict[str, float] = {}
    for trace in bar_traces(draw(LIGHT)):
        for bar_id, amount in zip(trace.customdata, trace.x, strict=True):
            lengths[bar_id] = lengths.get(bar_id, 0.0) + amount
    assert lengths == {"TN": 40.0, "OH": 33.3, "TX": 5.0}


@pytest.mark.parametrize("draw", [by_state, by_project])
def test_a_ceiling_reads_up_to_at_its_end_and_on_hover(draw: Callable[[Theme], go.Figure]):
    figure = draw(LIGHT)
    hover = [text for trace in bar_traces(figure) for text in trace.hovertext]
    assert end_labels(figure)["TN"].strip() == "up to $40B shared"
    assert "<b>Tennessee</b><br>Nuclear power: up to $40B, shared between states<br>" in "".join(
        hover
    )


@pytest.mark.parametrize("draw", [by_state, by_project])
def test_a_segment_says_on_hover_how_exact_it_is(draw: Callable[[Theme], go.Figure]):
    hover = {
        (bar_id, amount): text.split("<br>")[1]
        for trace in bar_traces(draw(LIGHT))
        for bar_id, amount, text in zip(trace.customdata, trace.x, trace.hovertext, strict=True)
    }
    assert hover == {
        ("TN", 40.0): "Nuclear power: up to $40B, shared between states",
        ("OH", 33.3): "Gas power: about $33.3B",
        ("TX", 2.0): "Crude oil export: $2B, shared between states",
        ("TX", 3.0): "Gas power: up to $3B",
    }


@pytest.mark.parametrize("draw", [by_state, by_project])
def test_an_undisclosed_amount_has_a_row_and_a_label_and_no_bar(
    draw: Callable[[Theme], go.Figure],
):
    figure = draw(LIGHT)
    assert end_labels(figure)["GA"].strip() == "Undisclosed"
    assert all("GA" not in trace.customdata for trace in bar_traces(figure))
    assert figure.layout.yaxis.range == (3.55, -0.55)


def test_every_bar_has_its_name_from_top_to_bottom():
    assert by_state(LIGHT).layout.yaxis.ticktext == ("Tennessee", "Ohio", "Texas", "Georgia")
    assert by_project(LIGHT).data[-1].text == ("Tennessee", "Ohio", "Texas", "Georgia")


def test_a_bar_of_undisclosed_amounts_alone_is_drawn():
    figure = by_state(LIGHT, [BARS[-1]])
    assert bar_traces(figure) == []
    assert figure.layout.xaxis.range[1] > 0


def test_a_reported_part_is_marked_across_its_bar_from_where_its_segment_begins():
    segments = segments_by("state").assign(reported_usd_bn=[17.0, 0.0, 1.0, 0.0])
    figure = bars_by_group(BARS, segments, by="state", sectors=SECTORS, theme=LIGHT)
    (mark,) = [trace for trace in figure.data if trace.name == "reported part"]
    # Tennessee's 17 of 40; in Texas the ceiling of 3 comes first, so 3 + 1 = 4.
    assert [x for x in mark.x if x is not None] == [4.0, 4.0, 17.0, 17.0]
    assert all(-0.5 < y < len(BARS) - 0.5 for y in mark.y if y is not None)


def test_hatching_follows_from_ceiling_and_sharing():
    found = {
        (trace.customdata[0], trace.x[0]): trace.marker.pattern.shape
        for trace in bar_traces(by_state(LIGHT))
    }
    assert found == {("TN", 40.0): "x", ("OH", 33.3): "", ("TX", 2.0): "\\", ("TX", 3.0): "/"}


@each_theme
def test_hatched_bars_keep_the_colour_of_their_sector(theme: Theme):
    for trace in bar_traces(by_state(theme)):
        assert trace.marker.color == theme.sector_colour(dict(SECTORS.values())[trace.name])
        if trace.marker.pattern.shape:
            assert trace.marker.pattern.bgcolor == trace.marker.color
            assert trace.marker.pattern.fgcolor == theme.paper


def test_what_the_filter_leaves_out_is_faded():
    figure = by_state(LIGHT)
    opacities = {
        bar_id: opacity
        for trace in bar_traces(figure)
        for bar_id, opacity in zip(trace.customdata, trace.marker.opacity, strict=True)
    }
    assert opacities == {"TN": 1.0, "OH": 1.0, "TX": FADED}
    colours = next(trace for trace in figure.data if trace.type == "scatter").textfont.color
    assert colours == (LIGHT.ink, LIGHT.ink, LIGHT.muted, LIGHT.ink)


def test_segments_without_a_bar_are_left_out():
    assert [trace.customdata for trace in bar_traces(by_state(LIGHT, BARS[:1]))] == [("TN",)]


def test_a_key_names_the_sectors_drawn_in_the_order_of_the_pledge():
    text = by_state(LIGHT).layout.annotations[0].text
    places = [text.index(label) for label, _ in SECTORS.values()]
    assert places == sorted(places)


def test_bars_that_are_sectors_need_no_key():
    figure = bars_by_group(
        [Bar("gas", "Gas power", Amount(3.0, "up_to"), "up to $3B")],
        SEGMENTS.iloc[3:],
        by="sector",
        sectors=SECTORS,
        theme=LIGHT,
    )
    assert figure.layout.annotations == ()
    assert [trace.x for trace in bar_traces(figure)] == [(3.0,)]


def test_a_sector_nobody_declared_is_drawn_neutral_under_its_id():
    segments = segments_by("state").assign(sector="fishery")
    figure = bars_by_group(BARS, segments, by="state", sectors={}, theme=LIGHT)
    assert {trace.name for trace in bar_traces(figure)} == {"fishery"}
    assert {trace.marker.color for trace in bar_traces(figure)} == {LIGHT.sector_colour(NEUTRAL)}


@pytest.mark.parametrize("draw", [by_state, by_project])
def test_a_long_name_is_cut(draw: Callable[[Theme, list[Bar]], go.Figure]):
    figure = draw(LIGHT, [Bar("TN", "Very long name " * 40, Amount(40.0, "up_to"), "up to $40B")])
    drawn = (*(figure.layout.yaxis.ticktext or ()), *(figure.data[-1].text or ()))
    assert any(name.endswith("…") and len(name) < 90 for name in drawn)


def test_tranches_follow_each_other_and_the_rest_fills_the_pledge():
    traces = [t for t in bar_traces(progress(LIGHT)) if t.x[0]]
    assert [(t.y[0], t.base[0], t.x[0]) for t in traces] == [
        (0, 0.0, 100.0),
        (1, 0.0, 12.0),
        (2, 12.0, 10.0),
        (2, 22.0, 30.0),
        (3, 52.0, 48.0),
    ]
    assert [t.marker.pattern.shape for t in traces] == ["", "", "/", "/", ""]
    assert traces[2].marker.color == LIGHT.accent
    assert traces[3].marker.color == LIGHT.accent_pale


def test_steps_say_what_of_them_is_shown():
    assert [note.text for note in progress(LIGHT).layout.annotations] == [
        "up to $100B pledged",
        "$12B",
        "about $10B of up to $40B",
        "at least $48B of it",
    ]


def rows_of(figure: go.Figure) -> list[float]:
    return list(figure.layout.yaxis.tickvals)


def test_a_label_that_fits_neither_beside_its_bar_nor_in_it_stands_under_it():
    wide, narrow = progress(LIGHT), progress(screen_theme("light", width=200))
    assert rows_of(wide) == [0, 1, 2, 3]
    rest = narrow.layout.annotations[-1]
    assert rest.yanchor == "top"
    assert rest.y == pytest.approx(rows_of(narrow)[-1] + 0.3)
    assert narrow.layout.height > wide.layout.height


def test_no_label_stands_on_a_bar_that_is_filled():
    most = [Step("Tranche 1", Amount(20.0), Amount(90.0, "up_to"))]
    label = progress(LIGHT, most).layout.annotations[1]
    assert (label.text, label.yanchor) == ("$20B of up to $90B", "top")


@pytest.mark.parametrize("width", [214, 254, 309, 560])
def test_names_stand_above_bars_that_have_no_room_beside_them(width: int):
    figure = by_state(screen_theme("light", width=width))
    is_beside = figure.layout.yaxis.ticktext is not None
    assert is_beside == (width > 300)
    assert [bar.name for bar in BARS] == list(
        figure.layout.yaxis.ticktext if is_beside else figure.data[-1].text
    )
    assert {key for trace in bar_traces(figure) for key in trace.customdata} == {"TN", "OH", "TX"}


@pytest.mark.parametrize(
    ("width", "day", "anchor"),
    [
        pytest.param(560, date(2027, 1, 1), "left", id="wide"),
        pytest.param(214, date(2027, 1, 1), "right", id="narrow"),
        pytest.param(560, date(2029, 11, 1), "right", id="late"),
    ],
)
def test_the_pace_still_needed_is_named_within_the_chart(width: int, day: date, anchor: str):
    course = replace(COURSE, as_of=day)
    theme = screen_theme("light", width=width)
    figure = announced_over_time(ALL_DAYS, ALL_DAYS, course=course, theme=theme)
    assert [n.xanchor for n in figure.layout.annotations if n.name == "need"] == [anchor]


def test_a_pledge_that_is_passed_has_no_rest():
    figure = progress(LIGHT, [Step("Tranche 1", Amount(130.0), Amount(130.0))])
    assert bar_traces(figure)[-1].x == (0.0,)
    assert figure.layout.xaxis.range[1] > 130


def test_an_undisclosed_tranche_takes_no_room_and_reads_undisclosed():
    figure = progress(LIGHT, [Step("Tranche 1", Amount(), Amount())])
    assert figure.layout.annotations[1].text == "Undisclosed"
    assert bar_traces(figure)[-1].base == (0.0,)


def stairs(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.line.shape == "hv"]


def test_the_sum_climbs_in_steps_from_signing_to_the_as_of_date():
    figure = BUILDERS["over time"](LIGHT)
    (line,) = stairs(figure)
    assert line.x == ("2026-01-01", "2026-02-17", "2026-03-19", "2027-01-01")
    assert line.y == (0.0, 12.0, 52.0, 52.0)
    assert line.hovertext[2] == "<b>19 March 2026</b><br>up to $52B announced so far"


def test_the_steps_of_the_sum_are_told_in_japanese_too():
    with messages.using("ja"):
        (line,) = stairs(BUILDERS["over time"](LIGHT))
    assert line.hovertext[2] == "<b>2026年3月19日</b><br>この日までの発表額は最大520億ドル"


@pytest.mark.parametrize(
    ("amount", "whole", "anchor"),
    [
        pytest.param(12.0, 21.0, "left", id="room for a name above that of the sum"),
        pytest.param(12.0, 19.0, "right", id="too close to it"),
        pytest.param(6.0, 18.0, "left", id="room above a name beside its line"),
        pytest.param(6.0, 16.0, "right", id="too close to one beside its line"),
        pytest.param(2.0, 17.0, "left", id="room above a name on its line"),
        pytest.param(2.0, 15.0, "right", id="too close to one on its line"),
    ],
)
def test_the_sum_of_all_projects_is_named_after_the_day_where_that_is_clear(
    amount: float, whole: float, anchor: str
):
    chosen = over_time(("2026-02-17", amount, "exact"))
    every = over_time(("2026-02-17", whole, "exact"))
    figure = announced_over_time(chosen, every, course=COURSE, theme=LIGHT)
    assert [n.xanchor for n in figure.layout.annotations if n.name == "all"] == [anchor]


def test_after_the_as_of_date_only_the_pace_goes_on():
    figure = BUILDERS["over time, filtered"](LIGHT)
    assert max(day for line in stairs(figure) for day in line.x) == "2027-01-01"
    paces = [trace for trace in figure.data if trace.line.dash]
    assert [(trace.x, trace.y) for trace in paces] == [
        (("2026-01-01", "2030-01-01"), (0.0, 100.0)),
        (("2027-01-01", "2030-01-01"), (52.0, 100.0)),
    ]


def test_a_filtered_sum_is_drawn_with_that_of_all_projects():
    whole, chosen = stairs(BUILDERS["over time, filtered"](LIGHT))
    assert (max(whole.y), whole.line.color) == (52.0, LIGHT.accent_pale)
    assert (max(chosen.y), chosen.line.color) == (12.0, LIGHT.accent)


@pytest.mark.parametrize(
    ("builder", "names"),
    [
        pytest.param("over time", ["goal", "even", "sum", "need"], id="all projects"),
        pytest.param("over time, filtered", ["goal", "even", "all", "sum", "need"], id="filtered"),
    ],
)
def test_lines_are_named_where_they_run(builder: str, names: list[str]):
    notes = BUILDERS[builder](LIGHT).layout.annotations
    assert [note.name for note in notes] == names


def test_the_sum_and_the_goal_are_written_on_the_chart():
    notes = {n.name: n.text for n in BUILDERS["over time"](LIGHT).layout.annotations}
    assert notes["sum"] == "<b>up to $52B</b>"
    assert notes["goal"] == "$100B by 1 January 2030"


@pytest.mark.parametrize(
    ("amount", "anchor"),
    [
        pytest.param(52.0, "top", id="high: below its line"),
        pytest.param(2.0, "bottom", id="low: above its line, not on the axis"),
    ],
)
def test_the_sum_is_written_clear_of_the_axis(amount: float, anchor: str):
    steps = over_time(("2026-02-17", amount, "exact"))
    figure = announced_over_time(steps, steps, course=COURSE, theme=LIGHT)
    assert [n.yanchor for n in figure.layout.annotations if n.name == "sum"] == [anchor]


@pytest.mark.parametrize(
    ("day", "pace"),
    [
        pytest.param(date(2025, 1, 1), 0.0, id="before signing"),
        pytest.param(date(2026, 1, 1), 0.0, id="signing"),
        pytest.param(date(2028, 1, 1), pytest.approx(50, abs=0.1), id="half way"),
        pytest.param(date(2030, 1, 1), 100.0, id="deadline"),
        pytest.param(date(2031, 1, 1), 100.0, id="after the deadline"),
    ],
)
def test_an_even_pace_goes_from_nothing_to_the_pledge(day: date, pace: float):
    assert COURSE.even_pace_on(day) == pace


@each_theme
@each_timeline
def test_every_time_line_passes_plotlys_own_checks(
    build: Callable[[Theme], go.Figure], theme: Theme
):
    figure = build(theme)
    assert go.Figure(figure.to_dict()).data == figure.data
    layout = figure.layout
    assert layout.margin.l + layout.margin.r < theme.width * 0.6
    assert layout.height >= layout.margin.t + layout.margin.b
    assert layout.width == (theme.width if theme.is_print else None)


def test_milestones_stand_by_day_in_the_lane_of_their_stage():
    official, reported = milestones(LIGHT).data
    assert list(zip(official.x, official.y, strict=True)) == [("2025-10-28", 0), ("2026-02-17", 1)]
    assert list(zip(reported.x, reported.y, strict=True)) == [("2026-05-01", 2)]
    assert milestones(LIGHT).layout.yaxis.ticktext == tuple(LANES.values())
    low, high = milestones(LIGHT).layout.yaxis.range
    assert low < 0
    assert high > 2


@each_theme
def test_a_mark_is_hollow_where_it_is_not_official(theme: Theme):
    official, reported = milestones(theme).data
    assert official.marker.color == official.marker.line.color == theme.accent
    assert (reported.marker.color, reported.marker.line.color) == (theme.paper, theme.accent)


def test_a_mark_says_the_date_as_it_is_written():
    hover = [text for trace in milestones(LIGHT).data for text in trace.hovertext]
    assert hover == [
        "<b>28 October 2025</b><br>Listed.",
        "<b>17 February 2026</b><br>Named.",
        "<b>May 2026</b><br>Loans signed.",
    ]


def test_a_long_event_is_cut_and_set_in_lines():
    event = Event(date(2026, 1, 1), "2026-01-01", "news", "word " * 200, is_official=True)
    (lines,) = [trace.hovertext[0].split("<br>") for trace in milestones(LIGHT, [event]).data[:1]]
    assert max(map(len, lines[1:])) <= 60
    assert sum(map(len, lines[1:])) <= 300
    assert lines[-1].endswith("…")


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        pytest.param(["2025-10-28"], "2025-10-11", "2027-01-18", id="from the event to the day"),
        pytest.param([], "2026-12-22", "2027-01-11", id="the day alone, with ten around it"),
        pytest.param(["2027-03-12"], "2026-12-22", "2027-03-22", id="an event after the day"),
    ],
)
def test_the_axis_reaches_over_all_events_and_the_as_of_date(
    days: list[str], first: str, last: str
):
    events = [Event(date.fromisoformat(day), day, "news", "x", is_official=True) for day in days]
    figure = milestones(LIGHT, events)
    assert figure.layout.xaxis.range == (first, last)
    (line,) = figure.layout.shapes
    assert (line.x0, line.x1, line.line.dash) == ("2027-01-01", "2027-01-01", "dot")


@each_theme
@pytest.mark.parametrize("kind", ["by state", "by project", "progress"])
def test_hostile_names_are_drawn_as_text(kind: str, theme: Theme):
    bars = [Bar(state, HOSTILE, Amount(40.0), HOSTILE) for state in ("TN", "OH")]
    sectors = {sector: (HOSTILE, colour) for sector, (_, colour) in SECTORS.items()}
    if kind == "by state":
        figure = bars_by_group(bars, segments_by("state"), by="state", sectors=sectors, theme=theme)
    elif kind == "by project":
        figure = bars_with_titles(bars, segments_by("project_id"), sectors=sectors, theme=theme)
    else:
        step = Step(HOSTILE, Amount(1.0), Amount(2.0))
        figure = pledge_progress([step], pledge=Amount(9.0), remainder="$7B of it", theme=theme)
    found = "".join(texts(figure.to_dict()))
    assert "&lt;img" in found
    assert "<img" not in found
    assert "<a " not in found


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        pytest.param({"points": [{"customdata": "TN"}]}, ["TN"], id="text"),
        pytest.param({"points": [{"customdata": ["TN"]}]}, ["TN"], id="list"),
        pytest.param(
            {"points": [{"customdata": ["TN"]}, {"customdata": "TN"}, {"customdata": "AL"}]},
            ["TN", "AL"],
            id="two segments of a bar count once",
        ),
        pytest.param({"points": [{"x": 1}]}, [], id="a point without an id"),
        pytest.param({"points": [{"customdata": []}]}, [], id="an empty list"),
        pytest.param({"points": [{"customdata": [3]}]}, [], id="a number"),
        pytest.param({"points": [{"customdata": None}]}, [], id="none"),
        pytest.param({"points": []}, [], id="no point"),
        pytest.param({}, [], id="no selection"),
    ],
)
def test_clicked_bars_are_read_in_whichever_form_they_come(
    selection: dict[str, Any], ids: list[str]
):
    assert clicked_ids(selection) == ids

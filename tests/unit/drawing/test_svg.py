import math
import re
import xml.etree.ElementTree as ET
from copy import deepcopy
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.basics.amounts import Amount
from components.basics.hatching import Hatching
from components.basics.palette import either_theme, screen_theme
from components.drawing.bars import FADED, Bar, bars_by_group, bars_with_titles
from components.drawing.course import Course, announced_over_time
from components.drawing.event_lanes import Event, timeline
from components.drawing.figures import Drawing, hover_text, pattern, plain
from components.drawing.svg import figure_svg
from components.drawing.svg_elements import number

LIGHT = screen_theme("light", width=600)
EITHER = either_theme(width=600)
HOSTILE = "<script>alert('1')</script> \"&amp; \x00\x1b]\ud800"
SEEN = "<script>alert('1')</script> \"&amp; ]"
AXIS = {"range": [0, 10], "tickvals": [], "ticktext": [], "showgrid": False, "zeroline": False}
PATTERN = pattern("#123456", Hatching.BOTH, LIGHT)
SECTORS = {"gas": ("Gas & power", "orange"), "nuclear": ("Nuclear <b>power</b>", "blue")}


def bar(**changes: Any) -> dict[str, Any]:
    """Return a trace of one bar, from 0 to 5 of 10, with its middle at 5 of 10."""
    marker = {"color": "#123456", "line": {"width": 0}, "pattern": {"shape": ""}}
    plain_bar = {"type": "bar", "orientation": "h", "x": [5], "y": [5], "width": 1}
    return {**plain_bar, "marker": marker, **changes}


def line(**changes: Any) -> dict[str, Any]:
    style = {"color": "#123456", "width": 2}
    return {"type": "scatter", "mode": "lines", "x": [0, 5], "y": [0, 5], "line": style, **changes}


def note(**changes: Any) -> dict[str, Any]:
    font = {"color": "#123456"}
    return {"x": 5, "y": 5, "text": "Five", "showarrow": False, "font": font, **changes}


def figure(*traces: dict[str, Any], **changes: Any) -> Drawing:
    """Return a figure of 100 by 100 pixels without margins, both axes from 0 to 10."""
    layout = {
        "height": 100,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 10, "color": "#000000"},
        "showlegend": False,
        "barmode": "stack",
        "annotations": [],
        "template": {},
        "xaxis": AXIS,
        "yaxis": AXIS,
    }
    return Drawing({"data": list(traces), "layout": {**layout, **changes}})


def svg(*traces: dict[str, Any], **changes: Any) -> ET.Element:
    drawn = figure(*traces, **changes)
    return ET.fromstring(figure_svg(drawn, width=100, label="A figure", prefix="it"))


def one(root: ET.Element, tag: str) -> dict[str, str]:
    (found,) = root.iter(tag)
    return dict(found.attrib)


def segments(*rows: tuple[str, str, Hatching, float]) -> pd.DataFrame:
    columns = ["project_id", "sector", "hatching", "amount_usd_bn"]
    return pd.DataFrame(rows, columns=columns).assign(amount_qualifier="exact", reported_usd_bn=0.0)


def test_a_bar_stands_where_its_numbers_say():
    box = one(svg(bar()), "rect")
    assert box == {"x": "0", "y": "45", "width": "50", "height": "10"}


def test_bars_of_a_row_follow_each_other_and_those_with_a_base_do_not():
    root = svg(bar(x=[2]), bar(x=[3]), bar(x=[1], y=[7]), bar(x=[4], base=[6]), bar(x=[1]))
    places = [(rect.attrib["x"], rect.attrib["width"]) for rect in root.iter("rect")]
    assert places == [("0", "20"), ("20", "30"), ("0", "10"), ("60", "40"), ("50", "10")]


def test_a_bar_without_length_is_not_drawn():
    assert list(svg(bar(x=[0])).iter("rect")) == []


def test_a_pale_bar_is_as_pale_as_in_its_figure():
    faded = bar(marker=bar()["marker"] | {"opacity": [FADED]})
    assert one(svg(faded), "rect")["opacity"] == str(FADED)


@pytest.mark.parametrize(
    ("hatching", "strokes"),
    [
        pytest.param(Hatching.CEILING, 3, id="up to the right"),
        pytest.param(Hatching.SHARED, 3, id="down to the right"),
        pytest.param(Hatching.BOTH, 6, id="both"),
    ],
)
def test_hatching_is_a_pattern_of_strokes_on_the_colour_of_the_bar(
    hatching: Hatching, strokes: int
):
    marker = bar()["marker"] | {"pattern": pattern("#123456", hatching, LIGHT)}
    root = svg(bar(marker=marker), bar(marker=marker))
    ground, lines = root.iterfind("defs/pattern/path")
    assert (ground.attrib["fill"], lines.attrib["stroke"]) == ("#123456", LIGHT.paper)
    assert lines.attrib["d"].count("M") == strokes
    assert [group.get("fill") for group in root.iterfind("g")] == ["url(#it-0)"] * 2


def test_lines_break_at_gaps():
    path = one(svg(line(x=[0, 5, None, 5, 10], y=[0, 5, None, 5, 0])), "path")
    assert path["d"] == "M0 100L50 50M50 50L100 100"


def test_steps_go_across_before_they_go_up_and_are_filled_down_to_zero():
    style = {"color": "#123456", "width": 2, "shape": "hv"}
    area, stairs = svg(line(line=style, fill="tozeroy", fillcolor="#abcdef")).iter("path")
    assert stairs.attrib["d"] == "M0 100H50V50"
    assert (area.attrib["d"], area.attrib["fill"]) == ("M0 100H50V50V100H0z", "#abcdef")


@pytest.mark.parametrize(("dash", "lengths"), [("dot", "3 3"), ("dash", "9 9"), ("solid", None)])
def test_dashes_are_plotlys(dash: str, lengths: str | None):
    style = {"color": "#123456", "width": 1.4, "dash": dash}
    path = one(svg(line(line=style)), "path")
    assert path.get("stroke-dasharray") == lengths
    assert path["stroke-width"] == "1.4"


# Measured in what Plotly 6 draws in Chromium with Source Sans, as are the axes' in test_svg_axes.
@pytest.mark.parametrize(
    ("place", "x", "y"),
    [
        pytest.param({"xanchor": "left"}, 52, 53, id="after"),
        pytest.param({"xanchor": "right"}, 48, 53, id="before"),
        pytest.param({}, 50, 53, id="across"),
        pytest.param({"yanchor": "top"}, 50, 62, id="below"),
        pytest.param({"yanchor": "bottom"}, 50, 44, id="above"),
        pytest.param({"xshift": 8, "yshift": -2}, 58, 55, id="moved right and down"),
        pytest.param({"xref": "paper", "x": 1, "yref": "paper", "y": 1}, 100, 3, id="of the plot"),
    ],
)
def test_an_annotation_is_anchored_by_its_padded_box(place: dict[str, Any], x: float, y: float):
    text = one(svg(annotations=[note(**place)]), "text")
    assert (float(text["x"]), float(text["y"])) == (x, y)


def test_lines_of_an_annotation_stand_under_each_other():
    root = svg(annotations=[note(text="One<br>two", xanchor="left", align="left", yanchor="top")])
    (second,) = root.iter("tspan")
    assert second.attrib == {"x": "52", "dy": "13"}
    assert second.text == "two"


def test_a_text_beside_a_place_starts_there():
    beside = line(mode="text", text=["Five", "Ten"], textposition="middle right")
    beside["textfont"] = {"color": ["#000000", "#123456"]}
    first, second = svg(beside).iter("text")
    assert first.attrib == {"x": "0", "y": "102.5"}
    assert second.attrib == {"x": "50", "y": "52.5", "fill": "#123456"}


@pytest.mark.parametrize(
    ("drawn", "named"),
    [
        pytest.param(figure({"type": "pie"}), "pie", id="a trace"),
        pytest.param(figure(line(mode="lines+markers")), "lines+markers", id="a mode"),
        pytest.param(figure(line(fill="toself")), "toself", id="a fill"),
        pytest.param(figure(line(stackgroup="one")), "stackgroup", id="of a line"),
        pytest.param(figure(line(line={"smoothing": 1})), "smoothing", id="of its style"),
        pytest.param(
            figure(line(line={"color": "", "width": 1, "shape": "spline"})), "spline", id="a shape"
        ),
        pytest.param(
            figure(line(line={"color": "", "width": 1, "dash": "dashdot"})), "dashdot", id="a dash"
        ),
        pytest.param(figure(bar(orientation="v")), "orientation", id="upright bars"),
        pytest.param(figure(bar(text=["5"])), "text", id="text in bars"),
        pytest.param(figure(bar(x=[-1])), "-1", id="below zero"),
        pytest.param(
            figure(bar(marker=bar()["marker"] | {"pattern": PATTERN | {"shape": "+"}})),
            "+",
            id="a pattern",
        ),
        pytest.param(figure(bar(marker={"cornerradius": 3})), "cornerradius", id="round bars"),
        pytest.param(figure(line(mode="markers", marker={"symbol": "x"})), "symbol", id="a symbol"),
        pytest.param(
            figure(line(mode="text", textposition="top center")), "top center", id="a place"
        ),
        pytest.param(figure(barmode="group"), "group", id="grouped bars"),
        pytest.param(figure(showlegend=True), "legend", id="a legend"),
        pytest.param(figure(title="A title"), "title", id="a title"),
        pytest.param(figure(paper_bgcolor="#ffffff"), "paper_bgcolor", id="a ground"),
        pytest.param(figure(xaxis={**AXIS, "mirror": True}), "mirror", id="of an axis"),
        pytest.param(figure(xaxis={**AXIS, "type": "log"}), "log", id="a type of axis"),
        pytest.param(figure(xaxis={**AXIS, "ticks": "inside"}), "inside", id="ticks inside"),
        pytest.param(figure(xaxis={**AXIS, "tickangle": 45}), "45", id="ticks at an angle"),
        pytest.param(figure(yaxis={**AXIS, "ticks": "outside"}), "left", id="ticks on the left"),
        pytest.param(figure(xaxis={"range": [0, 1]}), "tickvals", id="ticks to choose"),
        pytest.param(figure(annotations=[note(showarrow=True)]), "arrow", id="an arrow"),
        pytest.param(figure(annotations=[note(textangle=9)]), "textangle", id="text at an angle"),
        pytest.param(figure(annotations=[note(text="<i>i</i>")]), "<i>", id="a tag"),
        pytest.param(figure(annotations=[note(text="a<br>b", align="left")]), "align", id="lines"),
        pytest.param(figure(annotations=[note(yref="y domain")]), "domain", id="a reference"),
        pytest.param(figure(shapes=[{"type": "rect"}]), "rect", id="a box"),
        pytest.param(figure(shapes=[{"type": "line", "layer": "below"}]), "layer", id="a layer"),
    ],
)
def test_what_svg_cannot_show_is_an_error_that_names_it(drawn: Drawing, named: str):
    with pytest.raises(ValueError, match=re.escape(named)):
        figure_svg(drawn, width=100, label="A figure", prefix="it")


def test_a_figure_is_left_as_it_is():
    drawn = figure(bar(), annotations=[note()])
    before = deepcopy(drawn.to_dict())
    figure_svg(drawn, width=100, label="A figure", prefix="it")
    assert drawn.to_dict() == before


def test_hostile_words_stay_words():
    bars = [Bar("a", HOSTILE, Amount(2.0), HOSTILE), Bar("b", "Mill", Amount(1.0), "$1B")]
    parts = segments(("a", "gas", Hatching.NONE, 2.0), ("b", "nuclear", Hatching.BOTH, 1.0))
    drawn = bars_with_titles(bars, parts, sectors=SECTORS, theme=EITHER)
    root = ET.fromstring(figure_svg(drawn, width=600, label=HOSTILE, prefix='"><script>'))
    texts = ["".join(text.itertext()) for text in root.iter("text")]
    assert texts.count(SEEN) == 2
    assert "■ Gas & power\N{NO-BREAK SPACE}" in texts[-1]
    assert "Nuclear <b>power</b>" in texts[-1]
    assert root.attrib["aria-label"] == SEEN
    assert "script" not in {element.tag for element in root.iter()}
    assert {one.attrib["id"] for one in root.iter("pattern")} == {'"><script>-0'}


@given(st.text(min_size=1))
def test_any_name_is_read_back_as_it_was_written(name: str):
    bars = [Bar("a", "Mill", Amount(2.0), name)]
    drawn = bars_by_group(bars, segments(), by="project_id", sectors=SECTORS, theme=LIGHT)
    root = ET.fromstring(figure_svg(drawn, width=600, label=name, prefix="it"))
    kept = "".join(c for c in name if c in "\t\n\r" or (ord(c) >= 32 and not 127 <= ord(c) < 160))
    kept = re.sub("[\ud800-\udfff\ufffe\uffff]", "", kept)
    # XML has one kind of line end in text, and none in attributes.
    expected = re.sub("\r\n?", "\n", kept)
    assert expected in ["".join(text.itertext()) for text in root.iter("text")]
    assert root.attrib["aria-label"] == re.sub("[\t\n]", " ", expected)


def test_a_text_on_hover_is_the_title_of_its_bar():
    hover = hover_text("Gas & power", ["Sector: $2B"], LIGHT)
    (title,) = svg(bar(hovertext=[hover])).iter("title")
    assert title.text == "Gas & power\nSector: $2B"


def test_events_are_circles_with_their_text_and_hollow_where_not_official():
    events = [
        Event(date(2026, 3, 1), "2026-03", "announced", "Signed", is_official=True),
        Event(date(2026, 5, 1), "2026-05-01", "financed", "Said", is_official=False),
    ]
    lanes = {"announced": "Announced", "financed": "Financed"}
    drawn = timeline(events, lanes, as_of=date(2026, 9, 1), theme=LIGHT)
    root = ET.fromstring(figure_svg(drawn, width=600, label="Events", prefix="it"))
    groups = [group for group in root.iter("g") if group.find("circle") is not None]
    assert [group.get("fill") for group in groups] == [LIGHT.accent, LIGHT.paper]
    assert [title.text for title in root.iter("title")] == [
        "March 2026\nSigned",
        "1 May 2026\nSaid",
    ]


def test_paces_steps_and_their_names_are_drawn():
    course = Course(Amount(100.0), date(2026, 1, 1), date(2026, 12, 31), date(2030, 1, 1))
    columns = {
        "announced_at": [pd.Timestamp("2026-06-30")],
        "announced_on": ["2026-06-30"],
        "cumulative_usd_bn": [40.0],
        "cumulative_qualifier": ["exact"],
    }
    steps = pd.DataFrame(columns)
    drawn = announced_over_time(steps, steps, course=course, theme=EITHER)
    root = ET.fromstring(figure_svg(drawn, width=600, label="Course", prefix="it"))
    texts = ["".join(text.itertext()) for text in root.iter("text")]
    assert {"2026", "2027", "2030", "even pace", "$40B", "$100B by 1 January 2030"} <= set(texts)
    (bold,) = (span for span in root.iter("tspan") if span.get("font-weight"))
    assert bold.text == "$40B"
    dashes = [path.get("stroke-dasharray") for path in root.iter("path")]
    assert {"3 3", "9 9"} <= set(dashes)


def test_a_label_of_plotly_reads_the_same():
    (text,) = svg(annotations=[note(text=plain("a < b & <b>c</b>"))]).iter("text")
    assert text.text == "a < b & <b>c</b>"


@given(st.floats(min_value=-1e4, max_value=1e4))
def test_a_coordinate_is_right_to_a_tenth_and_short(value: float):
    assert math.isclose(float(number(value)), value, abs_tol=0.0501)
    assert not number(value).endswith(".0")


def named_bars(*ids: str, hover: str = ": <b>$3B</b>") -> dict[str, Any]:
    hovers = [hover and one + hover for one in ids]
    places = {"x": [3] * len(ids), "y": list(range(1, len(ids) + 1))}
    return bar(customdata=list(ids), hovertext=hovers, **places)


def linked_svg(*traces: dict[str, Any], addresses: dict[str, str]) -> ET.Element:
    drawn, link = figure(*traces), addresses.get
    text = figure_svg(drawn, width=100, label="A figure", prefix="it", link=link)
    return ET.fromstring(text)


def test_a_bar_with_an_address_is_a_link_named_by_its_text_on_hover():
    root = linked_svg(named_bars("TN", "OH"), addresses={"TN": "?state=TN&x=<"})
    link = root.find(".//a")
    assert link is not None
    assert link.get("href") == "?state=TN&x=<"
    assert link.findtext("rect/title") == "TN: $3B"
    assert len(root.findall(".//a")) == 1
    assert root.get("role") == "group", "what is inside a picture is no link to a screen reader"


def test_the_parts_of_one_bar_are_one_stop_for_the_keyboard():
    root = linked_svg(named_bars("TN"), named_bars("TN"), addresses={"TN": "?state=TN"})
    assert [link.get("tabindex") for link in root.findall(".//a")] == [None, "-1"]


def test_a_chart_without_addresses_is_a_picture():
    root = linked_svg(named_bars("TN"), addresses={})
    assert root.get("role") == "img"
    assert root.find(".//a") is None


def test_a_bar_without_a_text_on_hover_is_no_link_since_nothing_would_name_it():
    root = linked_svg(named_bars("TN", hover=""), addresses={"TN": "?state=TN"})
    assert root.find(".//a") is None

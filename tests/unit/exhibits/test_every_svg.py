"""Every exhibit as SVG, against the numbers of the figure it is drawn from."""

import html
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from markupsafe import Markup

from components.basics.palette import Theme, either_theme, halves, screen_theme
from components.exhibits.exhibit import Exhibit
from components.exhibits.registry import EXHIBITS
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from tests.frozen import FOLDER

WIDTHS = (326, 640)
BASELINE = Baseline.of(load(FOLDER))
VIEWS = {
    "all": ProjectFilter(),
    "one state": ProjectFilter(state=("TN",)),
    "two states": ProjectFilter(state=("OH", "TX")),
    "one sector": ProjectFilter(sector=("natural-gas-power",)),
    "a tranche": ProjectFilter(tranche=("2",)),
    "one project": ProjectFilter(project=("gas-pa",)),
    "nothing": ProjectFilter(state=("WY",)),
}
CHARTS = {kind.id: kind for kind in EXHIBITS.values() if not kind.keeps_proportions}
each_view = pytest.mark.parametrize("chosen", VIEWS.values(), ids=VIEWS.keys())
each_chart = pytest.mark.parametrize("kind", CHARTS.values(), ids=CHARTS.keys())
each_exhibit = pytest.mark.parametrize("kind", EXHIBITS.values(), ids=EXHIBITS.keys())
each_width = pytest.mark.parametrize("width", WIDTHS)

Figure = dict[str, Any]
Element = ET.Element


def view(chosen: ProjectFilter) -> View:
    return BASELINE.view(chosen)


def figure_of(exhibit: Exhibit, theme: Theme) -> Figure:
    drawn: Figure = exhibit.draw(theme).to_dict()
    return drawn


def number_of(value: float | str) -> float:
    return date.fromisoformat(value).toordinal() if isinstance(value, str) else value


def across(figure: Figure, value: float | str, *, width: int) -> float:
    """Compute by hand the pixel of a value of the x axis."""
    low, high = map(number_of, figure["layout"]["xaxis"]["range"])
    margin = figure["layout"]["margin"]
    room = width - margin["l"] - margin["r"]
    return float(margin["l"] + (number_of(value) - low) / (high - low) * room)


def down(figure: Figure, value: float) -> float:
    """Compute by hand the pixel of a value of the y axis, whose first end is at the bottom."""
    bottom, top = figure["layout"]["yaxis"]["range"]
    margin, height = figure["layout"]["margin"], figure["layout"]["height"]
    room = height - margin["t"] - margin["b"]
    return float(margin["t"] + (value - top) / (bottom - top) * room)


def bare(text: str) -> str:
    """Return a label of Plotly as a reader sees it."""
    return html.unescape(re.sub("<[^>]*>", "", text))


def traces(figure: Figure, kind: str) -> Iterator[dict[str, Any]]:
    yield from (trace for trace in figure["data"] if trace["type"] == kind)


def expected_bars(figure: Figure, *, width: int) -> list[tuple[float, float, float, float]]:
    ends: dict[float, float] = {}
    boxes = []
    for trace in traces(figure, "bar"):
        bases = trace.get("base")
        for place, (length, row) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            start = bases[place] if bases else ends.get(row, 0.0)
            if not bases:
                ends[row] = start + length
            if length:
                left = across(figure, start, width=width)
                top = down(figure, row - trace["width"] / 2)
                right = across(figure, start + length, width=width)
                bottom = down(figure, row + trace["width"] / 2)
                boxes.append((left, top, right - left, bottom - top))
    return boxes


def drawn_bars(svg: Element) -> list[tuple[float, ...]]:
    names = ("x", "y", "width", "height")
    return [tuple(float(rect.attrib[name]) for name in names) for rect in svg.iter("rect")]


def drawn_texts(svg: Element, anchor: str = "start") -> Iterator[tuple[str, float, float, str]]:
    """Yield each text, the place of its anchor, and the anchor."""
    anchor = svg.get("text-anchor", anchor)
    if svg.tag == "text":
        yield "".join(svg.itertext()), float(svg.attrib["x"]), float(svg.attrib["y"]), anchor
    for child in svg if svg.tag != "text" else ():
        yield from drawn_texts(child, anchor)


def written(figure: Figure) -> list[str]:
    """List all that a figure writes but for ticks that Plotly chooses itself."""
    layout = figure["layout"]
    texts = [text for trace in figure["data"] for text in trace.get("text", ())]
    texts += [note["text"] for note in layout["annotations"]]
    for axis in (layout["xaxis"], layout["yaxis"]):
        if axis.get("showticklabels", True):
            texts += axis.get("ticktext", ())
    return [bare(text) for text in texts]


def seen(svg: str, scheme: str | None) -> str:
    """Return a picture as a browser shows it in some scheme; None for one that knows no pairs."""
    root = ET.fromstring(svg)
    for element in root.iter():
        for style in element.attrib.pop("style", "").split(";"):
            if scheme and style:
                name, _, colour = style.partition(":")
                pair = halves(colour)
                element.attrib[name] = pair[0] if scheme == "light" else pair[1]
    return ET.canonicalize(ET.tostring(root, encoding="unicode"))


@each_width
@each_view
@each_chart
def test_every_text_of_a_figure_is_written_once(
    kind: type[Exhibit], chosen: ProjectFilter, width: int
):
    exhibit, theme = kind.of(view(chosen)), either_theme(width=width)
    texts = Counter(text for text, *_ in drawn_texts(ET.fromstring(exhibit.svg(theme))))
    expected = Counter(written(figure_of(exhibit, theme)))
    assert expected <= texts
    own_ticks = set(texts - expected)
    assert all(re.fullmatch(r"(\w{3} )?\d{4}", text) for text in own_ticks)
    assert bool(own_ticks) is (kind.id in ("over-time", "timeline"))


@each_width
@each_view
@each_chart
def test_every_bar_is_as_long_and_stands_where_its_figure_says(
    kind: type[Exhibit], chosen: ProjectFilter, width: int
):
    exhibit, theme = kind.of(view(chosen)), either_theme(width=width)
    bars = drawn_bars(ET.fromstring(exhibit.svg(theme)))
    expected = expected_bars(figure_of(exhibit, theme), width=width)
    assert len(bars) == len(expected)
    for bar, box in zip(bars, expected, strict=True):
        assert bar == pytest.approx(box, abs=0.051)


@each_width
@each_view
@each_chart
def test_every_text_stands_at_its_place(kind: type[Exhibit], chosen: ProjectFilter, width: int):
    exhibit, theme = kind.of(view(chosen)), either_theme(width=width)
    figure = figure_of(exhibit, theme)
    layout, size = figure["layout"], theme.font_size
    texts = list(drawn_texts(ET.fromstring(exhibit.svg(theme))))

    def distance(text: str, x: float, y: float, anchor: str) -> float:
        """Return how far the nearest such text is from where it should be."""
        places = [
            max(abs(x - at), abs(y - high))
            for own, at, high, side in texts
            if (own, side) == (bare(text), anchor)
        ]
        return min(places)

    for trace in traces(figure, "scatter"):
        for text, x, y in zip(trace.get("text", ()), trace["x"], trace["y"], strict=False):
            place = across(figure, x, width=width), down(figure, y) + size / 4
            assert distance(text, *place, "start") < 0.1
    axis = layout["xaxis"]
    below = layout["height"] - layout["margin"]["b"] + size
    for value, text in zip(axis.get("tickvals", ()), axis.get("ticktext", ()), strict=True):
        assert distance(text, across(figure, value, width=width), below, "middle") < 0.1
    axis, left = layout["yaxis"], layout["margin"]["l"]
    if axis.get("showticklabels", True):
        for value, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
            own = size - 1 if "tickfont" in axis else size
            at = left - 1 - axis.get("ticklabelstandoff", 0)
            assert distance(text, at, down(figure, value) + 0.35 * own, "end") < 0.1


@each_width
@each_view
@each_chart
def test_no_label_leaves_the_picture_or_stands_on_a_bar(
    kind: type[Exhibit], chosen: ProjectFilter, width: int
):
    exhibit, theme = kind.of(view(chosen)), either_theme(width=width)
    svg = ET.fromstring(exhibit.svg(theme))
    _, _, across_all, down_all = map(float, svg.attrib["viewBox"].split())
    figure = figure_of(exhibit, theme)
    labels = {bare(text) for trace in figure["data"] for text in trace.get("text", ())}
    for text, x, y, anchor in drawn_texts(svg):
        assert 0 <= x <= across_all
        assert theme.font_size / 2 < y < down_all
        if text in labels:
            assert anchor == "start"
            on = [
                bar
                for bar in drawn_bars(svg)
                if bar[0] < x < bar[0] + bar[2] and bar[1] + 2 < y < bar[1] + bar[3] - 2
            ]
            assert on == []


@each_width
@each_view
@each_exhibit
def test_one_picture_is_in_the_colours_of_both_schemes(
    kind: type[Exhibit], chosen: ProjectFilter, width: int
):
    exhibit = kind.of(view(chosen))
    either = exhibit.svg(either_theme(width=width))
    light = exhibit.svg(screen_theme("light", width=width))
    dark = exhibit.svg(screen_theme("dark", width=width))
    assert seen(either, "light") == ET.canonicalize(light)
    assert seen(either, "dark") == ET.canonicalize(dark)
    assert seen(either, None) == ET.canonicalize(light), "in a browser that knows no pairs"


@each_width
@each_view
@each_exhibit
def test_a_picture_says_what_it_shows(kind: type[Exhibit], chosen: ProjectFilter, width: int):
    exhibit = kind.of(view(chosen))
    svg = ET.fromstring(exhibit.svg(either_theme(width=width)))
    assert (svg.tag, svg.attrib["role"], svg.attrib["width"]) == ("svg", "img", "100%")
    assert svg.attrib["aria-label"] == exhibit.alt


def test_no_two_ids_of_a_page_are_the_same_and_all_that_is_referred_to_is_there():
    pictures = [
        kind.of(view(ProjectFilter())).svg(either_theme(width=width))
        for kind in EXHIBITS.values()
        for width in WIDTHS
    ]
    page = ET.fromstring(f"<main>{Markup().join(pictures)}</main>")
    ids = [element.attrib["id"] for element in page.iter() if "id" in element.attrib]
    used = set(re.findall(r"url\(#([^)]+)\)", "".join(pictures)))
    assert len(ids) == len(set(ids))
    assert used == set(ids)


@each_exhibit
def test_a_picture_asks_nobody_for_anything_and_runs_nothing(kind: type[Exhibit]):
    svg = kind.of(view(ProjectFilter())).svg(either_theme(width=640))
    tags = {element.tag for element in ET.fromstring(svg).iter()}
    known = "svg defs pattern g path rect circle text tspan title"
    assert tags <= set(known.split())
    assert "://" not in svg

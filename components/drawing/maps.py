"""The map of announced amounts, as a deck for the screen and as a figure for print."""

import math
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, Literal

import orjson
import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from components.basics.amounts import Amount
from components.basics.geography import HEIGHT, WIDTH, Outline, Outlines, project_albers
from components.basics.messages import _, in_japanese
from components.basics.palette import Theme, rgb, text_on
from components.drawing.clicks import PICKED_LAYER
from components.drawing.figures import (
    KeyEntry,
    assemble,
    base_layout,
    key_annotation,
    key_lines,
    nice_step,
)
from components.drawing.polygons import hatch_lines, largest_area, rings_of

SITE_AREA: Final = 9.0
"""Area of a site's circle for each US$ billion, in square units of the map's frame."""

MAX_SITES: Final = 500
"""At most this many sites, the largest, are drawn; a large table would cover the map otherwise."""

FILLED: Final = ("exact", "approximate")
"""Precisions that give a filled circle; any other with coordinates gives a hollow one."""

MAX_VALUES: Final = 12
"""A saved map writes the amounts of at most this many states above it."""

HATCH_SPACING: Final = 10.0
"""Between the lines of hatching on a saved map, in units of the outlines."""

SCREEN_SPACING: Final = 9.0
"""The same between the lines on the screen."""

HATCH_WIDTH: Final = 1.4
HATCH_OPACITY: Final = 0.59
"""Of a line of hatching on the screen; the width in pixels."""

SITE_OPACITY: Final = 0.92
SITE_LINE: Final = 1.5
HOLLOW_LINE: Final = 2
BORDER: Final = 1
CHOSEN_LINE: Final = 2.5
"""Of sites and of the lines around states on the screen; widths in pixels."""

PLATE_EM: Final = (1.7, 0.95)
"""Width and height of the plate behind two capitals on a saved map, in heights of their type."""

LABEL_ROOM: Final = 620
"""Outlines smaller than this (square units) have no room for a label, only a text on hover."""


@dataclass(frozen=True, slots=True)
class StateMark:
    """How one state is drawn, and its text on hover; plain land when it has no project."""

    state: str
    name: str
    amount: Amount
    project_count: int
    is_shared: bool
    is_selected: bool
    hover: str
    label: str = ""
    """Its amount as a picture writes it; "" writes none."""


Shape = Literal["square", "hatched", "circle", "hollow"]


@dataclass(frozen=True, slots=True)
class Swatch:
    """An entry of the map's legend."""

    label: str
    shape: Shape
    colour: str


@dataclass(frozen=True, slots=True)
class Shading:
    """Four equal steps from zero to the largest amount, in US$ billions."""

    step: float

    @classmethod
    def of(cls, marks: Sequence[StateMark]) -> "Shading":
        """Return the shading with a round step that fits the largest amount."""
        largest = max((mark.amount.drawn_usd_bn for mark in marks), default=0)
        return cls(nice_step(largest, steps=4))

    def shade(self, amount: Amount, theme: Theme) -> str:
        """Return the colour of an amount; an undisclosed one has a grey of its own."""
        if not amount.is_disclosed:
            return theme.undisclosed
        return theme.shades[min(max(math.ceil(amount.usd_bn / self.step - 1e-9) - 1, 0), 3)]

    def labels(self) -> tuple[str, ...]:
        """Name the steps, palest first: ``$0–10B``."""
        edges = [f"{self.step * count:,g}" for count in range(5)]
        if in_japanese():
            tenfold = [f"{round(self.step * count * 10, 6):.10g}" for count in range(5)]
            return tuple(f"{low}〜{high}億ドル" for low, high in pairwise(tenfold))
        return tuple(f"${low}–{high}B" for low, high in pairwise(edges))


class CompactDeck(pdk.Deck):  # type: ignore[misc]  # pydeck ships no types
    """A deck whose JSON has no indentation: a fifth of the size, on every rerun."""

    def to_json(self) -> str:
        """Serialise the deck as pydeck does, without white space."""
        numpy = orjson.OPT_SERIALIZE_NUMPY
        return orjson.dumps(self, default=default_serialize, option=numpy).decode()


def zoom_for(width: int) -> float:
    """Return the zoom at which the map fills a card ``width`` pixels wide, less a margin."""
    return math.log2(max(width - 12, 60) / WIDTH)


def height_for(width: int) -> int:
    """Return the height in pixels of a map ``width`` pixels wide."""
    return round(width * HEIGHT / WIDTH)


def width_for(height: int) -> int:
    """Return the width in pixels of a map ``height`` pixels high."""
    return round(height * WIDTH / HEIGHT)


def state_deck(
    marks: Sequence[StateMark], sites: pd.DataFrame, *, outlines: Outlines, theme: Theme
) -> pdk.Deck:
    """Draw the states by amount, shared ones hatched, published sites as circles.

    ``marks`` should hold every state of ``outlines``, so that each has a text on hover.
    ``sites`` needs ``longitude``, ``latitude``, ``amount_usd_bn`` and ``location_precision``.
    """
    shading = Shading.of(marks)
    by_state = {mark.state: mark for mark in marks}
    features = []
    for outline in outlines.features:
        mark = by_state.get(outline.state)
        colour = _fill(mark, shading, theme)
        properties = {
            "state": outline.state,
            "fill": [*colour, 255],
            "name": mark.name if mark else outline.state,
            "hover": mark.hover if mark else "",
        }
        features.append({"type": "Feature", "properties": properties, "geometry": outline.rings})
    collection = {"type": "FeatureCollection", "features": features}
    layers = [
        _layer(
            "GeoJsonLayer", collection, id="shades", get_fill_color="properties.fill", stroked=False
        ),
        # Streamlit recolours what is selected in a pickable layer. This one lies on a copy in
        # the same colours, so that the filter, not the click, decides what is visible.
        _layer(
            "GeoJsonLayer",
            collection,
            id=PICKED_LAYER,
            pickable=True,
            stroked=False,
            get_fill_color="properties.fill",
            auto_highlight=True,
            highlight_color=[*rgb(theme.ink), 36],
        ),
        _hatch_layer(outlines, by_state, theme),
        _layer(
            "GeoJsonLayer",
            {"type": "FeatureCollection", "features": [_bare(o.rings) for o in outlines.features]},
            id="outlines",
            filled=False,
            stroked=True,
            get_line_color=list(rgb(theme.paper)),
            line_width_units="pixels",
            get_line_width=BORDER,
        ),
        _layer(
            "GeoJsonLayer",
            {
                "type": "FeatureCollection",
                "features": [
                    _bare(o.rings)
                    for o in outlines.features
                    if o.state in by_state and by_state[o.state].is_selected
                ],
            },
            id="selected",
            filled=False,
            stroked=True,
            get_line_color=list(rgb(theme.ink)),
            line_width_units="pixels",
            get_line_width=CHOSEN_LINE,
        ),
        *_site_layers(sites, theme),
        _label_layer(outlines, by_state, shading, sites, theme),
    ]
    deck = copy(_blank_deck())
    deck.layers = layers
    target = [WIDTH / 2, HEIGHT / 2, 0]
    deck.initial_view_state = pdk.ViewState(target=target, zoom=zoom_for(theme.width))
    deck._tooltip = {
        # Streamlit escapes the values it fills in; the template is our own.
        "html": "<b>{name}</b><br/>{hover}",
        "style": {
            "backgroundColor": theme.ink,
            "color": theme.paper,
            "fontFamily": theme.font,
            "fontSize": "13px",
            "boxSizing": "border-box",
            "maxWidth": "min(260px, 100%)",
            "padding": "8px 10px",
            "borderRadius": "4px",
            "whiteSpace": "pre-line",
        },
    }
    return deck


def state_figure(
    marks: Sequence[StateMark], sites: pd.DataFrame, *, outlines: Outlines, theme: Theme
) -> go.Figure:
    """Draw the same map as a figure that can be saved: same outlines, shades and circles."""
    shading = Shading.of(marks)
    named = {mark.state: mark for mark in marks if mark.project_count}
    land = [outline for outline in outlines.features if outline.state not in named]
    traces = [_area_trace(land, theme.land, theme)]
    for is_shared in (False, True):
        for shade in (theme.undisclosed, *theme.shades):
            drawn = [
                outline
                for outline in outlines.features
                if (mark := named.get(outline.state))
                and mark.is_shared is is_shared
                and shading.shade(mark.amount, theme) == shade
            ]
            if drawn:
                traces.append(_area_trace(drawn, shade, theme, is_hatched=is_shared))
    chosen = {mark.state for mark in marks if mark.is_selected}
    selected = [outline for outline in outlines.features if outline.state in chosen]
    if selected:
        traces.append(_area_trace(selected, "rgba(0,0,0,0)", theme, line=theme.ink))
    traces += _site_traces(sites, theme)
    room = theme.width - 2 * theme.side
    key = [_key_entry(swatch) for swatch in legend(marks, sites, theme)]
    values = [
        KeyEntry(shading.shade(mark.amount, theme), f"{mark.state} {mark.label}")
        for mark in sorted(named.values(), key=lambda mark: -mark.amount.drawn_usd_bn)
    ]
    lines = key_lines(key, theme=theme, room=room)
    lines += key_lines(values, theme=theme, room=room) if len(values) <= MAX_VALUES else []
    top = round(len(lines) * theme.font_size * 1.35) + 12
    layout = base_layout(
        theme,
        height=round((theme.width - 2 * theme.side) * HEIGHT / WIDTH) + top + 8,
        margin={"l": theme.side, "r": theme.side, "t": top, "b": 8},
    )
    labels, plates = _printed_labels(outlines, named, shading, sites, theme)
    layout["shapes"] = plates
    layout["annotations"] = [*labels, key_annotation(lines, theme=theme, left=0)]
    hidden = {"visible": False, "fixedrange": True}
    layout["xaxis"] = {**hidden, "range": [0, WIDTH]}
    layout["yaxis"] = {**hidden, "range": [HEIGHT, 0], "scaleanchor": "x"}
    return assemble(traces, layout)


def legend(marks: Sequence[StateMark], sites: pd.DataFrame, theme: Theme) -> list[Swatch]:
    """Explain what is drawn: shades from undisclosed to largest, plain land, hatching, circles."""
    shading = Shading.of(marks)
    labels = dict(zip(theme.shades, shading.labels(), strict=True))
    labels = {theme.undisclosed: _("amount undisclosed"), **labels}
    used = {shading.shade(mark.amount, theme) for mark in marks if mark.project_count}
    entries = [Swatch(label, "square", shade) for shade, label in labels.items() if shade in used]
    entries.append(Swatch(_("no project named"), "square", theme.land))
    if any(mark.is_shared for mark in marks):
        entries.append(Swatch(_("shared, no official split"), "hatched", theme.shades[3]))
    is_hollow = [precision not in FILLED for precision in sites["location_precision"]]
    if not all(is_hollow):
        entries.append(Swatch(_("circle: published site, area by amount"), "circle", theme.ink))
    if any(is_hollow):
        entries.append(Swatch(_("hollow circle: only the county is known"), "hollow", theme.ink))
    if len(sites) > MAX_SITES:
        entries.append(Swatch(_("the {count} largest only", count=MAX_SITES), "circle", theme.ink))
    return entries


SIGNS: Final[Mapping[Shape, str]] = {
    "square": "■",
    "hatched": "\\\\\\",
    "circle": "●",
    "hollow": "○",
}
"""Their symbols in the key of a printed map. Source Sans has all of them: where one is missing,
typst sets the whole line in another font."""


def _key_entry(swatch: Swatch) -> KeyEntry:
    label = (
        _("hatched: {meaning}", meaning=swatch.label) if swatch.shape == "hatched" else swatch.label
    )
    return KeyEntry(swatch.colour, label, SIGNS[swatch.shape])


def _fill(mark: StateMark | None, shading: Shading, theme: Theme) -> tuple[int, int, int]:
    if mark is None or not mark.project_count:
        return rgb(theme.land)
    return rgb(shading.shade(mark.amount, theme))


@lru_cache(maxsize=1)
def _blank_deck() -> pdk.Deck:
    """Make an empty deck once: each new one spends milliseconds searching the disk for Jupyter."""
    return CompactDeck(
        map_provider=None,
        map_style=None,
        views=[pdk.View("OrthographicView", controller=False)],
        layers=[],
    )


def _layer(kind: str, data: Any, **options: Any) -> pdk.Layer:
    """Make a layer; text options other than accessors are quoted: pydeck would run them as code."""
    quoted = {
        name: f"'{value}'"
        if isinstance(value, str) and not name.startswith(("get_", "id"))
        else value
        for name, value in options.items()
    }
    return pdk.Layer(kind, data, **quoted)


def has_room(outline: Outline) -> bool:
    """Return whether a state is large enough for its letters."""
    return largest_area(outline.rings) > LABEL_ROOM


def _bare(geometry: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _hatch_layer(outlines: Outlines, marks: Mapping[str, StateMark], theme: Theme) -> pdk.Layer:
    lines = [
        {"from": start, "to": end}
        for outline in outlines.features
        if (mark := marks.get(outline.state)) and mark.is_shared
        for start, end in hatch_lines(outline.rings, spacing=SCREEN_SPACING)
    ]
    return _layer(
        "LineLayer",
        lines,
        id="hatching",
        get_source_position="from",
        get_target_position="to",
        get_color=[*rgb(theme.paper), round(255 * HATCH_OPACITY)],
        width_units="pixels",
        get_width=HATCH_WIDTH,
    )


def placed(sites: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the circles of sites in the frame: ``position``, ``radius``, ``hollow``."""
    shown = sites.head(MAX_SITES)
    x, y = project_albers(shown["longitude"].to_numpy(), shown["latitude"].to_numpy())
    amounts = shown["amount_usd_bn"].fillna(0.0)
    rows = zip(x, y, amounts, shown["location_precision"], strict=True)
    return [
        {
            "position": [round(float(px), 1), round(float(py), 1)],
            "radius": round(max(math.sqrt(amount * SITE_AREA / math.pi), 3.0), 1),
            "hollow": precision not in FILLED,
        }
        for px, py, amount, precision in rows
        if math.isfinite(px)
    ]


def _site_layers(sites: pd.DataFrame, theme: Theme) -> list[pdk.Layer]:
    circles = placed(sites)
    return [
        _layer(
            "ScatterplotLayer",
            [circle for circle in circles if circle["hollow"] is hollow],
            id="sites-hollow" if hollow else "sites",
            get_position="position",
            get_radius="radius",
            radius_units="common",
            filled=not hollow,
            get_fill_color=[*rgb(theme.ink), round(255 * SITE_OPACITY)],
            stroked=True,
            get_line_color=list(rgb(theme.ink if hollow else theme.paper)),
            line_width_units="pixels",
            get_line_width=HOLLOW_LINE if hollow else SITE_LINE,
        )
        for hollow in (False, True)
    ]


def letter_size(theme: Theme) -> int:
    """Return the size of the states' letters on the screen, in pixels."""
    return 12 if theme.width > 450 else 9


def _label_layer(
    outlines: Outlines,
    marks: Mapping[str, StateMark],
    shading: Shading,
    sites: pd.DataFrame,
    theme: Theme,
) -> pdk.Layer:
    size = letter_size(theme)
    scale, circles = theme.width / WIDTH, placed(sites)
    labels = [
        {
            "position": [
                outline.label_x,
                outline.label_y + round(clear_of(circles, outline, scale=scale, size=size), 1),
            ],
            "text": outline.state,
            "colour": list(rgb(text_on(shading.shade(mark.amount, theme)))),
            "ground": [*rgb(shading.shade(mark.amount, theme)), 220],
        }
        for outline in outlines.features
        if (mark := marks.get(outline.state)) and mark.project_count and has_room(outline)
    ]
    return _layer(
        "TextLayer",
        labels,
        id="labels",
        get_position="position",
        get_text="text",
        get_color="colour",
        # A background in the state's own shade keeps hatching out of the letters.
        background=True,
        get_background_color="ground",
        background_padding=[2, 0],
        get_size=size,
        size_units="pixels",
        font_family="sans-serif",
        font_weight=600,
    )


def _area_trace(
    drawn: Sequence[Outline],
    colour: str,
    theme: Theme,
    *,
    is_hatched: bool = False,
    line: str = "",
) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for outline in drawn:
        for ring in rings_of(outline.rings):
            x += [*(point[0] for point in ring), None]
            y += [*(point[1] for point in ring), None]
    trace = {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines",
        "fill": "toself",
        "fillcolor": colour,
        "line": {"color": line or theme.paper, "width": 2.5 if line else 1.2},
        "hoverinfo": "skip",
    }
    if is_hatched:
        trace["fillpattern"] = {
            "shape": "\\",
            "fillmode": "replace",
            "fgcolor": theme.paper,
            "bgcolor": colour,
            "size": max(5, round(HATCH_SPACING * _scale(theme))),
            "solidity": 0.2,
        }
    return trace


def _site_traces(sites: pd.DataFrame, theme: Theme) -> list[dict[str, Any]]:
    scale = _scale(theme)
    colour = theme.ink
    return [
        {
            "type": "scatter",
            "x": [circle["position"][0]],
            "y": [circle["position"][1]],
            "mode": "markers",
            "marker": {
                "size": 2 * circle["radius"] * scale,
                "color": "rgba(0,0,0,0)" if circle["hollow"] else colour,
                "opacity": 1,
                "line": {"width": 2, "color": colour if circle["hollow"] else theme.paper},
            },
            "hoverinfo": "skip",
        }
        for circle in placed(sites)
    ]


def _scale(theme: Theme) -> float:
    """Return how many pixels of a figure one unit of the outlines takes."""
    return (theme.width - 2 * theme.side) / WIDTH


def clear_of(
    circles: Sequence[Mapping[str, Any]], outline: Outline, *, scale: float, size: float
) -> float:
    """Return how far a label must move up or down, in units, so that no circle is under it."""
    for circle in circles:
        across = abs(circle["position"][0] - outline.label_x) * scale
        down = (circle["position"][1] - outline.label_y) * scale
        reach = circle["radius"] * scale + 0.75 * size + 3
        if across < circle["radius"] * scale + size and abs(down) < reach:
            return float((down - math.copysign(reach, down)) / scale)
    return 0.0


def _printed_labels(
    outlines: Outlines,
    named: Mapping[str, StateMark],
    shading: Shading,
    sites: pd.DataFrame,
    theme: Theme,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the states' letters, and the plates that keep hatching out of them.

    A plate is as high as the capitals, not as a line of text: at the width of a newspaper column
    a line is higher than Tennessee.
    """
    scale, size, circles = _scale(theme), theme.font_size - 2, placed(sites)
    labels, plates = [], []
    for outline in outlines.features:
        if outline.state not in named or not has_room(outline):
            continue
        x = outline.label_x
        y = outline.label_y + clear_of(circles, outline, scale=scale, size=size)
        shade = shading.shade(named[outline.state].amount, theme)
        font = {"size": size, "color": text_on(shade)}
        text = f"<b>{outline.state}</b>"
        labels.append({"x": x, "y": y, "text": text, "showarrow": False, "font": font})
        across, up = size * PLATE_EM[0] / 2, size * PLATE_EM[1] / 2
        plates.append(
            {
                "type": "rect",
                "xsizemode": "pixel",
                "ysizemode": "pixel",
                "xanchor": x,
                "yanchor": y,
                "x0": -across,
                "x1": across,
                "y0": -up,
                "y1": up,
                "fillcolor": shade,
                "line": {"width": 0},
            }
        )
    return labels, plates

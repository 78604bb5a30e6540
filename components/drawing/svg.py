"""Our figures as SVG that is part of a page: complete without a script, in both schemes at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import plotly.graph_objects as go
from markupsafe import Markup

from components.drawing.svg_axes import Axis, Value, x_labels, y_labels
from components.drawing.svg_elements import (
    escaped,
    expect,
    lines_of,
    number,
    one_of,
    paint,
    text_element,
    tile,
    titled,
)

LINE: Final = 1.3
"""From one line of text to the next, in units of its size, as Plotly sets it."""

DESCENT: Final = 4
"""Height of a line of text beyond its size, in pixels: what hangs below the baseline."""

PADDING: Final = 2
"""What Plotly leaves around the text of an annotation, in pixels."""

BESIDE: Final = 0.25
"""From the middle of a point to the baseline of text beside it, in units of its size."""

ANCHORS: Final[Mapping[str, str]] = {"left": "start", "center": "middle", "right": "end"}
INWARDS: Final[Mapping[str, int]] = {"left": 1, "center": 0, "right": -1}
ABOVE: Final[Mapping[str, float]] = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
"""The share of an annotation that is above its place."""

LAYOUT: Final = (
    "height margin paper_bgcolor plot_bgcolor font hoverlabel dragmode showlegend barmode "
    "annotations shapes template xaxis yaxis meta"
)
BAR: Final = "type orientation x y base width name customdata hovertext hoverinfo marker"
SCATTER: Final = (
    "type name mode x y text textposition textfont cliponaxis hoverinfo hovertext line fill "
    "fillcolor marker"
)
PATTERN: Final = "shape fillmode fgcolor fgopacity bgcolor size solidity"
ANNOTATION: Final = "name xref yref x y xshift yshift xanchor yanchor align showarrow text font"
SHAPE: Final = "type yref x0 x1 y0 y1 line"
"""All that our figures use; anything else would be lost without a word, so it is an error."""


def figure_svg(figure: go.Figure, *, width: int, label: str, prefix: str) -> Markup:
    """Draw a figure for the screen as ``<svg>``, as Plotly draws it ``width`` pixels wide.

    ``label`` says in words what it shows. ``prefix`` begins the ids inside; no two pictures of a
    page may have the same. Raise ``ValueError`` naming what a figure has that is not drawn.
    """
    drawn = figure.to_dict()
    sheet = _Sheet.of(drawn["layout"], width=width, prefix=prefix)
    marks = [sheet.trace(trace) for trace in _bars_first(drawn["data"])]
    body = "".join([*sheet.grid(), *marks, *sheet.labels(), *sheet.shapes(), *sheet.notes()])
    defined = f"<defs>{''.join(sheet.patterns.values())}</defs>" if sheet.patterns else ""
    return Markup(
        f'<svg viewBox="0 0 {width} {number(sheet.height)}" width="100%" role="img"'
        f' aria-label="{escaped(label)}" font-size="{sheet.size}"{paint(fill=sheet.ink)}>'
        f"{defined}{body}</svg>"
    )


def _bars_first(traces: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return traces from back to front: Plotly draws bars behind lines and text."""
    return sorted(traces, key=lambda trace: trace["type"] != "bar")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a figure is drawn on: its plot, its axes, and what is defined on the way."""

    layout: Mapping[str, Any]
    prefix: str
    height: float
    left: float
    top: float
    right: float
    bottom: float
    x: Axis
    y: Axis
    patterns: dict[str, str] = field(default_factory=dict)
    """The patterns of hatching so far, by what tells them apart."""
    ends: dict[Value, float] = field(default_factory=dict)
    """Where the bars stacked so far end, by their place on the other axis."""

    @classmethod
    def of(cls, layout: Mapping[str, Any], *, width: int, prefix: str) -> "_Sheet":
        expect(layout, LAYOUT, "layout")
        one_of(layout["barmode"], {"stack": None}, "barmode")
        if layout["showlegend"]:
            raise ValueError("Our SVG knows no legend")
        margin, height = layout["margin"], layout["height"]
        left, top = margin["l"], margin["t"]
        right, bottom = width - margin["r"], height - margin["b"]
        return cls(
            layout,
            prefix,
            height,
            left,
            top,
            right,
            bottom,
            Axis.of(layout["xaxis"], start=left, length=right - left),
            Axis.of(layout["yaxis"], start=bottom, length=top - bottom),
        )

    @property
    def size(self) -> int:
        """The font size of the figure."""
        size: int = self.layout["font"]["size"]
        return size

    @property
    def ink(self) -> str:
        """The colour of its text."""
        colour: str = self.layout["font"]["color"]
        return colour

    def coloured(self, colour: str) -> str:
        """Return the attribute for text of a colour; "" for that of the figure."""
        return "" if colour == self.ink else paint(fill=colour)

    def grid(self) -> list[str]:
        """Draw the lines of the grid and of zero, upright ones first."""
        across, down = number(self.right - self.left), number(self.bottom - self.top)
        paths: dict[tuple[str, float], str] = {}
        for colour, width, at in self.x.lines():
            line = f"M{number(at)} {number(self.top)}v{down}"
            paths[colour, width] = paths.get((colour, width), "") + line
        for colour, width, at in self.y.lines():
            line = f"M{number(self.left)} {number(at)}h{across}"
            paths[colour, width] = paths.get((colour, width), "") + line
        return [
            f'<path d="{path}" stroke-width="{number(width)}"{paint(stroke=colour)}/>'
            for (colour, width), path in paths.items()
        ]

    def labels(self) -> list[str]:
        """Draw ticks and the labels of both axes."""
        return [
            x_labels(self.x, bottom=self.bottom, size=self.size),
            y_labels(self.y, left=self.left, size=self.size),
        ]

    def trace(self, trace: Mapping[str, Any]) -> str:
        """Draw one trace."""
        kinds: dict[str, Callable[[_Sheet, Mapping[str, Any]], str]] = {
            "bar": _bars,
            "scatter": _scatter,
        }
        return one_of(trace["type"], kinds, "type of trace")(self, trace)

    def shapes(self) -> list[str]:
        """Draw the upright lines across the whole plot."""
        return [_upright(self, shape) for shape in self.layout.get("shapes", ())]

    def notes(self) -> list[str]:
        """Write the annotations."""
        return [_note(self, note) for note in self.layout["annotations"]]


def _bars(sheet: _Sheet, trace: Mapping[str, Any]) -> str:
    """Draw horizontal bars, each where the one before it ends, or from its base."""
    expect(trace, BAR, "bar")
    one_of(trace["orientation"], {"h": None}, "orientation of bars")
    marker, count = trace["marker"], len(trace["x"])
    expect(marker, "color opacity line pattern", "marker of a bar")
    hovers = trace.get("hovertext") or [""] * count
    opacities = marker.get("opacity") or [1.0] * count
    bars = []
    for place, (length, row) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        if "base" in trace:
            start = trace["base"][place]
        else:
            start = sheet.ends.get(row, 0.0)
            sheet.ends[row] = start + length
        if length < 0:
            raise ValueError(f"Our SVG knows no bar of length {length}")
        if length > 0:
            opacity = f' opacity="{opacities[place]}"' if opacities[place] < 1 else ""
            box = _box(sheet, start, length, row, trace["width"])
            hover = titled(hovers[place])
            bars.append(
                f"<rect{box}{opacity}>{hover}</rect>" if hover else f"<rect{box}{opacity}/>"
            )
    if not bars:
        return ""
    return f"<g{_bar_paint(sheet, marker)}>{''.join(bars)}</g>"


def _box(sheet: _Sheet, start: float, length: float, row: float, width: float) -> str:
    left, right = sheet.x.at(start), sheet.x.at(start + length)
    top, bottom = sorted((sheet.y.at(row - width / 2), sheet.y.at(row + width / 2)))
    return (
        f' x="{number(left)}" y="{number(top)}"'
        f' width="{number(right - left)}" height="{number(bottom - top)}"'
    )


def _bar_paint(sheet: _Sheet, marker: Mapping[str, Any]) -> str:
    """Return the attributes for fill or hatching, and for a line around."""
    line, pattern = marker["line"], marker["pattern"]
    width = line.get("width", 0)
    around = f' stroke-width="{number(width)}"' if width else ""
    stroke = line["color"] if width else ""
    if not pattern["shape"]:
        return paint(fill=marker["color"], stroke=stroke) + around
    return f' fill="url(#{_hatching(sheet, pattern)})"' + paint(stroke=stroke) + around


def _hatching(sheet: _Sheet, pattern: Mapping[str, Any]) -> str:
    """Define a pattern where none is the same, and return its id."""
    expect(pattern, PATTERN, "pattern")
    ground, line, size = pattern["bgcolor"], pattern["fgcolor"], pattern["size"]
    known = f"{pattern['shape']} {ground} {line} {size}"
    names = [*sheet.patterns, known]
    name = escaped(f"{sheet.prefix}-{names.index(known)}")
    if known not in sheet.patterns:
        sheet.patterns[known] = tile(
            name,
            pattern["shape"],
            ground=ground,
            line=line,
            size=size,
            width=pattern["solidity"] * size,
            opacity=pattern["fgopacity"],
        )
    return name


def _scatter(sheet: _Sheet, trace: Mapping[str, Any]) -> str:
    expect(trace, SCATTER, "scatter")
    modes = {"lines": _lines, "markers": _markers, "text": _texts}
    return one_of(trace["mode"], modes, "mode")(sheet, trace)


def _lines(sheet: _Sheet, trace: Mapping[str, Any]) -> str:
    """Draw straight lines or steps, broken at gaps, over the area down to zero if it is filled."""
    line = trace["line"]
    expect(line, "color width dash shape", "line")
    forms = {"linear": "L{0} {1}", "hv": "H{0}V{1}"}
    form = one_of(line.get("shape", "linear"), forms, "shape of a line")
    path, is_begun = "", False
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if x is None or y is None:
            is_begun = False
            continue
        at = number(sheet.x.at(x)), number(sheet.y.at(y))
        path += (form if is_begun else "M{0} {1}").format(*at)
        is_begun = True
    area = ""
    if one_of(trace.get("fill", "none"), {"none": False, "tozeroy": True}, "fill") and path:
        ground = number(sheet.y.at(0))
        first = number(sheet.x.at(trace["x"][0]))
        area = f'<path d="{path}V{ground}H{first}z"{paint(fill=trace["fillcolor"])}/>'
    return f'{area}<path d="{path}" fill="none"{_stroke(line)}/>' if path else ""


def _stroke(line: Mapping[str, Any]) -> str:
    """Return the attributes of a line, dashed as Plotly does it."""
    width = line["width"]
    dashes = {"solid": (), "dot": (1, 1), "dash": (3, 3)}
    parts = one_of(line.get("dash", "solid"), dashes, "dash")
    lengths = " ".join(number(part * max(width, 3)) for part in parts)
    dashed = f' stroke-dasharray="{lengths}"' if lengths else ""
    return f' stroke-width="{number(width)}"{dashed}{paint(stroke=line["color"])}'


def _markers(sheet: _Sheet, trace: Mapping[str, Any]) -> str:
    """Draw circles with a line around each."""
    marker = trace["marker"]
    expect(marker, "size color line", "marker")
    line, radius = marker["line"], number(marker["size"] / 2)
    hovers = trace.get("hovertext") or [""] * len(trace["x"])
    circles = [
        f'<circle cx="{number(sheet.x.at(x))}" cy="{number(sheet.y.at(y))}" r="{radius}">'
        f"{titled(hover)}</circle>"
        for x, y, hover in zip(trace["x"], trace["y"], hovers, strict=True)
    ]
    colours = paint(fill=marker["color"], stroke=line["color"])
    around = f' stroke-width="{number(line["width"])}"'
    return f"<g{colours}{around}>{''.join(circles)}</g>" if circles else ""


def _texts(sheet: _Sheet, trace: Mapping[str, Any]) -> str:
    """Write texts to the right of their places."""
    one_of(trace["textposition"], {"middle right": None}, "textposition")
    font = trace["textfont"]
    expect(font, "color", "textfont")
    count = len(trace["x"])
    colours = [font["color"]] * count if isinstance(font["color"], str) else font["color"]
    return "".join(
        text_element(
            lines_of(text),
            x=sheet.x.at(x),
            y=sheet.y.at(y) + BESIDE * sheet.size,
            attributes=sheet.coloured(colour),
        )
        for x, y, text, colour in zip(trace["x"], trace["y"], trace["text"], colours, strict=True)
    )


def _upright(sheet: _Sheet, shape: Mapping[str, Any]) -> str:
    """Draw a line from one end of the plot to the other at a place of the x axis."""
    expect(shape, SHAPE, "shape")
    one_of(shape["type"], {"line": None}, "shape")
    if (shape["yref"], shape["y0"], shape["y1"], shape["x0"]) != ("paper", 0, 1, shape["x1"]):
        raise ValueError("Our SVG knows no line but upright ones across the whole plot")
    at = number(sheet.x.at(shape["x0"]))
    ends = f"M{at} {number(sheet.bottom)}V{number(sheet.top)}"
    return f'<path d="{ends}" fill="none"{_stroke(shape["line"])}/>'


def _note(sheet: _Sheet, note: Mapping[str, Any]) -> str:
    """Write an annotation where Plotly would: padded, and anchored by its box of lines."""
    expect(note, ANNOTATION, "annotation")
    if note["showarrow"]:
        raise ValueError("Our SVG knows no arrows")
    lines, font = lines_of(note["text"]), note["font"]
    expect(font, "size color", "font of an annotation")
    size = font.get("size", sheet.size)
    side = note.get("xanchor", "center")
    if len(lines) > 1 and note.get("align", "center") != side:
        raise ValueError(f"Our SVG knows no lines aligned other than to their anchor, {side}")
    left = _pixel(note, "x", axis=sheet.x, ends=(sheet.left, sheet.right))
    top = _pixel(note, "y", axis=sheet.y, ends=(sheet.bottom, sheet.top))
    high = size + DESCENT + LINE * size * (len(lines) - 1) + 2 * PADDING
    top -= one_of(note.get("yanchor", "middle"), ABOVE, "yanchor") * high + note.get("yshift", 0)
    anchor = one_of(side, ANCHORS, "xanchor")
    attributes = "" if anchor == "start" else f' text-anchor="{anchor}"'
    attributes += "" if size == sheet.size else f' font-size="{size}"'
    return text_element(
        lines,
        x=left + note.get("xshift", 0) + INWARDS[side] * PADDING,
        y=top + PADDING + size,
        leading=LINE * size,
        attributes=attributes + sheet.coloured(font["color"]),
    )


def _pixel(note: Mapping[str, Any], name: str, *, axis: Axis, ends: tuple[float, float]) -> float:
    """Return the pixel of an annotation: of a value, or of a share of the plot."""
    start, end = ends
    is_paper = one_of(note.get(f"{name}ref", name), {name: False, "paper": True}, f"{name}ref")
    return start + note[name] * (end - start) if is_paper else axis.at(note[name])

"""Our figures as SVG that is part of a page: complete without a script, in both schemes at once."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go
from markupsafe import Markup

from components.drawing.svg_axes import Axis
from components.drawing.svg_elements import (
    Link,
    escaped,
    expect,
    lines_of,
    number,
    one_of,
    paint,
    text_element,
)
from components.drawing.svg_sheet import Sheet
from components.drawing.svg_traces import bars, scatter, stroke_of

LINE: Final = 1.3
"""From one line of text to the next, in units of its size, as Plotly sets it."""

DESCENT: Final = 4
"""Height of a line of text beyond its size, in pixels: what hangs below the baseline."""

PADDING: Final = 2
"""What Plotly leaves around the text of an annotation, in pixels."""

ANCHORS: Final[Mapping[str, str]] = {"left": "start", "center": "middle", "right": "end"}
INWARDS: Final[Mapping[str, int]] = {"left": 1, "center": 0, "right": -1}
ABOVE: Final[Mapping[str, float]] = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
"""The share of an annotation that is above its place."""

ANNOTATION: Final = "name xref yref x y xshift yshift xanchor yanchor align showarrow text font"
SHAPE: Final = "type yref x0 x1 y0 y1 line"


def figure_svg(
    figure: go.Figure, *, width: int, label: str, prefix: str, link: Link | None = None
) -> Markup:
    """Draw a figure for the screen as ``<svg>``, as Plotly draws it ``width`` pixels wide.

    ``label`` says in words what it shows. ``prefix`` begins the ids inside; no two pictures of a
    page may have the same. A bar that ``link`` has an address for is a link. Raise ``ValueError``
    naming what a figure has that is not drawn.
    """
    drawn = figure.to_dict()
    sheet = Sheet.of(drawn["layout"], width=width, prefix=prefix, link=link)
    traces = [_trace(sheet, trace) for trace in _bars_first(drawn["data"])]
    shapes = [_upright(sheet, shape) for shape in drawn["layout"].get("shapes", ())]
    notes = [_note(sheet, note) for note in drawn["layout"]["annotations"]]
    body = "".join([*sheet.grid(), *traces, *sheet.labels(), *shapes, *notes])
    defined = f"<defs>{''.join(sheet.patterns.values())}</defs>" if sheet.patterns else ""
    role = "group" if sheet.linked else "img"
    return Markup(
        f'<svg viewBox="0 0 {width} {number(sheet.height)}" width="100%" role="{role}"'
        f' aria-label="{escaped(label)}" font-size="{number(sheet.size)}"{paint(fill=sheet.ink)}>'
        f"{defined}{body}</svg>"
    )


def _bars_first(traces: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return traces from back to front: Plotly draws bars behind lines and text."""
    return sorted(traces, key=lambda trace: trace["type"] != "bar")


def _trace(sheet: Sheet, trace: Mapping[str, Any]) -> str:
    return one_of(trace["type"], {"bar": bars, "scatter": scatter}, "type of trace")(sheet, trace)


def _upright(sheet: Sheet, shape: Mapping[str, Any]) -> str:
    """Draw a line from one end of the plot to the other at a place of the x axis."""
    expect(shape, SHAPE, "shape")
    one_of(shape["type"], {"line": None}, "shape")
    if (shape["yref"], shape["y0"], shape["y1"], shape["x0"]) != ("paper", 0, 1, shape["x1"]):
        raise ValueError("Our SVG knows no line but upright ones across the whole plot")
    at = number(sheet.x.at(shape["x0"]))
    ends = f"M{at} {number(sheet.bottom)}V{number(sheet.top)}"
    return f'<path d="{ends}" fill="none"{stroke_of(shape["line"])}/>'


def _note(sheet: Sheet, note: Mapping[str, Any]) -> str:
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
    attributes += "" if size == sheet.size else f' font-size="{number(size)}"'
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

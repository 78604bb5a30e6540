"""The traces of a figure in SVG: bars, lines, circles, texts."""

import math
from collections.abc import Mapping
from typing import Any, Final

from components.drawing.svg_elements import (
    SHAPES,
    escaped,
    expect,
    lines_of,
    linked,
    number,
    one_of,
    paint,
    text_element,
    tile,
    titled,
)
from components.drawing.svg_sheet import Sheet

BESIDE: Final = 0.25
"""From the middle of a point to the baseline of text beside it, in units of its size."""

BAR: Final = "type orientation x y base width name customdata hovertext hoverinfo marker"
PATTERN: Final = "shape fillmode fgcolor fgopacity bgcolor size solidity"
SCATTER: Final = (
    "type name mode x y text textposition textfont cliponaxis hoverinfo hovertext line fill "
    "fillcolor marker"
)
"""All that our traces have; anything else would be lost without a word, so it is an error."""


def bars(sheet: Sheet, trace: Mapping[str, Any]) -> str:
    """Draw horizontal bars, each where the one before it ends, or from its base.

    Raise ``ValueError`` for what our SVG cannot show.
    """
    expect(trace, BAR, "bar")
    one_of(trace["orientation"], {"h": None}, "orientation of bars")
    marker, count = trace["marker"], len(trace["x"])
    expect(marker, "color opacity line pattern", "marker of a bar")
    hovers = trace.get("hovertext") or [""] * count
    opacities = marker.get("opacity") or [1.0] * count
    keys = trace.get("customdata") or [""] * count
    boxes = []
    for place, (length, row) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        if "base" in trace:
            start = trace["base"][place]
        else:
            start = sheet.ends.get(row, 0.0)
            sheet.ends[row] = start + length
        if length < 0:
            raise ValueError(f"Our SVG knows no bar of length {length}")
        if length > 0:
            opacity = f' opacity="{opacities[place]:g}"' if opacities[place] < 1 else ""
            box = _box(sheet, start, length, row, trace["width"])
            hover = titled(hovers[place])
            drawn = f"<rect{box}{opacity}>{hover}</rect>" if hover else f"<rect{box}{opacity}/>"
            boxes.append(_linked(sheet, drawn, str(keys[place]), hover=hover))
    if not boxes:
        return ""
    return f"<g{_bar_paint(sheet, marker)}>{''.join(boxes)}</g>"


def _linked(sheet: Sheet, bar: str, key: str, *, hover: str) -> str:
    """Return a bar as a link, which its text on hover names, where the sheet has an address."""
    address = sheet.link(key) if sheet.link and hover else None
    if not address:
        return bar
    is_first = key not in sheet.linked
    sheet.linked.add(key)
    return linked(bar, address, is_first=is_first)


def _box(sheet: Sheet, start: float, length: float, row: float, width: float) -> str:
    left, right = sheet.x.at(start), sheet.x.at(start + length)
    top, bottom = sorted((sheet.y.at(row - width / 2), sheet.y.at(row + width / 2)))
    return (
        f' x="{number(left)}" y="{number(top)}"'
        f' width="{number(right - left)}" height="{number(bottom - top)}"'
    )


def _bar_paint(sheet: Sheet, marker: Mapping[str, Any]) -> str:
    """Return the attributes for fill or hatching, and for a line around."""
    line, pattern = marker["line"], marker["pattern"]
    expect(line, "color width", "line of a bar")
    width = line.get("width", 0)
    around = f' stroke-width="{number(width)}"' if width else ""
    stroke = line["color"] if width else ""
    if not pattern["shape"]:
        return paint(fill=marker["color"], stroke=stroke) + around
    return f' fill="url(#{_hatching(sheet, pattern)})"' + paint(stroke=stroke) + around


def _hatching(sheet: Sheet, pattern: Mapping[str, Any]) -> str:
    """Define a pattern where none is the same, and return its id."""
    expect(pattern, PATTERN, "pattern")
    one_of(pattern["fillmode"], {"replace": None}, "fillmode")
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
            size=size * math.sqrt(2),
            width=_stroke_width(pattern),
            opacity=pattern["fgopacity"],
        )
    return name


def _stroke_width(pattern: Mapping[str, Any]) -> float:
    """Return how thick Plotly draws strokes, so that they cover the solidity of a bar."""
    size, solidity = float(pattern["size"]), float(pattern["solidity"])
    is_crossed = len(one_of(pattern["shape"], SHAPES, "pattern")) > 1
    return size * (1 - math.sqrt(1 - solidity)) if is_crossed else size * solidity


def scatter(sheet: Sheet, trace: Mapping[str, Any]) -> str:
    """Draw lines, circles or texts; raise ``ValueError`` for what our SVG cannot show."""
    expect(trace, SCATTER, "scatter")
    modes = {"lines": _lines, "markers": _markers, "text": _texts}
    return one_of(trace["mode"], modes, "mode")(sheet, trace)


def _lines(sheet: Sheet, trace: Mapping[str, Any]) -> str:
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
    return f'{area}<path d="{path}" fill="none"{stroke_of(line)}/>' if path else ""


def stroke_of(line: Mapping[str, Any]) -> str:
    """Return the attributes of a line, dashed as Plotly does it."""
    width = line["width"]
    dashes = {"solid": (), "dot": (1, 1), "dash": (3, 3)}
    parts = one_of(line.get("dash", "solid"), dashes, "dash")
    lengths = " ".join(number(part * max(width, 3)) for part in parts)
    dashed = f' stroke-dasharray="{lengths}"' if lengths else ""
    return f' stroke-width="{number(width)}"{dashed}{paint(stroke=line["color"])}'


def _markers(sheet: Sheet, trace: Mapping[str, Any]) -> str:
    """Draw circles with a line around each."""
    marker = trace["marker"]
    expect(marker, "size color line", "marker")
    expect(marker["line"], "color width", "line of a marker")
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


def _texts(sheet: Sheet, trace: Mapping[str, Any]) -> str:
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

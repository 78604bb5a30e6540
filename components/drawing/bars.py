"""Horizontal bars of stacked segments, sorted by size, from zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.formatting import labelled, shorten
from components.basics.hatching import Hatching
from components.basics.messages import _
from components.basics.palette import Theme
from components.drawing.figures import (
    KeyEntry,
    Trace,
    assemble,
    base_layout,
    hover_text,
    key_annotation,
    key_lines,
    money_axis,
    pattern,
    plain,
    reach_for_labels,
    row_axis,
    text_width,
)

FADED: Final = 0.28
"""Opacity of what a filter leaves out but a chart still shows for comparison."""

LABEL_GAP: Final = 4
"""Between the end of a bar and its label, in pixels."""

LEAST_BAR: Final = 5
"""Least room for the longest bar beside names and labels, in units of the font size."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its id (what a click filters by), its name, its length and the label at its end.

    A bar of an undisclosed amount has a label only.
    """

    id: str
    name: str
    amount: Amount
    label: str
    is_faded: bool = False

    @property
    def length(self) -> float:
        """The bar's length on the axis; zero for an undisclosed amount."""
        return self.amount.drawn_usd_bn


def bars_by_group(
    bars: Sequence[Bar],
    segments: pd.DataFrame,
    *,
    by: str,
    sectors: Mapping[str, tuple[str, str]],
    theme: Theme,
) -> go.Figure:
    """Draw horizontal bars of stacked segments, names to the left, labels at the ends.

    Where names and labels leave the bars no room between them, the names stand above.

    ``bars`` are drawn from top to bottom; ``segments`` is what ``summaries.segments`` returns, its
    column ``by`` holding the bars' ids; ``sectors`` maps id to label and colour name.
    """
    names = [shorten(bar.name, limit=32) for bar in bars]
    left = round(max((text_width(name, theme) for name in names), default=0)) + 12 + theme.side
    labels = max((text_width(bar.label, theme) for bar in bars), default=0.0) + 12
    if theme.width - left - labels - theme.side < LEAST_BAR * theme.font_size:
        return bars_with_titles(bars, segments, by=by, sectors=sectors, theme=theme)
    key = [] if by == "sector" else _key(segments, sectors, theme=theme)
    layout = _bars_layout(bars, key, row=theme.font_size * 2.7, left=left, theme=theme)
    layout["yaxis"] |= {
        "tickvals": list(range(len(bars))),
        "ticktext": [plain(name) for name in names],
        "ticklabelstandoff": 8,
    }
    traces = _segment_traces(bars, segments, by=by, sectors=sectors, theme=theme)
    return assemble([*traces, _end_labels(bars, layout, theme=theme)], layout)


def bars_with_titles(
    bars: Sequence[Bar],
    segments: pd.DataFrame,
    *,
    by: str = "project_id",
    sectors: Mapping[str, tuple[str, str]],
    theme: Theme,
) -> go.Figure:
    """Draw horizontal bars with the name above each, for names too long for a margin.

    Arguments as in ``bars_by_group``.
    """
    key = [] if by == "sector" else _key(segments, sectors, theme=theme)
    layout = _bars_layout(bars, key, row=theme.font_size * 3.5, left=theme.side + 8, theme=theme)
    layout["yaxis"] |= {"showticklabels": False}
    layout["xaxis"] |= {"zeroline": False}
    room = int((theme.width - 2 * theme.side) / (theme.font_size * theme.character_width))
    titles = {
        "type": "scatter",
        "x": [0] * len(bars),
        "y": [index - 0.27 for index in range(len(bars))],
        "text": [plain(shorten(bar.name, limit=room)) for bar in bars],
        "mode": "text",
        "textposition": "middle right",
        "textfont": {"color": theme.ink},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    traces = _segment_traces(
        bars, segments, by=by, sectors=sectors, theme=theme, centre=0.2, width=0.44
    )
    return assemble([*traces, _end_labels(bars, layout, theme=theme, centre=0.2), titles], layout)


def _bars_layout(
    bars: Sequence[Bar], key: Sequence[KeyEntry], *, row: float, left: int, theme: Theme
) -> dict[str, Any]:
    lines = key_lines(key, theme=theme, room=theme.width - 2 * theme.side)
    top = round(len(lines) * theme.font_size * 1.35) + 8 if lines else 4
    right, bottom = theme.side + 8, theme.font_size * 2 + 8
    margin = {"l": left, "r": right, "t": top, "b": bottom}
    layout = base_layout(theme, height=round(row * len(bars)) + top + bottom, margin=margin)
    if lines:
        layout["annotations"].append(key_annotation(lines, theme=theme, left=left - theme.side))
    lengths, labels = [bar.length for bar in bars], [bar.label for bar in bars]
    room = max(theme.width - left - right, 80)
    reach = reach_for_labels(lengths, labels, theme=theme, plot_width=room)
    layout["xaxis"] = money_axis(theme, top=max([*lengths, 0.0]) or 1.0, reach=reach, room=room)
    layout["yaxis"] = row_axis(len(bars))
    return layout


def _key(
    segments: pd.DataFrame, sectors: Mapping[str, tuple[str, str]], *, theme: Theme
) -> list[KeyEntry]:
    """List the sectors drawn, in the pledge's order; none for a single one."""
    drawn = set(segments["sector"])
    entries = [
        KeyEntry(theme.sector_colour(colour), label)
        for sector, (label, colour) in sectors.items()
        if sector in drawn
    ]
    return entries if len(entries) > 1 else []


def _segment_traces(
    bars: Sequence[Bar],
    segments: pd.DataFrame,
    *,
    by: str,
    sectors: Mapping[str, tuple[str, str]],
    theme: Theme,
    centre: float = 0.0,
    width: float = 0.62,
) -> list[Trace]:
    """Make one trace for each sector and hatching, its segments in the order of the rows.

    A last trace marks how far the part of a segment reaches that press reports give to its bar.
    """
    rows = {bar.id: index for index, bar in enumerate(bars)}
    groups: dict[tuple[Hatching, str], list[tuple[int, Amount, float]]] = {}
    names = (by, "sector", "hatching", "amount_usd_bn", "amount_qualifier", "reported_usd_bn")
    columns = (segments[name] for name in names)
    for bar_id, sector, hatching, usd_bn, qualifier, part in zip(*columns, strict=True):
        if bar_id in rows:
            amount = Amount(float(usd_bn), str(qualifier))
            segment = (rows[bar_id], amount, float(part))
            groups.setdefault((hatching, str(sector)), []).append(segment)
    traces: list[Trace] = []
    ends = dict.fromkeys(rows.values(), 0.0)
    marks: list[tuple[float, int]] = []
    drawing_order = {hatching: place for place, hatching in enumerate(Hatching)}
    for (hatching, sector), parts in sorted(
        groups.items(), key=lambda group: (drawing_order[group[0][0]], group[0][1])
    ):
        for row, amount, part in parts:
            if part:
                marks.append((ends[row] + part, row))
            ends[row] += amount.usd_bn
        label, colour_name = sectors.get(sector, (sector, ""))
        colour = theme.sector_colour(colour_name)
        drawn = [bars[row] for row, _, _ in parts]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "x": [amount.usd_bn for _, amount, _ in parts],
                "y": [row + centre for row, _, _ in parts],
                "width": width,
                "name": plain(label),
                "customdata": [bar.id for bar in drawn],
                "hovertext": [
                    _hover(bar, label, amount, hatching, theme)
                    for bar, (_, amount, _) in zip(drawn, parts, strict=True)
                ],
                "hoverinfo": "text",
                "marker": {
                    "color": colour,
                    "opacity": [FADED if bar.is_faded else 1.0 for bar in drawn],
                    "line": {"width": 0},
                    "pattern": pattern(colour, hatching, theme),
                },
            }
        )
    if marks:
        traces.append(_reported_marks(marks, centre=centre, width=width, theme=theme))
    return traces


def _reported_marks(
    marks: Sequence[tuple[float, int]], *, centre: float, width: float, theme: Theme
) -> Trace:
    """Make the trace of upright lines across bars, at the ends of their reported parts."""
    x: list[float | None] = []
    y: list[float | None] = []
    for end, row in marks:
        x += [end, end, None]
        y += [row + centre - width / 2, row + centre + width / 2, None]
    return {
        "type": "scatter",
        "name": "reported part",
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"color": theme.ink, "width": 2},
        "hoverinfo": "skip",
    }


def _hover(bar: Bar, sector: str, amount: Amount, hatching: Hatching, theme: Theme) -> str:
    is_shared = hatching in (Hatching.SHARED, Hatching.BOTH)
    said = {"sector": sector, "amount": amount}
    own = (
        _("{sector}: {amount}, shared between states", **said)
        if is_shared
        else labelled(sector, str(amount))
    )
    lines = [own, _("In all: {amount}", amount=bar.label)]
    return hover_text(shorten(bar.name, limit=60), lines, theme)


def _end_labels(
    bars: Sequence[Bar], layout: Mapping[str, Any], *, theme: Theme, centre: float = 0.0
) -> Trace:
    """Make the trace of labels that stand clear of the ends of their bars.

    A blank before a label would do it on the screen; other programs that draw SVG trim it.
    """
    margin = layout["margin"]
    reach = layout["xaxis"]["range"][1]
    gap = LABEL_GAP * reach / max(theme.width - margin["l"] - margin["r"], 1)
    return {
        "type": "scatter",
        "x": [bar.length + gap for bar in bars],
        "y": [index + centre for index in range(len(bars))],
        "text": [plain(bar.label) for bar in bars],
        "mode": "text",
        "textposition": "middle right",
        "textfont": {"color": [theme.muted if bar.is_faded else theme.ink for bar in bars]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }

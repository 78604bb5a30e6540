"""Events by day, one lane for each stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from components.basics.formatting import format_date, shorten
from components.basics.messages import _, in_japanese
from components.basics.palette import Theme
from components.drawing.figures import (
    Trace,
    assemble,
    base_layout,
    hover_text,
    plain,
    text_width,
)


@dataclass(frozen=True, slots=True)
class Event:
    """A milestone on a timeline: its day, lane and words; its mark is hollow where not official."""

    day: date
    written: str
    lane: str
    text: str
    is_official: bool


def timeline(
    events: Sequence[Event], lanes: Mapping[str, str], *, as_of: date, theme: Theme
) -> go.Figure:
    """Draw milestones by day, one lane for each stage, the furthest on top.

    ``lanes`` maps the id of a lane to its name, from the lowest to the highest. Hollow marks are
    not official. The dotted line is the as-of date, after which nothing is known.
    """
    names = list(lanes.values())
    rows = {lane: place for place, lane in enumerate(lanes)}
    left = round(max(text_width(name, theme) for name in names)) + 14 + theme.side
    layout = base_layout(
        theme,
        height=round(theme.font_size * 2.3) * len(names) + theme.font_size * 3 + 25,
        margin={
            "l": left,
            "r": theme.side + 14,
            "t": theme.font_size + 9,
            "b": theme.font_size * 2 + 8,
        },
    )
    layout["yaxis"] = {
        "range": [-0.6, len(names) - 0.4],
        "tickvals": list(range(len(names))),
        "ticktext": [plain(name) for name in names],
        "ticklabelstandoff": 8,
        "gridcolor": theme.grid,
        "zeroline": False,
        "fixedrange": True,
    }
    first, last = _reach([event.day for event in events], as_of)
    layout["xaxis"] = {
        "type": "date",
        "range": [first.isoformat(), last.isoformat()],
        "nticks": max(2, (theme.width - left) // (theme.font_size * 7)),
        "tickformat": "%Y年%-m月" if in_japanese() else "%b %Y",
        "tickfont": {"color": theme.muted, "size": theme.font_size - 1},
        "showgrid": False,
        "ticks": "outside",
        "tickcolor": theme.muted,
        "tickangle": 0,
        "fixedrange": True,
    }
    layout["annotations"] = [
        {
            "yref": "paper",
            "x": as_of.isoformat(),
            "y": 1,
            "xanchor": "right",
            "yanchor": "bottom",
            "showarrow": False,
            "text": _("as of {day}", day=format_date(as_of.isoformat())),
            "font": {"size": theme.font_size - 1, "color": theme.muted},
        }
    ]
    layout["shapes"] = [
        {
            "type": "line",
            "yref": "paper",
            "x0": as_of.isoformat(),
            "x1": as_of.isoformat(),
            "y0": 0,
            "y1": 1,
            "line": {"color": theme.muted, "width": 1, "dash": "dot"},
        }
    ]
    traces = [
        _event_trace([event for event in events if event.is_official is kind], rows, theme)
        for kind in (True, False)
    ]
    return assemble(traces, layout)


def _reach(at: Sequence[date], as_of: date) -> tuple[date, date]:
    """Return the ends of a time axis: all events and the as-of date, with a margin."""
    first, last = min([*at, as_of]), max([*at, as_of])
    air = max((last - first) * 0.04, timedelta(days=10))
    return first - air, last + air


def _event_trace(events: Sequence[Event], rows: Mapping[str, int], theme: Theme) -> Trace:
    is_official = bool(events) and events[0].is_official
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [event.day.isoformat() for event in events],
        "y": [rows[event.lane] for event in events],
        "hovertext": [
            hover_text(format_date(event.written), [shorten(event.text, limit=300)], theme)
            for event in events
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "size": round(theme.font_size * 0.85),
            "color": theme.accent if is_official else theme.paper,
            "line": {"color": theme.accent, "width": 2},
        },
    }

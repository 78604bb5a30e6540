"""Summaries drawn as Plotly figures: sorted by size unless it is time, bars from zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.formatting import format_date, shorten
from components.basics.palette import Theme, rgb
from components.drawing.figures import (
    PATTERNS,
    assemble,
    base_layout,
    key_annotation,
    key_lines,
    money_axis,
    plain,
    reach_for_labels,
    text_width,
)

FADED: Final = 0.28
"""Opacity of what a filter leaves out but a chart still shows for comparison."""

Trace = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its id (what a click filters by), its name, its length and the label at its end.

    ``value`` is in US$ billions, NaN when undisclosed: the bar then has its label alone.
    """

    id: str
    name: str
    value: float
    label: str
    is_faded: bool = False

    @property
    def length(self) -> float:
        """The bar's length on the axis; an undisclosed amount has none."""
        return 0.0 if self.value != self.value else self.value


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the pledge, a tranche or a stage: what the filter shows of it, and all of it.

    ``remark`` follows the amount in its label.
    """

    name: str
    shown: Amount
    whole: Amount
    remark: str = ""

    @property
    def label(self) -> str:
        """The amount, of which whole, and the remark: ``up to $40B of up to $73B, 1 of 3``."""
        if not self.whole.drawn_usd_bn and self.whole.is_disclosed:
            return "none"
        whole = str(self.whole)
        amount = whole if str(self.shown) == whole else f"{self.shown} of {whole}"
        return ", ".join(filter(None, [amount, self.remark]))


@dataclass(frozen=True, slots=True)
class Event:
    """A milestone on a time line: its day, its lane, its words; hollow where not official."""

    day: date
    written: str
    lane: str
    text: str
    is_official: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The days and the sum a pledge runs between; the as-of date is where knowledge ends."""

    pledge: Amount
    signed_on: date
    as_of: date
    deadline: date

    def even_pace_on(self, day: date) -> float:
        """Give the sum of an even pace from signing to deadline on a day between the two."""
        share = (day - self.signed_on).days / (self.deadline - self.signed_on).days
        return self.pledge.usd_bn * min(max(share, 0.0), 1.0)


def bars_by_group(
    bars: Sequence[Bar],
    segments: pd.DataFrame,
    *,
    by: str,
    sectors: Mapping[str, tuple[str, str]],
    theme: Theme,
) -> go.Figure:
    """Draw horizontal bars of stacked segments, names to the left, labels at the ends.

    ``bars`` are drawn from top to bottom; ``segments`` is as ``summaries.segments`` gives it, its
    column ``by`` holding the bars' ids; ``sectors`` maps id to label and colour name.
    """
    names = [shorten(bar.name, limit=32) for bar in bars]
    left = round(max((text_width(name, theme) for name in names), default=0)) + 12
    left = min(left + theme.side, theme.width // 2)
    key = [] if by == "sector" else _key(segments, sectors, theme=theme)
    layout = _bars_layout(bars, key, row=theme.font_size * 2.7, left=left, theme=theme)
    layout["yaxis"] |= {
        "tickvals": list(range(len(bars))),
        "ticktext": [plain(name) for name in names],
        "ticklabelstandoff": 8,
    }
    traces = _segment_traces(bars, segments, by=by, sectors=sectors, theme=theme)
    return assemble([*traces, _end_labels(bars, theme=theme)], layout)


def bars_with_titles(
    bars: Sequence[Bar],
    segments: pd.DataFrame,
    *,
    sectors: Mapping[str, tuple[str, str]],
    theme: Theme,
) -> go.Figure:
    """Draw horizontal bars with the name above each, for names too long for a margin.

    Arguments as in ``bars_by_group``; the segments' ``project_id`` holds the bars' ids.
    """
    key = _key(segments, sectors, theme=theme)
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
        bars, segments, by="project_id", sectors=sectors, theme=theme, centre=0.2, width=0.44
    )
    return assemble([*traces, _end_labels(bars, theme=theme, centre=0.2), titles], layout)


def pledge_progress(
    steps: Sequence[Step], *, pledge: Amount, unannounced: str, theme: Theme
) -> go.Figure:
    """Draw the pledge as steps: its total, each tranche where the one before ends, the rest.

    What a filter leaves out of a tranche is drawn pale. ``unannounced`` is the label of the
    remainder, which is always drawn.
    """
    names = ["Pledge", *(step.name for step in steps), "Unannounced"]
    last = len(names) - 1
    left = round(max(text_width(name, theme) for name in names)) + 12 + theme.side
    traces = [_step_trace(0, 0.0, pledge.usd_bn, theme.remainder, line=theme.muted)]
    labels = [(pledge.usd_bn, 0, f"{pledge} pledged")]
    start = 0.0
    for row, step in enumerate(steps, start=1):
        whole = step.whole.drawn_usd_bn
        shown = min(step.shown.drawn_usd_bn, whole)
        is_ceiling = step.whole.qualifier == "up_to"
        hover = f"<b>{plain(step.name)}</b><br>{step.label}"
        for base, value, colour in (
            (start, shown, theme.accent),
            (start + shown, whole - shown, theme.accent_pale),
        ):
            pattern = _pattern(colour, theme, is_ceiling=is_ceiling)
            traces.append(_step_trace(row, base, value, colour, pattern=pattern, hover=hover))
        labels.append((start + whole, row, step.label))
        start += whole
    rest = max(pledge.usd_bn - start, 0.0)
    traces.append(_step_trace(last, pledge.usd_bn - rest, rest, theme.remainder, line=theme.muted))
    end = max(pledge.usd_bn, start)
    labels.append((end, last, unannounced))
    layout = base_layout(
        theme,
        height=round(theme.font_size * 2.9) * len(names) + 40,
        margin={"l": left, "r": theme.side + 8, "t": 4, "b": theme.font_size * 2 + 8},
    )
    layout["annotations"] = [_step_label(*label, end=end, theme=theme) for label in labels]
    room = theme.width - left - theme.side - 8
    layout["xaxis"] = money_axis(theme, top=pledge.usd_bn, reach=end * 1.005, room=room)
    layout["yaxis"] = {
        **_bare_axis(len(names)),
        "tickvals": list(range(len(names))),
        "ticktext": [plain(name) for name in names],
        "ticklabelstandoff": 8,
    }
    return assemble(traces, layout)


def announced_over_time(
    steps: pd.DataFrame, whole_steps: pd.DataFrame, *, course: Course, theme: Theme
) -> go.Figure:
    """Draw the announced sum as steps up to the as-of date, against an even pace to the deadline.

    ``steps`` is as ``summaries.announced_over_time`` gives it for the filter, ``whole_steps`` for
    everything; they are drawn apart when they differ. Nothing is drawn after the as-of date but
    the pace that would still reach the pledge.
    """
    announced = _end_of(whole_steps).drawn_usd_bn
    is_filtered = len(steps) != len(whole_steps) or _end_of(steps).drawn_usd_bn != announced
    top = max(course.pledge.usd_bn, announced)
    traces = [
        _pace_line((course.signed_on, 0.0), course, colour=theme.muted, dash="dot"),
        _pace_line((course.as_of, announced), course, colour=theme.accent, dash="dash"),
    ]
    if is_filtered:
        traces.append(_stairs(whole_steps, course, colour=theme.accent_pale, fill="none"))
    traces.append(_stairs(steps, course, colour=theme.accent, fill="tozeroy"))
    layout = base_layout(
        theme,
        height=round(theme.font_size * 24),
        margin={
            "l": theme.font_size * 4 + theme.side,
            "r": theme.side + 10,
            "t": 14,
            "b": theme.font_size * 2 + 8,
        },
    )
    layout["annotations"] = _time_labels(steps, whole_steps, course, theme=theme)
    if not is_filtered:
        layout["annotations"] = [note for note in layout["annotations"] if note["name"] != "all"]
    layout["yaxis"] = money_axis(theme, top=top, reach=top * 1.1)
    first = min([course.signed_on, *(stamp.date() for stamp in whole_steps["announced_at"])])
    layout["xaxis"] = {
        "type": "date",
        "range": [first.isoformat(), course.deadline.isoformat()],
        "tickformat": "%Y",
        "dtick": "M12",
        "tick0": "2000-01-01",
        "tickfont": {"color": theme.muted, "size": theme.font_size - 1},
        "showgrid": False,
        "ticks": "outside",
        "tickcolor": theme.muted,
        "fixedrange": True,
    }
    return assemble(traces, layout)


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
        height=round(theme.font_size * 2.3) * len(names) + theme.font_size * 2 + 26,
        margin={"l": left, "r": theme.side + 14, "t": 10, "b": theme.font_size * 2 + 8},
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
        "tickformat": "%b %Y",
        "tickfont": {"color": theme.muted, "size": theme.font_size - 1},
        "showgrid": False,
        "ticks": "outside",
        "tickcolor": theme.muted,
        "tickangle": 0,
        "fixedrange": True,
    }
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
    """Give the ends of a time axis: all events and the as-of date, with a little air."""
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
            f"<b>{format_date(event.written)}</b><br>"
            + "<br>".join(map(plain, wrap(shorten(event.text, limit=300), 60)))
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


def clicked_ids(selection: Mapping[str, Any]) -> list[str]:
    """Read the ids of the clicked bars from a chart's selection, whichever form Plotly gave."""
    ids: list[str] = []
    for point in selection.get("points", []):
        value = point.get("customdata")
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, str) and first not in ids:
            ids.append(first)
    return ids


def _bars_layout(
    bars: Sequence[Bar], key: Sequence[tuple[str, str]], *, row: float, left: int, theme: Theme
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
    layout["yaxis"] = _bare_axis(len(bars))
    return layout


def _bare_axis(rows: int) -> dict[str, Any]:
    return {
        "range": [rows - 0.45, -0.55],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _key(
    segments: pd.DataFrame, sectors: Mapping[str, tuple[str, str]], *, theme: Theme
) -> list[tuple[str, str]]:
    """List (colour, label) of the sectors drawn, in the pledge's order; none for a single one."""
    drawn = set(segments["sector"])
    entries = [
        (theme.sector_colour(colour), label)
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
    """Make one trace for all segments alike in sector and hatching, in the order of the rows."""
    rows = {bar.id: index for index, bar in enumerate(bars)}
    groups: dict[tuple[bool, bool, str], list[tuple[int, Amount]]] = {}
    names = (by, "sector", "is_ceiling", "is_shared", "amount_usd_bn", "amount_qualifier")
    columns = (segments[name] for name in names)
    for bar_id, sector, is_ceiling, is_shared, usd_bn, qualifier in zip(*columns, strict=True):
        if bar_id in rows:
            kind = (bool(is_shared), bool(is_ceiling), str(sector))
            amount = Amount(float(usd_bn), str(qualifier))
            groups.setdefault(kind, []).append((rows[bar_id], amount))
    traces = []
    for (is_shared, is_ceiling, sector), parts in sorted(groups.items()):
        label, colour_name = sectors.get(sector, (sector, ""))
        colour = theme.sector_colour(colour_name)
        drawn = [bars[row] for row, _ in parts]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "x": [amount.usd_bn for _, amount in parts],
                "y": [row + centre for row, _ in parts],
                "width": width,
                "name": plain(label),
                "customdata": [bar.id for bar in drawn],
                "hovertext": [
                    _hover(bar, label, amount, is_shared=is_shared)
                    for bar, (_, amount) in zip(drawn, parts, strict=True)
                ],
                "hoverinfo": "text",
                "marker": {
                    "color": colour,
                    "opacity": [FADED if bar.is_faded else 1.0 for bar in drawn],
                    "line": {"width": 0},
                    "pattern": _pattern(colour, theme, is_ceiling=is_ceiling, is_shared=is_shared),
                },
            }
        )
    return traces


def _pattern(
    colour: str, theme: Theme, *, is_ceiling: bool, is_shared: bool = False
) -> dict[str, Any]:
    shape = PATTERNS[is_ceiling, is_shared]
    if not shape:
        return {"shape": ""}
    # Plotly leaves a patterned bar without ground invisible, so both colours are given.
    return {
        "shape": shape,
        "fillmode": "replace",
        "fgcolor": theme.paper,
        "fgopacity": 0.7,
        "bgcolor": colour,
        "size": 7,
        "solidity": 0.2,
    }


def _hover(bar: Bar, sector: str, amount: Amount, *, is_shared: bool) -> str:
    shared = ", shared between states" if is_shared else ""
    name = plain(shorten(bar.name, limit=60))
    return f"<b>{name}</b><br>{plain(sector)}: {amount}{shared}<br>In all: {plain(bar.label)}"


def _end_labels(bars: Sequence[Bar], *, theme: Theme, centre: float = 0.0) -> Trace:
    return {
        "type": "scatter",
        "x": [bar.length for bar in bars],
        "y": [index + centre for index in range(len(bars))],
        "text": [f" {plain(bar.label)}" for bar in bars],
        "mode": "text",
        "textposition": "middle right",
        "textfont": {"color": [theme.muted if bar.is_faded else theme.ink for bar in bars]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _step_trace(
    row: int,
    base: float,
    value: float,
    colour: str,
    *,
    line: str = "",
    pattern: Mapping[str, Any] | None = None,
    hover: str = "",
) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [value],
        "y": [row],
        "base": [base],
        "width": 0.6,
        "hovertext": [hover],
        "hoverinfo": "text" if hover else "skip",
        "marker": {
            "color": colour,
            "line": {"width": 1 if line else 0, "color": line or colour},
            "pattern": dict(pattern or {"shape": ""}),
        },
    }


def _step_label(at: float, row: int, label: str, *, end: float, theme: Theme) -> dict[str, Any]:
    """Label a step after its end, or inside where its end is the edge of the chart."""
    is_at_edge = at > 0.6 * end
    return {
        "x": at,
        "y": row,
        "text": plain(label),
        "showarrow": False,
        "xanchor": "right" if is_at_edge else "left",
        "xshift": -8 if is_at_edge else 8,
        "font": {"color": theme.ink},
    }


def _end_of(steps: pd.DataFrame) -> Amount:
    if not len(steps):
        return Amount(0.0)
    last = steps.iloc[-1]
    return Amount(float(last["cumulative_usd_bn"]), str(last["cumulative_qualifier"]))


def _pace_line(start: tuple[date, float], course: Course, *, colour: str, dash: str) -> Trace:
    return {
        "type": "scatter",
        "x": [start[0].isoformat(), course.deadline.isoformat()],
        "y": [start[1], course.pledge.usd_bn],
        "mode": "lines",
        "line": {"color": colour, "width": 1.4, "dash": dash},
        "hoverinfo": "skip",
    }


def _stairs(steps: pd.DataFrame, course: Course, *, colour: str, fill: str) -> Trace:
    end = _end_of(steps)
    days = [course.signed_on.isoformat(), *steps["announced_on"], course.as_of.isoformat()]
    at = [days[0], *(stamp.date().isoformat() for stamp in steps["announced_at"]), days[-1]]
    columns = zip(steps["cumulative_usd_bn"], steps["cumulative_qualifier"], strict=True)
    sums = [Amount(0.0), *(Amount(float(value), str(kind)) for value, kind in columns), end]
    return {
        "type": "scatter",
        "x": at,
        "y": [sum_.drawn_usd_bn for sum_ in sums],
        "mode": "lines",
        "line": {"color": colour, "width": 2.5, "shape": "hv"},
        "fill": fill,
        "fillcolor": f"rgba{(*rgb(colour), 0.14)}",
        "hovertext": [
            f"<b>{format_date(day)}</b><br>{sum_} announced so far"
            for day, sum_ in zip(days, sums, strict=True)
        ],
        "hoverinfo": "text",
    }


def _time_labels(
    steps: pd.DataFrame, whole_steps: pd.DataFrame, course: Course, *, theme: Theme
) -> list[dict[str, Any]]:
    """Name the lines where they have room; the one named ``all`` is for a filtered chart."""

    def label(name: str, day: date, value: float, text: str, **place: Any) -> dict[str, Any]:
        font = {"size": theme.font_size - 1, "color": place.pop("color", theme.muted)}
        return {
            "name": name,
            "x": day.isoformat(),
            "y": value,
            "text": text,
            "showarrow": False,
            "font": font,
            **place,
        }

    as_of, deadline = course.as_of, course.deadline
    end, whole_end = _end_of(steps), _end_of(whole_steps).drawn_usd_bn
    goal = f"{course.pledge} by {format_date(deadline.isoformat())}"
    middle = as_of + (deadline - as_of) * 0.3
    still_needed = whole_end * 0.7 + course.pledge.usd_bn * 0.3
    below = {"yanchor": "top", "yshift": -2}
    before = {"xanchor": "right", "yanchor": "bottom", "xshift": -6, "yshift": 2}
    return [
        label(
            "goal",
            deadline,
            course.pledge.usd_bn,
            goal,
            color=theme.ink,
            **before | {"xshift": 0, "yshift": 4},
        ),
        label("even", as_of, course.even_pace_on(as_of), "even pace", **before),
        label("all", as_of, whole_end, "all projects", **before | below),
        label(
            "sum",
            as_of,
            end.drawn_usd_bn,
            f"<b>{end}</b>",
            color=theme.accent,
            xanchor="left",
            # Below its line, unless that would be on the axis.
            yanchor="top" if end.drawn_usd_bn > 0.12 * course.pledge.usd_bn else "bottom",
            xshift=8,
        ),
        label(
            "need",
            middle,
            still_needed,
            "pace still needed",
            color=theme.accent,
            xanchor="left",
            yanchor="top",
            xshift=8,
        ),
    ]

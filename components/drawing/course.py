"""The announced sum over time, against an even pace to the deadline."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

import pandas as pd
import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.formatting import format_date
from components.basics.messages import _, mark
from components.basics.palette import Theme, faint
from components.drawing.figures import (
    Trace,
    assemble,
    base_layout,
    money_axis,
    text_width,
)

EVEN_PACE: Final = mark("even pace")
ALL: Final = mark("all projects")
NEEDED: Final = mark("pace still needed")

Edge = Literal["top", "middle", "bottom"]

ROOM_ABOVE: Final[dict[Edge, float]] = {"top": 0.08, "middle": 0.11, "bottom": 0.14}
"""Which edge of a label is at its height -> the share of the pledge that the next one is above."""


@dataclass(frozen=True, slots=True)
class Course:
    """The total and the days of a pledge; nothing is known after the as-of date."""

    pledge: Amount
    signed_on: date
    as_of: date
    deadline: date

    def even_pace_on(self, day: date) -> float:
        """Return the sum that an even pace reaches on a day between signing and deadline."""
        share = (day - self.signed_on).days / (self.deadline - self.signed_on).days
        return self.pledge.usd_bn * min(max(share, 0.0), 1.0)

    def needed_a_year(self, day: date, announced_usd_bn: float) -> float:
        """Return what must be announced a year from a day on to reach the pledge by the deadline.

        Zero once it is reached; ``NaN`` from the deadline on.
        """
        years = (self.deadline - day).days / 365.25
        return max(self.pledge.usd_bn - announced_usd_bn, 0.0) / years if years > 0 else math.nan


def announced_over_time(
    steps: pd.DataFrame, whole_steps: pd.DataFrame, *, course: Course, theme: Theme
) -> go.Figure:
    """Draw the announced sum as steps up to the as-of date, against an even pace to the deadline.

    ``steps`` is what ``summaries.announced_over_time`` returns for the filter, ``whole_steps`` for
    all projects; both are drawn when they differ. After the as-of date only the pace that would
    still reach the pledge is drawn.
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
    left, right = theme.font_size * 4 + theme.side, theme.side + 10
    layout = base_layout(
        theme,
        height=round(theme.font_size * 24),
        margin={"l": left, "r": right, "t": 14, "b": theme.font_size * 2 + 8},
    )
    first = min([course.signed_on, *(stamp.date() for stamp in whole_steps["announced_at"])])
    a_pixel = (course.deadline - first) / max(theme.width - left - right, 80)
    layout["annotations"] = _time_labels(
        steps, whole_steps, course, first=first, a_pixel=a_pixel, theme=theme
    )
    if not is_filtered:
        layout["annotations"] = [note for note in layout["annotations"] if note["name"] != "all"]
    layout["yaxis"] = money_axis(theme, top=top, reach=top * 1.1)
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


def _end_of(steps: pd.DataFrame) -> Amount:
    if not len(steps):
        return Amount(0.0)
    last = steps.iloc[-1]
    return Amount.of(last, "cumulative")


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
        "fillcolor": faint(colour, 0.14),
        "hovertext": [
            f"<b>{format_date(day)}</b><br>" + _("{amount} announced so far", amount=sum_)
            for day, sum_ in zip(days, sums, strict=True)
        ],
        "hoverinfo": "text",
    }


def _time_labels(
    steps: pd.DataFrame,
    whole_steps: pd.DataFrame,
    course: Course,
    *,
    first: date,
    a_pixel: timedelta,
    theme: Theme,
) -> list[dict[str, Any]]:
    """Name the lines where they have room; the one named ``all`` is for a filtered chart.

    ``first`` is the day at the left edge, ``a_pixel`` the time that is a pixel wide.
    """

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

    def room_for(text: str) -> timedelta:
        return a_pixel * (text_width(text, theme, smaller=1) + 8)

    as_of, deadline = course.as_of, course.deadline
    end, whole_end = _end_of(steps), _end_of(whole_steps).drawn_usd_bn
    goal = _("{amount} by {day}", amount=course.pledge, day=format_date(deadline.isoformat()))
    even_pace, every, needed = _(EVEN_PACE), _(ALL), _(NEEDED)
    middle = as_of + (deadline - as_of) * 0.3
    still_needed = whole_end * 0.7 + course.pledge.usd_bn * 0.3
    is_late = middle + room_for(needed) > deadline
    # Soon after the signing there is no room before the day.
    even = max(as_of, first + room_for(even_pace))
    # After the day its name is clear of all lines, unless the sum of the filter is written there.
    edge = _beside_axis(end.drawn_usd_bn / course.pledge.usd_bn)
    is_clear = whole_end - end.drawn_usd_bn > ROOM_ABOVE[edge] * course.pledge.usd_bn
    is_clear &= as_of + room_for(every) < deadline
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
        label("even", even, course.even_pace_on(even), even_pace, **before),
        label(
            "all",
            as_of,
            whole_end,
            every,
            **before | below | ({"xanchor": "left", "xshift": 8} if is_clear else {}),
        ),
        label(
            "sum",
            as_of,
            end.drawn_usd_bn,
            f"<b>{end}</b>",
            color=theme.accent,
            xanchor="right" if as_of + room_for(f"{end}") > deadline else "left",
            yanchor=edge,
            xshift=8,
        ),
        label(
            "need",
            deadline if is_late else middle,
            still_needed,
            needed,
            color=theme.accent,
            xanchor="right" if is_late else "left",
            yanchor="top",
            xshift=0 if is_late else 8,
        ),
    ]


def _beside_axis(share: float) -> Edge:
    """Return which edge of a label is at its height: as low as it can stand above the axis."""
    return "top" if share > 0.08 else "middle" if share > 0.04 else "bottom"

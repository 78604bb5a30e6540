"""The pledge as steps, each where the one before ends."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from components.basics.amounts import Amount
from components.basics.hatching import Hatching
from components.basics.palette import Theme
from components.drawing.figures import (
    Trace,
    assemble,
    base_layout,
    money_axis,
    pattern,
    plain,
    row_axis,
    text_width,
)


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
        """The amount, its whole, and the remark: ``up to $40B of up to $73B, 1 of 3``."""
        if not self.whole.drawn_usd_bn and self.whole.is_disclosed:
            return "none"
        whole = str(self.whole)
        amount = whole if str(self.shown) == whole else f"{self.shown} of {whole}"
        return ", ".join(filter(None, [amount, self.remark]))


def pledge_progress(
    steps: Sequence[Step], *, pledge: Amount, remainder: str, theme: Theme
) -> go.Figure:
    """Draw the pledge as steps: its total, each tranche where the one before ends, the rest.

    What a filter leaves out of a tranche is drawn pale. The rest is always drawn, with the label
    ``remainder``.
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
        hatching = Hatching.of(is_ceiling=step.whole.is_ceiling, is_shared=False)
        hover = f"<b>{plain(step.name)}</b><br>{step.label}"
        for base, value, colour in (
            (start, shown, theme.accent),
            (start + shown, whole - shown, theme.accent_pale),
        ):
            filled = pattern(colour, hatching, theme)
            traces.append(_step_trace(row, base, value, colour, filled=filled, hover=hover))
        labels.append((start + whole, row, step.label))
        start += whole
    rest = max(pledge.usd_bn - start, 0.0)
    traces.append(_step_trace(last, pledge.usd_bn - rest, rest, theme.remainder, line=theme.muted))
    end = max(pledge.usd_bn, start)
    labels.append((end, last, remainder))
    layout = base_layout(
        theme,
        height=round(theme.font_size * 2.9) * len(names) + 40,
        margin={"l": left, "r": theme.side + 8, "t": 4, "b": theme.font_size * 2 + 8},
    )
    room = theme.width - left - theme.side - 8
    rooms = [_room_at(at, end, room) for at, *_ in labels]
    if rest > 0.4 * end:
        rooms[last] = room * rest / end - 12  # Inside its bar, where that is long enough.
    layout["annotations"] = [
        _step_label(at, row, "\n".join(_wrapped(text, free, theme)), end=end, theme=theme)
        for (at, row, text), free in zip(labels, rooms, strict=True)
    ]
    layout["xaxis"] = money_axis(theme, top=pledge.usd_bn, reach=end * 1.005, room=room)
    layout["yaxis"] = _named_rows(names)
    return assemble(traces, layout)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the money: its amount in the filter, all of it, and the lines at its end."""

    name: str
    shown: Amount
    whole: Amount
    lines: Sequence[str]


def ladder(rungs: Sequence[Rung], *, theme: Theme) -> go.Figure:
    """Draw steps of the money as bars from zero; the first, the pledge, is only outlined.

    What a filter leaves out of a step is drawn pale; a step without an amount has lines alone.
    """
    left = round(max(text_width(rung.name, theme) for rung in rungs)) + 12 + theme.side
    room = theme.width - left - theme.side - 8
    end = max(rung.whole.drawn_usd_bn for rung in rungs)
    traces: list[Trace] = []
    labels: list[list[str]] = []
    for row, rung in enumerate(rungs):
        whole = rung.whole.drawn_usd_bn
        shown = min(rung.shown.drawn_usd_bn, whole)
        hatching = Hatching.of(is_ceiling=rung.whole.is_ceiling, is_shared=False)
        hover = f"<b>{plain(rung.name)}</b><br>{'<br>'.join(map(plain, rung.lines))}"
        if not row:
            outlined = _step_trace(row, 0.0, whole, theme.remainder, line=theme.muted, hover=hover)
            traces.append(outlined)
        else:
            for base, value, colour in (
                (0.0, shown, theme.accent),
                (shown, whole - shown, theme.accent_pale),
            ):
                filled = pattern(colour, hatching, theme)
                traces.append(_step_trace(row, base, value, colour, filled=filled, hover=hover))
        free = _room_at(whole, end, room)
        labels.append([part for line in rung.lines for part in _wrapped(line, free, theme)])
    tallest = max(map(len, labels))
    layout = base_layout(
        theme,
        height=round(theme.font_size * max(2.9, 1.35 * tallest)) * len(rungs) + 40,
        margin={"l": left, "r": theme.side + 8, "t": 4, "b": theme.font_size * 2 + 8},
    )
    layout["annotations"] = [
        _step_label(rung.whole.drawn_usd_bn, row, "\n".join(lines), end=end, theme=theme)
        for row, (rung, lines) in enumerate(zip(rungs, labels, strict=True))
    ]
    layout["xaxis"] = money_axis(theme, top=end, reach=end * 1.005, room=room)
    layout["yaxis"] = _named_rows([rung.name for rung in rungs])
    return assemble(traces, layout)


def _step_trace(
    row: int,
    base: float,
    value: float,
    colour: str,
    *,
    line: str = "",
    filled: Mapping[str, Any] | None = None,
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
            "pattern": dict(filled or {"shape": ""}),
        },
    }


def _named_rows(names: Sequence[str]) -> dict[str, Any]:
    """Return an axis with a name beside each row."""
    return {
        **row_axis(len(names)),
        "tickvals": list(range(len(names))),
        "ticktext": [plain(name) for name in names],
        "ticklabelstandoff": 8,
    }


def _is_at_edge(at: float, end: float) -> bool:
    return at > 0.6 * end


def _room_at(at: float, end: float, room: float) -> float:
    """Return the pixels for a label on the side of a bar's end where ``_step_label`` puts it."""
    return room * (at if _is_at_edge(at, end) else end - at) / end - 8


def _wrapped(text: str, room: float, theme: Theme) -> list[str]:
    return textwrap.wrap(text, max(int(room / text_width("n", theme)), 12))


def _step_label(at: float, row: int, label: str, *, end: float, theme: Theme) -> dict[str, Any]:
    """Label a step after its end, or inside where its end is the edge of the chart."""
    is_at_edge = _is_at_edge(at, end)
    return {
        "x": at,
        "y": row,
        "text": "<br>".join(map(plain, label.splitlines())),
        "align": "right" if is_at_edge else "left",
        "showarrow": False,
        "xanchor": "right" if is_at_edge else "left",
        "xshift": -8 if is_at_edge else 8,
        "font": {"color": theme.ink},
    }

"""The pledge as steps, each where the one before ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Final

import plotly.graph_objects as go

from components.basics import line_breaking
from components.basics.amounts import Amount
from components.basics.formatting import join_details
from components.basics.hatching import Hatching
from components.basics.messages import _
from components.basics.palette import Theme
from components.drawing.figures import (
    LEADING,
    Trace,
    assemble,
    base_layout,
    hover_text,
    money_axis,
    pattern,
    plain,
    row_axis,
    text_width,
)

ROW: Final = 2.9
"""Height of a row with one line, in units of the font size."""

BAR: Final = 0.6
"""Height of a bar, in rows."""

GAP: Final = 8
"""Pixels between the end of a bar and its label."""


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
            return _("none")
        whole = str(self.whole)
        shown = str(self.shown)
        amount = whole if shown == whole else _("{part} of {whole}", part=shown, whole=whole)
        return join_details([amount, self.remark])


def pledge_progress(
    steps: Sequence[Step], *, pledge: Amount, remainder: str, theme: Theme
) -> go.Figure:
    """Draw the pledge as steps: its total, each tranche where the one before ends, the rest.

    What a filter leaves out of a tranche is drawn pale. The rest is always drawn, with the label
    ``remainder``.
    """
    names = [_("Pledge"), *(step.name for step in steps), _("Unannounced")]
    ends = list(accumulate((step.whole.drawn_usd_bn for step in steps), initial=0.0))
    end = max(pledge.usd_bn, ends[-1])
    rest = max(pledge.usd_bn - ends[-1], 0.0)
    labels = [
        _Label(0.0, pledge.usd_bn, (_("{amount} pledged", amount=pledge),), is_hollow=True),
        *(
            _Label(start, stop, (step.label,))
            for step, (start, stop) in zip(steps, pairwise(ends), strict=True)
        ),
        _Label(end - rest, end, (remainder,), is_hollow=True),
    ]
    room = _plot_width(names, theme)
    rows = _rows(labels, end=end, room=room, theme=theme)
    traces = [_step_trace(rows[0].at, 0.0, pledge.usd_bn, theme.remainder, line=theme.muted)]
    for row, start, step in zip(rows[1:], ends, steps, strict=False):
        traces += _step_bars(
            row.at,
            start,
            shown=step.shown,
            whole=step.whole,
            hover=hover_text(step.name, [step.label], theme),
            theme=theme,
        )
    traces.append(_step_trace(rows[-1].at, end - rest, rest, theme.remainder, line=theme.muted))
    layout = _rows_layout(names, rows, theme=theme)
    layout["xaxis"] = money_axis(theme, top=pledge.usd_bn, reach=end * 1.005, room=room)
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
    names = [rung.name for rung in rungs]
    end = max(rung.whole.drawn_usd_bn for rung in rungs)
    labels = [
        _Label(0.0, rung.whole.drawn_usd_bn, tuple(rung.lines), is_hollow=not place)
        for place, rung in enumerate(rungs)
    ]
    room = _plot_width(names, theme)
    rows = _rows(labels, end=end, room=room, theme=theme)
    traces: list[Trace] = []
    for row, rung in zip(rows, rungs, strict=True):
        hover = hover_text(rung.name, rung.lines, theme)
        if not traces:
            whole = rung.whole.drawn_usd_bn
            outlined = _step_trace(
                row.at, 0.0, whole, theme.remainder, line=theme.muted, hover=hover
            )
            traces.append(outlined)
        else:
            traces += _step_bars(
                row.at, 0.0, shown=rung.shown, whole=rung.whole, hover=hover, theme=theme
            )
    layout = _rows_layout(names, rows, theme=theme)
    layout["xaxis"] = money_axis(theme, top=end, reach=end * 1.005, room=room)
    return assemble(traces, layout)


def _step_bars(
    row: float, start: float, *, shown: Amount, whole: Amount, hover: str, theme: Theme
) -> list[Trace]:
    """Make the bars of what a filter shows of a step and, pale, of what it leaves out."""
    length = whole.drawn_usd_bn
    part = min(shown.drawn_usd_bn, length)
    hatching = Hatching.of(is_ceiling=whole.is_ceiling, is_shared=False)
    return [
        _step_trace(row, base, value, colour, filled=pattern(colour, hatching, theme), hover=hover)
        for base, value, colour in (
            (start, part, theme.accent),
            (start + part, length - part, theme.accent_pale),
        )
    ]


def _step_trace(
    row: float,
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
        "width": BAR,
        "hovertext": [hover],
        "hoverinfo": "text" if hover else "skip",
        "marker": {
            "color": colour,
            "line": {"width": 1 if line else 0, "color": line or colour},
            "pattern": dict(filled or {"shape": ""}),
        },
    }


@dataclass(frozen=True, slots=True)
class _Label:
    """What is to be said of a bar from ``start`` to ``stop``; text can stand in a hollow one."""

    start: float
    stop: float
    lines: tuple[str, ...]
    is_hollow: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its label placed: where its bar's middle is, and how high it is, in rows."""

    at: float
    height: float
    label: dict[str, Any]


def _rows(labels: Sequence[_Label], *, end: float, room: float, theme: Theme) -> list[_Row]:
    """Stack rows on each other, each as high as its bar and its label need."""
    rows: list[_Row] = []
    top = -0.5
    for label in labels:
        row = _row(label, top, end=end, room=room, theme=theme)
        rows.append(row)
        top += row.height
    return rows


def _row(label: _Label, top: float, *, end: float, room: float, theme: Theme) -> _Row:
    """Write a label after its bar, in it where it is hollow, or else under it, never across.

    A label that has to be broken stands where it makes the row lower.
    """
    scale = room / end if end else 0.0
    line = LEADING / ROW
    natural = len(label.lines)

    after = room - label.stop * scale - GAP
    beside = _broken(label.lines, after, theme)
    high = max(1.0, len(beside) * line + 0.1)
    if len(beside) == natural:
        middle = top + high / 2
        return _Row(middle, high, _written(beside, label.stop, middle, theme=theme))

    within = (label.stop - label.start) * scale - 2 * GAP
    if label.is_hollow and natural == 1 and len(_broken(label.lines, within, theme)) == 1:
        middle = top + 0.5
        text = _written(label.lines, label.stop, middle, is_right=True, theme=theme)
        return _Row(middle, 1.0, text)

    ahead = room - label.start * scale
    is_right = len(_broken(label.lines, ahead, theme)) > natural
    under = _broken(label.lines, room, theme)
    deep = 0.5 + BAR / 2 + len(under) * line + 0.1
    if beside and high <= deep:
        middle = top + high / 2
        return _Row(middle, high, _written(beside, label.stop, middle, theme=theme))
    middle = top + 0.5
    text = _written(
        under or label.lines,
        end if is_right else label.start,
        middle + BAR / 2,
        is_right=is_right,
        theme=theme,
    )
    return _Row(middle, deep, text | {"yanchor": "top", "xshift": 0})


def _broken(lines: Sequence[str], room: float, theme: Theme) -> list[str]:
    """Break lines so that they fit into some pixels; none where a word alone does not."""
    limit = int(room / text_width("n", theme))
    if limit < max(map(line_breaking.longest, lines)):
        return []
    return [part for line in lines for part in line_breaking.wrap(line, limit)]


def _written(
    lines: Sequence[str], x: float, y: float, *, is_right: bool = False, theme: Theme
) -> dict[str, Any]:
    """Write lines beside a place: after it, or before it where they stand to the right."""
    side = "right" if is_right else "left"
    return {
        "x": x,
        "y": y,
        "text": "<br>".join(map(plain, lines)),
        "align": side,
        "showarrow": False,
        "xanchor": side,
        "xshift": -GAP if is_right else GAP,
        "font": {"color": theme.ink},
    }


def _margins(names: Sequence[str], theme: Theme) -> tuple[int, int]:
    """Return the margins left, for the names, and right of the bars."""
    left = round(max(text_width(name, theme) for name in names)) + 12 + theme.side
    return left, theme.side + 8


def _plot_width(names: Sequence[str], theme: Theme) -> float:
    return theme.width - sum(_margins(names, theme))


def _rows_layout(names: Sequence[str], rows: Sequence[_Row], *, theme: Theme) -> dict[str, Any]:
    """Return the layout of rows with a name beside each bar, and its label."""
    left, right = _margins(names, theme)
    total = sum(row.height for row in rows)
    layout = base_layout(
        theme,
        height=round(round(theme.font_size * ROW) * total) + 40,
        margin={"l": left, "r": right, "t": 4, "b": theme.font_size * 2 + 8},
    )
    layout["annotations"] = [row.label for row in rows]
    layout["yaxis"] = {
        **row_axis(total),
        "tickvals": [row.at for row in rows],
        "ticktext": [plain(name) for name in names],
        "ticklabelstandoff": 8,
    }
    return layout

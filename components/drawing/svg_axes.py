"""The axes of a figure in SVG: where values stand, grid, ticks and their labels."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from components.drawing.figures import plain
from components.drawing.svg_elements import (
    expect,
    lines_of,
    number,
    one_of,
    paint,
    text_element,
)

KNOWN: Final = (
    "range type tickvals ticktext tickfont tickangle tickformat dtick tick0 nticks ticks tickcolor "
    "ticklabelstandoff showticklabels showgrid gridcolor zeroline zerolinecolor zerolinewidth "
    "fixedrange"
)

TICK: Final = 5
"""Length of a tick, in pixels, as Plotly draws it."""

MIDDLE: Final = 0.35
"""From the middle of a line to its baseline, in units of its size, as Plotly sets ticks."""

MONTH_STEPS: Final = (1, 2, 3, 6, 12)
DAY_STEPS: Final = (1, 2, 3, 7, 14)
YEAR_STEPS: Final = (2, 5, 10)
"""How far apart ticks can be that Plotly chooses; single years follow from tenths of ten."""

YEAR_DAYS: Final = 365.25
MONTH_DAYS: Final = YEAR_DAYS / 12
FIRST_SUNDAY: Final = date(2000, 1, 2)
"""Plotly counts days from here, so that weeks begin on Sundays."""

Value = float | str


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its values from ``low`` at the pixel ``start`` to ``high``, ``length`` further."""

    low: float
    high: float
    start: float
    length: float
    drawn: Mapping[str, Any]

    @classmethod
    def of(cls, drawn: Mapping[str, Any], *, start: float, length: float) -> "Axis":
        """Read an axis of a figure; raise ``ValueError`` for one that our SVG cannot show."""
        expect(drawn, KNOWN, "axis")
        one_of(drawn.get("type", "linear"), dict.fromkeys(("linear", "date")), "type of axis")
        one_of(drawn.get("ticks", ""), dict.fromkeys(("", "outside")), "ticks of an axis")
        if drawn.get("tickangle", 0):
            raise ValueError(f"Our SVG knows no tickangle {drawn['tickangle']}")
        low, high = map(_place, drawn["range"])
        return cls(low, high, start, length, drawn)

    def at(self, value: Value) -> float:
        """Return the pixel of a number or a day."""
        return self.start + (_place(value) - self.low) / (self.high - self.low) * self.length

    @property
    def font(self) -> Mapping[str, Any]:
        """The size and colour of its labels; empty where they are those of the figure."""
        font: Mapping[str, Any] = self.drawn.get("tickfont", {})
        expect(font, "size color", "tickfont")
        return font

    @property
    def ticks(self) -> Sequence[tuple[Value, str]]:
        """The ticks within the range, with labels in Plotly's markup."""
        ticks: Iterable[tuple[Value, str]]
        if "tickvals" in self.drawn:
            ticks = zip(self.drawn["tickvals"], self.drawn["ticktext"], strict=True)
        elif self.drawn.get("type") == "date":
            form = self.drawn["tickformat"]
            days = map(date.fromordinal, self._days())
            ticks = ((day.isoformat(), plain(day.strftime(form))) for day in days)
        elif self.drawn.get("showticklabels", True) or self.drawn.get("showgrid", True):
            raise ValueError("Our SVG knows no axis without tickvals")
        else:
            return ()
        low, high = sorted((self.low, self.high))
        return [(value, text) for value, text in ticks if low <= _place(value) <= high]

    @property
    def has_zero_line(self) -> bool:
        """Whether zero is marked; a grid has no line there then."""
        return bool(self.drawn.get("zeroline")) and self.low * self.high <= 0

    def lines(self) -> Iterator[tuple[str, float, float]]:
        """Yield the colour, the width and the pixel of each line of the grid, then of zero."""
        if self.drawn.get("showgrid", True):
            for value, _ in self.ticks:
                at = self.at(value)
                is_inside = 1 < abs(at - self.start) < abs(self.length) - 1
                if is_inside and not (self.has_zero_line and value == 0):
                    yield self.drawn["gridcolor"], 1, at
        if self.has_zero_line:
            yield self.drawn["zerolinecolor"], self.drawn["zerolinewidth"], self.at(0)

    def _days(self) -> Iterator[int]:
        """Yield the days of ticks, as Plotly chooses them."""
        kind, step = _rhythm(self.drawn, self.high - self.low)
        first, last = date.fromordinal(int(self.low)), int(self.high)
        if kind == "days":
            start = FIRST_SUNDAY.toordinal()
            yield from range(start - (start - first.toordinal()) // step * step, last + 1, step)
            return
        month = (first.year * 12 + first.month - 1) // step * step
        while (day := date(month // 12, month % 12 + 1, 1).toordinal()) <= last:
            yield day
            month += step


def x_labels(axis: Axis, *, bottom: float, size: int) -> str:
    """Return the ticks of the axis below a plot and their labels; ``size`` is the figure's."""
    size, ticks = axis.font.get("size", size), axis.ticks
    has_marks = axis.drawn.get("ticks") == "outside"
    y = bottom + 1 + size + (TICK + 0.2 * size if has_marks else 0)
    marks = "".join(f"M{number(axis.at(value))} {number(bottom + 1)}v{TICK}" for value, _ in ticks)
    drawn = f'<path d="{marks}"{paint(stroke=axis.drawn["tickcolor"])}/>' if has_marks else ""
    return drawn + _labels(
        axis, "middle", [(axis.at(value), y, text) for value, text in ticks], size=size
    )


def y_labels(axis: Axis, *, left: float, size: int) -> str:
    """Return the labels left of a plot; ``size`` is the figure's."""
    if axis.drawn.get("ticks"):
        raise ValueError("Our SVG knows no ticks of an axis on the left")
    size = axis.font.get("size", size)
    x = left - 1 - axis.drawn.get("ticklabelstandoff", 0)
    places = [(x, axis.at(value) + MIDDLE * size, text) for value, text in axis.ticks]
    return _labels(axis, "end", places, size=size)


def _labels(
    axis: Axis, anchor: str, places: Sequence[tuple[float, float, str]], *, size: int
) -> str:
    if not places or not axis.drawn.get("showticklabels", True):
        return ""
    texts = "".join(text_element(lines_of(text), x=x, y=y) for x, y, text in places)
    colour = paint(fill=axis.font.get("color", ""))
    return f'<g text-anchor="{anchor}" font-size="{number(size)}"{colour}>{texts}</g>'


def _place(value: Value) -> float:
    return date.fromisoformat(value).toordinal() if isinstance(value, str) else value


def _rhythm(drawn: Mapping[str, Any], span: float) -> tuple[str, int]:
    """Return the distance of ticks in months or days: the one given, or Plotly's own choice."""
    if "dtick" in drawn:
        return "months", int(drawn["dtick"].removeprefix("M"))
    days = span / drawn["nticks"]
    if days * 2 > YEAR_DAYS:
        base = 1
        while days / YEAR_DAYS >= base * 10:
            base *= 10
        years = days / YEAR_DAYS / base
        return "months", 12 * base * (_least(years, YEAR_STEPS) if years >= 1 else 1)
    if days * 2 > MONTH_DAYS:
        return "months", _least(days / MONTH_DAYS, MONTH_STEPS)
    return "days", _least(days, DAY_STEPS)


def _least(wanted: float, steps: Sequence[int]) -> int:
    """Return the first step that is larger, else the last."""
    return next((step for step in steps if step > wanted), steps[-1])

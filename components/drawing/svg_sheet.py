"""What a figure in SVG is drawn on: its plot, its axes, and what is defined on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from components.drawing.svg_axes import Axis, Value, x_labels, y_labels
from components.drawing.svg_elements import Link, expect, number, one_of, paint

KNOWN: Final = (
    "height margin paper_bgcolor plot_bgcolor font hoverlabel dragmode showlegend barmode "
    "annotations shapes template xaxis yaxis meta"
)
"""All that the layouts of our figures for the screen have."""

CLEAR: Final = "rgba(0,0,0,0)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The plot of a figure in pixels, with its axes; patterns and stacks grow as it is drawn."""

    layout: Mapping[str, Any]
    prefix: str
    height: float
    left: float
    top: float
    right: float
    bottom: float
    x: Axis
    y: Axis
    link: Link | None = None
    """What a click on a bar leads to, by its id."""
    linked: set[str] = field(default_factory=set)
    """The ids of the bars so far that are links."""
    patterns: dict[str, str] = field(default_factory=dict)
    """The patterns of hatching so far, by what tells them apart."""
    ends: dict[Value, float] = field(default_factory=dict)
    """Where the bars stacked so far end, by their place on the other axis."""

    @classmethod
    def of(
        cls, layout: Mapping[str, Any], *, width: int, prefix: str, link: Link | None = None
    ) -> "Sheet":
        """Read a layout; raise ``ValueError`` for one that our SVG cannot show."""
        expect(layout, KNOWN, "layout")
        one_of(layout["barmode"], {"stack": None}, "barmode")
        one_of(layout["paper_bgcolor"], {CLEAR: None}, "paper_bgcolor")
        one_of(layout["plot_bgcolor"], {CLEAR: None}, "plot_bgcolor")
        if layout["showlegend"] or layout["template"]:
            raise ValueError("Our SVG knows neither legend nor template")
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
            link,
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

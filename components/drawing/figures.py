"""What all figures share: background, type, axes and, in print, a title and a source inside."""

import html
import math
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import plotly.graph_objects as go

from components.basics import line_breaking
from components.basics.hatching import Hatching
from components.basics.messages import in_japanese
from components.basics.palette import Theme

TOP_MARGIN: Final = 22
HOVER_SIDES: Final = 24
HOVER_LENGTH: Final = 60
"""What a text on hover has around it, in pixels, and how long its lines are at most."""

TITLE_SIZE: Final = 1.45
LEADING: Final = 1.35

PROSE_WIDTH: Final = 0.49
"""Mean width of a character of running text in Arial, which is wider than Source Sans."""

JAPANESE_TYPE: Final = (
    "Hiragino Sans, Yu Gothic, Noto Sans JP, Noto Sans CJK JP, IPAexGothic, sans-serif"
)

Trace = dict[str, Any]
"""One trace of a figure, as Plotly's JSON has it."""


class KeyEntry(NamedTuple):
    """One entry of a colour key: its colour, what it means, and the symbol drawn for it."""

    colour: str
    label: str
    sign: str = "■"


@dataclass(frozen=True, slots=True)
class Caption:
    """The words that travel inside an exported figure."""

    title: str
    subtitle: str
    footer: str


def plain(text: str) -> str:
    """Escape text for Plotly, which interprets a few HTML tags in every label."""
    return html.escape(text, quote=False)


def text_width(text: str, theme: Theme, *, smaller: int = 0) -> float:
    """Estimate the width of a line of text in pixels, set ``smaller`` than the body type."""
    return line_breaking.width(text) * (theme.font_size - smaller) * theme.character_width


def hover_text(title: str, lines: Sequence[str], theme: Theme) -> str:
    """Return a text on hover that is no wider than its figure: a title, then lines."""
    room = theme.width - HOVER_SIDES
    limit = max(12, min(HOVER_LENGTH, int(room / (theme.font_size * theme.character_width))))
    heading = [f"<b>{plain(part)}</b>" for part in line_breaking.wrap(title, limit)]
    rest = [plain(part) for line in lines for part in line_breaking.wrap(line, limit)]
    return "<br>".join([*heading, *rest])


def type_family(theme: Theme) -> str:
    """Return the typefaces of a theme, with those that have Japanese letters where they are used.

    IPAexGothic is that of pictures.
    """
    return f"{theme.font}, {JAPANESE_TYPE}" if in_japanese() else theme.font


def base_layout(theme: Theme, *, height: int, margin: Mapping[str, int]) -> dict[str, Any]:
    """Return the layout of a figure ``height`` pixels high that allows only hover and click."""
    layout: dict[str, Any] = {
        "height": height,
        "margin": {**margin, "pad": 0, "autoexpand": False},
        "paper_bgcolor": theme.paper if theme.is_print else "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": type_family(theme), "size": theme.font_size, "color": theme.ink},
        "hoverlabel": {
            "font": {
                "family": type_family(theme),
                "size": theme.font_size,
                "color": theme.ink,
            },
            "bgcolor": theme.paper,
            "bordercolor": theme.grid,
            "align": "left",
        },
        "dragmode": False,
        "showlegend": False,
        "barmode": "stack",
        "annotations": [],
        # Empty: otherwise Plotly adds a default template that is larger than most figures.
        "template": {},
    }
    if theme.is_print:
        layout["width"] = theme.width
    return layout


class Drawing(go.Figure):  # type: ignore[misc]  # Plotly ships no types
    """A figure whose Plotly objects are made only when one of them is asked for.

    On screen none is: the figure is sent as it was drawn. Making the objects and copying them
    back took an eighth of a page's time.
    """

    def __init__(self, drawn: dict[str, Any]) -> None:
        """Keep the figure in the form of Plotly's JSON: ``data`` and ``layout``."""
        self._drawn = drawn
        self._is_made = False

    def __getattr__(self, name: str) -> Any:
        """Make the objects at the first use of what Plotly's constructor sets."""
        if name.startswith("__") or self.__dict__.get("_is_made", True):
            raise AttributeError(name)
        self._is_made = True
        # Without validation, which takes seven times as long as the rest: the tests validate.
        super().__init__(self._drawn, _validate=False)
        return getattr(self, name)

    def __reduce__(self) -> tuple[type["Drawing"], tuple[dict[str, Any]]]:
        """Copy and pickle as what is drawn; Plotly's own way would write into it."""
        return Drawing, (deepcopy(self.to_dict()),)

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as it was drawn, or as its objects are by now; not to be changed."""
        made: dict[str, Any] = super().to_dict() if self._is_made else self._drawn
        return made


def assemble(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> go.Figure:
    """Return the figure of some traces and a layout."""
    return Drawing({"data": list(traces), "layout": dict(layout)})


def labelled(figure: go.Figure, label: str) -> go.Figure:
    """Return a figure with a label in its metadata, which tells it from others that look alike."""
    drawn = figure.to_dict()
    return Drawing({**drawn, "layout": {**drawn["layout"], "meta": label}})


def key_lines(entries: Sequence[KeyEntry], *, theme: Theme, room: float) -> list[str]:
    """Break a colour key into lines that fit into ``room`` pixels."""
    lines: list[str] = []
    used = room + 1
    for colour, label, sign in entries:
        item = f'<span style="color:{colour}">{sign}</span> {plain(label)}'
        width = text_width(label, theme, smaller=1) + 34
        if used + width > room or not lines:
            lines.append(item)
            used = width
        else:
            lines[-1] += f"&nbsp;&nbsp;&nbsp; {item}"
            used += width
    return lines


def key_annotation(lines: Sequence[str], *, theme: Theme, left: int) -> dict[str, Any]:
    """Place a colour key at the top left of a figure, ``left`` pixels left of its plot."""
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "xshift": -left,
        "y": 1,
        "yanchor": "bottom",
        "yshift": 2,
        "xanchor": "left",
        "align": "left",
        "showarrow": False,
        "text": "<br>".join(lines),
        "font": {"size": theme.font_size - 1, "color": theme.muted},
    }


def money_axis(theme: Theme, *, top: float, reach: float, room: float = 400) -> dict[str, Any]:
    """Return an axis in US$ billions from zero: ticks up to ``top``, space up to ``reach``.

    ``room`` is the length of the axis in pixels; a short one has fewer ticks.
    """
    pixels = room / reach
    ticks = next(
        ticks
        for steps in (4, 3, 2, 1)
        if _are_clear(ticks := nice_ticks(top, steps=steps), pixels, theme) or steps == 1
    )
    if not _are_clear(ticks, pixels, theme):
        # One more than zero, so that the axis has a scale.
        ticks = [0, ticks[-1]]
    return {
        "range": [0, reach],
        "tickvals": ticks,
        "ticktext": list(map(_tick_text, ticks)),
        "tickfont": {"color": theme.muted, "size": theme.font_size - 1},
        "tickangle": 0,
        "gridcolor": theme.grid,
        "zeroline": True,
        "zerolinecolor": theme.muted,
        "zerolinewidth": 1,
        "fixedrange": True,
    }


def _tick_text(tick: float) -> str:
    """Write a tick in billions, in Japanese in hundred millions, of which the subtitle tells."""
    if in_japanese():
        return f"{round(tick * 10, 6):.10g}"
    return f"${tick:,g}B" if tick else "$0"


def _are_clear(ticks: Sequence[float], pixels: float, theme: Theme) -> bool:
    """Return whether the labels of ticks stand clear of each other, at some pixels a unit."""
    widths = [text_width(_tick_text(tick), theme, smaller=1) for tick in ticks]
    places = zip(pairwise(ticks), pairwise(widths), strict=True)
    return all((after - before) * pixels > sum(wide) / 2 + 8 for (before, after), wide in places)


def row_axis(rows: float) -> dict[str, Any]:
    """Return an axis of ``rows`` rows from top to bottom, without ticks."""
    return {
        "range": [rows - 0.45, -0.55],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def pattern(colour: str, hatching: Hatching, theme: Theme) -> dict[str, Any]:
    """Return the pattern of a bar of some colour."""
    if hatching is Hatching.NONE:
        return {"shape": ""}
    # Plotly leaves a patterned bar without a background invisible, so both colours are set.
    return {
        "shape": hatching.value,
        "fillmode": "replace",
        "fgcolor": theme.paper,
        "fgopacity": 0.7,
        "bgcolor": colour,
        "size": 7,
        "solidity": 0.2,
    }


def nice_step(top: float, *, steps: int) -> float:
    """Choose a round step (1, 2 or 5 times a power of ten) that reaches ``top`` in ``steps``."""
    if not top > 0 or math.isinf(top):
        return 1.0
    rough = top / steps
    magnitude: float = 10.0 ** math.floor(math.log10(rough))
    return next(m * magnitude for m in (1.0, 2.0, 5.0, 10.0) if m * magnitude >= rough * 0.999999)


def nice_ticks(top: float, *, steps: int = 4) -> list[float]:
    """List round values from zero to the first that reaches ``top`` or lies just below it."""
    step = nice_step(top, steps=steps)
    if step > top > 0:
        # One tick too many for the space is better than none but zero.
        magnitude = 10.0 ** math.floor(math.log10(top))
        step = max(m * magnitude for m in (1.0, 2.0, 5.0) if m * magnitude <= top)
    return [round(step * count, 10) for count in range(int(top / step + 1e-9) + 1)]


def reach_for_labels(
    values: Sequence[float], labels: Sequence[str], *, theme: Theme, plot_width: float
) -> float:
    """Find how far an axis must reach so that the label after each bar's end fits the figure."""
    widest = max([*values, 0.0]) or 1.0
    reach = widest * 1.02
    for value, label in zip(values, labels, strict=True):
        free = 1 - min((text_width(label, theme) + 12) / plot_width, 0.8)
        reach = max(reach, value / free)
    return reach


def caption_heights(caption: Caption, theme: Theme) -> tuple[int, int]:
    """Return the height in pixels of a caption above and below a printed figure."""
    title, subtitle, footer = _wrapped(caption, theme)
    size = theme.font_size
    above = TOP_MARGIN + _title_height(title, theme) + round(len(subtitle) * size * 1.3) + 12
    below = 14 + round(len(footer) * (size - 2) * LEADING) + 14
    return above, below


def add_caption(figure: go.Figure, caption: Caption, theme: Theme) -> go.Figure:
    """Put the caption inside a printed figure, which grows by the caption's height."""
    above, below = caption_heights(caption, theme)
    margin = figure.layout.margin
    figure.update_layout(
        height=figure.layout.height + above + below,
        margin={"t": (margin.t or 0) + above, "b": (margin.b or 0) + below},
    )
    return _place_caption(figure, caption, theme)


def add_side_caption(figure: go.Figure, caption: Caption, theme: Theme) -> go.Figure:
    """Put the caption into a column left of a printed figure, which grows by ``theme.width``.

    The figure must be tall enough for it, see ``caption_heights``.
    """
    margin = figure.layout.margin
    figure.update_layout(
        width=figure.layout.width + theme.width, margin={"l": (margin.l or 0) + theme.width}
    )
    return _place_caption(figure, caption, theme)


def _place_caption(figure: go.Figure, caption: Caption, theme: Theme) -> go.Figure:
    """Write title and subtitle at the top left of the paper, the footer at the bottom left."""
    title, subtitle, footer = _wrapped(caption, theme)
    size = theme.font_size
    margin = figure.layout.margin
    top, bottom = margin.t or 0, margin.b or 0
    common = {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "xshift": theme.side - (margin.l or 0),
        "xanchor": "left",
        "align": "left",
        "showarrow": False,
    }
    figure.add_annotation(
        common,
        text="<br>".join(f"<b>{line}</b>" for line in title),
        font={"size": round(size * TITLE_SIZE), "color": theme.ink},
        y=1,
        yanchor="top",
        yshift=top - TOP_MARGIN + 4,
    )
    figure.add_annotation(
        common,
        text="<br>".join(subtitle),
        font={"size": size, "color": theme.muted},
        y=1,
        yanchor="top",
        yshift=top - TOP_MARGIN + 4 - _title_height(title, theme),
    )
    figure.add_annotation(
        common,
        text="<br>".join(footer),
        font={"size": size - 2, "color": theme.muted},
        y=0,
        yanchor="bottom",
        yshift=14 - bottom,
    )
    return figure


def _title_height(title: Sequence[str], theme: Theme) -> int:
    return round(theme.font_size * (1.9 + TITLE_SIZE * 1.3 * (len(title) - 1)))


def _wrapped(caption: Caption, theme: Theme) -> tuple[list[str], list[str], list[str]]:
    def wrap(text: str, font_size: float, character_width: float) -> list[str]:
        width = int((theme.width - 2 * theme.side) / (font_size * character_width))
        lines = [one for part in text.splitlines() for one in line_breaking.wrap(part, width)]
        return [plain(line) for line in lines]

    size = theme.font_size
    return (
        wrap(caption.title, size * TITLE_SIZE, theme.character_width),
        wrap(caption.subtitle, size, PROSE_WIDTH),
        wrap(caption.footer, size - 2, PROSE_WIDTH),
    )

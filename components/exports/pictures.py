"""Charts and the map as PNG, SVG and PDF, drawn as on screen but with the print theme."""

import re
from dataclasses import dataclass
from typing import Final, Literal

import plotly.graph_objects as go

from components.basics.palette import print_theme
from components.drawing import figures
from components.exhibits.exhibit import Exhibit
from components.exports import chromium, typesetting

Kind = Literal["png", "svg", "pdf"]

POINTS_PER_UNIT: Final = 0.72
"""A figure has 100 units to the inch, paper 72 points."""

SVG_SIZE: Final = re.compile(rb'\b(?:width|height)="([0-9.]+)"')
"""Plotly's file opens with its width, then its height."""

NARROWEST: Final = 720
WIDTH_STEP: Final = 40
WIDEST: Final = 1440
"""Widths at which a picture of fixed proportions is tried: in steps that keep heights whole, and
not wider, since its words would be too small to read."""

STRETCH: Final = 1.6
"""A chart is drawn at most this many times as tall as by default; the rest stays white."""

COLUMN: Final = 0.38
"""The share of the width that a map on a wide picture leaves to a column of words."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Size and proportions of a picture; without ``size`` it is as tall as it needs to be.

    ``scale`` is in pixels for each unit; a picture is 700 units wide where ``size`` is None.
    """

    id: str
    label: str
    scale: float = 1
    size: tuple[int, int] | None = None


SHAPES: Final = {
    shape.id: shape
    for shape in (
        Shape("1x", "700 px wide", scale=1),
        Shape("2x", "1,400 px wide", scale=2),
        Shape("3x", "2,100 px wide, for print", scale=3),
        Shape("1200x630", "1,200 × 630 px, for sharing", size=(1200, 630)),
        Shape("square", "1,200 × 1,200 px, square", size=(1200, 1200)),
    )
}
NATURAL: Final = SHAPES["1x"]


def print_figure(exhibit: Exhibit, *, link: str, shape: Shape = NATURAL) -> go.Figure:
    """Draw an exhibit to be saved: light, with title, filter, source and link inside.

    ``link`` is the address of the view; it may be empty. The figure is 700 units wide, or
    wide enough to fit everything into the proportions of ``shape``.
    """
    words = exhibit.colophon(link=link)
    caption = figures.Caption(words.title, words.subtitle, words.small_print())
    if shape.size is None:
        theme = print_theme()
        return figures.add_caption(exhibit.draw(theme), caption, theme)
    proportion = shape.size[0] / shape.size[1]
    fit = _beside if exhibit.keeps_proportions and proportion > 1 else _below
    widths = range(NARROWEST, WIDEST, WIDTH_STEP)
    fitted = (fit(exhibit, caption, width, round(width / proportion)) for width in widths)
    last = fit(exhibit, caption, WIDEST, None)
    return next((figure for figure in fitted if figure is not None), last)


def picture_bytes(exhibit: Exhibit, *, kind: Kind, link: str, shape: Shape = NATURAL) -> bytes:
    """Draw an exhibit as a file; raises PictureError where no browser can draw it.

    The scale of ``shape`` is for PNG alone: SVG and PDF have none.
    """
    figure = print_figure(exhibit, link=link, shape=shape)
    if kind == "png":
        # The browser rounds down: slightly too little would lose a row of pixels.
        scale = shape.size[0] / figure.layout.width + 1e-9 if shape.size else shape.scale
        return chromium.shared().draw(figure, kind="png", scale=scale)
    svg = chromium.shared().draw(figure, kind="svg")
    return svg if kind == "svg" else pdf_bytes(svg, exhibit)


def pdf_bytes(svg: bytes, exhibit: Exhibit) -> bytes:
    """Put the SVG of an exhibit on a page of its own size; lines stay vectors, words stay text."""
    width, height = (float(size) for size in SVG_SIZE.findall(svg)[:2])
    return typesetting.pdf_bytes(
        "picture.typ",
        data={
            "title": exhibit.title,
            "description": exhibit.alt,
            "alt": exhibit.alt,
            "width": width * POINTS_PER_UNIT,
            "height": height * POINTS_PER_UNIT,
        },
        files={"picture.svg": svg},
        as_of=exhibit.view.pledge.as_of,
    )


def _below(
    exhibit: Exhibit, caption: figures.Caption, width: int, height: int | None
) -> go.Figure | None:
    """Draw with the words above and below; None where ``height`` is too little for it."""
    theme = print_theme(width=width)
    drawn = exhibit.draw(theme)
    if height is not None:
        room = height - sum(figures.caption_heights(caption, theme))
        if drawn.layout.height > room:
            return None
        _fill(drawn, room=room)
    return figures.add_caption(drawn, caption, theme)


def _beside(
    exhibit: Exhibit, caption: figures.Caption, width: int, height: int | None
) -> go.Figure | None:
    """Draw with the words in a column at the left; None where ``height`` is too little for it."""
    column = print_theme(width=round(width * COLUMN))
    drawn = exhibit.draw(print_theme(width=width - column.width))
    needed = max(drawn.layout.height, sum(figures.caption_heights(caption, column)))
    if needed > (height or needed):
        return None
    _fill(drawn, room=height or needed)
    return figures.add_side_caption(drawn, caption, column)


def _fill(figure: go.Figure, *, room: int) -> None:
    """Make a drawing without its caption ``room`` tall: stretch it, then leave white space."""
    height = min(room, round(figure.layout.height * STRETCH))
    spare = room - height
    margin = figure.layout.margin
    figure.update_layout(
        height=room,
        margin={"t": (margin.t or 0) + spare // 2, "b": (margin.b or 0) + spare - spare // 2},
    )

"""Charts and the map as PNG, SVG and PDF, drawn as on screen but with the print theme."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import plotly.graph_objects as go
from markupsafe import Markup

from components.basics.formatting import as_sentence, join_sentences
from components.basics.messages import _, language, mark
from components.basics.palette import print_theme
from components.drawing import figures
from components.exhibits.exhibit import Exhibit
from components.exports import chromium, typesetting
from components.words import notes
from components.words.colophon import Colophon

Kind = Literal["png", "svg", "pdf"]

POINTS_PER_UNIT: Final = 0.72
"""A figure has 100 units to the inch, paper 72 points."""

SVG_SIZE: Final = re.compile(rb'\b(?:width|height)="([0-9.]+)"')
"""Plotly's file opens with its width, then its height."""

WIDTHS: Final = range(720, 1440 + 1, 40)
WIDTHS_UPRIGHT: Final = range(540, 1080 + 1, 36)
"""Widths at which a picture of fixed proportions is tried: in steps that keep heights whole, and
not wider, since its words would be too small to read."""

DPI: Final = 300
MM_PER_INCH: Final = 25.4
"""The resolution of pictures for newspaper columns, whose width is in millimetres."""

STRETCH: Final = 1.6
"""A chart is drawn at most this many times as tall as by default; the rest stays white."""

COLUMN: Final = 0.38
"""The share of the width that a map on a wide picture leaves to a column of words."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Size and proportions of a picture; without ``size`` it is as tall as it needs to be.

    ``scale`` is in pixels for each unit; without ``size`` a picture is ``width`` units wide, by
    default 700. ``dpi`` stands in the file, for programs that set it on paper; 0 for none.
    """

    id: str
    label: str
    scale: float = 1
    size: tuple[int, int] | None = None
    width: int | None = None
    dpi: int = 0


def _column(shape_id: str, label: str, *, mm: int, width: int) -> Shape:
    pixels = round(mm / MM_PER_INCH * DPI)
    return Shape(shape_id, label, scale=pixels / width, width=width, dpi=DPI)


SHAPES: Final = {
    shape.id: shape
    for shape in (
        Shape("1x", mark("700 px wide"), scale=1),
        Shape("2x", mark("1,400 px wide"), scale=2),
        Shape("3x", mark("2,100 px wide, for print"), scale=3),
        # At these widths the smallest type, 11 units, is 6.5 points or more.
        _column("85mm", mark("85 mm, one column at 300 dpi"), mm=85, width=400),
        _column("170mm", mark("170 mm, two columns at 300 dpi"), mm=170, width=700),
        Shape("1200x630", mark("1,200 × 630 px, for sharing"), size=(1200, 630)),
        Shape("square", mark("1,200 × 1,200 px, square"), size=(1200, 1200)),
        Shape("1080x1350", mark("1,080 × 1,350 px, for phones"), size=(1080, 1350)),
        Shape("1080x1920", mark("1,080 × 1,920 px, a phone's whole screen"), size=(1080, 1920)),
    )
}
NATURAL: Final = SHAPES["1x"]


def print_figure(
    exhibit: Exhibit, *, link: str, shape: Shape = NATURAL, is_short: bool = False
) -> go.Figure:
    """Draw an exhibit to be saved: light, with its finding, filter, source and link inside.

    ``link`` is the address of the view; it may be empty. The figure is as wide as ``shape`` says,
    or wide enough to fit everything into its proportions. A short one has fewer notes.
    """
    words = _words(exhibit, link=link, is_short=is_short)
    caption = figures.Caption(
        exhibit.finding,
        join_sentences(as_sentence(_(exhibit.title)), words.subtitle),
        words.small_print(),
    )
    if shape.size is None:
        theme = print_theme(width=shape.width) if shape.width else print_theme()
        return figures.add_caption(exhibit.draw(theme), caption, theme)
    proportion = shape.size[0] / shape.size[1]
    fit = _beside if exhibit.keeps_proportions and proportion > 1 else _below
    widths = WIDTHS_UPRIGHT if proportion < 1 else WIDTHS
    fitted = (fit(exhibit, caption, width, round(width / proportion)) for width in widths)
    drawn = next((figure for figure in fitted if figure is not None), None)
    return fit(exhibit, caption, widths[-1], None) if drawn is None else drawn


def picture_bytes(
    exhibit: Exhibit, *, kind: Kind, link: str, shape: Shape = NATURAL, is_short: bool = False
) -> bytes:
    """Draw an exhibit as a file; raises PictureError where no browser can draw it.

    The scale of ``shape`` is for PNG alone: SVG and PDF have none. What a picture shows and whose
    it is also stands in the file, where programs that keep pictures look for it.
    """
    figure = print_figure(exhibit, link=link, shape=shape, is_short=is_short)
    about = _about(exhibit, _words(exhibit, link=link, is_short=is_short))
    if kind == "png":
        # The browser rounds down: slightly too little would lose a row of pixels.
        scale = shape.size[0] / figure.layout.width + 1e-9 if shape.size else shape.scale + 1e-9
        drawn = chromium.shared().draw(figure, kind="png", scale=scale)
        return _described_png(drawn, about, dpi=shape.dpi)
    svg = _described_svg(chromium.shared().draw(figure, kind="svg"), about)
    return svg if kind == "svg" else pdf_bytes(svg, exhibit)


def _words(exhibit: Exhibit, *, link: str, is_short: bool) -> Colophon:
    return exhibit.colophon(
        link=link, note=notes.said(notes.short(exhibit.notes)) if is_short else None
    )


def _about(exhibit: Exhibit, words: Colophon) -> dict[str, str]:
    """Return what a file says of itself, under the names that PNG and Dublin Core have."""
    return {
        "Title": exhibit.finding,
        "Description": exhibit.alt,
        "Author": words.dataset,
        "Source": "\n".join(filter(None, [words.source, words.link])),
        "Copyright": words.licence,
        "Creation Time": words.as_of.isoformat(),
    }


PNG_HEAD: Final = 33
"""The signature of a PNG file and its first chunk, after which others may stand."""


def _described_png(png: bytes, about: Mapping[str, str], *, dpi: int) -> bytes:
    """Put texts into a PNG, in UTF-8, and how many pixels it has to the inch."""
    chunks = [
        _chunk(b"iTXt", name.encode() + b"\0\0\0" + language().encode() + b"\0\0" + text.encode())
        for name, text in about.items()
    ]
    if dpi:
        per_metre = round(dpi * 1000 / MM_PER_INCH).to_bytes(4, "big")
        chunks.insert(0, _chunk(b"pHYs", per_metre * 2 + b"\1"))
    return png[:PNG_HEAD] + b"".join(chunks) + png[PNG_HEAD:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body)
    return len(body).to_bytes(4, "big") + kind + body + check.to_bytes(4, "big")


def _described_svg(svg: bytes, about: Mapping[str, str]) -> bytes:
    """Name an SVG for screen readers, and put its source and licence into it."""
    head, end, rest = svg.partition(b">")
    named = Markup('<title id="title">{Title}</title><desc id="desc">{Description}</desc>')
    origin = Markup(
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">'
        "<dc:title>{Title}</dc:title><dc:creator>{Author}</dc:creator>"
        "<dc:source>{Source}</dc:source><dc:rights>{Copyright}</dc:rights>"
        "<dc:date>{Creation Time}</dc:date></rdf:Description></rdf:RDF></metadata>"
    )
    role = b' role="img" aria-labelledby="title desc"'
    return head + role + end + (named + origin).format(**about).encode() + rest


def pdf_bytes(svg: bytes, exhibit: Exhibit) -> bytes:
    """Put the SVG of an exhibit on a page of its own size; lines stay vectors, words stay text."""
    width, height = (float(size) for size in SVG_SIZE.findall(svg)[:2])
    return typesetting.pdf_bytes(
        "picture.typ",
        data={
            "title": exhibit.finding,
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

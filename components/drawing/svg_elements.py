"""What our SVG is written with: numbers, colours, and texts in the markup of Plotly's labels."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeVar

from markupsafe import Markup, escape

from components.basics.palette import halves

T = TypeVar("T")

Link = Callable[[str], str | None]
"""The address that something drawn leads to, by its id; "" or None for no link."""

CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not allow, or that nobody sees."""

TAG: Final = re.compile(r'<(b|/b|/span|span style="color:([^"]*)")>')
"""The tags that our labels have, but for ``<br>``."""

ANY_TAG: Final = re.compile("<[^<>]*>")

STROKES: Final[Mapping[str, str]] = {
    "/": "M0 {0}L{0} 0M-1 1L1-1M{1} {2}L{2} {1}",
    "\\": "M0 0L{0} {0}M-1 {1}L1 {2}M{1}-1L{2} 1",
}
"""The strokes of a tile that is ``{0}`` wide, the ends of its neighbours' in its corners."""

SHAPES: Final[Mapping[str, str]] = {"/": "/", "\\": "\\", "x": "/\\"}


def number(value: float) -> str:
    """Write a coordinate to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def escaped(text: str) -> Markup:
    """Escape text for SVG, as content and as the value of an attribute."""
    return escape(CONTROLS.sub("", text) if not text.isprintable() else text)


@lru_cache(maxsize=512)
def paint(*, fill: str = "", stroke: str = "") -> str:
    """Return the attributes for colours, each of which may be a pair.

    A pair is a style; browsers that know none take its light half from the attribute.
    """
    colours = {name: colour for name, colour in (("fill", fill), ("stroke", stroke)) if colour}
    plain = "".join(f' {name}="{escape(halves(colour)[0])}"' for name, colour in colours.items())
    pairs = [f"{name}:{escape(c)}" for name, c in colours.items() if halves(c)[0] != c]
    return f'{plain} style="{";".join(pairs)}"' if pairs else plain


def lines_of(text: str) -> list[str]:
    """Return the lines of a label in Plotly's markup as content of ``<text>``.

    Raise ``ValueError`` for a tag that our labels do not have.
    """
    return [_line(line) if "<" in line else _words(line) for line in text.split("<br>")]


def _line(line: str) -> str:
    parts, at = [], 0
    for tag in TAG.finditer(line):
        parts.append(_words(line[at : tag.start()]))
        if tag[2]:
            parts.append(f"<tspan{paint(fill=html.unescape(tag[2]))}>")
        else:
            parts.append('<tspan font-weight="bold">' if tag[1] == "b" else "</tspan>")
        at = tag.end()
    parts.append(_words(line[at:]))
    return "".join(parts)


def _words(text: str) -> str:
    if unknown := ANY_TAG.search(text):
        raise ValueError(f"A label in SVG cannot have the tag {unknown[0]}")
    return escaped(html.unescape(text) if "&" in text else text)


def titled(hover: str) -> str:
    """Return a text on hover as a ``<title>``, which has no markup; "" for no text."""
    if not hover:
        return ""
    bare = hover.replace("<br>", "\n").replace("<b>", "").replace("</b>", "")
    return f"<title>{_words(bare)}</title>"


def linked(drawn: str, address: str | None, *, is_first: bool = True) -> str:
    """Return something drawn as a link to an address, if there is one.

    Of several that lead to the same place, keys reach only the ``first``.
    """
    if not address:
        return drawn
    reach = "" if is_first else ' tabindex="-1"'
    return f'<a href="{escaped(address)}"{reach}>{drawn}</a>'


def one_of(value: str, known: Mapping[str, T], what: str) -> T:
    """Return what a value stands for; raise ``ValueError`` for one that SVG cannot show."""
    if value not in known:
        raise ValueError(f"Our SVG knows no {what} {value!r}")
    return known[value]


def expect(found: Mapping[str, object], known: str, what: str) -> None:
    """Raise ``ValueError`` where something has a property that is not among the words ``known``."""
    unknown = sorted(found.keys() - known.split())
    if unknown:
        raise ValueError(f"Our SVG knows no {what} with {', '.join(unknown)}")


def tile(
    name: str, shape: str, *, ground: str, line: str, size: float, width: float, opacity: float
) -> str:
    """Return the pattern called ``name``: hatching in one of Plotly's shapes on some ground."""
    sides = [number(side) for side in (size, size - 1, size + 1)]
    strokes = "".join(STROKES[one].format(*sides) for one in one_of(shape, SHAPES, "pattern"))
    side = sides[0]
    return (
        f'<pattern id="{name}" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
        f'<path d="M0 0h{side}v{side}h-{side}z"{paint(fill=ground)}/>'
        f'<path d="{strokes}" stroke-width="{number(width)}" stroke-opacity="{opacity:g}"'
        f"{paint(stroke=line)}/></pattern>"
    )


def text_element(
    lines: Sequence[str], *, x: float, y: float, leading: float = 0, attributes: str = ""
) -> str:
    """Return lines as one ``<text>``, the baseline of the first at ``y``."""
    first, *rest = lines
    below = "".join(
        f'<tspan x="{number(x)}" dy="{number(leading)}">{line}</tspan>' for line in rest
    )
    return f'<text x="{number(x)}" y="{number(y)}"{attributes}>{first}{below}</text>'

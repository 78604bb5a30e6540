"""Pages: one chart or the map as a file that any browser opens offline."""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final, Literal

import jinja2
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from components.basics.formatting import format_count
from components.basics.geography import HEIGHT, WIDTH
from components.basics.messages import Labels, _, language
from components.basics.palette import PRINT_FONT, Theme, screen_theme
from components.exhibits.exhibit import Exhibit
from components.exhibits.state_map import StateMap
from components.exports.typesetting import TEMPLATES
from components.words.colophon import UNSPENT

CHART_WIDTHS: Final = (880, 560, 340)
MAP_WIDTHS: Final = (880, 340)
"""Everything is drawn at these widths in pixels; the page shows the widest that fits."""

SMALL_BELOW: Final = 400
"""Narrower drawings have smaller type, since a system font may be wide."""

MODES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")

CONTROLLER: Final = {"scrollZoom": True, "dragRotate": False, "inertia": False}


WORDS: Final = Labels(
    {
        "no_script": "The drawing needs JavaScript. What it shows:",
        "in": "Zoom in",
        "out": "Zoom out",
        "whole": "Whole map",
        "move": "Drag to move; Ctrl and the wheel to zoom.",
        "table": "Table",
        "as_table": "as a table",
        "dataset": "Dataset",
        "version": "Dataset version",
        "licence": "Licence",
        "link": "Link",
    }
)
"""What the page itself says, by its place."""

CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Characters that HTML does not allow."""


class PageTheme(Theme):
    """The screen's theme in a font of the reader's system: the page contains none."""

    __slots__ = ()

    @property
    def character_width(self) -> float:
        """Wide enough for DejaVu Sans, the widest of the fonts that replace Arial."""
        return 0.62


def page_bytes(exhibit: Exhibit, *, link: str) -> bytes:
    """Write an exhibit as one HTML file that makes no request to any server.

    ``link`` is the address of the view; it may be empty, and is a link only where it is http(s).
    """
    is_map = isinstance(exhibit, StateMap)
    modes = {mode: screen_theme(mode, width=0) for mode in MODES}
    scripts = [_own("page.js"), _deck_script() if is_map else _plotly_script()]
    page = _template().render(
        exhibit=exhibit,
        words=exhibit.colophon(link=link),
        caution=_(UNSPENT),
        language=language(),
        say=WORDS,
        is_link=link.startswith(("https://", "http://")),
        table=exhibit.readable(),
        row_count=len(exhibit.rows),
        counted=format_count(len(exhibit.rows), "row"),
        is_map=is_map,
        frame=(WIDTH, HEIGHT),
        legend=list(zip(*(exhibit.legend(modes[mode]) for mode in MODES), strict=True))
        if isinstance(exhibit, StateMap)
        else [],
        modes=modes,
        font=Markup(PRINT_FONT),
        style=_own("page.css"),
        policy=_policy(scripts),
        drawings=_script_json(_drawings(exhibit)),
        scripts=scripts,
    )
    # The scripts have none; a text of the data may.
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", page).encode()


def _drawings(exhibit: Exhibit) -> dict[str, Any]:
    """Draw for every mode and width; the map's texts on hover are separate, by state."""
    if isinstance(exhibit, StateMap):
        hover = {mark.state: [mark.name, mark.hover] for mark in exhibit.marks}
        return {"drawn": _in_all_modes(MAP_WIDTHS, partial(_deck, exhibit)), "hover": hover}
    return {"drawn": _in_all_modes(CHART_WIDTHS, partial(_figure, exhibit))}


def _in_all_modes(widths: Sequence[int], draw: Callable[[Theme], Any]) -> dict[str, Any]:
    return {mode: {str(width): draw(_theme(mode, width)) for width in widths} for mode in MODES}


def _theme(mode: Literal["light", "dark"], width: int) -> Theme:
    size = 13 if width > SMALL_BELOW else 12
    theme = replace(screen_theme(mode, width=width), font=PRINT_FONT, font_size=size)
    return PageTheme(**{name: getattr(theme, name) for name in Theme.__slots__})


def _figure(exhibit: Exhibit, theme: Theme) -> Any:
    return json.loads(exhibit.draw(theme).to_json(validate=False))


def _deck(exhibit: StateMap, theme: Theme) -> Any:
    """Return the screen's deck, but movable and without any text of the data.

    deck.gl would run some text as an expression and write tooltips as HTML.
    """
    deck = json.loads(exhibit.deck(theme).to_json())
    # The copy below the clickable layer is for Streamlit, which recolours what is selected.
    deck["layers"] = [layer for layer in deck["layers"] if layer["id"] != "shades"]
    for layer in deck["layers"]:
        if layer["id"] == "states":
            for feature in layer["data"]["features"]:
                del feature["properties"]["name"], feature["properties"]["hover"]
    deck["views"] = [{"@@type": "OrthographicView", "controller": CONTROLLER}]
    # One finger scrolls the page; two zoom the map.
    return deck | {"touchAction": "pan-y", "getTooltip": None}


def _script_json(content: Any) -> Markup:
    """Write JSON that cannot end the script around it, nor look like HTML."""
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _policy(scripts: Sequence[str]) -> str:
    """Allow exactly these scripts, and nothing else: no other hosts, no other inline scripts."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=4)
def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


@lru_cache(maxsize=2)
def _own(name: str) -> Markup:
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _plotly_script() -> Markup:
    return _inline(get_plotlyjs())


@lru_cache(maxsize=1)
def _deck_script() -> Markup:
    path = files("pydeck").joinpath("nbextension", "static", "index.js")
    return _inline(path.read_text(encoding="utf-8"))


def _inline(script: str) -> Markup:
    """Prepare a library for inlining: no source map, nothing that ends a script or is no HTML.

    Control characters stand in texts and patterns of the library, where their escapes are the same.
    """
    script = re.sub(r"//# sourceMappingURL=\S*\s*$", "", script)
    script = CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", script)
    return Markup(script.replace("</script", "<\\/script").replace("<!--", "<\\!--"))

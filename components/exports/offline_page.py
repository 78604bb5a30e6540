"""Pages: one chart or the map as a file that any browser opens, without a connection."""

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final, Literal

import jinja2
import pandas as pd
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from components.basics.formatting import UNDISCLOSED, format_count, format_date
from components.basics.geography import HEIGHT, WIDTH
from components.basics.palette import PRINT_FONT, Theme, screen_theme
from components.basics.us_states import STATE_NAMES
from components.exhibits import all_charts
from components.exhibits.all_charts import Exhibit
from components.exports import tables
from components.exports.tables import Column
from components.exports.typesetting import TEMPLATES
from components.facts.schema import CONFIDENCES, EXTENTS, MILESTONE_STAGES, QUALIFIERS
from components.views.view import View
from components.words.colophon import UNSPENT

CHART_WIDTHS: Final = (880, 560, 340)
MAP_WIDTHS: Final = (880, 340)
"""Everything is drawn for some widths in pixels; the page shows the widest that fits."""

SMALL_BELOW: Final = 400
"""Narrower drawings have smaller type, for a font of the system may run wide."""

MODES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")

CONTROLLER: Final = {"scrollZoom": True, "dragRotate": False, "inertia": False}
CHOICES: Final = {
    **QUALIFIERS,
    "at_least": "At least",
    **CONFIDENCES,
    **MILESTONE_STAGES,
    **EXTENTS,
}
MOST_DECIMALS: Final = 6
"""Sums of binary fractions differ from what they mean behind so many decimals."""


class PageTheme(Theme):
    """The screen's theme in a font of the reader's system: the page brings none."""

    __slots__ = ()

    @property
    def character_width(self) -> float:
        """Enough for DejaVu Sans, the widest of the fonts that stand in for Arial."""
        return 0.62


@dataclass(frozen=True, slots=True)
class Cells:
    """One column of the page's table, as text."""

    column: Column
    texts: Sequence[str]

    @property
    def is_figure(self) -> bool:
        """Whether the cells stand to the right, digit under digit."""
        return self.column.kind in ("number", "integer")


def page_bytes(exhibit: Exhibit, view: View, *, link: str) -> bytes:
    """Write an exhibit as one HTML file that asks nothing of any server.

    ``link`` is the address of the view; it may be empty, and is a link only where it is http(s).
    """
    is_map = exhibit.id == "map"
    modes = {mode: screen_theme(mode, width=0) for mode in MODES}
    scripts = [_own("page.js"), _deck_script() if is_map else _plotly_script()]
    page = _template().render(
        exhibit=exhibit,
        words=all_charts.colophon(exhibit, view, link=link),
        caution=UNSPENT,
        is_link=link.startswith(("https://", "http://")),
        table=_readable(exhibit.rows),
        row_count=len(exhibit.rows),
        counted=format_count(len(exhibit.rows), "row"),
        is_map=is_map,
        frame=(WIDTH, HEIGHT),
        legend=list(zip(*(all_charts.map_legend(view, modes[mode]) for mode in MODES), strict=True))
        if is_map
        else [],
        modes=modes,
        font=Markup(PRINT_FONT),
        style=_own("page.css"),
        policy=_policy(scripts),
        drawings=_script_json(_drawings(exhibit, view)),
        scripts=scripts,
    )
    return page.encode()


def _drawings(exhibit: Exhibit, view: View) -> dict[str, Any]:
    """Draw for every mode and width; what the map says on hover stands apart, by state."""
    draw = _deck if exhibit.id == "map" else _figure
    widths = MAP_WIDTHS if exhibit.id == "map" else CHART_WIDTHS
    drawn = {
        mode: {str(width): draw(exhibit, view, _theme(mode, width)) for width in widths}
        for mode in MODES
    }
    if exhibit.id != "map":
        return {"drawn": drawn}
    marks = all_charts.state_marks(view)
    return {"drawn": drawn, "hover": {m.state: [m.name, m.hover] for m in marks}}


def _theme(mode: Literal["light", "dark"], width: int) -> Theme:
    size = 13 if width > SMALL_BELOW else 12
    theme = replace(screen_theme(mode, width=width), font=PRINT_FONT, font_size=size)
    return PageTheme(**{name: getattr(theme, name) for name in Theme.__slots__})


def _figure(exhibit: Exhibit, _view: View, theme: Theme) -> Any:
    return json.loads(exhibit.draw(theme).to_json(validate=False))


def _deck(_exhibit: Exhibit, view: View, theme: Theme) -> Any:
    """Give the screen's deck, but one that can be moved, and that holds no word of the data.

    deck.gl would run some text as an expression and write tooltips as HTML.
    """
    deck = json.loads(all_charts.map_deck(view, all_charts.state_marks(view), theme).to_json())
    # The twin below the clickable layer is for Streamlit, which recolours what is selected.
    deck["layers"] = [layer for layer in deck["layers"] if layer["id"] != "shades"]
    for layer in deck["layers"]:
        if layer["id"] == "states":
            for feature in layer["data"]["features"]:
                del feature["properties"]["name"], feature["properties"]["hover"]
    deck["views"] = [{"@@type": "OrthographicView", "controller": CONTROLLER}]
    # A finger that moves up or down scrolls the page; two zoom the map.
    return deck | {"touchAction": "pan-y", "getTooltip": None}


def _readable(rows: pd.DataFrame) -> list[Cells]:
    """Put rows into words, without ids, which stand beside their names, and empty columns."""
    columns = [tables.describe(str(name)) for name in rows]
    cells = {
        column.name: Cells(column, _texts(column, rows[column.name].tolist())) for column in columns
    }
    if extents := cells.pop("stage_extent", None):
        name = "stage" if "stage" in cells else "event_stage"
        stage = cells[name]
        pairs = zip(stage.texts, extents.texts, strict=True)
        in_part = [f"{text} in part" if extent == "In part" else text for text, extent in pairs]
        cells[name] = replace(stage, texts=in_part)
    return [one for one in cells.values() if _says_something(one.column, one.texts)]


def _says_something(column: Column, texts: Sequence[str]) -> bool:
    usual = {"is_in_filter": "Yes", "undisclosed_count": "0"}.get(column.name, "")
    return column.kind != "id" and (not texts or any(text not in ("", usual) for text in texts))


def _texts(column: Column, values: Sequence[Any]) -> list[str]:
    match column.kind:
        case "number" | "integer":
            return _numbers(values, missing=UNDISCLOSED if column.name.endswith("_usd_bn") else "")
        case "flag":
            return ["Yes" if value else "No" for value in values]
        case "date":
            return [format_date(value) for value in values]
        case "choice":
            return [CHOICES.get(value, value) for value in values]
        case "list":
            return [
                ", ".join(STATE_NAMES.get(part, part) for part in value.split(";"))
                for value in values
            ]
    return [str(value) for value in values]


def _numbers(values: Sequence[float], *, missing: str) -> list[str]:
    """Write figures with as many decimals as the longest of them needs, digit under digit."""
    exact = [f"{value:.{MOST_DECIMALS}f}".rstrip("0") for value in values if value == value]
    decimals = max((len(text.partition(".")[2]) for text in exact), default=0)
    return [f"{value:,.{decimals}f}" if value == value else missing for value in values]


def _script_json(content: Any) -> Markup:
    """Write JSON that cannot end the script it stands in, nor look like HTML."""
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _policy(scripts: Sequence[str]) -> str:
    """Allow these very scripts and nothing from elsewhere, not even more scripts in the page."""
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
    """Make a library fit to stand in a page: no map of its source, nothing that ends a script."""
    script = re.sub(r"//# sourceMappingURL=\S*\s*$", "", script)
    return Markup(script.replace("</script", "<\\/script").replace("<!--", "<\\!--"))

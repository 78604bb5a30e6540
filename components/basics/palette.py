"""The colours and type of the screen, light and dark, and of print."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

# Our own file: Streamlit would fetch a Material icon for the tab from another host.
ICON: Final = Path(__file__).with_name("icon.svg")

SCREEN_FONT: Final = '"Source Sans", "Source Sans Pro", sans-serif'
PRINT_FONT: Final = "'Source Sans 3', Arial, Helvetica, 'Liberation Sans', sans-serif"
"""This server draws in the typeface of the page. An SVG contains no font, and a picture that a
visitor's browser draws cannot use the page's, so fonts of the reader's system are fallbacks."""

SECTOR_COLOURS: Final[dict[str, tuple[str, str]]] = {
    "orange": ("#b5600c", "#e3963f"),
    "blue": ("#1f5a99", "#6ea8e6"),
    "slate": ("#5b6670", "#a3afba"),
    "green": ("#1d7a5b", "#4fb892"),
    "purple": ("#7d5db9", "#a07bc4"),
    "pink": ("#bd467f", "#cc709a"),
    "teal": ("#308192", "#4bb4cc"),
    "gold": ("#8e702e", "#e1c045"),
    "red": ("#9e2920", "#cf6656"),
    "brown": ("#75513c", "#ba8f72"),
}
"""Colour name -> (on white paper, on dark paper); sectors that name none take them in order."""

NEUTRAL: Final = "neutral"
NEUTRAL_COLOUR: Final = ("#929484", "#6c6c66")
"""The colour, and its name, of sectors beyond the end of the palette."""

PAIR: Final = re.compile(r"light-dark\((#\w+|rgba\([^)]*\)),(#\w+|rgba\([^)]*\))\)")
"""A colour that CSS chooses: the first on light paper, the second on dark."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What a chart or map is drawn with: colours as ``#rrggbb``, sizes in pixels.

    In the mode ``either`` each colour is a pair, see ``paired``.
    """

    mode: Literal["light", "dark", "either", "print"]
    paper: str
    ink: str
    muted: str
    grid: str
    accent: str
    accent_pale: str
    remainder: str
    land: str
    shades: tuple[str, str, str, str]
    undisclosed: str
    font: str
    font_size: int
    width: int
    side: int = 0
    """The blank margin left and right of everything, in pixels; on screen cards bring theirs."""

    @property
    def is_print(self) -> bool:
        """Whether the figure leaves the dashboard and must carry its own title and source."""
        return self.mode == "print"

    @property
    def character_width(self) -> float:
        """Mean width of a character, in units of the font size; wide enough where fonts vary."""
        return 0.55 if self.is_print else 0.53

    def sector_colour(self, name: str) -> str:
        """Return the colour of a palette name for this paper; any other name is neutral."""
        light, dark = SECTOR_COLOURS.get(name, NEUTRAL_COLOUR)
        if self.mode == "either":
            return paired(light, dark)
        return dark if self.mode == "dark" else light


def screen_theme(mode: Literal["light", "dark"], *, width: int) -> Theme:
    """Return the theme of the screen for a chart ``width`` pixels wide."""
    if mode == "dark":
        return Theme(
            mode="dark",
            paper="#14181b",
            ink="#e9ecef",
            muted="#a9b2ba",
            grid="#2f363b",
            accent="#6ea8e6",
            accent_pale="#34506c",
            remainder="#2b3237",
            land="#2a3035",
            shades=("#2c4d6e", "#3d6c9c", "#5791cb", "#8cc0f4"),
            undisclosed="#4b545b",
            font=SCREEN_FONT,
            font_size=13,
            width=width,
        )
    return Theme(
        mode="light",
        paper="#ffffff",
        ink="#1c2126",
        muted="#5a646d",
        grid="#e3e6e8",
        accent="#1f5a99",
        accent_pale="#c3d5e8",
        remainder="#eceeef",
        land="#eceeed",
        shades=("#c5d8ec", "#8db3d8", "#4f86be", "#1f5a99"),
        undisclosed="#c9ced2",
        font=SCREEN_FONT,
        font_size=13,
        width=width,
    )


def either_theme(*, width: int) -> Theme:
    """Return the theme of a picture that is light or dark as its page is: all colours are pairs."""
    light, dark = screen_theme("light", width=width), screen_theme("dark", width=width)
    pairs: dict[str, Any] = {
        name: paired(colour, getattr(dark, name))
        for name in Theme.__slots__
        if str(colour := getattr(light, name)).startswith("#")
    }
    first, second, third, fourth = map(paired, light.shades, dark.shades)
    return replace(light, mode="either", shades=(first, second, third, fourth), **pairs)


PRINT_SIDE: Final = 24
PRINT_WIDTH: Final = 700
"""Width of a printed figure in its own units: seven inches at 100 to the inch."""


def print_theme(*, width: int = PRINT_WIDTH) -> Theme:
    """Return the theme of all exported figures: light, in system fonts."""
    light = screen_theme("light", width=width)
    return replace(light, mode="print", font=PRINT_FONT, side=PRINT_SIDE)


def paired(light: str, dark: str) -> str:
    """Return a colour for both papers, as CSS writes it; only our own SVG can be drawn in it.

    What is the same on both is no pair.
    """
    return light if light == dark else f"light-dark({light},{dark})"


def halves(colour: str) -> tuple[str, str]:
    """Return a colour on light and on dark paper: twice the same where it is no pair."""
    found = PAIR.fullmatch(colour)
    return (found[1], found[2]) if found else (colour, colour)


def faint(colour: str, opacity: float) -> str:
    """Return a colour, or both of a pair, through which one sees: ``rgba(31, 90, 153, 0.14)``."""
    return paired(*(f"rgba{(*rgb(half), opacity)}" for half in halves(colour)))


def rgb(colour: str) -> tuple[int, int, int]:
    """Split ``#rrggbb`` into 0–255 channels."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Compute the relative luminance of WCAG 2.2, 0 (black) to 1 (white)."""
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in rgb(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Compute the contrast ratio of WCAG 2.2, 1 to 21."""
    brighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """Choose near-black or white text, whichever reads better on a colour, or on both of a pair."""
    if PAIR.fullmatch(colour):
        return paired(*map(text_on, halves(colour)))
    return max(("#111111", "#ffffff"), key=lambda ink: contrast(ink, colour))

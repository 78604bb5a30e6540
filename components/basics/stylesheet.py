"""The style sheet of the pages, in the colours of a theme."""

from functools import cache
from pathlib import Path
from typing import Final

from components.basics.palette import Theme, screen_theme

PRINT_FILTER: Final = "invert(1) hue-rotate(180deg)"
"""Charts and map drawn for a dark screen are inverted on paper; the hues stay the same."""


@cache
def sheet() -> str:
    """Return the rules; their colours are variables.

    On one line: Streamlit removes the common indentation of every text, line by line.
    """
    return " ".join(Path(__file__).with_name("style.css").read_text(encoding="utf-8").split())


def colours(theme: Theme) -> str:
    """Return the rule that sets the variables to the colours of a theme."""
    named = {
        "ink": theme.ink,
        "muted": theme.muted,
        "grid": theme.grid,
        "accent": theme.accent,
        "link": theme.accent,
        "wash": theme.land,
        "paper": theme.paper,
        "print-filter": PRINT_FILTER if theme.mode == "dark" else "none",
    }
    return f":root{{{''.join(f'--{name}:{colour};' for name, colour in named.items())}}}"


@cache
def before_theme() -> str:
    """Return the rules with the colours of the system, for a page whose theme is not yet known."""
    light, dark = (colours(screen_theme(mode, width=0)) for mode in ("light", "dark"))
    return f"{light} @media (prefers-color-scheme:dark){{{dark}}} {sheet()}"

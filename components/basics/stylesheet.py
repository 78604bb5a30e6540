"""The style sheet of the pages, in the colours of a theme."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from components.basics.palette import Theme, screen_theme

COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
PRINT_FILTER: Final = "invert(1) hue-rotate(180deg)"
"""Charts and map drawn for a dark screen are inverted on paper; the hues stay the same."""


@cache
def sheet() -> str:
    """Return the rules; their colours are variables.

    On one line: Streamlit removes the common indentation of every text, line by line.
    """
    return _rules("style.css")


def _rules(name: str) -> str:
    text = COMMENT.sub("", Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return " ".join(text.split())


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
    """Return the rules for a page before the app: in the colours of the system, or those asked for.

    An address may ask for a scheme, which the first view then names.
    """
    light, dark = (colours(screen_theme(mode, width=0)) for mode in ("light", "dark"))
    asked = "".join(
        f':root:has([data-scheme="{scheme}"]){rule.removeprefix(":root")}'
        for scheme, rule in (
            ("light", f"{light[:-1]}color-scheme:light}}"),
            ("dark", f"{dark[:-1]}color-scheme:dark}}"),
        )
    )
    scheme = ":root{color-scheme:light dark}"
    dark = f"@media (prefers-color-scheme:dark){{{dark}}}"
    return f"{scheme}{light}{dark}{asked} {sheet()} {_rules('first_view.css')}"

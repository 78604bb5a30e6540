"""The scripts that run in the visitor's browser, and how a page mounts them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit

from components.ui import canvas

FOLDER = Path(__file__).parent


def component(name: str) -> Callable[..., Any]:
    """Return the component whose files are called ``name``: .js, and .html and .css if any.

    Call it once, when a module is imported: it registers the component. Data is passed as JSON.
    On paper it draws nothing.
    """
    html, css, js = (_read(f"{name}.{kind}") for kind in ("html", "css", "js"))
    mount = streamlit.components.v2.component(name, html=html, css=css, js=js)
    return lambda **options: None if canvas.paper() else mount(**options)


def _read(name: str) -> str | None:
    file = FOLDER / name
    return file.read_text("utf-8") if file.exists() else None

"""The scripts that run in the visitor's browser, and how a page mounts them."""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

FOLDER = Path(__file__).parent


def component(name: str) -> ComponentRenderer:
    """Return the component whose files are called ``name``: .js, and .html and .css if any.

    Call it once, when a module is imported: it registers the component. Data is passed as JSON.
    """
    html, css, js = (_read(f"{name}.{kind}") for kind in ("html", "css", "js"))
    return st.components.v2.component(name, html=html, css=css, js=js)


def _read(name: str) -> str | None:
    file = FOLDER / name
    return file.read_text("utf-8") if file.exists() else None

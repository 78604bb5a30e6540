"""The data of this server, read once for all visitors."""

import gc
import os
import sys
from pathlib import Path

import streamlit as st

from components import store
from components.store import Reading

TURN_S = 0.0005
"""A page that lets go of Python for a moment waits so long for its next turn while a file is made.

Python's own 5 ms, some ten times a run, made pages three times as slow during exports.
"""

CHANGELOG = "CHANGELOG.md"
SHIPPED_FOLDER = Path(__file__).parents[2] / "data"


def read() -> Reading:
    """Read the folder that ``PLEDGE_DATA`` names, or the shipped one."""
    folder = os.environ.get("PLEDGE_DATA") or str(SHIPPED_FOLDER)
    reading = store.shared(Path(folder).expanduser()).read()
    _settle_memory()
    return reading


def changelog() -> str:
    """Give the changelog of the data: that in its folder, else, of the shipped data, ours."""
    folder = Path(os.environ.get("PLEDGE_DATA") or SHIPPED_FOLDER)
    places = [folder / CHANGELOG]
    if folder.resolve() == SHIPPED_FOLDER.resolve():
        places.append(SHIPPED_FOLDER.parent / CHANGELOG)
    found = next((place for place in places if place.is_file()), None)
    try:
        return found.read_text(encoding="utf-8", errors="replace") if found else ""
    except OSError:
        return ""


@st.cache_resource(show_spinner=False)
def _settle_memory() -> None:
    """Take what is now in memory out of garbage collection, and shorten turns; once per server.

    Streamlit collects after every run, and to walk through modules and data that stay anyway
    takes longer than the run itself (140 ms against 60 on two cores).
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(TURN_S)

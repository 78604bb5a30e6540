"""The data of this server, read once for all visitors."""

import os
from pathlib import Path

import streamlit as st

from components.store import DatasetStore, Reading

SHIPPED_FOLDER = Path(__file__).parents[2] / "data"


def read() -> Reading:
    """Read the folder that ``PLEDGE_DATA`` names, or the shipped one."""
    folder = os.environ.get("PLEDGE_DATA") or str(SHIPPED_FOLDER)
    return _store(folder).read()


@st.cache_resource(show_spinner=False)
def _store(folder: str) -> DatasetStore:
    return DatasetStore(Path(folder).expanduser())

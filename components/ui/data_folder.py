"""The data of this server, read once for all visitors."""

import os
from pathlib import Path

from components.views import store
from components.views.store import Reading

CHANGELOG = "CHANGELOG.md"
SHIPPED_FOLDER = Path(__file__).parents[2] / "data"


def read() -> Reading:
    """Read the folder that ``PLEDGE_DATA`` names, or the shipped one."""
    folder = os.environ.get("PLEDGE_DATA") or str(SHIPPED_FOLDER)
    return store.shared(Path(folder).expanduser()).read()


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

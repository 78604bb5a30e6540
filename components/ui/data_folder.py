"""The data of this server, read once for all visitors."""

import os

from components.facts.dataset import SHIPPED_FOLDER, chosen_folder
from components.views import store
from components.views.store import Reading

CHANGELOG = "CHANGELOG.md"


def read() -> Reading:
    """Read the folder that ``PLEDGE_DATA`` names, or the shipped one."""
    return store.shared(chosen_folder(os.environ)).read()


def changelog() -> str:
    """Give the changelog of the data: that in its folder, else, of the shipped data, ours."""
    folder = chosen_folder(os.environ)
    places = [folder / CHANGELOG]
    if folder.resolve() == SHIPPED_FOLDER.resolve():
        places.append(SHIPPED_FOLDER.parent / CHANGELOG)
    found = next((place for place in places if place.is_file()), None)
    try:
        return found.read_text(encoding="utf-8", errors="replace") if found else ""
    except OSError:
        return ""

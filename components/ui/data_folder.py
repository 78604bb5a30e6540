"""The data folder of this server, read once for all visitors."""

import os

from components.facts.dataset import SHIPPED_FOLDER, chosen_folder
from components.views import store
from components.views.store import Reading

CHANGELOG = "CHANGELOG.md"


def read() -> Reading:
    """Return the data of the folder that ``PLEDGE_DATA`` names, or of the shipped one."""
    return store.shared(chosen_folder(os.environ)).read()


def changelog() -> str:
    """Return the changelog of the data: in its folder or, for shipped data, beside the folder."""
    folder = chosen_folder(os.environ)
    places = [folder / CHANGELOG]
    if folder.resolve() == SHIPPED_FOLDER.resolve():
        places.append(SHIPPED_FOLDER.parent / CHANGELOG)
    found = next((place for place in places if place.is_file()), None)
    try:
        return found.read_text(encoding="utf-8", errors="replace") if found else ""
    except OSError:
        return ""

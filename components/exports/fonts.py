"""The type that this server draws and sets with, unpacked from packages that ship it."""

import logging
import sys
import tempfile
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

logger = logging.getLogger(__name__)

SHIPPED: Final = {
    "SourceSansVF-Upright": "source-sans.ttf",
    "SourceSansVF-Italic": "source-sans-italic.ttf",
    "SourceSerifVariable-Roman": "source-serif.ttf",
}
"""Beginning of a name in Streamlit's front end, whose page is set in these -> the name here."""

SANS: Final = "SourceSans3VF"
SERIF: Final = "Source Serif 4"
JAPANESE: Final = "IPAexGothic"
OTHERS: Final = "DejaVu Sans"
"""Greek, Cyrillic, Arabic, Hebrew and signs; and all text where Streamlit's type is not found."""

FALLBACK: Final = (JAPANESE, OTHERS)
"""What a sign that neither has is taken from, in this order."""

_ALIAS: Final = (
    '<alias binding="same"><family>Source Sans 3</family>'
    f"<prefer><family>{SANS}</family></prefer></alias>"
)


def folders() -> list[Path]:
    """List the folders that hold the type; unpacked on first use, and gone with the process."""
    packaged = [("matplotlib_fontja", "fonts"), ("matplotlib", "mpl-data/fonts/ttf")]
    found = [_package_folder(package) / folder for package, folder in packaged]
    return [_unpacked(), *(folder for folder in found if folder.is_dir())]


def fontconfig_file() -> Path:
    """Give a configuration that adds the type to what a Linux system has, for Chromium."""
    directories = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders())
    file = _unpacked() / "fonts.conf"
    if not file.exists():
        file.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
            '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
            f"{directories}<cachedir>{escape(str(_unpacked() / 'cache'))}</cachedir>{_ALIAS}"
            "</fontconfig>",
            encoding="utf-8",
        )
    return file


@lru_cache(maxsize=1)
def _unpacked() -> Path:
    """Unpack Streamlit's type into a folder of our own; what is missing there is left out.

    The web's compressed form is one that neither typst nor a system's font service reads.
    """
    from fontTools.ttLib import woff2

    folder = Path(_keep_until_exit().name)
    media = _package_folder("streamlit") / "static" / "static" / "media"
    for beginning, name in SHIPPED.items():
        file = next(media.glob(f"{beginning}*.woff2"), None)
        if file is None:
            logger.warning("Streamlit ships no %s; %s stands in for it.", beginning, OTHERS)
        else:
            woff2.decompress(file, folder / name)
    return folder


@lru_cache(maxsize=1)
def _keep_until_exit() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="pledge-type-")


@lru_cache(maxsize=8)
def _package_folder(package: str) -> Path:
    """Find a package without importing it: matplotlib would take half a second."""
    spec = find_spec(package) if package not in sys.modules else sys.modules[package].__spec__
    if spec is None or not spec.submodule_search_locations:
        return Path("/nonexistent")
    return Path(spec.submodule_search_locations[0])

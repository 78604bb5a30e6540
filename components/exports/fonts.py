"""The fonts for pictures and documents, unpacked from packages that ship them."""

import logging
import sys
import tempfile
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Final
from xml.sax.saxutils import escape

logger = logging.getLogger(__name__)

_FILLING: Final = Lock()

SHIPPED: Final = {
    "SourceSansVF-Upright": "source-sans.ttf",
    "SourceSansVF-Italic": "source-sans-italic.ttf",
    "SourceSerifVariable-Roman": "source-serif.ttf",
}
"""Beginning of a file name in Streamlit's front end, which uses these fonts -> the name here."""

SANS: Final = "SourceSans3VF"
SERIF: Final = "Source Serif 4"
JAPANESE: Final = "IPAexGothic"
OTHERS: Final = "DejaVu Sans"
"""Greek, Cyrillic, Arabic, Hebrew and symbols; all text where Streamlit's fonts are not found."""

FALLBACK: Final = (JAPANESE, OTHERS)
"""Fonts for characters that neither of the two has, in this order."""

SET_WITH: Final = ("source-sans.ttf", "source-serif.ttf", "ipaexg.ttf", "DejaVuSans.ttf")
"""The files of these fonts."""

SCRIPT_NAMES: Final = {"Hangul": "Korean", "Han": "Chinese", "Common": "symbols"}
"""Script in Unicode -> what a reader calls it, where that differs."""

DRAWN: Final = "Source Sans 3"
"""The sans of pictures, in fixed weights: in an SVG, typst would set a variable font at its
thinnest. It has Western letters and symbols only, the rest comes from the fallbacks."""

DRAWN_WEIGHTS: Final = {400: "Regular", 700: "Bold"}
DRAWN_SIGNS: Final = (
    *range(0x20, 0x180),
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20C0),
    *range(0x2190, 0x2194),
    *range(0x2200, 0x2270),
    *range(0x25A0, 0x2600),
)


def folders() -> list[Path]:
    """List the folders that hold the fonts, unpacked on first use and deleted with the process."""
    packaged = [("matplotlib_fontja", "fonts"), ("matplotlib", "mpl-data/fonts/ttf")]
    found = [_package_folder(package) / folder for package, folder in packaged]
    return [_unpacked(), *(folder for folder in found if folder.is_dir())]


def unset_scripts(text: str) -> list[str]:
    """Name the scripts of the characters that none of a document's fonts has."""
    from fontTools import unicodedata as scripts

    visible = [sign for sign in set(text) if unicodedata.category(sign)[0] not in "CZ"]
    missing = {scripts.script(sign) for sign in visible if ord(sign) not in _signs()}
    # An accent or a variation is of the script of its letter.
    names = [scripts.script_name(script) for script in missing - {"Zinh"}]
    return sorted(SCRIPT_NAMES.get(name, name) for name in names)


@lru_cache(maxsize=1)
def _signs() -> frozenset[int]:
    """Return the code points that documents can be set in."""
    from fontTools.ttLib import TTFont

    signs: set[int] = set()
    for file in (folder / name for folder in folders() for name in SET_WITH):
        if file.exists():
            with TTFont(file, lazy=True) as font:
                signs.update(font.getBestCmap())
    return frozenset(signs)


def fontconfig_file() -> Path:
    """Return a fontconfig file that adds the fonts to those of a Linux system, for Chromium."""
    directories = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders())
    file = _unpacked() / "fonts.conf"
    if not file.exists():
        file.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
            '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
            f"{directories}<cachedir>{escape(str(_unpacked() / 'cache'))}</cachedir>"
            "</fontconfig>",
            encoding="utf-8",
        )
    return file


def _unpacked() -> Path:
    """Return the folder of Streamlit's fonts; who asks while it is being filled waits."""
    with _FILLING:
        return _unpack()


@lru_cache(maxsize=1)
def _unpack() -> Path:
    """Unpack Streamlit's fonts into a folder of our own; missing ones are left out.

    Neither typst nor a system's font service reads the web's compressed format.
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
    if (folder / "source-sans.ttf").exists():
        _fix_weights(folder / "source-sans.ttf")
    return folder


def _fix_weights(variable: Path) -> None:
    """Write the fixed weights for pictures beside the variable font."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    # The day of the font stays: documents with it are the same whenever they are made.
    font = TTFont(variable, recalcTimestamp=False)
    # Subset first: it makes the rest ten times faster.
    subsetter = Subsetter(Options(layout_features=["kern", "liga", "mark", "ccmp"], hinting=False))
    subsetter.populate(unicodes=DRAWN_SIGNS)
    subsetter.subset(font)
    for weight, style in DRAWN_WEIGHTS.items():
        fixed = instancer.instantiateVariableFont(font, {"wght": weight})
        for number, name in ((1, DRAWN), (2, style), (4, f"{DRAWN} {style}")):
            fixed["name"].setName(name, number, 3, 1, 0x409)
        fixed["OS/2"].usWeightClass = weight
        fixed.save(variable.with_name(f"drawn-{weight}.ttf"))


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

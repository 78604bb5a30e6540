"""Typefaces: smaller copies of the app's fonts, with the letters and weights that pages have."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Final

LETTERS: Final = (
    *range(0x20, 0x250),
    *range(0x2B0, 0x370),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20C0),
    *range(0x2190, 0x2200),
    *range(0x2200, 0x2270),
    *range(0x25A0, 0x2600),
)
"""Latin letters, punctuation and the signs of our texts; a browser has fonts for all others."""

FEATURES: Final = ("kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum")
LIMITS: Final = {"wght": (400, 700), "opsz": (14, 40)}
"""The weights and sizes of our style sheet, for the axes that a font has."""

NAME_IDS: Final = (1, 3, 4, 6, 16, 25)
"""Where a font has its name: the licence, SIL OFL 1.1, reserves it for the unchanged one."""

MARK: Final = sha256(repr((LETTERS, FEATURES, LIMITS)).encode()).hexdigest()[:8]
"""Part of the name of a copy, which changes with what it has."""


def smaller(font: Path, *, name: str) -> bytes:
    """Return a variable font with our letters, weights and sizes only, as WOFF2 under a new name.

    Takes some seconds. The note on copyright and licence stays in it.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    whole = TTFont(font, recalcTimestamp=False)
    subsetter = Subsetter(
        Options(layout_features=list(FEATURES), name_IDs=["*"], notdef_outline=True)
    )
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(whole)
    axes = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in whole["fvar"].axes}
    limits = {
        tag: (max(low, axes[tag][0]), min(high, axes[tag][1]))
        for tag, (low, high) in LIMITS.items()
        if tag in axes
    }
    whole.flavor = None
    # What the subset dropped must be gone from the file before its axes are cut.
    small = instantiateVariableFont(TTFont(_saved(whole), recalcTimestamp=False), limits)
    for record in small["name"].names:
        if record.nameID in NAME_IDS:
            record.string = name
    small.flavor = "woff2"
    return _saved(small).getvalue()


def _saved(font: Any) -> BytesIO:
    file = BytesIO()
    font.save(file)
    file.seek(0)
    return file

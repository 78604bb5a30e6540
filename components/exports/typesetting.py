"""PDF files, typeset by typst from a template of ours and plain data."""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import typst

from components.exports import fonts

TEMPLATES: Final = Path(__file__).parent / "templates"
COMMON: Final = "common.typ"
"""What templates import from."""

SVG: Final = "{http://www.w3.org/2000/svg}"
PATTERNED: Final = re.compile(r"""\bfill:\s*url\(["']?#([^"')]+)["']?\)""")


def pdf_bytes(
    template: str, *, data: Mapping[str, Any], files: Mapping[str, bytes], as_of: date
) -> bytes:
    """Typeset a template, which reads ``data.json``, ``common.typ`` and ``files`` beside itself.

    What is in the data is text to the template, never markup; the files are SVG by Plotly. The
    PDF is tagged (PDF/UA-1), its type embedded, and dated ``as_of``, so that the same input gives
    the same bytes.
    """
    families = {"sans": [fonts.SANS, *fonts.FALLBACK], "serif": [fonts.SERIF, *fonts.FALLBACK]}
    sources = {
        "main.typ": (TEMPLATES / template).read_bytes(),
        COMMON: (TEMPLATES / COMMON).read_bytes(),
        "data.json": json.dumps({"fonts": families, **data}, ensure_ascii=False).encode(),
        **{name: _settable(picture) for name, picture in files.items()},
    }
    # The stubs do not know that files may come from memory.
    compiler: Any = typst.Compiler(sources, font_paths=_fonts())  # type: ignore[type-var]
    pdf: bytes = compiler.compile(
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC),
    )
    return pdf


def _settable(svg: bytes) -> bytes:
    """Say what a picture says in the way that typst and PDF readers understand."""
    root = ElementTree.fromstring(svg)
    for text in root.iter(f"{SVG}text"):
        # What sets a label off its bar; typst knows only this older way to keep a space.
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    patterns = [*root.iter(f"{SVG}pattern")]
    grounds = {pattern.get("id", ""): _take_ground(pattern) for pattern in patterns}
    for parent in list(root.iter()):
        for place, shape in reversed(list(enumerate(parent))):
            found = PATTERNED.search(shape.get("style", ""))
            if found and grounds.get(found[1]):
                parent.insert(place, _plain(shape, fill=grounds[found[1]]))
    ElementTree.register_namespace("", SVG.strip("{}"))
    return ElementTree.tostring(root)


def _take_ground(pattern: ElementTree.Element) -> str:
    """Take the ground out of a pattern of lines: between its tiles, paper would shine through."""
    ground = pattern.find(f"{SVG}rect")
    if ground is None:
        return ""
    pattern.remove(ground)
    return ground.get("fill", "")


def _plain(shape: ElementTree.Element, *, fill: str) -> ElementTree.Element:
    """Copy a shape, in one colour."""
    copy = deepcopy(shape)
    copy.set("style", PATTERNED.sub(f"fill: {fill}", shape.get("style", "")))
    return copy


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Read the type once; none of the system's, so that every machine sets the same page."""
    paths = [str(folder) for folder in fonts.folders()]
    return typst.Fonts(include_system_fonts=False, font_paths=paths)

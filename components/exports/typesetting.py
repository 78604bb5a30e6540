"""PDF files, typeset by typst from our templates and plain data."""

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

from components.basics.formatting import join_words
from components.basics.messages import _, in_japanese
from components.exports import fonts

TEMPLATES: Final = Path(__file__).parent / "templates"
COMMON: Final = "common.typ"
"""The file that templates import."""

SVG: Final = "{http://www.w3.org/2000/svg}"
PATTERNED: Final = re.compile(r"""\bfill:\s*url\(["']?#([^"')]+)["']?\)""")


def pdf_bytes(
    template: str, *, data: Mapping[str, Any], files: Mapping[str, bytes], as_of: date
) -> bytes:
    """Typeset a template, which reads ``data.json``, ``common.typ`` and ``files`` from its folder.

    ``unset`` in the data says which scripts the document cannot set, if it has any of them.
    The template treats all data as text, never as markup; the files are SVG by Plotly. The PDF is
    tagged (PDF/UA-1), has its fonts embedded, and is dated ``as_of``, so that the same input
    gives the same bytes.
    """
    # No Japanese font with serifs is at hand, and beside one without them digits have none either.
    serif = fonts.SANS if in_japanese() else fonts.SERIF
    families = {"sans": [fonts.SANS, *fonts.FALLBACK], "serif": [serif, *fonts.FALLBACK]}
    texts = [json.dumps(data, ensure_ascii=False), *(svg.decode() for svg in files.values())]
    shared = {"fonts": families, "unset": unset("".join(texts))}
    sources = {
        "main.typ": (TEMPLATES / template).read_bytes(),
        COMMON: (TEMPLATES / COMMON).read_bytes(),
        "data.json": json.dumps({**shared, **data}, ensure_ascii=False).encode(),
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


def unset(text: str) -> str:
    """Say in which scripts a text is that no document can set; "" for none."""
    scripts = fonts.unset_scripts(text)
    if not scripts:
        return ""
    return _(
        "Some names or words are in a script that this document cannot set ({scripts}); the "
        "dashboard and the data files have them.",
        scripts=join_words(scripts),
    )


def _settable(svg: bytes) -> bytes:
    """Rewrite a picture in the parts of SVG that typst and PDF readers support."""
    root = ElementTree.fromstring(svg)
    for text in root.iter(f"{SVG}text"):
        # The space between a label and its bar; typst supports only this older attribute for it.
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
    """Remove the background from a line pattern: gaps between its tiles would show the paper."""
    ground = pattern.find(f"{SVG}rect")
    if ground is None:
        return ""
    pattern.remove(ground)
    return ground.get("fill", "")


def _plain(shape: ElementTree.Element, *, fill: str) -> ElementTree.Element:
    """Return a copy of a shape in one colour."""
    copy = deepcopy(shape)
    copy.set("style", PATTERNED.sub(f"fill: {fill}", shape.get("style", "")))
    return copy


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Load the fonts once; none of the system's, so that every machine sets the same page."""
    paths = [str(folder) for folder in fonts.folders()]
    return typst.Fonts(include_system_fonts=False, font_paths=paths)

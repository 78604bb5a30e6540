"""PDF files, typeset by typst from a template of ours and plain data."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from components.exports import fonts

TEMPLATES: Final = Path(__file__).parent / "templates"


def pdf_bytes(
    template: str, *, data: Mapping[str, Any], files: Mapping[str, bytes], as_of: date
) -> bytes:
    """Typeset a template, which reads ``data.json`` and ``files`` beside itself.

    What is in the data is text to the template, never markup. The file is tagged (PDF/UA-1), its
    type embedded, and dated ``as_of``, so that the same input gives the same bytes.
    """
    families = {"sans": [fonts.SANS, *fonts.FALLBACK], "serif": [fonts.SERIF, *fonts.FALLBACK]}
    sources = {
        "main.typ": (TEMPLATES / template).read_bytes(),
        "data.json": json.dumps({"fonts": families, **data}, ensure_ascii=False).encode(),
        **files,
    }
    # The stubs do not know that files may come from memory.
    compiler: Any = typst.Compiler(sources, font_paths=_fonts())  # type: ignore[type-var]
    pdf: bytes = compiler.compile(
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC),
    )
    return pdf


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Read the type once; none of the system's, so that every machine sets the same page."""
    paths = [str(folder) for folder in fonts.folders()]
    return typst.Fonts(include_system_fonts=False, font_paths=paths)

"""What runs in every page from its first moment, before Streamlit's own scripts."""

import re
from pathlib import Path
from typing import Final

NAMES: Final = (
    "clipboard",
    "translation",
    "connection",
    "loading",
    "focus",
    "touch",
    "tooltip",
    "framing",
    "handover",
)
COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)


def script() -> str:
    """Return all of them as one script, each in a scope of its own, without their comments."""
    folder = Path(__file__).parent
    parts = (COMMENT.sub("", (folder / f"{name}.js").read_text("utf-8")) for name in NAMES)
    # Strict, so that a function belongs to its block.
    return '"use strict"\n' + "\n".join(f"{{\n{part.strip()}\n}}" for part in parts)

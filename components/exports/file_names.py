"""The names of files."""

import re
from typing import Final

from components.basics.messages import ENGLISH, language
from components.views.filters import FACETS
from components.views.view import View

MAX_LENGTH: Final = 60
"""The most characters of a name that describe the filter."""


def file_name(view: View, subject: str, extension: str = "", *, variant: str = "") -> str:
    """Name a file after its contents: ``us-japan-pledge_by-state_al-tn_2026-10-10.csv``.

    ``variant`` distinguishes files of one subject, such as ``1200x630``; a file in Japanese ends in
    ``_ja``. Without an extension, the name alone. Subject, variant and extension come from the
    code; the filter may hold any text.
    """
    chosen = "-".join(value for facet in FACETS for value in view.filter.of(facet))
    words = re.sub(r"[^a-z0-9]+", "-", chosen.lower()).strip("-")[:MAX_LENGTH].rstrip("-")
    own = "" if language() == ENGLISH else language()
    parts = [view.pledge.slug, subject, words, view.pledge.as_of.isoformat(), variant, own]
    stem = "_".join(filter(None, parts))
    return f"{stem}.{extension}" if extension else stem

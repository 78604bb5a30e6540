"""The names that files go by."""

import re
from typing import Final

from components.views.filters import FACETS
from components.views.view import View

MAX_LENGTH: Final = 60
"""A filter takes at most so many characters of a name."""


def file_name(view: View, subject: str, extension: str = "", *, variant: str = "") -> str:
    """Name a file after what is in it: ``us-japan-pledge_by-state_al-tn_2026-10-10.csv``.

    ``variant`` tells apart files of one subject, as ``1200x630``. Without an extension, the name
    alone. Subject, variant and extension are ours; the filter may hold anything.
    """
    chosen = "-".join(value for facet in FACETS for value in view.filter.of(facet))
    words = re.sub(r"[^a-z0-9]+", "-", chosen.lower()).strip("-")[:MAX_LENGTH].rstrip("-")
    parts = [view.pledge.slug, subject, words, view.pledge.as_of.isoformat(), variant]
    stem = "_".join(filter(None, parts))
    return f"{stem}.{extension}" if extension else stem

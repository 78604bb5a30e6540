"""Files that leave the dashboard: rows and chart data as CSV, and the names they go by."""

import re
from typing import Final

import pandas as pd

from components.filters import FACETS
from components.view import View

FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""A spreadsheet takes text that starts so for a formula; an apostrophe in front stops it."""

MAX_NAME_LENGTH: Final = 60


def file_name(view: View, subject: str, extension: str = "") -> str:
    """Name a file after what is in it: ``us-japan-pledge_by-state_al-tn_2026-10-10.csv``.

    Without an extension, the name alone.
    """
    chosen = "-".join(value for facet in FACETS for value in view.filter.of(facet))
    words = re.sub(r"[^a-z0-9]+", "-", chosen.lower()).strip("-")[:MAX_NAME_LENGTH].rstrip("-")
    stem = "_".join(filter(None, [view.pledge.slug, subject, words, view.pledge.as_of.isoformat()]))
    return f"{stem}.{extension}" if extension else stem


def csv_bytes(rows: pd.DataFrame) -> bytes:
    """Write rows as UTF-8 CSV with the columns' own names; missing values are empty cells.

    Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay.
    """
    safe = rows.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            text = safe[column].astype("str")
            risky = text.str.startswith(FORMULA_STARTS)
            safe[column] = text.where(~risky, "'" + text)
    return safe.to_csv(index=False, lineterminator="\r\n").encode()


def project_rows(view: View) -> pd.DataFrame:
    """Give the matching projects as they are exported: the data's own columns, then the stage."""
    derived = ["announced_at", "is_shared"]
    rows = view.rows()
    return rows.drop(columns=[name for name in derived if name in rows])

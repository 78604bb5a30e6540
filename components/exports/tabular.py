"""One table as CSV."""

from typing import Final

import pandas as pd

from components.exports.tables import Table

FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""A spreadsheet takes text that starts so for a formula; an apostrophe in front stops it."""

BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells Excel that a file is UTF-8; most other programs expect none."""


def csv_bytes(table: Table, *, for_excel: bool = False) -> bytes:
    """Write a table as UTF-8 CSV: a header of column names, then rows; missing is an empty cell.

    The colophon stands in columns of its own, ``about_title`` to ``about_link``, on every row: so
    the file stays one plain table, and a row that is copied elsewhere still says where it is from.
    Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay.
    """
    about = {f"about_{name}": words for name, words in table.colophon.items().items()}
    rows = table.rows.assign(**about)
    for column in rows.columns:
        if not pd.api.types.is_numeric_dtype(rows[column]):
            text = rows[column].astype("str")
            risky = text.str.startswith(FORMULA_STARTS)
            rows[column] = text.where(~risky, "'" + text)
    written = rows.to_csv(index=False, lineterminator="\r\n")
    return f"{BOM if for_excel else ''}{written}".encode()

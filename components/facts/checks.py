"""What a cell may hold: rules for whole columns at once."""

import unicodedata
from collections.abc import Callable, Collection
from typing import Final

import pandas as pd
import pyarrow
from pyarrow import compute

NUMBER: Final = r"-?[0-9]+(\.[0-9]+)?"
DATE: Final = "[0-9]{4}-[0-9]{2}(-[0-9]{2})?"
LIST_SEPARATOR: Final = ";"

SPREADSHEET_ERRORS: Final = (
    "#REF!",
    "#N/A",
    "#NAME?",
    "#VALUE!",
    "#DIV/0!",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
)
"""What an English spreadsheet saves for a formula that failed; other languages differ."""

NO_ERROR: Final = "a text, not the error of a spreadsheet"
VISIBLE: Final = "a name without invisible characters"

INVISIBLE: Final = "Cf"
"""Unicode's category of invisible characters: joiners, soft hyphens, changes of direction."""

Cells = pd.Series
Verdicts = pd.Series
"""For every cell whether it is allowed, under the index of the cells."""

Rules = dict[str, Callable[[Cells], Verdicts]]
"""What is allowed, in words that end an error message -> the check of a whole column.

A check gets every cell as text, and passes empty ones: only ``REQUIRED`` fails them.
"""


def numbers(cells: Cells) -> Cells:
    """Read cells as numbers; NaN where a cell is empty or holds none."""
    return pd.to_numeric(cells.where(cells.str.fullmatch(NUMBER)), errors="coerce").astype(float)


def days(cells: Cells) -> Cells:
    """Read dates, a month as its first day; NaT where a cell is empty or holds none."""
    dates = cells.where(cells.str.fullmatch(DATE))
    dates = dates.where(dates.str.len() != len("YYYY-MM"), dates + "-01")
    return pd.to_datetime(dates, format="%Y-%m-%d", errors="coerce")


def items(cells: Cells) -> Cells:
    """Split lists into one row per item, each under the index of its cell; none if empty."""
    filled = cells[cells != ""]
    lists = _lists(filled)
    owners = compute.list_parent_indices(lists).to_numpy()
    return pd.Series(lists.flatten().to_pandas(), dtype="str").set_axis(filled.index[owners])


def dtype_of(kind: str, *, required: bool) -> str:
    """Return the dtype of the cells of a column once they are read: numbers, otherwise text.

    Whole numbers stay whole where some are missing: then the dtype is pandas' ``Int64``.
    """
    if kind == "number":
        return "float64"
    if kind == "integer":
        return "int64" if required else "Int64"
    return "str"


def typed_cells(cells: Cells, *, kind: str, required: bool) -> Cells:
    """Convert the text of a column without faults to its dtype, see ``dtype_of``."""
    if kind == "number":
        return numbers(cells)
    if kind == "integer":
        filled = cells.where(cells != "")
        return filled.astype("int64") if required else filled.astype("Int64")
    if kind == "list":
        joined = compute.binary_join(_lists(cells), LIST_SEPARATOR)
        return pd.Series(joined.to_pandas(), dtype="str").set_axis(cells.index)
    return cells


def _lists(cells: Cells) -> pyarrow.ListArray:
    """Split lists and strip blanks around items, in Arrow since pandas would loop over the rows."""
    texts = pyarrow.array(cells, type=pyarrow.string())
    if isinstance(texts, pyarrow.ChunkedArray):
        texts = texts.combine_chunks()
    lists = compute.split_pattern(texts, LIST_SEPARATOR)
    return pyarrow.ListArray.from_arrays(lists.offsets, compute.utf8_trim_whitespace(lists.values))


def is_filled(cells: Cells) -> Verdicts:
    """Check that no cell is empty."""
    return cells.ne("")


def matches(pattern: str) -> Callable[[Cells], Verdicts]:
    """Check that a pattern matches the whole cell."""
    return lambda cells: (cells == "") | cells.str.fullmatch(pattern)


def is_in(choices: Collection[str]) -> Callable[[Cells], Verdicts]:
    """Check that a cell is one of the choices."""
    return lambda cells: cells.isin(["", *choices])


def is_new(cells: Cells) -> Verdicts:
    """Check that no cell above has the same value."""
    return (cells == "") | ~cells.duplicated()


def is_between(*ranges: tuple[float, float]) -> Callable[[Cells], Verdicts]:
    """Check that a number lies in one of the ranges, ends included; other text passes."""

    def check(cells: Cells) -> Verdicts:
        found = numbers(cells)
        is_fine = found.isna()
        for lowest, highest in ranges:
            is_fine |= found.between(lowest, highest)
        return is_fine

    return check


def is_positive(*, below: float) -> Callable[[Cells], Verdicts]:
    """Check that a number lies between 0 and a limit, ends excluded; other text passes."""

    def check(cells: Cells) -> Verdicts:
        found = numbers(cells)
        return found.isna() | ((found > 0) & (found < below))

    return check


def is_date(cells: Cells) -> Verdicts:
    """Check that a cell is an existing day or month."""
    return (cells == "") | days(cells).notna()


def is_day(cells: Cells) -> Verdicts:
    """Check that a cell is an existing day, not a month."""
    return (cells == "") | (is_date(cells) & (cells.str.len() == len("YYYY-MM-DD")))


def has_items(choices: Collection[str] | None = None) -> Callable[[Cells], Verdicts]:
    """Check lists: no item empty, none twice, all of them among the choices if there are any."""

    def check(cells: Cells) -> Verdicts:
        found = items(cells)
        is_fine = (found != "") & ~found.to_frame("item").assign(row=found.index).duplicated()
        if choices is not None:
            is_fine &= found.isin(choices)
        return pd.Series(~cells.index.isin(found.index[~is_fine]), index=cells.index)

    return check


def is_no_error(cells: Cells) -> Verdicts:
    """Check that no spreadsheet put an error in place of a text."""
    return ~cells.isin(SPREADSHEET_ERRORS)


def has_no_error(cells: Cells) -> Verdicts:
    """Check that no spreadsheet put an error in place of a list, or of an item of one."""
    found = items(cells)
    wrong = found.index[found.isin(SPREADSHEET_ERRORS)]
    return pd.Series(~cells.index.isin(wrong), index=cells.index)


def is_visible(cells: Cells) -> Verdicts:
    """Check that no cell has an invisible character: it would make one name into two."""
    return ~cells.str.contains(rf"\p{{{INVISIBLE}}}")


def invisible_in(text: str) -> list[str]:
    """List the code points of invisible characters, each once: ``U+200B``."""
    signs = dict.fromkeys(sign for sign in text if unicodedata.category(sign) == INVISIBLE)
    return [f"U+{ord(sign):04X}" for sign in signs]


def visible_instead(name: str) -> str:
    """Return what is allowed instead of a name, with the invisible characters in it."""
    return f"{VISIBLE}; this one has {', '.join(invisible_in(name))}"


REQUIRED: Final[Rules] = {"a value: this column is required": is_filled}
FREE: Final[dict[str, Rules]] = {
    "text": {NO_ERROR: is_no_error},
    "list": {NO_ERROR: has_no_error},
}
"""Kind of column in which nothing else would refuse the error of a spreadsheet -> what does."""

NAMES: Final[Rules] = {VISIBLE: is_visible}
NUMBERS: Final[Rules] = {
    "a number without thousands separators, such as 33.3": matches(NUMBER),
}

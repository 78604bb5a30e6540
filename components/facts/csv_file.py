"""A CSV file as a frame of text, one row per spreadsheet row."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from components.facts.faults import Fault

MAX_FILE_MB: Final = 100
"""Larger files are refused unread: nobody edits such a table in a spreadsheet."""

FIRST_ROW: Final = 2
"""The spreadsheet row below the header."""

SEPARATORS: Final = {";": "semicolons", "\t": "tabs"}
SAVE_AS_UTF8: Final = 'in Excel, choose Save As and the type "CSV UTF-8 (Comma delimited)"'


def read_table(
    path: Path, *, columns: Sequence[str], may_be_empty: bool = False
) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Read the cells as text, "" where empty, indexed by spreadsheet row.

    Columns are in the requested order. Blanks around a cell are removed, since they are invisible
    in a spreadsheet; so are rows without any text. Everything else, such as a formula or a tag,
    is unchanged. The frame is None whenever there is a fault.
    """
    content, faults = read_utf8(path)
    if content is None:
        return None, faults
    faults = _header_faults(content, file=path.name, columns=columns)
    if faults:
        return None, faults
    table, faults = _read_rows(content, file=path.name)
    if table is None:
        return None, faults
    table = _without_blank_rows(table)
    if table.empty and not may_be_empty:
        return None, [Fault(path.name, None, None, None, "at least one row below the header")]
    return table[list(columns)], []


def read_utf8(path: Path) -> tuple[bytes | None, list[Fault]]:
    """Read a file's bytes, checked to be UTF-8, without the byte order mark that Excel writes."""
    try:
        allowed = _refusal(path)
        content = b"" if allowed else path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        allowed, content = f"a file that can be read (the system says: {reason})", b""
    if allowed:
        return None, [Fault(path.name, None, None, None, allowed)]
    content = content.removeprefix(b"\xef\xbb\xbf")
    fault = _encoding_fault(content, file=path.name)
    return (None, [fault]) if fault else (content, [])


def _refusal(path: Path) -> str | None:
    """Return what the path should be instead, before a byte of it is read."""
    if path.is_dir():
        return "a file, not a folder"
    if not path.exists():
        return "this file must be in the data folder"
    if not path.is_file():
        return "a plain file"
    size = path.stat().st_size
    if size > MAX_FILE_MB * 1_000_000:
        return f"a file of at most {MAX_FILE_MB} MB (this one has {size / 1_000_000:,.0f} MB)"
    return None if size else "a file with content (this one is empty)"


def _encoding_fault(content: bytes, *, file: str) -> Fault | None:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff")) or content.count(0) * 4 > len(content)
    if is_wide:
        return Fault(file, None, None, None, f"UTF-8 text; this looks like UTF-16: {SAVE_AS_UTF8}")
    try:
        content.decode()
    except UnicodeDecodeError as error:
        row = _row_count(content[: error.start].decode(), file=file)
        looks = _likely_encoding(content)
        return Fault(file, row, None, None, f"UTF-8 text; this looks like {looks}: {SAVE_AS_UTF8}")
    return None


def _row_count(text: str, *, file: str) -> int:
    """Return the row in which a text ends; a quoted line break in a table starts no row."""
    lines = io.StringIO(text + ".", newline="")
    return sum(1 for _ in (csv.reader(lines) if file.endswith(".csv") else lines))


def _likely_encoding(content: bytes) -> str:
    # A single accented letter of a Western file can look like one Japanese character, not like two.
    if re.search("[\u3040-\u30ff\u4e00-\u9fff]{2}", content.decode("cp932", errors="replace")):
        return "Excel's Japanese encoding (cp932)"
    return "Excel's Western encoding (cp1252)"


def _header_faults(content: bytes, *, file: str, columns: Sequence[str]) -> list[Fault]:
    header = _header(content)
    if not any(header):
        return [Fault(file, 1, None, None, "the names of the columns")]
    separator = _foreign_separator(content, columns=columns)
    if separator:
        allowed = f"cells separated by commas; these are separated by {separator}: {SAVE_AS_UTF8}"
        return [Fault(file, 1, None, None, allowed)]
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in columns]
    repeated = [name for name, count in Counter(header).items() if count > 1 and name in columns]
    return [
        *(Fault(file, 1, name, None, "this column must be in the header") for name in missing),
        *(Fault(file, 1, None, name, _known_column(name, columns)) for name in unknown),
        *(Fault(file, 1, name, None, "this column may stand only once") for name in repeated),
    ]


def _header(content: bytes, separator: str = ",") -> list[str]:
    first_line = re.split(rb"[\r\n]", content, maxsplit=1)[0].decode()
    return [name.strip() for name in next(csv.reader([first_line], delimiter=separator), [])]


def _foreign_separator(content: bytes, *, columns: Sequence[str]) -> str | None:
    for separator, name in SEPARATORS.items():
        if len(set(columns).intersection(_header(content, separator))) > 1:
            return name
    return None


def _known_column(name: str, columns: Sequence[str]) -> str:
    close = get_close_matches(name, columns, n=1)
    return "a column of this file" + (f'; did you mean "{close[0]}"?' if close else "")


def _read_rows(content: bytes, *, file: str) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Read fast where the file is regular, otherwise slowly, to say which row is not."""
    table = _read_regular(content)
    return (table, []) if table is not None else _read_irregular(content, file=file)


def _read_regular(content: bytes) -> pd.DataFrame | None:
    # Arrow reads an unclosed quotation mark, or a NUL, as text.
    if content.count(b'"') % 2 or 0 in content:
        return None
    is_regular = True

    def note_row(_row: arrow_csv.InvalidRow) -> str:
        nonlocal is_regular
        is_regular = False
        return "skip"

    names = _header(content)
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(content),
            read_options=arrow_csv.ReadOptions(column_names=names, skip_rows=1),
            parse_options=arrow_csv.ParseOptions(
                newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note_row
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    rows = range(FIRST_ROW, FIRST_ROW + table.num_rows)
    return _stripped(table.to_pandas().set_axis(rows)) if is_regular else None


def _read_irregular(content: bytes, *, file: str) -> tuple[pd.DataFrame | None, list[Fault]]:
    names = _header(content)
    cells_by_row: dict[int, list[str]] = {}
    faults: list[Fault] = []
    row = 1
    reader = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
    next(reader)
    try:
        for row, cells in enumerate(reader, start=FIRST_ROW):
            if any(cells):
                cells_by_row[row] = cells
                faults += _row_faults(cells, file=file, row=row, names=names)
    except csv.Error as error:
        faults.append(Fault(file, row + 1, None, None, _explain(error)))
    if faults:
        return None, faults
    table = pd.DataFrame.from_dict(cells_by_row, orient="index", columns=names, dtype="str")
    return _stripped(table), []


def _row_faults(cells: list[str], *, file: str, row: int, names: list[str]) -> Iterator[Fault]:
    if len(cells) != len(names):
        allowed = f"{len(names)} cells, as in the header (this row has {len(cells)})"
        yield Fault(file, row, None, None, allowed)
        return
    for name, cell in zip(names, cells, strict=True):
        if "\x00" in cell:
            yield Fault(file, row, name, cell, "text without NUL bytes")


def _explain(error: csv.Error) -> str:
    if "limit" in str(error):
        limit = csv.field_size_limit()
        return f"cells of at most {limit:,} characters (is a quotation mark here never closed?)"
    return 'quotation marks in pairs, and doubled ("") inside a quoted cell'


def _stripped(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({name: table[name].str.strip() for name in table.columns})


def _without_blank_rows(table: pd.DataFrame) -> pd.DataFrame:
    suspects = table[table.iloc[:, 0] == ""]
    blank = suspects.index[(suspects == "").all(axis="columns")]
    return table if blank.empty else table.drop(index=blank)  # which copies every cell

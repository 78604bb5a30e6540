"""One table as a plain data file: CSV, JSON or Parquet."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import orjson
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from components.exhibits.columns import Column
from components.exports.tables import Table
from components.facts.checks import LIST_SEPARATOR

FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""A spreadsheet reads text that begins so as a formula; an apostrophe in front prevents it."""

BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells Excel that a file is UTF-8; most other programs expect none."""

ARROW_TYPES: Final = {
    "number": pa.float64(),
    "integer": pa.int64(),
    "flag": pa.bool_(),
    "list": pa.list_(pa.string()),
}
"""Kind of column -> type of its cells in JSON and Parquet; all others are text."""

FLAGS: Final = {True: "TRUE", False: "FALSE"}
"""How CSV files write a flag: R reads these words as logical, and so does every spreadsheet."""

SAMPLE_ROWS: Final = 200
"""The size of a file is estimated from this many rows; a shorter table is measured."""


def csv_bytes(table: Table, *, for_excel: bool = False) -> bytes:
    """Write a table as UTF-8 CSV: a header of column names, then rows; missing is an empty cell.

    The colophon is in columns of its own, ``about_title`` to ``about_link``, on every row: the
    file stays one plain table, and a row that is copied elsewhere still says where it is from.
    Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers do not.
    Flags are TRUE or FALSE.
    """
    rows = table.rows.copy(deep=False)
    for column in rows.columns:
        if pd.api.types.is_bool_dtype(rows[column]):
            rows[column] = rows[column].map(FLAGS)
        elif not pd.api.types.is_numeric_dtype(rows[column]):
            text = rows[column].astype("str")
            risky = text.str.startswith(FORMULA_STARTS)
            rows[column] = text.where(~risky, "'" + text)
    about = {f"about_{name}": _guarded(words) for name, words in table.colophon.items().items()}
    written = rows.assign(**about).to_csv(index=False, lineterminator="\r\n")
    return f"{BOM if for_excel else ''}{written}".encode()


def json_bytes(table: Table) -> bytes:
    """Write a table as one JSON object: the colophon, what every column means, then the rows.

    Lists are arrays, flags true or false; a missing number and empty text are null. Text is
    unchanged, since nothing runs formulas here.
    """
    columns = {column.name: _cells(table, column).to_pylist() for column in table.columns}
    document = table.colophon.items() | {
        "description": table.description,
        "columns": [column.meaning() for column in table.columns],
        "row_count": len(table.rows),
        "rows": [
            dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def parquet_bytes(table: Table) -> bytes:
    """Write a table as Parquet with typed columns; missing numbers and empty text are null.

    The metadata of the file holds the colophon, the description and, as JSON, what every column
    means; readers that support Arrow also find that at each column.
    """
    columns = [column.meaning() for column in table.columns]
    about = table.colophon.items() | {"description": table.description}
    fields = [
        pa.field(column.name, _arrow_type(column), metadata=meaning)
        for column, meaning in zip(table.columns, columns, strict=True)
    ]
    schema = pa.schema(fields, metadata=about | {"columns": orjson.dumps(columns)})
    cells = [_cells(table, column) for column in table.columns]
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.table(cells, schema=schema), sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def size_of(make: Callable[[Table], bytes], table: Table) -> int:
    """Estimate how many bytes a file will have, from its first rows; exact for a short table."""
    count = len(table.rows)
    if count <= SAMPLE_ROWS:
        return len(make(table))
    empty, sample = (
        len(make(replace(table, rows=table.rows.head(rows)))) for rows in (0, SAMPLE_ROWS)
    )
    return empty + (sample - empty) * count // SAMPLE_ROWS


def _guarded(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words


def _arrow_type(column: Column) -> pa.DataType:
    return ARROW_TYPES.get(column.kind, pa.string())


def _cells(table: Table, column: Column) -> Any:
    """Convert the cells of a column to Arrow's types; an empty list stays a list."""
    cells = table.rows[column.name]
    if column.kind == "list":
        lists = [cell.split(LIST_SEPARATOR) if cell else [] for cell in cells]
        return pa.array(lists, type=_arrow_type(column))
    if column.kind not in ARROW_TYPES:
        cells = cells.astype("str").replace("", None)
    return pa.array(cells, type=_arrow_type(column), from_pandas=True)

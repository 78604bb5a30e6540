"""Tables as one workbook: a cover that explains them, then a sheet for each."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final, NamedTuple
from urllib.parse import quote

import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]

from components.basics.formatting import as_sentence, bracketed, format_count, shorten
from components.basics.messages import _, in_context, in_japanese, mark
from components.basics.palette import print_theme
from components.exhibits.columns import Column
from components.exports.tables import Table
from components.facts.schema import LINK
from components.words.colophon import UNSPENT, Colophon
from components.words.wording import join_sentences

RESERVED: Final = ("about", "history")
"""Names that no table's sheet may have: Excel reserves the second for itself."""

MAX_NAME: Final = 31
MAX_ROWS: Final = 1_048_575
MAX_TEXT: Final = 32_767
MAX_LINK: Final = 2_079
MAX_LINKS: Final = 65_530
MAX_HEADER: Final = 110
"""Excel's limits: of the name of a sheet, the rows below a header, the text of a cell, an address,
the addresses on a sheet, and half of a printed header. Text counts in units of UTF-16."""

SHEET_HEADS: Final = (mark("Sheet"), mark("What it holds"), mark("Rows"), "")
COLUMN_HEADS: Final = (mark("Column"), mark("What it holds"), mark("Title"), mark("Unit"))

MEASURED_ROWS: Final = 100
MIN_WIDTH: Final = 8
MAX_WIDTH: Final = 60
PAGE_WIDTH: Final = 200
"""Widths in characters. The first rows determine the width of a column; a sheet wider than a page
keeps its first column visible, on the screen and in print."""

LINE_HEIGHT: Final = 15
JAPANESE_LINE_HEIGHT: Final = 19
MAX_LINES: Final = 12
"""A row is as tall as its longest text, in points, at most this many lines: not every program
adjusts row heights by itself, and one long text must not push the next row off the screen."""

JAPANESE_FONT: Final = {"font_name": "Yu Gothic", "font_charset": 128}
"""That of Excel in Japanese: in its font for English, other programs take Chinese letters."""

JAPANESE_DAY: Final = 'yyyy"年"m"月"d"日"'

OPTIONS: Final = {
    # Text from a data folder may look like a formula, a link or a number; it stays text.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # Each row is written to disk at once: a large sheet would take a gigabyte of memory.
    "constant_memory": True,
}

PRINT: Final = print_theme()
NUMBER: Final = {"align": "right", "indent": 1}
STYLES: Final[dict[str, dict[str, Any]]] = {
    "": {},
    "wrapped": {"text_wrap": True},
    "link": {"font_color": PRINT.accent, "underline": 1},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "long day": {"num_format": "d mmmm yyyy", "align": "left"},
    "count": {"num_format": "#,##0", "align": "left"},
    "flag": {"align": "left"},
    "integer": NUMBER | {"num_format": "#,##0"},
    **{
        f"number {decimals}": NUMBER | {"num_format": f"{0:,.{decimals}f}".replace("0", "#,##0", 1)}
        for decimals in range(7)
    },
    "name": {"bold": True, "bg_color": PRINT.accent_pale, "font_color": PRINT.ink},
    "eyebrow": {"font_color": PRINT.muted},
    "title": {"bold": True, "font_size": 20, "font_color": PRINT.accent},
    "section": {"bold": True, "font_size": 14, "font_color": PRINT.accent},
    "group": {"bold": True, "bottom": 1, "bottom_color": PRINT.grid},
    "label": {"font_color": PRINT.muted},
    "strong": {"bold": True, "text_wrap": True},
}
"""Name of a style -> its format, beside text at the top of its cell."""

HEIGHTS: Final = {"title": 30, "section": 24, "group": 20}
COVER_WIDTHS: Final = (2, 34, 96, 34, 16)


class _Link(NamedTuple):
    address: str
    words: str


class _Cell(NamedTuple):
    value: str | int | date | _Link
    style: str = "wrapped"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table, its text cut to the limit of a cell, under a name that Excel accepts."""

    name: str
    table: Table
    cut_count: int

    @property
    def row_count(self) -> int:
        return min(len(self.table.rows), MAX_ROWS)


class _Page:
    """A worksheet that writes text as text, even where it looks like something else."""

    def __init__(self, book: Any, name: str) -> None:
        self.sheet = book.add_worksheet(name)
        if in_japanese():
            self.sheet.set_default_row(JAPANESE_LINE_HEIGHT)
        self.styles = {
            style: book.add_format({"valign": "top"} | added | _own(style))
            for style, added in STYLES.items()
        }
        self._writers = {
            str: self._write_text,
            int: self.sheet.write_number,
            float: self.sheet.write_number,
            bool: self.sheet.write_boolean,
            date: self.sheet.write_datetime,
            _Link: self._write_link,
        }

    def write(self, row: int, column: int, value: Any, style: Any) -> None:
        """Write a value by its type."""
        self._writers[type(value)](row, column, value, style)

    def _write_text(self, row: int, column: int, text: str, style: Any) -> None:
        if text.startswith("<r>"):
            # xlsxwriter would read it as its own rich text markup, and not escape it.
            self.sheet.write_rich_string(row, column, text[0], text[1], text[2:], style)
        else:
            self.sheet.write_string(row, column, text, style)

    def _write_link(self, row: int, column: int, link: _Link, _style: Any) -> None:
        self.sheet.write_url(row, column, link.address, self.styles["link"], link.words)


def _own(style: str) -> dict[str, Any]:
    """Return what the present language adds to a style."""
    if not in_japanese():
        return {}
    return JAPANESE_FONT | ({"num_format": JAPANESE_DAY} if style == "long day" else {})


def _cover() -> str:
    """Return the name of the sheet in front."""
    return in_context("workbook", "About")


def _line_height() -> int:
    return JAPANESE_LINE_HEIGHT if in_japanese() else LINE_HEIGHT


def workbook_bytes(tables: Sequence[Table], colophon: Colophon) -> bytes:
    """Write a workbook: the cover, ``About``, then one sheet for each table, in their order.

    ``colophon`` is that of the workbook as a whole. The cover also says what exceeds
    Excel's limits: rows beyond 1,048,575 are left out, text beyond 32,767 characters is cut. The
    header of a sheet has the column names of the other formats; a note on each says what it
    means. A missing value is an empty cell; a date without a day is text, and so is every list.
    """
    sheets = [
        _fitted(table, name) for table, name in zip(tables, _sheet_names(tables), strict=True)
    ]
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties(_properties(colophon))
        _write_cover(_Page(book, _cover()), sheets, colophon)
        for sheet in sheets:
            _write_sheet(_Page(book, sheet.name), sheet)
    return content.getvalue()


def _properties(colophon: Colophon) -> dict[str, Any]:
    return {
        "title": colophon.title,
        "subject": colophon.subtitle,
        "comments": colophon.small_print(),
        # Without it, the time of writing would make two equal workbooks differ.
        "created": datetime.combine(colophon.as_of, time()),
    }


def _write_cover(page: _Page, sheets: Sequence[_Sheet], colophon: Colophon) -> None:
    page.sheet.hide_gridlines(2)
    page.sheet.set_landscape()
    page.sheet.fit_to_pages(1, 0)
    page.sheet.set_footer(_("&RPage &P of &N"))
    for column, width in enumerate(COVER_WIDTHS):
        page.sheet.set_column(column, column, width)
    lines = [*_heading(colophon), *_shortfalls(sheets), *_contents(sheets, colophon)]
    for row, line in enumerate([*lines, *_definitions(sheets)]):
        page.sheet.set_row(row, _cover_height(line))
        for column, cell in enumerate(line, start=1):
            page.write(row, column, cell.value, page.styles[cell.style])


def _cover_height(line: Sequence[_Cell]) -> int:
    # Links do not wrap.
    lines = [
        _lines(cell.value, width)
        for cell, width in zip(line, COVER_WIDTHS[1:], strict=False)
        if isinstance(cell.value, str) and "text_wrap" in STYLES[cell.style]
    ]
    heading = HEIGHTS.get(line[0].style, 0) * _line_height() // LINE_HEIGHT if line else 0
    return max([heading, _line_height() * max([1, *lines])])


def _heading(colophon: Colophon) -> Iterator[tuple[_Cell, ...]]:
    yield (_Cell(colophon.dataset, "eyebrow"),)
    yield (_Cell(colophon.title, "title"),)
    yield ()
    for label, cell in (
        (_("What it shows"), _Cell(colophon.subtitle)),
        (_("Caution"), _Cell(_(UNSPENT), "strong")),
        (_("Note"), _Cell(colophon.note)),
        (_("Source"), _Cell(colophon.source)),
        (_("Data as of"), _Cell(colophon.as_of, "long day")),
        (_("Dataset version"), _Cell(colophon.version)),
        (_("Licence"), _Cell(colophon.licence)),
        (_("Link"), _Cell(_link_or_text(colophon.link))),
    ):
        if cell.value:
            yield _Cell(label, "label"), cell


def _shortfalls(sheets: Sequence[_Sheet]) -> Iterator[tuple[_Cell, ...]]:
    """State what is missing, if anything."""
    for sheet in sheets:
        left_out = len(sheet.table.rows) - sheet.row_count
        if left_out:
            words = _(
                "{sheet}: {rows}. A sheet has room for {most}.",
                sheet=sheet.name,
                rows=format_count(left_out, "row"),
                most=f"{MAX_ROWS:,}",
            )
            yield _Cell(_("Left out"), "label"), _Cell(words, "strong")
        if sheet.cut_count:
            words = _(
                "{sheet}: {cells}. A cell has room for {most} characters; text that is longer "
                "ends in an ellipsis.",
                sheet=sheet.name,
                cells=format_count(sheet.cut_count, "cell"),
                most=f"{MAX_TEXT:,}",
            )
            yield _Cell(_("Cut short"), "label"), _Cell(words, "strong")


def _contents(sheets: Sequence[_Sheet], colophon: Colophon) -> Iterator[tuple[_Cell, ...]]:
    yield ()
    yield (_Cell(_("Sheets"), "section"),)
    yield tuple(_Cell(name and _(name), "name") for name in SHEET_HEADS)
    for sheet in sheets:
        address = "internal:'{}'!A1".format(sheet.name.replace("'", "''"))
        about = _Cell(_description(sheet, colophon))
        yield _Cell(_Link(address, sheet.name)), about, _Cell(sheet.row_count, "count")


def _description(sheet: _Sheet, colophon: Colophon) -> str:
    """Describe what a sheet holds, beyond what the heading of the cover says."""
    own = sheet.table.colophon
    return join_sentences(
        "" if sheet.table.title == sheet.name else as_sentence(sheet.table.title),
        sheet.table.description,
        "" if own.subtitle == colophon.subtitle else own.subtitle,
        "" if own.note == colophon.note else own.note,
    )


def _definitions(sheets: Sequence[_Sheet]) -> Iterator[tuple[_Cell, ...]]:
    yield ()
    yield (_Cell(_("Columns"), "section"),)
    yield tuple(_Cell(_(name), "name") for name in COLUMN_HEADS)
    for sheet in sheets:
        yield (_Cell(sheet.name, "group"), *[_Cell("", "group")] * 3)
        for column in sheet.table.columns:
            words = (
                column.name,
                _(column.description),
                _(column.title),
                column.unit and _(column.unit),
            )
            yield tuple(_Cell(word) for word in words)


def _write_sheet(page: _Page, sheet: _Sheet) -> None:
    rows = sheet.table.rows.head(sheet.row_count)
    columns, styles, widths = [], [], []
    for position, column in enumerate(sheet.table.columns):
        values = _values(rows[column.name], column)
        width = _width(values, column)
        page.sheet.set_column(position, position, min(width, MAX_WIDTH))
        page.write(0, position, column.name, page.styles["name"])
        page.sheet.write_comment(0, position, _meaning(column), {"width": 240, "height": 110})
        columns.append(values)
        styles.append(
            _style(values, column)
            or ("wrapped" if width > MAX_WIDTH and column.kind != "link" else "")
        )
        widths.append(min(width, MAX_WIDTH))
    _set_up(page, sheet, page_count=math.ceil(sum(widths) / PAGE_WIDTH))
    wrapped = [position for position, style in enumerate(styles) if style == "wrapped"]
    formats = [page.styles[style] for style in styles]
    for row, cells in enumerate(zip(*columns, strict=True), start=1):
        if wrapped:
            lines = max(_lines(cells[position], MAX_WIDTH) for position in wrapped)
            page.sheet.set_row(row, _line_height() * min(lines, MAX_LINES))
        for position, value in enumerate(cells):
            if value is not None:
                page.write(row, position, value, formats[position])


def _set_up(page: _Page, sheet: _Sheet, *, page_count: int) -> None:
    """Prepare a sheet for the screen and for print on pages side by side."""
    last_column = len(sheet.table.columns) - 1
    page.sheet.freeze_panes(1, 1 if page_count > 1 else 0)
    page.sheet.autofilter(0, 0, sheet.row_count, last_column)
    page.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.sheet.set_landscape()
    page.sheet.fit_to_pages(page_count, 0)
    page.sheet.repeat_rows(0)
    if page_count > 1:
        page.sheet.repeat_columns(0)
    words = sheet.table.colophon
    page.sheet.set_header(f"&L&B{_printed(words.title)}&B\n{_printed(words.subtitle)}")
    page.sheet.set_footer(f"&L{_printed(words.dataset)}, {words.as_of}{_('&RPage &P of &N')}")


def _values(cells: pd.Series, column: Column) -> list[Any]:
    """Return the values that are written for the cells; None where nothing is written."""
    if column.kind in ("number", "integer"):
        numbers = cells.tolist()
        return [value if value is not pd.NA and math.isfinite(value) else None for value in numbers]
    if column.kind == "flag":
        return cells.tolist()
    if column.kind == "date":
        days = {text: _day_or_text(text) for text in cells.unique()}
        return [days[text] for text in cells]
    if column.kind == "link":
        links = [_link_or_text(text) for text in cells]
        if sum(isinstance(link, _Link) for link in links) < MAX_LINKS:
            return [link or None for link in links]
    return [text or None for text in cells]


def _day_or_text(text: str) -> date | str | None:
    """Read a full date; one before 1900, where Excel's calendar begins, stays text."""
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return text
        return day if day.year >= 1900 else text
    return text or None


def _link_or_text(text: str) -> _Link | str:
    """Make a web address a link; the limit is on its quoted length, up to three times as long."""
    is_link = re.fullmatch(LINK, text) and text.isprintable() and len(quote(text)) < MAX_LINK
    return _Link(text, text) if is_link else text


def _style(values: Sequence[Any], column: Column) -> str:
    """Return the style of a column that is not text; empty for text."""
    if column.kind == "number":
        most = 3 if column.unit.startswith("US$") else 6
        return f"number {_decimals(values, most=most)}"
    return {"integer": "integer", "flag": "flag", "date": "day"}.get(column.kind, "")


def _decimals(numbers: Sequence[float | None], *, most: int) -> int:
    """Return the number of decimals that shows every number exactly, at most ``most``."""
    known = {number for number in numbers if number is not None}
    for decimals in range(most):
        if all(math.isclose(round(number, decimals), number) for number in known):
            return decimals
    return most


def _width(values: Sequence[Any], column: Column) -> int:
    """Estimate the width of a column from its name, plus the filter button, and its first rows."""
    shown = [value for value in values[:MEASURED_ROWS] if value is not None]
    lines = (
        line
        for value in shown
        for line in str(value.words if isinstance(value, _Link) else value).splitlines()
    )
    widest = max(_letters(column.name) + 4, *(_letters(line) + 2 for line in lines), MIN_WIDTH)
    return math.ceil(widest)


def _letters(text: str) -> float:
    """Estimate the width of a text: a Japanese character takes three bytes and two columns."""
    return (len(text) + len(text.encode())) / 2


def _lines(text: str | None, width: int) -> int:
    """Estimate the number of lines of a text in a column; a wrapped word leaves a gap."""
    if text is None:
        return 1
    widths = [_letters(line) for line in text.split("\n")]
    return sum(1 if wide <= width else math.ceil(1.1 * wide / width) for wide in widths)


def _meaning(column: Column) -> str:
    title = bracketed(_(column.title), column.unit and _(column.unit))
    return f"{title}\n{_(column.description)}"


def _printed(text: str) -> str:
    """Return a text for a printed header, where an ampersand begins a code."""
    return _shortened(text, limit=MAX_HEADER - text.count("&")).replace("&", "&&")


def _shortened(text: str, *, limit: int) -> str:
    """Shorten a text to a number of UTF-16 units; a character may need two."""
    return shorten(text, limit=max(1, limit - sum(letter > "\uffff" for letter in text)))


def _sheet_names(tables: Sequence[Table]) -> list[str]:
    """Name sheets after their titles, as Excel allows: short, unique, without some characters."""
    names: list[str] = []
    for table in tables:
        plain = "".join(sign if sign.isprintable() else " " for sign in table.title)
        title = " ".join(re.sub(r"[\[\]:*?/\\]", " ", plain).split()).strip("' ") or "Sheet"
        name = _shortened(title, limit=MAX_NAME)
        number = 1
        while name.lower() in (*RESERVED, _cover().lower(), *map(str.lower, names)):
            number += 1
            ending = f" ({number})"
            name = _shortened(title, limit=MAX_NAME - len(ending)) + ending
        names.append(name)
    return names


def _fitted(table: Table, name: str) -> _Sheet:
    """Cut the texts of a table that are too long for a cell."""
    fitted = {}
    cut_count = 0
    for column in table.columns:
        if column.kind in ("number", "integer", "flag"):
            continue
        cells = table.rows[column.name].astype("str").fillna("")
        if cells.str.len().gt(MAX_TEXT // 2).any():
            cut = cells.map(_cut)
            cut_count += int((cut != cells).sum())
            cells = cut
        fitted[column.name] = cells
    return _Sheet(name, replace(table, rows=table.rows.assign(**fitted)), cut_count)


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_TEXT:
        return text
    # Half a surrogate pair may be left at the cut.
    return units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", errors="ignore") + "…"

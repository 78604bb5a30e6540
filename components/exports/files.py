"""Every file that can be made of a view: made on the first request, then cached."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

import pandas as pd

from components.basics.byte_cache import ByteCache
from components.basics.formatting import labelled
from components.basics.messages import _, language, mark
from components.basics.us_states import STATE_NAMES
from components.exhibits import registry
from components.exhibits.exhibit import Exhibit
from components.exports import (
    briefing,
    calendar_file,
    comparison,
    offline_page,
    pictures,
    sheet_pdf,
    tables,
    tabular,
    workbook,
)
from components.exports.file_names import file_name
from components.exports.pictures import NATURAL, Shape
from components.exports.tables import Table
from components.views.view import View

CACHE = ByteCache[bytes]()
"""The files requested last, shared by all visitors: the same view gives the same file."""

Progress = Callable[[int, int], None]
"""A callback that gets the numbers of steps done and of all steps."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its id, its name for readers, its extension, its media type."""

    id: str
    label: str
    extension: str
    media_type: str


FORMATS: Final = {
    one.id: one
    for one in (
        Format("png", "PNG", "png", "image/png"),
        Format("svg", "SVG", "svg", "image/svg+xml"),
        Format("pdf", "PDF", "pdf", "application/pdf"),
        Format("html", mark("Interactive page (HTML)"), "html", "text/html"),
        Format("csv", "CSV", "csv", "text/csv"),
        Format("excel-csv", mark("CSV for Excel"), "csv", "text/csv"),
        Format(
            "xlsx",
            mark("Excel workbook"),
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        Format("json", "JSON", "json", "application/json"),
        Format("parquet", "Parquet", "parquet", "application/vnd.apache.parquet"),
        Format("briefing", mark("Briefing (PDF)"), "pdf", "application/pdf"),
        Format("calendar", mark("Calendar (ICS)"), "ics", "text/calendar"),
        Format("sheet", mark("State sheet (PDF)"), "pdf", "application/pdf"),
    )
}
TABULAR: Final[dict[str, Callable[[Table], bytes]]] = {
    "csv": tabular.csv_bytes,
    "excel-csv": partial(tabular.csv_bytes, for_excel=True),
    "json": tabular.json_bytes,
    "parquet": tabular.parquet_bytes,
}
"""Formats that hold one table each, and the functions that write them."""

PAPERS: Final[dict[briefing.Paper, str]] = {"us-letter": mark("Letter"), "a4": "A4"}


@dataclass(frozen=True, slots=True, eq=False)
class File:
    """One file of a view; ``table`` holds its rows where it is a single table.

    ``needs_browser`` means that a Chromium on this machine draws it.
    """

    name: str
    title: str
    format: Format
    view: View
    link: str
    make: Callable[[Progress | None], bytes]
    needs_browser: bool = False
    table: Table | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """The cache key: it differs between files with different contents."""
        return self.view.dataset.version, language(), self.view.filter, self.link, self.name

    def content(self, progress: Progress | None = None) -> bytes:
        """Return the file, from the cache if it is there.

        ``progress`` is not called for a cached file.
        """
        return CACHE.get(self.key, lambda: self.make(progress))

    def size(self) -> int:
        """Return the approximate size in bytes of a table's file; cheap even for a long table."""
        if self.table is None:
            return len(self.content())
        return tabular.size_of(TABULAR[self.format.id], self.table)


def picture(
    exhibit: Exhibit,
    *,
    kind: pictures.Kind,
    link: str,
    shape: Shape = NATURAL,
    is_short: bool = False,
) -> File:
    """Draw an exhibit; its ``content`` raises PictureError where no browser can draw it."""

    def make(_: Progress | None) -> bytes:
        if kind == "pdf":
            svg = picture(exhibit, kind="svg", link=link, shape=shape, is_short=is_short)
            return pictures.pdf_bytes(svg.content(), exhibit)
        return pictures.picture_bytes(exhibit, kind=kind, link=link, shape=shape, is_short=is_short)

    is_shaped = kind == "png" or shape.size or shape.width
    variant = "-".join(filter(None, [shape.id if is_shaped else "", "short" if is_short else ""]))
    return File(
        name=file_name(exhibit.view, exhibit.id, kind, variant=variant),
        title=labelled(_(exhibit.title), _(shape.label)) if kind == "png" else _(exhibit.title),
        format=FORMATS[kind],
        view=exhibit.view,
        link=link,
        make=make,
        needs_browser=True,
    )


def page(exhibit: Exhibit, *, link: str) -> File:
    """Write an exhibit as a stand-alone interactive page."""
    return File(
        name=file_name(exhibit.view, exhibit.id, "html"),
        title=_(exhibit.title),
        format=FORMATS["html"],
        view=exhibit.view,
        link=link,
        make=lambda _: offline_page.page_bytes(exhibit, link=link),
    )


def rows(table: Table, view: View, *, kind: str, link: str) -> File:
    """Write one table in one of the formats of ``TABULAR``, or alone in a workbook."""
    form = FORMATS[kind]
    variant = "excel" if kind == "excel-csv" else ""
    return File(
        name=file_name(view, table.name, form.extension, variant=variant),
        title=table.title,
        format=form,
        view=view,
        link=link,
        make=lambda _: (
            workbook.workbook_bytes([table], table.colophon)
            if kind == "xlsx"
            else TABULAR[kind](table)
        ),
        table=table,
    )


def book(view: View, *, link: str) -> File:
    """Write all tables of a view as one workbook."""
    return File(
        name=file_name(view, "data", "xlsx"),
        title=_("All tables of the view"),
        format=FORMATS["xlsx"],
        view=view,
        link=link,
        make=lambda _: workbook.workbook_bytes(
            tables.of_view(view, link=link), tables.colophon(view, link=link)
        ),
    )


def book_size(view: View, *, link: str) -> int:
    """Estimate the size of the workbook from that of each of its sheets."""
    about = tables.colophon(view, link=link)
    held = tables.of_view(view, link=link)
    empty = len(workbook.workbook_bytes([], about))
    sheets = [
        tabular.size_of(lambda table: workbook.workbook_bytes([table], about), table)
        for table in held
    ]
    return empty + sum(size - empty for size in sheets)


def projects(
    view: View, *, link: str, listed: "pd.Index[int] | None" = None, search: str = ""
) -> File:
    """Write the matching projects, all columns, as CSV: all, or what a search left of them."""
    table = tables.projects(view, link=link, listed=listed, search=search)
    name = file_name(view, table.name, "csv", variant="search" if search else "")
    return replace(rows(table, view, kind="csv", link=link), name=name)


def changes(view: View, since: date, *, link: str) -> File:
    """Write every change between a day and the day of a view as CSV."""
    return File(
        name=file_name(view, "changes", "csv", variant=f"since-{since.isoformat()}"),
        title="Changes",
        format=FORMATS["csv"],
        view=view,
        link=link,
        make=lambda _: tabular.csv_bytes(comparison.of_days(view, since, link=link)),
    )


def calendar(view: View, *, link: str) -> File:
    """Write what is expected in a view as a calendar."""
    return File(
        name=file_name(view, "calendar", "ics"),
        title=_("What is expected"),
        format=FORMATS["calendar"],
        view=view,
        link=link,
        make=lambda _: calendar_file.calendar_bytes(view, link=link),
    )


def brief(view: View, *, paper: briefing.Paper, link: str) -> File:
    """Typeset the briefing; tables replace pictures where no browser can draw them."""
    return File(
        name=file_name(view, "briefing", "pdf", variant=paper),
        title=_("Briefing, {paper}", paper=_(PAPERS[paper])),
        format=FORMATS["briefing"],
        view=view,
        link=link,
        make=lambda progress: briefing.briefing_bytes(
            view, paper=paper, link=link, progress=progress
        ),
    )


def state_sheet(view: View, state: str, *, paper: briefing.Paper, link: str) -> File:
    """Typeset the sheet of a state under the filter of a view, whatever states that has."""
    own = view.baseline.view(view.filter.choose("state", [state]))
    return File(
        name=file_name(own, "sheet", "pdf", variant=paper),
        title=_("Sheet of {state}, {paper}", state=STATE_NAMES[state], paper=_(PAPERS[paper])),
        format=FORMATS["sheet"],
        view=own,
        link=link,
        make=lambda _: sheet_pdf.sheet_bytes(own, state, paper=paper, link=link),
    )


def exhibit_rows(exhibit: Exhibit, *, link: str, kind: str = "csv") -> File:
    """Write what an exhibit draws as a table."""
    table = tables.of_exhibit(exhibit, link=link)
    return rows(table, exhibit.view, kind=kind, link=link)


def of_view(view: View, *, formats: set[str], link: str, paper: briefing.Paper) -> list[File]:
    """List the files of a view in some formats: pictures first, then data, then the briefing.

    A view of one state has its sheet beside the briefing. A PNG comes at twice the size it is
    drawn, and in the two shapes for sharing. Where no project matches, there are no pictures.
    """
    drawn = [] if view.projects.empty else registry.of_view(view)
    files = [
        file
        for exhibit in drawn
        for file in _of_exhibit(exhibit, link=link)
        if file.format.id in formats
    ]
    for table in tables.of_view(view, link=link):
        files += [rows(table, view, kind=kind, link=link) for kind in TABULAR if kind in formats]
    rest = [book(view, link=link), brief(view, paper=paper, link=link)]
    files += [file for file in rest if file.format.id in formats]
    if len(view.filter.state) == 1 and "sheet" in formats:
        files.append(state_sheet(view, view.filter.state[0], paper=paper, link=link))
    return files


PACKED_SHAPES: Final = ("2x", "1200x630", "square")


def _of_exhibit(exhibit: Exhibit, *, link: str) -> list[File]:
    shapes = [pictures.SHAPES[shape] for shape in PACKED_SHAPES]
    return [
        *(picture(exhibit, kind="png", link=link, shape=shape) for shape in shapes),
        picture(exhibit, kind="svg", link=link),
        picture(exhibit, kind="pdf", link=link),
        page(exhibit, link=link),
    ]

"""Tables: the rows behind a chart, the projects and the sources of a view."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import pandas as pd
from markupsafe import Markup
from pandera.pandas import DataFrameSchema

from components.basics.formatting import format_date, join_details, language_name
from components.basics.messages import _
from components.basics.us_states import STATE_NAMES
from components.exhibits.exhibit import Exhibit
from components.facts.schema import (
    CONFIDENCES,
    INVESTMENTS,
    KNOWN,
    SOURCE_KINDS,
    SOURCES,
    stage_name,
)
from components.ui import canvas, markup
from components.ui.canvas import st
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording

ROWS_A_PAGE: Final = 20
"""The style sheet of the first view hides rows from the next one on, until they are unfolded."""

MOST_ON_A_PHONE: Final = 3
MOST_ON_A_TABLET: Final = 5
"""How many columns fit side by side."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its title, its cells as text, and whether they are figures.

    ``help`` is the tooltip of the title. ``order`` is "ascending" or "descending" if the rows are
    sorted by this column. A wide column holds running text, a short one does not wrap. In a narrow
    window, columns that need room are not shown.
    """

    title: str
    cells: Sequence[str]
    is_figure: bool = False
    help: str = ""
    order: str = ""
    is_wide: bool = False
    is_short: bool = False
    needs_room: bool = False


def chart_table(exhibit: Exhibit) -> None:
    """Draw the rows of a chart, one page of them at a time."""
    count = len(exhibit.rows)
    shown = page_of(count, key=f"page-{exhibit.id}")
    if not count:
        markup.paragraph(_("There are no rows to show."), kind="small")
        return
    columns = [
        Column(column.title, column.texts, is_figure=column.is_figure, help=column.help)
        for column in exhibit.readable(shown.start, shown.stop)
    ]
    draw(columns, label=_("{title}, as a table", title=_(exhibit.title)))


def project_table(view: View, *, link: Callable[[str], Markup]) -> None:
    """Draw the matching projects by the page; in a narrow window only the leading columns."""
    shown = page_of(len(view.projects), key="page-projects")
    rows = list(rows_of(view.projects.iloc[shown]))
    sectors = view.baseline.vocabulary.sector
    column = partial(described, INVESTMENTS)
    amounts = [wording.project_amount(row) for row in rows]
    columns = [
        column("project", [link(row.project_id) for row in rows]),
        column("amount_usd_bn", amounts, is_figure=True),
        column("states", [_state_names(row.states) for row in rows]),
        column("amount_confidence", [CONFIDENCES.get(row.amount_confidence, "") for row in rows]),
        column("sector", [sectors[row.sector] for row in rows]),
        column("tranche", [str(row.tranche) for row in rows], is_figure=True),
        Column(
            _("Stage"),
            [stage_name(row.stage, row.stage_extent) for row in rows],
            help=_("The furthest step its milestones show; financed means that loans are signed."),
        ),
        column("announced_on", [format_date(row.announced_on) for row in rows]),
    ]
    # The confidence is shown with the amount where it has no column of its own.
    sure = [wording.how_sure(row.amount_confidence) for row in rows]
    columns = short_of_room(columns, first=columns[2].cells, second=sure)
    draw(columns, label=wording.TITLES["projects"])


def short_of_room(
    columns: Sequence[Column], *, first: Sequence[str], second: Sequence[str]
) -> list[Column]:
    """Return columns of which a narrow window shows two, with notes that only it shows."""
    leading = [_noted(columns[0], first), _noted(columns[1], second)]
    return [*leading, *(replace(column, needs_room=True) for column in columns[2:])]


def _noted(column: Column, notes: Sequence[str]) -> Column:
    cell = Markup('{} <span class="note slim">{}</span>')
    pairs = zip(column.cells, notes, strict=True)
    cells = [cell.format(text, note) if note else text for text, note in pairs]
    return replace(column, cells=cells)


def source_table(sources: pd.DataFrame, *, key: str = "page-sources") -> None:
    """Draw sources with publisher, title, date, how each is known and, if there is one, a link."""
    rows = list(rows_of(sources.iloc[page_of(len(sources), key=key)]))
    column = partial(described, SOURCES)
    columns = [
        column("publisher", [row.publisher for row in rows]),
        column("title", [_titled(row) for row in rows]),
        column("published_on", [format_date(row.published_on) for row in rows], is_short=True),
        column("kind", [SOURCE_KINDS.get(row.kind, row.kind) for row in rows], is_short=True),
        column("language", [language_name(row.language) for row in rows], is_short=True),
        column("known", [KNOWN.get(row.known, row.known) for row in rows], is_short=True),
    ]
    draw(columns, label=wording.TITLES["sources"])


def _titled(row: Any) -> Markup:
    """Return the title of a source, marked with its language, as a link if there is one."""
    return markup.outside(row.title, row.url, language=row.language)


def described(
    schema: DataFrameSchema,
    name: str,
    cells: Sequence[str],
    *,
    is_figure: bool = False,
    is_wide: bool = False,
    is_short: bool = False,
) -> Column:
    """Return a column with the title and the description that the codebook has for it."""
    declared = schema.columns[name]
    return Column(
        title=_(str(declared.title)),
        cells=cells,
        is_figure=is_figure,
        is_wide=is_wide,
        is_short=is_short,
        help=_(str(declared.description)),
    )


def page_of(count: int, *, key: str) -> slice:
    """Return the slice of rows on the chosen page; draw the choice if there are several pages.

    On paper, the slice of as many rows as it takes; see ``Paper.rows``.
    """
    if paper := canvas.paper():
        return slice(0, paper.rows(count, shown=ROWS_A_PAGE))
    pages = -(-count // ROWS_A_PAGE)
    page = (st.pagination(pages, key=f"{key}-{pages}") or 1) if pages > 1 else 1
    return slice(ROWS_A_PAGE * (page - 1), ROWS_A_PAGE * page)


def _state_names(codes: str) -> str:
    return join_details([STATE_NAMES.get(code, code) for code in codes.split(";") if code])


def draw(columns: Sequence[Column], *, label: str, opens: bool = False) -> None:
    """Write a table on the page, as ``html_of`` returns it."""
    st.html(html_of(columns, label=label, opens=opens))


def html_of(columns: Sequence[Column], *, label: str, opens: bool = False) -> Markup:
    """Return a plain HTML table: figures right-aligned, in a frame the keyboard can scroll.

    On a narrow screen every row becomes a block, each cell below the title of its column; ARIA
    roles keep it a table for screen readers. With ``opens``, a click anywhere in a row follows its
    first link.
    """
    head = Markup().join(_head(column) for column in columns)
    labels = [Markup(column.title).striptags() for column in columns]
    body = Markup().join(
        Markup('<tr role="row">{}</tr>').format(
            Markup().join(
                _data(column, row, label=title)
                for column, title in zip(columns, labels, strict=True)
            )
        )
        for row in range(len(columns[0].cells))
    )
    always = [column for column in columns if not column.needs_room]
    is_too_wide = len(always) > MOST_ON_A_PHONE or any(column.is_wide for column in always)
    is_long = len(always) > MOST_ON_A_TABLET
    kinds = {"stack": is_too_wide, "long": is_long, "opens": opens}
    kind = " ".join(kind for kind, holds in kinds.items() if holds)
    return Markup(
        '<div class="scroll" role="region" tabindex="0" aria-label="{}">'
        '<table role="table" class="{}"><thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table></div>'
    ).format(label, kind, head, body)


def _head(column: Column) -> Markup:
    order = Markup(' aria-sort="{}"').format(column.order) if column.order else Markup()
    return Markup('<th scope="col" role="columnheader" title="{}"{}{}>{}</th>').format(
        column.help, _class(column), order, column.title
    )


def _data(column: Column, row: int, *, label: str) -> Markup:
    cell = column.cells[row]
    if not isinstance(cell, Markup):
        cell = markup.worded(cell)
    return Markup('<td role="cell" data-label="{}"{}>{}</td>').format(label, _class(column), cell)


def _class(column: Column) -> Markup:
    kinds = {
        "figure": column.is_figure,
        "wide": column.is_wide,
        "short": column.is_short,
        "roomy": column.needs_room,
    }
    kind = " ".join(kind for kind, holds in kinds.items() if holds)
    return Markup(' class="{}"').format(kind) if kind else Markup()

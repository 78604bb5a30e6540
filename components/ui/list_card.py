"""The catalogue on the screen: search, sortable table, and a link to each project."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from components.basics.formatting import format_date, lower_first, shorten
from components.basics.messages import Labels, _
from components.facts.schema import CONFIDENCES, INVESTMENTS, stage_name
from components.subjects import project_list
from components.ui import canvas, download_menu, fields, html_table, markup, notices
from components.ui.canvas import st
from components.ui.html_table import Column
from components.views.links import DOWN, FIRST_SORT, SORT_KEYS, Link
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording

FIELDS: Final = {
    "project": "project",
    "amount": "amount_usd_bn",
    "states": "states",
    "sector": "sector",
}
"""Key of the catalogue -> the column of the data that explains it."""

EXPLAINED: Final = Labels(
    {
        "stage": "The furthest step its milestones show; financed means that loans are signed.",
        "developer": "The companies that build the project.",
        "milestone": "The latest dated event of the project, news included.",
    }
)
"""Key of any other column -> what it holds."""

CELL_LENGTH: Final = 90
"""A cell has at most this many letters, and half as many Japanese ones, which are wider."""


def draw(view: View, link: Link) -> None:
    """Draw the search field and the projects found, one page of them at a time."""
    with st.container(key="screen-only"):
        fields.search(
            _("Search projects"), link, key="search", placeholder=_("Name, company, place")
        )
    rows = project_list.listing(view, search=link.search, sort=link.sort)
    with st.container(border=True, key="card-catalogue", gap="xsmall"):
        can_sort = not canvas.is_static()
        said = wording.found(view, len(rows), search=link.search, can_sort=can_sort)
        markup.paragraph(said, kind="subtitle result")
        if len(rows):
            shown = rows[html_table.page_of(len(rows), key="page-catalogue")]
            projects = list(rows_of(view.dataset.projects.loc[shown]))
            columns = [_column(key, projects, view, link) for key in SORT_KEYS]
            columns = html_table.short_of_room(
                columns, first=columns[2].cells, second=[""] * len(projects)
            )
            html_table.draw(columns, label=_("Projects"), opens=True)
        if len(rows):
            download_menu.rows_button(view, listed=rows, search=link.search)


def _column(key: str, projects: Sequence[Any], view: View, link: Link) -> Column:
    sort = link.sort or FIRST_SORT
    is_down = sort.startswith(DOWN)
    is_sorted = sort.removeprefix(DOWN) == key
    field = FIELDS.get(key)
    declared = INVESTMENTS.columns[field] if field else None
    return Column(
        title=_heading(key, link, is_sorted=is_sorted, is_down=is_down),
        cells=_cells(key, projects, view),
        is_figure=key == "amount",
        help=_(str(declared.description)) if declared else EXPLAINED[key],
        order=("descending" if is_down else "ascending") if is_sorted else "",
    )


def _heading(key: str, link: Link, *, is_sorted: bool, is_down: bool) -> Markup:
    """Return a title as a link that sorts by it: amounts and dates from the top, words from A."""
    starts_down = key in ("amount", "stage", "milestone")
    is_next_down = (not is_down) if is_sorted else starts_down
    sort = f"{DOWN if is_next_down else ''}{key}"
    arrow = (" ↓" if is_down else " ↑") if is_sorted else ""
    asked = replace(link, sort="" if sort == FIRST_SORT else sort)
    return markup.inside(SORT_KEYS[key] + arrow, "projects", asked)


def _cells(key: str, projects: Sequence[Any], view: View) -> list[str]:
    match key:
        case "project":
            return [markup.project_link(view, row.project_id) for row in projects]
        case "amount":
            return [_amount(row) for row in projects]
        case "states":
            return [markup.state_links(view, row.states.split(";")) for row in projects]
        case "sector":
            labels = view.baseline.vocabulary.sector
            return [labels.get(row.sector, row.sector) for row in projects]
        case "stage":
            return [stage_name(row.stage, row.stage_extent) for row in projects]
        case "milestone":
            return _last_milestones(projects, view)
    return [_short(row.developer) for row in projects]


def _amount(row: Any) -> str:
    sure = row.amount_confidence
    note = "" if sure in ("official", "") else lower_first(CONFIDENCES[sure])
    text = wording.project_amount(row)
    return Markup('{} <span class="note">{}</span>').format(text, note) if note else text


def _last_milestones(projects: Sequence[Any], view: View) -> list[str]:
    latest = view.last_milestones
    known = {
        row.project_id: row for row in rows_of(_rows(latest, [row.project_id for row in projects]))
    }
    return [_event(known.get(row.project_id)) for row in projects]


def _rows(latest: pd.DataFrame, ids: Sequence[str]) -> pd.DataFrame:
    return latest[latest.index.isin(ids)].reset_index()


def _event(row: Any) -> str:
    if row is None:
        return _("None known")
    return Markup('{} <span class="note">{}</span>').format(
        format_date(row.date), markup.worded(_short(row.event))
    )


def _short(text: str) -> str:
    return shorten(text, limit=CELL_LENGTH)


def nearest(view: View, asked: Sequence[str]) -> None:
    """Show that a project is unknown, with links to projects whose ids are similar."""
    for wanted in asked[:3]:
        near = [markup.project_link(view, one) for one in project_list.nearest(view, wanted)]
        notices.not_found(wording.unknown_project(wanted), nearest=near)

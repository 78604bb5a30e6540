"""Tables: the rows behind a chart, the projects and the sources of a view."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st
from pandera.pandas import DataFrameSchema

from components import wording
from components.amounts import Amount
from components.exhibits import Exhibit
from components.formatting import UNDISCLOSED, format_date, format_number
from components.palette import Theme
from components.schema import CONFIDENCES, INVESTMENTS, SOURCE_KINDS, SOURCES, STAGES
from components.states import STATE_NAMES
from components.summaries import rows_of
from components.view import View

ROWS_A_PAGE: Final = 20

QUALIFIED: Final = {
    "amount_qualifier": "amount_usd_bn",
    "cumulative_qualifier": "cumulative_usd_bn",
    "whole_qualifier": "whole_usd_bn",
}
"""Columns that a reader sees as one: the qualifier stands before its figure."""


NAMED: Final = ("state", "sector", "project_id")
"""Ids that stand beside their name in the data; a reader sees the name."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its title, its cells as text, and whether they are figures.

    ``links`` holds an address for every cell, "" where there is none; ``help`` explains the
    column where the pointer rests on its title.
    """

    title: str
    cells: Sequence[str]
    is_figure: bool = False
    links: Sequence[str] = ()
    help: str = ""


def chart_table(exhibit: Exhibit, theme: Theme) -> None:
    """Show the rows a chart is drawn from, a page at a time."""
    rows = _page_of(exhibit.rows, key=f"page-{exhibit.id}")
    _draw(_readable(rows), label=f"{exhibit.title}, as a table", theme=theme)


def project_table(view: View, theme: Theme, *, is_narrow: bool) -> None:
    """Show the matching projects, a page at a time; on a narrow screen the leading columns."""
    first = ROWS_A_PAGE * (_page(len(view.projects), key="page-projects") - 1)
    rows = list(rows_of(view.projects.iloc[first : first + ROWS_A_PAGE]))
    sectors = view.baseline.vocabulary.sector
    described = partial(_described, INVESTMENTS)
    amounts = [_amount(row.amount_usd_bn, row.amount_qualifier) for row in rows]
    columns = [
        described("project", [row.project for row in rows]),
        described("amount_usd_bn", amounts, is_figure=True),
        described("states", [_state_names(row.states) for row in rows]),
        described(
            "amount_confidence", [CONFIDENCES.get(row.amount_confidence, "") for row in rows]
        ),
        described("sector", [sectors[row.sector] for row in rows]),
        described("tranche", [str(row.tranche) for row in rows], is_figure=True),
        Column(
            "Stage",
            [_stage(row.stage, row.stage_extent) for row in rows],
            help="The furthest step its milestones show; financed means that loans are signed.",
        ),
        described("announced_on", [format_date(row.announced_on) for row in rows]),
    ]
    if is_narrow:
        # The confidence goes with the amount where it has no column of its own.
        sure = [
            amount
            if row.amount_confidence in ("official", "")
            else f"{amount}, {row.amount_confidence}"
            for amount, row in zip(amounts, rows, strict=True)
        ]
        columns = [columns[0], replace(columns[1], cells=sure), columns[2]]
    _draw(columns, label=wording.TITLES["projects"], theme=theme)


def source_table(sources: pd.DataFrame, theme: Theme) -> None:
    """Show sources with publisher, title, date and a link where one is known."""
    rows = list(rows_of(_page_of(sources, key="page-sources")))
    described = partial(_described, SOURCES)
    columns = [
        described("publisher", [row.publisher for row in rows]),
        described("title", [row.title for row in rows], links=[row.url for row in rows]),
        described("published_on", [format_date(row.published_on) for row in rows]),
        described("kind", [SOURCE_KINDS.get(row.kind, row.kind) for row in rows]),
        described("language", [row.language for row in rows]),
    ]
    _draw(columns, label=wording.TITLES["sources"], theme=theme)


def _described(
    schema: DataFrameSchema,
    name: str,
    cells: Sequence[str],
    *,
    is_figure: bool = False,
    links: Sequence[str] = (),
) -> Column:
    """Head a column as the codebook does: the title it has there, and its description."""
    declared = schema.columns[name]
    return Column(
        title=str(declared.title),
        cells=cells,
        is_figure=is_figure,
        links=links,
        help=str(declared.description),
    )


def _page_of(rows: pd.DataFrame, *, key: str) -> pd.DataFrame:
    first = ROWS_A_PAGE * (_page(len(rows), key=key) - 1)
    return rows.iloc[first : first + ROWS_A_PAGE]


def _page(count: int, *, key: str) -> int:
    """Let the reader choose a page, counted from 1, where there is more than one."""
    pages = -(-count // ROWS_A_PAGE)
    return (st.pagination(pages, key=key) or 1) if pages > 1 else 1


def _readable(rows: pd.DataFrame) -> list[Column]:
    """Turn ids into names and figures into text; leave out what says nothing here."""
    columns = []
    for name in rows.columns:
        values = rows[name].tolist()
        says_nothing = (name == "undisclosed_count" and not any(values)) or (
            name == "is_in_filter" and all(values)
        )
        if name in QUALIFIED or name in NAMED or says_nothing or name == "stage_extent":
            continue
        qualifier = next((q for q, figure in QUALIFIED.items() if figure == name), None)
        if name == "stage":
            cells = [_stage(*pair) for pair in zip(values, rows["stage_extent"], strict=True)]
        elif name == "ceiling_usd_bn":
            cells = [_amount(value, "up_to") if value else "" for value in values]
        elif qualifier:
            cells = [_amount(*pair) for pair in zip(values, rows[qualifier], strict=True)]
        else:
            cells = [_cell(name, value) for value in values]
        is_figure = qualifier is not None or pd.api.types.is_numeric_dtype(rows[name])
        if name in wording.COLUMN_TITLES:
            columns.append(Column(wording.COLUMN_TITLES[name], cells, is_figure=is_figure))
        else:
            columns.append(_described(INVESTMENTS, name, cells, is_figure=is_figure))
    return columns


def _cell(name: str, value: object) -> str:
    if name in ("state", "states", "shared_with"):
        return _state_names(str(value))
    if name == "amount_confidence":
        return CONFIDENCES.get(str(value), "")
    if name == "announced_on":
        return format_date(str(value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return UNDISCLOSED if value != value else format_number(value)
    return str(value)


def _amount(usd_bn: float, qualifier: str) -> str:
    return str(Amount(usd_bn, qualifier or "exact"))


def _stage(stage: str, extent: str) -> str:
    return STAGES[stage] + (" in part" if extent == "part" else "")


def _state_names(codes: str) -> str:
    return ", ".join(STATE_NAMES.get(code, code) for code in codes.split(";") if code)


def _draw(columns: Sequence[Column], *, label: str, theme: Theme) -> None:
    """Write a plain HTML table: figures to the right, and a frame that the keyboard can scroll."""
    line = f"border-bottom:1px solid {theme.grid};padding:0.45rem 0.6rem;vertical-align:top"
    head = "".join(
        f'<th scope="col" title="{html.escape(column.help, quote=True)}" '
        f'style="{line};text-align:{_side(column)};color:{theme.muted};font-weight:400">'
        f"{html.escape(column.title)}</th>"
        for column in columns
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="{line};text-align:{_side(column)}">{_linked(column, row)}</td>'
            for column in columns
        )
        + "</tr>"
        for row in range(len(columns[0].cells))
    )
    name = html.escape(label, quote=True)
    st.html(
        f'<div role="region" tabindex="0" aria-label="{name}" style="overflow-x:auto">'
        f'<table style="width:100%;border-collapse:collapse;font-size:0.875rem;color:{theme.ink}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _side(column: Column) -> str:
    return "right" if column.is_figure else "left"


def _linked(column: Column, row: int) -> str:
    text = html.escape(column.cells[row])
    address = column.links[row] if column.links else ""
    if not address.startswith(("https://", "http://")):
        return text
    return f'<a href="{html.escape(address, quote=True)}" rel="noopener" target="_blank">{text}</a>'

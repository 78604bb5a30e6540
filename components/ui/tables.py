"""Tables: the rows behind a chart, the projects and the sources of a view."""

import pandas as pd
import streamlit as st

from components import wording
from components.exhibits import Exhibit
from components.formatting import (
    UNDISCLOSED,
    escape_markdown,
    format_date,
    format_number,
    format_usd_bn,
)
from components.schema import CONFIDENCES, QUALIFIERS, STAGES
from components.states import STATE_NAMES
from components.view import View

ROWS_A_PAGE = 20


def chart_table(exhibit: Exhibit) -> None:
    """Show the rows a chart is drawn from, a page at a time."""
    rows = _page_of(exhibit.rows, key=f"page-{exhibit.id}")
    st.table(_readable(rows), hide_index=True, border="horizontal", alt=f"Table: {exhibit.title}")


def project_table(view: View, *, is_narrow: bool) -> None:
    """Show the matching projects, a page at a time; on a narrow screen the leading columns."""
    rows = _page_of(view.projects, key="page-projects")
    labels = view.baseline.vocabulary
    shown = pd.DataFrame(
        {
            "Project": [escape_markdown(text) for text in rows["project"]],
            "Announced amount": [
                escape_markdown(format_usd_bn(amount, qualifier=qualifier or "exact"))
                for amount, qualifier in zip(
                    rows["amount_usd_bn"], rows["amount_qualifier"], strict=True
                )
            ],
            "How sure": [CONFIDENCES.get(value, "") for value in rows["amount_confidence"]],
            "States": [_state_names(text) for text in rows["states"]],
            "Sector": [
                escape_markdown(labels.sector.get(value, value)) for value in rows["sector"]
            ],
            "Tranche": [str(value) for value in rows["tranche"]],
            "Stage": [
                STAGES[stage] + (" in part" if extent == "part" else "")
                for stage, extent in zip(rows["stage"], rows["stage_extent"], strict=True)
            ],
            "Announced": [format_date(text) for text in rows["announced_on"]],
        }
    )
    if is_narrow:
        shown = shown[["Project", "Announced amount", "States"]]
    st.table(shown, hide_index=True, border="horizontal", alt="Projects in this view")


def source_table(sources: pd.DataFrame) -> None:
    """Show sources with publisher, title, date and a link where one is known."""
    rows = _page_of(sources, key="page-sources")
    shown = pd.DataFrame(
        {
            "Publisher": [escape_markdown(text) for text in rows["publisher"]],
            "Title": [
                f"[{escape_markdown(title)}]({_link(url)})" if url else escape_markdown(title)
                for title, url in zip(rows["title"], rows["url"], strict=True)
            ],
            "Date": [format_date(text) for text in rows["published_on"]],
            "Kind": list(rows["kind"]),
            "Language": list(rows["language"]),
        }
    )
    st.table(shown, hide_index=True, border="horizontal", alt="Sources of this view")


def _page_of(rows: pd.DataFrame, *, key: str) -> pd.DataFrame:
    pages = -(-len(rows) // ROWS_A_PAGE)
    if pages < 2:
        return rows
    page = st.pagination(pages, key=key) or 1
    return rows.iloc[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]


def _readable(rows: pd.DataFrame) -> pd.DataFrame:
    """Turn ids into names and figures into text, under titles that say the unit."""
    shown = {}
    for column in rows.columns:
        title = wording.COLUMN_TITLES.get(column, column)
        if title in shown:
            continue
        shown[title] = [_cell(column, value) for value in rows[column]]
    return pd.DataFrame(shown)


def _cell(column: str, value: object) -> str:
    if column in ("amount_qualifier", "whole_qualifier"):
        return QUALIFIERS.get(str(value), "At least" if value == "at_least" else "")
    if column in ("states", "shared_with"):
        return _state_names(str(value))
    if column == "stage":
        return STAGES.get(str(value), str(value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return UNDISCLOSED if value != value else format_number(value)
    return escape_markdown(str(value))


def _state_names(codes: str) -> str:
    return ", ".join(STATE_NAMES.get(code, code) for code in codes.split(";") if code)


def _link(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")

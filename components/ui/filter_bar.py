"""The filter bar: one control for each facet, a reset, and the filter in words."""

from typing import Literal

import streamlit as st

from components import wording
from components.filters import FACETS, ProjectFilter
from components.formatting import escape_markdown
from components.ui import exporting, session, viewport
from components.view import Baseline, View

LABELS = {"sector": "Sector", "state": "State", "tranche": "Tranche", "stage": "Stage"}
PLACEHOLDERS = {
    "sector": "All sectors",
    "state": "All states",
    "tranche": "All tranches",
    "stage": "All stages",
}


def draw(view: View, *, window: int) -> None:
    """Draw the controls: in a row, or behind one button where the window is narrow."""
    if window < viewport.STACKED_BELOW:
        _draw_narrow(view)
    else:
        _draw_wide(view)


def _draw_wide(view: View) -> None:
    cells = st.columns([3, 3, 2.4, 2.4, 1.2], gap="small", vertical_alignment="bottom")
    for cell, facet in zip(cells, FACETS, strict=False):
        with cell:
            _facet(facet, view.baseline, view.filter)
    with cells[-1]:
        _reset(view, width="stretch")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(escape_markdown(wording.filter_line(view)), width="content")
        exporting.menu_button(view)


def _draw_narrow(view: View) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover("Filter", icon=":material/filter_list:"):
            for facet in FACETS:
                _facet(facet, view.baseline, view.filter)
        _reset(view, width="content")
        exporting.menu_button(view)
    st.caption(escape_markdown(wording.filter_line(view)))


def _facet(facet: str, baseline: Baseline, project_filter: ProjectFilter) -> None:
    # Choices travel from the browser as labels, and labels hold counts: new data, new widget.
    key = f"filter-{facet}-{baseline.dataset.version}"
    session.offer(facet, key, project_filter)
    labels, counts = baseline.vocabulary.of(facet), baseline.counts[facet]
    st.multiselect(
        LABELS[facet],
        list(labels),
        format_func=lambda value: f"{labels[value]} ({counts.get(value, 0):,})",
        key=key,
        placeholder=PLACEHOLDERS[facet],
        on_change=session.choose,
        args=(facet, key),
        select_all=False,
    )


def _reset(view: View, *, width: Literal["content", "stretch"]) -> None:
    st.button("Reset", key="reset", on_click=session.reset, disabled=not view.filter, width=width)

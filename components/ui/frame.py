"""The frame around every page: title, filter bar, notices and the note on the data."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from components import exhibits
from components.formatting import escape_markdown, format_date
from components.store import Reading
from components.ui import cards, filter_bar, notices, session, viewport
from components.view import View

# A file of ours: Streamlit would fetch a Material icon for the tab from another host.
ICON = Path(__file__).with_name("icon.svg")


def draw(reading: Reading, run_page: Callable[[], None]) -> None:
    """Draw the frame with the page inside."""
    with (
        st.container(horizontal_alignment="center"),
        st.container(width=viewport.PAGE_WIDTH, key="page"),
    ):
        if reading.baseline is None:
            st.title("Investment pledge tracker", anchor=False)
            notices.no_data()
            return
        window = viewport.width()
        view = reading.baseline.view(session.current_filter(reading.baseline))
        if card := session.card_alone():
            cards.card_alone(exhibits.EXHIBITS[card], view, window=window)
            viewport.watch(window)
            return
        session.remember(view, window)
        st.title(escape_markdown(view.pledge.title), anchor=False)
        if reading.is_stale:
            notices.stale_data()
        notices.dropped()
        filter_bar.draw(view, window=window)
        run_page()
        _source_note(view)
        viewport.watch(window)


def current() -> tuple[View, int]:
    """Give the page the view to show and the width of the window."""
    return session.recall()


def _source_note(view: View) -> None:
    pledge = view.pledge
    st.caption(
        escape_markdown(
            f"Data as of {format_date(pledge.as_of.isoformat())}, version {pledge.version} "
            f"({view.dataset.version}). Data {pledge.licence}; code MIT. Announced amounts are "
            "what the governments said, not money spent."
        )
    )

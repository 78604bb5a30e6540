"""Fields that several pages share: a search and a day, each a parameter of the link."""

from datetime import date

import streamlit as st

from components.ui import session
from components.views.links import SEARCH, Link


def search(label: str, link: Link, *, key: str, placeholder: str | None = None) -> None:
    """Draw a search field."""
    session.offer(key, link.search)
    st.text_input(
        label,
        key=key,
        placeholder=placeholder,
        on_change=session.ask,
        args=(SEARCH, key),
        max_chars=200,
        icon=":material/search:",
    )


def day(label: str, parameter: str, *, key: str, shown: date, first: date, last: date) -> None:
    """Draw a field for a day of the data; an empty field removes the parameter."""
    session.offer(key, shown)
    st.date_input(
        label,
        value=None,
        min_value=first,
        max_value=last,
        key=key,
        format="YYYY-MM-DD",
        on_change=session.ask,
        args=(parameter, key),
    )

"""Messages to the visitor when something is not as asked."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from components.basics.formatting import escape_markdown
from components.ui import markup, session
from components.views import site
from components.views.links import AS_OF, SINCE
from components.views.view import View
from components.words import wording


def stale_data() -> None:
    """Say that a newer version of the data could not be read and older data is shown."""
    st.warning(
        "The newest version of the data has an error and is not shown. "
        "You see the last version that was in order.",
        icon=":material/history:",
    )


def no_data() -> None:
    """Say that there is no data at all, to visitor and keeper of the server alike."""
    st.error(
        "The data of this dashboard cannot be read at the moment. "
        "The server's log names every fault by file, row and column.",
        icon=":material/error:",
    )


def dropped(values: Sequence[tuple[str, str]], *, newest: date) -> None:
    """Name what the link asked for and is not known; nothing when all was.

    ``newest`` is the last day that a link may ask for.
    """
    if values:
        said = [wording.dropped_from_link(values)]
        if any(parameter in (AS_OF, SINCE) for parameter, _ in values):
            said.append(wording.days_known(newest))
        st.info(escape_markdown(" ".join(said)), icon=":material/link_off:")


def no_matches(view: View) -> None:
    """Say that nothing matches the filter and offer the way back."""
    st.info(escape_markdown(wording.no_matches(view)), icon=":material/filter_alt_off:")
    if view.filter:
        st.button("Show all projects", on_click=session.reset, key="no-matches-reset")


def not_yet(view: View) -> None:
    """Say that the project of the link was not announced by the day shown."""
    st.info(escape_markdown(wording.not_yet(view)), icon=":material/history:")


def unknown_page(view: View) -> None:
    """Say that the page of the address does not exist, and offer the nearest that does."""
    asked = session.asked_page()
    info = site.nearest(asked)
    link = markup.inside(info.title, info.path, view.link)
    not_found(wording.unknown_page(asked), nearest=[link])


def not_found(said: str, *, nearest: Sequence[Markup]) -> None:
    """Say that something of a link does not exist, and offer what it may have meant."""
    st.info(escape_markdown(said), icon=":material/search_off:")
    if nearest:
        st.html(Markup("<p>Nearest: {}</p>").format(markup.joined(nearest)))

"""Fields that several pages share: a search and a day, each a parameter of the link."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from components.ui import session
from components.ui.canvas import st
from components.views.links import SEARCH, Link
from components.views.view import View
from components.words import wording


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


def choices(
    label: str,
    parameter: str,
    options: Mapping[str, str],
    *,
    chosen: Sequence[str],
    empty: str,
    view: View,
) -> None:
    """Draw a choice of several values of a parameter, by id; ``empty`` stands where none is."""
    key = f"{parameter}-{view.dataset.version}"
    session.offer(key, list(chosen))
    st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        placeholder=empty,
        on_change=session.ask,
        args=(parameter, key),
        select_all=False,
    )


def day(label: str, parameter: str, *, key: str, shown: date, last: date) -> None:
    """Draw a field for a day of the data, typed; an empty field removes the parameter.

    Streamlit's own date field loses what is typed when Enter is pressed.
    """
    wrong = session.wrong_day(key)
    if not wrong:
        session.offer(key, shown.isoformat(), is_in_popover=True)
    with st.container(gap="xsmall", width=240):
        st.text_input(
            label,
            key=key,
            placeholder="YYYY-MM-DD",
            help=wording.day_help(last),
            on_change=session.ask_day,
            args=(parameter, key, last),
            icon=":material/event:",
        )
        if wrong:
            said = wording.no_day(wrong, last)
            st.html(Markup('<p class="wrong" role="alert">{}</p>').format(said))

"""The frame around every page: navigation, title, notices, filter bar and note on the data."""

import os
from collections.abc import Callable
from typing import Final

from markupsafe import Markup

from components.basics import stylesheet
from components.basics.formatting import escape_markdown, format_date, join_sentences
from components.basics.messages import _, mark
from components.basics.palette import Theme
from components.exhibits.registry import EXHIBITS
from components.ui import (
    cards,
    day,
    filter_bar,
    navigation,
    notices,
    session,
    streamlit_words,
    viewport,
)
from components.ui.canvas import st
from components.views import site
from components.views.filters import ProjectFilter
from components.views.links import Link
from components.views.site import PageInfo
from components.views.store import Reading
from components.views.view import View
from components.words import correction, freshness

SHOWN: Final = mark("Data as of {day}, version {version} ({digest}).")
SHOWN_PAST: Final = mark(
    "Data as of {day}, shown as known on {past}, version {version} ({digest})."
)


def draw(reading: Reading, info: PageInfo, *, path: str, run: Callable[[], None]) -> None:
    """Draw the frame with the page inside, which ``run`` draws; ``path`` is what was asked for."""
    with (
        st.container(horizontal_alignment="center"),
        st.container(width=viewport.PAGE_WIDTH, key="page"),
    ):
        _style(cards.theme(0))
        if reading.baseline is None:
            st.title(_("Investment pledge tracker"), anchor=False)
            notices.no_data()
            return
        window = viewport.width()
        own = site.own_of(info, reading.baseline, cards=EXHIBITS)
        link = session.current_link(reading.baseline, page=path, own=own)
        view = reading.baseline.as_known_on(link.as_of).view(link.filter)
        if link.card:
            cards.card_alone(EXHIBITS[link.card], view, window=window)
        else:
            session.remember(view, link, window)
            _draw_page(reading, run, info=info, view=view, link=link, window=window)
        navigation.follow_links()
        streamlit_words.replace()
        viewport.watch(window)


def current() -> tuple[View, int]:
    """Return the view that the page is to show, and the width of the window in pixels."""
    view, _, window = session.recall()
    return view, window


def asked() -> Link:
    """Return everything that the address of the page requests."""
    return session.recall()[1]


def unknown(parameter: str) -> list[str]:
    """Return the unknown values that the address has for a parameter."""
    return [value for name, value in session.dropped_from_link() if name == parameter]


def _draw_page(
    reading: Reading,
    run_page: Callable[[], None],
    *,
    info: PageInfo,
    view: View,
    link: Link,
    window: int,
) -> None:
    navigation.draw(info, link, view)
    st.title(escape_markdown(site.heading(info, view)), anchor=False)
    # Always present: if a notice moved what is below it, an open menu would close.
    with st.container(key="notices"):
        day.notice(view, link, info.path)
        if reading.is_stale:
            notices.stale_data()
        notices.dropped(
            _unexplained(session.dropped_from_link(), info), newest=view.baseline.newest
        )
    if info.has_filter and not site.is_single(info, view):
        filter_bar.draw(view, window=window, has_one_state=info.path == "states")
    else:
        filter_bar.draw_without_filter(view)
    run_page()
    _source_note(info, view)


def _unexplained(
    dropped: tuple[tuple[str, str], ...], info: PageInfo
) -> tuple[tuple[str, str], ...]:
    """Return the unknown values that the page itself does not explain by naming similar ids."""
    explained = {"projects": "project", "states": "state"}.get(info.path)
    return tuple(pair for pair in dropped if pair[0] != explained)


def _style(theme: Theme) -> None:
    """Write the style sheet of the page, in the colours of the visitor's theme."""
    st.html(f"<style>{stylesheet.colours(theme)} {stylesheet.sheet()}</style>")


def _source_note(info: PageInfo, view: View) -> None:
    """Write which data the page shows and, in the same element, how fresh it is."""
    pledge = view.pledge
    about_data = join_sentences(
        _(
            SHOWN_PAST if view.known_on else SHOWN,
            day=format_date(view.baseline.newest.isoformat()),
            past=format_date(view.known_on.isoformat()) if view.known_on else "",
            version=pledge.version,
            digest=view.dataset.version,
        ),
        _("Data {licence}; code MIT.", licence=pledge.licence),
        _("Announced amounts are what the governments said, not money spent."),
    )
    paragraphs = [about_data, _freshness(info, view)]
    st.caption("\n\n".join(escape_markdown(text) for text in paragraphs if text))
    report = correction.address_of(
        os.environ.get(correction.VARIABLE, ""), view, link=session.link_to(view)
    )
    if report:
        way = Markup('<p class="small"><a href="{}">{}</a></p>')
        st.html(way.format(report, _("Report an error")))


def _freshness(info: PageInfo, view: View) -> str:
    """Return how fresh the data is on what the page shows: all of it where no filter applies."""
    if site.is_single(info, view):
        return freshness.note(view.baseline.view(view.filter.only("project")), is_alone=True)
    shown = view if info.has_filter else view.baseline.view(ProjectFilter())
    return freshness.note(shown)

"""Navigation: the pages there are, what each takes from its address, and the way between them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import streamlit as st
from markupsafe import Markup

from components import asides, catalogue
from components.exhibits import EXHIBITS
from components.links import AREA, CARD, SEARCH, SINCE, SORT, Link
from components.states import STATE_NAMES
from components.ui import browser, markup, session
from components.view import Baseline, View

FOLDER: Final = "components/pages"
MISSING: Final = "missing"

Own = Mapping[str, Collection[str]]

_follow = browser.component("links")


@dataclass(frozen=True, slots=True)
class PageInfo:
    """One page: its path ("" for the first), its name, its script.

    ``has_filter`` tells whether the filter bar stands on it, ``own`` what it takes from the
    address beside filter and day.
    """

    path: str
    title: str
    script: str
    has_filter: bool = True
    own: Callable[[Baseline], Own] = lambda _: {}


PAGES: Final = {
    info.path: info
    for info in (
        PageInfo("", "Overview", "overview"),
        PageInfo(
            "projects",
            "Projects",
            "projects",
            own=lambda _: {SEARCH: (), SORT: catalogue.SORTS},
        ),
        PageInfo("states", "States", "states"),
        PageInfo("changes", "Changes", "changes", own=lambda _: {SINCE: ()}),
        PageInfo(
            "agreements",
            "Agreements",
            "agreements",
            has_filter=False,
            own=lambda baseline: {SEARCH: (), AREA: asides.areas(baseline.dataset)},
        ),
        PageInfo(
            "interests", "Interests", "interests", has_filter=False, own=lambda _: {SEARCH: ()}
        ),
        PageInfo("about", "About", "about", has_filter=False),
    )
}
"""Every page by its path, in the order of the navigation; a path stands in links for ever."""


NOT_FOUND: Final = PageInfo("", "Page not found", MISSING, has_filter=False)
"""What stands for a path that is none of these."""


def pages() -> list[st.Page]:
    """List the pages for Streamlit; a path that we do not know gets a page that says so."""
    known = [
        st.Page(
            f"{FOLDER}/{info.script}.py",
            title=info.title,
            url_path=path or info.script,
            default=not path,
        )
        for path, info in PAGES.items()
    ]
    asked = session.asked_page()
    if asked in PAGES or not is_path(asked):
        return known
    script = f"{FOLDER}/{MISSING}.py"
    return [*known, st.Page(script, title="Not found", url_path=asked, visibility="hidden")]


def is_path(text: str) -> bool:
    """Tell whether Streamlit can have a page of this path: it knows no others."""
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def info_of(page: st.Page) -> PageInfo:
    """Tell which page Streamlit is to run."""
    return PAGES.get(page.url_path, NOT_FOUND)


def own_of(info: PageInfo, baseline: Baseline) -> Own:
    """Give all that a page takes from the address beside filter and day."""
    return {CARD: EXHIBITS, **info.own(baseline)}


def heading(info: PageInfo, view: View) -> str:
    """Give the title that stands above a page."""
    if info is PAGES[""]:
        return view.pledge.title
    if is_single(info, view):
        return view.baseline.vocabulary.project[view.filter.project[0]]
    if info.path == "states" and len(view.filter.state) == 1:
        return STATE_NAMES[view.filter.state[0]]
    return info.title


def is_single(info: PageInfo, view: View) -> bool:
    """Tell whether a page is that of one project, which no filter applies to."""
    return info.path == "projects" and len(view.filter.project) == 1


def nearest(asked: str) -> PageInfo:
    """Give the page that was probably meant: the closest in spelling, else the overview."""
    (path, *_) = [*get_close_matches(asked.lower(), list(PAGES), n=1), ""]
    return PAGES[path]


def draw(info: PageInfo, link: Link, view: View) -> None:
    """Draw the links to all pages, each with the filter and the day; ``info`` is the current."""
    along = link.elsewhere()
    home = Markup() if info is PAGES[""] else _home(view, along)
    items = Markup().join(
        Markup("<li>{}</li>").format(
            markup.inside(other.title, other.path, along, is_current=other is info)
        )
        for other in PAGES.values()
    )
    st.html(Markup('<nav class="pages" aria-label="Pages">{}<ul>{}</ul></nav>').format(home, items))


def follow_links() -> None:
    """Have links between pages followed without loading the dashboard anew."""
    _follow(key="links", height=1)


def _home(view: View, link: Link) -> Markup:
    return Markup('<span class="home">{}</span>').format(markup.inside(view.pledge.title, "", link))

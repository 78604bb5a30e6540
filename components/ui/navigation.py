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
class Room:
    """One page: its path ("" for the first), its name, its script.

    ``has_filter`` tells whether the filter bar stands on it, ``own`` what it takes from the
    address beside filter and day.
    """

    path: str
    title: str
    script: str
    has_filter: bool = True
    own: Callable[[Baseline], Own] = lambda _: {}


ROOMS: Final = {
    room.path: room
    for room in (
        Room("", "Overview", "overview"),
        Room(
            "projects",
            "Projects",
            "projects",
            own=lambda _: {SEARCH: (), SORT: catalogue.SORTS},
        ),
        Room("states", "States", "states"),
        Room("changes", "Changes", "changes", own=lambda _: {SINCE: ()}),
        Room(
            "agreements",
            "Agreements",
            "agreements",
            has_filter=False,
            own=lambda baseline: {SEARCH: (), AREA: asides.areas(baseline.dataset)},
        ),
        Room("interests", "Interests", "interests", has_filter=False, own=lambda _: {SEARCH: ()}),
        Room("about", "About", "about", has_filter=False),
    )
}
"""Every page by its path, in the order of the navigation; a path stands in links for ever."""


def pages() -> list[st.Page]:
    """List the pages for Streamlit; a path that we do not know gets a page that says so."""
    known = [
        st.Page(
            f"{FOLDER}/{room.script}.py",
            title=room.title,
            url_path=path or room.script,
            default=not path,
        )
        for path, room in ROOMS.items()
    ]
    asked = session.asked_page()
    if asked in ROOMS or not is_path(asked):
        return known
    script = f"{FOLDER}/{MISSING}.py"
    return [*known, st.Page(script, title="Not found", url_path=asked, visibility="hidden")]


def is_path(text: str) -> bool:
    """Tell whether Streamlit can have a page of this path: it knows no others."""
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def room_of(page: st.Page) -> Room:
    """Give the room of the page that Streamlit is to run; an unknown one has the overview's."""
    return ROOMS.get("" if page.url_path in ("", MISSING) else page.url_path, ROOMS[""])


def own_of(room: Room, baseline: Baseline) -> Own:
    """Give all that a page takes from the address beside filter and day."""
    return {CARD: EXHIBITS, **room.own(baseline)}


def heading(room: Room, view: View) -> str:
    """Give the title that stands above a page."""
    if room is ROOMS[""]:
        return view.pledge.title
    if is_single(room, view):
        return view.baseline.vocabulary.project[view.filter.project[0]]
    if room.path == "states" and len(view.filter.state) == 1:
        return STATE_NAMES[view.filter.state[0]]
    return room.title


def is_single(room: Room, view: View) -> bool:
    """Tell whether a page is that of one project, which no filter applies to."""
    return room.path == "projects" and len(view.filter.project) == 1


def nearest(asked: str) -> Room:
    """Give the page that was probably meant: the closest in spelling, else the overview."""
    (path, *_) = [*get_close_matches(asked.lower(), list(ROOMS), n=1), ""]
    return ROOMS[path]


def draw(room: Room | None, link: Link, view: View) -> None:
    """Draw the links to all pages, each with the filter and the day; ``room`` is the current."""
    along = link.elsewhere()
    home = Markup() if room is ROOMS[""] else _home(view, along)
    items = Markup().join(
        Markup("<li>{}</li>").format(
            markup.inside(other.title, other.path, along, is_current=other is room)
        )
        for other in ROOMS.values()
    )
    st.html(Markup('<nav class="pages" aria-label="Pages">{}<ul>{}</ul></nav>').format(home, items))


def follow_links() -> None:
    """Have links between pages followed without loading the dashboard anew."""
    _follow(key="links", height=1)


def _home(view: View, link: Link) -> Markup:
    return Markup('<span class="home">{}</span>').format(markup.inside(view.pledge.title, "", link))

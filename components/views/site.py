"""The site: the list of its pages, and what each takes from its address."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from components.basics.us_states import STATE_NAMES
from components.views.links import AREA, CARD, SEARCH, SINCE, SORT, SORTS
from components.views.view import Baseline, View

MISSING: Final = "missing"

Own = Mapping[str, Collection[str]]


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
            own=lambda _: {SEARCH: (), SORT: SORTS},
        ),
        PageInfo("states", "States", "states"),
        PageInfo("changes", "Changes", "changes", own=lambda _: {SINCE: ()}),
        PageInfo(
            "agreements",
            "Agreements",
            "agreements",
            has_filter=False,
            own=lambda baseline: {SEARCH: (), AREA: baseline.areas},
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


def is_path(text: str) -> bool:
    """Tell whether Streamlit can have a page of this path: it knows no others."""
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def own_of(info: PageInfo, baseline: Baseline, *, cards: Collection[str]) -> Own:
    """Give all that a page takes from the address beside filter and day.

    ``cards`` are the ids of what can be shown alone on any page.
    """
    return {CARD: cards, **info.own(baseline)}


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

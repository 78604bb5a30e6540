"""The site: the list of its pages, and the parameters that each takes from its address."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from components.basics.us_states import STATE_NAMES
from components.facts.schema import ROLES
from components.views.links import AREA, CARD, COUNTRY, ROLE, SEARCH, SINCE, SORT, SORTS
from components.views.view import Baseline, View

MISSING: Final = "missing"

Own = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class PageInfo:
    """One page: its path ("" for the first), its name, its script.

    ``has_filter`` tells whether it has the filter bar, ``own`` what it takes from the address in
    addition to filter and day.
    """

    path: str
    title: str
    script: str
    has_filter: bool = True
    own: Callable[[Baseline], Own] = lambda _: {}


def company_parameters(baseline: Baseline) -> Own:
    """Return what the list of companies takes from the address: a search, roles, countries."""
    return {SEARCH: (), ROLE: ROLES, COUNTRY: baseline.countries}


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
        PageInfo("companies", "Companies", "companies", own=company_parameters),
        PageInfo("next", "Next steps", "watch"),
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
        PageInfo("data", "Data and API", "data"),
        PageInfo("about", "About", "about", has_filter=False),
    )
}
"""Every page by its path, in the order of the navigation; paths are in links and never change."""


NOT_FOUND: Final = PageInfo("", "Page not found", MISSING, has_filter=False)
"""The page for any other path."""


def is_path(text: str) -> bool:
    """Return whether Streamlit can have a page with this path."""
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def own_of(info: PageInfo, baseline: Baseline, *, cards: Collection[str]) -> Own:
    """Return all that a page takes from the address in addition to filter and day.

    ``cards`` are the ids of the exhibits that any page can show alone.
    """
    return {CARD: cards, **info.own(baseline)}


def heading(info: PageInfo, view: View) -> str:
    """Return the title at the top of a page."""
    if info is PAGES[""]:
        return view.pledge.title
    if is_single(info, view):
        return view.baseline.vocabulary.project[view.filter.project[0]]
    if info.path == "states" and len(view.filter.state) == 1:
        return STATE_NAMES[view.filter.state[0]]
    return info.title


def is_single(info: PageInfo, view: View) -> bool:
    """Return whether a page is the page of one project, to which no filter applies."""
    return info.path == "projects" and len(view.filter.project) == 1


def nearest(asked: str) -> PageInfo:
    """Return the page with the most similar path, or the overview if none is similar."""
    (path, *_) = [*get_close_matches(asked.lower(), list(PAGES), n=1), ""]
    return PAGES[path]

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
    addition to filter and day. ``about`` says what it has where the page of a view does not say it
    itself, ``picture`` is the id of the exhibit that stands for it elsewhere, "" for none.
    """

    path: str
    title: str
    script: str
    has_filter: bool = True
    own: Callable[[Baseline], Own] = lambda _: {}
    about: str = ""
    picture: str = "map"


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
            about="Every project with its amount, place, companies, stage and sources.",
            picture="by-project",
        ),
        PageInfo(
            "states",
            "States",
            "states",
            about="Every state with what is announced for it, alone or shared.",
            picture="by-state",
        ),
        PageInfo(
            "companies",
            "Companies",
            "companies",
            own=company_parameters,
            about="Who takes part in which project, who has only expressed interest, who says so.",
        ),
        PageInfo(
            "next",
            "Next steps",
            "watch",
            about="What has to happen next in each project, who decides, and by when.",
            picture="stages",
        ),
        PageInfo(
            "changes",
            "Changes",
            "changes",
            own=lambda _: {SINCE: ()},
            about="What changed between two days, each event with its sources.",
            picture="over-time",
        ),
        PageInfo(
            "agreements",
            "Agreements",
            "agreements",
            has_filter=False,
            own=lambda baseline: {SEARCH: (), AREA: baseline.areas},
            about="Other results of the summit. None of them belongs to the pledge.",
            picture="",
        ),
        PageInfo(
            "interests",
            "Interests",
            "interests",
            has_filter=False,
            own=lambda _: {SEARCH: ()},
            about="Companies on the governments' lists of interest. They belong to no total.",
            picture="",
        ),
        PageInfo(
            "data",
            "Data and API",
            "data",
            about="All tables of this view as CSV and JSON, with lines that read them.",
            picture="progress",
        ),
        PageInfo(
            "about",
            "About",
            "about",
            has_filter=False,
            about="Terms, definitions, method, disagreements between sources, and how to cite.",
            picture="progress",
        ),
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

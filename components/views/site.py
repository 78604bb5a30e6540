"""The site: the list of its pages, and the parameters that each takes from its address."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from components.basics.messages import _, in_context, mark, mark_in_context
from components.basics.us_states import STATE_NAMES
from components.facts.schema import ROLES
from components.views.links import AREA, CARD, COUNTRY, ROLE, SEARCH, SINCE, SORT, SORTS
from components.views.view import Baseline, View

MISSING: Final = "missing"

Own = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class PageInfo:
    """One page: its path ("" for the first), its name in English, its script.

    ``has_filter`` tells whether it has the filter bar, ``own`` what it takes from the address in
    addition to filter and day. ``purpose`` says what it has where the page of a view does not
    say it itself, ``picture`` is the id of the exhibit that stands for it elsewhere, "" for none.
    """

    path: str
    name: str
    script: str
    has_filter: bool = True
    own: Callable[[Baseline], Own] = lambda _: {}
    purpose: str = ""
    picture: str = "map"

    @property
    def title(self) -> str:
        """Its name in the present language."""
        return in_context("page", self.name)

    @property
    def about(self) -> str:
        """Its purpose in the present language."""
        return _(self.purpose)


def company_parameters(baseline: Baseline) -> Own:
    """Return what the list of companies takes from the address: a search, roles, countries."""
    return {SEARCH: (), ROLE: ROLES, COUNTRY: baseline.countries}


PAGES: Final = {
    info.path: info
    for info in (
        PageInfo("", mark_in_context("page", "Overview"), "overview"),
        PageInfo(
            "projects",
            mark_in_context("page", "Projects"),
            "projects",
            own=lambda _: {SEARCH: (), SORT: SORTS},
            purpose=mark("Every project with its amount, place, companies, stage and sources."),
            picture="by-project",
        ),
        PageInfo(
            "states",
            mark_in_context("page", "States"),
            "states",
            purpose=mark("Every state with what is announced for it, alone or shared."),
            picture="by-state",
        ),
        PageInfo(
            "companies",
            mark_in_context("page", "Companies"),
            "companies",
            own=company_parameters,
            purpose=mark(
                "Who takes part in which project, who has only expressed interest, who says so."
            ),
        ),
        PageInfo(
            "next",
            mark_in_context("page", "Next steps"),
            "watch",
            purpose=mark("What has to happen next in each project, who decides, and by when."),
            picture="stages",
        ),
        PageInfo(
            "changes",
            mark_in_context("page", "Changes"),
            "changes",
            own=lambda _: {SINCE: ()},
            purpose=mark("What changed between two days, each event with its sources."),
            picture="over-time",
        ),
        PageInfo(
            "agreements",
            mark_in_context("page", "Agreements"),
            "agreements",
            has_filter=False,
            own=lambda baseline: {SEARCH: (), AREA: baseline.areas},
            purpose=mark("Other results of the summit. None of them belongs to the pledge."),
            picture="",
        ),
        PageInfo(
            "interests",
            mark_in_context("page", "Interests"),
            "interests",
            has_filter=False,
            own=lambda _: {SEARCH: ()},
            purpose=mark(
                "Companies on the governments' lists of interest. They belong to no total."
            ),
            picture="",
        ),
        PageInfo(
            "data",
            mark_in_context("page", "Data and API"),
            "data",
            purpose=mark("All tables of this view as CSV and JSON, with lines that read them."),
            picture="progress",
        ),
        PageInfo(
            "about",
            mark_in_context("page", "About"),
            "about",
            has_filter=False,
            purpose=mark(
                "Terms, definitions, method, disagreements between sources, and how to cite."
            ),
            picture="progress",
        ),
    )
}
"""Every page by its path, in the order of the navigation; paths are in links and never change."""


NOT_FOUND: Final = PageInfo(
    "", mark_in_context("page", "Page not found"), MISSING, has_filter=False
)
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

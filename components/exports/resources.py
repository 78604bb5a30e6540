"""The resources for programs: each kind of rows that has an address of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from components.exports import comparison, tables
from components.exports.tables import Table
from components.subjects import asides, company_list, difference
from components.views import links, site
from components.views.site import Own
from components.views.view import Baseline, View

PATH: Final = "api/v1"
"""Where the resources are, below the address of the dashboard."""


def _nothing(_: Baseline) -> Own:
    return {}


@dataclass(frozen=True, slots=True)
class Resource:
    """One kind of rows: what makes its table, and the parameters it takes beside filter and day.

    ``row`` names one of its rows, and ``tag`` its group, in the description. A resource without
    ``has_filter`` takes the day alone, and its own parameters. ``page`` is the path of the page
    that shows the rows.
    """

    name: str
    row: str
    tag: str
    summary: str
    table: Callable[[View, links.Link, str], Table]
    has_filter: bool = True
    own: Callable[[Baseline], Own] = field(default=_nothing)
    page: str = ""


RESOURCES: Final = {
    resource.name: resource
    for resource in (
        Resource(
            "projects",
            "Project",
            "projects",
            "The projects of the view, with every column of the data.",
            lambda view, _, link: tables.projects(view, link=link),
        ),
        Resource(
            "milestones",
            "Milestone",
            "projects",
            "What happened: the events of the projects of the view, without a filter also those of "
            "the pledge itself.",
            lambda view, _, link: tables.milestones(view, link=link),
        ),
        Resource(
            "money",
            "Money",
            "projects",
            "Loans signed, and money paid out and spent, for the projects of the view.",
            lambda view, _, link: tables.money(view, link=link),
        ),
        Resource(
            "changes",
            "Change",
            "projects",
            "What is different between the day since, by default the day before the last tranche, "
            "and the day of the view. A day since that is after the data gives what was added here "
            "after it.",
            lambda view, asked, link: comparison.of_days(
                view, asked.since or difference.day_before_last_tranche(view), link=link
            ),
            own=lambda _: {links.SINCE: ()},
            page="changes",
        ),
        Resource(
            "companies",
            "Company",
            "companies",
            "Companies with a role in a project of the view; without a filter also those on the "
            "interest list.",
            lambda view, asked, link: tables.companies(
                company_list.of_view(
                    view, search=asked.search, roles=asked.role, countries=asked.country
                ),
                view,
                link=link,
            ),
            own=site.company_parameters,
            page="companies",
        ),
        Resource(
            "roles",
            "Role",
            "companies",
            "What each company does in each project of the view, and how sure that is.",
            lambda view, _, link: tables.roles(view, link=link),
            page="companies",
        ),
        Resource(
            "gates",
            "Gate",
            "projects",
            "The next steps of the projects of the view: done, under review, expected, not found.",
            lambda view, _, link: tables.gates(view, link=link),
            page="next",
        ),
        Resource(
            "sources",
            "Source",
            "evidence",
            "The sources of the view.",
            lambda view, _, link: tables.sources(view, link=link),
        ),
        Resource(
            "conflicts",
            "Conflict",
            "evidence",
            "Where sources disagree, with what each says and what is used; without a filter also "
            "on what concerns no project.",
            lambda view, _, link: tables.conflicts(view, link=link),
        ),
        Resource(
            "gaps",
            "Gap",
            "evidence",
            "What was looked for and not found; without a filter also what concerns no project.",
            lambda view, _, link: tables.gaps(view, link=link),
        ),
        Resource(
            "agreements",
            "Agreement",
            "beside",
            "The summit's other agreements, which are no part of the pledge or any total of it.",
            lambda view, asked, link: tables.agreements(
                asides.agreements(view.dataset, search=asked.search, chosen=asked.area),
                view,
                link=link,
            ),
            has_filter=False,
            own=lambda baseline: {links.SEARCH: (), links.AREA: baseline.areas},
        ),
        Resource(
            "interests",
            "Interest",
            "beside",
            "Companies that stated an interest, which is no part of the pledge or any total of it.",
            lambda view, asked, link: tables.interests(
                asides.interests(view.dataset, search=asked.search), view, link=link
            ),
            has_filter=False,
            own=lambda _: {links.SEARCH: ()},
        ),
        Resource(
            "summary",
            "Total",
            "totals",
            "Every total of the view: of all, by tranche, step of the money, sector and state; "
            "and how many projects stand at each stage.",
            lambda view, _, link: tables.summary(view, link=link),
        ),
        Resource(
            "pledge",
            "PledgeFact",
            "totals",
            "What the pledge is: total, days, tranches, remainder and terms.",
            lambda view, _, link: tables.pledge(view, link=link),
            has_filter=False,
        ),
        Resource(
            "terms",
            "Term",
            "totals",
            "The conditions of the pledge, each with how sure it is.",
            lambda view, _, link: tables.terms(view, link=link),
            has_filter=False,
            page="about",
        ),
    )
}

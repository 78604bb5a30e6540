"""The API: the data of a view for API clients, as JSON and CSV, under the page's own parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import orjson
from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from components.exports import comparison, tables, tabular
from components.exports.tables import Table
from components.serving import openapi, parameters
from components.serving.answers import MEDIA_TYPES, Answer, preferred_kind
from components.serving.guard import OPEN
from components.serving.parameters import Own
from components.serving.problems import Problem
from components.serving.responder import Responder
from components.subjects import asides, company_list, difference
from components.views import links, site
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View

ROOT: Final = "/api/v1"

CSV_TYPE: Final = "text/csv; charset=utf-8; header=present"

CACHING: Final = OPEN | {"cache-control": "public, max-age=60, stale-while-revalidate=600"}
"""A client, or a cache in between, asks again after a minute, and then mostly gets 304."""


def _nothing(_: Baseline) -> Own:
    return {}


@dataclass(frozen=True, slots=True)
class Resource:
    """One kind of rows: what makes its table, and the parameters it takes beside filter and day.

    A resource without ``has_filter`` takes the day alone, and its own parameters. ``page`` is the
    path of the page that shows the rows.
    """

    name: str
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
            "The projects of the view, with every column of the data.",
            lambda view, _, link: tables.projects(view, link=link),
        ),
        Resource(
            "milestones",
            "What happened: the events of the projects of the view, without a filter also those of "
            "the pledge itself.",
            lambda view, _, link: tables.milestones(view, link=link),
        ),
        Resource(
            "money",
            "Loans signed, and money paid out and spent, for the projects of the view.",
            lambda view, _, link: tables.money(view, link=link),
        ),
        Resource(
            "changes",
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
            "What each company does in each project of the view, and how sure that is.",
            lambda view, _, link: tables.roles(view, link=link),
            page="companies",
        ),
        Resource(
            "gates",
            "The next steps of the projects of the view: done, under review, expected, not found.",
            lambda view, _, link: tables.gates(view, link=link),
            page="next",
        ),
        Resource(
            "sources",
            "The sources of the view.",
            lambda view, _, link: tables.sources(view, link=link),
        ),
        Resource(
            "agreements",
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
            "summary",
            "Every total of the view: of all, by tranche, step of the money, sector and state; "
            "and how many projects stand at each stage.",
            lambda view, _, link: tables.summary(view, link=link),
        ),
        Resource(
            "pledge",
            "What the pledge is: total, days, tranches, remainder and terms.",
            lambda view, _, link: tables.pledge(view, link=link),
            has_filter=False,
        ),
    )
}


def routes(responder: Responder) -> list[BaseRoute]:
    """Return the routes of the API."""

    async def rows(request: Request) -> ASGIApp:
        return await _rows(responder, request)

    async def index(request: Request) -> ASGIApp:
        return await responder.answer(request, lambda _: _index(responder, request))

    async def description(request: Request) -> ASGIApp:
        return await responder.answer(
            request, lambda baseline: _description(responder, request, baseline)
        )

    methods = ["GET", "OPTIONS"]
    return [
        Route(ROOT, index, methods=methods),
        Route(f"{ROOT}/openapi.json", description, methods=methods),
        Route(f"{ROOT}/{{name}}", rows, methods=methods),
        Route("/api/{rest:path}", _unknown_path, methods=methods),
    ]


async def _rows(responder: Responder, request: Request) -> ASGIApp:
    name, dot, suffix = str(request.path_params["name"]).partition(".")
    known = RESOURCES.get(name)
    if known is None or (dot and suffix not in MEDIA_TYPES):
        raise _unknown_resource()
    kind = suffix or _negotiated(request)

    def make(baseline: Baseline) -> Answer:
        asked = parameters.read(
            request.query_params, baseline, known.own(baseline), has_filter=known.has_filter
        )
        shown = replace(asked.view.link, since=asked.link.since)
        link = links.address_of(f"{responder.base(request)}/{known.page}", shown)
        table = known.table(asked.view, asked.link, link)
        headers = CACHING | ({} if suffix else {"vary": "Accept"})
        if kind == "json":
            return Answer.of(tabular.json_bytes(table), MEDIA_TYPES[kind], headers=headers)
        headers["content-disposition"] = f'inline; filename="{name}.csv"'
        return Answer.of(tabular.csv_bytes(table), CSV_TYPE, headers=headers)

    return await responder.answer(request, make)


async def _unknown_path(_: Request) -> ASGIApp:
    raise _unknown_resource()


def _unknown_resource() -> Problem:
    names = ", ".join(f"{ROOT}/{name}" for name in RESOURCES)
    detail = f"There are {names}, each also with .json or .csv, and {ROOT}/openapi.json."
    return Problem(404, "Not found", detail)


def _negotiated(request: Request) -> str:
    """Return the kind that the request prefers; raises Problem where it accepts none."""
    kind = preferred_kind(request.headers.get("accept", ""))
    if kind:
        return kind
    detail = f"This resource comes as {' or '.join(MEDIA_TYPES.values())}."
    raise Problem(406, "Not acceptable", detail)


def _index(responder: Responder, request: Request) -> Answer:
    parameters.nothing(request.query_params)
    base = responder.base(request)
    document = {
        "description": f"{base}{ROOT}/openapi.json",
        "resources": {
            name: {
                "summary": resource.summary,
                "json": f"{base}{ROOT}/{name}.json",
                "csv": f"{base}{ROOT}/{name}.csv",
            }
            for name, resource in RESOURCES.items()
        },
        "feed": f"{base}/feed.atom",
        "calendar": f"{base}/calendar.ics",
    }
    return _document(document)


def _description(responder: Responder, request: Request, baseline: Baseline) -> Answer:
    parameters.nothing(request.query_params)
    view = baseline.view(ProjectFilter())
    resources = [
        openapi.Described(
            name=name,
            summary=resource.summary,
            columns=resource.table(view, links.Link(), "").columns,
            parameters=openapi.parameters(
                baseline, resource.own(baseline), has_filter=resource.has_filter
            ),
        )
        for name, resource in RESOURCES.items()
    ]
    return _document(openapi.document(resources, view, base=responder.base(request) + ROOT))


def _document(document: Mapping[str, object]) -> Answer:
    body = orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return Answer.of(body, MEDIA_TYPES["json"], headers=CACHING)

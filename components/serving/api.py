"""The API: the data of a view for API clients, as JSON and CSV, under the page's own parameters."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from components.basics.messages import _
from components.exports import tabular
from components.exports.resources import PATH, RESOURCES
from components.serving import openapi, parameters
from components.serving.answers import MEDIA_TYPES, Answer, preferred_kind
from components.serving.guard import OPEN
from components.serving.problems import Problem
from components.serving.responder import Responder
from components.views import links
from components.views.filters import ProjectFilter
from components.views.view import Baseline

ROOT: Final = f"/{PATH}"

CSV_TYPE: Final = "text/csv; charset=utf-8; header=present"

CACHING: Final = OPEN | {"cache-control": "public, max-age=60, stale-while-revalidate=600"}
"""A client, or a cache in between, asks again after a minute, and then mostly gets 304."""


def routes(responder: Responder) -> list[BaseRoute]:
    """Return the routes of the API."""

    async def rows(request: Request) -> ASGIApp:
        return await _rows(responder, request)

    async def index(request: Request) -> ASGIApp:
        return await responder.answer(request, lambda _baseline: _index(responder, request))

    async def description(request: Request) -> ASGIApp:
        return await responder.answer(
            request, lambda baseline: _description(responder, request, baseline)
        )

    async def root(request: Request) -> ASGIApp:
        parameters.nothing(request.query_params)
        query = f"?{request.url.query}" if request.url.query else ""
        address = f"{responder.base(request)}{ROOT}/openapi.json{query}"
        return RedirectResponse(address, headers=CACHING)

    methods = ["GET", "OPTIONS"]
    return [
        Route("/api", root, methods=["GET"]),
        Route("/api/", root, methods=["GET"]),
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
        link = responder.link(request, known.page, shown)
        table = known.table(asked.view, asked.link, link)
        headers = CACHING | ({} if suffix else {"vary": "Accept"})
        if kind == "json":
            return Answer.of(tabular.json_bytes(table), MEDIA_TYPES[kind], headers=headers)
        headers["content-disposition"] = f'inline; filename="{name}.csv"'
        return Answer.of(tabular.csv_bytes(table), CSV_TYPE, headers=headers)

    return await responder.answer(request, make)


async def _unknown_path(_request: Request) -> ASGIApp:
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

    def at(path: str) -> str:
        return responder.link(request, path, links.Link())

    document = {
        "description": at(f"{PATH}/openapi.json"),
        "resources": {
            name: {
                "summary": _(resource.summary),
                "json": at(f"{PATH}/{name}.json"),
                "csv": at(f"{PATH}/{name}.csv"),
            }
            for name, resource in RESOURCES.items()
        },
        "feed": at("feed.atom"),
        "calendar": at("calendar.ics"),
    }
    return _document(document)


def _description(responder: Responder, request: Request, baseline: Baseline) -> Answer:
    parameters.nothing(request.query_params)
    view = baseline.view(ProjectFilter())
    resources = [
        openapi.Described(
            name=name,
            row=resource.row,
            tag=resource.tag,
            summary=_(resource.summary),
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

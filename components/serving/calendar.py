"""The calendar of a view, to subscribe to: what is expected, under the page's own filter."""

from typing import Final

from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from components.exports.calendar_file import calendar_bytes
from components.serving import parameters
from components.serving.answers import Answer
from components.serving.guard import OPEN
from components.serving.responder import Responder
from components.views.view import Baseline

PATH: Final = "/calendar.ics"
MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
CACHING: Final = OPEN | {"cache-control": "public, max-age=300, stale-while-revalidate=3600"}


def routes(responder: Responder) -> list[BaseRoute]:
    """Return the route of the calendar."""

    async def calendar(request: Request) -> ASGIApp:
        return await responder.answer(request, lambda baseline: _made(responder, request, baseline))

    return [Route(PATH, calendar, methods=["GET", "OPTIONS"])]


def _made(responder: Responder, request: Request, baseline: Baseline) -> Answer:
    view = parameters.read(request.query_params, baseline).view
    link = responder.link(request, "next", view.link)
    return Answer.of(calendar_bytes(view, link=link), MEDIA_TYPE, headers=CACHING)

"""Images: the charts and the map of a view, each under an address of its own."""

from typing import Final

from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from components.basics import messages
from components.exhibits.registry import EXHIBITS
from components.exports import files, pictures
from components.exports.chromium import PictureError
from components.serving import parameters
from components.serving.answers import Answer
from components.serving.guard import OPEN
from components.serving.problems import Problem
from components.serving.responder import Responder
from components.views.view import Baseline
from components.words import wording

KINDS: Final = ("svg", "png")
SIZE: Final = "size"
NOTES: Final = "notes"
CACHING: Final = OPEN | {"cache-control": "public, max-age=300, stale-while-revalidate=86400"}
RETRY_S: Final = 30


def routes(responder: Responder) -> list[BaseRoute]:
    """Return the route of the pictures: ``/charts/by-state.svg?state=TN``."""

    async def picture(request: Request) -> ASGIApp:
        return await responder.answer(
            request,
            lambda baseline: _made(responder, request, baseline),
            rate_limit=responder.picture_limit,
        )

    return [Route("/charts/{name}", picture, methods=["GET", "OPTIONS"])]


def _made(responder: Responder, request: Request, baseline: Baseline) -> Answer:
    name, _, kind = str(request.path_params["name"]).rpartition(".")
    if name not in EXHIBITS or kind not in KINDS:
        names = ", ".join(EXHIBITS)
        raise Problem(404, "Not found", f"There are {names}, each with .svg or .png.")
    size, query = parameters.one_of(request.query_params, SIZE, _sizes(kind))
    notes, query = parameters.one_of(query, NOTES, ["full", "short"])
    view = parameters.read(query, baseline).view
    if view.projects.empty:
        headers = {"content-language": messages.language()}
        raise Problem(404, "Nothing to draw", wording.no_matches(view), headers=headers)
    exhibit = EXHIBITS[name].of(view)
    link = responder.link(request, "", view.link)
    shape = pictures.SHAPES[size]
    file = files.picture(
        exhibit,
        kind="png" if kind == "png" else "svg",
        link=link,
        shape=shape,
        is_short=notes == "short",
    )
    try:
        body = file.content()
    except PictureError as error:
        detail = "No picture can be drawn at the moment."
        headers = {"retry-after": str(RETRY_S)}
        raise Problem(503, "No picture", detail, headers=headers) from error
    headers = CACHING | {"content-disposition": f'inline; filename="{file.name}"'}
    is_packed = kind == "png"
    return Answer.of(body, file.format.media_type, headers=headers, is_packed=is_packed)


def _sizes(kind: str) -> list[str]:
    """Return the sizes of a kind, the default first; an SVG has none but its proportions."""
    fixed = [name for name, shape in pictures.SHAPES.items() if shape.size or shape.width]
    return ["1x", *fixed] if kind == "svg" else ["2x", "1x", "3x", *fixed]

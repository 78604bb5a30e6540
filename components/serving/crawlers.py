"""For crawlers: what they may read, and where everything is."""

from typing import Final
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from components.serving import parameters
from components.serving.answers import Answer
from components.serving.responder import Responder
from components.views import links
from components.views.filters import ProjectFilter, count_by_value
from components.views.links import Link
from components.views.site import PAGES
from components.views.view import Baseline

NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
MAX_ADDRESSES: Final = 50_000
"""A sitemap may hold at most so many."""

CACHING: Final = {"cache-control": "public, max-age=3600"}

ROBOTS: Final = """\
User-agent: *
Disallow: /_stcore/
Disallow: /media/
Disallow: /*?*embed=
Allow: /

Sitemap: {base}/sitemap.xml
"""


def routes(responder: Responder) -> list[BaseRoute]:
    """Return the routes ``/robots.txt`` and ``/sitemap.xml``."""

    async def robots(request: Request) -> ASGIApp:
        def make(_: Baseline) -> Answer:
            parameters.nothing(request.query_params)
            body = ROBOTS.format(base=responder.base(request)).encode()
            return Answer.of(body, "text/plain; charset=utf-8", headers=CACHING)

        return await responder.answer(request, make)

    async def sitemap(request: Request) -> ASGIApp:
        def make(baseline: Baseline) -> Answer:
            parameters.nothing(request.query_params)
            body = sitemap_bytes(baseline, base=responder.base(request))
            return Answer.of(body, "application/xml; charset=utf-8", headers=CACHING)

        return await responder.answer(request, make)

    return [Route("/robots.txt", robots), Route("/sitemap.xml", sitemap)]


def sitemap_bytes(baseline: Baseline, *, base: str) -> bytes:
    """Return a sitemap: the pages, then one for each project and each state with a project."""
    states = count_by_value(baseline.projects, "state")
    views = [("states", ProjectFilter(state=(state,))) for state in sorted(states)]
    views += [("projects", ProjectFilter(project=(one,))) for one in baseline.vocabulary.project]
    addresses = [f"{base}/{path}" for path in PAGES]
    addresses += [links.address_of(f"{base}/{path}", Link(filter=chosen)) for path, chosen in views]
    root = ElementTree.Element("urlset", {"xmlns": NAMESPACE})
    changed = baseline.dataset.pledge.as_of.isoformat()
    for address in addresses[:MAX_ADDRESSES]:
        url = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(url, "loc").text = address
        ElementTree.SubElement(url, "lastmod").text = changed
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written

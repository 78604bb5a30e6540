"""For crawlers: what they may read, and where everything is."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from components.basics import messages
from components.serving import alternates, parameters
from components.serving.answers import Answer
from components.serving.responder import Responder
from components.views.filters import ProjectFilter, count_by_value
from components.views.links import Link
from components.views.site import PAGES
from components.views.view import Baseline

NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML: Final = "http://www.w3.org/1999/xhtml"
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
    views = [(path, ProjectFilter()) for path in PAGES]
    views += [("states", ProjectFilter(state=(state,))) for state in sorted(states)]
    views += [("projects", ProjectFilter(project=(one,))) for one in baseline.vocabulary.project]
    pages = (alternates.of(f"{base}/{path}", Link(filter=chosen)) for path, chosen in views)
    return written(pages, changed=baseline.dataset.pledge.as_of)


def written(pages: Iterable[Mapping[str, str]], *, changed: date) -> bytes:
    """Return a sitemap of pages in every language; each is given as its ``alternates``."""
    root = ElementTree.Element("urlset", {"xmlns": NAMESPACE, "xmlns:xhtml": XHTML})
    places = [(page[code], page) for page in pages for code in messages.LANGUAGES]
    for place, page in places[:MAX_ADDRESSES]:
        url = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(url, "loc").text = place
        ElementTree.SubElement(url, "lastmod").text = changed.isoformat()
        for code, address in page.items():
            alike = {"rel": "alternate", "hreflang": code, "href": address}
            ElementTree.SubElement(url, "xhtml:link", alike)
    sitemap: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return sitemap

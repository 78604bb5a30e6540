"""The routes: what the server answers to programs, asked without a server or a connection."""

import html
import re
from typing import Final
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from anyio.from_thread import BlockingPortal
from starlette.requests import Request
from starlette.routing import Router
from starlette.types import Message, Scope

from components.edition.plan import ORIGIN, Plan, path_of
from components.serving import api, calendar, chart_images, crawlers, feed
from components.serving.responder import Responder
from components.serving.settings import Settings
from components.views.links import Link
from components.views.store import DatasetStore

WITHOUT_LIMIT: Final = 1_000_000_000

IN_XML: Final = re.compile(re.escape(ORIGIN) + r'[^"<]*')

ROBOTS: Final = "User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"


class EditionResponder(Responder):
    """A responder whose files carry the addresses of an edition."""

    def __init__(self, settings: Settings, store: DatasetStore, plan: Plan) -> None:
        """Take the plan of the edition."""
        super().__init__(settings, store)
        self._plan = plan

    def link(self, request: Request, page: str, link: Link) -> str:
        """Return the address of a page in the edition, or in the app."""
        return self._plan.public(super().link(request, page, link))


class Routes:
    """The routes of an edition; safe to ask from several threads."""

    def __init__(self, store: DatasetStore, plan: Plan, portal: BlockingPortal) -> None:
        """Take the data as read, and a portal to the event loop in which routes answer."""
        settings = Settings(
            public_url=ORIGIN,
            answers_per_minute=WITHOUT_LIMIT,
            pictures_per_minute=WITHOUT_LIMIT,
        )
        self._responder = EditionResponder(settings, store, plan)
        made_by = (api, feed, calendar, chart_images, crawlers)
        self._router = Router([route for one in made_by for route in one.routes(self._responder)])
        self._portal = portal
        self._plan = plan

    def body(self, address: str) -> bytes:
        """Return what is at an address; raises Problem where there is nothing."""
        path = path_of(address)
        if path == "robots.txt":
            return ROBOTS.format(base=self._plan.base).encode()
        if path == "sitemap.xml":
            return self._sitemap()
        body = self._portal.call(self._ask, path, urlsplit(address).query)
        is_xml = path.endswith((".atom", ".xml"))
        return IN_XML.sub(self._rewritten, body.decode()).encode() if is_xml else body

    def _sitemap(self) -> bytes:
        """Return the list of all pages, each with its address in the other languages."""
        pages = self._plan.in_each_language()
        return crawlers.written(pages, changed=self._responder.baseline().dataset.pledge.as_of)

    def _rewritten(self, found: re.Match[str]) -> str:
        return quoteattr(self._plan.public(html.unescape(found[0])))[1:-1]

    async def _ask(self, path: str, query: str) -> bytes:
        parts: list[bytes] = []
        scope: Scope = {
            "type": "http",
            "method": "GET",
            "scheme": "https",
            "path": f"/{path}",
            "query_string": query.encode(),
            "headers": [],
            "client": ("edition", 0),
        }

        async def receive() -> Message:
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            parts.append(message.get("body", b""))

        await self._router(scope, receive, send)
        return b"".join(parts)

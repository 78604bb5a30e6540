"""Page shells: the first HTML of every page, with a preview and the first view of what it shows."""

import logging
from collections.abc import Hashable
from functools import partial
from typing import Any, Final, Literal
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from cachetools import LRUCache
from markupsafe import Markup
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.basics import messages
from components.basics.byte_cache import ByteCache
from components.basics.formatting import format_date, join_sentences, labelled, lower_first
from components.basics.messages import _
from components.exhibits.registry import EXHIBITS
from components.serving import alternates
from components.serving.answers import Answer
from components.serving.guard import address_of, page_policy
from components.serving.problems import Problem
from components.serving.rate_limit import RateLimit
from components.serving.responder import AT_ONCE, Responder
from components.serving.shell import Preview, Shell, missing_page
from components.ui import first_view
from components.views import links, store
from components.views.filters import is_quiet
from components.views.links import Link, Reading
from components.views.site import (
    NOT_FOUND,
    PAGES,
    PageInfo,
    heading,
    is_path,
    is_single,
    own_of,
)
from components.views.view import Baseline, View
from components.words import wording

logger = logging.getLogger(__name__)

STREAMLIT_PATHS: Final = (
    "_stcore",
    "static",
    "media",
    "component",
    "app",
    "favicon.png",
    "manifest.json",
)
"""First segments of the paths that Streamlit answers."""

CACHE_BYTES: Final = 64_000_000

OPTIONS: Final = "embed_options"
Scheme = Literal["light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
"""The parameter of an embedded card, and the schemes that it may ask for: ``dark_theme``."""

CACHING: Final = {
    "cache-control": "public, max-age=0, must-revalidate, s-maxage=30, stale-while-revalidate=300"
}
"""Browsers ask at each visit and mostly get 304; a CDN may send the same page for a while."""

MOST_ADDRESSES: Final = 10_000
"""At most of so many addresses it is remembered which page they ask for."""


class PageShells:
    """Middleware: answers for pages; leaves to the app what has a route of its own.

    An unknown path gets the same shell with status 404; the app then says so in words.
    """

    def __init__(
        self, app: ASGIApp, responder: Responder, shell: Shell, taken: frozenset[str]
    ) -> None:
        """Wrap an app; ``taken`` are the first segments of its other routes."""
        self._app = app
        self._responder = responder
        self._shell = shell
        self._taken = taken | set(STREAMLIT_PATHS)
        self._answers = ByteCache[Answer](CACHE_BYTES)
        self._asked: LRUCache[Hashable, Hashable] = LRUCache(MOST_ADDRESSES)
        self._limiter = CapacityLimiter(AT_ONCE)
        self._rate_limit = RateLimit(responder.settings.answers_per_minute, of="new pages")
        policies = (
            page_policy(responder.settings, scripts=shell.script_hashes, is_card=is_card)
            for is_card in (False, True)
        )
        self._policies = tuple(policies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a page, or pass the request on."""
        is_asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        path: str = scope["path"] if is_asked else ""
        if not is_asked or path.startswith("//") or self._is_taken(path):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        if len(path) > 1 and path.endswith("/"):
            query = f"?{request.url.query}" if request.url.query else ""
            await RedirectResponse(f"{path.rstrip('/')}{query}", 301)(scope, receive, send)
            return
        await (await self._answer(request))(scope, receive, send)

    def _is_taken(self, path: str) -> bool:
        return path.strip("/").partition("/")[0] in self._taken

    async def _answer(self, request: Request) -> Answer:
        path = request.scope["path"].strip("/")
        info = PAGES.get(path, NOT_FOUND)
        query = request.query_params
        headers = _use_language(request)
        reading = self._responder.store.latest.in_language()
        baseline = reading.baseline
        base = self._responder.base(request)
        written = messages.language(), messages.named(), *headers
        version = baseline and (baseline.dataset.version, reading.is_stale, *written)
        address = (path, request.scope["query_string"], base, version)
        found = self._answers.find(self._asked.get(address))
        if found is not None:
            return found
        if path and not is_path(path):
            return _missing_page(path, baseline, headers)
        scheme = next((one for one in SCHEMES if f"{one}_theme" in query.getlist(OPTIONS)), None)
        given = {name: query.getlist(name) for name in query if not is_quiet(name)}
        draw = partial(_first_view, reading, info, path=path, base=base, parameters=given)
        if baseline is None:
            return self._made(None, draw(), info, headers, scheme=scheme, is_card=False)
        # By the view, not the address: countless addresses ask for the same view.
        asked = asked_for(query, info, baseline)
        link = asked.link
        is_card = query.get("embed") == "true" and bool(link.card)
        key: Hashable = (path, link, asked.dropped, is_card, scheme, base, version)
        self._asked[address] = key
        found = self._answers.find(key)
        if found is not None:
            return found

        has_first = self._is_within_limit(request)
        if not has_first:
            # Who asks for more than people read gets a page that only the app fills: one for a
            # view, however many addresses ask for it.
            key = (info.script, link, is_card, scheme, base, version)

        def make() -> Answer:
            preview = preview_of(link, info, baseline, base=base)
            first = draw() if has_first else Markup()
            return self._made(preview, first, info, headers, scheme=scheme, is_card=is_card)

        return await to_thread.run_sync(self._answers.get, key, make, limiter=self._limiter)

    def _is_within_limit(self, request: Request) -> bool:
        """Count a new page for the address of a request; return whether it may have it."""
        try:
            self._rate_limit.count(address_of(request.scope))
        except Problem:
            return False
        return True

    def _made(
        self,
        preview: Preview | None,
        first: Markup,
        info: PageInfo,
        headers: dict[str, str],
        *,
        scheme: Scheme | None,
        is_card: bool,
    ) -> Answer:
        return Answer.of(
            self._shell.page(preview, first, scheme=scheme),
            "text/html; charset=utf-8",
            headers=CACHING | headers | {"content-security-policy": self._policies[is_card]},
            status=404 if info is NOT_FOUND else 200,
        )


def _first_view(reading: store.Reading, info: PageInfo, **asked: Any) -> Markup:
    """Return the first view of a page, as ``first_view.draw`` does; nothing where that fails."""
    try:
        return first_view.draw(reading, info, **asked)
    except Exception:
        logger.exception("The first view of /%s could not be drawn: %s", info.path, asked)
        return Markup()


def _use_language(request: Request) -> dict[str, str]:
    """Write in the language of a request from here on; return what its answer says of that.

    The address decides; only where it names none, the browser does, and caches are told so.
    """
    query = request.query_params
    asked = links.language_of({name: query.getlist(name) for name in query})
    accepted = "" if asked else request.headers.get("accept-language", "")
    messages.use(asked or messages.from_header(accepted), is_asked=bool(asked))
    return {} if asked else {"vary": "Accept-Language"}


def _missing_page(path: str, baseline: Baseline | None, headers: dict[str, str]) -> Answer:
    """Return the 404 for a path that Streamlit has no page for: several segments, other letters."""
    site = baseline.dataset.pledge.title if baseline else _("Overview")
    body = missing_page(wording.unknown_page(path), site=site)
    return Answer.of(body, "text/html; charset=utf-8", headers=CACHING | headers, status=404)


def asked_for(query: QueryParams, info: PageInfo, baseline: Baseline) -> Reading:
    """Return what an address asks for, read as its page reads it: unknown values are ignored."""
    given = {name: query.getlist(name) for name in query}
    own = own_of(info, baseline, cards=EXHIBITS)
    return links.read(
        given,
        vocabulary=baseline.vocabulary,
        newest=baseline.newest,
        last_added=baseline.last_added,
        own=own,
    )


def _picture_of(info: PageInfo, view: View, *, card: str) -> str:
    """Return the id of the exhibit that stands for a page, its card if it has one, "" for none."""
    if view.projects.empty:
        return ""
    if card:
        return card
    if len(view.filter.project) == 1:
        return "timeline"
    return "map" if info.picture and len(view.filter.state) == 1 else info.picture


def preview_of(link: Link, info: PageInfo, baseline: Baseline, *, base: str) -> Preview:
    """Return the preview of a page under a link, with its card or a picture of what it shows."""
    view = baseline.as_known_on(link.as_of).view(link.filter)
    title = heading(info, view)
    if info is PAGES[""] and view.filter:
        title = labelled(view.words, title)
    day = format_date(view.known_on.isoformat()) if view.known_on else ""
    if day:
        title = _("{title}, as known on {day}", title=title, day=day)
    shown = _picture_of(info, view, card=link.card)
    image = links.address_of(f"{base}/charts/{shown}.png", view.link) if shown else ""
    size = f"{'&' if '?' in image else '?'}size=1200x630"
    along = Link(filter=view.filter, as_of=view.known_on)
    is_empty = view.projects.empty
    words = wording.no_matches(view) if is_empty else wording.opening(view)
    if info.about and not info.has_filter:
        words = ""
    if day and words:
        # Read apart from the page: the sentence needs the day that the notice there gives.
        words = _("As known on {day}: {sentences}", day=day, sentences=lower_first(words))
    is_own = is_single(info, view) or len(view.filter.state) == 1
    words = join_sentences("" if is_own else _(info.about), words)
    addresses = alternates.of(f"{base}/{quote(info.path)}", link)
    return Preview(
        title=title if info in (PAGES[""], NOT_FOUND) else labelled(title, view.pledge.title),
        site=view.pledge.title,
        description=words,
        address=addresses[messages.language()],
        image=image and image + size,
        image_alt=EXHIBITS[shown].of(view).alt if shown else "",
        feed=links.address_of(f"{base}/feed.atom", along),
        alternates={} if info is NOT_FOUND else addresses,
    )

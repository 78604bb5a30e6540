"""The responder: what every route needs to answer: the data, cached answers, and rate limits."""

from collections.abc import Callable
from typing import Final

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from components.basics import messages
from components.basics.byte_cache import ByteCache
from components.serving.answers import Answer, preferred_kind
from components.serving.guard import OPEN, SHARED, address_of
from components.serving.problems import Problem
from components.serving.rate_limit import RateLimit
from components.serving.settings import Settings
from components.views import links
from components.views.filters import is_quiet
from components.views.links import Link
from components.views.store import DatasetStore
from components.views.view import Baseline

PREFLIGHT: Final = OPEN | {
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "If-None-Match, X-Request-Id",
    "access-control-max-age": "86400",
    "cache-control": "public, max-age=86400",
}

CACHE_BYTES: Final = 48_000_000
LARGEST_BYTES: Final = 4_000_000
"""A longer answer is not cached: a few would evict all others."""

AT_ONCE: Final = 1
"""At most so many answers are made at a time: more would only share the GIL, pages with them."""

DRAWN_AT_ONCE: Final = 8

RETRY_S: Final = 5
"""When to ask again while there is no data yet."""


class Responder:
    """Data, settings, cached answers and rate limits; one for a server."""

    def __init__(self, settings: Settings, store: DatasetStore) -> None:
        """Read nothing yet."""
        self.settings = settings
        self.store = store
        self._answers = ByteCache[Answer](CACHE_BYTES, largest_bytes=LARGEST_BYTES)
        self._limiter = CapacityLimiter(AT_ONCE)
        self._picture_limiter = CapacityLimiter(DRAWN_AT_ONCE)
        self._rate_limit = RateLimit(settings.answers_per_minute, of="new answers")
        self.picture_limit = RateLimit(settings.pictures_per_minute, of="new pictures")

    def baseline(self) -> Baseline:
        """Return the data as last read, without looking at the disk; raises Problem without any."""
        baseline = self.store.latest.baseline
        if baseline is None:
            detail = "The data cannot be read at the moment."
            headers = {"retry-after": str(RETRY_S)}
            raise Problem(503, "No data", detail, headers=headers)
        return baseline

    def base(self, request: Request) -> str:
        """Return the address of the server as visitors know it, without a slash at its end."""
        host = request.headers.get("host", "")
        return self.settings.public_url or f"{request.scope['scheme']}://{host}"

    def link(self, request: Request, page: str, link: Link) -> str:
        """Return the address under which readers find a page under a link, for what is saved."""
        return links.address_of(f"{self.base(request)}/{page}", link)

    def find(self, request: Request) -> Answer | None:
        """Return the cached answer to a question, None where there is none."""
        baseline = self.store.latest.baseline
        if baseline is None:
            return None
        return self._answers.find(self._question(request, baseline))

    async def answer(
        self,
        request: Request,
        make: Callable[[Baseline], Answer],
        *,
        rate_limit: RateLimit | None = None,
    ) -> ASGIApp:
        """Return the cached answer to a question, or make it in a thread.

        ``make`` gets the data under whose version its answer is then cached, in the language that
        the address names, English by default. Only what is made anew counts against the
        ``rate_limit``, by default that of answers.
        """
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=PREFLIGHT)
        baseline = self.baseline()
        question = self._question(request, baseline)
        answer = self._answers.find(question)
        if answer is not None:
            return answer
        (rate_limit or self._rate_limit).count(address_of(request.scope))
        query = request.query_params
        language = links.language_of({name: query.getlist(name) for name in query})
        messages.use(language or messages.ENGLISH, is_asked=bool(language))
        # Who waits for a browser to draw holds nobody else up.
        is_picture = rate_limit is self.picture_limit
        return await to_thread.run_sync(
            self._answers.get,
            question,
            lambda: make(baseline.in_language()),
            limiter=self._picture_limiter if is_picture else self._limiter,
        )

    def _question(self, request: Request, baseline: Baseline) -> tuple[object, ...]:
        """Return all that an answer can depend on; what asks for nothing is left out."""
        path: str = request.scope["path"]
        query = request.query_params.multi_items()
        asked = tuple(pair for pair in query if not is_quiet(pair[0]))
        # Only an address without a suffix leaves the media type to the request.
        kind = "" if "." in path else preferred_kind(request.headers.get("accept", ""))
        return path, asked, kind, self.base(request), baseline.dataset.version


class RepeatedAnswers:
    """Middleware: sends cached answers before routing, which saves a third of the work."""

    def __init__(self, app: ASGIApp, responder: Responder) -> None:
        """Wrap an app whose routes answer through the responder."""
        self._app = app
        self._responder = responder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the cached answer, or pass the request on."""
        is_asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        is_shared = is_asked and scope["path"].startswith(SHARED)
        answer = self._responder.find(Request(scope)) if is_shared else None
        await (self._app if answer is None else answer)(scope, receive, send)

"""The desk: what every route needs to answer with: the data, what was made before, and rates."""

from collections.abc import Callable, Hashable
from typing import Final

from anyio import CapacityLimiter, to_thread
from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from components.serving.answers import LARGEST_KEPT, Answer, Answers, cost_of
from components.serving.guard import OPEN, SHARED, address_of
from components.serving.problems import Problem
from components.serving.rate_limit import Rate
from components.serving.settings import Settings
from components.views.filters import is_quiet
from components.views.store import DatasetStore
from components.views.view import Baseline

PREFLIGHT: Final = OPEN | {
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "If-None-Match, X-Request-Id",
    "access-control-max-age": "86400",
    "cache-control": "public, max-age=86400",
}

AT_ONCE: Final = 1
"""So many answers are made at one time: together they would take longer, and pages with them."""

DRAWN_AT_ONCE: Final = 8

LATELY_BYTES: Final = 16_000_000
"""So much is remembered of questions word by word."""

SOON_S: Final = 5
"""When to ask again while there is no data yet."""


class Desk:
    """Data, settings, and the answers given lately; one for a server."""

    def __init__(self, settings: Settings, store: DatasetStore) -> None:
        """Read nothing yet."""
        self.settings = settings
        self.store = store
        self._answers = Answers()
        self._hands = CapacityLimiter(AT_ONCE)
        self._drawers = CapacityLimiter(DRAWN_AT_ONCE)
        self._lately: LRUCache[Hashable, Answer] = LRUCache(LATELY_BYTES, getsizeof=cost_of)
        self._rate = Rate(settings.answers_per_minute, of="new answers")
        self.pictures = Rate(settings.pictures_per_minute, of="new pictures")

    def baseline(self) -> Baseline:
        """Give the data as last read, without looking at the disk; raises Problem without any."""
        baseline = self.store.latest.baseline
        if baseline is None:
            detail = "The data cannot be read at the moment."
            headers = {"retry-after": str(SOON_S)}
            raise Problem(503, "No data", detail, headers=headers)
        return baseline

    def base(self, request: Request) -> str:
        """Give the address of the server as visitors know it, without a slash at its end."""
        return self.settings.public_url or str(request.base_url).rstrip("/")

    async def answer(
        self,
        request: Request,
        make: Callable[[Baseline], Answer],
        *,
        variant: str = "",
        rate: Rate | None = None,
    ) -> ASGIApp:
        """Give what was made for the same question before, or make it in a thread.

        ``make`` gets the data under whose version its answer is then kept.
        ``variant`` tells apart what one address can give. Only what is made anew counts
        against the ``rate``, as is that of answers. Everything may be read by pages of other
        sites.
        """
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=PREFLIGHT)
        baseline = self.baseline()
        version = baseline.dataset.version
        query = request.query_params.multi_items()
        asked = tuple(pair for pair in query if not is_quiet(pair[0]))
        key = (request.scope["path"], asked, variant, self.base(request), version)
        answer = self._answers.find(key)
        if answer is None:
            (rate or self._rate).spend(address_of(request.scope))
            # Who waits for a browser to draw holds nobody else up.
            hands = self._drawers if rate is self.pictures else self._hands
            answer = await to_thread.run_sync(
                self._answers.get, key, lambda: make(baseline), limiter=hands
            )
        if request.scope["path"].startswith(SHARED) and answer.size <= LARGEST_KEPT:
            self._lately[_question(request.scope, version)] = answer
        return answer

    def again(self, scope: Scope) -> Answer | None:
        """Give what the very same question was answered with lately, None where it is new."""
        baseline = self.store.latest.baseline
        if baseline is None:
            return None
        return self._lately.get(_question(scope, baseline.dataset.version))


class Repeats:
    """Middleware: answers at once what was asked just so before, a tenth of the work."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        """Wrap an app whose routes answer at the desk."""
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the answer, or pass the question on."""
        is_asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        is_shared = is_asked and scope["path"].startswith(SHARED)
        answer = self._desk.again(scope) if is_shared else None
        await (answer or self._app)(scope, receive, send)


def _question(scope: Scope, version: str) -> tuple[object, ...]:
    """Tell one question from any other by all that an answer can depend on."""
    wanted = [pair for pair in scope["headers"] if pair[0] in (b"host", b"accept")]
    return (version, scope["scheme"], scope["path"], scope["query_string"], *wanted)

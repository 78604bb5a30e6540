"""The desk: what every route needs to answer with: the data, what was made before, and rates."""

from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from components.serving.answers import Answer, Answers
from components.serving.guard import address_of
from components.serving.problems import Problem
from components.serving.rates import Rate
from components.serving.settings import Settings
from components.store import DatasetStore
from components.view import Baseline

OPEN: Final = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Retry-After, X-Request-Id",
}
"""Any page may read: there is nothing private here, and nobody is known."""

PREFLIGHT: Final = OPEN | {
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "If-None-Match, X-Request-Id",
    "access-control-max-age": "86400",
    "cache-control": "public, max-age=86400",
}

SOON_S: Final = 5
"""When to ask again while there is no data yet."""


class Desk:
    """Data, settings, and the answers given lately; one for a server."""

    def __init__(self, settings: Settings, store: DatasetStore) -> None:
        """Read nothing yet."""
        self.settings = settings
        self.store = store
        self._answers = Answers()
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
        make: Callable[[], Answer],
        *,
        variant: str = "",
        rate: Rate | None = None,
    ) -> ASGIApp:
        """Give what was made for the same question before, or make it in a thread.

        ``variant`` tells apart what one address can give. Only what is made anew counts
        against the ``rate``, as is that of answers. Everything may be read by pages of other
        sites.
        """
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=PREFLIGHT)
        version = self.baseline().dataset.version
        query = request.scope["query_string"]
        key = (request.scope["path"], query, variant, self.base(request), version)
        found = self._answers.find(key)
        if found is not None:
            return found
        (rate or self._rate).spend(address_of(request.scope))
        return await run_in_threadpool(self._answers.get, key, make)

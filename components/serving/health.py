"""Health: whether the server is alive, and whether it has data to show."""

from datetime import UTC, datetime
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from components.views.store import DatasetStore

NO_STORE: Final = {"cache-control": "no-store"}


def routes(store: DatasetStore) -> list[BaseRoute]:
    """Return the routes ``/healthz``, which checks nothing, and ``/readyz``."""

    async def alive(_: Request) -> Response:
        return _json({"status": "alive"})

    async def ready(_: Request) -> Response:
        reading = store.latest
        if reading.baseline is None:
            return _json({"status": "no data"}, status_code=503)
        pledge = reading.baseline.dataset.pledge
        now = datetime.now(UTC)
        document = {
            # Degraded, the server goes on with the last good data; its log names the fault.
            "status": "degraded" if reading.is_stale else "ready",
            "data": {
                "version": f"{pledge.version} ({reading.baseline.dataset.version})",
                "as_of": pledge.as_of.isoformat(),
                "searched_on": pledge.searched_on.isoformat() if pledge.searched_on else None,
                "age_days": (now.date() - pledge.as_of).days,
                "projects": len(reading.baseline.dataset.projects),
                "read_at": reading.read_at.isoformat(timespec="seconds")
                if reading.read_at
                else None,
            },
        }
        return _json(document)

    return [Route("/healthz", alive), Route("/readyz", ready)]


def _json(document: object, status_code: int = 200) -> Response:
    body = orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)
    return Response(body, status_code, NO_STORE, "application/json")

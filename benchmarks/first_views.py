"""First views: how long the server takes for a page as HTML, how large it is, and many at once."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from typing import Final
from urllib.parse import urlencode

import requests
import uvloop

from benchmarks.load import Tally, request_all
from benchmarks.measure import Measure
from benchmarks.server import HOST, serving
from benchmarks.session import Query
from components.views.site import PAGES

HEADERS: Final = {"accept-encoding": "br", "host": HOST}
"""The host as the clients below name it: a page names its own address."""

RATE: Final = 2_000
SECONDS: Final = 15.0
CLIENTS: Final = 2
"""A client in Python alone is slower than the server."""


def measure_all(filters: Sequence[Query]) -> Iterator[Measure]:
    """Ask for every page, and for the overview under some filters, each once and once more."""
    paths = [f"/{path}" for path in PAGES]
    paths += [f"/?{urlencode(query, doseq=True)}" for query in filters]
    with serving(PLEDGE_ANSWERS_PER_MINUTE="100000") as port:
        new, again, sizes = [], [], []
        requests.get(f"http://{HOST}:{port}/?tranche=1", timeout=60)
        for path in paths:
            seconds, size = _ask(port, path)
            new.append(seconds)
            sizes.append(size)
            again.append(_ask(port, path)[0])
        with ProcessPoolExecutor(CLIENTS) as clients:
            tallies = list(clients.map(_press, [port] * CLIENTS, [paths] * CLIENTS))
        tally = Tally(
            [seconds for one in tallies for seconds in one.seconds],
            [error for one in tallies for error in one.errors],
        )
    yield Measure("HTML of a page, new to the server", median(new) * 1000, "ms", bar=60)
    yield Measure("HTML of a page, asked before", median(again) * 1000, "ms", bar=20)
    yield Measure("HTML of a page, the largest, compressed", max(sizes) / 1000, "KB", bar=40)
    yield Measure(f"Pages at {RATE:,} a second, 99 of 100 within", _ms(tally), "ms", bar=50)
    yield Measure(f"Pages at {RATE:,} a second, errors", len(tally.errors), "", bar=0)


def _press(port: int, paths: Sequence[str]) -> Tally:
    """Ask for pages at a client's part of the rate."""
    tally, rate = Tally(), RATE // CLIENTS
    uvloop.run(request_all(port, rate=rate, seconds=SECONDS, tally=tally, asked=paths))
    return tally


def _ask(port: int, path: str) -> tuple[float, int]:
    started = time.perf_counter()
    answer = requests.get(f"http://{HOST}:{port}{path}", headers=HEADERS, timeout=60, stream=True)
    body = answer.raw.read()
    return time.perf_counter() - started, len(body)


def _ms(tally: Tally) -> float:
    return tally.percentile(99) * 1000

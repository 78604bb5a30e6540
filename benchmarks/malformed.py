"""Thousands of malformed requests and links, to a server that a visitor uses at the same time.

python -m benchmarks.malformed --requests 10000
"""

import argparse
import http.client
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote, unquote, urlencode

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.load import megabytes
from benchmarks.measure import Measure
from benchmarks.server import HOST, ROOT, serving_process
from benchmarks.session import Session, visiting

PATHS: Final = (
    "/api/v1/projects",
    "/api/v1/projects.csv",
    "/api/v1/summary",
    "/api/v1/agreements",
    "/api/v1/pledge",
    "/api/v1/openapi.json",
    "/api/v1/",
    "/feed.atom",
    "/charts/by-state.svg",
    "/",
    "/projects",
    "/states",
    "/changes",
    "/sitemap.xml",
)
NAMES: Final = ("state", "sector", "tranche", "stage", "project", "as_of", "since", "search")
MORE_NAMES: Final = ("sort", "area", "card", "embed", "size", "__proto__", "")
NASTY: Final = (
    "TN",
    "tn ",
    "TN;AL",
    "nuclear-power",
    "2026-02-30",
    "2026-03-01",
    "９",
    "1e309",
    "NaN",
    "=1+1",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%00",
    "\x00",
    "\u202e",
    "'; --",
    "{{7*7}}",
    "😀" * 50,
    "a" * 5_000,
)
EVERY: Final = 20
"""One in this many goes through a page's WebSocket, as a link that a visitor opens."""

values = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
names = st.one_of(st.sampled_from(NAMES + MORE_NAMES), st.text(max_size=12))
queries = st.lists(st.tuples(names, values), max_size=8)
paths = st.one_of(st.sampled_from(PATHS), st.text(max_size=30).map(lambda text: f"/{quote(text)}"))
raw = st.binary(max_size=40).map(lambda body: quote(body, safe="&=%+;"))


def measure_all(count: int) -> Iterator[Measure]:
    """Send ``count`` requests; yield what came back, and the memory it took."""
    statuses: Counter[int] = Counter()
    leaks: list[str] = []
    with (
        serving_process(KALEIDO="off", PLEDGE_ANSWERS_PER_MINUTE="1000000") as (port, process),
        visiting(port) as visitor,
    ):
        visitor.show({}, page="")
        connection = http.client.HTTPConnection(HOST, port, timeout=30)
        before = megabytes(process.pid)
        started = time.monotonic()
        sessions = _send_all(connection, visitor, count // 2, statuses, leaks)
        between = megabytes(process.pid)
        sessions += _send_all(connection, visitor, count - count // 2, statuses, leaks)
        seconds = time.monotonic() - started
        visitor.show({})
        yield Measure("Malformed requests", sum(statuses.values()), "")
        yield Measure("Malformed links opened by a visitor", sessions, "")
        yield Measure("Seconds for all", seconds, "s")
        for status, number in sorted(statuses.items()):
            yield Measure(f"Answered with {status}", number, "")
        failed = sum(number for status, number in statuses.items() if status >= 500)
        # Every picture is answered with 503 here: the server has no browser.
        failed -= statuses[503]
        yield Measure("Failures of the server", failed, "", bar=0)
        yield Measure("Answers that say too much", len(leaks), "", bar=0)
        # The caches are limited, and full after the first half.
        yield Measure("Memory gained by the first half", between - before, "MB")
        yield Measure("and by the second", megabytes(process.pid) - between, "MB", bar=30)
        yield Measure("The server ended", 0 if process.poll() is None else 1, "", bar=0)
    for leak in leaks[:5]:
        print(leak, file=sys.stderr)


def _send_all(
    connection: http.client.HTTPConnection,
    visitor: Session,
    count: int,
    statuses: Counter[int],
    leaks: list[str],
) -> int:
    sessions = 0

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(path=paths, query=queries, bytes_=raw, is_raw=st.booleans())
    def send(path: str, query: list[tuple[str, str]], bytes_: str, is_raw: bool) -> None:  # noqa: FBT001
        nonlocal sessions
        text = bytes_ if is_raw else urlencode(query, errors="replace")
        connection.request("GET", f"{path}?{text}")
        answer = connection.getresponse()
        body = answer.read()
        statuses[answer.status] += 1
        signs = ('File "', str(ROOT))
        # What was in the request may be in the answer.
        if any(sign.encode() in body and sign not in unquote(text) for sign in signs):
            leaks.append(f"{path}?{text[:200]}")
        if sum(statuses.values()) % EVERY == 0:
            sessions += 1
            asked: dict[str, list[str]] = {}
            for name, value in query:
                asked.setdefault(name, []).append(value)
            visitor.show(asked)

    send()
    return sessions


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures; return 0 if all are within their limits."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.malformed")
    parser.add_argument("--requests", type=int, default=10_000)
    chosen = parser.parse_args(arguments)
    is_within = True
    for measure in measure_all(chosen.requests):
        print(measure, flush=True)
        is_within &= measure.is_within
    return 0 if is_within else 1


if __name__ == "__main__":
    sys.exit(main())

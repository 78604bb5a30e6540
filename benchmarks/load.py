"""Load: visitors with real sessions who change filters, and API clients at the same time.

python -m benchmarks.load --visitors 40 --seconds 180 --api 500
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from typing import Final
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.measure import Measure
from benchmarks.server import HOST, serving_process

CHANGE_EVERY_S: Final = 5.0
RUN_WITHIN_S: Final = 30.0
ARRIVE_WITHIN_S: Final = 10.0
API_SECONDS: Final = 60.0
API_CONNECTIONS: Final = 40
LONGEST_SIGN: Final = 200
"""The message that ends a run is short; longer ones are not parsed."""

FILTERS: Final = [
    {"state": state, "sector": sector, "stage": stage}
    for state in ([], ["TN"], ["TX"], ["OH"], ["TN", "AL"], ["PA", "TX"], ["GA"], ["WY"])
    for sector in ([], ["nuclear-power"], ["natural-gas-power"])
    for stage in ([], ["announced"], ["financed"])
]
PATHS: Final = [
    f"/api/v1/{name}?{urlencode({'state': state}, doseq=True)}"
    for name in ("projects", "milestones.csv", "sources", "summary", "summary.csv")
    for state in ([], ["TN"], ["TX"], ["OH"], ["GA"], ["PA"], ["AL"], ["TN", "TX"])
]


@dataclass(slots=True)
class Tally:
    """The seconds each answer took, and the errors."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def percentile(self, percent: int) -> float:
        """Return the time within which ``percent`` of the answers arrived."""
        return quantiles(self.seconds, n=100, method="inclusive")[percent - 1]


def measure_all(*, visitors: int, seconds: float, rate: int) -> Iterator[Measure]:
    """Simulate visitors, then API clients as well; yield times, errors and memory."""
    with serving_process(PLEDGE_ANSWERS_PER_MINUTE="100000") as (port, process):
        asyncio.run(_visit_all(port, count=1, seconds=6, samples=[], pid=process.pid))
        before = megabytes(process.pid)
        samples: list[float] = []
        pages, api = asyncio.run(
            _under_load(port, visitors, seconds, rate, samples=samples, pid=process.pid)
        )
        third = max(len(samples) // 3, 1)
        early, late = sum(samples[third : 2 * third]) / third, sum(samples[-third:]) / third
        yield Measure(f"Filter changes of {visitors} visitors", len(pages.seconds), "")
        yield Measure("Filter change, median", pages.percentile(50) * 1000, "ms")
        yield Measure("Filter change, 95 of 100 within", pages.percentile(95) * 1000, "ms", 1000)
        yield Measure("Errors of visitors", len(pages.errors), "", bar=0)
        yield Measure("Memory for a visitor", (max(samples) - before) / visitors, "MB", bar=3)
        yield Measure("Memory, last third to the one before", late / early, "x", bar=1.03)
        if rate:
            yield Measure("API requests", len(api.seconds), "")
            yield Measure("API, median", api.percentile(50) * 1000, "ms")
            yield Measure("API, 99 of 100 within", api.percentile(99) * 1000, "ms", bar=50)
            yield Measure("Errors of the API", len(api.errors), "", bar=0)
        for error in [*pages.errors, *api.errors][:5]:
            print(error, file=sys.stderr)


async def _under_load(
    port: int, visitors: int, seconds: float, rate: int, *, samples: list[float], pid: int
) -> tuple[Tally, Tally]:
    visits = asyncio.create_task(
        _visit_all(port, count=visitors, seconds=seconds, samples=samples, pid=pid)
    )
    api = Tally()
    if rate:
        await asyncio.sleep(ARRIVE_WITHIN_S)
        # Once each before timing: an answer that is not cached takes some 20 ms, a cached one none.
        first = Tally()
        await request_all(port, rate=20, seconds=len(PATHS) / 20, tally=first)
        api.errors += first.errors
        await request_all(port, rate=rate, seconds=min(API_SECONDS, seconds), tally=api)
    return await visits, api


async def _visit_all(
    port: int, *, count: int, seconds: float, samples: list[float], pid: int
) -> Tally:
    """Let visitors arrive over some seconds, and change a filter every few until the end."""
    tally = Tally()
    ends = time.monotonic() + seconds
    watch = asyncio.create_task(_watch(pid, samples))
    delays = [ARRIVE_WITHIN_S * number / count for number in range(count)]
    await asyncio.gather(*(_visit(port, delay, ends, tally) for delay in delays))
    watch.cancel()
    return tally


async def _visit(port: int, delay: float, ends: float, tally: Tally) -> None:
    await asyncio.sleep(delay)
    chance = random.Random(delay)
    try:
        async with connect(
            f"ws://{HOST}:{port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
        ) as connection:
            page = await _show(connection, {}, "")
            while time.monotonic() < ends:
                await asyncio.sleep(CHANGE_EVERY_S * chance.uniform(0.8, 1.2))
                started = time.monotonic()
                page = await _show(connection, chance.choice(FILTERS), page)
                tally.seconds.append(time.monotonic() - started)
    except Exception as error:  # noqa: BLE001  # Whatever the cause, it counts as the server's.
        tally.errors.append(f"A visitor: {error!r}")


async def _show(connection: ClientConnection, query: dict[str, list[str]], page: str) -> str:
    """Request the page under a filter and wait for all of it; return the page's id."""
    message = BackMsg()
    message.rerun_script.query_string = urlencode(query, doseq=True)
    message.rerun_script.page_script_hash = page
    message.rerun_script.context_info.color_scheme = "light"
    await connection.send(message.SerializeToString())
    async with asyncio.timeout(RUN_WITHIN_S):
        while True:
            frame = await connection.recv(decode=False)
            if page and len(frame) > LONGEST_SIGN:
                continue
            answer = ForwardMsg.FromString(bytes(frame))
            match answer.WhichOneof("type"):
                case "new_session":
                    page = answer.new_session.page_script_hash
                case "delta" if answer.delta.new_element.WhichOneof("type") == "exception":
                    raise RuntimeError("The page failed.")
                case "script_finished" if (
                    answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
                ):
                    return page


async def request_all(
    port: int, *, rate: int, seconds: float, tally: Tally, asked: Sequence[str] = PATHS
) -> None:
    """Send requests at a steady rate, answered or not; each is timed from when it was due."""
    due: asyncio.Queue[float] = asyncio.Queue()
    paths = cycle(asked)
    connections = [
        asyncio.create_task(_request(port, due, tally, paths)) for _ in range(API_CONNECTIONS)
    ]
    began = time.monotonic()
    for number in range(int(rate * seconds)):
        at = began + number / rate
        await asyncio.sleep(max(at - time.monotonic(), 0))
        due.put_nowait(at)
    await due.join()
    for connection in connections:
        connection.cancel()
    await asyncio.gather(*connections, return_exceptions=True)


async def _request(
    port: int, due: "asyncio.Queue[float]", tally: Tally, paths: Iterator[str]
) -> None:
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        while True:
            at = await due.get()
            path = next(paths)
            head = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\n\r\n"
            writer.write(head.encode())
            status, size = await _head(reader)
            await reader.readexactly(size)
            tally.seconds.append(time.monotonic() - at)
            if status != 200:
                tally.errors.append(f"{path}: {status}")
            due.task_done()
    except (OSError, asyncio.IncompleteReadError) as error:
        tally.errors.append(f"The API: {error!r}")
    finally:
        writer.close()


async def _head(reader: asyncio.StreamReader) -> tuple[int, int]:
    """Read the head of an answer; return its status and the length of its body."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = head.partition("content-length:")[2].partition("\r\n")[0]
    return int(head.split(" ", 2)[1]), int(length or 0)


async def _watch(pid: int, samples: list[float]) -> None:
    with suppress(asyncio.CancelledError):
        while True:
            await asyncio.sleep(1)
            samples.append(megabytes(pid))


def megabytes(pid: int) -> float:
    """Return the resident memory of a process in megabytes, as the kernel counts it."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures; return 0 if all are within their limits."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--visitors", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--api", type=int, default=500, help="requests a second; 0 for none")
    chosen = parser.parse_args(arguments)
    is_within = True
    for measure in measure_all(visitors=chosen.visitors, seconds=chosen.seconds, rate=chosen.api):
        print(measure, flush=True)
        is_within &= measure.is_within
    return 0 if is_within else 1


if __name__ == "__main__":
    sys.exit(main())

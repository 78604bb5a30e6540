"""First visits on a slow connection: this server, plain Streamlit and a Dash peer, alternately."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from playwright.sync_api import CDPSession, Playwright, sync_playwright

from benchmarks.browser import ARGUMENTS, find_browser
from benchmarks.measure import Measure
from benchmarks.server import HOST, ROOT, running, running_command, serving
from components.views.site import PAGES

ROUNDS: Final = 5
CONNECTION: Final = {
    "offline": False,
    "latency": 40,
    "downloadThroughput": 20_000_000 / 8,
    "uploadThroughput": 20_000_000 / 8,
}
"""20 Mbit/s each way, 40 ms."""

NOTE_TIMES: Final = """
    window.seen = {shift: 0}
    const chart = ".js-plotly-plot .main-svg .point path"
    const signs = {
        heading: "h1",
        bars: "#first .chart svg a rect",
        taken: "#root h1",
        chart: `:root:not([data-first]) ${chart}`,
    }
    new MutationObserver(() => {
        for (const [name, sign] of Object.entries(signs))
            if (!(name in seen) && document.querySelector(sign)) seen[name] = performance.now()
    }).observe(document, {childList: true, subtree: true, attributes: true})
    const note = (type, take) => new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) take(entry)
    }).observe({type, buffered: true})
    note("paint", (entry) => { seen[entry.name] = entry.startTime })
    note("layout-shift", (entry) => { seen.shift += entry.value })
"""
"""Records in the page itself when the title, the first bars that are links, and the first chart of
the app appear, when anything is painted first, and how far what is seen then moves."""
POLL_MS: Final = 200
IN_SOFTWARE: Final = (
    *(one for one in ARGUMENTS if "swiftshader" not in one),
    "--disable-gpu",
    "--disable-gpu-compositing",
)
"""For times of painting: a graphics card in software holds every frame back."""

SHIFTS: Final = {1280: 0.05, 375: 0.1}
"""Width of the window -> how far things may move on any page."""

PATHS: Final = ("/", *(f"/{path}" for path in PAGES if path), "/states?state=PA")

LOADED_S: Final = 4
"""This long after the first chart, the rest of the page has loaded too."""


@dataclass(frozen=True, slots=True)
class FirstVisit:
    """When what was there, in seconds; bytes and requests of the page, and how far things moved.

    ``clicks_s`` is when bars are painted that take clicks and say their amounts, ``chart_s`` when
    the app, or another server, shows its first chart; ``shift`` is the cumulative layout shift.
    """

    paint_s: float
    heading_s: float
    clicks_s: float
    chart_s: float
    megabytes: float
    requests: int
    shift: float


def measure_all() -> Iterator[Measure]:
    """Visit the servers alternately, each time in a new browser; yield medians and ratios."""
    peer = [sys.executable, "-m", "benchmarks.peer"]
    with (
        serving() as ours,
        running(ROOT / "app.py") as plain,
        running_command(peer) as dash,
        sync_playwright() as playwright,
    ):
        ports = {"serve.py": ours, "streamlit run": plain, "Dash peer": dash}
        visits: dict[str, list[FirstVisit]] = {name: [] for name in ports}
        painted: list[FirstVisit] = []
        for number in range(ROUNDS + 1):
            for name, port in ports.items():
                visit = first_visit(playwright, port)
                if number:  # The first visit warms the servers.
                    visits[name].append(visit)
            painted.append(first_visit(playwright, ours, arguments=IN_SOFTWARE))
        shifts = {
            width: max(
                first_visit(playwright, ours, path=path, width=width).shift for path in PATHS
            )
            for width in SHIFTS
        }
    for name in ports:
        yield Measure(f"First paint, {name}", _median(visits[name], lambda v: v.paint_s), "s")
        yield Measure(f"First heading, {name}", _median(visits[name], lambda v: v.heading_s), "s")
        yield Measure(f"First chart, {name}", _median(visits[name], lambda v: v.chart_s), "s")
        yield Measure(f"Bytes, {name}", _median(visits[name], lambda v: v.megabytes), "MB")
        yield Measure(f"Requests, {name}", _median(visits[name], lambda v: v.requests), "")
    for other in ("streamlit run", "Dash peer"):
        ratio = _ratio(visits["serve.py"], visits[other], lambda v: v.clicks_s)
        yield Measure(f"First chart that takes clicks, serve.py to {other}", ratio, "x", bar=1.2)
        ratio = _ratio(visits["serve.py"], visits[other], lambda v: v.chart_s)
        yield Measure(f"First chart of the app, serve.py to {other}", ratio, "x")
    yield Measure("First paint with charts", _median(painted[1:], lambda v: v.paint_s), "s")
    ratio = _ratio(painted[1:], visits["Dash peer"], lambda v: v.paint_s, lambda v: v.chart_s)
    yield Measure("First paint with charts, to the Dash peer's first chart", ratio, "x", bar=0.2)
    for width, bar in SHIFTS.items():
        yield Measure(f"Layout shift, the most of all pages at {width}", shifts[width], "", bar=bar)
    ratio = _ratio(visits["serve.py"], visits["streamlit run"], lambda v: v.megabytes)
    yield Measure("Bytes, serve.py to streamlit run", ratio, "x", bar=0.32)


def first_visit(
    playwright: Playwright,
    port: int,
    *,
    path: str = "/",
    width: int = 1280,
    arguments: Sequence[str] = ARGUMENTS,
) -> FirstVisit:
    """Open a page in a browser just started, on a slow connection."""
    with playwright.chromium.launch(executable_path=find_browser(), args=arguments) as browser:
        page = browser.new_page(viewport={"width": width, "height": 900})
        network = page.context.new_cdp_session(page)
        sizes, frames = _watch(network)
        page.add_init_script(NOTE_TIMES)
        page.goto(f"http://{HOST}:{port}{path}", wait_until="commit")
        # Not wait_for_function, which runs text as code: the page's security policy forbids it.
        done = "'heading' in seen && 'chart' in seen" if path == "/" else "'taken' in seen"
        while not page.evaluate(done):
            page.wait_for_timeout(POLL_MS)
        page.wait_for_timeout(LOADED_S * 1000)
        seen = page.evaluate("seen")
        paint_s, heading_s, chart_s, bars_s = (
            seen.get(name, 0) / 1000
            for name in ("first-contentful-paint", "heading", "chart", "bars")
        )
        clicks_s = max(paint_s, bars_s) if bars_s else chart_s
        megabytes = (sum(sizes) + sum(frames)) / 1e6
        return FirstVisit(
            paint_s, heading_s, clicks_s, chart_s, megabytes, len(sizes), seen["shift"]
        )


def _watch(network: CDPSession) -> tuple[list[float], list[float]]:
    """Throttle the connection; return lists that fill with the bytes of files and of messages."""
    sizes: list[float] = []
    frames: list[float] = []
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", CONNECTION)
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.on(
        "Network.webSocketFrameReceived",
        # Base64 of decompressed messages: more than was sent, where the server compresses.
        lambda event: frames.append(len(event["response"]["payloadData"]) * 0.75),
    )
    return sizes, frames


def _median(visits: list[FirstVisit], of: Callable[[FirstVisit], float]) -> float:
    return median(of(visit) for visit in visits)


def _ratio(
    ours: list[FirstVisit],
    theirs: list[FirstVisit],
    of: Callable[[FirstVisit], float],
    to: Callable[[FirstVisit], float] | None = None,
) -> float:
    to = to or of
    return median(of(one) / to(other) for one, other in zip(ours, theirs, strict=True))


if __name__ == "__main__":
    for measure in measure_all():
        print(measure, flush=True)

"""How long files take, and whether pages wait for them."""

import subprocess
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from benchmarks.measure import Measure
from benchmarks.server import ROOT, running
from benchmarks.session import Query, visiting
from components.basics.byte_cache import ByteCache
from components.exhibits.registry import EXHIBITS
from components.exports import bundle, chromium, files
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View

SHIPPED: Final = ROOT / "data"
FILTERS: Final = (
    ProjectFilter(),
    ProjectFilter(tranche=("2",)),
    ProjectFilter(state=("TX",)),
    ProjectFilter(sector=("natural-gas-power",)),
)
LINK: Final = "https://pledge.example/"

RERUNS: Final = 80
PAUSE_S: Final = 0.1
QUERIES: Final[tuple[Query, ...]] = tuple(
    {"state": [state], "tranche": tranches}
    for state in ("TX", "OH", "PA", "TN")
    for tranches in (["1"], ["2"], ["1", "2"])
)
EXPORTED: Final[tuple[Query, ...]] = tuple(
    {"state": [state, *more]}
    for state in ("TX", "OH", "PA", "TN", "GA", "AL")
    for more in ([], ["WY"], ["NY"], ["CA"], ["ME"])
)


def measure_all() -> Iterator[Measure]:
    """Yield every measure of files, each made without cache and with a running browser."""
    views = [Baseline.of(load(SHIPPED)).view(chosen) for chosen in FILTERS]
    _draw(views[0], "png")
    for kind in ("png", "svg", "pdf"):
        times = [_draw(view, kind, exhibit) for view in views for exhibit in EXHIBITS]
        yield Measure(f"A warm {kind.upper()}", median(times), "s", bar=0.5)
    for name, bar, make in (
        ("The briefing", 5, lambda view: files.brief(view, paper="us-letter", link=LINK)),
        ("The ZIP of a view", 8, lambda view: bundle.of_view(view, link=LINK)),
    ):
        yield Measure(name, median(_uncached(make, view) for view in views), "s", bar=bar)
    chromium.shared().close()
    yield from _measure_pages()


def _draw(view: View, kind: str, exhibit: str = "by-state") -> float:
    def make(view: View) -> files.File:
        return files.picture(EXHIBITS[exhibit].of(view), kind=kind, link=LINK)  # type: ignore[arg-type]

    return _uncached(make, view)


def _uncached(make: Callable[[View], files.File], view: View) -> float:
    """Return the time to make a file with an empty cache."""
    files.CACHE = ByteCache()
    started = time.perf_counter()
    make(view).content()
    return time.perf_counter() - started


def _measure_pages() -> Iterator[Measure]:
    with running(ROOT / "app.py", data=SHIPPED) as port, visiting(port) as visitor:
        for query in QUERIES:
            visitor.show(query)
        yield Measure("Chromium processes of a server at rest", _count_browsers(port), "", bar=0)

        def rerun_times() -> list[float]:
            times = []
            for _, query in zip(range(RERUNS), cycle(QUERIES), strict=False):
                time.sleep(PAUSE_S)
                times.append(visitor.show(query).seconds)
            return times

        idle = _p95(rerun_times())
        # A process of its own, like another visitor's machine.
        others = get_context("spawn")
        is_over, exported = others.Event(), others.Value("i", 0)
        exporter = others.Process(target=_export, args=(port, is_over, exported))
        exporter.start()
        time.sleep(3)
        busy = _p95(rerun_times())
        is_over.set()
        exporter.join()
    yield Measure("Rerun of a page, p95, idle", idle * 1000, "ms")
    yield Measure(f"Rerun of a page, p95, during {exported.value} ZIPs", busy * 1000, "ms")
    yield Measure("Rerun during exports to idle", busy / idle, "x", bar=2)


def _export(port: int, is_over: Any, exported: Any) -> None:
    """Export one view after another, as another visitor."""
    with visiting(port) as visitor:
        visitor.show({})
        visitor.show({}, press=["Export this view"])
        for query in EXPORTED:
            if is_over.is_set():
                return
            visitor.show(query, press=["Export this view", "Save everything (ZIP)"])
            exported.value += 1


def _count_browsers(port: int) -> int:
    """Count Chromium processes below the server that listens on a port."""
    parents = {}
    names = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text()
        except OSError:
            continue
        name, rest = state.rsplit(")", 1)
        names[folder.name] = name.split("(", 1)[1]
        parents[folder.name] = rest.split()[1]
    listed = subprocess.run(
        ["pgrep", "-f", f"server.port={port}"], capture_output=True, text=True, check=False
    )
    servers = set(listed.stdout.split())

    def is_below(process: str) -> bool:
        while process in parents:
            if process in servers:
                return True
            process = parents[process]
        return False

    return sum("chrom" in name and is_below(process) for process, name in names.items())


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]

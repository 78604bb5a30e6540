"""Measure the dashboard against its limits: ``make bench``; slowness is reported, not an error."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import sync_playwright

from benchmarks import exports, first_views, first_visit, pages
from benchmarks.browser import time_to_read
from benchmarks.folders import write_folder
from benchmarks.measure import Measure
from benchmarks.server import ROOT, running
from benchmarks.session import Query, Run, visiting
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from components.words import wording

APP: Final = ROOT / "app.py"
SHIPPED: Final = ROOT / "data"

PROJECTS: Final = 100_000
WARM_UP: Final = 5
LOADS: Final = 5
VISITS: Final = 7

# Each matches projects in the shipped and in the generated data, and no two are equal.
FILTERS: Final[tuple[Query, ...]] = tuple(
    {"state": states, **more}
    for states in (["TX"], ["TN", "AL"], ["OH", "TX"], ["PA", "TX"], ["GA", "OH", "TX"])
    for more in (
        {},
        {"tranche": ["1", "2"]},
        {"stage": ["announced", "financed"]},
        {"sector": ["natural-gas-power", "nuclear-power", "crude-oil-export"]},
    )
)
PAUSE_S: Final = 0.1
ASKED: Final = slice(len(FILTERS), 2 * len(FILTERS))

BLANK_TITLE: Final = "Blank page"
BLANK_APP: Final = f'import streamlit as st\n\nst.title("{BLANK_TITLE}")\n'


def main() -> int:
    """Print every measure as soon as it is taken."""
    load_now = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load_now:.1f}: other work inflates times, ratios less.")
    print(f"{'Medians':<58}{'measured':>13}{'at most':>13}")
    with tempfile.TemporaryDirectory() as name:
        for measure in measure_all(Path(name)):
            print(measure, flush=True)
    return 0


def measure_all(scratch: Path) -> Iterator[Measure]:
    """Take all measures, with files only in the folder ``scratch``."""
    large = scratch / "large"
    large.mkdir()
    write_folder(large, projects=PROJECTS, like=SHIPPED)
    yield Measure(f"Reading and checking {PROJECTS:,} rows", _time_loads(large), "s", bar=3)
    yield from _measure_changes(large)
    yield from pages.measure_all(large, rows=f"{PROJECTS:,} projects")
    yield from exports.measure_all()
    yield from _measure_visits(scratch)
    yield from first_views.measure_all(FILTERS)
    yield from first_visit.measure_all()


def _time_loads(folder: Path) -> float:
    def seconds() -> float:
        started = time.perf_counter()
        load(folder)
        return time.perf_counter() - started

    return median(seconds() for _ in range(LOADS))


def _measure_changes(large: Path) -> Iterator[Measure]:
    shipped_runs, large_runs = _change_filters(large)
    rows = f"{PROJECTS:,} projects"
    for name, taken in (("new to the server", slice(0, len(FILTERS))), ("asked before", ASKED)):
        times = [[run.seconds * 1000 for run in runs[taken]] for runs in (shipped_runs, large_runs)]
        shipped_ms, large_ms = median(times[0]), median(times[1])
        yield Measure(f"Change to a filter {name}, shipped data", shipped_ms, "ms", bar=60)
        yield Measure(f"Change to a filter {name}, {rows}", large_ms, "ms")
        yield Measure(f"Change to a filter {name}, ratio", large_ms / shipped_ms, "x", bar=6)
    yield Measure("Messages of a page, shipped data", _largest_kb(shipped_runs), "KB", bar=1000)
    yield Measure(f"Messages of a page, {rows}", _largest_kb(large_runs), "KB", bar=1000)


def _change_filters(large: Path) -> tuple[list[Run], list[Run]]:
    """Change the filter of two visitors alternately, so that other work slows both alike.

    Every filter is requested once, then again, each time after a short pause, like a person's.
    """
    with (
        running(APP, data=SHIPPED) as shipped_port,
        running(APP, data=large) as large_port,
        visiting(shipped_port) as shipped,
        visiting(large_port) as vast,
    ):
        for _ in range(WARM_UP):
            shipped.show({})
            vast.show({})
        runs = []
        for query in (*FILTERS, *FILTERS):
            time.sleep(PAUSE_S)
            runs.append((shipped.show(query), vast.show(query)))
    return [run for run, _ in runs], [run for _, run in runs]


def _largest_kb(runs: Sequence[Run]) -> float:
    return max(run.size for run in runs) / 1000


def _measure_visits(scratch: Path) -> Iterator[Measure]:
    blank = scratch / "blank.py"
    blank.write_text(BLANK_APP, encoding="utf-8")
    figure = wording.figures(View(Baseline.of(load(SHIPPED)), ProjectFilter()))[0].text
    with (
        running(APP, data=SHIPPED) as port,
        running(blank) as blank_port,
        sync_playwright() as playwright,
    ):
        ours, theirs = _alternately(
            lambda: time_to_read(playwright, port, text=figure),
            lambda: time_to_read(playwright, blank_port, text=BLANK_TITLE),
        )
    yield Measure("First figure readable, cold browser", ours, "s")
    yield Measure("Title of a blank app readable, cold browser", theirs, "s")
    yield Measure("First figure to blank title", ours / theirs, "x", bar=1.5)


def _alternately(first: Callable[[], float], second: Callable[[], float]) -> tuple[float, float]:
    """Return the medians of two measures; the first round warms both servers and does not count."""
    pairs = [(first(), second()) for _ in range(VISITS + 1)][1:]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


if __name__ == "__main__":
    sys.exit(main())

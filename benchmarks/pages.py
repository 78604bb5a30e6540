"""Measure every page of the dashboard, on the shipped data and on a large folder."""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.measure import Measure
from benchmarks.server import ROOT, running
from benchmarks.session import Query, Run, Session, visiting
from components.facts.dataset import load

APP: Final = ROOT / "app.py"
SHIPPED: Final = ROOT / "data"

SHIPPED_BAR_MS: Final = 80
LARGE_BAR_MS: Final = 400
ROUNDS: Final = 7
PAUSE_S: Final = 0.1

PAGES: Final[dict[str, tuple[str, tuple[Query, ...]]]] = {
    "Overview": ("", ({}, {"state": ["TX"]})),
    "Projects": ("projects", ({}, {"state": ["TX"]}, {"sort": ["project"]})),
    "Projects, searched": ("projects", ({"search": ["texas"]}, {"search": ["power ohio"]})),
    "One project": ("projects", ()),
    "States": ("states", ({}, {"sector": ["nuclear-power"]})),
    "One state": ("states", ({"state": ["TX"]}, {"state": ["TN"]}, {"state": ["AS"]})),
    "Changes": ("changes", ({}, {"since": ["2026-03-01"]})),
    "Agreements": ("agreements", ({}, {"search": ["space"]})),
    "Interests": ("interests", ({},)),
    "About": ("about", ({},)),
    "A past day": ("", ({"as_of": ["2026-03-01"]}, {"as_of": ["2026-05-02"]})),
}
"""Name -> path, and the links to request in turn; without any, that of one of the projects."""


def measure_all(large: Path, *, rows: str) -> Iterator[Measure]:
    """Yield the median time of each page, over its links in turn, on both folders."""
    folders = ((SHIPPED, SHIPPED_BAR_MS, "shipped data"), (large, LARGE_BAR_MS, rows))
    for folder, bar_ms, name in folders:
        some_project = str(load(folder).projects["project_id"].iloc[-1])
        with running(APP, data=folder) as port, visiting(port) as visitor:
            # What is read and imported once does not count as a page's time.
            visitor.show({}, page="")
            for page, (path, queries) in PAGES.items():
                asked = queries or ({"project": [some_project]},)
                runs = list(_runs(visitor, path, asked))
                first, later = runs[0], [run.seconds for run in runs[len(asked) :]]
                yield Measure(f"{page}, {name}", median(later) * 1000, "ms", bar=bar_ms)
                yield Measure(f"{page}, {name}, asked first", first.seconds * 1000, "ms")
                kilobytes = max(run.size for run in runs) / 1000
                yield Measure(f"{page}, {name}, messages", kilobytes, "KB", bar=1000)


def _runs(visitor: Session, path: str, queries: tuple[Query, ...]) -> Iterator[Run]:
    for _ in range(ROUNDS):
        for query in queries:
            time.sleep(PAUSE_S)
            yield visitor.show(query, page=path)

"""How the process runs pages: one at a time, with full garbage collections far apart."""

import gc
import sys
from itertools import count
from threading import BoundedSemaphore
from typing import Final

SWITCH_INTERVAL_S: Final = 0.0005
"""How long a thread waits for the GIL before it requests it from the running thread.

With Python's default of 5 ms, waited some ten times a run, pages took three times as long during
exports.
"""

RUNS_BETWEEN_COLLECTIONS: Final = 500
"""How many pages are drawn between two full collections; their garbage is some megabytes."""

PAGES_AT_ONCE: Final = 1
"""How many pages are drawn at once. The GIL lets one thread run at a time: forty pages drawn
together take four times as long as one after another, since every waiting thread requests the GIL
two thousand times a second."""

page_semaphore: Final = BoundedSemaphore(PAGES_AT_ONCE)
"""Held while a page is drawn (``with page_semaphore:``); a thread that waits for it sleeps."""

_runs = count()


def limit_garbage_collection() -> None:
    """Exclude all live objects from garbage collection; call it at the start of every run.

    Streamlit collects after each run, while all other threads wait. Traversing the modules, the
    data and the sessions of forty visitors took 40 ms, as long as the page itself. With these
    objects frozen, a collection traverses only what the run created. Every
    ``RUNS_BETWEEN_COLLECTIONS`` runs, everything is collected once.
    """
    if next(_runs) % RUNS_BETWEEN_COLLECTIONS == 0:
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        gc.unfreeze()
        gc.collect()
    gc.freeze()

"""How the process runs pages: one at a time, with garbage collected in few long breaks."""

import gc
import sys
from itertools import count
from threading import BoundedSemaphore
from typing import Final

SWITCH_INTERVAL_S: Final = 0.0005
"""How long a thread that released the GIL waits before it asks for it again.

Python's default of 5 ms, some ten times a run, made pages three times as slow during exports.
"""

RUNS_BETWEEN_COLLECTIONS: Final = 500
"""So many pages are drawn between two full collections; what they leave is some megabytes."""

PAGES_AT_ONCE: Final = 1
"""The GIL lets one thread run at a time: drawn together, forty pages take four times as long as
one by one, since every thread that waits asks for the GIL two thousand times a second."""

page_semaphore: Final = BoundedSemaphore(PAGES_AT_ONCE)
"""Held while a page is drawn (``with page_semaphore:``); whoever waits for it sleeps."""

_runs = count()


def limit_garbage_collection() -> None:
    """Freeze all living objects out of the next garbage collections, at the start of every run.

    Streamlit collects after each run, with everybody waiting: to walk through modules, data and
    the sessions of forty visitors took 40 ms, as long as the page itself. So it finds only what
    the run itself made; every ``RUNS_BETWEEN_COLLECTIONS`` runs everything is collected once.
    """
    if next(_runs) % RUNS_BETWEEN_COLLECTIONS == 0:
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        gc.unfreeze()
        gc.collect()
    gc.freeze()

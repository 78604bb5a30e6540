"""Memory: garbage is collected in few long breaks instead of one after every page."""

import gc
import sys
from itertools import count
from typing import Final

TURN_S: Final = 0.0005
"""A thread that lets go of Python for a moment waits so long for its next turn.

Python's own 5 ms, some ten times a run, made pages three times as slow during exports.
"""

RUNS_BETWEEN: Final = 500
"""So many pages are drawn between two full collections; what they leave is some megabytes."""

_runs = count()


def settle() -> None:
    """Take all that lives out of the next collections, at the start of every run.

    Streamlit collects after each run, with everybody waiting: to walk through modules, data and
    the sessions of forty visitors took 40 ms, as long as the page itself. So it finds only what
    the run itself made; every ``RUNS_BETWEEN`` runs all is looked through once.
    """
    if next(_runs) % RUNS_BETWEEN == 0:
        sys.setswitchinterval(TURN_S)
        gc.unfreeze()
        gc.collect()
    gc.freeze()

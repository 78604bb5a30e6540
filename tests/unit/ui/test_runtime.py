import gc
import sys
from collections.abc import Iterator
from itertools import count
from weakref import ref

import pytest

from components.ui import runtime


class Loop:
    """A reference cycle, which only a garbage collection can free."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    interval = sys.getswitchinterval()
    monkeypatch.setattr(runtime, "_runs", count())
    yield
    gc.unfreeze()
    sys.setswitchinterval(interval)


def test_what_lives_before_a_run_is_not_looked_at_after_it():
    runtime.limit_garbage_collection()
    assert gc.get_freeze_count() > 10_000
    assert len(gc.get_objects()) < 1_000


def test_what_a_run_leaves_is_freed_by_the_collection_after_it():
    runtime.limit_garbage_collection()
    left = ref(Loop())
    gc.collect()
    assert left() is None


def test_what_outlives_a_run_is_freed_in_the_next_break():
    runtime.limit_garbage_collection()
    kept = Loop()
    left = ref(kept)
    runtime.limit_garbage_collection()
    del kept
    gc.collect()
    assert left() is not None
    for _ in range(runtime.RUNS_BETWEEN_COLLECTIONS):
        runtime.limit_garbage_collection()
    assert left() is None

"""The data folder of a running server: read again when it changes; the last good data is cached."""

import logging
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from components.facts.dataset import fingerprint, load
from components.facts.faults import InvalidDatasetError
from components.views.view import Baseline

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a visitor gets: the baseline, and whether the folder has become invalid since.

    ``baseline`` is None only when no valid data was ever read; ``read_at`` is when it was read.
    """

    baseline: Baseline | None
    is_stale: bool
    read_at: datetime | None = None

    def in_language(self) -> "Reading":
        """Return the same with its data in the present language."""
        return replace(self, baseline=self.baseline and self.baseline.in_language())


class DatasetStore:
    """One folder, shared by all visitors of the server; safe to call from many threads."""

    def __init__(self, folder: Path) -> None:
        """Store the folder; nothing is read yet."""
        self._folder = folder
        self._lock = threading.Lock()
        self._seen: object = None
        self._reading = Reading(baseline=None, is_stale=True)

    @property
    def latest(self) -> Reading:
        """The result of the last ``read``; never accesses the disk."""
        return self._reading

    def read(self) -> Reading:
        """Return the newest valid data; reads files only if one has changed since the last call.

        While one visitor waits for a changed folder, the others get the last good data.
        """
        if fingerprint(self._folder) == self._seen:
            return self._reading
        if not self._lock.acquire(blocking=self._reading.baseline is None):
            return self._reading
        try:
            self._refresh()
        finally:
            self._lock.release()
        return self._reading

    def _refresh(self) -> None:
        # Computed before reading: a file that changes meanwhile is read again at the next visit.
        found = fingerprint(self._folder)
        if found == self._seen:
            return
        try:
            baseline = Baseline.of(load(self._folder))
        except InvalidDatasetError as error:
            logger.error("The data folder is invalid; the last good data stays.\n%s", error)
            self._reading = replace(self._reading, is_stale=True)
        except Exception:
            logger.exception("The data folder could not be read; the last good data stays.")
            self._reading = replace(self._reading, is_stale=True)
        else:
            logger.info("Read data version %s.", baseline.dataset.version)
            self._reading = Reading(baseline, is_stale=False, read_at=datetime.now(UTC))
        self._seen = found


@cache
def shared(folder: Path) -> DatasetStore:
    """Return the store of a folder: one per process, for the pages and the API."""
    return DatasetStore(folder)

"""Files in the making: each is made once in a thread of its own, however many wait for it."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Final

from components.exports.files import File

WORKERS: Final = 2
MAX_JOBS: Final = 20
"""Whoever asks for one more than this is asked to come back."""


class BusyError(Exception):
    """Too many long files are being made already."""


class Job:
    """One file in the making."""

    def __init__(self, file: File) -> None:
        """Start nothing yet."""
        self.file = file
        self._steps = (0, 1)
        self._made: Future[bytes] = Future()

    @property
    def share(self) -> float:
        """How much of the work is done, 0 to 1."""
        done, whole = self._steps
        return 1.0 if self.is_done else min(done / max(whole, 1), 1.0)

    @property
    def is_done(self) -> bool:
        """Whether the file is made, or has failed."""
        return self._made.done()

    def content(self) -> bytes:
        """Give the file of a job that is done; raises what went wrong."""
        return self._made.result(timeout=0)

    def run(self) -> None:
        """Make the file, and keep it or what went wrong."""
        try:
            self._made.set_result(self.file.content(self._report))
        except Exception as error:  # noqa: BLE001  # Whoever waits is told.
            self._made.set_exception(error)

    def _report(self, done: int, whole: int) -> None:
        self._steps = (done, whole)


class Jobs:
    """The jobs of this server; safe to call from many threads."""

    def __init__(self) -> None:
        """Start empty."""
        self._guard = Lock()
        self._running: dict[object, Job] = {}
        self._threads = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="export")

    def start(self, file: File) -> Job:
        """Begin to make a file, or join those who wait for it; raises BusyError."""
        with self._guard:
            self._running = {key: job for key, job in self._running.items() if not job.is_done}
            if file.key in self._running:
                return self._running[file.key]
            if len(self._running) >= MAX_JOBS:
                raise BusyError
            job = Job(file)
            self._running[file.key] = job
        self._threads.submit(job.run)
        return job

"""Jobs: files in the making, each made once in a worker thread for all who wait for it."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Final

from components.basics import messages
from components.exports.files import File

WORKERS: Final = 2
MAX_JOBS: Final = 20
"""A request for one more file than this is refused with the advice to try again later."""


class BusyError(Exception):
    """Too many long files are being made already."""


class Job:
    """One file in the making."""

    def __init__(self, file: File) -> None:
        """Prepare without starting."""
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
        """Return the file of a job that is done; raises the error of one that failed."""
        return self._made.result(timeout=0)

    def run(self) -> None:
        """Make the file, and store it or the error."""
        try:
            self._made.set_result(self.file.content(self._report))
        except Exception as error:  # noqa: BLE001  # ``content`` raises it to all who wait.
            self._made.set_exception(error)

    def _report(self, done: int, whole: int) -> None:
        self._steps = (done, whole)


class Jobs:
    """The jobs of this server; thread-safe."""

    def __init__(self) -> None:
        """Start empty."""
        self._guard = Lock()
        self._running: dict[object, Job] = {}
        self._threads = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="export")

    def start(self, file: File) -> Job:
        """Return a new job for a file, or the one that is making it; raises BusyError."""
        with self._guard:
            self._running = {key: job for key, job in self._running.items() if not job.is_done}
            if file.key in self._running:
                return self._running[file.key]
            if len(self._running) >= MAX_JOBS:
                raise BusyError
            job = Job(file)
            self._running[file.key] = job
        self._threads.submit(messages.bound(job.run))
        return job

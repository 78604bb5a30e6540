"""Jobs: files in the making."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from components.basics.byte_cache import ByteCache
from components.exports import files, jobs
from components.exports.files import FORMATS, File, Progress
from components.exports.jobs import BusyError, Job, Jobs
from tests.unit.factories import make_projects, make_view

VIEW = make_view(make_projects(("plant", "OH", 12.0)))
PATIENCE_S = 10


def make_file(name: str, make: Callable[[Progress | None], bytes]) -> File:
    return File(name, name, FORMATS["json"], VIEW, "", make)


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "CACHE", ByteCache())


def wait_for(job: Job) -> Any:
    return job._made.exception(timeout=PATIENCE_S) or job.content()


def test_a_job_tells_how_far_it_is_and_gives_the_file():
    half, go_on = Event(), Event()

    def make(progress: Progress | None) -> bytes:
        assert progress
        progress(1, 2)
        half.set()
        go_on.wait(PATIENCE_S)
        return b"made"

    job = Jobs().start(make_file("a", make))
    half.wait(PATIENCE_S)
    assert (job.share, job.is_done) == (0.5, False)
    go_on.set()
    assert wait_for(job) == b"made"
    assert (job.share, job.is_done) == (1.0, True)


def test_two_who_ask_for_the_same_file_wait_for_one_job():
    go_on = Event()
    made = []

    def make(_: Progress | None) -> bytes:
        go_on.wait(PATIENCE_S)
        made.append(1)
        return b"made"

    running = Jobs()
    first, second = (running.start(make_file("b", make)) for _ in range(2))
    go_on.set()
    assert first is second
    assert wait_for(first) == b"made"
    assert len(made) == 1


def test_a_job_that_fails_says_why_and_the_next_try_starts_anew():
    answers = iter([b"", b"made"])

    def make(_: Progress | None) -> bytes:
        answer = next(answers)
        if answer == b"":
            raise ValueError("broken")
        return answer

    running = Jobs()
    file = make_file("c", make)
    assert str(wait_for(running.start(file))) == "broken"
    assert wait_for(running.start(file)) == b"made"


def test_one_job_too_many_is_refused_until_another_is_done(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "MAX_JOBS", 1)
    go_on = Event()

    def make(_: Progress | None) -> bytes:
        go_on.wait(PATIENCE_S)
        return b"made"

    running = Jobs()
    first = running.start(make_file("d", make))
    with pytest.raises(BusyError):
        running.start(make_file("e", make))
    go_on.set()
    wait_for(first)
    assert wait_for(running.start(make_file("e", make))) == b"made"

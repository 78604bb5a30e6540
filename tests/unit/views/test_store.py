import logging
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Event

import pytest

from components.facts.dataset import load
from components.views import store
from components.views.store import DatasetStore, Reading

CLOCK = iter(range(2_000_000_000, 2_100_000_000))


def touch(folder, file: str) -> None:
    """Give a file a new modification time, as a later edit would."""
    second = next(CLOCK)
    os.utime(folder.path / file, (second, second))


def spoil(folder) -> None:
    folder.set("investments.csv", row=2, amount_usd_bn="2,1")
    touch(folder, "investments.csv")


def mend(folder) -> None:
    folder.set("investments.csv", row=2, amount_usd_bn="2.1")
    touch(folder, "investments.csv")


def rename(folder, project: str) -> None:
    folder.set("investments.csv", row=2, project=project)
    touch(folder, "investments.csv")


def first_project(reading: Reading) -> str:
    assert reading.baseline is not None
    return str(reading.baseline.dataset.projects.loc[0, "project"])


@pytest.fixture
def loads(monkeypatch) -> list[Path]:
    """Return the list of loaded folders, extended with each load."""
    seen: list[Path] = []

    def counted(folder: Path):
        seen.append(folder)
        return load(folder)

    monkeypatch.setattr(store, "load", counted)
    return seen


def test_an_unchanged_folder_is_read_once(folder, loads):
    shared = DatasetStore(folder.path)
    readings = [shared.read() for _ in range(3)]
    assert len(loads) == 1
    assert readings[0] is readings[1] is readings[2]
    assert not readings[0].is_stale


def test_nothing_is_read_before_it_is_asked_for(folder, loads):
    DatasetStore(folder.path)
    assert loads == []


def test_a_changed_file_is_picked_up(folder):
    shared = DatasetStore(folder.path)
    shared.read()
    rename(folder, "Renamed terminal")
    assert first_project(shared.read()) == "Renamed terminal"


def test_an_invalid_file_leaves_the_last_good_data_and_logs_its_faults(folder, caplog):
    shared = DatasetStore(folder.path)
    good = shared.read()
    spoil(folder)
    with caplog.at_level(logging.ERROR):
        reading = shared.read()
    assert reading.is_stale
    assert reading.baseline is good.baseline
    assert 'investments.csv, row 2, amount_usd_bn: "2,1"' in caplog.text


def test_a_fault_is_logged_once_and_not_at_every_visit(folder, caplog, loads):
    shared = DatasetStore(folder.path)
    spoil(folder)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert shared.read().is_stale
    assert len(loads) == len(caplog.records) == 1


def test_mended_data_is_shown_again(folder):
    shared = DatasetStore(folder.path)
    shared.read()
    spoil(folder)
    shared.read()
    mend(folder)
    reading = shared.read()
    assert not reading.is_stale
    assert first_project(reading) == "Harbor terminal"


def test_data_that_was_never_valid_is_none_until_it_is(folder):
    spoil(folder)
    shared = DatasetStore(folder.path)
    assert shared.read() == Reading(baseline=None, is_stale=True)
    mend(folder)
    assert first_project(shared.read()) == "Harbor terminal"


def test_a_missing_folder_is_no_error_and_is_read_once_it_is_there(folder, tmp_path, caplog):
    missing = tmp_path / "elsewhere"
    shared = DatasetStore(missing)
    assert shared.read() == Reading(baseline=None, is_stale=True)
    assert "the folder that holds the data files" in caplog.text
    missing.mkdir()
    for path in [path for path in tmp_path.iterdir() if path.is_file()]:
        path.rename(missing / path.name)
    assert not shared.read().is_stale


def test_a_folder_that_goes_leaves_the_last_good_data(folder, tmp_path):
    shared = DatasetStore(folder.path)
    good = shared.read()
    for path in list(folder.path.iterdir()):
        path.unlink()
    assert shared.read() == replace(good, is_stale=True)


def test_an_error_nobody_foresaw_leaves_the_last_good_data(folder, monkeypatch, caplog):
    shared = DatasetStore(folder.path)
    good = shared.read()

    def fail(_folder: Path):
        raise MemoryError("no room")

    monkeypatch.setattr(store, "load", fail)
    rename(folder, "Renamed terminal")
    assert shared.read() == replace(good, is_stale=True)
    assert "MemoryError: no room" in caplog.text


def test_first_visitors_at_once_all_wait_for_one_reading(folder, loads):
    shared = DatasetStore(folder.path)
    barrier = Barrier(8)

    def visit(_number: int) -> Reading:
        barrier.wait()
        return shared.read()

    with ThreadPoolExecutor(8) as visitors:
        readings = list(visitors.map(visit, range(8)))
    assert len(loads) == 1
    assert {first_project(reading) for reading in readings} == {"Harbor terminal"}


def test_while_one_visitor_waits_for_a_change_the_others_go_on(folder, monkeypatch):
    shared = DatasetStore(folder.path)
    shared.read()
    started, may_finish = Event(), Event()

    def slow(path: Path):
        started.set()
        assert may_finish.wait(timeout=10)
        return load(path)

    monkeypatch.setattr(store, "load", slow)
    rename(folder, "Renamed terminal")
    with ThreadPoolExecutor(1) as visitors:
        waiting = visitors.submit(shared.read)
        assert started.wait(timeout=10)
        assert first_project(shared.read()) == "Harbor terminal"
        may_finish.set()
        assert first_project(waiting.result(timeout=10)) == "Renamed terminal"

import math
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from components.basics.geography import Outlines
from components.facts import dataset
from components.facts.dataset import FILES, fingerprint, load, main
from components.facts.faults import Fault, InvalidDatasetError
from components.facts.outlines import read_outlines

ROOT = Path(__file__).parents[3]


def stage_of(folder, project_id: str) -> tuple[str, str, str]:
    projects = folder.load().projects.set_index("project_id")
    stage, date, extent = projects.loc[project_id, ["stage", "stage_date", "stage_extent"]]
    return stage, date, extent


def test_projects_are_sorted_by_id_and_numbered_from_0(folder):
    folder.rows["investments.csv"].reverse()
    folder.set("investments.csv", row=2)
    projects = folder.load().projects
    assert list(projects["project_id"]) == ["harbor", "mill", "reactors"]
    assert projects.index.equals(pd.RangeIndex(3))


def test_missing_numbers_are_nan_and_missing_text_is_empty(folder):
    mill = folder.load().projects.loc[1]
    assert math.isnan(mill["amount_usd_bn"])
    assert math.isnan(mill["latitude"])
    assert mill["amount_qualifier"] == ""
    assert mill["summary"] == ""


def test_every_column_has_one_type(folder):
    types = folder.load().projects.dtypes.astype(str)
    numbers = ["also_bn", "amount_usd_bn", "capacity", "latitude", "longitude", "reported_usd_bn"]
    assert sorted(types.index[types == "float64"]) == numbers
    assert list(types.index[types == "int64"]) == ["tranche"]
    assert list(types.index[types == "bool"]) == ["is_shared"]
    assert list(types.index[types.str.startswith("datetime64")]) == ["announced_at"]
    assert (types.drop([*numbers, "tranche", "is_shared", "announced_at"]) == "str").all()


def test_types_hold_in_tables_without_rows(folder):
    beside = ("companies", "roles", "gates", "agreements", "interests", "conflicts", "gaps")
    names = ("milestones", "money", *beside)
    for name in names:
        folder.clear(f"{name}.csv")
    bare = folder.load()
    assert [len(getattr(bare, name)) for name in names] == [0] * 9
    assert list(bare.projects["stage"]) == ["announced"] * 3
    assert list(bare.projects["developer"]) == [""] * 3
    assert (bare.milestones.dtypes == "str").all()
    assert bare.interests["joint_amount_usd_bn"].dtype == "float64"
    assert (bare.money[["original_bn", "rate_per_usd"]].dtypes == "float64").all()
    assert (bare.conflicts.dtypes == "str").all()
    assert (bare.gaps.dtypes == "str").all()
    assert (bare.roles.dtypes == "str").all()


def test_conflicts_and_gaps_are_read_as_they_stand(folder):
    folder.rows["conflicts.csv"].reverse()
    folder.set("conflicts.csv", row=2)
    folder.set("gaps.csv", row=3, project_ids=" mill ; reactors ")
    data = folder.load()
    assert list(data.conflicts["conflict_id"]) == ["capacity", "equity"]
    assert list(data.conflicts["c_source_ids"]) == ["gazette-2026;courier-2026", ""]
    assert list(data.gaps["project_ids"]) == ["", "mill;reactors"]


def test_lists_are_told_apart_by_semicolons_alone(folder):
    folder.set("investments.csv", row=4, states="TN ;\u3000AL")
    projects = folder.load().projects
    assert projects.loc[2, "states"] == "TN;AL"
    assert list(projects["is_shared"]) == [False, False, True]


def test_a_month_counts_as_its_first_day(folder):
    announced_at = folder.load().projects["announced_at"]
    assert list(announced_at.dt.strftime("%Y-%m-%d")) == ["2026-02-17", "2026-03-01", "2026-03-19"]


def test_without_milestones_a_project_is_announced_when_the_row_says_so(folder):
    assert stage_of(folder, "mill") == ("announced", "2026-03", "")


def test_loans_in_part_are_told_as_such(folder):
    assert stage_of(folder, "harbor") == ("financed", "2026-05-01", "part")


@pytest.mark.parametrize(
    ("milestones", "expected"),
    [
        pytest.param(
            [("announced", "2026-03-20", "")], ("announced", "2026-03-20", ""), id="announcement"
        ),
        pytest.param(
            [("note", "2026-06-01", ""), ("candidate", "2025-01", "")],
            ("announced", "2026-03", ""),
            id="notes and candidates move nothing",
        ),
        pytest.param(
            [("construction", "2026-04-01", ""), ("permitted", "2026-05-01", "")],
            ("construction", "2026-04-01", ""),
            id="the furthest stage, not the latest",
        ),
        pytest.param(
            [("permitted", "2026-05-01", ""), ("permitted", "2025-02-14", "")],
            ("permitted", "2025-02-14", ""),
            id="the first event that reached it",
        ),
        pytest.param(
            [("financed", "2026-05-01", "part"), ("financed", "2026-06-01", "whole")],
            ("financed", "2026-06-01", "whole"),
            id="loans in whole reach further than in part",
        ),
        pytest.param(
            [("operating", "2026-09", ""), ("cancelled", "2026-08", "")],
            ("cancelled", "2026-08", ""),
            id="a cancellation outdoes everything",
        ),
    ],
)
def test_the_stage_follows_from_the_milestones(
    folder, milestones: list[tuple[str, str, str]], expected: tuple[str, str, str]
):
    for stage, date, extent in milestones:
        folder.add_milestone(stage, date, extent=extent)
    assert stage_of(folder, "mill") == expected


def test_milestones_are_sorted_by_date_and_id(folder):
    folder.add_milestone("note", "2026-01-01")
    folder.set("milestones.csv", row=3, date="2026-02-17", milestone_id="a-loan")
    assert list(folder.load().milestones["milestone_id"]) == [
        "event-2",
        "a-loan",
        "harbor-announced",
    ]


def test_one_event_brings_all_its_projects_to_its_stage(folder):
    folder.add_milestone("construction", "2026-06-01", project_ids="harbor; mill")
    dataset = folder.load()
    assert dict(zip(dataset.projects["project_id"], dataset.projects["stage"], strict=True)) == {
        "harbor": "construction",
        "mill": "construction",
        "reactors": "announced",
    }
    assert len(dataset.milestones) == 3


def test_an_event_of_the_pledge_itself_names_no_project_and_moves_none(folder):
    folder.add_milestone("note", "2019-07-03", project_ids="")
    dataset = folder.load()
    assert list(dataset.milestones["project_ids"]) == ["", "harbor", "harbor"]
    assert list(dataset.projects["stage"]) == ["financed", "announced", "announced"]


def test_all_faults_of_all_files_are_told_at_once_in_reading_order(folder):
    folder.set("sources.csv", row=3, url="ftp://x", kind="blog")
    folder.set("investments.csv", row=4, states="TN;ZZ")
    folder.set("investments.csv", row=2, amount_usd_bn="2,1", sector="fishery")
    folder.set("milestones.csv", row=3, date="May")
    folder.write("interests.csv", b"\xff\xfe")
    folder.replace("pledge.toml", 'colour = "blue"', 'colour = "azure"')
    (folder.path / "us_states.geojson").unlink()
    places = [line.split(":")[0].split(" — ")[0] for line in folder.faults()]
    assert places == [
        "investments.csv, row 2, amount_usd_bn",
        "investments.csv, row 4, states",
        "milestones.csv, row 3, date",
        "sources.csv, row 3, url",
        "sources.csv, row 3, kind",
        "interests.csv",
        "pledge.toml, sectors 2, colour",
        "us_states.geojson",
    ]


def test_a_thousand_wrong_cells_are_a_thousand_faults(folder):
    for number in range(1_000):
        folder.rows["sources.csv"].append(
            {"source_id": f"s-{number}", "title": "T", "kind": "press", "known": "read"}
        )
    folder.set("sources.csv", row=2)
    assert len(folder.faults()) == 2_000


def test_a_file_that_goes_while_the_folder_is_read_is_a_fault(
    folder, monkeypatch: pytest.MonkeyPatch
):
    def remove_too(path: Path) -> tuple[Outlines | None, list[Fault]]:
        outlines = read_outlines(path)
        path.unlink()
        return outlines

    monkeypatch.setattr(dataset, "read_outlines", remove_too)
    assert folder.faults() == [
        "us_states.geojson — a file that stays in place while the folder is read"
    ]


@pytest.mark.parametrize("file", FILES)
def test_each_file_must_be_there(folder, file: str):
    (folder.path / file).unlink()
    assert f"{file} — this file must be in the data folder" in folder.faults()


def test_a_missing_folder_is_one_fault(tmp_path: Path):
    with pytest.raises(InvalidDatasetError) as raised:
        load(tmp_path / "nowhere")
    assert [str(fault) for fault in raised.value.faults] == [
        f"{tmp_path / 'nowhere'} — the folder that holds the data files"
    ]


def test_the_version_changes_with_every_byte_and_with_nothing_else(folder, tmp_path_factory):
    version = folder.load().version
    copy = tmp_path_factory.mktemp("copy") / "data"
    shutil.copytree(folder.path, copy)
    (copy / "notes.txt").write_text("not part of the data")
    assert load(copy).version == version
    assert len(version) == 12
    folder.replace("pledge.toml", 'value = "1% to 2%"', 'value = "1% to 3%"')
    assert folder.load().version != version


def test_the_fingerprint_changes_with_size_time_and_absence(folder):
    before = fingerprint(folder.path)
    assert before == fingerprint(folder.path)
    os.utime(folder.path / "sources.csv", ns=(0, time.time_ns() + 10**10))
    later = fingerprint(folder.path)
    (folder.path / "sources.csv").unlink()
    gone = fingerprint(folder.path)
    assert len({before, later, gone}) == 3
    assert ("sources.csv", None, None) in gone


def test_the_fingerprint_of_a_missing_folder_is_all_missing(tmp_path: Path):
    assert fingerprint(tmp_path / "nowhere") == tuple((name, None, None) for name in FILES)


def test_the_check_prints_what_it_found(folder, capsys: pytest.CaptureFixture[str]):
    version = folder.load().version
    assert main([str(folder.path)]) == 0
    assert capsys.readouterr().out == (
        f"{folder.path}: 3 projects, 2 milestones, 1 money events, 2 companies, 2 roles, "
        "3 next steps, 2 sources, 1 agreements, 1 interests, 2 conflicts, 2 gaps, 2 outlines — "
        f"version {version}\n"
    )


def test_the_check_lists_faults_as_errors(folder, capsys: pytest.CaptureFixture[str]):
    folder.set("sources.csv", row=2, language="English")
    assert main([str(folder.path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        'sources.csv, row 2, language: "English" — two lowercase letters such as en\n'
    )


def test_the_check_runs_as_a_command_and_refuses_a_wrong_folder():
    command = [sys.executable, "-m", "components.facts.dataset", "nowhere"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 1
    assert result.stderr == "nowhere — the folder that holds the data files\n"


def test_the_check_is_of_the_folder_that_the_environment_names(
    folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("PLEDGE_DATA", str(folder.path))
    folder.set("sources.csv", row=2, language="English")
    assert main([]) == 1
    assert "sources.csv, row 2, language" in capsys.readouterr().err


def test_a_file_that_changes_while_the_folder_is_read_gives_no_data(folder, monkeypatch):
    """Otherwise files and answers would name the new version for the old rows."""
    marks = iter(["before", "after"])
    monkeypatch.setattr(dataset, "fingerprint", lambda _: next(marks))
    with pytest.raises(InvalidDatasetError, match="stay as they are while they are read"):
        load(folder.path)

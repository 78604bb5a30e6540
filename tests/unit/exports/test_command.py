"""``python -m components.exports``: the same files without a browser session."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from components.exports.__main__ import main
from tests.frozen import FOLDER

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _without_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KALEIDO", "off")
    monkeypatch.setenv("PLEDGE_DATA", str(FOLDER))


def run(*arguments: str) -> int:
    """Run the command as the shell would; return the exit code."""
    try:
        return main(arguments)
    except SystemExit as end:
        return int(end.code or 0)


def test_rows_of_a_filter_are_written_under_names_that_say_what_they_are(tmp_path: Path):
    code = run("--state", "TN", "--sector", "nuclear-power", "--out", str(tmp_path),
               "--format", "csv", "--format", "xlsx", "--quiet")  # fmt: skip
    assert code == 0
    stem = "nuclear-power-tn_2026-10-10"
    file = tmp_path / f"us-japan-pledge_projects_{stem}.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        (row,) = csv.DictReader(opened)
    assert (row["project_id"], row["amount_usd_bn"]) == ("smr-tn-al", "40.0")
    assert (tmp_path / f"us-japan-pledge_data_{stem}.xlsx").exists()
    assert {path.suffix for path in tmp_path.iterdir()} == {".csv", ".xlsx"}


def test_the_address_of_the_dashboard_puts_the_link_into_the_files(tmp_path: Path):
    run("--state", "TN", "--out", str(tmp_path), "--format", "json", "--quiet",
        "--address", "https://pledge.example")  # fmt: skip
    (file,) = tmp_path.glob("*_projects_*.json")
    assert json.loads(file.read_text("utf-8"))["link"] == "https://pledge.example/?state=TN"


def test_without_formats_the_zip_is_written_unpacked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert run("--state", "GA", "--out", str(tmp_path / "new" / "folder"), "--quiet") == 1
    package = json.loads((tmp_path / "new" / "folder" / "datapackage.json").read_text("utf-8"))
    for entry in package["resources"]:
        assert (tmp_path / "new" / "folder" / entry["path"]).stat().st_size == entry["bytes"]
    assert "35 pictures are missing: Pictures are switched off" in capsys.readouterr().err


def test_the_briefing_and_the_zip_are_files_like_any_other(tmp_path: Path):
    code = run("--out", str(tmp_path), "--format", "briefing", "--format", "zip",
               "--paper", "a4", "--quiet")  # fmt: skip
    assert code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "us-japan-pledge_briefing_2026-10-10_a4.pdf",
        "us-japan-pledge_everything_2026-10-10.zip",
    ]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(["--state", "ZZ"], "--state 'ZZ' is not known. Known: AL, GA, ", id="state"),
        pytest.param(["--sector", "=1+1"], "--sector '=1+1' is not known.", id="sector"),
        pytest.param(["--tranche", "9"], "--tranche '9' is not known. Known: 1, 2.", id="tranche"),
        pytest.param(["--format", "gif"], "--format 'gif' is not known. Known: png, ", id="format"),
        pytest.param(["--paper", "a5"], "--paper 'a5' is not known.", id="paper"),
        pytest.param(["--address", "ftp://x"], "--address 'ftp://x' is not a web", id="address"),
        pytest.param(["--as-of", "soon"], "--as-of 'soon' is not known. Known: days", id="day"),
        pytest.param(["--project", "x"], "--project 'x' is not known. Known: gas-pa", id="project"),
        pytest.param(["--format", "sheet"], "give exactly one --state", id="sheet of no state"),
        pytest.param(["--colour", "red"], "unrecognized arguments: --colour red", id="option"),
    ],
)
def test_a_bad_value_is_one_clear_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
):
    assert run(*arguments, "--out", str(tmp_path / "none")) == 2
    told = capsys.readouterr().err
    assert complaint in told
    assert told.count("\n") == 1
    assert not (tmp_path / "none").exists()


def test_a_past_day_gives_what_was_known_on_it(tmp_path: Path):
    code = run("--as-of", "2026-03-01", "--out", str(tmp_path), "--format", "json", "--quiet",
               "--address", "https://pledge.example")  # fmt: skip
    assert code == 0
    (file,) = tmp_path.glob("*_projects_2026-03-01.json")
    told = json.loads(file.read_text("utf-8"))
    assert len(told["rows"]) == 3
    assert told["link"] == "https://pledge.example/?as_of=2026-03-01"
    assert "as known on 1 March 2026" in told["subtitle"]


def test_the_sheet_of_a_state_is_a_file_like_any_other(tmp_path: Path):
    assert run("--state", "TN", "--format", "sheet", "--out", str(tmp_path), "--quiet") == 0
    assert [path.name for path in tmp_path.iterdir()] == [
        "us-japan-pledge_sheet_tn_2026-10-10_us-letter.pdf"
    ]


def test_a_missing_folder_to_write_to_is_asked_for(capsys: pytest.CaptureFixture[str]):
    assert run() == 2
    assert "--out" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "file").write_text("in the way")
    assert run("--out", str(tmp_path / "file"), "--format", "json", "--quiet") == 1
    told = capsys.readouterr().err
    assert str(tmp_path / "file") in told
    assert told.count("\n") == 1


def test_faulty_data_is_told_by_file_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "data").mkdir()
    assert run("--data", str(tmp_path / "data"), "--out", str(tmp_path / "out")) == 1
    assert "investments.csv" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_help_names_formats_exit_codes_and_environment():
    command = [sys.executable, "-m", "components.exports", "--help"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for words in ("--state", "--format", "parquet", "exit codes", "KALEIDO", "PLEDGE_DATA"):
        assert words in told

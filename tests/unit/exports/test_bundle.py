"""The ZIP of a view, here without its pictures: tests/browser draws them."""

import csv
import hashlib
import json
import subprocess
import sys
from functools import lru_cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import yaml
from pypdf import PdfReader

from components.basics.byte_cache import ByteCache
from components.exports import bundle, files
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from tests.unit.factories import make_baseline, make_projects, make_view

SHIPPED = Baseline.of(load(Path(__file__).parents[3] / "data"))
LINK = "https://a.example/?state=OH"
HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "<script>alert(1)</script>",
    '"; rm -rf /',
    "עברית 日本 🗾",
)


@pytest.fixture(autouse=True)
def _without_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KALEIDO", "off")
    monkeypatch.setattr(files, "CACHE", ByteCache())


def ohio(**columns: Any) -> View:
    projects = make_projects(("plant", "OH", 12.0), ("mine", "OH", 0.6, "about"), **columns)
    return make_view(projects, ProjectFilter(state=("OH",)))


def unpack(view: View) -> dict[str, bytes]:
    with ZipFile(BytesIO(bundle.bundle_bytes(view, link=LINK))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@lru_cache
def packed_ohio() -> dict[str, bytes]:
    """Unpack the ZIP of the two projects, which is made once for all tests."""
    return unpack(ohio())


def test_the_package_lists_every_file_with_its_size_and_hash():
    packed = packed_ohio()
    package = json.loads(packed["datapackage.json"])
    listed = {entry["path"]: entry for entry in package["resources"]}
    explained = {"README.txt", "CITATION.cff", "datapackage.json"}
    assert set(listed) == set(packed) - explained
    for path, entry in listed.items():
        assert entry["bytes"] == len(packed[path])
        assert entry["hash"] == f"sha256:{hashlib.sha256(packed[path]).hexdigest()}"
    names = [entry["name"] for entry in package["resources"]]
    assert len(names) == len(set(names))


def test_the_package_describes_every_column_of_its_csv_files():
    packed = packed_ohio()
    for entry in json.loads(packed["datapackage.json"])["resources"]:
        if entry["format"] == "csv":
            header = next(csv.reader(StringIO(packed[entry["path"]].decode())))
            assert [field["name"] for field in entry["schema"]["fields"]] == header
            assert all(field["description"] for field in entry["schema"]["fields"])


@pytest.mark.parametrize("chosen", [ProjectFilter(), ProjectFilter(state=("PA", "TN"))])
def test_the_shipped_data_unpack_to_a_valid_data_package(chosen: ProjectFilter, tmp_path: Path):
    view = View(SHIPPED, chosen)
    with ZipFile(BytesIO(bundle.bundle_bytes(view, link=LINK))) as archive:
        archive.extractall(tmp_path)
    # As a user runs it; imported, it would change how every test after it reads CSV.
    command = [sys.executable, "-m", "frictionless", "validate", "--json", "datapackage.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert [error for task in report["tasks"] for error in task["errors"]] == []
    assert (done.returncode, report["valid"]) == (0, True)
    assert {task["type"] for task in report["tasks"]} == {"table", "file"}


def test_the_package_is_dated_by_the_release_and_says_what_it_shows():
    view = make_view(
        make_projects(("plant", "OH", 12.0)), ProjectFilter(state=("OH",)), version="2026.12.31.2"
    )
    with ZipFile(BytesIO(bundle.bundle_bytes(view, link=LINK))) as archive:
        package = json.loads(archive.read("datapackage.json"))
        readme = archive.read("README.txt").decode()
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2026, 12, 31)}
    assert package["created"] == "2026-12-31T12:00:00Z"
    assert package["version"] == "2026.12.31.2 (0123456789ab)"
    assert package["homepage"] == LINK
    for words in ("Projects in Ohio", "Data as of 1 January 2027."):
        assert words in package["description"]
    assert "Released         31 December 2026" in readme


def test_the_workbook_in_it_has_a_sheet_for_each_of_its_tables():
    packed = packed_ohio()
    package = json.loads(packed["datapackage.json"])
    titles = [entry["title"] for entry in package["resources"] if entry["format"] == "csv"]
    (path,) = [path for path in packed if path.endswith(".xlsx")]
    cover, *sheets = openpyxl.load_workbook(BytesIO(packed[path])).worksheets
    assert cover.title == "About"
    assert len(titles) == len(sheets)
    for title, sheet in zip(titles, sheets, strict=True):
        assert title.startswith(sheet.title.removesuffix("…"))


def test_flags_are_booleans_of_the_data_package():
    packed = packed_ohio()
    written = {"trueValues": ["TRUE"], "falseValues": ["FALSE"]}
    for entry in json.loads(packed["datapackage.json"])["resources"]:
        for field in entry.get("schema", {"fields": []})["fields"]:
            if field["name"] == "is_in_filter":
                assert field.items() >= (written | {"type": "boolean"}).items()
                rows = csv.DictReader(StringIO(packed[entry["path"]].decode()))
                assert {row["is_in_filter"] for row in rows} <= {"TRUE", "FALSE"}


def test_the_rows_in_it_are_those_of_the_view():
    packed = packed_ohio()
    (path,) = [path for path in packed if "_projects_" in path and path.endswith(".csv")]
    rows = list(csv.DictReader(StringIO(packed[path].decode())))
    assert {row["project_id"]: float(row["amount_usd_bn"]) for row in rows} == {
        "plant": 12.0,
        "mine": 0.6,
    }
    assert {row["about_link"] for row in rows} == {LINK}


def test_a_conflict_in_it_brings_its_sources_along():
    sides = {"a_source_ids": "gazette", "b_source_ids": "courier"}
    baseline = make_baseline(
        make_projects(("plant", "OH", 12.0)),
        conflicts=[{"conflict_id": "amount", "project_ids": "plant", **sides}],
    )
    packed = unpack(View(baseline, ProjectFilter(state=("OH",))))
    (path,) = [path for path in packed if "_conflicts_" in path and path.endswith(".csv")]
    (row,) = csv.DictReader(StringIO(packed[path].decode()))
    assert (row["conflict_id"], row["b_source_ids"]) == ("amount", "courier")
    package = json.loads(packed["datapackage.json"])
    assert [source["title"] for source in package["sources"]] == ["The Gazette: ", "The Courier: "]
    assert "Sources: The Gazette and The Courier." in packed["README.txt"].decode()


def test_the_readme_carries_what_every_export_carries():
    readme = packed_ohio()["README.txt"].decode()
    for words in (
        "A small pledge",
        "Projects in Ohio: 2 of 2 projects.",
        "Announced amounts, not money spent.",
        "Sources: The Gazette.",
        "1 January 2027",
        "2026.1 (0123456789ab)",
        "CC BY 4.0",
        LINK,
    ):
        assert words in readme


def test_what_is_missing_without_chromium_is_named_with_the_reason():
    packed = packed_ohio()
    readme = packed["README.txt"].decode()
    assert not any(path.startswith("pictures/") for path in packed)
    assert "small-pledge_map_oh_2027-01-01.svg" in readme
    assert "Pictures are switched off on this server (KALEIDO=off)." in readme


def test_the_citation_and_the_briefing_open():
    packed = packed_ohio()
    assert yaml.safe_load(packed["CITATION.cff"])["url"] == LINK
    (briefing,) = [path for path in packed if "_briefing_" in path]
    assert "Projects in Ohio" in PdfReader(BytesIO(packed[briefing])).pages[0].extract_text()


def test_equal_views_give_equal_bundles(monkeypatch: pytest.MonkeyPatch):
    first = bundle.bundle_bytes(ohio(), link=LINK)
    monkeypatch.setattr(files, "CACHE", ByteCache())
    assert bundle.bundle_bytes(ohio(), link=LINK) == first


def test_progress_reaches_the_end():
    heard: list[tuple[int, int]] = []
    bundle.bundle_bytes(ohio(), link="", progress=lambda done, whole: heard.append((done, whole)))
    assert heard[-1][0] == heard[-1][1]
    assert [done for done, _ in heard] == list(range(1, len(heard) + 1))


def test_hostile_text_comes_through_as_text():
    texts = [*HOSTILE, "x" * 10_000]
    rows = [(f"p{number}", "OH", 1.0) for number in range(len(texts))]
    packed = unpack(make_view(make_projects(*rows, project=texts)))
    (path,) = [path for path in packed if "_projects_" in path and path.endswith(".json")]
    assert sorted(row["project"] for row in json.loads(packed[path])["rows"]) == sorted(texts)


def test_a_licence_that_is_not_known_has_a_name_and_no_address():
    view = make_view(make_projects(("plant", "OH", 12.0)), licence="Ask us")
    package = json.loads(unpack(view)["datapackage.json"])
    assert package["licenses"] == [{"title": "Ask us"}]

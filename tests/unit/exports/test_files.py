"""Every file that can be made of a view."""

from typing import Any

import pytest

from components.basics.byte_cache import ByteCache
from components.exports import files, tables
from components.exports.files import FORMATS, TABULAR
from components.ui.aside_cards import FORMATS as OFFERED
from components.views.filters import ProjectFilter
from components.views.view import View
from tests.unit.factories import make_projects, make_view

LINK = "https://a.example/"


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "CACHE", ByteCache())


def small_view(chosen: ProjectFilter | None = None) -> View:
    return make_view(make_projects(("plant", "OH", 12.0), ("reactor", "TN;AL", 40.0)), chosen)


def list_files(view: View, formats: set[str]) -> list[files.File]:
    return files.of_view(view, formats=formats, link=LINK, paper="us-letter")


def test_every_format_gives_files_and_no_two_share_a_name():
    listed = list_files(small_view(ProjectFilter(state=("OH",))), set(FORMATS))
    # The calendar is saved where its dates are read, not with the rows of a view.
    assert {file.format.id for file in listed} == set(FORMATS) - {"calendar"}
    names = [file.name for file in listed]
    assert len(names) == len(set(names))


def test_only_the_formats_asked_for_are_listed():
    assert {file.format.id for file in list_files(small_view(), {"svg", "json"})} == {"svg", "json"}


def test_a_view_of_nothing_has_rows_and_no_pictures():
    listed = list_files(small_view(ProjectFilter(state=("WY",))), set(FORMATS))
    assert not any(file.needs_browser for file in listed)
    (projects,) = [file for file in listed if file.format.id == "csv" and "_projects_" in file.name]
    assert projects.table is not None
    assert len(projects.table.rows) == 0


def test_the_same_file_asked_for_twice_is_made_once(monkeypatch: pytest.MonkeyPatch):
    made = []

    def write(*_: Any) -> bytes:
        made.append(1)
        return b"rows"

    monkeypatch.setitem(TABULAR, "json", write)
    view = small_view()
    table = tables.projects(view, link=LINK)
    first, second = (files.rows(table, view, kind="json", link=LINK) for _ in range(2))
    assert (first.content(), second.content(), len(made)) == (b"rows", b"rows", 1)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"link": "https://b.example/"}, id="another link"),
        pytest.param({"kind": "parquet"}, id="another format"),
        pytest.param({"chosen": ProjectFilter(state=("OH",))}, id="another filter"),
    ],
)
def test_files_that_differ_are_kept_apart(other: dict[str, Any]):
    def key(*, link: str = LINK, kind: str = "json", chosen: ProjectFilter | None = None) -> object:
        view = small_view(chosen)
        return files.rows(tables.projects(view, link=link), view, kind=kind, link=link).key

    assert key() == key()
    assert key(**other) != key()


@pytest.mark.parametrize("kind", list(TABULAR))
def test_the_size_of_a_short_table_is_exact(kind: str):
    view = small_view()
    file = files.rows(tables.projects(view, link=LINK), view, kind=kind, link=LINK)
    assert file.size() == len(file.content())


def test_the_size_of_the_workbook_is_about_right():
    view = small_view()
    size = len(files.book(view, link=LINK).content())
    assert files.book_size(view, link=LINK) == pytest.approx(size, rel=0.25)


def test_both_kinds_of_csv_have_a_name_of_their_own():
    view = small_view()
    table = tables.projects(view, link=LINK)
    names = {files.rows(table, view, kind=kind, link=LINK).name for kind in ("csv", "excel-csv")}
    assert names == {
        "small-pledge_projects_2027-01-01.csv",
        "small-pledge_projects_2027-01-01_excel.csv",
    }


def test_one_table_alone_comes_in_each_format_that_a_page_offers():
    view = small_view()
    table = tables.projects(view, link=LINK)
    starts = {kind: files.rows(table, view, kind=kind, link=LINK).content()[:4] for kind in OFFERED}
    assert starts["xlsx"] == b"PK\x03\x04"
    assert all(starts.values())

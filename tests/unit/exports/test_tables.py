import pytest

from components.exhibits import EXHIBITS, ROWS_OF
from components.exports import tables
from components.filters import ProjectFilter
from components.schema import INVESTMENTS, TABLES
from tests.unit.factories import make_projects, make_view

PROJECTS = make_projects(
    ("plant", "OH", 33.3, "about"), ("mill", "OH"), ("reactors", "TN;AL", 40.0, "up_to")
)
VIEW = make_view(PROJECTS)
REACTORS = make_view(PROJECTS, ProjectFilter(state=("AL",)))


def test_projects_have_the_columns_of_the_data_then_their_stage_and_sources():
    table = tables.projects(REACTORS, link="")
    computed = ["stage", "stage_date", "stage_extent", "sources"]
    assert list(table.rows) == [*INVESTMENTS.columns, *computed]
    assert list(table.rows["project_id"]) == ["reactors"]
    assert list(table.rows.index) == [0]


def test_sources_stand_in_full_beside_their_ids():
    assert set(tables.projects(VIEW, link="").rows["sources"]) == {"The Gazette"}


@pytest.mark.parametrize("view", [VIEW, REACTORS], ids=["all", "one state"])
def test_every_column_of_every_table_says_what_it_means(view):
    for table in tables.of_view(view, link=""):
        assert [column.name for column in table.columns] == list(table.rows)
        assert all(column.title and column.description for column in table.columns)


def test_all_projects_come_with_every_table_of_the_data():
    names = {table.name for table in tables.of_view(VIEW, link="")}
    declared = {str(table.name) for table in TABLES} - {"investments"}
    assert declared | {"projects"} <= names


def test_what_stands_beside_the_pledge_says_so_and_goes_with_no_filter():
    apart = {"agreements", "interests"}
    notes = {table.name: table.colophon.note for table in tables.of_view(VIEW, link="")}
    assert {notes[name] for name in apart} == {tables.APART}
    assert apart.isdisjoint(table.name for table in tables.of_view(REACTORS, link=""))


def test_a_table_names_the_filter_and_what_it_shares():
    words = tables.projects(REACTORS, link="http://x/?state=AL").colophon
    assert words.subtitle == (
        "US$ billions, announced, not spent. Projects in Alabama: 1 of 3 projects."
    )
    assert "A shared amount stands in full in each of its states" in words.note
    assert words.link == "http://x/?state=AL"


def test_every_exhibit_says_what_a_row_of_it_is():
    assert set(ROWS_OF) == set(EXHIBITS)
    for name, make in EXHIBITS.items():
        exhibit = make(VIEW)
        assert exhibit.id == name
        table = tables.of_exhibit(exhibit, VIEW, link="")
        assert table.name == name
        assert list(table.rows) == [column.name for column in table.columns]

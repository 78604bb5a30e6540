import pytest

from components.exhibits.registry import EXHIBITS
from components.exports import tables
from components.facts.parties import PARTIES
from components.facts.schema import INVESTMENTS, TABLES
from components.subjects import project_list
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from tests.unit.factories import make_baseline, make_dataset, make_projects, make_view

PROJECTS = make_projects(
    ("plant", "OH", 33.3, "about"), ("mill", "OH"), ("reactors", "TN;AL", 40.0, "up_to")
)
VIEW = make_view(PROJECTS)
REACTORS = make_view(PROJECTS, ProjectFilter(state=("AL",)))


def _sides(*sources: str) -> dict[str, str]:
    return {f"{side}_source_ids": ids for side, ids in zip("abc", sources, strict=False)}


DISPUTED = make_baseline(
    PROJECTS,
    conflicts=[
        {"conflict_id": "amount", "project_ids": "mill;plant", **_sides("gazette", "courier")},
        {"conflict_id": "deadline", **_sides("gazette", "courier")},
        {
            "conflict_id": "states",
            "project_ids": "reactors",
            **_sides("gazette", "gazette", "courier"),
        },
    ],
    gaps=[
        {"gap_id": "disbursements"},
        {"gap_id": "site", "project_ids": "mill"},
        {"gap_id": "split", "project_ids": "plant;reactors"},
    ],
)


def test_projects_have_the_columns_of_the_data_then_their_stage_and_sources():
    table = tables.projects(REACTORS, link="")
    stages = ["stage", "stage_date", "stage_extent"]
    assert list(table.rows) == [*INVESTMENTS.columns, *stages, *PARTIES, "sources"]
    assert list(table.rows["project_id"]) == ["reactors"]
    assert list(table.rows.index) == [0]


def test_sources_stand_in_full_beside_their_ids():
    assert set(tables.projects(VIEW, link="").rows["sources"]) == {"The Gazette"}


def test_a_source_in_full_ends_with_how_it_is_known_unless_it_was_read():
    data = make_dataset(
        PROJECTS.assign(source_ids="courier;gazette;herald"),
        sources=[
            {"source_id": "courier", "publisher": "The Courier", "known": "copy"},
            {"source_id": "gazette", "publisher": "The Gazette", "known": "read"},
            {"source_id": "herald", "publisher": "The Herald", "title": "News", "known": "cited"},
        ],
    )
    rows = tables.projects(View(Baseline.of(data), ProjectFilter()), link="").rows
    assert set(rows["sources"]) == {
        "The Courier, read in a copy | The Gazette | The Herald, News, original not seen"
    }


@pytest.mark.parametrize("view", [VIEW, REACTORS], ids=["all", "one state"])
def test_every_column_of_every_table_says_what_it_means(view):
    for table in tables.of_view(view, link=""):
        assert [column.name for column in table.columns] == list(table.rows)
        assert all(column.title and column.description for column in table.columns)


def test_what_a_search_left_comes_in_the_order_of_the_list_and_says_of_what_search():
    listed = project_list.listing(VIEW, search="oh", sort="-project")
    table = tables.projects(VIEW, link="", listed=listed, search="oh")
    assert list(table.rows["project_id"]) == ["plant", "mill"]
    assert table.colophon.subtitle.endswith("All 3 projects; 2 projects found for “oh”.")


def test_all_projects_come_with_every_table_of_the_data():
    names = {table.name for table in tables.of_view(VIEW, link="")}
    declared = {str(table.name) for table in TABLES} - {"investments"}
    assert declared | {"projects"} <= names


def test_what_stands_beside_the_pledge_says_so_and_goes_with_no_filter():
    apart = {"agreements", "interests"}
    notes = {table.name: table.colophon.note for table in tables.of_view(VIEW, link="")}
    assert {notes[name] for name in apart} == {tables.APART}
    assert apart.isdisjoint(table.name for table in tables.of_view(REACTORS, link=""))


@pytest.mark.parametrize(
    ("chosen", "conflicts", "gaps"),
    [
        pytest.param(
            ProjectFilter(),
            ["amount", "deadline", "states"],
            ["disbursements", "site", "split"],
            id="all",
        ),
        pytest.param(ProjectFilter(state=("AL",)), ["states"], ["split"], id="one project"),
        pytest.param(ProjectFilter(state=("OH",)), ["amount"], ["site", "split"], id="two"),
        pytest.param(ProjectFilter(state=("WY",)), [], [], id="none"),
    ],
)
def test_conflicts_and_gaps_are_those_of_the_projects_shown(
    chosen: ProjectFilter, conflicts: list[str], gaps: list[str]
):
    given = {table.name: table.rows for table in tables.of_view(View(DISPUTED, chosen), link="")}
    assert list(given["conflicts"]["conflict_id"]) == conflicts
    assert list(given["gaps"]["gap_id"]) == gaps
    for name in ("conflicts", "gaps"):
        assert list(given[name].index) == list(range(len(given[name])))


def test_the_sources_of_every_side_of_a_conflict_are_cited():
    view = View(DISPUTED, ProjectFilter(state=("AL",)))
    given = {table.name: table for table in tables.of_view(view, link="")}
    both = "Sources: The Gazette and The Courier. Data as of 1 January 2027."
    assert given["conflicts"].colophon.source == both
    assert list(given["sources"].rows["source_id"]) == ["courier", "gazette"]
    assert tables.source_ids(view) == ["gazette", "courier"]
    assert tables.colophon(view, link="").source == both
    assert given["projects"].colophon.source == "Sources: The Gazette. Data as of 1 January 2027."


def test_a_table_without_sources_of_its_own_names_those_of_the_view():
    for table in tables.of_view(View(DISPUTED, ProjectFilter()), link=""):
        if table.name in {"gaps", "milestones"}:
            source = table.colophon.source
            assert source == "Sources: The Gazette. Data as of 1 January 2027."


def test_a_table_names_the_filter_and_what_it_shares():
    words = tables.projects(REACTORS, link="http://x/?state=AL").colophon
    assert words.subtitle == (
        "US$ billions, announced, not spent. Projects in Alabama: 1 of 3 projects."
    )
    assert "A shared amount stands in full in each of its states" in words.note
    assert words.link == "http://x/?state=AL"


def test_every_exhibit_says_what_a_row_of_it_is():
    for name, kind in EXHIBITS.items():
        table = tables.of_exhibit(kind.of(VIEW), link="")
        assert table.name == name
        assert table.description == f"One row for each {kind.noun}."
        assert list(table.rows) == [column.name for column in table.columns]

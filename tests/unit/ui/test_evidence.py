"""The sources beside a fact say which of them were not read themselves."""

from markupsafe import Markup

from components.ui import evidence
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from tests.unit.factories import make_dataset, make_projects

IDS = ("courier", "gazette", "herald")
LINK = "https://courier.example"
VIEW = View(
    Baseline.of(
        make_dataset(
            make_projects(("plant", "OH", 12.0)),
            sources=[
                {"source_id": "courier", "publisher": "The Courier", "url": LINK, "known": "copy"},
                {"source_id": "gazette", "publisher": "The Gazette", "known": "read"},
                {"source_id": "herald", "publisher": "The Herald", "known": "cited"},
            ],
        )
    ),
    ProjectFilter(),
)


def test_a_cell_says_after_a_publisher_that_the_publication_was_not_read_itself():
    cell = evidence.cited(VIEW, IDS)
    assert cell.striptags() == (
        "The Courier, read in a copy; The Gazette; The Herald, original not seen"
    )
    assert Markup("The Courier</a>, read in a copy") in cell


def test_a_list_says_so_after_the_title_and_the_date():
    items = evidence.listed(VIEW, IDS).split("<li>")[1:]
    told = [("read in a copy" in item, "original not seen" in item) for item in items]
    assert told == [(True, False), (False, False), (False, True)]

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.exports.file_names import file_name
from components.views.filters import ProjectFilter
from components.views.view import View
from tests.unit.factories import make_baseline, make_projects, make_view

PROJECTS = make_projects(("plant", "OH", 33.3, "about"), ("reactors", "TN;AL", 40.0, "up_to"))
BASELINE = make_baseline(PROJECTS)


@pytest.mark.parametrize(
    ("chosen", "name"),
    [
        pytest.param(ProjectFilter(), "small-pledge_by-state_2027-01-01.csv", id="all"),
        pytest.param(
            ProjectFilter(state=("TN", "AL")),
            "small-pledge_by-state_al-tn_2027-01-01.csv",
            id="states",
        ),
        pytest.param(
            ProjectFilter(sector=("gas",), tranche=("2",)),
            "small-pledge_by-state_gas-2_2027-01-01.csv",
            id="two facets",
        ),
    ],
)
def test_a_file_is_named_after_what_is_in_it(chosen: ProjectFilter, name: str):
    assert file_name(make_view(PROJECTS, chosen), "by-state", "csv") == name


def test_a_name_without_an_extension_ends_with_the_date():
    assert file_name(make_view(PROJECTS), "map") == "small-pledge_map_2027-01-01"


@given(st.lists(st.text(), max_size=5))
def test_no_filter_makes_a_name_harmful(states: list[str]):
    name = file_name(View(BASELINE, ProjectFilter(state=tuple(states))), "map", "csv")
    assert re.fullmatch(r"[a-z0-9_-]+\.csv", name)
    assert len(name) < 120


def test_a_variant_tells_two_files_of_one_subject_apart():
    name = file_name(make_view(PROJECTS), "map", "png", variant="1200x630")
    assert name == "small-pledge_map_2027-01-01_1200x630.png"

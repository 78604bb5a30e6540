"""The projects of a view as a list: searched, sorted, browsed."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.subjects.project_list import listing, nearest, neighbours
from components.views.filters import ProjectFilter
from components.views.links import SORTS
from components.views.view import Baseline, View
from tests.unit.factories import make_dataset, make_event, make_projects, make_view

PROJECTS = make_projects(
    ("alpha", "TX", 2.0),
    ("beta", "TN;AL", 40.0, "up_to"),
    ("delta", "OH"),
    ("gamma", "OH", 2.0),
    project=["zinc smelter", "Reactors", "ammonia plant", "Éclair works"],
    sector=["minerals", "nuclear", "gas", "gas"],
    stage=["financed", "announced", "announced", "cancelled"],
    developer=["Orano", "", "atlas", "Zeus"],
    takes_part=["Orano", "Hitachi", "atlas", "Zeus"],
    interested=["", "Toshiba", "", ""],
    technology=["Roasting", "", "", ""],
    place=["", "", "Pier 4", ""],
    county=["Brazoria", "", "", ""],
    summary=["", "", "東芝が建設する", "100% green (really)"],
)
EVENTS = (
    make_event("beta", "2026-05-01"),
    make_event("gamma", "2026-01-05"),
    make_event("gamma", "2026-02-17"),
)


def view_of(chosen: ProjectFilter | None = None) -> View:
    return Baseline.of(make_dataset(PROJECTS, events=EVENTS)).view(chosen or ProjectFilter())


def listed(view: View, **asked: str) -> list[str]:
    return list(view.dataset.projects.loc[listing(view, **asked), "project_id"])


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        pytest.param("", "beta alpha gamma delta", id="largest first, undisclosed last"),
        pytest.param("-amount", "beta alpha gamma delta", id="ties by id"),
        pytest.param("amount", "alpha gamma beta delta", id="undisclosed last either way"),
        pytest.param("project", "delta beta alpha gamma", id="name without regard to case"),
        pytest.param("-project", "gamma alpha beta delta", id="name from the end"),
        pytest.param("states", "delta gamma beta alpha", id="states"),
        pytest.param("-states", "alpha beta delta gamma", id="states from the end, ties by id"),
        pytest.param("sector", "alpha delta gamma beta", id="label of the sector"),
        pytest.param("-sector", "beta delta gamma alpha", id="label from the end, ties by id"),
        pytest.param("stage", "beta delta alpha gamma", id="stages in their order"),
        pytest.param("-stage", "gamma alpha beta delta", id="furthest first"),
        pytest.param("milestone", "gamma beta alpha delta", id="earliest first, none last"),
        pytest.param("-milestone", "beta gamma alpha delta", id="latest first, none last"),
        pytest.param("developer", "delta alpha gamma beta", id="unknown company last"),
        pytest.param("-developer", "gamma alpha delta beta", id="unknown last either way"),
    ],
)
def test_the_list_is_sorted_as_asked(sort: str, order: str):
    assert listed(view_of(), sort=sort) == order.split()


def test_names_are_sorted_as_they_are_read():
    readings = {"zinc smelter": "あえん", "Éclair works": "エクレア", "Reactors": "げんしろ"}
    read = replace(make_dataset(PROJECTS), readings=readings)
    view = Baseline.of(read).view(ProjectFilter())
    assert listed(view, sort="project") == ["delta", "alpha", "gamma", "beta"]
    assert listed(view, sort="-project") == ["beta", "gamma", "alpha", "delta"]


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_has_every_project_once(sort: str):
    assert sorted(listed(view_of(), sort=sort)) == ["alpha", "beta", "delta", "gamma"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        pytest.param("ZINC", "alpha", id="name in any case"),
        pytest.param("orano", "alpha", id="company"),
        pytest.param("gamma", "gamma", id="id"),
        pytest.param("alabama", "beta", id="name of a state"),
        pytest.param("nuclear", "beta", id="label of a sector"),
        pytest.param("ohio gas", "gamma delta", id="every word, in whatever text"),
        pytest.param("ohio zinc", "", id="not some words only"),
        pytest.param("éclair", "gamma", id="accents in any case"),
        pytest.param("toshiba", "beta", id="company that is only interested"),
        pytest.param("roasting", "alpha", id="technology"),
        pytest.param("pier", "delta", id="place"),
        pytest.param("brazoria", "alpha", id="county"),
        pytest.param("Tennessee HITACHI reactors", "beta", id="words of three texts"),
        pytest.param("orano orano orano orano nowhere", "", id="every word is read"),
        pytest.param("eclair", "gamma", id="without its accent"),
        pytest.param("ＺＩＮＣ", "alpha", id="at full width"),
        pytest.param("100%", "gamma", id="nor is a percent sign"),
        pytest.param("[", "", id="an open bracket is no error"),
        pytest.param("\\", "", id="nor is a backslash"),
        pytest.param("東芝", "delta", id="Japanese"),
        pytest.param("(really)", "gamma", id="brackets are no pattern"),
        pytest.param(".*", "", id="nor are dots and stars"),
        pytest.param("   ", "beta alpha gamma delta", id="blanks search for nothing"),
    ],
)
def test_a_search_leaves_what_has_every_word(search: str, found: str):
    assert listed(view_of(), search=search) == found.split()


def test_the_list_is_that_of_the_filter():
    assert listed(view_of(ProjectFilter(state=("OH",)))) == ["gamma", "delta"]
    assert listed(view_of(ProjectFilter(state=("OH",))), search="plant") == ["delta"]
    assert listed(view_of(ProjectFilter(state=("WY",)))) == []


@given(st.text(max_size=30))
@settings(max_examples=50, deadline=None)
def test_whatever_is_searched_for_leaves_some_projects_in_their_order(search: str):
    found = listed(view_of(), search=search)
    assert found == [one for one in listed(view_of()) if one in found]


@pytest.mark.parametrize(
    ("project_id", "before", "after"),
    [("beta", "", "alpha"), ("alpha", "beta", "gamma"), ("delta", "gamma", ""), ("none", "", "")],
)
def test_a_project_has_the_neighbours_of_the_list(project_id: str, before: str, after: str):
    assert neighbours(view_of(), project_id) == (before, after)


def test_neighbours_are_those_of_the_filter_or_of_all_where_it_leaves_the_project_out():
    ohio = view_of(ProjectFilter(state=("OH",)))
    assert neighbours(ohio, "gamma") == ("", "delta")
    assert neighbours(ohio, "beta") == ("", "alpha")


def test_ids_spelled_alike_are_near():
    assert nearest(view_of(), "Betta")[0] == "beta"
    assert nearest(view_of(), "x" * 10_000) == []
    assert nearest(view_of(), "") == []


def test_at_most_five_near_ids_are_given_the_nearest_first():
    view = make_view(make_projects(*((f"gas-{letter}", "OH") for letter in "abcdefg")))
    found = nearest(view, "gas-g")
    assert (len(found), found[0]) == (5, "gas-g")


def test_near_ids_are_of_all_projects_whatever_the_filter():
    assert nearest(view_of(ProjectFilter(state=("OH",))), "alpa")[0] == "alpha"


def test_nothing_is_listed_where_nothing_is():
    view = make_view(make_projects())
    for sort in SORTS:
        assert len(listing(view, sort=sort, search="a b")) == 0


def test_amounts_are_left_as_they_are():
    view = view_of()
    listing(view, sort="amount")
    assert math.isnan(view.projects["amount_usd_bn"].iloc[2])

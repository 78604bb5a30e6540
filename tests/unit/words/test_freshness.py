"""When sources were last searched, and on which projects nothing was found since."""

from datetime import date

import pytest

from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from components.words import freshness
from tests.unit.factories import make_dataset, make_event, make_projects

PROJECTS = make_projects(
    ("plant", "OH", 10.0),
    ("mill", "OH", 2.0),
    ("pier", "TX"),
    ("yard", "TX"),
    ("dam", "TX"),
    announced_on="2026-02-17",
    stage=["announced", "announced", "announced", "operating", "cancelled"],
)
EVENTS = [
    make_event("plant", "2026-07-05"),
    make_event("mill", "2025-10-28"),
    make_event("pier", "2026-06"),
    make_event("yard", "2026-02-20", "operating"),
    make_event("dam", "2026-02-20", "cancelled"),
]
"""The data is as of 1 January 2027; 180 days earlier is 5 July 2026."""


def view_of(chosen: ProjectFilter | None = None, *, events=EVENTS, **pledge: str) -> View:
    dataset = make_dataset(PROJECTS, events=events, pledge=pledge)
    return Baseline.of(dataset).view(chosen or ProjectFilter())


def test_the_last_search_and_how_far_it_reaches_are_said():
    view = view_of(searched_on="2027-02-03")
    assert freshness.searched(view) == (
        "Sources were last searched on 3 February 2027; what was found reaches to 1 January 2027."
    )
    assert freshness.note(view).startswith(freshness.searched(view))


def test_where_no_search_is_known_or_on_a_past_day_none_is_spoken_of():
    assert freshness.searched(view_of()) == ""
    past = view_of(searched_on="2027-02-03").baseline.as_known_on(date(2026, 12, 31))
    assert freshness.searched(past.view(ProjectFilter())) == ""


def test_silent_projects_are_named_with_the_date_of_their_last_event():
    assert freshness.silence(view_of()) == (
        "Nothing was found for 180 days or more on The plant (since 5 July 2026); "
        "The mill (since 17 February 2026); The pier (since June 2026)."
    )


def test_a_filter_names_its_own_projects_alone():
    ohio = view_of(ProjectFilter(state=("OH",)))
    assert "The pier" not in freshness.silence(ohio)
    assert freshness.silence(view_of(ProjectFilter(project=("yard",)))) == ""


def test_more_than_three_silent_projects_are_counted():
    more = make_projects(*((f"site-{number}", "OH") for number in range(4)))
    view = Baseline.of(make_dataset(more)).view(ProjectFilter())
    assert freshness.silence(view) == (
        "Nothing was found on four of four projects for 180 days or more, "
        "on the first of them since 17 February 2026."
    )


@pytest.mark.parametrize(
    ("last", "is_silent"),
    [
        pytest.param("2026-07-05", True, id="on the day"),
        pytest.param("2026-07-06", False, id="a day later"),
        pytest.param("2026-06", True, id="in a month that is over by then"),
        pytest.param("2026-07", False, id="in a month that may not be"),
    ],
)
def test_a_project_is_silent_once_its_last_event_is_old_enough_for_certain(
    last: str, is_silent: bool
):
    view = view_of(ProjectFilter(project=("plant",)), events=[make_event("plant", last)])
    assert (not view.silent.empty) is is_silent


@pytest.mark.parametrize(
    ("last", "text"),
    [
        pytest.param("2026-06-20", "20 June 2026, for at least six months", id="a day"),
        pytest.param("2026-07-02", "2 July 2026, for at least five months", id="not six yet"),
        pytest.param("2026-06", "June 2026, for at least six months", id="a month"),
        pytest.param("2026-05", "May 2026, for at least seven months", id="another month"),
        pytest.param("2026-03-31", "31 March 2026, for at least nine months", id="at the end"),
    ],
)
def test_the_page_of_a_project_says_since_when_and_for_how_long(last: str, text: str):
    view = view_of(ProjectFilter(project=("plant",)), events=[make_event("plant", last)])
    assert freshness.silence(view, is_alone=True) == f"Nothing found since {text}."


def test_on_a_past_day_silence_is_counted_up_to_it():
    past = view_of().baseline.as_known_on(date(2026, 8, 20)).view(ProjectFilter())
    assert freshness.silence(past) == (
        "Nothing was found for 180 days or more on The mill (since 17 February 2026)."
    )


def test_without_projects_nothing_is_silent():
    view = Baseline.of(make_dataset(PROJECTS.iloc[:0])).view(ProjectFilter())
    assert view.silent.empty
    assert freshness.note(view) == ""

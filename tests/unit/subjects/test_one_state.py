"""The sheet of one state, and states side by side."""

from datetime import date

import pytest

from components.basics.amounts import Amount
from components.basics.us_states import STATE_NAMES
from components.facts.dataset import load
from components.subjects import one_state
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from tests.frozen import FOLDER
from tests.unit.factories import make_dataset, make_event, make_projects, make_view

SHIPPED = Baseline.of(load(FOLDER))
RULE = (
    "No official source divides what is shared: it stands here in full and counts once in any "
    "total."
)
THIRTY = ";".join(list(STATE_NAMES)[:30])


def statement(view: View, state: str) -> str:
    return one_state.statement(one_state.of_state(view, state))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param(
            [("a", "OH", 2.0)], "$2 billion is announced for Ohio alone, in one project.", id="sole"
        ),
        pytest.param(
            [("a", "OH;TX", 2.0, "up_to")],
            "Up to $2 billion is announced for Ohio together with Texas, in one project. "
            "No official source divides it: it stands here in full and counts once in any total.",
            id="shared with one",
        ),
        pytest.param(
            [("a", "OH", 2.0), ("b", "OH;TX", 3.0, "about")],
            "About $5 billion is announced for Ohio, in two projects: $2 billion for the state "
            f"alone, shared about $3 billion with Texas. {RULE}",
            id="sole and shared",
        ),
        pytest.param(
            [("a", "OH;TX", 2.0), ("b", "AL;OH", 3.0, "up_to")],
            "Up to $5 billion is announced for Ohio, in two projects: shared $2 billion with Texas "
            f"and up to $3 billion with Alabama. {RULE}",
            id="shared with two groups",
        ),
        pytest.param(
            [("a", "OH")],
            "An undisclosed amount is announced for Ohio alone, in one project.",
            id="undisclosed",
        ),
        pytest.param(
            [("a", "OH"), ("b", "OH;TX", 5.0)],
            "$5 billion is announced for Ohio, in two projects: an undisclosed amount for the "
            f"state alone, shared $5 billion with Texas. {RULE}",
            id="undisclosed alone and shared",
        ),
        pytest.param(
            [("a", "OH;TX")],
            "An undisclosed amount is announced for Ohio together with Texas, in one project. "
            "No official source divides it: it stands here in full and counts once in any total.",
            id="undisclosed and shared",
        ),
        pytest.param(
            [("a", "OH", 2.0), ("b", "OH;TX")],
            "$2 billion is announced for Ohio, in two projects: $2 billion for the state alone, "
            f"shared an undisclosed amount with Texas. {RULE}",
            id="sole and undisclosed shared",
        ),
        pytest.param(
            [("a", "OH", 2.0), ("b", "OH", 0.5, "about")],
            "About $2.5 billion is announced for Ohio alone, in two projects.",
            id="two of its own",
        ),
        pytest.param(
            [("a", "OH;TX", 1.0), ("b", "TX;OH", 2.0)],
            "$3 billion is announced for Ohio together with Texas, in two projects. "
            "No official source divides it: it stands here in full and counts once in any total.",
            id="twice with the same state",
        ),
        pytest.param(
            [("a", "OH;TX;AL", 1.0), ("b", "AL;OH;TX", 2.0, "up_to")],
            "Up to $3 billion is announced for Ohio together with Texas and Alabama, in two "
            "projects. No official source divides it: it stands here in full and counts once in "
            "any total.",
            id="twice with the same states, in whatever order",
        ),
    ],
)
def test_the_statement_says_what_is_sole_and_what_is_shared_with_whom(rows, said: str):
    assert statement(make_view(make_projects(*rows)), "OH") == said


def test_thirty_partners_are_named_in_part_and_counted():
    said = statement(make_view(make_projects(("a", THIRTY, 2.0))), "AL")
    assert said.startswith("$2 billion is announced for Alabama together with Alaska, Arizona,")
    assert "and 23 more states, in one project." in said


@pytest.mark.parametrize(
    ("count", "named"),
    [
        pytest.param(
            7, "Alaska, Arizona, Arkansas, California, Colorado, Connecticut and Delaware"
        ),
        pytest.param(
            8, "Alaska, Arizona, Arkansas, California, Colorado, Connecticut and 2 more states"
        ),
    ],
)
def test_one_partner_more_than_fit_is_named_rather_than_counted(count: int, named: str):
    states = ["AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL"][: count + 1]
    said = statement(make_view(make_projects(("a", ";".join(states), 2.0))), "AL")
    assert f" together with {named}, in one project." in said


@pytest.mark.parametrize(
    ("count", "end"),
    [
        pytest.param(6, "and $1 billion with Colorado. ", id="as many groups as fit"),
        pytest.param(7, "$1 billion with Colorado and more with 1 other group. ", id="one more"),
        pytest.param(9, "$1 billion with Colorado and more with 3 other groups. ", id="three more"),
    ],
)
def test_many_groups_of_partners_are_named_in_part_and_counted(count: int, end: str):
    partners = ["AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL"][:count]
    projects = make_projects(*((f"with-{code}", f"OH;{code}", 1.0) for code in partners))
    assert f"{end}{RULE}" in statement(make_view(projects), "OH")


def test_a_state_without_a_project_says_so_as_of_the_day():
    view = make_view(make_projects(("a", "OH", 2.0)))
    assert statement(view, "WY") == "No project is named in Wyoming as of 1 January 2027."
    chosen = make_view(make_projects(("a", "OH", 2.0)), ProjectFilter(sector=("nuclear",)))
    assert statement(chosen, "OH") == (
        "No project of this filter is named in Ohio as of 1 January 2027: Nuclear power."
    )


def test_a_state_without_a_project_lists_what_is_announced_elsewhere():
    projects = make_projects(
        ("a", "OH", 2.0), ("b", "TN;AL", 3.0, "up_to"), sector=["gas", "nuclear"]
    )
    sheet = one_state.of_state(make_view(projects), "WY")
    assert sheet.announced == Amount(0.0)
    assert sheet.elsewhere == (
        ("Nuclear power", Amount(3.0, "up_to"), ("AL", "TN")),
        ("Gas power", Amount(2.0), ("OH",)),
    )
    assert one_state.of_state(make_view(projects), "OH").elsewhere == ()


def test_what_is_announced_elsewhere_is_that_of_the_filter():
    projects = make_projects(("a", "OH", 2.0), ("b", "TX"), sector=["gas", "nuclear"])
    view = make_view(projects, ProjectFilter(sector=("nuclear",), state=("OH",)))
    ((sector, amount, states),) = one_state.of_state(view, "OH").elsewhere
    assert (sector, str(amount), states) == ("Nuclear power", "Undisclosed", ("TX",))


def test_sole_and_shared_amounts_are_told_apart_and_the_shared_counts_in_full():
    projects = make_projects(("a", "OH", 2.0), ("b", "OH"), ("c", "OH;TX", 3.0, "up_to"))
    ohio, texas = (one_state.of_state(make_view(projects), state) for state in ("OH", "TX"))
    assert (ohio.announced, ohio.sole, ohio.sole_count) == (Amount(5.0, "up_to"), Amount(2.0), 2)
    assert ohio.shared == (one_state.SharedAmount(Amount(3.0, "up_to"), ("TX",)),)
    assert (texas.announced, texas.sole_count) == (Amount(3.0, "up_to"), 0)
    assert not texas.sole.is_disclosed
    assert texas.shared == (one_state.SharedAmount(Amount(3.0, "up_to"), ("OH",)),)


def test_a_sheet_has_the_events_conflicts_gaps_and_sources_of_its_projects_alone():
    dataset = make_dataset(
        make_projects(("a", "OH"), ("b", "OH;TX"), ("c", "TX"), source_ids=["one", "two", "no"]),
        events=[
            make_event("a", "2026-05-01", source_ids="three;one"),
            make_event("b", "2026-03-01", source_ids="four"),
            make_event("c", "2026-04-01", source_ids="no"),
        ],
        conflicts=[
            {"conflict_id": "ours", "project_ids": "b;c", "a_source_ids": "five;two"},
            {"conflict_id": "theirs", "project_ids": "c", "a_source_ids": "no"},
        ],
        gaps=[{"gap_id": "ours", "project_ids": "a"}, {"gap_id": "of all"}],
    )
    sheet = one_state.of_state(Baseline.of(dataset).view(ProjectFilter()), "OH")
    assert list(sheet.milestones["project_ids"]) == ["b", "a"]
    assert list(sheet.conflicts["conflict_id"]) == ["ours"]
    assert list(sheet.gaps["gap_id"]) == ["ours"]
    assert one_state.source_ids(sheet) == ["one", "two", "four", "three", "five"]


def test_a_sheet_is_that_of_its_state_whatever_state_the_filter_has():
    projects = make_projects(("a", "OH", 2.0), ("b", "TX", 3.0))
    sheet = one_state.of_state(make_view(projects, ProjectFilter(state=("TX",))), "OH")
    assert list(sheet.view.projects["project_id"]) == ["a"]


def test_the_shipped_sheet_of_tennessee_has_its_conflicts_gaps_and_sources():
    sheet = one_state.of_state(SHIPPED.view(ProjectFilter()), "TN")
    assert set(sheet.conflicts["conflict_id"]) == {"smr-states", "tranche-2-standing"}
    assert "smr-split" in set(sheet.gaps["gap_id"])
    assert "kantan-2026-03" in one_state.source_ids(sheet)
    assert list(sheet.milestones["date"]) == ["2025-10-28", "2026-03-19", "2026-03-19"]


def test_before_the_first_tranche_a_sheet_is_empty_and_no_error():
    view = SHIPPED.as_known_on(date(2026, 1, 1)).view(ProjectFilter())
    sheet = one_state.of_state(view, "TN")
    assert sheet.is_empty
    assert sheet.elsewhere == ()
    assert one_state.statement(sheet) == "No project is named in Tennessee as of 1 January 2026."
    assert one_state.comparison(view) == []


def test_states_side_by_side_have_sole_amounts_stage_and_last_milestone():
    rows = {row.state: row for row in one_state.comparison(SHIPPED.view(ProjectFilter()))}
    assert list(rows) == ["AL", "TN", "OH", "TX", "PA", "GA"]
    assert (str(rows["TX"].announced), str(rows["TX"].sole)) == ("up to $18.1B", "up to $18.1B")
    assert (rows["TN"].sole_count, rows["OH"].sole_count, rows["TX"].sole_count) == (0, 1, 2)
    assert rows["TN"].shared_with == ("AL",)
    assert (rows["TX"].stage, rows["TX"].last_milestone) == ("Financed in part", "2026-05-01")
    assert rows["PA"].stage == "Announced"
    assert rows["TX"].sectors == ("Natural gas power", "Crude oil export")


def test_states_side_by_side_are_those_of_the_filter_but_for_its_states():
    chosen = ProjectFilter(state=("TN",), sector=("natural-gas-power",))
    assert [row.state for row in one_state.comparison(SHIPPED.view(chosen))] == ["OH", "PA", "TX"]


def test_loans_in_whole_reach_further_than_in_part():
    projects = make_projects(
        ("a", "OH", 1.0), ("b", "OH", 1.0), stage="financed", stage_extent=["part", "whole"]
    )
    (row,) = one_state.comparison(make_view(projects))
    assert row.stage == "Financed"
    assert row.last_milestone == ""


def test_states_side_by_side_add_up_sole_and_shared_amounts():
    projects = make_projects(
        ("a", "OH", 2.0),
        ("b", "OH;TX", 3.0, "up_to"),
        ("c", "UT"),
        sector=["gas", "nuclear", "gas"],
        stage=["permitted", "announced", "announced"],
    )
    dataset = make_dataset(
        projects, events=[make_event("a", "2026-05"), make_event("b", "2026-03-01")]
    )
    ohio, texas, utah = one_state.comparison(Baseline.of(dataset).view(ProjectFilter()))
    assert ohio == one_state.StateRow(
        state="OH",
        announced=Amount(5.0, "up_to"),
        sole=Amount(2.0),
        sole_count=1,
        shared=Amount(3.0, "up_to"),
        shared_with=("TX",),
        reported=Amount(),
        project_count=2,
        sectors=("Gas power", "Nuclear power"),
        stage="Permitted",
        last_milestone="2026-05",
    )
    assert (texas.state, str(texas.announced), texas.sole_count) == ("TX", "up to $3B", 0)
    assert (texas.stage, texas.last_milestone) == ("Announced", "2026-03-01")
    assert (utah.state, str(utah.announced), str(utah.sole)) == ("UT", "Undisclosed", "Undisclosed")
    assert (utah.sole_count, utah.shared_with, utah.last_milestone) == (1, (), "")

"""What is expected when, what is under review, and what was looked for in vain."""

from datetime import date

import pytest

from components.subjects import next_steps
from components.views.filters import ProjectFilter
from components.views.view import Baseline
from tests.unit.factories import make_dataset, make_projects

DATASET = make_dataset(
    make_projects(("mill", "TX"), ("plant", "OH", 12.0)),
    gates=[
        {
            "gate_id": gate_id,
            "project_id": project,
            "gate": gate,
            "what": what,
            "status": status,
            "looked_on": "2026-11-26",
            **dates,
        }
        for gate_id, project, gate, what, status, dates in (
            ("a", "plant", "operation", "", "scheduled",
             {"expected_on": "2028-01", "expected_until": "2028-02"}),
            ("b", "plant", "permit", "Water", "filed", {"date": "2026-08"}),
            ("c", "plant", "loan", "", "done", {"date": "2026-05-01"}),
            ("d", "mill", "construction", "Shaft", "scheduled", {"expected_on": "2027-03-05"}),
            ("e", "mill", "permit", "", "not_found", {}),
            ("f", "plant", "permit", "Air", "filed",
             {"date": "2026-09", "expected_on": "2031-06"}),
        )
    ],
)  # fmt: skip
BASELINE = Baseline.of(DATASET)
WHOLE = BASELINE.view(ProjectFilter())


def test_what_is_expected_comes_by_date_with_the_deadline_of_the_pledge():
    told = [(step.id, step.first, step.last, step.when) for step in next_steps.expected(WHOLE)]
    assert told == [
        ("d", date(2027, 3, 5), date(2027, 3, 5), "5 March 2027"),
        ("a", date(2028, 1, 1), date(2028, 2, 29), "January 2028 to February 2028"),
        ("deadline", date(2030, 1, 1), date(2030, 1, 1), "1 January 2030"),
        ("f", date(2031, 6, 1), date(2031, 6, 30), "June 2031"),
    ]


def test_under_a_filter_only_its_steps_are_expected_and_the_deadline_stays():
    texas = BASELINE.view(ProjectFilter(state=("TX",)))
    assert [step.id for step in next_steps.expected(texas)] == ["d", "deadline"]


def test_steps_come_by_project_then_in_their_usual_order_then_by_date():
    assert [row.gate_id for row in next_steps.ordered(WHOLE)] == list("edbfca")
    assert [row.gate_id for row in next_steps.ordered(WHOLE, "filed", "done")] == list("bfc")


@pytest.mark.parametrize(
    ("gate_id", "name", "status"),
    [
        ("a", "Start of operation", "Expected, January 2028 to February 2028"),
        ("b", "Permit: Water", "Filed or under review, August 2026"),
        ("c", "Loans", "Done, 1 May 2026"),
        ("e", "Permit", "Not found"),
        ("f", "Permit: Air", "Filed or under review, June 2031"),
    ],
)
def test_a_step_says_what_it_is_and_how_far(gate_id: str, name: str, status: str):
    (row,) = [row for row in next_steps.ordered(WHOLE) if row.gate_id == gate_id]
    assert (next_steps.name(row), next_steps.status(row)) == (name, status)

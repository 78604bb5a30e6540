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
        ("gate-d", date(2027, 3, 5), date(2027, 3, 5), "5 March 2027"),
        ("gate-a", date(2028, 1, 1), date(2028, 2, 29), "January 2028 to February 2028"),
        ("deadline", date(2030, 1, 1), date(2030, 1, 1), "1 January 2030"),
        ("gate-f", date(2031, 6, 1), date(2031, 6, 30), "June 2031"),
    ]


def test_under_a_filter_only_its_steps_are_expected_and_the_deadline_stays():
    texas = BASELINE.view(ProjectFilter(state=("TX",)))
    assert [step.id for step in next_steps.expected(texas)] == ["gate-d", "deadline"]


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
        ("f", "Permit: Air", "Filed or under review, September 2026, expected June 2031"),
    ],
)
def test_a_step_says_what_it_is_and_how_far(gate_id: str, name: str, status: str):
    (row,) = [row for row in next_steps.ordered(WHOLE) if row.gate_id == gate_id]
    assert (next_steps.name(row), next_steps.status(row)) == (name, status)


def test_before_the_pledge_was_signed_it_has_no_deadline():
    early = BASELINE.as_known_on(date(2025, 12, 31)).view(ProjectFilter())
    assert next_steps.expected(early) == []


def test_a_day_that_has_passed_is_told():
    gates = [{"gate_id": "a", "project_id": "plant", "gate": "permit", "status": "scheduled",
              "expected_on": "2026-12", "note": "A plan."}]  # fmt: skip
    view = Baseline.of(make_dataset(make_projects(("plant", "OH")), gates=gates)).view(
        ProjectFilter()
    )
    assert next_steps.expected(view)[0].note == f"A plan. {next_steps.PASSED}"


def test_the_deadline_is_as_sure_as_its_term():
    term = {"term": "deadline", "label": "Deadline", "value": "2030", "confidence": "reported",
            "note": "Press only.", "source_ids": ["gazette"]}  # fmt: skip
    view = Baseline.of(make_dataset(make_projects(("plant", "OH")), pledge={"terms": [term]})).view(
        ProjectFilter()
    )
    (deadline,) = next_steps.expected(view)
    assert (deadline.confidence, deadline.note) == ("reported", "Press only.")

"""Next steps: their order, their dates, and what milestones must know of them."""

from datetime import date

import pytest

from components.facts.history import as_known_on

DONE = {"expected_on": "", "expected_until": "", "status": "done"}


@pytest.mark.parametrize(
    ("row", "cells", "fault"),
    [
        pytest.param(
            2,
            {"project_id": "nowhere", "gate": "permit"},
            'row 2, project_id: "nowhere" — a project_id of investments.csv',
            id="unknown project",
        ),
        pytest.param(
            2,
            {"gate": "blessing"},
            'row 2, gate: "blessing" — one of consultation, siting, environmental_review, permit, '
            "investment_decision, loan, construction, operation",
            id="unknown gate",
        ),
        pytest.param(
            2,
            {"status": "hoped", "date": ""},
            'row 2, status: "hoped" — one of done, filed, scheduled, not_found',
            id="unknown status",
        ),
        pytest.param(
            2,
            {"date": "2026-10-11"},
            'row 2, date: "2026-10-11" — a date up to as_of, 2026-10-10',
            id="done after the day of the data",
        ),
        pytest.param(
            2,
            {"date": ""},
            "row 2, date: empty — filled exactly where status is done or filed",
            id="done on no day",
        ),
        pytest.param(
            4,
            {"expected_on": "2027-01"},
            'row 4, expected_on: "2027-01" — empty where status is done or not_found',
            id="expected although not found",
        ),
        pytest.param(
            4,
            {"looked_on": "2026-10-11"},
            'row 4, looked_on: "2026-10-11" — a day up to the last search, 2026-10-10',
            id="looked for after the last search",
        ),
        pytest.param(
            2,
            {"status": "not_found", "date": ""},
            'row 2, status: "not_found" — a row that is done, since harbor has a milestone: '
            "financed",
            id="not found although a milestone knows it",
        ),
        pytest.param(
            3,
            {"expected_on": "", "expected_until": ""},
            "row 3, expected_on: empty — a date, since status is scheduled",
            id="expected on no day",
        ),
        pytest.param(
            3,
            {"expected_until": "2026-12"},
            'row 3, expected_until: "2026-12" — empty, or later than expected_on',
            id="a period that ends before it begins",
        ),
        pytest.param(
            3,
            {"source_ids": "", "confidence": ""},
            "row 3, source_ids: empty — a source, unless status is not_found",
            id="no source",
        ),
        pytest.param(
            3,
            DONE | {"date": "2026-09-01"},
            'row 3, status: "done" — a status other than done, unless harbor has a milestone: '
            "construction or operating",
            id="works that no milestone knows",
        ),
        pytest.param(
            2,
            {"project_id": "mill"},
            'row 2, status: "done" — a status other than done, unless mill has a milestone: '
            "financed",
            id="loans that no milestone knows",
        ),
    ],
)
def test_a_fault_names_row_column_value_and_what_is_allowed(
    folder, row: int, cells: dict[str, str], fault: str
):
    folder.set("gates.csv", row=row, **cells)
    assert folder.faults() == [f"gates.csv, {fault}"]


@pytest.mark.parametrize(
    ("works", "runs", "fault"),
    [
        pytest.param(
            "", "2026-08", 'row 3, status: "done" — a status other than done, since no start of '
            "works of harbor is", id="running before any works",
        ),
        pytest.param(
            "2026-09", "2026-08",
            'row 3, date: "2026-08" — not before the start of works of harbor', id="out of order",
        ),
        pytest.param("2026-08", "2026-09", None, id="in order"),
        pytest.param("2026-08", "2026-08", None, id="in one month"),
    ],
)  # fmt: skip
def test_a_project_runs_only_after_its_works_began(folder, works: str, runs: str, fault):
    folder.set("milestones.csv", row=3, stage="operating", extent="")
    folder.clear("money.csv")
    status = {"gate": "construction", "status": "done", "date": works}
    folder.set("gates.csv", row=2, **(status if works else {"gate": "permit"}))
    folder.set("gates.csv", row=3, **DONE, gate="operation", date=runs)
    assert folder.faults() == ([f"gates.csv, {fault}"] if fault else [])


def test_a_past_day_has_what_was_done_or_expected_by_then_and_what_is_still_not_found(folder):
    dataset = folder.load()
    told = {
        day: dict(as_known_on(dataset, date(2026, *day)).gates[["gate_id", "status"]].to_numpy())
        for day in ((4, 30), (5, 1), (5, 2))
    }
    done, expected, missing = "done", "scheduled", "not_found"
    assert told == {
        (4, 30): {"harbor-loan": missing, "harbor-works": missing, "mill-permit": missing},
        (5, 1): {"harbor-loan": done, "harbor-works": missing, "mill-permit": missing},
        (5, 2): {"harbor-loan": done, "harbor-works": expected, "mill-permit": missing},
    }
    early = as_known_on(dataset, date(2026, 2, 17)).gates
    assert set(early["project_id"]) == {"harbor"}
    assert (early[["date", "expected_on", "source_ids", "looked_on"]] == "").all(axis=None)


def test_a_project_is_not_expected_to_run_before_its_works(folder):
    folder.set("gates.csv", row=4, project_id="harbor", gate="operation", status="scheduled",
               expected_on="2026-12", confidence="reported", source_ids="courier-2026")  # fmt: skip
    assert folder.faults() == [
        'gates.csv, row 4, expected_on: "2026-12" — not before the start of works of harbor'
    ]

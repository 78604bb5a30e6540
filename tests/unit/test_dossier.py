"""What there is on one project."""

from pathlib import Path

import pytest

from components import dossier
from components.dataset import load
from components.filters import ProjectFilter
from components.view import Baseline, View
from tests.unit.factories import make_projects, make_view

SHIPPED = Baseline.of(load(Path(__file__).parents[2] / "data")).view(ProjectFilter())


def facts(view: View, project_id: str) -> dict[str, dossier.Fact]:
    return {fact.term: fact for fact in dossier.of_project(view, project_id).facts}


@pytest.mark.parametrize(
    ("project_id", "term", "value", "confidence"),
    [
        ("smr-tn-al", "Announced amount", "Up to $40 billion", "Official"),
        ("smr-tn-al", "Shared by", "Tennessee and Alabama", ""),
        ("smr-tn-al", "Share of the pledge", "up to 7.3%", ""),
        ("gas-pa", "Announced amount", "Up to $17 billion", "Reported"),
        ("texas-gulflink", "Capacity", "1.2 million barrels per day", "Conflicting"),
        ("texas-gulflink", "Stage", "Financed in part, since 1 May 2026", ""),
        ("texas-gulflink", "How precisely known", "Offshore, no coordinates", ""),
        ("portsmouth-gas", "County", "Pike", ""),
        ("portsmouth-gas", "Who builds", "SB Energy", ""),
        ("georgia-diamond", "Who in Japan takes part", "Asahi Diamond Industrial and Noritake", ""),
    ],
)
def test_a_fact_says_its_value_and_how_sure_it_is(
    project_id: str, term: str, value: str, confidence: str
):
    fact = facts(SHIPPED, project_id)[term]
    assert (fact.value, fact.confidence) == (value, confidence)


def test_what_is_empty_is_no_fact_unless_something_is_noted_of_it():
    view = make_view(make_projects(("plant", "OH"), capacity_note="Nobody says."))
    known = facts(view, "plant")
    assert known["Announced amount"].value == "Undisclosed"
    assert (known["Capacity"].value, known["Capacity"].note) == ("", "Nobody says.")
    assert not {"County", "Place", "Who builds", "Share of the pledge"} & set(known)


def test_a_point_south_and_east_is_written_as_it_lies():
    view = make_view(
        make_projects(
            ("pier", "GU", 1.0), latitude=13.44, longitude=144.79, location_precision="exact"
        )
    )
    assert facts(view, "pier")["How precisely known"].value == (
        "Exact site, at 13.44° north and 144.79° east"
    )


def test_a_project_has_its_own_events_conflicts_and_gaps():
    found = dossier.of_project(SHIPPED, "texas-gulflink")
    assert len(found.milestones) == 7
    assert list(found.milestones["date"]) == sorted(found.milestones["date"])
    assert set(found.conflicts["conflict_id"]) == {
        "gulflink-approval",
        "gulflink-capacity",
        "gulflink-distance",
        "gulflink-scope",
    }
    assert "gulflink-decision" in set(found.gaps["gap_id"])
    assert {"ogj-2026-02-04", "nhk-2026-05-01", "eenews-2025-02"} <= set(found.source_ids)


def test_rows_concern_a_project_by_its_whole_id():
    view = make_view(
        make_projects(("gas", "OH"), ("gas-tx", "TX")),
        gaps=[
            {"gap_id": "one", "project_ids": "gas-tx", "missing": "Site"},
            {"gap_id": "both", "project_ids": "gas;gas-tx", "missing": "Dates"},
            {"gap_id": "none", "missing": "All else"},
        ],
    )
    rows = view.dataset.gaps
    assert list(dossier.concerning(rows, ["gas"])["gap_id"]) == ["both"]
    assert list(dossier.concerning(rows, ["gas-tx"])["gap_id"]) == ["one", "both"]
    assert list(dossier.concerning(rows.iloc[:0], ["gas"])) == list(rows)

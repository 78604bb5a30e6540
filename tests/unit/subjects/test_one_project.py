"""The dossier of one project."""

from datetime import date

import pytest

from components.facts.dataset import load
from components.subjects import one_project
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from tests.frozen import FOLDER
from tests.unit.factories import make_dataset, make_event, make_projects, make_view

DAY = "2026-02-17"
SHIPPED = Baseline.of(load(FOLDER)).view(ProjectFilter())


def facts(view: View, project_id: str) -> dict[str, one_project.Fact]:
    return {fact.term: fact for fact in one_project.of_project(view, project_id).facts}


@pytest.mark.parametrize(
    ("project_id", "term", "value", "confidence"),
    [
        ("smr-tn-al", "Announced amount", "Up to $40 billion", "Official"),
        ("smr-tn-al", "Shared by", "Tennessee and Alabama", "Official"),
        ("smr-tn-al", "Share of the pledge", "up to 7.3%", ""),
        ("gas-pa", "Announced amount", "Up to $17 billion", "Reported"),
        ("texas-gulflink", "Capacity", "1.2 million barrels per day", "Conflicting"),
        ("texas-gulflink", "Stage", "Financed in part, since 1 May 2026", "Reported"),
        ("texas-gulflink", "How precisely known", "Offshore, no coordinates", ""),
        ("portsmouth-gas", "County", "Pike", "Reported"),
        ("portsmouth-gas", "Who builds", "SB Energy", "Official"),
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
    assert facts(view, "pier")["Pin on the map"].value == (
        "Exact site, at 13.44° north and 144.79° east"
    )


def test_a_project_has_its_own_events_conflicts_and_gaps():
    found = one_project.of_project(SHIPPED, "texas-gulflink")
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


@pytest.mark.parametrize(
    ("states", "term", "value", "note"),
    [
        pytest.param("OH", "State", "Ohio", "", id="one"),
        pytest.param("TN;AL", "Shared by", "Tennessee and Alabama", "in both", id="two"),
        pytest.param("TN;AL;OH", "Shared by", "Tennessee, Alabama and Ohio", "in each", id="three"),
    ],
)
def test_an_amount_of_several_states_says_that_nobody_divides_it(
    states: str, term: str, value: str, note: str
):
    fact = facts(make_view(make_projects(("plant", states, 5.0))), "plant")[term]
    assert fact.value == value
    assert fact.note == (
        "One amount for all of them, which no source divides. "
        f"It stands in full {note} and counts once in any total."
        if note
        else ""
    )


@pytest.mark.parametrize(
    ("cells", "term", "value", "confidence"),
    [
        pytest.param({}, "Announced amount", "About $7.5 billion", "Official", id="amount"),
        pytest.param({}, "Share of the pledge", "about 7.5%", "", id="share of $100B"),
        pytest.param(
            {"stage": "financed", "stage_extent": "part", "stage_date": "2026-05"},
            "Stage",
            "Financed in part, since May 2026",
            "",
            id="stage since a month",
        ),
        pytest.param(
            {"capacity": 9.25, "capacity_unit": "GW", "capacity_confidence": "conflicting"},
            "Capacity",
            "9.2 GW",
            "Conflicting",
            id="capacity",
        ),
        pytest.param(
            {"place": "Pier 4", "place_confidence": "reported"},
            "Place",
            "Pier 4",
            "Reported",
            id="place",
        ),
        pytest.param(
            {
                "latitude": 39.02,
                "longitude": -83.0,
                "location_precision": "approximate",
                "pin_confidence": "reported",
            },
            "Pin on the map",
            "Approximate site, at 39.02° north and 83° west",
            "Reported",
            id="pin",
        ),
        pytest.param({}, "How precisely known", "State only", "", id="no pin"),
        pytest.param(
            {"developer": "Hitachi, JFE, Toshiba", "developer_confidence": "reported"},
            "Who builds",
            "Hitachi, JFE, Toshiba",
            "Reported",
            id="three companies",
        ),
    ],
)
def test_a_fact_is_worded_as_its_cells_say(
    cells: dict[str, object], term: str, value: str, confidence: str
):
    view = make_view(make_projects(("plant", "OH", 7.5, "about"), **cells))
    fact = facts(view, "plant")[term]
    assert (fact.value, fact.confidence) == (value, confidence)


FULL = make_dataset(
    make_projects(
        ("gas", "OH"), ("mill", "TX"), source_ids=["gazette;herald", "times"], announced_on=DAY
    ),
    events=[
        make_event("gas", DAY, "announced", source_ids="herald"),
        make_event("gas", "2026-05-01", "permitted", source_ids="courier;gazette"),
        make_event("mill", DAY, source_ids="mirror"),
    ],
    conflicts=[
        {
            "conflict_id": "amount",
            "project_ids": "gas",
            "a_source_ids": "courier",
            "b_source_ids": "order;minutes",
            "c_source_ids": "treaty",
        },
        {"conflict_id": "both", "project_ids": "mill;gas", "a_source_ids": "act"},
        {"conflict_id": "pledge", "a_source_ids": "law"},
    ],
    gaps=[{"gap_id": "site", "project_ids": "mill"}, {"gap_id": "all"}],
)


def test_every_source_of_a_project_is_listed_once_its_own_first():
    found = one_project.of_project(Baseline.of(FULL).view(ProjectFilter()), "gas")
    own, events, disputed = (
        ["gazette", "herald"],
        ["courier"],
        ["act", "order", "minutes", "treaty"],
    )
    assert found.source_ids == [*own, *events, *disputed]
    assert list(found.milestones["date"]) == [DAY, "2026-05-01"]
    assert list(found.conflicts["conflict_id"]) == ["amount", "both"]
    assert list(found.gaps["gap_id"]) == []


def test_a_project_is_the_same_whatever_the_filter_of_the_view():
    baseline = Baseline.of(FULL)
    views = [baseline.view(ProjectFilter(state=states)) for states in ((), ("TX",), ("WY",))]
    found = [one_project.of_project(view, "gas") for view in views]
    assert {one.project.project_id for one in found} == {"gas"}
    assert found[0].facts == found[1].facts == found[2].facts


def test_on_a_past_day_a_project_has_only_what_was_known():
    past = Baseline.of(FULL).as_known_on(date(2026, 3, 1)).view(ProjectFilter())
    found = one_project.of_project(past, "gas")
    assert list(found.milestones["date"]) == [DAY]
    (stage,) = [fact.value for fact in found.facts if fact.term == "Stage"]
    assert stage == "Announced, since 17 February 2026"


def test_states_are_named_in_the_order_of_the_cell():
    assert one_project.state_names("TN;AL") == ["Tennessee", "Alabama"]
    assert one_project.state_names("ZZ") == ["ZZ"]
    assert one_project.state_names("") == []

"""The sheets of states, and all states side by side."""

import pytest

from components.basics.us_states import STATE_NAMES
from tests.app.page import Visit, plain
from tests.frozen import events_of, rows_in

PROJECTS = rows_in("investments")
NAMED = sorted({state for row in PROJECTS for state in row["states"].split(";")})
TOTALS = {
    state: round(sum(float(r["amount_usd_bn"]) for r in PROJECTS if state in r["states"]), 9)
    for state in NAMED
}


@pytest.mark.parametrize(
    ("state", "statement"),
    [
        pytest.param(
            "TN",
            "Up to $40 billion is announced for Tennessee together with Alabama, in one project. "
            "No official source divides it: it stands here in full and counts once in any total.",
            id="shared",
        ),
        pytest.param(
            "TX", "Up to $18.1 billion is announced for Texas alone, in two projects.", id="alone"
        ),
        pytest.param(
            "OH", "About $33.3 billion is announced for Ohio alone, in one project.", id="about"
        ),
        pytest.param("WY", "No project is named in Wyoming as of 10 October 2026.", id="none"),
        pytest.param("PR", "No project is named in Puerto Rico as of 10 October 2026.", id="none"),
    ],
)
def test_a_sheet_opens_with_the_honest_total(visit: Visit, state: str, statement: str):
    page = visit("states", state=state)
    assert page.title == STATE_NAMES[state]
    assert statement in page.text


@pytest.mark.parametrize("state", NAMED)
def test_a_sheet_has_projects_map_milestones_sources_and_gaps(visit: Visit, state: str):
    page = visit("states", state=state)
    own = [row for row in PROJECTS if state in row["states"].split(";")]
    assert {row["Project"] for row in page.table("card-state-projects")} == {
        row["project"] for row in own
    }
    assert page.has("chart-state-map")
    ids = {row["project_id"] for row in own}
    events = events_of(*ids)
    told = [row["What happened"] for row in page.table("card-milestones")]
    assert sorted(told) == sorted(row["event"] for row in events)
    cited = {source for row in [*own, *events] for source in row["source_ids"].split(";")}
    assert len(page.table("card-own-sources")) >= min(len(cited), 20)
    gaps = [row for row in rows_in("gaps") if ids & set(row["project_ids"].split(";"))]
    assert [row["missing"] for row in gaps if row["missing"] not in page.text] == []
    assert page.has("save-sheet-us-letter")
    assert page.has("save-sheet-a4")


@pytest.mark.parametrize("state", [code for code in STATE_NAMES if code not in NAMED])
def test_a_state_without_a_project_says_what_is_announced_elsewhere(visit: Visit, state: str):
    page = visit("states", state=state)
    assert f"No project is named in {STATE_NAMES[state]} as of 10 October 2026." in page.text
    rows = page.table("card-elsewhere")
    assert [(row["Sector"], row["Announced"], row["States"]) for row in rows] == [
        ("Natural gas power", "up to $66.3B", "Ohio, Pennsylvania, Texas"),
        ("Nuclear power", "up to $40B", "Alabama, Tennessee"),
        ("Crude oil export", "$2.1B", "Texas"),
        ("Critical minerals", "about $0.6B", "Georgia"),
    ]


def test_elsewhere_is_looked_at_under_the_rest_of_the_filter(visit: Visit):
    page = visit("states", state="TN", sector="natural-gas-power")
    assert (
        "No project of this filter is named in Tennessee as of 10 October 2026: Natural gas power."
    ) in page.text
    (row,) = page.table("card-elsewhere")
    assert row["States"] == "Ohio, Pennsylvania, Texas"


def test_the_table_of_states_has_the_sums_of_the_rows_and_says_what_is_shared(visit: Visit):
    rows = visit("states").table("card-comparison")
    codes = {name: code for code, name in STATE_NAMES.items()}
    amounts = {
        codes[row["State"]]: float(row["Announced"].split("$")[1].rstrip("B")) for row in rows
    }
    assert amounts == TOTALS
    by_state = {row["State"]: row for row in rows}
    assert by_state["Tennessee"]["This state only"] == "none"
    assert by_state["Tennessee"]["Shared with"] == "Alabama"
    assert by_state["Texas"]["This state only"] == "up to $18.1B"
    assert by_state["Texas"]["Furthest stage"] == "Financed in part"
    assert by_state["Pennsylvania"]["Last milestone"] == "20 March 2026"


def test_several_states_are_set_side_by_side(visit: Visit):
    page = visit("states", state=["TN", "TX", "WY"])
    assert [row["State"] for row in page.table("card-comparison")] == ["Tennessee", "Texas"]
    assert page.title == "States"


def test_a_state_of_the_table_opens_its_sheet(visit: Visit):
    page = visit("states", sector="nuclear-power").follow("Alabama")
    assert page.query == {"state": ["AL"], "sector": ["nuclear-power"]}
    assert page.title == "Alabama"


def test_any_state_district_or_territory_can_be_chosen_and_is_in_the_link(visit: Visit):
    page = visit("states")
    (choice,) = page.test.selectbox
    assert len(choice.options) == 56
    choice.set_value("DC")
    page.run()
    assert page.query == {"state": ["DC"]}
    assert page.title == "District of Columbia"


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [("Tennessee", "Tennessee"), ("Texs", "Texas"), ("georgia ", "Georgia")],
)
def test_a_state_nobody_knows_gives_a_notice_and_the_nearest(
    visit: Visit, wanted: str, nearest: str
):
    page = visit("states", state=wanted)
    assert plain(page.notices[0]).startswith("There is no state “")
    assert nearest in page.links
    assert page.table("card-comparison")


def test_a_sheet_of_thirty_shared_states_names_some_and_counts_the_rest(visit: Visit, hostile):
    text = visit("states", state="AK").text
    assert "together with Alabama, Arkansas, Arizona, California, Colorado, Connecticut" in text
    assert "and 23 more" in text


def test_a_sheet_on_a_day_before_anything_was_announced_is_no_error(visit: Visit):
    page = visit("states", state="TN", as_of="2026-01-01")
    assert "No project is named in Tennessee as of 1 January 2026." in page.text
    assert not page.has("card-elsewhere")

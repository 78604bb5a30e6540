"""One amount for several projects: counted once in every sum, shown as shared in every part."""

import math
from datetime import date

import pytest

from components.basics.amounts import Amount
from components.basics.palette import screen_theme
from components.exhibits.registry import EXHIBITS
from components.subjects import one_state
from components.views.filters import ProjectFilter
from components.views.summaries import announced_over_time, rows_of
from components.views.view import Baseline, View
from components.words import wording
from tests.unit.factories import make_dataset, make_projects

# By hand: 33 is announced once for PA and TX together, 2 for TX alone; 33 + 2 = 35.
ROWS = (("pa", "PA", 33.0, "up_to"), ("tx", "TX", 33.0, "up_to"), ("oil", "TX", 2.0))


def shown(**chosen: tuple[str, ...]) -> View:
    projects = make_projects(
        *ROWS,
        tranche=[2, 2, 1],
        amount_shared_with=["tx", "pa", ""],
        reported_usd_bn=[17.0, 16.0, math.nan],
        reported_qualifier=["about", "about", ""],
    )
    return Baseline.of(make_dataset(projects)).view(ProjectFilter(**chosen))


@pytest.mark.parametrize(
    ("chosen", "total"),
    [
        ({}, Amount(35.0, "up_to")),
        ({"state": ("PA",)}, Amount(33.0, "up_to")),
        ({"state": ("TX",)}, Amount(35.0, "up_to")),
        ({"state": ("PA", "TX")}, Amount(35.0, "up_to")),
        ({"project": ("tx",)}, Amount(33.0, "up_to")),
        ({"tranche": ("2",)}, Amount(33.0, "up_to")),
        ({"stage": ("announced",)}, Amount(35.0, "up_to")),
    ],
)
def test_it_counts_once_in_the_total_of_any_filter(chosen, total: Amount):
    assert shown(**chosen).headline.announced == total


def test_it_counts_once_in_sectors_and_tranches():
    view = shown()
    assert [Amount.of(row) for row in rows_of(view.sector_totals)] == [Amount(35.0, "up_to")]
    assert view.tranche_totals == {1: Amount(2.0), 2: Amount(33.0, "up_to")}


def test_it_counts_once_over_time_from_the_first_project_that_shares_it():
    projects = shown().projects.assign(
        announced_on=["2026-05-01", "2026-03-01", "2026-04-01"],
        announced_at=["2026-05-01", "2026-03-01", "2026-04-01"],
    )
    projects["announced_at"] = projects["announced_at"].astype("datetime64[s]")
    steps = announced_over_time(projects)
    assert list(steps["cumulative_usd_bn"]) == [33.0, 35.0, 35.0]


def test_each_of_its_states_has_it_in_full_and_says_with_whom_and_what_is_reported():
    rows = {row.state: row for row in rows_of(shown().state_totals)}
    assert [(row.amount_usd_bn, row.shared_with) for row in rows.values()] == [
        (35.0, "PA"),
        (33.0, "TX"),
    ]
    assert [(row.project_count, row.reported_usd_bn) for row in rows.values()] == [
        (2, 16.0),
        (1, 17.0),
    ]


def test_two_projects_in_one_state_give_it_the_amount_once():
    projects = make_projects(
        ("a", "TX", 33.0, "up_to"), ("b", "TX", 33.0, "up_to"), amount_shared_with=["b", "a"]
    )
    (row,) = rows_of(Baseline.of(make_dataset(projects)).view(ProjectFilter()).state_totals)
    assert (row.state, row.amount_usd_bn, row.project_count) == ("TX", 33.0, 2)
    assert row.shared_with == ""


def test_the_sentence_of_a_state_leads_with_what_is_official():
    pennsylvania = one_state.statement(one_state.of_state(shown(), "PA"))
    assert pennsylvania == (
        "Up to $33 billion is announced for Pennsylvania together with Texas, in one project. "
        "No official source divides it: it stands here in full and counts once in any total. "
        "Press reports give about $17 billion of it to Pennsylvania."
    )
    texas = one_state.statement(one_state.of_state(shown(), "TX"))
    assert "$2 billion for the state alone, shared up to $33 billion with Pennsylvania" in texas
    assert "Press reports give about $16 billion of it to Texas." in texas


@pytest.mark.parametrize("chosen", [{"state": ("PA",)}, {"project": ("pa",)}])
def test_a_filter_on_one_of_them_says_that_it_is_shared(chosen):
    words = wording.opening(shown(**chosen))
    assert "What is shared with Texas is counted in full: no official source divides it." in words
    assert "press reports give about $17 billion to The pa." in words


def test_bars_are_hatched_as_shared_with_a_mark_at_the_reported_part():
    for kind, bars in (("by-state", {"TX": 18.0, "PA": 17.0}), ("by-project", {"pa": 17.0})):
        exhibit = EXHIBITS[kind].of(shown())
        assert "shared" in exhibit.alt
        figure = exhibit.draw(screen_theme("light", width=600)).to_plotly_json()
        (mark,) = [trace for trace in figure["data"] if trace.get("name") == "reported part"]
        assert set(bars.values()) <= set(mark["x"])
        assert "An upright line ends the part" in " ".join(note.text for note in exhibit.notes)


def test_a_past_day_has_the_amount_once_and_only_parts_that_were_reported_by_then():
    projects = shown().projects.assign(
        announced_on=["2026-03-01", "2026-05-01", "2026-02-17"],
        reported_source_ids=["late", "late", ""],
        also_source_ids="",
    )
    sources = [{"source_id": "late", "published_on": "2026-04-15"}]
    baseline = Baseline.of(make_dataset(projects, sources=sources))
    before, after = (baseline.as_known_on(date(2026, month, 20)) for month in (3, 4))
    for known, part in ((before, ""), (after, "about $17 billion")):
        assert known.view(ProjectFilter()).headline.announced == Amount(35.0, "up_to")
        assert part in wording.press_reports(known.view(ProjectFilter()))
    assert wording.press_reports(before.view(ProjectFilter())) == ""

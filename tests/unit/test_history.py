"""A data folder as it was known on an earlier day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.dataset import Dataset, load
from components.filters import ProjectFilter
from components.history import as_known_on, marks
from components.view import Baseline
from tests.unit.conftest import DataFolder

SHIPPED = load(Path(__file__).parents[2] / "data")
BASELINE = Baseline.of(SHIPPED)
DAYS = st.dates(date(2025, 1, 1), SHIPPED.pledge.as_of)


def ids(dataset: Dataset) -> list[str]:
    return list(dataset.projects["project_id"])


def stages(day: date) -> dict[str, str]:
    projects = as_known_on(SHIPPED, day).projects
    return dict(zip(projects["project_id"], projects["stage"], strict=True))


@pytest.mark.parametrize(
    ("day", "count", "announced"),
    [
        pytest.param(date(2026, 2, 16), 0, "$0", id="before the first tranche"),
        pytest.param(date(2026, 2, 17), 3, "$36B", id="first tranche"),
        pytest.param(date(2026, 3, 18), 3, "$36B", id="before the second"),
        pytest.param(date(2026, 3, 19), 6, "up to $109B", id="second tranche"),
    ],
)
def test_projects_and_totals_appear_on_the_day_of_their_announcement(
    day: date, count: int, announced: str
):
    view = BASELINE.as_known_on(day).view(ProjectFilter())
    assert len(view.projects) == count
    assert str(view.headline.announced) == announced


def test_stages_are_worked_out_from_what_had_happened():
    before, after = stages(date(2026, 4, 30)), stages(date(2026, 5, 1))
    assert before["texas-gulflink"] == "permitted"
    assert before["portsmouth-gas"] == before["georgia-diamond"] == "announced"
    assert [name for name, stage in after.items() if stage == "financed"] == [
        "georgia-diamond",
        "portsmouth-gas",
        "texas-gulflink",
    ]


def test_an_event_before_the_announcement_is_shown_only_once_the_project_is():
    on_license, on_announcement = (
        as_known_on(SHIPPED, date(2026, 2, day)).milestones for day in (16, 17)
    )
    assert len(on_license) == 0
    events = on_announcement[on_announcement["project_id"] == "texas-gulflink"]
    assert events["date"].iloc[0] == "2019-07-03"


def test_a_month_without_a_day_counts_from_its_first(folder: DataFolder):
    dataset = folder.load()
    assert "mill" not in ids(as_known_on(dataset, date(2026, 2, 28)))
    assert "mill" in ids(as_known_on(dataset, date(2026, 3, 1)))


def test_lists_beside_the_pledge_appear_on_their_day():
    sizes = {
        day: (len(known.agreements), len(known.interests))
        for day in (date(2025, 10, 27), date(2025, 10, 28), date(2026, 3, 19))
        for known in [as_known_on(SHIPPED, day)]
    }
    assert list(sizes.values()) == [(0, 0), (0, 21), (30, 21)]


def test_terms_and_conflicts_appear_with_the_first_of_their_sources():
    terms = {
        day: {term.term for term in as_known_on(SHIPPED, day).pledge.terms}
        for day in (date(2026, 9, 4), date(2026, 9, 5))
    }
    assert terms[date(2026, 9, 5)] - terms[date(2026, 9, 4)] == {"next-round"}
    # One value of the Georgia amount is of October 2025, the other of February 2026.
    early, late = (
        set(as_known_on(SHIPPED, day).conflicts["conflict_id"])
        for day in (date(2026, 1, 30), date(2026, 2, 2))
    )
    assert "georgia-amount" not in early
    assert "georgia-amount" in late


def test_what_nothing_is_left_of_keeps_its_columns():
    nothing = as_known_on(SHIPPED, date(2020, 1, 1))
    for name in ("projects", "milestones", "agreements", "interests", "conflicts", "gaps"):
        assert list(getattr(nothing, name)) == list(getattr(SHIPPED, name))
    assert nothing.pledge.tranches == ()


@settings(max_examples=25, deadline=None)
@given(DAYS, DAYS)
def test_a_later_day_knows_at_least_as_much(one: date, other: date):
    first, last = (BASELINE.as_known_on(day) for day in sorted((one, other)))
    assert set(ids(first.dataset)) <= set(ids(last.dataset))
    earlier, later = (known.view(ProjectFilter()).headline for known in (first, last))
    assert earlier.announced.usd_bn <= later.announced.usd_bn
    assert earlier.unannounced_usd_bn + earlier.announced.usd_bn == pytest.approx(550)


@settings(max_examples=15, deadline=None)
@given(DAYS)
def test_to_look_back_twice_is_to_look_back_once(day: date):
    once = as_known_on(SHIPPED, day)
    twice = as_known_on(once, day)
    assert once.projects.equals(twice.projects)
    assert once.milestones.equals(twice.milestones)
    assert once.pledge == twice.pledge


def test_the_present_data_is_left_as_it_is():
    before = SHIPPED.projects.copy()
    as_known_on(SHIPPED, date(2026, 3, 1))
    assert SHIPPED.projects.equals(before)


def test_marks_say_what_happened_on_which_day():
    found = dict(marks(SHIPPED))
    assert found[date(2026, 2, 17)] == "3 announced"
    assert found[date(2026, 3, 19)] == "3 announced, 3 note"
    # The first of May stands for the month of one event and for the day of three.
    assert found[date(2026, 5, 1)] == "3 financed, 1 note"
    assert list(found) == sorted(found)


def test_the_baseline_of_a_day_is_kept_and_leads_back_to_the_newest():
    past = BASELINE.as_known_on(date(2026, 3, 1))
    assert past is BASELINE.as_known_on(date(2026, 3, 1))
    assert past.latest is BASELINE
    assert past.as_known_on(None) is BASELINE
    assert (past.known_on, past.newest) == (date(2026, 3, 1), SHIPPED.pledge.as_of)
    assert (BASELINE.known_on, BASELINE.latest) == (None, BASELINE)


def test_a_day_after_the_data_is_the_newest_state():
    assert BASELINE.as_known_on(SHIPPED.pledge.as_of + timedelta(days=1)) is BASELINE


def test_days_that_are_asked_for_do_not_pile_up():
    for place in range(40):
        BASELINE.as_known_on(date(2026, 1, 1) + timedelta(days=place))
    assert len(BASELINE._past) <= 16

"""A data folder as it was known on an earlier day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.facts.dataset import Dataset, load
from components.facts.history import as_known_on, marks
from components.views.filters import ProjectFilter
from components.views.summaries import rows_of
from components.views.view import Baseline
from components.words import wording
from tests.frozen import FOLDER
from tests.unit.conftest import DataFolder
from tests.unit.factories import make_dataset, make_event, make_projects

SHIPPED = load(FOLDER)
BASELINE = Baseline.of(SHIPPED)
DAYS = st.dates(date(2025, 1, 1), SHIPPED.pledge.as_of)


def ids(dataset: Dataset) -> list[str]:
    return list(dataset.projects["project_id"])


def stages(day: date) -> dict[str, str]:
    projects = as_known_on(SHIPPED, day).projects
    return dict(zip(projects["project_id"], projects["stage"], strict=True))


ASIDE = {"title": "A list", "note": "No part of it.", "source_ids": ["undated"]}
TERM = {"label": "A term", "value": "1%", "confidence": "official"}
SMALL = make_dataset(
    make_projects(
        ("mill", "OH", 5.0),
        ("plant", "OH", 10.0),
        ("reactors", "TN;AL", 40.0, "up_to"),
        tranche=[3, 1, 2],
        announced_on=["2026-06", "2026-02-17", "2026-03-19"],
    ),
    events=[
        make_event("mill", "2026-04-01", "permitted"),
        make_event("plant", "2026-02-17", "announced"),
        make_event("plant", "2026-05", "financed", extent="part"),
        make_event("plant", "2026-07-10", "financed", extent="whole"),
        make_event("plant", "2026-08-20", "cancelled"),
        make_event("reactors", "2025-10-28", "candidate"),
    ],
    sources=[
        {"source_id": "undated"},
        {"source_id": "winter", "published_on": "2026-01-15"},
        {"source_id": "may", "published_on": "2026-05"},
        {"source_id": "autumn", "published_on": "2026-09-30"},
    ],
    agreements=[{"agreement_id": "parks"}],
    interests=[{"interest_id": "acme"}],
    conflicts=[
        {"conflict_id": "two", "a_source_ids": "winter", "b_source_ids": "autumn"},
        {
            "conflict_id": "three",
            "a_source_ids": "autumn",
            "b_source_ids": "winter",
            "c_source_ids": "may;autumn",
        },
        {"conflict_id": "undated", "a_source_ids": "undated", "b_source_ids": "winter"},
    ],
    gaps=[{"gap_id": "site", "missing": "Site"}],
    pledge={
        "agreements": ASIDE | {"dated": "2026-03-20"},
        "interests": ASIDE | {"dated": "2025-10-28"},
        "terms": [
            TERM | {"term": "equity", "source_ids": ["autumn", "may"]},
            TERM | {"term": "rate", "source_ids": ["undated"]},
        ],
    },
)


def known(day: str) -> Dataset:
    return as_known_on(SMALL, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "projects", "tranches"),
    [
        pytest.param("2026-02-16", [], [], id="before the first"),
        pytest.param("2026-02-17", ["plant"], [1], id="on its day"),
        pytest.param("2026-03-18", ["plant"], [1], id="before the second"),
        pytest.param("2026-03-19", ["plant", "reactors"], [1, 2], id="on its day, too"),
        pytest.param("2026-05-31", ["plant", "reactors"], [1, 2], id="before a month"),
        pytest.param("2026-06-01", ["mill", "plant", "reactors"], [1, 2], id="first of a month"),
        pytest.param("2026-12-31", ["mill", "plant", "reactors"], [1, 2], id="after all"),
    ],
)
def test_projects_and_tranches_are_known_from_their_day_on(
    day: str, projects: list[str], tranches: list[int]
):
    assert ids(known(day)) == projects
    assert [tranche.tranche for tranche in known(day).pledge.tranches] == tranches
    assert str(known(day).pledge.as_of) == day


@pytest.mark.parametrize(
    ("day", "stage", "on", "extent"),
    [
        pytest.param("2026-04-30", "announced", "2026-02-17", "", id="announced"),
        pytest.param("2026-05-01", "financed", "2026-05", "part", id="a month, on its first"),
        pytest.param("2026-07-09", "financed", "2026-05", "part", id="before the rest"),
        pytest.param("2026-07-10", "financed", "2026-07-10", "whole", id="in whole"),
        pytest.param("2026-08-20", "cancelled", "2026-08-20", "", id="cancelled"),
    ],
)
def test_a_project_stands_at_the_stage_it_had_reached(day: str, stage: str, on: str, extent: str):
    plant = known(day).projects.set_index("project_id").loc["plant"]
    assert tuple(plant[["stage", "stage_date", "stage_extent"]]) == (stage, on, extent)


@pytest.mark.parametrize(
    ("day", "events"),
    [
        pytest.param("2026-02-16", [], id="none of a project that is not announced"),
        pytest.param("2026-03-18", [("plant", "2026-02-17")], id="nor of another"),
        pytest.param(
            "2026-03-19",
            [("plant", "2026-02-17"), ("reactors", "2025-10-28")],
            id="an earlier one comes with its project",
        ),
        pytest.param(
            "2026-06-01",
            [
                ("mill", "2026-04-01"),
                ("plant", "2026-02-17"),
                ("plant", "2026-05"),
                ("reactors", "2025-10-28"),
            ],
            id="what is to come is not told",
        ),
    ],
)
def test_milestones_are_those_that_had_happened(day: str, events: list[tuple[str, str]]):
    rows = known(day).milestones
    assert sorted(zip(rows["project_ids"], rows["date"], strict=True)) == events


JOINT = make_dataset(
    make_projects(
        ("mill", "OH", 5.0), ("plant", "OH", 10.0), announced_on=["2026-06-01", "2026-02-17"]
    ),
    events=[
        make_event("mill", "2026-01-01", event="Application."),
        make_event("mill;plant", "2026-03-01", event="Hearing.", added_on="2026-12-31"),
        make_event("", "2025-07-22", event="Agreement.", added_on="2026-12-31"),
    ],
)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        pytest.param("2025-07-21", [], id="nothing yet"),
        pytest.param("2025-07-22", [("", "Agreement.")], id="the pledge's own from its date on"),
        pytest.param("2026-02-28", [("", "Agreement.")], id="not those of a project to come"),
        pytest.param(
            "2026-05-31",
            [("", "Agreement."), ("plant", "Hearing.")],
            id="of two projects the one that is announced",
        ),
        pytest.param(
            "2026-06-01",
            [("", "Agreement."), ("mill", "Application."), ("mill;plant", "Hearing.")],
            id="both",
        ),
    ],
)
def test_a_past_day_names_the_projects_announced_by_then_whenever_a_row_was_added(
    day: str, told: list[tuple[str, str]]
):
    rows = as_known_on(JOINT, date.fromisoformat(day)).milestones
    assert list(zip(rows["project_ids"], rows["event"], strict=True)) == told
    assert list(rows.index) == list(range(len(told)))


@pytest.mark.parametrize(
    ("table", "before", "on"),
    [
        pytest.param("agreements", "2026-03-19", "2026-03-20", id="agreements"),
        pytest.param("interests", "2025-10-27", "2025-10-28", id="interests"),
    ],
)
def test_a_list_beside_the_pledge_is_known_from_its_day_on(table: str, before: str, on: str):
    sizes = [len(getattr(known(day), table)) for day in (before, on, "2026-12-31")]
    assert sizes == [0, 1, 1]


def test_the_last_search_was_later_than_any_past_day():
    dataset = make_dataset(make_projects(("plant", "OH")), pledge={"searched_on": "2027-02-03"})
    assert dataset.pledge.searched_on == date(2027, 2, 3)
    assert as_known_on(dataset, date(2026, 12, 31)).pledge.searched_on is None


def test_a_list_of_which_no_day_is_said_was_always_there():
    dataset = make_dataset(make_projects(), agreements=[{"agreement_id": "parks"}])
    assert len(as_known_on(dataset, date(1950, 1, 1)).agreements) == 1


@pytest.mark.parametrize(
    ("day", "terms"),
    [
        pytest.param("2026-04-30", ["rate"], id="before; without a date it was always there"),
        pytest.param("2026-05-01", ["equity", "rate"], id="on the day of its first source"),
        pytest.param("2026-10-01", ["equity", "rate"], id="after the last"),
    ],
)
def test_a_term_is_known_from_its_first_source_on(day: str, terms: list[str]):
    assert [term.term for term in known(day).pledge.terms] == terms


@pytest.mark.parametrize(
    ("day", "conflicts"),
    [
        pytest.param("2026-01-14", [], id="one value of each is out at most"),
        pytest.param("2026-01-15", ["undated"], id="a source without a date was always there"),
        pytest.param("2026-04-30", ["undated"], id="one value is no conflict"),
        pytest.param("2026-05-01", ["three", "undated"], id="two values of three"),
        pytest.param("2026-09-30", ["two", "three", "undated"], id="all values"),
    ],
)
def test_sources_disagree_once_two_values_are_published(day: str, conflicts: list[str]):
    assert list(known(day).conflicts["conflict_id"]) == conflicts


def test_what_is_not_found_today_was_not_known_then():
    assert list(known("1950-01-01").gaps["gap_id"]) == ["site"]


@given(
    st.lists(
        st.tuples(
            st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            st.booleans(),
            st.integers(1, 50),
        ),
        min_size=1,
        max_size=6,
    ),
    st.lists(st.dates(date(2025, 12, 1), date(2027, 1, 31)), min_size=2, max_size=2),
)
@settings(max_examples=25, deadline=None)
def test_the_announced_sum_never_falls_from_day_to_day(
    announced: list[tuple[date, bool, int]], asked: list[date]
):
    written = [f"{day:%Y-%m}" if is_month else f"{day}" for day, is_month, _ in announced]
    firsts = [day.replace(day=1) if is_month else day for day, is_month, _ in announced]
    projects = make_projects(
        *((f"p{place}", "OH", float(amount)) for place, (*_, amount) in enumerate(announced)),
        announced_on=written,
        tranche=3,
    )
    baseline = Baseline.of(make_dataset(projects, pledge={"as_of": "2027-02-01"}))
    sums = []
    for day in sorted(asked):
        view = baseline.as_known_on(day).view(ProjectFilter())
        is_out = [first <= day for first in firsts]
        assert len(view.projects) == sum(is_out)
        amounts = (amount for amount, is_in in zip(announced, is_out, strict=True) if is_in)
        sums.append(view.headline.announced.usd_bn)
        assert sums[-1] == sum(amount for *_, amount in amounts)
    assert sums == sorted(sums)


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
    events = on_announcement[on_announcement["project_ids"] == "texas-gulflink"]
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
    assert earlier.unannounced.usd_bn + earlier.announced.usd_bn == pytest.approx(550)


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
    # A report on three projects is one; two projects that are announced together are two.
    assert found[date(2026, 3, 19)] == "3 announced, 1 note"
    # The first of May is the month of one event and the day of another, of three projects.
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


def test_an_amount_in_another_currency_is_known_once_a_source_gives_it():
    yen = {"also_bn": 5200.0, "also_currency": "JPY", "also_source_ids": "release"}
    projects = make_projects(("plant", "OH", 33.3, "about"), **yen)
    sources = [{"source_id": "release", "published_on": "2026-02-19"}]
    dataset = make_dataset(projects, sources=sources)
    before, after = (as_known_on(dataset, date(2026, 2, day)).projects for day in (18, 19))
    assert before["also_currency"].tolist() == [""]
    assert before["also_bn"].isna().all()
    assert (after["also_currency"].tolist(), after["also_bn"].tolist()) == (["JPY"], [5200.0])
    (row,) = rows_of(after)
    assert wording.project_amount(row) == "about $33.3B (¥5.2T)"

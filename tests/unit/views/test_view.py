from datetime import date

import pytest

from components.basics.amounts import Amount
from components.views.filters import ProjectFilter
from components.views.links import Link
from components.views.view import Baseline, View, vocabulary_of
from tests.unit.factories import make_baseline, make_dataset, make_event, make_projects

PROJECTS = make_projects(
    ("plant", "OH", 10.0, "about"),
    ("terminal", "TX", 2.0),
    ("reactors", "TN;AL", 40.0, "up_to"),
    tranche=[1, 1, 2],
    sector=["gas", "export", "nuclear"],
    source_ids=["gazette", "gazette;courier", "courier;gazette"],
)
BASELINE = make_baseline(PROJECTS)


def ids(projects) -> list[str]:
    return list(projects["project_id"])


def test_an_empty_filter_shows_everything_without_adding_up_again():
    view = View(BASELINE, ProjectFilter())
    assert view.projects is BASELINE.projects
    assert view.parts is BASELINE.parts
    assert view.steps is BASELINE.steps


def test_a_filter_shows_its_projects_and_their_figures():
    view = View(BASELINE, ProjectFilter(state=("TN",)))
    assert ids(view.projects) == ["reactors"]
    assert str(view.headline.announced) == "up to $40B"
    assert str(view.headline.whole_announced) == "up to $52B"
    assert list(view.steps["cumulative_usd_bn"]) == [40.0]
    assert view.words == "Projects in Tennessee"


@pytest.mark.parametrize(
    ("facet", "expected"),
    [
        pytest.param("state", ["plant", "terminal"], id="chosen facet is freed"),
        pytest.param("tranche", ["plant"], id="other chosen facet is freed"),
        pytest.param("stage", ["plant"], id="free facet changes nothing"),
    ],
)
def test_a_chart_that_filters_keeps_the_bars_one_did_not_click(facet: str, expected: list[str]):
    view = View(BASELINE, ProjectFilter(state=("OH",), tranche=("1",)))
    assert ids(view.projects_without(facet)) == expected
    assert view.parts_without(facet)["project_count"].sum() == len(expected)


def test_states_are_compared_whichever_is_chosen():
    view = View(BASELINE, ProjectFilter(state=("OH",), tranche=("1",)))
    assert list(view.state_totals["state"]) == ["OH", "TX"]


def test_figures_are_computed_once():
    view = View(BASELINE, ProjectFilter(tranche=("1",)))
    for name in ("projects", "parts", "headline", "steps", "state_parts", "state_totals"):
        assert getattr(view, name) is getattr(view, name)


def test_a_view_of_nothing_has_empty_figures():
    view = View(BASELINE, ProjectFilter(state=("WY",)))
    assert ids(view.projects) == []
    assert (view.headline.project_count, view.headline.states) == (0, ())
    assert view.headline.announced == Amount(0.0)
    assert view.source_ids == view.pledge_source_ids == ["gazette"]
    assert len(view.steps) == 0


CITED = make_baseline(
    make_projects(("plant", "OH", 1.0), ("mill", "TX"), source_ids=["herald", "times;herald"]),
    milestones=(("plant", "courier;herald"), ("mill", "mirror")),
    total_source_ids=["treaty"],
    signed_source_ids=["minutes"],
    deadline_source_ids=["treaty", "order"],
)


def test_the_sources_of_a_view_are_those_of_its_projects_their_milestones_and_the_pledge():
    pledge = ["treaty", "gazette", "minutes", "order"]
    assert View(CITED, ProjectFilter(state=("OH",))).source_ids == ["herald", "courier", *pledge]
    assert View(CITED, ProjectFilter()).source_ids == [
        "herald",
        "times",
        "courier",
        "mirror",
        *pledge,
    ]


def test_the_sources_of_the_pledge_are_those_of_its_total_tranches_signing_and_deadline():
    view = View(CITED, ProjectFilter(state=("OH",)))
    assert view.pledge_source_ids == ["treaty", "gazette", "minutes", "order"]


def test_steps_count_a_complete_tranche_with_its_official_total():
    projects = make_projects(("reactors", "TN", 40.0, "up_to"), ("mill", "OH"), tranche=2)
    baseline = make_baseline(projects)
    whole, chosen = (View(baseline, ProjectFilter(state=s)) for s in ((), ("TN",)))
    assert list(whole.steps["cumulative_usd_bn"]) == [50.0]
    assert list(chosen.steps["cumulative_usd_bn"]) == [40.0]


def test_the_baseline_counts_what_can_be_filtered_by():
    assert BASELINE.counts == {
        "sector": {"gas": 1, "export": 1, "nuclear": 1},
        "state": {"OH": 1, "TX": 1, "TN": 1, "AL": 1},
        "tranche": {"1": 2, "2": 1},
        "stage": {"announced": 3},
    }
    assert BASELINE.publishers == {"courier": "The Courier", "gazette": "The Gazette"}


def test_states_with_a_project_are_offered_first_then_all_by_name():
    states = list(vocabulary_of(BASELINE.dataset, {"TX": 1, "OH": 2}).state)
    assert states[:4] == ["OH", "TX", "AL", "AK"]
    assert len(states) == 56


def test_sectors_and_tranches_are_offered_in_the_order_of_the_pledge():
    vocabulary = vocabulary_of(BASELINE.dataset, {})
    assert list(vocabulary.sector.values())[:2] == ["Gas power", "Nuclear power"]
    assert dict(vocabulary.tranche) == {"1": "Tranche 1", "2": "Tranche 2"}
    assert list(vocabulary.stage) == [
        "announced",
        "permitted",
        "financed",
        "construction",
        "operating",
        "cancelled",
    ]


DATED = Baseline.of(
    make_dataset(
        make_projects(
            ("mill", "OH"),
            ("plant", "OH", 10.0),
            ("reactors", "TN;AL", 40.0),
            announced_on=["2026-02-17", "2026-02-17", "2026-03-19"],
        ),
        events=[
            make_event("plant", "2025-10-28"),
            make_event("plant", "2026-05-01", "permitted"),
            make_event("reactors", "2026-02-01"),
            make_event("reactors", "2026-03-19", "announced"),
        ],
    )
)


@pytest.mark.parametrize(
    ("day", "known_on", "expected"),
    [
        pytest.param(None, None, ["mill", "plant", "reactors"], id="no day: the newest"),
        pytest.param(date(2027, 1, 2), None, ["mill", "plant", "reactors"], id="after the data"),
        pytest.param(date(2027, 1, 1), None, ["mill", "plant", "reactors"], id="the newest day"),
        pytest.param(
            date(2026, 12, 31), date(2026, 12, 31), ["mill", "plant", "reactors"], id="before it"
        ),
        pytest.param(date(2026, 3, 1), date(2026, 3, 1), ["mill", "plant"], id="a past day"),
        pytest.param(date(2026, 1, 1), date(2026, 1, 1), [], id="before any project"),
    ],
)
def test_a_day_gives_what_was_known_on_it(
    day: date | None, known_on: date | None, expected: list[str]
):
    baseline = DATED.as_known_on(day)
    assert ids(baseline.projects) == expected
    assert baseline.known_on == known_on
    assert baseline.latest is DATED
    assert baseline.newest == date(2027, 1, 1)
    assert (baseline is DATED) == (known_on is None)


def test_from_a_past_day_one_reaches_any_other():
    past = DATED.as_known_on(date(2026, 1, 1))
    assert past.as_known_on(None) is DATED
    assert past.as_known_on(date(2026, 3, 1)) is DATED.as_known_on(date(2026, 3, 1))


def test_a_filter_holds_its_values_on_a_day_that_does_not_know_them():
    past = DATED.as_known_on(date(2026, 1, 1))
    assert past.vocabulary is DATED.vocabulary
    assert past.view(ProjectFilter(project=("plant",))).words == "The plant"


def test_the_link_of_a_view_has_its_filter_and_its_past_day():
    chosen = ProjectFilter(state=("OH",))
    assert DATED.view(chosen).link == Link(chosen)
    day = date(2026, 3, 1)
    assert DATED.as_known_on(day).view(chosen).link == Link(chosen, as_of=day)


@pytest.mark.parametrize(
    ("chosen", "dates"),
    [
        pytest.param(
            ProjectFilter(), ["2025-10-28", "2026-02-01", "2026-03-19", "2026-05-01"], id="all"
        ),
        pytest.param(ProjectFilter(state=("TN",)), ["2026-02-01", "2026-03-19"], id="a state"),
        pytest.param(ProjectFilter(project=("plant",)), ["2025-10-28", "2026-05-01"], id="one"),
        pytest.param(ProjectFilter(project=("mill",)), [], id="one without any"),
        pytest.param(ProjectFilter(state=("WY",)), [], id="no project"),
    ],
)
def test_milestones_are_those_of_the_matching_projects_oldest_first(
    chosen: ProjectFilter, dates: list[str]
):
    rows = DATED.view(chosen).milestones
    assert list(rows["date"]) == dates
    assert list(rows.index) == list(range(len(dates)))


def test_the_last_milestone_is_told_of_every_project_that_has_one_whatever_the_filter():
    for chosen in (ProjectFilter(), ProjectFilter(state=("WY",))):
        last = DATED.view(chosen).last_milestones
        assert last["date"].to_dict() == {"plant": "2026-05-01", "reactors": "2026-03-19"}
    past = DATED.as_known_on(date(2026, 3, 1)).view(ProjectFilter())
    assert past.last_dates.to_dict() == {"plant": "2025-10-28"}


def test_past_days_are_kept_until_there_are_too_many_or_they_hold_too_much(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("components.views.view.MAX_PAST_ROWS_CACHED", 4)
    monkeypatch.setattr("components.views.view.MAX_DAYS", 4)
    baseline = make_baseline(PROJECTS)
    first = baseline.as_known_on(date(2026, 3, 1))
    assert len(first.projects) > 1
    assert baseline.as_known_on(date(2026, 3, 1)) is first
    baseline.as_known_on(date(2026, 3, 3))
    baseline.as_known_on(date(2026, 3, 2))
    assert baseline.as_known_on(date(2026, 3, 1)) is not first


def test_a_view_is_cached_for_the_next_visitor_until_all_hold_too_many_rows(monkeypatch):
    monkeypatch.setattr("components.views.view.MAX_ROWS_CACHED", 3)
    baseline = make_baseline(PROJECTS)
    first = baseline.view(ProjectFilter(state=("TN",)))
    assert baseline.view(ProjectFilter(state=("TN",))) is first
    views = [baseline.view(ProjectFilter(tranche=(number,))) for number in ("1", "2")]
    assert sum(len(view.projects) for view in [first, *views]) > 3
    assert sum(view.row_count for view in [first, *views]) > 3
    baseline.view(ProjectFilter(state=("WY",)))
    assert sum(view.row_count for view in baseline._views.values()) <= 3
    assert baseline.view(ProjectFilter(state=("TN",))) is not first


def test_at_most_so_many_views_are_cached(monkeypatch):
    monkeypatch.setattr("components.views.view.MAX_VIEWS", 2)
    baseline = make_baseline(PROJECTS)
    for state in ("TN", "OH", "TX"):
        baseline.view(ProjectFilter(state=(state,)))
    assert [one.state for one in baseline._views] == [("OH",), ("TX",)]


JOINT = make_dataset(
    make_projects(("mill", "OH"), ("plant", "TX"), ("yard", "UT")),
    events=[
        make_event("mill;plant", "2026-05-01"),
        make_event("plant", "2026-06-01", added_on="2027-03-01"),
        make_event("", "2026-03-01"),
    ],
)


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        pytest.param(ProjectFilter(), ["", "mill;plant", "plant"], id="all, the pledge's own too"),
        pytest.param(ProjectFilter(tranche=("1",)), ["mill;plant", "plant"], id="any filter: none"),
        pytest.param(ProjectFilter(state=("OH",)), ["mill;plant"], id="of several projects, once"),
        pytest.param(ProjectFilter(state=("UT",)), [], id="no event"),
    ],
)
def test_events_of_the_pledge_come_without_a_filter_alone(chosen: ProjectFilter, found: list[str]):
    assert list(Baseline.of(JOINT).view(chosen).milestones["project_ids"]) == found


def test_an_event_of_several_projects_is_the_last_of_each():
    baseline = Baseline.of(JOINT)
    assert baseline.last_milestones["date"].to_dict() == {
        "mill": "2026-05-01",
        "plant": "2026-06-01",
    }


def test_the_last_addition_is_no_earlier_than_the_facts():
    assert Baseline.of(JOINT).last_added == date(2027, 3, 1)
    assert DATED.last_added == DATED.newest == date(2027, 1, 1)
    assert make_baseline(make_projects()).last_added == date(2027, 1, 1)

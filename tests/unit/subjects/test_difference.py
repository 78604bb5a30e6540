"""What differs between two days, in words."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.facts.dataset import load
from components.subjects import difference
from components.subjects.difference import Change
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from tests.frozen import FOLDER
from tests.unit.factories import make_dataset, make_event, make_projects, make_view

SHIPPED = Baseline.of(load(FOLDER))


def on(year: int, month: int, day: int, **chosen: tuple[str, ...]) -> View:
    return SHIPPED.as_known_on(date(year, month, day)).view(ProjectFilter(**chosen))


def groups(before: View, after: View) -> dict[str, list[str]]:
    return {
        group.key: [change.text for change in group.changes]
        for group in difference.groups(before, after)
    }


FIRST, SECOND, NEWEST = on(2026, 3, 1), on(2026, 3, 19), on(2026, 10, 10)


def test_between_equal_days_nothing_changed():
    assert difference.groups(FIRST, FIRST) == []
    assert difference.summary(FIRST, FIRST) == [
        "Announced: $36 billion, as before.",
        "Not yet announced of the up to $550 billion: $514 billion, as before.",
        "Three projects, as before.",
    ]


def test_new_projects_are_new_and_no_change_of_stage():
    found = groups(FIRST, SECOND)
    assert found["new-projects"] == [
        "up to $17B in Pennsylvania, tranche 2",
        "up to $16B in Texas, tranche 2",
        "up to $40B in Tennessee and Alabama, tranche 2",
    ]
    assert "new-stages" not in found
    assert found["new-states"] == ["Alabama, Pennsylvania and Tennessee"]
    assert found["asides"] == ["Other results of the summit of 19 March 2026"]


def test_a_further_stage_says_which_was_before_and_who_reports_it():
    (group,) = [one for one in difference.groups(SECOND, NEWEST) if one.key == "new-stages"]
    told = {change.project_ids[0]: change for change in group.changes}
    assert told["texas-gulflink"].text == "financed in part, permitted before"
    assert told["portsmouth-gas"].text == "financed in part, announced before"
    assert {change.source_ids for change in group.changes} == {("nhk-2026-05-01",)}
    assert {change.on for change in group.changes} == {"2026-05-01"}


def test_an_event_of_several_projects_is_one_with_all_of_them():
    (group,) = [one for one in difference.groups(on(2026, 4, 1), NEWEST) if one.key == "events"]
    loans = [change for change in group.changes if "loans JBIC announced" in change.text]
    assert [sorted(change.project_ids) for change in loans] == [
        ["georgia-diamond", "portsmouth-gas", "texas-gulflink"]
    ]
    assert loans[0].confidence == "Reported"


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        pytest.param(on(2026, 1, 1), FIRST, "Announced: $36 billion, $0 before.", id="first"),
        pytest.param(on(2026, 1, 1), FIRST, "Three projects, none before.", id="from none"),
        pytest.param(
            on(2026, 1, 1),
            FIRST,
            "Not yet announced of the up to $550 billion: $514 billion, up to $550 billion before.",
            id="remainder",
        ),
        pytest.param(
            FIRST, NEWEST, "Announced: up to $109 billion, $36 billion before.", id="second"
        ),
    ],
)
def test_totals_move_in_words(before: View, after: View, sentence: str):
    assert sentence in difference.summary(before, after)


def test_of_a_filter_the_remainder_of_the_pledge_is_not_told():
    chosen = difference.summary(on(2026, 3, 1, state=("TN",)), on(2026, 10, 10, state=("TN",)))
    assert chosen == ["Announced: up to $40 billion, $0 before.", "One project, none before."]


def test_every_change_of_the_shipped_data_has_a_source_but_for_what_is_computed():
    for group in difference.groups(on(2025, 1, 1), NEWEST):
        if group.key != "new-states":
            assert all(change.source_ids for change in group.changes), group.key


def test_long_lists_are_cut_and_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(difference, "MAX_ITEMS", 2)
    by_key = {group.key: group for group in difference.groups(FIRST, NEWEST)}
    assert (len(by_key["new-projects"].changes), by_key["new-projects"].hidden) == (2, 1)
    assert by_key["events"].hidden > 0


def test_one_looks_from_the_day_before_the_last_tranche_unless_asked_otherwise():
    assert difference.day_before_last_tranche(NEWEST) == date(2026, 3, 18)
    assert difference.day_before_last_tranche(on(2026, 1, 1)) == date(2025, 9, 3)


EVENTS = [
    make_event("mill;reactors", "2026-06-01", event="Hearing held."),
    make_event("plant", "2026-05", "financed", extent="part", source_ids="courier"),
    make_event("plant", "2026-06-01", event="Hearing held.", confidence="reported"),
    make_event("plant", "2026-07-10", "financed", extent="whole"),
    make_event("", "2026-09-22", event="The leaders met.", added_on="2027-02-01"),
]
ASIDE = {"note": "No part of it.", "source_ids": ["gazette"]}
NEW = "2026-03-19"
SMALL = Baseline.of(
    make_dataset(
        make_projects(
            ("mill", "OH"),
            ("plant", "OH", 10.0, "about"),
            ("reactors", "TN;AL", 40.0, "up_to"),
            tranche=[2, 1, 2],
            sector=["gas", "gas", "nuclear"],
            announced_on=[NEW, "2026-02-17", NEW],
            source_ids=["gazette", "courier", "courier;gazette"],
        ),
        events=EVENTS,
        pledge={
            "agreements": ASIDE | {"title": "Other results", "dated": NEW},
            "interests": ASIDE | {"title": "Interest list", "dated": "2025-10-28"},
        },
    )
)


def small(day: str, **chosen: tuple[str, ...]) -> View:
    return SMALL.as_known_on(date.fromisoformat(day)).view(ProjectFilter(**chosen))


def told(before: str, after: str, kind: str, **chosen: tuple[str, ...]) -> list[Change]:
    found = difference.groups(small(before, **chosen), small(after, **chosen))
    return [change for group in found if group.key == kind for change in group.changes]


def test_a_new_project_is_told_with_amount_states_and_tranche():
    assert told("2026-03-18", NEW, "new-projects") == [
        Change("undisclosed in Ohio, tranche 2", NEW, ("mill",), ("gazette",)),
        Change(
            "up to $40B in Tennessee and Alabama, tranche 2",
            NEW,
            ("reactors",),
            ("courier", "gazette"),
            confidence="Official",
        ),
    ]


def test_new_projects_stand_oldest_first():
    found = told("2026-01-01", NEW, "new-projects")
    assert [change.project_ids for change in found] == [("plant",), ("mill",), ("reactors",)]


def test_a_project_in_many_states_names_six_of_them():
    states = "AL;AK;AZ;AR;CA;CO;CT;DE"
    baseline = Baseline.of(make_dataset(make_projects(("a", states, 1.0))))
    before = baseline.as_known_on(date(2026, 1, 1)).view(ProjectFilter())
    (group, *_) = difference.groups(before, baseline.view(ProjectFilter()))
    assert group.changes[0].text == (
        "$1B in Alabama, Alaska, Arizona, Arkansas, California, Colorado and 2 more states, "
        "tranche 1"
    )


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        pytest.param(
            "2026-04-30",
            "2026-05-01",
            [Change("financed in part, announced before", "2026-05", ("plant",), ("courier",))],
            id="a stage",
        ),
        pytest.param(
            "2026-05-01",
            "2026-07-10",
            [Change("financed, financed in part before", "2026-07-10", ("plant",), ("gazette",))],
            id="the rest of the loans",
        ),
        pytest.param(
            "2026-04-30",
            "2026-07-10",
            [Change("financed, announced before", "2026-07-10", ("plant",), ("gazette",))],
            id="only where it stands at the end",
        ),
        pytest.param("2026-02-16", "2026-07-10", [], id="none of what is new"),
        pytest.param("2026-05-01", "2026-05-02", [], id="nothing"),
    ],
)
def test_a_stage_that_was_reached_is_told_with_the_one_before(
    before: str, after: str, found: list[Change]
):
    assert told(before, after, "new-stages") == found


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        pytest.param({}, ["Alabama and Tennessee"], id="Ohio was there before"),
        pytest.param({"tranche": ("2",)}, ["Alabama and Tennessee"], id="in whatever tranche"),
        pytest.param({"state": ("OH",)}, [], id="none of the filter"),
    ],
)
def test_a_state_is_new_where_no_project_at_all_named_it_before(
    chosen: dict[str, tuple[str, ...]], text: list[str]
):
    assert [change.text for change in told("2026-03-18", NEW, "new-states", **chosen)] == text


def test_an_event_of_two_projects_is_one_with_the_days_it_happened_and_was_added():
    (event, other) = told("2026-05-31", "2026-06-30", "events")
    assert event == Change(
        "Hearing held.",
        "2026-06-01",
        ("mill", "reactors"),
        ("gazette",),
        "Official",
        added_on="2026-12-24",
        milestone_id="event-01",
    )
    assert (other.project_ids, other.confidence) == (("plant",), "Reported")


def test_an_event_of_the_pledge_is_told_without_a_filter_alone():
    (event,) = told("2026-09-01", "2026-10-01", "events")
    assert (event.text, event.project_ids) == ("The leaders met.", ())
    assert told("2026-09-01", "2026-10-01", "events", tranche=("1", "2")) == []


def added_since(day: date, **chosen: tuple[str, ...]) -> list[str]:
    newest = SMALL.view(ProjectFilter(**chosen))
    found = difference.groups(*difference.between(newest, day), since=day)
    listed = [group.changes for group in found if group.key == "added"]
    return [change.milestone_id for changes in listed for change in changes]


@pytest.mark.parametrize(
    ("day", "chosen", "found"),
    [
        pytest.param(date(2027, 1, 1), {}, ["event-05"], id="the day of the data"),
        pytest.param(date(2027, 1, 31), {}, ["event-05"], id="the day before"),
        pytest.param(date(2027, 2, 1), {}, [], id="not on the day itself"),
        pytest.param(date(2027, 1, 31), {"state": ("OH",)}, [], id="none of the filter"),
        pytest.param(date(2026, 12, 31), {}, [], id="before, what is dated counts"),
    ],
)
def test_after_the_day_of_the_data_what_was_added_since_is_told(
    day: date, chosen: dict[str, tuple[str, ...]], found: list[str]
):
    assert added_since(day, **chosen) == found


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        pytest.param("2026-12-23", "2026-12-24", 4, id="on the day"),
        pytest.param("2026-12-24", "2026-12-31", 0, id="not on the first day"),
        pytest.param("2026-09-01", "2026-12-23", 0, id="none, whatever happened"),
    ],
)
def test_the_events_added_in_the_days_are_counted(before: str, after: str, count: int):
    assert difference.count_added(small(before), small(after)) == count


def test_the_days_compared_stand_in_their_order_and_have_no_stage():
    newest = SMALL.view(ProjectFilter(state=("OH",), stage=("financed",)))
    for since, day in ((date(2026, 3, 1), None), (date(2027, 1, 15), date(2026, 3, 1))):
        view = SMALL.as_known_on(day).view(newest.filter)
        before, after = difference.between(view, since)
        assert (str(before.pledge.as_of), str(after.pledge.as_of)) == ("2026-03-01", "2027-01-01")
        assert before.filter == after.filter == ProjectFilter(state=("OH",))


def test_a_past_day_and_one_after_the_facts_are_compared_by_what_happened():
    march = SMALL.as_known_on(date(2026, 3, 1)).view(ProjectFilter())
    since = date(2027, 1, 15)
    before, after = difference.between(march, since)
    keys = [group.key for group in difference.groups(before, after, since=since)]
    assert "events" in keys
    assert "added" not in keys
    assert difference.span(before, after, since) == "1 March 2026 to 1 January 2027"


RELEASES = [("0.3", "2027-02-01"), ("0.2", "2027-01-15"), ("0.1", "2026-06-01")]


@pytest.mark.parametrize(
    ("releases", "last"),
    [
        pytest.param(RELEASES, ("Added since release 0.2", date(2027, 1, 15)), id="with news"),
        pytest.param(RELEASES[:1], None, id="one that has everything leads to nothing"),
        pytest.param(RELEASES[2:], None, id="one before the facts end is no such day"),
        pytest.param([], None, id="none"),
    ],
)
def test_first_days_on_offer_follow_from_data_and_releases(
    releases: list[tuple[str, str]], last: tuple[str, date] | None
):
    found = [
        (one.label, one.since) for one in difference.presets(SMALL.view(ProjectFilter()), releases)
    ]
    assert found == [
        ("Last 30 days of the data", date(2026, 12, 2)),
        ("Since spring, 1 March", date(2026, 3, 1)),
        ("Since the last tranche", date(2026, 3, 18)),
        *([last] if last else []),
    ]


@pytest.mark.parametrize(
    ("as_of", "since"),
    [
        ("2026-02-28", date(2025, 3, 1)),
        ("2026-03-01", date(2026, 3, 1)),
        ("2026-12-31", date(2026, 3, 1)),
    ],
)
def test_spring_is_the_last_one_that_began(as_of: str, since: date):
    view = make_view(make_projects(("plant", "OH", 1.0)), as_of=as_of, signed_on="2025-01-01")
    found = {one.label: one.since for one in difference.presets(view, [])}
    assert found["Since spring, 1 March"] == since


def test_a_new_project_has_its_official_amount_first_and_then_what_the_press_reports():
    projects = make_projects(
        ("gas", "PA", 33.0, "up_to"),
        ("gas-tx", "TX", 33.0, "up_to"),
        amount_shared_with=["gas-tx", "gas"],
        announced_on=NEW,
        reported_usd_bn=[17.0, None],
        reported_qualifier=["about", ""],
        reported_source_ids=["courier", ""],
        amount_source_ids="gazette",
        source_ids="gazette;courier",
    )
    newest = Baseline.of(make_dataset(projects)).view(ProjectFilter())
    before, after = difference.between(newest, date(2026, 3, 18))
    (group, *_) = difference.groups(before, after)
    assert group.changes == (
        Change(
            "up to $33B shared in Pennsylvania, tranche 1",
            NEW,
            ("gas",),
            ("gazette",),
            confidence="Official",
            reported="about $17B of it by press reports",
            reported_source_ids=("courier",),
        ),
        Change(
            "up to $33B shared in Texas, tranche 1",
            NEW,
            ("gas-tx",),
            ("gazette",),
            confidence="Official",
        ),
    )


def test_a_new_amount_that_is_not_official_says_so():
    projects = make_projects(("gas", "PA", 17.0), announced_on=NEW, amount_confidence="reported")
    newest = Baseline.of(make_dataset(projects)).view(ProjectFilter())
    (group, *_) = difference.groups(*difference.between(newest, date(2026, 3, 18)))
    assert group.changes[0].confidence == "Reported"


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        pytest.param("2026-04-30", "2026-05-01", ["2026-05"], id="a month on its first day"),
        pytest.param("2026-05-01", "2026-05-31", [], id="not on the day before it is compared"),
        pytest.param("2026-05-31", "2026-06-01", ["2026-06-01"] * 2, id="on the last day"),
    ],
)
def test_events_are_those_after_the_first_day(before: str, after: str, days: list[str]):
    assert [change.on for change in told(before, after, "events")] == days


@pytest.mark.parametrize(
    ("before", "after", "titles"),
    [
        pytest.param("2026-03-18", NEW, ["Other results"], id="on its day"),
        pytest.param(NEW, "2026-12-31", [], id="not on the day before it is compared"),
        pytest.param("2025-10-01", NEW, ["Other results", "Interest list"], id="both"),
    ],
)
def test_a_list_beside_the_pledge_is_told_when_it_came_in_between(
    before: str, after: str, titles: list[str]
):
    found = told(before, after, "asides")
    assert [change.text for change in found] == titles
    assert all(change.source_ids == ("gazette",) for change in found)


def test_kinds_stand_in_one_order_under_their_titles():
    found = difference.groups(small("2026-01-01"), small("2026-07-10"))
    assert [(group.key, group.title) for group in found] == [
        (key, title)
        for key, title in difference.TITLES.items()
        if key not in ("new-stages", "added")
    ]


def test_of_two_days_in_the_wrong_order_nothing_is_new():
    found = difference.groups(small("2026-06-30"), small("2026-03-01"))
    assert {group.key for group in found} <= {"new-stages"}


@given(*[st.dates(date(2025, 10, 1), date(2026, 12, 31))] * 2)
@settings(max_examples=20, deadline=None)
def test_nothing_is_new_within_one_day_and_all_news_are_of_the_days_between(one: date, other: date):
    first, last = sorted((one, other))
    before, after = small(str(first)), small(str(last))
    assert difference.groups(after, after) == []
    for group in difference.groups(before, after):
        for change in group.changes:
            if change.on:
                day = change.on if len(change.on) == 10 else f"{change.on}-01"
                assert str(first) < day <= str(last)


@pytest.mark.parametrize(
    ("before", "after", "chosen", "sentences"),
    [
        pytest.param(
            "2026-01-31",
            "2026-02-01",
            {},
            [
                "Announced: $0, as before.",
                "Not yet announced of the up to $100 billion: up to $100 billion, as before.",
                "No projects, as before.",
            ],
            id="before the first",
        ),
        pytest.param(
            "2026-02-16",
            "2026-02-17",
            {},
            [
                "Announced: about $10 billion, $0 before.",
                "Not yet announced of the up to $100 billion: about $90 billion, "
                "up to $100 billion before.",
                "One project, none before.",
            ],
            id="from nothing",
        ),
        pytest.param(
            "2026-03-18",
            NEW,
            {},
            [
                "Announced: up to $60 billion, about $10 billion before.",
                "Not yet announced of the up to $100 billion: at least $40 billion, "
                "about $90 billion before.",
                "Three projects, one before.",
            ],
            id="the second tranche counts with its official total",
        ),
        pytest.param(
            "2026-03-18",
            NEW,
            {"sector": ("gas",)},
            ["Announced: about $10 billion, as before.", "Two projects, one before."],
            id="an undisclosed amount adds a project and no dollar",
        ),
    ],
)
def test_totals_and_counts_move_in_words(
    before: str, after: str, chosen: dict[str, tuple[str, ...]], sentences: list[str]
):
    assert difference.summary(small(before, **chosen), small(after, **chosen)) == sentences


def test_an_undisclosed_amount_stays_one_in_words():
    projects = make_projects(("a", "OH"), ("b", "OH"), tranche=3, announced_on=["2026-03-01", NEW])
    baseline = Baseline.of(make_dataset(projects))
    first, second = (
        baseline.as_known_on(date.fromisoformat(day)).view(ProjectFilter())
        for day in ("2026-03-18", NEW)
    )
    assert difference.summary(first, second)[0] == "Announced: an undisclosed amount, as before."


def test_a_span_names_both_days():
    assert difference.span(small("2026-03-01"), small(NEW)) == "1 March 2026 to 19 March 2026"


def test_a_span_after_the_data_names_its_first_day():
    newest = SMALL.view(ProjectFilter())
    assert difference.span(newest, newest, date(2027, 1, 31)) == "After 31 January 2027"
    march = small("2026-03-01")
    assert difference.span(march, march, date(2026, 3, 1)) == "1 March 2026 to 1 March 2026"

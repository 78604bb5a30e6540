import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.basics.amounts import Amount
from components.basics.hatching import Hatching
from components.facts.schema import STAGES
from components.views import summaries
from tests.unit.factories import make_pledge, make_projects

# Tranche 1: 10 + 2 = 12, the official total in the factory's pledge. Tranche 2: 40 and an unknown
# amount, of an official 50.
PROJECTS = make_projects(
    ("plant", "OH", 10.0, "about"),
    ("terminal", "TX", 2.0),
    ("mill", "OH"),
    ("reactors", "TN;AL", 40.0, "up_to"),
    tranche=[1, 1, 2, 2],
    sector=["gas", "export", "minerals", "nuclear"],
    announced_on=["2026-02-17", "2026-02-17", "2026-03-19", "2026-03-19"],
    source_ids=["gazette", "gazette;courier", "herald", "courier;gazette"],
)
PARTS = summaries.break_down(PROJECTS)
PLEDGE = make_pledge()


def parts_of(*rows: tuple[Any, ...], **columns: Any) -> pd.DataFrame:
    return summaries.break_down(make_projects(*rows, **columns))


def records(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """Return rows as tuples, missing numbers as None, so that they can be compared."""
    values = frame[list(columns)].astype(object)
    return list(values.where(values.notna(), None).itertuples(index=False, name=None))


def test_projects_that_agree_in_everything_are_one_part():
    parts = parts_of(
        ("a", "OH", 1.5), ("b", "OH", 2.0), ("c", "OH"), ("d", "TN;AL", 40.0, "up_to"), ("e", "OH")
    )
    columns = ("states", "amount_qualifier", "amount_usd_bn", "project_count", "undisclosed_count")
    assert records(parts, *columns) == [
        ("OH", "exact", 3.5, 2, 0),
        ("OH", "", None, 2, 2),
        ("TN;AL", "up_to", 40.0, 1, 0),
    ]


def test_parts_stand_in_order_of_first_appearance():
    parts = parts_of(("a", "OH", 1.0), ("b", "TX", 1.0), ("c", "OH", 1.0), tranche=[2, 1, 1])
    assert records(parts, "tranche", "states") == [(2, "OH"), (1, "TX"), (1, "OH")]


def test_segments_stand_in_order_of_first_appearance():
    parts = parts_of(
        ("a", "OH", 1.0), ("b", "TX", 1.0), ("c", "OH", 1.0), sector=["gas", "gas", "nuclear"]
    )
    found = summaries.segments(summaries.explode_states(parts), "state")
    assert records(found, "state", "sector") == [("OH", "gas"), ("TX", "gas"), ("OH", "nuclear")]


def test_a_shared_part_stands_in_each_of_its_states():
    exploded = summaries.explode_states(PARTS)
    assert records(exploded, "state", "is_shared", "amount_usd_bn") == [
        ("OH", False, 10.0),
        ("TX", False, 2.0),
        ("OH", False, None),
        ("TN", True, 40.0),
        ("AL", True, 40.0),
    ]


def test_a_shared_amount_counts_once_in_a_total_and_in_full_in_each_state():
    parts = parts_of(("reactors", "TN;AL", 40.0, "up_to"))
    by_state = summaries.total_by_state(summaries.explode_states(parts))
    assert summaries.total_of(parts) == Amount(40.0, "up_to")
    columns = ("state", "amount_usd_bn", "sole_usd_bn", "shared_with")
    assert records(by_state, *columns) == [
        ("AL", 40.0, 0.0, "TN"),
        ("TN", 40.0, 0.0, "AL"),
    ]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        pytest.param([("a", "OH", 1.0), ("b", "OH", 2.0)], "$3B", id="exact"),
        pytest.param([("a", "OH", 1.0), ("b", "OH", 2.0, "about")], "about $3B", id="estimate"),
        pytest.param(
            [("a", "OH", 1.0, "about"), ("b", "OH", 2.0, "up_to")], "up to $3B", id="both"
        ),
        pytest.param([("a", "OH", 1.0), ("b", "OH")], "$1B", id="missing is not zero"),
        pytest.param([("a", "OH"), ("b", "TX")], "Undisclosed", id="all missing"),
        pytest.param([], "Undisclosed", id="no project"),
    ],
)
def test_a_total_keeps_the_loosest_qualifier(rows: list[tuple[Any, ...]], text: str):
    assert str(summaries.total_of(parts_of(*rows))) == text


@pytest.mark.parametrize(
    ("chosen", "totals"),
    [
        pytest.param(
            ["plant", "terminal"], {1: Amount(12.0, "exact")}, id="whole: official qualifier"
        ),
        pytest.param(["plant"], {1: Amount(10.0, "about")}, id="in part: its own"),
        pytest.param(
            ["reactors", "mill"],
            {2: Amount(50.0, "up_to")},
            id="whole with an undisclosed part: official total",
        ),
        pytest.param(["reactors"], {2: Amount(40.0, "up_to")}, id="disclosed part: its own"),
        pytest.param(["mill"], {2: Amount()}, id="undisclosed"),
        pytest.param([], {}, id="nothing"),
    ],
)
def test_a_whole_tranche_shows_its_official_total(chosen: list[str], totals: dict[int, Amount]):
    parts = summaries.break_down(PROJECTS[PROJECTS["project_id"].isin(chosen)])
    found = summaries.totals_by_tranche(parts, PARTS, PLEDGE)
    assert {number: str(amount) for number, amount in found.items()} == {
        number: str(amount) for number, amount in totals.items()
    }


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        pytest.param([("a", "OH", 40.0)], Amount(40.0), id="all disclosed, sum below"),
        pytest.param([("a", "OH", 60.0)], Amount(60.0), id="all disclosed, sum above"),
        pytest.param([("a", "OH", 60.0), ("b", "OH")], Amount(60.0), id="undisclosed, sum above"),
        pytest.param([("a", "OH", 50.0), ("b", "OH")], Amount(50.0, "up_to"), id="sum reached"),
        pytest.param([("a", "OH"), ("b", "OH")], Amount(50.0, "up_to"), id="nothing disclosed"),
    ],
)
def test_an_official_total_that_the_amounts_contradict_is_not_used(
    rows: list[tuple[Any, ...]], total: Amount
):
    parts = parts_of(*rows, tranche=2)
    assert summaries.totals_by_tranche(parts, parts, PLEDGE) == {2: total}


def test_official_totals_come_with_the_number_of_projects_that_make_the_tranche_whole():
    assert summaries.official_totals(PARTS, PLEDGE) == {
        1: (2, Amount(12.0, "exact")),
        2: (2, Amount(50.0, "up_to")),
    }


def test_a_tranche_without_projects_or_contradicted_by_them_has_no_official_total():
    assert summaries.official_totals(parts_of(("a", "OH", 40.0), tranche=2), PLEDGE) == {}


def test_an_official_total_may_differ_by_rounding():
    parts = parts_of(("a", "OH", 8.0), ("b", "OH", 4.04))
    assert summaries.total(parts, parts, PLEDGE) == Amount(12.0, "exact")


def test_a_tranche_without_an_official_total_is_added_up():
    parts = parts_of(("a", "OH", 8.0, "about"), tranche=[7])
    assert summaries.totals_by_tranche(parts, parts, PLEDGE) == {7: Amount(8.0, "about")}


tenths = st.integers(min_value=1, max_value=5000).map(lambda count: count / 10)
rows = st.tuples(
    st.sampled_from(["OH", "TX", "TN;AL"]),
    st.one_of(st.none(), tenths),
    st.sampled_from(["exact", "about", "up_to"]),
    st.integers(min_value=3, max_value=6),
)


@settings(max_examples=40)
@given(st.lists(rows, max_size=12))
def test_a_total_over_tranches_is_the_sum_of_all_disclosed_amounts(
    drawn: list[tuple[str, float | None, str, int]],
):
    projects = make_projects(
        *(
            (f"p{place}", states, math.nan if amount is None else amount, qualifier)
            for place, (states, amount, qualifier, _) in enumerate(drawn)
        ),
        tranche=[tranche for *_, tranche in drawn],
    )
    parts = summaries.break_down(projects)
    disclosed = [amount for _, amount, _, _ in drawn if amount is not None]
    total = summaries.total(parts, parts, PLEDGE)
    assert total.is_disclosed == (bool(disclosed) or not drawn)
    assert math.isclose(total.usd_bn if disclosed else 0.0, sum(disclosed), abs_tol=1e-6)
    assert parts["project_count"].sum() == len(drawn)
    assert parts["undisclosed_count"].sum() == len(drawn) - len(disclosed)


def test_the_headline_gathers_what_the_overview_opens_with():
    head = summaries.headline(PARTS, whole=PARTS, pledge=PLEDGE)
    assert head.announced == head.whole_announced == Amount(62.0, "up_to")
    assert head.unannounced == Amount(38.0, "at_least")
    assert (head.project_count, head.whole_project_count, head.undisclosed_count) == (4, 4, 1)
    assert head.states == ("AL", "OH", "TN", "TX")
    assert head.shared == (("TN", "AL"),)
    assert [(sector, str(amount)) for sector, amount in head.sectors] == [
        ("nuclear", "up to $40B"),
        ("gas", "about $10B"),
        ("export", "$2B"),
        ("minerals", "Undisclosed"),
    ]
    assert head.tranches == ((1, 2), (2, 2))


def test_the_unannounced_part_does_not_depend_on_the_filter():
    parts = summaries.break_down(PROJECTS[PROJECTS["project_id"] == "plant"])
    head = summaries.headline(parts, whole=PARTS, pledge=PLEDGE)
    assert (str(head.announced), head.unannounced.usd_bn) == ("about $10B", 38.0)


@pytest.mark.parametrize(
    ("rows", "unannounced", "qualifier"),
    [
        pytest.param([("a", "OH", 30.0, "up_to")], 70.0, "at_least", id="ceiling announced"),
        pytest.param([("a", "OH", 30.0, "about")], 70.0, "about", id="estimate announced"),
        pytest.param([("a", "OH", 30.0)], 70.0, "exact", id="exact"),
        pytest.param([("a", "OH", 130.0)], 0.0, "exact", id="more than the pledge"),
        pytest.param([("a", "OH")], 100.0, "up_to", id="undisclosed: the pledge as worded"),
        pytest.param([], 100.0, "up_to", id="nothing announced: the pledge as worded"),
    ],
)
def test_what_is_unannounced_is_what_the_pledge_has_left(
    rows: list[tuple[Any, ...]], unannounced: float, qualifier: str
):
    parts = parts_of(*rows, tranche=3)
    head = summaries.headline(parts, whole=parts, pledge=PLEDGE)
    assert head.unannounced == Amount(unannounced, qualifier)


def test_states_that_share_two_amounts_are_one_group_in_whatever_order():
    parts = parts_of(("a", "TN;AL", 1.0), ("b", "AL;TN", 2.0))
    assert len(summaries.headline(parts, whole=parts, pledge=PLEDGE).shared) == 1


def test_sectors_are_sorted_by_amount_undisclosed_last_and_ties_by_id():
    parts = parts_of(
        ("a", "OH"),
        ("b", "OH", 5.0),
        ("c", "OH", 5.0, "about"),
        ("d", "OH", 3.0),
        ("e", "OH", 4.0, "up_to"),
        sector=["minerals", "nuclear", "export", "gas", "gas"],
    )
    columns = ("sector", "amount_usd_bn", "amount_qualifier", "ceiling_usd_bn")
    assert records(summaries.total_by_sector(parts), *columns, "undisclosed_count") == [
        ("gas", 7.0, "up_to", 4.0, 0),
        ("export", 5.0, "about", 0.0, 0),
        ("nuclear", 5.0, "exact", 0.0, 0),
        ("minerals", None, "exact", 0.0, 1),
    ]


def test_a_state_tells_what_it_shares_and_with_whom():
    parts = parts_of(
        ("a", "TN;AL", 40.0, "up_to"), ("b", "TN;GA", 3.0), ("c", "TN", 1.5), ("d", "AL;TN")
    )
    found = summaries.total_by_state(summaries.explode_states(parts))
    columns = ("state", "project_count", "undisclosed_count", "amount_usd_bn", "amount_qualifier")
    assert records(found, *columns, "sole_usd_bn", "shared_with") == [
        ("TN", 4, 1, 44.5, "up_to", 1.5, "AL;GA"),
        ("AL", 2, 1, 40.0, "up_to", 0.0, "TN"),
        ("GA", 1, 0, 3.0, "exact", 0.0, "TN"),
    ]


def test_a_state_with_undisclosed_amounts_alone_has_no_amount():
    found = summaries.total_by_state(summaries.explode_states(parts_of(("a", "OH"))))
    columns = ("state", "project_count", "amount_usd_bn", "sole_usd_bn")
    assert records(found, *columns) == [("OH", 1, None, 0.0)]


def test_segments_tell_ceilings_and_shared_amounts_apart():
    parts = parts_of(
        ("a", "OH", 1.0),
        ("b", "OH", 2.0, "about"),
        ("c", "OH", 4.0, "up_to"),
        ("d", "OH;TX", 8.0, "up_to"),
        ("e", "OH"),
    )
    columns = ("sector", "hatching", "amount_usd_bn", "amount_qualifier")
    assert records(summaries.segments(parts, "sector"), *columns) == [
        ("gas", Hatching.NONE, 3.0, "about"),
        ("gas", Hatching.CEILING, 4.0, "up_to"),
        ("gas", Hatching.BOTH, 8.0, "up_to"),
    ]


@pytest.mark.parametrize(
    ("qualifiers", "qualifier"),
    [
        pytest.param(["exact", "exact"], "exact", id="exact"),
        pytest.param(["exact", "about"], "about", id="one estimate"),
        pytest.param(["up_to", "up_to"], "up_to", id="ceilings"),
    ],
)
def test_a_segment_keeps_the_loosest_qualifier_of_its_parts(qualifiers: list[str], qualifier: str):
    parts = parts_of(
        *((name, "OH", 1.0, kind) for name, kind in zip("ab", qualifiers, strict=True))
    )
    found = summaries.segments(parts, "sector")
    assert records(found, "amount_usd_bn", "amount_qualifier") == [(2.0, qualifier)]


def test_the_largest_projects_stand_first_undisclosed_last_and_ties_by_id():
    projects = make_projects(
        ("d", "OH"), ("c", "OH", 2.0), ("b", "OH", 2.0), ("a", "OH", 1.0), ("e", "OH", 3.0)
    )
    assert list(summaries.largest_projects(projects, limit=9)["project_id"]) == list("ebcad")
    assert list(summaries.largest_projects(projects, limit=2)["project_id"]) == list("eb")


def test_the_announced_sum_grows_day_by_day():
    columns = ("amount_usd_bn", "cumulative_usd_bn", "cumulative_qualifier", "project_count")
    steps = summaries.announced_over_time(PROJECTS)
    assert [f"{day:%Y-%m-%d}" for day in steps["announced_at"]] == ["2026-02-17", "2026-03-19"]
    assert records(steps, *columns) == [(12.0, 12.0, "about", 2), (40.0, 52.0, "up_to", 2)]


def test_a_ceiling_stays_in_the_sum_of_every_later_day():
    days = ["2026-01-01", "2026-02-01", "2026-03-01"]
    projects = make_projects(
        ("a", "OH", 1.0), ("b", "OH", 1.0, "up_to"), ("c", "OH", 1.0), announced_on=days
    )
    steps = summaries.announced_over_time(projects)
    assert list(steps["cumulative_qualifier"]) == ["exact", "up_to", "up_to"]


def test_a_day_has_the_qualifier_of_what_was_announced_on_it():
    days = ["2026-01-01", "2026-02-01", "2026-02-01", "2026-03-01", "2026-04-01"]
    projects = make_projects(
        ("a", "OH", 1.0, "about"),
        ("b", "OH", 1.0),
        ("c", "OH", 1.0, "up_to"),
        ("d", "OH", 1.0),
        ("e", "OH"),
        announced_on=days,
        tranche=[1, 1, 2, 2, 2],
    )
    steps = summaries.announced_over_time(projects)
    assert records(steps, "amount_usd_bn", "amount_qualifier", "cumulative_qualifier") == [
        (1.0, "about", "about"),
        (2.0, "up_to", "up_to"),
        (1.0, "exact", "up_to"),
        (None, "exact", "up_to"),
    ]


def test_no_sum_is_told_before_an_amount_is_disclosed():
    projects = make_projects(
        ("a", "OH"), ("b", "OH", 2.0), announced_on=["2026-01-01", "2026-02-01"]
    )
    steps = summaries.announced_over_time(projects)
    assert records(steps, "amount_usd_bn", "cumulative_usd_bn") == [(None, None), (2.0, 2.0)]


def test_a_tranche_counts_with_its_official_total_from_the_day_it_is_complete():
    projects = make_projects(
        ("reactors", "TN", 40.0),
        ("plant", "OH", 12.0, "about"),
        ("mill", "OH"),
        tranche=[2, 1, 2],
        announced_on=["2026-01-01", "2026-02-01", "2026-03-01"],
    )
    official = summaries.official_totals(summaries.break_down(projects), PLEDGE)
    steps = summaries.announced_over_time(projects, official=official)
    columns = ("amount_usd_bn", "cumulative_usd_bn", "cumulative_qualifier")
    assert records(steps, *columns) == [
        (40.0, 40.0, "exact"),
        (12.0, 52.0, "exact"),  # about $12B, whose official total is exact
        (None, 62.0, "up_to"),
    ]


def test_the_sum_over_time_ends_at_the_announced_total():
    official = summaries.official_totals(PARTS, PLEDGE)
    last = summaries.announced_over_time(PROJECTS, official=official).iloc[-1]
    end = Amount(last["cumulative_usd_bn"], last["cumulative_qualifier"])
    assert end == summaries.total(PARTS, PARTS, PLEDGE) == Amount(62.0, "up_to")


def test_a_tranche_shown_in_part_never_counts_with_its_official_total():
    official = summaries.official_totals(PARTS, PLEDGE)
    steps = summaries.announced_over_time(
        PROJECTS[PROJECTS["project_id"] == "reactors"], official=official
    )
    assert records(steps, "cumulative_usd_bn", "cumulative_qualifier") == [(40.0, "up_to")]


@pytest.mark.parametrize(
    ("count", "steps"),
    [
        pytest.param(summaries.MAX_STEPS, summaries.MAX_STEPS, id="as many as fit"),
        pytest.param(summaries.MAX_STEPS + 1, 3, id="one more: January, February, March"),
    ],
)
def test_too_many_days_are_gathered_by_month(count: int, steps: int):
    days = [f"{day:%Y-%m-%d}" for day in pd.date_range("2026-01-01", periods=count)]
    projects = make_projects(*((day, "OH", 1.0) for day in days), announced_on=days)
    found = summaries.announced_over_time(projects)
    assert len(found) == steps
    assert found["cumulative_usd_bn"].iloc[-1] == found["project_count"].sum() == count


def test_only_projects_with_coordinates_are_sites_largest_first():
    projects = make_projects(
        ("a", "OH", 1.0),
        ("b", "OH", 2.0),
        ("c", "OH", 3.0),
        ("d", "OH"),
        latitude=[39.0, math.nan, 40.0, 41.0],
        longitude=[-83.0, math.nan, -82.0, -81.0],
    )
    assert list(summaries.sites(projects)["project_id"]) == ["c", "a", "d"]


def test_each_state_names_its_largest_projects():
    projects = make_projects(
        ("a", "OH", 1.0), ("b", "OH;TX", 9.0), ("c", "OH", 5.0), ("d", "TX"), ("e", "OH", 7.0)
    )
    assert summaries.project_names_by_state(projects, limit=3) == {
        "OH": ["The b", "The e", "The c"],
        "TX": ["The b", "The d"],
    }


def test_sources_stand_by_how_often_they_are_cited():
    assert summaries.source_ids(PROJECTS) == ["gazette", "courier", "herald"]


STANDING = make_projects(
    ("plant", "OH", 10.0, "about"), ("terminal", "TX", 2.0), ("mill", "OH"), ("reactors", "TN;AL")
)


def test_projects_are_counted_at_their_stage_and_loans_in_part_with_them():
    projects = STANDING.assign(
        stage=["financed", "financed", "financed", "announced"],
        stage_extent=["part", "whole", "part", ""],
    )
    found = summaries.count_by_stage(projects)
    assert {stage: (one.project_count, one.part_count) for stage, one in found.items()} == {
        "announced": (1, 0),
        "permitted": (0, 0),
        "financed": (3, 2),
        "construction": (0, 0),
        "operating": (0, 0),
    }


def test_where_no_project_is_every_stage_is_empty():
    found = summaries.count_by_stage(make_projects())
    assert list(found) == ["announced", "permitted", "financed", "construction", "operating"]
    assert set(found.values()) == {summaries.StageCount(0, 0)}


@settings(max_examples=40)
@given(st.lists(st.sampled_from(list(STAGES)), min_size=1, max_size=12))
def test_stages_share_out_the_projects(stages: list[str]):
    projects = make_projects(*((f"p{place}", "OH") for place in range(len(stages))), stage=stages)
    found = summaries.count_by_stage(projects)
    for stage, count in found.items():
        assert count.project_count == stages.count(stage)
    assert sum(count.project_count for count in found.values()) == len(stages)
    assert ("cancelled" in found) == ("cancelled" in stages)


def test_no_projects_give_empty_summaries():
    projects = make_projects()
    parts = summaries.break_down(projects)
    exploded = summaries.explode_states(parts)
    for frame in (
        parts,
        exploded,
        summaries.total_by_sector(parts),
        summaries.total_by_state(exploded),
        summaries.segments(parts, "sector"),
        summaries.segments(exploded, "state"),
        summaries.largest_projects(projects, limit=5),
        summaries.announced_over_time(projects),
        summaries.sites(projects),
    ):
        assert len(frame) == 0
    assert list(summaries.total_by_state(exploded)) == list(
        summaries.total_by_state(summaries.explode_states(PARTS))
    )
    assert summaries.project_names_by_state(projects, limit=5) == {}
    assert summaries.source_ids(projects) == []
    assert summaries.total(parts, parts, PLEDGE) == Amount(0.0)


def test_summaries_do_not_change_what_they_are_given():
    projects, parts = PROJECTS.copy(), PARTS.copy()
    summaries.total_by_state(summaries.explode_states(parts))
    summaries.segments(parts, "sector")
    summaries.announced_over_time(projects)
    summaries.count_by_stage(projects)
    pd.testing.assert_frame_equal(projects, PROJECTS)
    pd.testing.assert_frame_equal(parts, PARTS)


def test_a_tranche_announced_in_one_day_counts_with_its_official_total_that_day():
    projects = make_projects(
        ("plant", "OH", 33.3, "about"), ("terminal", "TX", 2.1), ("grit", "GA", 0.6, "about")
    )
    steps = summaries.announced_over_time(projects, official={1: (3, Amount(36.0))})
    assert steps["amount_usd_bn"].tolist() == [36.0]
    assert steps["amount_qualifier"].tolist() == ["exact"]
    assert steps["cumulative_qualifier"].tolist() == ["exact"]

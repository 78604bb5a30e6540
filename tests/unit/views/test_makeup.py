"""What a number is made of."""

import pytest

from components.basics.amounts import Amount
from components.views import makeup
from components.views.filters import ProjectFilter
from components.views.makeup import Kind, Makeup, Rule
from components.views.view import Baseline, View
from tests.unit.factories import PLEDGE, make_projects, make_view

TRANCHES = PLEDGE["tranches"]
OWN_SUM = [TRANCHES[0], TRANCHES[1] | {"is_own_sum": True}]

SHARED = make_projects(
    ("big", "OH", 12.0),
    ("left", "TN", 30.0, "up_to"),
    ("right", "AL", 30.0, "up_to"),
    ("small", "TN;DE", 20.0, "up_to"),
    ("untold", "OH"),
    tranche=[1, 2, 2, 2, 3],
    amount_shared_with=["", "right", "left", "", ""],
    reported_usd_bn=[float("nan"), 18.0, 11.0, float("nan"), float("nan")],
    reported_qualifier=["", "about", "about", "", ""],
    reported_source_ids=["", "courier", "courier", "", ""],
    source_ids=["gazette", "courier;gazette", "courier;gazette", "gazette", "courier"],
)


STATED = make_view(SHARED).baseline
ADDED_UP = make_view(SHARED, tranches=OWN_SUM).baseline
"""The same with a second total that we added up ourselves."""


def view_of(**chosen: tuple[str, ...]) -> View:
    return ADDED_UP.view(ProjectFilter(**chosen))


def said(found: Makeup) -> list[tuple[str, tuple[str, ...], str]]:
    """Return each part as its amount, its projects, and the source that decides."""
    return [
        (str(part.amount), part.project_ids, part.source_ids[0] if part.source_ids else "")
        for part in found.parts
    ]


def test_a_tranche_with_a_total_of_its_own_is_one_part_and_one_that_we_added_up_is_its_amounts():
    found = makeup.of_announced(view_of())
    assert said(found) == [
        ("$12B", (), "gazette"),
        ("up to $30B", ("left", "right"), "courier"),
        ("up to $20B", ("small",), "gazette"),
        ("Undisclosed", ("untold",), "courier"),
    ]
    assert found.parts[0].kind is Kind.TRANCHE
    assert (found.parts[0].confidence, found.parts[0].count) == ("official", 1)
    assert found.parts[1].states == ("TN", "AL")
    assert found.rule is Rule.SUM


def test_a_total_that_a_government_states_is_a_part_even_where_its_amounts_add_up_to_it():
    found = makeup.of_announced(STATED.view(ProjectFilter()))
    assert [(part.kind, str(part.amount)) for part in found.parts] == [
        (Kind.TRANCHE, "$12B"),
        (Kind.TRANCHE, "up to $50B"),
        (Kind.AMOUNT, "Undisclosed"),
    ]


def test_one_part_is_the_number_itself():
    found = makeup.of_announced(view_of(state=("DE",)))
    assert said(found) == [("up to $20B", ("small",), "gazette")]
    assert found.rule is Rule.SAME


@pytest.mark.parametrize("baseline", [STATED, ADDED_UP], ids=["stated", "added up"])
@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"state": ("TN",)},
        {"state": ("AL", "OH")},
        {"tranche": ("2",)},
        {"tranche": ("1", "3")},
        {"project": ("right",)},
        {"project": ("untold",)},
        {"state": ("DE",), "tranche": ("1",)},
    ],
)
def test_the_parts_add_up_to_the_figure(baseline: Baseline, chosen: dict[str, tuple[str, ...]]):
    view = baseline.view(ProjectFilter(**chosen))
    head = view.headline
    found = makeup.of_announced(view)
    announced = head.announced if len(view.projects) else Amount()
    assert str(found.total) == str(announced)
    pledge, *less = makeup.of_unannounced(view).parts
    assert str(pledge.amount.less(Makeup(tuple(less), Rule.SUM).total)) == str(head.unannounced)
    assert sum(part.count for part in makeup.of_projects(view).parts) == head.project_count
    for number, one in makeup.of_tranches(view).items():
        assert str(one.total) == str(view.tranche_totals[number])


@pytest.mark.parametrize("chosen", [{}, {"state": ("TN",)}, {"sector": ("gas",)}])
def test_the_parts_of_a_bar_add_up_to_it(chosen: dict[str, tuple[str, ...]]):
    view = view_of(**chosen)
    for facet, totals in (("state", view.state_totals), ("sector", view.sector_totals)):
        found = makeup.of_bars(view.without(facet), facet, totals[facet])
        for bar, usd_bn, kind in zip(
            totals[facet], totals["amount_usd_bn"], totals["amount_qualifier"], strict=True
        ):
            assert str(found[bar].total) == str(Amount(usd_bn, kind or "exact")), bar


def test_a_bar_has_the_reports_on_it_alone_and_the_whole_sum_has_none():
    view = view_of()
    bars = makeup.of_bars(view, "state", ["AL", "TN", "OH"])
    told = {
        bar: [report.project_id for part in found.parts for report in part.reports]
        for bar, found in bars.items()
    }
    assert told == {"AL": ["right"], "TN": ["left"], "OH": []}
    sector = makeup.of_bars(view, "sector", ["gas"])["gas"]
    assert [
        len(part.reports) for part in sector.parts if part.project_ids == ("left", "right")
    ] == [2]
    assert not any(part.reports for part in makeup.of_announced(view).parts)


def test_the_sources_are_those_of_the_parts_the_deciding_ones_first():
    assert makeup.of_announced(view_of()).source_ids == ["gazette", "courier"]
    alone = makeup.of_announced(view_of(project=("left",)))
    assert alone.source_ids == ["courier", "gazette"]


def test_many_amounts_are_few_parts_and_a_rest_that_adds_up():
    rows = [(f"p{number:02}", "OH", float(number)) for number in range(1, 21)]
    view = make_view(make_projects(*rows), tranches=[TRANCHES[1]])
    found = makeup.of_announced(view)
    assert len(found.parts) == makeup.MAX_PARTS + 1
    assert [part.amount.usd_bn for part in found.parts[:3]] == [20.0, 19.0, 18.0]
    rest = found.parts[-1]
    assert (rest.kind, rest.count, rest.amount.usd_bn) == (Kind.REST, 12, sum(range(1, 13)))
    assert found.total == view.headline.announced


def test_states_are_counted_with_who_names_them():
    found = makeup.of_states(view_of(tranche=("2",)))
    assert [(part.states, part.project_ids) for part in found.parts] == [
        (("AL",), ("right",)),
        (("DE",), ("small",)),
        (("TN",), ("left",)),
        (("TN",), ("small",)),
    ]
    assert found.rule is Rule.COUNT

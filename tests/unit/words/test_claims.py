"""Claims that people make, each with a verdict and what one may print."""

from datetime import date
from typing import Any

import pytest

from components.basics.formatting import format_date
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from components.words import claims
from components.words.claims import Claim
from tests.frozen import FOLDER
from tests.unit.factories import make_baseline, make_dataset, make_loans, make_projects

PROJECTS = make_projects(
    ("plant", "OH", 10.0, "about"),
    ("mill", "DE", 2.0),
    ("east", "OH", 50.0, "up_to"),
    ("west", "TN", 50.0, "up_to"),
    tranche=[1, 1, 2, 2],
    amount_shared_with=["", "", "west", "east"],
    reported_usd_bn=[float("nan"), float("nan"), 30.0, 20.0],
    reported_qualifier=["", "", "about", "about"],
    reported_source_ids=["", "", "courier", "courier"],
    stage=["financed", "financed", "announced", "announced"],
    stage_extent=["part", "part", "", ""],
)
"""Tranche 1 is $12B of two projects; of tranche 2, up to $50B, the press divides 30 and 20."""

IN_YEN = {"original_currency": "JPY", "original_qualifier": "more_than", "rate_per_usd": 150.0}


def view_of(projects: Any = PROJECTS, *, money: Any = (), **pledge: Any) -> View:
    return make_baseline(projects, money=money, **pledge).view(ProjectFilter())


def found(view: View) -> dict[str, Claim]:
    return {claim.text: claim for claim in claims.of_view(view)}


def test_every_claim_has_a_verdict_what_one_may_print_and_its_sources():
    view = view_of(money=[make_loans("mill;plant", 300.0, **IN_YEN)])
    assert claims.of_view(view) == [
        Claim(
            "Japan has invested $100 billion",
            "Wrong",
            "Japan has pledged to invest up to $100 billion by 1 January 2030. As of 1 January "
            "2027, up to $62 billion is announced; no source was found for money paid out or "
            "spent.",
            (("gazette",), ("gazette",), ("gazette",), ("gazette",)),
        ),
        Claim(
            "$62 billion is coming",
            "Misleading",
            "As of 1 January 2027, up to $62 billion is announced in two tranches, for four "
            "projects in three states: a ceiling, not money spent.",
            (("gazette",), ("gazette",)),
        ),
        Claim(
            "$12 billion is financed",
            "Wrong",
            "As of 1 January 2027, loans are signed for a part of the $12 billion announced in "
            "tranche 1: more than ¥300 billion, about $2 billion, reported, for two projects "
            "together. The dollars are our own conversion, at ¥150 to the dollar.",
            (("courier",), ("gazette",)),
        ),
        Claim(
            "Ohio gets $30 billion",
            "Press report only",
            "As of 1 January 2027, up to $50 billion is announced for Ohio and Tennessee together; "
            "no official source divides it. Press reports give about $30 billion of it to Ohio.",
            (("gazette",), ("courier",)),
        ),
        Claim(
            "Tennessee gets $20 billion",
            "Press report only",
            "As of 1 January 2027, up to $50 billion is announced for Ohio and Tennessee together; "
            "no official source divides it. Press reports give about $20 billion of it to "
            "Tennessee.",
            (("gazette",), ("courier",)),
        ),
    ]


def test_the_filter_changes_nothing():
    view = view_of()
    assert claims.of_view(view.baseline.view(ProjectFilter(state=("DE",)))) == claims.of_view(view)


@pytest.mark.parametrize(
    ("projects", "texts"),
    [
        pytest.param(PROJECTS.iloc[:0], ["Japan has invested $100 billion"], id="no projects"),
        pytest.param(
            make_projects(("plant", "OH", 12.0)),
            ["Japan has invested $100 billion", "$12 billion is coming"],
            id="no loans, nothing shared",
        ),
        pytest.param(
            make_projects(("plant", "OH;TN", 40.0, "up_to")),
            ["Japan has invested $100 billion", "$40 billion is coming"],
            id="shared, and no report divides it",
        ),
    ],
)
def test_a_claim_without_ground_in_the_data_is_left_out(projects: Any, texts: list[str]):
    assert list(found(view_of(projects))) == texts


def test_of_an_amount_that_nobody_discloses_nobody_can_say_that_it_comes():
    (claim,) = claims.of_view(view_of(make_projects(("plant", "OH")), tranches=[]))
    assert claim.verdict == "No source found"
    assert "As of 1 January 2027, an undisclosed amount is announced; no source" in claim.printable


def test_without_projects_the_size_of_the_pledge_is_what_one_may_print():
    (claim,) = claims.of_view(view_of(PROJECTS.iloc[:0]))
    assert claim.verdict == "Wrong"
    assert claim.printable == (
        "No project is announced as of 1 January 2027. The pledge of up to $100 billion was signed "
        "on 1 January 2026."
    )


def test_what_is_announced_without_a_ceiling_is_still_not_money_spent():
    claim = found(view_of(make_projects(("plant", "OH", 12.0))))["$12 billion is coming"]
    assert claim.printable.endswith("in one state: an announcement, not money spent.")


def test_money_that_is_paid_out_is_named():
    paid = make_loans("mill", 1.0, step="paid_out", confidence="official")
    claim = found(view_of(money=[paid]))["Japan has invested $100 billion"]
    assert claim.printable.endswith(
        "up to $62 billion is announced; no source was found for money spent. Paid out: $1 billion."
    )


def test_a_pledge_that_is_announced_in_full_is_not_shown_to_be_invested():
    view = view_of(make_projects(("plant", "OH", 12.0)), total_usd_bn=12.0)
    assert found(view)["Japan has invested $12 billion"].verdict == "No source found"


def test_what_is_spent_in_full_is_no_false_claim():
    spent = make_loans("plant", 12.0, step="spent")
    view = view_of(make_projects(("plant", "OH", 12.0)), money=[spent], total_usd_bn=12.0)
    assert claims.of_view(view) == []


@pytest.mark.parametrize(
    ("loans", "extent", "is_claim"),
    [
        pytest.param(make_loans("plant", 3.0), "", True, id="less than the tranche"),
        pytest.param(make_loans("plant", 3.0), "whole", False, id="all the loans there are"),
        pytest.param(make_loans("plant", 12.0), "", False, id="the whole tranche"),
        pytest.param(
            make_loans("plant", 3.0, original_qualifier="more_than"), "", False, id="no ceiling"
        ),
        pytest.param(
            make_loans("plant", 3.0, original_qualifier="more_than"), "part", True, id="a part"
        ),
        pytest.param(make_loans("plant;reactors"), "part", False, id="of two tranches"),
        pytest.param(make_loans(""), "part", False, id="of no project named"),
    ],
)
def test_loans_for_a_part_of_one_tranche_are_what_the_claim_rests_on(
    loans: dict[str, Any], extent: str, is_claim: bool
):
    projects = make_projects(
        ("plant", "OH", 12.0),
        ("reactors", "TN", 50.0, "up_to"),
        tranche=[1, 2],
        stage=["financed" if extent else "announced", "announced"],
        stage_extent=[extent, ""],
    )
    assert ("$12 billion is financed" in found(view_of(projects, money=[loans]))) is is_claim


def test_two_reports_on_one_state_make_no_claim_since_no_source_has_their_sum():
    projects = PROJECTS.assign(
        states=["OH", "DE", "OH", "OH"], amount_states=["OH", "DE", "OH", "OH"]
    )
    assert not any(text.startswith("Ohio") for text in found(view_of(projects)))


def test_a_past_day_knows_the_claims_of_that_day():
    reports = ({"source_id": "gazette"}, {"source_id": "courier", "published_on": "2026-06-01"})
    loans = make_loans("mill;plant", 3.0, date="2026-05-01")
    dataset = make_dataset(PROJECTS, money=[loans], sources=reports)
    baseline = Baseline.of(dataset)
    assert len(claims.of_view(baseline.view(ProjectFilter()))) == 5
    in_may = claims.of_view(baseline.as_known_on(date(2026, 5, 2)).view(ProjectFilter()))
    assert [claim.text for claim in in_may] == [
        "Japan has invested $100 billion",
        "$62 billion is coming",
        "$12 billion is financed",
    ]
    in_april = claims.of_view(baseline.as_known_on(date(2026, 4, 2)).view(ProjectFilter()))
    assert [claim.text for claim in in_april] == [claim.text for claim in in_may[:2]]


@pytest.mark.parametrize("day", [None, date(2026, 5, 2), date(2026, 3, 1), date(2020, 1, 1)])
def test_of_real_data_every_figure_has_a_source_and_every_sentence_its_day(day: date | None):
    view = Baseline.of(load(FOLDER)).as_known_on(day).view(ProjectFilter())
    known = view.baseline.sources
    for claim in claims.of_view(view):
        assert claim.grounds
        assert all(ids and set(ids) <= set(known) for ids in claim.grounds)
        assert format_date(view.pledge.as_of.isoformat()) in claim.printable

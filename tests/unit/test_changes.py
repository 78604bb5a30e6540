"""What differs between two days, in words."""

from datetime import date
from pathlib import Path

import pytest

from components import changes
from components.dataset import load
from components.filters import ProjectFilter
from components.view import Baseline, View

SHIPPED = Baseline.of(load(Path(__file__).parents[2] / "data"))


def on(year: int, month: int, day: int, **chosen: tuple[str, ...]) -> View:
    return SHIPPED.as_known_on(date(year, month, day)).view(ProjectFilter(**chosen))


def groups(before: View, after: View) -> dict[str, list[str]]:
    return {
        group.key: [change.text for change in group.changes]
        for group in changes.groups(before, after)
    }


FIRST, SECOND, NEWEST = on(2026, 3, 1), on(2026, 3, 19), on(2026, 10, 10)


def test_between_equal_days_nothing_changed():
    assert changes.groups(FIRST, FIRST) == []
    assert changes.summary(FIRST, FIRST) == [
        "Announced: $36 billion, as before.",
        "Not yet announced: $514 billion, as before.",
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
    (group,) = [one for one in changes.groups(SECOND, NEWEST) if one.key == "new-stages"]
    told = {change.project_ids[0]: change for change in group.changes}
    assert told["texas-gulflink"].text == "financed in part, permitted before"
    assert told["portsmouth-gas"].text == "financed in part, announced before"
    assert {change.source_ids for change in group.changes} == {("nhk-2026-05-01",)}
    assert {change.on for change in group.changes} == {"2026-05-01"}


def test_an_event_in_the_same_words_is_one_with_all_its_projects():
    (group,) = [one for one in changes.groups(on(2026, 4, 1), NEWEST) if one.key == "events"]
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
            "Not yet announced: $514 billion, up to $550 billion before.",
            id="remainder",
        ),
        pytest.param(
            FIRST, NEWEST, "Announced: up to $109 billion, $36 billion before.", id="second"
        ),
    ],
)
def test_totals_move_in_words(before: View, after: View, sentence: str):
    assert sentence in changes.summary(before, after)


def test_of_a_filter_the_remainder_of_the_pledge_is_not_told():
    chosen = changes.summary(on(2026, 3, 1, state=("TN",)), on(2026, 10, 10, state=("TN",)))
    assert chosen == ["Announced: up to $40 billion, $0 before.", "One project, none before."]


def test_every_change_of_the_shipped_data_has_a_source_but_for_what_is_computed():
    for group in changes.groups(on(2025, 1, 1), NEWEST):
        if group.key != "new-states":
            assert all(change.source_ids for change in group.changes), group.key


def test_long_lists_are_cut_and_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(changes, "MAX_ITEMS", 2)
    by_key = {group.key: group for group in changes.groups(FIRST, NEWEST)}
    assert (len(by_key["new-projects"].changes), by_key["new-projects"].hidden) == (2, 1)
    assert by_key["events"].hidden > 0


def test_one_looks_from_the_day_before_the_last_tranche_unless_asked_otherwise():
    assert changes.day_before_last_tranche(NEWEST) == date(2026, 3, 18)
    assert changes.day_before_last_tranche(on(2026, 1, 1)) == date(2025, 9, 3)

"""What is different between two days, as a table."""

from datetime import date

import pytest

from components.exports import comparison, tabular
from components.subjects import difference
from components.views.filters import ProjectFilter
from components.views.view import Baseline
from tests.unit.factories import make_dataset, make_event, make_projects

BASELINE = Baseline.of(
    make_dataset(
        make_projects(
            ("gas", "PA", 33.0, "up_to"),
            ("gas-tx", "TX", 33.0, "up_to"),
            amount_shared_with=["gas-tx", "gas"],
            announced_on="2026-03-19",
            reported_usd_bn=[17.0, None],
            reported_qualifier=["about", ""],
            reported_source_ids=["courier", ""],
            source_ids="gazette",
        ),
        events=[
            make_event("gas;gas-tx", "2026-04-01", confidence="reported", source_ids="courier"),
            make_event("", "2026-05", event="=1+1", added_on="2027-02-01"),
        ],
    )
)
WHOLE = BASELINE.view(ProjectFilter())
SINCE = date(2026, 3, 18)


def test_every_change_is_a_row_with_its_days_projects_and_sources():
    table = comparison.of_days(WHOLE, SINCE, link="https://a.example/changes")
    assert list(table.rows) == [column.name for column in table.columns]
    assert list(table.rows["kind"]) == [
        "new-projects",
        "new-projects",
        "new-states",
        "events",
        "events",
    ]
    gas, _, states, shared, own = table.rows.to_dict("records")
    assert (gas["change"], gas["source_ids"]) == (
        "up to $33B shared in Pennsylvania, tranche 1",
        "gazette",
    )
    assert (gas["reported"], gas["reported_source_ids"]) == (
        "about $17B of it by press reports",
        "courier",
    )
    assert gas["sources"] == "The Gazette | The Courier"
    assert (states["projects"], states["sources"], states["happened_on"]) == ("", "", "")
    assert (shared["happened_on"], shared["added_on"]) == ("2026-04-01", "2026-12-24")
    assert (shared["project_ids"], shared["projects"]) == ("gas;gas-tx", "The gas; The gas-tx")
    assert (shared["confidence"], shared["milestone_id"]) == ("reported", "event-01")
    assert (own["project_ids"], own["projects"]) == ("", "The pledge")
    assert table.colophon.title == "Changes, 18 March 2026 to 1 January 2027"
    assert table.colophon.link == "https://a.example/changes"


def test_a_file_has_the_changes_that_a_page_only_counts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(difference, "MAX_ITEMS", 1)
    assert len(comparison.of_days(WHOLE, SINCE, link="").rows) == 5


def test_after_the_facts_the_rows_are_what_was_added():
    rows = comparison.of_days(WHOLE, date(2027, 1, 15), link="").rows
    assert [(row.kind, row.milestone_id) for row in rows.itertuples()] == [("added", "event-02")]


def test_days_without_a_change_make_a_table_without_rows():
    table = comparison.of_days(WHOLE, date(2026, 12, 1), link="")
    assert table.rows.empty
    assert tabular.csv_bytes(table).decode().startswith("kind,happened_on,added_on,milestone_id,")
    assert "The Gazette" in table.colophon.source


def test_no_cell_of_the_file_is_a_formula():
    text = tabular.csv_bytes(comparison.of_days(WHOLE, SINCE, link="")).decode()
    assert ",'=1+1," in text


def test_the_codebook_names_every_kind_of_change():
    kinds = comparison.COLUMNS[0].description.removeprefix("What kind of change: ")
    assert kinds.rstrip(".").split(", ") == list(difference.TITLES)

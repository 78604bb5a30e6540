"""The shipped rows say what the governments announced, and no more than their sources."""

import csv
import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from components.facts.dataset import Dataset, load

DATA = Path(__file__).parents[2] / "data"
OFFICIAL = tomllib.loads(Path(__file__).with_name("official_totals.toml").read_text("utf-8"))
TRANCHES = {entry["tranche"]: entry for entry in OFFICIAL["tranches"]}
PARTS = [
    part | {"tranche": number} for number, entry in TRANCHES.items() for part in entry["parts"]
]
PARTS += [
    part | {"project": part["shared_with"], "shared_with": part["project"]}
    for part in PARTS
    if "shared_with" in part
]
TABLES = (
    "investments",
    "milestones",
    "sources",
    "agreements",
    "interests",
    "conflicts",
    "gaps",
)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Load the folder, which checks schemas, ids, dates and sums on the way."""
    return load(DATA)


@pytest.fixture(scope="module")
def projects(dataset: Dataset) -> pd.DataFrame:
    return dataset.projects.set_index("project_id")


def counted_once(projects: pd.DataFrame) -> pd.DataFrame:
    """Leave out the second of two projects that share one amount."""
    return projects[(projects["amount_id"] == "") | (projects["amount_id"] == projects.index)]


def rows_of(table: str) -> list[dict[str, str]]:
    """Read a table as it stands in its file; Excel puts a mark before the first name."""
    with (DATA / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def items_of(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]


def values_of(conflict: dict[str, str]) -> dict[str, str]:
    return {side: conflict[f"{side}_value"] for side in "abc" if conflict[f"{side}_value"]}


def test_the_official_totals_add_up():
    for entry in TRANCHES.values():
        assert round(sum(part["usd_bn"] for part in entry["parts"]), 6) == entry["usd_bn"]
    announced = round(sum(entry["usd_bn"] for entry in TRANCHES.values()), 6)
    assert announced == OFFICIAL["announced_usd_bn"]
    assert round(100 * announced / OFFICIAL["pledge_usd_bn"], 1) == OFFICIAL["announced_percent"]


def test_the_pledge_is_the_official_one(dataset: Dataset):
    pledge = dataset.pledge
    assert (pledge.total_usd_bn, pledge.total_qualifier) == (
        OFFICIAL["pledge_usd_bn"],
        OFFICIAL["pledge_qualifier"],
    )
    assert (pledge.signed_on, pledge.deadline) == (OFFICIAL["signed_on"], OFFICIAL["deadline"])


def test_the_tranches_are_the_official_ones(dataset: Dataset):
    stated = {
        tranche.tranche: (tranche.amount_usd_bn, tranche.amount_qualifier, tranche.announced_on)
        for tranche in dataset.pledge.tranches
    }
    assert stated == {
        number: (entry["usd_bn"], entry["qualifier"], entry["announced_on"])
        for number, entry in TRANCHES.items()
    }


def test_the_disclosed_amounts_of_a_tranche_add_up_to_its_official_total(projects: pd.DataFrame):
    once = counted_once(projects)
    sums = once.groupby("tranche")["amount_usd_bn"].sum().round(6).to_dict()
    assert sums == {number: entry["usd_bn"] for number, entry in TRANCHES.items()}


def test_all_that_is_announced_is_the_official_share_of_the_pledge(projects: pd.DataFrame):
    announced = round(counted_once(projects)["amount_usd_bn"].sum(), 6)
    assert announced == OFFICIAL["announced_usd_bn"]
    assert round(100 * announced / OFFICIAL["pledge_usd_bn"], 1) == OFFICIAL["announced_percent"]
    is_ceiling = (projects["amount_qualifier"] == "up_to").any()
    assert is_ceiling == (OFFICIAL["announced_qualifier"] == "up_to")


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part["project"])
def test_an_announced_amount_stands_as_it_was_announced(part, projects: pd.DataFrame):
    row = projects.loc[part["project"]]
    stated = (row["tranche"], row["amount_usd_bn"], row["amount_qualifier"], row["announced_on"])
    day = TRANCHES[part["tranche"]]["announced_on"].isoformat()
    assert stated == (part["tranche"], part["usd_bn"], part["qualifier"], day)
    assert row["amount_confidence"] == "official"
    assert row["amount_shared_with"] == part.get("shared_with", "")


def test_only_the_press_divides_the_shared_ceiling(projects: pd.DataFrame):
    parts = projects["reported_usd_bn"].dropna()
    assert parts.to_dict() == OFFICIAL["reported_parts"]
    assert set(projects["reported_qualifier"].loc[parts.index]) == {"about"}
    assert parts.sum() == projects["amount_usd_bn"].loc[parts.index[0]]


def test_an_amount_that_nobody_divides_is_one_row(projects: pd.DataFrame):
    undivided = projects.loc[OFFICIAL["undivided"]["project"]]
    assert undivided["amount_usd_bn"] == OFFICIAL["undivided"]["usd_bn"]
    assert undivided["states"] == OFFICIAL["undivided"]["states"]
    assert undivided["is_shared"]


def test_a_site_offshore_has_no_pin(projects: pd.DataFrame):
    offshore = projects[projects["location_precision"] == "offshore"]
    assert offshore["latitude"].isna().all()


def test_a_term_on_which_sources_disagree_says_how(dataset: Dataset):
    conflicting = [term for term in dataset.pledge.terms if term.confidence == "conflicting"]
    assert [term.term for term in conflicting if not term.note] == []


def test_the_values_of_a_conflict_differ_and_each_has_sources(dataset: Dataset):
    known = set(dataset.sources["source_id"])
    for row in rows_of("conflicts"):
        values = values_of(row)
        assert len(set(values.values())) == len(values) > 1, row["conflict_id"]
        for side in values:
            cited = items_of(row[f"{side}_source_ids"])
            assert cited, row["conflict_id"]
            assert set(cited) <= known, row["conflict_id"]


def test_a_conflict_about_projects_names_them_and_may_name_their_column(projects: pd.DataFrame):
    header = set(rows_of("investments")[0])
    for row in rows_of("conflicts"):
        named = items_of(row["project_ids"])
        assert set(named) <= set(projects.index), row["conflict_id"]
        assert bool(named) == (row["concerns"] == "projects"), row["conflict_id"]
        assert not row["field"] or row["field"] in header, row["conflict_id"]


def test_an_amount_in_conflict_is_used_as_the_conflict_says(projects: pd.DataFrame):
    amounts = projects["amount_usd_bn"].dropna().to_dict()
    for row in rows_of("conflicts"):
        named = items_of(row["project_ids"]) if row["field"] == "amount_usd_bn" else []
        for amount in (amounts[name] for name in named if name in amounts):
            figure = re.escape(f"{amount:g}")
            told = rf"(about |up to )?\${figure}(\.0)? billion"
            assert re.fullmatch(told, row["used"]), row["conflict_id"]


def test_what_the_data_marks_as_conflicting_is_among_the_conflicts(projects: pd.DataFrame):
    about = {
        (name, row["field"])
        for row in rows_of("conflicts")
        for name in items_of(row["project_ids"])
    }
    marked = {
        (name, field)
        for field, mark in {
            "amount_usd_bn": "amount_confidence",
            "place": "place_confidence",
            "capacity": "capacity_confidence",
        }.items()
        for name in projects.index[projects[mark] == "conflicting"]
    }
    assert about
    assert marked - about == set()


def test_what_stands_beside_the_pledge_rests_on_the_sources_it_names(dataset: Dataset):
    for name, aside in dataset.pledge.asides().items():
        cited = {source for row in rows_of(name) for source in items_of(row["source_ids"])}
        assert cited & set(aside.source_ids), name


@pytest.mark.parametrize("table", ["investments", "milestones", "agreements", "interests"])
def test_every_row_rests_on_a_source(table: str, dataset: Dataset):
    known = set(dataset.sources["source_id"])
    for row in rows_of(table):
        cited = items_of(row["source_ids"])
        assert cited, row
        assert set(cited) <= known, row


def test_how_a_source_is_known_stands_with_the_source_and_in_no_note():
    told = [
        (DATA / name).read_text(encoding="utf-8")
        for name in (*(f"{table}.csv" for table in TABLES), "pledge.toml")
    ]
    assert not any(re.search("secondary citation|still to be checked", text) for text in told)


@pytest.mark.parametrize(
    ("source_id", "known"),
    [
        pytest.param("eo-14345", "read", id="executive order on the agreement"),
        pytest.param("logistics-today-2026-02-19", "read", id="release of Japan's ministries"),
        pytest.param("wh-2026-03-19", "copy", id="White House on the second tranche"),
        pytest.param("nhk-2026-05-01", "cited", id="NHK on the loans"),
    ],
)
def test_a_source_that_much_rests_on_is_known_as_it_was_found(
    source_id: str, known: str, dataset: Dataset
):
    assert dataset.sources.set_index("source_id")["known"][source_id] == known


def test_a_ceremony_or_a_target_at_the_campus_in_ohio_is_no_construction(dataset: Dataset):
    events = dataset.milestones[dataset.milestones["project_ids"] == "portsmouth-gas"]
    told = events[events["date"].isin(["2026-03-20", "2026-08", "2026-08-17"])]
    assert list(told["stage"]) == ["note"] * 5


def test_an_event_of_several_projects_is_one_row(dataset: Dataset):
    events = dataset.milestones
    assert list(events["milestone_id"][events["event"].duplicated()]) == []
    (loans,) = events["project_ids"][events["stage"] == "financed"]
    assert loans == "georgia-diamond;portsmouth-gas;texas-gulflink"


def test_the_events_of_the_pledge_include_the_talks_of_september(dataset: Dataset):
    own = dataset.milestones[dataset.milestones["project_ids"] == ""]
    assert set(own["stage"]) == {"note"}
    dates = list(own["date"])
    assert [day for day in dates if day > "2026-06-01"] == ["2026-09-04", "2026-09-22"]
    pledge = dataset.pledge
    assert str(pledge.signed_on) in dates


def test_no_row_was_added_before_the_dataset_began_or_after_its_version(dataset: Dataset):
    added = dataset.milestones["added_on"]
    assert added.min() == "2026-11-22"
    assert added.max().replace("-", ".") <= dataset.pledge.version


def test_no_publication_is_listed_twice(dataset: Dataset):
    linked = dataset.sources[dataset.sources["url"] != ""]
    assert list(linked["source_id"][linked["url"].duplicated()]) == []


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_could_be_taken_for_a_formula(table: str):
    cells = [cell for row in rows_of(table) for cell in row.values() if cell]
    suspects = [cell for cell in cells if cell[0] in "=+-@\t\r"]
    assert [cell for cell in suspects if not re.fullmatch(r"-\d+(\.\d+)?", cell)] == []


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_has_outer_blanks_or_a_line_break(table: str):
    cells = [cell for row in rows_of(table) for cell in row.values()]
    assert [cell for cell in cells if cell != cell.strip() or "\n" in cell] == []


def test_the_version_is_no_older_than_the_facts(dataset: Dataset):
    pledge = dataset.pledge
    assert pledge.version >= f"{pledge.as_of:%Y.%m.%d}"

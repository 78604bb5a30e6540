import pandas as pd
import pandera.pandas as pa
import pytest

from components.facts import schema
from components.facts.checks import dtype_of
from components.facts.schema import TABLES

COLUMNS = [
    pytest.param(column, id=f"{table.name}.{name}")
    for table in TABLES
    for name, column in table.columns.items()
]

REQUIRED = "a value: this column is required"


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_tells_a_reader_what_it_holds(column):
    assert column.title[0].isupper()
    assert column.description[0].isupper()
    assert column.description.endswith(".")
    assert column.metadata["kind"] in {"text", "id", "choice", "date", "integer", "number"} | {
        "link",
        "list",
    }


@pytest.mark.parametrize("column", COLUMNS)
def test_whole_numbers_can_be_missing_only_where_a_column_is_optional(column):
    is_required = column.metadata["required"]
    assert column.metadata["dtype"] == dtype_of(column.metadata["kind"], required=is_required)


def test_a_table_is_typed_column_by_column():
    kinds = {"name": "text", "jobs": "integer", "size": "number"}
    about = {name: {"kind": kind, "required": False} for name, kind in kinds.items()}
    table = pa.DataFrameSchema({name: pa.Column(str, metadata=about[name]) for name in kinds})
    cells = pd.DataFrame({"name": ["a", ""], "jobs": ["7", ""], "size": ["1.5", ""]}, dtype="str")
    typed = schema.typed(cells, table)
    assert dict(typed.dtypes.astype(str)) == {"name": "str", "jobs": "Int64", "size": "float64"}
    assert typed.isna().to_numpy().tolist() == [[False] * 3, [False, True, True]]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_titles_tell_the_columns_of_a_table_apart(table):
    titles = [column.title for column in table.columns.values()]
    assert len(set(titles)) == len(titles)


def test_an_amount_carries_its_unit_in_its_name_and_in_the_schema():
    units = {
        name: column.metadata["unit"]
        for table in TABLES
        for name, column in table.columns.items()
        if name.endswith("_usd_bn")
    }
    assert units == dict.fromkeys(units, "US$ billions")
    assert len(units) == 4


YEN = {"also_bn": "330", "also_currency": "JPY", "also_source_ids": "gazette-2026"}


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        pytest.param(
            {"original_currency": "YEN"},
            'original_currency: "YEN" — one of USD, JPY, EUR, GBP, KRW',
            id="unknown currency",
        ),
        pytest.param(
            {"original_currency": "USD"},
            'rate_per_usd: "150" — empty where original_currency is USD',
            id="dollars converted",
        ),
        pytest.param(
            {"rate_on": ""},
            "rate_on: empty — filled exactly where rate_per_usd is",
            id="rate of no day",
        ),
        pytest.param(
            {"rate_note": ""},
            "rate_note: empty — filled exactly where rate_per_usd is",
            id="rate of no origin",
        ),
        pytest.param(
            {"rate_source_ids": ""},
            "rate_source_ids: empty — filled exactly where rate_per_usd is",
            id="rate of no source",
        ),
        pytest.param(
            {"step": "disbursed"},
            'step: "disbursed" — one of loans_signed, paid_out, spent',
            id="unknown step",
        ),
        pytest.param(
            {"original_bn": "-30"},
            'original_bn: "-30" — above 0 and below 100,000,000',
            id="less than nothing",
        ),
        pytest.param({"original_bn": ""}, f"original_bn: empty — {REQUIRED}", id="no amount"),
        pytest.param({"source_ids": ""}, f"source_ids: empty — {REQUIRED}", id="no source"),
    ],
)
def test_money_cells_that_do_not_fit_are_told(folder, cells: dict[str, str], fault: str):
    folder.set("money.csv", row=2, **cells)
    assert f"money.csv, row 2, {fault}" in folder.faults_in("money.csv")


def test_stages_stand_in_the_order_in_which_a_project_reaches_them():
    assert list(schema.STAGES) == [
        "announced",
        "permitted",
        "financed",
        "construction",
        "operating",
        "cancelled",
    ]
    assert list(schema.MILESTONE_STAGES) == [*schema.STAGES, "candidate", "note"]


@pytest.mark.parametrize(
    ("stage", "extent", "name"),
    [
        pytest.param("announced", "", "Announced", id="a stage"),
        pytest.param("construction", "", "Under construction", id="not its id"),
        pytest.param("financed", "part", "Financed in part", id="loans in part"),
        pytest.param("financed", "whole", "Financed", id="loans in whole"),
        pytest.param("note", "", "Note", id="an event that moves nothing"),
    ],
)
def test_a_stage_is_named_with_how_much_of_it_the_loans_cover(stage: str, extent: str, name: str):
    assert schema.stage_name(stage, extent) == name


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        pytest.param(
            {"amount_qualifier": ""},
            "amount_qualifier: empty — filled exactly where amount_usd_bn is",
            id="amount without qualifier",
        ),
        pytest.param(
            {"amount_confidence": ""},
            "amount_confidence: empty — filled exactly where amount_usd_bn is",
            id="amount without confidence",
        ),
        pytest.param(
            {"longitude": ""},
            "longitude: empty — filled exactly where latitude is",
            id="half a pin",
        ),
        pytest.param(
            {"location_precision": "state"},
            'latitude: "28.9" — empty where location_precision is state',
            id="pin where only the state is known",
        ),
        pytest.param(
            {"capacity_unit": ""},
            "capacity_unit: empty — filled exactly where capacity is",
            id="capacity without unit",
        ),
        pytest.param(
            {"capacity_confidence": ""},
            "capacity_confidence: empty — filled exactly where capacity is",
            id="capacity without confidence",
        ),
        pytest.param(
            YEN | {"also_currency": ""},
            "also_currency: empty — filled exactly where also_bn is",
            id="yen without currency",
        ),
        pytest.param(
            YEN | {"also_source_ids": ""},
            "also_source_ids: empty — filled exactly where also_bn is",
            id="yen without source",
        ),
        pytest.param(
            YEN | {"also_currency": "USD"},
            'also_currency: "USD" — another currency than dollars',
            id="dollars twice",
        ),
        pytest.param(
            YEN | {"also_currency": "XYZ"},
            'also_currency: "XYZ" — one of USD, JPY, EUR, GBP, KRW',
            id="unknown currency",
        ),
        pytest.param(
            YEN | {"amount_usd_bn": "", "amount_qualifier": "", "amount_confidence": ""},
            'also_bn: "330" — empty where amount_usd_bn is',
            id="yen without dollars",
        ),
    ],
)
def test_project_cells_that_do_not_go_together_are_told(folder, cells: dict[str, str], fault: str):
    folder.set("investments.csv", row=2, **cells)
    assert folder.faults_in("investments.csv")[0] == f"investments.csv, row 2, {fault}"


@pytest.mark.parametrize(
    ("file", "cells", "fault"),
    [
        pytest.param(
            "milestones.csv",
            {"stage": "finished"},
            'stage: "finished" — one of announced, permitted, financed, construction, operating, '
            "cancelled, candidate, note",
            id="unknown stage",
        ),
        pytest.param(
            "milestones.csv",
            {"extent": "part"},
            'extent: "part" — filled exactly where stage is financed',
            id="extent of an announcement",
        ),
        pytest.param(
            "milestones.csv",
            {"stage": "financed"},
            "extent: empty — filled exactly where stage is financed",
            id="loans without extent",
        ),
        pytest.param(
            "milestones.csv",
            {"stage": "financed", "extent": "half"},
            'extent: "half" — one of part, whole',
            id="unknown extent",
        ),
        pytest.param(
            "milestones.csv", {"event": ""}, f"event: empty — {REQUIRED}", id="nothing happened"
        ),
        pytest.param(
            "milestones.csv", {"source_ids": ""}, f"source_ids: empty — {REQUIRED}", id="no source"
        ),
        pytest.param(
            "sources.csv",
            {"url": "javascript:alert(1)"},
            'url: "javascript:alert(1)" — a link that begins with https:// or http://',
            id="script for a link",
        ),
        pytest.param(
            "sources.csv",
            {"url": "https://a.example/<b>"},
            'url: "https://a.example/<b>" — a link that begins with https:// or http://',
            id="tag in a link",
        ),
        pytest.param(
            "sources.csv",
            {"kind": "blog"},
            'kind: "blog" — one of primary, press, analysis',
            id="unknown kind of source",
        ),
        pytest.param(
            "sources.csv",
            {"language": "English"},
            'language: "English" — two lowercase letters such as en',
            id="language in words",
        ),
        pytest.param(
            "sources.csv",
            {"known": "heard"},
            'known: "heard" — one of read, copy, cited',
            id="unknown way of knowing a source",
        ),
        pytest.param(
            "sources.csv",
            {"known": ""},
            f"known: empty — {REQUIRED}",
            id="source without saying how it is known",
        ),
        pytest.param(
            "agreements.csv",
            {"confidence": ""},
            f"confidence: empty — {REQUIRED}",
            id="agreement without confidence",
        ),
        pytest.param(
            "interests.csv",
            {"joint_confidence": ""},
            "joint_confidence: empty — a value, since joint_amount_usd_bn has one",
            id="interest without confidence",
        ),
    ],
)
def test_a_cell_of_another_file_that_is_not_allowed_is_told(
    folder, file: str, cells: dict[str, str], fault: str
):
    folder.set(file, row=2, **cells)
    assert folder.faults_in(file) == [f"{file}, row 2, {fault}"]


@pytest.mark.parametrize(
    ("row", "cells", "faults"),
    [
        pytest.param(
            2,
            {"concerns": "tariffs"},
            [
                'concerns: "tariffs" — one of pledge, projects, agreements, interests',
                'project_ids: "harbor" — filled exactly where concerns is projects',
                'field: "capacity" — empty unless concerns is projects',
            ],
            id="unknown concern",
        ),
        pytest.param(
            2,
            {"project_ids": ""},
            ["project_ids: empty — filled exactly where concerns is projects"],
            id="about projects but none named",
        ),
        pytest.param(
            3,
            {"project_ids": "harbor"},
            ['project_ids: "harbor" — filled exactly where concerns is projects'],
            id="project named for the pledge",
        ),
        pytest.param(
            3,
            {"field": "amount_usd_bn"},
            ['field: "amount_usd_bn" — empty unless concerns is projects'],
            id="column named for the pledge",
        ),
        pytest.param(
            2,
            {"field": "amount"},
            ['field: "amount" — the name of a column of investments.csv'],
            id="unknown column",
        ),
        pytest.param(
            2,
            {"project_ids": "harbor;harbor"},
            ['project_ids: "harbor;harbor" — project ids joined by ;, none empty and none twice'],
            id="project twice",
        ),
        pytest.param(
            2,
            {"c_source_ids": ""},
            ["c_source_ids: empty — filled exactly where c_value is"],
            id="third value without sources",
        ),
        pytest.param(
            3,
            {"c_source_ids": "gazette-2026"},
            ['c_source_ids: "gazette-2026" — filled exactly where c_value is'],
            id="sources without third value",
        ),
        *(
            pytest.param(3, {name: ""}, [f"{name}: empty — {REQUIRED}"], id=f"no {name}")
            for name in (
                "subject",
                "a_value",
                "a_source_ids",
                "b_value",
                "b_source_ids",
                "used",
                "reason",
            )
        ),
        pytest.param(
            3,
            {"conflict_id": "capacity"},
            ['conflict_id: "capacity" — an id that no row above has'],
            id="id twice",
        ),
    ],
)
def test_a_conflict_that_is_not_whole_is_told(
    folder, row: int, cells: dict[str, str], faults: list[str]
):
    folder.set("conflicts.csv", row=row, **cells)
    assert folder.faults_in("conflicts.csv") == [
        f"conflicts.csv, row {row}, {fault}" for fault in faults
    ]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        pytest.param({"missing": ""}, f"missing: empty — {REQUIRED}", id="nothing missing"),
        pytest.param(
            {"gap_id": "drawdown"},
            'gap_id: "drawdown" — an id that no row above has',
            id="id twice",
        ),
        pytest.param(
            {"project_ids": "mill;"},
            'project_ids: "mill;" — project ids joined by ;, none empty and none twice',
            id="empty project",
        ),
    ],
)
def test_a_gap_that_is_not_whole_is_told(folder, cells: dict[str, str], fault: str):
    folder.set("gaps.csv", row=3, **cells)
    assert folder.faults_in("gaps.csv") == [f"gaps.csv, row 3, {fault}"]


def test_a_gap_may_concern_no_project_and_have_no_note(folder):
    folder.set("gaps.csv", row=3, project_ids="", note="")
    assert folder.faults_in("gaps.csv") == []


def test_a_confidence_may_stand_without_an_interest_amount(folder):
    folder.set("interests.csv", row=2, joint_amount_usd_bn="")
    assert folder.faults_in("interests.csv") == []


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        pytest.param(
            {"project_ids": ""},
            'stage: "announced" — note where project_ids is empty: only projects have a stage',
            id="a stage of the pledge itself",
        ),
        pytest.param(
            {"project_ids": "", "stage": "candidate"},
            'stage: "candidate" — note where project_ids is empty: only projects have a stage',
            id="a candidate that is no project",
        ),
        pytest.param(
            {"project_ids": "harbor;harbor"},
            'project_ids: "harbor;harbor" — project ids joined by ;, none empty and none twice',
            id="project twice",
        ),
        pytest.param({"milestone_id": ""}, f"milestone_id: empty — {REQUIRED}", id="no id"),
        pytest.param(
            {"milestone_id": "It happened"},
            'milestone_id: "It happened" — lowercase letters, digits and single hyphens, such as '
            "gas-pa",
            id="an id that is none",
        ),
        pytest.param({"added_on": ""}, f"added_on: empty — {REQUIRED}", id="no day of addition"),
        pytest.param(
            {"added_on": "2026-10"},
            'added_on: "2026-10" — a day, YYYY-MM-DD, such as 2026-03-19',
            id="added in a month",
        ),
        pytest.param(
            {"added_on": "2026-02-16"},
            'added_on: "2026-02-16" — not before date',
            id="added before it happened",
        ),
        pytest.param(
            {"corrected_on": "2026-10-08"},
            'corrected_on: "2026-10-08" — not before added_on',
            id="corrected before it was added",
        ),
    ],
)
def test_a_milestone_that_is_not_whole_is_told(folder, cells: dict[str, str], fault: str):
    folder.set("milestones.csv", row=2, **cells)
    assert folder.faults_in("milestones.csv") == [f"milestones.csv, row 2, {fault}"]


def test_a_milestone_id_stands_once(folder):
    folder.set("milestones.csv", row=3, milestone_id="harbor-announced")
    assert folder.faults_in("milestones.csv") == [
        'milestones.csv, row 3, milestone_id: "harbor-announced" — an id that no row above has'
    ]


def test_an_event_may_be_added_on_its_day_and_in_its_month(folder):
    folder.set("milestones.csv", row=2, added_on="2026-02-17")
    folder.set("milestones.csv", row=3, date="2026-05", added_on="2026-05-01")
    assert folder.faults_in("milestones.csv") == []

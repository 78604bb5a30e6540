import pandas as pd
import pytest

from components.facts import checks
from components.facts.schema import TABLES, file_of

ALL_COLUMNS = [
    pytest.param(file_of(table), name, id=f"{table.name}.{name}")
    for table in TABLES
    for name in table.columns
]

NUMBER = "a number without thousands separators, such as 33.3"
REQUIRED = "a value: this column is required"
DATE = "a date, YYYY-MM-DD or YYYY-MM, such as 2026-03-19"
SLUG = "lowercase letters, digits and single hyphens, such as gas-pa"
STATES = "USPS codes joined by ;, each once, such as TN;AL"
SOURCE_IDS = "source ids joined by ;, none empty and none twice"
CONFIDENCES = "one of official, reported, conflicting"


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        pytest.param(
            {"amount_usd_bn": "33,3"}, f'amount_usd_bn: "33,3" — {NUMBER}', id="decimal comma"
        ),
        pytest.param(
            {"amount_usd_bn": "1,000"}, f'amount_usd_bn: "1,000" — {NUMBER}', id="thousands"
        ),
        pytest.param({"amount_usd_bn": "$2"}, f'amount_usd_bn: "$2" — {NUMBER}', id="currency"),
        pytest.param({"amount_usd_bn": "2e1"}, f'amount_usd_bn: "2e1" — {NUMBER}', id="exponent"),
        pytest.param({"amount_usd_bn": "inf"}, f'amount_usd_bn: "inf" — {NUMBER}', id="infinite"),
        pytest.param({"amount_usd_bn": "nan"}, f'amount_usd_bn: "nan" — {NUMBER}', id="nan"),
        pytest.param({"amount_usd_bn": "２"}, f'amount_usd_bn: "２" — {NUMBER}', id="wide digit"),
        pytest.param(
            {"amount_usd_bn": "0"}, 'amount_usd_bn: "0" — above 0 and below 10,000', id="zero"
        ),
        pytest.param(
            {"amount_usd_bn": "-5"}, 'amount_usd_bn: "-5" — above 0 and below 10,000', id="negative"
        ),
        pytest.param(
            {"amount_usd_bn": "33300"},
            'amount_usd_bn: "33300" — above 0 and below 10,000',
            id="millions for billions",
        ),
        pytest.param(
            {"amount_qualifier": "around"},
            'amount_qualifier: "around" — one of exact, about, up_to',
            id="unknown qualifier",
        ),
        pytest.param(
            {"amount_confidence": "rumour"},
            f'amount_confidence: "rumour" — {CONFIDENCES}',
            id="unknown confidence",
        ),
        pytest.param(
            {"project_id": "Harbor_1"}, f'project_id: "Harbor_1" — {SLUG}', id="id in capitals"
        ),
        pytest.param({"project": ""}, f"project: empty — {REQUIRED}", id="no name"),
        pytest.param({"source_ids": ""}, f"source_ids: empty — {REQUIRED}", id="no source"),
        pytest.param(
            {"source_ids": "gazette-2026;"},
            f'source_ids: "gazette-2026;" — {SOURCE_IDS}',
            id="list with an empty item",
        ),
        pytest.param(
            {"amount_shared_with": "mill; mill"},
            'amount_shared_with: "mill; mill" — project ids joined by ;, none empty and none twice',
            id="id twice",
        ),
        pytest.param({"states": "XX"}, f'states: "XX" — {STATES}', id="unknown state"),
        pytest.param({"states": "tx"}, f'states: "tx" — {STATES}', id="state in small letters"),
        pytest.param({"states": "TX;TX"}, f'states: "TX;TX" — {STATES}', id="state twice"),
        pytest.param({"states": "TX,OH"}, f'states: "TX,OH" — {STATES}', id="states by comma"),
        pytest.param({"states": ""}, f"states: empty — {REQUIRED}", id="no state"),
        pytest.param(
            {"announced_on": "17/02/2026"}, f'announced_on: "17/02/2026" — {DATE}', id="other date"
        ),
        pytest.param(
            {"announced_on": "2026-02-30"}, f'announced_on: "2026-02-30" — {DATE}', id="30 February"
        ),
        pytest.param(
            {"announced_on": "2026-13"}, f'announced_on: "2026-13" — {DATE}', id="month 13"
        ),
        pytest.param({"announced_on": "2026"}, f'announced_on: "2026" — {DATE}', id="year alone"),
        pytest.param({"announced_on": ""}, f"announced_on: empty — {REQUIRED}", id="no date"),
        pytest.param(
            {"latitude": "91"}, 'latitude: "91" — from 13 to 72', id="latitude off the earth"
        ),
        pytest.param(
            {"longitude": "95.3"},
            'longitude: "95.3" — from -180 to -64, or from 144 to 146.2',
            id="longitude without its minus",
        ),
        pytest.param({"latitude": "28.9° N"}, f'latitude: "28.9° N" — {NUMBER}', id="degree sign"),
        pytest.param(
            {"location_precision": "street"},
            'location_precision: "street" — one of exact, approximate, county, offshore, state',
            id="unknown precision",
        ),
        pytest.param(
            {"capacity": "0"}, 'capacity: "0" — above 0 and below 1,000,000,000', id="no capacity"
        ),
        pytest.param(
            {"tranche": "1.0"},
            'tranche: "1.0" — a whole number without separators, such as 2',
            id="tranche with point",
        ),
    ],
)
def test_a_project_cell_that_is_not_allowed_is_told(folder, cells: dict[str, str], fault: str):
    folder.set("investments.csv", row=2, **cells)
    assert folder.faults_in("investments.csv")[0] == f"investments.csv, row 2, {fault}"


def test_an_id_may_not_return(folder):
    folder.set("sources.csv", row=3, source_id="courier-2026")
    assert folder.faults_in("sources.csv") == [
        'sources.csv, row 3, source_id: "courier-2026" — an id that no row above has'
    ]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "<script>x</script>", "@a", "a\nb", "-1"])
def test_hostile_text_is_just_text(folder, text: str):
    folder.set("investments.csv", row=2, summary=text)
    assert folder.faults_in("investments.csv") == []
    assert folder.load().projects.loc[0, "summary"] == text


ERRORS = [
    *("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
]
NO_ERROR = "a text, not the error of a spreadsheet"
VISIBLE = "a name without invisible characters"


@pytest.mark.parametrize("error", ERRORS)
def test_the_error_of_a_spreadsheet_is_told(folder, error: str):
    folder.set("investments.csv", row=2, summary=error)
    assert folder.faults_in("investments.csv") == [
        f'investments.csv, row 2, summary: "{error}" — {NO_ERROR}'
    ]


@pytest.mark.parametrize(("file", "column"), ALL_COLUMNS)
def test_no_column_takes_the_error_of_a_spreadsheet(folder, file: str, column: str):
    folder.set(file, row=2, **{column: "#REF!"})
    told = f'{file}, row 2, {column}: "#REF!" — '
    assert any(fault.startswith(told) for fault in folder.faults_in(file))


def test_an_error_among_the_items_of_a_list_is_told(folder):
    folder.set("agreements.csv", row=2, parties="Toshiba; #N/A")
    assert folder.faults_in("agreements.csv") == [
        f'agreements.csv, row 2, parties: "Toshiba; #N/A" — {NO_ERROR}'
    ]


@pytest.mark.parametrize("text", ["# 2", "#ref", "The sheet has #N/A there", "C#;F#", "#"])
def test_a_text_with_a_number_sign_is_no_error(folder, text: str):
    folder.set("investments.csv", row=2, summary=text, project=text)
    assert folder.faults_in("investments.csv") == []


@pytest.mark.parametrize(
    "sign",
    [
        *"\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u061c\u180e\U000e0041",
        *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ],
    ids=lambda sign: f"U+{ord(sign):04X}",
)
def test_a_sign_that_nobody_sees_is_told_by_its_number(folder, sign: str):
    folder.set("investments.csv", row=2, project=f"Har{sign}bor")
    seen = sign.encode("unicode_escape").decode()
    assert folder.faults_in("investments.csv") == [
        f'investments.csv, row 2, project: "Har{seen}bor" — {VISIBLE}; this one has '
        f"U+{ord(sign):04X}"
    ]


def test_each_of_several_invisible_signs_is_told_once(folder):
    folder.set("sources.csv", row=2, publisher="\ufeffThe\u200b Cour\u200bier")
    assert folder.faults_in("sources.csv") == [
        rf'sources.csv, row 2, publisher: "\ufeffThe\u200b Cour\u200bier" — {VISIBLE}; '
        "this one has U+FEFF, U+200B"
    ]


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        pytest.param(
            "investments.csv",
            ("project", "place", "county"),
            id="projects",
        ),
        pytest.param("sources.csv", ("publisher",), id="sources"),
        pytest.param("agreements.csv", ("area", "title", "parties"), id="agreements"),
        pytest.param("companies.csv", ("company", "japanese_name"), id="companies"),
        pytest.param("interests.csv", ("area",), id="interests"),
    ],
)
def test_every_name_must_be_visible(folder, file: str, columns: tuple[str, ...]):
    folder.set(file, row=2, **dict.fromkeys(columns, "One\u200bTwo"))
    assert sorted(folder.faults_in(file)) == sorted(
        rf'{file}, row 2, {column}: "One\u200bTwo" — {VISIBLE}; this one has U+200B'
        for column in columns
    )


@pytest.mark.parametrize(
    "name",
    [
        "日本製鉄（株）",
        "ＮＴＴ\u3000東",
        "葛\U000e0100城",
        "한국전력",
        "ערך",
        "شركة",
        "Ørsted",
        "🏭",
    ],
)
def test_a_name_may_be_of_any_script(folder, name: str):
    folder.set("companies.csv", row=2, company=name, japanese_name=name)
    assert folder.faults() == []


def test_free_text_may_have_the_joiners_that_some_scripts_need(folder):
    folder.set("investments.csv", row=2, summary="می\u200cخواهم", place_note="क्\u200dष")
    folder.set("sources.csv", row=2, title="می\u200cخواهم")
    assert folder.faults() == []


def test_numbers_and_dates_that_cannot_be_read_are_missing():
    cells = pd.Series(["1.5", "", "1,5"], index=[2, 3, 4], dtype="str")
    assert checks.numbers(cells).isna().tolist() == [False, True, True]
    dates = pd.Series(["2026-02", "2026-02-17", "", "soon"], dtype="str")
    assert checks.days(dates).dt.strftime("%Y-%m-%d").tolist()[:2] == ["2026-02-01", "2026-02-17"]
    assert checks.days(dates).isna().tolist() == [False, False, True, True]


@pytest.mark.parametrize(
    ("cells", "required", "dtype", "read"),
    [
        pytest.param(["2", "10"], True, "int64", [2, 10], id="required"),
        pytest.param(["2", "", "0"], False, "Int64", [2, None, 0], id="one missing"),
        pytest.param(["", ""], False, "Int64", [None, None], id="all missing"),
        pytest.param([], False, "Int64", [], id="no rows"),
        pytest.param(["9007199254740993"], False, "Int64", [2**53 + 1], id="beyond a float"),
    ],
)
def test_whole_numbers_are_read_as_such(
    cells: list[str], required: bool, dtype: str, read: list[int | None]
):
    assert checks.dtype_of("integer", required=required) == dtype
    index = range(2, 2 + len(cells))
    found = checks.typed_cells(
        pd.Series(cells, index=index, dtype="str"), kind="integer", required=required
    )
    assert found.dtype == dtype
    assert list(found.index) == list(index)
    assert [None if number is pd.NA else number for number in found.tolist()] == read


def test_items_keep_the_row_of_their_cell():
    cells = pd.Series(["TN; AL", "", "OH"], index=[2, 3, 7], dtype="str")
    found = checks.items(cells)
    assert list(zip(found.index, found, strict=True)) == [(2, "TN"), (2, "AL"), (7, "OH")]


def test_no_list_has_no_items():
    assert checks.items(pd.Series(["", ""], dtype="str")).empty
    assert checks.items(pd.Series([], dtype="str")).empty

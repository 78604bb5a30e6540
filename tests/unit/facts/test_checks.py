import pandas as pd
import pytest

from components.facts import checks

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
            {"japanese_parties": "A;B; A"},
            'japanese_parties: "A;B; A" — names joined by ;, none empty and none twice',
            id="name twice",
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
            {"tranche": "1.0"}, 'tranche: "1.0" — a whole number such as 2', id="tranche with point"
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
        pd.Series(cells, index=index, dtype="str"), kind="integer", dtype=dtype
    )
    assert found.dtype == dtype
    assert list(found.index) == list(index)
    assert found.to_numpy(dtype=object, na_value=None).tolist() == read


def test_items_keep_the_row_of_their_cell():
    cells = pd.Series(["TN; AL", "", "OH"], index=[2, 3, 7], dtype="str")
    found = checks.items(cells)
    assert list(zip(found.index, found, strict=True)) == [(2, "TN"), (2, "AL"), (7, "OH")]


def test_no_list_has_no_items():
    assert checks.items(pd.Series(["", ""], dtype="str")).empty
    assert checks.items(pd.Series([], dtype="str")).empty

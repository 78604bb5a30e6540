from pathlib import Path

import pytest

from components.facts import csv_file
from components.facts.csv_file import read_table, read_utf8

COLUMNS = ("name", "amount")


def read(path: Path, content: str | bytes, *, may_be_empty: bool = False):
    file = path / "rows.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(file, columns=COLUMNS, may_be_empty=may_be_empty)


def faults_of(path: Path, content: str | bytes) -> list[str]:
    table, faults = read(path, content)
    assert table is None
    return [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        pytest.param("name,amount\na,1\nb,\n", {2: ["a", "1"], 3: ["b", ""]}, id="plain"),
        pytest.param("name,amount\r\na,1\r\n", {2: ["a", "1"]}, id="Windows line ends"),
        pytest.param("name,amount\ra,1\rb,2\r", {2: ["a", "1"], 3: ["b", "2"]}, id="Mac line ends"),
        pytest.param("name,amount\na,1", {2: ["a", "1"]}, id="no line end at the end"),
        pytest.param("\ufeffname,amount\na,1\n", {2: ["a", "1"]}, id="byte order mark"),
        pytest.param("amount,name\n1,a\n", {2: ["a", "1"]}, id="columns in another order"),
        pytest.param('"name","amount"\n"a","1"\n', {2: ["a", "1"]}, id="all quoted"),
        pytest.param(" name , amount \na ,\t1\u00a0\n", {2: ["a", "1"]}, id="outer blanks dropped"),
        pytest.param('name,amount\n"a, ""b""",1\n', {2: ['a, "b"', "1"]}, id="quotes and commas"),
        pytest.param(
            'name,amount\n"a\nb",1\nc,2\n',
            {2: ["a\nb", "1"], 3: ["c", "2"]},
            id="a line break inside a cell opens no row",
        ),
        pytest.param(
            "name,amount\na,1\n\n,\nb,2\n\n",
            {2: ["a", "1"], 5: ["b", "2"]},
            id="blank rows are left out and still counted",
        ),
        pytest.param(
            "name,amount\n,1\n", {2: ["", "1"]}, id="a row is not blank for its first cell"
        ),
        pytest.param(
            "name,amount\nNA,null\nnan,1e5\n",
            {2: ["NA", "null"], 3: ["nan", "1e5"]},
            id="words for missing are words",
        ),
        pytest.param(
            "name,amount\n=1+1,<b>x</b>\n@x,-1\n",
            {2: ["=1+1", "<b>x</b>"], 3: ["@x", "-1"]},
            id="formulas and tags are text",
        ),
        pytest.param(
            'name,amount\n5" pipe,1\n', {2: ['5" pipe', "1"]}, id="a quotation mark inside a cell"
        ),
        pytest.param("name,amount\n007,01\n", {2: ["007", "01"]}, id="leading zeros stay"),
    ],
)
def test_cells_are_text_under_their_spreadsheet_row(
    tmp_path: Path, content: str, rows: dict[int, list[str]]
):
    table, faults = read(tmp_path, content)
    assert faults == []
    assert table is not None
    assert list(table.columns) == list(COLUMNS)
    assert dict(zip(table.index, table.to_numpy().tolist(), strict=True)) == rows


MISSING_AMOUNT = "rows.csv, row 1, amount — this column must be in the header"


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        pytest.param("", ["rows.csv — a file with content (this one is empty)"], id="empty file"),
        pytest.param("\n\n", ["rows.csv, row 1 — the names of the columns"], id="no header"),
        pytest.param(
            "name,amount\n", ["rows.csv — at least one row below the header"], id="header only"
        ),
        pytest.param(
            "name,amount\n,\n", ["rows.csv — at least one row below the header"], id="blank rows"
        ),
        pytest.param("name\na\n", [MISSING_AMOUNT], id="missing column"),
        pytest.param(
            "name,amuont\na,1\n",
            [
                MISSING_AMOUNT,
                'rows.csv, row 1: "amuont" — a column of this file; did you mean "amount"?',
            ],
            id="misspelt column",
        ),
        pytest.param(
            "name,amount,zebra\na,1,2\n",
            ['rows.csv, row 1: "zebra" — a column of this file'],
            id="unknown column",
        ),
        pytest.param(
            "name,amount,\na,1,\n",
            ["rows.csv, row 1: empty — a column of this file"],
            id="column without a name",
        ),
        pytest.param(
            "name,amount,name\na,1,b\n",
            ["rows.csv, row 1, name — this column may stand only once"],
            id="repeated column",
        ),
        pytest.param(
            "name;amount\na;1\n",
            [
                "rows.csv, row 1 — cells separated by commas; these are separated by semicolons: "
                + csv_file.SAVE_AS_UTF8
            ],
            id="semicolons",
        ),
        pytest.param(
            "name\tamount\na\t1\n",
            [
                "rows.csv, row 1 — cells separated by commas; these are separated by tabs: "
                + csv_file.SAVE_AS_UTF8
            ],
            id="tabs",
        ),
        pytest.param(
            "name,amount\na,1\nb\nc,1,2\nd,2\n",
            [
                "rows.csv, row 3 — 2 cells, as in the header (this row has 1)",
                "rows.csv, row 4 — 2 cells, as in the header (this row has 3)",
            ],
            id="ragged rows",
        ),
        pytest.param(
            'name,amount\n"a\nb",1\nc\n',
            ["rows.csv, row 3 — 2 cells, as in the header (this row has 1)"],
            id="ragged row below a line break inside a cell",
        ),
        pytest.param(
            'name,amount\na,1\n"b,2\nc,3\n',
            ['rows.csv, row 3 — quotation marks in pairs, and doubled ("") inside a quoted cell'],
            id="quotation mark never closed",
        ),
        pytest.param(
            'name,amount\n"' + "b,2\n" * 40_000,
            [
                "rows.csv, row 2 — cells of at most 131,072 characters "
                "(is a quotation mark here never closed?)"
            ],
            id="quotation mark never closed in a long file",
        ),
        pytest.param(
            "name,amount\na,1\nb\x00c,2\n",
            [r'rows.csv, row 3, name: "b\x00c" — text without NUL bytes'],
            id="NUL byte",
        ),
    ],
)
def test_a_malformed_file_is_told_by_row(tmp_path: Path, content: str, faults: list[str]):
    assert faults_of(tmp_path, content) == faults


@pytest.mark.parametrize("content", ["name,amount\n", "name,amount", "name,amount\n\n,\n"])
def test_a_header_alone_is_a_table_where_that_is_allowed(tmp_path: Path, content: str):
    table, faults = read(tmp_path, content, may_be_empty=True)
    assert faults == []
    assert table is not None
    assert table.empty
    assert list(table.columns) == list(COLUMNS)


@pytest.mark.parametrize(
    ("content", "place", "encoding"),
    [
        pytest.param(
            "name,amount\na,1\n日本の港,2\n".encode("cp932"),
            ", row 3",
            "Excel's Japanese encoding (cp932)",
            id="cp932",
        ),
        pytest.param(
            "name,amount\nCafé résumé,1\n".encode("cp1252"),
            ", row 2",
            "Excel's Western encoding (cp1252)",
            id="cp1252",
        ),
        pytest.param(
            'name,amount\n"a\nb",1\n“Quoted” £5,1\n'.encode("cp1252"),
            ", row 3",
            "Excel's Western encoding (cp1252)",
            id="row counted past a line break inside a cell",
        ),
        pytest.param("name,amount\na,1\n".encode("utf-16"), "", "UTF-16", id="UTF-16"),
        pytest.param(
            "name,amount\na,1\n".encode("utf-16-be"), "", "UTF-16", id="UTF-16 without its mark"
        ),
    ],
)
def test_another_encoding_is_recognised(tmp_path: Path, content: bytes, place: str, encoding: str):
    line = f"rows.csv{place} — UTF-8 text; this looks like {encoding}: {csv_file.SAVE_AS_UTF8}"
    assert faults_of(tmp_path, content) == [line]


def test_a_missing_file_is_a_fault(tmp_path: Path):
    _, faults = read_utf8(tmp_path / "rows.csv")
    assert [str(fault) for fault in faults] == ["rows.csv — this file must be in the data folder"]


def test_a_folder_in_place_of_a_file_is_a_fault(tmp_path: Path):
    (tmp_path / "rows.csv").mkdir()
    _, faults = read_utf8(tmp_path / "rows.csv")
    assert [str(fault) for fault in faults] == ["rows.csv — a file, not a folder"]


def test_an_unreadable_file_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "rows.csv").write_text("name,amount\n")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    _, faults = read_utf8(tmp_path / "rows.csv")
    assert [str(fault) for fault in faults] == [
        "rows.csv — a file that can be read (the system says: Permission denied)"
    ]


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with (tmp_path / "rows.csv").open("wb") as stream:
        stream.seek(200_000_000 - 1)
        stream.write(b"\n")
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    _, faults = read_utf8(tmp_path / "rows.csv")
    assert [str(fault) for fault in faults] == [
        "rows.csv — a file of at most 100 MB (this one has 200 MB)"
    ]


def test_the_slow_reader_agrees_with_the_fast_one(tmp_path: Path):
    regular = 'name,amount\n"a, ""b""\nc",1\n  d ,\n日本,2\n'
    fast, _ = read(tmp_path, regular)
    slow, _ = read(tmp_path, regular + "\n")
    assert fast is not None
    assert slow is not None
    assert fast.equals(slow)
    assert fast.dtypes.equals(slow.dtypes)

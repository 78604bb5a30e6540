"""Files in Japanese: what people read is Japanese, what programs read is as in English."""

import csv
import json
import re
import zipfile
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from components.basics import messages
from components.exports import bundle, citations, files, tables
from components.exports.__main__ import main
from components.exports.briefing import Paper, briefing_bytes
from components.exports.calendar_file import calendar_bytes
from components.exports.documents import rest
from components.exports.sheet_pdf import sheet_bytes
from components.exports.tabular import csv_bytes, json_bytes
from components.exports.workbook import workbook_bytes
from components.facts.dataset import load
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View

ROOT = Path(__file__).parents[2]
BASELINE = Baseline.of(load(ROOT / "data"))
LINK = "https://pledge.example.org/?lang=ja"
TABLES = ("projects", "milestones", "money", "sources", "roles", "gates")
NAMES = ("takes_part", "interested", "japanese_parties", "parties")
"""Lists of names, which are translated."""


def view(**chosen: tuple[str, ...]) -> View:
    """Return a view in the present language."""
    return BASELINE.in_language().view(ProjectFilter(**chosen))


def text_of(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return re.sub(r"\s+", "", "".join(pages))


def fonts_of(pdf: bytes) -> set[str]:
    found = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            found.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
    return found


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_the_briefing_is_set_in_japanese(paper: Paper):
    with messages.using("ja"):
        content = briefing_bytes(view(), paper=paper, link=LINK)
    text = text_of(content)
    for said in (
        "日本の対米投資5500億ドル",
        "最大1090億ドル",
        "要約資料：すべてのプロジェクト",
        "州別の発表額",
        "この要約資料の読み方",
        "金額は発表額で、支出額ではありません。",
        "データは2026年10月10日時点",
    ):
        assert said in text
    assert "IPAexGothic" in fonts_of(content)
    # Its letters have no serifs, so nothing beside them has.
    assert not any("Serif" in font for font in fonts_of(content))
    assert not any("Italic" in font or "Oblique" in font for font in fonts_of(content))
    assert str(PdfReader(BytesIO(content)).root_object["/Lang"]) == "ja"


@pytest.mark.parametrize("state", ["", "OH", "PA"])
def test_no_line_ends_between_a_figure_and_its_unit_or_within_a_short_remark(state: str):
    with messages.using("ja"):
        chosen = view(state=(state,)) if state else view()
        made = [briefing_bytes(chosen, paper="a4", link=LINK)]
        made += [sheet_bytes(view(), state, paper="a4", link=LINK)] if state else []
    for content in made:
        text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        assert "億ドル" in text
        assert (
            re.findall(r"\d ?\n ?(?:億|円|ドル|年|月|日(?!本|立|米)|件|州|社|陣|組|弾).*", text)
            == []
        )
        assert re.findall(r".*[億兆] ?\n ?(?:円|ドル)", text) == []
        assert re.findall(r"[第約] ?\n ?\d.*", text) == []
        assert re.findall(r"（[^（）\n]{1,4}\n[^（）\n]{1,4}）", text) == []


def test_the_charts_of_a_japanese_briefing_are_together_and_say_their_unit():
    with messages.using("ja"):
        content = briefing_bytes(view(), paper="a4", link=LINK)
    charts = re.sub(r"\s+", "", PdfReader(BytesIO(content)).pages[1].extract_text())
    assert charts.startswith("日本の対米投資5500億ドル要約資料：すべてのプロジェクト単位：億ドル")
    for title in ("州別の発表額", "プロジェクト別の発表額", "分野別の発表額", "発表額の推移"):
        assert title in charts
    assert "この表示のプロジェクト" not in charts


@pytest.mark.parametrize(
    ("noun", "said"),
    [
        ("project", "ほか3件は省略しています。"),
        ("milestone", "ほか3件は省略しています。"),
        ("company", "ほか3社は省略しています。"),
        ("step", "ほか3件は省略しています。"),
        ("term", "ほか3件は省略しています。"),
        ("conflict", "ほか3件は省略しています。"),
        ("gap", "ほか3件は省略しています。"),
        ("sector", "ほか3分野は省略しています。"),
        ("source", "ほか3件は省略しています。"),
    ],
)
def test_what_a_document_leaves_out_is_counted_in_japanese(noun: str, said: str):
    with messages.using("ja"):
        assert rest(3, noun) == f"{said}データファイルにはすべてあります。"


def test_the_sheet_of_a_state_is_set_in_japanese():
    with messages.using("ja"):
        text = text_of(sheet_bytes(view(), "TN", paper="a4", link=LINK))
    for said in ("テネシー州", "最大400億ドル", "今後の手続き", "小型モジュール炉（SMR）", "出典"):
        assert said in text
    assert "Projects" not in text


@pytest.mark.parametrize("name", TABLES)
def test_names_of_columns_ids_and_figures_are_those_of_english(name: str):
    made = {}
    for code in messages.LANGUAGES:
        with messages.using(code):
            table = getattr(tables, name)(view(), link=LINK)
            rows = list(csv.DictReader(StringIO(csv_bytes(table).decode())))
            records = json.loads(json_bytes(table))
        made[code] = (table, rows, records)
    (table, english, _), (_, japanese, _) = made["en"], made["ja"]
    assert list(japanese[0]) == list(english[0])
    same = [
        column.name
        for column in table.columns
        if column.kind != "text" and column.name not in NAMES
    ]
    key = table.columns[0].name
    ordered = sorted(japanese, key=lambda row: row[key])
    for row, other in zip(sorted(english, key=lambda row: row[key]), ordered, strict=True):
        assert {one: row[one] for one in same} == {one: other[one] for one in same}
    assert made["en"][2].keys() == made["ja"][2].keys()


def test_the_workbook_has_japanese_titles_and_the_same_numbers():
    made = {}
    for code in messages.LANGUAGES:
        with messages.using(code):
            chosen = [tables.projects(view(), link=LINK), tables.summary(view(), link=LINK)]
            made[code] = openpyxl.load_workbook(BytesIO(workbook_bytes(chosen, chosen[0].colophon)))
    assert made["ja"].sheetnames[1:] == ["プロジェクト", "合計"]
    for english, japanese in zip(made["en"].worksheets[1:], made["ja"].worksheets[1:], strict=True):
        numbers = [
            [[cell for cell in row if isinstance(cell, int | float)] for row in sheet.values]
            for sheet in (english, japanese)
        ]
        assert numbers[0] == numbers[1]
        assert next(iter(english.values)) == next(iter(japanese.values))
    cover = " ".join(str(cell) for row in made["ja"].worksheets[0].values for cell in row if cell)
    assert "金額は発表額で、支出額ではありません。" in cover


def test_the_workbook_is_written_in_a_japanese_font_with_a_japanese_cover():
    with messages.using("ja"):
        table = tables.projects(view(), link=LINK)
        book = openpyxl.load_workbook(BytesIO(workbook_bytes([table], table.colophon)))
    cover, projects = book.worksheets
    assert cover.title == "説明"
    for sheet in book.worksheets:
        written = [cell for row in sheet.iter_rows() for cell in row if cell.value]
        assert {cell.font.name for cell in written} == {"Yu Gothic"}
    (day,) = [row[2] for row in cover.iter_rows() if row[1].value == "データの時点"]
    assert day.number_format == 'yyyy"年"m"月"d"日"'
    # Its letters are taller: no line of a cell is cut.
    tall = [projects.row_dimensions[row].height for row in range(2, 8)]
    assert all(height % 19 == 0 for height in tall)


def test_the_bundle_says_what_it_has_in_japanese():
    with messages.using("ja"):
        chosen = view(state=("OH",))
        content = bundle.of_view(chosen, link=LINK).content()
    with zipfile.ZipFile(BytesIO(content)) as packed:
        names = packed.namelist()
        readme = packed.read(next(one for one in names if one.endswith("README.txt"))).decode()
    assert "ファイル" in readme
    assert "オハイオ州" in readme
    assert all(name.isascii() for name in names)
    assert any(name.endswith("_ja.csv") for name in names)


def test_a_view_is_cited_as_sist_02_first_where_japanese_is_written():
    accessed = date(2026, 11, 28)
    with messages.using("ja"):
        first, *others = citations.of_view(view(), link=LINK, accessed=accessed)
    pledge = BASELINE.dataset.pledge
    assert first.id == "sist02"
    assert first.text == (
        f"Pledge tracker. “日本の対米投資5500億ドル”. {pledge.version}版 "
        f"({BASELINE.dataset.version}). {view().released_on}. {LINK}, (参照 2026-11-28)."
    )
    assert [one.id for one in others] == ["apa", "chicago", "bibtex", "sentence"]


def test_the_calendar_speaks_japanese_with_the_same_ids():
    made = {}
    for code in messages.LANGUAGES:
        with messages.using(code):
            made[code] = calendar_bytes(view(), link=LINK).decode()
    ids = {code: re.findall("UID:.*", text) for code, text in made.items()}
    assert ids["en"] == ids["ja"]
    assert "投資の期限" in made["ja"]


def test_a_file_in_one_language_is_never_given_for_another():
    contents = {}
    for code in messages.LANGUAGES:
        with messages.using(code):
            file = files.rows(tables.projects(view(), link=""), view(), kind="csv", link="")
            contents[code] = (file.key, file.name, file.content().decode())
    assert contents["en"][0] != contents["ja"][0]
    assert contents["ja"][1].endswith("_ja.csv")
    assert "Natural gas generation, Pennsylvania" in contents["en"][2]
    assert "ガス火力発電（ペンシルベニア州）" in contents["ja"][2]


def test_files_in_japanese_are_written_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    asked = ["--state", "OH", "--format", "csv", "--quiet", "--out", str(tmp_path)]
    assert main([*asked, "--lang", "ja"]) == 0
    assert all(path.name.endswith("_ja.csv") for path in tmp_path.iterdir())
    with pytest.raises(SystemExit):
        main([*asked, "--lang", "xx"])
    assert "Known: en, ja." in capsys.readouterr().err

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from components.basics import messages
from components.facts import schema
from components.facts.dataset import fingerprint, load, main
from components.facts.history import as_known_on, marks
from components.facts.pledge import TRANSLATED, WHOLE
from components.facts.schema import COMPANIES, INVESTMENTS, SOURCES
from components.facts.translations import COLUMNS, TABLES, name_of
from tests.unit.conftest import DataFolder

HARBOR = ("harbor", "project", "Harbor terminal", "港湾ターミナル")
ZETA = ("zeta", "company", "Zeta", "ゼータ")
LOANS = ("harbor-loans", "event", "Loans were signed.", "融資契約を締結しました。")
NOTICE = ("gazette-2026", "title", "[Notice]", "[公告]")
PARTIES = ("parks", "parties", "United States; Japan", "米国 ;日本")
PLEDGE = [
    ("pledge", "title", "A small pledge", "小さな約束"),
    ("pledge", "signed_event", "Memorandum signed", "了解覚書に署名"),
    ("tranches/2", "note", "One amount is undisclosed.", "1件の金額は非公表です。"),
    ("sectors/nuclear", "label", "Nuclear power", "原子力発電"),
    ("terms/equity", "value", "1% to 2%", "1〜2%"),
    ("agreements", "title", "What else was agreed", "その他の合意"),
]


def translate(folder: DataFolder, table: str, *rows: tuple[str, ...]) -> None:
    path = folder.path / name_of(table)
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *rows])


def unfinished(folder: DataFolder) -> list[str]:
    return [str(one) for one in folder.load().unfinished()]


def test_texts_are_replaced_and_nothing_else(folder):
    translate(folder, "investments", HARBOR)
    english = folder.load()
    japanese = english.in_language("ja")
    assert list(japanese.projects["project"]) == [
        "港湾ターミナル",
        *english.projects["project"][1:],
    ]
    rest = [name for name in english.projects if name not in ("project", "interested")]
    pd.testing.assert_frame_equal(japanese.projects[rest], english.projects[rest])
    assert japanese.projects.dtypes.equals(english.projects.dtypes)
    assert english.projects.loc[0, "project"] == "Harbor terminal"
    assert japanese.version == english.version


def test_frames_without_a_translation_are_shared(folder):
    translate(folder, "milestones", LOANS)
    english = folder.load()
    japanese = english.in_language("ja")
    assert list(japanese.milestones["event"]) == ["It was announced.", "融資契約を締結しました。"]
    for name in ("money", "gates", "sources", "agreements", "conflicts", "gaps", "pledge"):
        assert getattr(japanese, name) is getattr(english, name)
    assert japanese.outlines is english.outlines


def test_the_english_data_are_one_step_away(folder):
    translate(folder, "investments", HARBOR)
    english = folder.load()
    japanese = english.in_language("ja")
    assert english.english is english
    assert english.in_language("en") is english
    assert japanese.english is english
    assert japanese.in_language("en") is english
    assert japanese.in_language("ja") is japanese


def test_a_folder_without_translations_is_valid_and_stays_english(folder):
    english = folder.load()
    japanese = english.in_language("ja")
    assert list(japanese.projects["project"]) == list(english.projects["project"])
    assert japanese.pledge == english.pledge
    assert japanese.english is english
    assert english.unfinished() == []


def test_names_of_companies_follow_into_every_table(folder):
    folder.set("roles.csv", row=2, role="builds")
    translate(folder, "companies", ZETA)
    english = folder.load()
    japanese = english.in_language("ja")
    assert list(japanese.companies["company"]) == ["アクメ", "ゼータ"]
    assert list(japanese.roles["company"]) == ["アクメ", "ゼータ"]
    assert list(japanese.interests["company"]) == ["アクメ"]
    assert list(japanese.companies["japanese_name"]) == ["アクメ", ""]
    builders = [data.projects.loc[0, "developer"] for data in (english, japanese)]
    assert builders == ["Acme, Zeta", "アクメ、ゼータ"]
    assert japanese.projects.loc[0, "takes_part"] == "アクメ;ゼータ"
    assert list(japanese.projects.columns) == list(english.projects.columns)


def test_a_translation_outdoes_the_japanese_name_that_a_source_gives(folder):
    translate(folder, "companies", ("acme", "company", "Acme", "アクメ社"))
    assert list(folder.load().in_language("ja").companies["company"]) == ["アクメ社", "Zeta"]


def test_names_are_read_as_the_folder_says_unless_the_english_has_changed(folder):
    translate(
        folder,
        "companies",
        ZETA,
        ("acme", "reading", "Acme", "あくめ"),
        ("zeta", "reading", "Zeta Inc.", "ぜーた"),
    )
    translate(folder, "investments", HARBOR, ("harbor", "reading", HARBOR[2], "こうわんターミナル"))
    english = folder.load()
    assert english.readings == {}
    japanese = english.in_language("ja")
    assert japanese.readings == {"アクメ": "あくめ", "港湾ターミナル": "こうわんターミナル"}
    assert list(japanese.companies.columns) == list(english.companies.columns)
    assert "ja/companies.csv, zeta, reading: outdated" in unfinished(folder)
    assert not any(line.endswith("reading: missing") for line in unfinished(folder))


def test_the_pledge_is_translated_entry_by_entry(folder):
    translate(folder, "pledge", *PLEDGE)
    english = folder.load().pledge
    japanese = folder.load().in_language("ja").pledge
    assert (japanese.title, japanese.signed_event) == ("小さな約束", "了解覚書に署名")
    assert [one.note for one in japanese.tranches] == ["", "1件の金額は非公表です。"]
    assert [one.label for one in japanese.sectors] == ["Export", "原子力発電"]
    assert (japanese.terms[0].label, japanese.terms[0].value) == ("Share of equity", "1〜2%")
    assert japanese.agreements.title == "その他の合意"
    assert japanese.agreements.note == english.agreements.note
    assert japanese.interests == english.interests
    assert japanese.total == english.total
    assert japanese.sector_colours == english.sector_colours
    assert english.title == "A small pledge"


def test_keywords_of_a_sector_are_a_list_in_the_pledge_and_joined_beside_it(folder):
    folder.replace("pledge.toml", 'colour = "blue"', 'keywords = ["reactors", "power plant"]')
    row = ("sectors/nuclear", "keywords", "reactors;power plant")
    translate(folder, "pledge", (*row, "原子炉; 原発;発電所"))
    japanese = folder.load().in_language("ja").pledge
    assert japanese.sectors[1].keywords == ("原子炉", "原発", "発電所")
    assert japanese.sectors[0].keywords == ()
    translate(folder, "pledge", (*row, "原子炉;;発電所"))
    assert folder.faults() == [
        'ja/pledge.csv, row 2, japanese: "原子炉;;発電所" — '
        "words joined by ;, none empty and none twice"
    ]


def test_lists_are_read_as_in_the_tables(folder):
    translate(folder, "agreements", PARTIES)
    japanese = folder.load().in_language("ja")
    assert list(japanese.agreements["parties"]) == ["米国;日本"]
    assert "ja/agreements.csv, parks, parties: outdated" not in unfinished(folder)


def test_text_whose_english_has_changed_is_shown_in_english(folder):
    folder.set("investments.csv", row=2, project="Larger harbor terminal")
    translate(folder, "investments", HARBOR)
    translate(folder, "pledge", ("pledge", "title", "An old title", "古い題名"))
    japanese = folder.load().in_language("ja")
    assert japanese.projects.loc[0, "project"] == "Larger harbor terminal"
    assert japanese.pledge.title == "A small pledge"
    assert "ja/investments.csv, harbor, project: outdated" in unfinished(folder)
    assert "ja/pledge.csv, pledge, title: outdated" in unfinished(folder)


def test_text_that_is_gone_stays_gone(folder):
    translate(folder, "gaps", ("drawdown", "note", "A note that went.", "消えた注記。"))
    assert list(folder.load().in_language("ja").gaps["note"]) == ["", "Only the states are named."]
    assert "ja/gaps.csv, drawdown, note: outdated" in unfinished(folder)


def test_missing_translations_are_listed_file_by_file(folder):
    translate(folder, "investments", HARBOR)
    translate(folder, "companies")
    found = unfinished(folder)
    assert found[:3] == [
        "ja/investments.csv, harbor, capacity_unit: missing",
        "ja/investments.csv, mill, project: missing",
        "ja/investments.csv, reactors, project: missing",
    ]
    companies = [line for line in found if "companies" in line]
    assert companies == ["ja/companies.csv, zeta, company: missing"], "Acme has a Japanese name"
    titles = [line for line in found if ", title" in line and "sources" in line]
    assert titles == ["ja/sources.csv, gazette-2026, title: missing"], "only our own descriptions"
    assert found[-1] == "ja/pledge.csv, interests, note: missing"
    assert not any("tranches/1" in line for line in found), "it has no note"


def test_a_complete_translation_has_nothing_unfinished(folder):
    translate(folder, "investments", HARBOR)
    lines = [line.removesuffix(": missing").split(", ") for line in unfinished(folder)]
    english = folder.load()
    frames = english._frames()
    rows: dict[str, list[tuple[str, ...]]] = {"investments": [HARBOR]}
    for file, place, column in lines:
        table = Path(file).stem
        if table == WHOLE:
            text = english.pledge.texts()[place, column]
        else:
            frame = frames[table].set_index(frames[table].columns[0])
            text = frame.loc[place, column]
        word = f"[和{text}]" if text.startswith("[") else text.replace("e", "え")
        rows.setdefault(table, []).append((place, column, text, word))
    for table, found in rows.items():
        translate(folder, table, *found)
    assert unfinished(folder) == []


@pytest.mark.parametrize(
    ("table", "row", "fault"),
    [
        pytest.param(
            "investments",
            ("harbour", *HARBOR[1:]),
            'ja/investments.csv, row 2, id: "harbour" — an id of investments.csv',
            id="id",
        ),
        pytest.param(
            "milestones",
            ("harbor-loans", "stage", "financed", "融資"),
            'ja/milestones.csv, row 2, column: "stage" — one of event',
            id="column of ids",
        ),
        pytest.param(
            "companies",
            ("acme", "japanese_name", "アクメ", "アクメ"),
            'ja/companies.csv, row 2, column: "japanese_name" — one of company, reading',
            id="column that is Japanese",
        ),
        pytest.param(
            "gaps",
            ("site", "missing", "Site", " "),
            "ja/gaps.csv, row 2, japanese: empty — a text",
            id="no Japanese",
        ),
        pytest.param(
            "gaps",
            ("site", "missing", "", "所在地"),
            "ja/gaps.csv, row 2, english: empty — a text",
            id="no English",
        ),
        pytest.param(
            "gaps",
            ("site", "missing", "Site", "#REF!"),
            'ja/gaps.csv, row 2, japanese: "#REF!" — a text, not the error of a spreadsheet',
            id="error of a spreadsheet",
        ),
        pytest.param(
            "investments",
            (*HARBOR[:3], "港湾\u200bターミナル"),
            'ja/investments.csv, row 2, japanese: "港湾\\u200bターミナル" — '
            "a name without invisible characters; this one has U+200B",
            id="invisible character in a name",
        ),
        pytest.param(
            "agreements",
            (*PARTIES[:3], "米国"),
            'ja/agreements.csv, row 2, japanese: "米国" — '
            "as many names as in English, 2, joined by ;",
            id="shorter list",
        ),
        pytest.param(
            "agreements",
            (*PARTIES[:3], "米国;米国"),
            'ja/agreements.csv, row 2, japanese: "米国;米国" — '
            "names joined by ;, none empty and none twice",
            id="name twice",
        ),
        pytest.param(
            "sources",
            ("courier-2026", "title", "Loans signed", "融資契約を締結"),
            'ja/sources.csv, row 2, english: "Loans signed" — '
            "a title in square brackets: others stay as they were published",
            id="title of a publication",
        ),
        pytest.param(
            "sources",
            (*NOTICE[:3], "公告"),
            'ja/sources.csv, row 2, japanese: "公告" — a title in square brackets, [ and ]',
            id="no brackets",
        ),
        pytest.param(
            "pledge",
            ("sectors/wind", "label", "Wind", "風力"),
            'ja/pledge.csv, row 2, id: "sectors/wind" — an id of pledge.toml',
            id="entry",
        ),
        pytest.param(
            "pledge",
            ("tranches/1", "label", "First", "第1陣"),
            'ja/pledge.csv, row 2, column: "label" — one of note',
            id="key",
        ),
        pytest.param(
            "pledge",
            ("pledge", "version", "1", "1版"),
            'ja/pledge.csv, row 2, column: "version" — '
            "one of title, publisher, investor, recipient, signed_event",
            id="key that is no text for readers",
        ),
        pytest.param(
            "companies",
            ("acme", "reading", "Acme", "阿久目"),
            'ja/companies.csv, row 2, japanese: "阿久目" — hiragana and katakana only',
            id="reading in kanji",
        ),
        pytest.param(
            "sources",
            ("gazette-2026", "reading", "[Notice]", "こうこく"),
            'ja/sources.csv, row 2, column: "reading" — one of publisher, title',
            id="reading of what no list is sorted by",
        ),
        pytest.param(
            "pledge",
            ("pledge", "title", "A small pledge", "小さな\u200b約束"),
            'ja/pledge.csv, row 2, japanese: "小さな\\u200b約束" — '
            "a name without invisible characters; this one has U+200B",
            id="invisible character in the title",
        ),
    ],
)
def test_a_wrong_row_is_named(folder, table: str, row: tuple[str, ...], fault: str):
    translate(folder, table, row)
    assert folder.faults() == [fault]


def test_a_text_is_translated_once(folder):
    translate(folder, "companies", ZETA, ZETA)
    assert folder.faults() == [
        'ja/companies.csv, row 3, column: "company" — each text once; row 2 has it too'
    ]


def test_a_file_of_no_table_is_a_fault_and_other_files_are_none(folder):
    translate(folder, "projects")
    (folder.path / "ja" / "notes.txt").write_text("not part of the data")
    assert folder.faults() == ["ja/projects.csv — the name of a table, or pledge.csv"]


def test_a_file_is_read_like_the_tables(folder):
    translate(folder, "gaps")
    folder.write("ja/gaps.csv", "id;column;english;japanese\n")
    assert "ja/gaps.csv, row 1 — cells separated by commas" in folder.faults()[0]
    folder.write("ja/gaps.csv", "id,column,english,note\n")
    assert folder.faults() == [
        "ja/gaps.csv, row 1, japanese — this column must be in the header",
        'ja/gaps.csv, row 1: "note" — a column of this file',
    ]


def test_faults_of_translations_come_last_and_do_not_hide_others(folder):
    folder.set("investments.csv", row=2, amount_usd_bn="2,1")
    folder.replace("pledge.toml", 'colour = "blue"', 'colour = "azure"')
    translate(folder, "pledge", ("nothing", "title", "A", ""))
    translate(folder, "investments", ("harbor", "project", "Harbor terminal", ""))
    assert [line.split(" — ")[0].split(":")[0] for line in folder.faults()] == [
        "investments.csv, row 2, amount_usd_bn",
        "pledge.toml, sectors 2, colour",
        "ja/investments.csv, row 2, japanese",
        "ja/pledge.csv, row 2, japanese",
    ]


def test_version_and_fingerprint_cover_the_translations(folder):
    version, mark = folder.load().version, fingerprint(folder.path)
    translate(folder, "companies", ZETA)
    later = folder.load().version, fingerprint(folder.path)
    translate(folder, "companies", (*ZETA[:3], "ゼータ株式会社"))
    latest = folder.load().version, fingerprint(folder.path)
    assert len({version, later[0], latest[0]}) == 3
    assert len({mark, later[1], latest[1]}) == 3
    assert "ja/companies.csv" in [name for name, *_ in latest[1]]


def test_a_past_day_keeps_the_language(folder):
    translate(folder, "investments", HARBOR)
    translate(folder, "companies", ZETA)
    translate(folder, "pledge", *PLEDGE)
    japanese = as_known_on(folder.load().in_language("ja"), date(2026, 3, 1))
    assert list(japanese.projects["project"])[:1] == ["港湾ターミナル"]
    assert list(japanese.english.projects["project"])[:1] == ["Harbor terminal"]
    assert japanese.pledge.as_of == date(2026, 3, 1)
    assert japanese.pledge.title == "小さな約束"
    assert [one.tranche for one in japanese.pledge.tranches] == [1]
    assert len(japanese.projects) == len(japanese.english.projects) == 2
    english = as_known_on(folder.load(), date(2026, 3, 1))
    pd.testing.assert_frame_equal(japanese.english.projects, english.projects)


def test_what_was_not_known_on_a_day_is_in_no_language(folder):
    folder.set("gates.csv", row=3, what="Start of works", source_ids="courier-2026")
    translate(folder, "gates", ("harbor-works", "what", "Start of works", "着工"))
    japanese = folder.load().in_language("ja")
    assert list(japanese.gates["what"]) == ["", "着工", ""]
    assert list(as_known_on(japanese, date(2026, 4, 1)).gates["what"]) == ["", "", ""]


def test_the_check_lists_what_stays_english(folder, capsys: pytest.CaptureFixture[str]):
    translate(folder, "companies", ("zeta", "company", "Zeta Inc.", "ゼータ"))
    assert main([str(folder.path)]) == 0
    first, second, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{folder.path}: 3 projects")
    count = len(load(folder.path).unfinished())
    assert second == f"{count} texts stay English in Japanese until they are translated (again):"
    assert "ja/companies.csv, zeta, company: outdated" in rest
    assert len(rest) == count


def test_columns_of_words_are_translated_and_no_others():
    assert schema.translated(SOURCES) == ["publisher", "title"]
    assert schema.translated(COMPANIES) == ["company"]
    assert schema.translated(INVESTMENTS) == [
        "project",
        "technology",
        "amount_note",
        "place",
        "county",
        "place_note",
        "capacity_unit",
        "capacity_note",
        "expected_output",
        "summary",
    ]
    assert {name for table in TABLES.values() for name in schema.translated(table)}.isdisjoint(
        {"url", "docket", "language", "country", "japanese_name", "field", "date"}
    )
    assert all(set(keys) <= set(model.model_fields) for model, keys in TRANSLATED.items())


def test_marks_of_days_are_counted_as_each_language_does(folder):
    folder.add_milestone("note", "2026-05-01", project_ids="")
    dataset = folder.load()
    assert marks(dataset)[-1] == (date(2026, 5, 1), "1 financed, 1 note")
    with messages.using("ja"):
        assert marks(dataset)[-1] == (date(2026, 5, 1), "融資契約締結1件、その他の動き1件")


def test_words_of_the_schema_are_japanese():
    with messages.using("ja"):
        assert schema.QUALIFIERS["up_to"] == "最大"
        assert schema.MILESTONE_STAGES["note"] == "その他の動き"
        assert schema.stage_name("financed", "part") == "融資契約締結（一部）"
        assert messages._(INVESTMENTS.columns["amount_usd_bn"].title) == "金額"
        assert messages._(INVESTMENTS.columns["amount_usd_bn"].metadata["unit"]) == "10億ドル単位"

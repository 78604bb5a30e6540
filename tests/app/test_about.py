"""The page about the pledge and the data."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from components.exhibits.registry import EXHIBITS
from components.facts.schema import TABLES, file_of
from components.words import prose
from tests.app.folders import project, write_folder
from tests.app.page import Say, Visit, plain
from tests.frozen import FOLDER, rows_in

ROOT = Path(__file__).parents[2]
PLEDGE = tomllib.loads((FOLDER / "pledge.toml").read_text(encoding="utf-8"))


def test_every_section_is_there_and_in_the_contents(visit: Visit, said: Say):
    page = visit("about")
    for name, heading in prose.SECTIONS.english.items():
        assert page.links[said(heading)] == f"#about-{name}"
        assert page.has(f"about-{name}")
    places = {element.get("id") for piece in page.markup for element in piece.iter()}
    anchors = {address[1:] for address in page.links.values() if address.startswith("#")}
    assert anchors <= places


def test_every_term_is_listed_with_how_sure_it_is_and_its_note(visit: Visit, said: Say):
    rows = {row[said("Term")]: row for row in visit("about").table("card-terms")}
    assert len(rows) == len(PLEDGE["terms"])
    for term in PLEDGE["terms"]:
        told = rows[term["label"]]
        assert term["value"] in told[said("What is agreed")]
        assert term.get("note", "") in told[said("What is agreed")]
        assert told[said("Confidence")] == said(term["confidence"].capitalize())


def test_every_term_links_to_its_sources(visit: Visit):
    page = visit("about")
    sources = {row["source_id"]: row for row in rows_in("sources")}
    cited = {term["label"]: term["source_ids"] for term in PLEDGE["terms"]}
    links = page.cell_links("card-terms", "Sources")
    for row, found in zip(page.table("card-terms"), links, strict=True):
        known = [sources[source] for source in cited[row["Term"]]]
        assert found == [(source["publisher"], source["url"]) for source in known if source["url"]]


def test_both_readings_of_the_funding_window_are_given(visit: Visit):
    rows = {row["Term"]: row for row in visit("about").table("card-terms")}
    assert "within 45 business days" in rows["Funding window, reading A"]["What is agreed"]
    assert "no sooner than 45 days" in rows["Funding window, reading B"]["What is agreed"]
    assert rows["Funding window, reading A"]["Confidence"] == "Conflicting"


CLAIMS = {
    "en": (
        {
            "“Japan has invested $550 billion”": "Wrong",
            "“$109 billion is coming”": "Misleading",
            "“$36 billion is financed”": "Wrong",
        },
        "more than ¥340 billion, about $2.2 billion, reported, for three projects",
    ),
    "ja": (
        {
            # The frozen data has the name of the investor in English alone.
            "「Japanは5500億ドルを投資した」": "誤り",
            "「1090億ドルの投資が来る」": "誤解を招く",
            "「360億ドルは資金の手当てが済んでいる」": "誤り",
        },
        "第1陣として発表された360億ドルのうち一部の金額です"
        "（3400億円超、約22億ドル、報道、3件の合計）。",
    ),
}
"""Each claim with its verdict, and what may be printed instead of the last one."""


def test_claims_are_answered_with_a_verdict_and_a_sentence_to_print(
    visit: Visit, language: str, said: Say
):
    page = visit("about")
    assert page.links[said("Claims, and what one may print")] == "#about-claims"
    verdicts, loans = CLAIMS[language]
    rows = page.table("card-claims")
    assert {row[said("Claim")]: row[said("Verdict")] for row in rows} == verdicts
    assert loans in rows[-1][said("What one may print")]


def test_claims_link_to_the_source_that_decides_and_say_how_it_is_known(
    visit: Visit, language: str, said: Say, serve: Callable[[Path], None]
):
    serve(ROOT / "data")
    page = visit("about")
    rows = {row[said("Claim")]: row for row in page.table("card-claims")}
    links = dict(zip(rows, page.cell_links("card-claims", said("Deciding source")), strict=True))
    loans, part, deciding, starts, printed = {
        "en": (
            "“$36 billion is financed”",
            "“Pennsylvania gets $17 billion”",
            ["NHK", "The White House"],
            "NHK, 1 May 2026, original not seen; ",
            "Press reports give about $17 billion of it",
        ),
        "ja": (
            "「360億ドルは資金の手当てが済んでいる」",
            "「ペンシルベニア州に170億ドルが投じられる」",
            ["NHK", "ホワイトハウス"],
            "NHK（2026年5月1日、原典は未確認）、",
            "報道によると、このうち約170億ドルがペンシルベニア州の分です。",
        ),
    }[language]
    assert [name for name, _ in links[loans]][:2] == deciding
    assert rows[loans][said("Deciding source")].startswith(starts)
    assert links[part][1][0].startswith("Global Politics")
    assert rows[part][said("Verdict")] == said("Press report only")
    assert printed in rows[part][said("What one may print")]


def test_on_a_past_day_claims_are_answered_as_of_that_day(visit: Visit, language: str, said: Say):
    rows = visit("about", as_of="2026-03-01").table("card-claims")
    claims, printed = {
        "en": (
            ["“Japan has invested $550 billion”", "“$36 billion is coming”"],
            ["As of 1 March 2026, $36 billion is", "As of 1 March 2026, $36 billion is"],
        ),
        "ja": (
            ["「Japanは5500億ドルを投資した」", "「360億ドルの投資が来る」"],
            [
                "2026年3月1日時点の発表額は360億ドルです。",
                "2026年3月1日時点で、第1陣として3州の3件、360億ドルが発表されています。",
            ],
        ),
    }[language]
    assert [row[said("Claim")] for row in rows] == claims
    for row, words in zip(rows, printed, strict=True):
        assert words in row[said("What one may print")]


def test_every_conflict_and_every_gap_is_listed(visit: Visit):
    page = visit("about")
    subjects = {row["What"] for row in page.table("card-conflicts")}
    assert subjects == {row["subject"] for row in rows_in("conflicts")}
    shown = {row["What"]: row for row in page.table("card-conflicts")}
    for row in rows_in("conflicts"):
        told = shown[row["subject"]]
        assert told["Value 1"].startswith(row["a_value"])
        assert told["Value 2"].startswith(row["b_value"])
        assert (told["Used here"], told["Why"]) == (row["used"], row["reason"])
    assert [row["missing"] for row in rows_in("gaps") if row["missing"] not in page.text] == []


def test_the_codebook_explains_every_column_of_every_table_and_chart(
    visit: Visit, language: str, said: Say
):
    page = visit("about")
    colon = {"en": ":", "ja": "："}[language]
    folded = {
        (piece.findtext("summary") or "").partition(colon)[0]: piece
        for piece in page.folded("about-codebook")
    }
    charts = {
        said("Rows of the chart {chart}", chart=name): kind for name, kind in EXHIBITS.items()
    }
    assert set(folded) == {file_of(table) for table in TABLES} | set(charts)
    for name, kind in charts.items():
        rows = folded[name].findall(".//tbody/tr")
        assert ["".join(row[0].itertext()) for row in rows] == [c.name for c in kind.columns]
    for table in TABLES:
        rows = folded[file_of(table)].findall(".//tbody/tr")
        cells = {"".join(row[0].itertext()): "".join(row[-1].itertext()) for row in rows}
        assert list(cells) == list(table.columns)
        for name, column in table.columns.items():
            assert said(str(column.description)) in cells[name]


def test_the_figures_in_the_text_are_those_of_the_data(visit: Visit, language: str):
    words = plain(" ".join(visit("about").prose))
    for figure in {
        "en": ("up to $109 billion", "up to 19.8%", "at least $441 billion", "$36 billion"),
        "ja": (
            "発表額の合計は最大1090億ドルで、約束額の最大19.8%に当たります。",
            "残りは最大5500億ドルのうち少なくとも4410億ドルです。",
            "第1陣（2026年2月17日発表）の公式の総額は360億ドルです。",
        ),
    }[language]:
        assert figure in words


def test_the_day_of_the_last_search_is_that_of_the_data(visit: Visit, language: str):
    page = visit("about")
    sentence, cue = {
        "en": (
            "Publications were last searched on 26 November 2026, and nothing that happened after",
            "last searched",
        ),
        "ja": (
            "出典を最後に調べたのは2026年11月26日で、"
            "2026年10月10日より後の出来事は見つかっていません。",
            "出典を最後に調べた",
        ),
    }[language]
    assert sentence in plain(" ".join(page.prose))
    assert cue not in plain(" ".join(page.go(as_of="2026-03-01").prose))


def test_how_to_cite_and_how_to_report_an_error_are_said(visit: Visit, language: str):
    page = visit("about")
    assert any("Pledge tracker" in code.value for code in page.test.code)
    version = {"en": "the version of the dataset: 2026.11.25", "ja": "データセットの版：2026.11.25"}
    assert version[language] in plain(" ".join(page.prose))


def test_changes_to_the_data_are_those_of_the_changelog(visit: Visit, language: str):
    text = visit("about").text
    first = {"en": "0.1.0, 22 November 2026. ", "ja": "0.1.0（2026年11月22日）："}
    assert f"{first[language]}2026-11-22: first dataset" in text
    assert "2026-11-25: version 2026.11.25" in text


def test_another_folder_brings_its_own_changelog_or_none(visit: Visit, hostile: Path):
    assert not visit("about").has("about-changes")
    (hostile / "CHANGELOG.md").write_text(
        "# Changes\n\n## 7 - 2031-01-01\n\n### Data\n\n- A ferry <b>more</b>.\n", encoding="utf-8"
    )
    assert "A ferry <b>more</b>." in visit("about").text


def test_a_gap_names_the_projects_it_is_about(visit: Visit, language: str, said: Say):
    comma, colon = {"en": ("; ", ": "), "ja": ("、", "：")}[language]
    names = {row["project_id"]: row["project"] for row in rows_in("investments")}
    text = visit("about").text
    for row in rows_in("gaps"):
        ids = [one for one in row["project_ids"].split(";") if one]
        is_all = len(ids) == len(names)
        about = said("All projects") if is_all else comma.join(names[one] for one in ids)
        assert (f"{about}{colon}{row['missing']}" if ids else row["missing"]) in text, row["gap_id"]


def test_a_pledge_without_terms_conflicts_and_gaps_has_no_card_of_them(
    visit: Visit, tmp_path: Path, serve: Callable[[Path], None]
):
    serve(write_folder(tmp_path, [project("north")]))
    page = visit("about")
    assert page.notices == []
    assert not any(page.has(f"card-{name}") for name in ("terms", "conflicts", "gaps"))
    places = {element.get("id") for piece in page.markup for element in piece.iter()}
    anchors = {address[1:] for address in page.links.values() if address.startswith("#")}
    assert anchors <= places


def test_an_error_is_reported_with_the_row_filled_in(
    visit: Visit, language: str, said: Say, monkeypatch: pytest.MonkeyPatch
):
    assert said("Report an error") not in visit("projects", project="texas-gulflink").links
    monkeypatch.setenv("PLEDGE_REPORT_URL", "https://reports.example/?body={body}")
    address = visit("projects", project="texas-gulflink").links[said("Report an error")]
    row = {"en": "Row: texas-gulflink\n", "ja": "行：texas-gulflink\n"}[language]
    assert address.startswith(f"https://reports.example/?body={quote(row)}")

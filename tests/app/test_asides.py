"""The lists that are not part of the pledge: agreements and interests."""

import re

import pytest

from components.facts.schema import INTERESTS
from tests.app.folders import project, write_folder
from tests.app.page import Say, Visit, plain
from tests.frozen import rows_in

PART_OF_NOTHING = "None of these amounts belongs to the pledge or to any total of it."


SOURCES = {row["source_id"]: row for row in rows_in("sources")}
COMPANIES = {
    "en": {row["company_id"]: row["company"] for row in rows_in("companies")},
    "ja": {
        row["company_id"]: row["japanese_name"] or row["company"] for row in rows_in("companies")
    },
}


WESTINGHOUSE = {
    "en": "IHI, Mitsubishi Heavy Industries and Toshiba may join.",
    # The frozen data has no Japanese name of one of them.
    "ja": "IHI、Mitsubishi Heavy Industries、東芝が参加する可能性あり",
}


def sum_of(column: str) -> float:
    """Return the sum of figures that must never be added up, to check that no page shows it."""
    return sum(float(row[column]) for row in rows_in("interests") if row[column])


def test_all_agreements_are_listed_by_area_with_all_that_is_known(
    visit: Visit, language: str, said: Say
):
    page = visit("agreements")
    rows = page.table("card-agreements")
    assert len(rows) == 30
    areas = [row[said("Area")] for row in rows]
    assert areas == sorted(areas)
    listed = {row[said("Title")]: row for row in rows}
    comma = {"en": ", ", "ja": "、"}[language]
    for row in rows_in("agreements"):
        told = listed[row["title"]]
        assert told[said("Instrument")].lower() == row["instrument"].lower()
        assert told[said("Parties")] == row["parties"].replace(";", comma)
        assert told[said("Key figure")].lower() == row["key_figure"].lower()
        assert told[said("Summary")] == row["summary"]
        assert told[said("Confidence")] == said(row["confidence"].capitalize())
        for source in row["source_ids"].split(";"):
            assert SOURCES[source]["publisher"] in told[said("Sources")]


def test_it_is_said_that_no_amount_of_an_agreement_belongs_to_the_pledge(visit: Visit, said: Say):
    assert said(PART_OF_NOTHING) in visit("agreements").text


def test_an_area_is_chosen_and_in_the_link(visit: Visit, language: str, said: Say):
    page = visit("agreements")
    (control,) = page.test.multiselect
    assert control.label == said("Area")
    control.set_value(["defense"])
    page.run()
    assert page.query == {"area": ["defense"]}
    assert {row[said("Area")] for row in page.table("card-agreements")} == {"Defense"}
    assert {"en": "6 of 30 agreements.", "ja": "30件中6件が該当。"}[language] in page.text


def test_a_link_with_two_areas_opens_with_both(visit: Visit):
    page = visit("agreements", area=["defense", "regional-security"])
    areas = {row["Area"] for row in page.table("card-agreements")}
    assert areas == {"Defense", "Regional security"}


def test_an_unknown_area_is_named_and_all_are_shown(visit: Visit):
    page = visit("agreements", area="sports")
    assert "area=sports" in plain(page.notices[0])
    assert len(page.table("card-agreements")) == 30


@pytest.mark.parametrize(
    ("search", "titles"),
    [
        pytest.param("riken", ["Computing architectures"], id="party"),
        pytest.param("MISSILE japan", ["Standard Missile 3 Block IIA output"], id="words"),
        pytest.param("no such thing", [], id="nothing"),
    ],
)
def test_agreements_are_searched(visit: Visit, search: str, titles: list[str]):
    page = visit("agreements")
    page.test.text_input(key="search-list").set_value(search)
    page.run()
    assert page.query == {"search": [search]}
    rows = page.table("card-agreements") if titles else []
    assert set(titles) <= {row["Title"] for row in rows}
    assert len(rows) < 6
    if not titles:
        assert "0 of 30 agreements." in page.text


def test_the_rows_shown_can_be_saved_in_four_formats(visit: Visit):
    page = visit("agreements")
    assert all(page.has(f"save-agreements-{kind}") for kind in ("csv", "excel-csv", "xlsx", "json"))


def test_the_overview_leads_to_agreements_and_interests_in_one_line(visit: Visit, language: str):
    page = visit()
    agreements, companies, remark = {
        "en": ("30 agreements", "21 companies", "Beside the pledge, and in none of its totals"),
        "ja": ("30件", "21社", "この対米投資とは別のもので、どの合計にも含まれていません。"),
    }[language]
    assert page.links[agreements] == "agreements"
    assert page.links[companies] == "interests"
    assert remark in page.text


def test_the_figures_of_both_governments_stand_side_by_side(visit: Visit, language: str, said: Say):
    rows = {row[said("Company")]: row for row in visit("interests").table("card-interests")}
    assert len(rows) == 21
    for row in rows_in("interests"):
        company = COMPANIES[language][row["company_id"]]
        told = rows[f"{company} {WESTINGHOUSE[language]}" if row["may_join_ids"] else company]
        for sheet, title in (
            ("joint", said("Joint fact sheet")),
            ("white_house", said("White House fact sheet")),
        ):
            amount = row[f"{sheet}_amount_usd_bn"]
            wanted = {
                "en": f"up to ${amount}B" if amount else "none stated",
                "ja": f"最大{float(amount) * 10:g}億ドル" if amount else "記載なし",
            }
            assert told[title].startswith(wanted[language]), (company, title)
            assert row[f"{sheet}_note"] in told[title]


def test_interests_are_warned_of_and_never_added_up(visit: Visit, language: str):
    page = visit("interests")
    text = page.text
    for sentence in {
        "en": (
            "These figures are business scale and expressions of interest.",
            "They are no part of the pledge and of no total, and are not added up here.",
        ),
        "ja": (
            "これらの数字は事業規模と関心表明です。",
            "約束額にもどの合計にも含まれず、ここでも合計していません。",
        ),
    }[language]:
        assert sentence in text
    cells = " ".join(cell for row in page.table("card-interests") for cell in row.values())
    assert not re.search(r"\$(393|513|390|400|467|490)", cells)
    # In Japanese a hundred million is the unit.
    assert not re.search(r"(3930|5130|3900|4000|4670|4900)億", cells)
    assert not page.has("figures")


@pytest.mark.parametrize("script", ["interests", "agreements", "", "states"])
def test_no_total_of_the_interests_is_shown(visit: Visit, language: str, script: str):
    # Titles of press reports contain some, and the page about the data compares them.
    page = visit(script)
    sums = {sheet: sum_of(f"{sheet}_amount_usd_bn") for sheet in ("joint", "white_house")}
    # In Japanese a hundred million is the unit.
    unit = {"en": 1, "ja": 10}[language]
    totals = {f"{total * unit:g}" for total in (*sums.values(), sum(sums.values()), 393, 490, 513)}
    quoted = {row["title"] for row in SOURCES.values()}
    text = page.text
    for title in quoted:
        text = text.replace(title, "")
    for total in totals:
        assert not re.search(rf"(?<![\d.,]){re.escape(total)}(?![\d,]|\.\d)", text), total


def test_interests_are_searched_and_the_search_is_in_the_link(
    visit: Visit, language: str, said: Say
):
    page = visit("interests")
    page.test.text_input(key="search-list").set_value("hitachi")
    page.run()
    assert page.query == {"search": ["hitachi"]}
    found = [row[said("Company")] for row in page.table("card-interests")]
    named = {
        "en": {"Hitachi", "GE Vernova Hitachi"},
        # The frozen data has Japanese names of companies, as all data may.
        "ja": {"日立製作所", "GEベルノバ日立"},
    }
    assert named[language] <= set(found)
    counted = {"en": f"{len(found)} of 21 companies.", "ja": f"21社中{len(found)}社が該当。"}
    assert counted[language] in page.text
    assert len(found) < 21
    assert (
        visit("interests", search="hitachi").test.text_input(key="search-list").value == "hitachi"
    )


def test_the_companies_shown_can_be_saved_in_four_formats(visit: Visit, language: str):
    page = visit("interests")
    assert all(page.has(f"save-interests-{kind}") for kind in ("csv", "excel-csv", "xlsx", "json"))
    page.go(search="no such company")
    assert not page.has("save-interests-csv")
    assert {"en": "0 of 21 companies.", "ja": "21社中0社が該当。"}[language] in page.text


@pytest.mark.parametrize("script", ["agreements", "interests"])
def test_every_row_links_to_each_of_its_sources(visit: Visit, script: str):
    page = visit(script)
    name = "Title" if script == "agreements" else "Company"
    links = page.cell_links(f"card-{script}", "Sources")
    cited = {
        row.get("title") or COMPANIES["en"][row["company_id"]]: row["source_ids"]
        for row in rows_in(script)
    }
    for row, found in zip(page.table(f"card-{script}"), links, strict=True):
        named = row[name].removesuffix(f" {WESTINGHOUSE['en']}")
        known = [SOURCES[source] for source in cited[named].split(";")]
        assert found == [(source["publisher"], source["url"]) for source in known if source["url"]]


def test_both_figures_are_explained_by_the_codebook(visit: Visit, said: Say):
    explained = visit("interests").explanations("card-interests")
    for sheet in ("joint", "white_house"):
        column = INTERESTS.columns[f"{sheet}_amount_usd_bn"]
        assert explained[said(str(column.title))] == said(str(column.description))


def test_area_and_search_hold_together_and_are_taken_away_one_by_one(visit: Visit):
    page = visit("agreements", area="defense", search="missile")
    assert 0 < len(page.table("card-agreements")) < 6
    (control,) = page.test.multiselect
    control.set_value([])
    assert page.run().query == {"search": ["missile"]}
    page.test.text_input(key="search-list").set_value("")
    assert page.run().query == {}
    assert len(page.table("card-agreements")) == 30


def test_a_folder_without_either_says_so(visit: Visit, tmp_path, serve, language: str, said: Say):
    serve(write_folder(tmp_path, [project("north")]))
    assert said("The data lists none.") in visit("agreements").text
    assert said("The data lists none.") in visit("interests").text
    beside = {"en": "Beside the pledge", "ja": "この対米投資とは別のもの"}
    assert beside[language] not in visit().text

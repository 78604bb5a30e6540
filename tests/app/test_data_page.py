"""The page for programs, the dialogs that lead there, and how to follow a view."""

from urllib.parse import parse_qs, urlsplit

from components.exports.resources import RESOURCES
from tests.app.page import Say, Visit

ASKED = {"en": "", "ja": "&lang=ja"}
"""How an address that a program is given ends."""


def test_every_table_has_its_addresses_under_the_filter_and_the_day(visit: Visit, said: Say):
    page = visit("data", state="TN", as_of="2026-09-01")
    rows = page.table("card-resources")
    assert [row[said("Table")] for row in rows] == list(RESOURCES)
    cells = page.cell_links("card-resources", said("Address"))
    for (name, resource), cell in zip(RESOURCES.items(), cells, strict=True):
        asked = [urlsplit(page.address(address)) for _, address in cell]
        assert [one.path for one in asked] == [f"api/v1/{name}.csv", f"api/v1/{name}.json"]
        state = {"state": ["TN"]} if resource.has_filter else {}
        assert parse_qs(asked[0].query) == {**state, "as_of": ["2026-09-01"]}


def test_what_a_table_holds_is_said(visit: Visit, language: str):
    first, last = {
        "en": (
            "The projects of the view, with every column of the data.",
            "The conditions of the pledge, each with how sure it is.",
        ),
        "ja": (
            "この表示のプロジェクトと、データのすべての列。",
            "対米投資の条件とその確度。",
        ),
    }[language]
    rows = [list(row.values())[1] for row in visit("data").table("card-resources")]
    assert (rows[0], rows[-1]) == (first, last)


def test_the_lines_of_code_read_the_chosen_table(visit: Visit, language: str):
    page = visit("data", state="TN")
    page.test.selectbox(key="table").set_value("money")
    page.run()
    code = [block.value for block in page.test.code]
    assert len(code) == 4
    assert all(f"api/v1/money.csv?state=TN{ASKED[language]}" in one for one in code)
    assert code[1].startswith("import pandas as pd")
    assert code[2].startswith("money <- read.csv(")


def test_every_page_says_how_to_follow_its_view(visit: Visit, language: str, said: Say):
    follow = said("Follow this view")
    for path in ("", "projects", "changes", "agreements", "about", "data"):
        assert any(button.label == follow for button in visit(path).test.button)
    page = visit("", sector="nuclear-power")
    page.test.button(key="follow").click()
    page.run()
    shown = [block.value for block in page.test.code]
    query = f"?sector=nuclear-power{ASKED[language]}"
    assert any(one.endswith(f"/feed.atom{query}") for one in shown)
    assert any(one.endswith(f"/calendar.ics{query}") for one in shown)

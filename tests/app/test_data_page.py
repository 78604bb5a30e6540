"""The page for programs, the dialogs that lead there, and how to follow a view."""

from urllib.parse import parse_qs, urlsplit

from components.exports.resources import RESOURCES
from tests.app.page import Visit


def test_every_table_has_its_addresses_under_the_filter_and_the_day(visit: Visit):
    page = visit("data", state="TN", as_of="2026-09-01")
    rows = page.table("card-resources")
    assert [row["Table"] for row in rows] == list(RESOURCES)
    cells = page.cell_links("card-resources", "Address")
    for (name, resource), cell in zip(RESOURCES.items(), cells, strict=True):
        asked = [urlsplit(address) for _, address in cell]
        assert [one.path for one in asked] == [f"api/v1/{name}.csv", f"api/v1/{name}.json"]
        state = {"state": ["TN"]} if resource.has_filter else {}
        assert parse_qs(asked[0].query) == {**state, "as_of": ["2026-09-01"]}


def test_the_lines_of_code_read_the_chosen_table(visit: Visit):
    page = visit("data", state="TN")
    page.test.selectbox(key="table").set_value("money")
    page.run()
    code = [block.value for block in page.test.code]
    assert len(code) == 4
    assert all("api/v1/money.csv?state=TN" in one for one in code)
    assert code[1].startswith("import pandas as pd")
    assert code[2].startswith("money <- read.csv(")


def test_every_page_says_how_to_follow_its_view(visit: Visit):
    for path in ("", "projects", "changes", "agreements", "about", "data"):
        assert any(button.label == "Follow this view" for button in visit(path).test.button)
    page = visit("", sector="nuclear-power")
    page.test.button(key="follow").click()
    page.run()
    shown = [block.value for block in page.test.code]
    assert any(one.endswith("/feed.atom?sector=nuclear-power") for one in shown)
    assert any(one.endswith("/calendar.ics?sector=nuclear-power") for one in shown)

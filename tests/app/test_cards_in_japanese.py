"""The cards of every page in Japanese: Japanese titles, and the widgets of the English page."""

import pytest

from components.basics.formatting import is_japanese
from tests.app.page import Page, Visit

PAGES = ("overview", "projects", "states", "companies", "watch", "changes", "agreements", "about")

TABLES = {
    "states": "card-comparison",
    "watch": "card-expected",
    "about": "card-claims",
}
"""Page -> a card whose table has titles of the cards' own."""


def keys(page: Page) -> list[str | None]:
    test = page.test
    kinds = (test.text_input, test.multiselect, test.button, test.toggle, test.selectbox)
    return [widget.key for kind in kinds for widget in kind]


@pytest.mark.parametrize("name", PAGES)
def test_a_widget_has_the_same_key_in_both_languages(visit: Visit, name: str):
    english, japanese = visit(name), visit(name, lang="ja")
    assert keys(japanese) == keys(english)


@pytest.mark.parametrize(("name", "card"), TABLES.items())
def test_a_table_has_the_same_rows_under_japanese_titles(visit: Visit, name: str, card: str):
    english, japanese = visit(name).table(card), visit(name, lang="ja").table(card)
    assert len(japanese) == len(english)
    assert len(japanese[0]) == len(english[0])
    assert all(is_japanese(title) for title in japanese[0])


def test_labels_and_placeholders_of_searches_and_choices_are_japanese(visit: Visit):
    page = visit("companies", lang="ja")
    labels = [*(one.label for one in page.test.text_input if one.key == "search-companies")]
    labels += [one.label for one in page.test.multiselect if "role" in str(one.key)]
    assert labels == ["企業を検索", "役割"]


def test_the_project_of_a_link_says_what_it_is_in_the_order_of_japanese(visit: Visit):
    page = visit("projects", project="smr-tn-al", lang="ja")
    assert "第2陣 · 2026年3月19日発表" in page.text
    assert "この項目のすべての出典（" in page.text
    titles = list(page.table("card-milestones")[0])
    assert titles == ["日付", "段階", "出来事", "確度", "出典"]

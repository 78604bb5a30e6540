"""The two languages: how a reader gets from one to the other, and what stays in each."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import APP
from tests.app.page import Page, Visit, plain

ENGLISH = ("English", "en")
JAPANESE = ("日本語", "ja")


def switch(page: Page) -> Any:
    (found,) = [link for piece in page.markup for link in piece.iter("a") if link.get("hreflang")]
    return found


@pytest.mark.parametrize(
    ("page", "query", "address"),
    [
        ("", {}, "./?lang=ja"),
        ("", {"lang": "en", "state": "TX"}, "./?state=TX&lang=ja"),
        (
            "projects",
            {"sector": "natural-gas-power", "search": "gas", "sort": "project"},
            "projects?sector=natural-gas-power&search=gas&sort=project&lang=ja",
        ),
        ("changes", {"since": "2026-03-01"}, "changes?since=2026-03-01&lang=ja"),
        ("states", {"as_of": "2026-04-01"}, "states?as_of=2026-04-01&lang=ja"),
    ],
)
def test_an_english_page_leads_to_the_same_view_in_japanese(
    visit: Visit, page: str, query: dict[str, str], address: str
):
    way = switch(visit(page, **query))
    assert (way.text, way.get("lang")) == JAPANESE
    assert way.get("hreflang") == "ja"
    assert way.get("href") == address
    assert "inside" not in way.get("class", "")


def test_a_japanese_page_leads_to_english_and_its_links_stay_japanese(visit: Visit):
    page = visit("projects", state="TX", lang="ja")
    way = switch(page)
    assert (way.text, way.get("lang")) == ENGLISH
    assert way.get("href") == "projects?state=TX&lang=en"
    found = [link for piece in page.markup for link in piece.iter("a")]
    addresses = [link.attrib["href"] for link in found if not link.get("hreflang")]
    own = [address for address in addresses if not address.startswith("http")]
    assert own
    assert not [address for address in own if "lang=ja" not in address]


def test_the_words_around_a_japanese_page_are_japanese(visit: Visit):
    page = visit(lang="ja", state="TX")
    assert [widget.label for widget in page.test.multiselect] == ["分野", "州", "発表回", "段階"]
    assert page.test.button(key="reset").label == "条件を解除"
    assert re.match("データは2026年10月10日時点、[0-9.]+版（[0-9a-f]+）です。", page.captions[-1])
    assert "発表額は両政府が発表した金額であり、支出額ではありません。" in page.captions[-1]


def test_a_choice_keeps_the_language(visit: Visit):
    page = visit(lang="ja")
    Page(page.test, "ja").choose("state", ["TX"])
    assert page.query == {"state": ["TX"], "lang": ["ja"]}
    assert page.test.multiselect[1].label == "州"


def test_a_past_day_is_named_in_japanese_and_leads_back(visit: Visit):
    page = visit(lang="ja", as_of="2026-03-01")
    assert page.links["最新（2026年10月10日時点）を表示"] == "./?lang=ja"
    assert "2026年3月1日の時点で分かっていた内容を表示しています。" in page.captions[-1]


def test_an_unknown_language_is_named_and_the_page_is_english(visit: Visit):
    page = visit(lang="tlh")
    assert any("tlh" in plain(notice) for notice in page.notices)
    assert switch(page).text == "日本語"


def test_dialogs_are_in_the_language_of_the_page(visit: Visit):
    page = visit(lang="ja").click("export-view")
    assert [tab.label for tab in page.test.tabs][:3] == ["文書", "データ", "引用"]
    assert page.test.get_by_key("save-data").proto.label.startswith("CSVを保存（6行、約")


@pytest.mark.parametrize(
    ("accepted", "other"),
    [("ja,en;q=0.5", "English"), ("en-US,en;q=0.9,ja;q=0.1", "日本語"), ("", "日本語")],
)
def test_a_first_visit_is_in_the_language_of_the_browser(
    accepted: str, other: str, monkeypatch: pytest.MonkeyPatch
):
    headers = {"Accept-Language": accepted}
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.headers", headers)
    assert switch(Page(AppTest.from_file(APP, default_timeout=30)).run()).text == other

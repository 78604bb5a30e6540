"""The menus that save, cite and embed."""

from typing import Any

import pytest

from components.basics.byte_cache import ByteCache
from components.exhibits.exhibit import Scope
from components.exhibits.registry import EXHIBITS
from components.exports import briefing, chromium, files, jobs
from components.facts.schema import TABLES
from components.ui import session
from tests.app.page import DRAWN, Page, Say, Visit, words_of


class Menu:
    """An open menu; every run of the app closes it, so each step opens it again."""

    def __init__(self, page: Page, opener: str) -> None:
        self.page = page
        self.opener = opener
        self.page.click(opener)

    def pick(self, key: str, value: str) -> "Menu":
        self.page.test.button_group(key=key).set_value(value)
        return self._run()

    def choose(self, key: str, value: str) -> "Menu":
        self.page.test.selectbox(key=key).set_value(value)
        return self._run()

    def press(self, key: str) -> "Menu":
        self.page.test.button(key=key).click()
        return self._run()

    def _run(self) -> "Menu":
        self.page.click(self.opener)
        return self

    def label(self, key: str) -> str:
        found: Any = self.page.test.get_by_key(key)
        return str(found.proto.label)


def open_card(page: Page, exhibit: str) -> Menu:
    return Menu(page, f"download-{exhibit}")


def open_view(page: Page) -> Menu:
    return Menu(page, "export-view")


def codes(page: Page) -> list[str]:
    return [block.value for block in page.test.code]


TITLE = "Japan's $550 billion U.S. investment pledge"
ASKED = {"en": "", "ja": "&lang=ja"}
"""How an address that is given away ends."""


@pytest.mark.parametrize(
    ("query", "starts", "as_of"),
    [
        pytest.param(
            {},
            {
                "en": "Up to $109 billion is announced in two",
                "ja": "これまでに発表されたのは、第1陣と第2陣の計6件、6州で最大1090億ドルです。",
            },
            {"en": "10 October 2026", "ja": "2026年10月10日"},
            id="all",
        ),
        pytest.param(
            {"state": "TN"},
            {
                "en": "Up to $40 billion is announced for",
                "ja": "テネシー州のプロジェクトの発表額は最大400億ドルです。",
            },
            {"en": "10 October 2026", "ja": "2026年10月10日"},
            id="filter",
        ),
        pytest.param(
            {"as_of": "2026-03-01"},
            {
                "en": "$36 billion is announced in one",
                "ja": "これまでに発表されたのは、第1陣の計3件、3州で360億ドルです。",
            },
            {"en": "1 March 2026", "ja": "2026年3月1日"},
            id="day",
        ),
    ],
)
def test_the_opening_can_be_copied_with_its_day_and_credit(
    visit: Visit,
    language: str,
    query: dict[str, str],
    starts: dict[str, str],
    as_of: dict[str, str],
):
    page = visit(**query)
    assert codes(page) == []
    (text,) = codes(page.click("copy-sentence"))
    sentence, credit = text.split("\n")
    assert sentence == page.opening
    assert sentence.startswith(starts[language])
    given = {
        "en": f"As of {as_of[language]}. From “{TITLE}”",
        "ja": f"{as_of[language]}時点。Pledge tracker「{TITLE}」",
    }
    assert credit.startswith(given[language])
    assert "CC BY 4.0" in credit


def test_the_statement_on_a_state_can_be_copied_and_nothing_where_there_is_none(
    visit: Visit, language: str
):
    page = visit("states", state="WY")
    (text,) = codes(page.click("copy-sentence"))
    starts = {
        "en": "No project is named in Wyoming as of 10 October 2026.\nAs of 10 October",
        "ja": (
            "2026年10月10日時点で、ワイオミング州で名前の挙がったプロジェクトはありません。\n"
            "2026年10月10日時点。Pledge tracker「"
        ),
    }
    assert text.startswith(starts[language])
    assert not visit(state="WY").has("copy-sentence")


@pytest.mark.parametrize(
    ("language", "exhibit"), [*(("en", one) for one in DRAWN), ("ja", "by-state"), ("ja", "map")]
)
def test_every_card_offers_its_picture_its_page_and_its_rows(
    visit: Visit, language: str, exhibit: str
):
    page, rows = {
        "en": ("Save Interactive page (HTML), about 5 MB", "Save CSV, "),
        "ja": ("操作できるページ（HTML）を保存（約5MB）", "CSVを保存（"),
    }[language]
    menu = open_card(visit(state="TN"), exhibit)
    assert menu.page.has(f"print-{exhibit}-3x")
    menu.pick(f"format-{exhibit}", "html")
    assert menu.label(f"save-{exhibit}") == page
    menu.pick(f"format-{exhibit}", "csv")
    assert menu.label(f"save-{exhibit}").startswith(rows)


def test_a_picture_comes_in_five_sizes(visit: Visit):
    menu = open_card(visit(), "by-state")
    for shape in ("1x", "2x", "3x", "1200x630", "square"):
        menu.pick("shape-by-state", shape)
        assert menu.page.has(f"print-by-state-{shape}")


def test_without_chromium_the_menu_says_why_and_offers_no_pdf(visit: Visit, language: str):
    page = open_card(visit(), "map").page
    reason, kind = {
        "en": (
            "Drawn by your browser. Pictures are switched off on this server (KALEIDO=off).",
            "Interactive page (HTML)",
        ),
        "ja": (
            "お使いのブラウザで描画します。"
            "このサーバーでは画像の作成を無効にしています（KALEIDO=off）。",
            "操作できるページ（HTML）",
        ),
    }[language]
    assert reason in page.captions
    formats = page.test.button_group(key="format-map")
    assert formats.options == ["PNG", "SVG", kind, "CSV"]


def test_a_card_is_cited_in_five_ways_with_the_filter(visit: Visit):
    apa, chicago, bibtex, sist, sentence = codes(open_card(visit(state="TN"), "by-state").page)[:5]
    assert "(2026). Japan's $550 billion U.S. investment pledge: Projects in Tennessee" in apa
    assert "“Japan's $550 billion U.S. investment pledge: Projects in Tennessee.”" in chicago
    assert bibtex.startswith("@misc{us-japan-pledge-2026-11-25,")
    assert sist.startswith("Pledge tracker. “Japan's $550 billion U.S. investment pledge: Projects")
    assert "(projects in Tennessee)" in sentence


def test_a_card_is_embedded_under_its_title(visit: Visit, language: str):
    title, heading = {
        "en": ("Announced by state", "**Announced by state.** "),
        "ja": ("州別の発表額", "**州別の発表額**"),
    }[language]
    page = open_card(visit(state="TN"), "by-state").page
    assert f'title="{title}"' in codes(page)[-1]
    assert any(text.startswith(heading) for text in page.prose)


def test_the_cards_of_a_view_are_chosen_by_their_titles(visit: Visit, said: Say):
    page = open_view(visit()).page
    titles = [kind.title for kind in EXHIBITS.values() if kind.scope is not Scope.STATE_SHEET]
    assert page.test.selectbox(key="embed-card").options == [said(title) for title in titles]


@pytest.mark.parametrize("language", ["ja"])
@pytest.mark.usefixtures("language")
def test_a_japanese_card_is_cited_with_the_filter_in_japanese(visit: Visit):
    found = codes(open_card(visit(state="TN"), "by-state").page)
    sist, apa, chicago, bibtex, sentence = found[:5]
    title = f"{TITLE}：テネシー州のプロジェクト"
    assert sist.startswith(f"Pledge tracker. “{title}”. 2026.11.25版 (")
    assert f"(2026). {title}, as of October 10, 2026 (Version 2026.11.25, " in apa
    assert f"“{title}.” Dataset, version 2026.11.25 (" in chicago
    assert bibtex.startswith("@misc{us-japan-pledge-2026-11-25,")
    assert sentence.startswith(f"Pledge tracker「{TITLE}」（テネシー州のプロジェクト、")
    assert sentence.endswith("データは2026年10月10日時点）による。")


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the server an address, which AppTest has not."""
    monkeypatch.setattr(session, "_base", lambda: "https://pledge.example.org/")


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize(
    ("data", "scheme", "query"),
    [
        pytest.param("live", "", "state=TN&amp;embed=true&amp;card=by-state", id="at first"),
        pytest.param(
            "fixed",
            "",
            "state=TN&amp;as_of=2026-10-10&amp;embed=true&amp;card=by-state",
            id="of a day",
        ),
        pytest.param(
            "live",
            "dark",
            "state=TN&amp;embed=true&amp;embed_options=dark_theme&amp;card=by-state",
            id="dark",
        ),
    ],
)
def test_an_embedded_card_follows_data_and_scheme_or_not(
    visit: Visit, data: str, scheme: str, query: str
):
    menu = open_card(visit(state="TN"), "by-state")
    page = menu.pick("embed-data", data).pick("embed-scheme", scheme).page
    assert f'src="https://pledge.example.org/?{query}"' in codes(page)[-1]


@pytest.mark.usefixtures("at_home")
def test_a_card_of_a_past_day_is_embedded_as_of_that_day(visit: Visit):
    page = open_card(visit(as_of="2026-03-01"), "by-state").page
    assert "as_of=2026-03-01&amp;embed=true" in codes(page)[-1]


def test_the_code_sets_the_height_of_its_frame_without_inline_handlers(visit: Visit):
    code = codes(open_card(visit(state="TN"), "by-state").page)[-1]
    frame, script = code.split("\n", maxsplit=1)
    assert "on" not in {word[:2] for word in frame.split() if "=" in word}
    assert "frame.contentWindow === event.source" in script


@pytest.mark.usefixtures("at_home")
def test_a_card_has_an_address_of_its_own_and_is_embedded_in_the_language(
    visit: Visit, language: str
):
    page = open_card(visit(state="TN"), "by-state").page
    assert codes(page)[-2].endswith(f"/?state=TN&card=by-state{ASKED[language]}")
    assert ("lang=ja&amp;embed=true" in codes(page)[-1]) == (language == "ja")


@pytest.mark.usefixtures("at_home")
def test_its_picture_has_an_address_where_the_server_draws(
    visit: Visit, language: str, monkeypatch: pytest.MonkeyPatch
):
    page = visit(state="TN")
    assert not any("/charts/" in code for code in codes(open_card(page, "by-state").page))
    monkeypatch.setattr(chromium, "find_browser", lambda: "chromium")
    menu = open_card(page, "by-state").pick("format-by-state", "csv")
    address = f"https://pledge.example.org/charts/by-state.png?state=TN{ASKED[language]}"
    assert codes(menu.page)[-2] == address


def test_the_view_is_saved_as_a_briefing_and_as_everything(visit: Visit):
    menu = open_view(visit(state="TN")).press("make-briefing")
    named = "us-japan-pledge_briefing_tn_2026-10-10_us-letter.pdf, "
    assert menu.label("save-briefing").startswith(named)
    menu.press("make-everything")
    named = "us-japan-pledge_everything_tn_2026-10-10.zip, "
    assert menu.label("save-everything").startswith(named)


def test_the_briefing_comes_on_a4_too(visit: Visit, language: str):
    menu = open_view(visit(state="TN")).pick("paper", "a4").press("make-briefing")
    assert {"en": "_a4.pdf, ", "ja": "_a4_ja.pdf, "}[language] in menu.label("save-briefing")


def test_a_file_that_cannot_be_made_is_an_apology_and_no_traceback(
    visit: Visit, said: Say, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*_: Any, **__: Any) -> bytes:
        raise ValueError("a secret path")

    monkeypatch.setattr(briefing, "briefing_bytes", fail)
    # The shared cache has the files that other tests requested.
    monkeypatch.setattr(files, "CACHE", ByteCache())
    page = open_view(visit(state="GA")).press("make-briefing").page
    assert page.notices == [said("This file could not be made. The server's log says why.")]
    assert "a secret path" in caplog.text


def test_who_comes_when_too_many_export_is_asked_to_come_back(
    visit: Visit, said: Say, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(jobs, "MAX_JOBS", 0)
    page = open_view(visit(state="OH")).press("make-briefing").page
    assert page.notices == [said("Many are exporting right now. Please try again in a minute.")]


def test_rows_of_the_view_and_all_rows_are_told_apart(visit: Visit, language: str):
    one, six = {
        "en": ("Save CSV, 1 row, about ", "Save CSV, 6 rows, about "),
        "ja": ("CSVを保存（1行、約", "CSVを保存（6行、約"),
    }[language]
    menu = open_view(visit(state="TN"))
    assert menu.label("save-data").startswith(one)
    menu.pick("data-scope", "all")
    assert menu.label("save-data").startswith(six)


def test_without_a_filter_there_is_but_one_scope(visit: Visit):
    menu = open_view(visit())
    assert not menu.page.has("data-scope")
    assert menu.label("save-data").startswith("Save CSV, 6 rows, about ")


@pytest.mark.parametrize(
    ("language", "kind", "label"),
    [
        ("en", "excel-csv", "Save CSV for Excel, 20 rows, about "),
        ("en", "json", "Save JSON, 20 rows, about "),
        ("en", "parquet", "Save Parquet, 20 rows, about "),
        ("ja", "excel-csv", "Excel用CSVを保存（20行、約"),
    ],
)
@pytest.mark.usefixtures("language")
def test_every_table_comes_in_every_format(visit: Visit, kind: str, label: str):
    menu = open_view(visit()).pick("data-format", kind).choose("data-table", "milestones")
    assert menu.label("save-data").startswith(label)


def test_the_workbook_holds_all_tables(visit: Visit, language: str):
    menu = open_view(visit()).pick("data-format", "xlsx")
    count = len(TABLES) + len(DRAWN)
    label = {
        "en": f"Save Excel workbook, {count} sheets, ",
        "ja": f"Excelブックを保存（{count}シート、",
    }
    assert menu.label("save-data").startswith(label[language])


def test_a_view_without_projects_can_still_be_exported(visit: Visit):
    menu = open_view(visit(state="WY"))
    assert menu.label("save-data").startswith("Save CSV, 0 rows, about ")
    assert menu.press("make-briefing").page.has("save-briefing")
    assert menu.press("make-everything").page.has("save-everything")


@pytest.mark.parametrize(
    ("language", "card"), [*(("en", one) for one in DRAWN), ("ja", "by-state"), ("ja", "map")]
)
def test_a_link_can_show_one_card_alone(visit: Visit, language: str, card: str):
    sources, whole = {"en": ("Sources: ", "Full view: "), "ja": ("出典：", "全体を見る：")}[
        language
    ]
    page = visit(card=card, state="TN")
    assert page.has(f"card-{card}")
    assert [other for other in DRAWN if page.has(f"card-{other}")] == [card]
    assert not page.test.title
    assert not page.has("export-view")
    words = words_of(page.card(f"card-{card}"))
    assert sources in words
    assert f"{whole}Japan&#x27;s $550 billion U.S. investment pledge" in words
    assert page.query == {"card": [card], "state": ["TN"]}


def test_a_card_alone_takes_no_clicks(visit: Visit):
    page = visit(card="by-state")
    (chart,) = page.test.get("plotly_chart")
    assert not chart.proto.selection_mode


def test_a_card_of_nothing_says_so(visit: Visit, language: str, said: Say):
    page = visit(card="map", state="WY")
    (notice,) = page.notices
    starts = {
        "en": "No project is named in Wyoming",
        "ja": "2026年10月10日時点で、ワイオミング州で名前の挙がったプロジェクトはありません。",
    }
    assert notice.startswith(starts[language])
    assert said("Full view: {title}", title="") in page.words


def test_a_card_that_is_not_known_is_named_and_the_page_opens(visit: Visit):
    page = visit(card="<b>pie</b>", state="TN")
    (notice,) = page.notices
    assert "card" in notice
    assert page.figures["announced"] == "up to $40B"


def test_two_cards_in_a_link_are_none(visit: Visit):
    page = visit(card=["map", "by-state"])
    assert page.notices
    assert page.figures["announced"] == "up to $109B"


def test_an_old_choice_that_new_data_lost_leaves_the_card(visit: Visit):
    page = visit(card="by-state", state="tn")
    assert page.query["card"] == ["by-state"]

"""Everything as it was known on an earlier day, and what changed since."""

import pytest

from tests.app.page import Convert, Say, Visit, plain, words_of

pytestmark = pytest.mark.usefixtures("language")


@pytest.mark.parametrize(
    ("day", "announced", "rest", "projects"),
    [
        pytest.param("2025-01-01", "$0", "up to $550B", 0, id="before the signing"),
        pytest.param("2026-02-16", "$0", "up to $550B", 0, id="the day before the first tranche"),
        pytest.param("2026-02-17", "$36B", "$514B", 3, id="the first tranche"),
        pytest.param("2026-03-18", "$36B", "$514B", 3, id="the day before the second"),
        pytest.param("2026-03-19", "up to $109B", "at least $441B", 6, id="the second tranche"),
    ],
)
def test_the_totals_are_those_of_the_day(
    visit: Visit,
    language: str,
    amount: Convert,
    day: str,
    announced: str,
    rest: str,
    projects: int,
):
    page = visit(as_of=day)
    assert page.figure("announced") == amount(announced)
    assert page.figure("unannounced") == amount(rest)
    assert page.figure("projects") == {"en": f"{projects}", "ja": f"{projects}件"}[language]
    assert page.query == {"as_of": [day]}


def test_before_the_first_tranche_nothing_is_announced(
    visit: Visit, language: str, amount: Convert, said: Say
):
    page = visit(as_of="2026-01-01")
    notice = {
        "en": (
            "No project is announced as of 1 January 2026. The pledge of up to $550 billion was "
            "signed on 4 September 2025."
        ),
        "ja": (
            "2026年1月1日時点で発表されたプロジェクトはありません。"
            "最大5500億ドルの対米投資に関する了解覚書は2025年9月4日に署名されました。"
        ),
    }
    assert plain(page.notices[0]) == notice[language]
    rows = {row[said("Step")]: row[said("In dollars")] for row in page.show_table("stages")}
    assert rows == {
        said("Pledged"): amount("up to $550B"),
        said("Announced"): amount("$0"),
    } | dict.fromkeys((said("Loans signed"), said("Paid out"), said("Spent")), amount("None found"))
    assert not page.has("no-matches-reset")


def test_before_the_signing_the_pledge_is_said_not_to_be_signed(visit: Visit, language: str):
    words = {
        "en": "is not signed before 4 September 2025",
        "ja": "了解覚書への署名も2025年9月4日まで行われていません",
    }
    assert words[language] in plain(visit(as_of="2025-01-01").notices[0])


@pytest.mark.parametrize(
    ("day", "loans", "stages"),
    [
        pytest.param(
            "2026-04-30",
            "None found",
            {
                "en": "Projects by stage: announced only five; permitted one.",
                "ja": "段階別のプロジェクト数：発表のみ5件、許認可取得1件。",
            },
            id="before the loans",
        ),
        pytest.param(
            "2026-05-01",
            "about $2.2B",
            {
                "en": "Projects by stage: announced only three; financed three, in part.",
                "ja": "段階別のプロジェクト数：発表のみ3件、融資契約締結3件（金額の一部）。",
            },
            id="loans signed",
        ),
    ],
)
def test_loans_and_stages_are_those_of_the_day(
    visit: Visit,
    language: str,
    amount: Convert,
    said: Say,
    day: str,
    loans: str,
    stages: dict[str, str],
):
    page = visit(as_of=day)
    assert stages[language] in words_of(page.card("card-stages"))
    rows = {row[said("Step")]: row[said("In dollars")] for row in page.show_table("stages")}
    assert rows[said("Loans signed")] == amount(loans)


def test_a_past_day_says_what_follows_it_and_what_does_not(visit: Visit, language: str):
    page = visit(as_of="2026-03-01")
    notice, newest, note = {
        "en": (
            "As known on 1 March 2026: projects, stages, totals and milestones",
            "Show the newest state, 10 October 2026",
            "Data as of 10 October 2026, shown as known on 1 March 2026, version 2026.11.25 (",
        ),
        "ja": (
            "2026年3月1日時点の内容です。プロジェクト、段階、合計、経緯はそれぞれの日付に従い、",
            "最新（2026年10月10日時点）を表示",
            ("データは2026年10月10日時点、2026.11.25版（"),
        ),
    }[language]
    assert notice in page.text
    assert page.links[newest] == "./"
    assert page.captions[-1].startswith(note)
    # Japanese says in a sentence of its own what English says in an aside.
    shown = {"en": "shown as known", "ja": "2026年3月1日の時点で分かっていた内容を表示しています。"}
    assert shown[language] in page.captions[-1]


def test_milestones_after_the_day_are_not_known_on_it(visit: Visit, language: str, said: Say):
    page = visit("projects", project="texas-gulflink", as_of="2026-03-01")
    dates = [row[said("Date")] for row in page.table("card-milestones")]
    last, stage = {
        "en": ("17 February 2026", "Permitted, since 14 February 2025"),
        "ja": ("2026年2月17日", "許認可取得（2025年2月14日から）"),
    }[language]
    assert dates[-1] == last
    assert stage in page.text


def test_a_choice_of_a_later_tranche_holds_and_matches_nothing_yet(visit: Visit, language: str):
    page = visit(as_of="2026-03-01", tranche="2")
    assert page.chosen["tranche"] == ["2"]
    words = {
        "en": "No project matches this filter as of 1 March 2026: projects, tranche 2.",
        "ja": (
            "この条件に当てはまるプロジェクトはありません（2026年3月1日時点）："
            "プロジェクト、第2陣。"
        ),
    }
    assert plain(page.notices[0]).startswith(words[language])


def test_the_newest_day_is_the_newest_state(visit: Visit, language: str, amount: Convert):
    page = visit(as_of="2026-10-10")
    assert page.figure("announced") == amount("up to $109B")
    assert {"en": "As known on", "ja": "時点の内容です"}[language] not in page.text


def test_the_date_control_writes_the_link_and_frees_it(visit: Visit, amount: Convert):
    page = visit(state="TX")
    page.test.text_input(key="day").set_value("2026-03-01")
    assert page.run().query == {"state": ["TX"], "as_of": ["2026-03-01"]}
    assert page.figure("announced") == amount("$2.1B")
    page.test.text_input(key="day").set_value("")
    assert page.run().query == {"state": ["TX"]}
    assert page.figure("announced") == amount("up to $18.1B")


def test_back_and_forth_between_days(visit: Visit, amount: Convert):
    page = visit(as_of="2026-03-01")
    assert page.go().figure("announced") == amount("up to $109B")
    assert page.go(as_of="2026-03-01").figure("announced") == amount("$36B")


@pytest.mark.parametrize(
    ("script", "title"),
    [
        pytest.param("agreements", "Other results", id="a"),
        pytest.param("interests", "Interest list", id="i"),
    ],
)
def test_a_list_is_not_known_before_its_day(visit: Visit, language: str, script: str, title: str):
    words = {
        "en": "Not published as of 1 October 2025: ",
        "ja": "2025年10月1日時点では未公表：",
    }
    assert words[language] + title in visit(script, as_of="2025-10-01").text


@pytest.mark.parametrize("exhibit", ["map", "stages", "over-time"])
def test_what_is_saved_or_cited_carries_the_day_in_its_link(
    visit: Visit, language: str, exhibit: str
):
    page = visit(state="TX", as_of="2026-03-01")
    page.test.context = {"url": "https://pledge.example/"}
    page.click(f"download-{exhibit}")
    codes = [code.value for code in page.test.code]
    kept = {"en": "", "ja": "&lang=ja"}[language]
    address = f"https://pledge.example/?state=TX&as_of=2026-03-01{kept}"
    assert address in codes
    assert all(address in code for code in codes[:4])
    # Addresses in HTML are escaped.
    assert "state=TX&amp;as_of=2026-03-01" in codes[-1]


def test_the_export_of_a_view_carries_the_day_in_its_link(visit: Visit, language: str):
    page = visit(as_of="2026-03-01")
    page.test.context = {"url": "https://pledge.example/"}
    page.click("export-view")
    kept = {"en": "", "ja": "&lang=ja"}[language]
    address = f"https://pledge.example/?as_of=2026-03-01{kept}"
    assert address in [code.value for code in page.test.code]

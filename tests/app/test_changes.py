"""What is different between two days, in words and with sources."""

import pytest

from tests.app.dates import written
from tests.app.page import Page, Say, Visit, links_of, plain
from tests.frozen import rows_in

SOURCES = {row["source_id"]: row for row in rows_in("sources")}
NAMES = {row["project_id"]: row["project"] for row in rows_in("investments")}
GROUPS = {
    "new-projects": {"en": "Newly announced", "ja": "新たに発表"},
    "new-stages": {"en": "A further stage reached", "ja": "次の段階に進んだもの"},
    "new-states": {"en": "States named for the first time", "ja": "初めて名前の挙がった州"},
    "events": {"en": "What happened", "ja": "これまでの動き"},
    "added": {"en": "Added here", "ja": "当サイトに追加"},
    "asides": {"en": "Published beside the pledge", "ja": "対米投資とは別に公表"},
}


def told(page: Page, group: str) -> list[tuple[str, set[tuple[str, str]]]]:
    """Return each change of a kind: its text, and the links to its publications."""
    return [
        ("".join(item.itertext()), {pair for pair in links_of(item) if "://" in pair[1]})
        for piece in page.markup_of(f"card-{group}")
        for item in piece.iter("li")
    ]


def publications(cell: str) -> set[tuple[str, str]]:
    """Return publisher and link of the sources of a cell, those that have a link."""
    rows = [SOURCES[source] for source in cell.split(";")]
    return {(row["publisher"], row["url"]) for row in rows if row["url"]}


SINCE_MARCH = {
    "en": (
        "1 March 2026 to 10 October 2026",
        "Announced: up to $109 billion, $36 billion before.",
        "Not yet announced of the up to $550 billion: at least $441 billion, $514 billion before.",
        "Six projects, three before.",
        "up to $40B in Tennessee and Alabama, tranche 2",
        "Texas GulfLink: financed in part, permitted before",
        "Alabama, Pennsylvania and Tennessee",
        "Other results of the summit of 19 March 2026",
    ),
    "ja": (
        "2026年3月1日から2026年10月10日まで",
        "発表額：最大1090億ドル（以前は360億ドル）。",
        "最大5500億ドルのうち未発表：少なくとも4410億ドル（以前は5140億ドル）。",
        "6件（以前は3件）。",
        "テネシー州とアラバマ州に最大400億ドル、第2陣",
        "Texas GulfLink：融資契約締結（一部）（以前は許認可取得）",
        "アラバマ州、ペンシルベニア州、テネシー州",
        # The frozen data has the titles of lists in English alone.
        "Other results of the summit of 19 March 2026",
    ),
}


def test_what_changed_is_told_in_words(visit: Visit, language: str):
    page = visit("changes", since="2026-03-01")
    for sentence in SINCE_MARCH[language]:
        assert sentence in page.text, sentence


def test_an_event_of_several_projects_is_told_once_with_its_source(visit: Visit):
    page = visit("changes", since="2026-04-01")
    assert page.text.count("The loans JBIC announced with private banks") == 1
    assert "NHK" in page.links


def test_between_equal_days_nothing_changed(visit: Visit, language: str):
    page = visit("changes", since="2026-03-01", as_of="2026-03-01")
    for sentence in {
        "en": (
            "No announcement, event or list in the data is dated in these days.",
            "No events were added here in them.",
            "Announced: $36 billion, as before.",
        ),
        "ja": (
            "この期間の日付がある発表、出来事、一覧はデータにありません。",
            "この期間に当サイトへ追加した出来事は0件です。",
            "発表額：360億ドル（変わらず）。",
        ),
    }[language]:
        assert sentence in page.text


def test_days_may_be_given_in_either_order(visit: Visit):
    first = visit("changes", since="2026-03-01", as_of="2026-05-02").text
    other = visit("changes", since="2026-05-02", as_of="2026-03-01").text
    assert "1 March 2026 to 2 May 2026" in first
    assert "1 March 2026 to 2 May 2026" in other


def test_from_nothing_to_the_first_tranche(visit: Visit, language: str):
    text = visit("changes", since="2026-01-01", as_of="2026-03-01").text
    amount, wrong, projects = {
        "en": (
            "Announced: $36 billion, $0 before.",
            "Three projects, no before.",
            "Three projects, none before.",
        ),
        "ja": ("発表額：360億ドル（以前は0ドル）。", "（以前は0件）", "3件（以前はなし）。"),
    }[language]
    assert amount in text
    assert wrong not in text
    assert projects in text


def test_the_days_to_compare_are_chosen_and_in_the_link(visit: Visit, language: str):
    usual, chosen = {
        "en": ("18 March 2026 to 10 October 2026", "1 May 2026 to 10 October 2026"),
        "ja": ("2026年3月18日から2026年10月10日まで", "2026年5月1日から2026年10月10日まで"),
    }[language]
    page = visit("changes")
    assert usual in page.text
    page.test.text_input(key="change-since").set_value(" 2026-05-01 ")
    assert page.run().query == {"since": ["2026-05-01"]}
    assert chosen in page.text


def test_changes_are_those_of_the_filter(visit: Visit, language: str):
    text = visit("changes", since="2026-03-01", state="TN").text
    amount = {
        "en": "Announced: up to $40 billion, $0 before.",
        "ja": "発表額：最大400億ドル（以前は0ドル）。",
    }
    assert amount[language] in text
    assert "Texas GulfLink" not in text


def test_every_new_project_is_told_with_its_amount_and_its_sources(visit: Visit, language: str):
    shown = told(visit("changes", since="2026-03-01"), "new-projects")
    new = [row for row in rows_in("investments") if row["announced_on"] > "2026-03-01"]
    assert len(shown) == len(new) == 3
    for row in new:
        ((said, links),) = [pair for pair in shown if row["project"] in pair[0]]
        billions = float(row["amount_usd_bn"])
        day, amount = {
            "en": ("19 March 2026. ", f"up to ${billions:g}B in "),
            "ja": ("2026年3月19日。", f"に最大{billions * 10:g}億ドル、第2陣"),
        }[language]
        assert said.startswith(day)
        assert amount in said
        assert links == publications(row["amount_source_ids"])


def test_every_milestone_after_the_first_day_is_told_with_its_sources(
    visit: Visit, language: str, said: Say
):
    shown = told(visit("changes", since="2026-03-01"), "events")
    events = [row for row in rows_in("milestones") if row["date"] > "2026-03-01"]
    assert len(shown) == len(events)
    for row in events:
        ((text, links),) = [pair for pair in shown if row["event"] in pair[0]]
        during = "on" if len(row["date"]) == 10 else "in"
        day = written(row["date"], language)
        happened, added = {
            "en": (f"Happened {during} {day}. ", "added here on 22 November 2026"),
            "ja": (f"{day}の出来事。", "2026年11月22日に当サイトへ追加"),
        }[language]
        assert text.startswith(happened)
        assert f"{added} · {said(row['confidence'].capitalize()).lower()} · " in text
        projects = row["project_ids"].split(";")
        assert [one for one in projects if NAMES[one] not in text] == []
        assert links == publications(row["source_ids"])


def test_a_further_stage_and_a_list_beside_the_pledge_have_their_sources(visit: Visit):
    page = visit("changes", since="2026-03-01")
    nhk = publications("nhk-2026-05-01")
    stages = told(page, "new-stages")
    assert [links for _, links in stages] == [nhk] * 3
    ((said, links),) = told(page, "asides")
    assert "Other results of the summit of 19 March 2026" in said
    assert links == publications("wh-2026-03-19;summit-article-2026")


@pytest.mark.parametrize(
    ("since", "as_of", "groups"),
    [
        pytest.param("2026-03-01", "2026-10-10", set(GROUPS) - {"added"}, id="every kind"),
        pytest.param("2026-04-01", "2026-10-10", {"new-stages", "events"}, id="loans"),
        pytest.param("2025-10-01", "2025-10-28", {"asides"}, id="only a list"),
        pytest.param("2026-05-02", "2026-05-02", set(), id="one day"),
    ],
)
def test_only_kinds_of_change_that_there_are_have_a_card(
    visit: Visit, language: str, since: str, as_of: str, groups: set[str]
):
    page = visit("changes", since=since, as_of=as_of)
    shown = {group for group in GROUPS if page.has(f"card-{group}")}
    assert shown == groups
    titles = [GROUPS[group][language] for group in shown]
    assert [title for title in titles if title not in page.text] == []


def test_a_past_day_leads_to_what_changed_since_and_keeps_the_filter(visit: Visit, said: Say):
    page = visit(state="TX", as_of="2026-03-01")
    assert page.links[said("What changed since")] == "changes?state=TX&since=2026-03-01"


def test_the_second_day_is_the_day_shown_and_in_the_link(visit: Visit):
    page = visit("changes", since="2026-02-01")
    page.test.text_input(key="change-as_of").set_value("2026-03-01")
    assert page.run().query == {"since": ["2026-02-01"], "as_of": ["2026-03-01"]}
    assert "1 February 2026 to 1 March 2026" in page.text
    assert "Announced: $36 billion, $0 before." in page.text


@pytest.mark.parametrize("key", ["change-since", "change-as_of"])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("en", text) for text in ("2026-02-30", "2031-01-01", "soon", "2026-03", "03/01/2026")),
        ("ja", "2026年3月1日"),
    ],
)
def test_a_typed_day_that_is_none_is_answered_and_changes_nothing(
    visit: Visit, language: str, key: str, text: str
):
    last = written("2026-11-22" if key == "change-since" else "2026-10-10", language)
    answer, wrong, usual = {
        "en": (
            f"“{text}” is no day up to {last}.",
            "is no day",
            "18 March 2026 to 10 October 2026",
        ),
        "ja": (
            f"「{text}」は、{last}までの日付として読み取れません。",
            "読み取れません",
            "2026年3月18日から2026年10月10日まで",
        ),
    }[language]
    page = visit("changes")
    page.test.text_input(key=key).set_value(text)
    assert page.run().query == {}
    assert answer in page.text
    assert usual in page.text
    assert page.test.text_input(key=key).value == text
    page.test.text_input(key=key).set_value("2026-05-01")
    assert page.run().query == {"since" if "since" in key else "as_of": ["2026-05-01"]}
    assert wrong not in page.text


def test_a_first_day_after_the_data_tells_what_was_added_since(visit: Visit, language: str):
    page = visit("changes", since="2026-11-01")
    assert page.notices == []
    title, reach, added, none = {
        "en": (
            "After 1 November 2026",
            "The facts are as of 10 October 2026: nothing is dated later.",
            "{} events were added here after 1 November 2026.",
            "No events were added here after 22 November",
        ),
        "ja": (
            "2026年11月1日より後",
            "データは2026年10月10日時点のもので、それより後の日付の出来事はありません。",
            "2026年11月1日より後に当サイトへ追加した出来事は{}件です。",
            "2026年11月22日より後に当サイトへ追加した出来事は0件です。",
        ),
    }[language]
    assert title in page.text
    assert reach in page.text
    rows = rows_in("milestones")
    assert added.format(len(rows)) in page.text
    assert {group for group in GROUPS if page.has(f"card-{group}")} == {"added"}
    assert len(told(page, "added")) == len(rows)
    assert none in visit("changes", since="2026-11-22").text


def test_days_on_offer_are_links_that_keep_the_filter_and_the_day_shown(visit: Visit, said: Say):
    page = visit("changes", state="TX", as_of="2026-05-02")
    assert page.links[said("Last 30 days of the data")] == (
        "changes?state=TX&as_of=2026-05-02&since=2026-04-02"
    )
    assert page.links[said("Since the last tranche")] == (
        "changes?state=TX&as_of=2026-05-02&since=2026-03-18"
    )


def test_the_list_can_be_saved_asked_for_and_followed(visit: Visit, said: Say):
    page = visit("changes", state="TX", since="2026-03-01")
    assert page.has("save-changes")
    assert page.links[said("The same list for programs")] == (
        "api/v1/changes.csv?state=TX&since=2026-03-01"
    )
    assert page.links[said("Follow this filter as a feed")] == "feed.atom?state=TX"


def test_a_past_day_is_told_in_the_words_of_today(visit: Visit, language: str):
    text = visit("changes", since="2026-03-01", as_of="2026-05-02").text
    told_how = {
        "en": "Each day is told in today's words",
        "ja": "各日の内容は、現在のデータでその日までの日付があるものです。",
    }
    assert told_how[language] in text


@pytest.mark.parametrize("since", ["2026-02-30", "2031-01-01", "soon"])
def test_a_first_day_that_is_none_is_named_and_the_usual_one_holds(visit: Visit, since: str):
    page = visit("changes", since=since)
    assert f"since={since}" in plain(page.notices[0])
    assert "18 March 2026 to 10 October 2026" in page.text


def test_a_change_opens_the_page_of_its_project(visit: Visit):
    page = visit("changes", since="2026-03-01", as_of="2026-05-02")
    assert page.links[NAMES["gas-tx"]] == "projects?project=gas-tx&as_of=2026-05-02"

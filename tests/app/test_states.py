"""The sheets of states, and all states side by side."""

import pytest

from components.basics import messages
from components.basics.us_states import STATE_NAMES
from tests.app.page import Convert, Say, Visit, plain
from tests.frozen import events_of, rows_in

PROJECTS = rows_in("investments")
NAMED = sorted({state for row in PROJECTS for state in row["states"].split(";")})
TOTALS = {
    state: round(sum(float(r["amount_usd_bn"]) for r in PROJECTS if state in r["states"]), 9)
    for state in NAMED
}


NONE_NAMED = {
    "en": "No project is named in {state} as of 10 October 2026.",
    "ja": "2026年10月10日時点で、{state}で名前の挙がったプロジェクトはありません。",
}


def name_of(state: str, language: str) -> str:
    with messages.using(language):
        return STATE_NAMES[state]


@pytest.mark.parametrize(
    ("state", "statement"),
    [
        pytest.param(
            "TN",
            {
                "en": (
                    "Up to $40 billion is announced for Tennessee together with Alabama, in one "
                    "project. No official source divides it: it stands here in full and counts "
                    "once in any total."
                ),
                "ja": (
                    "テネシー州には、アラバマ州との合計で最大400億ドル（1件）が発表されています。"
                    "内訳を示した公式の資料はありません。"
                    "ここでは全額を計上し、合計では一度だけ数えます。"
                ),
            },
            id="shared",
        ),
        pytest.param(
            "TX",
            {
                "en": "Up to $18.1 billion is announced for Texas alone, in two projects.",
                "ja": "テキサス州だけを対象に、2件、最大181億ドルが発表されています。",
            },
            id="alone",
        ),
        pytest.param(
            "OH",
            {
                "en": "About $33.3 billion is announced for Ohio alone, in one project.",
                "ja": "オハイオ州だけを対象に、1件、約333億ドルが発表されています。",
            },
            id="about",
        ),
        pytest.param("WY", NONE_NAMED, id="none"),
        pytest.param("PR", NONE_NAMED, id="none"),
    ],
)
def test_a_sheet_opens_with_the_honest_total(
    visit: Visit, language: str, state: str, statement: dict[str, str]
):
    page = visit("states", state=state)
    assert page.title == name_of(state, language)
    assert statement[language].format(state=page.title) in page.text


@pytest.mark.parametrize("state", NAMED)
def test_a_sheet_has_projects_map_milestones_sources_and_gaps(visit: Visit, state: str):
    page = visit("states", state=state)
    own = [row for row in PROJECTS if state in row["states"].split(";")]
    assert {row["Project"] for row in page.table("card-state-projects")} == {
        row["project"] for row in own
    }
    assert page.has("chart-state-map")
    ids = {row["project_id"] for row in own}
    events = events_of(*ids)
    told = [row["What happened"] for row in page.table("card-milestones")]
    assert sorted(told) == sorted(row["event"] for row in events)
    cited = {source for row in [*own, *events] for source in row["source_ids"].split(";")}
    assert len(page.table("card-own-sources")) >= min(len(cited), 20)
    gaps = [row for row in rows_in("gaps") if ids & set(row["project_ids"].split(";"))]
    assert [row["missing"] for row in gaps if row["missing"] not in page.text] == []
    assert page.has("save-sheet-us-letter")
    assert page.has("save-sheet-a4")


@pytest.mark.parametrize(
    ("language", "state"),
    [
        *(("en", code) for code in STATE_NAMES if code not in NAMED),
        # A state, the district and a territory: the sentence around their names is the same.
        *(("ja", code) for code in ("WY", "DC", "PR")),
    ],
)
def test_a_state_without_a_project_says_what_is_announced_elsewhere(
    visit: Visit, language: str, amount: Convert, said: Say, state: str
):
    page = visit("states", state=state)
    assert NONE_NAMED[language].format(state=name_of(state, language)) in page.text
    rows = page.table("card-elsewhere")
    gas, nuclear, oil, minerals = {
        "en": ("Ohio, Pennsylvania, Texas", "Alabama, Tennessee", "Texas", "Georgia"),
        "ja": (
            "オハイオ州、ペンシルベニア州、テキサス州",
            "アラバマ州、テネシー州",
            "テキサス州",
            "ジョージア州",
        ),
    }[language]
    titles = (said("Sector"), said("Announced"), said("States"))
    assert [tuple(row[title] for title in titles) for row in rows] == [
        ("Natural gas power", amount("up to $66.3B"), gas),
        ("Nuclear power", amount("up to $40B"), nuclear),
        ("Crude oil export", amount("$2.1B"), oil),
        ("Critical minerals", amount("about $0.6B"), minerals),
    ]


def test_elsewhere_is_looked_at_under_the_rest_of_the_filter(
    visit: Visit, language: str, said: Say
):
    page = visit("states", state="TN", sector="natural-gas-power")
    sentence, states = {
        "en": (
            "No project of this filter is named in Tennessee as of 10 October 2026: "
            "Natural gas power.",
            "Ohio, Pennsylvania, Texas",
        ),
        "ja": (
            "2026年10月10日時点で、この絞り込みのプロジェクトにテネシー州のものはありません："
            "Natural gas power。",
            "オハイオ州、ペンシルベニア州、テキサス州",
        ),
    }[language]
    assert sentence in page.text
    (row,) = page.table("card-elsewhere")
    assert row[said("States")] == states


def test_the_table_of_states_has_the_sums_of_the_rows_and_says_what_is_shared(visit: Visit):
    rows = visit("states").table("card-comparison")
    codes = {name: code for code, name in STATE_NAMES.items()}
    amounts = {
        codes[row["State"]]: float(row["Announced"].split("$")[1].rstrip("B")) for row in rows
    }
    assert amounts == TOTALS
    by_state = {row["State"]: row for row in rows}
    assert by_state["Tennessee"]["This state only"] == "none"
    assert by_state["Tennessee"]["Shared with"] == "Alabama"
    assert by_state["Texas"]["This state only"] == "up to $18.1B"
    assert by_state["Texas"]["Furthest stage"] == "Financed in part"
    assert by_state["Pennsylvania"]["Last milestone"] == "20 March 2026"


def test_several_states_are_set_side_by_side(visit: Visit, language: str, said: Say):
    page = visit("states", state=["TN", "TX", "WY"])
    shown = [row[said("State")] for row in page.table("card-comparison")]
    assert shown == {"en": ["Tennessee", "Texas"], "ja": ["テネシー州", "テキサス州"]}[language]
    assert page.title == said("States", context="page")


def test_a_state_of_the_table_opens_its_sheet(visit: Visit, said: Say):
    page = visit("states", sector="nuclear-power").follow(said("Alabama"))
    assert page.query == {"state": ["AL"], "sector": ["nuclear-power"]}
    assert page.title == said("Alabama")


def test_any_state_district_or_territory_can_be_chosen_and_is_in_the_link(visit: Visit, said: Say):
    page = visit("states")
    (choice,) = page.test.selectbox
    assert len(choice.options) == 56
    choice.set_value("DC")
    page.run()
    assert page.query == {"state": ["DC"]}
    assert page.title == said("District of Columbia")


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [("Tennessee", "Tennessee"), ("Texs", "Texas"), ("georgia ", "Georgia")],
)
def test_a_state_nobody_knows_gives_a_notice_and_the_nearest(
    visit: Visit, wanted: str, nearest: str
):
    page = visit("states", state=wanted)
    assert plain(page.notices[0]).startswith("There is no state “")
    assert nearest in page.links
    assert page.table("card-comparison")


def test_a_sheet_of_thirty_shared_states_names_some_and_counts_the_rest(
    visit: Visit, language: str, hostile
):
    said = {
        "en": (
            "together with Alabama, Arkansas, Arizona, California, Colorado, Connecticut and "
            "23 more states"
        ),
        "ja": (
            "アラバマ州、アーカンソー州、アリゾナ州、カリフォルニア州、コロラド州、"
            "コネチカット州、ほか23州との合計で"
        ),
    }
    assert said[language] in visit("states", state="AK").text


def test_a_sheet_on_a_day_before_anything_was_announced_is_no_error(visit: Visit, language: str):
    page = visit("states", state="TN", as_of="2026-01-01")
    sentence = {
        "en": "No project is named in Tennessee as of 1 January 2026.",
        "ja": "2026年1月1日時点で、テネシー州で名前の挙がったプロジェクトはありません。",
    }
    assert sentence[language] in page.text
    assert not page.has("card-elsewhere")

"""The filter: what it offers, what it leaves, and what is said of it in every language."""

import pytest

from components.views.filters import OFFERED
from tests.app.page import Convert, Visit, plain
from tests.app.test_links import NOTHING_CHOSEN, TWO_OF_SIX

pytestmark = pytest.mark.usefixtures("language")


@pytest.mark.parametrize("facet", OFFERED)
def test_every_value_of_a_facet_opens_with_its_projects_or_says_there_are_none(
    visit: Visit, facet: str
):
    page = visit()
    view, *_ = page.test.session_state["visit"]
    for value in view.baseline.vocabulary.of(facet):
        page.go(**{facet: value})
        assert page.chosen == NOTHING_CHOSEN | {facet: [value]}
        assert page.has("card-map") is not page.has("no-matches-reset"), value


OFFERED_STATES = {
    "en": [
        "AL · Alabama (1)",
        "GA · Georgia (1)",
        "OH · Ohio (1)",
        "PA · Pennsylvania (1)",
        "TN · Tennessee (1)",
        "TX · Texas (2)",
    ],
    "ja": [
        # In the order of kana.
        "AL · アラバマ州（1）",
        "OH · オハイオ州（1）",
        "GA · ジョージア州（1）",
        "TX · テキサス州（2）",
        "TN · テネシー州（1）",
        "PA · ペンシルベニア州（1）",
    ],
}
OFFERED_TRANCHES = {
    "en": ["Tranche 1 (3)", "Tranche 2 (3)"],
    "ja": ["第1陣（3）", "第2陣（3）"],
}


def test_a_facet_offers_what_there_is_with_its_count(visit: Visit, language: str):
    page = visit()
    assert page.control("state").options[:6] == OFFERED_STATES[language]
    assert page.control("tranche").options == OFFERED_TRANCHES[language]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        pytest.param(
            {"state": "WY"},
            {
                "en": "No project is named in Wyoming as of 10 October 2026.",
                "ja": (
                    "2026年10月10日時点で、ワイオミング州で名前の挙がったプロジェクトはありません。"
                ),
            },
            id="state",
        ),
        pytest.param(
            {"state": ["WY", "VT"]},
            {
                "en": "No project is named in Vermont or Wyoming as of 10 October 2026.",
                "ja": (
                    "2026年10月10日時点で、バーモント州またはワイオミング州で"
                    "名前の挙がったプロジェクトはありません。"
                ),
            },
            id="states",
        ),
        pytest.param(
            {"state": "TN", "sector": "critical-minerals"},
            {
                "en": (
                    "No project matches this filter as of 10 October 2026: critical minerals in "
                    "Tennessee."
                ),
                "ja": (
                    "この条件に当てはまるプロジェクトはありません（2026年10月10日時点）："
                    "テネシー州のCritical minerals。"
                ),
            },
            id="combination",
        ),
        pytest.param(
            {"sector": "shipbuilding"},
            {
                "en": "No project matches this filter as of 10 October 2026: shipbuilding.",
                "ja": (
                    "この条件に当てはまるプロジェクトはありません（2026年10月10日時点）："
                    "Shipbuilding。"
                ),
            },
            id="sector",
        ),
    ],
)
def test_a_view_without_a_project_says_so_and_what_is_announced_elsewhere(
    visit: Visit, language: str, query, sentence: dict[str, str]
):
    page = visit(**query)
    (notice,) = page.notices
    elsewhere = {
        "en": " In all, up to $109 billion is announced for six projects.",
        "ja": "全体では6件、最大1090億ドルが発表されています。",
    }
    assert plain(notice) == sentence[language] + elsewhere[language]


def test_a_view_without_a_project_offers_the_way_back(visit: Visit, amount: Convert):
    page = visit(state="WY").click("no-matches-reset")
    assert page.query == {}
    assert page.chosen == NOTHING_CHOSEN
    assert page.notices == []
    assert page.figure("announced") == amount("up to $109B")


def test_values_of_one_facet_widen_and_facets_narrow(visit: Visit, language: str):
    four = {"en": "4 of 6 projects", "ja": "6件中4件"}
    assert four[language] in visit(state=["TX", "OH", "PA"]).result
    assert TWO_OF_SIX[language] in visit(state=["TX", "OH", "PA"], tranche="2").result


def test_the_opening_names_the_filter_and_what_is_shared_beyond_it(visit: Visit, language: str):
    opening = visit(state="TN").opening
    amount = {
        "en": "Up to $40 billion is announced for projects in Tennessee",
        "ja": "テネシー州のプロジェクトの発表額は最大400億ドルです。",
    }
    shared = {"en": "shared with Alabama", "ja": "アラバマ州にもまたがる金額"}
    assert amount[language] in opening
    assert shared[language] in opening


def test_a_table_stays_open_while_the_filter_changes(visit: Visit):
    page = visit()
    page.show_table("by-project")
    page.choose("state", ["TN"])
    assert not page.has("chart-by-project")


def test_the_whole_pledge_stays_in_sight_under_any_filter(visit: Visit, amount: Convert):
    assert visit(state="TX").figure("unannounced") == amount("at least $441B")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        pytest.param(
            {"state": "TX"},
            {
                "en": (
                    "The amount of Natural gas generation, Texas is a press report, not official."
                ),
                "ja": (
                    "Natural gas generation, Texasの金額は報道によるもので、"
                    "公式発表ではありません。"
                ),
            },
            id="reported",
        ),
        pytest.param(
            {"stage": "financed"},
            {
                "en": "The loans signed cover these projects only in part.",
                "ja": "結ばれた融資契約の対象は、これらのプロジェクトの金額の一部だけです。",
            },
            id="loans in part",
        ),
        pytest.param(
            {"state": ["TN", "CA"]},
            {
                "en": "No project of this filter is named in California.",
                "ja": (
                    "この絞り込みのプロジェクトで、カリフォルニア州にあるとされるものはありません。"
                ),
            },
            id="a state without a project",
        ),
    ],
)
def test_the_opening_says_what_a_filter_needs_to_be_understood(
    visit: Visit, language: str, query, sentence: dict[str, str]
):
    assert sentence[language] in visit(**query).opening
    assert sentence[language] not in visit().opening


@pytest.mark.parametrize(
    ("query", "label", "count"),
    [
        pytest.param({"state": "TN"}, "state", 1, id="one of two that share"),
        pytest.param({"state": ["AL", "TN"]}, "states", 2, id="both"),
        pytest.param({"state": ["TN", "WY"]}, "state", 1, id="one without a project"),
        pytest.param({"sector": "nuclear-power"}, "states", 2, id="no state chosen"),
    ],
)
def test_a_filter_by_state_counts_the_states_chosen(
    visit: Visit, language: str, query, label: str, count: int
):
    written = {"en": f"{count}", "ja": f"{count}州"}
    assert visit(**query).figure(label) == written[language]

"""Links: what they open, and what a choice writes into them, in every language."""

import pytest

from components.views.filters import OFFERED
from tests.app.page import Convert, Visit, is_literal, plain

pytestmark = pytest.mark.usefixtures("language")

LINK = {"state": "TN", "sector": "nuclear-power", "tranche": "2", "stage": "announced"}
NOTHING_CHOSEN: dict[str, list[str]] = {"sector": [], "state": [], "tranche": [], "stage": []}


TWO_OF_SIX = {"en": "2 of 6 projects", "ja": "6件中2件"}


def test_a_link_opens_filtered_and_the_controls_show_it(
    visit: Visit, amount: Convert, language: str
):
    page = visit(**LINK)
    assert page.chosen == {facet: [value] for facet, value in LINK.items()}
    assert page.figure("announced") == amount("up to $40B")
    result = {
        "en": "Nuclear power in Tennessee, tranche 2, stage announced: 1 of 6 projects",
        # The frozen data has names of sectors in English alone.
        "ja": "テネシー州のNuclear power、第2陣、段階「発表」：6件中1件",
    }
    assert result[language] in page.result


def test_a_link_with_several_values_of_a_facet_opens_with_all_of_them(visit: Visit, language: str):
    page = visit(state=["TN", "OH"])
    assert sorted(page.chosen["state"]) == ["OH", "TN"]
    assert TWO_OF_SIX[language] in page.result


def test_a_known_link_gives_no_notice(visit: Visit):
    assert visit(**LINK).notices == []


def test_a_choice_writes_the_link_with_repeated_values(visit: Visit, language: str):
    page = visit().choose("state", ["TX", "OH"])
    assert page.query == {"state": ["OH", "TX"]}
    page.choose("sector", ["natural-gas-power"])
    assert page.query == {"sector": ["natural-gas-power"], "state": ["OH", "TX"]}
    assert TWO_OF_SIX[language] in page.result


def test_taking_the_last_value_away_takes_the_facet_out_of_the_link(visit: Visit):
    page = visit(state="TN", tranche="2").choose("state", [])
    assert page.query == {"tranche": ["2"]}


def test_reset_clears_the_link_and_the_filter(visit: Visit, amount: Convert):
    page = visit(**LINK).click("reset")
    assert page.query == {}
    assert page.chosen == NOTHING_CHOSEN
    assert page.figure("announced") == amount("up to $109B")


def test_reset_can_be_pressed_only_when_something_is_filtered(visit: Visit):
    assert visit().test.button(key="reset").disabled
    assert not visit(state="TN").test.button(key="reset").disabled


def test_back_takes_the_choice_back(visit: Visit):
    page = visit(tranche="1").choose("state", ["TX"])
    assert page.query == {"state": ["TX"], "tranche": ["1"]}
    page.go(tranche="1")
    assert page.chosen == NOTHING_CHOSEN | {"tranche": ["1"]}
    page.go()
    assert page.chosen == NOTHING_CHOSEN


def test_ids_in_a_link_are_read_without_regard_to_case(visit: Visit):
    assert visit(state="tn", sector="Nuclear-Power").chosen == NOTHING_CHOSEN | {
        "state": ["TN"],
        "sector": ["nuclear-power"],
    }


LEFT_OUT = {
    "en": ("This link asks for values that are not known here and were left out: {}.", "; "),
    "ja": ("リンクの指定に不明な値があったため、除外しました：{}。", "、"),
}
"""The notice, and the mark between what it names."""

HOSTILE = [
    pytest.param("perpetual-motion", "perpetual-motion", id="unknown id"),
    pytest.param("<script>alert(1)</script>", "<script>alert(1)</script>", id="script tag"),
    pytest.param("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>", id="image tag"),
    pytest.param("[a](javascript:alert(1))", "[a](javascript:alert(1))", id="link"),
    pytest.param("https://a.example", "https:\u2060//a.example", id="bare address"),
    pytest.param("# **bold** `code`", "# **bold** `code`", id="markdown"),
    pytest.param("$\\frac{1}{2}$", "$\\frac{1}{2}$", id="mathematics"),
    pytest.param(":red[x] :material/home:", ":red[x] :material/home:", id="colour and icon"),
    pytest.param("&lt;b&gt;", "&lt;b&gt;", id="entity"),
    pytest.param("' OR 1=1; --", "' OR 1=1; --", id="SQL"),
    pytest.param("=1+1", "=1+1", id="formula"),
    pytest.param("ערך", "ערך", id="right to left"),
    pytest.param("日本 🗾", "日本 🗾", id="Japanese and emoji"),
    pytest.param("a\x00b", "a�b", id="null byte"),
    pytest.param("a\u202eb", "a�b", id="override of direction"),
    pytest.param("two\nlines\ttab", "two�lines�tab", id="control characters"),
    pytest.param("x" * 10_000, "x" * 39 + "…", id="10,000 characters"),
]


@pytest.mark.parametrize(("text", "shown"), HOSTILE)
def test_values_and_parameters_we_do_not_know_are_left_out_and_named_as_plain_text(
    visit: Visit, text: str, shown: str, amount: Convert, language: str
):
    page = visit(**dict.fromkeys(OFFERED, text), **{text: "1"})
    (notice,) = page.notices
    said, mark = LEFT_OUT[language]
    named = mark.join([*(f"{facet}={shown}" for facet in OFFERED), f"{shown}=1"])
    assert plain(notice) == said.format(named)
    assert is_literal(notice)
    assert page.chosen == NOTHING_CHOSEN
    assert page.figure("announced") == amount("up to $109B")


@pytest.mark.parametrize(
    "parameter",
    ["utm_source", "UTM_SOURCE", "fbclid", "msclkid", "mc_cid", "_hsenc", "_ga", "embed_options"],
)
def test_what_others_append_to_links_is_not_worth_a_notice(visit: Visit, parameter: str):
    page = visit(**{parameter: "newsletter", "state": "TN"})
    assert page.notices == []
    assert page.chosen["state"] == ["TN"]


def test_what_is_known_in_a_link_holds_and_only_the_rest_is_named(visit: Visit, language: str):
    page = visit(state=["TN", "ZZ"], sector="nuclear-power", colour="blue")
    (notice,) = page.notices
    said, mark = LEFT_OUT[language]
    assert plain(notice) == said.format(mark.join(["state=ZZ", "colour=blue"]))
    assert page.chosen == NOTHING_CHOSEN | {"state": ["TN"], "sector": ["nuclear-power"]}


def test_a_link_with_hundreds_of_values_names_a_few_and_counts_the_rest(
    visit: Visit, language: str
):
    page = visit(state=["TN", *(f"Z{number}" for number in range(900))])
    (notice,) = page.notices
    ends = {"en": "state=Z4; 895 more.", "ja": "state=Z4、ほか895件。"}
    assert plain(notice).endswith(ends[language])
    assert page.chosen["state"] == ["TN"]


def test_the_notice_goes_with_the_next_choice(visit: Visit):
    page = visit(state="ZZ")
    assert page.notices
    page.choose("state", ["TN"])
    assert page.notices == []
    assert page.query == {"state": ["TN"]}

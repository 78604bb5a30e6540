import pytest

from components.views.filters import OFFERED
from tests.app.page import Visit, plain
from tests.app.test_links import NOTHING_CHOSEN


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


def test_a_facet_offers_what_there_is_with_its_count(visit: Visit):
    page = visit()
    assert page.control("state").options[:6] == [
        "AL · Alabama (1)",
        "GA · Georgia (1)",
        "OH · Ohio (1)",
        "PA · Pennsylvania (1)",
        "TN · Tennessee (1)",
        "TX · Texas (2)",
    ]
    assert page.control("tranche").options == ["Tranche 1 (3)", "Tranche 2 (3)"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        pytest.param(
            {"state": "WY"}, "No project is named in Wyoming as of 10 October 2026.", id="state"
        ),
        pytest.param(
            {"state": ["WY", "VT"]},
            "No project is named in Vermont or Wyoming as of 10 October 2026.",
            id="states",
        ),
        pytest.param(
            {"state": "TN", "sector": "critical-minerals"},
            "No project matches this filter as of 10 October 2026: critical minerals in Tennessee.",
            id="combination",
        ),
        pytest.param(
            {"sector": "shipbuilding"},
            "No project matches this filter as of 10 October 2026: shipbuilding.",
            id="sector",
        ),
    ],
)
def test_a_view_without_a_project_says_so_and_what_is_announced_elsewhere(
    visit: Visit, query, sentence: str
):
    page = visit(**query)
    (notice,) = page.notices
    assert plain(notice) == f"{sentence} In all, up to $109 billion is announced for six projects."


def test_a_view_without_a_project_offers_the_way_back(visit: Visit):
    page = visit(state="WY").click("no-matches-reset")
    assert page.query == {}
    assert page.chosen == NOTHING_CHOSEN
    assert page.notices == []
    assert page.figures["announced"] == "up to $109B"


def test_values_of_one_facet_widen_and_facets_narrow(visit: Visit):
    assert "4 of 6 projects" in visit(state=["TX", "OH", "PA"]).result
    assert "2 of 6 projects" in visit(state=["TX", "OH", "PA"], tranche="2").result


def test_the_opening_names_the_filter_and_what_is_shared_beyond_it(visit: Visit):
    opening = visit(state="TN").opening
    assert "Up to $40 billion is announced for projects in Tennessee" in opening
    assert "shared with Alabama" in opening


def test_a_table_stays_open_while_the_filter_changes(visit: Visit):
    page = visit()
    page.show_table("by-project")
    page.choose("state", ["TN"])
    assert not page.has("chart-by-project")


def test_the_whole_pledge_stays_in_sight_under_any_filter(visit: Visit):
    assert visit(state="TX").figures["unannounced"] == "at least $441B"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        pytest.param(
            {"state": "TX"},
            "The amount of Natural gas generation, Texas is a press report, not official.",
            id="reported",
        ),
        pytest.param(
            {"stage": "financed"},
            "The loans signed cover these projects only in part.",
            id="loans in part",
        ),
        pytest.param(
            {"state": ["TN", "CA"]},
            "No project of this filter is named in California.",
            id="a state without a project",
        ),
    ],
)
def test_the_opening_says_what_a_filter_needs_to_be_understood(visit: Visit, query, sentence: str):
    assert sentence in visit(**query).opening
    assert sentence not in visit().opening


@pytest.mark.parametrize(
    ("query", "figure"),
    [
        pytest.param({"state": "TN"}, ("state", "1"), id="one of two that share"),
        pytest.param({"state": ["AL", "TN"]}, ("states", "2"), id="both"),
        pytest.param({"state": ["TN", "WY"]}, ("state", "1"), id="one without a project"),
        pytest.param({"sector": "nuclear-power"}, ("states", "2"), id="no state chosen"),
    ],
)
def test_a_filter_by_state_counts_the_states_chosen(visit: Visit, query, figure: tuple[str, str]):
    assert figure in visit(**query).figures.items()

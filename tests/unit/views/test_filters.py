from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from components.facts.dataset import load
from components.views.filters import (
    FACETS,
    MAX_VALUES,
    OFFERED,
    ProjectFilter,
    Vocabulary,
    count_by_value,
    read_link,
)
from components.views.view import Baseline
from tests.frozen import FOLDER
from tests.unit.factories import make_projects

SHIPPED = FOLDER

PROJECTS = make_projects(
    ("reactors", "TN;AL", 40.0, "up_to"),
    ("plant", "OH", 33.3, "about"),
    ("mill", "OH"),
    ("terminal", "TX", 2.1),
    tranche=[2, 1, 2, 1],
    sector=["nuclear", "gas", "minerals", "export"],
    stage=["announced", "financed", "announced", "announced"],
)

VOCABULARY = Vocabulary(
    sector={"gas": "Gas power", "nuclear": "Nuclear power", "ai": "AI and chips"},
    state={"AL": "Alabama", "OH": "Ohio", "TN": "Tennessee", "TX": "Texas"},
    tranche={"1": "Tranche 1", "2": "Tranche 2"},
    stage={"announced": "Announced", "financed": "Financed"},
    project={"reactors": "Two reactors", "plant": "Plant of one"},
)

known = {facet: st.lists(st.sampled_from(list(VOCABULARY.of(facet)))) for facet in FACETS}
known_filters = st.builds(ProjectFilter, **{f: ids.map(tuple) for f, ids in known.items()})

odd = st.one_of(st.text(max_size=5), st.sampled_from(["²", "٢", "२", "⑵", "1e9", "9" * 30]))
any_ids = st.lists(odd, max_size=4).map(tuple)
any_filters = st.builds(ProjectFilter, **dict.fromkeys(FACETS, any_ids))
filters = st.one_of(known_filters, any_filters)

queries = st.dictionaries(
    st.one_of(st.sampled_from([*FACETS, "utm_source", "lang"]), st.text(max_size=5)),
    st.lists(st.one_of(st.text(max_size=8), *(ids.map("".join) for ids in known.values()))),
    max_size=6,
)


def ids(projects) -> list[str]:
    return list(projects["project_id"])


@given(filters)
def test_a_link_gives_back_the_filter_it_was_made_from(chosen: ProjectFilter):
    assert ProjectFilter.from_query(chosen.to_query()) == chosen


@given(known_filters)
def test_a_link_made_of_known_values_loses_none(chosen: ProjectFilter):
    reading = read_link(chosen.to_query(), VOCABULARY)
    assert reading.project_filter == chosen
    assert reading.dropped == ()


@settings(max_examples=50)
@given(filters)
def test_a_filter_leaves_some_projects_in_their_order(chosen: ProjectFilter):
    left = chosen.apply(PROJECTS)
    assert left.equals(PROJECTS[PROJECTS["project_id"].isin(left["project_id"])])
    assert list(left.columns) == list(PROJECTS.columns)


@settings(max_examples=50)
@given(filters)
def test_filtering_twice_changes_nothing(chosen: ProjectFilter):
    left = chosen.apply(PROJECTS)
    assert chosen.apply(left).equals(left)


@given(known_filters)
def test_every_chosen_value_is_named_in_the_description(chosen: ProjectFilter):
    words = chosen.describe(VOCABULARY)
    labels = [VOCABULARY.of(facet)[value] for facet in FACETS for value in chosen.of(facet)]
    assert [label for label in labels if label.casefold() not in words.casefold()] == []


@given(any_filters)
@example(ProjectFilter(sector=("Σ",), state=("aΣ", "Σ.b")))
def test_unknown_values_are_described_as_they_stand(chosen: ProjectFilter):
    # Folded, not lowered: how a capital sigma is lowered depends on the letters beside it.
    words = chosen.describe(VOCABULARY).casefold()
    assert all(value.casefold() in words for facet in FACETS for value in chosen.of(facet))


@settings(max_examples=50)
@given(queries)
def test_any_query_is_read(query: Mapping[str, list[str]]):
    reading = read_link(query, VOCABULARY)
    for facet in FACETS:
        assert set(reading.project_filter.of(facet)) <= set(VOCABULARY.of(facet))
    for parameter, value in reading.dropped:
        assert value in query[parameter]


@given(known_filters, st.sampled_from(FACETS), st.sampled_from(["1", "TN", "gas"]))
def test_toggling_twice_changes_nothing(chosen: ProjectFilter, facet: str, value: str):
    assert chosen.toggle(facet, value).toggle(facet, value) == chosen
    assert (value in chosen.toggle(facet, value).of(facet)) != (value in chosen.of(facet))


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        pytest.param({}, ["reactors", "plant", "mill", "terminal"], id="no restriction"),
        pytest.param({"state": ("AL",)}, ["reactors"], id="shared, second state"),
        pytest.param({"state": ("TN",)}, ["reactors"], id="shared, first state"),
        pytest.param({"state": ("OH", "TX")}, ["plant", "mill", "terminal"], id="either state"),
        pytest.param({"state": ("A", "TN;AL")}, [], id="no part of a code, no list of codes"),
        pytest.param({"tranche": ("2",)}, ["reactors", "mill"], id="tranche"),
        pytest.param({"tranche": ("²",)}, [], id="a digit that is no number"),
        pytest.param({"tranche": ("9" * 30,)}, [], id="a number past every integer"),
        pytest.param({"stage": ("financed",)}, ["plant"], id="stage"),
        pytest.param({"sector": ("gas", "nuclear")}, ["reactors", "plant"], id="either sector"),
        pytest.param({"state": ("OH",), "tranche": ("2",)}, ["mill"], id="both facets"),
        pytest.param({"state": ("TX",), "sector": ("gas",)}, [], id="nothing has both"),
        pytest.param({"project": ("mill",)}, ["mill"], id="project"),
        pytest.param({"project": ("mi",)}, [], id="no part of an id"),
        pytest.param({"project": ("mill", "none")}, ["mill"], id="unknown project beside one"),
        pytest.param({"project": ("mill",), "state": ("TX",)}, [], id="project not in the state"),
    ],
)
def test_a_project_matches_with_any_value_of_every_facet(
    chosen: dict[str, tuple[str, ...]], expected: list[str]
):
    assert ids(ProjectFilter(**chosen).apply(PROJECTS)) == expected


def test_no_project_matches_when_there_is_none():
    assert ids(ProjectFilter(state=("OH",), tranche=("1",)).apply(make_projects())) == []


def test_a_filter_does_not_change_the_frame_it_is_given():
    before = PROJECTS.copy()
    ProjectFilter(state=("OH",)).apply(PROJECTS)
    assert PROJECTS.equals(before)


def test_equal_choices_are_equal_values():
    assert ProjectFilter(state=("TN", "AL", "TN")) == ProjectFilter(state=("AL", "TN"))
    assert hash(ProjectFilter(stage=("a", "b"))) == hash(ProjectFilter(stage=("b", "a")))


def test_a_facet_is_replaced_or_freed_and_the_others_stay():
    chosen = ProjectFilter(state=("TN",), tranche=("2",))
    assert chosen.choose("state", ["OH"]) == ProjectFilter(state=("OH",), tranche=("2",))
    assert chosen.without("state") == ProjectFilter(tranche=("2",))


def test_only_a_filter_that_restricts_something_is_true():
    assert not ProjectFilter()
    assert ProjectFilter(stage=("announced",))


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        pytest.param({}, "All projects", id="none"),
        pytest.param({"state": ("TN",)}, "Projects in Tennessee", id="state"),
        pytest.param({"sector": ("nuclear",)}, "Nuclear power", id="sector"),
        pytest.param(
            {"sector": ("gas", "nuclear"), "state": ("AL", "TN")},
            "Gas power or nuclear power in Alabama or Tennessee",
            id="two of each",
        ),
        pytest.param(
            {"sector": ("nuclear",), "state": ("TN",), "tranche": ("2",), "stage": ("announced",)},
            "Nuclear power in Tennessee, tranche 2, stage announced",
            id="every facet",
        ),
        pytest.param({"sector": ("ai", "gas")}, "AI and chips or gas power", id="abbreviation"),
    ],
)
def test_a_filter_describes_itself(chosen: dict[str, tuple[str, ...]], words: str):
    assert ProjectFilter(**chosen).describe(VOCABULARY) == words


@pytest.mark.parametrize(
    ("query", "chosen", "dropped"),
    [
        pytest.param({"state": ["tn", " AL "]}, {"state": ("AL", "TN")}, (), id="case and blanks"),
        pytest.param({"sector": ["Nuclear"]}, {"sector": ("nuclear",)}, (), id="case of a slug"),
        pytest.param(
            {"state": ["TN", "ZZ"]}, {"state": ("TN",)}, (("state", "ZZ"),), id="unknown value"
        ),
        pytest.param({"lang": ["ja"]}, {}, (("lang", "ja"),), id="unknown parameter"),
        pytest.param({"project": ["PLANT"]}, {"project": ("plant",)}, (), id="case of a project"),
        pytest.param(
            {"project": ["plan", "plant"]},
            {"project": ("plant",)},
            (("project", "plan"),),
            id="unknown project",
        ),
        pytest.param({"tranche": ["٢"]}, {}, (("tranche", "٢"),), id="digit of another script"),
        pytest.param(
            {
                "utm_source": ["x"],
                "utm_term": ["y"],
                "msclkid": ["z"],
                "_hsenc": ["z"],
                "embed": ["true"],
            },
            {},
            (),
            id="what others append is dropped in silence",
        ),
        pytest.param({"state": []}, {}, (), id="parameter without a value"),
        pytest.param({}, {}, (), id="no parameter"),
        pytest.param({"__class__": ["x"]}, {}, (("__class__", "x"),), id="name of Python's own"),
    ],
)
def test_what_a_link_asks_for_in_vain_is_named(
    query: dict[str, list[str]],
    chosen: dict[str, tuple[str, ...]],
    dropped: tuple[tuple[str, str], ...],
):
    reading = read_link(query, VOCABULARY)
    assert reading.project_filter == ProjectFilter(**chosen)
    assert reading.dropped == dropped


def test_a_link_carries_a_limited_number_of_values():
    reading = read_link({"state": ["TN"] * MAX_VALUES + ["AL"]}, VOCABULARY)
    assert reading.project_filter == ProjectFilter(state=("TN",))
    assert reading.dropped == (("state", "AL"),)


@pytest.mark.parametrize(
    ("facet", "counts"),
    [
        pytest.param("state", {"TN": 1, "AL": 1, "OH": 2, "TX": 1}, id="shared in each state"),
        pytest.param("tranche", {"1": 2, "2": 2}, id="tranche"),
        pytest.param("stage", {"announced": 3, "financed": 1}, id="stage"),
    ],
)
def test_projects_are_counted_under_each_value(facet: str, counts: dict[str, int]):
    assert count_by_value(PROJECTS, facet) == counts
    assert count_by_value(make_projects(), facet) == {}


def test_one_project_is_a_choice_like_any_other():
    chosen = ProjectFilter(project=("plant",))
    assert ids(chosen.apply(PROJECTS)) == ["plant"]
    assert chosen.describe(VOCABULARY) == "Plant of one"
    assert replace(chosen, state=("OH",)).describe(VOCABULARY) == "Plant of one in Ohio"
    assert ids(ProjectFilter(project=("plant", "reactors")).apply(PROJECTS)) == [
        "reactors",
        "plant",
    ]
    assert replace(chosen, state=("OH",)).only("project") == chosen


def test_a_project_is_chosen_from_no_list_and_named_before_its_sector():
    assert "project" not in OFFERED
    assert set(OFFERED) < set(FACETS)
    chosen = ProjectFilter(project=("plant",), sector=("gas",), tranche=("1",))
    assert chosen.describe(VOCABULARY) == "Plant of one, gas power, tranche 1"
    assert chosen.without("project") == ProjectFilter(sector=("gas",), tranche=("1",))


def test_a_name_of_thousands_of_letters_is_cut_in_the_description():
    vocabulary = replace(VOCABULARY, project={"plant": "W" * 2_000})
    assert len(ProjectFilter(project=("plant",)).describe(vocabulary)) == 120


def test_ids_in_links_never_change():
    """An id may be added here; a removed or renamed one breaks links that people have saved."""
    vocabulary = Baseline.of(load(SHIPPED)).vocabulary
    assert FACETS == ("sector", "state", "tranche", "stage", "project")
    assert list(vocabulary.sector) == [
        "natural-gas-power",
        "nuclear-power",
        "crude-oil-export",
        "critical-minerals",
        "semiconductors",
        "pharmaceuticals",
        "metals",
        "shipbuilding",
        "artificial-intelligence",
        "quantum-computing",
    ]
    assert " ".join(sorted(vocabulary.state)) == (
        "AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP "
        "MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY"
    )
    assert list(vocabulary.tranche) == ["1", "2"]
    assert list(vocabulary.stage) == [
        "announced",
        "permitted",
        "financed",
        "construction",
        "operating",
        "cancelled",
    ]

"""The lists that are not part of the pledge, searched and filtered."""

from dataclasses import replace

import pytest

from components.facts.dataset import load
from components.subjects import asides
from components.views.links import area_id
from components.views.view import Baseline
from tests.frozen import FOLDER
from tests.unit.factories import make_dataset, make_projects

SHIPPED = load(FOLDER)


def test_areas_have_ids_that_links_can_carry():
    assert Baseline.of(SHIPPED).areas == {
        "defense": "Defense",
        "energy-critical-minerals": "Energy & critical minerals",
        "regional-security": "Regional security",
        "science-technology-space": "Science, technology & space",
        "trade-investment": "Trade & investment",
    }


@pytest.mark.parametrize(
    ("name", "made"), [("A  b/c", "a-b-c"), ("<b>", "b"), ("防衛", "防衛"), ("--", "")]
)
def test_an_id_is_made_of_letters(name: str, made: str):
    assert area_id(name) == made


@pytest.mark.parametrize(
    ("search", "chosen", "count"),
    [
        pytest.param("", (), 30, id="all"),
        pytest.param("", ("defense",), 6, id="one area"),
        pytest.param("", ("defense", "regional-security"), 12, id="two areas"),
        pytest.param("", ("sports",), 0, id="unknown area"),
        pytest.param("RIKEN nvidia", (), 1, id="every word"),
        pytest.param("riken missile", (), 0, id="not some words"),
        pytest.param(".*", (), 0, id="no pattern"),
    ],
)
def test_agreements_are_found(search: str, chosen: tuple[str, ...], count: int):
    rows = asides.agreements(SHIPPED, search=search, chosen=chosen)
    assert len(rows) == count
    assert list(rows) == list(SHIPPED.agreements)
    assert list(rows["area"]) == sorted(rows["area"])


def test_interests_are_found_by_company():
    assert list(asides.interests(SHIPPED, search="softbank")["company"]) == ["SoftBank Group"]
    assert len(asides.interests(SHIPPED)) == 21


SMALL = make_dataset(
    make_projects(),
    agreements=[
        {"agreement_id": "b", "area": "Trade", "title": "Parks", "parties": "Japan"},
        {"agreement_id": "a", "area": "Trade", "title": "Beef", "summary": "東京 (signed)"},
        {"agreement_id": "c", "area": "Defense", "title": "Missiles", "parties": "RTX"},
        {"agreement_id": "d", "area": "Trade & defense", "title": "Ships"},
    ],
    interests=[
        {"interest_id": "z", "company_id": "zeta", "area": "Power", "joint_amount_usd_bn": 25.0},
        {"interest_id": "a", "company_id": "acme", "area": "Power"},
    ],
    companies=[
        {"company_id": "acme", "company": "Acme", "japanese_name": "アクメ"},
        {"company_id": "zeta", "company": "Zeta"},
    ],
)


@pytest.mark.parametrize(
    ("search", "chosen", "found"),
    [
        pytest.param("", (), "c a b d", id="by area, then by title"),
        pytest.param("", ("trade",), "a b", id="an area, not one that begins like it"),
        pytest.param("", ("trade", "defense"), "c a b", id="either area"),
        pytest.param("", ("trade-defense",), "d", id="an id for a name with a sign"),
        pytest.param("", ("Trade",), "", id="a name is no id"),
        pytest.param("japan PARKS", (), "b", id="every word, in any case and column"),
        pytest.param("parks", ("defense",), "", id="area and search together"),
        pytest.param("東京", (), "a", id="Japanese"),
        pytest.param("(signed)", (), "a", id="brackets are no pattern"),
        pytest.param("  ", (), "c a b d", id="blanks search for nothing"),
    ],
)
def test_an_agreement_is_listed_that_is_in_the_area_and_has_every_word(
    search: str, chosen: tuple[str, ...], found: str
):
    rows = asides.agreements(SMALL, search=search, chosen=chosen)
    assert list(rows["agreement_id"]) == found.split()
    assert list(rows.index) == list(range(len(rows)))


@pytest.mark.parametrize(
    ("search", "found"),
    [
        pytest.param("", "Acme Zeta", id="by name"),
        pytest.param("power zeta", "Zeta", id="every word"),
        pytest.param("25", "Zeta", id="a figure"),
        pytest.param("アクメ", "Acme", id="the name in Japanese"),
        pytest.param("nan", "", id="what is missing is no word"),
    ],
)
def test_a_company_is_listed_that_has_every_word(search: str, found: str):
    assert list(asides.interests(SMALL, search=search)["company"]) == found.split()


def test_areas_are_listed_by_name_each_once():
    assert list(Baseline.of(SMALL).areas.items()) == [
        ("defense", "Defense"),
        ("trade", "Trade"),
        ("trade-defense", "Trade & defense"),
    ]


def test_where_nothing_stands_beside_the_pledge_nothing_is_found():
    nothing = make_dataset(make_projects())
    assert Baseline.of(nothing).areas == {}
    assert asides.agreements(nothing, search="a", chosen=["b"]).empty
    assert list(asides.interests(nothing, search="a")) == list(nothing.interests)


def test_a_search_leaves_the_lists_as_they_are():
    before = SMALL.agreements.copy()
    asides.agreements(SMALL, search="parks", chosen=["trade"])
    assert SMALL.agreements.equals(before)


def test_an_area_has_the_same_id_in_both_languages():
    rows = SHIPPED.agreements
    words = rows.assign(area=rows["area"].map(lambda name: "防衛" if name == "Defense" else name))
    japanese = replace(SHIPPED, agreements=words, _english=SHIPPED)
    areas = Baseline.of(japanese).areas
    assert areas.keys() == Baseline.of(SHIPPED).areas.keys()
    assert areas["defense"] == "防衛"
    english = asides.agreements(SHIPPED, chosen=["defense"])
    found = asides.agreements(japanese, chosen=["defense"])
    assert set(found["agreement_id"]) == set(english["agreement_id"]) != set()
    assert set(found["area"]) == {"防衛"}

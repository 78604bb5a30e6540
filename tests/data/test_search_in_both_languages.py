"""A search in either language finds the same on pages in either language."""

from pathlib import Path

import pytest

from components.basics import messages
from components.facts.dataset import load
from components.subjects import asides, company_list, project_list
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View

BASELINE = Baseline.of(load(Path(__file__).parents[2] / "data"))


def view() -> View:
    return BASELINE.in_language().view(ProjectFilter())


def projects(search: str) -> list[str]:
    chosen = view()
    rows = project_list.listing(chosen, search=search, sort="amount")
    return sorted(chosen.dataset.projects["project_id"].loc[rows])


def companies(search: str) -> list[str]:
    return sorted(one.company_id for one in company_list.of_view(view(), search=search))


def agreements(search: str) -> list[str]:
    return sorted(asides.agreements(view().dataset, search=search)["agreement_id"])


def interests(search: str) -> list[str]:
    return sorted(asides.interests(view().dataset, search=search)["interest_id"])


SEARCHES = {
    projects: [
        "Hitachi",
        "日立",
        "turbine",
        "タービン",
        "ガス火力",
        "gas",
        "Ohio",
        "オハイオ",
        "原子力",
    ],
    companies: ["Hitachi", "日立", "ﾋﾀﾁ SoftBank", "SoftBank", "ソフトバンク", "nuclear", "原子力"],
    agreements: ["defense", "防衛", "minerals", "鉱物", "RIKEN", "理化学研究所"],
    interests: ["transformer", "変圧器", "Kiewit", "キーウィット"],
}


@pytest.mark.parametrize(
    ("find", "search"),
    [(find, one) for find, searches in SEARCHES.items() for one in searches],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_search_finds_the_same_in_both_languages(find, search: str):
    found = {}
    for code in messages.LANGUAGES:
        with messages.using(code):
            found[code] = find(search)
    assert found["en"] == found["ja"]


@pytest.mark.parametrize(
    ("find", "english", "japanese"),
    [
        (projects, "Ohio", "オハイオ州"),
        (projects, "オハイオ", "おはいお"),
        (companies, "Hitachi", "日立"),
        (interests, "Kiewit", "キーウィット"),
    ],
    ids=["projects", "kana", "companies", "interests"],
)
def test_both_words_for_a_thing_find_it(find, english: str, japanese: str):
    assert find(english)
    assert set(find(english)) <= set(find(japanese))


def test_a_link_to_an_area_leads_to_the_same_agreements_in_both_languages():
    found = {}
    for code in messages.LANGUAGES:
        with messages.using(code):
            baseline = BASELINE.in_language()
            found[code] = {
                area: sorted(asides.agreements(baseline.dataset, chosen=[area])["agreement_id"])
                for area in baseline.areas
            }
    assert found["en"] == found["ja"]
    assert all(found["en"].values())

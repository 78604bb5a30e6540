"""Who takes part in the projects of a view, and who has only expressed interest."""

from dataclasses import replace

import pytest

from components.subjects import company_list
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from tests.unit.factories import make_dataset, make_projects

ROLES = [
    ("plant", "zeta", "builds", "gazette"),
    ("plant", "acme", "parent", "gazette"),
    ("plant", "ohm", "interested", "courier"),
    ("mill", "acme", "interested", "courier"),
]
DATASET = make_dataset(
    make_projects(
        ("mill", "TX"),
        ("plant", "OH", 12.0),
        technology=["Electrolysis", "Gas turbines"],
        expected_output=["Hydrogen", "Power for homes"],
    ),
    companies=[
        {"company_id": "acme", "company": "Acme", "japanese_name": "日立製作所", "country": "JP"},
        {"company_id": "ohm", "company": "Ohm", "country": "JP"},
        {"company_id": "idle", "company": "Idle"},
        {"company_id": "zeta", "company": "Zeta", "country": "US"},
        {"company_id": "watt", "company": "Watt"},
        {"company_id": "yen", "company": "Yen", "country": "JP"},
    ],
    roles=[
        {
            "role_id": f"{project}-{company}",
            "project_id": project,
            "company_id": company,
            "role": role,
            "confidence": "official",
            "source_ids": source,
        }
        for project, company, role, source in ROLES
    ],
    interests=[
        {"interest_id": "z", "company_id": "yen", "area": "Cables", "may_join_ids": "ohm;watt",
         "source_ids": "courier"},
    ],
)  # fmt: skip


def view_of(**chosen: tuple[str, ...]) -> View:
    return Baseline.of(DATASET).view(ProjectFilter(**chosen))


def ids(view: View, **asked: object) -> list[str]:
    return [one.company_id for one in company_list.of_view(view, **asked)]  # type: ignore[arg-type]


def test_those_nearest_to_a_project_come_first_and_who_has_no_role_last():
    assert ids(view_of()) == ["zeta", "acme", "ohm", "watt", "yen"]


def test_names_are_sorted_as_they_are_read_in_either_kana():
    read = replace(DATASET, readings={"Watt": "アンペア", "Yen": "あさひ"})
    assert ids(Baseline.of(read).view(ProjectFilter())) == ["zeta", "acme", "ohm", "yen", "watt"]


def test_takes_part_is_said_only_of_those_who_do():
    said = {one.company_id: one.standing for one in company_list.of_view(view_of())}
    assert said == {
        "zeta": "takes part",
        "acme": "takes part",
        "ohm": "has expressed interest",
        "yen": "has expressed interest",
        "watt": "named as a possible partner",
    }
    (acme,) = company_list.of_view(view_of(state=("TX",)))
    assert (acme.company_id, acme.standing) == ("acme", "has expressed interest")


def test_a_company_has_its_projects_entries_and_sources():
    found = {one.company_id: one for one in company_list.of_view(view_of())}
    acme, ohm = found["acme"], found["ohm"]
    assert acme.projects(interested=False) == ["plant"]
    assert acme.projects(interested=True) == ["mill"]
    assert acme.source_ids == ["gazette", "courier"]
    assert [row.interest_id for row in ohm.entries] == ["z"]
    assert found["yen"].projects(interested=True) == []


def test_under_a_filter_only_its_projects_count_and_the_interest_list_is_of_none():
    assert ids(view_of(state=("OH",))) == ["zeta", "acme", "ohm"]
    assert [one.entries for one in company_list.of_view(view_of(state=("OH",)))] == [()] * 3
    assert ids(view_of(state=("WY",))) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({"search": "日立"}, "acme", id="Japanese name"),
        pytest.param({"search": "ＡＣＭＥ"}, "acme", id="full width, any case"),
        pytest.param({"search": "turbine"}, "zeta acme ohm", id="technology of a project"),
        pytest.param({"search": "hydrogen"}, "acme", id="output of a project"),
        pytest.param({"search": "cables"}, "ohm watt yen", id="area of an entry"),
        pytest.param({"search": "acme turbine"}, "acme", id="every word"),
        pytest.param({"search": "acme cables"}, "", id="not some words only"),
        pytest.param({"search": " "}, "zeta acme ohm watt yen", id="blanks search for nothing"),
        pytest.param({"roles": ("builds", "parent")}, "zeta acme", id="either role"),
        pytest.param({"roles": ("interested",)}, "acme ohm yen", id="or listed as interested"),
        pytest.param({"countries": ("JP",)}, "acme ohm yen", id="country"),
        pytest.param({"countries": ("JP",), "roles": ("builds",)}, "", id="both"),
    ],
)
def test_a_company_is_listed_that_matches_the_request(asked: dict[str, object], found: str):
    assert ids(view_of(), **asked) == found.split()


def test_the_countries_on_offer_are_those_of_the_data_the_most_frequent_first():
    assert Baseline.of(DATASET).countries == ["JP", "US"]

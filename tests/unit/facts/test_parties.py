"""Companies and their roles: who takes part, and what the data may not say of them."""

from datetime import date

import pandas as pd
import pytest

from components.facts.history import as_known_on
from components.facts.parties import PARTIES, named, spelled_alike, with_parties

COMPANIES = pd.DataFrame(
    [("acme", "Acme", "アクメ", "JP"), ("bank", "Bank", "", ""), ("zeta", "Zeta", "", "US")],
    columns=["company_id", "company", "japanese_name", "country"],
    dtype="str",
)


def parties_of(*roles: tuple[str, str, str]) -> dict[str, tuple[str, ...]]:
    """Return what is added to two projects by roles, as (company_id, project_id, role)."""
    rows = pd.DataFrame(roles, columns=["company_id", "project_id", "role"], dtype="str")
    rows = rows.assign(confidence=["official", "reported"][: len(rows)] or [], source_ids="gazette")
    projects = pd.DataFrame({"project_id": ["mill", "plant"]}, dtype="str")
    found = with_parties(projects, named(rows, COMPANIES))
    return {
        one: tuple(cells) for one, *cells in found[["project_id", *PARTIES]].itertuples(index=False)
    }


def test_who_takes_part_is_told_from_who_is_only_interested():
    found = parties_of(("zeta", "plant", "builds"), ("acme", "plant", "interested"))
    assert found == {
        "mill": ("", "", "", "", ""),
        "plant": ("Zeta", "official", "gazette", "Zeta", "Acme"),
    }


def test_companies_stand_in_the_order_of_roles_and_a_builder_with_another_role_once():
    found = parties_of(("bank", "plant", "financier"), ("zeta", "plant", "builds"))
    assert found["plant"] == ("Zeta", "reported", "gazette", "Zeta;Bank", "")


def test_a_project_without_roles_has_nobody():
    assert set(parties_of().values()) == {("", "", "", "", "")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hitachi", "Hitachi, Ltd."),
        ("JFE Steel", "ＪＦＥ　ＳＴＥＥＬ　Corporation"),
        ("Mitsui O.S.K. Lines", "Mitsui OSK Lines"),
        ("日本製鉄", "日本製鉄株式会社"),
        ("東芝", "（株）東芝"),
        ("東芝", "㈱東芝"),
        ("Hitachi", "Hitachi K.K."),
        ("Total", "Total S.A."),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str):
    assert spelled_alike(one) == spelled_alike(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GE Vernova", "GE Vernova Hitachi"),
        ("Nippon Group", "Nippon Holdings"),
        ("Co", "Inc"),
        ("三菱重工", "三菱電機"),
    ],
)
def test_other_names_are_not(one: str, other: str):
    assert spelled_alike(one) != spelled_alike(other)


@pytest.mark.parametrize(
    ("file", "row", "cells", "fault"),
    [
        pytest.param(
            "companies.csv",
            3,
            {"company": "ACME Inc."},
            'companies.csv, row 3, company: "ACME Inc." — another company than that of row 2',
            id="one company under two spellings",
        ),
        pytest.param(
            "companies.csv",
            3,
            {"japanese_name": "アクメ株式会社"},
            'companies.csv, row 3, japanese_name: "アクメ株式会社" — '
            "another company than that of row 2",
            id="one Japanese name twice",
        ),
        pytest.param(
            "companies.csv",
            2,
            {"country": "Japan"},
            'companies.csv, row 2, country: "Japan" — two capital letters such as JP',
            id="country in words",
        ),
        pytest.param(
            "roles.csv",
            2,
            {"company_id": "nobody"},
            'roles.csv, row 2, company_id: "nobody" — a company_id of companies.csv',
            id="unknown company",
        ),
        pytest.param(
            "roles.csv",
            2,
            {"project_id": "nowhere"},
            'roles.csv, row 2, project_id: "nowhere" — a project_id of investments.csv',
            id="unknown project",
        ),
        pytest.param(
            "roles.csv",
            2,
            {"role": "advisor"},
            'roles.csv, row 2, role: "advisor" — one of builds, owns, parent, financier, partner, '
            "supplier, buyer, interested",
            id="unknown role",
        ),
        pytest.param(
            "roles.csv",
            2,
            {"source_ids": ""},
            "roles.csv, row 2, source_ids: empty — a value: this column is required",
            id="no source",
        ),
        pytest.param(
            "roles.csv",
            2,
            {"company_id": "zeta"},
            'roles.csv, row 2, role: "interested" — '
            "no interest of zeta, which takes part in harbor",
            id="interested although it takes part",
        ),
        pytest.param(
            "roles.csv",
            2,
            {"company_id": "zeta", "role": "builds"},
            'roles.csv, row 3, role: "builds" — a role of zeta that stands once',
            id="a role twice",
        ),
        pytest.param(
            "interests.csv",
            2,
            {"company_id": "nobody"},
            'interests.csv, row 2, company_id: "nobody" — a company_id of companies.csv',
            id="interest of an unknown company",
        ),
        pytest.param(
            "interests.csv",
            2,
            {"may_join_ids": "zeta;nobody"},
            'interests.csv, row 2, may_join_ids: "nobody" — a company_id of companies.csv',
            id="unknown company that may join",
        ),
        pytest.param(
            "interests.csv",
            2,
            {"may_join_ids": "acme"},
            'interests.csv, row 2, may_join_ids: "acme" — other companies than acme, '
            "whose entry it is",
            id="a company that joins itself",
        ),
    ],
)
def test_a_fault_names_file_row_column_value_and_what_is_allowed(
    folder, file: str, row: int, cells: dict[str, str], fault: str
):
    folder.set(file, row=row, **cells)
    assert folder.faults() == [fault]


def test_a_past_day_has_the_roles_whose_sources_were_out_by_then(folder):
    dataset = folder.load()
    before, after = (as_known_on(dataset, date(2026, 5, day)) for day in (1, 2))
    # The Courier, of 2 May, names the builder; the Gazette has no date and was always there.
    assert list(before.roles["company"]) == ["Acme"]
    assert list(after.roles["company"]) == ["Acme", "Zeta"]
    builders = [list(known.projects["developer"]) for known in (before, after)]
    assert builders == [["", "", ""], ["Zeta", "", ""]]
    assert list(after.projects["interested"]) == ["Acme", "", ""]

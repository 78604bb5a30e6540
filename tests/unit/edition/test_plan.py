"""Where an edition has what the server answers, and where its links lead."""

import pytest

from components.edition.plan import ORIGIN, NowhereError, Plan, file_of
from tests.unit.factories import make_projects, make_view

BASELINE = make_view(make_projects(("plant", "OH", 12.0), ("reactor", "TN;AL", 40.0))).baseline
BASE, APP = "https://example.org/pledge/", "https://live.example.org/"
PLAN = Plan.of(BASELINE, [], base=BASE)
WITH_APP = Plan.of(BASELINE, [], base=BASE, app=APP)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/projects", "projects/index.html"),
        ("/projects?project=plant", "projects/plant/index.html"),
        ("/projects?project=plant&sector=energy", "projects/plant/index.html"),
        ("/projects?project=plant&as_of=2026-01-01", ""),
        ("/projects?project=plant&project=reactor", ""),
        ("/states?state=TN&sector=energy", "states/TN/index.html"),
        ("/?sector=energy", "sector/energy/index.html"),
        ("/companies?sector=energy", "companies/sector/energy/index.html"),
        ("/companies?sector=energy&stage=announced", ""),
        ("/changes?since=2026-03-01", "changes/since/2026-03-01/index.html"),
        ("/api/v1/projects.csv?sector=energy", "api/v1/projects/sector/energy.csv"),
        ("/charts/map.png?size=1200x630&state=TN", "charts/map/size/1200x630/state/TN.png"),
        ("/feed.atom", "feed.atom"),
        ("/feed.atom?project=a&project=b", ""),
        ("/projects?project=..%2F..%2Fetc", ""),
        ("/projects?project=..", ""),
        ("/projects?project=.hidden", ""),
        ("/projects?project=%2Fetc", ""),
        ("/../secret.csv", ""),
        ("/projects?project=a%00b", ""),
        ("/?lang=ja", "ja/index.html"),
        ("/states?state=TN&lang=ja", "ja/states/TN/index.html"),
        ("/companies?lang=ja&sector=energy", "ja/companies/sector/energy/index.html"),
        ("/companies?lang=ja&sector=energy&stage=announced", ""),
        ("/states?state=TN&lang=en", "states/TN/index.html"),
        ("/feed.atom?state=TN&lang=ja", "ja/feed/state/TN.atom"),
        ("/files/a.pdf?lang=ja", "ja/files/a.pdf"),
        ("/?lang=JA", ""),
        ("/?lang=..", ""),
        ("/?lang=ja&lang=en", ""),
        ("/robots.txt?lang=ja", ""),
    ],
)
def test_an_address_of_the_server_has_one_file_or_none(address: str, file: str):
    assert file_of(ORIGIN + address) == file


def test_the_plan_has_every_page_project_and_state_and_each_value_with_projects():
    assert {"index.html", "about/index.html", "data/index.html"} <= PLAN.pages.keys()
    assert {"projects/plant/index.html", "projects/reactor/index.html"} <= PLAN.pages.keys()
    for folder in ("states/", "ja/states/"):
        here = [file.removeprefix(folder) for file in PLAN.pages if file.startswith(folder)]
        assert len([file for file in here if file.count("/") == 1]) == 56
    assert "next/state/TN/index.html" in PLAN.pages
    assert "next/state/WY/index.html" not in PLAN.pages


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("/", "../../"),
        ("/states?state=TN", "../TN/"),
        ("/states", "../"),
        ("/feed.atom?state=OH", "../../feed/state/OH.atom"),
        ("/?search=gas", ""),
        ("/?state=OH&state=TN", ""),
        ("/api/v1/openapi.json", ""),
    ],
)
def test_a_link_leads_from_its_file_to_the_other(address: str, way: str):
    assert PLAN.way(ORIGIN + address, start="states/OH/index.html") == way


def test_what_only_a_server_answers_is_in_the_app_if_there_is_one():
    asked = f"{ORIGIN}/projects?sort=amount&sector=energy"
    assert WITH_APP.way(asked, start="index.html") == f"{APP}projects?sort=amount&sector=energy"
    assert WITH_APP.public(asked) == f"{APP}projects?sort=amount&sector=energy"
    assert PLAN.public(asked) == f"{BASE}projects/"


def test_for_a_state_without_a_project_other_pages_are_those_without_a_filter():
    assert PLAN.way(f"{ORIGIN}/next?state=WY", start="states/WY/index.html") == "../../next/"
    assert PLAN.way(f"{ORIGIN}/states?state=WY", start="states/WY/index.html") == "./"


@pytest.mark.parametrize(
    "address", ["/nothing", "/projects?project=unknown", "/states?state=XX", "/api/v1/none.csv"]
)
def test_what_neither_server_nor_edition_has_is_an_error(address: str):
    with pytest.raises(NowhereError):
        WITH_APP.find(ORIGIN + address)


def test_an_edition_without_pictures_leads_to_none():
    plan = Plan.of(BASELINE, [], base=BASE, has_pictures=False)
    assert plan.find(f"{ORIGIN}/charts/map.png") == ""
    assert PLAN.find(f"{ORIGIN}/charts/map.png") == "charts/map.png"


@pytest.mark.parametrize(
    ("address", "start", "way"),
    [
        ("/states?state=OH&lang=en", "ja/states/OH/index.html", "../../../states/OH/"),
        ("/states?state=OH&lang=ja", "states/OH/index.html", "../../ja/states/OH/"),
        ("/feed.atom?lang=ja", "ja/index.html", "feed.atom"),
        ("/next?state=WY&lang=ja", "ja/states/WY/index.html", "../../next/"),
        ("/?search=gas&lang=ja", "ja/index.html", ""),
    ],
)
def test_a_link_leads_from_one_language_to_the_other(address: str, start: str, way: str):
    assert PLAN.way(ORIGIN + address, start=start) == way


def test_the_live_app_and_the_public_address_keep_the_language():
    asked = f"{ORIGIN}/projects?sort=amount&lang=ja"
    assert WITH_APP.public(asked) == f"{APP}projects?sort=amount&lang=ja"
    assert PLAN.public(asked) == f"{BASE}ja/projects/"

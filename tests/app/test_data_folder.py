import logging
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from components.views.filters import FACETS
from tests.app.folders import HOSTILE_NAME, Row, project, write_folder
from tests.app.page import Page, Visit, is_literal, plain
from tests.frozen import FOLDER

Serve = Callable[[Path], None]

SHIPPED = FOLDER

LEAD = re.compile(r"^\*\*((?:\\.|[^*\\])+)\*\*")
"""The bold start of a paragraph, written by the page; its content must be escaped too."""


def expect_harmless(page: Page) -> None:
    """Check that no tag, link, colour or formula of a file takes effect on the page."""
    for text in page.prose:
        assert is_literal(LEAD.sub(r"\1", text)), text
    for element in page.test.html:
        assert not re.search(r"<(script|img)", element.value), element.value
    for chart in page.test.get("plotly_chart"):
        assert not re.search(r"<(script|img)", chart.proto.spec), chart.proto.spec


def test_a_hostile_folder_opens_under_every_value_of_every_facet(visit: Visit, hostile: Path):
    page = visit()
    view, *_ = page.test.session_state["visit"]
    for facet in FACETS:
        for value in view.baseline.vocabulary.of(facet):
            page.go(**{facet: value})
            assert page.has("card-map") is not page.has("no-matches-reset"), (facet, value)
            expect_harmless(page)


def test_nothing_in_a_hostile_folder_is_live(visit: Visit, hostile: Path):
    page = visit()
    assert page.title == " ".join(f"$550 {HOSTILE_NAME}".split())
    for exhibit in ("map", "by-state", "progress", "by-sector", "by-project", "over-time"):
        page.test.toggle(key=f"table-{exhibit}").set_value(True)
    expect_harmless(page.run())
    for exhibit in ("map", "by-state", "by-project"):
        expect_harmless(page.click(f"download-{exhibit}"))


def test_a_place_that_is_not_on_the_map_is_named_below_it(visit: Visit, hostile: Path):
    words = visit().words
    assert re.search(r"Not on this map: [^.]*Guam", words)
    assert re.search(r"Not on this map: [^.]*Puerto Rico", words)


def test_an_undisclosed_amount_is_a_project_and_not_a_zero(visit: Visit, tmp_path, serve: Serve):
    serve(write_folder(tmp_path, [project("secret", amount=""), project("open", amount="5")]))
    page = visit()
    assert page.opening.startswith("$5 billion is announced in one tranche, for two projects")
    assert "One project of 2 discloses no amount of its own." in page.opening
    assert (page.figures["announced"], page.figures["projects"]) == ("$5B", "2")
    rows = page.table("card-projects")
    assert sorted(row["Amount"] for row in rows) == ["$5B", "Undisclosed"]
    (ohio,) = page.show_table("by-state")
    assert (ohio["Announced"], ohio["Projects"]) == ("$5B", "2")
    assert ohio["Undisclosed amounts"] == "1"


def test_another_pledge_brings_its_own_title_and_totals(visit: Visit, tmp_path, serve: Serve):
    ferries = [project("north", amount="30"), project("south", states="TX", amount="10")]
    serve(write_folder(tmp_path, ferries, tranches=[(1, 40.0)]))
    page = visit()
    assert page.title == "Norway's pledge to build ferries"
    assert page.figures["announced"] == "$40B"
    assert page.figures["of the pledge"] == "50.0%"
    assert page.captions[-1].startswith("Data as of 6 May 2031, version 7 (")


@pytest.mark.parametrize("query", [{}, {"state": "OH"}, {"state": "WY"}, {"state": "ZZ"}])
def test_another_pledge_leaves_no_word_of_the_shipped_one(
    visit: Visit, tmp_path: Path, serve: Serve, query
):
    serve(write_folder(tmp_path, [project("north")]))
    page = visit(**query)
    if page.has("download-map"):
        page.click("download-map")
    assert re.findall(r"\b550\b|Japan\w*|[Nn]uclear|[Rr]eactor\w*", page.words) == []


@pytest.mark.parametrize(
    ("projects", "pledge"),
    [
        pytest.param([project("only", amount="")], {}, id="nothing disclosed"),
        pytest.param([project("only", amount="5")], {"total_usd_bn": 2.0}, id="more than pledged"),
        pytest.param([project("only")], {"total_usd_bn": 5.0}, id="all of it"),
        pytest.param([project("only")], {"as_of": "2040-01-01"}, id="deadline passed"),
        pytest.param(
            [project("only")],
            {"as_of": "2030-06-01", "signed_on": "2030-06-01"},
            id="on the day of the signing",
        ),
        pytest.param([project("only", announced_on="2029-01")], {}, id="announced before"),
        pytest.param([project("only", states="GU")], {}, id="nothing on the map"),
        pytest.param([project("only")], {"total_qualifier": "about"}, id="about a total"),
        pytest.param(
            [project(f"p-{n}", amount="", states="OH;TX") for n in range(45)], {}, id="many pages"
        ),
    ],
)
def test_an_unusual_pledge_opens_with_every_card_and_table(
    visit: Visit, tmp_path: Path, serve: Serve, projects: list[Row], pledge
):
    serve(write_folder(tmp_path, projects, **pledge))
    page = visit()
    for exhibit in ("map", "by-state", "progress", "by-sector", "by-project", "over-time"):
        page.click(f"download-{exhibit}")
        page.test.toggle(key=f"table-{exhibit}").set_value(True)
    page.run()
    assert page.notices == []


def test_data_from_before_the_signing_is_refused_calmly(
    visit: Visit, tmp_path: Path, serve: Serve, caplog: pytest.LogCaptureFixture
):
    serve(write_folder(tmp_path, [project("only")], as_of="2029-01-01"))
    with caplog.at_level(logging.ERROR, logger="components"):
        page = visit()
    (notice,) = page.notices
    assert plain(notice).startswith("The data of this dashboard cannot be read at the moment.")
    expect_calm(page, tmp_path)
    assert 'pledge.toml, signed_on: "2030-01-02" — a date up to as_of, 2029-01-01' in caplog.text


FAULTS = [
    pytest.param("investments.csv", "PA", "ZZ", id="unknown state"),
    pytest.param("investments.csv", "project_id,", "id,", id="renamed column"),
    pytest.param("pledge.toml", "550.0", '"much"', id="total in words"),
    pytest.param("us_states.geojson", "{", "", id="broken map"),
]


@pytest.fixture
def copied(tmp_path: Path, serve: Serve) -> Path:
    """Serve a copy of the shipped folder that a test may change."""
    folder = tmp_path / "copy"
    shutil.copytree(SHIPPED, folder)
    serve(folder)
    return folder


def spoil(path: Path, old: str, new: str) -> None:
    """Change a file, and make sure that its modification time differs."""
    before = path.stat().st_mtime_ns
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    os.utime(path, ns=(before, before + 1_000_000_000))


def expect_calm(page: Page, folder: Path) -> None:
    """Check that the notice reveals neither the server's paths nor the error."""
    for notice in page.notices:
        for word in (str(folder), "Traceback", "Error:", ".csv", ".toml", ".py"):
            assert word not in notice


@pytest.mark.parametrize(("file", "old", "new"), FAULTS)
def test_an_invalid_folder_gives_a_calm_message_and_the_log_the_faults(
    visit: Visit,
    copied: Path,
    caplog: pytest.LogCaptureFixture,
    file: str,
    old: str,
    new: str,
):
    spoil(copied / file, old, new)
    with caplog.at_level(logging.ERROR, logger="components"):
        page = visit()
    (notice,) = page.notices
    assert plain(notice).startswith("The data of this dashboard cannot be read at the moment.")
    expect_calm(page, copied)
    assert file in caplog.text


def test_a_folder_that_does_not_exist_gives_a_calm_message(
    visit: Visit, tmp_path: Path, serve: Serve
):
    serve(tmp_path / "nowhere")
    page = visit(state="TN")
    assert page.title == "Investment pledge tracker"
    assert len(page.notices) == 1
    expect_calm(page, tmp_path)


@pytest.mark.parametrize(("file", "old", "new"), FAULTS[::3])
def test_a_folder_that_becomes_invalid_keeps_the_last_good_data_and_recovers(
    visit: Visit, copied: Path, file: str, old: str, new: str
):
    page = visit(state="TN")
    good = (copied / file).read_text(encoding="utf-8")

    spoil(copied / file, old, new)
    (notice,) = page.run().notices
    assert plain(notice).startswith("The newest version of the data has an error and is not shown.")
    expect_calm(page, copied)
    assert page.figures["announced"] == "up to $40B"
    assert page.chosen["state"] == ["TN"]
    assert visit().notices == [notice]

    (copied / file).write_text(good, encoding="utf-8")
    os.utime(copied / file)
    assert page.run().notices == []
    assert page.figures["announced"] == "up to $40B"


def test_new_data_is_shown_at_the_next_visit_and_the_filter_holds(visit: Visit, copied: Path):
    page = visit(state="TN")
    spoil(copied / "pledge.toml", 'version = "2026.11.25"', 'version = "2026.11.01"')
    assert page.run().captions[-1].startswith("Data as of 10 October 2026, version 2026.11.01 (")
    assert page.chosen["state"] == ["TN"]
    assert page.query == {"state": ["TN"]}


def test_a_chosen_sector_that_new_data_no_longer_has_is_let_go(
    visit: Visit, tmp_path: Path, serve: Serve
):
    serve(write_folder(tmp_path, [project("north")], sectors=("Ferries", "Bridges")))
    page = visit(sector="sector-1", state="OH")
    assert page.chosen["sector"] == ["sector-1"]
    write_folder(tmp_path, [project("north")], sectors=("Ferries",), version="8")
    page.run()
    assert page.chosen["sector"] == []
    assert page.chosen["state"] == ["OH"]
    assert page.query == {"state": ["OH"]}
    (notice,) = page.notices
    assert plain(notice).endswith(" were left out: sector=sector-1.")
    assert "Projects in Ohio: 1 of 1 project" in page.result

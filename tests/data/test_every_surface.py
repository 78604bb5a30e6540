"""Every surface says the same of what is shared: official first, then what is reported."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import streamlit as st
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from components.basics.palette import screen_theme
from components.exhibits.registry import EXHIBITS
from components.exports import files, tables
from components.exports.briefing import briefing_bytes
from components.exports.sheet_pdf import sheet_bytes
from components.exports.tabular import csv_bytes, json_bytes
from components.facts.dataset import load
from components.serving.feed import atom_bytes
from components.subjects import difference, one_project, one_state
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from components.words import wording
from tests.app.page import Page

ROOT = Path(__file__).parents[2]
BASELINE = Baseline.of(load(ROOT / "data"))
LINK = "https://a.example/"
OWN = {"PA": ("gas-pa", "17", "TX"), "TX": ("gas-tx", "16", "PA")}

Surface = Callable[[str], str]


def view_of(state: str) -> View:
    return BASELINE.view(ProjectFilter(state=(state,)))


def page(state: str) -> str:
    test = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    test.run()
    test.switch_page("components/pages/states.py")
    test.query_params["state"] = state
    return Page(test).run().words


def pdf(content: bytes) -> str:
    return " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages)


def changes(state: str) -> str:
    before = BASELINE.as_known_on(
        difference.day_before_last_tranche(BASELINE.view(ProjectFilter()))
    )
    return str(difference.groups(before.view(view_of(state).filter), view_of(state)))


SAYINGS: dict[str, Surface] = {
    "page": page,
    "sentence of the state": lambda s: one_state.statement(one_state.of_state(view_of(s), s)),
    "opening": lambda s: wording.opening(view_of(s)),
    "sheet": lambda s: pdf(sheet_bytes(view_of(s), s, paper="a4", link=LINK)),
    "briefing": lambda s: pdf(briefing_bytes(view_of(s), paper="a4", link=LINK)),
    "note of a chart": lambda s: " ".join(
        note.text for note in EXHIBITS["by-state"].of(view_of(s)).notes
    ),
    "note of a file": lambda s: wording.data_note(view_of(s)),
}
"""Surfaces in sentences."""

TABLES: dict[str, Callable[[View], list[dict[str, Any]]]] = {
    "CSV": lambda view: list(
        csv.DictReader(StringIO(csv_bytes(tables.projects(view, link=LINK)).decode("utf-8")))
    ),
    "JSON": lambda view: json.loads(json_bytes(tables.projects(view, link=LINK)))["rows"],
    "XLSX": lambda view: sheet_rows(files.book(view, link=LINK).content()),
}


def sheet_rows(content: bytes) -> list[dict[str, Any]]:
    header, *rows = (
        openpyxl.load_workbook(BytesIO(content)).worksheets[1].iter_rows(values_only=True)
    )
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PLEDGE_DATA", str(ROOT / "data"))
    monkeypatch.setenv("KALEIDO", "off")
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def joined(text: str) -> str:
    """Where a line breaks is the page's affair."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("state", OWN)
@pytest.mark.parametrize("surface", SAYINGS)
def test_words_give_the_official_amount_and_then_what_is_reported(surface: str, state: str):
    text = joined(SAYINGS[surface](state))
    _, part, _ = OWN[state]
    assert re.search(rf"[Pp]ress reports give .*about \${part} billion", text), text
    for wrong in (rf"p to \${part} billion", rf"p to \${part}B", "alone, in one project"):
        assert not re.search(wrong, text), text
    if surface in ("page", "sentence of the state", "opening", "sheet", "briefing"):
        assert re.search(r"[Uu]p to \$(33|35.1) billion is announced", text), text


@pytest.mark.parametrize("state", OWN)
@pytest.mark.parametrize("kind", TABLES)
def test_tables_have_official_amount_partner_and_reported_part_in_columns(kind: str, state: str):
    project_id, part, other = OWN[state]
    (row,) = [row for row in TABLES[kind](view_of(state)) if row["project_id"] == project_id]
    shared = row["amount_shared_with"]
    assert float(str(row["amount_usd_bn"])) == 33.0
    assert (row["amount_qualifier"], row["amount_confidence"]) == ("up_to", "official")
    assert (shared if isinstance(shared, str) else ";".join(shared)) == OWN[other][0]
    assert (float(str(row["reported_usd_bn"])), row["reported_qualifier"]) == (float(part), "about")


@pytest.mark.parametrize(
    ("state", "label"), [("PA", "up to $33B shared"), ("TN", "up to $40B shared")]
)
def test_bars_alternative_text_and_map_say_that_it_is_shared(state: str, label: str):
    view = BASELINE.view(ProjectFilter())
    name = {"PA": "Pennsylvania", "TN": "Tennessee"}[state]
    for kind in ("by-state", "map"):
        assert f"{name} {label}" in EXHIBITS[kind].of(view).alt
    figure = EXHIBITS["by-state"].of(view).draw(screen_theme("light", width=600))
    drawn = {
        bar: length
        for trace in figure.data
        if trace.type == "bar"
        for bar, length in zip(trace.customdata, trace.x, strict=True)
    }
    assert drawn[state] == {"PA": 33.0, "TN": 40.0}[state]


def test_the_headline_counts_every_shared_amount_once():
    # By hand: 36 + 40 + 33 = 109; 109 of 550 is 19.8%; 550 - 109 = 441.
    figures = [figure.text for figure in wording.figures(BASELINE.view(ProjectFilter()))]
    assert figures[:3] == ["up to $109B", "up to 19.8%", "at least $441B"]
    both = BASELINE.view(ProjectFilter(state=("PA", "TX")))
    # By hand: 33 + 2.1 = 35.1.
    assert str(both.headline.announced) == "up to $35.1B"


def test_dossier_feed_and_changes_say_that_the_part_is_reported():
    dossier = one_project.of_project(BASELINE.view(ProjectFilter()), "gas-pa")
    facts = {fact.term: (fact.value, fact.confidence) for fact in dossier.facts}
    assert facts["Announced amount"] == ("Up to $33 billion", "Official")
    assert facts["Part reported for this project"] == ("About $17 billion", "Reported")
    feed = atom_bytes(view_of("PA"), base=LINK).decode("utf-8")
    for text in (feed, changes("PA")):
        assert "up to $17" not in text
    told = changes("PA")
    assert "up to $33B shared in Pennsylvania, tranche 2" in told
    assert "about $17B of it by press reports" in told

"""Every surface says the same of what is shared: official first, then what is reported."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import streamlit as st
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from components.basics.amounts import Money
from components.basics.palette import screen_theme
from components.exhibits.exhibit import Exhibit
from components.exhibits.registry import EXHIBITS
from components.exports import files, tables
from components.exports.briefing import briefing_bytes
from components.exports.calendar_file import calendar_bytes
from components.exports.sheet_pdf import sheet_bytes
from components.exports.tabular import csv_bytes, json_bytes
from components.exports.workbook import workbook_bytes
from components.facts.dataset import load
from components.serving.feed import atom_bytes
from components.subjects import difference, next_steps, one_project, one_state
from components.views.filters import ProjectFilter
from components.views.view import Baseline, View
from components.words import claims, wording
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


# Companies and next steps: every surface says who only has an interest, and what is a target.


# By hand: SB Energy builds; the press names the U.S. government as owner; three are interested.
IN_OHIO = {
    "SB Energy": "builds",
    "U.S. government": "owns",
    "SoftBank Group": "parent",
    "Japan Bank for International Cooperation (JBIC)": "financier",
    "AEP Ohio": "partner",
    "Hitachi": "interested",
    "Mitsubishi Electric": "interested",
    "Toshiba": "interested",
}


@pytest.mark.parametrize("surface", ["page", "sheet"])
def test_words_tell_who_takes_part_from_who_is_interested(surface: str):
    said = page("OH") if surface == "page" else SAYINGS["sheet"]("OH")
    text = joined(re.sub(r"<[^>]+>|\s", " ", said))
    text = text[text.index("Takes part or interested") :]
    for company, role in IN_OHIO.items():
        standing = "Has expressed interest" if role == "interested" else "Takes part"
        found = re.search(rf"{re.escape(company)}.*?(Takes part|Has expressed interest)", text)
        assert found is not None, company
        assert found[1] == standing, found[0]
    assert "Reported as the planned owner" in text


@pytest.mark.parametrize("kind", ["CSV", "JSON", "XLSX"])
def test_files_have_the_role_of_each_company(kind: str):
    table = tables.roles(view_of("OH"), link=LINK)
    rows = {
        "CSV": lambda: list(csv.DictReader(StringIO(csv_bytes(table).decode("utf-8")))),
        "JSON": lambda: json.loads(json_bytes(table))["rows"],
        "XLSX": lambda: sheet_rows(
            workbook_bytes([table], tables.colophon(view_of("OH"), link=LINK))
        ),
    }[kind]()
    assert {row["company"]: row["role"] for row in rows} == IN_OHIO
    sure = {row["company"]: row["confidence"] for row in rows}
    assert (sure["U.S. government"], sure["Toshiba"]) == ("reported", "official")


@pytest.mark.parametrize("surface", ["page", "list", "sheet", "CSV", "JSON", "feed", "calendar"])
def test_every_surface_says_that_the_start_of_works_is_a_target(surface: str):
    view = view_of("OH")
    said = {
        "page": lambda: page("OH"),
        "list": lambda: str(next_steps.expected(view)),
        "sheet": lambda: pdf(sheet_bytes(view, "OH", paper="a4", link=LINK)),
        "CSV": lambda: csv_bytes(tables.gates(view, link=LINK)).decode("utf-8"),
        "JSON": lambda: json_bytes(tables.gates(view, link=LINK)).decode("utf-8"),
        "feed": lambda: atom_bytes(view, base=LINK).decode("utf-8"),
        "calendar": lambda: calendar_bytes(view, link=LINK).decode("utf-8").replace("\r\n ", ""),
    }[surface]()
    text = joined(said)
    # By hand, from Data Center Frontier of August 2026: the first quarter of 2027.
    assert re.search(r"January 2027 to March 2027|2027-01.{0,60}2027-03", text), text
    assert re.search(r"A target\\?, not a stage reached", text), text
    assert not re.search(r"[Ss]tart of works[^.;|]{0,80}[Dd]one", text)
    assert view.projects["stage"].tolist() == ["financed"]


# Six statements, and what every surface says of them.

SIGNS = {"$": "USD", "¥": "JPY"}
WORDS = {"up to": "up_to", "about": "about", "more than": "more_than", "at least": "at_least"}
AMOUNT = re.compile(
    r"(?:\b(up to|about|more than|at least) )?([$¥])([0-9][0-9,.]*[0-9]|[0-9]) ?(B|billion)\b",
    re.IGNORECASE,
)

Figure = tuple[str, str, float]
"""Qualifier, currency, billions."""


def figures_in(text: str) -> set[Figure]:
    """Read every amount in billions that a text gives, with the words before it."""
    return {
        (WORDS.get((word or "").lower(), "exact"), SIGNS[sign], float(number.replace(",", "")))
        for word, sign, number, _ in AMOUNT.findall(text)
    }


@dataclass(frozen=True)
class Statement:
    """What every surface must say of a view, and what none may: the press's parts as official."""

    chosen: dict[str, Any]
    says: set[Figure]
    part: set[Figure] = field(default_factory=set)
    never: set[Figure] = field(default_factory=set)
    as_of: date | None = None
    money: bool = False

    @property
    def view(self) -> View:
        return BASELINE.as_known_on(self.as_of).view(ProjectFilter(**self.chosen))

    @property
    def state(self) -> str:
        return str(self.chosen.get("state", [""])[0])


def usd(qualifier: str, bn: float) -> Figure:
    return qualifier, "USD", bn


# By hand: 33 with the other state; 33 + 2.1 = 35.1; 40 with the other state; 340 / 156 = 2.2;
# 36 + 40 + 33 = 109; 33.3 + 2.1 + 0.6 = 36.
STATEMENTS = {
    "Pennsylvania": Statement(
        {"state": ("PA",)},
        says={usd("up_to", 33)},
        part={usd("about", 17)},
        never={usd("up_to", 17), usd("exact", 17)},
    ),
    "Texas": Statement(
        {"state": ("TX",)},
        says={usd("up_to", 35.1)},
        part={usd("about", 16)},
        never={usd("up_to", 16), usd("exact", 16), usd("up_to", 18.1)},
    ),
    "Tennessee": Statement({"state": ("TN",)}, says={usd("up_to", 40)}, never={usd("up_to", 20)}),
    "the loans": Statement(
        {},
        says={("more_than", "JPY", 340), usd("about", 2.2)},
        never={("exact", "JPY", 340), usd("exact", 2.2)},
        money=True,
    ),
    "the headline": Statement({}, says={usd("up_to", 109)}, never={usd("exact", 109)}),
    "a past day": Statement(
        {}, says={usd("exact", 36)}, never={usd("up_to", 109)}, as_of=date(2026, 3, 1)
    ),
}


def visited(one: Statement) -> str:
    test = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    if one.state:
        test.run()
        test.switch_page("components/pages/states.py")
        test.query_params["state"] = one.state
    if one.as_of:
        test.query_params["as_of"] = one.as_of.isoformat()
    # Figures stand in it as JSON, and Markdown escapes its signs.
    return Page(test).run().words.replace("\\u003e", ">").replace("\\", "")


def exhibit_of(one: Statement) -> Exhibit:
    """Return the exhibit that draws the statement: a state's bar, the ladder, the course."""
    name = "by-state" if one.state else "stages" if one.money else "over-time"
    return EXHIBITS[name].of(one.view)


def drawn(one: Statement) -> str:
    figure: dict[str, Any] = exhibit_of(one).draw(screen_theme("light", width=600)).to_plotly_json()
    return json.dumps(figure, ensure_ascii=False, default=str).replace("<br>", " ")


def table_of(one: Statement) -> str:
    """Return what the table of the chart says, each row on a line, amounts in words."""
    columns = exhibit_of(one).readable()
    return "\n".join(map(" ".join, zip(*(column.texts for column in columns), strict=True)))


def paper(one: Statement) -> str:
    if one.state:
        return pdf(sheet_bytes(one.view, one.state, paper="a4", link=LINK))
    return pdf(briefing_bytes(one.view, paper="a4", link=LINK))


def told(rows: list[dict[str, Any]]) -> str:
    """Put the figures of rows for programs into words: each by its qualifier and its currency."""
    pairs = (
        ("amount_usd_bn", "amount_qualifier", "USD"),
        ("reported_usd_bn", "reported_qualifier", "USD"),
        ("original_bn", "original_qualifier", "JPY"),
    )
    return "\n".join(
        str(Money(float(row[number]), currency, str(row.get(word) or "exact")))
        for row in rows
        for number, word, currency in pairs
        if str(row.get(number) or "") not in ("", "nan")
    )


def of_state_or_all(rows: list[dict[str, Any]], one: Statement) -> list[dict[str, Any]]:
    group, name = ("state", one.state) if one.state else ("all", "all")
    return [row for row in rows if (row["group"], row["id"]) == (group, name)]


def asked_of(one: Statement, kind: str) -> str:
    """Ask files and API: the totals of the view, its projects' parts, its money."""
    view = one.view
    totals = [tables.money(view, link=LINK)] if one.money else [tables.summary(view, link=LINK)]
    projects = tables.projects(view, link=LINK)
    if kind == "XLSX":
        content = workbook_bytes([*totals, projects], tables.colophon(view, link=LINK))
        book = openpyxl.load_workbook(BytesIO(content))
        (main, rest) = [as_dicts(sheet) for sheet in book.worksheets[1:3]]
    elif kind == "CSV":
        (main, rest) = (
            list(csv.DictReader(StringIO(csv_bytes(table).decode("utf-8"))))
            for table in (*totals, projects)
        )
    else:
        (main, rest) = (json.loads(json_bytes(table))["rows"] for table in (*totals, projects))
    parts = [
        {name: row[name] for name in ("reported_usd_bn", "reported_qualifier")}
        for row in rest
        if not one.state or row["states"] in (one.state, [one.state])
    ]
    return told([*(main if one.money else of_state_or_all(main, one)), *parts])


def as_dicts(sheet: Any) -> list[dict[str, Any]]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


EVERY_SURFACE: dict[str, Callable[[Statement], str]] = {
    "page": visited,
    "chart": drawn,
    "table": table_of,
    "paper": paper,
    "CSV": lambda one: asked_of(one, "CSV"),
    "XLSX": lambda one: asked_of(one, "XLSX"),
    "JSON": lambda one: asked_of(one, "JSON"),
    "alternative text": lambda one: exhibit_of(one).alt,
    "preview": lambda one: wording.opening(one.view),
    "feed": lambda one: atom_bytes(one.view, base=LINK).decode("utf-8"),
}
IN_MARKS_ALONE = {"chart", "alternative text", "feed"}
"""A chart marks the reported part by a line, and its note names it; an event has one amount."""

NOT_IN_THE_FEED = {"the headline", "a past day", "Texas"}
"""Sums, which no single event gives."""


@pytest.mark.parametrize("name", STATEMENTS)
@pytest.mark.parametrize("surface", EVERY_SURFACE)
def test_every_surface_makes_the_same_statement(surface: str, name: str):
    one = STATEMENTS[name]
    found = figures_in(joined(EVERY_SURFACE[surface](one)))
    assert not found & one.never
    if surface == "feed":
        # The loans stand there in the currency of their source alone.
        says = {figure for figure in one.says if not one.money or figure[1] != "USD"}
        assert name in NOT_IN_THE_FEED or says <= found
    else:
        assert one.says <= found
    assert surface in IN_MARKS_ALONE or one.part <= found


@pytest.mark.parametrize("name", ["Pennsylvania", "the loans", "the headline", "a past day"])
def test_what_one_may_print_makes_the_same_statement(name: str):
    one = STATEMENTS[name]
    found = figures_in(joined(" ".join(claim.printable for claim in claims.of_view(one.view))))
    assert one.says | one.part <= found
    assert not found & one.never


@pytest.mark.parametrize("surface", EVERY_SURFACE)
def test_no_surface_says_that_36_is_financed(surface: str):
    text = joined(EVERY_SURFACE[surface](STATEMENTS["the loans"]))
    assert not re.search(r"[Ff]inanced[^.;|\n]{0,20}36(?![0-9.])", text)
    for row in json.loads(json_bytes(tables.summary(BASELINE.view(ProjectFilter()), link=LINK)))[
        "rows"
    ]:
        if row["group"] in ("stage", "money"):
            assert row["amount_usd_bn"] != 36.0

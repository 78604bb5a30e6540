"""Data folders other than the shipped one, written for a test that opens the page on them."""

import csv
import json
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pandera.pandas import DataFrameSchema

from components.facts.schema import (
    AGREEMENTS,
    CONFLICTS,
    GAPS,
    GATES_TABLE,
    INTERESTS,
    INVESTMENTS,
    TABLES,
    file_of,
)
from tests.cited import cited

Row = dict[str, str]

SQUARE = [[[100, 100], [200, 100], [200, 200], [100, 200], [100, 100]]]

PLEDGE: dict[str, Any] = {
    "title": "Norway's pledge to build ferries",
    "publisher": "Ferry watch",
    "investor": "Norway",
    "recipient": "United States",
    "slug": "ferries",
    "version": "7",
    "as_of": "2031-05-06",
    "licence": "CC0",
    "total_usd_bn": 80.0,
    "total_qualifier": "exact",
    "total_source_ids": ["gazette"],
    "signed_on": "2030-01-02",
    "signed_event": "Treaty signed",
    "signed_source_ids": ["gazette"],
    "deadline": "2035-12-31",
    "deadline_source_ids": ["gazette"],
}
DATES = ("as_of", "searched_on", "signed_on", "deadline")


def project(project_id: str, *, states: str = "OH", amount: str = "5", **cells: str) -> Row:
    """Return a row of investments.csv; an empty amount is an undisclosed one."""
    disclosed = {"amount_qualifier": "exact", "amount_confidence": "official"} if amount else {}
    return {
        "project_id": project_id,
        "project": f"Yard {project_id}",
        "tranche": "1",
        "announced_on": "2030-06-01",
        "sector": "ferries",
        "states": states,
        "amount_usd_bn": amount,
        "location_precision": "state",
        "source_ids": "gazette",
        **disclosed,
        **cells,
    }


def milestone(
    project_ids: str, *, stage: str, date: str = "2030-07-01", event: str = "It happened."
) -> Row:
    return {
        "milestone_id": f"{project_ids}-{stage}-{date}".strip("-"),
        "project_ids": project_ids,
        "date": date,
        "stage": stage,
        "event": event,
        "confidence": "official",
        "source_ids": "gazette",
        "added_on": "2031-06-01",
    }


def source(source_id: str = "gazette", **cells: str) -> Row:
    named = {"publisher": "The Gazette", "title": "Ferries", "kind": "press", "language": "en"}
    return {"source_id": source_id, **named, "known": "read", **cells}


def write_folder(
    folder: Path,
    projects: Sequence[Row],
    *,
    milestones: Sequence[Row] = (),
    sources: Sequence[Row] = (),
    sectors: Sequence[str] = ("Ferries",),
    tranches: Sequence[tuple[int, float]] = ((1, 5.0),),
    outlines: Sequence[str] = ("OH", "TX"),
    beside: Mapping[str, Sequence[Row]] = MappingProxyType({}),
    terms: Sequence[Row] = (),
    asides: Mapping[str, Row] = MappingProxyType({}),
    tranche_note: str = "",
    **pledge: Any,
) -> Path:
    """Write a folder; sector ids are ferries, sector-1 and so on, a tranche is (number, amount).

    ``beside`` has the rows of the tables that are empty by default: money, companies, roles,
    gates, agreements, interests, conflicts and gaps. ``asides`` describes the tables of agreements
    and of interests.
    """
    rows = {
        "investments": [cited(row) for row in projects],
        "milestones": milestones,
        "sources": sources or [source()],
        **beside,
    }
    folder.mkdir(exist_ok=True)
    for table in TABLES:
        with (folder / file_of(table)).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(table.columns), restval="")
            writer.writeheader()
            writer.writerows(rows.get(str(table.name), []))
    ceilings = {row["tranche"] for row in projects if row.get("amount_qualifier") == "up_to"}
    qualified = [
        (number, amount, "up_to" if str(number) in ceilings else "exact")
        for number, amount in tranches
    ]
    text = _pledge_text(
        PLEDGE | pledge, sectors=sectors, tranches=qualified, note=tranche_note, terms=terms
    )
    text += "".join(_aside_text(table, cells) for table, cells in asides.items())
    (folder / "pledge.toml").write_text(text, encoding="utf-8")
    (folder / "us_states.geojson").write_text(json.dumps(_geojson(outlines)), encoding="utf-8")
    return folder


def _pledge_text(
    pledge: dict[str, Any],
    *,
    sectors: Sequence[str],
    tranches: Sequence[tuple[int, float, str]],
    note: str,
    terms: Sequence[Row],
) -> str:
    lines = [
        f"{key} = {value if key in DATES else json.dumps(value, ensure_ascii=False)}"
        for key, value in pledge.items()
    ]
    if not terms:
        lines.append("terms = []")
    for number, amount, qualifier in tranches:
        lines += ["[[tranches]]", f"tranche = {number}", "announced_on = 2030-06-01"]
        lines += [f"amount_usd_bn = {amount}", f'amount_qualifier = "{qualifier}"']
        lines += ['source_ids = ["gazette"]']
        lines += [f"note = {json.dumps(note, ensure_ascii=False)}"] if note else []
    for place, label in enumerate(sectors):
        slug = "ferries" if place == 0 else f"sector-{place}"
        lines += ["[[sectors]]", f'sector = "{slug}"']
        lines += [f"label = {json.dumps(label, ensure_ascii=False)}"]
    for term in terms:
        lines += ["[[terms]]", 'source_ids = ["gazette"]']
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in term.items()]
    return "\n".join(lines) + "\n"


def _aside_text(table: str, cells: Row) -> str:
    lines = [f"[{table}]", "dated = 2030-06-02", 'source_ids = ["gazette"]']
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in cells.items()]
    return "\n".join(lines) + "\n"


def throughout(table: DataFrameSchema, text: str) -> Row:
    """Return a row with a text in every column that allows it, in names with what they allow."""
    checks = {
        str(name): {check.name for check in column.checks} for name, column in table.columns.items()
    }
    return {
        name: _visible(text) if "is_visible" in found else text
        for name, found in checks.items()
        if found <= {"is_filled", "is_no_error", "is_visible"}
    }


def _visible(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def _geojson(states: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"state": state, "label_x": 150, "label_y": 150},
                "geometry": {"type": "Polygon", "coordinates": SQUARE},
            }
            for state in states
        ],
    }


HOSTILE_TEXT = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> **bold** [a](javascript:alert(1)) "
    "$x^2$ :red[x] :material/home: `code` # | ~~no~~ &lt;b&gt; {0} %s 日本語 🗾 ערך \u202e =1+1"
)
HOSTILE_NAME = _visible(HOSTILE_TEXT).replace(";", ",")
"""The same as a name: without invisible characters, and without the separator of lists."""

LONG_TEXT = "Endless " * 250
THIRTY_STATES = (
    "AK;AL;AR;AZ;CA;CO;CT;DE;FL;GA;HI;IA;ID;IL;IN;KS;KY;LA;MA;MD;ME;MI;MN;MO;MS;MT;NC;ND;NE;NH"
)
JAPANESE = "日本の対米投資、小型モジュール炉の建設計画"
HOSTILE_LINK = "https://a.example/)[a](b?x=1&y=2#'onmouseover=alert(1)"

HOSTILE_PROJECTS = [
    project(
        "japanese",
        capacity="1.5",
        capacity_confidence="reported",
        tranche="3",
        **throughout(INVESTMENTS, JAPANESE),
    ),
    project(
        "alone",
        states="TX",
        capacity="3",
        capacity_confidence="reported",
        **throughout(INVESTMENTS, HOSTILE_TEXT),
    ),
    project(
        "everywhere",
        states=THIRTY_STATES,
        sector="sector-1",
        capacity="3",
        capacity_confidence="reported",
        **throughout(INVESTMENTS, LONG_TEXT),
    ),
    project("secret", states="OH;TX", amount="", project="=HYPERLINK(1)"),
    project("island", states="PR", amount="0.01", sector="sector-2", tranche="2"),
    project("far", states="GU;AS", amount="9999", amount_qualifier="up_to", tranche="2"),
    project("gone", states="OH", project="-1+1", sector="sector-1"),
    project("word", project="W" * 2_000, announced_on="2030-06"),
    project(
        "pinned",
        states="GU",
        latitude="13.4",
        longitude="144.8",
        location_precision="exact",
        amount_confidence="reported",
    ),
]

HOSTILE_ROWS: dict[str, list[Row]] = {
    "agreements": [
        {
            "agreement_id": f"agreement-{number}",
            "parties": f"{name};二番目",
            "confidence": "reported",
            **throughout(AGREEMENTS, text),
        }
        for number, (text, name) in enumerate(
            ((HOSTILE_TEXT, HOSTILE_NAME), (LONG_TEXT, LONG_TEXT), (JAPANESE, JAPANESE))
        )
    ],
    "companies": [
        {"company_id": "one", "company": HOSTILE_NAME, "japanese_name": LONG_TEXT, "country": "XX"},
        {"company_id": "two", "company": LONG_TEXT, "japanese_name": HOSTILE_NAME},
        {"company_id": "three", "company": JAPANESE, "japanese_name": JAPANESE, "country": "JP"},
        {"company_id": "idle", "company": "No role"},
    ],
    "roles": [
        {
            "role_id": f"{project_id}-{company_id}",
            "company_id": company_id,
            "project_id": project_id,
            "role": role,
            "confidence": "conflicting",
            "note": note,
            "source_ids": "gazette;unused",
        }
        for project_id, company_id, role, note in (
            ("alone", "one", "builds", HOSTILE_TEXT),
            ("alone", "two", "interested", LONG_TEXT),
            ("japanese", "three", "parent", JAPANESE),
            ("everywhere", "two", "builds", HOSTILE_TEXT),
            ("everywhere", "one", "owns", ""),
        )
    ],
    "gates": [
        {
            "gate_id": f"gate-{number}",
            "project_id": project_id,
            "gate": "permit",
            "confidence": "conflicting",
            "looked_on": "2031-05-06",
            "source_ids": "gazette",
            **throughout(GATES_TABLE, text),
            **cells,
        }
        for number, (project_id, text, cells) in enumerate(
            (
                ("alone", HOSTILE_TEXT, {"status": "scheduled", "expected_on": "2034-02"}),
                ("alone", LONG_TEXT, {"status": "done", "date": "2030-08"}),
                ("japanese", JAPANESE, {"status": "filed", "date": "2030-09-09"}),
                ("everywhere", HOSTILE_TEXT, {"status": "not_found"}),
            )
        )
    ],
    "interests": [
        {"interest_id": "none", "company_id": "one"},
        {
            "interest_id": "some",
            "company_id": "two",
            "may_join_ids": "one;three",
            "joint_amount_usd_bn": "9999",
            "joint_confidence": "conflicting",
            "source_ids": "gazette",
            **throughout(INTERESTS, HOSTILE_TEXT),
            "white_house_note": LONG_TEXT,
        },
        {"interest_id": "japanese", "company_id": "three", **throughout(INTERESTS, JAPANESE)},
    ],
    "conflicts": [
        {
            "conflict_id": "three",
            "concerns": "projects",
            "project_ids": "alone;japanese",
            "field": "amount_usd_bn",
            "a_source_ids": "gazette",
            "b_source_ids": "gazette;unused",
            "c_source_ids": "unused",
            **throughout(CONFLICTS, HOSTILE_TEXT),
            "b_value": LONG_TEXT,
            "c_value": JAPANESE,
            "reason": LONG_TEXT,
        },
        {
            "conflict_id": "two",
            "concerns": "pledge",
            "subject": JAPANESE,
            "a_value": "=1+1",
            "a_source_ids": "gazette",
            "b_value": "<b>2</b>",
            "b_source_ids": "gazette",
            "used": "neither",
            "reason": "**bold**",
        },
        {
            "conflict_id": "reasoned",
            "concerns": "projects",
            "project_ids": "japanese",
            "a_source_ids": "gazette",
            "b_source_ids": "unused",
            **throughout(CONFLICTS, JAPANESE),
            "c_value": "",
            "reason": HOSTILE_TEXT,
        },
    ],
    "gaps": [
        {"gap_id": "one", "project_ids": "alone", **throughout(GAPS, HOSTILE_TEXT)},
        {"gap_id": "all", "missing": LONG_TEXT},
        {"gap_id": "japanese", "project_ids": "japanese", **throughout(GAPS, JAPANESE)},
    ],
}

HOSTILE_TERMS: list[Row] = [
    {"term": "one", "label": HOSTILE_NAME, "value": HOSTILE_TEXT, "confidence": "official"},
    {"term": "two", "label": JAPANESE, "value": LONG_TEXT, "confidence": "conflicting",
     "note": HOSTILE_TEXT},
]  # fmt: skip


def write_hostile(folder: Path) -> Path:
    """Write a folder that is valid, and as different from the shipped one as possible."""
    return write_folder(
        folder,
        HOSTILE_PROJECTS,
        milestones=[
            milestone("gone", stage="cancelled"),
            milestone("alone", stage="candidate", date="2029-01"),
            milestone("alone", stage="announced", date="2030-06-01"),
            milestone("alone", stage="note", event=HOSTILE_TEXT),
            milestone("alone", stage="note", date="2031-01", event=LONG_TEXT),
            milestone("japanese", stage="operating", event=JAPANESE),
        ],
        sources=[
            source(publisher=HOSTILE_NAME, title=LONG_TEXT, url=HOSTILE_LINK),
            source("unused", publisher="=1+1", title=HOSTILE_TEXT, language="ja"),
            source("japanese", publisher=JAPANESE, title=JAPANESE, language="ja", url=""),
        ],
        sectors=("Ferries", HOSTILE_NAME, LONG_TEXT, "No project at all"),
        tranches=[(1, 20.0), (2, 9999.01), (3, 5.0)],
        beside=HOSTILE_ROWS,
        terms=HOSTILE_TERMS,
        asides={
            "agreements": {"title": HOSTILE_NAME, "note": LONG_TEXT},
            "interests": {"title": JAPANESE, "note": HOSTILE_TEXT},
        },
        tranche_note=HOSTILE_TEXT,
        title=f"$550 {HOSTILE_NAME}",
        publisher=HOSTILE_NAME,
        investor=HOSTILE_NAME,
        recipient=HOSTILE_NAME,
        signed_event=HOSTILE_TEXT,
        version=HOSTILE_TEXT,
        licence=HOSTILE_TEXT,
        total_usd_bn=0.5,
    )

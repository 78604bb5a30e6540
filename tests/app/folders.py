"""Data folders other than the shipped one, written for a test that opens the page on them."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from components.schema import TABLES, file_of

Row = dict[str, str]

SQUARE = [[[100, 100], [200, 100], [200, 200], [100, 200], [100, 100]]]

PLEDGE: dict[str, Any] = {
    "title": "Norway's pledge to build ferries",
    "publisher": "Ferry watch",
    "investor": "Norway",
    "recipient": "United States",
    "recipient_short": "U.S.",
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
DATES = ("as_of", "signed_on", "deadline")


def project(project_id: str, *, states: str = "OH", amount: str = "5", **cells: str) -> Row:
    """Make a row of investments.csv; an empty amount is an undisclosed one."""
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


def milestone(project_id: str, *, stage: str, date: str = "2030-07-01") -> Row:
    return {
        "project_id": project_id,
        "date": date,
        "stage": stage,
        "event": "It happened.",
        "confidence": "official",
        "source_ids": "gazette",
    }


def source(source_id: str = "gazette", **cells: str) -> Row:
    named = {"publisher": "The Gazette", "title": "Ferries", "kind": "press", "language": "en"}
    return {"source_id": source_id, **named, **cells}


def write_folder(
    folder: Path,
    projects: Sequence[Row],
    *,
    milestones: Sequence[Row] = (),
    sources: Sequence[Row] = (),
    sectors: Sequence[str] = ("Ferries",),
    tranches: Sequence[tuple[int, float]] = ((1, 5.0),),
    outlines: Sequence[str] = ("OH", "TX"),
    **pledge: Any,
) -> Path:
    """Fill a folder; sector ids are ferries, sector-1 and so on, a tranche is (number, amount)."""
    rows = {
        "investments": projects,
        "milestones": milestones,
        "sources": sources or [source()],
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
    text = _pledge_text(PLEDGE | pledge, sectors=sectors, tranches=qualified)
    (folder / "pledge.toml").write_text(text, encoding="utf-8")
    (folder / "us_states.geojson").write_text(json.dumps(_geojson(outlines)), encoding="utf-8")
    return folder


def _pledge_text(
    pledge: dict[str, Any], *, sectors: Sequence[str], tranches: Sequence[tuple[int, float, str]]
) -> str:
    colours = ("orange", "blue", "slate", "green")
    lines = [
        f"{key} = {value if key in DATES else json.dumps(value, ensure_ascii=False)}"
        for key, value in pledge.items()
    ]
    lines.append("terms = []")
    for number, amount, qualifier in tranches:
        lines += ["[[tranches]]", f"tranche = {number}", "announced_on = 2030-06-01"]
        lines += [f"amount_usd_bn = {amount}", f'amount_qualifier = "{qualifier}"']
        lines += ['source_ids = ["gazette"]']
    for place, label in enumerate(sectors):
        slug = "ferries" if place == 0 else f"sector-{place}"
        lines += ["[[sectors]]", f'sector = "{slug}"', f'colour = "{colours[place]}"']
        lines += [f"label = {json.dumps(label, ensure_ascii=False)}"]
    return "\n".join(lines) + "\n"


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

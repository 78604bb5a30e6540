"""Parties: the companies of every project, and what must hold between them and their roles."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from components.facts.checks import LIST_SEPARATOR, items
from components.facts.faults import Fault
from components.facts.schema import INTERESTED, ROLES

ID_COLUMNS: Final = ("company_id", "may_join_ids")
"""The columns of other tables that hold ids of companies."""

FORMS: Final = re.compile(
    r"\b(the|inc|incorporated|corp|corporation|co|company|ltd|limited|llc|plc|ag|sa|kk|"
    r"group|holdings?)\b|株式会社|[^\w]"
)
"""What two spellings of one name differ by: legal forms and signs."""

PARTIES: Final = (
    "developer",
    "developer_confidence",
    "developer_source_ids",
    "takes_part",
    "interested",
)


NAMES: Final = ("company", "japanese_name", "country")


def named(rows: pd.DataFrame, companies: pd.DataFrame) -> pd.DataFrame:
    """Add ``NAMES`` of the company of each row, "" where there is none."""
    ids = companies["company_id"].tolist()
    found = {name: dict(zip(ids, companies[name].tolist(), strict=True)) for name in NAMES}
    cells = {name: [found[name].get(one, "") for one in rows["company_id"]] for name in NAMES}
    return rows.assign(
        **{name: pd.Series(cell, dtype="str", index=rows.index) for name, cell in cells.items()}
    )


def with_parties(projects: pd.DataFrame, roles: pd.DataFrame) -> pd.DataFrame:
    """Add who builds each project, all who take part, and who has only expressed interest.

    ``roles`` are as ``named`` returns them. Names are joined by ``;``, builders by commas, in the
    order of ``ROLES``, then of role ids; "" for none. ``developer_confidence`` and
    ``developer_source_ids`` are those of the first builder.
    """
    rank = {role: place for place, role in enumerate(ROLES)}
    columns = ("project_id", "company", "role", "confidence", "source_ids")
    rows = zip(*(roles[name].tolist() for name in columns), strict=True)
    found: dict[str, dict[str, list[str]]] = {}
    for project_id, company, role, confidence, source_ids in sorted(
        rows, key=lambda row: rank[row[2]]
    ):
        own = found.setdefault(project_id, {})
        kind = INTERESTED if role == INTERESTED else "takes_part"
        own.setdefault(kind, []).append(company)
        if role == "builds":
            own.setdefault("developer", []).append(company)
            own.setdefault("developer_confidence", [confidence])
            own.setdefault("developer_source_ids", [source_ids])
    ids = projects["project_id"].tolist()
    between = {"developer": ", "}
    cells = {
        name: [
            between.get(name, LIST_SEPARATOR).join(dict.fromkeys(found.get(one, {}).get(name, ())))
            for one in ids
        ]
        for name in PARTIES
    }
    return projects.assign(
        **{name: pd.Series(cell, dtype="str", index=projects.index) for name, cell in cells.items()}
    )


def faults_of(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """Check that companies are known and listed once, and that no role stands twice."""
    if "companies" not in tables:
        return
    yield from _twice(tables["companies"])
    known = set(tables["companies"]["company_id"])
    for name, table in tables.items():
        for column in ID_COLUMNS:
            if name == "companies" or column not in table:
                continue
            for row, company_id in items(table[column]).items():
                if company_id not in known:
                    allowed = "a company_id of companies.csv"
                    yield Fault(f"{name}.csv", int(str(row)), column, company_id, allowed)
    if "roles" in tables:
        yield from _contradictions(tables["roles"])


def spelled_alike(name: str) -> str:
    """Return a name without what its spellings differ by: width, case, signs and legal form."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return FORMS.sub("", folded) or folded


def _twice(companies: pd.DataFrame) -> Iterator[Fault]:
    """Name each company whose name, in either language, another row has in some spelling."""
    for column in ("company", "japanese_name"):
        seen: dict[str, int] = {}
        for row, name in companies[column].items():
            if not name:
                continue
            first = seen.setdefault(spelled_alike(name), int(str(row)))
            if first != row:
                allowed = f"another company than that of row {first}"
                yield Fault("companies.csv", int(str(row)), column, name, allowed)


def _contradictions(roles: pd.DataFrame) -> Iterator[Fault]:
    """Name each role that a row above has, and each interest of a company that takes part."""
    columns = ("company_id", "project_id", "role")
    cells = list(zip(roles.index, *(roles[name] for name in columns), strict=True))
    part = {(company, project) for _, company, project, role in cells if role != INTERESTED}
    seen: set[tuple[str, str, str]] = set()
    for row, company, project, role in cells:
        if (company, project, role) in seen:
            yield Fault("roles.csv", row, "role", role, f"a role of {company} that stands once")
        elif role == INTERESTED and (company, project) in part:
            allowed = f"no interest of {company}, which takes part in {project}"
            yield Fault("roles.csv", row, "role", role, allowed)
        seen.add((company, project, role))

"""Parties: the companies of every project, and what must hold between them and their roles."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.facts.checks import LIST_SEPARATOR
from components.facts.faults import Fault
from components.facts.mentions import positions
from components.facts.schema import INTERESTED, ROLES

SIGNS: Final = re.compile(r"[.()（）]")
FORMS: Final = re.compile(
    r"\b(the|inc|incorporated|corp|corporation|co|company|ltd|limited|llc|plc|ag|sa|kk|gmbh)\b"
    r"|株式会社|有限会社|^株|株$|[^\w]"
)
"""What two spellings of one name differ by: legal forms and signs."""

PARTIES: Final = (
    "developer",
    "developer_confidence",
    "developer_source_ids",
    "takes_part",
    "interested",
)
"""The columns that ``with_parties`` adds to projects."""


NAMES: Final = ("company", "japanese_name", "country")
"""What a row gets of the company that it names."""


def named(rows: pd.DataFrame, companies: pd.DataFrame) -> pd.DataFrame:
    """Add ``NAMES`` of the company of each row, "" where there is none."""
    places = positions(rows["company_id"], companies["company_id"])
    cells = {name: np.append(companies[name].to_numpy(dtype=object), "")[places] for name in NAMES}
    return _with_texts(rows, cells)


def with_parties(projects: pd.DataFrame, roles: pd.DataFrame, *, comma: str = ", ") -> pd.DataFrame:
    """Add who builds each project, all who take part, and who has only expressed interest.

    ``roles`` are as ``named`` returns them. Names are joined by ``;``, builders by a comma, in the
    order of ``ROLES``, then of role ids; "" for none. ``developer_confidence`` and
    ``developer_source_ids`` are those of the first builder.
    """
    rank = {role: place for place, role in enumerate(ROLES)}
    order = np.argsort([rank[role] for role in roles["role"]], kind="stable")
    kinds = roles["role"].to_numpy(dtype=object)[order]
    places = positions(roles["project_id"], projects["project_id"])[order]
    is_interest, is_builder = kinds == INTERESTED, kinds == "builds"
    asked = {
        "developer": ("company", is_builder, comma),
        "developer_confidence": ("confidence", is_builder, ""),
        "developer_source_ids": ("source_ids", is_builder, ""),
        "takes_part": ("company", ~is_interest, LIST_SEPARATOR),
        "interested": ("company", is_interest, LIST_SEPARATOR),
    }
    cells = {}
    for column, (name, is_wanted, between) in asked.items():
        texts = roles[name].to_numpy(dtype=object)[order][is_wanted]
        cells[column] = _joined(places[is_wanted], texts, len(projects), between=between)
    return _with_texts(projects, cells)


def _joined(
    places: NDArray[np.intp], texts: NDArray[np.object_], count: int, *, between: str
) -> NDArray[np.object_]:
    """Return the texts at each place, joined, each once; without ``between`` the first alone."""
    cells = np.full(count, "", dtype=object)
    # The last one assigned stays: the first of each place.
    cells[places[::-1]] = texts[::-1]
    if not between:
        return cells
    _, firsts = np.unique(places, return_index=True)
    for row in np.setdiff1d(np.arange(len(places)), firsts).tolist():
        known = cells[places[row]].split(between)
        if texts[row] not in known:
            cells[places[row]] = between.join([*known, texts[row]])
    return cells


def _with_texts(rows: pd.DataFrame, cells: Mapping[str, NDArray[np.object_]]) -> pd.DataFrame:
    return rows.assign(
        **{name: pd.Series(cell, dtype="str", index=rows.index) for name, cell in cells.items()}
    )


def faults_of(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """Check that no company is listed twice, and no role."""
    if "companies" in tables:
        yield from _twice(tables["companies"])
    if "interests" in tables:
        yield from _joining_themselves(tables["interests"])
    if "roles" in tables:
        yield from _contradictions(tables["roles"])


def spelled_alike(name: str) -> str:
    """Return a name without what its spellings differ by: width, case, signs and legal form."""
    folded = SIGNS.sub("", unicodedata.normalize("NFKC", name).casefold())
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


def _joining_themselves(interests: pd.DataFrame) -> Iterator[Fault]:
    ids, lists = interests["company_id"].tolist(), interests["may_join_ids"].tolist()
    for row, company, cell in zip(interests.index, ids, lists, strict=True):
        if company in map(str.strip, cell.split(LIST_SEPARATOR)):
            allowed = f"other companies than {company}, whose entry it is"
            yield Fault("interests.csv", row, "may_join_ids", cell, allowed)


def _contradictions(roles: pd.DataFrame) -> Iterator[Fault]:
    """Name each role that a row above has, and each interest of a company that takes part."""
    pair = ["company_id", "project_id"]
    several = roles[roles.duplicated(pair, keep=False)]
    cells = list(zip(several.index, *(several[name] for name in (*pair, "role")), strict=True))
    part = {(company, project) for _, company, project, role in cells if role != INTERESTED}
    seen: set[tuple[str, str, str]] = set()
    for row, company, project, role in cells:
        if (company, project, role) in seen:
            yield Fault("roles.csv", row, "role", role, f"a role of {company} that stands once")
        elif role == INTERESTED and (company, project) in part:
            allowed = f"no interest of {company}, which takes part in {project}"
            yield Fault("roles.csv", row, "role", role, allowed)
        seen.add((company, project, role))

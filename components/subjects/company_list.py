"""The companies of a view: who takes part, who has expressed interest, in what and says who."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from components.basics import messages, text_search
from components.basics.messages import mark
from components.facts.schema import INTERESTED, ROLES
from components.views.summaries import rows_of
from components.views.view import View

TAKES_PART: Final = mark("takes part")
HAS_INTEREST: Final = mark("has expressed interest")
MAY_JOIN: Final = mark("named as a possible partner")
"""What is said of those with a part in a project, with an interest, and of others named."""

SEARCHED: Final = ("project", "technology", "expected_output", "place", "summary")
"""The columns of a company's projects that a search looks into."""


@dataclass(frozen=True, slots=True, eq=False)
class Company:
    """One company with its roles in the projects of a view, and its entries on the interest list.

    ``roles`` are rows of that table, those that take part first. ``entries`` are rows of
    interests: its own, then those that it may join.
    """

    company_id: str
    name: str
    japanese_name: str
    country: str
    roles: tuple[Any, ...]
    entries: tuple[Any, ...]

    @property
    def takes_part(self) -> bool:
        """Whether it has a part in a project, more than an interest."""
        return any(row.role != INTERESTED for row in self.roles)

    @property
    def standing(self) -> str:
        """What may be said of it as a whole."""
        if self.takes_part:
            return TAKES_PART
        return HAS_INTEREST if self.roles or self.has_entry else MAY_JOIN

    @property
    def has_entry(self) -> bool:
        """Whether an entry on the interest list is its own."""
        return any(row.company_id == self.company_id for row in self.entries)

    @property
    def source_ids(self) -> list[str]:
        """The sources of its roles, then of its entries."""
        cells = [row.source_ids for row in (*self.roles, *self.entries)]
        return list(dict.fromkeys(one for cell in cells for one in cell.split(";") if one))

    def projects(self, *, interested: bool) -> list[str]:
        """Return the ids of the projects it takes part in, or has only expressed interest in."""
        rows = [row for row in self.roles if (row.role == INTERESTED) is interested]
        return list(dict.fromkeys(row.project_id for row in rows))


def of_view(
    view: View,
    *,
    search: str = "",
    roles: Collection[str] = (),
    countries: Collection[str] = (),
) -> list[Company]:
    """Return the companies with a role in a project of the view that match the request.

    Without a filter those on the interest list are there as well: an entry there is of no project.
    ``roles`` and ``countries`` are ids of which a company must have one; empty for any. Those
    nearest to a project come first, then by name, in Japanese by its reading (五十音順).
    """
    found = view.cached(_every)
    words = text_search.words(search)
    texts = view.cached(_texts) if words else {}
    return [
        company
        for company in found
        if (not roles or _has_role(company, roles))
        and (not countries or company.country in countries)
        and all(word in texts[company.company_id] for word in words)
    ]


def _has_role(company: Company, roles: Collection[str]) -> bool:
    """Return whether a company has one of the roles; an entry of its own is an interest."""
    found = {row.role for row in company.roles}
    return not found.isdisjoint(roles) or (INTERESTED in roles and company.has_entry)


def _every(view: View) -> Sequence[Company]:
    rank = list(ROLES).index
    roles: dict[str, list[Any]] = {}
    for row in sorted(rows_of(view.roles), key=lambda row: rank(row.role)):
        roles.setdefault(row.company_id, []).append(row)
    entries: dict[str, list[Any]] = {}
    if not view.filter:
        listed = list(rows_of(view.dataset.interests))
        for row in listed:
            entries.setdefault(row.company_id, []).append(row)
        for row in listed:
            for one in filter(None, row.may_join_ids.split(";")):
                entries.setdefault(one, []).append(row)
    companies = [
        Company(
            row.company_id,
            row.company,
            row.japanese_name,
            row.country,
            tuple(roles.get(row.company_id, ())),
            tuple(entries.get(row.company_id, ())),
        )
        for row in rows_of(view.dataset.companies)
        if row.company_id in roles or row.company_id in entries
    ]
    return sorted(
        companies,
        key=lambda one: (
            rank(one.roles[0].role) if one.roles else len(ROLES),
            view.dataset.sort_key(one.name),
        ),
    )


def _texts(view: View) -> dict[str, str]:
    """Return what a search looks into, by company: its names, its roles, and their projects."""
    texts: dict[str, str] = {}
    for code in messages.LANGUAGES:
        with messages.using(code):
            own = view.in_language()
            about = _about(own)
            for one in own.cached(_every):
                said = " ".join(_said(one, about))
                texts[one.company_id] = f"{texts.get(one.company_id, '')} {said}"
    return {one: text_search.folded(text) for one, text in texts.items()}


def _about(view: View) -> dict[str, str]:
    sectors = {sector.sector: sector.searched for sector in view.pledge.sectors}
    return {
        row.project_id: " ".join([*(getattr(row, name) for name in SEARCHED), sectors[row.sector]])
        for row in rows_of(view.rows())
    }


def _said(company: Company, about: Mapping[str, str]) -> Iterable[str]:
    yield from (company.name, company.japanese_name)
    for row in company.roles:
        yield from (ROLES[row.role], row.note, about.get(row.project_id, ""))
    for row in company.entries:
        yield from (row.area, row.company)

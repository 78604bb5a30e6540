"""Companies on the screen: one row each, with what they do in which project, and says who."""

from collections.abc import Sequence
from typing import Any, Final

from markupsafe import Markup

from components.basics.countries import country_name
from components.basics.formatting import lower_first, upper_first
from components.basics.messages import _, in_japanese
from components.exports import tables as saved
from components.facts.schema import COMPANIES, CONFIDENCES, ROLES
from components.subjects import company_list
from components.subjects.company_list import HAS_INTEREST, MAY_JOIN, TAKES_PART, Company
from components.ui import aside_cards, evidence, fields, html_table, markup, session
from components.ui.canvas import st
from components.ui.html_table import Column, described
from components.views.links import COUNTRY, ROLE, Link
from components.views.view import View
from components.words import outlook, wording

MAX_ROLES: Final = 12
"""A row lists at most this many roles of a company."""


def request(view: View, link: Link) -> None:
    """Draw the search and the choices of roles and countries."""
    with st.container(horizontal=True, gap="small", key="screen-only"):
        fields.search(
            _("Search companies"),
            link,
            key="search-companies",
            placeholder=_("Name (日立), technology"),
        )
        fields.choices(_("Role"), ROLE, ROLES, chosen=link.role, empty=_("All roles"), view=view)
        countries = {code: country_name(code) for code in view.baseline.countries}
        fields.choices(
            _("Country"),
            COUNTRY,
            countries,
            chosen=link.country,
            empty=_("All countries"),
            view=view,
        )


def listing(view: View, link: Link) -> None:
    """Draw the companies found, a page of them at a time, and the files of all of them."""
    found = company_list.of_view(view, search=link.search, roles=link.role, countries=link.country)
    with st.container(border=True, key="card-companies", gap="xsmall"):
        markup.paragraph(outlook.companies_found(view, *_counts(found)), kind="subtitle")
        if found:
            shown = found[html_table.page_of(len(found), key="page-companies")]
            _draw(shown, view)
            table = saved.companies(found, view, link=session.link_here())
            aside_cards.save(table, view)


def card(view: View, *, names: bool) -> None:
    """Draw the companies of a view's projects; ``names`` says of which project each role is."""
    found = company_list.of_view(view)
    with st.container(border=True, key="card-companies", gap="xsmall"):
        markup.heading(outlook.TITLES["companies"])
        markup.paragraph(outlook.companies_found(view, *_counts(found)), kind="subtitle")
        if found:
            _draw(found[: html_table.ROWS_A_PAGE], view, names=names)
        if len(found) > html_table.ROWS_A_PAGE:
            hidden = len(found) - html_table.ROWS_A_PAGE
            markup.paragraph(wording.more_in_list(hidden), kind="small")


def _counts(found: Sequence[Company]) -> list[int]:
    said = [company.standing for company in found]
    return [said.count(one) for one in (TAKES_PART, HAS_INTEREST, MAY_JOIN)]


def _draw(found: Sequence[Company], view: View, *, names: bool = True) -> None:
    columns = [
        described(COMPANIES, "company", [_name(one, view) for one in found]),
        described(
            COMPANIES,
            "country",
            [country_name(one.country) if one.country else "" for one in found],
        ),
        Column(_(outlook.STANDING), [upper_first(_(one.standing)) for one in found]),
        Column(
            _("Role, how sure, source"),
            [_roles(one, view, names=names) for one in found],
            is_wide=True,
        ),
    ]
    if any(one.entries for one in found):
        columns.append(Column(_("On the interest list"), [_entries(one, view) for one in found]))
    html_table.draw(columns, label=outlook.TITLES["companies"])


def _name(company: Company, view: View) -> Markup:
    """Return both names, or the one there is; the first is a link to all that the company does."""
    link = Link(as_of=view.known_on, search=company.name)
    name = markup.inside(company.name, "companies", link)
    if not company.japanese_name or (in_japanese() and company.japanese_name == company.name):
        return name
    return Markup('{} <span class="note" lang="ja">{}</span>').format(name, company.japanese_name)


def _roles(company: Company, view: View, *, names: bool) -> Markup:
    lines: list[str | Markup] = [_role(row, view, names=names) for row in company.roles[:MAX_ROLES]]
    if len(company.roles) > MAX_ROLES:
        lines.append(wording.more(len(company.roles) - MAX_ROLES))
    return markup.listed(lines, kind="plain") if lines else Markup(_("No role in a project"))


def _role(row: Any, view: View, *, names: bool) -> Markup:
    states = markup.state_links(view, view.baseline.states_of[row.project_id].split(";"))
    said = Markup(_("{role}: {project} in {states}")).format(
        role=ROLES[row.role], project=markup.project_link(view, row.project_id), states=states
    )
    parts = [
        said if names else ROLES[row.role],
        lower_first(CONFIDENCES[row.confidence]),
        evidence.decisive(view, evidence.cell_ids(row.source_ids)),
    ]
    note = Markup('<span class="note">{}</span>').format(markup.worded(row.note))
    return markup.joined(parts, markup.comma()) + (note if row.note else Markup())


def _entries(company: Company, view: View) -> Markup:
    """Return its entries on the list of interests, and those of others that it may join."""
    lines = []
    for row in company.entries:
        link = Link(as_of=view.known_on, search=row.company)
        area = markup.inside(row.area or row.company, "interests", link)
        is_own = row.company_id == company.company_id
        joins = Markup(_("May join {company}: {area}"))
        lines.append(area if is_own else joins.format(company=row.company, area=area))
    return markup.listed(lines, kind="plain") if lines else Markup()

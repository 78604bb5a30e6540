"""Agreements and interests, which are not part of the pledge, to search and to download."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from components.basics.amounts import Amount
from components.basics.formatting import (
    format_count,
    join_details,
    join_sentences,
    join_words,
    lower_first,
    upper_first,
)
from components.basics.messages import _
from components.exports import files
from components.exports import tables as saved
from components.exports.resources import PATH, RESOURCES
from components.exports.tables import Table
from components.facts.pledge import Aside
from components.facts.schema import AGREEMENTS, COMPANIES, CONFIDENCES, INTERESTS
from components.subjects import asides
from components.ui import download_menu, evidence, fields, html_table, markup, session
from components.ui.canvas import st
from components.ui.html_table import Column, described
from components.views import links
from components.views.filters import ProjectFilter
from components.views.links import AREA, Link
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording

FORMATS: Final = ("csv", "excel-csv", "xlsx", "json")


def lead(aside: Aside | None, view: View, *, warning: str) -> None:
    """Write what the list is, of which day, and that none of it belongs to the pledge."""
    markup.paragraph(warning, kind="notice")
    if aside:
        said = Markup(_("{title}. {note}")).format(
            title=markup.worded(aside.title), note=markup.worded(aside.note)
        )
        markup.paragraph(said, kind="lead")
        evidence.figure_sources(view, aside.source_ids)


def pointer(view: View) -> None:
    """Write one line on the lists that are not part of the pledge, with links to them."""
    along = view.link.elsewhere()
    parts = [
        Markup(_("{title}: {count}.")).format(
            title=markup.worded(aside.title), count=markup.inside(count, path, along)
        )
        for aside, count, path in (
            (
                view.pledge.agreements,
                format_count(len(view.dataset.agreements), "agreement"),
                "agreements",
            ),
            (
                view.pledge.interests,
                format_count(len(view.dataset.interests), "company", "companies"),
                "interests",
            ),
        )
        if aside and aside.dated <= view.pledge.as_of
    ]
    if parts:
        said = Markup(_("Beside the pledge, and in none of its totals: {lists}")).format(
            lists=Markup(join_sentences(*parts))
        )
        markup.paragraph(said, kind="small")


def nothing_yet(aside: Aside | None, view: View) -> None:
    """Show that a list is empty, or was not yet published on the day shown."""
    markup.paragraph(wording.no_list(aside, view), kind="lead")


def agreements(view: View, link: Link) -> None:
    """Draw agreements by area, with instrument, parties, key figure, summary and sources."""
    areas = view.baseline.areas
    with st.container(horizontal=True, gap="small", key="screen-only"):
        fields.choices(_("Area"), AREA, areas, chosen=link.area, empty=_("All areas"), view=view)
        fields.search(_("Search agreements"), link, key="search-list")
    rows = asides.agreements(view.dataset, search=link.search, chosen=link.area)
    with st.container(border=True, key="card-agreements", gap="xsmall"):
        markup.paragraph(_counted(rows, view.dataset.agreements, "agreement"), kind="subtitle")
        if not rows.empty:
            listed = list(rows_of(rows))
            cells = {
                "area": [row.area for row in listed],
                "title": [row.title for row in listed],
                "instrument": [upper_first(row.instrument) for row in listed],
                "parties": [join_details(row.parties.split(";")) for row in listed],
                "key_figure": [upper_first(row.key_figure) for row in listed],
                "summary": [row.summary for row in listed],
                "confidence": [CONFIDENCES[row.confidence] for row in listed],
                "source_ids": _sources(listed, view),
            }
            html_table.draw(
                [
                    described(AGREEMENTS, name, column, is_wide=name == "summary")
                    for name, column in cells.items()
                ],
                label=_("Agreements"),
            )
            save(saved.agreements(rows, view, link=session.link_here()), view)


def interests(view: View, link: Link) -> None:
    """Draw the two governments' figures side by side for every company; nothing is added up."""
    with st.container(key="screen-only"):
        fields.search(_("Search companies"), link, key="search-list")
    rows = asides.interests(view.dataset, search=link.search)
    with st.container(border=True, key="card-interests", gap="xsmall"):
        markup.paragraph(_counted(rows, view.dataset.interests, "company"), kind="subtitle")
        if not rows.empty:
            listed = list(rows_of(rows))
            columns = [
                described(COMPANIES, "company", [_company(row, view) for row in listed]),
                described(INTERESTS, "area", [row.area for row in listed]),
                *(
                    described(
                        INTERESTS,
                        f"{sheet}_amount_usd_bn",
                        [_figure(row, sheet) for row in listed],
                    )
                    for sheet in ("joint", "white_house")
                ),
                Column(_("Sources"), _sources(listed, view)),
            ]
            html_table.draw(columns, label=_("Interests"))
            save(saved.interests(rows, view, link=session.link_here()), view)


def _counted(rows: pd.DataFrame, whole: pd.DataFrame, noun: str) -> str:
    return wording.rows_found(len(rows), len(whole), noun)


def _company(row: Any, view: View) -> Markup:
    """Return the company of an entry as a link to its roles, and who may join it."""
    link = Link(as_of=view.known_on, search=row.company)
    name = markup.inside(row.company, "companies", link)
    names = view.baseline.company_names
    partners = [names.get(one, one) for one in row.may_join_ids.split(";") if one]
    if not partners:
        return name
    named = Markup(join_words([markup.worded(partner) for partner in partners]))
    may_join = Markup(_("{companies} may join.")).format(companies=named)
    return Markup('{} <span class="note">{}</span>').format(name, may_join)


def _figure(row: Any, sheet: str) -> Markup:
    """Return a ceiling, or that the government's sheet states none, with its note."""
    amount = Amount(getattr(row, f"{sheet}_amount_usd_bn"), "up_to")
    sure = lower_first(CONFIDENCES.get(getattr(row, f"{sheet}_confidence"), ""))
    note = markup.worded(getattr(row, f"{sheet}_note"))
    text = str(amount) if amount.is_disclosed else _(wording.NONE_STATED)
    both = Markup(_("{confidence}. {note}")).format(confidence=sure, note=note)
    said = both if sure and note else sure or note
    return Markup('{} <span class="note">{}</span>').format(text, said)


def _sources(rows: Sequence[Any], view: View) -> list[str]:
    return [evidence.cited(view, evidence.cell_ids(row.source_ids)) for row in rows]


def save(table: Table, view: View) -> None:
    """Draw a button for each format that a table can be saved in."""
    with st.container(horizontal=True, gap="small", key="screen-only-save"):
        for kind in FORMATS:
            file = files.rows(table, view, kind=kind, link=table.colophon.link)
            key = f"save-{table.name}-{kind}"
            download_menu.save_button(
                file, key=key, label=_(file.format.label), kind="tertiary", way=_way(table, kind)
            )


def _way(table: Table, kind: str) -> str:
    """Return where programs get a table as this page asks for it, "" where they do not."""
    resource = RESOURCES.get(table.name)
    if resource is None or kind not in ("csv", "json"):
        return ""
    _, link, _ = session.recall()
    asked = link if resource.has_filter else replace(link, filter=ProjectFilter())
    return links.page_address(f"{PATH}/{table.name}.{kind}", asked)

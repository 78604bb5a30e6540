"""The pages of states: one state as a sheet to print, and all states side by side."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from markupsafe import Markup

from components.basics import us_states
from components.basics.amounts import Amount
from components.basics.formatting import format_date, join_details, lower_first
from components.basics.messages import _, in_context
from components.basics.us_states import STATE_NAMES
from components.exhibits.own_map import OwnMap
from components.facts.schema import CONFIDENCES, stage_name
from components.subjects import one_state
from components.subjects.one_project import Fact
from components.subjects.one_state import Sheet, StateRow
from components.ui import (
    cards,
    download_menu,
    evidence,
    export_menu,
    html_table,
    markup,
    notices,
    project_cards,
    sharing,
)
from components.ui.canvas import st
from components.ui.html_table import Column
from components.views import makeup
from components.views.filters import ProjectFilter
from components.views.links import Link
from components.views.summaries import rows_of
from components.views.view import View
from components.words import outlook, wording

MAX_LISTED: Final = 6
"""A cell names at most this many states or sectors."""


def nearest(view: View, asked: Sequence[str]) -> None:
    """Show that a state is unknown, with links to states whose names are similar."""
    for wanted in asked[:3]:
        near = [markup.state_link(view, code) for code in us_states.nearest(wanted)]
        notices.not_found(wording.unknown_state(wanted), nearest=near)


def lead(sheet: Sheet) -> None:
    """Write what is announced for the state, with its sources."""
    markup.paragraph(one_state.statement(sheet), kind="lead")
    view = sheet.view
    if not sheet.is_empty:
        found = makeup.of_bars(view, "state", [sheet.state])
        evidence.figure_makeup(view, found[sheet.state])


def actions(sheet: Sheet) -> None:
    """Draw the menus that export the sheet as PDF, and the state's view in every other format."""
    with st.container(horizontal=True, gap="small", key="screen-only-actions"):
        sharing.sentence_button(one_state.statement(sheet), sheet.view)
        export_menu.sheet_buttons(sheet.view, sheet.state, name=sheet.name)
        if not sheet.is_empty:
            download_menu.rows_button(sheet.view)


def state_map(sheet: Sheet, *, width: int) -> None:
    """Draw the map with this one state highlighted."""
    cards.chart_card(OwnMap.of(sheet.view), width=width)


def projects(sheet: Sheet) -> None:
    """Draw the state's projects with amount, shared amount, place, developer and stage."""
    view = sheet.view
    rows = list(rows_of(view.rows(last=html_table.ROWS_A_PAGE)))
    with st.container(border=True, key="card-state-projects", gap="xsmall"):
        markup.heading(_("Projects ({count})", count=f"{len(view.projects):,}"))
        columns = [
            Column(
                _("Project"),
                [markup.project_link(view, row.project_id) for row in rows],
                is_wide=True,
            ),
            Column(_("Amount"), [_amount(row) for row in rows], is_figure=True),
            Column(_("Shared with"), [_partners(row.amount_states, sheet.state) for row in rows]),
            Column(_("Place"), [row.place for row in rows]),
            Column(_("Who builds"), [row.developer for row in rows]),
            Column(_("Stage"), [_stage(row) for row in rows]),
            Column(
                _("Source of the amount"),
                [evidence.decisive(view, evidence.cell_ids(row.amount_source_ids)) for row in rows],
                is_wide=True,
            ),
        ]
        html_table.draw(columns, label=_("Projects"))
        if len(view.projects) > len(rows):
            markup.paragraph(wording.more_in_list(len(view.projects) - len(rows)), kind="small")


def elsewhere(sheet: Sheet) -> None:
    """Write, for a state without a project, what is announced in others, sector by sector."""
    if not sheet.elsewhere:
        return
    view = sheet.view
    with st.container(border=True, key="card-elsewhere", gap="xsmall"):
        markup.heading(_("Announced elsewhere"))
        markup.paragraph(wording.elsewhere_help(view), kind="subtitle")
        sectors, amounts, states = zip(*sheet.elsewhere, strict=True)
        columns = [
            Column(_("Sector"), list(sectors)),
            Column(
                in_context("amount", "Announced"), [str(one) for one in amounts], is_figure=True
            ),
            Column(_("States"), [markup.state_links(view, codes) for codes in states]),
        ]
        html_table.draw(columns, label=_("Announced elsewhere, by sector"))


def ahead(sheet: Sheet) -> None:
    """Write, for a state without a project, who selects them, what may be next, how to follow."""
    view = sheet.view
    with st.container(border=True, key="card-ahead", gap="xsmall"):
        markup.heading(_(outlook.AHEAD))
        known = [
            Fact(term.label, term.value, CONFIDENCES[term.confidence], term.note, term.source_ids)
            for term in sheet.ahead
        ]
        markup.terms(
            {markup.worded(fact.term): project_cards.fact_cell(fact, view) for fact in known}
        )
        link = Link(filter=ProjectFilter(state=(sheet.state,)))
        ways = [
            markup.to_file(_("Follow {state} as a feed", state=sheet.name), "feed.atom", link),
            markup.inside(_("What to watch, by date"), "next", Link(as_of=view.known_on)),
            markup.inside(_("What changed lately"), "changes", Link(as_of=view.known_on)),
        ]
        markup.paragraph(markup.joined(ways, " · "), kind="small")


def comparison(view: View, chosen: Sequence[str]) -> None:
    """Draw the table of all states that have projects, or of those that the filter names."""
    rows = [row for row in one_state.comparison(view) if not chosen or row.state in chosen]
    if not rows:
        return
    with st.container(border=True, key="card-comparison", gap="xsmall"):
        markup.heading(wording.TITLES["comparison"])
        markup.paragraph(wording.comparison_help(view), kind="subtitle")
        shown = rows[html_table.page_of(len(rows), key="page-comparison")]
        columns = [
            Column(_("State"), [markup.state_link(view, row.state) for row in shown]),
            Column(
                in_context("amount", "Announced"),
                [str(row.announced) for row in shown],
                is_figure=True,
            ),
            Column(_("This state only"), [_sole(row) for row in shown], is_figure=True),
            Column(
                in_context("amount", "Shared"),
                [_or_none(row.shared) for row in shown],
                is_figure=True,
            ),
            Column(_("Shared with"), [_named(row.shared_with) for row in shown]),
            Column(
                _("Part reported for it"), [_or_none(row.reported) for row in shown], is_figure=True
            ),
            Column(
                in_context("count", "Projects"),
                [f"{row.project_count:,}" for row in shown],
                is_figure=True,
            ),
            Column(_("Sectors"), [_listed(row.sectors, wording.more_sectors) for row in shown]),
            Column(_("Furthest stage"), [row.stage for row in shown]),
            Column(_("Last milestone"), [_date(row.last_milestone) for row in shown]),
        ]
        html_table.draw(columns, label=wording.TITLES["comparison"], opens=True)


def _amount(row: Any) -> Markup:
    amount = wording.project_amount(row)
    sure = lower_first(CONFIDENCES.get(row.amount_confidence, ""))
    return Markup('{} <span class="note">{}</span>').format(amount, sure)


def _name(code: str) -> str:
    return STATE_NAMES.get(code, code)


def _sole(row: StateRow) -> str:
    return str(row.sole) if row.sole_count else _("none")


def _or_none(amount: Amount) -> str:
    return str(amount) if amount.is_disclosed else _("none")


def _named(codes: Sequence[str]) -> str:
    return _listed([_name(code) for code in codes], wording.more_states)


def _listed(words: Sequence[str], more: Callable[[int], str]) -> str:
    rest = [more(len(words) - MAX_LISTED)] if len(words) > MAX_LISTED else []
    return join_details([*words[:MAX_LISTED], *rest])


def _partners(codes: str, state: str) -> str:
    return _named([code for code in codes.split(";") if code != state])


def _stage(row: Any) -> str:
    stage = stage_name(row.stage, row.stage_extent)
    return _("{stage}, {day}", stage=stage, day=format_date(row.stage_date))


def _date(text: str) -> str:
    return format_date(text) if text else _("None known")

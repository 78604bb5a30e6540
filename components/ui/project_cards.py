"""The page of one project: facts, time line, events, conflicts, gaps, sources, neighbours."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from components.basics.formatting import format_date, lower_first
from components.basics.messages import _, in_context, in_japanese
from components.exhibits.timeline import Timeline
from components.facts.schema import CONFIDENCES, MILESTONES, stage_name
from components.subjects import project_list
from components.subjects.one_project import SIDES, Dossier, Fact
from components.ui import cards, download_menu, evidence, export_menu, html_table, markup
from components.ui.canvas import st
from components.ui.html_table import Column
from components.views.links import Link
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording

MAX_EVENTS: Final = 200
SHORT: Final = 90
"""A longer value, in characters, is a sentence and not set in bold; in Japanese half of it."""


def lead(dossier: Dossier, view: View) -> None:
    """Write one line on what the project is, then a paragraph on what is known of it."""
    project = dossier.project
    sector = view.baseline.vocabulary.sector.get(project.sector, "")
    parts = [
        markup.worded(sector),
        markup.state_links(view, project.states.split(";")),
        _("tranche {number}", number=project.tranche),
        _("announced {day}", day=format_date(project.announced_on)),
        lower_first(stage_name(project.stage, project.stage_extent)),
    ]
    st.html(Markup('<p class="kicker">{}</p>').format(markup.joined(parts, " · ")))
    markup.paragraph(markup.worded(project.summary), kind="lead")


def actions(own: View) -> None:
    """Draw the menus that export the project: its view as briefing, ZIP and rows."""
    with st.container(horizontal=True, gap="small", key="screen-only-actions"):
        export_menu.menu_button(own)
        download_menu.rows_button(own)


def facts(dossier: Dossier, view: View) -> None:
    """Draw the known facts, each with its confidence, the source that decides, and its note."""
    with st.container(border=True, key="card-facts", gap="xsmall"):
        markup.heading(wording.TITLES["facts"])
        markup.terms({fact.term: fact_cell(fact, view) for fact in dossier.facts})


def timeline(own: View, *, width: int) -> None:
    """Draw the milestones on a time line."""
    if own.milestones.empty:
        with st.container(border=True, key="card-timeline", gap="xsmall"):
            markup.heading(_(Timeline.title))
            markup.paragraph(_(wording.NO_MILESTONES))
    else:
        cards.chart_card(Timeline.of(own), width=width)


def milestones(events: pd.DataFrame, view: View, *, names: bool = False) -> None:
    """Draw milestones, oldest first, with their sources; ``names`` adds the project of each."""
    if events.empty:
        return
    with st.container(border=True, key="card-milestones", gap="xsmall"):
        markup.heading(wording.TITLES["milestones"])
        shown = events.tail(MAX_EVENTS)
        rows = list(rows_of(shown))
        described = MILESTONES.columns
        columns = [
            Column(_("Date"), [format_date(row.date) for row in rows], is_short=True),
            Column(
                _("Stage"),
                [stage_name(row.stage, row.extent) for row in rows],
                help=_(str(described["stage"].description)),
            ),
            Column(
                in_context("column", "What happened"),
                [markup.worded(row.event) for row in rows],
                is_wide=True,
            ),
            Column(
                _("Confidence"),
                [CONFIDENCES[row.confidence] for row in rows],
                help=_(str(described["confidence"].description)),
            ),
            Column(_("Sources"), _sources(rows, view, lambda row: row.source_ids)),
        ]
        if names:
            projects = [markup.concerned(view, row.project_ids.split(";")) for row in rows]
            columns.insert(1, Column(_("Project"), projects))
        html_table.draw(columns, label=wording.TITLES["milestones"])
        if len(shown) < len(events):
            markup.paragraph(wording.earlier(len(events) - len(shown)), kind="small")


def conflicts(rows: pd.DataFrame, view: View) -> None:
    """Draw the values of disagreeing sources side by side, with the one used here and why."""
    if rows.empty:
        return
    with st.container(border=True, key="card-conflicts", gap="xsmall"):
        markup.heading(wording.TITLES["conflicts"])
        markup.paragraph(_(wording.CONFLICTS_HELP), kind="subtitle")
        disputes = list(rows_of(rows))
        has_third = any(row.c_value for row in disputes)
        subjects = [markup.worded(row.subject) for row in disputes]
        columns = [Column(in_context("conflict", "What"), subjects)]
        for place, side in enumerate(SIDES[: 3 if has_third else 2], start=1):
            cells = [_value(row, side, view) for row in disputes]
            columns.append(Column(_("Value {number}", number=place), cells))
        columns += [
            Column(_("Used here"), [markup.worded(row.used) for row in disputes]),
            Column(_("Why"), [markup.worded(row.reason) for row in disputes], is_wide=True),
        ]
        html_table.draw(columns, label=wording.TITLES["conflicts"])


def gaps(rows: pd.DataFrame, view: View, *, names: bool = False) -> None:
    """Draw what was looked for and not found; ``names`` says of which project each is."""
    if rows.empty:
        return
    with st.container(border=True, key="card-gaps", gap="xsmall"):
        markup.heading(wording.TITLES["gaps"])
        markup.paragraph(wording.gaps_help(view), kind="subtitle")
        # Several projects may have the same gap; it is listed once.
        items = [_gap(row, view if names else None) for row in rows_of(rows)]
        markup.bullets(list(dict.fromkeys(items)), kind="plain")


def sources(ids: Sequence[str], view: View) -> None:
    """Draw sources with publisher, title, date, language, link and how each is known."""
    with st.container(border=True, key="card-own-sources", gap="xsmall"):
        title = wording.TITLES["own-sources"]
        markup.heading(_("{title} ({count})", title=title, count=f"{len(ids):,}"))
        rows = view.dataset.sources.set_index("source_id").loc[list(ids)]
        html_table.source_table(rows, key="page-own-sources")


def neighbours(view: View, project_id: str) -> None:
    """Draw links to the previous and the next project, and back to the list."""
    listed = view.baseline.view(view.filter.without("project"))
    before, after = project_list.neighbours(listed, project_id)
    link = Link(filter=listed.filter, as_of=view.known_on)
    ways = [
        Markup(_("Previous: {project}")).format(project=markup.project_link(listed, before))
        if before
        else "",
        markup.inside(_("All projects of this list"), "projects", link),
        Markup(_("Next: {project}")).format(project=markup.project_link(listed, after))
        if after
        else "",
    ]
    st.html(
        Markup('<nav class="walk" aria-label="{}">{}</nav>').format(
            _("Projects"),
            Markup().join(Markup("<span>{}</span>").format(way) for way in ways if way),
        )
    )


def fact_cell(fact: Fact, view: View) -> Markup:
    """Return a fact with how sure it is, the source that decides, and its note."""
    sure = Markup('<span class="sure">{}</span>').format(lower_first(fact.confidence))
    note = Markup('<span class="note">{}</span>').format(markup.worded(fact.note))
    cited = evidence.fact_sources(view, fact.source_ids)
    source = Markup('<div class="cited">{}</div>').format(cited) if cited else ""
    said = fact.value or _(wording.NOT_STATED)
    text = markup.worded(said)
    limit = SHORT // 2 if in_japanese() else SHORT
    value = Markup("<strong>{}</strong>").format(text) if len(said) <= limit else text
    return Markup("{}{}{}{}").format(
        value, sure if fact.confidence else "", source, note if fact.note else ""
    )


def _sources(rows: list[Any], view: View, read: Callable[[Any], str]) -> list[str]:
    return [evidence.cited(view, evidence.cell_ids(read(row))) for row in rows]


def _value(row: Any, side: str, view: View) -> str:
    value, ids = getattr(row, f"{side}_value"), getattr(row, f"{side}_source_ids")
    if not value:
        return ""
    cited = evidence.cited(view, evidence.cell_ids(ids))
    return Markup('{}<span class="note">{}</span>').format(markup.worded(value), cited)


def _gap(row: Any, view: View | None) -> Markup:
    """Return a gap with its note; with a view, preceded by links to the projects it is about."""
    note = (
        Markup(' <span class="note">{}</span>').format(markup.worded(row.note)) if row.note else ""
    )
    ids = evidence.cell_ids(row.project_ids) if view is not None else []
    if view is None or not ids:
        return Markup("{}{}").format(markup.worded(row.missing), note)
    if len(ids) > 1 and set(ids) == set(view.dataset.projects["project_id"]):
        about = Markup(_("All projects"))
    else:
        about = markup.concerned(view, ids)
    said = Markup(_("{projects}: {gap}"))
    return said.format(projects=about, gap=markup.worded(row.missing)) + note

"""Next steps on the screen: what is expected when, under review, done or not found."""

from collections.abc import Sequence
from typing import Any, Final

from markupsafe import Markup

from components.basics.formatting import format_date, join_details, join_sentences, lower_first
from components.basics.messages import _, in_context
from components.exports import files
from components.exports import tables as saved
from components.facts.schema import CONFIDENCES, GATE_STATUSES, SUBJECTS
from components.subjects import next_steps
from components.subjects.next_steps import Step
from components.ui import aside_cards, download_menu, evidence, html_table, markup, session
from components.ui.canvas import st
from components.ui.html_table import Column
from components.views import links
from components.views.links import Link
from components.views.view import View
from components.words import outlook, wording

KNOWN: Final = ("done", "filed", "scheduled")
"""The statuses of which something is known."""


def of_project(rows: Sequence[Any], view: View) -> None:
    """Draw the steps of one project in their order."""
    if not rows:
        return
    with st.container(border=True, key="card-steps", gap="xsmall"):
        markup.heading(outlook.TITLES["steps"])
        markup.paragraph(_(outlook.STEPS_HELP), kind="subtitle")
        _draw(rows, view, names=False)


def of_state(view: View) -> None:
    """Draw the known steps of a state's projects; those not found are on the page of steps."""
    rows = next_steps.ordered(view, *KNOWN)
    if not rows:
        return
    with st.container(border=True, key="card-steps", gap="xsmall"):
        markup.heading(outlook.TITLES["steps"])
        every = Link(filter=view.filter, as_of=view.known_on)
        markup.paragraph(markup.inside(_(outlook.STEPS_NOT_FOUND), "next", every), kind="subtitle")
        _draw(rows[: html_table.ROWS_A_PAGE], view, names=len(view.projects) > 1)


def expected(view: View) -> None:
    """Draw what is expected, the earliest first, with the calendar file and the ways to follow."""
    with st.container(border=True, key="card-expected", gap="xsmall"):
        markup.heading(_("Expected, by date"))
        markup.paragraph(_(outlook.EXPECTED_HELP), kind="subtitle")
        steps = next_steps.expected(view)
        shown = steps[html_table.page_of(len(steps), key="page-expected")]
        columns = [
            Column(_("When"), [step.when for step in shown]),
            Column(
                in_context("table", "What"),
                [_what(step.what, step.note) for step in shown],
                is_wide=True,
            ),
            Column(_("Project"), [_project(step, view) for step in shown]),
            Column(_("Who decides"), [_decided_by(step) for step in shown]),
            Column(_("How sure"), [CONFIDENCES.get(step.confidence, "") for step in shown]),
            Column(_("Source"), [evidence.decisive(view, step.source_ids) for step in shown]),
        ]
        html_table.draw(columns, label=_("Expected, by date"))
        _ways_out(view)


def group(view: View, title: str, help_text: str, status: str) -> None:
    """Draw the steps of a view with a status, by project; nothing if there are none."""
    rows = next_steps.ordered(view, status)
    if not rows:
        return
    with st.container(border=True, key=f"card-{status}", gap="xsmall"):
        markup.heading(_("{title} ({count})", title=title, count=f"{len(rows):,}"))
        markup.paragraph(help_text, kind="subtitle")
        _draw(rows[html_table.page_of(len(rows), key=f"page-{status}")], view, names=True)


def not_found(view: View) -> None:
    """Draw what was looked for in vain, one row for each project."""
    by_project: dict[str, list[Any]] = {}
    for row in next_steps.ordered(view, "not_found"):
        by_project.setdefault(row.project_id, []).append(row)
    if not by_project:
        return
    with st.container(border=True, key="card-not-found", gap="xsmall"):
        markup.heading(wording.TITLES["gaps"])
        markup.paragraph(_(outlook.STEPS_HELP), kind="subtitle")
        ids = list(by_project)[html_table.page_of(len(by_project), key="page-not-found")]
        columns = [
            Column(_("Project"), [markup.project_link(view, one) for one in ids]),
            Column(
                in_context("column", "Not found"),
                [_missing(by_project[one], view) for one in ids],
                is_wide=True,
            ),
            Column(
                _("Last looked for"),
                [format_date(max(row.looked_on for row in by_project[one])) for one in ids],
                is_short=True,
            ),
        ]
        html_table.draw(columns, label=wording.TITLES["gaps"])


def _missing(rows: Sequence[Any], view: View) -> Markup:
    lines = []
    for row in rows:
        said = markup.worded(next_steps.name(row))
        if row.decided_by:
            said = Markup(_("{step}, decided by {authority}")).format(
                step=said, authority=markup.worded(row.decided_by)
            )
        note = Markup(join_sentences(markup.worded(row.note), _source(row, view)))
        lines.append(said + (Markup('<span class="note">{}</span>').format(note) if note else ""))
    return markup.listed(lines, kind="plain")


def files_of(view: View) -> None:
    """Draw the files of all steps of a view."""
    aside_cards.save(saved.gates(view, link=session.link_here()), view)


def _ways_out(view: View) -> None:
    asked = Link(filter=view.filter)
    with st.container(horizontal=True, vertical_alignment="center", key="screen-only-calendar"):
        file = files.calendar(view, link=session.link_here())
        label = _("Save as calendar file (.ics)")
        download_menu.save_button(
            file,
            key="save-calendar",
            label=label,
            kind="tertiary",
            way=links.page_address("calendar.ics", asked),
        )
        ways = [
            markup.to_file(_("Subscribe to this calendar"), "calendar.ics", asked),
            markup.to_file(_("Follow this filter as a feed"), "feed.atom", asked),
        ]
        st.html(Markup('<p class="small">{}</p>').format(markup.joined(ways, " · ")))


def _draw(rows: Sequence[Any], view: View, *, names: bool) -> None:
    columns = [
        Column(
            in_context("table", "Step"),
            [_what(next_steps.name(row), row.note) for row in rows],
            is_wide=True,
        ),
        Column(_("How far"), [_status(row) for row in rows]),
        Column(_("Who decides"), [_decided_by(row) for row in rows]),
        Column(_("Source"), [_source(row, view) for row in rows]),
    ]
    days = sorted({row.looked_on for row in rows} - {""})
    if len(days) > 1:
        searched = [format_date(row.looked_on) for row in rows]
        columns.insert(-1, Column(_("Last looked for"), searched))
    if names:
        projects = [markup.project_link(view, row.project_id) for row in rows]
        columns.insert(0, Column(_("Project"), projects))
    if any(row.docket for row in rows):
        columns.insert(-2, Column(_("Docket"), [row.docket for row in rows]))
    html_table.draw(columns, label=outlook.TITLES["steps"])
    if len(days) == 1:
        markup.paragraph(outlook.looked_for(days[0]), kind="small")


def _what(text: str, note: str) -> Markup:
    said = markup.worded(text)
    return (
        Markup('{} <span class="note">{}</span>').format(said, markup.worded(note))
        if note
        else said
    )


def _decided_by(step: Any) -> str:
    return str(step.decided_by) or _(wording.NOT_STATED)


def _status(row: Any) -> Markup:
    """Return how far a step is, and below it since or until when and how sure that is."""
    said = GATE_STATUSES[row.status]
    if row.status == "not_found":
        return Markup(said)
    rest = [next_steps.when(row), lower_first(CONFIDENCES.get(row.confidence, ""))]
    note = join_details(rest)
    return Markup('{} <span class="note">{}</span>').format(said, note) if note else Markup(said)


def _source(row: Any, view: View) -> Markup:
    return evidence.decisive(view, evidence.cell_ids(row.source_ids))


def _project(step: Step, view: View) -> Markup:
    if step.project_id:
        return markup.project_link(view, step.project_id)
    return markup.inside(SUBJECTS["pledge"], "about", view.link.elsewhere())

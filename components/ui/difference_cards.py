"""What changed between two days, on the screen."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

from components.basics.formatting import (
    format_count,
    format_date,
    join_sentences,
    lower_first,
    upper_first,
)
from components.basics.messages import _
from components.exports import files
from components.facts.changelog import releases
from components.subjects import difference
from components.subjects.difference import Change, Group
from components.ui import data_folder, download_menu, evidence, fields, markup, session
from components.ui.canvas import st
from components.views import links
from components.views.links import AS_OF, SINCE, Link
from components.views.view import View
from components.words import wording


def presets(view: View, since: date) -> None:
    """Draw the first days on offer as links; that of the days shown is marked."""
    items = Markup().join(
        Markup("<li>{}</li>").format(
            markup.inside(
                one.label,
                "changes",
                Link(
                    filter=view.filter,
                    as_of=None if one.is_newest else view.known_on,
                    since=one.since,
                ),
                is_current=one.since == since and not (one.is_newest and view.known_on),
            )
        )
        for one in difference.presets(view, releases(data_folder.changelog()))
    )
    st.html(
        Markup('<nav class="presets" aria-label="{}"><ul>{}</ul></nav>').format(
            _("Days to compare"), items
        )
    )


def days(view: View, since: date) -> None:
    """Draw the choice of the two days to compare."""
    baseline = view.baseline
    with st.container(horizontal=True, gap="small", key="screen-only"):
        for label, parameter, shown, last in (
            (_("From"), SINCE, since, baseline.latest.last_added),
            (_("To"), AS_OF, view.pledge.as_of, baseline.newest),
        ):
            fields.day(label, parameter, key=f"change-{parameter}", shown=shown, last=last)


def summary(before: View, after: View, since: date) -> None:
    """Write how the totals changed, unless the facts end before the first day."""
    markup.heading(difference.span(before, after, since))
    if not difference.is_past_data(before, after, since):
        markup.paragraph(_(wording.COMPARED_HELP), kind="small")
        markup.bullets(difference.summary(before, after), kind="plain")


def listing(found: Sequence[Group], before: View, after: View, since: date) -> None:
    """Draw the changes by kind, each with its days and sources, or that there are none."""
    if difference.is_past_data(before, after, since):
        said = wording.added_after(after, since, added=_count(found))
        markup.paragraph(said, kind="lead")
    elif not found:
        added = difference.count_added(before, after)
        markup.paragraph(wording.nothing_dated(after, added=added), kind="lead")
    for group in found:
        _group(group, after)


def ways_out(found: Sequence[Group], view: View, since: date) -> None:
    """Draw what takes the list elsewhere: a file, the address for programs, the feed."""
    asked = Link(filter=view.filter, as_of=view.known_on, since=since)
    ways = [
        markup.to_file(_("The same list for programs"), "api/v1/changes.csv", asked),
        markup.to_file(_("Follow this filter as a feed"), "feed.atom", Link(filter=view.filter)),
    ]
    with st.container(horizontal=True, vertical_alignment="center", key="screen-only-changes"):
        here = session.link_here().partition("?")[0]
        file = files.changes(view, since, link=links.address_of(here, asked))
        rows = format_count(_count(found), "row")
        label = _("Save {format}, {rows}", format=file.format.label, rows=rows)
        download_menu.save_button(
            file,
            key="save-changes",
            label=label,
            kind="tertiary",
            way=links.page_address("api/v1/changes.csv", asked),
        )
        st.html(Markup('<p class="small">{}</p>').format(markup.joined(ways, " · ")))


def _count(found: Sequence[Group]) -> int:
    return sum(len(group.changes) + group.hidden for group in found)


def _group(group: Group, view: View) -> None:
    with st.container(border=True, key=f"card-{group.key}", gap="xsmall"):
        markup.heading(group.title)
        items: list[str | Markup] = [_item(change, view) for change in group.changes]
        if group.hidden:
            items.append(wording.more(group.hidden))
        markup.bullets(items, kind="changes")


def _item(change: Change, view: View) -> Markup:
    is_event = bool(change.milestone_id)
    said = markup.worded(change.text)
    if is_event or change.project_ids:
        said = Markup(_("{projects}: {change}")).format(
            projects=markup.concerned(view, change.project_ids), change=said
        )
    day = format_date(change.added_on)
    added = _("added here on {day}", day=day) if change.added_on else ""
    details = [added, lower_first(change.confidence), evidence.cited(view, change.source_ids)]
    return Markup('{} <span class="note">{}</span>{}').format(
        Markup(join_sentences(escape(_dated(change.on, is_event=is_event)), said)),
        markup.joined(details, " · "),
        _reported(change, view),
    )


def _dated(on: str, *, is_event: bool) -> str:
    """Return the day of a change as a sentence; an event says that it happened."""
    if not on:
        return ""
    if not is_event:
        return _("{day}.", day=format_date(on))
    if len(on) > len("2026-03"):
        return _("Happened on {day}.", day=format_date(on))
    return _("Happened in {month}.", month=format_date(on))


def _reported(change: Change, view: View) -> Markup:
    if not change.reported:
        return Markup()
    return Markup('{} <span class="note">{}</span>').format(
        upper_first(change.reported), evidence.cited(view, change.reported_source_ids)
    )

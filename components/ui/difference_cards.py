"""What changed between two days, on the screen."""

from datetime import date
from typing import Final

import streamlit as st
from markupsafe import Markup

from components.basics.formatting import format_date
from components.subjects import difference
from components.subjects.difference import Change, Group
from components.ui import evidence, fields, markup
from components.views.links import AS_OF, SINCE
from components.views.view import View
from components.words import wording

MAX_NAMES: Final = 6


def days(view: View, since: date) -> None:
    """Draw the choice of the two days to compare."""
    newest = view.baseline.newest
    first = min(since, view.pledge.signed_on, view.pledge.as_of)
    with st.container(horizontal=True, gap="small", key="screen-only"):
        for label, parameter, shown in (
            ("From", SINCE, since),
            ("To", AS_OF, view.pledge.as_of),
        ):
            key = f"change-{parameter}"
            fields.day(label, parameter, key=key, shown=shown, first=first, last=newest)


def summary(before: View, after: View) -> None:
    """Write how the totals changed."""
    markup.heading(difference.span(before, after))
    markup.bullets(difference.summary(before, after), kind="plain")


def listing(before: View, after: View) -> None:
    """Draw the changes by kind, each with its date and sources."""
    found = difference.groups(before, after)
    if not found:
        markup.paragraph(wording.NOTHING_CHANGED, kind="lead")
    for group in found:
        _group(group, after)


def _group(group: Group, view: View) -> None:
    with st.container(border=True, key=f"card-{group.key}", gap="xsmall"):
        markup.heading(group.title)
        items: list[str | Markup] = [_item(change, view) for change in group.changes]
        if group.hidden:
            items.append(wording.more(group.hidden))
        markup.bullets(items, kind="changes")


def _item(change: Change, view: View) -> Markup:
    on = f"{format_date(change.on)}. " if change.on else ""
    names = [markup.project_link(view, one) for one in change.project_ids[:MAX_NAMES]]
    if len(change.project_ids) > MAX_NAMES:
        names.append(markup.worded(wording.more(len(change.project_ids) - MAX_NAMES)))
    colon = ": " if names else ""
    details = [change.confidence.lower(), evidence.cited(view, change.source_ids)]
    note = markup.joined([part for part in details if part], " · ")
    return Markup('{}{}{}{} <span class="note">{}</span>').format(
        on, markup.joined(names), colon, markup.worded(change.text), note
    )

"""The calendar file of a view: what is expected, as days to watch (RFC 5545)."""

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from components.basics.formatting import format_date, join_details, labelled, lower_first
from components.basics.messages import _, language
from components.facts.schema import CONFIDENCES
from components.subjects import next_steps
from components.subjects.next_steps import Step
from components.views.view import View
from components.words import outlook, wording


def calendar_bytes(view: View, *, link: str) -> bytes:
    """Return one event of whole days for each step that is expected, the earliest first.

    An event keeps its id whatever its words and dates; its time stamp is the day of the last
    search or addition, so that the same data gives the same file.
    """
    pledge = view.pledge
    calendar = Calendar()
    calendar.add(
        "prodid", f"-//{pledge.publisher}//{pledge.slug} {pledge.version}//{language().upper()}"
    )
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", labelled(pledge.title, wording.filter_line(view)))
    calendar.add("x-wr-caldesc", _(outlook.EXPECTED_HELP))
    for step in next_steps.expected(view):
        calendar.add_component(_event(step, view, link=link))
    written: bytes = calendar.to_ical()
    return written


def _event(step: Step, view: View, *, link: str) -> Event:
    pledge = view.pledge
    name = view.baseline.vocabulary.project.get(step.project_id, "")
    event = Event()
    event.add("uid", f"{step.id}@{pledge.slug}")
    stamp = max([pledge.as_of, view.baseline.last_added, pledge.searched_on or pledge.as_of])
    event.add("dtstamp", datetime.combine(stamp, time(12), UTC))
    event.add("dtstart", step.first)
    if step.last < date.max:
        # The end of whole days is the first day after them.
        event.add("dtend", step.last + timedelta(days=1))
    what = step.what if step.id == next_steps.DEADLINE else _("Expected: {what}", what=step.what)
    event.add("summary", join_details([what, name]))
    event.add("description", "\n".join(_description(step, view)))
    event.add("transp", "TRANSPARENT")
    if link:
        event.add("url", link)
    return event


def _description(step: Step, view: View) -> list[str]:
    sources = view.baseline.sources
    cited = [sources[one] for one in step.source_ids if one in sources]
    lines = [
        _("When: {when}.", when=step.when),
        step.note,
        _("Who decides: {who}.", who=step.decided_by) if step.decided_by else "",
        _("How sure: {confidence}.", confidence=lower_first(CONFIDENCES[step.confidence]))
        if step.confidence
        else "",
        *(
            join_details([row.publisher, row.title, format_date(row.published_on), row.url])
            for row in cited
        ),
        _(
            "Data as of {day}, version {version}.",
            day=format_date(view.pledge.as_of.isoformat()),
            version=view.pledge.version,
        ),
    ]
    return [line for line in lines if line]

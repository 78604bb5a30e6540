"""The feed: milestones and expected steps of a view as Atom (RFC 4287), the newest first."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from components.basics import messages
from components.basics.formatting import (
    format_date,
    join_clauses,
    join_sentences,
    join_words,
    labelled,
    lower_first,
)
from components.basics.messages import _
from components.serving import parameters
from components.serving.answers import Answer
from components.serving.guard import OPEN
from components.serving.responder import Responder
from components.subjects import next_steps
from components.subjects.next_steps import Step
from components.views import links
from components.views.filters import ProjectFilter
from components.views.links import Link
from components.views.summaries import rows_of
from components.views.view import Baseline, View
from components.words import wording

PATH: Final = "/feed.atom"
NAMESPACE: Final = "http://www.w3.org/2005/Atom"
MEDIA_TYPE: Final = "application/atom+xml"
MAX_ENTRIES: Final = 100
MAX_NAMES: Final = 3
CACHING: Final = OPEN | {"cache-control": "public, max-age=300, stale-while-revalidate=3600"}


def routes(responder: Responder) -> list[BaseRoute]:
    """Return the route of the feed."""

    async def feed(request: Request) -> ASGIApp:
        return await responder.answer(request, lambda baseline: _made(responder, request, baseline))

    return [Route(PATH, feed, methods=["GET", "OPTIONS"])]


def atom_bytes(view: View, *, base: str) -> bytes:
    """Return milestones and expected steps of a view as Atom; ``base`` is our address.

    An entry keeps its id whatever its words and their language; the feed has one for each language.
    An entry is published on the day of the event, at noon, so that it is the same day in the United
    States, and updated on the day it was added to the data or last corrected; a step on the day of
    the source that decides. The feed itself is as new as the version of the data. At most
    ``MAX_ENTRIES`` of either are listed.
    """
    own = links.address_of(f"{base}{PATH}", view.link)
    pledge = view.pledge
    events = rows_of(view.milestones.sort_values("milestone_id", kind="stable"))
    latest = sorted(events, key=_days, reverse=True)[:MAX_ENTRIES]
    steps = [step for step in next_steps.expected(view) if step.project_id][:MAX_ENTRIES]
    dated: list[tuple[str, str, Callable[..., None]]] = [
        (*_days(row), partial(_add_entry, row=row)) for row in latest
    ]
    for step in steps:
        day = _noon(_first_published(step, view))
        dated.append((day, day, partial(_add_step, step=step)))
    shown = sorted(dated, key=lambda entry: entry[:2], reverse=True)
    feed = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": messages.language()})
    _add(feed, "id", _feed_id(view.link))
    _add(feed, "title", _title(view))
    unit = _(wording.UNIT)
    _add(feed, "subtitle", _("{filter}. {unit}.", filter=wording.filter_line(view), unit=unit))
    newest = [day for day, *_rest in shown[:1]]
    _add(feed, "updated", max([_noon(view.released_on.isoformat()), *newest]))
    _add(feed, "link", rel="self", type=MEDIA_TYPE, href=own)
    _add(feed, "link", rel="alternate", type="text/html", href=_page(base, "changes", view.link))
    _add(feed, "rights", _("Data {licence}", licence=pledge.licence))
    author = _add(feed, "author")
    _add(author, "name", pledge.publisher)
    for *_days_of, add in shown:
        add(feed, view, base=base)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _feed_id(link: Link) -> str:
    """Return the id of the feed of a view: one for each language, of which English has no name."""
    asked = {name: values for name, values in link.to_query().items() if name != links.LANG}
    if messages.language() != messages.ENGLISH:
        asked[links.LANG] = [messages.language()]
    return _id("feed", *(f"{name}={values}" for name, values in sorted(asked.items())))


def _title(view: View) -> str:
    title = view.pledge.title
    if not view.filter:
        return _("{title}: milestones and expected steps", title=title)
    words = view.words_inside
    return _("{title}: milestones and expected steps, {filter}", title=title, filter=words)


def _whose(names: str, confidence: str) -> str:
    """Return whose an event is, and how sure it is where that is less than official."""
    sure = wording.how_sure(confidence)
    return _("{names}, {how_sure}", names=names, how_sure=sure) if sure else names


def _evidence(confidence: str, cited: str) -> str:
    """Return how sure something is, and by which sources, after what is said of it."""
    official = lower_first(_("Official")) if confidence else ""
    sure = wording.how_sure(confidence) or official
    return _("({confidence}; {sources})", confidence=sure, sources=cited)


def _days(row: Any) -> tuple[str, str]:
    """Return when an event was updated and when published: it may be added within its month."""
    published = _noon(row.date)
    added = [_noon(day) for day in (row.added_on, row.corrected_on) if day]
    return max([published, *added]), published


def _first_published(step: Step, view: View) -> str:
    """Return the day of the source that decides; the day of the data where it has none."""
    source = view.baseline.decisive(step.source_ids)
    return (source.published_on if source else "") or view.pledge.as_of.isoformat()


def _add_step(feed: Any, view: View, *, step: Step, base: str) -> None:
    (name,) = wording.concerned(view, step.project_id)
    whose = _whose(name, step.confidence)
    title = _("{whose}: expected {when}: {what}", whose=whose, when=step.when, what=step.what)
    day = _noon(_first_published(step, view))
    entry = _add(feed, "entry")
    _add(entry, "id", _id("gate", step.id))
    _add(entry, "title", title)
    _add(entry, "updated", day)
    _add(entry, "published", day)
    _add(entry, "link", rel="alternate", type="text/html", href=_about(step.project_id, "", base))
    cited = _cite(entry, step.source_ids, view)
    _add(entry, "category", term="expected")
    what = _("Expected {when}: {what}.", when=step.when, what=step.what)
    told = join_sentences(what, step.note, _evidence(step.confidence, cited))
    _add(entry, "summary", told, type="text")


def _add_entry(feed: Any, view: View, *, row: Any, base: str) -> None:
    names = wording.concerned(view, row.project_ids)
    more = len(names) - MAX_NAMES
    rest = [_("{count} more", count=f"{more:,}")] if more > 0 else []
    whose = _whose(join_words([*names[:MAX_NAMES], *rest]), row.confidence)
    entry = _add(feed, "entry")
    _add(entry, "id", _id("milestone", row.milestone_id))
    _add(entry, "title", labelled(whose, row.event))
    updated, published = _days(row)
    _add(entry, "updated", updated)
    _add(entry, "published", published)
    _add(
        entry,
        "link",
        rel="alternate",
        type="text/html",
        href=_about(row.project_ids, row.date, base),
    )
    credit = _cite(entry, row.source_ids.split(";"), view)
    _add(entry, "category", term=row.stage)
    dated = _("{day}. {event}", day=format_date(row.date), event=row.event)
    told = join_sentences(dated, _evidence(row.confidence, credit))
    _add(entry, "summary", told, type="text")


def _cite(entry: Any, source_ids: Sequence[str], view: View) -> str:
    """Add links to sources, and return them in words."""
    cited = [view.baseline.sources[one] for one in source_ids]
    for source in cited:
        if source.url:
            _add(entry, "link", rel="related", href=source.url, title=source.title)
    return join_clauses([_credit(source) for source in cited])


def _about(project_ids: str, day: str, base: str) -> str:
    """Return the address of the projects of an event; for one of the pledge, of what changed."""
    ids = tuple(filter(None, project_ids.split(";")))
    if ids:
        return _page(base, "projects", Link(filter=ProjectFilter(project=ids)))
    eve = date.fromisoformat(f"{day}-01"[:10]) - timedelta(days=1)
    return _page(base, "changes", Link(since=eve))


def _made(responder: Responder, request: Request, baseline: Baseline) -> Answer:
    view = parameters.read(request.query_params, baseline).view
    body = atom_bytes(view, base=responder.base(request))
    return Answer.of(body, f"{MEDIA_TYPE}; charset=utf-8", headers=CACHING)


def _credit(source: Any) -> str:
    """Return publisher and date of a source, and how it is known unless it was read itself."""
    day, known = format_date(source.published_on), wording.how_known(source.known)
    about = _("{day}, {how_known}", day=day, how_known=known) if day and known else day or known
    if not about:
        return str(source.publisher)
    return _("{publisher}, {about}", publisher=source.publisher, about=about)


def _add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    child = ElementTree.SubElement(
        parent, name, {key: _printable(value) for key, value in attributes.items()}
    )
    child.text = _printable(text) or None
    return child


def _printable(text: str) -> str:
    """Leave out what XML cannot hold, control characters among them."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def _page(base: str, page: str, link: Link) -> str:
    return links.address_of(f"{base}/{quote(page)}", link)


def _id(*parts: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(parts))}"


def _noon(day: str) -> str:
    """Return noon of a day, or of the middle of a month, in the format of Atom."""
    return f"{f'{day}-15'[:10]}T12:00:00Z"

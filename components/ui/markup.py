"""Markup: the few pieces of HTML that pages write themselves, every text in them escaped."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup, escape

from components.basics import messages
from components.basics.formatting import is_japanese, shorten
from components.basics.messages import ENGLISH, JAPANESE, in_japanese
from components.basics.us_states import STATE_NAMES
from components.facts.schema import SUBJECTS
from components.ui.canvas import st
from components.views import links
from components.views.links import Link
from components.views.view import View
from components.words import wording

WORD: Final = re.compile("[A-Za-z]{3}")
"""What makes a text without Japanese letters English: an id or a unit is shorter than a word."""

NAME_LENGTH: Final = 160
MAX_STATES: Final = 6
MAX_PROJECTS: Final = 6
"""A list shows at most this many characters of a name, a cell this many states or projects."""


def inside(text: str, page: str, link: Link, *, is_current: bool = False) -> Markup:
    """Return a link to a page of the dashboard, which opens without loading it again."""
    mark = Markup(' aria-current="page"') if is_current else Markup()
    address = links.page_address(page, link)
    return Markup('<a class="inside" href="{}"{}>{}</a>').format(address, mark, worded(text))


def to_file(text: str, path: str, link: Link) -> Markup:
    """Return a link to what this server answers to programs: a file, a feed, a calendar."""
    return Markup('<a href="{}">{}</a>').format(links.page_address(path, link), text)


def project_link(view: View, project_id: str) -> Markup:
    """Return a link to the page of a project, under the filter of a view."""
    name = view.baseline.vocabulary.project.get(project_id, project_id)
    chosen = view.filter.choose("project", [project_id])
    link = Link(filter=chosen, as_of=view.known_on)
    return inside(shorten(name, limit=NAME_LENGTH), "projects", link)


def concerned(view: View, project_ids: Sequence[str]) -> Markup:
    """Return links to the projects of an event, or to the terms for one of the pledge itself.

    Beyond the limit, the rest is counted.
    """
    names = [project_link(view, one) for one in project_ids[:MAX_PROJECTS] if one]
    if len(project_ids) > MAX_PROJECTS:
        names.append(worded(wording.more(len(project_ids) - MAX_PROJECTS)))
    return joined(names or [inside(SUBJECTS["pledge"], "about", view.link.elsewhere())])


def state_link(view: View, code: str) -> Markup:
    """Return a link to the sheet of a state, under the filter of a view."""
    chosen = view.filter.without("project").choose("state", [code])
    name = STATE_NAMES.get(code, code)
    return inside(name, "states", Link(filter=chosen, as_of=view.known_on))


def state_links(view: View, codes: Sequence[str]) -> Markup:
    """Return links to the sheets of states; beyond the limit, the rest is counted."""
    links = [state_link(view, code) for code in codes[:MAX_STATES]]
    rest = [wording.more_states(len(codes) - MAX_STATES)] if len(codes) > MAX_STATES else []
    return joined([*links, *rest], comma())


def outside(text: str, address: str, *, language: str = "") -> Markup:
    """Return a link to a publication, in a new tab; only its text if there is no web address."""
    # A title in square brackets is a description, written in the language of this page.
    said = worded(text, "" if text.startswith("[") else language)
    if not address.startswith(("https://", "http://")):
        return said
    return Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(address, said)


def worded(text: str, language: str = "") -> Markup:
    """Return a text, marked with its language if known, or if visibly not that of the page."""
    spoken = language or _visible_language(text)
    if spoken in ("", messages.language()):
        return escape(text)
    return Markup('<span lang="{}">{}</span>').format(spoken, text)


def _visible_language(text: str) -> str:
    """Return the language that the letters of a text show, "" for none; markup has marks inside."""
    if is_japanese(text):
        return JAPANESE
    is_english = in_japanese() and not isinstance(text, Markup) and WORD.search(text)
    return ENGLISH if is_english else ""


def joined(parts: Iterable[str], between: str | None = None) -> Markup:
    """Return texts and links joined, without those that are empty; as an enumeration if not told.

    The items of an enumeration may themselves have commas.
    """
    if between is None:
        between = "、" if in_japanese() else "; "
    return Markup(between).join(part for part in parts if part)


def comma() -> Markup:
    """Return what is between the items of a list that have no commas themselves."""
    return Markup("、" if in_japanese() else ", ")


def paragraph(text: str, *, kind: str = "") -> None:
    """Write a paragraph, plain or of a kind in the style sheet; nothing for an empty text."""
    if text:
        st.html(said(text, kind=kind))


def said(text: str, *, kind: str = "") -> Markup:
    """Return a paragraph; nothing for an empty text."""
    return Markup('<p class="{}">{}</p>').format(kind, text) if text else Markup()


def heading(text: str, *, level: int = 2) -> None:
    """Write a heading; Streamlit's own has wide margins."""
    st.html(Markup("<h{0}>{1}</h{0}>").format(level, worded(text)))


def terms(entries: Mapping[str, str | Markup]) -> None:
    """Write a list of terms with their descriptions, without the empty ones."""
    rows = Markup().join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(term, said)
        for term, said in entries.items()
        if said
    )
    st.html(Markup('<dl class="facts">{}</dl>').format(rows))


def bullets(items: Sequence[str | Markup], *, kind: str = "") -> None:
    """Write a list; nothing if it is empty."""
    if items:
        st.html(listed(items, kind=kind))


def listed(items: Iterable[str | Markup], *, kind: str = "") -> Markup:
    """Return a list; its items are joined in one go, since a page has hundreds of them."""
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return Markup('<ul class="{}">{}</ul>').format(kind, Markup(rows))  # each item is escaped


def folded(summary: str | Markup, content: Markup, *, kind: str = "") -> Markup:
    """Return content collapsed below a summary that expands it."""
    return Markup('<details class="{}"><summary>{}</summary>{}</details>').format(
        kind, summary, content
    )

"""Data and API: the tables of a view under addresses of their own, and lines that read them."""

from typing import Final

from markupsafe import Markup

from components.basics.formatting import escape_markdown, join_sentences
from components.basics.messages import Labels, _
from components.exhibits.registry import of_view
from components.exports import snippets
from components.exports.resources import PATH, RESOURCES, Resource
from components.ui import canvas, html_table, markup, session
from components.ui.canvas import st
from components.ui.html_table import Column
from components.views.links import Link
from components.views.view import View
from components.words import wording

FIRST: Final = "projects"

FOLLOWED: Final = Labels({"feed.atom": "Feed of events", "calendar.ics": "Calendar of steps"})
"""The files that tell what is new in a view, by path."""


def lead() -> None:
    """Write how programs get what the pages show."""
    said = wording.DATA_FILES if canvas.is_static() else wording.DATA_LEAD
    markup.paragraph(_(said), kind="lead")


def tables(view: View) -> None:
    """Draw every table with what a row is, and its addresses for this view."""
    with st.container(border=True, key="card-resources", gap="xsmall"):
        markup.heading(_("Tables of this view"))
        markup.paragraph(_(wording.DATA_TABLES), kind="subtitle")
        found = list(RESOURCES.values())
        ways = [
            markup.joined(
                [
                    markup.to_file(kind.upper(), f"{PATH}/{one.name}.{kind}", _asked(one, view))
                    for kind in ("csv", "json")
                ],
                " · ",
            )
            for one in found
        ]
        columns = [
            Column(_("Table"), [one.name for one in found]),
            Column(_("What it has"), [_(one.summary) for one in found], is_wide=True),
            Column(_("Address"), ways, is_short=True),
        ]
        html_table.draw(columns, label=_("Tables of this view"))


def code(view: View) -> None:
    """Draw lines of code that read one table of the view, each with a copy button."""
    with st.container(border=True, key="card-code", gap="xsmall"):
        markup.heading(_("Read a table"))
        name = st.selectbox(_("Table"), list(RESOURCES), key="table", index=0) or FIRST
        _lines(view, name)


def programs(view: View) -> None:
    """Draw the lines that read the projects of a view, and the link to all other tables."""
    _lines(view, FIRST)
    along = Link(filter=view.filter, as_of=view.known_on)
    way = markup.inside(_("All tables, feed and calendar: Data and API"), "data", along)
    st.html(Markup('<p class="small">{}</p>').format(way))


def _lines(view: View, name: str) -> None:
    address = session.address_of(f"{PATH}/{name}.csv", _asked(RESOURCES[name], view))
    for snippet in snippets.of_table(name, address):
        st.caption(escape_markdown(" – ".join(filter(None, [snippet.program, _(snippet.help)]))))
        st.code(snippet.text, language=None, wrap_lines=True)


def elsewhere(view: View) -> None:
    """Draw the other ways to the data: description, feed, calendar, pictures."""
    along = Link(filter=view.filter, as_of=view.known_on)
    pictures = [
        markup.to_file(_(one.title), f"charts/{one.id}.png", along)
        for one in of_view(view)
        if not view.projects.empty
    ]
    ways: dict[str, str | Markup] = {
        _("Description"): markup.to_file("OpenAPI 3.1", f"{PATH}/openapi.json", Link()),
        _("Columns"): markup.inside(_("Codebook"), "about#about-codebook", Link()),
        _("New events"): markup.to_file(_("Feed (Atom)"), "feed.atom", Link(filter=view.filter)),
        _("Expected steps"): markup.to_file(
            _("Calendar"), "calendar.ics", Link(filter=view.filter)
        ),
    }
    if pictures:
        ways[_("Pictures")] = markup.joined(pictures, " · ")
    with st.container(border=True, key="card-ways", gap="xsmall"):
        markup.heading(_("Description, feed, calendar, pictures"))
        markup.terms(ways)


def follow(view: View) -> None:
    """Open a dialog with the addresses that tell what is new in a view."""
    canvas.dialog(_("Follow this view"), _follow, view)


def _follow(view: View) -> None:
    link = Link(filter=view.filter)
    shown = _("{view}.", view=wording.filter_line(view))
    st.markdown(escape_markdown(join_sentences(shown, _(wording.FOLLOW))))
    for path, said in FOLLOWED.items():
        st.caption(said)
        st.code(session.address_of(path, link), language=None, wrap_lines=True)


def _asked(resource: Resource, view: View) -> Link:
    chosen = view.filter if resource.has_filter else type(view.filter)()
    return Link(filter=chosen, as_of=view.known_on)

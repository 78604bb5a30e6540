"""Messages to the visitor when a request cannot be met in full."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from components.basics.formatting import escape_markdown, join_sentences
from components.basics.messages import _
from components.ui import canvas, markup, session
from components.ui.canvas import st
from components.views import site
from components.views.links import AS_OF, SINCE
from components.views.view import View
from components.words import wording


def stale_data() -> None:
    """Show that a newer version of the data could not be read and older data is displayed."""
    st.warning(
        _(
            "The newest version of the data has an error and is not shown. "
            "You see the last version that was in order."
        ),
        icon=":material/history:",
    )


def no_data() -> None:
    """Show that there is no data at all, to the visitor and to the operator of the server."""
    st.error(
        _(
            "The data of this dashboard cannot be read at the moment. "
            "The server's log names every fault by file, row and column."
        ),
        icon=":material/error:",
    )


def dropped(values: Sequence[tuple[str, str]], *, newest: date) -> None:
    """Show the unknown values of a link, which were ignored; nothing when all are known.

    ``newest`` is the last day that a link may request.
    """
    if values:
        said = [wording.dropped_from_link(values)]
        if any(parameter in (AS_OF, SINCE) for parameter, _ in values):
            said.append(wording.days_known(newest))
        st.info(escape_markdown(join_sentences(*said)), icon=":material/link_off:")


def no_matches(view: View) -> None:
    """Show that nothing matches the filter, with a button that resets it."""
    st.info(escape_markdown(wording.no_matches(view)), icon=":material/filter_alt_off:")
    if view.filter:
        canvas.button(
            _("Show all projects"),
            way=session.way_to_all(),
            on_click=session.reset,
            key="no-matches-reset",
        )


def not_yet(view: View) -> None:
    """Show that the project of the link was not yet announced on the day shown."""
    st.info(escape_markdown(wording.not_yet(view)), icon=":material/history:")


def unknown_page(view: View) -> None:
    """Show that the page of the address does not exist, with a link to the most similar one."""
    asked = session.asked_page()
    info = site.nearest(asked)
    link = markup.inside(info.title, info.path, view.link)
    not_found(wording.unknown_page(asked), nearest=[link])


def not_found(said: str, *, nearest: Sequence[Markup]) -> None:
    """Show that something in a link does not exist, with links to what it may have meant."""
    st.info(escape_markdown(said), icon=":material/search_off:")
    if nearest:
        st.html(Markup("<p>{}</p>").format(_nearest(nearest)))


def _nearest(ways: Sequence[Markup]) -> Markup:
    return Markup(_("Nearest: {links}")).format(links=markup.joined(ways))

"""Navigation: the pages as Streamlit knows them, and the links from each to the others."""

from typing import Final

from markupsafe import Markup

from components.ui import browser, markup, session
from components.ui.canvas import st
from components.views.links import Link
from components.views.site import MISSING, NOT_FOUND, PAGES, PageInfo, is_path
from components.views.view import View

FOLDER: Final = "components/pages"

_follow = browser.component("links")


def pages() -> list[st.Page]:
    """Return the pages for Streamlit, with a page "Not found" for the unknown path of a request."""
    known = [
        st.Page(
            f"{FOLDER}/{info.script}.py",
            title=info.title,
            url_path=path or info.script,
            default=not path,
        )
        for path, info in PAGES.items()
    ]
    asked = session.asked_page()
    if asked in PAGES or not is_path(asked):
        return known
    script = f"{FOLDER}/{MISSING}.py"
    return [*known, st.Page(script, title="Not found", url_path=asked, visibility="hidden")]


def info_of(page: st.Page) -> PageInfo:
    """Return which of the site's pages Streamlit is to run."""
    return PAGES.get(page.url_path, NOT_FOUND)


def draw(info: PageInfo, link: Link, view: View) -> None:
    """Draw the links to all pages, with filter and day; ``info`` is the current page."""
    along = link.elsewhere()
    home = Markup() if info is PAGES[""] else _home(view, along)
    items = Markup().join(
        Markup("<li>{}</li>").format(
            markup.inside(other.title, other.path, along, is_current=other is info)
        )
        for other in PAGES.values()
    )
    st.html(Markup('<nav class="pages" aria-label="Pages">{}<ul>{}</ul></nav>').format(home, items))


def follow_links() -> None:
    """Let the browser follow links between pages without loading the dashboard again."""
    _follow(key="links", height=1)


def _home(view: View, link: Link) -> Markup:
    return Markup('<span class="home">{}</span>').format(markup.inside(view.pledge.title, "", link))

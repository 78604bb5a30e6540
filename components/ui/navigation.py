"""Navigation: the pages as Streamlit knows them, and the links from each to the others."""

from typing import Final

from markupsafe import Markup

from components.basics import messages
from components.basics.messages import _, in_context
from components.ui import browser, markup, session
from components.ui.canvas import st
from components.views import links
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
    return [
        *known,
        st.Page(script, title=in_context("page", "Not found"), url_path=asked, visibility="hidden"),
    ]


def info_of(page: st.Page) -> PageInfo:
    """Return which of the site's pages Streamlit is to run."""
    return PAGES.get(page.url_path, NOT_FOUND)


def draw(info: PageInfo, link: Link, view: View) -> None:
    """Draw the links to all pages, with filter and day; ``info`` is the current page.

    The last one leads to the same view in the other language.
    """
    along = link.elsewhere()
    home = Markup() if info is PAGES[""] else _home(view, along)
    items = Markup().join(
        Markup("<li>{}</li>").format(
            markup.inside(other.title, other.path, along, is_current=other is info)
        )
        for other in PAGES.values()
    )
    bar = Markup('<nav class="pages" aria-label="{}">{}<ul>{}{}</ul></nav>')
    st.html(bar.format(_("Pages"), home, items, _other_language(info, link)))


def follow_links() -> None:
    """Let the browser follow links between pages without loading the dashboard again."""
    _follow(key="links", height=1)


def _home(view: View, link: Link) -> Markup:
    return Markup('<span class="home">{}</span>').format(markup.inside(view.pledge.title, "", link))


def _other_language(info: PageInfo, link: Link) -> Markup:
    """Return the link to what is shown, in the other language; it loads the page again.

    The language of the document, its title and its first view are another then.
    """
    (code, name), *_ = (
        pair for pair in messages.LANGUAGES.items() if pair[0] != messages.language()
    )
    with messages.using(code, is_asked=True):
        page = session.asked_page() if info is NOT_FOUND else info.path
        address = links.page_address(page, link)
    way = Markup('<li class="language"><a lang="{}" hreflang="{}" href="{}">{}</a></li>')
    return way.format(code, code, address, name)

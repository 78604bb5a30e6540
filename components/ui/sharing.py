"""How to cite a view, link to it, and set one of its cards into another page."""

import html
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from components.basics.formatting import escape_markdown
from components.basics.palette import screen_theme
from components.exhibits import registry
from components.exhibits.exhibit import Exhibit
from components.exports.citations import of_view
from components.ui import session
from components.views.view import View

EMBED_WIDTH: Final = 640
WORDS_HEIGHT: Final = 210
"""What title, notes, source and link of a card take beside its drawing, in pixels."""


def citations(view: View, *, link: str) -> None:
    """Offer every way to cite a view, each to be copied."""
    for citation in of_view(view, link=link, accessed=datetime.now(UTC).date()):
        st.caption(escape_markdown(citation.label))
        st.code(citation.text, language=citation.language, wrap_lines=True)


def link(view: View) -> None:
    """Offer the link to a view."""
    st.caption("Link to this view")
    st.code(session.link_to(view) or "?", language=None, wrap_lines=True)


def embed_code(exhibit: Exhibit) -> None:
    """Offer the HTML that shows one card in another page."""
    st.caption("HTML that shows this card in another page")
    st.code(
        embed_snippet(exhibit, session.link_to(exhibit.view, card=exhibit.id)),
        "html",
        wrap_lines=True,
    )


def choose_card(view: View) -> None:
    """Offer the HTML of any card of a view."""
    chosen = st.selectbox(
        "Card to embed",
        list(registry.EXHIBITS),
        format_func=lambda card: registry.exhibit(card, view).title,
        key="embed-card",
    )
    embed_code(registry.exhibit(chosen, view))


def embed_snippet(exhibit: Exhibit, address: str) -> str:
    """Write the HTML that shows a card: as wide as its place, as tall as it needs there."""
    theme = screen_theme("light", width=EMBED_WIDTH)
    height = round(exhibit.draw(theme).layout.height) + WORDS_HEIGHT
    return (
        f'<iframe src="{html.escape(address)}" title="{html.escape(exhibit.title)}" '
        f'width="100%" height="{height}" style="border:0" loading="lazy"></iframe>'
    )

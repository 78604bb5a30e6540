"""How to cite a view, link to it, and embed one of its cards in another page."""

import html
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from components.basics.formatting import escape_markdown
from components.basics.palette import screen_theme
from components.exhibits import registry
from components.exhibits.exhibit import Exhibit, Scope
from components.exports.citations import of_view, quoted
from components.ui import session
from components.views.view import View

EMBED_WIDTH: Final = 640
WORDS_HEIGHT: Final = 210
"""The height of a card's title, notes, source and link, without its drawing, in pixels."""


def citations(view: View, *, link: str) -> None:
    """Draw every way to cite a view, each with a copy button."""
    for citation in of_view(view, link=link, accessed=datetime.now(UTC).date()):
        st.caption(escape_markdown(citation.label))
        st.code(citation.text, language=None, wrap_lines=True)


def sentence_button(sentence: str, view: View) -> None:
    """Draw the button that opens a sentence of the page, with date and credit, to copy."""
    # One element for every run of the page: the text is made and sent once it is asked for.
    if st.button(
        "Copy this sentence", key="copy-sentence", icon=":material/content_copy:", type="tertiary"
    ):
        _sentence(sentence, view)


@st.dialog("Copy this sentence", width="medium")
def _sentence(sentence: str, view: View) -> None:
    st.caption("With its date, credit and link")
    text = quoted(sentence, view, link=session.link_to(view))
    st.code(text, language=None, wrap_lines=True)


def words_of(exhibit: Exhibit) -> None:
    """Draw what a page that shows a picture needs beside it, each with a copy button."""
    st.caption("Alternative text, for readers who do not see the picture")
    st.code(exhibit.alt, language=None, wrap_lines=True)
    st.caption("What it shows, with its date, credit and link")
    finding = quoted(f"{exhibit.finding}.", exhibit.view, link=session.link_to(exhibit.view))
    st.code(finding, language=None, wrap_lines=True)


def link(view: View) -> None:
    """Draw the link to a view, with a copy button."""
    st.caption("Link to this view")
    st.code(session.link_to(view) or "?", language=None, wrap_lines=True)


def embed_code(exhibit: Exhibit) -> None:
    """Draw the HTML that embeds one card in another page, with a copy button."""
    st.caption("HTML that shows this card in another page")
    st.code(
        embed_snippet(exhibit, session.link_to(exhibit.view, card=exhibit.id)),
        language=None,
        wrap_lines=True,
    )


def choose_card(view: View) -> None:
    """Draw a choice of the cards of a view, with the HTML that embeds the chosen one."""
    chosen = st.selectbox(
        "Card to embed",
        [name for name, kind in registry.EXHIBITS.items() if kind.scope is not Scope.STATE_SHEET],
        format_func=lambda card: registry.exhibit(card, view).title,
        key="embed-card",
    )
    embed_code(registry.exhibit(chosen, view))


def embed_snippet(exhibit: Exhibit, address: str) -> str:
    """Return the HTML that embeds a card: as wide as its container, as tall as it needs."""
    theme = screen_theme("light", width=EMBED_WIDTH)
    height = round(exhibit.draw(theme).layout.height) + WORDS_HEIGHT
    return (
        f'<iframe src="{html.escape(address)}" title="{html.escape(exhibit.title)}" '
        f'width="100%" height="{height}" style="border:0" loading="lazy"></iframe>'
    )

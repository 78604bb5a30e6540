"""How to cite a view, link to it, and embed one of its cards in another page."""

import html
import math
from datetime import UTC, datetime
from typing import Final, Literal

from components.basics import line_breaking
from components.basics.formatting import escape_markdown, format_date
from components.basics.messages import Labels, _, in_japanese
from components.basics.palette import screen_theme
from components.drawing import maps
from components.drawing.figures import PROSE_WIDTH
from components.exhibits import registry
from components.exhibits.exhibit import Exhibit, Scope
from components.exhibits.state_map import StateMap
from components.exports import chromium
from components.exports.citations import of_view, quoted
from components.ui import canvas, session, viewport
from components.ui.canvas import st
from components.views.view import View

Scheme = Literal["", "light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("", "light", "dark")
SCHEME_LABELS: Final = Labels({"": "As the reader's system", "light": "Light", "dark": "Dark"})
"""What an embedded card can look like, and in the words of the menu."""

NARROWEST: Final = 320
"""A frame in another page is hardly ever narrower, in pixels."""

FOLLOW_HEIGHT: Final = """<script>
addEventListener("message", function (event) {
  var said = event.data && event.data["us-japan-pledge"]
  if (!said || !(said.height > 0)) return
  document.querySelectorAll("iframe").forEach(function (frame) {
    if (frame.contentWindow === event.source) frame.style.height = said.height + "px"
  })
})
</script>"""
"""Makes each frame of a page as high as the card in it says that it is."""

KEY_SIZE: Final = 12.8
KEY_LINE: Final = 21.8
SMALL_GAP: Final = 8
AROUND: Final = 198
"""Type, line and gap of a card's small print in pixels, and what is around its words and drawing:
gaps, the switch and the link below each other, the page's own edges."""

LEADING: Final = 1.455
JAPANESE_LEADING: Final = 1.6
"""The height of a line by the size of its type; titles are set like English in both languages."""


def citations(view: View, *, link: str) -> None:
    """Draw every way to cite a view, each with a copy button."""
    for citation in of_view(view, link=link, accessed=datetime.now(UTC).date()):
        st.caption(escape_markdown(_(citation.label)))
        st.code(citation.text, language=None, wrap_lines=True)


def sentence_button(sentence: str, view: View) -> None:
    """Draw the button that opens a sentence of the page, with date and credit, to copy."""
    # One element for every run of the page: the text is made and sent once it is asked for.
    if canvas.button(
        _("Copy this sentence"),
        way="",
        key="copy-sentence",
        icon=":material/content_copy:",
        type="tertiary",
    ):
        canvas.dialog(_("Copy this sentence"), _sentence, sentence, view)


def _sentence(sentence: str, view: View) -> None:
    st.caption(_("With its date, credit and link"))
    text = quoted(sentence, view, link=session.link_to(view))
    st.code(text, language=None, wrap_lines=True)


def words_of(exhibit: Exhibit) -> None:
    """Draw what a page that shows a picture needs beside it, each with a copy button."""
    st.caption(_("Alternative text, for readers who do not see the picture"))
    st.code(exhibit.alt, language=None, wrap_lines=True)
    st.caption(_("What it shows, with its date, credit and link"))
    said = _("{finding}.", finding=exhibit.finding)
    text = quoted(said, exhibit.view, link=session.link_to(exhibit.view))
    st.code(text, language=None, wrap_lines=True)


def link(view: View) -> None:
    """Draw the link to a view, with a copy button."""
    st.caption(_("Link to this view"))
    st.code(session.link_to(view) or "?", language=None, wrap_lines=True)


def card_links(exhibit: Exhibit) -> None:
    """Draw the addresses of one card alone and of its picture, each with a copy button."""
    st.caption(_("Link to this card alone"))
    st.code(session.link_to(exhibit.view, card=exhibit.id) or "?", language=None, wrap_lines=True)
    if exhibit.view.projects.empty or chromium.find_browser() is None:
        return
    st.caption(_("Address of its picture"))
    st.code(
        session.picture_link(exhibit.view, card=exhibit.id, kind="png") or "?",
        language=None,
        wrap_lines=True,
    )


def embed_code(exhibit: Exhibit) -> None:
    """Draw the HTML that embeds one card in another page, with what it is to follow."""
    view = exhibit.view
    shown = view.known_on or view.baseline.newest
    data = st.segmented_control(
        _("Data in the other page"),
        ["live", "fixed"],
        format_func={
            "live": _("Always the newest"),
            "fixed": _("As known on {day}", day=format_date(shown.isoformat())),
        }.__getitem__,
        # Who looks at a past day means that day.
        default="fixed" if view.known_on else "live",
        required=True,
        key="embed-data",
    )
    scheme = st.segmented_control(
        _("Colours in the other page"),
        SCHEMES,
        format_func=SCHEME_LABELS.__getitem__,
        default="",
        required=True,
        key="embed-scheme",
    )
    address = session.embed_link(
        view, card=exhibit.id, day=shown if data == "fixed" else None, scheme=scheme
    )
    st.caption(_("HTML that shows this card in another page"))
    st.code(embed_snippet(exhibit, address), language=None, wrap_lines=True)


def choose_card(view: View) -> None:
    """Draw a choice of the cards of a view, with the chosen one's addresses and code to embed."""
    chosen = st.selectbox(
        _("One card alone"),
        [name for name, kind in registry.EXHIBITS.items() if kind.scope is not Scope.STATE_SHEET],
        format_func=lambda card: _(registry.exhibit(card, view).title),
        key="embed-card",
    )
    exhibit = registry.exhibit(chosen, view)
    card_links(exhibit)
    embed_code(exhibit)


def embed_snippet(exhibit: Exhibit, address: str) -> str:
    """Return the HTML that embeds a card: as wide as its container, as tall as it needs."""
    return (
        f'<iframe src="{html.escape(address)}" title="{html.escape(_(exhibit.title))}" '
        f'width="100%" height="{embedded_height(exhibit)}" style="border:0" loading="lazy">'
        f"</iframe>\n{FOLLOW_HEIGHT}"
    )


def embedded_height(exhibit: Exhibit) -> int:
    """Return a height in pixels that a card fits into, in any frame from the narrowest on.

    For sites that take the frame but not the script; an estimate, rather too high than too low.
    """
    # Words are highest in a narrow frame, the map in a wide one.
    return max(_height_at(width, exhibit) for width in (NARROWEST, viewport.EMBED_WIDTH))


def _height_at(window: int, exhibit: Exhibit) -> int:
    room = viewport.embedded_width(window)

    def lines(text: str, *, size: float, leading: float) -> float:
        limit = int(room / (size * PROSE_WIDTH))
        broken = line_breaking.wrap(text, limit)  # A word that is longer than a line breaks too.
        return size * leading * sum(math.ceil(line_breaking.width(one) / limit) for one in broken)

    theme = screen_theme("light", width=room)
    if isinstance(exhibit, StateMap):
        keys = sum(
            KEY_SIZE * (line_breaking.width(swatch.label) * PROSE_WIDTH + 2.5)
            for swatch in exhibit.legend(theme)
        )
        key_height = math.ceil(keys / room + 0.5) * KEY_LINE
        drawn = maps.height_for(viewport.embedded_map_width(window)) + SMALL_GAP + key_height
    else:
        drawn = exhibit.draw(theme).layout.height
    leading = JAPANESE_LEADING if in_japanese() else LEADING
    words = (
        lines(_(exhibit.title), size=18, leading=LEADING)
        + lines(exhibit.subtitle, size=14, leading=leading)
        + lines(exhibit.note, size=KEY_SIZE, leading=leading)
        + lines(exhibit.source, size=KEY_SIZE, leading=leading)
    )
    return math.ceil(drawn + words + AROUND)

"""The visitor's window: its size and text, whether its page is light or dark, and has WebGL."""

from typing import Final, Literal

from streamlit.delta_generator import DeltaGenerator

from components.drawing import maps
from components.ui import browser, session
from components.ui.canvas import st

DESKTOP_WIDTH: Final = 1280
PHONE_WIDTH: Final = 390
PAGE_WIDTH: Final = 1200
"""The page is at most this wide, in pixels."""

STACKED_BELOW_REM: Final = 900 / 16
"""A narrower window shows cards below each other."""

MAP_SHARE: Final = 0.7
"""The map takes at most this share of the window's height."""

WIDE_SIDES_FROM: Final = 736
"""A page has wide sides where so many pixels would be left."""

SIDE_REM: Final = 1
WIDE_SIDE_REM: Final = 5
COLUMN_GAP_REM: Final = 1
CARD_PADDING_REM: Final = 2
CARD_BORDER: Final = 2
"""What takes how much of the page's width; Streamlit's style and ours agree."""

_KEY: Final = "viewport"

_measure = browser.component("viewport")


def width() -> int:
    """Return the width of the window in pixels, measured or, on the first run, guessed."""
    agent = st.context.headers.get("User-Agent", "")
    guess = PHONE_WIDTH if "Mobi" in agent else DESKTOP_WIDTH
    measured = session.measured(_KEY).get("width")
    if isinstance(measured, int | float) and 100 < measured < 20_000:
        return int(measured)
    return guess


def is_stacked(window: int) -> bool:
    """Return whether cards stand below each other: the window is narrow, or its text large."""
    return window < STACKED_BELOW_REM * rem()


def rem() -> float:
    """Return how many pixels high the reader's own text is, 16 until the browser says otherwise."""
    measured = session.measured(_KEY).get("text")
    return measured if isinstance(measured, int | float) and 4 < measured < 100 else 16


def scheme() -> Literal["light", "dark"]:
    """Return whether the page is light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def has_webgl() -> bool:
    """Return whether the browser can draw the map; taken for granted until it says no."""
    return bool(session.measured(_KEY).get("webgl", True))


def map_width(width: int) -> int:
    """Return how wide the map is drawn within a ``width``, so that the page can be scrolled by it.

    It is at most 70% as high as a window whose height is known.
    """
    height = _height()
    return min(width, maps.width_for(round(MAP_SHARE * height))) if height else width


def _height() -> int:
    """Return the height of the window in pixels, 0 while the browser sees no need to report it."""
    measured = session.measured(_KEY).get("height")
    return int(measured) if isinstance(measured, int | float) and 100 < measured < 20_000 else 0


def watch(known: int) -> None:
    """Let the browser report another width than the ``known`` one, another scheme, and the like.

    The page is then drawn again. The component is almost invisible, at the end of the page.
    """
    drawn = {
        "width": known,
        "text": rem(),
        "scheme": scheme(),
        "webgl": has_webgl(),
        "height": _height(),
    }
    _measure(
        key=_KEY,
        data=drawn | {"share": MAP_SHARE},
        default=drawn,
        on_width_change=lambda: None,
        on_text_change=lambda: None,
        on_scheme_change=lambda: None,
        on_webgl_change=lambda: None,
        on_height_change=lambda: None,
        height=1,
    )


def card_width(window: int, *, share: float = 1.0) -> int:
    """Return the width in pixels inside a card that takes a ``share`` of the page."""
    wide, usual = (2 * sides * rem() for sides in (WIDE_SIDE_REM, SIDE_REM))
    is_wide = window >= WIDE_SIDES_FROM + 8 * rem()
    page = min(window - (wide if is_wide else usual), PAGE_WIDTH)
    if share < 1 and not is_stacked(window):
        page = round((page - COLUMN_GAP_REM * rem()) * share)
    return max(round(page - CARD_PADDING_REM * rem()) - CARD_BORDER, 200)


EMBED_WIDTH: Final = 640
"""A frame in another page is often about so wide; the map of a card grows no further."""

EMBED_PADDING: Final = 32


def embedded_width(window: int) -> int:
    """Return the width in pixels of a card that is embedded in another page."""
    return max(min(window, PAGE_WIDTH) - EMBED_PADDING, 200)


def embedded_map_width(window: int) -> int:
    """Return how wide the map is drawn in a card that is embedded in another page.

    Not by the height of the window, as elsewhere: a frame takes its height from the card.
    """
    return embedded_width(min(window, EMBED_WIDTH))


def columns(window: int, share: float) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return the places of two cards: side by side, or below each other where stacked."""
    if is_stacked(window):
        return st.container(), st.container()
    left, right = st.columns([share, 1 - share], gap="small")
    return left, right

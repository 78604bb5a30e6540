"""What all typeset documents share: paper, lengths of texts, and text that typst can set."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from components.basics.amounts import Amount
from components.basics.formatting import (
    as_sentence,
    format_count,
    format_date,
    join_details,
    join_sentences,
    join_words,
    shorten,
)
from components.basics.messages import _, language, plural
from components.basics.us_states import STATE_NAMES
from components.views.view import View
from components.words.colophon import UNSPENT
from components.words.wording import HeadlineFigure

Paper = Literal["us-letter", "a4"]
Item = dict[str, Any]

GUTTER: Final = 20
"""The gap between two columns, in points."""


@dataclass(frozen=True, slots=True)
class Size:
    """A size of paper and its margin, in points."""

    width: float
    height: float
    margin: float = 52

    @property
    def room(self) -> float:
        """The width for text and pictures."""
        return self.width - 2 * self.margin

    @property
    def column(self) -> float:
        """The width of one of two columns."""
        return (self.room - GUTTER) / 2


SIZES: Final[Mapping[Paper, Size]] = {
    "us-letter": Size(612, 792),
    "a4": Size(595.28, 841.89, margin=48),
}

POINTS_PER_UNIT: Final = 0.65
"""Points on paper for a picture's unit: its type of 13 and 12 units becomes 8.5 and 7.8 points."""

LONGEST: Final = {
    "title": 110,
    "filter": 150,
    "lead": 1500,
    "running": 90,
    "project": 90,
    "cell": 70,
    "event": 900,
    "publisher": 90,
    "source": 150,
    "link": 150,
}
"""The most characters of a text; a longer one is cut at a word."""

LONGEST_WORD: Final = 22
"""A longer word may break anywhere, so that it fits into its column."""

VERBATIM: Final = ("link", "url", "file", "paper", "language", "kind")
"""Keys that the template reads but does not print."""

ZERO_WIDTH_SPACE: Final = "\u200b"

UNBROKEN: Final = re.compile("[!-\u058f\u2010-\u2027]+")
"""Latin, Greek and Cyrillic, with their dashes, quotes and ellipsis, break between words only."""


def frame(view: View, *, paper: Paper, link: str, headline: str, subtitle: str) -> Item:
    """Return what ``framed`` in common.typ reads: paper, titles, and header and footer.

    ``headline`` is the title of the file, ``subtitle`` its subject in a few words.
    """
    pledge = view.pledge
    as_of = format_date(pledge.as_of.isoformat())
    version = _("dataset version {version}", version=f"{pledge.version} ({view.dataset.version})")
    return {
        "paper": paper,
        "margin": SIZES[paper].margin,
        "gutter": GUTTER,
        "headline": shorten(headline, limit=2 * LONGEST["title"]),
        "as_of": _("Data as of {day}", day=as_of),
        "language": language(),
        "link": web_address(link),
        "running": {
            "title": shorten(pledge.title, limit=LONGEST["running"]),
            "filter": shorten(subtitle, limit=LONGEST["running"]),
            "small_print": join_sentences(
                _(UNSPENT),
                as_sentence(
                    join_details([_("Data as of {day}", day=as_of), version, pledge.licence])
                ),
            ),
            "link": shorten(link, limit=LONGEST["link"]),
            "pages": _("Page {page} of {pages}"),
        },
    }


def web_address(text: str) -> str:
    """Return an address that a reader can follow; "" for anything else."""
    return text if text.startswith(("https://", "http://")) else ""


def money(amount: Amount) -> dict[str, str]:
    """Split an amount into its qualifier and its figure."""
    return {"qualifier": amount.prefix, "value": amount.figure}


def figure(headline: HeadlineFigure) -> dict[str, str]:
    """Split a headline figure into its qualifier and its figure."""
    return {"qualifier": headline.qualifier, "value": headline.value}


def rest(count: int, noun: str) -> str:
    """State how many items a list leaves out; "" where it leaves out none."""
    if count < 1:
        return ""
    many = f"more {noun[:-1]}ies" if noun.endswith("y") else None
    left = format_count(count, f"more {noun}", many)
    return plural(
        "{items} is not listed here; the data files have all.",
        "{items} are not listed here; the data files have all.",
        count,
        items=left,
    )


def state_names(codes: str) -> str:
    """Return the names of the states of a list joined by ``;``, or the first of many."""
    names = [STATE_NAMES.get(code, code) for code in codes.split(";") if code]
    more = [format_count(len(names) - 4, "more state")] if len(names) > 5 else []
    return join_words([*(names[:4] if more else names), *more])


def clean(given: Any) -> Any:
    """Return the data with every text as one line that typst can set, long words breakable."""
    if isinstance(given, str):
        return _settable(given)
    if isinstance(given, Mapping):
        return {name: value if name in VERBATIM else clean(value) for name, value in given.items()}
    if isinstance(given, list):
        return [clean(value) for value in given]
    return given


def _settable(text: str) -> str:
    visible = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign
        for sign in text
        if unicodedata.category(sign) not in ("Cs", "Co", "Cn")
    )
    return " ".join(_breakable(word) for word in visible.split())


def _breakable(word: str) -> str:
    """Make a long word breakable; other scripts break by themselves, or would become unreadable."""
    if len(word) <= LONGEST_WORD or not UNBROKEN.fullmatch(word):
        return word
    letters = unicodedata.normalize("NFC", word)
    if any(unicodedata.combining(sign) for sign in letters):
        return word
    return ZERO_WIDTH_SPACE.join(letters[at : at + 10] for at in range(0, len(letters), 10))

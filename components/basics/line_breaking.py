"""Where lines may break, and how wide they are: Latin at spaces, Japanese by kinsoku."""

import re
import textwrap
import unicodedata
from typing import Final

CLOSING: Final = (
    "、。，．・：；？！）」』】〕］｝〉》ー々ゝゞ〜…‥％億兆万円人件社州超%,.;:!?)]}’”"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
)
"""What never begins a line: closing marks, small kana, and the units that follow a figure."""

FIGURE: Final = re.compile("[0-9][兆億万]*$")
"""A figure at the end of what stands on a line so far."""

BRACKETS: Final = "（「『【〔［｛〈《([{‘“"
BEFORE_FIGURES: Final = "約第"
OPENING: Final = BRACKETS + BEFORE_FIGURES
"""What never ends a line."""

COUNTERS: Final = "ドル年月日分陣弾組回"
"""What stays with the figure before it, and may begin a line anywhere else."""

WORD: Final = re.compile(
    r"ドル|分野|年間|日間|[ -~\u00a0-\u02ff–—‘’“”…€₩]+?(?= |$|[^ -~\u00a0-\u02ff–—‘’“”…€₩])| +|.",
    re.DOTALL,
)
"""A unit, a Latin word or a figure, blanks between words, or one character of another script."""


def width(text: str) -> int:
    """Return the width of a text in Latin characters; a Japanese one takes the room of two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)


def wrap(text: str, limit: int) -> list[str]:
    """Break a text into lines of at most so many Latin characters, if its words are no longer."""
    if width(text) == len(text):
        return textwrap.wrap(text, limit)
    lines: list[str] = []
    for piece in _pieces(text):
        if lines and width(lines[-1] + piece.rstrip()) <= limit:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    return [line.rstrip() for line in lines if line.strip()]


def longest(text: str) -> int:
    """Return the width of the longest piece of a text that no line may break."""
    return max((width(piece.strip()) for piece in _pieces(text)), default=0)


def cut(text: str, limit: int) -> str:
    """Return the beginning of a text that takes the room of so many Latin characters at most."""
    kept, room = "", limit
    for sign in text:
        room -= width(sign)
        if room < 0:
            break
        kept += sign
    if text[len(kept) :][:1].isdigit():
        kept = kept.rstrip(BEFORE_FIGURES)
    return kept.rstrip(BRACKETS + "、・ ")


def _pieces(text: str) -> list[str]:
    """Return a text in pieces between which a line may break."""
    pieces: list[str] = []
    for part in WORD.findall(" ".join(text.split())):
        before = pieces[-1] if pieces else ""
        is_unit = part[0] in COUNTERS and FIGURE.search(before)
        is_bound = before and (part[0] in CLOSING or before[-1] in OPENING or is_unit)
        if is_bound or (part == " " and pieces):
            pieces[-1] += part
        else:
            pieces.append(part)
    return pieces

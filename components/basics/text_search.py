"""What a search finds: texts and words without differences that a reader does not mean."""

import unicodedata
from typing import Final

ACCENTS: Final = dict.fromkeys(range(0x300, 0x370))
"""Combining marks of Latin, Greek and Cyrillic letters; the voicing marks of kana stay."""

ALIKE: Final = str.maketrans(
    dict.fromkeys("‘’‚ʼʻ`´′", "'") | dict.fromkeys("“”„″", '"') | dict.fromkeys("‐‑‒–—−", "-")
)

KATAKANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}
"""Each hiragana, and the katakana for the same sound."""


def folded(text: str) -> str:
    """Return a text without differences of width, case, accents, kana, apostrophes and dashes."""
    if text.isascii():
        return text.lower().translate(ALIKE)
    narrow = unicodedata.normalize("NFKC", text.translate(ALIKE)).casefold()
    plain = unicodedata.normalize("NFKD", narrow).translate(ACCENTS)
    return unicodedata.normalize("NFKC", plain).translate(ALIKE).translate(KATAKANA)


def words(search: str) -> list[str]:
    """Return the words of a search, each once; a text must have every one of them."""
    return list(dict.fromkeys(folded(search).split()))

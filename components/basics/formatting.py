"""Numbers, dates and lists as the reader sees them, the same on page, chart, table and export."""

import math
import re
from collections.abc import Sequence
from typing import Final

UNDISCLOSED: Final = "Undisclosed"

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

QUALIFIER_PREFIXES: Final = {
    "exact": "",
    "about": "about ",
    "up_to": "up to ",
    "at_least": "at least ",
    "more_than": "more than ",
}
"""The words before a figure. ``at_least`` qualifies what is left when a ceiling is subtracted."""

CURRENCY_SIGNS: Final = {"USD": "$", "JPY": "¥", "EUR": "€", "GBP": "£", "KRW": "₩"}
"""ISO 4217 code -> the sign before a figure."""

SMALL_NUMBERS: Final = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


def format_number(value: float) -> str:
    """Write a figure without trailing zeros: two decimals below 1, one decimal from 1 on.

    >>> format_number(33.30), format_number(0.35), format_number(1234.5)
    ('33.3', '0.35', '1,234.5')
    """
    if 0 < abs(value) < 0.01:
        return f"{float(f'{value:.1g}'):f}".rstrip("0")
    decimals = 2 if abs(value) < 1 else 1
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_usd_bn(value: float, *, qualifier: str = "exact", long: bool = False) -> str:
    """Write US$ billions, ``NaN`` as "Undisclosed".

    >>> format_usd_bn(109, qualifier="up_to"), format_usd_bn(0.6, long=True)
    ('up to $109B', '$0.6 billion')
    """
    return format_money(value, currency="USD", qualifier=qualifier, long=long)


def format_money(
    value: float, *, currency: str, qualifier: str = "exact", long: bool = False
) -> str:
    """Write billions of a currency; thousands of billions are trillions, but not of dollars.

    >>> format_money(340, currency="JPY", qualifier="more_than"), format_money(5200, currency="JPY")
    ('more than ¥340B', '¥5.2T')
    """
    if math.isnan(value):
        return UNDISCLOSED
    prefix, sign = QUALIFIER_PREFIXES[qualifier], CURRENCY_SIGNS[currency]
    if not value:
        return f"{prefix}{sign}0"
    unit = " billion" if long else "B"
    if value >= 1000 and currency != "USD":
        value, unit = value / 1000, " trillion" if long else "T"
    return f"{prefix}{sign}{format_number(value)}{unit}"


def format_percent(value: float, *, qualifier: str = "exact") -> str:
    """Write a share given in percent, with one decimal, two below 0.1."""
    if math.isnan(value):
        return UNDISCLOSED
    decimals = 2 if 0 < abs(value) < 0.1 else 1
    return f"{QUALIFIER_PREFIXES[qualifier]}{value:.{decimals}f}%"


def format_count(count: int, singular: str, plural: str | None = None) -> str:
    """Write a count with its noun: ``1 project``, ``1,200 projects``."""
    noun = singular if count == 1 else (plural or f"{singular}s")
    return f"{count:,} {noun}"


def format_bytes(count: int) -> str:
    """Write a size as file managers do, with one decimal below ten: ``4.2 MB``, ``64 KB``.

    >>> format_bytes(350), format_bytes(4_200_000)
    ('1 KB', '4.2 MB')
    """
    if count < 999_500:
        return f"{max(1, round(count / 1000)):,} KB"
    megabytes = count / 1_000_000
    return f"{megabytes:.1f} MB" if megabytes < 9.95 else f"{round(megabytes):,} MB"


def spell_number(count: int) -> str:
    """Write a whole number inside a sentence: words up to ten, figures above."""
    return SMALL_NUMBERS[count] if 0 <= count < len(SMALL_NUMBERS) else f"{count:,}"


def spell_count(count: int, singular: str, plural: str | None = None) -> str:
    """Write a count with its noun inside a sentence: ``six projects``."""
    noun = singular if count == 1 else (plural or f"{singular}s")
    return f"{spell_number(count)} {noun}"


def escape_markdown(text: str) -> str:
    r"""Make any text safe and literal in Streamlit's Markdown: links, HTML, math, icons, colours.

    >>> print(escape_markdown("$33B <b>"))
    \$33B \<b\>
    """
    # Markdown links bare addresses even when escaped: an invisible joiner breaks them up.
    address = r"(?i)(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=[.])|(?=@)"
    line = re.sub(address, "\u2060", " ".join(text.split()))
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", line)


def format_date(text: str) -> str:
    """Write an ISO day or month in words: ``19 March 2026``, ``May 2026``; other text unchanged."""
    parts = text.split("-")
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])(-[0-9]{2})?", text):
        return text
    year, month = parts[0], MONTHS[int(parts[1]) - 1]
    return f"{month} {year}" if len(parts) == 2 else f"{int(parts[2])} {month} {year}"


def join_words(words: Sequence[str], *, conjunction: str = "and") -> str:
    """Join words as prose does: ``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def lower_first(text: str) -> str:
    """Start a label in lower case inside a sentence, unless it opens with an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def upper_first(text: str) -> str:
    """Start a sentence with a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def shorten(text: str, *, limit: int) -> str:
    """Cut a long text at a word, with an ellipsis; short text unchanged."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0]
    return (cut if len(cut) > limit // 2 else text[: limit - 1]).rstrip(" ,;:") + "…"


def is_japanese(text: str) -> bool:
    """Return whether a text has Japanese letters; Chinese characters alone count as well."""
    return bool(re.search("[\u3040-\u30ff\u4e00-\u9fff\uff66-\uff9f]", text))


LANGUAGES: Final = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pt": "Portuguese",
    "zh": "Chinese",
}


def language_name(code: str) -> str:
    """Name a language by its ISO 639-1 code; a rare one keeps its code."""
    return LANGUAGES.get(code, code)

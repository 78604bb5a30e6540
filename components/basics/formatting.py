"""Numbers, dates and lists as the reader sees them, the same on page, chart, table and export."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from babel import Locale

from components.basics import line_breaking
from components.basics.messages import _, in_japanese, language, mark, mark_plural, plural

UNDISCLOSED: Final = mark("Undisclosed")

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

QUALIFIED: Final = {
    "exact": mark("{figure}"),
    "about": mark("about {figure}"),
    "up_to": mark("up to {figure}"),
    "at_least": mark("at least {figure}"),
    "more_than": mark("more than {figure}"),
}
"""A figure with its qualifier; ``at_least`` is what is left when a ceiling is subtracted."""

CURRENCY_SIGNS: Final = {"USD": "$", "JPY": "¥", "EUR": "€", "GBP": "£", "KRW": "₩"}
"""ISO 4217 code -> the sign before a figure."""

JAPANESE_CURRENCIES: Final = {
    "USD": "ドル",
    "JPY": "円",
    "EUR": "ユーロ",
    "GBP": "ポンド",
    "KRW": "ウォン",
}
"""ISO 4217 code -> the word after a figure."""

COUNTED: Final = (
    mark_plural("{count} agreement", "{count} agreements"),
    mark_plural("{count} cell", "{count} cells"),
    mark_plural("{count} company", "{count} companies"),
    mark_plural("{count} event", "{count} events"),
    mark_plural("{count} file", "{count} files"),
    mark_plural("{count} group", "{count} groups"),
    mark_plural("{count} interest", "{count} interests"),
    mark_plural("{count} milestone", "{count} milestones"),
    mark_plural("{count} month", "{count} months"),
    mark_plural("{count} more group", "{count} more groups"),
    mark_plural("{count} other group", "{count} other groups"),
    mark_plural("{count} more project", "{count} more projects"),
    mark_plural("{count} project", "{count} projects"),
    mark_plural("{count} row", "{count} rows"),
    mark_plural("{count} state", "{count} states"),
    mark_plural("{count} more state", "{count} more states"),
    mark_plural("{count} tranche", "{count} tranches"),
    mark_plural("{count} more company", "{count} more companies"),
    mark_plural("{count} more event", "{count} more events"),
    mark_plural("{count} more milestone", "{count} more milestones"),
    mark_plural("{count} more conflict", "{count} more conflicts"),
    mark_plural("{count} more gap", "{count} more gaps"),
    mark_plural("{count} more sector", "{count} more sectors"),
    mark_plural("{count} more source", "{count} more sources"),
    mark_plural("{count} more step", "{count} more steps"),
    mark_plural("{count} more term", "{count} more terms"),
)
"""The things that are counted, with their plural: a translation may need counters of their own."""

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


def qualified(figure: str, qualifier: str) -> str:
    """Write a figure with its qualifier: ``up to $109B``."""
    return figure if qualifier == "exact" else _(QUALIFIED[qualifier], figure=figure)


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
        return _(UNDISCLOSED)
    if in_japanese():
        if qualifier == "about":
            # No more exact than English, which has one decimal in its larger unit.
            scale = 1000 if value >= 1000 and currency != "USD" else 1
            value = float(format_number(value / scale).replace(",", "")) * scale
        return qualified(_japanese_money(value, currency), qualifier)
    sign = CURRENCY_SIGNS[currency]
    if not value:
        return qualified(f"{sign}0", qualifier)
    unit = " billion" if long else "B"
    if value >= 1000 and currency != "USD":
        value, unit = value / 1000, " trillion" if long else "T"
    return qualified(f"{sign}{format_number(value)}{unit}", qualifier)


def format_units(value: float, *, currency: str) -> str:
    """Write units of a currency, as in a rate: ``¥156``, ``156円``."""
    if in_japanese():
        return f"{format_number(value)}{JAPANESE_CURRENCIES[currency]}"
    return f"{CURRENCY_SIGNS[currency]}{format_number(value)}"


def _japanese_money(value_bn: float, currency: str) -> str:
    """Write billions in 億, from 10,000億 on in 兆, below 1億 in 万; yen in 兆 and 億 together."""
    unit = JAPANESE_CURRENCIES[currency]
    hundreds = round(value_bn * 10, 9)  # 億 is a hundred million.
    if not hundreds:
        return f"0{unit}"
    if hundreds >= 10_000:
        whole, rest = divmod(hundreds, 10_000)
        if currency == "USD":
            return f"{_plain(hundreds / 10_000)}兆{unit}"
        return f"{whole:.0f}兆{f'{_plain(rest)}億' if rest else ''}{unit}"
    if hundreds < 1:
        return f"{_plain(hundreds * 10_000)}万{unit}"
    return f"{_plain(hundreds)}億{unit}"


def _plain(value: float) -> str:
    """Write a figure before 兆, 億 or 万: without separators, with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def format_percent(value: float, *, qualifier: str = "exact") -> str:
    """Write a share given in percent, with one decimal, two below 0.1."""
    if math.isnan(value):
        return _(UNDISCLOSED)
    decimals = 2 if 0 < abs(value) < 0.1 else 1
    return qualified(f"{value:.{decimals}f}%", qualifier)


def format_count(count: int, singular: str, plural_form: str | None = None) -> str:
    """Write a count with its noun, one of ``COUNTED``: ``1 project``, ``1,200 projects``."""
    return _counted(count, singular, plural_form, written=f"{count:,}")


def _counted(count: int, singular: str, plural_form: str | None, *, written: str) -> str:
    one, many = f"{{count}} {singular}", f"{{count}} {plural_form or f'{singular}s'}"
    return plural(one, many, count, count=written)


def format_bytes(count: int) -> str:
    """Write a size as file managers do, with one decimal below ten: ``4.2 MB``, ``64 KB``.

    >>> format_bytes(350), format_bytes(4_200_000)
    ('1 KB', '4.2 MB')
    """
    space = "" if in_japanese() else " "
    if count < 999_500:
        return f"{max(1, round(count / 1000)):,}{space}KB"
    megabytes = count / 1_000_000
    figure = f"{megabytes:.1f}" if megabytes < 9.95 else f"{round(megabytes):,}"
    return f"{figure}{space}MB"


def spell_number(count: int) -> str:
    """Write a whole number inside a sentence: words up to ten, figures above and in Japanese."""
    is_word = 0 <= count < len(SMALL_NUMBERS) and not in_japanese()
    return SMALL_NUMBERS[count] if is_word else f"{count:,}"


def spell_count(count: int, singular: str, plural_form: str | None = None) -> str:
    """Write a count with its noun, one of ``COUNTED``, inside a sentence: ``six projects``."""
    return _counted(count, singular, plural_form, written=spell_number(count))


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
    if in_japanese():
        day = f"{int(parts[2])}日" if len(parts) == 3 else ""
        return f"{parts[0]}年{int(parts[1])}月{day}"
    year, month = parts[0], MONTHS[int(parts[1]) - 1]
    return f"{month} {year}" if len(parts) == 2 else f"{int(parts[2])} {month} {year}"


def join_words(words: Sequence[str], *, conjunction: str = "and") -> str:
    """Join words as prose does: ``a``, ``a and b``, ``a, b and c``; ``conjunction`` may be "or".

    In Japanese ``aとb``, ``a、b、c``, ``aまたはb``, ``a、bまたはc``.
    """
    if len(words) < 2:
        return "".join(words)
    if not in_japanese():
        return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"
    if conjunction == "or":
        return f"{'、'.join(words[:-1])}または{words[-1]}"
    return "と".join(words) if len(words) == 2 else "、".join(words)


def join_details(details: Sequence[str]) -> str:
    """Join what is said of one thing, without what is empty: ``a, b``, ``a、b``."""
    return ("、" if in_japanese() else ", ").join(filter(None, details))


def as_sentence(text: str) -> str:
    """End a text with a full stop."""
    return f"{text}。" if in_japanese() else f"{text}."


def join_clauses(clauses: Sequence[str]) -> str:
    """Join the items of an enumeration that may themselves have commas: ``a; b``, ``a、b``."""
    return ("、" if in_japanese() else "; ").join(clauses)


def join_sentences(*sentences: str) -> str:
    """Return sentences joined to a paragraph, without those that are empty."""
    given = [sentence for sentence in sentences if sentence]
    if not in_japanese():
        return " ".join(given)
    # After a sentence that has no translation a space follows, as in English.
    return "".join(f"{one} " if one[-1:].isascii() else one for one in given).rstrip(" ")


def labelled(label: str, value: str) -> str:
    """Write a label before a value: ``Sources: White House``, ``出典：ホワイトハウス``."""
    return f"{label}：{value}" if in_japanese() else f"{label}: {value}"


def bracketed(text: str, remark: str) -> str:
    """Write a remark in brackets after a text; only the text where the remark is empty."""
    if not remark:
        return text
    return f"{text}（{remark}）" if in_japanese() else f"{text} ({remark})"


def lower_first(text: str) -> str:
    """Start a label in lower case inside a sentence, unless it opens with an abbreviation.

    Japanese has no capitals, and a name in Latin letters keeps its own.
    """
    if in_japanese():
        return text
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def upper_first(text: str) -> str:
    """Start a sentence with a capital and leave the rest as it is."""
    return text if in_japanese() else text[:1].upper() + text[1:]


def shorten(text: str, *, limit: int) -> str:
    """Cut a long text at a word, with an ellipsis; short text unchanged.

    ``limit`` is in Latin characters; a Japanese one takes the room of two.
    """
    if line_breaking.width(text) <= limit:
        return text
    if line_breaking.width(text) > len(text):
        return line_breaking.cut(text, limit - 1) + "…"
    cut = text[: limit - 1].rsplit(" ", 1)[0]
    return (cut if len(cut) > limit // 2 else text[: limit - 1]).rstrip(" ,;:") + "…"


def is_japanese(text: str) -> bool:
    """Return whether a text has Japanese letters; Chinese characters alone count as well."""
    return bool(re.search("[\u3040-\u30ff\u4e00-\u9fff\uff66-\uff9f]", text))


@lru_cache(maxsize=256)
def _language_name(code: str, written_in: str) -> str:
    return str(Locale(written_in).languages.get(code, code))


def language_name(code: str) -> str:
    """Name a language by its ISO 639-1 code, as Unicode's CLDR does; an unknown code stays."""
    return _language_name(code, language())

"""Dates of the data files as both languages write them."""

from datetime import date

DAY = {"en": "%-d %B %Y", "ja": "%Y年%-m月%-d日"}
MONTH = {"en": "%B %Y", "ja": "%Y年%-m月"}


def written(day: str, language: str) -> str:
    """Return a date of a file as a page shows it: a day, a month or nothing."""
    if not day:
        return ""
    if len(day) == len("2026-05"):
        return f"{date.fromisoformat(f'{day}-01'):{MONTH[language]}}"
    return f"{date.fromisoformat(day):{DAY[language]}}"

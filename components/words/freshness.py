"""Freshness in words: when sources were last searched, and on which projects nothing was found."""

from datetime import date
from typing import Final

from components.basics.formatting import (
    bracketed,
    format_date,
    join_clauses,
    shorten,
    spell_count,
    spell_number,
)
from components.basics.messages import _
from components.views.view import SILENT_DAYS, View
from components.words import wording

MAX_NAMES: Final = 3
"""A sentence names at most this many silent projects; more are counted."""

NAME_LENGTH: Final = 90


def note(view: View, *, is_alone: bool = False) -> str:
    """Return both in a line; "" where nothing is known of the search and no project is silent.

    ``is_alone`` is for the page of one project, which need not be named there.
    """
    return wording.join_sentences(searched(view), silence(view, is_alone=is_alone))


def searched(view: View) -> str:
    """Return when sources were last searched, and how far they reach; "" on a past day."""
    searched_on, as_of = view.pledge.searched_on, view.pledge.as_of
    if searched_on is None:
        return ""
    last, reach = (format_date(day.isoformat()) for day in (searched_on, as_of))
    return _(
        "Sources were last searched on {last}; what was found reaches to {reach}.",
        last=last,
        reach=reach,
    )


def silence(view: View, *, is_alone: bool = False) -> str:
    """Return the projects of a view without an event for long, and since when; "" for none."""
    silent = view.silent
    if silent.empty:
        return ""
    if is_alone and len(silent) == 1:
        last = silent.iloc[0]
        months = spell_count(_full_months(last, view.pledge.as_of), "month")
        return _(
            "Nothing found since {day}, for at least {months}.",
            day=format_date(last),
            months=months,
        )
    if len(silent) > MAX_NAMES:
        return _(
            "Nothing was found on {count} of {projects} for {days} days or more, "
            "on the first of them since {day}.",
            count=spell_number(len(silent)),
            projects=spell_count(len(view.projects), "project"),
            days=SILENT_DAYS,
            day=format_date(min(silent)),
        )
    names = view.projects["project"].loc[silent.index]
    named = [
        bracketed(shorten(name, limit=NAME_LENGTH), _("since {day}", day=format_date(day)))
        for name, day in zip(names, silent, strict=True)
    ]
    return _(
        "Nothing was found for {days} days or more on {names}.",
        days=SILENT_DAYS,
        names=join_clauses(named),
    )


def _full_months(first: str, last: date) -> int:
    """Return the full months from a date to a day; a month without a day counts from its end."""
    year, month, *days = map(int, first.split("-"))
    begun = (last.year - year) * 12 + last.month - month
    return begun - (last.day < (days[0] if days else 31))

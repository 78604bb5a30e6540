"""The control of the day: every page can show what was known on an earlier day."""

from dataclasses import replace
from datetime import date
from typing import Final

from markupsafe import Markup

from components.basics.formatting import escape_markdown, format_date
from components.basics.messages import _, language
from components.facts.history import marks
from components.ui import browser, fields, markup
from components.ui.canvas import st
from components.views.filters import ProjectFilter
from components.views.links import AS_OF, Link
from components.views.view import Baseline, View
from components.words import wording

_slide = browser.component("day")

LOCALES: Final = {"en": "en-GB", "ja": "ja-JP"}
"""How browsers write a day in each language, as they name it."""


def control(view: View) -> None:
    """Draw the button that opens the choice of a day: a slider with milestones, and a date."""
    latest = view.baseline.latest
    shown = format_date(view.pledge.as_of.isoformat())
    with st.popover(_("As of {day}", day=shown), icon=":material/history:", type="tertiary"):
        first, points = _reach(latest, view.pledge.as_of)
        st.caption(escape_markdown(_(wording.DAY_HELP)))
        _slide(
            key="day-slider",
            data={
                "first": first.isoformat(),
                "last": latest.newest.isoformat(),
                "value": view.pledge.as_of.isoformat(),
                "marks": [(day.isoformat(), words) for day, words in points if day >= first],
                "locale": LOCALES[language()],
                "words": {
                    "slider": _("Day, with milestones as marks"),
                    "earlier": _("Earlier milestone"),
                    "later": _("Later milestone"),
                    "day": _("{day}: {events}"),
                },
            },
        )
        fields.day(_("As known on"), AS_OF, key="day", shown=view.pledge.as_of, last=latest.newest)


def notice(view: View, link: Link, page: str) -> None:
    """Show that a past day is on display, with links to what changed and to the newest state."""
    if view.known_on is None:
        return
    newest = format_date(view.baseline.newest.isoformat())
    since = Link(filter=link.elsewhere().filter, since=view.known_on)
    ways = markup.joined(
        [
            markup.inside(_("What changed since"), "changes", since),
            markup.inside(
                _("Show the newest state, {day}", day=newest), page, replace(link, as_of=None)
            ),
        ],
        " · ",
    )
    st.html(Markup('<p class="notice">{} {}</p>').format(wording.past_day(view), ways))


def _reach(latest: Baseline, shown: date) -> tuple[date, list[tuple[date, str]]]:
    """Return the first day on offer, and the days on which something happened."""
    whole = latest.view(ProjectFilter())
    points: list[tuple[date, str]] = whole.cached(_marks)
    pledge = latest.dataset.pledge
    announced = [tranche.announced_on for tranche in pledge.tranches]
    return min([pledge.signed_on, shown, *announced]), points


def _marks(whole: View) -> list[tuple[date, str]]:
    return marks(whole.dataset)

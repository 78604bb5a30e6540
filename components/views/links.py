"""Links: what an address asks for, and the address of what is shown."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode, urlsplit

from components.views.filters import ProjectFilter, Vocabulary, read_link

CARD: Final = "card"
"""The parameter that names one exhibit, which is then shown alone."""

AS_OF: Final = "as_of"
"""The parameter that names a past day, on which everything is shown as it was known then."""

SINCE: Final = "since"
SEARCH: Final = "search"
SORT: Final = "sort"
AREA: Final = "area"

SORT_KEYS: Final = {
    "project": "Project",
    "amount": "Amount",
    "states": "States",
    "sector": "Sector",
    "stage": "Stage",
    "milestone": "Last milestone",
    "developer": "Developer",
}
"""What the list of projects can be sorted by, id -> title."""

DOWN: Final = "-"
"""Before a key it turns the order round."""

SORTS: Final = (*SORT_KEYS, *(DOWN + key for key in SORT_KEYS))
FIRST_SORT: Final = "-amount"

FIRST_DAY: Final = date(1900, 1, 1)
MAX_SEARCH: Final = 200
"""A search is cut after so many characters."""


@dataclass(frozen=True, slots=True)
class Link:
    """All that the parameters of an address can ask for, each empty where it asks for nothing.

    Filter and ``as_of`` go with the visitor from page to page; ``since``, ``search``, ``sort``,
    ``area`` and ``card`` belong to the page that knows them.
    """

    filter: ProjectFilter = field(default_factory=ProjectFilter)
    as_of: date | None = None
    since: date | None = None
    search: str = ""
    sort: str = ""
    area: tuple[str, ...] = ()
    card: str = ""

    def to_query(self) -> dict[str, list[str]]:
        """Give the parameters, only those that ask for something; ``read`` reads them."""
        days = {AS_OF: self.as_of, SINCE: self.since}
        texts = {SEARCH: self.search, SORT: self.sort, CARD: self.card}
        query = self.filter.to_query()
        query |= {name: [day.isoformat()] for name, day in days.items() if day}
        query |= {name: [text] for name, text in texts.items() if text}
        return query | ({AREA: list(self.area)} if self.area else {})

    def elsewhere(self) -> "Link":
        """Give what goes along to another page: the day, and the filter but for one project."""
        return Link(filter=self.filter.without("project"), as_of=self.as_of)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an address asks for as far as we know it, and what we do not, as (parameter, value)."""

    link: Link
    dropped: tuple[tuple[str, str], ...] = ()


def read(
    query: Mapping[str, Sequence[str]],
    *,
    vocabulary: Vocabulary,
    newest: date,
    own: Mapping[str, Collection[str]],
) -> Reading:
    """Read the parameters of an address against what we know; never raises.

    ``newest`` is the day of the data: what is known on it is shown without ``as_of``, and no day
    after it is known. Two values where there can be one are none. ``own`` gives what the page
    takes beside filter and day, as parameter -> ids; search and since take any text and day, and
    have no ids.
    """
    asked: dict[str, list[str]] = {}
    rest: dict[str, Sequence[str]] = {}
    dropped: list[tuple[str, str]] = []
    for parameter, values in query.items():
        if parameter != AS_OF and parameter not in own:
            rest[parameter] = values
            continue
        is_contradiction = parameter != AREA and len(values) > 1
        for value in values:
            known = _known(parameter, value, own=own, newest=newest)
            if known is None or is_contradiction:
                dropped.append((parameter, value))
            else:
                asked.setdefault(parameter, []).append(known)
    reading = read_link(rest, vocabulary)
    link = _link_of(asked, reading.project_filter, newest=newest)
    return Reading(link, (*reading.dropped, *dropped))


def _known(
    parameter: str, value: str, *, own: Mapping[str, Collection[str]], newest: date
) -> str | None:
    """Give a value as we know it, None where we do not."""
    if parameter in (AS_OF, SINCE):
        return value if _day(value, newest=newest) else None
    if parameter == SEARCH:
        blanks = (" " if letter.isspace() else letter for letter in value)
        return "".join(filter(str.isprintable, blanks)).strip()[:MAX_SEARCH].rstrip()
    return value if value in own[parameter] else None


def _day(text: str, *, newest: date) -> date | None:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= newest else None


def _link_of(
    asked: Mapping[str, Sequence[str]], project_filter: ProjectFilter, *, newest: date
) -> Link:
    first = {parameter: values[0] for parameter, values in asked.items()}
    as_of = _day(first.get(AS_OF, ""), newest=newest)
    return Link(
        filter=project_filter,
        as_of=None if as_of == newest else as_of,
        since=_day(first.get(SINCE, ""), newest=newest),
        search=first.get(SEARCH, ""),
        sort=first.get(SORT, ""),
        area=tuple(sorted(set(asked.get(AREA, ())))),
        card=first.get(CARD, ""),
    )


def area_id(name: str) -> str:
    """Make of an area's name what stands for it in a link."""
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-")


def address_of(base: str, link: Link, *, is_embedded: bool = False) -> str:
    """Give the address of a view below ``base``; embedded, it is that of a card in another page.

    An empty ``base``, of a server that does not know its own address, gives "".
    """
    parts = urlsplit(base)
    if parts.netloc and not parts.path:
        base = parts._replace(path="/").geturl()
    query = link.to_query()
    if is_embedded:
        query = replace(link, card="").to_query() | {"embed": ["true"], CARD: [link.card]}
    return f"{base}?{urlencode(query, doseq=True)}" if base and query else base


def page_address(page: str, link: Link) -> str:
    """Give the address of a page of this server, relative to any other of its pages."""
    query = urlencode(link.to_query(), doseq=True)
    return f"{page or './'}?{query}" if query else page or "./"

"""Links: what an address requests, and the address of what is shown."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal
from urllib.parse import urlencode, urlsplit

from components.basics import messages
from components.basics.messages import Labels
from components.views.filters import FACETS, ProjectFilter, Vocabulary, by_name, read_link

CARD: Final = "card"
"""The parameter that names one exhibit, which is then shown alone."""

AS_OF: Final = "as_of"
"""The parameter that names a past day; everything is then shown as it was known on that day."""

LANG: Final = "lang"
"""The parameter that names the language; links keep it, but it is no part of what they request."""

SINCE: Final = "since"
SEARCH: Final = "search"
SORT: Final = "sort"
AREA: Final = "area"
ROLE: Final = "role"
COUNTRY: Final = "country"

SEVERAL: Final = (AREA, ROLE, COUNTRY)
"""The parameters that take several values."""

SORT_KEYS: Final = Labels(
    {
        "project": "Project",
        "amount": "Amount",
        "states": "States",
        "sector": "Sector",
        "stage": "Stage",
        "milestone": "Last milestone",
        "developer": "Developer",
    }
)
"""What the list of projects can be sorted by, id -> title."""

DOWN: Final = "-"
"""The prefix of a sort key that reverses the order."""

SORTS: Final = (*SORT_KEYS, *(DOWN + key for key in SORT_KEYS))
FIRST_SORT: Final = "-amount"

FIRST_DAY: Final = date(1900, 1, 1)
MAX_SEARCH: Final = 200
"""A search has at most this many characters; the rest is cut off."""


@dataclass(frozen=True, slots=True)
class Link:
    """All that the parameters of an address can request; a field without a request is empty.

    Filter and ``as_of`` stay from page to page; the others belong to the pages that take them.
    """

    filter: ProjectFilter = field(default_factory=ProjectFilter)
    as_of: date | None = None
    since: date | None = None
    search: str = ""
    sort: str = ""
    area: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    card: str = ""

    def to_query(self) -> dict[str, list[str]]:
        """Return the parameters that are not empty, and the language; ``read`` reads them."""
        days = {AS_OF: self.as_of, SINCE: self.since}
        texts = {SEARCH: self.search, SORT: self.sort, CARD: self.card}
        query = self.filter.to_query()
        query |= {name: [day.isoformat()] for name, day in days.items() if day}
        query |= {name: [text] for name, text in texts.items() if text}
        query |= {name: list(ids) for name in SEVERAL if (ids := getattr(self, name))}
        return query | ({LANG: [messages.named()]} if messages.named() else {})

    def elsewhere(self) -> "Link":
        """Return the part of the link for other pages: the day, and the filter without project."""
        return Link(filter=self.filter.without("project"), as_of=self.as_of)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an address requests, and what is unknown and ignored, as (parameter, value)."""

    link: Link
    dropped: tuple[tuple[str, str], ...] = ()


def read(
    query: Mapping[str, Sequence[str]],
    *,
    vocabulary: Vocabulary,
    newest: date,
    own: Mapping[str, Collection[str]],
    last_added: date | None = None,
) -> Reading:
    """Return what an address requests, checked against the known values; never raises.

    ``newest`` is the day of the data: ``as_of`` is empty for it, and later days are unknown, but
    ``since`` may be up to ``last_added``, the day on which something was last added. If a
    parameter that takes one value has several, all are ignored. ``own`` is what the page takes in
    addition to filter and day, as parameter -> ids; ``search`` and ``since`` take any text and
    day, and have no ids.
    """
    asked: dict[str, list[str]] = {}
    rest: dict[str, Sequence[str]] = {}
    dropped: list[tuple[str, str]] = []
    for parameter, values in by_name(query, (*FACETS, AS_OF, LANG, *own)).items():
        if parameter == LANG:
            dropped += [(LANG, value) for value in values if not language_of({LANG: values})]
            continue
        if parameter != AS_OF and parameter not in own:
            rest[parameter] = values
            continue
        is_contradiction = parameter not in SEVERAL and len(values) > 1
        for value in values:
            last = last_added or newest if parameter == SINCE else newest
            known = _known(parameter, value, own=own, newest=last)
            if known is None or is_contradiction:
                dropped.append((parameter, value))
            else:
                asked.setdefault(parameter, []).append(known)
    reading = read_link(rest, vocabulary)
    link = _link_of(asked, reading.project_filter, newest=newest, last_added=last_added or newest)
    return Reading(link, (*reading.dropped, *dropped))


def language_of(query: Mapping[str, Sequence[str]]) -> str:
    """Return the language that an address names, "" where it names none, or none known, or two."""
    asked = by_name(query, (LANG,)).get(LANG, [])
    return asked[0] if len(asked) == 1 and asked[0] in messages.LANGUAGES else ""


def _known(
    parameter: str, value: str, *, own: Mapping[str, Collection[str]], newest: date
) -> str | None:
    """Return a value in its known form, None if it is unknown."""
    if parameter in (AS_OF, SINCE):
        return value if day_of(value, newest=newest) else None
    if parameter == SEARCH:
        blanks = (" " if letter.isspace() else letter for letter in value)
        return "".join(filter(str.isprintable, blanks)).strip()[:MAX_SEARCH].rstrip()
    return value if value in own[parameter] else None


def day_of(text: str, *, newest: date) -> date | None:
    """Return the day that a text names, YYYY-MM-DD; None if it is none or after the newest."""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= newest else None


def _link_of(
    asked: Mapping[str, Sequence[str]],
    project_filter: ProjectFilter,
    *,
    newest: date,
    last_added: date,
) -> Link:
    first = {parameter: values[0] for parameter, values in asked.items()}
    area, role, country = (tuple(sorted(set(asked.get(name, ())))) for name in SEVERAL)
    as_of = day_of(first.get(AS_OF, ""), newest=newest)
    return Link(
        filter=project_filter,
        as_of=None if as_of == newest else as_of,
        since=day_of(first.get(SINCE, ""), newest=last_added),
        search=first.get(SEARCH, ""),
        sort=first.get(SORT, ""),
        area=area,
        role=role,
        country=country,
        card=first.get(CARD, ""),
    )


def area_id(name: str) -> str:
    """Return the id of an area in links, made from its name."""
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-")


def address_of(
    base: str, link: Link, *, is_embedded: bool = False, scheme: Literal["", "light", "dark"] = ""
) -> str:
    """Return the address of a view below ``base``; if embedded, of a card in another page.

    An embedded card has the reader's scheme unless ``scheme`` names one. An empty ``base``, from a
    server that does not know its own address, gives "".
    """
    parts = urlsplit(base)
    if parts.netloc and not parts.path:
        base = parts._replace(path="/").geturl()
    query = link.to_query()
    if is_embedded:
        query = replace(link, card="").to_query() | {"embed": ["true"]}
        query |= {"embed_options": [f"{scheme}_theme"]} if scheme else {}
        query |= {CARD: [link.card]}
    return f"{base}?{urlencode(query, doseq=True)}" if base and query else base


def here(link: Link) -> str:
    """Return the address of a link on the page that one is on, whichever it is."""
    return f"?{urlencode(link.to_query(), doseq=True)}"


def page_address(page: str, link: Link) -> str:
    """Return the address of a page of this server, relative to any other of its pages.

    ``page`` may name a part of it: ``about#about-codebook``.
    """
    path, mark, part = page.partition("#")
    query = urlencode(link.to_query(), doseq=True)
    return f"{path or './'}{f'?{query}' if query else ''}{mark}{part}"

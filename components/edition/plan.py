"""The plan: which pages an edition has, and where it has what the server answers at an address."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, product
from typing import Final
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

from components.basics import messages
from components.exhibits.registry import EXHIBITS
from components.exports.resources import PATH, RESOURCES
from components.serving import alternates
from components.views import links
from components.views.filters import FACETS, OFFERED, ProjectFilter
from components.views.links import Link
from components.views.site import PAGES
from components.views.view import Baseline

ORIGIN: Final = "https://edition.invalid"
"""Stands for the server while an edition is drawn; no host can have this name (RFC 2606)."""

INDEX: Final = "index.html"
KEPT: Final = "files"
"""Where files are that only the edition has: sheets, briefings, workbooks."""

OWN: Final = {"projects": "project", "states": "state"}
"""Pages that have a page for each value of a facet, whatever else the filter is."""

ALIKE: Final = frozenset(["sitemap.xml", "robots.txt", "icon.svg"])
"""What is the same in every language, and there once."""

FILES: Final = frozenset(
    [
        *(f"{PATH}/{name}.{kind}" for name in RESOURCES for kind in ("csv", "json")),
        *("feed.atom", "calendar.ics", *ALIKE),
    ]
)
PICTURES: Final = frozenset(f"charts/{name}.{kind}" for name in EXHIBITS for kind in ("png", "svg"))
ONLY_LIVE: Final = frozenset(["api", PATH, f"{PATH}/openapi.json"])
"""What describes parameters, which plain files do not take."""

FOLDERS: Final = {
    code: "" if code == messages.ENGLISH else f"{code}/" for code in messages.LANGUAGES
}
"""Where an edition has the files of a language: English is at the root."""

SEGMENT: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")
"""What may be part of the path of a file: no folder above, nothing hidden, no separator."""


class NowhereError(Exception):
    """An address at which neither the server nor the edition has anything."""


def file_of(address: str) -> str:
    """Return where an edition has what the server answers at an address, "" where it cannot.

    >>> file_of("https://edition.invalid/companies?sector=energy")
    'companies/sector/energy/index.html'
    >>> file_of("https://edition.invalid/charts/map.png?state=TN&size=2x")
    'charts/map/size/2x/state/TN.png'

    Another language than English has a folder of its own.

    >>> file_of("https://edition.invalid/states?state=TN&lang=ja")
    'ja/states/TN/index.html'
    """
    path, pairs = path_of(address), parse_qsl(urlsplit(address).query)
    asked = dict(pairs)
    is_once = len(asked) == len(pairs)
    folder = FOLDERS.get(asked.pop(links.LANG, messages.ENGLISH))
    if not is_once or folder is None or (folder and path in ALIKE):
        return ""
    file = _page_file(path, asked) if path in PAGES else _other_file(path, asked)
    return file and folder + file


def language_of(address: str) -> str:
    """Return the language of what an address asks for."""
    return links.language_of(parse_qs(urlsplit(address).query)) or messages.ENGLISH


def whole_of(address: str) -> str:
    """Return the address of a page without its filter, in the same language."""
    page = f"{ORIGIN}/{path_of(address)}"
    with messages.using(language_of(address)):
        return links.address_of(page, Link())


def path_of(address: str) -> str:
    """Return the path of an address, without a slash around it."""
    return unquote(urlsplit(address).path).strip("/")


def _other_file(path: str, asked: dict[str, str]) -> str:
    stem, _, kind = path.rpartition(".")
    segments = [*stem.split("/"), *chain.from_iterable(sorted(asked.items()))]
    return f"{'/'.join(segments)}.{kind}" if _are_names([*segments, kind]) else ""


def _page_file(path: str, asked: dict[str, str]) -> str:
    own = OWN.get(path, "")
    if own in asked and asked.keys() <= set(FACETS):
        asked = {"": asked[own]}
    segments = [part for part in (path, *chain.from_iterable(asked.items())) if part]
    return "/".join([*segments, INDEX]) if len(asked) < 2 and _are_names(segments) else ""


def _are_names(segments: Iterable[str]) -> bool:
    return all(map(SEGMENT.fullmatch, segments))


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages of an edition, as file -> server's address, and where it will be published.

    ``base`` and ``app`` are addresses with a slash at the end; without an ``app``, what only a
    server can answer has no link.
    """

    pages: dict[str, str]
    base: str
    app: str = ""
    has_pictures: bool = True

    @classmethod
    def of(
        cls,
        baseline: Baseline,
        days: Iterable[date],
        *,
        base: str,
        app: str = "",
        has_pictures: bool = True,
    ) -> "Plan":
        """Plan the pages for some data; ``days`` are those from which Changes compares."""
        asked = [*_views(baseline), *(("changes", Link(since=day)) for day in days)]
        found = []
        for code, (path, link) in product(messages.LANGUAGES, asked):
            with messages.using(code):
                found.append(links.address_of(f"{ORIGIN}/{path}", link))
        return cls({file: one for one in found if (file := file_of(one))}, base, app, has_pictures)

    def find(self, address: str) -> str:
        """Return the file for an address of the server, "" where only the live app has it.

        Raises NowhereError where neither has anything. A view in which nothing is announced has
        a page of its own only as a state; elsewhere, the page without a filter stands for it.
        """
        path, file = path_of(address), file_of(address)
        if path in PAGES:
            if file in self.pages:
                return file
            asked = dict(parse_qsl(urlsplit(address).query))
            if file and OWN.get(path, "") in asked:
                raise NowhereError(address)
            is_offered = asked.keys() <= {*OFFERED, links.LANG}
            return file_of(whole_of(address)) if file and is_offered else ""
        if path in FILES or path.startswith(f"{KEPT}/"):
            return file
        if path in PICTURES:
            return file if self.has_pictures else ""
        if path in ONLY_LIVE:
            return ""
        raise NowhereError(address)

    def lacks(self, address: str) -> bool:
        """Return whether there is no file for just what an address of the server asks for."""
        path, file = path_of(address), file_of(address)
        if path in PAGES:
            return file not in self.pages
        return not file or (path in PICTURES and not self.has_pictures)

    def public(self, address: str) -> str:
        """Return the whole address for readers: in the edition, the app, or else without filter."""
        file = self.find(address)
        if file or not self.app:
            return self.base + (file or file_of(whole_of(address))).removesuffix(INDEX)
        return self.live(address)

    def in_each_language(self) -> list[dict[str, str]]:
        """Return for each page the whole address that it has in each language."""
        found = []
        for file, address in self.pages.items():
            if language_of(address) == messages.ENGLISH:
                way = file.removesuffix(INDEX)
                ways = {code: f"{self.base}{folder}{way}" for code, folder in FOLDERS.items()}
                found.append(ways | {alternates.DEFAULT: self.base + way})
        return found

    def live(self, address: str) -> str:
        """Return the same address in the app, "" without one."""
        return self.app and self.app + address.removeprefix(f"{ORIGIN}/")

    def way(self, address: str, *, start: str) -> str:
        """Return the address for a link from a file, "" where there is nothing to lead to."""
        file = self.find(address)
        if not file:
            return self.live(address)
        way = posixpath.relpath(file.removesuffix(INDEX) or ".", posixpath.dirname(start) or ".")
        return f"{way}/" if file.endswith(INDEX) else way


def _views(baseline: Baseline) -> Iterator[tuple[str, Link]]:
    """Yield the pages, each without a filter and with one value that has projects; every state."""
    for path, info in PAGES.items():
        yield path, Link()
        for facet in OFFERED if info.has_filter else ():
            for value in baseline.vocabulary.of(facet):
                if baseline.counts[facet].get(value) or OWN.get(path) == facet:
                    yield path, Link(filter=ProjectFilter().choose(facet, [value]))
    for project in baseline.vocabulary.project:
        yield "projects", Link(filter=ProjectFilter(project=(project,)))

"""The edition: draws the pages of a plan, and makes every file that they ask for."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urldefrag, urlsplit

from starlette.datastructures import QueryParams
from tqdm import tqdm

from components.basics import messages, stylesheet
from components.basics.palette import ICON
from components.edition import document
from components.edition.ledger import Ledger
from components.edition.plan import (
    ALIKE,
    FILES,
    KEPT,
    ORIGIN,
    NowhereError,
    Plan,
    file_of,
    language_of,
    path_of,
)
from components.edition.routes import Routes
from components.edition.static_paper import StaticPaper
from components.exports.chromium import PictureError
from components.exports.files import File
from components.serving.assets import Library
from components.serving.page_shells import asked_for, preview_of
from components.serving.problems import Problem
from components.serving.shell import Preview
from components.ui import first_view
from components.views import links
from components.views.links import Link
from components.views.site import PAGES
from components.views.store import Reading

AT_ONCE: Final = 2
"""How many files are made at a time: Chromium draws as many pictures."""

FONTS: Final = "fonts/"


class Edition:
    """One edition; ``broken`` has a line for each link that leads nowhere."""

    def __init__(
        self, reading: Reading, plan: Plan, ledger: Ledger, routes: Routes, *, made_of: str
    ) -> None:
        """Take all it is made of, of which ``made_of`` is the key; nothing is drawn yet."""
        assert reading.baseline
        self.broken: list[str] = []
        self._reading = reading
        self._plan = plan
        self._ledger = ledger
        self._routes = routes
        self._made_of = made_of
        self._kept: dict[str, File] = {}
        self._asked: dict[str, str] = {}

    def write(self, library: Library, bar: "tqdm[None]") -> None:
        """Write every file; what is there already, made of the same, is not made again."""
        bar.total = len(self._plan.pages)
        for file, address in self._plan.pages.items():
            with messages.using(language_of(address)):
                self._page(address, file)
            bar.update()
        self._still(library)
        for code in messages.LANGUAGES:
            with messages.using(code):
                for path in sorted(FILES - ALIKE):
                    self._asked.setdefault(links.address_of(f"{ORIGIN}/{path}", Link()), "")
        for path in sorted(ALIKE):
            self._asked.setdefault(f"{ORIGIN}/{path}", "")
        found = {file_of(one): one for one in self._asked if path_of(one) not in PAGES}
        bar.total += len(found)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for _ in pool.map(self._file, found.values()):
                bar.update()
        self._check_marks()

    def _page(self, address: str, file: str) -> None:
        key = self._key(file)
        record = self._ledger.find(file, key)
        is_whole = record and all(
            self._ledger.find(file_of(one), self._key(file_of(one)))
            for one in record.asks
            if path_of(one).startswith(f"{KEPT}/")
        )
        if record and is_whole:
            self._ledger.keep(file, record)
            asks: Sequence[str] = record.asks
        else:
            body, asks = self._drawn(address, file)
            self._ledger.write(file, body, key=key, asks=asks)
        for one in asks:
            self._asked.setdefault(urldefrag(one)[0], address)

    def _drawn(self, address: str, file: str) -> tuple[bytes, list[str]]:
        """Return a page, and the addresses that it asks for."""
        path, plan, reading = path_of(address), self._plan, self._reading.in_language()
        baseline = reading.baseline
        assert baseline
        info, query = PAGES[path], urlsplit(address).query
        paper = StaticPaper(plan, url=f"{ORIGIN}/{path}", parameters=parse_qs(query))
        drawn = first_view.draw_on(paper, reading, info, path=path)
        self._keep(paper.kept, address)
        page, asks = document.relinked(
            drawn, address=address, file=file, plan=plan, report=partial(self._report, address)
        )
        link = asked_for(QueryParams(query), info, baseline).link
        preview = preview_of(link, info, baseline, base=ORIGIN)
        asks += [one for one in (preview.image, preview.feed) if one and plan.find(one)]
        note = document.note_of(baseline, address=address, plan=plan)
        body = document.document(page, self._public(preview), note, plan=plan, file=file)
        return body, sorted(set(asks))

    def _public(self, preview: Preview) -> Preview:
        plan = self._plan
        has_image = preview.image and plan.find(preview.image)
        return replace(
            preview,
            address=plan.public(preview.address),
            image=plan.public(preview.image) if has_image else "",
            feed=plan.public(preview.feed),
            alternates={code: plan.public(one) for code, one in preview.alternates.items()},
        )

    def _keep(self, kept: dict[str, File], page: str) -> None:
        for address, file in kept.items():
            other = self._kept.setdefault(f"{ORIGIN}/{address}", file)
            if other.key != file.key:
                self._report(page, f"{address} (another page has another file of this name)")

    def _report(self, page: str, link: str) -> None:
        self.broken.append(f"{page.removeprefix(ORIGIN) or '/'} leads to nothing at {link}")

    def _still(self, library: Library) -> None:
        """Write what is the same on every page: style, icon and typefaces."""
        css = Path(__file__).with_name("edition.css").read_text(encoding="utf-8")
        style = library.faces(FONTS) + stylesheet.before_theme() + css
        files = {document.STYLE: style.encode(), document.ICON: ICON.read_bytes()}
        files[document.MISSING] = document.missing(self._plan)
        files |= {FONTS + name: path.read_bytes() for name, path in library.typefaces.items()}
        for file, body in files.items():
            self._ledger.write(file, body, key="")

    def _file(self, address: str) -> None:
        file = file_of(address)
        record = self._ledger.find(file, self._key(file))
        if record:
            self._ledger.keep(file, record)
            return
        if file in self._ledger.now:
            return
        make: Callable[[], bytes] = partial(self._routes.body, address)
        if address in self._kept:
            make = self._kept[address].content
        try:
            with messages.using(language_of(address)):
                self._ledger.write(file, make(), key=self._key(file))
        except Problem as problem:
            self._report(self._asked[address], f"{file}: {problem.detail}")
        except (PictureError, NowhereError) as error:
            self._report(self._asked[address], f"{file}: {error}")

    def _check_marks(self) -> None:
        """Report links to parts of pages that are not there."""
        for file, page in self._plan.pages.items():
            for one in self._ledger.now[file].asks:
                address, fragment = urldefrag(one)
                if not fragment:
                    continue
                text = (self._ledger.folder / file_of(address)).read_text(encoding="utf-8")
                if not document.has_mark(text, fragment):
                    self._report(page, one.removeprefix(ORIGIN))

    def _key(self, file: str) -> str:
        return sha256(f"{self._made_of}\n{file}".encode()).hexdigest()

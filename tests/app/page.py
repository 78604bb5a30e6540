"""A page as a test reads and uses it."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Multiselect

from components.basics import messages
from components.exhibits.exhibit import Scope
from components.exhibits.registry import EXHIBITS

Rows = list[dict[str, str]]

DRAWN = tuple(
    name
    for name, kind in EXHIBITS.items()
    if kind.scope in (Scope.ANY_VIEW, Scope.SEVERAL_PROJECTS)
)
"""The ids of all charts and the map that the overview draws."""

FACETS = ("sector", "state", "tranche", "stage", "role", "country", "area")
"""What a reader may choose several values of, by the name in links; the label is the same word."""


class Page:
    """An open page; every run of it is checked for errors.

    ``language`` is that of the link that opened it. Query and links are given without it: where
    it is not English, each is checked to keep it.
    """

    def __init__(self, test: AppTest, language: str = messages.ENGLISH) -> None:
        self.test = test
        self.language = language

    def run(self) -> "Page":
        # A test names options as the browser does, by their labels.
        with messages.using(self.language):
            self.test.run()
        errors = [f"{error.message}\n{error.stack_trace}" for error in self.test.exception]
        assert not errors, "\n".join(errors)
        return self

    def go(self, **query: str | list[str]) -> "Page":
        """Change the address of the open page, as Back and Forward do."""
        self.test.query_params.clear()
        self.test.query_params.update(query | self._asked)
        return self.run()

    def choose(self, facet: str, values: list[str]) -> "Page":
        self.control(facet).set_value(values)
        return self.run()

    def click(self, key: str) -> "Page":
        self.test.button(key=key).click()
        return self.run()

    def show_table(self, exhibit: str) -> Rows:
        """Switch a card to its table and return the rows, title -> cell."""
        self.test.toggle(key=f"table-{exhibit}").set_value(True)
        return self.run().table(f"card-{exhibit}")

    def show_sources(self) -> Rows:
        """Expand the sources and return the rows of their first page, title -> cell."""
        self.test.session_state["card-sources"] = True
        return self.run().table("card-sources")

    def table(self, card: str) -> Rows:
        """Return the rows of the table in a card, without the notes that only a phone shows."""
        table = self._table(card)
        titles = ["".join(cell.itertext()) for cell in table.iter("th")]
        return [
            dict(zip(titles, ["".join(cell.itertext()).strip() for cell in row], strict=True))
            for row in table.findall(".//tbody/tr")
        ]

    def explanations(self, card: str) -> dict[str, str]:
        """Return the tooltips of the titles of the table in a card, by title."""
        heads = self._table(card).iter("th")
        return {"".join(cell.itertext()): cell.attrib["title"] for cell in heads}

    def cell_links(self, card: str, title: str) -> list[list[tuple[str, str]]]:
        """Return the links in a column of the table in a card, row by row: text and address."""
        table = self._table(card)
        place = ["".join(head.itertext()) for head in table.iter("th")].index(title)
        return [links_of(row[place]) for row in table.findall(".//tbody/tr")]

    def _table(self, card: str) -> ElementTree.Element:
        (table,) = [
            ElementTree.fromstring(element.value)
            for element in self.card(card).html
            if "<table" in element.value
        ]
        for cell in table.iter("td"):
            for note in cell.findall("span[@class='note slim']"):
                cell.remove(note)
        return table

    def card(self, key: str) -> Block:
        """Return the card with a key."""
        found = self.test.get_by_key(key)
        assert isinstance(found, Block)
        return found

    def control(self, facet: str) -> "Multiselect[str]":
        """Return the filter widget of a facet."""
        label = self._label(facet)
        (found,) = [widget for widget in self.test.multiselect if widget.label == label]
        return found

    @property
    def chosen(self) -> dict[str, list[str]]:
        """What the filter widgets show, by facet."""
        # A page about one thing may call two of them by one word in Japanese, but not show both.
        labels = {widget.label: list(widget.value) for widget in self.test.multiselect}
        found = {
            name: labels.pop(label) for name in FACETS if (label := self._label(name)) in labels
        }
        assert not labels, labels
        return found

    def _label(self, facet: str) -> str:
        """Return the label of the widget of a facet."""
        with messages.using(self.language):
            return messages._(facet.capitalize())

    @property
    def _asked(self) -> dict[str, str]:
        """The parameter that asks for the language; English needs none."""
        return {} if self.language == messages.ENGLISH else {"lang": self.language}

    @property
    def query(self) -> dict[str, list[str]]:
        """The parameters of the link."""
        found = {
            parameter: values if isinstance(values, list) else [values]
            for parameter, values in self.test.query_params.items()
        }
        for parameter, value in self._asked.items():
            assert found.pop(parameter) == [value]
        return found

    @property
    def title(self) -> str:
        return plain(self.test.title[0].value)

    @property
    def opening(self) -> str:
        """The first paragraph below the filter bar, above the headline figures."""
        return plain(self.test.markdown[0].value)

    @property
    def notices(self) -> list[str]:
        """Every notice, as Markdown."""
        test = self.test
        return [notice.value for kind in (test.info, test.warning, test.error) for notice in kind]

    @property
    def figures(self) -> dict[str, str]:
        """The headline figures, label -> value."""
        return {label: value for value, label, _ in self._figures}

    def figure(self, label: str) -> str:
        """Return the headline figure under an English label."""
        with messages.using(self.language):
            return self.figures[messages.in_context("figure", label)]

    @property
    def remarks(self) -> dict[str, str]:
        """The remarks on the headline figures, label -> remark."""
        return {label: remark for _, label, remark in self._figures}

    @property
    def _figures(self) -> list[tuple[str, str, str]]:
        """Value, label and remark of each figure."""
        parts = []
        for piece in self.markup_of("figures"):
            value, remark = piece.findall("h2/*")
            said = (value.text or "", (value.tail or "").strip(), (remark.text or "")[2:])
            parts.append(said)
        assert len(parts) == 5, parts
        return parts

    @property
    def markup(self) -> list[ElementTree.Element]:
        """Every piece of HTML that the page writes itself, except its style sheet."""
        texts = [element.value for element in self.test.html]
        return [
            ElementTree.fromstring(f"<div>{text}</div>")
            for text in texts
            if not text.startswith("<style>")
        ]

    def folded(self, card: str) -> list[ElementTree.Element]:
        """Return the collapsed parts of a card, each with its summary line."""
        return [found for piece in self.markup_of(card) for found in piece.iter("details")]

    def markup_of(self, card: str) -> list[ElementTree.Element]:
        """Return every piece of HTML in a card."""
        texts = [element.value for element in self.card(card).html]
        return [ElementTree.fromstring(f"<div>{text}</div>") for text in texts]

    @property
    def links(self) -> dict[str, str]:
        """The links that the page writes itself, text -> address; of equal texts the last."""
        found = [link for piece in self.markup for link in piece.iter("a")]
        return {
            "".join(link.itertext()): link.attrib["href"]
            if link.get("hreflang")
            else self.address(link.attrib["href"])
            for link in found
        }

    def address(self, written: str) -> str:
        """Return an address of the dashboard without the language, which it must keep."""
        if not self._asked or "://" in written or written.startswith("#"):
            return written
        address, part = re.subn(rf"[?&]lang={self.language}(?=#|$)", "", written)
        assert part, written
        return address

    @property
    def text(self) -> str:
        """The text of all HTML that the page writes itself, one line per piece."""
        pieces = ["".join(piece.itertext()) for piece in self.markup]
        return "\n".join(" ".join(piece.split()) for piece in pieces)

    def follow(self, text: str) -> "Page":
        """Follow the link with that text, as Streamlit's frontend would."""
        return self.go(**parse_qs(urlsplit(self.links[text]).query))

    @property
    def result(self) -> str:
        """What a choice led to: the filter in words, and how many projects it leaves."""
        said = [
            "".join(one.itertext())
            for piece in self.markup
            for one in piece.iter("p")
            if "result" in one.get("class", "").split()
        ]
        return " ".join(said)

    @property
    def captions(self) -> list[str]:
        return [plain(caption.value) for caption in self.test.caption]

    @property
    def prose(self) -> list[str]:
        """All Markdown on the page, as source: titles, text, captions, notices."""
        test = self.test
        kinds = (test.title, test.header, test.subheader, test.markdown, test.caption)
        texts = [element.value for kind in kinds for element in kind]
        return [*texts, *self.notices]

    @property
    def words(self) -> str:
        """Every text the browser gets, including those of charts, labels and descriptions."""
        return words_of(self.test)

    def has(self, key: str) -> bool:
        """Return whether an element with this key is on the page."""
        try:
            self.test.get_by_key(key)
        except KeyError:
            return False
        return True


Visit = Callable[..., Page]
"""Opens the page under the parameters of a link, as a new visitor."""

Convert = Callable[[str], str]
"""Gives an English amount in the language of the test."""

Say = Callable[..., str]
"""Gives a message of the dashboard in the language of the test, with its values filled in."""


def links_of(element: ElementTree.Element) -> list[tuple[str, str]]:
    """Return every link in a piece of HTML: text and address."""
    return [("".join(link.itertext()), link.attrib["href"]) for link in element.iter("a")]


def words_of(nodes: Iterable[Any]) -> str:
    """Return every text of some elements, one line each."""
    protos = [proto for node in nodes if (proto := getattr(node, "proto", None))]
    return plain("\n".join(text for proto in protos for text in _strings(proto)))


def plain(text: str) -> str:
    """Return escaped Markdown as the visitor reads it."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def is_literal(text: str) -> bool:
    """Return whether every character with a meaning in Markdown is escaped."""
    return not re.search(r"[<>\[\]*`$~#|&:{}]", re.sub(r"\\.", "", text))


def _strings(message: Any) -> Iterator[str]:
    """Yield every text inside a message of Streamlit's protocol."""
    for field, content in message.ListFields():
        for part in content if field.is_repeated else [content]:
            if isinstance(part, str):
                yield part
            elif hasattr(part, "ListFields"):
                yield from _strings(part)

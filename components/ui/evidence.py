"""Evidence: the sources behind a figure, a sentence or a row, each a link to its publication."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import streamlit as st
from markupsafe import Markup

from components.basics.formatting import format_date, language_name
from components.ui import markup
from components.views.view import View
from components.words import wording

MAX_LISTED: Final = 40
"""A collapsed list names at most this many sources; the card of sources has them all."""

MAX_CITED: Final = 8
"""A table cell names at most this many sources."""


def source_line(view: View, line: str, ids: Sequence[str]) -> None:
    """Write the line of sources below a figure; it expands to their links."""
    if not ids:
        markup.paragraph(line, kind="small")
        return
    st.html(markup.folded(line, listed(view, ids), kind="sources"))


def figure_sources(view: View, ids: Sequence[str]) -> None:
    """Write a label below a headline figure that expands to the links of its sources."""
    if ids:
        label = f"Sources ({len(ids):,})"
        st.html(markup.folded(label, listed(view, ids), kind="sources"))


def listed(view: View, ids: Sequence[str]) -> Markup:
    """Return a list of sources: publisher, title (a link if one is known), date, how known."""
    sources = view.baseline.sources
    items = [_reference(sources[one]) for one in ids[:MAX_LISTED] if one in sources]
    if len(ids) > MAX_LISTED:
        items.append(markup.worded(wording.more(len(ids) - MAX_LISTED)))
    rows = Markup().join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup("<ul>{}</ul>").format(rows)


def cited(view: View, ids: Iterable[str]) -> Markup:
    """Return publishers for a cell, each a link to its publication if one is known.

    One whose publication was not read itself is followed by how it is known.
    """
    sources = view.baseline.sources
    known = [sources[one] for one in ids if one in sources]
    links = [
        markup.joined([markup.outside(row.publisher, row.url), wording.how_known(row.known)], ", ")
        for row in known[:MAX_CITED]
    ]
    rest = [wording.more(len(known) - MAX_CITED)] if len(known) > MAX_CITED else []
    return markup.joined([*links, *rest])


def cell_ids(cell: str) -> list[str]:
    """Return the source ids in a cell."""
    return [one for one in cell.split(";") if one]


@lru_cache(maxsize=2048)
def _reference(row: Any) -> Markup:
    """Return one source as markup; cached, since a page cites the same source many times."""
    title = markup.outside(row.title, row.url, language=row.language)
    dated = f", {format_date(row.published_on)}" if row.published_on else ""
    dated += f", in {language_name(row.language)}" if row.language != "en" else ""
    dated += f", {known}" if (known := wording.how_known(row.known)) else ""
    unlinked = "" if row.url else wording.NO_ADDRESS
    return Markup("{}: {}{}{}").format(row.publisher, title, dated, unlinked)

"""Evidence: the sources behind a figure, a sentence or a row, each a link to its publication."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup, escape

from components.basics.formatting import format_date, language_name, shorten
from components.basics.messages import _, language
from components.exhibits.exhibit import Made
from components.ui import markup
from components.ui.canvas import st
from components.views.makeup import Makeup
from components.views.view import View
from components.words import makeups, wording

MAX_LISTED: Final = 40
"""A collapsed list names at most this many sources; the card of sources has them all."""

MAX_CITED: Final = 8
"""A table cell names at most this many sources."""


def source_line(view: View, line: str, ids: Sequence[str]) -> Markup:
    """Return the line of sources below a figure; it expands to their links."""
    if not ids:
        return markup.said(line, kind="small")
    return markup.folded(line, listed(view, ids), kind="sources")


def figure_sources(view: View, ids: Sequence[str]) -> None:
    """Write a label below a headline figure that expands to the links of its sources."""
    if ids:
        label = _("Sources ({count})", count=f"{len(ids):,}")
        st.html(markup.folded(label, listed(view, ids), kind="sources"))


def figure_makeup(view: View, own: Makeup) -> Markup:
    """Return a label below a headline figure that expands to its parts and their sources."""
    if not own.parts:
        return Markup()
    content = view.cached(_parts, own) + _all_sources(view, own.source_ids)
    return markup.folded(_(makeups.TITLE_OF_ONE), content, kind="sources parts")


def bars(view: View, made: Sequence[Made]) -> Markup:
    """Return a line below a chart that expands to the parts of each of its bars, if it has any."""
    if not made:
        return Markup()
    rows = Markup().join(
        Markup("<dt>{}<span>{}</span></dt><dd>{}</dd>").format(
            markup.worded(shorten(bar.name, limit=markup.NAME_LENGTH)),
            bar.label,
            view.cached(_parts, bar.makeup, known=bar.known),
        )
        for bar in made
    )
    content = Markup('<dl class="made">{}</dl>').format(rows)
    return markup.folded(_(makeups.TITLE), content, kind="sources parts")


def _parts(view: View, own: Makeup, *, known: Sequence[str] = ()) -> Markup:
    """Return the parts of a number as lines, each with the source that decides, then the rule."""
    lines = []
    for part in own.parts:
        said = [
            makeups.figure(part, own),
            markup.worded(makeups.subject(part, own, view, known=known)),
            decisive(view, part.source_ids),
        ]
        reports = [
            Markup('<span class="note">{}</span>').format(
                markup.joined([markup.worded(text), decisive(view, ids)], markup.comma())
            )
            for text, ids in makeups.reports(part, view)
        ]
        lines.append(markup.joined(said, markup.comma()) + Markup().join(reports))
    lines.append(escape(makeups.rule(own)))
    return markup.listed(filter(None, lines))


def _all_sources(view: View, ids: Sequence[str]) -> Markup:
    label = _("All sources ({count})", count=f"{len(ids):,}")
    return markup.folded(label, listed(view, ids), kind="sources") if ids else Markup()


def decisive(view: View, ids: Sequence[str]) -> Markup:
    """Return the one source that decides: its publisher as a link, its date, and how known."""
    row = view.baseline.decisive(ids)
    return Markup() if row is None else _decisive(row, language())


@lru_cache(maxsize=2048)
def _decisive(row: Any, _language: str) -> Markup:
    return _remarked(markup.outside(row.publisher, row.url), makeups.source(row))


def _remarked(source: Markup, remark: str) -> Markup:
    """Return a source, followed by a remark if there is one."""
    if not remark:
        return source
    return Markup(_("{source}, {remark}")).format(source=source, remark=remark)


def fact_sources(view: View, ids: Sequence[str]) -> Markup:
    """Return the source that decides a fact; all its sources are collapsed below if it has more."""
    known = [one for one in ids if one in view.baseline.sources]
    if len(known) < 2:
        return decisive(view, known)
    label = _("All sources of this fact ({count})", count=f"{len(known):,}")
    return decisive(view, known) + markup.folded(label, listed(view, known), kind="sources")


def grounds_sources(view: View, grounds: Sequence[Sequence[str]]) -> Markup:
    """Return the source that decides each of several figures, once each.

    All their sources are collapsed below if there are more.
    """
    deciding = dict.fromkeys(decisive(view, ids) for ids in grounds)
    known = [one for ids in grounds for one in ids if one in view.baseline.sources]
    every = list(dict.fromkeys(known))
    lead = markup.joined(deciding)
    return lead + _all_sources(view, every) if len(every) > len(deciding) else lead


def listed(view: View, ids: Sequence[str]) -> Markup:
    """Return a list of sources: publisher, title (a link if one is known), date, how known."""
    sources = view.baseline.sources
    items = [_reference(sources[one], language()) for one in ids[:MAX_LISTED] if one in sources]
    if len(ids) > MAX_LISTED:
        items.append(markup.worded(wording.more(len(ids) - MAX_LISTED)))
    return markup.listed(items)


def cited(view: View, ids: Iterable[str]) -> Markup:
    """Return publishers for a cell, each a link to its publication if one is known.

    One whose publication was not read itself is followed by how it is known.
    """
    sources = view.baseline.sources
    known = [sources[one] for one in ids if one in sources]
    links = [
        _remarked(markup.outside(row.publisher, row.url), wording.how_known(row.known))
        for row in known[:MAX_CITED]
    ]
    rest = [wording.more(len(known) - MAX_CITED)] if len(known) > MAX_CITED else []
    return markup.joined([*links, *rest])


def cell_ids(cell: str) -> list[str]:
    """Return the source ids in a cell."""
    return [one for one in cell.split(";") if one]


@lru_cache(maxsize=2048)
def _reference(row: Any, written_in: str) -> Markup:
    """Return one source as markup; cached, since a page cites the same source many times."""
    details = [
        markup.outside(row.title, row.url, language=row.language),
        format_date(row.published_on),
        _("in {language}", language=language_name(row.language))
        if row.language != written_in
        else "",
        wording.how_known(row.known),
    ]
    said = Markup(_("{publisher}: {details}")).format(
        publisher=markup.worded(row.publisher), details=markup.joined(details, markup.comma())
    )
    return said if row.url else said + _(wording.NO_ADDRESS)

"""The page about the pledge and the data: terms, words, method, conflicts, columns, changes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from components.basics.formatting import format_date, labelled
from components.basics.messages import Labels, _, in_context, mark
from components.exhibits.columns import Column as Explained
from components.exhibits.columns import declared
from components.exhibits.registry import EXHIBITS
from components.exports.codebook import describe_columns
from components.facts.changelog import DataChange, data_changes
from components.facts.schema import CONFIDENCES, TABLES, file_of
from components.ui import data_folder, evidence, html_table, markup, project_cards, session, sharing
from components.ui.canvas import st
from components.ui.html_table import Column
from components.views.view import View
from components.words import prose, wording
from components.words.claims import of_view as claims_of

CHANGES_SHOWN: Final = 20
CODEBOOK: Final = (mark("Column"), mark("Type"), mark("Unit"), mark("Meaning"))

TITLES: Final[tuple[Mapping[str, str], ...]] = (
    Labels(
        {
            "claims": "Claims, and what one may print",
            "terms": "Terms of the pledge",
            "codebook": "Codebook",
            "cite": "How to cite",
            "changes": "Changes to the data",
        }
    ),
    prose.SECTIONS,
    wording.TITLES,
)
"""The headings of the page, by the anchors that links may point to: the first that has one."""

UNRELEASED: Final = mark("Unreleased")
"""What the changelog calls the release to come."""

KINDS: Final = Labels(
    {
        "id": "id",
        "text": "text",
        "list": "list",
        "choice": "choice",
        "flag": "flag",
        "date": "date",
        "number": "number",
        "integer": "integer",
        "link": "link",
    },
    context="kind",
)
"""What a column holds, in a word: kind of the schema -> word."""

READING_WIDTH: Final = 860
"""Running text is at most this wide, in pixels."""


def changelog() -> list[DataChange]:
    """Return what changed in the data according to its changelog, newest first."""
    return data_changes(data_folder.changelog())


def contents(names: Sequence[str], view: View, changelog: Sequence[DataChange]) -> None:
    """Draw the table of contents: a link to each section that is not empty."""
    has: dict[str, object] = {
        "claims": claims_of(view),
        "terms": view.pledge.terms,
        "changes": changelog,
    }
    has |= {name: len(getattr(view.dataset, name)) for name in ("conflicts", "gaps")}
    items = Markup().join(
        Markup('<li><a href="#about-{}">{}</a></li>').format(name, _title(name))
        for name in names
        if has.get(name, True)
    )
    st.html(
        Markup('<nav class="contents" aria-label="{}"><ul>{}</ul></nav>').format(
            _("On this page"), items
        )
    )


def section(name: str, view: View) -> None:
    """Write a standing text under its heading, with the figures of the data."""
    with st.container(key=f"about-{name}", gap="xsmall", width=READING_WIDTH):
        _heading(name)
        st.markdown(prose.render(name, view))


def claims(view: View) -> None:
    """Draw what people claim, how far it is true, and what one may print, with its sources."""
    found = claims_of(view)
    if not found:
        return
    with st.container(border=True, key="card-claims", gap="xsmall"):
        _heading("claims")
        columns = [
            Column(_("Claim"), [_("“{quote}”", quote=claim.text) for claim in found]),
            Column(_("Verdict"), [_(claim.verdict) for claim in found]),
            Column(_("What one may print"), [claim.printable for claim in found], is_wide=True),
            Column(
                _("Deciding source"),
                [evidence.grounds_sources(view, claim.grounds) for claim in found],
                is_wide=True,
            ),
        ]
        html_table.draw(columns, label=_title("claims"))


def terms(view: View) -> None:
    """Draw the terms of the pledge: who selects, who pays, until when, how profits are split."""
    if not view.pledge.terms:
        return
    with st.container(border=True, key="card-terms", gap="xsmall"):
        _heading("terms")
        terms = view.pledge.terms
        columns = [
            Column(in_context("pledge", "Term"), [term.label for term in terms]),
            Column(
                _("What is agreed"), [_term(term.value, term.note) for term in terms], is_wide=True
            ),
            Column(_("Confidence"), [CONFIDENCES[term.confidence] for term in terms]),
            Column(_("Sources"), [evidence.cited(view, term.source_ids) for term in terms]),
        ]
        html_table.draw(columns, label=_title("terms"))


def conflicts(view: View) -> None:
    """Draw every disagreement between sources."""
    _anchor("conflicts")
    project_cards.conflicts(view.dataset.conflicts, view)


def gaps(view: View) -> None:
    """Draw everything that was looked for and not found."""
    _anchor("gaps")
    project_cards.gaps(view.dataset.gaps, view, names=True)


def codebook() -> None:
    """Draw what every column of every table and chart means, a collapsed section for each."""
    with st.container(key="about-codebook", gap="xsmall"):
        _heading("codebook")
        for table in TABLES:
            columns = [declared(str(name), table) for name in table.columns]
            _described(file_of(table), _(str(table.description)), columns)
        for kind in EXHIBITS.values():
            name = _("Rows of the chart {chart}", chart=kind.id)
            _described(name, _("One for each {noun}.", noun=_(kind.noun)), kind.columns)


def cite(view: View) -> None:
    """Draw the ways to cite the dataset."""
    with st.container(key="about-cite", gap="xsmall", width=READING_WIDTH):
        _heading("cite")
        sharing.citations(view, link=session.link_to(view))


def changes(entries: Sequence[DataChange]) -> None:
    """Draw the list of changes in the data."""
    if not entries:
        return
    with st.container(key="about-changes", gap="xsmall", width=READING_WIDTH):
        _heading("changes")
        markup.bullets(
            [_change(entry) for entry in entries[:CHANGES_SHOWN]],
            kind="plain",
        )


def _change(entry: DataChange) -> Markup:
    """Return a change after the release that brought it, and its day."""
    release = Markup("<strong>{}</strong>").format(_(entry.release))
    change = markup.worded(entry.text)
    if not entry.released_on:
        return Markup(_("{release}. {change}")).format(release=release, change=change)
    return Markup(_("{release}, {day}. {change}")).format(
        release=release, day=format_date(entry.released_on), change=change
    )


def _described(name: str, about: str, explained: Iterable[Explained]) -> None:
    described = [
        (column, KINDS.get(kind, kind), _(unit), _(meaning))
        for column, kind, unit, meaning in describe_columns(explained)
    ]
    cells = zip(*described, strict=True)
    columns = [Column(_(title), texts) for title, texts in zip(CODEBOOK, cells, strict=True)]
    st.html(markup.folded(labelled(name, about), html_table.html_of(columns, label=name)))


def _heading(name: str) -> None:
    st.html(Markup('<h2 id="about-{}" tabindex="-1">{}</h2>').format(name, _title(name)))


def _title(name: str) -> str:
    return next(words[name] for words in TITLES if name in words)


def _anchor(name: str) -> None:
    st.html(Markup('<span id="about-{}" tabindex="-1"></span>').format(name))


def _term(value: str, note: str) -> Markup:
    return Markup('{} <span class="note">{}</span>').format(
        markup.worded(value), markup.worded(note)
    )

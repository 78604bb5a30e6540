"""The page about the pledge and the data: terms, words, method, conflicts, columns, changes."""

from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from components.basics.formatting import format_date
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
CODEBOOK: Final = ("Column", "Type", "Unit", "Meaning")

TITLES: Final = prose.SECTIONS | {
    "claims": "Claims, and what one may print",
    "terms": "Terms of the pledge",
    "conflicts": wording.TITLES["conflicts"],
    "gaps": wording.TITLES["gaps"],
    "codebook": "Codebook",
    "cite": "How to cite",
    "changes": "Changes to the data",
}
"""The headings of the page, by the anchors that links may point to."""

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
        Markup('<li><a href="#about-{}">{}</a></li>').format(name, TITLES[name])
        for name in names
        if has.get(name, True)
    )
    st.html(
        Markup('<nav class="contents" aria-label="On this page"><ul>{}</ul></nav>').format(items)
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
            Column("Claim", [f"“{claim.text}”" for claim in found]),
            Column("Verdict", [claim.verdict for claim in found]),
            Column("What one may print", [claim.printable for claim in found], is_wide=True),
            Column(
                "Deciding source",
                [evidence.grounds_sources(view, claim.grounds) for claim in found],
                is_wide=True,
            ),
        ]
        html_table.draw(columns, label=TITLES["claims"])


def terms(view: View) -> None:
    """Draw the terms of the pledge: who selects, who pays, until when, how profits are split."""
    if not view.pledge.terms:
        return
    with st.container(border=True, key="card-terms", gap="xsmall"):
        _heading("terms")
        terms = view.pledge.terms
        columns = [
            Column("Term", [term.label for term in terms]),
            Column(
                "What is agreed", [_term(term.value, term.note) for term in terms], is_wide=True
            ),
            Column("Confidence", [CONFIDENCES[term.confidence] for term in terms]),
            Column("Sources", [evidence.cited(view, term.source_ids) for term in terms]),
        ]
        html_table.draw(columns, label=TITLES["terms"])


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
            _described(file_of(table), str(table.description), columns)
        for kind in EXHIBITS.values():
            _described(f"Rows of the chart {kind.id}", f"One for each {kind.noun}.", kind.columns)


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
            [
                Markup("<strong>{}</strong>{} {}").format(
                    entry.release,
                    f", {format_date(entry.released_on)}." if entry.released_on else ".",
                    entry.text,
                )
                for entry in entries[:CHANGES_SHOWN]
            ],
            kind="plain",
        )


def _described(name: str, about: str, explained: Iterable[Explained]) -> None:
    described = zip(*describe_columns(explained), strict=True)
    columns = [Column(title, cells) for title, cells in zip(CODEBOOK, described, strict=True)]
    st.html(markup.folded(f"{name}: {about}", html_table.html_of(columns, label=name)))


def _heading(name: str) -> None:
    st.html(Markup('<h2 id="about-{}" tabindex="-1">{}</h2>').format(name, TITLES[name]))


def _anchor(name: str) -> None:
    st.html(Markup('<span id="about-{}" tabindex="-1"></span>').format(name))


def _term(value: str, note: str) -> Markup:
    return Markup('{} <span class="note">{}</span>').format(
        markup.worded(value), markup.worded(note)
    )

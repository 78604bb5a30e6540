"""How to cite a view: in the usual styles, with its filter, version, days and link.

A citation is dated by the release of the data, and names the day up to which they are shown.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import yaml

from components.basics.formatting import (
    MONTHS,
    as_sentence,
    format_date,
    join_sentences,
    labelled,
    lower_first,
)
from components.basics.messages import ENGLISH, _, in_japanese, mark, using
from components.views.view import View
from components.words.colophon import UNSPENT

LATEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)
"""Characters that LaTeX would interpret as commands."""

LICENCES: Final = {
    "CC BY 4.0": "CC-BY-4.0",
    "CC BY-SA 4.0": "CC-BY-SA-4.0",
    "CC0 1.0": "CC0-1.0",
    "ODbL 1.0": "ODbL-1.0",
    "MIT": "MIT",
}
"""Usual names of licences -> their SPDX identifiers, which CITATION.cff requires."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One way to cite."""

    id: str
    label: str
    text: str


def of_view(view: View, *, link: str, accessed: date) -> list[Citation]:
    """Cite a view: APA (7th edition), Chicago (17th, notes), BibTeX, SIST 02, a plain sentence.

    Styles in English are in English in any language, but for titles and names. SIST 02 is the
    Japanese standard for references, and comes first where Japanese is written.

    ``link`` may be empty; then no citation has an address.
    """
    sist = Citation("sist02", "SIST 02", _sist02(view, link=link, accessed=accessed))
    english = [
        Citation("apa", "APA", _apa(view, link=link, accessed=accessed)),
        Citation("chicago", "Chicago", _chicago(view, link=link, accessed=accessed)),
        Citation("bibtex", "BibTeX", _bibtex(view, link=link, accessed=accessed)),
        Citation("sentence", mark("Plain sentence"), _sentence(view, link=link, accessed=accessed)),
    ]
    return [sist, *english] if in_japanese() else [*english[:-1], sist, english[-1]]


def quoted(sentence: str, view: View, *, link: str) -> str:
    """Return a sentence of a view to paste elsewhere, with a line of credit below it.

    That has its day, title, publisher, version, licence and, unless it is empty, the link.
    """
    pledge = view.pledge
    credit = _(
        "As of {day}. From “{title}” by {publisher}, dataset version {version}, {licence}",
        day=_as_of(view),
        title=pledge.title,
        publisher=pledge.publisher,
        version=_version(view),
        licence=pledge.licence,
    )
    return f"{sentence}\n{labelled(credit, link) if link else as_sentence(credit)}"


def cff(view: View, *, link: str) -> str:
    """Write a CITATION.cff (version 1.2.0) for the dataset, for reference managers."""
    pledge = view.pledge
    entry: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these files, please cite them as below.",
        "type": "dataset",
        "title": _title(view),
        "authors": [{"name": pledge.publisher}],
        "version": f"{pledge.version} ({view.dataset.version})",
        "date-released": view.released_on,
        "abstract": join_sentences(
            _("Filter: {filter}.", filter=view.words),
            _("Data as of {day}.", day=_as_of(view)),
            _(UNSPENT),
        ),
    }
    if pledge.licence in LICENCES:
        entry["license"] = LICENCES[pledge.licence]
    if link:
        entry["url"] = link
    text: str = yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=100)
    return text


def _title(view: View) -> str:
    return labelled(view.pledge.title, view.words) if view.filter else view.pledge.title


def _version(view: View) -> str:
    return f"{view.pledge.version} ({view.dataset.version})"


def _as_of(view: View) -> str:
    return format_date(view.pledge.as_of.isoformat())


def _apa(view: View, *, link: str, accessed: date) -> str:
    pledge = view.pledge
    entry = (
        f"{_stopped(pledge.publisher)} ({view.released_on.year}). {_title(view)}, as of "
        f"{_american(pledge.as_of)} (Version {pledge.version}, {view.dataset.version}) [Data set]."
    )
    return f"{entry} Retrieved {_american(accessed)}, from {link}" if link else entry


def _chicago(view: View, *, link: str, accessed: date) -> str:
    entry = (
        f"{_stopped(view.pledge.publisher)} “{_title(view)}.” Dataset, version {_version(view)}, "
        f"released {_american(view.released_on)}; data as of {_american(view.pledge.as_of)}."
    )
    return f"{entry} Accessed {_american(accessed)}. {link}." if link else entry


def _bibtex(view: View, *, link: str, accessed: date) -> str:
    pledge = view.pledge
    released_on = view.released_on.isoformat()
    with using(ENGLISH):  # As the words around them are, whatever the reader's language.
        days = f"released {format_date(released_on)}, data as of {_as_of(view)}"
    fields = {
        "author": f"{{{pledge.publisher.translate(LATEX)}}}",
        "title": f"{{{_title(view).translate(LATEX)}}}",
        "year": str(view.released_on.year),
        "version": _version(view).translate(LATEX),
        "note": f"Data set, version {_version(view)}, {days}".translate(LATEX),
    }
    if link:
        # Braces in an address would unbalance the entry.
        address = link.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
        fields |= {"url": address, "urldate": accessed.isoformat()}
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    key = f"{pledge.slug}-{released_on}"
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _sentence(view: View, *, link: str, accessed: date) -> str:
    pledge = view.pledge
    said = {
        "title": pledge.title,
        "publisher": pledge.publisher,
        "version": _version(view),
        "day": _as_of(view),
    }
    entry = (
        _(
            "According to “{title}” ({filter}) by {publisher}, dataset version {version}, data as "
            "of {day}",
            filter=lower_first(view.words),
            **said,
        )
        if view.filter
        else _(
            "According to “{title}” by {publisher}, dataset version {version}, data as of {day}",
            **said,
        )
    )
    if not link:
        return as_sentence(entry)
    read_on = format_date(accessed.isoformat())
    return _("{entry}: {link} (accessed {day}).", entry=entry, link=link, day=read_on)


def _sist02(view: View, *, link: str, accessed: date) -> str:
    """Cite as SIST 02 does (supplement on electronic documents, Japan Science and Technology)."""
    pledge = view.pledge
    entry = (
        f"{pledge.publisher}. “{_title(view)}”. {pledge.version}版 ({view.dataset.version}). "
        f"{view.released_on.isoformat()}."
    )
    return f"{entry} {link}, (参照 {accessed.isoformat()})." if link else entry


def _stopped(name: str) -> str:
    return name if name.endswith(".") else f"{name}."


def _american(day: date) -> str:
    """Write a day in American style: October 10, 2026."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"

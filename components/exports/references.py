"""References: the numbered sources of a typeset document."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from components.basics.formatting import format_date, join_details, language_name, shorten
from components.basics.messages import _, language
from components.exports.documents import LONGEST, Item, rest, web_address
from components.views import summaries
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording

MAX_SOURCES: Final = 50
UNTITLED: Final = "[untitled]"


class References:
    """Some sources of a view, numbered in the order in which a document cites them."""

    def __init__(self, view: View, ids: Sequence[str]) -> None:
        """Start without numbers; ``ids`` are all sources the document is based on."""
        self._table = view.dataset.sources.set_index("source_id")
        self._ids = ids
        self._numbers: dict[str, int] = {}

    def cite(self, ids: Iterable[str]) -> list[Item]:
        """Return the numbers of sources in short form, new ones where needed: 1–4, 7.

        A source beyond the ``MAX_SOURCES`` that are listed gets no number.
        """
        numbers = sorted({number for source in ids if (number := self._number(source))})
        runs: list[list[int]] = []
        for number in numbers:
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return [
            {"first": run[0], "text": str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"}
            for run in runs
        ]

    def _number(self, source: str) -> int:
        """Return the number of a source, a new one if it has none; 0 where all numbers are used."""
        if source not in self._numbers and len(self._numbers) < MAX_SOURCES:
            self._numbers[source] = len(self._numbers) + 1
        return self._numbers.get(source, 0)

    def listing(self) -> Item:
        """List the sources: first those cited, then the others the document is based on."""
        self.cite(self._ids)
        rows = self._table.loc[list(self._numbers)]
        entries = [
            {
                "number": number,
                "publisher": shorten(row.publisher, limit=LONGEST["publisher"]),
                "title": shorten(row.title, limit=LONGEST["source"]) or UNTITLED,
                "language": _title_language(row.title, row.language),
                "url": web_address(row.url),
                "rest": _imprint(row),
            }
            for number, row in enumerate(rows_of(rows), start=1)
        ]
        count = len({*self._ids, *self._numbers})
        return {
            "title": wording.TITLES["sources"],
            "entries": entries,
            "rest": [rest(count - shown, "source") for shown in range(len(entries) + 1)],
        }


def deciding(row: Any, *facts: str) -> list[str]:
    """Return the source that decides each of these facts of a project, if it has any.

    An undisclosed amount has the first source of the row.
    """
    cells = [getattr(row, f"{fact}_source_ids") for fact in facts]
    firsts = [cell.split(";")[0] for cell in cells]
    return [one for one in firsts if one] or row.source_ids.split(";")[:1]


def of_stage(view: View, row: Any, since: str) -> list[str]:
    """Return the sources of the milestone that brought a project to its stage."""
    events = view.baseline.project_events
    is_it = (
        (events["project_id"] == row.project_id)
        & (events["stage"] == row.stage)
        & (events["date"] == since)
    )
    return summaries.source_ids(events[is_it]) if row.stage != "announced" else []


def _title_language(title: str, language: str) -> str:
    """Return the language of a title: a description in brackets is in English."""
    return "en" if title.startswith("[") or not language else language


def _imprint(source: Any) -> str:
    """Return what follows a title: date, language unless English, host, how known unless read."""
    host = source.url.split("//", 1)[-1].split("/", 1)[0].removeprefix("www.")
    parts = [
        format_date(source.published_on) if source.published_on else _("undated"),
        _("in {language}", language=language_name(source.language))
        if source.language not in ("", language())
        else "",
        shorten(host, limit=LONGEST["cell"]) if host else _("no address known"),
        wording.how_known(source.known),
    ]
    return join_details(parts)

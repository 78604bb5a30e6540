"""The colophon of every exported file: title, unit, note, source, date, version and licence."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from components.basics.formatting import as_sentence, join_details
from components.basics.messages import _, mark
from components.views.view import View

UNSPENT: Final = mark("Announced amounts, not money spent.")


@dataclass(frozen=True, slots=True)
class Colophon:
    """The text that makes a file usable by someone who has never seen the dashboard.

    ``subtitle`` names the unit and the filter in words. ``version`` is the release and the hash
    of the data folder. ``note`` and ``link`` may be empty.
    """

    title: str
    subtitle: str
    note: str
    source: str
    dataset: str
    as_of: date
    version: str
    licence: str
    link: str

    @classmethod
    def of(
        cls, view: View, *, title: str, subtitle: str, note: str, source: str, link: str
    ) -> "Colophon":
        """Return the colophon of one file: its own texts, and those of all files of a view."""
        pledge = view.pledge
        return cls(
            title=title,
            subtitle=subtitle,
            note=note,
            source=source,
            dataset=pledge.title,
            as_of=pledge.as_of,
            version=f"{pledge.version} ({view.dataset.version})",
            licence=pledge.licence,
            link=link,
        )

    def items(self) -> dict[str, str]:
        """Return all texts under the names that data files use; "" where there is none."""
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "note": self.note,
            "caution": _(UNSPENT),
            "source": self.source,
            "data_as_of": self.as_of.isoformat(),
            "dataset": self.dataset,
            "dataset_version": self.version,
            "licence": self.licence,
            "link": self.link,
        }

    def small_print(self) -> str:
        """Return the text below a picture, one statement per line."""
        version = _("dataset version {version}", version=self.version)
        origin = as_sentence(join_details([self.dataset, version, self.licence]))
        return "\n".join(filter(None, [self.note, _(UNSPENT), self.source, origin, self.link]))

"""Notes: what a reader must know about a chart, as values for screen, files and text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

import pandas as pd

from components.basics.formatting import (
    format_count,
    format_date,
    format_usd_bn,
    join_clauses,
    join_details,
    join_words,
    lower_first,
    spell_number,
)
from components.basics.hatching import Hatching
from components.basics.messages import _, mark, plural
from components.basics.us_states import STATE_NAMES
from components.facts.pledge import Tranche
from components.views.summaries import StageCount, rows_of
from components.views.view import View
from components.words import wording

MAX_NAMES: Final = 12
"""A note names at most this many states; the rest is counted."""

MAX_EVENTS: Final = 5
"""Of at most this many money events, the latest, the notes say what they are."""

HATCHING_SIGNS: Final = {
    Hatching.CEILING: "/",
    Hatching.SHARED: "\\",
    Hatching.BOTH: mark("crossed,"),
}
HATCHING_MEANINGS: Final = {
    Hatching.CEILING: mark("a ceiling (“up to”)"),
    Hatching.SHARED: mark("shared between states, no official split"),
    Hatching.BOTH: mark("a ceiling shared between states, no official split"),
}


class NoteKind(Enum):
    """What a note is about."""

    HATCHING = auto()
    NOT_ADDING_UP = auto()
    NOT_DRAWN = auto()
    REPORTED = auto()
    CEILINGS = auto()
    TRANCHE = auto()
    MONEY = auto()
    STAGES = auto()
    PACE = auto()
    MARKS = auto()


BACKGROUND: Final = frozenset({NoteKind.TRANCHE, NoteKind.STAGES, NoteKind.PACE})
"""What a picture with short notes leaves out: all else is needed to read what is drawn."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note: its kind, its sentences, and the hatchings that it explains, if any."""

    kind: NoteKind
    text: str
    hatchings: frozenset[Hatching] = frozenset()


def said(notes: Sequence[Note]) -> str:
    """Return notes as one paragraph; "" for none."""
    return wording.join_sentences(*(note.text for note in notes))


def short(notes: Sequence[Note]) -> list[Note]:
    """Return the notes without which a chart cannot be read rightly."""
    return [note for note in notes if note.kind not in BACKGROUND]


def hatching(drawn: Collection[Hatching]) -> list[Note]:
    """Return the note that explains the hatchings of a chart, if it has any."""
    present = [kind for kind in HATCHING_MEANINGS if kind in drawn]
    if not present:
        return []
    meanings = [f"{_(HATCHING_SIGNS[kind])} {_(HATCHING_MEANINGS[kind])}" for kind in present]
    text = _("Hatching: {meanings}.", meanings=join_clauses(meanings))
    return [Note(NoteKind.HATCHING, text, frozenset(present))]


def not_adding_up(segments: pd.DataFrame) -> list[Note]:
    """Return the note that bars of states do not add up, if any of them has a shared amount."""
    if not segments["hatching"].isin([Hatching.SHARED, Hatching.BOTH]).any():
        return []
    text = _("A shared amount stands in full in each of its states: bars do not add up.")
    return [Note(NoteKind.NOT_ADDING_UP, text)]


def reported_marks(segments: pd.DataFrame) -> list[Note]:
    """Return the note on the upright lines in bars, if there are any."""
    if not (segments["reported_usd_bn"] > 0).any():
        return []
    text = _("An upright line ends the part of a shared amount that press reports give to the bar.")
    return [Note(NoteKind.REPORTED, text)]


def not_drawn(count: int) -> list[Note]:
    """Return the note on how many bars a chart leaves out."""
    if count < 1:
        return []
    text = plural("{count} more is not drawn.", "{count} more are not drawn.", count)
    return [Note(NoteKind.NOT_DRAWN, text)]


def reported(view: View) -> list[Note]:
    """Return the note on amounts that are press reports rather than official."""
    text = wording.press_reports(view)
    return [Note(NoteKind.REPORTED, text)] if text else []


def ceilings(view: View, *, only: Sequence[str] = ()) -> list[Note]:
    """Return the notes on ceilings and shared amounts of states, which map shades cannot show.

    ``only`` are the codes of the highlighted states, where not all are.
    """
    totals = view.state_totals
    if only:
        totals = totals[totals["state"].isin(only)]
    is_ceiling = totals["amount_qualifier"].to_numpy() == "up_to"
    states = [STATE_NAMES.get(code, code) for code in totals["state"].to_numpy()[is_ceiling]]
    left_out = len(states) - MAX_NAMES
    rest = [format_count(left_out, "more state")] if left_out > 0 else []
    notes = []
    if states:
        named = join_words([*states[:MAX_NAMES], *rest])
        text = _("Ceilings (“up to”) in {states}.", states=named)
        notes.append(Note(NoteKind.CEILINGS, text))
    if (totals["shared_with"].to_numpy() != "").any():
        text = _("A shared amount stands in full in each of its states.")
        notes.append(Note(NoteKind.CEILINGS, text))
    return notes


def absent(states: Sequence[str]) -> list[Note]:
    """Return the note on states that have a project but no outline on the map."""
    text = _("Not on this map: {states}.", states=join_details(states))
    return [Note(NoteKind.NOT_DRAWN, text)] if states else []


def tranches(entries: Sequence[Tranche]) -> list[Note]:
    """Return the notes that the data has on the totals of tranches."""
    return [
        Note(
            NoteKind.TRANCHE,
            _("Tranche {number}: {note}", number=entry.tranche, note=entry.note),
        )
        for entry in entries
        if entry.note
    ]


def money(view: View) -> list[Note]:
    """Return what the money events are, how they were converted, and what none found means."""
    texts = [
        wording.join_sentences(row.note, wording.conversion(row))
        for row in rows_of(view.money.tail(MAX_EVENTS))
    ]
    found = [Note(NoteKind.MONEY, text) for text in dict.fromkeys(texts) if text]
    missing = [total for total in view.money_totals.values() if not total.is_found]
    none = _("“None found” means that no source reports it, not that it is zero.")
    return [*found, *([Note(NoteKind.MONEY, none)] if missing else [])]


def stages(view: View) -> list[Note]:
    """Return how many projects stand at each stage, and for how many loans cover only a part."""
    counts = [
        _counted(lower_first(wording.rung(stage)), count)
        for stage, count in view.stage_counts.items()
        if count.project_count
    ]
    text = _("Projects by stage: {counts}.", counts=join_clauses(counts))
    return [Note(NoteKind.STAGES, text)] if counts else []


def _counted(stage: str, count: StageCount) -> str:
    said = {"stage": stage, "count": spell_number(count.project_count)}
    if not count.part_count:
        return _("{stage} {count}", **said)
    if count.part_count == count.project_count:
        return _("{stage} {count}, in part", **said)
    return _("{stage} {count}, {part} in part", part=spell_number(count.part_count), **said)


def marks(*, events_drawn: int, hidden: int) -> list[Note]:
    """Return the notes on the marks of a time line."""
    if not events_drawn:
        return [Note(NoteKind.MARKS, _("No milestone is known."))]
    notes = [Note(NoteKind.MARKS, _("Hollow marks are reported, not official."))]
    if hidden:
        text = plural(
            "{count} earlier one is not drawn.", "{count} earlier ones are not drawn.", hidden
        )
        notes.append(Note(NoteKind.NOT_DRAWN, text))
    return notes


def pace(view: View, *, even_pace_usd_bn: float) -> list[Note]:
    """Return the comparison with an even pace from signing to deadline (own calculation)."""
    pledge = view.pledge
    signed_on, as_of = (format_date(day.isoformat()) for day in (pledge.signed_on, pledge.as_of))
    text = _(
        "Own calculation: an even pace from the signing on {signed} to the deadline would "
        "have reached {reached} by {as_of}; {announced} is announced.",
        signed=signed_on,
        reached=format_usd_bn(round(even_pace_usd_bn)),
        as_of=as_of,
        announced=view.headline.whole_announced.in_words(),
    )
    return [Note(NoteKind.PACE, text)]

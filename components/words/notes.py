"""Notes: what a reader must know about a chart, as values for screen, files and text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

import pandas as pd

from components.basics.formatting import (
    format_date,
    format_usd_bn,
    join_words,
    lower_first,
    spell_number,
)
from components.basics.hatching import Hatching
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
    Hatching.BOTH: "crossed,",
}
HATCHING_MEANINGS: Final = {
    Hatching.CEILING: "a ceiling (“up to”)",
    Hatching.SHARED: "shared between states, no official split",
    Hatching.BOTH: "a ceiling shared between states, no official split",
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
    meanings = [f"{HATCHING_SIGNS[kind]} {HATCHING_MEANINGS[kind]}" for kind in present]
    return [Note(NoteKind.HATCHING, f"Hatching: {'; '.join(meanings)}.", frozenset(present))]


def not_adding_up(segments: pd.DataFrame) -> list[Note]:
    """Return the note that bars of states do not add up, if any of them has a shared amount."""
    if not segments["hatching"].isin([Hatching.SHARED, Hatching.BOTH]).any():
        return []
    text = "A shared amount stands in full in each of its states: bars do not add up."
    return [Note(NoteKind.NOT_ADDING_UP, text)]


def reported_marks(segments: pd.DataFrame) -> list[Note]:
    """Return the note on the upright lines in bars, if there are any."""
    if not (segments["reported_usd_bn"] > 0).any():
        return []
    text = "An upright line ends the part of a shared amount that press reports give to the bar."
    return [Note(NoteKind.REPORTED, text)]


def not_drawn(count: int) -> list[Note]:
    """Return the note on how many bars a chart leaves out."""
    if count < 1:
        return []
    return [Note(NoteKind.NOT_DRAWN, f"{count:,} more {'is' if count == 1 else 'are'} not drawn.")]


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
    rest = [f"{len(states) - MAX_NAMES:,} more"] if len(states) > MAX_NAMES else []
    notes = []
    if states:
        text = f"Ceilings (“up to”) in {join_words([*states[:MAX_NAMES], *rest])}."
        notes.append(Note(NoteKind.CEILINGS, text))
    if (totals["shared_with"].to_numpy() != "").any():
        text = "A shared amount stands in full in each of its states."
        notes.append(Note(NoteKind.CEILINGS, text))
    return notes


def absent(states: Sequence[str]) -> list[Note]:
    """Return the note on states that have a project but no outline on the map."""
    return [Note(NoteKind.NOT_DRAWN, f"Not on this map: {', '.join(states)}.")] if states else []


def tranches(entries: Sequence[Tranche]) -> list[Note]:
    """Return the notes that the data has on the totals of tranches."""
    return [
        Note(NoteKind.TRANCHE, f"Tranche {entry.tranche}: {entry.note}")
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
    none = "“None found” means that no source reports it, not that it is zero."
    return [*found, *([Note(NoteKind.MONEY, none)] if missing else [])]


def stages(view: View) -> list[Note]:
    """Return how many projects stand at each stage, and for how many loans cover only a part."""
    counts = [
        f"{lower_first(wording.rung(stage))} {spell_number(count.project_count)}" + _in_part(count)
        for stage, count in view.stage_counts.items()
        if count.project_count
    ]
    return [Note(NoteKind.STAGES, f"Projects by stage: {'; '.join(counts)}.")] if counts else []


def _in_part(count: StageCount) -> str:
    if not count.part_count:
        return ""
    some = "" if count.part_count == count.project_count else f"{spell_number(count.part_count)} "
    return f", {some}in part"


def marks(*, events_drawn: int, hidden: int) -> list[Note]:
    """Return the notes on the marks of a time line."""
    if not events_drawn:
        return [Note(NoteKind.MARKS, "No milestone is known.")]
    notes = [Note(NoteKind.MARKS, "Hollow marks are reported, not official.")]
    if hidden:
        ones = "one is" if hidden == 1 else "ones are"
        notes.append(Note(NoteKind.NOT_DRAWN, f"{hidden:,} earlier {ones} not drawn."))
    return notes


def pace(view: View, *, even_pace_usd_bn: float) -> list[Note]:
    """Return the comparison with an even pace from signing to deadline (own calculation)."""
    pledge = view.pledge
    signed_on, as_of = (format_date(day.isoformat()) for day in (pledge.signed_on, pledge.as_of))
    reached = format_usd_bn(round(even_pace_usd_bn))
    announced = lower_first(wording.announced(view.headline.whole_announced))
    text = (
        f"Own calculation: an even pace from the signing on {signed_on} to the deadline would "
        f"have reached {reached} by {as_of}; {announced}."
    )
    return [Note(NoteKind.PACE, text)]

"""The next steps of a view: what is expected when, what is under review, what is not found."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from components.basics.formatting import format_date, join_details, labelled
from components.basics.messages import _, mark
from components.facts.schema import GATE_STATUSES, GATES
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording

DEADLINE: Final = "deadline"
"""The id of the deadline of the pledge, among the steps and among the terms."""

PASSED: Final = mark("This day has passed, and no source says whether it happened.")


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One thing to watch: what, of which project ("" for the pledge), when, and who decides.

    ``first`` and ``last`` are the days it is expected between.
    """

    id: str
    what: str
    project_id: str
    first: date
    last: date
    when: str
    decided_by: str
    confidence: str
    note: str
    source_ids: tuple[str, ...]


def ordered(view: View, *statuses: str) -> list[Any]:
    """Return the steps of a view, all or with some statuses, by project, then in their order."""
    rank = {gate: place for place, gate in enumerate(GATES)}
    gates = view.gates[view.gates["status"].isin(statuses)] if statuses else view.gates
    return sorted(
        rows_of(gates),
        key=lambda row: (row.project_id, rank[row.gate], row.date or "9", row.gate_id),
    )


def expected(view: View) -> list[Step]:
    """Return what is expected, the earliest first; the deadline of the pledge comes with it.

    Before the pledge was signed it has no deadline.
    """
    return view.cached(_expected)


def _expected(view: View) -> list[Step]:
    gates = view.gates[view.gates["expected_on"] != ""]
    steps = [_step(row, view) for row in rows_of(gates)]
    if view.pledge.as_of >= view.pledge.signed_on:
        steps.append(_deadline(view))
    return sorted(steps, key=lambda step: (step.first, step.id))


def name(row: Any) -> str:
    """Return the name of a step: ``Permit: State water certification``."""
    return labelled(GATES[row.gate], row.what) if row.what else GATES[row.gate]


def status(row: Any) -> str:
    """Return how far a step is and since or until when: ``Done, 3 February 2026``."""
    return join_details([GATE_STATUSES[row.status], when(row)])


def when(row: Any) -> str:
    """Return when a step was done or filed, and when it is expected; "" where neither is known."""
    expected = expected_words(row) if row.expected_on else ""
    if row.date and expected:
        expected = _("expected {when}", when=expected)
    return join_details([format_date(row.date), expected])


def expected_words(row: Any) -> str:
    """Return when a step is expected: ``January 2027 to March 2027``."""
    first, last = format_date(row.expected_on), format_date(row.expected_until)
    return _("{first} to {last}", first=first, last=last) if first and last else first or last


def _step(row: Any, view: View) -> Step:
    first = _days(row.expected_on)[0]
    last = _days(row.expected_until or row.expected_on)[1]
    passed = _(PASSED) if last < view.pledge.as_of else ""
    return Step(
        id=f"gate-{row.gate_id}",
        what=name(row),
        project_id=row.project_id,
        first=first,
        last=last,
        when=expected_words(row),
        decided_by=row.decided_by,
        confidence=row.confidence,
        note=wording.join_sentences(row.note, passed),
        source_ids=tuple(row.source_ids.split(";")),
    )


def _deadline(view: View) -> Step:
    pledge = view.pledge
    known = [term for term in pledge.terms if term.term == DEADLINE]
    return Step(
        id=DEADLINE,
        what=_("Deadline of the pledge"),
        project_id="",
        first=pledge.deadline,
        last=pledge.deadline,
        when=format_date(pledge.deadline.isoformat()),
        decided_by="",
        confidence=known[0].confidence if known else "",
        note=known[0].note if known else "",
        source_ids=tuple(pledge.deadline_source_ids),
    )


def _days(text: str) -> tuple[date, date]:
    """Return the first and the last day of a date, which may be a month."""
    if len(text) > len("YYYY-MM"):
        day = date.fromisoformat(text)
        return day, day
    first = date.fromisoformat(f"{text}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])

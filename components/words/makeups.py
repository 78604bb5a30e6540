"""Makeups in words: each part of a number in a line, and how the parts make the number."""

from collections.abc import Sequence
from typing import Any, Final

from components.basics.formatting import (
    format_count,
    format_date,
    join_details,
    join_words,
    labelled,
    lower_first,
    shorten,
)
from components.basics.messages import _, mark
from components.basics.us_states import STATE_NAMES
from components.facts.schema import CONFIDENCES
from components.views.makeup import Kind, Makeup, Part, Rule
from components.views.view import View
from components.words import wording

TITLE: Final = mark("How these numbers are made")
TITLE_OF_ONE: Final = mark("How it is made")

MAX_REPORTS: Final = 4
"""A part names at most this many reports."""

MAX_NAMES: Final = 3
NAME_LENGTH: Final = 90
"""A line names at most this many projects, of at most this many characters each."""

RULES: Final = {
    Rule.SUM: mark("sum: our own"),
    Rule.REMAINDER: mark("own calculation: pledge less announced"),
    Rule.SHARE: mark("own calculation: announced divided by the pledge"),
    Rule.COUNT: mark("a count: our own"),
    Rule.CONVERSION: mark("dollars: our own conversion, at the rate named below the chart"),
}
"""Rule -> how the parts make the number; one that is its only part needs no word."""


def rule(makeup: Makeup) -> str:
    """Return how the parts make the number: ``sum: our own``."""
    if makeup.rule in RULES:
        return _(RULES[makeup.rule]) if makeup.parts else ""
    is_tranche = any(
        part.kind is Kind.TRANCHE and part.confidence == "official" for part in makeup.parts
    )
    return _("the official total of the tranche") if is_tranche else ""


def figure(part: Part, makeup: Makeup) -> str:
    """Return the amount of a part, and how sure it is: ``up to $40B official``."""
    if makeup.rule is Rule.COUNT:
        return ""
    if part.kind is Kind.REST and not part.amount.is_disclosed:
        return ""
    amount = str(part.amount) if part.amount.is_disclosed else part.amount.figure.lower()
    if part.original:
        amount = str(part.original)
    sure = lower_first(CONFIDENCES.get(part.confidence, ""))
    said = _("{amount} {sure}", amount=amount, sure=sure) if sure else amount
    if makeup.rule is Rule.REMAINDER and part.kind is not Kind.PLEDGE:
        return _("less {amount}", amount=said)
    if makeup.rule is Rule.SHARE and part.kind is Kind.PLEDGE:
        return _("of {amount}", amount=said)
    return said


def subject(part: Part, makeup: Makeup, view: View, *, known: Sequence[str] = ()) -> str:
    """Return what a part is of: ``shared by Tennessee and Alabama``, ``Texas GulfLink``.

    ``known`` are the ids of projects that need no name.
    """
    match part.kind:
        case Kind.TRANCHE:
            count = format_count(part.count, "project")
            return _("tranche {number}, {projects}", number=part.tranche, projects=count)
        case Kind.PLEDGE:
            return _("the pledge")
        case Kind.STATE:
            return labelled(_states(part.states), _named(part.project_ids, view))
        case Kind.REST:
            noun = "state" if _counts_states(makeup) else "project"
            return format_count(part.count, f"more {noun}")
    if len(part.states) > 1:
        return _("shared by {names}", names=_states(part.states))
    if len(part.project_ids) > 1:
        return _("shared by {names}", names=_named(part.project_ids, view))
    return "" if set(part.project_ids) <= set(known) else _named(part.project_ids, view)


def reports(part: Part, view: View) -> list[tuple[str, tuple[str, ...]]]:
    """Return what press reports give of a part to its projects: once for the same sources.

    A project that no other report shares its states with goes by these: ``in Pennsylvania``.
    """
    told: dict[tuple[str, ...], list[str]] = {}
    places = [report.states for report in part.reports]
    for report in part.reports[:MAX_REPORTS]:
        is_alone = places.count(report.states) == 1
        said = (
            _("{amount} in {states}", amount=report.amount, states=_states(report.states))
            if is_alone
            else _(
                "{amount} {project}",
                amount=report.amount,
                project=_named([report.project_id], view),
            )
        )
        told.setdefault(report.source_ids, []).append(said)
    return [
        (_("of it, reported: {parts}", parts=join_words(texts)), ids) for ids, texts in told.items()
    ]


def source(row: Any) -> str:
    """Return what follows the publisher of a source: ``19 March 2026, read in a copy``."""
    dated = format_date(row.published_on) if row.published_on else ""
    return join_details([dated, wording.how_known(row.known)])


def _counts_states(makeup: Makeup) -> bool:
    return any(part.kind is Kind.STATE for part in makeup.parts)


def _states(codes: Sequence[str]) -> str:
    names = [STATE_NAMES.get(code, code) for code in codes]
    return _listed(names, "state")


def _named(project_ids: Sequence[str], view: View) -> str:
    names = view.baseline.vocabulary.project
    return _listed([_short(names.get(one, one)) for one in project_ids], "project")


def _listed(names: Sequence[str], noun: str) -> str:
    rest = len(names) - MAX_NAMES
    more = [format_count(rest, f"more {noun}")] if rest > 0 else []
    return join_words([*names[:MAX_NAMES], *more])


def _short(name: str) -> str:
    return shorten(name, limit=NAME_LENGTH)

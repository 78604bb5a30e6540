"""Claims that people make about the pledge: how far each is true, and what one may print."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from components.basics.amounts import Amount
from components.basics.formatting import (
    as_sentence,
    format_count,
    format_date,
    format_usd_bn,
    join_words,
    labelled,
    lower_first,
)
from components.basics.messages import _, mark
from components.basics.us_states import STATE_NAMES
from components.facts.schema import MONEY_STEPS
from components.views import makeup
from components.views.filters import ProjectFilter
from components.views.makeup import Makeup, Part, Report
from components.views.money_events import MoneyTotal
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording

WRONG: Final = mark("Wrong")
UNSHOWN: Final = mark("No source found")
MISLEADING: Final = mark("Misleading")
PRESS_ONLY: Final = mark("Press report only")

INVESTED: Final = ("paid_out", "spent")
"""The steps at which money is invested and no longer only promised."""

MAX_OF_A_KIND: Final = 2
"""At most this many claims of one kind, about tranches or states: the largest."""

MAX_NAMES: Final = 6
"""A sentence names at most this many states that share an amount."""

Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, how far it is true, and the sentences that one may print instead.

    ``verdict`` is one of the constants above, in English. ``grounds`` has the sources of each
    figure in the sentences; of each the first source decides.
    """

    text: str
    verdict: str
    printable: str
    grounds: tuple[tuple[str, ...], ...]


def of_view(view: View) -> list[Claim]:
    """Return the claims that the data answers, on the day of a view and whatever its filter.

    A claim for which the data has no ground is left out: about loans where none is signed, about
    a part of an amount where no press report gives one.
    """
    whole = view.baseline.view(ProjectFilter())
    return list(whole.cached(_claims))


def _claims(view: View) -> tuple[Claim, ...]:
    return (*_invested(view), *_coming(view), *_financed(view), *_given_to_one(view))


def _invested(view: View) -> Iterator[Claim]:
    """Yield the claim that the whole pledge is invested, unless that much is paid or spent."""
    pledge, head = view.pledge, view.headline
    if _is_reached(view, pledge.total):
        return
    is_short = not head.project_count or (
        head.announced.is_disclosed and head.unannounced.usd_bn > 0
    )
    dated = pledge.deadline_source_ids if head.project_count else pledge.signed_source_ids
    yield Claim(
        _(
            "{investor} has invested {amount}",
            investor=pledge.investor,
            amount=_plain(pledge.total),
        ),
        WRONG if is_short else UNSHOWN,
        _pledged(view),
        (pledge.total_source_ids, dated, *_grounds(makeup.of_announced(view))),
    )


def _pledged(view: View) -> str:
    pledge = view.pledge
    if not view.headline.project_count:
        return wording.nothing_announced(view)
    found = {step: view.money_totals[step] for step in INVESTED}
    paid = [
        as_sentence(labelled(MONEY_STEPS[step], wording.money_whole(total, view)))
        for step, total in found.items()
        if total.is_found
    ]
    missing = [lower_first(MONEY_STEPS[step]) for step in INVESTED if not found[step].is_found]
    said = {"day": _as_of(view), "amount": view.headline.announced.in_words()}
    announced = (
        _(
            "As of {day}, {amount} is announced; no source was found for money {steps}.",
            steps=join_words(missing, conjunction="or"),
            **said,
        )
        if missing
        else _("As of {day}, {amount} is announced.", **said)
    )
    return wording.join_sentences(
        _(
            "{investor} has pledged to invest {amount} by {deadline}.",
            investor=pledge.investor,
            amount=pledge.total.in_words(),
            deadline=format_date(pledge.deadline.isoformat()),
        ),
        announced,
        *paid,
    )


def _coming(view: View) -> Iterator[Claim]:
    """Yield the claim that all that is announced will be invested, unless it has been."""
    announced = view.headline.announced
    if not announced.drawn_usd_bn or _is_reached(view, announced):
        return
    said = wording.counted(view.headline) | {
        "day": _as_of(view),
        "amount": announced.in_words(),
    }
    printable = (
        _(
            "As of {day}, {amount} is announced in {tranches}, for {projects} in {states}: "
            "a ceiling, not money spent.",
            **said,
        )
        if announced.is_ceiling
        else _(
            "As of {day}, {amount} is announced in {tranches}, for {projects} in {states}: "
            "an announcement, not money spent.",
            **said,
        )
    )
    yield Claim(
        _("{amount} is coming", amount=_plain(announced)),
        MISLEADING,
        printable,
        _grounds(makeup.of_announced(view)),
    )


def _financed(view: View) -> Iterator[Claim]:
    """Yield the claim that a tranche is financed, where loans are signed for a part of it."""
    made = makeup.of_tranches(view)
    for number, total in _largest(view.tranche_totals.items()):
        own = view.baseline.view(ProjectFilter(tranche=(str(number),)))
        loans = own.money_totals["loans_signed"]
        if _is_of_part(loans, total, own):
            signed = _(
                "As of {day}, loans are signed for a part of the {amount} announced in tranche "
                "{number}: {loans}.",
                day=_as_of(view),
                amount=total.in_words(),
                number=number,
                loans=wording.money_whole(loans, own),
            )
            rates = wording.rates(loans)
            yield Claim(
                _("{amount} is financed", amount=_plain(total)),
                WRONG,
                wording.join_sentences(
                    signed,
                    _("The dollars are our own conversion, at {rates}.", rates=rates)
                    if rates
                    else "",
                ),
                (loans.source_ids, *_grounds(made[number])),
            )


def _is_of_part(loans: MoneyTotal, total: Amount, own: View) -> bool:
    """Return whether loans are for projects of a tranche alone, and for a part of its total."""
    projects = own.projects
    if not total.is_disclosed or not loans.project_ids:
        return False
    if not set(loans.project_ids) <= set(projects["project_id"]):
        return False
    is_less = loans.amount.usd_bn < total.usd_bn and loans.amount.qualifier != "more_than"
    extents = set(projects["stage_extent"])
    return "part" in extents or (is_less and "whole" not in extents)


def _given_to_one(view: View) -> Iterator[Claim]:
    """Yield the claim that a state gets the part of a shared amount that the press gives to it."""
    totals = view.state_totals
    has_part = totals["reported_qualifier"].to_numpy() != ""
    parts = ((row.state, wording.reported_part(row)) for row in rows_of(totals[has_part]))
    states = [state for state, _ in _largest(parts)]
    made = makeup.of_bars(view, "state", states)
    for state in states:
        # Where several reports are about one state, no one source has their sum.
        found = [(part, report) for part in made[state].parts for report in _reports(part, state)]
        if len(found) == 1:
            yield _part_claim(view, state, *found[0])


def _reports(part: Part, state: str) -> list[Report]:
    is_shared = len(part.states) > 1 and part.amount.is_disclosed
    return [one for one in part.reports if is_shared and one.states == (state,)]


def _part_claim(view: View, state: str, part: Part, report: Report) -> Claim:
    name = STATE_NAMES.get(state, state)
    others = [STATE_NAMES.get(code, code) for code in part.states]
    rest = len(others) - MAX_NAMES
    more = [format_count(rest, "more state")] if rest > 0 else []
    together = _(
        "As of {day}, {amount} is announced for {states} together; no official source divides it.",
        day=_as_of(view),
        amount=part.amount.in_words(),
        states=join_words([*others[:MAX_NAMES], *more]),
    )
    return Claim(
        _("{state} gets {amount}", state=name, amount=_plain(report.amount)),
        PRESS_ONLY,
        wording.join_sentences(together, wording.reported_of_it(report.amount, name)),
        (part.source_ids, report.source_ids),
    )


def _is_reached(view: View, whole: Amount) -> bool:
    """Return whether as much as a whole is paid out or spent."""
    amounts = [view.money_totals[step].amount for step in INVESTED]
    return any(amount.drawn_usd_bn >= whole.usd_bn for amount in amounts)


def _largest(amounts: Iterable[tuple[Key, Amount]]) -> list[tuple[Key, Amount]]:
    ordered = sorted(amounts, key=lambda pair: -pair[1].drawn_usd_bn)
    return ordered[:MAX_OF_A_KIND]


def _grounds(made: Makeup) -> tuple[tuple[str, ...], ...]:
    return tuple(part.source_ids for part in made.parts if part.source_ids)


def _plain(amount: Amount) -> str:
    """Write an amount as those who claim it do, without its qualifier."""
    return format_usd_bn(amount.usd_bn, long=True)


def _as_of(view: View) -> str:
    return format_date(view.pledge.as_of.isoformat())

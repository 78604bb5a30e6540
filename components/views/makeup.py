"""Makeup: the parts that a number is made of, each with its source, and how they make it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.basics.amounts import Amount, Money, add_up, loosest
from components.facts.pledge import Tranche
from components.views import summaries
from components.views.filters import ProjectFilter
from components.views.view import View

MAX_PARTS: Final = 8
"""A makeup has at most this many parts; what is left over is one part more, without a source."""

Rows = NDArray[np.intp]


class Kind(Enum):
    """What a part is; the rest is what is left over."""

    AMOUNT = auto()
    TRANCHE = auto()
    PLEDGE = auto()
    STATE = auto()
    REST = auto()


class Rule(Enum):
    """How the parts make the number."""

    SAME = auto()
    SUM = auto()
    REMAINDER = auto()
    SHARE = auto()
    COUNT = auto()
    CONVERSION = auto()


@dataclass(frozen=True, slots=True)
class Report:
    """What press reports give of a shared amount to one of its projects."""

    project_id: str
    states: tuple[str, ...]
    amount: Amount
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a number; the first of its sources decides.

    ``confidence`` is a word of the schema or "". ``project_ids`` are the projects that have the
    amount together, ``states`` the states that it is for, ``count`` the number of projects.
    ``original`` is the amount as its source gives it, where that is not in dollars.
    """

    kind: Kind
    amount: Amount = field(default_factory=Amount)
    confidence: str = ""
    source_ids: tuple[str, ...] = ()
    tranche: int = 0
    project_ids: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    count: int = 0
    original: Money | None = None


@dataclass(frozen=True, slots=True)
class Makeup:
    """The parts of one number and the rule by which they make it."""

    parts: tuple[Part, ...]
    rule: Rule

    @property
    def total(self) -> Amount:
        """The parts added up."""
        return add_up(part.amount for part in self.parts)

    @property
    def source_ids(self) -> list[str]:
        """Every source of the parts: those that decide first, then the others."""
        deciding = [one for part in self.parts for one in part.source_ids[:1]]
        every = [
            one
            for part in self.parts
            for ids in (part.source_ids, *(report.source_ids for report in part.reports))
            for one in ids
        ]
        return list(dict.fromkeys([*deciding, *every]))


def of_announced(view: View) -> Makeup:
    """Return what the announced sum of a view is made of, without reports, which it never adds.

    A complete tranche whose total a government states is one part; of any other the amounts are.
    """
    return view.cached(_announced)


def of_unannounced(view: View) -> Makeup:
    """Return what the remainder is made of: the pledge, less all that is announced."""
    whole = of_announced(view.baseline.view(ProjectFilter()))
    return Makeup((_pledge(view), *whole.parts), Rule.REMAINDER)


def of_pledge(view: View) -> Makeup:
    """Return the pledge as its own only part."""
    return Makeup((_pledge(view),), Rule.SAME)


def of_share(view: View) -> Makeup:
    """Return what the share is made of: what is announced, of the pledge."""
    return Makeup((*of_announced(view).parts, _pledge(view)), Rule.SHARE)


def of_projects(view: View) -> Makeup:
    """Return what the number of projects is made of: those of each tranche."""
    tranches = {tranche.tranche: tranche for tranche in view.pledge.tranches}
    parts = [
        Part(
            Kind.TRANCHE,
            tranche=number,
            count=count,
            source_ids=tranches[number].source_ids if number in tranches else (),
        )
        for number, count in view.headline.tranches
    ]
    rest = parts[MAX_PARTS:]
    left = [Part(Kind.REST, count=sum(part.count for part in rest))] if rest else []
    return Makeup((*parts[:MAX_PARTS], *left), Rule.COUNT)


def of_states(view: View) -> Makeup:
    """Return what the number of states is made of: the states, each with who names it."""
    return view.cached(_states)


def of_bars(
    view: View, facet: str, bars: Iterable[str], *, only: pd.DataFrame | None = None
) -> Mapping[str, Makeup]:
    """Return what each bar is made of; a bar is the id of a state, sector or project.

    The bars add up the projects of the view, or ``only`` some of them. As in the charts, a bar has
    the sum of its own amounts even where a tranche has a total.
    """
    projects = view.projects if only is None else only
    amounts = view.cached(_Amounts) if only is None else _Amounts(view, only)
    found = {bar: amounts.makeup(rows) for bar, rows in _rows_of_bars(projects, facet, bars)}
    if facet == "sector":
        return found
    return {bar: _with_reports_on(bar, makeup) for bar, makeup in found.items()}


def _with_reports_on(bar: str, makeup: Makeup) -> Makeup:
    """Keep of the reports those on the project or state of a bar."""
    if not any(part.reports for part in makeup.parts):
        return makeup
    parts = [
        replace(
            part,
            reports=tuple(
                report
                for report in part.reports
                if bar == report.project_id or bar in report.states
            ),
        )
        for part in makeup.parts
    ]
    return replace(makeup, parts=tuple(parts))


def of_tranches(view: View) -> Mapping[int, Makeup]:
    """Return what the sum of each tranche in a view is made of."""
    return view.cached(_tranches)


def _announced(view: View) -> Makeup:
    tranches = list(of_tranches(view).values())
    parts = [
        replace(part, reports=()) if part.reports else part
        for makeup in tranches
        for part in makeup.parts
        if part.kind is not Kind.REST
    ]
    rests = [part for makeup in tranches for part in makeup.parts if part.kind is Kind.REST]
    totals = [part for part in parts if part.kind is Kind.TRANCHE]
    amounts = [part for part in parts if part.kind is Kind.AMOUNT]
    # The totals of tranches lead; of the amounts the smallest are left over.
    room = max(MAX_PARTS - len(totals), 0)
    shown = amounts if len(amounts) <= room and not rests else _largest(amounts)[:room]
    kept = {id(part) for part in [*totals[:MAX_PARTS], *shown]}
    left = [*(part for part in parts if id(part) not in kept), *rests]
    return _made([part for part in parts if id(part) in kept], left)


def _largest(parts: Iterable[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: -part.amount.drawn_usd_bn)


def _made(parts: Sequence[Part], left: Sequence[Part]) -> Makeup:
    if left:
        count = sum(max(part.count, 1) for part in left)
        rest = Part(Kind.REST, add_up(part.amount for part in left), count=count)
        return Makeup((*parts, rest), Rule.SUM)
    return Makeup(tuple(parts), Rule.SUM if len(parts) > 1 else Rule.SAME)


def _tranches(view: View) -> dict[int, Makeup]:
    stated = {tranche.tranche: tranche for tranche in view.pledge.tranches}
    numbers = view.projects["tranche"].to_numpy()
    amounts = view.cached(_Amounts)
    found = {}
    for number, total in view.tranche_totals.items():
        rows = np.flatnonzero(numbers == number)
        whole_count, official = view.baseline.official.get(number, (0, Amount()))
        is_stated = len(rows) == whole_count and official == total and number in stated
        if is_stated and not stated[number].is_own_sum:
            found[number] = Makeup((_tranche(stated[number], len(rows)),), Rule.SAME)
            continue
        own = amounts.makeup(rows)
        if is_stated and own.total != total:
            own = Makeup((_tranche(stated[number], len(rows)),), Rule.SAME)
        found[number] = own
    return found


def _tranche(tranche: Tranche, count: int) -> Part:
    return Part(
        Kind.TRANCHE,
        tranche.total,
        "" if tranche.is_own_sum else "official",
        tranche.source_ids,
        tranche=tranche.tranche,
        count=count,
    )


def _pledge(view: View) -> Part:
    return Part(Kind.PLEDGE, view.pledge.total, source_ids=view.pledge.total_source_ids)


def _states(view: View) -> Makeup:
    chosen = [
        code for code in view.headline.states if not view.filter.state or code in view.filter.state
    ]
    names = view.projects["project_id"].to_numpy()
    amounts = view.cached(_Amounts)
    events = view.baseline.project_events
    events = events[events["stage"] == "announced"].drop_duplicates("project_id")
    cells = zip(events["project_id"], events["source_ids"], strict=True)
    announced = {project_id: tuple(cell.split(";")) for project_id, cell in cells}
    found = _rows_of_bars(view.projects, "state", chosen[:MAX_PARTS])
    every = [
        Part(
            Kind.STATE,
            states=(code,),
            project_ids=(names[row],),
            source_ids=announced.get(names[row]) or amounts.sources(row),
            count=1,
        )
        for code, rows in found
        for row in rows.tolist()
    ]
    parts = every[:MAX_PARTS]
    left = len(chosen) - len({part.states for part in parts})
    rest = [Part(Kind.REST, count=left)] if left else []
    return Makeup((*parts, *rest), Rule.COUNT)


def _rows_of_bars(
    projects: pd.DataFrame, facet: str, bars: Iterable[str]
) -> Iterator[tuple[str, Rows]]:
    """Return for each bar its projects, by position."""
    column = {"state": "states", "sector": "sector", "project": "project_id"}[facet]
    codes, groups = pd.factorize(projects[column].to_numpy())
    members: dict[str, list[int]] = {}
    for code, group in enumerate(groups):
        for name in group.split(";") if facet == "state" else [group]:
            members.setdefault(name, []).append(code)
    for bar in bars:
        is_own = np.zeros(len(groups), dtype=bool)
        is_own[members.get(bar, [])] = True
        yield bar, np.flatnonzero(is_own[codes])


class _Amounts:
    """The amounts of a view's projects, or only of some, by position in their frame."""

    def __init__(self, view: View, only: pd.DataFrame | None = None) -> None:
        self._view = view
        projects = view.projects if only is None else only
        self._columns = {
            name: projects[name].to_numpy()
            for name in (
                "project_id",
                "amount_usd_bn",
                "amount_qualifier",
                "amount_confidence",
                "amount_source_ids",
                "source_ids",
                "amount_shared_with",
                "amount_id",
                "amount_states",
                "tranche",
            )
        }

    def makeup(self, rows: Rows) -> Makeup:
        """Return the amounts of projects as parts, the largest first, each shared one once."""
        usd_bn, ids = (self._columns[name][rows] for name in ("amount_usd_bn", "amount_id"))
        once = summaries.counted_once(usd_bn, ids)
        # A project whose amount an earlier one has is in the part of that one.
        own = np.flatnonzero((ids == "") | (np.isnan(once) | (once > 0)))
        order = own[np.argsort(-once[own], kind="stable")]
        kept, left = (rows[places] for places in (order[:MAX_PARTS], order[MAX_PARTS:]))
        parts = [self._part(row) for row in kept]
        rest = [self._rest(left)] if len(left) else []
        return Makeup((*parts, *rest), Rule.SUM if len(parts) > 1 else Rule.SAME)

    def sources(self, row: int) -> tuple[str, ...]:
        """Return the sources of an amount; of the whole row where none is disclosed."""
        cell = self._columns["amount_source_ids"][row] or self._columns["source_ids"][row]
        return tuple(one for one in cell.split(";") if one)

    def _part(self, row: int) -> Part:
        cells = {name: cells[row] for name, cells in self._columns.items()}
        sharers = [one for one in cells["amount_shared_with"].split(";") if one]
        amount = Amount(float(cells["amount_usd_bn"]), cells["amount_qualifier"] or "exact")
        return Part(
            Kind.AMOUNT,
            amount,
            cells["amount_confidence"],
            self.sources(row),
            tranche=int(cells["tranche"]),
            project_ids=tuple(sorted([cells["project_id"], *sharers])),
            states=tuple(cells["amount_states"].split(";")),
            reports=self._reports(cells["amount_id"]),
            count=1,
        )

    def _rest(self, rows: Rows) -> Part:
        usd_bn = self._columns["amount_usd_bn"][rows]
        kinds = self._columns["amount_qualifier"][rows]
        amount = Amount()
        if not np.isnan(usd_bn).all():
            amount = Amount(round(float(np.nansum(usd_bn)), 9), loosest(set(kinds) - {""}))
        return Part(Kind.REST, amount, count=len(rows))

    def _reports(self, amount_id: str) -> tuple[Report, ...]:
        """Return what is reported of a shared amount for each of its projects in the data."""
        return self._view.cached(_reports_of, amount_id) if amount_id else ()


def _reports_of(view: View, amount_id: str) -> tuple[Report, ...]:
    projects = view.baseline.projects
    is_same = projects["amount_id"].to_numpy() == amount_id
    rows = np.flatnonzero(is_same & (projects["reported_qualifier"].to_numpy() != ""))
    cited = view.dataset.projects["reported_source_ids"]
    columns = ["project_id", "states", "reported_usd_bn", "reported_qualifier"]
    return tuple(
        Report(
            row.project_id,
            tuple(row.states.split(";")),
            Amount.of(row, "reported"),
            tuple(cited.iloc[place].split(";")),
        )
        for place, row in zip(rows, summaries.rows_of(projects[columns].iloc[rows]), strict=True)
    )

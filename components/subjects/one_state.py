"""The sheet of one state: what is announced for it alone and shared, and open questions."""

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from components.basics.amounts import Amount
from components.basics.formatting import (
    format_count,
    format_date,
    join_words,
    spell_count,
    upper_first,
)
from components.basics.messages import _, mark
from components.basics.us_states import STATE_NAMES
from components.facts.mentions import concerning
from components.facts.pledge import Term
from components.facts.schema import STAGES, stage_name
from components.subjects.one_project import cited_in
from components.views import summaries
from components.views.summaries import rows_of
from components.views.view import View
from components.words import wording

AHEAD: Final = ("selection", "consultation", "next-round")
"""The terms of the pledge on what may be announced next, by id."""

MAX_NAMES: Final = 6
"""A sentence names at most this many states or groups of states; more would need a list."""


ALL_SHARED: Final = mark(
    "No official source divides it: it stands here in full and counts once in any total."
)
PART_SHARED: Final = mark(
    "No official source divides what is shared: it stands here in full and counts once in any "
    "total."
)


@dataclass(frozen=True, slots=True)
class SharedAmount:
    """An amount that the state shares with other states, whose codes are ``partners``."""

    amount: Amount
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The content on one state under a filter; ``view`` shows only that state.

    ``announced`` counts shared amounts in full; ``sole`` is the amount of the ``sole_count``
    projects that are in no other state, undisclosed also where there are none. ``elsewhere``
    lists, for a state without a project, announcements elsewhere as (sector, amount, states).
    ``reported`` is what press reports give of the shared amounts to this state alone.
    """

    state: str
    name: str
    view: View
    announced: Amount
    sole: Amount
    sole_count: int
    shared: tuple[SharedAmount, ...]
    reported: Amount
    milestones: pd.DataFrame
    conflicts: pd.DataFrame
    gaps: pd.DataFrame
    elsewhere: tuple[tuple[str, Amount, tuple[str, ...]], ...]

    @property
    def is_empty(self) -> bool:
        """Whether no project of the filter is in the state."""
        return self.view.projects.empty

    @property
    def ahead(self) -> tuple[Term, ...]:
        """The terms on how projects are chosen and which come next, where none is named yet."""
        if not self.is_empty:
            return ()
        return tuple(term for term in self.view.pledge.terms if term.term in AHEAD)


def of_state(view: View, state: str) -> Sheet:
    """Return the sheet of a state under the filter of a view, whose own states are ignored."""
    own = view.baseline.view(view.filter.choose("state", [state]))
    ids = own.projects["project_id"].tolist()
    is_shared = own.parts["is_shared"].to_numpy(dtype=bool)
    return Sheet(
        state=state,
        name=STATE_NAMES[state],
        view=own,
        announced=summaries.total_of(own.parts) if ids else Amount(0.0),
        sole=summaries.total_of(own.parts[~is_shared]),
        sole_count=int(own.parts["project_count"][~is_shared].sum()),
        shared=_shared(own.parts[is_shared], state),
        reported=_reported_in(own, state),
        milestones=own.milestones,
        conflicts=concerning(view.dataset.conflicts, ids),
        gaps=concerning(view.dataset.gaps, ids),
        elsewhere=() if ids else _elsewhere(view),
    )


def statement(sheet: Sheet) -> str:
    """Return a paragraph on what is announced for the state, and what is signed or paid of it."""
    if sheet.is_empty:
        return _nothing(sheet)
    return wording.join_sentences(_announced(sheet), wording.money_said(sheet.view))


def _announced(sheet: Sheet) -> str:
    said = {
        "amount": upper_first(sheet.announced.in_words()),
        "state": sheet.name,
        "projects": spell_count(len(sheet.view.projects), "project"),
    }
    if not sheet.shared:
        return _("{amount} is announced for {state} alone, in {projects}.", **said)
    if not sheet.sole_count and len(sheet.shared) == 1:
        with_others = _(
            "{amount} is announced for {state} together with {partners}, in {projects}.",
            partners=_named(sheet.shared[0].partners),
            **said,
        )
        return wording.join_sentences(with_others, _(ALL_SHARED), _reported(sheet))
    shared = _shares(sheet)
    divided = (
        _(
            "{amount} is announced for {state}, in {projects}: {sole} for the state alone, "
            "shared {shared}.",
            sole=sheet.sole.in_words(),
            shared=shared,
            **said,
        )
        if sheet.sole_count
        else _(
            "{amount} is announced for {state}, in {projects}: shared {shared}.",
            shared=shared,
            **said,
        )
    )
    return wording.join_sentences(divided, _(PART_SHARED), _reported(sheet))


def _shares(sheet: Sheet) -> str:
    """Return how much the state shares with whom; beyond the limit, the rest is counted."""
    shown = [
        _("{amount} with {states}", amount=each.amount.in_words(), states=_named(each.partners))
        for each in sheet.shared[:MAX_NAMES]
    ]
    rest = len(sheet.shared) - len(shown)
    more = [_("more with {groups}", groups=format_count(rest, "other group"))] if rest else []
    return join_words([*shown, *more])


def _reported(sheet: Sheet) -> str:
    """Return what press reports give of shared amounts to this state alone; "" for nothing."""
    if not sheet.reported.is_disclosed:
        return ""
    return wording.reported_of_it(sheet.reported, sheet.name)


def _nothing(sheet: Sheet) -> str:
    said = {"state": sheet.name, "as_of": format_date(sheet.view.pledge.as_of.isoformat())}
    rest = sheet.view.filter.without("state")
    if not rest:
        return _("No project is named in {state} as of {as_of}.", **said)
    return _(
        "No project of this filter is named in {state} as of {as_of}: {filter}.",
        filter=sheet.view.baseline.view(rest).words,
        **said,
    )


def _shared(parts: pd.DataFrame, state: str) -> tuple[SharedAmount, ...]:
    found: dict[frozenset[str], SharedAmount] = {}
    for codes in dict.fromkeys(parts["amount_states"]):
        partners = tuple(code for code in codes.split(";") if code != state)
        amount = summaries.total_of(parts[parts["amount_states"] == codes])
        known = found.setdefault(frozenset(partners), SharedAmount(Amount(), partners))
        found[frozenset(partners)] = replace(known, amount=known.amount + amount)
    return tuple(found.values())


def _reported_in(view: View, state: str) -> Amount:
    totals = view.state_totals
    own = [row for row in rows_of(totals) if row.state == state]
    return wording.reported_part(own[0]) if own else Amount()


def _named(codes: tuple[str, ...]) -> str:
    names = [STATE_NAMES.get(code, code) for code in codes]
    shown = names[:MAX_NAMES] if len(names) > MAX_NAMES + 1 else names
    left_out = len(names) - len(shown)
    rest = [format_count(left_out, "more state")] if left_out else []
    return join_words([*shown, *rest])


def _elsewhere(view: View) -> tuple[tuple[str, Amount, tuple[str, ...]], ...]:
    rest = view.baseline.view(view.filter.without("state"))
    states: dict[str, set[str]] = {}
    for row in rows_of(rest.parts[["sector", "states"]]):
        states.setdefault(row.sector, set()).update(row.states.split(";"))
    labels = view.baseline.vocabulary.sector
    return tuple(
        (
            labels.get(row.sector, row.sector),
            Amount.of(row),
            tuple(sorted(states[row.sector])),
        )
        for row in rows_of(summaries.total_by_sector(rest.parts))
    )


def source_ids(sheet: Sheet) -> list[str]:
    """Return the sources of a sheet: of projects, all about them, and what is said of the rest."""
    tables = (sheet.view.projects, sheet.view.roles, sheet.view.gates)
    cells = [cell for rows in tables for cell in rows["source_ids"]]
    terms = [";".join(term.source_ids) for term in sheet.ahead]
    return cited_in([*cells, *terms], sheet.milestones, sheet.conflicts)


@dataclass(frozen=True, slots=True)
class StateRow:
    """One state in the comparison; amounts as in ``Sheet``, ``stage`` the furthest, in words."""

    state: str
    announced: Amount
    sole: Amount
    sole_count: int
    shared: Amount
    shared_with: tuple[str, ...]
    reported: Amount
    project_count: int
    sectors: tuple[str, ...]
    stage: str
    last_milestone: str


def comparison(view: View) -> list[StateRow]:
    """Return the states that have projects, largest first; the states of the filter are ignored.

    ``last_milestone`` is the latest date of any of the state's projects, "" where none is known.
    """
    return view.cached(_compared)


def _compared(view: View) -> list[StateRow]:
    groups = _groups(view)
    parts = view.state_parts
    is_shared = parts["is_shared"].to_numpy(dtype=bool)
    labels = view.baseline.vocabulary.sector
    rows = []
    for row in rows_of(view.state_totals):
        is_here = parts["state"].to_numpy() == row.state
        own = [group for codes, group in groups.items() if row.state in codes.split(";")]
        stage, is_whole = max((group.stage, group.is_whole) for group in own)
        sectors = dict.fromkeys(parts["sector"].to_numpy()[is_here])
        rows.append(
            StateRow(
                state=row.state,
                announced=Amount.of(row),
                sole=summaries.total_of(parts[is_here & ~is_shared]),
                sole_count=int(parts["project_count"].to_numpy()[is_here & ~is_shared].sum()),
                shared=summaries.total_of(parts[is_here & is_shared]),
                shared_with=tuple(filter(None, row.shared_with.split(";"))),
                reported=wording.reported_part(row),
                project_count=row.project_count,
                sectors=tuple(labels.get(sector, sector) for sector in sectors),
                stage=stage_name(list(STAGES)[stage], "" if is_whole else "part"),
                last_milestone=max(group.last for group in own),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class _Group:
    """Projects in the same states: the rank of their furthest stage, and their latest date."""

    stage: int
    is_whole: bool
    last: str


def _groups(view: View) -> dict[str, _Group]:
    """Return the projects grouped by their list of states; there are few different lists."""
    projects = view.projects_without("state")
    ranks = {stage: rank for rank, stage in enumerate(STAGES)}
    last = view.last_dates.reindex(projects["project_id"]).fillna("").to_numpy()
    table = pd.DataFrame(
        {
            "states": projects["states"].to_numpy(),
            "reached": projects["stage"].map(ranks).to_numpy() * 2
            + (projects["stage_extent"] != "part").to_numpy(),
            "last": last,
        }
    )
    reached = table.groupby("states", sort=False).max()
    return {
        str(codes): _Group(int(value) // 2, bool(value % 2), str(day))
        for codes, value, day in zip(
            reached.index, reached["reached"], reached["last"], strict=True
        )
    }

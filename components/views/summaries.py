"""Sums over projects, as small frames and figures, each shared amount counted once."""

import math
from collections import Counter, namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, starmap
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.basics.amounts import Amount, add_up, loosest, loosest_by_group, reconciles
from components.basics.hatching import Hatching
from components.facts.pledge import Pledge
from components.facts.schema import STAGES

PART_KEYS: Final = ("tranche", "states", "sector", "amount_qualifier")
MAX_STEPS: Final = 60
"""A chart over time draws at most this many days; more are grouped by month."""

Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline figures of the chosen projects, at the top of the overview.

    ``shared`` lists the groups of states that share an amount, ``sectors`` and ``tranches`` give
    each sector's amount, largest first, and each tranche's number of projects.
    """

    announced: Amount
    whole_announced: Amount
    pledged: Amount
    project_count: int
    whole_project_count: int
    undisclosed_count: int
    states: tuple[str, ...]
    shared: tuple[tuple[str, ...], ...]
    sectors: tuple[tuple[str, Amount], ...]
    tranches: tuple[tuple[int, int], ...]

    @property
    def unannounced(self) -> Amount:
        """The pledge minus everything announced, whatever the filter; zero once it is reached.

        It is a part of the pledge, which may itself be a ceiling: ``wording.remainder`` says both.
        """
        return self.pledged.less(self.whole_announced)


@dataclass(frozen=True, slots=True)
class StageCount:
    """The projects at one stage; for ``part_count`` of them the loans cover a part only."""

    project_count: int
    part_count: int


def break_down(projects: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return the sums of projects that agree in tranche, states, sector and qualifier.

    Every other summary is computed from this small frame, so a large table is read once. Columns:
    ``tranche``, ``states`` (of the projects, codes joined by ``;``), ``sector``,
    ``amount_qualifier`` ("" when undisclosed), ``amount_id`` (as in the dataset; projects that
    share one amount form parts of their own), ``amount_states`` (the states the amount is for),
    ``is_shared`` (several of them), ``amount_usd_bn`` (NaN when every project is undisclosed; 0
    where an earlier part has the same amount), ``in_full_usd_bn`` (the same without that),
    ``reported_usd_bn`` (what press reports give of a shared amount to these projects, 0 for none)
    with ``reported_qualifier``, ``project_count``, ``undisclosed_count``. In order of first
    appearance.
    """
    amounts = projects["amount_usd_bn"].to_numpy()
    amount_ids = projects["amount_id"].to_numpy()
    shared = ("amount_id",) if (amount_ids != "").any() else ()
    names = (*PART_KEYS, *by)
    codes, firsts = _group_codes([projects[key] for key in (*names, *shared)])
    keys = {key: _plain(projects[key].to_numpy()[firsts]) for key in names}
    counts = np.bincount(codes, minlength=len(firsts))
    return pd.DataFrame(
        {
            **keys,
            "amount_id": _plain(amount_ids[firsts]),
            "amount_states": _plain(projects["amount_states"].to_numpy()[firsts]),
            "is_shared": projects["is_shared"].to_numpy(dtype=bool)[firsts],
            "amount_usd_bn": _sums(codes, counted_once(amounts, amount_ids), groups=len(firsts)),
            "in_full_usd_bn": _sums(
                codes, counted_once(amounts, amount_ids, codes), groups=len(firsts)
            ),
            **_reported_parts(projects, codes, groups=len(firsts)),
            "project_count": counts,
            "undisclosed_count": _sums(codes, np.isnan(amounts), groups=len(firsts)).astype(int),
        }
    )


def _reported_parts(projects: pd.DataFrame, codes: Codes, *, groups: int) -> dict[str, Any]:
    """Return the columns on reported parts; quickly where there are none, as in most views."""
    reported = projects["reported_usd_bn"].to_numpy()
    if np.isnan(reported).all():
        none = np.full(groups, "", dtype=object)
        return {"reported_usd_bn": np.zeros(groups), "reported_qualifier": _plain(none)}
    kinds = loosest_by_group(codes, projects["reported_qualifier"].to_numpy(), groups=groups)
    return {
        "reported_usd_bn": np.nan_to_num(_sums(codes, reported, groups=groups)),
        "reported_qualifier": _plain(kinds),
    }


def counted_once(
    amounts: NDArray[np.float64], amount_ids: NDArray[np.object_], groups: Codes | None = None
) -> NDArray[np.float64]:
    """Return amounts with 0 wherever an earlier row, of the same group if any, has the same one."""
    shared = np.flatnonzero(amount_ids != "")
    if not len(shared):
        return amounts
    once, seen = amounts.copy(), set()
    for place in shared.tolist():
        key = (amount_ids[place], groups[place] if groups is not None else 0)
        if key in seen:
            once[place] = 0.0
        seen.add(key)
    return once


def explode_states(parts: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each part and each of its states, with the column ``state`` added.

    Amounts stand in full, but once in each state.
    """
    groups = [str(text).split(";") for text in parts["states"].tolist()]
    places = np.repeat(np.arange(len(parts)), [len(group) for group in groups])
    exploded = {name: _plain(parts[name].to_numpy()[places]) for name in parts.columns}
    states = np.array([state for group in groups for state in group], dtype=object)
    amounts = exploded["in_full_usd_bn"].to_numpy()
    ids = exploded["amount_id"].to_numpy()
    once = _plain(counted_once(amounts, ids, pd.factorize(states)[0]))
    return pd.DataFrame(exploded | {"state": _plain(states), "amount_usd_bn": once})


def total(parts: pd.DataFrame, whole: pd.DataFrame, pledge: Pledge) -> Amount:
    """Return the sum of parts, shared amounts once; a complete tranche has its official total.

    ``whole`` is the break-down of all projects: it tells when a tranche is complete. Without any
    project nothing is announced, so the sum is zero and not undisclosed.
    """
    if parts.empty:
        return Amount(0.0)
    return add_up(totals_by_tranche(parts, whole, pledge).values())


def totals_by_tranche(
    parts: pd.DataFrame, whole: pd.DataFrame, pledge: Pledge
) -> dict[int, Amount]:
    """Return the sum of each tranche present in ``parts``, in tranche order.

    A complete tranche has its official total, where ``official_totals`` has one.
    """
    official = official_totals(whole, pledge)
    numbers, amounts, qualifiers = (
        parts[name].to_numpy() for name in ("tranche", "amount_usd_bn", "amount_qualifier")
    )
    totals = {}
    for number, count in _project_counts(parts).items():
        is_in = numbers == number
        whole_count, amount = official.get(number, (0, Amount()))
        is_whole = count == whole_count
        totals[number] = amount if is_whole else _total(amounts[is_in], qualifiers[is_in])
    return totals


def official_totals(whole: pd.DataFrame, pledge: Pledge) -> dict[int, tuple[int, Amount]]:
    """Return each tranche's number of projects and official total, where its projects allow it.

    They must add up to the total; where some disclose no amount, their sum may be lower.
    """
    counts = _project_counts(whole)
    names = ("tranche", "amount_usd_bn", "amount_qualifier", "undisclosed_count")
    numbers, amounts, qualifiers, undisclosed = (whole[name].to_numpy() for name in names)
    totals = {}
    for tranche in pledge.tranches:
        is_in = numbers == tranche.tranche
        parts_sum = _total(amounts[is_in], qualifiers[is_in]).drawn_usd_bn
        is_met = reconciles(parts_sum, tranche.amount_usd_bn)
        is_open = undisclosed[is_in].sum() > 0 and parts_sum < tranche.amount_usd_bn
        if is_in.any() and (is_met or is_open):
            totals[tranche.tranche] = (counts[tranche.tranche], tranche.total)
    return totals


def total_of(parts: pd.DataFrame) -> Amount:
    """Return the plain sum of parts: ``up_to`` if any part is, else ``about`` if any is."""
    return _total(parts["amount_usd_bn"].to_numpy(), parts["amount_qualifier"].to_numpy())


def headline(parts: pd.DataFrame, *, whole: pd.DataFrame, pledge: Pledge) -> Headline:
    """Return the headline figures; ``parts`` is the break-down of the chosen, ``whole`` of all."""
    by_sector = total_by_sector(parts)
    states = sorted(set(parts["states"]))
    shared = sorted(set(parts["amount_states"][parts["is_shared"].to_numpy(dtype=bool)]))
    return Headline(
        announced=total(parts, whole, pledge),
        whole_announced=total(whole, whole, pledge),
        pledged=pledge.total,
        project_count=int(parts["project_count"].sum()),
        whole_project_count=int(whole["project_count"].sum()),
        undisclosed_count=int(parts["undisclosed_count"].sum()),
        states=tuple(sorted({state for text in states for state in text.split(";")})),
        shared=tuple(
            {frozenset(text.split(";")): tuple(text.split(";")) for text in shared}.values()
        ),
        sectors=tuple((row.sector, Amount.of(row)) for row in rows_of(by_sector)),
        tranches=tuple(_project_counts(parts).items()),
    )


def total_by_sector(parts: pd.DataFrame) -> pd.DataFrame:
    """Return the announced amount of each sector, largest first, undisclosed last.

    Columns: ``sector``, ``project_count``, ``undisclosed_count``, ``amount_usd_bn`` (NaN when all
    are undisclosed), ``amount_qualifier`` and ``ceiling_usd_bn``, which says how much of the
    amount is announced as "up to" (0 where there is none).
    """
    return total_by(parts, "sector")


def total_by_state(exploded: pd.DataFrame) -> pd.DataFrame:
    """Return the announced amount of each state, largest first, undisclosed last.

    Takes parts as ``explode_states`` returns them. A shared amount counts in full in every state
    that shares it, so the rows do not add up. Columns: ``state`` (USPS code), then as in
    ``total_by_sector``, ``sole_usd_bn`` (what is not shared, 0 where there is none),
    ``shared_with`` (codes joined by ``;``, "" where nothing is shared), and ``reported_usd_bn``
    with ``reported_qualifier``: what press reports give of it to projects in this state alone (NaN
    where they give nothing).
    """
    totals = total_by(exploded, "state")
    amounts: dict[str, float] = {}
    partners: dict[str, set[str]] = {}
    reported = _reported_by_state(exploded)
    for row in rows_of(exploded[["state", "amount_states", "is_shared", "amount_usd_bn"]]):
        if row.is_shared:
            amount = 0.0 if math.isnan(row.amount_usd_bn) else row.amount_usd_bn
            amounts[row.state] = amounts.get(row.state, 0.0) + amount
            partners.setdefault(row.state, set()).update(str(row.amount_states).split(";"))
    states = totals["state"].tolist()
    shared = np.array([round(amounts.get(state, 0.0), 9) for state in states])
    totals["sole_usd_bn"] = (np.nan_to_num(totals["amount_usd_bn"].to_numpy()) - shared).round(9)
    partner_texts = [";".join(sorted(partners.get(state, set()) - {state})) for state in states]
    totals["shared_with"] = _plain(np.array(partner_texts, dtype=object))
    parts = [reported.get(state) for state in states]
    qualifiers = np.array([part.qualifier if part else "" for part in parts], dtype=object)
    totals["reported_usd_bn"] = [part.usd_bn if part else math.nan for part in parts]
    totals["reported_qualifier"] = _plain(qualifiers)
    return totals


def _reported_by_state(exploded: pd.DataFrame) -> dict[str, Amount]:
    found: dict[str, Amount] = {}
    is_reported = exploded["reported_usd_bn"].to_numpy() > 0
    if not is_reported.any():
        return found
    for row in rows_of(exploded[is_reported]):
        if row.states == row.state:
            part = Amount(row.reported_usd_bn, row.reported_qualifier)
            found[row.state] = found.get(row.state, Amount()) + part
    return found


def count_by_stage(projects: pd.DataFrame) -> dict[str, StageCount]:
    """Return the number of projects at each stage, in the order of stages.

    A project counts only at its furthest stage. Its amount stands at none: what is announced for
    it is neither permitted nor financed in full because the project is. ``cancelled`` is left out
    while no project is.
    """
    stages, extents = projects["stage"].to_numpy(), projects["stage_extent"].to_numpy()
    counts = {}
    for stage in STAGES:
        is_at = stages == stage
        if stage != "cancelled" or is_at.any():
            in_part = int((is_at & (extents == "part")).sum())
            counts[stage] = StageCount(project_count=int(is_at.sum()), part_count=in_part)
    return counts


def segments(parts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the sums of bar segments: same bar, sector, ceiling or not, shared or not.

    ``by`` is ``sector``, or ``state`` with parts as ``explode_states`` returns them. Columns: the
    ``by`` column, ``sector``, ``hatching``, ``amount_usd_bn``, ``amount_qualifier`` and
    ``reported_usd_bn`` (what press reports give of a shared amount to this bar, 0 for none);
    undisclosed parts have no segment. In order of first appearance.
    """
    is_disclosed = ~np.isnan(parts["amount_usd_bn"].to_numpy())
    values = {name: parts[name].to_numpy()[is_disclosed] for name in parts.columns}
    values["is_ceiling"] = values["amount_qualifier"] == "up_to"
    keys = list(dict.fromkeys([by, "sector", "is_ceiling", "is_shared"]))
    codes, firsts = _group_codes([values[key] for key in keys])
    columns = {key: _plain(values[key][firsts]) for key in (by, "sector")}
    columns["hatching"] = _plain(_hatchings(values, firsts))
    amounts, kinds = _add_up_by(codes, values, groups=len(firsts))
    is_own = values["states"] == values[by] if by == "state" else np.zeros(len(codes), dtype=bool)
    reported = np.where(is_own, values["reported_usd_bn"], 0.0)
    return pd.DataFrame(
        columns
        | {
            "amount_usd_bn": amounts,
            "amount_qualifier": kinds,
            "reported_usd_bn": _sums(codes, reported, groups=len(firsts)),
        }
    )


def _hatchings(values: Mapping[str, NDArray[Any]], rows: Codes) -> NDArray[np.object_]:
    pairs = zip(values["is_ceiling"][rows], values["is_shared"][rows], strict=True)
    hatchings = [Hatching.of(is_ceiling=bool(one), is_shared=bool(two)) for one, two in pairs]
    return np.array(hatchings, dtype=object)


def project_segments(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the projects that disclose an amount as ``segments``, each a bar of its own."""
    rows = projects[projects["amount_usd_bn"].notna()]
    is_ceiling = (rows["amount_qualifier"] == "up_to").to_numpy()
    values = {"is_ceiling": is_ceiling, "is_shared": rows["is_shared"].to_numpy()}
    return rows.assign(
        hatching=_hatchings(values, np.arange(len(rows))),
        reported_usd_bn=rows["reported_usd_bn"].fillna(0.0),
    )


def largest_projects(projects: pd.DataFrame, *, limit: int) -> pd.DataFrame:
    """Return the largest projects, undisclosed ones last, ties by id; all their columns."""
    order = np.lexsort((projects["project_id"].to_numpy(), -projects["amount_usd_bn"].to_numpy()))
    return projects.iloc[order[:limit]].reset_index(drop=True)


def announced_over_time(
    projects: pd.DataFrame, *, official: Mapping[int, tuple[int, Amount]] | None = None
) -> pd.DataFrame:
    """Return what was announced by each day, oldest first.

    Columns: ``announced_at`` (timestamp), ``announced_on`` (the day, or the month where no day is
    known), ``amount_usd_bn`` and ``amount_qualifier`` (announced that day), ``cumulative_usd_bn``
    (NaN until an amount is disclosed) and ``cumulative_qualifier``, ``project_count``. A tranche
    that is complete by a day counts with its total in ``official`` (from ``official_totals``).
    More than ``MAX_STEPS`` days are grouped by month.
    """
    days = projects["announced_at"].to_numpy().astype("datetime64[D]")
    is_monthly = len(np.unique(days)) > MAX_STEPS
    if is_monthly:
        days = days.astype("datetime64[M]").astype("datetime64[D]")
    stamps, codes = np.unique(days, return_inverse=True)
    written = _most_precise(projects["announced_on"].unique(), is_monthly=is_monthly)
    numbers = projects["tranche"].to_numpy()
    daily = [Amount()] * len(stamps)
    so_far = [Amount()] * len(stamps)
    for number in np.unique(numbers):
        is_in = numbers == number
        steps, sums = _steps_of(projects[is_in], codes[is_in], steps=len(stamps))
        count, total_amount = (official or {}).get(int(number), (0, Amount()))
        that_day = np.bincount(codes[is_in], minlength=len(stamps))
        steps = [
            total_amount if n == count else sum_ for n, sum_ in zip(that_day, steps, strict=True)
        ]
        by_then = that_day.cumsum()
        sums = [total_amount if n == count else sum_ for n, sum_ in zip(by_then, sums, strict=True)]
        daily = [one + other for one, other in zip(daily, steps, strict=True)]
        so_far = [one + other for one, other in zip(so_far, sums, strict=True)]
    return pd.DataFrame(
        {
            "announced_at": stamps.astype("datetime64[s]"),
            "announced_on": [written[str(stamp)] for stamp in stamps],
            "amount_usd_bn": np.array([amount.usd_bn for amount in daily], dtype=float),
            "amount_qualifier": [amount.qualifier for amount in daily],
            "cumulative_usd_bn": np.array([amount.usd_bn for amount in so_far], dtype=float),
            "cumulative_qualifier": [amount.qualifier for amount in so_far],
            "project_count": np.bincount(codes, minlength=len(stamps)),
        }
    )


def _steps_of(
    projects: pd.DataFrame, codes: Codes, *, steps: int
) -> tuple[list[Amount], list[Amount]]:
    """Return the sum of the projects at each step (their ``codes``), and the cumulative sums.

    A shared amount counts once, at the first step of any project that shares it.
    """
    values = {name: projects[name].to_numpy() for name in ("amount_usd_bn", "amount_qualifier")}
    order = np.argsort(codes, kind="stable")
    once = counted_once(values["amount_usd_bn"][order], projects["amount_id"].to_numpy()[order])
    values["amount_usd_bn"] = once[np.argsort(order)]
    sums, kinds = _add_up_by(codes, values, groups=steps)
    daily = [
        Amount(float(usd_bn), kind) if usd_bn == usd_bn else Amount()
        for usd_bn, kind in zip(sums, kinds, strict=True)
    ]
    return daily, list(accumulate(daily))


def sites(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the projects whose coordinates are published, largest first, all their columns."""
    places = np.flatnonzero(~np.isnan(projects["latitude"].to_numpy()))
    order = np.argsort(-projects["amount_usd_bn"].to_numpy()[places], kind="stable")
    return projects.iloc[places[order]].reset_index(drop=True)


def project_names_by_state(projects: pd.DataFrame, *, limit: int) -> dict[str, list[str]]:
    """Return the names of each state's largest projects, at most ``limit``, largest first."""
    order = np.argsort(-projects["amount_usd_bn"].to_numpy(), kind="stable")
    groups = projects["states"].to_numpy()[order]
    names = projects["project"].to_numpy()[order]
    leading = pd.Series(groups).groupby(groups, sort=False).head(limit).index
    by_state: dict[str, list[str]] = {}
    for place in leading:
        for state in str(groups[place]).split(";"):
            if len(by_state.setdefault(state, [])) < limit:
                by_state[state].append(str(names[place]))
    return by_state


def source_ids(projects: pd.DataFrame, column: str = "source_ids") -> list[str]:
    """Return the source ids of the projects, most cited first, then by first appearance."""
    counts: dict[str, int] = {}
    for text, count in Counter(projects[column].tolist()).items():
        for source in filter(None, text.split(";")):
            counts[source] = counts.get(source, 0) + count
    ranked: Sequence[str] = sorted(counts, key=lambda source: -counts[source])
    return list(ranked)


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a frame as named tuples of plain Python values, faster than itertuples."""
    # As one array: a frame of few rows takes longest to hand out its columns one by one.
    rows = frame.to_numpy(dtype=object).tolist()
    plain = ([None if value is pd.NA else value for value in row] for row in rows)
    return starmap(_row_type(tuple(frame.columns)), plain)


@lru_cache(maxsize=64)
def _row_type(columns: tuple[str, ...]) -> Callable[..., Any]:
    """Return the named tuple for a row; cached, as creating it takes most of itertuples' time."""
    return namedtuple("Row", columns)  # the columns are known only now


def _total(amounts: NDArray[np.float64], qualifiers: NDArray[np.object_]) -> Amount:
    is_disclosed = ~np.isnan(amounts)
    if not is_disclosed.any():
        return Amount()
    total = round(float(amounts[is_disclosed].sum()), 9)
    return Amount(total, loosest(set(qualifiers[is_disclosed])))


def total_by(parts: pd.DataFrame, key: str) -> pd.DataFrame:
    """Add up parts for each value of a column, as ``total_by_sector`` does for sectors."""
    codes, firsts = _group_codes([parts[key]])
    groups = len(firsts)
    values = {name: parts[name].to_numpy() for name in parts.columns}
    in_full, kinds = _add_up_by(codes, values, groups=groups)
    only_ceilings = np.where(values["amount_qualifier"] == "up_to", values["amount_usd_bn"], np.nan)
    ceilings = np.nan_to_num(_sums(codes, only_ceilings, groups=groups))
    names = values[key][firsts]
    order = np.lexsort((names.astype(str), -in_full))
    counts = {
        name: np.bincount(codes, weights=values[name], minlength=groups).astype(int)[order]
        for name in ("project_count", "undisclosed_count")
    }
    return pd.DataFrame(
        {
            key: _plain(names[order]),
            **counts,
            "amount_usd_bn": in_full[order],
            "amount_qualifier": _plain(kinds[order]),
            "ceiling_usd_bn": ceilings.round(9)[order],
        }
    )


def _add_up_by(
    codes: Codes, values: Mapping[str, NDArray[Any]], *, groups: int
) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Return the sum of each group of rows, and its qualifier: the loosest in the group."""
    sums = _sums(codes, values["amount_usd_bn"], groups=groups).round(9)
    return sums, loosest_by_group(codes, values["amount_qualifier"], groups=groups)


def _plain(values: NDArray[Any]) -> "pd.Series[Any]":
    """Return a column with the dtype of the values; Arrow text, the default, is slow for few."""
    return pd.Series(values, dtype=values.dtype)


def _most_precise(texts: Iterable[str], *, is_monthly: bool) -> dict[str, str]:
    """Return for each first day the most precise date written for it: a day, or only the month."""
    written: dict[str, str] = {}
    for text in map(str, texts):
        shown = text[: len("2026-03")] if is_monthly else text
        first_day = shown if len(shown) > len("2026-03") else f"{shown}-01"
        if len(shown) > len(written.get(first_day, "")):
            written[first_day] = shown
    return written


def _group_codes(
    columns: Sequence[pd.Series | NDArray[np.generic]],
) -> tuple[Codes, Codes]:
    """Return for each row the number of its group, and for each group its first row.

    A group is a distinct combination of values in the columns, numbered by first appearance. The
    same as a groupby, which takes milliseconds even on a frame of six rows.
    """
    combined = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, distinct = pd.factorize(column)
        combined = combined * (len(distinct) + 1) + codes
    _, firsts, inverse = np.unique(combined, return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    return np.argsort(order)[inverse], firsts[order]


def _sums(codes: Codes, values: NDArray[np.float64], *, groups: int) -> NDArray[np.float64]:
    """Return the sum of each group; NaN where a group has no value (missing is not zero)."""
    missing = np.isnan(values)
    sums = np.bincount(codes, weights=np.where(missing, 0.0, values), minlength=groups)
    known = np.bincount(codes, weights=~missing, minlength=groups)
    return np.where(known > 0, sums, np.nan)


def _project_counts(parts: pd.DataFrame) -> dict[int, int]:
    numbers, codes = np.unique(parts["tranche"].to_numpy().astype(int), return_inverse=True)
    counts = np.bincount(codes, weights=parts["project_count"].to_numpy(), minlength=len(numbers))
    return {int(number): int(count) for number, count in zip(numbers, counts, strict=True)}

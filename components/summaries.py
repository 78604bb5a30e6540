"""Small frames and figures that add up projects, each shared amount once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from components.amounts import Amount, add_up, qualify
from components.pledge import Pledge

PART_KEYS: Final = ["tranche", "states", "sector", "amount_qualifier"]
RECONCILED_WITHIN_USD_BN: Final = 0.05
MAX_STEPS: Final = 60
"""A chart over time draws at most this many steps; more are thinned to month ends."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures of a choice of projects, as the overview opens with them."""

    announced: Amount
    whole_announced: Amount
    pledge_usd_bn: float
    project_count: int
    whole_project_count: int
    undisclosed_count: int
    reported_count: int
    states: tuple[str, ...]
    shared: tuple[tuple[str, ...], ...]
    sectors: tuple[tuple[str, Amount], ...]
    tranches: tuple[tuple[int, int], ...]

    @property
    def unannounced(self) -> Amount:
        """The pledge less everything announced, whatever the filter; zero once it is reached."""
        announced = self.whole_announced.usd_bn if self.whole_announced.is_disclosed else 0.0
        return Amount(max(self.pledge_usd_bn - announced, 0.0))

    @property
    def unannounced_qualifier(self) -> str:
        """``at_least`` while what is announced holds a ceiling, for the rest can only be more."""
        return {"up_to": "at_least"}.get(
            self.whole_announced.qualifier, self.whole_announced.qualifier
        )


def break_down(projects: pd.DataFrame) -> pd.DataFrame:
    """Add up projects that agree in tranche, states, sector and qualifier.

    Every other summary is taken from this small frame, so a large table is read once. Columns:
    ``tranche``, ``states`` (codes joined by ``;``), ``sector``, ``amount_qualifier`` ("" when
    undisclosed), ``amount_usd_bn`` (NaN when every project is undisclosed), ``project_count``,
    ``undisclosed_count``. No order.
    """
    grouped = projects.groupby(PART_KEYS, sort=False, observed=True)["amount_usd_bn"]
    parts = pd.DataFrame(
        {"amount_usd_bn": grouped.sum(min_count=1), "project_count": grouped.size()}
    )
    parts["undisclosed_count"] = parts["project_count"] - grouped.count()
    return parts.reset_index()


def total(parts: pd.DataFrame, whole: pd.DataFrame, pledge: Pledge) -> Amount:
    """Add up parts, each shared amount once; a whole tranche counts with its official total.

    ``whole`` is the break-down of all projects: it tells when a tranche is complete.
    """
    return add_up(amount for _, amount in totals_by_tranche(parts, whole, pledge))


def totals_by_tranche(
    parts: pd.DataFrame, whole: pd.DataFrame, pledge: Pledge
) -> list[tuple[int, Amount]]:
    """Add up each tranche present in ``parts``, in tranche order.

    A complete tranche shows its official total and qualifier, where that agrees with its parts.
    """
    official = {tranche.tranche: tranche for tranche in pledge.tranches}
    complete = whole.groupby("tranche")["project_count"].sum()
    totals = []
    for number, rows in parts.groupby("tranche"):
        tranche = int(str(number))
        amount = total_of(rows)
        announced = official.get(tranche)
        is_whole = rows["project_count"].sum() == complete.get(tranche)
        if announced and is_whole and _agree(amount.usd_bn, announced.amount_usd_bn):
            amount = Amount(announced.amount_usd_bn, announced.amount_qualifier)
        totals.append((tranche, amount))
    return totals


def total_of(parts: pd.DataFrame) -> Amount:
    """Add up parts with the plain rule: ``up_to`` if any part is, else ``about`` if any is."""
    disclosed = parts[parts["amount_usd_bn"].notna()]
    if disclosed.empty:
        return Amount()
    qualifiers = set(disclosed["amount_qualifier"])
    return Amount(
        round(float(disclosed["amount_usd_bn"].sum()), 9),
        qualify(has_ceiling="up_to" in qualifiers, has_estimate="about" in qualifiers),
    )


def headline(
    projects: pd.DataFrame, parts: pd.DataFrame, *, whole: pd.DataFrame, pledge: Pledge
) -> Headline:
    """Gather the figures of the chosen ``projects`` (broken down as ``parts``) of the ``whole``."""
    by_sector = total_by_sector(parts)
    combinations = [tuple(str(text).split(";")) for text in sorted(parts["states"].unique())]
    counts = parts.groupby("tranche")["project_count"].sum()
    return Headline(
        announced=total(parts, whole, pledge),
        whole_announced=total(whole, whole, pledge),
        pledge_usd_bn=pledge.total_usd_bn,
        project_count=int(parts["project_count"].sum()),
        whole_project_count=int(whole["project_count"].sum()),
        undisclosed_count=int(parts["undisclosed_count"].sum()),
        reported_count=int((projects["amount_confidence"] == "reported").sum()),
        states=tuple(sorted({state for states in combinations for state in states})),
        shared=tuple(states for states in combinations if len(states) > 1),
        sectors=tuple(
            (str(row.sector), Amount(float(row.amount_usd_bn), str(row.amount_qualifier)))
            for row in by_sector.itertuples()
        ),
        tranches=tuple((int(str(number)), int(count)) for number, count in counts.items()),
    )


def total_by_sector(parts: pd.DataFrame) -> pd.DataFrame:
    """Add up announced amounts for each sector, largest first, undisclosed last.

    Columns: ``sector``, ``project_count``, ``undisclosed_count``, ``amount_usd_bn`` (NaN when all
    are undisclosed), ``amount_qualifier``, ``firm_usd_bn`` and ``ceiling_usd_bn``, which say how
    much of the amount is not and is announced as "up to" (0 where there is none).
    """
    return _total_by(parts, "sector")


def total_by_state(parts: pd.DataFrame) -> pd.DataFrame:
    """Add up announced amounts for each state, largest first, undisclosed last.

    A shared amount counts in full in every state that shares it, so the rows do not add up.
    Columns: ``state`` (USPS code), then as in ``total_by_sector``, ``sole_usd_bn`` and
    ``shared_usd_bn`` (0 where there is none), and ``shared_with`` (codes joined by ``;``,
    "" where nothing is shared).
    """
    exploded = explode_states(parts)
    totals = _total_by(exploded, "state")
    shared = exploded[exploded["is_shared"]]
    amounts = shared.groupby("state")["amount_usd_bn"].sum()
    partners = {
        str(state): ";".join(
            sorted({code for text in rows.unique() for code in str(text).split(";")} - {str(state)})
        )
        for state, rows in shared.groupby("state")["states"]
    }
    totals["shared_usd_bn"] = totals["state"].map(amounts).fillna(0.0)
    totals["sole_usd_bn"] = (totals["amount_usd_bn"] - totals["shared_usd_bn"]).fillna(0.0).round(9)
    totals["shared_with"] = totals["state"].map(partners).fillna("")
    return totals


def explode_states(parts: pd.DataFrame) -> pd.DataFrame:
    """Repeat each part for every state it names, adding ``state`` and ``is_shared``."""
    exploded = parts.assign(
        state=parts["states"].str.split(";"), is_shared=parts["states"].str.contains(";")
    )
    return exploded.explode("state", ignore_index=True)


def segments(parts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Add up what one bar segment shows: same bar, sector, ceiling or not, shared or not.

    ``by`` is ``state`` or ``sector``. Columns: the ``by`` column, ``sector``, ``is_ceiling``,
    ``is_shared``, ``amount_usd_bn``; undisclosed parts have no segment. Firm before ceiling,
    sole before shared, so that what is most certain stands nearest to zero.
    """
    rows = explode_states(parts) if by == "state" else parts.assign(
        is_shared=parts["states"].str.contains(";")
    )
    rows = rows[rows["amount_usd_bn"].notna()]
    rows = rows.assign(is_ceiling=rows["amount_qualifier"] == "up_to")
    keys = list(dict.fromkeys([by, "sector", "is_ceiling", "is_shared"]))
    summed = rows.groupby(keys, as_index=False, observed=True)["amount_usd_bn"].sum()
    return summed.sort_values(["is_shared", "is_ceiling"], kind="stable", ignore_index=True)


def largest_projects(projects: pd.DataFrame, *, limit: int) -> pd.DataFrame:
    """Give the largest projects, undisclosed ones last, ties by id; all their columns."""
    if len(projects) > limit:
        leading = projects.nlargest(limit, "amount_usd_bn", keep="first")
        projects = leading if len(leading) == limit else projects
    return projects.sort_values(
        ["amount_usd_bn", "project_id"], ascending=[False, True], ignore_index=True
    ).head(limit)


def announced_over_time(projects: pd.DataFrame) -> pd.DataFrame:
    """Add up what was announced by each day, oldest first.

    Columns: ``announced_at`` (timestamp), ``amount_usd_bn`` (announced that day),
    ``cumulative_usd_bn``, ``amount_qualifier`` (of the cumulative amount), ``project_count``.
    Days that announce only undisclosed amounts add nothing. More than ``MAX_STEPS`` days are
    gathered by month.
    """
    days = projects.assign(
        is_ceiling=projects["amount_qualifier"] == "up_to",
        is_estimate=projects["amount_qualifier"] == "about",
    )
    if days["announced_at"].nunique() > MAX_STEPS:
        month = days["announced_at"].dt.to_period("M").dt.start_time
        days = days.assign(announced_at=month)
    grouped = days.groupby("announced_at", sort=True)
    steps = pd.DataFrame(
        {
            "amount_usd_bn": grouped["amount_usd_bn"].sum(),
            "project_count": grouped.size(),
            "has_ceiling": grouped["is_ceiling"].any().cummax(),
            "has_estimate": grouped["is_estimate"].any().cummax(),
        }
    ).reset_index()
    steps["cumulative_usd_bn"] = steps["amount_usd_bn"].cumsum().round(9)
    steps["amount_qualifier"] = np.where(
        steps["has_ceiling"], "up_to", np.where(steps["has_estimate"], "about", "exact")
    )
    return steps.drop(columns=["has_ceiling", "has_estimate"])


def even_pace(pledge: Pledge, on: date) -> float:
    """Compute what an even pace from signing to deadline would have announced by a day (US$ bn)."""
    elapsed = (on - pledge.signed_on).days / (pledge.deadline - pledge.signed_on).days
    return pledge.total_usd_bn * min(max(elapsed, 0.0), 1.0)


def sites(projects: pd.DataFrame) -> pd.DataFrame:
    """Give the projects whose coordinates are published, largest first, all their columns."""
    placed = projects.dropna(subset=["latitude", "longitude"])
    return placed.sort_values("amount_usd_bn", ascending=False, ignore_index=True)


def project_names_by_state(projects: pd.DataFrame, *, limit: int) -> dict[str, list[str]]:
    """Name the largest projects of each state, at most ``limit``, largest first."""
    ranked = projects.sort_values("amount_usd_bn", ascending=False, kind="stable")
    leading = ranked.groupby("states", sort=False).head(limit)
    names: dict[str, list[str]] = {}
    for states, name in zip(leading["states"], leading["project"], strict=True):
        for state in str(states).split(";"):
            if len(names.setdefault(state, [])) < limit:
                names[state].append(str(name))
    return names


def source_ids(projects: pd.DataFrame, *, limit: int | None = None) -> list[str]:
    """List the sources of the projects, most cited first, then by first appearance."""
    counts: dict[str, int] = {}
    for text, count in projects["source_ids"].value_counts(sort=False).items():
        for source in str(text).split(";"):
            counts[source] = counts.get(source, 0) + int(count)
    ranked: Sequence[str] = sorted(counts, key=lambda source: -counts[source])
    return list(ranked[:limit])


def _total_by(parts: pd.DataFrame, key: str) -> pd.DataFrame:
    ceiling = parts["amount_usd_bn"].where(parts["amount_qualifier"] == "up_to")
    rows = parts.assign(
        ceiling_usd_bn=ceiling, is_estimate=parts["amount_qualifier"] == "about"
    )
    grouped = rows.groupby(key, sort=True, observed=True)
    totals = pd.DataFrame(
        {
            "project_count": grouped["project_count"].sum(),
            "undisclosed_count": grouped["undisclosed_count"].sum(),
            "amount_usd_bn": grouped["amount_usd_bn"].sum(min_count=1).round(9),
            "ceiling_usd_bn": grouped["ceiling_usd_bn"].sum().round(9),
            "has_estimate": grouped["is_estimate"].any(),
        }
    ).reset_index()
    totals["firm_usd_bn"] = (totals["amount_usd_bn"] - totals["ceiling_usd_bn"]).fillna(0.0).round(9)
    totals["amount_qualifier"] = np.where(
        totals["ceiling_usd_bn"] > 0, "up_to", np.where(totals["has_estimate"], "about", "exact")
    )
    return totals.drop(columns="has_estimate").sort_values(
        "amount_usd_bn", ascending=False, kind="stable", ignore_index=True
    )


def _agree(first: float, second: float) -> bool:
    return math.isclose(first, second, abs_tol=RECONCILED_WITHIN_USD_BN)

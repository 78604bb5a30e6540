"""The catalogue: the projects of a view as a list to search, sort and browse."""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

from components.basics import messages, text_search
from components.basics.us_states import STATE_NAMES
from components.facts.schema import STAGES
from components.views.filters import ProjectFilter
from components.views.links import DOWN, FIRST_SORT
from components.views.view import View

SEARCHED: Final = (
    "project",
    "project_id",
    "states",
    "technology",
    "expected_output",
    "takes_part",
    "interested",
    "place",
    "county",
    "summary",
)
MAX_ID: Final = 80
MAX_COMPARED: Final = 2000
"""Comparing spellings is slow: at most this many characters of an id, and this many ids."""


def listing(view: View, *, search: str = "", sort: str = "") -> "pd.Index[int]":
    """Return the rows of ``Dataset.projects`` that match filter and search, in order.

    Every word of a search must occur in some text of the project, its sector, its states or its
    companies, in English or Japanese.
    Missing values come last in either direction; ties are in the order of ids.
    """
    key = (sort or FIRST_SORT).removeprefix(DOWN)
    ordered: pd.Index[int] = _ORDERS[key](view, (sort or FIRST_SORT).startswith(DOWN))
    wanted = text_search.words(search)
    return ordered[_matches(view, ordered, wanted)] if wanted else ordered


def neighbours(view: View, project_id: str) -> tuple[str, str]:
    """Return the ids before and after a project in the catalogue of a filter, "" at either end.

    If the project does not match the filter, the catalogue is that of all projects.
    """
    whole = view.baseline.view(ProjectFilter())
    walked = view if (view.projects["project_id"] == project_id).any() else whole
    ids = walked.baseline.projects["project_id"].to_numpy()
    order = ids[listing(walked)]
    (place, *_) = [*np.flatnonzero(order == project_id), None]
    if place is None:
        return "", ""
    before = str(order[place - 1]) if place > 0 else ""
    after = str(order[place + 1]) if place + 1 < len(order) else ""
    return before, after


def nearest(view: View, wanted: str) -> list[str]:
    """Return up to five project ids that are spelled like an unknown one, most similar first."""
    ids = view.baseline.vocabulary.project
    return get_close_matches(wanted.lower()[:MAX_ID], list(ids)[:MAX_COMPARED], n=5, cutoff=0.4)


def _by_amount(view: View, is_down: bool) -> "pd.Index[int]":  # noqa: FBT001
    amounts = view.projects["amount_usd_bn"].to_numpy()
    return _ordered(view, -amounts if is_down else amounts, np.isnan(amounts))


def _by_text(read: Callable[[View], Any]) -> Callable[[View, bool], "pd.Index[int]"]:
    def order(view: View, is_down: bool) -> "pd.Index[int]":  # noqa: FBT001
        texts = pd.Series(read(view), dtype="str")
        dataset = view.dataset
        names = texts.map(dataset.sort_key) if dataset.readings else texts.str.casefold()
        ranks = pd.factorize(names, sort=True)[0]
        return _ordered(view, -ranks if is_down else ranks, (texts == "").to_numpy())

    return order


def _by_stage(view: View, is_down: bool) -> "pd.Index[int]":  # noqa: FBT001
    rank = {stage: place for place, stage in enumerate(STAGES)}
    ranks = view.projects["stage"].map(rank).to_numpy()
    return _ordered(view, -ranks if is_down else ranks, np.zeros(len(ranks), dtype=bool))


def _ordered(view: View, keys: NDArray[Any], is_missing: NDArray[np.bool_]) -> "pd.Index[int]":
    # The rows are sorted by id, and lexsort is stable.
    return view.projects.index[np.lexsort((keys, is_missing))]


def _sector_labels(view: View) -> "pd.Series[Any]":
    return view.projects["sector"].map(view.baseline.vocabulary.sector)


def _last_dates(view: View) -> "pd.Series[Any]":
    return view.projects["project_id"].map(view.last_dates).fillna("")


_ORDERS: Final[dict[str, Callable[[View, bool], "pd.Index[int]"]]] = {
    "project": _by_text(lambda view: view.projects["project"].to_numpy()),
    "amount": _by_amount,
    "states": _by_text(lambda view: view.projects["states"].to_numpy()),
    "sector": _by_text(lambda view: _sector_labels(view).to_numpy()),
    "stage": _by_stage,
    "milestone": _by_text(lambda view: _last_dates(view).to_numpy()),
    "developer": _by_text(
        lambda view: view.dataset.projects["developer"].loc[view.projects.index].to_numpy()
    ),
}


def _matches(view: View, rows: "pd.Index[int]", wanted: Sequence[str]) -> NDArray[np.bool_]:
    texts = view.baseline.view(ProjectFilter()).cached(_texts).take(pa.array(rows))
    keep = np.ones(len(rows), dtype=bool)
    for word in wanted:
        keep &= compute.match_substring(texts, word).to_numpy(zero_copy_only=False)
    return keep


def _texts(whole: View) -> Any:
    """Return what a search looks into, by the position of a project in the dataset."""
    texts: list[list[str]] = []
    for code in messages.LANGUAGES:
        with messages.using(code):
            texts.append(_said(whole.in_language()))
    both = [text_search.folded(" ".join(said)) for said in zip(*texts, strict=True)]
    return pa.array(both, type=pa.large_string())


def _said(whole: View) -> list[str]:
    """Return all that a project says in one language, by its position in the dataset."""
    projects = whole.dataset.projects
    names = _japanese_names(whole)
    sectors = {sector.sector: sector.searched for sector in whole.pledge.sectors}
    states = {
        cell: " ".join(STATE_NAMES.get(code, "") for code in cell.split(";"))
        for cell in projects["states"].unique()
    }
    parts = [projects[name] for name in SEARCHED]
    parts += [projects["sector"].map(sectors), projects["states"].map(states)]
    parts.append(projects["project_id"].map(lambda one: names.get(one, "")))
    rows = zip(*(part.to_numpy(dtype=object) for part in parts), strict=True)
    return [" ".join(row) for row in rows]


def _japanese_names(whole: View) -> Mapping[str, str]:
    """Return the Japanese names of the companies of each project."""
    roles = whole.dataset.roles
    named = roles[roles["japanese_name"] != ""]
    joined = named.groupby("project_id")["japanese_name"].agg(" ".join)
    return dict(zip(map(str, joined.index), joined, strict=True))

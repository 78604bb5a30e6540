"""Mentions: the projects that a row names in its list ``project_ids``."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.facts.checks import LIST_SEPARATOR, items


def positions(ids: pd.Series, known: pd.Series) -> NDArray[np.intp]:
    """Return the position of each id among those known, -1 for one that is not."""
    index = pd.Index(known.to_numpy(dtype=object))
    return np.asarray(index.get_indexer(ids.to_numpy(dtype=object)))


def concerning(rows: pd.DataFrame, project_ids: Collection[str]) -> pd.DataFrame:
    """Return the rows that name at least one of the projects, each once."""
    known = set(project_ids)
    lists = rows["project_ids"].tolist()
    is_about = [not known.isdisjoint(cell.split(LIST_SEPARATOR)) for cell in lists]
    return rows[np.array(is_about, dtype=bool)].reset_index(drop=True)


def by_project(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each project that a row names, in the order of the rows.

    ``project_id`` takes the place of ``project_ids``; rows that name none are left out.
    """
    named = items(rows["project_ids"])
    own = rows.loc[named.index].drop(columns="project_ids")
    own.insert(0, "project_id", named.to_numpy())
    return own.reset_index(drop=True)


def limited_to(rows: pd.DataFrame, project_ids: Collection[str]) -> pd.DataFrame:
    """Return the rows without other projects in their lists; rows that name no others are gone.

    Rows that name no project at all stay.
    """
    named = items(rows["project_ids"])
    is_known = named.isin(project_ids)
    if is_known.all():
        return rows
    kept = named[is_known]
    mixed = kept[kept.index.isin(named.index[~is_known])]
    lists = mixed.groupby(level=0, sort=False).agg(LIST_SEPARATOR.join)
    shortened = rows.copy()
    shortened.loc[lists.index, "project_ids"] = lists
    stays = (rows["project_ids"] == "") | rows.index.isin(kept.index)
    return shortened[stays].reset_index(drop=True)

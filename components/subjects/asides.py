"""Lists that are not part of the pledge and in none of its totals: agreements and interests."""

from collections.abc import Collection

import pandas as pd

from components.basics import text_search
from components.facts.dataset import Dataset
from components.views.links import area_id


def agreements(dataset: Dataset, *, search: str = "", chosen: Collection[str] = ()) -> pd.DataFrame:
    """Return the agreements in the chosen areas (empty: in all) with every word of a search.

    Sorted by area, then by title.
    """
    rows = dataset.agreements.sort_values(["area", "title"], kind="stable")
    if chosen:
        rows = rows[rows["area"].map(area_id).isin(chosen)]
    return _found(rows, search)


def interests(dataset: Dataset, *, search: str = "") -> pd.DataFrame:
    """Return the companies with every word of a search, sorted by name."""
    return _found(dataset.interests.sort_values("company", kind="stable"), search)


def _found(rows: pd.DataFrame, search: str) -> pd.DataFrame:
    words = text_search.words(search)
    cells = rows.astype(object).where(rows.notna(), "")
    texts = [text_search.folded(" ".join(map(str, row))) for row in cells.itertuples(index=False)]
    keep = [all(word in text for word in words) for text in texts]
    return rows[pd.Series(keep, index=rows.index, dtype=bool)].reset_index(drop=True)

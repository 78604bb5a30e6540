"""Lists that are not part of the pledge and in none of its totals: agreements and interests."""

from collections.abc import Collection

import pandas as pd

from components.basics import messages, text_search
from components.facts.dataset import Dataset
from components.views.view import area_ids


def agreements(dataset: Dataset, *, search: str = "", chosen: Collection[str] = ()) -> pd.DataFrame:
    """Return the agreements in the chosen areas (empty: in all) with every word of a search.

    Sorted by area, then by title.
    """
    rows = dataset.agreements
    if chosen:
        rows = rows[area_ids(dataset).loc[rows.index].isin(chosen)]
    return _found(dataset, "agreements", rows, search).sort_values(
        ["area", "title"], kind="stable", ignore_index=True
    )


def interests(dataset: Dataset, *, search: str = "") -> pd.DataFrame:
    """Return the companies with every word of a search, sorted by name, in Japanese by sound."""
    found = _found(dataset, "interests", dataset.interests, search)
    return found.sort_values(
        "company",
        kind="stable",
        ignore_index=True,
        key=lambda names: names.map(dataset.sort_key),
    )


def _found(dataset: Dataset, table: str, rows: pd.DataFrame, search: str) -> pd.DataFrame:
    """Return the rows of a table that have every word of a search, in any language."""
    words = text_search.words(search)
    if not words:
        return rows
    texts = pd.Series("", index=rows.index, dtype=object)
    for code in messages.LANGUAGES:
        said = getattr(dataset.in_language(code), table).loc[rows.index]
        cells = said.astype(object).where(said.notna(), "")
        texts += [f" {' '.join(map(str, row))}" for row in cells.itertuples(index=False)]
    folded = texts.map(text_search.folded)
    return rows[folded.map(lambda text: all(word in text for word in words)).astype(bool)]

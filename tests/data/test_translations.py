"""The shipped folder is complete in Japanese, and its ceilings stay ceilings."""

import re
from pathlib import Path

import pytest

from components.facts.dataset import Dataset, load

DATA = Path(__file__).parents[2] / "data"

CEILINGS = re.compile(r"\b(up to|as much as|at most|ceilings?)\b", re.IGNORECASE)
KEPT = ("最大", "上限", "以内", "以下", "まで")
"""English words for a ceiling, and what a Japanese text has where the English has one."""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(DATA)


def test_every_text_is_translated_and_none_is_outdated(dataset: Dataset):
    assert dataset.translations
    assert [str(one) for one in dataset.unfinished()] == []


def test_a_ceiling_stays_one(dataset: Dataset):
    lost = [
        f"{table}, {row.id}, {row.column}"
        for table, rows in dataset.translations.items()
        for row in rows.itertuples(index=False)
        if CEILINGS.search(row.english) and not any(word in row.japanese for word in KEPT)
    ]
    assert lost == []


def test_years_stand_in_both_languages(dataset: Dataset):
    differing = [
        f"{table}, {row.id}, {row.column}"
        for table, rows in dataset.translations.items()
        for row in rows.itertuples(index=False)
        if set(re.findall(r"\b20[0-9]{2}\b", row.english))
        != set(re.findall(r"20[0-9]{2}(?=年)", row.japanese))
    ]
    assert differing == []

"""The shipped folder is complete in Japanese, with the same figures, and ceilings stay ceilings."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from components.basics import messages
from components.basics.formatting import format_usd_bn
from components.facts.dataset import Dataset, load
from components.facts.parties import NAMES, PARTIES
from components.facts.schema import translated
from components.facts.translations import TABLES
from components.subjects import asides, company_list
from components.views.filters import ProjectFilter
from components.views.view import Baseline

DATA = Path(__file__).parents[2] / "data"

CEILINGS = re.compile(r"\b((?<!add )up to|as much as|at most|ceilings?)\b", re.IGNORECASE)
KEPT = ("最大", "上限", "以内", "以下", "まで")
"""English words for a ceiling, and what a Japanese text has where the English has one."""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(DATA)


def texts(dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    """Yield the place of each text, the English and the Japanese."""
    for table, rows in dataset.translations.items():
        for (place, column), (english, japanese) in rows.items():
            yield f"{table}, {place}, {column}", english, japanese


def test_every_text_is_translated_and_none_is_outdated(dataset: Dataset):
    assert dataset.translations
    assert [str(one) for one in dataset.unfinished()] == []


def test_every_name_that_begins_with_a_kanji_has_a_reading(dataset: Dataset):
    japanese = dataset.in_language(messages.JAPANESE)
    names = {*japanese.companies["company"], *japanese.projects["project"]}
    begun = {name for name in names if "一" <= name[0] <= "鿿"}
    assert len(begun) > 10
    assert begun - japanese.readings.keys() == set()


def test_companies_are_listed_in_the_order_of_their_sounds(dataset: Dataset):
    with messages.using(messages.JAPANESE):
        view = Baseline.of(dataset).in_language().view(ProjectFilter())
        found = company_list.of_view(view)
    assert [one.name for one in found if one.roles and one.roles[0].role == "interested"] == [
        "JFEスチール",
        "旭ダイヤモンド工業",
        "商船三井",
        "東芝",
        "日本製鉄",
        "ノリタケ",
        "三井海洋開発",
        "三菱電機",
    ]
    others = [one.name for one in found if not one.roles]
    assert (
        others.index("キーウィット") < others.index("キャリア") < others.index("キンダー・モルガン")
    )
    assert others[-3:] == ["三菱重工業", "ミトラケム", "村田製作所"]


def test_the_interest_list_is_in_the_order_of_sounds(dataset: Dataset):
    names = list(asides.interests(dataset.in_language(messages.JAPANESE))["company"])
    assert names[-5:] == ["ベクテル", "マックス・エナジー", "三菱電機", "ミトラケム", "村田製作所"]
    assert names.index("ソフトバンクグループ") < names.index("東芝") < names.index("パナソニック")
    assert names.index("キーウィット") < names.index("キャリア") < names.index("キンダー・モルガン")


def test_figures_dates_and_ids_are_those_of_the_english_tables(dataset: Dataset):
    japanese = dataset.in_language(messages.JAPANESE)
    for name, table in TABLES.items():
        attribute = "projects" if name == "investments" else name
        words = {*translated(table), *NAMES, *PARTIES}
        english, other = getattr(dataset, attribute), getattr(japanese, attribute)
        kept = [column for column in english if column not in words]
        pd.testing.assert_frame_equal(other[kept], english[kept])
        assert list(other) == list(english)


def test_a_ceiling_stays_one(dataset: Dataset):
    lost = [
        place
        for place, english, japanese in texts(dataset)
        if CEILINGS.search(english) and not any(word in japanese for word in KEPT)
    ]
    assert lost == []


def test_years_stand_in_both_languages(dataset: Dataset):
    differing = [
        place
        for place, english, japanese in texts(dataset)
        if set(re.findall(r"\b20[0-9]{2}\b", english))
        != set(re.findall(r"20[0-9]{2}(?=年)", japanese))
    ]
    assert differing == []


def test_dollars_are_the_same_in_both_languages(dataset: Dataset):
    with messages.using(messages.JAPANESE):
        lost = [
            f"{place}: {amount}"
            for place, english, japanese in texts(dataset)
            for figure in re.findall(r"[$]([0-9.,]*[0-9]) billion", english)
            for amount in [format_usd_bn(float(figure.replace(",", ""))).removesuffix("ドル")]
            if amount not in japanese
        ]
    assert lost == []


def test_percentages_are_the_same_in_both_languages(dataset: Dataset):
    percent = re.compile(r"[0-9.]+(?=%|〜[0-9.]+%)")
    differing = [
        place
        for place, english, japanese in texts(dataset)
        if set(percent.findall(english)) != set(percent.findall(japanese))
    ]
    assert differing == []

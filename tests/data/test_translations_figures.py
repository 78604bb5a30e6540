"""The Japanese texts of the data have the figures of the English ones, ceilings included."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from components.basics.formatting import MONTHS

TRANSLATIONS: Final = Path(__file__).parents[2] / "data" / "ja"

WORDS: Final = {
    "one": 1,
    "single": 1,
    "first": 1,
    "two": 2,
    "second": 2,
    "both": 2,
    "pair": 2,
    "iia": 2,
    "three": 3,
    "third": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "sixteen": 16,
}
QUARTERS: Final = {"first": (1, 3), "second": (4, 6), "third": (7, 9), "fourth": (10, 12)}
SCALES: Final = {"million": 1e6, "billion": 1e9, "trillion": 1e12}
MYRIADS: Final = {"兆": 1e12, "億": 1e8, "万": 1e4, "": 1.0}
CURRENCIES: Final = {"ドル": "$", "円": "¥"}

NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
ENGLISH_FIGURE: Final = re.compile(rf"([$¥]?)({NUMBER})(?:M\b| ({'|'.join(SCALES)}))?")
JAPANESE_FIGURE: Final = re.compile(rf"((?:{NUMBER}[兆億万])*(?:{NUMBER})?)(ドル|円)?")
FIRST_OF_RANGE: Final = re.compile(rf"({NUMBER}[兆億万]?)〜(?={NUMBER}[兆億万]?(ドル|円|月)?)")

IN_WORDS: Final = re.compile(rf"(?i)\b({'|'.join(WORDS)})(?:fold|s)?\b")
RATE: Final = re.compile(r"1ドル＝")
TRANCHE: Final = re.compile(r"第\d陣")

SUM: Final = rf"(?:[$¥]?{NUMBER}(?!\d| (?:{'|'.join(MONTHS)}))|(?:{'|'.join(WORDS)})\b|that sum)"
CEILING: Final = re.compile(rf"\b(?:[Uu]p to|[Aa]s much as) {SUM}")
APPROXIMATE: Final = re.compile(rf"\b(?:[Aa]bout|[Ss]ome) {SUM}")
JAPANESE_CEILING: Final = re.compile(r"最大(?=\d)")
JAPANESE_APPROXIMATE: Final = re.compile(r"約(?=\d)")


def texts() -> Iterator[tuple[str, str, str]]:
    """Yield the place of each text, its English and its Japanese."""
    for path in sorted(TRANSLATIONS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                place = f"{path.stem}, {row['id']}, {row['column']}"
                yield place, row["english"], row["japanese"]


def row_of(place: str) -> str:
    """Return the row of a text, without its column."""
    return place.rpartition(", ")[0]


def english_figures(text: str) -> set[str]:
    """Find amounts, months and numbers written in digits, and months of quarters."""
    for ordinal, months in QUARTERS.items():
        names = " ".join(MONTHS[month - 1] for month in months)
        text = text.replace(f"{ordinal} quarter of", names)
    found = {f"month {MONTHS.index(name) + 1}" for name in re.findall("|".join(MONTHS), text)}
    for sign, number, scale in ENGLISH_FIGURE.findall(text):
        found.add(f"{sign}{float(number.replace(',', '')) * SCALES.get(scale, 1):.10g}")
    return found


def english_words(text: str) -> set[str]:
    """Find numbers written in words."""
    return {f"{WORDS[word.lower()]}" for word in IN_WORDS.findall(text)}


def japanese_figures(text: str) -> set[str]:
    """Find amounts, months and numbers."""
    text = FIRST_OF_RANGE.sub(lambda match: f"{match[1]}{match[2] or ''} ", text)
    found = {f"month {month}" for month in re.findall(r"(\d+)月", text)}
    text = re.sub(r"\d+月", " ", text)
    for figure, currency in JAPANESE_FIGURE.findall(text):
        if figure:
            parts = re.findall(rf"({NUMBER})([兆億万]?)", figure)
            value = sum(float(part.replace(",", "")) * MYRIADS[unit] for part, unit in parts)
            found.add(f"{CURRENCIES.get(currency, '')}{value:.10g}")
    return found


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("up to $33.3 billion (¥5.2 trillion)", "最大333億ドル（5兆2000億円）"),
        ("$20 billion to $30 billion a year", "年200億〜300億ドル"),
        ("1.2 million barrels, 85,000 an hour", "120万バレル、毎時8万5000バレル"),
        ("the first quarter of 2027, 14 February", "2027年1〜3月期、2月14日"),
    ],
)
def test_the_same_figures_are_read_in_both_languages(english: str, japanese: str) -> None:
    assert english_figures(english) == japanese_figures(japanese)


def test_every_figure_of_the_english_is_in_the_japanese() -> None:
    lost = {
        place: missing
        for place, english, japanese in texts()
        if (missing := english_figures(english) - japanese_figures(japanese))
    }
    assert lost == {}


def test_every_figure_of_the_japanese_is_in_the_english_of_its_row() -> None:
    rows: defaultdict[str, set[str]] = defaultdict(set)
    for place, english, _ in texts():
        rows[row_of(place)] |= english_figures(english) | english_words(english)
    added = {}
    for place, english, japanese in texts():
        known = TRANCHE.sub("", japanese) if "this tranche" in english else japanese
        if extra := japanese_figures(RATE.sub("", known)) - rows[row_of(place)]:
            added[place] = extra
    assert added == {}


@pytest.mark.parametrize(
    ("english_sign", "japanese_sign"),
    [(CEILING, JAPANESE_CEILING), (APPROXIMATE, JAPANESE_APPROXIMATE)],
    ids=["up to", "about"],
)
def test_a_figure_keeps_its_qualifier(
    english_sign: re.Pattern[str], japanese_sign: re.Pattern[str]
) -> None:
    counts = {
        place: (len(english_sign.findall(english)), len(japanese_sign.findall(japanese)))
        for place, english, japanese in texts()
    }
    assert {place: count for place, count in counts.items() if count[0] != count[1]} == {}
    assert any(count > 0 for count, _ in counts.values())

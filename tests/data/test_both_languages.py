"""Every page says the same in English and in Japanese, and no English is left on a Japanese one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from components.basics import messages
from components.basics.formatting import MONTHS, is_japanese
from components.exhibits.registry import EXHIBITS
from components.facts.dataset import load
from components.ui import first_view
from components.views.site import NOT_FOUND, PAGES
from components.views.store import Reading
from components.views.view import Baseline

ROOT = Path(__file__).parents[2]
BASELINE = Baseline.of(load(ROOT / "data"))
READING = Reading(BASELINE, is_stale=False)

ADDRESSES = (
    *(f"/{path}" for path in PAGES),
    "/?state=TN",
    "/?sector=natural-gas-power&stage=announced",
    "/?tranche=1&as_of=2026-03-01",
    "/?as_of=2025-09-01",
    "/?state=HI",
    "/?state=ZZ&tranche=many",
    "/projects?project=portsmouth-gas",
    "/projects?project=gas-pa",
    "/projects?project=no-such-project",
    "/projects?search=turbine",
    "/states?state=TX",
    "/states?state=TN",
    "/states?state=HI",
    "/changes?since=2026-02-01",
    "/companies?role=supplier",
    "/nowhere",
    *(f"/?card={card}&embed=true" for card in EXHIBITS),
)

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SAID = ("alt", "aria-label", "placeholder", "title", "content")
NOT_WORDS = {"code", "pre", "style", "script"}


@dataclass(frozen=True)
class Said:
    """A text of a page: its language, and whether it is drawn in a picture."""

    text: str
    language: str
    is_drawn: bool


class Words(HTMLParser):
    """The texts of a page in their order, those of attributes among them."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.said: list[Said] = []
        self._open: list[tuple[str, str]] = [("html", language)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self._open[-1][1]
        self._note([given[name] or "" for name in SAID if name in given], language)
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not NOT_WORDS & {tag for tag, _ in self._open}:
            self._note([data], self._open[-1][1])

    def _note(self, texts: list[str], language: str) -> None:
        is_drawn = any(tag == "svg" for tag, _ in self._open)
        clean = (" ".join(text.split()) for text in texts)
        self.said += [Said(text, language, is_drawn) for text in clean if text]


def said(address: str, language: str) -> list[Said]:
    parts = urlsplit(address)
    path = parts.path.strip("/")
    with messages.using(language):
        page = first_view.draw(
            READING.in_language(),
            PAGES.get(path, NOT_FOUND),
            path=path,
            base="https://pledge.example.org",
            parameters=parse_qs(parts.query),
        )
    words = Words(language)
    words.feed(str(page))
    return words.said


def in_data(language: str) -> Iterator[str]:
    """Yield every text of the data, as a page in some language shows it."""
    with messages.using(language):
        dataset = BASELINE.in_language().dataset
    values = [getattr(dataset, one.name) for one in fields(dataset)]
    for frame in (value for value in values if isinstance(value, pd.DataFrame)):
        for column in frame.columns:
            yield from (str(value) for value in frame[column] if value)
    yield str(dataset.pledge)


LATIN = re.compile(r"[A-Za-z][\w'’&./-]*(?:[ ,]+[A-Za-z&][\w'’&./-]*)*")
ENGLISH = re.compile(r"\b[a-z]{2,}\b")
FAMILIAR = re.compile(
    r"(English|Excel|CSV|JSON|PNG|SVG|PDF|ZIP|API|R|pandas|curl|GitHub|Atom|iCalendar|BibTeX|APA"
    r"|Chicago|SIST|MIT|CC BY|Ctrl|Enter|JavaScript|WebSocket|[\w.-]+@[\w.-]+|https?:\S+"
    r"|[A-Z]{2,}\d*s?|[a-z0-9]+(-[a-z0-9]+)+|[a-z]+(_[a-z]+)+|[a-z_]+\.csv)"
)
"""Names of formats, programs and styles, addresses, abbreviations, ids and files: no English."""

QUOTED = re.compile("「[^」]*」|(state|tranche)=\\w+")
"""What a link asks for, and ids in quotation marks."""

ID = re.compile("[a-z0-9]+([_-][a-z0-9]+)*")


@pytest.fixture(scope="module")
def names() -> str:
    """Return what the Japanese data has, where names are in Latin letters, and the changelog."""
    changelog = " ".join((ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split())
    return "\n".join([*in_data("ja"), changelog])


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_english_is_left_on_a_japanese_page(address: str, names: str):
    left = [
        (found[0], one.text[:80])
        for one in said(address, "ja")
        if one.language == "ja"
        for found in LATIN.finditer(QUOTED.sub("", one.text))
        if ENGLISH.search(FAMILIAR.sub("", found[0])) and found[0].strip(" ,.") not in names
    ]
    assert left == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_a_japanese_page_marks_as_english_is_a_name_or_a_title(address: str, names: str):
    marked = [one.text for one in said(address, "ja") if one.language == "en"]
    ours = {"English"}
    assert [
        text
        for text in marked
        if text.rstrip("…") not in names and text not in ours and not ID.fullmatch(text)
    ] == []


NUMBER = r"\d[\d,]*(?:\.\d+)?"
UNIT_EN = r"(?: ?(trillion|billion|million|T|B|M)\b)"
MONEY_EN = re.compile(rf"([$¥])(?:{NUMBER}[–-])?({NUMBER}){UNIT_EN}?", re.IGNORECASE)
YEN_EN = re.compile(rf"({NUMBER}){UNIT_EN} yen")
MONEY_JA = re.compile(rf"(?:({NUMBER})兆)?(?:({NUMBER})億)?(?:({NUMBER})万)?({NUMBER})?(ドル|円)")
RATE_JA = re.compile(r"(?<!\d)1ドル|10億ドル単位")
DATE_EN = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (\d{{4}})")
DATE_JA = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
PERCENT = re.compile(rf"({NUMBER})%")
TIMES = {"trillion": 1e12, "t": 1e12, "billion": 1e9, "b": 1e9, "million": 1e6, "m": 1e6, "": 1}


def value(text: str | None) -> float:
    return float((text or "0").replace(",", ""))


def money(text: str, language: str) -> set[tuple[str, int]]:
    """Return the amounts that a text has, as (currency, units); of a range the upper end."""
    if language == "en":
        found = [
            *MONEY_EN.findall(text),
            *(("¥", number, unit) for number, unit in YEN_EN.findall(text)),
        ]
        return {(sign, round(value(n) * TIMES[unit.lower()])) for sign, n, unit in found}
    amounts = set()
    plain = RATE_JA.sub("", text).replace("億〜", "億ドル〜")
    for trillions, hundreds, myriads, ones, unit in MONEY_JA.findall(plain):
        if trillions or hundreds or myriads or ones:
            units = value(trillions) * 1e12 + value(hundreds) * 1e8 + value(myriads) * 1e4
            amounts.add(({"ドル": "$", "円": "¥"}[unit], round(units + value(ones))))
    return amounts


def dates(text: str, language: str) -> set[tuple[int, int, int]]:
    """Return the dates that a text has; a month has the day 0."""
    if language == "en":
        found = DATE_EN.findall(text)
        return {(int(y), MONTHS.index(month) + 1, int(day or 0)) for day, month, y in found}
    return {(int(y), int(month), int(day or 0)) for y, month, day in DATE_JA.findall(text)}


def bare(text: str) -> set[int]:
    """Return the figures of a text that has none of its own unit, as US$ billions in a table."""
    return {round(value(number) * 1e9) for number in re.findall(rf"(?<![$¥\d,.]){NUMBER}", text)}


@pytest.mark.parametrize("address", ADDRESSES)
def test_amounts_and_shares_are_the_same_in_both_languages(address: str):
    # Ticks of an axis have no unit in Japanese; other tests compare what is drawn with its figure.
    # Titles of sources and the changelog stand on both in their own language.
    english, japanese = (
        [one for one in said(address, code) if not one.is_drawn] for code in ("en", "ja")
    )
    stripped = [{one.text.strip(". 。") for one in page} for page in (english, japanese)]
    same = stripped[0] & stripped[1]
    text, translated = (
        "\n".join(one.text for one in page if one.text.strip(". 。") not in same)
        for page in (english, japanese)
    )
    given, found = money(text, "en"), money(translated, "ja")
    assert given - found == set()
    assert {units for _sign, units in found - given} <= bare(text)
    spans = re.sub(r"(\d)〜(\d+)%", r"\1%〜\2%", translated)
    assert set(PERCENT.findall(spans)) == set(PERCENT.findall(text))


@pytest.mark.parametrize("address", ADDRESSES)
def test_dates_of_the_data_are_the_same_in_both_languages(address: str):
    """Compare full dates: a month alone may be one end of a span, written in another way."""
    texts = {
        code: "\n".join(one.text for one in said(address, code) if one.language == code)
        for code in messages.LANGUAGES
    }
    english, japanese = (
        {one for one in dates(texts[code], code) if one[2]} for code in ("en", "ja")
    )
    spans = {day for day in english ^ japanese if re.search(rf"\d+ or {day[2]} ", texts["en"])}
    assert (english - spans).issuperset(japanese - spans) or english <= japanese | spans
    assert english


def test_a_japanese_page_is_in_japanese():
    assert sum(is_japanese(one.text) for one in said("/", "ja")) > 100
    assert not any(is_japanese(one.text) for one in said("/", "en") if one.language == "en")

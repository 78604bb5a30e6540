"""Translations: the Japanese words for the texts of a data folder, beside them by id and column."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Final

import pandas as pd
import pandera.pandas as pa

from components.basics.messages import JAPANESE
from components.facts import schema
from components.facts.checks import (
    FREE,
    LIST_SEPARATOR,
    NAMES,
    VISIBLE,
    Rules,
    has_items,
    matches,
    typed_cells,
    visible_instead,
)
from components.facts.csv_file import read_table
from components.facts.faults import Fault
from components.facts.pledge import TRANSLATED, WHOLE, Pledge

FOLDER: Final = JAPANESE
COLUMNS: Final = ("id", "column", "english", "japanese")
TABLES: Final = {table.name: table for table in schema.TABLES}
NAMES_OF_PLEDGE: Final = ("title", "publisher", "investor", "recipient", "label")
"""The texts of the pledge that are names: one with an invisible character would be another."""

LISTED: Final = f"words joined by {LIST_SEPARATOR}, none empty and none twice"

READING: Final = "reading"
READ: Final = {"companies": "company", "investments": "project"}
"""Name of a table -> the column whose Japanese may have a reading of its own, by which lists are
sorted; it is translated from the same English, as if it stood in a column of its own."""

KANA: Final = "hiragana and katakana only"

Place = tuple[str, str]
"""The id and the column of a text."""

Translations = Mapping[str, Mapping[Place, tuple[str, str]]]
"""Name of a table, or ``pledge`` -> place -> the English that was translated, and the Japanese.

Where the present English differs, it has changed since and is shown itself. A table without a file
is absent.
"""

Tables = Mapping[str, pd.DataFrame]
"""Name of a table -> its rows in English; unreadable ones are absent."""

OUTDATED: Final = "outdated"
MISSING: Final = "missing"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A text that Japanese readers get in English, and why: it is ``MISSING`` or ``OUTDATED``.

    Or an outdated reading, which no list is sorted by.

    >>> print(Unfinished("ja/gaps.csv", "drawdown", "missing", OUTDATED))
    ja/gaps.csv, drawdown, missing: outdated
    """

    file: str
    id: str
    column: str
    state: str

    def __str__(self) -> str:
        return f"{self.file}, {self.id}, {self.column}: {self.state}"


def files(folder: Path) -> list[Path]:
    """List the files of translations in a data folder, which needs none."""
    return sorted((folder / FOLDER).glob("*.csv"))


def name_of(name: str) -> str:
    """Name the file of translations of a table, or of ``pledge``, within the data folder."""
    return f"{FOLDER}/{name}.csv"


def read_translations(
    folder: Path, tables: Tables, pledge: Pledge | None
) -> tuple[Translations, list[Fault]]:
    """Read and check all translations of a folder, whose ``tables`` are text as in their files.

    Ids are checked where the English is readable. A translation that is missing or outdated is no
    fault, see ``unfinished``.
    """
    translations: dict[str, Mapping[Place, tuple[str, str]]] = {}
    faults: list[Fault] = []
    for path in files(folder):
        rows, found = _read(path)
        if rows is not None:
            in_table = path.stem in TABLES
            found += _table_faults(rows, TABLES[path.stem], tables) if in_table else []
            found += [] if in_table else _pledge_faults(rows, pledge)
            rows = _with_plain_lists(rows, TABLES[path.stem]) if in_table else rows
            translations[path.stem] = {
                (place, column): (english, japanese)
                for place, column, english, japanese in _cells(rows)
            }
        faults += [replace(fault, file=name_of(path.stem)) for fault in found]
    return translations, faults


def _cells(rows: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    return zip(*(rows[name].tolist() for name in COLUMNS), strict=True)


def _read(path: Path) -> tuple[pd.DataFrame | None, list[Fault]]:
    if path.stem not in (*TABLES, WHOLE):
        allowed = "the name of a table, or pledge.csv"
        return None, [Fault(path.name, None, None, None, allowed)]
    return read_table(path, columns=COLUMNS, may_be_empty=True)


def _table_faults(rows: pd.DataFrame, table: pa.DataFrameSchema, tables: Tables) -> Iterator[Fault]:
    if table.name in tables:
        ids = tables[table.name].iloc[:, 0].tolist()
        columns = [*schema.translated(table), *([READING] if table.name in READ else [])]
        yield from _place_faults(rows, dict.fromkeys(ids, columns), of=schema.file_of(table))
    rules = {name: _rules(table, name) for name in schema.translated(table)}
    yield from _text_faults(rows, rules | {READING: {KANA: matches("[ぁ-ゖァ-ヺー・]+")}})
    yield from _shape_faults(rows, table)


def _pledge_faults(rows: pd.DataFrame, pledge: Pledge | None) -> Iterator[Fault]:
    if pledge is not None:
        known: dict[str, list[str]] = {}
        for place, key in pledge.texts():
            known.setdefault(place, []).append(key)
        yield from _place_faults(rows, known, of="pledge.toml")
    rules = dict.fromkeys(chain.from_iterable(TRANSLATED.values()), FREE["text"])
    names = FREE["text"] | NAMES
    lists = FREE["list"] | NAMES | {LISTED: has_items()}
    yield from _text_faults(
        rows, rules | dict.fromkeys(NAMES_OF_PLEDGE, names) | {"keywords": lists}
    )


def _place_faults(
    rows: pd.DataFrame, places: Mapping[str, Collection[str]], *, of: str
) -> Iterator[Fault]:
    """Name each row for a text that is not there, or that a row above has translated."""
    seen: dict[tuple[str, str], int] = {}
    for row, place, column in zip(rows.index, rows["id"], rows["column"], strict=True):
        if place not in places:
            yield Fault("", row, "id", place, f"an id of {of}")
        elif column not in places[place]:
            yield Fault("", row, "column", column, f"one of {', '.join(places[place])}")
        elif seen.setdefault((place, column), row) != row:
            allowed = f"each text once; row {seen[place, column]} has it too"
            yield Fault("", row, "column", column, allowed)


def _text_faults(rows: pd.DataFrame, rules: Mapping[str, Rules]) -> Iterator[Fault]:
    """Name each text that is empty, or that its column would not allow in English."""
    for name in ("english", "japanese"):
        for row in rows.index[rows[name] == ""]:
            yield Fault("", row, name, "", "a text")
    for column, words in rows[rows["japanese"] != ""].groupby("column")["japanese"]:
        for allowed, check in rules.get(str(column), {}).items():
            wrong = words[~check(words)]
            for row, value in zip(wrong.index, wrong, strict=True):
                instead = visible_instead(value) if allowed == VISIBLE else allowed
                yield Fault("", row, "japanese", value, instead)


def _rules(table: pa.DataFrameSchema, column: str) -> Rules:
    return {check.error: _verdicts_of(check) for check in table.columns[column].checks}


def _verdicts_of(check: pa.Check) -> Callable[[pd.Series], pd.Series]:
    return lambda cells: pd.Series(check(cells).check_output, index=cells.index)


def _shape_faults(rows: pd.DataFrame, table: pa.DataFrameSchema) -> Iterator[Fault]:
    """Name each list that is longer or shorter in Japanese, and each title without its brackets."""
    for row, (_, column, english, japanese) in zip(rows.index, _cells(rows), strict=True):
        if column not in table.columns:
            continue
        if table.columns[column].metadata["kind"] == "list":
            count = english.count(LIST_SEPARATOR)
            if japanese.count(LIST_SEPARATOR) != count:
                allowed = f"as many names as in English, {count + 1}, joined by {LIST_SEPARATOR}"
                yield Fault("", row, "japanese", japanese, allowed)
        elif (table.name, column) == ("sources", "title"):
            if not _is_bracketed(english):
                allowed = "a title in square brackets: others stay as they were published"
                yield Fault("", row, "english", english, allowed)
            elif not _is_bracketed(japanese):
                yield Fault("", row, "japanese", japanese, "a title in square brackets, [ and ]")


def _is_bracketed(title: str) -> bool:
    """Return whether a title of a source is a description of ours, which alone is translated."""
    return title.startswith("[") and title.endswith("]")


def _with_plain_lists(rows: pd.DataFrame, table: pa.DataFrameSchema) -> pd.DataFrame:
    """Remove blanks around the items of lists, as they are in typed tables."""
    is_list = rows["column"].isin(
        [name for name, one in table.columns.items() if one.metadata["kind"] == "list"]
    )
    if not is_list.any():
        return rows
    plain = rows.copy()
    for name in ("english", "japanese"):
        plain.loc[is_list, name] = typed_cells(rows[name][is_list], kind="list", required=False)
    return plain


def with_words(rows: pd.DataFrame, table: pa.DataFrameSchema, words: Translations) -> pd.DataFrame:
    """Return the rows of a table in Japanese, as far as it is translated; the same rows if not.

    A company without a translation of its own has the Japanese name that a source gives it.
    """
    known = words.get(table.name, {})
    english = {column: rows[column].tolist() for column in schema.translated(table)}
    japanese = {column: list(texts) for column, texts in english.items()}
    if "company" in japanese:
        names = zip(rows["japanese_name"].tolist(), english["company"], strict=True)
        japanese["company"] = [given or name for given, name in names]
    places = {one: place for place, one in enumerate(rows[rows.columns[0]].tolist())}
    for (one, column), (before, after) in known.items():
        place = places.get(one)
        if column in english and place is not None and english[column][place] == before:
            japanese[column][place] = after
    changes = {
        column: pd.Series(texts, dtype="str", index=rows.index)
        for column, texts in japanese.items()
        if texts != english[column]
    }
    return rows.assign(**changes) if changes else rows


def readings(tables: Tables, japanese: Tables, words: Translations) -> dict[str, str]:
    """Return the readings of names: Japanese name -> kana.

    Tables are typed, row for row the same in both languages; an outdated reading is left out.
    """
    found: dict[str, str] = {}
    for name, column in READ.items():
        known = words.get(name, {})
        if not any(kind == READING for _, kind in known):
            continue
        rows = tables[name]
        cells = zip(rows.iloc[:, 0], rows[column], japanese[name][column], strict=True)
        for one, english, text in cells:
            before, reading = known.get((one, READING), ("", ""))
            if reading and before == english:
                found[text] = reading
    return found


def with_words_of_pledge(pledge: Pledge, words: Translations) -> Pledge:
    """Return the pledge in Japanese, as far as it is translated."""
    texts = pledge.texts()
    current = {
        place: after
        for place, (before, after) in words.get(WHOLE, {}).items()
        if texts.get(place) == before
    }
    return pledge.with_texts(current) if current else pledge


def unfinished(words: Translations, tables: Tables, pledge: Pledge) -> list[Unfinished]:
    """List what is missing or outdated, file by file; nothing in a folder without translations."""
    if not words:
        return []
    found: list[Unfinished] = []
    for name, table in TABLES.items():
        texts = dict(_texts(tables[name], table))
        needed = {place for place, text in _texts(tables[name], table, is_needed=True) if text}
        found += sorted(_unfinished_in(name, texts, needed, words), key=attrgetter("id"))
    texts = pledge.texts()
    needed = {place for place, text in texts.items() if text}
    return [*found, *_unfinished_in(WHOLE, texts, needed, words)]


def _texts(
    rows: pd.DataFrame, table: pa.DataFrameSchema, *, is_needed: bool = False
) -> Iterator[tuple[Place, str]]:
    """Yield every text that may be translated by id and column, or only those that have to be."""
    for column in schema.translated(table):
        chosen = rows
        if is_needed and column == "company":
            chosen = rows[rows["japanese_name"] == ""]
        elif is_needed and (table.name, column) == ("sources", "title"):
            chosen = rows[[_is_bracketed(title) for title in rows[column].tolist()]]
        ids = chosen[chosen.columns[0]].tolist()
        for place, text in zip(ids, chosen[column].tolist(), strict=True):
            yield (place, column), text
            if column == READ.get(table.name) and not is_needed:
                yield (place, READING), text


def _unfinished_in(
    name: str, texts: Mapping[Place, str], needed: Collection[Place], words: Translations
) -> Iterator[Unfinished]:
    known = words.get(name, {})
    for place, text in texts.items():
        if place in known and known[place][0] != text:
            yield Unfinished(name_of(name), *place, OUTDATED)
        elif place in needed and place not in known:
            yield Unfinished(name_of(name), *place, MISSING)

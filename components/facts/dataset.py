"""A data folder, read and checked as a whole."""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pandas as pd

from components.basics import text_search
from components.basics.geography import Outlines
from components.basics.messages import JAPANESE
from components.facts import schema, translations
from components.facts.checks import LIST_SEPARATOR, days
from components.facts.csv_file import read_table
from components.facts.faults import MAX_PRINTED_FAULTS, Fault, InvalidDatasetError
from components.facts.mentions import by_project
from components.facts.outlines import read_outlines
from components.facts.parties import named, with_parties
from components.facts.pledge import Pledge, read_pledge
from components.facts.relations import faults_between
from components.facts.translations import Translations, Unfinished

PLEDGE_FILE: Final = "pledge.toml"
OUTLINES_FILE: Final = "us_states.geojson"
FILES: Final = (*map(schema.file_of, schema.TABLES), PLEDGE_FILE, OUTLINES_FILE)

JAPANESE_COMMA: Final = "、"

SHIPPED_FOLDER: Final = Path(__file__).parents[2] / "data"
DATA_VARIABLE: Final = "PLEDGE_DATA"

Fingerprint = tuple[tuple[str, int | None, int | None], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """The content of a data folder.

    The frames are sorted by id, ``milestones`` and ``money`` by date and then id, numbered from 0,
    and have the columns of their schema: numbers as float64 with NaN for missing, whole numbers as
    int64 where the column is required, otherwise as Int64 with NA for missing, everything else as
    text with "" for missing. ``projects`` is investments.csv with the columns of ``with_parties``
    and seven more: ``stage``, ``stage_date``, ``stage_extent`` (part, whole or ""),
    ``announced_at`` (a timestamp), ``amount_id`` (the first of the projects that share one amount,
    "" where it is shared with none), ``amount_states`` (the states of all of them) and
    ``is_shared`` (the amount is for several states). ``roles`` and ``interests`` also have the
    names and the country of their company.

    ``translations`` are the words of the folder in Japanese, whichever language the data are in;
    ``readings`` are the readings of Japanese names in kana, by name, empty for data in English.
    """

    pledge: Pledge
    projects: pd.DataFrame
    milestones: pd.DataFrame
    money: pd.DataFrame
    companies: pd.DataFrame
    roles: pd.DataFrame
    gates: pd.DataFrame
    sources: pd.DataFrame
    agreements: pd.DataFrame
    interests: pd.DataFrame
    conflicts: pd.DataFrame
    gaps: pd.DataFrame
    outlines: Outlines
    version: str
    translations: Translations = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    _english: "Dataset | None" = None

    @property
    def english(self) -> "Dataset":
        """The same data in English, row for row; itself if it is."""
        return self._english or self

    def in_language(self, code: str) -> "Dataset":
        """Return the data with its texts in a language; what has no translation stays English.

        Figures, dates and ids stay, and so do frames in which nothing is translated.
        """
        if code != JAPANESE:
            return self.english
        return self if self._english else self._in_japanese()

    def sort_key(self, names: str) -> str:
        """Return a name, or several, as lists are sorted: by reading, without case and accents."""
        read = [self.readings.get(name, name) for name in names.split(JAPANESE_COMMA)]
        return text_search.folded(JAPANESE_COMMA.join(read))

    def unfinished(self) -> list[Unfinished]:
        """List the texts that Japanese readers get in English although the folder is translated."""
        english = self.english
        return translations.unfinished(self.translations, english._frames(), english.pledge)

    def _frames(self) -> dict[str, pd.DataFrame]:
        frames = {
            name: getattr(self, name) for name in translations.TABLES if name != "investments"
        }
        return {"investments": self.projects} | frames

    def _in_japanese(self) -> "Dataset":
        frames: dict[str, Any] = {
            name: translations.with_words(rows, translations.TABLES[name], self.translations)
            for name, rows in self._frames().items()
        }
        readings = translations.readings(self._frames(), frames, self.translations)
        projects = frames.pop("investments")
        if frames["companies"] is not self.companies:
            for name in ("roles", "interests"):
                frames[name] = named(frames[name], frames["companies"])
            projects = with_parties(projects, frames["roles"], comma=JAPANESE_COMMA)
        pledge = translations.with_words_of_pledge(self.pledge, self.translations)
        return replace(
            self, pledge=pledge, projects=projects, readings=readings, _english=self, **frames
        )


def load(folder: Path) -> Dataset:
    """Read a folder; raises InvalidDatasetError with everything wrong in any of its files."""
    if not folder.is_dir():
        allowed = "the folder that holds the data files"
        raise InvalidDatasetError([Fault(str(folder), None, None, None, allowed)])
    before = fingerprint(folder)
    tables, faults = _read_tables(folder)
    pledge, pledge_faults = read_pledge(folder / PLEDGE_FILE)
    outlines, outline_faults = read_outlines(folder / OUTLINES_FILE)
    words, word_faults = translations.read_translations(folder, tables, pledge)
    faults += [*pledge_faults, *outline_faults, *faults_between(tables, pledge), *word_faults]
    if faults or pledge is None or outlines is None:
        raise InvalidDatasetError(_in_reading_order(faults))
    version = _version(folder)
    if fingerprint(folder) != before:
        # Otherwise files and answers could name the same version for different data.
        allowed = "a folder whose files stay as they are while they are read"
        raise InvalidDatasetError([Fault(str(folder), None, None, None, allowed)])
    frames: dict[str, Any] = {
        table.name: _sorted(schema.typed(tables[table.name], table)) for table in schema.TABLES
    }
    projects = with_stages(frames.pop("investments"), frames["milestones"])
    for name in ("roles", "interests"):
        frames[name] = named(frames[name], frames["companies"])
    projects = with_parties(projects, frames["roles"])
    return Dataset(
        pledge=pledge,
        projects=projects,
        outlines=outlines,
        version=version,
        translations=words,
        **frames,
    )


def fingerprint(folder: Path) -> Fingerprint:
    """Return name, modification time in milliseconds and size of each file; None where missing.

    Cheap, so that a server can check for changes before every page.
    """
    return tuple(_file_mark(folder, name) for name in (*FILES, *_translated(folder)))


def _translated(folder: Path) -> list[str]:
    return [translations.name_of(path.stem) for path in translations.files(folder)]


def _file_mark(folder: Path, name: str) -> tuple[str, int | None, int | None]:
    try:
        status = (folder / name).stat()
    except OSError:
        return name, None, None
    return name, status.st_mtime_ns // 1_000_000, status.st_size


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in sorted([*FILES, *_translated(folder)]):
        digest.update(name.encode())
        try:
            digest.update((folder / name).read_bytes())
        except OSError as error:
            allowed = "a file that stays in place while the folder is read"
            raise InvalidDatasetError([Fault(name, None, None, None, allowed)]) from error
    return digest.hexdigest()[:12]


def _read_tables(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    tables: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for table_schema in schema.TABLES:
        table, file_faults = read_table(
            folder / schema.file_of(table_schema),
            columns=list(table_schema.columns),
            may_be_empty=table_schema.name in schema.MAY_BE_EMPTY,
        )
        faults += file_faults
        if table is not None:
            tables[table_schema.name] = table
            faults += schema.faults_in(table, table_schema)
    return tables, faults


def _in_reading_order(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (_place(fault.file), fault.row or 0))


def _place(file: str) -> tuple[int, str]:
    """Return where a file stands in the reading order: translations are last."""
    return (FILES.index(file), "") if file in FILES else (len(FILES), file)


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    """Sort by id, the first column; a table whose rows all have a ``date`` by that, then id."""
    is_dated = "date" in table and (table["date"] != "").all()
    keys = [*(["date"] if is_dated else []), str(table.columns[0])]
    order = table[keys].sort_values(keys, kind="stable").index
    is_sorted = order.equals(table.index)
    return (table if is_sorted else table.loc[order]).reset_index(drop=True)


def with_stages(projects: pd.DataFrame, milestones: pd.DataFrame) -> pd.DataFrame:
    """Add the stage from the milestones, the time of the announcement, and ``with_sharing``."""
    reached = (
        _furthest(by_project(milestones)).reindex(projects["project_id"]).reset_index(drop=True)
    )
    return with_sharing(projects).assign(
        stage=reached["stage"].fillna("announced"),
        stage_date=reached["date"].fillna(projects["announced_on"]),
        stage_extent=reached["extent"].fillna(""),
        announced_at=days(projects["announced_on"]),
    )


def with_sharing(projects: pd.DataFrame) -> pd.DataFrame:
    """Add the id of each project's amount, the states it is announced for, and ``is_shared``."""
    ids, states = projects["project_id"].copy(), projects["states"].copy()
    ids[:] = ""
    sharing = projects[projects["amount_shared_with"] != ""]
    own_states = dict(zip(sharing["project_id"], sharing["states"], strict=True))
    for place, own, others in zip(
        sharing.index, sharing["project_id"], sharing["amount_shared_with"], strict=True
    ):
        group = sorted([own, *others.split(LIST_SEPARATOR)])
        ids[place] = group[0]
        # On a past day not all of them may be announced yet.
        lists = [own_states.get(one, "") for one in group]
        codes = dict.fromkeys(code for one in lists for code in one.split(LIST_SEPARATOR) if code)
        states[place] = LIST_SEPARATOR.join(codes)
    is_shared = states.str.contains(LIST_SEPARATOR, regex=False)
    return projects.assign(amount_id=ids, amount_states=states, is_shared=is_shared)


def _furthest(events: pd.DataFrame) -> pd.DataFrame:
    """Return for each project, by id, the event that first reached its furthest stage.

    ``events`` has one row for each event of a project. Loans in whole rank above loans in part.
    """
    ranks = {stage: rank for rank, stage in enumerate(schema.STAGES)}
    events = events[events["stage"].isin(ranks)]
    events = events.assign(rank=events["stage"].map(ranks), is_whole=events["extent"] == "whole")
    order = events.sort_values(["rank", "is_whole", "date"], ascending=[False, False, True])
    return order.drop_duplicates("project_id").set_index("project_id")


def _describe(dataset: Dataset) -> str:
    counts = {
        "projects": dataset.projects,
        "milestones": dataset.milestones,
        "money events": dataset.money,
        "companies": dataset.companies,
        "roles": dataset.roles,
        "next steps": dataset.gates,
        "sources": dataset.sources,
        "agreements": dataset.agreements,
        "interests": dataset.interests,
        "conflicts": dataset.conflicts,
        "gaps": dataset.gaps,
    }
    parts = ", ".join(f"{len(rows):,} {name}" for name, rows in counts.items())
    return f"{parts}, {len(dataset.outlines.features)} outlines — version {dataset.version}"


def chosen_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder that ``PLEDGE_DATA`` names, by default the shipped one."""
    return Path(environment.get(DATA_VARIABLE) or SHIPPED_FOLDER).expanduser()


def main(arguments: Sequence[str]) -> int:
    """Check the folder named on the command line, or that of ``PLEDGE_DATA``, or ``data``.

    Returns the exit code: 0 if the folder is valid, also with texts that are not translated.
    """
    folder = Path(arguments[0]) if arguments else chosen_folder(os.environ)
    try:
        dataset = load(folder)
    except InvalidDatasetError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{folder}: {_describe(dataset)}")
    for line in _list(dataset.unfinished()):
        print(line)
    return 0


def _list(unfinished: Sequence[Unfinished]) -> Iterator[str]:
    """Yield a line for each text that Japanese readers get in English, after their number."""
    if not unfinished:
        return
    yield f"{len(unfinished):,} texts stay English in Japanese until they are translated (again):"
    yield from map(str, unfinished[:MAX_PRINTED_FAULTS])
    if len(unfinished) > MAX_PRINTED_FAULTS:
        yield f"and {len(unfinished) - MAX_PRINTED_FAULTS:,} more"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

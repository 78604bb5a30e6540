"""What one link shows: the data under one filter, added up once for everything drawn from it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from threading import Lock
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import numpy as np
import pandas as pd
from cachetools import LRUCache
from numpy.typing import NDArray

from components.basics import messages
from components.basics.amounts import Amount
from components.basics.formatting import lower_first
from components.basics.messages import _
from components.basics.us_states import STATE_NAMES
from components.facts.dataset import Dataset
from components.facts.history import as_known_on
from components.facts.mentions import by_project, concerning, positions
from components.facts.pledge import Pledge
from components.facts.schema import STAGES
from components.views import money_events, summaries
from components.views.filters import OFFERED, ProjectFilter, Vocabulary, count_by_value
from components.views.links import Link, area_id

READ_OFTEN: Final = (
    "project_id",
    "project",
    "tranche",
    "announced_on",
    "announced_at",
    "sector",
    "states",
    "amount_usd_bn",
    "amount_qualifier",
    "amount_confidence",
    "amount_source_ids",
    "amount_shared_with",
    "amount_id",
    "amount_states",
    "reported_usd_bn",
    "reported_qualifier",
    "reported_source_ids",
    "also_bn",
    "also_currency",
    "latitude",
    "longitude",
    "location_precision",
    "place_source_ids",
    "stage",
    "stage_extent",
    "is_shared",
    "source_ids",
)
"""The columns that filters, charts and map read; the others are read only with a whole row."""


MAX_VIEWS: Final = 64
MAX_ROWS_CACHED: Final = 1_500_000
"""At most this many views are cached, and rows in them (about 130 bytes each)."""

MAX_DAYS: Final = 16
MAX_PAST_ROWS_CACHED: Final = 300_000
"""At most this many past days are cached, and projects in them."""

SILENT_DAYS: Final = 180
"""A project without an event for at least so many days is silent."""

ENDED: Final = ("operating", "cancelled")
"""Stages after which nothing more is expected of a project."""

Made = TypeVar("Made")
Rest = ParamSpec("Rest")


@dataclass(frozen=True, eq=False)
class Baseline:
    """What depends only on the data and is shared by all visitors; built once per load.

    >>> baseline = Baseline.of(load(Path("data")))
    >>> tennessee = baseline.view(ProjectFilter(state=("TN",)))
    >>> in_march = baseline.as_known_on(date(2026, 3, 1)).view(ProjectFilter())

    For a past day, ``known_on`` is that day and ``present`` the baseline of the newest state; in
    the newest state both are None. ``newest`` is the day of the data. ``english`` is the baseline
    that one in another language comes from, None in that itself.
    """

    dataset: Dataset
    projects: pd.DataFrame
    vocabulary: Vocabulary
    parts: pd.DataFrame
    steps: pd.DataFrame
    official: Mapping[int, tuple[int, Amount]]
    tranche_totals: Mapping[int, Amount]
    counts: Mapping[str, Mapping[str, int]]
    publishers: Mapping[str, str]
    newest: date
    known_on: date | None = None
    present: "Baseline | None" = None
    english: "Baseline | None" = None
    _views: LRUCache[ProjectFilter, "View"] = field(default_factory=lambda: LRUCache(MAX_VIEWS))
    _past: LRUCache[date, "Baseline"] = field(
        default_factory=lambda: LRUCache(MAX_PAST_ROWS_CACHED, getsizeof=_weight_of_day)
    )
    _languages: dict[tuple[str, str], "Baseline"] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        *,
        present: "Baseline | None" = None,
        english: "Baseline | None" = None,
    ) -> "Baseline":
        """Return the baseline of a dataset: the sums over all projects, and the filter values.

        A past state has the vocabulary of the ``present`` one, so that a filter is valid on any
        day.
        """
        projects = light_copy(dataset.projects)
        parts = summaries.break_down(projects)
        official = summaries.official_totals(parts, dataset.pledge)
        counts = {facet: count_by_value(projects, facet) for facet in OFFERED}
        return cls(
            dataset=dataset,
            projects=projects,
            vocabulary=present.vocabulary if present else vocabulary_of(dataset, counts["state"]),
            parts=parts,
            steps=summaries.announced_over_time(projects, official=official),
            official=official,
            tranche_totals=summaries.totals_by_tranche(parts, parts, dataset.pledge),
            counts=counts,
            publishers=dict(
                zip(dataset.sources["source_id"], dataset.sources["publisher"], strict=True)
            ),
            newest=present.newest if present else dataset.pledge.as_of,
            known_on=dataset.pledge.as_of if present else None,
            present=present,
            english=english,
        )

    @cached_property
    def sources(self) -> Mapping[str, Any]:
        """The sources by id, each with its columns as attributes."""
        return {row.source_id: row for row in summaries.rows_of(self.dataset.sources)}

    def decisive(self, source_ids: Sequence[str]) -> Any | None:
        """Return the source that decides a fact: the first one listed, the original before a copy.

        The data lists them in this order. None where there is no source.
        """
        return next((self.sources[one] for one in source_ids if one in self.sources), None)

    @cached_property
    def areas(self) -> Mapping[str, str]:
        """The areas of the agreements, id -> name, in alphabetical order."""
        names = dict(zip(self.dataset.agreements["area"], area_ids(self.dataset), strict=True))
        return {names[name]: name for name in sorted(names)}

    @cached_property
    def states_of(self) -> Mapping[str, str]:
        """The states of each project, by its id."""
        return dict(zip(self.projects["project_id"], self.projects["states"], strict=True))

    @cached_property
    def company_names(self) -> Mapping[str, str]:
        """The name of each company, by its id."""
        companies = self.dataset.companies
        return dict(zip(companies["company_id"], companies["company"], strict=True))

    @cached_property
    def role_places(self) -> NDArray[np.intp]:
        """The position in ``projects`` of the project of each role."""
        return positions(self.dataset.roles["project_id"], self.projects["project_id"])

    @cached_property
    def gate_places(self) -> NDArray[np.intp]:
        """The position in ``projects`` of the project of each step."""
        return positions(self.dataset.gates["project_id"], self.projects["project_id"])

    @cached_property
    def countries(self) -> list[str]:
        """The countries of the companies in the data, the most frequent first."""
        counts = Counter(filter(None, self.dataset.companies["country"]))
        return [code for code, _ in counts.most_common()]

    @cached_property
    def project_events(self) -> pd.DataFrame:
        """The milestones with one row for each project that they concern, oldest first."""
        return by_project(self.dataset.milestones)

    @cached_property
    def last_milestones(self) -> pd.DataFrame:
        """The latest milestone of every project that has any, by project id."""
        latest = self.project_events.drop_duplicates("project_id", keep="last")
        return latest.set_index("project_id")

    @cached_property
    def silent(self) -> "pd.Series[Any]":
        """The date of the last event of each silent project, by its index, in the data's order.

        Its announcement is an event, too. A month without a day counts as its last day, so that no
        project is called silent too early. One that operates or was given up is none of them.
        """
        projects = self.projects
        last = self.last_milestones["date"].astype(object).reindex(projects["project_id"])
        dates = np.maximum(last.fillna("").to_numpy(), projects["announced_on"].to_numpy())
        days = [day if len(day) > len("YYYY-MM") else f"{day}-31" for day in dates]
        newest = (self.dataset.pledge.as_of - timedelta(days=SILENT_DAYS)).isoformat()
        is_open = ~projects["stage"].isin(ENDED).to_numpy(dtype=bool)
        is_silent = is_open & (np.array(days, dtype=object) <= newest)
        return pd.Series(dates, index=projects.index, dtype=object)[is_silent]

    @cached_property
    def last_added(self) -> date:
        """The last day on which a milestone was added; the day of the data if that is later."""
        added = [date.fromisoformat(day) for day in self.dataset.milestones["added_on"].unique()]
        return max([self.newest, *added])

    @property
    def latest(self) -> "Baseline":
        """The baseline of the newest state."""
        return self.present or self

    def in_language(self) -> "Baseline":
        """Return the baseline whose words and links are of the present language.

        Each language has views of its own, so that what they cache is never mixed. All others come
        from that in ``english`` whose links need not name it, and are built at first use.
        """
        first, key = self.english or self, (messages.language(), messages.named())
        if key == (messages.ENGLISH, ""):
            return first
        with first._lock:
            if key not in first._languages:
                own = first.dataset.in_language(key[0])
                first._languages[key] = Baseline.of(own, english=first)
            return first._languages[key]

    def as_known_on(self, day: date | None) -> "Baseline":
        """Return the state of another day; for None and days after the data, the newest.

        The last requested days are cached, up to a number of days and of projects in them.
        """
        if self.present is not None:
            return self.present.as_known_on(day)
        if day is None or day >= self.newest:
            return self
        with self._lock:
            known = self._past.get(day)
        if known is None:
            known = Baseline.of(as_known_on(self.dataset, day), present=self)
            with self._lock:
                self._past[day] = known
        return known

    def view(self, project_filter: ProjectFilter) -> "View":
        """Return the view of a filter: the one computed for an earlier visitor, if cached.

        The last requested views are cached, up to a number of views and of rows in them.
        """
        with self._lock:
            known = self._views.get(project_filter)
            if known is not None:
                return known
            # A view computes its rows after it is cached, so all are counted before one is added.
            while self._views and self._cached_rows() > MAX_ROWS_CACHED:
                self._views.popitem()
            view = self._views[project_filter] = View(self, project_filter)
            return view

    def _cached_rows(self) -> int:
        return sum(view.row_count for view in self._views.values())


def _weight_of_day(baseline: Baseline) -> int:
    rows = len(baseline.projects)
    return min(max(rows, MAX_PAST_ROWS_CACHED // MAX_DAYS), MAX_PAST_ROWS_CACHED)


def light_copy(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that every run reads, with text as Python strings: fast for few rows."""
    columns = projects[list(READ_OFTEN)]
    text = [name for name in columns if pd.api.types.is_string_dtype(columns[name])]
    return columns.astype(dict.fromkeys(text, object))


def vocabulary_of(dataset: Dataset, state_counts: Mapping[str, int]) -> Vocabulary:
    """Return the values of every facet, id -> label; states with a project come first."""
    pledge, projects = dataset.pledge, dataset.projects
    names = sorted(STATE_NAMES.items(), key=lambda item: (item[0] not in state_counts, item[1]))
    return Vocabulary(
        sector={sector.sector: sector.label for sector in pledge.sectors},
        state=dict(names),
        tranche={
            str(entry.tranche): _("Tranche {number}", number=entry.tranche)
            for entry in pledge.tranches
        },
        stage=dict(STAGES),
        project=dict(zip(projects["project_id"], projects["project"], strict=True)),
    )


class View:
    """One filter on the data; every figure is computed on first use and cached.

    >>> view = baseline.view(ProjectFilter(state=("TN",)))
    >>> str(view.headline.announced), view.words
    ('up to $40B', 'Projects in Tennessee')

    Visitors share views, so nothing in a view is changed once it is computed.
    """

    def __init__(self, baseline: Baseline, project_filter: ProjectFilter) -> None:
        """Store both; nothing is computed yet."""
        self.baseline = baseline
        self.filter = project_filter
        self._cache: dict[tuple[object, ...], Any] = {}

    @property
    def row_count(self) -> int:
        """How many rows the frames computed so far hold, without those shared with other views."""
        frames = [self.__dict__.get("projects"), *self._cache.values()]
        own = [frame for frame in frames if isinstance(frame, pd.DataFrame)]
        return sum(len(frame) for frame in own if frame is not self.baseline.projects)

    @property
    def dataset(self) -> Dataset:
        """The data this view is of."""
        return self.baseline.dataset

    @property
    def pledge(self) -> Pledge:
        """The pledge this view is of."""
        return self.baseline.dataset.pledge

    @property
    def released_on(self) -> date:
        """The day of the data's version; that of the newest facts where the version names none."""
        return self.pledge.released_on or self.baseline.newest

    @property
    def known_on(self) -> date | None:
        """The past day this view is of; None for the newest state of the data."""
        return self.baseline.known_on

    @property
    def link(self) -> Link:
        """The request of an address that shows this view."""
        return Link(filter=self.filter, as_of=self.known_on)

    @cached_property
    def projects(self) -> pd.DataFrame:
        """The matching projects in the order of the data, with the columns of ``READ_OFTEN``."""
        return self.filter.apply(self.baseline.projects)

    def rows(self, *, first: int = 0, last: int | None = None) -> pd.DataFrame:
        """Return matching projects with all the data's columns: all, or a range by position."""
        return self.dataset.projects.loc[self.projects.index[first:last]]

    @cached_property
    def parts(self) -> pd.DataFrame:
        """The break-down of the matching projects."""
        return summaries.break_down(self.projects) if self.filter else self.baseline.parts

    @cached_property
    def headline(self) -> summaries.Headline:
        """The figures of the matching projects."""
        return summaries.headline(self.parts, whole=self.baseline.parts, pledge=self.pledge)

    @cached_property
    def steps(self) -> pd.DataFrame:
        """What was announced of the matching projects by each day."""
        if not self.filter:
            return self.baseline.steps
        return summaries.announced_over_time(self.projects, official=self.baseline.official)

    @cached_property
    def tranche_totals(self) -> Mapping[int, Amount]:
        """The sum of each tranche in the matching projects, in tranche order."""
        return summaries.totals_by_tranche(self.parts, self.baseline.parts, self.pledge)

    @cached_property
    def stage_counts(self) -> Mapping[str, summaries.StageCount]:
        """The number of matching projects at each stage."""
        return summaries.count_by_stage(self.projects)

    @cached_property
    def money(self) -> pd.DataFrame:
        """The money events of the matching projects; of all, and of none, without a filter."""
        events = self.dataset.money
        return concerning(events, self.projects["project_id"]) if self.filter else events

    @cached_property
    def roles(self) -> pd.DataFrame:
        """The roles of companies in the matching projects."""
        return self._of_projects(self.dataset.roles, self.baseline.role_places)

    @cached_property
    def gates(self) -> pd.DataFrame:
        """The steps of the matching projects."""
        return self._of_projects(self.dataset.gates, self.baseline.gate_places)

    def _of_projects(self, rows: pd.DataFrame, places: NDArray[np.intp]) -> pd.DataFrame:
        if not self.filter:
            return rows
        is_shown = np.zeros(len(self.baseline.projects), dtype=bool)
        is_shown[self.projects.index.to_numpy()] = True
        return rows[is_shown[places]].reset_index(drop=True)

    @cached_property
    def money_totals(self) -> Mapping[str, money_events.MoneyTotal]:
        """What is signed, paid out and spent for the matching projects, by step."""
        return money_events.totals(self.money)

    @cached_property
    def sector_totals(self) -> pd.DataFrame:
        """The sum of each sector, with the filter's sectors cleared."""
        if self.filter.sector:
            return self.without("sector").sector_totals
        return summaries.total_by_sector(self.parts)

    @cached_property
    def state_parts(self) -> pd.DataFrame:
        """The break-down by state, with the filter's states cleared."""
        if self.filter.state:
            return self.without("state").state_parts
        return summaries.explode_states(self.parts)

    @cached_property
    def state_totals(self) -> pd.DataFrame:
        """The sum of each state, with the filter's states cleared."""
        if self.filter.state:
            return self.without("state").state_totals
        return summaries.total_by_state(self.state_parts)

    @cached_property
    def sites(self) -> pd.DataFrame:
        """The published sites, with the filter's states cleared."""
        return summaries.sites(self.projects_without("state"))

    @cached_property
    def sites_here(self) -> pd.DataFrame:
        """The published sites of the matching projects."""
        return summaries.sites(self.projects)

    @cached_property
    def milestones(self) -> pd.DataFrame:
        """The milestones that concern a matching project, oldest first.

        Those of the pledge itself come only without a filter: they are of no sector, state,
        tranche or stage, and a reader who chose some would take them for events of these.
        """
        milestones = self.dataset.milestones
        return concerning(milestones, self.projects["project_id"]) if self.filter else milestones

    @property
    def last_milestones(self) -> pd.DataFrame:
        """The latest milestone of every project of the data that has any, by project id."""
        return self.baseline.last_milestones

    @property
    def last_dates(self) -> "pd.Series[Any]":
        """The date of the latest milestone, by project id."""
        return self.last_milestones["date"].astype(object)

    @property
    def silent(self) -> "pd.Series[Any]":
        """The date of the last event of each matching project that is silent, by its index."""
        silent = self.baseline.silent
        return silent[silent.index.isin(self.projects.index)] if self.filter else silent

    @cached_property
    def source_ids(self) -> list[str]:
        """The sources of everything in this view: projects with all about them, and the pledge."""
        about = (self.projects, self.milestones, self.roles, self.gates)
        ids = [one for rows in about for one in summaries.source_ids(rows)]
        money = [source for total in self.money_totals.values() for source in total.source_ids]
        return list(dict.fromkeys([*ids, *money, *self.pledge_source_ids]))

    def project_source_ids(self, without: str | None = None) -> list[str]:
        """Return the sources of the projects, with the facet ``without`` cleared, if any."""
        return self.without(without).cached(_project_source_ids)

    def amount_source_ids(self, without: str | None = None) -> list[str]:
        """Return the sources of the projects' amounts, with the facet ``without`` cleared, if any.

        A project without an amount has those of its row.
        """
        return self.without(without).cached(_amount_source_ids)

    @cached_property
    def whole_source_ids(self) -> list[str]:
        """The sources of comparisons with the pledge: its own, then those of all amounts."""
        whole = self.baseline.view(ProjectFilter())
        return list(dict.fromkeys([*self.pledge_source_ids, *whole.amount_source_ids()]))

    @property
    def pledge_source_ids(self) -> list[str]:
        """The sources of the pledge itself: its total, dates and tranches."""
        pledge = self.pledge
        tranches = [source for tranche in pledge.tranches for source in tranche.source_ids]
        dates = [*pledge.signed_source_ids, *pledge.deadline_source_ids]
        return list(dict.fromkeys([*pledge.total_source_ids, *tranches, *dates]))

    def cached(
        self,
        make: Callable[Concatenate["View", Rest], Made],
        *arguments: Rest.args,
        **named: Rest.kwargs,
    ) -> Made:
        """Return the result of a function for this view, computed once and then cached."""
        key = (make, *arguments, *sorted(named.items()))
        if key not in self._cache:
            self._cache[key] = make(self, *arguments, **named)
        made: Made = self._cache[key]
        return made

    @property
    def words(self) -> str:
        """The filter in words: ``Nuclear power in Tennessee``."""
        return self.filter.describe(self.baseline.vocabulary)

    @property
    def words_inside(self) -> str:
        """The filter in words, in the form used inside a sentence."""
        return self.words if self.filter.project else lower_first(self.words)

    def in_language(self) -> "View":
        """Return the same view in the present language; itself if it is."""
        baseline = self.baseline.latest.in_language().as_known_on(self.baseline.known_on)
        return self if baseline is self.baseline else baseline.view(self.filter)

    def without(self, facet: str | None) -> "View":
        """Return the view with a facet of its filter cleared; itself where there is none to clear.

        What a chart shows beside its highlighted bars is of that view, and so computed once for
        all of them.
        """
        if facet is None or not self.filter.of(facet):
            return self
        return self.baseline.view(self.filter.without(facet))

    def projects_without(self, facet: str | None) -> pd.DataFrame:
        """Return the projects that match the filter with ``facet`` cleared."""
        return self.without(facet).projects

    def parts_without(self, facet: str) -> pd.DataFrame:
        """Return the break-down of the projects that match with ``facet`` cleared.

        A chart that filters by its own bars uses it, to keep the bars that were not clicked.
        """
        return self.without(facet).parts


def area_ids(dataset: Dataset) -> "pd.Series[Any]":
    """Return the id of the area of each agreement, which is the same in every language."""
    english = dataset.english.agreements.set_index("agreement_id")["area"].map(area_id)
    return dataset.agreements["agreement_id"].map(english)


def _project_source_ids(view: View) -> list[str]:
    return summaries.source_ids(view.projects)


def _amount_source_ids(view: View) -> list[str]:
    projects = view.projects
    found = summaries.source_ids(projects, "amount_source_ids")
    is_open = np.isnan(projects["amount_usd_bn"].to_numpy())
    if is_open.any():
        found += summaries.source_ids(projects[is_open])
    is_reported = projects["reported_qualifier"].to_numpy() != ""
    if is_reported.any():
        found += summaries.source_ids(projects[is_reported], "reported_source_ids")
    return list(dict.fromkeys(found))

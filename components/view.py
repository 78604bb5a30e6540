"""What one link shows: the data under one filter, added up once for everything drawn from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from components import summaries
from components.dataset import Dataset
from components.filters import ProjectFilter, Vocabulary, count_by_value
from components.pledge import Pledge
from components.schema import STAGES
from components.states import STATE_NAMES


@dataclass(frozen=True, eq=False)
class Baseline:
    """What depends on the data alone and serves every visitor: build it once per load."""

    dataset: Dataset
    vocabulary: Vocabulary
    parts: pd.DataFrame
    steps: pd.DataFrame
    counts: Mapping[str, Mapping[str, int]]
    publishers: Mapping[str, str]

    @classmethod
    def of(cls, dataset: Dataset) -> "Baseline":
        """Add up all projects, and list what can be filtered by."""
        projects = dataset.projects
        counts = {facet: count_by_value(projects, facet) for facet in Vocabulary.__slots__}
        return cls(
            dataset=dataset,
            vocabulary=vocabulary_of(dataset.pledge, counts["state"]),
            parts=summaries.break_down(projects),
            steps=summaries.announced_over_time(projects),
            counts=counts,
            publishers=dict(
                zip(dataset.sources["source_id"], dataset.sources["publisher"], strict=True)
            ),
        )


def vocabulary_of(pledge: Pledge, state_counts: Mapping[str, int]) -> Vocabulary:
    """List the values of every facet, id -> label; states with a project come first."""
    names = sorted(STATE_NAMES.items(), key=lambda item: (item[0] not in state_counts, item[1]))
    return Vocabulary(
        sector={sector.sector: sector.label for sector in pledge.sectors},
        state=dict(names),
        tranche={str(entry.tranche): f"Tranche {entry.tranche}" for entry in pledge.tranches},
        stage=dict(STAGES),
    )


class View:
    """One filter on the data; every figure is computed on first use and kept.

    ``projects`` are the matching rows, ``parts`` their break-down, ``headline`` their figures.
    """

    def __init__(self, baseline: Baseline, project_filter: ProjectFilter) -> None:
        """Hold the two; nothing is computed yet."""
        self.baseline = baseline
        self.filter = project_filter

    @property
    def dataset(self) -> Dataset:
        """The data this view is of."""
        return self.baseline.dataset

    @property
    def pledge(self) -> Pledge:
        """The pledge this view is of."""
        return self.baseline.dataset.pledge

    @cached_property
    def projects(self) -> pd.DataFrame:
        """The matching projects, in the order of the data."""
        return self.filter.apply(self.dataset.projects)

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
        """What of the matching projects was announced by when."""
        if not self.filter:
            return self.baseline.steps
        return summaries.announced_over_time(self.projects)

    @cached_property
    def state_parts(self) -> pd.DataFrame:
        """The break-down by state, of the projects the filter would leave in any state."""
        return summaries.explode_states(self.parts_without("state"))

    @cached_property
    def state_totals(self) -> pd.DataFrame:
        """What each state has, of the projects the filter would leave in any state."""
        return summaries.total_by_state(self.state_parts)

    @cached_property
    def source_ids(self) -> list[str]:
        """The sources of the matching projects, most cited first."""
        return summaries.source_ids(self.projects)

    @property
    def words(self) -> str:
        """The filter in words: ``Nuclear power in Tennessee``."""
        return self.filter.describe(self.baseline.vocabulary)

    def projects_without(self, facet: str) -> pd.DataFrame:
        """Give the projects the filter would leave if ``facet`` were free."""
        if not self.filter.of(facet):
            return self.projects
        return self.filter.without(facet).apply(self.dataset.projects)

    def parts_without(self, facet: str) -> pd.DataFrame:
        """Break down the projects without a facet, as the chart of that facet shows them.

        So a chart that filters by its own bars keeps the bars one did not click.
        """
        if not self.filter.of(facet):
            return self.parts
        return summaries.break_down(self.projects_without(facet))

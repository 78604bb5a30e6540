"""The reader's choice of projects, as a value that travels in the link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Self

import numpy as np
import pandas as pd

from components.basics.formatting import join_words, lower_first, shorten

OFFERED: Final = ("sector", "state", "tranche", "stage")
"""The facets that a reader chooses from lists, in the order of the filter bar."""

FACETS: Final = (*OFFERED, "project")
"""What one can filter by: the parameter names of a link."""

COLUMNS: Final = {"state": "states", "project": "project_id"}
"""The column that a facet looks at, where it is not called like the facet."""

NAME_LENGTH: Final = 120
"""A project's name takes at most so many characters of a description."""

MAX_VALUES: Final = 100
"""A link may carry this many values; the rest is dropped, so no link can be costly."""

_QUIET_PARAMETERS: Final = ("embed", "embed_options", "fbclid", "gclid", "ref")
"""Parameters that others add to links, not worth a notice; so is everything ``utm_``."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values each facet knows, id -> label, in the order in which they are offered."""

    sector: Mapping[str, str]
    state: Mapping[str, str]
    tranche: Mapping[str, str]
    stage: Mapping[str, str]
    project: Mapping[str, str] = field(default_factory=dict)

    def of(self, facet: str) -> Mapping[str, str]:
        """Give the values of one facet."""
        values: Mapping[str, str] = getattr(self, facet)
        return values


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """A choice of projects, held as stable ids; an empty facet restricts nothing.

    Each facet is sorted and free of repeats, so that equal choices are equal values.
    A project matches a facet when it has any of its values: with two states, either.
    """

    sector: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    tranche: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    project: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Bring every facet into its one canonical order."""
        for facet in FACETS:
            object.__setattr__(self, facet, tuple(sorted(set(getattr(self, facet)))))

    def __bool__(self) -> bool:
        """Tell whether anything is restricted at all."""
        return any(self.of(facet) for facet in FACETS)

    def of(self, facet: str) -> tuple[str, ...]:
        """Give the chosen ids of one facet."""
        chosen: tuple[str, ...] = getattr(self, facet)
        return chosen

    def choose(self, facet: str, ids: Sequence[str]) -> "ProjectFilter":
        """Give the filter with one facet replaced."""
        return replace(self, **{facet: tuple(ids)})

    def without(self, facet: str) -> "ProjectFilter":
        """Give the filter with one facet free, as the chart of that facet needs it."""
        return self.choose(facet, ())

    def only(self, facet: str) -> "ProjectFilter":
        """Give the filter with every facet free but one."""
        return ProjectFilter(**{facet: self.of(facet)})

    def toggle(self, facet: str, value: str) -> "ProjectFilter":
        """Give the filter with one value added, or taken out when it was in."""
        chosen = self.of(facet)
        if value in chosen:
            return self.choose(facet, [other for other in chosen if other != value])
        return self.choose(facet, (*chosen, value))

    def apply(self, projects: pd.DataFrame) -> pd.DataFrame:
        """Give the matching projects, same columns, same order; all of them for an empty filter."""
        if not self:
            return projects
        keep = np.ones(len(projects), dtype=bool)
        for facet in FACETS:
            if self.of(facet):
                keep &= _matches(projects, facet, self.of(facet))
        return projects[keep]

    def describe(self, vocabulary: Vocabulary) -> str:
        """Say the filter in words: ``Nuclear power in Tennessee, tranche 2, stage announced``."""
        if not self:
            return "All projects"
        words = {
            facet: [vocabulary.of(facet).get(value, value) for value in self.of(facet)]
            for facet in FACETS
        }
        names = [shorten(name, limit=NAME_LENGTH) for name in words["project"]]
        sectors = [
            label if place == 0 and not names else lower_first(label)
            for place, label in enumerate(words["sector"])
        ]
        subjects = [join_words(part, conjunction="or") for part in (names, sectors) if part]
        text = ", ".join(subjects) or "Projects"
        if self.state:
            text += f" in {join_words(words['state'], conjunction='or')}"
        if self.tranche:
            numbers = [lower_first(word) for word in words["tranche"]]
            text += f", {join_words(numbers, conjunction='or')}"
        if self.stage:
            stages = [lower_first(word) for word in words["stage"]]
            text += f", stage {join_words(stages, conjunction='or')}"
        return text

    def to_query(self) -> dict[str, list[str]]:
        """Give the link parameters, only for facets that restrict; ``from_query`` reads them."""
        return {facet: list(self.of(facet)) for facet in FACETS if self.of(facet)}

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Self:
        """Read link parameters as they stand, whether or not the ids exist; never raises."""
        return cls(**{facet: tuple(query.get(facet, ())) for facet in FACETS})


@dataclass(frozen=True, slots=True)
class LinkReading:
    """What a link asks for: the filter we know, and what we do not, as (parameter, value)."""

    project_filter: ProjectFilter
    dropped: tuple[tuple[str, str], ...] = field(default=())


def read_link(query: Mapping[str, Sequence[str]], vocabulary: Vocabulary) -> LinkReading:
    """Read a link against the values we know; never raises.

    Ids are matched without regard to case. Unknown values and parameters are dropped and named,
    except those that newsletters and the like append.
    """
    chosen: dict[str, list[str]] = {facet: [] for facet in FACETS}
    dropped: list[tuple[str, str]] = []
    room = MAX_VALUES
    for parameter, values in query.items():
        known = vocabulary.of(parameter) if parameter in FACETS else {}
        for value in values:
            room -= 1
            match = _known_id(value.strip(), known)
            if match is not None and room >= 0:
                chosen[parameter].append(match)
            elif parameter in FACETS or not is_quiet(parameter):
                dropped.append((parameter, value))
    return LinkReading(ProjectFilter.from_query(chosen), tuple(dropped))


def _known_id(value: str, known: Mapping[str, str]) -> str | None:
    """Find an id as it stands, or in the case that ids have: codes in capitals, all else small."""
    return next((one for one in (value, value.lower(), value.upper()) if one in known), None)


def count_by_value(projects: pd.DataFrame, facet: str) -> dict[str, int]:
    """Count the projects under each value of a facet; a shared project counts in each state."""
    if facet == "state":
        combinations = projects["states"].value_counts()
        counts: dict[str, int] = {}
        for states, count in combinations.items():
            for state in str(states).split(";"):
                counts[state] = counts.get(state, 0) + int(count)
        return counts
    return {str(value): int(count) for value, count in projects[facet].value_counts().items()}


def _matches(
    projects: pd.DataFrame, facet: str, chosen: tuple[str, ...]
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    if facet == "state":
        # Few combinations of states occur, however many projects there are.
        combinations = projects["states"].unique()
        wanted = [text for text in combinations if not set(chosen).isdisjoint(str(text).split(";"))]
        return projects["states"].isin(wanted).to_numpy()
    if facet == "tranche":
        numbers = [int(value) for value in chosen if value.isdecimal() and len(value) < 10]
        return projects["tranche"].isin(numbers).to_numpy()
    return projects[COLUMNS.get(facet, facet)].isin(chosen).to_numpy()


def is_quiet(parameter: str) -> bool:
    """Tell whether a parameter is one that others add to links, which asks for nothing."""
    return parameter in _QUIET_PARAMETERS or parameter.startswith("utm_")

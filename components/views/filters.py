"""The reader's choice of projects, as a value that is part of the link."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Self

import numpy as np
import pandas as pd

from components.basics.formatting import join_details, join_words, lower_first, shorten
from components.basics.messages import _

OFFERED: Final = ("sector", "state", "tranche", "stage")
"""The facets that a reader chooses from lists, in the order of the filter bar."""

FACETS: Final = (*OFFERED, "project")
"""Everything that projects can be filtered by: the parameter names of a link."""

COLUMNS: Final = {"state": "states", "project": "project_id"}
"""The column of a facet, where its name differs from the facet's."""

NAME_LENGTH: Final = 120
"""A description contains at most this many characters of a project's name."""

MAX_VALUES: Final = 100
"""A link may have at most this many values; the rest is ignored, so that no link is costly."""

QUIET: Final = re.compile(
    r"embed|embed_options|ref|ref_src|ncid|cmpid|ef_id|mkt_tok|s_kwcid|li_fat_id|igshid?|srsltid|"
    r"mibextid|epik|spm|dm_i|wickedid|rdt_cid|sccid|hsctatracking|gclsrc|gbraid|wbraid|wt[_.]mc|"
    r"\w*clk?id|(utm|mtm|matomo|pk|piwik|hsa|ga|fb|mc|vero|oly|trk)_.*|_{1,2}(hs|g[al]|k|s$).*|"
    r"_openstat|_branch_.*|__twitter_impression",
    re.IGNORECASE,
)
"""Parameters that newsletters, networks and counters add to links, ignored without a notice."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The known values of each facet, id -> label, in the order in which they are offered."""

    sector: Mapping[str, str]
    state: Mapping[str, str]
    tranche: Mapping[str, str]
    stage: Mapping[str, str]
    project: Mapping[str, str] = field(default_factory=dict)

    def of(self, facet: str) -> Mapping[str, str]:
        """Return the values of one facet."""
        values: Mapping[str, str] = getattr(self, facet)
        return values


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """A choice of projects, stored as stable ids; an empty facet restricts nothing.

    Each facet is sorted and has no duplicates, so that equal choices are equal values.
    A project matches a facet if it has any of its values: with two states, either.
    """

    sector: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    tranche: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    project: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Bring every facet into its canonical order."""
        for facet in FACETS:
            object.__setattr__(self, facet, tuple(sorted(set(getattr(self, facet)))))

    def __bool__(self) -> bool:
        """Return whether any facet is restricted."""
        return any(self.of(facet) for facet in FACETS)

    def of(self, facet: str) -> tuple[str, ...]:
        """Return the chosen ids of one facet."""
        chosen: tuple[str, ...] = getattr(self, facet)
        return chosen

    def choose(self, facet: str, ids: Sequence[str]) -> "ProjectFilter":
        """Return the filter with one facet replaced."""
        return replace(self, **{facet: tuple(ids)})

    def without(self, facet: str) -> "ProjectFilter":
        """Return the filter with one facet cleared, as the chart of that facet needs it."""
        return self.choose(facet, ())

    def only(self, facet: str) -> "ProjectFilter":
        """Return the filter with every facet but one cleared."""
        return ProjectFilter(**{facet: self.of(facet)})

    def toggle(self, facet: str, value: str) -> "ProjectFilter":
        """Return the filter with one value added, or removed if it was present."""
        chosen = self.of(facet)
        if value in chosen:
            return self.choose(facet, [other for other in chosen if other != value])
        return self.choose(facet, (*chosen, value))

    def apply(self, projects: pd.DataFrame) -> pd.DataFrame:
        """Return the matching projects, same columns, same order; all for an empty filter."""
        if not self:
            return projects
        keep = np.ones(len(projects), dtype=bool)
        for facet in FACETS:
            if self.of(facet):
                keep &= _matches(projects, facet, self.of(facet))
        return projects[keep]

    def describe(self, vocabulary: Vocabulary) -> str:
        """Return it in words: ``Nuclear power in Tennessee, tranche 2, stage announced``."""
        if not self:
            return _("All projects")
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
        text = join_details(subjects)
        if self.state:
            states = join_words(words["state"], conjunction="or")
            text = (
                _("{subject} in {states}", subject=text, states=states)
                if text
                else _("Projects in {states}", states=states)
            )
        numbers = [lower_first(word) for word in words["tranche"]]
        stages = [lower_first(word) for word in words["stage"]]
        return join_details(
            [
                text or _("Projects"),
                join_words(numbers, conjunction="or"),
                _("stage {stages}", stages=join_words(stages, conjunction="or")) if stages else "",
            ]
        )

    def to_query(self) -> dict[str, list[str]]:
        """Return the link parameters of the restricted facets; ``from_query`` reads them."""
        return {facet: list(self.of(facet)) for facet in FACETS if self.of(facet)}

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Self:
        """Return the filter of link parameters, with ids unchecked; never raises."""
        return cls(**{facet: tuple(query.get(facet, ())) for facet in FACETS})


@dataclass(frozen=True, slots=True)
class LinkReading:
    """What a link requests: the filter, and what is unknown and ignored, as (parameter, value)."""

    project_filter: ProjectFilter
    dropped: tuple[tuple[str, str], ...] = field(default=())


def read_link(query: Mapping[str, Sequence[str]], vocabulary: Vocabulary) -> LinkReading:
    """Return what a link requests, checked against the known values; never raises.

    Ids are matched without regard to case. Unknown values and parameters are ignored and listed,
    except parameters that newsletters and the like append, which are not listed.
    """
    chosen: dict[str, list[str]] = {facet: [] for facet in FACETS}
    dropped: list[tuple[str, str]] = []
    room = MAX_VALUES
    for parameter, values in by_name(query, FACETS).items():
        known = vocabulary.of(parameter) if parameter in FACETS else {}
        for value in values:
            room -= 1
            match = _known_id(value.strip(), known)
            if match is not None and room >= 0:
                chosen[parameter].append(match)
            else:
                dropped.append((parameter, value))
    return LinkReading(ProjectFilter.from_query(chosen), tuple(dropped))


def _known_id(value: str, known: Mapping[str, str]) -> str | None:
    """Return the known id of a value: as written, in lower case, or in upper case (states)."""
    return next((one for one in (value, value.lower(), value.upper()) if one in known), None)


def count_by_value(projects: pd.DataFrame, facet: str) -> dict[str, int]:
    """Return the number of projects by value of a facet; a shared one counts in each state."""
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
        # There are few combinations of states, even for many projects.
        combinations = projects["states"].unique()
        wanted = [text for text in combinations if not set(chosen).isdisjoint(str(text).split(";"))]
        return projects["states"].isin(wanted).to_numpy()
    if facet == "tranche":
        numbers = [int(value) for value in chosen if value.isdecimal() and len(value) < 10]
        return projects["tranche"].isin(numbers).to_numpy()
    return projects[COLUMNS.get(facet, facet)].isin(chosen).to_numpy()


def is_quiet(parameter: str) -> bool:
    """Return whether a parameter is one that other sites add to links, without meaning here."""
    return QUIET.fullmatch(parameter) is not None


def by_name(query: Mapping[str, Sequence[str]], known: Iterable[str]) -> dict[str, list[str]]:
    """Return the parameters that mean something, the known ones in lower case."""
    names = set(known)
    named: dict[str, list[str]] = {}
    for parameter, values in query.items():
        if not is_quiet(parameter):
            lower = parameter.lower()
            named.setdefault(lower if lower in names else parameter, []).extend(values)
    return named

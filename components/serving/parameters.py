"""Parameters: what the address of a request asks for, read strictly.

A page ignores unknown values and says so; an API client would not notice, so here every mistake is
a problem that names the parameter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from starlette.datastructures import QueryParams

from components.basics import messages
from components.serving.problems import Problem
from components.views import links
from components.views.filters import FACETS, MAX_VALUES, by_name
from components.views.links import AS_OF, LANG, Link
from components.views.site import Own
from components.views.view import Baseline, View

TEXTS: Final = (links.SEARCH,)
"""Parameters that take any text."""

NAMES_SHOWN: Final = 60
"""At most so many allowed values are listed in a problem."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A view and the link that asks for it."""

    view: View
    link: Link


def read(
    query: QueryParams, baseline: Baseline, own: Own | None = None, *, has_filter: bool = True
) -> Asked:
    """Return the view for a filter and a day, and a resource's own parameters; raises Problem.

    ``own`` is as ``links.read`` has it. Without ``has_filter`` the day alone is taken.
    """
    known = [*(FACETS if has_filter else ()), AS_OF, LANG, *(own or {})]
    given = by_name({name: query.getlist(name) for name in query}, known)
    for name in given:
        if name not in known:
            raise _unknown_parameter(name, known)
    count = sum(map(len, given.values()))
    if count > MAX_VALUES:
        detail = f"At most {MAX_VALUES} values can be asked for at once; these are {count:,}."
        raise Problem(400, "Too many values", detail, parameter=next(iter(given)))
    ends = f"the data ends on {baseline.newest}"
    _check_day(given.get(AS_OF, []), AS_OF, baseline.newest, ends)
    added = f"something was last added on {baseline.last_added}"
    _check_day(given.get(links.SINCE, []), links.SINCE, baseline.last_added, added)
    reading = links.read(
        given,
        vocabulary=baseline.vocabulary,
        newest=baseline.newest,
        last_added=baseline.last_added,
        own=own or {},
    )
    if reading.dropped:
        name, value = reading.dropped[0]
        raise _unknown_value(name, value, values=given[name], allowed=_allowed(name, baseline, own))
    link = reading.link
    return Asked(baseline.as_known_on(link.as_of).view(link.filter), link)


def one_of(query: QueryParams, name: str, allowed: Sequence[str]) -> tuple[str, QueryParams]:
    """Return the value of one parameter, by default the first allowed, and the query without it."""
    pairs = query.multi_items()
    values = [value for other, value in pairs if other.lower() == name]
    rest = QueryParams([(other, value) for other, value in pairs if other.lower() != name])
    if not values:
        return allowed[0], rest
    if len(values) > 1 or values[0] not in allowed:
        raise _unknown_value(name, values[-1], values=values, allowed=allowed)
    return values[0], rest


def nothing(query: QueryParams) -> None:
    """Refuse every parameter but the language, for a resource without others; raises Problem."""
    for name, values in by_name({name: query.getlist(name) for name in query}, (LANG,)).items():
        if name != LANG:
            raise _unknown_parameter(name, [LANG])
        if not links.language_of({LANG: values}):
            raise _unknown_value(LANG, values[-1], values=values, allowed=list(messages.LANGUAGES))


def _check_day(values: Sequence[str], parameter: str, newest: date, why: str) -> None:
    """Refuse a day outside the data; what is not a date at all is found elsewhere."""
    if len(values) != 1 or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", values[0]):
        return
    try:
        day = date.fromisoformat(values[0])
    except ValueError:
        return
    if not links.FIRST_DAY <= day <= newest:
        detail = f"Nothing is known of this day: {why}."
        raise Problem(404, "No data of this day", detail, parameter=parameter, value=values[0])


def _allowed(name: str, baseline: Baseline, own: Own | None) -> Sequence[str]:
    if name == LANG:
        return list(messages.LANGUAGES)
    if name in FACETS:
        return list(baseline.vocabulary.of(name))
    if name == AS_OF:
        return [f"a day such as {baseline.newest}, once"]
    if name == links.SINCE:
        return [f"a day such as {baseline.last_added}, once"]
    return sorted((own or {}).get(name, ())) or ["any text, once"]


def _unknown_parameter(name: str, known: Sequence[str]) -> Problem:
    near = get_close_matches(name, known, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    detail = f"This resource has no such parameter.{hint}"
    return Problem(400, "Unknown parameter", detail, name[:200], allowed=tuple(known))


def _unknown_value(
    name: str, value: str, *, values: Sequence[str], allowed: Sequence[str]
) -> Problem:
    near = get_close_matches(value, allowed, n=1)
    hint = f" Did you mean {near[0]}?" if near and len(values) == 1 else ""
    noun = "language" if name == LANG else name.replace("_", " ")
    detail = f"There is no such {noun}.{hint}"
    shown = tuple(allowed[:NAMES_SHOWN])
    return Problem(400, "Unknown value", detail, name, value[:200], shown)

"""The OpenAPI document: what a client may ask of the API, and what it gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from components.basics import messages
from components.basics.formatting import bracketed
from components.basics.messages import Labels, _, mark
from components.exhibits.columns import Column
from components.exports import citations
from components.serving import problems
from components.serving.parameters import TEXTS
from components.views import links
from components.views.filters import FACETS
from components.views.site import Own
from components.views.view import Baseline, View

Schema = dict[str, Any]

TYPES: Final[Mapping[str, Schema]] = {
    "number": {"type": ["number", "null"]},
    "integer": {"type": ["integer", "null"]},
    "flag": {"type": "boolean"},
    "list": {"type": "array", "items": {"type": "string"}},
}
"""Kind of column -> what its cells are; all others are text, or null."""

TEXT: Final[Schema] = {"type": ["string", "null"]}

COLOPHON: Final = (
    "title",
    "subtitle",
    "note",
    "caution",
    "source",
    "data_as_of",
    "dataset",
    "dataset_version",
    "licence",
    "link",
    "description",
)
"""What stands above the rows of every JSON answer."""

TAGS: Final = Labels(
    {
        "projects": "The projects, what happened to them, the money and what comes next.",
        "companies": "Who takes part, who has only expressed interest, and in what role.",
        "totals": "The pledge itself, its terms and everything added up.",
        "evidence": "Who says so, where sources disagree, and what none of them gives.",
        "beside": "What stands beside the pledge and is no part of any total of it.",
    }
)
"""The groups of resources, in the order of the description."""

PROBLEMS: Final = Labels(
    {
        "400": "A parameter or value that the resource does not know, or a host that is not "
        "served.",
        "404": "A day of which nothing is known.",
        "406": "None of the media types asked for can be given.",
        "414": "The address is too long.",
        "429": "Too many new answers for one address.",
        "503": "The data cannot be read at the moment.",
    }
)

ONLY_OF: Final = Labels(
    {
        "sector": "Only projects of this sector; repeated, of any of them.",
        "state": "Only projects of this state; repeated, of any of them.",
        "tranche": "Only projects of this tranche; repeated, of any of them.",
        "stage": "Only projects of this stage; repeated, of any of them.",
        "project": "Only projects of this project; repeated, of any of them.",
        links.ROLE: "Only rows of this role; repeated, of any of them.",
        links.COUNTRY: "Only rows of this country; repeated, of any of them.",
        links.AREA: "Only rows of this area; repeated, of any of them.",
    }
)
"""What the parameters that take ids do."""

OF_TEXT: Final = mark("Only rows that have every word of this text.")
OF_DAY: Final = mark("Everything as known on this day, at the latest {day}.")
OF_SINCE: Final = mark("The first day of a comparison, at the latest {day}.")
OF_LANGUAGE: Final = mark(
    "The language of titles, descriptions and texts; names of columns, ids and figures are the "
    "same in all. English by default."
)


@dataclass(frozen=True, slots=True)
class Described:
    """One resource: its name, what it holds, the columns of its rows, the parameters it takes.

    ``row`` names the schema of one row.
    """

    name: str
    row: str
    tag: str
    summary: str
    columns: Sequence[Column]
    parameters: Sequence[Schema]


def parameters(baseline: Baseline, own: Own, *, has_filter: bool) -> list[Schema]:
    """Return the parameters of a resource, each with the values that occur in the data."""
    known: list[Schema] = []
    if has_filter:
        for facet in FACETS:
            known.append(_many(facet, list(baseline.vocabulary.of(facet)), ONLY_OF[facet]))
    day = {"type": "string", "format": "date"}
    known.append(_parameter(links.AS_OF, day, _(OF_DAY, day=baseline.newest)))
    for name, values in own.items():
        if name in TEXTS:
            known.append(_parameter(name, {"type": "string"}, _(OF_TEXT)))
        elif name == links.SINCE:
            known.append(_parameter(name, day, _(OF_SINCE, day=baseline.last_added)))
        else:
            known.append(_many(name, list(values), ONLY_OF[name]))
    codes: Schema = {"type": "string", "enum": list(messages.LANGUAGES)}
    codes |= {"default": messages.ENGLISH}
    return [*known, _parameter(links.LANG, codes, _(OF_LANGUAGE))]


def document(resources: Sequence[Described], view: View, *, base: str) -> Schema:
    """Return the description of the whole API at the address ``base``."""
    pledge = view.pledge
    return {
        "openapi": "3.1.0",
        "info": {
            "title": pledge.title,
            "version": "1",
            "summary": _("The data behind the dashboard, filtered as its pages are."),
            "description": _(
                "{publisher}. Data as of {day}, version {version} ({digest}).",
                publisher=pledge.publisher,
                day=pledge.as_of,
                version=pledge.version,
                digest=view.dataset.version,
            ),
            "license": _licence(pledge.licence),
        },
        "servers": [{"url": base}],
        "security": [],
        "tags": [{"name": name, "description": about} for name, about in TAGS.items()],
        "paths": {
            f"/{resource.name}{suffix}": {"get": _operation(resource, suffix)}
            for resource in resources
            for suffix in ("", ".json", ".csv")
        },
        "components": {
            "schemas": {
                "Problem": _problem_schema(),
                "Column": _column_schema(),
                **{resource.row: _row_schema(resource) for resource in resources},
                **{resource.name: _answer_schema(resource) for resource in resources},
            }
        },
    }


def _licence(name: str) -> Schema:
    """Return a licence with its SPDX identifier where that is known."""
    spdx = citations.LICENCES.get(name)
    return {"name": name, "identifier": spdx} if spdx else {"name": name}


def _many(name: str, ids: Sequence[str], about: str) -> Schema:
    items = {"type": "string", "enum": ids} if ids else {"type": "string"}
    return _parameter(name, {"type": "array", "items": items}, about)


def _parameter(name: str, schema: Schema, about: str) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": about}


def _operation(resource: Described, suffix: str) -> Schema:
    own = {"$ref": f"#/components/schemas/{resource.name}"}
    content = {
        "application/json": {"schema": own},
        "text/csv": {"schema": {"type": "string"}},
    }
    if suffix:
        content = {name: kind for name, kind in content.items() if name.endswith(suffix[1:])}
    tag = {"description": _("Changes with the content."), "schema": {"type": "string"}}
    refusals = {
        status: {
            "description": about,
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, about in PROBLEMS.items()
        if status != "406" or not suffix
    }
    return {
        "operationId": resource.name + suffix.replace(".", "_"),
        "tags": [resource.tag],
        "summary": resource.summary,
        "parameters": list(resource.parameters),
        "responses": {
            "200": {"description": _("The rows."), "headers": {"ETag": tag}, "content": content},
            "304": {"description": _("The client has this already (If-None-Match).")},
            **refusals,
        },
    }


def _row_schema(resource: Described) -> Schema:
    row = {
        column.name: TYPES.get(column.kind, TEXT)
        | {"description": bracketed(_(column.description), _(column.unit))}
        for column in resource.columns
    }
    return {
        "type": "object",
        "properties": row,
        "required": list(row),
        "additionalProperties": False,
    }


def _answer_schema(resource: Described) -> Schema:
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{resource.row}"}}
    columns = {"type": "array", "items": {"$ref": "#/components/schemas/Column"}}
    known: Schema = {name: {"type": "string"} for name in COLOPHON}
    known |= {"columns": columns, "row_count": {"type": "integer", "minimum": 0}, "rows": rows}
    return {"type": "object", "properties": known, "required": list(known)}


def _column_schema() -> Schema:
    names = ("name", "title", "description", "kind", "unit")
    known = {name: {"type": "string"} for name in names}
    return {"type": "object", "properties": known, "required": list(names)}


def _problem_schema() -> Schema:
    text: Schema = {"type": "string"}
    return {
        "type": "object",
        "properties": {
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "parameter": text | {"description": _("The query parameter at fault.")},
            "value": text | {"description": _("What it was.")},
            "allowed": {"type": "array", "items": text, "description": _("What it may be.")},
        },
        "required": ["title", "status", "detail"],
    }

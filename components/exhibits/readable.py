"""Rows as a reader sees them, the same on the screen, in a saved page and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from components.basics.amounts import Amount
from components.basics.formatting import (
    UNDISCLOSED,
    bracketed,
    format_date,
    format_number,
    join_details,
)
from components.basics.messages import _, in_japanese
from components.basics.us_states import STATE_NAMES
from components.exhibits.columns import CEILING, EXTENT, Column
from components.facts.checks import LIST_SEPARATOR
from components.facts.schema import CONFIDENCES, EXTENTS, MILESTONE_STAGES, QUALIFIERS, stage_name

DOLLARS: Final = "US$ billions"

CHOICES: Final = QUALIFIERS | CONFIDENCES | MILESTONE_STAGES | EXTENTS


@dataclass(frozen=True, slots=True)
class ReadableColumn:
    """One column as text; figures are aligned right."""

    name: str
    title: str
    help: str
    texts: Sequence[str]
    is_figure: bool


def readable(rows: pd.DataFrame, columns: Sequence[Column]) -> list[ReadableColumn]:
    """Return rows as text: a qualifier before its figure, names for codes, a word for "missing".

    Left out are ids, whose names are in the next column, and columns that hold nothing of note.
    """
    merged = {EXTENT.name, *filter(None, map(_qualifier_of, columns))}
    return [
        ReadableColumn(
            name=column.name,
            title=_title(column, rows),
            help=_(column.description),
            texts=_texts(column, rows),
            is_figure=column.kind in ("number", "integer"),
        )
        for column in columns
        if not _is_ids(column) and column.name not in merged and _says_something(column, rows)
    ]


def _is_ids(column: Column) -> bool:
    return column.kind == "id" or column.name.endswith("_ids")


def _qualifier_of(column: Column) -> str:
    """Return the name of the column that qualifies an amount; "" for any other column."""
    is_amount = column.name.endswith("_usd_bn")
    return f"{column.name.removesuffix('_usd_bn')}_qualifier" if is_amount else ""


def _says_something(column: Column, rows: pd.DataFrame) -> bool:
    return column.usual is None or any(value != column.usual for value in rows[column.name])


def _title(column: Column, rows: pd.DataFrame) -> str:
    """Return the header of a column, with the unit where its cells are bare numbers."""
    is_bare = column.unit and _qualifier_of(column) not in rows and column.name != CEILING.name
    # Japanese counts dollars in another unit, which then stands beside each figure.
    is_named = in_japanese() and column.unit == DOLLARS
    return bracketed(_(column.title), _(column.unit) if is_bare and not is_named else "")


def _texts(column: Column, rows: pd.DataFrame) -> list[str]:
    values = rows[column.name].tolist()
    if column.name == CEILING.name:
        return [str(Amount(value, "up_to")) if value else "" for value in values]
    qualifier = _qualifier_of(column)
    if qualifier in rows:
        pairs = zip(values, rows[qualifier].tolist(), strict=True)
        amounts = [Amount(usd_bn, kind or "exact") for usd_bn, kind in pairs]
        return [str(one) if one.is_disclosed else _(column.missing) for one in amounts]
    if column.name in ("stage", "event_stage") and EXTENT.name in rows:
        pairs = zip(values, rows[EXTENT.name].tolist(), strict=True)
        return [stage_name(stage, extent) for stage, extent in pairs]
    if column.unit == DOLLARS and in_japanese():
        return [str(Amount(value)) for value in values]
    return [_text(column, value) for value in values]


def _text(column: Column, value: Any) -> str:
    match column.kind:
        case "number":
            return format_number(value) if value == value else _(UNDISCLOSED)
        case "integer":
            return "" if pd.isna(value) else f"{value:,}"
        case "flag":
            return _("Yes") if value else _("No")
        case "date":
            return format_date(value)
        case "choice":
            return CHOICES.get(value, value)
        case "list":
            codes = filter(None, value.split(LIST_SEPARATOR))
            return join_details([STATE_NAMES.get(code, code) for code in codes])
    return str(value)
